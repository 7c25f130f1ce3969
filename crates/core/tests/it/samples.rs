//! One event of every kind, and one more for every variant inside it: what the frozen fixtures are made of.

// Each by its path: the tool that freezes fixtures reads this file by its path too, and would look for them beside it.
#[path = "samples/audits.rs"]
mod audits;
#[path = "samples/doors.rs"]
mod doors;
#[path = "samples/photos.rs"]
mod photos;
#[path = "samples/telling.rs"]
mod telling;

use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::access::entry::{Entrant, EntryEnd, Release, Suspicion};
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::access::point::{DoorMode, PointKind, PointSpec};
use vestibule_core::access::policy::{DoorNight, DoorPolicy, LateNightRule, NoCode};
use vestibule_core::code::token::SiteTag;
use vestibule_core::code::{CodeHash, CodeHasher};
use vestibule_core::credential::budget::Purpose;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::credential::pass::PassKind;
use vestibule_core::custody::audit::{AuditEnd, AuditPlace, AuditScope, Settlement, SkipReason};
use vestibule_core::custody::class::{ClassTimes, ParcelClass};
use vestibule_core::custody::delivered::{ClaimEnd, ClaimSource, ClaimTimes, Explanation, Unmet};
use vestibule_core::custody::label::LabelMark;
use vestibule_core::custody::{Assurance, Custodian, Entitlement};
use vestibule_core::directory::{KeypadNumber, Sharing};
use vestibule_core::evidence::retention::{Country, PhotosKept};
use vestibule_core::evidence::{
    CameraPlace, Held, HoldReason, InView, PhotoAsked, PhotoGone, PhotoHash, PhotoMedia, PhotoReason,
    PhotoSubject, PhotoTrouble,
};
use vestibule_core::notice::NoticeKind;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::place::Place;
use vestibule_core::place::compartment::{CompartmentSpec, Designation, Size};
use vestibule_core::place::room::{Ground, Rack, RoomPlan, RoomZone, ShelfPlace, Side, Spot, ZoneFor};
use vestibule_core::place::shelf::ShelfLimits;
use vestibule_core::place::wiring::{Channel, WhatOpened, WiringHash, hash_of};
use vestibule_core::policy::Policy;
use vestibule_core::site::getting_ready::ReadyStep;
use vestibule_core::task::TaskKind;
use vestibule_core::time::{Date, WeekWindow, Zone};
use vestibule_core::visit::{Turn, VisitEnd, Visitor};
use vestibule_core::vocabulary::command::{Bell, StaffReason};
use vestibule_core::vocabulary::observation::{NoticeTrouble, PulseOutcome, ReleaseOutcome};
use vestibule_core::*;

const LOCK_7: Channel = Channel { board: 1, lock: 7, contact: 7, reversed: true };
const AT: Timestamp = Timestamp(1_795_438_800_000);
const HASH: CodeHash = CodeHash([0x5A; 32]);
const P: ParcelId = ParcelId(41);
const C: CompartmentId = CompartmentId(7);
const V: VisitId = VisitId(12);
const O: OpeningId = OpeningId(33);
const WHO: PersonId = PersonId(3);
const STAFF: StaffId = StaffId(2);
const CODE: CredentialId = CredentialId(9);
const K: KioskId = KioskId(1);
const CAMERA: CameraId = CameraId(2);
const D: AccessPointId = AccessPointId(2);
const E: EntryId = EntryId(21);
const R: RingId = RingId(5);
const CLAIM: ClaimId = ClaimId(6);

/// A site's key that gives one and the same hash.
struct Fixed;

impl CodeHasher for Fixed {
    fn hash(&self, _: &str, _: &str) -> CodeHash {
        HASH
    }
}

fn number(digits: &str) -> KeypadNumber {
    KeypadNumber::new(digits).expect("digits")
}

fn entitlement() -> Entitlement {
    Entitlement { tenancy: TenancyId(4), persons: vec![PersonId(3), PersonId(8)] }
}

