//! DoorBird (LAN API 0.36). The relay falls back after the time set in the device.

use std::time::Duration;

use serde::Deserialize;

use super::HttpDoor;
use super::language::{Language, get, json};
use super::verdict::{of_status, vendor};
use crate::report::identity::{self, Identity};
use crate::{DeviceError, HttpAnswer, HttpQuestion, ReleaseTime};

/// About one connection a second at most.
const PACE: Duration = Duration::from_secs(1);

pub(in crate::door) struct DoorBird;

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "BHA")]
    bha: Said,
}

#[derive(Deserialize)]
struct Said {
    /// `"1"` is yes.
    #[serde(rename = "RETURNCODE")]
    code: String,
}

/// 204 is no success here: the user lacks the right, or nobody has rung for a while. 423 is a wrong password a minute ago, 509 too
/// many at once.
fn said(answer: &HttpAnswer) -> Result<(), DeviceError> {
    match answer.status {
        204 => return Err(DeviceError::Forbidden),
        509 => return Err(DeviceError::Blocked),
        200 => {}
        _ => return Err(of_status(answer)),
    }
    match json::<Envelope>(answer)?.bha.code.as_str() {
        "1" => Ok(()),
        other => Err(other.parse().map_or(DeviceError::Garbled, vendor)),
    }
}

impl Language for DoorBird {
    fn release_time(&self, _: &HttpDoor) -> ReleaseTime {
        ReleaseTime::SetInDevice
    }

    fn release(&self, door: &HttpDoor, _: u32) -> HttpQuestion {
        get(format!("/bha-api/open-door.cgi?r={}", door.relay))
    }

    fn released(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        said(answer)
    }

    fn look(&self, _: &HttpDoor) -> Option<HttpQuestion> {
        Some(get(identity::DOORBIRD.target))
    }

    fn looked(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError> {
        match answer.status {
            200 => json::<serde::de::IgnoredAny>(answer).map(|_| None),
            _ => said(answer).map(|()| None),
        }
    }

    fn identity(&self) -> Option<Identity> {
        Some(identity::DOORBIRD)
    }

    fn pace(&self) -> Duration {
        PACE
    }
}
