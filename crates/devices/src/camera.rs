//! The port of cameras: one still at a time, within a budget. Owns the words of a camera's configuration and of its faults.
//!
//! A camera never decides anything and nothing waits for it: a still that fails is a photo missing.

use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use crate::DeviceError;

/// Every still ends within this time, with a picture or an error.
pub const STILL_BUDGET: Duration = Duration::from_secs(2);
/// No still is larger, in bytes. What goes on past it is refused unread.
pub const STILL_MAX_BYTES: usize = 8 * 1024 * 1024;

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

/// One camera.
pub trait Camera: Send + Sync {
    /// What it can do.
    fn abilities(&self) -> CameraAbilities;

    /// A still of so long ago (zero: now). Ends within [`STILL_BUDGET`].
    ///
    /// A camera asked for a past it does not keep answers [`DeviceError::Unsupported`].
    fn still(&self, back: Duration) -> TakingStill<'_>;
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
    /// Its address is none.
    #[error("the camera's url {url}: {reason}")]
    Url {
        /// As configured.
        url: String,
        /// What to do.
        reason: &'static str,
    },
    /// Two settings that need each other, or exclude each other.
    #[error("the camera at {url}: {reason}")]
    Settings {
        /// As configured.
        url: String,
        /// What to do.
        reason: &'static str,
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

/// A camera as configured. Reads the password file; asks the camera nothing.
pub fn open_camera(config: &CameraConfig) -> Result<Box<dyn Camera>, CameraConfigError> {
    // No language is spoken yet: each comes with its driver.
    Err(CameraConfigError::Settings { url: config.url.clone(), reason: "this kind of camera is not driven" })
}
