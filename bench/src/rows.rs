//! What one courier visit and its collections change in the tables of a real site, row by row and in order, for the
//! yardstick to change too.
//!
//! Triggers note each row that is inserted, updated or removed meanwhile: whoever promises the same durable state has to
//! write as much. Owns: how the numbers in these rows are moved so that each copy is new.

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the numbers in a column count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    /// Appended: they are numbered as they come.
    Seq,
    Parcel,
    Notice,
    Visit,
}

/// The columns whose numbers are moved, by table.
const MOVED: [(&str, &[(&str, Key)]); 12] = [
    ("event", &[("seq", Key::Seq)]),
    ("ledger_block", &[("block", Key::Seq)]),
    ("ledger_checkpoint", &[("size", Key::Seq)]),
    ("parcel_event", &[("parcel", Key::Parcel), ("seq", Key::Seq)]),
    ("compartment_event", &[("seq", Key::Seq)]),
    ("parcel", &[("parcel", Key::Parcel), ("visit", Key::Visit)]),
    ("parcel_label", &[("parcel", Key::Parcel)]),
    ("intake_measure", &[("parcel", Key::Parcel)]),
    ("intake_evidence", &[("parcel", Key::Parcel)]),
    ("notice", &[("notice", Key::Notice)]),
    ("outbox", &[("notice", Key::Notice)]),
    ("visit", &[("visit", Key::Visit)]),
];

/// Where triggers note what they see; no table of a site is called so.
const NOTED: &str = "noted_";

/// The newest number of each kind.
#[derive(Clone, Copy, Debug)]
struct Mark {
    parcel: i64,
    notice: i64,
    visit: i64,
}

impl Mark {
    /// Where a database is now.
    fn of(connection: &Connection) -> Result<Self> {
        let newest = |table: &str| -> rusqlite::Result<i64> {
            connection
                .query_row(&format!("SELECT coalesce(max({table}), 0) FROM {table}"), [], |row| row.get(0))
        };
        Ok(Self { parcel: newest("parcel")?, notice: newest("notice")?, visit: newest("visit")? })
    }

    fn get(self, key: Key) -> Option<i64> {
        match key {
            Key::Seq => None,
            Key::Parcel => Some(self.parcel),
            Key::Notice => Some(self.notice),
            Key::Visit => Some(self.visit),
        }
    }
}

/// A table as it is watched.
struct Watched {
    name: String,
    columns: Vec<String>,
    /// Places of the columns of its primary key.
    key: Vec<usize>,
}

/// The eye on a site while a visit goes on.
pub struct Watch {
    connection: Connection,
    schema: Vec<String>,
    tables: Vec<Watched>,
    from: Mark,
}

impl Watch {
    /// Notes from now on every row that changes. The site must be a throw-away one: its database gets triggers.
    pub fn begin(database: &Path) -> Result<Self> {
        let connection = Connection::open(database)?;
        let schema = schema(&connection)?;
        let tables = tables(&connection)?;
        let mut watching = format!("CREATE TABLE {NOTED}order (n INTEGER PRIMARY KEY);");
        for table in &tables {
            watching.push_str(&triggers(table));
        }
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {watching} COMMIT;"))?;
        let from = Mark::of(&connection)?;
        Ok(Self { connection, schema, tables, from })
    }

    /// What changed, dealt out over so many requests.
    pub fn end(self, requests: usize) -> Result<Template> {
        let to = Mark::of(&self.connection)?;
        let mut changes = BTreeMap::new();
        let mut statements = Statements::default();
        for table in &self.tables {
            noted(&self.connection, table, (&mut statements, &mut changes))?;
        }
        ensure!(!changes.is_empty(), "a visit changes rows");
        let count = changes.len();
        let mut parts: Vec<Vec<Change>> = (0..requests).map(|_| Vec::new()).collect();
        for (at, change) in changes.into_values().enumerate() {
            parts[at * requests / count].push(change);
        }
        let span = Mark {
            parcel: to.parcel - self.from.parcel,
            notice: to.notice - self.from.notice,
            visit: to.visit - self.from.visit,
        };
        let statements = statements.0;
        Ok(Template { statements, parts, from: self.from, span, schema: self.schema })
    }
}

/// Statements with their own texts once each.
#[derive(Default)]
struct Statements(Vec<String>);

impl Statements {
    fn place(&mut self, sql: String) -> usize {
        self.0.iter().position(|known| *known == sql).unwrap_or_else(|| {
            self.0.push(sql);
            self.0.len() - 1
        })
    }
}

