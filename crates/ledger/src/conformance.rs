//! The story every event store must pass. Owns what "keeps events" means; never looks at how a store does
//! it. It panics at the first broken promise, so a store's own test calls it and nothing else.

use std::fmt::Debug;

use crate::{
    AppendError, Chain, Draft, EPOCH_RAISED, EventStore, Fault, Flaw, Head, Sealed, SiteKey, Verifier,
};

/// Runs the whole story on an empty `store` of `site`. `reopen` closes the store it is given and opens the
/// same data again.
///
/// # Panics
/// When the store breaks a promise of [`EventStore`]; the message says which.
pub fn store_story<S: EventStore>(site: &SiteKey, mut store: S, mut reopen: impl FnMut(S) -> S) {
    let mut chain = Chain::new(site.clone());
    let mut written: Vec<Sealed> = Vec::new();
    keeps(&store, site, &written, "an empty store");

    for size in [3, 1, 0, 40] {
        extend(&mut store, &mut chain, &mut written, size);
        keeps(&store, site, &written, "after a batch");
    }
    reads_windows(&store, &written);
    refuses_wrong_heads(&mut store, site, &chain, &written);
    refuses_broken_batches(&mut store, &chain);
    keeps(&store, site, &written, "after refusals");

    store = reopen(store);
    keeps(&store, site, &written, "after reopening");

    raise_epoch(&mut store, &mut chain, &mut written);
    extend(&mut store, &mut chain, &mut written, 500);
    store = reopen(store);
    keeps(&store, site, &written, "after a new epoch and a second reopening");
}

/// An event with awkward content: every byte value, texts that need quoting, the ends of the number ranges.
fn draft(number: u64) -> Draft {
    let odd = number % 2 == 1;
    Draft {
        kind: format!("story-{}", number % 3),
        version: if odd { u16::MAX } else { 0 },
        occurred_at: if odd { i64::MIN } else { i64::MAX },
        recorded_at: i64::try_from(number / 2).expect("a story is short"),
        boot_id: if odd { u32::MAX } else { 0 },
        actor: if odd { "staff:7".to_owned() } else { String::new() },
        cause: if odd { "'quoted' \"twice\" \\ \u{0} \n \u{1f4e6}".to_owned() } else { String::new() },
        payload: if number.is_multiple_of(5) { Vec::new() } else { (0..=u8::MAX).rev().collect() },
    }
}

fn seal_next(chain: &mut Chain) -> Sealed {
    let number = chain.head().seq + 1;
    chain.append(draft(number)).expect("the story's drafts fit")
}

fn extend<S: EventStore>(store: &mut S, chain: &mut Chain, written: &mut Vec<Sealed>, size: usize) {
    let before = *chain.head();
    let batch: Vec<Sealed> = (0..size).map(|_| seal_next(chain)).collect();
    store.append(&before, &batch).expect("a batch that follows the head is stored");
    written.extend(batch);
}

fn raise_epoch<S: EventStore>(store: &mut S, chain: &mut Chain, written: &mut Vec<Sealed>) {
    let before = *chain.head();
    let draft = Draft { kind: EPOCH_RAISED.to_owned(), ..draft(before.seq + 1) };
    let raised = chain.raise_epoch(before.epoch + 2, draft).expect("the epoch rises");
    store.append(&before, std::slice::from_ref(&raised)).expect("a new epoch is stored");
    written.push(raised);
}

/// Head, order, bytes and chain are as written; reading by pages gives the same as reading at once.
fn keeps<S: EventStore>(store: &S, site: &SiteKey, written: &[Sealed], when: &str) {
    let head = written.last().map_or_else(|| Head::genesis(site), Sealed::head);
    assert_eq!(store.head().expect("the head is readable"), head, "{when}: wrong head");

    let mut verifier = Verifier::new(site.clone());
    let mut read: Vec<Sealed> = Vec::new();
    loop {
        let page = store.read(verifier.head().seq + 1, 7).expect("events are readable");
        assert!(page.len() <= 7, "{when}: a page is longer than its limit");
        if page.is_empty() {
            break;
        }
        for event in page {
            verifier.push(event.envelope.view(), &event.hash).expect("what is read is the chain");
            read.push(event);
        }
    }
    assert!(read == written, "{when}: the events read are not the events written");
    let at_once = store.read(1, written.len() + 1).expect("events are readable");
    assert!(at_once == written, "{when}: reading at once differs from reading by pages");
}

