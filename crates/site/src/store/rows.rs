//! Writes [`Row`]s inside the transaction of the events they belong to.

use crate::rows::Row;

/// Refuses: the statements of each row are not here yet.
pub fn write(_connection: &rusqlite::Connection, _row: &Row) -> rusqlite::Result<()> {
    Err(rusqlite::Error::InvalidQuery)
}
