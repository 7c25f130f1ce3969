//! The site's own choices, as one event. Every number people may want to differ by site is here with its unit.

use crate::code::pin::PinLength;
use crate::custody::class::ClassTimes;
use crate::custody::delivered::ClaimTimes;
use crate::directory::Sharing;
use crate::evidence::retention::{Country, PhotosKept};
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
    /// Where the site is, which says how long photos are kept. Not written while it is the usual: older policies read as they were.
    #[serde(skip_serializing_if = "Country::is_default")]
    pub country: Country,
    /// How long photos are kept where the site departs from what is usual in its country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photos: Option<PhotosKept>,
    /// How long parcels of each class wait. Not written while it is the usual, as above.
    #[serde(skip_serializing_if = "ClassTimes::is_default")]
    pub classes: ClassTimes,
    /// How long is waited for what carriers call delivered. Not written while it is the usual, as above.
    #[serde(skip_serializing_if = "ClaimTimes::is_default")]
    pub claims: ClaimTimes,
    /// Whether who took something out with their code hears of it too: where somebody else used it, that is the first word of it. A site that is
    /// founded begins with it. Not written while it is off: an older site goes on as it did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own_receipts: bool,
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
            country: Country::default(),
            photos: None,
            classes: ClassTimes::default(),
            claims: ClaimTimes::default(),
            own_receipts: false,
        }
    }
}

const BREAKER_MOST: u32 = 1_000_000;

impl Policy {
    /// Whether a site can be run by it: a pulse is not sent minutes later, nobody's visit ends before they can touch a
    /// screen, and there is a number of openings at which a bank stops.
    ///
    /// # Errors
    /// The name of what is out of its range, and the range.
    pub fn is_sound(&self) -> Result<(), String> {
        let (none, second, minute, hour, day) =
            (Span::seconds(0), Span::seconds(1), Span::minutes(1), Span::minutes(60), Span::days(1));
        let (year, photos) = (Span::days(365), self.photos_kept());
        let spans = [
            ("hold", self.hold, hour, year),
            ("pulse_within", self.pulse_within, second, Span::seconds(30)),
            ("retry_after", self.retry_after, second, minute),
            ("held_open_after", self.held_open_after, Span::seconds(5), hour),
            ("collected_after", self.collected_after, Span::seconds(5), day),
            ("grace", self.grace, none, day),
            ("emptied_last_for", self.emptied_last_for, none, Span::days(30)),
            ("idle_after", self.idle_after, Span::seconds(10), hour),
            ("visit_at_most", self.visit_at_most, minute, day),
            ("visit_survives_restart", self.visit_survives_restart, none, hour),
            ("fix_within", self.fix_within, none, day),
            ("notice_after", self.notice_after, none, hour),
            ("leavers_keep", self.leavers_keep, none, year),
            ("photos.people", photos.people, hour, year),
            ("photos.parcels", photos.parcels, hour, year),
        ];
        for (name, span, least, most) in
            spans.into_iter().chain(self.classes.ranges()).chain(self.claims.ranges())
        {
            if span < least || span > most {
                return Err(format!("{name} is {} ms; it takes {} to {} ms", span.0, least.0, most.0));
            }
        }
        let numbers = [
            ("breaker_per_minute", self.breaker_per_minute, 1, BREAKER_MOST),
            ("reachable_reserve_percent", self.reachable_reserve_percent, 0, 100),
            ("classes.reminded_at_percent", self.classes.reminded_at_percent, 10, 90),
        ];
        for (name, number, least, most) in numbers {
            if number < least || number > most {
                return Err(format!("{name} is {number}; it takes {least} to {most}"));
            }
        }
        Ok(())
    }
}
