//! When the authority wants a certificate renewed, and when it is asked about that again (RFC 9773). Pure.
//!
//! Owns: the moment within its window, and the pauses between two questions. Never: asks, or renews; what the next step is,
//! [`super::schedule`] says.

use super::failure::{Failure, Trouble, harmless};
use super::schedule::{DAY, HOUR, MINUTE, Validity, mixed};
use serde::{Deserialize, Serialize};
use vestibule_core::Timestamp;

/// It is asked no more often than this, and no less often than [`ASKS_AT_MOST`], whatever it wants (RFC 9773 4.3.2).
const ASKS_AT_LEAST: i64 = MINUTE;
const ASKS_AT_MOST: i64 = DAY;
/// After a question that was not answered as it should be (RFC 9773 4.3.3).
const ASKS_AFTER_FAILURE: i64 = 6 * HOUR;

/// The time within which the authority wants a certificate renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From this moment.
    pub from: Timestamp,
    /// Until this one, which is later.
    pub until: Timestamp,
    /// The address of a page that says why it is this one, if the authority named one.
    pub why: Option<String>,
}

impl Window {
    /// None: it ends before it begins, which says nothing.
    pub(super) fn new(from: Timestamp, until: Timestamp, why: Option<&str>) -> Option<Self> {
        (from < until).then(|| Self { from, until, why: why.map(harmless) })
    }

    /// A moment within it, anywhere.
    fn moment(&self, seed: u64) -> Timestamp {
        let width = self.until.0.saturating_sub(self.from.0);
        let within = mixed(seed ^ self.from.0.unsigned_abs()) % width.unsigned_abs().max(1);
        Timestamp(self.from.0.saturating_add_unsigned(within))
    }
}

/// What the authority said of the certificate that is held. Outlives a restart, so that a machine that starts over and over neither
/// asks nor chooses over and over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The window it suggests; None: none yet, or it suggests none.
    pub window: Option<Window>,
    /// The moment that was chosen within it.
    chosen: Timestamp,
    /// It is not asked before this moment.
    asked_from: Timestamp,
    /// Questions since the last answer.
    missed: u32,
}

impl Suggestion {
    /// When a certificate is to be renewed: at the moment chosen, but before staff are told that it ends; without a window when a third
    /// of its life is left.
    pub(super) fn renewed_from(&self, held: Validity) -> Timestamp {
        match self.window {
            Some(_) => self.chosen.min(held.ends_soon_from()),
            None => held.renewed_from(),
        }
    }

    /// When the authority is asked. A clock that was wrong may have put it too far ahead.
    pub(super) fn asked_from(&self, now: Timestamp) -> Timestamp {
        if self.asked_from.0 > now.0 + ASKS_AT_MOST { now } else { self.asked_from }
    }

    /// It answered, and wants to be asked again after so many ms.
    pub(super) fn answered(
        &mut self,
        now: Timestamp,
        (window, again_ms): (Option<Window>, Option<i64>),
        seed: u64,
    ) {
        let span = |window: Option<&Window>| window.map(|window| (window.from, window.until));
        if span(window.as_ref()) != span(self.window.as_ref()) {
            self.chosen = window.as_ref().map_or(Timestamp(0), |window| window.moment(seed));
        }
        (self.window, self.missed) = (window, 0);
        self.ask_after(now, again_ms.unwrap_or(ASKS_AT_MOST));
    }

    /// It did not answer, or not as it should; what it said before holds.
    pub(super) fn not_answered(&mut self, now: Timestamp, failure: &Failure) {
        self.missed = self.missed.saturating_add(1);
        let pause = match failure.trouble {
            Trouble::Unreachable | Trouble::Slow => {
                ASKS_AFTER_FAILURE.min(MINUTE << (self.missed - 1).min(12))
            }
            _ => ASKS_AFTER_FAILURE,
        };
        self.ask_after(now, pause.max(failure.again_ms.unwrap_or(0)));
    }

