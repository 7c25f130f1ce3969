//! Writes [`Row`]s: one statement or two each, inside the transaction of the events they belong to.
//!
//! Never decides anything: what a row means for rights was decided before it got here.

use crate::rows::{IntakeMeasure, PersonRow, Row};
use rusqlite::{Connection, Params, params};
use vestibule_core::{Span, StaffId, Timestamp};

/// A failed sign-in older than this makes nobody wait and is forgotten.
pub const MISSES_KEPT: Span = Span::hours(24);

const SET_SETTING: &str = "INSERT INTO setting (key, value) VALUES (?1, ?2)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const FORGET_SETTING: &str = "DELETE FROM setting WHERE key = ?1";
const SET_UNIT: &str = "INSERT INTO unit (unit, building, label, folded, keypad) VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT (unit) DO UPDATE SET building = excluded.building, label = excluded.label, folded = excluded.folded,
  keypad = excluded.keypad";
const SET_TENANCY: &str = "INSERT INTO tenancy (tenancy, unit, moved_in) VALUES (?1, ?2, ?3)
  ON CONFLICT (tenancy) DO UPDATE SET unit = excluded.unit, moved_in = excluded.moved_in";
// A new address is believed until it proves bad.
const SET_PERSON: &str = "INSERT INTO person (person, tenancy, unit, first_name, last_name, folded, email, phone,
  language, external_id, reach, hidden) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
  ON CONFLICT (person) DO UPDATE SET tenancy = excluded.tenancy, unit = excluded.unit,
  first_name = excluded.first_name, last_name = excluded.last_name, folded = excluded.folded,
  bad_address = CASE WHEN email IS excluded.email THEN bad_address ELSE 0 END,
  email = excluded.email, phone = excluded.phone, language = excluded.language, external_id = excluded.external_id,
  reach = excluded.reach, hidden = excluded.hidden, left_at = NULL";
// What was sent to another address tells there of nothing once its code has ended, whichever comes first.
const PAGES_SENT_ELSEWHERE: &str = "UPDATE link_page SET elsewhere = 1 WHERE person = ?1
  AND EXISTS (SELECT 1 FROM person WHERE person = ?1 AND (email IS NOT ?2 OR phone IS NOT ?3))";
const END_PAGES_SENT_ELSEWHERE: &str =
    "DELETE FROM link_page WHERE person = ?1 AND elsewhere AND sealed IS NULL";
const PERSON_LEFT: &str = "UPDATE person SET left_at = ?2 WHERE person = ?1";
const BAD_ADDRESS: &str = "UPDATE person SET bad_address = ?2 WHERE person = ?1";
const ERASE_PERSON: &str = "UPDATE person SET first_name = '', last_name = '', folded = '', email = NULL,
  phone = NULL, external_id = NULL, reach = 0, bad_address = 0 WHERE person = ?1 AND left_at IS NOT NULL";
const ERASE_LINK_PAGES: &str = "DELETE FROM link_page WHERE person = ?1
  AND EXISTS (SELECT 1 FROM person WHERE person = ?1 AND left_at IS NOT NULL)";
const SET_STAFF: &str = "INSERT INTO staff (staff, email, name, role) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (staff) DO UPDATE SET email = excluded.email, name = excluded.name, role = excluded.role";
const SET_PASSWORD: &str = "UPDATE staff SET password = ?2 WHERE staff = ?1";
const SET_DISABLED: &str = "UPDATE staff SET disabled = ?2 WHERE staff = ?1";
const FORGET_OLD_SESSIONS: &str = "DELETE FROM staff_session WHERE expires_at <= ?1";
const BEGIN_SESSION: &str = "INSERT INTO staff_session (token, staff, csrf, created_at, seen_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?4, ?5)";
const SESSION_SEEN: &str = "UPDATE staff_session SET seen_at = MAX(seen_at, ?2) WHERE token = ?1";
const END_SESSION: &str = "DELETE FROM staff_session WHERE token = ?1";
const END_SESSIONS: &str = "DELETE FROM staff_session WHERE staff = ?1";
const END_LINKS_ALIKE: &str = "DELETE FROM one_time_link WHERE purpose = ?1 AND staff IS ?2";
const ADD_LINK: &str =
    "INSERT INTO one_time_link (token, purpose, staff, expires_at) VALUES (?1, ?2, ?3, ?4)";
const END_LINK: &str = "DELETE FROM one_time_link WHERE token = ?1";
const ADD_MISS: &str = "INSERT INTO sign_in_miss (email, address, at) VALUES (?1, ?2, ?3)";
const FORGET_OLD_MISSES: &str = "DELETE FROM sign_in_miss WHERE at < ?1";
const FORGET_MISSES: &str = "DELETE FROM sign_in_miss WHERE email = ?1";
const NAME_BANK: &str = "INSERT INTO bank_name (bank, name, building) VALUES (?1, ?2, ?3)
  ON CONFLICT (bank) DO UPDATE SET name = excluded.name, building = excluded.building";
