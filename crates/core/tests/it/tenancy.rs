//! Households, roommates, people who move in and out.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::directory::{KeypadNumber, Leavers, Sharing};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::compartment::Designation;
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::*;

fn change(w: &mut World, changes: Vec<DirectoryChange>) {
    w.ok(STAFF, Command::ChangeDirectory { changes });
}

/// Everybody in 102 leaves over night and gus, person 7, moves in.
fn changes_tenant(w: &mut World, leavers: Leavers) -> PersonId {
    let gus = PersonId(7);
    let tenancy = TenancyId(5);
    let unit = unit("102");
    change(
        w,
        vec![
            DirectoryChange::BeginTenancy { tenancy, unit, leavers },
            DirectoryChange::Join { person: gus, tenancy },
        ],
    );
    gus
}

#[test]
fn anybody_of_the_household_collects_and_the_others_get_a_receipt() {
    let mut w = World::new();
    w.delivered(&["101"]);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived]);
    let visit = w.scans(K1, "ben").unwrap();
    w.takes_all(visit);
    w.finish(visit);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived, NoticeKind::CollectedBy { person: person("ben") }]);
    assert_eq!(w.notes("ben"), [NoticeKind::Arrived]);
    assert_eq!(w.scans(K1, "ana"), Err(Refusal::CodeDead), "her code covers nothing any more");
}

#[test]
fn roommates_with_private_parcels_never_open_each_others() {
    let mut w = World::new();
    let visit = w.courier();
    let (dans, at_dan) = w.put_with(visit, World::words_for("dan"));
    let mut words = World::words_for("eve");
    words.together = Some(w.code_of_visit(visit));
    let (eves, at_eve) = w.put_with(visit, words);
    assert_ne!(at_dan, at_eve, "different entitlements never share a compartment");
    w.finish(visit);
    let visit = w.scans(K1, "eve").unwrap();
    assert_eq!(w.takes_all(visit), [at_eve]);
    assert_eq!(w.custodian(eves), Custodian::Recipient(person("eve")));
    assert_eq!(w.custodian(dans), Custodian::Compartment(at_dan));
    assert_eq!(w.notes("dan"), [NoticeKind::Arrived], "no word of the other's parcel");
}

#[test]
fn a_parcel_for_the_unit_alone_is_for_all_even_among_private_roommates() {
    let mut w = World::new();
    w.delivered(&["103"]);
    assert_eq!((w.notes("dan").len(), w.notes("eve").len()), (1, 1));
}

#[test]
fn a_policy_of_private_holds_where_a_person_is_named() {
    let policy = vestibule_core::policy::Policy { sharing: Sharing::Private, ..Default::default() };
    let mut w = World::with_policy(policy);
    let visit = w.courier();
    w.put_with(visit, World::words_for("ana"));
    w.finish(visit);
    assert_eq!((w.notes("ana").len(), w.notes("ben").len()), (1, 0));
}

#[test]
fn a_new_tenant_never_gets_what_waited_and_the_leaver_keeps_it_fourteen_days() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["102"])[0];
    let code = w.code_of("cleo");
    let gus = changes_tenant(&mut w, Leavers::Keep);
    assert!(w.site.custody.waiting_for(gus).next().is_none());
    w.ok(STAFF, Command::IssueCard { person: gus });
    let card = w.revealed.take().unwrap();
    assert_eq!(w.pick_up(K1, card.scanned()), Err(Refusal::NothingWaits));
    let (new, _) = w.delivered(&["102"])[0];
    assert_eq!(w.notes("cleo").len(), 1, "nothing new for who has left");
    assert!(w.site.custody.get(new).unwrap().is_for(gus));
    w.wait(Span::days(13));
    let visit = w.pick_up(K1, code.typed()).unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("cleo")));
}

#[test]
fn after_fourteen_days_the_leavers_code_is_dead() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let code = w.code_of("cleo");
    changes_tenant(&mut w, Leavers::Keep);
    w.wait(Span::days(14));
    assert_eq!(w.pick_up(K1, code.scanned()), Err(Refusal::CodeDead));
}

#[test]
fn who_loses_at_once_loses_code_and_card_and_a_task_says_what_waits_for_nobody() {
    let mut w = World::new();
    w.ok(STAFF, Command::IssueCard { person: person("cleo") });
    let card = w.revealed.take().unwrap();
    let (parcel, _) = w.delivered(&["102"])[0];
    let code = w.code_of("cleo");
    changes_tenant(&mut w, Leavers::Lose);
    assert_eq!(w.pick_up(K1, code.scanned()), Err(Refusal::CodeDead));
    assert_eq!(w.pick_up(K1, card.scanned()), Err(Refusal::CodeDead));
    assert!(w.has_task(&TaskKind::Assign { parcel }));
    let recipient = World::words("104", Size::S).recipient;
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    w.scans(K1, "fay").unwrap();
}

