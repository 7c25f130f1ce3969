//! What lets a kiosk's request in, as of the last commit: which kiosks are paired and where each visit goes on. And by which
//! map each bank is wired, for its bus.
//!
//! Every request of every kiosk asks this, so it is published with each commit and looked at without waiting for the
//! writer. Owns: a small copy that never leads the ledger. Never: decides; the writer checks each command again.

use std::collections::BTreeMap;
use vestibule_core::code::CodeHash;
use vestibule_core::place::wiring::WiringHash;
use vestibule_core::{BankId, KioskId, Site, VisitId};

/// Paired kiosks, visits that go on, maps of wiring.
#[derive(Clone)]
pub struct Standing {
    kiosks: BTreeMap<CodeHash, KioskId>,
    visits: BTreeMap<VisitId, KioskId>,
    next_visit: VisitId,
    wirings: BTreeMap<BankId, WiringHash>,
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
            kiosks: site.layout.kiosk_by_token.clone(),
            visits: site.visits.live.iter().map(|(id, visit)| (*id, visit.kiosk)).collect(),
            next_visit: site.counters.next_visit(),
            wirings: site.wiring.maps.iter().map(|(bank, map)| (*bank, map.hash)).collect(),
        }
    }

    /// Whether it still says what a committed state says.
    pub(crate) fn holds_for(&self, site: &Site) -> bool {
        let visits = site.visits.live.iter().map(|(id, visit)| (id, &visit.kiosk));
        self.visits.iter().eq(visits)
            && self.next_visit == site.counters.next_visit()
            && self.kiosks == site.layout.kiosk_by_token
            && self.wirings.iter().eq(site.wiring.maps.iter().map(|(bank, map)| (bank, &map.hash)))
    }

    /// The kiosk that is paired by this token.
    pub fn kiosk(&self, token: CodeHash) -> Option<KioskId> {
        self.kiosks.get(&token).copied()
    }

    /// By which map a bank is wired, if one is known.
    pub fn wiring(&self, bank: BankId) -> Option<WiringHash> {
        self.wirings.get(&bank).copied()
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
        assert!(!empty.holds_for(&site));
        let paired = Standing::of(&site);
        assert_eq!((paired.kiosk(token), paired.kiosk(CodeHash([8; 32]))), (Some(kiosk), None));
        let visitor = Visitor::Courier { credential: CredentialId(1), carrier: CarrierId(1) };
        site.evolve(&Event::VisitBegan { visit: VisitId(9), kiosk, visitor }, Timestamp(0));
        assert!(!paired.holds_for(&site));
        let visited = Standing::of(&site);
        let [going_on, earlier, next] = [9, 8, 10].map(|visit| visited.visit(VisitId(visit)));
        assert_eq!((going_on, earlier, next), (Standpoint::At(kiosk), Standpoint::Over, Standpoint::Unknown));
        site.evolve(&Event::KioskUnpaired { kiosk }, Timestamp(0));
        assert!(!visited.holds_for(&site));
        let (unwired, hash, bank) = (Standing::of(&site), WiringHash([3; 32]), BankId(1));
        let (channels, unproven, spare, by) = (vec![], vec![], vec![], Actor::Console);
        let set =
            Event::WiringSet { bank, version: 1, hash, channels, unproven, spare, configured: hash, by };
        site.evolve(&set, Timestamp(0));
        assert!(unwired.wiring(bank).is_none() && !unwired.holds_for(&site));
        assert_eq!(Standing::of(&site).wiring(bank), Some(hash));
    }
}
