//! What goes wrong, in words: one table from each refusal to an HTTP code and a sentence, for kiosk, staff and API.
//!
//! Owns: [`Fault`] (what a failing handler returns), the sentences' facts, and the three shapes a fault takes: a page, a
//! fragment for htmx, problem+json. Never: decides that something is refused; the core and the guards do.

mod table;
mod worded;

pub use table::{Facts, console_words, needed_key, refusal_code, refusal_words, time_of_day};
pub use worded::{Asked, Problem, words_of};

use crate::handle::{Gone, Unwritten};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use vestibule_core::Refusal;

/// Why a request comes to nothing.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The rules say no.
    Refused(Refusal),
    /// The web says no before the rules are asked.
    Web(Trouble),
}

/// What can be wrong with a request before any rule is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody is signed in, or the session is over.
    NotSignedIn,
    /// Signed in, but this is not theirs to do.
    NotAllowed,
    /// This screen is not a paired kiosk.
    NotPaired,
    /// The form was shown to another session: show it afresh.
    StaleForm,
    /// The request comes from another site's page.
    ForeignOrigin,
    /// The site is not called that.
    WrongHost,
    /// The site stands behind a proxy, and this did not come by it.
    RoundTheProxy,
    /// No owner yet: only set-up is open.
    NotSetUp,
    /// No such page.
    NoPage,
    /// The page exists, the method does not.
    WrongMethod,
    /// The form or JSON cannot be read.
    Unreadable(String),
    /// The body is too large; at most so many megabytes.
    TooLarge(u32),
    /// It took too long.
    TooSlow,
    /// No such account, or not its password: nobody is told which.
    WrongPassword,
    /// Too many failed sign-ins: wait so many seconds.
    TooManyTries(u32),
    /// A one-time link that was used or is over.
    LinkOver,
    /// The process is about to end.
    Leaving,
    /// A message of a program is not signed with the secret it should be.
    BadSignature,
    /// A message of a program was sent too long ago, or its clock is wrong.
    StaleMessage,
    /// The file of a photo is not the one that was recorded.
    PhotoChanged,
    /// The disk does not give a photo back.
    PhotoUnreadable,
    /// We failed.
    Broken,
}

impl Trouble {
    /// All kinds, for the test that each has words.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        use Trouble::*;
        vec![
            NotSignedIn,
            NotAllowed,
            NotPaired,
            StaleForm,
            ForeignOrigin,
            WrongHost,
            RoundTheProxy,
            NotSetUp,
            NoPage,
            WrongMethod,
            Unreadable("x".into()),
            TooLarge(1),
            TooSlow,
            WrongPassword,
            TooManyTries(30),
            LinkOver,
            Leaving,
            BadSignature,
            StaleMessage,
            PhotoChanged,
            PhotoUnreadable,
            Broken,
        ]
    }

    /// The stable code, also the end of its keys in the catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn => "not-signed-in",
            Self::NotAllowed => "not-allowed",
            Self::NotPaired => "not-paired",
            Self::StaleForm => "stale-form",
            Self::ForeignOrigin => "foreign-origin",
            Self::WrongHost => "wrong-host",
            Self::RoundTheProxy => "round-the-proxy",
            Self::NotSetUp => "not-set-up",
            Self::NoPage => "no-page",
            Self::WrongMethod => "wrong-method",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge(_) => "too-large",
            Self::TooSlow => "too-slow",
            Self::WrongPassword => "wrong-password",
            Self::TooManyTries(_) => "too-many-tries",
            Self::LinkOver => "link-over",
            Self::Leaving => "leaving",
            Self::BadSignature => "bad-signature",
            Self::StaleMessage => "stale-message",
            Self::PhotoChanged => "photo-changed",
            Self::PhotoUnreadable => "photo-unreadable",
            Self::Broken => "broken",
        }
    }

    fn http_code(&self) -> StatusCode {
        match self {
            Self::NotSignedIn | Self::NotPaired | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::NotAllowed | Self::StaleForm | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::BadSignature | Self::StaleMessage => StatusCode::FORBIDDEN,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::RoundTheProxy => StatusCode::FORBIDDEN,
            Self::NotSetUp | Self::Leaving => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoPage => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooManyTries(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::LinkOver => StatusCode::GONE,
            Self::PhotoChanged | Self::PhotoUnreadable | Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Fault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Web(trouble) => trouble.code(),
        }
    }

    /// Its HTTP code.
    pub fn http_code(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => refusal_code(refusal),
            Self::Web(trouble) => trouble.http_code(),
        }
    }
}

impl IntoResponse for Fault {
    /// A bare answer that carries the fault; the outer layer puts it into words.
    fn into_response(self) -> Response {
        let mut response = self.http_code().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        Fault::Web(self).into_response()
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Web(trouble)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Gone> for Fault {
    fn from(_: Gone) -> Self {
        Self::Web(Trouble::Leaving)
    }
}

impl From<Unwritten> for Fault {
    fn from(unwritten: Unwritten) -> Self {
        match unwritten {
            Unwritten::Gone => Gone.into(),
            Unwritten::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "a read of the database failed");
        Self::Web(Trouble::Broken)
    }
}
