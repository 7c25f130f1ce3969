//! The port of cameras: one still at a time, within a budget. Owns the words of a camera's configuration and of its faults.
//!
//! A camera never decides anything and nothing waits for it: a still that fails is a photo missing.

mod fault;
mod jpeg;
mod onvif;
mod picture;
mod rtsp;
mod two_n;

use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;
use tokio::time::timeout;

use crate::http::Credentials;
use crate::http::soap::SoapDevice;
use crate::report::identity::Identity;
use crate::report::keeper::Paths;
use crate::{
    CertificatePin, Clock, DeviceError, DeviceHealth, HttpConfig, HttpConfigError, HttpDevice, HttpQuestion,
    Password,
};
use onvif::Onvif;
use picture::PictureCamera;
use rtsp::Rtsp;
use two_n::TwoN;

pub use fault::CameraFault;

/// Every still ends within this time, with a picture or an error.
pub const STILL_BUDGET: Duration = Duration::from_secs(2);
/// No still is larger, in bytes. What goes on past it is refused unread.
pub const STILL_MAX_BYTES: usize = 8 * 1024 * 1024;

/// No picture has more pixels a side: nothing of this trade makes one, and whoever shows it must decode it whole.
pub const STILL_SIDE_MAX: u16 = 8_192;

/// What a camera says of itself is shorter, in bytes.
const IDENTITY_MAX_BYTES: usize = 64 * 1024;

/// The first channel's main stream, in Hikvision's numbers.
const MAIN_CHANNEL: u16 = 101;

/// What a camera can do; declared, never probed at the moment of need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameraAbilities {
    /// How far into the past a still may be asked; nothing for a camera that only shows the present.
    pub look_back: Option<Duration>,
}

/// What the bytes of a still are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A whole JPEG file.
    Jpeg,
    /// One key frame of H.264 in Annex B form, its parameter sets before it. No browser shows it; a player does.
    H264KeyFrame,
}

impl MediaType {
    /// Its name on the web.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MediaType::Jpeg => "image/jpeg",
            MediaType::H264KeyFrame => "video/h264",
        }
    }

    /// The ending of a file of it, without the dot.
    #[must_use]
    pub fn file_ending(self) -> &'static str {
        match self {
            MediaType::Jpeg => "jpg",
            MediaType::H264KeyFrame => "h264",
        }
    }
}

/// One picture. It has been checked to be what [`Still::media`] says, complete and of a sensible size.
#[derive(Clone, PartialEq, Eq)]
pub struct Still {
    /// As the camera sent them: 1 byte to [`STILL_MAX_BYTES`].
    pub bytes: Vec<u8>,
    /// What they are.
    pub media: MediaType,
    /// When the camera says it took it, Unix time in ms by the camera's clock; nothing where it says none.
    pub taken_ms: Option<i64>,
    /// The camera's clock minus ours, in ms; nothing where it shows none. Most cameras show whole seconds.
    pub clock_offset_ms: Option<i64>,
}

impl std::fmt::Debug for Still {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Still")
            .field("bytes", &self.bytes.len())
            .field("media", &self.media)
            .field("taken_ms", &self.taken_ms)
            .field("clock_offset_ms", &self.clock_offset_ms)
            .finish()
    }
}

/// A still on its way.
pub type TakingStill<'a> = Pin<Box<dyn Future<Output = Result<Still, DeviceError>> + Send + 'a>>;

/// Firmware on its way to a camera's health.
pub type LearningFirmware<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// One camera.
pub trait Camera: Send + Sync {
    /// The language it speaks, by which its errors are understood.
    fn kind(&self) -> CameraKind;

    /// What it can do.
    fn abilities(&self) -> CameraAbilities;

    /// A still of so long ago (zero: now). Ends within [`STILL_BUDGET`].
    ///
    /// A camera asked for a past it does not keep answers [`DeviceError::Unsupported`].
    fn still(&self, back: Duration) -> TakingStill<'_>;

    /// What is known of its firmware and what was asked of it, for pages. Nothing else is counted here.
    fn health(&self) -> &DeviceHealth;

    /// Its exchanges are kept from now on, told by this clock.
    fn keep_exchanges(&self, clock: Clock);

    /// Asks what its firmware is. It says so within [`STILL_BUDGET`] or stays unknown; no still waits for it.
    fn learn_firmware(&self) -> LearningFirmware<'_>;
}

/// The language a camera speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum CameraKind {
    /// A picture under a fixed address.
    #[serde(rename = "snapshot")]
    Snapshot,
    /// ONVIF: the camera names the address of its picture.
    #[serde(rename = "onvif")]
    Onvif,
    /// An intercom of 2N, which keeps the last 30 seconds.
    #[serde(rename = "2n")]
    TwoN,
    /// A DoorBird.
    #[serde(rename = "doorbird")]
    DoorBird,
    /// Hikvision's ISAPI.
    #[serde(rename = "hikvision")]
    Hikvision,
    /// A stream of H.264, of which one key frame is kept.
    #[serde(rename = "rtsp")]
    Rtsp,
}

/// How one camera is reached. Holds no secret: the password stays in its file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraConfig {
    /// The language it speaks.
    pub kind: CameraKind,
    /// Where it is: the address of the picture for `snapshot`, of the stream for `rtsp`, of the device for the others, such as
    /// `https://10.0.0.20`. Without user and password.
    pub url: String,
    /// Who asks. Without it no password is sent.
    #[serde(default)]
    pub user: Option<String>,
    /// A file that holds the password alone; a line end after it does not count.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// SHA-256 of the camera's certificate, 64 hexadecimal digits; needed for `https`, and only there.
    #[serde(default)]
    pub tls_pin: Option<String>,
    /// Lets the password travel readable to everybody on the wire, for a camera that knows nothing but Basic over `http`. Never to
    /// a camera that has offered more before.
    #[serde(default)]
    pub allow_plain_password: bool,
    /// `hikvision` only: which channel and stream, 101 unless said.
    #[serde(default)]
    pub channel: Option<u16>,
}

