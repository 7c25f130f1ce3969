//! Each kind is read, and each mistake is told.

use super::*;

fn config(text: &str) -> Result<DoorConfig, String> {
    let config: DoorConfig = toml::from_str(text).map_err(|error| error.to_string())?;
    config.check().map_err(|error| error.to_string()).map(|()| config)
}

fn refusal(text: &str) -> String {
    config(text).expect_err("it is refused")
}

const READER: &str = "kind = \"osdp\"\nserial = { path = \"/dev/ttyUSB1\", baud = 9600 }\n[[reader]]\ndoor = \"Room\"\n\
                      address = 5\nkey_file = \"keys/room\"\n";

#[test]
fn every_kind_is_read() {
    let http = "url = \"http://10.0.0.5\"\nuser = \"u\"\npassword_file = \"p\"\n[[door]]\nname = \"Front\"\nrelay = \"1\"\n";
    for kind in ["2n", "doorbird", "akuvox", "hikvision", "shelly", "onvif"] {
        let read = config(&format!("kind = \"{kind}\"\n{http}")).expect("it is right");
        assert_eq!(read.doors(), ["Front"], "{kind}");
    }
    let reader = format!("{READER}contact = {{ input = 0 }}\nexit_button = 1\n");
    assert_eq!(config(&reader).expect("it is right").doors(), ["Room"]);
    assert!(refusal("kind = \"knx\"\n").contains("knx"));
}

#[test]
fn what_is_not_known_is_refused() {
    assert!(refusal(&format!("{READER}key = \"00\"\n")).contains("unknown field `key`"));
    let text = "kind = \"2n\"\nurl = \"http://h\"\npassword = \"x\"\n[[door]]\nname = \"F\"\nrelay = \"1\"\n";
    assert!(refusal(text).contains("unknown field `password`"));
}

#[test]
fn readers_that_cannot_be_told_apart_are_refused() {
    let second = "[[reader]]\ndoor = \"Hall\"\naddress = 5\nkey_file = \"k\"\n";
    assert!(refusal(&format!("{READER}{second}")).contains("two readers have address 5"));
    let second = "[[reader]]\ndoor = \"Room\"\naddress = 6\nkey_file = \"k\"\n";
    assert!(refusal(&format!("{READER}{second}")).contains("named twice"));
    assert!(
        refusal(&READER.replace("address = 5", "address = 127")).contains("address 127: expected 0 to 126")
    );
    assert!(
        refusal(&format!("{READER}contact = {{ input = 2 }}\nexit_button = 2\n")).contains("input 2 is both")
    );
    assert!(refusal(&READER.replace("serial = {", "#")).contains("needs one line"));
}

fn http(kind: &str, relay: &str, more: &str) -> String {
    format!(
        "kind = \"{kind}\"\nurl = \"http://10.0.0.5\"\n[[door]]\nname = \"F\"\nrelay = \"{relay}\"\n{more}"
    )
}

#[test]
fn relays_and_contacts_are_what_the_kind_has() {
    for (kind, right, wrong) in [
        ("2n", "1", "0"),
        ("2n", "4", "1&action=hold"),
        ("doorbird", "gggaaa@1", "gggaaa@"),
        ("doorbird", "2", "3"),
        ("akuvox", "1", "one"),
        ("hikvision", "1", "01"),
        ("shelly", "0", "-1"),
        ("onvif", "Door_1", ""),
    ] {
        config(&http(kind, right, "")).expect("it is right");
        assert!(refusal(&http(kind, wrong, "")).contains("expected"), "{kind} {wrong}");
    }
    config(&http("shelly", "0", "contact = \"0\"")).expect("it is right");
    assert!(refusal(&http("doorbird", "1", "contact = \"0\"")).contains("tells no contact"));
}

#[test]
fn addresses_hold_no_secret_and_pins_are_pins() {
    let with = |from: &str, to: &str| http("2n", "1", "").replace(from, to);
    let words = refusal(&with("http://10.0.0.5", "http://u:hunter2@10.0.0.5"));
    assert!(words.contains("configure them apart") && !words.contains("hunter2"), "{words}");
    assert!(refusal(&with("http://10.0.0.5", "ftp://10.0.0.5")).contains("http://"));
    assert!(refusal(&with("http://10.0.0.5", "http://10.0.0.5/api")).contains("device alone"));
    assert!(refusal(&with("[[door]]", "user = \"u\"\n[[door]]")).contains("belong together"));
    let pin = format!("https://h\"\ntls_pin = \"{}", "ab:".repeat(32).trim_end_matches(':'));
    config(&with("http://10.0.0.5", &pin)).expect("it is right");
    assert!(refusal(&with("http://10.0.0.5", &pin.replacen("ab", "a", 1))).contains("64 hexadecimal"));
    assert!(refusal(&with("http://10.0.0.5", &pin.replace("https", "http"))).contains("https"));
    assert!(refusal(&with("http://10.0.0.5", "https://10.0.0.5")).contains("tls_pin"));
    let service = http("onvif", "Door_1", "").replace("10.0.0.5", "10.0.0.5/onvif/doors");
    config(&service).expect("an ONVIF service has a path");
}

const REQUEST: &str = "kind = \"request\"\nurl = \"http://h\"\n[[door]]\nname = \"F\"\nmethod = \"POST\"\npath = \"/open\"\n\
                       body = \"t={seconds}\"\ncontent_type = \"text/plain\"\nsuccess_text = \"OK\"\ntimed_by = \"device\"\n";

#[test]
fn a_door_only_the_host_would_lock_again_is_refused() {
    config(REQUEST).expect("it is right");
    let words = refusal(&REQUEST.replace("\"device\"", "\"host\""));
    assert!(words.contains("would stand unlocked"), "{words}");
    let words = refusal(&REQUEST.replace("{seconds}", "on"));
    assert!(words.contains("does not say how long"), "{words}");
    config(&format!("{}device_ms = 3000\n", REQUEST.replace("{seconds}", "on")))
        .expect("the device times it");
    assert!(refusal(&format!("{REQUEST}device_ms = 3000\n")).contains("keep one"));
}

#[test]
fn a_request_says_what_a_yes_looks_like() {
    assert!(refusal(&REQUEST.replace("\"OK\"", "\"\"")).contains("success_text"));
    assert!(refusal(&REQUEST.replace("POST", "GET")).contains("a GET carries no body"));
    assert!(refusal(&REQUEST.replace("/open", "open")).contains("slash"));
    assert!(refusal(&REQUEST.replace("content_type = \"text/plain\"\n", "")).contains("belong together"));
}
