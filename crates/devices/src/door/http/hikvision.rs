//! Hikvision ISAPI. `open` releases a door for the time set in the device; `alwaysOpen` is never said.

use super::HttpDoor;
use super::language::{Language, get};
use super::verdict::{of_status, vendor};
use crate::http::soap::{text, text_at};
use crate::report::identity::{self, Identity};
use crate::{DeviceError, HttpAnswer, HttpQuestion, Method, ReleaseTime};

const OPEN: &str = r#"<RemoteControlDoor xmlns="http://www.isapi.org/ver20/XMLSchema" version="2.0"><cmd>open</cmd></RemoteControlDoor>"#;

pub(in crate::door) struct Hikvision;

/// What a `ResponseStatus` means, with whatever status it came.
fn said(answer: &HttpAnswer) -> Result<(), DeviceError> {
    let xml = text(answer);
    let field = |name| text_at(&xml, &["ResponseStatus", name]).map(|text| text.trim().to_owned());
    let sub = field("subStatusCode");
    let is_right = |word: &str| sub.as_deref().is_some_and(|sub| sub.eq_ignore_ascii_case(word));
    match field("statusCode").and_then(|code| code.parse::<i64>().ok()) {
        Some(_) if is_right("lowPrivilege") || is_right("notActivated") => Err(DeviceError::Forbidden),
        Some(1) if answer.status == 200 => Ok(()),
        Some(2) => Err(DeviceError::Blocked),
        Some(4..=6) => Err(DeviceError::Unsupported),
        Some(code) => Err(vendor(code)),
        None => Err(of_status(answer)),
    }
}

impl Language for Hikvision {
    fn release_time(&self, _: &HttpDoor) -> ReleaseTime {
        ReleaseTime::SetInDevice
    }

    fn release(&self, door: &HttpDoor, _: u32) -> HttpQuestion {
        let (method, content_type) = (Method::PUT, Some("application/xml".into()));
        let target = format!("/ISAPI/AccessControl/RemoteControl/door/{}", door.relay);
        HttpQuestion { method, content_type, body: OPEN.into(), ..get(target) }
    }

    fn released(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        said(answer)
    }

    fn look(&self, _: &HttpDoor) -> Option<HttpQuestion> {
        Some(get(identity::HIKVISION.target))
    }

    fn looked(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError> {
        match text_at(&text(answer), &["DeviceInfo"]) {
            Some(_) if answer.status == 200 => Ok(None),
            _ => said(answer).and(Err(DeviceError::Garbled)),
        }
    }

    fn identity(&self) -> Option<Identity> {
        Some(identity::HIKVISION)
    }
}
