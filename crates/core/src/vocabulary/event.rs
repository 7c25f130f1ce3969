//! What happened. Past tense; the ledger's words. Every version ever written decodes for ever (`tests/event-fixtures`).

mod audits;
mod banks;
mod claims;
mod classes;
mod codec;
mod doors;
mod kinds;
mod ready;

use super::{command::Bell, command::StaffReason, observation::*};
use crate::access::{entry::*, passage::OpenedBy, point::DoorMode, point::PointSpec, policy::*};
use crate::code::{CodeHash, token::SiteTag};
use crate::credential::{budget::Purpose, courier::DoorGrant, pass::PassKind};
use crate::custody::{Assurance, Custodian, Entitlement, label::LabelMark};
use crate::directory::{KeypadNumber, Sharing};
use crate::evidence::*;
use crate::ids::*;
use crate::notice::NoticeKind;
use crate::opening::OpeningPurpose;
use crate::place::compartment::{CompartmentSpec, Designation, Size};
use crate::place::wiring::{Channel, WhatOpened, WiringHash};
use crate::place::{Place, shelf::ShelfLimits};
use crate::policy::Policy;
use crate::task::TaskKind;
use crate::time::{Date, Timestamp, WeekWindow};
use crate::visit::{Turn, VisitEnd, Visitor};

