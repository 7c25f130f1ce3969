//! What anyone may ask. Each may be refused; none carries a live code, only its keyed hash.

mod audit_step;
mod delivery_words;
mod directory_change;
mod drawn;
mod fix;
mod hand_over_to;
mod parcel_words;
mod proof;
mod rung;
mod staff_reason;
mod wiring_step;

pub use self::{audit_step::AuditStep, directory_change::DirectoryChange, wiring_step::WiringStep};
pub use self::{drawn::*, fix::Fix, hand_over_to::*, proof::*, rung::*, staff_reason::StaffReason};
pub use delivery_words::{AdoptionWords, ClaimHouse, ClaimStep, DeliveryWords, PutAway, Unscanned};
pub use parcel_words::{CheckOut, LabelClaim, LookedFor, ParcelWords, PutDown, PutTo, RecipientChoice};

use crate::access::{point::*, policy::DoorNight, policy::DoorPolicy};
use crate::credential::{budget::Purpose, courier::DoorGrant, pass::PassKind};
use crate::custody::{ReturnReason, class::ParcelClass};
use crate::evidence::{CameraPlace, Held, HoldReason, InView};
use crate::place::{Place, compartment::CompartmentSpec, compartment::Designation, shelf::ShelfLimits};
use crate::time::{Date, Timestamp, WeekWindow};
use crate::{code::CodeHash, ids::*, policy::Policy, site::getting_ready::ReadyStep, task::TaskKind};
use serde::{Deserialize, Serialize};

