//! Which photo is asked of which camera at which moment, what becomes of it, and who sees it.

use crate::world::*;
use vestibule_core::custody::Custodian;
use vestibule_core::evidence::{
    CameraPlace, InView, LOOKS_APART, PhotoAsked, PhotoHash, PhotoMedia, PhotoMoment, PhotoReason,
    PhotoSubject, PhotoTrouble, may_see,
};
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{HandOverTo, RecipientChoice, StaffReason};
use vestibule_core::*;

/// The camera of bank 1.
const LOBBY: CameraId = CameraId(1);

/// What was asked for since, as reason and moment.
fn asked_since(w: &World, since: usize) -> Vec<(PhotoReason, PhotoMoment)> {
    w.photos[since..].iter().map(|(asked, moment)| (asked.reason, *moment)).collect()
}

fn last(w: &World) -> PhotoAsked {
    w.photos.last().expect("a photo was asked for").0.clone()
}

/// The photo that was asked for last is there.
fn arrives(w: &mut World, hash: u8) -> PhotoId {
    let asked = last(w);
    taken(w, asked, hash)
}

fn taken(w: &mut World, asked: PhotoAsked, hash: u8) -> PhotoId {
    let (hash, media) = (PhotoHash([hash; 32]), PhotoMedia::Jpeg);
    let (taken_ms, clock_offset_ms) = (Some(w.now.0 + 1_500), Some(1_500));
    w.see(Observation::PhotoTaken { asked: Box::new(asked), hash, media, taken_ms, clock_offset_ms });
    match w.last.first() {
        Some(Event::PhotoTaken { photo, .. }) => *photo,
        other => panic!("no photo was recorded: {other:?}"),
    }
}

fn sees(w: &World, photo: PhotoId, name: &str) -> bool {
    let recorded = w.log.iter().find_map(|event| match event {
        Event::PhotoTaken { photo: p, asked, household, .. } if *p == photo => Some((asked, *household)),
        _ => None,
    });
    let (asked, household) = recorded.expect("recorded");
    may_see(&w.site, person(name), (asked, household))
}

#[test]
fn a_deposit_is_photographed_from_log_in_to_the_shut_door() {
    use PhotoMoment::*;
    let mut w = World::new();
    let visit = w.courier();
    assert_eq!(asked_since(&w, 0), [(PhotoReason::CourierLogIn, Now)]);
    assert_eq!(last(&w).subject.visit, Some(visit));
    let since = w.photos.len();
    let parcel = w.parcel(visit, "101", Size::S);
    assert_eq!(asked_since(&w, since), [], "a door that is shut shows no parcel");
    w.opens(c(1));
    assert_eq!(asked_since(&w, since), [(PhotoReason::Deposit, DoorOpened)]);
    let asked = last(&w);
    assert_eq!(
        (asked.camera, asked.subject.visit, asked.subject.compartment),
        (LOBBY, Some(visit), Some(c(1)))
    );
    assert_eq!(asked.subject.parcels, [parcel]);
    assert!(asked.subject.opening.is_some());
    w.shuts(c(1));
    assert_eq!(asked_since(&w, since)[1..], [(PhotoReason::Deposit, DoorShut)]);
}

#[test]
fn the_change_of_custody_names_the_photos_that_show_it() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    arrives(&mut w, 7);
    w.shuts(c(1));
    let evidence = |w: &World| {
        let moved = w.log.iter().rev().find_map(|event| match event {
            Event::CustodyTransferred { parcel: p, evidence, .. } if *p == parcel => Some(evidence.clone()),
            _ => None,
        });
        moved.expect("it changed hands")
    };
    assert_eq!(evidence(&w), [PhotoHash([7; 32]).to_string()]);
    w.finish(visit);
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(c(1));
    arrives(&mut w, 8);
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ana")));
    assert_eq!(evidence(&w), [PhotoHash([8; 32]).to_string()], "the deposit's is not the collection's");
    assert!(w.ended(visit).is_none());
}

#[test]
fn a_photo_that_never_comes_holds_nothing_up() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let asked = Box::new(last(&w));
    w.see(Observation::PhotoMissing { asked: asked.clone(), trouble: PhotoTrouble::NoAnswer });
    let missing =
        Event::PhotoMissing { visit: Some(visit), asked: Some(asked), trouble: Some(PhotoTrouble::NoAnswer) };
    assert_eq!(w.last, [missing]);
    w.shuts(c(1));
    assert_eq!(w.custodian(parcel), Custodian::Compartment(c(1)));
}

