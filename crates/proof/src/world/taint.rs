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

    /// Whether one of them stands anywhere in it.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        text.windows(HEAD).enumerate().any(|(at, head)| {
            let head = *head.first_chunk().expect("a window");
            self.begins[place(head)]
                && self.secrets.get(&head).into_iter().flatten().any(|secret| text[at..].starts_with(secret))
        })
    }
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
            for text in [secret.clone(), format!("a{secret}b"), format!("1234{secret}")] {
                assert!(taint.is_in(text.as_bytes()), "{text}");
            }
            assert!(!taint.is_in(&secret.as_bytes()[1..]));
            assert!(!taint.is_in(&secret.as_bytes()[..secret.len() - 1]));
        }
    }
}
