//! Boards and doors that fail: silent, garbled, jammed, unplugged, wired wrong, left open, forced.

use crate::wall::*;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;
use vestibule_devices::FeedbackPolarity;

/// How sure the last move of a parcel was.
async fn assurance(wall: &Wall, parcel: ParcelId) -> Assurance {
    let query = "SELECT CAST(e.payload AS TEXT) FROM parcel_event p JOIN event e ON e.seq = p.seq
                 WHERE p.parcel = ?1 AND e.kind = 'custody-transferred' ORDER BY e.seq DESC LIMIT 1";
    let number = i64::try_from(parcel.0).expect("small");
    let payload: String =
        wall.site.query(move |c| c.query_row(query, [number], |row| row.get(0))).await.expect("it moved");
    match serde_json::from_str(&payload).expect("an event") {
        Event::CustodyTransferred { assurance, .. } => assurance,
        other => panic!("{other:?}"),
    }
}

async fn looked_into(wall: &Wall, door: CompartmentId, found: Vec<ParcelId>) {
    wall.ok(STAFF, Command::ResolveCheck { compartment: door, found }).await;
    wall.no_task(TaskKind::Check { compartment: door }).await;
}

#[tokio::test]
async fn a_silent_board_refuses_in_words_calls_staff_and_costs_no_code() {
    let wall = Wall::new().await;
    let brought = wall.bring(&["ana"]).await;
    let code = wall.mailed("ana", 1).await;
    wall.ground.line.with(|boards, _| boards.board_faults(BOARD).silent = true);
    wall.task(TaskKind::BoardSilent { bank: BankId(1) }).await;

    let proof = wall.scanned(&code).await;
    let Ok(Answer::PickUp { visit, here, .. }) = wall.pick_up(K1, proof).await else { panic!("known") };
    assert_eq!(here, [brought[0].1]);
    wall.refused(Actor::Visit(visit), Command::NextDoor { visit }, "Staff have been told").await;
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    let courier = wall.log_in(K1).await;
    let (parcel, place) = wall.deposit(courier, "ben", Size::S).await;
    assert_eq!(place, Place::TakeBack, "no door is promised that cannot open");
    wall.ok(Actor::Visit(courier), Command::PutElsewhere { visit: courier, parcel }).await;
    wall.held_by(parcel, Custodian::Carrier(Some(CarrierId(1)))).await;
    wall.ok(Actor::Visit(courier), Command::Finish { visit: courier }).await;
    assert_eq!(wall.count("opening-authorised").await, 1, "only the deposit");

    wall.ground.line.with(|boards, _| boards.board_faults(BOARD).silent = false);
    wall.ground.line.pull_open(BOARD, 24); // an unused door that tells of itself: the board is asked at once
    wall.no_task(TaskKind::BoardSilent { bank: BankId(1) }).await;
    let proof = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, proof).await, here);
    wall.end().await;
}

#[tokio::test]
async fn a_garbled_board_leaves_a_doubt_and_not_a_loss() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    wall.ground.line.with(|boards, _| boards.board_faults(BOARD).garbled = true);
    let (parcel, place) = wall.deposit(visit, "ana", Size::S).await;
    let Place::Compartment(door) = place else { panic!("{place:?}") };
    wall.task(TaskKind::Check { compartment: door }).await;
    wall.ground.line.with(|boards, _| boards.board_faults(BOARD).garbled = false);
    wall.ground.line.pull_open(BOARD, 24);
    if wall.ground.line.door(BOARD, lock(door)).expect("wired").ajar {
        // It had opened after all; the courier sees it and puts the parcel in.
        wall.open(door).await;
    } else {
        wall.no_task(TaskKind::BoardSilent { bank: BankId(1) }).await;
        let again = wall.ask(Actor::Visit(visit), Command::OpenAgain { visit }).await;
        if again == Err(Refusal::DoorHasShut) {
            // The board was found silent before the pulse could go out: the courier still has the parcel.
            assert_eq!(wall.pulses(door), 0);
            wall.held_by(parcel, Custodian::Courier(visit)).await;
            return wall.end().await;
        }
        again.expect("it opens again");
        wall.open(door).await;
    }
    wall.shut(door).await;
    wall.lies_in(parcel, door).await;
    assert!(wall.pulses(door) <= 2, "never a blind retry");
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    let code = wall.mailed("ana", 1).await;
    let proof = wall.typed(&code);
    assert_eq!(wall.collect(K2, proof).await, [door], "a doubt about a door never keeps its parcel back");
    looked_into(&wall, door, vec![]).await;
    wall.end().await;
}

