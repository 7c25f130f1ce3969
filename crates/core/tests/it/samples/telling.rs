//! Samples of messages and of tasks.

use super::*;

pub fn telling() -> Vec<Event> {
    let kinds = [
        NoticeKind::Arrived,
        NoticeKind::Moved,
        NoticeKind::NewCode,
        NoticeKind::CollectSoon,
        NoticeKind::Collected,
        NoticeKind::CollectedBy { person: PersonId(8) },
        NoticeKind::HandedOver,
        NoticeKind::Returned,
        NoticeKind::WrittenOff,
        NoticeKind::CardUsed,
    ];
    let (parcel, compartment, person) = (P, C, WHO);
    let tasks = [
        TaskKind::Tell { person },
        TaskKind::Assign { parcel },
        TaskKind::Accept { parcel },
        TaskKind::Check { compartment },
        TaskKind::Jammed { compartment },
        TaskKind::Forced { compartment },
        TaskKind::HeldOpen { compartment },
        TaskKind::Missing { parcel },
        TaskKind::NotTheirs { parcel, suspects: vec![ParcelId(40)] },
        TaskKind::Overdue { parcel },
        TaskKind::Late { parcel },
        TaskKind::Misplaced { parcel },
        TaskKind::Sort { drop: DropId(4) },
        TaskKind::SortLate { drop: DropId(4) },
        TaskKind::Guessing { kiosk: K },
        TaskKind::BadAddress { person },
        TaskKind::BoardSilent { bank: BankId(1) },
        TaskKind::LineSilent { banks: [BankId(1), BankId(2)].into() },
        TaskKind::CameraSilent { camera: CAMERA },
        TaskKind::Clock,
        TaskKind::Restored { epoch: 2 },
        TaskKind::DiskLow,
        TaskKind::CertificateEnds,
        TaskKind::FeedRefused { feed: vestibule_core::custody::delivered::ClaimSource::EasyPost },
    ];
    let notice = NoticeId(6);
    let troubles = [NoticeTrouble::NoChannel, NoticeTrouble::AddressRefused, NoticeTrouble::Late];
    let requested = |what: NoticeKind| {
        let credential = what.carries_code().then_some(CODE);
        Event::NoticeRequested { notice, person, what, parcels: vec![P], credential }
    };
    let mut events: Vec<_> = kinds.into_iter().map(requested).collect();
    events.push(Event::NoticeHandedOver { notice });
    events.extend(troubles.map(|trouble| Event::NoticeInTrouble { notice, trouble }));
    events.extend(tasks.map(|what| Event::TaskRaised { task: TaskId(14), what }));
    events.extend([Event::TaskDone { task: TaskId(14), by: Actor::Device }]);
    events
}
