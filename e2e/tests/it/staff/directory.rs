//! Who lives here: a list is taken over after a look at what would change, a card is made and ended, a courier gets a code.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

/// As a property's own software writes it: other headings, a byte order mark, one line without an apartment.
const LIST: &str = "\u{feff}Unit;First Name;Last Name;E-mail;Language\r\n\
    12B;Marta;Álvarez;marta.alvarez@example.com;es\r\n\
    12B;Daniel;Okoro;daniel.okoro@example.net;en\r\n\
    PH-1;Zoë;Lindgren;zoe@example.com;en\r\n\
    ;Nobody;Nowhere;nobody@example.com;en\r\n";

#[tokio::test]
async fn residents_are_taken_over_and_cards_and_courier_codes_made_and_ended() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    a_list_is_taken_over(&office, &product).await;
    a_card_is_made_and_ended(&office).await;
    a_courier_gets_a_code(&office).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    browser.scan("VR7H4HBWNV2SNYECHA5P3S0PX751VRM").await;
    browser.find(".notices .notice").await;
    kiosk.look("directory-9-foreign-card").await;
    browser.finish().await;
    product.stop().await;
}

async fn a_list_is_taken_over(office: &Office<'_>, product: &Product) {
    let browser = office.browser;
    let file = product.data().join("residents.csv");
    std::fs::write(&file, LIST).expect("the list can be written");
    office.go("/staff/import").await;
    office.look("directory-1-import").await;
    browser.choose_file("[name=file]", &file).await;
    browser.press("Show what would change").await;
    browser.see("One row is not understood.").await;
    browser.see("Line 5").await;
    office.look("directory-2-not-understood").await;

    office.go("/staff/import").await;
    browser.choose_file("[name=file]", &file).await;
    browser.press("are room-mates; everybody stays").await;
    browser.press("Leave out rows that cannot be understood").await;
    browser.press("Show what would change").await;
    browser.see("Nothing has changed yet.").await;
    browser.see("Zoë Lindgren").await;
    office.look("directory-3-diff").await;
    browser.press("Take it over").await;
    browser.see("The list has been taken over.").await;
    office.go("/staff/residents?q=PH-1").await;
    browser.see("Zoë Lindgren").await;
    office.look("directory-4-residents").await;
}

async fn a_card_is_made_and_ended(office: &Office<'_>) {
    let browser = office.browser;
    browser.press_on("main a[href^='/staff/units/']").await;
    browser.see("Keypad number 9001").await;
    office.look("directory-5-unit").await;
    browser.press("Zoë Lindgren").await;
    browser.press("Issue a card").await;
    browser.see("This card is shown now and never again.").await;
    office.look("directory-6-card").await;
    let card = browser.read_qr(".sheet svg, .sheet img").await;
    assert!(card.starts_with("VR"), "a card carries a resident's token");
    office.go("/staff/residents?q=Lindgren").await;
    browser.press("Zoë Lindgren").await;
    browser.see("They hold a card.").await;
    browser.press("Revoke the card").await;
    browser.press_on(".ask[open] form button").await;
    browser.see("The card no longer opens anything.").await;
}

async fn a_courier_gets_a_code(office: &Office<'_>) {
    let browser = office.browser;
    office.go("/staff/couriers").await;
    browser.press("New carrier").await;
    browser
        .script("document.querySelector('form[action=\"/staff/carriers\"] [name=name]').focus()", vec![])
        .await;
    browser.type_keys("Harbour Express").await;
    browser.press("Save").await;
    browser.see("Saved.").await;
    office.look("directory-7-couriers").await;
    browser.press("New code").await;
    browser.press("Make the code").await;
    browser.see("This code is shown now and never again.").await;
    office.look("directory-8-code").await;
    let badge = browser.read_qr(".sheet svg, .sheet img").await;
    assert!(badge.starts_with("VC"), "a badge carries a courier's token");
    browser.press("I have it").await;
    browser.see("Every day").await;
    office.go("/staff/couriers/poster").await;
    browser.axe().await;
    browser.shot("directory-8-poster").await;
}
