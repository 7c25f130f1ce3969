//! A carrier says that it delivered: by number, company and time it is met by what came, or it is a task when its grace is over.

use crate::quick_drops::dropped_on_a_shelf;
use crate::world::*;
use vestibule_core::custody::delivered::adoption::shows_parcels_alone;
use vestibule_core::custody::delivered::{
    ClaimEnd, ClaimSource, ClaimTimes, Explanation, MOST_A_DAY, Standing, WINDOW,
};
use vestibule_core::custody::label::LabelMark;
use vestibule_core::directory::Leavers;
use vestibule_core::evidence::{InView, PhotoAsked, PhotoReason, PhotoSubject};
use vestibule_core::notice::NoticeKind;
use vestibule_core::place::compartment::Size;
use vestibule_core::policy::Policy;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::{
    ClaimHouse, ClaimStep, DeliveryWords, DirectoryChange, LabelClaim, ParcelWords, RecipientChoice,
};
use vestibule_core::*;

pub const NUMBER: &str = "1Z999AA10123456784";
pub const UPS: Option<CarrierId> = Some(CarrierId(1));
pub const FEDEX: Option<CarrierId> = Some(CarrierId(2));

pub fn mark(number: &str) -> LabelMark {
    LabelMark::of(&Pepper, number)
}

pub fn words(number: &str, carrier: Option<CarrierId>) -> DeliveryWords {
    DeliveryWords {
        label: mark(number),
        carrier,
        at: None,
        source: ClaimSource::EasyPost,
        unit: None,
        house: ClaimHouse::Ours,
    }
}

pub fn claim(w: &mut World, words: DeliveryWords) -> ClaimId {
    match w.ok(Actor::Site, Command::ClaimDelivery { words }) {
        Answer::Claim(claim) => claim,
        other => panic!("{other:?}"),
    }
}

pub fn labelled(number: &str) -> ParcelWords {
    let label = Some(LabelClaim { mark: mark(number), another: false });
    ParcelWords { label, ..World::words("102", Size::S) }
}

fn settle(w: &mut World, claim: ClaimId, step: ClaimStep) -> Result<Answer, Refusal> {
    w.ask(STAFF, Command::SettleClaim { claim, step })
}

pub fn standing(w: &World, claim: ClaimId) -> Standing {
    w.site.claims.get(claim).expect("it is known").standing
}

pub fn is_asked(w: &World, claim: ClaimId) -> bool {
    w.has_task(&TaskKind::Unscanned { claim })
}

/// A parcel with this number comes by a courier of UPS, and its door shuts.
pub fn comes(w: &mut World, number: &str) -> ParcelId {
    let visit = w.courier();
    let (parcel, _) = w.put_with(visit, labelled(number));
    w.finish(visit);
    parcel
}

#[test]
fn what_came_before_meets_it_at_once() {
    let mut w = World::new();
    let parcel = comes(&mut w, NUMBER);
    let said = claim(&mut w, words(NUMBER, UPS));
    assert_eq!(standing(&w, said), Standing::Met { parcel });
    w.wait(Span::days(2));
    assert!(!is_asked(&w, said));
}

#[test]
fn it_waits_for_its_grace_and_then_staff_are_asked_once() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    w.wait(Span(Span::hours(2).0 - 1));
    assert!(!is_asked(&w, said), "couriers say delivered at the kerb");
    w.wait(Span(1));
    assert!(is_asked(&w, said));
    assert_eq!(standing(&w, said), Standing::Due);
    w.wait(Span::days(3));
    assert_eq!(w.log.iter().filter(|event| matches!(event, Event::ClaimDue { .. })).count(), 1);
}

#[test]
fn it_is_met_when_the_parcel_lies_where_its_recipient_finds_it_and_not_before() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    let visit = w.courier();
    let parcel = w.parcel_with(visit, labelled(NUMBER));
    assert!(matches!(standing(&w, said), Standing::Waiting { .. }), "in the courier's hands it is not here");
    let door = w.door_of(visit).unwrap();
    w.opens(door);
    w.shuts(door);
    assert_eq!(standing(&w, said), Standing::Met { parcel });
}

#[test]
fn a_parcel_that_comes_late_ends_the_task() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    w.wait(Span::hours(3));
    assert!(is_asked(&w, said));
    comes(&mut w, NUMBER);
    assert!(!is_asked(&w, said));
}

