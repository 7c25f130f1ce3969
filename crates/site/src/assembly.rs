//! Puts a site together from its parts and takes it apart again: lock, keys, store and writer, buses, messages, pages.
//!
//! Owns: the order in which parts start and stop. Never: a rule, a page, or a choice that a configuration should make.

pub mod backup;
mod buses;
mod cameras;
pub mod console;
mod doors;
mod folder;
mod ground;
mod reread;

pub use folder::{FolderLock, InUse, stored_site_key};
pub use reread::Reread;

use crate::config::{BankConfig, Config};
use crate::directory::intake::retention;
use crate::directory::settings::{BuildingAddress, Settings, set_addresses};
use crate::evidence::PhotoFolder;
use crate::handle::{Gone, Request, SiteHandle, Unwritten};
use crate::keys::{KeyError, Keys};
use crate::rows::Row;
use crate::runners::cameras::{CameraBoard, PhotoRoute};
use crate::runners::devices::DeviceBoard;
use crate::runners::messages::{self, MessageStart, TextSink};
use crate::runners::scanning::Scanners;
use crate::service::{self, Ahead, DoorRoutes, IntentRoutes, machine_clocks};
use crate::store::{StoreError, StoreOptions};
use buses::BusSet;
use cameras::CameraSet;
use doors::DoorSet;
use ground::Ground;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use vestibule_core::evidence::retention::Country;
use vestibule_core::policy::Policy;
use vestibule_core::time::Zone;
use vestibule_core::{Actor, Answer, Command};
use vestibule_devices::Clock;
use vestibule_ledger::SiteKey;
use vestibule_notices::smtp::{SmtpConfig, SmtpSender};

/// How long parts may take to end by themselves before they are dropped.
const ENDS_WITHIN: Duration = Duration::from_secs(3);

/// File name of the keys in the site's folder.
pub const KEYS: &str = "keys";

