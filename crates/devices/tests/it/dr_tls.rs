//! Door controllers behind TLS, whose certificates nobody vouches for: `DR-30` to `DR-32`.

use vestibule_devices::{CertificatePin, DeviceError};
use vestibule_simulators::doors::{DoorServer, Scheme};

use crate::cm_tls::Front;
use crate::dr_world::{Entrance, Make, every_make, offering};

/// What stands before a controller, and a driver that believes this pin.
async fn behind_tls(make: Make, until_year: i32, pin: Option<CertificatePin>) -> (Front, Entrance) {
    let server = DoorServer::start(offering(make, &[Scheme::Basic])).await.unwrap();
    let front = Front::start(server.address(), until_year).await;
    let pin = pin.unwrap_or(front.pin);
    let url = format!("https://127.0.0.1:{}{}", front.port, make.make.path());
    let entrance = Entrance::reached(make, server, &url, &format!("tls_pin = \"{pin}\"\n"));
    (front, entrance)
}

every_make! {
    /// DR-30: a pinned certificate nobody vouches for is believed, and Basic may be spoken behind it.
    async fn dr_30_a_pinned_certificate_is_believed(make) {
        let (_front, entrance) = behind_tls(make, 2090, None).await;
        assert_eq!(entrance.release().await, Ok(()));
        assert_eq!(entrance.releases(), 1);
    }

    /// DR-31: another certificate is not believed, and the controller is asked nothing.
    async fn dr_31_another_certificate_is_refused(make) {
        let other = CertificatePin::of(b"another");
        let (_front, entrance) = behind_tls(make, 2090, Some(other)).await;
        assert_eq!(entrance.release().await, Err(DeviceError::Untrusted));
        assert!(entrance.server.asked().is_empty());
    }

    /// DR-32: the pinned certificate has expired.
    async fn dr_32_an_expired_certificate_is_refused(make) {
        let (_front, entrance) = behind_tls(make, 2021, None).await;
        assert_eq!(entrance.release().await, Err(DeviceError::Untrusted));
        assert!(entrance.server.asked().is_empty());
    }
}
