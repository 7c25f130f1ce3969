//! What is put into the sentence of each event: names for its numbers, words for its choices.

use vestibule_core::access::entry::Entrant;
use vestibule_core::credential::budget::Purpose;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::delivered::ClaimEnd;
use vestibule_core::custody::{Assurance, Custodian};
use vestibule_core::directory::Sharing;
use vestibule_core::evidence::{Held, HoldReason, PhotoGone, PhotoReason, PhotoTrouble};
use vestibule_core::notice::NoticeKind;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::place::compartment::{Designation, Size};
use vestibule_core::place::wiring::WhatOpened;
use vestibule_core::time::WeekWindow;
use vestibule_core::visit::{Turn, VisitEnd, Visitor};
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::{NoticeTrouble, PulseOutcome};
use vestibule_core::{Event, PhotoId, Timestamp};

use super::super::names::{self, Names};
use super::super::say::{Put, Say};
use super::super::tasks::kind_key;
use super::super::times;
use super::audits;

pub(super) type Puts = Vec<(&'static str, Put)>;

pub(super) fn word(is: bool) -> Put {
    Put::from(if is { "yes" } else { "no" })
}

/// What the sentence of an event wants.
pub fn of(event: &Event, names: &Names, say: Say) -> Puts {
    match event {
        Event::BankInstalled { bank, compartments } => {
            vec![("bank", names.bank(say, *bank).into()), ("n", compartments.len().into())]
        }
        Event::ShelfInstalled { label, .. } | Event::DropPlaceNamed { label, .. } => {
            vec![("label", label.as_str().into())]
        }
        Event::RoomDrawn { plan, version, .. } => {
            vec![("label", plan.label.as_str().into()), ("n", (*version).into())]
        }
        Event::ShelfDescribed { shelf, .. } => vec![("label", names.shelf_label(*shelf).into())],
        Event::DeskHoursSet { hours } => vec![("hours", hours_in_words(hours, say).into())],
        Event::CarrierNamed { name, .. } => vec![("carrier", name.as_str().into())],
        Event::KioskPaired { kiosk, .. }
        | Event::KioskBanksSet { kiosk, .. }
        | Event::KioskUnpaired { kiosk } => vec![("kiosk", names.kiosk(say, *kiosk).into())],
        Event::StaffEnrolled { staff } | Event::TestMailRequested { staff, .. } => {
            vec![("who", names.staff_name(say, *staff).into())]
        }
        Event::StepSkipped { step, skipped, .. } => {
            vec![("step", say.t(&format!("staff-ready-{}", step.word())).into()), ("skipped", word(*skipped))]
        }
        Event::GettingReadyHidden { hidden, .. } => vec![("hidden", word(*hidden))],
        Event::SiteStarted { boot } => vec![("n", (*boot).into())],
        Event::EpochRaised { epoch } => vec![("n", (*epoch).into())],
        Event::ClockDoubted { wall } => vec![("wall", full(*wall, names, say).into())],
        Event::DiskLow { low } => vec![("low", word(*low))],
        Event::UnitAdded { unit, keypad } => {
            vec![("unit", names.unit(say, *unit).into()), ("keypad", keypad.digits().into())]
        }
        Event::TenancyBegan { unit, .. } => vec![("unit", names.unit(say, *unit).into())],
        Event::PersonJoined { person, .. } => vec![("who", names.person(say, *person).into())],
        Event::PersonLeft { person, keeps_until } => vec![
            ("who", names.person(say, *person).into()),
            ("keeps", word(keeps_until.is_some())),
            ("until", keeps_until.map_or_else(String::new, |at| full(at, names, say)).into()),
        ],
        Event::SharingSet { person, sharing } => {
            let sharing = match sharing {
                Some(Sharing::Shared) => "shared",
                Some(Sharing::Private) => "private",
                None => "site",
            };
            vec![("who", names.person(say, *person).into()), ("sharing", sharing.into())]
        }
        Event::NoticeRequested { person, what, .. } => {
            vec![("who", names.person(say, *person).into()), ("what", notice_word(*what).into())]
        }
        Event::NoticeInTrouble { trouble, .. } => vec![("trouble", trouble_word(*trouble).into())],
        Event::TaskRaised { what, .. } => {
            vec![("task", say.t(&format!("staff-task-short-{}", kind_key(what))).into())]
        }
        _ => of_codes(event, names, say),
    }
}

fn of_codes(event: &Event, names: &Names, say: Say) -> Puts {
    match event {
        Event::CourierCodeIssued { credential, carrier, expires, .. } => vec![
            ("carrier", names.courier(say, *carrier, Some(*credential)).into()),
            ("until", times::date(say, *expires, &names.zone).into()),
        ],
        Event::CourierCodeRevoked { at, .. } => {
            vec![("at", full(*at, names, say).into()), ("later", word(*at > names.now))]
        }
        Event::CardIssued { person, .. }
        | Event::PickupCodeIssued { person, .. }
        | Event::ParcelDisowned { person, .. } => vec![("who", names.person(say, *person).into())],
        Event::CodeMissed { kiosk, purpose, selector } => vec![
            ("kiosk", names.kiosk(say, *kiosk).into()),
            ("purpose", purpose_word(*purpose).into()),
            ("selector", names.selector(selector).into()),
        ],
        Event::CodeAccepted { kiosk, purpose, credential } => vec![
            ("kiosk", names.kiosk(say, *kiosk).into()),
            ("purpose", purpose_word(*purpose).into()),
            ("code", credential.to_string().into()),
        ],
        Event::SelectorPaused { selector, until, .. } => {
            vec![("selector", names.selector(selector).into()), ("until", full(*until, names, say).into())]
        }
        Event::KioskPaused { kiosk, until, .. } => {
            vec![("kiosk", names.kiosk(say, *kiosk).into()), ("until", full(*until, names, say).into())]
        }
        Event::VisitBegan { kiosk, visitor, .. } => {
            let (who, kind) = match visitor {
                Visitor::Courier { credential, carrier } => {
                    (names.courier(say, *carrier, Some(*credential)), "courier")
                }
                Visitor::Resident { person, .. } => (names.person(say, *person), "resident"),
                Visitor::Guest { .. } => (String::new(), "guest"),
            };
            vec![("kiosk", names.kiosk(say, *kiosk).into()), ("who", who.into()), ("kind", kind.into())]
        }
        Event::VisitEnded { how, .. } => vec![("how", end_word(*how).into())],
        Event::Turned { compartment, turn, .. } => {
            vec![("door", names.door(say, *compartment).into()), ("turn", turn_word(*turn).into())]
        }
        _ => of_parcels(event, names, say),
    }
}

fn of_claims(event: &Event, names: &Names, say: Say) -> Puts {
    match event {
        Event::DeliveryClaimed { carrier, unit, at, .. } => vec![
            ("carrier", names.carrier(say, *carrier).into()),
            ("known", word(unit.is_some())),
            ("unit", unit.map_or_else(String::new, |unit| names.unit(say, unit)).into()),
            ("at", full(*at, names, say).into()),
        ],
        Event::ClaimUnmet { why, .. } => vec![("why", why.word().into())],
        Event::ClaimJoined { unit, .. } => vec![("unit", names.unit(say, *unit).into())],
        Event::DropAskedFor { person, .. } => vec![("who", names.person(say, *person).into())],
        Event::CarrierAsked { until, .. } => vec![("until", full(*until, names, say).into())],
        Event::ClaimEnded { how: ClaimEnd::Found { .. }, .. } => vec![("how", "found".into())],
        Event::ClaimEnded { how: ClaimEnd::Explained { why }, .. } => vec![("how", why.word().into())],
        _ => Vec::new(),
    }
}

fn of_parcels(event: &Event, names: &Names, say: Say) -> Puts {
    match event {
        Event::ParcelRegistered { carrier, unit, size, heavy, .. } => vec![
            ("carrier", names.carrier(say, *carrier).into()),
            ("known", word(unit.is_some())),
            ("unit", unit.map_or_else(String::new, |unit| names.unit(say, unit)).into()),
            ("size", size_word(*size).into()),
            ("heavy", word(*heavy)),
        ],
        Event::ParcelClassified { class, .. } => {
            vec![("class", class.map_or("usual", ParcelClass::word).into())]
        }
        Event::PlaceKeptFor { place, class } => vec![
            ("place", names.place(say, *place).into()),
            ("class", class.map_or("usual", ParcelClass::word).into()),
        ],
        Event::ParcelsDropped { parcels, .. } => vec![("n", parcels.len().into())],
        Event::DeliveryClaimed { .. }
        | Event::CarrierAsked { .. }
        | Event::ClaimUnmet { .. }
        | Event::ClaimJoined { .. }
        | Event::ClaimEnded { .. }
        | Event::DropAskedFor { .. } => of_claims(event, names, say),
        Event::PlacePlanned { place, .. } => vec![("place", names.place(say, *place).into())],
        Event::RecipientCorrected { unit, .. } => vec![
            ("known", word(unit.is_some())),
            ("unit", unit.map_or_else(String::new, |unit| names.unit(say, unit)).into()),
        ],
        Event::CustodyTransferred { from, to, .. } => vec![
            ("to", custodian_word(*to).into()),
            ("place", placed(*to, names, say).into()),
            ("who", receiver(*to, names, say).into()),
            ("from", names.custodian(say, *from).into()),
        ],
        Event::CompartmentDesignated { compartment, designation } => {
            designated(names.door(say, *compartment), *designation, names, say)
        }
        Event::CompartmentServiceSet { compartment, in_service, .. } => {
            vec![("door", names.door(say, *compartment).into()), ("in", word(*in_service))]
        }
        Event::CompartmentToCheck { compartment }
        | Event::CompartmentChecked { compartment, .. }
        | Event::CompartmentClosed { compartment }
        | Event::CompartmentForced { compartment }
        | Event::CompartmentHeldOpen { compartment } => vec![("door", names.door(say, *compartment).into())],
        Event::CompartmentOpened { compartment, opening, key } => {
            let explained = if key.is_some() { "key".into() } else { word(opening.is_some()) };
            let who = key.map(|staff| names.staff_name(say, staff)).unwrap_or_default();
            vec![
                ("door", names.door(say, *compartment).into()),
                ("explained", explained),
                ("who", who.into()),
            ]
        }
        Event::OccupancySeen { compartment, occupied } => {
            vec![("door", names.door(say, *compartment).into()), ("occupied", word(*occupied))]
        }
        Event::OpeningAuthorised { compartment, purpose, .. } => {
            vec![("door", names.door(say, *compartment).into()), ("purpose", opening_word(purpose).into())]
        }
        Event::OpeningAttempted { attempt, .. } => vec![("n", u32::from(*attempt).into())],
        Event::PulseFailed { attempt, outcome, .. } => {
            vec![("n", u32::from(*attempt).into()), ("outcome", outcome_word(*outcome).into())]
        }
        _ => of_banks(event, names, say),
    }
}

fn of_banks(event: &Event, names: &Names, say: Say) -> Puts {
    match event {
        Event::WiringSet { bank, version, .. } | Event::BankChanged { bank, version, .. } => {
            vec![("bank", names.bank(say, *bank).into()), ("n", (*version).into())]
        }
        Event::WiringTried { pulsed, opened, .. } => {
            let word = match opened {
                WhatOpened::Door(_) => "door",
                WhatOpened::Several => "several",
                WhatOpened::Nothing => "nothing",
            };
            vec![("door", names.door(say, *pulsed).into()), ("opened", word.into())]
        }
        Event::KeyAnnounced { compartment, staff, until, .. } => vec![
            ("door", names.door(say, *compartment).into()),
            ("who", names.staff_name(say, *staff).into()),
            ("until", full(*until, names, say).into()),
        ],
        Event::ForceExplained { compartment, staff, .. } => vec![
            ("door", names.door(say, *compartment).into()),
            ("who", names.staff_name(say, *staff).into()),
        ],
        Event::WiringTestBegan { bank, .. }
        | Event::WiringTestStopped { bank, .. }
        | Event::BoardSilent { bank }
        | Event::BoardBack { bank } => {
            vec![("bank", names.bank(say, *bank).into())]
        }
        _ => of_photos(event, names, say),
    }
}

fn of_photos(event: &Event, names: &Names, say: Say) -> Puts {
    let camera = |camera| ("camera", names.camera(say, camera).into());
    let n = |photo: &PhotoId| ("n", photo.to_string().into());
    match event {
        Event::CameraInstalled { camera: id, .. }
        | Event::CameraSet { camera: id, .. }
        | Event::CameraRemoved { camera: id }
        | Event::CameraSilent { camera: id }
        | Event::CameraBack { camera: id } => vec![camera(*id)],
        Event::PhotoTaken { photo, asked, .. } => {
            vec![n(photo), camera(asked.camera), ("why", photo_word(asked.reason).into())]
        }
        Event::PhotoMissing { asked, trouble, .. } => vec![
            ("known", word(asked.is_some())),
            asked.as_ref().map_or(("camera", String::new().into()), |asked| camera(asked.camera)),
            ("trouble", trouble.map_or("unknown", photo_trouble_word).into()),
        ],
        Event::PhotoViewed { photo, .. } | Event::PhotoChanged { photo } => vec![n(photo)],
        Event::PhotoErased { photo, why } => {
            let why = if *why == PhotoGone::Over { "over" } else { "lost" };
            vec![n(photo), ("why", why.into())]
        }
        Event::EvidenceHeld { what, until, .. } => {
            [held(*what), vec![("until", times::date(say, *until, &names.zone).into())]].concat()
        }
        Event::EvidenceReleased { what, .. } => held(*what),
        _ => audits::of(event, names, say),
    }
}

fn held(what: Held) -> Puts {
    let (kind, n) = match what {
        Held::Photo(photo) => ("photo", photo.to_string()),
        Held::Parcel(parcel) => ("parcel", parcel.to_string()),
        Held::Entry(entry) => ("entry", entry.to_string()),
    };
    vec![("what", kind.into()), ("n", n.into())]
}

/// The word for why a photo was taken.
pub fn photo_word(reason: PhotoReason) -> &'static str {
    match reason {
        PhotoReason::CourierLogIn => "log-in",
        PhotoReason::Deposit => "deposit",
        PhotoReason::Collection => "collection",
        PhotoReason::Denial => "denial",
        PhotoReason::Forced => "forced",
        PhotoReason::HeldOpen => "held-open",
        PhotoReason::SomethingInside => "inside",
        PhotoReason::Doubted => "doubted",
        PhotoReason::Intake => "intake",
        PhotoReason::HandOver => "hand-over",
        PhotoReason::Entry => "entry",
        PhotoReason::Opened => "opened",
        PhotoReason::InRoom => "in-room",
        PhotoReason::Followed => "followed",
        PhotoReason::Rang => "rang",
        PhotoReason::QuickDrop => "drop",
        PhotoReason::CheckOut => "check-out",
    }
}

