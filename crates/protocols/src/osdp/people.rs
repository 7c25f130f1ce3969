//! Explains a frame to an installer. Never used to drive a door, and never shows a card, a key pressed or a cryptogram.

use super::code::refusal;
use super::{BROADCAST, Frame, command_name, decode, reply_name};
use crate::decoded::{Decoded, explain};

/// Reads a frame written in hexadecimal; `board` is the address of the device. Nothing in it is numbered as locks are, so
/// `channels` limits nothing.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    explain(hex, channels.and(None), u8::MAX, |bytes| {
        decode(bytes).map(in_words).map_err(|error| error.to_string())
    })
}

fn in_words(frame: Frame<'_>) -> Decoded {
    let name = if frame.is_reply { reply_name(frame.code) } else { command_name(frame.code) };
    let kind = name.expect("only known codes are read");
    let from = if frame.is_reply { "from the device" } else { "from the control panel" };
    let decoded = Decoded::of(kind, frame.address).note(format!("{from}, sequence {}", frame.sequence));
    let decoded = match frame.security {
        Some(security) if security.is_encrypted() => return decoded.note("encrypted"),
        Some(security) if security.mac.is_some() => decoded.note("secure channel, with MAC"),
        Some(_) => decoded.note("secure channel, handshake"),
        None => decoded,
    };
    let decoded = if frame.address == BROADCAST { decoded.note("to every device") } else { decoded };
    match details(kind, frame.data) {
        Some(details) => decoded.note(details),
        None => decoded,
    }
}

fn details(kind: &str, data: &[u8]) -> Option<String> {
    Some(match (kind, data) {
        ("nak", [code, ..]) => format!("refused: {}", refusal(*code)),
        ("out", [output, 5, low, high]) => {
            let tenths = u16::from_le_bytes([*low, *high]);
            format!("output {output} on for {}.{} s", tenths / 10, tenths % 10)
        }
        ("out", [output, code, ..]) => format!("output {output}, control code {code}"),
        ("raw", [reader, _, low, high, ..]) => {
            format!("a card of {} bits at reader {reader}", u16::from_le_bytes([*low, *high]))
        }
        ("keypad", [reader, count, ..]) => format!("{count} keys at reader {reader}"),
        ("lstatr", [tamper, power]) => {
            let tamper = if *tamper == 0 { "closed" } else { "tampered with" };
            let power = if *power == 0 { "power is there" } else { "power fails" };
            format!("{tamper}, {power}")
        }
        ("pdid", [vendor @ .., _, _, _, _, _, _, major, minor, build]) => {
            let vendor: String = vendor.iter().take(3).map(|byte| format!("{byte:02X}")).collect();
            format!("vendor {vendor}, firmware {major}.{minor}.{build}")
        }
        ("pdcap", capabilities) => format!("{} capabilities", capabilities.len() / 3),
        _ => return None,
    })
}
