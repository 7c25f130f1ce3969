//! What must hold in every state. Checked after start, by `vestibule check`, and after every step in tests.

use super::Site;
use crate::access::entry::Progress as EntryProgress;
use crate::custody::delivered::Standing;
use crate::custody::{Custodian, Parcel};
use crate::ids::*;
use crate::opening::{ATTEMPTS, Opening, OpeningPurpose};
use crate::place::Place;
use crate::place::compartment::Closure;
use crate::place::wiring::hash_of;
use crate::task::TaskKind;
use crate::visit::quick_drop;
use crate::vocabulary::command::StaffReason;
use std::collections::BTreeSet;

impl Site {
    /// Every broken promise, in words; empty when all holds.
    pub fn check_invariants(&self) -> Vec<String> {
        let mut broken = Vec::new();
        self.check_custody(&mut broken);
        self.check_compartments(&mut broken);
        self.check_openings(&mut broken);
        self.check_credentials(&mut broken);
        self.check_access(&mut broken);
        self.check_wiring(&mut broken);
        self.check_claims(&mut broken);
        self.check_audits(&mut broken);
        self.check_rooms(&mut broken);
        broken
    }

    /// I14: what a carrier says it delivered is found by its number, and is a task once nobody scanned it in time.
    fn check_claims(&self, broken: &mut Vec<String>) {
        for (id, claim) in &self.claims.known {
            let task = TaskKind::Unscanned { claim: *id };
            if claim.standing == Standing::Due && self.tasks.find(&task).is_none() {
                broken.push(format!("I14: nobody scanned what claim {id} is about, and staff are not asked"));
            }
            if !self.claims.by_label.get(&claim.label).is_some_and(|ids| ids.contains(id)) {
                broken.push(format!("I14: claim {id} is not found by its number"));
            }
        }
    }

    /// No place is part of two audits, and nobody who walks has two doors open: there is no "all".
    fn check_audits(&self, broken: &mut Vec<String>) {
        let mut places = BTreeSet::new();
        for (id, audit) in &self.audits.live {
            for stop in audit.stops.iter().filter(|stop| !places.insert(stop.place)) {
                broken.push(format!("I3: {:?} is a place of audit {id} and of another", stop.place));
            }
        }
        let mut walkers = BTreeSet::new();
        // One that nobody knew anything of may show its door open later, beside the next.
        for opening in self.openings.live.values().filter(|opening| !opening.doubtful) {
            if let OpeningPurpose::StaffOpen { staff, reason: StaffReason::Audit } = opening.purpose
                && !walkers.insert(staff)
            {
                broken.push(format!("I1: staff {staff} has two doors open in audits"));
            }
        }
    }

    /// Every opening opens its own compartment: no two compartments of a bank share a lock or a contact.
    fn check_wiring(&self, broken: &mut Vec<String>) {
        for (bank, map) in &self.wiring.maps {
            let locks: BTreeSet<_> = map.channels.values().map(|at| (at.board, at.lock)).collect();
            let contacts: BTreeSet<_> = map.channels.values().map(|at| (at.board, at.contact)).collect();
            if locks.len() != map.channels.len() || contacts.len() != map.channels.len() {
                broken.push(format!("I1: two compartments of bank {bank} share a lock or a contact"));
            }
            if map.hash != hash_of(*bank, &map.channels, &map.unproven) {
                broken.push(format!("I1: the wiring of bank {bank} is not what its hash says"));
            }
        }
    }

    /// I3: one custodian, and the place agrees, both ways; what waits is indexed for each of its people. I4: where a
    /// parcel goes is held for it. I14: what a courier left is asked for.
    fn check_custody(&self, broken: &mut Vec<String>) {
        for (id, parcel) in &self.custody.parcels {
            if let Custodian::Compartment(compartment) = parcel.custodian
                && !self.compartments.get(compartment).is_some_and(|c| c.parcels.contains(id))
            {
                broken
                    .push(format!("I3: parcel {id} is in compartment {compartment}, which does not hold it"));
            }
            if let Some(Place::Compartment(compartment)) = parcel.planned
                && self.compartments.get(compartment).is_none_or(|c| c.held_for != Some(*id))
            {
                broken.push(format!(
                    "I4: parcel {id} goes to compartment {compartment}, which is not held for it"
                ));
            }
            if let Custodian::Courier(visit) = parcel.custodian
                && self.visits.get(visit).is_err()
                && visit < self.counters.next_visit()
                && !self.is_asked_for(*id, (parcel, visit))
            {
                broken.push(format!(
                    "I14: parcel {id} was left by the courier of visit {visit}, and staff are not asked"
                ));
            }
            if !self.custody.class_clock.knows(*id, parcel) {
                broken.push(format!(
                    "I14: parcel {id} has a class, and nobody will be told when its time is over"
                ));
            }
            for person in parcel.entitlement.iter().flat_map(|e| &e.persons) {
                let listed = self.custody.waiting.get(person).is_some_and(|waiting| waiting.contains(id));
                if listed != parcel.custodian.is_waiting_place() {
                    broken.push(format!("I3: parcel {id} and what waits for person {person} disagree"));
                }
            }
        }
        for (id, c) in &self.compartments.all {
            for parcel in &c.parcels {
                if self.custody.get(*parcel).is_none_or(|p| p.custodian != Custodian::Compartment(*id)) {
                    broken.push(format!(
                        "I3: compartment {id} holds parcel {parcel}, whose custodian is another"
                    ));
                }
            }
        }
    }

