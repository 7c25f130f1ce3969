use super::word::{self, Marker};
use super::{Addressed, House, Line, Place, Standing, Unaddressed, below, blocks, voted};
use crate::address::OwnAddress;
use crate::matching::{Directory, Resident};
use crate::symbol::Recipient;

/// Of a house of which nothing is known.
fn addressed(lines: &[Line]) -> Result<Addressed, Unaddressed> {
    super::addressed(lines, &House::default())
}

/// A line of print, 20 high, from its left upper corner.
fn line(text: &str, left: f32, top: f32) -> Line {
    let place = Place { left, top, right: left + 11.0 * text.len() as f32, bottom: top + 20.0 };
    Line { text: text.to_owned(), confidence: 0.95, place }
}

fn block(texts: &[&str], left: f32, top: f32) -> Vec<Line> {
    texts.iter().enumerate().map(|(row, text)| line(text, left, top + 25.0 * row as f32)).collect()
}

const SENDER: [&str; 3] = ["HOLLOW OAK LLC", "4410 COMMERCE DR STE 200", "RENO NV 89502"];
const RECIPIENT: [&str; 3] = ["MARIA GARCIA", "450 W ELM ST APT 1204", "SPRINGFIELD, IL 62704-1234"];

fn told(found: &Addressed) -> [&str; 5] {
    let Recipient { name, street, second_line, city, postal, .. } = &found.recipient;
    [name, street, second_line, city, postal].map(|field| field.as_deref().unwrap_or("-"))
}

const TOLD: [&str; 5] = ["MARIA GARCIA", "450 W ELM ST APT 1204", "-", "SPRINGFIELD", "627041234"];

#[test]
fn the_marked_block_is_the_recipients() {
    let above =
        [block(&SENDER, 20.0, 20.0), vec![line("SHIP TO:", 40.0, 150.0)], block(&RECIPIENT, 40.0, 176.0)];
    let beside =
        [block(&SENDER, 20.0, 20.0), vec![line("SHIP TO:", 20.0, 150.0)], block(&RECIPIENT, 120.0, 160.0)];
    let from = [
        vec![line("FROM:", 20.0, 0.0)],
        block(&SENDER, 20.0, 25.0),
        vec![line("TO", 20.0, 150.0)],
        block(&RECIPIENT, 60.0, 150.0),
    ];
    for (name, lines) in [("above", above.concat()), ("beside", beside.concat()), ("from", from.concat())] {
        let found = addressed(&lines).unwrap();
        assert_eq!(told(&found), TOLD, "{name}");
        assert!(found.is_marked, "{name}");
        let mut shuffled = lines;
        shuffled.reverse();
        assert_eq!(addressed(&shuffled).unwrap(), found, "{name}: the order of reading says nothing");
    }
}

#[test]
fn a_name_may_stand_on_the_markers_line() {
    let mut lines = block(&SENDER, 20.0, 20.0);
    lines.push(line("SHIP TO: MARIA GARCIA", 40.0, 150.0));
    lines.extend(block(&RECIPIENT[1..], 40.0, 175.0));
    assert_eq!(told(&addressed(&lines).unwrap()), TOLD);
}

#[test]
fn without_a_marker_the_larger_print_is_the_recipients() {
    let mut lines = block(&SENDER, 20.0, 20.0);
    for (row, text) in RECIPIENT.iter().enumerate() {
        let top = 150.0 + 40.0 * row as f32;
        let place = Place { left: 60.0, top, right: 400.0, bottom: top + 32.0 };
        lines.push(Line { place, ..line(text, 0.0, 0.0) });
    }
    let found = addressed(&lines).unwrap();
    assert_eq!((told(&found), found.is_marked), (TOLD, false));
    let equal = [block(&SENDER, 20.0, 20.0), block(&RECIPIENT, 20.0, 200.0)].concat();
    assert_eq!(addressed(&equal), Err(Unaddressed::Several), "of two in one size either could be meant");
    let only_sender = [vec![line("FROM", 20.0, 0.0)], block(&SENDER, 20.0, 25.0)].concat();
    assert_eq!(addressed(&only_sender), Err(Unaddressed::NoBlock));
    assert_eq!(addressed(&[]), Err(Unaddressed::NoBlock));
    assert_eq!(addressed(&block(&["PRIORITY MAIL", "2-DAY"], 20.0, 20.0)), Err(Unaddressed::NoBlock));
}