#[test]
fn each_of_the_moments_that_are_doubted_has_its_reason() {
    let mut w = World::new();
    let (_, door) = w.delivered(&["101"])[0];
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(door);
    assert_eq!(last(&w).reason, PhotoReason::Collection);
    w.ok(Actor::Visit(visit), Command::NotMine { visit });
    assert_eq!(last(&w).reason, PhotoReason::Doubted);
    w.shuts(door);
    w.opens(c(2));
    assert_eq!(last(&w).reason, PhotoReason::Forced);
    w.minutes(1);
    assert_eq!((last(&w).reason, last(&w).subject.compartment), (PhotoReason::HeldOpen, Some(c(2))));
    let visit = w.courier();
    w.parcel(visit, "102", Size::S);
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.ok(Actor::Visit(visit), Command::SomethingInside { visit });
    assert_eq!(last(&w).reason, PhotoReason::SomethingInside);
    assert_eq!(last(&w).subject.parcels, [], "what is inside is not the courier's parcel");
}

#[test]
fn whoever_is_refused_is_photographed_and_not_at_every_wave() {
    let mut w = World::new();
    w.delivered(&["101"]);
    let since = w.photos.len();
    let denied = |w: &mut World| w.pick_up(K1, wrong("101")).unwrap_err();
    assert_eq!(denied(&mut w), Refusal::WrongCode);
    assert_eq!(asked_since(&w, since), [(PhotoReason::Denial, PhotoMoment::Now)]);
    arrives(&mut w, 1);
    denied(&mut w);
    assert_eq!(w.photos.len(), since + 1, "a moment ago is enough");
    w.seconds(10);
    denied(&mut w);
    assert_eq!(w.photos.len(), since + 2);
    w.scans(K1, "ana").unwrap();
    assert_eq!(w.photos.len(), since + 2, "who is let in is photographed at the door");
}

#[test]
fn a_kiosks_own_camera_comes_before_those_of_its_banks() {
    let mut w = World::new();
    let answer = w.ok(STAFF, Command::InstallCamera { at: CameraPlace::Kiosk(K1), in_view: InView::People });
    assert_eq!(answer, Answer::Camera(CameraId(3)));
    let visit = w.courier();
    assert_eq!(last(&w).camera, CameraId(3));
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    assert_eq!(last(&w).camera, LOBBY);
    w.ok(STAFF, Command::RemoveCamera { camera: LOBBY });
    w.shuts(c(1));
    assert_eq!(last(&w).camera, CameraId(3), "who sees it beside something else");
    w.ok(STAFF, Command::RemoveCamera { camera: CameraId(3) });
    let since = w.photos.len();
    w.parcel(visit, "102", Size::S);
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    assert_eq!(w.photos.len(), since, "without a camera nothing is asked for and nothing is missing");
}

#[test]
fn the_desk_is_photographed_at_intake_and_at_hand_over() {
    let mut w = World::new();
    w.ok(STAFF, Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::ParcelsOnly });
    let parcel = w.taken_in("101");
    assert_eq!((last(&w).reason, last(&w).subject.parcels), (PhotoReason::Intake, vec![parcel]));
    let to = HandOverTo::Person(person("ben"));
    w.ok(STAFF, Command::HandOver { parcels: vec![parcel], to });
    assert_eq!((last(&w).camera, last(&w).reason), (CameraId(3), PhotoReason::HandOver));
}

#[test]
fn low_space_stops_photos_and_nothing_else() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    w.see(Observation::DiskLow { low: true });
    let since = w.photos.len();
    w.scans(K1, "ana").unwrap();
    w.opens(door);
    let said = w
        .last
        .iter()
        .filter(|e| matches!(e, Event::PhotoMissing { trouble: Some(PhotoTrouble::SpaceLow), .. }));
    assert_eq!(said.count(), 1, "that it is missing is said");
    w.shuts(door);
    assert_eq!(w.custodian(parcel), Custodian::Recipient(person("ana")));
    assert_eq!(w.photos.len(), since);
    let _ = w.pick_up(K1, wrong("101"));
    assert_eq!(w.photos.len(), since);
    w.see(Observation::DiskLow { low: false });
    let visit = w.courier();
    w.parcel(visit, "102", Size::S);
    assert!(w.photos.len() > since, "photos go on by themselves");
}

#[test]
fn a_silent_camera_is_one_task_until_it_answers() {
    let mut w = World::new();
    let task = TaskKind::CameraSilent { camera: LOBBY };
    for _ in 0..100 {
        w.see(Observation::CameraSilent { camera: LOBBY });
    }
    let raised = |w: &World| {
        w.log.iter().filter(|e| matches!(e, Event::TaskRaised { what, .. } if *what == task)).count()
    };
    assert_eq!(raised(&w), 1);
    let open = w.site.tasks.find(&task).unwrap();
    assert!(matches!(w.ask(STAFF, Command::CompleteTask { task: open }), Err(Refusal::Invalid { .. })));
    w.see(Observation::CameraBack { camera: LOBBY });
    assert!(!w.has_task(&task));
    w.see(Observation::CameraSilent { camera: CameraId(9) });
    assert_eq!(w.last, [], "a camera nobody put up");
    w.see(Observation::CameraSilent { camera: LOBBY });
    w.ok(STAFF, Command::RemoveCamera { camera: LOBBY });
    assert!(!w.has_task(&task), "a camera that is gone is not waited for");
}

