//! The label of a shelf, scanned for the parcel in a courier's hands: it lies there.
//!
//! Never: decides whether it may; the site does.

use super::super::act::{Done, Hand};
use super::super::draft::Trouble;
use crate::directory::lookup;
use crate::web::App;
use crate::web::problem::Fault;
use vestibule_core::vocabulary::command::ShelfChoice;
use vestibule_core::{Actor, Command, ParcelId, ShelfId, Site, VisitId};

/// A courier's choice of a shelf, with what the directory knows of the recipient's reach.
///
/// # Errors
/// The site is going down or cannot read its tables.
pub async fn choice(
    app: &App,
    (visit, parcel): (VisitId, ParcelId),
    shelf: ShelfId,
) -> Result<ShelfChoice, Fault> {
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
    Ok(ShelfChoice { visit, parcel, shelf, reach })
}

impl Hand<'_> {
    /// Where a shelf is meant, the first parcel in hand was put there; where a parcel is meant, a word says so.
    pub(in crate::web::kiosk) async fn shelf(&self, shelf: ShelfId) -> Done {
        let courier = self.facts.courier.as_ref().filter(|_| self.facts.resident.is_none());
        let Some(courier) = courier else { return self.trouble(Trouble::ShelfLabel) };
        let Some(item) = courier.in_hand.first() else { return self.trouble(Trouble::ParcelBeforeShelf) };
        let choice = choice(self.app, (courier.visit, item.parcel), shelf).await?;
        self.ask(Actor::Visit(courier.visit), Command::PutOnShelf(choice)).await?;
        Ok(())
    }
}
