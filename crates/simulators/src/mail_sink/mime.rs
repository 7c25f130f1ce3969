//! Reads what a message says: headers (RFC 5322, encoded words of RFC 2047), nested multiparts, base64 and
//! quoted-printable (RFC 2045). Enough for a page that shows a mail; never fails, shows what it can.

mod encoding;

use std::fmt;

use encoding::{base64, decode_words, quoted_printable, to_text};

/// Parts nested deeper than this are not looked at.
const DEEPEST: usize = 8;

/// A message as a person would see it. Debug leaves the content out.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ReadableMail {
    /// In their order, unfolded, encoded words decoded.
    pub headers: Vec<(String, String)>,
    /// The first text/plain part.
    pub text: Option<String>,
    /// The first text/html part.
    pub html: Option<String>,
    pub images: Vec<InlineImage>,
}

/// A picture of a message.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct InlineImage {
    /// Without angle brackets; empty if the part has none.
    pub cid: String,
    /// `image/png`
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl ReadableMail {
    /// The first header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    pub fn subject(&self) -> &str {
        self.header("Subject").unwrap_or_default()
    }
}

impl fmt::Debug for ReadableMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadableMail")
            .field("headers", &self.headers.len())
            .field("images", &self.images.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for InlineImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InlineImage").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

pub(super) fn read(raw: &[u8]) -> ReadableMail {
    let (headers, body) = split(raw);
    let mut mail = ReadableMail { headers, ..ReadableMail::default() };
    let own_headers = mail.headers.clone();
    read_part(&own_headers, body, DEEPEST, &mut mail);
    mail
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Headers and body of a message or part.
fn split(raw: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let (head, body) = if let Some(body) = raw.strip_prefix(b"\r\n") {
        (&raw[..0], body)
    } else {
        match raw.windows(4).position(|four| four == b"\r\n\r\n") {
            Some(end) => (&raw[..end], &raw[end + 4..]),
            None => (raw, &raw[raw.len()..]),
        }
    };
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(head).split("\r\n") {
        let is_continued = line.starts_with([' ', '\t']);
        match (is_continued, headers.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => value.push_str(line),
            (_, _, Some((name, value))) => headers.push((name.trim().to_owned(), value.to_owned())),
            (_, _, None) => {}
        }
    }
    for (_, value) in &mut headers {
        *value = decode_words(value.trim());
    }
    (headers, body)
}

fn read_part(headers: &[(String, String)], body: &[u8], depth: usize, mail: &mut ReadableMail) {
    let content_type = header(headers, "Content-Type").unwrap_or("text/plain");
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        if let Some(boundary) = parameter(content_type, "boundary").filter(|_| depth > 0) {
            for part in parts(body, &boundary) {
                let (part_headers, part_body) = split(part);
                read_part(&part_headers, part_body, depth - 1, mail);
            }
        }
        return;
    }
    let transfer = header(headers, "Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match transfer.trim() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    };
    let charset = parameter(content_type, "charset").unwrap_or_default();
    match kind.as_str() {
        "text/plain" if mail.text.is_none() => mail.text = Some(to_text(&bytes, &charset)),
        "text/html" if mail.html.is_none() => mail.html = Some(to_text(&bytes, &charset)),
        image if image.starts_with("image/") => {
            let cid = header(headers, "Content-ID").unwrap_or_default();
            let cid = cid.trim_start_matches('<').trim_end_matches('>').to_owned();
            mail.images.push(InlineImage { cid, content_type: kind, bytes });
        }
        _ => {}
    }
}

/// A parameter of a structured header: `; name=value` or `; name="value"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (found, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if key.trim().trim_start_matches(';').trim().eq_ignore_ascii_case(name) {
            return Some(found.trim().to_owned());
        }
        rest = next;
    }
}

/// The parts between boundary lines; preamble and epilogue are left out.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let delimiter = format!("--{boundary}");
    let mut found = Vec::new();
    let mut part_start = None;
    let mut line_start = 0;
    while line_start < body.len() {
        let line_end = body[line_start..]
            .windows(2)
            .position(|pair| pair == b"\r\n")
            .map_or(body.len(), |length| line_start + length);
        let next_line = (line_end + 2).min(body.len());
        if let Some(rest) = body[line_start..line_end].strip_prefix(delimiter.as_bytes()) {
            let is_last = rest.starts_with(b"--");
            if is_last || rest.iter().all(u8::is_ascii_whitespace) {
                if let Some(start) = part_start {
                    // The line end before a boundary belongs to the boundary.
                    found.push(&body[start..line_start.saturating_sub(2).max(start)]);
                }
                part_start = (!is_last).then_some(next_line);
            }
        }
        line_start = next_line;
    }
    found
}

#[cfg(test)]
mod tests;
