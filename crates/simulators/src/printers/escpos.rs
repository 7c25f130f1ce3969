//! A receipt printer's commands, read as its manual gives them.

use std::collections::VecDeque;

use super::head::{Knobs, Mark, Step};

/// Where `DLE EOT n` stands among the bytes, and its n.
pub(super) fn find_question(bytes: &VecDeque<u8>) -> Option<(usize, u8)> {
    let at = (0..bytes.len().saturating_sub(2)).find(|at| bytes[*at] == 0x10 && bytes[at + 1] == 0x04)?;
    Some((at, bytes[at + 2]))
}

/// The byte for one question: bits 1 and 4 are always set.
pub(super) fn answer(which: u8, is_out: bool, knobs: &Knobs) -> u8 {
    let bit = |set: bool, mask: u8| if set { mask } else { 0 };
    let is_offline = is_out || knobs.offline || knobs.cover_open;
    0b0001_0010
        | match which {
            1 => bit(is_offline, 0b0000_1000),
            2 => bit(knobs.cover_open, 0b0000_0100) | bit(is_out, 0b0010_0000),
            4 => bit(is_out, 0b0110_1100),
            _ => 0,
        }
}

/// What the commands so far have set.
pub(super) struct State {
    line: String,
    page: u8,
    size: (u16, u16),
    symbol: Vec<u8>,
    has_begun: bool,
}

impl Default for State {
    fn default() -> Self {
        Self { line: String::new(), page: 0, size: (1, 1), symbol: Vec::new(), has_begun: false }
    }
}

impl State {
    /// Carries out the first command, if all of it is there.
    pub(super) fn step(&mut self, bytes: &[u8]) -> Option<Step> {
        match *bytes.first()? {
            0x0a => Some(Step { taken: 1, marks: self.end_line(), ..Step::default() }),
            0x1b => self.escape(bytes),
            0x1d => self.group(bytes),
            byte => {
                self.line.push_str(&letter(self.page, byte));
                Some(Step { taken: 1, ..Step::default() })
            }
        }
    }

    fn end_line(&mut self) -> Vec<Mark> {
        vec![Mark::Line { text: std::mem::take(&mut self.line), size: self.size }]
    }

    fn escape(&mut self, bytes: &[u8]) -> Option<Step> {
        let command = *bytes.get(1)?;
        if command == b'@' {
            let began = std::mem::replace(&mut self.has_begun, true);
            *self = Self { has_begun: true, ..Self::default() };
            return Some(Step { taken: 2, ends: began, ..Step::default() });
        }
        let value = *bytes.get(2)?;
        if command == b't' {
            self.page = value;
        }
        assert!(matches!(command, b't' | b'a' | b'd' | b'E'), "ESC {command:02x} is not known");
        Some(Step { taken: 3, ..Step::default() })
    }

    fn group(&mut self, bytes: &[u8]) -> Option<Step> {
        let value = *bytes.get(2)?;
        match bytes[1] {
            b'!' => {
                self.size = (u16::from(value >> 4) + 1, u16::from(value & 0x0f) + 1);
                Some(Step { taken: 3, ..Step::default() })
            }
            b'V' => Some(Step { taken: 3, ends: true, cuts: true, ..Step::default() }),
            b'r' => Some(Step { taken: 3, reply: Some(0), ..Step::default() }),
            b'(' => self.symbol(bytes),
            other => panic!("GS {other:02x} is not known"),
        }
    }

    fn symbol(&mut self, bytes: &[u8]) -> Option<Step> {
        let length = usize::from(*bytes.get(3)?) + 256 * usize::from(*bytes.get(4)?);
        let data = bytes.get(5..5 + length)?;
        let mut step = Step { taken: 5 + length, ..Step::default() };
        match data.get(1) {
            Some(0x50) => self.symbol = data[3..].to_vec(),
            Some(0x51) => step.marks.push(Mark::Qr(String::from_utf8_lossy(&self.symbol).into_owned())),
            _ => {}
        }
        Some(step)
    }
}

fn letter(page: u8, byte: u8) -> String {
    let table = match page {
        16 => encoding_rs::WINDOWS_1252,
        17 => encoding_rs::IBM866,
        _ if byte.is_ascii() => encoding_rs::WINDOWS_1252,
        _ => return "\u{25a1}".to_owned(),
    };
    table.decode_without_bom_handling(&[byte]).0.into_owned()
}
