//! When the bank is full: shelf, desk in its hours, drop place, back to the carrier.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{CheckOut, StaffReason};
use vestibule_core::*;

/// One compartment, full, and a courier at work.
fn full() -> (World, VisitId) {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    (w, visit)
}

fn next_place(w: &mut World, visit: VisitId) -> (ParcelId, Place) {
    let parcel = w.parcel(visit, "102", Size::S);
    (parcel, w.planned(parcel).unwrap())
}

#[test]
fn the_order_of_places() {
    let (mut w, visit) = full();
    let (parcel, place) = next_place(&mut w, visit);
    assert_eq!(place, Place::TakeBack);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(w.custodian(parcel), Custodian::Carrier(Some(CarrierId(1))));
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let (parcel, place) = next_place(&mut w, visit);
    assert_eq!(place, Place::Area(AreaId(1)));
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(w.custodian(parcel), Custodian::CommonArea(AreaId(1)));
    assert!(w.has_task(&TaskKind::Accept { parcel }));
    // The building's clock is at 13:00 UTC on a Monday.
    let now = WeekWindow { days: 1, from: 13 * 60, to: 14 * 60 };
    w.ok(STAFF, Command::SetDeskHours { hours: vec![now] });
    let (parcel, place) = next_place(&mut w, visit);
    assert_eq!(place, Place::Desk);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    assert_eq!(next_place(&mut w, visit).1, Place::Shelf(ShelfId(1)));
}

#[test]
fn a_drop_place_is_used_only_where_the_site_allows_it() {
    let (mut w, visit) = full();
    w.ok(STAFF, Command::NameDropPlace { label: "Lobby".to_owned() });
    let policy = Policy { drop_place_allowed: false, ..w.site.policy.clone() };
    w.ok(STAFF, Command::SetPolicy { policy });
    assert_eq!(next_place(&mut w, visit).1, Place::TakeBack);
}

#[test]
fn nothing_is_the_desks_before_staff_accept_it_and_the_courier_goes_on() {
    let (mut w, visit) = full();
    w.ok(STAFF, Command::SetDeskHours { hours: vec![WeekWindow::ALWAYS] });
    let left: Vec<_> = (0..4)
        .map(|_| {
            let (parcel, place) = next_place(&mut w, visit);
            assert_eq!(place, Place::Desk);
            w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
            parcel
        })
        .collect();
    w.finish(visit);
    for parcel in left {
        assert_eq!(w.custodian(parcel), Custodian::Courier(visit));
        assert!(w.has_task(&TaskKind::Accept { parcel }));
        assert!(!w.notes("cleo").contains(&NoticeKind::Moved));
        w.ok(STAFF, Command::AcceptAtDesk { parcel });
        assert_eq!(w.custodian(parcel), Custodian::Staff(StaffId(1)));
        assert!(!w.has_task(&TaskKind::Accept { parcel }));
    }
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived; 4]);
}

#[test]
fn the_desk_only_in_its_hours() {
    let (mut w, visit) = full();
    let later = WeekWindow { days: 1, from: 14 * 60, to: 15 * 60 };
    w.ok(STAFF, Command::SetDeskHours { hours: vec![later] });
    assert_eq!(next_place(&mut w, visit).1, Place::TakeBack);
}

#[test]
fn a_site_without_any_bank_is_valid() {
    let mut w = World::empty();
    w.ok(Actor::Console, Command::Found { policy: Default::default() });
    w.ok(STAFF, Command::NameCarrier { name: "UPS".to_owned() });
    w.ok(STAFF, Command::PairKiosk { banks: vec![] });
    let visit = w.courier();
    let parcel = w.parcel(visit, "?", Size::S);
    assert_eq!(w.planned(parcel), Some(Place::TakeBack));
    w.finish(visit);
    assert_eq!(w.custodian(parcel), Custodian::Carrier(Some(CarrierId(1))));
}

#[test]
fn too_long_in_its_place_is_overdue() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["101"])[0];
    w.wait(Span::days(7));
    assert!(w.has_task(&TaskKind::Overdue { parcel }));
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    assert!(!w.has_task(&TaskKind::Overdue { parcel }));
    w.wait(Span::days(2));
    assert!(w.site.custody.get(parcel).is_none(), "filed a day after its end");
}

#[test]
fn what_waited_too_long_on_a_shelf_is_a_task_until_it_is_taken() {
    let (mut w, visit) = full();
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let (parcel, _) = next_place(&mut w, visit);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    w.wait(Span::days(7));
    assert!(w.has_task(&TaskKind::Overdue { parcel }));
    let visit = w.scans(K1, "cleo").unwrap();
    w.ok(Actor::Visit(visit), Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) });
    assert!(!w.has_task(&TaskKind::Overdue { parcel }));
}

#[test]
fn what_staff_accept_while_the_courier_is_still_there_counts_once() {
    let (mut w, visit) = full();
    w.ok(STAFF, Command::SetDeskHours { hours: vec![WeekWindow::ALWAYS] });
    let (parcel, _) = next_place(&mut w, visit);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    let again = w.ask(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(again, Err(Refusal::NotYours), "it is no longer in the courier's hands");
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    let visit = &w.site.visits.live[&visit];
    assert_eq!(visit.deposits.len(), 2);
    assert_eq!(visit.look_ups_left(), 16, "ten, and three for each of two parcels");
}

#[test]
fn overdue_stays_overdue_wherever_it_is_put() {
    let mut w = World::new();
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let (parcel, door) = w.delivered(&["101"])[0];
    w.wait(Span::days(7));
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Overdue });
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::Shelve { parcel, shelf: ShelfId(1) });
    w.wait(Span::days(8));
    assert!(w.site.custody.get(parcel).unwrap().overdue);
    let told = w.log.iter().filter(|event| matches!(event, Event::ParcelOverdue { .. })).count();
    assert_eq!(told, 1, "said once");
}
