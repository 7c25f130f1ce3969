//! Whom a device lets in, and how it wants to be told: Basic (RFC 7617), Digest with MD5 or SHA-256 (RFC 7616), and the token of
//! WS-Security for ONVIF.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};

use super::question::{Question, Reply};
use super::text;

const REALM: &str = "simulated device";

/// The one who may ask. Debug says nothing of the password.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpAccount {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for HttpAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpAccount").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A way to say who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Basic,
    DigestMd5,
    DigestSha256,
}

impl Scheme {
    fn algorithm(self) -> &'static str {
        match self {
            Scheme::Basic => "",
            Scheme::DigestMd5 => "MD5",
            Scheme::DigestSha256 => "SHA-256",
        }
    }

    fn hash(self, text: &str) -> String {
        let bytes = match self {
            Scheme::DigestSha256 => digest(&SHA256, text.as_bytes()).as_ref().to_vec(),
            Scheme::Basic | Scheme::DigestMd5 => Md5::digest(text.as_bytes()).to_vec(),
        };
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How a device forgets what was agreed on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AuthorisationFaults {
    /// Forgets that it knew Digest.
    pub(crate) offers_basic_alone: bool,
    /// Every nonce is good for one question.
    pub(crate) nonces_grow_old: bool,
}

/// How a device stands to whoever asks, before it looks at what is asked.
pub(crate) struct TurnsAway<'a> {
    /// Sends every asker to this address.
    pub(crate) to: Option<&'a str>,
    /// The question needs no account.
    pub(crate) is_open: bool,
    pub(crate) authorisation: AuthorisationFaults,
    /// Refuses whom it knows with this status and without a word.
    pub(crate) with: Option<u16>,
}

/// Keeps count of who came in by which nonce.
#[derive(Debug)]
pub(crate) struct Gate {
    account: Option<HttpAccount>,
    schemes: Vec<Scheme>,
    issued: u64,
    /// The last count used with each nonce.
    used: BTreeMap<String, u32>,
}

enum Entry {
    Open,
    Stale,
    Shut,
}

impl Gate {
    pub(crate) fn new(account: Option<HttpAccount>, schemes: Vec<Scheme>) -> Self {
        Self { account, schemes, issued: 0, used: BTreeMap::new() }
    }

    /// The answer to somebody who is turned away. None: the device looks at the question.
    pub(crate) fn turn_away(&mut self, question: &Question, turns: &TurnsAway<'_>) -> Option<Reply> {
        if let Some(place) = turns.to {
            return Some(Reply::new(302, "text/plain", b"moved".to_vec()).with("Location", place));
        }
        if !turns.is_open
            && let Some(refused) = self.refuse(question, turns.authorisation)
        {
            return Some(refused);
        }
        turns.with.map(|status| Reply::new(status, "text/plain", Vec::new()))
    }

    /// The refusal, unless the asker may ask.
    fn refuse(&mut self, question: &Question, faults: AuthorisationFaults) -> Option<Reply> {
        let stale = match self.entry(question, faults) {
            Entry::Open => return None,
            Entry::Stale => true,
            Entry::Shut => false,
        };
        let mut reply = Reply::new(401, "text/html", b"<html><body>401</body></html>".to_vec());
        for scheme in self.offered(faults) {
            let offer = match scheme {
                Scheme::Basic => format!("Basic realm=\"{REALM}\""),
                digest => self.challenge(digest, stale),
            };
            reply.header("WWW-Authenticate", &offer);
        }
        Some(reply)
    }

    fn offered(&self, faults: AuthorisationFaults) -> Vec<Scheme> {
        if faults.offers_basic_alone { vec![Scheme::Basic] } else { self.schemes.clone() }
    }

    fn challenge(&mut self, scheme: Scheme, stale: bool) -> String {
        self.issued += 1;
        let nonce = format!("{:08x}{}", self.issued, scheme.algorithm().to_lowercase());
        self.used.insert(nonce.clone(), 0);
        let stale = if stale { ", stale=true" } else { "" };
        let algorithm = scheme.algorithm();
        format!(
            "Digest realm=\"{REALM}\", qop=\"auth\", algorithm={algorithm}, nonce=\"{nonce}\", opaque=\"o\"{stale}"
        )
    }

    fn entry(&mut self, question: &Question, faults: AuthorisationFaults) -> Entry {
        let Some(account) = self.account.clone() else { return Entry::Open };
        let offered = self.offered(faults);
        let Some((scheme, rest)) = question.header("authorization").and_then(|header| header.split_once(' '))
        else {
            return Entry::Shut;
        };
        if scheme == "Basic" && offered.contains(&Scheme::Basic) {
            let wanted = STANDARD.encode(format!("{}:{}", account.user, account.password));
            return if rest.trim() == wanted { Entry::Open } else { Entry::Shut };
        }
        let fields = fields(rest);
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let known = [Scheme::DigestMd5, Scheme::DigestSha256]
            .into_iter()
            .find(|known| known.algorithm() == field("algorithm"));
        match known.filter(|known| scheme == "Digest" && offered.contains(known)) {
            Some(known) if response(known, &account, question, &field) == field("response") => {
                self.count(field("nonce"), field("nc"), faults)
            }
            _ => Entry::Shut,
        }
    }

    /// A count that does not grow is a question played again.
    fn count(&mut self, nonce: &str, count: &str, faults: AuthorisationFaults) -> Entry {
        let (Some(last), Ok(count)) = (self.used.get_mut(nonce), u32::from_str_radix(count, 16)) else {
            return Entry::Stale;
        };
        if count <= *last {
            return Entry::Stale;
        }
        *last = count;
        if faults.nonces_grow_old {
            self.used.remove(nonce);
        }
        Entry::Open
    }

    /// Whether the token in a SOAP header is this account's, made within a minute of the device's clock.
    pub(crate) fn knows_token(&self, xml: &str, clock_ms: i64) -> bool {
        let Some(account) = &self.account else { return true };
        let field = |name| text::between(xml, name).unwrap_or_default();
        let Ok(nonce) = STANDARD.decode(field("Nonce")) else { return false };
        let created = field("Created");
        let mut context = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
        context.update(&nonce);
        context.update(created.as_bytes());
        context.update(account.password.as_bytes());
        let is_now = super::calendar::read(&created).is_some_and(|at_ms| (at_ms - clock_ms).abs() <= 60_000);
        is_now && field("Username") == account.user && field("Password") == STANDARD.encode(context.finish())
    }
}

fn response<'a>(
    scheme: Scheme,
    account: &HttpAccount,
    question: &Question,
    field: &impl Fn(&str) -> &'a str,
) -> String {
    let secret = scheme.hash(&format!("{}:{REALM}:{}", account.user, account.password));
    // The address that was really asked, not the one the asker claims.
    let asked = scheme.hash(&format!("{}:{}", question.method, question.target));
    let (nonce, nc, cnonce) = (field("nonce"), field("nc"), field("cnonce"));
    scheme.hash(&format!("{secret}:{nonce}:{nc}:{cnonce}:{}:{asked}", field("qop")))
}

/// `name="value", name=value`; no value of ours holds a comma or a quote.
fn fields(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches('"').to_owned())).collect()
}
