//! Checks a ledger event by event, in one pass and constant memory. Owns the list of what can be wrong with
//! a ledger; never repairs anything and never judges a payload.

use crate::{EPOCH_RAISED, EnvelopeRef, Hash, Head, SiteKey};

/// The first thing found wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {index} (counted from 0), seq {seq}: {flaw}")]
pub struct Fault {
    /// Place among the events fed to this verifier, counted from 0.
    pub index: u64,
    /// seq the event claims; for [`Flaw::EndsElsewhere`] that of the last good event.
    pub seq: u64,
    /// What is wrong.
    pub flaw: Flaw,
}

/// Everything that can be wrong with an event's place in a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// An event of another site's ledger.
    #[error("belongs to site {found}")]
    WrongSite {
        /// The site it names.
        found: SiteKey,
    },
    /// Events are missing before this one.
    #[error("seq {expected} was expected: events are missing")]
    Gap {
        /// The seq that should have come.
        expected: u64,
    },
    /// A second event under a seq that is taken (I7).
    #[error("this seq is taken already: seq {expected} was expected")]
    Duplicate {
        /// The seq that should have come.
        expected: u64,
    },
    /// An epoch never falls.
    #[error("epoch fell from {last} to {found}")]
    EpochBackwards {
        /// Epoch of the event before.
        last: u32,
        /// Epoch of this event.
        found: u32,
    },
    /// The epoch rose by an event of another kind, or an `epoch-raised` did not raise it.
    #[error("epoch went from {last} to {found}: an epoch rises by an epoch-raised event and by nothing else")]
    EpochKind {
        /// Epoch of the event before.
        last: u32,
        /// Epoch of this event.
        found: u32,
    },
    /// The event does not name the one before it.
    #[error("names {found} as the event before, which is {expected}")]
    WrongPrevHash {
        /// Hash of the event before.
        expected: Hash,
        /// Hash it names.
        found: Hash,
    },
    /// Site time fell.
    #[error("recorded_at {found} is before {last}, that of the event before")]
    RecordedBackwards {
        /// `recorded_at` of the event before.
        last: i64,
        /// `recorded_at` of this event.
        found: i64,
    },
    /// The event was changed, or the hash beside it was.
    #[error("its bytes hash to {computed}, not to the {stored} stored beside it")]
    WrongHash {
        /// The hash stored beside it.
        stored: Hash,
        /// The hash of what is there.
        computed: Hash,
    },
    /// The events are in order among themselves but do not end where they should: cut short, or forged.
    #[error("the ledger ends here, but {expected} was expected")]
    EndsElsewhere {
        /// The head known from elsewhere.
        expected: Head,
    },
}

/// Takes the events of one site in order and says at the first bad one what is wrong.
///
/// A chain alone cannot show that events are missing at its end, nor that all of it was written anew. That
/// takes a head known from elsewhere: compare [`Verifier::head`] with each known head on the way (the head
/// file, a hub's receipt), and call [`Verifier::finish`] with the newest.
#[derive(Clone, Debug)]
pub struct Verifier {
    site: SiteKey,
    head: Head,
    recorded_at: i64,
    index: u64,
    fault: Option<Fault>,
}

impl Verifier {
    /// Checks `site`'s ledger from its first event on.
    #[must_use]
    pub fn new(site: SiteKey) -> Self {
        let head = Head::genesis(&site);
        Self::resume(site, head, i64::MIN)
    }

    /// Checks what follows a trusted `head`; `recorded_at` is that of the last event (`i64::MIN` when none).
    #[must_use]
    pub fn resume(site: SiteKey, head: Head, recorded_at: i64) -> Self {
        Self { site, head, recorded_at, index: 0, fault: None }
    }

    /// Where the good events end.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// `recorded_at` of the last good event, `i64::MIN` when there is none.
    #[must_use]
    pub fn recorded_at(&self) -> i64 {
        self.recorded_at
    }

    /// Takes the next event and the hash stored beside it.
    ///
    /// # Errors
    /// The first [`Fault`]; once there is one, every later call repeats it.
    pub fn push(&mut self, event: EnvelopeRef<'_>, stored: &Hash) -> Result<(), Fault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        if let Err(flaw) = self.check(event, stored) {
            let fault = Fault { index: self.index, seq: event.seq, flaw };
            self.fault = Some(fault.clone());
            return Err(fault);
        }
        self.head = Head { epoch: event.epoch, seq: event.seq, hash: *stored };
        self.recorded_at = event.recorded_at;
        self.index += 1;
        Ok(())
    }

    /// Says whether all events were good and end at `expected`.
    ///
    /// # Errors
    /// The first [`Fault`], or one with [`Flaw::EndsElsewhere`].
    pub fn finish(self, expected: &Head) -> Result<(), Fault> {
        match self.fault {
            Some(fault) => Err(fault),
            None if self.head == *expected => Ok(()),
            None => {
                let flaw = Flaw::EndsElsewhere { expected: *expected };
                Err(Fault { index: self.index, seq: self.head.seq, flaw })
            }
        }
    }

    fn check(&self, event: EnvelopeRef<'_>, stored: &Hash) -> Result<(), Flaw> {
        if *event.site != self.site {
            return Err(Flaw::WrongSite { found: event.site.clone() });
        }
        self.check_seq(event.seq)?;
        self.check_epoch(event)?;
        if event.prev_hash != self.head.hash {
            return Err(Flaw::WrongPrevHash { expected: self.head.hash, found: event.prev_hash });
        }
        if event.recorded_at < self.recorded_at {
            return Err(Flaw::RecordedBackwards { last: self.recorded_at, found: event.recorded_at });
        }
        let computed = event.hash();
        if computed != *stored {
            return Err(Flaw::WrongHash { stored: *stored, computed });
        }
        Ok(())
    }

    fn check_seq(&self, seq: u64) -> Result<(), Flaw> {
        let expected = self.head.seq.saturating_add(1);
        if seq <= self.head.seq {
            return Err(Flaw::Duplicate { expected });
        }
        if seq != expected {
            return Err(Flaw::Gap { expected });
        }
        Ok(())
    }

    fn check_epoch(&self, event: EnvelopeRef<'_>) -> Result<(), Flaw> {
        let (last, found) = (self.head.epoch, event.epoch);
        if found < last {
            return Err(Flaw::EpochBackwards { last, found });
        }
        if (found > last) != (event.kind == EPOCH_RAISED) {
            return Err(Flaw::EpochKind { last, found });
        }
        Ok(())
    }
}
