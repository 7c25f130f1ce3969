//! The mail alone is enough: two numbers typed at the keypad open the door, in whose language it may be.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::inbox::Mail;
use crate::play::kiosk::Kiosk;

#[tokio::test]
async fn a_mail_is_read_its_numbers_typed_and_the_parcel_taken() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    let door = kiosk.deliver("1Z999AA10123456784", "12B", "M").await;
    kiosk.finish_round().await;

    let (daniel, marta) = both_are_told(&browser, &product, &door).await;
    wrong_numbers(&browser, &product, &daniel).await;

    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.type_pickup_code(&daniel.keypad, &daniel.pin).await;
    assert_eq!(kiosk.open_door().await, door);
    browser.see("Take your parcel and shut the door").await;
    kiosk.look("mail-5-door").await;
    kiosk.shut(&door).await;
    browser.see("That was everything").await;
    kiosk.look("mail-6-done").await;

    // Keys forgotten inside: the door opens once more.
    kiosk.touch(&format!("Open door {door} again")).await;
    assert_eq!(kiosk.open_door().await, door);
    browser.see("Shut it when you are done.").await;
    kiosk.shut(&door).await;
    kiosk.touch("Done").await;
    kiosk.face("start").await;

    the_other_is_told(&browser, &product, &marta).await;
    browser.finish().await;
    product.stop().await;
}

/// Marta Álvarez reads Spanish, Daniel Okoro English; both may collect what came for their home.
async fn both_are_told(browser: &Browser, product: &Product, door: &str) -> (Mail, Mail) {
    browser.resize(Screen::Desk).await;
    let daniel = Mail::to(browser, product, "daniel.okoro@example.com", "Hello Daniel").await;
    let marta = Mail::to(browser, product, "marta.alvarez@example.com", "Hola, Marta").await;
    browser.axe().await;
    browser.shot("mail-1-inbox").await;
    assert_eq!(daniel.subject, format!("A parcel for you in locker {door} - Maple Court"));
    assert!(daniel.text.contains("UPS") || daniel.text.contains("Swiftline"), "{}", daniel.text);
    assert!(daniel.text.contains("+1 555 01"), "a mail says whom to ask: {}", daniel.text);
    assert!(marta.subject.starts_with("Un paquete para usted"), "{}", marta.subject);
    assert_eq!((daniel.keypad.as_str(), daniel.pin.len()), ("1202", 9));
    assert_ne!(daniel.pin, marta.pin, "each person has a code of their own");
    browser.press_on(".mail a[href$='/html']").await;
    browser.see("Maple Court").await;
    browser.shot("mail-2-html").await;
    browser.resize(Screen::KioskLandscape).await;
    (daniel, marta)
}

/// A typo is told as one; a code that is nobody's is told in words that help no guesser.
async fn wrong_numbers(browser: &Browser, product: &Product, mail: &Mail) {
    let kiosk = Kiosk::at(browser, product, 1).await;
    let (head, last) = mail.pin.split_at(mail.pin.len() - 1);
    let typo = format!("{head}{}", if last == "0" { "1" } else { "0" });
    kiosk.type_pickup_code(&mail.keypad, &typo).await;
    browser.see("There is a typo in this code.").await;
    kiosk.look("mail-3-typo").await;
    kiosk.touch("Back").await;
    // The right PIN with a neighbour's number.
    kiosk.type_pickup_code("1203", &mail.pin).await;
    browser.see("This code is not known here.").await;
    kiosk.look("mail-4-unknown").await;
    kiosk.touch("Back").await;
    kiosk.face("start").await;
}

/// What Marta's code was for is gone: she hears why, in her language, and that it was Daniel by mail.
async fn the_other_is_told(browser: &Browser, product: &Product, marta: &Mail) {
    let kiosk = Kiosk::at(browser, product, 1).await;
    kiosk.touch("Español").await;
    browser.see("¿").await;
    kiosk.look("mail-7-espanol").await;
    browser.press_on(".intents .button").await;
    kiosk.face("pick-up").await;
    browser.type_keys(&marta.keypad).await;
    browser.key(vestibule_e2e::Key::Enter).await;
    browser.type_keys(&marta.pin).await;
    browser.key(vestibule_e2e::Key::Enter).await;
    browser.find(".notices .notice").await;
    kiosk.look("mail-8-dead").await;
    let words = browser.text().await;
    assert!(words.contains("código") && !words.contains(&marta.pin), "{words}");
    let receipt = Mail::to(browser, product, "marta.alvarez@example.com", "recogió su paquete").await;
    assert!(receipt.pin.is_empty(), "a receipt has no code");
}
