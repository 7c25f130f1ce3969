//! Samples of doors one walks through: what they are, who comes in, what is done at them.

use super::*;

pub fn doors() -> Vec<Event> {
    let spec = |label: &str, kind, all: bool| {
        Box::new(PointSpec {
            label: label.to_owned(),
            kind,
            contact: all,
            request_to_exit: all,
            reader: all,
            banks: all.then_some(BankId(1)).into_iter().collect(),
            shelves: all.then_some(ShelfId(1)).into_iter().collect(),
            areas: all.then_some(AreaId(1)).into_iter().collect(),
        })
    };
    let office = WeekWindow { days: 0b001_1111, from: 540, to: 1080 };
    let day = Date::try_from("2026-12-25".to_owned()).expect("a day");
    let by = Actor::Staff(STAFF);
    let policies = [
        (LateNightRule::TellStaff, NoCode::SomebodySaysYes),
        (LateNightRule::Refuse, NoCode::Off),
        (LateNightRule::Refuse, NoCode::OneParcel { an_hour: 4 }),
    ];
    let mut events = vec![
        Event::AccessPointInstalled {
            point: D,
            spec: spec("Front door", PointKind::BuildingEntrance, false),
        },
        Event::AccessPointInstalled { point: D, spec: spec("Package room", PointKind::RoomDoor, true) },
        Event::AccessPointChanged { point: D, spec: spec("Locker room", PointKind::BankRoom, true) },
        Event::AccessPointRemoved { point: D, by: Actor::Staff(STAFF) },
        Event::DoorModeSet { point: D, mode: DoorMode::Locked, hours: Vec::new(), by },
        Event::DoorModeSet { point: D, mode: DoorMode::Scheduled, hours: vec![office], by },
        Event::DoorModeSet {
            point: D,
            mode: DoorMode::ClosedToCouriers,
            hours: Vec::new(),
            by: Actor::Console,
        },
        Event::DoorNightSet { point: D, night: None, by },
        Event::DoorNightSet {
            point: D,
            night: Some(DoorNight { hours: vec![office], rule: LateNightRule::Refuse }),
            by: Actor::Console,
        },
        Event::ReaderAwaited { point: D, by, until: AT },
        Event::ReaderKeySet { point: D },
        Event::DoorLabelRenewed { point: D, by },
        Event::HolidaysSet { days: vec![day] },
        Event::KioskDoorsSet { kiosk: K, doors: vec![D] },
    ];
    events.extend(policies.map(|(late_night, no_code)| Event::DoorPolicySet {
        policy: Box::new(DoorPolicy {
            late_night,
            no_code,
            late_hours: vec![office],
            ..DoorPolicy::default()
        }),
    }));
    events.extend([None, Some(Span::seconds(45))].map(|still_every| Event::DoorPolicySet {
        policy: Box::new(DoorPolicy { still_every, late_hours: vec![office], ..DoorPolicy::default() }),
    }));
    events.extend([PassKind::Visitor, PassKind::Delivery].map(|pass| Event::PassIssued {
        credential: CODE,
        pass,
        unit: (pass == PassKind::Visitor).then_some(UnitId(2)),
        selector: number("417"),
        digits: HASH,
        token: HASH,
        windows: vec![office],
        expires: AT,
        doors: vec![DoorGrant { point: D }],
    }));
    events.push(Event::PassSpent { credential: CODE, point: D, entry: E, until: AT });
    events.extend([Some(E), None].map(|entry| Event::PassEnded { credential: CODE, entry }));
    events.extend([Purpose::Enter, Purpose::EnterToCollect].map(|purpose| Event::DoorCodeMissed {
        point: D,
        purpose,
        selector: number("417"),
    }));
    events.push(Event::DoorPaused { point: D, purpose: Purpose::Enter, until: AT });
    events
}

