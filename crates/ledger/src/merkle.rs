//! The Merkle tree over a site's events: RFC 6962, section 2.1. Owns the hashes of leaves and nodes, the root, and the
//! right edge that lets the tree grow without hashing anything twice; never stores a node.
//!
//! The leaf of an event is SHA-256 over 33 bytes: `0x00` and the event's hash as it stands in the chain. A node is
//! SHA-256 over 65 bytes: `0x01`, the left and the right child. The root of no events is SHA-256 of nothing. The event
//! with seq `n` is leaf `n - 1`: the tree goes on across epochs, as seq does.

pub mod proof;

use sha2::{Digest, Sha256};

use crate::Hash;

const LEAF: u8 = 0;
const NODE: u8 = 1;

/// A block is a complete subtree of so many levels. Whoever keeps the roots of blocks proves anything about a ledger
/// of a million events from 4,000 of them and the leaves of one block.
pub const BLOCK_LEVEL: u32 = 8;
/// Leaves of a block.
pub const BLOCK: u64 = 1 << BLOCK_LEVEL;

/// The leaf of an event with this hash.
#[must_use]
pub fn leaf(event: &Hash) -> Hash {
    hash(LEAF, &[event])
}

/// The node above two others.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    hash(NODE, &[left, right])
}

/// The root of a tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

fn hash(kind: u8, parts: &[&Hash]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([kind]);
    for part in parts {
        hasher.update(part.0);
    }
    Hash(hasher.finalize().into())
}

/// The root over `parts`, complete subtrees of one level in order; of leaves, the root of the tree.
#[must_use]
pub fn root_of(parts: &[Hash]) -> Hash {
    let mut edge = Edge::new();
    parts.iter().for_each(|part| edge.grow(0, *part));
    edge.root()
}

/// The right edge of a tree: the roots of the complete subtrees it is made of, the largest first. At most 64 hashes,
/// whatever the size; an event costs two hashes on average.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edge {
    size: u64,
    peaks: Vec<Hash>,
}

impl Edge {
    /// The tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves the tree has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// One more leaf. The root of the block it completes, if it does.
    pub fn push(&mut self, leaf: Hash) -> Option<Hash> {
        let block = self.size % BLOCK == BLOCK - 1;
        let root = block.then(|| {
            // The block's other peaks are the last ones: one a level below the block's own.
            let first = self.peaks.len() - BLOCK_LEVEL as usize;
            self.peaks[first..].iter().rev().fold(leaf, |right, left| node(left, &right))
        });
        self.grow(0, leaf);
        root
    }

    /// One more complete block.
    ///
    /// # Panics
    /// In the middle of a block.
    pub fn push_block(&mut self, root: Hash) {
        assert!(self.size.is_multiple_of(BLOCK), "a block begins where one ended");
        self.grow(BLOCK_LEVEL, root);
    }

    fn grow(&mut self, level: u32, part: Hash) {
        let mut whole = part;
        let mut siblings = self.size >> level;
        while siblings & 1 == 1 {
            let left = self.peaks.pop().expect("an odd number of subtrees has a last one");
            whole = node(&left, &whole);
            siblings >>= 1;
        }
        self.peaks.push(whole);
        self.size += 1 << level;
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let joined = self.peaks.iter().rev().copied().reduce(|right, left| node(&left, &right));
        joined.unwrap_or_else(empty_root)
    }
}
