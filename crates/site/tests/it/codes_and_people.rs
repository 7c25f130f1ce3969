//! Codes guessed, dead, of people who left, of people who share a door but not their parcels.

use crate::wall::*;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::Custodian;
use vestibule_core::directory::Leavers;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::*;
use vestibule_site::rows::Row;

#[tokio::test]
async fn guessing_is_paused_over_restarts_and_never_costs_the_owner_the_code() {
    let wall = Wall::new().await;
    let (_, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    for nth in 0..5 {
        let refusal = wall.pick_up(K1, wall.guess("302", nth)).await.expect_err("a guess");
        assert!(wall.words(&refusal).await.contains("not known here"), "{refusal:?}");
    }
    let paused = wall.pick_up(K1, wall.typed(&code)).await.expect_err("paused");
    assert!(wall.words(&paused).await.contains("scanning works now"), "{paused:?}");

    let wall = wall.restart(|ground| ground.clock.forward(Span::minutes(2))).await;
    let still = wall.pick_up(K2, wall.typed(&code)).await.expect_err("the apartment's number is paused");
    assert!(matches!(still, Refusal::SelectorPaused { .. }), "{still:?}");
    wall.pass(Span::minutes(14)).await;
    for nth in 10..15 {
        let refusal = wall.pick_up(K2, wall.guess("302", nth)).await.expect_err("a guess");
        assert_eq!(refusal, Refusal::WrongCode, "the pause was over");
    }
    let wall = wall.restart(|ground| ground.clock.forward(Span::minutes(20))).await;
    let doubled = wall.pick_up(K1, wall.typed(&code)).await.expect_err("twice as long");
    assert!(matches!(doubled, Refusal::SelectorPaused { .. }), "{doubled:?}");
    let scan = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, scan).await, [door], "scanning never pauses");
    wall.end().await;
}

#[tokio::test]
async fn from_the_twentieth_miss_in_a_day_staff_are_called_and_can_lift_it() {
    let wall = Wall::new().await;
    let mut misses = 0;
    for hour in 0..20 {
        for nth in 0..5 {
            let selector = ["302", "303", "304", "777"][hour % 4];
            match wall.pick_up(K1, wall.guess(selector, nth)).await.expect_err("a guess") {
                Refusal::WrongCode => misses += 1,
                Refusal::KioskPaused { .. } | Refusal::SelectorPaused { .. } => {}
                other => panic!("{other:?}"),
            }
        }
        wall.pass(Span::minutes(61)).await;
        if misses >= 20 {
            break;
        }
    }
    wall.task(TaskKind::Guessing { kiosk: K1 }).await;
    let refused = wall.pick_up(K1, wall.guess("777", 99)).await.expect_err("a guess");
    assert_eq!(refused, Refusal::WrongCode);
    let paused = wall.pick_up(K1, wall.guess("777", 100)).await.expect_err("an hour for each");
    assert!(matches!(paused, Refusal::KioskPaused { .. } | Refusal::SelectorPaused { .. }), "{paused:?}");
    let wall = wall.restart(|_| {}).await;
    let now = wall.now().await;
    assert!(
        wall.read(move |site| site.credentials.budgets.misses_in_a_day(Purpose::PickUp, now)).await >= 20
    );
    wall.ok(STAFF, Command::LiftPauses).await;
    wall.no_task(TaskKind::Guessing { kiosk: K1 }).await;
    wall.bring(&["ana"]).await;
    let code = wall.mailed("ana", 1).await;
    let typed = wall.typed(&code);
    wall.collect(K1, typed).await;
    wall.end().await;
}

#[tokio::test]
async fn a_vandal_at_one_apartments_number_stops_neither_its_qr_nor_its_card_nor_couriers() {
    let wall = Wall::new().await;
    let card = wall.card("ana").await;
    wall.bring(&["ana"]).await;
    let code = wall.mailed("ana", 1).await;
    for nth in 0..5 {
        assert!(wall.pick_up(K2, wall.guess("302", nth)).await.is_err());
    }
    let scan = wall.scanned(&code).await;
    wall.collect(K2, scan).await;
    wall.bring(&["ana"]).await;
    let scan = wall.scanned(&card).await;
    wall.collect(K2, scan).await;
    wall.until("the card's use is told", |site, _| site.notices.on_their_way.is_empty().then_some(())).await;
    assert!(wall.mails("ana@example.org").iter().any(|text| text.to_lowercase().contains("card")));
    wall.end().await;
}

