//! Founds the property: everything that is there before the first courier comes.

use super::building::{banks, desk_hours};
use super::homes::{Home, Way, homes};
use super::keepsake::{Account, Card, Courier, Keepsake, Kiosk, Pass};
use super::plan::{BY_DAY, CARRIERS, NIGHT, PassagePlan, Plan, ShelfPlan};
use super::play::{evening_before, play};
use super::stage::{Stage, digits_of, token_of};
use crate::failure::Failure;
use crate::site::moment;
use std::collections::BTreeSet;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use vestibule_core::access::point::PointSpec;
use vestibule_core::access::policy::DoorPolicy;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Designation;
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::policy::Policy;
use vestibule_core::time::{WeekWindow, Zone};
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{
    AccessPointId, Answer, BankId, CarrierId, Command, CompartmentId, KioskId, Observation, PersonId, Span,
    TenancyId, Timestamp, UnitId,
};
use vestibule_ledger::SiteKey;
use vestibule_site::accounts::enrolment::create_owner;
use vestibule_site::accounts::link::setup_link;
use vestibule_site::accounts::password::Password;
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::directory::{fold, settings};
use vestibule_site::keys::fresh_bytes;
use vestibule_site::rows::{PersonRow, Row};

/// Courier codes hold so long beyond the days played.
const CODES_HOLD: Span = Span::days(365);
/// And its pass: as long as one may, from when it was made.
const PASS_HOLDS: Span = Span::days(89);
const OWNER: (&str, &str) = ("owner@example.com", "Robin Ellery");

/// An evening begins so long before anything happens in it.
const DUSK: Span = Span::minutes(30);

/// The site that lives in the folder, or a new one with so many days behind it: 0 is a site in which nothing ever happened, None
/// one in which somebody came yesterday evening.
///
/// A new one is made beside the folder and moved into place whole: a start that is killed leaves nothing half made.
pub fn ensure(folder: &Path, days: Option<u32>, plan: Plan) -> Result<Keepsake, Failure> {
    if let Some(keepsake) = Keepsake::load(folder)? {
        return Ok(keepsake);
    }
    if folder.exists() && std::fs::read_dir(folder)?.next().is_some() {
        return Err(Failure::failed(format!(
            "{} is not empty and holds no demonstration; choose another folder",
            folder.display()
        )));
    }
    make_aside(folder, days, plan)
}

/// Makes the site where writing is quick (in memory, if there is such a folder), copies it beside the place it goes to, and
/// moves it there whole. What is played was never promised to anybody, so nothing is lost if the power fails meanwhile.
fn make_aside(folder: &Path, days: Option<u32>, plan: Plan) -> Result<Keepsake, Failure> {
    let stage = in_memory().map_or_else(tempfile::tempdir, Ok)?;
    let keepsake = make(&stage.path().join("site"), (days, moment().wall), plan)?;
    let beside = beside(folder);
    if beside.exists() {
        std::fs::remove_dir_all(&beside)?;
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&beside)?;
    for entry in std::fs::read_dir(stage.path().join("site"))? {
        let entry = entry?;
        // The reserve is made anew where the site lives.
        if entry.file_name() != "reserve" {
            copy(&entry.path(), &beside.join(entry.file_name()))?;
        }
    }
    keepsake.save(&beside)?;
    std::fs::File::open(&beside)?.sync_all()?;
    std::fs::rename(&beside, folder)?;
    Ok(keepsake)
}

/// A file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if from.is_dir() {
        std::fs::DirBuilder::new().mode(0o700).create(to)?;
        for entry in std::fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        std::fs::copy(from, to)?;
    }
    std::fs::File::open(to)?.sync_all()
}

fn in_memory() -> Option<tempfile::TempDir> {
    tempfile::Builder::new().prefix("vestibule-demo-").tempdir_in("/dev/shm").ok()
}

fn beside(folder: &Path) -> std::path::PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".being-made");
    folder.with_file_name(name)
}

