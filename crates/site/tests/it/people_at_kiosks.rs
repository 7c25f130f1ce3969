//! What people do at kiosks that nobody planned for: scanning twice, tapping twice, walking off, wanting the same door.

use crate::live::{Call, LiveSite};
use crate::wall::*;
use vestibule_core::custody::Custodian;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_site::handle::Request;

#[tokio::test]
async fn a_scanner_that_repeats_opens_one_door_once() {
    let wall = Wall::new().await;
    let (_, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    let command = |proof| Command::PickUp { kiosk: K1, proof };
    let scan = wall.scanned(&code).await;
    let ask = |key: Option<&str>| {
        let request = Request::new(Actor::Kiosk(K1), command(scan.clone()));
        wall.outcome(request.with_key(key.map(str::to_owned)))
    };
    let (first, again, keyed, keyed_again) =
        tokio::join!(ask(None), ask(None), ask(Some("scan-7")), ask(Some("scan-7")));
    for outcome in [&first, &again, &keyed, &keyed_again] {
        assert!(matches!(outcome.answer, Ok(Answer::PickUp { .. })), "{:?}", outcome.answer);
    }
    assert_eq!(keyed.answer, keyed_again.answer);
    assert!(keyed_again.repeated);
    wall.open(door).await;
    assert!(wall.pick_up(K1, scan.clone()).await.is_ok(), "once more at the open door");
    assert_eq!(wall.count("opening-authorised").await, 2, "the deposit's, and one");
    assert_eq!((wall.pulses(door), wall.count("visit-began").await), (2, 2));
    wall.shut(door).await;
    wall.end().await;
}

/// As a scanner set to a French keyboard types it.
fn in_french(token: &str) -> String {
    let typed = |c: char| match c {
        '0' => 'à',
        '1' => '&',
        '2' => 'é',
        '3' => '"',
        '4' => '\'',
        '5' => '(',
        '6' => '-',
        '7' => 'è',
        '8' => '_',
        '9' => 'ç',
        'A' => 'Q',
        'Q' => 'A',
        'Z' => 'W',
        'W' => 'Z',
        'M' => ',',
        other => other,
    };
    token.chars().map(typed).collect()
}

#[tokio::test]
async fn a_scanner_with_a_foreign_layout_is_named_and_costs_nobody_a_try() {
    let site = LiveSite::founded().await;
    let mut issued = site.ask(Command::IssueCard { person: PersonId(1) }).await;
    let card = issued.revealed.remove(0).token.expose().to_owned();
    let cookie = format!("kiosk={}; language=en", site.kiosk().await);
    let screen = async || Call::get("/kiosk").header("cookie", &cookie).to(&site).await.text;
    let csrf = screen().await.split("name=\"csrf\" value=\"").nth(1).expect("forms").to_owned();
    let csrf = csrf.split('"').next().expect("a token").to_owned();
    let scan = async |typed: &str| {
        let typed: String = typed.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let call = Call::new("POST", "/kiosk/scan").header("cookie", &cookie);
        call.form(&format!("csrf={csrf}&scan={typed}")).to(&site).await
    };
    for _ in 0..6 {
        scan(&in_french(&card)).await;
        let page = screen().await;
        assert!(page.contains("keyboard language is set wrong"), "{page}");
        assert!(!page.contains(&card), "no code is shown");
    }
    let count = |kind: &'static str| {
        let query = "SELECT count(*) FROM event WHERE kind = ?1";
        let look =
            move |tables: &rusqlite::Connection| tables.query_row(query, [kind], |row| row.get::<_, u32>(0));
        site.handle.query(look)
    };
    assert_eq!(count("code-missed").await.expect("reads"), 0, "it is nobody's guess");
    assert_eq!(count("kiosk-paused").await.expect("reads"), 0, "and pauses nobody");
    // The same card under a scanner that is set right.
    scan(&card).await;
    assert_eq!(count("code-missed").await.expect("reads"), 0);
    assert!(!screen().await.contains("keyboard language is set wrong"), "it is read");
}

#[tokio::test]
async fn a_badge_scanned_twice_is_one_visit_and_a_double_tap_one_parcel() {
    let wall = Wall::new().await;
    let badge = wall.scanned(&wall.courier_code()).await;
    let log_in = || wall.ask(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof: badge.clone() });
    let (first, second) = tokio::join!(log_in(), log_in());
    assert_eq!(first, second);
    let Ok(Answer::Visit { visit }) = first else { panic!("{first:?}") };
    let tap = || {
        let command = Command::Deposit { visit, words: words_for("ana", Size::S) };
        wall.outcome(Request::new(Actor::Visit(visit), command).with_key(Some("form-1".to_owned())))
    };
    let (first, second) = tokio::join!(tap(), tap());
    assert_eq!(first.answer, second.answer);
    assert_eq!(wall.count("parcel-registered").await, 1);
    let Ok(Answer::Parcel { place: Some(Place::Compartment(door)), .. }) = first.answer else { panic!() };
    wall.open(door).await;
    let finish = || wall.ask(Actor::Visit(visit), Command::Finish { visit });
    wall.refused(Actor::Visit(visit), Command::Finish { visit }, "Door 1 is still open").await;
    wall.shut(door).await;
    let (first, second) = tokio::join!(finish(), finish());
    assert_eq!((first, second), (Ok(Answer::Done), Err(Refusal::VisitOver)));
    wall.mailed("ana", 1).await;
    wall.until("the mail is handed over", |site, _| site.notices.on_their_way.is_empty().then_some(())).await;
    let to_ana = wall.mails("ana@example.org").len();
    assert_eq!(to_ana, 1, "one notice");
    wall.end().await;
}

