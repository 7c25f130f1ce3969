//! The memory store passes the store story, and the story fails every store that breaks a promise.

use std::convert::Infallible;

use vestibule_ledger::conformance::store_story;
use vestibule_ledger::{AppendError, EventStore, Fault, Head, MemStore, Sealed};

use crate::ledgers::site;

#[test]
fn the_memory_store_keeps_events() {
    store_story(&site(), MemStore::new(site()), |store| store);
}

/// One way to break a promise of a store.
#[derive(Clone, Copy, PartialEq)]
enum Vice {
    IgnoresExpectedHead,
    KeepsHalfABatch,
    ReadsBackwards,
    IgnoresLimit,
    ChangesPayload,
}

struct BadStore {
    inner: MemStore,
    vice: Vice,
}

impl BadStore {
    fn append_one_by_one(&mut self, events: &[Sealed]) -> Result<(), AppendError<Infallible>> {
        for (index, event) in events.iter().enumerate() {
            let head = self.inner.head().expect("infallible");
            self.inner.append(&head, std::slice::from_ref(event)).map_err(|refused| match refused {
                AppendError::NotNext(fault) => AppendError::NotNext(Fault { index: index as u64, ..fault }),
                other => other,
            })?;
        }
        Ok(())
    }
}

impl EventStore for BadStore {
    type Error = Infallible;

    fn append(&mut self, expected: &Head, events: &[Sealed]) -> Result<(), AppendError<Infallible>> {
        let head = self.inner.head().expect("infallible");
        match self.vice {
            Vice::IgnoresExpectedHead => self.inner.append(&head, events),
            Vice::KeepsHalfABatch if head == *expected => self.append_one_by_one(events),
            _ => self.inner.append(expected, events),
        }
    }

    fn read(&self, from_seq: u64, limit: usize) -> Result<Vec<Sealed>, Infallible> {
        let limit = if self.vice == Vice::IgnoresLimit { usize::MAX } else { limit };
        let mut events = self.inner.read(from_seq, limit)?;
        if self.vice == Vice::ReadsBackwards {
            events.reverse();
        }
        if self.vice == Vice::ChangesPayload {
            events.iter_mut().for_each(|event| event.envelope.payload.retain(|byte| *byte != 0));
        }
        Ok(events)
    }

    fn head(&self) -> Result<Head, Infallible> {
        self.inner.head()
    }
}

fn story_of(vice: Vice) {
    store_story(&site(), BadStore { inner: MemStore::new(site()), vice }, |store| store);
}

#[test]
#[should_panic(expected = "must be refused with the actual head")]
fn the_story_finds_a_store_that_ignores_the_expected_head() {
    story_of(Vice::IgnoresExpectedHead);
}

#[test]
#[should_panic(expected = "one seq twice must be refused")]
fn the_story_finds_a_store_that_keeps_half_a_batch() {
    story_of(Vice::KeepsHalfABatch);
}

#[test]
#[should_panic(expected = "what is read is the chain")]
fn the_story_finds_a_store_that_reads_backwards() {
    story_of(Vice::ReadsBackwards);
}

#[test]
#[should_panic(expected = "longer than its limit")]
fn the_story_finds_a_store_that_ignores_the_limit() {
    story_of(Vice::IgnoresLimit);
}

#[test]
#[should_panic(expected = "what is read is the chain")]
fn the_story_finds_a_store_that_changes_bytes() {
    story_of(Vice::ChangesPayload);
}

#[test]
#[should_panic(expected = "after reopening: wrong head")]
fn the_story_finds_a_store_that_forgets_its_last_event() {
    store_story(&site(), MemStore::new(site()), |store| {
        let mut kept = store.read(1, usize::MAX).expect("infallible");
        kept.pop();
        let mut reopened = MemStore::new(site());
        reopened.append(&Head::genesis(&site()), &kept).expect("the events follow");
        reopened
    });
}
