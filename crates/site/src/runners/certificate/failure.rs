//! Why a certificate was not had: a closed list, and what the authority itself said.
//!
//! Owns: which of the authority's answers is which trouble, and that nothing secret is in what is kept of its words. Pure.

use instant_acme::{Error, Problem};
use serde::{Deserialize, Serialize};

/// What the authority said is kept this long, in characters.
const SAID_MOST: usize = 400;
/// Letters and digits in a row that are no word: tokens of the authority are longer than this.
const TOKEN_FROM: usize = 32;
/// Before a token in the addresses that an authority quotes.
const BEFORE_TOKEN: &str = "/acme-challenge/";
const KIND: &str = "urn:ietf:params:acme:error:";

/// What kept a certificate from being had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The authority cannot be reached: no line, no name service, its https is not trusted.
    Unreachable,
    /// It was asked too often.
    RateLimited,
    /// It finds no address under the domain.
    NoAddress,
    /// It does not reach this site at the domain.
    NotReached,
    /// It reached something at the domain that is not this site.
    SomebodyElse,
    /// It gives no certificates for the domain.
    NotForDomain,
    /// It does not know our account, or wants more of it.
    Account,
    /// It did not come to an end.
    Slow,
    /// It said no, or something that is not ACME.
    Refused,
    /// What it gave is no certificate for these domains and this key, or one that is over.
    WrongCertificate,
    /// Files of our own could not be read or written.
    Here,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Unreachable,
        Self::RateLimited,
        Self::NoAddress,
        Self::NotReached,
        Self::SomebodyElse,
        Self::NotForDomain,
        Self::Account,
        Self::Slow,
        Self::Refused,
        Self::WrongCertificate,
        Self::Here,
    ];

    /// The word of it in keys of texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::RateLimited => "rate-limited",
            Self::NoAddress => "no-address",
            Self::NotReached => "not-reached",
            Self::SomebodyElse => "somebody-else",
            Self::NotForDomain => "not-for-domain",
            Self::Account => "account",
            Self::Slow => "slow",
            Self::Refused => "refused",
            Self::WrongCertificate => "wrong-certificate",
            Self::Here => "here",
        }
    }

    /// Whether the authority counts such a try.
    pub(super) fn reached_the_authority(self) -> bool {
        !matches!(self, Self::Unreachable | Self::Here)
    }
}

/// A try that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why.
    pub trouble: Trouble,
    /// In the words of the authority, or of this machine; without anything secret. May be empty.
    pub said: String,
    /// After how many ms the authority wants to be asked again, if it said so.
    #[serde(default)]
    pub again_ms: Option<i64>,
}

impl Failure {
    /// With words of whoever said them.
    pub fn new(trouble: Trouble, said: &str) -> Self {
        Self { trouble, said: harmless(said), again_ms: None }
    }

    /// From what the authority's library says; `again_ms` as the authority's answer had it.
    pub(super) fn of(error: &Error, again_ms: Option<i64>) -> Self {
        let failure = match error {
            Error::Api(problem) => Self::of_problem(problem),
            Error::Other(other) if other.is::<Unreached>() => {
                Self::new(Trouble::Unreachable, &other.to_string())
            }
            Error::Timeout(_) => Self::new(Trouble::Slow, ""),
            Error::Crypto | Error::KeyRejected => Self::new(Trouble::Here, &error.to_string()),
            other => Self::new(Trouble::Refused, &other.to_string()),
        };
        Self { again_ms, ..failure }
    }

    /// From the problem of an order, an authorisation or an answer.
    pub(super) fn of_problem(problem: &Problem) -> Self {
        let parts = problem.subproblems.iter().filter_map(|part| part.detail.as_deref());
        let said: Vec<&str> = problem.detail.as_deref().into_iter().chain(parts).collect();
        // A problem with parts names a kind for each; the whole is only their sum.
        let kind = match problem.subproblems.first().and_then(|part| part.r#type.as_deref()) {
            Some(kind) => kind,
            None => problem.r#type.as_deref().unwrap_or_default(),
        };
        Self::new(trouble_of(kind), &said.join(" "))
    }
}

/// Whether an authority that said no to an order may say yes to the same order that names no certificate it replaces: the order before
/// it is known by somebody else's account, not at all, or replaced already (RFC 9773 5).
pub(super) fn may_be_of_what_is_replaced(error: &Error) -> bool {
    match error {
        Error::Unsupported(_) => true,
        Error::Api(problem) => {
            let kind = problem.r#type.as_deref().and_then(|kind| kind.strip_prefix(KIND));
            kind.is_some_and(|kind| ["alreadyReplaced", "malformed", "unauthorized"].contains(&kind))
        }
        // The library finds that the answer does not repeat what is replaced.
        Error::Other(other) => !other.is::<Unreached>(),
        _ => false,
    }
}

