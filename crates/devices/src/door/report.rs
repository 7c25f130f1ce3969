//! What a door controller tells the site. Facts only: what they mean is the site's to say.

use std::fmt;

use crate::DeviceError;

/// One fact about one door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorReport {
    /// As numbered by the site.
    pub door: u32,
    /// What was seen.
    pub fact: DoorFact,
}

/// What can be seen at a door. States come with their first reading after a start or outage, then at every change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoorFact {
    /// The contact says the door stands open.
    Opened,
    /// The contact says the door is shut.
    Closed,
    /// The contact cannot be read any more, or says that it is broken.
    ContactUnknown,
    /// A card was held to the reader.
    Card(Card),
    /// Keys were pressed, one or several.
    Digits(Keys),
    /// The button inside was pressed.
    RequestToExit,
    /// Somebody opened the device's case or tore it off the wall.
    Tampered,
    /// The case is shut again.
    TamperEnded,
    /// The device answers, and what it is trusted by is right.
    Online,
    /// The device does not answer, or is not to be trusted.
    Offline(DeviceError),
    /// A new reader has been given its own key; the default key opens nothing any more.
    KeySet,
}

/// The bits of a card. They are a secret: never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    bits: u16,
    data: Vec<u8>,
}

impl Card {
    /// `bits` bits, left-aligned in `data`, the first bit read first; what is over is cleared. `None` if `data` is too short.
    #[must_use]
    pub fn new(bits: u16, data: &[u8]) -> Option<Self> {
        let mut data = data.get(..usize::from(bits).div_ceil(8))?.to_vec();
        let over = (8 - bits % 8) % 8;
        if let Some(last) = data.last_mut() {
            *last &= 0xFF << over;
        }
        Some(Self { bits, data })
    }

    /// How many bits, such as 26.
    #[must_use]
    pub fn bits(&self) -> u16 {
        self.bits
    }

    /// The bits, left-aligned, parity bits included.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        &self.data
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Card of {} bits", self.bits)
    }
}

/// Keys pressed, `0` to `9`, `*` and `#`. They are a secret: never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys(String);

impl Keys {
    /// `None` if something else than keys is among them.
    #[must_use]
    pub fn new(keys: &str) -> Option<Self> {
        let is_key = |key: char| key.is_ascii_digit() || matches!(key, '*' | '#');
        keys.chars().all(is_key).then(|| Self(keys.to_owned()))
    }

    /// In the order they were pressed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} keys", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_keeps_its_bits_and_nothing_over() {
        let card = Card::new(26, &[0x12, 0x34, 0x56, 0xBF]).expect("four bytes hold 26 bits");
        assert_eq!((card.bits(), card.data()), (26, &[0x12, 0x34, 0x56, 0x80][..]));
        assert_eq!(Card::new(32, &[1, 2, 3, 4]).expect("whole").data(), [1, 2, 3, 4]);
        assert_eq!(Card::new(26, &[0x12, 0x34, 0x56]), None);
    }

    #[test]
    fn what_was_read_is_not_shown() {
        let card = DoorFact::Card(Card::new(26, &[0x12, 0x34, 0x56, 0x80]).expect("whole"));
        let keys = DoorFact::Digits(Keys::new("4711#").expect("keys"));
        assert_eq!(format!("{card:?} {keys:?}"), "Card(Card of 26 bits) Digits(5 keys)");
    }

    #[test]
    fn only_keys_are_keys() {
        assert_eq!(Keys::new("12*#").map(|keys| keys.as_str().to_owned()).as_deref(), Some("12*#"));
        assert_eq!(Keys::new("12a"), None);
    }
}
