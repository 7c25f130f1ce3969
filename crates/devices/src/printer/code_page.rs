//! Letters for receipt printers, which know one page of 256 at a time.
//!
//! Two pages are used: 16 (Windows-1252) for Latin letters and 17 (866) for Cyrillic. A letter of neither is printed as it is
//! without its marks, and one of another script as a question mark; the apartment and the digits beside it are always plain.
//! Page numbers: Epson's ESC t, the same in all tables seen.

/// A page of letters by its number in `ESC t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodePage {
    Windows1252 = 16,
    Cyrillic866 = 17,
}

/// What is sent for one letter: a byte, and the page it is meant in unless all have it.
pub(super) type Glyph = (Option<CodePage>, u8);

/// Windows-1252 from 0x80; a blank where the page has nothing.
const WINDOWS_80: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Letters of no page, and what they are without their marks, lower case.
const FOLDED: [(&str, &str); 19] = [
    ("āăąǎạảấầẩẫậắằẳẵặȁȃ", "a"),
    ("ćĉċč", "c"),
    ("ďđ", "d"),
    ("ēĕėęěẹẻẽếềểễệȅȇ", "e"),
    ("ĝğġģǧ", "g"),
    ("ĥħ", "h"),
    ("ĩīĭįıǐỉị", "i"),
    ("ĵ", "j"),
    ("ķĸ", "k"),
    ("ĺļľŀł", "l"),
    ("ńņňŉ", "n"),
    ("ōŏőơǒǫọỏốồổỗộớờởỡợ", "o"),
    ("ŕŗř", "r"),
    ("śŝşș", "s"),
    ("ţťŧț", "t"),
    ("ũūŭůűųưǔụủứừửữự", "u"),
    ("ŵẁẃẅ", "w"),
    ("ŷỳỵỷỹ", "y"),
    ("źż", "z"),
];

/// The bytes of a text. Control characters become blanks: no text can be a command.
pub(super) fn glyphs(text: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(text.len());
    for letter in text.chars() {
        push(&mut glyphs, letter);
    }
    glyphs
}

fn push(glyphs: &mut Vec<Glyph>, letter: char) {
    match letter {
        ' '..='~' => glyphs.push((None, letter as u8)),
        // Marks that stand apart from their letter.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => {}
        '\u{a0}' => glyphs.push((None, b' ')),
        letter if letter.is_control() || letter.is_whitespace() => glyphs.push((None, b' ')),
        letter => match windows_1252(letter).or_else(|| cyrillic_866(letter)) {
            Some(glyph) => glyphs.push(glyph),
            None => glyphs.extend(folded(letter).bytes().map(|byte| (None, byte))),
        },
    }
}

fn windows_1252(letter: char) -> Option<Glyph> {
    let byte = match u8::try_from(letter) {
        Ok(byte @ 0xa1..) => byte,
        _ => {
            let at = WINDOWS_80.chars().position(|known| known == letter)?;
            0x80 + u8::try_from(at).ok()?
        }
    };
    Some((Some(CodePage::Windows1252), byte))
}

/// А to п at 0x80, р to я at 0xE0, Ё and ё at 0xF0.
fn cyrillic_866(letter: char) -> Option<Glyph> {
    let byte = match u32::from(letter) {
        capital @ 0x410..=0x43f => 0x80 + (capital - 0x410),
        small @ 0x440..=0x44f => 0xe0 + (small - 0x440),
        0x401 => 0xf0,
        0x451 => 0xf1,
        _ => return None,
    };
    Some((Some(CodePage::Cyrillic866), u8::try_from(byte).ok()?))
}

fn folded(letter: char) -> String {
    let mut lower = letter.to_lowercase();
    let small = lower.next().unwrap_or(letter);
    let plain = FOLDED.iter().find(|(letters, _)| letters.contains(small)).map(|(_, plain)| *plain);
    match plain {
        Some(plain) if small == letter => plain.to_owned(),
        Some(plain) => plain.to_ascii_uppercase(),
        // İ is an i and a dot, each a letter of its own.
        None if small.is_ascii_alphabetic() => small.to_ascii_uppercase().to_string(),
        None => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        glyphs(text).iter().map(|(_, byte)| char::from(*byte)).collect()
    }

    #[test]
    fn letters_of_a_page_keep_their_marks() {
        assert_eq!(glyphs("é"), [(Some(CodePage::Windows1252), 0xe9)]);
        assert_eq!(glyphs("Š€Ÿ").iter().map(|glyph| glyph.1).collect::<Vec<_>>(), [0x8a, 0x80, 0x9f]);
        let ivan = glyphs("Иван").iter().map(|glyph| glyph.1).collect::<Vec<_>>();
        assert_eq!(ivan, [0x88, 0xa2, 0xa0, 0xad]);
        assert_eq!(glyphs("ё"), [(Some(CodePage::Cyrillic866), 0xf1)]);
    }

    #[test]
    fn other_letters_lose_their_marks_and_other_scripts_are_shown_to_be_missing() {
        assert_eq!(plain("Łukasz Woźniak"), "Lukasz Wozniak");
        assert_eq!(plain("Ștefan Nguyễn İpek Ŵyn"), "Stefan Nguyen Ipek Wyn");
        assert_eq!(plain("Jose\u{301}"), "Jose");
        assert_eq!(plain("王 3B"), "? 3B");
    }

    #[test]
    fn no_text_is_a_command() {
        assert_eq!(plain("a\u{1b}@b\u{1d}V\u{0}\n\u{10}\u{4}\u{9b}"), "a @b V    ?".replace('?', " "));
        for letter in (0..0x3000).filter_map(char::from_u32) {
            assert!(glyphs(&letter.to_string()).iter().all(|(_, byte)| *byte >= b' '), "{letter:?}");
        }
    }
}
