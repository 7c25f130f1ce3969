//! A parcel is not on its shelf: the resident says so, finds one after all, and staff see who went in since it was last seen there.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::door::{DoorScreen, picture_size};
use crate::play::inbox::{Mail, fact};
use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

#[tokio::test]
async fn what_is_not_on_its_shelf_leads_staff_to_who_went_in() {
    let product = Product::start_with(&["--building", "room"]).await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    a_courier_leaves_two(&browser, &product).await;
    let mail = Mail::to(&browser, &product, "daniel.okoro@example.com", "Hello Daniel").await;
    a_resident_finds_one(&browser, &product, &mail).await;
    staff_look_for_the_other(&browser, &product).await;
    browser.finish().await;
    product.stop().await;
}

async fn a_courier_leaves_two(browser: &Browser, product: &Product) {
    let door = DoorScreen::at(browser, product, "Package room").await;
    door.by_hand().await;
    browser.scan(&fact(product, "/courier_codes/0/badge")).await;
    browser.see("Package room is open now").await;
    door.walk_through().await;
    let kiosk = Kiosk::at(browser, product, 1).await;
    kiosk.scan_badge(product, 0).await;
    for (tracking, size) in [("1Z999AA10123456784", "M"), ("1Z999AA10123456793", "XL")] {
        kiosk.describe(tracking, "12B", size).await;
        kiosk.touch("Done, it is there").await;
        kiosk.face("address").await;
    }
    kiosk.finish_round().await;
    DoorScreen::at(browser, product, "Package room").await.walk_out().await;
}

async fn a_resident_finds_one(browser: &Browser, product: &Product, mail: &Mail) {
    let door = DoorScreen::at(browser, product, "Package room").await;
    browser.press("I collect a parcel").await;
    door.enter(&mail.keypad).await;
    door.enter(&mail.pin).await;
    browser.see("Package room is open now").await;
    door.walk_through().await;

    let kiosk = Kiosk::at(browser, product, 1).await;
    kiosk.type_pickup_code(&mail.keypad, &mail.pin).await;
    browser.see("Shelf A2").await;
    kiosk.look("not-there-1-shelves").await;
    browser.press("It is not there").await;
    browser.see("Staff will look for it").await;
    kiosk.look("not-there-2-one").await;
    browser.press("I found it").await;
    browser.see("You have 1 parcel so far.").await;
    browser.press("It is not there").await;
    browser.see("All but this").await;
    browser.see("Staff will look for it").await;
    kiosk.look("not-there-3-all-but-this").await;
    browser.resize(Screen::KioskPortrait).await;
    kiosk.look("not-there-3-portrait").await;
    browser.resize(Screen::KioskLandscape).await;
    kiosk.touch("Done").await;
    DoorScreen::at(browser, product, "Package room").await.walk_out().await;
}

async fn staff_look_for_the_other(browser: &Browser, product: &Product) {
    browser.resize(Screen::Desk).await;
    let office = Office::signed_in(browser, product).await;
    browser.see("Parcel 2 is missing").await;
    browser.press("History").await;
    browser.see("Since it was last seen there, these went in").await;
    browser.see("may have left with more").await;
    office.look("not-there-4-parcel").await;
    browser.resize(Screen::Phone).await;
    office.look("not-there-4-parcel-phone").await;
    browser.resize(Screen::Desk).await;
    browser.press_on(".went-in a[href='/staff/entries/1']").await;
    browser.see("may have left with more").await;
    let (width, height) = picture_size(browser, "main a[href^='/staff/photos/'] img").await;
    assert!(width > 0 && height > 0, "the photo of who went in is there");
    office.look("not-there-5-entry").await;
    browser.see("found since").await;
    browser.press_on("main a[href='/staff/parcels/2']").await;
    browser.see("It turned up").await;
}
