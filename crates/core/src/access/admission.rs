//! Who may come in: what is shown at a door against credentials, hours, mode and budgets. A grant begins an entry; a denial
//! says why and asks for a photo; ringing and scanning are left to whom the keypad no longer hears.

use super::entry::{Entrant, Entry, Progress, Release, Suspicion};
use super::point::{AccessPoint, DoorMode, PointKind};
use super::policy::{LateNightRule, NoCode};
use super::{afterwards, clock, passage, watched};
use crate::code::CodeHash;
use crate::credential::budget::{HOLDER_DENIALS, Keypad, Purpose};
use crate::credential::pass::PassKind;
use crate::custody::Custodian;
use crate::directory::KeypadNumber;
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::notice::{self, NoticeKind};
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Timestamp, WeekWindow, within};
use crate::visit::admission::miss;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::{Proof, StaffReason};
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// Whose a code is, before anybody asks whether it opens this door now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Courier(CredentialId),
    Pass(CredentialId),
    Resident { credential: CredentialId, person: PersonId, card: bool },
}

impl Holder {
    fn credential(self) -> CredentialId {
        match self {
            Self::Courier(credential) | Self::Pass(credential) | Self::Resident { credential, .. } => {
                credential
            }
        }
    }
}

/// What somebody who was denied can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOn {
    /// Ring: staff or the recipient say yes.
    Ring,
    /// The desk is staffed at this hour.
    Desk,
    /// Call the help line.
    HelpLine,
}

/// The ways on at a door, the best first; the help line is always one.
pub fn ways_on(site: &Site, now: Timestamp) -> Vec<WayOn> {
    let ring = (site.access.policy.no_code != NoCode::Off).then_some(WayOn::Ring);
    let desk = site.layout.desk_is_staffed(now, &site.policy.zone).then_some(WayOn::Desk);
    ring.into_iter().chain(desk).chain([WayOn::HelpLine]).collect()
}

/// Whether this actor stands at this door: its reader, a kiosk that stands there, or staff.
pub(super) fn at_door(site: &Site, actor: Actor, point: AccessPointId) -> Result<(), Refusal> {
    if !site.access.points.contains_key(&point) {
        return Err(Refusal::NotFound);
    }
    let stands_there = match actor {
        Actor::Door(own) => own == point,
        Actor::Kiosk(kiosk) => site.layout.kiosks.get(&kiosk).is_some_and(|k| k.doors.contains(&point)),
        Actor::Staff(_) | Actor::Console | Actor::Site => true,
        Actor::Visit(_) | Actor::Device | Actor::Person(_) => false,
    };
    if stands_there { Ok(()) } else { Err(Refusal::NotYours) }
}

/// Somebody shows a code at a door.
pub(crate) fn admit(
    d: &mut Decider<'_>,
    actor: Actor,
    point: AccessPointId,
    (purpose, proof): (Purpose, &Proof),
) -> Result<Answer, Refusal> {
    at_door(d.site, actor, point)?;
    let holder = match identify(d, point, (purpose, proof)) {
        Ok(holder) => holder,
        Err((refusal, credential)) => return Err(deny(d, point, refusal, credential)),
    };
    let entrant = match may_pass(d.site, point, holder, d.ctx.now) {
        Ok(entrant) => entrant,
        Err(refusal) => return Err(deny(d, point, refusal, Some(holder.credential()))),
    };
    // A double tap while the lock is still released is the same entry, not another.
    if let Some(entry) = released_now(d.site, point, holder.credential()) {
        return Ok(Answer::Entry { entry, point });
    }
    let at_two_doors =
        elsewhere_now(d.site, point, holder.credential()).any(|first| !is_on_the_way(d.site, first, point));
    if at_two_doors && matches!(holder, Holder::Pass(_)) {
        return Err(deny(d, point, Refusal::PassInUse, Some(holder.credential())));
    }
    let entry = begin(d, (point, entrant, actor))?;
    watched(d, (point, entry), holder, at_two_doors);
    Ok(Answer::Entry { entry, point })
}

