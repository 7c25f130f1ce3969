//! The only things a bus may pulse for and a door be released for, made only from a durable commit (I1).

use super::{Batch, Step};
use vestibule_core::place::wiring::WiringHash;
use vestibule_core::planted::is_planted;
use vestibule_core::{AccessPointId, BankId, Effect, Site, Timestamp};
use vestibule_devices::{PulseIntent, RELEASE_MIN_MS, ReleaseIntent};
use vestibule_protocols::Millis;

/// A pulse that is recorded and may go out once, before its deadline. Its fields are private and [`super::Store::commit`]
/// is its only maker: what was not committed cannot be pulsed.
#[derive(Debug)]
pub struct DurableIntent {
    opening: u64,
    attempt: u8,
    compartment: u32,
    bank: BankId,
    wiring: Option<WiringHash>,
    not_after: Millis,
}

impl DurableIntent {
    /// The bank whose bus pulses it.
    pub fn bank(&self) -> BankId {
        self.bank
    }

    /// The map by which the lock of its compartment is known; by another it is not pulsed.
    pub fn wiring(&self) -> Option<WiringHash> {
        self.wiring
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

/// A release of a door that is recorded and may go out once, before its deadline. As [`DurableIntent`], it has no other maker
/// than [`super::Store::commit`].
#[derive(Debug)]
pub struct DurableRelease {
    entry: u64,
    point: AccessPointId,
    hold_ms: u32,
    not_after: Millis,
}

impl DurableRelease {
    /// The access point whose controller releases it.
    pub fn point(&self) -> AccessPointId {
        self.point
    }
}

impl ReleaseIntent for DurableRelease {
    fn entry(&self) -> u64 {
        self.entry
    }
    /// An entry has one release.
    fn attempt(&self) -> u8 {
        1
    }
    fn door(&self) -> u32 {
        self.point.0
    }
    fn release_ms(&self) -> u32 {
        self.hold_ms
    }
    fn not_after(&self) -> Millis {
        self.not_after
    }
}

/// A release that events authorise and that nobody may send yet.
pub(super) struct Release {
    entry: u64,
    point: AccessPointId,
    hold_ms: u32,
    not_after: Timestamp,
}

/// A pulse that events authorise and that nobody may send yet.
pub(super) struct Pulse {
    opening: u64,
    attempt: u8,
    compartment: u32,
    bank: BankId,
    wiring: Option<WiringHash>,
    not_after: Timestamp,
}

/// The pulses these steps authorise, seen from the state after them.
pub(super) fn authorised(steps: &[Step], state: &Site) -> Vec<Pulse> {
    let effects = steps.iter().flat_map(|step| &step.events).flat_map(|event| state.effects(event));
    effects
        .filter_map(|effect| match effect {
            Effect::Unlock { opening, attempt, compartment, not_after, wiring } => {
                let bank = state.compartments.get(compartment)?.bank;
                let compartment = compartment.0 + u32::from(is_planted("door-off-by-one"));
                Some(Pulse { opening: opening.0, attempt, compartment, bank, wiring, not_after })
            }
            Effect::Release { .. }
            | Effect::Notify { .. }
            | Effect::ForgetCode { .. }
            | Effect::TakePhoto { .. } => None,
        })
        .collect()
}

/// The releases of doors these steps authorise.
pub(super) fn released(steps: &[Step], state: &Site) -> Vec<Release> {
    let effects = steps.iter().flat_map(|step| &step.events).flat_map(|event| state.effects(event));
    effects
        .filter_map(|effect| match effect {
            Effect::Release { entry, point, hold, not_after } => {
                // The policy keeps it within what devices take.
                let hold_ms = u32::try_from(hold.0).unwrap_or(RELEASE_MIN_MS);
                Some(Release { entry: entry.0, point, hold_ms, not_after })
            }
            Effect::Unlock { .. }
            | Effect::Notify { .. }
            | Effect::ForgetCode { .. }
            | Effect::TakePhoto { .. } => None,
        })
        .collect()
}

/// What may go out, now that the batch is durable.
pub(super) fn of_batch(batch: &Batch) -> Vec<DurableIntent> {
    let durable = batch.pulses.iter().map(|pulse| DurableIntent {
        opening: pulse.opening,
        attempt: pulse.attempt,
        compartment: pulse.compartment,
        bank: pulse.bank,
        wiring: pulse.wiring,
        not_after: on_the_clock(batch, pulse.not_after),
    });
    durable.collect()
}

/// The releases that may go out, now that the batch is durable.
pub(super) fn releases_of_batch(batch: &Batch) -> Vec<DurableRelease> {
    let durable = batch.releases.iter().map(|release| DurableRelease {
        entry: release.entry,
        point: release.point,
        hold_ms: release.hold_ms,
        not_after: on_the_clock(batch, release.not_after),
    });
    durable.collect()
}

/// A site time as the clock of the devices shows it.
fn on_the_clock(batch: &Batch, at: Timestamp) -> Millis {
    let left = u64::try_from((at - batch.now).0).unwrap_or(0);
    Millis(batch.moment.monotonic_ms + left)
}
