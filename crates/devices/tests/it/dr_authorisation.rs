//! Who asks a door controller, and how that is told: `DR-20` to `DR-25`.

use vestibule_devices::DeviceError;
use vestibule_simulators::doors::{DoorOptions, Scheme};

use crate::cm_trace::Trace;
use crate::dr_world::{
    AKUVOX, DOORBIRD, Entrance, HIKVISION, NOBODY, ONVIF, PASSWORD, REQUEST, SHELLY, TWO_N, USER, every_make,
    offering, options,
};

every_make! {
    /// DR-20: a wrong password is told once for each order and each look, never again at once: some devices shut themselves.
    async fn dr_20_a_wrong_password_is_not_repeated(make) {
        let mut options = options(make);
        options.account.as_mut().unwrap().password = "another".to_owned();
        let entrance = Entrance::with(make, options, "").await;
        assert_eq!(entrance.release().await, Err(DeviceError::Forbidden));
        let told = entrance.server.asked().iter().filter(|asked| asked.scheme.is_some()).count();
        assert!(told <= 2, "{:?}", entrance.server.asked());
        assert_eq!(entrance.releases(), 0);
    }

    /// DR-25: a device that lets everybody ask is not told who asks.
    async fn dr_25_nobody_says_who_asks_unasked(make) {
        let entrance = Entrance::with(make, DoorOptions { account: None, ..options(make) }, "").await;
        assert_eq!(entrance.release().await, Ok(()));
        assert!(entrance.server.asked().iter().all(|asked| asked.scheme.is_none()));
        let unknown = Entrance::with(make, options(make), NOBODY).await;
        assert_eq!(unknown.release().await, Err(DeviceError::Forbidden));
    }
}

/// Those that are told by HTTP.
const BY_HTTP: [crate::dr_world::Make; 6] = [TWO_N, DOORBIRD, AKUVOX, HIKVISION, SHELLY, REQUEST];

/// DR-21: each form of Digest is spoken, and Basic never where there is Digest.
#[tokio::test]
async fn dr_21_digest_is_spoken() {
    let forms: [&[Scheme]; 3] = [
        &[Scheme::DigestMd5],
        &[Scheme::DigestSha256],
        &[Scheme::Basic, Scheme::DigestMd5, Scheme::DigestSha256],
    ];
    for make in BY_HTTP {
        for schemes in forms {
            let entrance = Entrance::with(make, offering(make, schemes), "").await;
            assert_eq!(entrance.release().await, Ok(()), "{make:?}");
            assert_eq!(entrance.releases(), 1);
            assert!(entrance.heard("Digest") && !entrance.heard("Basic"));
        }
    }
}

/// DR-22: nonces that are good for one question only cost a question and no release.
#[tokio::test]
async fn dr_22_old_nonces_are_replaced() {
    for make in BY_HTTP {
        let entrance = Entrance::start(make).await;
        entrance.server.set_faults(|faults| faults.nonces_grow_old = true);
        for count in 1..=2 {
            assert_eq!(entrance.release().await, Ok(()), "{make:?}");
            assert_eq!(entrance.releases(), count);
        }
    }
}

/// DR-23: a device that knew Digest and now asks for a readable password is not trusted.
#[tokio::test]
async fn dr_23_no_way_back_from_digest() {
    for make in BY_HTTP {
        let entrance = Entrance::with(make, options(make), "allow_plain_password = true\n").await;
        assert_eq!(entrance.release().await, Ok(()));
        entrance.server.set_faults(|faults| {
            (faults.offers_basic_alone, faults.nonces_grow_old) = (true, true);
        });
        assert_eq!(entrance.release().await, Err(DeviceError::Untrusted), "{make:?}");
        assert!(!entrance.heard("Basic"), "{:?}", entrance.server.asked());
    }
}

/// DR-24: Basic over a readable wire only where that is allowed.
#[tokio::test]
async fn dr_24_basic_over_http_must_be_allowed() {
    for make in BY_HTTP {
        let refused = Entrance::with(make, offering(make, &[Scheme::Basic]), "").await;
        assert_eq!(refused.release().await, Err(DeviceError::Unsupported), "{make:?}");
        assert!(!refused.heard("Basic"));
        let more = "allow_plain_password = true\n";
        let allowed = Entrance::with(make, offering(make, &[Scheme::Basic]), more).await;
        assert_eq!(allowed.release().await, Ok(()));
        assert!(allowed.heard("Basic"));
    }
}

/// DR-26: ONVIF is told its own time.
#[tokio::test]
async fn dr_26_onvif_is_told_its_own_time() {
    let entrance = Entrance::start(ONVIF).await;
    entrance.server.set_faults(|faults| faults.clock_wrong_ms = -3_600_000);
    assert_eq!(entrance.release().await, Ok(()));
}

/// DR-27: nothing that is shown or traced holds the password, nor what it is told as.
#[tokio::test]
async fn dr_27_nothing_shows_the_password() {
    let trace = Trace::start();
    for (make, schemes) in [(SHELLY, &[Scheme::Basic][..]), (TWO_N, &[Scheme::DigestMd5]), (ONVIF, &[])] {
        let more = "allow_plain_password = true\n";
        let entrance = Entrance::with(make, offering(make, schemes), more).await;
        assert_eq!(entrance.release().await, Ok(()));
        entrance.failing(|faults| faults.garbled = true).await;
    }
    let written = trace.written();
    assert!(written.contains("was not asked to an end"), "the trace was not heard: {written}");
    use base64::Engine;
    let told = base64::engine::general_purpose::STANDARD.encode(format!("{USER}:{PASSWORD}"));
    let lower = written.to_lowercase();
    assert!(!written.contains(PASSWORD) && !written.contains(&told) && !lower.contains("authorization:"));
}
