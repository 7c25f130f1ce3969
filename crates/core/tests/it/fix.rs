//! A courier sees a mistake: an earlier deposit is opened again or readdressed, the code asked again.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::place::compartment::Size;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{Fix, Proof};
use vestibule_core::*;

fn fix(
    w: &mut World,
    visit: VisitId,
    parcel: ParcelId,
    (fix, proof): (Fix, Proof),
) -> Result<Answer, Refusal> {
    w.ask(Actor::Visit(visit), Command::FixDeposit { visit, parcel, fix, proof })
}

fn readdress(number: &str) -> Fix {
    Fix::Readdress(World::words(number, Size::S).recipient)
}

#[test]
fn reopened_with_the_code_and_put_behind_a_bigger_door() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, _) = w.put(visit, "101", Size::S);
    fix(&mut w, visit, parcel, (Fix::Reopen, code.typed_by_courier())).unwrap();
    w.opens(c(1));
    w.ok(Actor::Visit(visit), Command::BiggerDoor { visit });
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Courier(visit));
    w.opens(c(4));
    w.shuts(c(4));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(4)));
    w.finish(visit);
    assert_eq!(w.notes("ana").len(), 1);
    w.wait(Span::days(8));
    assert!(w.site.custody.get(parcel).unwrap().overdue, "a parcel that was fixed still becomes overdue");
}

#[test]
fn reopened_and_left_as_it_was() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, _) = w.put(visit, "101", Size::S);
    fix(&mut w, visit, parcel, (Fix::Reopen, code.scanned())).unwrap();
    w.opens(c(1));
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
}

#[test]
fn a_wrong_code_and_another_couriers_code_are_refused() {
    let mut w = World::new();
    let (code, other) = (w.ups(), w.ups());
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, _) = w.put(visit, "101", Size::S);
    let wrong = wrong(&code.digits[..3]);
    assert_eq!(fix(&mut w, visit, parcel, (Fix::Reopen, wrong)), Err(Refusal::WrongCode));
    assert_eq!(fix(&mut w, visit, parcel, (Fix::Reopen, other.scanned())), Err(Refusal::NotYours));
    assert_eq!(w.door_of(visit), None);
}

#[test]
fn too_late_after_half_an_hour_and_after_collection() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, _) = w.put(visit, "101", Size::S);
    let (other, _) = w.put(visit, "102", Size::S);
    w.seconds(29);
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    w.seconds(29);
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    w.seconds(5);
    let resident = w.scans(K3, "cleo").unwrap();
    w.takes_all(resident);
    assert_eq!(fix(&mut w, visit, other, (Fix::Reopen, code.scanned())), Err(Refusal::NotYours));
    for _ in 0..63 {
        w.ok(Actor::Visit(visit), Command::Continue { visit });
        w.seconds(29);
    }
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    assert_eq!(fix(&mut w, visit, parcel, (Fix::Reopen, code.scanned())), Err(Refusal::TooLate));
    assert_eq!(fix(&mut w, visit, parcel, (readdress("102"), code.scanned())), Err(Refusal::TooLate));
}

#[test]
fn readdressed_before_anybody_was_told() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, _) = w.put(visit, "101", Size::S);
    fix(&mut w, visit, parcel, (readdress("102"), code.scanned())).unwrap();
    w.finish(visit);
    assert!(w.notes("ana").is_empty());
    let visit = w.scans(K1, "cleo").unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("cleo")));
}

#[test]
fn readdressed_after_the_wrong_people_were_told_their_code_opens_nothing() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, _) = w.put(visit, "101", Size::S);
    for _ in 0..3 {
        w.seconds(20);
        w.ok(Actor::Visit(visit), Command::Continue { visit });
    }
    let wrong = w.code_of("ana");
    fix(&mut w, visit, parcel, (readdress("102"), code.scanned())).unwrap();
    w.finish(visit);
    assert_eq!(w.pick_up(K1, wrong.scanned()), Err(Refusal::CodeDead));
    assert_eq!(w.pick_up(K1, wrong.typed()), Err(Refusal::CodeDead));
    w.scans(K1, "cleo").unwrap();
}

#[test]
fn what_is_left_for_the_desk_is_readdressed_and_not_reopened() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    w.ok(STAFF, Command::SetDeskHours { hours: vec![WeekWindow::ALWAYS] });
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    w.put(visit, "101", Size::S);
    let parcel = w.parcel(visit, "101", Size::S);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(fix(&mut w, visit, parcel, (Fix::Reopen, code.scanned())), Err(Refusal::TooLate));
    fix(&mut w, visit, parcel, (readdress("102"), code.scanned())).unwrap();
    w.finish(visit);
    assert!(w.notes("cleo").is_empty(), "nobody has accepted it");
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    assert_eq!(w.notes("cleo").len(), 1);
}

#[test]
fn what_its_recipient_did_not_find_is_for_staff_to_search() {
    let mut w = World::new();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let (parcel, door) = w.put(visit, "102", Size::S);
    for _ in 0..3 {
        w.seconds(20);
        w.ok(Actor::Visit(visit), Command::Continue { visit });
    }
    let resident = w.scans(K3, "cleo").unwrap();
    w.opens(door);
    w.ok(Actor::Visit(resident), Command::WasEmpty { visit: resident });
    w.shuts(door);
    assert_eq!(w.custodian(parcel), Custodian::Missing { last_known: Some(door) });
    for wish in [Fix::Reopen, readdress("104")] {
        assert_eq!(fix(&mut w, visit, parcel, (wish, code.scanned())), Err(Refusal::TooLate));
    }
}
