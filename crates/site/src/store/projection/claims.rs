//! The table of what carriers say they delivered, and how far each is.

use super::super::statements::Statements;
use rusqlite::params;
use vestibule_core::custody::delivered::ClaimEnd;
use vestibule_core::{ClaimId, Event, Timestamp};

const ADD_CLAIM: &str =
    "INSERT INTO delivery_claim (claim, carrier, at, heard_at, source, unit, until, standing)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting')";
const CLAIM_STANDS: &str =
    "UPDATE delivery_claim SET standing = ?2, until = coalesce(?3, until) WHERE claim = ?1";
const UNMET_CLAIM: &str =
    "UPDATE delivery_claim SET standing = 'due', parcel = ?2, why = NULL, ended_at = NULL
  WHERE claim = ?1";
const JOIN_CLAIM: &str = "UPDATE delivery_claim SET unit = coalesce(unit, ?2) WHERE claim = ?1";
const END_CLAIM: &str =
    "UPDATE delivery_claim SET standing = ?2, parcel = ?3, why = ?4, ended_at = ?5 WHERE claim = ?1";

/// Folds one event in.
///
/// # Errors
/// What SQLite says.
pub(super) fn apply(statements: &mut Statements<'_>, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::DeliveryClaimed { claim, carrier, at, source, unit, until, .. } => {
            let (carrier, unit) = (carrier.map(|x| x.0), unit.map(|x| x.0));
            let row = params![claim.0, carrier, at.0, now.0, source.word(), unit, until.0];
            statements.run(ADD_CLAIM, row)
        }
        Event::ClaimDue { claim } => stands(statements, *claim, ("due", None)),
        Event::CarrierAsked { claim, until, .. } => stands(statements, *claim, ("asked", Some(*until))),
        Event::ClaimMet { claim, parcel } => {
            statements.run(END_CLAIM, params![claim.0, "met", parcel.0, Option::<&str>::None, now.0])
        }
        Event::ClaimUnmet { claim, parcel, .. } => statements.run(UNMET_CLAIM, params![claim.0, parcel.0]),
        Event::ClaimJoined { claim, unit, .. } => statements.run(JOIN_CLAIM, params![claim.0, unit.0]),
        Event::ClaimEnded { claim, how: ClaimEnd::Found { parcel }, .. } => {
            statements.run(END_CLAIM, params![claim.0, "found", parcel.0, Option::<&str>::None, now.0])
        }
        Event::ClaimEnded { claim, how: ClaimEnd::Explained { why }, .. } => {
            statements.run(END_CLAIM, params![claim.0, "explained", Option::<u64>::None, why.word(), now.0])
        }
        _ => Ok(()),
    }
}

fn stands(
    statements: &mut Statements<'_>,
    claim: ClaimId,
    (standing, until): (&str, Option<Timestamp>),
) -> rusqlite::Result<()> {
    statements.run(CLAIM_STANDS, params![claim.0, standing, until.map(|at| at.0)])
}
