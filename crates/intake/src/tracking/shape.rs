//! Fixed-field shapes of numbers: texts and runs of characters one after the other, matched whole.
//!
//! A run takes all it can get, so no shape here lets a run be followed by something the run would eat.

/// Characters that may stand in a run.
#[derive(Debug, Clone, Copy)]
pub enum Class {
    Digit,
    Letter,
    DigitOrLetter,
    Of(&'static [u8]),
}

impl Class {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Digit => byte.is_ascii_digit(),
            Self::Letter => byte.is_ascii_uppercase(),
            Self::DigitOrLetter => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            Self::Of(bytes) => bytes.contains(&byte),
        }
    }
}

/// One field of a number.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    Text(&'static [u8]),
    /// One of several texts of one length.
    AnyOf(&'static [&'static [u8]]),
    Run(Class, usize, usize),
}

pub const fn digits(count: usize) -> Part {
    Part::Run(Class::Digit, count, count)
}

pub const fn one_of(bytes: &'static [u8]) -> Part {
    Part::Run(Class::Of(bytes), 1, 1)
}

/// The fields of a number, and how long they are together.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    parts: &'static [Part],
    shortest: usize,
    longest: usize,
}

impl Shape {
    pub const fn of(parts: &'static [Part]) -> Self {
        let (mut shortest, mut longest, mut at) = (0, 0, 0);
        while at < parts.len() {
            let (least, most) = match parts[at] {
                Part::Text(text) => (text.len(), text.len()),
                Part::AnyOf(texts) => (texts[0].len(), texts[0].len()),
                Part::Run(_, least, most) => (least, most),
            };
            (shortest, longest, at) = (shortest + least, longest + most, at + 1);
        }
        Self { parts, shortest, longest }
    }

    /// Whether the whole text has this shape.
    pub fn fits(&self, text: &[u8]) -> bool {
        if text.len() < self.shortest || text.len() > self.longest {
            return false;
        }
        let mut rest = text;
        for part in self.parts {
            let length = match part {
                Part::Text(text) => rest.starts_with(text).then_some(text.len()),
                Part::AnyOf(texts) => texts.iter().find(|text| rest.starts_with(text)).map(|text| text.len()),
                Part::Run(class, least, most) => {
                    let run = rest.iter().take(*most).take_while(|byte| class.has(**byte)).count();
                    (run >= *least).then_some(run)
                }
            };
            let Some(length) = length else { return false };
            rest = &rest[length..];
        }
        rest.is_empty()
    }
}
