//! What lets a kiosk's request in, as of the last commit: which kiosks are paired and where each visit goes on. And by which
//! map each bank is wired, for its bus.
//!
//! Every request of every kiosk asks this, so it is published with each commit and looked at without waiting for the
//! writer. The maps hardly ever change and visits do all the time, so buses are told of maps alone: to wake every bus for
//! every visit costs more than the visit. Owns: a small copy that never leads the ledger. Never: decides; the writer
//! checks each command again.

use std::collections::BTreeMap;
use std::sync::Arc;
use vestibule_core::code::CodeHash;
use vestibule_core::place::wiring::WiringHash;
use vestibule_core::{BankId, KioskId, Site, VisitId};

/// By which map each bank is wired, where one is known.
pub type Wirings = BTreeMap<BankId, WiringHash>;

/// Paired kiosks, visits that go on, maps of wiring.
#[derive(Clone)]
pub struct Standing {
    kiosks: Arc<BTreeMap<CodeHash, KioskId>>,
    visits: BTreeMap<VisitId, KioskId>,
    next_visit: VisitId,
    wirings: Arc<Wirings>,
}

/// What is known of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standpoint {
    /// It goes on at this kiosk.
    At(KioskId),
    /// It was, and is over.
    Over,
    /// It has not begun, as far as is durable: whoever speaks for it guessed its number.
    Unknown,
}

impl Standing {
    /// As it is in a committed state.
    pub(crate) fn of(site: &Site) -> Self {
        Self {
            kiosks: Arc::new(site.layout.kiosk_by_token.clone()),
            visits: visits(site).map(|(id, kiosk)| (*id, *kiosk)).collect(),
            next_visit: site.counters.next_visit(),
            wirings: Arc::new(wirings(site).map(|(bank, hash)| (*bank, *hash)).collect()),
        }
    }

    /// As it is in a later state; None: as it was. What stayed the same is shared.
    pub(crate) fn after(&self, site: &Site) -> Option<Self> {
        let are_kiosks = *self.kiosks == site.layout.kiosk_by_token;
        let are_wirings = self.wirings.iter().eq(wirings(site));
        let next_visit = site.counters.next_visit();
        let are_visits = self.next_visit == next_visit && self.visits.iter().eq(visits(site));
        if are_kiosks && are_wirings && are_visits {
            return None;
        }
        let mut after = Self {
            kiosks: Arc::clone(&self.kiosks),
            visits: visits(site).map(|(id, kiosk)| (*id, *kiosk)).collect(),
            next_visit,
            wirings: Arc::clone(&self.wirings),
        };
        if !are_kiosks {
            after.kiosks = Arc::new(site.layout.kiosk_by_token.clone());
        }
        if !are_wirings {
            after.wirings = Arc::new(wirings(site).map(|(bank, hash)| (*bank, *hash)).collect());
        }
        Some(after)
    }

    /// By which maps the banks are wired.
    pub(crate) fn wirings(&self) -> &Arc<Wirings> {
        &self.wirings
    }

    /// The kiosk that is paired by this token.
    pub fn kiosk(&self, token: CodeHash) -> Option<KioskId> {
        self.kiosks.get(&token).copied()
    }

    /// Where a visit goes on, if it does.
    pub fn visit(&self, visit: VisitId) -> Standpoint {
        match self.visits.get(&visit) {
            Some(kiosk) => Standpoint::At(*kiosk),
            None if visit < self.next_visit => Standpoint::Over,
            None => Standpoint::Unknown,
        }
    }
}

fn visits(site: &Site) -> impl Iterator<Item = (&VisitId, &KioskId)> {
    site.visits.live.iter().map(|(id, visit)| (id, &visit.kiosk))
}

fn wirings(site: &Site) -> impl Iterator<Item = (&BankId, &WiringHash)> {
    site.wiring.maps.iter().map(|(bank, map)| (bank, &map.hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::visit::Visitor;
    use vestibule_core::{Actor, CarrierId, CredentialId, Event, Timestamp};

    #[test]
    fn it_follows_pairings_and_visits_and_knows_when_it_is_old() {
        let (kiosk, token) = (KioskId(4), CodeHash([7; 32]));
        let mut site = Site::default();
        let empty = Standing::of(&site);
        site.evolve(&Event::KioskPaired { kiosk, token, banks: Vec::new() }, Timestamp(0));
        let paired = empty.after(&site).expect("a kiosk came");
        assert!(paired.after(&site).is_none());
        assert_eq!((paired.kiosk(token), paired.kiosk(CodeHash([8; 32]))), (Some(kiosk), None));
        let visitor = Visitor::Courier { credential: CredentialId(1), carrier: CarrierId(1) };
        site.evolve(&Event::VisitBegan { visit: VisitId(9), kiosk, visitor }, Timestamp(0));
        let visited = paired.after(&site).expect("a visit began");
        let [going_on, earlier, next] = [9, 8, 10].map(|visit| visited.visit(VisitId(visit)));
        assert_eq!((going_on, earlier, next), (Standpoint::At(kiosk), Standpoint::Over, Standpoint::Unknown));
        assert_eq!(visited.kiosk(token), Some(kiosk), "what stayed the same is still there");
        site.evolve(&Event::KioskUnpaired { kiosk }, Timestamp(0));
        let unpaired = visited.after(&site).expect("a kiosk went");
        assert_eq!(unpaired.kiosk(token), None);
        let (hash, bank) = (WiringHash([3; 32]), BankId(1));
        let (channels, unproven, spare, by) = (vec![], vec![], vec![], Actor::Console);
        let set =
            Event::WiringSet { bank, version: 1, hash, channels, unproven, spare, configured: hash, by };
        site.evolve(&set, Timestamp(0));
        let wired = unpaired.after(&site).expect("a map was set");
        assert_eq!((unpaired.wirings().get(&bank), wired.wirings().get(&bank)), (None, Some(&hash)));
    }
}
