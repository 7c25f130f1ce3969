//! What is said of a delivery does not end where nobody looks: the parcel is another household's, another asks, a courier takes it
//! back.

use crate::unscanned::*;
use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::delivered::{ASKERS_MOST, ClaimEnd, ClaimSource, MOST_A_DAY, Standing, Unmet};
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{
    ClaimStep, DeliveryWords, DirectoryChange, Fix, LabelClaim, ParcelWords, RecipientChoice,
};
use vestibule_core::*;

fn for_unit(number: &str) -> DeliveryWords {
    DeliveryWords { unit: Some(unit(number)), ..words(NUMBER, UPS) }
}

fn asks(w: &mut World, name: &str) -> Result<ClaimId, Refusal> {
    let words = DeliveryWords { source: ClaimSource::Resident, ..words(NUMBER, UPS) };
    match w.ask(Actor::Person(person(name)), Command::ClaimDelivery { words })? {
        Answer::Claim(claim) => Ok(claim),
        other => panic!("{other:?}"),
    }
}

fn is_for(w: &mut World, parcel: ParcelId, number: &str) {
    let recipient = RecipientChoice::Household { unit: unit(number), addressee: None };
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
}

#[test]
fn what_was_taken_in_for_another_household_is_no_answer_to_who_asks() {
    let mut w = World::new();
    let parcel = comes(&mut w, NUMBER);
    let said = asks(&mut w, "dan").unwrap();
    assert_eq!(standing(&w, said), Standing::Due, "the parcel of that number went to 102");
    assert!(is_asked(&w, said));
    let why = Unmet::AnotherUnit;
    assert!(w.log.contains(&Event::ClaimUnmet { claim: said, parcel, why }), "staff see which parcel");
    is_for(&mut w, parcel, "103");
    assert_eq!(standing(&w, said), Standing::Met { parcel });
    assert!(!is_asked(&w, said), "the courier had mistaken the door, and it is theirs now");
}

#[test]
fn who_waits_is_looked_after_when_their_number_is_taken_in_for_another() {
    let mut w = World::new();
    let said = claim(&mut w, for_unit("103"));
    let feed = claim(&mut w, DeliveryWords { carrier: FEDEX, ..words("776632517510", FEDEX) });
    let parcel = comes(&mut w, NUMBER);
    assert!(is_asked(&w, said), "at once: its number came, and not to them");
    assert!(matches!(standing(&w, feed), Standing::Waiting { .. }), "what is said of another number");
    let before = w.log.len();
    w.wait(Span::days(1));
    let again = w.log[before..].iter().filter(|event| matches!(event, Event::ClaimUnmet { .. })).count();
    assert_eq!(again, 0, "once is enough");
    let visit = w.courier();
    let label = Some(LabelClaim { mark: mark(NUMBER), another: true });
    let (theirs, _) = w.put_with(visit, ParcelWords { label, ..World::words("103", Size::S) });
    w.finish(visit);
    assert_eq!(standing(&w, said), Standing::Met { parcel: theirs }, "the second of two with one number");
    assert_ne!(parcel, theirs);
}

#[test]
fn what_met_a_household_and_is_given_to_another_is_asked_for_again() {
    let mut w = World::new();
    let parcel = comes(&mut w, NUMBER);
    let (theirs, anybodys) = (asks(&mut w, "cleo").unwrap(), claim(&mut w, words(NUMBER, FEDEX)));
    assert_eq!(standing(&w, theirs), Standing::Met { parcel });
    is_for(&mut w, parcel, "103");
    assert_eq!(standing(&w, theirs), Standing::Due);
    assert!(is_asked(&w, theirs) && !is_asked(&w, anybodys));
    let step = ClaimStep::Here {
        parcel,
        recipient: Some(RecipientChoice::Household { unit: unit("102"), addressee: None }),
    };
    w.ok(STAFF, Command::SettleClaim { claim: theirs, step });
    assert_eq!(standing(&w, theirs), Standing::Ended { how: ClaimEnd::Found { parcel }, at: w.now });
    assert!(!is_asked(&w, theirs));
}

#[test]
fn the_unit_that_is_said_later_is_added_to_what_a_feed_said_first() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    assert_eq!(asks(&mut w, "dan"), Ok(said));
    let known = w.site.claims.get(said).unwrap();
    assert_eq!((known.unit, known.by), (Some(unit("103")), Actor::Site));
    assert!(known.asked.contains_key(&person("dan")));
    assert_eq!(asks(&mut w, "eve"), Ok(said), "of the same household");
    let before = w.site.clone();
    assert_eq!(asks(&mut w, "dan"), Ok(said));
    assert_eq!(claim(&mut w, for_unit("103")), said);
    assert_eq!(claim(&mut w, words(NUMBER, UPS)), said, "a feed that tells twice");
    assert!(w.site == before, "nothing new was said");
    comes(&mut w, NUMBER);
    assert!(is_asked(&w, said), "it went to 102");
}

#[test]
fn two_households_that_ask_are_two() {
    let mut w = World::new();
    let (dan, cleo) = (asks(&mut w, "dan").unwrap(), asks(&mut w, "cleo").unwrap());
    assert_ne!(dan, cleo);
    let parcel = comes(&mut w, NUMBER);
    assert_eq!(standing(&w, cleo), Standing::Met { parcel });
    assert!(is_asked(&w, dan));
    assert_eq!((asks(&mut w, "dan"), asks(&mut w, "cleo")), (Ok(dan), Ok(cleo)));
}

