//! Checkpoints: the page's, other implementations' reading of ours, and what is refused.

use proptest::prelude::*;
use signed_note::{Note, StandardVerifier, VerifierList};
use vestibule_ledger::merkle::{leaf, root_of};
use vestibule_ledger::{Checkpoint, CheckpointError, Hash, NoteSigner};

use crate::ledgers::{any_ledger, site};
use crate::vectors::{PAGE, fences};

fn published() -> Checkpoint {
    let lines = fences("jsonl").concat();
    let events: Vec<Hash> = lines
        .lines()
        .map(|line| leaf(&vestibule_ledger::decode_line(line).expect("an exported event").1))
        .collect();
    Checkpoint { site: site(), epoch: 3, size: 3, root: root_of(&events) }
}

fn signer() -> NoteSigner {
    let seed: [u8; 32] = std::array::from_fn(|n| u8::try_from(n).expect("small"));
    NoteSigner::from_seed(&seed)
}

#[test]
fn the_published_checkpoint_is_that_of_the_published_ledger_and_key() {
    let note = format!("{}\n", fences("note").concat());
    let public = signer().public();
    assert_eq!(published().sign(&signer()), note);
    assert_eq!(Checkpoint::open(&note, public), Ok(published()));
    assert!(PAGE.contains(&format!("public {public}\n")));
    assert!(PAGE.contains(&format!("fingerprint {}\n", public.fingerprint())));
    assert!(PAGE.contains(&format!("key {}\n", Checkpoint::key_of(&site(), 3, public))));
}

#[test]
fn other_implementations_read_the_checkpoint_and_believe_it() {
    let note = published().sign(&signer());
    let key = Checkpoint::key_of(&site(), 3, signer().public());
    let verifier = StandardVerifier::new(&key.to_string()).expect("a verifier key");
    let parsed = Note::from_bytes(note.as_bytes()).expect("a note");
    parsed.verify(&VerifierList::new(vec![Box::new(verifier)])).expect("verifies");
    let theirs = tlog_tiles::checkpoint::Checkpoint::from_bytes(parsed.text()).expect("a checkpoint");
    assert_eq!(theirs.origin(), "vestibule/maple-court/3");
    assert_eq!((theirs.size(), theirs.hash().0), (3, published().root.0));
    assert_eq!(theirs.extension(), "");
}

#[test]
fn a_checkpoint_is_written_one_way_and_signed_by_its_own_site_and_epoch() {
    let text = published().text();
    let root = text.lines().nth(2).expect("a root").to_owned();
    for wrong in [
        text.replace("\n3\n", "\n03\n"),
        text.replace("\n3\n", "\n+3\n"),
        text.replace("\n3\n", "\n-3\n"),
        text.replace("vestibule/maple-court/3", "vestibule/maple-court/03"),
        text.replace("vestibule/maple-court/3", "vestibule/Maple/3"),
        text.replace("vestibule/maple-court/3", "vestibule/maple-court"),
        text.replace(&root, &root[..root.len() - 2]),
        text.replace(&root, "AAAA"),
        format!("{text}extension\n"),
        format!("{text}\n"),
        text.trim_end().to_owned(),
        String::new(),
    ] {
        assert_eq!(Checkpoint::parse(&wrong), Err(CheckpointError::Form), "{wrong:?}");
    }
    let public = signer().public();
    // The right key under another epoch's name.
    let borrowed = signer().sign("vestibule/maple-court/2", &text).expect("signs");
    assert!(Checkpoint::open(&borrowed, public).is_err());
    let stranger = NoteSigner::from_seed(&[1; 32]);
    assert!(Checkpoint::open(&published().sign(&stranger), public).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_checkpoint_reads_back(ledger in any_ledger(1..40)) {
        let leaves: Vec<Hash> = ledger.iter().map(|event| leaf(&event.hash)).collect();
        let epoch = ledger.last().unwrap().envelope.epoch;
        let checkpoint = Checkpoint { site: site(), epoch, size: leaves.len() as u64, root: root_of(&leaves) };
        let note = checkpoint.sign(&signer());
        prop_assert_eq!(Checkpoint::open(&note, signer().public()), Ok(checkpoint));
    }
}