#[tokio::test]
async fn a_jammed_door_is_pulsed_three_times_and_the_courier_gets_another() {
    let wall = Wall::new().await;
    wall.ground.line.with(|boards, _| boards.door_faults(BOARD, 1).jammed = true);
    let visit = wall.log_in(K1).await;
    let (parcel, place) = wall.deposit(visit, "ana", Size::S).await;
    assert_eq!(place, Place::Compartment(c(1)));
    for attempt in 1..=3_u64 {
        wall.until("the pulse did not open the door", move |site, _| {
            let waits =
                site.openings.live.values().any(|o| matches!(o.progress, opening::Progress::Again { .. }));
            let given_up = site.tasks.find(&TaskKind::Jammed { compartment: c(1) }).is_some();
            (waits || (attempt == 3 && given_up)).then_some(())
        })
        .await;
        assert_eq!(wall.count("pulse-failed").await, attempt);
        wall.pass(Span::seconds(2)).await;
        if attempt < 3 {
            wall.until("the next pulse is out", move |site, _| {
                site.openings.live.values().any(|o| u64::from(o.attempt) == attempt + 1).then_some(())
            })
            .await;
        }
    }
    wall.task(TaskKind::Jammed { compartment: c(1) }).await;
    wall.open(c(2)).await;
    wall.shut(c(2)).await;
    wall.lies_in(parcel, c(2)).await;
    assert_eq!((wall.pulses(c(1)), wall.pulses(c(2))), (3, 1));
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    let next = wall.log_in(K1).await;
    assert_eq!(wall.deposit(next, "ben", Size::S).await.1, Place::Compartment(c(3)), "not offered again");
    wall.open(c(3)).await;
    wall.shut(c(3)).await;
    wall.end().await;
}

#[tokio::test]
async fn a_jammed_door_keeps_the_residents_code_good() {
    let wall = Wall::new().await;
    let door = wall.bring(&["ana"]).await[0].1;
    let code = wall.mailed("ana", 1).await;
    wall.ground.line.with(|boards, _| boards.door_faults(BOARD, lock(door)).jammed = true);
    let proof = wall.scanned(&code).await;
    let Ok(Answer::PickUp { visit, .. }) = wall.pick_up(K1, proof.clone()).await else { panic!("known") };
    for attempt in 1..=3_u64 {
        wall.until("a pulse failed", move |site, _| {
            let counted = site.openings.live.values().any(|o| {
                u64::from(o.attempt) == attempt && matches!(o.progress, opening::Progress::Again { .. })
            });
            (counted || site.tasks.find(&TaskKind::Jammed { compartment: door }).is_some()).then_some(())
        })
        .await;
        wall.pass(Span::seconds(2)).await;
    }
    wall.task(TaskKind::Jammed { compartment: door }).await;
    assert_eq!(wall.pulses(door), 1 + 3, "the deposit, and three tries");
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    wall.ground.line.with(|boards, _| boards.door_faults(BOARD, lock(door)).jammed = false);
    assert_eq!(wall.collect(K1, proof).await, [door]);
    wall.end().await;
}

