//! What people do: couriers, residents, staff, passers-by and vandals, well or badly, and what the world does to the site.
//! One act at a time, drawn by weight; each is possible at any moment, as in life.

mod doorway;
mod papers;
mod piles;
mod residents;
mod staff;
mod visits;
mod works;
mod world_acts;

use crate::world::World;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::*;

/// One kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A courier identifies and brings something.
    CourierComes,
    /// The next parcel of a visit.
    Brings,
    /// The line runs for a moment.
    Waits,
    /// A hand shuts a door.
    Shuts,
    /// Somebody at an open door says something.
    Says,
    /// What fitted nowhere goes where the screen says.
    PutsElsewhere,
    /// Somebody is done, or touches the screen.
    Leaves,
    /// A courier asks for another pulse.
    OpensAgain,
    /// A courier looks again.
    Fixes,
    /// A resident shows a code.
    Scans,
    /// A resident types one.
    Types,
    /// A resident asks for the next door, opens again, takes from the shelf.
    GoesOn,
    /// A whole delivery, done well.
    DeliversWell,
    /// A whole collection, done well.
    CollectsWell,
    /// A vandal guesses.
    Guesses,
    /// A vandal uses a courier's code for what it is not for.
    Misuses,
    /// Staff look into what is in check.
    Checks,
    /// Staff move a parcel.
    Moves,
    /// Staff hand over.
    HandsOver,
    /// Staff issue or end a code.
    Codes,
    /// People move.
    MovesHouse,
    /// A door is forced, jams, or its contact sticks.
    DoorTrouble,
    /// The boards or the line fail, or are well again.
    LineTrouble,
    /// The mail fails, or is well again.
    MailTrouble,
    /// A clock jumps, or is confirmed.
    ClockTrouble,
    /// The disk fills, or is emptied.
    DiskFills,
    /// Another process looks at the database.
    Checkpoint,
    /// The process or the power ends between two steps.
    Dies,
    /// Hours pass.
    Hours,
    /// Somebody opens one door after the other.
    Storms,
    /// Somebody comes to the door one walks through.
    ComesToTheDoor,
    /// The same code is tried on a copy: it opens what the model says.
    Probes,
    /// A courier puts a pile down without scanning it.
    DropsAPile,
    /// Staff find out whose one of a pile is.
    Sorts,
    /// Staff lay a parcel on a shelf.
    Shelves,
    /// Staff say of what class a parcel is, or keep a place for one.
    Classifies,
    /// The bank is drawn anew.
    Redraws,
    /// The wiring of the bank is tested.
    TestsWiring,
    /// Somebody uses the key of a door.
    UsesKey,
    /// A carrier says that it delivered.
    Claims,
    /// Cameras answer; photos are looked at, held and erased.
    Photographs,
}

/// Every act and how often it comes.
pub const ACTS: [(Act, u32); 32] = [
    (Act::CourierComes, 10),
    (Act::Brings, 24),
    (Act::Waits, 40),
    (Act::Shuts, 40),
    (Act::Says, 8),
    (Act::PutsElsewhere, 4),
    (Act::Leaves, 6),
    (Act::OpensAgain, 3),
    (Act::Fixes, 5),
    (Act::Scans, 24),
    (Act::Types, 6),
    (Act::GoesOn, 8),
    (Act::DeliversWell, 10),
    (Act::CollectsWell, 10),
    (Act::Guesses, 3),
    (Act::Misuses, 3),
    (Act::Checks, 6),
    (Act::Moves, 7),
    (Act::HandsOver, 4),
    (Act::Codes, 4),
    (Act::MovesHouse, 1),
    (Act::DoorTrouble, 3),
    (Act::LineTrouble, 3),
    (Act::MailTrouble, 2),
    (Act::ClockTrouble, 2),
    (Act::DiskFills, 1),
    (Act::Checkpoint, 5),
    (Act::Dies, 2),
    (Act::Hours, 3),
    (Act::Storms, 1),
    (Act::ComesToTheDoor, 6),
    (Act::Probes, 4),
];

/// What is done besides at a furnished property, and how often. Drawn apart from [`ACTS`], so that a seed of a property without all
/// that means the same for ever.
pub const MORE: [(Act, u32); 9] = [
    (Act::DropsAPile, 6),
    (Act::Sorts, 6),
    (Act::Shelves, 3),
    (Act::Classifies, 2),
    (Act::Redraws, 4),
    (Act::TestsWiring, 5),
    (Act::UsesKey, 4),
    (Act::Claims, 6),
    (Act::Photographs, 6),
];

