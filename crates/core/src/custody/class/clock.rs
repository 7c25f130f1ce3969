//! The two moments of a parcel that has a class: its people are reminded while there is time, and staff are asked for when there
//! is none left.

use super::{ClassTimes, ParcelClass};
use crate::custody::{Custodian, Parcel};
use crate::ids::*;
use crate::notice::{self, NoticeKind};
use crate::planted::is_planted;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// When a parcel became known, behind its class: within a class the order in which their moments come.
type Came = (ParcelClass, Timestamp, ParcelId);

/// Parcels whose reminder or deadline is still to come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassClock {
    reminders: BTreeSet<Came>,
    deadlines: BTreeSet<Came>,
}

impl ClassClock {
    /// A parcel is, or is with somebody, for whom its moments count.
    pub(crate) fn note(&mut self, id: ParcelId, parcel: &Parcel) {
        let Some(classed) = parcel.classed else { return };
        let came = (classed.class, parcel.registered, id);
        let waits = parcel.custodian.is_waiting_place();
        if waits && !classed.reminded {
            self.reminders.insert(came);
        }
        // What was said to be left at the desk is with nobody yet, and gets no fresher for that.
        if !classed.late && (waits || matches!(parcel.custodian, Custodian::Courier(_))) {
            self.deadlines.insert(came);
        }
    }

    /// Nothing more is known of a parcel.
    pub(crate) fn forget(&mut self, id: ParcelId, parcel: &Parcel) {
        if let Some(classed) = parcel.classed {
            let came = (classed.class, parcel.registered, id);
            self.reminders.remove(&came);
            self.deadlines.remove(&came);
        }
    }

    /// Whether the moments of a parcel that are still to come are known.
    pub(crate) fn knows(&self, id: ParcelId, parcel: &Parcel) -> bool {
        let mut right = Self::default();
        right.note(id, parcel);
        right.reminders.is_subset(&self.reminders) && right.deadlines.is_subset(&self.deadlines)
    }

    /// When the next moment of any parcel comes.
    pub(crate) fn next(&self, times: &ClassTimes) -> Option<Timestamp> {
        let first = |moments: &BTreeSet<Came>, after: fn(&ClassTimes, ParcelClass) -> Span| {
            let of_class = |class| of(moments, class).next().map(|(at, _)| at + after(times, class));
            ParcelClass::ALL.into_iter().filter_map(of_class).min()
        };
        let moments =
            [first(&self.reminders, ClassTimes::reminder), first(&self.deadlines, ClassTimes::wait)];
        moments.into_iter().flatten().min()
    }
}

/// The parcels of one class, in the order in which they came.
fn of(moments: &BTreeSet<Came>, class: ParcelClass) -> impl Iterator<Item = (Timestamp, ParcelId)> {
    let from = (class, Timestamp(i64::MIN), ParcelId(0));
    moments.range(from..).take_while(move |(c, ..)| *c == class).map(|(_, at, parcel)| (*at, *parcel))
}

/// The parcels whose moment has come.
fn due(moments: &BTreeSet<Came>, after: impl Fn(ParcelClass) -> Span, now: Timestamp) -> Vec<ParcelId> {
    let of_class = |class| {
        let after = after(class);
        of(moments, class).take_while(move |(at, _)| *at + after <= now).map(|(_, parcel)| parcel)
    };
    ParcelClass::ALL.into_iter().flat_map(of_class).collect()
}

/// Reminds people, one notice a person, and asks for staff.
pub(crate) fn tick(d: &mut Decider<'_>) {
    let (now, times) = (d.now(), d.site.policy.classes);
    let clock = &d.site.custody.class_clock;
    let (soon, late) = (
        due(&clock.reminders, |class| times.reminder(class), now),
        due(&clock.deadlines, |class| times.wait(class), now),
    );
    let mut people: BTreeMap<PersonId, Vec<ParcelId>> = BTreeMap::new();
    for parcel in soon {
        d.push(Event::ParcelReminded { parcel });
        for person in notice::people_of(d.site, parcel) {
            people.entry(person).or_default().push(parcel);
        }
    }
    for (person, parcels) in people {
        // Somebody may have said meanwhile that it is not theirs.
        let theirs = |parcel: &ParcelId| d.site.custody.get(*parcel).is_some_and(|p| p.is_for(person));
        let parcels: Vec<_> = parcels.into_iter().filter(theirs).collect();
        if !parcels.is_empty() {
            notice::tell(d, person, NoticeKind::CollectSoon, parcels);
        }
    }
    for parcel in late.into_iter().filter(|_| !is_planted("meal-waits-for-ever")) {
        d.push(Event::ParcelLate { parcel });
        d.raise(TaskKind::Late { parcel });
    }
}
