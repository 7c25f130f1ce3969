//! What happened to the parcels of one person in the last month, read from the state and the tables.
//!
//! Owns: which parcels are looked at, the events each is told from, and the names a person may hear: of places, companies and kiosks, and
//! the first names of their own household. Never: decides what is told; the rules do.

use crate::evidence::photos::{self, Photo};
use crate::web::App;
use crate::web::problem::Fault;
use crate::web::staff::history;
use crate::web::staff::names::{Names, Wanted, list};
use crate::web::staff::story::Recorded;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::history::{
    Happened, Opener, ParcelHistory, TOLD_FOR, Whom, Whose, of, told_until,
};
use vestibule_core::evidence::{PhotoMedia, may_see_theirs};
use vestibule_core::{
    CompartmentId, CredentialId, Event, ParcelId, PersonId, PhotoId, Site, TenancyId, Timestamp, UnitId,
};

/// So many parcels of a household are looked at, the newest first.
const MOST_PARCELS: u32 = 50;
/// So many events of a parcel.
const MOST_EVENTS: u32 = 1_000;
/// So many photos of a parcel.
const MOST_PHOTOS: u32 = 100;

/// With what a person opened a compartment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    Code,
    Card,
}

/// A parcel of theirs.
pub(super) struct Told {
    pub history: ParcelHistory,
    /// Photos of it that they could have seen are not there any more.
    pub is_erased: bool,
}

/// All of them, with the names they are told by.
pub(super) struct Past {
    /// Newest first.
    pub parcels: Vec<Told>,
    /// Photos they may see, oldest first.
    pub photos: Vec<Photo>,
    pub names: Names,
    /// Of their own household.
    pub first_names: BTreeMap<PersonId, String>,
    pub means: BTreeMap<CredentialId, Means>,
}

/// What is known of a person before the tables are read.
struct Reader {
    person: PersonId,
    unit: Option<UnitId>,
    until: Timestamp,
    since: Timestamp,
    live: BTreeSet<ParcelId>,
    cards: BTreeSet<CredentialId>,
    codes: BTreeSet<CredentialId>,
}

impl Reader {
    /// `ended`: when the code behind their link did; what came later is not told there.
    fn look(site: &Site, now: Timestamp, (person, ended): (PersonId, Option<Timestamp>)) -> Self {
        let theirs = site.custody.parcels.iter().filter(|(_, parcel)| parcel.is_for(person));
        let cards = site.credentials.cards.iter().filter(|(_, card)| card.person == person);
        Self {
            person,
            unit: site.directory.unit_of(person),
            until: told_until(site, person, ended),
            since: Timestamp(now.0 - TOLD_FOR.0),
            live: theirs.map(|(id, _)| *id).collect(),
            cards: cards.map(|(id, _)| *id).collect(),
            codes: site.credentials.pickup.of_person(person).iter().copied().collect(),
        }
    }
}

/// Reads it.
pub(super) async fn of_person(app: &App, whose: (PersonId, Option<Timestamp>)) -> Result<Past, Fault> {
    let look = move |site: &Site, now| (Reader::look(site, now, whose), Names::of_site(site, now));
    let (reader, names) = app.site.read(look).await?;
    Ok(app.site.query(move |tables| load(tables, &reader, names)).await?)
}

/// Whether a person sees this photo: what the list of [`of_person`] holds, asked of one.
pub(super) async fn sees(
    app: &App,
    whose: (PersonId, Option<Timestamp>),
    photo: PhotoId,
) -> Result<bool, Fault> {
    let reader = app.site.read(move |site, now| Reader::look(site, now, whose)).await?;
    let look = move |tables: &Connection| {
        let Some(photo) = photos::one(tables, photo)?.filter(is_kept) else { return Ok(false) };
        let candidates = candidates(tables, &reader)?;
        let mut theirs = BTreeMap::new();
        for parcel in photo.asked.subject.parcels.iter().filter(|parcel| candidates.contains(parcel)) {
            let own = history::of_parcel(tables, *parcel, MOST_EVENTS)?;
            let whose = Whose::of(*parcel, own.iter().map(|told| &told.event));
            theirs.extend(whose.household_of(reader.person).map(|household| (*parcel, household)));
        }
        Ok(is_shown(&photo, &reader, &theirs))
    };
    Ok(app.site.query(look).await?)
}

fn is_kept(photo: &Photo) -> bool {
    photo.gone.is_none() && photo.media == PhotoMedia::Jpeg
}

fn is_shown(photo: &Photo, reader: &Reader, theirs: &BTreeMap<ParcelId, TenancyId>) -> bool {
    may_see_theirs((&photo.asked, photo.household), |of| theirs.get(&of).copied()) && photo.at < reader.until
}

fn load(tables: &Connection, reader: &Reader, names: Names) -> rusqlite::Result<Past> {
    let (mut parcels, mut theirs) = (Vec::new(), BTreeMap::new());
    for parcel in candidates(tables, reader)? {
        let events = events(tables, parcel)?;
        let whose = Whose::of(parcel, events.iter().map(|(_, event)| event));
        if let Some(household) = whose.household_of(reader.person) {
            theirs.insert(parcel, household);
            parcels.extend(of(parcel, (reader.person, reader.until), &events));
        }
    }
    let shown = shown_photos(tables, reader, &theirs)?;
    let is_erased = |history: &ParcelHistory| {
        shown
            .iter()
            .any(|photo| photo.gone.is_some() && photo.asked.subject.parcels.contains(&history.parcel))
    };
    let parcels: Vec<_> =
        parcels.into_iter().map(|history| Told { is_erased: is_erased(&history), history }).collect();
    let (wanted, household, credentials) = spoken_of(&parcels);
    let first_names = first_names(tables, &household)?;
    let means = means(tables, reader, &credentials)?;
    let names = names.load(tables, &wanted)?;
    let photos = shown.into_iter().filter(is_kept).collect();
    Ok(Past { parcels, photos, names, first_names, means })
}