fn make(folder: &Path, (days, now): (Option<u32>, Timestamp), plan: Plan) -> Result<Keepsake, Failure> {
    let place = SitePlace {
        folder: folder.to_owned(),
        head_file: None,
        site: Some(SiteKey::new(plan.site_key()).map_err(Failure::failed)?),
    };
    let past = Span::days(i64::from(days.unwrap_or(0)));
    let begins = now + Span(-past.0 - Span::minutes(5).0);
    let dusk = evening_before(now, &zone()?) + Span(-DUSK.0);
    let has_evening = days != Some(0);
    let mut stage = Stage::open(&place, if has_evening { begins.min(dusk) } else { begins })?;
    let (building, hardware) = (plan.building, plan.hardware);
    let mut keepsake = Keepsake { building, hardware, unscanned: has_evening, ..Keepsake::default() };
    install(&mut stage, plan)?;
    move_in(&mut stage, &homes(building))?;
    issue(&mut stage, &mut keepsake, plan)?;
    keepsake.staff = Account { email: OWNER.0.to_owned(), password: fresh_password() };
    if has_evening {
        play(&mut stage, &keepsake, (days, now))?;
    }
    Ok(keepsake)
}

/// Where the property stands.
fn zone() -> Result<Zone, Failure> {
    Zone::new("America/New_York").map_err(Failure::failed)
}

fn install(stage: &mut Stage, plan: Plan) -> Result<(), Failure> {
    stage.ask(Command::Found { policy: Policy { zone: zone()?, ..Policy::default() } })?;
    for bank in banks(plan) {
        let (name, building) = (bank.name.clone(), bank.building.clone());
        stage.ask_with(
            Command::InstallBank { compartments: bank.compartments() },
            move |answer| match answer {
                Answer::Bank(bank) => vec![Row::BankName { bank: *bank, name, building }],
                _ => Vec::new(),
            },
        )?;
    }
    for shelf in plan.shelves() {
        install_shelf(stage, &shelf)?;
    }
    if let Some(label) = plan.drop_place() {
        stage.ask(Command::NameDropPlace { label: label.to_owned() })?;
    }
    stage.ask(Command::SetDeskHours { hours: desk_hours() })?;
    for name in CARRIERS {
        stage.ask(Command::NameCarrier { name: name.to_owned() })?;
    }
    for passage in plan.passages() {
        install_passage(stage, &passage)?;
    }
    let door = (1..).map(AccessPointId).zip(plan.passages()).find(|(_, passage)| passage.shelves);
    stage.ask(Command::DrawRoom(plan.room(door.map(|(door, _)| door))))?;
    let policy = DoorPolicy { late_hours: vec![NIGHT], ..DoorPolicy::default() };
    stage.ask(Command::SetDoorPolicy { policy })?;
    // A demonstration is ready from the first page on; who wants to see the steps finds them under Settings.
    stage.ask(Command::HideGettingReady { hide: true })?;
    stage.write(words(plan)?)?;
    let doors: Vec<CompartmentId> = stage.site().compartments.all.keys().copied().collect();
    stage.observe(
        doors.into_iter().map(|compartment| Observation::DoorSeen { compartment, open: false }).collect(),
    )
}

fn install_shelf(stage: &mut Stage, plan: &ShelfPlan) -> Result<(), Failure> {
    let (made, _) = stage.ask(Command::InstallShelf { label: plan.label.to_owned() })?;
    let Answer::Shelf(shelf) = made else { return Ok(()) };
    let limits = ShelfLimits {
        zone: plan.zone.to_owned(),
        largest: plan.largest,
        floor: plan.height_mm == 0,
        holds: Some(plan.holds),
        height_mm: Some(plan.height_mm),
    };
    stage.ask(Command::DescribeShelf { shelf, limits })?;
    if plan.kept_for.is_some() {
        stage.ask(Command::KeepPlaceFor { place: Place::Shelf(shelf), class: plan.kept_for })?;
    }
    Ok(())
}

fn install_passage(stage: &mut Stage, plan: &PassagePlan) -> Result<(), Failure> {
    let shelves = stage.site().layout.shelves.keys().copied().filter(|_| plan.shelves).collect();
    let spec = PointSpec {
        label: plan.name.to_owned(),
        kind: plan.kind,
        contact: true,
        request_to_exit: plan.sees_exits,
        reader: true,
        banks: plan.banks.iter().map(|(bank, _)| *bank).collect(),
        shelves,
        areas: BTreeSet::new(),
    };
    let (made, _) = stage.ask(Command::InstallAccessPoint { spec })?;
    let Answer::AccessPoint(point) = made else { return Ok(()) };
    stage.observe(vec![Observation::PassageSeen { point, open: Some(false) }])
}

