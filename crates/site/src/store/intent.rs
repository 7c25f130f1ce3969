//! The only thing a bus may pulse for, made only from a durable commit (I1).

use super::Batch;
use vestibule_core::{BankId, Effect};
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

pub(super) fn from_events(batch: &Batch<'_>) -> Vec<DurableIntent> {
    let effects =
        batch.steps.iter().flat_map(|step| &step.events).flat_map(|event| batch.state.effects(event));
    effects
        .filter_map(|effect| match effect {
            Effect::Unlock { opening, attempt, compartment, not_after } => {
                let bank = batch.state.compartments.get(compartment)?.bank;
                let left = u64::try_from((not_after - batch.now).0).unwrap_or(0);
                Some(DurableIntent {
                    opening: opening.0,
                    attempt,
                    compartment: compartment.0,
                    bank,
                    not_after: Millis(batch.moment.monotonic_ms + left),
                })
            }
            Effect::Notify { .. } | Effect::ForgetCode { .. } | Effect::TakePhoto { .. } => None,
        })
        .collect()
}
