//! A carrier says that it delivered, and nobody scanned it: staff look for it, find one in a drop, write a letter for another.

use serde_json::json;
use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::inbox::Mail;
use crate::play::kiosk::Kiosk;
use crate::play::office::Office;
use crate::play::pack;

/// Longer ago than any carrier is waited for.
const TWO_DAYS_AGO: &str = "const at = new Date(Date.now() - 2 * 864e5);
    document.querySelector('[name=day]').value =
      `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;";
const UNFOLD: &str = "document.querySelectorAll('details').forEach((d) => { d.open = true; })";

/// At desk and phone size, dark and in high contrast.
async fn look(office: &Office<'_>, name: &str) {
    office.look(name).await;
    for (theme, word) in [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast")] {
        office.browser.theme(theme).await;
        office.look(&format!("{name}-{word}")).await;
    }
    office.browser.theme(Theme::Light).await;
    office.browser.resize(Screen::Phone).await;
    office.look(&format!("{name}-phone")).await;
    office.browser.resize(Screen::Desk).await;
}

#[tokio::test]
async fn staff_find_one_in_a_drop_and_write_a_letter_for_another() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    kiosk.touch("Drop without scanning").await;
    kiosk.face("drop").await;
    kiosk.touch("3").await;
    kiosk.face("elsewhere").await;
    kiosk.touch("Done, it is there").await;
    kiosk.face("address").await;
    kiosk.finish_round().await;

    browser.resize(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/delivered").await;
    browser.script(UNFOLD, vec![]).await;
    look(&office, "unscanned-1-empty").await;
    browser.fill("[name=numbers]", "1Z999AA10123456784").await;
    browser.fill("[name=unit]", "12B").await;
    browser.script(TWO_DAYS_AGO, vec![]).await;
    browser.press("Look for them").await;
    browser.see("Saved").await;
    office.go("/staff/delivered").await;
    browser.see("Nobody scanned it").await;
    look(&office, "unscanned-2-overdue").await;
    office.go("/staff").await;
    browser.see("A carrier says it delivered").await;

    office.go("/staff/delivered/1").await;
    browser.script(UNFOLD, vec![]).await;
    look(&office, "unscanned-3-one").await;
    // What the claim says stands filled in.
    browser.find("main form[action$='/adopt'] [name=unit][value='12B']").await;
    browser.press_on("main form[action$='/adopt'] button[type=submit]").await;
    browser.see("It is found").await;
    browser.see("1Z999AA10123456784").await;
    office.look("unscanned-4-found").await;

    let text = "UPS\nTracking number 1Z999AA10123456793 was delivered.";
    office.go("/staff/delivered").await;
    browser.script(UNFOLD, vec![]).await;
    let pasted = "document.querySelector('[name=text]').value =
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}\\n\\n${arguments[0]}`";
    browser.script(pasted, vec![json!(text)]).await;
    browser.press("Find the numbers").await;
    browser.see("May come until").await;
    browser.press("1Z999AA10123456793").await;
    browser.press("Letter to the carrier").await;
    browser.see("called delivered, not received").await;
    office.look("unscanned-5-letter").await;
    browser.protocol("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    browser.shot("unscanned-6-letter-printed").await;
    browser.protocol("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
    office.go("/staff/delivered/carriers").await;
    browser.see("Entries and scans by carrier").await;
    look(&office, "unscanned-7-carriers").await;
    office.go("/staff/incident?parcel=1").await;
    browser.see("Download the signed file").await;
    look(&office, "incident-1").await;
    let events = pack::verified_far_away(&office, &product, "/staff/incident/evidence.zip?parcel=1").await;
    assert!(events >= 3, "put down, adopted, told: {events}");
    resident(&browser, &product).await;
    browser.finish().await;
    product.stop().await;
}

/// The adopted parcel told its household; on the page behind the link one of them asks after another.
async fn resident(browser: &Browser, product: &Product) {
    let mail = Mail::to(browser, product, "daniel.okoro@example.com", "Hello Daniel").await;
    browser.resize(Screen::Phone).await;
    browser.goto(mail.link()).await;
    browser.press("A carrier says delivered, and it is not here?").await;
    browser.axe().await;
    browser.shot("unscanned-8-resident").await;
    browser.fill("[name=tracking]", "1Z999AA10123456802").await;
    browser.press("Look for it").await;
    browser.see("We look for it").await;
    browser.axe().await;
    browser.shot("unscanned-9-resident-said").await;
}
