//! What strangers tell without standing at the door: messages of carriers, feeds of providers, readers on a line.

use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use vestibule_core::Timestamp;
use vestibule_core::time::Zone;
use vestibule_intake::mail;
use vestibule_protocols::Millis;
use vestibule_protocols::osdp::{self, ControlPanel, Key, PanelInput, PeripheralConfig};
use vestibule_site::web::given::feeds::{Feed, Provider};

const SECRET: &str = "a-secret-of-the-feed";
const NOW: Timestamp = Timestamp(1_772_442_000_000);
/// Ten seconds before [`NOW`], Unix time in s.
const SIGNED_AT: &str = "1772441990";

/// A message that somebody forwards, and a list that somebody pastes.
pub(super) fn messages(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = mail::in_message(&text);
    assert!(found.len() <= mail::NUMBERS_MOST, "a message gave {} numbers", found.len());
    let listed = mail::in_list(&text);
    assert!(listed.found.len() + listed.others.len() <= mail::NUMBERS_MOST, "a list gave {listed:?}");
}

/// The first byte says which provider; the rest is a body, once under its right signature and once as a signature itself.
pub(super) fn feeds(bytes: &[u8]) {
    let (first, body) = bytes.split_first().unwrap_or((&0, &[]));
    let (provider, name) = match first % 3 {
        0 => (Provider::EasyPost, "x-hmac-signature"),
        1 => (Provider::Shippo, "shippo-auth-signature"),
        _ => (Provider::AfterShip, "aftership-hmac-sha256"),
    };
    let feed = Feed { provider, secret: SECRET.to_owned().into() };
    let hear = |value: HeaderValue| {
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
        feed.hear(&headers, body, (&Zone::utc(), NOW))
    };
    let right = signature(provider, body);
    let _ = hear(HeaderValue::from_str(&right).expect("plain words"));
    if let Ok(forged) = HeaderValue::from_bytes(body)
        && forged != right.as_str()
    {
        assert!(hear(forged).is_err(), "a message that nobody signed was listened to");
    }
}

fn signature(provider: Provider, body: &[u8]) -> String {
    let mac = |parts: &[&[u8]]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("keys of any length");
        parts.iter().for_each(|part| mac.update(part));
        let mac: [u8; 32] = mac.finalize().into_bytes().into();
        mac
    };
    let hex = |mac: &[u8]| mac.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match provider {
        Provider::EasyPost => format!("hmac-sha256-hex={}", hex(&mac(&[body]))),
        Provider::Shippo => {
            format!("t={SIGNED_AT},v1={}", hex(&mac(&[SIGNED_AT.as_bytes(), b".", body])))
        }
        Provider::AfterShip => base64::engine::general_purpose::STANDARD.encode(mac(&[body])),
    }
}

/// What a reader, or who cuts its line, answers to the panel: the bytes as they are, then 24 at a time as frames whose sum is right.
pub(super) fn panel(bytes: &[u8]) {
    let reader = || PeripheralConfig {
        address: 0,
        key: Key::new([7; 16]).expect("not the default key"),
        looks_at_inputs: true,
    };
    let raw: Vec<Vec<u8>> = bytes.chunks(7).map(<[u8]>::to_vec).collect();
    let framed: Vec<Vec<u8>> = bytes.chunks(24).map(frame).collect();
    for answers in [raw, framed] {
        let mut panel = ControlPanel::new(vec![reader()], Box::new(|| [9; 8]));
        panel.handle(PanelInput::Opened, Millis(0));
        let mut now = Millis(0);
        for answer in &answers {
            now = Millis(now.0 + 60);
            panel.handle(PanelInput::Received(answer), now);
            now = Millis(now.0 + 60);
            panel.handle(PanelInput::Deadline, now);
            while panel.poll_output().is_some() {}
        }
        panel.handle(PanelInput::Lost, Millis(now.0 + 1_000));
        while panel.poll_output().is_some() {}
    }
}

/// A frame of reader 0: the control byte, then code, data and what else there is; its CRC is right.
fn frame(piece: &[u8]) -> Vec<u8> {
    let length = u8::try_from(piece.len() + 6).expect("short");
    let control = piece.first().copied().unwrap_or_default() | 0x04;
    let mut frame = vec![0x53, 0x80, length, 0, control];
    frame.extend_from_slice(piece.get(1..).unwrap_or_default());
    frame.extend_from_slice(&osdp::crc(&frame).to_le_bytes());
    frame
}
