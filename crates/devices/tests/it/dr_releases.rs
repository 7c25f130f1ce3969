//! Doors that do as they are told, and what is never said to one: `DR-01` to `DR-07`.

use std::time::Duration;

use tokio::time::timeout;
use vestibule_devices::{DeviceError, DoorFact, Exchange, Look, RELEASE_MAX_MS, ReleaseTime, Said};

use crate::dr_world::{
    AKUVOX, DOORBIRD, Entrance, FRONT, HIKVISION, ONVIF, PASSWORD, SET_MS, SHELLY, TWO_N, USER, WISHED_MS,
    Wish, every_make,
};

every_make! {
    /// DR-01: a release is ordered once, for a time the device keeps by itself.
    async fn dr_01_a_release_is_ordered_once_and_ends_by_itself(make) {
        let entrance = Entrance::start(make).await;
        assert_eq!(entrance.release().await, Ok(()));
        assert!(entrance.server.is_released(make.relay));
        let held = if make.says_time { i64::from(WISHED_MS) } else { SET_MS };
        assert_eq!((entrance.releases(), entrance.held_ms()), (1, Some(held)));
        let abilities = entrance.controller.abilities()[&FRONT];
        let expected = if make.says_time { ReleaseTime::PerOrder } else { ReleaseTime::SetInDevice };
        assert_eq!((abilities.release_time, abilities.contact), (expected, make.contact.is_some()));
    }

    /// DR-02: what comes after its last moment does not go out.
    async fn dr_02_nothing_goes_out_too_late(make) {
        let entrance = Entrance::start(make).await;
        let late = entrance.wish(0);
        while entrance.clock.now() <= late.not_after {
            tokio::task::yield_now().await;
        }
        assert_eq!(entrance.carry_out(late).await, Err(DeviceError::Expired));
        assert_eq!((entrance.orders(), entrance.releases()), (0, 0));
    }

    /// DR-03: another door, no time and too long a time are refused unasked.
    async fn dr_03_what_cannot_be_meant_is_refused(make) {
        let entrance = Entrance::start(make).await;
        let wish = || entrance.wish(6_000);
        for wrong in [
            Wish { door: FRONT + 1, ..wish() },
            Wish { ms: 0, ..wish() },
            Wish { ms: RELEASE_MAX_MS + 1, ..wish() },
        ] {
            assert_eq!(entrance.carry_out(wrong).await, Err(DeviceError::Unsupported));
        }
        assert_eq!((entrance.orders(), entrance.releases()), (0, 0));
    }

    /// DR-04: a device without a reader shows nothing and lets no new one in.
    async fn dr_04_there_is_no_reader(make) {
        let entrance = Entrance::start(make).await;
        assert_eq!(entrance.controller.show(FRONT, Look::Granted).await, Err(DeviceError::Unsupported));
        let admitted = entrance.controller.admit_new_reader(FRONT, 60_000).await;
        assert_eq!(admitted, Err(DeviceError::Unsupported));
    }

    /// DR-08: what is kept of an exchange says how it was asked and what came of it, and holds no secret.
    async fn dr_08_what_is_kept_of_an_exchange_holds_no_secret(make) {
        let entrance = Entrance::start(make).await;
        assert_eq!(entrance.release().await, Ok(()));
        let kept = entrance.controller.health()[&FRONT].exchanges();
        let answered = |one: &Exchange| {
            let is_whole = matches!(&one.said, Said::Http { status: Some(200), bytes: Some(1..), .. });
            is_whole && one.error.is_none()
        };
        assert!(kept.iter().any(answered), "{kept:?}");
        let text = format!("{kept:?}");
        for secret in [PASSWORD, USER, "pass", "?", "="] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        let has_path = |one: &Exchange| matches!(&one.said, Said::Http { path: Some(_), .. });
        assert_eq!(kept.iter().all(has_path), make.kind != "request", "its path is nobody's but the installer's");
    }
}

