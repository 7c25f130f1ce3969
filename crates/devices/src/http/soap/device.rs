//! One device that is asked in SOAP. Owns how it is told who asks, by its own clock. It knows nothing of what is asked.

use std::time::Duration;

use super::{Credentials, GET_TIME, envelope, is_not_authorised, security, time_ms};
use crate::clock::unix_now_ms;
use crate::{HttpAnswer, HttpDevice, HttpError, HttpQuestion, Method};

/// Where a device answers if its configured address names no path (ONVIF Core, 5.10).
const DEVICE_SERVICE: &str = "/onvif/device_service";
/// Answers in XML are shorter, in bytes.
const ANSWER_MAX_BYTES: usize = 512 * 1024;
const UNAUTHORISED: u16 = 401;

/// A port and a path of the same device.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) port: u16,
    pub(crate) target: String,
}

/// A device and whom it lets in.
pub(crate) struct SoapDevice {
    device: HttpDevice,
    account: Option<Credentials>,
    /// For each single question.
    budget: Duration,
}

impl SoapDevice {
    pub(crate) fn new(device: HttpDevice, account: Option<Credentials>, budget: Duration) -> Self {
        Self { device, account, budget }
    }

    pub(crate) fn http(&self) -> &HttpDevice {
        &self.device
    }

    /// The place its configured address names, or the usual one if it names none.
    pub(crate) fn configured(&self) -> Place {
        match self.device.configured_target() {
            "/" => self.device_service(),
            named => Place { port: self.device.port(), target: named.to_owned() },
        }
    }

    /// Where every device tells its time.
    pub(crate) fn device_service(&self) -> Place {
        Place { port: self.device.port(), target: DEVICE_SERVICE.to_owned() }
    }

    /// The device's clock minus ours in ms, which everybody may read. Some devices want to know who asks even then; without the
    /// time only ours can be used.
    pub(crate) async fn offset_ms(&self, place: &Place) -> Result<Option<i64>, HttpError> {
        let mut answer = self.post(place, envelope(None, GET_TIME)).await?;
        if let Some(account) = &self.account
            && answer.status != 200
        {
            let header = security(account, unix_now_ms());
            answer = self.post(place, envelope(Some(&header), GET_TIME)).await?;
        }
        Ok(time_ms(&text(&answer)).map(|time_ms| time_ms.saturating_sub(unix_now_ms())))
    }

    /// Asks, and says who asks if anybody is configured.
    ///
    /// # Errors
    /// As [`HttpDevice::ask`]; [`HttpError::Unauthorised`] for a fault that says so, too.
    pub(crate) async fn call(
        &self,
        place: &Place,
        body: &str,
        offset_ms: Option<i64>,
    ) -> Result<HttpAnswer, HttpError> {
        let their_ms = unix_now_ms().saturating_add(offset_ms.unwrap_or(0));
        let header = self.account.as_ref().map(|account| security(account, their_ms));
        let answer = self.post(place, envelope(header.as_deref(), body)).await?;
        if answer.status == UNAUTHORISED || is_not_authorised(&text(&answer)) {
            return Err(HttpError::Unauthorised);
        }
        Ok(answer)
    }

    async fn post(&self, place: &Place, body: String) -> Result<HttpAnswer, HttpError> {
        let question = HttpQuestion {
            method: Method::POST,
            target: place.target.clone(),
            content_type: Some("application/soap+xml; charset=utf-8".into()),
            body: body.into_bytes(),
            answer_max: ANSWER_MAX_BYTES,
            budget: self.budget,
        };
        self.device.ask_at(place.port, &question).await
    }
}

/// An answer as text; what is no text says nothing.
pub(crate) fn text(answer: &HttpAnswer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}