const NAME_KIOSK: &str = "INSERT INTO kiosk_name (kiosk, name, px_per_mm) VALUES (?1, ?2, ?3)
  ON CONFLICT (kiosk) DO UPDATE SET name = excluded.name, px_per_mm = excluded.px_per_mm";
const SET_CAMERA: &str = "UPDATE kiosk_name SET camera = ?2 WHERE kiosk = ?1";
const NAME_CAMERA: &str = "INSERT INTO camera_name (camera, name) VALUES (?1, ?2)
  ON CONFLICT (camera) DO UPDATE SET name = excluded.name";
const NAME_COURIER: &str = "INSERT INTO courier_name (credential, name) VALUES (?1, ?2)
  ON CONFLICT (credential) DO UPDATE SET name = excluded.name";
const FORGET_COURIER: &str = "DELETE FROM courier_name WHERE credential = ?1";
const ADD_SALT: &str = "INSERT INTO photo_salt (hash, salt) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING";
const FORGET_STRAY_SALTS: &str =
    "DELETE FROM photo_salt WHERE hash NOT IN (SELECT hash FROM photo WHERE gone IS NULL)";
const FORGET_KIOSK: &str = "DELETE FROM kiosk_name WHERE kiosk = ?1";
const LABEL_PARCEL: &str = "INSERT INTO parcel_label (parcel, tracking, addressed_to) VALUES (?1, ?2, ?3)
  ON CONFLICT (parcel) DO UPDATE SET tracking = excluded.tracking, addressed_to = excluded.addressed_to";
const TENANCY_OF: &str =
    "(SELECT tenancy FROM person WHERE unit = ?1 AND left_at IS NULL ORDER BY tenancy DESC LIMIT 1)";
const FORGET_ALIASES_OF_WHO_LEFT: &str = "DELETE FROM alias WHERE person = ?1 OR (
  tenancy = (SELECT tenancy FROM person WHERE person = ?1)
  AND NOT EXISTS (SELECT 1 FROM person p WHERE p.tenancy = alias.tenancy AND p.left_at IS NULL))";
const ERASE_ALIASES: &str = "DELETE FROM alias WHERE person IN (0, ?1)
  AND tenancy = (SELECT tenancy FROM person WHERE person = ?1 AND left_at IS NOT NULL)";
const ERASE_EVIDENCE: &str = "DELETE FROM intake_evidence
  WHERE tenancy = (SELECT tenancy FROM person WHERE person = ?1 AND left_at IS NOT NULL)";
const MEASURE_INTAKE: &str = "INSERT INTO intake_measure
  (parcel, at, desk, decision, confirmed, began_at, ended_at, opening, touches)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (parcel) DO NOTHING";
const ADD_LINE: &str = "INSERT INTO intake_line (staff, at, told) VALUES (?1, ?2, ?3)";
const SET_LINE: &str = "UPDATE intake_line SET told = ?3 WHERE line = ?1 AND staff = ?2";
const FORGET_LINE: &str = "DELETE FROM intake_line WHERE line = ?1 AND staff = ?2";
const FORGET_EVIDENCE: &str = "DELETE FROM intake_evidence WHERE EXISTS (
  SELECT 1 FROM parcel p WHERE p.parcel = intake_evidence.parcel AND p.ended_at < ?1)";
const FORGET_MEASURES: &str = "DELETE FROM intake_measure WHERE at < ?1";
const FORGET_LINES: &str = "DELETE FROM intake_line WHERE at < ?1";
const LABEL_CLAIM: &str =
    "INSERT INTO claim_label (claim, tracking, company, addressed_to) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (claim) DO UPDATE SET company = coalesce(company, excluded.company),
    addressed_to = coalesce(addressed_to, excluded.addressed_to)";
const FORGET_CLAIMS: &str = "DELETE FROM claim_label WHERE EXISTS (
  SELECT 1 FROM delivery_claim c WHERE c.claim = claim_label.claim AND c.ended_at < ?1)";
const ADD_WORDS: &str = "INSERT INTO staff_words (staff, at, subject, words) VALUES (?1, ?2, ?3, ?4)";
const ADD_LINK_PAGE: &str =
    "INSERT INTO link_page (token, notice, person, credential, sealed, created_at, expires_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const OUTBOX_TRIED: &str = "UPDATE outbox SET tries = tries + 1, last_error = ?2 WHERE notice = ?1";
const OUTBOX_DONE: &str = "DELETE FROM outbox WHERE notice = ?1";

