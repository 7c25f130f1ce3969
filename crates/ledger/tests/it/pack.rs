//! Packs of evidence: a good one is believed, and a change of any byte of any file is named with its file.

use sha2::{Digest, Sha256};
use vestibule_ledger::merkle::proof::inclusion;
use vestibule_ledger::merkle::{leaf, root_of};
use vestibule_ledger::pack::{
    CHECKPOINT, EVENTS, Files, KEY, MANIFEST, PHOTO_LIST, PROOFS, PackFlaw, PackedPhoto, events_file,
    is_name, photos_file, proofs_file, seal, verify,
};
use vestibule_ledger::{Chain, Checkpoint, Hash, NoteSigner, Sealed};

use crate::ledgers::{draft, site};
use crate::merkle::Leaves;

fn signer() -> NoteSigner {
    NoteSigner::from_seed(&[5; 32])
}

const PICTURE: &[u8] = &[0xff, 0xd8, 0xff];
const SALT: [u8; 32] = [9; 32];

/// The photo that event 17 names.
fn photo() -> PackedPhoto {
    let hash = Hash(Sha256::new().chain_update(SALT).chain_update(PICTURE).finalize().into());
    PackedPhoto { seq: 17, hash, salt: SALT, media: "jpeg".to_owned(), ending: "jpg".to_owned() }
}

fn ledger() -> Vec<Sealed> {
    let mut chain = Chain::new(site());
    let mut append = |n: i64| {
        let mut draft = draft(1_000 + n);
        if n == 16 {
            draft.payload = format!("{{\"photo\":1,\"hash\":\"{}\"}}", photo().hash).into_bytes();
        }
        chain.append(draft).expect("fits")
    };
    (0..21).map(&mut append).collect()
}

/// Events 3, 4 and 17 of a ledger of 21, with a page and a photo.
fn unsealed(ledger: &[Sealed]) -> Files {
    let mut tree = Leaves(ledger.iter().map(|event| leaf(&event.hash)).collect());
    let size = ledger.len() as u64;
    let checkpoint = Checkpoint { site: site(), epoch: 1, size, root: root_of(&tree.0) };
    let events: Vec<Sealed> = [2, 3, 16].map(|at: usize| ledger[at].clone()).into();
    let proofs: Vec<(u64, Vec<Hash>)> = events
        .iter()
        .map(|event| event.envelope.seq)
        .map(|seq| (seq, inclusion(&mut tree, seq - 1, size).expect("infallible")))
        .collect();
    Files::from([
        (EVENTS.to_owned(), events_file(&events)),
        (PROOFS.to_owned(), proofs_file(&proofs)),
        (CHECKPOINT.to_owned(), checkpoint.sign(&signer()).into_bytes()),
        ("incident.html".to_owned(), b"<!doctype html>".to_vec()),
        (PHOTO_LIST.to_owned(), photos_file(&[photo()])),
        (photo().file(), PICTURE.to_vec()),
    ])
}

fn pack() -> Files {
    let mut files = unsealed(&ledger());
    seal(&mut files, &site(), &signer());
    files
}

#[test]
fn a_pack_is_believed_and_says_what_it_is_of() {
    let verified = verify(&pack(), None);
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    assert_eq!((verified.events, verified.photos, verified.public), (3, 1, signer().public()));
    assert_eq!(verified.checkpoint.expect("good").size, 21);
    let public = signer().public();
    for known in
        [public.to_string(), public.fingerprint(), public.fingerprint().replace(' ', "").to_uppercase()]
    {
        assert!(verify(&pack(), Some(&known)).faults.is_empty(), "{known}");
    }
}

#[test]
fn a_change_of_any_byte_of_any_file_is_named_with_its_file() {
    let good = pack();
    for file in good.keys() {
        for at in 0..good[file].len() {
            for bit in [0, 5] {
                let mut changed = good.clone();
                changed.get_mut(file).expect("it is there")[at] ^= 1 << bit;
                let faults = verify(&changed, None).faults;
                assert!(!faults.is_empty(), "byte {at} of {file}");
                assert!(faults.iter().all(|fault| fault.file == *file), "byte {at} of {file}: {faults:?}");
            }
        }
    }
}

#[test]
fn a_file_that_is_gone_or_came_later_is_named() {
    for file in pack().keys() {
        let mut files = pack();
        files.remove(file);
        let faults = verify(&files, None).faults;
        assert!(matches!(&faults[..], [fault] if fault.file == *file), "{file}: {faults:?}");
        assert!(matches!(faults[0].flaw, PackFlaw::Missing), "{file}: {faults:?}");
    }
    let mut files = pack();
    files.insert("photos/late".to_owned(), vec![1]);
    let faults = verify(&files, None).faults;
    assert!(matches!(&faults[..], [fault] if fault.file == "photos/late"), "{faults:?}");
    assert!(matches!(faults[0].flaw, PackFlaw::Added));
}

