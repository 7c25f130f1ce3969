//! What a camera's error means, in words for staff: the closed list says the kind, the language of the camera says the rest.

use thiserror::Error;

use super::CameraKind;
use crate::DeviceError;

/// Why there is no still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CameraFault {
    /// No answer within the budget.
    #[error("the camera does not answer: check its power and its line")]
    Silent,
    /// The answer was no picture: a page, half a picture, far too much, nothing.
    #[error("the camera answers something that is no whole picture: check its address and its settings")]
    NoPicture,
    /// User or password are wrong.
    #[error(
        "the camera refuses user and password: check both, on the camera and in the configuration, then start the site anew"
    )]
    PasswordRefused,
    /// It has the user, but the user may not.
    #[error("the camera's user may not see its picture: give the user that right on the camera")]
    NotPermitted,
    /// It has shut itself for a while.
    #[error("the camera is blocked for a minute after a wrong password: check the password")]
    Blocked,
    /// Others look already.
    #[error("too many look at the camera at once: end other viewers")]
    Busy,
    /// It sends us elsewhere.
    #[error(
        "the camera sends us elsewhere, which is not followed: configure the address it should be asked at"
    )]
    SentElsewhere,
    /// There is nothing at its address.
    #[error("the camera has no picture at the configured address")]
    WrongAddress,
    /// The buffer does not reach so far back.
    #[error("the camera keeps no picture of that moment")]
    NoPast,
    /// The pinned certificate has ended.
    #[error("the certificate of the camera has expired: renew it on the camera, then pin the new one")]
    CertificateExpired,
    /// Another certificate than the pinned one.
    #[error(
        "the camera shows another certificate than the pinned one: pin the new one if the camera got one, else look who answers"
    )]
    CertificateUnknown,
    /// It cannot, or what it offers is refused: an authorisation that would show the password, no common TLS.
    #[error("the camera cannot be asked safely or has not what is asked for: the trace says which")]
    Unsupported,
    /// A code that only its manual explains.
    #[error("the camera refuses with its code {0}: its manual says why")]
    Vendor(u16),
}

impl CameraFault {
    /// What `error` of a camera of this kind means.
    #[must_use]
    pub fn of(kind: CameraKind, error: DeviceError) -> Self {
        let code = match error {
            DeviceError::Timeout | DeviceError::Away | DeviceError::Expired => return CameraFault::Silent,
            DeviceError::Unsupported => return CameraFault::Unsupported,
            DeviceError::Forbidden => return CameraFault::NotPermitted,
            DeviceError::Blocked => return CameraFault::Blocked,
            DeviceError::Untrusted => return CameraFault::CertificateUnknown,
            DeviceError::Vendor { code } => code,
            DeviceError::Garbled
            | DeviceError::UnexpectedOpen
            | DeviceError::UnexpectedClosed
            | DeviceError::FailedToOpen
            | DeviceError::FailedToClose => return CameraFault::NoPicture,
        };
        match (kind, code) {
            (CameraKind::DoorBird, 204) => CameraFault::NotPermitted,
            (CameraKind::DoorBird, 423) => CameraFault::Blocked,
            (CameraKind::DoorBird, 509) => CameraFault::Busy,
            (CameraKind::TwoN, 8 | 9) => CameraFault::PasswordRefused,
            (CameraKind::TwoN, 10) => CameraFault::NotPermitted,
            (CameraKind::TwoN, 15) => CameraFault::NoPast,
            (CameraKind::TwoN, 1 | 2 | 4) => CameraFault::WrongAddress,
            (_, 45) => CameraFault::CertificateExpired,
            (_, 46) => CameraFault::CertificateUnknown,
            (_, 401) => CameraFault::PasswordRefused,
            (_, 403) => CameraFault::NotPermitted,
            // A stream without H.264 (415) or an address without a stream (454).
            (_, 404 | 410 | 415 | 454) => CameraFault::WrongAddress,
            // 453 of RTSP: not enough bandwidth.
            (_, 453 | 503) => CameraFault::Busy,
            (_, 300..=399) => CameraFault::SentElsewhere,
            (_, code) => CameraFault::Vendor(code),
        }
    }

    /// Whether somebody must repair something first: asking soon again would not help, and may shut the camera for longer.
    #[must_use]
    pub fn is_lasting(self) -> bool {
        match self {
            CameraFault::PasswordRefused
            | CameraFault::NotPermitted
            | CameraFault::Blocked
            | CameraFault::SentElsewhere
            | CameraFault::WrongAddress
            | CameraFault::CertificateExpired
            | CameraFault::CertificateUnknown
            | CameraFault::Unsupported => true,
            CameraFault::Silent
            | CameraFault::NoPicture
            | CameraFault::Busy
            | CameraFault::NoPast
            | CameraFault::Vendor(_) => false,
        }
    }

    /// A stable name, for catalogues of texts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CameraFault::Silent => "silent",
            CameraFault::NoPicture => "no_picture",
            CameraFault::PasswordRefused => "password_refused",
            CameraFault::NotPermitted => "not_permitted",
            CameraFault::Blocked => "blocked",
            CameraFault::Busy => "busy",
            CameraFault::SentElsewhere => "sent_elsewhere",
            CameraFault::WrongAddress => "wrong_address",
            CameraFault::NoPast => "no_past",
            CameraFault::CertificateExpired => "certificate_expired",
            CameraFault::CertificateUnknown => "certificate_unknown",
            CameraFault::Unsupported => "unsupported",
            CameraFault::Vendor(_) => "vendor",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CameraFault;
    use crate::{CameraKind, DeviceError};

    #[test]
    fn the_same_code_means_what_its_language_says() {
        let of = |kind, code| CameraFault::of(kind, DeviceError::Vendor { code });
        assert_eq!(of(CameraKind::DoorBird, 204), CameraFault::NotPermitted);
        assert_eq!(of(CameraKind::Snapshot, 204), CameraFault::Vendor(204));
        assert_eq!(of(CameraKind::TwoN, 15), CameraFault::NoPast);
        assert_eq!(of(CameraKind::Hikvision, 302), CameraFault::SentElsewhere);
        assert_eq!(CameraFault::of(CameraKind::Onvif, DeviceError::Timeout), CameraFault::Silent);
    }
}
