//! Somebody without a code rings, and who lives there is asked with a picture: let in once, refuse, or nobody answers.

use vestibule_e2e::{Browser, Camera, Look, Picture, Printed, Product, Screen, Sign, Theme};

use crate::play::door::{DoorScreen, minutes_pass, picture_size};
use crate::play::inbox::Mail;

const DANIEL: &str = "daniel.okoro@example.com";
const ASKS: &str = "Somebody without a code asked to be let in to you";

#[tokio::test]
async fn who_lives_there_sees_a_picture_in_the_mail_and_lets_in_once_or_refuses() {
    let product = Product::start().await;
    let (street, phone) = (Browser::open(Screen::KioskLandscape).await, Browser::open(Screen::Phone).await);
    let door = DoorScreen::at(&street, &product, "Street door").await;
    street.press("I have no code").await;
    street.see("To whom do you come?").await;
    door.look_in_each_theme("ring-1-whom").await;
    street.resize(Screen::KioskPortrait).await;
    door.look("ring-1-whom-upright").await;
    street.resize(Screen::KioskLandscape).await;

    // A neighbour's half name finds nobody, and nothing is said of who lives here.
    door.enter("OKO").await;
    street.see("We could not ring").await;
    door.look("ring-2-nobody").await;
    street.press("Try again").await;

    rings(&door).await;
    door.look_in_each_theme("ring-3-waiting").await;
    let mail = asked(&phone, &product, 1).await;
    phone.goto(mail.answer()).await;
    phone.see("Somebody asks to be let in").await;
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast"), (Theme::Light, "light")] {
        phone.theme(theme).await;
        phone.axe().await;
        phone.shot(&format!("ring-5-asked-{word}")).await;
    }
    let (width, _) = picture_size(&phone, "figure.photo img").await;
    assert!(width > 0, "who rang is on the page too");
    phone.press("Let in once").await;
    phone.see("The door is released").await;
    phone.axe().await;
    phone.shot("ring-6-released").await;
    street.see("Street door is open now").await;
    door.look_in_each_theme("ring-7-open").await;
    Mail::to(&phone, &product, "marta.alvarez@example.com", "abrió a alguien sin código").await;

    refused_and_forgotten(&door, &phone, &product).await;
    street.finish().await;
    phone.finish().await;
    product.stop().await;
}

/// Touches the apartment of Daniel Okoro and Marta Álvarez.
async fn rings(door: &DoorScreen<'_>) {
    door.enter("12B").await;
    door.browser.see("They are asked").await;
}

/// The newest mail that asks Daniel, once there are so many, with the picture in it.
async fn asked(phone: &Browser, product: &Product, so_many: usize) -> Mail {
    let count = "return [...document.querySelectorAll('.mail')].filter((mail) => mail.innerText.includes(arguments[0])
        && mail.innerText.includes(arguments[1])).length";
    let mut found = 0;
    while found < so_many {
        Mail::to(phone, product, DANIEL, ASKS).await;
        let arguments = vec![DANIEL.into(), ASKS.into()];
        found = phone.script(count, arguments).await.as_u64().unwrap_or(0) as usize;
    }
    let mail = Mail::to(phone, product, DANIEL, ASKS).await;
    assert!(mail.text.contains("A photo of who rang is in this mail."), "{}", mail.text);
    let (width, height) = picture_size(phone, ".mail-photo").await;
    assert!(width >= 320 && height >= 200, "a face can be known: {width} x {height}");
    phone.axe().await;
    phone.shot(&format!("ring-4-mail-{so_many}")).await;
    mail
}

async fn refused_and_forgotten(door: &DoorScreen<'_>, phone: &Browser, product: &Product) {
    let street = door.browser;
    let again = DoorScreen::at(street, product, "Street door").await;
    street.press("I have no code").await;
    rings(&again).await;
    let mail = asked(phone, product, 2).await;
    phone.goto(mail.answer()).await;
    phone.press("Refuse").await;
    phone.see("You refused").await;
    phone.shot("ring-8-refused").await;
    street.see("You were not let in").await;
    door.look("ring-9-not-let-in").await;

    let again = DoorScreen::at(street, product, "Street door").await;
    street.press("I have no code").await;
    rings(&again).await;
    let mail = asked(phone, product, 3).await;
    minutes_pass(phone, 3).await;
    street.see("Nobody answered").await;
    door.look_in_each_theme("ring-10-nobody").await;
    phone.goto(mail.answer()).await;
    phone.see("Too late, or answered already").await;
    phone.axe().await;
    phone.shot("ring-11-over").await;

    let again = DoorScreen::at(street, product, "Street door").await;
    street.press("I have no code").await;
    again.enter("12B").await;
    street.see("Not this time").await;
    door.look("ring-12-enough").await;
}

#[tokio::test]
async fn where_no_camera_sees_the_door_its_screen_looks_itself_or_says_why_not() {
    let product = Product::start().await;
    let film = product.data().join("face.y4m");
    Picture::of(&[Printed::Qr("WHO RANG")]).film(&film);
    let street = Browser::open_with(Look::on(Screen::KioskLandscape).seeing(&film)).await;
    let door = DoorScreen::at(&street, &product, "Package room").await;
    street.press("I have no code").await;
    street.find("[data-caller][data-on] video").await;
    door.look_in_each_theme("ring-13-looks").await;
    street.resize(Screen::KioskPortrait).await;
    door.look("ring-13-looks-upright").await;
    rings(&door).await;
    street.finish().await;

    let phone = Browser::open(Screen::Phone).await;
    asked(&phone, &product, 1).await;
    assert_eq!(phone.read_qr(".mail-photo").await, "WHO RANG", "what the screen saw is in the mail");
    minutes_pass(&phone, 3).await;
    phone.finish().await;

    for (camera, words, name) in [
        (Camera::None, "This screen has no camera. Ringing works without a picture.", "missing"),
        (Camera::Refused, "The camera of this screen is not allowed or gives no picture.", "refused"),
    ] {
        let street = Browser::open_with(Look::on(Screen::KioskLandscape).with_camera(camera)).await;
        let door = DoorScreen::at(&street, &product, "Package room").await;
        street.press("I have no code").await;
        street.see(words).await;
        door.look(&format!("ring-14-{name}")).await;
        rings(&door).await;
        minutes_pass(&street, 3).await;
        street.see("Nobody answered").await;
        street.finish().await;
    }
    let phone = Browser::open(Screen::Phone).await;
    Mail::to(&phone, &product, DANIEL, "There is no photo of who rang.").await;
    assert!(phone.sees(Sign::Text(ASKS)).await);
    phone.finish().await;
    product.stop().await;
}
