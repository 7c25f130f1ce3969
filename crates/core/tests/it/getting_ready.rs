//! Getting ready for the first parcel: each step stands as the facts say, and only passing over is somebody's word.

use crate::wired::*;
use crate::world::*;
use vestibule_core::policy::Policy;
use vestibule_core::site::getting_ready::{MailFate, ReadyStep, Standing};
use vestibule_core::site::reached::{Reached, Way};
use vestibule_core::vocabulary::observation::NoticeTrouble;
use vestibule_core::*;

/// A founded site with one member of staff and nothing else.
fn bare() -> World {
    let mut w = World::empty();
    w.ok(Actor::Console, Command::Found { policy: Policy::default() });
    w.ok(STAFF, Command::EnrolStaff);
    w
}

/// By http, from this machine alone, as a site is before anybody sets it up.
const HERE: Reached = Reached { way: Way::ThisMachine, is_safe_here: true, has_public_url: false };
const SAFELY: Reached = Reached { way: Way::Proxy, is_safe_here: true, has_public_url: true };

fn standings(w: &World) -> Vec<(ReadyStep, Standing)> {
    ReadyStep::ALL.into_iter().map(|step| (step, w.site.standing(step, &HERE))).collect()
}

fn skip(step: ReadyStep, skip: bool) -> Command {
    Command::SkipStep { step, skip }
}

fn test_mail(w: &mut World) -> NoticeId {
    w.ok(STAFF, Command::SendTestMail);
    w.site.getting_ready.mail.as_ref().unwrap().notice
}

#[test]
fn a_new_site_has_everything_to_do_and_begins_with_its_units() {
    let w = bare();
    assert!(standings(&w).iter().all(|(_, standing)| *standing == Standing::Open));
    assert_eq!(w.site.next_step(&HERE), Some(ReadyStep::Units));
    assert!(w.site.is_getting_ready(&HERE));
}

#[test]
fn facts_alone_make_a_step_done() {
    let mut w = World::new();
    let done = |w: &World| -> Vec<ReadyStep> {
        let all = standings(w).into_iter();
        all.filter(|(_, standing)| *standing == Standing::Done).map(|(step, _)| step).collect()
    };
    assert_eq!(done(&w), [ReadyStep::Units, ReadyStep::Places, ReadyStep::Kiosk]);
    assert_eq!(w.site.next_step(&HERE), Some(ReadyStep::Connection), "no phone reaches it");
    assert_eq!(w.site.next_step(&SAFELY), Some(ReadyStep::Wiring), "two banks nobody has tested");
    w.ups();
    assert_eq!(w.site.standing(ReadyStep::Couriers, &HERE), Standing::Done);
    for kiosk in [K1, K2, K3] {
        w.ok(STAFF, Command::UnpairKiosk { kiosk });
    }
    assert_eq!(w.site.standing(ReadyStep::Kiosk, &HERE), Standing::Open, "what is gone is to be done again");
    w.snapshot();
}

#[test]
fn the_connection_is_done_while_nothing_is_off_and_is_passed_over_like_every_step() {
    let mut w = bare();
    let stands = |w: &World, reached: Reached| w.site.standing(ReadyStep::Connection, &reached);
    for way in [Way::Proxy, Way::Files, Way::OwnAuthority, Way::OwnDomain { holds: true }] {
        assert_eq!(stands(&w, Reached { way, ..SAFELY }), Standing::Done, "{way:?}");
    }
    let lacking = [
        HERE,
        Reached { way: Way::OwnDomain { holds: false }, ..SAFELY },
        Reached { is_safe_here: false, ..SAFELY },
        Reached { has_public_url: false, ..SAFELY },
    ];
    for reached in lacking {
        assert_eq!(stands(&w, reached), Standing::Open, "{reached:?}");
    }
    w.ok(STAFF, skip(ReadyStep::Connection, true));
    assert_eq!(stands(&w, HERE), Standing::Skipped);
    assert_eq!(stands(&w, SAFELY), Standing::Done, "done, though it was passed over");
    for step in ReadyStep::ALL {
        w.ok(STAFF, skip(step, true));
    }
    assert!(w.site.is_getting_ready(&SAFELY), "the others are left");
}

