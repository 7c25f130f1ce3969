//! The photo of parcels that are put down where no door shuts on them: on a shelf, in a drop place, or in a pile before the kiosk.

use super::{Spot, ask, ask_or_miss, is_seen, sees_all_that_lies};
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject};
use crate::ids::*;
use crate::place::Place;
use crate::site::Site;
use crate::site::decider::Decider;

/// Where somebody at a kiosk is seen with what goes to a place.
fn spot(kiosk: KioskId, place: Place) -> Spot {
    match place {
        Place::Shelf(_) | Place::Area(_) => Spot::Lying(kiosk, place),
        Place::Compartment(_) | Place::Desk | Place::TakeBack => Spot::Kiosk(kiosk),
    }
}

/// Whether a camera that answers sees what a courier at a kiosk puts down at a place. Where none does, its screen may look itself.
pub fn sees_put_down(site: &Site, kiosk: KioskId, place: Place) -> bool {
    is_seen(site, spot(kiosk, place))
}

/// The same of a pile, wherever it will go.
pub fn sees_piles(site: &Site, kiosk: KioskId) -> bool {
    is_seen(site, Spot::Kiosk(kiosk)) && sees_all_that_lies(site, kiosk)
}

/// Parcels are put down at a place. `is_pictured`: the screen took a picture of it.
pub(crate) fn put_down(
    d: &mut Decider<'_>,
    (kiosk, visit): (KioskId, VisitId),
    (parcels, place): (Vec<ParcelId>, Place),
    is_pictured: bool,
) {
    let subject = PhotoSubject { visit: Some(visit), parcels, ..PhotoSubject::default() };
    ask_or_miss(d, spot(kiosk, place), (PhotoReason::Deposit, is_pictured), subject);
}

/// A pile that nobody scans is before the kiosk, and this is where it goes. What no camera sees, the screen's own may, and nobody was
/// promised.
pub(crate) fn pile(
    d: &mut Decider<'_>,
    (kiosk, visit): (KioskId, VisitId),
    (parcels, place): (Vec<ParcelId>, Place),
) {
    let subject = PhotoSubject { visit: Some(visit), parcels, ..PhotoSubject::default() };
    ask(d, spot(kiosk, place), (PhotoReason::QuickDrop, PhotoMoment::Now), subject);
}
