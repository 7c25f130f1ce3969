//! Every page that can be reached by its address: no barrier, nothing wider than its screen, no error in the console, and a
//! picture in each theme.

use serde_json::json;
use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::kiosk::Kiosk;
use crate::play::office::WIDTH;

const STAFF: [&str; 35] = [
    "",
    "/banks",
    "/banks/new",
    "/banks/1/edit",
    "/cameras",
    "/compartments/3",
    "/couriers",
    "/couriers/poster",
    "/devices",
    "/devices/buses/1",
    "/desk",
    "/desk/find?name=Okoro",
    "/desk/shelving",
    "/import",
    "/kiosks",
    "/parcels",
    "/parcels?show=past",
    "/parcels/1",
    "/people/1",
    "/residents",
    "/residents?show=silent",
    "/rooms",
    "/rooms/1/edit",
    "/settings",
    "/shelves",
    "/shelves/1",
    "/units/1",
    "/parcels?q=nothing-like-this",
    "/tell/person/25",
    "/banks/1/labels",
    "/shelves/labels",
    "/parcels/1/label",
    "/getting-ready",
    "/getting-ready/mail",
    "/settings/connection",
];

#[tokio::test]
async fn every_staff_page_is_fit_for_a_desk_and_for_a_phone_in_each_theme() {
    let product = Product::start_with(&["--days", "2"]).await;
    let browser = Browser::open(Screen::Desk).await;
    browser.goto(&product.url("staff")).await;
    let base = product.url("start");
    for (at, page) in STAFF.into_iter().enumerate() {
        browser.goto(&format!("{}/staff{page}", base.trim_end_matches('/'))).await;
        browser.find("main, .sheet").await;
        // One theme and screen a page, in turn: together they see all, and each page is seen on both screens.
        let theme = [Theme::Light, Theme::Dark, Theme::HighContrast][at % 3];
        browser.theme(theme).await;
        for screen in [Screen::Desk, Screen::Phone] {
            browser.resize(screen).await;
            let over = browser.script(WIDTH, vec![]).await;
            assert_eq!(over, json!(0), "/staff{page} is wider than {screen:?}");
        }
        browser.axe().await;
        browser.shot(&format!("page-{:02}-phone", at + 1)).await;
        browser.resize(Screen::Desk).await;
        browser.axe().await;
        browser.shot(&format!("page-{:02}-desk", at + 1)).await;
    }
    browser.finish().await;
    product.stop().await;
}

/// The screens a person stands in front of, dark and in high contrast, upright and across.
#[tokio::test]
async fn a_kiosk_is_fit_to_stand_in_front_of_in_each_theme() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskPortrait).await;
    for (theme, number, name) in [(Theme::Dark, 1, "dark"), (Theme::HighContrast, 2, "contrast")] {
        browser.theme(theme).await;
        browser.resize(if number == 1 { Screen::KioskPortrait } else { Screen::KioskLandscape }).await;
        let kiosk = Kiosk::at(&browser, &product, number).await;
        kiosk.look(&format!("kiosk-{name}-1-start")).await;
        kiosk.touch("Help").await;
        kiosk.look(&format!("kiosk-{name}-2-help")).await;
        kiosk.touch("Back").await;
        kiosk.touch("Pick up").await;
        kiosk.look(&format!("kiosk-{name}-3-pick-up")).await;
        kiosk.touch("Back").await;
        kiosk.scan_badge(&product, number - 1).await;
        kiosk.look(&format!("kiosk-{name}-4-loop")).await;
        let door = kiosk.offer("1Z999AA10123456784", if number == 1 { "12B" } else { "202" }, "M").await;
        kiosk.look(&format!("kiosk-{name}-5-door")).await;
        kiosk.shut(&door).await;
        kiosk.finish_round().await;
    }
    browser.finish().await;
    product.stop().await;
}

/// No touch and no scanner: a keyboard alone delivers a parcel, and each step shows where the focus is.
#[tokio::test]
async fn a_keyboard_alone_delivers_a_parcel() {
    use crate::play::inbox::fact;
    use vestibule_e2e::Key;
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    let to = async |name: &str| {
        let here = "const e = document.activeElement; return (e?.innerText ?? e?.value ?? '').trim()";
        for _ in 0..40 {
            browser.key(Key::Tab).await;
            let at = browser.script(here, vec![]).await;
            if at.as_str().is_some_and(|text| text.starts_with(name)) {
                let ring = "return getComputedStyle(document.activeElement).outlineStyle";
                assert_ne!(browser.script(ring, vec![]).await, json!("none"), "the focus on {name} is seen");
                browser.key(Key::Enter).await;
                return;
            }
        }
        panic!("{name} is not reached by Tab");
    };
    to("Deliver").await;
    kiosk.face("deliver").await;
    browser.type_keys(&fact(&product, "/courier_codes/0/digits")).await;
    browser.key(Key::Enter).await;
    kiosk.face("address").await;
    browser.type_keys("101").await;
    browser.key(Key::Enter).await;
    kiosk.face("size").await;
    to("M\n").await;
    let door = kiosk.open_door().await;
    kiosk.shut(&door).await;
    to("Finish").await;
    kiosk.face("summary").await;
    to("Finish").await;
    kiosk.face("goodbye").await;
    browser.finish().await;
    product.stop().await;
}
