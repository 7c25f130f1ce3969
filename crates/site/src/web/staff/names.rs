//! Names for numbers: what people call the persons, units, doors and machines a page speaks of.
//!
//! Owns: looking them up, all that one page needs at once, and what to say where the name is gone. Never: a code.

pub mod codes;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use vestibule_core::custody::Custodian;
use vestibule_core::directory::KeypadNumber;
use vestibule_core::place::Place;
use vestibule_core::time::Zone;
use vestibule_core::{
    AccessPointId, Actor, AreaId, BankId, CameraId, CarrierId, CompartmentId, CredentialId, KioskId,
    ParcelId, PersonId, ShelfId, Site, StaffId, Timestamp, UnitId, VisitId,
};

use super::say::Say;
use codes::CodeHolder;

/// A unit as people say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    /// The building; empty where there is only one.
    pub building: String,
    /// `3B`.
    pub label: String,
    /// `302`.
    pub keypad: String,
}

/// A person as a page needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Given and family name.
    pub name: String,
    /// Where they live or lived.
    pub unit: UnitId,
}

/// Who was at a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitName {
    /// Where.
    pub kiosk: KioskId,
    /// A courier of this company.
    pub carrier: Option<CarrierId>,
    /// The code they came with.
    pub code: Option<CredentialId>,
    /// A resident.
    pub person: Option<PersonId>,
}

/// What a page will have to name, besides what is installed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Persons.
    pub people: BTreeSet<PersonId>,
    /// Units.
    pub units: BTreeSet<UnitId>,
    /// Visits.
    pub visits: BTreeSet<VisitId>,
}

impl Wanted {
    /// The persons and units behind a custodian.
    pub fn custodian(&mut self, custodian: Custodian) {
        match custodian {
            Custodian::Recipient(person) => {
                self.people.insert(person);
            }
            Custodian::Courier(visit) => {
                self.visits.insert(visit);
            }
            Custodian::Compartment(_)
            | Custodian::Shelf(_)
            | Custodian::CommonArea(_)
            | Custodian::Staff(_)
            | Custodian::Carrier(_)
            | Custodian::Missing { .. }
            | Custodian::WrittenOff => {}
        }
    }

    /// The visit or person behind an actor.
    pub fn actor(&mut self, actor: Actor) {
        match actor {
            Actor::Visit(visit) => drop(self.visits.insert(visit)),
            Actor::Person(person) => drop(self.people.insert(person)),
            Actor::Site
            | Actor::Kiosk(_)
            | Actor::Staff(_)
            | Actor::Console
            | Actor::Device
            | Actor::Door(_) => {}
        }
    }
}

/// All names one page needs, with the clock and zone they are told in.
#[derive(Debug, Clone)]
pub struct Names {
    /// The building's zone.
    pub zone: Zone,
    /// Site time.
    pub now: Timestamp,
    /// Banks by name.
    pub banks: BTreeMap<BankId, String>,
    /// The label on each door and its bank.
    pub doors: BTreeMap<CompartmentId, (String, BankId)>,
    /// Shelves.
    pub shelves: BTreeMap<ShelfId, String>,
    /// Drop places.
    pub areas: BTreeMap<AreaId, String>,
    /// Doors one walks through.
    pub points: BTreeMap<AccessPointId, String>,
    /// Those that were taken down, as they were called.
    pub gone_points: BTreeMap<AccessPointId, String>,
    /// Companies.
    pub carriers: BTreeMap<CarrierId, String>,
    /// Whom courier codes were made for: drivers, routes.
    pub couriers: BTreeMap<CredentialId, String>,
    /// Kiosks.
    pub kiosks: BTreeMap<KioskId, String>,
    /// Cameras.
    pub cameras: BTreeMap<CameraId, String>,
    /// Staff.
    pub staff: BTreeMap<StaffId, String>,
    /// Units.
    pub units: BTreeMap<UnitId, UnitName>,
    /// Persons.
    pub people: BTreeMap<PersonId, PersonName>,
    /// Visits.
    pub visits: BTreeMap<VisitId, VisitName>,
    /// Who holds the codes that open tasks speak of.
    pub codes: BTreeMap<CredentialId, CodeHolder>,
}