    fn ask_after(&mut self, now: Timestamp, ms: i64) {
        self.asked_from = Timestamp(now.0 + ms.clamp(ASKS_AT_LEAST, ASKS_AT_MOST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-29.
    const NOW: Timestamp = Timestamp(1_795_910_400_000);

    fn after(ms: i64) -> Timestamp {
        Timestamp(NOW.0 + ms)
    }

    fn window(from: i64, until: i64) -> Option<Window> {
        Window::new(after(from), after(until), None)
    }

    /// Ninety days from now on.
    fn held() -> Validity {
        Validity { from: NOW, until: after(90 * DAY) }
    }

    fn answered(window: Option<Window>, again_ms: Option<i64>, seed: u64) -> Suggestion {
        let mut suggestion = Suggestion::default();
        suggestion.answered(NOW, (window, again_ms), seed);
        suggestion
    }

    #[test]
    fn sites_choose_moments_all_over_the_window() {
        let moments: Vec<i64> = (0..200)
            .map(|seed| answered(window(DAY, 5 * DAY), None, seed).renewed_from(held()).0 - NOW.0)
            .collect();
        assert!(moments.iter().all(|at| (DAY..5 * DAY).contains(at)), "{moments:?}");
        for day in 1..5 {
            let within = moments.iter().filter(|at| (day * DAY..(day + 1) * DAY).contains(at)).count();
            assert!((25..=75).contains(&within), "{within} of 200 on day {day}");
        }
    }

    #[test]
    fn a_moment_is_chosen_once_for_a_window() {
        let mut suggestion = answered(window(DAY, 5 * DAY), None, 7);
        let chosen = suggestion.renewed_from(held());
        let explained = Window::new(after(DAY), after(5 * DAY), Some("https://ca.example/why"));
        suggestion.answered(NOW, (explained, None), 8);
        assert_eq!(suggestion.renewed_from(held()), chosen, "the same window");
        let kept = serde_json::to_string(&suggestion).unwrap();
        assert_eq!(serde_json::from_str::<Suggestion>(&kept).unwrap(), suggestion);
        suggestion.answered(NOW, (window(-2 * DAY, -DAY), None), 8);
        assert!(suggestion.renewed_from(held()) < NOW, "it is wanted back");
        suggestion.answered(NOW, (None, None), 8);
        assert_eq!(suggestion.renewed_from(held()), after(60 * DAY), "nothing is suggested any more");
    }

    #[test]
    fn a_window_that_ends_before_it_begins_says_nothing_and_a_late_one_waits_for_no_alarm() {
        assert_eq!(window(DAY, DAY), None);
        assert_eq!(window(DAY, HOUR), None);
        let late = answered(window(200 * DAY, 201 * DAY), None, 7);
        assert_eq!(late.renewed_from(held()), held().ends_soon_from());
    }

    #[test]
    fn it_is_asked_again_as_it_wants_within_a_minute_and_a_day() {
        for (wanted, after_ms) in [
            (Some(6 * HOUR), 6 * HOUR),
            (Some(0), MINUTE),
            (Some(i64::MAX), DAY),
            (Some(-1), MINUTE),
            (None, DAY),
        ] {
            assert_eq!(answered(None, wanted, 7).asked_from(NOW), after(after_ms), "{wanted:?}");
        }
        let by_a_clock_ahead = answered(None, None, 7);
        let back = Timestamp(NOW.0 - 400 * DAY);
        assert_eq!(by_a_clock_ahead.asked_from(back), back, "it waits for no clock that was wrong");
    }

    #[test]
    fn a_question_without_an_answer_leaves_what_was_said_and_comes_again() {
        let mut suggestion = answered(window(DAY, 2 * DAY), None, 7);
        let said = suggestion.window.clone();
        let pauses: Vec<i64> = (0..12)
            .map(|_| {
                suggestion.not_answered(NOW, &Failure::new(Trouble::Unreachable, ""));
                suggestion.asked_from(NOW).0 - NOW.0
            })
            .collect();
        assert_eq!(pauses[..4], [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]);
        assert_eq!(pauses[11], ASKS_AFTER_FAILURE);
        assert_eq!(suggestion.window, said);
        let mut refused = Suggestion::default();
        refused.not_answered(NOW, &Failure::new(Trouble::Refused, ""));
        assert_eq!(refused.asked_from(NOW), after(ASKS_AFTER_FAILURE));
        refused
            .not_answered(NOW, &Failure { again_ms: Some(9 * HOUR), ..Failure::new(Trouble::Refused, "") });
        assert_eq!(refused.asked_from(NOW), after(9 * HOUR), "it said when");
    }
}