#[tokio::test]
async fn unplugged_in_the_middle_of_an_opening_nothing_is_pulsed_twice_and_the_parcel_is_found() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    wall.ground.line.with(|boards, _| boards.board_faults(BOARD).unsolicited = false);
    let (parcel, place) = wall.deposit(visit, "ana", Size::S).await;
    let Place::Compartment(door) = place else { panic!("{place:?}") };
    wall.until_line("the coil is pulsed", |boards| !boards.coil_pulses().is_empty()).await;
    wall.ground.line.with(|boards, _| boards.set_unplugged(true));
    wall.task(TaskKind::BoardSilent { bank: BankId(1) }).await;
    wall.task(TaskKind::Check { compartment: door }).await;
    wall.refused(Actor::Visit(visit), Command::OpenAgain { visit }, "does not answer").await;
    wall.until_line("the door springs", |boards| boards.door(BOARD, lock(door)).is_some_and(|d| d.ajar))
        .await;

    wall.ground.line.with(|boards, _| boards.set_unplugged(false));
    wall.open(door).await;
    wall.no_task(TaskKind::BoardSilent { bank: BankId(1) }).await;
    wall.shut(door).await;
    wall.lies_in(parcel, door).await;
    assert_eq!(assurance(&wall, parcel).await, Assurance::CourierWord, "nobody saw all of it");
    assert_eq!(wall.pulses(door), 1);
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    let code = wall.mailed("ana", 1).await;
    let proof = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, proof).await, [door]);
    wall.end().await;
}

#[tokio::test]
async fn a_door_wired_the_other_way_round_is_never_offered_and_staff_are_called() {
    let wall =
        Wall::with_wiring(|ground| ground.line.with(|b, _| b.door_faults(BOARD, 1).wrong_polarity = true))
            .await;
    wall.task(TaskKind::Forced { compartment: c(1) }).await;
    let brought = wall.bring(&["ana"]).await;
    assert_eq!(brought[0].1, c(2), "a door that reads open is no free compartment");
    let reason = StaffReason::Inspect;
    wall.refused(STAFF, Command::StaffOpen { compartment: c(1), reason }, "close it first").await;
    // The installer measures it and writes the polarity down.
    let wall = wall
        .restart(|ground| {
            ground.polarity.insert(1, FeedbackPolarity::ShortWhenOpen);
        })
        .await;
    wall.closed(c(1)).await;
    looked_into(&wall, c(1), vec![]).await;
    let brought = wall.bring(&["cleo"]).await;
    assert_eq!(brought[0].1, c(1));
    assert_eq!(wall.pulses(c(1)), 1);
    wall.end().await;
}

#[tokio::test]
async fn a_door_never_closed_is_reported_and_whoever_closes_it_commits_the_deposit() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    let (parcel, door) = wall.at_door(visit, "ana", Size::S).await;
    wall.pass(Span::seconds(61)).await;
    wall.task(TaskKind::HeldOpen { compartment: door }).await;
    wall.pass(Span::hours(8)).await;
    assert!(wall.read(move |site| site.visits.get(visit).is_err()).await, "nobody blocks the kiosk for ever");
    wall.held_by(parcel, Custodian::Courier(visit)).await;
    // A passer-by.
    wall.shut(door).await;
    wall.lies_in(parcel, door).await;
    assert_eq!(assurance(&wall, parcel).await, Assurance::CourierWord);
    wall.no_task(TaskKind::HeldOpen { compartment: door }).await;
    let code = wall.mailed("ana", 1).await;
    let proof = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, proof).await, [door]);
    wall.end().await;
}

