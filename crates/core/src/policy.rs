//! The site's own choices, as one event. Every number people may want to differ by site is here with its unit.

use crate::code::pin::PinLength;
use crate::directory::Sharing;
use crate::time::{Span, Zone};
use serde::{Deserialize, Serialize};

/// How strict the keypad is when it is guessed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuessProfile {
    /// From the 20th miss in a day each further miss pauses that keypad an hour.
    Standard,
    /// From the 20th miss in a day keypads are off until staff lift it.
    High,
}

/// The policy of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// The building's time zone.
    pub zone: Zone,
    /// Random digits of pickup PINs.
    pub pin_length: PinLength,
    /// Who may collect by default.
    pub sharing: Sharing,
    /// Keypad strictness.
    pub guesses: GuessProfile,
    /// A parcel that waits longer is overdue.
    pub hold: Span,
    /// A pulse not sent by then is never sent.
    pub pulse_within: Span,
    /// Pause between two pulses of one opening: "push the door in, we try again".
    pub retry_after: Span,
    /// A door open this long is held open: voice, photo, task.
    pub held_open_after: Span,
    /// A collection commits after this long even with the door open.
    pub collected_after: Span,
    /// After a collection its doors can be opened once more for so long.
    pub grace: Span,
    /// A compartment emptied without a sensor is offered last for so long.
    pub emptied_last_for: Span,
    /// A visit without a touch ends.
    pub idle_after: Span,
    /// A visit ends whatever happens.
    pub visit_at_most: Span,
    /// A visit survives a restart for so long.
    pub visit_survives_restart: Span,
    /// How long after a deposit it can be fixed.
    pub fix_within: Span,
    /// How long after the last deposit of a person in a visit their notice goes out at the latest.
    pub notice_after: Span,
    /// Parcels of those who moved out and keep them wait so long.
    pub leavers_keep: Span,
    /// Openings a minute and bank.
    pub breaker_per_minute: u32,
    /// Percent of free reachable compartments kept for who needs them.
    pub reachable_reserve_percent: u32,
    /// Whether a courier may be told to use the drop place when all else is full.
    pub drop_place_allowed: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            zone: Zone::utc(),
            pin_length: PinLength::Eight,
            sharing: Sharing::Shared,
            guesses: GuessProfile::Standard,
            hold: Span::days(7),
            pulse_within: Span::seconds(5),
            retry_after: Span::seconds(2),
            held_open_after: Span::seconds(60),
            collected_after: Span::minutes(10),
            grace: Span::minutes(10),
            emptied_last_for: Span::days(1),
            idle_after: Span::seconds(30),
            visit_at_most: Span::minutes(60),
            visit_survives_restart: Span::minutes(2),
            fix_within: Span::minutes(30),
            notice_after: Span::seconds(60),
            leavers_keep: Span::days(14),
            breaker_per_minute: 30,
            reachable_reserve_percent: 5,
            drop_place_allowed: true,
        }
    }
}
