//! A courier lays a parcel onto another shelf than the screen named and scans the label that hangs there; staff move it the same way.

use serde_json::json;
use vestibule_e2e::{Browser, Product, Screen};

use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

/// Gives the picture on the label of a shelf a name of its own.
const MARK: &str = "const [shelf] = arguments;
    const labels = [...document.querySelectorAll('.slip')];
    const label = labels.find((label) => label.querySelector('.slip-to').innerText.trim() === shelf);
    label.querySelector('.qr').id = `qr-${shelf}`";

/// What a scanner reads off the labels of these shelves.
async fn labels<const N: usize>(office: &Office<'_>, shelves: [&str; N]) -> [String; N] {
    office.go("/staff/rooms/1/labels").await;
    let mut codes = Vec::new();
    for shelf in shelves {
        office.browser.script(MARK, vec![json!(shelf)]).await;
        let code = office.browser.read_qr(&format!("#qr-{shelf}")).await;
        assert!(code.starts_with("VS") && code.len() == 12, "{shelf}: {code}");
        codes.push(code);
    }
    codes.try_into().expect("a code for each")
}

#[tokio::test]
async fn a_courier_scans_the_parcel_and_then_the_shelf_they_took() {
    let product = Product::start_with(&["--building", "room"]).await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    let [small, other, third] = labels(&office, ["A1", "B2", "A3"]).await;

    browser.resize(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    browser.scan(&other).await;
    browser.see("Scan the parcel first").await;
    kiosk.look("shelf-1-parcel-first").await;
    browser.scan("1Z999AA10123456784").await;
    browser.see("Now the apartment").await;
    browser.scan("APT 12B").await;
    kiosk.face("size").await;
    // What the sizes say is what happens.
    browser.see("→ shelf A2").await;
    kiosk.size("M").await;
    browser.see("Put it on shelf A2").await;
    kiosk.look("shelf-2-named").await;
    browser.scan(&small).await;
    browser.see("Shelf A1 does not take this parcel").await;
    kiosk.look("shelf-3-too-small").await;
    kiosk.touches();
    browser.scan(&other).await;
    kiosk.face("address").await;
    browser.see(", shelf B2.").await;
    assert_eq!(kiosk.touches(), 0, "a scan takes no touch");
    kiosk.finish_round().await;

    browser.resize(Screen::Desk).await;
    office.go("/staff/shelves").await;
    browser.see("1 of 10").await;
    browser.press("B2").await;
    browser.press_on("main a[href^='/staff/parcels/']").await;
    browser.see("Shelf B2").await;
    browser.press("Move to another shelf").await;
    office.look("shelf-4-moved-by-staff").await;
    browser.scan(&third).await;
    browser.see("It is on the shelf.").await;
    browser.see("Shelf A3").await;
    browser.finish().await;
    product.stop().await;
}
