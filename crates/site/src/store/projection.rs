//! Tables that answer questions about the past. Folded from events, rebuilt from them at will, never the truth.

use rusqlite::{Connection, params};
use vestibule_core::custody::Custodian;
use vestibule_core::visit::Visitor;
use vestibule_core::{CompartmentId, Event, ParcelId, Timestamp};

/// The projection tables, in the order they may be emptied.
pub const TABLES: [&str; 5] = ["parcel", "parcel_event", "compartment_event", "notice", "visit"];

/// Folds one event in.
///
/// # Errors
/// What SQLite says.
pub fn apply(c: &Connection, event: &Event, (seq, now): (u64, Timestamp)) -> rusqlite::Result<()> {
    for parcel in parcels_of(event) {
        c.prepare_cached("INSERT OR IGNORE INTO parcel_event (parcel, seq) VALUES (?1, ?2)")?
            .execute(params![parcel.0, seq])?;
    }
    if let Some(compartment) = compartment_of(event) {
        c.prepare_cached("INSERT INTO compartment_event (compartment, seq) VALUES (?1, ?2)")?
            .execute(params![compartment.0, seq])?;
    }
    parcel_rows(c, event, now)?;
    other_rows(c, event, now)
}

fn parcel_rows(c: &Connection, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::ParcelRegistered { parcel, custodian, carrier, unit, .. } => {
            let visit = if let Custodian::Courier(visit) = custodian { Some(visit.0) } else { None };
            let (kind, id) = columns(*custodian);
            c.prepare_cached(
                "INSERT INTO parcel (parcel, registered_at, carrier, unit, visit, custodian, custodian_id, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?2)",
            )?
            .execute(params![parcel.0, now.0, carrier.map(|x| x.0), unit.map(|x| x.0), visit, kind, id])?;
        }
        Event::RecipientCorrected { parcel, unit, .. } => {
            c.prepare_cached("UPDATE parcel SET unit = ?2 WHERE parcel = ?1")?
                .execute(params![parcel.0, unit.map(|x| x.0)])?;
        }
        Event::CustodyTransferred { parcel, to, .. } => {
            let (kind, id) = columns(*to);
            let arrived = to.is_waiting_place().then_some(now.0);
            let ended = to.is_final().then_some(now.0);
            c.prepare_cached(
                "UPDATE parcel SET custodian = ?2, custodian_id = ?3, since = ?4, arrived_at = coalesce(arrived_at, ?5), ended_at = ?6 WHERE parcel = ?1",
            )?
            .execute(params![parcel.0, kind, id, now.0, arrived, ended])?;
        }
        _ => {}
    }
    Ok(())
}

fn other_rows(c: &Connection, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::NoticeRequested { notice, person, what, credential, .. } => {
            let what = serde_json::to_string(what).expect("plain data");
            c.prepare_cached("INSERT INTO notice (notice, person, what, credential, requested_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![notice.0, person.0, what, credential.map(|x| x.0), now.0])?;
        }
        Event::NoticeHandedOver { notice } => {
            c.prepare_cached("UPDATE notice SET handed_over_at = ?2 WHERE notice = ?1")?
                .execute(params![notice.0, now.0])?;
        }
        Event::NoticeInTrouble { notice, trouble } => {
            let trouble = serde_json::to_string(trouble).expect("plain data");
            c.prepare_cached("UPDATE notice SET trouble = ?2 WHERE notice = ?1")?
                .execute(params![notice.0, trouble.trim_matches('"')])?;
        }
        Event::VisitBegan { visit, kiosk, visitor } => {
            let (carrier, person) = match visitor {
                Visitor::Courier { carrier, .. } => (Some(carrier.0), None),
                Visitor::Resident { person, .. } => (None, Some(person.0)),
            };
            c.prepare_cached(
                "INSERT INTO visit (visit, kiosk, carrier, person, began_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![visit.0, kiosk.0, carrier, person, now.0])?;
        }
        Event::VisitEnded { visit, .. } => {
            c.prepare_cached("UPDATE visit SET ended_at = ?2 WHERE visit = ?1")?
                .execute(params![visit.0, now.0])?;
        }
        Event::CustodyTransferred { from: Custodian::Courier(visit), to, .. } if to.is_waiting_place() => {
            c.prepare_cached("UPDATE visit SET deposits = deposits + 1 WHERE visit = ?1")?
                .execute(params![visit.0])?;
        }
        _ => {}
    }
    Ok(())
}

/// A custodian as two columns.
pub fn columns(custodian: Custodian) -> (&'static str, Option<i64>) {
    match custodian {
        Custodian::Courier(id) => ("courier", i64::try_from(id.0).ok()),
        Custodian::Compartment(id) => ("compartment", Some(id.0.into())),
        Custodian::Shelf(id) => ("shelf", Some(id.0.into())),
        Custodian::CommonArea(id) => ("common_area", Some(id.0.into())),
        Custodian::Staff(id) => ("staff", Some(id.0.into())),
        Custodian::Recipient(id) => ("recipient", Some(id.0.into())),
        Custodian::Carrier(id) => ("carrier", id.map(|id| id.0.into())),
        Custodian::Missing { last_known } => ("missing", last_known.map(|id| id.0.into())),
        Custodian::WrittenOff => ("written_off", None),
    }
}

/// The parcels a timeline shows this event for.
fn parcels_of(event: &Event) -> Vec<ParcelId> {
    use vestibule_core::opening::OpeningPurpose as P;
    match event {
        Event::ParcelRegistered { parcel, .. }
        | Event::PlacePlanned { parcel, .. }
        | Event::RecipientCorrected { parcel, .. }
        | Event::ParcelDisowned { parcel, .. }
        | Event::CustodyTransferred { parcel, .. }
        | Event::ParcelOverdue { parcel } => vec![*parcel],
        Event::NoticeRequested { parcels, .. } => parcels.clone(),
        Event::OpeningAuthorised { purpose, .. } => match purpose {
            P::Deposit { parcel, .. }
            | P::FixDeposit { parcel, .. }
            | P::StaffRemove { parcel, .. }
            | P::StaffPlace { parcel, .. } => vec![*parcel],
            P::Collect { parcels, .. } => parcels.clone(),
            P::Reopen { .. } | P::StaffOpen { .. } => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The compartment whose history shows this event.
fn compartment_of(event: &Event) -> Option<CompartmentId> {
    match event {
        Event::CompartmentDesignated { compartment, .. }
        | Event::CompartmentServiceSet { compartment, .. }
        | Event::CompartmentToCheck { compartment }
        | Event::CompartmentChecked { compartment, .. }
        | Event::OpeningAuthorised { compartment, .. }
        | Event::CompartmentOpened { compartment, .. }
        | Event::CompartmentClosed { compartment }
        | Event::CompartmentForced { compartment }
        | Event::CompartmentHeldOpen { compartment }
        | Event::OccupancySeen { compartment, .. }
        | Event::Turned { compartment, .. }
        | Event::CustodyTransferred { from: Custodian::Compartment(compartment), .. }
        | Event::CustodyTransferred { to: Custodian::Compartment(compartment), .. } => Some(*compartment),
        _ => None,
    }
}
