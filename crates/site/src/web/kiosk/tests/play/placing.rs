//! Where a parcel goes: into a compartment, or elsewhere where none is to be had.

use super::super::kiosk::draft::{Draft, Next, Stage};
use super::building::{KIOSK, Play};
use super::{Shown, at, household};
use vestibule_core::custody::class::ParcelClass::{Medicine, Signature};
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{DrawnRoom, DrawnShelf};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

pub fn doors() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    play.deposit(visit, Some(1), Size::S);
    let mut all = vec![play.show("opening", at(Stage::Start))];
    play.pulse(PulseOutcome::StillClosed);
    all.push(play.show("jammed", at(Stage::Start)));
    play.wait(Span::seconds(2));
    play.opens();
    all.push(play.show("deposit", at(Stage::Start)));
    play.must(Command::BiggerDoor { visit });
    all.push(play.show("deposit-bigger", at(Stage::Start)));
    play.shut();
    play.opens();
    play.deposit(visit, Some(2), Size::M);
    all.push(play.show("deposit-queued", at(Stage::Start)));
    play.must(Command::SomethingInside { visit });
    all.push(play.show("deposit-inside", at(Stage::Start)));
    play.wait(Span::seconds(25));
    play.must(Command::Continue { visit });
    play.wait(Span::seconds(25));
    play.must(Command::Continue { visit });
    play.wait(Span::seconds(12));
    all.push(play.show("deposit-held", at(Stage::Start)));
    let mut restarted = Play::new();
    let visit = restarted.log_in();
    restarted.deposit(visit, Some(1), Size::S);
    restarted.see(Observation::Started { boot: 2 });
    all.push(restarted.show("resting", at(Stage::Start)));
    all
}

pub fn elsewhere() -> Vec<Shown> {
    let mut play = Play::new();
    play.fill();
    let visit = play.log_in();
    let parcel = play.deposit(visit, Some(1), Size::M);
    let mut all = vec![play.show("elsewhere-shelf", at(Stage::Start))];
    play.must(Command::PutElsewhere { visit, parcel });
    for (name, place) in [
        ("elsewhere-desk", place::Place::Desk),
        ("elsewhere-area", place::Place::Area(AreaId(1))),
        ("elsewhere-take-back", place::Place::TakeBack),
        ("waiting", place::Place::Compartment(CompartmentId(3))),
    ] {
        let mut there = Play::new();
        there.fill();
        let visit = there.log_in();
        let parcel = there.deposit(visit, Some(1), Size::M);
        there.site.evolve(&Event::PlacePlanned { parcel, place }, there.now);
        all.push(there.show(name, at(Stage::Start)));
    }
    for (name, class, hours) in
        [("elsewhere-sign", Signature, vec![WeekWindow::ALWAYS]), ("elsewhere-keep", Medicine, Vec::new())]
    {
        let mut there = Play::new();
        there.fill();
        there.must(Command::SetDeskHours { hours });
        let visit = there.log_in();
        there.deposit_of(visit, (Some(1), Some(class)), Size::M);
        all.push(there.show(name, at(Stage::Start)));
    }
    all
}

/// A parcel whose size is asked where neither a door nor a shelf is in sight.
pub fn without_doors() -> Shown {
    let mut play = Play::new();
    play.must(Command::SetKioskBanks { kiosk: KIOSK, banks: Vec::new() });
    play.site.layout.shelves.clear();
    play.log_in();
    let next = Next { recipient: Some(household(1)), ..Next::default() };
    play.show("size-without-doors", Draft { next, ..at(Stage::Size) })
}

/// A room whose lower and upper apartments have a spot each.
fn zoned_room() -> DrawnRoom {
    use vestibule_core::place::room::{RoomPlan, RoomZone, ShelfPlace, Spot as Stands, ZoneFor};
    let zone = |label: &str, from, to| RoomZone { label: label.into(), suits: ZoneFor::Keypads { from, to } };
    let shelf = |label: &str, left_mm, zone| {
        let spot = Stands::Floor { left_mm, top_mm: 0, width_mm: 500, depth_mm: 500 };
        DrawnShelf { label: label.into(), place: ShelfPlace { spot, zone: Some(zone) }, takes: None }
    };
    let plan = RoomPlan {
        label: "Package room".into(),
        door: None,
        door_mm: 1_000,
        width_mm: 3_000,
        depth_mm: 2_000,
        racks: Vec::new(),
        zones: vec![zone("Lower", 1, 999), zone("Upper", 1_000, 8_999)],
    };
    DrawnRoom { room: None, was: 0, plan, shelves: vec![shelf("Z1", 0, 0), shelf("Z2", 1_000, 1)] }
}

/// Where all doors are taken and each apartment has its zone, the sizes of a parcel for 1202; and the shelf it is sent to then.
pub fn in_zones() -> (Shown, String) {
    let mut play = Play::new();
    play.fill();
    play.must(Command::DrawRoom(zoned_room()));
    let visit = play.log_in();
    let next = Next { recipient: Some(household(2)), ..Next::default() };
    let shown = play.show("size-zones", Draft { next, ..at(Stage::Size) });
    let parcel = play.deposit(visit, Some(2), Size::M);
    let Some(place::Place::Shelf(shelf)) = play.site.custody.get(parcel).and_then(|known| known.planned)
    else {
        panic!("a shelf")
    };
    (shown, play.site.layout.shelves[&shelf].clone())
}