/// All of them, in the order of the vocabulary.
pub fn all() -> Vec<Event> {
    [
        site(),
        people(),
        codes(),
        visits(),
        parcels(),
        classes(),
        claims(),
        audits::audits(),
        transfers(),
        compartments(),
        openings(),
        telling::telling(),
        photos::photos(),
        doors::doors(),
        doors::entries(),
        doors::at_doors(),
        getting_ready(),
    ]
    .concat()
}

fn site() -> Vec<Event> {
    let office = WeekWindow { days: 0b001_1111, from: 540, to: 1080 };
    let spec = CompartmentSpec {
        label: "12".to_owned(),
        size: Size::XL,
        column: 2,
        width_mm: 450,
        height_mm: 600,
        bottom_mm: 380,
        occupancy_sensor: true,
        inside_release: false,
    };
    let in_rack = ShelfPlace { spot: Spot::Rack { rack: 0, level: 1, slot: 0 }, zone: Some(2) };
    let floor = Spot::Floor { left_mm: 3_000, top_mm: 0, width_mm: 900, depth_mm: 900 };
    let on_floor = ShelfPlace { spot: floor, zone: None };
    let safe = CompartmentSpec { inside_release: true, label: "12a".to_owned(), ..spec.clone() };
    let zone = Zone::new("America/New_York").expect("a zone");
    vec![
        Event::SiteFounded { tag: SiteTag::try_from("M7".to_owned()).expect("a tag") },
        Event::PolicySet { policy: Box::new(Policy { zone: zone.clone(), ..Policy::default() }) },
        Event::PolicySet {
            policy: Box::new(Policy {
                zone: zone.clone(),
                photos: Some(PhotosKept::DE),
                ..Policy::default()
            }),
        },
        Event::PolicySet {
            policy: Box::new(Policy { zone: zone.clone(), country: Country::Eu, ..Policy::default() }),
        },
        Event::PolicySet {
            policy: Box::new(Policy {
                zone,
                classes: ClassTimes { meal: Span::minutes(45), ..ClassTimes::default() },
                ..Policy::default()
            }),
        },
        Event::BankInstalled { bank: BankId(1), compartments: vec![(C, spec)] },
        Event::BankChanged {
            bank: BankId(1),
            version: 2,
            compartments: vec![(CompartmentId(8), safe)],
            by: Actor::Staff(STAFF),
        },
        Event::WiringSet {
            bank: BankId(1),
            version: 2,
            hash: hash_of(BankId(1), &BTreeMap::from([(C, LOCK_7)]), &BTreeSet::from([C])),
            channels: vec![(C, LOCK_7)],
            unproven: vec![C],
            spare: vec![],
            configured: WiringHash([0x5A; 32]),
            by: Actor::Staff(STAFF),
        },
        Event::WiringSet {
            bank: BankId(1),
            version: 3,
            hash: hash_of(BankId(1), &BTreeMap::from([(C, LOCK_7)]), &BTreeSet::from([C])),
            channels: vec![(C, LOCK_7)],
            unproven: vec![C],
            spare: vec![Channel { lock: 8, ..LOCK_7 }],
            configured: WiringHash([0x5A; 32]),
            by: Actor::Staff(STAFF),
        },
        Event::WiringTestBegan { bank: BankId(1), anew: false, by: Actor::Staff(STAFF) },
        Event::WiringTestBegan { bank: BankId(1), anew: true, by: Actor::Staff(STAFF) },
        Event::WiringTried {
            bank: BankId(1),
            pulsed: C,
            opened: WhatOpened::Door(CompartmentId(8)),
            moved: vec![(C, true)],
            by: Actor::Staff(STAFF),
        },
        Event::WiringTried {
            bank: BankId(1),
            pulsed: C,
            opened: WhatOpened::Nothing,
            moved: vec![],
            by: Actor::Staff(STAFF),
        },
        Event::WiringTried {
            bank: BankId(1),
            pulsed: C,
            opened: WhatOpened::Several,
            moved: vec![(C, false), (CompartmentId(8), true)],
            by: Actor::Staff(STAFF),
        },
        Event::WiringTestStopped { bank: BankId(1), by: Actor::Site },
        Event::ShelfInstalled { shelf: ShelfId(1), label: "A1".to_owned() },
        Event::ShelfDescribed {
            shelf: ShelfId(1),
            limits: ShelfLimits {
                zone: "Package room".to_owned(),
                largest: Size::L,
                floor: false,
                holds: Some(6),
                height_mm: Some(900),
            },
        },
        Event::RoomDrawn {
            room: RoomId(1),
            version: 2,
            plan: Box::new(package_room()),
            shelves: vec![(ShelfId(1), in_rack), (ShelfId(2), on_floor)],
            by: Actor::Staff(STAFF),
        },
        Event::DropPlaceNamed { area: AreaId(1), label: "Lobby bench".to_owned() },
        Event::DeskHoursSet { hours: vec![office] },
        Event::CarrierNamed { carrier: CarrierId(1), name: "UPS".to_owned() },
        Event::KioskPaired { kiosk: K, token: HASH, banks: vec![BankId(1), BankId(2)] },
        Event::KioskBanksSet { kiosk: K, banks: vec![BankId(2)] },
        Event::KioskUnpaired { kiosk: K },
        Event::StaffEnrolled { staff: STAFF },
        Event::SiteStarted { boot: 5 },
        Event::EpochRaised { epoch: 2 },
        Event::ClockDoubted { wall: Timestamp(0) },
        Event::DiskLow { low: true },
    ]
}

