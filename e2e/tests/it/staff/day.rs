//! An ordinary day: what a courier does is seen as it happens, a door is opened with a reason, another taken out of use.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::hand;
use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

#[tokio::test]
async fn staff_see_what_happens_open_one_door_and_take_one_out_of_use() {
    let product = Product::start().await;
    let (at_desk, at_wall) = (Browser::open(Screen::Desk).await, Browser::open(Screen::KioskLandscape).await);
    wrong_password(&at_desk, &product).await;
    let office = Office::signed_in(&at_desk, &product).await;
    at_desk.see("Nothing needs you").await;
    office.look("day-1-nothing").await;

    office.go("/staff/banks").await;
    at_desk.see("24 of 24 free").await;
    let kiosk = Kiosk::at(&at_wall, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    let door = kiosk.offer("1Z999AA10123456784", "12B", "M").await;
    // Nobody reloads: the drawing follows the door.
    at_desk.find(".wall .door-open, .door-open").await;
    office.look("day-2-open").await;
    kiosk.shut(&door).await;
    kiosk.finish_round().await;
    at_desk.see("23 of 24 free").await;
    office.look("day-3-occupied").await;

    the_parcel_is_found(&office, &door).await;
    one_door_is_opened(&office, &door).await;
    one_is_taken_out_of_use(&office).await;
    at_desk.press("Sign out").await;
    at_desk.see("Sign in").await;
    office.go("/staff/parcels").await;
    at_desk.find("[name=password]").await;
    at_wall.finish().await;
    at_desk.finish().await;
    product.stop().await;
}

async fn wrong_password(browser: &Browser, product: &Product) {
    browser.goto(&product.url("sign_in")).await;
    browser.axe().await;
    browser.shot("day-0-sign-in").await;
    browser.fill("[name=email]", "owner@example.com").await;
    browser.fill("[name=password]", "correct horse battery").await;
    browser.press("Sign in").await;
    browser.find(".notice, [aria-invalid=true]").await;
    browser.axe().await;
    browser.shot("day-0-wrong-password").await;
    // The answer to a wrong password is a refusal, and browsers note those.
    let noted = browser.console_errors().await;
    assert!(noted.iter().all(|line| line.contains("/sign-in") && line.contains("40")), "{noted:?}");
}

async fn the_parcel_is_found(office: &Office<'_>, door: &str) {
    let browser = office.browser;
    office.go("/staff/parcels").await;
    browser.fill("[name=q]", "0123456784").await;
    browser.press("Search").await;
    browser.see("12B").await;
    office.look("day-4-search").await;
    browser.press_on("main a[href^='/staff/parcels/']").await;
    browser.see(&format!("Put into locker {door}")).await;
    browser.see("Marta Álvarez is told that something waits").await;
    browser.see("1Z999AA10123456784").await;
    office.look("day-5-parcel").await;
}

/// With a reason; who it was stays in the history, and the parcel is still where it was.
async fn one_door_is_opened(office: &Office<'_>, door: &str) {
    let browser = office.browser;
    office.go(&format!("/staff/compartments/{door}")).await;
    browser.press("Open this door").await;
    browser.fill("[name=words]", "He forgot his glasses inside").await;
    office.look("day-6-reason").await;
    browser.press("Open now").await;
    browser.see("The door is being opened.").await;
    browser.see(&format!("Locker {door} (North lobby) opened")).await;
    hand::lay(browser, door.parse().expect("a number"), "push_shut").await;
    browser.see("opens for staff").await;
    browser.see("By Robin Ellery").await;
    browser.see("He forgot his glasses inside").await;
    office.look("day-7-history").await;
}

/// One door fewer is free.
async fn one_is_taken_out_of_use(office: &Office<'_>) {
    let browser = office.browser;
    office.go("/staff/compartments/24").await;
    browser.press("Take out of use").await;
    browser.press_on(".ask[open] form button").await;
    browser.see("Changed.").await;
    office.look("day-8-out-of-use").await;
    office.go("/staff/banks").await;
    browser.see("22 of 24 free").await;
}