#[test]
fn number_and_company_and_time_must_agree() {
    let mut w = World::new();
    comes(&mut w, NUMBER);
    let other_number = claim(&mut w, words("1Z999AA10123456793", UPS));
    assert!(matches!(standing(&w, other_number), Standing::Waiting { .. }));
    let other_company = claim(&mut w, words(NUMBER, FEDEX));
    assert!(matches!(standing(&w, other_company), Standing::Waiting { .. }), "UPS brought it, not FedEx");
    w.wait(WINDOW);
    w.wait(Span(1));
    let next_life = claim(&mut w, words(NUMBER, UPS));
    assert!(matches!(standing(&w, next_life), Standing::Waiting { .. }), "carriers use numbers again");
}

#[test]
fn what_comes_meets_what_was_said_of_it_once_and_nothing_else() {
    let mut w = World::new();
    let (ups, fedex) = (claim(&mut w, words(NUMBER, UPS)), claim(&mut w, words(NUMBER, FEDEX)));
    let first = comes(&mut w, NUMBER);
    assert_eq!(standing(&w, ups), Standing::Met { parcel: first });
    assert!(matches!(standing(&w, fedex), Standing::Waiting { .. }), "UPS brought it, not FedEx");
    let visit = w.courier();
    let label = Some(LabelClaim { mark: mark(NUMBER), another: true });
    w.put_with(visit, ParcelWords { label, ..labelled(NUMBER) });
    w.finish(visit);
    assert_eq!(standing(&w, ups), Standing::Met { parcel: first }, "another parcel with its number");
}

#[test]
fn what_comes_two_weeks_after_it_was_said_is_another_parcel() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    w.wait(Span(WINDOW.0 + 1));
    comes(&mut w, NUMBER);
    assert!(is_asked(&w, said), "carriers use numbers again");
    let anew = claim(&mut w, words(NUMBER, UPS));
    assert_ne!(anew, said);
    assert!(matches!(standing(&w, anew), Standing::Met { .. }));
}

#[test]
fn a_parcel_of_no_known_company_meets_what_any_says() {
    let mut w = World::new();
    let parcel = w.taken_in_with(labelled(NUMBER));
    let said = claim(&mut w, words(NUMBER, UPS));
    assert_eq!(standing(&w, said), Standing::Met { parcel });
}

#[test]
fn a_carrier_that_hands_on_agrees_with_any_and_is_waited_for_longer() {
    let hand_on = [CarrierId(2)].into();
    let claims = ClaimTimes { hand_on, ..ClaimTimes::default() };
    let mut w = World::with_policy(Policy { claims, ..Policy::default() });
    let later = claim(&mut w, words("776632517510", FEDEX));
    w.wait(Span::hours(23));
    assert!(!is_asked(&w, later), "what FedEx hands on comes the next day");
    w.wait(Span::hours(1));
    assert!(is_asked(&w, later));
    let parcel = comes(&mut w, NUMBER);
    let handed = claim(&mut w, words(NUMBER, FEDEX));
    assert_eq!(standing(&w, handed), Standing::Met { parcel });
    let unknown = claim(&mut w, words("92055901755477000271990001", None));
    w.wait(Span::hours(3));
    assert!(!is_asked(&w, unknown), "who is not known may hand on");
}

#[test]
fn said_again_it_changes_nothing_whoever_says_it() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    let at = Some(w.now);
    w.wait(Span::hours(1));
    let before = w.site.clone();
    for again in [
        words(NUMBER, UPS),
        DeliveryWords { at, ..words(NUMBER, UPS) },
        DeliveryWords { source: ClaimSource::Mail, ..words(NUMBER, None) },
    ] {
        assert_eq!(claim(&mut w, again), said);
        assert!(w.last.is_empty() && w.site == before);
    }
    let parcel = comes(&mut w, NUMBER);
    assert_eq!(claim(&mut w, DeliveryWords { at, ..words(NUMBER, UPS) }), said);
    assert_eq!(standing(&w, said), Standing::Met { parcel });
}

#[test]
fn what_was_explained_is_said_anew_by_a_later_delivery_and_not_by_a_replay() {
    let mut w = World::new();
    let at = Some(w.now);
    let said = claim(&mut w, DeliveryWords { at, ..words(NUMBER, UPS) });
    w.wait(Span::hours(3));
    settle(&mut w, said, ClaimStep::Explain { why: Explanation::Corrected }).unwrap();
    assert!(!is_asked(&w, said));
    assert_eq!(claim(&mut w, DeliveryWords { at, ..words(NUMBER, UPS) }), said, "a replay");
    w.wait(Span::days(1));
    assert_ne!(claim(&mut w, words(NUMBER, UPS)), said, "delivered once more, a day later");
}