#[test]
fn a_household_sees_the_photos_of_its_own_parcels_alone() {
    let mut w = World::new();
    let visit = w.courier();
    let log_in = arrives(&mut w, 1);
    w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let deposit = arrives(&mut w, 2);
    w.shuts(c(1));
    w.finish(visit);
    let seen = |w: &World, photo| ["ana", "ben", "cleo"].map(|name| sees(w, photo, name));
    assert_eq!(seen(&w, deposit), [true, true, false]);
    assert_eq!(seen(&w, log_in), [false; 3], "a courier's log-in is nobody's parcel");
    w.opens(c(1));
    let forced = arrives(&mut w, 3);
    assert_eq!(seen(&w, forced), [false; 3], "who forced a door is for staff");
}

#[test]
fn who_took_a_parcel_by_mistake_is_not_shown_to_those_it_was_for() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let deposit = arrives(&mut w, 1);
    w.shuts(c(1));
    w.finish(visit);
    let visit = w.scans(K1, "ana").unwrap();
    w.opens(c(1));
    let collection = arrives(&mut w, 2);
    assert!(sees(&w, collection, "ben"));
    w.ok(Actor::Visit(visit), Command::NotMine { visit });
    w.shuts(c(1));
    let recipient = RecipientChoice::Household { unit: unit("102"), addressee: None };
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    assert!(sees(&w, deposit, "cleo"), "it shows their parcel");
    assert!(!sees(&w, collection, "cleo"), "it shows somebody of another household at the door");
    assert!(!sees(&w, deposit, "ana"));
}

/// Somebody takes out parcels of two households at once: nobody of either sees who.
#[test]
fn a_photo_of_parcels_of_two_households_is_for_staff_alone() {
    let mut w = World::new();
    let delivered = w.delivered(&["101", "102"]);
    let parcels: Vec<_> = delivered.iter().map(|(parcel, _)| *parcel).collect();
    for reason in [PhotoReason::Deposit, PhotoReason::Collection] {
        let of = |parcels: &[ParcelId]| {
            let subject = PhotoSubject { parcels: parcels.to_vec(), ..PhotoSubject::default() };
            PhotoAsked { camera: LOBBY, reason, subject }
        };
        let both = taken(&mut w, of(&parcels), 1);
        assert!(matches!(&w.last[0], Event::PhotoTaken { household: None, .. }), "{:?}", w.last);
        assert_eq!(["ana", "ben", "cleo"].map(|name| sees(&w, both, name)), [false; 3], "{reason:?}");
        let one = taken(&mut w, of(&parcels[..1]), 2);
        assert!(matches!(&w.last[0], Event::PhotoTaken { household: Some(_), .. }), "{:?}", w.last);
        assert_eq!(["ana", "ben", "cleo"].map(|name| sees(&w, one, name)), [true, true, false], "{reason:?}");
    }
}

#[test]
fn a_photo_says_what_its_camera_sees_and_people_if_the_camera_is_gone() {
    let mut w = World::new();
    let at = CameraPlace::Desk;
    w.ok(STAFF, Command::InstallCamera { at, in_view: InView::ParcelsOnly });
    w.taken_in("101");
    let asked = last(&w);
    let in_view = |w: &World| match &w.last[0] {
        Event::PhotoTaken { in_view, .. } => *in_view,
        other => panic!("{other:?}"),
    };
    taken(&mut w, asked.clone(), 1);
    assert_eq!(in_view(&w), InView::ParcelsOnly);
    w.ok(STAFF, Command::RemoveCamera { camera: asked.camera });
    taken(&mut w, asked, 2);
    assert_eq!(in_view(&w), InView::People, "better kept too short than too long");
}

#[test]
fn a_door_held_open_is_photographed_with_the_parcel_that_goes_in() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    w.minutes(1);
    assert_eq!((last(&w).reason, last(&w).subject.parcels), (PhotoReason::HeldOpen, vec![parcel]));
}

#[test]
fn what_staff_open_or_take_out_is_not_photographed() {
    let mut w = World::new();
    let (parcel, door) = w.delivered(&["101"])[0];
    let since = w.photos.len();
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Damaged });
    w.opens(door);
    w.shuts(door);
    assert_eq!(asked_since(&w, since), []);
}

