//! Rounds that overlap: what leaves is durable, what is seen is durable, and a full disk takes only what nobody was promised.

use super::*;
use crate::handle::standing::{Standpoint, Wirings};
use crate::handle::{Message, Request, Unwritten};
use crate::rows::Row;
use crate::service::rounds::REST;
use crate::store::Store;
use crate::store::load::for_each_event;
use crate::writer::Incoming;
use crate::writer::deciding::Deciding;
use std::time::Instant;
use tokio::task::JoinSet;
use vestibule_core::code::pin::token_hash;
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::{Actor, Answer, CarrierId, Command, CompartmentId, KioskId, Refusal, VisitId};
use vestibule_ledger::SiteKey;

const ASKERS: usize = 300;
const ASKERS_AT_ONCE: usize = 20;

fn options(folder: &std::path::Path) -> StoreOptions {
    StoreOptions::in_folder(folder, SiteKey::new("rounds").expect("key"))
}

/// Not by staff: it shares rounds with others.
fn name_carrier(name: String) -> Request {
    Request::new(Actor::Site, Command::NameCarrier { name })
}

fn carriers(connection: &rusqlite::Connection) -> rusqlite::Result<usize> {
    connection.query_row("SELECT count(*) FROM event WHERE kind = 'carrier-named'", [], |row| row.get(0))
}

fn found(folder: &std::path::Path) -> Writer {
    let clocks = machine_clocks(vestibule_devices::Clock::start(), Ahead::default());
    let (mut writer, _) =
        Writer::open(options(folder), Arc::new(Keys::generate()), clocks()).expect("it opens");
    let found = Request::new(Actor::Console, Command::Found { policy: Policy::default() });
    writer.step(vec![Incoming::Ask(Box::new(found))], clocks()).expect("it steps");
    writer
}

#[tokio::test]
async fn who_was_answered_and_who_looks_finds_it_in_the_ledger() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(found(folder.path()));
    let clocks = machine_clocks(vestibule_devices::Clock::start(), Ahead::default());
    let running = start(options(folder.path()), Arc::new(Keys::generate()), clocks).expect("it starts");
    let mut askers = JoinSet::new();
    for n in 0..ASKERS {
        let (site, database) = (running.handle.clone(), folder.path().join(DATABASE));
        askers.spawn(async move {
            let outcome = site.ask(name_carrier(format!("Carrier {n}"))).await.expect("it runs");
            let Ok(Answer::Carrier(carrier)) = outcome.answer else { panic!("{:?}", outcome.answer) };
            let kept = site.query(carriers).await.expect("it can be read");
            assert!(kept >= usize::try_from(carrier.0).expect("small"), "answered before it was durable");
            let looked = site.read(move |site, _| {
                let connection = rusqlite::Connection::open(database).expect("it opens");
                (site.layout.carriers.len(), carriers(&connection).expect("it can be read"))
            });
            let (seen, kept) = looked.await.expect("it runs");
            assert_eq!(seen, kept, "what was seen is not what is durable");
        });
    }
    while let Some(ended) = askers.join_next().await {
        ended.expect("each was right");
    }
    assert_eq!(running.handle.read(|site, _| site.layout.carriers.len()).await.expect("it runs"), ASKERS);
    running.handle.stop().await;
}

