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
    /// The device is away, and nothing was sent to it: what was ordered did not happen.
    #[error("the device is away; nothing was sent to it")]
    Away,
    /// The device cannot do this, or does not know the point.
    #[error("the device cannot do this")]
    Unsupported,
    /// The order was older than its last moment.
    #[error("the order came too late")]
    Expired,
    /// The device refuses our login, or its user lacks the right.
    #[error("the device does not allow it: check user, password and rights")]
    Forbidden,
    /// The device lets nobody in for a while.
    #[error("the device is blocked for the moment")]
    Blocked,
    /// The device cannot prove who it is: certificate, key or pin is wrong or over.
    #[error("the device is not to be trusted: its certificate or key is not the one expected")]
    Untrusted,
    /// A code of the vendor's own.
    #[error("vendor code {code}")]
    Vendor {
        /// As in the vendor's manual.
        code: u16,
    },
}

impl DeviceError {
    /// A stable name, for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DeviceError::Timeout => "timeout",
            DeviceError::Garbled => "garbled",
            DeviceError::UnexpectedOpen => "unexpected_open",
            DeviceError::UnexpectedClosed => "unexpected_closed",
            DeviceError::FailedToOpen => "failed_to_open",
            DeviceError::FailedToClose => "failed_to_close",
            DeviceError::Away => "away",
            DeviceError::Unsupported => "unsupported",
            DeviceError::Expired => "expired",
            DeviceError::Forbidden => "forbidden",
            DeviceError::Blocked => "blocked",
            DeviceError::Untrusted => "untrusted",
            DeviceError::Vendor { .. } => "vendor",
        }
    }

    /// Whether the same order may go well a little later, without anybody repairing anything.
    #[must_use]
    pub fn is_transient(self) -> bool {
        match self {
            DeviceError::Timeout | DeviceError::Away | DeviceError::Garbled | DeviceError::Expired => true,
            DeviceError::UnexpectedOpen | DeviceError::UnexpectedClosed => true,
            DeviceError::FailedToOpen | DeviceError::FailedToClose | DeviceError::Blocked => true,
            DeviceError::Forbidden | DeviceError::Untrusted => false,
            DeviceError::Unsupported | DeviceError::Vendor { .. } => false,
        }
    }
}
