//! Staff passwords: which are accepted, and their Argon2id hashes.
//!
//! One hash is computed at a time, outside the writer and outside the async threads: each takes 19 MiB and some 30 ms of a
//! small machine. Never keeps a password: the text is wiped when its value is dropped.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::OnceLock;
use tokio::sync::{Semaphore, SemaphorePermit};
use zeroize::Zeroizing;

/// Shorter passwords are refused.
pub const AT_LEAST: usize = 12;
const AT_MOST: usize = 200;
/// Long enough for the rule, and among the first guesses of everybody.
const WELL_KNOWN: [&str; 16] = [
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456123456",
    "111111111111",
    "000000000000",
    "password1234",
    "passwordpassword",
    "password12345",
    "qwertyuiop123",
    "qwertyuiop12",
    "qwertyqwerty",
    "administrator",
    "letmeinletmein",
    "changemechangeme",
    "iloveyouiloveyou",
];
/// More waiting than that and the next is asked to come back.
const WAITING: usize = 16;

static GATE: Gate = Gate::new();
static NOBODY: OnceLock<String> = OnceLock::new();

/// A password as typed. No Debug, wiped on drop.
pub struct Password(Zeroizing<String>);

/// Why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Too short.
    #[error("the password needs at least {AT_LEAST} characters")]
    TooShort,
    /// Too long.
    #[error("the password has more than {AT_MOST} characters")]
    TooLong,
    /// Everybody's first guess.
    #[error("this password is one of the first anybody would try; take another")]
    WellKnown,
    /// The mail address or the name again.
    #[error("the password must not contain the mail address")]
    ContainsEmail,
}

impl Password {
    /// What was typed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Checks the rules for a new password of this account.
    ///
    /// # Errors
    /// Which rule it breaks.
    pub fn check(&self, email: &str) -> Result<(), PasswordFault> {
        let text = self.0.to_lowercase();
        let length = self.0.chars().count();
        let account = email.split('@').next().unwrap_or_default().to_lowercase();
        if length < AT_LEAST {
            Err(PasswordFault::TooShort)
        } else if length > AT_MOST {
            Err(PasswordFault::TooLong)
        } else if WELL_KNOWN.contains(&text.as_str()) || is_one_letter(&text) {
            Err(PasswordFault::WellKnown)
        } else if text.contains(&email.to_lowercase()) || (account.len() >= 4 && text.starts_with(&account)) {
            Err(PasswordFault::ContainsEmail)
        } else {
            Ok(())
        }
    }
}

fn is_one_letter(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    letters.all(|letter| Some(letter) == first)
}

/// Too many people are signing in at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("many people are signing in; try again in a moment")]
pub struct Busy;

/// The right to compute hashes until dropped.
pub struct Turn {
    _waiting: SemaphorePermit<'static>,
    _turn: SemaphorePermit<'static>,
}

/// Waits for the turn to compute hashes.
///
/// # Errors
/// [`Busy`].
pub async fn turn() -> Result<Turn, Busy> {
    GATE.turn().await
}

/// One computes, a few wait.
struct Gate {
    queue: Semaphore,
    turn: Semaphore,
}

impl Gate {
    const fn new() -> Self {
        Self { queue: Semaphore::const_new(WAITING), turn: Semaphore::const_new(1) }
    }

    async fn turn(&'static self) -> Result<Turn, Busy> {
        let waiting = self.queue.try_acquire().map_err(|_| Busy)?;
        let turn = self.turn.acquire().await.map_err(|_| Busy)?;
        Ok(Turn { _waiting: waiting, _turn: turn })
    }
}

impl Turn {
    /// The Argon2id string of a password, with a fresh salt.
    pub async fn hash(&self, password: Password) -> String {
        blocking(move || hash(&password.0)).await
    }

    /// Whether it is the password of this stored string. Without one (no such account) the same work is done for no.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> bool {
        blocking(move || verify(&password.0, stored.as_deref())).await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}

/// OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. This crate's own tests take the least there is.
fn argon2() -> Argon2<'static> {
    let (memory_kib, passes) = if cfg!(test) { (8, 1) } else { (19 * 1024, 2) };
    let params = Params::new(memory_kib, passes, 1, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str) -> String {
    argon2().hash_password(password.as_bytes()).expect("passwords of any length can be hashed").to_string()
}

fn verify(password: &str, stored: Option<&str>) -> bool {
    let nobody = NOBODY.get_or_init(|| hash("nobody has this password"));
    let parsed = PasswordHash::new(stored.unwrap_or(nobody));
    let matches = parsed.is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
    matches && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Poll;

    fn check(text: &str) -> Result<(), PasswordFault> {
        Password::new(text.to_owned()).check("dana.reyes@example.com")
    }

    #[test]
    fn rules_are_few_and_told() {
        assert_eq!(check("correct horse"), Ok(()));
        assert_eq!(check("ñandúñandúñ"), Err(PasswordFault::TooShort), "characters, not bytes");
        assert_eq!(check(&"x1".repeat(101)), Err(PasswordFault::TooLong));
        assert_eq!(check("PasswordPassword"), Err(PasswordFault::WellKnown));
        assert_eq!(check(&"a".repeat(12)), Err(PasswordFault::WellKnown));
        assert_eq!(check("dana.reyes2026"), Err(PasswordFault::ContainsEmail));
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_salted_and_verified_by_the_password_alone() {
        let turn = turn().await.unwrap();
        let password = || Password::new("correct horse".to_owned());
        let stored = turn.hash(password()).await;
        assert!(stored.starts_with("$argon2id$v=19$"), "{stored}");
        assert_ne!(stored, turn.hash(password()).await);
        assert!(turn.verify(password(), Some(stored.clone())).await);
        assert!(!turn.verify(Password::new("correct horsf".to_owned()), Some(stored)).await);
        assert!(!turn.verify(Password::new("nobody has this password".to_owned()), None).await);
        assert!(!turn.verify(password(), Some("damaged".to_owned())).await);
    }

    #[tokio::test]
    async fn a_crowd_is_sent_away_instead_of_filling_the_memory() {
        static DOOR: Gate = Gate::new();
        let held = DOOR.turn().await.unwrap();
        let mut waiting: Vec<_> = (1..WAITING).map(|_| Box::pin(DOOR.turn())).collect();
        for turn in &mut waiting {
            assert!(std::future::poll_fn(|cx| Poll::Ready(turn.as_mut().poll(cx).is_pending())).await);
        }
        assert_eq!(DOOR.turn().await.err(), Some(Busy));
        drop(held);
        assert!(waiting.remove(0).await.is_ok());
    }
}
