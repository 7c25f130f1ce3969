//! What the world is asked to do. Named from events, after they are durable, never on replay.

use crate::evidence::{PhotoAsked, PhotoMoment};
use crate::ids::*;
use crate::place::wiring::WiringHash;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// One effect. Three classes that are never mixed: pulse (at most once), level (desired state), message (at least once).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Pulse: unlock one compartment, before `not_after`, once.
    Unlock {
        /// Which opening.
        opening: OpeningId,
        /// Which attempt of it, 1..=3.
        attempt: u8,
        /// Which compartment.
        compartment: CompartmentId,
        /// Later than this it is never sent.
        not_after: Timestamp,
        /// The map by which its lock is known, where the bank has one; by another it is never sent.
        wiring: Option<WiringHash>,
    },
    /// Pulse: have the device release one door for a time it keeps itself, before `not_after`, once.
    Release {
        /// Which entry: an entry is released once at most.
        entry: EntryId,
        /// Which door.
        point: AccessPointId,
        /// How long the device holds it released.
        hold: Span,
        /// Later than this it is never sent.
        not_after: Timestamp,
    },
    /// Message: tell a person. The secrets of the same decision are sealed into its outbox row.
    Notify {
        /// Which notice.
        notice: NoticeId,
    },
    /// Message: forget sealed codes of a dead credential that still wait in the outbox.
    ForgetCode {
        /// Which.
        credential: CredentialId,
    },
    /// Evidence: ask one camera for one photo; never blocks.
    TakePhoto {
        /// Which camera, what of, why.
        asked: Box<PhotoAsked>,
        /// When it is wanted.
        moment: PhotoMoment,
    },
}
