//! Staff at the desk: what they take in, and where they lay it.

use super::{STAFF, World};
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::ParcelWords;
use vestibule_core::*;

impl World {
    /// Staff take a parcel in, and nobody says which company brought it.
    pub fn taken_in_with(&mut self, words: ParcelWords) -> ParcelId {
        match self.ok(STAFF, Command::DeskIntake { carrier: None, words }) {
            Answer::Parcel { parcel, .. } => parcel,
            other => panic!("{other:?}"),
        }
    }

    /// The same, a small one for this household.
    pub fn taken_in(&mut self, number: &str) -> ParcelId {
        self.taken_in_with(Self::words(number, Size::S))
    }

    /// The same, and they lay it onto a shelf.
    pub fn shelved(&mut self, number: &str, shelf: ShelfId) -> ParcelId {
        let parcel = self.taken_in(number);
        self.ok(STAFF, Command::Shelve { parcel, shelf });
        parcel
    }
}
