//! The threads around the writer. One decides a round of inputs while another commits the round before it.
//!
//! ```text
//! messages -> [rounds] decide, one after the other --round--> [committer] commit, then let pulses and answers leave
//!                 ^                                                |
//!                 +------------------- the store ------------------+
//! ```
//! Whoever holds the store may write; the deciding thread takes it for what must stand alone. No meaning lives here.

mod committer;
mod rounds;

use crate::clock::Moment;
use crate::handle::SiteHandle;
use crate::handle::standing::Standing;
pub use crate::handle::time::ReadClocks;
use crate::handle::time::SiteTime;
use crate::keys::Keys;
use crate::runners::cameras::PhotoRoute;
use crate::store::read::ReadPool;
use crate::store::{DATABASE, DurableIntent, DurableRelease, StoreError, StoreOptions};
use crate::writer::Writer;
use committer::{Committer, Outlet};
use rounds::Rounds;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::{mpsc, oneshot, watch};
use vestibule_core::vocabulary::observation::{PulseOutcome, ReleaseOutcome};
use vestibule_core::{AccessPointId, BankId, EntryId, Observation, OpeningId, Span, Timestamp};
use vestibule_devices::{PulseIntent, ReleaseIntent};

const QUEUE: usize = 1024;

/// How far a demonstration has set its wall clock ahead of the machine's. Cheap to clone; a site of one's own has none.
#[derive(Debug, Clone, Default)]
pub struct Ahead(Arc<AtomicI64>);

impl Ahead {
    /// So much further, from now on. Site time follows a wall clock in steps of less than [`crate::clock::DOUBT`].
    pub fn further(&self, by: Span) {
        self.0.fetch_add(by.0, Ordering::Relaxed);
    }

    fn now(&self) -> Span {
        Span(self.0.load(Ordering::Relaxed))
    }
}

/// The machine's clocks, the wall clock so far ahead; the monotonic one is that of the buses.
pub fn machine_clocks(clock: vestibule_devices::Clock, ahead: Ahead) -> ReadClocks {
    Arc::new(move || {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        let wall = Timestamp(i64::try_from(wall).unwrap_or(i64::MAX)) + ahead.now();
        Moment { wall, monotonic_ms: clock.now().0 }
    })
}

/// Where pulses of each bank go. Banks may be added while the site runs.
#[derive(Clone, Default)]
pub struct IntentRoutes(Arc<Mutex<BTreeMap<BankId, mpsc::Sender<DurableIntent>>>>);

impl IntentRoutes {
    /// From now on pulses of this bank go here.
    pub fn register(&self, bank: BankId, intents: mpsc::Sender<DurableIntent>) {
        self.0.lock().expect("routes are never held across a panic").insert(bank, intents);
    }

    /// From now on pulses of this bank go nowhere.
    pub fn unregister(&self, bank: BankId) {
        self.0.lock().expect("routes are never held across a panic").remove(&bank);
    }

    /// Hands a pulse over, or says what became of it instead.
    fn send(&self, intent: DurableIntent) -> Option<Observation> {
        let routes = self.0.lock().expect("routes are never held across a panic");
        let (opening, attempt) = (OpeningId(intent.opening()), intent.attempt());
        let sent = routes.get(&intent.bank()).is_some_and(|route| route.try_send(intent).is_ok());
        (!sent).then_some(Observation::Pulse { opening, attempt, outcome: PulseOutcome::NotSent })
    }
}

/// Where releases of each access point go. Doors may be added while the site runs.
#[derive(Clone, Default)]
pub struct DoorRoutes(Arc<Mutex<BTreeMap<AccessPointId, mpsc::Sender<DurableRelease>>>>);

impl DoorRoutes {
    /// From now on releases of this access point go here.
    pub fn register(&self, point: AccessPointId, releases: mpsc::Sender<DurableRelease>) {
        self.0.lock().expect("routes are never held across a panic").insert(point, releases);
    }

    /// From now on releases of this access point go nowhere.
    pub fn unregister(&self, point: AccessPointId) {
        self.0.lock().expect("routes are never held across a panic").remove(&point);
    }

    /// Hands a release over, or says what became of it instead.
    fn send(&self, release: DurableRelease) -> Option<Observation> {
        let routes = self.0.lock().expect("routes are never held across a panic");
        let entry = EntryId(release.entry());
        let sent = routes.get(&release.point()).is_some_and(|route| route.try_send(release).is_ok());
        (!sent).then_some(Observation::Release { entry, outcome: ReleaseOutcome::NotTaken })
    }
}

/// A running site.
pub struct Running {
    /// To talk to it.
    pub handle: SiteHandle,
    /// Where buses register.
    pub routes: IntentRoutes,
    /// Where the cameras' runner registers.
    pub photos: PhotoRoute,
    /// Where door controllers register.
    pub doors: DoorRoutes,
    /// Promises found broken at start; empty when all hold.
    pub broken_invariants: Vec<String>,
    /// Resolves when the writer has ended: with an error if the disk failed and the process must end.
    pub ended: oneshot::Receiver<Result<(), StoreError>>,
}

/// Opens the store and starts the writer's threads.
///
/// # Errors
/// See [`StoreError`]: nothing runs then.
pub fn start(options: StoreOptions, keys: Arc<Keys>, clocks: ReadClocks) -> Result<Running, StoreError> {
    let database = options.folder.join(DATABASE);
    let (writer, first) = Writer::open(options, keys, clocks())?;
    let broken_invariants = writer.broken_invariants().to_vec();
    let (messages, received) = mpsc::channel(QUEUE);
    let (changed, changes) = watch::channel(first.seq);
    let published = Arc::new(Standing::of(writer.site()));
    let (publish, standing) = watch::channel(Arc::clone(&published));
    let (publish_wirings, wirings) = watch::channel(Arc::clone(published.wirings()));
    let (routes, photos) = (IntentRoutes::default(), PhotoRoute::default());
    let (end, ended) = oneshot::channel();
    let doors = DoorRoutes::default();
    let outlet = Outlet {
        routes: routes.clone(),
        doors: doors.clone(),
        photos: photos.clone(),
        changed,
        standing: publish,
        wirings: publish_wirings,
    };
    let (deciding, mut store) = writer.into_halves();
    store.checkpoint_beside()?;
    let committer = Committer::start(outlet.clone())?;
    let time = SiteTime::new(clocks, deciding.clock());
    let rounds = Rounds::new((deciding, store), (committer, outlet), (time.clone(), published));
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || drop(end.send(rounds.run(received))))
        .map_err(|source| StoreError::Io { path: "writer thread".to_owned(), source })?;
    let reads = Arc::new(ReadPool::new(&database));
    let handle = SiteHandle { writer: messages, changes, standing, wirings, reads, time };
    Ok(Running { handle, routes, photos, doors, broken_invariants, ended })
}

#[cfg(test)]
mod tests;
