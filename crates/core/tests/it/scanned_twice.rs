//! One label scanned twice: one parcel, unless somebody says that it is another.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{LabelClaim, ParcelWords};
use vestibule_core::*;

const NUMBER: &str = "1Z999AA10123456784";

fn labelled(unit: &str, number: &str) -> ParcelWords {
    let claim = LabelClaim { mark: LabelMark::of(&Pepper, number), another: false };
    ParcelWords { label: Some(claim), ..World::words(unit, Size::S) }
}

fn another(words: &ParcelWords) -> ParcelWords {
    let label = words.label.map(|claim| LabelClaim { another: true, ..claim });
    ParcelWords { label, ..words.clone() }
}

#[test]
fn the_same_label_in_one_visit_is_asked_about_once() {
    let mut w = World::new();
    let visit = w.courier();
    let words = labelled("101", NUMBER);
    let (parcel, _) = w.put_with(visit, words.clone());
    assert_eq!(w.try_parcel(visit, words.clone()), Err(Refusal::AlreadyHere { parcel }));
    assert!(w.last.is_empty(), "a refusal registers nothing");
    let (second, _) = w.put_with(visit, another(&words));
    assert_ne!(second, parcel, "who says so brings another parcel with the number");
    let known = w.try_parcel(visit, words);
    assert_eq!(known, Err(Refusal::AlreadyHere { parcel: second }), "the newest of them is meant");
}

#[test]
fn a_parcel_that_waits_for_its_door_is_known_too() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "102", Size::S);
    let ahead = w.parcel_with(visit, labelled("101", NUMBER));
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.shuts(door);
    assert_eq!(w.custodian(ahead), Custodian::Courier(visit));
    let again = w.try_parcel(visit, labelled("103", NUMBER));
    assert_eq!(again, Err(Refusal::AlreadyHere { parcel: ahead }), "whatever household is named");
}

#[test]
fn another_number_or_none_is_another_parcel() {
    let mut w = World::new();
    let visit = w.courier();
    w.put_with(visit, labelled("101", NUMBER));
    w.put_with(visit, labelled("101", "1Z999AA10123456793"));
    w.put(visit, "101", Size::M);
    w.put(visit, "101", Size::M);
}

#[test]
fn the_day_is_the_buildings_and_a_later_visit_of_it_knows_the_label() {
    let mut w = World::new();
    let visit = w.courier();
    let (parcel, _) = w.put_with(visit, labelled("101", NUMBER));
    w.finish(visit);
    // From 8:00 in New York to 23:59 of that Monday; in UTC it is Tuesday by then.
    w.wait(MONDAY_8 + Span::minutes(15 * 60 + 59) - w.now);
    let visit = w.courier();
    let known = w.try_parcel(visit, labelled("101", NUMBER));
    assert_eq!(known, Err(Refusal::AlreadyHere { parcel }));
    w.finish(visit);
    w.wait(MONDAY_8 + Span::minutes(16 * 60) - w.now);
    let visit = w.courier();
    assert!(w.try_parcel(visit, labelled("101", NUMBER)).is_ok(), "tomorrow is another day");
}

#[test]
fn what_the_courier_kept_may_come_again() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel_with(visit, labelled("101", NUMBER));
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::NotLeftHere { visit });
    w.shuts(door);
    assert!(matches!(w.custodian(parcel), Custodian::Carrier(_)));
    assert!(w.try_parcel(visit, labelled("101", NUMBER)).is_ok());
}

#[test]
fn at_the_desk_a_company_nobody_named_may_be_any() {
    let mut w = World::new();
    let visit = w.courier();
    let (parcel, _) = w.put_with(visit, labelled("101", NUMBER));
    w.finish(visit);
    let words = labelled("101", NUMBER);
    let taken_in = |w: &mut World, carrier, words: &ParcelWords| {
        w.ask(STAFF, Command::DeskIntake { carrier, words: words.clone() })
    };
    let known = Err(Refusal::AlreadyHere { parcel });
    assert_eq!(taken_in(&mut w, None, &words), known);
    assert_eq!(taken_in(&mut w, Some(CarrierId(1)), &words), known);
    w.ok(STAFF, Command::NameCarrier { name: "DHL".to_owned() });
    assert!(taken_in(&mut w, Some(CarrierId(2)), &words).is_ok(), "another company numbers as it likes");
    assert!(taken_in(&mut w, None, &another(&words)).is_ok());
    let visit = w.courier();
    let unknown = labelled("101", "1Z999AA10123456793");
    let Ok(Answer::Parcel { parcel, .. }) = taken_in(&mut w, None, &unknown) else { panic!("it is new") };
    assert_eq!(w.try_parcel(visit, unknown), Err(Refusal::AlreadyHere { parcel }), "whoever brought it");
}
