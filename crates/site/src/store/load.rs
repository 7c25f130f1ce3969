//! Start-up: open, check, load the newest snapshot, replay the tail, compare with the head file.

use super::head_file::{HeadFile, Noted};
use super::ledger_checkpoints::LedgerCheckpoints;
use super::statements::Statements;
use super::{DATABASE, Store, StoreError, StoreOptions, connection};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::path::Path;
use vestibule_core::site::STATE_VERSION;
use vestibule_core::{Event, Site, Timestamp};
use vestibule_ledger::{Chain, Envelope, Hash, Head, NoteSigner, Sealed, SiteKey, Verifier};

/// What was found at start-up.
pub struct Loaded {
    /// The state.
    pub site: Site,
    /// Site time of the newest event.
    pub last_recorded: Option<Timestamp>,
    /// The head file knows of events this database does not have: begin a new epoch.
    pub lost: Option<Noted>,
    /// Events replayed after the snapshot.
    pub replayed: u64,
}

impl Store {
    /// Steps S1 to S4: opens the store of a site, or makes it. `signer` signs the ledger's checkpoints.
    ///
    /// # Errors
    /// See [`StoreError`]; each says what to do.
    pub fn open(options: StoreOptions, signer: NoteSigner) -> Result<(Self, Loaded), StoreError> {
        options.machine.make_folder(&options.folder).map_err(|source| io(&options.folder, source))?;
        options.step("S1");
        let mut connection = connection::open(&options.folder.join(DATABASE), &*options.machine)?;
        options.step("S2");
        connection::schema::make_or_know(&mut connection)?;
        options.step("S3");
        let site = site_key(&connection, &options.site)?;
        let (head_file, noted) = HeadFile::open(&options.head_file, &*options.machine)?;
        let (loaded, chain, since_snapshot, snapshot_bytes) = load(&connection, &site, noted)?;
        let checkpoints = LedgerCheckpoints::load(&connection, signer)?;
        let boot = next_boot(&connection, noted)?;
        options.step("S4");
        let mut store = Self {
            checkpointer: None,
            connection,
            options,
            chain,
            checkpoints,
            boot,
            head_file,
            since_snapshot,
            snapshot_bytes,
        };
        store.options.site = site;
        Ok((store, loaded))
    }

    /// The state as it is durable now, after a batch failed.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn reload(&mut self) -> Result<Site, StoreError> {
        let (loaded, chain, since, bytes) = load(&self.connection, &self.options.site, None)?;
        (self.chain, self.since_snapshot, self.snapshot_bytes) = (chain, since, bytes);
        self.checkpoints.reload(&self.connection)?;
        Ok(loaded.site)
    }
}

fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io { path: path.display().to_string(), source }
}

/// The site's key, written at the first start; a database of another site is refused.
fn site_key(connection: &Connection, wanted: &SiteKey) -> Result<SiteKey, StoreError> {
    connection.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('site', ?1)", [wanted.as_str()])?;
    match stored_key(connection)? {
        Some(stored) if stored != *wanted => Err(StoreError::Unusable(format!(
            "this folder belongs to site '{stored}', not '{wanted}'; correct the configuration"
        ))),
        _ => Ok(wanted.clone()),
    }
}

/// The key of the site whose database this is; None before its first start.
///
/// # Errors
/// A database that cannot be read, or what stands there is no key.
pub fn stored_key(connection: &Connection) -> Result<Option<SiteKey>, StoreError> {
    let query = "SELECT value FROM meta WHERE key = 'site'";
    let stored: Option<String> = connection.query_row(query, [], |row| row.get(0)).optional()?;
    let key = stored.map(|text| SiteKey::new(&text)).transpose();
    key.map_err(|error| StoreError::Unusable(error.to_string()))
}

fn next_boot(connection: &Connection, noted: Option<Noted>) -> Result<u32, StoreError> {
    let stored: Option<String> =
        connection.query_row("SELECT value FROM meta WHERE key = 'boot'", [], |row| row.get(0)).optional()?;
    let last =
        stored.and_then(|text| text.parse().ok()).unwrap_or(0).max(noted.map_or(0, |noted| noted.boot));
    let boot: u32 = last + 1;
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('boot', ?1)", [boot.to_string()])?;
    Ok(boot)
}

type LoadedChain = (Loaded, Chain, u64, u64);

fn load(
    connection: &Connection,
    site_key: &SiteKey,
    noted: Option<Noted>,
) -> Result<LoadedChain, StoreError> {
    let snapshot = newest_snapshot(connection)?;
    let (mut site, from, mut verifier, bytes) = match snapshot {
        Some((site, head, recorded_at, bytes)) => {
            (site, head.seq, Verifier::resume(site_key.clone(), head, recorded_at), bytes)
        }
        None => (Site::default(), 0, Verifier::new(site_key.clone()), 0),
    };
    let mut replayed = 0;
    let mut lost = None;
    for_each_event(connection, (site_key, from), |sealed| {
        verifier.push(sealed.envelope.view(), &sealed.hash).map_err(|fault| damaged(&fault))?;
        let event = decode(&sealed.envelope)?;
        site.evolve(&event, Timestamp(sealed.envelope.recorded_at));
        replayed += 1;
        Ok(())
    })?;
    let head = *verifier.head();
    if let Some(noted) = noted
        && is_ahead(connection, &noted.head, &head)?
    {
        lost = Some(noted);
    }
    let recorded_at = verifier.recorded_at();
    let last_recorded = (head.seq > 0).then_some(Timestamp(recorded_at));
    let chain = Chain::resume(site_key.clone(), head, recorded_at);
    Ok((Loaded { site, last_recorded, lost, replayed }, chain, replayed, bytes))
}

