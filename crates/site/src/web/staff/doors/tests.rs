use super::*;
use crate::web::staff::parcels::holds::Standing;
use crate::web::words::Language;
use entries::EntryView;
use vestibule_core::access::entry::Entrant;
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::access::ring::Ring;
use vestibule_core::evidence::{Held, HoldReason, LegalHold};
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{Bell, Rung};
use vestibule_core::{CarrierId, CredentialId, EntryId, Event, RingId, UnitId, VisitId};

const DOOR: AccessPointId = AccessPointId(1);

fn site() -> Site {
    let spec = PointSpec {
        label: "Package room".to_owned(),
        kind: PointKind::RoomDoor,
        contact: true,
        request_to_exit: true,
        reader: true,
        banks: Default::default(),
        shelves: Default::default(),
        areas: Default::default(),
    };
    let mut site = Site::default();
    site.evolve(&Event::AccessPointInstalled { point: DOOR, spec: Box::new(spec) }, Timestamp(1));
    site
}

fn entry() -> EntryLine {
    EntryLine {
        entry: EntryId(7),
        point: DOOR,
        entrant: Some(Entrant::Courier { credential: CredentialId(1), carrier: CarrierId(1) }),
        began: Timestamp(60_000),
        opened: Some(Timestamp(62_000)),
        closed: None,
        ended: None,
        how: None,
        visit: Some(VisitId(3)),
        deposits: 2,
        odd: vec!["open-long".to_owned()],
    }
}

fn line(site: &Site) -> DoorLine {
    let mut door = DoorLine::of(site, Timestamp(100_000), (DOOR, &site.access.points[&DOOR]));
    door.last = Some(entry());
    door
}

#[test]
fn a_door_shows_its_worst_first_and_its_hours() {
    let site = site();
    let names = Names::of_site(&site, Timestamp(100_000));
    let mut door = line(&site);
    (door.forced, door.point.silent, door.point.tampered) = (true, true, true);
    let (since, held_at) = (Timestamp(1), Timestamp(2));
    door.point.closure = Closure::Open { since, held_at, long: true, held: true, unclaimed: false };
    (door.point.mode, door.point.hours) =
        (DoorMode::Scheduled, vec![WeekWindow { days: 1, from: 480, to: 720 }]);
    for language in Language::ALL {
        let say = Say::new(language);
        let shown = state(&door, &names, say).into_string();
        for key in ["forced", "tampered", "silent", "held"] {
            assert!(shown.contains(&say.t(&format!("staff-passage-{key}"))), "{key}: {shown}");
        }
        assert!(mode_words(&door, say).contains("08:00-12:00"));
    }
}

