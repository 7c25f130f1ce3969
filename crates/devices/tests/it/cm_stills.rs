//! Stills as they should be: `CM-01` to `CM-09`.

use std::sync::atomic::Ordering;
use std::time::Duration;

use vestibule_devices::{CameraFault, DeviceError};
use vestibule_simulators::cameras::{CameraFaults, CameraOptions, Scene};

use crate::cm_world::{
    DOORBIRD, ONVIF, SNAPSHOT, TWO_N, Watched, assert_parcel, every_tongue, hand_clock, options, with_parcel,
};

const HOUR_MS: i64 = 3_600_000;

every_tongue! {
    /// CM-01: a still shows what is before the camera now, and later what is there then.
    async fn cm_01_a_still_shows_what_is_there(tongue) {
        let watched = Watched::start(tongue).await;
        assert_parcel(&watched.still().await.unwrap(), false);
        watched.server.set_scene(with_parcel());
        assert_parcel(&watched.still().await.unwrap(), true);
    }

    /// CM-02: a past that is not declared is not asked for.
    async fn cm_02_a_past_that_is_not_declared_is_refused(tongue) {
        let watched = Watched::start(tongue).await;
        let past = watched.camera.abilities().look_back.unwrap_or_default() + Duration::from_secs(1);
        assert_eq!(watched.still_of(past).await, Err(DeviceError::Unsupported));
        assert!(watched.server.asked().is_empty());
    }

    /// CM-03: the camera's clock is told apart from ours, and the moment is the camera's own claim.
    async fn cm_03_a_wrong_clock_is_seen(tongue) {
        let mut options = options(tongue);
        let clock = hand_clock(&mut options);
        let watched = Watched::with(tongue, options, |_| {}).await;
        let mut ours = None;
        for wrong_ms in [0, HOUR_MS, -HOUR_MS] {
            watched.server.set_faults(|faults| faults.clock_wrong_ms = wrong_ms);
            let still = watched.still().await.unwrap();
            // The camera's clock stands still, so what is left of it is ours, which goes on and leaps by no hour.
            let our_ms = clock.load(Ordering::SeqCst) + wrong_ms - still.clock_offset_ms.unwrap();
            let first_ms = *ours.get_or_insert(our_ms);
            assert!((first_ms..first_ms + HOUR_MS / 2).contains(&our_ms), "{wrong_ms}: {first_ms}, {our_ms}");
            let claimed_ms = still.taken_ms.unwrap() - still.clock_offset_ms.unwrap();
            assert!((claimed_ms - our_ms).abs() < HOUR_MS / 2, "its claim is by its own clock");
        }
    }
}

/// CM-04: an intercom of 2N shows what was there before.
#[tokio::test]
async fn cm_04_two_n_shows_the_past() {
    let mut options = options(TWO_N);
    let clock = hand_clock(&mut options);
    let watched = Watched::with(TWO_N, options, |_| {}).await;
    clock.fetch_add(40_000, Ordering::SeqCst);
    watched.server.set_scene(with_parcel());
    clock.fetch_add(10_000, Ordering::SeqCst);
    watched.server.set_scene(Scene::default());
    clock.fetch_add(3_000, Ordering::SeqCst);
    let at = |back_ms| watched.still_of(Duration::from_millis(back_ms));
    let now = at(0).await.unwrap();
    assert_parcel(&now, false);
    let before = at(4_000).await.unwrap();
    assert_parcel(&before, true);
    assert_eq!(now.taken_ms.unwrap() - before.taken_ms.unwrap(), 4_000);
    // Between two whole seconds the earlier one is asked for.
    assert_parcel(&at(2_500).await.unwrap(), false);
    assert_parcel(&at(3_100).await.unwrap(), true);
    assert_parcel(&at(14_000).await.unwrap(), false);
    assert_eq!(watched.camera.abilities().look_back, Some(Duration::from_secs(30)));
}

