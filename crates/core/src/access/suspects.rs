//! Who may have left with more than they brought: those who went in where a parcel lay, between the moment it was last known there
//! and the moment it was not found.
//!
//! Only doors that counted everybody can tell. Where somebody may have gone in by another way, or so many went in that a name says
//! nothing, nobody is suspected.

use super::entry::{Entry, EntryEnd, Progress, Suspicion};
use super::point::AccessPoint;
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::time::{Span, Timestamp};
use crate::visit::Visitor;
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// More than so many entries are no suspects: one of them says nothing of any.
pub const SUSPECTS_MOST: usize = 3;
/// So many entries that are over stay known at a door.
const KNOWN_MOST: usize = 8;

/// One who went in, and whose entry is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct WentIn {
    entry: EntryId,
    credential: Option<CredentialId>,
    began: Timestamp,
    /// They may have been inside until then.
    until: Timestamp,
}

/// Who went in through a door lately, and since when it is known that nobody else did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comings {
    over: VecDeque<WentIn>,
    /// One who is not known any more may have been inside until then.
    forgotten: Option<Timestamp>,
    /// Until then there was a way in by which nobody was counted.
    uncounted: Timestamp,
    /// The last opening that nothing explained. A request to exit may still do so.
    unexplained: Option<Timestamp>,
}

impl Comings {
    /// Of a door that counts from now on.
    pub(super) fn since(now: Timestamp) -> Self {
        Self { over: VecDeque::new(), forgotten: None, uncounted: now, unexplained: None }
    }

    /// Somebody may have gone in whom nobody counted.
    pub(super) fn uncounted(&mut self, now: Timestamp) {
        self.uncounted = now;
    }

    /// The door opened, and nothing that was seen explains it.
    pub(super) fn unexplained(&mut self, now: Timestamp) {
        if let Some(earlier) = self.unexplained.replace(now) {
            self.uncounted = self.uncounted.max(earlier);
        }
    }

    /// It was somebody who went out.
    pub(super) fn explained(&mut self, opened: Timestamp) {
        if self.unexplained == Some(opened) {
            self.unexplained = None;
        }
    }

    /// An entry is over. Who was not seen to leave may have stayed for as long as anybody is expected to.
    pub(super) fn ended(
        &mut self,
        (id, entry): (EntryId, &Entry),
        how: EntryEnd,
        (now, inside_at_most): (Timestamp, Span),
    ) {
        let until = match how {
            EntryEnd::NotOpened => return,
            EntryEnd::Left => now,
            EntryEnd::Passed | EntryEnd::NotSeenLeaving | EntryEnd::Unknown => now + inside_at_most,
        };
        let credential = entry.entrant.credential();
        self.over.push_back(WentIn { entry: id, credential, began: entry.began, until });
        if self.over.len() > KNOWN_MOST
            && let Some(oldest) = self.over.pop_front()
        {
            self.forgotten = self.forgotten.max(Some(oldest.until));
        }
    }

    /// Whether everybody who may have been inside since then is known.
    fn knows_all_since(&self, at: Timestamp) -> bool {
        self.uncounted <= at
            && self.unexplained.is_none_or(|opened| opened <= at)
            && self.forgotten.is_none_or(|until| until < at)
    }
}

/// Who may have gone off with a parcel that `by` looked for and did not find. Empty: nobody can say.
pub(crate) fn of(site: &Site, parcel: ParcelId, (by, looked): (Actor, Timestamp)) -> Vec<EntryId> {
    let Some((place, seen)) =
        site.custody.get(parcel).and_then(|known| Some((known.custodian.lies_at()?, known.last_seen?)))
    else {
        return Vec::new();
    };
    let doors: Vec<_> = site.access.points.iter().filter(|(_, p)| p.spec.leads_to(place)).collect();
    let is_counted = |p: &AccessPoint| p.counts() && p.comings.knows_all_since(seen);
    if !doors.iter().all(|(_, p)| is_counted(p)) {
        return Vec::new();
    }
    let looker = credential_of(site, by);
    let mut suspects: Vec<_> = doors
        .into_iter()
        .flat_map(|(id, p)| without_looker(inside_since(site, (*id, p), seen), looker, looked))
        .filter(|who| who.began <= looked)
        .map(|who| who.entry)
        .collect();
    suspects.sort_unstable();
    if suspects.len() > SUSPECTS_MOST { Vec::new() } else { suspects }
}

/// Says so of each.
pub(crate) fn name(d: &mut Decider<'_>, parcel: ParcelId, suspects: Vec<EntryId>) {
    for entry in suspects {
        d.push(Event::EntrySuspected { entry, what: Suspicion::LeftWithMore, parcel: Some(parcel) });
    }
}

/// With what whoever looked came in.
fn credential_of(site: &Site, by: Actor) -> Option<CredentialId> {
    let Actor::Visit(visit) = by else { return None };
    match site.visits.get(visit).ok()?.visitor {
        Visitor::Courier { credential, .. } | Visitor::Resident { credential, .. } => Some(credential),
        Visitor::Guest { .. } => None,
    }
}

/// All who may have been behind a door since then: entries that are over, and those under way.
fn inside_since(site: &Site, (id, p): (AccessPointId, &AccessPoint), seen: Timestamp) -> Vec<WentIn> {
    let over = p.comings.over.iter().filter(|who| who.until >= seen).cloned();
    let may_be_inside = |e: &&Entry| match e.progress {
        Progress::Open | Progress::Inside { .. } | Progress::Unknown { .. } => true,
        Progress::Released { .. } => false,
    };
    let at_door = site.access.entries.iter().filter(|(_, e)| e.point == id);
    let under_way = at_door.filter(|(_, e)| may_be_inside(e)).map(|(entry, e)| WentIn {
        entry: *entry,
        credential: e.entrant.credential(),
        began: e.began,
        until: Timestamp(i64::MAX),
    });
    over.chain(under_way).collect()
}

/// Whoever looked is inside to look: that entry of theirs is no suspect. One that was over before is as any other.
fn without_looker(mut inside: Vec<WentIn>, looker: Option<CredentialId>, looked: Timestamp) -> Vec<WentIn> {
    let is_theirs = |who: &&WentIn| looker.is_some() && who.credential == looker && who.until > looked;
    let to_look = inside.iter().filter(is_theirs).max_by_key(|who| who.began).map(|who| who.entry);
    inside.retain(|who| Some(who.entry) != to_look);
    inside
}
