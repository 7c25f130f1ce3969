//! The tree of a ledger as a program of another house keeps it (`tlog_tiles`). The tests of site and program use it too.

use std::cell::RefCell;

use tlog_tiles::tlog::{Hash, HashReader, stored_hashes, tree_hash};

/// Their tree, filled leaf by leaf.
#[derive(Default)]
pub struct OthersTree(RefCell<Vec<Hash>>);

impl OthersTree {
    /// Adds leaf `at`, counted from 0: the hash of an event.
    pub fn push(&self, at: u64, event: &[u8]) {
        let new = stored_hashes(at, event, self).expect("it stores the next leaf");
        self.0.borrow_mut().extend(new);
    }

    /// Their root over the first `size` leaves.
    pub fn root(&self, size: u64) -> [u8; 32] {
        tree_hash(size, self).expect("so many leaves are there").0
    }
}

impl HashReader for OthersTree {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog_tiles::Error> {
        let stored = self.0.borrow();
        Ok(indexes.iter().map(|at| stored[usize::try_from(*at).expect("a small tree")]).collect())
    }
}