/// CM-05: an intercom that was off has no past, and says so.
#[tokio::test]
async fn cm_05_two_n_without_a_past_says_so() {
    let mut options = options(TWO_N);
    let clock = hand_clock(&mut options);
    let watched = Watched::with(TWO_N, options, |_| {}).await;
    clock.fetch_add(5_000, Ordering::SeqCst);
    assert_parcel(&watched.still_of(Duration::from_secs(5)).await.unwrap(), false);
    let error = watched.still_of(Duration::from_secs(6)).await.unwrap_err();
    assert_eq!(CameraFault::of(TWO_N.kind, error), CameraFault::NoPast);
}

/// CM-06: an intercom that has not the usual size is asked for its sizes, once.
#[tokio::test]
async fn cm_06_two_n_is_asked_for_a_size_it_has() {
    let sizes = vec![(160, 120), (800, 600), (320, 240), (3_840, 2_160)];
    let watched = Watched::with(TWO_N, CameraOptions { sizes, ..options(TWO_N) }, |_| {}).await;
    watched.server.set_scene(with_parcel());
    for _ in 0..3 {
        assert_parcel(&watched.still().await.unwrap(), true);
    }
    assert_eq!(watched.count("GET /api/camera/caps"), 1);
    let none = Watched::with(TWO_N, CameraOptions { sizes: Vec::new(), ..options(TWO_N) }, |_| {}).await;
    assert_eq!(none.still().await, Err(DeviceError::Unsupported));
}

/// CM-07: an ONVIF camera is asked the way once; then a still is one question for the picture and one for the time.
#[tokio::test]
async fn cm_07_onvif_is_asked_the_way_once() {
    let watched = Watched::start(ONVIF).await;
    watched.still().await.unwrap();
    let before = watched.server.asked().len();
    watched.still().await.unwrap();
    let asked = watched.server.asked().split_off(before);
    let lines: Vec<&str> = asked.iter().map(|asked| asked.line.as_str()).collect();
    assert_eq!(lines, ["GET /onvif/picture", "POST /onvif/device_service"]);
    // A way that no longer leads anywhere is asked for again.
    watched.server.set_faults(|faults| faults.refuses_with = Some(404));
    assert_eq!(watched.still().await, Err(DeviceError::Vendor { code: 404 }));
    watched.server.set_faults(|faults| *faults = CameraFaults::default());
    watched.still().await.unwrap();
}

/// CM-09: a slow ONVIF camera cannot tell its way within one still; each goes on where the one before it ended.
#[tokio::test]
async fn cm_09_a_slow_onvif_is_learnt_over_several_stills() {
    let watched = Watched::start(ONVIF).await;
    watched.server.set_faults(|faults| faults.thinks = Some(Duration::from_millis(700)));
    let mut tried = 0;
    while let Err(error) = watched.still().await {
        assert_eq!(error, DeviceError::Timeout);
        tried += 1;
        assert!(tried < 5, "{:?}", watched.server.asked());
    }
    assert!(tried > 0, "it was not slow");
    for line in ["POST /onvif/media_service", "POST /onvif/device_service"] {
        assert!(watched.count(line) <= 5, "{line}: {:?}", watched.server.asked());
    }
}

/// CM-08: a DoorBird is asked about once a second, whoever is in a hurry.
#[tokio::test]
async fn cm_08_doorbird_is_not_hurried() {
    let (watched, other) = (Watched::start(DOORBIRD).await, Watched::start(SNAPSHOT).await);
    watched.server.set_faults(|faults| faults.silent = true);
    other.server.set_faults(|faults| faults.refuses_with = Some(404));
    let is_asked = async {
        while watched.server.asked().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = watched.still() => panic!("it is silent: {answer:?}"),
        () = is_asked => {}
    }
    // The first was given up before it was answered, and asked for all the same.
    watched.server.set_faults(|faults| *faults = CameraFaults::default());
    let mut next = watched.camera.still(Duration::ZERO);
    for _ in 0..3 {
        tokio::select! {
            biased;
            answer = &mut next => panic!("hurried: {answer:?}"),
            other = other.still() => assert!(other.is_err()),
        }
    }
    assert_eq!((other.server.asked().len() >= 3, watched.count(DOORBIRD.picture)), (true, 1));
    next.await.unwrap();
    assert!(watched.count(DOORBIRD.picture) > 1);
}
