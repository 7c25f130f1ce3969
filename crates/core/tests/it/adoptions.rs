//! Staff adopt a parcel nobody scanned: one step says whose it is, what number it bears and where it lies, and whom nobody told yet
//! is told once.

use crate::quick_drops::dropped_on_a_shelf;
use crate::world::*;
use vestibule_core::custody::delivered::{ClaimEnd, ClaimSource, Standing};
use vestibule_core::custody::label::LabelMark;
use vestibule_core::custody::{Assurance, Custodian, PHOTOS_AT_HAND};
use vestibule_core::evidence::{CameraPlace, InView, PhotoHash, PhotoReason};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{
    AdoptionWords, ClaimHouse, DeliveryWords, LabelClaim, PutAway, RecipientChoice, Unscanned,
};
use vestibule_core::*;

const NUMBER: &str = "1Z999AA10123456784";
const UPS: Option<CarrierId> = Some(CarrierId(1));
const DROP: DropId = DropId(1);
const A1: ShelfId = ShelfId(1);
const A2: ShelfId = ShelfId(2);
const PHOTO: PhotoHash = PhotoHash([7; 32]);

fn mark(number: &str) -> LabelMark {
    LabelMark::of(&Pepper, number)
}

/// A room with two shelves and without a free locker; on the first lies a drop of two.
fn room() -> (World, [ParcelId; 2]) {
    let mut w = World::build(Policy::default(), bank_one().into_iter().take(1).collect());
    for label in ["A1", "A2"] {
        w.ok(STAFF, Command::InstallShelf { label: label.to_owned() });
    }
    let dropped = dropped_on_a_shelf(&mut w, 2);
    (w, [dropped[0], dropped[1]])
}

fn household(number: &str) -> RecipientChoice {
    RecipientChoice::Household { unit: unit(number), addressee: None }
}

fn words(found: Unscanned) -> AdoptionWords {
    AdoptionWords { found, recipient: household("102"), label: None, claim: None, photos: Vec::new() }
}

fn dropped(parcel: ParcelId, put: Option<PutAway>) -> AdoptionWords {
    words(Unscanned::Dropped { parcel, put })
}

fn unknown(put: PutAway) -> AdoptionWords {
    words(Unscanned::Unknown { carrier: None, size: Size::M, put })
}

fn labelled(words: AdoptionWords, number: &str) -> AdoptionWords {
    AdoptionWords { label: Some(LabelClaim { mark: mark(number), another: false }), ..words }
}

fn adopts(w: &mut World, words: AdoptionWords) -> Result<(ParcelId, Option<Place>), Refusal> {
    match w.ask(STAFF, Command::Adopt(words))? {
        Answer::Parcel { parcel, place, .. } => Ok((parcel, place)),
        other => panic!("{other:?}"),
    }
}

/// A carrier says that it delivered; after its grace staff are asked.
fn claim(w: &mut World, number: &str, carrier: Option<CarrierId>) -> ClaimId {
    let words = DeliveryWords {
        label: mark(number),
        carrier,
        at: None,
        source: ClaimSource::EasyPost,
        unit: None,
        house: ClaimHouse::Ours,
    };
    match w.ok(Actor::Site, Command::ClaimDelivery { words }) {
        Answer::Claim(claim) => claim,
        other => panic!("{other:?}"),
    }
}

fn standing(w: &World, claim: ClaimId) -> Standing {
    w.site.claims.get(claim).expect("it is known").standing
}

fn evidence(w: &World, parcel: ParcelId) -> Vec<Vec<String>> {
    let of = |event: &Event| match event {
        Event::CustodyTransferred { parcel: p, evidence, .. } if *p == parcel => Some(evidence.clone()),
        _ => None,
    };
    w.log.iter().filter_map(of).collect()
}

#[test]
fn one_of_a_drop_stays_where_it_lies_and_is_theirs_under_its_number() {
    let (mut w, [first, second]) = room();
    let said = adopts(&mut w, labelled(dropped(first, None), NUMBER));
    assert_eq!(said, Ok((first, None)));
    assert_eq!(w.custodian(first), Custodian::Shelf(A1), "nobody touched it");
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    let facts = w.site.custody.get(first).unwrap();
    assert_eq!((facts.label, facts.unit, facts.drop), (Some(mark(NUMBER)), Some(unit("102")), Some(DROP)));
    assert!(w.has_task(&TaskKind::Sort { drop: DROP }), "the other is nobody's yet");
    adopts(&mut w, dropped(second, None)).unwrap();
    assert!(!w.has_task(&TaskKind::Sort { drop: DROP }));
}

