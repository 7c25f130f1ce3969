//! Work at the bank: it is drawn anew, its wiring is tested, somebody uses the key.

use crate::line::BOARD;
use crate::world::{DOORS, STAFF, World};
use vestibule_core::place::wiring::WhatOpened;
use vestibule_core::vocabulary::command::{DrawnCompartment, StaffReason, WiringStep};
use vestibule_core::*;

const BANK: BankId = BankId(1);

impl World {
    /// Staff change one thing of the drawing: rightly, or so that it must be refused.
    pub(super) fn redraws(&mut self) {
        let (was, mut drawn) = self.drawing();
        let at = usize::try_from(self.chance.below(drawn.len() as u64)).expect("an index");
        let is_at_rest = self.wiring_is_settled();
        match self.chance.below(6) {
            0 | 1 if is_at_rest => return self.replaces(at),
            0..=2 => drawn[at].spec.label = unused(was),
            3 => drawn[at].spec.width_mm = 300 + u32::try_from(self.chance.below(200)).expect("small"),
            4 => {
                let next = (at + 1) % drawn.len();
                drawn[at].spec.label = drawn[next].spec.label.clone();
            }
            _ => {
                let former = &self.site().layout.former;
                let former: Vec<_> = former.iter().map(|(label, of)| (label.clone(), *of)).collect();
                let anothers = former.into_iter().find(|(_, of)| Some(*of) != drawn[at].compartment);
                let Some((label, _)) = anothers else { return };
                drawn[at].spec.label = label;
            }
        }
        let was = if self.chance.once_in(8) { was + 1 } else { was };
        self.answer(STAFF, Command::ChangeBank { bank: BANK, was, compartments: drawn });
        self.run(600);
    }

    /// A door goes, and another one comes in its place.
    pub fn replaces(&mut self, at: usize) {
        let (was, mut drawn) = self.drawing();
        let mut comes = drawn.remove(at);
        (comes.compartment, comes.spec.label) = (None, unused(was));
        drawn.push(comes);
        self.answer(STAFF, Command::ChangeBank { bank: BANK, was, compartments: drawn });
        self.run(600);
    }

    /// The drawing that holds, and which one it is.
    fn drawing(&mut self) -> (u32, Vec<DrawnCompartment>) {
        let site = self.site();
        let one = |id: &CompartmentId| {
            let spec = site.compartments.get(*id)?.spec.clone();
            Some(DrawnCompartment { compartment: Some(*id), spec })
        };
        (site.layout.drawing(BANK), site.layout.banks[&BANK].iter().filter_map(one).collect())
    }

    /// No door waits for a lock and no lock for a door: the next one that comes hangs where one went.
    fn wiring_is_settled(&mut self) -> bool {
        let map = self.site().wiring.maps.get(&BANK);
        map.is_some_and(|map| map.unproven.is_empty() && map.spare.is_empty())
    }

    /// Staff with a phone before the bank. Now and then they say of one lock that it opens another's door, and would keep that; who
    /// comes after them begins anew. The coils here cannot be told from the doors, so no lie may ever be in the map.
    pub(super) fn tests_wiring(&mut self) {
        let lies = self.chance.once_in(4);
        let anew = lies || self.chance.once_in(3) || self.lied_in_test;
        if !self.wires(WiringStep::Begin { told: true, anew }) {
            return;
        }
        self.lied_in_test = lies;
        self.run(300);
        let doors = self.doors_to_try();
        for (door, other) in &doors {
            self.tries_lock(*door, other.filter(|_| lies));
        }
        match self.chance.below(8) {
            0 => {}
            1 => drop(self.wires(WiringStep::Stop)),
            _ => {
                if !self.wires(WiringStep::Keep) {
                    self.wires(WiringStep::Stop);
                }
            }
        }
        self.run(600);
    }

    /// Those nobody is sure of; else one of the others, with its neighbour.
    fn doors_to_try(&mut self) -> Vec<(CompartmentId, Option<CompartmentId>)> {
        let Some(map) = self.site().wiring.maps.get(&BANK).cloned() else { return Vec::new() };
        let unsure: Vec<_> =
            map.unproven.iter().filter(|id| map.channels.contains_key(id)).copied().collect();
        if !unsure.is_empty() {
            return unsure.into_iter().map(|id| (id, None)).collect();
        }
        let all: Vec<_> = map.channels.keys().copied().collect();
        let at = usize::try_from(self.chance.below(all.len() as u64)).expect("an index");
        vec![(all[at], Some(all[(at + 1) % all.len()]))]
    }

    /// One lock is pulsed; what sprang open is shut again and said, or another door is said.
    pub fn tries_lock(&mut self, door: CompartmentId, lie: Option<CompartmentId>) {
        if self.line.is_ajar(door) {
            self.shuts_this(door, true);
            self.run(2_500);
        }
        if !self.wires(WiringStep::Try { compartment: door, told: true }) {
            return;
        }
        self.run(900);
        let sprang = self.line.is_ajar(door);
        if sprang {
            self.run(600);
            self.push_shut(door);
            self.run(900);
        }
        let opened = match lie {
            Some(other) => WhatOpened::Door(other),
            None if sprang => WhatOpened::Door(door),
            None => WhatOpened::Nothing,
        };
        self.wires(WiringStep::Say { opened });
    }

    /// A step of the test. Whether it was done.
    pub fn wires(&mut self, step: WiringStep) -> bool {
        matches!(self.answer(STAFF, Command::Wiring { bank: BANK, step }), Some(Ok(_)))
    }

    /// Somebody opens a door with the key: said before, said before and too late, or said by nobody and explained, or not.
    pub(super) fn uses_key(&mut self) {
        let number = u8::try_from(self.chance.below(DOORS.into())).expect("small");
        let door = self.line.door(number + 1);
        match self.chance.below(4) {
            0 => {
                self.pulls_open(door);
                self.mischief(door);
            }
            kind => {
                let reason = StaffReason::Maintenance;
                self.answer(STAFF, Command::AnnounceKey { compartment: door, reason });
                if kind == 1 {
                    self.skip(Span::minutes(11));
                    self.mischief(door);
                }
                self.pulls_open(door);
            }
        }
        if self.push_shut(door) {
            self.run(2_600);
        }
        if self.chance.once_in(2) {
            let (holder, reason) = (StaffId(1), StaffReason::HelpResident);
            self.answer(STAFF, Command::ExplainForced { compartment: door, holder, reason });
        }
    }

    /// A door is opened past its lock. Where an opening of it goes on, that is mischief: nobody can tell them apart.
    pub fn pulls_open(&mut self, door: CompartmentId) {
        let is_busy = self.site().compartments.get(door).is_none_or(|c| c.opening.is_some());
        if is_busy || self.line.is_ajar(door) {
            self.mischief(door);
        }
        let lock = self.line.lock(door);
        self.trace(|| format!("  {door} is opened with the key"));
        self.line.boards.pull_open(BOARD, lock, self.now_ms);
        self.run(2_600);
    }
}

/// A number that no door has had: drawings are counted.
fn unused(was: u32) -> String {
    (100 + was).to_string()
}