/// Whether the head file knows an event this ledger does not have.
fn is_ahead(connection: &Connection, noted: &Head, head: &Head) -> Result<bool, StoreError> {
    if noted.seq == 0 {
        return Ok(false);
    }
    if noted.epoch > head.epoch || (noted.epoch == head.epoch && noted.seq > head.seq) {
        return Ok(true);
    }
    let stored: Option<[u8; 32]> = connection
        .query_row(
            "SELECT hash FROM event WHERE seq = ?1 AND epoch = ?2",
            params![noted.seq, noted.epoch],
            |row| row.get(0),
        )
        .optional()?;
    Ok(stored.is_none_or(|stored| stored != noted.hash.0))
}

fn newest_snapshot(connection: &Connection) -> Result<Option<(Site, Head, i64, u64)>, StoreError> {
    let row = connection
        .query_row(
            "SELECT s.bytes, s.epoch, s.seq, e.hash, e.recorded_at FROM snapshot s JOIN event e ON e.seq = s.seq AND e.hash = s.head
             WHERE s.state_version = ?1 ORDER BY s.seq DESC LIMIT 1",
            [STATE_VERSION],
            |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, u32>(1)?, row.get::<_, u64>(2)?, row.get::<_, [u8; 32]>(3)?, row.get::<_, i64>(4)?)),
        )
        .optional()?;
    // A snapshot that does not decode is passed over: the ledger is the truth, replay is the way back.
    Ok(row.and_then(|(bytes, epoch, seq, hash, recorded_at)| {
        let site = serde_json::from_slice(&bytes).ok()?;
        Some((site, Head { epoch, seq, hash: Hash(hash) }, recorded_at, bytes.len() as u64))
    }))
}

/// The columns that [`sealed`] reads.
const EVENT: &str =
    "seq, epoch, kind, version, occurred_at, recorded_at, boot_id, actor, cause, prev_hash, payload, hash";

/// The event with this seq.
///
/// # Errors
/// What SQLite says; also that there is none.
pub fn one_event(connection: &Connection, site: &SiteKey, seq: u64) -> rusqlite::Result<Sealed> {
    connection
        .prepare_cached(&format!("SELECT {EVENT} FROM event WHERE seq = ?1"))?
        .query_row([seq], |row| sealed(site, row))
}

/// The state as it is stored, for a look beside a running site.
///
/// # Errors
/// See [`StoreError`].
pub fn state(connection: &Connection, site: &SiteKey) -> Result<Site, StoreError> {
    let (loaded, ..) = load(connection, site, None)?;
    Ok(loaded.site)
}

/// Reads every event after `from`, in order.
///
/// # Errors
/// What SQLite or `each` says.
pub fn for_each_event(
    connection: &Connection,
    (site, from): (&SiteKey, u64),
    mut each: impl FnMut(Sealed) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {EVENT} FROM event WHERE seq > ?1 ORDER BY seq"))?;
    let mut rows = statement.query([from])?;
    while let Some(row) = rows.next()? {
        each(sealed(site, row)?)?;
    }
    Ok(())
}

fn sealed(site: &SiteKey, row: &Row<'_>) -> rusqlite::Result<Sealed> {
    Ok(Sealed {
        envelope: Envelope {
            site: site.clone(),
            seq: row.get(0)?,
            epoch: row.get(1)?,
            kind: row.get(2)?,
            version: row.get(3)?,
            occurred_at: row.get(4)?,
            recorded_at: row.get(5)?,
            boot_id: row.get(6)?,
            actor: row.get(7)?,
            cause: row.get(8)?,
            prev_hash: Hash(row.get(9)?),
            payload: row.get(10)?,
        },
        hash: Hash(row.get(11)?),
    })
}

/// The event of an envelope.
///
/// # Errors
/// That it does not decode, and what to do.
pub fn decode(envelope: &Envelope) -> Result<Event, StoreError> {
    Event::decode(&envelope.kind, envelope.version, &envelope.payload)
        .map_err(|why| StoreError::Unusable(format!("event {} does not decode: {why}", envelope.seq)))
}

fn damaged(fault: &vestibule_ledger::Fault) -> StoreError {
    StoreError::Unusable(format!(
        "the ledger is damaged: {fault}; restore a backup (vestibule restore) and keep this folder for the investigation"
    ))
}

pub(super) fn insert_event(statements: &mut Statements<'_>, sealed: &Sealed) -> rusqlite::Result<()> {
    let e = &sealed.envelope;
    statements.run(
        "INSERT INTO event (seq, epoch, kind, version, occurred_at, recorded_at, boot_id, actor, cause, prev_hash, hash, payload)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            e.seq, e.epoch, e.kind, e.version, e.occurred_at, e.recorded_at, e.boot_id, e.actor, e.cause, e.prev_hash.0, sealed.hash.0, e.payload
        ],
    )
}

/// Writes a snapshot and forgets all but the one before it.
pub(super) fn insert_snapshot(connection: &Connection, head: &Head, bytes: &[u8]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO snapshot (seq, epoch, state_version, head, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![head.seq, head.epoch, STATE_VERSION, head.hash.0, bytes])?;
    connection
        .prepare_cached(
            "DELETE FROM snapshot WHERE seq NOT IN (SELECT seq FROM snapshot ORDER BY seq DESC LIMIT 2)",
        )?
        .execute([])?;
    Ok(())
}