/// Writes one row. `tx` is the open transaction of the commit (a `Transaction` derefs to a connection).
///
/// # Errors
/// What SQLite says; the caller's transaction must then be rolled back.
pub fn write(tx: &Connection, row: &Row) -> rusqlite::Result<()> {
    match row {
        Row::Setting { key, value } => run(tx, SET_SETTING, params![key, value]),
        Row::ForgetSetting { key } => run(tx, FORGET_SETTING, [key]),
        Row::Unit { unit, building, label, folded, keypad } => {
            run(tx, SET_UNIT, params![unit.0, building, label, folded, keypad])
        }
        Row::Tenancy { tenancy, unit, moved_in } => {
            run(tx, SET_TENANCY, params![tenancy.0, unit.0, moved_in])
        }
        Row::Person(person) => set_person(tx, person),
        Row::PersonLeft { person, at } => {
            run(tx, PERSON_LEFT, params![person.0, at.0])?;
            run(tx, FORGET_ALIASES_OF_WHO_LEFT, [person.0])
        }
        Row::BadAddress { person, bad } => run(tx, BAD_ADDRESS, params![person.0, bad]),
        Row::ErasePerson { person } => {
            run(tx, ERASE_LINK_PAGES, [person.0])?;
            run(tx, ERASE_ALIASES, [person.0])?;
            run(tx, ERASE_EVIDENCE, [person.0])?;
            run(tx, ERASE_PERSON, [person.0])
        }
        Row::Staff { staff, email, name, role } => run(tx, SET_STAFF, params![staff.0, email, name, role]),
        Row::StaffPassword { staff, password } => run(tx, SET_PASSWORD, params![staff.0, password]),
        Row::StaffDisabled { staff, disabled } => set_disabled(tx, *staff, *disabled),
        Row::Session { token, staff, csrf, created_at, expires_at } => {
            run(tx, FORGET_OLD_SESSIONS, [created_at.0])?;
            run(tx, BEGIN_SESSION, params![token, staff.0, csrf, created_at.0, expires_at.0])
        }
        Row::SessionSeen { token, at } => run(tx, SESSION_SEEN, params![token, at.0]),
        Row::EndSession { token } => run(tx, END_SESSION, params![token]),
        Row::EndSessions { staff } => run(tx, END_SESSIONS, [staff.0]),
        Row::OneTimeLink { token, purpose, staff, expires_at } => {
            let staff = staff.map(|staff| staff.0);
            run(tx, END_LINKS_ALIKE, params![purpose, staff])?;
            run(tx, ADD_LINK, params![token, purpose, staff, expires_at.0])
        }
        Row::EndOneTimeLink { token } => run(tx, END_LINK, params![token]),
        Row::SignInMiss { email, address, at } => add_miss(tx, email, address, *at),
        Row::ForgetSignInMisses { email } => run(tx, FORGET_MISSES, [email]),
        Row::BankName { bank, name, building } => run(tx, NAME_BANK, params![bank.0, name, building]),
        Row::KioskName { kiosk, name, px_per_mm } => run(tx, NAME_KIOSK, params![kiosk.0, name, px_per_mm]),
        Row::KioskCamera { kiosk, on } => run(tx, SET_CAMERA, params![kiosk.0, on]),
        Row::CameraName { camera, name } => run(tx, NAME_CAMERA, params![camera.0, name]),
        Row::CourierName { credential, name } => name_courier(tx, signed(credential.0), name.as_deref()),
        Row::PhotoSalt { hash, salt } => run(tx, ADD_SALT, params![hash.0, salt]),
        Row::ForgetStraySalts => run(tx, FORGET_STRAY_SALTS, []),
        Row::ForgetKiosk { kiosk } => run(tx, FORGET_KIOSK, [kiosk.0]),
        Row::ParcelLabel { parcel, tracking, addressed_to } => {
            run(tx, LABEL_PARCEL, params![signed(parcel.0), tracking, addressed_to])
        }
        Row::Alias { .. }
        | Row::ClaimLabel { .. }
        | Row::IntakeEvidence { .. }
        | Row::IntakeMeasure(_)
        | Row::IntakeLine { .. }
        | Row::ForgetIntakeLine { .. }
        | Row::ForgetIntakes { .. } => write_intake(tx, row),
        Row::StaffWords { staff, at, subject, words } => {
            run(tx, ADD_WORDS, params![staff.0, at.0, subject, words])
        }
        Row::LinkPage { token, notice, person, credential, sealed, created_at, expires_at } => {
            let credential = credential.map(|credential| signed(credential.0));
            let (from, to) = (created_at.0, expires_at.0);
            run(tx, ADD_LINK_PAGE, params![token, signed(*notice), person.0, credential, sealed, from, to])
        }
        Row::OutboxTried { notice, error } => run(tx, OUTBOX_TRIED, params![signed(*notice), error]),
        Row::OutboxDone { notice } => run(tx, OUTBOX_DONE, [signed(*notice)]),
    }
}

