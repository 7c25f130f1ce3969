//! Who asks, and how that is told: `CM-20` to `CM-26`.

use std::time::Duration;

use vestibule_devices::{CameraFault, CameraKind, DeviceError, open_camera};
use vestibule_simulators::cameras::{CameraOptions, Scheme};

use crate::cm_world::{
    ONVIF, PASSWORD, SNAPSHOT, USER, Watched, assert_parcel, every_tongue, offering, options, with_parcel,
};

every_tongue! {
    /// CM-20: a wrong password is told once and not again, however many stills are wanted: some cameras shut themselves.
    async fn cm_20_a_wrong_password_is_not_repeated(tongue) {
        let mut options = options(tongue);
        let account = options.account.as_mut().unwrap();
        account.password = "another".to_owned();
        let watched = Watched::with(tongue, options, |_| {}).await;
        for _ in 0..3 {
            let error = watched.still().await.unwrap_err();
            assert_eq!(error, DeviceError::Vendor { code: 401 });
            assert_eq!(CameraFault::of(tongue.kind, error), CameraFault::PasswordRefused);
        }
        assert_eq!(watched.told(), 1, "{:?}", watched.server.asked());
        let anew = open_camera(&watched.config).unwrap();
        assert_eq!(anew.still(Duration::ZERO).await, Err(DeviceError::Vendor { code: 401 }));
        assert_eq!(watched.told(), 2, "whoever opens it anew may have another password");
    }

    /// CM-21: each form of Digest is spoken, and its nonce is used again: the second still is asked for once.
    async fn cm_21_digest_is_spoken_and_remembered(tongue) {
        for schemes in [&[Scheme::DigestMd5][..], &[Scheme::DigestSha256], &[Scheme::Basic, Scheme::DigestMd5, Scheme::DigestSha256]] {
            let watched = Watched::with(tongue, offering(tongue, schemes), |_| {}).await;
            watched.server.set_scene(with_parcel());
            assert_parcel(&watched.still().await.unwrap(), true);
            assert_eq!(watched.count(tongue.picture), 2, "once to be asked who, once to say it");
            assert_parcel(&watched.still().await.unwrap(), true);
            assert_eq!(watched.count(tongue.picture), 3);
            assert!(watched.heard("Digest") && !watched.heard("Basic"));
        }
    }

    /// CM-22: nonces that are good for one question only.
    async fn cm_22_old_nonces_are_replaced(tongue) {
        let watched = Watched::start(tongue).await;
        watched.server.set_faults(|faults| faults.nonces_grow_old = true);
        for _ in 0..2 {
            watched.still().await.unwrap();
        }
    }

    /// CM-23: a camera that knew Digest and now asks for a readable password does not get one.
    async fn cm_23_no_way_back_from_digest(tongue) {
        let watched = Watched::with(tongue, options(tongue), |config| config.allow_plain_password = true).await;
        watched.still().await.unwrap();
        let error = watched.failing(|faults| faults.offers_basic_alone = true).await;
        assert_eq!(error, DeviceError::Unsupported);
        assert!(!watched.heard("Basic"), "{:?}", watched.server.asked());
    }

    /// CM-24: a camera that knows nothing but Basic gets the password over a readable wire only where that is allowed.
    async fn cm_24_basic_over_http_must_be_allowed(tongue) {
        let refused = Watched::with(tongue, offering(tongue, &[Scheme::Basic]), |_| {}).await;
        assert_eq!(refused.still().await, Err(DeviceError::Unsupported));
        assert!(!refused.heard("Basic"), "{:?}", refused.server.asked());
        let allow = |config: &mut vestibule_devices::CameraConfig| config.allow_plain_password = true;
        let allowed = Watched::with(tongue, offering(tongue, &[Scheme::Basic]), allow).await;
        allowed.still().await.unwrap();
        assert!(allowed.heard("Basic"));
    }

    /// CM-25: a camera that lets everybody look is not told who asks.
    async fn cm_25_nobody_says_who_asks_unasked(tongue) {
        let watched = Watched::with(tongue, CameraOptions { account: None, ..options(tongue) }, |_| {}).await;
        watched.still().await.unwrap();
        assert!(watched.server.asked().iter().all(|asked| asked.scheme.is_none()));
        let unknown = Watched::with(tongue, options(tongue), |config| (config.user, config.password_file) = (None, None)).await;
        assert_eq!(unknown.still().await, Err(DeviceError::Vendor { code: 401 }));
    }
}

/// CM-26: a token made by our clock would be an hour old for this camera; it is made by the camera's.
#[tokio::test]
async fn cm_26_onvif_is_told_its_own_time() {
    assert_eq!(ONVIF.kind, CameraKind::Onvif);
    let watched = Watched::start(ONVIF).await;
    watched.server.set_faults(|faults| faults.clock_wrong_ms = -3_600_000);
    watched.still().await.unwrap();
    let asked = watched.server.asked();
    assert!(
        asked.iter().filter(|asked| asked.line.starts_with("POST")).all(|asked| asked.status == 200),
        "{asked:?}"
    );
}

/// CM-27: nothing that is shown or traced holds the password, nor what it is told as.
#[tokio::test]
async fn cm_27_nothing_shows_the_password() {
    let trace = crate::cm_trace::Trace::start();
    let mut shown = String::new();
    for (tongue, schemes) in [(SNAPSHOT, &[Scheme::Basic][..]), (ONVIF, &[Scheme::DigestMd5])] {
        let allow = |config: &mut vestibule_devices::CameraConfig| config.allow_plain_password = true;
        let watched = Watched::with(tongue, offering(tongue, schemes), allow).await;
        shown.push_str(&format!("{:?} {:?}", watched.config, watched.still().await.unwrap()));
        for status in [403, 404] {
            shown.push_str(&format!(
                "{:?}",
                watched.failing(|faults| faults.refuses_with = Some(status)).await
            ));
        }
        watched.failing(|faults| faults.says_a_page = true).await;
        watched.failing(|faults| faults.garbled = true).await;
    }
    let written = trace.written();
    assert!(written.contains("a camera gave no still"), "the trace was not heard: {written}");
    use base64::Engine;
    let told = base64::engine::general_purpose::STANDARD.encode(format!("{USER}:{PASSWORD}"));
    for text in [shown, written] {
        assert!(
            !text.contains(PASSWORD)
                && !text.contains(&told)
                && !text.to_lowercase().contains("authorization:"),
            "{text}"
        );
    }
}
