//! Doors one walks through, on a real database: a release leaves after its record and once, the API, the link that answers.

use crate::live::{Call, LiveSite, Said};
use crate::place::{Place, options};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use vestibule_core::access::entry::{EntryEnd, Progress};
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;
use vestibule_devices::ReleaseIntent;
use vestibule_site::handle::Request;
use vestibule_site::keys::Keys;
use vestibule_site::store::{DATABASE, DurableRelease};
use vestibule_site::writer::Incoming;

fn room() -> PointSpec {
    PointSpec {
        label: "Package room".to_owned(),
        kind: PointKind::RoomDoor,
        contact: true,
        request_to_exit: true,
        reader: true,
        banks: BTreeSet::from([BankId(1)]),
        shelves: BTreeSet::new(),
        areas: BTreeSet::new(),
    }
}

const POINT: AccessPointId = AccessPointId(1);
const STAFF: Actor = Actor::Staff(StaffId(1));

fn let_in(place: &mut Place) -> (EntryId, Vec<DurableRelease>) {
    let command = Command::LetInOnce { point: POINT, reason: StaffReason::HelpCourier };
    let mut stepped = place.step(Incoming::Ask(Box::new(Request::new(STAFF, command))));
    match stepped.outcomes.remove(0).answer {
        Ok(Answer::Entry { entry, .. }) => (entry, stepped.releases),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_release_leaves_after_its_record_once_and_no_start_repeats_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut place = Place::founded(folder.path());
    place.ask(Command::InstallAccessPoint { spec: room() });
    place.observe(Observation::PassageSeen { point: POINT, open: Some(false) });
    let (entry, releases) = let_in(&mut place);
    let [release] = &releases[..] else { panic!("one release: {releases:?}") };
    assert_eq!((release.entry(), release.attempt(), release.door()), (entry.0, 1, POINT.0));
    assert_eq!(release.release_ms(), 5_000);
    assert_eq!(release.not_after().0, place.moment.monotonic_ms + 5_000, "on the clock of the devices");
    let connection = rusqlite::Connection::open(place.options.folder.join(DATABASE)).unwrap();
    let recorded: u32 = connection
        .query_row("SELECT count(*) FROM event WHERE kind = 'entry-began'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(recorded, 1);
    drop(connection);
    let Place { keys, options, moment, writer } = place;
    drop(writer);
    let mut place = Place::open(options, keys, moment.wall.0 + 1_000).unwrap();
    let stepped = place.observe(Observation::PassageSeen { point: POINT, open: Some(false) });
    assert!(stepped.releases.is_empty(), "nothing is replayed");
    assert!(matches!(place.writer.site().access.entries[&entry].progress, Progress::Unknown { .. }));
    place.observe(Observation::Release { entry, outcome: ReleaseOutcome::Taken });
    assert!(place.writer.site().access.entries.contains_key(&entry), "a late answer changes nothing");
    place.observe(Observation::PassageSeen { point: POINT, open: Some(true) });
    assert_eq!(place.writer.site().access.entries[&entry].progress, Progress::Open);
}

#[test]
fn entries_are_found_in_their_table_and_rebuilt_from_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let mut place = Place::founded(folder.path());
    place.ask(Command::InstallAccessPoint { spec: room() });
    place.observe(Observation::PassageSeen { point: POINT, open: Some(false) });
    let (entry, _) = let_in(&mut place);
    for open in [true, false] {
        place.observe(Observation::PassageSeen { point: POINT, open: Some(open) });
    }
    place.observe(Observation::ExitRequested { point: POINT });
    place.observe(Observation::PassageSeen { point: POINT, open: Some(true) });
    let path = place.options.folder.join(DATABASE);
    let connection = rusqlite::Connection::open(path).unwrap();
    let row = |sql: &str| {
        connection.query_row(sql, [entry.0], |row| {
            Ok((row.get::<_, Option<i64>>(0)?.is_some(), row.get::<_, Option<String>>(1)?))
        })
    };
    let (opened, how) = row("SELECT opened_at, how FROM entry WHERE entry = ?1").unwrap();
    assert_eq!((opened, how.as_deref()), (true, Some("left")), "{:?}", EntryEnd::Left);
}

fn options_of(folder: &std::path::Path) -> (Arc<Keys>, vestibule_site::store::StoreOptions) {
    (Arc::new(Keys::generate()), options(folder))
}

#[test]
fn a_site_without_doors_is_valid() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, options) = options_of(folder.path());
    let place = Place::open(options, keys, crate::place::MONDAY).unwrap();
    assert!(place.writer.site().access.points.is_empty() && place.writer.broken_invariants().is_empty());
}

