//! Whose a parcel is, looked up by what a courier typed or a label says. Each look-up is counted by the site first.

use super::act::{Done, Hand, chosen};
use super::draft::{Candidate, Next, Recipient, Said, Stage, Trouble};
use crate::directory::intake::Offered;
use crate::directory::lookup::{self, NameText, PersonTile, UnitText, UnitTile};
use crate::web::App;
use crate::web::problem::Fault;
use vestibule_core::directory::Sharing;
use vestibule_core::{Actor, Command, Site, UnitId};
use vestibule_intake::evidence::Confirmed;

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
    pub(super) async fn apartment(&self, text: &str, way: Confirmed) -> Done {
        let Ok(text) = UnitText::new(text) else { return self.trouble(Trouble::NoSuchApartment) };
        if !self.count_look_up().await? {
            return Ok(());
        }
        let found = self.app.site.query(move |conn| lookup::units(conn, &text)).await?;
        match found.tiles.as_slice() {
            [] => self.trouble(Trouble::NoSuchApartment),
            [one] => self.household(one.unit, way).await,
            several => {
                let candidates = several.iter().map(whole).collect();
                self.offer((candidates, found.more), way);
                Ok(())
            }
        }
    }

    /// A unit is known. Who in it matters only where parcels may be for one person alone.
    pub(super) async fn household(&self, unit: UnitId, way: Confirmed) -> Done {
        let asks_who = self.app.site.read(move |site, _| may_be_private(site, unit)).await?;
        let people = if asks_who {
            self.app.site.query(move |conn| lookup::household(conn, unit)).await?.tiles
        } else {
            Vec::new()
        };
        if people.is_empty() {
            let reach = reach(self.app, unit).await?;
            let recipient = Recipient::Household { unit, addressee: None, reach };
            self.change(|draft| chosen(draft, recipient, Some(way)));
            return Ok(());
        }
        let candidates = self.with_reach(people).await?;
        self.offer((candidates, false), way);
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
        self.offer((candidates, found.more), Confirmed::Letters);
        Ok(())
    }

    /// Whether the label that was just read is for this house, and whom it names here. One look-up of the visit's budget;
    /// a bare number asks nothing.
    pub(super) async fn whom_the_label_means(&self) -> Done {
        let mut reading = self.change(|draft| draft.next.reading.clone());
        let names_somebody = !reading.sought().is_empty();
        if names_somebody && !self.count_look_up().await? {
            return Ok(());
        }
        if !names_somebody && reading.postal.is_none() && reading.street.is_none() {
            return Ok(());
        }
        let looked = self.app.site.query(move |conn| reading.look(conn).map(|()| reading));
        let looked = looked.await?;
        let asks = looked.asks_whether_here();
        self.change(|draft| {
            let reading = &mut draft.next.reading;
            (reading.elsewhere, reading.guess) = (looked.elsewhere, looked.guess);
            if asks {
                draft.stage = Stage::OtherHouse;
            }
        });
        if asks { Ok(()) } else { self.suggest().await }
    }

    /// *Deliver anyway*: the label is for another house, and the courier says that the parcel is for here.
    pub(super) async fn deliver_anyway(&self) -> Done {
        let asked = self.change(|draft| {
            let elsewhere =
                draft.next.reading.elsewhere.as_mut().filter(|_| draft.stage == Stage::OtherHouse);
            let asked = elsewhere.map(|elsewhere| elsewhere.accepted = true).is_some();
            if asked {
                draft.stage = Stage::Address;
            }
            asked
        });
        if asked { self.suggest().await } else { Ok(()) }
    }

    /// *Take it back*: nothing was registered, and nothing is.
    pub(super) fn take_back(&self) {
        self.change(|draft| {
            (draft.next, draft.stage) = (Next::default(), Stage::Start);
            draft.said = Some(Said::Trouble(Trouble::TakenBack));
        });
    }

    /// Fills in whom the label means, or offers those it may mean; somebody confirms either.
    async fn suggest(&self) -> Done {
        let Some(guess) = self.change(|draft| draft.next.reading.guess.clone()) else { return Ok(()) };
        let mut candidates = self.candidates(&guess.offered).await?;
        if guess.filled_in().is_none() {
            if !candidates.is_empty() {
                self.offer((candidates, false), Confirmed::Offered);
            }
            return Ok(());
        }
        let Candidate { unit, person, reach } = candidates.remove(0);
        if person.is_none() && self.app.site.read(move |site, _| may_be_private(site, unit)).await? {
            return self.household(unit, Confirmed::Offered).await;
        }
        let recipient = Recipient::Household { unit, addressee: person, reach };
        self.change(|draft| {
            chosen(draft, recipient, Some(Confirmed::Suggested));
            draft.next.candidates = candidates;
        });
        Ok(())
    }

    async fn candidates(&self, offered: &[Offered]) -> Result<Vec<Candidate>, Fault> {
        let offered = offered.to_vec();
        let query = self.app.site.query(move |conn| {
            let candidate = |offered: Offered| {
                let Offered { unit, person, .. } = offered;
                Ok(Candidate { unit, person, reach: lookup::reach(conn, unit, person)? })
            };
            offered.into_iter().map(candidate).collect()
        });
        Ok(query.await?)
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

    fn offer(&self, (candidates, more): (Vec<Candidate>, bool), way: Confirmed) {
        self.change(|draft| {
            (draft.next.candidates, draft.next.more) = (candidates, more);
            draft.next.way = Some(way);
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