fn getting_ready() -> Vec<Event> {
    let by = Actor::Staff(STAFF);
    let skipped = |step| Event::StepSkipped { step, skipped: true, by };
    let mut events: Vec<_> = ReadyStep::ALL.into_iter().map(skipped).collect();
    events.extend([
        Event::StepSkipped { step: ReadyStep::Mail, skipped: false, by },
        Event::GettingReadyHidden { hidden: true, by },
        Event::GettingReadyHidden { hidden: false, by: Actor::Console },
        Event::TestMailRequested { notice: NoticeId(14), staff: STAFF },
    ]);
    events
}

fn people() -> Vec<Event> {
    vec![
        Event::UnitAdded { unit: UnitId(2), keypad: number("1202") },
        Event::TenancyBegan { tenancy: TenancyId(4), unit: UnitId(2) },
        Event::PersonJoined { person: WHO, tenancy: TenancyId(4) },
        Event::PersonLeft { person: WHO, keeps_until: Some(AT) },
        Event::PersonLeft { person: WHO, keeps_until: None },
        Event::SharingSet { person: WHO, sharing: Some(Sharing::Private) },
        Event::SharingSet { person: WHO, sharing: Some(Sharing::Shared) },
        Event::SharingSet { person: WHO, sharing: None },
    ]
}

fn codes() -> Vec<Event> {
    let purpose = Purpose::PickUp;
    vec![
        Event::CourierCodeIssued {
            credential: CODE,
            carrier: CarrierId(1),
            selector: number("417"),
            digits: HASH,
            badge: HASH,
            windows: vec![WeekWindow::ALWAYS],
            expires: AT,
            doors: Vec::new(),
        },
        Event::CourierCodeIssued {
            credential: CODE,
            carrier: CarrierId(1),
            selector: number("417"),
            digits: HASH,
            badge: HASH,
            windows: vec![WeekWindow::ALWAYS],
            expires: AT,
            doors: vec![DoorGrant { point: D }],
        },
        Event::CourierCodeRevoked { credential: CODE, at: AT },
        Event::CardIssued { credential: CODE, person: WHO, token: HASH },
        Event::CardRevoked { credential: CODE },
        Event::PickupCodeIssued {
            credential: CODE,
            person: WHO,
            selector: number("1202"),
            digits: HASH,
            token: HASH,
        },
        Event::PickupCodeEnded { credential: CODE },
        Event::CodeMissed { kiosk: K, purpose: Purpose::Deliver, selector: number("417") },
        Event::CodeAccepted { kiosk: K, purpose, credential: CODE },
        Event::SelectorPaused { selector: number("1202"), purpose, until: AT },
        Event::KioskPaused { kiosk: K, purpose, until: AT },
        Event::KeypadsOff { purpose },
        Event::PausesLifted { by: Actor::Staff(STAFF) },
        Event::PausesLifted { by: Actor::Console },
    ]
}

