//! How one make is asked and what its answers mean. No line and no clock: a question out, an answer in.

use std::time::Duration;

use super::HttpDoor;
use crate::report::identity::Identity;
use crate::{DeviceError, HttpAnswer, HttpQuestion, ReleaseTime};

/// An answer of a door controller is shorter, in bytes.
const ANSWER_MAX_BYTES: usize = 64 * 1024;
/// A question that moves nothing waits so long.
pub(super) const LOOK_BUDGET: Duration = Duration::from_millis(1_500);
/// An order waits so long, if its last moment is not earlier.
pub(super) const RELEASE_BUDGET: Duration = Duration::from_secs(3);

/// One make.
pub(in crate::door) trait Language: Send + Sync {
    /// Who says how long a release of this door lasts.
    fn release_time(&self, door: &HttpDoor) -> ReleaseTime;

    /// The order that releases a door for so many milliseconds, or for its own time.
    fn release(&self, door: &HttpDoor, ms: u32) -> HttpQuestion;

    /// Whether the device took it.
    fn released(&self, door: &HttpDoor, answer: &HttpAnswer) -> Result<(), DeviceError>;

    /// What moves nothing and shows how the device is and how the contact stands. None: there is no such question.
    fn look(&self, door: &HttpDoor) -> Option<HttpQuestion>;

    /// Whether the door stands open; nothing without a contact.
    fn looked(&self, door: &HttpDoor, answer: &HttpAnswer) -> Result<Option<bool>, DeviceError>;

    /// Where it says what its firmware is.
    fn identity(&self) -> Option<Identity> {
        None
    }

    /// Asked once before the first order, where a device may be set up so that it would not lock by itself.
    fn asks_who_locks(&self, _door: &HttpDoor) -> Option<HttpQuestion> {
        None
    }

    /// Whether the device locks that door by itself.
    fn locks_itself(&self, _door: &HttpDoor, _answer: &HttpAnswer) -> Result<(), DeviceError> {
        Ok(())
    }

    /// Whether its paths are those of its maker's manual; others may hold a secret, and nobody is shown them.
    fn has_known_paths(&self) -> bool {
        true
    }

    /// How long the device wants to be left alone between two questions.
    fn pace(&self) -> Duration {
        Duration::ZERO
    }
}

/// A question without a body, which waits as one that moves nothing.
pub(super) fn get(target: impl Into<String>) -> HttpQuestion {
    HttpQuestion::get(target, ANSWER_MAX_BYTES, LOOK_BUDGET)
}

/// Whole seconds, for devices that count in them; never shorter than was asked for.
pub(super) fn seconds(ms: u32) -> u32 {
    ms.div_ceil(1_000)
}

/// A word as it stands in a query.
pub(super) fn escaped(word: &str) -> String {
    url::form_urlencoded::byte_serialize(word.as_bytes()).collect()
}

/// A body as JSON. Anything else is nonsense, or whatever its status says.
pub(super) fn json<'a, T: serde::Deserialize<'a>>(answer: &'a HttpAnswer) -> Result<T, DeviceError> {
    serde_json::from_slice(&answer.body).map_err(|_| super::verdict::of_status(answer))
}
