//! One device that is asked in SOAP. Owns how it is told who asks, by its own clock. It knows nothing of what is asked.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{Credentials, GET_TIME, envelope, is_not_authorised, security, text_at, time_ms};
use crate::clock::unix_now_ms;
use crate::{Firmware, HttpAnswer, HttpDevice, HttpError, HttpQuestion, Method};

/// Where a device answers if its configured address names no path (ONVIF Core, 5.10).
const DEVICE_SERVICE: &str = "/onvif/device_service";
/// Answers in XML are shorter, in bytes.
const ANSWER_MAX_BYTES: usize = 512 * 1024;
const UNAUTHORISED: u16 = 401;
const GET_DEVICE_INFORMATION: &str =
    r#"<GetDeviceInformation xmlns="http://www.onvif.org/ver10/device/wsdl"/>"#;

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
    /// It refused a token that was made by its own clock: no other is made.
    is_refused: AtomicBool,
}

impl SoapDevice {
    pub(crate) fn new(device: HttpDevice, account: Option<Credentials>, budget: Duration) -> Self {
        Self { device, account, budget, is_refused: AtomicBool::new(false) }
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
            self.refuse_if_refused()?;
            let header = security(account, unix_now_ms());
            answer = self.post(place, envelope(Some(&header), GET_TIME)).await?;
            self.look_for_refusal(&answer, true)?;
        }
        Ok(time_ms(&text(&answer)).map(|time_ms| time_ms.saturating_sub(unix_now_ms())))
    }

    /// Asks, and says who asks if anybody is configured. `is_fresh`: its clock was asked just now.
    ///
    /// # Errors
    /// As [`HttpDevice::ask`]; [`HttpError::Unauthorised`] for a fault that says so, too.
    pub(crate) async fn call(
        &self,
        place: &Place,
        body: &str,
        (offset_ms, is_fresh): (Option<i64>, bool),
    ) -> Result<HttpAnswer, HttpError> {
        self.refuse_if_refused()?;
        let their_ms = unix_now_ms().saturating_add(offset_ms.unwrap_or(0));
        let header = self.account.as_ref().map(|account| security(account, their_ms));
        let answer = self.post(place, envelope(header.as_deref(), body)).await?;
        self.look_for_refusal(&answer, is_fresh)?;
        Ok(answer)
    }

    /// What the device says its firmware is (ONVIF Core, `GetDeviceInformation`). A device that does not want to say it to us is not
    /// asked anything less for that.
    pub(crate) async fn firmware(&self, (offset_ms, place): (Option<i64>, &Place)) -> Option<Firmware> {
        if self.is_refused() {
            return None;
        }
        let their_ms = unix_now_ms().saturating_add(offset_ms.unwrap_or(0));
        let header = self.account.as_ref().map(|account| security(account, their_ms));
        let question = self.question(place, envelope(header.as_deref(), GET_DEVICE_INFORMATION));
        let answer = self.device.ask_beside(&question).await.ok()?;
        let said = text_at(&text(&answer), &["GetDeviceInformationResponse", "FirmwareVersion"])?;
        Firmware::new(&said)
    }

    /// Whether the password was refused in a token or by Digest: some devices shut themselves when it is told again.
    pub(crate) fn is_refused(&self) -> bool {
        self.is_refused.load(Ordering::Relaxed) || self.device.is_refused()
    }

    fn refuse_if_refused(&self) -> Result<(), HttpError> {
        if self.is_refused() { Err(HttpError::Unauthorised) } else { Ok(()) }
    }

    fn look_for_refusal(&self, answer: &HttpAnswer, is_fresh: bool) -> Result<(), HttpError> {
        if answer.status != UNAUTHORISED && !is_not_authorised(&text(answer)) {
            return Ok(());
        }
        // A token by a clock that was learnt earlier may have been too old.
        self.is_refused.fetch_or(is_fresh && self.account.is_some(), Ordering::Relaxed);
        Err(HttpError::Unauthorised)
    }

    async fn post(&self, place: &Place, body: String) -> Result<HttpAnswer, HttpError> {
        self.device.ask_at(place.port, &self.question(place, body)).await
    }

    fn question(&self, place: &Place, body: String) -> HttpQuestion {
        HttpQuestion {
            method: Method::POST,
            target: place.target.clone(),
            content_type: Some("application/soap+xml; charset=utf-8".into()),
            body: body.into_bytes(),
            answer_max: ANSWER_MAX_BYTES,
            budget: self.budget,
        }
    }
}

/// An answer as text; what is no text says nothing.
pub(crate) fn text(answer: &HttpAnswer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}