fn visits() -> Vec<Event> {
    let ends = [VisitEnd::Finished, VisitEnd::Idle, VisitEnd::TooLong, VisitEnd::Restart];
    let turns = [
        Turn::BiggerDoor,
        Turn::NotLeftHere,
        Turn::SomethingInside,
        Turn::LeaveInside,
        Turn::NotMine,
        Turn::WasEmpty,
    ];
    let courier = Visitor::Courier { credential: CODE, carrier: CarrierId(1) };
    let resident = Visitor::Resident { credential: CODE, person: WHO };
    let mut events = vec![
        Event::VisitBegan { visit: V, kiosk: K, visitor: courier },
        Event::VisitBegan { visit: V, kiosk: K, visitor: resident },
        Event::VisitBegan { visit: V, kiosk: K, visitor: Visitor::Guest { entry: EntryId(8) } },
        Event::LookedUp { visit: V },
        Event::VisitContinued { visit: V },
    ];
    events.extend(ends.map(|how| Event::VisitEnded { visit: V, how }));
    events.extend(turns.map(|turn| Event::Turned { visit: V, compartment: C, turn }));
    events
}

/// A rack for each side, and a zone for each use.
fn package_room() -> RoomPlan {
    let rack = |(at, front): (usize, Side)| Rack {
        label: format!("Rack {}", at + 1),
        ground: Ground { left_mm: 0, top_mm: 1_000 * at as u32, width_mm: 900, depth_mm: 500 },
        front,
        foot_mm: 100,
        levels: vec![400, 500],
    };
    let zone = |(at, suits): (usize, ZoneFor)| RoomZone { label: format!("Zone {}", at + 1), suits };
    let suits = [
        ZoneFor::Anything,
        ZoneFor::Class(ParcelClass::Chilled),
        ZoneFor::Carrier(CarrierId(1)),
        ZoneFor::Keypads { from: 100, to: 199 },
    ];
    RoomPlan {
        label: "Package room".to_owned(),
        door: Some(AccessPointId(1)),
        door_mm: 2_000,
        width_mm: 4_000,
        depth_mm: 4_500,
        racks: Side::ALL.into_iter().enumerate().map(rack).collect(),
        zones: suits.into_iter().enumerate().map(zone).collect(),
    }
}

fn parcels() -> Vec<Event> {
    let places = [
        Place::Compartment(C),
        Place::Shelf(ShelfId(1)),
        Place::Desk,
        Place::Area(AreaId(1)),
        Place::TakeBack,
    ];
    let mut events = vec![
        Event::ParcelRegistered {
            parcel: P,
            custodian: Custodian::Courier(V),
            carrier: Some(CarrierId(1)),
            unit: Some(UnitId(2)),
            entitlement: Some(entitlement()),
            size: Size::M,
            heavy: true,
            label: None,
        },
        Event::ParcelRegistered {
            parcel: P,
            custodian: Custodian::Carrier(None),
            carrier: None,
            unit: None,
            entitlement: None,
            size: Size::S,
            heavy: false,
            label: None,
        },
        Event::ParcelRegistered {
            parcel: P,
            custodian: Custodian::Courier(V),
            carrier: Some(CarrierId(1)),
            unit: Some(UnitId(2)),
            entitlement: Some(entitlement()),
            size: Size::S,
            heavy: false,
            label: Some(LabelMark::of(&Fixed, "1Z999AA10123456784")),
        },
        Event::RecipientCorrected {
            parcel: P,
            unit: Some(UnitId(2)),
            entitlement: Some(entitlement()),
            by: Actor::Visit(V),
            label: None,
        },
        Event::RecipientCorrected {
            parcel: P,
            unit: Some(UnitId(2)),
            entitlement: Some(entitlement()),
            by: Actor::Staff(STAFF),
            label: Some(LabelMark::of(&Fixed, "1Z999AA10123456784")),
        },
        Event::RecipientCorrected {
            parcel: P,
            unit: None,
            entitlement: None,
            by: Actor::Staff(STAFF),
            label: None,
        },
        Event::ParcelDisowned { parcel: P, person: WHO },
        Event::ParcelOverdue { parcel: P },
        Event::ParcelFiled { parcel: P },
    ];
    events.extend(places.map(|place| Event::PlacePlanned { parcel: P, place }));
    events
}

