//! Budgets of wrong guesses, folded from events: a restart refills nothing (I9).
//!
//! Misses count against the selector typed and against the kiosk, never against a code, so a vandal can pause a keypad
//! path but never kill a code; scanning, cards and staff are never paused. *Deliver* and *Pick up* are counted apart.

use crate::access::entry::Entrant;
use crate::directory::KeypadNumber;
use crate::ids::*;
use crate::policy::GuessProfile;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// Misses at one selector before its keypad path pauses.
pub const SELECTOR_MISSES: u32 = 5;
/// Its first pause; doubles up to a day.
pub const SELECTOR_PAUSE: Span = Span::minutes(15);
/// The longest pause of a selector.
pub const SELECTOR_PAUSE_MOST: Span = Span::days(1);
/// Misses in a row at one kiosk before its keypad pauses.
pub const KIOSK_MISSES: u32 = 5;
/// Its first pause; doubles up to an hour.
pub const KIOSK_PAUSE: Span = Span::seconds(30);
/// The longest pause of a kiosk, and the pause after each miss beyond the site's twenty.
pub const KIOSK_PAUSE_MOST: Span = Span::hours(1);
/// The holder of a code is denied so often in a day, because it is over or not its hour, before staff hear that it may have been passed on.
pub const HOLDER_DENIALS: usize = 3;
/// Misses in a rolling day at the site from which on it is an attack.
pub const SITE_MISSES: usize = 20;
const DAY: Span = Span::days(1);

/// What a code was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A courier's code.
    Deliver,
    /// A resident's.
    PickUp,
    /// A courier's code or a pass, at a door.
    Enter,
    /// A resident's, at a door.
    EnterToCollect,
}

/// Where digits were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keypad {
    /// At a kiosk.
    Kiosk(KioskId),
    /// At the door one walks through.
    Door(AccessPointId),
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    misses: u32,
    last: Timestamp,
    pause: Span,
    until: Timestamp,
}

impl Count {
    /// A day without a miss forgives everything; a day in which the keypad was paused does not count.
    fn is_stale(&self, now: Timestamp) -> bool {
        now - self.last.max(self.until) >= DAY
    }
}

/// The counts of one purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Book {
    selectors: BTreeMap<KeypadNumber, Count>,
    kiosks: BTreeMap<KioskId, Count>,
    doors: BTreeMap<AccessPointId, Count>,
    site: VecDeque<Timestamp>,
    off: bool,
}

/// Misses and pauses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budgets {
    deliver: Book,
    pick_up: Book,
    /// Who guesses at a door in the street pauses nobody at a kiosk inside.
    enter: Book,
    enter_to_collect: Book,
}

impl Book {
    fn keypad(&self, keypad: Keypad) -> Option<&Count> {
        match keypad {
            Keypad::Kiosk(kiosk) => self.kiosks.get(&kiosk),
            Keypad::Door(point) => self.doors.get(&point),
        }
    }

    fn missed(&mut self, keypad: Keypad, selector: &KeypadNumber, now: Timestamp) {
        while self.site.front().is_some_and(|oldest| now - *oldest >= DAY) {
            self.site.pop_front();
        }
        self.site.push_back(now);
        self.selectors.retain(|_, count| !count.is_stale(now));
        count_miss(self.selectors.entry(selector.clone()).or_default(), now);
        let count = match keypad {
            Keypad::Kiosk(kiosk) => self.kiosks.entry(kiosk).or_default(),
            Keypad::Door(point) => self.doors.entry(point).or_default(),
        };
        if count.is_stale(now) {
            *count = Count::default();
        }
        count_miss(count, now);
    }
}

impl Budgets {
    fn book(&self, purpose: Purpose) -> &Book {
        match purpose {
            Purpose::Deliver => &self.deliver,
            Purpose::PickUp => &self.pick_up,
            Purpose::Enter => &self.enter,
            Purpose::EnterToCollect => &self.enter_to_collect,
        }
    }

    fn book_mut(&mut self, purpose: Purpose) -> &mut Book {
        match purpose {
            Purpose::Deliver => &mut self.deliver,
            Purpose::PickUp => &mut self.pick_up,
            Purpose::Enter => &mut self.enter,
            Purpose::EnterToCollect => &mut self.enter_to_collect,
        }
    }

    /// Whether digits may be tried here and now.
    ///
    /// # Errors
    /// Which pause stands against it and until when.
    pub fn admits(
        &self,
        purpose: Purpose,
        keypad: Keypad,
        selector: &KeypadNumber,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let book = self.book(purpose);
        if book.off {
            return Err(Refusal::KeypadsOff);
        }
        if let Some(until) = book.keypad(keypad).map(|count| count.until).filter(|until| now < *until) {
            return Err(match keypad {
                Keypad::Kiosk(_) => Refusal::KioskPaused { until },
                Keypad::Door(_) => Refusal::DoorPaused { until },
            });
        }
        match book.selectors.get(selector).map(|count| count.until).filter(|until| now < *until) {
            Some(until) if !crate::planted::is_planted("pause-ignored") => {
                Err(Refusal::SelectorPaused { until })
            }
            _ => Ok(()),
        }
    }