/// Why a camera cannot be used as configured.
#[derive(Debug, Error)]
pub enum CameraConfigError {
    /// Its address, or what goes with it.
    #[error("the camera at {0}")]
    Http(#[from] HttpConfigError),
    /// A setting that does not fit the others.
    #[error("the camera at {url}: {reason}")]
    Settings {
        /// As configured, without anything secret.
        url: String,
        /// What to do.
        reason: String,
    },
    /// The password cannot be read.
    #[error("the camera's password file {path}: {source}", path = path.display())]
    PasswordFile {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl CameraConfig {
    fn password(&self) -> Result<Option<Password>, CameraConfigError> {
        let Some(path) = &self.password_file else { return Ok(None) };
        let failed = |source| CameraConfigError::PasswordFile { path: path.clone(), source };
        Password::read(path).map(Some).map_err(failed)
    }

    fn http(&self) -> Result<(HttpDevice, Option<Credentials>), CameraConfigError> {
        let tls_pin = self.tls_pin.as_deref().map(str::parse::<CertificatePin>).transpose();
        let tls_pin = tls_pin.map_err(|error| self.refused(format!("tls_pin: {error}")))?;
        let password = self.password()?;
        let account =
            self.user.clone().zip(password.clone()).map(|(user, password)| Credentials { user, password });
        let device = HttpDevice::new(HttpConfig {
            url: self.url.clone(),
            user: self.user.clone(),
            password,
            tls_pin,
            allow_plain_password: self.allow_plain_password,
        })?;
        Ok((device, account))
    }

    fn rtsp(&self) -> Result<Rtsp, CameraConfigError> {
        let refused = |reason: &str| Err(self.refused(reason.to_owned()));
        if self.tls_pin.is_some() || self.channel.is_some() {
            return refused("tls_pin and channel do not belong to kind = \"rtsp\"; leave them out");
        }
        let credentials = match (self.user.clone(), self.password()?) {
            (Some(user), Some(password)) => Some(Credentials { user, password }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => {
                return refused("a user and a password go together: give both, or neither");
            }
        };
        let advice = "write the address of the stream as rtsp://10.0.0.20/stream, without user and password";
        Rtsp::new(&self.url, credentials, self.allow_plain_password)
            .ok_or_else(|| self.refused(advice.to_owned()))
    }

    fn check(&self, device: &HttpDevice) -> Result<(), CameraConfigError> {
        if self.channel.is_some() && self.kind != CameraKind::Hikvision {
            return Err(
                self.refused("channel belongs to kind = \"hikvision\" alone; leave it out".to_owned())
            );
        }
        let fixed = matches!(self.kind, CameraKind::TwoN | CameraKind::DoorBird | CameraKind::Hikvision);
        if fixed && device.configured_target() != "/" {
            let advice = "its kind knows where the picture is: give the address of the device alone, such as http://10.0.0.20";
            return Err(self.refused(advice.to_owned()));
        }
        Ok(())
    }

    fn refused(&self, reason: String) -> CameraConfigError {
        let shown = self.url.rsplit_once('@').map_or(self.url.as_str(), |(_, rest)| rest);
        CameraConfigError::Settings { url: shown.to_owned(), reason }
    }
}

/// A camera as configured. Reads the password file; asks the camera nothing.
///
/// # Errors
/// See [`CameraConfigError`].
pub fn open_camera(config: &CameraConfig) -> Result<Box<dyn Camera>, CameraConfigError> {
    if config.kind == CameraKind::Rtsp {
        return Ok(Box::new(config.rtsp()?));
    }
    let (device, account) = config.http()?;
    config.check(&device)?;
    Ok(match config.kind {
        CameraKind::Onvif => Box::new(Onvif::new(SoapDevice::new(device, account, STILL_BUDGET))),
        CameraKind::TwoN => Box::new(TwoN::new(device)),
        kind => Box::new(PictureCamera::new(kind, device, config.channel.unwrap_or(MAIN_CHANNEL))),
    })
}

/// Whose paths a camera is asked at.
fn paths_of(kind: CameraKind) -> Paths {
    match kind {
        CameraKind::Snapshot | CameraKind::Rtsp => Paths::OfTheInstaller,
        CameraKind::Onvif | CameraKind::TwoN | CameraKind::DoorBird | CameraKind::Hikvision => Paths::Known,
    }
}

/// Asks where a make says its firmware, and keeps what it says.
async fn learn_from(device: &HttpDevice, identity: Identity) {
    let question = HttpQuestion::get(identity.target, IDENTITY_MAX_BYTES, STILL_BUDGET);
    let answer = device.ask_beside(&question).await.ok();
    if let Some(firmware) = answer.and_then(|answer| identity.firmware(&answer)) {
        device.keeper().health().says_firmware(firmware);
    }
}

/// Ends a still that takes too long, whatever it waits for.
fn within_budget<'a>(
    taking: impl Future<Output = Result<Still, DeviceError>> + Send + 'a,
) -> TakingStill<'a> {
    Box::pin(async move { timeout(STILL_BUDGET, taking).await.unwrap_or(Err(DeviceError::Timeout)) })
}

/// A still of a camera that shows the present alone.
fn of_the_present<'a>(
    back: Duration,
    taking: impl Future<Output = Result<Still, DeviceError>> + Send + 'a,
) -> TakingStill<'a> {
    match back {
        Duration::ZERO => within_budget(taking),
        _ => Box::pin(std::future::ready(Err(DeviceError::Unsupported))),
    }
}
