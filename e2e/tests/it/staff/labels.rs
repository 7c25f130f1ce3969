//! Labels at the desk with a phone: by its camera, and as a photo; a file that is no picture; the code a resident shows.

use vestibule_e2e::{Browser, Look, Picture, Printed, Product, Screen, fedex};

use crate::play::inbox::fact;
use crate::play::office::Office;

fn label() -> Picture {
    let label = fedex("7766325175100201", "MARTA ALVAREZ", "APT 12B");
    Picture::of(&[Printed::Pdf417(&label)])
}

#[tokio::test]
async fn a_phone_scans_a_label_and_the_form_is_filled() {
    let product = Product::start().await;
    let film = product.data().join("film.y4m");
    label().tilted(-5.0).film(&film);
    let browser = Browser::open_with(Look::on(Screen::Phone).seeing(&film)).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/desk").await;
    office.look("labels-1-desk").await;
    browser.press("Scan with camera").await;
    browser.see("apartment 12B, North House – correct?").await;
    browser.see("776632517510").await;
    office.look("labels-2-read").await;
    browser.press_on("button[name=size][value=M]").await;
    browser.see("Accepted. It is at the desk now.").await;

    // The same label once more: asked once, and nothing is taken in without an answer.
    office.go("/staff/desk").await;
    browser.press("Scan with camera").await;
    browser.see("A parcel with this number came today already.").await;
    office.look("labels-3-known").await;
    browser.press_on("button[name=size][value=M]").await;
    browser.find("[name=another]:invalid").await;
    browser.press("This is another parcel with the same number.").await;
    browser.press_on("button[name=size][value=M]").await;
    browser.see("Accepted. It is at the desk now.").await;
    browser.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn a_photo_is_read_and_what_is_no_photo_gets_a_word() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&browser, &product).await;
    let photo = product.data().join("label.png");
    label().tilted(5.0).photo(&photo);
    office.go("/staff/desk").await;
    browser.choose_file("[name=photo]", &photo).await;
    browser.see("apartment 12B, North House – correct?").await;
    browser.find("[name=addressed_to][value='MARTA ALVAREZ']").await;

    office.go("/staff/desk").await;
    std::fs::write(&photo, b"\x89PNG\r\n\x1a\n and nothing that follows").expect("a file is written");
    browser.choose_file("[name=photo]", &photo).await;
    browser.find(".camera-word:not(:empty), .notice").await;
    office.look("labels-4-no-picture").await;
    Picture::of(&[Printed::Qr("https://example.com/app")]).photo(&photo);
    office.go("/staff/desk").await;
    browser.choose_file("[name=photo]", &photo).await;
    browser.see("That code is a web address, not a parcel's label.").await;
    office.look("labels-5-web-address").await;
    browser.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn the_card_a_resident_shows_is_read_by_the_desks_camera() {
    let product = Product::start().await;
    let film = product.data().join("film.y4m");
    Picture::of(&[Printed::Qr(&fact(&product, "/cards/0/token"))]).film(&film);
    let browser = Browser::open_with(Look::on(Screen::Desk).seeing(&film)).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/desk").await;
    browser.press("Scan with camera").await;
    browser.see("Nothing of theirs is at the desk").await;
    office.look("labels-6-card").await;
    browser.finish().await;
    product.stop().await;
}
