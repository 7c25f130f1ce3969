//! Whoever is sent to a shelf walks away from the screen: their visit waits, and a courier who comes back too late is asked.

use crate::street::ROOM;
use crate::world::*;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::evidence::photo::{sees_piles, sees_put_down};
use vestibule_core::evidence::{CameraPlace, InView, PhotoAsked, PhotoReason, PhotoTrouble};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::visit::VisitEnd;
use vestibule_core::visit::walk::{ASKED_FOR, asked_about};
use vestibule_core::vocabulary::command::{CheckOut, PutDown, PutTo};
use vestibule_core::*;

const F1: ShelfId = ShelfId(1);
const F2: ShelfId = ShelfId(2);

/// One locker, full, and two shelves.
fn room() -> World {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    for label in ["F1", "F2"] {
        w.ok(STAFF, Command::InstallShelf { label: label.to_owned() });
    }
    let visit = w.courier();
    w.put(visit, "104", Size::S);
    w.finish(visit);
    w
}

/// A courier who was sent to F1 with a parcel of 102.
fn sent_to_f1(w: &mut World, code: &Code) -> (VisitId, ParcelId) {
    let visit = w.log_in(K1, code).unwrap();
    let parcel = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(parcel), Some(Place::Shelf(F1)));
    (visit, parcel)
}

/// The same, come back too late.
fn came_back_late(w: &mut World, code: &Code) -> ParcelId {
    let (visit, parcel) = sent_to_f1(w, code);
    w.minutes(3);
    assert_eq!(w.ended(visit), Some(VisitEnd::Idle));
    assert!(w.has_task(&TaskKind::Accept { parcel }), "staff are asked for it");
    parcel
}

fn puts_down(w: &mut World, visit: VisitId, parcel: ParcelId, to: PutTo) -> Result<Answer, Refusal> {
    w.ask(Actor::Visit(visit), Command::PutDown(PutDown { to, ..PutDown::there(visit, parcel) }))
}

#[test]
fn a_courier_who_carries_it_to_the_shelf_finds_their_visit_when_they_come_back() {
    let mut w = room();
    let code = w.ups();
    let (visit, parcel) = sent_to_f1(&mut w, &code);
    w.seconds(179);
    assert_eq!(w.ended(visit), None);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.seconds(29);
    assert_eq!(w.ended(visit), None);
    w.seconds(1);
    assert_eq!(w.ended(visit), Some(VisitEnd::Idle), "nothing sends them away now");
    assert_eq!(w.custodian(parcel), Custodian::Shelf(F1));
}

#[test]
fn a_resident_who_goes_to_the_shelves_finds_their_visit_when_they_come_back() {
    let mut w = room();
    let code = w.ups();
    let (visit, parcel) = sent_to_f1(&mut w, &code);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    let visit = w.scans(K1, "cleo").unwrap();
    w.seconds(179);
    w.ok(Actor::Visit(visit), Command::TakeFromShelf { visit, out: CheckOut::by_tap(parcel) });
    w.seconds(30);
    assert_eq!(w.ended(visit), Some(VisitEnd::Idle));
}

#[test]
fn a_door_that_would_open_keeps_nobodys_visit_open() {
    let mut w = room();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let parcel = w.parcel(visit, "104", Size::S);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    let visit = w.scans(K1, "fay").unwrap();
    w.opens(c(1));
    w.ok(Actor::Visit(visit), Command::LeaveInside { visit });
    w.shuts(c(1));
    w.seconds(30);
    assert_eq!(w.ended(visit), Some(VisitEnd::Idle), "behind door 1 something of theirs still waits");
}

#[test]
fn nobody_waits_at_the_screen_for_a_resident_who_is_at_the_shelves() {
    let mut w = room();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    for number in ["102", "101"] {
        let parcel = w.parcel(visit, number, Size::S);
        w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    }
    w.finish(visit);
    let away = w.scans(K1, "cleo").unwrap();
    let ana = w.scans(K1, "ana").unwrap();
    assert_eq!((w.ended(away), w.ended(ana)), (Some(VisitEnd::Idle), None));
    let again = w.scans(K1, "cleo").unwrap();
    assert_eq!(w.ended(ana), Some(VisitEnd::Idle), "their code is as good as before");
    w.finish(again);
    w.scans(K1, "fay").unwrap();
    assert_eq!(w.scans(K1, "cleo"), Err(Refusal::KioskBusy), "who is at a door is there");
}

#[test]
fn who_comes_back_with_the_same_code_says_that_it_is_there() {
    let mut w = room();
    let code = w.ups();
    let parcel = came_back_late(&mut w, &code);
    let visit = w.log_in(K1, &code).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), [parcel]);
    assert!(w.has_task(&TaskKind::Accept { parcel }), "until they say so");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!(w.custodian(parcel), Custodian::Shelf(F1));
    assert_eq!(w.assurance(parcel), Assurance::CourierWord);
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
    assert_eq!(asked_about(&w.site, visit, w.now), []);
    assert_eq!(w.site.visits.live[&visit].deposits, [parcel]);
    assert_eq!(w.site.custody.get(parcel).unwrap().visit, Some(visit), "it is of the visit that brought it");
    w.finish(visit);
    w.minutes(1);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    assert!(w.site.visits.left.is_empty(), "nothing of it is kept");
}

