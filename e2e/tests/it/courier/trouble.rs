//! What goes wrong in front of the screen, and the clear word that follows.

use vestibule_e2e::{Browser, DEADLINE, Key, Product, Screen, Sign};

use crate::play::inbox::fact;
use crate::play::kiosk::Kiosk;

#[tokio::test]
async fn wrong_codes_get_a_clear_word_and_a_resident_may_cut_in() {
    let product = Product::start().await;
    let browser = Browser::open(Screen::KioskLandscape).await;
    let kiosk = Kiosk::at(&browser, &product, 1).await;
    let code = fact(&product, "/courier_codes/0/digits");
    wrong_codes(&kiosk, &code).await;
    somebody_walks_off(&kiosk, &code).await;
    a_resident_cuts_in(&kiosk, &product).await;
    browser.finish().await;
    product.stop().await;
}

async fn wrong_codes(kiosk: &Kiosk<'_>, code: &str) {
    let browser = kiosk.browser;
    browser.scan("1Z999AA10123456784").await;
    browser.see("That is a parcel label.").await;
    // One digit off fails the check digit: a typo, and no miss.
    let typo: String = code.chars().rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
    let last = code.chars().last().and_then(|c| c.to_digit(10)).expect("a code ends with a digit");
    kiosk.type_courier_code(&format!("{typo}{}", (last + 1) % 10)).await;
    browser.see("There is a typo in this code.").await;
    kiosk.look("trouble-1-typo").await;
    browser.scan("VCZZ2K3AZH71ASH0YF12GCWA5H99TZ5").await;
    browser.see("could not be read").await;
    browser.type_keys(code).await;
    browser.key(Key::Enter).await;
    kiosk.face("address").await;
    browser.wait_gone(Sign::Text("typo"), DEADLINE).await;
    browser.type_keys("999").await;
    browser.key(Key::Enter).await;
    browser.see("There is no such apartment here.").await;
    kiosk.look("trouble-2-apartment").await;
}

/// The courier leaves with the door open; a passer-by shuts it. What the next person presses opens nothing.
async fn somebody_walks_off(kiosk: &Kiosk<'_>, code: &str) {
    let browser = kiosk.browser;
    let door = kiosk.offer("9205590164917312345671", "10B", "M").await;
    kiosk.shut(&door).await;
    browser.see(&format!(", door {door}.")).await;
    // The page of a moment ago still had the button.
    let press = "const body = new URLSearchParams({ csrf: document.querySelector('[name=csrf]').value });
        return fetch('/kiosk/open-again', { method: 'POST', body }).then((answer) => answer.text())";
    let answer = browser.script(press, vec![]).await;
    let answer = answer.as_str().expect("a page");
    assert!(answer.contains("The door has been shut. Choose Fix and give your code again."), "{answer}");
    browser.see("The door has been shut.").await;
    kiosk.look("trouble-3-shut").await;
    kiosk.touch("My parcels (1)").await;
    browser.press_on(".item .button").await;
    browser.press_on(".intents .button").await;
    kiosk.face("fix-code").await;
    // Another digit in the middle and a check digit that fits is beyond a passer-by; any wrong number is refused.
    browser.type_keys("1234567890").await;
    browser.key(Key::Enter).await;
    browser.find(".notices .notice").await;
    kiosk.look("trouble-4-refused").await;
    assert!(!browser.sees(Sign::Css(".door-open")).await, "no door opens without the code");
    let _ = code;
    kiosk.touch("Back").await;
    kiosk.face("list").await;
    kiosk.touch("Back").await;
    kiosk.face("address").await;
}

/// Between two parcels somebody holds a card to the scanner, takes what is theirs, and the courier goes on.
async fn a_resident_cuts_in(kiosk: &Kiosk<'_>, product: &Product) {
    let browser = kiosk.browser;
    let door = kiosk.deliver("TBA000000000010", "10C", "S").await;
    kiosk.touch("Resident? Pick up").await;
    kiosk.face("pick-up").await;
    browser.see("Back to delivering").await;
    kiosk.touches();
    browser.scan(&fact(product, "/cards/0/token")).await;
    kiosk.face("collect").await;
    assert_eq!(kiosk.open_door().await, door);
    assert_eq!(kiosk.touches(), 0, "a card takes no touch");
    kiosk.look("trouble-5-card").await;
    kiosk.shut(&door).await;
    browser.see("That was everything").await;
    kiosk.look("trouble-6-collected").await;
    kiosk.touch("Done").await;
    kiosk.face("address").await;
    kiosk.deliver("TBA000000000011", "10D", "S").await;
    kiosk.finish_round().await;
}