/// Parcels that may be theirs, newest first: those that wait, and those of their home that ended within the month.
fn candidates(tables: &Connection, reader: &Reader) -> rusqlite::Result<Vec<ParcelId>> {
    let sql = "SELECT parcel FROM parcel WHERE unit = ?1 AND (ended_at IS NULL OR ended_at >= ?2)
      ORDER BY parcel DESC LIMIT ?3";
    let mut found = reader.live.clone();
    let params = params![reader.unit.map(|unit| unit.0), reader.since.0, MOST_PARCELS];
    let mut statement = tables.prepare_cached(sql)?;
    for parcel in statement.query_map(params, |row| row.get::<_, i64>(0))? {
        found.insert(ParcelId(parcel?.unsigned_abs()));
    }
    Ok(found.into_iter().rev().collect())
}

/// The events of a parcel, and those of its compartments while it lay there, in the order of the ledger.
fn events(tables: &Connection, parcel: ParcelId) -> rusqlite::Result<Vec<(Timestamp, Event)>> {
    let own = history::of_parcel(tables, parcel, MOST_EVENTS)?;
    let mut all: BTreeMap<u64, (Timestamp, Event)> = BTreeMap::new();
    for (compartment, between) in stays(parcel, &own) {
        let there = history::of_compartment_between(tables, compartment, between, MOST_EVENTS)?;
        all.extend(there.into_iter().map(|told| (told.seq, (told.at, told.event))));
    }
    all.extend(own.into_iter().map(|told| (told.seq, (told.at, told.event))));
    Ok(all.into_values().collect())
}

/// Where a parcel lay, from which number of the ledger to which.
fn stays(of: ParcelId, own: &[Recorded]) -> Vec<(CompartmentId, (u64, u64))> {
    let mut stays: Vec<(CompartmentId, (u64, u64))> = Vec::new();
    let mut lies = false;
    for told in own {
        let Event::CustodyTransferred { parcel, to, .. } = &told.event else { continue };
        if *parcel != of {
            continue;
        }
        if let Some((_, (_, end))) = stays.last_mut().filter(|_| lies) {
            *end = told.seq;
        }
        lies = if let Custodian::Compartment(compartment) = to {
            stays.push((*compartment, (told.seq, i64::MAX.unsigned_abs())));
            true
        } else {
            false
        };
    }
    stays
}

/// Photos of their parcels that they may see or could have seen, oldest first.
fn shown_photos(
    tables: &Connection,
    reader: &Reader,
    theirs: &BTreeMap<ParcelId, TenancyId>,
) -> rusqlite::Result<Vec<Photo>> {
    let mut shown = BTreeMap::new();
    for parcel in theirs.keys() {
        for photo in photos::of_parcel(tables, *parcel, MOST_PHOTOS)? {
            if is_shown(&photo, reader, theirs) {
                shown.insert(photo.photo, photo);
            }
        }
    }
    Ok(shown.into_values().collect())
}

/// The visits, people of the household and credentials that the histories speak of.
fn spoken_of(parcels: &[Told]) -> (Wanted, BTreeSet<PersonId>, BTreeSet<CredentialId>) {
    let (mut wanted, mut household, mut credentials) = (Wanted::default(), BTreeSet::new(), BTreeSet::new());
    let mut of_whom = |whom| {
        if let Whom::Household(person) = whom {
            household.insert(person);
        }
    };
    for moment in parcels.iter().flat_map(|told| &told.history.moments) {
        match moment.what {
            Happened::Opened { by: Opener::Recipient { whom, visit, credential }, .. } => {
                of_whom(whom);
                wanted.visits.insert(visit);
                credentials.extend(credential);
            }
            Happened::Opened { by: Opener::Courier { visit }, .. } => drop(wanted.visits.insert(visit)),
            Happened::Collected { whom, visit, .. } => {
                of_whom(whom);
                wanted.visits.extend(visit);
            }
            Happened::Disowned { whom } => of_whom(whom),
            Happened::Opened { by: Opener::Staff { .. } | Opener::Key | Opener::Nobody, .. }
            | Happened::Put { .. }
            | Happened::Explained { .. }
            | Happened::StoodOpen { .. }
            | Happened::WentBack
            | Happened::Missing
            | Happened::GivenUp => {}
        }
    }
    (wanted, household, credentials)
}

/// The first names of those whose names are not erased.
fn first_names(
    tables: &Connection,
    people: &BTreeSet<PersonId>,
) -> rusqlite::Result<BTreeMap<PersonId, String>> {
    let sql = "SELECT person, first_name FROM person
      WHERE person IN (SELECT value FROM json_each(?1)) AND trim(first_name) <> ''";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([list(people)], |row| Ok((PersonId(row.get(0)?), row.get(1)?)))?;
    rows.collect()
}

/// Of each credential what it is, as far as that is still known: a card that was revoked is not told from a code.
fn means(
    tables: &Connection,
    reader: &Reader,
    credentials: &BTreeSet<CredentialId>,
) -> rusqlite::Result<BTreeMap<CredentialId, Means>> {
    let mut by_link = tables.prepare_cached("SELECT 1 FROM link_page WHERE credential = ?1 LIMIT 1")?;
    let mut known = BTreeMap::new();
    for credential in credentials {
        let id = credential.0.cast_signed();
        if reader.cards.contains(credential) {
            known.insert(*credential, Means::Card);
        } else if reader.codes.contains(credential)
            || by_link.query_row([id], |_| Ok(())).optional()?.is_some()
        {
            known.insert(*credential, Means::Code);
        }
    }
    Ok(known)
}