/// Everything that may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    // -- the site itself: installer and staff
    /// Gives the site its tag and first policy. Once.
    Found {
        /// The policy to begin with.
        policy: Policy,
    },
    /// Changes the policy.
    SetPolicy {
        /// The whole new policy.
        policy: Policy,
    },
    /// Puts up a bank with its compartments.
    InstallBank {
        /// Where each compartment is and how big.
        compartments: Vec<CompartmentSpec>,
    },
    /// Draws a bank anew, as a whole.
    ChangeBank {
        /// Which.
        bank: BankId,
        /// The drawing that whoever asks began with, counted from 1.
        was: u32,
        /// Every compartment it has from now on.
        compartments: Vec<DrawnCompartment>,
    },
    /// Declares, tests or corrects which lock opens which door.
    Wiring {
        /// Of which bank.
        bank: BankId,
        /// What.
        step: WiringStep,
    },
    /// Names a shelf.
    InstallShelf {
        /// What is written on it.
        label: String,
    },
    /// Says what a shelf takes; only what is put there from now on is asked.
    DescribeShelf {
        /// Which.
        shelf: ShelfId,
        /// Size, number, height.
        limits: ShelfLimits,
    },
    /// Draws a room as a whole, a new one or one that is there: a shelf that is not in it any more is gone.
    DrawRoom(DrawnRoom),
    /// Names a drop place.
    NameDropPlace {
        /// What people call it.
        label: String,
    },
    /// Sets the hours of the desk; none means there is no desk.
    SetDeskHours {
        /// When staff take parcels.
        hours: Vec<WeekWindow>,
    },
    /// Names a company that delivers.
    NameCarrier {
        /// Its name.
        name: String,
    },
    /// Pairs a kiosk with the banks in its sight and issues its token.
    PairKiosk {
        /// The banks whose doors can be seen from it.
        banks: Vec<BankId>,
    },
    /// Changes the banks in a kiosk's sight.
    SetKioskBanks {
        /// Which kiosk.
        kiosk: KioskId,
        /// The banks.
        banks: Vec<BankId>,
    },
    /// Ends a kiosk's pairing.
    UnpairKiosk {
        /// Which.
        kiosk: KioskId,
    },
    /// Puts up a camera.
    InstallCamera {
        /// What it looks at.
        at: CameraPlace,
        /// Whether people are in view.
        in_view: InView,
    },
    /// Changes what a camera looks at.
    SetCamera {
        /// Which.
        camera: CameraId,
        /// What it looks at.
        at: CameraPlace,
        /// Whether people are in view.
        in_view: InView,
    },
    /// Takes a camera down; its photos stay for their time.
    RemoveCamera {
        /// Which.
        camera: CameraId,
    },
    /// Reserves a compartment for a unit, or frees it for all.
    Designate {
        /// Which.
        compartment: CompartmentId,
        /// For whom; None frees it.
        designation: Option<Designation>,
    },
    /// Gives a staff account its number.
    EnrolStaff,
    /// Changes units, tenancies and people, all or nothing.
    ChangeDirectory {
        /// In order.
        changes: Vec<DirectoryChange>,
    },

    // -- access points
    /// Puts up an access point.
    InstallAccessPoint {
        /// What it is and where it leads.
        spec: PointSpec,
    },
    /// Changes what an access point is or where it leads.
    ChangeAccessPoint {
        /// Which.
        point: AccessPointId,
        /// The whole new description.
        spec: PointSpec,
    },
    /// Lets a new reader at a door in for some minutes, so that it is given its own key.
    AwaitReader(AccessPointId),
    /// Takes an access point down; refused while it is needed for something.
    RemoveAccessPoint(AccessPointId),
    /// Sets how a door stands: locked, open by a schedule, closed to couriers.
    SetDoorMode {
        /// Which.
        point: AccessPointId,
        /// How.
        mode: DoorMode,
        /// The hours of a scheduled door; they do not come on holidays.
        hours: Vec<WeekWindow>,
    },
    /// Sets the night of a door; None: the site's holds there.
    SetDoorNight(AccessPointId, Option<DoorNight>),
    /// Sets the days on which no schedule opens a door.
    SetHolidays {
        /// All of them.
        days: Vec<Date>,
    },
    /// Sets what the site chooses for all its doors.
    SetDoorPolicy {
        /// The whole new policy.
        policy: DoorPolicy,
    },
    /// Says which doors a kiosk stands at.
    SetKioskDoors {
        /// Which kiosk.
        kiosk: KioskId,
        /// The doors.
        doors: Vec<AccessPointId>,
    },
    /// Somebody shows a code at a door.
    Admit {
        /// Which door.
        point: AccessPointId,
        /// [`Purpose::Enter`] for a courier's or pass's digits, [`Purpose::EnterToCollect`] for a unit's number and PIN;
        /// of no account for what was scanned.
        purpose: Purpose,
        /// What was shown.
        proof: Proof,
    },
    /// Somebody presses *enter* at a door that is open by its schedule.
    WalkIn {
        /// Which door.
        point: AccessPointId,
    },
    /// Staff let somebody in, once.
    LetInOnce {
        /// Which door.
        point: AccessPointId,
        /// Why.
        reason: StaffReason,
    },
    /// Somebody without a code asks to be let in.
    RingForEntry(Rung),
    /// Gives a door a new label for phones; the one of before rings no more.
    RenewDoorLabel(AccessPointId),
    /// Staff, or who pressed the link of the message, answer.
    AnswerEntry {
        /// Which.
        ring: RingId,
        /// Yes, once; or no.
        let_in: bool,
        /// Keyed hash of the link's token; None: staff, who have signed in.
        link: Option<CodeHash>,
    },

    // -- credentials
    /// Issues a single-use pass for doors.
    IssuePass {
        /// Visitor or delivery.
        kind: PassKind,
        /// The unit it is for, if one.
        unit: Option<UnitId>,
        /// When it holds; at least one window.
        windows: Vec<WeekWindow>,
        /// When it ends.
        expires: Timestamp,
        /// The doors it opens, one of them once; at least one.
        doors: Vec<DoorGrant>,
    },
    /// Ends a pass.
    RevokePass {
        /// Which.
        credential: CredentialId,
    },
    /// Issues a courier code and badge.
    IssueCourierCode {
        /// For which company.
        carrier: CarrierId,
        /// When it holds; at least one window.
        windows: Vec<WeekWindow>,
        /// When it ends.
        expires: Timestamp,
        /// Doors it opens besides.
        doors: Vec<DoorGrant>,
    },
    /// Ends a courier code at once, or after an overlap on rotation.
    RevokeCourierCode {
        /// Which.
        credential: CredentialId,
        /// When.
        at: Timestamp,
    },
    /// Issues a resident's printed card; an earlier one of the same person dies.
    IssueCard {
        /// For whom.
        person: PersonId,
    },
    /// Ends a card.
    RevokeCard {
        /// Which.
        credential: CredentialId,
    },
    /// Issues a fresh pickup code to be shown or printed by staff for a person (*tell apt 3B*).
    RevealCode {
        /// For whom.
        person: PersonId,
    },
    /// Staff end the pauses of a keypad selector, a kiosk and the site's keypads.
    LiftPauses,

    // -- couriers at a kiosk
    /// A courier identifies.
    CourierLogIn {
        /// Where.
        kiosk: KioskId,
        /// With what.
        proof: Proof,
    },
    /// Somebody who came in without a code leaves what they brought.
    ComeToDrop(KioskId),
    /// Counts one look-up in the directory.
    LookUp {
        /// By whom.
        visit: VisitId,
    },
    /// The next parcel: registers it and opens its door, or queues it while a door is open.
    Deposit {
        /// By whom.
        visit: VisitId,
        /// The parcel.
        words: ParcelWords,
    },
    /// Parcels without a scan: registers as many and names one place for all.
    QuickDrop {
        /// By whom.
        visit: VisitId,
        /// How many, 1 to 12.
        parcels: u16,
    },
    /// It does not fit: when this door closes, a bigger one opens.
    BiggerDoor {
        /// By whom.
        visit: VisitId,
    },
    /// The door did not spring: pulse again. Refused once the door has been open and shut.
    OpenAgain {
        /// By whom.
        visit: VisitId,
    },
    /// The courier keeps the parcel after all.
    NotLeftHere {
        /// By whom.
        visit: VisitId,
    },
    /// The compartment is not empty: check, photo, task, another door.
    SomethingInside {
        /// By whom.
        visit: VisitId,
    },
    /// Opens or readdresses an earlier deposit of the visit; the code is asked again.
    FixDeposit {
        /// By whom.
        visit: VisitId,
        /// Which parcel.
        parcel: ParcelId,
        /// What to do.
        fix: Fix,
        /// The courier's code, given again.
        proof: Proof,
    },
    /// The courier put a parcel where the screen said: shelf, drop place, desk, or takes it back.
    PutElsewhere {
        /// By whom.
        visit: VisitId,
        /// Which parcel.
        parcel: ParcelId,
    },
    /// The same of a shelf or drop place, with what the screen saw; or not yet.
    PutDown(PutDown),
    /// A courier or resident is done.
    Finish {
        /// Whose visit.
        visit: VisitId,
    },
    /// Somebody touched the screen: the visit goes on.
    Continue {
        /// Whose visit.
        visit: VisitId,
    },

    // -- residents at a kiosk
    /// A resident shows a code or card: opens what it is for.
    PickUp {
        /// Where.
        kiosk: KioskId,
        /// With what.
        proof: Proof,
    },
    /// Something stays inside: nothing of this compartment is collected.
    LeaveInside {
        /// By whom.
        visit: VisitId,
    },
    /// It is not theirs: stays, the compartment goes to check, this person's codes no longer open it.
    NotMine {
        /// By whom.
        visit: VisitId,
    },
    /// The compartment was empty: the parcel is missing.
    WasEmpty {
        /// By whom.
        visit: VisitId,
    },
    /// Opens the next compartment now.
    NextDoor {
        /// By whom.
        visit: VisitId,
    },
    /// Opens what was just collected once more, within the grace.
    Reopen {
        /// By whom.
        visit: VisitId,
        /// Which compartment of this visit.
        compartment: CompartmentId,
    },
    /// The resident took a parcel from a shelf or drop place.
    TakeFromShelf {
        /// By whom.
        visit: VisitId,
        /// Which parcel, and how it is known.
        out: CheckOut,
    },
    /// Somebody looked for a parcel on its shelf or in its drop place and did not find it: the resident it is for, or staff.
    NotThere(LookedFor),

    // -- staff
    /// Opens one compartment with a reason; nothing else changes.
    StaffOpen {
        /// Which.
        compartment: CompartmentId,
        /// Why, in words; kept in the directory tables, the ledger has its presence only.
        reason: StaffReason,
    },
    /// Says that whoever asks opens a compartment with the mechanical key within the next minutes, once.
    AnnounceKey {
        /// Which.
        compartment: CompartmentId,
        /// Why.
        reason: StaffReason,
    },
    /// Says of a door that counts as forced that it was opened with the key.
    ExplainForced {
        /// Which.
        compartment: CompartmentId,
        /// By whom.
        holder: StaffId,
        /// Why.
        reason: StaffReason,
    },
    /// Opens a compartment to take a parcel out into staff custody.
    StaffRemove {
        /// Which parcel.
        parcel: ParcelId,
        /// Why.
        reason: StaffReason,
    },
    /// Takes a compartment out of service or back into it.
    SetService {
        /// Which.
        compartment: CompartmentId,
        /// In service or not.
        in_service: bool,
        /// Why.
        reason: StaffReason,
    },
    /// Staff looked into a compartment in check: what is in it?
    ResolveCheck {
        /// Which.
        compartment: CompartmentId,
        /// The parcels that are inside, of those the site believes could be; the others are missing or never came.
        found: Vec<ParcelId>,
    },
    /// A parcel handed over at the desk that no courier visit registered.
    DeskIntake {
        /// From which company.
        carrier: Option<CarrierId>,
        /// For whom and how big.
        words: ParcelWords,
    },
    /// Staff accept a parcel a courier left for the desk, on a shelf or in a drop place.
    AcceptAtDesk {
        /// Which.
        parcel: ParcelId,
    },
    /// Corrects for whom a parcel is.
    CorrectRecipient {
        /// Which.
        parcel: ParcelId,
        /// For whom.
        recipient: RecipientChoice,
    },
    /// Puts a parcel in staff custody into a free compartment.
    PlaceFromDesk {
        /// Which.
        parcel: ParcelId,
        /// The banks to choose from.
        banks: Vec<BankId>,
        /// A latch within reach is asked for.
        reach: bool,
    },
    /// Puts a parcel in staff custody, or from another shelf, onto a shelf.
    Shelve {
        /// Which.
        parcel: ParcelId,
        /// Where.
        shelf: ShelfId,
    },
    /// Says what class a parcel is of, or that it is a usual one.
    Classify {
        /// Which.
        parcel: ParcelId,
        /// What it is.
        class: Option<ParcelClass>,
    },
    /// Keeps a compartment or shelf for parcels of one class, or frees it.
    KeepPlaceFor {
        /// Which: a compartment or a shelf.
        place: Place,
        /// The class; None frees it.
        class: Option<ParcelClass>,
    },
    /// Hands a parcel in staff custody to a person.
    HandOver {
        /// Which parcels.
        parcels: Vec<ParcelId>,
        /// To whom: by the code shown, or by the person staff recognised.
        to: HandOverTo,
    },
    /// Gives a parcel in staff custody back to a carrier.
    GiveBack {
        /// Which.
        parcel: ParcelId,
        /// To whom.
        carrier: CarrierId,
        /// Why.
        reason: ReturnReason,
    },
    /// Ends the search for a missing parcel, or disposes of one in staff custody.
    WriteOff {
        /// Which.
        parcel: ParcelId,
        /// Why.
        reason: StaffReason,
    },
    /// A missing parcel turned up.
    TurnedUp {
        /// Which.
        parcel: ParcelId,
    },
    /// A task is done.
    CompleteTask {
        /// Which.
        task: TaskId,
    },
    /// Raises a task from outside the rules (a bounced address found by hand, a note for the next shift).
    RaiseTask(TaskKind),
    /// Staff, or a person who may see it, look at a photo: recorded before it is shown.
    ViewPhoto {
        /// Which.
        photo: PhotoId,
    },
    /// Keeps evidence beyond its time.
    HoldEvidence {
        /// What.
        what: Held,
        /// Why.
        reason: HoldReason,
        /// Until then: a time to come, within two years.
        until: Timestamp,
    },
    /// Ends a hold before its day.
    ReleaseEvidence {
        /// What.
        what: Held,
    },
    /// Somebody says that a carrier delivered a parcel. Said again it changes nothing.
    ClaimDelivery {
        /// What.
        words: DeliveryWords,
    },
    /// Who lives here says that one of the parcels put down without a scan is theirs.
    AskForDrop {
        /// Of which drop.
        drop: DropId,
        /// It was put down in the building they live in.
        same_building: bool,
    },
    /// Staff say whose a parcel is that nobody scanned, and where it is from now on.
    Adopt(AdoptionWords),
    /// Staff know more of what was said to be delivered.
    SettleClaim {
        /// Which.
        claim: ClaimId,
        /// What.
        step: ClaimStep,
    },
    /// A step of an audit.
    Audit(AuditStep),
    /// A staff member asks that a person be told again (a corrected address).
    NotifyAgain {
        /// Whom.
        person: PersonId,
    },
    /// Passes a step of getting ready over, or takes it up again.
    SkipStep {
        /// Which.
        step: ReadyStep,
        /// Passed over; else taken up again.
        skip: bool,
    },
    /// Ends the reminder of what is left to be done before the first parcel, or brings it back.
    HideGettingReady {
        /// Not reminded; else again.
        hide: bool,
    },
    /// Sends a mail to the member of staff who asks.
    SendTestMail,
}
