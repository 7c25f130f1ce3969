//! Whose a parcel is, looked up by what a courier typed or a label says. Each look-up is counted by the site first.

use super::act::{Done, Hand, chosen};
use super::draft::{Candidate, Recipient, Stage, Trouble};
use super::intake::Label;
use crate::directory::lookup::{self, NameText, PersonTile, UnitText, UnitTile};
use crate::web::App;
use crate::web::problem::Fault;
use vestibule_core::directory::Sharing;
use vestibule_core::{Actor, Command, Site, UnitId};

/// Characters of an apartment's label that is scanned, at most.
const LABEL_MOST: usize = 12;

/// Whether anybody of a unit asked for a latch within reach.
pub(super) async fn reach(app: &App, unit: UnitId) -> Result<bool, Fault> {
    Ok(app.site.query(move |conn| lookup::reach(conn, unit, None)).await?)
}

/// Whether a scan is short and plain enough to be an apartment's label.
pub(super) fn may_name_an_apartment(scan: &str) -> bool {
    scan.trim().chars().count() <= LABEL_MOST && UnitText::new(scan).is_ok()
}

impl Hand<'_> {
    /// One look-up of the visit's budget. False: refused, and said so.
    async fn count_look_up(&self) -> Result<bool, Fault> {
        let Some(visit) = self.courier() else { return Ok(false) };
        Ok(self.ask(Actor::Visit(visit), Command::LookUp { visit }).await?.is_some())
    }

    /// An apartment as typed or scanned.
    pub(super) async fn apartment(&self, text: &str) -> Done {
        let Ok(text) = UnitText::new(text) else { return self.trouble(Trouble::NoSuchApartment) };
        if !self.count_look_up().await? {
            return Ok(());
        }
        let found = self.app.site.query(move |conn| lookup::units(conn, &text)).await?;
        match found.tiles.as_slice() {
            [] => self.trouble(Trouble::NoSuchApartment),
            [one] => self.household(one.unit).await,
            several => {
                let candidates = several.iter().map(whole).collect();
                self.offer(candidates, found.more);
                Ok(())
            }
        }
    }

    /// A unit is known. Who in it matters only where parcels may be for one person alone.
    pub(super) async fn household(&self, unit: UnitId) -> Done {
        let asks_who = self.app.site.read(move |site, _| may_be_private(site, unit)).await?;
        let people = if asks_who {
            self.app.site.query(move |conn| lookup::household(conn, unit)).await?.tiles
        } else {
            Vec::new()
        };
        if people.is_empty() {
            let reach = reach(self.app, unit).await?;
            self.change(|draft| chosen(draft, Recipient::Household { unit, addressee: None, reach }));
            return Ok(());
        }
        let candidates = self.with_reach(people).await?;
        self.offer(candidates, false);
        Ok(())
    }

    /// A name as typed.
    pub(super) async fn name(&self, text: &str) -> Done {
        let Ok(text) = NameText::new(text) else { return self.trouble(Trouble::MoreLetters) };
        if !self.count_look_up().await? {
            return Ok(());
        }
        let short = text.is_short();
        let found = self.app.site.query(move |conn| lookup::people(conn, &text)).await?;
        if found.tiles.is_empty() {
            return self.trouble(if short { Trouble::MoreLetters } else { Trouble::NobodyFound });
        }
        let candidates = self.with_reach(found.tiles).await?;
        self.offer(candidates, found.more);
        Ok(())
    }

    /// What a 2D label says of its apartment: taken only if it names exactly one.
    pub(super) async fn address_on_label(&self, label: &Label) -> Done {
        let lines: Vec<UnitText> =
            label.recipient.address_lines().filter_map(|line| UnitText::new(line).ok()).collect();
        if lines.is_empty() || !self.count_look_up().await? {
            return Ok(());
        }
        let found = self.app.site.query(move |conn| lookup::only_unit(conn, &lines));
        match found.await? {
            Some(unit) => self.household(unit).await,
            None => Ok(()),
        }
    }

    async fn with_reach(&self, people: Vec<PersonTile>) -> Result<Vec<Candidate>, Fault> {
        let query = self.app.site.query(move |conn| {
            let candidate = |tile: PersonTile| {
                let (unit, person) = (tile.at.unit, tile.person);
                Ok(Candidate { unit, person: Some(person), reach: lookup::reach(conn, unit, Some(person))? })
            };
            people.into_iter().map(candidate).collect()
        });
        Ok(query.await?)
    }

    fn offer(&self, candidates: Vec<Candidate>, more: bool) {
        self.change(|draft| {
            (draft.next.candidates, draft.next.more) = (candidates, more);
            draft.stage = Stage::Choose;
        });
    }
}

fn whole(tile: &UnitTile) -> Candidate {
    Candidate { unit: tile.unit, person: None, reach: false }
}

/// Whether a parcel for this unit may be for one of several people alone.
fn may_be_private(site: &Site, unit: UnitId) -> bool {
    let people = site.directory.household(unit);
    let wishes =
        |person| site.directory.persons.get(person).and_then(|p| p.sharing).unwrap_or(site.policy.sharing);
    people.len() > 1 && people.iter().any(|person| wishes(person) == Sharing::Private)
}
