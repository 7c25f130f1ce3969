//! What dies with a process: the writer, the bus, the message runner's half.

use crate::line::{BusHalf, Heard, Line};
use crate::machine::SimulatedMachine;
use crate::vfs;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use vestibule_core::BankId;
use vestibule_core::place::wiring::WiringMap;
use vestibule_ledger::SiteKey;
use vestibule_notices::delivery::Delivery;
use vestibule_site::clock::Moment;
use vestibule_site::keys::Keys;
use vestibule_site::store::load::for_each_event;
use vestibule_site::store::{DATABASE, StoreError, StoreOptions};
use vestibule_site::writer::{Stepped, Writer};

/// The site's folder on the simulated disk.
pub const FOLDER: &str = "/site";
const MOST_UNDER_WAY: usize = 4;

/// The site's key in every run.
pub fn site_key() -> SiteKey {
    SiteKey::new("proof").expect("a good key")
}

/// Where the site lives.
pub fn options() -> StoreOptions {
    let mut options = StoreOptions::in_folder(&PathBuf::from(FOLDER), site_key());
    options.machine = Arc::new(SimulatedMachine);
    options
}

/// One running site.
pub struct Process {
    /// The production writer.
    pub writer: Writer,
    /// The production bus.
    pub bus: BusHalf,
    /// The production delivery.
    pub delivery: Delivery,
    /// Outbox rows the delivery was told of and that are not done.
    pub known: BTreeSet<u64>,
}

/// An event of the ledger as it stands there.
pub type Sealed = vestibule_ledger::Sealed;

impl Process {
    /// Starts the site on the disk of this thread.
    ///
    /// # Errors
    /// What the store says.
    pub fn start(keys: &Arc<Keys>, doors: u8, moment: Moment) -> Result<(Self, Stepped), StoreError> {
        vfs::register();
        let (writer, first) = Writer::open(options(), Arc::clone(keys), moment)?;
        let bus = BusHalf::new(map_of(&writer), doors, moment.monotonic_ms);
        let delivery = Delivery::new(1, MOST_UNDER_WAY);
        Ok((Self { writer, bus, delivery, known: BTreeSet::new() }, first))
    }

    /// The bus is to run by the map that holds, as its runner sees to.
    pub fn rewires(&mut self, line: &mut Line, doors: u8, now: u64) -> Vec<Heard> {
        self.bus.rewires(line, map_of(&self.writer), doors, now)
    }

    /// Every event after `seq`, as it is stored.
    ///
    /// # Errors
    /// What the store says.
    pub fn events_after(&self, seq: u64) -> Result<Vec<Sealed>, StoreError> {
        let mut events = Vec::new();
        for_each_event(self.reader(), (&site_key(), seq), |sealed| {
            events.push(sealed);
            Ok(())
        })?;
        Ok(events)
    }

    /// Where it is looked at between two steps. A connection of its own for each of a million starts would spend a quarter of
    /// a run on reading the schema; a run ends with a look through [`reader`].
    pub fn reader(&self) -> &Connection {
        self.writer.connection()
    }
}

/// The map of the one bank, where it has one.
fn map_of(writer: &Writer) -> Option<&WiringMap> {
    writer.site().wiring.maps.get(&BankId(1))
}

/// A connection as the pages have them.
///
/// # Errors
/// What SQLite says.
pub fn reader() -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags_and_vfs(format!("{FOLDER}/{DATABASE}"), flags, vfs::NAME)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Another process copies the whole database.
///
/// # Errors
/// What SQLite says.
pub fn copied() -> rusqlite::Result<()> {
    let source = reader()?;
    let mut copy = Connection::open_in_memory()?;
    let backup = rusqlite::backup::Backup::new(&source, &mut copy)?;
    while backup.step(16)? == rusqlite::backup::StepResult::More {}
    drop(backup);
    let whole: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    assert_eq!(whole, "ok", "a copy made while the site works");
    Ok(())
}

/// Another process looks at the database and moves its log into it, as a backup does.
///
/// # Errors
/// What SQLite says.
pub fn checkpoint(truncates: bool) -> rusqlite::Result<()> {
    let path = format!("{FOLDER}/{DATABASE}");
    let connection = Connection::open_with_flags_and_vfs(path, OpenFlags::SQLITE_OPEN_READ_WRITE, vfs::NAME)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let kind = if truncates { "TRUNCATE" } else { "PASSIVE" };
    connection.query_row(&format!("PRAGMA wal_checkpoint({kind})"), [], |_| Ok(()))
}
