//! The ledger as a reader sees it, checked event by event: its chain, its signed checkpoints, that nothing of it is ever
//! lost, that nothing is pulsed that is not in it.

use super::passages::Passages;
use super::weighed::Weighed;
use crate::process::{Process, site_key};
use std::collections::{BTreeMap, VecDeque};
use vestibule_core::{CompartmentId, Event, Span, Timestamp};
use vestibule_ledger::merkle::leaf;
use vestibule_ledger::{Checkpoint, Edge, Verifier};
use vestibule_site::store::StoreError;
use vestibule_site::store::ledger_checkpoints::{StoredCheckpoint, newest};
use vestibule_site::store::load::decode;

/// An order reaches its board well within this; later its pulse would belong to nothing.
const ON_THE_WIRE_MS: u64 = 1_000;
/// Openings a minute that the policy of a run allows.
pub(super) const BREAKER: usize = 10;

/// One pulse the ledger allows.
#[derive(Clone, Debug)]
struct Permit {
    compartment: CompartmentId,
    left: bool,
    sent: bool,
}

/// What was read so far.
#[derive(Clone)]
pub struct Ledger {
    verifier: Verifier,
    edge: Edge,
    /// Events covered by the newest checkpoint that was seen.
    signed: u64,
    permits: BTreeMap<(u64, u8), Permit>,
    compartments: BTreeMap<u64, CompartmentId>,
    on_the_wire: VecDeque<(CompartmentId, u64)>,
    coil_off_at: u64,
    authorised: VecDeque<Timestamp>,
    /// The door one walks through.
    pub(super) passages: Passages,
    /// Banks drawn anew, wiring, keys, claims, photos, piles.
    pub(super) weighed: Weighed,
    /// Every event as text, for the taint scan.
    pub(super) text: String,
}

impl Default for Ledger {
    fn default() -> Self {
        Self {
            verifier: Verifier::new(site_key()),
            edge: Edge::new(),
            signed: 0,
            permits: BTreeMap::new(),
            compartments: BTreeMap::new(),
            on_the_wire: VecDeque::new(),
            coil_off_at: 0,
            authorised: VecDeque::new(),
            passages: Passages::default(),
            weighed: Weighed::default(),
            text: String::new(),
        }
    }
}

impl Ledger {
    /// What is new. I7 and I8: the numbers are dense, the chain holds, and what is signed is what was read.
    pub fn read(&mut self, process: &Process) -> Result<Vec<(Event, Timestamp)>, StoreError> {
        let mut fresh = Vec::new();
        let newest = newest(process.reader())?;
        self.look_at(newest.as_ref());
        for sealed in process.events_after(self.verifier.head().seq)? {
            let pushed = self.verifier.push(sealed.envelope.view(), &sealed.hash);
            assert!(pushed.is_ok(), "I8: the chain breaks: {pushed:?}");
            self.edge.push(leaf(&sealed.hash));
            self.look_at(newest.as_ref());
            self.text.push_str(&String::from_utf8_lossy(&sealed.envelope.payload));
            let event = decode(&sealed.envelope)?;
            let at = Timestamp(sealed.envelope.recorded_at);
            self.permit(&event, at);
            fresh.push((event, at));
        }
        let covered = newest.map_or(0, |newest| newest.size);
        assert_eq!(covered, self.signed, "I8: a checkpoint is gone, or covers what nobody can read");
        Ok(fresh)
    }

    /// A checkpoint over exactly what was read so far, also one that an idle site signed later.
    fn look_at(&mut self, newest: Option<&StoredCheckpoint>) {
        let size = self.edge.size();
        let Some(stored) = newest.filter(|stored| stored.size == size && size != self.signed) else { return };
        let (epoch, root) = (self.verifier.head().epoch, self.edge.root());
        let expected = Checkpoint { site: site_key(), epoch, size, root };
        let signed = Checkpoint::open(&stored.note, stored.public);
        assert_eq!(signed, Ok(expected), "I8: the checkpoint of {size} events");
        self.signed = size;
    }

