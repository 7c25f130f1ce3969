//! Events as short lines for stories.

use vestibule_core::Event;

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
        Event::CompartmentOpened { compartment, opening } => match opening {
            Some(_) => format!("door {compartment} is open"),
            None => format!("door {compartment} is open, unexplained"),
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
        other => other.kind().to_owned(),
    })
}