#[test]
fn a_time_that_cannot_be_believed_is_refused() {
    let mut w = World::new();
    let now = w.now;
    let at = |at| Command::ClaimDelivery { words: DeliveryWords { at: Some(at), ..words(NUMBER, UPS) } };
    w.refuses(vec![
        ("too old", at(now + Span(-WINDOW.0 - 1)), "claim-too-old"),
        ("ahead", at(now + Span::days(2)), "invalid"),
    ]);
    let early = claim(&mut w, DeliveryWords { at: Some(now + Span::hours(5)), ..words(NUMBER, UPS) });
    assert_eq!(w.site.claims.get(early).unwrap().at, now, "another zone's time of day is now");
    let yesterday = DeliveryWords { at: Some(now + Span(-Span::days(1).0)), ..words("776632517510", UPS) };
    let yesterday = claim(&mut w, yesterday);
    assert!(is_asked(&w, yesterday), "its grace is over already");
}

#[test]
fn what_was_delivered_elsewhere_or_by_nobody_known_is_refused() {
    let mut w = World::new();
    let ask = |words| Command::ClaimDelivery { words };
    w.refuses(vec![
        (
            "another building",
            ask(DeliveryWords { house: ClaimHouse::Another, ..words(NUMBER, UPS) }),
            "another-building",
        ),
        ("no such company", ask(words(NUMBER, Some(CarrierId(9)))), "not-found"),
        ("no such unit", ask(DeliveryWords { unit: Some(UnitId(77)), ..words(NUMBER, UPS) }), "not-found"),
    ]);
}

#[test]
fn staff_find_it_in_a_picture_and_its_people_hear_of_it() {
    let (mut w, parcel) = shown_drop();
    let said = claim(&mut w, words(NUMBER, UPS));
    w.wait(Span::hours(3));
    let recipient = Some(RecipientChoice::Household { unit: unit("102"), addressee: None });
    let here = ClaimStep::Here { parcel, recipient };
    assert_eq!(settle(&mut w, said, here.clone()), Ok(Answer::Done));
    assert!(!is_asked(&w, said));
    assert_eq!(w.notes("cleo"), [NoticeKind::Arrived]);
    let facts = w.site.custody.get(parcel).unwrap();
    assert_eq!(facts.label, Some(mark(NUMBER)), "the parcel bears the number: a second scan is told");
    assert_eq!(settle(&mut w, said, here), Err(Refusal::ClaimOver));
    assert_eq!(claim(&mut w, words(NUMBER, UPS)), said, "a replay finds it found");
}

#[test]
fn staff_find_it_before_they_know_whose_it_is() {
    let (mut w, parcel) = shown_drop();
    let said = claim(&mut w, words(NUMBER, UPS));
    settle(&mut w, said, ClaimStep::Here { parcel, recipient: None }).unwrap();
    assert_eq!(standing(&w, said), Standing::Ended { how: ClaimEnd::Found { parcel }, at: w.now });
    let facts = w.site.custody.get(parcel).unwrap();
    assert_eq!((facts.label, &facts.entitlement), (Some(mark(NUMBER)), &None));
}

#[test]
fn a_parcel_with_another_number_is_not_the_one() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    let other = comes(&mut w, "1Z999AA10123456793");
    let (same, _) = {
        let visit = w.log_in(K1, &w.couriers[0].clone()).unwrap();
        w.put_with(visit, World::words("102", Size::S))
    };
    w.wait(Span::hours(3));
    let recipient = Some(RecipientChoice::Household { unit: unit("103"), addressee: None });
    let here = |parcel| ClaimStep::Here { parcel, recipient: recipient.clone() };
    w.refuses(vec![(
        "it bears another number",
        Command::SettleClaim { claim: said, step: here(other) },
        "another-number",
    )]);
    assert!(is_asked(&w, said), "it is still looked for");
    settle(&mut w, said, here(same)).unwrap();
    assert_eq!(w.site.custody.get(same).unwrap().label, Some(mark(NUMBER)));
}

