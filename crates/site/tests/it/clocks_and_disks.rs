//! Clocks that are wrong, disks that are full or went back in time.

use crate::wall::*;
use sha2::Digest;
use std::time::Duration;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{Service, Size};
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_site::assembly::SitePlace;
use vestibule_site::assembly::backup::{back_up, restore};
use vestibule_site::store::DATABASE;

#[tokio::test]
async fn a_clock_set_back_is_reported_and_doors_and_visits_go_on() {
    let wall = Wall::new().await;
    let (_, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    let before = wall.now().await;
    wall.ground.clock.set_wall(Span::hours(-3));
    wall.nudge().await;
    wall.task(TaskKind::Clock).await;
    assert!(wall.now().await >= before, "site time never goes back");
    let visit = wall.log_in(K1).await;
    wall.pass(Span::seconds(31)).await;
    assert!(wall.read(move |site| site.visits.get(visit).is_err()).await, "time goes on all the same");
    let scan = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, scan).await, [door]);
    wall.site.confirm_clock().await.expect("runs");
    let doubts = wall.count("clock-doubted").await;
    wall.pass(Span::minutes(30)).await;
    assert_eq!(wall.count("clock-doubted").await, doubts, "once confirmed it is not doubted again");
    wall.end().await;
}

#[tokio::test]
async fn a_clock_an_hour_ahead_is_doubted_and_the_site_neither_follows_nor_spins() {
    let wall = Wall::new().await;
    let visit = wall.log_in(K1).await;
    let before = wall.now().await;
    wall.ground.clock.set_wall(Span::hours(1));
    wall.nudge().await;
    wall.task(TaskKind::Clock).await;
    assert!(wall.now().await - before < Span::minutes(1), "not followed");
    assert!(
        wall.read(move |site| site.visits.get(visit).is_ok()).await,
        "nobody is thrown out by a wrong clock"
    );
    let mut changes = wall.site.changes();
    let spins = async {
        for _ in 0..20 {
            changes.changed().await.expect("runs");
        }
    };
    assert!(tokio::time::timeout(Duration::from_millis(300), spins).await.is_err(), "the writer spins");
    wall.site.confirm_clock().await.expect("runs");
    wall.nudge().await;
    assert!(wall.now().await - before >= Span::hours(1), "followed once confirmed");
    wall.end().await;
}

#[tokio::test]
async fn waking_in_1970_everything_waiting_can_be_collected_and_nothing_dead_comes_back() {
    let wall = Wall::new().await;
    let short = wall.issue_courier(Span::hours(2)).await;
    let (_, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    wall.pass(Span::hours(3)).await;
    let visit = wall.log_in(K1).await;
    let before = wall.read(move |site| site.visits.get(visit).map(|v| v.began)).await.expect("live");
    let wall = wall.restart(|ground| ground.clock.set_wall(Span(-MONDAY))).await;
    wall.task(TaskKind::Clock).await;
    assert!(wall.now().await >= before);
    let proof = wall.typed_by_courier(&short);
    let dead =
        wall.ask(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof }).await.expect_err("expired");
    assert!(wall.words(&dead).await.contains("This code is over"), "{dead:?}");
    let typed = wall.typed(&code);
    assert_eq!(wall.collect(K1, typed).await, [door]);
    let (_, other) = wall.bring(&["cleo"]).await[0];
    wall.mailed("cleo", 1).await;
    assert!(wall.pulses(other) >= 1);
    wall.end().await;
}

#[tokio::test]
async fn with_little_space_deposits_are_refused_in_words_and_collections_go_on() {
    let wall = Wall::new().await;
    let (_, door) = wall.bring(&["ana"]).await[0];
    let code = wall.mailed("ana", 1).await;
    let visit = wall.log_in(K2).await;
    wall.site.observe(vec![Observation::DiskLow { low: true }]).await.expect("runs");
    wall.task(TaskKind::DiskLow).await;
    let deposit = Command::Deposit { visit, words: words_for("cleo", Size::S) };
    wall.refused(Actor::Visit(visit), deposit.clone(), "Parcels can be collected as always").await;
    let badge = wall.scanned(&wall.courier_code()).await;
    wall.refused(Actor::Kiosk(K1), Command::CourierLogIn { kiosk: K1, proof: badge }, "no deliveries now")
        .await;
    let scan = wall.scanned(&code).await;
    assert_eq!(wall.collect(K1, scan).await, [door]);
    let wall = wall.restart(|_| {}).await;
    wall.nudge().await;
    wall.no_task(TaskKind::DiskLow).await;
    wall.bring(&["cleo"]).await;
    wall.end().await;
}

