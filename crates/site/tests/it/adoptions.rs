//! Staff adopt what nobody scanned on the page where they see it: one press for the household, the number and the place.

use crate::at_desk::AtDesk;
use crate::live::{Call, LiveSite, Said};
use crate::place::MONDAY;
use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::delivered::{ClaimEnd, Standing};
use vestibule_core::evidence::{
    CameraPlace, InView, PhotoAsked, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_site::rows::Row;

const NUMBER: &str = "1Z999AA10123456784";
const HASH: PhotoHash = PhotoHash([7; 32]);

/// A site with two shelves and a camera that sees no people, and an owner at its desk.
async fn at_desk() -> AtDesk {
    let site = LiveSite::founded().await;
    for label in ["A1", "A2"] {
        site.ask(Command::InstallShelf { label: label.to_owned() }).await;
    }
    site.ask(Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::ParcelsOnly }).await;
    AtDesk::at(site, "owner").await
}

async fn granted(call: Call, site: &LiveSite) -> Value {
    let said = call.to(site).await;
    assert_eq!(said.code, StatusCode::OK, "{}", said.text);
    said.json()
}

/// A courier's code; for this door too, where one is named.
async fn code(desk: &AtDesk, doors: &[u32]) -> Value {
    let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
    let body = json!({ "carrier": 1, "windows": always, "expires": MONDAY + 86_400_000, "doors": doors });
    desk.asks("POST", "/api/v1/courier-codes", body).await.json()["digits"].clone()
}

/// A courier puts two parcels on the first shelf without a scan, and a camera sees them; the first of them.
async fn dropped(desk: &AtDesk) -> u64 {
    let (site, code) = (&desk.site, code(desk, &[]).await);
    let kiosk = site.kiosk().await;
    let at = |path: &str, body| Call::new("POST", &format!("/api/v1/{path}")).bearer(&kiosk).json(body);
    let visit = granted(at("kiosk/log-in", json!({ "code": code })), site).await["visit"].clone();
    let put = granted(at(&format!("visits/{visit}/quick-drop"), json!({ "parcels": 2 })), site).await;
    let first = put["parcel"].as_u64().expect("a parcel");
    granted(at(&format!("visits/{visit}/put-elsewhere"), json!({ "parcel": first })), site).await;
    granted(at(&format!("visits/{visit}/finish"), json!({})), site).await;
    let parcels = vec![ParcelId(first), ParcelId(first + 1)];
    seen(site, PhotoReason::QuickDrop, PhotoSubject { parcels, ..PhotoSubject::default() }).await;
    first
}

async fn seen(site: &LiveSite, reason: PhotoReason, subject: PhotoSubject) {
    let asked = Box::new(PhotoAsked { camera: CameraId(1), reason, subject });
    let (media, taken_ms, clock_offset_ms) = (PhotoMedia::Jpeg, None, None);
    let taken = Observation::PhotoTaken { asked, hash: HASH, media, taken_ms, clock_offset_ms };
    site.handle.observe(vec![taken]).await.expect("the site runs");
}

fn went_to(said: &Said, path: &str) {
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    assert_eq!(said.headers["location"], path);
}

async fn custodian(desk: &AtDesk, parcel: u64) -> Custodian {
    let look = move |site: &Site, _| site.custody.get(ParcelId(parcel)).expect("it is known").custodian;
    desk.site.handle.read(look).await.expect("the site runs")
}

async fn unsorted(desk: &AtDesk) -> usize {
    let look = |site: &Site, _| site.drops.open.values().map(|pile| pile.unsorted.len()).sum::<usize>();
    desk.site.handle.read(look).await.expect("the site runs")
}

async fn told(desk: &AtDesk) -> u32 {
    let sql = "SELECT count(*) FROM event WHERE kind = 'notice-requested'";
    desk.site.handle.query(move |c| c.query_row(sql, [], |row| row.get(0))).await.expect("it is asked")
}

