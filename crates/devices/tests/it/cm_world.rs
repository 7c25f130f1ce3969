//! The world of the cameras' story: each language with a simulated camera of its make, over a real socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tempfile::NamedTempFile;
use tokio::time::timeout;
use vestibule_devices::{
    Camera, CameraConfig, CameraKind, DeviceError, MediaType, STILL_BUDGET, Still, open_camera,
};
use vestibule_simulators::cameras::{
    CameraFaults, CameraMake, CameraOptions, CameraServer, DoorLook, HttpAccount, Scene, Scheme, is_parcel,
};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

pub const USER: &str = "vestibule";
pub const PASSWORD: &str = "c4mera: pass wörd";
/// A still that takes longer than its budget and this is a hang.
const SLACK: Duration = Duration::from_secs(3);

/// A language and who speaks it.
#[derive(Clone, Copy, Debug)]
pub struct Tongue {
    pub kind: CameraKind,
    pub make: CameraMake,
    /// What the camera is asked first that it does not tell everybody.
    pub picture: &'static str,
}

pub const SNAPSHOT: Tongue =
    Tongue { kind: CameraKind::Snapshot, make: CameraMake::Snapshot, picture: "GET /shot.jpg" };
pub const ONVIF: Tongue =
    Tongue { kind: CameraKind::Onvif, make: CameraMake::Onvif, picture: "GET /onvif/picture" };
pub const TWO_N: Tongue =
    Tongue { kind: CameraKind::TwoN, make: CameraMake::TwoN, picture: "GET /api/camera/snapshot" };
pub const DOORBIRD: Tongue =
    Tongue { kind: CameraKind::DoorBird, make: CameraMake::DoorBird, picture: "GET /bha-api/image.cgi" };
pub const HIKVISION: Tongue = Tongue {
    kind: CameraKind::Hikvision,
    make: CameraMake::Hikvision,
    picture: "GET /ISAPI/Streaming/channels/101/picture",
};

pub const RTSP: Tongue = Tongue { kind: CameraKind::Rtsp, make: CameraMake::Rtsp, picture: "DESCRIBE /live" };

/// A camera that runs, and the driver that asks it.
pub struct Watched {
    pub server: CameraServer,
    pub camera: Box<dyn Camera>,
    pub config: CameraConfig,
    _password: NamedTempFile,
}

/// How the camera at the other end is set up.
pub fn options(tongue: Tongue) -> CameraOptions {
    let account = HttpAccount { user: USER.to_owned(), password: PASSWORD.to_owned() };
    CameraOptions { make: tongue.make, account: Some(account), ..CameraOptions::default() }
}

/// A clock that stands still until it is moved.
pub fn hand_clock(options: &mut CameraOptions) -> Arc<AtomicI64> {
    let hand = Arc::new(AtomicI64::new(1_796_000_000_000));
    let read = Arc::clone(&hand);
    options.clock = Arc::new(move || read.load(Ordering::SeqCst));
    hand
}

impl Watched {
    pub async fn start(tongue: Tongue) -> Self {
        Self::with(tongue, options(tongue), |_| {}).await
    }

    /// The same with other settings at either end.
    pub async fn with(
        tongue: Tongue,
        options: CameraOptions,
        change: impl FnOnce(&mut CameraConfig),
    ) -> Self {
        let server = CameraServer::start(options).await.unwrap();
        let password = NamedTempFile::new().unwrap();
        std::fs::write(password.path(), format!("{PASSWORD}\n")).unwrap();
        let mut config = CameraConfig {
            kind: tongue.kind,
            url: server.url(),
            user: Some(USER.to_owned()),
            password_file: Some(password.path().to_owned()),
            tls_pin: None,
            allow_plain_password: false,
            channel: None,
        };
        change(&mut config);
        let camera = open_camera(&config).unwrap();
        Self { server, camera, config, _password: password }
    }

    pub async fn still(&self) -> Result<Still, DeviceError> {
        self.still_of(Duration::ZERO).await
    }

    /// A still of so long ago; a hang fails the test.
    pub async fn still_of(&self, back: Duration) -> Result<Still, DeviceError> {
        timeout(STILL_BUDGET + SLACK, self.camera.still(back)).await.expect("a still ends within its budget")
    }

    /// One still with these faults, then one without them.
    pub async fn failing(&self, change: impl FnOnce(&mut CameraFaults)) -> DeviceError {
        self.server.set_faults(change);
        let error = self.still().await.expect_err("the fault was not seen");
        self.server.set_faults(|faults| *faults = CameraFaults::default());
        assert_parcel(&self.shows_a_parcel().await, true);
        error
    }

    async fn shows_a_parcel(&self) -> Still {
        self.server.change_scene(|scene| assert!(scene.set_door("5", DoorLook::Parcel)));
        self.still().await.unwrap()
    }

    /// How often the camera was asked this.
    pub fn count(&self, line: &str) -> usize {
        self.server.asked().iter().filter(|asked| asked.line == line).count()
    }

    /// How often anybody said who asks, in whichever form.
    pub fn told(&self) -> usize {
        self.server.asked().iter().filter(|asked| asked.token || asked.scheme.is_some()).count()
    }

    /// Whether anybody said in this scheme who asks.
    pub fn heard(&self, scheme: &str) -> bool {
        self.server.asked().iter().any(|asked| asked.scheme.as_deref() == Some(scheme))
    }
}

pub fn offering(tongue: Tongue, schemes: &[Scheme]) -> CameraOptions {
    CameraOptions { schemes: schemes.to_vec(), ..options(tongue) }
}

/// A bank with a parcel behind its open door 5.
pub fn with_parcel() -> Scene {
    let mut scene = Scene::default();
    assert!(scene.set_door("5", DoorLook::Parcel));
    scene
}

/// The picture shows a parcel somewhere, or nowhere.
pub fn assert_parcel(still: &Still, is_there: bool) {
    match still.media {
        MediaType::Jpeg => {
            let pixels = JpegDecoder::new(ZCursor::new(&still.bytes)).decode().unwrap();
            let brown = pixels.chunks(3).filter(|pixel| is_parcel(pixel)).count();
            assert_eq!(brown > 400, is_there, "{brown} brown pixels");
        }
        MediaType::H264KeyFrame => {
            let has = |wanted: &[u8]| still.bytes.windows(wanted.len()).any(|seen| seen == wanted);
            assert!(
                still.bytes.starts_with(&[0, 0, 0, 1, 0x67])
                    && has(&[0, 0, 0, 1, 0x68])
                    && has(&[0, 0, 0, 1, 0x65])
            );
            // The simulated camera sends bare samples; nothing else in its scene is as light as a parcel's label.
            assert_eq!(has(&[225; 4]), is_there);
        }
    }
}

/// Tells each story of every language: one test a language, named after it.
macro_rules! every_tongue {
    ($($(#[$doc:meta])* async fn $name:ident($tongue:ident) $story:block)*) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            $(#[$doc])*
            async fn story($tongue: $crate::cm_world::Tongue) $story
            #[tokio::test] async fn snapshot() { story($crate::cm_world::SNAPSHOT).await; }
            #[tokio::test] async fn onvif() { story($crate::cm_world::ONVIF).await; }
            #[tokio::test] async fn two_n() { story($crate::cm_world::TWO_N).await; }
            #[tokio::test] async fn doorbird() { story($crate::cm_world::DOORBIRD).await; }
            #[tokio::test] async fn hikvision() { story($crate::cm_world::HIKVISION).await; }
            #[tokio::test] async fn rtsp() { story($crate::cm_world::RTSP).await; }
        }
    )* };
}

pub(crate) use every_tongue;