    /// What a courier left is a task, by itself or with its pile, unless a door may still be shut on it.
    fn is_asked_for(&self, id: ParcelId, (parcel, visit): (&Parcel, VisitId)) -> bool {
        let is_a_task = self.tasks.find(&TaskKind::Accept { parcel: id }).is_some()
            || parcel.drop.is_some_and(|drop| self.tasks.find(&TaskKind::Sort { drop }).is_some());
        let awaits_it = |opening: &Opening| match opening.purpose {
            OpeningPurpose::Deposit { visit: of, parcel: first } if of == visit && !opening.is_unknown() => {
                quick_drop::in_hand(self, first, visit).contains(&id)
            }
            _ => false,
        };
        is_a_task || self.openings.live.values().any(awaits_it)
    }

    /// I4 and entitlement: what shares a compartment came for the same people; what is held is free.
    fn check_compartments(&self, broken: &mut Vec<String>) {
        let drawn: BTreeSet<_> =
            self.layout.banks.iter().flat_map(|(bank, ids)| ids.iter().map(move |id| (*id, *bank))).collect();
        let hung: BTreeSet<_> = self.compartments.all.iter().map(|(id, c)| (*id, c.bank)).collect();
        for (id, bank) in drawn.symmetric_difference(&hung) {
            broken.push(format!("I3: compartment {id} of bank {bank} and the drawing of the bank disagree"));
        }
        for (id, c) in &self.compartments.all {
            let entitlements: Vec<_> =
                c.parcels.iter().filter_map(|p| self.custody.get(*p)).map(|p| &p.entitlement).collect();
            if entitlements.windows(2).any(|pair| pair[0] != pair[1]) {
                broken.push(format!("I4: compartment {id} holds parcels of different entitlement"));
            }
            if let Some(parcel) = c.held_for
                && self.custody.get(parcel).is_none_or(|p| p.planned != Some(Place::Compartment(*id)))
            {
                broken
                    .push(format!("I4: compartment {id} is held for parcel {parcel}, which goes elsewhere"));
            }
            if self.compartments.open.contains(id) != matches!(c.closure, Closure::Open { .. }) {
                broken.push(format!("I11: compartment {id} and the list of open doors disagree"));
            }
        }
    }

    /// I2: at most three pulses an opening; an opening and its compartment point at each other.
    fn check_openings(&self, broken: &mut Vec<String>) {
        for (id, opening) in &self.openings.live {
            if opening.attempt == 0 || opening.attempt > ATTEMPTS {
                broken.push(format!("I2: opening {id} is at attempt {}", opening.attempt));
            }
            if self.compartments.get(opening.compartment).is_none_or(|c| c.opening != Some(*id)) {
                broken.push(format!(
                    "I1: opening {id} is not the one of its compartment {}",
                    opening.compartment
                ));
            }
        }
        let stray = |id: &CompartmentId| {
            self.compartments
                .get(*id)
                .and_then(|c| c.opening)
                .is_some_and(|opening| self.openings.get(opening).is_none())
        };
        for id in self.compartments.all.keys().filter(|id| stray(id)) {
            broken.push(format!("I1: compartment {id} points at an opening that is over"));
        }
    }

    /// I5: at most two live pickup codes a person, all found by token, person and selector.
    fn check_credentials(&self, broken: &mut Vec<String>) {
        let pickup = &self.credentials.pickup;
        for (person, codes) in &pickup.by_person {
            if codes.len() > crate::credential::pickup::LIVE_CODES_A_PERSON {
                broken.push(format!("I5: person {person} has {} live codes", codes.len()));
            }
        }
        for (id, code) in &pickup.live {
            let found = pickup.by_token.get(&code.token) == Some(id)
                && pickup.by_selector.get(&code.selector).is_some_and(|ids| ids.contains(id))
                && pickup.of_person(code.person).contains(id);
            if !found {
                broken.push(format!("I5: pickup code {id} is not found by all of its keys"));
            }
        }
    }

    /// I2, I5, I11 of doors: an entry that waits for its release has one, one that is at an open door has an open door, a
    /// pass is found by all of its keys, and one ring waits at a door.
    fn check_access(&self, broken: &mut Vec<String>) {
        for (id, entry) in &self.access.entries {
            let Some(point) = self.access.points.get(&entry.point) else {
                broken.push(format!("I1: entry {id} is at door {}, which is not there", entry.point));
                continue;
            };
            if entry.awaits_door() && entry.release.is_none() {
                broken.push(format!("I2: entry {id} waits for a release it never had"));
            }
            if entry.progress == EntryProgress::Open && !point.stands_open() {
                broken.push(format!("I11: entry {id} is at door {}, which is not open", entry.point));
            }
        }
        let passes = &self.credentials.passes;
        for (id, pass) in &passes.live {
            let found = passes.by_token.get(&pass.token) == Some(id)
                && passes.by_selector.get(&pass.selector) == Some(id)
                && passes.over_by(pass.expires).contains(id);
            if !found {
                broken.push(format!("I5: pass {id} is not found by all of its keys"));
            }
        }
        let mut rung_at = BTreeSet::new();
        for (id, ring) in &self.access.rings {
            let point = ring.rung.point;
            if !self.access.points.contains_key(&point) || !rung_at.insert((point, ring.rung.bell)) {
                broken
                    .push(format!("I5: ring {id} is a second one at door {point}, or there is no such door"));
            }
        }
    }
}
