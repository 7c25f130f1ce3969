//! What hardware, the message runners and the clock say. Never refused: even the impossible is recorded.

use crate::evidence::retention::StoredPhoto;
use crate::evidence::{PhotoAsked, PhotoHash, PhotoMedia, PhotoTrouble};
use crate::ids::*;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What became of a pulse, told by later door states only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PulseOutcome {
    /// The door showed open within its window.
    Opened,
    /// The door stayed shut.
    StillClosed,
    /// Nothing could be read.
    Unknown,
    /// It was never sent: too late, or the board or line was away.
    NotSent,
}

/// What became of the release of a door. That a device took it proves nothing about the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseOutcome {
    /// The device took the order.
    Taken,
    /// It did not: refused, too late, or not sent.
    NotTaken,
    /// No answer: the lock may have been released all the same.
    Unknown,
}

/// Why a notice did not reach its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeTrouble {
    /// The directory has no way to reach the person.
    NoChannel,
    /// The address was refused for good, or a bounce came back.
    AddressRefused,
    /// Fifteen minutes have passed and no server has taken it; it is still being tried.
    Late,
}

/// What the outside reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observation {
    /// A door contact was read.
    DoorSeen {
        /// Whose.
        compartment: CompartmentId,
        /// What it showed.
        open: bool,
    },
    /// What became of a pulse.
    Pulse {
        /// Of which opening.
        opening: OpeningId,
        /// Which of its attempts.
        attempt: u8,
        /// What became of it.
        outcome: PulseOutcome,
    },
    /// An occupancy sensor was read.
    OccupancySeen {
        /// Whose.
        compartment: CompartmentId,
        /// Whether something is inside.
        occupied: bool,
    },
    /// A lock board no longer answers.
    BoardSilent {
        /// Its bank.
        bank: BankId,
    },
    /// A line with all its banks no longer answers.
    LineSilent {
        /// All that hang on it.
        banks: BTreeSet<BankId>,
    },
    /// It answers again.
    BoardBack {
        /// Its bank.
        bank: BankId,
    },
    /// The contact of a door one walks through was read.
    PassageSeen {
        /// Whose.
        point: AccessPointId,
        /// What it showed; None: it cannot be read.
        open: Option<bool>,
    },
    /// Somebody inside asked a door to let them out. The lock needs no program for that: it is free.
    ExitRequested {
        /// Where.
        point: AccessPointId,
    },
    /// What became of the release of an entry.
    Release {
        /// Of which entry.
        entry: EntryId,
        /// What became of it.
        outcome: ReleaseOutcome,
    },
    /// A reader that was let in with the public key has been given its own.
    ReaderKeySet {
        /// At which door.
        point: AccessPointId,
    },
    /// The controller of a door no longer answers, or answers again.
    DoorAnswers {
        /// Whose.
        point: AccessPointId,
        /// Whether it does.
        answers: bool,
    },
    /// The case of a door's reader or controller was opened or torn off, or is shut again.
    DoorTampered {
        /// Whose.
        point: AccessPointId,
        /// Whether it is so now.
        tampered: bool,
    },
    /// A server took a notice.
    NoticeHandedOver {
        /// Which.
        notice: NoticeId,
    },
    /// A notice is in trouble.
    NoticeTrouble {
        /// Which.
        notice: NoticeId,
        /// How.
        trouble: NoticeTrouble,
    },
    /// The process started: openings without an outcome become unknown.
    Started {
        /// Counts the starts of this site.
        boot: u32,
    },
    /// The wall clock is more than five minutes off site time and is not followed.
    ClockDoubted {
        /// What it showed.
        wall: Timestamp,
    },
    /// A backup was restored or the store is older than the head file: a new epoch.
    EpochRaised {
        /// The new epoch.
        epoch: u32,
    },
    /// Space runs low: photos stop, deposits are refused.
    DiskLow {
        /// Whether it is so now.
        low: bool,
    },
    /// The certificate of the site's own domain ends soon, or there is none, and its authority gave no new one.
    CertificateEnds {
        /// Whether it is so now.
        soon: bool,
    },
    /// A tracking feed was told again and again what is not signed with its secret, or is well signed again.
    FeedRefused {
        /// Which.
        feed: crate::custody::delivered::ClaimSource,
        /// Whether it is so now.
        refused: bool,
    },
    /// A photo was taken: its file and its salt are durable.
    PhotoTaken {
        /// Which was asked for.
        asked: Box<PhotoAsked>,
        /// Its name.
        hash: PhotoHash,
        /// What its bytes are.
        media: PhotoMedia,
        /// When the camera says it took it, Unix time in ms by the camera's clock.
        taken_ms: Option<i64>,
        /// The camera's clock minus ours, in ms.
        clock_offset_ms: Option<i64>,
    },
    /// Evidence could not be taken; never blocks anything.
    PhotoMissing {
        /// Which was asked for.
        asked: Box<PhotoAsked>,
        /// Why.
        trouble: PhotoTrouble,
    },
    /// A camera does not answer.
    CameraSilent {
        /// Which.
        camera: CameraId,
    },
    /// It answers again.
    CameraBack {
        /// Which.
        camera: CameraId,
    },
    /// Photos that are kept and may be over: those that are will be erased once that is recorded.
    PhotosStored {
        /// Which photos, with what their time depends on.
        photos: Vec<StoredPhoto>,
    },
    /// Files of photos were not found.
    PhotosLost {
        /// Which photos.
        photos: Vec<PhotoId>,
    },
    /// The file of a photo is not the one that was recorded.
    PhotoChanged {
        /// Which photo.
        photo: PhotoId,
    },
}
