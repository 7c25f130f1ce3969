//! What staff are refused at the desk, and why. A refusal records nothing.

use crate::world::*;
use vestibule_core::custody::{Custodian, ReturnReason};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{CheckOut, HandOverTo, Proof, RecipientChoice, StaffReason};
use vestibule_core::*;

const NOBODY_KNOWS: ParcelId = ParcelId(99);
const AT_DESK: Custodian = Custodian::Staff(StaffId(1));
const WHY: StaffReason = StaffReason::Inspect;

/// One parcel of each kind of custody.
struct Desk {
    w: World,
    /// For 102, behind door 1.
    behind: ParcelId,
    /// For 101, in staff custody.
    held: ParcelId,
    /// For 104, handed over.
    gone: ParcelId,
    /// For 104, not in door 2 where it should be.
    missing: ParcelId,
}

/// Staff look into a compartment and find these.
fn check(w: &mut World, door: u32, found: Vec<ParcelId>) {
    w.opens(c(door));
    w.shuts(c(door));
    w.ok(STAFF, Command::ResolveCheck { compartment: c(door), found });
}

fn desk() -> Desk {
    let mut w = World::new();
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let (behind, missing) = (w.delivered(&["102"])[0].0, w.delivered(&["104"])[0].0);
    check(&mut w, 2, vec![]);
    let (held, gone) = (w.taken_in("101"), w.taken_in("104"));
    w.ok(STAFF, Command::HandOver { parcels: vec![gone], to: HandOverTo::Person(person("fay")) });
    Desk { w, behind, held, gone, missing }
}

/// Everything staff do with one parcel.
fn with_parcel(parcel: ParcelId) -> Vec<(&'static str, Command)> {
    let recipient = World::words("101", Size::S).recipient;
    let to = HandOverTo::Person(person("ana"));
    let (carrier, reason) = (CarrierId(1), ReturnReason::Refused);
    vec![
        ("take out", Command::StaffRemove { parcel, reason: WHY }),
        ("accept", Command::AcceptAtDesk { parcel }),
        ("correct", Command::CorrectRecipient { parcel, recipient }),
        ("place", Command::PlaceFromDesk { parcel, banks: vec![], reach: false }),
        ("shelve", Command::Shelve { parcel, shelf: ShelfId(1) }),
        ("hand over", Command::HandOver { parcels: vec![parcel], to }),
        ("give back", Command::GiveBack { parcel, carrier, reason }),
        ("write off", Command::WriteOff { parcel, reason: WHY }),
        ("turned up", Command::TurnedUp { parcel }),
    ]
}

#[test]
fn a_parcel_nobody_knows_is_not_found() {
    let mut d = desk();
    let table = with_parcel(NOBODY_KNOWS).into_iter().map(|(state, command)| (state, command, "not-found"));
    d.w.refuses(table.collect());
}

#[test]
fn what_lies_behind_a_door_is_taken_out_first() {
    let mut d = desk();
    let table =
        with_parcel(d.behind).into_iter().filter(|(state, _)| !["take out", "correct"].contains(state));
    d.w.refuses(table.map(|(state, command)| (state, command, "wrong-custody")).collect());
    d.w.ok(STAFF, Command::StaffRemove { parcel: d.behind, reason: WHY });
}

#[test]
fn what_was_handed_over_is_nobodys_business_any_more() {
    let mut d = desk();
    let code = |state: &str| if state == "correct" { "too-late" } else { "wrong-custody" };
    let table = with_parcel(d.gone).into_iter().map(|(state, command)| (state, command, code(state)));
    d.w.refuses(table.collect());
}

#[test]
fn places_people_and_companies_that_do_not_exist() {
    let mut d = desk();
    let (parcel, reason) = (d.held, ReturnReason::Unknown);
    let nowhere = RecipientChoice::Household { unit: UnitId(99), addressee: None };
    let to = HandOverTo::Person(PersonId(99));
    let mut words = World::words("101", Size::S);
    let from_nobody = Command::DeskIntake { carrier: Some(CarrierId(9)), words: words.clone() };
    words.recipient = nowhere.clone();
    let table = vec![
        ("no such unit", Command::CorrectRecipient { parcel, recipient: nowhere }, "not-found"),
        ("no such unit taken in", Command::DeskIntake { carrier: None, words }, "not-found"),
        ("no such company taken in from", from_nobody, "not-found"),
        ("no such shelf", Command::Shelve { parcel, shelf: ShelfId(9) }, "no-such-shelf"),
        ("no such company", Command::GiveBack { parcel, carrier: CarrierId(9), reason }, "not-found"),
        ("no such person", Command::HandOver { parcels: vec![parcel], to }, "not-found"),
        ("no such bank", Command::PlaceFromDesk { parcel, banks: vec![BankId(9)], reach: false }, "no-room"),
        ("no such task", Command::CompleteTask { task: TaskId(99) }, "not-found"),
        ("nothing waits to be told of", Command::NotifyAgain { person: person("dan") }, "nothing-waits"),
    ];
    d.w.refuses(table);
    assert_eq!(d.w.custodian(parcel), AT_DESK);
}

