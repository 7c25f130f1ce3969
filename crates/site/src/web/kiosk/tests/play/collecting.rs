//! A resident collects what waits behind doors and on a shelf.

use super::super::kiosk::draft::Stage;
use super::building::Play;
use super::{Shown, at};
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{CheckOut, LookedFor};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::*;

const AFAR: KioskId = KioskId(2);

pub fn collecting() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    for (unit, size) in [(1, Size::S), (1, Size::L), (2, Size::M)] {
        play.deposit(visit, Some(unit), size);
        play.opens();
        play.shut();
    }
    play.fill();
    let shelved = play.deposit(visit, Some(1), Size::M);
    play.must(Command::PutElsewhere { visit, parcel: shelved });
    play.must(Command::Finish { visit });
    let resident = play.pick_up(1);
    let mut all = vec![play.show("collect-opening", at(Stage::Start))];
    play.opens();
    all.push(play.show("collect", at(Stage::Start)));
    play.must(Command::NotMine { visit: resident });
    all.push(play.show("collect-not-mine", at(Stage::Start)));
    play.shut();
    play.opens();
    all.push(play.show("collect-last", at(Stage::Start)));
    play.shut();
    all.push(play.show("rest-shelf", at(Stage::Start)));
    play.must(Command::NotThere(LookedFor { parcel: shelved, visit: Some(resident) }));
    all.push(play.show("rest-missed", at(Stage::Start)));
    play.must(Command::TakeFromShelf { visit: resident, out: CheckOut::by_tap(shelved) });
    all.push(play.show("rest-done", at(Stage::Start)));
    let compartment = *play.site.graces.keys().next().expect("a grace");
    play.must(Command::Reopen { visit: resident, compartment });
    play.opens();
    all.push(play.show("collect-again", at(Stage::Start)));
    play.shut();
    play.must(Command::Finish { visit: resident });
    play.pick_up(3);
    for _ in 0..3 {
        play.pulse(PulseOutcome::StillClosed);
        play.wait(Span::seconds(2));
    }
    all.push(play.show("rest-stuck", at(Stage::Start)));
    all.push(far_away());
    all
}

/// One parcel behind a door of the other bank.
fn far_away() -> Shown {
    let mut play = Play::new();
    let visit = play.log_in_at(AFAR);
    play.deposit(visit, Some(1), Size::M);
    play.opens();
    play.shut();
    play.must(Command::Finish { visit });
    play.pick_up(1);
    play.show("rest-elsewhere", at(Stage::Start))
}
