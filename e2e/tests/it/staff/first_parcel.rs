//! From a program just started to the first test parcel put in and taken out: the steps of *Getting ready*, one after the other,
//! each with what it cost. The hardware is simulated at the border of its bytes; nobody edits a file after the start.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use serde_json::json;
use vestibule_e2e::{Browser, Key, Screen, Served, Sign, Simulated, Theme};

use crate::play::inbox::digits;
use crate::play::kiosk::Kiosk;
use crate::play::office::WIDTH;

const LOCKS: u8 = 3;
const OWNER: &str = "ada@example.com";
const LIST: &str =
    "Unit,First name,Last name,Email\r\n3B,Ana,Diaz,ana@example.com\r\n12,Sam,Lee,sam@example.com\r\n";

/// What an installer writes before the first start: what hangs on the wall, on which line, and the mail server.
fn configuration(hardware: &Simulated) -> String {
    let (host, port) = hardware.address("mail").rsplit_once(':').expect("host and port");
    let board = hardware.address("board");
    format!(
        "data = \"data\"\nlisten = [\"127.0.0.1:0\"]\nzone = \"America/New_York\"\n\
         [mail]\nhost = \"{host}\"\nport = {port}\nsecurity = \"plain\"\nfrom = \"parcels@example.com\"\n\
         [[bank]]\nname = \"Lobby\"\nfoot_mm = 400\n[[bank.column]]\nwidth_mm = 450\n\
         doors = [{{ label = \"1\", size = \"S\", height_mm = 150 }}, {{ label = \"2\", size = \"M\", height_mm = 300 }}, \
         {{ label = \"3\", size = \"L\", height_mm = 450 }}]\n\
         [[bus]]\nname = \"lobby\"\ntcp = {{ addr = \"{board}\" }}\n\
         [[bus.board]]\naddress = 1\nprofile = \"generic-lock8a-8\"\nbank = \"Lobby\"\n\
         compartments = {{ \"1\" = 1, \"2\" = 2, \"3\" = 3 }}\n"
    )
}

/// Somebody at a desk who is counted: touches of each step, and how long it took.
struct Walk<'a> {
    browser: &'a Browser,
    touches: Cell<usize>,
    began: Cell<Instant>,
    told: RefCell<Vec<(&'static str, usize, Duration)>>,
}

impl<'a> Walk<'a> {
    fn begin(browser: &'a Browser) -> Self {
        Self { browser, touches: Cell::new(0), began: Cell::new(Instant::now()), told: RefCell::default() }
    }

    fn touched(&self, times: usize) {
        self.touches.set(self.touches.get() + times);
    }

    async fn press(&self, name: &str) {
        self.touched(1);
        self.browser.press(name).await;
    }

    async fn press_on(&self, css: &str) {
        self.touched(1);
        self.browser.press_on(css).await;
    }

    async fn fill(&self, css: &str, text: &str) {
        self.touched(1);
        self.browser.fill(css, text).await;
    }

    /// A picture of the page, judged; on the phone and in other themes where it is new.
    async fn look(&self, name: &str, is_new: bool) {
        self.judge(name).await;
        if !is_new {
            return;
        }
        for theme in [Theme::Dark, Theme::HighContrast] {
            self.browser.theme(theme).await;
            self.browser.axe().await;
            self.browser.shot(&format!("{name}-{theme:?}").to_lowercase()).await;
        }
        self.browser.theme(Theme::Light).await;
        self.browser.resize(Screen::Phone).await;
        self.judge(&format!("{name}-phone")).await;
        self.browser.resize(Screen::Desk).await;
    }

    async fn judge(&self, name: &str) {
        self.browser.axe().await;
        assert_eq!(self.browser.script(WIDTH, vec![]).await, json!(0), "{name} is wider than its screen");
        self.browser.shot(name).await;
    }

    fn done(&self, step: &'static str) {
        let now = Instant::now();
        self.told.borrow_mut().push((step, self.touches.take(), now - self.began.replace(now)));
    }
}

