//! A courier says whose a parcel is and how large: by its label, by an apartment or by a name.

use super::super::kiosk::draft::{Candidate, Draft, Known, Next, Reading, Recipient, Said, Stage, Trouble};
use super::super::kiosk::facts::Spot;
use super::building::Play;
use super::{Shown, at, household};
use vestibule_core::custody::class::ParcelClass::Signature;
use vestibule_core::place::compartment::Size;
use vestibule_core::*;
use vestibule_intake::evidence::Confirmed;

fn known(door: Option<&str>) -> Option<Known> {
    Some(Known { spot: door.map(|door| Spot::Door(door.to_owned())) })
}

fn scanned() -> Next {
    Next { tracking: Some("1Z999AA10123456784".into()), carrier: Some("UPS"), ..Next::default() }
}

/// A label that was looked up, with what must be seen.
fn flagged(flags: &str) -> Reading {
    let guess = format!(r#"{{"guess":{{"decision":"ask","offered":[],"flags":{flags}}}}}"#);
    serde_json::from_str(&guess).expect("a reading")
}

/// A label whose recipient was filled in.
fn suggested(unit: u32, candidates: Vec<Candidate>, flags: &str) -> Next {
    let addressee = (unit == 1).then_some(PersonId(1));
    Next {
        recipient: Some(Recipient::Household { unit: UnitId(unit), addressee, reach: false }),
        addressed_to: Some("ALVAREZ M".into()),
        candidates,
        reading: flagged(flags),
        way: Some(Confirmed::Suggested),
        ..scanned()
    }
}

/// A label for the house next door.
fn of_another_house() -> Next {
    let elsewhere = r#"{"elsewhere":{"said":"10001 Main St 12","here":"5 Lake Street"}}"#;
    Next { reading: serde_json::from_str(elsewhere).expect("a reading"), ..scanned() }
}

pub fn describing() -> Vec<Shown> {
    let mut play = Play::new();
    let visit = play.log_in();
    let mut all = vec![play.show("address", at(Stage::Start))];
    play.deposit(visit, Some(1), Size::M);
    play.opens();
    let last = Some((household(1), Size::M));
    let with_door = |stage, next| Draft { stage, next, last: last.clone(), ..Draft::default() };
    all.push(play.show("address-ahead", with_door(Stage::Address, scanned())));
    all.push(
        play.show("size-ahead", with_door(Stage::Size, Next { recipient: Some(household(2)), ..scanned() })),
    );
    play.shut();
    let found = vec![
        Candidate { unit: UnitId(1), person: Some(PersonId(1)), reach: false },
        Candidate { unit: UnitId(1), person: Some(PersonId(2)), reach: false },
    ];
    let twins = vec![
        Candidate { unit: UnitId(1), person: None, reach: false },
        Candidate { unit: UnitId(2), person: None, reach: false },
    ];
    all.extend([
        play.show("address-after", with_door(Stage::Start, Next::default())),
        play.show("address-scanned", with_door(Stage::Address, scanned())),
        play.show(
            "address-unknown",
            Draft {
                said: Some(Said::Trouble(Trouble::NoSuchApartment)),
                ..with_door(Stage::Address, scanned())
            },
        ),
        play.show("known", with_door(Stage::Known, Next { known: known(Some("12")), ..scanned() })),
        play.show("known-gone", with_door(Stage::Known, Next { known: known(None), ..scanned() })),
        play.show("letters", with_door(Stage::Letters, scanned())),
        play.show("choose", with_door(Stage::Choose, Next { candidates: found, ..scanned() })),
        play.show(
            "choose-building",
            with_door(Stage::Choose, Next { candidates: twins, more: true, ..scanned() }),
        ),
        play.show("confirm", with_door(Stage::Size, suggested(1, Vec::new(), "[]"))),
        play.show(
            "confirm-others",
            with_door(
                Stage::Size,
                suggested(
                    2,
                    vec![
                        Candidate { unit: UnitId(1), person: Some(PersonId(2)), reach: false },
                        Candidate { unit: UnitId(3), person: None, reach: false },
                    ],
                    r#"[{"looks_like":["12"]}]"#,
                ),
            ),
        ),
        play.show("other-house", with_door(Stage::OtherHouse, of_another_house())),
        play.show(
            "address-moved-out",
            with_door(Stage::Address, Next { reading: flagged(r#"["moved_out"]"#), ..scanned() }),
        ),
        play.show("name-on-label", with_door(Stage::NameOnLabel, scanned())),
        play.show(
            "size",
            with_door(Stage::Size, Next { recipient: Some(household(1)), heavy: true, ..scanned() }),
        ),
        play.show("drop", Draft { stage: Stage::Drop, ..Draft::default() }),
        play.show(
            "size-class",
            with_door(
                Stage::Size,
                Next { recipient: Some(household(1)), class: Some(Signature), ..scanned() },
            ),
        ),
        play.show(
            "beside-code",
            with_door(Stage::BesideCode, Next { recipient: Some(household(1)), ..scanned() }),
        ),
    ]);
    play.fill();
    all.push(
        play.show("size-full", with_door(Stage::Size, Next { recipient: Some(household(2)), ..scanned() })),
    );
    all
}
