//! A task ends when staff say so, unless a fact keeps it open: then it ends with the fact.

use crate::world::*;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::directory::Leavers;
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{DirectoryChange, StaffReason};
use vestibule_core::*;

fn lone_door() -> CompartmentSpec {
    CompartmentSpec { label: "90".to_owned(), ..bank_one().remove(0) }
}

/// Whether staff may say that it is done.
fn may_end(w: &mut World, what: &TaskKind) -> bool {
    let task = w.site.tasks.find(what).expect("the task is open");
    match w.ask(STAFF, Command::CompleteTask { task }) {
        Ok(_) => true,
        Err(Refusal::Invalid { .. }) => false,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn what_staff_say_is_done_is_done() {
    let mut w = World::new();
    let parcel = w.delivered(&["?"])[0].0;
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::NotFound });
    w.opens(c(1));
    w.shuts(c(1));
    w.ok(STAFF, Command::WriteOff { parcel, reason: StaffReason::NotFound });
    let kinds = [
        TaskKind::Clock,
        TaskKind::Tell { person: person("ana") },
        TaskKind::Restored { epoch: 2 },
        TaskKind::Assign { parcel },
    ];
    for kind in kinds {
        w.ok(STAFF, Command::RaiseTask(kind.clone()));
        assert!(may_end(&mut w, &kind), "{kind:?}");
        assert!(!w.has_task(&kind));
    }
}

#[test]
fn a_compartment_to_check_is_looked_into_though_it_was_taken_out_of_service_meanwhile() {
    let mut w = World::new();
    w.opens(c(1));
    w.shuts(c(1));
    let (compartment, reason) = (c(1), StaffReason::Maintenance);
    w.ok(STAFF, Command::SetService { compartment, in_service: false, reason });
    for what in [TaskKind::Check { compartment }, TaskKind::Forced { compartment }] {
        assert!(!may_end(&mut w, &what), "nobody has looked into it: {what:?}");
    }
    let back = Command::SetService { compartment, in_service: true, reason };
    assert_eq!(w.ask(STAFF, back.clone()), Err(Refusal::NotInService));
    w.ok(STAFF, Command::ResolveCheck { compartment, found: vec![] });
    assert!(!w.has_task(&TaskKind::Check { compartment }) && !w.has_task(&TaskKind::Forced { compartment }));
    w.ok(STAFF, back);
}

#[test]
fn a_missing_parcel_is_searched_until_it_turns_up_or_is_given_up() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["102"])[0];
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::ResolveCheck { compartment: door, found: vec![] });
    let missing = TaskKind::Missing { parcel };
    assert!(!may_end(&mut w, &missing));
    w.ok(STAFF, Command::TurnedUp { parcel });
    assert!(!w.has_task(&missing));
}

#[test]
fn what_a_courier_left_is_accepted_and_what_lies_wrong_is_taken_away() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let visit = w.courier();
    w.put(visit, "101", Size::S);
    let shelved = w.parcel(visit, "102", Size::S);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: shelved });
    let parcel = w.parcel(visit, "102", Size::S);
    w.minutes(3);
    assert!(w.ended(visit).is_some(), "the courier walked off with it in hand");
    let accept = TaskKind::Accept { parcel };
    assert!(!may_end(&mut w, &accept), "it is on no other list");
    w.ok(STAFF, Command::AcceptAtDesk { parcel });
    assert!(!w.has_task(&accept));

    let misplaced = TaskKind::Misplaced { parcel: shelved };
    w.ok(STAFF, Command::Classify { parcel: shelved, class: Some(ParcelClass::Medicine) });
    assert!(!may_end(&mut w, &misplaced), "anybody can take it");
    w.ok(STAFF, Command::AcceptAtDesk { parcel: shelved });
    assert!(!w.has_task(&misplaced));
}

#[test]
fn a_door_that_stands_open_is_shut_first() {
    let mut w = World::new();
    let visit = w.courier();
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.minutes(1);
    let held = TaskKind::HeldOpen { compartment: c(1) };
    assert!(!may_end(&mut w, &held));
    w.shuts(c(1));
    assert!(!w.has_task(&held));
}

