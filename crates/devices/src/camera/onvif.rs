//! ONVIF cameras: the camera says what time it has, where its media service is, which profiles it has and where their pictures
//! are. Then a picture is one plain question.

mod media;

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

use super::picture::{failed, question, still};
use super::{
    Camera, CameraAbilities, CameraKind, LearningFirmware, Still, TakingStill, of_the_present, paths_of,
};
use crate::clock::unix_now_ms;
use crate::http::soap::{Place, SoapDevice, text};
use crate::{Clock, DeviceError, DeviceHealth};

/// The picture is there already: its clock is not waited for long.
const CLOCK_BUDGET: Duration = Duration::from_millis(300);

pub(super) struct Onvif {
    device: SoapDevice,
    /// What the camera told us, part by part, until it no longer holds.
    known: Mutex<Known>,
}

/// A slow camera may need several stills to tell all of it.
#[derive(Default)]
struct Known {
    /// The camera's clock minus ours in ms, as it was told last; nothing inside if it tells no time.
    offset_ms: Option<Option<i64>>,
    media: Option<Place>,
    profile: Option<String>,
    picture: Option<Place>,
}

/// Our clock against the camera's, for a token.
#[derive(Clone, Copy)]
struct Offset {
    ms: Option<i64>,
    /// It was asked for this still: a token by it is not old.
    is_fresh: bool,
}

impl Onvif {
    pub(super) fn new(device: SoapDevice) -> Self {
        Self { device, known: Mutex::default() }
    }

    async fn take(&self) -> Result<Still, DeviceError> {
        let mut known = self.known.lock().await;
        let knew_the_way = known.picture.is_some();
        match self.take_by(&mut known).await {
            // No answer to a plain question: what was learnt holds, and what else there is to ask would not be answered either.
            Err(DeviceError::Timeout) => Err(DeviceError::Timeout),
            Err(_) if knew_the_way && !self.device.is_refused() => {
                *known = Known::default();
                self.take_by(&mut known).await.inspect_err(|error| forget(&mut known, *error))
            }
            taken => taken.inspect_err(|error| forget(&mut known, *error)),
        }
    }

    async fn take_by(&self, known: &mut Known) -> Result<Still, DeviceError> {
        let place = self.learn(known).await?;
        self.picture(&place, known).await
    }

    async fn picture(&self, place: &Place, known: &mut Known) -> Result<Still, DeviceError> {
        let http = self.device.http();
        let answer = http.ask_at(place.port, &question(place.target.as_str())).await;
        let answer = answer.map_err(|error| failed(http, &error))?;
        let came_ms = unix_now_ms();
        if answer.status != 200 {
            return Err(DeviceError::Vendor { code: answer.status });
        }
        let mut still = still(answer, Duration::ZERO)?;
        // The clock burnt into the picture is the one the camera tells about, not that of its web server.
        if let Some(Some(before)) = known.offset_ms {
            let asked = timeout(CLOCK_BUDGET, self.offset_ms()).await.ok().and_then(Result::ok).flatten();
            let offset_ms = asked.unwrap_or(before);
            known.offset_ms = Some(Some(offset_ms));
            still.clock_offset_ms = Some(offset_ms);
            still.taken_ms = Some(came_ms.saturating_add(offset_ms));
        }
        Ok(still)
    }

    /// Clock, media service, profile, address of the picture: one question each, and none for what is known.
    async fn learn(&self, known: &mut Known) -> Result<Place, DeviceError> {
        if let Some(picture) = &known.picture {
            return Ok(picture.clone());
        }
        let offset = match known.offset_ms {
            Some(ms) => Offset { ms, is_fresh: false },
            None => Offset { ms: *known.offset_ms.insert(self.offset_ms().await?), is_fresh: true },
        };
        let service = match &known.media {
            Some(service) => service.clone(),
            None => {
                let device = self.device.configured();
                let capabilities = self.call(&device, media::GET_CAPABILITIES, offset).await?;
                let service = match media::media_service(&capabilities) {
                    Some(address) => self.place(&address)?,
                    None => device,
                };
                known.media.insert(service).clone()
            }
        };
        let profile = match &known.profile {
            Some(profile) => profile.clone(),
            None => {
                let profiles = self.call(&service, media::GET_PROFILES, offset).await?;
                let profile = media::first_profile(&profiles).ok_or(DeviceError::Unsupported)?;
                known.profile.insert(profile).clone()
            }
        };
        let named = self.call(&service, &media::get_snapshot_uri(&profile), offset).await?;
        let address = media::snapshot_uri(&named).ok_or(DeviceError::Unsupported)?;
        Ok(known.picture.insert(self.place(&address)?).clone())
    }

    /// By the clock it told a moment ago, if it did.
    async fn ask_firmware(&self) {
        let offset_ms = self.known.lock().await.offset_ms.flatten();
        if let Some(firmware) = self.device.firmware((offset_ms, &self.device.configured())).await {
            self.health().says_firmware(firmware);
        }
    }

    async fn offset_ms(&self) -> Result<Option<i64>, DeviceError> {
        let asked = self.device.offset_ms(&self.device.configured()).await;
        asked.map_err(|error| failed(self.device.http(), &error))
    }

    async fn call(&self, place: &Place, body: &str, offset: Offset) -> Result<String, DeviceError> {
        let answer = self.device.call(place, body, (offset.ms, offset.is_fresh)).await;
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

/// What led to an error does not hold any more; a camera that is slow or away is another matter.
fn forget(known: &mut Known, error: DeviceError) {
    if error != DeviceError::Timeout {
        *known = Known::default();
    }
}

impl Camera for Onvif {
    fn kind(&self) -> CameraKind {
        CameraKind::Onvif
    }

    fn abilities(&self) -> CameraAbilities {
        CameraAbilities { look_back: None }
    }

    fn still(&self, back: Duration) -> TakingStill<'_> {
        of_the_present(back, self.take())
    }

    fn health(&self) -> &DeviceHealth {
        self.device.http().keeper().health()
    }

    fn keep_exchanges(&self, clock: Clock) {
        self.device.http().keeper().keep_by(clock, paths_of(self.kind()));
    }

    fn learn_firmware(&self) -> LearningFirmware<'_> {
        Box::pin(self.ask_firmware())
    }
}
