//! Explains a frame to an installer. Never used to drive a door, and never shows a card, a key pressed or a cryptogram.

use super::code::refusal;
use super::{BROADCAST, CommandKind, Frame, FrameKind, ReplyKind, decode};
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
    let from = if frame.kind.is_reply() { "from the device" } else { "from the control panel" };
    let decoded =
        Decoded::of(frame.kind.word(), frame.address).note(format!("{from}, sequence {}", frame.sequence));
    let decoded = match frame.security {
        Some(security) if security.is_encrypted() => return decoded.note("encrypted"),
        Some(security) if security.mac.is_some() => decoded.note("secure channel, with MAC"),
        Some(_) => decoded.note("secure channel, handshake"),
        None => decoded,
    };
    let decoded = if frame.address == BROADCAST { decoded.note("to every device") } else { decoded };
    match details(frame.kind, frame.data) {
        Some(details) => decoded.note(details),
        None => decoded,
    }
}

fn details(kind: FrameKind, data: &[u8]) -> Option<String> {
    use FrameKind::{Command, Reply};
    Some(match (kind, data) {
        (Reply(ReplyKind::Nak), [code, ..]) => format!("refused: {}", refusal(*code)),
        (Command(CommandKind::Out), [output, 5, low, high]) => {
            let tenths = u16::from_le_bytes([*low, *high]);
            format!("output {output} on for {}.{} s", tenths / 10, tenths % 10)
        }
        (Command(CommandKind::Out), [output, code, ..]) => format!("output {output}, control code {code}"),
        (Reply(ReplyKind::Raw), [reader, _, low, high, ..]) => {
            format!("a card of {} bits at reader {reader}", u16::from_le_bytes([*low, *high]))
        }
        (Reply(ReplyKind::Keypad), [reader, count, ..]) => format!("{count} keys at reader {reader}"),
        (Reply(ReplyKind::Lstatr), [tamper, power]) => {
            let tamper = if *tamper == 0 { "closed" } else { "tampered with" };
            let power = if *power == 0 { "power is there" } else { "power fails" };
            format!("{tamper}, {power}")
        }
        (Reply(ReplyKind::Pdid), [vendor @ .., _, _, _, _, _, _, major, minor, build]) => {
            let vendor: String = vendor.iter().take(3).map(|byte| format!("{byte:02X}")).collect();
            format!("vendor {vendor}, firmware {major}.{minor}.{build}")
        }
        (Reply(ReplyKind::Pdcap), capabilities) => format!("{} capabilities", capabilities.len() / 3),
        _ => return None,
    })
}
