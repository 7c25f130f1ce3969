//! Cameras behind TLS, whose certificates nobody vouches for: `CM-30` to `CM-33`.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use vestibule_devices::{
    CameraFault, CertificatePin, DeviceError, HttpConfig, HttpDevice, HttpError, HttpQuestion, Password,
    STILL_BUDGET,
};
use vestibule_simulators::cameras::Scheme;

use crate::cm_world::{
    DOORBIRD, HIKVISION, ONVIF, PASSWORD, SNAPSHOT, TWO_N, Tongue, USER, Watched, assert_parcel, offering,
    options, with_parcel,
};

/// TLS before a device that has none: shakes hands, then passes bytes on.
pub struct Front {
    pub port: u16,
    pub pin: CertificatePin,
    running: JoinHandle<()>,
}

impl Drop for Front {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl Front {
    pub async fn start(behind: SocketAddr, until_year: i32) -> Self {
        let mut params = CertificateParams::new(vec!["camera.invalid".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2015, 1, 1);
        params.not_after = date_time_ymd(until_year, 6, 30);
        let key = KeyPair::generate().unwrap();
        let certificate: CertificateDer<'static> = params.self_signed(&key).unwrap().der().clone();
        let pin = CertificatePin::of(&certificate);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let config = versions.with_no_client_auth().with_single_cert(vec![certificate], key.into()).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let running = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // Whoever refuses the certificate hangs up here.
                    if let Ok(mut outer) = acceptor.accept(stream).await {
                        let mut inner = TcpStream::connect(behind).await.unwrap();
                        let _ = tokio::io::copy_bidirectional(&mut outer, &mut inner).await;
                    }
                });
            }
        });
        Self { port, pin, running }
    }

    /// What stands before a camera, and a driver that believes this pin.
    async fn before(
        tongue: Tongue,
        until_year: i32,
        pin: Option<CertificatePin>,
    ) -> (Watched, Self, Watched) {
        let camera = Watched::with(tongue, offering(tongue, &[Scheme::Basic]), |config| {
            config.allow_plain_password = true
        })
        .await;
        camera.server.set_faults(|faults| faults.names_https = true);
        let front = Self::start(camera.server.address(), until_year).await;
        let pin = pin.unwrap_or(front.pin);
        let url = camera
            .config
            .url
            .replace("http://", "https://")
            .replace(&camera.server.address().port().to_string(), &front.port.to_string());
        let asker = Watched::with(tongue, options(tongue), |config| {
            (config.url, config.tls_pin) = (url, Some(pin.to_string()))
        })
        .await;
        (camera, front, asker)
    }
}

/// Tells each story of every language that is spoken over HTTP.
macro_rules! every_http_tongue {
    ($($(#[$doc:meta])* async fn $name:ident($tongue:ident) $story:block)*) => { $(
        $(#[$doc])*
        #[tokio::test]
        async fn $name() {
            for $tongue in [SNAPSHOT, ONVIF, TWO_N, DOORBIRD, HIKVISION] $story
        }
    )* };
}

every_http_tongue! {
    /// CM-30: a pinned certificate nobody vouches for is believed, and Basic may be spoken behind it.
    async fn cm_30_a_pinned_certificate_is_believed(tongue) {
        let (camera, _front, asker) = Front::before(tongue, 2090, None).await;
        camera.server.set_scene(with_parcel());
        assert_parcel(&asker.still().await.unwrap(), true);
        assert!(camera.heard("Basic"));
    }

    /// CM-31: another certificate is not believed, and the camera is asked nothing.
    async fn cm_31_another_certificate_is_refused(tongue) {
        let other = CertificatePin::of(b"another");
        let (camera, _front, asker) = Front::before(tongue, 2090, Some(other)).await;
        let error = asker.still().await.unwrap_err();
        assert_eq!(CameraFault::of(tongue.kind, error), CameraFault::CertificateUnknown);
        assert!(camera.server.asked().is_empty());
    }

    /// CM-32: the pinned certificate has expired.
    async fn cm_32_an_expired_certificate_is_refused(tongue) {
        let (camera, _front, asker) = Front::before(tongue, 2021, None).await;
        let error = asker.still().await.unwrap_err();
        assert_eq!(CameraFault::of(tongue.kind, error), CameraFault::CertificateExpired);
        assert!(camera.server.asked().is_empty());
    }
}

/// CM-33: a camera behind TLS that names its picture on a readable wire is not followed there.
#[tokio::test]
async fn cm_33_no_way_back_from_tls() {
    let (camera, _front, asker) = Front::before(ONVIF, 2090, None).await;
    camera.server.set_faults(|faults| faults.names_https = false);
    assert_eq!(asker.still().await, Err(DeviceError::Unsupported));
    assert!(camera.server.asked().iter().all(|asked| asked.line.starts_with("POST")));
}

/// The words say what to do, with what was seen.
#[tokio::test]
async fn a_refused_certificate_is_named() {
    for (year, pin, words) in
        [(2021, None, "expired on 2021-06-30"), (2090, Some(CertificatePin::of(b"x")), "pin that")]
    {
        let camera = Watched::start(SNAPSHOT).await;
        let front = Front::start(camera.server.address(), year).await;
        let device = HttpDevice::new(HttpConfig {
            url: format!("https://127.0.0.1:{}/", front.port),
            user: Some(USER.to_owned()),
            password: Some(Password::new(PASSWORD.to_owned())),
            tls_pin: Some(pin.unwrap_or(front.pin)),
            allow_plain_password: false,
        });
        let error = device.unwrap().ask(&HttpQuestion::get("/", 100, STILL_BUDGET)).await.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        if let HttpError::OtherCertificate { seen } = error {
            assert_eq!(seen, front.pin);
        }
    }
}
