//! ONVIF cameras: the camera says what time it has, where its media service is, which profiles it has and where their pictures
//! are. Then a picture is one plain question.

mod soap;

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

use super::picture::{failed, now_ms, question, still};
use super::{Camera, CameraAbilities, STILL_BUDGET, Still, TakingStill, of_the_present};
use crate::{DeviceError, HttpAnswer, HttpDevice, HttpError, HttpQuestion, Method, Password};

/// Where a device answers if its configured address names no path (ONVIF Core, 5.10).
const DEVICE_SERVICE: &str = "/onvif/device_service";
/// Answers in XML are shorter, in bytes.
const ANSWER_MAX_BYTES: usize = 512 * 1024;
/// The picture is there already: its clock is not waited for long.
const CLOCK_BUDGET: Duration = Duration::from_millis(300);
const UNAUTHORISED: u16 = 401;

/// Whom a device lets in.
pub(super) struct Account {
    pub(super) user: String,
    pub(super) password: Password,
}

pub(super) struct Onvif {
    device: HttpDevice,
    account: Option<Account>,
    /// What the camera told us, until it no longer holds.
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    picture: Place,
    /// The camera's clock minus ours, if it tells the time.
    offset_ms: Option<i64>,
}

/// A port and a path of the same device.
#[derive(Clone)]
struct Place {
    port: u16,
    target: String,
}

impl Onvif {
    pub(super) fn new(device: HttpDevice, account: Option<Account>) -> Self {
        Self { device, account, known: Mutex::new(None) }
    }

    async fn take(&self) -> Result<Still, DeviceError> {
        let mut known = self.known.lock().await;
        let before = known.take();
        if let Some(before) = before {
            match self.picture(&before).await {
                // No answer to a plain question: what else there is to ask would not be answered either.
                Err(DeviceError::Timeout) => return Err(DeviceError::Timeout),
                Err(_) => {}
                Ok(still) => {
                    *known = Some(before);
                    return Ok(still);
                }
            }
        }
        let learnt = self.learn().await?;
        let still = self.picture(&learnt).await?;
        *known = Some(learnt);
        Ok(still)
    }

    async fn picture(&self, known: &Known) -> Result<Still, DeviceError> {
        let Place { port, target } = &known.picture;
        let answer = self.device.ask_at(*port, &question(target.as_str())).await;
        let answer = answer.map_err(|error| failed(&self.device, &error))?;
        let came_ms = now_ms();
        if answer.status != 200 {
            return Err(DeviceError::Vendor { code: answer.status });
        }
        let mut still = still(answer, Duration::ZERO)?;
        // The clock burnt into the picture is the one the camera tells about, not that of its web server.
        if known.offset_ms.is_some() {
            let asked = timeout(CLOCK_BUDGET, self.offset_ms()).await.ok().and_then(Result::ok).flatten();
            let offset_ms = asked.or(known.offset_ms);
            still.clock_offset_ms = offset_ms;
            still.taken_ms = offset_ms.map(|offset_ms| came_ms.saturating_add(offset_ms));
        }
        Ok(still)
    }

    /// Clock, media service, profile, address of the picture: one question each.
    async fn learn(&self) -> Result<Known, DeviceError> {
        let offset_ms = self.offset_ms().await?;
        let device = self.device_service();
        let capabilities = self.call(&device, soap::GET_CAPABILITIES, offset_ms).await?;
        let media = match soap::media_service(&capabilities) {
            Some(address) => self.place(&address)?,
            None => device,
        };
        let profiles = self.call(&media, soap::GET_PROFILES, offset_ms).await?;
        let profile = soap::first_profile(&profiles).ok_or(DeviceError::Unsupported)?;
        let named = self.call(&media, &soap::get_snapshot_uri(&profile), offset_ms).await?;
        let address = soap::snapshot_uri(&named).ok_or(DeviceError::Unsupported)?;
        let picture = self.place(&address)?;
        Ok(Known { picture, offset_ms })
    }

    /// The clock, which everybody may read. Some cameras want to know who asks even then; without the time only ours can be used.
    async fn offset_ms(&self) -> Result<Option<i64>, DeviceError> {
        let place = self.device_service();
        let mut answer = self.post(&place, soap::envelope(None, soap::GET_TIME)).await?;
        if let Some(account) = &self.account
            && answer.status != 200
        {
            let header = soap::security(account, now_ms());
            answer = self.post(&place, soap::envelope(Some(&header), soap::GET_TIME)).await?;
        }
        Ok(soap::time_ms(&text(&answer)).map(|time_ms| time_ms.saturating_sub(now_ms())))
    }

    async fn call(&self, place: &Place, body: &str, offset_ms: Option<i64>) -> Result<String, DeviceError> {
        let their_ms = now_ms().saturating_add(offset_ms.unwrap_or(0));
        let header = self.account.as_ref().map(|account| soap::security(account, their_ms));
        let answer = self.post(place, soap::envelope(header.as_deref(), body)).await?;
        let said = text(&answer);
        if answer.status == UNAUTHORISED || soap::is_not_authorised(&said) {
            return Err(failed(&self.device, &HttpError::Unauthorised));
        }
        match answer.status {
            200 => Ok(said),
            code => Err(DeviceError::Vendor { code }),
        }
    }

    async fn post(&self, place: &Place, body: String) -> Result<HttpAnswer, DeviceError> {
        let question = HttpQuestion {
            method: Method::POST,
            target: place.target.clone(),
            content_type: Some("application/soap+xml; charset=utf-8"),
            body: body.into_bytes(),
            answer_max: ANSWER_MAX_BYTES,
            budget: STILL_BUDGET,
        };
        let answer = self.device.ask_at(place.port, &question).await;
        answer.map_err(|error| failed(&self.device, &error))
    }

    fn device_service(&self) -> Place {
        let target = match self.device.configured_target() {
            "/" => DEVICE_SERVICE,
            named => named,
        };
        Place { port: self.device.port(), target: target.to_owned() }
    }

    /// A camera behind a translated address names itself wrongly: its port and path hold, its host is the configured one. That also
    /// keeps the password from going anywhere else.
    fn place(&self, address: &str) -> Result<Place, DeviceError> {
        let Some((port, target)) = self.device.own_place(address) else {
            tracing::info!(
                camera = self.device.host(),
                "the camera names a place outside its configured scheme"
            );
            return Err(DeviceError::Unsupported);
        };
        Ok(Place { port, target })
    }
}

fn text(answer: &HttpAnswer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

impl Camera for Onvif {
    fn abilities(&self) -> CameraAbilities {
        CameraAbilities { look_back: None }
    }

    fn still(&self, back: Duration) -> TakingStill<'_> {
        of_the_present(back, self.take())
    }
}
