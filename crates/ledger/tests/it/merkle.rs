//! The tree: vectors of RFC 6962's reference implementation, those of docs/ledger.md, and `tlog_tiles`, which another
//! house wrote.

use std::convert::Infallible;

use proptest::prelude::*;
use tlog_tiles::tlog;
use vestibule_ledger::merkle::proof::{Subtrees, consistency, inclusion, is_consistent, is_included};
use vestibule_ledger::merkle::{BLOCK, BLOCK_LEVEL, empty_root, leaf, node, root_of};
use vestibule_ledger::{Edge, Hash};

use crate::others_tree::OthersTree;
use crate::vectors::{fences, hex};

/// What Certificate Transparency's own tests hash, and the roots of 1 to 8 of them.
const INPUTS: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// Any leaves: the tree does not ask where they come from.
pub struct Leaves(pub Vec<Hash>);

impl Subtrees for Leaves {
    type Error = Infallible;

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, Infallible> {
        let from = usize::try_from(index << level).expect("small");
        Ok(root_of(&self.0[from..from + (1 << level)]))
    }
}

fn events(count: u64) -> Vec<Hash> {
    (0..count)
        .map(|n| Hash([u8::try_from(n % 251).expect("small"); 32]))
        .map(|hash| node(&hash, &empty_root()))
        .collect()
}

fn leaves(count: u64) -> Leaves {
    Leaves(events(count).iter().map(leaf).collect())
}