#[test]
fn a_carrier_that_does_not_answer_is_a_task_again() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    w.wait(Span::hours(3));
    settle(&mut w, said, ClaimStep::AskCarrier).unwrap();
    assert!(!is_asked(&w, said));
    w.wait(Span::days(7));
    assert!(is_asked(&w, said));
    settle(&mut w, said, ClaimStep::Explain { why: Explanation::Compensated }).unwrap();
    let how = ClaimEnd::Explained { why: Explanation::Compensated };
    assert_eq!(standing(&w, said), Standing::Ended { how, at: w.now });
}

#[test]
fn the_task_ends_with_the_fact_alone() {
    let mut w = World::new();
    let said = claim(&mut w, words(NUMBER, UPS));
    w.wait(Span::hours(3));
    let task = w.site.tasks.find(&TaskKind::Unscanned { claim: said }).unwrap();
    w.refuses(vec![
        ("not found yet", Command::CompleteTask { task }, "invalid"),
        (
            "no such claim",
            Command::SettleClaim { claim: ClaimId(9), step: ClaimStep::AskCarrier },
            "not-found",
        ),
        (
            "no such parcel",
            Command::SettleClaim {
                claim: said,
                step: ClaimStep::Here { parcel: ParcelId(99), recipient: None },
            },
            "not-found",
        ),
    ]);
    assert!(is_asked(&w, said));
}

#[test]
fn a_resident_asks_for_their_own_home_and_not_without_end() {
    let mut w = World::new();
    let cleo = Actor::Person(person("cleo"));
    let of_another =
        DeliveryWords { source: ClaimSource::Resident, unit: Some(unit("104")), ..words(NUMBER, UPS) };
    let feed = claim(&mut w, words("1Z999AA10123456793", UPS));
    let Ok(Answer::Claim(said)) = w.ask(cleo, Command::ClaimDelivery { words: of_another.clone() }) else {
        panic!("it is granted")
    };
    assert_eq!(w.site.claims.get(said).unwrap().unit, Some(unit("102")), "their own, whatever the page says");
    assert_ne!(w.site.claims.get(feed).unwrap().by, cleo, "what carriers say counts for nobody");
    for n in 1..MOST_A_DAY {
        let label = mark(&format!("77663251{n:04}"));
        let words = DeliveryWords { label, ..of_another.clone() };
        assert!(w.ask(cleo, Command::ClaimDelivery { words }).is_ok());
    }
    let one_more = DeliveryWords { label: mark("776632519999"), ..of_another };
    let ask = Command::ClaimDelivery { words: one_more };
    assert_eq!(w.ask(cleo, ask.clone()), Err(Refusal::ClaimsEnough));
    w.wait(Span::days(1));
    assert!(w.ask(cleo, ask).is_ok());
    let by_feed = Command::ClaimDelivery { words: words(NUMBER, UPS) };
    assert_eq!(w.ask(cleo, by_feed), Err(Refusal::NotYours), "a resident is no carrier");
    let kiosk = Actor::Kiosk(K1);
    assert_eq!(w.ask(kiosk, Command::ClaimDelivery { words: words(NUMBER, UPS) }), Err(Refusal::NotYours));
}

#[test]
fn what_is_over_is_forgotten_and_what_staff_still_look_for_is_not() {
    let mut w = World::new();
    let met = {
        comes(&mut w, NUMBER);
        claim(&mut w, words(NUMBER, UPS))
    };
    let alone = {
        comes(&mut w, "1Z999AA10123456807");
        claim(&mut w, words("1Z999AA10123456807", UPS))
    };
    let open = claim(&mut w, words("776632517510", FEDEX));
    w.wait(Span::hours(1));
    let beside = claim(&mut w, words(NUMBER, FEDEX));
    assert_ne!(beside, met);
    w.wait(Span(WINDOW.0 + 1 - Span::hours(1).0));
    claim(&mut w, words("776632517521", FEDEX));
    assert!(w.site.claims.get(met).is_none() && w.site.claims.get(alone).is_none());
    assert!(!w.site.claims.by_label.contains_key(&mark("1Z999AA10123456807")));
    assert_eq!(claim(&mut w, words(NUMBER, FEDEX)), beside, "under the same number, and still looked for");
    assert!(is_asked(&w, open) && w.site.claims.get(open).is_some());
    comes(&mut w, "1Z999AA10123456793");
    assert_eq!(w.site.claims.came.len(), 1, "the parcel of two weeks ago is forgotten");
}