#[tokio::test]
async fn on_a_full_disk_what_was_granted_is_kept_and_the_rest_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = found(folder.path());
    let (deciding, store) = writer.into_halves();
    may_grow_by(&store, 12);
    let site = running_on((deciding, store), folder.path());
    let (mut granted, mut refused) = (0, 0);
    for wave in 0..ASKERS / ASKERS_AT_ONCE {
        let mut askers = JoinSet::new();
        for n in 0..ASKERS_AT_ONCE {
            let site = site.clone();
            askers.spawn(async move {
                site.ask(name_carrier(format!("Carrier {wave}/{n}"))).await.expect("it runs").answer
            });
        }
        while let Some(answer) = askers.join_next().await {
            match answer.expect("nobody panics") {
                Ok(_) => granted += 1,
                Err(Refusal::DiskLow) => refused += 1,
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(granted > 0 && refused > 0, "{granted} granted, {refused} refused");
    assert_eq!(site.read(|site, _| site.layout.carriers.len()).await.expect("it runs"), granted);
    assert_eq!(site.query(carriers).await.expect("it can be read"), granted);
    site.stop().await;
    let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).expect("it opens");
    let mut replayed = vestibule_core::Site::default();
    for_each_event(&connection, (&options(folder.path()).site, 0), |sealed| {
        let event = crate::store::load::decode(&sealed.envelope)?;
        replayed.evolve(&event, Timestamp(sealed.envelope.recorded_at));
        Ok(())
    })
    .expect("every event decodes");
    assert_eq!(replayed.layout.carriers.len(), granted);
}

#[tokio::test]
async fn rows_that_find_no_room_are_refused_in_words_and_the_site_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (deciding, store) = found(folder.path()).into_halves();
    may_grow_by(&store, 4);
    let site = running_on((deciding, store), folder.path());
    let miss = |n: usize| Row::SignInMiss {
        email: format!("{n}@example.org"),
        address: "x".repeat(2_000),
        at: Timestamp(0),
    };
    let mut written = Ok(());
    for n in 0..1_000 {
        written = site.write(vec![miss(n)]).await;
        if written.is_err() {
            break;
        }
    }
    assert_eq!(written, Err(Unwritten::Refused(Refusal::DiskLow)));
    site.read(|_, _| ()).await.expect("it goes on");
    site.stop().await;
}

/// SQLite itself says the disk is full when its file has grown by so many pages.
fn may_grow_by(store: &Store, pages: i64) {
    let used: i64 = store
        .connection()
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("SQLite counts its pages");
    store.connection().pragma_update(None, "max_page_count", used + pages).expect("it can be limited");
}

/// So many minutes after the site was founded.
fn minute(minutes: u64) -> Moment {
    let monotonic_ms = minutes * 60_000;
    Moment { wall: Timestamp(1_772_442_000_000 + i64::try_from(monotonic_ms).expect("small")), monotonic_ms }
}

/// Doors that have stood open for an hour, on a disk that takes nothing more.
fn doors_open_on_a_full_disk(folder: &std::path::Path) -> (Deciding, Store) {
    const DOORS: u32 = 20;
    let (mut writer, _) =
        Writer::open(options(folder), Arc::new(Keys::generate()), minute(0)).expect("it opens");
    let spec = |n: u32| CompartmentSpec {
        label: n.to_string(),
        size: Size::M,
        column: n,
        width_mm: 300,
        height_mm: 300,
        bottom_mm: 600,
        occupancy_sensor: false,
        inside_release: false,
    };
    let compartments = (1..=DOORS).map(spec).collect();
    for command in [Command::Found { policy: Policy::default() }, Command::InstallBank { compartments }] {
        let asked = Incoming::Ask(Box::new(Request::new(Actor::Console, command)));
        let stepped = writer.step(vec![asked], minute(0)).expect("it steps");
        assert!(stepped.outcomes[0].answer.is_ok());
    }
    let seen = |n| Observation::DoorSeen { compartment: CompartmentId(n), open: true };
    let seen = (1..=DOORS).map(seen).map(Incoming::Observe).collect();
    writer.step(seen, minute(0)).expect("it steps");
    let (deciding, store) = writer.into_halves();
    may_grow_by(&store, 0);
    (deciding, store)
}

#[test]
fn what_is_due_and_cannot_be_written_rests() {
    let folder = tempfile::tempdir().expect("a folder");
    let halves = doors_open_on_a_full_disk(folder.path());
    let time = SiteTime::new(Arc::new(|| minute(60)), halves.0.clock());
    let (mut rounds, _) = rounds_on(halves, time);
    let recorded = || -> u64 {
        let connection = rusqlite::Connection::open(folder.path().join(DATABASE)).expect("it opens");
        connection.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).expect("it is read")
    };
    let (before, known) = (Instant::now(), recorded());
    rounds.by_the_clock().expect("a full disk ends nothing");
    assert_eq!(recorded(), known, "the disk took nothing");
    assert!(rounds.wake_at() >= before + REST, "it would be tried again at once");
}