fn classes() -> Vec<Event> {
    let (parcel, by) = (P, Actor::Visit(V));
    let said = |class| Event::ParcelClassified { parcel, class: Some(class), by };
    let kept = |place, class| Event::PlaceKeptFor { place, class };
    let mut events: Vec<_> = ParcelClass::ALL.map(said).into_iter().collect();
    events.extend([
        Event::ParcelClassified { parcel, class: None, by: Actor::Staff(STAFF) },
        Event::ParcelReminded { parcel },
        Event::ParcelLate { parcel },
        Event::ParcelsDropped { drop: DropId(4), parcels: vec![P, ParcelId(42)] },
        Event::DropLate { drop: DropId(4) },
        kept(Place::Compartment(C), Some(ParcelClass::Medicine)),
        kept(Place::Shelf(ShelfId(1)), Some(ParcelClass::Chilled)),
        kept(Place::Shelf(ShelfId(1)), None),
    ]);
    events
}

fn claims() -> Vec<Event> {
    let (claim, label, by) = (CLAIM, LabelMark::of(&Fixed, "1Z999AA10123456784"), Actor::Staff(STAFF));
    let claimed = |source, carrier: Option<u32>, by| Event::DeliveryClaimed {
        claim,
        label,
        carrier: carrier.map(CarrierId),
        at: AT,
        source,
        unit: carrier.map(|_| UnitId(2)),
        until: AT,
        by,
    };
    let ended = |how| Event::ClaimEnded { claim, label, how, by };
    let mut events: Vec<_> = ClaimSource::ALL.map(|source| claimed(source, Some(1), Actor::Site)).into();
    events.extend([
        claimed(ClaimSource::Resident, None, Actor::Person(WHO)),
        Event::ClaimMet { claim, parcel: P },
        Event::ClaimDue { claim },
        Event::CarrierAsked { claim, until: AT, by },
        Event::DropAskedFor { drop: DropId(4), person: WHO },
        Event::TaskRaised { task: TaskId(15), what: TaskKind::OneIsTheirs { drop: DropId(4), person: WHO } },
        ended(ClaimEnd::Found { parcel: P }),
        Event::TaskRaised { task: TaskId(15), what: TaskKind::Unscanned { claim } },
    ]);
    events.extend(Unmet::ALL.map(|why| Event::ClaimUnmet { claim, parcel: P, why }));
    events.push(Event::ClaimJoined { claim, unit: UnitId(2), by: Actor::Person(WHO) });
    events.extend(Explanation::ALL.map(|why| ended(ClaimEnd::Explained { why })));
    let answer = Span::days(3);
    let hand_on = [CarrierId(2)].into();
    let times = ClaimTimes { answer, hand_on, ..ClaimTimes::default() };
    let policy = Policy { claims: times, ..Policy::default() };
    events.push(Event::PolicySet { policy: Box::new(policy) });
    events
}

fn transfers() -> Vec<Event> {
    let steps = [
        (Custodian::Courier(V), Custodian::Compartment(C), Actor::Visit(V), Assurance::DoorClosed),
        (Custodian::Courier(V), Custodian::Shelf(ShelfId(1)), Actor::Visit(V), Assurance::CourierWord),
        (Custodian::Courier(V), Custodian::CommonArea(AreaId(1)), Actor::Visit(V), Assurance::Photo),
        (Custodian::Shelf(ShelfId(1)), Custodian::Staff(STAFF), Actor::Staff(STAFF), Assurance::StaffWord),
        (Custodian::Compartment(C), Custodian::Recipient(WHO), Actor::Visit(V), Assurance::Sensor),
        (Custodian::Shelf(ShelfId(1)), Custodian::Recipient(WHO), Actor::Visit(V), Assurance::RecipientScan),
        (
            Custodian::Compartment(C),
            Custodian::Missing { last_known: Some(C) },
            Actor::Visit(V),
            Assurance::RecipientWord,
        ),
        (
            Custodian::Missing { last_known: None },
            Custodian::WrittenOff,
            Actor::Staff(STAFF),
            Assurance::StaffWord,
        ),
        (Custodian::Courier(V), Custodian::Carrier(Some(CarrierId(1))), Actor::Site, Assurance::CourierWord),
        (Custodian::Staff(STAFF), Custodian::Carrier(None), Actor::Kiosk(K), Assurance::StaffWord),
    ];
    let evidence = |n: usize| if n == 0 { vec!["5a5a".to_owned()] } else { Vec::new() };
    let event = |(n, (from, to, by, assurance))| Event::CustodyTransferred {
        parcel: P,
        from,
        to,
        by,
        assurance,
        evidence: evidence(n),
    };
    steps.into_iter().enumerate().map(event).collect()
}