#[tokio::test]
async fn from_the_first_start_to_the_first_parcel() {
    let hardware = Simulated::start(LOCKS).await;
    let served = Served::start_with(&configuration(&hardware)).await;
    let (at_desk, at_wall) = (Browser::open(Screen::Desk).await, Browser::open(Screen::KioskLandscape).await);
    let walk = Walk::begin(&at_desk);

    an_owner(&walk, &served).await;
    the_list(&walk, &served).await;
    the_connection(&walk, &served).await;
    the_wiring(&walk, &hardware).await;
    let link = the_kiosk(&walk).await;
    the_test_mail(&walk, &hardware).await;
    let code = the_courier_code(&walk).await;
    nothing_is_left(&walk, &served).await;

    let kiosk = Kiosk::paired(&at_wall, &link).await;
    a_parcel_goes_in(&walk, &kiosk, &code, &hardware).await;
    let kiosk = Kiosk::paired(&at_wall, &link).await;
    and_out(&walk, &kiosk, &hardware).await;
    let told = walk.told.take();
    for (step, touches, took) in told.iter() {
        println!("{step}: {touches} touches, {:.1} s", took.as_secs_f64());
    }
    let touches: usize = told.iter().map(|(_, touches, _)| touches).sum();
    let took: Duration = told.iter().map(|(_, _, took)| *took).sum();
    println!("from the first start to the first parcel: {touches} touches, {:.1} s", took.as_secs_f64());
    assert!(touches < 60, "{touches} touches are more than somebody has patience for");
    at_wall.finish().await;
    at_desk.finish().await;
    served.stop().await;
}

async fn an_owner(walk: &Walk<'_>, served: &Served) {
    walk.browser.goto(served.setup_link()).await;
    walk.fill("[name=name]", "Ada Marsh").await;
    walk.fill("[name=email]", OWNER).await;
    walk.fill("[name=password]", "seven lime trees by the gate").await;
    walk.press_on("main button[type=submit]").await;
    walk.browser.see("Getting ready").await;
    // The bank of the configuration file hangs there already.
    walk.browser.see("1 of 7 done").await;
    walk.look("first-parcel-1-card", true).await;
    walk.done("owner's account");
}

async fn the_list(walk: &Walk<'_>, served: &Served) {
    let (browser, file) = (walk.browser, served.folder().join("residents.csv"));
    std::fs::write(&file, LIST).expect("the list can be written");
    walk.press("Import a list").await;
    browser.choose_file("[name=file]", &file).await;
    walk.touched(2);
    walk.press("Show what would change").await;
    browser.see("Nothing has changed yet.").await;
    walk.press("Take it over").await;
    browser.see("The list has been taken over.").await;
    browser.see("2 of 7 done").await;
    walk.look("first-parcel-2-list", false).await;
    walk.done("apartments and residents");
}

/// The screen of this house hangs at the machine itself: what is off is read, and the step passed over.
async fn the_connection(walk: &Walk<'_>, served: &Served) {
    let browser = walk.browser;
    walk.press("Next: How phones and kiosks reach this site").await;
    browser.see("By http, from this machine alone.").await;
    browser.see("No other machine reaches the site").await;
    browser.see("Messages carry no link").await;
    walk.look("first-parcel-3-connection", true).await;
    browser.goto(&served.url("/staff/getting-ready")).await;
    browser.see("No other machine reaches the site").await;
    walk.look("first-parcel-3-steps", true).await;
    walk.press_on("form[action='/staff/getting-ready/steps/connection/skip'] button").await;
    browser.see("Not skipped").await;
    walk.done("connection passed over");
}

async fn the_wiring(walk: &Walk<'_>, hardware: &Simulated) {
    let browser = walk.browser;
    walk.press("Test the wiring").await;
    walk.press("Begin the test").await;
    for lock in 1..=LOCKS {
        walk.press(&format!("Spring the lock of {lock}")).await;
        browser.see("Which door opened?").await;
        walk.press(&format!("Door {lock} opened")).await;
        browser.see(&format!("{lock} of {LOCKS} locks tried")).await;
        hardware.shut(lock).await;
        walk.touched(1);
    }
    walk.press("Keep what was found").await;
    browser.see("The wiring is kept.").await;
    walk.look("first-parcel-3-wiring", false).await;
    walk.done("wiring test");
}

async fn the_kiosk(walk: &Walk<'_>) -> String {
    let browser = walk.browser;
    walk.press("Next: Screen at the lockers").await;
    walk.press("Pair a kiosk").await;
    walk.fill("form[action='/staff/kiosks'] [name=name]", "Lobby screen").await;
    walk.press("Make the pairing code").await;
    browser.see("This code is shown now and never again.").await;
    let link = browser.script("return document.querySelector('main .shown-token').innerText", vec![]).await;
    walk.look("first-parcel-4-kiosk", false).await;
    walk.press("I have it").await;
    browser.see("Lobby screen").await;
    walk.done("screen at the lockers");
    link.as_str().expect("a link is shown").to_owned()
}

