//! Who is told what, and when: one notice per person and visit, at its end or a minute after their last deposit.

use crate::code::{Secret, pin, token};
use crate::custody::Custodian;
use crate::directory::Directory;
use crate::ids::*;
use crate::site::getting_ready;
use crate::site::{Site, decider::Decider};
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::visit::Visitor;
use crate::vocabulary::decision::IssuedCode;
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::NoticeTrouble;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Something waits for you.
    Arrived,
    /// It waits at another place now.
    Moved,
    /// Your last code is over and something still waits.
    NewCode,
    /// The time of its class is running out.
    CollectSoon,
    /// It was taken out with your code.
    Collected,
    /// Somebody of your household collected it.
    CollectedBy {
        /// Who.
        person: PersonId,
    },
    /// Staff handed it to you.
    HandedOver,
    /// It went back.
    Returned,
    /// It was given up.
    WrittenOff,
    /// Your card was used.
    CardUsed,
    /// Somebody without a code asks to be let in to you; carries the link to answer.
    Ringing {
        /// Which.
        ring: RingId,
        /// Where.
        point: AccessPointId,
    },
    /// Somebody was let in to you.
    LetIn {
        /// Where.
        point: AccessPointId,
        /// Who of the household said yes; None: staff, or the site's policy.
        person: Option<PersonId>,
    },
}

impl NoticeKind {
    /// Whether it carries a code.
    pub fn carries_code(self) -> bool {
        matches!(self, Self::Arrived | Self::Moved | Self::NewCode | Self::CollectSoon)
    }
}

/// A notice that waits for the visit to end or its minute to pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What it is about.
    pub parcels: BTreeSet<ParcelId>,
    /// Goes out at the latest.
    pub at: Timestamp,
}

/// A notice on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnItsWay {
    /// To whom.
    pub person: PersonId,
    /// Whether it carries a code: if it fails somebody must be told in person.
    pub carries_code: bool,
    /// That code: the notice ends with it, for the outbox lets go of what would carry a dead one.
    pub credential: Option<CredentialId>,
}

/// Notices due and on their way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// Due by visit and person.
    #[serde(with = "pairs")]
    pub due: BTreeMap<(VisitId, PersonId), Due>,
    /// Requested and not handed over.
    pub on_their_way: BTreeMap<NoticeId, OnItsWay>,
    /// Which are due for a parcel.
    by_parcel: BTreeMap<ParcelId, BTreeSet<(VisitId, PersonId)>>,
    /// The due ones, the earliest first.
    by_time: BTreeSet<(Timestamp, (VisitId, PersonId))>,
}

