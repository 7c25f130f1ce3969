//! Mail servers that are away, refuse everything, or refuse one address.

use crate::wall::*;
use vestibule_core::custody::Custodian;
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_simulators::mail_sink::DropAt;
use vestibule_site::rows::Row;

async fn waiting(wall: &Wall) -> u64 {
    wall.site
        .query(|c| c.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0)))
        .await
        .expect("reads")
}

/// Time passes in pieces until the outbox is empty; how much of it.
async fn until_delivered(wall: &Wall) -> Span {
    let begun = wall.now().await;
    while waiting(wall).await > 0 {
        wall.pass(Span::seconds(15)).await;
        // The runner looks a moment after each commit; if it tries something, another commit says so.
        let mut changes = wall.site.changes();
        changes.borrow_and_update();
        let _ = tokio::time::timeout(std::time::Duration::from_millis(80), changes.changed()).await;
        assert!(wall.now().await - begun < Span::hours(1), "never delivered");
    }
    wall.now().await - begun
}

#[tokio::test]
async fn with_the_line_down_for_a_week_everybody_still_gets_their_parcels() {
    let wall = Wall::new().await;
    let card = wall.card("dan").await;
    wall.ground.mail.set_faults(|faults| faults.refuse_all = true);
    let mut collected = Vec::new();
    for day in 0..7 {
        let (parcel, door) = wall.bring(&["dan"]).await[0];
        let scan = wall.scanned(&card).await;
        assert_eq!(wall.collect(K1, scan).await, [door], "day {day}");
        collected.push(parcel);
        wall.pass(Span::hours(20)).await;
    }
    for parcel in collected.iter().rev().take(1) {
        wall.held_by(*parcel, Custodian::Recipient(person("dan"))).await;
    }
    let (parcel, door) = wall.bring(&["cleo"]).await[0];
    assert!(!wall.has_task(TaskKind::Tell { person: person("cleo") }).await);
    wall.pass(Span::minutes(16)).await;
    wall.task(TaskKind::Tell { person: person("cleo") }).await;
    let slip = wall.slip("cleo").await;
    wall.no_task(TaskKind::Tell { person: person("cleo") }).await;
    let typed = wall.typed(&slip);
    assert_eq!(wall.collect(K1, typed).await, [door]);
    wall.held_by(parcel, Custodian::Recipient(person("cleo"))).await;
    wall.bring(&["eve"]).await;
    wall.pass(Span::hours(5)).await;
    assert_eq!(wall.ground.mail.messages().len(), 0);

    wall.ground.mail.set_faults(|faults| faults.refuse_all = false);
    let took = until_delivered(&wall).await;
    assert!(took <= Span::minutes(10), "{took:?}");
    wall.mailed("eve", 1).await;
    assert_eq!(wall.mails("cleo@example.org").len(), 0, "nothing is said of what was collected long ago");
    wall.end().await;
}

#[tokio::test]
async fn after_a_day_without_a_mail_server_and_a_restart_everything_goes_out_once() {
    let wall = Wall::new().await;
    wall.ground.mail.set_faults(|faults| faults.drop_at = Some(DropAt::Greeting));
    wall.bring(&["ana", "cleo", "dan"]).await;
    wall.pass(Span::hours(12)).await;
    for name in ["ana", "ben", "cleo", "dan"] {
        wall.task(TaskKind::Tell { person: person(name) }).await;
    }
    let wall = wall.restart(|ground| ground.clock.forward(Span::hours(12))).await;
    wall.pass(Span::minutes(20)).await;
    assert_eq!(wall.count("notice-in-trouble").await, 4, "said once, not at each start");
    wall.ground.mail.set_faults(|faults| faults.drop_at = None);
    let took = until_delivered(&wall).await;
    assert!(took <= Span::minutes(10), "{took:?}");
    for name in ["ana", "ben", "cleo", "dan"] {
        wall.mailed(name, 1).await;
        assert_eq!(wall.mails(&format!("{name}@example.org")).len(), 1, "{name}");
    }
    let code = wall.mailed("cleo", 1).await;
    let scan = wall.scanned(&code).await;
    wall.collect(K1, scan).await;
    wall.end().await;
}

#[tokio::test]
async fn a_refused_address_is_a_task_and_a_corrected_one_is_told() {
    let wall = Wall::new().await;
    wall.ground.mail.set_faults(|faults| {
        faults.refused.insert("cleo@example.org".to_owned());
    });
    let (_, door) = wall.bring(&["cleo"]).await[0];
    wall.task(TaskKind::BadAddress { person: person("cleo") }).await;
    wall.task(TaskKind::Tell { person: person("cleo") }).await;
    wall.until("the outbox forgets the code", |site, _| site.notices.on_their_way.is_empty().then_some(()))
        .await;
    // What comes meanwhile finds no way to her, and is told by staff too.
    let corrected = wall.person_row("cleo", "cleo.alvarez@example.org", "es");
    wall.site.write(vec![Row::Person(Box::new(corrected))]).await.expect("written");
    wall.ok(STAFF, Command::NotifyAgain { person: person("cleo") }).await;
    wall.no_task(TaskKind::BadAddress { person: person("cleo") }).await;
    let code = {
        let mut arrivals = wall.ground.mail.subscribe();
        while wall.mails("cleo.alvarez@example.org").is_empty() {
            arrivals.recv().await.expect("the sink runs");
        }
        wall.slip("cleo").await
    };
    let typed = wall.typed(&code);
    assert_eq!(wall.collect(K1, typed).await, [door]);
    wall.no_task(TaskKind::Tell { person: person("cleo") }).await;
    wall.end().await;
}

#[tokio::test]
async fn who_has_no_address_is_told_by_staff() {
    let wall = Wall::new().await;
    let mut row = wall.person_row("eve", "", "en");
    row.email = None;
    wall.site.write(vec![Row::Person(Box::new(row))]).await.expect("written");
    let (_, door) = wall.bring(&["eve"]).await[0];
    wall.task(TaskKind::Tell { person: person("eve") }).await;
    let slip = wall.slip("eve").await;
    let typed = wall.typed(&slip);
    assert_eq!(wall.collect(K1, typed).await, [door]);
    wall.end().await;
}
