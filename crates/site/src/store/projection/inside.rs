//! What happens to a compartment happens to the parcels that lie in it: its events stand in their histories too.

use super::super::statements::Statements;
use rusqlite::params;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::{CompartmentId, Event};

/// By the index of the parcels that are still here: what is looked for is rare, and an index of its own would be written at every
/// deposit and every collection.
const ADD_TO_PARCELS_INSIDE: &str = "INSERT OR IGNORE INTO parcel_event (parcel, seq)
  SELECT parcel, ?2 FROM parcel INDEXED BY parcel_live
  WHERE ended_at IS NULL AND custodian = 'compartment' AND custodian_id = ?1";

/// Folds one event in, before custody is changed by it.
///
/// # Errors
/// What SQLite says.
pub(super) fn apply(statements: &mut Statements<'_>, (seq, event): (u64, &Event)) -> rusqlite::Result<()> {
    match happened_to(event) {
        Some(compartment) => statements.run(ADD_TO_PARCELS_INSIDE, params![compartment.0, seq]),
        None => Ok(()),
    }
}

/// The compartment whose parcels this event concerns. What is written at every deposit and collection is left out, since each would
/// be a search: a door that opened for an opening, which is named by its authorisation; that it was shut; what a sensor saw. An
/// opening that failed names no compartment: that nobody is sure of the compartment then is what is told.
fn happened_to(event: &Event) -> Option<CompartmentId> {
    match event {
        Event::OpeningAuthorised {
            compartment,
            purpose: OpeningPurpose::StaffOpen { .. } | OpeningPurpose::Reopen { .. },
            ..
        }
        | Event::CompartmentOpened { compartment, opening: None, .. }
        | Event::CompartmentForced { compartment }
        | Event::CompartmentHeldOpen { compartment }
        | Event::KeyAnnounced { compartment, .. }
        | Event::ForceExplained { compartment, .. }
        | Event::CompartmentToCheck { compartment }
        | Event::CompartmentChecked { compartment, .. }
        | Event::CompartmentServiceSet { compartment, .. }
        | Event::WiringTried { pulsed: compartment, .. }
        | Event::Turned { compartment, .. } => Some(*compartment),
        _ => None,
    }
}
