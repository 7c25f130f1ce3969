use super::*;
use crate::symbol::Recipient;

const FEDEX: &str = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}01\u{1d}7766325175100201\u{1d}FDE\u{1d}123456789\u{1d}100\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}450 ELM ST\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA GARCIA\u{1e}06\u{1d}14ZAPT 1204\u{1e}\u{4}";

/// The linear code of the same label: routing, then the number.
const LINEAR: &str = "9622001900000000000000776632517510";

fn symbol(format: &str, text: &str) -> Symbol {
    Symbol { format: format.to_owned(), identifier: String::new(), bytes: text.as_bytes().to_vec() }
}

fn gathered(texts: &[&str]) -> Gathered {
    Gathered { symbols: texts.iter().map(|text| symbol("Code128", text)).collect(), damaged: false }
}

fn label(texts: &[&str]) -> Result<Label, Problem> {
    gathered(texts).label()
}

#[test]
fn all_symbols_of_a_label_are_one_record() {
    let ups = label(&["1Z5R89390357567127", "420100019999", "https://example.org/app"]).unwrap();
    assert_eq!((ups.tracking.as_str(), ups.carrier), ("1Z5R89390357567127", Some(Carrier::Ups)));
}

#[test]
fn the_same_number_twice_is_one_parcel_and_who_is_named_once_is_named() {
    let twice = label(&["1Z5R89390357567127", "1Z5R89390357567127"]).unwrap();
    assert_eq!(twice.tracking, "1Z5R89390357567127");
    for order in [[LINEAR, FEDEX], [FEDEX, LINEAR]] {
        let fedex = label(&order).unwrap();
        assert_eq!((fedex.tracking.as_str(), fedex.carrier), ("776632517510", Some(Carrier::FedEx)));
        assert_eq!(fedex.recipient.name.as_deref(), Some("MARIA GARCIA"));
        assert_eq!(fedex.source, Source::FedEx2d, "the record says what named its recipient");
    }
}

#[test]
fn two_labels_are_never_mixed() {
    let two = label(&["1Z5R89390357567127", "9400111206206407628746"]);
    assert_eq!(two, Err(Problem::SeveralLabels));
}

#[test]
fn what_is_no_label_is_named() {
    assert_eq!(label(&[]), Err(Problem::NoSymbol));
    assert_eq!(label(&["HTTPS://example.org/pay"]), Err(Problem::WebAddress));
    assert_eq!(label(&["rm -rf /"]), Err(Problem::NoLabel));
    assert_eq!(label(&[&FEDEX[..60]]), Err(Problem::Damaged));
}

#[test]
fn a_pile_holds_each_symbol_once_and_no_more_than_it_may() {
    let mut pile = Gathered::default();
    for _ in 0..3 {
        pile.add(symbol("Code128", "1Z5R89390357567127"));
    }
    assert_eq!(pile.symbols.len(), 1);
    pile.add(symbol("ITF", "123456"));
    assert_eq!(pile.symbols.len(), 1, "six digits of a kind without a check are texture");
    pile.add(symbol("PDF417", &FEDEX[..60]));
    assert!(pile.damaged && pile.symbols.len() == 1);
    assert_eq!(pile.label().map(|label| label.tracking), Ok("1Z5R89390357567127".to_owned()));
    for n in 0..100 {
        pile.add(symbol("Code128", &format!("ORDER {n:06}")));
    }
    assert_eq!(pile.symbols.len(), SYMBOLS_MOST);
}

#[test]
fn a_fedex_number_alone_is_looked_on_for_its_fuller_symbol() {
    assert!(!gathered(&[LINEAR]).is_enough());
    assert!(gathered(&[LINEAR, FEDEX]).is_enough());
    assert!(!Gathered::default().is_enough());
}

#[test]
fn symbols_of_any_length_and_bytes_are_read_without_harm() {
    let mut pile = Gathered::default();
    pile.add(Symbol { format: "QRCode".into(), identifier: "]Q1".into(), bytes: vec![0xff; SCAN_MOST + 1] });
    pile.add(Symbol { format: "Aztec".into(), identifier: String::new(), bytes: (0..=255).collect() });
    assert_eq!(pile.label().map(|label| label.recipient), Err::<Recipient, _>(Problem::NoLabel));
}
