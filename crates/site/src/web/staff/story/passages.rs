//! What is put into the sentences of events at doors one walks through.

use vestibule_core::access::entry::{Entrant, EntryEnd, Suspicion};
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::access::point::DoorMode;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::{AccessPointId, EntryId, Event};

use super::super::doors::night::rule_word;
use super::super::names::{Names, parcel as parcel_n};
use super::super::say::{Put, Say};
use super::super::times;
use super::put::{Puts, full, hours_in_words, purpose_word, word};

/// What the sentence of an event at a door wants.
pub(super) fn of(event: &Event, names: &Names, say: Say) -> Puts {
    let door = |point: AccessPointId| ("door", Put::from(names.passage(say, point)));
    match event {
        Event::AccessPointInstalled { spec, .. } | Event::AccessPointChanged { spec, .. } => {
            vec![("door", spec.label.as_str().into())]
        }
        Event::DoorModeSet { point, mode, hours, .. } => vec![
            door(*point),
            ("mode", mode_word(*mode).into()),
            ("hours", hours_in_words(hours, say).into()),
        ],
        Event::ReaderAwaited { point, until, .. } => {
            vec![door(*point), ("until", full(*until, names, say).into())]
        }
        Event::DoorNightSet { point, night, .. } => {
            let (kind, hours) = match night {
                None => ("site", String::new()),
                Some(night) if night.hours.is_empty() => ("none", String::new()),
                Some(night) => (rule_word(night.rule), hours_in_words(&night.hours, say)),
            };
            vec![door(*point), ("night", kind.into()), ("hours", hours.into())]
        }
        Event::ReaderKeySet { point }
        | Event::DoorLabelRenewed { point, .. }
        | Event::AccessPointRemoved { point, .. } => vec![door(*point)],
        Event::HolidaysSet { days } => vec![("n", days.len().into())],
        Event::KioskDoorsSet { kiosk, .. } => vec![("kiosk", names.kiosk(say, *kiosk).into())],
        Event::PassIssued { pass, expires, .. } => vec![
            ("kind", if *pass == PassKind::Visitor { "visitor" } else { "delivery" }.into()),
            ("until", times::date(say, *expires, &names.zone).into()),
        ],
        Event::PassSpent { point, until, .. } => {
            vec![door(*point), ("until", full(*until, names, say).into())]
        }
        Event::PassEnded { entry, .. } => vec![("used", word(entry.is_some()))],
        Event::DoorCodeMissed { point, purpose, selector } => vec![
            door(*point),
            ("purpose", purpose_word(*purpose).into()),
            ("selector", names.selector(selector).into()),
        ],
        Event::DoorPaused { point, until, .. } => {
            vec![door(*point), ("until", full(*until, names, say).into())]
        }
        Event::PassageOpened { point, why, .. } => vec![door(*point), ("why", opened_word(why).into())],
        Event::PassageClosed { point }
        | Event::PassageUnreadable { point }
        | Event::PassageStillOpen { point }
        | Event::PassageExplained { point }
        | Event::PassageForced { point }
        | Event::PassageHeldOpen { point }
        | Event::RoomWatched { point, .. }
        | Event::ExitRequested { point } => vec![door(*point)],
        Event::DoorAnswers { point, answers } => vec![door(*point), ("answers", word(*answers))],
        Event::DoorTampered { point, tampered } => vec![door(*point), ("tampered", word(*tampered))],
        Event::RingBegan { point, unit, .. } => {
            vec![door(*point), ("unit", names.unit_or_desk(say, *unit).into())]
        }
        Event::RingAnswered { let_in, .. } => vec![("let", word(*let_in))],
        _ => of_entries(event, names, say),
    }
}

fn of_entries(event: &Event, names: &Names, say: Say) -> Puts {
    let n = |entry: EntryId| ("n", Put::from(entry.to_string()));
    match event {
        Event::EntryBegan { point, entrant, .. } => {
            let (kind, who) = entrant_words(entrant, names, say);
            let code = entrant.credential().map_or_else(String::new, |code| code.to_string());
            vec![
                ("door", names.passage(say, *point).into()),
                ("kind", kind.into()),
                ("who", who.into()),
                ("code", code.into()),
            ]
        }
        Event::EntryDenied { point, why, credential } => vec![
            ("door", names.passage(say, *point).into()),
            ("known", word(credential.is_some())),
            ("code", credential.map_or_else(String::new, |code| code.to_string()).into()),
            ("why", say.t(&format!("staff-denied-{why}")).into()),
        ],
        Event::EntryReleased { entry, outcome } => {
            vec![n(*entry), ("outcome", outcome_word(*outcome).into())]
        }
        Event::EntryUnknown { entry }
        | Event::EntryJoined { entry, .. }
        | Event::DepositAwaited { entry, .. } => vec![n(*entry)],
        Event::EntrySuspected { entry, what, parcel } => {
            let parcel = parcel.map_or_else(String::new, |parcel| parcel_n(say, parcel));
            vec![n(*entry), ("what", suspicion_word(*what).into()), ("parcel", parcel.into())]
        }
        Event::EntryEnded { entry, how } => vec![n(*entry), ("how", end_word(*how).into())],
        _ => Vec::new(),
    }
}

/// The word for who came in, and their name.
pub(in super::super) fn entrant_words(entrant: &Entrant, names: &Names, say: Say) -> (&'static str, String) {
    match entrant {
        Entrant::Courier { credential, carrier } => {
            ("courier", names.courier(say, *carrier, Some(*credential)))
        }
        Entrant::Pass { .. } => ("pass", String::new()),
        Entrant::Resident { person, .. } => ("resident", names.person(say, *person)),
        Entrant::LetInByStaff { staff, .. } => ("staff", names.staff_name(say, *staff)),
        Entrant::Rang { unit, .. } => ("rang", names.unit_or_desk(say, *unit)),
        Entrant::OneParcel { unit } => ("parcel", names.unit(say, *unit)),
        Entrant::OpenHours => ("open", String::new()),
    }
}

fn mode_word(mode: DoorMode) -> &'static str {
    match mode {
        DoorMode::Locked => "locked",
        DoorMode::Scheduled => "scheduled",
        DoorMode::ClosedToCouriers => "closed",
    }
}

fn opened_word(why: &OpenedBy) -> &'static str {
    match why {
        OpenedBy::Entries { .. } => "entry",
        OpenedBy::Exit => "exit",
        OpenedBy::OpenHours => "hours",
        OpenedBy::Nothing => "nothing",
    }
}

fn outcome_word(outcome: ReleaseOutcome) -> &'static str {
    match outcome {
        ReleaseOutcome::Taken => "taken",
        ReleaseOutcome::NotTaken => "not-taken",
        ReleaseOutcome::Unknown => "unknown",
    }
}

fn suspicion_word(what: Suspicion) -> &'static str {
    match what {
        Suspicion::NoDeposit => "no-deposit",
        Suspicion::OpenLong => "open-long",
        Suspicion::SecondCode => "second-code",
        Suspicion::TwoDoors => "two-doors",
        Suspicion::NoExit => "no-exit",
        Suspicion::LeftWithMore => "left-with-more",
    }
}

fn end_word(how: EntryEnd) -> &'static str {
    match how {
        EntryEnd::Passed => "passed",
        EntryEnd::Left => "left",
        EntryEnd::NotSeenLeaving => "not-leaving",
        EntryEnd::NotOpened => "not-opened",
        EntryEnd::Unknown => "unknown",
    }
}