pub fn entries() -> Vec<Event> {
    let entrants = [
        (Entrant::Courier { credential: CODE, carrier: CarrierId(1) }, Actor::Door(D)),
        (Entrant::Pass { credential: CODE, unit: None, brings: false }, Actor::Kiosk(K)),
        (Entrant::Pass { credential: CODE, unit: None, brings: true }, Actor::Kiosk(K)),
        (Entrant::Resident { credential: CODE, person: WHO }, Actor::Door(D)),
        (Entrant::LetInByStaff { staff: STAFF, reason: StaffReason::HelpCourier }, Actor::Staff(STAFF)),
        (Entrant::Rang { ring: R, unit: Some(UnitId(2)) }, Actor::Person(WHO)),
        (Entrant::Rang { ring: R, unit: None }, Actor::Staff(STAFF)),
        (Entrant::OneParcel { unit: UnitId(2) }, Actor::Door(D)),
        (Entrant::OpenHours, Actor::Door(D)),
    ];
    let suspicions = [
        Suspicion::NoDeposit,
        Suspicion::OpenLong,
        Suspicion::SecondCode,
        Suspicion::TwoDoors,
        Suspicion::NoExit,
    ];
    let ends =
        [EntryEnd::Passed, EntryEnd::Left, EntryEnd::NotSeenLeaving, EntryEnd::NotOpened, EntryEnd::Unknown];
    let release = Some(Release { hold: Span::seconds(5), not_after: AT });
    let began = |(entrant, by)| Event::EntryBegan { entry: E, point: D, entrant, by, release };
    let mut events: Vec<_> = entrants.into_iter().map(began).collect();
    events.push(Event::EntryBegan {
        entry: E,
        point: D,
        entrant: Entrant::OpenHours,
        by: Actor::Door(D),
        release: None,
    });
    events.push(Event::EntryDenied { point: D, why: "outside-hours".to_owned(), credential: Some(CODE) });
    events.push(Event::EntryDenied { point: D, why: "wrong-code".to_owned(), credential: None });
    let outcomes = [ReleaseOutcome::Taken, ReleaseOutcome::NotTaken, ReleaseOutcome::Unknown];
    events.extend(outcomes.map(|outcome| Event::EntryReleased { entry: E, outcome }));
    events.push(Event::EntryUnknown { entry: E });
    events.push(Event::EntryJoined { entry: E, visit: V });
    events.push(Event::DepositAwaited { entry: E, until: AT });
    events.extend(suspicions.map(|what| Event::EntrySuspected { entry: E, what, parcel: None }));
    let parcel = Some(ParcelId(41));
    events.push(Event::EntrySuspected { entry: E, what: Suspicion::LeftWithMore, parcel });
    events.extend(ends.map(|how| Event::EntryEnded { entry: E, how }));
    events
}

pub fn at_doors() -> Vec<Event> {
    let whys =
        [OpenedBy::Entries { entries: vec![E] }, OpenedBy::Exit, OpenedBy::OpenHours, OpenedBy::Nothing];
    let mut events: Vec<_> =
        whys.into_iter().map(|why| Event::PassageOpened { point: D, why, held_at: AT }).collect();
    events.extend([
        Event::PassageClosed { point: D },
        Event::PassageUnreadable { point: D },
        Event::PassageStillOpen { point: D },
        Event::PassageExplained { point: D },
        Event::PassageForced { point: D },
        Event::PassageHeldOpen { point: D },
        Event::RoomWatched { point: D, entries: vec![E, EntryId(E.0 + 1)] },
        Event::ExitRequested { point: D },
        Event::DoorAnswers { point: D, answers: false },
        Event::DoorTampered { point: D, tampered: true },
        Event::RingBegan {
            ring: R,
            point: D,
            unit: Some(UnitId(2)),
            bell: Bell::AtDoor,
            asked: vec![(WHO, HASH)],
            until: AT,
        },
        Event::RingBegan { ring: R, point: D, unit: None, bell: Bell::Phone, asked: Vec::new(), until: AT },
        Event::RingAnswered { ring: R, let_in: true, by: Actor::Person(WHO) },
        Event::RingAnswered { ring: R, let_in: false, by: Actor::Staff(STAFF) },
        Event::RingLapsed { ring: R },
    ]);
    let notices = [
        NoticeKind::Ringing { ring: R, point: D },
        NoticeKind::LetIn { point: D, person: Some(PersonId(8)) },
        NoticeKind::LetIn { point: D, person: None },
    ];
    events.extend(notices.map(|what| Event::NoticeRequested {
        notice: NoticeId(6),
        person: WHO,
        what,
        parcels: Vec::new(),
        credential: None,
    }));
    let tasks = [
        TaskKind::DoorForced { point: D },
        TaskKind::DoorHeldOpen { point: D },
        TaskKind::GuessingAtDoor { point: D },
        TaskKind::DoorSilent { point: D },
        TaskKind::DoorTampered { point: D },
        TaskKind::LookAtDoor { point: D },
        TaskKind::Ringing { ring: R, point: D, unit: Some(UnitId(2)), bell: Bell::AtDoor },
        TaskKind::Ringing { ring: R, point: D, unit: None, bell: Bell::Phone },
        TaskKind::NoDeposit { entry: E, point: D },
        TaskKind::LookWhatWasLeft { entry: E, point: D },
        TaskKind::StillInside { entry: E, point: D },
        TaskKind::LateEntry { entry: E, point: D },
        TaskKind::Followed { entry: E, point: D },
        TaskKind::CodeMisused { credential: CODE },
    ];
    events.extend(tasks.map(|what| Event::TaskRaised { task: TaskId(14), what }));
    events
}
