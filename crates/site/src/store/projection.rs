//! Tables that answer questions about the past. Folded from events, rebuilt from them at will, never the truth.

mod audits;
mod claims;
mod entries;
mod inside;

use super::statements::Statements;
use rusqlite::params;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::audit::AuditPlace;
use vestibule_core::custody::delivered::{ClaimEnd, is_back_in_hand};
use vestibule_core::evidence::{Held, PhotoHash};
use vestibule_core::place::Place;
use vestibule_core::visit::Visitor;
use vestibule_core::{CompartmentId, Event, ParcelId, PhotoId, Timestamp};

/// The projection tables, in the order they may be emptied.
pub const TABLES: [&str; 15] = [
    "parcel",
    "parcel_earlier_visit",
    "parcel_event",
    "compartment_event",
    "notice",
    "visit",
    "entry",
    "entry_event",
    "delivery_claim",
    "audit",
    "audit_event",
    "photo",
    "photo_parcel",
    "photo_entry",
    "photo_event",
];

const ADD_TO_PARCEL: &str = "INSERT OR IGNORE INTO parcel_event (parcel, seq) VALUES (?1, ?2)";
const ADD_TO_COMPARTMENT: &str = "INSERT INTO compartment_event (compartment, seq) VALUES (?1, ?2)";
const ADD_PARCEL: &str =
    "INSERT INTO parcel (parcel, registered_at, carrier, unit, visit, custodian, custodian_id, since, scanned)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?2, ?8)";
const CORRECT_PARCEL: &str = "UPDATE parcel SET unit = ?2 WHERE parcel = ?1";
const HAND_ON_PARCEL: &str = "UPDATE parcel
  SET custodian = ?2, custodian_id = ?3, since = ?4, ended_at = ?6, visit = iif(?2 = 'courier', ?3, visit),
    arrived_at = CASE WHEN ?7 THEN NULL ELSE coalesce(arrived_at, ?5) END WHERE parcel = ?1";
const KEEP_EARLIER_VISIT: &str = "INSERT OR IGNORE INTO parcel_earlier_visit (visit, parcel)
  SELECT visit, parcel FROM parcel WHERE parcel = ?1 AND visit <> ?2";
const ADD_NOTICE: &str = "INSERT INTO notice (notice, person, what, credential, requested_at)
  VALUES (?1, ?2, ?3, ?4, ?5)";
const NOTICE_HANDED_OVER: &str = "UPDATE notice SET handed_over_at = ?2 WHERE notice = ?1";
const NOTICE_IN_TROUBLE: &str = "UPDATE notice SET trouble = ?2 WHERE notice = ?1";
const BEGIN_VISIT: &str = "INSERT INTO visit (visit, kiosk, carrier, code, person, began_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const END_VISIT: &str = "UPDATE visit SET ended_at = ?2 WHERE visit = ?1";
const ADD_PHOTO: &str = "INSERT INTO photo
  (photo, taken_at, camera, in_view, hash, visit, asked, household, media, taken_ms, clock_offset_ms)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const ADD_PHOTO_OF_PARCEL: &str = "INSERT OR IGNORE INTO photo_parcel (parcel, photo) VALUES (?1, ?2)";
const ADD_PHOTO_OF_ENTRY: &str = "INSERT OR IGNORE INTO photo_entry (entry, photo) VALUES (?1, ?2)";
const ADD_PHOTO_OF_FOUND: &str =
    "INSERT OR IGNORE INTO photo_parcel (parcel, photo) SELECT ?1, photo FROM photo WHERE hash = ?2";
const PHOTO_GONE: &str = "UPDATE photo SET gone = ?2 WHERE photo = ?1";
const ADD_TO_PHOTO: &str = "INSERT INTO photo_event (photo, seq) VALUES (?1, ?2)";
const COUNT_DEPOSIT: &str = "UPDATE visit SET deposits = deposits + 1 WHERE visit = ?1";

