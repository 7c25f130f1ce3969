//! The only thing a bus pulses for. Made by the site from a durable record, never here.

use vestibule_protocols::Millis;

/// A recorded wish to pulse one coil once. Neither copied nor kept: the bus consumes it.
pub trait PulseIntent: Send + std::fmt::Debug + 'static {
    /// The opening this belongs to.
    fn opening(&self) -> u64;
    /// Which attempt of that opening, from 1.
    fn attempt(&self) -> u8;
    /// The point (a compartment's door) as named in the wiring.
    fn point(&self) -> u32;
    /// The last moment at which the pulse may go out, on the clock of the bus.
    fn not_after(&self) -> Millis;
}
