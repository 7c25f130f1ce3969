//! Words of a name as short byte strings: lower case, without accents, what OCR reads as digits turned back into letters.

/// Words of a name.
pub type Word = Vec<u8>;

/// The longest word that is compared; a longer one is cut.
pub const WORD_MOST: usize = 64;

const LATIN: [(&str, &str); 20] = [
    ("àáâãäåāăąǎạả", "a"),
    ("æ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěẹế", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıị", "i"),
    ("ķ", "k"),
    ("ĺļľł", "l"),
    ("ñńņň", "n"),
    ("òóôõöøōŏőơọộ", "o"),
    ("œ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťț", "t"),
    ("ùúûüũūŭůűųưụ", "u"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
];

/// The words of a name. Letters of other scripts stay apart from each other as far as one byte can tell them.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = vec![Word::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        let word = words.last_mut().expect("there is always a last word");
        match c {
            '\'' | '’' | 'ʼ' | '`' | '´' | '.' | '\u{300}'..='\u{36f}' => {}
            c if c.is_ascii_alphanumeric() => word.push(c as u8),
            c if c.is_alphanumeric() => push_plain(word, c),
            _ if word.is_empty() => {}
            _ => words.push(Word::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    for word in &mut words {
        word.truncate(WORD_MOST);
        if word.iter().any(u8::is_ascii_alphabetic) {
            word.iter_mut().for_each(as_letter);
        }
    }
    words
}

/// The words of a name as text, to be kept and compared: lower case, without accents and marks; other scripts stay as they are.
pub fn plain(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        let word = words.last_mut().expect("there is always a last word");
        match c {
            '\'' | '’' | 'ʼ' | '`' | '´' | '.' | '\u{300}'..='\u{36f}' => {}
            c if c.is_alphanumeric() => match LATIN.iter().find(|(letters, _)| letters.contains(c)) {
                Some((_, plain)) => word.push_str(plain),
                None => word.push(c),
            },
            _ if word.is_empty() => {}
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push_plain(word: &mut Word, c: char) {
    match LATIN.iter().find(|(letters, _)| letters.contains(c)) {
        Some((_, plain)) => word.extend(plain.bytes()),
        None => word.push(128 | u8::try_from(u32::from(c) % 128).expect("less than 128")),
    }
}

/// Digits that OCR reads for letters in the middle of a word.
fn as_letter(byte: &mut u8) {
    *byte = match *byte {
        b'0' => b'o',
        b'1' => b'l',
        b'5' => b's',
        b'8' => b'b',
        other => other,
    };
}