#[test]
fn or_scans_the_shelf_they_took_or_says_that_they_still_have_it() {
    let mut w = room();
    let code = w.ups();
    let parcel = came_back_late(&mut w, &code);
    let mut other = w.clone();
    let visit = other.log_in(K1, &code).unwrap();
    puts_down(&mut other, visit, parcel, PutTo::Shelf { shelf: F2, reach: false }).unwrap();
    assert_eq!(other.custodian(parcel), Custodian::Shelf(F2));

    let visit = w.log_in(K1, &code).unwrap();
    puts_down(&mut w, visit, parcel, PutTo::InHand).unwrap();
    assert_eq!((w.custodian(parcel), w.planned(parcel)), (Custodian::Courier(visit), Some(Place::Shelf(F1))));
    assert_eq!(w.site.visits.live[&visit].carrying, [parcel]);
    assert!(!w.has_task(&TaskKind::Accept { parcel }));
    w.minutes(3);
    assert!(w.has_task(&TaskKind::Accept { parcel }), "away once more, asked for once more");
    let visit = w.log_in(K1, &code).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), [parcel]);
}

#[test]
fn both_arms_full_take_up_nothing_more() {
    let mut w = room();
    let code = w.ups();
    let parcel = came_back_late(&mut w, &code);
    let visit = w.log_in(K1, &code).unwrap();
    for _ in 0..2 {
        w.parcel(visit, "101", Size::S);
    }
    assert_eq!(puts_down(&mut w, visit, parcel, PutTo::InHand), Err(Refusal::QueueFull));
    assert!(w.last.is_empty());
    puts_down(&mut w, visit, parcel, PutTo::There).unwrap();
}

#[test]
fn another_courier_of_the_same_company_is_not_asked_and_may_not_say() {
    let mut w = room();
    let (code, anothers) = (w.ups(), w.ups());
    let parcel = came_back_late(&mut w, &code);
    let visit = w.log_in(K1, &anothers).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), []);
    let before = w.site.clone();
    for to in [PutTo::There, PutTo::Shelf { shelf: F1, reach: false }, PutTo::InHand] {
        assert_eq!(puts_down(&mut w, visit, parcel, to), Err(Refusal::NotYours));
        assert!(w.last.is_empty() && w.site == before, "a refusal records nothing");
    }
    let resident = w.scans(K1, "fay").unwrap();
    assert_eq!(puts_down(&mut w, resident, parcel, PutTo::There), Err(Refusal::NotYours));
    assert_eq!(w.custodian(parcel), Custodian::Courier(VisitId(2)));
}

#[test]
fn what_staff_took_or_what_is_long_ago_is_asked_about_no_more() {
    let mut w = room();
    let code = w.ups();
    let parcel = came_back_late(&mut w, &code);
    let mut taken = w.clone();
    taken.ok(STAFF, Command::AcceptAtDesk { parcel });
    let visit = taken.log_in(K1, &code).unwrap();
    assert_eq!(asked_about(&taken.site, visit, taken.now), []);
    assert_eq!(puts_down(&mut taken, visit, parcel, PutTo::There), Err(Refusal::NotYours));
    assert!(taken.site.visits.left.is_empty());

    w.wait(ASKED_FOR);
    let visit = w.log_in(K1, &code).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), []);
    assert_eq!(puts_down(&mut w, visit, parcel, PutTo::There), Err(Refusal::NotYours));
}

#[test]
fn what_was_left_at_the_desk_is_for_staff_to_take() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    w.ok(STAFF, Command::SetDeskHours { hours: vec![time::WeekWindow::ALWAYS] });
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    w.put(visit, "104", Size::S);
    let parcel = w.parcel(visit, "102", Size::S);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    let visit = w.log_in(K1, &code).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), []);
    assert_eq!(puts_down(&mut w, visit, parcel, PutTo::There), Err(Refusal::NotYours));
}

#[test]
fn a_pile_comes_back_whole() {
    let mut w = room();
    let code = w.ups();
    let visit = w.log_in(K1, &code).unwrap();
    let Answer::Parcel { parcel: first, .. } =
        w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 3 })
    else {
        panic!("a pile")
    };
    w.minutes(3);
    let visit = w.log_in(K1, &code).unwrap();
    assert_eq!(asked_about(&w.site, visit, w.now), [first], "the one that leads");
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel: first });
    for parcel in (first.0..first.0 + 3).map(ParcelId) {
        assert_eq!(w.custodian(parcel), Custodian::Shelf(F1));
        assert!(!w.has_task(&TaskKind::Accept { parcel }));
    }
    assert!(w.site.visits.left.is_empty());
}

// -- what is put down is photographed

fn asked_of(w: &World, reason: PhotoReason) -> Vec<PhotoAsked> {
    w.photos.iter().map(|(asked, _)| asked.clone()).filter(|asked| asked.reason == reason).collect()
}

