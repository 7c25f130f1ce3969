//! Explains a frame to an installer: what it is, from or to whom, and what it says.
//! Never used to drive a board: it reads both directions, where the driver reads only answers to its questions.

use std::collections::BTreeMap;

use serde::Serialize;

use super::people_forms::{Contacts, Form, recognise};
use super::{Contact, FeedbackPolarity, LockNumber, StatusBytes, StatusOrder};

/// A frame in words. Locks and channels count from 1 as printed on the board; what is absent is null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Decoded {
    /// Whether this is a whole, right frame of the family.
    pub valid: bool,
    /// `read_one`, `read_all`, `state_one`, `state_all`, `unlock`, `unlock_answer`, `unlock_timed`, `unlock_all`,
    /// `unlock_several`, `hold_on`, `hold_off`, `changed` or `firmware_query`.
    pub kind: Option<&'static str>,
    /// The board's address on the bus.
    pub board: Option<u8>,
    /// The lock, where the frame is about one.
    pub lock: Option<u8>,
    /// `"closed"` or `"open"` per lock, read as short-when-closed.
    pub channels: Option<BTreeMap<u8, &'static str>>,
    /// What is wrong, and what was expected.
    pub error: Option<String>,
    /// What else is worth knowing; for people only, not part of the JSON.
    #[serde(skip)]
    pub note: Option<String>,
}

/// Reads a frame written in hexadecimal: spaces, colons, commas, either case and `0x` are welcome.
///
/// `channels` is the number of locks of the board (1 to 50), if known: it limits what is listed. Of up to three
/// status bytes the last is taken for locks 1 to 8, of more (boards of 50 locks) the first.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    match decode(hex, channels) {
        Ok(decoded) => decoded,
        Err(error) => Decoded { error: Some(error), ..Decoded::default() },
    }
}

fn decode(hex: &str, channels: Option<u8>) -> Result<Decoded, String> {
    if let Some(count) = channels
        && LockNumber::new(count).is_err()
    {
        return Err(format!("{count} channels: expected 1 to {}", LockNumber::LAST));
    }
    let bytes = parse_hex(hex)?;
    let (form, skipped) = recognise_after_noise(&bytes)?;
    let states = channel_states(&form, channels)?;
    if let (Some(lock), Some(count)) = (form.lock, channels)
        && lock > count
    {
        return Err(format!("lock {lock} on a board of {count}: expected 1 to {count}"));
    }
    let noise = (skipped > 0).then(|| format!("{skipped} bytes of noise before the frame were skipped"));
    let notes: Vec<String> = form.note.map(str::to_owned).into_iter().chain(noise).collect();
    Ok(Decoded {
        valid: true,
        kind: Some(form.kind),
        board: Some(form.board),
        lock: form.lock,
        channels: states,
        error: None,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    })
}

/// A frame whose first byte is a header is judged as it stands; only foreign bytes in front are skipped.
fn recognise_after_noise(bytes: &[u8]) -> Result<(Form<'_>, usize), String> {
    let error = match recognise(bytes) {
        Ok(form) => return Ok((form, 0)),
        Err(error) => error,
    };
    let starts_a_frame = matches!(bytes.first(), None | Some(0x80 | 0x81 | 0x82 | 0x8A | 0x90 | 0x9A | 0x9B));
    if starts_a_frame {
        return Err(error);
    }
    (1..bytes.len()).find_map(|start| Some((recognise(&bytes[start..]).ok()?, start))).ok_or(error)
}

fn channel_states(
    form: &Form<'_>,
    channels: Option<u8>,
) -> Result<Option<BTreeMap<u8, &'static str>>, String> {
    match form.contacts {
        Contacts::None => Ok(None),
        Contacts::One(state) => {
            let contact = if state == 0x11 { Contact::Closed } else { Contact::Open };
            Ok(form.lock.map(|lock| BTreeMap::from([(lock, word(contact))])))
        }
        Contacts::All(status) => {
            let carried = u8::try_from(status.len() * 8).unwrap_or(u8::MAX).min(LockNumber::LAST);
            let count = channels.unwrap_or(carried);
            // Three bytes are proven to end with locks 1 to 8; longer answers are known to start with them.
            let order = if status.len() > 3 { StatusOrder::FirstIsLow } else { StatusOrder::LastIsLow };
            let too_short =
                || format!("{} status bytes carry {carried} locks, expected {count}", status.len());
            let status = StatusBytes::new(status).ok_or_else(too_short)?;
            let states = (1..=count).map(|lock| {
                let lock = LockNumber::new(lock).map_err(|error| error.to_string())?;
                Ok((lock.get(), word(status.contact(lock, order).ok_or_else(too_short)?)))
            });
            states.collect::<Result<_, String>>().map(Some)
        }
    }
}

fn word(contact: Contact) -> &'static str {
    if FeedbackPolarity::default().door_is_open(contact) { "open" } else { "closed" }
}

fn parse_hex(text: &str) -> Result<Vec<u8>, String> {
    let is_separator = |letter: char| letter.is_whitespace() || matches!(letter, ':' | ',' | '-');
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
