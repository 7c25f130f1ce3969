//! The statements of one transaction: each is taken out of SQLite's cache once and then stays at hand. A batch runs the same
//! dozen hundreds of times, and finding one by its text costs as much as a small insert.

use rusqlite::{CachedStatement, Connection, Params};

/// Statements at hand, on one connection.
pub struct Statements<'c> {
    connection: &'c Connection,
    at_hand: Vec<(&'static str, CachedStatement<'c>)>,
}

impl<'c> Statements<'c> {
    /// None yet.
    pub fn on(connection: &'c Connection) -> Self {
        Self { connection, at_hand: Vec::new() }
    }

    /// Runs one that returns no rows.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn run(&mut self, sql: &'static str, params: impl Params) -> rusqlite::Result<()> {
        // By its place in the program and not by its letters.
        let at = match self.at_hand.iter().position(|(known, _)| std::ptr::eq(*known, sql)) {
            Some(at) => at,
            None => {
                self.at_hand.push((sql, self.connection.prepare_cached(sql)?));
                self.at_hand.len() - 1
            }
        };
        self.at_hand[at].1.execute(params).map(drop)
    }
}