/// What is to be told of an entry that was granted.
fn watched(
    d: &mut Decider<'_>,
    (point, entry): (AccessPointId, EntryId),
    holder: Holder,
    at_two_doors: bool,
) {
    if at_two_doors {
        passage::suspect(d, entry, Suspicion::TwoDoors);
        d.raise(TaskKind::CodeMisused { credential: holder.credential() });
    }
    let is_late = d.site.access.points.get(&point).is_some_and(|p| late(d.site, p, d.ctx.now).is_some());
    if let Holder::Courier(credential) = holder
        && let Some(visit) = afterwards::at_work(d.site, credential)
    {
        d.push(Event::EntryJoined { entry, visit });
    }
    match holder {
        Holder::Courier(_) | Holder::Pass(_) if is_late => d.raise(TaskKind::LateEntry { entry, point }),
        Holder::Resident { person, card: true, .. } => {
            notice::tell(d, person, NoticeKind::CardUsed, Vec::new())
        }
        Holder::Courier(_) | Holder::Pass(_) | Holder::Resident { .. } => {}
    }
}

/// The entry this credential is at, at this door, while the lock is released for it.
fn released_now(site: &Site, point: AccessPointId, credential: CredentialId) -> Option<EntryId> {
    let is_it = |e: &Entry| {
        e.entrant.credential() == Some(credential) && matches!(e.progress, Progress::Released { .. })
    };
    site.access.entries_at(point, is_it).first().copied()
}

/// What this credential is at another door for right now: released there, or its door not shut again.
fn elsewhere_now(
    site: &Site,
    point: AccessPointId,
    credential: CredentialId,
) -> impl Iterator<Item = &Entry> {
    site.access.entries.values().filter(move |e| {
        e.point != point
            && e.entrant.credential() == Some(credential)
            && matches!(e.progress, Progress::Released { .. } | Progress::Open)
    })
}

/// Whether who is at the first door can be at the other while the first has not shut yet: an entrance that was seen to open
/// leads to every door inside. No other two doors lie on one way: that is one code in two hands.
fn is_on_the_way(site: &Site, first: &Entry, other: AccessPointId) -> bool {
    let is_entrance =
        |point| site.access.points.get(&point).is_some_and(|p| p.spec.kind == PointKind::BuildingEntrance);
    first.progress == Progress::Open && is_entrance(first.point) && !is_entrance(other)
}

/// Begins an entry: the one way a door is released. Whether the entrant may pass was decided by who calls.
pub(super) fn begin(
    d: &mut Decider<'_>,
    (point, entrant, by): (AccessPointId, Entrant, Actor),
) -> Result<EntryId, Refusal> {
    let p = d.site.access.points.get(&point).ok_or(Refusal::NotFound)?;
    if p.silent {
        return Err(Refusal::DoorSilent);
    }
    if !p.admits_release(d.site.access.policy.releases_per_minute, d.ctx.now) {
        return Err(Refusal::Breaker);
    }
    let stands_open = p.stands_open();
    let is_for_all = p.is_open_to_all(&d.site.access.holidays, d.ctx.now, &d.site.policy.zone);
    let goes_in = |e: &Entry| e.progress == Progress::Open;
    let others = stands_open && !is_for_all && !d.site.access.entries_at(point, goes_in).is_empty();
    let (hold, not_after) = (d.site.access.policy.hold, d.now() + d.site.policy.pulse_within);
    let release = (!stands_open).then_some(Release { hold, not_after });
    let entry = d.site.counters.next_entry();
    d.push(Event::EntryBegan { entry, point, entrant, by, release });
    let subject = PhotoSubject { entry: Some(entry), ..PhotoSubject::default() };
    photo::ask(d, photo::Spot::Door(point), (PhotoReason::Entry, PhotoMoment::Now), subject);
    if others {
        watched::followed(d, point, &[entry], Suspicion::SecondCode);
    }
    if stands_open {
        passage::spend_pass(d, entry);
    }
    Ok(entry)
}

