//! Founds Maple Court: everything that is there before the first courier comes.

use super::building::{
    CARRIERS, DROP_PLACE, GARDEN_HOUSE, Hardware, KIOSKS, NORTH_HOUSE, SHELF_ZONE, SHELVES, banks,
    desk_hours, in_sight,
};
use super::homes::{Home, Way, homes};
use super::keepsake::{Account, Card, Courier, Keepsake, Kiosk};
use super::play::play;
use super::stage::{Stage, digits_of, token_of};
use crate::failure::Failure;
use crate::site::moment;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::place::compartment::Designation;
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::policy::Policy;
use vestibule_core::time::{WeekWindow, Zone};
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{
    Answer, CarrierId, Command, CompartmentId, Observation, PersonId, Span, TenancyId, Timestamp, UnitId,
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
const OWNER: (&str, &str) = ("owner@example.com", "Robin Ellery");

/// The site that lives in the folder, or a new one with so many days behind it.
///
/// A new one is made beside the folder and moved into place whole: a start that is killed leaves nothing half made.
pub fn ensure(folder: &Path, days: u32, hardware: Hardware) -> Result<Keepsake, Failure> {
    if let Some(keepsake) = Keepsake::load(folder)? {
        return Ok(keepsake);
    }
    if folder.exists() && std::fs::read_dir(folder)?.next().is_some() {
        return Err(Failure::failed(format!(
            "{} is not empty and holds no demonstration; choose another folder",
            folder.display()
        )));
    }
    make_aside(folder, days, hardware)
}

/// Makes the site where writing is quick (in memory, if there is such a folder), copies it beside the place it goes to, and
/// moves it there whole. What is played was never promised to anybody, so nothing is lost if the power fails meanwhile.
fn make_aside(folder: &Path, days: u32, hardware: Hardware) -> Result<Keepsake, Failure> {
    let stage = in_memory().map_or_else(tempfile::tempdir, Ok)?;
    let keepsake = make(&stage.path().join("site"), (days, moment().wall), hardware)?;
    let beside = beside(folder);
    if beside.exists() {
        std::fs::remove_dir_all(&beside)?;
    }
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&beside)?;
    for entry in std::fs::read_dir(stage.path().join("site"))? {
        let entry = entry?;
        // The reserve is made anew where the site lives.
        if entry.file_name() != "reserve" {
            let to = beside.join(entry.file_name());
            std::fs::copy(entry.path(), &to)?;
            std::fs::File::open(&to)?.sync_all()?;
        }
    }
    keepsake.save(&beside)?;
    std::fs::File::open(&beside)?.sync_all()?;
    std::fs::rename(&beside, folder)?;
    Ok(keepsake)
}

fn in_memory() -> Option<tempfile::TempDir> {
    tempfile::Builder::new().prefix("vestibule-demo-").tempdir_in("/dev/shm").ok()
}

fn beside(folder: &Path) -> std::path::PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".being-made");
    folder.with_file_name(name)
}

fn make(folder: &Path, (days, now): (u32, Timestamp), hardware: Hardware) -> Result<Keepsake, Failure> {
    let place = SitePlace {
        folder: folder.to_owned(),
        head_file: None,
        site: Some(SiteKey::new("maple-court").map_err(Failure::failed)?),
    };
    let begins = now + Span(-Span::days(i64::from(days)).0 - Span::minutes(5).0);
    let mut stage = Stage::open(&place, begins)?;
    let mut keepsake = Keepsake { hardware, ..Keepsake::default() };
    install(&mut stage, hardware)?;
    move_in(&mut stage, &homes())?;
    issue(&mut stage, &mut keepsake, hardware)?;
    keepsake.staff = Account { email: OWNER.0.to_owned(), password: fresh_password() };
    play(&mut stage, &keepsake, days)?;
    Ok(keepsake)
}