fn missing(w: &World) -> Vec<(PhotoAsked, Option<PhotoTrouble>)> {
    let said = w.log.iter().filter_map(|event| match event {
        Event::PhotoMissing { asked: Some(asked), trouble, .. } => Some(((**asked).clone(), *trouble)),
        _ => None,
    });
    said.collect()
}

#[test]
fn what_a_courier_puts_on_a_shelf_is_photographed_as_it_arrives() {
    let mut w = room();
    let code = w.ups();
    let (visit, parcel) = sent_to_f1(&mut w, &code);
    let since = asked_of(&w, PhotoReason::Deposit).len();
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    let asked = asked_of(&w, PhotoReason::Deposit)[since..].to_vec();
    let [asked] = asked.as_slice() else { panic!("one: {asked:?}") };
    assert_eq!((asked.camera, asked.subject.visit), (CameraId(1), Some(visit)), "what sees the kiosk's bank");
    assert_eq!(asked.subject.parcels, [parcel]);
    assert_eq!(missing(&w), []);
}

#[test]
fn without_a_camera_and_without_a_picture_of_the_screen_that_is_said() {
    let mut w = room();
    w.ok(STAFF, Command::RemoveCamera { camera: CameraId(1) });
    let code = w.ups();
    let (visit, parcel) = sent_to_f1(&mut w, &code);
    assert!(!sees_put_down(&w.site, K1, Place::Shelf(F1)) && !sees_piles(&w.site, K1));
    let mut pictured = w.clone();
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    let said = missing(&w);
    let [(asked, trouble)] = said.as_slice() else { panic!("once: {said:?}") };
    assert_eq!((asked.reason, *trouble), (PhotoReason::Deposit, Some(PhotoTrouble::NoCamera)));
    assert_eq!((asked.camera, &asked.subject.parcels), (CameraId::OF_THE_SCREEN, &vec![parcel]));
    let put = PutDown { is_pictured: true, ..PutDown::there(visit, parcel) };
    pictured.ok(Actor::Visit(visit), Command::PutDown(put));
    assert_eq!(missing(&pictured), [], "the screen's own picture comes");
    assert_eq!(pictured.custodian(parcel), Custodian::Shelf(F1));
}

#[test]
fn what_goes_back_with_its_courier_is_not_photographed() {
    let mut w = World::build(Default::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.put(visit, "104", Size::S);
    let parcel = w.parcel(visit, "102", Size::S);
    assert_eq!(w.planned(parcel), Some(Place::TakeBack));
    let since = w.photos.len();
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    assert_eq!((w.photos.len(), missing(&w)), (since, vec![]));
}

/// A pile that goes into a room is seen by the camera at the room's door, as what is carried out is.
#[test]
fn a_pile_is_photographed_where_it_goes() {
    let mut w = World::with_doors();
    for camera in w.site.evidence.cameras.keys().copied().collect::<Vec<_>>() {
        w.ok(STAFF, Command::RemoveCamera { camera });
    }
    let at_door = Command::InstallCamera { at: CameraPlace::Door(ROOM), in_view: InView::People };
    let Answer::Camera(camera) = w.ok(STAFF, at_door) else { panic!("a camera") };
    let code = w.ups_for(&[ROOM]);
    let visit = w.log_in(K1, &code).unwrap();
    let Answer::Parcel { parcel, place: Some(place @ Place::Shelf(_)), .. } =
        w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 2 })
    else {
        panic!("a shelf")
    };
    assert!(sees_put_down(&w.site, K1, place));
    let asked = asked_of(&w, PhotoReason::QuickDrop);
    let [asked] = asked.as_slice() else { panic!("one: {asked:?}") };
    assert_eq!((asked.camera, &asked.subject.parcels), (camera, &vec![parcel, ParcelId(parcel.0 + 1)]));
}

#[test]
fn what_comes_to_a_screen_in_a_visit_is_on_record_once() {
    let mut w = room();
    let code = w.ups();
    let (visit, parcel) = sent_to_f1(&mut w, &code);
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    let (asked, _) = w.photos.last().cloned().unwrap();
    let (hash, media) = (evidence::PhotoHash([7; 32]), evidence::PhotoMedia::Jpeg);
    let asked = Box::new(asked);
    w.see(Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None });
    let photo = PhotoId(1);
    let visit = w.scans(K1, "cleo").unwrap();
    let by = Actor::Visit(visit);
    w.ok(by, Command::ViewPhoto { photo });
    assert_eq!(w.last, [Event::PhotoViewed { photo, by }]);
    w.ok(by, Command::ViewPhoto { photo });
    assert_eq!(w.last, [], "the screen is drawn again and again");
    w.snapshot();
    w.finish(visit);
    assert_eq!(w.ask(by, Command::ViewPhoto { photo }), Err(Refusal::VisitOver));
    let visit = w.scans(K1, "cleo").unwrap();
    w.ok(Actor::Visit(visit), Command::ViewPhoto { photo });
    assert_eq!(w.last, [Event::PhotoViewed { photo, by: Actor::Visit(visit) }], "another look");
}