fn words(plan: Plan) -> Result<Vec<Row>, Failure> {
    let desk = settings::HelpLine {
        windows: desk_hours(),
        text: "Front desk".to_owned(),
        phone: "+1 555 0100".to_owned(),
    };
    let night = settings::HelpLine {
        windows: vec![WeekWindow::ALWAYS],
        text: "Night line".to_owned(),
        phone: "+1 555 0199".to_owned(),
    };
    let address = |building: &str, street: &str| settings::BuildingAddress {
        building: building.to_owned(),
        street: street.to_owned(),
        postal: "10013".to_owned(),
    };
    let houses: Vec<_> = plan.houses().into_iter().map(|(house, street)| address(house, street)).collect();
    Ok(vec![
        settings::set_addresses(&houses).map_err(Failure::failed)?,
        settings::set_site_name(plan.site_name()).map_err(Failure::failed)?,
        settings::set_help_lines(&[desk, night]).map_err(Failure::failed)?,
        settings::set_country_code("1").map_err(Failure::failed)?,
        settings::set_demo(true),
    ])
}

fn move_in(stage: &mut Stage, homes: &[Home]) -> Result<(), Failure> {
    let mut changes = Vec::new();
    let mut rows = Vec::new();
    let mut person = PersonId(0);
    for (number, home) in (1..).zip(homes) {
        let (unit, tenancy) = (UnitId(number), TenancyId(number));
        let keypad = KeypadNumber::new(&home.keypad).map_err(Failure::failed)?;
        changes.push(DirectoryChange::AddUnit { unit, keypad });
        changes.push(DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep });
        rows.push(Row::Unit {
            unit,
            building: home.building.to_owned(),
            label: home.label.clone(),
            folded: fold::unit_label(&home.label),
            keypad: home.keypad.clone(),
        });
        for resident in &home.people {
            person = PersonId(person.0 + 1);
            changes.push(DirectoryChange::Join { person, tenancy });
            if resident.sharing.is_some() {
                changes.push(DirectoryChange::Share { person, sharing: resident.sharing });
            }
            let (first, last) = (resident.first_name, resident.last_name);
            let address = fold::name(&format!("{first} {last}")).replace(' ', ".");
            rows.push(Row::Person(Box::new(PersonRow {
                person,
                tenancy,
                unit,
                first_name: first.to_owned(),
                last_name: last.to_owned(),
                folded: fold::person(first, last),
                email: (resident.way != Way::Card).then(|| format!("{address}@example.com")),
                phone: (resident.way == Way::MailAndPhone).then(|| format!("+1555010{:04}", person.0)),
                language: resident.language.to_owned(),
                external_id: None,
                reach: resident.reach,
                hidden: resident.hidden,
            })));
        }
    }
    stage.ask_with(Command::ChangeDirectory { changes }, move |_| rows)?;
    Ok(())
}

