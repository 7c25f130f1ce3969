//! Matter as ESC/POS. Commands as Epson's manuals and python-escpos give them; text never holds one.

use super::Abilities;
use super::code_page::{CodePage, glyphs};
use super::matter::{Matter, Piece, TextSize, qr_modules, wrap};

/// `ESC @`: everything as after switching on.
const INIT: [u8; 2] = [0x1b, 0x40];
const LF: u8 = 0x0a;
/// `ESC a`: 0 left, 1 in the middle.
const ALIGN: [u8; 2] = [0x1b, 0x61];
/// `ESC t n`: the page of letters.
const PAGE: [u8; 2] = [0x1b, 0x74];
/// `GS ! n`: width and height, one less each, in half a byte each.
const SIZE: [u8; 2] = [0x1d, 0x21];
/// `GS ( k`: two-dimensional symbols.
const SYMBOL: [u8; 3] = [0x1d, 0x28, 0x6b];
/// `ESC d 6`, past the cutter.
const FEED: [u8; 3] = [0x1b, 0x64, 0x06];
/// `GS V 0`.
const CUT: [u8; 3] = [0x1d, 0x56, 0x00];

/// Dots a mm of the usual 203 dpi, and columns of a letter of font A.
const DOTS_PER_MM: u16 = 8;
const LETTER_DOTS: u16 = 12;
/// What a printer does not reach at both edges together: 80 mm paper has 72 mm, 58 mm has 48 or 50.
const MARGINS_MM: u16 = 8;

fn dots(abilities: &Abilities) -> u16 {
    abilities.width_mm.saturating_sub(MARGINS_MM).max(16) * DOTS_PER_MM
}

/// Appends one sheet.
pub(super) fn encode(matter: &Matter, abilities: &Abilities, out: &mut Vec<u8>) {
    out.extend(INIT);
    let mut writer = Writer { out, dots: dots(abilities), page: None };
    for piece in matter.pieces() {
        match piece {
            Piece::Text(size, text) => writer.text(*size, text),
            Piece::Qr(text) => writer.qr(text),
            Piece::Rule => writer.rule(),
        }
    }
    out.extend(FEED);
    if abilities.cut {
        out.extend(CUT);
    }
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    dots: u16,
    page: Option<CodePage>,
}

impl Writer<'_> {
    fn columns(&self, size: TextSize) -> usize {
        usize::from(self.dots / LETTER_DOTS / u16::from(size.width()))
    }

    fn text(&mut self, size: TextSize, text: &str) {
        let scale = (size.width() - 1) << 4 | (size.height() - 1);
        self.out.extend(SIZE);
        self.out.push(scale);
        for line in wrap(text, self.columns(size)) {
            self.letters(&line);
            self.out.push(LF);
        }
        self.out.extend(SIZE);
        self.out.push(0);
    }

    fn letters(&mut self, text: &str) {
        for (page, byte) in glyphs(text) {
            if let Some(page) = page.filter(|page| Some(*page) != self.page) {
                self.page = Some(page);
                self.out.extend(PAGE);
                self.out.push(page as u8);
            }
            self.out.push(byte);
        }
    }

    /// Model 2, error correction M, as large as fits with its quiet zone, at most 1 mm a module.
    fn qr(&mut self, text: &str) {
        let fits = self.dots / (qr_modules(text.len()) + 8);
        let module = u8::try_from(fits.clamp(2, 8)).expect("at most eight");
        self.out.extend(ALIGN);
        self.out.push(1);
        for part in [&[0x31, 0x41, 0x32, 0x00][..], &[0x31, 0x43, module], &[0x31, 0x45, 0x31]] {
            self.symbol(part);
        }
        let mut store = zeroize::Zeroizing::new(vec![0x31, 0x50, 0x30]);
        store.extend_from_slice(text.as_bytes());
        self.symbol(&store);
        self.symbol(&[0x31, 0x51, 0x30]);
        self.out.extend(ALIGN);
        self.out.push(0);
    }

    fn symbol(&mut self, part: &[u8]) {
        let [low, high] = u16::try_from(part.len()).expect("a QR text is short").to_le_bytes();
        self.out.extend(SYMBOL);
        self.out.extend([low, high]);
        self.out.extend_from_slice(part);
    }

    fn rule(&mut self) {
        let columns = self.columns(TextSize::Plain);
        self.out.extend(std::iter::repeat_n(b'-', columns));
        self.out.push(LF);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printer::{Abilities, PrinterLanguage};

    const SLIP: Abilities =
        Abilities { language: PrinterLanguage::EscPos, width_mm: 80, height_mm: None, cut: true };

    fn hex(matter: &Matter, abilities: &Abilities) -> String {
        let mut out = Vec::new();
        encode(matter, abilities, &mut out);
        out.iter().map(|byte| format!("{byte:02X}")).collect()
    }

    #[test]
    fn text_is_what_the_published_bytes_say() {
        let page = hex(&Matter::new().text(TextSize::Plain, "Hi"), &SLIP);
        assert_eq!(page, "1B401D210048690A1D21001B64061D5600");
        let uncut = Abilities { cut: false, ..SLIP };
        assert!(!hex(&Matter::new().text(TextSize::Plain, "Hi"), &uncut).contains("1D56"));
        let names = hex(&Matter::new().text(TextSize::Plain, "José Иван"), &SLIP);
        assert!(names.contains("4A6F731B7410E9201B741188A2A0AD0A"), "{names}");
    }

    #[test]
    fn a_qr_is_what_the_published_bytes_say() {
        let page = hex(&Matter::new().qr("ABC"), &SLIP);
        let model = "1D286B0400314132001D286B03003143";
        assert!(page.contains(&format!("1B6101{model}08")), "{page}");
        assert!(page.contains("1D286B03003145311D286B06003150304142431D286B03003151301B6100"), "{page}");
    }

    #[test]
    fn a_token_fits_the_narrow_paper() {
        let narrow = Abilities { width_mm: 58, ..SLIP };
        assert_eq!((dots(&narrow), dots(&SLIP)), (400, 576));
        let page = hex(&Matter::new().qr("V".repeat(31)), &narrow);
        assert!(page.contains("1D286B0300314308"), "37 modules of 8 dots are 296: {page}");
        let long = hex(&Matter::new().qr("x".repeat(200)), &narrow);
        assert!(long.contains("1D286B0300314306"), "65 modules of 6 dots are 390: {long}");
    }

    #[test]
    fn large_digits_have_half_the_columns() {
        let page = hex(&Matter::new().text(TextSize::Large, "482 913 905"), &SLIP);
        assert!(page.contains("1D2111343832203931332039303"), "{page}");
        let narrow = Abilities { width_mm: 58, ..SLIP };
        let wrapped = hex(&Matter::new().text(TextSize::Huge, "482 913 905"), &narrow);
        assert!(wrapped.contains("1D2133343832203931330A3930350A"), "8 columns: {wrapped}");
    }
}
