//! Tasks in words: title, detail, weight, picture and the one thing to do, for every kind of task.
//!
//! Owns: the table from tasks to words and actions. Never: does anything about a task.

use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::Bell;
use vestibule_core::{TaskId, Timestamp};

use super::super::names::{Names, Wanted, capital};
use super::super::parcels::delivered::source_words;
use super::super::say::{Put, Say};
use crate::look::Icon;
use crate::look::listing::Tone;

/// An open task as pages need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTask {
    /// Which.
    pub id: TaskId,
    /// What about.
    pub what: TaskKind,
    /// Since when.
    pub raised: Timestamp,
    /// Staff may say by hand that it is done; the others end with the fact that keeps them open.
    pub may_be_ended: bool,
}

/// What a press on a task's button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Goes to a page.
    Go(String),
    /// Posts.
    Do(String),
}

/// The word of a kind in keys.
pub fn kind_key(what: &TaskKind) -> &'static str {
    match what {
        TaskKind::Tell { .. } => "tell",
        TaskKind::Assign { .. } => "assign",
        TaskKind::Accept { .. } => "accept",
        TaskKind::Check { .. } => "check",
        TaskKind::Jammed { .. } => "jammed",
        TaskKind::Forced { .. } => "forced",
        TaskKind::HeldOpen { .. } => "held-open",
        TaskKind::Missing { .. } => "missing",
        TaskKind::NotTheirs { .. } => "not-theirs",
        TaskKind::Overdue { .. } => "overdue",
        TaskKind::Late { .. } => "late",
        TaskKind::Sort { .. } => "sort",
        TaskKind::SortLate { .. } => "sort-late",
        TaskKind::Misplaced { .. } => "misplaced",
        TaskKind::Unscanned { .. } => "unscanned",
        TaskKind::AuditLeft { .. } => "audit-left",
        TaskKind::OneIsTheirs { .. } => "one-is-theirs",
        TaskKind::Guessing { .. } => "guessing",
        TaskKind::BadAddress { .. } => "bad-address",
        TaskKind::BoardSilent { .. } => "board-silent",
        TaskKind::LineSilent { .. } => "line-silent",
        TaskKind::CameraSilent { .. } => "camera-silent",
        TaskKind::Clock => "clock",
        TaskKind::Restored { .. } => "restored",
        TaskKind::DiskLow => "disk-low",
        TaskKind::CertificateEnds => "certificate-ends",
        TaskKind::FeedRefused { .. } => "feed-refused",
        TaskKind::DoorForced { .. } => "door-forced",
        TaskKind::DoorHeldOpen { .. } => "door-held-open",
        TaskKind::GuessingAtDoor { .. } => "guessing-at-door",
        TaskKind::DoorSilent { .. } => "door-silent",
        TaskKind::DoorTampered { .. } => "door-tampered",
        TaskKind::LookAtDoor { .. } => "look-at-door",
        TaskKind::Ringing { bell: Bell::AtDoor, .. } => "ringing",
        TaskKind::Ringing { bell: Bell::Phone, .. } => "ringing-phone",
        TaskKind::NoDeposit { .. } => "no-deposit",
        TaskKind::LookWhatWasLeft { .. } => "look-left",
        TaskKind::StillInside { .. } => "still-inside",
        TaskKind::Followed { .. } => "followed",
        TaskKind::LateEntry { .. } => "late-entry",
        TaskKind::CodeMisused { .. } => "code-misused",
    }
}