fn photo_trouble_word(trouble: PhotoTrouble) -> &'static str {
    match trouble {
        PhotoTrouble::NoAnswer => "no-answer",
        PhotoTrouble::NoPicture => "no-picture",
        PhotoTrouble::Refused => "refused",
        PhotoTrouble::Busy => "busy",
        PhotoTrouble::SpaceLow => "space-low",
        PhotoTrouble::NotKept => "not-kept",
        PhotoTrouble::NotConfigured => "not-configured",
        PhotoTrouble::Stopped => "stopped",
        PhotoTrouble::NoCamera => "no-camera",
    }
}

/// The word for why evidence is held.
pub fn hold_word(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::Police => "police",
        HoldReason::Claim => "claim",
        HoldReason::Dispute => "dispute",
        HoldReason::Other => "other",
    }
}

/// Who did it and how we know.
pub fn detail(event: &Event, names: &Names, say: Say) -> Vec<String> {
    let by = |actor| say.with("staff-by", &[("who", names.actor(say, actor).into())]);
    match event {
        Event::CustodyTransferred { by: actor, assurance, .. } => {
            vec![by(*actor), say.t(assurance_key(*assurance))]
        }
        Event::CompartmentServiceSet { by: actor, reason, .. }
        | Event::ForceExplained { by: actor, reason, .. } => {
            vec![by(*actor), say.t(reason_key(*reason))]
        }
        Event::KeyAnnounced { reason, .. } => vec![say.t(reason_key(*reason))],
        Event::OpeningAuthorised { by: actor, purpose, .. } => {
            let reason = match purpose {
                OpeningPurpose::StaffOpen { reason, .. } | OpeningPurpose::StaffRemove { reason, .. } => {
                    Some(say.t(reason_key(*reason)))
                }
                OpeningPurpose::Deposit { .. }
                | OpeningPurpose::FixDeposit { .. }
                | OpeningPurpose::Collect { .. }
                | OpeningPurpose::Reopen { .. }
                | OpeningPurpose::StaffPlace { .. } => None,
            };
            std::iter::once(by(*actor)).chain(reason).collect()
        }
        Event::EntryBegan { by: actor, entrant: Entrant::LetInByStaff { reason, .. }, .. } => {
            vec![by(*actor), say.t(reason_key(*reason))]
        }
        Event::EvidenceHeld { by: actor, reason, .. } => {
            vec![by(*actor), say.t(&format!("staff-hold-{}", hold_word(*reason)))]
        }
        Event::PhotoViewed { by: actor, .. }
        | Event::EvidenceReleased { by: actor, .. }
        | Event::EntryBegan { by: actor, .. }
        | Event::RecipientCorrected { by: actor, .. }
        | Event::ParcelClassified { by: actor, .. }
        | Event::CompartmentChecked { by: actor, .. }
        | Event::BankChanged { by: actor, .. }
        | Event::RoomDrawn { by: actor, .. }
        | Event::WiringSet { by: actor, .. }
        | Event::WiringTestBegan { by: actor, .. }
        | Event::WiringTried { by: actor, .. }
        | Event::WiringTestStopped { by: actor, .. }
        | Event::AuditBegan { by: actor, .. }
        | Event::AuditDoorOpens { by: actor, .. }
        | Event::AuditLooked { by: actor, .. }
        | Event::AuditSkipped { by: actor, .. }
        | Event::AuditPaused { by: actor, .. }
        | Event::AuditSettled { by: actor, .. }
        | Event::AuditEnded { by: actor, .. }
        | Event::PausesLifted { by: actor }
        | Event::DoorModeSet { by: actor, .. }
        | Event::DoorNightSet { by: actor, .. }
        | Event::ReaderAwaited { by: actor, .. }
        | Event::RingAnswered { by: actor, .. }
        | Event::TaskDone { by: actor, .. } => vec![by(*actor)],
        _ => Vec::new(),
    }
}