fn resident(first: &str, last: &str, unit: &str) -> Resident {
    Resident { first: first.into(), last: last.into(), unit: unit.into(), ..Resident::default() }
}

/// 450 W Elm Street, where Maria Garcia lives in 1204.
fn elm_street() -> House {
    let residents = vec![resident("Maria", "Garcia", "1204"), resident("Helga", "Quimby", "305")];
    let address = OwnAddress { street: "450 West Elm Street".into(), postal: "62704".into() };
    House { addresses: vec![address], directory: Some(Directory::new(residents)) }
}

/// Only who lives there.
fn known_by_name() -> House {
    House { addresses: Vec::new(), ..elm_street() }
}

#[test]
fn without_a_marker_place_and_indent_tell_in_one_size() {
    let lower_and_indented = [block(&SENDER, 20.0, 20.0), block(&RECIPIENT, 120.0, 200.0)].concat();
    assert_eq!(told(&addressed(&lower_and_indented).unwrap()), TOLD);
    let beside = [block(&SENDER, 20.0, 20.0), block(&RECIPIENT, 420.0, 20.0)].concat();
    assert_eq!(addressed(&beside), Err(Unaddressed::Several), "a place to the right alone says too little");
}

#[test]
fn without_a_marker_the_house_tells_which_block_is_its_own() {
    let equal = [block(&SENDER, 20.0, 20.0), block(&RECIPIENT, 20.0, 200.0)].concat();
    let upside_down = [block(&RECIPIENT, 20.0, 20.0), block(&SENDER, 20.0, 200.0)].concat();
    let misread = ["MARIA GARCIA", "45O WELMST APT 1204", "SPRINGFIELDIL62784"];
    let misread = [block(&SENDER, 20.0, 20.0), block(&misread, 20.0, 200.0)].concat();
    for (what, lines) in [("equal", &equal), ("upside down", &upside_down)] {
        let found = super::addressed(lines, &elm_street()).unwrap();
        assert_eq!((told(&found), found.standing), (TOLD, Standing::Here), "{what}");
        let by_name = super::addressed(lines, &known_by_name()).unwrap();
        assert_eq!((told(&by_name), by_name.standing), (TOLD, Standing::Here), "{what}: by name");
    }
    let found = super::addressed(&misread, &elm_street()).unwrap();
    assert_eq!(found.recipient.name.as_deref(), Some("MARIA GARCIA"));
    let elsewhere = super::addressed(&block(&SENDER, 20.0, 20.0), &elm_street()).unwrap();
    assert_eq!(elsewhere.standing, Standing::Elsewhere, "the only block is named, and is for another house");
}

#[test]
fn the_houses_own_postal_code_finds_a_block_that_is_hard_to_read() {
    let worn = ["M4R1A 0ARC1A", "4S0 W E1M 57 AP7 1204", "9R1NG= 1 62704"];
    let lines = [block(&SENDER, 20.0, 20.0), block(&worn, 20.0, 200.0)].concat();
    let found = super::addressed(&lines, &elm_street()).unwrap();
    assert_eq!(found.recipient.name.as_deref(), Some("M4R1A 0ARC1A"));
    let elsewhere = [block(&worn[..2], 20.0, 200.0), block(&["9R1NG= 1 10001"], 20.0, 250.0)].concat();
    assert_eq!(super::addressed(&elsewhere, &elm_street()), Err(Unaddressed::NoBlock));
}

