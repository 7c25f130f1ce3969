//! Events, notes and parcels of the past, read from the tables.
//!
//! Owns: the queries behind timelines and lists. Never: writes.

use rusqlite::{Connection, Params, Row};
use vestibule_core::access::entry::Entrant;
use vestibule_core::custody::Custodian;
use vestibule_core::{
    AreaId, AuditId, BankId, CarrierId, CompartmentId, EntryId, Event, NoticeId, ParcelId, PersonId, PhotoId,
    ShelfId, StaffId, Timestamp, UnitId, VisitId,
};

use super::super::banks::compartment::{Note, ParcelLine};
use super::super::names::Wanted;
use super::super::say::Say;
use super::super::story::Recorded;

/// The newest events of a compartment, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_compartment(tables: &Connection, id: CompartmentId, most: u32) -> rusqlite::Result<Vec<Recorded>> {
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.version, e.payload FROM compartment_event x \
               JOIN event e ON e.seq = x.seq WHERE x.compartment = ?1 ORDER BY x.seq DESC LIMIT ?2";
    events(tables, sql, (i64::from(id.0), most))
}

/// The events of a compartment between two numbers of the ledger, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_compartment_between(
    tables: &Connection,
    id: CompartmentId,
    (after, before): (u64, u64),
    most: u32,
) -> rusqlite::Result<Vec<Recorded>> {
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.version, e.payload FROM compartment_event x \
               JOIN event e ON e.seq = x.seq WHERE x.compartment = ?1 AND x.seq > ?3 AND x.seq < ?4 \
               ORDER BY x.seq DESC LIMIT ?2";
    events(tables, sql, (i64::from(id.0), most, after.cast_signed(), before.cast_signed()))
}

/// The newest drawings of a bank, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_bank(tables: &Connection, id: BankId, most: u32) -> rusqlite::Result<Vec<Recorded>> {
    let sql = "SELECT seq, recorded_at, kind, version, payload FROM event \
               WHERE kind IN ('bank-installed', 'bank-changed') \
               AND json_extract(CAST(payload AS TEXT), '$.bank') = ?1 ORDER BY seq DESC LIMIT ?2";
    events(tables, sql, (i64::from(id.0), most))
}

/// The events of a parcel, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_parcel(tables: &Connection, id: ParcelId, most: u32) -> rusqlite::Result<Vec<Recorded>> {
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.version, e.payload FROM parcel_event x \
               JOIN event e ON e.seq = x.seq WHERE x.parcel = ?1 ORDER BY x.seq DESC LIMIT ?2";
    events(tables, sql, (id.0.cast_signed(), most))
}

/// The events of a photo, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_photo(tables: &Connection, id: PhotoId) -> rusqlite::Result<Vec<Recorded>> {
    const MOST: u32 = 200;
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.version, e.payload FROM photo_event x \
               JOIN event e ON e.seq = x.seq WHERE x.photo = ?1 ORDER BY x.seq DESC LIMIT ?2";
    events(tables, sql, (id.0.cast_signed(), MOST))
}

/// The events of an entry, oldest first: its own, and what its door did meanwhile.
///
/// # Errors
/// What SQLite says.
pub fn of_entry(tables: &Connection, id: EntryId) -> rusqlite::Result<Vec<Recorded>> {
    const MOST: u32 = 200;
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.version, e.payload FROM entry_event x \
               JOIN event e ON e.seq = x.seq WHERE x.entry = ?1 ORDER BY x.seq DESC LIMIT ?2";
    events(tables, sql, (id.0.cast_signed(), MOST))
}

/// The events of an audit, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_audit(tables: &Connection, id: AuditId) -> rusqlite::Result<Vec<Recorded>> {
    const MOST: u32 = 20_000;
    let sql = "SELECT e.seq, e.recorded_at, e.kind, e.version, e.payload FROM audit_event x \
               JOIN event e ON e.seq = x.seq WHERE x.audit = ?1 ORDER BY x.seq DESC LIMIT ?2";
    events(tables, sql, (id.0.cast_signed(), MOST))
}

fn events(tables: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<Vec<Recorded>> {
    let mut statement = tables.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, version, payload): (String, u16, Vec<u8>) = (row.get(2)?, row.get(3)?, row.get(4)?);
        // A kind this program does not know is of a newer one: left out rather than a page that breaks.
        if let Ok(event) = Event::decode(&kind, version, &payload) {
            let seq = row.get::<_, i64>(0)?.cast_unsigned();
            found.push(Recorded { seq, at: Timestamp(row.get(1)?), event });
        }
    }
    found.reverse();
    Ok(found)
}