impl Notices {
    /// When the next one is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.by_time.first().map(|(at, _)| *at)
    }

    pub(crate) fn add(&mut self, visit: VisitId, person: PersonId, parcel: ParcelId, at: Timestamp) {
        let key = (visit, person);
        let due = self.due.entry(key).or_insert_with(|| Due { parcels: BTreeSet::new(), at });
        self.by_time.remove(&(due.at, key));
        due.parcels.insert(parcel);
        due.at = at;
        self.by_time.insert((at, key));
        self.by_parcel.entry(parcel).or_default().insert(key);
    }

    pub(crate) fn remove_parcel(&mut self, parcel: ParcelId) {
        for key in self.by_parcel.get(&parcel).cloned().unwrap_or_default() {
            self.remove(key, parcel);
        }
    }

    /// Takes one parcel out of one notice; a notice about nothing is not due.
    fn remove(&mut self, key: (VisitId, PersonId), parcel: ParcelId) {
        let Some(due) = self.due.get_mut(&key) else { return };
        due.parcels.remove(&parcel);
        if due.parcels.is_empty() {
            self.by_time.remove(&(due.at, key));
            self.due.remove(&key);
        }
        let keys = self.by_parcel.entry(parcel).or_default();
        keys.remove(&key);
        if keys.is_empty() {
            self.by_parcel.remove(&parcel);
        }
    }

    /// Nothing more is due for a person.
    fn forget(&mut self, person: PersonId) {
        let theirs = self.due.iter().filter(|((_, to), _)| *to == person);
        let over: Vec<_> =
            theirs.flat_map(|(key, due)| due.parcels.iter().map(|parcel| (*key, *parcel))).collect();
        for (key, parcel) in over {
            self.remove(key, parcel);
        }
    }

    fn of_visit(&self, visit: VisitId) -> impl Iterator<Item = (VisitId, PersonId)> {
        self.due.range((visit, PersonId(0))..=(visit, PersonId(u32::MAX))).map(|(key, _)| *key)
    }

    fn remove_told(&mut self, person: PersonId, parcel: ParcelId) {
        let keys = self.by_parcel.get(&parcel).into_iter().flatten();
        let told: Vec<_> = keys.filter(|(_, to)| *to == person).copied().collect();
        for key in told {
            self.remove(key, parcel);
        }
    }

    pub(crate) fn evolve(&mut self, event: &Event) {
        match event {
            Event::NoticeRequested { notice, person, what, parcels, credential } => {
                let (person, carries_code) = (*person, what.carries_code());
                self.on_their_way.insert(*notice, OnItsWay { person, carries_code, credential: *credential });
                for parcel in parcels {
                    self.remove_told(person, *parcel);
                }
            }
            Event::PickupCodeEnded { credential } => {
                self.on_their_way.retain(|_, on_its_way| on_its_way.credential != Some(*credential));
            }
            Event::PersonLeft { person, keeps_until: None } => self.forget(*person),
            Event::NoticeHandedOver { notice } => {
                self.on_their_way.remove(notice);
            }
            Event::NoticeInTrouble {
                notice,
                trouble: NoticeTrouble::NoChannel | NoticeTrouble::AddressRefused,
            } => {
                self.on_their_way.remove(notice);
            }
            _ => {}
        }
    }
}

/// Emits the notices of a visit that are due: all of them once it has ended, else those whose minute has passed.
pub(crate) fn send_due(d: &mut Decider<'_>, all_of: Option<VisitId>) {
    let now = d.now();
    let notices = &d.site.notices;
    let of_visit = all_of.into_iter().flat_map(|visit| notices.of_visit(visit));
    let in_time = notices.by_time.iter().take_while(|(at, _)| *at <= now).map(|(_, key)| *key);
    let keys: BTreeSet<_> = of_visit.chain(in_time).collect();
    let parcels = |key| notices.due.get(&key).map(|due| due.parcels.iter().copied().collect::<Vec<_>>());
    let due: Vec<_> = keys.into_iter().filter_map(|key| Some((key.1, parcels(key)?))).collect();
    for (person, parcels) in due {
        request(d, person, NoticeKind::Arrived, parcels);
    }
}

/// Tells a person; with a fresh code where the notice carries one. Who lost what waited is told nothing more of it.
pub(crate) fn tell(d: &mut Decider<'_>, person: PersonId, what: NoticeKind, parcels: Vec<ParcelId>) {
    if d.site.directory.may_still_collect(person, d.ctx.now) {
        request(d, person, what, parcels);
    }
}

/// Asks a person whether somebody at a door may come in; the message carries a link of their own. Nothing is theirs to collect for
/// that, and whoever lives there now is asked.
pub(crate) fn ask_at_door(d: &mut Decider<'_>, person: PersonId, what: NoticeKind, link: Secret) {
    let notice = d.site.counters.next_notice();
    d.push(Event::NoticeRequested { notice, person, what, parcels: Vec::new(), credential: None });
    d.secrets.push(IssuedCode { credential: None, notice: Some(notice), digits: None, token: link });
}

