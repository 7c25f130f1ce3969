//! From bytes to text: the encodings and separators spreadsheets write.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A spreadsheet or something else that is not text.
    #[error("this is not a text file; in the spreadsheet choose 'save as' and CSV")]
    NotText,
    /// A column that is needed is missing.
    #[error("the file has the columns {}; {}", .found.join(", "), .needed.join(" and "))]
    Columns {
        /// The columns of the first line.
        found: Vec<String>,
        /// What is needed, in words.
        needed: Vec<String>,
    },
    /// Two columns say the same.
    #[error("the columns {0} and {1} both seem to be the {2}; rename one of them")]
    Twice(String, String, &'static str),
    /// Said to be the complete list, and nobody is in it.
    #[error("the file names nobody; as a complete list it would move everybody out")]
    Nobody,
}

/// A file as text.
pub(super) struct File<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    pub delimiter: u8,
    /// Lines before the text, so that lines are named as an editor counts them.
    pub lines_before: u64,
}

/// Finds encoding and separator.
pub(super) fn read(bytes: &[u8]) -> Result<File<'_>, FileFault> {
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"\xD0\xCF\x11\xE0")
        || bytes.starts_with(b"%PDF")
    {
        return Err(FileFault::NotText);
    }
    let encoding = encoding_of(bytes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    if text.contains('\0') {
        return Err(FileFault::NotText);
    }
    let (text, told, lines_before) = without_separator_line(text);
    if text.trim().is_empty() {
        return Err(FileFault::Empty);
    }
    let delimiter = told.unwrap_or_else(|| sniff(&text));
    Ok(File { text, encoding: encoding.name(), delimiter, lines_before })
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let start = &bytes[..bytes.len().min(64) & !1];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let most = start.len() / 4;
    if zeros(1) > most {
        UTF_16LE
    } else if zeros(0) > most {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// Spreadsheets may begin a file with a line `sep=;`.
fn without_separator_line(text: Cow<'_, str>) -> (Cow<'_, str>, Option<u8>, u64) {
    let told = text.lines().next().and_then(|line| match line.trim_end().strip_prefix("sep=")?.as_bytes() {
        [separator @ (b',' | b';' | b'\t' | b'|')] => Some(*separator),
        _ => None,
    });
    let Some(separator) = told else { return (text, None, 0) };
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
    (Cow::Owned(rest), Some(separator), 1)
}

/// The separator most frequent in the first line that says anything, outside quotes.
fn sniff(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| {
        let mut quoted = false;
        let counts = |byte: &u8| {
            quoted ^= *byte == b'"';
            *byte == separator && !quoted
        };
        header.as_bytes().iter().copied().filter(counts).count()
    };
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(bytes: &[u8]) -> (String, &'static str, char) {
        let file = read(bytes).unwrap();
        (file.text.into_owned(), file.encoding, char::from(file.delimiter))
    }

    #[test]
    fn encodings_and_separators_are_found() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let with_mark = |text: &str| [&[0xFF, 0xFE][..], &utf16(text)].concat();
        for (bytes, expected) in [
            (b"a;b\nMu\xF1oz;\"x\"\n".to_vec(), ("a;b\nMuñoz;\"x\"\n", "windows-1252", ';')),
            ("\u{feff}a,b\nMuñoz,1".as_bytes().to_vec(), ("a,b\nMuñoz,1", "UTF-8", ',')),
            (with_mark("a\tb\nMuñoz\t1"), ("a\tb\nMuñoz\t1", "UTF-16LE", '\t')),
            (utf16("unit,name\n1,Muñoz"), ("unit,name\n1,Muñoz", "UTF-16LE", ',')),
            (b"sep=;\r\na,x;b\n".to_vec(), ("a,x;b\n", "UTF-8", ';')),
            (b"\"a;b;c\",d\n".to_vec(), ("\"a;b;c\",d\n", "UTF-8", ',')),
            (b"name\nx".to_vec(), ("name\nx", "UTF-8", ',')),
        ] {
            let (text, encoding, separator) = read_text(&bytes);
            assert_eq!((text.as_str(), encoding, separator), expected);
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert_eq!(read(b"PK\x03\x04rest").err(), Some(FileFault::NotText));
        assert_eq!(read(b"a,b\x00c\n1,2").err(), Some(FileFault::NotText));
        for empty in [&b""[..], b"  \r\n", b"\xEF\xBB\xBF", b"sep=;"] {
            assert_eq!(read(empty).err(), Some(FileFault::Empty));
        }
    }
}