/// The other implementation's tree, filled as it asks to be.
fn theirs_of(events: &[Hash]) -> OthersTree {
    let other = OthersTree::default();
    for (at, event) in (0..).zip(events) {
        other.push(at, &event.0);
    }
    other
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    use sha2::{Digest, Sha256};
    // Its leaves are texts of any length; ours are always hashes, so these are made by hand.
    let unhex = crate::vectors::unhex;
    let leaves: Vec<Hash> =
        INPUTS.iter().map(|text| Hash(Sha256::digest([vec![0], unhex(text)].concat()).into())).collect();
    assert_eq!(hex(&empty_root().0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (count, published) in (1..).zip(ROOTS) {
        assert_eq!(root_of(&leaves[..count]).to_string(), published, "{count} leaves");
    }
    let paths = [(0, 1, 0), (0, 8, 3), (5, 8, 3), (2, 3, 1), (1, 5, 3)];
    for (index, size, long) in paths {
        let path = match inclusion(&mut Leaves(leaves.clone()), index, size) {
            Ok(path) => path,
            Err(never) => match never {},
        };
        assert_eq!(path.len(), long, "leaf {index} of {size}");
    }
    let path = inclusion(&mut Leaves(leaves), 0, 8).expect("infallible");
    assert_eq!(path[0].to_string(), "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
    assert_eq!(path[1].to_string(), "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    assert_eq!(path[2].to_string(), "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
}

#[test]
fn the_published_tree_is_that_of_the_first_three_vectors() {
    let hashes = fences("jsonl").concat();
    let events: Vec<Hash> = hashes
        .lines()
        .map(|line| vestibule_ledger::decode_line(line).expect("an exported event").1)
        .collect();
    let mut tree = Leaves(events.iter().map(leaf).collect());
    let mut seen = 0;
    for line in fences("tree").concat().lines() {
        let mut words = line.split(' ');
        let name = words.next().expect("a name");
        if matches!(name, "public" | "fingerprint" | "key") {
            continue;
        }
        let mut number = || words.next().expect("a number").parse::<u64>().expect("a number");
        let computed = match name {
            "leaf" => vec![tree.0[usize::try_from(number()).expect("small")]],
            "root" => vec![root_of(&tree.0[..usize::try_from(number()).expect("small")])],
            "inclusion" => inclusion(&mut tree, number(), number()).expect("infallible"),
            "consistency" => consistency(&mut tree, number(), number()).expect("infallible"),
            other => panic!("unknown line {other}"),
        };
        let published: Vec<Hash> = words.map(|word| word.parse().expect("a hash")).collect();
        assert_eq!(computed, published, "{line}");
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[test]
fn every_proof_up_to_forty_events_is_the_other_implementations_and_is_believed_by_both() {
    let all = events(40);
    let mut tree = leaves(40);
    let other = theirs_of(&all);
    let mut edge = Edge::new();
    let mut roots = vec![empty_root()];
    for size in 1..=40 {
        edge.push(tree.0[usize::try_from(size - 1).expect("small")]);
        let root = Hash(other.root(size));
        assert_eq!(edge.root(), root, "{size} leaves");
        roots.push(root);
        for index in 0..size {
            let path = inclusion(&mut tree, index, size).expect("infallible");
            let theirs = tlog::prove_record(size, index, &other).expect("proves");
            assert_eq!(
                path,
                theirs.iter().map(|hash| Hash(hash.0)).collect::<Vec<_>>(),
                "leaf {index} of {size}"
            );
            let at = usize::try_from(index).expect("small");
            assert!(is_included(&tree.0[at], (index, size), &path, &root));
        }
        for old in 0..=size {
            let path = consistency(&mut tree, old, size).expect("infallible");
            let old_root = roots[usize::try_from(old).expect("small")];
            assert!(is_consistent((old, &old_root), (size, &root), &path), "{old} of {size}");
            if old > 0 {
                let theirs = tlog::prove_tree(size, old, &other).expect("proves");
                assert_eq!(
                    path,
                    theirs.iter().map(|hash| Hash(hash.0)).collect::<Vec<_>>(),
                    "{old} of {size}"
                );
            }
        }
    }
}

#[test]
fn a_tree_grown_by_blocks_is_one_grown_by_leaves() {
    let tree = leaves(3 * BLOCK + 17);
    let (mut slow, mut quick) = (Edge::new(), Edge::new());
    for (n, leaf) in (1..).zip(&tree.0) {
        let block = slow.push(*leaf);
        assert_eq!(block.is_some(), n % BLOCK == 0, "after {n}");
        if let Some(root) = block {
            quick.push_block(root);
            let from = usize::try_from(n - BLOCK).expect("small");
            assert_eq!(root, root_of(&tree.0[from..from + (1 << BLOCK_LEVEL)]));
        }
        if n > 3 * BLOCK {
            quick.push(*leaf);
        }
    }
    assert_eq!(slow, quick);
    assert_eq!(slow.root(), root_of(&tree.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_proof_that_was_changed_in_any_way_proves_nothing(
        size in 2_u64..90, pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_usize..256,
    ) {
        let mut tree = leaves(size);
        let root = root_of(&tree.0);
        let index = pick.index(usize::try_from(size).unwrap()) as u64;
        let leaf = tree.0[usize::try_from(index).unwrap()];
        let path = inclusion(&mut tree, index, size).unwrap();
        prop_assert!(is_included(&leaf, (index, size), &path, &root));
        let flip = |hash: &Hash| { let mut hash = *hash; hash.0[bit / 8] ^= 1 << (bit % 8); hash };
        prop_assert!(!is_included(&flip(&leaf), (index, size), &path, &root));
        prop_assert!(!is_included(&leaf, (index, size), &path, &flip(&root)));
        prop_assert!(!is_included(&leaf, (index, size), &path[1..], &root));
        prop_assert!(!is_included(&leaf, (index, size), &[path.clone(), vec![root]].concat(), &root));
        prop_assert!(!is_included(&leaf, (size, size), &path, &root));
        prop_assert!(!is_included(&leaf, (index ^ 1, size), &path, &root));
        let mut changed = path.clone();
        let at = at.index(path.len());
        changed[at] = flip(&changed[at]);
        prop_assert!(!is_included(&leaf, (index, size), &changed, &root));
    }

    #[test]
    fn a_history_that_was_written_anew_is_not_consistent(
        size in 2_u64..90, pick in any::<prop::sample::Index>(), changed in any::<prop::sample::Index>(),
    ) {
        let mut tree = leaves(size);
        let old = 1 + pick.index(usize::try_from(size).unwrap() - 1) as u64;
        let keep = usize::try_from(old).unwrap();
        let old_root = root_of(&tree.0[..keep]);
        let path = consistency(&mut tree, old, size).unwrap();
        let root = root_of(&tree.0);
        prop_assert!(is_consistent((old, &old_root), (size, &root), &path));
        prop_assert!(!is_consistent((size, &root), (old, &old_root), &path) || old == size);
        // One old event is another now: no proof of the new tree shows the old one.
        tree.0[changed.index(keep)].0[0] ^= 1;
        let forged = root_of(&tree.0);
        let path = consistency(&mut tree, old, size).unwrap();
        prop_assert!(!is_consistent((old, &old_root), (size, &forged), &path));
    }
}
