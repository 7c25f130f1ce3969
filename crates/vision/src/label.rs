//! One record of one label, from a photo of it.
//!
//! Owns the way from bytes to record. What belongs together is decided by `vestibule_intake::gathered`, as for every reader.

use crate::grey::Grey;
use crate::photo::{self, Unreadable};
use crate::symbols::{self, Symbol};
pub use vestibule_intake::Problem;
use vestibule_intake::{Carrier, Gathered, Recipient, recognise};

/// What a photo says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// Everything that was read, labels or not.
    pub symbols: Vec<Symbol>,
    /// The number of the one parcel.
    pub tracking: Option<String>,
    /// Its company: the best supported where the number alone speaks.
    pub carrier: Option<Carrier>,
    /// Whom its symbols name.
    pub recipient: Recipient,
    /// Why there is no number.
    pub problem: Option<Problem>,
}

/// Reads a photo's bytes.
///
/// # Errors
/// Why it is no picture.
pub fn read(bytes: &[u8]) -> Result<Label, Unreadable> {
    Ok(of_picture(&photo::decode(bytes)?))
}

/// Reads a picture.
pub fn of_picture(picture: &Grey) -> Label {
    record(symbols::find(picture))
}

/// Makes the record.
fn record(found: Gathered) -> Label {
    match found.label() {
        Ok(one) => Label {
            symbols: found.symbols,
            carrier: Some(one.carrier.unwrap_or_else(|| recognise(&one.tracking).carrier())),
            tracking: Some(one.tracking),
            recipient: one.recipient,
            problem: None,
        },
        Err(problem) => Label { symbols: found.symbols, problem: Some(problem), ..Label::default() },
    }
}