/// How urgent: smaller comes first. Safety, then people who stand waiting, then parcels, then housekeeping.
pub fn urgency(what: &TaskKind) -> u8 {
    match what {
        // Somebody stands there and waits; no answer counts after two minutes.
        TaskKind::Ringing { .. } => 0,
        TaskKind::Forced { .. } | TaskKind::DoorForced { .. } | TaskKind::DoorTampered { .. } => 0,
        TaskKind::Guessing { .. } | TaskKind::GuessingAtDoor { .. } | TaskKind::DiskLow => 1,
        TaskKind::HeldOpen { .. } | TaskKind::BoardSilent { .. } | TaskKind::LineSilent { .. } => 2,
        TaskKind::DoorHeldOpen { .. } | TaskKind::DoorSilent { .. } | TaskKind::CodeMisused { .. } => 2,
        TaskKind::Check { .. } | TaskKind::Missing { .. } | TaskKind::NotTheirs { .. } => 3,
        TaskKind::NoDeposit { .. } | TaskKind::LookWhatWasLeft { .. } => 3,
        TaskKind::StillInside { .. } | TaskKind::LookAtDoor { .. } => 3,
        TaskKind::Late { .. } | TaskKind::Misplaced { .. } | TaskKind::Followed { .. } => 3,
        TaskKind::SortLate { .. } | TaskKind::Unscanned { .. } => 3,
        TaskKind::Sort { .. } | TaskKind::OneIsTheirs { .. } => 5,
        TaskKind::LateEntry { .. } | TaskKind::FeedRefused { .. } => 4,
        TaskKind::Restored { .. } | TaskKind::Clock | TaskKind::CertificateEnds => 4,
        TaskKind::Tell { .. } | TaskKind::Accept { .. } => 5,
        TaskKind::Assign { .. } | TaskKind::BadAddress { .. } => 6,
        TaskKind::Jammed { .. } | TaskKind::CameraSilent { .. } => 7,
        TaskKind::Overdue { .. } | TaskKind::AuditLeft { .. } => 8,
    }
}

/// Picture and weight.
pub fn weight(what: &TaskKind) -> (Icon, Tone) {
    match what {
        TaskKind::Forced { .. } | TaskKind::DoorForced { .. } | TaskKind::DoorTampered { .. } => {
            (Icon::Warning, Tone::Danger)
        }
        TaskKind::Guessing { .. } | TaskKind::GuessingAtDoor { .. } | TaskKind::CodeMisused { .. } => {
            (Icon::Key, Tone::Danger)
        }
        TaskKind::HeldOpen { .. } | TaskKind::DoorHeldOpen { .. } | TaskKind::DoorSilent { .. } => {
            (Icon::DoorOpen, Tone::Danger)
        }
        TaskKind::Ringing { .. } => (Icon::Hand, Tone::Danger),
        TaskKind::NoDeposit { .. }
        | TaskKind::LookWhatWasLeft { .. }
        | TaskKind::StillInside { .. }
        | TaskKind::LookAtDoor { .. } => (Icon::Search, Tone::Warning),
        TaskKind::Followed { .. } => (Icon::Users, Tone::Warning),
        TaskKind::LateEntry { .. } => (Icon::Clock, Tone::Warning),
        TaskKind::BoardSilent { .. } | TaskKind::LineSilent { .. } => (Icon::Bank, Tone::Danger),
        TaskKind::DiskLow | TaskKind::Restored { .. } => (Icon::Warning, Tone::Danger),
        TaskKind::CertificateEnds | TaskKind::FeedRefused { .. } => (Icon::Warning, Tone::Warning),
        TaskKind::Check { .. } => (Icon::Search, Tone::Warning),
        TaskKind::Missing { .. } => (Icon::Parcel, Tone::Warning),
        TaskKind::NotTheirs { .. } => (Icon::Hand, Tone::Warning),
        TaskKind::Clock | TaskKind::Overdue { .. } => (Icon::Clock, Tone::Warning),
        TaskKind::Late { .. } => (Icon::Clock, Tone::Danger),
        TaskKind::Sort { .. } => (Icon::Parcel, Tone::Accent),
        TaskKind::SortLate { .. } => (Icon::Parcel, Tone::Danger),
        TaskKind::Misplaced { .. } => (Icon::Shelf, Tone::Danger),
        TaskKind::Unscanned { .. } | TaskKind::AuditLeft { .. } => (Icon::Search, Tone::Warning),
        TaskKind::OneIsTheirs { .. } => (Icon::Hand, Tone::Accent),
        TaskKind::Jammed { .. } => (Icon::Wrench, Tone::Warning),
        TaskKind::CameraSilent { .. } => (Icon::Camera, Tone::Warning),
        TaskKind::Tell { .. } => (Icon::Phone, Tone::Accent),
        TaskKind::Accept { .. } => (Icon::Inbox, Tone::Accent),
        TaskKind::Assign { .. } => (Icon::Users, Tone::Accent),
        TaskKind::BadAddress { .. } => (Icon::Mail, Tone::Accent),
    }
}

