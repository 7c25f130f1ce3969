//! Where each make says what its firmware is, whatever it is to us: a camera, a door, both.

use serde::Deserialize;

use super::firmware::Firmware;
use crate::HttpAnswer;
use crate::http::soap::{text, text_at};

/// One question that moves nothing, and who reads its answer.
#[derive(Clone, Copy)]
pub(crate) struct Identity {
    /// The target of a `GET`.
    pub(crate) target: &'static str,
    read: fn(&HttpAnswer) -> Option<Firmware>,
}

impl Identity {
    /// What the answer says; nothing for any other.
    pub(crate) fn firmware(self, answer: &HttpAnswer) -> Option<Firmware> {
        if answer.status == 200 { (self.read)(answer) } else { None }
    }
}

/// HTTP API manual of 2N, 5.1.1: everybody who may ask at all may ask this.
pub(crate) const TWO_N: Identity = Identity { target: "/api/system/info", read: two_n };
/// LAN API of DoorBird.
pub(crate) const DOORBIRD: Identity = Identity { target: "/bha-api/info.cgi", read: doorbird };
/// ISAPI of Hikvision.
pub(crate) const HIKVISION: Identity = Identity { target: "/ISAPI/System/deviceInfo", read: hikvision };
/// RPC of Shelly, from the second generation on.
pub(crate) const SHELLY: Identity = Identity { target: "/rpc/Shelly.GetDeviceInfo", read: shelly };
/// HTTP API of Akuvox, as two public clients read it.
pub(crate) const AKUVOX: Identity = Identity { target: "/api/system/info", read: akuvox };

fn json<'a, T: Deserialize<'a>>(answer: &'a HttpAnswer) -> Option<T> {
    serde_json::from_slice(&answer.body).ok()
}

fn two_n(answer: &HttpAnswer) -> Option<Firmware> {
    #[derive(Deserialize)]
    struct Said {
        result: Info,
    }
    #[derive(Deserialize)]
    struct Info {
        #[serde(rename = "swVersion")]
        version: String,
    }
    Firmware::new(&json::<Said>(answer)?.result.version)
}

fn doorbird(answer: &HttpAnswer) -> Option<Firmware> {
    #[derive(Deserialize)]
    struct Said {
        #[serde(rename = "BHA")]
        bha: Info,
    }
    #[derive(Deserialize)]
    struct Info {
        #[serde(rename = "VERSION")]
        version: Vec<Version>,
    }
    #[derive(Deserialize)]
    struct Version {
        #[serde(rename = "FIRMWARE")]
        firmware: String,
    }
    Firmware::new(&json::<Said>(answer)?.bha.version.first()?.firmware)
}

fn hikvision(answer: &HttpAnswer) -> Option<Firmware> {
    Firmware::new(&text_at(&text(answer), &["DeviceInfo", "firmwareVersion"])?)
}

fn shelly(answer: &HttpAnswer) -> Option<Firmware> {
    #[derive(Deserialize)]
    struct Said {
        ver: String,
    }
    Firmware::new(&json::<Said>(answer)?.ver)
}

fn akuvox(answer: &HttpAnswer) -> Option<Firmware> {
    #[derive(Deserialize)]
    struct Said {
        retcode: i64,
        data: Data,
    }
    #[derive(Deserialize)]
    struct Data {
        #[serde(rename = "Status")]
        status: Status,
    }
    #[derive(Deserialize)]
    struct Status {
        #[serde(rename = "FirmwareVersion")]
        version: String,
    }
    let said: Said = json(answer)?;
    if said.retcode == 0 { Firmware::new(&said.data.status.version) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(identity: Identity, status: u16, body: &str) -> Option<String> {
        let answer =
            HttpAnswer { status, content_type: String::new(), date_ms: None, body: body.as_bytes().to_vec() };
        identity.firmware(&answer).map(|firmware| firmware.to_string())
    }

    #[test]
    fn each_make_says_it_in_its_own_words() {
        // As printed in the makers' manuals; Akuvox as its public clients expect it.
        for (identity, body, firmware) in [
            (
                TWO_N,
                r#"{"success":true,"result":{"variant":"2N IP Verso","swVersion":"2.35.0.45.0"}}"#,
                "2.35.0.45.0",
            ),
            (DOORBIRD, r#"{"BHA":{"RETURNCODE":"1","VERSION":[{"FIRMWARE":"000109"}]}}"#, "000109"),
            (HIKVISION, "<DeviceInfo><firmwareVersion>V5.4.1</firmwareVersion></DeviceInfo>", "V5.4.1"),
            (SHELLY, r#"{"id":"shellyplus1-a8032abe54dc","gen":2,"ver":"1.4.4","app":"Plus1"}"#, "1.4.4"),
            (
                AKUVOX,
                r#"{"retcode":0,"data":{"Status":{"Model":"R29C","FirmwareVersion":"29.30.10.137"}}}"#,
                "29.30.10.137",
            ),
        ] {
            assert_eq!(read(identity, 200, body).as_deref(), Some(firmware), "{}", identity.target);
            assert_eq!(read(identity, 401, body), None, "a refusal says nothing");
        }
    }

    #[test]
    fn what_says_nothing_is_unknown() {
        for identity in [TWO_N, DOORBIRD, HIKVISION, SHELLY, AKUVOX] {
            for body in [
                "",
                "{}",
                "[]",
                "<html>",
                r#"{"success":false,"error":{"code":10}}"#,
                r#"{"retcode":-1,"data":{}}"#,
            ] {
                assert_eq!(read(identity, 200, body), None, "{} {body}", identity.target);
            }
        }
    }
}
