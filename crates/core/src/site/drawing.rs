//! The drawing of a bank, changed as a whole: what that adds, takes away and changes, and what stands in its way.
//!
//! A compartment is known by its number on notices, in stories and in the configuration file: it keeps its own as long as
//! something is in it, on its way or promised, and no other compartment of the site is ever given it. The map of the wiring
//! follows the drawing: a door that goes leaves its lock behind, and one that comes has none until a wiring test finds it.

use super::decider::Decider;
use super::wiring;
use crate::ids::*;
use crate::place::compartment::{CompartmentSpec, Service};
use crate::planted::is_planted;
use crate::site::Site;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{DrawnCompartment, StaffReason};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Doors no bank has more of; keeps a slip of the finger from drawing for ever.
pub const DOORS_MOST: usize = 400;
/// No door is wider or higher, mm.
const SIDE_MOST_MM: u32 = 3_000;
/// No door hangs higher, mm.
const BOTTOM_MOST_MM: u32 = 10_000;
/// A number on a door is not longer, in characters.
const LABEL_MOST: usize = 20;

/// What a compartment is still needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StillNeededFor {
    /// A parcel is inside.
    Parcel,
    /// It is held for a parcel on its way.
    Incoming,
    /// Its door is being opened, or stands open for somebody.
    Opening,
    /// Somebody whose visit goes on has opened it, or may look into it once more.
    Visit,
    /// Nobody is sure that it is empty.
    Check,
    /// It is reserved for a unit.
    Unit,
    /// Its door stands open and nobody has taken it out of service.
    OpenDoor,
}

/// A compartment that is drawn otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// Which.
    pub compartment: CompartmentId,
    /// As it hung.
    pub before: CompartmentSpec,
    /// As it hangs from now on.
    pub after: CompartmentSpec,
}

/// What a new drawing of a bank would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawingChange {
    /// The drawing it would be, counted from 1.
    pub version: u32,
    /// Compartments that come.
    pub added: Vec<CompartmentSpec>,
    /// Compartments that go.
    pub removed: Vec<CompartmentId>,
    /// Compartments that hang otherwise.
    pub changed: Vec<Redrawn>,
    /// Those that cannot go or get another number now.
    pub still_needed: Vec<(CompartmentId, StillNeededFor)>,
    /// The numbers of those that somebody has to make sure of first: large and low, and not so before.
    pub unreleased: Vec<String>,
}

