//! A bank that hangs otherwise than it was drawn, and doors that somebody opens with a key.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::hand;
use crate::play::office::Office;

/// The bank beside the garden entrance: doors 31 to 36, compartments 25 to 30.
const EDIT: &str = "/staff/banks/2/edit";

/// What was refused is in the console too, once each.
async fn refused(browser: &Browser) {
    let noted = browser.console_errors().await;
    assert!(!noted.is_empty() && noted.iter().all(|line| line.contains("409")), "{noted:?}");
}

#[tokio::test]
async fn a_bank_is_drawn_anew_at_a_desk_and_whoever_is_late_loses_nothing() {
    let product = Product::start().await;
    let desk = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&desk, &product).await;
    office.go("/staff/banks").await;
    desk.see("Draw anew").await;
    office.go(EDIT).await;
    office.look("redraw-1-editor").await;
    let phone = Browser::open(Screen::Phone).await;
    let late = Office::signed_in(&phone, &product).await;
    late.go(EDIT).await;
    phone.see("Column 1: 3 doors").await;

    // A door goes, another comes in its place.
    desk.press("Column 2: 3 doors").await;
    desk.press("Take 36 out").await;
    desk.see("Column 2: 2 doors").await;
    desk.press("Add a door").await;
    desk.find("[name='label-1-2'][value='37']").await;
    office.look("redraw-2-column").await;
    // The drawing follows what is typed.
    desk.fill("[name='height-1-2']", "0").await;
    desk.see("no height between 1 and 3000 mm").await;
    desk.fill("[name='height-1-2']", "340").await;
    desk.find("#plan-preview svg.bank").await;
    desk.press("See what would change").await;
    desk.see("Comes: 37 (M)").await;
    desk.see("Goes: 36.").await;
    desk.see("A child can climb into 37").await;
    office.look("redraw-3-differences").await;
    desk.theme(Theme::HighContrast).await;
    office.look("redraw-3-differences-contrast").await;
    desk.theme(Theme::Light).await;
    desk.press("Save this drawing").await;
    desk.see("Make sure that each can be opened from inside").await;
    office.look("redraw-4-refused").await;
    refused(&desk).await;
    desk.press("Each of these can be opened from inside, or nobody fits in. I have made sure.").await;
    desk.press("Save this drawing").await;
    desk.see("Test the wiring, so that the new doors get their locks.").await;
    desk.see("no lock is known for them: 37").await;
    office.look("redraw-5-waits-for-its-lock").await;

    // Meanwhile somebody with a phone drew the other column.
    late.look("redraw-6-phone").await;
    phone.press("Column 1: 3 doors").await;
    late.look("redraw-7-phone-column").await;
    phone.press("Move 32 up").await;
    phone.press("See what would change").await;
    phone.see("Somebody else has drawn this anew meanwhile").await;
    phone.see("The number “36” is on another door of the site, or was once").await;
    late.look("redraw-8-late").await;
    phone.theme(Theme::HighContrast).await;
    late.look("redraw-8-late-contrast").await;
    phone.theme(Theme::Dark).await;
    late.look("redraw-8-late-dark").await;
    phone.theme(Theme::Light).await;
    late.go(EDIT).await;
    phone.see("drawing 2").await;

    // A door that is still needed stays.
    late.go("/staff/banks/1/edit").await;
    phone.press("6 doors").await;
    phone.press("See what would change").await;
    phone.see("24: reserved for an apartment. Free it first.").await;
    late.look("redraw-9-needed").await;
    phone.finish().await;

    // The new door hangs on the lock that was left behind, and the test finds that out.
    desk.press("Begin the test").await;
    desk.see("0 of 6 locks tried").await;
    office.go("/staff/banks/2/wiring?at=31").await;
    desk.press("Spring the lock of 37").await;
    desk.see("Which door opened?").await;
    desk.press("Door 37 opened").await;
    desk.see("1 of 6 locks tried").await;
    hand::lay(&desk, 31, "push_shut").await;
    desk.press("Keep what was found").await;
    desk.see("Every lock of this bank is known.").await;
    office.go("/staff/compartments/31").await;
    desk.press("Open this door").await;
    desk.press("Open now").await;
    desk.see("The door is being opened.").await;
    hand::lay(&desk, 31, "push_shut").await;
    desk.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn a_door_opened_with_the_key_is_announced_or_explained() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/banks").await;
    browser.press("I will open a door with the key").await;
    office.look("keys-1-banks").await;

    office.go("/staff/compartments/30").await;
    browser.press("Open it with the key").await;
    office.look("keys-2-announce").await;
    browser.press("I will open it with the key").await;
    browser.see("You have ten minutes, for one opening.").await;
    office.look("keys-3-announced").await;
    hand::lay(&browser, 30, "pull_open").await;
    browser.see("open (").await;
    hand::lay(&browser, 30, "push_shut").await;
    office.go("/staff/compartments/30").await;
    browser.see("with the key").await;
    assert!(!browser.text().await.contains("counts as forced"), "it was announced");
    office.look("keys-4-opened").await;

    hand::lay(&browser, 29, "pull_open").await;
    office.go("/staff").await;
    browser.see("was opened and nobody asked for it").await;
    hand::lay(&browser, 29, "push_shut").await;
    office.go("/staff/compartments/29").await;
    browser.see("This door counts as forced").await;
    browser.press("It was the key").await;
    office.look("keys-5-forced").await;
    browser.theme(Theme::HighContrast).await;
    office.look("keys-5-forced-contrast").await;
    browser.theme(Theme::Light).await;
    browser.press("Say that it was the key").await;
    browser.see("It is recorded that the door was opened with the key.").await;
    browser.resize(Screen::Desk).await;
    office.look("keys-6-explained").await;
    office.go("/staff").await;
    assert!(!browser.text().await.contains("was opened and nobody asked for it"), "its task is done");
    browser.finish().await;
    product.stop().await;
}
