//! What the clock, the start and the machine itself bring about.

use super::decider::Decider;
use crate::access;
use crate::custody::audit::rules as audit;
use crate::custody::class;
use crate::custody::delivered::rules as claims;
use crate::evidence::{PhotoReason, photo, retention};
use crate::ids::*;
use crate::notice;
use crate::opening::{OpeningPurpose, Progress, SILENCE};
use crate::place::Place;
use crate::place::compartment::{Closure, Compartment, Emptiness};
use crate::place::wiring::TEST_RESTS;
use crate::site::Site;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::visit::{doors, lifecycle, quick_drop, walk};
use crate::vocabulary::event::Event;
use std::collections::BTreeSet;

/// A parcel leaves the live state so long after its end.
pub const FILED_AFTER: Span = Span::days(1);

/// Everything that is due by now.
pub(crate) fn tick(d: &mut Decider<'_>) {
    openings(d);
    held_open(d);
    lifecycle::end_stale(d);
    super::wiring::end_stale(d);
    notice::send_due(d, None);
    notice::end_spent_codes(d);
    overdue(d);
    class::clock::tick(d);
    quick_drop::tick(d);
    claims::tick(d);
    audit::end_stale(d);
    file(d);
    retention::end_holds(d);
    access::admission::tick(d);
    waiting_doors(d);
}

impl Site {
    /// When `tick` has something to do at the earliest.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let p = &self.policy;
        let openings = self.openings.live.values().filter_map(|o| match o.progress {
            Progress::Pulsed { not_after } => Some(not_after + SILENCE),
            Progress::Again { at } => Some(at),
            Progress::Open if !o.committed && o.turn.is_none() => o
                .opened
                .filter(|_| matches!(o.purpose, OpeningPurpose::Collect { .. }))
                .map(|at| at + p.collected_after),
            Progress::Open | Progress::Unknown => None,
        });
        let held = self.compartments.open.iter().filter_map(|id| match self.compartments.get(*id)?.closure {
            Closure::Open { since, held: false, .. } if !self.may_move_in_test(*id) => {
                Some(since + p.held_open_after)
            }
            Closure::Open { .. } | Closure::Unknown | Closure::Closed => None,
        });
        let visits = self.visits.live.iter().map(|(id, v)| {
            let at_most = v.began + p.visit_at_most;
            if lifecycle::waits_at_door(self, *id) {
                at_most
            } else {
                at_most.min(v.touched + walk::patience(self, v))
            }
        });
        let tests = self.wiring.tests.values().filter(|test| test.under_way);
        let tests = tests.map(|test| test.touched + TEST_RESTS);
        let codes = self.credentials.pickup.first_grace().map(|at| at + p.grace);
        let hold = self.custody.holds.first().map(|(at, _)| *at + p.hold);
        let released = self.evidence.holds.values().map(|hold| hold.until);
        let filed = self.custody.ended.first().map(|(at, _)| *at + FILED_AFTER);
        openings
            .chain(held)
            .chain(visits)
            .chain(self.waiting_door_deadlines())
            .chain(tests)
            .chain(codes)
            .chain(hold)
            .chain(self.custody.class_clock.next(&p.classes))
            .chain(self.drops.next())
            .chain(self.claims.next())
            .chain(self.audits.next())
            .chain(filed)
            .chain(released)
            .chain(self.notices.next_due())
            .chain(self.credentials.passes.first_end())
            .chain(access::clock::next_deadline(self))
            .min()
    }

    /// When the breaker lets the next door of a courier open.
    fn waiting_door_deadlines(&self) -> impl Iterator<Item = Timestamp> {
        self.visits
            .live
            .iter()
            .filter(|(id, v)| !v.resting && self.openings.of_visit(**id).is_none())
            .filter_map(|(_, v)| match self.custody.get(*v.carrying.first()?)?.planned? {
                Place::Compartment(c) => {
                    let bank = self.compartments.get(c)?.bank;
                    self.openings.breaker_ends(bank, self.policy.breaker_per_minute)
                }
                Place::Shelf(_) | Place::Desk | Place::Area(_) | Place::TakeBack => None,
            })
    }
}

