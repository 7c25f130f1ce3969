//! Every form of frame the family is known to use, both ways, including those this program never sends.
//! Owns only the recognition of a whole frame; the words for it are in `people`.

use super::{BoardAddress, LockNumber, checksum};

/// One frame, recognised. Locks are numbers from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form<'a> {
    pub kind: &'static str,
    pub board: u8,
    pub lock: Option<u8>,
    pub contacts: Contacts<'a>,
    pub note: Option<&'static str>,
}

/// What a frame says about contacts.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contacts<'a> {
    None,
    /// The contact byte of one lock, `00` or `11`.
    One(u8),
    /// The status bytes of all locks.
    All(&'a [u8]),
}

const EITHER_WAY: &str = "a board that answers with its contact closed sends the same bytes";
const QUESTION_FORM: &str = "an adapter may echo the question; no answer has this form";

/// Recognises a whole frame, or says what is wrong with it and what was expected.
pub(super) fn recognise(bytes: &[u8]) -> Result<Form<'_>, String> {
    let Some((&header, rest)) = bytes.split_first() else {
        return Err("no bytes: expected a frame such as 80 01 00 33 B2".into());
    };
    let (lengths, expected_lengths): (&[usize], _) = match header {
        0x80 => (&[5, 6, 7, 8, 9, 10, 11], "5 to 11 bytes"),
        0x8A => (&[5, 6], "5 bytes, 6 with a pulse time"),
        0x81 | 0x82 | 0x9A | 0x9B => (&[5], "5 bytes"),
        0x90 => (&[6, 10], "6 bytes, 10 for a board of 50 locks"),
        other => {
            return Err(format!(
                "starts with {other:02X}: expected 80 (state), 81 or 82 (change), 8A (unlock), 90 (several), 9A or 9B (hold)"
            ));
        }
    };
    if !lengths.contains(&bytes.len()) {
        return Err(format!(
            "a frame starting with {header:02X} has {expected_lengths}; this has {}",
            bytes.len()
        ));
    }
    let (found, expected) = (rest[rest.len() - 1], checksum(&bytes[..bytes.len() - 1]));
    if found != expected {
        return Err(format!(
            "checksum is {found:02X}, expected {expected:02X} (exclusive or of the bytes before it)"
        ));
    }
    let board = BoardAddress::new(rest[0]).map_err(|error| error.to_string())?.get();
    body(header, board, &rest[1..rest.len() - 1])
}

fn body(header: u8, board: u8, body: &[u8]) -> Result<Form<'_>, String> {
    let form = |kind, lock, contacts, note| Ok(Form { kind, board, lock, contacts, note });
    match (header, body) {
        (0x82, [0x00, 0x22]) => form("firmware_query", None, Contacts::None, None),
        (0x80, [0x00, 0x33]) => form("read_all", None, Contacts::None, Some(QUESTION_FORM)),
        (0x80, [lock, 0x33]) => form("read_one", Some(checked(*lock)?), Contacts::None, Some(QUESTION_FORM)),
        (0x80, [lock, state]) => one_contact("state_one", board, *lock, *state),
        (0x80, [status @ .., 0x33]) => form("state_all", None, Contacts::All(status), None),
        (0x80, [.., other]) => Err(format!("byte before the checksum is {other:02X}, expected 33")),
        (0x81 | 0x82, [lock, state]) => one_contact("changed", board, *lock, *state),
        (0x8A, [0x00, 0x11]) => form("unlock_all", None, Contacts::None, Some(EITHER_WAY)),
        (0x8A, [lock, 0x11]) => form("unlock", Some(checked(*lock)?), Contacts::None, Some(EITHER_WAY)),
        (0x8A, [lock, state]) => one_contact("unlock_answer", board, *lock, *state),
        (0x8A, [lock, 0x11, 1..=9]) => form("unlock_timed", Some(checked(*lock)?), Contacts::None, None),
        (0x8A, [_, 0x11, seconds]) => Err(format!("pulse time is {seconds:02X}, expected 01 to 09 seconds")),
        (0x8A, [_, other, ..]) => Err(format!("fourth byte is {other:02X}, expected 11 before a pulse time")),
        (0x90, _) => form("unlock_several", None, Contacts::None, None),
        (0x9A, [lock, 0x11]) => form("hold_on", Some(checked(*lock)?), Contacts::None, None),
        (0x9B, [lock, 0x11]) => form("hold_off", Some(checked(*lock)?), Contacts::None, None),
        (_, body) => {
            let fourth = body.get(1).copied().unwrap_or_default();
            Err(format!("fourth byte is {fourth:02X}, expected 11"))
        }
    }
}

fn checked(lock: u8) -> Result<u8, String> {
    LockNumber::new(lock).map(LockNumber::get).map_err(|error| error.to_string())
}

fn one_contact<'a>(kind: &'static str, board: u8, lock: u8, state: u8) -> Result<Form<'a>, String> {
    let contacts = contact(state)?;
    Ok(Form { kind, board, lock: Some(checked(lock)?), contacts, note: None })
}

fn contact<'a>(state: u8) -> Result<Contacts<'a>, String> {
    match state {
        0x00 | 0x11 => Ok(Contacts::One(state)),
        other => {
            Err(format!("fourth byte is {other:02X}, expected 00 (contact open) or 11 (contact closed)"))
        }
    }
}