/// Whom and what a story will have to name.
pub fn wanted(story: &[Recorded]) -> Wanted {
    let mut wanted = Wanted::default();
    for recorded in story {
        of_event(&recorded.event, &mut wanted);
    }
    wanted
}

fn of_event(event: &Event, wanted: &mut Wanted) {
    match event {
        Event::CustodyTransferred { from, to, by, .. } => {
            wanted.custodian(*from);
            wanted.custodian(*to);
            wanted.actor(*by);
        }
        Event::ParcelRegistered { unit, custodian, .. } => {
            wanted.units.extend(unit);
            wanted.custodian(*custodian);
        }
        Event::RecipientCorrected { unit, by, .. } => {
            wanted.units.extend(unit);
            wanted.actor(*by);
        }
        Event::ParcelDisowned { person, .. } | Event::NoticeRequested { person, .. } => {
            wanted.people.insert(*person);
        }
        Event::OpeningAuthorised { by, .. }
        | Event::CompartmentServiceSet { by, .. }
        | Event::CompartmentChecked { by, .. } => wanted.actor(*by),
        Event::EntryBegan { entrant, by, .. } => {
            wanted.actor(*by);
            of_entrant(entrant, wanted);
        }
        Event::DeliveryClaimed { unit, .. } => wanted.units.extend(unit),
        Event::ClaimJoined { unit, by, .. } => {
            wanted.units.insert(*unit);
            wanted.actor(*by);
        }
        Event::DropAskedFor { person, .. } => drop(wanted.people.insert(*person)),
        Event::DoorModeSet { by, .. }
        | Event::DoorNightSet { by, .. }
        | Event::DoorLabelRenewed { by, .. }
        | Event::RingAnswered { by, .. }
        | Event::ReaderAwaited { by, .. } => {
            wanted.actor(*by);
        }
        Event::RingBegan { unit, .. } => wanted.units.extend(unit),
        Event::CompartmentDesignated { designation: Some(designation), .. } => {
            wanted.units.insert(designation.unit);
        }
        _ => {}
    }
}

fn of_entrant(entrant: &Entrant, wanted: &mut Wanted) {
    match entrant {
        Entrant::Resident { person, .. } => drop(wanted.people.insert(*person)),
        Entrant::OneParcel { unit } => drop(wanted.units.insert(*unit)),
        Entrant::Rang { unit, .. } | Entrant::Pass { unit, .. } => wanted.units.extend(unit),
        Entrant::Courier { .. } | Entrant::LetInByStaff { .. } | Entrant::OpenHours => {}
    }
}

/// Staff's own words about a subject, newest first.
///
/// # Errors
/// What SQLite says.
pub fn notes(tables: &Connection, subject: &str) -> rusqlite::Result<Vec<Note>> {
    let sql = "SELECT at, staff, words FROM staff_words WHERE subject = ?1 ORDER BY id DESC LIMIT 20";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([subject], |row| {
        Ok(Note { at: Timestamp(row.get(0)?), staff: StaffId(row.get(1)?), words: row.get(2)? })
    })?;
    rows.collect()
}

/// A parcel as the table of all parcels knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastParcel {
    /// Its line.
    pub line: ParcelLine,
    /// When it was registered.
    pub registered: Timestamp,
    /// When it was put in a place.
    pub arrived: Option<Timestamp>,
    /// When nothing more would happen to it.
    pub ended: Option<Timestamp>,
    /// The tracking number on its label.
    pub tracking: Option<String>,
    /// The name on its label.
    pub addressed_to: Option<String>,
}

/// The columns [`past`] reads, in its order.
pub const PAST: &str = "SELECT p.parcel, p.carrier, p.unit, p.custodian, p.custodian_id, p.since, p.registered_at, \
     p.arrived_at, p.ended_at, l.tracking, l.addressed_to \
     FROM parcel p LEFT JOIN parcel_label l ON l.parcel = p.parcel";