#[test]
fn what_was_left_of_a_marker_is_not_the_name() {
    let lines = [block(&["P T0"], 20.0, 121.0), block(&RECIPIENT, 20.0, 146.0)].concat();
    assert_eq!(told(&super::addressed(&lines, &elm_street()).unwrap()), TOLD);
}

#[test]
fn a_misread_designator_is_told_by_the_houses_doors() {
    let second = |text: &str, house: &House| {
        let texts = ["MARIA GARCIA", "450 W ELM ST", text, "SPRINGFIELD IL 62704"];
        let lines = [vec![line("SHIP TO:", 20.0, 20.0)], block(&texts, 20.0, 46.0)].concat();
        super::addressed(&lines, house).unwrap().recipient.unit()
    };
    for text in ["# 1204", "4 1204", "LNT 1204", "LNUT1204"] {
        assert_eq!(second(text, &elm_street()).as_deref(), Some("1204"), "{text}");
    }
    let mut letters = elm_street();
    letters.directory = Some(Directory::new(vec![resident("Maria", "Garcia", "2G")]));
    assert_eq!(second("62G", &letters).as_deref(), Some("2G"));
    assert_eq!(second("72G", &letters).as_deref(), Some("72G"), "no sign looks like a seven");
    assert_eq!(second("4 1204", &House::default()).as_deref(), Some("4-1204"), "it may be what it says");
    assert_eq!(second("4 1205", &elm_street()).as_deref(), Some("4-1205"), "no door is called so");
}

#[test]
fn an_apartment_whose_sign_was_lost_behind_the_houses_own_street_is_a_door_it_has() {
    let unit = |street: &str| {
        let texts = ["MARIA GARCIA", street, "SPRINGFIELD IL 62704"];
        let lines = [vec![line("SHIP TO:", 20.0, 20.0)], block(&texts, 20.0, 46.0)].concat();
        super::addressed(&lines, &elm_street()).unwrap().recipient.unit()
    };
    assert_eq!(unit("450 W ELM ST 1204").as_deref(), Some("1204"));
    assert_eq!(unit("450 W ELM ST 8305").as_deref(), Some("305"), "the sign was read as a digit");
    for street in
        ["450 W ELM ST 1205", "450 W ELM ST 7305", "12 MAIN ST 1204", "450 W ELM ST", "1204 MAIN ST"]
    {
        assert_eq!(unit(street), None, "{street}");
    }
}

#[test]
fn a_block_whose_name_and_apartment_agree_needs_no_second_look() {
    let block = |name: &str, second: Option<&str>| Addressed {
        recipient: Recipient {
            name: Some(name.into()),
            second_line: second.map(Into::into),
            ..Recipient::default()
        },
        ..Addressed::default()
    };
    let house = elm_street();
    assert!(house.has_home_of(&block("MARLA GARCIA", Some("APT 1204"))));
    assert!(!house.has_home_of(&block("MARIA GARCIA", None)), "its apartment may not have been read");
    assert!(!house.has_home_of(&block("MARIA GARCIA", Some("APT 305"))), "it is somebody else's");
    assert!(!House::default().has_home_of(&block("MARIA GARCIA", Some("APT 1204"))), "nobody is known");
}

#[test]
fn a_last_line_tells_that_a_block_is_for_elsewhere() {
    let house = elm_street();
    assert!(house.is_elsewhere("RENO NV 89502"));
    for line in ["SPRINGFIELD IL 62704-1234", "SPRINGFIELD IL 62794", "HOLLOW OAK LLC", ""] {
        assert!(!house.is_elsewhere(line), "{line}: it is here, may be misread, or tells nothing");
    }
    assert!(!known_by_name().is_elsewhere("RENO NV 89502"), "a house that has not said where it stands");
}

