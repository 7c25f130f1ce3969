//! The small bank at the garden entrance fills up: what has no door any more finds a shelf.

use vestibule_e2e::{Browser, Key, Product, Screen};

use crate::play::kiosk::Kiosk;

#[tokio::test]
async fn a_courier_with_a_badge_fills_a_small_bank_and_is_never_stuck() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskPortrait).await;
    let kiosk = Kiosk::at(&browser, &product, 2).await;
    kiosk.look("garden-1-start").await;
    kiosk.scan_badge(&product, 1).await;
    kiosk.look("garden-2-loop").await;

    let homes = [("201", "L"), ("202", "M"), ("203", "M"), ("205", "S"), ("206", "S")];
    for (at, (home, size)) in homes.into_iter().enumerate() {
        kiosk.deliver(&format!("9205590164917312340{at:03}"), home, size).await;
    }
    full_goes_to_a_shelf(&kiosk).await;
    // Grace Okafor asked for a latch within reach: the door that was kept is for people like her.
    kiosk.deliver("9205590164917312340099", "201", "L").await;
    nobody_knows_the_name(&kiosk).await;

    kiosk.touch("Finish").await;
    browser.see("8 parcels, 6 doors, 1 on shelf A1, 1 on shelf A2").await;
    kiosk.look("garden-7-summary").await;
    kiosk.touch("Finish").await;
    kiosk.face("goodbye").await;
    browser.finish().await;
    product.stop().await;
}

/// One door is left, and it is kept for those who need its height.
async fn full_goes_to_a_shelf(kiosk: &Kiosk<'_>) {
    kiosk.browser.scan("TBA000000000301").await;
    kiosk.browser.see("Now the apartment").await;
    kiosk.browser.scan("APT 301").await;
    kiosk.face("size").await;
    kiosk.look("garden-3-full").await;
    kiosk.size("M").await;
    kiosk.browser.see("Put it on shelf A1").await;
    kiosk.look("garden-4-shelf").await;
    kiosk.touch("Done, it is there").await;
    kiosk.browser.see(", shelf A1.").await;
}

/// A name that is not in the list: whatever the label says is kept for staff.
async fn nobody_knows_the_name(kiosk: &Kiosk<'_>) {
    kiosk.browser.scan("TBA000000000302").await;
    kiosk.browser.see("Now the apartment").await;
    kiosk.touch("By name").await;
    kiosk.face("letters").await;
    kiosk.browser.type_keys("ZELLWEGER").await;
    kiosk.browser.key(Key::Enter).await;
    kiosk.browser.see("Nobody of that name is listed here.").await;
    kiosk.look("garden-5-letters").await;
    kiosk.touch("I do not know").await;
    kiosk.face("name-on-label").await;
    kiosk.browser.type_keys("ZELLWEGER").await;
    kiosk.look("garden-6-name").await;
    kiosk.browser.type_keys("ZELLWEGER").await;
    kiosk.browser.key(Key::Enter).await;
    kiosk.face("size").await;
    kiosk.size("S").await;
    kiosk.touch("Done, it is there").await;
    kiosk.face("address").await;
}
