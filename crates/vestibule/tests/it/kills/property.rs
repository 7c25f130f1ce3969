//! A property set up the way its owner would: by the printed link, a list of residents, and the API.

use super::client::{Answer, Ask};
use super::life::Life;
use super::wall::LOCKS;
use serde_json::{Value, json};
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::Path;

const EMAIL: &str = "owner@example.com";
const PASSWORD: &str = "long enough for an invented owner";
/// Households of one person each; unit n is home of person n.
pub const HOMES: u32 = 8;
/// Courier codes are valid beyond any run: 2100.
const FAR: i64 = 4_102_444_800_000;

/// What its people hold.
pub struct Property {
    pub staff: String,
    pub kiosk: String,
    pub badge: String,
    /// Resident cards, by person from 1.
    pub cards: Vec<String>,
}

/// The configuration of a site with one bank on that line.
pub fn config(bus: SocketAddr) -> String {
    let mut text = String::from("data = \"data\"\nlisten = [\"127.0.0.1:0\"]\nzone = \"America/New_York\"\n");
    let mut wires = Vec::new();
    text += "[[bank]]\nname = \"Lobby\"\nfoot_mm = 100\n";
    for column in 0..3 {
        let doors: Vec<_> = (1..=8).map(|row| column * 8 + row).collect();
        let drawn: Vec<_> =
            doors.iter().map(|n| format!("{{ label = \"{n}\", size = \"M\", height_mm = 200 }}")).collect();
        write!(text, "[[bank.column]]\nwidth_mm = 400\ndoors = [{}]\n", drawn.join(", ")).unwrap();
        wires.extend(doors.iter().map(|n| format!("\"{n}\" = {n}")));
    }
    assert_eq!(wires.len(), usize::from(LOCKS));
    write!(
        text,
        "[[bus]]\nname = \"lobby\"\ntcp = {{ addr = \"{bus}\" }}\n[[bus.board]]\naddress = 1\nprofile = \"bench-lock8a-24\"\n\
         bank = \"Lobby\"\ncompartments = {{ {} }}\n",
        wires.join(", ")
    )
    .unwrap();
    text
}

/// Writes the configuration and the folder's names.
pub fn write_config(folder: &Path, bus: SocketAddr) -> std::path::PathBuf {
    let path = folder.join("vestibule.toml");
    std::fs::write(&path, config(bus)).unwrap();
    path
}

/// Sets the site up.
pub fn found(life: &mut Life) -> Property {
    let token = life.setup_token();
    life.until_ready();
    let to = life.address;
    let form = format!("token={token}&name=Robin&email={}&password={}", encoded(EMAIL), encoded(PASSWORD));
    let made = ask("POST", "/setup", ("", "application/x-www-form-urlencoded"), form).answered(to);
    assert_eq!(made.code, 303, "{}", made.body);
    let session = json_ask("POST", "/api/v1/sessions", "", &json!({ "email": EMAIL, "password": PASSWORD }));
    let staff = session.answered(to).json()["token"].as_str().expect("a session").to_owned();
    let granted = |method, path: &str, body: Value| well(json_ask(method, path, &staff, &body).answered(to));
    granted("PUT", "/api/v1/policy", json!({ "zone": "America/New_York", "breaker_per_minute": 1_000_000 }));
    let list = (1..=HOMES)
        .fold("first,last,unit\n".to_owned(), |list, n| list + &format!("Ada,Bench{n},{}\n", 100 + n));
    well(ask("POST", "/api/v1/import?apply=true", (&staff, "text/csv"), list).answered(to));
    granted("POST", "/api/v1/carriers", json!({ "name": "Swiftline" }));
    let kiosk = granted("POST", "/api/v1/kiosks", json!({ "name": "Lobby screen", "banks": [1] }));
    let always = json!([{ "days": 127, "from": 0, "to": 1440 }]);
    let code =
        granted("POST", "/api/v1/courier-codes", json!({ "carrier": 1, "windows": always, "expires": FAR }));
    let card = |person| token_of(&granted("POST", "/api/v1/cards", json!({ "person": person })));
    let cards = (1..=HOMES).map(card).collect();
    Property { kiosk: token_of(&kiosk), badge: token_of(&code), cards, staff }
}

fn token_of(issued: &Value) -> String {
    issued["token"].as_str().expect("it is shown once").to_owned()
}

fn well(answer: Answer) -> Value {
    assert_eq!(answer.code, 200, "{}", answer.body);
    answer.json()
}

fn ask(method: &'static str, path: &str, (bearer, kind): (&str, &'static str), body: String) -> Ask {
    Ask { method, path: path.to_owned(), bearer: bearer.to_owned(), kind, body, key: String::new() }
}

/// A JSON request without an idempotency key.
pub fn json_ask(method: &'static str, path: &str, bearer: &str, body: &Value) -> Ask {
    ask(method, path, (bearer, "application/json"), body.to_string())
}

fn encoded(text: &str) -> String {
    text.replace('@', "%40").replace(' ', "+")
}
