//! A round without a scanner: the camera of the kiosk reads the label, and one that is read twice is one parcel.

use vestibule_e2e::{Browser, Camera, Look, Picture, Printed, Product, Screen, Sign, Theme, fedex};

use crate::play::inbox::fact;
use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

const NUMBER: &str = "7766325175100201";
/// The linear code of the same label: routing, then the number.
const ROUTING: &str = "9622001900000000000000776632517510";

/// A label with two symbols for apartment 12B, as a film.
fn film(product: &Product, degrees: f32) -> std::path::PathBuf {
    let label = fedex(NUMBER, "MARTA ALVAREZ", "APT 12B");
    let path = product.data().join("film.y4m");
    Picture::of(&[Printed::Pdf417(&label), Printed::Qr(ROUTING)]).tilted(degrees).film(&path);
    path
}

#[tokio::test]
async fn a_label_is_read_by_camera_addressed_by_itself_and_asked_about_when_it_comes_again() {
    let product = Product::start().await;
    let look = Look::on(Screen::KioskLandscape).seeing(&film(&product, 8.0));
    let browser = Browser::open_with(look).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    kiosk.look("camera-1-off").await;

    kiosk.touches();
    kiosk.touch("Scan with camera").await;
    kiosk.face("confirm").await;
    browser.see("apartment 12B").await;
    kiosk.size("S").await;
    let door = kiosk.open_door().await;
    assert_eq!(kiosk.touches(), 2, "a label takes the camera's key once and one touch for its size");
    kiosk.shut(&door).await;
    kiosk.face("address").await;

    // It is still held in front of the camera, and nothing comes of that.
    browser.find("body[data-camera-is=on] .camera-view video").await;
    browser.axe().await;
    browser.shot("camera-2-on").await;
    again(&kiosk, &door).await;
    browser.axe().await;
    browser.shot("camera-3-known").await;
    kiosk.touch("No, the same one").await;
    kiosk.face("address").await;
    again(&kiosk, &door).await;
    kiosk.touch("Yes, another parcel").await;
    kiosk.face("confirm").await;
    kiosk.size("S").await;
    let other = kiosk.open_door().await;
    assert_ne!(other, door);
    kiosk.shut(&other).await;
    kiosk.touch("Camera off").await;
    browser.wait_gone(Sign::Css(".camera-view"), vestibule_e2e::DEADLINE).await;
    kiosk.finish_round().await;
    browser.finish().await;
    product.stop().await;
}

/// The camera is switched off and on: what it sees is a new scan.
async fn again(kiosk: &Kiosk<'_>, door: &str) {
    kiosk.touch("Camera off").await;
    kiosk.touch("Scan with camera").await;
    kiosk.face("known").await;
    kiosk.browser.see(&format!("This one is already in door {door}")).await;
}

#[tokio::test]
async fn a_kiosk_set_to_have_a_camera_needs_no_key() {
    let product = Product::start().await;
    let browser = Browser::open_with(Look::on(Screen::KioskPortrait).seeing(&film(&product, 0.0))).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/kiosks").await;
    browser.script("document.querySelector('[name=camera]').closest('details').open = true", vec![]).await;
    browser.press("It scans with its camera without being asked").await;
    browser.script("document.querySelector('[name=camera]:checked').form.requestSubmit()", vec![]).await;
    browser.see("Saved.").await;

    for (theme, name) in [(Theme::Dark, "dark"), (Theme::HighContrast, "contrast")] {
        browser.theme(theme).await;
        let kiosk = Kiosk::at(&browser, &product, 1).await;
        kiosk.touch("Pick up").await;
        browser.find("body[data-camera-is=on] .camera-view video").await;
        browser.axe().await;
        browser.shot(&format!("camera-4-pick-up-{name}")).await;
        kiosk.touch("Back").await;
    }
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.touch("Deliver").await;
    browser.type_keys(&fact(&product, "/courier_codes/0/digits")).await;
    kiosk.touches();
    kiosk.tap_ok().await;
    kiosk.face("confirm").await;
    assert_eq!(kiosk.touches(), 1, "the label is read as soon as its courier is known");
    browser.see("apartment 12B").await;
    browser.finish().await;
    product.stop().await;
}

#[tokio::test]
async fn without_a_camera_or_without_leave_there_is_a_word_and_a_way_on() {
    let product = Product::start().await;
    for (camera, words, name) in [
        (Camera::Refused, "The camera is not allowed on this screen.", "refused"),
        (Camera::None, "This screen has no camera.", "missing"),
    ] {
        let browser = Browser::open_with(Look::on(Screen::KioskLandscape).with_camera(camera)).await;
        let kiosk = Kiosk::at(&browser, &product, 1).await;
        kiosk.scan_badge(&product, 0).await;
        kiosk.touch("Scan with camera").await;
        browser.see(words).await;
        browser.axe().await;
        browser.shot(&format!("camera-5-{name}")).await;
        kiosk.tap("101").await;
        kiosk.tap_ok().await;
        kiosk.face("size").await;
        kiosk.touch("Another apartment").await;
        // A browser that reaches the site without TLS has no camera to ask for.
        let without = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined })";
        browser.script(without, vec![]).await;
        kiosk.touch("Scan with camera").await;
        browser.see("The camera works only where this screen reaches the site by https.").await;
        kiosk.finish_round().await;
        browser.finish().await;
    }
    product.stop().await;
}