audits::with_audits! {
    // -- the site
    /// The site exists.
    "site-founded" SiteFounded {
        /// Marks this site's tokens.
        tag: SiteTag,
    },
    /// The policy as a whole.
    "policy-set" PolicySet {
        /// The new policy.
        policy: Box<Policy>,
    },
    /// A shelf.
    "shelf-installed" ShelfInstalled {
        /// Which.
        shelf: ShelfId,
        /// What is written on it.
        label: String,
    },
    /// What a shelf takes.
    "shelf-described" ShelfDescribed {
        /// Which.
        shelf: ShelfId,
        /// From now on.
        limits: ShelfLimits,
    },
    /// A drop place.
    "drop-place-named" DropPlaceNamed {
        /// Which.
        area: AreaId,
        /// Its name.
        label: String,
    },
    /// The desk's hours; none: no desk.
    "desk-hours-set" DeskHoursSet {
        /// The hours.
        hours: Vec<WeekWindow>,
    },
    /// A carrier.
    "carrier-named" CarrierNamed {
        /// Which.
        carrier: CarrierId,
        /// The company's name.
        name: String,
    },
    /// A kiosk was paired.
    "kiosk-paired" KioskPaired {
        /// Which.
        kiosk: KioskId,
        /// Keyed hash of its token.
        token: CodeHash,
        /// The banks in its sight.
        banks: Vec<BankId>,
    },
    /// The banks in a kiosk's sight.
    "kiosk-banks-set" KioskBanksSet {
        /// Which.
        kiosk: KioskId,
        /// The banks.
        banks: Vec<BankId>,
    },
    /// A kiosk's pairing ended.
    "kiosk-unpaired" KioskUnpaired {
        /// Which.
        kiosk: KioskId,
    },
    /// A staff number was given.
    "staff-enrolled" StaffEnrolled {
        /// Which.
        staff: StaffId,
    },
    /// The process started.
    "site-started" SiteStarted {
        /// Counts the starts.
        boot: u32,
    },
    /// A new epoch of the ledger began: a backup was restored or committed events were lost.
    "epoch-raised" EpochRaised {
        /// The new epoch.
        epoch: u32,
    },
    /// The wall clock is doubted and not followed.
    "clock-doubted" ClockDoubted {
        /// What it showed.
        wall: Timestamp,
    },
    /// Space runs low, or no longer.
    "disk-low" DiskLow {
        /// Now.
        low: bool,
    },

    // -- units and people, as numbers
    /// A unit.
    "unit-added" UnitAdded {
        /// Which.
        unit: UnitId,
        /// Its keypad number.
        keypad: KeypadNumber,
    },
    /// A tenancy began; the unit's earlier one is over.
    "tenancy-began" TenancyBegan {
        /// Which.
        tenancy: TenancyId,
        /// Where.
        unit: UnitId,
    },
    /// A person joined a tenancy.
    "person-joined" PersonJoined {
        /// Who.
        person: PersonId,
        /// Which tenancy.
        tenancy: TenancyId,
    },
    /// A person left; until `keeps_until` what already waits can be collected.
    "person-left" PersonLeft {
        /// Who.
        person: PersonId,
        /// None: lost at once.
        keeps_until: Option<Timestamp>,
    },
    /// How a person's parcels are shared from now on.
    "sharing-set" SharingSet {
        /// Whose.
        person: PersonId,
        /// None follows the policy.
        sharing: Option<Sharing>,
    },

    // -- credentials and guesses
    /// A courier code and badge.
    "courier-code-issued" CourierCodeIssued {
        /// Which.
        credential: CredentialId,
        /// Of which company.
        carrier: CarrierId,
        /// The first three digits.
        selector: KeypadNumber,
        /// Keyed hash of the digits.
        digits: CodeHash,
        /// Keyed hash of the badge.
        badge: CodeHash,
        /// When it holds.
        windows: Vec<WeekWindow>,
        /// Until when.
        expires: Timestamp,
        /// Doors it opens.
        doors: Vec<DoorGrant>,
    },
    /// A courier code ends.
    "courier-code-revoked" CourierCodeRevoked {
        /// Which.
        credential: CredentialId,
        /// From when.
        at: Timestamp,
    },
    /// A resident's card.
    "card-issued" CardIssued {
        /// Which.
        credential: CredentialId,
        /// Whose.
        person: PersonId,
        /// Keyed hash of its token.
        token: CodeHash,
    },
    /// A card died.
    "card-revoked" CardRevoked {
        /// Which.
        credential: CredentialId,
    },
    /// A pickup code.
    "pickup-code-issued" PickupCodeIssued {
        /// Which.
        credential: CredentialId,
        /// Whose.
        person: PersonId,
        /// The keypad number it is typed after.
        selector: KeypadNumber,
        /// Keyed hash of the digits.
        digits: CodeHash,
        /// Keyed hash of the token.
        token: CodeHash,
    },
    /// A pickup code died: nothing it covers is left, it was replaced, or its person left.
    "pickup-code-ended" PickupCodeEnded {
        /// Which.
        credential: CredentialId,
    },
    /// A guess failed.
    "code-missed" CodeMissed {
        /// Where.
        kiosk: KioskId,
        /// Asked for what.
        purpose: Purpose,
        /// At whose number.
        selector: KeypadNumber,
    },
    /// A right code was given: the run of misses at this kiosk is over.
    "code-accepted" CodeAccepted {
        /// Where.
        kiosk: KioskId,
        /// For what.
        purpose: Purpose,
        /// Which.
        credential: CredentialId,
    },
    /// The keypad path of one selector pauses.
    "selector-paused" SelectorPaused {
        /// Which.
        selector: KeypadNumber,
        /// For what.
        purpose: Purpose,
        /// Until.
        until: Timestamp,
    },
    /// The keypad of one kiosk pauses.
    "kiosk-paused" KioskPaused {
        /// Which.
        kiosk: KioskId,
        /// For what.
        purpose: Purpose,
        /// Until.
        until: Timestamp,
    },
    /// The keypads of the site are off until staff lift it (profile `high`).
    "keypads-off" KeypadsOff {
        /// For what.
        purpose: Purpose,
    },
    /// Staff lifted all pauses.
    "pauses-lifted" PausesLifted {
        /// Who.
        by: Actor,
    },

    // -- visits
    /// A visit began.
    "visit-began" VisitBegan {
        /// Which.
        visit: VisitId,
        /// Where.
        kiosk: KioskId,
        /// Who.
        visitor: Visitor,
    },
    /// A look-up in the directory was counted.
    "looked-up" LookedUp {
        /// By whom.
        visit: VisitId,
    },
    /// The visit goes on.
    "visit-continued" VisitContinued {
        /// Which.
        visit: VisitId,
    },
    /// A visit ended.
    "visit-ended" VisitEnded {
        /// Which.
        visit: VisitId,
        /// How.
        how: VisitEnd,
    },
    /// Somebody at an open door said that what is about to happen on closing is something else.
    "turned" Turned {
        /// Whose visit.
        visit: VisitId,
        /// Of which compartment.
        compartment: CompartmentId,
        /// What they said.
        turn: Turn,
    },

    // -- parcels
    /// A parcel is known; its custody is with who brought it.
    "parcel-registered" ParcelRegistered {
        /// Which.
        parcel: ParcelId,
        /// Who has it now.
        custodian: Custodian,
        /// From which company.
        carrier: Option<CarrierId>,
        /// The unit named, if one was.
        unit: Option<UnitId>,
        /// Who may collect it; None: to be assigned.
        entitlement: Option<Entitlement>,
        /// Its size.
        size: Size,
        /// Whether it is heavy.
        heavy: bool,
        /// The mark of the number on its label, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<LabelMark>,
    },
    /// A place was chosen; a compartment is held for it.
    "place-planned" PlacePlanned {
        /// For which parcel.
        parcel: ParcelId,
        /// Where.
        place: Place,
    },
    /// Who may collect it was corrected.
    "recipient-corrected" RecipientCorrected {
        /// Which.
        parcel: ParcelId,
        /// The unit, if known.
        unit: Option<UnitId>,
        /// Who may collect it now.
        entitlement: Option<Entitlement>,
        /// By whom.
        by: Actor,
        /// The mark of the number on its label, where that was read with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<LabelMark>,
    },
    /// A person said it is not theirs: their codes no longer open it.
    "parcel-disowned" ParcelDisowned {
        /// Which.
        parcel: ParcelId,
        /// Whose word.
        person: PersonId,
    },
    /// A parcel left one custody and entered another.
    "custody-transferred" CustodyTransferred {
        /// Which.
        parcel: ParcelId,
        /// Out of.
        from: Custodian,
        /// Into.
        to: Custodian,
        /// By whom.
        by: Actor,
        /// How we know.
        assurance: Assurance,
        /// Photos by their salted hash, if any.
        evidence: Vec<String>,
    },
    /// It waits longer than the hold.
    "parcel-overdue" ParcelOverdue {
        /// Which.
        parcel: ParcelId,
    },
    /// A day after its end it leaves the live state.
    "parcel-filed" ParcelFiled { /** Which. */ parcel: ParcelId },

    // -- compartments and openings
    /// Reserved for a unit, or free for all.
    "compartment-designated" CompartmentDesignated {
        /// Which.
        compartment: CompartmentId,
        /// For whom.
        designation: Option<Designation>,
    },
    /// In service, or out of it.
    "compartment-service-set" CompartmentServiceSet {
        /// Which.
        compartment: CompartmentId,
        /// In service.
        in_service: bool,
        /// Why.
        reason: StaffReason,
        /// By whom.
        by: Actor,
    },
    /// Nobody is sure what is inside: not offered until looked into.
    "compartment-to-check" CompartmentToCheck {
        /// Which.
        compartment: CompartmentId,
    },
    /// Looked into: sure again.
    "compartment-checked" CompartmentChecked {
        /// Which.
        compartment: CompartmentId,
        /// By whom.
        by: Actor,
    },
    /// An opening may be pulsed, its first attempt.
    "opening-authorised" OpeningAuthorised {
        /// Which.
        opening: OpeningId,
        /// Of which compartment.
        compartment: CompartmentId,
        /// What for.
        purpose: OpeningPurpose,
        /// Who caused it.
        by: Actor,
        /// Later than this it is not pulsed.
        not_after: Timestamp,
        /// The hash of the map by which its lock is known, where the bank has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wiring: Option<WiringHash>,
    },
    /// A second or third pulse.
    "opening-attempted" OpeningAttempted {
        /// Which.
        opening: OpeningId,
        /// 2 or 3.
        attempt: u8,
        /// Later than this it is not pulsed.
        not_after: Timestamp,
    },
    /// A pulse did not open the door (yet).
    "pulse-failed" PulseFailed {
        /// Which opening.
        opening: OpeningId,
        /// Which attempt.
        attempt: u8,
        /// What became of it.
        outcome: PulseOutcome,
    },
    /// The opening is over without an open door.
    "not-opened" NotOpened {
        /// Which.
        opening: OpeningId,
    },
    /// Nobody knows whether the door opened.
    "opening-unknown" OpeningUnknown {
        /// Which.
        opening: OpeningId,
    },
    /// A door opened; by which opening, if one explains it.
    "compartment-opened" CompartmentOpened {
        /// Which.
        compartment: CompartmentId,
        /// By which opening.
        opening: Option<OpeningId>,
        /// With the mechanical key, by whoever had said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<StaffId>,
    },
    /// A door closed.
    "compartment-closed" CompartmentClosed {
        /// Which.
        compartment: CompartmentId,
    },
    /// A door opened and nothing explains it.
    "compartment-forced" CompartmentForced {
        /// Which.
        compartment: CompartmentId,
    },
    /// A door has been open for too long.
    "compartment-held-open" CompartmentHeldOpen {
        /// Which.
        compartment: CompartmentId,
    },
    /// The occupancy sensor changed its mind.
    "occupancy-seen" OccupancySeen {
        /// Whose.
        compartment: CompartmentId,
        /// Something inside.
        occupied: bool,
    },
    /// A lock board does not answer.
    "board-silent" BoardSilent {
        /// Its bank.
        bank: BankId,
    },
    /// It answers again.
    "board-back" BoardBack {
        /// Its bank.
        bank: BankId,
    },

    // -- telling people
    /// A person is to be told.
    "notice-requested" NoticeRequested {
        /// Which.
        notice: NoticeId,
        /// Whom.
        person: PersonId,
        /// What of.
        what: NoticeKind,
        /// The parcels it is about.
        parcels: Vec<ParcelId>,
        /// The code it carries.
        credential: Option<CredentialId>,
    },
    /// A server took it.
    "notice-handed-over" NoticeHandedOver {
        /// Which.
        notice: NoticeId,
    },
    /// It is in trouble.
    "notice-in-trouble" NoticeInTrouble {
        /// Which.
        notice: NoticeId,
        /// How.
        trouble: NoticeTrouble,
    },
    /// Staff are needed.
    "task-raised" TaskRaised {
        /// Which.
        task: TaskId,
        /// What for.
        what: TaskKind,
    },
    /// Done.
    "task-done" TaskDone {
        /// Which.
        task: TaskId,
        /// By whom.
        by: Actor,
    },

    // -- evidence
    /// A camera.
    "camera-installed" CameraInstalled { /** Which. */ camera: CameraId, /** What it looks at. */ at: CameraPlace, /** Whether people are in view. */ in_view: InView },
    /// What a camera looks at.
    "camera-set" CameraSet {
        /// Which.
        camera: CameraId,
        /// What it looks at.
        at: CameraPlace,
        /// Whether people are in view.
        in_view: InView,
    },
    /// A camera is gone.
    "camera-removed" CameraRemoved { /** Which. */ camera: CameraId },
    /// A camera does not answer.
    "camera-silent" CameraSilent { /** Which. */ camera: CameraId },
    /// It answers again.
    "camera-back" CameraBack { /** Which. */ camera: CameraId },
    /// A photo.
    "photo-taken" PhotoTaken {
        /// Which.
        photo: PhotoId,
        /// Which camera, what of, why.
        asked: Box<PhotoAsked>,
        /// The household its parcels were for at that time, if one.
        household: Option<TenancyId>,
        /// Whether people are in view.
        in_view: InView,
        /// Its name.
        hash: PhotoHash,
        /// What its bytes are.
        media: PhotoMedia,
        /// When the camera says it took it, Unix time in ms by the camera's clock.
        taken_ms: Option<i64>,
        /// The camera's clock minus ours, in ms.
        clock_offset_ms: Option<i64>,
    },
    /// A photo should be there and is not.
    "photo-missing" PhotoMissing {
        /// For which visit.
        visit: Option<VisitId>,
        /// Which camera, what of, why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked: Option<Box<PhotoAsked>>,
        /// Why it is not there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trouble: Option<PhotoTrouble>,
    },
    /// Somebody looked at a photo.
    "photo-viewed" PhotoViewed { /** Which. */ photo: PhotoId, /** Who. */ by: Actor },
    /// The file of a photo is not the one that was recorded.
    "photo-changed" PhotoChanged { /** Which. */ photo: PhotoId },
    /// File and salt of a photo are not there any more.
    "photo-erased" PhotoErased { /** Which. */ photo: PhotoId, /** Why. */ why: PhotoGone },
    /// Evidence is kept beyond its time.
    "evidence-held" EvidenceHeld {
        /// What.
        what: Held,
        /// Why.
        reason: HoldReason,
        /// Until then.
        until: Timestamp,
        /// By whom.
        by: Actor,
    },
    /// Its usual time counts again.
    "evidence-released" EvidenceReleased { /** What. */ what: Held, /** By whom; the site when its day had come. */ by: Actor },
}
