use super::{Label, Recipient, SCAN_MOST, Source, Unread, printable, read, text_of};
use crate::carrier::Carrier;

const EXPRESS: &str = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}12 Lake Street\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA ALVAREZ\u{1e}06\u{1d}10ZGH006\u{1d}12Z2125550100\u{1d}11ZACME\u{1d}14ZAPT 3B\u{1e}09\u{1d}FDX\u{1d}z\u{1d}8\u{1d}\u{1}\u{1e}14ZAPT 9\u{1d}\u{7}\u{1e}\u{4}";
const UPS: &str = "[)>\u{1e}01\u{1d}96943040000\u{1d}840\u{1d}003\u{1d}1Z57567127\u{1d}UPSN\u{1d}5R8939\u{1d}326\u{1d}\u{1d}1/1\u{1d}10\u{1d}N\u{1d}12 LAKE ST\u{1d}PALO ALTO\u{1d}CA\u{1e}\u{4}";
const PUROLATOR: &str = "V01~1|D01~M5V1A1|R01~MARIA ALVAREZ|R02~|R03~|R04~12 LAKE ST|R05~APT 3B|R06~TORONTO|R07~M5V 2T6|S01~320595463938|B01~x";

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn label(scan: &str) -> Label {
    read(scan).unwrap_or_else(|unread| panic!("{scan:?} is {unread:?}"))
}

/// The sample with the end of a number that its other parts complete.
fn ups() -> String {
    UPS.replace("1Z57567127", &format!("1Z{}", ups_end()))
}

/// The eight last characters of a number of shipper 5R8939 and service 03.
fn ups_end() -> String {
    let check = crate::check_digit::Rule::UPS.character(b"5R8939035756712").unwrap();
    format!("5756712{}", check as char)
}

#[test]
fn a_fedex_label_names_recipient_and_apartment() {
    let read = label(EXPRESS);
    assert_eq!((read.source, read.tracking.as_str()), (Source::FedEx2d, "123456789012"));
    assert_eq!(read.carrier, Some(Carrier::FedEx));
    let expected = Recipient {
        name: some("MARIA ALVAREZ"),
        company: some("ACME"),
        phone: some("2125550100"),
        street: some("12 Lake Street"),
        second_line: some("APT 3B"),
        city: some("NEW YORK"),
        region: some("NY"),
        postal: some("10001"),
        country: some("840"),
    };
    assert_eq!(read.recipient, expected, "what stands in the binary segment is nobody's address");
}

#[test]
fn a_ground_label_has_no_form_number() {
    let ground = EXPRESS.replace("1234567890120201", "123456789012").replace("FDE\u{1d}", "FDEG\u{1d}");
    assert_eq!(label(&ground), label(EXPRESS));
}

#[test]
fn scanners_that_type_separators_are_understood() {
    for [record, group, end] in
        [["<RS>", "<GS>", "<EOT>"], ["{RS}", "{GS}", "{EOT}"], ["^^", "^]", "^D"], ["␞", "␝", "␄"]]
    {
        let typed = EXPRESS.replace('\u{1e}', record).replace('\u{1d}', group).replace('\u{4}', end);
        assert_eq!(label(&typed).recipient.second_line.as_deref(), Some("APT 3B"), "{typed}");
    }
}

#[test]
fn scanners_that_lose_separators_leave_the_number() {
    let lost = |scan: &str| scan.replace(|c: char| c.is_control(), "");
    let fedex = label(&lost(EXPRESS));
    assert_eq!((fedex.tracking.as_str(), fedex.separators_lost), ("123456789012", true));
    assert_eq!(fedex.recipient, Recipient::default(), "a name that cannot be cut out is not guessed");
    let ups = label(&lost(&ups()));
    assert_eq!((ups.tracking, ups.separators_lost), (format!("1Z5R893903{}", ups_end()), true));
    let usps = label("42043949");
    assert_eq!(usps.source, Source::Number, "too short for more");
}

#[test]
fn a_maxicode_gives_the_whole_number() {
    let read = label(&ups());
    assert_eq!((read.source, read.carrier), (Source::UpsMaxiCode, Some(Carrier::Ups)));
    assert_eq!(read.tracking, format!("1Z5R893903{}", ups_end()));
    assert_eq!(read.recipient.postal.as_deref(), Some("94304"));
    assert_eq!(read.recipient.street.as_deref(), Some("12 LAKE ST"));
    assert_eq!(read.recipient.name, None);
}