fn issue(stage: &mut Stage, keepsake: &mut Keepsake, plan: Plan) -> Result<(), Failure> {
    for screen in plan.screens() {
        keepsake.kiosks.push(pair(stage, screen.name.to_owned(), screen.banks)?.1);
    }
    let points = (1..).map(AccessPointId).zip(plan.passages());
    for (point, passage) in points {
        let (kiosk, paired) = pair(stage, format!("{} screen", passage.name), Vec::new())?;
        stage.ask(Command::SetKioskDoors { kiosk, doors: vec![point] })?;
        keepsake.doors.push(Kiosk { name: passage.name.to_owned(), token: paired.token });
    }
    let expires = moment().wall + CODES_HOLD;
    let doors: Vec<_> = stage.site().access.points.keys().map(|point| DoorGrant { point: *point }).collect();
    for (number, carrier) in (1..).zip(CARRIERS) {
        let by_day = Some(&carrier) == CARRIERS.last();
        let windows = vec![if by_day { BY_DAY } else { WeekWindow::ALWAYS }];
        let carrier_id = CarrierId(number);
        let command =
            Command::IssueCourierCode { carrier: carrier_id, windows, expires, doors: doors.clone() };
        let (_, revealed) = stage.ask(command)?;
        let (digits, badge) = (digits_of(&revealed), token_of(&revealed));
        keepsake.couriers.push(Courier { carrier: carrier.to_owned(), digits, badge, by_day });
    }
    let visited = homes(plan.building);
    let (unit, home) = (1..).map(UnitId).zip(&visited).last().expect("somebody lives there");
    let (kind, windows) = (PassKind::Visitor, vec![WeekWindow::ALWAYS]);
    let expires = stage.now() + PASS_HOLDS;
    let (_, revealed) = stage.ask(Command::IssuePass { kind, unit: Some(unit), windows, expires, doors })?;
    let (digits, token) = (digits_of(&revealed), token_of(&revealed));
    keepsake.passes.push(Pass { to: home.label.clone(), digits, token });
    let mut person = 0;
    for (number, home) in (1..).zip(&visited) {
        for resident in &home.people {
            person += 1;
            if resident.way == Way::Card {
                let (_, revealed) = stage.ask(Command::IssueCard { person: PersonId(person) })?;
                let name = format!("{} {}", resident.first_name, resident.last_name);
                keepsake.cards.push(Card { name, token: token_of(&revealed) });
            }
        }
        if home.label == "PH-2" && plan.has_lockers() {
            // The penthouse has a compartment to itself.
            let designation = Some(Designation { unit: UnitId(number), only: true });
            stage.ask(Command::Designate { compartment: CompartmentId(24), designation })?;
        }
    }
    Ok(())
}

/// A paired screen, and what pairs it.
fn pair(stage: &mut Stage, name: String, banks: Vec<BankId>) -> Result<(KioskId, Kiosk), Failure> {
    let kept = name.clone();
    let (answer, revealed) = stage.ask_with(Command::PairKiosk { banks }, move |answer| match answer {
        Answer::Kiosk(kiosk) => vec![Row::KioskName { kiosk: *kiosk, name: kept, px_per_mm: 4 }],
        _ => Vec::new(),
    })?;
    match answer {
        Answer::Kiosk(kiosk) => Ok((kiosk, Kiosk { name, token: token_of(&revealed) })),
        other => Err(Failure::failed(format!("a screen was to be paired: {other:?}"))),
    }
}

