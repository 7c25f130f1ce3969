//! Somebody without a code stands at a door without a screen: they scan its label with their own phone, ring with a picture, and
//! who lives there lets them in.

use vestibule_e2e::{Browser, Picture, Printed, Product, Screen, Theme};

use crate::play::door::picture_size;
use crate::play::inbox::Mail;
use crate::play::office::Office;

const DANIEL: &str = "daniel.okoro@example.com";
const ASKS: &str = "Somebody without a code asked to be let in to you";
/// No camera sees this door: the phone takes the picture.
const DOOR: &str = "Package room";

async fn look(browser: &Browser, name: &str) {
    for (theme, word) in [(Theme::Dark, "-dark"), (Theme::HighContrast, "-contrast"), (Theme::Light, "")] {
        browser.theme(theme).await;
        browser.axe().await;
        browser.shot(&format!("{name}{word}")).await;
    }
}

#[tokio::test]
async fn whoever_scans_the_label_of_a_door_rings_with_their_phone_and_is_let_in() {
    let product = Product::start().await;
    let at_the_door = Browser::open(Screen::Phone).await;
    let address = label_of_the_door(&product).await;
    at_the_door.goto(&address).await;
    at_the_door.see("Ring from here").await;
    look(&at_the_door, "intercom-2-whom").await;

    let face = product.data().join("face.png");
    Picture::of(&[Printed::Qr("WHO RANG BY PHONE")]).photo(&face);
    // Half a name finds nobody, and what was typed stays.
    at_the_door.choose_file("[name=photo]", &face).await;
    at_the_door.fill("[name=whom]", "OKO").await;
    at_the_door.press("Ring").await;
    at_the_door.see("Check the apartment or the name").await;
    look(&at_the_door, "intercom-3-nobody").await;

    at_the_door.choose_file("[name=photo]", &face).await;
    at_the_door.fill("[name=whom]", "12B").await;
    at_the_door.press("Ring").await;
    at_the_door.see("They are asked").await;
    look(&at_the_door, "intercom-4-waiting").await;

    let at_home = Browser::open(Screen::Phone).await;
    let mail = Mail::to(&at_home, &product, DANIEL, ASKS).await;
    let (width, _) = picture_size(&at_home, ".mail-photo").await;
    assert!(width > 0, "who rang is in the mail");
    assert_eq!(at_home.read_qr(".mail-photo").await, "WHO RANG BY PHONE");
    at_home.goto(mail.answer()).await;
    at_home.see("they may be anywhere").await;
    look(&at_home, "intercom-5-asked").await;
    at_home.press("Let in once").await;
    at_home.see("The door is released").await;
    at_the_door.see(&format!("{DOOR} is open now")).await;
    look(&at_the_door, "intercom-6-open").await;
    at_home.finish().await;
    at_the_door.finish().await;
    product.stop().await;
}

/// What the label says that staff print: the address in its QR.
async fn label_of_the_door(product: &Product) -> String {
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, product).await;
    office.go("/staff/doors").await;
    browser.press(DOOR).await;
    browser.press("Print the door's code").await;
    browser.see("Point your phone here and ring").await;
    office.look("intercom-1-label").await;
    let address = browser.read_qr(".sheet svg").await;
    browser.finish().await;
    address
}