/// The database as a backup of that moment would hold it.
async fn copy_of(wall: &Wall) -> Vec<u8> {
    let path = wall.ground.options().folder.join(DATABASE);
    let connection = rusqlite::Connection::open(&path).expect("opens");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("copy");
    connection.execute("VACUUM INTO ?1", [copy.to_str().expect("a path")]).expect("copies");
    std::fs::read(copy).expect("reads")
}

/// What happened before and after the copy that comes back.
struct Week {
    parcel: ParcelId,
    door: CompartmentId,
    old: Code,
    lost: Code,
    lost_door: CompartmentId,
    /// The newest event in the copy.
    copied: u64,
}

async fn newest(wall: &Wall) -> u64 {
    wall.site.query(|c| c.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))).await.expect("reads")
}

/// A parcel for Ana; then, after `copy`, she collects it, and one for Cleo comes.
async fn a_week(wall: &Wall, copy: impl AsyncFnOnce(&Wall)) -> Week {
    let (parcel, door) = wall.bring(&["ana"]).await[0];
    let old = wall.mailed("ana", 1).await;
    wall.mailed("ben", 1).await;
    all_mail_is_out(wall).await;
    copy(wall).await;
    let copied = newest(wall).await;
    wall.pass(Span::days(2)).await;
    let scan = wall.scanned(&old).await;
    wall.collect(K1, scan).await;
    let lost_door = wall.bring(&["cleo"]).await[0].1;
    let lost = wall.mailed("cleo", 1).await;
    wall.pass(Span::days(4)).await;
    all_mail_is_out(wall).await;
    Week { parcel, door, old, lost, lost_door, copied }
}

async fn all_mail_is_out(wall: &Wall) {
    wall.until("all mail is out", |site, _| site.notices.on_their_way.is_empty().then_some(())).await;
}

async fn nothing_is_believed(wall: &Wall, week: &Week) {
    assert_eq!(wall.read(|site| site.epoch).await, 2);
    wall.task(TaskKind::Restored { epoch: 2 }).await;
    let copied = week.copied;
    let of_old_epoch: u64 = wall
        .site
        .query(|c| c.query_row("SELECT max(seq) FROM event WHERE epoch = 1", [], |row| row.get(0)))
        .await
        .expect("reads");
    assert!(of_old_epoch <= copied, "no event takes the number of one that was lost within its epoch");
    let services =
        wall.read(|site| site.compartments.all.values().map(|c| c.service).collect::<Vec<_>>()).await;
    assert!(services.iter().all(|service| *service == Service::Check), "{services:?}");
    for code in [&week.old, &week.lost] {
        let scan = wall.scanned(code).await;
        let refused = wall.pick_up(K1, scan).await.expect_err("no longer good");
        assert!(matches!(refused, Refusal::CodeDead | Refusal::WrongCode), "{refused:?}");
        assert!(wall.words(&refused).await.len() > 20);
    }
    // The site believes Ana's parcel is still there, and tells her anew; she says that it is not.
    let fresh = wall.mailed("ana", 2).await;
    let scan = wall.scanned(&fresh).await;
    let Ok(Answer::PickUp { visit, here, .. }) = wall.pick_up(K1, scan).await else { panic!("a good code") };
    assert_eq!(here, [week.door]);
    wall.open(week.door).await;
    wall.ok(Actor::Visit(visit), Command::WasEmpty { visit }).await;
    wall.shut(week.door).await;
    wall.task(TaskKind::Missing { parcel: week.parcel }).await;
    wall.ok(Actor::Visit(visit), Command::Finish { visit }).await;
    // No compartment is offered before somebody has looked: Cleo's parcel lies in one of them.
    let courier = wall.log_in(K1).await;
    assert_eq!(wall.deposit(courier, "dan", Size::S).await.1, Place::TakeBack);
    for n in 1..=6 {
        wall.ok(STAFF, Command::ResolveCheck { compartment: c(n), found: vec![] }).await;
    }
    let lost_door = week.lost_door;
    let found = wall.read(move |site| site.compartments.get(lost_door).map(|c| c.service)).await;
    assert_eq!(found, Some(Service::In));
}