/// Folds one event in.
///
/// # Errors
/// What SQLite says.
pub fn apply(
    statements: &mut Statements<'_>,
    event: &Event,
    (seq, now): (u64, Timestamp),
) -> rusqlite::Result<()> {
    for parcel in parcels_of(event) {
        statements.run(ADD_TO_PARCEL, params![parcel.0, seq])?;
    }
    if let Some(compartment) = compartment_of(event) {
        statements.run(ADD_TO_COMPARTMENT, params![compartment.0, seq])?;
    }
    if let Some(photo) = photo_of(event) {
        statements.run(ADD_TO_PHOTO, params![photo.0, seq])?;
    }
    inside::apply(statements, (seq, event))?;
    parcel_rows(statements, event, now)?;
    photo_rows(statements, event, now)?;
    entries::apply(statements, (seq, event), now)?;
    claims::apply(statements, event, now)?;
    audits::apply(statements, (seq, event), now)?;
    other_rows(statements, event, now)
}

fn parcel_rows(statements: &mut Statements<'_>, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::ParcelRegistered { parcel, custodian, carrier, unit, label, .. } => {
            let visit = if let Custodian::Courier(visit) = custodian { Some(visit.0) } else { None };
            let (kind, id) = columns(*custodian);
            let (carrier, unit) = (carrier.map(|x| x.0), unit.map(|x| x.0));
            // By the courier who brought it, and by nobody who looked after it later.
            let scanned = visit.is_some() && label.is_some();
            statements.run(ADD_PARCEL, params![parcel.0, now.0, carrier, unit, visit, kind, id, scanned])?;
        }
        Event::RecipientCorrected { parcel, unit, .. } => {
            statements.run(CORRECT_PARCEL, params![parcel.0, unit.map(|x| x.0)])?;
        }
        Event::CustodyTransferred { parcel, to, by, .. } => {
            let back = is_back_in_hand(*to, *by);
            let (kind, id) = columns(*to);
            let arrived = to.is_waiting_place().then_some(now.0);
            let ended = to.is_final().then_some(now.0);
            if let Custodian::Courier(visit) = to {
                statements.run(KEEP_EARLIER_VISIT, params![parcel.0, visit.0])?;
            }
            statements.run(HAND_ON_PARCEL, params![parcel.0, kind, id, now.0, arrived, ended, back])?;
        }
        _ => {}
    }
    Ok(())
}

fn photo_rows(statements: &mut Statements<'_>, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::PhotoTaken { photo, asked, household, in_view, hash, media, taken_ms, clock_offset_ms } => {
            let (visit, household) = (asked.subject.visit.map(|x| x.0), household.map(|x| x.0));
            let told = serde_json::to_string(asked).expect("plain data");
            let row = params![
                photo.0,
                now.0,
                asked.camera.0,
                word(in_view),
                hash.0,
                visit,
                told,
                household,
                word(media),
                taken_ms,
                clock_offset_ms
            ];
            statements.run(ADD_PHOTO, row)?;
            for parcel in &asked.subject.parcels {
                statements.run(ADD_PHOTO_OF_PARCEL, params![parcel.0, photo.0])?;
            }
            for entry in asked.subject.entries() {
                statements.run(ADD_PHOTO_OF_ENTRY, params![entry.0, photo.0])?;
            }
            Ok(())
        }
        // What nobody had before is here by the photos it was found by, which were taken of something else.
        Event::CustodyTransferred { parcel, from: Custodian::Carrier(_), evidence, .. } => {
            let hashes = evidence.iter().filter_map(|name| name.parse::<PhotoHash>().ok());
            for hash in hashes {
                statements.run(ADD_PHOTO_OF_FOUND, params![parcel.0, hash.0])?;
            }
            Ok(())
        }
        Event::PhotoErased { photo, why } => statements.run(PHOTO_GONE, params![photo.0, word(why)]),
        _ => Ok(()),
    }
}

/// A closed choice as its word in the ledger.
fn word(choice: &impl serde::Serialize) -> String {
    serde_json::to_string(choice).expect("plain data").trim_matches('"').to_owned()
}

/// The photo whose history shows this event.
fn photo_of(event: &Event) -> Option<PhotoId> {
    match event {
        Event::PhotoTaken { photo, .. }
        | Event::PhotoViewed { photo, .. }
        | Event::PhotoChanged { photo }
        | Event::PhotoErased { photo, .. }
        | Event::EvidenceHeld { what: Held::Photo(photo), .. }
        | Event::EvidenceReleased { what: Held::Photo(photo), .. } => Some(*photo),
        _ => None,
    }
}