/// Sealed by the site's own key, and still not what its events say.
#[test]
fn a_photo_is_the_one_its_event_names_under_the_salt_of_the_list() {
    let file = photo().file();
    let sealed = |change: &dyn Fn(&mut Files)| {
        let mut files = unsealed(&ledger());
        change(&mut files);
        seal(&mut files, &site(), &signer());
        let verified = verify(&files, None);
        assert_eq!(verified.photos, 0, "{:?}", verified.faults);
        verified.faults.into_iter().map(|fault| (fault.file, fault.flaw)).collect::<Vec<_>>()
    };
    let listed = |photo: PackedPhoto| {
        move |files: &mut Files| {
            drop(files.insert(PHOTO_LIST.to_owned(), photos_file(std::slice::from_ref(&photo))))
        }
    };
    let faults = sealed(&|files| drop(files.insert(photo().file(), vec![0xff, 0xd8, 0xfe])));
    assert!(matches!(&faults[..], [(named, PackFlaw::OtherPhoto)] if *named == file), "{faults:?}");
    let faults = sealed(&listed(PackedPhoto { salt: [8; 32], ..photo() }));
    assert!(matches!(&faults[..], [(named, PackFlaw::OtherPhoto)] if *named == file), "{faults:?}");
    let faults = sealed(&|files| drop(files.remove(&photo().file())));
    assert!(matches!(&faults[..], [(named, PackFlaw::Missing)] if *named == file), "{faults:?}");
    // Event 3 speaks of a compartment; event 5 is not in the pack.
    for seq in [3, 5] {
        let faults = sealed(&listed(PackedPhoto { seq, ..photo() }));
        let is_unnamed =
            matches!(&faults[..], [(named, PackFlaw::Unnamed { seq: s })] if *named == file && *s == seq);
        assert!(is_unnamed, "{faults:?}");
    }
    let faults = sealed(&|files| drop(files.remove(PHOTO_LIST)));
    assert!(matches!(&faults[..], [(named, PackFlaw::Unlisted)] if *named == file), "{faults:?}");
    let twice = [photos_file(&[photo()]), b"{}\n".to_vec()].concat();
    let faults = sealed(&|files| drop(files.insert(PHOTO_LIST.to_owned(), twice.clone())));
    assert!(matches!(&faults[..], [(named, PackFlaw::Form)] if named == PHOTO_LIST), "{faults:?}");
}

/// Whoever has a key of their own can sign anything: it is another key, and the site's checkpoint is not theirs.
#[test]
fn a_pack_of_another_hand_is_not_the_sites() {
    let stranger = NoteSigner::from_seed(&[6; 32]);
    let mut files = unsealed(&ledger());
    seal(&mut files, &site(), &stranger);
    let faults = verify(&files, None).faults;
    assert!(matches!(&faults[..], [fault] if fault.file == CHECKPOINT), "{faults:?}");
    let faults = verify(&files, Some(&signer().public().fingerprint())).faults;
    assert!(faults.iter().any(|fault| matches!(fault.flaw, PackFlaw::OtherKey { .. })), "{faults:?}");
}

/// The site's own key over events that are not in the ledger, or not as they were: what a thief of the export could try.
#[test]
fn what_is_signed_must_also_be_in_the_ledger() {
    let named = |files: &Files, expected: &str| {
        let faults = verify(files, None).faults;
        assert!(faults.iter().all(|fault| fault.file == expected) && !faults.is_empty(), "{faults:?}");
    };
    let with = |file: &str, bytes: Vec<u8>| {
        let mut files = unsealed(&ledger());
        files.insert(file.to_owned(), bytes);
        seal(&mut files, &site(), &signer());
        files
    };
    let ledger = ledger();
    let mut invented = ledger[2].clone();
    invented.envelope.actor = "somebody-else".to_owned();
    invented.hash = invented.envelope.hash();
    let events = [invented.clone(), ledger[3].clone(), ledger[16].clone()];
    named(&with(EVENTS, events_file(&events)), PROOFS);
    invented.hash = ledger[2].hash;
    let events = [invented, ledger[3].clone(), ledger[16].clone()];
    named(&with(EVENTS, events_file(&events)), EVENTS);
    let swapped = [ledger[3].clone(), ledger[2].clone(), ledger[16].clone()];
    named(&with(EVENTS, events_file(&swapped)), EVENTS);
    named(&with(EVENTS, events_file(&[ledger[2].clone(), ledger[16].clone()])), PROOFS);
    named(&with(PROOFS, proofs_file(&[])), PROOFS);
    named(&with(PROOFS, b"3 4\n".to_vec()), PROOFS);
    let mut cut = events_file(&ledger[2..4]);
    cut.pop();
    named(&with(EVENTS, cut), EVENTS);
    // A manifest is no checkpoint and a checkpoint no manifest, whoever signed them.
    let manifest = pack()[MANIFEST].clone();
    named(&with(CHECKPOINT, manifest), CHECKPOINT);
    let mut files = pack();
    files.insert(MANIFEST.to_owned(), files[CHECKPOINT].clone());
    named(&files, MANIFEST);
    files.insert(KEY.to_owned(), b"no key\n".to_vec());
    named(&files, KEY);
}

#[test]
fn names_stay_inside_the_pack() {
    for good in ["manifest.txt", "photos/ab12", "a-b_c.d"] {
        assert!(is_name(good), "{good}");
    }
    let long = "a".repeat(201);
    for bad in
        ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a\\b", "C:x", "a b", "\u{e9}", &long]
    {
        assert!(!is_name(bad), "{bad}");
    }
}
