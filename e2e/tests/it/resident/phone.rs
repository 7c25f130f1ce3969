//! The page behind the link of a mail, on a phone.

use vestibule_e2e::{Browser, Product, Screen, Sign, Theme};

use crate::play::door::minutes_pass;
use crate::play::inbox::Mail;
use crate::play::kiosk::Kiosk;

#[tokio::test]
async fn a_phone_shows_the_code_on_a_press_and_where_the_door_is() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    let door = kiosk.deliver("TBA000000000777", "11A", "S").await;
    kiosk.finish_round().await;

    browser.resize(Screen::Phone).await;
    browser.goto(&product.url("start")).await;
    browser.axe().await;
    browser.shot("phone-1-start").await;
    let mail = Mail::to(&browser, &product, "@example.com", "A parcel is waiting for you.").await;
    browser.axe().await;
    browser.shot("phone-2-inbox").await;
    let on_mail = browser.read_qr(&mail.picture).await;

    browser.goto(mail.link()).await;
    browser.see("A parcel waits for you").await;
    browser.find(".door-meant").await;
    assert!(!browser.text().await.contains(&mail.pin[..3]), "a look reveals nothing");
    assert!(!browser.sees(Sign::Css(".qr")).await);
    browser.axe().await;
    browser.shot("phone-3-link").await;
    fits(&browser).await;

    browser.press("Show").await;
    let on_page = browser.read_qr(".qr").await;
    assert_eq!(on_page, on_mail);
    let shown = browser.text().await.replace([' ', '\n'], "");
    assert!(shown.contains(&mail.pin) && shown.contains(&mail.keypad), "{shown}");
    browser.axe().await;
    browser.shot("phone-4-code").await;
    fits(&browser).await;

    // The phone is held to the scanner.
    browser.resize(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    browser.scan(&on_page).await;
    assert_eq!(kiosk.open_door().await, door);
    kiosk.shut(&door).await;
    kiosk.touch("Done").await;
    kiosk.face("start").await;

    browser.resize(Screen::Phone).await;
    browser.goto(mail.link()).await;
    browser.wait_gone(Sign::Css(".door-meant"), vestibule_e2e::DEADLINE).await;
    browser.axe().await;
    browser.shot("phone-5-collected").await;
    the_link_tells_what_happened(&browser, &product, &mail).await;
    browser.finish().await;
    product.stop().await;
}

/// The code has ended; its link goes on telling who put the parcel in, who opened, who took it.
async fn the_link_tells_what_happened(browser: &Browser, product: &Product, mail: &Mail) {
    browser.goto(&product.url("start")).await;
    minutes_pass(browser, 11).await;
    browser.goto(mail.link()).await;
    browser.see("Nothing waits any more").await;
    browser.press("Show what happened").await;
    browser.see("You took it").await;
    let told = browser.text().await;
    for wanted in ["By the courier.", "was opened with your code", "Known by the door closing.", "collected"]
    {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    assert!(!told.replace(' ', "").contains(&mail.pin), "{told}");
    browser.axe().await;
    fits(browser).await;
    for (theme, name) in [(Theme::Light, "phone-6-history"), (Theme::Dark, "phone-6-history-dark")] {
        browser.theme(theme).await;
        browser.axe().await;
        browser.shot(name).await;
    }
    browser.press("A carrier says delivered, and it is not here?").await;
    browser.see("Tracking number").await;
}

/// Nothing is wider than the phone.
async fn fits(browser: &Browser) {
    let wide = browser.script("return document.documentElement.scrollWidth", vec![]).await;
    assert!(wide.as_u64().is_some_and(|wide| wide <= 390), "the page is {wide} pixels wide");
}
