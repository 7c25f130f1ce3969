//! The thread that commits: takes the store and a decided round, makes the round durable, lets its effects leave, and gives
//! the store back. Meanwhile the next round is decided.
//!
//! Owns: the order in which things leave. Never: decides; a round that could not be written goes back whole.

use super::{DoorRoutes, IntentRoutes};
use crate::handle::Outcome;
use crate::handle::standing::{Standing, Wirings};
use crate::runners::cameras::PhotoRoute;
use crate::store::{Batch, DurableIntent, DurableRelease, Store, StoreError};
use crate::writer::round::{Facts, Said};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use vestibule_core::{Effect, Observation, Refusal};

/// What to do once an input is durable.
pub(super) enum Then {
    Answer(oneshot::Sender<Outcome>),
    Durable(oneshot::Sender<Result<(), Refusal>>),
    Nothing,
}

/// A decided round with all that is to happen when it is durable.
pub(super) struct Work {
    pub(super) store: Box<Store>,
    pub(super) batch: Batch,
    pub(super) said: Said,
    pub(super) then: Vec<Then>,
    pub(super) facts: Facts,
    /// If who may come in has changed.
    pub(super) standing: Option<Arc<Standing>>,
}

/// The store comes back, and what became of the round.
pub(super) struct Done {
    pub(super) store: Box<Store>,
    pub(super) came_to: Result<Vec<Observation>, Failed>,
}

/// Nothing of a round was written.
pub(super) struct Failed {
    pub(super) error: StoreError,
    pub(super) facts: Facts,
    pub(super) then: Vec<Then>,
}

/// The ways out: pulses, views, answers.
#[derive(Clone)]
pub(super) struct Outlet {
    pub(super) routes: IntentRoutes,
    pub(super) photos: PhotoRoute,
    pub(super) doors: DoorRoutes,
    pub(super) changed: watch::Sender<u64>,
    pub(super) standing: watch::Sender<Arc<Standing>>,
    pub(super) wirings: watch::Sender<Arc<Wirings>>,
}

impl Outlet {
    /// First of all: doors, and who may come in; photos last. What became of pulses that found no bus, and of photos that
    /// found no camera.
    pub(super) fn let_out(
        &self,
        (intents, releases, photos): (Vec<DurableIntent>, Vec<DurableRelease>, Vec<Effect>),
        standing: Option<Arc<Standing>>,
    ) -> Vec<Observation> {
        let mut unsent: Vec<Observation> =
            intents.into_iter().filter_map(|intent| self.routes.send(intent)).collect();
        unsent.extend(releases.into_iter().filter_map(|release| self.doors.send(release)));
        if let Some(standing) = standing {
            self.wirings.send_if_modified(|wirings| {
                let is_new = wirings != standing.wirings();
                if is_new {
                    wirings.clone_from(standing.wirings());
                }
                is_new
            });
            self.standing.send_replace(standing);
        }
        unsent.extend(self.photos.send(photos));
        unsent
    }

    /// Then: those who wait, and live pages.
    pub(super) fn answer(&self, outcomes: Vec<Outcome>, then: Vec<Then>, seq: u64) {
        for (outcome, then) in outcomes.into_iter().zip(then) {
            match then {
                Then::Answer(answer) => drop(answer.send(outcome)),
                Then::Durable(durable) => drop(durable.send(outcome.answer.map(drop))),
                Then::Nothing => {}
            }
        }
        // Also when it is the same: rows alone may have changed. Two threads answer, each for its own rounds: the newest stays.
        self.changed.send_modify(|newest| *newest = seq.max(*newest));
    }
}

/// The thread, seen from the deciding one.
pub(super) struct Committer {
    /// None once it is to end.
    work: Option<Sender<Work>>,
    done: Receiver<Done>,
    thread: Option<JoinHandle<()>>,
}

impl Committer {
    pub(super) fn start(outlet: Outlet) -> Result<Self, StoreError> {
        let ((work, received), (finished, done)) = (channel(), channel());
        let thread = std::thread::Builder::new()
            .name("committer".to_owned())
            .spawn(move || run(&received, &finished, &outlet))
            .map_err(|source| StoreError::Io { path: "committer thread".to_owned(), source })?;
        Ok(Self { work: Some(work), done, thread: Some(thread) })
    }

    pub(super) fn commit(&self, work: Work) {
        let sent = self.work.as_ref().is_some_and(|sender| sender.send(work).is_ok());
        assert!(sent, "the committer waits for work until it is dropped");
    }

    /// The store, if it comes back in time.
    pub(super) fn done_within(&self, patience: Duration) -> Option<Done> {
        match self.done.recv_timeout(patience) {
            Ok(done) => Some(done),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the committer ended with the store"),
        }
    }

    /// The store, once it comes back.
    pub(super) fn done(&self) -> Done {
        self.done.recv().expect("the committer gives the store back")
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            // Whether it panicked was seen when the store did not come back.
            let _ = thread.join();
        }
    }
}

fn run(received: &Receiver<Work>, finished: &Sender<Done>, outlet: &Outlet) {
    while let Ok(work) = received.recv() {
        let Work { mut store, batch, said, then, facts, standing } = work;
        let (came_to, answers) = match store.commit(batch) {
            Ok(committed) => {
                let unsent = outlet.let_out((committed.intents, committed.releases, said.photos), standing);
                (Ok(unsent), Some((said.outcomes, then, committed.head.seq)))
            }
            Err(error) => (Err(Failed { error, facts, then }), None),
        };
        // The store first: the next round need not wait until all have been answered.
        if finished.send(Done { store, came_to }).is_err() {
            return;
        }
        if let Some((outcomes, then, seq)) = answers {
            outlet.answer(outcomes, then, seq);
        }
    }
}
