//! Yesterday evening a courier left a parcel in the package room and scanned nothing: staff find it by the photos and take it in.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::office::Office;

/// As the demonstration invents it.
const NUMBER: &str = "BH2049188371";

async fn found_and_taken_in(building: &str) {
    let product = Product::start_with(&["--building", building, "--days", "1"]).await;
    let browser = Browser::open(Screen::Desk).await;
    browser.goto(&product.url("start")).await;
    browser.see("Yesterday evening a courier left a parcel").await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff").await;
    browser.see("A carrier says it delivered").await;
    office.go("/staff/delivered").await;
    browser.press(NUMBER).await;
    browser.see("Came in about then and scanned nothing").await;
    browser.find("ul.photos img").await;
    office.look(&format!("yesterday-{building}-1-claim")).await;
    browser.press_on("a[href^='/staff/entries/']").await;
    browser.see("Nothing was scanned").await;
    browser.find("ul.photos img").await;
    office.look(&format!("yesterday-{building}-2-entry")).await;
    // The whole photo, on the record.
    browser.press_on("ul.photos a").await;
    browser.see("That you look at it was recorded").await;

    office.go("/staff/delivered").await;
    browser.press(NUMBER).await;
    browser.press("It was left then: take it in").await;
    // The apartment and the number stand as the carrier said them.
    browser.find("main form[action$='/adopt'] [name=unit]:not([value=''])").await;
    office.look(&format!("yesterday-{building}-3-take-in")).await;
    browser.press_on("main form[action$='/adopt'] button[type=submit]").await;
    browser.see("It is found: this is the parcel.").await;
    // The photo of the entry is its own now.
    browser.see(NUMBER).await;
    browser.find("ul.photos img").await;
    office.look(&format!("yesterday-{building}-4-parcel")).await;
    browser.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn where_there_are_lockers() {
    found_and_taken_in("court").await;
}

#[tokio::test]
async fn where_there_is_a_package_room_alone() {
    found_and_taken_in("room").await;
}
