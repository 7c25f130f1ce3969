use super::letter::Letter;
use super::one::{ClaimView, Passed, Pile};
use super::telling::Left;
use super::*;
use crate::directory::claims::Scans;
use crate::web::staff::banks::compartment::ParcelLine;
use crate::web::staff::doors::entries::EntryLine;
use crate::web::words::Language;
use std::collections::BTreeMap;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::delivered::{ClaimSource, Explanation};
use vestibule_core::{AccessPointId, EntryId, ParcelId, ShelfId, Site, Timestamp};

fn claim(standing: &str) -> ClaimLine {
    ClaimLine {
        claim: ClaimId(7),
        carrier: None,
        company: Some("<UPS>".into()),
        at: Timestamp(1_000_000),
        heard: Timestamp(2_000_000),
        source: Some(ClaimSource::AfterShip),
        unit: None,
        until: Timestamp(9_000_000),
        standing: standing.into(),
        parcel: None,
        why: None,
        ended: None,
        tracking: Some("1Z999AA10123456784".into()),
        addressed_to: None,
    }
}

fn names() -> Names {
    Names::of_site(&Site::default(), Timestamp(10_000_000))
}

fn list_of(claims: Vec<ClaimLine>, left: Left) -> Delivered {
    Delivered { asked: Asked::default(), claims, more: false, open: (2, 0), left, names: names() }
}

#[test]
fn every_standing_has_words_and_nothing_of_a_stranger_is_markup() {
    for language in Language::ALL {
        let say = Say::new(language);
        let mut said = std::collections::BTreeSet::new();
        for standing in ["waiting", "due", "asked", "met", "found"] {
            said.insert(state(&claim(standing), &names(), say).into_string());
        }
        for why in Explanation::ALL {
            let explained = ClaimLine { why: Some(why), ..claim("explained") };
            said.insert(state(&explained, &names(), say).into_string());
        }
        assert_eq!(said.len(), 10, "{said:?}");
        let page = content(&list_of(vec![claim("due")], Left::default()), say, "t").into_string();
        assert!(page.contains("&lt;UPS&gt;") && page.contains("/staff/delivered/7"), "{page}");
        assert!(page.contains("(2)"), "how many are overdue: {page}");
    }
}

#[test]
fn what_came_to_nothing_is_said_and_stands_in_the_form_again() {
    let left = Left {
        no_numbers: vec!["hello".into()],
        refused: vec![("776632517510".into(), "Too old.".into())],
        noted: 1,
        ..Left::default()
    };
    let page = content(&list_of(Vec::new(), left), Say::new(Language::En), "t").into_string();
    assert!(page.contains("1 number is noted") && page.contains("776632517510: Too old."), "{page}");
    assert!(page.contains(">hello</textarea>"), "{page}");
}

#[test]
fn a_claim_that_is_open_can_be_settled_and_one_that_is_over_cannot() {
    let say = Say::new(Language::En);
    let parcel = ParcelLine {
        id: ParcelId(41),
        carrier: None,
        unit: None,
        custodian: Custodian::Shelf(ShelfId(1)),
        since: Timestamp(0),
    };
    let pile = Pile { unsorted: vec![parcel], photos: Vec::new() };
    let page = |standing: &str| {
        let (claim, piles) = (claim(standing), vec![pile.clone()]);
        let view = ClaimView { claim, piles, passed: Vec::new(), names: names() };
        one::content(&view, say, "t").into_string()
    };
    let due = page("due");
    assert!(due.contains(r#"action="/staff/delivered/7/adopt""#) && due.contains(r#"value="41""#), "{due}");
    assert!(due.contains(r#"action="/staff/delivered/7/found""#), "or another parcel: {due}");
    assert!(!due.contains(r#"name="tracking""#), "its number is not typed again: {due}");
    assert!(due.contains("Letter to the carrier") && page("asked").contains("Show the letter"));
    assert!(!page("met").contains("<form"), "nothing can be done any more");
}

#[test]
fn who_came_in_about_then_and_scanned_nothing_is_shown_with_the_claim() {
    for language in Language::ALL {
        let say = Say::new(language);
        let entry = EntryLine {
            entry: EntryId(7),
            point: AccessPointId(1),
            entrant: None,
            began: Timestamp(900_000),
            opened: None,
            closed: None,
            ended: None,
            how: None,
            visit: None,
            deposits: 0,
            odd: vec!["no-deposit".to_owned()],
        };
        let passed = vec![Passed { entry, photos: Vec::new() }];
        let view = ClaimView { claim: claim("due"), piles: Vec::new(), passed, names: names() };
        let page = one::content(&view, say, "t").into_string();
        assert!(page.contains(r#"href="/staff/entries/7""#), "{page}");
        assert!(page.contains(&say.t("staff-claims-passed")), "{page}");
        assert!(!page.contains(&say.t("staff-claims-no-drops")), "{page}");
    }
}

#[test]
fn the_letter_names_the_parcel_and_no_resident() {
    let scans = Scans { entries: 3, deposits: 2, without_scan: 5, ..Scans::default() };
    for language in Language::ALL {
        let site = ("Maple Court".to_owned(), Vec::new());
        let letter = Letter { claim: claim("asked"), scans, site, names: names() };
        let page = letter::content(&letter, Say::new(language)).into_string();
        assert!(page.contains("1Z999AA10123456784") && page.contains("&lt;UPS&gt;"), "{page}");
        assert!(
            page.contains("Maple Court") && page.contains("<dd>3</dd>") && page.contains("<dd>2</dd>"),
            "{page}"
        );
        assert!(page.contains("<dd>5</dd>"), "what the courier did not scan stands by itself: {page}");
    }
}

#[test]
fn companies_stand_beside_each_other() {
    let scans = Scans { entries: 40, deposits: 12, without_scan: 7, claims: 31, unscanned: 19 };
    let all = BTreeMap::from([(None, scans)]);
    let page = scans::content(&all, 30, (&names(), Say::new(Language::En))).into_string();
    for number in ["40", "12", "7", "31", "19"] {
        assert!(page.contains(&format!(">{number}<")), "{number}: {page}");
    }
    let nothing = scans::content(&BTreeMap::new(), 7, (&names(), Say::new(Language::Es))).into_string();
    assert!(nothing.contains("Nada que comparar"), "{nothing}");
}
