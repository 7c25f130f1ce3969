//! Tracking feeds: what a provider's webhook says, once its signature holds.
//!
//! Owns: the three providers' signatures and shapes. A signature is compared in constant time over the bytes as they came, before
//! anything in them is read. Never: a rule on what was delivered; a secret in a trace or an answer.
//!
//! Facts: EasyPost signs the body, `X-Hmac-Signature: hmac-sha256-hex=<hex>`; Shippo signs time, a dot and the body,
//! `Shippo-Auth-Signature: t=<unix s>,v1=<hex>`; AfterShip signs the body, `aftership-hmac-sha256: <base64>`.

pub mod heard;

use super::symbols::from_hex;
use axum::http::HeaderMap;
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
use std::sync::Arc;
use vestibule_core::custody::delivered::ClaimSource;
use vestibule_core::time::{Zone, told};
use vestibule_core::{Span, Timestamp};
use zeroize::Zeroizing;

/// What was sent longer ago is not listened to: providers try again for some days, and whoever recorded a message for longer.
pub const SENT_WITHIN: Span = Span::days(7);
/// Their clocks may be ahead by so much.
const AHEAD: Span = Span::hours(1);
/// Longer texts stand in no field that is read here, in bytes.
const FIELD_MOST: usize = 80;

/// Who tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// EasyPost.
    EasyPost,
    /// Shippo.
    Shippo,
    /// AfterShip.
    AfterShip,
}

impl Provider {
    const ALL: [Self; 3] = [Self::EasyPost, Self::Shippo, Self::AfterShip];

    /// Its word in the configuration and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::EasyPost => "easypost",
            Self::Shippo => "shippo",
            Self::AfterShip => "aftership",
        }
    }

    /// The provider of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.word() == word)
    }

    /// As the rules know it.
    pub fn source(self) -> ClaimSource {
        match self {
            Self::EasyPost => ClaimSource::EasyPost,
            Self::Shippo => ClaimSource::Shippo,
            Self::AfterShip => ClaimSource::AfterShip,
        }
    }
}

/// One provider with its secret.
pub struct Feed {
    /// Who.
    pub provider: Provider,
    /// What it signs with.
    pub secret: Zeroizing<String>,
}

/// Those that are configured.
#[derive(Clone, Default)]
pub struct Feeds {
    all: Arc<Vec<Feed>>,
    /// How each is heard.
    pub heard: heard::Heard,
}

impl std::fmt::Debug for Feeds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.providers()).finish()
    }
}

/// Why a message is not listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// It was signed by nobody who has the secret.
    BadSignature,
    /// It was sent too long ago, or will be.
    NotNow,
    /// It is not JSON.
    Unreadable,
}

/// That a parcel was delivered, as a provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The tracking number as it is written there.
    pub number: String,
    /// The company as it is called there.
    pub company: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// The postal code it was sent to or left at, if that is said.
    pub postal: Option<String>,
}

impl Feeds {
    /// These.
    pub fn of(feeds: Vec<Feed>) -> Self {
        Self { all: Arc::new(feeds), heard: heard::Heard::default() }
    }

    /// The feed of a provider.
    pub fn of_provider(&self, provider: Provider) -> Option<&Feed> {
        self.all.iter().find(|feed| feed.provider == provider)
    }

    /// Who tells.
    pub fn providers(&self) -> impl Iterator<Item = Provider> {
        self.all.iter().map(|feed| feed.provider)
    }
}

impl Feed {
    /// What a message says was delivered; None: something else happened.
    ///
    /// # Errors
    /// It is not signed, too old, or cannot be read.
    pub fn hear(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        (zone, now): (&Zone, Timestamp),
    ) -> Result<Option<Delivered>, Unheard> {
        let signed_at = self.verified(headers, body).ok_or(Unheard::BadSignature)?;
        let message: Value = serde_json::from_slice(body).map_err(|_| Unheard::Unreadable)?;
        let sent = signed_at.or_else(|| self.sent(&message, zone));
        if sent.is_some_and(|sent| now - sent > SENT_WITHIN || sent - now > AHEAD) {
            return Err(Unheard::NotNow);
        }
        Ok(match self.provider {
            Provider::EasyPost => easy_post(&message, zone),
            Provider::Shippo => shippo(&message, zone),
            Provider::AfterShip => after_ship(&message, zone),
        })
    }

