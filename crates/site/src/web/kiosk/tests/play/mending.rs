//! What a courier has brought, put right and ended.

use super::super::kiosk::draft::{Draft, Mend, Stage};
use super::super::kiosk::facts::Tally;
use super::building::Play;
use super::{Shown, at, household};
use vestibule_core::Command;
use vestibule_core::place::compartment::Size;

pub fn mending() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    let mut parcels = Vec::new();
    for (unit, size) in
        [(Some(1), Size::S), (Some(2), Size::M), (None, Size::M), (Some(3), Size::L), (Some(1), Size::M)]
    {
        parcels.push(play.deposit(visit, unit, size));
        play.opens();
        play.shut();
    }
    play.fill();
    let shelved = play.deposit(visit, Some(2), Size::XL);
    play.must(Command::PutElsewhere { visit, parcel: shelved });
    let mend = |stage, mend| Draft { mend: Some((parcels[1], mend)), ..at(stage) };
    let done = play.show("summary", at(Stage::Summary));
    let tally = Tally::of(&done.facts.courier.as_ref().expect("a courier").done);
    let mut all = vec![
        play.show("list", at(Stage::List)),
        play.show("fix-what", mend(Stage::FixWhat, Mend::Open)),
        play.show("fix-address", mend(Stage::Address, Mend::Readdress(None))),
        play.show("fix-code", mend(Stage::FixCode, Mend::Readdress(Some(household(3))))),
        done,
    ];
    play.must(Command::Finish { visit });
    all.push(play.show("goodbye", Draft { goodbye: Some(tally), ..at(Stage::Start) }));
    all
}