/// Four groups of letters and digits nobody mistakes for each other.
fn fresh_password() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567892";
    let bytes: [u8; 16] = fresh_bytes();
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The owner's account, with the password that was made up when the demonstration was.
pub async fn ensure_owner(site: &Assembled, keepsake: &Keepsake) -> Result<(), Failure> {
    let now = site.handle.now();
    let Some(link) = site.handle.query(move |connection| setup_link(connection, now)).await? else {
        return Ok(());
    };
    site.handle.write(vec![link.row]).await?;
    let password = Password::new(keepsake.staff.password.clone());
    create_owner(&site.handle, &link.token, (&keepsake.staff.email, OWNER.1), password).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::plan::Building;
    use vestibule_core::time::{civil, start_of_day};

    /// A past that reached beyond now would leave a site whose clock is doubted from the first minute.
    #[test]
    fn at_whatever_hour_a_demonstration_begins_its_past_is_past_and_full() {
        for (hour, building) in [0, 5, 9, 11, 14, 17, 19, 23]
            .into_iter()
            .zip([Building::Court, Building::Room].into_iter().cycle())
        {
            let folder = tempfile::tempdir().unwrap();
            let now = Timestamp(1_790_000_000_000) + Span::hours(hour);
            make(folder.path(), (Some(1), now), Plan { building, ..Plan::default() }).unwrap();
            let database = rusqlite::Connection::open(folder.path().join("site.sqlite3")).unwrap();
            let newest = "SELECT max(recorded_at) FROM event";
            let newest: i64 = database.query_row(newest, [], |row| row.get(0)).unwrap();
            assert!(newest <= now.0, "{} minutes too far at {hour}", (newest - now.0) / 60_000);
            assert!(now.0 - newest < 5 * 60_000, "the last courier has just gone");
            let kinds = "SELECT count(*) FROM event WHERE kind = ?1";
            let count = |kind: &str| -> i64 { database.query_row(kinds, [kind], |row| row.get(0)).unwrap() };
            let moves = count("custody-transferred");
            assert!(moves >= 6, "{moves} parcels moved at {hour}");
            assert!(count("entry-began") > 1, "somebody came in at {hour}");
            assert_eq!(count("passage-forced") + count("entry-unknown"), 0, "and nothing was odd");
        }
    }

    #[test]
    fn a_house_with_a_package_room_alone_has_no_lockers_and_everything_on_shelves() {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { building: Building::Room, ..Plan::default() };
        make(folder.path(), (Some(2), Timestamp(1_790_000_000_000)), plan).unwrap();
        let database = rusqlite::Connection::open(folder.path().join("site.sqlite3")).unwrap();
        let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(count("SELECT count(*) FROM event WHERE kind = 'bank-installed'"), 0);
        let to = |place: &str| {
            count(&format!(
                "SELECT count(*) FROM event WHERE kind = 'custody-transferred'
                 AND json_extract(CAST(payload AS TEXT), '$.to.{place}') IS NOT NULL"
            ))
        };
        assert!(
            to("shelf") > 10 && to("recipient") > 4,
            "{} laid down, {} taken",
            to("shelf"),
            to("recipient")
        );
        assert_eq!(to("compartment"), 0);
        let suspected = count("SELECT count(*) FROM event WHERE kind = 'entry-suspected'");
        assert_eq!(suspected, 1, "who comes in goes out again, and couriers leave something: all but one");
    }

    /// By day and by night, whatever is played besides: it is there, it is overdue, and it happened yesterday evening.
    #[test]
    fn somebody_left_a_parcel_yesterday_evening_and_scanned_nothing() {
        let plans = [Building::Court, Building::Room].map(|building| Plan { building, ..Plan::default() });
        for (hour, plan, days) in
            [(0, plans[0], None), (4, plans[1], None), (13, plans[1], Some(1)), (21, plans[0], Some(1))]
        {
            let folder = tempfile::tempdir().unwrap();
            let now = start_of_day(Timestamp(1_790_000_000_000), &zone().unwrap())
                + Span::hours(hour)
                + Span::minutes(1);
            let made = make(folder.path(), (days, now), plan).unwrap();
            assert!(made.unscanned);
            let database = rusqlite::Connection::open(folder.path().join("site.sqlite3")).unwrap();
            let number = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
            let at = "SELECT recorded_at FROM event WHERE kind = 'task-raised'
                AND json_extract(CAST(payload AS TEXT), '$.what.no_deposit') IS NOT NULL";
            let at = number(at);
            let local = civil(Timestamp(at), &zone().unwrap());
            let today = civil(now, &zone().unwrap());
            assert!(
                local.date < today.date && (20 * 60..21 * 60).contains(&local.minute),
                "{hour}: {local:?}"
            );
            assert_eq!(number("SELECT count(*) FROM event WHERE kind = 'claim-due'"), 1, "at {hour}");
            let photos = "SELECT count(*) FROM event WHERE kind = 'photo-taken'
                AND json_extract(CAST(payload AS TEXT), '$.asked.subject.entry') IS NOT NULL";
            assert_eq!(number(photos), 2, "at {hour}");
            assert_eq!(std::fs::read_dir(folder.path().join("photos")).unwrap().count(), 2);
            let raised = "SELECT count(*) FROM event WHERE kind = 'task-raised' AND (
                json_extract(CAST(payload AS TEXT), '$.what.no_deposit') IS NOT NULL
                OR json_extract(CAST(payload AS TEXT), '$.what.unscanned') IS NOT NULL)";
            assert_eq!(number(raised), 2, "at {hour}: both are tasks");
            let newest = number("SELECT max(recorded_at) FROM event");
            assert!(newest <= now.0, "at {hour}");
        }
    }

    #[test]
    fn a_demonstration_is_moved_into_place_with_its_photos() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("demo");
        ensure(&place, None, Plan::default()).unwrap();
        assert_eq!(std::fs::read_dir(place.join("photos")).unwrap().count(), 2);
        let blank = folder.path().join("blank");
        assert!(!ensure(&blank, Some(0), Plan::default()).unwrap().unscanned);
    }
}