fn request(d: &mut Decider<'_>, person: PersonId, what: NoticeKind, parcels: Vec<ParcelId>) {
    let notice = d.site.counters.next_notice();
    let credential = if what.carries_code() { issue_pickup_code(d, person, Some(notice)) } else { None };
    d.push(Event::NoticeRequested { notice, person, what, parcels, credential });
}

/// Issues a pickup code; a live one dies when there would be more than two. None: the person has no unit, or
/// may collect nothing any more.
pub(crate) fn issue_pickup_code(
    d: &mut Decider<'_>,
    person: PersonId,
    notice: Option<NoticeId>,
) -> Option<CredentialId> {
    if !d.site.directory.may_still_collect(person, d.ctx.now) {
        return None;
    }
    let selector = d.site.directory.keypad_of(person)?.clone();
    let tag = d.site.tag?;
    if let Some(credential) = d.site.credentials.pickup.surplus(person, notice.is_some()) {
        d.push(Event::PickupCodeEnded { credential });
    }
    let (digits, hash) = draw_unused(d, &selector);
    let token = token::draw_token(&mut d.draw, token::TokenKind::Pickup, tag);
    let token_hash = pin::token_hash(d.ctx.hasher, token.expose());
    let credential = d.site.counters.next_credential();
    d.push(Event::PickupCodeIssued { credential, person, selector, digits: hash, token: token_hash });
    d.secrets.push(IssuedCode { credential: Some(credential), notice, digits: Some(digits), token });
    Some(credential)
}

fn draw_unused(
    d: &mut Decider<'_>,
    selector: &crate::directory::KeypadNumber,
) -> (Secret, crate::code::CodeHash) {
    let codes = &d.site.credentials.pickup;
    loop {
        let digits = pin::draw_pin(&mut d.draw, d.site.policy.pin_length);
        let hash = pin::pin_hash(d.ctx.hasher, selector.digits(), digits.expose());
        if codes.by_digits(selector, hash).is_none() && !codes.was_alive(selector, hash, d.ctx.now) {
            return (digits, hash);
        }
    }
}

/// What the message runners report.
pub(crate) fn trouble(d: &mut Decider<'_>, notice: NoticeId, trouble: NoticeTrouble) {
    if getting_ready::trouble(d, notice, trouble) {
        return;
    }
    let Some(on_its_way) = d.site.notices.on_their_way.get(&notice).cloned() else { return };
    d.push(Event::NoticeInTrouble { notice, trouble });
    let waits = d.site.custody.waiting_for(on_its_way.person).next().is_some();
    if trouble == NoticeTrouble::AddressRefused {
        d.raise(TaskKind::BadAddress { person: on_its_way.person });
    }
    if on_its_way.carries_code && waits {
        d.raise(TaskKind::Tell { person: on_its_way.person });
    }
}

/// Codes whose grace is over die; if something still waits for their person, a new notice goes out.
pub(crate) fn end_spent_codes(d: &mut Decider<'_>) {
    let (now, grace) = (d.now(), d.site.policy.grace);
    let pickup = &d.site.credentials.pickup;
    let over: Vec<_> = pickup
        .grace_over(grace, now)
        .into_iter()
        .filter_map(|id| pickup.live.get(&id).map(|code| (id, code.person)))
        .collect();
    let mut people = BTreeSet::new();
    for (credential, person) in over {
        d.push(Event::PickupCodeEnded { credential });
        people.insert(person);
    }
    for person in people {
        let waiting: Vec<_> = d.site.custody.waiting_for(person).map(|(id, _)| id).collect();
        if !waiting.is_empty() && !d.site.credentials.pickup.has_by_notice(person) {
            tell(d, person, NoticeKind::NewCode, waiting);
        }
    }
}

