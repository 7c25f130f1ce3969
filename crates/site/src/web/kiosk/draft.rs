//! What a person at a kiosk has said so far and the site has not yet been asked: gone after a restart, and nothing is lost.
//!
//! Owns: the drafts of all kiosks and the bell that rings when one changes. Never: a code, a PIN, or anything that matters.

use super::facts::{CourierFacts, Item, Spot, Tally};
pub use crate::directory::intake::Reading;
use crate::look::Theme;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedMutexGuard, watch};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::visit::deposit::Described;
use vestibule_core::{KioskId, ParcelId, PersonId, Refusal, UnitId, VisitId};
use vestibule_intake::evidence::Confirmed;
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
    /// Asked about a label that was scanned today already.
    Known,
    /// Saying whose the next parcel is.
    Address,
    /// Typing a name.
    Letters,
    /// Choosing among those found.
    Choose,
    /// Its label is for another house: does it stay?
    OtherHouse,
    /// Typing what the label says, nobody being known by it.
    NameOnLabel,
    /// Choosing a size.
    Size,
    /// Saying how many parcels are put down without a scan.
    Drop,
    /// Giving the code again, to open the door of the parcel before once more.
    BesideCode,
    /// Looking at this visit's parcels.
    List,
    /// Saying what is wrong with one of them.
    FixWhat,
    /// Giving the code again for it.
    FixCode,
    /// About to go.
    Summary,
    /// Asked where a parcel is that they had on its way when they went.
    Asked,
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

/// The label of the next parcel came today already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where that parcel is, if it still waits here.
    pub spot: Option<Spot>,
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
    /// What it is, where that matters.
    pub class: Option<ParcelClass>,
    /// A parcel with its number came today.
    pub known: Option<Known>,
    /// They said that this is another one.
    pub another: bool,
    /// Those to choose from.
    pub candidates: Vec<Candidate>,
    /// There are more than are shown.
    pub more: bool,
    /// What its label says, whom that means, and what it took so far.
    pub reading: Reading,
    /// How the recipient is being chosen, or was.
    pub way: Option<Confirmed>,
}

impl Next {
    /// The recipient was filled in; whoever presses a size says yes to it.
    pub fn is_suggested(&self) -> bool {
        self.recipient.is_some() && self.way == Some(Confirmed::Suggested)
    }

    /// What the rules are told of it to foresee where it goes, were it of this size.
    pub fn described(&self, size: Size) -> Described {
        let (unit, reach) = match &self.recipient {
            Some(Recipient::Household { unit, reach, .. }) => (Some(*unit), *reach),
            Some(Recipient::Unknown) | None => (None, false),
        };
        Described { unit, size, heavy: self.heavy, reach, class: self.class }
    }
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
    /// A pass for doors.
    ForDoor,
    /// Nothing readable.
    Unreadable,
    /// More than one label or code in one look.
    Several,
    /// A label, and no courier is logged in.
    LabelWithoutCourier,
    /// A label of no parcel that lies here for who stands here.
    NotOnTheirShelf,
    /// The label of a shelf, and nobody here puts a parcel there.
    ShelfLabel,
    /// The label of a shelf, and no parcel is in hand for it.
    ParcelBeforeShelf,
    /// A second label before the first parcel has its size.
    SizeFirst,
    /// No apartment of that number.
    NoSuchApartment,
    /// Nobody found by that name.
    NobodyFound,
    /// Three letters at least.
    MoreLetters,
    /// A parcel for another house stays with the courier.
    TakenBack,
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
    /// The parcel they had on its way when they went, whose label they scan again.
    pub asked: Option<ParcelId>,
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

    /// The parcel that the screen asks about because its label was scanned again.
    pub fn asked_about<'a>(&self, courier: &'a CourierFacts) -> Option<&'a Item> {
        let meant = self.asked.filter(|_| self.stage == Stage::Asked);
        courier.asked.iter().find(|item| Some(item.parcel) == meant)
    }

    /// Nobody is there any more.
    pub fn forget(&mut self) {
        *self = Self { visit: self.visit, ..Self::default() };
    }
}

/// The presses at one kiosk.
#[derive(Default)]
struct Presses {
    answered: u64,
    /// One after the other.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// The drafts of all kiosks of the site.
pub struct KioskScreens {
    drafts: Mutex<BTreeMap<KioskId, Draft>>,
    presses: Mutex<BTreeMap<KioskId, Presses>>,
    bell: watch::Sender<u64>,
    /// Tells what this process drew from what the one before it drew.
    process: u64,
}

impl Default for KioskScreens {
    fn default() -> Self {
        let process = RandomState::new().build_hasher().finish();
        Self { drafts: Mutex::default(), presses: Mutex::default(), bell: watch::channel(0).0, process }
    }
}

impl KioskScreens {
    /// A kiosk's draft as it is for the visit that goes on there. Looking changes nothing: whoever looks may have read
    /// the visit before somebody else ended it.
    pub fn of(&self, kiosk: KioskId, visit: Option<VisitId>) -> Draft {
        let drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut draft = drafts.get(&kiosk).cloned().unwrap_or_default();
        draft.follow(visit);
        draft
    }

    /// Changes a kiosk's draft and rings the bell.
    pub fn change<T>(&self, kiosk: KioskId, change: impl FnOnce(&mut Draft) -> T) -> T {
        let result =
            change(self.drafts.lock().unwrap_or_else(PoisonError::into_inner).entry(kiosk).or_default());
        self.bell.send_modify(|count| *count += 1);
        result
    }

    /// Waits until the presses of this kiosk that came before are carried out; the next waits for the guard's end.
    pub async fn press(&self, kiosk: KioskId) -> OwnedMutexGuard<()> {
        let turn = {
            let mut presses = self.presses.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(&presses.entry(kiosk).or_default().turn)
        };
        turn.lock_owned().await
    }

    /// A press was carried out and is about to be answered: the page will show what the stream did not send.
    pub fn answering(&self, kiosk: KioskId) {
        self.presses.lock().unwrap_or_else(PoisonError::into_inner).entry(kiosk).or_default().answered += 1;
        self.bell.send_modify(|count| *count += 1);
    }

    /// How many presses at this kiosk were answered.
    pub fn answered(&self, kiosk: KioskId) -> u64 {
        let presses = self.presses.lock().unwrap_or_else(PoisonError::into_inner);
        presses.get(&kiosk).map_or(0, |presses| presses.answered)
    }

    /// How often a draft changed or a press was answered, at any kiosk, in this process.
    pub fn changed(&self) -> u64 {
        *self.bell.borrow()
    }

    /// A number no other process has.
    pub fn process(&self) -> u64 {
        self.process
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

    #[test]
    fn a_look_with_an_old_visit_changes_nothing() {
        let (screens, kiosk) = (KioskScreens::default(), KioskId(1));
        screens.change(kiosk, |draft| draft.goodbye = Some(Tally::default()));
        assert_eq!(screens.of(kiosk, Some(VisitId(1))).goodbye, None);
        assert!(screens.of(kiosk, None).goodbye.is_some());
    }

    #[tokio::test]
    async fn one_press_after_the_other_at_a_kiosk_and_none_waits_for_another_kiosk() {
        let screens = KioskScreens::default();
        let first = screens.press(KioskId(1)).await;
        let mut second = std::pin::pin!(screens.press(KioskId(1)));
        assert!(futures_util::FutureExt::now_or_never(second.as_mut()).is_none());
        drop(screens.press(KioskId(2)).await);
        drop(first);
        drop(second.await);
    }
}
