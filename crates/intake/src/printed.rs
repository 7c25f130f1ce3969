//! What is printed on a label: lines of text with their places, and which of them say whom the parcel is for.
//!
//! Owns telling the recipient's block from the sender's and the carrier's, and taking its lines apart. Cameras drop spaces
//! and take letters for digits, so nothing here needs a space or an exact word. All of it is a claim, less sure than a
//! symbol's: where two blocks could be meant, nobody is named.

mod block;
mod choice;
mod field;
mod house;
mod likened;
mod shapes;
mod vote;
mod word;

use crate::symbol::Recipient;
use block::Stack;
pub use block::{below, blocks};
pub use house::{House, Standing};
pub use likened::{Worn, likened};
pub use shapes::Shapes;
use std::fmt;
pub(crate) use vote::edits;
pub use vote::voted;
pub use word::{Marker, begins as marker};

/// So many lines of a picture are looked at.
pub const LINES_MOST: usize = 120;

/// Where a line stands, in pixels of the straightened picture; `top` is less than `bottom`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Place {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl Place {
    /// Between the edges.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Half-way between the upper and the lower edge.
    pub fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    /// Both.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// One line that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// What it says, printable.
    pub text: String,
    /// 0 to 1, as the reader tells it: the mean of its letters.
    pub confidence: f32,
    /// Where.
    pub place: Place,
}

/// Whom a label is addressed to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Addressed {
    /// Name, company, street, second line with the apartment, town.
    pub recipient: Recipient,
    /// 0 to 1: of the least sure of the lines that matter, name and apartment.
    pub confidence: f32,
    /// A word such as "ship to" stands at the block; without one it was told from the others by its shape.
    pub is_marked: bool,
    /// Of a line of the block, as most are; 0 where several photos were put together.
    pub height: f32,
    /// What the house says of it.
    pub standing: Standing,
    /// Nobody read this: it is who of the house fits worn print best. It is asked about, however well it fits the directory.
    pub is_likened: bool,
}

/// Why nobody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unaddressed {
    /// No block that could be an address.
    NoBlock,
    /// Two blocks, each of which could be the recipient's: two labels, or a label and the one for returning it.
    Several,
}

impl fmt::Display for Unaddressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoBlock => "no printed address could be read: choose the recipient",
            Self::Several => {
                "two recipients are printed in the picture: cover the other label, or choose the recipient"
            }
        })
    }
}

/// Finds the recipient: a marked block; else the one of which house, size and place say so.
///
/// # Errors
/// Why nobody can be named.
pub fn addressed(lines: &[Line], house: &House) -> Result<Addressed, Unaddressed> {
    let lines: Vec<Line> = block::joined(&lines[..lines.len().min(LINES_MOST)]);
    let stacks = block::stacks(&lines, house);
    let read = |stack: &Stack| {
        let mut found = field::read(stack, house)?;
        house.mend(&mut found);
        found.standing = house.standing(&found);
        Some(choice::Candidate { place: stack.place(), found })
    };
    let is_marked = |stack: &&Stack| stack.marker == Some(Marker::To);
    let is_unmarked = |stack: &&Stack| stack.marker.is_none() && stack.lines.len() >= 2;
    let marked: Vec<_> = stacks.iter().filter(is_marked).filter_map(read).collect();
    if !marked.is_empty() {
        return choice::of_marked(marked);
    }
    let mut unmarked: Vec<_> = stacks.iter().filter(is_unmarked).filter_map(read).collect();
    // A marker stands at a block that could not be read: of the others only one that is known may be meant.
    if stacks.iter().any(|stack| stack.marker == Some(Marker::To)) {
        unmarked.retain(|candidate| candidate.found.standing == Standing::Here);
    }
    choice::of_unmarked(unmarked)
}

#[cfg(test)]
mod tests;
