//! The main job through the real program: real bytes on the lines of simulated boards, a real disk, real mail.

use crate::http::{get, post_form, post_json};
use crate::process::{Demo, until};
use serde_json::{Value, json};

struct Kiosk {
    base: String,
    token: String,
}

impl Kiosk {
    fn of(demo: &Demo, number: usize) -> Self {
        let base = demo.base();
        let opened = get(&base, &format!("/demo/kiosk/{number}"));
        let token = opened.head.split("kiosk=").nth(1).unwrap().split(';').next().unwrap().to_owned();
        Self { base, token }
    }

    fn ask(&self, path: &str, body: &Value) -> Value {
        let answer = post_json(&self.base, &format!("/api/v1{path}"), &self.token, body);
        assert!((200..300).contains(&answer.code), "{path}: {} {}", answer.code, answer.body);
        answer.json()
    }

    fn state(&self) -> Value {
        let answer =
            crate::http::ask("GET", &self.base, "/api/v1/kiosk/state", (&self.token, "text/plain", ""));
        answer.json()
    }

    fn door_opens(&self) -> u64 {
        until("a door is seen open", || self.state()["open_doors"][0]["compartment"].as_u64())
    }

    fn no_door_open(&self) {
        until("the door is seen shut", || {
            self.state()["open_doors"].as_array().unwrap().is_empty().then_some(())
        });
    }

    fn push_shut(&self, door: u64) {
        // A door whose coil still holds its latch back springs open again: a hand pushes once more.
        until("the door stays shut", || {
            let pushed = post_form(&self.base, &format!("/demo/wall/door/{door}"), "act=push_shut");
            assert_eq!(pushed.code, 303);
            self.state()["open_doors"].as_array().unwrap().is_empty().then_some(())
        });
    }

    fn deposit(&self, digits: &str, unit: u32) -> u64 {
        let visit = self.ask("/kiosk/log-in", &json!({ "code": digits }))["visit"].as_u64().unwrap();
        self.ask(&format!("/visits/{visit}/deposit"), &json!({ "unit": unit, "size": "m" }));
        visit
    }
}

fn digits(demo: &Demo) -> String {
    demo.ready["courier_codes"][0]["digits"].as_str().unwrap().to_owned()
}

/// The keypad number and PIN of the newest mail to somebody, as its text message says them.
fn text_of_mail(base: &str, to: &str) -> String {
    until("the mail is in the inbox", || {
        let page = get(base, "/demo/inbox").body;
        let mail = page.split("<article").skip(1).find(|mail| mail.contains(to))?;
        let (_, bubble) = mail.split_once("bubble-words\">")?;
        Some(bubble.split('<').next().unwrap_or_default().to_owned())
    })
}

/// Unit 6 is 11B; people and numbers of the demonstration never change.
const UNIT: u32 = 6;
const KEYPAD: &str = "1102";

#[test]
fn a_courier_deposits_the_power_fails_and_the_resident_collects() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo");
    let demo = Demo::start(&data, &[]);
    let code = digits(&demo);
    let kiosk = Kiosk::of(&demo, 1);
    kiosk.deposit(&code, UNIT);
    let door = kiosk.door_opens();
    assert!(get(&kiosk.base, "/demo/wall").body.contains("push_shut"));
    demo.kill();

    let demo = Demo::start(&data, &[]);
    let kiosk = Kiosk { base: demo.base(), ..Kiosk::of(&demo, 1) };
    assert_eq!(digits(&demo), code, "it is the same property");
    assert_eq!(kiosk.door_opens(), door, "the door still stands open");
    kiosk.push_shut(door);
    kiosk.no_door_open();
    let visit = kiosk.state()["courier"]["visit"].as_u64().expect("the visit survived");
    kiosk.ask(&format!("/visits/{visit}/finish"), &json!({}));

    let text = text_of_mail(&demo.base(), "@example.com");
    let (_, code) = text.split_once(KEYPAD).unwrap_or_else(|| panic!("no keypad number: {text}"));
    let pin: String = code.chars().filter(char::is_ascii_digit).take(9).collect();
    kiosk.ask("/kiosk/pick-up", &json!({ "selector": KEYPAD, "digits": pin }));
    assert_eq!(kiosk.door_opens(), door);
    kiosk.push_shut(door);
    until("it is collected", || {
        let again = post_json(
            &kiosk.base,
            "/api/v1/kiosk/pick-up",
            &kiosk.token,
            &json!({ "selector": KEYPAD, "digits": pin }),
        );
        (again.code != 200 || again.json()["here"].as_array().is_none_or(Vec::is_empty)).then_some(())
    });
    demo.stop();
}

#[test]
fn the_smaller_bank_on_the_serial_line_opens_too_and_a_pulled_plug_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(&folder.path().join("demo"), &[]);
    let kiosk = Kiosk::of(&demo, 2);
    until("both lines answer", || get(&kiosk.base, "/readyz").json()["bus"].as_bool().filter(|well| *well));
    kiosk.deposit(&digits(&demo), UNIT);
    let door = kiosk.door_opens();
    assert!((25..=30).contains(&door), "door {door} is one of the garden's six");
    kiosk.push_shut(door);
    assert_eq!(post_form(&kiosk.base, "/demo/wall/line/0", "unplugged=true").code, 303);
    until("the silence is noticed", || {
        get(&kiosk.base, "/readyz").json()["bus"].as_bool().filter(|well| !*well)
    });
    post_form(&kiosk.base, "/demo/wall/line/0", "unplugged=false");
    until("it answers again", || get(&kiosk.base, "/readyz").json()["bus"].as_bool().filter(|well| *well));
}

#[test]
fn the_demonstration_has_a_page_for_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(&folder.path().join("demo"), &["--days", "2"]);
    let base = demo.base();
    for path in ["/", "/demo/inbox", "/demo/wall", "/?lang=es"] {
        let page = get(&base, path);
        assert_eq!(page.code, 200, "{path}");
        assert!(!page.body.contains(" style=") && page.body.contains("<h1>"), "{path}");
    }
    assert!(get(&base, "/demo/staff").head.contains("location: /staff"));
    until("a mail of the last visit is there", || {
        get(&base, "/demo/inbox").body.contains("<article").then_some(())
    });
    let page = get(&base, "/demo/inbox").body;
    let number = page.split("data-mail=\"").nth(1).unwrap().split('"').next().unwrap();
    let alone = get(&base, &format!("/demo/inbox/{number}/html"));
    assert!(
        alone.head.contains("sandbox") && alone.body.contains("data:image/png;base64,"),
        "{}",
        alone.head
    );
}
