use super::*;
use crate::web::staff::names::{PersonName, UnitName, VisitName};
use crate::web::words::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use vestibule_core::time::Zone;
use vestibule_core::*;

fn names() -> Names {
    let unit = UnitName { building: String::new(), label: "3B".into(), keypad: "302".into() };
    let person = PersonName { name: "Marta Alvarez".into(), unit: UnitId(2) };
    let visit = VisitName {
        kiosk: KioskId(1),
        carrier: Some(CarrierId(1)),
        code: Some(CredentialId(1)),
        person: None,
    };
    Names {
        zone: Zone::utc(),
        now: Timestamp(1_772_442_000_000),
        banks: BTreeMap::from([(BankId(1), "Lobby".into())]),
        doors: BTreeMap::from([(CompartmentId(1), ("7".into(), BankId(1)))]),
        shelves: BTreeMap::from([(ShelfId(1), "A".into())]),
        areas: BTreeMap::from([(AreaId(1), "Bench".into())]),
        points: BTreeMap::from([(AccessPointId(2), "Package room".into())]),
        gone_points: BTreeMap::new(),
        carriers: BTreeMap::from([(CarrierId(1), "UPS".into())]),
        couriers: BTreeMap::new(),
        kiosks: BTreeMap::from([(KioskId(1), "Lobby screen".into())]),
        cameras: BTreeMap::from([(CameraId(2), "Lobby camera".into())]),
        staff: BTreeMap::from([(StaffId(1), "Dana Whitfield".into())]),
        units: BTreeMap::from([(UnitId(2), unit)]),
        people: BTreeMap::from([(PersonId(1), person)]),
        visits: BTreeMap::from([(VisitId(1), visit)]),
        codes: BTreeMap::new(),
    }
}

/// Every frozen event: at least one of each kind.
fn frozen() -> Vec<Event> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/event-fixtures");
    let mut events = Vec::new();
    for kind in std::fs::read_dir(folder).unwrap() {
        let kind = kind.unwrap();
        for file in std::fs::read_dir(kind.path()).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let decode = |line: &str| Event::decode(kind.file_name().to_str().unwrap(), 1, line.as_bytes());
            events.extend(text.lines().filter(|line| !line.is_empty()).map(|line| decode(line).unwrap()));
        }
    }
    events
}

#[test]
fn every_reason_for_a_photo_has_words_of_its_own() {
    let reasons: BTreeSet<_> = frozen()
        .into_iter()
        .filter_map(|event| match event {
            Event::PhotoTaken { asked, .. } => Some(photo_word(asked.reason)),
            _ => None,
        })
        .collect();
    for language in Language::ALL {
        let say = Say::new(language);
        let said: BTreeSet<_> =
            reasons.iter().map(|word| say.t(&format!("staff-photo-why-{word}"))).collect();
        assert_eq!(said.len(), reasons.len(), "{said:?}");
    }
}

#[test]
fn every_kind_of_event_has_words_in_every_language() {
    let events = frozen();
    let kinds: BTreeSet<&str> = events.iter().map(Event::kind).collect();
    assert_eq!(kinds, Event::KINDS.iter().copied().collect(), "a fixture for each kind");
    for language in Language::ALL {
        let say = Say::new(language);
        let mut titles = BTreeMap::new();
        for event in &events {
            let told = tell(event, &names(), say);
            assert!(told.title.chars().count() > 5, "{}: {}", event.kind(), told.title);
            assert!(!told.title.contains(['{', '$', '}', '\n']), "{}: {}", event.kind(), told.title);
            if let Some(other) = titles.insert(told.title.clone(), event.kind()) {
                assert_eq!(other, event.kind(), "two kinds say '{}'", told.title);
            }
        }
    }
}

#[test]
fn no_sentence_holds_a_hash() {
    for language in Language::ALL {
        for event in frozen() {
            let told = tell(&event, &names(), Say::new(language));
            let text = format!("{} {}", told.title, told.detail.join(" "));
            let longest = text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::len).max().unwrap_or(0);
            assert!(longest < 24, "{}: {text}", event.kind());
        }
    }
}

#[test]
fn a_transfer_says_where_who_and_how_we_know() {
    use vestibule_core::custody::{Assurance, Custodian};
    let event = Event::CustodyTransferred {
        parcel: ParcelId(4),
        from: Custodian::Courier(VisitId(1)),
        to: Custodian::Compartment(CompartmentId(1)),
        by: Actor::Visit(VisitId(1)),
        assurance: Assurance::DoorClosed,
        evidence: Vec::new(),
    };
    let told = tell(&event, &names(), Say::new(Language::En));
    assert_eq!(told.title, "Put into locker 7");
    assert_eq!(told.detail, ["By courier of UPS", "Known by the door closing."]);
}

#[test]
fn names_that_are_gone_are_said_to_be_gone_and_markup_is_escaped() {
    let say = Say::new(Language::En);
    let mut names = names();
    names.people.clear();
    let event = Event::ParcelDisowned { parcel: ParcelId(1), person: PersonId(1) };
    assert!(tell(&event, &names, say).title.contains("no longer listed"));
    let event = Event::ShelfInstalled { shelf: ShelfId(3), label: "<script>".into() };
    let page = story(&[Recorded { seq: 1, at: Timestamp(0), event }], &names, say).into_string();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
}
