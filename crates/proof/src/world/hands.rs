//! What hands do at doors, and what anybody can see of them.

use super::{DOORS, World};
use crate::line::BOARD;
use vestibule_core::CompartmentId;

impl World {
    /// A hand shuts a door. False if the coil still holds the latch.
    pub fn push_shut(&mut self, compartment: CompartmentId) -> bool {
        let lock = self.line.lock(compartment);
        self.line.boards.push_shut(BOARD, lock, self.now_ms)
    }

    /// Who shut a door had done what the screen said, or not.
    pub fn did_at(&mut self, compartment: CompartmentId, honest: bool) {
        self.truth.shut(compartment, honest, &self.model);
    }

    /// Somebody did at a door what nobody asked for.
    pub fn mischief(&mut self, compartment: CompartmentId) {
        self.truth.mischief(compartment);
    }

    /// Something failed: of what is going on nobody can be sure.
    pub fn trouble(&mut self) {
        self.truth.trouble();
    }

    /// The doors that stand open, as anybody can see.
    pub fn ajar(&self) -> Vec<CompartmentId> {
        (1..=DOORS).map(|lock| self.line.door(lock)).filter(|door| self.line.is_ajar(*door)).collect()
    }
}