#[test]
fn handed_over_only_to_who_may_have_it() {
    let mut d = desk();
    let badge = d.w.ups().scanned();
    let Proof::Digits { selector, hash, .. } = d.w.code_of("ana").typed() else { panic!("digits") };
    let shown = |proof| HandOverTo::Shown(proof);
    let hand = |to| Command::HandOver { parcels: vec![d.held], to };
    let typo = Proof::Digits { selector, hash, check_ok: false };
    let table = vec![
        ("another household", hand(HandOverTo::Person(person("cleo"))), "not-entitled"),
        ("a courier's badge", hand(shown(badge)), "other-purpose"),
        ("a typo", hand(shown(typo)), "mistyped"),
        ("a code that never was", hand(shown(wrong("101"))), "wrong-code"),
    ];
    d.w.refuses(table);
    let to = HandOverTo::Shown(d.w.code_of("ana").typed());
    let whose = d.w.ok(STAFF, Command::HandOver { parcels: vec![], to });
    assert_eq!(whose, Answer::Person(person("ana")), "asked with no parcel, it says whose code it is");
    assert_eq!(d.w.custodian(d.held), AT_DESK);
}

#[test]
fn who_may_no_longer_collect_gets_nothing_at_the_desk_either() {
    let mut d = desk();
    let leave = vestibule_core::vocabulary::command::DirectoryChange::Leave {
        person: person("ana"),
        leavers: vestibule_core::directory::Leavers::Lose,
    };
    d.w.ok(STAFF, Command::ChangeDirectory { changes: vec![leave] });
    let to = HandOverTo::Person(person("ana"));
    let table = vec![
        ("hand over", Command::HandOver { parcels: vec![d.held], to }, "not-entitled"),
        ("tell again", Command::NotifyAgain { person: person("ana") }, "nothing-waits"),
        ("reveal a code", Command::RevealCode { person: person("ana") }, "nothing-waits"),
    ];
    d.w.refuses(table);
}

#[test]
fn compartments_are_opened_served_and_checked_one_by_one() {
    let mut d = desk();
    d.w.opens(c(4));
    let service =
        |door: u32, in_service| Command::SetService { compartment: c(door), in_service, reason: WHY };
    let look =
        |door: u32, found: &[ParcelId]| Command::ResolveCheck { compartment: c(door), found: found.to_vec() };
    let table = vec![
        ("no such door", Command::StaffOpen { compartment: c(99), reason: WHY }, "not-found"),
        ("stands open already", Command::StaffOpen { compartment: c(4), reason: WHY }, "door-open"),
        ("no such door to serve", service(99, false), "not-found"),
        ("a parcel is inside", service(1, false), "occupied"),
        ("to be checked", service(4, true), "not-in-service"),
        ("no such door to check", look(99, &[]), "not-found"),
        ("nobody knows what was found", look(3, &[NOBODY_KNOWS]), "not-found"),
        ("it is behind another door", look(3, &[d.behind]), "wrong-custody"),
        ("it was handed over", look(3, &[d.gone]), "wrong-custody"),
    ];
    d.w.refuses(table);
    d.w.shuts(c(4));
    d.w.ok(STAFF, look(4, &[d.missing]));
    assert_eq!(d.w.custodian(d.missing), Custodian::Compartment(c(4)));
    assert_eq!(d.w.service(c(4)), Service::In);
}

#[test]
fn the_console_is_nobody_at_the_desk() {
    let mut d = desk();
    let mut asked = with_parcel(d.held);
    asked.retain(|(state, _)| !["correct", "turned up"].contains(state));
    asked.push(("open", Command::StaffOpen { compartment: c(3), reason: WHY }));
    for (state, command) in asked {
        assert_eq!(d.w.ask(Actor::Console, command), Err(Refusal::NotYours), "{state}: in whose hands?");
    }
    assert_eq!(d.w.custodian(d.held), AT_DESK);
}

