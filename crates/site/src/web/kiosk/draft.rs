//! What a person at a kiosk has said so far and the site has not yet been asked: gone after a restart, and nothing is lost.
//!
//! Owns: the drafts of all kiosks and the bell that rings when one changes. Never: a code, a PIN, or anything that matters.

use super::facts::Tally;
use crate::look::Theme;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;
use vestibule_core::place::compartment::Size;
use vestibule_core::{KioskId, ParcelId, PersonId, Refusal, UnitId, VisitId};
use vestibule_notices::Language;

/// Where a person went by their own presses; what happens at the doors comes before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// Wherever the visit is.
    #[default]
    Start,
    /// Giving a pickup code.
    PickUp,
    /// Giving a courier's code.
    Deliver,
    /// Who helps.
    Help,
    /// Saying whose the next parcel is.
    Address,
    /// Typing a name.
    Letters,
    /// Choosing among those found.
    Choose,
    /// Typing what the label says, nobody being known by it.
    NameOnLabel,
    /// Choosing a size.
    Size,
    /// Looking at this visit's parcels.
    List,
    /// Saying what is wrong with one of them.
    FixWhat,
    /// Giving the code again for it.
    FixCode,
    /// About to go.
    Summary,
}

/// For whom a parcel is, as chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A household, or one person of it.
    Household {
        /// Whose.
        unit: UnitId,
        /// The one person meant, if it matters.
        addressee: Option<PersonId>,
        /// A latch within reach is asked for.
        reach: bool,
    },
    /// Nobody knows.
    Unknown,
}

/// One of those found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where they live.
    pub unit: UnitId,
    /// Who; None stands for the apartment as a whole.
    pub person: Option<PersonId>,
    /// A latch within reach is asked for.
    pub reach: bool,
}

/// The next parcel, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next {
    /// The number on its label.
    pub tracking: Option<String>,
    /// The company that number proves.
    pub carrier: Option<&'static str>,
    /// The name on its label.
    pub addressed_to: Option<String>,
    /// For whom.
    pub recipient: Option<Recipient>,
    /// Heavy goes low.
    pub heavy: bool,
    /// Those to choose from.
    pub candidates: Vec<Candidate>,
    /// There are more than are shown.
    pub more: bool,
}

/// What is to be done about an earlier parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Mend {
    /// Not said yet.
    #[default]
    Open,
    /// Open its door.
    Reopen,
    /// It is for somebody else.
    Readdress(Option<Recipient>),
}

/// What the screen says at the top, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The site said no.
    Refused(Refusal),
    /// The kiosk itself could not do something with what was given.
    Trouble(Trouble),
}

/// What a kiosk cannot do something with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A damaged code, or a scanner set to a foreign keyboard.
    Damaged,
    /// A code of another building.
    OtherBuilding,
    /// A code for one's own phone.
    ForPhone,
    /// A code that pairs a screen.
    ForPairing,
    /// Nothing readable.
    Unreadable,
    /// A label, and no courier is logged in.
    LabelWithoutCourier,
    /// A second label before the first parcel has its size.
    SizeFirst,
    /// No apartment of that number.
    NoSuchApartment,
    /// Nobody found by that name.
    NobodyFound,
    /// Three letters at least.
    MoreLetters,
    /// The site is just going down or coming up.
    Away,
}

/// What the person at the screen needs to see and hear well. Forgotten when they go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Comfort {
    /// Their language, if not the site's.
    pub language: Option<Language>,
    /// Light, dark, high contrast.
    pub theme: Theme,
    /// Larger text, controls in the lower half, three times the time.
    pub ease: bool,
}

/// The draft of one kiosk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The visit it belongs to.
    pub visit: Option<VisitId>,
    /// Where the person went.
    pub stage: Stage,
    /// Said once.
    pub said: Option<Said>,
    /// The next parcel.
    pub next: Next,
    /// The last one's recipient and size, for *same apartment again*.
    pub last: Option<(Recipient, Size)>,
    /// An earlier parcel to put right.
    pub mend: Option<(ParcelId, Mend)>,
    /// What a courier who has just gone left behind.
    pub goodbye: Option<Tally>,
    /// How it is shown.
    pub comfort: Comfort,
}