#[test]
fn wiring_is_done_when_every_bank_was_tested_at_the_wall_and_not_when_the_file_says_so() {
    let mut bench = Bench::new(Wires::right());
    assert_eq!(bench.w.site.untested_bank(), Some(BANK), "declared, and nobody has looked");
    let order: Vec<_> = (1..=u32::from(DOORS)).map(c).collect();
    bench.tests_all(&order).unwrap();
    assert!(bench.w.site.wiring.maps[&BANK].tested);
    assert_eq!(bench.w.site.untested_bank(), Some(BankId(2)));
    assert_eq!(bench.w.site.standing(ReadyStep::Wiring, &HERE), Standing::Open, "the other bank is left");
}

#[test]
fn a_site_with_shelves_alone_has_no_wiring_to_test() {
    let mut w = bare();
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    for step in [ReadyStep::Wiring, ReadyStep::Kiosk] {
        assert_eq!(w.site.standing(step, &HERE), Standing::NotNeeded);
    }
    assert_eq!(w.site.standing(ReadyStep::Places, &HERE), Standing::Done);
}

#[test]
fn what_was_passed_over_stays_on_the_card_until_it_is_done_or_nobody_wants_to_see_it() {
    let mut w = bare();
    for step in ReadyStep::ALL {
        w.ok(STAFF, skip(step, true));
        w.ok(STAFF, skip(step, true));
        assert!(w.last.is_empty(), "once is enough");
    }
    assert_eq!((w.site.next_step(&HERE), w.site.is_getting_ready(&HERE)), (None, true));
    w.ok(STAFF, skip(ReadyStep::Mail, false));
    assert_eq!(w.site.next_step(&HERE), Some(ReadyStep::Mail));
    w.ok(STAFF, Command::HideGettingReady { hide: true });
    w.ok(STAFF, Command::HideGettingReady { hide: true });
    assert!(w.last.is_empty(), "said twice, recorded once");
    assert!(!w.site.is_getting_ready(&HERE));
    w.ok(STAFF, Command::HideGettingReady { hide: false });
    assert!(w.site.is_getting_ready(&HERE));
    w.restart();
    assert_eq!(w.site.standing(ReadyStep::Units, &HERE), Standing::Skipped);
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    assert_eq!(w.site.standing(ReadyStep::Places, &HERE), Standing::Done, "done, though it was passed over");
}

#[test]
fn mail_is_done_when_a_server_took_the_last_test_mail() {
    let mut w = bare();
    let first = test_mail(&mut w);
    assert_eq!(w.site.standing(ReadyStep::Mail, &HERE), Standing::Open, "asking alone proves nothing");
    w.see(Observation::NoticeTrouble { notice: first, trouble: NoticeTrouble::Late });
    w.see(Observation::NoticeTrouble { notice: first, trouble: NoticeTrouble::Late });
    assert!(w.last.is_empty(), "said once, however often the runner starts");
    assert!(w.site.tasks.open.is_empty(), "nobody waits for a test mail");
    let second = test_mail(&mut w);
    assert_ne!(first, second);
    w.see(Observation::NoticeHandedOver { notice: first });
    assert_eq!(w.site.standing(ReadyStep::Mail, &HERE), Standing::Open, "that was the one before");
    w.see(Observation::NoticeHandedOver { notice: second });
    assert_eq!(w.site.standing(ReadyStep::Mail, &HERE), Standing::Done);
    w.see(Observation::NoticeTrouble { notice: second, trouble: NoticeTrouble::AddressRefused });
    assert!(w.last.is_empty(), "what was taken is taken");
    let third = test_mail(&mut w);
    w.see(Observation::NoticeTrouble { notice: third, trouble: NoticeTrouble::AddressRefused });
    let fate = w.site.getting_ready.mail.as_ref().unwrap().fate;
    assert_eq!(fate, MailFate::Trouble(NoticeTrouble::AddressRefused));
    assert_eq!(w.site.standing(ReadyStep::Mail, &HERE), Standing::Open, "the last one counts");
}

#[test]
fn only_staff_who_are_known_get_a_test_mail() {
    let mut w = bare();
    let nobody = Actor::Staff(StaffId(9));
    assert_eq!(w.ask(nobody, Command::SendTestMail), Err(Refusal::NotFound));
    for actor in [Actor::Console, Actor::Kiosk(K1)] {
        assert_eq!(w.ask(actor, Command::SendTestMail), Err(Refusal::NotYours));
    }
    assert!(w.last.is_empty());
}