async fn staff(site: &LiveSite, token: &str, method: &str, path: &str, body: Value) -> Said {
    let call = Call::new(method, path).bearer(token);
    let call = if method == "GET" { call } else { call.json(body) };
    call.to(site).await
}

/// A site with a door a kiosk stands at: the owner's token and the kiosk's.
async fn with_door() -> (LiveSite, String, String) {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let kiosk = site.kiosk().await;
    let door = json!({ "label": "Front door", "kind": "building_entrance", "contact": true, "banks": [1] });
    let made = staff(&site, &owner, "POST", "/api/v1/doors", door).await;
    assert_eq!((made.code, made.json()["id"].as_u64()), (StatusCode::OK, Some(1)), "{}", made.text);
    let stands = staff(&site, &owner, "PUT", "/api/v1/kiosks/1/doors", json!({ "doors": [1] })).await;
    assert_eq!(stands.code, StatusCode::OK, "{}", stands.text);
    (site, owner, kiosk)
}

async fn shown(site: &LiveSite, kiosk: &str, code: &str) -> Said {
    Call::new("POST", "/api/v1/kiosk/doors/1/admit")
        .bearer(kiosk)
        .json(json!({ "code": code }))
        .to(site)
        .await
}

#[tokio::test]
async fn a_code_shown_at_a_door_without_a_controller_is_an_entry_nobody_went_in_by() {
    let (site, owner, kiosk) = with_door().await;
    let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
    let expires = crate::place::MONDAY + 86_400_000;
    let body = json!({ "carrier": 1, "windows": always, "expires": expires, "doors": [1] });
    let code = staff(&site, &owner, "POST", "/api/v1/courier-codes", body).await.json();
    let digits = code["digits"].as_str().unwrap();
    assert_eq!(digits.len(), 12, "longer, because it opens a door");
    let came = shown(&site, &kiosk, digits).await;
    assert_eq!((came.code, came.json()["door"].as_u64()), (StatusCode::OK, Some(1)), "{}", came.text);
    let entries = staff(&site, &owner, "GET", "/api/v1/entries?door=1", Value::Null).await.json();
    assert_eq!(entries[0]["entry"], came.json()["entry"]);
    assert_eq!(entries[0]["entrant"]["courier"]["carrier"], 1);
    assert_eq!(entries[0]["how"], "not_opened", "no controller took it: {entries}");
    let wrong = shown(&site, &kiosk, "417000000000").await;
    assert!(["wrong-code", "mistyped"].contains(&wrong.json()["code"].as_str().unwrap()), "{}", wrong.text);
    let log_in = Call::new("POST", "/api/v1/kiosk/log-in").bearer(&kiosk).json(json!({ "code": digits }));
    assert_eq!(log_in.to(&site).await.code, StatusCode::OK, "it delivers as well");
}

#[tokio::test]
async fn a_pass_is_issued_listed_and_ended() {
    let (site, owner, kiosk) = with_door().await;
    let pass = json!({ "kind": "visitor", "unit": 1, "windows": [{ "days": 127, "from": 0, "to": 1440 }],
        "expires": crate::place::MONDAY + 86_400_000, "doors": [1] });
    let issued = staff(&site, &owner, "POST", "/api/v1/passes", pass).await.json();
    let (id, token) = (issued["id"].as_u64().unwrap(), issued["token"].as_str().unwrap());
    assert!(token.starts_with("VE"));
    let listed = staff(&site, &owner, "GET", "/api/v1/passes", Value::Null).await;
    assert_eq!(listed.json()[0]["credential"], id);
    assert!(!listed.text.contains(token), "a list holds no code");
    let ended = staff(&site, &owner, "POST", &format!("/api/v1/passes/{id}/revoke"), json!({})).await;
    assert_eq!(ended.code, StatusCode::OK);
    assert_eq!(shown(&site, &kiosk, token).await.json()["code"], "code-dead");
}