/// Second and third pulses; pulses of which nothing was heard; collections whose door stays open.
fn openings(d: &mut Decider<'_>) {
    let (now, collected_after) = (d.now(), d.site.policy.collected_after);
    let live: Vec<_> = d.site.openings.live.iter().map(|(id, o)| (*id, o.progress, o.opened)).collect();
    for (id, progress, opened) in live {
        match progress {
            Progress::Again { at } if at <= now => doors::attempt_again(d, id),
            Progress::Pulsed { not_after } if not_after + SILENCE <= now => doors::unknown(d, id),
            Progress::Open if opened.is_some_and(|at| now - at >= collected_after) => collected(d, id),
            Progress::Again { .. } | Progress::Pulsed { .. } | Progress::Open | Progress::Unknown => {}
        }
    }
}

fn collected(d: &mut Decider<'_>, id: OpeningId) {
    let Some(opening) = d.site.openings.get(id).filter(|o| !o.committed).cloned() else { return };
    if let OpeningPurpose::Collect { person, parcels, .. } = &opening.purpose
        && opening.turn.is_none()
    {
        doors::collected(d, parcels, *person, &opening);
    }
}

fn held_open(d: &mut Decider<'_>) {
    let (now, after) = (d.now(), d.site.policy.held_open_after);
    let held: Vec<_> = d
        .site
        .compartments
        .open
        .iter()
        .filter(|id| !d.site.may_move_in_test(**id))
        .filter(|id| {
            let closure = d.site.compartments.get(**id).map(|c| c.closure);
            matches!(closure, Some(Closure::Open { since, held: false, .. }) if now - since >= after)
        })
        .copied()
        .collect();
    for compartment in held {
        d.push(Event::CompartmentHeldOpen { compartment });
        d.raise(TaskKind::HeldOpen { compartment });
        let opening = d.site.compartments.get(compartment).and_then(|c| c.opening);
        let incoming = opening.and_then(|id| d.site.openings.get(id)).and_then(|o| o.purpose.incoming());
        photo::of_compartment(d, compartment, PhotoReason::HeldOpen, incoming.into_iter().collect());
    }
}

fn overdue(d: &mut Decider<'_>) {
    let (now, hold) = (d.now(), d.site.policy.hold);
    let due: Vec<_> =
        d.site.custody.holds.iter().take_while(|(at, _)| now - *at >= hold).map(|(_, id)| *id).collect();
    for parcel in due {
        d.push(Event::ParcelOverdue { parcel });
        d.raise(TaskKind::Overdue { parcel });
    }
}

fn file(d: &mut Decider<'_>) {
    let now = d.now();
    let ended: Vec<_> = d
        .site
        .custody
        .ended
        .iter()
        .take_while(|(at, _)| now - *at >= FILED_AFTER)
        .map(|(_, id)| *id)
        .collect();
    for parcel in ended {
        d.push(Event::ParcelFiled { parcel });
    }
}

/// Doors that could not open when their turn came (the breaker, a silent board): tried again.
fn waiting_doors(d: &mut Decider<'_>) {
    let waiting: Vec<_> =
        d.site.visits.live.iter().filter(|(_, v)| !v.carrying.is_empty()).map(|(id, _)| *id).collect();
    for visit in waiting {
        doors::settle(d, visit);
    }
}

/// The process started: no pulse is replayed; what has no outcome is unknown.
pub(crate) fn started(d: &mut Decider<'_>, boot: u32) {
    d.push(Event::SiteStarted { boot });
    let open_ended: Vec<_> = d
        .site
        .openings
        .live
        .iter()
        .filter(|(_, o)| matches!(o.progress, Progress::Pulsed { .. } | Progress::Again { .. }))
        .map(|(id, _)| *id)
        .collect();
    for id in open_ended {
        if crate::planted::is_planted("replayed-at-start") {
            doors::attempt_again(d, id);
            continue;
        }
        doors::unknown(d, id);
    }
    access::clock::started(d);
    lifecycle::end_after_restart(d);
}

/// A wall clock that jumped is written down and not followed.
pub(crate) fn doubted(d: &mut Decider<'_>, wall: Timestamp) {
    d.push(Event::ClockDoubted { wall });
    d.raise(TaskKind::Clock);
}