#[test]
fn one_of_a_drop_is_carried_to_another_shelf_by_staff_and_its_people_hear_once() {
    let (mut w, [first, _]) = room();
    let adopted = AdoptionWords { photos: vec![PHOTO, PHOTO], ..dropped(first, Some(PutAway::Shelf(A2))) };
    assert_eq!(adopts(&mut w, adopted), Ok((first, Some(Place::Shelf(A2)))));
    assert_eq!((w.custodian(first), w.assurance(first)), (Custodian::Shelf(A2), Assurance::StaffWord));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived], "one word for all of it");
    let shown = evidence(&w, first);
    let [.., taken_up, put_down] = shown.as_slice() else { panic!("{shown:?}") };
    assert_eq!(taken_up, &[PHOTO.to_string()], "the photo it was found by is named, once");
    assert!(put_down.is_empty());
    let (mut w, [first, _]) = room();
    adopts(&mut w, dropped(first, Some(PutAway::Shelf(A1)))).unwrap();
    assert_eq!(evidence(&w, first).len(), 1, "put where it lies, it is not moved");
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
}

#[test]
fn one_of_a_drop_is_kept_at_the_desk() {
    let (mut w, [first, _]) = room();
    assert_eq!(adopts(&mut w, dropped(first, Some(PutAway::Desk))), Ok((first, Some(Place::Desk))));
    assert_eq!(w.custodian(first), Custodian::Staff(StaffId(1)));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
}

#[test]
fn what_lies_in_the_hands_of_a_visit_that_goes_on_is_told_when_staff_take_it() {
    let mut w = World::build(Policy::default(), bank_one().into_iter().take(1).collect());
    let visit = w.courier();
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let Answer::Parcel { parcel, .. } = w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 1 })
    else {
        panic!("a drop")
    };
    adopts(&mut w, dropped(parcel, Some(PutAway::Desk))).unwrap();
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    w.finish(visit);
    w.minutes(5);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived], "and not again at the end of the visit");
}

#[test]
fn one_the_site_knew_nothing_of_is_in_custody_by_the_photo_it_was_found_by() {
    let (mut w, _) = room();
    w.ok(STAFF, Command::InstallCamera { at: CameraPlace::Desk, in_view: InView::People });
    let of_the_desk =
        |w: &World| w.photos.iter().filter(|(asked, _)| asked.reason == PhotoReason::Intake).count();
    let adopted = AdoptionWords { photos: vec![PHOTO], ..labelled(unknown(PutAway::Shelf(A2)), NUMBER) };
    let (parcel, place) = adopts(&mut w, adopted).unwrap();
    assert_eq!((w.custodian(parcel), place), (Custodian::Shelf(A2), Some(Place::Shelf(A2))));
    assert_eq!(evidence(&w, parcel), [vec![PHOTO.to_string()], Vec::new()]);
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    assert_eq!(w.site.custody.get(parcel).unwrap().label, Some(mark(NUMBER)));
    let again = labelled(unknown(PutAway::Desk), NUMBER);
    assert_eq!(adopts(&mut w, again), Err(Refusal::AlreadyHere { parcel }), "the number came today");
    assert_eq!(of_the_desk(&w), 0, "on a shelf no camera of the desk sees it");
    let at_desk = labelled(unknown(PutAway::Desk), "1Z999AA10123456793");
    adopts(&mut w, at_desk).unwrap();
    assert_eq!(of_the_desk(&w), 1);
}

#[test]
fn the_claim_it_was_looked_for_under_gives_number_and_company_and_ends_with_it() {
    let (mut w, _) = room();
    let said = claim(&mut w, NUMBER, UPS);
    w.wait(Span::hours(3));
    assert!(w.has_task(&TaskKind::Unscanned { claim: said }));
    let adopted = AdoptionWords { claim: Some(said), ..unknown(PutAway::Desk) };
    let (parcel, _) = adopts(&mut w, adopted.clone()).unwrap();
    let facts = w.site.custody.get(parcel).unwrap();
    assert_eq!((facts.label, facts.carrier), (Some(mark(NUMBER)), UPS), "neither was said again");
    assert_eq!(standing(&w, said), Standing::Ended { how: ClaimEnd::Found { parcel }, at: w.now });
    assert!(!w.has_task(&TaskKind::Unscanned { claim: said }));
    assert_eq!(adopts(&mut w, adopted), Err(Refusal::ClaimOver), "one claim is one parcel");
}

