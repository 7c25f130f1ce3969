//! The picture of a code held to the kiosk's own camera.

use vestibule_e2e::{Browser, Look, Picture, Printed, Product, Screen};

use crate::play::inbox::Mail;
use crate::play::kiosk::Kiosk;

#[tokio::test]
async fn a_code_held_to_the_camera_opens_the_door() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    let door = kiosk.deliver("1Z999AA10123456784", "12B", "M").await;
    kiosk.finish_round().await;
    let mail = Mail::to(&browser, &product, "daniel.okoro@example.com", "Hello Daniel").await;
    let code = browser.read_qr(&mail.picture).await;
    browser.finish().await;

    let film = product.data().join("film.y4m");
    Picture::of(&[Printed::Qr(&code)]).tilted(20.0).film(&film);
    let browser = Browser::open_with(Look::on(Screen::KioskPortrait).seeing(&film)).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    kiosk.touch("Pick up").await;
    kiosk.look("camera-6-pick-up").await;
    kiosk.touch("Scan with camera").await;
    assert_eq!(kiosk.open_door().await, door);
    kiosk.shut(&door).await;
    browser.see("That was everything").await;
    browser.finish().await;
    product.stop().await;
}
