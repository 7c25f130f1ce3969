//! The doors of compartments: they spring open, are shut, or jam.

use super::World;
use vestibule_core::opening::Progress;
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

impl World {
    /// The door a visit stands at.
    pub fn door_of(&self, visit: VisitId) -> Option<CompartmentId> {
        self.site.openings.of_visit(visit).map(|(_, opening)| opening.compartment)
    }

    pub fn opens(&mut self, door: CompartmentId) {
        let pulsed = self.pulsed(door);
        match pulsed {
            Some((opening, attempt)) => {
                self.see(Observation::Pulse { opening, attempt, outcome: PulseOutcome::Opened });
            }
            None => self.see(Observation::DoorSeen { compartment: door, open: true }),
        }
        assert!(self.site.compartments.get(door).unwrap().is_open());
    }

    pub fn shuts(&mut self, door: CompartmentId) {
        self.see(Observation::DoorSeen { compartment: door, open: false });
    }

    pub fn pulse_ends(&mut self, door: CompartmentId, outcome: PulseOutcome) {
        let (opening, attempt) = self.pulsed(door).expect("a pulse is on its way");
        self.see(Observation::Pulse { opening, attempt, outcome });
    }

    fn pulsed(&self, door: CompartmentId) -> Option<(OpeningId, u8)> {
        let opening = self.site.compartments.get(door)?.opening?;
        let facts = self.site.openings.get(opening)?;
        matches!(facts.progress, Progress::Pulsed { .. }).then_some((opening, facts.attempt))
    }

    /// The door jams: three pulses, nothing moves.
    pub fn jams(&mut self, door: CompartmentId) {
        for attempt in 1..=3 {
            self.pulse_ends(door, PulseOutcome::StillClosed);
            if attempt < 3 {
                self.seconds(2);
            }
        }
    }
}
