//! Entries: one passage each. Begun by an event before the one release it may have, over when the person is out again or
//! nothing more is to be expected. Never replayed.

use super::point::AccessPoint;
use crate::ids::*;
use crate::site::Site;
use crate::time::{Span, Timestamp};
use crate::vocabulary::command::StaffReason;
use serde::{Deserialize, Serialize};

/// A contact may tell of an opening so much later than the lock fell back.
pub const CONTACT_LATE: Span = Span::seconds(2);
/// Releases in a row after which nobody was seen to go in: staff look at lock and contact.
pub const UNUSED_MOST: u32 = 3;

/// Who goes in, as numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entrant {
    /// A courier, by which code, of which company.
    Courier {
        /// The code or badge.
        credential: CredentialId,
        /// The company.
        carrier: CarrierId,
    },
    /// Who holds a pass.
    Pass {
        /// Which.
        credential: CredentialId,
        /// The unit it is for, if one.
        unit: Option<UnitId>,
        /// Whether they bring something.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        brings: bool,
    },
    /// A resident, by which code or card.
    Resident {
        /// The code or card.
        credential: CredentialId,
        /// Who.
        person: PersonId,
    },
    /// Somebody staff let in.
    LetInByStaff {
        /// Who let them in.
        staff: StaffId,
        /// Why.
        reason: StaffReason,
    },
    /// Somebody who rang and got a yes.
    Rang {
        /// Which ring.
        ring: RingId,
        /// To whom they come; None: to the desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
    },
    /// Somebody without a code, for one parcel, by the site's policy.
    OneParcel {
        /// To whom they come.
        unit: UnitId,
    },
    /// Anyone, in the hours in which the door is open to all.
    OpenHours,
}

impl Entrant {
    /// The credential they showed.
    pub fn credential(&self) -> Option<CredentialId> {
        match self {
            Self::Courier { credential, .. }
            | Self::Pass { credential, .. }
            | Self::Resident { credential, .. } => Some(*credential),
            Self::LetInByStaff { .. } | Self::Rang { .. } | Self::OneParcel { .. } | Self::OpenHours => None,
        }
    }

    /// Whether they may bring something though they showed no courier's code.
    pub fn may_bring(&self) -> bool {
        match self {
            Self::Rang { .. } | Self::OneParcel { .. } | Self::LetInByStaff { .. } => true,
            Self::Pass { brings, .. } => *brings,
            Self::Courier { .. } | Self::Resident { .. } | Self::OpenHours => false,
        }
    }
}

/// The one release of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// How long the device holds the door released.
    pub hold: Span,
    /// Later than this it is not sent.
    pub not_after: Timestamp,
}

/// How far an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The release is on its way or was taken; the door has not shown open.
    Released {
        /// The lock has fallen back by then.
        until: Timestamp,
    },
    /// The door is open.
    Open,
    /// They went in; the door has shut behind them, or has no contact to tell.
    Inside {
        /// Since when.
        since: Timestamp,
    },
    /// Nobody knows whether the door was released.
    Unknown {
        /// The lock has fallen back by then.
        until: Timestamp,
    },
}

/// What is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspicion {
    /// A courier went in, and no parcel was put anywhere.
    NoDeposit,
    /// The door stood open long enough for others to follow.
    OpenLong,
    /// A second person showed a code while the door stood open for the first.
    SecondCode,
    /// The same code is used at another door at once, and the first is no entrance that led there.
    TwoDoors,
    /// They went in and were not seen to leave.
    NoExit,
    /// Somebody left with more than they brought: a parcel was not found afterwards.
    LeftWithMore,
}

/// How an entry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryEnd {
    /// They went in, and nothing more is to be expected of this passage.
    Passed,
    /// They were seen to leave.
    Left,
    /// They were not seen to leave in time.
    NotSeenLeaving,
    /// The door was not opened.
    NotOpened,
    /// Nobody knows.
    Unknown,
}

/// One entry that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Through which door.
    pub point: AccessPointId,
    /// Who.
    pub entrant: Entrant,
    /// Who caused it.
    pub by: Actor,
    /// When.
    pub began: Timestamp,
    /// Its release; None: the door stood open.
    pub release: Option<Release>,
    /// How far it is.
    pub progress: Progress,
    /// Their visit at a kiosk, once there is one: a courier's, or of whoever else brings something.
    pub visit: Option<VisitId>,
    /// Parcels put somewhere in that visit.
    pub deposits: u32,
    /// Stills of the room that were asked for while they were in.
    pub stills: u32,
}

impl Entry {
    pub(crate) fn new(
        (point, entrant, by): (AccessPointId, Entrant, Actor),
        release: Option<Release>,
        now: Timestamp,
    ) -> Self {
        let progress = match release {
            Some(release) => Progress::Released { until: release.not_after + release.hold },
            None => Progress::Open,
        };
        Self { point, entrant, by, began: now, release, progress, visit: None, deposits: 0, stills: 0 }
    }

    /// Whether it still waits for the door to open.
    pub fn awaits_door(&self) -> bool {
        matches!(self.progress, Progress::Released { .. } | Progress::Unknown { .. })
    }

    /// Whether the door has opened for them, as far as anybody sees, and they have not been seen to leave.
    pub fn has_come_in(&self) -> bool {
        matches!(self.progress, Progress::Open | Progress::Inside { .. })
    }

    /// Whether a visit of theirs at a kiosk is not over.
    pub fn is_at_kiosk(&self, site: &Site) -> bool {
        self.visit.is_some_and(|visit| site.visits.get(visit).is_ok())
    }

    /// Whether they are in and have not been seen to leave.
    pub fn is_inside(&self) -> bool {
        matches!(self.progress, Progress::Inside { .. })
    }

    /// Whether a deposit is expected of it at this door.
    pub fn expects_deposit(&self, point: &AccessPoint) -> bool {
        matches!(self.entrant, Entrant::Courier { .. }) && point.spec.expects_deposits()
    }

    /// Whether they bring something into a room that no kiosk may tell of, since they have no courier's code.
    pub fn leaves_unseen(&self, point: &AccessPoint) -> bool {
        let brings = matches!(self.entrant, Entrant::OneParcel { .. } | Entrant::Pass { brings: true, .. });
        brings && point.spec.is_room()
    }

    /// Whether they may leave something behind this door though they showed no courier's code.
    pub fn may_leave(&self, point: &AccessPoint) -> bool {
        self.entrant.may_bring() && point.spec.expects_deposits()
    }

    /// Whether something is still to be expected once the door has shut behind them.
    pub fn goes_on_inside(&self, point: &AccessPoint) -> bool {
        point.spec.sees_exits() || self.expects_deposit(point) || self.may_leave(point)
    }
}
