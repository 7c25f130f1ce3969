//! At the staff desk: a parcel is taken in, put behind a door, somebody without a phone is told by a slip, another is handed
//! over by card, one that is nobody's finds its household, and one is given up.

use vestibule_e2e::{Browser, Product, Screen};

use crate::play::hand;
use crate::play::inbox::{Mail, fact};
use crate::play::office::Office;

/// The number of the door a parcel is to be put behind, as the page says it.
const MEANT: &str = "return /into locker (\\d+)/.exec(document.querySelector('main').innerText)?.[1] ?? ''";

#[tokio::test]
async fn parcels_are_taken_in_told_of_handed_over_and_given_up() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::Desk).await;
    let office = Office::signed_in(&browser, &product).await;
    office.go("/staff/desk").await;
    browser.see("Nothing is at the desk.").await;
    office.look("desk-1-empty").await;

    take_in(&office, "1Z999AA10123456784", "10C", "M").await;
    office.look("desk-3-accepted").await;
    behind_a_door(&office).await;
    told_by_a_slip(&office).await;
    handed_over_by_card(&office, &product).await;
    nobody_knows_whose(&office, &product).await;
    given_up(&office).await;
    browser.finish().await;
    product.stop().await;
}

/// Label, apartment, and one press that says how big it is and accepts it.
async fn take_in(office: &Office<'_>, tracking: &str, apartment: &str, size: &str) {
    let browser = office.browser;
    office.go("/staff/desk").await;
    // Wherever the focus is, a label goes where labels belong, and the apartment is asked next.
    browser.scan(tracking).await;
    browser.type_keys(apartment).await;
    browser.press("Next").await;
    browser.find(".size-row").await;
    office.look("desk-2-recipient").await;
    browser.press_on(&format!("button[name=size][value={size}]")).await;
    browser.see("Accepted. It is at the desk now.").await;
}

async fn behind_a_door(office: &Office<'_>) {
    let browser = office.browser;
    browser.press("Put into a free locker").await;
    browser.find(".door-open.door-meant").await;
    office.look("desk-4-door").await;
    let door = browser.script(MEANT, vec![]).await;
    hand::lay(
        browser,
        door.as_str().and_then(|door| door.parse().ok()).expect("a door is named"),
        "push_shut",
    )
    .await;
    browser.see("Waiting").await;
}

/// Walter Hughes has neither mail nor phone: staff print a slip with a code of its own, once.
async fn told_by_a_slip(office: &Office<'_>) {
    let browser = office.browser;
    office.go("/staff").await;
    browser.see("Tell Walter Hughes").await;
    office.look("desk-5-needs-me").await;
    browser.press("Print slip").await;
    browser.press("Make the slip and show it here").await;
    browser.see("This code is shown now and never again.").await;
    browser.see("1003").await;
    office.look("desk-6-slip").await;
    let code = browser.read_qr(".sheet svg, .sheet img").await;
    assert!(code.starts_with("VP"), "a slip carries a pickup code");
    browser.press("Told").await;
    browser.see("Nothing needs you").await;
}

async fn handed_over_by_card(office: &Office<'_>, product: &Product) {
    let browser = office.browser;
    take_in(office, "9205590164917312345671", "10C", "S").await;
    office.go("/staff/desk").await;
    browser.see("One parcel is at the desk.").await;
    browser.scan(&fact(product, "/cards/0/token")).await;
    browser.see("Everything of theirs at the desk").await;
    office.look("desk-7-hand-over").await;
    browser.press("Handed over").await;
    browser.see("Handed over.").await;
    office.go("/staff/parcels?show=past").await;
    browser.see("Collected").await;
}

/// No name that fits: it stays at the desk with a task, and its household is told once somebody knows.
async fn nobody_knows_whose(office: &Office<'_>, product: &Product) {
    let browser = office.browser;
    office.go("/staff/desk").await;
    browser.fill("[name=tracking]", "TBA000000000042").await;
    browser.press("Next").await;
    browser.see("Nobody knows whose it is").await;
    browser.fill("[name=addressed_to]", "O. Lindkvist").await;
    browser.press_on("button[name=size][value=S]").await;
    browser.see("Accepted. It is at the desk now.").await;
    office.go("/staff").await;
    browser.press("Assign").await;
    browser.see("O. Lindkvist").await;
    browser.press("Correct the household").await;
    browser.fill("[name=unit]", "11A").await;
    office.look("desk-8-assign").await;
    browser.press("Save").await;
    browser.see("Corrected.").await;
    let mail = Mail::to(browser, product, "oscar.lindqvist@example.com", "desk").await;
    assert!(!mail.subject.is_empty());
}

/// Nobody is called like that after all, and nobody will look for it any more.
async fn given_up(office: &Office<'_>) {
    let browser = office.browser;
    office.go("/staff/parcels?show=desk").await;
    browser.press_on("main a[href^='/staff/parcels/']").await;
    browser.press("Write off").await;
    browser.script("document.querySelector('.ask[open] [name=words]').focus()", vec![]).await;
    browser.type_keys("water damage, agreed with 11A").await;
    office.look("desk-9-write-off").await;
    browser.press_on(".ask[open] form button").await;
    browser.see("Written off.").await;
    browser.see("It is over").await;
    office.look("desk-10-over").await;
}