#[test]
fn two_blocks_for_one_house_name_nobody() {
    let helga = ["HELGA QUIMBY", "450 W ELM ST APT 305", "SPRINGFIELD IL 62704"];
    for at in [(20.0, 200.0), (120.0, 200.0), (420.0, 20.0)] {
        let both = [block(&helga, 20.0, 20.0), block(&RECIPIENT, at.0, at.1)].concat();
        for house in [elm_street(), known_by_name()] {
            assert_eq!(super::addressed(&both, &house), Err(Unaddressed::Several), "{at:?}");
        }
    }
}

#[test]
fn a_residents_own_return_names_nobody() {
    let shop = ["RETURNS DESK", "1 HARBOR WAY", "EDISON NJ 08817"];
    let mut lines = block(&RECIPIENT, 20.0, 20.0);
    for (row, text) in shop.iter().enumerate() {
        let top = 150.0 + 40.0 * row as f32;
        let place = Place { left: 90.0, top, right: 400.0, bottom: top + 32.0 };
        lines.push(Line { place, ..line(text, 0.0, 0.0) });
    }
    let found = super::addressed(&lines, &elm_street());
    assert_eq!(found, Err(Unaddressed::Several), "what looks like the sender's block is known here");
}

#[test]
fn a_return_label_beside_the_delivery_label_is_told_by_its_address() {
    let delivery = [vec![line("SHIP TO:", 20.0, 400.0)], block(&RECIPIENT, 20.0, 426.0)].concat();
    let shop = ["RETURNS DESK", "1 HARBOR WAY", "EDISON NJ 08817"];
    for at in [(20.0, 20.0), (520.0, 400.0)] {
        let back = [vec![line("SHIP TO:", at.0, at.1)], block(&shop, at.0, at.1 + 26.0)].concat();
        let both = [back, delivery.clone()].concat();
        assert_eq!(addressed(&both), Err(Unaddressed::Several), "{at:?}: nothing tells them apart");
        assert_eq!(told(&super::addressed(&both, &elm_street()).unwrap()), TOLD, "{at:?}");
        let by_name = super::addressed(&both, &known_by_name());
        assert_eq!(by_name, Err(Unaddressed::Several), "{at:?}: a name is no proof against a second label");
    }
}

#[test]
fn two_labels_name_nobody() {
    let one = [vec![line("SHIP TO:", 20.0, 20.0)], block(&RECIPIENT, 20.0, 46.0)].concat();
    let back = [
        vec![line("SHIP TO:", 20.0, 400.0)],
        block(&["RETURNS DESK", "1 HARBOR WAY", "EDISON NJ 08817"], 20.0, 426.0),
    ];
    let both = [one.clone(), back.concat()].concat();
    assert_eq!(addressed(&both), Err(Unaddressed::Several));
    let again = [vec![line("DELIVER TO:", 20.0, 400.0)], block(&RECIPIENT, 20.0, 426.0)];
    let twice = [one, again.concat()].concat();
    assert_eq!(told(&addressed(&twice).unwrap()), TOLD, "the same address twice is one label");
}

#[test]
fn apartments_are_found_wherever_senders_put_them() {
    let second = |texts: &[&str]| {
        let lines = [vec![line("SHIP TO:", 20.0, 20.0)], block(texts, 20.0, 46.0)].concat();
        let found = addressed(&lines).unwrap().recipient;
        (found.name.unwrap_or_default(), found.second_line)
    };
    let town = "SPRINGFIELD IL 62704";
    for (texts, unit) in [
        (["MARIA GARCIA", "450 W ELM ST", "APT 1204", town], "APT 1204"),
        (["MARIA GARCIA", "APT 1204", "450 W ELM ST", town], "APT 1204"),
        (["MARIA GARCIA", "450 W ELM ST", "# 12B", town], "# 12B"),
        (["MARIA GARCIA", "450 W ELM ST", "12B", town], "12B"),
        (["MARIA GARCIA APT 12B", "450 W ELM ST", "(217) 555-0134", town], "APT 12B"),
    ] {
        assert_eq!(second(&texts), ("MARIA GARCIA".to_owned(), Some(unit.to_owned())), "{texts:?}");
    }
}

