//! Classes of parcels that may not lie just anywhere, nor for long. The usual parcel has none.
//!
//! Owns: the classes, where each may lie, their times. Two moments follow from those ([`clock`]): its people are reminded, and
//! staff are asked for. A class is what courier or staff said of a parcel, never a guess.

pub(crate) mod clock;

use super::Custodian;
use crate::ids::*;
use crate::place::Place;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What a parcel is, where that says how it must lie and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelClass {
    /// Food that is ready to eat.
    Meal,
    /// Food or anything else that was packed cold.
    Chilled,
    /// Medicine: never where others can take it.
    Medicine,
    /// Its carrier wants a signature: from hand to hand.
    Signature,
}

impl ParcelClass {
    /// All of them, the shortest wait first.
    pub const ALL: [Self; 4] = [Self::Meal, Self::Chilled, Self::Medicine, Self::Signature];

    /// Its word, as it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Meal => "meal",
            Self::Chilled => "chilled",
            Self::Medicine => "medicine",
            Self::Signature => "signature",
        }
    }

    /// The class of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// Whether it may lie where whoever is let in can take it: on a shelf, in a drop place.
    pub fn may_lie_open(self) -> bool {
        matches!(self, Self::Meal | Self::Chilled)
    }

    /// Whether it may lie behind a door without having gone through anybody's hands.
    pub fn may_lie_behind_a_door(self) -> bool {
        self != Self::Signature
    }

    /// Whether it may be where it is.
    pub fn may_be_with(self, custodian: Custodian) -> bool {
        match custodian {
            Custodian::Compartment(_) => self.may_lie_behind_a_door(),
            Custodian::Shelf(_) | Custodian::CommonArea(_) => self.may_lie_open(),
            Custodian::Courier(_)
            | Custodian::Staff(_)
            | Custodian::Recipient(_)
            | Custodian::Carrier(_)
            | Custodian::Missing { .. }
            | Custodian::WrittenOff => true,
        }
    }
}

/// That a parcel has a class, and how far its time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classed {
    /// Which.
    pub class: ParcelClass,
    /// Its people were reminded.
    pub reminded: bool,
    /// Its time is over, and staff were asked for.
    pub late: bool,
}

impl Classed {
    pub(crate) fn new(class: ParcelClass) -> Self {
        Self { class, reminded: false, late: false }
    }
}

/// How long parcels of each class may wait, counted from when each became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClassTimes {
    /// A meal; 10 minutes to a day.
    pub meal: Span,
    /// What was packed cold; half an hour to three days.
    pub chilled: Span,
    /// Medicine; an hour to 30 days.
    pub medicine: Span,
    /// What wants a signature; an hour to 90 days.
    pub signature: Span,
    /// Its people are reminded when so much of that time has passed; 10 to 90 percent.
    pub reminded_at_percent: u32,
}

impl Default for ClassTimes {
    fn default() -> Self {
        Self {
            meal: Span::hours(1),
            chilled: Span::hours(4),
            medicine: Span::days(1),
            signature: Span::days(3),
            reminded_at_percent: 50,
        }
    }
}

impl ClassTimes {
    /// Whether it is the one that is written as nothing.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// How long a parcel of this class may wait.
    pub fn wait(&self, class: ParcelClass) -> Span {
        match class {
            ParcelClass::Meal => self.meal,
            ParcelClass::Chilled => self.chilled,
            ParcelClass::Medicine => self.medicine,
            ParcelClass::Signature => self.signature,
        }
    }

    /// How long it waits until its people are reminded.
    pub fn reminder(&self, class: ParcelClass) -> Span {
        Span(self.wait(class).0 / 100 * i64::from(self.reminded_at_percent))
    }

    /// Each time with its name, the shortest and the longest it may be.
    pub(crate) fn ranges(&self) -> [(&'static str, Span, Span, Span); 4] {
        [
            ("classes.meal", self.meal, Span::minutes(10), Span::days(1)),
            ("classes.chilled", self.chilled, Span::minutes(30), Span::days(3)),
            ("classes.medicine", self.medicine, Span::hours(1), Span::days(30)),
            ("classes.signature", self.signature, Span::hours(1), Span::days(90)),
        ]
    }
}

impl Site {
    /// Until when a parcel that waits is kept for its people: as long as its class may wait, and never longer than the hold.
    /// None: it does not wait.
    pub fn kept_until(&self, parcel: ParcelId) -> Option<Timestamp> {
        let facts = self.custody.get(parcel).filter(|facts| facts.custodian.is_waiting_place())?;
        let held = facts.arrived? + self.policy.hold;
        let fresh = facts.class().map(|class| facts.registered + self.policy.classes.wait(class));
        Some(fresh.map_or(held, |fresh| fresh.min(held)))
    }
}

/// Staff say what class a parcel is of, or that it is a usual one.
pub(crate) fn classify(
    d: &mut Decider<'_>,
    by: Actor,
    parcel: ParcelId,
    class: Option<ParcelClass>,
) -> Result<Answer, Refusal> {
    let facts = d.site.custody.get(parcel).ok_or(Refusal::NotFound)?;
    if facts.custodian.is_final() {
        return Err(Refusal::TooLate);
    }
    if facts.class() != class {
        said(d, by, parcel, class);
        d.done(&TaskKind::Late { parcel }, by);
        look_where_it_lies(d, parcel, by);
    }
    Ok(Answer::Done)
}

/// Records what was said of a parcel's class.
pub(crate) fn said(d: &mut Decider<'_>, by: Actor, parcel: ParcelId, class: Option<ParcelClass>) {
    d.push(Event::ParcelClassified { parcel, class, by });
}

/// A parcel lies where its class must not, or does so no longer; and one whose way has ended is late no more.
pub(crate) fn look_where_it_lies(d: &mut Decider<'_>, parcel: ParcelId, by: Actor) {
    let Some(facts) = d.site.custody.get(parcel) else { return };
    let custodian = facts.custodian;
    match facts.class() {
        Some(class) if !class.may_be_with(custodian) => d.raise(TaskKind::Misplaced { parcel }),
        _ => d.done(&TaskKind::Misplaced { parcel }, by),
    }
    if custodian.is_final() {
        d.done(&TaskKind::Late { parcel }, by);
    }
}

/// Keeps a compartment or a shelf for parcels of one class, or frees it for the usual ones.
pub(crate) fn keep_place(
    d: &mut Decider<'_>,
    place: Place,
    class: Option<ParcelClass>,
) -> Result<Answer, Refusal> {
    let (is_known, may) = match place {
        Place::Compartment(c) => {
            (d.site.compartments.get(c).is_some(), class.is_none_or(ParcelClass::may_lie_behind_a_door))
        }
        Place::Shelf(shelf) => {
            (d.site.layout.shelves.contains_key(&shelf), class.is_none_or(ParcelClass::may_lie_open))
        }
        Place::Desk | Place::Area(_) | Place::TakeBack => (false, false),
    };
    if !is_known {
        return Err(Refusal::NotFound);
    }
    if !may {
        return Err(Refusal::NotForThisClass);
    }
    d.push(Event::PlaceKeptFor { place, class });
    Ok(Answer::Done)
}
