//! The encodings of mail: base64, quoted-printable, encoded words, and the three character sets one meets.

pub(super) fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}

pub(super) fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
        } else if let Some(joined) = after.strip_prefix(b"\r\n") {
            rest = joined;
        } else if let Some(value) = hex_pair(after) {
            out.push(value);
            rest = &after[2..];
        } else {
            out.push(b'=');
        }
    }
    out
}

fn hex_pair(bytes: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(*bytes.first()?)? * 16 + digit(*bytes.get(1)?)?;
    u8::try_from(value).ok()
}

/// Text of UTF-8 (ASCII is part of it) or Latin-1; another character set is read as UTF-8 where it can be.
pub(super) fn to_text(bytes: &[u8], charset: &str) -> String {
    match charset.to_ascii_lowercase().as_str() {
        "iso-8859-1" | "latin1" => bytes.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// `=?utf-8?b?...?=` and `=?utf-8?q?...?=` inside a header (RFC 2047). White space between two encoded
/// words is not part of the text.
pub(super) fn decode_words(value: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(value.len());
    let mut rest = value;
    let mut is_after_word = false;
    while let Some(at) = rest.find("=?") {
        let (before, from_word) = rest.split_at(at);
        let Some((decoded, after)) = encoded_word(from_word) else {
            out.extend_from_slice(before.as_bytes());
            out.extend_from_slice(b"=?");
            rest = &from_word[2..];
            is_after_word = false;
            continue;
        };
        if !is_after_word || !before.trim().is_empty() {
            out.extend_from_slice(before.as_bytes());
        }
        out.extend_from_slice(&decoded);
        rest = after;
        is_after_word = true;
    }
    out.extend_from_slice(rest.as_bytes());
    // A letter may be cut in two by neighbouring words, so bytes are joined before they are read.
    String::from_utf8_lossy(&out).into_owned()
}

/// The bytes (as UTF-8) of an encoded word at the start, and what follows it.
fn encoded_word(text: &str) -> Option<(Vec<u8>, &str)> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (content, after) = rest.split_once("?=")?;
    if content.contains(' ') || charset.contains(' ') {
        return None;
    }
    let bytes = match encoding {
        "b" | "B" => base64(content.as_bytes()),
        "q" | "Q" => quoted_printable(content.replace('_', " ").as_bytes()),
        _ => return None,
    };
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" | "us-ascii" => Some((bytes, after)),
        other => Some((to_text(&bytes, other).into_bytes(), after)),
    }
}