/// Why a site cannot be put together; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyError {
    /// Another process has the folder.
    #[error(transparent)]
    InUse(#[from] InUse),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The mail settings.
    #[error(transparent)]
    Mail(#[from] vestibule_notices::smtp::SmtpConfigError),
    /// The writer ended while the site was being put together.
    #[error(transparent)]
    Gone(#[from] Gone),
    /// What the configuration says could not be stored.
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    /// Anything in the configuration that shows only now.
    #[error("{0}")]
    Configuration(String),
}

/// Where a site lives.
#[derive(Debug, Clone)]
pub struct SitePlace {
    /// Database, keys, lock.
    pub folder: PathBuf,
    /// The head file; None keeps it in the folder.
    pub head_file: Option<PathBuf>,
    /// The site's key if it is new; None draws one.
    pub site: Option<SiteKey>,
}

impl SitePlace {
    /// As a configuration says.
    pub fn of(config: &Config) -> Self {
        Self { folder: config.data.clone(), head_file: config.head_file.clone(), site: None }
    }

    /// What the store needs; the site's key is the stored one, else the one given, else a fresh one.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn store_options(&self) -> Result<StoreOptions, StoreError> {
        let site = match (stored_site_key(&self.folder)?, &self.site) {
            (Some(stored), _) => stored,
            (None, Some(given)) => given.clone(),
            (None, None) => fresh_site_key(),
        };
        let mut options = StoreOptions::in_folder(&self.folder, site);
        if let Some(head_file) = &self.head_file {
            options.head_file.clone_from(head_file);
        }
        Ok(options)
    }
}

fn fresh_site_key() -> SiteKey {
    let hex: String = crate::keys::fresh_bytes::<6>().iter().map(|byte| format!("{byte:02x}")).collect();
    SiteKey::new(&format!("site-{hex}")).expect("letters, digits and a hyphen")
}

/// A site whose writer runs. Dropping it leaves the writer's thread to end with its last handle.
pub struct Assembled {
    /// To talk to it.
    pub handle: SiteHandle,
    /// Its keys.
    pub keys: Arc<Keys>,
    /// Promises found broken at start.
    pub broken_invariants: Vec<String>,
    /// Resolves when the writer has ended.
    pub ended: oneshot::Receiver<Result<(), StoreError>>,
    folder: PathBuf,
    routes: IntentRoutes,
    photo_route: PhotoRoute,
    photo_folder: Option<PhotoFolder>,
    board: CameraBoard,
    devices: DeviceBoard,
    cameras: Option<CameraSet>,
    doors: DoorRoutes,
    /// The controllers that run, by name.
    door_sets: BTreeMap<String, DoorSet>,
    /// The lines of lock boards that run, by name.
    buses: BTreeMap<String, BusSet>,
    /// None before there are pages, and where no scanner is asked for.
    scanners: Option<Scanners>,
    clock: Clock,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    _lock: FolderLock,
}

impl Assembled {
    /// Locks the folder, reads or makes the keys, opens the store and starts the writer.
    ///
    /// # Errors
    /// See [`AssemblyError`]; nothing runs then.
    pub fn open(place: &SitePlace) -> Result<Self, AssemblyError> {
        Self::open_ahead(place, Ahead::default())
    }

    /// The same with a wall clock that a demonstration sets ahead.
    ///
    /// # Errors
    /// See [`AssemblyError`]; nothing runs then.
    pub fn open_ahead(place: &SitePlace, ahead: Ahead) -> Result<Self, AssemblyError> {
        let lock = FolderLock::take(&place.folder)?;
        let keys = Arc::new(Keys::load_or_create(&place.folder.join(KEYS))?);
        let clock = Clock::start();
        let running =
            service::start(place.store_options()?, Arc::clone(&keys), machine_clocks(clock, ahead))?;
        for broken in &running.broken_invariants {
            tracing::error!(%broken, "a promise does not hold; run: vestibule check");
        }
        Ok(Self {
            handle: running.handle,
            keys,
            broken_invariants: running.broken_invariants,
            ended: running.ended,
            folder: place.folder.clone(),
            routes: running.routes,
            photo_route: running.photos,
            photo_folder: None,
            board: CameraBoard::new(clock),
            devices: DeviceBoard::new(clock),
            cameras: None,
            doors: running.doors,
            door_sets: BTreeMap::new(),
            buses: BTreeMap::new(),
            scanners: None,
            clock,
            stop: watch::channel(false).0,
            tasks: Vec::new(),
            _lock: lock,
        })
    }

    /// The site's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How the buses, doors and scanners are doing, for pages.
    pub fn devices(&self) -> DeviceBoard {
        self.devices.clone()
    }

    /// True once the site is to stop.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Founds the site if it is new, and puts up the banks whose names are not known yet.
    ///
    /// # Errors
    /// A bank the rules refuse, by name.
    pub async fn install(&self, zone: Option<&Zone>, banks: &[BankConfig]) -> Result<(), AssemblyError> {
        if self.handle.read(|site, _| site.tag.is_none()).await? {
            let zone = zone.cloned().unwrap_or_else(machine_zone);
            let country = Country::of_zone(&zone);
            let policy = Policy { country, zone, own_receipts: true, ..Policy::default() };
            self.handle.ask(Request::new(Actor::Console, Command::Found { policy })).await?;
        }
        put_up_banks(&mut Ground::of(&self.handle), banks).await
    }

    /// Says where the buildings stand, unless the settings already do.
    ///
    /// # Errors
    /// An address that cannot be used.
    pub async fn stand_at(&self, addresses: &[BuildingAddress]) -> Result<(), AssemblyError> {
        let known = self.handle.query(Settings::load).await.map_err(StoreError::from)?.addresses;
        if known.is_empty() && !addresses.is_empty() {
            let row = set_addresses(addresses)
                .map_err(|fault| AssemblyError::Configuration(format!("[[address]]: {fault}")))?;
            self.handle.write(vec![row]).await?;
        }
        Ok(())
    }

    /// Starts handing over notices.
    ///
    /// # Errors
    /// Mail settings that cannot be used.
    pub fn send_messages(
        &mut self,
        mail: Option<&SmtpConfig>,
        public_url: Option<String>,
        texts: Option<Arc<dyn TextSink>>,
    ) -> Result<(), AssemblyError> {
        let smtp = mail.map(|mail| SmtpSender::new(mail.clone())).transpose()?;
        self.tasks.push(messages::start(MessageStart {
            site: self.handle.clone(),
            keys: Arc::clone(&self.keys),
            smtp,
            public_url,
            texts,
            photos: self.photo_folder.clone(),
            shutdown: self.stop.subscribe(),
        }));
        Ok(())
    }

    /// Starts erasing what was kept of labels once its days are over.
    pub fn keep_only_what_is_due(&mut self) {
        self.tasks.push(retention::start(self.handle.clone(), self.stop.subscribe()));
    }

    /// Adds a task that ends when the site stops.
    pub fn adopt(&mut self, task: JoinHandle<()>) {
        self.tasks.push(task);
    }

    /// Stops accepting, lets what runs finish, then stops the writer. What was asked before is durable afterwards.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let mut tasks = self.tasks;
        for set in self.door_sets.into_values() {
            set.stop.send_replace(true);
            tasks.extend(set.tasks);
        }
        tasks.extend(self.buses.into_values().map(|set| set.task));
        if let Some(mut scanners) = self.scanners {
            tasks.extend(scanners.end_others(&[]));
        }
        all_ended(tasks).await;
        self.handle.stop().await;
    }
}

/// Puts up the banks whose names are not known yet.
async fn put_up_banks(ground: &mut Ground, banks: &[BankConfig]) -> Result<(), AssemblyError> {
    let known = ground.bank_names().await?;
    for bank in banks.iter().filter(|bank| !known.values().any(|name| *name == bank.name)) {
        let (name, building) = (bank.name.clone(), bank.building.clone());
        let command = Command::InstallBank { compartments: bank.compartments() };
        let request = Request::new(Actor::Console, command).with_rows(move |answer| match answer {
            Answer::Bank(bank) => vec![Row::BankName { bank: *bank, name, building }],
            _ => Vec::new(),
        });
        ground.ask(request).await?.map_err(|why| {
            AssemblyError::Configuration(format!("[[bank]] \"{}\" was refused: {why}", bank.name))
        })?;
    }
    Ok(())
}

/// Waits for tasks that were told to end; one that does not is dropped.
async fn all_ended(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        let abort = task.abort_handle();
        if tokio::time::timeout(ENDS_WITHIN, task).await.is_err() {
            abort.abort();
        }
    }
}

/// The machine's own time zone, or UTC.
fn machine_zone() -> Zone {
    let system = jiff::tz::TimeZone::system();
    system.iana_name().and_then(|name| Zone::new(name).ok()).unwrap_or_else(Zone::utc)
}
