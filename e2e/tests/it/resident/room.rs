//! A house without lockers: a courier lays parcels on shelves, a resident comes in by number and PIN and takes them with one code.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::door::{DoorScreen, minutes_pass};
use crate::play::inbox::{Mail, fact};
use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

#[tokio::test]
async fn a_package_room_alone_takes_parcels_in_and_gives_them_out() {
    let product = Product::start_with(&["--building", "room"]).await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    browser.goto(&product.url("start")).await;
    browser.see("Linden House").await;
    browser.resize(Screen::Phone).await;
    browser.axe().await;
    browser.shot("room-0-demo-phone").await;
    browser.resize(Screen::KioskLandscape).await;
    the_courier(&browser, &product).await;
    let mail = Mail::to(&browser, &product, "daniel.okoro@example.com", "Hello Daniel").await;
    browser.shot("room-8-mail").await;
    the_resident(&browser, &product, &mail).await;
    browser.finish().await;
    product.stop().await;
}

async fn the_courier(browser: &Browser, product: &Product) {
    let door = DoorScreen::at(browser, product, "Package room").await;
    door.by_hand().await;
    door.look_in_each_theme("room-1-door").await;
    browser.scan(&fact(product, "/courier_codes/0/badge")).await;
    browser.see("Package room is open now").await;
    door.walk_through().await;

    let kiosk = Kiosk::at(browser, product, 1).await;
    kiosk.look("room-2-start").await;
    kiosk.scan_badge(product, 0).await;
    kiosk.look("room-3-loop").await;
    for (tracking, size, shelf, name) in [
        ("1Z999AA10123456793", "XL", "shelf F1", "mattress"),
        ("1Z999AA10123456784", "M", "shelf A2", "shoes"),
    ] {
        browser.scan(tracking).await;
        browser.see("Now the apartment").await;
        browser.scan("APT 12B").await;
        kiosk.face("size").await;
        browser.see("How big is it?").await;
        kiosk.look(&format!("room-4-size-{name}")).await;
        kiosk.size(size).await;
        browser.see(&format!("Put it on {shelf}")).await;
        kiosk.look(&format!("room-5-{name}")).await;
        if name == "mattress" {
            comes_back_late(&kiosk, (browser, product), tracking).await;
        } else {
            kiosk.touch("Done, it is there").await;
        }
        kiosk.face("address").await;
    }
    browser.theme(Theme::Dark).await;
    kiosk.look("room-6-after-dark").await;
    browser.theme(Theme::Light).await;
    kiosk.finish_round().await;
    let door = DoorScreen::at(browser, product, "Package room").await;
    door.walk_out().await;
}

/// It is a long way with a mattress: the screen has gone back to the start, and asks whoever shows the same badge.
async fn comes_back_late(kiosk: &Kiosk<'_>, (browser, product): (&Browser, &Product), tracking: &str) {
    minutes_pass(browser, 4).await;
    kiosk.face("start").await;
    browser.scan(&fact(product, "/courier_codes/0/badge")).await;
    kiosk.face("asked").await;
    browser.see("Did you put it on shelf F1?").await;
    kiosk.look("room-5-came-back").await;
    browser.theme(Theme::HighContrast).await;
    kiosk.look("room-5-came-back-contrast").await;
    browser.theme(Theme::Light).await;
    kiosk.touch("Next parcel first").await;
    kiosk.face("address").await;
    browser.scan(tracking).await;
    kiosk.face("asked").await;
    kiosk.touch("Yes, it is there").await;
}

async fn the_resident(browser: &Browser, product: &Product, mail: &Mail) {
    assert!(mail.text.contains("shelf A2") || mail.text.contains("Shelf A2"), "{}", mail.text);
    browser.resize(Screen::KioskPortrait).await;
    let door = DoorScreen::at(browser, product, "Package room").await;
    browser.press("I collect a parcel").await;
    door.look_in_each_theme("room-9-collect").await;
    browser.resize(Screen::KioskLandscape).await;
    door.look("room-9-collect-across").await;
    door.enter(&mail.keypad).await;
    door.enter(&mail.pin).await;
    browser.see("Package room is open now").await;
    door.walk_through().await;

    let kiosk = Kiosk::at(browser, product, 1).await;
    kiosk.type_pickup_code(&mail.keypad, &mail.pin).await;
    browser.see("Your parcels").await;
    browser.see("Shelf A2").await;
    browser.see("Shelf F1").await;
    kiosk.look("room-10-shelves").await;
    browser.theme(Theme::HighContrast).await;
    kiosk.look("room-10-shelves-contrast").await;
    browser.theme(Theme::Light).await;
    browser.press_on(".waits .button").await;
    browser.see("You have 1 parcel so far.").await;
    browser.press_on(".waits .button").await;
    browser.see("That was everything").await;
    kiosk.look("room-11-done").await;
    kiosk.touch("Done").await;

    // They are not seen to leave: staff hear of it.
    minutes_pass(browser, 35).await;
    browser.resize(Screen::Desk).await;
    let office = Office::signed_in(browser, product).await;
    browser.see("Somebody went in at Package room and was not seen to leave").await;
    office.look("room-12-task").await;
    office.go("/staff/entries/2").await;
    browser.see("Daniel Okoro").await;
    office.look("room-13-entry").await;
    office.go("/staff/entries/1").await;
    browser.see("2 parcels").await;
    office.look("room-14-courier").await;
}

#[tokio::test]
async fn days_are_played_in_a_house_without_lockers() {
    let product = Product::start_with(&["--building", "room", "--days", "3"]).await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    for (page, name) in [
        ("/staff", "needs"),
        ("/staff/entries", "entries"),
        ("/staff/parcels", "parcels"),
        ("/staff/shelves", "shelves"),
        ("/staff/banks", "banks"),
        ("/staff/doors", "doors"),
    ] {
        office.go(page).await;
        office.look(&format!("room-days-{name}")).await;
        browser.resize(Screen::Phone).await;
        office.look(&format!("room-days-{name}-phone")).await;
        browser.resize(Screen::Desk).await;
    }
    browser.finish().await;
    product.stop().await;
}
