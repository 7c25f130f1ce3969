//! Couriers at a kiosk, and hands at doors.

use crate::world::{K1, World};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::place::Place;
use vestibule_core::visit::Visitor;
use vestibule_core::vocabulary::command::{Fix, LabelClaim, ParcelWords, Proof, RecipientChoice};
use vestibule_core::*;

/// Most people do what the screen says.
const HONEST: u64 = 14;

impl World {
    pub(super) fn courier_comes(&mut self) {
        let kiosk = self.a_kiosk();
        let Some(code) = self.chance.pick(&self.letters.couriers.clone()) else { return };
        let proof = if self.chance.once_in(2) {
            code.scanned(self.keys())
        } else {
            code.typed_by_courier(self.keys())
        };
        self.answer(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof });
        self.run(200);
        self.brings();
    }

    fn words(&mut self, visit: VisitId) -> ParcelWords {
        let unit = UnitId(self.chance.pick(&[1, 1, 2, 2, 3, 3, 4]).expect("some"));
        let household: Vec<_> = self.model.households.get(&unit).into_iter().flatten().copied().collect();
        let addressee = if self.chance.once_in(2) { self.chance.pick(&household) } else { None };
        let recipient = RecipientChoice::Household { unit, addressee };
        let together = if self.chance.once_in(4) { self.code_of_visit(visit) } else { None };
        let (size, heavy, label) = (self.a_size(), self.chance.once_in(8), self.a_label());
        // One in four is of a class; most of those may lie behind any door.
        let class = ParcelClass::ALL.into_iter().nth(usize::try_from(self.chance.below(16)).expect("small"));
        ParcelWords { recipient, size, heavy, reach: false, together, label, class }
    }

    /// Few numbers, so that many a one comes twice on a day; every other parcel has no label.
    fn a_label(&mut self) -> Option<LabelClaim> {
        let (number, another) = (self.chance.below(20), self.chance.once_in(2));
        let mark = LabelMark::of(&**self.keys(), &format!("TBA{number:012}"));
        (number < 10).then_some(LabelClaim { mark, another })
    }

    /// The next parcel. Who is told that it is here already was told the truth; the answer a death kept from them comes again
    /// as it was, though its carrier may have taken the parcel back meanwhile.
    fn deposits(&mut self, visit: VisitId, words: ParcelWords) -> Option<Result<Answer, Refusal>> {
        let label = words.label;
        let outcome = self.ask(Actor::Visit(visit), Command::Deposit { visit, words })?;
        if let (Err(Refusal::AlreadyHere { parcel }), false) = (&outcome.answer, outcome.repeated) {
            self.model.reads(label, Some(*parcel));
        }
        Some(outcome.answer)
    }

    /// The code a courier came with, given again.
    pub fn code_of_visit(&mut self, visit: VisitId) -> Option<Proof> {
        let Visitor::Courier { credential, .. } = self.site().visits.live.get(&visit)?.visitor else {
            return None;
        };
        let code = self.letters.couriers.iter().find(|code| code.credential == Some(credential));
        Some(code.expect("theirs").scanned(self.keys()))
    }

    pub(super) fn brings(&mut self) {
        let couriers = self.visits(true);
        let Some(visit) = self.chance.pick(&couriers) else { return };
        self.puts_beside_with_anothers_code();
        let words = self.words(visit);
        if self.chance.once_in(12) {
            // The label is scanned twice in a hurry.
            self.deposits(visit, words.clone());
        }
        self.deposits(visit, words);
        self.run(400);
    }

    /// A hand shuts a door that stands open, having done what the screen said, or not.
    pub(super) fn shuts(&mut self) {
        let ajar = self.ajar();
        let Some(door) = self.chance.pick(&ajar) else { return self.run(300) };
        let honest = !self.chance.once_in(HONEST);
        self.shuts_this(door, honest);
        let ms = self.chance.pick(&[100, 400, 600, 2_500]).expect("some");
        self.run(ms);
    }

    /// A hand shuts this door.
    pub fn shuts_this(&mut self, door: CompartmentId, honest: bool) {
        self.trace(|| format!("  a hand shuts {door}, honestly: {honest}"));
        if self.push_shut(door) {
            self.did_at(door, honest);
        }
    }

    pub(super) fn says(&mut self) {
        let open = self.site().openings.live.values().filter(|o| o.opened.is_some());
        let at_doors: Vec<_> = open.filter_map(|o| o.purpose.visit()).collect();
        let Some(visit) = self.chance.pick(&at_doors) else { return };
        let door = self.site().openings.of_visit(visit).map(|(_, opening)| opening.compartment);
        if let Some(door) = door.filter(|door| !self.line.is_ajar(*door)) {
            // Shut a moment ago, and said too late: what they did is not what they say.
            self.mischief(door);
        }
        let is_courier = self.visits(true).contains(&visit);
        let said = if is_courier {
            [
                Command::BiggerDoor { visit },
                Command::NotLeftHere { visit },
                Command::SomethingInside { visit },
            ]
        } else {
            [Command::LeaveInside { visit }, Command::NotMine { visit }, Command::WasEmpty { visit }]
        };
        let said = self.chance.pick(&said).expect("three");
        self.answer(Actor::Visit(visit), said);
        self.run(200);
    }

    pub(super) fn puts_elsewhere(&mut self) {
        let couriers = self.visits(true);
        let Some(visit) = self.chance.pick(&couriers) else { return };
        let in_hand = self.parcels(|at| at == Custodian::Courier(visit));
        let told = |place: Option<Place>| matches!(place, Some(Place::Shelf(_) | Place::TakeBack));
        let site = self.site();
        let elsewhere: Vec<_> =
            in_hand.into_iter().filter(|p| told(site.custody.get(*p).and_then(|p| p.planned))).collect();
        let Some(parcel) = self.chance.pick(&elsewhere) else { return };
        self.answer(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    }

    pub(super) fn leaves(&mut self) {
        let Some(visit) = self.any_visit() else { return };
        let command =
            if self.chance.once_in(3) { Command::Continue { visit } } else { Command::Finish { visit } };
        self.answer(Actor::Visit(visit), command);
        self.run(200);
    }

    pub(super) fn opens_again(&mut self) {
        let couriers = self.visits(true);
        let Some(visit) = self.chance.pick(&couriers) else { return };
        self.answer(Actor::Visit(visit), Command::OpenAgain { visit });
        self.run(600);
    }

    pub(super) fn fixes(&mut self) {
        self.fixes_with_anothers_code();
        let couriers = self.visits(true);
        let Some(visit) = self.chance.pick(&couriers) else { return };
        let deposits = self.site().visits.live[&visit].deposits.clone();
        let Some(parcel) = self.chance.pick(&deposits) else { return };
        let Some(proof) = self.code_of_visit(visit) else { return };
        self.answer(Actor::Visit(visit), Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof });
        self.run(600);
    }

    /// A courier comes, brings one to three parcels, shuts each door and leaves.
    pub(super) fn delivers_well(&mut self) {
        // The one that lasts longest.
        let Some(code) = self.letters.couriers.last().cloned() else { return };
        let proof = code.scanned(self.keys());
        let come = self.answer(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof });
        let Some(Ok(Answer::Visit { visit })) = come else { return };
        for _ in 0..=self.chance.below(3) {
            let words = self.words(visit);
            let Some(Ok(Answer::Parcel { parcel, .. })) = self.deposits(visit, words) else {
                break;
            };
            self.run(900);
            match self.planned_for(parcel).filter(|door| self.line.is_ajar(*door)) {
                Some(door) => {
                    self.run(600);
                    self.shuts_this(door, true);
                    self.run(700);
                }
                None => drop(self.answer(Actor::Visit(visit), Command::PutElsewhere { visit, parcel })),
            }
        }
        self.answer(Actor::Visit(visit), Command::Finish { visit });
        self.run(2_000);
    }
}
