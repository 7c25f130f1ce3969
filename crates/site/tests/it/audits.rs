//! An audit by its pages and the API: staff walk over a bank and a shelf, and the signed report says what differed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::AtDesk;
use axum::http::{StatusCode, header};
use serde_json::json;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::audit::AuditEnd;
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_ledger::pack::verify;
use vestibule_site::evidence::pack::{PAGE, archive};

impl AtDesk {
    /// With one parcel on each of two shelves.
    async fn before_two_shelves() -> Self {
        let walker = Self::of("staff").await;
        for label in ["A", "B"] {
            walker.site.ask(Command::InstallShelf { label: label.to_owned() }).await;
        }
        for (parcel, shelf) in [(1, 1), (2, 2)] {
            let body = json!({ "unit": 1, "size": "m", "carrier": 1 });
            let said = walker.asks("POST", "/api/v1/parcels", body).await;
            assert_eq!(said.json()["parcel"], parcel, "{}", said.text);
            let (page, form) = (format!("/staff/parcels/{parcel}/shelve"), format!("shelf={shelf}"));
            assert_eq!(walker.presses(&page, &form).await.code, StatusCode::SEE_OTHER);
        }
        walker
    }

    /// Presses, and is sent to another page.
    async fn is_sent(&self, path: &str, fields: &str) -> String {
        let said = self.presses(path, fields).await;
        assert_eq!(said.code, StatusCode::SEE_OTHER, "{path}: {}", said.text);
        said.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    async fn custodian(&self, parcel: u64) -> Custodian {
        let look = move |site: &Site, _| site.custody.get(ParcelId(parcel)).unwrap().custodian;
        self.site.handle.read(look).await.unwrap()
    }
}

const WALK: &str = "/staff/audits/1";

#[tokio::test]
async fn a_walk_ends_in_a_report_that_is_believed_without_the_site() {
    let at = AtDesk::before_two_shelves().await;
    let page = at.sees("/staff/audits").await;
    assert!(
        page.text.contains("value=\"everything\"") && page.text.contains("No audit yet"),
        "{}",
        page.text
    );
    let to = at.is_sent("/staff/audits", "scope=shelves&shelf=1&shelf=2").await;
    assert_eq!(to, WALK);
    let page = at.sees(WALK).await;
    assert!(page.text.contains("0 of 2 places") && page.text.contains("name=\"p-1\""), "{}", page.text);

    // Parcel 1 lies on shelf B; nothing is said before each parcel has an answer.
    let to = at.is_sent(&format!("{WALK}/look"), "at=shelf-1&asked=1&unknown=0&do=look").await;
    assert!(to.contains("note=unanswered"), "{to}");
    at.is_sent(&format!("{WALK}/look"), "at=shelf-1&asked=1&p-1=gone&unknown=0&do=look").await;
    let to = at.is_sent(&format!("{WALK}/look"), "at=shelf-2&asked=2&unknown=0&do=scan&scan=1").await;
    assert!(to.contains("seen=1&") && to.contains("note=added"), "{to}");
    let page = at.sees(to.split('#').next().unwrap()).await;
    assert!(page.text.contains("name=\"also\" value=\"1\""), "{}", page.text);
    at.is_sent(&format!("{WALK}/look"), "at=shelf-2&asked=2&p-2=gone&also=1&unknown=1&do=look").await;

    let end = format!("{WALK}/end");
    let page = at.sees(&end).await;
    assert!(page.text.contains("was seen at Shelf B") && page.text.contains("was not seen"), "{}", page.text);
    assert_eq!(at.presses(&end, "x=1").await.code, StatusCode::CONFLICT, "each wants a word");
    at.is_sent(&format!("{WALK}/settle"), "parcel=1&how=moved").await;
    at.is_sent(&format!("{WALK}/settle"), "parcel=2&how=missing").await;
    assert_eq!(at.custodian(1).await, Custodian::Shelf(ShelfId(2)));
    assert_eq!(at.custodian(2).await, Custodian::Missing { last_known: None });
    let report = at.is_sent(&end, "x=1").await;
    let page = at.sees(&report).await;
    assert!(
        page.text.contains("recorded where it was seen") && page.text.contains("Signature"),
        "{}",
        page.text
    );
    let page = at.sees("/staff/audits").await;
    assert!(page.text.contains("Audit 1") && page.text.contains("Ended"), "{}", page.text);

    let files = archive::read(&at.sees(&format!("{report}.zip")).await.bytes).unwrap();
    let fingerprint = at.site.keys.note_signer().public().fingerprint();
    let verified = verify(&files, Some(&fingerprint));
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    assert_eq!(verified.events, 6, "begun, two looks, two words, the end");
    let page = String::from_utf8(files[PAGE].clone()).unwrap();
    assert!(page.contains("recorded where it was seen") && !page.contains("<script"), "{page}");
    let mut changed = files.clone();
    changed.get_mut(PAGE).unwrap()[100] ^= 1;
    assert!(!verify(&changed, None).faults.is_empty());
}

#[tokio::test]
async fn the_label_of_a_shelf_leads_to_it() {
    let at = AtDesk::before_two_shelves().await;
    at.site.ask(Command::InstallShelf { label: "C".to_owned() }).await;
    at.is_sent("/staff/audits", "scope=shelves&shelf=1&shelf=2").await;
    let scans = async |said: &str, scan: &str| {
        at.is_sent(&format!("{WALK}/look"), &format!("{said}&unknown=0&do=scan&scan={scan}")).await
    };
    let [one, other, third, none] = [1, 2, 3, 9].map(|shelf| at.site.shelf_code(shelf));
    let (one, other, third, none) = (one.await, other.await, third.await, none.await);
    assert_eq!(scans("at=shelf-1&asked=1", &other).await, format!("{WALK}?at=shelf-2#place"));
    assert_eq!(scans("at=shelf-2&asked=2", "a").await, format!("{WALK}?at=shelf-1#place"), "typed");
    let to = scans("at=shelf-1&asked=1&p-1=there", &other).await;
    assert!(to.contains("at=shelf-1&seen=1") && to.contains("note=unrecorded"), "nothing is lost: {to}");
    let page = at.sees(to.split('#').next().unwrap()).await;
    assert!(page.text.contains("first, or what you said here is lost"), "{}", page.text);
    for (scan, note) in [(&one, "at-shelf"), (&third, "shelf-not-walked"), (&none, "unread")] {
        let to = scans("at=shelf-1&asked=1", scan).await;
        assert!(to.contains(&format!("note={note}")), "{to}");
    }
    let seen: String = other.bytes().map(|byte| format!("{byte:02x}")).collect();
    let symbols = format!("symbols=QRCode+%5DQ1+{seen}");
    let to = at.is_sent(&format!("{WALK}/scan?at=shelf-1"), &symbols).await;
    assert_eq!(to, format!("{WALK}?at=shelf-2#place"), "by the camera");
}

#[tokio::test]
async fn a_walk_over_shelves_shows_where_each_is_in_its_room() {
    let at = AtDesk::before_two_shelves().await;
    let is_sent = at.is_sent("/staff/audits", "scope=shelves&shelf=1&shelf=2").await;
    let page = at.page(&is_sent).await;
    assert!(!page.contains("<svg class=\"bank"), "they are not drawn yet: {page}");
    let rack = json!({
        "label": "Rack", "front": "down", "foot_mm": 200, "levels": [500],
        "ground": { "left_mm": 0, "top_mm": 0, "width_mm": 1000, "depth_mm": 500 },
    });
    let plan = json!({
        "label": "Parcels", "door": null, "door_mm": 1500, "width_mm": 3000, "depth_mm": 3000,
        "racks": [rack], "zones": [],
    });
    let on = |label: &str, slot: u16| {
        let spot = json!({ "rack": { "rack": 0, "level": 0, "slot": slot } });
        json!({ "label": label, "place": { "spot": spot, "zone": null } })
    };
    let drawn = serde_json::from_value(json!({ "plan": plan, "shelves": [on("A", 0), on("B", 1)] })).unwrap();
    at.site.ask(Command::DrawRoom(drawn)).await;
    let page = at.page(&is_sent).await;
    assert_eq!(page.matches("<svg class=\"bank").count(), 2, "front and plan: {page}");
    assert_eq!(page.matches("door-halo").count(), 2, "the shelf in its rack, the rack in its room: {page}");
    assert!(page.contains("Shelf A in its room"), "{page}");
    assert!(
        page.contains("href=\"/staff/audits/1?at=shelf-2#place\""),
        "the other leads to its place: {page}"
    );
    let page = at.page("/staff/audits/1?at=shelf-2").await;
    assert!(page.contains("Shelf B in its room"), "{page}");
}

#[tokio::test]
async fn what_was_walked_today_is_said_before_it_is_walked_again() {
    let at = AtDesk::before_two_shelves().await;
    at.is_sent("/staff/audits", "scope=shelves&shelf=1&shelf=2").await;
    at.is_sent(&format!("{WALK}/look"), "at=shelf-1&asked=1&p-1=there&unknown=0&do=look").await;
    let page = at.page("/staff/audits").await;
    assert!(page.contains("Audit 1 is under way here"), "{page}");
    at.is_sent(&format!("{WALK}/look"), "at=shelf-2&asked=2&p-2=there&unknown=0&do=look").await;
    let page = at.page("/staff/audits").await;
    assert!(page.contains("in audit 1, which goes on"), "{page}");
    at.is_sent(WALK_END, "x=1").await;
    let page = at.page("/staff/audits").await;
    assert!(page.contains("Walked today at ") && page.contains("Shelves again"), "{page}");
    assert!(page.contains("2 of 4 places walked today"), "of everything: {page}");
    assert!(at.is_sent("/staff/audits", "scope=shelves&shelf=1&shelf=2").await.ends_with("/2"), "and again");
}

#[tokio::test]
async fn a_compartment_is_opened_alone_and_asked_about_once_it_was_open() {
    let at = AtDesk::before_two_shelves().await;
    at.is_sent("/staff/audits", "scope=1").await;
    let page = at.sees(WALK).await;
    assert!(page.text.contains("Open 2") && !page.text.contains("Done here"), "from the top: {}", page.text);
    let body = json!({ "step": "open", "audit": 1, "compartment": 2 });
    let said = at.asks("POST", "/api/v1/audits", body.clone()).await;
    assert_eq!(said.json()["compartment"], 2, "{}", said.text);
    assert_eq!(at.asks("POST", "/api/v1/audits", body).await.code, StatusCode::CONFLICT, "it is on its way");
    at.site.door(2, true).await;
    let page = at.sees(WALK).await;
    assert!(page.text.contains("The door is open") && page.text.contains("Done here"), "{}", page.text);
    let next = json!({ "step": "open", "audit": 1, "compartment": 1 });
    assert_eq!(at.asks("POST", "/api/v1/audits", next).await.json()["code"], "door-open", "never two");
    at.is_sent(&format!("{WALK}/look"), "at=compartment-2&unknown=0&do=look").await;
    at.site.door(2, false).await;
    at.is_sent(&format!("{WALK}/skip"), "at=compartment-1").await;
    assert!(at.is_sent(WALK_END, "x=1").await.ends_with("/report"));
}

const WALK_END: &str = "/staff/audits/1/end";

#[tokio::test]
async fn what_is_left_lying_is_a_task_with_the_report() {
    let at = AtDesk::before_two_shelves().await;
    at.is_sent("/staff/audits", "scope=everything").await;
    at.is_sent(&format!("{WALK}/look"), "at=shelf-1&asked=1&p-1=gone&unknown=0&do=look").await;
    at.is_sent(&format!("{WALK}/pause"), "pause=yes").await;
    at.site.forward(Span::hours(25));
    at.site.door(1, false).await;
    let task = TaskKind::AuditLeft { audit: AuditId(1) };
    assert!(at.site.handle.read(move |site, _| site.tasks.find(&task).is_some()).await.unwrap());
    let how = at.site.handle.query(|tables| {
        tables.query_row("SELECT how FROM audit WHERE audit = 1", [], |row| row.get::<_, String>(0))
    });
    assert_eq!(how.await.unwrap(), AuditEnd::Lapsed.word());
    assert_eq!(at.custodian(1).await, Custodian::Shelf(ShelfId(1)), "nobody gave a word");
}
