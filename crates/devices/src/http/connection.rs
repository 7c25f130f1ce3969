//! One line to a device: TCP, TLS where wanted, and HTTP/1.1 on it.

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;

use super::address::{Address, HttpScheme};
use super::pin::{self, Pinned};
use super::{CertificatePin, HttpConfigError, HttpError};

/// Headers of a device are shorter than this, in bytes.
const HEADERS_MAX_BYTES: usize = 64 * 1024;

/// Opens lines to one device.
pub(super) struct Connector {
    host: String,
    tls: Option<(Arc<ClientConfig>, ServerName<'static>)>,
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connector").field("host", &self.host).field("tls", &self.tls.is_some()).finish()
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Connector {
    pub(super) fn new(address: &Address, pin: Option<CertificatePin>) -> Result<Self, HttpConfigError> {
        let host = address.host.clone();
        let tls = match (address.scheme, pin) {
            (HttpScheme::Http, None) => None,
            (HttpScheme::Http, Some(_)) => {
                return Err(address.refused("tls_pin belongs to https; write the address with https://"));
            }
            (HttpScheme::Https, None) => {
                return Err(address.refused(
                    "https needs tls_pin, the SHA-256 of the device's certificate: openssl x509 -noout -fingerprint -sha256",
                ));
            }
            (HttpScheme::Https, Some(pin)) => {
                let name = ServerName::try_from(host.clone())
                    .map_err(|_| address.refused("the address names no device"))?;
                let config = pinned(pin).ok_or_else(|| {
                    address.refused("this build knows no TLS that could be spoken with a device")
                })?;
                Some((Arc::new(config), name))
            }
        };
        Ok(Self { host, tls })
    }

    pub(super) async fn connect(&self, port: u16) -> Result<Connection, HttpError> {
        let away = |error: std::io::Error| HttpError::Away(error.kind());
        let stream = TcpStream::connect((self.host.as_str(), port)).await.map_err(away)?;
        stream.set_nodelay(true).map_err(away)?;
        let stream: Box<dyn Stream> = match &self.tls {
            None => Box::new(stream),
            Some((config, name)) => {
                let shaking = TlsConnector::from(Arc::clone(config)).connect(name.clone(), stream);
                Box::new(shaking.await.map_err(|error| pin::fault(&error))?)
            }
        };
        let (sender, driver) = Builder::new()
            .max_buf_size(HEADERS_MAX_BYTES)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|_| HttpError::NotHttp)?;
        // Its error is told to whoever waits for the answer too.
        let driver = tokio::spawn(async move { driver.await.unwrap_or_default() });
        Ok(Connection { sender, driver })
    }
}

fn pinned(pin: CertificatePin) -> Option<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Arc::new(Pinned { pin, provider: Arc::clone(&provider) });
    let versions =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    Some(versions.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// An open line. Dropping it closes the line, whatever is still on its way.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    driver: JoinHandle<()>,
}

impl Connection {
    pub(super) async fn send(
        &mut self,
        request: http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Incoming>, HttpError> {
        self.sender.send_request(request).await.map_err(|error| fault(&error))
    }

    /// Whether another question can be asked on this line.
    pub(super) async fn is_ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

fn fault(error: &hyper::Error) -> HttpError {
    if error.is_parse() {
        HttpError::NotHttp
    } else if error.is_incomplete_message() {
        HttpError::CutShort
    } else {
        HttpError::Away(std::io::ErrorKind::ConnectionReset)
    }
}
