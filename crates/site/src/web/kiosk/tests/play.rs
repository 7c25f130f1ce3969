//! A small building played through, and every screen its kiosk comes to on the way: for looking at, and for the tests.
//!
//! Shared by the tests and the example `kiosk_gallery`; the includer names the kiosk module `kiosk`.

// Each by its path: the example reads this file by its path too, and would look for them beside it.
#[path = "play/building.rs"]
mod building;
#[path = "play/collecting.rs"]
mod collecting;
#[path = "play/describing.rs"]
mod describing;
#[path = "play/mending.rs"]
mod mending;
#[path = "play/naming.rs"]
pub mod naming;
#[path = "play/placing.rs"]
pub mod placing;

use super::kiosk::draft::{Comfort, Draft, Recipient, Said, Stage, Trouble};
use super::kiosk::facts::Facts;
use building::NOON;
pub use building::Play;
use collecting::collecting;
use describing::describing;
use mending::mending;
pub use naming::names;
use placing::{doors, elsewhere};
use vestibule_core::place::compartment::Size;
use vestibule_core::*;

/// A screen to be.
pub struct Shown {
    pub name: String,
    pub facts: Facts,
    pub draft: Draft,
}

fn household(unit: u32) -> Recipient {
    Recipient::Household { unit: UnitId(unit), addressee: None, reach: false }
}

fn at(stage: Stage) -> Draft {
    Draft { stage, ..Draft::default() }
}

fn said(stage: Stage, said: Said) -> Draft {
    Draft { stage, said: Some(said), ..Draft::default() }
}

/// Every screen.
pub fn shown() -> Vec<Shown> {
    let mut all = entrance();
    all.extend(describing());
    all.extend(doors());
    all.extend(elsewhere());
    all.extend(mending());
    all.extend(collecting());
    all
}

fn entrance() -> Vec<Shown> {
    let mut play = Play::new();
    let mut all = vec![
        play.show("start", at(Stage::Start)),
        play.show(
            "start-ease",
            Draft { comfort: Comfort { ease: true, ..Comfort::default() }, ..at(Stage::Start) },
        ),
        play.show("start-scan", said(Stage::Start, Said::Trouble(Trouble::OtherBuilding))),
        play.show("help", at(Stage::Help)),
        play.show("pick-up", at(Stage::PickUp)),
        play.show("pick-up-typo", said(Stage::PickUp, Said::Refused(Refusal::Mistyped))),
        play.show("pick-up-nothing", said(Stage::PickUp, Said::Refused(Refusal::NothingWaits))),
        play.show("deliver", at(Stage::Deliver)),
        play.show(
            "deliver-paused",
            said(Stage::Deliver, Said::Refused(Refusal::KioskPaused { until: NOON + Span::minutes(4) })),
        ),
    ];
    let visit = play.log_in();
    play.deposit(visit, Some(1), Size::M);
    play.opens();
    play.wait(Span::seconds(70));
    play.wait(Span::minutes(59));
    all.push(play.show("start-left-open", at(Stage::Start)));
    all
}