#[test]
fn the_list_leads_to_doors_and_entries_and_an_empty_one_says_what_to_do() {
    let site = site();
    let names = Names::of_site(&site, Timestamp(100_000));
    let say = Say::new(Language::En);
    let view = Doors { doors: vec![line(&site)], may_install: true, names: names.clone() };
    let page = content(&view, say).into_string();
    assert!(
        page.contains(r#"href="/staff/doors/1""#) && page.contains(r#"href="/staff/entries/7""#),
        "{page}"
    );
    let none = content(&Doors { doors: Vec::new(), may_install: true, names }, say).into_string();
    assert!(none.contains("No doors yet"), "{none}");
}

#[test]
fn who_may_only_let_in_sees_nothing_else_to_do() {
    let site = site();
    let names = Names::of_site(&site, Timestamp(100_000));
    let say = Say::new(Language::En);
    let rung = Rung { point: DOOR, unit: Some(UnitId(1)), bell: Bell::AtDoor };
    let ring = Ring { rung, asked: Vec::new(), until: Timestamp(160_000) };
    let view = |may| one::DoorView {
        door: line(&site),
        rings: vec![(RingId(4), ring.clone(), None)],
        photos: Vec::new(),
        may,
        names: names.clone(),
    };
    let staff = one::content(&view((false, false)), say, "csrf").into_string();
    assert!(staff.contains("/staff/doors/1/let-in") && !staff.contains("/staff/doors/1/mode"), "{staff}");
    assert!(staff.contains("/staff/rings/4/let-in") && staff.contains("/staff/rings/4/refuse"), "{staff}");
    let manager = one::content(&view((true, true)), say, "csrf").into_string();
    assert!(manager.contains("/staff/doors/1/mode") && manager.contains(r#"name="label""#), "{manager}");
    let needs_screen = say.t("staff-passage-no-screen");
    assert!(manager.contains(&needs_screen), "nobody can press *enter* at it: {manager}");
    let mut with_screen = view((true, true));
    with_screen.door.has_screen = true;
    assert!(!one::content(&with_screen, say, "csrf").into_string().contains(&needs_screen));
}

#[test]
fn an_entry_says_who_when_what_was_left_and_what_was_odd() {
    let site = site();
    let names = Names::of_site(&site, Timestamp(100_000));
    for language in Language::ALL {
        let say = Say::new(language);
        let view = EntryView {
            entry: entry(),
            parcels: vec![vestibule_core::ParcelId(12)],
            missed: vec![(vestibule_core::ParcelId(12), false), (vestibule_core::ParcelId(13), true)],
            photos: Vec::new(),
            standing: Standing { what: Held::Entry(EntryId(7)), hold: None, may_hold: false },
            notes: Vec::new(),
            story: Vec::new(),
            names: names.clone(),
        };
        let page = entries::one_content(&view, say, "t").into_string();
        assert!(page.contains(&say.t("staff-odd-open-long")), "{page}");
        assert_eq!(page.matches(&say.t("staff-entry-found-since")).count(), 1, "{page}");
        assert!(page.contains(&say.with("staff-entry-deposits", &[("n", 2_u32.into())])), "{page}");
        assert!(page.contains(r#"href="/staff/parcels/12""#), "{page}");
        assert!(page.contains(&say.t("staff-not-seen")), "the door was not seen to shut: {page}");
        assert!(page.contains("1970-01-01T00:01:02Z"), "{page}");
        assert!(!page.contains(&say.t("staff-entry-unscanned-text")), "{page}");
        for (entrant, opened, may) in [
            (Entrant::Rang { ring: RingId(1), unit: None }, true, true),
            (Entrant::OneParcel { unit: UnitId(1) }, true, true),
            (Entrant::OneParcel { unit: UnitId(1) }, false, false),
            (Entrant::Pass { credential: CredentialId(1), unit: None, brings: true }, true, true),
            (Entrant::Pass { credential: CredentialId(1), unit: None, brings: false }, true, false),
            (Entrant::OpenHours, true, false),
        ] {
            let line = EntryLine {
                opened: opened.then_some(Timestamp(62_000)),
                how: Some(if opened { "passed" } else { "not-opened" }.to_owned()),
                entrant: Some(entrant.clone()),
                visit: None,
                deposits: 0,
                odd: Vec::new(),
                ..entry()
            };
            let page =
                entries::one_content(&EntryView { entry: line, ..view.clone() }, say, "t").into_string();
            assert_eq!(page.contains("/staff/entries/7/adopt"), may, "{entrant:?}: {page}");
        }
        let (hold, release) = (r#"action="/staff/entries/7/hold""#, "/staff/entries/7/release");
        assert!(!page.contains(hold) && !page.contains(release), "this reader may not: {page}");
        let hold_until = LegalHold { reason: HoldReason::Police, until: Timestamp(86_400_000) };
        let standing = Standing { hold: Some(hold_until), may_hold: true, ..view.standing.clone() };
        let held = entries::one_content(&EntryView { standing, ..view.clone() }, say, "t").into_string();
        assert!(held.contains(hold) && held.contains(release), "{held}");
        assert!(held.contains(&say.t("staff-hold-police")), "{held}");
        let unscanned = EntryLine { odd: vec!["no-deposit".to_owned()], ..entry() };
        let page = entries::one_content(&EntryView { entry: unscanned, ..view }, say, "t").into_string();
        assert!(page.contains(&say.t("staff-entry-unscanned-text")), "{page}");
        let taken_in = format!(r#"action="/staff/entries/{}/adopt""#, entry().entry);
        assert!(page.contains(r#"href="/staff/delivered""#) && page.contains(&taken_in), "{page}");
    }
}
