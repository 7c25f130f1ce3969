//! How the authority is asked: https alone, by HTTP/1.1, one line a question. No redirect is followed, nothing long is read.
//!
//! Own code and not the library's own client, because that one brings a second HTTP version, waits without an end and keeps to
//! itself when the authority wants to be asked again.

use super::failure::Unreached;
use crate::config::AcmeConfig;
use crate::web::server::listener::TlsError;
use http::header::{HOST, HeaderValue, RETRY_AFTER};
use http::{Request, Uri};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Display;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// One question and its answer take no longer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// An answer is no longer than this, in bytes: chains of certificates are the longest.
const ANSWER_MOST: usize = 512 * 1024;

/// The way to one authority. Cheap to clone.
#[derive(Clone)]
pub(super) struct Line {
    tls: Arc<ClientConfig>,
    /// What the last answer said of asking again, in seconds.
    again: Arc<Mutex<Option<u32>>>,
}

impl Line {
    /// Trusts the root of the configuration, or those that browsers trust.
    pub(super) fn new(config: &AcmeConfig) -> Result<Self, TlsError> {
        let mut roots = RootCertStore::empty();
        match &config.directory_root {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(path) => {
                let wrong = |why: String| TlsError::File { path: path.display().to_string(), why };
                let root = CertificateDer::from_pem_file(path).map_err(|error| wrong(error.to_string()))?;
                roots.add(root).map_err(|error| wrong(error.to_string()))?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let tls = Arc::new(tls.with_root_certificates(roots).with_no_client_auth());
        Ok(Self { tls, again: Arc::default() })
    }

    /// After how many ms the authority wants to be asked again, if the answer to the last question said so; told once.
    pub(super) fn take_again_ms(&self) -> Option<i64> {
        let said = self.again.lock().unwrap_or_else(PoisonError::into_inner).take();
        said.map(|seconds| i64::from(seconds) * 1_000)
    }

    fn heard(&self, again: Option<u32>) {
        *self.again.lock().unwrap_or_else(PoisonError::into_inner) = again;
    }

    async fn ask(&self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, Error> {
        // A question that is never answered is not to be paused by the answer before it.
        self.heard(None);
        let (host, port) = place(request.uri())?;
        let name = ServerName::try_from(host.clone()).map_err(|_| unreached(format!("{host} is no name")))?;
        let away = |error: std::io::Error| unreached(format!("{host}:{port}: {error}"));
        let stream = TcpStream::connect((host.as_str(), port)).await.map_err(away)?;
        let stream = TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await.map_err(away)?;
        let broken = |error: hyper::Error| unreached(format!("{host}:{port}: {error}"));
        let (mut sender, driver) =
            handshake::<_, BodyWrapper<Bytes>>(TokioIo::new(stream)).await.map_err(broken)?;
        // Its error is told to whoever waits for the answer too; it ends with this question.
        let driver = Driver(tokio::spawn(async move { driver.await.unwrap_or_default() }));
        let response = sender.send_request(as_sent(request)?).await.map_err(broken)?;
        let answer = self.read(response).await;
        drop(driver);
        answer
    }

    async fn read(&self, response: http::Response<Incoming>) -> Result<BytesResponse, Error> {
        let (parts, body) = response.into_parts();
        self.heard(parts.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok()));
        let body = Limited::new(body, ANSWER_MOST).collect().await.map_err(unreached)?.to_bytes();
        Ok(BytesResponse { parts, body: Box::new(body) })
    }
}

/// A task that ends with its owner.
struct Driver(tokio::task::JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl HttpClient for Line {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let line = self.clone();
        Box::pin(async move {
            let late = || Err(unreached(format!("no answer within {} s", ANSWERS_WITHIN.as_secs())));
            tokio::time::timeout(ANSWERS_WITHIN, line.ask(request)).await.unwrap_or_else(|_| late())
        })
    }
}

fn unreached(why: impl Display) -> Error {
    Error::Other(Box::new(Unreached(why.to_string())))
}

/// Host and port of an address. The authority names the addresses we go to: each must be https too.
fn place(uri: &Uri) -> Result<(String, u16), Error> {
    let host = uri.host().map(|host| host.trim_start_matches('[').trim_end_matches(']').to_owned());
    match (uri.scheme_str(), host) {
        (Some("https"), Some(host)) => Ok((host, uri.port_u16().unwrap_or(443))),
        _ => Err(unreached("the authority's address is not https")),
    }
}

/// The request as HTTP/1.1 sends it to a server: path alone, the host in its header.
fn as_sent(request: Request<BodyWrapper<Bytes>>) -> Result<Request<BodyWrapper<Bytes>>, Error> {
    let (mut parts, body) = request.into_parts();
    let authority = parts.uri.authority().map(|authority| authority.as_str().to_owned()).unwrap_or_default();
    parts.headers.insert(HOST, HeaderValue::from_str(&authority).map_err(http::Error::from)?);
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    parts.uri = target.parse::<Uri>().map_err(http::Error::from)?;
    Ok(Request::from_parts(parts, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_is_asked_and_the_host_goes_into_its_header() {
        let uri = |text: &str| text.parse::<Uri>().unwrap();
        assert_eq!(place(&uri("https://ca.lan/dir")).unwrap(), ("ca.lan".to_owned(), 443));
        assert_eq!(place(&uri("https://[::1]:14000/dir")).unwrap(), ("::1".to_owned(), 14_000));
        assert!(place(&uri("http://ca.lan/dir")).is_err());
        let request = Request::post("https://ca.lan:14000/order?x=1").body(BodyWrapper::default()).unwrap();
        let sent = as_sent(request).unwrap();
        assert_eq!(sent.uri().to_string(), "/order?x=1");
        assert_eq!(sent.headers()[HOST], "ca.lan:14000");
    }
}
