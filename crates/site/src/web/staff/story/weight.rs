//! Picture and weight of each event. A new event must be thought about here.

use vestibule_core::Event;
use vestibule_core::access::passage::OpenedBy;
use vestibule_core::custody::Custodian;
use vestibule_core::vocabulary::observation::ReleaseOutcome;

use crate::look::Icon;
use crate::look::listing::Tone;

/// The icon and tone an event is told with.
pub fn of(event: &Event) -> (Icon, Tone) {
    match event {
        Event::SiteFounded { .. }
        | Event::PolicySet { .. }
        | Event::BankInstalled { .. }
        | Event::BankChanged { .. }
        | Event::RoomDrawn { .. }
        | Event::ShelfInstalled { .. }
        | Event::ShelfDescribed { .. }
        | Event::DropPlaceNamed { .. }
        | Event::DeskHoursSet { .. }
        | Event::StaffEnrolled { .. }
        | Event::SiteStarted { .. }
        | Event::StepSkipped { .. }
        | Event::GettingReadyHidden { .. }
        | Event::PlaceKeptFor { .. }
        | Event::CompartmentDesignated { .. } => (Icon::Settings, Tone::Plain),
        Event::CarrierNamed { .. } => (Icon::Truck, Tone::Plain),
        Event::KioskPaired { .. } | Event::KioskBanksSet { .. } | Event::KioskUnpaired { .. } => {
            (Icon::Kiosk, Tone::Plain)
        }
        Event::EpochRaised { .. } | Event::ClockDoubted { .. } | Event::DiskLow { low: true } => {
            (Icon::Warning, Tone::Warning)
        }
        Event::DiskLow { low: false } | Event::BoardBack { .. } => (Icon::Done, Tone::Good),
        Event::UnitAdded { .. }
        | Event::TenancyBegan { .. }
        | Event::PersonJoined { .. }
        | Event::PersonLeft { .. }
        | Event::SharingSet { .. } => (Icon::Users, Tone::Plain),
        Event::VisitBegan { .. }
        | Event::LookedUp { .. }
        | Event::VisitContinued { .. }
        | Event::VisitEnded { .. } => (Icon::Kiosk, Tone::Plain),
        Event::NoticeRequested { .. } | Event::NoticeHandedOver { .. } | Event::TestMailRequested { .. } => {
            (Icon::Mail, Tone::Plain)
        }
        Event::NoticeInTrouble { .. } => (Icon::Mail, Tone::Warning),
        Event::TaskRaised { .. } => (Icon::Tasks, Tone::Warning),
        Event::TaskDone { .. } => (Icon::Tasks, Tone::Good),
        Event::PhotoChanged { .. } => (Icon::Camera, Tone::Danger),
        Event::PhotoMissing { .. } | Event::CameraSilent { .. } => (Icon::Camera, Tone::Warning),
        Event::CameraBack { .. } => (Icon::Camera, Tone::Good),
        Event::CameraInstalled { .. }
        | Event::CameraSet { .. }
        | Event::CameraRemoved { .. }
        | Event::PhotoTaken { .. }
        | Event::PhotoViewed { .. }
        | Event::PhotoErased { .. } => (Icon::Camera, Tone::Plain),
        Event::EvidenceHeld { .. } | Event::EvidenceReleased { .. } => (Icon::Camera, Tone::Accent),
        _ => of_codes_and_parcels(event),
    }
}

fn of_codes_and_parcels(event: &Event) -> (Icon, Tone) {
    match event {
        Event::CourierCodeIssued { .. }
        | Event::CourierCodeRevoked { .. }
        | Event::CardIssued { .. }
        | Event::CardRevoked { .. }
        | Event::PickupCodeIssued { .. }
        | Event::PickupCodeEnded { .. }
        | Event::CodeAccepted { .. }
        | Event::KeyAnnounced { .. }
        | Event::PausesLifted { .. } => (Icon::Key, Tone::Plain),
        Event::CompartmentOpened { key: Some(_), .. } => (Icon::Key, Tone::Accent),
        Event::ForceExplained { .. } => (Icon::Key, Tone::Good),
        Event::CodeMissed { .. } | Event::SelectorPaused { .. } | Event::KioskPaused { .. } => {
            (Icon::Key, Tone::Warning)
        }
        Event::KeypadsOff { .. } => (Icon::Key, Tone::Danger),
        Event::Turned { .. } => (Icon::Hand, Tone::Warning),
        Event::ParcelRegistered { .. } => (Icon::Scan, Tone::Plain),
        Event::PlacePlanned { .. } => (Icon::MapPin, Tone::Plain),
        Event::RecipientCorrected { .. } => (Icon::Users, Tone::Accent),
        Event::ParcelDisowned { .. } => (Icon::Hand, Tone::Danger),
        Event::CustodyTransferred { to, .. } => of_transfer(*to),
        Event::ParcelOverdue { .. } => (Icon::Clock, Tone::Warning),
        Event::ParcelClassified { .. } => (Icon::Parcel, Tone::Accent),
        Event::ParcelReminded { .. } => (Icon::Clock, Tone::Plain),
        Event::ParcelLate { .. } | Event::DropLate { .. } => (Icon::Clock, Tone::Danger),
        Event::ParcelsDropped { .. } => (Icon::Hand, Tone::Warning),
        Event::DeliveryClaimed { .. } => (Icon::Truck, Tone::Plain),
        Event::DropAskedFor { .. } => (Icon::Hand, Tone::Accent),
        Event::ClaimMet { .. } => (Icon::Done, Tone::Good),
        Event::ClaimDue { .. } | Event::ClaimUnmet { .. } => (Icon::Search, Tone::Warning),
        Event::ClaimJoined { .. } => (Icon::Users, Tone::Plain),
        Event::CarrierAsked { .. } | Event::ClaimEnded { .. } => (Icon::Mail, Tone::Accent),
        Event::ParcelFiled { .. } => (Icon::Inbox, Tone::Plain),
        _ => of_doors(event),
    }
}

