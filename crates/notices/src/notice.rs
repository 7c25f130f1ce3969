//! What a notice says, as data. Rendering lives beside it: [`render_mail`], [`render_sms`], [`render_slip`].
//!
//! A notice is complete without its link: place, keypad number, PIN, QR picture, what to do, whom to ask.
//! Times and hours come already written in the reader's language; nothing here knows a clock or a zone.
//! Names and labels may have been written by strangers (a parcel's label): renderers flatten control
//! characters and escape HTML.

mod mail;
mod places;
mod slip;
mod sms;
mod test_mail;
#[cfg(test)]
mod tests;
mod wording;

pub use mail::{ImageKind, InlineImage, RenderedMail, render_mail};
pub use slip::{Slip, SlipCode, render_slip};
pub use sms::render_sms;
pub use test_mail::{TestMail, render_test_mail};

use crate::language::Language;
use crate::secret_text::SecretText;

/// One message to one person.
#[derive(Debug)]
pub struct Notice {
    pub site_name: String,
    pub language: Language,
    pub kind: NoticeKind,
    pub recipient_name: String,
    /// The apartment as people say it: `12B`.
    pub unit_label: String,
    /// The digits typed before the PIN: `1202`.
    pub keypad_number: String,
    /// Where the parcels are, or for a receipt where they were. Empty for what is about a card or a door.
    pub places: Vec<PlaceLine>,
    /// None where no code is needed (desk and drop places alone, receipts).
    pub code: Option<NoticeCode>,
    /// A page that reveals the code on a press; whoever has it has the code.
    pub link: Option<SecretText>,
    pub help_line: Option<HelpLine>,
    /// "Fri 20 Nov, 20:00", in the reader's language.
    pub hold_until: Option<String>,
    /// "8:00-20:00"; said where a place is the desk.
    pub desk_hours: Option<String>,
    /// Who rang, as a JPEG file: shown where somebody asks to be let in.
    pub picture: Option<Picture>,
}

/// A JPEG file of a person. Nothing of it is shown by `Debug`.
pub struct Picture(pub Vec<u8>);

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Picture of {} bytes", self.0.len())
    }
}

/// Why the notice is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Parcels wait.
    Arrived,
    /// The same parcels, now elsewhere.
    Moved,
    /// The person's parcels left.
    Receipt { how: ReceiptHow },
    /// Same parcels, another code.
    NewCode,
    /// Parcels that do not keep for long still wait.
    CollectSoon,
    /// The resident card was used at `place` (a kiosk's name) at `when`.
    CardUsed { place: String, when: String },
    /// Somebody without a code asked at `place` (a door's name) to be let in; the notice's link answers.
    AtDoor { place: String, when: String },
    /// Somebody was let in at `place`: by a person of the household, or by staff or the house's rule.
    LetIn { place: String, when: String, by: Option<String> },
}

/// How parcels left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptHow {
    /// Staff gave them to somebody of the household.
    HandedOver,
    /// Staff gave them back to the carrier.
    Returned,
    /// Staff closed the record.
    WrittenOff,
    /// Somebody took them out with the reader's own code, at `when`.
    Collected { when: String },
    /// Another person of the household collected them with their own code.
    CollectedBy(String),
}

/// One place and what lies there for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLine {
    pub place: NoticePlace,
    /// At least 1.
    pub parcels: u32,
    pub carriers: Vec<String>,
    /// The name on the parcel when it is not the reader's own.
    pub addressed_to: Option<String>,
}

/// A place as its reader finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticePlace {
    Compartment { label: String, bank: String },
    Shelf { label: String, room: String },
    Desk,
    Drop { name: String },
}

/// What opens the doors.
#[derive(Debug)]
pub struct NoticeCode {
    /// 7, 9 or 11 digits without spaces.
    pub pin: SecretText,
    /// The token the QR picture carries.
    pub qr: SecretText,
}

/// Whom to ask at this hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    pub text: String,
    pub phone: String,
}

/// A PIN as it is read aloud: groups of three, a single digit left over joining the group before it.
pub fn pin_in_threes(pin: &str) -> String {
    let digits: Vec<char> = pin.chars().collect();
    let mut out = String::with_capacity(pin.len() + pin.len() / 3);
    for (at, digit) in digits.iter().enumerate() {
        let is_group_start = at > 0 && at % 3 == 0;
        let is_lone_last = at + 1 == digits.len();
        if is_group_start && !is_lone_last {
            out.push(' ');
        }
        out.push(*digit);
    }
    out
}

/// Data from labels and tables as one line: control characters and line breaks become spaces.
pub(crate) fn one_line(text: &str) -> String {
    let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    flat.split_whitespace().collect::<Vec<_>>().join(" ")
}