/// The one thing to do about it.
pub fn action(task: &OpenTask) -> Action {
    match &task.what {
        TaskKind::Tell { .. } => Action::Go(format!("/staff/tell/{}", task.id)),
        TaskKind::Assign { parcel }
        | TaskKind::Missing { parcel }
        | TaskKind::NotTheirs { parcel, .. }
        | TaskKind::Late { parcel }
        | TaskKind::Misplaced { parcel }
        | TaskKind::Overdue { parcel } => Action::Go(format!("/staff/parcels/{parcel}")),
        TaskKind::Sort { drop } | TaskKind::SortLate { drop } | TaskKind::OneIsTheirs { drop, .. } => {
            Action::Go(format!("/staff/drops/{drop}"))
        }
        TaskKind::Unscanned { claim } => Action::Go(format!("/staff/delivered/{claim}")),
        TaskKind::AuditLeft { audit } => Action::Go(format!("/staff/audits/{audit}/report")),
        TaskKind::Accept { parcel } => Action::Do(format!("/staff/parcels/{parcel}/accept")),
        TaskKind::Check { compartment }
        | TaskKind::Jammed { compartment }
        | TaskKind::Forced { compartment }
        | TaskKind::HeldOpen { compartment } => Action::Go(format!("/staff/compartments/{compartment}")),
        TaskKind::Guessing { .. } => Action::Do("/staff/lift-pauses".to_owned()),
        TaskKind::BadAddress { person } => Action::Go(format!("/staff/people/{person}")),
        TaskKind::BoardSilent { bank } => Action::Go(format!("/staff/banks#bank-{bank}")),
        TaskKind::LineSilent { .. } => Action::Go("/staff/devices".to_owned()),
        TaskKind::FeedRefused { .. } => Action::Go("/staff/devices#feeds".to_owned()),
        TaskKind::CameraSilent { camera } => Action::Go(format!("/staff/cameras#camera-{camera}")),
        TaskKind::Clock => Action::Do("/staff/confirm-clock".to_owned()),
        TaskKind::Restored { .. } => Action::Go("/staff/banks".to_owned()),
        TaskKind::DiskLow => Action::Go("/staff/settings#backup".to_owned()),
        TaskKind::CertificateEnds => Action::Go("/staff/settings/connection".to_owned()),
        TaskKind::GuessingAtDoor { .. } => Action::Do("/staff/lift-pauses".to_owned()),
        TaskKind::Ringing { ring, bell: Bell::AtDoor, .. } => {
            Action::Do(format!("/staff/rings/{ring}/let-in"))
        }
        // They may be anywhere: whoever lets them in looks first.
        TaskKind::Ringing { point, bell: Bell::Phone, .. } => Action::Go(format!("/staff/doors/{point}")),
        TaskKind::CodeMisused { credential } => Action::Go(format!("/staff/incident?code={credential}")),
        // Its photos are there.
        TaskKind::DoorForced { point }
        | TaskKind::DoorHeldOpen { point }
        | TaskKind::DoorSilent { point }
        | TaskKind::DoorTampered { point }
        | TaskKind::LookAtDoor { point } => Action::Go(format!("/staff/doors/{point}")),
        TaskKind::NoDeposit { entry, .. }
        | TaskKind::LookWhatWasLeft { entry, .. }
        | TaskKind::StillInside { entry, .. }
        | TaskKind::Followed { entry, .. }
        | TaskKind::LateEntry { entry, .. } => Action::Go(format!("/staff/entries/{entry}")),
    }
}

/// Whether it can be ticked off beside its one thing to do. Where doing that ends it, a tick would only pass it over.
pub fn may_be_ticked(task: &OpenTask) -> bool {
    let ends_by_doing = matches!(
        task.what,
        TaskKind::Accept { .. }
            | TaskKind::Guessing { .. }
            | TaskKind::GuessingAtDoor { .. }
            | TaskKind::Clock
    );
    task.may_be_ended && !ends_by_doing
}

