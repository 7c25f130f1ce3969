//! What an answer that is no yes means, where its maker does not say it better. Never a yes.

use crate::{DeviceError, HttpAnswer, HttpDevice, HttpError};

/// An answer without a meaning of its maker's. What the device may have carried out all the same is nonsense, not a refusal.
pub(super) fn of_status(answer: &HttpAnswer) -> DeviceError {
    crate::http::of_status(answer.status)
}

/// A number of the maker's as it fits; the sign is lost, as all of them are negative.
pub(super) fn vendor(code: i64) -> DeviceError {
    DeviceError::Vendor { code: u16::try_from(code.unsigned_abs()).unwrap_or(u16::MAX) }
}

/// No answer: tells why for whoever repairs it; the port has room for the kind of fault only.
pub(super) fn of_failure(device: &HttpDevice, error: &HttpError) -> DeviceError {
    tracing::info!(device = device.host(), %error, "a door controller was not asked to an end");
    error.plainly()
}