async fn the_test_mail(walk: &Walk<'_>, hardware: &Simulated) {
    let browser = walk.browser;
    walk.press("Next: Test mail").await;
    browser.see(OWNER).await;
    walk.look("first-parcel-5-before", true).await;
    walk.press("Send me a test mail").await;
    // The page says it by itself, as soon as the server has said it.
    browser.see("The mail server took it").await;
    let text = hardware.mail(OWNER, "Test mail").await;
    assert!(text.contains("reaches you"), "{text}");
    walk.look("first-parcel-5-mail", true).await;
    walk.done("test mail");
}

async fn the_courier_code(walk: &Walk<'_>) -> String {
    let browser = walk.browser;
    walk.press("Next: Courier codes and poster").await;
    walk.press("New carrier").await;
    walk.fill("form[action='/staff/carriers'] [name=name]", "Harbour Express").await;
    walk.press("Save").await;
    browser.see("Saved.").await;
    walk.press("New code").await;
    // Couriers come at any hour, as this story does.
    let always = "
        const form = document.querySelector('[name=from0]').form;
        form.querySelectorAll('[name=day0]').forEach((day) => { day.checked = true; });
        form.elements.from0.value = '00:00';
        form.elements.to0.value = '23:59';
    ";
    browser.script(always, vec![]).await;
    walk.press("Also print it on a poster").await;
    walk.press("Make the code").await;
    browser.see("This poster bears the code.").await;
    walk.look("first-parcel-6-code", true).await;
    let code = "return document.querySelector('.shown-digits .visually-hidden').textContent";
    let code = browser.script(code, vec![]).await;
    let code: String = code.as_str().expect("digits are shown").split_whitespace().collect();
    assert!(browser.text().await.matches("Harbour Express").count() > 1, "badge and poster");
    let poster = walk.browser.url().await.replace("/staff/couriers", "/staff/couriers/poster");
    browser.goto(&poster).await;
    browser.see("A code is held by: Harbour Express").await;
    browser.axe().await;
    browser.shot("first-parcel-7-poster").await;
    walk.done("courier code and poster");
    code
}

/// What was passed over stays on the card until nobody wants to be reminded of it.
async fn nothing_is_left(walk: &Walk<'_>, served: &Served) {
    let browser = walk.browser;
    browser.goto(&served.url("/staff")).await;
    browser.see("6 of 7 done").await;
    browser.see("How phones and kiosks reach this site").await;
    walk.press_on(".asks summary").await;
    walk.press_on("form[action='/staff/getting-ready/hide'] button").await;
    browser.see("Nothing needs you").await;
    assert!(!browser.text().await.contains("Getting ready"), "nobody is reminded");
    browser.goto(&served.url("/staff/getting-ready")).await;
    browser.see("Ready for the first parcel").await;
    walk.look("first-parcel-8-ready", true).await;
    walk.done("all steps done or passed over");
}

async fn a_parcel_goes_in(walk: &Walk<'_>, kiosk: &Kiosk<'_>, code: &str, hardware: &Simulated) {
    let browser = kiosk.browser;
    kiosk.touch("Deliver").await;
    kiosk.face("deliver").await;
    browser.type_keys(code).await;
    browser.key(Key::Enter).await;
    kiosk.face("address").await;
    let door = kiosk.offer("1Z999AA10123456784", "3B", "M").await;
    assert_eq!(door, "2", "the middle one");
    shut(browser, hardware, &door).await;
    kiosk.face("address").await;
    kiosk.finish_round().await;
    walk.touched(kiosk.touches());
    walk.done("first parcel put in");
}

async fn and_out(walk: &Walk<'_>, kiosk: &Kiosk<'_>, hardware: &Simulated) {
    let browser = kiosk.browser;
    let mail = hardware.mail("ana@example.com", "A parcel for you").await;
    let (keypad, pin) = digits(&mail);
    kiosk.type_pickup_code(&keypad, &pin).await;
    let door = kiosk.open_door().await;
    assert_eq!(door, "2", "the middle one, where it was put");
    browser.shot("first-parcel-9-collect").await;
    shut(browser, hardware, &door).await;
    browser.see("That was everything").await;
    walk.touched(kiosk.touches());
    walk.done("first parcel taken out");
}

/// Pushes a door shut and waits until the screen has left it.
async fn shut(browser: &Browser, hardware: &Simulated, door: &str) {
    let face = browser.script("return document.querySelector('#screen > .face').id", vec![]).await;
    hardware.shut(door.parse().expect("doors carry the numbers of their locks")).await;
    let face = format!("[id='{}']", face.as_str().expect("a face has an id"));
    browser.wait_gone(Sign::Css(&face), vestibule_e2e::DEADLINE).await;
}