/// A backup was restored, or events were lost: codes die and are sent again, and no compartment is believed.
pub(crate) fn epoch_raised(d: &mut Decider<'_>, epoch: u32) {
    d.push(Event::EpochRaised { epoch });
    d.raise(TaskKind::Restored { epoch });
    let codes: Vec<_> = d.site.credentials.pickup.live.keys().copied().collect();
    for credential in codes {
        d.push(Event::PickupCodeEnded { credential });
    }
    // A card revoked in the events that are lost would open parcels again (I5). A courier code opens empty compartments
    // only, and without any the couriers of the night stand outside: the task tells staff to look through those.
    let cards: Vec<_> = d.site.credentials.cards.keys().copied().collect();
    for credential in cards {
        d.push(Event::CardRevoked { credential });
    }
    access::admission::end_passes(d);
    let seen_empty = |c: &Compartment| c.spec.occupancy_sensor && c.emptiness == Emptiness::Empty;
    let unsure: Vec<_> =
        d.site.compartments.all.iter().filter(|(_, c)| !seen_empty(c)).map(|(id, _)| *id).collect();
    for compartment in unsure {
        d.send_to_check(compartment);
    }
    let people: Vec<_> = d.site.custody.waiting.keys().copied().collect();
    for person in people {
        let waiting: Vec<_> = d.site.custody.waiting_for(person).map(|(id, _)| id).collect();
        if !waiting.is_empty() {
            notice::tell(d, person, notice::NoticeKind::NewCode, waiting);
        }
    }
}

/// Space runs low, or no longer.
pub(crate) fn disk_low(d: &mut Decider<'_>, low: bool) {
    if d.site.disk_low == low {
        return;
    }
    d.push(Event::DiskLow { low });
    if low { d.raise(TaskKind::DiskLow) } else { d.done(&TaskKind::DiskLow, Actor::Site) }
}

/// The certificate of the site's own domain ends soon, or no longer. One task, however often it is said.
pub(crate) fn certificate_ends(d: &mut Decider<'_>, soon: bool) {
    let task = TaskKind::CertificateEnds;
    if soon { d.raise(task) } else { d.done(&task, Actor::Site) }
}

/// A lock board fell silent, or answers again.
pub(crate) fn board(d: &mut Decider<'_>, bank: BankId, silent: bool) {
    if d.site.layout.silent.contains(&bank) == silent || !d.site.layout.banks.contains_key(&bank) {
        return;
    }
    if silent {
        d.push(Event::BoardSilent { bank });
        if !d.site.tasks.open.values().any(|task| names_in_line(&task.what, bank)) {
            d.raise(TaskKind::BoardSilent { bank });
        }
    } else {
        d.push(Event::BoardBack { bank });
        d.done(&TaskKind::BoardSilent { bank }, Actor::Device);
        end_lines(d);
    }
}

/// A line fell silent with all its banks: what needs looking at is one thing, and one task names them all. It takes the place of
/// those of single banks.
pub(crate) fn line_silent(d: &mut Decider<'_>, banks: &BTreeSet<BankId>) {
    let known = |bank: &&BankId| d.site.layout.banks.contains_key(*bank);
    let banks: BTreeSet<BankId> = banks.iter().filter(known).copied().collect();
    if banks.len() < 2 {
        return banks.into_iter().for_each(|bank| board(d, bank, true));
    }
    for bank in &banks {
        if !d.site.layout.silent.contains(bank) {
            d.push(Event::BoardSilent { bank: *bank });
        }
    }
    d.raise(TaskKind::LineSilent { banks: banks.clone() });
    for bank in banks {
        d.done(&TaskKind::BoardSilent { bank }, Actor::Device);
    }
}

fn names_in_line(what: &TaskKind, bank: BankId) -> bool {
    matches!(what, TaskKind::LineSilent { banks } if banks.contains(&bank))
}

/// A task of a line ends when all its banks answer.
fn end_lines(d: &mut Decider<'_>) {
    let silent = &d.site.layout.silent;
    let all_answer =
        |what: &TaskKind| matches!(what, TaskKind::LineSilent { banks } if banks.is_disjoint(silent));
    let over: Vec<TaskId> =
        d.site.tasks.open.iter().filter(|(_, task)| all_answer(&task.what)).map(|(id, _)| *id).collect();
    for task in over {
        d.push(Event::TaskDone { task, by: Actor::Device });
    }
}

/// An occupancy sensor changed: something where nothing should be, or nothing where something should be, is checked.
pub(crate) fn occupancy(d: &mut Decider<'_>, compartment: CompartmentId, occupied: bool) {
    let Some(c) = d.site.compartments.get(compartment) else { return };
    let expected = !c.parcels.is_empty();
    let at_rest = c.opening.is_none() && !c.is_open();
    d.push(Event::OccupancySeen { compartment, occupied });
    if at_rest && expected != occupied {
        d.send_to_check(compartment);
    }
}
