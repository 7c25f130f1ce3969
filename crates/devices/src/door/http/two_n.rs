//! 2N IP intercoms and access units (HTTP API manual). A `trigger` releases a monostable switch for the time set in the device;
//! a bistable one would stay as it is left, and is never triggered.

use serde::Deserialize;

use super::HttpDoor;
use super::language::{Language, escaped, get, json};
use super::verdict::{of_status, vendor};
use crate::report::identity::{self, Identity};
use crate::{DeviceError, HttpAnswer, HttpQuestion, ReleaseTime};

pub(in crate::door) struct TwoN;

/// Every answer.
#[derive(Deserialize)]
struct Envelope {
    success: bool,
    error: Option<Refusal>,
    #[serde(default)]
    result: Parts,
}

#[derive(Deserialize)]
struct Refusal {
    code: u16,
}

#[derive(Default, Deserialize)]
struct Parts {
    #[serde(default)]
    switches: Vec<Switch>,
    #[serde(default)]
    ports: Vec<Port>,
}

/// Of `/api/switch/caps`.
#[derive(Deserialize)]
struct Switch {
    switch: u16,
    #[serde(default)]
    enabled: Option<bool>,
    #[serde(default)]
    mode: Option<String>,
}

/// Of `/api/io/status`.
#[derive(Deserialize)]
struct Port {
    port: String,
    state: u8,
}

fn parts(answer: &HttpAnswer) -> Result<Parts, DeviceError> {
    match json::<Envelope>(answer)? {
        Envelope { success: true, result, .. } if answer.status == 200 => Ok(result),
        Envelope { success: false, error: Some(Refusal { code }), .. } => Err(match code {
            1..=4 => DeviceError::Unsupported,
            7..=10 => DeviceError::Forbidden,
            code => vendor(code.into()),
        }),
        _ => Err(of_status(answer)),
    }
}

impl Language for TwoN {
    fn release_time(&self, _: &HttpDoor) -> ReleaseTime {
        ReleaseTime::SetInDevice
    }

    fn release(&self, door: &HttpDoor, _: u32) -> HttpQuestion {
        get(format!("/api/switch/ctrl?switch={}&action=trigger", door.relay))
    }

    fn released(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        parts(answer).map(|_| ())
    }

    fn look(&self, door: &HttpDoor) -> Option<HttpQuestion> {
        Some(get(match &door.contact {
            Some(port) => format!("/api/io/status?port={}", escaped(port)),
            None => format!("/api/switch/status?switch={}", door.relay),
        }))
    }

    fn looked(&self, door: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError> {
        let parts = parts(answer)?;
        let Some(contact) = &door.contact else { return Ok(None) };
        let port = parts.ports.iter().find(|port| port.port == *contact).ok_or(DeviceError::Unsupported)?;
        Ok(Some((port.state != 0) == door.open_when_on))
    }

    fn asks_who_locks(&self, door: &HttpDoor) -> Option<HttpQuestion> {
        Some(get(format!("/api/switch/caps?switch={}", door.relay)))
    }

    fn locks_itself(&self, door: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        let parts = parts(answer)?;
        let ours = parts.switches.iter().find(|switch| switch.switch.to_string() == door.relay);
        let is_right = ours.is_some_and(|switch| {
            switch.enabled != Some(false) && switch.mode.as_deref() == Some("monostable")
        });
        if is_right {
            return Ok(());
        }
        tracing::warn!(
            switch = door.relay,
            "the switch is not released: set it to monostable and enable it in the intercom, or it would not lock by itself"
        );
        Err(DeviceError::Unsupported)
    }

    fn identity(&self) -> Option<Identity> {
        Some(identity::TWO_N)
    }
}
