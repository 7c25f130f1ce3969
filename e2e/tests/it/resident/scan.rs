//! A picture held to the scanner: no touch, door after door, the shelf at the end, and what can be wrong with a parcel.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::inbox::Mail;
use crate::play::kiosk::Kiosk;

/// SC-10: a scanner that types like a keyboard.
#[tokio::test]
async fn sc_10_a_picture_opens_door_after_door_and_shows_the_shelf() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskPortrait).await;
    let kiosk = Kiosk::at(&browser, &product, 2).await;
    let doors = fill_the_garden(&kiosk, &product).await;

    let code = picture(&browser, &product, "grace.okafor@example.com", "Hello Grace").await;
    let kiosk = Kiosk::at(&browser, &product, 2).await;
    kiosk.touches();
    browser.scan(&code).await;
    let first = kiosk.open_door().await;
    assert_eq!(kiosk.touches(), 0, "a picture takes no touch");
    assert!(doors.contains(&first));
    browser.see("Door 1 of 2").await;
    kiosk.look("scan-1-first").await;
    kiosk.touch("Left something inside").await;
    browser.see("What is inside stays yours.").await;
    kiosk.look("scan-2-left").await;
    kiosk.shut(&first).await;
    let second = kiosk.open_door().await;
    assert_ne!(second, first);
    kiosk.shut(&second).await;
    browser.see("Shelf A2").await;
    browser.see(&format!("Something of yours is still behind door {first}.")).await;
    kiosk.look("scan-3-shelf").await;
    kiosk.touch("I have it").await;
    browser.see("All but this").await;
    kiosk.touch("Done").await;
    kiosk.face("start").await;

    // What was left is taken with the same picture, at once.
    browser.scan(&code).await;
    assert_eq!(kiosk.open_door().await, first);
    kiosk.shut(&first).await;
    browser.see("That was everything").await;
    kiosk.touch("Done").await;

    not_what_was_expected(&browser, &product).await;
    browser.finish().await;
    product.stop().await;
}

/// Two doors and, once the bank is full, a shelf for Grace Okafor; the rest for her neighbours.
async fn fill_the_garden(kiosk: &Kiosk<'_>, product: &Product) -> [String; 2] {
    kiosk.scan_badge(product, 1).await;
    let first = kiosk.deliver("9205590164917312340001", "201", "L").await;
    let second = kiosk.deliver("9205590164917312340002", "201", "L").await;
    for (at, (home, size)) in [("202", "M"), ("203", "S"), ("206", "S")].into_iter().enumerate() {
        kiosk.deliver(&format!("920559016491731234010{at}"), home, size).await;
    }
    kiosk.browser.scan("9205590164917312340003").await;
    kiosk.browser.see("Now the apartment").await;
    kiosk.browser.scan("APT 201").await;
    kiosk.size("L").await;
    kiosk.touch("Done, it is there").await;
    kiosk.face("address").await;
    kiosk.finish_round().await;
    [first, second]
}

/// What the camera reads off the mail.
async fn picture(browser: &Browser, product: &Product, address: &str, says: &str) -> String {
    let mail = Mail::to(browser, product, address, says).await;
    let code = browser.read_qr(&mail.picture).await;
    assert!(code.starts_with("VP") && code.len() == 31, "a pickup token is 31 letters and digits");
    assert!(!mail.text.contains(&code), "the token is a picture, never text");
    code
}

/// One finds somebody else's parcel, another finds nothing; both hear a word, and neither door is offered again.
async fn not_what_was_expected(browser: &Browser, product: &Product) {
    let code = picture(browser, product, "rocio.salcedo@example.com", "Hola, Rocío").await;
    let kiosk = Kiosk::at(browser, product, 2).await;
    browser.scan(&code).await;
    let door = kiosk.open_door().await;
    kiosk.touch("Not mine").await;
    browser.see("Staff will find its owner.").await;
    kiosk.look("scan-4-not-mine").await;
    kiosk.shut(&door).await;
    kiosk.face("rest").await;
    kiosk.look("scan-5-after-not-mine").await;
    kiosk.touch("Done").await;
    kiosk.face("start").await;
    browser.scan(&code).await;
    browser.find(".notices .notice").await;
    kiosk.look("scan-6-over").await;
}
