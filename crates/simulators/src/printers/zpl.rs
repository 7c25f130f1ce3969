//! A label printer's formats, read as its manual gives them.

use super::head::{Knobs, Mark, Step};

/// Where `~HS` stands among the bytes.
pub(super) fn find_question(bytes: &[u8]) -> Option<usize> {
    bytes.windows(3).position(|three| three == b"~HS")
}

/// Three lines: paper and pause, head and ribbon, the rest.
pub(super) fn answer(is_out: bool, formats: usize, knobs: &Knobs) -> Vec<u8> {
    let flag = |set| u8::from(set);
    format!(
        "\u{2}030,{},{},0320,{formats:03},0,0,0,000,0,0,0\u{3}\r\n\u{2}001,0,{},0,1,2,6,0,00000000,1,000\u{3}\r\n\u{2}1234,0\u{3}\r\n",
        flag(is_out),
        flag(knobs.offline),
        flag(knobs.cover_open)
    )
    .into_bytes()
}

/// Prints the first format, if all of it is there.
pub(super) fn step(bytes: &[u8]) -> Option<Step> {
    let end = bytes.windows(3).position(|three| three == b"^XZ")? + 3;
    let text = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let begin = text.find("^XA").expect("a format begins with ^XA");
    let mut field = Field::default();
    let mut marks = Vec::new();
    for command in text[begin + 1..].split('^') {
        let (name, value) = command.split_at(command.len().min(2));
        match name {
            "XA" | "PW" | "LL" | "LH" | "FO" | "FB" | "GB" => {}
            "XZ" => break,
            "CI" => assert_eq!(value, "28", "texts are UTF-8"),
            "A0" => {
                field.height = value.split(',').nth(1).and_then(|height| height.parse().ok()).unwrap_or(0)
            }
            "BQ" => field.kind = Kind::Qr,
            "FH" => field.hexadecimal = true,
            "FD" => field.data = if field.hexadecimal { unhexed(value) } else { value.to_owned() },
            "FS" => marks.extend(std::mem::take(&mut field).mark()),
            other => panic!("^{other} is not known"),
        }
    }
    Some(Step {
        taken: end + usize::from(bytes.get(end) == Some(&b'\n')),
        marks,
        ends: true,
        ..Step::default()
    })
}

#[derive(Default, PartialEq)]
enum Kind {
    #[default]
    Text,
    Qr,
}

#[derive(Default)]
struct Field {
    kind: Kind,
    height: u16,
    hexadecimal: bool,
    data: String,
}

impl Field {
    fn mark(self) -> Option<Mark> {
        match self.kind {
            _ if self.data.is_empty() => None,
            Kind::Text => Some(Mark::Line { text: self.data, size: (self.height, self.height) }),
            // Error correction, how it is given, a comma.
            Kind::Qr => Some(Mark::Qr(self.data.get(3..)?.to_owned())),
        }
    }
}

fn unhexed(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let pair = more.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'_' => {
                bytes.push(byte);
                rest = &more[2..];
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
