//! Residents with their codes, vandals with those of others.

use crate::world::{Code, K1, K3, World, typed};
use std::collections::BTreeSet;
use vestibule_core::code::{CodeHash, Seed};
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::Size;
use vestibule_core::visit::Visitor;
use vestibule_core::vocabulary::command::{CheckOut, Fix, LookedFor, ParcelWords, Proof, RecipientChoice};
use vestibule_core::vocabulary::decision::Input;
use vestibule_core::*;

impl World {
    /// A code somebody holds; mostly of somebody for whom something waits.
    fn a_code(&mut self) -> Option<Code> {
        let held = self.letters.held.clone();
        let waits = |code: &Code| code.person.is_some_and(|person| self.model.has_anything(person));
        let useful: Vec<_> = held.iter().filter(|code| waits(code)).cloned().collect();
        if useful.is_empty() || self.chance.once_in(8) {
            self.chance.pick(&held)
        } else {
            self.chance.pick(&useful)
        }
    }

    pub(super) fn scans(&mut self, types: bool) {
        let Some(code) = self.a_code() else { return self.run(5_000) };
        let kiosk = self.a_kiosk();
        let proof = if types && !code.selector.is_empty() {
            code.typed(self.keys())
        } else {
            code.scanned(self.keys())
        };
        let times = 1 + self.chance.below(12) / 11;
        for _ in 0..times {
            self.answer(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof: proof.clone() });
        }
        self.run(700);
    }

    pub(super) fn goes_on(&mut self) {
        let residents = self.visits(false);
        let Some(visit) = self.chance.pick(&residents) else { return };
        let any = CompartmentId(u32::try_from(self.chance.below(6)).expect("small") + 1);
        let emptied: Vec<_> = self.site().graces.keys().copied().collect();
        let compartment = self.chance.pick(&emptied).unwrap_or(any);
        let shelved = self.parcels(|at| matches!(at, Custodian::Shelf(_)));
        let command = match (self.chance.below(3), self.chance.pick(&shelved)) {
            (0, _) => Command::NextDoor { visit },
            (1, Some(parcel)) if parcel.0 % 7 == 3 => return self.looks_in_vain(visit, parcel),
            (1, Some(parcel)) => {
                let is_scanned = parcel.0 % 2 == 0;
                let out = CheckOut { is_scanned, ..CheckOut::by_tap(parcel) };
                Command::TakeFromShelf { visit, out }
            }
            _ => Command::Reopen { visit, compartment },
        };
        self.answer(Actor::Visit(visit), command);
        self.run(600);
    }

    /// It is not on its shelf; some find it after all.
    fn looks_in_vain(&mut self, visit: VisitId, parcel: ParcelId) {
        let looked = LookedFor { parcel, visit: Some(visit) };
        self.answer(Actor::Visit(visit), Command::NotThere(looked));
        self.run(600);
        if parcel.0.is_multiple_of(2) {
            let out = CheckOut::by_tap(parcel);
            self.answer(Actor::Visit(visit), Command::TakeFromShelf { visit, out });
            self.run(600);
        }
    }

    pub(super) fn collects_well(&mut self) {
        let Some(code) = self.a_code() else { return };
        let proof = code.scanned(self.keys());
        let come = self.answer(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof });
        let Some(Ok(Answer::PickUp { visit, here, .. })) = come else { return };
        for _ in 0..=here.len() {
            self.run(900);
            let at = self.site().openings.of_visit(visit).map(|(_, opening)| opening.compartment);
            let Some(door) = at.filter(|door| self.line.is_ajar(*door)) else { break };
            self.run(1_500);
            self.shuts_this(door, true);
            self.run(700);
        }
        self.answer(Actor::Visit(visit), Command::Finish { visit });
        self.run(500);
    }

    pub(super) fn guesses(&mut self) {
        let selector = self.chance.pick(&["301", "302", "303", "999"]).expect("some");
        for _ in 0..=self.chance.below(6) {
            let mut digits: String = (0..8)
                .map(|_| char::from(b'0' + u8::try_from(self.chance.below(10)).expect("a digit")))
                .collect();
            digits.extend(vestibule_core::code::damm::check_digit(&digits));
            let hash = vestibule_core::code::pin::pin_hash(&**self.keys(), selector, &digits);
            let proof = typed(selector, &digits, hash);
            self.answer(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof });
        }
    }

    /// A courier's code where a pickup is asked, a resident's where a courier is; a forged token; somebody else's visit.
    pub(super) fn misuses(&mut self) {
        let courier = self.letters.couriers[0].scanned(self.keys());
        let asked = self.answer(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof: courier });
        assert!(!matches!(asked, Some(Ok(_))), "I5: a courier's code collected");
        if let Some(code) = self.a_code() {
            let proof = code.scanned(self.keys());
            let asked = self.answer(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof });
            assert!(!matches!(asked, Some(Ok(_))), "I5: a resident's code delivered");
        }
        let proof = vestibule_core::vocabulary::command::Proof::Token(CodeHash(self.chance.bytes()));
        let asked = self.answer(Actor::Kiosk(K1), Command::PickUp { kiosk: K1, proof });
        assert!(!matches!(asked, Some(Ok(_))), "I5: a forged token opened something");
        self.fixes_with_anothers_code();
        let visit = VisitId(self.chance.below(40));
        let parcel = ParcelId(self.chance.below(40));
        let other = Actor::Visit(VisitId(visit.0 + 1));
        let asked = self.answer(other, Command::TakeFromShelf { visit, out: CheckOut::by_scan(parcel) });
        assert!(!matches!(asked, Some(Ok(_))), "I5: somebody acted in another's visit");
        let looked = LookedFor { parcel, visit: Some(visit) };
        let asked = self.answer(other, Command::NotThere(looked));
        assert!(!matches!(asked, Some(Ok(_))), "I5: somebody spoke in another's visit");
    }

    /// The next person at a courier's open visit: to look again, the code of that visit is asked.
    pub(super) fn fixes_with_anothers_code(&mut self) {
        let Some((visit, parcel, proof)) = self.anothers_code() else { return };
        let asked =
            self.answer(Actor::Visit(visit), Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof });
        assert!(!matches!(asked, Some(Ok(_))), "I5: a deposit was opened again by another's code");
    }

    /// The same, to put one more beside what that visit left.
    pub(super) fn puts_beside_with_anothers_code(&mut self) {
        let Some((visit, parcel, proof)) = self.anothers_code() else { return };
        let Some(unit) = self.site().custody.get(parcel).and_then(|facts| facts.unit) else { return };
        let recipient = RecipientChoice::Household { unit, addressee: None };
        let (size, together) = (Size::S, Some(proof));
        let words =
            ParcelWords { recipient, size, heavy: false, reach: false, together, label: None, class: None };
        let asked = self.answer(Actor::Visit(visit), Command::Deposit { visit, words });
        assert!(!matches!(asked, Some(Ok(_))), "I5: one more was put beside a deposit by another's code");
    }

    /// A courier's open visit, the last parcel it left, and the code of somebody else.
    fn anothers_code(&mut self) -> Option<(VisitId, ParcelId, Proof)> {
        let (visit, credential, parcel) =
            self.site().visits.live.iter().find_map(|(id, visit)| match visit.visitor {
                Visitor::Courier { credential, .. } => Some((*id, credential, *visit.deposits.last()?)),
                Visitor::Resident { .. } | Visitor::Guest { .. } => None,
            })?;
        let other = self.letters.couriers.iter().find(|code| code.credential != Some(credential))?;
        Some((visit, parcel, other.scanned(self.keys())))
    }

    /// Tries a code on a copy of the site at a kiosk nobody else uses: it opens what the model says, or nothing.
    pub(super) fn probes(&mut self) {
        let Some(code) = self.a_code() else { return };
        if let Some(person) = code.person {
            self.probe(person, &code);
        }
    }

    /// So many openings lately that the breaker may refuse the next ones.
    fn breaker_is_near(&mut self) -> bool {
        self.start();
        let now = self.model.now;
        let site = self.site();
        site.openings.admits(BankId(1), site.policy.breaker_per_minute.saturating_sub(6), now).is_err()
    }

    /// What a code opens now. Some: it was accepted.
    pub fn probe(&mut self, person: PersonId, code: &Code) -> Option<BTreeSet<CompartmentId>> {
        let keys = self.keys().clone();
        let proof = code.scanned(&keys);
        // A start moves the clock, so the site is looked at first.
        let mut site = self.site().clone();
        let now = self.model.now;
        let ctx = Context { now, seed: Seed([9; 32]), hasher: &*keys };
        let mut opened = BTreeSet::new();
        let command = Command::PickUp { kiosk: K3, proof };
        let first = site.apply(&Input::Command { actor: Actor::Kiosk(K3), command }, &ctx);
        let accepted = first.answer.is_ok();
        let mut events = first.events;
        while let Some(door) = events.iter().find_map(|event| match event {
            Event::OpeningAuthorised { compartment, .. } => Some(*compartment),
            _ => None,
        }) {
            assert!(opened.insert(door), "I5: {door} is opened twice for one code");
            events.clear();
            for open in [true, false] {
                let seen = Observation::DoorSeen { compartment: door, open };
                events.extend(site.apply(&Input::Observation(seen), &ctx).events);
            }
        }
        let may = &self.model.opens_for(person) - &self.model.busy();
        assert!(opened.is_subset(&may), "I5: {person}'s code opened {opened:?}, may open {may:?}");
        let credential = code.credential.expect("a person's code");
        let live = self.site().credentials.pickup.live.contains_key(&credential);
        let silent = self.site().layout.silent.contains(&BankId(1));
        let near_the_breaker = self.breaker_is_near();
        if live && accepted && !silent && !near_the_breaker && !self.model.lost.contains(&person) {
            assert_eq!(opened, may, "{person}'s living code opens all that is theirs");
        }
        accepted.then_some(opened)
    }
}
