//! One incident on one page: by parcel, by entry, by time; and the signed pack of the same choice.

use crate::live::{Call, LiveSite, Said};
use axum::http::StatusCode;
use serde_json::json;
use vestibule_ledger::pack::verify;
use vestibule_site::evidence::pack::archive;

async fn see(site: &LiveSite, path: &str) -> Said {
    let (token, _) = site.staff("staff").await;
    Call::get(path).header("cookie", &format!("session={token}")).to(site).await
}

#[tokio::test]
async fn a_parcel_or_a_time_is_told_on_one_page_with_its_signed_pack() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let body = json!({ "unit": 1, "size": "m", "tracking": "1Z999AA10123456784" });
    let parcel = Call::new("POST", "/api/v1/parcels").bearer(&owner).json(body).to(&site).await;
    assert_eq!(parcel.json()["parcel"], 1, "{}", parcel.text);
    let empty = see(&site, "/staff/incident").await;
    assert!(empty.text.contains("name=\"parcel\"") && !empty.text.contains("evidence.zip"), "{}", empty.text);
    let page = see(&site, "/staff/incident?parcel=1&entry=&from=&to=").await;
    assert!(
        page.text.contains("evidence.zip?parcel=1") && page.text.contains("Rosa Alvarez"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("Staff enrolled"), "of this parcel alone");
    let pack = see(&site, "/staff/incident/evidence.zip?parcel=1").await;
    assert_eq!(pack.headers["content-disposition"], "attachment; filename=\"parcel-1-evidence.zip\"");
    let files = archive::read(&pack.bytes).unwrap();
    let verified = verify(&files, Some(&site.app.keys.note_signer().public().fingerprint()));
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    let day = see(&site, "/staff/incident?from=2026-03-02&to=2026-03-02").await;
    assert!(day.text.contains("evidence.zip?from=2026-03-02&amp;to=2026-03-02"), "{}", day.text);
    let pack = see(&site, "/staff/incident/evidence.zip?from=2026-03-02").await;
    assert!(archive::read(&pack.bytes).unwrap().contains_key("incident.html"));
    for (path, code) in [
        ("?parcel=99", StatusCode::NOT_FOUND),
        ("?entry=1", StatusCode::NOT_FOUND),
        ("?parcel=one", StatusCode::UNPROCESSABLE_ENTITY),
        ("?from=yesterday", StatusCode::UNPROCESSABLE_ENTITY),
        ("/evidence.zip", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(see(&site, &format!("/staff/incident{path}")).await.code, code, "{path}");
    }
}

#[tokio::test]
async fn its_page_is_reached_from_a_parcel_the_list_and_a_compartment_which_has_a_pack_too() {
    let site = LiveSite::founded().await;
    let (owner, _) = site.staff("owner").await;
    let body = json!({ "unit": 1, "size": "m" });
    let parcel = Call::new("POST", "/api/v1/parcels").bearer(&owner).json(body).to(&site).await;
    assert_eq!(parcel.json()["parcel"], 1, "{}", parcel.text);
    site.door(1, true).await;
    site.door(1, false).await;
    let list = see(&site, "/staff/parcels").await;
    assert!(list.text.contains("href=\"/staff/incident\""), "{}", list.text);
    let page = see(&site, "/staff/parcels/1").await;
    assert!(page.text.contains("href=\"/staff/incident?parcel=1\""), "{}", page.text);
    let door = see(&site, "/staff/compartments/1").await;
    let way = "/staff/incident?compartment=1&amp;from=2026-01-31";
    assert!(door.text.contains(way), "the last 30 days: {}", door.text);
    let incident = see(&site, &way.replace("&amp;", "&")).await;
    assert!(incident.text.contains("may have been forced"), "{}", incident.text);
    assert!(
        incident.text.contains("name=\"compartment\" value=\"1\""),
        "it is still asked for: {}",
        incident.text
    );
    let pack = "/staff/incident/evidence.zip?compartment=1&from=2026-01-31";
    assert!(incident.text.contains(&pack.replace('&', "&amp;")), "{}", incident.text);
    let pack = see(&site, pack).await;
    assert_eq!(pack.headers["content-disposition"], "attachment; filename=\"compartment-1-evidence.zip\"");
    let files = archive::read(&pack.bytes).unwrap();
    let verified = verify(&files, Some(&site.app.keys.note_signer().public().fingerprint()));
    assert!(verified.faults.is_empty() && verified.events > 0, "{:?}", verified.faults);
    assert_eq!(see(&site, "/staff/incident?compartment=x").await.code, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(see(&site, "/staff/incident?compartment=99").await.code, StatusCode::NOT_FOUND);
}