fn name_courier(tx: &Connection, credential: i64, name: Option<&str>) -> rusqlite::Result<()> {
    match name {
        Some(name) => run(tx, NAME_COURIER, params![credential, name]),
        None => run(tx, FORGET_COURIER, [credential]),
    }
}

fn write_intake(tx: &Connection, row: &Row) -> rusqlite::Result<()> {
    match row {
        Row::Alias { unit, person, folded, at } => {
            let sql = format!(
                "INSERT INTO alias (tenancy, person, folded, times, last_at) SELECT tenancy, ?2, ?3, 1, ?4
                 FROM (SELECT {TENANCY_OF} AS tenancy) WHERE tenancy IS NOT NULL
                 ON CONFLICT (tenancy, person, folded) DO UPDATE SET times = times + 1, last_at = excluded.last_at"
            );
            run(tx, &sql, params![unit.0, person.map_or(0, |person| person.0), folded, at.0])
        }
        Row::IntakeEvidence { parcel, told, alias, unit } => {
            let sql = format!(
                "INSERT INTO intake_evidence (parcel, told, alias, tenancy) VALUES (?2, ?3, ?4, {TENANCY_OF})
                 ON CONFLICT (parcel) DO NOTHING"
            );
            run(tx, &sql, params![unit.map(|unit| unit.0), signed(parcel.0), told, alias])
        }
        Row::ClaimLabel { claim, tracking, company, addressed_to } => {
            run(tx, LABEL_CLAIM, params![signed(claim.0), tracking, company, addressed_to])
        }
        Row::IntakeMeasure(measure) => measure_intake(tx, measure),
        Row::IntakeLine { line: None, staff, at, told } => run(tx, ADD_LINE, params![staff.0, at.0, told]),
        Row::IntakeLine { line: Some(line), staff, told, .. } => {
            run(tx, SET_LINE, params![line, staff.0, told])
        }
        Row::ForgetIntakeLine { line, staff } => run(tx, FORGET_LINE, params![line, staff.0]),
        Row::ForgetIntakes { ended_before, measured_before, scanned_before } => {
            run(tx, FORGET_EVIDENCE, [ended_before.0])?;
            run(tx, FORGET_CLAIMS, [ended_before.0])?;
            run(tx, FORGET_MEASURES, [measured_before.0])?;
            run(tx, FORGET_LINES, [scanned_before.0])
        }
        _ => Ok(()),
    }
}

fn measure_intake(tx: &Connection, measure: &IntakeMeasure) -> rusqlite::Result<()> {
    let ended_at = measure.opening.is_none().then_some(measure.at.0);
    let opening = measure.opening.map(|opening| signed(opening.0));
    let began_at = measure.began_at.map(|at| at.0);
    let m = measure;
    let (decision, confirmed) = (m.decision, m.confirmed);
    run(
        tx,
        MEASURE_INTAKE,
        params![
            signed(m.parcel.0),
            m.at.0,
            m.desk,
            decision,
            confirmed,
            began_at,
            ended_at,
            opening,
            m.touches
        ],
    )
}

/// SQLite's integers are signed; numbers are dense from 1 and never get near the border.
fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("numbers are dense from 1")
}

fn run(tx: &Connection, sql: &str, params: impl Params) -> rusqlite::Result<()> {
    tx.prepare_cached(sql)?.execute(params).map(drop)
}

fn set_person(tx: &Connection, row: &PersonRow) -> rusqlite::Result<()> {
    run(tx, PAGES_SENT_ELSEWHERE, params![row.person.0, row.email, row.phone])?;
    run(tx, END_PAGES_SENT_ELSEWHERE, [row.person.0])?;
    run(
        tx,
        SET_PERSON,
        params![
            row.person.0,
            row.tenancy.0,
            row.unit.0,
            row.first_name,
            row.last_name,
            row.folded,
            row.email,
            row.phone,
            row.language,
            row.external_id,
            row.reach,
            row.hidden,
        ],
    )
}

fn set_disabled(tx: &Connection, staff: StaffId, disabled: bool) -> rusqlite::Result<()> {
    run(tx, SET_DISABLED, params![staff.0, disabled])?;
    if disabled { run(tx, END_SESSIONS, [staff.0]) } else { Ok(()) }
}

fn add_miss(tx: &Connection, email: &str, address: &str, at: Timestamp) -> rusqlite::Result<()> {
    run(tx, FORGET_OLD_MISSES, [at.0 - MISSES_KEPT.0])?;
    run(tx, ADD_MISS, params![email, address, at.0])
}

#[cfg(test)]
mod tests;
