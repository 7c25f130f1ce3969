//! How a device is told who asks: Basic or Digest, the strongest it offers, never weaker than before.
//!
//! Digest is RFC 7616 through `http-auth`, which knows MD5, SHA-256 and their session forms.

use http::HeaderValue;
use http_auth::digest::{Algorithm, DigestClient};
use http_auth::{ChallengeRef, PasswordParams, parse_challenges};

use super::{HttpError, HttpQuestion, HttpScheme, Password};

/// Who asks.
#[derive(Debug)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: Password,
}

impl Credentials {
    fn answering<'a>(&'a self, question: &'a HttpQuestion) -> PasswordParams<'a> {
        PasswordParams {
            username: &self.user,
            password: self.password.reveal(),
            uri: &question.target,
            method: question.method.as_str(),
            // What a device calls auth-int is often wrong; plain auth is what every client speaks.
            body: None,
        }
    }
}

/// What the device taught us.
pub(crate) struct Authorisation {
    scheme: HttpScheme,
    /// Whether Basic may be spoken at all.
    allows_basic: bool,
    /// Whether this device has ever offered Digest.
    knew_digest: bool,
    taught: Taught,
}

enum Taught {
    Nothing,
    Basic,
    /// Its nonce is used again, with the next count, until the device calls it stale.
    Digest(DigestClient),
    /// The password was told and is wrong: some devices shut themselves when it is told again.
    WrongPassword,
}

impl std::fmt::Debug for Authorisation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let taught = match self.taught {
            Taught::Nothing => "nothing",
            Taught::Basic => "basic",
            Taught::Digest(_) => "digest",
            Taught::WrongPassword => "wrong password",
        };
        f.debug_struct("Authorisation").field("taught", &taught).finish_non_exhaustive()
    }
}

/// What a device offers, from weak to strong.
#[derive(Default)]
struct Offer {
    basic: bool,
    digest: Option<DigestClient>,
}

impl Offer {
    fn read(challenges: &[String]) -> Self {
        let mut offer = Offer::default();
        for text in challenges {
            for challenge in parse_challenges(text).unwrap_or_default() {
                offer.add(&challenge);
            }
        }
        offer
    }

    fn add(&mut self, challenge: &ChallengeRef<'_>) {
        if challenge.scheme.eq_ignore_ascii_case("basic") {
            self.basic = true;
        }
        // An algorithm unknown to us is as if it was not offered.
        if let Ok(digest) = DigestClient::try_from(challenge)
            && self.digest.as_ref().is_none_or(|known| strength(known) < strength(&digest))
        {
            self.digest = Some(digest);
        }
    }
}

fn strength(client: &DigestClient) -> u8 {
    match client.algorithm() {
        Algorithm::Md5 => 1,
        Algorithm::Sha256 => 2,
        _ => 3,
    }
}

impl Authorisation {
    pub(crate) fn new(scheme: HttpScheme, allows_basic: bool) -> Self {
        Self { scheme, allows_basic, knew_digest: false, taught: Taught::Nothing }
    }

    /// What a question beside the others begins with: nothing but how far the device may be trusted.
    pub(crate) fn beside(&self) -> Self {
        let Self { scheme, allows_basic, knew_digest, taught: _ } = *self;
        Self { scheme, allows_basic, knew_digest, taught: Taught::Nothing }
    }

    /// What can be told without being asked again.
    pub(crate) fn remembered(
        &mut self,
        credentials: &Credentials,
        question: &HttpQuestion,
    ) -> Option<HeaderValue> {
        match &mut self.taught {
            Taught::Nothing | Taught::WrongPassword => None,
            Taught::Basic => Some(basic(credentials).ok()?),
            Taught::Digest(client) => digest(client, credentials, question).ok(),
        }
    }

    /// Whether the password was told and refused: it is not told again.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.taught, Taught::WrongPassword)
    }

    /// What to tell after a refusal. `was_told`: the question said already who asks.
    pub(crate) fn challenged(
        &mut self,
        challenges: &[String],
        was_told: bool,
        credentials: &Credentials,
        question: &HttpQuestion,
    ) -> Result<HeaderValue, HttpError> {
        if self.is_refused() {
            return Err(HttpError::Unauthorised);
        }
        let offer = Offer::read(challenges);
        let taught = std::mem::replace(&mut self.taught, Taught::Nothing);
        if let Some(mut client) = offer.digest {
            self.knew_digest = true;
            // The same nonce refused is a wrong password; another one, or one called stale, is worth a try.
            if was_told && !is_worth_a_try(&taught, &client) {
                self.taught = Taught::WrongPassword;
                return Err(HttpError::Unauthorised);
            }
            let header = digest(&mut client, credentials, question)?;
            self.taught = Taught::Digest(client);
            return Ok(header);
        }
        if !offer.basic {
            return Err(HttpError::UnknownScheme);
        }
        if self.scheme == HttpScheme::Http && self.knew_digest {
            return Err(HttpError::Downgrade);
        }
        if !self.allows_basic {
            return Err(HttpError::PlainPassword);
        }
        if was_told {
            if matches!(taught, Taught::Basic) {
                self.taught = Taught::WrongPassword;
            }
            return Err(HttpError::Unauthorised);
        }
        self.taught = Taught::Basic;
        basic(credentials)
    }
}

/// Whether a refused answer to `taught` may go well with what is offered now.
fn is_worth_a_try(taught: &Taught, offered: &DigestClient) -> bool {
    match taught {
        // A nonce used once only was fresh: unless the device itself calls it stale, the password is wrong.
        Taught::Digest(used) => {
            offered.stale() || (used.nonce_count() > 1 && used.nonce() != offered.nonce())
        }
        // Somebody who asked at the same time was refused with the same password.
        Taught::Nothing | Taught::WrongPassword => false,
        Taught::Basic => true,
    }
}

fn digest(
    client: &mut DigestClient,
    credentials: &Credentials,
    question: &HttpQuestion,
) -> Result<HeaderValue, HttpError> {
    let text = client.respond(&credentials.answering(question)).map_err(|_| HttpError::UnknownScheme)?;
    sensitive(&text)
}

fn basic(credentials: &Credentials) -> Result<HeaderValue, HttpError> {
    sensitive(&http_auth::basic::encode_credentials(&credentials.user, credentials.password.reveal()))
}

fn sensitive(text: &str) -> Result<HeaderValue, HttpError> {
    let mut header = HeaderValue::from_str(text).map_err(|_| HttpError::Unsendable)?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests;