#[tokio::test]
async fn a_collection_with_the_door_left_open_ends_by_itself() {
    let wall = Wall::new().await;
    let (parcel, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    let proof = wall.scanned(&code).await;
    assert!(wall.pick_up(K1, proof).await.is_ok());
    wall.open(door).await;
    wall.pass(Span::minutes(11)).await;
    wall.held_by(parcel, Custodian::Recipient(person("ana"))).await;
    wall.task(TaskKind::HeldOpen { compartment: door }).await;
    let courier = wall.log_in(K2).await;
    let (_, place) = wall.deposit(courier, "cleo", Size::S).await;
    assert!(!matches!(place, Place::Compartment(d) if d == door), "an open door is not offered");
    let Place::Compartment(other) = place else { panic!("{place:?}") };
    wall.open(other).await;
    wall.shut(other).await;
    // It shuts while a courier is at work: somebody else may have put something in.
    wall.shut(door).await;
    wall.task(TaskKind::Check { compartment: door }).await;
    wall.end().await;
}

#[tokio::test]
async fn doors_that_close_during_a_power_cut_commit_what_they_were_open_for() {
    let wall = Wall::new().await;
    let (waiting, old_door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    let visit = wall.log_in(K2).await;
    let (parcel, door) = wall.at_door(visit, "cleo", Size::S).await;
    let proof = wall.scanned(&code).await;
    assert!(wall.pick_up(K1, proof).await.is_ok());
    wall.open(old_door).await;
    let pulses = wall.ground.line.with(|boards, _| boards.coil_pulses().len());

    let wall = wall
        .restart(|ground| {
            assert!(ground.line.push_shut(BOARD, lock(door)));
            assert!(ground.line.push_shut(BOARD, lock(old_door)));
            ground.clock.forward(Span::minutes(30));
        })
        .await;
    wall.lies_in(parcel, door).await;
    assert_eq!(assurance(&wall, parcel).await, Assurance::CourierWord);
    wall.held_by(waiting, Custodian::Recipient(person("ana"))).await;
    assert_eq!(assurance(&wall, waiting).await, Assurance::RecipientWord);
    wall.refused(Actor::Visit(visit), Command::Finish { visit }, "give your code again").await;
    wall.mailed("cleo", 1).await;
    assert_eq!(
        wall.ground.line.with(|boards, _| boards.coil_pulses().len()),
        pulses,
        "a start pulses nothing"
    );
    wall.end().await;
}

#[tokio::test]
async fn a_door_that_opens_while_the_power_is_away_is_an_alarm() {
    let wall = Wall::new().await;
    let (parcel, door) = wall.bring(&["ana"]).await[0];
    let wall = wall.restart(|ground| assert!(ground.line.pull_open(BOARD, lock(door)))).await;
    wall.task(TaskKind::Forced { compartment: door }).await;
    wall.lies_in(parcel, door).await;
    wall.shut(door).await;
    let code = wall.mailed("ana", 1).await;
    let proof = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, proof).await, [door]);
    wall.end().await;
}

#[tokio::test]
async fn a_forced_door_is_an_alarm_its_parcel_is_looked_for_and_nothing_more_is_put_in() {
    let wall = Wall::new().await;
    let (parcel, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    assert!(wall.ground.line.pull_open(BOARD, lock(door)), "by force");
    for what in [TaskKind::Forced { compartment: door }, TaskKind::Check { compartment: door }] {
        wall.task(what).await;
    }
    assert!(wall.ground.line.pull_open(BOARD, 2));
    wall.task(TaskKind::Forced { compartment: c(2) }).await;
    wall.shut(c(2)).await;
    wall.shut(door).await;
    assert_eq!(
        wall.read(move |site| site.compartments.get(door).map(|c| c.service)).await,
        Some(Service::Check)
    );
    let brought = wall.bring(&["cleo"]).await;
    assert_eq!(brought[0].1, c(3), "neither forced compartment is offered");

    let proof = wall.scanned(&code).await;
    let Ok(Answer::PickUp { visit, .. }) = wall.pick_up(K1, proof).await else { panic!("known") };
    wall.open(door).await;
    wall.ok(Actor::Visit(visit), Command::WasEmpty { visit }).await;
    wall.shut(door).await;
    wall.held_by(parcel, Custodian::Missing { last_known: Some(door) }).await;
    wall.task(TaskKind::Missing { parcel }).await;
    looked_into(&wall, door, vec![]).await;
    wall.end().await;
}
