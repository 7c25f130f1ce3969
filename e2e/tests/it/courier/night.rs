//! A courier at the door by night: let in by a code that holds at this hour, refused by one that does not, and what staff see of it.

use vestibule_e2e::{Browser, Product, Screen, Sign};

use crate::play::door::{DoorScreen, until};
use crate::play::inbox::fact;
use crate::play::office::Office;

#[tokio::test]
async fn a_courier_comes_by_night_and_staff_see_the_release_and_the_photos() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskPortrait).await;
    browser.goto(&product.url("start")).await;
    browser.see("Come in by a door").await;
    browser.resize(Screen::Desk).await;
    browser.axe().await;
    browser.shot("night-0-demo").await;
    browser.resize(Screen::KioskPortrait).await;
    until(&browser, 23).await;
    let door = DoorScreen::at(&browser, &product, "Street door").await;
    browser.see("11:0").await;
    door.look_in_each_theme("night-1-start").await;
    browser.resize(Screen::KioskLandscape).await;
    door.look_in_each_theme("night-1-start-across").await;
    door.enter(&fact(&product, "/courier_codes/0/digits")).await;
    browser.see("Street door is open now").await;
    door.look("night-2-open").await;

    let desk = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&desk, &product).await;
    desk.see("A courier came in the night at Street door").await;
    office.look("night-3-task").await;
    seen_through(&office).await;
    desk.see("Swiftline").await;
    office.look("night-4-entry").await;
    desk.resize(Screen::Phone).await;
    office.look("night-4-entry-phone").await;
    desk.finish().await;
    browser.finish().await;
    product.stop().await;
}

/// Staff look at the entry until its photo is there and the door has shut behind them.
async fn seen_through(office: &Office<'_>) {
    for _ in 0..200 {
        office.go("/staff/entries/1").await;
        if office.browser.sees(Sign::Css(".photo-small img")).await
            && office.browser.text().await.contains("was shut")
        {
            return;
        }
    }
    panic!("no photo of the entry: {}", office.browser.text().await);
}

#[tokio::test]
async fn a_code_outside_its_hours_is_refused_with_a_reason_and_a_way_on() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    browser.goto(&product.url("start")).await;
    until(&browser, 23).await;
    let door = DoorScreen::at(&browser, &product, "Street door").await;
    let by_day = fact(&product, "/courier_codes/2/digits");
    door.enter(&by_day).await;
    browser.see("Not this time").await;
    browser.see("This code does not hold at this hour.").await;
    door.look_in_each_theme("night-5-refused").await;
    browser.resize(Screen::KioskPortrait).await;
    door.look("night-5-refused-upright").await;
    // What was refused is not said again: the next person begins, in their language.
    browser.press("Español").await;
    browser.see("No tengo código").await;
    browser.press("English").await;

    // What is no code for a door costs nothing and says so.
    let door = DoorScreen::at(&browser, &product, "Street door").await;
    browser.scan("1Z999AA10123456784").await;
    browser.see("That is no code for a door.").await;
    door.look("night-6-label").await;
    browser.press("I have no code").await;
    browser.see("To whom do you come?").await;
    door.look("night-7-way-on").await;

    // By day the same badge opens, held to the scanner.
    until(&browser, 10).await;
    let door = DoorScreen::at(&browser, &product, "Street door").await;
    browser.scan(&fact(&product, "/courier_codes/2/badge")).await;
    browser.see("Street door is open now").await;
    door.look("night-8-by-day").await;
    a_pass_is_spent(&browser, &product).await;
    browser.finish().await;
    product.stop().await;
}

/// A visitor's pass lets in once: it is spent when the door was seen to open.
async fn a_pass_is_spent(browser: &Browser, product: &Product) {
    let pass = fact(product, "/passes/0/digits");
    let door = DoorScreen::at(browser, product, "Package room").await;
    door.by_hand().await;
    door.enter(&pass).await;
    browser.see("Package room is open now").await;
    door.walk_through().await;
    let door = DoorScreen::at(browser, product, "Package room").await;
    door.enter(&pass).await;
    browser.see("Not this time").await;
    door.look("night-9-spent").await;
}
