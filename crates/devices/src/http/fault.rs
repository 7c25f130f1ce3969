//! Everything that can go wrong between us and a device over HTTP, in words for whoever repairs it, and as one of the closed list.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;

use super::CertificatePin;
use crate::DeviceError;

/// TLS alert 45, certificate_expired (RFC 8446, 6.2).
const CERTIFICATE_EXPIRED: u16 = 45;
/// TLS alert 46, certificate_unknown (RFC 8446, 6.2).
const CERTIFICATE_UNKNOWN: u16 = 46;
/// HTTP 401 (RFC 9110, 15.5.2).
const UNAUTHORISED: u16 = 401;

/// Why there is no answer. Holds nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HttpError {
    /// The line could not be opened.
    #[error("the device cannot be reached: {0}")]
    Away(std::io::ErrorKind),
    /// The budget ran out.
    #[error("no whole answer within {} ms", budget.as_millis())]
    Late {
        /// What there was.
        budget: Duration,
    },
    /// Something came that is no HTTP.
    #[error("the device answered something that is no HTTP")]
    NotHttp,
    /// The line broke within an answer.
    #[error("the answer of the device breaks off")]
    CutShort,
    /// More came than can be.
    #[error("the answer of the device is larger than {most} bytes and was not read")]
    TooLarge {
        /// What could be.
        most: usize,
    },
    /// The device sends us elsewhere.
    #[error(
        "the device sends us elsewhere ({status}); that is not followed: configure the address it should be asked at"
    )]
    Redirect {
        /// 300 to 399.
        status: u16,
    },
    /// The device refuses the question itself.
    #[error("the device refuses with its status {status}")]
    Refused {
        /// As sent.
        status: u16,
    },
    /// User or password are wrong, or there are none.
    #[error(
        "the device refused user and password (401); check both, on the device and in the configuration, then start the site anew: a \
         refused password is not told again"
    )]
    Unauthorised,
    /// The device wants a scheme we do not speak.
    #[error("the device wants an authorisation that is neither Basic nor Digest with MD5 or SHA-256")]
    UnknownScheme,
    /// Basic over a readable wire.
    #[error(
        "the device offers nothing but Basic over http, which would send the password readable; switch it to Digest or https, or \
         allow it with allow_plain_password = true"
    )]
    PlainPassword,
    /// A device that knew Digest claims to know Basic alone.
    #[error(
        "the device offered Digest before and now nothing but Basic over http: the password was not sent; somebody may be \
         listening, or the device was reset"
    )]
    Downgrade,
    /// Not the pinned certificate.
    #[error(
        "the certificate of the device is another than the pinned one: its SHA-256 is {seen}; if the device got a new one, pin that"
    )]
    OtherCertificate {
        /// What was shown.
        seen: CertificatePin,
    },
    /// The pinned certificate has ended.
    #[error(
        "the pinned certificate of the device expired on {on}; renew it on the device, then pin the new one"
    )]
    ExpiredCertificate {
        /// The day, as 2026-11-28.
        on: String,
    },
    /// The device and we found no common TLS.
    #[error("no TLS with the device: {0}")]
    Tls(String),
    /// The question cannot be written as HTTP.
    #[error("the address asked for cannot be sent; check the configured one")]
    Unsendable,
}

impl HttpError {
    /// As one of the closed list. A vendor code of 100 and more is the device's HTTP status, one below the TLS alert that fits.
    #[must_use]
    pub fn device_error(&self) -> DeviceError {
        let vendor = |code| DeviceError::Vendor { code };
        match self {
            HttpError::Away(_) | HttpError::Late { .. } => DeviceError::Timeout,
            HttpError::NotHttp | HttpError::CutShort | HttpError::TooLarge { .. } => DeviceError::Garbled,
            HttpError::Redirect { status } | HttpError::Refused { status } => vendor(*status),
            HttpError::Unauthorised => vendor(UNAUTHORISED),
            HttpError::OtherCertificate { .. } => vendor(CERTIFICATE_UNKNOWN),
            HttpError::ExpiredCertificate { .. } => vendor(CERTIFICATE_EXPIRED),
            HttpError::UnknownScheme | HttpError::PlainPassword | HttpError::Downgrade => {
                DeviceError::Unsupported
            }
            HttpError::Tls(_) | HttpError::Unsendable => DeviceError::Unsupported,
        }
    }
}

impl HttpError {
    /// The same for whoever looks for a fault or decides about a door: what words can say comes without a number.
    pub(crate) fn plainly(&self) -> DeviceError {
        match self {
            HttpError::OtherCertificate { .. }
            | HttpError::ExpiredCertificate { .. }
            | HttpError::Downgrade => DeviceError::Untrusted,
            HttpError::Unauthorised => DeviceError::Forbidden,
            // Only a line that was never opened is refused. One that broke may have carried the order.
            HttpError::Away(std::io::ErrorKind::ConnectionRefused) => DeviceError::Away,
            other => other.device_error(),
        }
    }
}

/// What a status that is no yes says, where its maker does not say it better.
pub(crate) fn of_status(status: u16) -> DeviceError {
    match status {
        401 | 403 => DeviceError::Forbidden,
        404 | 405 | 501 => DeviceError::Unsupported,
        423 | 429 | 503 => DeviceError::Blocked,
        code @ 400..=499 => DeviceError::Vendor { code },
        _ => DeviceError::Garbled,
    }
}

/// What went wrong with a device last: the same is worth a word once, however often it is asked.
#[derive(Debug, Default)]
pub(crate) struct LastFault(Mutex<Option<HttpError>>);

impl LastFault {
    /// Whether something else went wrong before, or nothing.
    pub(crate) fn is_news(&self, fault: &HttpError) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.replace(fault.clone()).as_ref() != Some(fault)
    }

    /// The device answered.
    pub(crate) fn is_over(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl From<HttpError> for DeviceError {
    fn from(error: HttpError) -> Self {
        error.device_error()
    }
}

#[cfg(test)]
mod tests {
    use super::{HttpError, LastFault};

    #[test]
    fn the_same_fault_is_news_once_until_the_device_answers() {
        let (last, refused) = (LastFault::default(), HttpError::Refused { status: 503 });
        assert!(last.is_news(&refused) && !last.is_news(&refused));
        assert!(last.is_news(&HttpError::NotHttp) && last.is_news(&refused));
        last.is_over();
        assert!(last.is_news(&refused));
    }
}