fn install(stage: &mut Stage, hardware: Hardware) -> Result<(), Failure> {
    let zone = Zone::new("America/New_York").map_err(Failure::failed)?;
    stage.ask(Command::Found { policy: Policy { zone, ..Policy::default() } })?;
    for bank in banks(hardware) {
        let (name, building) = (bank.name.clone(), bank.building.clone());
        stage.ask_with(
            Command::InstallBank { compartments: bank.compartments() },
            move |answer| match answer {
                Answer::Bank(bank) => vec![Row::BankName { bank: *bank, name, building }],
                _ => Vec::new(),
            },
        )?;
    }
    for (label, largest, holds, height_mm) in SHELVES {
        let (made, _) = stage.ask(Command::InstallShelf { label: label.to_owned() })?;
        if let Answer::Shelf(shelf) = made {
            let (zone, floor) = (SHELF_ZONE.to_owned(), height_mm == 0);
            let limits = ShelfLimits { zone, largest, floor, holds: Some(holds), height_mm: Some(height_mm) };
            stage.ask(Command::DescribeShelf { shelf, limits })?;
        }
    }
    stage.ask(Command::NameDropPlace { label: DROP_PLACE.to_owned() })?;
    stage.ask(Command::SetDeskHours { hours: desk_hours() })?;
    for name in CARRIERS {
        stage.ask(Command::NameCarrier { name: name.to_owned() })?;
    }
    // A demonstration is ready from the first page on; who wants to see the steps finds them under Settings.
    stage.ask(Command::HideGettingReady { hide: true })?;
    stage.write(words()?)?;
    let doors: Vec<CompartmentId> = stage.site().compartments.all.keys().copied().collect();
    stage.observe(
        doors.into_iter().map(|compartment| Observation::DoorSeen { compartment, open: false }).collect(),
    )
}

fn words() -> Result<Vec<Row>, Failure> {
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
    let houses = [address(NORTH_HOUSE, "14 Maple Street"), address(GARDEN_HOUSE, "16 Maple Street")];
    Ok(vec![
        settings::set_addresses(&houses).map_err(Failure::failed)?,
        settings::set_site_name("Maple Court").map_err(Failure::failed)?,
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

fn issue(stage: &mut Stage, keepsake: &mut Keepsake, hardware: Hardware) -> Result<(), Failure> {
    for (name, banks) in KIOSKS.into_iter().zip(in_sight(hardware)) {
        let (_, revealed) = stage.ask_with(Command::PairKiosk { banks }, move |answer| match answer {
            Answer::Kiosk(kiosk) => {
                vec![Row::KioskName { kiosk: *kiosk, name: name.to_owned(), px_per_mm: 4 }]
            }
            _ => Vec::new(),
        })?;
        keepsake.kiosks.push(Kiosk { name: name.to_owned(), token: token_of(&revealed) });
    }
    let expires = moment().wall + CODES_HOLD;
    for (number, carrier) in (1..).zip(CARRIERS) {
        let windows = vec![WeekWindow::ALWAYS];
        let carrier_id = CarrierId(number);
        let command = Command::IssueCourierCode { carrier: carrier_id, windows, expires, doors: Vec::new() };
        let (_, revealed) = stage.ask(command)?;
        let (digits, badge) = (digits_of(&revealed), token_of(&revealed));
        keepsake.couriers.push(Courier { carrier: carrier.to_owned(), digits, badge });
    }
    let mut person = 0;
    for (number, home) in (1..).zip(homes()) {
        for resident in &home.people {
            person += 1;
            if resident.way == Way::Card {
                let (_, revealed) = stage.ask(Command::IssueCard { person: PersonId(person) })?;
                let name = format!("{} {}", resident.first_name, resident.last_name);
                keepsake.cards.push(Card { name, token: token_of(&revealed) });
            }
        }
        if home.label == "PH-2" {
            // The penthouse has a compartment to itself.
            let designation = Some(Designation { unit: UnitId(number), only: true });
            stage.ask(Command::Designate { compartment: CompartmentId(24), designation })?;
        }
    }
    Ok(())
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

    /// A past that reached beyond now would leave a site whose clock is doubted from the first minute.
    #[test]
    fn at_whatever_hour_a_demonstration_begins_its_past_is_past_and_full() {
        for hour in [0, 5, 9, 11, 14, 17, 19, 23] {
            let folder = tempfile::tempdir().unwrap();
            let now = Timestamp(1_790_000_000_000) + Span::hours(hour);
            make(folder.path(), (1, now), Hardware::Standard).unwrap();
            let database = rusqlite::Connection::open(folder.path().join("site.sqlite3")).unwrap();
            let newest = "SELECT max(recorded_at) FROM event";
            let newest: i64 = database.query_row(newest, [], |row| row.get(0)).unwrap();
            assert!(newest <= now.0, "{} minutes too far at {hour}", (newest - now.0) / 60_000);
            assert!(now.0 - newest < 5 * 60_000, "the last courier has just gone");
            let kinds = "SELECT count(*) FROM event WHERE kind = 'custody-transferred'";
            let moves: i64 = database.query_row(kinds, [], |row| row.get(0)).unwrap();
            assert!(moves > 6, "{moves} parcels moved at {hour}");
        }
    }
}
