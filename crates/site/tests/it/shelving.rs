//! Parcels put onto shelves one after the other at the desk: parcel, shelf, next parcel.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::AtDesk;
use axum::http::{StatusCode, header};
use serde_json::json;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::*;

const HERE: &str = "/staff/desk/shelving";

impl AtDesk {
    /// Two shelves, and two parcels that staff have taken in.
    async fn with_parcels_to_shelve() -> Self {
        let at = Self::of("staff").await;
        for label in ["A1", "B1"] {
            at.site.ask(Command::InstallShelf { label: label.to_owned() }).await;
        }
        for number in ["1Z999AA10123456784", "1Z12345E0205271688"] {
            let body = json!({ "unit": 1, "size": "m", "carrier": 1, "tracking": number });
            let said = at.asks("POST", "/api/v1/parcels", body).await;
            assert!(said.code.is_success(), "{}", said.text);
        }
        at
    }

    /// Scans on the page that the reader is on, and is sent to the next.
    async fn scans(&self, page: &str, scan: &str) -> String {
        let to = page.replace(HERE, &format!("{HERE}/scan"));
        let said = self.presses(&to, &format!("scan={scan}")).await;
        assert_eq!(said.code, StatusCode::SEE_OTHER, "{scan}: {}", said.text);
        said.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    async fn lies(&self, parcel: u64) -> Custodian {
        let look = move |site: &Site, _| site.custody.get(ParcelId(parcel)).unwrap().custodian;
        self.site.handle.read(look).await.unwrap()
    }
}

#[tokio::test]
async fn parcels_are_shelved_one_after_the_other() {
    let at = AtDesk::with_parcels_to_shelve().await;
    assert!(at.sees("/staff/desk").await.text.contains(HERE), "the desk leads to it");
    let mut page = HERE.to_owned();
    for (parcel, number, shelf) in [(1, "1Z999AA10123456784", 2), (2, "1Z12345E0205271688", 1)] {
        page = at.scans(&page, number).await;
        let shown = at.sees(&page).await;
        assert!(shown.text.contains(&format!("Parcel {parcel}")), "{}", shown.text);
        assert!(shown.text.contains("Fits on shelf"), "{}", shown.text);
        page = at.scans(&page, &at.site.shelf_code(shelf).await).await;
        assert_eq!(at.lies(parcel).await, Custodian::Shelf(ShelfId(shelf)));
        let shown = at.sees(&page).await;
        let label = if shelf == 1 { "A1" } else { "B1" };
        assert!(shown.text.contains(&format!("is on shelf {label}. Scan the next parcel")), "{}", shown.text);
        assert!(
            shown.text.contains(&format!("action=\"{HERE}/scan\"")),
            "nothing is in hand: {}",
            shown.text
        );
    }
}

#[tokio::test]
async fn what_was_scanned_out_of_turn_gets_its_word() {
    let at = AtDesk::with_parcels_to_shelve().await;
    let says = async |page: &str, scan: &str, words: &str| {
        let to = at.scans(page, scan).await;
        let shown = at.sees(&to).await;
        assert!(shown.text.contains(words), "{words}: {}", shown.text);
        to
    };
    says(HERE, "b1", "That is a shelf. Scan the parcel first").await;
    says(HERE, "nobody%27s", "No parcel and no shelf").await;
    let one = says(HERE, "1Z999AA10123456784", "Parcel 1").await;
    says(&one, "1Z12345E0205271688", "This parcel instead").await;
    assert!(matches!(at.lies(1).await, Custodian::Staff(_)), "nothing has moved");

    let kept = Command::Classify { parcel: ParcelId(1), class: Some(ParcelClass::Medicine) };
    at.site.ask(kept).await;
    let refused = at.presses(&one.replace(HERE, &format!("{HERE}/scan")), "scan=A1").await;
    assert!(refused.code.is_client_error() && refused.text.contains("Parcel 1"), "{}", refused.text);
    assert!(refused.text.contains(&format!("{HERE}/scan?parcel=1")), "it stays in hand: {}", refused.text);
    assert!(matches!(at.lies(1).await, Custodian::Staff(_)));
}
