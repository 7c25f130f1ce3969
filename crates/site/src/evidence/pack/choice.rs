//! Which events go into a pack.

use super::PackError;
use crate::web::staff::names::{Names, capital, parcel};
use crate::web::staff::say::Say;
use rusqlite::{Connection, params};
use vestibule_core::time::{Zone, at_civil, end_of_day};
use vestibule_core::{AuditId, CompartmentId, CredentialId, EntryId, ParcelId, Timestamp};

/// More events than this are no incident.
pub const MOST_EVENTS: usize = 20_000;

/// Whose events, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Whose.
    pub subject: Subject,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Up to this moment, and at it.
    pub to: Option<Timestamp>,
}

/// What an incident is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// One parcel.
    Parcel(ParcelId),
    /// One compartment.
    Compartment(CompartmentId),
    /// One passage through a door.
    Entry(EntryId),
    /// One walk from place to place.
    Audit(AuditId),
    /// One code, card or pass: where it was let in, and where it was refused.
    Code(CredentialId),
    /// All that happened.
    Everything,
}

impl Subject {
    /// What it is called.
    pub fn title(self, names: &Names, say: Say) -> String {
        match self {
            Self::Parcel(id) => parcel(say, id),
            Self::Compartment(id) => capital(&names.door(say, id)),
            Self::Entry(id) => say.with("staff-entry-n", &[("n", id.to_string().into())]),
            Self::Audit(id) => say.with("staff-audit-n", &[("n", id.to_string().into())]),
            Self::Code(id) => say.with("staff-code-n", &[("n", id.to_string().into())]),
            Self::Everything => say.t("staff-pack-everything"),
        }
    }
}

impl Choice {
    /// All of one parcel.
    pub fn parcel(id: ParcelId) -> Self {
        Self { subject: Subject::Parcel(id), from: None, to: None }
    }
}

/// A moment as it is written on a command line: `2026-11-28T14:00` in the building's zone. A day alone is its beginning, or as
/// the end of a time its end.
///
/// # Errors
/// What is expected, in words.
pub fn moment(text: &str, zone: &Zone, is_end: bool) -> Result<Timestamp, String> {
    let end = if is_end { end_of_day(text, zone) } else { None };
    let wrong = || format!("'{text}' is no moment: write 2026-11-28 or 2026-11-28T14:00");
    end.or_else(|| at_civil(text, zone)).ok_or_else(wrong)
}

/// The events of the entries a code began, and those that say where else it was taken or refused: by the words of the index.
const SHOWN: &str = "seq IN (SELECT x.seq FROM entry e JOIN entry_event x USING (entry) WHERE e.code = ?1
  UNION SELECT seq FROM event WHERE kind IN ('entry-denied', 'code-accepted')
    AND json_extract(CAST(payload AS TEXT), '$.credential') = ?1)";

/// The chosen events, in the order of the ledger.
pub(super) fn seqs(tables: &Connection, choice: &Choice) -> Result<Vec<u64>, PackError> {
    let (of, id) = match choice.subject {
        Subject::Parcel(id) => {
            ("seq IN (SELECT seq FROM parcel_event WHERE parcel = ?1)", id.0.cast_signed())
        }
        Subject::Compartment(id) => {
            ("seq IN (SELECT seq FROM compartment_event WHERE compartment = ?1)", i64::from(id.0))
        }
        Subject::Entry(id) => ("seq IN (SELECT seq FROM entry_event WHERE entry = ?1)", id.0.cast_signed()),
        Subject::Audit(id) => ("seq IN (SELECT seq FROM audit_event WHERE audit = ?1)", id.0.cast_signed()),
        Subject::Code(id) => (SHOWN, id.0.cast_signed()),
        Subject::Everything => ("?1 = 0", 0),
    };
    let sql = format!(
        "SELECT seq FROM event WHERE {of} AND recorded_at BETWEEN ?2 AND ?3 ORDER BY seq LIMIT {}",
        MOST_EVENTS + 1
    );
    let mut statement = tables.prepare_cached(&sql)?;
    let from = choice.from.map_or(i64::MIN, |at| at.0);
    let to = choice.to.map_or(i64::MAX, |at| at.0);
    let seqs: Vec<u64> =
        statement.query_map(params![id, from, to], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    match seqs.len() {
        0 => Err(PackError::Nothing),
        count if count > MOST_EVENTS => Err(PackError::TooMany),
        _ => Ok(seqs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_building() {
        let zone = Zone::new("America/New_York").unwrap();
        let at = |text, is_end| moment(text, &zone, is_end).map(|at| at.0);
        assert_eq!(at("2026-11-28T14:00", false), Ok(1_795_892_400_000));
        assert_eq!(at("2026-11-28", false), Ok(1_795_842_000_000));
        assert_eq!(at("2026-11-28", true), Ok(1_795_842_000_000 + 86_400_000 - 1));
        // A day on which clocks go back has 25 hours.
        assert_eq!(at("2026-11-01", true).unwrap() - at("2026-11-01", false).unwrap() + 1, 25 * 3_600_000);
        for wrong in ["", "yesterday", "2026-13-01", "14:00"] {
            assert!(at(wrong, false).is_err(), "{wrong}");
        }
    }
}