/// Why not, for the person and the ledger. A typo, a pause and a repeat leave no event: a vandal could fill the disk with them.
fn deny(
    d: &mut Decider<'_>,
    point: AccessPointId,
    refusal: Refusal,
    credential: Option<CredentialId>,
) -> Refusal {
    if refusal != Refusal::Mistyped {
        photo::denied_at(d, photo::Spot::Door(point));
    }
    let Some(credential) = credential else { return refusal };
    let (why, now) = (refusal.code(), d.now());
    if d.site.access.points.get(&point).is_some_and(|p| p.denied_just_now(credential, why, now)) {
        return refusal;
    }
    d.push(Event::EntryDenied { point, why: why.to_owned(), credential: Some(credential) });
    if matches!(refusal, Refusal::OutsideHours | Refusal::CodeDead)
        && d.site.access.denials(credential, d.ctx.now) >= HOLDER_DENIALS
    {
        d.raise(TaskKind::CodeMisused { credential });
    }
    refusal
}

type Identified = Result<Holder, (Refusal, Option<CredentialId>)>;

/// Whose code it is. Wrong digits cost budget; a typo, a dead code and any scan cost nothing.
fn identify(d: &mut Decider<'_>, point: AccessPointId, (purpose, proof): (Purpose, &Proof)) -> Identified {
    let (selector, hash) = match proof {
        Proof::Token(token) => return by_token(d.site, *token, d.ctx.now),
        Proof::Digits { check_ok: false, .. } => return Err((Refusal::Mistyped, None)),
        Proof::Digits { selector, hash, .. } => (selector, *hash),
    };
    let keypad = Keypad::Door(point);
    d.site
        .credentials
        .budgets
        .admits(purpose, keypad, selector, d.ctx.now)
        .map_err(|refusal| (refusal, None))?;
    let found = match purpose {
        Purpose::Enter => d.site.credentials.by_door_digits(selector, hash).map(|found| match found {
            (credential, true) => Holder::Courier(credential),
            (credential, false) => Holder::Pass(credential),
        }),
        Purpose::EnterToCollect => resident_by_digits(d.site, selector, hash),
        Purpose::Deliver | Purpose::PickUp => {
            let why = "a code shown at a door is shown to enter".to_owned();
            return Err((Refusal::Invalid { why }, None));
        }
    };
    if let Some(holder) = found {
        return Ok(holder);
    }
    if was_alive(d.site, (purpose, selector, hash), d.ctx.now) {
        return Err((Refusal::CodeDead, None));
    }
    miss(d, keypad, purpose, selector);
    Err((Refusal::WrongCode, None))
}

/// Whether these digits opened doors once: somebody who tries them again guesses nothing.
fn was_alive(
    site: &Site,
    (purpose, selector, hash): (Purpose, &KeypadNumber, CodeHash),
    now: Timestamp,
) -> bool {
    match purpose {
        Purpose::Enter => site.credentials.passes.digits_were_alive(selector, hash, now),
        Purpose::EnterToCollect => site.credentials.pickup.was_alive(selector, hash, now),
        Purpose::Deliver | Purpose::PickUp => false,
    }
}

fn resident_by_digits(site: &Site, selector: &KeypadNumber, hash: CodeHash) -> Option<Holder> {
    let credential = site.credentials.pickup.by_digits(selector, hash)?;
    let person = site.credentials.pickup.live.get(&credential)?.person;
    Some(Holder::Resident { credential, person, card: false })
}

fn by_token(site: &Site, token: CodeHash, now: Timestamp) -> Identified {
    let c = &site.credentials;
    if let Some(credential) = c.courier.by_badge.get(&token) {
        return Ok(Holder::Courier(*credential));
    }
    if let Some(credential) = c.passes.by_token.get(&token) {
        return Ok(Holder::Pass(*credential));
    }
    if let Some((credential, card)) =
        c.card_by_token.get(&token).and_then(|id| c.cards.get(id).map(|card| (*id, card)))
    {
        return Ok(Holder::Resident { credential, person: card.person, card: true });
    }
    match c.pickup.by_token.get(&token).and_then(|id| c.pickup.live.get(id).map(|code| (*id, code.person))) {
        Some((credential, person)) => Ok(Holder::Resident { credential, person, card: false }),
        None if c.pickup.token_was_alive(token, now) || c.passes.was_alive(token, now) => {
            Err((Refusal::CodeDead, None))
        }
        None => Err((Refusal::WrongCode, None)),
    }
}