impl Names {
    /// What is installed, from the state after the last commit.
    pub fn of_site(site: &Site, now: Timestamp) -> Self {
        let door = |(id, c): (&CompartmentId, &vestibule_core::place::compartment::Compartment)| {
            (*id, (c.spec.label.clone(), c.bank))
        };
        let gone = site.layout.gone.iter().map(|(id, gone)| (*id, (gone.label.clone(), gone.bank)));
        Self {
            zone: site.policy.zone.clone(),
            now,
            banks: BTreeMap::new(),
            doors: gone.chain(site.compartments.all.iter().map(door)).collect(),
            shelves: site.layout.shelves.clone(),
            areas: site.layout.areas.clone(),
            points: site.access.points.iter().map(|(id, p)| (*id, p.spec.label.clone())).collect(),
            gone_points: site.access.gone.clone(),
            carriers: site.layout.carriers.clone(),
            couriers: BTreeMap::new(),
            kiosks: BTreeMap::new(),
            cameras: BTreeMap::new(),
            staff: BTreeMap::new(),
            units: BTreeMap::new(),
            people: BTreeMap::new(),
            visits: BTreeMap::new(),
            codes: codes::of_tasks(site),
        }
    }

    /// Adds what the directory tables know.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn load(mut self, tables: &Connection, wanted: &Wanted) -> rusqlite::Result<Self> {
        self.banks =
            pairs(tables, "SELECT bank, name FROM bank_name")?.map(|(id, n)| (BankId(id), n)).collect();
        self.kiosks =
            pairs(tables, "SELECT kiosk, name FROM kiosk_name")?.map(|(id, n)| (KioskId(id), n)).collect();
        self.cameras =
            pairs(tables, "SELECT camera, name FROM camera_name")?.map(|(id, n)| (CameraId(id), n)).collect();
        self.couriers = couriers(tables)?;
        self.staff =
            pairs(tables, "SELECT staff, name FROM staff")?.map(|(id, n)| (StaffId(id), n)).collect();
        let mut people = wanted.people.clone();
        self.visits = visits(tables, &wanted.visits)?;
        people.extend(self.visits.values().filter_map(|visit| visit.person));
        people.extend(self.codes.values().filter_map(CodeHolder::person));
        self.people = people_named(tables, &people)?;
        let mut units = wanted.units.clone();
        units.extend(self.people.values().map(|person| person.unit));
        units.extend(self.codes.values().filter_map(CodeHolder::unit));
        self.units = units_named(tables, &units)?;
        Ok(self)
    }

    /// `Lobby`, or a number where nobody named it.
    pub fn bank(&self, say: Say, bank: BankId) -> String {
        self.banks
            .get(&bank)
            .cloned()
            .unwrap_or_else(|| say.with("staff-bank-unnamed", &[("n", bank.0.into())]))
    }

    /// `12`, as printed on the door.
    pub fn door_label(&self, compartment: CompartmentId) -> String {
        self.doors.get(&compartment).map_or_else(|| compartment.to_string(), |(label, _)| label.clone())
    }

    /// `compartment 12 (Lobby)`.
    pub fn door(&self, say: Say, compartment: CompartmentId) -> String {
        let label = self.door_label(compartment);
        match self.doors.get(&compartment) {
            Some((_, bank)) if self.doors.values().any(|(_, other)| other != bank) => {
                say.with("staff-door-in", &[("door", label.into()), ("bank", self.bank(say, *bank).into())])
            }
            Some(_) | None => say.with("staff-door", &[("door", label.into())]),
        }
    }

    /// The name of a door one walks through, or a number where it is gone.
    pub fn passage(&self, say: Say, point: AccessPointId) -> String {
        let number = || say.with("staff-passage-unnamed", &[("n", point.0.into())]);
        self.points.get(&point).or_else(|| self.gone_points.get(&point)).cloned().unwrap_or_else(number)
    }

    /// `apartment 3B`.
    pub fn unit(&self, say: Say, unit: UnitId) -> String {
        match self.units.get(&unit) {
            Some(known) if known.building.is_empty() => {
                say.with("staff-unit", &[("unit", known.label.as_str().into())])
            }
            Some(known) => say.with(
                "staff-unit-in",
                &[("unit", known.label.as_str().into()), ("building", known.building.as_str().into())],
            ),
            None => say.with("staff-unit-unknown", &[("n", unit.0.into())]),
        }
    }

    /// The apartment, or the desk where none is meant.
    pub fn unit_or_desk(&self, say: Say, unit: Option<UnitId>) -> String {
        unit.map_or_else(|| say.t("staff-the-desk"), |unit| self.unit(say, unit))
    }

    /// `3B`, or nothing.
    pub fn unit_label(&self, unit: UnitId) -> String {
        self.units.get(&unit).map(|known| known.label.clone()).unwrap_or_default()
    }

    /// `Marta Alvarez`, or that the name was erased.
    pub fn person(&self, say: Say, person: PersonId) -> String {
        match self.people.get(&person) {
            Some(known) if !known.name.trim().is_empty() => known.name.clone(),
            Some(_) | None => say.with("staff-person-erased", &[("n", person.0.into())]),
        }
    }

    /// A member of staff.
    pub fn staff_name(&self, say: Say, staff: StaffId) -> String {
        self.staff
            .get(&staff)
            .filter(|name| !name.trim().is_empty())
            .cloned()
            .unwrap_or_else(|| say.with("staff-staff-unnamed", &[("n", staff.0.into())]))
    }

    /// A kiosk.
    pub fn kiosk(&self, say: Say, kiosk: KioskId) -> String {
        self.kiosks
            .get(&kiosk)
            .filter(|name| !name.trim().is_empty())
            .cloned()
            .unwrap_or_else(|| say.with("staff-kiosk-unnamed", &[("n", kiosk.0.into())]))
    }

    /// A camera.
    pub fn camera(&self, say: Say, camera: CameraId) -> String {
        if camera == CameraId::OF_THE_SCREEN {
            return say.t("staff-camera-of-the-screen");
        }
        self.cameras
            .get(&camera)
            .filter(|name| !name.trim().is_empty())
            .cloned()
            .unwrap_or_else(|| say.with("staff-camera-unnamed", &[("n", camera.0.into())]))
    }

    /// A company.
    pub fn carrier(&self, say: Say, carrier: Option<CarrierId>) -> String {
        carrier
            .and_then(|id| self.carriers.get(&id).cloned())
            .unwrap_or_else(|| say.t("staff-carrier-unnamed"))
    }

    /// A company's courier, with the driver or route the code was made for.
    pub fn courier(&self, say: Say, carrier: CarrierId, code: Option<CredentialId>) -> String {
        let carrier = self.carrier(say, Some(carrier));
        match code.and_then(|code| self.couriers.get(&code)) {
            Some(name) => say.with(
                "staff-carrier-courier",
                &[("carrier", carrier.into()), ("name", name.as_str().into())],
            ),
            None => carrier,
        }
    }

    /// Who did it.
    pub fn actor(&self, say: Say, actor: Actor) -> String {
        match actor {
            Actor::Site => say.t("staff-actor-site"),
            Actor::Kiosk(kiosk) => say.with("staff-actor-kiosk", &[("kiosk", self.kiosk(say, kiosk).into())]),
            Actor::Visit(visit) => self.visitor(say, visit),
            Actor::Staff(staff) => self.staff_name(say, staff),
            Actor::Console => say.t("staff-actor-console"),
            Actor::Device => say.t("staff-actor-device"),
            Actor::Door(point) => say.with("staff-actor-door", &[("door", self.passage(say, point).into())]),
            Actor::Person(person) => self.person(say, person),
        }
    }

    /// Who was at the kiosk in this visit.
    pub fn visitor(&self, say: Say, visit: VisitId) -> String {
        match self.visits.get(&visit) {
            Some(VisitName { person: Some(person), .. }) => self.person(say, *person),
            Some(VisitName { carrier: Some(carrier), code, .. }) => {
                say.with("staff-actor-courier", &[("carrier", self.courier(say, *carrier, *code).into())])
            }
            Some(VisitName { carrier: None, .. }) | None => say.t("staff-actor-visitor"),
        }
    }

    /// Where a parcel is, as a place or a person.
    pub fn custodian(&self, say: Say, custodian: Custodian) -> String {
        match custodian {
            Custodian::Courier(visit) => {
                say.with("staff-at-courier", &[("who", self.visitor(say, visit).into())])
            }
            Custodian::Compartment(c) => capital(&self.door(say, c)),
            Custodian::Shelf(shelf) => self.shelf(say, shelf),
            Custodian::CommonArea(area) => self.area(area),
            Custodian::Staff(staff) => {
                say.with("staff-at-staff", &[("who", self.staff_name(say, staff).into())])
            }
            Custodian::Recipient(person) => {
                say.with("staff-at-recipient", &[("who", self.person(say, person).into())])
            }
            Custodian::Carrier(carrier) => {
                say.with("staff-at-carrier", &[("who", self.carrier(say, carrier).into())])
            }
            Custodian::Missing { last_known: Some(c) } => {
                say.with("staff-at-missing-from", &[("where", self.door(say, c).into())])
            }
            Custodian::Missing { last_known: None } => say.t("staff-at-missing"),
            Custodian::WrittenOff => say.t("staff-at-written-off"),
        }
    }

    fn shelf(&self, say: Say, shelf: ShelfId) -> String {
        say.with("staff-at-shelf", &[("shelf", self.shelf_label(shelf).into())])
    }

    /// What is written on a shelf.
    pub fn shelf_label(&self, shelf: ShelfId) -> String {
        self.shelves.get(&shelf).cloned().unwrap_or_else(|| shelf.to_string())
    }

    fn area(&self, area: AreaId) -> String {
        self.areas.get(&area).cloned().unwrap_or_else(|| area.to_string())
    }

    /// Where a parcel is to go.
    pub fn place(&self, say: Say, place: Place) -> String {
        match place {
            Place::Compartment(c) => self.door(say, c),
            Place::Shelf(shelf) => self.shelf(say, shelf),
            Place::Desk => say.t("staff-place-desk"),
            Place::Area(area) => self.area(area),
            Place::TakeBack => say.t("staff-place-take-back"),
        }
    }

    /// A keypad number with its apartment, where it is one.
    pub fn selector(&self, number: &KeypadNumber) -> String {
        let unit = self.units.values().find(|unit| unit.keypad == number.digits());
        unit.map_or_else(
            || number.digits().to_owned(),
            |unit| format!("{} ({})", number.digits(), unit.label),
        )
    }
}