/// Reads one row of [`PAST`].
///
/// # Errors
/// What SQLite says.
pub fn past(row: &Row<'_>) -> rusqlite::Result<PastParcel> {
    let custodian: String = row.get(3)?;
    let line = ParcelLine {
        id: ParcelId(row.get::<_, i64>(0)?.cast_unsigned()),
        carrier: row.get::<_, Option<u32>>(1)?.map(CarrierId),
        unit: row.get::<_, Option<u32>>(2)?.map(UnitId),
        custodian: custodian_of(&custodian, row.get(4)?),
        since: Timestamp(row.get(5)?),
    };
    Ok(PastParcel {
        line,
        registered: Timestamp(row.get(6)?),
        arrived: row.get::<_, Option<i64>>(7)?.map(Timestamp),
        ended: row.get::<_, Option<i64>>(8)?.map(Timestamp),
        tracking: row.get(9)?,
        addressed_to: row.get(10)?,
    })
}

/// The custodian the two columns of the parcel table mean.
fn custodian_of(word: &str, id: Option<i64>) -> Custodian {
    let small = id.and_then(|id| u32::try_from(id).ok());
    let known = small.unwrap_or_default();
    match word {
        "courier" => Custodian::Courier(VisitId(id.unwrap_or_default().unsigned_abs())),
        "compartment" => Custodian::Compartment(CompartmentId(known)),
        "shelf" => Custodian::Shelf(ShelfId(known)),
        "common_area" => Custodian::CommonArea(AreaId(known)),
        "staff" => Custodian::Staff(StaffId(known)),
        "recipient" => Custodian::Recipient(PersonId(known)),
        "carrier" => Custodian::Carrier(small.map(CarrierId)),
        "written_off" => Custodian::WrittenOff,
        _ => Custodian::Missing { last_known: small.map(CompartmentId) },
    }
}

/// What became of telling somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whom.
    pub person: PersonId,
    /// What of.
    pub what: vestibule_core::notice::NoticeKind,
    /// When it was due.
    pub requested: Timestamp,
    /// When a server took it.
    pub handed_over: Option<Timestamp>,
    /// What stood against it, as a word.
    pub trouble: Option<String>,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TellingEnd {
    /// A server took it.
    HandedOver(Timestamp),
    /// They have no address.
    NoChannel,
    /// Their address was refused.
    AddressRefused,
    /// It is late, and still tried.
    Late,
    /// Nothing stands against it.
    UnderWay,
}

impl Told {
    /// How it went.
    pub fn end(&self) -> TellingEnd {
        match (self.handed_over, self.trouble.as_deref()) {
            (Some(at), _) => TellingEnd::HandedOver(at),
            (None, Some("no_channel")) => TellingEnd::NoChannel,
            (None, Some("address_refused")) => TellingEnd::AddressRefused,
            (None, Some(_)) => TellingEnd::Late,
            (None, None) => TellingEnd::UnderWay,
        }
    }

    /// The same in words; `when` writes a moment.
    pub fn end_in_words(&self, say: Say, when: impl FnOnce(Timestamp) -> String) -> String {
        match self.end() {
            TellingEnd::HandedOver(at) => say.with("staff-told-at", &[("when", when(at).into())]),
            TellingEnd::NoChannel => say.t("staff-told-no-channel"),
            TellingEnd::AddressRefused => say.t("staff-told-refused"),
            TellingEnd::Late => say.t("staff-told-late"),
            TellingEnd::UnderWay => say.t("staff-told-under-way"),
        }
    }
}

/// Who was told of a parcel, by the notices its story names.
///
/// # Errors
/// What SQLite says.
pub fn told(tables: &Connection, story: &[Recorded]) -> rusqlite::Result<Vec<Told>> {
    let mut statement =
        tables.prepare_cached("SELECT handed_over_at, trouble FROM notice WHERE notice = ?1")?;
    let mut found = Vec::new();
    for recorded in story {
        let Event::NoticeRequested { notice, person, what, .. } = &recorded.event else { continue };
        let NoticeId(number) = *notice;
        let row = |row: &Row<'_>| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<String>>(1)?));
        let (handed_over, trouble) = statement.query_row([number.cast_signed()], row).unwrap_or((None, None));
        found.push(Told {
            person: *person,
            what: *what,
            requested: recorded.at,
            handed_over: handed_over.map(Timestamp),
            trouble: trouble.map(|word| word.trim_matches('"').to_owned()),
        });
    }
    Ok(found)
}