/// Whether this code opens this door now (I5).
fn may_pass(site: &Site, point: AccessPointId, holder: Holder, now: Timestamp) -> Result<Entrant, Refusal> {
    let p = site.access.points.get(&point).ok_or(Refusal::NotFound)?;
    match holder {
        Holder::Courier(credential) => {
            let code = site.credentials.courier.all.get(&credential).ok_or(Refusal::WrongCode)?;
            if code.is_dead(now) {
                return Err(Refusal::CodeDead);
            }
            let named = code.doors.iter().any(|door| door.point == point);
            may_deliver(site, p, (named, &code.windows), now)?;
            Ok(Entrant::Courier { credential, carrier: code.carrier })
        }
        Holder::Pass(credential) => {
            let pass = site.credentials.passes.live.get(&credential).ok_or(Refusal::CodeDead)?;
            if now >= pass.expires || pass.spent.contains(&point) {
                return Err(Refusal::CodeDead);
            }
            let named = pass.doors.iter().any(|door| door.point == point);
            may_deliver(site, p, (named, &pass.windows), now)?;
            Ok(Entrant::Pass { credential, unit: pass.unit, brings: pass.kind == PassKind::Delivery })
        }
        Holder::Resident { credential, person, .. } => {
            may_collect(site, p, person, now)?;
            Ok(Entrant::Resident { credential, person })
        }
    }
}

/// Whether somebody with or without a courier's code gets through this door now: the code opens it, or it is open to all.
pub(crate) fn lets_in(site: &Site, point: AccessPointId, code: Option<CredentialId>, now: Timestamp) -> bool {
    let Some(p) = site.access.points.get(&point).filter(|p| !p.silent) else { return false };
    p.is_open_to_all(&site.access.holidays, now, &site.policy.zone)
        || code.is_some_and(|code| may_pass(site, point, Holder::Courier(code), now).is_ok())
}

/// A courier's code or a pass: its doors, the door's mode, its hours, the night at the door.
fn may_deliver(
    site: &Site,
    p: &AccessPoint,
    (named, windows): (bool, &[WeekWindow]),
    now: Timestamp,
) -> Result<(), Refusal> {
    let zone = &site.policy.zone;
    if !named {
        return Err(Refusal::NotThisDoor);
    }
    if p.mode == DoorMode::ClosedToCouriers {
        return Err(Refusal::ClosedToCouriers);
    }
    if !within(windows, now, zone) && !crate::planted::is_planted("outside-its-windows") {
        return Err(Refusal::OutsideHours);
    }
    if late(site, p, now) == Some(LateNightRule::Refuse) {
        return Err(Refusal::LateNight);
    }
    Ok(())
}

/// What holds at a door while the night has come there, by its own hours or else the site's; None: it is day.
pub(super) fn late(site: &Site, p: &AccessPoint, now: Timestamp) -> Option<LateNightRule> {
    let policy = &site.access.policy;
    let (hours, rule) = match &p.night {
        Some(own) => (&own.hours, own.rule),
        None => (&policy.late_hours, policy.late_night),
    };
    within(hours, now, &site.policy.zone).then_some(rule)
}

