//! What staff see of devices that fail: a fault is turned on in the demonstration, the pages tell it, and it ends by itself.

use std::time::Duration;

use vestibule_e2e::{Browser, Product, Screen, Sign, Theme};

use crate::play::office::Office;

/// A board's silence is told within a few seconds, its return within ten.
const TOLD_WITHIN: Duration = Duration::from_secs(20);

/// Presses the button of a knob of a simulated device.
async fn turn(browser: &Browser, machine: usize, knob: &str) {
    let form = format!("#machine-{machine} form:has([value='{knob}'])");
    browser.press_on(&format!("{form} button")).await;
}

#[tokio::test]
async fn a_device_that_fails_is_told_and_ends_its_task_by_itself() {
    let product = Product::start_with(&["--hardware", "all"]).await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/devices").await;
    browser.see("Modbus gateway wall, board 1").await;
    browser.see("Package room").await;
    office.look("devices-1-all").await;

    office.go("/demo/faults").await;
    turn(&browser, 0, "unplugged").await;
    browser.see("End: Unplugged").await;
    turn(&browser, 1, "silent").await;
    browser.see("End: Silent").await;
    office.look("devices-2-knobs").await;

    browser.press("See how North lobby is doing").await;
    browser.wait_for(Sign::Text("This line cannot be opened"), TOLD_WITHIN).await;
    office.look("devices-3-line-away").await;
    office.go("/staff/devices/buses/2").await;
    browser.wait_for(Sign::Text("does not answer"), TOLD_WITHIN).await;
    browser.resize(Screen::Phone).await;
    browser.theme(Theme::HighContrast).await;
    office.look("devices-4-board-away-phone").await;
    office.go("/staff").await;
    browser.see("North lobby does not answer").await;
    browser.see("Garden entrance does not answer").await;

    office.go("/demo/faults").await;
    browser.theme(Theme::Dark).await;
    office.look("devices-5-knobs-phone").await;
    browser.press("Put everything right").await;
    browser.wait_gone(Sign::Text("End: Unplugged"), TOLD_WITHIN).await;
    office.go("/staff/devices/buses/1").await;
    browser.wait_gone(Sign::Text("This line cannot be opened"), TOLD_WITHIN).await;
    office.go("/staff/devices/buses/2").await;
    browser.wait_gone(Sign::Text("does not answer"), TOLD_WITHIN).await;
    office.go("/staff").await;
    browser.wait_gone(Sign::Text("does not answer"), TOLD_WITHIN).await;

    browser.theme(Theme::Light).await;
    for (path, name) in [
        ("/staff/devices", "devices-6-list"),
        ("/staff/devices/buses/1", "devices-7-bus"),
        ("/staff/devices/doors/2", "devices-8-reader"),
        ("/staff/devices/printers/1", "devices-9-printer"),
    ] {
        office.go(path).await;
        browser.resize(Screen::Phone).await;
        office.look(&format!("{name}-phone")).await;
        browser.resize(Screen::Desk).await;
        office.look(name).await;
    }
    browser.finish().await;
    product.stop().await;
}
