//! A signed pack, carried away from the site and checked by the program alone.

use serde_json::{Value, json};
use vestibule_e2e::Product;

use super::office::Office;

/// What a press on *Download* brings: its kind and its bytes.
const PACK: &str = "return fetch(arguments[0]).then(async (answer) =>
    [answer.headers.get('content-type'), [...new Uint8Array(await answer.arrayBuffer())]])";
const FINGERPRINT: &str = "return document.querySelector('#ledger-fingerprint').innerText.trim()";

/// The pack at this address is what the site signed, by the key of the settings page, and with one byte changed it is not. How many
/// events are in it. The office is at the settings afterwards.
pub async fn verified_far_away(office: &Office<'_>, product: &Product, address: &str) -> u64 {
    let pack = office.browser.script(PACK, vec![json!(address)]).await;
    assert_eq!(pack[0], json!("application/zip"));
    let bytes: Vec<u8> = serde_json::from_value(pack[1].clone()).expect("bytes");
    office.go("/staff/settings").await;
    let key = office.browser.script(FINGERPRINT, vec![]).await;
    let key = key.as_str().expect("the fingerprint of the site's key").to_owned();
    let file = product.data().join("carried-away.zip");
    let verified = async |bytes: &[u8]| {
        std::fs::write(&file, bytes).expect("a file is written");
        let path = file.to_str().expect("a path in words");
        let said = Product::command(&["verify", path, "--key", &key, "--json"]).await;
        let words: Value = serde_json::from_slice(&said.stdout).expect("one line of JSON");
        (said.status.code(), words)
    };
    let (code, said) = verified(&bytes[..]).await;
    assert_eq!((code, &said["valid"]), (Some(0), &json!(true)), "{said}");
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    let (code, wrong) = verified(&changed[..]).await;
    assert_eq!((code, &wrong["valid"]), (Some(3), &json!(false)), "{wrong}");
    said["events"].as_u64().expect("a number of events")
}
