//! What a granted command answers. No code is ever in here; codes leave as secrets beside it.

use crate::ids::*;
use crate::place::Place;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Done, nothing to add.
    Done,
    /// A visit began.
    Visit {
        /// Which.
        visit: VisitId,
    },
    /// A parcel was registered.
    Parcel {
        /// Which.
        parcel: ParcelId,
        /// Where it goes; None while it waits for an open door to close.
        place: Option<Place>,
        /// The opening of its door, if one was authorised now.
        opening: Option<OpeningId>,
    },
    /// A collection began.
    PickUp {
        /// The visit.
        visit: VisitId,
        /// Compartments that will open here, in order.
        here: Vec<CompartmentId>,
        /// Compartments in banks out of this kiosk's sight.
        elsewhere: Vec<CompartmentId>,
        /// Parcels on shelves or in drop places.
        places: Vec<ParcelId>,
    },
    /// One opening was authorised.
    Opening {
        /// Which.
        opening: OpeningId,
        /// Of which compartment.
        compartment: CompartmentId,
    },
    /// A credential was issued; its code is beside this answer, once.
    Credential {
        /// Which.
        credential: CredentialId,
    },
    /// Something was installed or named.
    Bank(BankId),
    /// A shelf.
    Shelf(ShelfId),
    /// A room.
    Room(RoomId),
    /// A drop place.
    Area(AreaId),
    /// A carrier.
    Carrier(CarrierId),
    /// A kiosk; its token is beside this answer, once.
    Kiosk(KioskId),
    /// A camera.
    Camera(CameraId),
    /// A staff number.
    Staff(StaffId),
    /// A task.
    Task(TaskId),
    /// An access point.
    AccessPoint(AccessPointId),
    /// Somebody may come in: the release of the door is on its way.
    Entry {
        /// Which entry.
        entry: EntryId,
        /// Through which door.
        point: AccessPointId,
    },
    /// Somebody was asked to say yes.
    Ring {
        /// Which.
        ring: RingId,
        /// No answer counts later than this.
        until: Timestamp,
    },
    /// What was said of a delivery, now or before.
    Claim(ClaimId),
    /// A walk that began.
    Audit(AuditId),
    /// A person (whose code was handed over against).
    Person(PersonId),
}