#[test]
fn a_claim_older_than_anybody_listens_to_ends_with_what_staff_take_in_under_it() {
    let (mut w, _) = room();
    let said = claim(&mut w, NUMBER, UPS);
    w.wait(Span::days(20));
    let adopted = AdoptionWords { claim: Some(said), ..unknown(PutAway::Desk) };
    let (parcel, _) = adopts(&mut w, adopted).unwrap();
    assert_eq!(standing(&w, said), Standing::Ended { how: ClaimEnd::Found { parcel }, at: w.now });
}

#[test]
fn the_number_read_ends_what_carriers_say_of_it_and_meets_what_they_say_later() {
    let (mut w, [first, second]) = room();
    let said = claim(&mut w, NUMBER, UPS);
    let other = claim(&mut w, "1Z999AA10123456793", UPS);
    adopts(&mut w, labelled(dropped(first, None), NUMBER)).unwrap();
    assert_eq!(standing(&w, said), Standing::Ended { how: ClaimEnd::Found { parcel: first }, at: w.now });
    assert!(matches!(standing(&w, other), Standing::Waiting { .. }), "of another number nothing is known");
    let late = "1Z999AA10123456802";
    adopts(&mut w, labelled(dropped(second, None), late)).unwrap();
    let told = claim(&mut w, late, UPS);
    assert_eq!(standing(&w, told), Standing::Met { parcel: second }, "it came before it was said");
}

#[test]
fn what_cannot_be_so_is_refused_and_nothing_is_changed() {
    let (mut w, [first, second]) = room();
    let over = claim(&mut w, NUMBER, UPS);
    adopts(&mut w, AdoptionWords { claim: Some(over), ..dropped(second, None) }).unwrap();
    let ask = Command::Adopt;
    let nowhere = RecipientChoice::Household { unit: UnitId(77), addressee: None };
    w.refuses(vec![
        ("sorted already", ask(dropped(second, None)), "wrong-custody"),
        ("no such parcel", ask(dropped(ParcelId(99), None)), "not-found"),
        ("no such shelf", ask(dropped(first, Some(PutAway::Shelf(ShelfId(9))))), "no-such-shelf"),
        ("no such unit", ask(AdoptionWords { recipient: nowhere, ..dropped(first, None) }), "not-found"),
        (
            "a claim that ended",
            ask(AdoptionWords { claim: Some(over), ..dropped(first, None) }),
            "claim-over",
        ),
        (
            "no such claim",
            ask(AdoptionWords { claim: Some(ClaimId(9)), ..dropped(first, None) }),
            "not-found",
        ),
        ("its number came today", ask(labelled(unknown(PutAway::Desk), NUMBER)), "already-here"),
        (
            "no such company",
            ask(words(Unscanned::Unknown { carrier: Some(CarrierId(9)), size: Size::M, put: PutAway::Desk })),
            "not-found",
        ),
        (
            "more photos than stay at hand",
            ask(AdoptionWords { photos: vec![PHOTO; PHOTOS_AT_HAND + 1], ..dropped(first, None) }),
            "invalid",
        ),
    ]);
    let before = w.site.clone();
    let by_a_resident = w.ask(Actor::Person(person("cleo")), ask(dropped(first, None)));
    assert_eq!(by_a_resident, Err(Refusal::NotYours), "nobody takes a parcel by a picture");
    assert!(w.site == before);
}

#[test]
fn what_lies_behind_a_door_is_theirs_there_and_is_not_moved_by_a_word() {
    let mut w = World::new();
    let visit = w.courier();
    let Answer::Parcel { parcel, .. } = w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 1 })
    else {
        panic!("a drop")
    };
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.shuts(door);
    w.finish(visit);
    w.refuses(vec![(
        "its door is shut",
        Command::Adopt(dropped(parcel, Some(PutAway::Desk))),
        "wrong-custody",
    )]);
    adopts(&mut w, dropped(parcel, None)).unwrap();
    assert_eq!(w.custodian(parcel), Custodian::Compartment(door));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
}
