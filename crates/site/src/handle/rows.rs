//! Rows of the directory and account tables, written in the same transaction as the events they belong to.
//!
//! This is the only way anything but a projection is written: names, addresses, sessions, settings, free words.

use vestibule_core::evidence::PhotoHash;
use vestibule_core::{
    Answer, BankId, CameraId, ClaimId, CredentialId, KioskId, OpeningId, ParcelId, PersonId, StaffId,
    TenancyId, Timestamp, UnitId,
};

/// One change of a directory or account table. Personal: never in the ledger, never traced.
#[derive(Clone, PartialEq, Eq)]
pub enum Row {
    /// Sets a setting.
    Setting { key: String, value: String },
    /// Removes a setting.
    ForgetSetting { key: String },
    /// Adds or replaces a unit's words.
    Unit { unit: UnitId, building: String, label: String, folded: String, keypad: String },
    /// Adds or replaces what is known of a tenancy: its move-in date as `2026-11-30`.
    Tenancy { tenancy: TenancyId, unit: UnitId, moved_in: String },
    /// Adds or replaces a person, who lives there from now on; an earlier [`Row::PersonLeft`] of theirs ends.
    Person(Box<PersonRow>),
    /// Marks that a person moved out.
    PersonLeft { person: PersonId, at: Timestamp },
    /// Marks whether a person's address works.
    BadAddress { person: PersonId, bad: bool },
    /// Erases what is personal of somebody who left.
    ErasePerson { person: PersonId },
    /// Adds or replaces a staff account.
    Staff { staff: StaffId, email: String, name: String, role: String },
    /// Sets a staff password (an Argon2id string).
    StaffPassword { staff: StaffId, password: String },
    /// Disables or enables a staff account; disabling ends its sessions.
    StaffDisabled { staff: StaffId, disabled: bool },
    /// Begins a session; the token is a SHA-256.
    Session { token: [u8; 32], staff: StaffId, csrf: String, created_at: Timestamp, expires_at: Timestamp },
    /// A session was used.
    SessionSeen { token: [u8; 32], at: Timestamp },
    /// Ends one session.
    EndSession { token: [u8; 32] },
    /// Ends all sessions of a member of staff.
    EndSessions { staff: StaffId },
    /// A one-time link; the token is a SHA-256. Earlier links of the same purpose and person end.
    OneTimeLink { token: [u8; 32], purpose: String, staff: Option<StaffId>, expires_at: Timestamp },
    /// Ends a one-time link.
    EndOneTimeLink { token: [u8; 32] },
    /// A failed sign-in.
    SignInMiss { email: String, address: String, at: Timestamp },
    /// Forgets the failed sign-ins of an address.
    ForgetSignInMisses { email: String },
    /// Names a bank.
    BankName { bank: BankId, name: String, building: String },
    /// Names a kiosk and sets its calibration.
    KioskName { kiosk: KioskId, name: String, px_per_mm: u32 },
    /// Whether a kiosk that is named scans with its camera by itself.
    KioskCamera { kiosk: KioskId, on: bool },
    /// Names a camera.
    CameraName { camera: CameraId, name: String },
    /// Names the driver or route of a courier code; None: nobody in particular.
    CourierName { credential: CredentialId, name: Option<String> },
    /// What a photo's name was salted with; before its event.
    PhotoSalt { hash: PhotoHash, salt: [u8; 32] },
    /// Removes the salts of photos that never came to an event. Only while no photo is being taken.
    ForgetStraySalts,
    /// Removes a kiosk's words.
    ForgetKiosk { kiosk: KioskId },
    /// What a parcel's label says.
    ParcelLabel { parcel: ParcelId, tracking: Option<String>, addressed_to: Option<String> },
    /// A name on a label was confirmed for the people who live in a unit now, or for one of them: once more, if it is known.
    Alias { unit: UnitId, person: Option<PersonId>, folded: String, at: Timestamp },
    /// What an intake rested on; `alias` is the name on the label as aliases are kept.
    IntakeEvidence { parcel: ParcelId, told: String, alias: Option<String>, unit: Option<UnitId> },
    /// How an intake went.
    IntakeMeasure(Box<IntakeMeasure>),
    /// Adds a parcel scanned at the desk, or changes what is known of it.
    IntakeLine { line: Option<i64>, staff: StaffId, at: Timestamp, told: String },
    /// Such a parcel was taken in or put aside.
    ForgetIntakeLine { line: i64, staff: StaffId },
    /// Erases evidence of parcels that ended before, measures that are older, and lines nobody took in.
    ForgetIntakes { ended_before: Timestamp, measured_before: Timestamp, scanned_before: Timestamp },
    /// What was said of a delivery; the first word stays.
    ClaimLabel { claim: ClaimId, tracking: String, company: Option<String>, addressed_to: Option<String> },
    /// Free words of staff about a subject such as `compartment/7` or `parcel/12`.
    StaffWords { staff: StaffId, at: Timestamp, subject: String, words: String },
    /// What a link page reveals; the token is a SHA-256.
    LinkPage {
        token: [u8; 32],
        notice: u64,
        person: PersonId,
        credential: Option<CredentialId>,
        sealed: Vec<u8>,
        created_at: Timestamp,
        expires_at: Timestamp,
    },
    /// A message was tried and failed for now.
    OutboxTried { notice: u64, error: String },
    /// A message is delivered or given up: its row and the codes sealed in it are destroyed.
    OutboxDone { notice: u64 },
}

/// How an intake went, in numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct IntakeMeasure {
    /// Which parcel.
    pub parcel: ParcelId,
    /// When it was said whose it is.
    pub at: Timestamp,
    /// At the desk; else at a kiosk.
    pub desk: bool,
    /// What the label alone came to, as a stable word.
    pub decision: &'static str,
    /// How it was confirmed, as a stable word.
    pub confirmed: &'static str,
    /// When it was scanned, or the first key was pressed for it.
    pub began_at: Option<Timestamp>,
    /// The opening that ends its time; None: `at` does.
    pub opening: Option<OpeningId>,
    /// Presses, keys and scans, as the page told.
    pub touches: Option<u32>,
}

/// A person as the directory knows them.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub person: PersonId,
    /// Their tenancy.
    pub tenancy: TenancyId,
    /// Their unit.
    pub unit: UnitId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Both, folded for search by [`crate::directory::fold::person`].
    pub folded: String,
    /// Mail address, if any.
    pub email: Option<String>,
    /// Phone number, if any.
    pub phone: Option<String>,
    /// Language of messages, such as `en`.
    pub language: String,
    /// The number the property's own list knows them by.
    pub external_id: Option<String>,
    /// A latch within reach is asked for.
    pub reach: bool,
    /// Appears only as the apartment.
    pub hidden: bool,
}

/// Rows that depend on numbers the decision gives, made from its answer inside the transaction.
pub type RowsFrom = Box<dyn FnOnce(&Answer) -> Vec<Row> + Send>;
