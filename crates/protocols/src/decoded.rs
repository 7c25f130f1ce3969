//! A frame in words, the same for every family. Owns what surrounds the families' own reading: the hexadecimal text and
//! the number of locks of the board. Never used to drive a board.

use std::collections::BTreeMap;

use serde::Serialize;

/// A state in a word per lock, numbered as on the board.
pub type Channels = BTreeMap<u8, &'static str>;

/// A frame in words. Boards go by their bus address, locks and channels count from 1 as printed on the board; what is
/// absent is null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Decoded {
    /// Whether this is a whole, right frame of the family.
    pub valid: bool,
    /// What it is, in a word: `read_all`, `state_all`, `unlock`, `unlock_answer` and so on.
    pub kind: Option<&'static str>,
    /// The board's address on the bus.
    pub board: Option<u8>,
    /// The lock, where the frame is about one.
    pub lock: Option<u8>,
    /// `"closed"` or `"open"` per lock, as the family reads it unless the wiring is reversed; `"on"` or `"off"` per relay.
    pub channels: Option<Channels>,
    /// What is wrong, and what was expected.
    pub error: Option<String>,
    /// What else is worth knowing; for people only, not part of the JSON.
    #[serde(skip)]
    pub note: Option<String>,
}

impl Decoded {
    /// A valid frame of this kind from or to this board.
    pub(crate) fn of(kind: &'static str, board: u8) -> Self {
        Self { valid: true, kind: Some(kind), board: Some(board), ..Self::default() }
    }

    pub(crate) fn lock(self, lock: u8) -> Self {
        Self { lock: Some(lock), ..self }
    }

    pub(crate) fn channels(self, channels: Channels) -> Self {
        Self { channels: Some(channels), ..self }
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        let note = note.into();
        self.note = Some(self.note.map_or(note.clone(), |before| format!("{before}; {note}")));
        self
    }
}

/// Reads `hex` with `read`, the family's own reading. `channels` is the number of locks of the board, 1 to `last`, if it
/// is known: it limits what is listed, and more than the frame carries is an error.
pub(crate) fn explain(
    hex: &str,
    channels: Option<u8>,
    last: u8,
    read: impl FnOnce(&[u8]) -> Result<Decoded, String>,
) -> Decoded {
    let decoded = in_range(channels, last).and_then(|()| parse_hex(hex)).and_then(|bytes| read(&bytes));
    decoded
        .and_then(|decoded| limited(decoded, channels))
        .unwrap_or_else(|error| Decoded { error: Some(error), ..Decoded::default() })
}

fn in_range(channels: Option<u8>, last: u8) -> Result<(), String> {
    match channels {
        Some(count) if !(1..=last).contains(&count) => Err(format!("{count} channels: expected 1 to {last}")),
        Some(_) | None => Ok(()),
    }
}

fn limited(mut decoded: Decoded, channels: Option<u8>) -> Result<Decoded, String> {
    let Some(count) = channels else { return Ok(decoded) };
    if let Some(lock) = decoded.lock.filter(|lock| *lock > count) {
        return Err(format!("lock {lock} on a board of {count}: expected 1 to {count}"));
    }
    if decoded.lock.is_none()
        && let Some(states) = &mut decoded.channels
    {
        if states.len() < usize::from(count) {
            return Err(format!("the frame carries {} locks, expected {count}", states.len()));
        }
        states.retain(|lock, _| *lock <= count);
    }
    Ok(decoded)
}

/// The state of locks from 1 on, eight a byte, the lowest bit first.
pub(crate) fn bit_states(bytes: &[u8], word: impl Fn(bool) -> &'static str) -> Channels {
    let bits = bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1));
    (1..=u8::MAX).zip(bits).map(|(lock, bit)| (lock, word(bit))).collect()
}

/// Spaces, colons, commas, bars, either case and `0x` are welcome.
fn parse_hex(text: &str) -> Result<Vec<u8>, String> {
    let is_separator = |letter: char| letter.is_whitespace() || matches!(letter, ':' | ',' | '-' | '|');
    let mut bytes = Vec::new();
    for token in text.split(is_separator).filter(|token| !token.is_empty()) {
        let digits = token.strip_prefix("0x").or_else(|| token.strip_prefix("0X")).unwrap_or(token);
        let values: Vec<u32> = digits
            .chars()
            .map(|digit| {
                digit.to_digit(16).ok_or_else(|| format!("{digit:?} in {token:?} is not hexadecimal"))
            })
            .collect::<Result<_, _>>()?;
        if values.len() % 2 == 1 || values.is_empty() {
            return Err(format!("{token:?} has {} digits: expected two for each byte", values.len()));
        }
        let pairs = values.chunks_exact(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]));
        bytes.extend(pairs.map(|byte| byte.expect("two hexadecimal digits are a byte")));
    }
    Ok(bytes)
}
