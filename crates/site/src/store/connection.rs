//! The store's connections, and what it insists on for them: SQLite's version and settings, a local file system, tables it knows.

mod checkpointer;
pub mod schema;

pub(super) use checkpointer::Checkpointer;

use super::StoreError;
use super::machine::Machine;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use vestibule_core::planted::is_planted;

/// Pages in the WAL from which on they are carried into the database file: 16 MB.
const WAL_PAGES: i32 = 4_000;
/// What the write connection keeps in memory of the database.
const CACHE_KIB: i64 = 16 << 10;
/// SQLite before 3.51.3 can corrupt a WAL when it is reset (reference: sqlite.org/wal.html#walresetbug).
const SQLITE_AT_LEAST: i32 = 3_051_003;
const NETWORK_FILE_SYSTEMS: [(i64, &str); 4] =
    [(0x6969, "NFS"), (0x517B, "SMB"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB2")];

/// Opens the write connection. A new database is made with `synchronous=EXTRA` before it is switched to WAL, since a
/// rollback journal whose unlink was not synced would roll a fresh database back to nothing after a power cut.
pub(super) fn open(path: &Path, machine: &dyn Machine) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < SQLITE_AT_LEAST {
        return Err(StoreError::Unusable(format!(
            "SQLite {} is too old; 3.51.3 or newer is needed",
            rusqlite::version()
        )));
    }
    refuse_network_file_system(path, machine)?;
    if !is_planted("cache-believed") {
        forget_cached(path, machine)?;
    }
    let connection = match machine.vfs() {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, OpenFlags::default(), vfs)?,
        None => Connection::open(path)?,
    };
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let synchronous = match () {
        () if is_planted("synchronous-off") => "OFF",
        () if is_planted("synchronous-normal") => "NORMAL",
        () => "FULL",
    };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
    // In KiB. With less, a large batch would spill pages in its middle and read them back.
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(128);
    check(&connection)?;
    Ok(connection)
}

/// A second connection for the checkpointer, which must sync as the writer does.
fn open_beside(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    check(&connection)?;
    Ok(connection)
}

/// After a sync that failed, the machine's cache may show a commit that never reached the disk and that no later sync will
/// bring there. A process that began again on it would write its own commits behind a gap, and the next power cut would
/// take them all: a start reads the disk itself.
fn forget_cached(path: &Path, machine: &dyn Machine) -> Result<(), StoreError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    for path in [path, Path::new(&log)] {
        machine
            .forget_cached(path)
            .map_err(|source| StoreError::Io { path: path.display().to_string(), source })?;
    }
    Ok(())
}

/// Refuses weaker settings than durability needs.
///
/// # Errors
/// Which setting is weak.
pub fn check(connection: &Connection) -> Result<(), StoreError> {
    let journal: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    let foreign_keys: bool = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    let weak = match (journal.as_str(), synchronous, foreign_keys) {
        ("wal", 2.., true) => return Ok(()),
        _ if is_planted("synchronous-off") || is_planted("synchronous-normal") => return Ok(()),
        ("wal", 2.., false) => "foreign_keys is off",
        ("wal", ..) => "synchronous is below FULL",
        _ => "journal_mode is not WAL",
    };
    Err(StoreError::Unusable(format!(
        "{weak}: what is committed could be lost at a power cut; put the site's folder on a local disk"
    )))
}

fn refuse_network_file_system(path: &Path, machine: &dyn Machine) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let kind = machine
        .file_system(folder)
        .map_err(|source| StoreError::Io { path: folder.display().to_string(), source })?;
    match NETWORK_FILE_SYSTEMS.iter().find(|(magic, _)| *magic == kind) {
        Some((_, name)) => Err(StoreError::Unusable(format!(
            "{} is on {name}: a network file system cannot keep the ledger; choose a local disk",
            folder.display()
        ))),
        None => Ok(()),
    }
}
