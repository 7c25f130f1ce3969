//! Which compartment hangs on which lock of which board. Owns the checks that make a drawing safe to use.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocols::OutOfRange;
use vestibule_protocols::lock8a::FeedbackPolarity;

use crate::{Profile, Profiles};

/// The boards on one serial line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusWiring {
    /// In any order; asked in this one.
    pub boards: Vec<BoardWiring>,
}

/// One board and what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardWiring {
    /// As set on its DIP switches, in the range of its family.
    pub address: u8,
    /// Name of its profile, such as `generic-lock8a-12`.
    pub profile: String,
    /// Its locks in use.
    pub points: Vec<PointWiring>,
}

/// One lock in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointWiring {
    /// The site's number for the door.
    pub point: u32,
    /// As printed on the board, from 1.
    pub lock: u8,
    /// The input its contact is on, counted as locks are, where that is another than the lock's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<u8>,
    /// Where this lock is wired otherwise than its board's profile says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<FeedbackPolarity>,
}

/// Why a wiring cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WiringError {
    /// Nothing to drive.
    #[error("a bus needs at least one board")]
    NoBoards,
    /// No such profile is known.
    #[error("board {board}: no profile named {profile:?}; known are {known}")]
    UnknownProfile {
        /// The board's address.
        board: u8,
        /// What was asked for.
        profile: String,
        /// What there is.
        known: String,
    },
    /// A board or lock number the family does not have.
    #[error(transparent)]
    Number(#[from] OutOfRange),
    /// Two boards would answer at once.
    #[error("two boards have address {0}: set another on the DIP switches of one")]
    DuplicateAddress(u8),
    /// One door in two places.
    #[error("point {0} is wired twice")]
    DuplicatePoint(u32),
    /// Two doors on one lock.
    #[error("points {first} and {second} are both on lock {lock} of board {board}")]
    SharedLock {
        /// The board's address.
        board: u8,
        /// The lock.
        lock: u8,
        /// The point named first.
        first: u32,
        /// The point named second.
        second: u32,
    },
    /// The board has no such lock.
    #[error("point {point} is on lock {lock} of board {board}, which has {channels}")]
    NoSuchLock {
        /// The board's address.
        board: u8,
        /// The point.
        point: u32,
        /// The lock.
        lock: u8,
        /// Locks of the board.
        channels: u8,
    },
    /// One line has one language.
    #[error(
        "board {board} speaks {speaks}, the others of this line speak {others}: give it a line of its own"
    )]
    MixedFamilies {
        /// The board's address.
        board: u8,
        /// What it speaks.
        speaks: &'static str,
        /// What they speak.
        others: &'static str,
    },
    /// Modbus TCP goes over a network.
    #[error(
        "these boards speak Modbus TCP, which no serial line carries: give the bus a tcp address, or its boards a profile with framing = \"rtu\""
    )]
    TcpFramesOnSerial,
    /// One line has one speed.
    #[error("board {board} speaks at {baud} baud, the others of this line at {others}")]
    MixedBaud {
        /// The board's address.
        board: u8,
        /// Its speed.
        baud: u32,
        /// Theirs.
        others: u32,
    },
}

/// A board of a checked wiring.
#[derive(Clone, Debug)]
pub(crate) struct CheckedBoard {
    pub address: u8,
    pub profile: Profile,
    pub points: Vec<CheckedPoint>,
}

/// A lock of a checked wiring.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CheckedPoint {
    pub point: u32,
    pub lock: u8,
    /// The input its contact is on.
    pub contact: u8,
    pub polarity: FeedbackPolarity,
}

impl BusWiring {
    /// Checks the whole drawing against the profiles it names.
    pub fn check(&self, profiles: &Profiles) -> Result<(), WiringError> {
        self.resolve(profiles).map(drop)
    }

    pub(crate) fn resolve(&self, profiles: &Profiles) -> Result<Vec<CheckedBoard>, WiringError> {
        let mut boards: Vec<CheckedBoard> = Vec::new();
        let mut points = BTreeSet::new();
        for wiring in &self.boards {
            let board = wiring.resolve(profiles)?;
            if boards.iter().any(|other| other.address == board.address) {
                return Err(WiringError::DuplicateAddress(wiring.address));
            }
            if let Some(twice) = board.points.iter().find(|point| !points.insert(point.point)) {
                return Err(WiringError::DuplicatePoint(twice.point));
            }
            let speaks = board.profile.language();
            let others = boards.first().map_or(speaks, |first| first.profile.language());
            if others != speaks {
                return Err(WiringError::MixedFamilies { board: wiring.address, speaks, others });
            }
            let others = boards.first().map_or(board.profile.baud, |first| first.profile.baud);
            if others != board.profile.baud {
                return Err(WiringError::MixedBaud {
                    board: wiring.address,
                    baud: board.profile.baud,
                    others,
                });
            }
            boards.push(board);
        }
        if boards.is_empty() { Err(WiringError::NoBoards) } else { Ok(boards) }
    }
}

impl BoardWiring {
    fn resolve(&self, profiles: &Profiles) -> Result<CheckedBoard, WiringError> {
        let board = self.address;
        let profile = profiles.get(&self.profile).ok_or_else(|| WiringError::UnknownProfile {
            board,
            profile: self.profile.clone(),
            known: profiles.names().collect::<Vec<_>>().join(", "),
        })?;
        profile.family.check_address(board)?;
        let mut points: Vec<CheckedPoint> = Vec::new();
        for wiring in &self.points {
            let (lock, contact) = (wiring.lock, wiring.contact.unwrap_or(wiring.lock));
            for number in [lock, contact] {
                profile.family.check_lock(number)?;
                if number > profile.channels {
                    let (point, channels) = (wiring.point, profile.channels);
                    return Err(WiringError::NoSuchLock { board, point, lock: number, channels });
                }
            }
            if let Some(other) = points.iter().find(|other| other.lock == lock && other.point != wiring.point)
            {
                let (first, second) = (other.point, wiring.point);
                return Err(WiringError::SharedLock { board, lock, first, second });
            }
            let polarity = wiring.polarity.unwrap_or(profile.feedback_polarity);
            points.push(CheckedPoint { point: wiring.point, lock, contact, polarity });
        }
        Ok(CheckedBoard { address: board, profile: profile.clone(), points })
    }
}