fn of_transfer(to: Custodian) -> (Icon, Tone) {
    match to {
        Custodian::Courier(_) => (Icon::Truck, Tone::Plain),
        Custodian::Compartment(_) => (Icon::Parcel, Tone::Good),
        Custodian::Shelf(_) | Custodian::CommonArea(_) => (Icon::Shelf, Tone::Good),
        Custodian::Staff(_) => (Icon::Hand, Tone::Good),
        Custodian::Recipient(_) => (Icon::Done, Tone::Good),
        Custodian::Carrier(_) => (Icon::Truck, Tone::Accent),
        Custodian::Missing { .. } => (Icon::Search, Tone::Danger),
        Custodian::WrittenOff => (Icon::Cross, Tone::Danger),
    }
}

fn of_doors(event: &Event) -> (Icon, Tone) {
    match event {
        Event::CompartmentServiceSet { in_service: true, .. } | Event::CompartmentChecked { .. } => {
            (Icon::Wrench, Tone::Good)
        }
        Event::CompartmentServiceSet { in_service: false, .. } => (Icon::Wrench, Tone::Warning),
        Event::OpeningAuthorised { .. } | Event::OpeningAttempted { .. } => (Icon::LockOpen, Tone::Accent),
        Event::CompartmentOpened { opening: Some(_), .. } => (Icon::DoorOpen, Tone::Accent),
        Event::CompartmentClosed { .. } => (Icon::Check, Tone::Plain),
        Event::OccupancySeen { .. } => (Icon::Parcel, Tone::Plain),
        Event::PulseFailed { .. }
        | Event::NotOpened { .. }
        | Event::OpeningUnknown { .. }
        | Event::CompartmentToCheck { .. }
        | Event::CompartmentHeldOpen { .. }
        | Event::CompartmentOpened { opening: None, .. } => (Icon::Warning, Tone::Warning),
        Event::CompartmentForced { .. } | Event::BoardSilent { .. } => (Icon::Warning, Tone::Danger),
        _ => of_passages(event),
    }
}

fn of_passages(event: &Event) -> (Icon, Tone) {
    match event {
        Event::AuditLooked { absent, astray, unknown: 0, .. } if absent.is_empty() && astray.is_empty() => {
            (Icon::Check, Tone::Good)
        }
        Event::AuditLooked { .. } => (Icon::Search, Tone::Warning),
        Event::AuditBegan { .. } | Event::AuditPaused { .. } | Event::AuditEnded { .. } => {
            (Icon::Tasks, Tone::Plain)
        }
        Event::AuditDoorOpens { .. } => (Icon::LockOpen, Tone::Accent),
        Event::AuditSkipped { .. } => (Icon::Warning, Tone::Warning),
        Event::AuditSettled { .. } => (Icon::Hand, Tone::Accent),
        Event::AccessPointInstalled { .. }
        | Event::AccessPointChanged { .. }
        | Event::AccessPointRemoved { .. }
        | Event::DoorModeSet { .. }
        | Event::DoorNightSet { .. }
        | Event::ReaderAwaited { .. }
        | Event::ReaderKeySet { .. }
        | Event::DoorLabelRenewed { .. }
        | Event::HolidaysSet { .. }
        | Event::DoorPolicySet { .. }
        | Event::KioskDoorsSet { .. } => (Icon::Settings, Tone::Plain),
        Event::PassIssued { .. } | Event::PassSpent { .. } | Event::PassEnded { .. } => {
            (Icon::Key, Tone::Plain)
        }
        Event::DoorCodeMissed { .. } | Event::DoorPaused { .. } => (Icon::Key, Tone::Warning),
        Event::EntryBegan { .. } | Event::EntryReleased { outcome: ReleaseOutcome::Taken, .. } => {
            (Icon::LockOpen, Tone::Accent)
        }
        Event::PassageOpened { why: OpenedBy::Nothing, .. } => (Icon::Warning, Tone::Warning),
        Event::PassageOpened { .. } | Event::PassageStillOpen { .. } => (Icon::DoorOpen, Tone::Accent),
        Event::PassageClosed { .. } | Event::EntryEnded { .. } | Event::DoorAnswers { answers: true, .. } => {
            (Icon::Check, Tone::Plain)
        }
        Event::EntryJoined { .. } => (Icon::Kiosk, Tone::Plain),
        Event::RoomWatched { .. } => (Icon::Camera, Tone::Plain),
        Event::ExitRequested { .. } | Event::PassageExplained { .. } => (Icon::LogOut, Tone::Plain),
        Event::RingBegan { .. } | Event::RingAnswered { .. } | Event::RingLapsed { .. } => {
            (Icon::Hand, Tone::Plain)
        }
        Event::EntryDenied { .. } => (Icon::Cross, Tone::Warning),
        Event::EntryReleased { .. }
        | Event::EntryUnknown { .. }
        | Event::EntrySuspected { .. }
        | Event::PassageUnreadable { .. }
        | Event::PassageHeldOpen { .. } => (Icon::Warning, Tone::Warning),
        Event::PassageForced { .. }
        | Event::DoorAnswers { answers: false, .. }
        | Event::DoorTampered { tampered: true, .. } => (Icon::Warning, Tone::Danger),
        _ => (Icon::Info, Tone::Plain),
    }
}