    /// Misses of a purpose in the last 24 hours at the whole site.
    pub fn misses_in_a_day(&self, purpose: Purpose, now: Timestamp) -> usize {
        self.book(purpose).site.iter().filter(|at| now - **at < DAY).count()
    }

    /// Whether anything is paused or off.
    pub fn is_anything_paused(&self, now: Timestamp) -> bool {
        let books = [&self.deliver, &self.pick_up, &self.enter, &self.enter_to_collect];
        books.into_iter().any(|book| {
            let counts = book.selectors.values().chain(book.kiosks.values()).chain(book.doors.values());
            book.off || counts.into_iter().any(|count| now < count.until)
        })
    }

    /// The events of one miss: the miss itself, and the pauses it brings. True: it is an attack, staff are needed.
    pub fn miss(
        &self,
        purpose: Purpose,
        keypad: Keypad,
        selector: &KeypadNumber,
        (profile, now): (GuessProfile, Timestamp),
    ) -> (Vec<Event>, bool) {
        let book = self.book(purpose);
        let paused = |until| match keypad {
            Keypad::Kiosk(kiosk) => Event::KioskPaused { kiosk, purpose, until },
            Keypad::Door(point) => Event::DoorPaused { point, purpose, until },
        };
        let mut events = vec![match keypad {
            Keypad::Kiosk(kiosk) => Event::CodeMissed { kiosk, purpose, selector: selector.clone() },
            Keypad::Door(point) => Event::DoorCodeMissed { point, purpose, selector: selector.clone() },
        }];
        let selector_count = book.selectors.get(selector).filter(|count| !count.is_stale(now));
        if selector_count.map_or(0, |count| count.misses) + 1 >= SELECTOR_MISSES {
            let pause = next_pause(selector_count, SELECTOR_PAUSE, SELECTOR_PAUSE_MOST);
            events.push(Event::SelectorPaused { selector: selector.clone(), purpose, until: now + pause });
        }
        let attack = self.misses_in_a_day(purpose, now) + 1 >= SITE_MISSES;
        let keypad_count = book.keypad(keypad).filter(|count| !count.is_stale(now));
        if attack && profile == GuessProfile::High {
            events.push(Event::KeypadsOff { purpose });
        } else if attack {
            events.push(paused(now + KIOSK_PAUSE_MOST));
        } else if keypad_count.map_or(0, |count| count.misses) + 1 >= KIOSK_MISSES {
            let pause = next_pause(keypad_count, KIOSK_PAUSE, KIOSK_PAUSE_MOST);
            events.push(paused(now + pause));
        }
        (events, attack)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::CodeMissed { kiosk, purpose, selector } => {
                self.book_mut(*purpose).missed(Keypad::Kiosk(*kiosk), selector, now);
            }
            Event::DoorCodeMissed { point, purpose, selector } => {
                self.book_mut(*purpose).missed(Keypad::Door(*point), selector, now);
            }
            Event::EntryBegan { point, entrant, .. } => {
                let book = match entrant {
                    Entrant::Courier { .. } | Entrant::Pass { .. } => &mut self.enter,
                    Entrant::Resident { .. } => &mut self.enter_to_collect,
                    Entrant::LetInByStaff { .. }
                    | Entrant::Rang { .. }
                    | Entrant::OneParcel { .. }
                    | Entrant::OpenHours => return,
                };
                if let Some(count) = book.doors.get_mut(point) {
                    count.misses = 0;
                }
            }
            Event::DoorPaused { point, purpose, until } => {
                pause(self.book_mut(*purpose).doors.entry(*point).or_default(), *until, now);
            }
            Event::CodeAccepted { kiosk, purpose, .. } => {
                if let Some(count) = self.book_mut(*purpose).kiosks.get_mut(kiosk) {
                    count.misses = 0;
                }
            }
            Event::SelectorPaused { selector, purpose, until } => {
                pause(self.book_mut(*purpose).selectors.entry(selector.clone()).or_default(), *until, now);
            }
            Event::KioskPaused { kiosk, purpose, until } => {
                pause(self.book_mut(*purpose).kiosks.entry(*kiosk).or_default(), *until, now);
            }
            Event::KeypadsOff { purpose } => self.book_mut(*purpose).off = true,
            Event::PausesLifted { .. } => *self = Self::default(),
            _ => {}
        }
    }
}

fn next_pause(count: Option<&Count>, first: Span, most: Span) -> Span {
    match count.map(|count| count.pause).filter(|pause| pause.0 > 0) {
        Some(last) => last.doubled_up_to(most),
        None => first,
    }
}

fn count_miss(count: &mut Count, now: Timestamp) {
    count.misses += 1;
    count.last = now;
}

/// After a pause the next run of misses begins at nought, and its pause is twice as long.
fn pause(count: &mut Count, until: Timestamp, now: Timestamp) {
    count.misses = 0;
    count.pause = until - now;
    count.until = until;
}
