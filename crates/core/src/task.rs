//! What needs a member of staff. A task is raised once while the same one is open.

use crate::ids::*;
use crate::time::Timestamp;
use crate::vocabulary::command::Bell;
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a task is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Tell a person in person; a slip with a fresh code can be printed.
    Tell {
        /// Whom.
        person: PersonId,
    },
    /// A parcel waits and nobody knows for whom.
    Assign {
        /// Which.
        parcel: ParcelId,
    },
    /// A courier said it is left for the desk, or left with it unplaced.
    Accept {
        /// Which.
        parcel: ParcelId,
    },
    /// Look into a compartment.
    Check {
        /// Which.
        compartment: CompartmentId,
    },
    /// A door does not open: lock or wiring needs work.
    Jammed {
        /// Which.
        compartment: CompartmentId,
    },
    /// A door opened and nothing explains it.
    Forced {
        /// Which.
        compartment: CompartmentId,
    },
    /// A door has been open for too long.
    HeldOpen {
        /// Which.
        compartment: CompartmentId,
    },
    /// A parcel is missing.
    Missing {
        /// Which.
        parcel: ParcelId,
    },
    /// Somebody said a parcel is not theirs; others of the same courier's visit may be swapped too.
    NotTheirs {
        /// Which.
        parcel: ParcelId,
        /// The parcels of the same visit.
        suspects: Vec<ParcelId>,
    },
    /// Kept longer than the hold.
    Overdue {
        /// Which.
        parcel: ParcelId,
    },
    /// Kept longer than its class may be: food to throw away, medicine nobody fetched.
    Late {
        /// Which.
        parcel: ParcelId,
    },
    /// It lies where its class must not: medicine on a shelf.
    Misplaced {
        /// Which.
        parcel: ParcelId,
    },
    /// Parcels were put down without a scan: whose is each?
    Sort {
        /// Which drop.
        drop: DropId,
    },
    /// They still are not sorted.
    SortLate {
        /// Which drop.
        drop: DropId,
    },
    /// Somebody says that one of the parcels put down without a scan is theirs.
    OneIsTheirs {
        /// Of which drop.
        drop: DropId,
        /// Who.
        person: PersonId,
    },
    /// A carrier says that it delivered, and nobody scanned it.
    Unscanned {
        /// Which claim.
        claim: ClaimId,
    },
    /// An audit ended because nobody went on with it: its report says what was found.
    AuditLeft {
        /// Which.
        audit: AuditId,
    },
    /// Somebody guesses at the keypad.
    Guessing {
        /// Where.
        kiosk: KioskId,
    },
    /// An address does not work: correct it and tell again.
    BadAddress {
        /// Whose.
        person: PersonId,
    },
    /// A lock board does not answer.
    BoardSilent {
        /// Its bank.
        bank: BankId,
    },
    /// A line of several banks does not answer: one task instead of one each.
    LineSilent {
        /// All that hang on it.
        banks: BTreeSet<BankId>,
    },
    /// A camera does not answer.
    CameraSilent {
        /// Which.
        camera: CameraId,
    },
    /// The clock is doubted.
    Clock,
    /// A backup was restored or events were lost: compartments to check, codes re-sent.
    Restored {
        /// The new epoch.
        epoch: u32,
    },
    /// Space runs low.
    DiskLow,
    /// The certificate of the site's own domain ends soon, or there is none, and no new one was had.
    CertificateEnds,
    /// Again and again a tracking feed was told something that is not signed with its secret.
    FeedRefused {
        /// Which.
        feed: crate::custody::delivered::ClaimSource,
    },
    /// A door one walks through opened and nothing explains it.
    DoorForced {
        /// Which.
        point: AccessPointId,
    },
    /// A door one walks through has been open for too long.
    DoorHeldOpen {
        /// Which.
        point: AccessPointId,
    },
    /// Somebody guesses at the keypad of a door.
    GuessingAtDoor {
        /// Where.
        point: AccessPointId,
    },
    /// The controller of a door does not answer.
    DoorSilent {
        /// Which.
        point: AccessPointId,
    },
    /// Somebody opened the case of a door's reader or tore it off.
    DoorTampered {
        /// Which.
        point: AccessPointId,
    },
    /// Nobody knows whether a release opened the door, or three in a row did not: look at lock and contact.
    LookAtDoor {
        /// Which.
        point: AccessPointId,
    },
    /// Somebody without a code asks to be let in.
    Ringing {
        /// Which.
        ring: RingId,
        /// Where.
        point: AccessPointId,
        /// Whom they come to; None: the desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// On which bell.
        #[serde(default, skip_serializing_if = "Bell::is_at_door")]
        bell: Bell,
    },
    /// A courier went into a room and left no parcel that anybody knows of.
    NoDeposit {
        /// Which entry.
        entry: EntryId,
        /// Where.
        point: AccessPointId,
    },
    /// Somebody without a courier's code brought something, and no kiosk knows of it: look what was left.
    LookWhatWasLeft {
        /// Which entry.
        entry: EntryId,
        /// Where.
        point: AccessPointId,
    },
    /// Somebody went in and was not seen to leave.
    StillInside {
        /// Which entry.
        entry: EntryId,
        /// Where.
        point: AccessPointId,
    },
    /// Somebody may have followed into a room whom its door was opened for.
    Followed {
        /// Whom, as their entry.
        entry: EntryId,
        /// Where.
        point: AccessPointId,
    },
    /// Somebody came with a courier code or pass, or with one parcel, at an hour at which staff want to know.
    LateEntry {
        /// Which entry.
        entry: EntryId,
        /// Where.
        point: AccessPointId,
    },
    /// A courier code or pass was used at two doors at once, or outside its hours again and again: it may have been passed on.
    CodeMisused {
        /// Which.
        credential: CredentialId,
    },
}

/// A task that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What about.
    pub what: TaskKind,
    /// Since when.
    pub raised: Timestamp,
}

/// The open tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tasks {
    /// By number.
    pub open: BTreeMap<TaskId, Task>,
}

impl Tasks {
    /// The open task of this kind, if there is one.
    pub fn find(&self, what: &TaskKind) -> Option<TaskId> {
        self.open.iter().find(|(_, task)| task.what == *what).map(|(id, _)| *id)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::TaskRaised { task, what } => {
                self.open.insert(*task, Task { what: what.clone(), raised: now });
            }
            Event::TaskDone { task, .. } => {
                self.open.remove(task);
            }
            _ => {}
        }
    }
}