fn other_rows(statements: &mut Statements<'_>, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::NoticeRequested { notice, person, what, credential, .. } => {
            let what = serde_json::to_string(what).expect("plain data");
            statements.run(ADD_NOTICE, params![notice.0, person.0, what, credential.map(|x| x.0), now.0])?;
        }
        Event::NoticeHandedOver { notice } => {
            statements.run(NOTICE_HANDED_OVER, params![notice.0, now.0])?;
        }
        Event::NoticeInTrouble { notice, trouble } => {
            let trouble = serde_json::to_string(trouble).expect("plain data");
            statements.run(NOTICE_IN_TROUBLE, params![notice.0, trouble.trim_matches('"')])?;
        }
        Event::VisitBegan { visit, kiosk, visitor } => {
            let (carrier, code, person) = match visitor {
                Visitor::Courier { credential, carrier } => (Some(carrier.0), Some(credential.0), None),
                Visitor::Resident { person, .. } => (None, None, Some(person.0)),
                Visitor::Guest { .. } => (None, None, None),
            };
            statements.run(BEGIN_VISIT, params![visit.0, kiosk.0, carrier, code, person, now.0])?;
        }
        Event::VisitEnded { visit, .. } => {
            statements.run(END_VISIT, params![visit.0, now.0])?;
        }
        Event::CustodyTransferred { from: Custodian::Courier(visit), to, .. } if to.is_waiting_place() => {
            statements.run(COUNT_DEPOSIT, params![visit.0])?;
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
        | Event::ParcelOverdue { parcel }
        | Event::ParcelClassified { parcel, .. }
        | Event::ParcelReminded { parcel }
        | Event::ParcelLate { parcel }
        | Event::EvidenceHeld { what: Held::Parcel(parcel), .. }
        | Event::EvidenceReleased { what: Held::Parcel(parcel), .. } => vec![*parcel],
        Event::PhotoTaken { asked, .. } | Event::PhotoMissing { asked: Some(asked), .. } => {
            asked.subject.parcels.clone()
        }
        Event::ClaimMet { parcel, .. }
        | Event::ClaimUnmet { parcel, .. }
        | Event::ClaimEnded { how: ClaimEnd::Found { parcel }, .. } => vec![*parcel],
        Event::AuditLooked { here, absent, astray, .. } => {
            here.iter().chain(absent).chain(astray).copied().collect()
        }
        Event::AuditSettled { parcel, .. } | Event::EntrySuspected { parcel: Some(parcel), .. } => {
            vec![*parcel]
        }
        Event::NoticeRequested { parcels, .. } | Event::ParcelsDropped { parcels, .. } => parcels.clone(),
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
        | Event::PlaceKeptFor { place: Place::Compartment(compartment), .. }
        | Event::WiringTried { pulsed: compartment, .. }
        | Event::AuditLooked { place: AuditPlace::Compartment(compartment), .. }
        | Event::AuditSkipped { place: AuditPlace::Compartment(compartment), .. }
        | Event::CompartmentServiceSet { compartment, .. }
        | Event::CompartmentToCheck { compartment }
        | Event::CompartmentChecked { compartment, .. }
        | Event::OpeningAuthorised { compartment, .. }
        | Event::CompartmentOpened { compartment, .. }
        | Event::CompartmentClosed { compartment }
        | Event::CompartmentForced { compartment }
        | Event::KeyAnnounced { compartment, .. }
        | Event::ForceExplained { compartment, .. }
        | Event::CompartmentHeldOpen { compartment }
        | Event::OccupancySeen { compartment, .. }
        | Event::Turned { compartment, .. }
        | Event::CustodyTransferred { from: Custodian::Compartment(compartment), .. }
        | Event::CustodyTransferred { to: Custodian::Compartment(compartment), .. } => Some(*compartment),
        Event::PhotoTaken { asked, .. } | Event::PhotoMissing { asked: Some(asked), .. } => {
            asked.subject.compartment
        }
        _ => None,
    }
}