pub(super) fn full(at: Timestamp, names: &Names, say: Say) -> String {
    times::moment(say, at, (&names.zone, names.now))
}

fn designated(door: String, designation: Option<Designation>, names: &Names, say: Say) -> Puts {
    let unit = designation.map_or_else(String::new, |d| names.unit(say, d.unit));
    let how = match designation {
        Some(Designation { only: true, .. }) => "only",
        Some(Designation { only: false, .. }) => "first",
        None => "free",
    };
    vec![("door", door.into()), ("unit", unit.into()), ("how", how.into())]
}

/// A place within a sentence.
fn placed(to: Custodian, names: &Names, say: Say) -> String {
    match to {
        Custodian::Compartment(c) => names.door(say, c),
        _ => names.custodian(say, to),
    }
}

fn receiver(to: Custodian, names: &Names, say: Say) -> String {
    match to {
        Custodian::Recipient(person) => names.person(say, person),
        Custodian::Staff(staff) => names.staff_name(say, staff),
        Custodian::Carrier(carrier) => names.carrier(say, carrier),
        Custodian::Courier(visit) => names.visitor(say, visit),
        Custodian::Compartment(_)
        | Custodian::Shelf(_)
        | Custodian::CommonArea(_)
        | Custodian::Missing { .. }
        | Custodian::WrittenOff => String::new(),
    }
}

