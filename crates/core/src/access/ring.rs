//! Somebody without a code rings: whom for, who is asked, and what a yes opens: one named door, once, within two minutes.
//!
//! A label for phones hangs where anyone can copy it. What rings by it asks and no more, and it is counted apart: nobody who is
//! far away takes the bell from whoever stands at the door.

use super::admission::{at_door, begin, late};
use super::entry::Entrant;
use super::point::DoorMode;
use super::policy::{LateNightRule, NoCode};
use crate::code::CodeHash;
use crate::code::pin;
use crate::code::token::{TokenKind, draw_token};
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::notice::{self, NoticeKind};
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{Bell, Rung};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How long an answer counts.
pub const ANSWER_WITHIN: Span = Span::minutes(2);
/// A unit is rung for so often in an hour, from all doors together.
pub const RINGS_A_UNIT: usize = 3;
/// The desk is rung for so often in an hour, from all doors together.
pub const RINGS_FOR_DESK: usize = 6;
/// At a door so many ring in an hour.
pub const RINGS_A_DOOR: usize = 12;
/// By phone, a unit or the desk is rung for so often in an hour, from all doors together.
pub const RINGS_A_UNIT_BY_PHONE: usize = 2;
/// By phone, so many ring at a door in an hour.
pub const RINGS_A_DOOR_BY_PHONE: usize = 6;
const HOUR: Span = Span::hours(1);

/// One ring that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// At which door, to whom, on which bell.
    pub rung: Rung,
    /// Who was asked, each with the keyed hash of their link.
    pub asked: Vec<(PersonId, CodeHash)>,
    /// No answer counts later than this.
    pub until: Timestamp,
}

/// Who came without a code in the last hour.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lately {
    rung: VecDeque<(Timestamp, Rung)>,
    one_parcel: VecDeque<(Timestamp, AccessPointId)>,
}

impl Lately {
    /// When it rang on this bell of a door in the last hour, oldest first.
    fn at_door(&self, rung: Rung, now: Timestamp) -> Vec<Timestamp> {
        let same = |past: &Rung| past.point == rung.point && past.bell == rung.bell;
        self.rung.iter().filter(|(at, past)| now - *at < HOUR && same(past)).map(|(at, _)| *at).collect()
    }

    fn for_whom(&self, rung: Rung, now: Timestamp) -> usize {
        let same = |past: &Rung| past.unit == rung.unit && past.bell == rung.bell;
        self.rung.iter().filter(|(at, past)| now - *at < HOUR && same(past)).count()
    }

    /// Whether one more may ring. Who was asked often enough comes first: another can be rung at once.
    fn admits(&self, rung: Rung, now: Timestamp) -> Result<(), Refusal> {
        let (most_for_whom, most_at_door) = match (rung.bell, rung.unit) {
            (Bell::AtDoor, Some(_)) => (RINGS_A_UNIT, RINGS_A_DOOR),
            (Bell::AtDoor, None) => (RINGS_FOR_DESK, RINGS_A_DOOR),
            (Bell::Phone, _) => (RINGS_A_UNIT_BY_PHONE, RINGS_A_DOOR_BY_PHONE),
        };
        if self.for_whom(rung, now) >= most_for_whom {
            return Err(Refusal::RungEnough);
        }
        let at_door = self.at_door(rung, now);
        match at_door.len().checked_sub(most_at_door) {
            Some(over) => Err(Refusal::DoorRungEnough { until: at_door[over] + HOUR }),
            None => Ok(()),
        }
    }

    fn for_one_parcel(&self, point: AccessPointId, now: Timestamp) -> usize {
        self.one_parcel.iter().filter(|(at, door)| now - *at < HOUR && *door == point).count()
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::RingBegan { point, unit, bell, .. } => {
                self.rung.retain(|(at, _)| now - *at < HOUR);
                self.rung.push_back((now, Rung { point: *point, unit: *unit, bell: *bell }));
            }
            Event::EntryBegan { point, entrant: Entrant::OneParcel { .. }, .. } => {
                self.one_parcel.retain(|(at, _)| now - *at < HOUR);
                self.one_parcel.push_back((now, *point));
            }
            _ => {}
        }
    }
}

/// Somebody without a code asks to be let in.
pub(crate) fn ring(d: &mut Decider<'_>, actor: Actor, rung: Rung) -> Result<Answer, Refusal> {
    at_door(d.site, actor, rung.point)?;
    if rung.unit.is_some_and(|unit| !d.site.directory.units.contains_key(&unit)) {
        return Err(Refusal::NotFound);
    }
    let now = d.now();
    if d.site.access.policy.no_code == NoCode::Off {
        return Err(Refusal::NoRinging);
    }
    if let Some(unit) = rung.unit.filter(|_| comes_unasked(d.site, rung, now)) {
        return for_one_parcel(d, actor, (rung.point, unit));
    }
    let waits =
        |ring: &&Ring| ring.rung.point == rung.point && ring.rung.bell == rung.bell && now < ring.until;
    if let Some(ring) = d.site.access.rings.values().find(waits) {
        return Err(Refusal::Ringing { until: ring.until });
    }
    d.site.access.lately.admits(rung, now)?;
    ask_around(d, rung)
}