    /// I12: the newest event that was ever seen is still there, and so is all before it.
    pub fn still_holds(&self, process: &Process) -> Result<(), StoreError> {
        let head = self.verifier.head();
        if head.seq == 0 {
            return Ok(());
        }
        let there = process.events_after(head.seq - 1)?;
        let holds = there.first().is_some_and(|sealed| sealed.hash == head.hash);
        assert!(holds, "I12: event {} was told to the world and is gone", head.seq);
        Ok(())
    }

    fn permit(&mut self, event: &Event, at: Timestamp) {
        self.passages.hears(event, at);
        self.weighed.hears(event, at);
        match event {
            Event::OpeningAuthorised { opening, compartment, .. } => {
                self.compartments.insert(opening.0, *compartment);
                self.allow((opening.0, 1), *compartment);
                self.authorised.push_back(at);
                while self.authorised.front().is_some_and(|first| at - *first >= Span::minutes(1)) {
                    self.authorised.pop_front();
                }
                assert!(
                    self.authorised.len() <= BREAKER,
                    "I10: the breaker let {} openings pass",
                    self.authorised.len()
                );
            }
            Event::OpeningAttempted { opening, attempt, .. } => {
                let compartment = self.compartments[&opening.0];
                self.allow((opening.0, *attempt), compartment);
            }
            _ => {}
        }
    }

    fn allow(&mut self, key: (u64, u8), compartment: CompartmentId) {
        assert!(key.1 <= 3, "I2: attempt {} of opening {}", key.1, key.0);
        let permit = Permit { compartment, left: false, sent: false };
        assert!(
            self.permits.insert(key, permit).is_none(),
            "I2: attempt {} of opening {} twice",
            key.1,
            key.0
        );
    }

    /// An intent leaves the writer.
    pub fn may_leave(&mut self, opening: u64, attempt: u8, compartment: CompartmentId) {
        let permit = self.permits.get_mut(&(opening, attempt));
        let permit =
            permit.unwrap_or_else(|| panic!("I1: opening {opening}, attempt {attempt} is in no ledger"));
        assert_eq!(permit.compartment, compartment, "I1: another door than the ledger says");
        assert!(
            !std::mem::replace(&mut permit.left, true),
            "I2: opening {opening}, attempt {attempt} left twice"
        );
    }

    /// An order to pulse is on the wire.
    pub fn sent(&mut self, opening: u64, attempt: u8, now: u64) {
        let permit = self.permits.get_mut(&(opening, attempt)).expect("it left the writer before");
        assert!(
            !std::mem::replace(&mut permit.sent, true),
            "I2: opening {opening}, attempt {attempt} sent twice"
        );
        self.on_the_wire.push_back((permit.compartment, now));
    }

    /// Whether an order may still reach its coil.
    pub fn is_on_the_wire(&self, now: u64) -> bool {
        self.on_the_wire.iter().any(|(_, sent)| sent + ON_THE_WIRE_MS >= now)
    }

    /// A coil is energised.
    pub fn coil(&mut self, compartment: CompartmentId, at: u64, pulse_ms: u64) {
        while self.on_the_wire.front().is_some_and(|(_, sent)| sent + ON_THE_WIRE_MS < at) {
            self.on_the_wire.pop_front();
        }
        let place = self.on_the_wire.iter().position(|(of, _)| *of == compartment);
        let place =
            place.unwrap_or_else(|| panic!("I1: the coil of {compartment} fired and nothing asked for it"));
        self.on_the_wire.remove(place);
        assert!(at >= self.coil_off_at, "I10: two coils at once");
        self.coil_off_at = at + pulse_ms;
    }

    /// Until when the last coil is on, in a new run of the line.
    pub fn forget_line(&mut self) {
        self.coil_off_at = 0;
        self.on_the_wire.clear();
    }
}