#[test]
fn what_waits_for_nobody_is_assigned_first() {
    let mut w = World::new();
    let (unknown, theirs) = (w.delivered(&["?"])[0].0, w.delivered(&["102"])[0].0);
    assert!(!may_end(&mut w, &TaskKind::Assign { parcel: unknown }));
    let leave = DirectoryChange::Leave { person: person("cleo"), leavers: Leavers::Lose };
    w.ok(STAFF, Command::ChangeDirectory { changes: vec![leave] });
    let stranded = TaskKind::Assign { parcel: theirs };
    assert!(!may_end(&mut w, &stranded), "those it came for lost it: nobody could ever collect it");
    let recipient = World::words("104", Size::S).recipient;
    w.ok(STAFF, Command::CorrectRecipient { parcel: theirs, recipient });
    assert!(!w.has_task(&stranded));
    w.scans(K1, "fay").expect("somebody can collect it");
}

#[test]
fn a_certificate_that_ends_is_one_task_that_ends_with_its_fact_or_by_hand() {
    let mut w = World::new();
    let task = TaskKind::CertificateEnds;
    w.see(Observation::CertificateEnds { soon: true });
    assert!(w.has_task(&task));
    for _ in 0..2 {
        w.see(Observation::CertificateEnds { soon: true });
        assert_eq!(w.last, [], "said again, recorded once");
    }
    w.see(Observation::CertificateEnds { soon: false });
    assert!(!w.has_task(&task));
    w.see(Observation::CertificateEnds { soon: false });
    assert_eq!(w.last, [], "nothing to end");
    // A configuration may have lost its domain meanwhile: then nobody says that it is over.
    w.see(Observation::CertificateEnds { soon: true });
    assert!(may_end(&mut w, &task));
}

#[test]
fn a_silent_board_and_a_full_disk_end_by_themselves() {
    let mut w = World::new();
    let (board, disk) = (TaskKind::BoardSilent { bank: BankId(1) }, TaskKind::DiskLow);
    for _ in 0..2 {
        w.see(Observation::BoardSilent { bank: BankId(1) });
        w.see(Observation::DiskLow { low: true });
    }
    assert_eq!(w.last, [], "said twice, recorded once");
    assert!(!may_end(&mut w, &board) && !may_end(&mut w, &disk));
    w.see(Observation::BoardBack { bank: BankId(1) });
    w.see(Observation::DiskLow { low: false });
    assert!(!w.has_task(&board) && !w.has_task(&disk));
    w.see(Observation::BoardSilent { bank: BankId(9) });
    assert_eq!(w.last, [], "a bank nobody installed");
}

#[test]
fn a_silent_line_of_several_banks_is_one_task_until_all_answer() {
    let mut w = World::new();
    let (one, other) = (BankId(1), BankId(2));
    let alone = |bank| TaskKind::BoardSilent { bank };
    let line = TaskKind::LineSilent { banks: [one, other].into() };
    // One of them falls silent a moment before.
    w.see(Observation::BoardSilent { bank: one });
    assert!(w.has_task(&alone(one)));
    for _ in 0..2 {
        w.see(Observation::LineSilent { banks: [one, other].into() });
    }
    assert_eq!(w.last, [], "said twice, recorded once");
    assert!(w.has_task(&line) && !w.has_task(&alone(one)) && !w.has_task(&alone(other)));
    assert!(w.site.layout.silent.contains(&one) && w.site.layout.silent.contains(&other));
    assert!(!may_end(&mut w, &line));
    w.see(Observation::BoardBack { bank: one });
    assert!(w.has_task(&line), "the other one does not answer yet");
    w.see(Observation::BoardSilent { bank: one });
    assert!(!w.has_task(&alone(one)), "the task of its line names it");
    w.see(Observation::BoardBack { bank: one });
    w.see(Observation::BoardBack { bank: other });
    assert!(!w.has_task(&line));
    w.see(Observation::BoardSilent { bank: other });
    assert!(w.has_task(&alone(other)), "alone it has its own");
    w.see(Observation::BoardBack { bank: other });
    w.see(Observation::LineSilent { banks: [one, BankId(9)].into() });
    assert!(w.has_task(&alone(one)), "a line of one bank is that bank");
    w.see(Observation::BoardBack { bank: one });
    let Answer::Bank(third) = w.ok(STAFF, Command::InstallBank { compartments: vec![lone_door()] }) else {
        panic!("a bank")
    };
    w.see(Observation::LineSilent { banks: [one, other].into() });
    w.see(Observation::BoardSilent { bank: third });
    assert!(w.has_task(&alone(third)), "the silent line is another");
}