fn reads_windows<S: EventStore>(store: &S, written: &[Sealed]) {
    let last = u64::try_from(written.len()).expect("a story is short");
    let window = |from, limit| store.read(from, limit).expect("events are readable");
    assert!(window(1, 0).is_empty(), "a limit of 0 reads nothing");
    assert!(window(0, 2) == written[..2], "seq 0 reads from the first event");
    assert!(window(2, 2) == written[1..3], "a window in the middle");
    assert!(window(last, 9) == written[written.len() - 1..], "a window over the end");
    assert!(window(last + 1, 9).is_empty(), "behind the end there is nothing");
    assert!(window(u64::MAX, 9).is_empty(), "far behind the end there is nothing");
}

fn refuses_wrong_heads<S: EventStore>(store: &mut S, site: &SiteKey, chain: &Chain, written: &[Sealed]) {
    let actual = *chain.head();
    let next = seal_next(&mut chain.clone());
    let forked = Head { hash: written[0].hash, ..actual };
    let other_epoch = Head { epoch: actual.epoch + 1, ..actual };
    for wrong in [Head::genesis(site), written[1].head(), next.head(), forked, other_epoch] {
        let refused = store.append(&wrong, std::slice::from_ref(&next));
        assert!(
            matches!(refused, Err(AppendError::HeadMoved { actual: told }) if told == actual),
            "an append after {wrong} must be refused with the actual head"
        );
    }
    let again = store.append(&Head::genesis(site), &written[..3]);
    assert!(matches!(again, Err(AppendError::HeadMoved { .. })), "storing a batch twice must be refused");
}

fn refuses_broken_batches<S: EventStore>(store: &mut S, chain: &Chain) {
    let head = *chain.head();
    let mut ahead = chain.clone();
    let [first, second, third] = std::array::from_fn(|_| seal_next(&mut ahead));

    let gap = store.append(&head, &[first.clone(), third]);
    refused(gap, 1, |flaw| matches!(flaw, Flaw::Gap { .. }), "a batch with a gap");
    let twice = store.append(&head, &[first.clone(), first.clone()]);
    refused(twice, 1, |flaw| matches!(flaw, Flaw::Duplicate { .. }), "one seq twice");

    let mut changed = second;
    changed.envelope.payload.push(0);
    let changed = store.append(&head, &[first.clone(), changed]);
    refused(changed, 1, |flaw| matches!(flaw, Flaw::WrongHash { .. }), "a changed event");

    let mut torn = first;
    torn.envelope.prev_hash.0[0] ^= 1;
    torn.hash = torn.envelope.hash();
    let torn = store.append(&head, &[torn]);
    refused(torn, 0, |flaw| matches!(flaw, Flaw::WrongPrevHash { .. }), "an event of another chain");

    let other = SiteKey::new("some-other-site").expect("a valid key");
    let foreign = seal_next(&mut Chain::resume(other, head, i64::MIN));
    let foreign = store.append(&head, &[foreign]);
    refused(foreign, 0, |flaw| matches!(flaw, Flaw::WrongSite { .. }), "an event of another site");
}

fn refused<E: Debug>(result: Result<(), AppendError<E>>, at: u64, flaw: fn(&Flaw) -> bool, what: &str) {
    match result {
        Err(AppendError::NotNext(Fault { index, flaw: found, .. })) if index == at && flaw(&found) => {}
        other => panic!("{what} must be refused at index {at} of the batch, but the store said {other:?}"),
    }
}