#[test]
fn who_joins_what_others_said_asks_no_more_often_than_who_asks_first() {
    let mut w = World::new();
    let number = |n: usize| format!("77663252{n:04}");
    for n in 0..=MOST_A_DAY {
        claim(&mut w, words(&number(n), UPS));
    }
    let join = |w: &mut World, n: usize| {
        let words = DeliveryWords { source: ClaimSource::Resident, ..words(&number(n), UPS) };
        w.ask(Actor::Person(person("dan")), Command::ClaimDelivery { words })
    };
    for n in 0..MOST_A_DAY {
        assert!(join(&mut w, n).is_ok());
    }
    assert_eq!(join(&mut w, MOST_A_DAY), Err(Refusal::ClaimsEnough));
    assert!(join(&mut w, 0).is_ok(), "what they asked already is answered");
    w.wait(Span::days(1));
    assert!(join(&mut w, MOST_A_DAY).is_ok());
}

/// A parcel with the number is put in, its door shut, opened again and emptied by the same courier.
fn taken_back(w: &mut World) -> ParcelId {
    let visit = w.courier();
    let (parcel, door) = w.put_with(visit, labelled(NUMBER));
    let proof = w.code_of_visit(visit);
    w.ok(Actor::Visit(visit), Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof });
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::NotLeftHere { visit });
    w.shuts(door);
    w.finish(visit);
    assert!(matches!(w.custodian(parcel), Custodian::Carrier(_)), "the courier has it again");
    parcel
}

#[test]
fn what_its_courier_took_back_was_not_delivered() {
    let mut w = World::new();
    taken_back(&mut w);
    let said = claim(&mut w, words(NUMBER, UPS));
    assert!(matches!(standing(&w, said), Standing::Waiting { .. }), "it may still be brought");
    w.wait(Span::hours(2));
    assert!(is_asked(&w, said));
}

#[test]
fn what_was_met_before_its_courier_took_it_back_is_asked_for() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    let parcel = taken_back(&mut w);
    assert!(w.log.contains(&Event::ClaimMet { claim: said, parcel }), "the door had shut on it");
    assert!(w.log.contains(&Event::ClaimUnmet { claim: said, parcel, why: Unmet::TakenBack }));
    assert!(is_asked(&w, said));
    let brought = comes(&mut w, NUMBER);
    assert_eq!(standing(&w, said), Standing::Met { parcel: brought }, "and then it is brought after all");
    assert!(!is_asked(&w, said));
}

#[test]
fn a_bigger_door_and_what_staff_give_back_are_no_taking_back() {
    let mut w = World::new();
    let visit = w.courier();
    let (parcel, door) = w.put_with(visit, labelled(NUMBER));
    let said = claim(&mut w, words(NUMBER, UPS));
    let proof = w.code_of_visit(visit);
    w.ok(Actor::Visit(visit), Command::FixDeposit { visit, parcel, fix: Fix::Reopen, proof });
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.shuts(door);
    let bigger = w.door_of(visit).unwrap();
    w.opens(bigger);
    w.shuts(bigger);
    w.finish(visit);
    assert_eq!(standing(&w, said), Standing::Met { parcel });
    let reason = vocabulary::command::StaffReason::HelpCourier;
    w.ok(STAFF, Command::StaffRemove { parcel, reason });
    w.opens(bigger);
    w.shuts(bigger);
    let why = custody::ReturnReason::Refused;
    w.ok(STAFF, Command::GiveBack { parcel, carrier: CarrierId(1), reason: why });
    assert_eq!(standing(&w, said), Standing::Met { parcel }, "it had come: who refused it knows");
    assert!(!w.log.iter().any(|event| matches!(event, Event::ClaimUnmet { .. })));
    assert!(!w.has_task(&TaskKind::Unscanned { claim: said }));
}

#[test]
fn a_feed_that_is_signed_wrongly_is_one_task_until_it_is_signed_well() {
    let mut w = World::new();
    let task = |feed| TaskKind::FeedRefused { feed };
    let see = |w: &mut World, feed, refused| w.see(Observation::FeedRefused { feed, refused });
    see(&mut w, ClaimSource::Shippo, true);
    see(&mut w, ClaimSource::Shippo, true);
    assert_eq!(w.last, [], "said again, recorded once");
    see(&mut w, ClaimSource::EasyPost, true);
    assert!(w.has_task(&task(ClaimSource::Shippo)) && w.has_task(&task(ClaimSource::EasyPost)));
    see(&mut w, ClaimSource::Shippo, false);
    assert!(!w.has_task(&task(ClaimSource::Shippo)) && w.has_task(&task(ClaimSource::EasyPost)));
}

#[test]
fn so_many_of_a_household_are_noted_as_asking_and_no_more() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    let join = |n| DirectoryChange::Join { person: PersonId(n), tenancy: TenancyId(3) };
    w.ok(STAFF, Command::ChangeDirectory { changes: (7..17).map(join).collect() });
    for n in 7..17 {
        let words = DeliveryWords { source: ClaimSource::Resident, ..words(NUMBER, UPS) };
        let answer = w.ask(Actor::Person(PersonId(n)), Command::ClaimDelivery { words });
        assert_eq!(answer, Ok(Answer::Claim(said)));
    }
    assert_eq!(w.site.claims.get(said).unwrap().asked.len(), ASKERS_MOST);
}
