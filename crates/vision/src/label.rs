//! One record of one label, from a photo of it: of its symbols and, where those name nobody, of its print.
//!
//! Owns the way from bytes to record, and that a symbol's word goes before print. Which symbols belong together is decided by
//! `vestibule_intake::gathered`, as for every reader, and whom print names by `vestibule_intake::printed`.

use crate::grey::Grey;
use crate::photo::{self, Unreadable};
use crate::symbols::{self, Symbol};
use crate::text::TextReader;
pub use vestibule_intake::Problem;
use vestibule_intake::printed::{self, Addressed, House, Line, Unaddressed, Worn};
use vestibule_intake::{Carrier, Gathered, Recipient, recognise};

/// What a photo says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Label {
    /// Everything that was read, labels or not.
    pub symbols: Vec<Symbol>,
    /// The number of the one parcel.
    pub tracking: Option<String>,
    /// Its company: the best supported where the number alone speaks.
    pub carrier: Option<Carrier>,
    /// Whom its symbols name, or else its print.
    pub recipient: Recipient,
    /// The lines of print that were read, from the top; none where symbols name the recipient.
    pub lines: Vec<Line>,
    /// Whom the print names, or why nobody; none where it was not read.
    pub addressed: Option<Result<Addressed, Unaddressed>>,
    /// Why there is no number.
    pub problem: Option<Problem>,
}

impl Label {
    /// Two parcels' numbers are two labels, and a name would be of either.
    fn needs_print(&self) -> bool {
        self.recipient.addressed_to().is_none() && self.problem != Some(Problem::SeveralLabels)
    }

    /// Nobody read whom it names: of the people of the house they fit worn print best. It is never filled in.
    pub fn is_likened(&self) -> bool {
        self.addressed.as_ref().is_some_and(|found| found.as_ref().is_ok_and(|found| found.is_likened))
    }

    fn name(&mut self, addressed: Result<Addressed, Unaddressed>) {
        if let Ok(found) = &addressed {
            self.recipient.complete(&found.recipient);
        }
        self.addressed = Some(addressed);
    }
}

/// Reads a photo's bytes, its print only with a reader of text; what the house knows of itself helps to tell blocks apart.
///
/// # Errors
/// Why it is no picture.
pub fn read(bytes: &[u8], reader: Option<&TextReader>, house: &House) -> Result<Label, Unreadable> {
    Ok(of_picture(&photo::decode(bytes)?, reader, house))
}

/// Reads a picture, its print only with a reader of text.
pub fn of_picture(picture: &Grey, reader: Option<&TextReader>, house: &House) -> Label {
    let mut label = record(symbols::find(picture));
    if let Some(reader) = reader.filter(|_| label.needs_print()) {
        let read = reader.lines(picture, house);
        label.lines = read.iter().map(|one| one.line.clone()).collect();
        let found = printed::addressed(&label.lines, house);
        let worn: Vec<Worn<'_>> =
            read.iter().map(|one| Worn { line: &one.line, shapes: &one.shapes }).collect();
        label.name(printed::likened(&worn, &found, house).map_or(found, Ok));
    }
    label
}

/// Several photos of one label, each read by itself, as one record: what most of them say. Their numbers must not differ.
pub fn voted(frames: &[Label]) -> Label {
    let mut found = Gathered::default();
    for frame in frames {
        frame.symbols.iter().for_each(|symbol| found.add(symbol.clone()));
        found.damaged |= frame.problem == Some(Problem::Damaged);
    }
    let mut label = record(found);
    let named: Vec<Addressed> = frames.iter().filter_map(|frame| frame.addressed.clone()?.ok()).collect();
    if label.needs_print() && !named.is_empty() {
        label.name(Ok(printed::voted(&named)));
    }
    label.lines = frames.iter().flat_map(|frame| frame.lines.iter().cloned()).collect();
    label
}

/// Makes the record.
fn record(found: Gathered) -> Label {
    match found.label() {
        Ok(one) => Label {
            symbols: found.symbols,
            carrier: Some(one.carrier.unwrap_or_else(|| recognise(&one.tracking).carrier())),
            tracking: Some(one.tracking),
            recipient: one.recipient,
            ..Label::default()
        },
        Err(problem) => Label { symbols: found.symbols, problem: Some(problem), ..Label::default() },
    }
}
