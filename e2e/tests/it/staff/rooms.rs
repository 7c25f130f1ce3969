//! A package room drawn at a desk: looked at, changed, and its labels.

use vestibule_e2e::{Browser, Product, Screen, Theme};

use crate::play::office::Office;

/// The package room of the property: racks with A1 and A2, and B1 on the floor.
const EDIT: &str = "/staff/rooms/1/edit";

/// Choose of a list as a person does: the page hears of it.
async fn choose(browser: &Browser, name: &str, value: &str) {
    browser.find(&format!("[name='{name}']:has(option[value='{value}'])")).await;
    let script = "const list = document.querySelector(`[name='${arguments[0]}']`);
        list.value = arguments[1];
        list.dispatchEvent(new Event('input', { bubbles: true }));
        list.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(script, vec![name.into(), value.into()]).await;
}

#[tokio::test]
async fn a_room_is_looked_at_and_drawn_anew_without_a_pointer() {
    let product = Product::start().await;
    let desk = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&desk, &product).await;
    office.go("/staff/rooms").await;
    desk.see("From above").await;
    desk.see("Wall rack").await;
    desk.find("svg.bank a[href^='/staff/shelves/']").await;
    office.look("rooms-1-looked-at").await;
    desk.theme(Theme::HighContrast).await;
    office.look("rooms-1-looked-at-contrast").await;
    desk.theme(Theme::Dark).await;
    office.look("rooms-1-looked-at-dark").await;
    desk.theme(Theme::Light).await;

    office.go(EDIT).await;
    office.look("rooms-2-editor").await;
    desk.press("Add a level on top of Rack A").await;
    desk.find("[name='shelves-0-1']").await;
    desk.fill("[name='shelves-0-1']", "C1, C2").await;
    // The drawing follows what is typed, and says what cannot stand so.
    desk.fill("[name='rack-left-1']", "900").await;
    desk.see("stand in each other").await;
    desk.fill("[name='rack-left-1']", "1200").await;
    desk.find("#plan-preview svg.bank").await;
    // A zone for the lower apartments, and the level that is in it.
    desk.press("Add a zone").await;
    desk.fill("[name='zone-label-0']", "Ground floor").await;
    choose(&desk, "zone-use-0", "keypads").await;
    desk.fill("[name='zone-from-0']", "100").await;
    desk.fill("[name='zone-to-0']", "199").await;
    choose(&desk, "level-zone-0-1", "0").await;
    office.look("rooms-7-zone").await;
    desk.press("See what would change").await;
    desk.see("Come: C1, C2").await;
    desk.see("The room, a rack or a zone is otherwise.").await;
    office.look("rooms-3-differences").await;
    desk.press("Save this drawing").await;
    desk.see("The room is drawn.").await;
    desk.see("C2").await;
    desk.see("Ground floor").await;
    office.look("rooms-8-saved").await;
    office.go("/staff/rooms/1/labels").await;
    desk.see("C1").await;
    office.look("rooms-4-labels").await;
    desk.finish().await;

    let phone = Browser::open(Screen::Phone).await;
    let office = Office::signed_in(&phone, &product).await;
    office.go("/staff/rooms").await;
    phone.see("From above").await;
    office.look("rooms-5-phone").await;
    office.go("/staff/rooms/new").await;
    phone.press("Spots on the floor").await;
    phone.find("[name='spot-label-2']").await;
    office.look("rooms-6-phone-editor").await;
    phone.finish().await;
    product.stop().await;
}
