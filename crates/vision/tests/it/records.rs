//! From a picture to the record of one label.

use crate::chance::Chance;
use crate::payload::{Kind, Person, fedex, ups};
use crate::scene::{self, Treatment, printed};
use crate::{nowhere, png, sheet};
use vestibule_intake::Carrier;
use vestibule_vision::label::{Problem, of_picture};
use vestibule_vision::read;

fn person() -> Person {
    Person {
        name: "MARIA GARCIA".into(),
        street: "450 ELM STREET".into(),
        second_line: "APT 1204".into(),
        postal: "10001".into(),
    }
}

#[test]
fn a_fedex_label_names_its_recipient_also_when_tilted() {
    let payload = fedex(&mut Chance::new(1), &person());
    let number = payload.split('\u{1d}').nth(4).unwrap();
    let symbol = printed(Kind::FedEx, &payload, 2);
    for treatment in [Treatment::Clean, Treatment::Tilt(7.0), Treatment::Perspective, Treatment::LowContrast]
    {
        let photo = scene::photo(&symbol, treatment, &mut Chance::new(2));
        let label = read(&png(&photo), None, &nowhere()).unwrap();
        assert_eq!(label.problem, None, "{treatment:?}");
        assert_eq!((label.tracking.as_deref(), label.carrier), (Some(number), Some(Carrier::FedEx)));
        assert_eq!(label.recipient.name.as_deref(), Some("MARIA GARCIA"), "{treatment:?}");
        assert_eq!(label.recipient.second_line.as_deref(), Some("APT 1204"), "{treatment:?}");
        assert_eq!(label.symbols[0].format, "PDF417");
    }
}

#[test]
fn all_symbols_of_one_label_make_one_record() {
    let payload = fedex(&mut Chance::new(3), &person());
    let number = payload.split('\u{1d}').nth(4).unwrap();
    let symbols = [printed(Kind::FedEx, &payload, 2), printed(Kind::Ups, number, 3)];
    let label = of_picture(&sheet(&symbols), None, &nowhere());
    assert_eq!(label.symbols.len(), 2, "{label:?}");
    assert_eq!((label.tracking.as_deref(), label.carrier), (Some(number), Some(Carrier::FedEx)));
    assert_eq!(label, of_picture(&sheet(&symbols), None, &nowhere()), "the same picture is the same record");
}

#[test]
fn faint_bars_on_a_desk_are_read() {
    for seed in 20..24 {
        let number = ups(&mut Chance::new(seed));
        let symbol = scene::symbol(Kind::Ups, &number);
        let photo = scene::photo(&symbol, Treatment::LowContrast, &mut Chance::new(seed));
        assert_eq!(of_picture(&photo, None, &nowhere()).tracking, Some(number));
    }
}

#[test]
fn a_maxicode_tells_the_whole_number() {
    let payload = Kind::MaxiCode.payload(&mut Chance::new(4));
    let symbol = printed(Kind::MaxiCode, &payload, 3);
    let label = of_picture(&scene::photo(&symbol, Treatment::Clean, &mut Chance::new(5)), None, &nowhere());
    let fields: Vec<&str> = payload.split('\u{1d}').collect();
    let number = format!("1Z{}{}{}", fields[6], &fields[3][1..], &fields[4][2..]);
    assert_eq!((label.tracking, label.carrier), (Some(number), Some(Carrier::Ups)));
}

#[test]
fn two_labels_in_one_picture_are_not_mixed() {
    let mut chance = Chance::new(6);
    let outbound = fedex(&mut chance, &person());
    let back = ups(&mut chance);
    let both = sheet(&[printed(Kind::Ups, &back, 3), printed(Kind::FedEx, &outbound, 2)]);
    let label = of_picture(&both, None, &nowhere());
    assert_eq!((label.problem, &label.tracking), (Some(Problem::SeveralLabels), &None));
    assert_eq!((label.recipient.name, label.symbols.len()), (None, 2));
}

#[test]
fn half_a_label_is_no_label() {
    let payload = fedex(&mut Chance::new(7), &person());
    let whole = printed(Kind::FedEx, &payload, 2);
    let half = whole.cropped(0, 0, whole.width(), whole.height() * 2 / 5);
    let label = of_picture(&sheet(&[half]), None, &nowhere());
    assert_eq!((label.tracking, label.recipient.name), (None, None));
    assert!(matches!(label.problem, Some(Problem::NoSymbol | Problem::Damaged)), "{:?}", label.problem);
}

#[test]
fn other_codes_are_named_for_what_they_are() {
    let problem = |text: &str| of_picture(&sheet(&[printed(Kind::Qr, text, 4)]), None, &nowhere()).problem;
    assert_eq!(problem("https://example.org/claim?parcel=1"), Some(Problem::WebAddress));
    assert_eq!(problem("'; DROP TABLE parcel; --"), Some(Problem::NoLabel));
    assert_eq!(of_picture(&sheet(&[]), None, &nowhere()).problem, Some(Problem::NoSymbol));
}
