//! A shelf whose label somebody scanned or typed: which it is, and whether what they hold may be put there.
//!
//! Every page that means a shelf asks here. A page only hands on what was scanned.

use super::{Bulk, may_lie_on, parcels_on, room_for, shelf_for};
use crate::code::shelf_code;
use crate::code::token::TokenProblem;
use crate::custody::{Custodian, Parcel};
use crate::ids::*;
use crate::place::Place;
use crate::place::near::{Nearness, Standing};
use crate::place::room::room_of;
use crate::site::Site;
use crate::time::Timestamp;
use crate::visit::quick_drop;
use crate::vocabulary::refusal::Refusal;

/// Whether a scan is the code of a shelf's label, of this site or another: no parcel has such a number.
pub fn is_shelf_code(site: &Site, scan: &str) -> bool {
    let read = site.tag.map(|tag| shelf_code::read(scan, tag));
    matches!(read, Some(Ok(_) | Err(TokenProblem::Damaged | TokenProblem::OtherSite)))
}

/// The shelf whose label was scanned, or typed as people read it.
///
/// # Errors
/// [`Refusal::ShelfGone`] for one that is in no drawing any more; [`Refusal::NoSuchShelf`].
pub fn meant(site: &Site, scan: &str) -> Result<ShelfId, Refusal> {
    match site.tag.map(|tag| shelf_code::read(scan, tag)) {
        Some(Ok(shelf)) => there(site, shelf).map(|()| shelf),
        Some(Err(TokenProblem::NotAToken)) | None => called(site, scan.trim()),
        Some(Err(TokenProblem::Damaged | TokenProblem::OtherSite)) => Err(Refusal::NoSuchShelf),
    }
}

/// The one shelf that any of these means: what was typed, or all that a camera saw at one look.
///
/// # Errors
/// As [`meant`]; several shelves in one look are none.
pub fn meant_by(site: &Site, scans: &[String]) -> Result<ShelfId, Refusal> {
    let mut found = None;
    for meant in scans.iter().map(|scan| meant(site, scan)) {
        if meant == Err(Refusal::NoSuchShelf) {
            continue;
        }
        if found.as_ref().is_some_and(|before| *before != meant) {
            return Err(Refusal::NoSuchShelf);
        }
        found = Some(meant);
    }
    found.unwrap_or(Err(Refusal::NoSuchShelf))
}

fn called(site: &Site, label: &str) -> Result<ShelfId, Refusal> {
    let mut known = site.layout.shelves.iter().chain(&site.layout.gone_shelves);
    let found = known.find(|(_, other)| other.eq_ignore_ascii_case(label));
    let (shelf, _) = found.ok_or(Refusal::NoSuchShelf)?;
    there(site, *shelf).map(|()| *shelf)
}

/// Whether a shelf is in service.
///
/// # Errors
/// [`Refusal::ShelfGone`] for one that is in no drawing any more; [`Refusal::NoSuchShelf`].
pub fn there(site: &Site, shelf: ShelfId) -> Result<(), Refusal> {
    if site.layout.shelves.contains_key(&shelf) {
        return Ok(());
    }
    match site.layout.gone_shelves.get(&shelf) {
        Some(label) => Err(Refusal::ShelfGone { label: label.clone() }),
        None => Err(Refusal::NoSuchShelf),
    }
}

/// Whether staff may put onto a shelf what is there, and whether they accept it first. None: they may not.
pub fn staff_may_shelve(custodian: Custodian) -> Option<bool> {
    match custodian {
        Custodian::Staff(_) | Custodian::Shelf(_) => Some(false),
        Custodian::Courier(_) | Custodian::CommonArea(_) => Some(true),
        Custodian::Compartment(_)
        | Custodian::Recipient(_)
        | Custodian::Carrier(_)
        | Custodian::Missing { .. }
        | Custodian::WrittenOff => None,
    }
}

/// Whether a shelf stands in another room than the one a parcel lies on; no, where either is in no drawing.
pub fn is_in_another_room(site: &Site, parcel: ParcelId, shelf: ShelfId) -> bool {
    match site.custody.get(parcel).map(|known| known.custodian) {
        Some(Custodian::Shelf(from)) => rooms_of(site, from, shelf).is_some(),
        _ => false,
    }
}

/// The names of the rooms of two shelves, where they are two.
fn rooms_of(site: &Site, one: ShelfId, other: ShelfId) -> Option<(String, String)> {
    let ((room, one), (another, other)) = (room_of(site, one)?, room_of(site, other)?);
    (room != another).then(|| (one.plan.label.clone(), other.plan.label.clone()))
}

/// Whether the courier of a visit who was sent to one shelf with a parcel may put it onto another. `reach`: its recipient asked for a height
/// within reach. One where the courier is, or one that is nearer, may be in another room than the one they were sent to.
///
/// # Errors
/// It goes to no shelf; the shelf is out of service, behind a door that their code does not open, in another room that they are not
/// in, not for its class, full or too small for it.
pub(crate) fn instead(
    site: &Site,
    visit: VisitId,
    (parcel, shelf, reach): (ParcelId, ShelfId, bool),
    now: Timestamp,
) -> Result<(), Refusal> {
    there(site, shelf)?;
    let known = site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    let Some(Place::Shelf(suggested)) = known.planned else { return Err(Refusal::NotToAShelf) };
    if shelf == suggested {
        return Ok(());
    }
    let label = || site.layout.shelves.get(&shelf).cloned().unwrap_or_default();
    let standing = Standing::of(site, Some(visit), now);
    let Some(near) = standing.to(site, Place::Shelf(shelf)) else {
        return Err(Refusal::ShelfBehindDoor { label: label() });
    };
    let is_nearer =
        near == Nearness::Here || standing.to(site, Place::Shelf(suggested)).is_none_or(|goes| near < goes);
    if let Some((goes, stands)) = rooms_of(site, suggested, shelf).filter(|_| !is_nearer) {
        return Err(Refusal::ShelfOfAnotherRoom { label: label(), stands, goes });
    }
    if !may_lie_on(site, shelf, known.class()) {
        return Err(Refusal::NotForThisClass);
    }
    if room_for(site, (shelf, parcels_on(site, shelf)), bulk(site, (parcel, known), reach)) {
        Ok(())
    } else {
        Err(Refusal::ShelfTakesNoMore { label: label() })
    }
}

/// The shelf that suits a parcel which staff put away: the one an allocation would choose, wherever it is. `reach`: its recipient asked
/// for a height within reach.
pub fn suggested(site: &Site, parcel: ParcelId, reach: bool, now: Timestamp) -> Option<ShelfId> {
    let known = site.custody.get(parcel)?;
    let bulk = Bulk { visit: None, pile: 1, ..bulk(site, (parcel, known), reach) };
    shelf_for(site, bulk, now)
}

fn bulk(site: &Site, (parcel, known): (ParcelId, &Parcel), reach: bool) -> Bulk {
    Bulk {
        size: known.size,
        too_big: known.too_big,
        heavy: known.heavy,
        reach,
        class: known.class(),
        unit: known.unit,
        carrier: known.carrier,
        pile: quick_drop::together(site, parcel),
        visit: known.visit,
    }
}
