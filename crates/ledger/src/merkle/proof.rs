//! Proofs that an event is in a tree, and that a tree only grew. Owns which hashes a proof has and how they are checked;
//! never where they are kept. Making follows RFC 6962 section 2.1 (down from the root), checking follows RFC 9162
//! section 2.1 (up from the leaf): neither repeats an error of the other.

use crate::Hash;

use super::node;

/// Finds the root of the complete subtree number `index` of `level` (level 0: leaves).
pub trait Subtrees {
    /// Why it cannot.
    type Error;

    /// Leaves `index << level` to `(index + 1) << level`.
    ///
    /// # Errors
    /// Its own.
    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// The hashes that lead from leaf `index` up to the root of the first `size` leaves, the lowest first.
///
/// # Errors
/// What `subtrees` says.
///
/// # Panics
/// When the tree has no such leaf.
pub fn inclusion<S: Subtrees>(subtrees: &mut S, index: u64, size: u64) -> Result<Vec<Hash>, S::Error> {
    assert!(index < size, "a tree of {size} leaves has no leaf {index}");
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range(subtrees, middle, to)?);
            to = middle;
        } else {
            path.push(range(subtrees, from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that show that the tree of `size` leaves begins with the tree of `old` leaves. None are needed when one of
/// them is empty or both are one.
///
/// # Errors
/// What `subtrees` says.
///
/// # Panics
/// When `old` is larger than `size`.
pub fn consistency<S: Subtrees>(subtrees: &mut S, old: u64, size: u64) -> Result<Vec<Hash>, S::Error> {
    assert!(old <= size, "a tree of {size} leaves does not begin with {old}");
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    // Whether the old tree ends where a subtree on the way does that it is the whole of: its root is known then.
    let mut is_known = true;
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(range(subtrees, middle, to)?);
            to = middle;
        } else {
            path.push(range(subtrees, from, middle)?);
            from = middle;
            is_known = false;
        }
    }
    if !is_known {
        path.push(range(subtrees, from, to)?);
    }
    path.reverse();
    Ok(path)
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

/// The root over leaves `from` to `to`, a subtree as the recursion cuts them: all but the last are complete.
fn range<S: Subtrees>(subtrees: &mut S, from: u64, to: u64) -> Result<Hash, S::Error> {
    let count = to - from;
    if count.is_power_of_two() {
        let level = count.trailing_zeros();
        return subtrees.subtree(level, from >> level);
    }
    let middle = from + split(count);
    let left = range(subtrees, from, middle)?;
    Ok(node(&left, &range(subtrees, middle, to)?))
}

/// Whether `path` leads from `leaf`, number `index`, to `root`, that of `size` leaves.
#[must_use]
pub fn is_included(leaf: &Hash, (index, size): (u64, u64), path: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last) = (index, size - 1);
    let mut reached = *leaf;
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            reached = node(sibling, &reached);
            (place, last) = to_odd(place, last);
        } else {
            reached = node(&reached, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && reached == *root
}

/// Whether `path` shows that the tree of the second size and root begins with that of the first.
#[must_use]
pub fn is_consistent((old, old_root): (u64, &Hash), (size, root): (u64, &Hash), path: &[Hash]) -> bool {
    if old == size || old == 0 {
        let is_empty = old == 0 && *old_root == super::empty_root();
        return path.is_empty() && (is_empty && size > 0 || old == size && old_root == root);
    }
    if old > size {
        return false;
    }
    let mut rest = path.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { rest.next() };
    let Some(first) = first else { return false };
    let (mut place, mut last) = (old - 1, size - 1);
    while place & 1 == 1 {
        (place, last) = (place >> 1, last >> 1);
    }
    let (mut reached_old, mut reached) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            reached_old = node(sibling, &reached_old);
            reached = node(sibling, &reached);
            (place, last) = to_odd(place, last);
        } else {
            reached = node(&reached, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && reached_old == *old_root && reached == *root
}

/// Up past the levels on which the place has no sibling to its right.
fn to_odd(mut place: u64, mut last: u64) -> (u64, u64) {
    while place & 1 == 0 && place != 0 {
        (place, last) = (place >> 1, last >> 1);
    }
    (place, last)
}
