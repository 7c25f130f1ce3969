//! Guesses at the keypad, answer by answer (I9).

use super::World;
use crate::mouth::Given;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::*;
use vestibule_site::handle::Outcome;

impl World {
    /// I9 at the keypad: a wrong code is counted, and a paused number takes none.
    pub(super) fn check_guess(&self, given: &Given, outcome: &Outcome) {
        let Given::Ask(_, Command::PickUp { proof: Proof::Digits { selector, check_ok: true, .. }, .. }, _) =
            given
        else {
            return;
        };
        if outcome.repeated || outcome.answer == Err(Refusal::DiskLow) {
            return;
        }
        let missed = self.last.iter().any(|event| matches!(event, Event::CodeMissed { .. }));
        let wrong = outcome.answer == Err(Refusal::WrongCode);
        assert!(missed || !wrong, "I9: a wrong code at {} cost nothing", selector.digits());
        let refused = matches!(
            outcome.answer,
            Err(Refusal::SelectorPaused { .. }
                | Refusal::KioskPaused { .. }
                | Refusal::KeypadsOff
                // Whatever is typed at a screen that is no kiosk is not looked at.
                | Refusal::KioskUnknown)
        );
        let paused = self.paused.get(selector.digits()).is_some_and(|until| self.model.now < *until);
        assert!(refused || missed || !paused, "I9: {} is paused and took digits", selector.digits());
        assert!(!wrong || !paused || self.just_paused(selector.digits()), "I9: a pause was ignored");
    }

    fn just_paused(&self, number: &str) -> bool {
        let now = |event: &Event| matches!(event, Event::SelectorPaused { selector, .. } if selector.digits() == number);
        self.last.iter().any(now)
    }
}