#[test]
fn a_company_is_told_from_the_person() {
    for names in [["ACME SUPPLY INC", "ATTN: MARIA GARCIA"], ["MARIA GARCIA", "ACME SUPPLY INC"]] {
        let lines =
            [vec![line("TO:", 20.0, 20.0)], block(&names, 20.0, 46.0), block(&RECIPIENT[1..], 20.0, 96.0)];
        let found = addressed(&lines.concat()).unwrap().recipient;
        assert_eq!(found.name.as_deref(), Some("MARIA GARCIA"), "{names:?}");
        assert_eq!(found.company.as_deref(), Some("ACME SUPPLY INC"), "{names:?}");
    }
}

#[test]
fn spaces_and_single_letters_may_be_lost() {
    let lines = [
        vec![line("SH1PTO", 20.0, 20.0)],
        block(&["MARIAGARCIA", "450WELMST", "SPRINGFIELDIL6Z704"], 20.0, 46.0),
    ];
    let found = addressed(&lines.concat()).unwrap();
    assert_eq!(told(&found), ["MARIAGARCIA", "450WELMST", "-", "SPRINGFIELD", "62704"]);
}

#[test]
fn words_of_one_row_are_one_line() {
    let mut lines =
        vec![line("SHIP TO:", 40.0, 150.0), line("MARIA", 40.0, 176.0), line("GARCIA", 106.0, 177.0)];
    lines.extend(block(&RECIPIENT[1..], 40.0, 201.0));
    assert_eq!(told(&addressed(&lines).unwrap()), TOLD);
}

#[test]
fn markers_are_words_of_their_own() {
    let marker = |text: &str| word::begins(text);
    assert_eq!(marker("Ship To:"), Some((Marker::To, String::new())));
    assert_eq!(marker("SHIPTO MARIA"), Some((Marker::To, "MARIA".into())));
    assert_eq!(marker("TO: MARIA"), Some((Marker::To, "MARIA".into())));
    assert_eq!(marker("TO"), Some((Marker::To, String::new())));
    assert_eq!(marker("FROM: ACME"), Some((Marker::From, "ACME".into())));
    assert_eq!(marker("RETURN ADDRESS"), Some((Marker::From, String::new())));
    assert_eq!(marker("DESTINATARIO: ANA"), Some((Marker::To, "ANA".into())));
    for name in ["TOM PETTY", "TONY TO", "FROMMER ANNA", "DEBRA TORRES", "PARAG SHAH", ""] {
        assert_eq!(marker(name), None, "{name}");
    }
}

#[test]
fn the_block_at_a_marker_stops_at_a_gap() {
    let at = |top: f32| Place { left: 40.0, top, right: 300.0, bottom: top + 20.0 };
    let marker = Place { left: 40.0, top: 100.0, right: 120.0, bottom: 116.0 };
    let others = [at(20.0), at(122.0), at(147.0), at(172.0), at(300.0)];
    assert_eq!(below(&marker, &others), [1, 2, 3]);
    assert!(below(&marker, &others[..1]).is_empty(), "what stands above is not its block");
}

#[test]
fn blocks_are_told_before_they_are_read() {
    let at = |left: f32, top: f32| Place { left, top, right: left + 200.0, bottom: top + 20.0 };
    let places = [at(20.0, 145.0), at(20.0, 20.0), at(400.0, 20.0), at(20.0, 45.0), at(20.0, 120.0)];
    assert_eq!(blocks(&places), [vec![1, 3], vec![2], vec![4, 0]]);
    assert!(blocks(&[]).is_empty());
}

