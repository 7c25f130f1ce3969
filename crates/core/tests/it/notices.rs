//! Who is told what, and when.

use crate::world::*;
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::observation::NoticeTrouble;
use vestibule_core::*;

fn last_notice(w: &World) -> NoticeId {
    let last = w.log.iter().rev().find_map(|e| match e {
        Event::NoticeRequested { notice, .. } => Some(*notice),
        _ => None,
    });
    last.unwrap()
}

#[test]
fn a_minute_after_the_last_deposit_or_at_the_end_of_the_visit() {
    let mut w = World::new();
    let visit = w.courier();
    w.put(visit, "102", Size::S);
    for _ in 0..2 {
        w.seconds(25);
        w.ok(Actor::Visit(visit), Command::Continue { visit });
    }
    w.put(visit, "102", Size::S);
    w.seconds(20);
    assert!(w.notes("cleo").is_empty(), "a minute after the last one, not the first");
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    w.seconds(20);
    w.ok(Actor::Visit(visit), Command::Continue { visit });
    w.seconds(20);
    assert_eq!(w.inbox[&person("cleo")][0].parcels.len(), 2);
    w.finish(visit);
    assert_eq!(w.notes("cleo").len(), 1, "once");
}

#[test]
fn at_most_two_codes_live_and_the_oldest_dies() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let first = w.code_of("cleo");
    w.delivered(&["102"]);
    let second = w.code_of("cleo");
    let visit = w.pick_up(K1, first.scanned()).expect("two live");
    w.finish(visit);
    w.pulse_ends(c(1), vestibule_core::vocabulary::observation::PulseOutcome::StillClosed);
    w.delivered(&["102"]);
    assert_eq!(w.pick_up(K2, first.scanned()), Err(Refusal::CodeDead));
    let visit = w.pick_up(K2, second.scanned()).unwrap();
    w.finish(visit);
    w.scans(K2, "cleo").unwrap();
}

#[test]
fn codes_shown_to_staff_that_nobody_saw_leave_who_waits_a_code() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let mailed = w.code_of("cleo");
    for _ in 0..3 {
        // The power fails between the record and the screen.
        w.ok(STAFF, Command::RevealCode { person: person("cleo") });
        w.revealed.take().unwrap();
    }
    let visit = w.pick_up(K1, mailed.scanned()).expect("the one they were sent");
    assert_eq!(w.takes_all(visit), [c(1)]);
    w.delivered(&["102"]);
    w.delivered(&["102"]);
    let visit = w.scans(K1, "cleo").unwrap();
    let first = w.door_of(visit).unwrap();
    w.opens(first);
    w.shuts(first);
    w.finish(visit);
    w.ok(STAFF, Command::RevealCode { person: person("cleo") });
    w.revealed.take().unwrap();
    let told = w.notes("cleo").len();
    w.minutes(11);
    assert_eq!(w.notes("cleo")[told..], [NoticeKind::NewCode], "the one shown last may be in nobody's hands");
}

#[test]
fn a_notice_ends_with_the_code_it_carries() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let first = last_notice(&w);
    assert!(w.site.notices.on_their_way.contains_key(&first));
    w.delivered(&["102"]);
    w.delivered(&["102"]);
    let on_their_way = &w.site.notices.on_their_way;
    assert!(!on_their_way.contains_key(&first), "two codes live at most; the third ended the first");
    assert!(on_their_way.contains_key(&last_notice(&w)));
}

#[test]
fn no_channel_or_a_quarter_of_an_hour_means_telling_in_person() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let tell = TaskKind::Tell { person: person("cleo") };
    let notice = last_notice(&w);
    w.see(Observation::NoticeTrouble { notice, trouble: NoticeTrouble::Late });
    assert!(w.has_task(&tell));
    w.ok(STAFF, Command::RevealCode { person: person("cleo") });
    assert!(!w.has_task(&tell));
    let slip = w.revealed.take().unwrap();
    let visit = w.pick_up(K1, slip.typed()).unwrap();
    assert_eq!(w.takes_all(visit), [c(1)]);
}

