//! Where a courier put the parcel in their hands: where the screen said, or on the shelf whose label they scan; and on a photo where one
//! can be taken.
//!
//! Owns: the picture that the screen takes where no camera looks. Never: decides whether a parcel may lie there, or waits for a photo.

use super::super::act::{Done, Hand};
use super::super::door::caller::{fitted, kept, to_its_end};
use super::super::draft::{Next, Stage, Trouble};
use crate::directory::lookup;
use crate::handle::Request;
use crate::web::App;
use crate::web::problem::Fault;
use vestibule_core::evidence::photo::sees_put_down;
use vestibule_core::evidence::{PhotoAsked, PhotoReason, PhotoSubject};
use vestibule_core::place::Place;
use vestibule_core::vocabulary::command::{PutDown, PutTo};
use vestibule_core::{Actor, Answer, CameraId, Command, KioskId, ParcelId, Refusal, ShelfId, Site, VisitId};

/// A shelf that a courier chose for a parcel, with what the directory knows of the recipient's reach.
///
/// # Errors
/// The site is going down or cannot read its tables.
pub async fn choice(app: &App, parcel: ParcelId, shelf: ShelfId) -> Result<PutTo, Fault> {
    let whose = move |site: &Site, _| {
        let known = site.custody.get(parcel)?;
        let persons =
            known.entitlement.as_ref().map_or(&[][..], |entitlement| entitlement.persons.as_slice());
        let alone = <[_; 1]>::try_from(persons).ok().map(|[person]| person);
        Some((known.unit?, alone))
    };
    let reach = match app.site.read(whose).await? {
        Some((unit, alone)) => app.site.query(move |conn| lookup::reach(conn, unit, alone)).await?,
        None => false,
    };
    Ok(PutTo::Shelf { shelf, reach })
}

impl Hand<'_> {
    /// Where a shelf is meant, the parcel in hand was put there, or the one that is asked about; where a parcel is meant, a word says so.
    pub(in crate::web::kiosk) async fn shelf(&self, shelf: ShelfId) -> Done {
        let courier = self.facts.courier.as_ref().filter(|_| self.facts.resident.is_none());
        let Some(courier) = courier else { return self.trouble(Trouble::ShelfLabel) };
        let meant = self.change(|draft| draft.asked_about(courier)).or(courier.in_hand.first());
        let Some(item) = meant.or(courier.asked.first()) else {
            return self.trouble(Trouble::ParcelBeforeShelf);
        };
        self.placed(item.parcel, choice(self.app, item.parcel, shelf).await?).await
    }

    /// A parcel is where they say.
    pub(in crate::web::kiosk) async fn placed(&self, parcel: ParcelId, to: PutTo) -> Done {
        let Some(visit) = self.facts.visit() else { return self.refused(Refusal::VisitOver) };
        // Where a camera looks, the page's own picture is not believed.
        let kiosk = self.kiosk;
        let looks_itself = move |site: &Site, _| {
            let planned = site.custody.get(parcel).and_then(|known| known.planned);
            let place = match to {
                PutTo::There => planned,
                PutTo::Shelf { shelf, .. } => Some(Place::Shelf(shelf)),
                PutTo::InHand => None,
            };
            let place = place.filter(|place| matches!(place, Place::Shelf(_) | Place::Area(_)));
            place.is_some_and(|place| !sees_put_down(site, kiosk, place))
        };
        let looks_itself = self.app.site.read(looks_itself).await?;
        let picture = if looks_itself { fitted(self.app, &self.picture).await? } else { None };
        let put = PutDown { visit, parcel, to, is_pictured: picture.is_some() };
        match to_its_end(put_down(self.app.clone(), put, picture)).await? {
            Ok(_) => {
                self.change(|draft| {
                    if draft.stage == Stage::Asked {
                        (draft.stage, draft.asked) = (Stage::Start, None);
                    }
                });
                Ok(())
            }
            Err(refusal) => self.refused(refusal),
        }
    }

    /// Their code came back with it: does it lie where they were sent?
    pub(in crate::web::kiosk) fn asks_about(&self, parcel: ParcelId) -> bool {
        let mut asked = self.facts.courier.iter().flat_map(|courier| &courier.asked);
        let is_asked = asked.any(|item| item.parcel == parcel);
        if is_asked {
            self.change(|draft| {
                draft.next = Next::default();
                (draft.stage, draft.asked) = (Stage::Asked, Some(parcel));
            });
        }
        is_asked
    }

    /// Parcels nobody will scan; what was begun of the next one is forgotten.
    pub(in crate::web::kiosk) async fn quick_drop(&self, parcels: u16) -> Done {
        let Some(visit) = self.courier() else { return self.refused(Refusal::VisitOver) };
        let picture = fitted(self.app, &self.picture).await?;
        match to_its_end(dropped(self.app.clone(), (self.kiosk, visit, parcels), picture)).await? {
            Ok(_) => {
                self.change(|draft| (draft.next, draft.stage) = (Next::default(), Stage::Start));
                Ok(())
            }
            Err(refusal) => self.refused(refusal),
        }
    }
}

/// Asks for it, and keeps the picture of what was granted: once the parcel lies there, its photo is there or is said to be missing.
async fn put_down(
    app: App,
    put: PutDown,
    picture: Option<Vec<u8>>,
) -> Result<Result<Answer, Refusal>, Fault> {
    let answer = app.site.ask(Request::new(Actor::Visit(put.visit), Command::PutDown(put))).await?.answer;
    if let (Ok(_), Some(jpeg)) = (&answer, picture) {
        let parcel = put.parcel;
        let parcels = app.site.read(move |site, _| with_its_pile(site, parcel)).await?;
        kept(&app, asked(PhotoReason::Deposit, put.visit, parcels), jpeg).await?;
    }
    Ok(answer)
}

/// The same of a pile, whose place is known only then: what a camera sees there needs no picture of the screen's.
async fn dropped(
    app: App,
    (kiosk, visit, parcels): (KioskId, VisitId, u16),
    picture: Option<Vec<u8>>,
) -> Result<Result<Answer, Refusal>, Fault> {
    let command = Command::QuickDrop { visit, parcels };
    let answer = app.site.ask(Request::new(Actor::Visit(visit), command)).await?.answer;
    if let (Ok(Answer::Parcel { parcel, place: Some(place), .. }), Some(jpeg)) = (&answer, picture) {
        let (first, place) = (*parcel, *place);
        let unseen =
            move |site: &Site, _| (!sees_put_down(site, kiosk, place)).then(|| with_its_pile(site, first));
        if let Some(pile) = app.site.read(unseen).await? {
            kept(&app, asked(PhotoReason::QuickDrop, visit, pile), jpeg).await?;
        }
    }
    Ok(answer)
}

/// A parcel, and those of its pile that are where it is.
fn with_its_pile(site: &Site, parcel: ParcelId) -> Vec<ParcelId> {
    let Some((drop, at)) = site.custody.get(parcel).and_then(|known| Some((known.drop?, known.custodian)))
    else {
        return vec![parcel];
    };
    let pile = site.custody.parcels.iter().filter(|(_, p)| p.drop == Some(drop) && p.custodian == at);
    pile.map(|(id, _)| *id).collect()
}

fn asked(reason: PhotoReason, visit: VisitId, parcels: Vec<ParcelId>) -> PhotoAsked {
    let subject = PhotoSubject { visit: Some(visit), parcels, ..PhotoSubject::default() };
    PhotoAsked { camera: CameraId::OF_THE_SCREEN, reason, subject }
}
