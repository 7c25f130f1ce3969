//! Matter as ZPL II, one format a sheet. Every text travels in hexadecimal where it could be a command (`^FH`), as UTF-8.

use std::fmt::Write as _;

use super::Abilities;
use super::matter::{Matter, Piece, TextSize, qr_modules, wrap};
use zeroize::Zeroizing;

/// At the usual 203 dpi.
const DOTS_PER_MM: u16 = 8;
const MARGIN: u16 = 2 * DOTS_PER_MM;
const GAP: u16 = DOTS_PER_MM;
/// How far the pieces of a sheet are made smaller until they fit its label, in per cent.
const SCALES: [u16; 6] = [100, 85, 70, 60, 50, 40];

fn text_height(size: TextSize) -> u16 {
    match size {
        TextSize::Plain => 28,
        TextSize::Tall => 44,
        TextSize::Large => 60,
        TextSize::Huge => 200,
    }
}

/// Appends one sheet.
pub(super) fn encode(matter: &Matter, abilities: &Abilities, out: &mut Vec<u8>) {
    let width = abilities.width_mm.max(16) * DOTS_PER_MM;
    let height = abilities.height_mm.map(|height| height * DOTS_PER_MM);
    let laid = |scale: u16| {
        let mut layout =
            Layout { fields: Zeroizing::new(String::new()), width: width - 2 * MARGIN, y: MARGIN, scale };
        matter.pieces().iter().for_each(|piece| layout.piece(piece));
        layout
    };
    let fits = |layout: &Layout| height.is_none_or(|height| layout.y + MARGIN <= height);
    let layout = SCALES.into_iter().map(laid).find(fits).unwrap_or_else(|| laid(SCALES[SCALES.len() - 1]));
    let length = height.unwrap_or(layout.y + MARGIN);
    out.extend_from_slice(format!("^XA^CI28^PW{width}^LL{length}^LH0,0").as_bytes());
    out.extend_from_slice(layout.fields.as_bytes());
    out.extend_from_slice(b"^XZ\n");
}

struct Layout {
    fields: Zeroizing<String>,
    /// Of what may be printed on, in dots.
    width: u16,
    /// Where the next piece begins.
    y: u16,
    /// In per cent.
    scale: u16,
}

impl Layout {
    fn scaled(&self, dots: u16) -> u16 {
        (dots * self.scale / 100).max(1)
    }

    fn piece(&mut self, piece: &Piece) {
        let written = match piece {
            Piece::Text(size, text) => self.text(*size, text),
            Piece::Qr(text) => self.qr(text),
            Piece::Rule => {
                let (y, width) = (self.y, self.width);
                self.y += 2 + self.scaled(GAP);
                write!(self.fields, "^FO{MARGIN},{y}^GB{width},2,2^FS")
            }
        };
        written.expect("writing into a String does not fail");
    }

    /// A block as wide as the label. Letters of font 0 are about half as wide as high; lines are counted as if they were
    /// three fifths, so that no line of the printer's own wrapping falls on what is below.
    fn text(&mut self, size: TextSize, text: &str) -> std::fmt::Result {
        // One word is made to fit rather than broken: it is a door's number or a name.
        let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(1);
        let fits = u16::try_from(usize::from(self.width) * 5 / 3 / longest.max(1)).unwrap_or(u16::MAX);
        let height = self.scaled(text_height(size)).min(fits).max(16);
        let columns = usize::from(self.width) * 5 / 3 / usize::from(height);
        let lines = u16::try_from(wrap(text, columns).len()).unwrap_or(u16::MAX).min(40);
        let (y, width) = (self.y, self.width);
        let leading = height / 8;
        self.y += lines * (height + leading) + self.scaled(GAP) / 2;
        let align = if size == TextSize::Huge { 'C' } else { 'L' };
        write!(self.fields, "^FO{MARGIN},{y}^A0N,{height},0^FB{width},{lines},{leading},{align},0^FH^FD")?;
        escaped(text, &mut self.fields)?;
        write!(self.fields, "^FS")
    }

    /// Model 2, error correction M. The printer puts no quiet zone around: the margin and gaps are it.
    fn qr(&mut self, text: &str) -> std::fmt::Result {
        let modules = qr_modules(text.len());
        let fits = self.width / (modules + 8);
        let module = self.scaled(fits.min(8)).clamp(2, 8);
        let side = modules * module;
        let x = MARGIN + (self.width.saturating_sub(side)) / 2;
        // Firmware puts a QR ten dots lower than asked.
        let y = self.y + 2 * module;
        self.y = y + side + 10 + 2 * module;
        write!(self.fields, "^FO{x},{y}^BQN,2,{module}^FH^FDMA,")?;
        escaped(text, &mut self.fields)?;
        write!(self.fields, "^FS")
    }
}

/// The text with everything that could be a command as two hexadecimal digits: `^`, `~`, the sign of hexadecimal itself, and
/// the backslash, which breaks lines in a block. Control characters become blanks.
fn escaped(text: &str, out: &mut String) -> std::fmt::Result {
    for letter in text.chars() {
        match letter {
            '^' | '~' | '_' => write!(out, "_{:02X}", letter as u32)?,
            // A block reads it as the begin of a line break, in hexadecimal too.
            '\\' => out.push('/'),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printer::PrinterLanguage;

    const LABEL: Abilities =
        Abilities { language: PrinterLanguage::Zpl, width_mm: 62, height_mm: Some(40), cut: false };

    fn zpl(matter: &Matter, abilities: &Abilities) -> String {
        let mut out = Vec::new();
        encode(matter, abilities, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_text_is_a_block_of_utf_8() {
        let format = zpl(&Matter::new().text(TextSize::Plain, "José Łukasz"), &LABEL);
        assert_eq!(
            format,
            "^XA^CI28^PW496^LL320^LH0,0^FO16,16^A0N,28,0^FB464,1,3,L,0^FH^FDJosé Łukasz^FS^XZ\n"
        );
    }

    #[test]
    fn what_could_be_a_command_is_hexadecimal() {
        let format = zpl(&Matter::new().text(TextSize::Plain, "a^XZ~JR_5E\\&\n3B"), &LABEL);
        assert!(format.contains("^FDa_5EXZ_7EJR_5F5E/& 3B^FS"), "{format}");
        assert_eq!(format.matches("^XZ").count(), 1);
    }

    #[test]
    fn symbols_carry_their_text_alone() {
        let qr = zpl(&Matter::new().qr("VP7K0123456789ABCDEFGHJKMNPQRST"), &LABEL);
        assert!(qr.contains("^BQN,2,8^FH^FDMA,VP7K0123456789ABCDEFGHJKMNPQRST^FS"), "{qr}");
    }

    #[test]
    fn a_full_label_is_made_smaller_and_paper_without_end_is_not() {
        let full = || {
            let lines = ["Apt 3B", "Maria Alvarez", "Shelf B4", "1Z999AA10123456784", "UPS", "today"];
            lines.iter().fold(Matter::new(), |matter, line| matter.text(TextSize::Large, *line))
        };
        let small = zpl(&full(), &LABEL);
        let last = small.rsplit("^FO16,").next().unwrap().split('^').next().unwrap().parse::<u16>().unwrap();
        assert!(small.contains("^LL320") && last < 320 - 40, "{small}");
        let endless = zpl(&full(), &Abilities { height_mm: None, ..LABEL });
        assert!(endless.contains("^A0N,60") && !endless.contains("^LL320"), "{endless}");
    }
}