#[tokio::test]
async fn a_dead_code_is_told_why_and_costs_nothing() {
    let wall = Wall::new().await;
    wall.bring(&["ana"]).await;
    let code = wall.mailed("ana", 1).await;
    let typed = wall.typed(&code);
    wall.collect(K1, typed.clone()).await;
    wall.pass(Span::minutes(11)).await;
    let scan = wall.scanned(&code).await;
    for _ in 0..7 {
        for proof in [typed.clone(), scan.clone()] {
            let dead = wall.pick_up(K1, proof).await.expect_err("dead");
            assert!(wall.words(&dead).await.contains("This code is over"), "{dead:?}");
        }
    }
    let mut wrong = code.digits.clone().into_bytes();
    wrong[0] = if wrong[0] == b'9' { b'0' } else { wrong[0] + 1 };
    let typo = String::from_utf8(wrong).expect("digits");
    let mistyped = wall.pick_up(K1, wall.digits("302", &typo)).await.expect_err("a typo");
    assert!(wall.words(&mistyped).await.contains("typo"), "{mistyped:?}");
    assert_eq!(wall.count("code-missed").await, 0);
    let badge = wall.scanned(&wall.courier_code()).await;
    let other = wall.pick_up(K1, badge).await.expect_err("a courier's badge");
    assert!(wall.words(&other).await.contains("Couriers choose Deliver"), "{other:?}");
    wall.end().await;
}

/// Somebody else lives in 302 from now on.
async fn moves_in(wall: &Wall, leavers: Leavers) {
    let (tenancy, person) = (TenancyId(4), PersonId(6));
    let row = vestibule_site::rows::PersonRow {
        person,
        tenancy,
        ..wall.person_row("ana", "noor@example.org", "en")
    };
    let changes = vec![
        DirectoryChange::BeginTenancy { tenancy, unit: UnitId(1), leavers },
        DirectoryChange::Join { person, tenancy },
    ];
    let request = vestibule_site::handle::Request::new(STAFF, Command::ChangeDirectory { changes })
        .with_rows(move |_| vec![Row::Person(Box::new(row))]);
    assert_eq!(wall.outcome(request).await.answer, Ok(Answer::Done));
}

#[tokio::test]
async fn a_new_household_overnight_never_gets_what_waits_for_the_old_one() {
    let wall = Wall::new().await;
    let (parcel, door) = wall.bring(&["ana"]).await[0];
    let old = wall.mailed("ana", 1).await;
    moves_in(&wall, Leavers::Keep).await;
    let (_, new_door) = wall.bring(&["ben"]).await[0];
    assert_ne!(door, new_door);
    let new = wall.mailed("noor", 1).await;
    let scan = wall.scanned(&new).await;
    assert_eq!(wall.collect(K1, scan).await, [new_door]);
    wall.lies_in(parcel, door).await;
    wall.pass(Span::days(3)).await;
    let typed = wall.typed(&old);
    assert_eq!(wall.collect(K1, typed).await, [door], "kept for two weeks");
    wall.held_by(parcel, Custodian::Recipient(person("ana"))).await;
    wall.end().await;
}

#[tokio::test]
async fn who_loses_a_parcel_by_moving_out_is_refused_and_staff_are_asked() {
    let wall = Wall::new().await;
    let (parcel, door) = wall.bring(&["ana"]).await[0];
    let old = wall.mailed("ana", 1).await;
    moves_in(&wall, Leavers::Lose).await;
    wall.task(TaskKind::Assign { parcel }).await;
    let scan = wall.scanned(&old).await;
    let refused = wall.pick_up(K1, scan).await.expect_err("lost");
    assert!(wall.words(&refused).await.contains("This code is over"), "{refused:?}");
    wall.lies_in(parcel, door).await;
    assert_eq!(wall.pulses(door), 1);
    wall.end().await;
}

#[tokio::test]
async fn roommates_who_keep_their_parcels_apart_open_only_their_own() {
    let wall = Wall::new().await;
    let brought = wall.bring(&["dan", "eve"]).await;
    let (dan, eve) = (wall.mailed("dan", 1).await, wall.mailed("eve", 1).await);
    let scan = wall.scanned(&dan).await;
    assert_eq!(wall.collect(K1, scan).await, [brought[0].1]);
    wall.lies_in(brought[1].0, brought[1].1).await;
    wall.pass(Span::minutes(11)).await;
    let dead = wall.pick_up(K1, wall.typed(&dan)).await.expect_err("Dan has nothing more");
    assert_eq!(dead, Refusal::CodeDead);
    let typed = wall.typed(&eve);
    assert_eq!(wall.collect(K1, typed).await, [brought[1].1]);
    wall.until("all mail is out", |site, _| site.notices.on_their_way.is_empty().then_some(())).await;
    for name in ["dan", "eve"] {
        assert_eq!(
            wall.mails(&format!("{name}@example.org")).len(),
            1,
            "{name} hears of nobody else's parcels"
        );
    }
    wall.end().await;
}