impl Draft {
    /// Forgets what belongs to a visit that is not the one going on.
    pub fn follow(&mut self, visit: Option<VisitId>) {
        if self.visit == visit {
            return;
        }
        let (begins, kept) = (visit.is_some(), std::mem::take(self));
        let comfort = kept.comfort;
        let said = kept.said.filter(|_| !begins);
        let goodbye = kept.goodbye.filter(|_| !begins);
        let stage = if begins || kept.visit.is_some() { Stage::Start } else { kept.stage };
        *self = Self { visit, stage, said, goodbye, comfort, ..Self::default() };
    }

    /// Nobody is there any more.
    pub fn forget(&mut self) {
        *self = Self { visit: self.visit, ..Self::default() };
    }
}

/// The drafts of all kiosks of the site.
pub struct KioskScreens {
    drafts: Mutex<BTreeMap<KioskId, Draft>>,
    /// How many presses each kiosk was answered.
    turns: Mutex<BTreeMap<KioskId, u64>>,
    bell: watch::Sender<u64>,
}

impl Default for KioskScreens {
    fn default() -> Self {
        Self { drafts: Mutex::default(), turns: Mutex::default(), bell: watch::channel(0).0 }
    }
}

impl KioskScreens {
    /// A copy of a kiosk's draft, following the visit that goes on there.
    pub fn of(&self, kiosk: KioskId, visit: Option<VisitId>) -> Draft {
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        let draft = drafts.entry(kiosk).or_default();
        draft.follow(visit);
        draft.clone()
    }

    /// Changes a kiosk's draft and rings the bell.
    pub fn change<T>(&self, kiosk: KioskId, change: impl FnOnce(&mut Draft) -> T) -> T {
        let result =
            change(self.drafts.lock().unwrap_or_else(PoisonError::into_inner).entry(kiosk).or_default());
        self.bell.send_modify(|count| *count += 1);
        result
    }

    /// A press was carried out and is about to be answered. What is drawn from now on has this number or a higher one,
    /// so that the page can tell an answer that the live stream has overtaken.
    pub fn next_turn(&self, kiosk: KioskId) -> u64 {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = turns.entry(kiosk).or_default();
            *turn += 1;
            *turn
        };
        self.bell.send_modify(|count| *count += 1);
        turn
    }

    /// The press answered last; to be read before the state that is drawn.
    pub fn turn(&self, kiosk: KioskId) -> u64 {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).get(&kiosk).copied().unwrap_or(0)
    }

    /// Rings whenever a draft changed or a press was answered.
    pub fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy() -> Draft {
        Draft {
            visit: Some(VisitId(1)),
            stage: Stage::Size,
            next: Next { tracking: Some("1Z".into()), ..Next::default() },
            comfort: Comfort { language: Some(Language::Es), ..Comfort::default() },
            ..Draft::default()
        }
    }

    #[test]
    fn a_draft_ends_with_its_visit_but_not_what_one_needs_to_see() {
        let mut draft = busy();
        draft.follow(Some(VisitId(1)));
        assert_eq!(draft, busy());
        draft.follow(Some(VisitId(2)));
        assert_eq!((draft.stage, draft.next.tracking.as_deref()), (Stage::Start, None));
        assert_eq!(draft.comfort.language, Some(Language::Es));
        draft.forget();
        assert_eq!(draft.comfort, Comfort::default());
    }

    #[test]
    fn drafts_of_two_kiosks_do_not_meet_and_a_change_rings() {
        let screens = KioskScreens::default();
        let mut bell = screens.bell();
        bell.mark_unchanged();
        screens.change(KioskId(1), |draft| draft.stage = Stage::Help);
        assert!(bell.has_changed().unwrap());
        assert_eq!(screens.of(KioskId(1), None).stage, Stage::Help);
        assert_eq!(screens.of(KioskId(2), None).stage, Stage::Start);
    }
}
