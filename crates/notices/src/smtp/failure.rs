//! What a failed hand-over means: for this message, for this address, for the server. Says what to do,
//! never what was in the message.

use lettre::transport::smtp;

use crate::delivery::TryResult;

/// What a failure says about the row and its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendErrorKind {
    /// This message not now (4xx on the recipient or the content). Passing.
    Later,
    /// Never this message to this address (5xx on the recipient or the content).
    AddressRefused,
    /// Unreachable, silent, or closing. Passing.
    ServerDown,
    /// It answers and refuses us: login, sender, encryption. Somebody must change a setting.
    ServerRefuses,
}

/// A failed hand-over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SendError {
    pub kind: SendErrorKind,
    /// For staff: what happened and what to do. Holds the server's own words, no content.
    pub text: String,
}

impl SendError {
    /// Whether trying again later can help without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        match self.kind {
            SendErrorKind::Later | SendErrorKind::ServerDown => true,
            SendErrorKind::AddressRefused | SendErrorKind::ServerRefuses => false,
        }
    }

    /// For [`crate::delivery::Input::Tried`].
    pub fn try_result(&self) -> TryResult {
        match self.kind {
            SendErrorKind::Later => TryResult::Later,
            SendErrorKind::AddressRefused => TryResult::AddressRefused,
            SendErrorKind::ServerDown => TryResult::ServerDown,
            SendErrorKind::ServerRefuses => TryResult::ServerRefuses,
        }
    }
}

/// How far the conversation had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting, greeting, EHLO.
    Connect,
    Encrypt,
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA and the content.
    Content,
}

/// The longest piece of a server's words that is shown.
const REPLY_SHOWN: usize = 300;

pub(super) fn failure(stage: Stage, server: &str, error: &smtp::Error) -> SendError {
    let code = error.status().map(u16::from);
    let words = words_of(error);
    if code.is_none() && words.to_ascii_lowercase().contains("certificate") {
        return untrusted(server, &words);
    }
    // Not a word from the server: lettre itself saw that what we want is not on offer (STARTTLS, a login).
    let is_not_offered = error.is_client();
    let kind = if is_not_offered { SendErrorKind::ServerRefuses } else { classify(stage, code, &words) };
    let what = match (stage, kind) {
        (_, SendErrorKind::ServerDown) => {
            "cannot be reached or stopped answering. It is tried again by itself; check that it runs and that this \
             machine reaches it."
        }
        (Stage::Login, _) => {
            "refused the login or knows none. Check username, password_file and security in the mail settings."
        }
        (Stage::Encrypt, _) => "offers no working encryption. Check security and port in the mail settings.",
        (Stage::Recipient, SendErrorKind::AddressRefused) => {
            "refused the recipient's address. Ask for another address."
        }
        (_, SendErrorKind::AddressRefused) => {
            "refused the message for this recipient. Tell the resident another way and ask for another address."
        }
        (_, SendErrorKind::Later) => "asked to try later. It is tried again by itself.",
        (_, SendErrorKind::ServerRefuses) => {
            "does not take mail from us. Check from, username and the relay settings of the server."
        }
    };
    SendError { kind, text: format!("The mail server {server} {what} ({words})") }
}

fn classify(stage: Stage, code: Option<u16>, words: &str) -> SendErrorKind {
    let Some(code) = code else {
        // No reply at all, or none that can be read. What fails between STARTTLS and the first encrypted
        // reply is a setting far more often than a line cut just then.
        return if stage == Stage::Encrypt {
            SendErrorKind::ServerRefuses
        } else {
            SendErrorKind::ServerDown
        };
    };
    let is_permanent = code >= 500;
    match stage {
        // 421 closes the channel at any time (RFC 5321 3.8).
        _ if code == 421 => SendErrorKind::ServerDown,
        Stage::Connect | Stage::Encrypt | Stage::Login | Stage::Sender => {
            if is_permanent {
                SendErrorKind::ServerRefuses
            } else {
                SendErrorKind::ServerDown
            }
        }
        // Refused for the lack of a login or of the right to relay, every address would be refused alike:
        // no resident's address is to blame.
        Stage::Recipient if is_permanent && is_about_us(code, words) => SendErrorKind::ServerRefuses,
        Stage::Recipient | Stage::Content => {
            if is_permanent {
                SendErrorKind::AddressRefused
            } else {
                SendErrorKind::Later
            }
        }
    }
}

fn is_about_us(code: u16, words: &str) -> bool {
    matches!(code, 503 | 530 | 534 | 535 | 538) || words.to_ascii_lowercase().contains("relay")
}

fn untrusted(server: &str, words: &str) -> SendError {
    SendError {
        kind: SendErrorKind::ServerRefuses,
        text: format!(
            "The mail server {server} showed a certificate that is not trusted ({words}). If it is your own server, \
             name its authority in ca_file; check that host is the name in the certificate."
        ),
    }
}

fn words_of(error: &smtp::Error) -> String {
    let mut words = error.to_string();
    let flat: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    words.clear();
    words.extend(flat.chars().take(REPLY_SHOWN));
    words
}

pub(super) fn timed_out(server: &str, seconds: u64) -> SendError {
    SendError {
        kind: SendErrorKind::ServerDown,
        text: format!(
            "The mail server {server} did not finish within {seconds} s. It is tried again by itself; check that it \
             runs and that this machine reaches it."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_told_apart() {
        use SendErrorKind::{AddressRefused, Later, ServerDown, ServerRefuses};
        for (stage, code, words, kind) in [
            (Stage::Recipient, Some(550), "5.1.1 no such user", AddressRefused),
            (Stage::Recipient, Some(554), "5.7.1 Relay access denied", ServerRefuses),
            (Stage::Recipient, Some(530), "5.7.0 authentication required", ServerRefuses),
            (Stage::Recipient, Some(451), "4.7.1 greylisted", Later),
            (Stage::Recipient, Some(421), "4.3.2 closing", ServerDown),
            (Stage::Content, Some(552), "5.2.2 mailbox full", AddressRefused),
            (Stage::Content, Some(452), "4.3.1 disk full", Later),
            (Stage::Content, None, "connection reset", ServerDown),
            (Stage::Sender, Some(550), "5.7.1 sender refused", ServerRefuses),
            (Stage::Sender, Some(451), "4.3.0 later", ServerDown),
            (Stage::Login, Some(535), "5.7.8 bad credentials", ServerRefuses),
            (Stage::Login, Some(454), "4.7.0 temporary", ServerDown),
            (Stage::Connect, Some(554), "5.3.2 no service", ServerRefuses),
            (Stage::Connect, None, "connection refused", ServerDown),
            (Stage::Encrypt, None, "STARTTLS is not supported", ServerRefuses),
        ] {
            assert_eq!(classify(stage, code, words), kind, "{stage:?} {code:?} {words}");
        }
    }
}
