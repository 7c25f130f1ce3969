//! Looks at everything a site has stored: chain, checkpoints, state, projections, invariants, settings. Changes nothing.

use super::connection::schema::SCHEMA;
use super::ledger_checkpoints::{Comparison, compared};
use super::load::{decode, for_each_event};
use super::statements::Statements;
use super::{StoreError, projection};
use rusqlite::Connection;
use vestibule_core::{Site, Timestamp};
use vestibule_ledger::{Fault, Head, SiteKey, Verifier};

/// What was looked at and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// Events read.
    pub events: u64,
    /// The newest event.
    pub head: Head,
    /// The first break of the chain, if there is one.
    pub chain: Option<Fault>,
    /// Everything else that is not as it must be, in words; empty when all is well.
    pub problems: Vec<String>,
}

impl Findings {
    /// Whether nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.chain.is_none() && self.problems.is_empty()
    }
}

/// Reads the whole ledger once: verifies the chain and every signed checkpoint of it (I8), replays the state, rebuilds the projections beside the stored ones
/// and compares. `progress` is told how many events were read.
///
/// # Errors
/// Only that the database cannot be read at all; what is wrong in it is a finding.
pub fn check(
    connection: &Connection,
    site: &SiteKey,
    progress: &mut dyn FnMut(u64),
) -> Result<Findings, StoreError> {
    let mut problems = Vec::new();
    // The other settings belong to a connection; the writer refuses to start without them.
    let journal: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if journal != "wal" {
        problems.push(format!("journal_mode is '{journal}', not WAL: start the site once to set it"));
    }
    let rebuilt = Connection::open_in_memory()?;
    rebuilt.execute_batch(SCHEMA)?;
    let mut state = Site::default();
    let mut verifier = Verifier::new(site.clone());
    let (mut events, mut chain) = (0, None);
    rebuilt.execute_batch("BEGIN")?;
    let mut statements = Statements::on(&rebuilt);
    let (mut checkpoints, mut blocks) = compared(connection)?;
    let mut checkpoints = Comparison::begin((&mut checkpoints, &mut blocks), site)?;
    for_each_event(connection, (site, 0), |sealed| {
        events += 1;
        if chain.is_none() {
            chain = verifier.push(sealed.envelope.view(), &sealed.hash).err();
        }
        checkpoints.push(&sealed.hash, sealed.envelope.epoch)?;
        match decode(&sealed.envelope) {
            Ok(event) => {
                let at = Timestamp(sealed.envelope.recorded_at);
                state.evolve(&event, at);
                projection::apply(&mut statements, &event, (sealed.envelope.seq, at))?;
            }
            Err(error) => problems.push(error.to_string()),
        }
        if events % 10_000 == 0 {
            progress(events);
        }
        Ok(())
    })?;
    drop(statements);
    rebuilt.execute_batch("COMMIT")?;
    progress(events);
    problems.extend(checkpoints.finish()?);
    problems.extend(state.check_invariants());
    problems.extend(compare_projections(connection, &rebuilt)?);
    problems.extend(compare_snapshot(connection)?);
    Ok(Findings { events, head: *verifier.head(), chain, problems })
}

/// Every projection table must hold exactly what the ledger gives.
fn compare_projections(stored: &Connection, rebuilt: &Connection) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    for table in projection::TABLES {
        let (here, there) = (fingerprint(stored, table)?, fingerprint(rebuilt, table)?);
        if here != there {
            problems.push(format!(
                "table {table} holds {} rows that are not what the ledger gives ({} rows)",
                here.0, there.0
            ));
        }
    }
    Ok(problems)
}

/// Row count and a hash over all rows in key order.
fn fingerprint(connection: &Connection, table: &str) -> Result<(u64, [u8; 32]), StoreError> {
    use sha2::Digest;
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let (mut count, mut hasher) = (0, sha2::Sha256::new());
    while let Some(row) = rows.next()? {
        count += 1;
        for column in 0..columns {
            hasher.update(format!("{:?}", row.get_ref(column)?));
        }
    }
    Ok((count, hasher.finalize().into()))
}

/// The newest snapshot must be the state of the ledger up to it.
fn compare_snapshot(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let stray: u64 = connection.query_row(
        "SELECT count(*) FROM snapshot s LEFT JOIN event e ON e.seq = s.seq WHERE e.hash IS NULL OR e.hash <> s.head",
        [],
        |row| row.get(0),
    )?;
    Ok((stray > 0)
        .then(|| format!("{stray} snapshots are not of this ledger; they are passed over at start"))
        .into_iter()
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Moment;
    use crate::handle::Request;
    use crate::keys::Keys;
    use crate::store::{DATABASE, StoreOptions};
    use crate::writer::{Incoming, Writer};
    use std::sync::Arc;
    use vestibule_core::policy::Policy;
    use vestibule_core::{Actor, Command};

    fn small_site(folder: &std::path::Path) -> (Connection, SiteKey) {
        let key = SiteKey::new("checked").expect("key");
        let moment = Moment { wall: Timestamp(1_772_442_000_000), monotonic_ms: 0 };
        let options = StoreOptions::in_folder(folder, key.clone());
        let (mut writer, _) = Writer::open(options, Arc::new(Keys::generate()), moment).expect("opens");
        for command in [
            Command::Found { policy: Policy::default() },
            Command::NameCarrier { name: "UPS".into() },
            Command::InstallShelf { label: "A".into() },
        ] {
            writer
                .step(vec![Incoming::Ask(Box::new(Request::new(Actor::Console, command)))], moment)
                .expect("steps");
        }
        drop(writer);
        (Connection::open(folder.join(DATABASE)).expect("opens"), key)
    }

    #[test]
    fn a_sound_site_is_well_and_each_kind_of_damage_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let (connection, key) = small_site(folder.path());
        let found = check(&connection, &key, &mut |_| {}).expect("readable");
        assert!(found.is_well(), "{found:?}");
        assert_eq!(found.events, 5);

        connection
            .execute("INSERT INTO visit (visit, kiosk, began_at) VALUES (9, 1, 5)", [])
            .expect("damage");
        let found = check(&connection, &key, &mut |_| {}).expect("readable");
        assert!(found.problems.iter().any(|p| p.contains("visit")), "{found:?}");
        connection.execute("DELETE FROM visit", []).expect("repair");

        connection.execute("UPDATE event SET payload = cast(replace(cast(payload AS TEXT), 'UPS', 'UPX') AS BLOB) WHERE seq = 4", []).expect("damage");
        let found = check(&connection, &key, &mut |_| {}).expect("readable");
        assert_eq!(found.chain.map(|fault| fault.seq), Some(4));
    }
}
