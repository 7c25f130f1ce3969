use super::*;
use crate::directory::sample::{put, tables};
use rusqlite::Connection;
use vestibule_core::{
    Actor, Answer, Command, Context, Input, PersonId, Site, TenancyId, UnitId,
    code::{CodeHash, CodeHasher},
};

/// Monday 2026-03-02 09:00 UTC.
const NOW: Timestamp = Timestamp(1_772_442_000_000);

/// A site of both halves: core's numbers and the tables' words.
struct Place {
    conn: Connection,
    site: Site,
}

struct NoCodes;

impl CodeHasher for NoCodes {
    fn hash(&self, _purpose: &str, _text: &str) -> CodeHash {
        CodeHash([0; 32])
    }
}

fn options() -> Options {
    Options::new(NOW, Zone::utc())
}

fn complete() -> Options {
    Options { complete_list: true, ..options() }
}

impl Place {
    fn new() -> Self {
        Self { conn: tables(), site: Site::default() }
    }

    fn with(text: &str) -> Self {
        let mut place = Self::new();
        place.import(text, &options());
        place
    }

    fn plan(&self, text: &str, options: &Options) -> Plan {
        self.try_plan(text.as_bytes(), options).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn try_plan(&self, bytes: &[u8], options: &Options) -> Result<Plan, FileFault> {
        plan(bytes, &Known::load(&self.conn).unwrap(), options, &mut |_, _| {})
    }

    fn import(&mut self, text: &str, options: &Options) -> Plan {
        let plan = self.plan(text, options);
        self.carry_out(&plan);
        plan
    }

    /// As the writer does it: decided by core, rows in the same transaction.
    fn carry_out(&mut self, plan: &Plan) {
        let (command, rows) = plan.command(&self.site.counters).unwrap();
        let ctx = Context { now: NOW, seed: vestibule_core::code::Seed([7; 32]), hasher: &NoCodes };
        let decision = self.site.apply(&Input::Command { actor: Actor::Console, command }, &ctx);
        assert_eq!(decision.answer, Ok(Answer::Done));
        self.conn.execute_batch("BEGIN").unwrap();
        put(&self.conn, rows);
        self.conn.execute_batch("COMMIT").unwrap();
        self.check();
    }

    /// Both halves must tell the same people in the same households.
    fn check(&self) {
        let known = Known::load(&self.conn).unwrap();
        let lived_in: usize = self.site.directory.households.values().map(Vec::len).sum();
        assert_eq!(lived_in, known.people.len());
        for person in &known.people {
            let unit = self.site.directory.units.get(&person.unit).expect("units agree");
            assert_eq!(unit.tenancy, Some(person.tenancy), "{}", person.first_name);
            assert!(self.site.directory.households[&person.tenancy].contains(&person.person));
        }
        for unit in &known.units {
            assert_eq!(self.site.directory.units[&unit.unit].keypad.digits(), unit.keypad);
        }
    }

    /// `12B: Ana Ek, Bo Ek` for each apartment.
    fn homes(&self) -> Vec<String> {
        let lines = crate::directory::roster::units(&self.conn).unwrap();
        let home = |line: &crate::directory::roster::UnitLine| {
            let names: Vec<&str> = line.people.iter().map(|(_, name)| name.as_str()).collect();
            format!("{}: {}", line.label, names.join(", "))
        };
        lines.iter().map(home).collect()
    }

    fn tenancy(&self, unit: u32) -> TenancyId {
        self.site.directory.units[&UnitId(unit)].tenancy.unwrap()
    }
}

fn words(notes: &[LineNote]) -> Vec<String> {
    notes.iter().map(|note| format!("{}: {}", note.line, note.words)).collect()
}

const START: &str = "Unit,First Name,Last Name,Email,Phone,ID\n\
    12B,Ana,Ek,ana@example.com,+15550100123,t1\n\
    12B,Bo,Ek,bo@example.com,,t2\n\
    PH-1,Cy,Dahl,,+15550100124,t3\n\
    7,Di,Eng,,,t4\n";

#[test]
fn a_first_import_makes_units_people_and_keypad_numbers() {
    let mut place = Place::new();
    let plan = place.import(START, &options());
    let numbers: Vec<_> =
        plan.new_units.iter().map(|u| (u.at.label.as_str(), u.keypad.as_str(), u.why)).collect();
    assert_eq!(
        numbers,
        [
            ("12B", "1202", KeypadReason::Letter),
            ("PH-1", "9001", KeypadReason::Free),
            ("7", "7", KeypadReason::Label)
        ]
    );
    assert_eq!(place.homes(), ["7: Di Eng", "12B: Ana Ek, Bo Ek", "PH-1: Cy Dahl"]);
    let silent: Vec<&str> = plan.without_channel.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(silent, ["Cy Dahl", "Di Eng"]);
    let texts = place.plan("unit,name\n", &Options { texts_sent: true, ..options() });
    assert_eq!(texts.without_channel.len(), 1, "a phone is a channel where texts are sent");
}

#[test]
fn importing_again_changes_nothing() {
    let place = Place::with(START);
    for options in [options(), complete()] {
        let plan = place.plan(START, &options);
        assert!(!plan.changes_anything() && plan.conflicts.is_empty() && plan.bad_rows.is_empty());
        assert_eq!((plan.unchanged, plan.not_in_file), (4, 0));
        let (command, rows) = plan.command(&place.site.counters).unwrap();
        assert_eq!(command, Command::ChangeDirectory { changes: Vec::new() });
        assert!(rows.is_empty());
    }
    let without_ids =
        "apt;name;e-mail\n#12-b;Ek, Ana;ANA@example.com\nUnit 12B;Bo Ek;\nph1;Cy Dahl;\n7;Di Eng;\n";
    let plan = place.plan(without_ids, &complete());
    assert!(!plan.changes_anything(), "other spellings of apartments, no ids, empty fields");
}

#[test]
fn changes_show_old_and_new_and_empty_fields_erase_nothing() {
    let mut place = Place::with(START);
    let text = "unit,first,last,email,phone,id,language\n\
        12B,Ana,Ek-Lind,ana.lind@example.com,,t1,Spanish\n\
        12B,Bo,Ek,,555 010 0199,,\n";
    let plan = place.import(text, &Options { country_code: Some("1".to_owned()), ..options() });
    let fields: Vec<_> = plan.changed.iter().flat_map(|changed| &changed.fields).collect();
    let told: Vec<String> = fields
        .iter()
        .map(|change| format!("{} {} -> {}", change.field.words(), change.old, change.new))
        .collect();
    assert_eq!(
        told,
        [
            "last name Ek -> Ek-Lind",
            "e-mail ana@example.com -> ana.lind@example.com",
            "language en -> es",
            "phone  -> +15550100199"
        ]
    );
    assert_eq!((plan.not_in_file, plan.moved_out.len()), (2, 0), "nobody moves out for missing");
    let bo = crate::directory::roster::person(&place.conn, PersonId(2)).unwrap().unwrap();
    assert_eq!(bo.email.as_deref(), Some("bo@example.com"));
    assert_eq!(bo.external_id.as_deref(), Some("t2"));
    assert_eq!(place.plan(text, &Options { country_code: Some("1".to_owned()), ..options() }).unchanged, 2);
}

#[test]
fn a_complete_list_moves_out_who_is_missing() {
    let mut place = Place::with(START);
    let plan = place.import("unit,name\n12B,Ana Ek\nPH-1,Cy Dahl\n", &complete());
    let out: Vec<_> = plan.moved_out.iter().map(|out| (out.name.as_str(), out.why)).collect();
    assert_eq!(out, [("Bo Ek", WhyOut::NotListed), ("Di Eng", WhyOut::NotListed)]);
    assert_eq!(place.homes(), ["7: ", "12B: Ana Ek", "PH-1: Cy Dahl"]);
    assert_eq!(place.try_plan(b"unit,name\n12B,\n", &complete()).err(), Some(FileFault::Nobody));
    let bad =
        place.plan("unit,name,email\n12B,Ana Ek,nonsense\n", &Options { skip_bad_rows: true, ..complete() });
    assert!(bad.moved_out.is_empty(), "a bad row may be the missing person");
    assert_eq!(
        words(&bad.notes),
        ["1: there are bad rows, so nobody is moved out for missing from the file"]
    );
}

#[test]
fn a_new_family_begins_a_new_tenancy() {
    let mut place = Place::with("unit,name,move in\n5,Old One,2020-01-01\n5,Old Two,2020-01-01\n");
    let before = place.tenancy(1);
    let newcomers = "unit,name,move in\n5,New One,3/1/2026\n5,New Two,3/1/2026\n";
    let plan = place.import(newcomers, &options());
    assert!(plan.new_people.iter().all(|person| person.new_tenancy));
    assert!(plan.moved_out.iter().all(|out| out.why == WhyOut::Replaced) && plan.moved_out.len() == 2);
    assert_ne!(place.tenancy(1), before);
    assert_eq!(place.homes(), ["5: New One, New Two"]);
    assert!(!place.plan(newcomers, &options()).changes_anything(), "the date was remembered");
}

#[test]
fn strangers_without_a_newer_date_are_asked_about() {
    let mut place = Place::with("unit,name,move in\n5,Old One,2020-01-01\n");
    let before = place.tenancy(1);
    for stranger in ["unit,name\n5,New One\n", "unit,name,move in\n5,New One,2019-12-31\n"] {
        let plan = place.plan(stranger, &options());
        assert!(!plan.changes_anything());
        assert_eq!(
            words(&plan.conflicts),
            [
                "2: New One is new in 5, where Old One lives and is not in the file: new tenants or room-mates?"
            ]
        );
    }
    let both = "unit,name\n5,Old One\n5,Room Mate\n";
    assert!(!place.import(both, &options()).new_people[0].new_tenancy);
    let join = Options { strangers: Strangers::Join, ..options() };
    assert!(!place.import("unit,name\n5,Third Mate\n", &join).new_people[0].new_tenancy);
    assert_eq!(
        (place.homes(), place.tenancy(1)),
        (vec!["5: Old One, Room Mate, Third Mate".to_owned()], before)
    );
    let replace = Options { strangers: Strangers::Replace, ..options() };
    assert_eq!(place.import("unit,name\n5,Fourth One\n", &replace).moved_out.len(), 3);
    assert_eq!(place.homes(), ["5: Fourth One"]);
    place.import("unit,name\n5,Fifth One\n", &complete());
    assert_eq!(place.homes(), ["5: Fifth One"]);
}

#[test]
fn dates_move_people_out_and_hold_back_who_is_not_here_yet() {
    let mut place = Place::with(START);
    let text = "unit,name,move-in,move-out\n\
        12B,Ana Ek,,03/02/2026\n\
        12B,Bo Ek,,2026-03-03\n\
        PH-1,Cy Dahl,,2026-01-31\n\
        PH-1,New Owner,2026-02-01,\n\
        7,Later Person,2026-04-01,\n\
        8,Long Gone,,1/1/2020\n";
    let plan = place.import(text, &options());
    let out: Vec<_> = plan.moved_out.iter().map(|out| (out.name.as_str(), out.why)).collect();
    assert_eq!(out, [("Ana Ek", WhyOut::Date), ("Cy Dahl", WhyOut::Date)]);
    assert_eq!(words(&plan.moving_in_later), ["6: Later Person moves into 7 on 2026-04-01"]);
    assert_eq!(plan.already_gone, 1);
    assert_eq!(place.homes(), ["7: Di Eng", "8: ", "12B: Bo Ek", "PH-1: New Owner"]);
    assert!(plan.new_people[0].new_tenancy, "nobody of the old household is left");
    assert!(!place.plan(text, &options()).changes_anything());
}

#[test]
fn people_move_within_the_site_with_their_number() {
    let mut place = Place::with(START);
    let plan = place.import("unit,name,id\n7,Ana Ek,t1\n7,Di Eng,t4\n12B,Bo Ek,t2\n", &options());
    let moved = &plan.new_people[0];
    assert_eq!((moved.from.as_ref().unwrap().label.as_str(), moved.new_tenancy), ("12B", false));
    assert_eq!(place.homes(), ["7: Ana Ek, Di Eng", "12B: Bo Ek", "PH-1: Cy Dahl"]);
    assert_eq!(place.site.directory.persons.len(), 4, "the same person");
}

#[test]
fn who_cannot_move_stays_a_member_of_the_old_household() {
    let place = Place::with("unit,name,id\n1,Ann One,a\n2,Bob Two,b\n");
    // Ann goes where Bob silently lives: unclear; so Cleo cannot take her apartment either.
    let plan = place.plan("unit,name,id\n2,Ann One,a\n1,Cleo New,c\n", &options());
    assert!(!plan.changes_anything());
    assert_eq!(plan.conflicts.len(), 2);
}

#[test]
fn a_number_or_an_address_alone_makes_no_new_tenant_the_old_one() {
    let place = Place::with("unit,name,id,email\n1,Ann One,lease-1,office@example.com\n");
    let by_number = place.plan("unit,name,id\n1,Bob Two,lease-1\n", &options());
    assert_eq!(
        words(&by_number.conflicts),
        ["2: id lease-1 belongs to Ann One and is Bob Two here; move Ann One out, or correct the id"]
    );
    let by_address = place.plan("unit,name,email\n1,Bob Two,office@example.com\n", &complete());
    assert!(by_address.changed.is_empty());
    assert_eq!((by_address.moved_out.len(), by_address.new_people.len()), (1, 1));
}

#[test]
fn wide_lists_name_several_people_and_vacant_apartments() {
    let mut place = Place::new();
    let text = "Unit,Resident 1 First,Resident 1 Last,Resident 1 Email,Resident 2 First,Resident 2 Last,Resident 2 Phone\n\
        1,Ann,One,ann@example.com,Bob,One,+15550100199\n\
        2,Cy,Two,,,,\n\
        3,,,,,,\n\
        4,,VACANT,,,,\n";
    let plan = place.import(text, &options());
    assert_eq!(place.homes(), ["1: Ann One, Bob One", "2: Cy Two", "3: ", "4: "]);
    assert_eq!((plan.rows, plan.new_people.len(), plan.new_units.len()), (4, 3, 4));
    assert!(!place.plan(text, &complete()).changes_anything());
}

#[test]
fn bad_rows_are_named_by_line_and_reason_and_stop_everything() {
    let mut place = Place::new();
    let text = "unit,name,email,phone,move in,id\n\
        1,Ann One,ann@example,,,\n\
        \n\
        ,Bob Two,,,,\n\
        3,Cy Three,,,30/11/2026,\n\
        4,,di@example.com,,,\n\
        5,Eve Five,eve@example.com,call me,,e\n\
        5,Eve Five,EVE@example.com,,,\n\
        6,Fay Six,,,,e\n\
        7,Gil,Seven,x,,,too much\n\
        ###,Hal Eight,,,,\n";
    let plan = place.plan(text, &options());
    assert_eq!(
        words(&plan.bad_rows),
        [
            "2: there is no such mail host; it needs a dot, as in name@example.com: 'ann@example'",
            "4: no apartment",
            "5: '30/11/2026' is no move-in date; write 2026-11-30 or 11/30/2026 (month first)",
            "6: no name beside di@example.com",
            "8: the same person as line 7",
            "9: the same id as line 7",
            "10: more fields than columns ('too much'); put text with the separator in it in quotes",
            "11: '###' is no apartment",
        ]
    );
    assert_eq!(plan.notes.len(), 1);
    assert!(plan.notes[0].words.starts_with("phone 'call me' left out"));
    let refused = plan.command(&place.site.counters).err();
    assert_eq!(refused, Some(NotImported::BadRows(8)), "nothing is half imported");
    place.import(text, &Options { skip_bad_rows: true, ..options() });
    assert!(place.homes().contains(&"5: Eve Five".to_owned()));
}

#[test]
fn buildings_share_labels_and_files_may_leave_them_out() {
    let mut place = Place::new();
    place
        .import("building,unit,name\nNorth,101,Ann One\nSouth,101,Bob Two\nSouth,102,Cy Three\n", &options());
    let keypads: Vec<String> =
        crate::directory::roster::units(&place.conn).unwrap().into_iter().map(|line| line.keypad).collect();
    assert_eq!(keypads, ["101", "2101", "102"]);
    let plan = place.plan("unit,name\n101,Ann One\n102,Cy Three\n", &options());
    assert_eq!(words(&plan.bad_rows), ["2: several buildings have 101: North, South; say which"]);
    assert_eq!(plan.unchanged, 1);

    let mut place = Place::with("unit,name\n101,Ann One\n");
    assert_eq!(place.plan("building,unit,name\nNorth,101,Ann One\n", &options()).unchanged, 1);
    let plan = place.plan("building,unit,name\nNorth,101,Ann One\nSouth,101,Bob Two\n", &options());
    assert_eq!(plan.bad_rows.len(), 2);
    place.import("unit,name\n1-12,Cy\n11-2,Di\n", &options());
    assert_eq!(place.homes(), ["1-12: Cy", "11-2: Di", "101: Ann One"]);
}

#[test]
fn files_of_spreadsheets_are_read_whatever_they_are_written_in() {
    let latin1 = b"Apto;Nombre completo;Correo\n1;Mar\xEDa Mu\xF1oz;maria@example.com\n";
    let with_mark = "\u{feff}Unit,First Name,Last Name\r\n1,María,Muñoz\r\n".as_bytes();
    for (bytes, encoding) in [(&latin1[..], "windows-1252"), (with_mark, "UTF-8")] {
        let plan = Place::new().try_plan(bytes, &options()).unwrap();
        assert_eq!((plan.new_people[0].name.as_str(), plan.encoding), ("María Muñoz", encoding));
    }
    let fault = Place::new().try_plan(b"Street,Email\nx,y\n", &options()).err().unwrap().to_string();
    assert!(fault.contains("'Street', 'Email'") && fault.contains("apartment is needed"), "{fault}");
}

/// A property list of so many people, two an apartment.
fn long_list(people: u32) -> String {
    use std::fmt::Write;
    let mut text = "unit,building,first name,last name,email,id\n".to_owned();
    for at in 0..people {
        let (building, unit) = (at / 2_000, at / 2 % 1_000);
        writeln!(text, "{unit},B{building},Ann{at},One{at},p{at}@example.com,{at}").unwrap();
    }
    text
}

#[test]
fn a_hundred_thousand_rows_are_planned_with_progress_and_taken_over_whole() {
    let mut calls = 0;
    let mut progress = |done, all| {
        assert!(done <= all);
        calls += 1;
    };
    let plan = plan(long_list(100_000).as_bytes(), &Known::default(), &options(), &mut progress).unwrap();
    assert!(calls > 50, "progress is told");
    assert_eq!((plan.new_people.len(), plan.new_units.len()), (100_000, 50_000));
    let keypads: std::collections::BTreeSet<&str> =
        plan.new_units.iter().map(|unit| unit.keypad.as_str()).collect();
    assert_eq!(keypads.len(), 50_000, "every number once");
    let mut place = Place::new();
    place.carry_out(&plan);
    assert_eq!((place.site.directory.units.len(), place.site.directory.persons.len()), (50_000, 100_000));
}

#[test]
fn a_long_list_finds_everybody_again() {
    let text = long_list(3_000);
    let place = Place::with(&text);
    let again = place.plan(&text, &complete());
    assert_eq!((again.unchanged, again.changes_anything()), (3_000, false));
}
