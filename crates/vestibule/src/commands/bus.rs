//! `vestibule bus decode`: what a frame says.

pub mod simulate;

use crate::failure::Failure;
use crate::output;
use clap::{Args, Subcommand, ValueEnum};
use vestibule_protocols::{Decoded, kerong_cu, lock8a, modbus, osdp, winnsen, wkly};

#[derive(Subcommand)]
pub enum Bus {
    /// Explain a frame: what it is, from or to which board, and what it says.
    Decode(DecodeArguments),
}

#[derive(Args)]
pub struct DecodeArguments {
    /// The family of boards, or `osdp` for door readers.
    #[arg(long, value_enum, default_value_t = Protocol::Lock8a)]
    protocol: Protocol,
    /// Locks of the board: limits what is listed.
    #[arg(long, value_name = "N")]
    channels: Option<u8>,
    /// One line of JSON: valid, kind, board, lock, channels, error.
    #[arg(long)]
    json: bool,
    /// The frame in hexadecimal, in one or several words.
    #[arg(required = true, value_name = "HEX")]
    hex: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Protocol {
    Lock8a,
    Modbus,
    KerongCu,
    Wkly,
    Winnsen,
    Osdp,
}

impl Protocol {
    fn explain(self, hex: &str, channels: Option<u8>) -> Decoded {
        match self {
            Protocol::Lock8a => lock8a::decode_for_people(hex, channels),
            Protocol::Modbus => modbus::decode_for_people(hex, channels),
            Protocol::KerongCu => kerong_cu::decode_for_people(hex, channels),
            Protocol::Wkly => wkly::decode_for_people(hex, channels),
            Protocol::Winnsen => winnsen::decode_for_people(hex, channels),
            Protocol::Osdp => osdp::decode_for_people(hex, channels),
        }
    }
}

/// Exit code 3 if it is no frame of the family.
pub fn run(bus: &Bus) -> Result<(), Failure> {
    let Bus::Decode(arguments) = bus;
    let decoded = arguments.protocol.explain(&arguments.hex.join(" "), arguments.channels);
    if arguments.json {
        output::json(&decoded)?;
    } else {
        for line in in_words(&decoded) {
            output::line(line)?;
        }
    }
    if decoded.valid { Ok(()) } else { Err(Failure::Found) }
}

fn in_words(decoded: &Decoded) -> Vec<String> {
    let mut lines = Vec::new();
    let part = |name: &str, value: String| format!("{name:<8} {value}");
    lines.extend(decoded.error.as_ref().map(|error| part("error", error.clone())));
    lines.extend(decoded.kind.map(|kind| part("kind", kind.to_owned())));
    lines.extend(decoded.board.map(|board| part("board", board.to_string())));
    lines.extend(decoded.lock.map(|lock| part("lock", lock.to_string())));
    for (channel, state) in decoded.channels.iter().flatten() {
        lines.push(part("channel", format!("{channel} {state}")));
    }
    lines.extend(decoded.note.as_ref().map(|note| part("note", note.clone())));
    lines
}
