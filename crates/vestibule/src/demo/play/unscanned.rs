//! Yesterday evening: a courier left a parcel in the package room without scanning it, and their company says that it delivered.

use super::Cast;
use crate::demo::cameras::at_door;
use crate::demo::plan::{CARRIERS, PACKAGE_ROOM};
use crate::failure::Failure;
use vestibule_core::custody::delivered::ClaimSource;
use vestibule_core::evidence::{PhotoAsked, PhotoReason, PhotoSubject};
use vestibule_core::time::{Zone, start_of_day};
use vestibule_core::vocabulary::command::{ClaimHouse, DeliveryWords};
use vestibule_core::{Answer, CameraId, CarrierId, Command, EntryId, Span, Timestamp, UnitId};
use vestibule_site::rows::Row;

/// Of which company, by its place in the list; its codes hold at night too.
const CARRIER: usize = 1;
/// When, by the clock of the building.
const AT: Span = Span::minutes(20 * 60 + 30);
/// So long they are inside.
const INSIDE: Span = Span::seconds(50);
/// So much later their company says that it delivered.
const SAID_AFTER: Span = Span::minutes(12);
/// For whom it was.
const UNIT: UnitId = UnitId(7);
/// The number they say.
const NUMBER: &str = "BH2049188371";
/// What the screen at the door takes, in pixels.
const PICTURE: (u16, u16) = (1_280, 720);

/// When it happened, seen from now.
pub fn evening_before(now: Timestamp, zone: &Zone) -> Timestamp {
    let noon_before = Timestamp(start_of_day(now, zone).0 - Span::hours(12).0);
    start_of_day(noon_before, zone) + AT
}

impl Cast<'_> {
    /// They come in, put something down, scan nothing, and go.
    pub(super) fn leaves_unscanned(&mut self) -> Result<(), Failure> {
        let Some(room) = self.room() else { return Ok(()) };
        let badge = self.keepsake.couriers[CARRIER].badge.clone();
        if !self.walks_in(room, &badge)? {
            return Ok(());
        }
        let entries = self.stage.site().access.entries.iter();
        let entry = entries.rev().find(|(_, entry)| entry.point == room).map(|(id, _)| *id);
        self.photographed(entry)?;
        self.stage.wait(INSIDE)?;
        self.photographed(entry)?;
        self.walks_out(room)?;
        self.carrier_says()
    }

    /// As the camera of the screen before the door does it.
    fn photographed(&mut self, entry: Option<EntryId>) -> Result<(), Failure> {
        let jpeg = at_door(PACKAGE_ROOM).jpeg(self.stage.now().0, PICTURE.0, PICTURE.1);
        let subject = PhotoSubject { entry, ..PhotoSubject::default() };
        let asked = PhotoAsked { camera: CameraId::OF_THE_SCREEN, reason: PhotoReason::Entry, subject };
        self.stage.photo(asked, &jpeg)
    }

    fn carrier_says(&mut self) -> Result<(), Failure> {
        let at = Some(self.stage.now());
        self.stage.wait(SAID_AFTER)?;
        let carrier = u32::try_from(CARRIER + 1).ok().map(CarrierId);
        let (label, unit) = (self.stage.mark(NUMBER), Some(UNIT));
        let (source, house) = (ClaimSource::AfterShip, ClaimHouse::Ours);
        let words = DeliveryWords { label, carrier, at, source, unit, house };
        let company = Some(CARRIERS[CARRIER].to_owned());
        let rows = move |answer: &Answer| match answer {
            Answer::Claim(claim) => {
                let (tracking, addressed_to) = (NUMBER.to_owned(), None);
                vec![Row::ClaimLabel { claim: *claim, tracking, company, addressed_to }]
            }
            _ => Vec::new(),
        };
        self.stage.ask_with(Command::ClaimDelivery { words }, rows)?;
        Ok(())
    }
}
