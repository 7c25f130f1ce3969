//! Contacts, and the two things that differ between boards and cabinets: the order of status bytes and what a closed
//! contact means. Never guesses either: both are configuration, measured when the site is commissioned.

use serde::{Deserialize, Serialize};

use super::LockNumber;

/// A feedback contact as the board sees it: the electrical fact, before any meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// `11`, or bit 1: the contact is short-circuited.
    Closed,
    /// `00`, or bit 0.
    Open,
}

/// Which status byte of a read-all answer carries locks 1 to 8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusOrder {
    /// The last one (four independent sources on boards of up to 24 locks).
    #[default]
    LastIsLow,
    /// The first one (boards of 50 locks).
    FirstIsLow,
}

/// What the lock's wiring makes of a shut door. A property of the lock, not of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackPolarity {
    /// Contact closed = door closed.
    #[default]
    ShortWhenClosed,
    /// Contact closed = door open.
    ShortWhenOpen,
}

impl FeedbackPolarity {
    /// Whether a door of this wiring stands open when its contact reads so.
    #[must_use]
    pub fn door_is_open(self, contact: Contact) -> bool {
        match (self, contact) {
            (FeedbackPolarity::ShortWhenClosed, Contact::Closed) => false,
            (FeedbackPolarity::ShortWhenClosed, Contact::Open) => true,
            (FeedbackPolarity::ShortWhenOpen, Contact::Closed) => true,
            (FeedbackPolarity::ShortWhenOpen, Contact::Open) => false,
        }
    }
}

/// The status bytes of a read-all answer, as they came: 2 to 7 of them.
///
/// The number says nothing about the locks a board has: a board with 8 is known to answer 3 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct StatusBytes {
    bytes: [u8; Self::MAX],
    count: usize,
}

impl StatusBytes {
    /// Fewest accepted. One byte would make the answer equal to the question "read one" (an adapter may echo that).
    pub const MIN: usize = 2;
    /// Most known: the board of 50 locks.
    pub const MAX: usize = 7;

    /// The bytes, or `None` if there are not 2 to 7 of them.
    #[must_use]
    pub fn new(status: &[u8]) -> Option<Self> {
        if !(Self::MIN..=Self::MAX).contains(&status.len()) {
            return None;
        }
        let mut bytes = [0; Self::MAX];
        bytes[..status.len()].copy_from_slice(status);
        Some(Self { bytes, count: status.len() })
    }

    /// As they came.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.count]
    }

    /// The contact of one lock in the given order, `None` if the bytes do not reach that far.
    #[must_use]
    pub fn contact(&self, lock: LockNumber, order: StatusOrder) -> Option<Contact> {
        let index = usize::from(lock.get() - 1);
        let from_low = index / 8;
        let position = match order {
            StatusOrder::FirstIsLow => from_low,
            StatusOrder::LastIsLow => self.count.checked_sub(from_low + 1)?,
        };
        let byte = self.as_slice().get(position)?;
        Some(if byte >> (index % 8) & 1 == 1 { Contact::Closed } else { Contact::Open })
    }
}

impl std::fmt::Debug for StatusBytes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "StatusBytes({:02X?})", self.as_slice())
    }
}
