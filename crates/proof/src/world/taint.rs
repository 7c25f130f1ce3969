//! Finds any of many secrets in a text, in one pass over it.

use std::collections::BTreeMap;

/// So many bytes of a secret find the others.
const HEAD: usize = 4;

/// Secrets by their beginning.
pub(super) struct Taint<'a> {
    /// By a hash of the beginning: whether any secret begins so.
    begins: Vec<bool>,
    secrets: BTreeMap<[u8; HEAD], Vec<&'a [u8]>>,
}

impl<'a> Taint<'a> {
    /// Of these, each longer than its head.
    pub(super) fn of(secrets: &'a [String]) -> Self {
        let mut taint = Self { begins: vec![false; 1 << 16], secrets: BTreeMap::new() };
        for secret in secrets {
            let head = *secret.as_bytes().first_chunk().expect("a code is longer than its head");
            taint.begins[place(head)] = true;
            taint.secrets.entry(head).or_default().push(secret.as_bytes());
        }
        taint
    }

    /// Whether one of them stands anywhere in it. Within a longer number digits are a time or a count: over a year there
    /// are enough of those for any nine digits to turn up.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        text.windows(HEAD).enumerate().any(|(at, head)| {
            let head = *head.first_chunk().expect("a window");
            self.begins[place(head)]
                && self.secrets.get(&head).into_iter().flatten().any(|secret| stands(text, at, secret))
        })
    }
}

fn stands(text: &[u8], at: usize, secret: &[u8]) -> bool {
    let is_digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    let goes_on = || is_digit(at.checked_sub(1)) || is_digit(Some(at + secret.len()));
    text[at..].starts_with(secret) && !(secret.iter().all(u8::is_ascii_digit) && goes_on())
}

fn place(head: [u8; HEAD]) -> usize {
    (u32::from_le_bytes(head).wrapping_mul(0x9E37_79B1) >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_secret_is_found_wherever_it_stands() {
        let secrets = ["123456785".to_owned(), "VPAB0123456789".to_owned(), "123499999".to_owned()];
        let taint = Taint::of(&secrets);
        for secret in &secrets {
            for text in [secret.clone(), format!("a{secret}b"), format!("1234 {secret}")] {
                assert!(taint.is_in(text.as_bytes()), "{text}");
            }
            assert!(!taint.is_in(&secret.as_bytes()[1..]));
            assert!(!taint.is_in(&secret.as_bytes()[..secret.len() - 1]));
        }
        assert!(taint.is_in(b"0VPAB01234567890"), "a token is no number");
        assert!(!taint.is_in(b"1772123456785") && !taint.is_in(b"1234567850"), "a time is no code");
    }
}