/// Weekly hours in words: `Mon Tue 08:00-20:00`.
pub fn hours_in_words(hours: &[WeekWindow], say: Say) -> String {
    if hours.is_empty() {
        return say.t("staff-hours-none");
    }
    let window = |window: &WeekWindow| {
        let days: Vec<String> =
            (0..7).filter(|day| window.days & (1 << day) != 0).map(|day| times::weekday(say, day)).collect();
        let days = if days.len() == 7 { say.t("staff-every-day") } else { days.join(" ") };
        format!("{days} {}-{}", times::hour(window.from), times::hour(window.to))
    };
    names::capital(&hours.iter().map(window).collect::<Vec<_>>().join(", "))
}

/// The letter of a size.
pub fn size_word(size: Size) -> &'static str {
    match size {
        Size::S => "S",
        Size::M => "M",
        Size::L => "L",
        Size::XL => "XL",
    }
}

/// The key of how we know.
pub fn assurance_key(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Sensor => "staff-known-sensor",
        Assurance::DoorClosed => "staff-known-door",
        Assurance::Photo => "staff-known-photo",
        Assurance::StaffWord => "staff-known-staff",
        Assurance::CourierWord => "staff-known-courier",
        Assurance::RecipientScan => "staff-known-scan",
        Assurance::RecipientWord => "staff-known-recipient",
    }
}

