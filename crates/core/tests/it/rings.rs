//! Somebody without a code rings; staff or the recipient say yes, once, within two minutes.

use crate::street::*;
use crate::world::*;
use vestibule_core::access::entry::Entrant;
use vestibule_core::access::policy::NoCode;
use vestibule_core::access::ring::of_link;
use vestibule_core::code::{CodeHash, pin};
use vestibule_core::evidence::photo::sees_door;
use vestibule_core::evidence::{
    CameraPlace, InView, PhotoAsked, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::notice::NoticeKind;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::Bell;
use vestibule_core::*;

fn rings(w: &mut World, number: &str) -> Result<RingId, Refusal> {
    match w.ask(Actor::Door(FRONT), Command::RingForEntry(rung_at(FRONT, unit(number))))? {
        Answer::Ring { ring, .. } => Ok(ring),
        other => panic!("{other:?}"),
    }
}

fn link(w: &World, name: &str) -> CodeHash {
    let notes = &w.inbox[&person(name)];
    let note = notes.iter().rev().find(|note| matches!(note.what, NoticeKind::Ringing { .. })).unwrap();
    pin::token_hash(&Pepper, &note.code.as_ref().expect("a link of their own").token)
}

fn says(let_in: bool, ring: RingId, link: Option<CodeHash>) -> Command {
    Command::AnswerEntry { ring, let_in, link }
}

#[test]
fn the_recipient_says_yes_and_one_door_opens_once() {
    let mut w = World::with_doors();
    let photos = w.photos.len();
    let ring = rings(&mut w, "101").unwrap();
    assert_eq!(w.photos.len(), photos + 1);
    assert_eq!(w.photos[photos].0.subject.ring, Some(ring), "it is known who is in the picture");
    assert!(w.has_task(&TaskKind::Ringing {
        ring,
        point: FRONT,
        unit: Some(unit("101")),
        bell: Bell::AtDoor
    }));
    assert_ne!(link(&w, "ana"), link(&w, "ben"), "each has a link of their own");
    let yes = says(true, ring, Some(link(&w, "ana")));
    assert_eq!(of_link(&w.site, link(&w, "ana")), Some((ring, person("ana"))));
    let entry = w.lets_in(Actor::Person(person("ana")), yes.clone()).unwrap();
    assert_eq!(w.releases, [(entry, FRONT, Span::seconds(5))]);
    assert_eq!(w.site.access.entries[&entry].entrant, Entrant::Rang { ring, unit: Some(unit("101")) });
    assert_eq!(w.ask(Actor::Person(person("ana")), yes), Err(Refusal::RingOver), "once");
    let told = NoticeKind::LetIn { point: FRONT, person: Some(person("ana")) };
    assert_eq!(w.notes("ben").last(), Some(&told), "the household hears of it");
    assert_ne!(w.notes("ana").last(), Some(&told), "who said yes knows");
    assert!(!w.has_task(&TaskKind::Ringing {
        ring,
        point: FRONT,
        unit: Some(unit("101")),
        bell: Bell::AtDoor
    }));
}

/// Where a camera is dead, or there is none, the screen at the door looks itself; what it saw is kept as people are.
#[test]
fn a_door_nobody_sees_leaves_the_looking_to_its_screen() {
    let mut w = World::with_doors();
    assert!(sees_door(&w.site, FRONT));
    let at_front = |w: &World| {
        w.site.evidence.cameras.iter().find(|(_, c)| c.at == CameraPlace::Door(FRONT)).map(|(id, _)| *id)
    };
    let camera = at_front(&w).unwrap();
    w.see(Observation::CameraSilent { camera });
    assert!(!sees_door(&w.site, FRONT), "it does not answer");
    w.see(Observation::CameraBack { camera });
    w.ok(STAFF, Command::RemoveCamera { camera });
    assert!(!sees_door(&w.site, FRONT));
    let ring = rings(&mut w, "101").unwrap();
    let subject = PhotoSubject { ring: Some(ring), ..PhotoSubject::default() };
    let asked = PhotoAsked { camera: CameraId::OF_THE_SCREEN, reason: PhotoReason::Rang, subject };
    let (hash, media) = (PhotoHash([7; 32]), PhotoMedia::Jpeg);
    let taken = Observation::PhotoTaken {
        asked: Box::new(asked),
        hash,
        media,
        taken_ms: None,
        clock_offset_ms: None,
    };
    w.see(taken);
    let [Event::PhotoTaken { in_view, .. }] = &w.last[..] else { panic!("{:?}", w.last) };
    assert_eq!(*in_view, InView::People, "kept as long as people in view are");
}

#[test]
fn staff_say_yes_and_the_household_is_told() {
    let mut w = World::with_doors();
    let ring = rings(&mut w, "102").unwrap();
    w.lets_in(STAFF, says(true, ring, None)).unwrap();
    assert_eq!(w.notes("cleo").last(), Some(&NoticeKind::LetIn { point: FRONT, person: None }));
}

#[test]
fn a_no_opens_nothing() {
    let mut w = World::with_doors();
    let ring = rings(&mut w, "101").unwrap();
    w.ok(Actor::Person(person("ben")), says(false, ring, Some(link(&w, "ben"))));
    assert_eq!(w.lets_in(STAFF, says(true, ring, None)), Err(Refusal::RingOver), "it was refused");
    assert_eq!(w.releases.len(), 0);
    assert_eq!(w.lets_in(STAFF, says(true, RingId(99), None)), Err(Refusal::NotFound));
}

#[test]
fn an_answer_counts_for_two_minutes_also_over_a_power_cut() {
    let mut w = World::with_doors();
    let ring = rings(&mut w, "101").unwrap();
    w.seconds(100);
    w.restart();
    w.seconds(20);
    assert_eq!(w.lets_in(STAFF, says(true, ring, None)), Err(Refusal::RingOver));
    assert!(w.site.tasks.open.is_empty(), "nobody is asked any longer");
    w.seconds(60);
    let ring = rings(&mut w, "101").unwrap();
    w.seconds(119);
    w.lets_in(STAFF, says(true, ring, None)).unwrap();
}

#[test]
fn an_answer_that_comes_with_the_end_of_the_time_is_too_late() {
    let mut w = World::with_doors();
    let ring = rings(&mut w, "101").unwrap();
    w.now = w.now + Span::minutes(2);
    assert_eq!(
        w.lets_in(STAFF, says(true, ring, None)),
        Err(Refusal::RingOver),
        "before any tick of the clock"
    );
}

#[test]
fn nobody_answers_for_another() {
    let mut w = World::with_doors();
    let ring = rings(&mut w, "101").unwrap();
    let (anas, wrong) = (link(&w, "ana"), CodeHash([9; 32]));
    let cleo = Actor::Person(person("cleo"));
    let ana = Actor::Person(person("ana"));
    for (actor, link) in
        [(cleo, Some(anas)), (ana, Some(wrong)), (ana, None), (Actor::Door(FRONT), Some(anas))]
    {
        assert_eq!(w.ask(actor, says(true, ring, link)), Err(Refusal::NotYours), "{actor}");
    }
    assert_eq!(
        w.ask(ana, Command::LiftPauses),
        Err(Refusal::NotYours),
        "a link answers and does nothing else"
    );
    assert_eq!(w.releases.len(), 0);
}

#[test]
fn a_door_rings_for_one_at_a_time_and_nobody_all_night() {
    let mut w = World::with_doors();
    rings(&mut w, "101").unwrap();
    assert!(matches!(rings(&mut w, "102"), Err(Refusal::Ringing { .. })));
    for _ in 0..2 {
        w.minutes(3);
        rings(&mut w, "101").unwrap();
    }
    w.minutes(3);
    assert_eq!(rings(&mut w, "101"), Err(Refusal::RungEnough), "three in an hour");
    rings(&mut w, "102").expect("others can be rung");
    w.minutes(60);
    rings(&mut w, "101").unwrap();
    assert_eq!(
        w.ask(Actor::Door(FRONT), Command::RingForEntry(rung_at(FRONT, UnitId(99)))),
        Err(Refusal::NotFound)
    );
}

#[test]
fn a_door_is_rung_at_twelve_times_an_hour_whomever_for() {
    let mut w = World::with_doors();
    for number in ["101", "102", "103", "104"] {
        for _ in 0..3 {
            rings(&mut w, number).unwrap();
            w.minutes(3);
        }
    }
    assert_eq!(rings(&mut w, "104"), Err(Refusal::RungEnough), "of them it is true that they were asked");
    let until = w.now + Span::minutes(60 - 3 * 12);
    assert_eq!(
        rings(&mut w, "105"),
        Err(Refusal::DoorRungEnough { until }),
        "nobody asked them: it is the door that rang"
    );
    w.minutes(25);
    rings(&mut w, "105").expect("an hour after the first");
}

#[test]
fn the_policy_may_say_no_or_let_in_for_one_parcel() {
    let mut w = World::with_doors();
    w.door_policy(|p| p.no_code = NoCode::Off);
    assert_eq!(rings(&mut w, "101"), Err(Refusal::NoRinging));
    w.door_policy(|p| p.no_code = NoCode::OneParcel { an_hour: 2 });
    let comes = Command::RingForEntry(rung_at(FRONT, unit("101")));
    for _ in 0..2 {
        let entry = w.lets_in(Actor::Door(FRONT), comes.clone()).unwrap();
        w.goes_in(entry);
        assert_eq!(w.notes("ana").last(), Some(&NoticeKind::LetIn { point: FRONT, person: None }));
    }
    rings(&mut w, "101").expect("the third within the hour needs a yes");
    w.minutes(60);
    w.lets_in(Actor::Door(FRONT), comes).unwrap();
}

#[test]
fn a_yes_at_a_silent_door_can_be_said_again() {
    let mut w = World::with_doors();
    let ring = rings(&mut w, "101").unwrap();
    w.see(Observation::DoorAnswers { point: FRONT, answers: false });
    assert_eq!(w.lets_in(STAFF, says(true, ring, None)), Err(Refusal::DoorSilent));
    w.see(Observation::DoorAnswers { point: FRONT, answers: true });
    w.lets_in(STAFF, says(true, ring, None)).unwrap();
}
