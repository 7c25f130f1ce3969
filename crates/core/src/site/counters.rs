//! The next number of each kind, folded from events.

use crate::ids::*;
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};

macro_rules! counters {
    ($($field:ident, $next:ident: $type:ident($raw:ty)),* $(,)?) => {
        /// The highest number given of each kind; the first is 1.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Counters { $($field: $raw),* }
        impl Counters {
            $(
                /// The number the next one of this kind gets.
                pub fn $next(&self) -> $type { $type(self.$field + 1) }
            )*
        }
    };
}

counters! {
    units, next_unit: UnitId(u32),
    tenancies, next_tenancy: TenancyId(u32),
    persons, next_person: PersonId(u32),
    staff, next_staff: StaffId(u32),
    banks, next_bank: BankId(u32),
    compartments, next_compartment: CompartmentId(u32),
    shelves, next_shelf: ShelfId(u32),
    rooms, next_room: RoomId(u32),
    areas, next_area: AreaId(u32),
    kiosks, next_kiosk: KioskId(u32),
    cameras, next_camera: CameraId(u32),
    carriers, next_carrier: CarrierId(u32),
    credentials, next_credential: CredentialId(u64),
    parcels, next_parcel: ParcelId(u64),
    visits, next_visit: VisitId(u64),
    openings, next_opening: OpeningId(u64),
    notices, next_notice: NoticeId(u64),
    tasks, next_task: TaskId(u64),
    photos, next_photo: PhotoId(u64),
    points, next_point: AccessPointId(u32),
    entries, next_entry: EntryId(u64),
    rings, next_ring: RingId(u64),
    drops, next_drop: DropId(u64),
    claims, next_claim: ClaimId(u64),
    audits, next_audit: AuditId(u64),
}

impl Counters {
    /// Whether a photo of this number was ever taken.
    pub fn has_photo(&self, photo: PhotoId) -> bool {
        (1..=self.photos).contains(&photo.0)
    }

    /// Whether a parcel of this number was ever known.
    pub fn has_parcel(&self, parcel: ParcelId) -> bool {
        (1..=self.parcels).contains(&parcel.0)
    }

    /// Whether an entry of this number ever began.
    pub fn has_entry(&self, entry: EntryId) -> bool {
        (1..=self.entries).contains(&entry.0)
    }

    pub(crate) fn evolve(&mut self, event: &Event) {
        match event {
            Event::UnitAdded { unit, .. } => raise(&mut self.units, unit.0),
            Event::TenancyBegan { tenancy, .. } => raise(&mut self.tenancies, tenancy.0),
            Event::PersonJoined { person, .. } => raise(&mut self.persons, person.0),
            Event::StaffEnrolled { staff } => raise(&mut self.staff, staff.0),
            Event::BankInstalled { bank, compartments } => {
                raise(&mut self.banks, bank.0);
                for (id, _) in compartments {
                    raise(&mut self.compartments, id.0);
                }
            }
            Event::BankChanged { bank, compartments, .. } => {
                raise(&mut self.banks, bank.0);
                for (id, _) in compartments {
                    raise(&mut self.compartments, id.0);
                }
            }
            Event::ShelfInstalled { shelf, .. } => raise(&mut self.shelves, shelf.0),
            Event::RoomDrawn { room, .. } => raise(&mut self.rooms, room.0),
            Event::DropPlaceNamed { area, .. } => raise(&mut self.areas, area.0),
            Event::KioskPaired { kiosk, .. } => raise(&mut self.kiosks, kiosk.0),
            Event::CarrierNamed { carrier, .. } => raise(&mut self.carriers, carrier.0),
            Event::CourierCodeIssued { credential, .. }
            | Event::CardIssued { credential, .. }
            | Event::PassIssued { credential, .. }
            | Event::PickupCodeIssued { credential, .. } => raise(&mut self.credentials, credential.0),
            Event::ParcelRegistered { parcel, .. } => raise(&mut self.parcels, parcel.0),
            Event::VisitBegan { visit, .. } => raise(&mut self.visits, visit.0),
            Event::OpeningAuthorised { opening, .. } => raise(&mut self.openings, opening.0),
            Event::NoticeRequested { notice, .. } | Event::TestMailRequested { notice, .. } => {
                raise(&mut self.notices, notice.0)
            }
            Event::TaskRaised { task, .. } => raise(&mut self.tasks, task.0),
            Event::CameraInstalled { camera, .. } => raise(&mut self.cameras, camera.0),
            Event::PhotoTaken { photo, .. } => raise(&mut self.photos, photo.0),
            Event::AccessPointInstalled { point, .. } => raise(&mut self.points, point.0),
            Event::EntryBegan { entry, .. } => raise(&mut self.entries, entry.0),
            Event::RingBegan { ring, .. } => raise(&mut self.rings, ring.0),
            Event::ParcelsDropped { drop, .. } => raise(&mut self.drops, drop.0),
            Event::DeliveryClaimed { claim, .. } => raise(&mut self.claims, claim.0),
            Event::AuditBegan { audit, .. } => raise(&mut self.audits, audit.0),
            _ => {}
        }
    }
}

fn raise<N: Ord + Copy>(counter: &mut N, number: N) {
    *counter = (*counter).max(number);
}
