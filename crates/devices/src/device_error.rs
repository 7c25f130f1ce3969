//! Everything that can go wrong with a device, in one closed list.

use thiserror::Error;

/// What a device did wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DeviceError {
    /// No answer in time, or the line is away.
    #[error("the device did not answer")]
    Timeout,
    /// Something came that is no answer.
    #[error("the device answered nonsense")]
    Garbled,
    /// A door is open that nobody opened.
    #[error("a door is open that should be closed")]
    UnexpectedOpen,
    /// A door is closed that should stand open.
    #[error("a door is closed that should be open")]
    UnexpectedClosed,
    /// A door was pulsed and stayed closed.
    #[error("the door did not open")]
    FailedToOpen,
    /// A door was to close and stayed open.
    #[error("the door did not close")]
    FailedToClose,
    /// The device cannot do this, or does not know the point.
    #[error("the device cannot do this")]
    Unsupported,
    /// The order was older than its last moment.
    #[error("the order came too late")]
    Expired,
    /// A code of the vendor's own.
    #[error("vendor code {code}")]
    Vendor {
        /// As in the vendor's manual.
        code: u16,
    },
}

impl DeviceError {
    /// Whether the same order may go well a little later, without anybody repairing anything.
    #[must_use]
    pub fn is_transient(self) -> bool {
        match self {
            DeviceError::Timeout | DeviceError::Garbled | DeviceError::Expired => true,
            DeviceError::UnexpectedOpen | DeviceError::UnexpectedClosed => true,
            DeviceError::FailedToOpen | DeviceError::FailedToClose => true,
            DeviceError::Unsupported | DeviceError::Vendor { .. } => false,
        }
    }
}
