//! A person at a kiosk: what they touch is counted, what they see is looked at.

use std::cell::Cell;

use serde_json::json;
use vestibule_e2e::{Browser, DEADLINE, Key, Product, Sign};

use crate::play::hand;

/// A page with everything it loads, fonts apart, is no heavier than this.
const PAGE_BYTES: u64 = 100_000;

/// Bytes that came over the wire for this page, fonts and the endless stream apart.
const WEIGHT: &str =
    "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter((entry) => !/\\.woff2|\\/live/.test(entry.name))
    .reduce((sum, entry) => sum + entry.transferSize, 0)";

/// A screen at the wall, with somebody in front of it.
pub struct Kiosk<'a> {
    pub browser: &'a Browser,
    touches: Cell<usize>,
}

impl<'a> Kiosk<'a> {
    /// In front of one of the demonstration's kiosks.
    pub async fn at(browser: &'a Browser, product: &Product, number: usize) -> Self {
        let urls = &product.ready()["kiosks"];
        browser.goto(urls[number - 1].as_str().expect("the ready line names the kiosks")).await;
        let kiosk = Self { browser, touches: Cell::new(0) };
        kiosk.face("start").await;
        kiosk
    }

    /// In front of a tablet that becomes a kiosk by the link staff were shown.
    pub async fn paired(browser: &'a Browser, link: &str) -> Self {
        browser.goto(link).await;
        let kiosk = Self { browser, touches: Cell::new(0) };
        kiosk.face("start").await;
        kiosk
    }

    /// How often the glass was touched since this was asked last.
    pub fn touches(&self) -> usize {
        self.touches.take()
    }

    /// Touch what has this name.
    pub async fn touch(&self, name: &str) {
        self.touches.set(self.touches.get() + 1);
        self.browser.press(name).await;
    }

    /// Touch the keys on the glass.
    pub async fn tap(&self, digits: &str) {
        for digit in digits.chars() {
            self.touches.set(self.touches.get() + 1);
            self.browser.press_on(&format!("[data-keypad] [data-key='{digit}']")).await;
        }
    }

    /// Touch OK on the glass.
    pub async fn tap_ok(&self) {
        self.touches.set(self.touches.get() + 1);
        self.browser.press_on("[data-keypad] .key-enter").await;
    }

    /// Touch a size; the door opens.
    pub async fn size(&self, letter: &str) {
        self.touches.set(self.touches.get() + 1);
        self.browser.press_on(&format!("button[name=size][value={letter}]")).await;
    }

    /// Wait for a face of the screen.
    pub async fn face(&self, name: &str) {
        self.browser.find(&format!(".face-{name}")).await;
    }

    /// Keep a picture of this face and judge it: barriers, and what it weighs when it is loaded anew.
    pub async fn look(&self, name: &str) {
        self.browser.axe().await;
        self.browser.shot(name).await;
        self.browser.protocol("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
        self.browser.reload().await;
        self.browser.find("#screen > .face").await;
        let bytes = self.browser.script(WEIGHT, vec![]).await.as_f64().expect("a number of bytes") as u64;
        assert!(bytes > 5_000 && bytes <= PAGE_BYTES, "{name} weighs {bytes} bytes without fonts");
    }

    /// The number of the door on the screen, once it stands open there and on the drawing.
    pub async fn open_door(&self) -> String {
        self.browser.find(".face-deposit .door-open.door-meant, .face-collect .door-open.door-meant").await;
        let script = "return document.querySelector('.big-digits').innerText";
        self.browser.script(script, vec![]).await.as_str().expect("a door has a number").to_owned()
    }

    /// A hand at the wall: `push_shut`, `pull_open`, `jam`, `unjam`.
    pub async fn hand(&self, door: &str, act: &str) {
        hand::lay(self.browser, compartment(door), act).await;
    }

    /// Push the open door shut and wait until the screen has left it.
    pub async fn shut(&self, door: &str) {
        let here = "return document.querySelector('#screen > .face').id";
        let face = self.browser.script(here, vec![]).await;
        self.hand(door, "push_shut").await;
        let face = format!("[id='{}']", face.as_str().expect("a face has an id"));
        self.browser.wait_gone(Sign::Css(&face), DEADLINE).await;
    }

    /// A courier's digits, typed on a keyboard or a keypad with real keys.
    pub async fn type_courier_code(&self, digits: &str) {
        self.touch("Deliver").await;
        self.face("deliver").await;
        self.browser.type_keys(digits).await;
        self.browser.key(Key::Enter).await;
    }

    /// A courier's badge, and the loop it opens.
    pub async fn scan_badge(&self, product: &Product, carrier: usize) {
        let badge = &product.ready()["courier_codes"][carrier]["badge"];
        self.browser.scan(badge.as_str().expect("each carrier has a badge")).await;
        self.face("address").await;
    }

    /// A parcel's label, then its apartment, both scanned, and its size.
    pub async fn describe(&self, tracking: &str, apartment: &str, size: &str) {
        self.browser.scan(tracking).await;
        self.browser.see("Now the apartment").await;
        self.browser.scan(&format!("APT {apartment}")).await;
        self.face("size").await;
        self.size(size).await;
    }

    /// A parcel for an apartment whose door opens: its number.
    pub async fn offer(&self, tracking: &str, apartment: &str, size: &str) -> String {
        self.describe(tracking, apartment, size).await;
        self.open_door().await
    }

    /// A parcel for an apartment, left behind a door: its number.
    pub async fn deliver(&self, tracking: &str, apartment: &str, size: &str) -> String {
        let door = self.offer(tracking, apartment, size).await;
        self.shut(&door).await;
        self.face("address").await;
        door
    }

    /// The courier has done everything and goes.
    pub async fn finish_round(&self) {
        self.touch("Finish").await;
        self.face("summary").await;
        self.touch("Finish").await;
        self.face("goodbye").await;
    }

    /// A resident's two numbers.
    pub async fn type_pickup_code(&self, keypad: &str, pin: &str) {
        self.touch("Pick up").await;
        self.face("pick-up").await;
        self.browser.type_keys(keypad).await;
        self.browser.key(Key::Enter).await;
        self.browser.type_keys(pin).await;
        self.browser.key(Key::Enter).await;
    }
}

/// Doors carry their numbers in the order of installation: 1 to 24 in the lobby, then from 31 at the garden
/// entrance.
fn compartment(door: &str) -> u32 {
    let number: u32 = door.parse().expect("the demonstration's doors carry numbers");
    if number > 30 { number - 6 } else { number }
}
