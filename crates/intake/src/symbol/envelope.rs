//! ISO/IEC 15434 envelopes: `[)>` RS, segments of a format number and fields, RS EOT.
//!
//! Owns the separators, also as scanners write them that type instead of sending bytes. Knows no carrier's fields.

use super::{Label, fedex, maxicode};
use std::borrow::Cow;

/// How every envelope begins.
pub const HEADER: &str = "[)>";
const RECORD: char = '\u{1e}';
const GROUP: char = super::GROUP;
const END: char = '\u{4}';

/// How keyboard wedges spell RS, GS, EOT and FS. The RS after the header tells which.
const SPELLINGS: [[&str; 4]; 5] = [
    ["<RS>", "<GS>", "<EOT>", "<FS>"],
    ["{RS}", "{GS}", "{EOT}", "{FS}"],
    ["\u{241e}", "\u{241d}", "\u{2404}", "\u{241c}"],
    ["^^", "^]", "^D", "^\\"],
    ["\\x1E", "\\x1D", "\\x04", "\\x1C"],
];
const BYTES: [&str; 4] = ["\u{1e}", "\u{1d}", "\u{4}", "\u{1c}"];

/// A format number and the fields behind it.
pub struct Segment<'a> {
    pub format: &'a str,
    pub fields: Vec<&'a str>,
    /// A separator follows: the last field is whole.
    pub closed: bool,
}

/// Reads an envelope of a carrier that is known here. None: damaged, or of nobody we know.
pub fn read(text: &str) -> Option<Label> {
    let text = with_bytes(text);
    let body = text.strip_prefix(HEADER)?;
    if !body.contains(GROUP) {
        return fedex::without_separators(body).or_else(|| maxicode::without_separators(body));
    }
    let segments = segments(body.strip_prefix(RECORD)?);
    fedex::read(&segments).or_else(|| maxicode::read(&segments))
}

fn with_bytes(text: &str) -> Cow<'_, str> {
    let body = &text[HEADER.len()..];
    match SPELLINGS.iter().find(|spelling| body.starts_with(spelling[0])) {
        Some(spelling) => {
            let spelt = spelling.iter().zip(BYTES);
            Cow::Owned(spelt.fold(text.to_owned(), |text, (word, byte)| text.replace(word, byte)))
        }
        None => Cow::Borrowed(text),
    }
}

/// The segments up to the first whose content is not text: carriers put compressed and binary data into formats 07 and 09,
/// and separators that occur in those separate nothing.
fn segments(body: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut rest = Some(body);
    while let Some(body) = rest {
        let (segment, after) = match body.split_once(RECORD) {
            Some((segment, after)) => (segment, Some(after)),
            None => (body, None),
        };
        let Some((format, fields)) = segment.split_once(GROUP) else { break };
        if matches!(format, "07" | "09") || format.starts_with(END) {
            break;
        }
        segments.push(Segment { format, fields: fields.split(GROUP).collect(), closed: after.is_some() });
        rest = after;
    }
    segments
}
