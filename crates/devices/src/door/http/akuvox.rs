//! Akuvox (HTTP API). `mode` 0 closes by itself after `delay` seconds. A negative `retcode` is a no, whatever the status says.

use serde::Deserialize;

use super::HttpDoor;
use super::language::{Language, get, json, seconds};
use super::verdict::{of_status, vendor};
use crate::report::identity::{self, Identity};
use crate::{DeviceError, HttpAnswer, HttpQuestion, Method, ReleaseTime};

pub(in crate::door) struct Akuvox;

#[derive(Deserialize)]
struct Said {
    retcode: i64,
}

impl Language for Akuvox {
    fn release_time(&self, _: &HttpDoor) -> ReleaseTime {
        ReleaseTime::PerOrder
    }

    fn release(&self, door: &HttpDoor, ms: u32) -> HttpQuestion {
        let (number, delay) = (&door.relay, seconds(ms));
        let body = format!(
            r#"{{"target":"relay","action":"trig","data":{{"num":{number},"mode":0,"level":0,"delay":{delay}}}}}"#
        );
        let (method, content_type) = (Method::POST, Some("application/json".into()));
        HttpQuestion { method, content_type, body: body.into_bytes(), ..get("/api/relay/trig") }
    }

    fn released(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        if answer.status != 200 {
            return Err(of_status(answer));
        }
        match json::<Said>(answer)?.retcode {
            0 => Ok(()),
            code => Err(vendor(code)),
        }
    }

    fn look(&self, _: &HttpDoor) -> Option<HttpQuestion> {
        None
    }

    fn looked(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError> {
        Err(of_status(answer))
    }

    fn identity(&self) -> Option<Identity> {
        Some(identity::AKUVOX)
    }
}