/// One change of one row: a statement, what is bound, and which of that is moved.
struct Change {
    statement: usize,
    values: Vec<Value>,
    moved: Vec<(usize, Key)>,
}

/// What one round changes, in the order of its requests.
pub struct Template {
    statements: Vec<String>,
    parts: Vec<Vec<Change>>,
    from: Mark,
    span: Mark,
    /// The tables and indexes of a site.
    pub schema: Vec<String>,
}

impl Template {
    /// Changes of rows in one round: inserted, updated and removed ones.
    pub fn rows(&self) -> (usize, usize, usize) {
        let count = |verb: &str| {
            let changes = self.parts.iter().flatten();
            changes.filter(|change| self.statements[change.statement].starts_with(verb)).count()
        };
        (count("INSERT"), count("UPDATE"), count("DELETE"))
    }

    /// Events of one round.
    pub fn events(&self) -> usize {
        let changes = self.parts.iter().flatten();
        changes.filter(|change| self.statements[change.statement].starts_with("INSERT INTO event ")).count()
    }

    /// Changes the rows of one request of one round; every round gets numbers of its own.
    pub fn write(
        &self,
        connection: &Connection,
        (round, part): (i64, usize),
        seq: &mut i64,
    ) -> Result<usize> {
        let part = self.parts.get(part).context("a round has so many requests")?;
        let mut event_seq = BTreeMap::new();
        for change in part {
            let mut values = change.values.clone();
            for (place, key) in &change.moved {
                let Value::Integer(number) = &mut values[*place] else { continue };
                *number = match (self.from.get(*key), self.span.get(*key)) {
                    (Some(from), Some(span)) => *number + round * span.max(1) - from,
                    _ => *event_seq.entry(*number).or_insert_with(|| {
                        *seq += 1;
                        *seq
                    }),
                };
            }
            connection
                .prepare_cached(&self.statements[change.statement])?
                .execute(rusqlite::params_from_iter(values))?;
        }
        Ok(part.len())
    }
}

fn tables(connection: &Connection) -> Result<Vec<Watched>> {
    let mut names = connection.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names = names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    names.into_iter().map(|name| watched(connection, name)).collect()
}

fn watched(connection: &Connection, name: String) -> Result<Watched> {
    let mut info = connection.prepare("SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid")?;
    let columns = info.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let columns: Vec<(String, bool)> = columns.collect::<rusqlite::Result<_>>()?;
    let key = columns.iter().enumerate().filter(|(_, (_, is_key))| *is_key).map(|(at, _)| at).collect();
    Ok(Watched { name, columns: columns.into_iter().map(|(column, _)| column).collect(), key })
}

/// A table for what is noted of a table, as it was and as it is, and the triggers that note it.
fn triggers(table: &Watched) -> String {
    let Watched { name, columns, .. } = table;
    let each = |of: &str| columns.iter().map(|column| format!("{of}{column}")).collect::<Vec<_>>().join(", ");
    let nothing = vec!["NULL"; columns.len()].join(", ");
    let trigger = |verb: &str, old: &str, new: &str| {
        format!(
            "CREATE TRIGGER {NOTED}{name}_{verb} AFTER {verb} ON {name} BEGIN
               INSERT INTO {NOTED}order VALUES (NULL);
               INSERT INTO {NOTED}{name} VALUES (last_insert_rowid(), {old}, {new});
             END;"
        )
    };
    format!(
        "CREATE TABLE {NOTED}{name} (n INTEGER PRIMARY KEY, {}, {});{}{}{}",
        each("old_"),
        each("new_"),
        trigger("INSERT", &nothing, &each("NEW.")),
        trigger("UPDATE", &each("OLD."), &each("NEW.")),
        trigger("DELETE", &each("OLD."), &nothing),
    )
}

/// What was noted of one table, by its place in the order of all.
fn noted(
    connection: &Connection,
    table: &Watched,
    (statements, changes): (&mut Statements, &mut BTreeMap<i64, Change>),
) -> Result<()> {
    let width = table.columns.len();
    let mut rows = connection.prepare(&format!("SELECT * FROM {NOTED}{} ORDER BY n", table.name))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let side =
            |first: usize| (first..first + width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>();
        let (old, new) = (side(1)?, side(1 + width)?);
        if old == new {
            continue;
        }
        let change = change(table, (old, new), statements)
            .with_context(|| format!("a visit changes {}: say how its numbers move", table.name))?;
        changes.insert(row.get(0)?, change);
    }
    Ok(())
}

