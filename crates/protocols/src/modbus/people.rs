//! Explains a frame to an installer, whichever transport it is from. Never used to drive a board.

use super::{Channel, CoilOrder, Frame, FrameError, Message, Table, decode_rtu, decode_tcp};
use crate::decoded::{Channels, Decoded, bit_states, explain};

const ALL_RELAYS: u16 = 0x00FF;
const MODES: u16 = 0x1000;
const ECHO: &str = "a board that accepts it sends the same bytes";
const EVERY_UNIT: &str = "speaks to every unit on the line; this program never sends it";
const FROM_THE_FIRST: &str = "numbered from the first that was asked for";

/// Reads a frame written in hexadecimal: RTU if its checksum is right, else TCP. `channels` is the number of relays or
/// inputs of the board (1 to 64), if known: it limits what is listed. A closed input is read as a closed door.
#[must_use]
pub fn decode_for_people(hex: &str, channels: Option<u8>) -> Decoded {
    explain(hex, channels, Channel::LAST, read)
}

fn read(bytes: &[u8]) -> Result<Decoded, String> {
    match (decode_rtu(bytes), decode_tcp(bytes)) {
        (Ok(frame), _) if frame.unit == 0 => Ok(in_words(&frame).note(EVERY_UNIT)),
        (Ok(frame), _) => Ok(in_words(&frame)),
        (Err(_), Ok(tcp)) => Ok(in_words(&tcp.frame).note(format!("TCP, transaction {}", tcp.transaction))),
        (Err(rtu), Err(tcp)) => Err(both_wrong(bytes, rtu, tcp)),
    }
}

/// What looks like a TCP frame is judged as one; two zeros in that place are an address or a count in RTU too.
fn both_wrong(bytes: &[u8], rtu: FrameError, tcp: FrameError) -> String {
    let may_be_tcp = matches!(rtu, FrameError::Checksum { .. }) && matches!(bytes, [_, _, 0, 0, ..]);
    if may_be_tcp { format!("as RTU: {rtu}; as TCP: {tcp}") } else { rtu.to_string() }
}

fn in_words(frame: &Frame) -> Decoded {
    let of = |kind| Decoded::of(kind, frame.unit);
    match &frame.message {
        Message::Read { table, address, count } => {
            of(question(*table, *address)).note(format!("{count} from address {address:04X}"))
        }
        Message::Bits { table, bits } => {
            of(answer(*table)).channels(states(*table, bits)).note(FROM_THE_FIRST)
        }
        Message::Registers { values } => {
            let values: Vec<String> = values.iter().map(|value| format!("{value:04X}")).collect();
            of("registers").note(values.join(" "))
        }
        Message::Coil { address, order } => coil(frame.unit, *address, *order).note(ECHO),
        Message::Register { address, value } => {
            let decoded = match channel(*address, MODES) {
                Some(channel) => of("set_mode").lock(channel),
                None => of("write_register"),
            };
            decoded.note(format!("{value:04X} to address {address:04X}; {ECHO}"))
        }
        Message::Coils { address, count, bits } => {
            let mut listed = states(Table::Relays, bits);
            listed.retain(|relay, _| u16::from(*relay) <= *count);
            of("write_relays").channels(listed).note(format!("{count} from address {address:04X}"))
        }
        Message::CoilsAnswer { address, count } => {
            of("write_relays_answer").note(format!("{count} from address {address:04X}"))
        }
        Message::Identify { code, first } => {
            of("read_identity").note(format!("code {code:02X}, from word {first:02X} on"))
        }
        Message::Identity { next, words, .. } => {
            let decoded = words.iter().fold(of("identity"), |decoded, (number, word)| {
                decoded.note(format!("{}: {}", word_name(*number), shown(word)))
            });
            match next {
                Some(next) => decoded.note(format!("more follows from word {next:02X} on")),
                None => decoded,
            }
        }
        Message::Refusal { function, code } => {
            of("refusal").note(format!("function {function:02X}: {}", reason(*code)))
        }
    }
}

/// What a word of a board's identity is (Modbus application protocol 1.1b3, 6.21).
fn word_name(number: u8) -> String {
    match number {
        0 => "maker".to_owned(),
        1 => "product".to_owned(),
        2 => "revision".to_owned(),
        3 => "address on the web".to_owned(),
        4 => "name of the product".to_owned(),
        5 => "model".to_owned(),
        6 => "application".to_owned(),
        other => format!("word {other:02X}"),
    }
}

/// As text where it is plain, else its bytes.
fn shown(word: &[u8]) -> String {
    match std::str::from_utf8(word) {
        Ok(text) if !text.chars().any(char::is_control) => text.to_owned(),
        Ok(_) | Err(_) => word.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" "),
    }
}

fn coil(unit: u8, address: u16, order: CoilOrder) -> Decoded {
    let is_all = address == ALL_RELAYS;
    let (base, kind) = match order {
        CoilOrder::On => (0, if is_all { "all_on" } else { "relay_on" }),
        CoilOrder::Off => (0, if is_all { "all_off" } else { "relay_off" }),
        CoilOrder::Toggle => (0, if is_all { "all_toggle" } else { "relay_toggle" }),
        CoilOrder::Pulse(_) => (0x0200, "unlock_timed"),
        CoilOrder::PulseOff(_) => (0x0400, "off_timed"),
        CoilOrder::PulseEcho if address >> 8 == 0x02 => (0x0200, "unlock_timed"),
        CoilOrder::PulseEcho => (0x0400, "off_timed"),
    };
    let decoded = Decoded::of(kind, unit);
    let decoded = match channel(address, base) {
        Some(channel) => decoded.lock(channel),
        None => decoded.note(format!("address {address:04X}")),
    };
    match order {
        CoilOrder::Pulse(tenths) | CoilOrder::PulseOff(tenths) => {
            decoded.note(format!("{} ms", u32::from(tenths) * 100))
        }
        CoilOrder::On | CoilOrder::Off | CoilOrder::Toggle | CoilOrder::PulseEcho => decoded,
    }
}

/// The number on the board of what is at `address`; `FF` after `base` is none, but all of them.
fn channel(address: u16, base: u16) -> Option<u8> {
    let index = u8::try_from(address.checked_sub(base)?).ok()?;
    index.checked_add(1)
}

fn states(table: Table, bits: &[u8]) -> Channels {
    bit_states(bits, |bit| match (table, bit) {
        (Table::Inputs, true) => "closed",
        (Table::Inputs, false) => "open",
        (Table::Relays | Table::Registers, true) => "on",
        (Table::Relays | Table::Registers, false) => "off",
    })
}

fn question(table: Table, address: u16) -> &'static str {
    match table {
        Table::Relays => "read_relays",
        Table::Inputs => "read_inputs",
        Table::Registers if address >= MODES => "read_modes",
        Table::Registers => "read_registers",
    }
}

fn answer(table: Table) -> &'static str {
    match table {
        Table::Relays => "relays",
        Table::Inputs => "inputs",
        Table::Registers => "registers",
    }
}

fn reason(code: u8) -> String {
    match code {
        1 => "the board does not know this function".to_owned(),
        2 => "the board has no such address".to_owned(),
        3 => "the board does not take this value".to_owned(),
        4 => "the board failed".to_owned(),
        6 => "the board is busy".to_owned(),
        other => format!("code {other:02X}"),
    }
}
