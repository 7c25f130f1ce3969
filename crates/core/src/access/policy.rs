//! What the site chooses for all its doors. One event, apart from the policy of compartments.

use crate::time::{Span, WeekWindow};
use serde::{Deserialize, Serialize};

/// What couriers' codes and passes do in the hours of the night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateNightRule {
    /// They open nothing; who comes may ring.
    Refuse,
    /// They open as by day, and staff get a task.
    TellStaff,
}

/// The night of one door, where it is not the site's: a house of the site may have its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoorNight {
    /// Its hours; none: no night comes at this door.
    pub hours: Vec<WeekWindow>,
    /// What holds in them.
    pub rule: LateNightRule,
}

/// What somebody without a code can do at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoCode {
    /// Nothing: the door shows the help line.
    Off,
    /// Ring: staff or the recipient say yes, once.
    SomebodySaysYes,
    /// Go in for one parcel, so many times an hour and door; beyond that somebody must say yes.
    OneParcel {
        /// 1 to 60.
        an_hour: u8,
    },
}

/// The policy of a site's doors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DoorPolicy {
    /// How long a device holds a door released.
    pub hold: Span,
    /// A door open this long after an entry may have let in others: recorded as suspected.
    pub long_after: Span,
    /// A door open this long is held open: photo, task.
    pub held_open_after: Span,
    /// Who went into a room is expected out, and a courier's deposit expected, within this time.
    pub inside_at_most: Span,
    /// Releases a minute and door.
    pub releases_per_minute: u32,
    /// The hours of the night at doors without their own; none: there is no rule for them.
    pub late_hours: Vec<WeekWindow>,
    /// What holds in them.
    pub late_night: LateNightRule,
    /// What somebody without a code can do.
    pub no_code: NoCode,
    /// While somebody is in a room that a camera sees, one still of it so often; None: none.
    #[serde(skip_serializing_if = "is_usual")]
    pub still_every: Option<Span>,
}

/// Stills of a room are usually so far apart.
const STILL_EVERY: Option<Span> = Some(Span::seconds(20));

fn is_usual(still_every: &Option<Span>) -> bool {
    *still_every == STILL_EVERY
}

impl Default for DoorPolicy {
    fn default() -> Self {
        Self {
            hold: Span::seconds(5),
            long_after: Span::seconds(20),
            held_open_after: Span::seconds(60),
            inside_at_most: Span::minutes(30),
            releases_per_minute: 20,
            late_hours: Vec::new(),
            late_night: LateNightRule::TellStaff,
            no_code: NoCode::SomebodySaysYes,
            still_every: STILL_EVERY,
        }
    }
}

impl DoorPolicy {
    /// Whether doors can be run by it. A device holds a door released for a minute at most.
    ///
    /// # Errors
    /// The name of what is out of its range, and the range.
    pub fn is_sound(&self) -> Result<(), String> {
        let (second, minute, hour) = (Span::seconds(1), Span::minutes(1), Span::hours(1));
        let spans = [
            ("hold", self.hold, second, minute),
            ("long_after", self.long_after, Span::seconds(5), hour),
            ("held_open_after", self.held_open_after, Span::seconds(5), hour),
            ("inside_at_most", self.inside_at_most, minute, Span::days(1)),
        ];
        let stills =
            self.still_every.map(|every| ("still_every", every, Span::seconds(5), Span::minutes(10)));
        for (name, span, least, most) in spans.into_iter().chain(stills) {
            if span < least || span > most {
                return Err(format!("{name} is {} ms; it takes {} to {} ms", span.0, least.0, most.0));
            }
        }
        if !(1..=600).contains(&self.releases_per_minute) {
            return Err(format!("releases_per_minute is {}; it takes 1 to 600", self.releases_per_minute));
        }
        if !self.late_hours.iter().all(WeekWindow::is_sound) {
            return Err("late_hours need at least one weekday and hours within the day".to_owned());
        }
        match self.no_code {
            NoCode::OneParcel { an_hour } if !(1..=60).contains(&an_hour) => {
                Err(format!("no_code allows {an_hour} an hour; it takes 1 to 60"))
            }
            NoCode::Off | NoCode::SomebodySaysYes | NoCode::OneParcel { .. } => Ok(()),
        }
    }
}
