use super::*;

const FEDEX: &str = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}01\u{1d}7941234567820201\u{1d}FDE\u{1d}123456789\u{1d}100\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}450 ELM ST\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA GARCIA\u{1e}06\u{1d}14ZAPT 1204\u{1e}\u{4}";

fn symbol(format: &str, text: &str) -> Symbol {
    Symbol { format: format.to_owned(), identifier: String::new(), bytes: text.as_bytes().to_vec() }
}

fn record(texts: &[&str]) -> Label {
    let symbols = texts.iter().map(|text| symbol("Code128", text)).collect();
    merged(Found { symbols, damaged: false })
}

#[test]
fn all_symbols_of_a_label_are_one_record() {
    let ups = record(&["1Z5R89390357567127", "420100019999", "https://example.org/app"]);
    assert_eq!(ups.tracking.as_deref(), Some("1Z5R89390357567127"));
    assert_eq!((ups.carrier, ups.problem), (Some(Carrier::Ups), None));
    assert_eq!(ups.symbols.len(), 3);
}

#[test]
fn the_same_number_twice_is_one_parcel() {
    let twice = record(&["1Z5R89390357567127", "1Z5R89390357567127"]);
    assert_eq!(twice.tracking.as_deref(), Some("1Z5R89390357567127"));
}

#[test]
fn two_labels_are_never_mixed() {
    let two = record(&["1Z5R89390357567127", "9400111206206407628746"]);
    assert_eq!((two.tracking, two.carrier, two.problem), (None, None, Some(Problem::SeveralLabels)));
    assert_eq!(two.recipient, Recipient::default());
}

#[test]
fn what_is_no_label_is_named() {
    assert_eq!(record(&[]).problem, Some(Problem::NoSymbol));
    assert_eq!(record(&["HTTPS://example.org/pay"]).problem, Some(Problem::WebAddress));
    assert_eq!(record(&["rm -rf /"]).problem, Some(Problem::NoLabel));
    let cut = record(&[&FEDEX[..60]]);
    assert_eq!((cut.problem, cut.tracking), (Some(Problem::Damaged), None));
}