/// Whether the policy of one parcel lets them in: who stands at the door, and where and when a courier's code would open it.
fn comes_unasked(site: &Site, rung: Rung, now: Timestamp) -> bool {
    let NoCode::OneParcel { an_hour } = site.access.policy.no_code else { return false };
    let Some(p) = site.access.points.get(&rung.point) else { return false };
    let closed = p.mode == DoorMode::ClosedToCouriers;
    let refused = late(site, p, now) == Some(LateNightRule::Refuse);
    let within_the_hour = site.access.lately.for_one_parcel(rung.point, now) < usize::from(an_hour);
    rung.bell.is_at_door() && !closed && !refused && within_the_hour
}

fn for_one_parcel(
    d: &mut Decider<'_>,
    actor: Actor,
    (point, unit): (AccessPointId, UnitId),
) -> Result<Answer, Refusal> {
    let entry = begin(d, (point, Entrant::OneParcel { unit }, actor))?;
    told_let_in(d, point, Some(unit), None);
    if d.site.access.points.get(&point).is_some_and(|p| late(d.site, p, d.ctx.now).is_some()) {
        d.raise(TaskKind::LateEntry { entry, point });
    }
    Ok(Answer::Entry { entry, point })
}

/// Asks staff by a task, and each of the household by a message with a link of their own.
fn ask_around(d: &mut Decider<'_>, rung: Rung) -> Result<Answer, Refusal> {
    let tag = d.site.tag.ok_or(Refusal::NotFound)?;
    let Rung { point, unit, bell } = rung;
    let (ring, until) = (d.site.counters.next_ring(), d.now() + ANSWER_WITHIN);
    let household = household(d.site, unit);
    let links: Vec<_> = household.iter().map(|_| draw_token(&mut d.draw, TokenKind::Link, tag)).collect();
    let hashes = links.iter().map(|link| pin::token_hash(d.ctx.hasher, link.expose()));
    let asked = household.iter().copied().zip(hashes).collect();
    d.push(Event::RingBegan { ring, point, unit, bell, asked, until });
    for (person, link) in household.into_iter().zip(links) {
        notice::ask_at_door(d, person, NoticeKind::Ringing { ring, point }, link);
    }
    d.raise(TaskKind::Ringing { ring, point, unit, bell });
    let subject = PhotoSubject { ring: Some(ring), ..PhotoSubject::default() };
    photo::ask(d, photo::Spot::Door(point), (PhotoReason::Rang, PhotoMoment::Now), subject);
    Ok(Answer::Ring { ring, until })
}

fn household(site: &Site, unit: Option<UnitId>) -> Vec<PersonId> {
    unit.map(|unit| site.directory.household(unit).to_vec()).unwrap_or_default()
}

/// Staff, or who holds a link of the household, answer.
pub(crate) fn answer(
    d: &mut Decider<'_>,
    actor: Actor,
    id: RingId,
    (let_in, link): (bool, Option<CodeHash>),
) -> Result<Answer, Refusal> {
    if id >= d.site.counters.next_ring() {
        return Err(Refusal::NotFound);
    }
    let now = d.now();
    let ring = d.site.access.rings.get(&id).filter(|ring| now < ring.until).cloned();
    let ring = ring.ok_or(Refusal::RingOver)?;
    let by = who_answers(&ring, actor, link)?;
    if !let_in {
        d.push(Event::RingAnswered { ring: id, let_in, by: actor });
        d.done(&task(id, &ring), actor);
        return Ok(Answer::Done);
    }
    let Rung { point, unit, .. } = ring.rung;
    let entry = begin(d, (point, Entrant::Rang { ring: id, unit }, actor))?;
    d.push(Event::RingAnswered { ring: id, let_in, by: actor });
    d.done(&task(id, &ring), actor);
    told_let_in(d, point, unit, by);
    Ok(Answer::Entry { entry, point })
}

/// Who of the household answers; None: staff do.
fn who_answers(ring: &Ring, actor: Actor, link: Option<CodeHash>) -> Result<Option<PersonId>, Refusal> {
    match (actor, link) {
        (Actor::Staff(_), None) => Ok(None),
        (Actor::Person(person), Some(link)) if ring.asked.contains(&(person, link)) => Ok(Some(person)),
        _ => Err(Refusal::NotYours),
    }
}

/// The household hears of everybody who was let in to them; who said yes knows.
fn told_let_in(d: &mut Decider<'_>, point: AccessPointId, unit: Option<UnitId>, by: Option<PersonId>) {
    for person in household(d.site, unit) {
        if Some(person) != by {
            notice::tell(d, person, NoticeKind::LetIn { point, person: by }, Vec::new());
        }
    }
}

fn task(ring: RingId, facts: &Ring) -> TaskKind {
    let Rung { point, unit, bell } = facts.rung;
    TaskKind::Ringing { ring, point, unit, bell }
}

/// Rings nobody answered in time.
pub(crate) fn lapse(d: &mut Decider<'_>) {
    let now = d.now();
    let over: Vec<_> = d
        .site
        .access
        .rings
        .iter()
        .filter(|(_, ring)| ring.until <= now)
        .map(|(id, ring)| (*id, ring.clone()))
        .collect();
    for (id, ring) in over {
        d.push(Event::RingLapsed { ring: id });
        d.done(&task(id, &ring), Actor::Site);
    }
}

/// The ring a link answers, and whose link it is.
pub fn of_link(site: &Site, link: CodeHash) -> Option<(RingId, PersonId)> {
    site.access.rings.iter().find_map(|(id, ring)| {
        let asked = ring.asked.iter().find(|(_, hash)| *hash == link)?;
        Some((*id, asked.0))
    })
}
