//! Parcels that may not lie just anywhere: a touch says what one is, and staff see it.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

#[tokio::test]
async fn a_courier_says_that_it_is_medicine_and_staff_put_it_right() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    browser.scan("1Z999AA10123456784").await;
    browser.see("Now the apartment").await;
    browser.scan("APT 10A").await;
    kiosk.face("size").await;
    kiosk.touch("Signature").await;
    browser.find("[aria-pressed=true]").await;
    in_every_light(&kiosk, "class-1-signature").await;
    kiosk.touch("Medicine").await;
    in_every_light(&kiosk, "class-2-medicine").await;
    kiosk.touches();
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    assert_eq!(kiosk.touches(), 1);
    kiosk.shut(&door).await;
    kiosk.face("address").await;
    kiosk.finish_round().await;

    browser.resize(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/parcels").await;
    browser.press_on("main a[href^='/staff/parcels/']").await;
    browser.see("Medicine").await;
    browser.see("Kept until").await;
    let open = "document.querySelectorAll('details').forEach((d) => { d.open = true; })";
    browser.script(open, vec![]).await;
    on_desk_and_phone(&office, "class-3-parcel").await;
    browser.script("document.querySelector('select[name=class]').value = 'chilled'", vec![]).await;
    browser.press_on("form[action$='/class'] button[type=submit]").await;
    browser.see("Saved.").await;
    browser.see("To be kept cold").await;
    for (page, name) in [
        ("/staff/shelves/1", "class-4-shelf"),
        ("/staff/compartments/3", "class-5-compartment"),
        ("/staff/settings", "class-6-settings"),
        ("/staff/desk", "class-7-desk"),
    ] {
        office.go(page).await;
        browser.script(open, vec![]).await;
        on_desk_and_phone(&office, name).await;
    }
    office.go("/staff/shelves/1").await;
    browser.script("document.querySelector('select[name=class]').value = 'chilled'", vec![]).await;
    browser.press_on("form[action$='/class'] button[type=submit]").await;
    browser.see("Saved.").await;
    office.go("/staff/shelves").await;
    browser.see("To be kept cold").await;
    browser.finish().await;
    product.stop().await;
}

/// As it hangs on the wall either way, and in every theme.
async fn in_every_light(kiosk: &Kiosk<'_>, name: &str) {
    let browser = kiosk.browser;
    kiosk.look(name).await;
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast")] {
        browser.theme(theme).await;
        browser.axe().await;
        browser.shot(&format!("{name}-{word}")).await;
    }
    browser.theme(Theme::Light).await;
    browser.resize(Screen::KioskPortrait).await;
    browser.shot(&format!("{name}-portrait")).await;
    browser.resize(Screen::KioskLandscape).await;
}

async fn on_desk_and_phone(office: &Office<'_>, name: &str) {
    office.browser.resize(Screen::Phone).await;
    office.look(&format!("{name}-phone")).await;
    office.browser.resize(Screen::Desk).await;
    office.look(name).await;
}
