//! What a device says its firmware is, as short text.

use std::fmt;

/// More of it says nothing to people. In bytes.
const LONGEST: usize = 32;

/// Printable, at most 32 characters of ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Firmware {
    text: [u8; LONGEST],
    length: usize,
}

impl Firmware {
    /// As a device wrote it, cut where it is too long. None: nothing to show, or no plain text.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let shown = text.trim().as_bytes();
        if shown.is_empty() || !shown.iter().all(|byte| (b' '..=b'~').contains(byte)) {
            return None;
        }
        let length = shown.len().min(LONGEST);
        let mut text = [0; LONGEST];
        text[..length].copy_from_slice(&shown[..length]);
        Some(Self { text, length })
    }

    /// Major, minor, build.
    #[must_use]
    pub fn of_numbers([major, minor, build]: [u8; 3]) -> Option<Self> {
        Self::new(&format!("{major}.{minor}.{build}"))
    }
}

impl fmt::Display for Firmware {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(std::str::from_utf8(&self.text[..self.length]).unwrap_or_default())
    }
}

impl fmt::Debug for Firmware {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_short_plain_text() {
        let shown = |text: &str| Firmware::new(text).map(|firmware| firmware.to_string());
        assert_eq!(shown(" V2.2.45 build 200101\n").as_deref(), Some("V2.2.45 build 200101"));
        assert_eq!(shown(&"9".repeat(300)), Some("9".repeat(LONGEST)));
        for nothing in ["", "  ", "v1\u{1b}[31m", "версия"] {
            assert_eq!(shown(nothing), None, "{nothing:?}");
        }
        assert_eq!(
            Firmware::of_numbers([0, 2, 7]).map(|firmware| firmware.to_string()),
            Some("0.2.7".to_owned())
        );
    }
}