    /// The moment that was signed with the body, if there is one; None: the signature does not hold.
    fn verified(&self, headers: &HeaderMap, body: &[u8]) -> Option<Option<Timestamp>> {
        let header = |name: &str| headers.get(name)?.to_str().ok();
        match self.provider {
            Provider::EasyPost => {
                let hex = header("x-hmac-signature")?.strip_prefix("hmac-sha256-hex=")?;
                self.holds(&[body], &from_hex(hex)?).then_some(None)
            }
            Provider::Shippo => {
                let fields = header("shippo-auth-signature")?.split(',').map(str::trim);
                let field = |name: &str| fields.clone().find_map(|field| field.strip_prefix(name));
                let (time, hex) = (field("t=")?, field("v1=")?);
                let seconds: i64 = time.parse().ok()?;
                let holds = self.holds(&[time.as_bytes(), b".", body], &from_hex(hex)?);
                holds.then_some(Some(Timestamp(seconds.checked_mul(1_000)?)))
            }
            Provider::AfterShip => {
                let text = header("aftership-hmac-sha256")?;
                let signature = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
                self.holds(&[body], &signature).then_some(None)
            }
        }
    }

    fn holds(&self, parts: &[&[u8]], signature: &[u8]) -> bool {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).expect("HMAC takes keys of any length");
        parts.iter().for_each(|part| mac.update(part));
        mac.verify_slice(signature).is_ok()
    }

    /// When the message itself says that it was sent.
    fn sent(&self, message: &Value, zone: &Zone) -> Option<Timestamp> {
        match self.provider {
            Provider::EasyPost => told(text(message, "/created_at")?, zone),
            Provider::AfterShip => message.pointer("/ts")?.as_i64()?.checked_mul(1_000).map(Timestamp),
            Provider::Shippo => None,
        }
    }
}

/// A field that is a text of a length one would expect.
fn text<'a>(message: &'a Value, path: &str) -> Option<&'a str> {
    message.pointer(path)?.as_str().map(str::trim).filter(|text| (1..=FIELD_MOST).contains(&text.len()))
}

fn owned(message: &Value, path: &str) -> Option<String> {
    text(message, path).map(str::to_owned)
}

/// The newest step of a list whose word says that it was delivered.
fn delivered_step<'a>(steps: &'a Value, (name, word): (&str, &str)) -> Option<&'a Value> {
    let is_it = |step: &&Value| {
        step.get(name).and_then(Value::as_str).is_some_and(|said| said.eq_ignore_ascii_case(word))
    };
    steps.as_array()?.iter().rev().find(is_it)
}

fn easy_post(message: &Value, zone: &Zone) -> Option<Delivered> {
    let tracker = message.pointer("/result")?;
    if text(tracker, "/object") != Some("Tracker") || text(tracker, "/status") != Some("delivered") {
        return None;
    }
    let step =
        tracker.get("tracking_details").and_then(|steps| delivered_step(steps, ("status", "delivered")));
    Some(Delivered {
        number: owned(tracker, "/tracking_code")?,
        company: owned(tracker, "/carrier"),
        at: step.and_then(|step| told(text(step, "/datetime")?, zone)),
        postal: step.and_then(|step| owned(step, "/tracking_location/zip")),
    })
}

fn shippo(message: &Value, zone: &Zone) -> Option<Delivered> {
    if message.get("test").and_then(Value::as_bool) == Some(true) {
        return None;
    }
    let track = message.get("data").filter(|data| data.is_object()).unwrap_or(message);
    if text(track, "/tracking_status/status") != Some("DELIVERED") {
        return None;
    }
    Some(Delivered {
        number: owned(track, "/tracking_number")?,
        company: owned(track, "/carrier"),
        at: text(track, "/tracking_status/status_date").and_then(|at| told(at, zone)),
        postal: owned(track, "/address_to/zip").or_else(|| owned(track, "/tracking_status/location/zip")),
    })
}

fn after_ship(message: &Value, zone: &Zone) -> Option<Delivered> {
    let tracking = message.get("msg").filter(|msg| msg.is_object()).unwrap_or(message);
    if text(tracking, "/tag") != Some("Delivered") {
        return None;
    }
    let step = tracking.get("checkpoints").and_then(|steps| delivered_step(steps, ("tag", "Delivered")));
    let at = step.and_then(|step| text(step, "/checkpoint_time"));
    Some(Delivered {
        number: owned(tracking, "/tracking_number")?,
        company: owned(tracking, "/slug"),
        at: at.or_else(|| text(tracking, "/shipment_delivery_date")).and_then(|at| told(at, zone)),
        postal: owned(tracking, "/destination_postal_code")
            .or_else(|| step.and_then(|step| owned(step, "/zip"))),
    })
}

#[cfg(test)]
mod tests;