#[test]
fn a_parcel_for_nobody_known_is_to_be_assigned_and_told_once_it_is() {
    let mut d = desk();
    let parcel = d.w.taken_in("?");
    assert!(d.w.has_task(&TaskKind::Assign { parcel }));
    let recipient = World::words("103", Size::S).recipient;
    d.w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    assert!(!d.w.has_task(&TaskKind::Assign { parcel }));
    assert_eq!(d.w.notes("dan"), [NoticeKind::Arrived]);
    let code = d.w.code_of("dan");
    d.w.ok(STAFF, Command::CorrectRecipient { parcel, recipient: RecipientChoice::Unknown });
    assert!(d.w.has_task(&TaskKind::Assign { parcel }), "nobody's again");
    assert_eq!(d.w.pick_up(K1, code.scanned()), Err(Refusal::CodeDead));
}

#[test]
fn a_missing_parcel_is_corrected_without_telling_anybody_that_it_came() {
    let mut d = desk();
    let recipient = World::words("103", Size::S).recipient;
    d.w.ok(STAFF, Command::CorrectRecipient { parcel: d.missing, recipient });
    assert!(d.w.notes("dan").is_empty());
    d.w.ok(STAFF, Command::TurnedUp { parcel: d.missing });
    assert_eq!(d.w.notes("dan"), [NoticeKind::Arrived]);
}

#[test]
fn one_of_two_behind_the_same_door_is_corrected_only_outside() {
    let mut w = World::new();
    let visit = w.courier();
    let (one, _) = w.put(visit, "101", Size::S);
    let mut words = World::words("101", Size::S);
    words.together = Some(w.code_of_visit(visit));
    let (two, door) = w.put_with(visit, words);
    w.finish(visit);
    let to = |number| World::words(number, Size::S).recipient;
    let table = vec![(
        "its neighbour is for others",
        Command::CorrectRecipient { parcel: two, recipient: to("102") },
        "not-entitled",
    )];
    w.refuses(table);
    w.ok(STAFF, Command::CorrectRecipient { parcel: two, recipient: to("101") });
    w.ok(STAFF, Command::StaffRemove { parcel: two, reason: StaffReason::WrongRecipient });
    w.opens(door);
    w.shuts(door);
    w.ok(STAFF, Command::CorrectRecipient { parcel: two, recipient: to("102") });
    assert_eq!(w.custodian(one), Custodian::Compartment(door));
}

#[test]
fn what_is_put_onto_a_shelf_is_told_as_moved_and_collected_by_word() {
    let mut d = desk();
    let parcel = d.held;
    d.w.ok(STAFF, Command::Shelve { parcel, shelf: ShelfId(1) });
    assert_eq!(d.w.custodian(parcel), Custodian::Shelf(ShelfId(1)));
    assert_eq!(d.w.notes("ana"), [NoticeKind::Arrived, NoticeKind::Moved]);
    let visit = d.w.scans(K1, "ana").unwrap();
    d.w.ok(Actor::Visit(visit), Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) });
    assert_eq!(d.w.custodian(parcel), Custodian::Recipient(person("ana")));
}

#[test]
fn staff_choose_the_bank() {
    let mut d = desk();
    d.w.ok(STAFF, Command::PlaceFromDesk { parcel: d.held, banks: vec![BankId(2)], reach: true });
    assert_eq!(d.w.planned(d.held), Some(Place::Compartment(c(9))));
}

#[test]
fn the_word_that_it_is_not_theirs_ends_with_the_right_address() {
    let mut d = desk();
    let (fays, door) = d.w.delivered(&["104"])[0];
    let visit = d.w.scans(K1, "fay").unwrap();
    d.w.opens(door);
    d.w.ok(Actor::Visit(visit), Command::NotMine { visit });
    d.w.shuts(door);
    d.w.finish(visit);
    let visit = d.w.scans(K1, "cleo").unwrap();
    d.w.opens(c(1));
    d.w.ok(Actor::Visit(visit), Command::NotMine { visit });
    d.w.shuts(c(1));
    let not_theirs = TaskKind::NotTheirs { parcel: d.behind, suspects: vec![] };
    assert!(d.w.has_task(&not_theirs));
    let recipient = World::words("103", Size::S).recipient;
    d.w.ok(STAFF, Command::CorrectRecipient { parcel: d.behind, recipient });
    assert!(!d.w.has_task(&not_theirs));
    assert!(d.w.has_task(&TaskKind::NotTheirs { parcel: fays, suspects: vec![] }), "no other's word");
}
