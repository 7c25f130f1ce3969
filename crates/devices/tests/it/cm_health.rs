//! What is known of a camera beside its pictures: `CM-34` to `CM-36`.

use vestibule_devices::{CameraKind, Clock, DeviceError, Exchange, Said};

use crate::cm_world::{
    DOORBIRD, HIKVISION, ONVIF, PASSWORD, RTSP, SNAPSHOT, TWO_N, USER, Watched, every_tongue,
};

fn kept(watched: &Watched) -> Vec<Exchange> {
    watched.camera.health().exchanges()
}

every_tongue! {
    /// CM-34: what is kept of an exchange says how it was asked and what came of it, and holds no secret.
    async fn cm_34_what_is_kept_of_an_exchange_holds_no_secret(tongue) {
        let watched = Watched::start(tongue).await;
        watched.still().await.unwrap();
        assert_eq!(kept(&watched), [], "nobody said by which clock");
        watched.camera.keep_exchanges(Clock::start());
        let picture = watched.still().await.unwrap().bytes.len();
        let kept = kept(&watched);
        let is_picture = |one: &Exchange| {
            matches!(one.said, Said::Http { bytes: Some(bytes), .. } if bytes == picture) && one.error.is_none()
        };
        assert!(kept.iter().any(is_picture), "{picture}: {kept:?}");
        let text = format!("{:?}", kept.iter().map(|one| &one.said).collect::<Vec<_>>());
        for secret in [PASSWORD, USER, "pass", "?", "=", "127.0.0.1"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let is_the_installers = matches!(tongue.kind, CameraKind::Snapshot | CameraKind::Rtsp);
        let has_path = |one: &Exchange| matches!(&one.said, Said::Http { path: Some(_), .. });
        assert!(kept.iter().all(|one| has_path(one) != is_the_installers), "{kept:?}");
    }
}

/// CM-35: a still that came to nothing is kept, too, whether the camera refused or fell silent.
#[tokio::test]
async fn cm_35_what_came_to_nothing_is_kept() {
    for tongue in [SNAPSHOT, ONVIF, TWO_N, DOORBIRD, RTSP] {
        let watched = Watched::start(tongue).await;
        watched.camera.keep_exchanges(Clock::start());
        watched.still().await.unwrap();
        let before = kept(&watched).len();
        assert_eq!(watched.failing(|faults| faults.silent = true).await, DeviceError::Timeout);
        let since = kept(&watched).split_off(before);
        assert!(since.iter().any(|one| one.error == Some(DeviceError::Timeout)), "{tongue:?}: {since:?}");
    }
}

/// CM-36: what a camera says of its firmware is known once it is asked, by makes that say it.
#[tokio::test]
async fn cm_36_the_firmware_is_known_where_a_make_tells_it() {
    for (tongue, said) in [
        (ONVIF, Some("2.800.0000000.29.R")),
        (TWO_N, Some("2.35.0.45.0")),
        (DOORBIRD, Some("000139")),
        (HIKVISION, Some("V5.5.82")),
        (SNAPSHOT, None),
        (RTSP, None),
    ] {
        let watched = Watched::start(tongue).await;
        watched.still().await.unwrap();
        assert_eq!(watched.camera.health().look().firmware, None, "no still asks for it");
        watched.camera.learn_firmware().await;
        let firmware = watched.camera.health().look().firmware.map(|firmware| firmware.to_string());
        assert_eq!(firmware.as_deref(), said, "{tongue:?}");
        watched.still().await.unwrap();
    }
}