/// The key of a reason.
pub fn reason_key(reason: StaffReason) -> &'static str {
    match reason {
        StaffReason::Inspect => "staff-reason-inspect",
        StaffReason::HelpResident => "staff-reason-help_resident",
        StaffReason::HelpCourier => "staff-reason-help_courier",
        StaffReason::Overdue => "staff-reason-overdue",
        StaffReason::WrongRecipient => "staff-reason-wrong_recipient",
        StaffReason::Maintenance => "staff-reason-maintenance",
        StaffReason::WiringTest => "staff-reason-wiring_test",
        StaffReason::Audit => "staff-reason-audit",
        StaffReason::Damaged => "staff-reason-damaged",
        StaffReason::NotFound => "staff-reason-not_found",
        StaffReason::Other => "staff-reason-other",
    }
}

/// The word for where a parcel went, as sentences choose by it.
pub fn custodian_word(to: Custodian) -> &'static str {
    match to {
        Custodian::Courier(_) => "courier",
        Custodian::Compartment(_) => "compartment",
        Custodian::Shelf(_) => "shelf",
        Custodian::CommonArea(_) => "area",
        Custodian::Staff(_) => "staff",
        Custodian::Recipient(_) => "recipient",
        Custodian::Carrier(_) => "carrier",
        Custodian::Missing { .. } => "missing",
        Custodian::WrittenOff => "written-off",
    }
}