#[tokio::test]
async fn one_of_a_drop_is_adopted_beside_its_photo_in_one_step() {
    let desk = at_desk().await;
    let first = dropped(&desk).await;
    let page = desk.page("/staff/drops/1").await;
    assert!(page.contains("/staff/photos/1/small"), "{page}");
    let photo = desk.page("/staff/photos/1").await;
    assert!(photo.contains(r#"href="/staff/drops/1""#), "the photo leads to what is to be sorted: {photo}");
    assert!(page.contains(r#"action="/staff/drops/1/adopt""#) && page.contains("Shelf A2"), "{page}");
    let fields = format!("parcel={first}&unit=3B&addressed_to=Rosa+Alvarez&tracking={NUMBER}&put=2");
    went_to(&desk.presses("/staff/drops/1/adopt", &fields).await, "/staff/drops/1?said=adopted");
    assert_eq!(custodian(&desk, first).await, Custodian::Shelf(ShelfId(2)));
    assert_eq!((unsorted(&desk).await, told(&desk).await), (1, 1), "one is left, and Rosa was told once");
    let parcel = desk.page(&format!("/staff/parcels/{first}")).await;
    for shown in [NUMBER, "Rosa Alvarez", "partment 3B", "/staff/photos/1/small"] {
        assert!(parcel.contains(shown), "{shown}: {parcel}");
    }
    let again = desk.presses("/staff/drops/1/adopt", &fields).await;
    assert_eq!(again.code, StatusCode::OK, "its number came today: {}", again.text);
    let others = desk.presses("/staff/drops/2/adopt", &fields).await;
    assert_eq!(others.code, StatusCode::NOT_FOUND, "it is of another drop");
}

#[tokio::test]
async fn what_staff_did_not_say_is_asked_beside_the_photo_with_all_they_said() {
    let desk = at_desk().await;
    let first = dropped(&desk).await;
    let adopt = "/staff/drops/1/adopt";
    let nobody = desk.presses(adopt, &format!("parcel={first}&unit=&addressed_to=Zzyzx+Qqfft")).await;
    assert_eq!(nobody.code, StatusCode::UNPROCESSABLE_ENTITY, "{}", nobody.text);
    assert!(nobody.text.contains("Write the apartment"), "{}", nobody.text);
    let by_name = format!("parcel={first}&unit=&addressed_to=Rosa+Alvarez&tracking={NUMBER}");
    let asked = desk.presses(adopt, &by_name).await;
    assert_eq!((asked.code, unsorted(&desk).await), (StatusCode::OK, 2), "a guess is asked about");
    for shown in [r#"name="for" value="1-1""#, "Rosa Alvarez, apartment 3B", NUMBER, "/staff/photos/1/small"]
    {
        assert!(asked.text.contains(shown), "{shown}: {}", asked.text);
    }
    went_to(&desk.presses(adopt, &format!("{by_name}&for=1-1")).await, "/staff/drops/1?said=adopted");
    assert_eq!(custodian(&desk, first).await, Custodian::Shelf(ShelfId(1)), "it stays where it lies");
    let second = format!("parcel={}&unit=3B&tracking={NUMBER}", first + 1);
    let known = desk.presses(adopt, &second).await;
    assert!(
        known.text.contains(r#"name="another""#) && known.text.contains(r#"value="3B""#),
        "{}",
        known.text
    );
    assert_eq!(unsorted(&desk).await, 1);
    went_to(&desk.presses(adopt, &format!("{second}&another=yes")).await, "/staff/drops/1?said=adopted");
    assert!(desk.page("/staff/drops/1").await.contains("These parcels are sorted"));
    assert!(!desk.page("/staff/photos/1").await.contains("/staff/drops/1"), "and nothing is left to be said");
}

#[tokio::test]
async fn a_label_of_somebody_who_moved_out_is_asked_about_before_it_is_anybodys() {
    let desk = at_desk().await;
    let first = dropped(&desk).await;
    let left = Row::PersonLeft { person: PersonId(1), at: Timestamp(MONDAY) };
    desk.site.handle.write(vec![left]).await.expect("the site runs");
    let fields = format!("parcel={first}&unit=3B&addressed_to=Rosa+Alvarez");
    let asked = desk.presses("/staff/drops/1/adopt", &fields).await;
    assert!(asked.text.contains("Somebody of this name has moved out"), "{}", asked.text);
    assert_eq!((asked.code, unsorted(&desk).await), (StatusCode::OK, 2));
    let sure = desk.presses("/staff/drops/1/adopt", &format!("{fields}&all_the_same=yes")).await;
    went_to(&sure, "/staff/drops/1?said=adopted");
}

#[tokio::test]
async fn what_a_claim_says_stands_filled_in_and_the_claim_ends_with_what_is_taken_in() {
    let desk = at_desk().await;
    let body = json!({ "tracking": NUMBER, "unit": 1, "carrier": 1, "at": MONDAY - 10_800_000 });
    let claimed = desk.asks("POST", "/api/v1/claims", body).await;
    assert_eq!(claimed.code, StatusCode::OK, "{}", claimed.text);
    let page = desk.page("/staff/delivered/1").await;
    assert!(page.contains(r#"name="unit" type="text" value="3B""#) && page.contains(NUMBER), "{page}");
    assert!(!page.contains(r#"name="tracking""#), "the number is not asked: {page}");
    let adopt = "/staff/delivered/1/adopt";
    let said = desk.presses(adopt, "unit=3B&addressed_to=&put=1&size=S").await;
    went_to(&said, "/staff/parcels/1?said=claim-found");
    assert_eq!(custodian(&desk, 1).await, Custodian::Shelf(ShelfId(1)));
    let look = |site: &Site, _| {
        let task = TaskKind::Unscanned { claim: ClaimId(1) };
        (site.claims.known[&ClaimId(1)].standing, site.tasks.find(&task).is_some())
    };
    let (standing, is_asked) = desk.site.handle.read(look).await.expect("the site runs");
    let is_found =
        matches!(standing, Standing::Ended { how: ClaimEnd::Found { parcel }, .. } if parcel == ParcelId(1));
    assert!(is_found && !is_asked, "{standing:?}");
    let parcel = desk.page("/staff/parcels/1").await;
    assert!(parcel.contains(NUMBER) && parcel.contains("UPS") && parcel.contains("partment 3B"), "{parcel}");
    let again = desk.presses(adopt, "unit=3B&put=1&size=S").await;
    assert_eq!(again.code, StatusCode::CONFLICT, "one claim is one parcel: {}", again.text);
}

#[tokio::test]
async fn one_of_a_drop_is_what_a_claim_is_about() {
    let desk = at_desk().await;
    let first = dropped(&desk).await;
    let body = json!({ "tracking": NUMBER, "unit": 1 });
    assert_eq!(desk.asks("POST", "/api/v1/claims", body).await.code, StatusCode::OK);
    let said = desk.presses("/staff/delivered/1/adopt", &format!("parcel={first}&unit=3B&put=")).await;
    went_to(&said, &format!("/staff/parcels/{first}?said=claim-found"));
    assert!(desk.page(&format!("/staff/parcels/{first}")).await.contains(NUMBER));
    assert_eq!(unsorted(&desk).await, 1);
    let found = granted(Call::get("/api/v1/claims?show=found").bearer(&desk.session), &desk.site).await;
    assert_eq!(found[0]["parcel"], json!(first));
}

#[tokio::test]
async fn what_was_left_at_an_entry_is_in_custody_with_the_entrys_photo() {
    let desk = at_desk().await;
    let kiosk = desk.site.kiosk().await;
    let door = json!({ "label": "Front door", "kind": "building_entrance", "contact": true, "banks": [1] });
    assert_eq!(desk.asks("POST", "/api/v1/doors", door).await.code, StatusCode::OK);
    let stands = desk.asks("PUT", "/api/v1/kiosks/1/doors", json!({ "doors": [1] })).await;
    assert_eq!(stands.code, StatusCode::OK, "{}", stands.text);
    let shown = Call::new("POST", "/api/v1/kiosk/doors/1/admit").bearer(&kiosk);
    granted(shown.json(json!({ "code": code(&desk, &[1]).await })), &desk.site).await;
    let subject = PhotoSubject { entry: Some(EntryId(1)), ..PhotoSubject::default() };
    seen(&desk.site, PhotoReason::Entry, subject).await;
    let said = desk.presses("/staff/entries/1/adopt", "unit=3B&put=2&size=L").await;
    went_to(&said, "/staff/entries/1?said=adopted");
    assert_eq!(custodian(&desk, 1).await, Custodian::Shelf(ShelfId(2)));
    let parcel = desk.page("/staff/parcels/1").await;
    assert!(parcel.contains("/staff/photos/1/small") && parcel.contains("UPS"), "{parcel}");
    let entry = desk.page("/staff/entries/1").await;
    assert!(entry.contains("/staff/parcels/1"), "what was found by its photos: {entry}");
    let named = "SELECT count(*) FROM event WHERE kind = 'custody-transferred' AND instr(CAST(payload AS TEXT), ?1) > 0";
    let named = move |c: &rusqlite::Connection| c.query_row(named, [HASH.to_string()], |row| row.get(0));
    let named: u32 = desk.site.handle.query(named).await.expect("it is asked");
    assert_eq!(named, 1, "the ledger names the photo it was found by");
}

#[tokio::test]
async fn what_staff_took_up_is_not_counted_as_scanned_by_its_courier() {
    let desk = at_desk().await;
    let first = dropped(&desk).await;
    let fields = format!("parcel={first}&unit=3B&addressed_to=Rosa+Alvarez&tracking={NUMBER}&put=2");
    went_to(&desk.presses("/staff/drops/1/adopt", &fields).await, "/staff/drops/1?said=adopted");
    let counted = async || {
        let all = desk.asks("GET", "/api/v1/claims/carriers", json!({})).await.json();
        let lines = all.as_array().expect("a list");
        let ups = lines.iter().find(|line| line["carrier"] == 1).expect("it brought something");
        (ups["deposits"].clone(), ups["without_scan"].clone())
    };
    assert_eq!(counted().await, (json!(0), json!(2)), "its number was read by staff");
    let page = desk.page("/staff/delivered/carriers").await;
    assert!(page.contains("Here without their scan"), "{page}");
    let (site, code) = (&desk.site, code(&desk, &[]).await);
    let kiosk = site.kiosk().await;
    let at = |path: &str, body| Call::new("POST", &format!("/api/v1/{path}")).bearer(&kiosk).json(body);
    let visit = granted(at("kiosk/log-in", json!({ "code": code })), site).await["visit"].clone();
    let body = json!({ "unit": 1, "size": "m", "tracking": "1Z999AA10123456793" });
    let put = granted(at(&format!("visits/{visit}/deposit"), body), site).await;
    match put["place"]["compartment"].as_u64().and_then(|door| u32::try_from(door).ok()) {
        Some(door) => {
            site.door(door, true).await;
            site.door(door, false).await;
        }
        None => {
            let parcel = json!({ "parcel": put["parcel"] });
            granted(at(&format!("visits/{visit}/put-elsewhere"), parcel), site).await;
        }
    }
    granted(at(&format!("visits/{visit}/finish"), json!({})), site).await;
    assert_eq!(counted().await, (json!(1), json!(2)), "this one the courier scanned");
}
