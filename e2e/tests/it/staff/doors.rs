//! The doors one walks through, as staff see them: how each stands, its rules, passes and entries.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::office::Office;

#[tokio::test]
async fn staff_see_the_doors_and_who_may_pass() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    for (page, name) in [
        ("/staff/doors", "doors-1-all"),
        ("/staff/doors/1", "doors-2-one"),
        ("/staff/doors/rules", "doors-3-rules"),
        ("/staff/passes", "doors-4-passes"),
        ("/staff/entries", "doors-5-entries"),
    ] {
        office.go(page).await;
        browser
            .script("document.querySelectorAll('details').forEach((d) => { d.open = true; })", vec![])
            .await;
        browser.resize(Screen::Phone).await;
        office.look(&format!("{name}-phone")).await;
        browser.resize(Screen::Desk).await;
        browser.theme(Theme::HighContrast).await;
        office.look(&format!("{name}-contrast")).await;
        browser.theme(Theme::Light).await;
        office.look(name).await;
    }
    browser.finish().await;
    product.stop().await;
}
