//! The label of a shelf, scanned wherever a shelf is meant: by a courier at a kiosk, and by staff who put a parcel away. Where a
//! parcel or a code is meant, a word says what it is.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::AtDesk;
use crate::door_pages::AtDoor;
use crate::live::LiveSite;
use axum::http::StatusCode;
use serde_json::json;
use vestibule_core::code::shelf_code::shelf_code;
use vestibule_core::custody::Custodian;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;
use vestibule_site::web::WebSettings;

const NUMBER: &str = "1Z999AA10123456784";

impl LiveSite {
    /// What a scan of a shelf's label says.
    pub async fn shelf_code(&self, shelf: u32) -> String {
        let tag = self.handle.read(|site, _| site.tag).await.unwrap();
        shelf_code(ShelfId(shelf), tag.unwrap())
    }

    async fn with_shelves(&self) {
        for label in ["A1", "B1"] {
            self.ask(Command::InstallShelf { label: label.to_owned() }).await;
        }
    }

    async fn lies(&self) -> Custodian {
        self.handle.read(|site, _| site.custody.parcels.values().next().unwrap().custodian).await.unwrap()
    }
}

#[tokio::test]
async fn a_courier_lays_a_parcel_onto_the_shelf_they_scan() {
    let at = AtDoor::with(WebSettings::default()).await;
    at.site.with_shelves().await;
    for compartment in [CompartmentId(1), CompartmentId(2)] {
        let reason = StaffReason::Maintenance;
        at.site.ask(Command::SetService { compartment, in_service: false, reason }).await;
    }
    let shows = async |scan: &str| {
        at.presses("/kiosk/scan", &format!("scan={scan}")).await;
        at.screen("/kiosk").await.text
    };
    let other = at.site.shelf_code(2).await;
    let page = shows(&other).await;
    assert!(page.contains("That is the label of a shelf. Scan the label of a parcel"), "{page}");

    let (windows, doors) = (vec![WeekWindow::ALWAYS], Vec::new());
    let now = at.site.handle.read(|_, now| now).await.unwrap();
    let (carrier, expires) = (CarrierId(1), now + Span::days(30));
    let issued = at.site.ask(Command::IssueCourierCode { carrier, windows, expires, doors }).await;
    shows(issued.revealed[0].token.expose()).await;
    let page = shows(&other).await;
    assert!(page.contains("Scan the parcel first"), "{page}");

    shows(NUMBER).await;
    at.presses("/kiosk/apartment", "unit=302").await;
    at.presses("/kiosk/size", "size=M").await;
    let page = at.screen("/kiosk").await.text;
    assert!(page.contains("Put it on shelf A1") && page.contains("Or scan the label"), "{page}");
    let page = shows(&at.site.shelf_code(9).await).await;
    assert!(page.contains("No shelf here has that label"), "{page}");
    let page = shows(&other).await;
    assert_eq!(at.site.lies().await, Custodian::Shelf(ShelfId(2)));
    assert!(page.contains(", shelf B1."), "the next parcel is asked for: {page}");
}

#[tokio::test]
async fn staff_put_a_parcel_away_by_scanning_the_shelf() {
    let at = AtDesk::of("staff").await;
    at.site.with_shelves().await;
    at.asks("POST", "/api/v1/parcels", json!({ "unit": 1, "size": "m", "carrier": 1 })).await;
    let page = at.page("/staff/parcels/1").await;
    assert_eq!(page.matches("data-scan-target").count(), 1, "a scanner works anywhere: {page}");
    let put = async |fields: &str| at.presses("/staff/parcels/1/shelve", fields).await;
    let code = at.site.shelf_code(2).await;
    assert_eq!(put(&format!("scan={code}")).await.code, StatusCode::SEE_OTHER);
    assert_eq!(at.site.lies().await, Custodian::Shelf(ShelfId(2)));
    assert_eq!(put("scan=a1").await.code, StatusCode::SEE_OTHER, "as it is written there");
    assert_eq!(at.site.lies().await, Custodian::Shelf(ShelfId(1)));
    let seen: String = code.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(put(&format!("symbols=QRCode+%5DQ1+{seen}")).await.code, StatusCode::SEE_OTHER);
    assert_eq!(at.site.lies().await, Custodian::Shelf(ShelfId(2)));
    for scan in ["C1", NUMBER, &at.site.shelf_code(9).await] {
        let said = put(&format!("scan={scan}")).await;
        assert_eq!(said.code, StatusCode::NOT_FOUND, "{scan}");
        assert!(said.text.contains("No shelf here has that label"), "{scan}: {}", said.text);
    }
    assert_eq!(at.site.lies().await, Custodian::Shelf(ShelfId(2)));
}

#[tokio::test]
async fn where_a_parcel_or_a_code_is_meant_a_shelf_gets_its_word() {
    let at = AtDesk::of("staff").await;
    at.site.with_shelves().await;
    let code = at.site.shelf_code(1).await;
    let seen: String = code.bytes().map(|byte| format!("{byte:02x}")).collect();
    for (path, fields) in [
        ("/staff/desk/recipient", format!("tracking={code}")),
        ("/staff/desk/batch/scan", format!("scan={code}")),
        ("/staff/desk/show", format!("scan={code}")),
        ("/staff/desk/read", format!("symbols=QRCode+%5DQ1+{seen}")),
    ] {
        let said = at.presses(path, &fields).await;
        assert!(said.text.contains("That is the label of a shelf."), "{path}: {}", said.text);
    }
}