#[tokio::test]
async fn a_disk_from_last_week_begins_a_new_epoch_and_nothing_is_believed() {
    let wall = Wall::new().await;
    let mut copy = Vec::new();
    let week = a_week(&wall, async |wall| copy = copy_of(wall).await).await;
    let wall = wall
        .restart(|ground| {
            let database = ground.options().folder.join(DATABASE);
            std::fs::write(&database, &copy).expect("writes");
            for ending in ["-wal", "-shm"] {
                let _ = std::fs::remove_file(ground.options().folder.join(format!("{DATABASE}{ending}")));
            }
        })
        .await;
    nothing_is_believed(&wall, &week).await;
    wall.end().await;
}

#[tokio::test]
async fn a_backup_restored_from_last_week_begins_a_new_epoch_and_nothing_is_believed() {
    let wall = Wall::new().await;
    let file = wall.ground.folder.path().join("backup");
    let folder = wall.ground.options().folder;
    let take =
        async |_: &Wall| drop(back_up(&folder, &file, "correct horse", &mut |_, _| {}).expect("backs up"));
    let week = a_week(&wall, take).await;
    let wall = wall
        .restart(|ground| {
            let place =
                SitePlace { folder: folder.clone(), head_file: None, site: Some(ground.options().site) };
            let wrong = restore(&file, &place, "wrong horse", ground.clock.read()).expect_err("refused");
            assert!(wrong.to_string().contains("passphrase"), "{wrong}");
            let restored = restore(&file, &place, "correct horse", ground.clock.read()).expect("restores");
            assert_eq!(restored.epoch, 2);
            assert!(restored.moved.expect("what was there is kept").join(DATABASE).exists());
        })
        .await;
    nothing_is_believed(&wall, &week).await;
    wall.end().await;
}

/// A backup of a program with other tables: refused before anything in the folder is touched.
#[tokio::test]
async fn a_backup_with_older_tables_is_refused_and_the_site_stays_as_it_is() {
    let wall = Wall::new().await;
    let folder = wall.ground.options().folder;
    let file = wall.ground.folder.path().join("backup");
    back_up(&folder, &file, "correct horse", &mut |_, _| {}).expect("backs up");
    let mut bytes = std::fs::read(&file).expect("reads");
    let sum_at = bytes.len() - 32;
    let database =
        bytes.windows(16).position(|part| part == b"SQLite format 3\0").expect("a database is in it");
    // Where SQLite's file format keeps the version of the tables.
    bytes[database + 60..database + 64].copy_from_slice(&1_u32.to_be_bytes());
    let sum: [u8; 32] = sha2::Sha256::digest(&bytes[..sum_at]).into();
    bytes[sum_at..].copy_from_slice(&sum);
    let older = wall.ground.folder.path().join("older");
    std::fs::write(&older, bytes).expect("writes");
    let wall = wall
        .restart(|ground| {
            let place =
                SitePlace { folder: folder.clone(), head_file: None, site: Some(ground.options().site) };
            let refused = restore(&older, &place, "correct horse", ground.clock.read()).expect_err("refused");
            assert!(refused.to_string().contains("cannot be taken over"), "{refused}");
            let left = std::fs::read_dir(&folder).expect("lists").flatten();
            let left: Vec<_> = left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            let is_of_a_restore = |name: &String| name.contains("restore");
            assert!(!left.iter().any(is_of_a_restore), "{left:?}");
        })
        .await;
    assert_eq!(wall.read(|site| site.epoch).await, 0, "no epoch was begun");
    wall.end().await;
}