#[tokio::test]
async fn two_kiosks_wanting_the_last_compartment_get_one_door_and_one_word() {
    let wall = Wall::new().await;
    let (one, two) = (wall.log_in(K1).await, wall.log_in(K2).await);
    let deposit =
        |visit| wall.ask(Actor::Visit(visit), Command::Deposit { visit, words: words_for("ana", Size::L) });
    let (first, second) = tokio::join!(deposit(one), deposit(two));
    let places: Vec<_> = [first, second]
        .into_iter()
        .map(|answer| match answer {
            Ok(Answer::Parcel { parcel, place: Some(place), .. }) => (parcel, place),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!((places[0].1, places[1].1), (Place::Compartment(c(6)), Place::TakeBack));
    wall.open(c(6)).await;
    wall.ok(Actor::Visit(two), Command::PutElsewhere { visit: two, parcel: places[1].0 }).await;
    wall.held_by(places[1].0, Custodian::Carrier(Some(CarrierId(1)))).await;
    wall.shut(c(6)).await;
    wall.lies_in(places[0].0, c(6)).await;
    assert_eq!(wall.pulses(c(6)), 1);
    wall.end().await;
}

#[tokio::test]
async fn a_parcel_that_does_not_fit_gets_a_bigger_door() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    let (parcel, small) = wall.at_door(visit, "ana", Size::S).await;
    wall.ok(Actor::Visit(visit), Command::BiggerDoor { visit }).await;
    wall.shut(small).await;
    wall.open(c(4)).await;
    wall.ok(Actor::Visit(visit), Command::BiggerDoor { visit }).await;
    wall.shut(c(4)).await;
    wall.open(c(6)).await;
    // There is none: the next place in the order, here the van.
    wall.ok(Actor::Visit(visit), Command::BiggerDoor { visit }).await;
    wall.shut(c(6)).await;
    wall.until("another place is named", move |site, _| {
        (site.custody.get(parcel)?.planned == Some(Place::TakeBack)).then_some(())
    })
    .await;
    wall.ok(Actor::Visit(visit), Command::PutElsewhere { visit, parcel }).await;
    wall.held_by(parcel, Custodian::Carrier(Some(CarrierId(1)))).await;
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    wall.end().await;
}

#[tokio::test]
async fn a_courier_walks_off_and_the_next_person_pressing_open_again_gets_nothing_open() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    let (parcel, door) = wall.at_door(visit, "ana", Size::S).await;
    // The door stands open, so pressing changes nothing and pulses nothing.
    assert!(wall.ask(Actor::Visit(visit), Command::OpenAgain { visit }).await.is_ok());
    wall.shut(door).await;
    wall.lies_in(parcel, door).await;
    // Somebody else comes to the screen that is still there.
    wall.refused(Actor::Visit(visit), Command::OpenAgain { visit }, "give your code again").await;
    assert_eq!(wall.pulses(door), 1);
    wall.pass(Span::seconds(31)).await;
    wall.refused(Actor::Visit(visit), Command::OpenAgain { visit }, "give your code again").await;
    let code = wall.mailed("ana", 1).await;
    assert_eq!(wall.pulses(door), 1, "only the resident's code opens it now");
    let proof = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, proof).await, [door]);
    wall.end().await;
}

#[tokio::test]
async fn a_courier_who_walks_off_with_a_parcel_still_to_be_placed_leaves_a_task() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    let (first, door) = wall.at_door(visit, "ana", Size::S).await;
    let second = match wall
        .ok(Actor::Visit(visit), Command::Deposit { visit, words: words_for("cleo", Size::S) })
        .await
    {
        Answer::Parcel { parcel, opening: None, .. } => parcel,
        other => panic!("two doors: {other:?}"),
    };
    wall.pass(Span::minutes(2)).await;
    wall.task(TaskKind::HeldOpen { compartment: door }).await;
    wall.task(TaskKind::Accept { parcel: second }).await;
    let busy = wall.log_in(K1).await;
    assert_ne!(busy, visit, "the next courier is not held up");
    wall.shut(door).await;
    wall.lies_in(first, door).await;
    wall.task(TaskKind::Check { compartment: door }).await;
    wall.ok(Actor::Visit(busy), Command::Finish { visit: busy }).await;
    wall.ok(STAFF, Command::AcceptAtDesk { parcel: second }).await;
    wall.no_task(TaskKind::Accept { parcel: second }).await;
    wall.mailed("cleo", 1).await;
    wall.end().await;
}