fn change(
    table: &Watched,
    (old, new): (Vec<Value>, Vec<Value>),
    statements: &mut Statements,
) -> Option<Change> {
    let Watched { name, columns, key } = table;
    let moves: &[(&str, Key)] = MOVED.iter().find(|(known, _)| known == name)?.1;
    let is_nothing = |side: &[Value]| key.iter().all(|at| side[*at] == Value::Null);
    let by_key = || key.iter().map(|at| format!("{} = ?", columns[*at])).collect::<Vec<_>>().join(" AND ");
    let (sql, bound): (String, Vec<(usize, Value)>) = if is_nothing(&old) {
        let marks = vec!["?"; columns.len()].join(", ");
        (
            format!("INSERT INTO {name} ({}) VALUES ({marks})", columns.join(", ")),
            new.into_iter().enumerate().collect(),
        )
    } else if is_nothing(&new) {
        let places = key.iter().map(|at| (*at, old[*at].clone()));
        (format!("DELETE FROM {name} WHERE {}", by_key()), places.collect())
    } else {
        let changed: BTreeSet<usize> = (0..columns.len()).filter(|at| old[*at] != new[*at]).collect();
        let set: Vec<String> = changed.iter().map(|at| format!("{} = ?", columns[*at])).collect();
        let places = changed.iter().map(|at| (*at, new[*at].clone()));
        let places = places.chain(key.iter().map(|at| (*at, old[*at].clone())));
        (format!("UPDATE {name} SET {} WHERE {}", set.join(", "), by_key()), places.collect())
    };
    let moved = bound.iter().enumerate().filter_map(|(place, (column, _))| {
        let key = moves.iter().find(|(moved, _)| *moved == columns[*column])?.1;
        Some((place, key))
    });
    let moved = moved.collect();
    Some(Change {
        statement: statements.place(sql),
        values: bound.into_iter().map(|(_, value)| value).collect(),
        moved,
    })
}

fn schema(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_written_again_with_numbers_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("site");
        let tables = "CREATE TABLE parcel (parcel INTEGER PRIMARY KEY, visit INTEGER, custodian TEXT);
            CREATE TABLE notice (notice INTEGER PRIMARY KEY); CREATE TABLE visit (visit INTEGER PRIMARY KEY);
            CREATE TABLE outbox (notice INTEGER PRIMARY KEY, tries INTEGER);
            CREATE TABLE event (seq INTEGER PRIMARY KEY, payload BLOB);";
        let site = Connection::open(&file).expect("opens");
        site.execute_batch(tables).expect("tables");
        let watch = Watch::begin(&file).expect("watches");
        site.execute_batch(
            "INSERT INTO visit VALUES (1); INSERT INTO event VALUES (1, x'00');
             INSERT INTO parcel VALUES (1, 1, 'courier'); INSERT INTO outbox VALUES (1, 0);
             INSERT INTO notice VALUES (1); UPDATE parcel SET custodian = 'compartment';
             UPDATE parcel SET custodian = 'compartment'; DELETE FROM outbox;",
        )
        .expect("a visit");
        let template = watch.end(2).expect("is captured");
        assert_eq!((template.rows(), template.events()), ((5, 1, 1), 1));
        assert!(template.schema.iter().all(|sql| !sql.contains(NOTED)), "the eye is not copied");
        let copy = Connection::open_in_memory().expect("opens");
        template.schema.iter().for_each(|sql| copy.execute_batch(sql).expect("tables"));
        let mut seq = 0;
        for round in 0..3 {
            for part in 0..2 {
                template.write(&copy, (round, part), &mut seq).expect("is written");
            }
        }
        let found: (i64, i64, i64, i64) = copy
            .query_row(
                "SELECT (SELECT count(*) FROM parcel WHERE custodian = 'compartment' AND visit = parcel),
                 (SELECT count(*) FROM outbox), (SELECT count(*) FROM event), (SELECT count(*) FROM visit)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .expect("counts");
        assert_eq!(found, (3, 0, 3, 3));
    }

    #[test]
    fn a_table_nobody_knows_how_to_move_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("site");
        let site = Connection::open(&file).expect("opens");
        site.execute_batch(
            "CREATE TABLE parcel (parcel INTEGER PRIMARY KEY); CREATE TABLE notice (notice INTEGER PRIMARY KEY);
             CREATE TABLE visit (visit INTEGER PRIMARY KEY); CREATE TABLE strange (n INTEGER PRIMARY KEY);",
        )
        .expect("tables");
        let watch = Watch::begin(&file).expect("watches");
        site.execute_batch("INSERT INTO strange VALUES (1)").expect("a row");
        let error = watch.end(1).err().expect("nobody knows it");
        assert!(format!("{error:#}").contains("strange"), "{error:#}");
    }
}
