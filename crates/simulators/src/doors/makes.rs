//! What each make answers, from its vendor's paper.

use super::{DoorDevice, onvif};
use crate::http::{Question, Reply, text};

/// Whose controller it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DoorMake {
    /// 2N, with the names of its inputs as contacts.
    #[default]
    TwoN,
    /// DoorBird.
    DoorBird,
    /// Akuvox.
    Akuvox,
    /// Hikvision's ISAPI.
    Hikvision,
    /// Shelly's second generation.
    Shelly,
    /// ONVIF door control at `/onvif/doorcontrol_service`.
    Onvif,
    /// No known make: `POST /gate` with `relay=1&ms=3000` is answered with `gate opens`.
    Gate,
}

impl DoorMake {
    /// What stands behind the address in a configuration.
    #[must_use]
    pub fn path(self) -> &'static str {
        if self == DoorMake::Onvif { onvif::DOORS } else { "/" }
    }

    /// SOAP says itself who asks.
    pub(super) fn is_open(self, _: &Question) -> bool {
        self == DoorMake::Onvif
    }
}

pub(super) fn answer(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    match device.make {
        DoorMake::TwoN => two_n(device, question, now_ms),
        DoorMake::DoorBird => doorbird(device, question, now_ms),
        DoorMake::Akuvox => akuvox(device, question, now_ms),
        DoorMake::Hikvision => hikvision(device, question, now_ms),
        DoorMake::Shelly => shelly(device, question, now_ms),
        DoorMake::Onvif => onvif::answer(device, question, now_ms),
        DoorMake::Gate => plain_gate(device, question, now_ms),
    }
}

fn json(status: u16, body: impl Into<String>) -> Reply {
    Reply::new(status, "application/json", body.into().into_bytes())
}

fn not_found() -> Reply {
    Reply::new(404, "text/html", b"<html><body>404</body></html>".to_vec())
}

