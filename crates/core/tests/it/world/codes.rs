//! Codes as their owners hold them, and how they are given.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use vestibule_core::CredentialId;
use vestibule_core::code::{CodeHash, CodeHasher, pin};
use vestibule_core::directory::KeypadNumber;
use vestibule_core::vocabulary::command::Proof;

/// HMAC-SHA256 as the shell computes it.
pub struct Pepper;

impl CodeHasher for Pepper {
    fn hash(&self, purpose: &str, text: &str) -> CodeHash {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"a pepper for tests").expect("any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        CodeHash(mac.finalize().into_bytes().into())
    }
}

/// A code as its owner holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    pub credential: Option<CredentialId>,
    pub selector: String,
    pub digits: String,
    pub token: String,
}

impl Code {
    pub fn scanned(&self) -> Proof {
        Proof::Token(pin::token_hash(&Pepper, &self.token))
    }
    pub fn typed(&self) -> Proof {
        typed(&self.selector, pin::pin_hash(&Pepper, &self.selector, &self.digits))
    }
    pub fn typed_by_courier(&self) -> Proof {
        typed(&self.digits[..3], pin::courier_hash(&Pepper, &self.digits))
    }
}

fn typed(selector: &str, hash: CodeHash) -> Proof {
    Proof::Digits { selector: KeypadNumber::new(selector).unwrap(), check_ok: true, hash }
}

/// Digits nobody was given.
pub fn wrong(selector: &str) -> Proof {
    typed(selector, CodeHash([0xAB; 32]))
}
