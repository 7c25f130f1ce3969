//! Typed numbers. Dense per kind and site, given by [`crate::site::Counters`]; never an authority: knowing one opens nothing.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($raw:ty)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $raw);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An apartment.
    UnitId(u32),
    /// The people of one unit between one move-in and its move-out.
    TenancyId(u32),
    /// A person who lives or lived here.
    PersonId(u32),
    /// Somebody who works here.
    StaffId(u32),
    /// A wall of compartments.
    BankId(u32),
    /// One lockable space.
    CompartmentId(u32),
    /// A labelled place without a lock.
    ShelfId(u32),
    /// A room with shelves, as it is drawn.
    RoomId(u32),
    /// A named drop place open to all.
    AreaId(u32),
    /// A paired touch screen.
    KioskId(u32),
    /// A camera.
    CameraId(u32),
    /// A company that delivers.
    CarrierId(u32),
    /// Any means of proving a right: courier code, pickup code, resident card.
    CredentialId(u64),
    /// A thing somebody sent.
    ParcelId(u64),
    /// One stay of a courier or a resident at a kiosk.
    VisitId(u64),
    /// One authorised attempt to open one compartment.
    OpeningId(u64),
    /// A message to one person.
    NoticeId(u64),
    /// Something that needs a member of staff.
    TaskId(u64),
    /// One picture of one camera.
    PhotoId(u64),
    /// A passage of a building or room: a door one walks through.
    AccessPointId(u32),
    /// One passage through an access point.
    EntryId(u64),
    /// Somebody without a code who asked to be let in.
    RingId(u64),
    /// Parcels put down at once without a scan.
    DropId(u64),
    /// What somebody says was delivered.
    ClaimId(u64),
    /// A walk that compares what lies at places with what is recorded there.
    AuditId(u64),
}

/// Who caused a change, as written into the ledger's envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The site itself: clock, start-up, follow-ups.
    Site,
    /// Somebody standing at a kiosk, not (yet) known.
    Kiosk(KioskId),
    /// A courier or resident during a visit.
    Visit(VisitId),
    /// A signed-in member of staff.
    Staff(StaffId),
    /// The person at the console of the machine: command line, set-up.
    Console,
    /// What hardware reported.
    Device,
    /// Somebody at the reader, keypad or intercom page of an access point, not (yet) known.
    Door(AccessPointId),
    /// Who pressed the link of a message sent to this person.
    Person(PersonId),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site => f.write_str("site"),
            Self::Kiosk(id) => write!(f, "kiosk:{id}"),
            Self::Visit(id) => write!(f, "visit:{id}"),
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Console => f.write_str("console"),
            Self::Device => f.write_str("device"),
            Self::Door(id) => write!(f, "door:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
        }
    }
}
