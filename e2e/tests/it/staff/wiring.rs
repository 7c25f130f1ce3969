//! Somebody with a phone before a bank whose cables were swapped: one lock at a time, what opened, what was put right.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::hand;
use crate::play::office::Office;

/// The bank beside the garden entrance, its first compartment in the order of installation, and the label on that door.
const PAGE: &str = "/staff/banks/2/wiring";
const FIRST: u32 = 25;
const LABEL: u32 = 31;
const DOORS: u32 = 6;

/// Springs the next lock and waits for the question.
async fn spring(browser: &Browser, label: u32) {
    browser.press(&format!("Spring the lock of {label}")).await;
    browser.see("Which door opened?").await;
}

/// The hand at the doors of the bank pushes one shut.
async fn shut(browser: &Browser, label: u32) {
    hand::lay(browser, FIRST + label - LABEL, "push_shut").await;
}

#[tokio::test]
async fn swapped_cables_are_found_with_a_phone_in_the_hand_and_put_right() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&browser, &product).await;
    hand::lay(&browser, FIRST, "swap_cable").await;

    office.go("/staff/banks").await;
    browser.see("Test the wiring").await;
    office.go(PAGE).await;
    office.look("wiring-1-before").await;
    browser.press("Begin the test").await;
    browser.see("0 of 6 locks tried").await;
    office.look("wiring-2-next").await;

    // The lock taken for 31 opens 32: tapped in the picture, asked once more, and a slip of the finger taken back.
    spring(&browser, 31).await;
    office.look("wiring-3-question").await;
    browser.theme(Theme::Dark).await;
    office.look("wiring-3-question-dark").await;
    browser.theme(Theme::HighContrast).await;
    office.look("wiring-3-question-contrast").await;
    browser.theme(Theme::Light).await;
    browser.press_on("a[href*='?opened=27']").await;
    browser.see("Did door 33 open?").await;
    browser.press("No, another").await;
    browser.press_on("a[href*='?opened=26']").await;
    browser.see("Did door 32 open?").await;
    office.look("wiring-4-sure").await;
    browser.press("Door 32 opened").await;
    browser.see("1 of 6 locks tried").await;
    shut(&browser, 32).await;

    // Half a swap is not kept.
    browser.press("Keep what was found").await;
    browser.see("Try the lock of 32 too").await;
    office.look("wiring-5-half").await;
    let noted = browser.console_errors().await;
    assert!(noted.iter().all(|line| line.contains("409")), "{noted:?}");

    // Stopped, and gone on with.
    office.go(PAGE).await;
    browser.press("Stop for now").await;
    browser.see("The test is stopped.").await;
    browser.press("Go on, 1 of 6 tried").await;
    spring(&browser, 32).await;
    browser.press_on("a[href*='?opened=25']").await;
    browser.press("Door 31 opened").await;
    browser.see("31 and 32 are swapped.").await;
    shut(&browser, 31).await;
    for label in LABEL + 2..LABEL + DOORS {
        spring(&browser, label).await;
        browser.press(&format!("Door {label} opened")).await;
        browser.see("locks tried").await;
        shut(&browser, label).await;
    }
    office.go(PAGE).await;
    browser.see("Every lock was tried.").await;
    office.look("wiring-6-found").await;
    browser.press("Keep what was found").await;
    browser.see("Put right by the last test: 31, 32").await;
    office.look("wiring-7-kept").await;

    // From now on the lock of 31 opens 31, and nothing else is open.
    office.go(&format!("/staff/compartments/{FIRST}")).await;
    browser.press("Open this door").await;
    browser.press("Open now").await;
    browser.see("The door is being opened.").await;
    office.go(&format!("/demo/wall?door={FIRST}")).await;
    browser.press("Push door 31 shut").await;
    browser.finish().await;
    product.stop().await;
}
