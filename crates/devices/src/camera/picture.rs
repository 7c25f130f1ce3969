//! Cameras that give a picture for one plain question: a fixed address, DoorBird, Hikvision. Owns how an answer becomes a still.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

use super::{
    Camera, CameraAbilities, CameraKind, LearningFirmware, MediaType, STILL_BUDGET, STILL_MAX_BYTES, Still,
    TakingStill, jpeg, learn_from, of_the_present, paths_of,
};
use crate::clock::unix_now_ms;
use crate::report::identity;
use crate::{Clock, DeviceError, DeviceHealth, HttpAnswer, HttpDevice, HttpError, HttpQuestion};

/// DoorBird wants about one connection a second at most (LAN API).
const DOORBIRD_PACE: Duration = Duration::from_secs(1);

/// The question for a picture.
pub(super) fn question(target: impl Into<String>) -> HttpQuestion {
    HttpQuestion::get(target, STILL_MAX_BYTES, STILL_BUDGET)
}

/// Tells why there is no picture, for whoever looks for it; the port has room for the kind of fault only.
pub(super) fn failed(device: &HttpDevice, error: &HttpError) -> DeviceError {
    if device.last_fault().is_news(error) {
        tracing::info!(camera = device.host(), %error, "a camera gave no still");
    }
    error.device_error()
}

/// What an answer with the status 200 shows, and when. The camera's clock is that of its answer.
pub(super) fn still(answer: HttpAnswer, back: Duration) -> Result<Still, DeviceError> {
    if jpeg::size(&answer.body).is_none() {
        let (bytes, content_type) = (answer.body.len(), &answer.content_type);
        tracing::debug!(bytes, content_type, "a camera answered something that is no whole JPEG");
        return Err(DeviceError::Garbled);
    }
    let back_ms = i64::try_from(back.as_millis()).unwrap_or(i64::MAX);
    Ok(Still {
        bytes: answer.body,
        media: MediaType::Jpeg,
        taken_ms: answer.date_ms.map(|date_ms| date_ms.saturating_sub(back_ms)),
        clock_offset_ms: answer.date_ms.map(|date_ms| date_ms.saturating_sub(unix_now_ms())),
    })
}

/// A camera that shows the present under one address.
pub(super) struct PictureCamera {
    kind: CameraKind,
    device: HttpDevice,
    target: String,
    /// When it may be asked next, for cameras that want a pause.
    turn: Option<Mutex<Instant>>,
}

impl PictureCamera {
    pub(super) fn new(kind: CameraKind, device: HttpDevice, channel: u16) -> Self {
        let target = match kind {
            CameraKind::DoorBird => "/bha-api/image.cgi".to_owned(),
            CameraKind::Hikvision => format!("/ISAPI/Streaming/channels/{channel}/picture"),
            _ => device.configured_target().to_owned(),
        };
        let turn = (kind == CameraKind::DoorBird).then(|| Mutex::new(Instant::now()));
        Self { kind, device, target, turn }
    }

    async fn take(&self) -> Result<Still, DeviceError> {
        let question = question(self.target.as_str());
        let answer = self.in_turn(self.device.ask(&question)).await;
        let answer = answer.map_err(|error| failed(&self.device, &error))?;
        match answer.status {
            200 => still(answer, Duration::ZERO),
            code => Err(DeviceError::Vendor { code }),
        }
    }

    /// Asks when the camera wants to be asked.
    async fn in_turn<T>(&self, asking: impl Future<Output = T>) -> T {
        let Some(turn) = &self.turn else { return asking.await };
        let mut next = turn.lock().await;
        sleep_until(*next).await;
        // Before it is asked: a still that is given up was asked for too.
        *next = Instant::now() + DOORBIRD_PACE;
        asking.await
    }

    async fn ask_firmware(&self) {
        let identity = match self.kind {
            CameraKind::DoorBird => identity::DOORBIRD,
            CameraKind::Hikvision => identity::HIKVISION,
            _ => return,
        };
        self.in_turn(learn_from(&self.device, identity)).await;
    }
}

impl Camera for PictureCamera {
    fn kind(&self) -> CameraKind {
        self.kind
    }

    fn abilities(&self) -> CameraAbilities {
        CameraAbilities { look_back: None }
    }

    fn still(&self, back: Duration) -> TakingStill<'_> {
        of_the_present(back, self.take())
    }

    fn health(&self) -> &DeviceHealth {
        self.device.keeper().health()
    }

    fn keep_exchanges(&self, clock: Clock) {
        self.device.keeper().keep_by(clock, paths_of(self.kind));
    }

    fn learn_firmware(&self) -> LearningFirmware<'_> {
        Box::pin(self.ask_firmware())
    }
}
