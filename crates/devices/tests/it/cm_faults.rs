//! Cameras that fail, each in its own way: `CM-10` to `CM-19`. After each fault the same driver takes a good still again.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use vestibule_devices::{CameraFault, CameraKind, DeviceError, open_camera};
use vestibule_simulators::cameras::{CutShort, Huge};

use crate::cm_world::{
    DOORBIRD, HIKVISION, ONVIF, RTSP, SNAPSHOT, TWO_N, Tongue, Watched, every_tongue, options,
};

fn away(tongue: Tongue, address: SocketAddr) -> String {
    format!("{}://{address}/", if tongue.kind == CameraKind::Rtsp { "rtsp" } else { "http" })
}

every_tongue! {
    /// CM-10: no answer.
    async fn cm_10_silence_ends_with_the_budget(tongue) {
        let watched = Watched::start(tongue).await;
        assert_eq!(watched.failing(|faults| faults.silent = true).await, DeviceError::Timeout);
    }

    /// CM-11: an answer that comes byte by byte, for ever.
    async fn cm_11_dripping_ends_with_the_budget(tongue) {
        let watched = Watched::start(tongue).await;
        let pause = Some(Duration::from_millis(100));
        assert_eq!(watched.failing(|faults| faults.drips = pause).await, DeviceError::Timeout);
    }

    /// CM-12: bytes that are no HTTP.
    async fn cm_12_noise_is_no_answer(tongue) {
        let watched = Watched::start(tongue).await;
        assert_eq!(watched.failing(|faults| faults.garbled = true).await, DeviceError::Garbled);
    }

    /// CM-13: a page instead of a picture, with the status of a picture.
    async fn cm_13_a_page_is_no_picture(tongue) {
        let watched = Watched::start(tongue).await;
        assert_eq!(watched.failing(|faults| faults.says_a_page = true).await, DeviceError::Garbled);
    }

    /// CM-14: forty megabytes, said beforehand or not.
    async fn cm_14_far_too_much_is_refused(tongue) {
        let watched = Watched::start(tongue).await;
        for huge in [Huge::Announced, Huge::Unannounced] {
            assert_eq!(watched.failing(|faults| faults.huge = Some(huge)).await, DeviceError::Garbled);
        }
    }

    /// CM-15: a picture of no bytes.
    async fn cm_15_nothing_is_no_picture(tongue) {
        let watched = Watched::start(tongue).await;
        // A stream without a key frame may have one later.
        let expected = if tongue.kind == CameraKind::Rtsp { DeviceError::Timeout } else { DeviceError::Garbled };
        assert_eq!(watched.failing(|faults| faults.empty = true).await, expected);
    }

    /// CM-16: half a picture, because the line ended or because the camera thinks it is a whole one.
    async fn cm_16_half_a_picture_is_none(tongue) {
        let watched = Watched::start(tongue).await;
        for cut_short in [CutShort::Line, CutShort::Picture] {
            assert_eq!(watched.failing(|faults| faults.cut_short = Some(cut_short)).await, DeviceError::Garbled);
        }
    }

    /// CM-17: sent elsewhere. Nobody goes there, least of all with a password.
    async fn cm_17_no_camera_sends_us_elsewhere(tongue) {
        let elsewhere = Watched::start(SNAPSHOT).await;
        let place = elsewhere.server.url();
        let watched = Watched::start(tongue).await;
        let error = watched.failing(|faults| faults.sends_to = Some(place)).await;
        assert_eq!(error, DeviceError::Vendor { code: 302 });
        assert_eq!(CameraFault::of(tongue.kind, error), CameraFault::SentElsewhere);
        assert!(elsewhere.server.asked().is_empty());
    }

    /// CM-18: somebody takes the line and says nothing at all, or nobody listens.
    async fn cm_18_a_camera_that_is_away_is_a_timeout(tongue) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let watched = Watched::with(tongue, options(tongue), |config| config.url = away(tongue, address)).await;
        assert_eq!(watched.still().await, Err(DeviceError::Timeout));
        // A port that is taken and never listened at: nobody else can come to listen there.
        let deaf = TcpSocket::new_v4().unwrap();
        deaf.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = deaf.local_addr().unwrap();
        let watched = Watched::with(tongue, options(tongue), |config| config.url = away(tongue, address)).await;
        assert_eq!(watched.still().await, Err(DeviceError::Timeout));
    }
}

/// CM-19: refusals of a vendor's own, in their own words.
#[tokio::test]
async fn cm_19_refusals_have_their_own_words() {
    let refusals = [
        (DOORBIRD, 204, CameraFault::NotPermitted),
        (DOORBIRD, 423, CameraFault::Blocked),
        (DOORBIRD, 509, CameraFault::Busy),
        (HIKVISION, 403, CameraFault::NotPermitted),
        (SNAPSHOT, 404, CameraFault::WrongAddress),
        (TWO_N, 503, CameraFault::Busy),
        (ONVIF, 503, CameraFault::Busy),
        (RTSP, 404, CameraFault::WrongAddress),
        (RTSP, 453, CameraFault::Busy),
    ];
    for (tongue, status, fault) in refusals {
        let watched = Watched::start(tongue).await;
        let error = watched.failing(|faults| faults.refuses_with = Some(status)).await;
        assert_eq!(error, DeviceError::Vendor { code: status }, "{tongue:?}");
        assert_eq!(CameraFault::of(tongue.kind, error), fault, "{tongue:?}");
    }
    let other = Watched::with(HIKVISION, options(HIKVISION), |config| config.channel = Some(301)).await;
    assert_eq!(other.still().await, Err(DeviceError::Vendor { code: 403 }));
}

/// What cannot work is said before anything is asked, without a secret.
#[tokio::test]
async fn a_configuration_that_cannot_work_is_refused() {
    let watched = Watched::start(SNAPSHOT).await;
    let refused = |change: &dyn Fn(&mut vestibule_devices::CameraConfig)| {
        let mut config = watched.config.clone();
        change(&mut config);
        open_camera(&config).err().expect("it was accepted").to_string()
    };
    let pin = "ab".repeat(32);
    assert!(
        refused(&|config| config.url = "http://a:hunter2@10.0.0.1/".to_owned())
            .contains("configure them apart")
    );
    assert!(!refused(&|config| config.url = "http://a:hunter2@10.0.0.1/".to_owned()).contains("hunter2"));
    assert!(refused(&|config| config.url = "10.0.0.1".to_owned()).contains("write it as"));
    assert!(refused(&|config| config.url = "https://10.0.0.1/".to_owned()).contains("tls_pin"));
    assert!(refused(&|config| config.tls_pin = Some(pin.clone())).contains("https://"));
    assert!(refused(&|config| config.tls_pin = Some("ab".to_owned())).contains("64"));
    assert!(refused(&|config| config.user = None).contains("go together"));
    assert!(refused(&|config| config.password_file = Some("/nowhere/at/all".into())).contains("/nowhere"));
    assert!(refused(&|config| config.channel = Some(1)).contains("hikvision"));
    assert!(refused(&|config| config.kind = CameraKind::DoorBird).contains("device alone"));
    let rtsp = |config: &mut vestibule_devices::CameraConfig, url: &str| {
        (config.kind, config.url) = (CameraKind::Rtsp, url.to_owned())
    };
    for url in ["http://10.0.0.1/", "rtsp://a:hunter2@10.0.0.1/", "rtsp:10.0.0.1", "rtsp:///live"] {
        let words = refused(&|config| rtsp(config, url));
        assert!(words.contains("rtsp://10.0.0.20") && !words.contains("hunter2"), "{words}");
    }
    assert!(watched.server.asked().is_empty());
}
