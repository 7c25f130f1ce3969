//! Somebody without a code rings: whom for, who is asked, and what a yes opens: one named door, once, within two minutes.

use super::admission::{at_door, begin};
use super::entry::Entrant;
use super::policy::NoCode;
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
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How long an answer counts.
pub const ANSWER_WITHIN: Span = Span::minutes(2);
/// A unit is rung for so often in an hour, from all doors together.
pub const RINGS_A_UNIT: usize = 3;
/// At a door so many ring in an hour.
pub const RINGS_A_DOOR: usize = 12;
const HOUR: Span = Span::hours(1);

/// One ring that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// At which door.
    pub point: AccessPointId,
    /// To whom they come.
    pub unit: UnitId,
    /// Who was asked, each with the keyed hash of their link.
    pub asked: Vec<(PersonId, CodeHash)>,
    /// No answer counts later than this.
    pub until: Timestamp,
}

/// Who came without a code in the last hour.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lately {
    rung: VecDeque<(Timestamp, AccessPointId, UnitId)>,
    one_parcel: VecDeque<(Timestamp, AccessPointId)>,
}

impl Lately {
    fn rung_at(&self, point: AccessPointId, now: Timestamp) -> usize {
        self.rung.iter().filter(|(at, door, _)| now - *at < HOUR && *door == point).count()
    }

    fn rung_for(&self, unit: UnitId, now: Timestamp) -> usize {
        self.rung.iter().filter(|(at, _, to)| now - *at < HOUR && *to == unit).count()
    }

    fn for_one_parcel(&self, point: AccessPointId, now: Timestamp) -> usize {
        self.one_parcel.iter().filter(|(at, door)| now - *at < HOUR && *door == point).count()
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::RingBegan { point, unit, .. } => {
                self.rung.retain(|(at, _, _)| now - *at < HOUR);
                self.rung.push_back((now, *point, *unit));
            }
            Event::EntryBegan { point, entrant: Entrant::OneParcel { .. }, .. } => {
                self.one_parcel.retain(|(at, _)| now - *at < HOUR);
                self.one_parcel.push_back((now, *point));
            }
            _ => {}
        }
    }
}

/// Somebody without a code asks to be let in to a unit.
pub(crate) fn ring(
    d: &mut Decider<'_>,
    actor: Actor,
    point: AccessPointId,
    unit: UnitId,
) -> Result<Answer, Refusal> {
    at_door(d.site, actor, point)?;
    if !d.site.directory.units.contains_key(&unit) {
        return Err(Refusal::NotFound);
    }
    let now = d.now();
    match d.site.access.policy.no_code {
        NoCode::Off => return Err(Refusal::NoRinging),
        NoCode::OneParcel { an_hour }
            if d.site.access.lately.for_one_parcel(point, now) < usize::from(an_hour) =>
        {
            let entry = begin(d, (point, Entrant::OneParcel { unit }, actor))?;
            told_let_in(d, point, unit, None);
            return Ok(Answer::Entry { entry, point });
        }
        NoCode::OneParcel { .. } | NoCode::SomebodySaysYes => {}
    }
    if let Some(ring) = d.site.access.rings.values().find(|ring| ring.point == point && now < ring.until) {
        return Err(Refusal::Ringing { until: ring.until });
    }
    let lately = &d.site.access.lately;
    if lately.rung_for(unit, now) >= RINGS_A_UNIT || lately.rung_at(point, now) >= RINGS_A_DOOR {
        return Err(Refusal::RungEnough);
    }
    ask_around(d, point, unit)
}

/// Asks staff by a task, and each of the household by a message with a link of their own.
fn ask_around(d: &mut Decider<'_>, point: AccessPointId, unit: UnitId) -> Result<Answer, Refusal> {
    let tag = d.site.tag.ok_or(Refusal::NotFound)?;
    let (ring, until) = (d.site.counters.next_ring(), d.now() + ANSWER_WITHIN);
    let household = d.site.directory.household(unit).to_vec();
    let links: Vec<_> = household.iter().map(|_| draw_token(&mut d.draw, TokenKind::Link, tag)).collect();
    let hashes = links.iter().map(|link| pin::token_hash(d.ctx.hasher, link.expose()));
    let asked = household.iter().copied().zip(hashes).collect();
    d.push(Event::RingBegan { ring, point, unit, asked, until });
    for (person, link) in household.into_iter().zip(links) {
        notice::ask_at_door(d, person, NoticeKind::Ringing { ring, point }, link);
    }
    d.raise(TaskKind::Ringing { ring, point, unit });
    let subject = PhotoSubject { ring: Some(ring), ..PhotoSubject::default() };
    photo::ask(d, photo::Spot::Door(point), (PhotoReason::Rang, PhotoMoment::Now), subject);
    Ok(Answer::Ring { ring, until })
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
    let point = ring.point;
    let entry = begin(d, (point, Entrant::Rang { ring: id, unit: ring.unit }, actor))?;
    d.push(Event::RingAnswered { ring: id, let_in, by: actor });
    d.done(&task(id, &ring), actor);
    told_let_in(d, point, ring.unit, by);
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
fn told_let_in(d: &mut Decider<'_>, point: AccessPointId, unit: UnitId, by: Option<PersonId>) {
    for person in d.site.directory.household(unit).to_vec() {
        if Some(person) != by {
            notice::tell(d, person, NoticeKind::LetIn { point, person: by }, Vec::new());
        }
    }
}

fn task(ring: RingId, facts: &Ring) -> TaskKind {
    TaskKind::Ringing { ring, point: facts.point, unit: facts.unit }
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