/// `Parcel 1042`.
pub fn parcel(say: Say, parcel: ParcelId) -> String {
    say.with("staff-parcel-n", &[("n", parcel.to_string().into())])
}

/// The first letter large, for the beginning of a line.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Numbers as a JSON list, for `IN (SELECT value FROM json_each(?))`.
pub fn list<I: std::fmt::Display>(ids: impl IntoIterator<Item = I>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

fn pairs(tables: &Connection, sql: &str) -> rusqlite::Result<impl Iterator<Item = (u32, String)>> {
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter())
}

fn couriers(tables: &Connection) -> rusqlite::Result<BTreeMap<CredentialId, String>> {
    let mut statement = tables.prepare_cached("SELECT credential, name FROM courier_name")?;
    let rows = statement
        .query_map([], |row| Ok((CredentialId(row.get::<_, i64>(0)?.unsigned_abs()), row.get(1)?)))?;
    rows.collect()
}

fn visits(tables: &Connection, ids: &BTreeSet<VisitId>) -> rusqlite::Result<BTreeMap<VisitId, VisitName>> {
    let sql = "SELECT visit, kiosk, carrier, person, code FROM visit \
         WHERE visit IN (SELECT value FROM json_each(?1))";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([list(ids)], |row| {
        let visit: i64 = row.get(0)?;
        let name = VisitName {
            kiosk: KioskId(row.get(1)?),
            carrier: row.get::<_, Option<u32>>(2)?.map(CarrierId),
            person: row.get::<_, Option<u32>>(3)?.map(PersonId),
            code: row.get::<_, Option<i64>>(4)?.map(|code| CredentialId(code.unsigned_abs())),
        };
        Ok((VisitId(visit.unsigned_abs()), name))
    })?;
    rows.collect()
}

fn people_named(
    tables: &Connection,
    ids: &BTreeSet<PersonId>,
) -> rusqlite::Result<BTreeMap<PersonId, PersonName>> {
    let sql = "SELECT person, first_name, last_name, unit FROM person \
               WHERE person IN (SELECT value FROM json_each(?1))";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([list(ids)], |row| {
        let (first, last): (String, String) = (row.get(1)?, row.get(2)?);
        let name =
            PersonName { name: format!("{first} {last}").trim().to_owned(), unit: UnitId(row.get(3)?) };
        Ok((PersonId(row.get(0)?), name))
    })?;
    rows.collect()
}

fn units_named(tables: &Connection, ids: &BTreeSet<UnitId>) -> rusqlite::Result<BTreeMap<UnitId, UnitName>> {
    let sql = "SELECT unit, building, label, keypad FROM unit \
               WHERE unit IN (SELECT value FROM json_each(?1))";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([list(ids)], |row| {
        let name = UnitName { building: row.get(1)?, label: row.get(2)?, keypad: row.get(3)? };
        Ok((UnitId(row.get(0)?), name))
    })?;
    rows.collect()
}
