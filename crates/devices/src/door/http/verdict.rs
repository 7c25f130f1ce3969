//! What an answer that is no yes means, where its maker does not say it better. Never a yes.

use crate::{DeviceError, HttpAnswer, HttpDevice, HttpError};

/// An answer without a meaning of its maker's. What the device may have carried out all the same is nonsense, not a refusal.
pub(super) fn of_status(answer: &HttpAnswer) -> DeviceError {
    match answer.status {
        401 | 403 => DeviceError::Forbidden,
        404 | 405 | 501 => DeviceError::Unsupported,
        423 | 429 | 503 => DeviceError::Blocked,
        code @ 400..=499 => DeviceError::Vendor { code },
        _ => DeviceError::Garbled,
    }
}

/// A number of the maker's as it fits; the sign is lost, as all of them are negative.
pub(super) fn vendor(code: i64) -> DeviceError {
    DeviceError::Vendor { code: u16::try_from(code.unsigned_abs()).unwrap_or(u16::MAX) }
}

/// No answer: tells why for whoever repairs it; the port has room for the kind of fault only.
pub(super) fn of_failure(device: &HttpDevice, error: &HttpError) -> DeviceError {
    tracing::info!(device = device.host(), %error, "a door controller was not asked to an end");
    match error {
        HttpError::OtherCertificate { .. } | HttpError::ExpiredCertificate { .. } | HttpError::Downgrade => {
            DeviceError::Untrusted
        }
        HttpError::Unauthorised => DeviceError::Forbidden,
        // Only a line that was never opened is refused. One that broke may have carried the order.
        HttpError::Away(std::io::ErrorKind::ConnectionRefused) => DeviceError::Away,
        other => other.device_error(),
    }
}