#[test]
fn a_name_beside_a_marker_comes_before_the_street_under_it() {
    let at = |left: f32, top: f32, right: f32, bottom: f32| Place { left, top, right, bottom };
    let marker = at(89.7, 262.8, 144.4, 299.7);
    let places =
        [at(164.5, 291.8, 576.1, 336.9), at(164.6, 258.8, 324.0, 296.0), at(166.6, 332.1, 454.4, 370.4)];
    assert_eq!(below(&marker, &places), [1, 0, 2]);
}

#[test]
fn of_several_photos_what_most_say_counts() {
    let frame = |name: &str, unit: Option<&str>, confidence: f32| Addressed {
        recipient: Recipient {
            name: Some(name.into()),
            second_line: unit.map(Into::into),
            ..Recipient::default()
        },
        confidence,
        is_marked: true,
        ..Addressed::default()
    };
    let frames = [
        frame("MARIA GARCIA", Some("APT 1204"), 0.8),
        frame("MARLA GAROIA", None, 0.9),
        frame("MARIAGARCIA", Some("APT 1204"), 0.7),
    ];
    let one = voted(&frames);
    assert_eq!(one.recipient.name.as_deref(), Some("MARIA GARCIA"));
    assert_eq!(one.recipient.second_line.as_deref(), Some("APT 1204"));
    assert_eq!(voted(&frames[..1]).recipient, frames[0].recipient);
    assert_eq!(voted(&[]), Addressed::default());
}

/// Lines of a photo as they were read, each 29 high.
fn worn(lines: &[(&str, f32, f32)]) -> Vec<Line> {
    let line = |(text, left, top): &(&str, f32, f32)| {
        let place =
            Place { left: *left, top: *top, right: left + 10.0 * text.len() as f32, bottom: top + 29.0 };
        Line { text: (*text).to_owned(), confidence: 0.7, place }
    };
    lines.iter().map(line).collect()
}

/// 6575 W Lincoln Street.
fn lincoln_street() -> House {
    let residents = vec![resident("Gregory", "Ross", "1107"), resident("Ivan", "Suzuki", "1307")];
    let address = OwnAddress { street: "6575 W Lincoln St".into(), postal: "22929".into() };
    House { addresses: vec![address], directory: Some(Directory::new(residents)) }
}

#[test]
fn a_name_that_begins_like_a_house_number_stands_over_the_houses_own_street() {
    let lines = worn(&[
        ("1Va 5UZ1K1", 134.6, 254.1),
        ("0575 W LINCOLN ST APT 1307", 134.5, 276.9),
        ("MEW VORK NY 22929", 133.8, 299.0),
    ]);
    let found = super::addressed(&lines, &lincoln_street()).unwrap();
    assert_eq!(found.recipient.name.as_deref(), Some("1Va 5UZ1K1"));
    assert_eq!(found.recipient.unit().as_deref(), Some("1307"));
}

#[test]
fn what_was_left_of_a_marker_beside_the_name_makes_no_street_of_it() {
    let mut lines = worn(&[
        ("10", 58.4, 153.0),
        ("GREGORY ROSS", 96.7, 151.0),
        ("6575 4 L|NC0N ST", 97.2, 174.0),
        ("APT 1107", 98.9, 194.0),
        ("NEW YORK NY 22929", 98.0, 215.0),
    ]);
    lines[0].place.right = 90.9;
    let found = super::addressed(&lines, &lincoln_street()).unwrap();
    assert_eq!(found.recipient.name.as_deref(), Some("10 GREGORY ROSS"));
    assert!(lincoln_street().has_home_of(&found));
}