fn compartments() -> Vec<Event> {
    let reasons = [
        StaffReason::Inspect,
        StaffReason::HelpResident,
        StaffReason::HelpCourier,
        StaffReason::Overdue,
        StaffReason::WrongRecipient,
        StaffReason::Maintenance,
        StaffReason::Damaged,
        StaffReason::NotFound,
        StaffReason::Other,
    ];
    let by = Actor::Staff(STAFF);
    let mut events = vec![
        Event::CompartmentDesignated {
            compartment: C,
            designation: Some(Designation { unit: UnitId(2), only: true }),
        },
        Event::CompartmentDesignated { compartment: C, designation: None },
        Event::CompartmentToCheck { compartment: C },
        Event::CompartmentChecked { compartment: C, by },
        Event::CompartmentOpened { compartment: C, opening: Some(O), key: None },
        Event::CompartmentOpened { compartment: C, opening: None, key: None },
        Event::CompartmentOpened { compartment: C, opening: None, key: Some(STAFF) },
        Event::KeyAnnounced { compartment: C, staff: STAFF, reason: StaffReason::Inspect, until: AT },
        Event::ForceExplained {
            compartment: C,
            staff: StaffId(3),
            reason: StaffReason::Maintenance,
            by: Actor::Staff(STAFF),
        },
        Event::CompartmentClosed { compartment: C },
        Event::CompartmentForced { compartment: C },
        Event::CompartmentHeldOpen { compartment: C },
        Event::OccupancySeen { compartment: C, occupied: false },
        Event::BoardSilent { bank: BankId(1) },
        Event::BoardBack { bank: BankId(1) },
    ];
    events.extend(reasons.map(|reason| Event::CompartmentServiceSet {
        compartment: C,
        in_service: false,
        reason,
        by,
    }));
    events
}

fn openings() -> Vec<Event> {
    let purposes = [
        OpeningPurpose::Deposit { visit: V, parcel: P },
        OpeningPurpose::FixDeposit { visit: V, parcel: P },
        OpeningPurpose::Collect { visit: V, credential: CODE, person: WHO, parcels: vec![P, ParcelId(42)] },
        OpeningPurpose::Reopen { visit: V, person: WHO },
        OpeningPurpose::StaffOpen { staff: STAFF, reason: StaffReason::Inspect },
        OpeningPurpose::StaffRemove { staff: STAFF, parcel: P, reason: StaffReason::Overdue },
        OpeningPurpose::StaffPlace { staff: STAFF, parcel: P },
    ];
    let outcomes =
        [PulseOutcome::Opened, PulseOutcome::StillClosed, PulseOutcome::Unknown, PulseOutcome::NotSent];
    let authorised = |purpose| Event::OpeningAuthorised {
        opening: O,
        compartment: C,
        purpose,
        by: Actor::Visit(V),
        not_after: AT,
        wiring: None,
    };
    let mut events: Vec<_> = purposes.into_iter().map(authorised).collect();
    events.push(Event::OpeningAuthorised {
        opening: O,
        compartment: C,
        purpose: OpeningPurpose::StaffOpen { staff: STAFF, reason: StaffReason::WiringTest },
        by: Actor::Staff(STAFF),
        not_after: AT,
        wiring: Some(WiringHash([0xA5; 32])),
    });
    events.push(Event::OpeningAttempted { opening: O, attempt: 2, not_after: AT });
    events.extend(outcomes.map(|outcome| Event::PulseFailed { opening: O, attempt: 3, outcome }));
    events.extend([Event::NotOpened { opening: O }, Event::OpeningUnknown { opening: O }]);
    events
}