/// What a device says of its firmware; never said fails the test.
async fn firmware(entrance: &Entrance) -> String {
    let health = entrance.controller.health()[&FRONT].clone();
    let said = async {
        loop {
            if let Some(firmware) = health.look().firmware {
                return firmware.to_string();
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), said).await.expect("it says what its firmware is")
}

/// DR-09: what a device says of its firmware is known once it answers.
#[tokio::test]
async fn dr_09_the_firmware_is_known_where_a_make_tells_it() {
    for (make, said) in [
        (DOORBIRD, "000139"),
        (HIKVISION, "V2.2.45"),
        (TWO_N, "2.35.0.45.0"),
        (SHELLY, "1.4.4"),
        (ONVIF, "1.84.6"),
    ] {
        let mut entrance = Entrance::start(make).await;
        assert_eq!(entrance.told().await, DoorFact::Online);
        assert_eq!(firmware(&entrance).await, said, "{}", make.kind);
    }
    // One that cannot be looked at answers its first order.
    let entrance = Entrance::start(AKUVOX).await;
    assert_eq!(entrance.release().await, Ok(()));
    assert_eq!(firmware(&entrance).await, "29.30.10.137");
}

/// How often something was asked and answered.
fn answers(entrance: &Entrance, line: &str) -> usize {
    let asked = entrance.server.asked();
    asked.iter().filter(|asked| asked.line.ends_with(line) && asked.status == 200).count()
}

/// Waits until it was so often.
async fn comes_to(entrance: &Entrance, line: &str, most: usize) {
    let comes = async {
        while answers(entrance, line) < most {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), comes).await.expect("it is asked");
}

/// DR-28: it is asked for once, however often the device is looked at, and once more after it was silent.
#[tokio::test]
async fn dr_28_the_firmware_is_asked_for_once_a_coming() {
    let mut entrance = Entrance::start(SHELLY).await;
    assert_eq!(entrance.told().await, DoorFact::Online);
    assert_eq!(entrance.told().await, DoorFact::Closed);
    firmware(&entrance).await;
    assert_eq!(entrance.release().await, Ok(()));
    comes_to(&entrance, "Input.GetStatus", 4).await;
    assert_eq!(answers(&entrance, "Shelly.GetDeviceInfo"), 1);
    entrance.server.set_faults(|faults| faults.garbled = true);
    assert_eq!(entrance.told().await, DoorFact::Offline(DeviceError::Garbled));
    assert_eq!(entrance.told().await, DoorFact::ContactUnknown);
    entrance.server.set_faults(|faults| faults.garbled = false);
    assert_eq!(entrance.told().await, DoorFact::Online);
    comes_to(&entrance, "Shelly.GetDeviceInfo", 2).await;
}

/// DR-05: the contact is told at its first reading and at each change, by those who have one.
#[tokio::test]
async fn dr_05_the_contact_is_told() {
    for make in [TWO_N, SHELLY, ONVIF] {
        let mut entrance = Entrance::start(make).await;
        assert_eq!(entrance.told().await, DoorFact::Online);
        assert_eq!(entrance.told().await, DoorFact::Closed);
        assert!(!entrance.server.move_door(make.relay, true), "it is locked");
        assert_eq!(entrance.release().await, Ok(()));
        assert!(entrance.server.move_door(make.relay, true));
        assert_eq!(entrance.told().await, DoorFact::Opened);
        assert!(entrance.server.move_door(make.relay, false));
        assert_eq!(entrance.told().await, DoorFact::Closed);
    }
}

/// DR-06: a contact that cannot be read is unknown, and the door is released all the same.
#[tokio::test]
async fn dr_06_a_broken_contact_is_unknown() {
    for make in [TWO_N, SHELLY, ONVIF] {
        let mut entrance = Entrance::start(make).await;
        assert_eq!(entrance.told().await, DoorFact::Online);
        assert_eq!(entrance.told().await, DoorFact::Closed);
        entrance.server.set_faults(|faults| faults.contact_broken = true);
        assert_eq!(entrance.told().await, DoorFact::ContactUnknown);
        assert_eq!(entrance.release().await, Ok(()));
        entrance.server.set_faults(|faults| faults.contact_broken = false);
        assert_eq!(entrance.told().await, DoorFact::Closed);
    }
}

/// DR-07: a switch that would stay as it is left is never switched.
#[tokio::test]
async fn dr_07_a_switch_that_stays_is_never_switched() {
    let entrance = Entrance::start(TWO_N).await;
    entrance.server.set_faults(|faults| faults.bistable = true);
    assert_eq!(entrance.release().await, Err(DeviceError::Unsupported));
    assert_eq!((entrance.orders(), entrance.releases()), (0, 0));
    entrance.server.set_faults(|faults| faults.bistable = false);
    assert_eq!(entrance.release().await, Ok(()));
}
