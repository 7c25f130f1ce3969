//! Controllers that fail, each in its own way: `DR-10` to `DR-19`. No order is given twice; after each fault the same driver
//! releases the door again.

use std::time::Duration;

use tokio::net::TcpListener;
use vestibule_devices::{DeviceError, DoorFact};
use vestibule_simulators::doors::{DoorMake, DoorServer, Spoilt};

use crate::dr_world::{
    AKUVOX, DOORBIRD, Entrance, HIKVISION, ONVIF, REQUEST, SHELLY, TWO_N, every_make, options,
};

every_make! {
    /// DR-10: no answer. Nobody knows whether the door was released.
    async fn dr_10_silence_ends_with_the_last_moment(make) {
        let entrance = Entrance::start(make).await;
        assert_eq!(entrance.failing(|faults| faults.silent = true).await, DeviceError::Timeout);
    }

    /// DR-11: an answer that comes byte by byte, for ever.
    async fn dr_11_dripping_ends_with_the_last_moment(make) {
        let entrance = Entrance::start(make).await;
        let pause = Some(Duration::from_millis(100));
        assert_eq!(entrance.failing(|faults| faults.drips = pause).await, DeviceError::Timeout);
    }

    /// DR-12: bytes that are no HTTP.
    async fn dr_12_noise_is_no_yes(make) {
        let entrance = Entrance::start(make).await;
        assert_eq!(entrance.failing(|faults| faults.garbled = true).await, DeviceError::Garbled);
    }

    /// DR-13: a page, with the status of a yes.
    async fn dr_13_a_page_is_no_yes(make) {
        let entrance = Entrance::start(make).await;
        let error = entrance.failing(|faults| faults.spoilt = Some(Spoilt::Page)).await;
        let without_the_words = DeviceError::Vendor { code: 200 };
        assert_eq!(error, if make.make == DoorMake::Gate { without_the_words } else { DeviceError::Garbled });
    }

    /// DR-14: forty megabytes, or half an answer.
    async fn dr_14_too_much_and_too_little_are_no_yes(make) {
        let entrance = Entrance::start(make).await;
        for spoilt in [Spoilt::Huge, Spoilt::Half] {
            assert_eq!(entrance.failing(|faults| faults.spoilt = Some(spoilt)).await, DeviceError::Garbled);
        }
    }

    /// DR-15: a status 204. DoorBird means that its user lacks the right.
    async fn dr_15_nothing_is_no_yes(make) {
        let entrance = Entrance::start(make).await;
        let error = entrance.failing(|faults| faults.spoilt = Some(Spoilt::Empty)).await;
        let expected = match make.make {
            DoorMake::DoorBird => DeviceError::Forbidden,
            DoorMake::Gate => DeviceError::Vendor { code: 204 },
            _ => DeviceError::Garbled,
        };
        assert_eq!(error, expected);
    }

    /// DR-17: sent elsewhere. Nobody goes there, least of all with a password.
    async fn dr_17_no_controller_sends_us_elsewhere(make) {
        let elsewhere = DoorServer::start(options(make)).await.unwrap();
        let entrance = Entrance::start(make).await;
        let place = elsewhere.url();
        assert_eq!(entrance.failing(|faults| faults.sends_to = Some(place)).await, DeviceError::Vendor { code: 302 });
        assert!(elsewhere.asked().is_empty());
    }

    /// DR-18: nobody listens. Nothing was sent, so nothing was released.
    async fn dr_18_a_controller_nobody_listens_at_is_away(make) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}{}", listener.local_addr().unwrap(), make.make.path());
        drop(listener);
        let server = DoorServer::start(options(make)).await.unwrap();
        let entrance = Entrance::reached(make, server, &url, "");
        assert_eq!(entrance.release().await, Err(DeviceError::Away));
    }

    /// DR-19: refusals by status: no right, not there, blocked, broken.
    async fn dr_19_a_status_says_what_kind_of_no_it_is(make) {
        let entrance = Entrance::start(make).await;
        for (status, error) in [
            (403, DeviceError::Forbidden),
            (404, DeviceError::Unsupported),
            (423, DeviceError::Blocked),
            (409, DeviceError::Vendor { code: 409 }),
            (500, DeviceError::Garbled),
        ] {
            assert_eq!(entrance.failing(|faults| faults.refuses_with = Some(status)).await, error, "{status}");
            assert!(entrance.held_ms().is_some());
        }
    }
}

/// DR-16: a no in the vendor's own words, mostly with the status of a yes.
#[tokio::test]
async fn dr_16_a_failure_in_the_body_is_a_no() {
    let vendor = |code| DeviceError::Vendor { code };
    for (make, error) in [
        (TWO_N, vendor(18)),
        (DOORBIRD, vendor(0)),
        (AKUVOX, vendor(15)),
        (HIKVISION, vendor(3)),
        (SHELLY, vendor(114)),
        (ONVIF, vendor(500)),
        (REQUEST, vendor(200)),
    ] {
        let entrance = Entrance::start(make).await;
        entrance.server.set_faults(|faults| faults.says_no = true);
        assert_eq!(entrance.release().await, Err(error), "{make:?}");
        assert_eq!(entrance.releases(), 0, "{make:?}");
    }
}

/// DR-33: a device that falls silent is told after three looks, with its contact; then that it is back.
#[tokio::test]
async fn dr_33_silence_is_told_and_its_end_too() {
    let mut entrance = Entrance::start(SHELLY).await;
    assert_eq!(entrance.told().await, DoorFact::Online);
    assert_eq!(entrance.told().await, DoorFact::Closed);
    entrance.server.set_faults(|faults| faults.garbled = true);
    assert_eq!(entrance.told().await, DoorFact::Offline(DeviceError::Garbled));
    assert_eq!(entrance.told().await, DoorFact::ContactUnknown);
    entrance.server.set_faults(|faults| faults.garbled = false);
    assert_eq!(entrance.told().await, DoorFact::Online);
    assert_eq!(entrance.told().await, DoorFact::Closed);
}

/// DR-34: two orders at once are both carried out, each once, whatever is looked at meanwhile.
#[tokio::test]
async fn dr_34_two_orders_at_once_are_two_releases() {
    let entrance = Entrance::start(SHELLY).await;
    let (first, second) = tokio::join!(entrance.release(), entrance.release());
    assert_eq!((first, second, entrance.releases()), (Ok(()), Ok(()), 2));
}
