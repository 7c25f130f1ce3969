//! The tables of a site's database: made in a new one, recognised in one that is there.
//!
//! Owns: their version, and the sentence for a database with other tables. Never: changes a table. A version that was released
//! is carried over by a numbered migration; none was yet, so that the tables of an earlier program are refused in words.

use super::super::StoreError;
use rusqlite::Connection;
use std::sync::LazyLock;

/// The version of the tables this program reads and writes.
pub const SCHEMA_VERSION: i64 = 3;
pub(in crate::store) const SCHEMA: &str = include_str!("../schema.sql");

/// Every table and index as it is written down, in order of kind and name, without what SQLite keeps for itself, as the figures of
/// `ANALYZE`; None where there is none. One text, since it is read at each start.
type Layout = Option<String>;

/// What [`SCHEMA`] makes.
static OURS: LazyLock<Layout> = LazyLock::new(|| {
    let made = Connection::open_in_memory().and_then(|connection| {
        connection.execute_batch(SCHEMA)?;
        layout(&connection)
    });
    made.expect("the tables of this program can be made in memory")
});

/// Makes the tables of a new database; of one that is there, looks whether they are ours.
///
/// # Errors
/// [`StoreError::Unusable`] says what to do; nothing is changed then.
pub(in crate::store) fn make_or_know(connection: &mut Connection) -> Result<(), StoreError> {
    if version(connection)? != 0 || layout(connection)?.is_some() {
        return know(connection);
    }
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// Refuses a database whose tables are not those of this program, by their version or by what they are.
///
/// # Errors
/// [`StoreError::Unusable`] says what to do.
pub fn know(connection: &Connection) -> Result<(), StoreError> {
    let version = version(connection)?;
    let tables = match version {
        SCHEMA_VERSION if layout(connection)? == *OURS => return Ok(()),
        SCHEMA_VERSION => format!("are called version {version} and are others"),
        newer if newer > SCHEMA_VERSION => {
            return Err(StoreError::Unusable(format!(
                "the database is of version {newer}, this program knows {SCHEMA_VERSION}; install the newer program or \
                 restore an older backup"
            )));
        }
        older => format!("are of version {older}"),
    };
    Err(StoreError::Unusable(format!(
        "the tables of this database {tables}, those of this program are of version {SCHEMA_VERSION}: a program from \
         before the first release made them, and they cannot be taken over. Nothing was changed. Go on with the program \
         that made them, or name another folder for a new site"
    )))
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn layout(connection: &Connection) -> rusqlite::Result<Layout> {
    let query = "SELECT group_concat(sql, ';') FROM
        (SELECT sql FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name)";
    connection.query_row(query, [], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Connection {
        let mut connection = Connection::open_in_memory().expect("opens");
        make_or_know(&mut connection).expect("makes the tables");
        connection
    }

    fn refused(connection: &Connection) -> String {
        know(connection).expect_err("refused").to_string()
    }

    #[test]
    fn its_own_tables_are_known_again() {
        let mut connection = made();
        make_or_know(&mut connection).expect("they are there");
        know(&connection).expect("they are known");
    }

    #[test]
    fn what_sqlite_keeps_for_itself_is_no_other_table() {
        let connection = made();
        connection.execute_batch("ANALYZE").expect("it counts");
        let figures = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'";
        let kept: i64 = connection.query_row(figures, [], |row| row.get(0)).expect("it is read");
        assert_eq!(kept, 1, "SQLite wrote its figures down");
        know(&connection).expect("they are known");
    }

    #[test]
    fn tables_of_another_version_are_refused_with_what_to_do() {
        for (version, told) in [(1, "before the first release"), (99, "newer program")] {
            let connection = made();
            connection.pragma_update(None, "user_version", version).expect("sets");
            let why = refused(&connection);
            assert!(why.contains(&format!("version {version}")) && why.contains(told), "{why}");
        }
    }

    #[test]
    fn other_tables_under_the_same_version_are_found() {
        for change in [
            "DROP TABLE delivery_claim",
            "ALTER TABLE outbox ADD COLUMN more TEXT",
            "DROP INDEX photo_kept",
            "CREATE TABLE strange (n INTEGER PRIMARY KEY) STRICT",
        ] {
            let connection = made();
            connection.execute_batch(change).expect("changes");
            let why = refused(&connection);
            assert!(why.contains("another folder"), "{change}: {why}");
        }
    }

    #[test]
    fn a_database_of_something_else_is_not_filled_with_our_tables() {
        let mut connection = Connection::open_in_memory().expect("opens");
        connection.execute_batch("CREATE TABLE theirs (n INTEGER)").expect("a table");
        make_or_know(&mut connection).expect_err("refused");
        let left = layout(&connection).expect("reads");
        assert_eq!(left.as_deref(), Some("CREATE TABLE theirs (n INTEGER)"));
    }
}