/// After a parcel left its waiting place: the others of its household are told, at the end of the visit if there is one, and codes that cover nothing more die.
pub(crate) fn after_collection(d: &mut Decider<'_>, parcel: ParcelId, by: PersonId) {
    let others: Vec<_> = people_of(d.site, parcel).into_iter().filter(|person| *person != by).collect();
    let at_a_kiosk = !others.is_empty() && d.site.visits.live.values().any(|v| v.person() == Some(by));
    for person in others {
        if !at_a_kiosk {
            tell(d, person, NoticeKind::CollectedBy { person: by }, vec![parcel]);
        }
        end_codes_without_use(d, person);
    }
    end_codes_without_use(d, by);
}

/// At the end of a resident's visit: one receipt for each of the others whose parcels were collected in it, and one for whose code it was.
pub(crate) fn receipts(d: &mut Decider<'_>, visit: VisitId) {
    let theirs = d.site.visits.live.get(&visit).and_then(|v| Some((v, v.person()?)));
    let Some((v, by)) = theirs else { return };
    let others = || d.site.visits.live.iter().filter(|(id, _)| **id != visit).map(|(_, v)| v);
    // A card that is used is told at once.
    let is_told = matches!(v.visitor, Visitor::Resident { credential, .. } if d.site.credentials.cards.contains_key(&credential));
    let own =
        (d.site.policy.own_receipts && !is_told && !v.collected.is_empty()).then(|| v.collected.clone());
    let mut receipts: BTreeMap<PersonId, Vec<ParcelId>> = BTreeMap::new();
    for parcel in v.collected.iter().filter(|parcel| !others().any(|other| other.collected.contains(parcel)))
    {
        for person in people_of(d.site, *parcel).into_iter().filter(|person| *person != by) {
            receipts.entry(person).or_default().push(*parcel);
        }
    }
    for (person, parcels) in receipts {
        tell(d, person, NoticeKind::CollectedBy { person: by }, parcels);
    }
    if let Some(parcels) = own {
        tell(d, by, NoticeKind::Collected, parcels);
    }
}

/// Ends the codes of a person for whom nothing waits and who collected nothing just now.
pub(crate) fn end_codes_without_use(d: &mut Decider<'_>, person: PersonId) {
    if d.site.custody.waiting_for(person).next().is_some() {
        return;
    }
    d.done(&TaskKind::Tell { person }, Actor::Site);
    let pickup = &d.site.credentials.pickup;
    let idle: Vec<_> =
        pickup.of_person(person).iter().copied().filter(|id| !pickup.in_grace.contains_key(id)).collect();
    for credential in idle {
        d.push(Event::PickupCodeEnded { credential });
    }
}

/// The people a parcel waits for, to be told of something.
pub(crate) fn people_of(site: &Site, parcel: ParcelId) -> Vec<PersonId> {
    site.custody.get(parcel).and_then(|p| p.entitlement.as_ref()).map_or(Vec::new(), |e| e.persons.clone())
}

/// Adds a parcel that has just been put somewhere to the notices of its visit, or none if it came without one.
pub(crate) fn note_arrival(
    notices: &mut Notices,
    parcel: ParcelId,
    facts: (&crate::custody::Parcel, Custodian),
    (directory, now, at): (&Directory, Timestamp, Timestamp),
) {
    let (parcel_facts, to) = facts;
    let is_arrival = to.is_waiting_place() && !matches!(to, Custodian::Staff(_));
    let (Some(visit), true) = (parcel_facts.visit, is_arrival) else { return };
    let people = parcel_facts.entitlement.iter().flat_map(|e| &e.persons);
    for person in people.filter(|person| directory.may_still_collect(**person, now)) {
        notices.add(visit, *person, parcel, at);
    }
}

/// Maps with two-part keys are written as lists of pairs, since JSON keys are single strings.
mod pairs {
    use super::*;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(
        map: &BTreeMap<(VisitId, PersonId), Due>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map.iter())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<(VisitId, PersonId), Due>, D::Error> {
        Vec::<((VisitId, PersonId), Due)>::deserialize(deserializer).map(|pairs| pairs.into_iter().collect())
    }
}