/// The word for what a notice says.
pub fn notice_word(what: NoticeKind) -> &'static str {
    match what {
        NoticeKind::Arrived => "arrived",
        NoticeKind::Moved => "moved",
        NoticeKind::NewCode => "new-code",
        NoticeKind::CollectSoon => "collect-soon",
        NoticeKind::Collected => "collected",
        NoticeKind::CollectedBy { .. } => "collected-by",
        NoticeKind::HandedOver => "handed-over",
        NoticeKind::Returned => "returned",
        NoticeKind::WrittenOff => "written-off",
        NoticeKind::CardUsed => "card-used",
        NoticeKind::Ringing { .. } => "ringing",
        NoticeKind::LetIn { .. } => "let-in",
    }
}

/// The word for why a notice did not arrive.
pub fn trouble_word(trouble: NoticeTrouble) -> &'static str {
    match trouble {
        NoticeTrouble::NoChannel => "no-channel",
        NoticeTrouble::AddressRefused => "refused",
        NoticeTrouble::Late => "late",
    }
}

pub(super) fn purpose_word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Deliver => "deliver",
        Purpose::PickUp => "pick-up",
        Purpose::Enter => "enter",
        Purpose::EnterToCollect => "collect",
    }
}

fn end_word(how: VisitEnd) -> &'static str {
    match how {
        VisitEnd::Finished => "finished",
        VisitEnd::Idle => "idle",
        VisitEnd::TooLong => "too-long",
        VisitEnd::Restart => "restart",
    }
}

fn turn_word(turn: Turn) -> &'static str {
    match turn {
        Turn::BiggerDoor => "bigger",
        Turn::NotLeftHere => "not-left",
        Turn::SomethingInside => "inside",
        Turn::LeaveInside => "leave",
        Turn::NotMine => "not-mine",
        Turn::WasEmpty => "empty",
    }
}

fn opening_word(purpose: &OpeningPurpose) -> &'static str {
    match purpose {
        OpeningPurpose::Deposit { .. } => "deposit",
        OpeningPurpose::FixDeposit { .. } => "fix",
        OpeningPurpose::Collect { .. } => "collect",
        OpeningPurpose::Reopen { .. } => "reopen",
        OpeningPurpose::StaffOpen { .. } => "staff-open",
        OpeningPurpose::StaffRemove { .. } => "staff-remove",
        OpeningPurpose::StaffPlace { .. } => "staff-place",
    }
}

fn outcome_word(outcome: PulseOutcome) -> &'static str {
    match outcome {
        PulseOutcome::Opened => "opened",
        PulseOutcome::StillClosed => "closed",
        PulseOutcome::Unknown => "unknown",
        PulseOutcome::NotSent => "not-sent",
    }
}
