//! Intercoms of 2N (HTTP API manual): a picture of now or of the last 30 seconds, in a size the intercom has.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;

use super::picture::{failed, question, still};
use super::{
    Camera, CameraAbilities, CameraKind, LearningFirmware, Still, TakingStill, learn_from, paths_of,
    within_budget,
};
use crate::report::identity;
use crate::{Clock, DeviceError, DeviceHealth, HttpAnswer, HttpDevice};

/// How long an intercom keeps its pictures.
const LOOK_BACK: Duration = Duration::from_secs(30);
/// The code of "invalid parameter value": it has not this size.
const BAD_VALUE: u16 = 12;
/// A wider picture is not asked for.
const WIDTH_MAX: u32 = 1_920;

pub(super) struct TwoN {
    device: HttpDevice,
    /// What is asked for: all intercoms have had the first one so far.
    size: Mutex<Size>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
struct Size {
    width: u32,
    height: u32,
}

/// Every answer in JSON.
#[derive(Deserialize)]
struct Envelope {
    success: bool,
    error: Option<Refusal>,
    result: Option<Caps>,
}

#[derive(Deserialize)]
struct Refusal {
    code: u16,
}

/// Of `/api/camera/caps`.
#[derive(Deserialize)]
struct Caps {
    #[serde(rename = "jpegResolution", default)]
    sizes: Vec<Size>,
}

impl TwoN {
    pub(super) fn new(device: HttpDevice) -> Self {
        Self { device, size: Mutex::new(Size { width: 640, height: 480 }) }
    }

    async fn take(&self, back: Duration) -> Result<Still, DeviceError> {
        let size = *self.size.lock().unwrap_or_else(PoisonError::into_inner);
        match self.ask(size, back).await {
            Err(DeviceError::Vendor { code: BAD_VALUE }) => {
                let other = self.other_size(size).await?;
                let taken = self.ask(other, back).await?;
                *self.size.lock().unwrap_or_else(PoisonError::into_inner) = other;
                Ok(taken)
            }
            taken => taken,
        }
    }

    async fn ask(&self, size: Size, back: Duration) -> Result<Still, DeviceError> {
        let answer = self.answer(target(size, back)).await?;
        match refusal(&answer) {
            Some(code) => Err(DeviceError::Vendor { code }),
            // The buffer is asked for in whole seconds.
            None => still(answer, Duration::from_secs(seconds(back))),
        }
    }

    /// The largest size the intercom names that is not too wide, other than the one it refused.
    async fn other_size(&self, refused: Size) -> Result<Size, DeviceError> {
        let answer = self.answer("/api/camera/caps".to_owned()).await?;
        let named: Envelope = serde_json::from_slice(&answer.body).map_err(|_| DeviceError::Garbled)?;
        let sizes = named.result.map(|caps| caps.sizes).unwrap_or_default();
        let fitting = sizes.into_iter().filter(|size| size.width <= WIDTH_MAX && *size != refused);
        fitting
            .max_by_key(|size| u64::from(size.width) * u64::from(size.height))
            .ok_or(DeviceError::Unsupported)
    }

    async fn answer(&self, target: String) -> Result<HttpAnswer, DeviceError> {
        self.device.ask(&question(target)).await.map_err(|error| failed(&self.device, &error))
    }
}

/// Whole seconds, rounded up: earlier rather than too late.
fn seconds(back: Duration) -> u64 {
    back.as_secs() + u64::from(back.subsec_nanos() > 0)
}

fn target(size: Size, back: Duration) -> String {
    let Size { width, height } = size;
    let now = format!("/api/camera/snapshot?width={width}&height={height}");
    match seconds(back) {
        0 => now,
        seconds => format!("{now}&time=-{seconds}"),
    }
}

/// The code of a refusal, which may come with the status 200.
fn refusal(answer: &HttpAnswer) -> Option<u16> {
    let said: Option<Envelope> = serde_json::from_slice(&answer.body).ok();
    match (said, answer.status) {
        (Some(Envelope { success: false, error: Some(Refusal { code }), .. }), _) => Some(code),
        (_, 200) => None,
        (_, status) => Some(status),
    }
}

impl Camera for TwoN {
    fn kind(&self) -> CameraKind {
        CameraKind::TwoN
    }

    fn abilities(&self) -> CameraAbilities {
        CameraAbilities { look_back: Some(LOOK_BACK) }
    }

    fn still(&self, back: Duration) -> TakingStill<'_> {
        if back > LOOK_BACK {
            return Box::pin(std::future::ready(Err(DeviceError::Unsupported)));
        }
        within_budget(self.take(back))
    }

    fn health(&self) -> &DeviceHealth {
        self.device.keeper().health()
    }

    fn keep_exchanges(&self, clock: Clock) {
        self.device.keeper().keep_by(clock, paths_of(self.kind()));
    }

    fn learn_firmware(&self) -> LearningFirmware<'_> {
        Box::pin(learn_from(&self.device, identity::TWO_N))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Size, target};

    #[test]
    fn the_past_is_asked_for_in_whole_seconds_rather_too_early() {
        let asked = |ms| target(Size { width: 640, height: 480 }, Duration::from_millis(ms));
        assert_eq!(asked(0), "/api/camera/snapshot?width=640&height=480");
        assert_eq!(asked(4_000), "/api/camera/snapshot?width=640&height=480&time=-4");
        assert_eq!(asked(4_001), "/api/camera/snapshot?width=640&height=480&time=-5");
    }
}
