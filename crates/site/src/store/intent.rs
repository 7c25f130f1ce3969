//! The only thing a bus may pulse for, made only from a durable commit (I1).

use super::{Batch, Step};
use vestibule_core::planted::is_planted;
use vestibule_core::{BankId, Effect, Site, Timestamp};
use vestibule_devices::PulseIntent;
use vestibule_protocols::Millis;

/// A pulse that is recorded and may go out once, before its deadline. Its fields are private and [`super::Store::commit`]
/// is its only maker: what was not committed cannot be pulsed.
#[derive(Debug)]
pub struct DurableIntent {
    opening: u64,
    attempt: u8,
    compartment: u32,
    bank: BankId,
    not_after: Millis,
}

impl DurableIntent {
    /// The bank whose bus pulses it.
    pub fn bank(&self) -> BankId {
        self.bank
    }
}

impl PulseIntent for DurableIntent {
    fn opening(&self) -> u64 {
        self.opening
    }
    fn attempt(&self) -> u8 {
        self.attempt
    }
    fn point(&self) -> u32 {
        self.compartment
    }
    fn not_after(&self) -> Millis {
        self.not_after
    }
}

/// A pulse that events authorise and that nobody may send yet.
pub(super) struct Pulse {
    opening: u64,
    attempt: u8,
    compartment: u32,
    bank: BankId,
    not_after: Timestamp,
}

/// The pulses these steps authorise, seen from the state after them.
pub(super) fn authorised(steps: &[Step], state: &Site) -> Vec<Pulse> {
    let effects = steps.iter().flat_map(|step| &step.events).flat_map(|event| state.effects(event));
    effects
        .filter_map(|effect| match effect {
            Effect::Unlock { opening, attempt, compartment, not_after } => {
                let bank = state.compartments.get(compartment)?.bank;
                let compartment = compartment.0 + u32::from(is_planted("door-off-by-one"));
                Some(Pulse { opening: opening.0, attempt, compartment, bank, not_after })
            }
            Effect::Notify { .. } | Effect::ForgetCode { .. } | Effect::TakePhoto { .. } => None,
        })
        .collect()
}

/// What may go out, now that the batch is durable.
pub(super) fn of_batch(batch: &Batch) -> Vec<DurableIntent> {
    let durable = batch.pulses.iter().map(|pulse| {
        let left = u64::try_from((pulse.not_after - batch.now).0).unwrap_or(0);
        DurableIntent {
            opening: pulse.opening,
            attempt: pulse.attempt,
            compartment: pulse.compartment,
            bank: pulse.bank,
            not_after: Millis(batch.moment.monotonic_ms + left),
        }
    });
    durable.collect()
}
