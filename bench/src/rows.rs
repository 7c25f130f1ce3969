//! The rows one courier visit and its collections leave behind, taken from a real site, for the yardstick to write too.
//!
//! Owns: which tables a cycle adds rows to, and how their numbers are moved so that each copy is new.

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::path::Path;

/// A table, the column by which its new rows are found, and how each numbered column is moved.
struct Table {
    name: &'static str,
    newest: Key,
    found_by: &'static str,
    moved: &'static [(&'static str, Key)],
}

/// What numbers count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Seq,
    Parcel,
    Notice,
    Visit,
}

const TABLES: [Table; 7] = [
    Table { name: "event", newest: Key::Seq, found_by: "seq", moved: &[("seq", Key::Seq)] },
    Table {
        name: "parcel_event",
        newest: Key::Seq,
        found_by: "seq",
        moved: &[("parcel", Key::Parcel), ("seq", Key::Seq)],
    },
    Table { name: "compartment_event", newest: Key::Seq, found_by: "seq", moved: &[("seq", Key::Seq)] },
    Table {
        name: "parcel",
        newest: Key::Parcel,
        found_by: "parcel",
        moved: &[("parcel", Key::Parcel), ("visit", Key::Visit)],
    },
    Table { name: "notice", newest: Key::Notice, found_by: "notice", moved: &[("notice", Key::Notice)] },
    Table { name: "outbox", newest: Key::Notice, found_by: "notice", moved: &[("notice", Key::Notice)] },
    Table { name: "visit", newest: Key::Visit, found_by: "visit", moved: &[("visit", Key::Visit)] },
];

/// The newest number of each kind.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    seq: i64,
    parcel: i64,
    notice: i64,
    visit: i64,
}

impl Mark {
    /// Where a database is now.
    pub fn of(connection: &Connection) -> Result<Self> {
        let newest = |table: &str, column: &str| -> rusqlite::Result<i64> {
            connection
                .query_row(&format!("SELECT coalesce(max({column}), 0) FROM {table}"), [], |row| row.get(0))
        };
        Ok(Self {
            seq: newest("event", "seq")?,
            parcel: newest("parcel", "parcel")?,
            notice: newest("notice", "notice")?,
            visit: newest("visit", "visit")?,
        })
    }

    fn get(self, key: Key) -> i64 {
        match key {
            Key::Seq => self.seq,
            Key::Parcel => self.parcel,
            Key::Notice => self.notice,
            Key::Visit => self.visit,
        }
    }
}

/// One row, ready to be moved and inserted.
struct Row {
    table: usize,
    values: Vec<Value>,
}

/// What one round leaves behind, in the order of its requests.
pub struct Template {
    /// One insert a table, in the order of [`TABLES`].
    inserts: Vec<String>,
    /// Which columns move, by table.
    moves: Vec<Vec<(usize, Key)>>,
    parts: Vec<Vec<Row>>,
    from: Mark,
    span: Mark,
    /// The tables and indexes of a site.
    pub schema: Vec<String>,
}

impl Template {
    /// What was added between two marks, dealt out over so many requests.
    pub fn capture(database: &Path, (from, to): (Mark, Mark), requests: usize) -> Result<Self> {
        let connection = Connection::open(database)?;
        let mut parts: Vec<Vec<Row>> = (0..requests).map(|_| Vec::new()).collect();
        let (mut inserts, mut moves) = (Vec::new(), Vec::new());
        for (index, table) in TABLES.iter().enumerate() {
            let (columns, rows) = new_rows(&connection, table, (from, to))?;
            ensure!(!rows.is_empty(), "a round adds rows to {}", table.name);
            inserts.push(insert(table.name, &columns));
            moves.push(moved_columns(table, &columns)?);
            let count = rows.len();
            for (at, values) in rows.into_iter().enumerate() {
                parts[at * requests / count].push(Row { table: index, values });
            }
        }
        let span = Mark {
            seq: to.seq - from.seq,
            parcel: to.parcel - from.parcel,
            notice: to.notice - from.notice,
            visit: to.visit - from.visit,
        };
        Ok(Self { inserts, moves, parts, from, span, schema: schema(&connection)? })
    }

    /// Rows of one round.
    pub fn rows(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Events of one round.
    pub fn events(&self) -> i64 {
        self.span.seq
    }

    /// Inserts the rows of one request of one round; every round gets numbers of its own. Events are numbered as they
    /// come, since a ledger is appended to.
    pub fn write(
        &self,
        connection: &Connection,
        (round, part): (i64, usize),
        seq: &mut i64,
    ) -> Result<usize> {
        let part = self.parts.get(part).context("a round has so many requests")?;
        let mut event_seq = std::collections::BTreeMap::new();
        for row in part {
            let mut values = row.values.clone();
            for (column, key) in &self.moves[row.table] {
                let Value::Integer(number) = &mut values[*column] else { continue };
                *number = match key {
                    Key::Seq => *event_seq.entry(*number).or_insert_with(|| {
                        *seq += 1;
                        *seq
                    }),
                    _ => *number - self.from.get(*key) + round * self.span.get(*key),
                };
            }
            connection
                .prepare_cached(&self.inserts[row.table])?
                .execute(rusqlite::params_from_iter(values))?;
        }
        Ok(part.len())
    }
}

type Rows = (Vec<String>, Vec<Vec<Value>>);

fn new_rows(connection: &Connection, table: &Table, (from, to): (Mark, Mark)) -> Result<Rows> {
    let Table { name, found_by, newest, .. } = table;
    let sql = format!("SELECT * FROM {name} WHERE {found_by} > ?1 AND {found_by} <= ?2 ORDER BY {found_by}");
    let mut statement = connection.prepare(&sql)?;
    let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let count = columns.len();
    let rows = statement.query_map([from.get(*newest), to.get(*newest)], |row| {
        (0..count).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<Value>>>()
    })?;
    let rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok((columns, rows))
}

fn insert(table: &str, columns: &[String]) -> String {
    let marks = vec!["?"; columns.len()].join(", ");
    format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "))
}

fn moved_columns(table: &Table, columns: &[String]) -> Result<Vec<(usize, Key)>> {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let moved = table.moved.iter().map(|(name, key)| Ok((place(name).context("the column exists")?, *key)));
    moved.collect()
}

fn schema(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
