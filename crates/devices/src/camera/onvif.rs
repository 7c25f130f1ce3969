//! ONVIF cameras: the camera says what time it has, where its media service is, which profiles it has and where their pictures
//! are. Then a picture is one plain question.

mod media;

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

use super::picture::{failed, question, still};
use super::{Camera, CameraAbilities, Still, TakingStill, of_the_present};
use crate::DeviceError;
use crate::clock::unix_now_ms;
use crate::http::soap::{Place, SoapDevice, text};

/// The picture is there already: its clock is not waited for long.
const CLOCK_BUDGET: Duration = Duration::from_millis(300);

pub(super) struct Onvif {
    device: SoapDevice,
    /// What the camera told us, until it no longer holds.
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    picture: Place,
    /// The camera's clock minus ours, if it tells the time.
    offset_ms: Option<i64>,
}

impl Onvif {
    pub(super) fn new(device: SoapDevice) -> Self {
        Self { device, known: Mutex::new(None) }
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
        let http = self.device.http();
        let answer = http.ask_at(*port, &question(target.as_str())).await;
        let answer = answer.map_err(|error| failed(http, &error))?;
        let came_ms = unix_now_ms();
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
        let device = self.device.configured();
        let capabilities = self.call(&device, media::GET_CAPABILITIES, offset_ms).await?;
        let service = match media::media_service(&capabilities) {
            Some(address) => self.place(&address)?,
            None => device,
        };
        let profiles = self.call(&service, media::GET_PROFILES, offset_ms).await?;
        let profile = media::first_profile(&profiles).ok_or(DeviceError::Unsupported)?;
        let named = self.call(&service, &media::get_snapshot_uri(&profile), offset_ms).await?;
        let address = media::snapshot_uri(&named).ok_or(DeviceError::Unsupported)?;
        let picture = self.place(&address)?;
        Ok(Known { picture, offset_ms })
    }

    async fn offset_ms(&self) -> Result<Option<i64>, DeviceError> {
        let asked = self.device.offset_ms(&self.device.configured()).await;
        asked.map_err(|error| failed(self.device.http(), &error))
    }

    async fn call(&self, place: &Place, body: &str, offset_ms: Option<i64>) -> Result<String, DeviceError> {
        let answer = self.device.call(place, body, offset_ms).await;
        let answer = answer.map_err(|error| failed(self.device.http(), &error))?;
        match answer.status {
            200 => Ok(text(&answer)),
            code => Err(DeviceError::Vendor { code }),
        }
    }

    /// A camera behind a translated address names itself wrongly: its port and path hold, its host is the configured one. That also
    /// keeps the password from going anywhere else.
    fn place(&self, address: &str) -> Result<Place, DeviceError> {
        let Some((port, target)) = self.device.http().own_place(address) else {
            tracing::info!(
                camera = self.device.http().host(),
                "the camera names a place outside its configured scheme"
            );
            return Err(DeviceError::Unsupported);
        };
        Ok(Place { port, target })
    }
}

impl Camera for Onvif {
    fn abilities(&self) -> CameraAbilities {
        CameraAbilities { look_back: None }
    }

    fn still(&self, back: Duration) -> TakingStill<'_> {
        of_the_present(back, self.take())
    }
}
