//! Explains a frame to an installer: what it is, from or to whom, and what it says.
//! Never used to drive a board: it reads both directions, where the driver reads only answers to its questions.

use std::collections::BTreeMap;

use super::people_forms::{Contacts, Form, recognise};
use super::{Contact, FeedbackPolarity, LockNumber, StatusBytes, StatusOrder};
use crate::decoded::{Channels, Decoded, explain};

/// Reads a frame written in hexadecimal: spaces, colons, commas, either case and `0x` are welcome.
///
/// `channels` is the number of locks of the board (1 to 50), if known: it limits what is listed. Of up to three
/// status bytes the last is taken for locks 1 to 8, of more (boards of 50 locks) the first.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    explain(hex, channels, LockNumber::LAST, read)
}

fn read(bytes: &[u8]) -> Result<Decoded, String> {
    let (form, skipped) = recognise_after_noise(bytes)?;
    let mut decoded = Decoded::of(form.kind, form.board);
    decoded.lock = form.lock;
    decoded.channels = channel_states(&form)?;
    if let Some(note) = form.note {
        decoded = decoded.note(note);
    }
    if skipped > 0 {
        decoded = decoded.note(format!("{skipped} bytes of noise before the frame were skipped"));
    }
    Ok(decoded)
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

fn channel_states(form: &Form<'_>) -> Result<Option<Channels>, String> {
    match form.contacts {
        Contacts::None => Ok(None),
        Contacts::One(state) => {
            let contact = if state == 0x11 { Contact::Closed } else { Contact::Open };
            Ok(form.lock.map(|lock| BTreeMap::from([(lock, word(contact))])))
        }
        Contacts::All(bytes) => {
            // Three bytes are proven to end with locks 1 to 8; longer answers are known to start with them.
            let order = if bytes.len() > 3 { StatusOrder::FirstIsLow } else { StatusOrder::LastIsLow };
            let status = StatusBytes::new(bytes).ok_or_else(|| format!("{} status bytes", bytes.len()))?;
            let locks = (LockNumber::FIRST..=LockNumber::LAST).filter_map(|lock| LockNumber::new(lock).ok());
            let states = locks.filter_map(|lock| Some((lock.get(), word(status.contact(lock, order)?))));
            Ok(Some(states.collect()))
        }
    }
}

fn word(contact: Contact) -> &'static str {
    if FeedbackPolarity::default().door_is_open(contact) { "open" } else { "closed" }
}