#[tokio::test]
async fn who_rings_is_answered_by_the_link_of_the_household_and_once() {
    let (site, owner, kiosk) = with_door().await;
    let ring = Call::new("POST", "/api/v1/kiosk/doors/1/ring").bearer(&kiosk).json(json!({ "unit": 1 }));
    let rung = ring.to(&site).await;
    assert_eq!(rung.code, StatusCode::OK, "{}", rung.text);
    let token = site.sealed_token().await;
    let page = Call::new("GET", &format!("/d/{token}")).to(&site).await;
    assert!(page.code == StatusCode::OK && page.text.contains("Front door"), "{}", page.text);
    let waits = staff(&site, &owner, "GET", "/api/v1/rings", Value::Null).await.json();
    assert_eq!(waits[0]["ring"], rung.json()["ring"], "a look answers nothing");
    let press = |answer: &str| {
        Call::new("POST", &format!("/d/{token}/answer"))
            .header("sec-fetch-site", "same-origin")
            .form(&format!("answer={answer}"))
    };
    assert_eq!(press("perhaps").to(&site).await.code, StatusCode::BAD_REQUEST);
    let said = press("let-in").to(&site).await;
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    let entries = staff(&site, &owner, "GET", "/api/v1/entries", Value::Null).await.json();
    assert_eq!(entries[0]["entrant"]["rang"]["unit"], 1);
    assert_eq!(entries[0]["by"], "person:1");
    assert_eq!(press("let-in").to(&site).await.code, StatusCode::GONE, "once");
    let over = Call::new("GET", &format!("/d/{token}")).to(&site).await;
    assert!(!over.text.contains("Front door") && !over.text.contains("/answer"), "{}", over.text);
    assert!(staff(&site, &owner, "GET", "/api/v1/rings", Value::Null).await.json()[0].is_null());
}

#[tokio::test]
async fn a_door_stands_as_staff_say_and_is_refused_in_words() {
    let (site, owner, kiosk) = with_door().await;
    let walk = || Call::new("POST", "/api/v1/kiosk/doors/1/walk-in").bearer(&kiosk);
    assert_eq!(walk().to(&site).await.json()["code"], "code-needed");
    let mode = json!({ "mode": "scheduled", "hours": [{ "days": 127, "from": 0, "to": 1440 }] });
    assert_eq!(staff(&site, &owner, "PUT", "/api/v1/doors/1/mode", mode).await.code, StatusCode::OK);
    assert_eq!(walk().to(&site).await.code, StatusCode::OK);
    let doors = staff(&site, &owner, "GET", "/api/v1/doors", Value::Null).await.json();
    assert_eq!(
        (doors[0]["open_to_all"].as_bool(), doors[0]["mode"].as_str()),
        (Some(true), Some("scheduled"))
    );
    let nonsense = staff(&site, &owner, "PUT", "/api/v1/holidays", json!({ "days": ["2026-02-30"] })).await;
    assert_eq!(nonsense.code, StatusCode::BAD_REQUEST, "{}", nonsense.text);
    let policy = json!({ "no_code": "off" });
    assert_eq!(staff(&site, &owner, "PUT", "/api/v1/door-policy", policy).await.code, StatusCode::OK);
    let ring = Call::new("POST", "/api/v1/kiosk/doors/1/ring").bearer(&kiosk).json(json!({ "unit": 1 }));
    let refused = ring.header("accept-language", "es").to(&site).await.json();
    assert_eq!(refused["code"], "no-ringing");
    assert!(refused["detail"].as_str().unwrap().contains("teléfono"), "{refused}");
}