/// RFC 8555 6.7.
fn trouble_of(kind: &str) -> Trouble {
    match kind.strip_prefix(KIND).unwrap_or_default() {
        "rateLimited" => Trouble::RateLimited,
        "dns" => Trouble::NoAddress,
        "connection" | "tls" => Trouble::NotReached,
        "unauthorized" | "incorrectResponse" => Trouble::SomebodyElse,
        "caa" | "rejectedIdentifier" | "unsupportedIdentifier" => Trouble::NotForDomain,
        "accountDoesNotExist"
        | "externalAccountRequired"
        | "userActionRequired"
        | "invalidContact"
        | "unsupportedContact" => Trouble::Account,
        _ => Trouble::Refused,
    }
}

/// The authority was not reached; the words say how far it went.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unreached(pub(super) String);

/// Words of a stranger, short, on one line, and without the token of a challenge: what is kept of them stands on pages and in logs.
pub(super) fn harmless(said: &str) -> String {
    let mut kept = String::new();
    let mut run = String::new();
    for c in said.chars().map(|c| if c.is_control() { ' ' } else { c }).chain([' ']) {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
            run.push(c);
            continue;
        }
        let is_token = run.len() >= TOKEN_FROM || (!run.is_empty() && kept.ends_with(BEFORE_TOKEN));
        kept.push_str(if is_token { "…" } else { &run });
        run.clear();
        kept.push(c);
    }
    let kept = kept.trim();
    match kept.char_indices().nth(SAID_MOST) {
        Some((at, _)) => format!("{}…", &kept[..at]),
        None => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(json: &str) -> Failure {
        Failure::of_problem(&serde_json::from_str(json).expect("a problem document"))
    }

    #[test]
    fn what_the_authority_says_becomes_a_trouble_and_its_words() {
        let limited = problem(
            r#"{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many certificates","status":429}"#,
        );
        assert_eq!((limited.trouble, limited.said.as_str()), (Trouble::RateLimited, "too many certificates"));
        let parts = problem(
            r#"{"type":"urn:ietf:params:acme:error:malformed","detail":"Some were rejected.","subproblems":[
                {"type":"urn:ietf:params:acme:error:rejectedIdentifier","detail":"Not for example.net",
                 "identifier":{"type":"dns","value":"example.net"}}]}"#,
        );
        assert_eq!(parts.trouble, Trouble::NotForDomain);
        assert_eq!(parts.said, "Some were rejected. Not for example.net");
        for (kind, trouble) in [
            ("dns", Trouble::NoAddress),
            ("connection", Trouble::NotReached),
            ("unauthorized", Trouble::SomebodyElse),
            ("accountDoesNotExist", Trouble::Account),
            ("serverInternal", Trouble::Refused),
        ] {
            assert_eq!(problem(&format!(r#"{{"type":"{KIND}{kind}"}}"#)).trouble, trouble, "{kind}");
        }
        assert_eq!(problem(r#"{"type":"about:blank"}"#).trouble, Trouble::Refused);
    }

    #[test]
    fn no_token_stays_in_words_that_are_kept() {
        let token = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";
        let said = format!(
            "Invalid response from http://parcels.example.com/.well-known/acme-challenge/{token}: \"{token}.{token}\"\r\nwas 404"
        );
        let kept = Failure::new(Trouble::SomebodyElse, &said).said;
        assert!(!kept.contains(token) && !kept.contains('\n'), "{kept}");
        assert!(kept.contains("parcels.example.com") && kept.ends_with("was 404"), "{kept}");
        let short = Failure::new(
            Trouble::SomebodyElse,
            "no http://a.example/.well-known/acme-challenge/abc-123 here",
        )
        .said;
        assert_eq!(short, "no http://a.example/.well-known/acme-challenge/… here");
        let long = Failure::new(Trouble::Refused, &"word ".repeat(400)).said;
        assert!(long.chars().count() <= SAID_MOST + 1, "{}", long.len());
    }

    #[test]
    fn an_order_is_given_again_without_what_it_replaces_where_that_may_be_the_reason() {
        let api = |kind: &str| -> Error {
            let problem = format!(r#"{{"type":"{KIND}{kind}","detail":"no"}}"#);
            Error::Api(serde_json::from_str(&problem).expect("a problem document"))
        };
        for kind in ["alreadyReplaced", "malformed", "unauthorized"] {
            assert!(may_be_of_what_is_replaced(&api(kind)), "{kind}");
        }
        for kind in ["rateLimited", "serverInternal", "rejectedIdentifier"] {
            assert!(!may_be_of_what_is_replaced(&api(kind)), "{kind}");
        }
        assert!(may_be_of_what_is_replaced(&Error::Other("replaces field mismatch".into())));
        assert!(!may_be_of_what_is_replaced(&Error::Other(Box::new(Unreached("no line".to_owned())))));
    }

    #[test]
    fn an_authority_that_was_not_reached_is_told_from_one_that_refused() {
        let away = Error::Other(Box::new(Unreached("connection refused".to_owned())));
        let failure = Failure::of(&away, None);
        assert_eq!((failure.trouble, failure.said.as_str()), (Trouble::Unreachable, "connection refused"));
        assert_eq!(Failure::of(&Error::Str("no nonce"), Some(7)).trouble, Trouble::Refused);
        assert_eq!(Failure::of(&Error::Str("no nonce"), Some(7)).again_ms, Some(7));
    }
}
