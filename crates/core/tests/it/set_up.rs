//! What is refused while a site is set up, its codes are issued and its directory is changed. A refusal records nothing.

use crate::world::*;
use vestibule_core::access::point::PointKind;
use vestibule_core::code::Seed;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::place::compartment::{CompartmentSpec, Designation, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::*;

fn spec(label: &str) -> CompartmentSpec {
    CompartmentSpec {
        label: label.to_owned(),
        size: Size::S,
        column: 0,
        width_mm: 400,
        height_mm: 200,
        bottom_mm: 100,
        occupancy_sensor: false,
        inside_release: false,
    }
}

#[test]
fn a_site_is_founded_once_and_before_anything_with_a_token() {
    let mut w = World::empty();
    w.ok(STAFF, Command::NameCarrier { name: "UPS".to_owned() });
    let code = |w: &World| Command::IssueCourierCode {
        carrier: CarrierId(1),
        windows: vec![WeekWindow::ALWAYS],
        expires: w.now + Span::days(1),
        doors: vec![],
    };
    let table = vec![
        ("a courier code", code(&w), "invalid"),
        ("a card", Command::IssueCard { person: person("ana") }, "invalid"),
        ("a kiosk", Command::PairKiosk { banks: vec![] }, "invalid"),
    ];
    w.refuses(table);
    w.ok(Actor::Console, Command::Found { policy: Policy::default() });
    w.ok(STAFF, code(&w));
    let again = vec![("once", Command::Found { policy: Policy::default() }, "already-founded")];
    w.refuses(again);
}

#[test]
fn banks_are_sound_and_no_two_doors_have_one_number() {
    let mut w = World::new();
    let bank = |compartments| Command::InstallBank { compartments };
    let table = vec![
        ("no compartment", bank(vec![]), "invalid"),
        ("no number", bank(vec![spec(" ")]), "invalid"),
        ("no width", bank(vec![CompartmentSpec { width_mm: 0, ..spec("20") }]), "invalid"),
        ("no height", bank(vec![CompartmentSpec { height_mm: 0, ..spec("20") }]), "invalid"),
        ("a number of another bank", bank(vec![spec("20"), spec("1")]), "compartment-number"),
        ("a number twice", bank(vec![spec("20"), spec("20")]), "compartment-number"),
    ];
    w.refuses(table);
    assert_eq!(w.ok(STAFF, bank(vec![spec("20")])), Answer::Bank(BankId(3)));
}

#[test]
fn names_are_short_and_taken_once() {
    let mut w = World::new();
    let carrier = |name: &str| Command::NameCarrier { name: name.to_owned() };
    let table = vec![
        ("empty", carrier("  "), "invalid"),
        ("too long", carrier(&"x".repeat(41)), "invalid"),
        ("taken, in other letters", carrier(" fedex"), "invalid"),
    ];
    w.refuses(table);
    assert_eq!(w.ok(STAFF, carrier(&"x".repeat(40))), Answer::Carrier(CarrierId(3)));
}

#[test]
fn kiosks_and_designations_name_what_exists() {
    let mut w = World::new();
    let designate = |door: u32, number: u32| Command::Designate {
        compartment: c(door),
        designation: Some(Designation { unit: UnitId(number), only: true }),
    };
    let see = |kiosk, bank| Command::SetKioskBanks { kiosk, banks: vec![BankId(bank)] };
    let table = vec![
        ("a bank nobody installed", Command::PairKiosk { banks: vec![BankId(1), BankId(9)] }, "not-found"),
        ("a bank nobody installed, later", see(K1, 9), "not-found"),
        ("a kiosk nobody paired", see(KioskId(9), 1), "not-found"),
        ("a kiosk nobody paired ends", Command::UnpairKiosk { kiosk: KioskId(9) }, "not-found"),
        ("no such door", designate(99, 1), "not-found"),
        ("no such unit", designate(1, 99), "not-found"),
    ];
    w.refuses(table);
    w.ok(STAFF, see(K1, 2));
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    assert_eq!(w.door_of(visit), Some(c(10)), "the kiosk opens the banks in its sight now, parcel {parcel}");
}

#[test]
fn desk_hours_are_hours() {
    let mut w = World::new();
    let hours = |days, from, to| Command::SetDeskHours { hours: vec![WeekWindow { days, from, to }] };
    let table = vec![
        ("no weekday", hours(0, 540, 1080), "invalid"),
        ("only an eighth weekday", hours(0x80, 540, 1080), "invalid"),
        ("begins after the day", hours(1, 1440, 1080), "invalid"),
        ("ends after the day", hours(1, 540, 1441), "invalid"),
    ];
    w.refuses(table);
    w.ok(STAFF, Command::SetDeskHours { hours: vec![] });
}

#[test]
fn a_courier_code_has_a_company_hours_and_an_end_to_come() {
    let mut w = World::new();
    let end = w.now + Span::days(1);
    let code = |carrier: u32, windows: Vec<WeekWindow>, expires| Command::IssueCourierCode {
        carrier: CarrierId(carrier),
        windows,
        expires,
        doors: vec![],
    };
    let window = |days, from, to| vec![WeekWindow { days, from, to }];
    let table = vec![
        ("a company nobody named", code(9, vec![WeekWindow::ALWAYS], end), "not-found"),
        ("no hours", code(1, vec![], end), "invalid"),
        ("no weekday", code(1, window(0, 0, 1440), end), "invalid"),
        ("begins after the day", code(1, window(1, 1440, 60), end), "invalid"),
        ("ends after the day", code(1, window(1, 0, 1441), end), "invalid"),
        ("over already", code(1, vec![WeekWindow::ALWAYS], w.now), "invalid"),
        (
            "a code nobody issued",
            Command::RevokeCourierCode { credential: CredentialId(9), at: end },
            "not-found",
        ),
    ];
    w.refuses(table);
}

#[test]
fn cards_and_codes_are_for_people_who_live_here_and_for_whom_something_waits() {
    let mut w = World::new();
    let leave = DirectoryChange::Leave { person: person("ben"), leavers: Leavers::Keep };
    w.ok(STAFF, Command::ChangeDirectory { changes: vec![leave] });
    let table = vec![
        ("nobody", Command::IssueCard { person: PersonId(99) }, "not-found"),
        ("who moved out", Command::IssueCard { person: person("ben") }, "not-found"),
        ("a card nobody issued", Command::RevokeCard { credential: CredentialId(9) }, "not-found"),
        ("nothing waits", Command::RevealCode { person: person("ana") }, "nothing-waits"),
    ];
    w.refuses(table);
    w.delivered(&["101"]);
    w.ok(STAFF, Command::RevealCode { person: person("ana") });
    let shown = w.revealed.take().unwrap();
    w.pick_up(K1, shown.scanned()).expect("what staff read out opens");
}

#[test]
fn a_thousand_codes_and_passes_and_then_one_must_end() {
    let mut site = Site::default();
    let mut number = 0u64;
    let now = MONDAY_8;
    let mut ask = |command: Command| {
        number += 1;
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        let input = Input::Command { actor: STAFF, command };
        site.apply(&input, &Context { now, seed: Seed(seed), hasher: &Pepper }).answer
    };
    ask(Command::Found { policy: Policy::default() }).unwrap();
    ask(Command::NameCarrier { name: "UPS".to_owned() }).unwrap();
    let (carrier, windows, expires) = (CarrierId(1), vec![WeekWindow::ALWAYS], now + Span::days(1));
    let front = crate::street::spec("Front", PointKind::BuildingEntrance);
    ask(Command::InstallAccessPoint { spec: front }).unwrap();
    let (kind, doors) = (PassKind::Visitor, vec![DoorGrant { point: AccessPointId(1) }]);
    ask(Command::IssuePass { kind, unit: None, windows: windows.clone(), expires, doors }).unwrap();
    let issue = Command::IssueCourierCode { carrier, windows, expires, doors: vec![] };
    for _ in 0..999 {
        ask(issue.clone()).unwrap();
    }
    assert_eq!(ask(issue.clone()).map_err(|refusal| refusal.code()), Err("invalid"));
    let credential = CredentialId(500);
    ask(Command::RevokeCourierCode { credential, at: now }).unwrap();
    assert_eq!(ask(issue), Ok(Answer::Credential { credential: CredentialId(1_001) }));
    let codes = &site.credentials.courier;
    assert_eq!(codes.by_selector.len(), 999, "three digits each, no two alike");
    let pass = site.credentials.passes.by_selector.keys().next().unwrap();
    assert!(!codes.by_selector.contains_key(pass), "at a door the digits are the pass's alone");
    let ended = &codes.all[&credential].selector;
    assert_eq!(codes.by_selector[ended], CredentialId(1_001), "the digits of the code that ended");
}

#[test]
fn a_batch_of_the_directory_names_what_exists_and_the_next_numbers() {
    use DirectoryChange::*;
    let mut w = World::new();
    let keypad = |digits: &str| KeypadNumber::new(digits).unwrap();
    let (keep, six, five) = (Leavers::Keep, UnitId(6), TenancyId(5));
    let batch = |changes: Vec<DirectoryChange>| Command::ChangeDirectory { changes };
    let table = vec![
        ("not the next unit", batch(vec![AddUnit { unit: UnitId(7), keypad: keypad("107") }]), "invalid"),
        ("no such unit", batch(vec![BeginTenancy { tenancy: five, unit: six, leavers: keep }]), "not-found"),
        ("no such tenancy", batch(vec![Join { person: PersonId(7), tenancy: five }]), "not-found"),
        ("not the next person", batch(vec![Join { person: PersonId(8), tenancy: TenancyId(1) }]), "invalid"),
        ("nobody leaves", batch(vec![Leave { person: PersonId(9), leavers: keep }]), "not-found"),
        ("nobody wishes", batch(vec![Share { person: PersonId(9), sharing: None }]), "not-found"),
    ];
    w.refuses(table);
    let moves_twice = vec![
        AddUnit { unit: six, keypad: keypad("106") },
        BeginTenancy { tenancy: five, unit: six, leavers: keep },
        Join { person: PersonId(7), tenancy: five },
        Join { person: PersonId(7), tenancy: TenancyId(1) },
        Share { person: person("ana"), sharing: None },
    ];
    w.ok(STAFF, batch(moves_twice));
    assert_eq!(w.site.directory.unit_of(PersonId(7)), Some(unit("101")), "who joins twice lives in the last");
    assert!(w.site.directory.households[&five].is_empty());
}

#[test]
fn a_policy_nobody_could_live_with_is_refused_by_name() {
    type Change = fn(&mut Policy);
    let wrong: [(&str, Change); 6] = [
        ("breaker_per_minute is 0", |policy| policy.breaker_per_minute = 0),
        ("reachable_reserve_percent is 101", |policy| policy.reachable_reserve_percent = 101),
        ("grace is -1 ms", |policy| policy.grace = Span(-1)),
        ("pulse_within is 60000 ms", |policy| policy.pulse_within = Span::minutes(1)),
        ("idle_after is 0 ms", |policy| policy.idle_after = Span(0)),
        ("hold is 9223372036854775807 ms", |policy| policy.hold = Span(i64::MAX)),
    ];
    let mut w = World::new();
    for (words, change) in wrong {
        let mut policy = w.site.policy.clone();
        change(&mut policy);
        for command in [Command::SetPolicy { policy: policy.clone() }, Command::Found { policy }] {
            let mut w = if matches!(command, Command::Found { .. }) { World::empty() } else { World::new() };
            let Err(Refusal::Invalid { why }) = w.ask(STAFF, command) else { panic!("{words} was accepted") };
            assert!(why.starts_with(words), "{why}");
        }
    }
    let policy = w.site.policy.clone();
    w.ok(STAFF, Command::SetPolicy { policy });
}

#[test]
fn a_keypad_number_is_what_can_be_typed() {
    for digits in ["", "123456789", "12B", "1 2"] {
        assert!(KeypadNumber::new(digits).unwrap_err().contains(digits), "{digits}");
    }
    assert!(serde_json::from_str::<KeypadNumber>("\"12B\"").is_err());
    assert_eq!(KeypadNumber::new("00000001").unwrap().digits(), "00000001");
}

#[test]
fn a_pass_is_for_a_home_of_the_house_and_has_hours() {
    let mut w = World::new();
    w.ok(
        STAFF,
        Command::InstallAccessPoint { spec: crate::street::spec("Front", PointKind::BuildingEntrance) },
    );
    let expires = w.now + Span::days(1);
    let pass = |unit: u32, windows| Command::IssuePass {
        kind: PassKind::Visitor,
        unit: Some(UnitId(unit)),
        windows,
        expires,
        doors: vec![DoorGrant { point: AccessPointId(1) }],
    };
    let table = vec![
        ("no such home", pass(99, vec![WeekWindow::ALWAYS]), "not-found"),
        ("no hours", pass(1, vec![]), "invalid"),
        ("no weekday", pass(1, vec![WeekWindow { days: 0, from: 0, to: 60 }]), "invalid"),
    ];
    w.refuses(table);
    w.ok(STAFF, pass(1, vec![WeekWindow::ALWAYS]));
}
