//! Shelly from its second generation on (official RPC). `toggle_after` is always said: the device itself switches back.

use serde::Deserialize;

use super::HttpDoor;
use super::language::{Language, get, json, seconds};
use super::verdict::{of_status, vendor};
use crate::report::identity::{self, Identity};
use crate::{DeviceError, HttpAnswer, HttpQuestion, ReleaseTime};

pub(in crate::door) struct Shelly;

#[derive(Deserialize)]
struct Said {
    /// Of `Switch.Set`.
    was_on: Option<bool>,
    /// Of `Switch.GetStatus`.
    output: Option<bool>,
    /// Of `Input.GetStatus`; nothing for an input set up as a button.
    state: Option<bool>,
    /// Of a refusal.
    code: Option<i64>,
}

fn said(answer: &HttpAnswer) -> Result<Said, DeviceError> {
    match json::<Said>(answer)? {
        Said { code: Some(code), .. } => Err(vendor(code)),
        said if answer.status == 200 => Ok(said),
        _ => Err(of_status(answer)),
    }
}

impl Language for Shelly {
    fn release_time(&self, _: &HttpDoor) -> ReleaseTime {
        ReleaseTime::PerOrder
    }

    fn release(&self, door: &HttpDoor, ms: u32) -> HttpQuestion {
        get(format!("/rpc/Switch.Set?id={}&on=true&toggle_after={}", door.relay, seconds(ms)))
    }

    fn released(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        said(answer)?.was_on.map(|_| ()).ok_or(DeviceError::Garbled)
    }

    fn look(&self, door: &HttpDoor) -> Option<HttpQuestion> {
        Some(get(match &door.contact {
            Some(input) => format!("/rpc/Input.GetStatus?id={input}"),
            None => format!("/rpc/Switch.GetStatus?id={}", door.relay),
        }))
    }

    fn looked(&self, door: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError> {
        let said = said(answer)?;
        match door.contact {
            Some(_) => {
                let is_on = said.state.ok_or(DeviceError::Unsupported)?;
                Ok(Some(is_on == door.open_when_on))
            }
            None => said.output.map(|_| None).ok_or(DeviceError::Garbled),
        }
    }

    fn identity(&self) -> Option<Identity> {
        Some(identity::SHELLY)
    }
}
