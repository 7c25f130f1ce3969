//! At the door one walks through: staff let somebody in, visitors show a pass, again and at the wrong hour, the lock answers or
//! not, somebody goes through or not.

use crate::mouth::Given;
use crate::world::{DOORWAY, K1, STAFF, World};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::*;

const HOURS: [WeekWindow; 3] = [
    WeekWindow::ALWAYS,
    WeekWindow { days: 0x1F, from: 8 * 60, to: 17 * 60 },
    WeekWindow { days: 0x60, from: 22 * 60, to: 6 * 60 },
];

impl World {
    pub(super) fn comes_to_the_door(&mut self) {
        self.sees_doorway(false);
        match self.chance.below(6) {
            0 | 1 => self.makes_a_pass(),
            2 => {
                let command = Command::LetInOnce { point: DOORWAY, reason: StaffReason::HelpCourier };
                self.answer(STAFF, command);
            }
            _ => self.shows_a_pass(),
        }
        self.goes_through();
    }

    fn makes_a_pass(&mut self) {
        let windows = vec![self.chance.pick(&HOURS).expect("some")];
        let days = 1 + i64::try_from(self.chance.below(20)).expect("small");
        let expires = self.model.now + Span::days(days);
        let doors = vec![DoorGrant { point: DOORWAY }];
        self.answer(
            STAFF,
            Command::IssuePass { kind: PassKind::Visitor, unit: None, windows, expires, doors },
        );
    }

    /// Mostly the newest, which lives; an old one is tried as well.
    fn shows_a_pass(&mut self) {
        let newest = self.letters.passes.last().cloned().filter(|_| !self.chance.once_in(3));
        let count = self.letters.passes.len();
        if count == 0 {
            return;
        }
        let at = usize::try_from(self.chance.below(count as u64)).expect("small");
        let pass = newest.unwrap_or_else(|| self.letters.passes[at].clone());
        let proof = pass.scanned(self.keys());
        let command = Command::Admit { point: DOORWAY, purpose: Purpose::Enter, proof };
        self.answer(Actor::Kiosk(K1), command);
    }

    /// What the lock says of each release, and whether somebody goes through.
    fn goes_through(&mut self) {
        for entry in std::mem::take(&mut self.released) {
            let outcomes = [
                ReleaseOutcome::Taken,
                ReleaseOutcome::Taken,
                ReleaseOutcome::NotTaken,
                ReleaseOutcome::Unknown,
            ];
            let outcome = self.chance.pick(&outcomes).expect("some");
            self.give(Given::Observe(Observation::Release { entry, outcome }));
            if outcome != ReleaseOutcome::NotTaken && !self.chance.once_in(3) {
                self.sees_doorway(true);
                let ms = self.chance.pick(&[300, 4_000, 70_000]).expect("some");
                self.run(ms);
            }
        }
        if !self.chance.once_in(4) {
            self.sees_doorway(false);
        }
    }

    fn sees_doorway(&mut self, open: bool) {
        self.give(Given::Observe(Observation::PassageSeen { point: DOORWAY, open: Some(open) }));
    }
}