#[test]
fn a_compressed_maxicode_is_opaque_behind_its_number() {
    let ups = ups();
    let cut = ups.find("\u{1d}326").unwrap();
    let read = label(&format!("{}\u{1e}07\u{1d}X:\\=#\u{1f}A1\r\u{1e}\u{4}", &ups[..cut]));
    assert_eq!(read.tracking, format!("1Z5R893903{}", ups_end()));
    assert_eq!(read.recipient.street, None);
}

#[test]
fn a_foreign_destination_has_letters() {
    let ups = ups().replace("96943040000\u{1d}840", "96K1A0B1\u{1d}124");
    assert_eq!(label(&ups).recipient.postal.as_deref(), Some("K1A0B1"));
}

#[test]
fn damage_behind_a_right_beginning_is_noticed() {
    let ups = ups();
    for damaged in [
        EXPRESS.replace("1234567890120201", "1234567890130201"),
        EXPRESS.replace("0210001", "02100Q1"),
        EXPRESS.replace("12 Lake Street", "12 La\u{3}e Street"),
        EXPRESS.replace("MARIA ALVAREZ", "MARIA \u{fffd}"),
        EXPRESS.replace("\u{1d}FDE\u{1d}", "\u{1d}FQE\u{1d}"),
        EXPRESS[..EXPRESS.find("ALVAREZ").unwrap()].to_owned(),
        ups.replace("5R8939", "5R8938"),
        ups.replace("UPSN", "UPSM"),
        PUROLATOR.replace("320595463938", "320595463939"),
        "[)>".to_owned(),
        "[)>\u{1e}".to_owned(),
        "[)>\u{1e}\u{4}".to_owned(),
    ] {
        assert_eq!(read(&damaged), Err(Unread::Damaged), "{damaged:?}");
    }
}

#[test]
fn a_postal_barcode_names_its_destination() {
    for (scan, zip) in [
        ("]C142078745\u{1d}9400111206206406260787", "78745"),
        ("420787459400111206206406260787", "78745"),
        ("\u{1d}4201002334249\u{1d}9200190132607600833457", ""),
        ("]C1420100233424\u{1d}9200190132607600833457", "100233424"),
    ] {
        let read = read(scan);
        if zip.is_empty() {
            assert!(read.is_ok_and(|label| label.recipient == Recipient::default()), "no ZIP of ten digits");
        } else {
            let read = read.unwrap();
            assert_eq!((read.source, read.recipient.postal.as_deref()), (Source::UspsGs1, Some(zip)));
            assert_eq!(read.carrier, Some(Carrier::Usps));
        }
    }
}

#[test]
fn a_logistic_unit_is_nobodys_in_particular() {
    let read = label("]C100106141411234567897");
    assert_eq!(
        (read.source, read.tracking.as_str(), read.carrier),
        (Source::Sscc, "106141411234567897", None)
    );
    assert_eq!(label("]C100106141411234567898").source, Source::Number, "its check digit is wrong");
}

#[test]
fn canadian_codes_are_marked_as_known_from_one_description() {
    let purolator = label(PUROLATOR);
    assert_eq!((purolator.tracking.as_str(), purolator.carrier), ("320595463938", Some(Carrier::Purolator)));
    assert_eq!(purolator.recipient.name.as_deref(), Some("MARIA ALVAREZ"));
    assert_eq!(purolator.recipient.second_line.as_deref(), Some("APT 3B"));
    assert_eq!(purolator.recipient.postal.as_deref(), Some("M5V2T6"));
    let post = label("1 ABC123 0073938000549297 12345");
    assert_eq!((post.source, post.tracking.as_str()), (Source::CanadaPost2d, "0073938000549297"));
    assert!(purolator.source.is_single_source() && post.source.is_single_source());
    assert!(!label(EXPRESS).source.is_single_source());
}

#[test]
fn hostile_scans_come_to_nothing() {
    assert_eq!(read(&"9".repeat(SCAN_MOST + 1)), Err(Unread::TooLong));
    for scan in [
        "",
        " ",
        "]",
        "]C1",
        "'; DROP TABLE parcel;--",
        "https://example.com/1234",
        "rm -rf /x1234567",
        "V01~",
    ] {
        assert!(matches!(read(scan), Err(Unread::NotALabel | Unread::Damaged)), "{scan:?}");
    }
    assert_eq!(printable("  O'Brien\u{7}\u{1b}[31m "), some("O'Brien[31m"));
    assert_eq!(printable("ab\u{202e}c"), some("abc"));
    assert_eq!(printable("\u{1d} -- "), None);
}

#[test]
fn bytes_of_older_labels_are_latin() {
    assert_eq!(text_of(b"MU\xd1OZ"), "MUÑOZ");
    assert_eq!(text_of("MUÑOZ".as_bytes()), "MUÑOZ");
}
