//! HTTP to devices on the site's own wire: the one client of cameras and door controllers.
//!
//! Owns how a device is reached and how it is told who asks: a budget for the whole question, a limit for the answer, no
//! redirect ever followed, the strongest scheme of authorisation on offer, a certificate pinned per device. It knows nothing of
//! what is asked or answered.
//!
//! It stands on `hyper` alone, which the site's server has compiled already: a device needs no pool, no redirects, no cookies and
//! no proxies, and each of them would have to be switched off again.

mod address;
mod authorisation;
mod certificate;
mod connection;
mod fault;
mod password;
mod pin;
pub(crate) mod soap;

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HOST, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use tokio::time::timeout;

pub use address::{HttpConfigError, HttpScheme};
pub use fault::HttpError;
pub(crate) use fault::{LastFault, of_status};
pub use http::Method;
pub use password::Password;
pub use pin::{CertificatePin, NoPin};

use address::Address;
pub(crate) use authorisation::{Authorisation, Credentials};
use connection::{Connection, Connector};

use crate::report::keeper::Keeper;

/// What a device says while it refuses is read no further than this, in bytes.
const REFUSAL_MAX_BYTES: usize = 64 * 1024;

/// How one device is reached.
#[derive(Debug)]
pub struct HttpConfig {
    /// `http` or `https`, without user and password. Its path is left alone: each question names its own.
    pub url: String,
    /// Who asks; without both nothing is told.
    pub user: Option<String>,
    /// The password of that user.
    pub password: Option<Password>,
    /// Needed for `https`, refused for `http`.
    pub tls_pin: Option<CertificatePin>,
    /// Whether Basic is spoken over `http`, where everybody on the wire reads the password.
    pub allow_plain_password: bool,
}

/// One question.
#[derive(Clone, Debug)]
pub struct HttpQuestion {
    /// GET, PUT or POST.
    pub method: Method,
    /// Path and query, beginning with a slash, escaped as it goes over the wire.
    pub target: String,
    /// What `body` is, if there is one.
    pub content_type: Option<Cow<'static, str>>,
    /// What is sent; may be empty.
    pub body: Vec<u8>,
    /// A longer answer is refused, unread. In bytes.
    pub answer_max: usize,
    /// From the look-up of the name to the last byte of the answer, refusals and second tries included.
    pub budget: Duration,
}

impl HttpQuestion {
    /// A question without a body.
    #[must_use]
    pub fn get(target: impl Into<String>, answer_max: usize, budget: Duration) -> Self {
        let (target, body) = (target.into(), Vec::new());
        Self { method: Method::GET, target, content_type: None, body, answer_max, budget }
    }
}

/// What a device answered. Redirects never come this far, nor does a refused password, unless the device names no way to tell one.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// Such as 200; whether that is good is for the caller to say.
    pub status: u16,
    /// As sent; empty if the device did not say.
    pub content_type: String,
    /// The clock of the device in the header `Date`, Unix time in whole seconds as ms.
    pub date_ms: Option<i64>,
    /// The whole of it.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for HttpAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("HttpAnswer");
        shown.field("status", &self.status).field("content_type", &self.content_type);
        shown.field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// One device, and what it taught us about how it wants to be asked.
#[derive(Debug)]
pub struct HttpDevice {
    address: Address,
    connector: Connector,
    credentials: Option<Credentials>,
    authorisation: Mutex<Authorisation>,
    last_fault: LastFault,
    keeper: Keeper,
}

impl HttpDevice {
    /// Checks the configuration; asks the device nothing.
    ///
    /// # Errors
    /// See [`HttpConfigError`].
    pub fn new(config: HttpConfig) -> Result<Self, HttpConfigError> {
        let address = Address::parse(&config.url)?;
        let connector = Connector::new(&address, config.tls_pin)?;
        let credentials = match (config.user, config.password) {
            (Some(user), Some(password)) => Some(Credentials { user, password }),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(address.refused(address::USER_AND_PASSWORD)),
        };
        let allows_basic = address.scheme == HttpScheme::Https || config.allow_plain_password;
        let authorisation = Mutex::new(Authorisation::new(address.scheme, allows_basic));
        let (last_fault, keeper) = (LastFault::default(), Keeper::default());
        Ok(Self { address, connector, credentials, authorisation, last_fault, keeper })
    }

    /// The path and query of the configured address, from its slash on.
    #[must_use]
    pub fn configured_target(&self) -> &str {
        &self.address.target
    }

    /// The scheme of the configured address.
    #[must_use]
    pub fn scheme(&self) -> HttpScheme {
        self.address.scheme
    }