impl World {
    /// One act of a furnished property, drawn.
    pub fn act_more(&mut self) {
        let weights = MORE.map(|(_, weight)| weight);
        let (act, _) = MORE[self.chance.weighted(&weights)];
        self.trace(|| format!("-- {act:?}"));
        self.does(act);
    }

    /// One act, drawn.
    pub fn act(&mut self) {
        let weights = ACTS.map(|(_, weight)| weight);
        let (act, _) = ACTS[self.chance.weighted(&weights)];
        self.trace(|| format!("-- {act:?}"));
        self.does(act);
    }

    /// One act.
    pub fn does(&mut self, act: Act) {
        match act {
            Act::CourierComes => self.courier_comes(),
            Act::Brings => self.brings(),
            Act::Waits => {
                let ms =
                    self.chance.pick(&[30, 200, 400, 1_000, 2_500, 6_000, 20_000, 45_000]).expect("some");
                self.run(ms);
            }
            Act::Shuts => self.shuts(),
            Act::Says => self.says(),
            Act::PutsElsewhere => self.puts_elsewhere(),
            Act::Leaves => self.leaves(),
            Act::OpensAgain => self.opens_again(),
            Act::Fixes => self.fixes(),
            Act::Scans => self.scans(false),
            Act::Types => self.scans(true),
            Act::GoesOn => self.goes_on(),
            Act::DeliversWell => self.delivers_well(),
            Act::CollectsWell => self.collects_well(),
            Act::Guesses => self.guesses(),
            Act::Misuses => self.misuses(),
            Act::Checks => self.checks(),
            Act::Moves => self.moves(),
            Act::HandsOver => self.hands_over(),
            Act::Codes => self.codes(),
            Act::MovesHouse => self.moves_house(),
            Act::DoorTrouble => self.door_trouble(),
            Act::LineTrouble => self.line_trouble(),
            Act::MailTrouble => self.mail_trouble(),
            Act::ClockTrouble => self.clock_trouble(),
            Act::DiskFills => self.disk_fills(),
            Act::Checkpoint => self.another_process_looks(),
            Act::Dies => self.dies(),
            Act::Hours => self.hours(),
            Act::Storms => self.storms(),
            Act::ComesToTheDoor => self.comes_to_the_door(),
            Act::Probes => self.probes(),
            Act::DropsAPile
            | Act::Sorts
            | Act::Shelves
            | Act::Classifies
            | Act::Redraws
            | Act::TestsWiring
            | Act::UsesKey
            | Act::Claims
            | Act::Photographs => self.does_more(act),
        }
    }

    fn does_more(&mut self, act: Act) {
        match act {
            Act::DropsAPile => self.drops_a_pile(),
            Act::Sorts => self.sorts(),
            Act::Shelves => self.shelves(),
            Act::Classifies => self.classifies(),
            Act::Redraws => self.redraws(),
            Act::TestsWiring => self.tests_wiring(),
            Act::UsesKey => self.uses_key(),
            Act::Claims => self.claims(),
            Act::Photographs => self.photographs(),
            _ => unreachable!("one of the others"),
        }
    }

    // -- looking at what anybody can see

    fn site(&mut self) -> &Site {
        self.start();
        self.process.as_ref().expect("started").writer.site()
    }

    fn visits(&mut self, courier: bool) -> Vec<VisitId> {
        self.site().visits.live.iter().filter(|(_, v)| v.is_courier() == courier).map(|(id, _)| *id).collect()
    }

    fn any_visit(&mut self) -> Option<VisitId> {
        let all = [self.visits(true), self.visits(false)].concat();
        self.chance.pick(&all)
    }

    fn a_kiosk(&mut self) -> KioskId {
        if self.chance.once_in(3) { crate::world::K2 } else { crate::world::K1 }
    }

    fn a_size(&mut self) -> Size {
        self.chance.pick(&[Size::S, Size::S, Size::S, Size::M, Size::L]).expect("some")
    }

    fn parcels(&self, which: impl Fn(custody::Custodian) -> bool) -> Vec<ParcelId> {
        self.model.things.iter().filter(|(_, thing)| which(thing.at)).map(|(id, _)| *id).collect()
    }

    fn planned_for(&mut self, parcel: ParcelId) -> Option<CompartmentId> {
        match self.site().custody.get(parcel)?.planned? {
            Place::Compartment(compartment) => Some(compartment),
            Place::Shelf(_) | Place::Desk | Place::Area(_) | Place::TakeBack => None,
        }
    }
}