fn two_n_refusal(code: u16, description: &str) -> Reply {
    json(200, format!(r#"{{"success":false,"error":{{"code":{code},"description":"{description}"}}}}"#))
}

/// As printed in the manual, 5.1.1.
const TWO_N_INFO: &str = r#"{"success" : true,"result" : {"devType" : "2-14-0-0","variant" : "2N IP Verso","variantId" : 14,"customerId" : 0,"serialNumber" : "00-0000-0005","macAddr" : "FC-1E-B3-00-00-05","hwVersion" : "570v1","swVersion" : "2.35.0.45.0","buildType" : "release","deviceName" : "2N IP Verso"}}"#;

fn two_n(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    if device.faults.says_no {
        return two_n_refusal(18, "request rejected");
    }
    if question.path == "/api/io/status" {
        return two_n_port(device, question);
    }
    if question.path == "/api/system/info" {
        return json(200, TWO_N_INFO);
    }
    let bistable = device.faults.bistable;
    let Some(number) = question.parameter("switch") else {
        return two_n_refusal(11, "missing mandatory parameter");
    };
    let Some(leaf) = device.leaf_mut(number) else { return two_n_refusal(12, "invalid parameter value") };
    match (question.path.as_str(), question.parameter("action")) {
        ("/api/switch/ctrl", Some("trigger")) => {
            let set_ms = leaf.set_ms;
            leaf.release(now_ms, (!bistable).then_some(set_ms));
            json(200, r#"{"success":true}"#)
        }
        ("/api/switch/ctrl", Some("on" | "hold" | "release")) => {
            leaf.release(now_ms, None);
            json(200, r#"{"success":true}"#)
        }
        ("/api/switch/status", None) => {
            let active = leaf.is_released(now_ms);
            json(
                200,
                format!(
                    r#"{{"success":true,"result":{{"switches":[{{"switch":{number},"active":{active},"locked":false,"held":false}}]}}}}"#
                ),
            )
        }
        ("/api/switch/caps", None) => {
            let mode = if bistable { "bistable" } else { "monostable" };
            let seconds = leaf.set_ms / 1_000;
            json(
                200,
                format!(
                    r#"{{"success":true,"result":{{"switches":[{{"switch":{number},"enabled":true,"mode":"{mode}","switchOnDuration":{seconds},"type":"normal"}}]}}}}"#
                ),
            )
        }
        _ => two_n_refusal(2, "invalid request path"),
    }
}

fn two_n_port(device: &DoorDevice, question: &Question) -> Reply {
    let name = question.parameter("port").unwrap_or_default();
    match device.leaves.iter().find(|leaf| leaf.contact == name) {
        Some(leaf) if !device.faults.contact_broken => {
            let state = u8::from(leaf.open);
            json(
                200,
                format!(r#"{{"success":true,"result":{{"ports":[{{"port":"{name}","state":{state}}}]}}}}"#),
            )
        }
        _ => two_n_refusal(12, "invalid parameter value"),
    }
}

fn doorbird(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    let said = |code: &str| json(200, format!("{{\r\n\"BHA\": {{\r\n\"RETURNCODE\": \"{code}\"\r\n}}\r\n}}"));
    match question.path.as_str() {
        "/bha-api/info.cgi" => json(
            200,
            r#"{"BHA": {"VERSION": [{"FIRMWARE": "000139", "RELAYS": ["1", "2"], "DEVICE-TYPE": "DoorBird D2101V"}]}}"#,
        ),
        "/bha-api/open-door.cgi" if device.faults.says_no => said("0"),
        "/bha-api/open-door.cgi" => {
            let relay = question.parameter("r").unwrap_or("1");
            let Some(leaf) = device.leaf_mut(relay) else { return said("0") };
            let set_ms = leaf.set_ms;
            leaf.release(now_ms, Some(set_ms));
            said("1")
        }
        _ => not_found(),
    }
}

/// The whole number behind `"name":` in flat JSON.
fn number(body: &str, name: &str) -> Option<i64> {
    let (_, rest) = body.split_once(&format!("\"{name}\":"))?;
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '-').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

fn akuvox(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    match (question.method.as_str(), question.path.as_str()) {
        ("POST", "/api/relay/trig") => {}
        ("GET", "/api/system/info") => {
            return json(
                200,
                r#"{"retcode":0,"action":"info","message":"OK","data":{"Status":{"Model":"R29C","MAC":"0C:11:05:00:00:01","FirmwareVersion":"29.30.10.137","HardwareVersion":"29.3.0.0.0.0.0.0"}}}"#,
            );
        }
        _ => return not_found(),
    }
    let body = String::from_utf8_lossy(&question.body).into_owned();
    let said = |code: i64, message: &str| {
        json(200, format!(r#"{{"retcode":{code},"action":"trig","message":"{message}","data":{{}}}}"#))
    };
    let is_trigger = body.contains(r#""target":"relay""#) && body.contains(r#""action":"trig""#);
    let (Some(num), Some(mode), Some(delay)) =
        (number(&body, "num"), number(&body, "mode"), number(&body, "delay"))
    else {
        return said(-2, "invalid data");
    };
    let says_no = device.faults.says_no;
    match device.leaf_mut(&num.to_string()).filter(|_| is_trigger) {
        Some(_) if says_no => said(-15, "relay is locked"),
        Some(leaf) => {
            leaf.release(now_ms, (mode == 0).then_some(delay * 1_000));
            said(0, "OK")
        }
        None => said(-3, "no such relay"),
    }
}

fn hikvision(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    let said = |status: u16, code: u8, string: &str, sub: &str| {
        let body = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><ResponseStatus version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><requestURL>{}</requestURL><statusCode>{code}</statusCode><statusString>{string}</statusString><subStatusCode>{sub}</subStatusCode></ResponseStatus>"#,
            question.path
        );
        Reply::new(status, "application/xml", body.into_bytes())
    };
    if question.path == "/ISAPI/System/deviceInfo" {
        let info = r#"<?xml version="1.0" encoding="UTF-8"?><DeviceInfo version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><deviceName>Door station</deviceName><firmwareVersion>V2.2.45</firmwareVersion></DeviceInfo>"#;
        return Reply::new(200, "application/xml", info.into());
    }
    let door = question.path.strip_prefix("/ISAPI/AccessControl/RemoteControl/door/");
    let Some(door) = door.filter(|_| question.method == "PUT") else {
        return said(403, 4, "Invalid Operation", "notSupport");
    };
    let says_no = device.faults.says_no;
    let body = String::from_utf8_lossy(&question.body).into_owned();
    let Some(leaf) = device.leaf_mut(door) else { return said(400, 6, "Invalid Content", "badParameters") };
    match text::between(&body, "cmd").as_deref() {
        Some("open" | "alwaysOpen") if says_no => said(200, 3, "Device Error", "deviceError"),
        Some("open") => {
            let set_ms = leaf.set_ms;
            leaf.release(now_ms, Some(set_ms));
            said(200, 1, "OK", "ok")
        }
        Some("alwaysOpen") => {
            leaf.release(now_ms, None);
            said(200, 1, "OK", "ok")
        }
        _ => said(400, 5, "Invalid Format", "badXmlFormat"),
    }
}

fn shelly(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    if question.path == "/rpc/Shelly.GetDeviceInfo" {
        return json(
            200,
            r#"{"name":null,"id":"shellyplus1-a8032abe54dc","mac":"A8032ABE54DC","slot":0,"model":"SNSW-001X16EU","gen":2,"fw_id":"20241011-114449/1.4.4-g6d2a586","ver":"1.4.4","app":"Plus1","auth_en":true,"auth_domain":"shellyplus1-a8032abe54dc"}"#,
        );
    }
    let id = question.parameter("id").unwrap_or_default().to_owned();
    let unknown =
        || json(500, format!(r#"{{"code":-105, "message":"Argument 'id', value {id} not found!"}}"#));
    if question.path == "/rpc/Input.GetStatus" {
        let state = |leaf: &super::Leaf| match device.faults.contact_broken {
            true => "null".to_owned(),
            false => leaf.open.to_string(),
        };
        return match device.leaves.iter().find(|leaf| leaf.contact == id) {
            Some(leaf) => json(200, format!(r#"{{"id":{id}, "state":{}}}"#, state(leaf))),
            None => unknown(),
        };
    }
    let says_no = device.faults.says_no;
    let Some(leaf) = device.leaf_mut(&id) else { return unknown() };
    let was_on = leaf.is_released(now_ms);
    match question.path.as_str() {
        "/rpc/Switch.Set" if says_no => json(500, r#"{"code":-114, "message":"Overtemperature"}"#),
        "/rpc/Switch.Set" if question.parameter("on") == Some("true") => {
            let seconds = question.parameter("toggle_after").and_then(|after| after.parse::<i64>().ok());
            leaf.release(now_ms, seconds.map(|seconds| seconds * 1_000));
            json(200, format!(r#"{{"was_on":{was_on}}}"#))
        }
        "/rpc/Switch.GetStatus" => json(
            200,
            format!(r#"{{"id":{id}, "source":"HTTP_in", "output":{was_on},"temperature":{{"tC":41.2}}}}"#),
        ),
        _ => json(404, r#"{"code":404, "message":"No handler for method"}"#),
    }
}

fn plain_gate(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    let says = |words: &str| Reply::new(200, "text/plain", words.into());
    if (question.method.as_str(), question.path.as_str()) != ("POST", "/gate") {
        return not_found();
    }
    let body = String::from_utf8_lossy(&question.body).into_owned();
    let field = |name: &str| {
        body.split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, v)| v)
    };
    let says_no = device.faults.says_no;
    let ms = field("ms").and_then(|ms| ms.parse().ok());
    match field("relay").and_then(|relay| device.leaf_mut(relay)) {
        Some(leaf) if !says_no => {
            leaf.release(now_ms, ms);
            says("gate opens")
        }
        _ => says("gate stays shut"),
    }
}
