//! Carries committed pages from the WAL into the database file beside the writer, so that commits do not wait for it.
//!
//! Owns: one thread with a connection of its own, at the writer's settings. Never: writes a row, or decides that
//! something is durable; that is the WAL's part alone, and a crash here loses nothing.
//!
//! Copying the bulk goes on while commits are added behind it, so it alone would never reach the end of the WAL, which
//! would grow for ever. The writer therefore copies the few pages that came meanwhile; the next commit then begins the
//! WAL from the front.

use super::super::StoreError;
use super::{WAL_PAGES, open_beside};
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What the thread came to.
type Copied = Result<(), rusqlite::Error>;

/// The thread, and how far it is.
pub(in crate::store) struct Checkpointer {
    /// Pages in the WAL after the newest commit.
    pages: Arc<AtomicI32>,
    copied: Arc<Mutex<Option<Copied>>>,
    is_copying: bool,
    /// None once it is to end.
    wake: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// Takes the place of SQLite's own checkpoints on the writer's connection.
    pub(in crate::store) fn start(writer: &mut Connection, database: &Path) -> Result<Self, StoreError> {
        let (pages, copied) = (Arc::new(AtomicI32::new(0)), Arc::new(Mutex::new(None)));
        let counted = Arc::clone(&pages);
        writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages| {
            counted.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        let connection = open_beside(database)?;
        let (wake, woken) = channel();
        let done = Arc::clone(&copied);
        let thread = std::thread::Builder::new()
            .name("checkpointer".to_owned())
            .spawn(move || run(&connection, &woken, &done))
            .map_err(|source| StoreError::Io { path: "checkpointer thread".to_owned(), source })?;
        Ok(Self { pages, copied, is_copying: false, wake: Some(wake), thread: Some(thread) })
    }

    /// Between two commits: has the bulk copied when the WAL is long, and copies the rest when that is done.
    ///
    /// # Errors
    /// The disk failed under the thread or here.
    pub(in crate::store) fn look(&mut self, writer: &Connection) -> Result<(), StoreError> {
        if self.is_copying {
            let copied = self.copied.lock().expect("nothing panics while it notes").take();
            if let Some(copied) = copied {
                self.is_copying = false;
                passed_over_when_full(copied.and_then(|()| copy(writer)))?;
            }
        } else if self.pages.load(Ordering::Relaxed) >= WAL_PAGES
            && let Some(wake) = &self.wake
        {
            self.is_copying = wake.send(()).is_ok();
        }
        Ok(())
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing to say: what it had was said to the writer.
            let _ = thread.join();
        }
    }
}

fn run(connection: &Connection, woken: &Receiver<()>, done: &Mutex<Option<Copied>>) {
    while woken.recv().is_ok() {
        let copied = copy(connection);
        *done.lock().expect("nothing panics while it takes") = Some(copied);
    }
}

/// As much as can be without anybody waiting. A reader in the past keeps newer pages where they are until another time.
fn copy(connection: &Connection) -> Copied {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
}

/// The database file cannot grow: its pages stay in the WAL, where they are as durable. The next commit says so itself.
fn passed_over_when_full(copied: Copied) -> Result<(), StoreError> {
    match copied.map_err(StoreError::from) {
        Err(StoreError::Full) => Ok(()),
        Err(StoreError::Refused(busy)) => {
            tracing::debug!(%busy, "the WAL is copied another time");
            Ok(())
        }
        copied => copied,
    }
}

#[cfg(test)]
mod tests {
    use super::super::open;
    use super::*;
    use crate::store::machine::ThisMachine;

    /// Commits rows until `is_enough` says so of the WAL's length; how many commits that took.
    fn commit_until(
        (writer, checkpointer): (&Connection, &mut Checkpointer),
        is_enough: impl Fn(&Checkpointer) -> bool,
    ) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while !is_enough(checkpointer) {
            assert!(std::time::Instant::now() < deadline, "the WAL did not come to that length");
            writer.execute("INSERT INTO t (x) VALUES (zeroblob(200000))", []).expect("inserts");
            checkpointer.look(writer).expect("the disk is well");
        }
    }

    #[test]
    fn a_long_wal_begins_again_from_the_front_while_commits_go_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("t.sqlite3");
        let mut writer = open(&path, &ThisMachine).expect("opens");
        writer.execute_batch("CREATE TABLE t (x BLOB)").expect("a table");
        let mut checkpointer = Checkpointer::start(&mut writer, &path).expect("starts");
        for _ in 0..2 {
            commit_until((&writer, &mut checkpointer), |c| c.pages.load(Ordering::Relaxed) >= WAL_PAGES);
            commit_until((&writer, &mut checkpointer), |c| c.pages.load(Ordering::Relaxed) < WAL_PAGES / 2);
        }
        let rows: i64 = writer.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).expect("counts");
        drop((checkpointer, writer));
        let again = open(&path, &ThisMachine).expect("opens again");
        let kept: i64 = again.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).expect("counts");
        assert_eq!(kept, rows);
    }
}