impl DrawingChange {
    /// Whether the drawing stays as it is.
    pub fn is_none(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Whether a compartment can hang so at all.
///
/// # Errors
/// [`Refusal::Invalid`].
pub(crate) fn is_sound(spec: &CompartmentSpec) -> Result<(), Refusal> {
    let label = spec.label.trim();
    let has_number = !label.is_empty() && label == spec.label && label.chars().count() <= LABEL_MOST;
    let has_sides = [spec.width_mm, spec.height_mm].iter().all(|side| (1..=SIDE_MOST_MM).contains(side));
    if has_number && has_sides && spec.bottom_mm <= BOTTOM_MOST_MM {
        return Ok(());
    }
    let why = format!(
        "compartment '{}': it needs a number of 1 to {LABEL_MOST} characters, sides of 1 to {SIDE_MOST_MM} mm, and hangs at \
         most {BOTTOM_MOST_MM} mm above the floor",
        spec.label
    );
    Err(Refusal::Invalid { why })
}

/// Whose a number is or was.
pub fn bearers(site: &Site) -> BTreeMap<&str, CompartmentId> {
    let now = site.compartments.all.iter().map(|(id, c)| (c.spec.label.as_str(), *id));
    let former = site.layout.former.iter().map(|(label, id)| (label.as_str(), *id));
    former.chain(now).collect()
}

/// What a compartment is still needed for: while it is, it keeps its door and its number.
pub fn still_needed_for(site: &Site, id: CompartmentId, now: Timestamp) -> Option<StillNeededFor> {
    let c = site.compartments.get(id)?;
    let in_grace = site.graces.get(&id).is_some_and(|grace| now - grace.at < site.policy.grace);
    let in_visit = site.visits.live.values().any(|visit| visit.opened.contains(&id));
    let in_check = c.service == Service::Check
        || c.holds_what_nobody_knows()
        || site.tasks.find(&TaskKind::Check { compartment: id }).is_some();
    let needed = [
        (!c.parcels.is_empty() && !is_planted("redraw-drops-a-full-door"), StillNeededFor::Parcel),
        (c.held_for.is_some(), StillNeededFor::Incoming),
        (in_check, StillNeededFor::Check),
        (c.opening.is_some(), StillNeededFor::Opening),
        (in_visit || in_grace, StillNeededFor::Visit),
        (c.designation.is_some(), StillNeededFor::Unit),
        // One that is out of service may have no door any more, and a contact that hangs in the air.
        (c.is_open() && c.service != Service::Out, StillNeededFor::OpenDoor),
    ];
    needed.into_iter().find(|(is_so, _)| *is_so).map(|(_, why)| why)
}

/// What a new drawing of a bank would do. Nothing is changed.
///
/// # Errors
/// A drawing that no bank can have: without doors, with a number twice or another's, with a door over another.
pub fn foresee(
    site: &Site,
    bank: BankId,
    drawn: &[DrawnCompartment],
    now: Timestamp,
) -> Result<DrawingChange, Refusal> {
    let before = site.layout.banks.get(&bank).ok_or(Refusal::NotFound)?;
    numbered(site, before, drawn)?;
    side_by_side(drawn)?;
    let mut change = DrawingChange { version: site.layout.drawing(bank) + 1, ..DrawingChange::default() };
    for DrawnCompartment { compartment, spec } in drawn {
        let was = compartment.and_then(|id| Some((id, &site.compartments.get(id)?.spec)));
        match was {
            None => change.added.push(spec.clone()),
            Some((_, was)) if was == spec => {}
            Some((compartment, was)) => {
                let (before, after) = (was.clone(), spec.clone());
                change.changed.push(Redrawn { compartment, before, after });
            }
        }
        let is_new = was.is_none_or(|(_, was)| !was.may_shut_a_child_in());
        if is_new && spec.may_shut_a_child_in() && !spec.inside_release {
            change.unreleased.push(spec.label.clone());
        }
    }
    let stays: BTreeSet<_> = drawn.iter().filter_map(|one| one.compartment).collect();
    change.removed = before.iter().copied().filter(|id| !stays.contains(id)).collect();
    let renumbered = change.changed.iter().filter(|one| one.before.label != one.after.label);
    let lost = change.removed.iter().copied().chain(renumbered.map(|one| one.compartment));
    change.still_needed = lost.filter_map(|id| Some((id, still_needed_for(site, id, now)?))).collect();
    Ok(change)
}

/// Every compartment of the drawing is one of the bank's or new, and has a number that is no other's and never was.
fn numbered(site: &Site, before: &[CompartmentId], drawn: &[DrawnCompartment]) -> Result<(), Refusal> {
    if drawn.is_empty() || drawn.len() > DOORS_MOST {
        return Err(Refusal::Invalid { why: format!("a bank has 1 to {DOORS_MOST} compartments") });
    }
    let bearers = bearers(site);
    let (mut ids, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for DrawnCompartment { compartment, spec } in drawn {
        is_sound(spec)?;
        if compartment.is_some_and(|id| !before.contains(&id) || !ids.insert(id)) {
            return Err(Refusal::NotFound);
        }
        let bearer = bearers.get(spec.label.as_str());
        let is_anothers = bearer.is_some_and(|bearer| Some(*bearer) != *compartment);
        let is_taken = is_anothers || !labels.insert(spec.label.as_str());
        if is_taken && !is_planted("redraw-gives-a-number-twice") {
            return Err(Refusal::CompartmentNumber { label: spec.label.clone() });
        }
    }
    Ok(())
}

/// No door of a column hangs over another.
fn side_by_side(drawn: &[DrawnCompartment]) -> Result<(), Refusal> {
    let mut hung: Vec<&CompartmentSpec> = drawn.iter().map(|one| &one.spec).collect();
    hung.sort_by_key(|spec| (spec.column, spec.bottom_mm));
    let over = hung.windows(2).find(|pair| {
        pair[0].column == pair[1].column && pair[0].bottom_mm + pair[0].height_mm > pair[1].bottom_mm
    });
    match over {
        Some(pair) => {
            let why =
                format!("compartments '{}' and '{}' hang over each other", pair[0].label, pair[1].label);
            Err(Refusal::Invalid { why })
        }
        None => Ok(()),
    }
}

/// Draws a bank anew. `was` is the drawing that whoever asks began with.
pub(crate) fn change(
    d: &mut Decider<'_>,
    by: Actor,
    bank: BankId,
    (was, drawn): (u32, &[DrawnCompartment]),
) -> Result<Answer, Refusal> {
    let holds = d.site.layout.drawing(bank);
    if d.site.layout.banks.contains_key(&bank) && was != holds {
        return Err(Refusal::DrawnMeanwhile { version: holds });
    }
    let change = foresee(d.site, bank, drawn, d.now())?;
    if d.site.wiring.is_tested(bank) {
        return Err(Refusal::BeingTested);
    }
    if !change.still_needed.is_empty() {
        return Err(Refusal::StillNeeded { compartments: change.still_needed });
    }
    if !change.unreleased.is_empty() {
        return Err(Refusal::InsideRelease { labels: change.unreleased });
    }
    if change.is_none() {
        return Ok(Answer::Bank(bank));
    }
    for compartment in &change.removed {
        end_tasks(d, *compartment, by);
    }
    let mut next = d.site.counters.next_compartment().0;
    let mut added = BTreeSet::new();
    let mut compartments = Vec::new();
    for DrawnCompartment { compartment, spec } in drawn {
        let id = compartment.unwrap_or_else(|| {
            let id = CompartmentId(next);
            next += 1;
            added.insert(id);
            id
        });
        compartments.push((id, spec.clone()));
    }
    d.push(Event::BankChanged { bank, version: change.version, compartments, by });
    let removed: BTreeSet<_> = change.removed.into_iter().collect();
    wiring_follows(d, bank, (&removed, added), by);
    Ok(Answer::Bank(bank))
}

/// Nothing is left to be done at a door that is gone.
fn end_tasks(d: &mut Decider<'_>, compartment: CompartmentId, by: Actor) {
    let tasks = [
        TaskKind::Forced { compartment },
        TaskKind::HeldOpen { compartment },
        TaskKind::Jammed { compartment },
    ];
    for task in tasks {
        d.done(&task, by);
    }
}

/// A door that goes leaves its lock behind; one that comes is out of service until a test has found its lock.
fn wiring_follows(
    d: &mut Decider<'_>,
    bank: BankId,
    (removed, added): (&BTreeSet<CompartmentId>, BTreeSet<CompartmentId>),
    by: Actor,
) {
    let map = d.site.wiring.maps.get(&bank).filter(|_| !removed.is_empty() || !added.is_empty());
    let Some(map) = map.cloned() else { return };
    let (mut channels, mut unproven, mut spare) =
        (map.channels.clone(), map.unproven.clone(), map.spare.clone());
    let left = removed.iter().filter_map(|id| channels.remove(id));
    spare.extend(left.filter(|_| !is_planted("redraw-forgets-the-lock")));
    unproven.retain(|id| !removed.contains(id));
    unproven.extend(&added);
    wiring::set_map(d, (bank, &map), (channels, unproven, spare), by);
    for compartment in added {
        let (in_service, reason) = (false, StaffReason::WiringTest);
        d.push(Event::CompartmentServiceSet { compartment, in_service, reason, by });
    }
}