/// Whom and what a task will have to name.
pub fn wanted(what: &TaskKind, wanted: &mut Wanted) {
    if let TaskKind::Tell { person }
    | TaskKind::BadAddress { person }
    | TaskKind::OneIsTheirs { person, .. } = what
    {
        wanted.people.insert(*person);
    }
    if let TaskKind::Ringing { unit, .. } = what {
        wanted.units.extend(unit);
    }
}

/// Title and detail.
pub fn words(what: &TaskKind, names: &Names, say: Say) -> (String, String) {
    let put = put(what, names, say);
    let key = kind_key(what);
    let title = capital(&say.with(&format!("staff-task-{key}"), &put));
    (title, say.with(&format!("staff-task-{key}-detail"), &put))
}

/// The words on its button.
pub fn action_words(what: &TaskKind, say: Say) -> String {
    say.t(&format!("staff-task-{}-do", kind_key(what)))
}

fn put(what: &TaskKind, names: &Names, say: Say) -> Vec<(&'static str, Put)> {
    match what {
        TaskKind::Tell { person }
        | TaskKind::BadAddress { person }
        | TaskKind::OneIsTheirs { person, .. } => {
            let unit = names.people.get(person).map(|known| names.unit(say, known.unit)).unwrap_or_default();
            vec![("who", names.person(say, *person).into()), ("unit", unit.into())]
        }
        TaskKind::Assign { parcel }
        | TaskKind::Accept { parcel }
        | TaskKind::Missing { parcel }
        | TaskKind::Late { parcel }
        | TaskKind::Misplaced { parcel }
        | TaskKind::Overdue { parcel } => vec![("n", parcel.to_string().into())],
        TaskKind::NotTheirs { parcel, suspects } => {
            vec![("n", parcel.to_string().into()), ("others", suspects.len().into())]
        }
        TaskKind::Check { compartment }
        | TaskKind::Jammed { compartment }
        | TaskKind::Forced { compartment }
        | TaskKind::HeldOpen { compartment } => vec![("door", names.door(say, *compartment).into())],
        TaskKind::Guessing { kiosk } => vec![("kiosk", names.kiosk(say, *kiosk).into())],
        TaskKind::BoardSilent { bank } => vec![("bank", names.bank(say, *bank).into())],
        TaskKind::LineSilent { banks } => {
            let banks: Vec<String> = banks.iter().map(|bank| names.bank(say, *bank)).collect();
            vec![("banks", banks.join(", ").into())]
        }
        TaskKind::CameraSilent { camera } => vec![("camera", names.camera(say, *camera).into())],
        TaskKind::Restored { epoch } => vec![("n", (*epoch).into())],
        TaskKind::DoorForced { point }
        | TaskKind::DoorHeldOpen { point }
        | TaskKind::GuessingAtDoor { point }
        | TaskKind::DoorSilent { point }
        | TaskKind::DoorTampered { point }
        | TaskKind::LookAtDoor { point }
        | TaskKind::NoDeposit { point, .. }
        | TaskKind::LookWhatWasLeft { point, .. }
        | TaskKind::StillInside { point, .. }
        | TaskKind::Followed { point, .. }
        | TaskKind::LateEntry { point, .. } => vec![("door", names.passage(say, *point).into())],
        TaskKind::Ringing { point, unit, .. } => {
            vec![("door", names.passage(say, *point).into()), ("unit", names.unit_or_desk(say, *unit).into())]
        }
        TaskKind::CodeMisused { credential } => names.code(say, *credential),
        TaskKind::Unscanned { claim } => vec![("n", claim.to_string().into())],
        TaskKind::AuditLeft { audit } => vec![("n", audit.to_string().into())],
        TaskKind::Sort { .. } | TaskKind::SortLate { .. } | TaskKind::Clock | TaskKind::DiskLow => Vec::new(),
        TaskKind::CertificateEnds => Vec::new(),
        TaskKind::FeedRefused { feed } => vec![("feed", source_words(*feed, say).into())],
    }
}
