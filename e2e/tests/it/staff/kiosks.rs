//! A tablet becomes a kiosk by a link that is shown once, and stops being one when staff say so.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::office::Office;

#[tokio::test]
async fn a_tablet_becomes_a_kiosk_and_stops_being_one() {
    let product = Product::start().await;
    let (at_desk, tablet) = (Browser::open(Screen::Desk).await, Browser::open(Screen::KioskPortrait).await);
    let office = Office::signed_in(&at_desk, &product).await;
    office.go("/staff/kiosks").await;
    at_desk.press("Pair a kiosk").await;
    at_desk
        .script("document.querySelector('form[action=\"/staff/kiosks\"] [name=name]').focus()", vec![])
        .await;
    at_desk.type_keys("Side door").await;
    at_desk.press_on("form[action='/staff/kiosks'] [name=bank]").await;
    office.look("kiosks-1-pair").await;
    at_desk.press("Make the pairing code").await;
    at_desk.see("This code is shown now and never again.").await;
    office.look("kiosks-2-link").await;
    let link = at_desk.script("return document.querySelector('main .shown-token').innerText", vec![]).await;
    tablet.goto(link.as_str().expect("a link is shown")).await;
    tablet.find(".face-start").await;
    tablet.axe().await;
    tablet.shot("kiosks-3-paired").await;

    office.go("/staff/kiosks").await;
    at_desk.see("Side door").await;
    office.look("kiosks-4-list").await;
    let unpair = "const forms = [...document.querySelectorAll('form[action$=\"/unpair\"]')];
        const form = forms.at(-1); form.closest('details').open = true; form.querySelector('button').click()";
    at_desk.script(unpair, vec![]).await;
    at_desk.see("The kiosk is no longer paired.").await;
    // What was a kiosk says so by itself or at the next touch, and shows nothing of the site.
    tablet.reload().await;
    tablet.see("not paired").await;
    tablet.axe().await;
    tablet.shot("kiosks-5-unpaired").await;
    let noted = tablet.console_errors().await;
    assert!(noted.iter().all(|line| line.contains("/kiosk")), "{noted:?}");
    tablet.finish().await;
    at_desk.finish().await;
    product.stop().await;
}