#[test]
fn who_loses_in_the_middle_of_a_visit_sees_no_further_door() {
    let mut w = World::new();
    w.delivered(&["102", "102"]);
    let visit = w.scans(K1, "cleo").unwrap();
    w.opens(c(1));
    changes_tenant(&mut w, Leavers::Lose);
    w.shuts(c(1));
    assert_eq!(w.door_of(visit), None);
    assert_eq!(w.ask(Actor::Visit(visit), Command::NextDoor { visit }), Err(Refusal::CodeDead));
}

#[test]
fn who_lost_it_before_the_notice_went_out_is_not_told() {
    let mut w = World::new();
    let visit = w.courier();
    w.put(visit, "102", Size::S);
    changes_tenant(&mut w, Leavers::Lose);
    w.finish(visit);
    assert!(w.notes("cleo").is_empty());
}

#[test]
fn who_moves_inside_the_building_is_not_thrown_out_by_the_next_tenant_of_the_old_place() {
    let mut w = World::new();
    let (old, _) = w.delivered(&["102"])[0];
    change(&mut w, vec![DirectoryChange::Join { person: person("cleo"), tenancy: TenancyId(4) }]);
    changes_tenant(&mut w, Leavers::Lose);
    assert!(w.site.directory.persons[&person("cleo")].left.is_none());
    let (new, _) = w.delivered(&["104"])[0];
    assert!(w.site.custody.get(new).unwrap().is_for(person("cleo")));
    let visit = w.scans(K1, "cleo").unwrap();
    assert_eq!(w.takes_all(visit).len(), 2);
    assert_eq!(w.custodian(old), Custodian::Recipient(person("cleo")));
}

#[test]
fn a_parcel_for_a_unit_where_nobody_lives_is_to_be_assigned() {
    let mut w = World::new();
    let (parcel, _) = w.delivered(&["105"])[0];
    assert!(w.has_task(&TaskKind::Assign { parcel }));
}

#[test]
fn designated_only_and_first() {
    let mut w = World::new();
    let designate = |w: &mut World, door: u32, number: &str, only: bool| {
        let designation = Some(Designation { unit: unit(number), only });
        w.ok(STAFF, Command::Designate { compartment: c(door), designation });
    };
    designate(&mut w, 1, "104", true);
    designate(&mut w, 2, "104", false);
    let put: Vec<_> =
        w.delivered(&["101", "104", "104", "101", "101"]).iter().map(|(_, door)| door.0).collect();
    assert_eq!(put, [3, 1, 2, 4, 5]);
    let mut w = World::build(Default::default(), bank_one().into_iter().take(2).collect());
    designate(&mut w, 1, "104", true);
    designate(&mut w, 2, "104", false);
    assert_eq!(w.delivered(&["101"])[0].1, c(2), "first is lent when all else is full");
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    assert_eq!(w.planned(parcel), Some(vestibule_core::place::Place::TakeBack), "only is never lent");
}

#[test]
fn a_directory_change_is_all_or_nothing() {
    let mut w = World::new();
    let before = w.site.directory.clone();
    let keypad = |digits: &str| KeypadNumber::new(digits).unwrap();
    let batch = |second: &str| {
        vec![
            DirectoryChange::AddUnit { unit: UnitId(6), keypad: keypad("106") },
            DirectoryChange::AddUnit { unit: UnitId(7), keypad: keypad(second) },
        ]
    };
    assert_eq!(
        w.ask(STAFF, Command::ChangeDirectory { changes: batch("101") }),
        Err(Refusal::KeypadNumberTaken)
    );
    assert_eq!(
        w.ask(STAFF, Command::ChangeDirectory { changes: batch("106") }),
        Err(Refusal::KeypadNumberTaken)
    );
    assert!(w.site.directory == before);
    change(&mut w, batch("107"));
}

#[test]
fn whose_days_are_over_in_the_middle_of_a_visit_sees_no_further_door() {
    let policy = Policy { leavers_keep: Span::seconds(20), ..Policy::default() };
    let mut w = World::with_policy(policy);
    let put = w.delivered(&["102", "102"]);
    let visit = w.scans(K1, "cleo").unwrap();
    w.opens(put[0].1);
    changes_tenant(&mut w, Leavers::Keep);
    w.seconds(20);
    w.shuts(put[0].1);
    assert_eq!(w.custodian(put[0].0), Custodian::Recipient(person("cleo")), "it was open in time");
    assert_eq!(w.door_of(visit), None);
    assert_eq!(w.ask(Actor::Visit(visit), Command::NextDoor { visit }), Err(Refusal::CodeDead));
    assert_eq!(w.custodian(put[1].0), Custodian::Compartment(put[1].1));
}

#[test]
fn whose_days_are_over_before_the_notice_goes_out_gets_no_code() {
    let policy = Policy { leavers_keep: Span::seconds(20), ..Policy::default() };
    let mut w = World::with_policy(policy);
    let visit = w.courier();
    w.put(visit, "102", Size::S);
    changes_tenant(&mut w, Leavers::Keep);
    w.seconds(25);
    w.finish(visit);
    assert!(w.inbox.get(&person("cleo")).into_iter().flatten().all(|note| note.code.is_none()));
    assert!(w.site.credentials.pickup.live.is_empty());
}
