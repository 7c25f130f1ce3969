//! A label that says for whom it is: one touch leaves the parcel, and one for another house is told.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::kiosk::Kiosk;
use crate::play::label::{HERE, fedex};

#[tokio::test]
async fn a_label_fills_in_its_recipient_and_a_courier_says_yes() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    let (postal, street) = HERE;

    kiosk.touches();
    browser.scan(&fedex("123456789012", "MARTA ALVAREZ", (postal, street, "APT 12B"))).await;
    kiosk.face("confirm").await;
    browser.see("M. Álvarez, apartment 12B").await;
    in_every_light(&kiosk, "label-1-confirm").await;
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    assert_eq!(kiosk.touches(), 1, "scan, and one touch that says yes");
    kiosk.shut(&door).await;

    for_another_house(&kiosk).await;
    a_name_nobody_has(&kiosk).await;
    kiosk.finish_round().await;
    browser.finish().await;
    product.stop().await;
}

/// The label says another street: the courier keeps one, and leaves the other all the same.
async fn for_another_house(kiosk: &Kiosk<'_>) {
    let browser = kiosk.browser;
    let main_street = |number: &str| fedex(number, "MARTA ALVAREZ", ("10001", "12 MAIN ST", "APT 12B"));
    browser.scan(&main_street("111111111114")).await;
    kiosk.face("other-house").await;
    browser.see("This label says 10001 12 MAIN ST – this is 14 Maple Street").await;
    in_every_light(kiosk, "label-2-other-house").await;
    kiosk.touch("Take it back").await;
    kiosk.face("address").await;
    browser.see("You keep that parcel. Nothing was taken in.").await;
    kiosk.look("label-3-taken-back").await;
    browser.scan(&main_street("222222222228")).await;
    kiosk.face("other-house").await;
    kiosk.touch("Deliver anyway").await;
    kiosk.face("confirm").await;
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    kiosk.shut(&door).await;
}

/// The apartment is known and the name is not: asked once, and known the next time.
async fn a_name_nobody_has(kiosk: &Kiosk<'_>) {
    let browser = kiosk.browser;
    let (postal, street) = HERE;
    browser.scan(&fedex("333333333331", "SUNNY BAKERY", (postal, street, "APT 10A"))).await;
    kiosk.face("choose").await;
    kiosk.look("label-4-asked").await;
    browser.press_on("button[name=recipient]").await;
    kiosk.face("size").await;
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    kiosk.shut(&door).await;
    browser.scan(&fedex("444444444445", "Sunny Bakery", (postal, street, "."))).await;
    kiosk.face("confirm").await;
    browser.see("10A").await;
    kiosk.look("label-5-learned").await;
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    kiosk.shut(&door).await;
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
