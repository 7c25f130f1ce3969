//! Events as short lines for stories.

use vestibule_core::Event;
use vestibule_core::access::entry::Entrant;

fn entrant_word(entrant: &Entrant) -> &'static str {
    match entrant {
        Entrant::Courier { .. } => "a courier",
        Entrant::Pass { .. } => "who has a pass",
        Entrant::Resident { .. } => "a resident",
        Entrant::LetInByStaff { .. } => "who staff let in",
        Entrant::Rang { .. } => "who rang",
        Entrant::OneParcel { .. } => "who has one parcel",
        Entrant::OpenHours => "anyone",
    }
}

/// One line; None for touches, which tell nothing.
pub fn line(event: &Event) -> Option<String> {
    Some(match event {
        Event::VisitContinued { .. } => return None,
        Event::CustodyTransferred { parcel, from, to, assurance, .. } => {
            format!("parcel {parcel}: {from:?} -> {to:?} by {assurance:?}")
        }
        Event::PlacePlanned { parcel, place } => format!("parcel {parcel} goes to {place:?}"),
        Event::ParcelRegistered { parcel, entitlement, size, .. } => {
            let people = entitlement.as_ref().map(|e| e.persons.iter().map(|p| p.0).collect::<Vec<_>>());
            format!("parcel {parcel} is known: {size:?} for {people:?}")
        }
        Event::OpeningAuthorised { opening, compartment, .. } => {
            format!("opening {opening} of door {compartment}, attempt 1")
        }
        Event::OpeningAttempted { opening, attempt, .. } => format!("opening {opening}, attempt {attempt}"),
        Event::PulseFailed { opening, outcome, .. } => format!("opening {opening}: {outcome:?}"),
        Event::NotOpened { opening } => format!("opening {opening} gave up"),
        Event::OpeningUnknown { opening } => format!("opening {opening}: nobody knows"),
        Event::CompartmentOpened { compartment, opening, key } => match (opening, key) {
            (Some(_), _) => format!("door {compartment} is open"),
            (None, Some(staff)) => format!("door {compartment} is open by key of staff {staff}"),
            (None, None) => format!("door {compartment} is open, unexplained"),
        },
        Event::CompartmentClosed { compartment } => format!("door {compartment} is shut"),
        Event::CompartmentToCheck { compartment } => format!("door {compartment}: to check"),
        Event::VisitBegan { visit, .. } => format!("visit {visit} begins"),
        Event::VisitEnded { visit, how } => format!("visit {visit} ends: {how:?}"),
        Event::Turned { compartment, turn, .. } => format!("said at door {compartment}: {turn:?}"),
        Event::TaskRaised { what, .. } => format!("task: {what:?}"),
        Event::TaskDone { task, .. } => format!("task {task} done"),
        Event::NoticeRequested { person, what, parcels, credential, .. } => {
            let parcels: Vec<_> = parcels.iter().map(|p| p.0).collect();
            let code = if credential.is_some() { " with a code" } else { "" };
            format!("tell person {person}: {what:?} {parcels:?}{code}")
        }
        Event::PickupCodeIssued { credential, .. } => format!("code {credential} issued"),
        Event::PickupCodeEnded { credential } => format!("code {credential} dies"),
        Event::EntryBegan { entry, point, entrant, release, .. } => {
            let how = if release.is_some() { "may come in" } else { "comes in by the open door" };
            format!("entry {entry} at street {point}: {} {how}", entrant_word(entrant))
        }
        Event::EntryDenied { point, why, .. } => format!("street {point} denies: {why}"),
        Event::EntryReleased { entry, outcome } => format!("entry {entry}: release {outcome:?}"),
        Event::EntryJoined { entry, visit } => format!("entry {entry} is at work in visit {visit}"),
        Event::EntrySuspected { entry, what, parcel } => {
            let of = parcel.map_or(String::new(), |parcel| format!(" of parcel {parcel}"));
            format!("entry {entry} suspected: {what:?}{of}")
        }
        Event::EntryEnded { entry, how } => format!("entry {entry} ends: {how:?}"),
        Event::PassageOpened { point, why, .. } => format!("street {point} opens by {why:?}"),
        Event::PassageClosed { point } => format!("street {point} is shut"),
        Event::PassSpent { credential, point, entry, .. } => {
            format!("pass {credential} is spent at street {point}, entry {entry}")
        }
        Event::PassEnded { credential, entry } => format!("pass {credential} is over, entry {entry:?}"),
        Event::RingAnswered { let_in, by, .. } => format!("ring answered by {by}: {let_in}"),
        other => other.kind().to_owned(),
    })
}
