//! Doors that staff open with a mechanical key: announced or explained by the pages and by the API.

use crate::at_desk::AtDesk;
use crate::live::{Call, Said};
use axum::http::{StatusCode, header};
use serde_json::json;
use vestibule_core::task::TaskKind;
use vestibule_core::*;

impl AtDesk {
    /// The door swings open and shut.
    async fn swings(&self, compartment: u32) {
        self.site.door(compartment, true).await;
        self.site.door(compartment, false).await;
    }

    async fn is_forced(&self, compartment: u32) -> bool {
        let what = TaskKind::Forced { compartment: CompartmentId(compartment) };
        self.site.handle.read(move |site, _| site.tasks.find(&what).is_some()).await.expect("it runs")
    }

    async fn me(&self) -> u32 {
        let last = |site: &Site, _| site.layout.staff.last().map(|staff| staff.0);
        self.site.handle.read(last).await.expect("it runs").expect("somebody works here")
    }
}

fn goes_to(said: &Said) -> &str {
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    said.headers[header::LOCATION].to_str().expect("an address")
}

#[tokio::test]
async fn a_door_is_announced_on_the_pages_and_its_opening_is_theirs() {
    let at = AtDesk::of("staff").await;
    let banks = at.page("/staff/banks").await;
    assert!(
        banks.contains("action=\"/staff/banks/key\"") && banks.contains("<option value=\"2\""),
        "{banks}"
    );
    let unsaid = at.presses("/staff/banks/key", "compartment=1&reason=other&words=").await;
    assert_eq!(unsaid.code, StatusCode::UNPROCESSABLE_ENTITY, "other needs words: {}", unsaid.text);
    let said =
        at.presses("/staff/banks/key", "compartment=1&reason=maintenance&words=The+latch+sticks").await;
    assert_eq!(goes_to(&said), "/staff/compartments/1?said=key-announced");
    let page = at.page("/staff/compartments/1").await;
    assert!(
        page.contains("opens this door with the key, until") && page.contains("The latch sticks"),
        "{page}"
    );
    at.swings(1).await;
    let page = at.page("/staff/compartments/1").await;
    assert!(page.contains("with the key") && !page.contains("counts as forced"), "{page}");
    assert!(!at.is_forced(1).await);
    assert!(!page.contains("opens this door with the key, until"), "it has been opened: {page}");
    at.site.forward(Span::seconds(3));
    at.swings(1).await;
    assert!(at.is_forced(1).await, "it was one opening that was said");
}

#[tokio::test]
async fn a_forced_door_stays_so_until_somebody_says_who_used_the_key() {
    let at = AtDesk::of("staff").await;
    at.swings(2).await;
    let page = at.page("/staff/compartments/2").await;
    assert!(
        page.contains("This door counts as forced") && page.contains("/staff/compartments/2/explain"),
        "{page}"
    );
    let me = at.me().await;
    let fields = format!("holder={me}&reason=help_resident&words=");
    assert_eq!(
        goes_to(&at.presses("/staff/compartments/2/explain", &fields).await),
        "/staff/compartments/2?said=explained"
    );
    assert!(!at.is_forced(2).await);
    let page = at.page("/staff/compartments/2").await;
    assert!(page.contains("was opened with the key, by") && !page.contains("counts as forced"), "{page}");
    let again = at.presses("/staff/compartments/2/explain", &fields).await;
    assert_eq!(again.code, StatusCode::CONFLICT, "{}", again.text);
    assert!(again.text.contains("Nothing has to be explained"), "{}", again.text);
}

#[tokio::test]
async fn a_program_announces_and_explains_too() {
    let at = AtDesk::of("staff").await;
    let because = json!({ "reason": "maintenance" });
    let said = at.asks("POST", "/api/v1/compartments/1/key", because.clone()).await;
    assert_eq!(said.code, StatusCode::OK, "{}", said.text);
    at.swings(1).await;
    at.swings(2).await;
    assert!(!at.is_forced(1).await && at.is_forced(2).await);
    let all = Call::get("/api/v1/compartments").bearer(&at.session).to(&at.site).await.json();
    assert!(all[0]["forced_since"].is_null() && all[1]["forced_since"].is_number(), "{all}");
    let nobody = json!({ "holder": 99, "because": because });
    assert_eq!(at.asks("POST", "/api/v1/compartments/2/explain", nobody).await.code, StatusCode::NOT_FOUND);
    let mine = json!({ "holder": at.me().await, "because": because });
    assert_eq!(at.asks("POST", "/api/v1/compartments/2/explain", mine).await.code, StatusCode::OK);
    let all = Call::get("/api/v1/compartments").bearer(&at.session).to(&at.site).await.json();
    assert!(all[1]["forced_since"].is_null() && !at.is_forced(2).await, "{all}");
}