/// A drop of two on the shelf of a site that shows pictures of such for three days.
fn shown_drop() -> (World, ParcelId) {
    let claims = ClaimTimes { drops_shown: Span::days(3), ..ClaimTimes::default() };
    let policy = Policy { claims, ..Policy::default() };
    let mut w = World::build(policy, bank_one().into_iter().take(1).collect());
    w.ok(STAFF, Command::InstallShelf { label: "A1".to_owned() });
    let dropped = dropped_on_a_shelf(&mut w, 2);
    (w, dropped[0])
}

fn asks(w: &mut World, name: &str, same_building: bool) -> Result<Answer, Refusal> {
    w.ask(Actor::Person(person(name)), Command::AskForDrop { drop: DropId(1), same_building })
}

#[test]
fn who_lives_here_says_that_one_of_a_drop_is_theirs_and_staff_confirm() {
    let (mut w, parcel) = shown_drop();
    let cleo = TaskKind::OneIsTheirs { drop: DropId(1), person: person("cleo") };
    asks(&mut w, "cleo", true).unwrap();
    assert!(w.has_task(&cleo));
    let before = w.site.clone();
    asks(&mut w, "cleo", true).unwrap();
    assert!(w.site == before, "once is enough");
    asks(&mut w, "dan", true).unwrap();
    for parcel in [parcel, ParcelId(parcel.0 + 1)] {
        let recipient = RecipientChoice::Household { unit: unit("102"), addressee: None };
        w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    }
    let open = w.site.tasks.open.values().any(|task| matches!(task.what, TaskKind::OneIsTheirs { .. }));
    assert!(!open, "each of them is somebody's");
    assert_eq!(asks(&mut w, "ben", true), Err(Refusal::NotFound), "what is sorted is not shown");
}

#[test]
fn what_is_asked_of_one_drop_stays_when_another_is_sorted() {
    let (mut w, first) = shown_drop();
    let visit = w.courier();
    let Answer::Parcel { parcel, .. } = w.ok(Actor::Visit(visit), Command::QuickDrop { visit, parcels: 1 })
    else {
        panic!("a drop")
    };
    w.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel });
    w.finish(visit);
    let asked = |drop| TaskKind::OneIsTheirs { drop, person: person("cleo") };
    for drop in [DropId(1), DropId(2)] {
        let ask = Command::AskForDrop { drop, same_building: true };
        w.ok(Actor::Person(person("cleo")), ask);
    }
    let recipient = RecipientChoice::Household { unit: unit("102"), addressee: None };
    w.ok(STAFF, Command::CorrectRecipient { parcel, recipient });
    assert!(!w.has_task(&asked(DropId(2))) && w.has_task(&asked(DropId(1))), "{first} is nobody's yet");
}

#[test]
fn pictures_of_a_drop_are_for_who_lives_in_its_building_and_for_some_days() {
    let (mut w, _) = shown_drop();
    assert_eq!(asks(&mut w, "cleo", false), Err(Refusal::NotFound), "another building");
    let leave = DirectoryChange::Leave { person: person("dan"), leavers: Leavers::Keep };
    w.ok(STAFF, Command::ChangeDirectory { changes: vec![leave] });
    assert_eq!(asks(&mut w, "dan", true), Err(Refusal::NotFound), "who moved out");
    let by_kiosk = Command::AskForDrop { drop: DropId(1), same_building: true };
    assert_eq!(w.ask(STAFF, by_kiosk.clone()), Err(Refusal::NotYours), "staff know better ways");
    assert_eq!(w.ask(Actor::Kiosk(K1), by_kiosk), Err(Refusal::NotYours));
    w.wait(Span::days(3));
    assert_eq!(asks(&mut w, "cleo", true), Err(Refusal::NotFound), "too long ago");
    let mut w = World::new();
    assert_eq!(asks(&mut w, "cleo", true), Err(Refusal::NotFound));
}

#[test]
fn nothing_is_shown_unless_the_site_says_so_and_nobody_ever_in_view() {
    let (mut w, _) = shown_drop();
    let off = Policy { claims: ClaimTimes::default(), ..w.site.policy.clone() };
    w.ok(STAFF, Command::SetPolicy { policy: off });
    assert_eq!(asks(&mut w, "cleo", true), Err(Refusal::NotFound));
    let asked = |reason| PhotoAsked { camera: CameraId(1), reason, subject: PhotoSubject::default() };
    let drop = asked(PhotoReason::QuickDrop);
    assert!(shows_parcels_alone(&drop, InView::ParcelsOnly));
    assert!(!shows_parcels_alone(&drop, InView::People));
    assert!(!shows_parcels_alone(&asked(PhotoReason::Deposit), InView::ParcelsOnly));
}
