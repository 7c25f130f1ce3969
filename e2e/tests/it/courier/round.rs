//! A round through the lobby: by code, parcel after parcel, with everything that can be put right on the way.

use vestibule_e2e::{Browser, Key, Product, Screen, Sign};

use crate::play::inbox::fact;
use crate::play::kiosk::Kiosk;

#[tokio::test]
async fn a_courier_delivers_a_round_and_puts_things_right() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.look("courier-1-start").await;
    kiosk.touch("Deliver").await;
    kiosk.face("deliver").await;
    kiosk.look("courier-2-code").await;
    let code = fact(&product, "/courier_codes/0/digits");
    browser.type_keys(&code).await;
    browser.key(Key::Enter).await;
    kiosk.face("address").await;
    kiosk.look("courier-3-loop").await;

    let scanned = by_scan(&kiosk).await;
    by_digits_and_ahead(&kiosk, &scanned).await;
    it_does_not_fit(&kiosk).await;
    the_same_again(&kiosk, &code).await;
    one_is_put_right(&kiosk, &code).await;

    kiosk.touch("Finish").await;
    browser.see("Everybody is told when you finish.").await;
    browser.see("5 parcels").await;
    kiosk.look("courier-14-summary").await;
    kiosk.touch("Finish").await;
    browser.see("Everybody is being told. Thank you.").await;
    kiosk.look("courier-15-goodbye").await;
    browser.finish().await;
    product.stop().await;
}

/// One touch for a scanned parcel: its size.
async fn by_scan(kiosk: &Kiosk<'_>) -> String {
    kiosk.touches();
    kiosk.browser.scan("1Z999AA10123456784").await;
    kiosk.browser.see("UPS").await;
    kiosk.browser.scan("APT 10A").await;
    kiosk.face("size").await;
    kiosk.look("courier-4-size").await;
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    assert_eq!(kiosk.touches(), 1, "a scanned parcel takes one touch");
    kiosk.browser.see("Put it in and shut the door").await;
    kiosk.look("courier-5-door").await;
    kiosk.shut(&door).await;
    kiosk.browser.see(&format!(", door {door}.")).await;
    kiosk.look("courier-6-next").await;
    door
}

/// The digits and two touches for a typed one; the next is scanned while its door is open and opens by itself.
async fn by_digits_and_ahead(kiosk: &Kiosk<'_>, earlier: &str) {
    kiosk.touches();
    kiosk.tap("101").await;
    kiosk.tap_ok().await;
    kiosk.size("M").await;
    let first = kiosk.open_door().await;
    assert_eq!(kiosk.touches(), "101".len() + 2, "a typed parcel takes its digits and two touches");
    assert_ne!(first, earlier, "a compartment with a parcel is not offered");

    kiosk.browser.scan("9205590164917312345671").await;
    kiosk.browser.see(&format!("Door {first} is open")).await;
    kiosk.look("courier-7-ahead").await;
    kiosk.browser.scan("APT 102").await;
    kiosk.size("S").await;
    kiosk.browser.see("when this door is shut").await;
    assert_eq!(kiosk.open_door().await, first, "there are never two open doors");
    kiosk.look("courier-8-queued").await;
    kiosk.shut(&first).await;
    let second = kiosk.open_door().await;
    assert_ne!(second, first);
    kiosk.shut(&second).await;
    kiosk.face("address").await;
}

/// Bigger door; then it stays with the courier after all; then somebody else's things are inside.
async fn it_does_not_fit(kiosk: &Kiosk<'_>) {
    let small = kiosk.offer("TBA000000000001", "103", "S").await;
    kiosk.touch("Bigger door").await;
    kiosk.browser.see(&format!("Take it out and shut door {small}")).await;
    kiosk.look("courier-9-bigger").await;
    kiosk.shut(&small).await;
    let bigger = kiosk.open_door().await;
    assert_ne!(bigger, small);
    kiosk.touch("Not left here").await;
    kiosk.browser.see("You keep this parcel").await;
    kiosk.shut(&bigger).await;
    kiosk.face("address").await;

    let used = kiosk.offer("TBA000000000002", "104", "S").await;
    kiosk.touch("Something is inside").await;
    kiosk.browser.see("Staff will look").await;
    kiosk.look("courier-10-inside").await;
    kiosk.shut(&used).await;
    let other = kiosk.open_door().await;
    assert_ne!(other, used);
    kiosk.shut(&other).await;
    kiosk.face("address").await;
}

/// The same apartment again, into the door that has just been shut; the code is asked for again.
async fn the_same_again(kiosk: &Kiosk<'_>, code: &str) {
    kiosk.touch("Same apartment again").await;
    kiosk.face("size").await;
    kiosk.touch("It is heavy").await;
    kiosk.browser.find(".toggle[aria-pressed=true]").await;
    kiosk.look("courier-11-again").await;
    kiosk.touch("again").await;
    kiosk.face("beside-code").await;
    kiosk.look("courier-11-beside").await;
    kiosk.browser.type_keys(code).await;
    kiosk.browser.key(Key::Enter).await;
    let door = kiosk.open_door().await;
    kiosk.shut(&door).await;
    kiosk.face("address").await;
}

/// An earlier door is opened once more; the code is asked for again.
async fn one_is_put_right(kiosk: &Kiosk<'_>, code: &str) {
    kiosk.touch("My parcels (5)").await;
    kiosk.face("list").await;
    kiosk.look("courier-12-list").await;
    kiosk.browser.press_on(".item .button").await;
    kiosk.face("fix-what").await;
    kiosk.browser.press_on(".intents .button").await;
    kiosk.face("fix-code").await;
    kiosk.look("courier-13-fix").await;
    kiosk.browser.type_keys(code).await;
    kiosk.browser.key(Key::Enter).await;
    let door = kiosk.open_door().await;
    kiosk.browser.see(&format!("Door {door} is open again")).await;
    kiosk.shut(&door).await;
    kiosk.face("address").await;
    assert!(!kiosk.browser.sees(Sign::Text("Finish now")).await);
}
