//! A device of no known make: the request of its manual, and the words of its yes.

use super::HttpDoor;
use super::language::{Language, get, seconds};
use super::verdict::of_status;
use crate::door::{RequestDoorConfig, RequestMethod};
use crate::http::soap::text;
use crate::{DeviceError, HttpAnswer, HttpQuestion, Method, ReleaseTime};

/// The requests, in the order of the doors.
pub(super) struct Request {
    pub(super) doors: Vec<RequestDoorConfig>,
}

impl Request {
    fn of(&self, door: &HttpDoor) -> &RequestDoorConfig {
        let found = self.doors.iter().find(|request| request.name == door.relay);
        found.expect("each door was made of its request")
    }
}

fn filled(template: &str, ms: u32) -> String {
    template.replace("{seconds}", &seconds(ms).to_string()).replace("{milliseconds}", &ms.to_string())
}

impl Language for Request {
    fn has_known_paths(&self) -> bool {
        false
    }

    fn release_time(&self, door: &HttpDoor) -> ReleaseTime {
        if self.of(door).says_time() { ReleaseTime::PerOrder } else { ReleaseTime::SetInDevice }
    }

    fn release(&self, door: &HttpDoor, ms: u32) -> HttpQuestion {
        let request = self.of(door);
        let method = match request.method {
            RequestMethod::Get => Method::GET,
            RequestMethod::Post => Method::POST,
            RequestMethod::Put => Method::PUT,
        };
        let body = request.body.as_ref().map(|body| filled(body, ms)).unwrap_or_default();
        let content_type = request.content_type.clone().map(Into::into);
        HttpQuestion { method, content_type, body: body.into_bytes(), ..get(filled(&request.path, ms)) }
    }

    /// A 2xx without the words is a no: that is what they are configured for.
    fn released(&self, door: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError> {
        match answer.status {
            200..=299 if text(answer).contains(&self.of(door).success_text) => Ok(()),
            code @ 200..=299 => Err(DeviceError::Vendor { code }),
            _ => Err(of_status(answer)),
        }
    }

    fn look(&self, _: &HttpDoor) -> Option<HttpQuestion> {
        None
    }

    fn looked(&self, _: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError> {
        Err(of_status(answer))
    }
}