    /// The name or IP address it is reached at.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.address.host
    }

    /// The port of the configured address.
    pub(crate) fn port(&self) -> u16 {
        self.address.port
    }

    /// Port and target of an address the device itself named, to be asked at the configured host. Nothing if it is reached in another
    /// way than configured: a readable wire instead of a pinned one, or one without a pin.
    pub(crate) fn own_place(&self, named: &str) -> Option<(u16, String)> {
        self.address.own_place(named)
    }

    /// Asks, and says who asks as far as the device wants to know.
    ///
    /// # Errors
    /// See [`HttpError`]. Dropping the future closes the line.
    pub async fn ask(&self, question: &HttpQuestion) -> Result<HttpAnswer, HttpError> {
        self.ask_at(self.address.port, question).await
    }

    /// The same at another port of the same device.
    pub(crate) async fn ask_at(&self, port: u16, question: &HttpQuestion) -> Result<HttpAnswer, HttpError> {
        let asked = self.ask_by(&self.authorisation, (port, question)).await;
        asked.inspect(|_| self.last_fault.is_over())
    }

    /// Asks what the device need not tell us. That it refuses us here says nothing of the password: it may be told elsewhere again.
    pub(crate) async fn ask_beside(&self, question: &HttpQuestion) -> Result<HttpAnswer, HttpError> {
        if self.is_refused() {
            return Err(HttpError::Unauthorised);
        }
        let beside = Mutex::new(self.lock().beside());
        self.ask_by(&beside, (self.address.port, question)).await
    }

    async fn ask_by(
        &self,
        authorisation: &Mutex<Authorisation>,
        (port, question): (u16, &HttpQuestion),
    ) -> Result<HttpAnswer, HttpError> {
        let asked = self.keeper.asked(question.method.as_str(), &question.target);
        let asking = self.converse(authorisation, port, question);
        let late = Err(HttpError::Late { budget: question.budget });
        let answer = timeout(question.budget, asking).await.unwrap_or(late);
        match &answer {
            Ok(HttpAnswer { status, body, .. }) => {
                asked.answered(*status, body.len(), (*status >= 400).then(|| of_status(*status)));
            }
            Err(error) => asked.failed(error.plainly()),
        }
        answer
    }

    /// How it is and what was asked of it, for pages.
    pub(crate) fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// What went wrong last.
    pub(crate) fn last_fault(&self) -> &LastFault {
        &self.last_fault
    }

    /// Whether the device refused the password, which is not told again.
    pub(crate) fn is_refused(&self) -> bool {
        self.lock().is_refused()
    }

    async fn converse(
        &self,
        authorisation: &Mutex<Authorisation>,
        port: u16,
        question: &HttpQuestion,
    ) -> Result<HttpAnswer, HttpError> {
        let mut line = self.connector.connect(port).await?;
        let mut header = self.told_before(authorisation, question);
        // A remembered nonce may have grown old, and a fresh one may be called stale once more.
        for _ in 0..3 {
            let response = self.send(&mut line, port, question, header.as_ref()).await?;
            if response.status() != http::StatusCode::UNAUTHORIZED {
                return read(response, question.answer_max).await;
            }
            let challenges = challenges(response.headers());
            if challenges.is_empty() {
                return read(response, question.answer_max).await;
            }
            let next = self.authorise(authorisation, (&challenges, header.is_some()), question)?;
            header = Some(next);
            // Some devices hang up when they refuse; the others keep the line.
            let drained = read(response, REFUSAL_MAX_BYTES).await;
            if drained.is_err() || !line.is_ready().await {
                line = self.connector.connect(port).await?;
            }
        }
        Err(HttpError::Unauthorised)
    }

    fn told_before(
        &self,
        authorisation: &Mutex<Authorisation>,
        question: &HttpQuestion,
    ) -> Option<HeaderValue> {
        let credentials = self.credentials.as_ref()?;
        locked(authorisation).remembered(credentials, question)
    }

    fn authorise(
        &self,
        authorisation: &Mutex<Authorisation>,
        (challenges, was_told): (&[String], bool),
        question: &HttpQuestion,
    ) -> Result<HeaderValue, HttpError> {
        let credentials = self.credentials.as_ref().ok_or(HttpError::Unauthorised)?;
        locked(authorisation).challenged(challenges, was_told, credentials, question)
    }

    fn lock(&self) -> MutexGuard<'_, Authorisation> {
        locked(&self.authorisation)
    }

    async fn send(
        &self,
        line: &mut Connection,
        port: u16,
        question: &HttpQuestion,
        authorisation: Option<&HeaderValue>,
    ) -> Result<http::Response<Incoming>, HttpError> {
        let mut request = http::Request::builder()
            .method(question.method.clone())
            .uri(question.target.as_str())
            .header(HOST, self.address.authority(port));
        if let Some(content_type) = &question.content_type {
            request = request.header(CONTENT_TYPE, &**content_type);
        }
        if let Some(header) = authorisation {
            request = request.header(AUTHORIZATION, header.clone());
        }
        let body = Full::new(Bytes::from(question.body.clone()));
        let request = request.body(body).map_err(|_| HttpError::Unsendable)?;
        let response = line.send(request).await?;
        match response.status().as_u16() {
            status @ 300..=399 => Err(HttpError::Redirect { status }),
            _ => Ok(response),
        }
    }
}

fn locked(authorisation: &Mutex<Authorisation>) -> MutexGuard<'_, Authorisation> {
    authorisation.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every header value that names schemes; those that are no text are left out.
fn challenges(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter();
    values.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
}

async fn read(response: http::Response<Incoming>, most: usize) -> Result<HttpAnswer, HttpError> {
    let text = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let announced = text(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(HttpError::TooLarge { most });
    }
    let status = response.status().as_u16();
    let content_type = text(CONTENT_TYPE).unwrap_or_default().to_owned();
    let date_ms = text(DATE).and_then(read_date);
    let mut incoming = response.into_body();
    let mut body = Vec::new();
    while let Some(frame) = incoming.frame().await {
        let frame = frame.map_err(|_| HttpError::CutShort)?;
        if let Some(data) = frame.data_ref() {
            if body.len() + data.len() > most {
                return Err(HttpError::TooLarge { most });
            }
            body.extend_from_slice(data);
        }
    }
    Ok(HttpAnswer { status, content_type, date_ms, body })
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 5.6.7) as Unix time in ms.
pub(crate) fn read_date(text: &str) -> Option<i64> {
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()?;
    Some(date.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::read_date;

    #[test]
    fn a_date_as_http_writes_it_is_read() {
        assert_eq!(read_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(read_date("yesterday"), None);
    }
}