#[test]
fn a_task_to_tell_ends_when_nothing_waits_any_more() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let notice = last_notice(&w);
    w.see(Observation::NoticeTrouble { notice, trouble: NoticeTrouble::NoChannel });
    let tell = TaskKind::Tell { person: person("ben") };
    assert!(w.has_task(&tell));
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    assert!(!w.has_task(&tell));
}

#[test]
fn a_refused_address_is_a_task_and_they_are_told_again() {
    let mut w = World::new();
    w.delivered(&["102"]);
    let notice = last_notice(&w);
    w.see(Observation::NoticeTrouble { notice, trouble: NoticeTrouble::AddressRefused });
    let bad = TaskKind::BadAddress { person: person("cleo") };
    assert!(w.has_task(&bad) && w.has_task(&TaskKind::Tell { person: person("cleo") }));
    w.ok(STAFF, Command::NotifyAgain { person: person("cleo") });
    assert!(!w.has_task(&bad));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived, NoticeKind::NewCode]);
}

#[test]
fn a_receipt_for_the_household_once_a_visit() {
    let mut w = World::new();
    w.delivered(&["101", "101", "101"]);
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    w.finish(visit);
    let receipts = w.inbox[&person("ben")].iter().filter(|n| n.what != NoticeKind::Arrived).count();
    assert_eq!(receipts, 1);
    assert_eq!(w.inbox[&person("ben")].last().unwrap().parcels.len(), 3);
}

#[test]
fn trouble_with_what_needs_no_telling_is_no_task_to_tell() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let notice = last_notice(&w);
    let visit = w.scans(K1, "ben").unwrap();
    w.takes_all(visit);
    w.see(Observation::NoticeTrouble { notice, trouble: NoticeTrouble::Late });
    assert!(!w.has_task(&TaskKind::Tell { person: person("ben") }), "collected: nothing waits for ben");
    w.see(Observation::NoticeHandedOver { notice });
    w.see(Observation::NoticeTrouble { notice, trouble: NoticeTrouble::AddressRefused });
    assert_eq!(w.last, [], "a word about a notice that is over");
    w.finish(visit);
    let receipt = last_notice(&w);
    assert_eq!(w.notes("ana").last(), Some(&NoticeKind::CollectedBy { person: person("ben") }));
    w.see(Observation::NoticeTrouble { notice: receipt, trouble: NoticeTrouble::AddressRefused });
    assert!(w.has_task(&TaskKind::BadAddress { person: person("ana") }));
    assert!(!w.has_task(&TaskKind::Tell { person: person("ana") }), "a receipt needs nobody to act");
}

#[test]
fn whose_code_was_used_hears_of_it_once_where_the_site_says_so() {
    let policy = vestibule_core::policy::Policy { own_receipts: true, ..Default::default() };
    let mut w = World::with_policy(policy);
    w.delivered(&["101"]);
    let visit = w.scans(K1, "ana").unwrap();
    w.takes_all(visit);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived], "not before the visit ends");
    w.finish(visit);
    assert_eq!(w.notes("ana"), [NoticeKind::Arrived, NoticeKind::Collected]);
    assert_eq!(w.notes("ben").last(), Some(&NoticeKind::CollectedBy { person: person("ana") }));

    w.delivered(&["102"]);
    w.ok(STAFF, Command::IssueCard { person: person("cleo") });
    let card = w.revealed.take().unwrap();
    let visit = w.pick_up(K1, card.scanned()).unwrap();
    w.takes_all(visit);
    w.finish(visit);
    assert!(!w.notes("cleo").contains(&NoticeKind::Collected), "the card was told of already");

    let (_, door) = w.delivered(&["104"])[0];
    let visit = w.scans(K1, "fay").unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::LeaveInside { visit });
    w.shuts(door);
    w.finish(visit);
    assert!(!w.notes("fay").contains(&NoticeKind::Collected), "she took nothing");

    let mut quiet = World::new();
    quiet.delivered(&["101"]);
    let visit = quiet.scans(K1, "ana").unwrap();
    quiet.takes_all(visit);
    quiet.finish(visit);
    assert_eq!(quiet.notes("ana"), [NoticeKind::Arrived], "off unless the site says so");
}
