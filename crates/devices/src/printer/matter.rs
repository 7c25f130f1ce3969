//! What stands on a slip or label, whoever prints it. Knows no printer's bytes.

use zeroize::Zeroizing;

/// How large a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// To read in the hand.
    Plain,
    /// Twice as high: headings, the addressee.
    Tall,
    /// Twice as high and wide: digits to type.
    Large,
    /// Four times: the number on a door or shelf.
    Huge,
}

impl TextSize {
    /// How many times as wide as plain text.
    pub(super) fn width(self) -> u8 {
        match self {
            TextSize::Plain | TextSize::Tall => 1,
            TextSize::Large => 2,
            TextSize::Huge => 4,
        }
    }

    /// How many times as high.
    pub(super) fn height(self) -> u8 {
        match self {
            TextSize::Plain => 1,
            TextSize::Tall | TextSize::Large => 2,
            TextSize::Huge => 4,
        }
    }
}

/// One thing on the paper. May be a live code: no Debug.
pub enum Piece {
    /// A paragraph; it wraps at blanks.
    Text(TextSize, Zeroizing<String>),
    /// A QR picture, in the middle.
    Qr(Zeroizing<String>),
    /// A line across.
    Rule,
}

/// One sheet: pieces from the top down.
#[derive(Default)]
pub struct Matter {
    pieces: Vec<Piece>,
}

impl Matter {
    /// An empty sheet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// And below a paragraph. An empty one is left out.
    #[must_use]
    pub fn text(mut self, size: TextSize, text: impl Into<String>) -> Self {
        let text = Zeroizing::new(text.into());
        if !text.trim().is_empty() {
            self.pieces.push(Piece::Text(size, text));
        }
        self
    }

    /// And below a QR picture of a text of at most 213 bytes; of a longer or empty one nothing is drawn.
    #[must_use]
    pub fn qr(mut self, text: impl Into<String>) -> Self {
        let text = Zeroizing::new(text.into());
        if (1..=QR_MOST).contains(&text.len()) {
            self.pieces.push(Piece::Qr(text));
        }
        self
    }

    /// And below a line across.
    #[must_use]
    pub fn rule(mut self) -> Self {
        self.pieces.push(Piece::Rule);
        self
    }

    /// From the top down.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// Bytes that QR versions 1 to 10 hold at error correction M (ISO/IEC 18004, table 7).
const QR_BYTES: [usize; 10] = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];
const QR_MOST: usize = QR_BYTES[9];

/// Modules along one side of the QR picture of so many bytes, without its quiet zone.
pub(super) fn qr_modules(bytes: usize) -> u16 {
    let version = QR_BYTES.iter().position(|most| bytes <= *most).map_or(10, |at| at + 1);
    17 + 4 * u16::try_from(version).expect("at most ten")
}

/// Lines of at most `columns` characters. Blanks are where a line may end; a longer word is broken. Never empty.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<Zeroizing<String>> {
    let columns = columns.max(1);
    let mut lines = vec![Zeroizing::new(String::new())];
    let mut length = 0;
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().collect();
        for (nth, part) in word.chunks(columns).enumerate() {
            let joint = usize::from(length > 0 && nth == 0);
            if length > 0 && (nth > 0 || length + joint + part.len() > columns) {
                lines.push(Zeroizing::new(String::new()));
                length = 0;
            }
            let line = lines.last_mut().expect("there is always one");
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.extend(part);
            length += part.len();
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<String> {
        wrap(text, columns).iter().map(|line| line.to_string()).collect()
    }

    #[test]
    fn lines_end_at_blanks_and_long_words_are_broken() {
        assert_eq!(wrapped("two parcels are waiting", 12), ["two parcels", "are waiting"]);
        assert_eq!(wrapped("an Apartmentcomplex", 8), ["an", "Apartmen", "tcomplex"]);
        assert_eq!(wrapped("  482  913 905 ", 32), ["482 913 905"]);
        assert_eq!(wrapped("", 8), [""]);
        assert_eq!(wrapped("ab", 0), ["a", "b"]);
    }

    #[test]
    fn a_token_is_a_picture_of_29_modules_and_what_is_too_long_is_none() {
        assert_eq!(qr_modules(31), 29);
        assert_eq!(qr_modules(14), 21);
        assert!(Matter::new().qr("x".repeat(214)).qr("").pieces().is_empty());
    }
}
