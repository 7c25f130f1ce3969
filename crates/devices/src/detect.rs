//! What hangs on a line nobody has described: asks every family of boards at every address, at every speed, and says what
//! answers. Only ever asks for states: no coil is pulsed and nothing on a board is set.
//!
//! Like a bus it is two halves: `scan` holds all meaning and is driven with bytes and time; `line` moves them.

mod guess;
mod harmless;
mod line;
mod scan;

pub use line::{LineToDetect, Progress, detect, serial_ports};

use crate::{Family, Framing};

/// The speeds serial boards are known to run at, the commonest first.
pub const BAUDS: [u32; 4] = [9_600, 19_200, 38_400, 115_200];
/// Boards are rarely numbered higher.
pub const USUAL_LAST_ADDRESS: u8 = 16;

/// What was found on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFinding {
    /// The speed at which something answered; `None` on TCP, or if nothing did.
    pub baud: Option<u32>,
    /// What answered, by address. All of one family: one line has one language.
    pub boards: Vec<FoundBoard>,
    /// What is not as it should be.
    pub warnings: Vec<LineWarning>,
    /// How many questions were asked.
    pub asked: u32,
    /// Why the line could not be asked to the end.
    pub error: Option<String>,
}

/// A board that answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundBoard {
    /// As set on its DIP switches.
    pub address: u8,
    /// What it speaks.
    pub family: Family,
    /// How its frames are wrapped.
    pub framing: Framing,
    /// Locks its answer tells of. Some boards tell of more than they have.
    pub channels: u8,
    /// Profiles that fit, the best guess first; empty if none is known.
    pub profiles: Vec<String>,
    /// The contact of each lock from 1 on, read with the first profile's order: true is closed. Which of both is a shut door
    /// the wiring test finds out.
    pub contacts: Vec<bool>,
    /// Its sensors from lock 1 on, if its profile has any: true is occupied.
    pub occupied: Option<Vec<bool>>,
    /// It answered that it will not tell, in words of its vendor.
    pub refusal: Option<u16>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineWarning {
    /// Whatever is asked, only nonsense comes back: A and B are swapped, or something else talks on this line.
    OnlyGarbage,
    /// Whatever is asked comes back as it was sent: an adapter that hears itself, and no board.
    Echo,
    /// Two boards answer at one address, each spoiling the other's answer.
    SharedAddress {
        /// Their address.
        address: u8,
        /// What they seem to speak.
        family: Family,
        /// At which speed.
        baud: Option<u32>,
    },
    /// An address that was left out, because the question would be an order in another family's language.
    LeftOut {
        /// Which.
        address: u8,
        /// In which language.
        family: Family,
    },
}
