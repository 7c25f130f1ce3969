//! The ledger's Merkle tree as it is stored: roots of whole blocks, and leaves of the block that is asked for. A proof out of a
//! million events reads some thousands of rows.

use rusqlite::Connection;
use std::collections::BTreeMap;
use vestibule_ledger::merkle::proof::Subtrees;
use vestibule_ledger::merkle::{BLOCK, BLOCK_LEVEL, leaf, root_of};
use vestibule_ledger::{Edge, Hash};

/// The tree of the first events.
pub(super) struct StoredTree<'c> {
    connection: &'c Connection,
    size: u64,
    blocks: Vec<Hash>,
    /// What was found: proofs of neighbours share most of it.
    known: BTreeMap<(u32, u64), Hash>,
    leaves: BTreeMap<u64, Vec<Hash>>,
}

/// Blocks whose leaves are kept: that of the event, and the one at the end.
const BLOCKS_AT_HAND: usize = 16;

impl<'c> StoredTree<'c> {
    pub(super) fn read(connection: &'c Connection, size: u64) -> rusqlite::Result<Self> {
        let mut statement =
            connection.prepare_cached("SELECT root FROM ledger_block WHERE block < ?1 ORDER BY block")?;
        let roots = statement.query_map([size / BLOCK], |row| Ok(Hash(row.get(0)?)))?;
        let blocks = roots.collect::<rusqlite::Result<_>>()?;
        Ok(Self { connection, size, blocks, known: BTreeMap::new(), leaves: BTreeMap::new() })
    }

    pub(super) fn root(&mut self) -> rusqlite::Result<Hash> {
        let mut edge = Edge::new();
        self.blocks.iter().for_each(|block| edge.push_block(*block));
        if !self.size.is_multiple_of(BLOCK) {
            for leaf in self.leaves(self.size / BLOCK)? {
                edge.push(*leaf);
            }
        }
        Ok(edge.root())
    }

    /// Those of one block that are in the tree.
    fn leaves(&mut self, block: u64) -> rusqlite::Result<&[Hash]> {
        if !self.leaves.contains_key(&block) {
            if self.leaves.len() >= BLOCKS_AT_HAND {
                self.leaves.clear();
            }
            let (after, to) = (block * BLOCK, ((block + 1) * BLOCK).min(self.size));
            let mut statement = self
                .connection
                .prepare_cached("SELECT hash FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq")?;
            let leaves = statement.query_map([after, to], |row| Ok(leaf(&Hash(row.get(0)?))))?;
            self.leaves.insert(block, leaves.collect::<rusqlite::Result<_>>()?);
        }
        Ok(&self.leaves[&block])
    }

    fn find(&mut self, level: u32, index: u64) -> rusqlite::Result<Hash> {
        let whole = usize::try_from(index).ok().zip(1_usize.checked_shl(level.saturating_sub(BLOCK_LEVEL)));
        let missing = || rusqlite::Error::QueryReturnedNoRows;
        let parts = if level >= BLOCK_LEVEL {
            let (index, count) = whole.ok_or_else(missing)?;
            self.blocks.get(index * count..(index + 1) * count)
        } else {
            let first = index << level;
            let at = usize::try_from(first % BLOCK).unwrap_or(0);
            self.leaves(first / BLOCK)?.get(at..at + (1 << level))
        };
        parts.map(root_of).ok_or_else(missing)
    }
}

impl Subtrees for StoredTree<'_> {
    type Error = rusqlite::Error;

    fn subtree(&mut self, level: u32, index: u64) -> rusqlite::Result<Hash> {
        if let Some(known) = self.known.get(&(level, index)) {
            return Ok(*known);
        }
        let found = self.find(level, index)?;
        self.known.insert((level, index), found);
        Ok(found)
    }
}