#[test]
fn what_was_left_of_both_markers_hides_no_block() {
    let lines = worn(&[
        ("53C6", 73.1, 56.9),
        ("Bevvam Qumby", 72.5, 78.4),
        ("4471 Waehause Rd", 71.3, 98.0),
        ("Rm0..NV 96426", 71.0, 119.7),
        ("502 10", 70.4, 197.2),
        ("Goy Ross", 70.5, 219.5),
        ("6575 W Lmm 51", 69.5, 243.4),
        ("Apatmere 1107", 70.9, 264.7),
        ("Nma Vmk N7 22929", 70.9, 284.7),
    ]);
    let found = super::addressed(&lines, &lincoln_street()).unwrap();
    assert_eq!(
        (found.recipient.name.as_deref(), found.recipient.unit().as_deref()),
        (Some("Goy Ross"), Some("1107"))
    );
}

/// 8980 W Elm Street.
fn west_elm() -> House {
    let residents = vec![resident("Peter", "Sanders", "510"), resident("Julia", "Howard", "1310")];
    let address = OwnAddress { street: "8980 W Elm St".into(), postal: "79640".into() };
    House { addresses: vec![address], directory: Some(Directory::new(residents)) }
}

#[test]
fn somebody_called_nearly_as_a_marker_is_none() {
    let lines = worn(&[
        ("R0a. 42 5176", 57.7, 88.9),
        ("SANDERS, PETER", 135.4, 255.5),
        ("8980 W ELM ST UNIT 510", 133.6, 277.1),
        ("AU5T1N TX 79640", 133.8, 299.2),
    ]);
    let found = super::addressed(&lines, &west_elm()).unwrap();
    assert_eq!(found.recipient.name.as_deref(), Some("SANDERS, PETER"));
    for misread in ["FRON", "PROM:", "SENDEP:", "SENDFR", "SHIP TQ"] {
        assert!(word::begins(misread).is_some(), "{misread}: a marker alone may be misread");
    }
    for name in ["SANDER PETER", "FRANK", "FRAN", "FROMM"] {
        assert_eq!(word::begins(name), None, "{name}");
    }
}

#[test]
fn a_name_is_no_town_though_its_letters_look_like_a_postal_code() {
    for name in ["James Diiaz", "SAMES DIIAZ", "JAMES ZOLIBS"] {
        assert_eq!(super::field::town(name), None, "{name}");
    }
    for (line, postal) in
        [("Ottawa ON K1A 0B1", "K1A0B1"), ("OTTAWA, ON KIA 0B1", "K1A0B1"), ("RENO NV 89S02", "89502")]
    {
        assert_eq!(super::field::town(line).map(|town| town.postal).as_deref(), Some(postal), "{line}");
    }
    assert_eq!(super::field::town("RENO NV K1A 0B1"), None, "a province's code behind a state");
}

#[test]
fn the_houses_own_street_tells_a_block_whose_town_cannot_be_read() {
    let lines = worn(&[
        ("FRON", 67.1, 62.5),
        ("Sosalind Vandermeer", 63.4, 82.0),
        ("2515 warabouse 80", 62.3, 101.2),
        ("Mevh1s. TN 04480", 62.8, 120.9),
        ("59 TO.", 63.5, 202.0),
        ("ikny Ferrars", 63.6, 228.6),
        ("8980 W E1m S1", 62.4, 247.3),
        ("AU511a. TX 7640", 65.0, 270.5),
    ]);
    let found = super::addressed(&lines, &west_elm()).unwrap();
    assert_eq!(
        (found.recipient.name.as_deref(), found.standing),
        (Some("ikny Ferrars"), Standing::Here),
        "and not the sender's"
    );
}

#[test]
fn what_stands_over_the_houses_own_street_is_a_name_however_it_was_read() {
    let lines = worn(&[
        ("2a 11a7d", 136.4, 250.6),
        ("8960 W Elm 54", 137.3, 273.2),
        ("Apmeva 1310", 138.9, 295.1),
        ("Aum TX 79640", 136.2, 312.8),
    ]);
    let found = super::addressed(&lines, &west_elm()).unwrap();
    assert_eq!(
        (found.recipient.name.as_deref(), found.recipient.unit().as_deref()),
        (Some("2a 11a7d"), Some("1310"))
    );
}
