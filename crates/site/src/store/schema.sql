-- The tables of one site: SCHEMA_VERSION in `connection/schema.rs` is raised with them.
-- ledger: `event` is append-only. directory: names and addresses, erasable. projections: rebuilt from the ledger at will.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- ledger -------------------------------------------------------------------------------------------------------------
CREATE TABLE event (
  seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, boot_id INTEGER NOT NULL,
  actor TEXT NOT NULL, cause TEXT NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL, payload BLOB NOT NULL
) STRICT;
-- Where a code was taken or refused, wherever that was.
CREATE INDEX event_by_code ON event (json_extract(CAST(payload AS TEXT), '$.credential')) WHERE kind IN ('entry-denied', 'code-accepted');
-- The roots of complete blocks of 256 events in the ledger's Merkle tree, from 0.
CREATE TABLE ledger_block (block INTEGER PRIMARY KEY, root BLOB NOT NULL) STRICT;
-- What was signed: the note over the first `size` events, and the public key that checks it. Never changed, never removed.
CREATE TABLE ledger_checkpoint (
  size INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, at INTEGER NOT NULL, public BLOB NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE TABLE snapshot (
  seq INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, state_version INTEGER NOT NULL, head BLOB NOT NULL, bytes BLOB NOT NULL
) STRICT;
-- Answers kept a day by actor and idempotency key; never a code in them.
CREATE TABLE answer (
  actor TEXT NOT NULL, key TEXT NOT NULL, request_hash BLOB NOT NULL, at INTEGER NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_age ON answer (at);
-- Messages on their way. `sealed` holds the codes of the notice under the outbox key and is destroyed with the row.
-- For a person of the directory, or a test mail for a member of staff.
CREATE TABLE outbox (
  notice INTEGER PRIMARY KEY, person INTEGER, staff INTEGER, credential INTEGER, sealed BLOB, created_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, last_error TEXT, CHECK ((person IS NULL) <> (staff IS NULL))
) STRICT;

-- directory ----------------------------------------------------------------------------------------------------------
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE unit (
  unit INTEGER PRIMARY KEY, building TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL, keypad TEXT NOT NULL UNIQUE,
  UNIQUE (building, label)
) STRICT;
CREATE INDEX unit_by_folded ON unit (folded);
-- When the people of a tenancy moved in, as 2026-11-30; an import compares move-in dates with it.
CREATE TABLE tenancy (tenancy INTEGER PRIMARY KEY, unit INTEGER NOT NULL, moved_in TEXT NOT NULL) STRICT;
CREATE TABLE person (
  person INTEGER PRIMARY KEY, tenancy INTEGER NOT NULL, unit INTEGER NOT NULL,
  first_name TEXT NOT NULL, last_name TEXT NOT NULL, folded TEXT NOT NULL,
  email TEXT, phone TEXT, language TEXT NOT NULL DEFAULT 'en', external_id TEXT,
  reach INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, left_at INTEGER, bad_address INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX person_by_unit ON person (unit);
CREATE INDEX person_by_folded ON person (folded);
CREATE INDEX person_by_external ON person (external_id) WHERE external_id IS NOT NULL;
CREATE TABLE staff (
  staff INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL, role TEXT NOT NULL,
  password TEXT, disabled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE staff_session (
  token BLOB PRIMARY KEY, staff INTEGER NOT NULL, csrf TEXT NOT NULL, created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- One-time links: first set-up and password reset. The token itself is not stored.
CREATE TABLE one_time_link (
  token BLOB PRIMARY KEY, purpose TEXT NOT NULL, staff INTEGER, expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sign_in_miss (email TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX sign_in_miss_by_email ON sign_in_miss (email, at);
CREATE INDEX sign_in_miss_by_address ON sign_in_miss (address, at);
CREATE TABLE bank_name (bank INTEGER PRIMARY KEY, name TEXT NOT NULL, building TEXT NOT NULL) STRICT;
CREATE TABLE kiosk_name (
  kiosk INTEGER PRIMARY KEY, name TEXT NOT NULL, px_per_mm INTEGER NOT NULL DEFAULT 4, camera INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE camera_name (camera INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
-- The driver or route a courier code was made for, in staff's words.
CREATE TABLE courier_name (credential INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
-- What makes the name of a photo unguessable from its bytes; erased with the file. Written before the photo's event.
CREATE TABLE photo_salt (hash BLOB PRIMARY KEY, salt BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- Other names under which parcels came for the people of a tenancy and were confirmed; `person` 0 is the household as a whole.
CREATE TABLE alias (
  tenancy INTEGER NOT NULL, person INTEGER NOT NULL, folded TEXT NOT NULL, times INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (tenancy, person, folded)
) STRICT, WITHOUT ROWID;
-- What an intake rested on, beside its parcel: symbols as they were scanned, whom they could mean, how it was confirmed.
-- Erased some days after the parcel ended. `alias` is the name on the label, as aliases are kept.
CREATE TABLE intake_evidence (
  parcel INTEGER PRIMARY KEY, told TEXT NOT NULL, alias TEXT, tenancy INTEGER
) STRICT;
-- How intakes went, in numbers alone. `opening` is the one that ends its time, while it is waited for.
CREATE TABLE intake_measure (
  parcel INTEGER PRIMARY KEY, at INTEGER NOT NULL, desk INTEGER NOT NULL, decision TEXT NOT NULL, confirmed TEXT NOT NULL,
  began_at INTEGER, ended_at INTEGER, opening INTEGER, touches INTEGER, wrong TEXT
) STRICT;
CREATE INDEX intake_measure_by_at ON intake_measure (at);
CREATE INDEX intake_measure_by_opening ON intake_measure (opening) WHERE opening IS NOT NULL;
-- Parcels scanned one after the other at the desk and not taken in yet.
CREATE TABLE intake_line (
  line INTEGER PRIMARY KEY, staff INTEGER NOT NULL, at INTEGER NOT NULL, told TEXT NOT NULL
) STRICT;
CREATE INDEX intake_line_by_staff ON intake_line (staff);
-- What a label said: a claim, erasable.
CREATE TABLE parcel_label (parcel INTEGER PRIMARY KEY, tracking TEXT, addressed_to TEXT) STRICT;
CREATE INDEX parcel_label_by_tracking ON parcel_label (tracking) WHERE tracking IS NOT NULL;
-- What was said of a delivery nobody scanned: its number, the company as it was called, the name if one was said. Erased some days
-- after it ended.
CREATE TABLE claim_label (
  claim INTEGER PRIMARY KEY, tracking TEXT NOT NULL, company TEXT, addressed_to TEXT
) STRICT;
-- Free words of staff beside an event's closed reason.
CREATE TABLE staff_words (
  id INTEGER PRIMARY KEY, staff INTEGER NOT NULL, at INTEGER NOT NULL, subject TEXT NOT NULL, words TEXT NOT NULL
) STRICT;
CREATE INDEX staff_words_by_subject ON staff_words (subject);
-- What a link page reveals, sealed under a key derived from the link's token, which is not stored. Nothing once its code has ended:
-- then the page tells what happened, for some time.
CREATE TABLE link_page (
  token BLOB PRIMARY KEY, notice INTEGER NOT NULL, person INTEGER NOT NULL, credential INTEGER, sealed BLOB,
  ended_at INTEGER, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, elsewhere INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- projections --------------------------------------------------------------------------------------------------------
CREATE TABLE parcel (
  parcel INTEGER PRIMARY KEY, registered_at INTEGER NOT NULL, carrier INTEGER, unit INTEGER, visit INTEGER,
  custodian TEXT NOT NULL, custodian_id INTEGER, since INTEGER NOT NULL, arrived_at INTEGER, ended_at INTEGER,
  scanned INTEGER NOT NULL
) STRICT;
CREATE INDEX parcel_by_visit ON parcel (visit) WHERE visit IS NOT NULL;
CREATE INDEX parcel_live ON parcel (parcel) WHERE ended_at IS NULL;
CREATE INDEX parcel_by_unit ON parcel (unit) WHERE unit IS NOT NULL;
-- Visits that had a parcel in hand before the one that `parcel` names.
CREATE TABLE parcel_earlier_visit (visit INTEGER NOT NULL, parcel INTEGER NOT NULL, PRIMARY KEY (visit, parcel)) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_earlier_visit_by_parcel ON parcel_earlier_visit (parcel);
CREATE TABLE parcel_event (parcel INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (parcel, seq)) STRICT, WITHOUT ROWID;
-- In the order of time, as all that grows: a key by compartment would touch a page a door in every commit. Who wants the
-- newest of one compartment reads backwards.
CREATE TABLE compartment_event (seq INTEGER PRIMARY KEY, compartment INTEGER NOT NULL) STRICT;
CREATE TABLE notice (
  notice INTEGER PRIMARY KEY, person INTEGER NOT NULL, what TEXT NOT NULL, credential INTEGER,
  requested_at INTEGER NOT NULL, handed_over_at INTEGER, trouble TEXT
) STRICT;
CREATE TABLE visit (
  visit INTEGER PRIMARY KEY, kiosk INTEGER NOT NULL, carrier INTEGER, code INTEGER, person INTEGER,
  began_at INTEGER NOT NULL, ended_at INTEGER, deposits INTEGER NOT NULL DEFAULT 0, collected INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE photo (
  photo INTEGER PRIMARY KEY, taken_at INTEGER NOT NULL, camera INTEGER NOT NULL, in_view TEXT NOT NULL, hash BLOB NOT NULL,
  visit INTEGER, asked TEXT NOT NULL, household INTEGER, media TEXT NOT NULL, taken_ms INTEGER, clock_offset_ms INTEGER, gone TEXT
) STRICT;
CREATE INDEX photo_kept ON photo (photo) WHERE gone IS NULL;
CREATE INDEX photo_by_camera ON photo (camera, photo);
CREATE INDEX photo_by_visit ON photo (visit) WHERE visit IS NOT NULL;
CREATE TABLE photo_parcel (parcel INTEGER NOT NULL, photo INTEGER NOT NULL, PRIMARY KEY (parcel, photo)) STRICT, WITHOUT ROWID;
CREATE INDEX photo_parcel_by_photo ON photo_parcel (photo);
-- The entries a photo is of.
CREATE TABLE photo_entry (entry INTEGER NOT NULL, photo INTEGER NOT NULL, PRIMARY KEY (entry, photo)) STRICT, WITHOUT ROWID;
CREATE TABLE photo_event (photo INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (photo, seq)) STRICT, WITHOUT ROWID;
-- What was deposited in an entry is that of its visit.
CREATE TABLE entry (
  entry INTEGER PRIMARY KEY, point INTEGER NOT NULL, entrant TEXT NOT NULL, actor TEXT NOT NULL, code INTEGER,
  began_at INTEGER NOT NULL, opened_at INTEGER, closed_at INTEGER, visit INTEGER, suspicions TEXT NOT NULL DEFAULT '', ended_at INTEGER, how TEXT
) STRICT;
CREATE INDEX entry_by_began ON entry (began_at);
CREATE INDEX entry_by_code ON entry (code) WHERE code IS NOT NULL;
CREATE INDEX entry_open ON entry (point) WHERE opened_at IS NOT NULL AND closed_at IS NULL;
CREATE TABLE entry_event (entry INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (entry, seq)) STRICT, WITHOUT ROWID;
-- `standing` is waiting, due, asked, met, found or explained.
CREATE TABLE delivery_claim (
  claim INTEGER PRIMARY KEY, carrier INTEGER, at INTEGER NOT NULL, heard_at INTEGER NOT NULL, source TEXT NOT NULL,
  unit INTEGER, until INTEGER NOT NULL, standing TEXT NOT NULL, parcel INTEGER, why TEXT, ended_at INTEGER
) STRICT;
CREATE INDEX delivery_claim_open ON delivery_claim (standing, claim) WHERE ended_at IS NULL;
-- `scope` is JSON as the event has it; `how` is finished, abandoned or lapsed.
CREATE TABLE audit (
  audit INTEGER PRIMARY KEY, scope TEXT NOT NULL, began_at INTEGER NOT NULL, ended_at INTEGER, how TEXT
) STRICT;
CREATE TABLE audit_event (audit INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (audit, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_credential ON outbox (credential) WHERE credential IS NOT NULL;
CREATE INDEX link_page_by_credential ON link_page (credential) WHERE credential IS NOT NULL;
CREATE INDEX link_page_by_end ON link_page (expires_at);
CREATE INDEX link_page_by_person ON link_page (person);