/// A courier who logged in and was not heard of since, on a disk that takes little more.
fn visit_on_a_filling_disk(folder: &std::path::Path) -> ((Deciding, Store), VisitId) {
    let keys = Arc::new(Keys::generate());
    let (mut writer, _) = Writer::open(options(folder), Arc::clone(&keys), minute(0)).expect("it opens");
    let mut ask = |actor, command| {
        let asked = Incoming::Ask(Box::new(Request::new(actor, command)));
        writer.step(vec![asked], minute(0)).expect("it steps").outcomes.remove(0)
    };
    let (kiosk, windows) = (KioskId(1), vec![WeekWindow::ALWAYS]);
    let expires = minute(24 * 60).wall;
    ask(Actor::Console, Command::Found { policy: Policy::default() });
    ask(Actor::Console, Command::PairKiosk { banks: Vec::new() });
    ask(Actor::Console, Command::NameCarrier { name: "UPS".to_owned() });
    let issue = Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors: Vec::new() };
    let badge = ask(Actor::Console, issue).revealed.remove(0).token;
    let proof = Proof::Token(token_hash(&*keys, badge.expose()));
    let logged_in = ask(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof }).answer;
    let Ok(Answer::Visit { visit }) = logged_in else { panic!("{logged_in:?}") };
    let (deciding, store) = writer.into_halves();
    may_grow_by(&store, 12);
    ((deciding, store), visit)
}

#[tokio::test]
async fn what_a_round_that_was_not_written_brought_about_again_is_published_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (halves, visit) = visit_on_a_filling_disk(folder.path());
    let time = SiteTime::new(Arc::new(|| minute(60)), halves.0.clock());
    let (rounds, (_, standing, _)) = rounds_on(halves, time);
    assert!(matches!(standing.borrow().visit(visit), Standpoint::At(_)), "it goes on, as far as is known");
    // What is asked comes with the end of the visit into one round, and finds no room; the end alone does.
    let miss = |n: usize| Row::SignInMiss {
        email: format!("{n}@example.org"),
        address: "x".repeat(2_000),
        at: Timestamp(0),
    };
    let large = name_carrier("DHL".to_owned()).with_rows(move |_| (0..1_000).map(miss).collect());
    let ((messages, received), (answer, answered)) = (mpsc::channel(QUEUE), oneshot::channel());
    messages.try_send(Message::Ask(Box::new(large), answer)).expect("there is room");
    std::thread::spawn(move || rounds.run(received).expect("a full disk ends nothing"));
    assert_eq!(answered.await.expect("it is answered").answer, Err(Refusal::DiskLow));
    let (look, looked) = oneshot::channel();
    let goes_on =
        move |site: &vestibule_core::Site, _: Timestamp| look.send(site.visits.get(visit).is_ok()).unwrap();
    messages.try_send(Message::Read(Box::new(goes_on))).expect("there is room");
    assert!(!looked.await.expect("it is looked"), "the visit is over in the ledger");
    assert_eq!(standing.borrow().visit(visit), Standpoint::Over);
    let (stop, stopped) = oneshot::channel();
    messages.try_send(Message::Stop(stop)).expect("there is room");
    stopped.await.expect("it ends");
}

/// The threads around halves that were prepared by hand.
fn running_on(halves: (Deciding, Store), folder: &std::path::Path) -> SiteHandle {
    let clocks = machine_clocks(vestibule_devices::Clock::start(), Ahead::default());
    let time = SiteTime::new(clocks, halves.0.clock());
    let (rounds, (changes, standing, wirings)) = rounds_on(halves, time.clone());
    let (messages, received) = mpsc::channel(QUEUE);
    std::thread::spawn(move || rounds.run(received).expect("a full disk ends nothing"));
    let reads = Arc::new(ReadPool::new(&folder.join(DATABASE)));
    SiteHandle { writer: messages, changes, standing, wirings, reads, time }
}

type Published = (watch::Receiver<u64>, watch::Receiver<Arc<Standing>>, watch::Receiver<Arc<Wirings>>);

fn rounds_on((deciding, store): (Deciding, Store), time: SiteTime) -> (Rounds, Published) {
    let (changed, changes) = watch::channel(0);
    let published = Arc::new(Standing::of(deciding.site()));
    let (publish, standing) = watch::channel(Arc::clone(&published));
    let (publish_wirings, wirings) = watch::channel(Arc::clone(published.wirings()));
    let (routes, doors, photos) = (IntentRoutes::default(), DoorRoutes::default(), PhotoRoute::default());
    let outlet = Outlet { routes, doors, photos, changed, standing: publish, wirings: publish_wirings };
    let committer = Committer::start(outlet.clone()).expect("it starts");
    (Rounds::new((deciding, store), (committer, outlet), (time, published)), (changes, standing, wirings))
}
