//! A courier who will not scan: how many, where to, and staff say whose each is.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

#[tokio::test]
async fn three_parcels_without_a_scan_are_put_down_and_sorted() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    kiosk.look("drop-1-loop").await;
    kiosk.touches();
    kiosk.touch("Drop without scanning").await;
    kiosk.face("drop").await;
    kiosk.look("drop-2-how-many").await;
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast")] {
        browser.theme(theme).await;
        browser.axe().await;
        browser.shot(&format!("drop-2-how-many-{word}")).await;
    }
    browser.theme(Theme::Light).await;
    browser.resize(Screen::KioskPortrait).await;
    browser.shot("drop-2-how-many-portrait").await;
    browser.resize(Screen::KioskLandscape).await;
    kiosk.touch("3").await;
    kiosk.face("elsewhere").await;
    assert_eq!(kiosk.touches(), 2, "one to say that they will not scan, one to say how many");
    kiosk.look("drop-3-where").await;
    kiosk.touch("Done, it is there").await;
    kiosk.face("address").await;
    kiosk.finish_round().await;

    browser.resize(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    browser.see("Parcels were left without a scan").await;
    browser.press_on("main a[href^='/staff/drops/']").await;
    browser.see("3 parcels, put down").await;
    browser.script("document.querySelectorAll('details').forEach((d) => { d.open = true; })", vec![]).await;
    browser.resize(Screen::Phone).await;
    office.look("drop-4-sort-phone").await;
    browser.resize(Screen::Desk).await;
    office.look("drop-4-sort").await;
    browser.fill("input[name=unit]", "12B").await;
    browser.fill("input[name=tracking]", "1Z999AA10123456784").await;
    browser.script("document.querySelector('select[name=put]').value = 'desk'", vec![]).await;
    browser.press_on("main form[action$='/adopt'] button[type=submit]").await;
    browser.see("It is theirs, and they have been told").await;
    browser.see("2 parcels, put down").await;
    // The name on the label alone is asked about, beside the photos.
    browser.script("document.querySelectorAll('details').forEach((d) => { d.open = true; })", vec![]).await;
    browser.fill("input[name=addressed_to]", "Daniel Okoro").await;
    browser.press_on("main form[action$='/adopt'] button[type=submit]").await;
    browser.see("Whose is it?").await;
    browser.press("Daniel Okoro").await;
    browser.resize(Screen::Phone).await;
    office.look("drop-6-whose-phone").await;
    browser.resize(Screen::Desk).await;
    office.look("drop-6-whose").await;
    browser.press_on("main form[action$='/adopt'] button[type=submit]").await;
    browser.see("One parcel, put down").await;
    office.go("/staff/drops/99").await;
    browser.see("These parcels are sorted").await;
    office.look("drop-5-sorted").await;
    browser.finish().await;
    product.stop().await;
}