#[test]
fn low_space_is_said_of_a_door_that_opens_and_not_again_when_it_shuts() {
    let mut w = World::new();
    let (_, door) = w.delivered(&["101"])[0];
    w.see(Observation::DiskLow { low: true });
    w.scans(K1, "ana").unwrap();
    w.opens(door);
    w.shuts(door);
    let said = w.log.iter().filter(|event| matches!(event, Event::PhotoMissing { .. }));
    assert_eq!(said.count(), 1, "what is owed at the shut door was missing before");
}

#[test]
fn a_photo_is_looked_at_on_the_record() {
    let mut w = World::new();
    let photo = PhotoId(1);
    assert_eq!(w.ask(STAFF, Command::ViewPhoto { photo }), Err(Refusal::NotFound));
    w.courier();
    assert_eq!(arrives(&mut w, 1), photo);
    w.ok(STAFF, Command::ViewPhoto { photo });
    assert_eq!(w.last, [Event::PhotoViewed { photo, by: STAFF }]);
    assert_eq!(w.ask(Actor::Kiosk(K1), Command::ViewPhoto { photo }), Err(Refusal::NotYours));
    let ana = Actor::Person(person("ana"));
    w.ok(ana, Command::ViewPhoto { photo });
    assert_eq!(w.last, [Event::PhotoViewed { photo, by: ana }], "who lives here looks on the record too");
}

/// Each look that is recorded is a write that is waited for: a link in strange hands would fill the disk.
#[test]
fn who_looks_at_a_photo_again_within_ten_minutes_is_recorded_once() {
    let mut w = World::new();
    w.courier();
    let (one, other) = (arrives(&mut w, 1), arrives(&mut w, 2));
    let looks = |w: &mut World, by, photo| {
        w.ok(by, Command::ViewPhoto { photo });
        w.last.clone()
    };
    let [ana, ben] = ["ana", "ben"].map(|name| Actor::Person(person(name)));
    let viewed = |photo, by| vec![Event::PhotoViewed { photo, by }];
    assert_eq!(looks(&mut w, ana, one), viewed(one, ana));
    for _ in 0..100 {
        assert_eq!(looks(&mut w, ana, one), []);
    }
    assert_eq!(looks(&mut w, ana, other), viewed(other, ana), "another photo");
    assert_eq!(looks(&mut w, ben, one), viewed(one, ben), "another person");
    for _ in 0..2 {
        assert_eq!(looks(&mut w, STAFF, one), viewed(one, STAFF), "staff are recorded each time");
    }
    w.wait(Span(LOOKS_APART.0 - 1));
    assert_eq!(looks(&mut w, ana, one), [], "that they look on puts nothing off");
    w.snapshot();
    w.wait(Span(1));
    assert_eq!(looks(&mut w, ana, one), viewed(one, ana));
    assert_eq!(w.site.evidence.looks.len(), 1, "what is over is forgotten");
}

#[test]
fn a_state_from_before_looks_were_remembered_is_read() {
    let w = World::new();
    let mut earlier = serde_json::to_value(&w.site).unwrap();
    assert!(earlier["evidence"].as_object_mut().unwrap().remove("looks").is_some());
    assert!(serde_json::from_value::<Site>(earlier).unwrap() == w.site);
}

#[test]
fn the_photos_a_parcel_has_at_hand_are_bounded_and_leave_with_it() {
    let mut w = World::new();
    let visit = w.courier();
    let parcel = w.parcel(visit, "101", Size::S);
    w.opens(c(1));
    let asked = last(&w);
    for hash in 0..40 {
        taken(&mut w, asked.clone(), hash);
    }
    w.shuts(c(1));
    w.finish(visit);
    assert_eq!(w.site.custody.get(parcel).unwrap().photos.len(), vestibule_core::custody::PHOTOS_AT_HAND);
    w.ok(STAFF, Command::StaffRemove { parcel, reason: StaffReason::Damaged });
    w.opens(c(1));
    w.shuts(c(1));
    w.ok(STAFF, Command::WriteOff { parcel, reason: StaffReason::Damaged });
    w.wait(Span::days(2));
    assert!(!serde_json::to_string(&w.site).unwrap().contains(&PhotoHash([39; 32]).to_string()));
}

#[test]
fn cameras_look_at_what_is_there() {
    let mut w = World::with_policy(Policy::default());
    let people = InView::People;
    let set = |at| Command::SetCamera { camera: LOBBY, at, in_view: people };
    w.refuses(vec![
        (
            "no such bank",
            Command::InstallCamera { at: CameraPlace::Bank(BankId(9)), in_view: people },
            "not-found",
        ),
        ("no such kiosk", set(CameraPlace::Kiosk(KioskId(9))), "not-found"),
        ("no such camera", Command::RemoveCamera { camera: CameraId(9) }, "not-found"),
    ]);
    w.ok(STAFF, set(CameraPlace::Desk));
    assert_eq!(w.site.evidence.cameras[&LOBBY].at, CameraPlace::Desk);
}