/// A resident's code or card opens the room in which something waits for them, or was taken out just now.
fn may_collect(site: &Site, p: &AccessPoint, person: PersonId, now: Timestamp) -> Result<(), Refusal> {
    if !site.directory.may_still_collect(person, now) {
        return Err(Refusal::CodeDead);
    }
    let waits_behind = |custodian| is_behind(site, p, custodian);
    let in_grace = |(c, grace): (&CompartmentId, &crate::site::Grace)| {
        grace.person == person
            && now - grace.at < site.policy.grace
            && waits_behind(Custodian::Compartment(*c))
    };
    let mut waiting = site.custody.waiting_for(person).peekable();
    let nothing_waits = waiting.peek().is_none();
    let was_just_inside = || {
        site.graces.iter().any(in_grace)
            || site.carried_out.by(person, (site.policy.grace, now)).any(waits_behind)
    };
    if p.spec.is_room() && (waiting.any(|(_, parcel)| waits_behind(parcel.custodian)) || was_just_inside()) {
        Ok(())
    } else if nothing_waits {
        Err(Refusal::NothingWaits)
    } else {
        Err(Refusal::NotThisDoor)
    }
}

/// Whether what somebody or something keeps lies behind this door.
pub(super) fn is_behind(site: &Site, p: &AccessPoint, custodian: Custodian) -> bool {
    match custodian {
        Custodian::Compartment(c) => site.compartments.get(c).is_some_and(|c| p.spec.banks.contains(&c.bank)),
        other => other.lies_at().is_some_and(|place| p.spec.leads_to(place)),
    }
}

/// Somebody presses *enter* at a door that is open to all at this hour.
pub(crate) fn walk_in(d: &mut Decider<'_>, actor: Actor, point: AccessPointId) -> Result<Answer, Refusal> {
    at_door(d.site, actor, point)?;
    let access = &d.site.access;
    let p = access.points.get(&point).ok_or(Refusal::NotFound)?;
    if !p.is_open_to_all(&access.holidays, d.ctx.now, &d.site.policy.zone) {
        return Err(Refusal::CodeNeeded);
    }
    let is_it =
        |e: &Entry| e.entrant == Entrant::OpenHours && matches!(e.progress, Progress::Released { .. });
    if let Some(entry) = access.entries_at(point, is_it).first() {
        return Ok(Answer::Entry { entry: *entry, point });
    }
    let entry = begin(d, (point, Entrant::OpenHours, actor))?;
    Ok(Answer::Entry { entry, point })
}

/// Staff let somebody in, once.
pub(crate) fn let_in_once(
    d: &mut Decider<'_>,
    actor: Actor,
    point: AccessPointId,
    reason: StaffReason,
) -> Result<Answer, Refusal> {
    let Actor::Staff(staff) = actor else { return Err(Refusal::NotYours) };
    let entry = begin(d, (point, Entrant::LetInByStaff { staff, reason }, actor))?;
    Ok(Answer::Entry { entry, point })
}

/// A courier who came in by a door is at work at a kiosk: their deposits are those of the entry.
pub(crate) fn joined(d: &mut Decider<'_>, visit: VisitId, credential: CredentialId) {
    let access = &d.site.access;
    // Who was out for more and is back: what they put now is that of the first entry too.
    let back = access.awaited.iter().map(|(id, awaited)| (id, &awaited.entry));
    let came_in = access.entries.iter().chain(back).filter(|(_, e)| {
        !e.is_at_kiosk(d.site) && !e.awaits_door() && e.entrant.credential() == Some(credential)
    });
    let entries: Vec<_> = came_in.map(|(id, _)| *id).collect();
    for entry in entries {
        d.push(Event::EntryJoined { entry, visit });
    }
}

/// Ends the passes of the site: one that was spent or ended in events that are lost would open a door again (I5).
pub(crate) fn end_passes(d: &mut Decider<'_>) {
    let live: Vec<_> = d.site.credentials.passes.live.keys().copied().collect();
    for credential in live {
        d.push(Event::PassEnded { credential, entry: None });
    }
}

/// What ended by the clock alone: passes whose time is over.
pub(crate) fn tick(d: &mut Decider<'_>) {
    let now = d.now();
    let over: Vec<_> = d.site.credentials.passes.over_by(now);
    for credential in over {
        d.push(Event::PassEnded { credential, entry: None });
    }
    clock::tick(d);
}
