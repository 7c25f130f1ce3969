//! What a chain seals and what it refuses; texts of heads, hashes and keys.

use proptest::prelude::*;
use vestibule_ledger::{
    Chain, Draft, DraftError, EPOCH_RAISED, Hash, HashError, Head, HeadError, SiteKey, SiteKeyError, Verifier,
};

use crate::ledgers::{any_ledger, draft, site, verify};

fn epoch_raised(recorded_at: i64) -> Draft {
    Draft { kind: EPOCH_RAISED.to_owned(), ..draft(recorded_at) }
}

#[test]
fn the_first_event_follows_the_genesis() {
    let mut chain = Chain::new(site());
    assert_eq!(*chain.head(), Head { epoch: 1, seq: 0, hash: Hash::genesis(&site()) });
    let first = chain.append(draft(10)).expect("the draft fits");
    assert_eq!((first.envelope.epoch, first.envelope.seq), (1, 1));
    assert_eq!(first.envelope.prev_hash, Hash::genesis(&site()));
    assert_eq!(first.hash, first.envelope.hash());
    assert_eq!(*chain.head(), first.head());
}

#[test]
fn seq_goes_on_across_an_epoch() {
    let mut chain = Chain::new(site());
    chain.append(draft(10)).expect("the draft fits");
    let raised = chain.raise_epoch(4, epoch_raised(10)).expect("the epoch rises");
    let next = chain.append(draft(11)).expect("the draft fits");
    assert_eq!((raised.envelope.epoch, raised.envelope.seq), (4, 2));
    assert_eq!((next.envelope.epoch, next.envelope.seq), (4, 3));
}

#[test]
fn a_new_ledger_may_begin_with_a_raised_epoch() {
    let raised = Chain::new(site()).raise_epoch(2, epoch_raised(10)).expect("the epoch rises");
    assert_eq!(verify(std::slice::from_ref(&raised)), Ok(raised.head()));
}

#[test]
fn a_draft_that_does_not_fit_leaves_the_chain_as_it_was() {
    let mut chain = Chain::new(site());
    chain.append(draft(10)).expect("the draft fits");
    let before = *chain.head();
    let backwards = DraftError::RecordedBackwards { last: 10, given: 9 };
    assert_eq!(chain.append(draft(9)), Err(backwards.clone()));
    assert_eq!(chain.raise_epoch(2, epoch_raised(9)), Err(backwards));
    assert_eq!(chain.append(epoch_raised(10)), Err(DraftError::EpochKind { kind: EPOCH_RAISED.to_owned() }));
    assert_eq!(chain.raise_epoch(2, draft(10)), Err(DraftError::EpochKind { kind: draft(10).kind }));
    let not_higher = DraftError::EpochNotHigher { current: 1, given: 1 };
    assert_eq!(chain.raise_epoch(1, epoch_raised(10)), Err(not_higher));
    assert_eq!(*chain.head(), before);
}

#[test]
fn a_site_key_has_its_characters_and_length_only() {
    for good in ["a", "maple-court-12", &"z".repeat(64)] {
        assert_eq!(good.parse::<SiteKey>().map(|key| key.to_string()), Ok(good.to_owned()));
    }
    for bad in ["", "Maple", "maple court", "ahorn-straße", "a/b", "a\0", &"z".repeat(65)] {
        assert_eq!(SiteKey::new(bad), Err(SiteKeyError), "{bad:?}");
    }
}

#[test]
fn a_hash_and_a_head_have_one_spelling() {
    let head = Head::genesis(&site());
    let text = head.to_string();
    assert_eq!(text.parse(), Ok(head));
    assert_eq!(head.hash.to_string().parse(), Ok(head.hash));
    let digits = head.hash.to_string();
    for bad in
        [digits.to_uppercase(), digits[1..].to_owned(), format!("{digits}00"), format!("{}g", &digits[1..])]
    {
        assert_eq!(bad.parse::<Hash>(), Err(HashError), "{bad}");
    }
    for bad in ["", "1/2", "1/2/3", "-1/0/", &text[1..], &format!("{text}/"), &format!("{text} ")] {
        assert_eq!(bad.parse::<Head>(), Err(HeadError), "{bad}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_a_chain_seals_verifies_whole_and_from_any_point(ledger in any_ledger(1..12), from in 0_usize..12) {
        let end = ledger.last().expect("at least one event").head();
        prop_assert_eq!(verify(&ledger), Ok(end));
        let (known, tail) = ledger.split_at(from.min(ledger.len() - 1).max(1));
        let last = known.last().expect("at least one event");
        let mut verifier = Verifier::resume(site(), last.head(), last.envelope.recorded_at);
        for event in tail {
            prop_assert_eq!(verifier.push(event.envelope.view(), &event.hash), Ok(()));
        }
        prop_assert_eq!(verifier.finish(&end), Ok(()));
    }
}
