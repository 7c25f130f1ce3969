//! The plug is pulled in the middle: whoever stands there sees it, and finds everything as it was.

use vestibule_e2e::{Browser, Product, Screen, Sign};

use crate::play::inbox::Mail;
use crate::play::kiosk::Kiosk;
use crate::play::office::Office;

#[tokio::test]
async fn killed_while_a_door_stands_open_everything_is_as_it_was() {
    let mut product = Product::start().await;
    let (at_wall, at_desk) = (Browser::open(Screen::KioskLandscape).await, Browser::open(Screen::Desk).await);
    let kiosk = Kiosk::at(&at_wall, &product, 1).await;
    kiosk.scan_badge(&product, 0).await;
    let first = kiosk.deliver("1Z999AA10123456784", "12B", "M").await;
    let second = kiosk.offer("9205590164917312345671", "10A", "S").await;

    product.kill().await;
    at_wall.find(".lost").await;
    at_wall.shot("plug-1-lost").await;
    product.restart().await;
    // The screen comes back by itself; nobody touches it.
    at_wall.wait_gone(Sign::Css(".lost"), vestibule_e2e::DEADLINE).await;
    at_wall.see("The power was out for a moment").await;
    at_wall.see(&format!("Door {second} is open")).await;
    kiosk.look("plug-2-back").await;
    kiosk.touch("Go on").await;

    let office = Office::signed_in(&at_desk, &product).await;
    office.go("/staff/parcels").await;
    at_desk.see(&format!("Locker {first} (North lobby)")).await;
    office.go("/staff/banks").await;
    at_desk.find(".door-open").await;
    office.look("plug-3-still-open").await;
    kiosk.shut(&second).await;
    at_desk.wait_gone(Sign::Css(".door-open"), vestibule_e2e::DEADLINE).await;
    office.go("/staff/parcels").await;
    at_desk.see(&format!("Locker {second} (North lobby)")).await;
    office.look("plug-4-parcels").await;

    kiosk.face("address").await;
    kiosk.finish_round().await;
    let mail = Mail::to(&at_wall, &product, "daniel.okoro@example.com", "Hello Daniel").await;
    let kiosk = Kiosk::at(&at_wall, &product, 1).await;
    kiosk.type_pickup_code(&mail.keypad, &mail.pin).await;
    assert_eq!(kiosk.open_door().await, first);
    kiosk.shut(&first).await;
    at_wall.see("That was everything").await;
    // A browser notes each connection that was refused while the site was down.
    at_wall.console_errors().await;
    at_desk.console_errors().await;
    at_wall.finish().await;
    at_desk.finish().await;
    product.stop().await;
}
