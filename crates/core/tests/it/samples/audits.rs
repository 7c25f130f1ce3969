//! Samples of audits.

use super::*;

pub fn audits() -> Vec<Event> {
    let (audit, by, place, shelf) =
        (AuditId(4), Actor::Staff(STAFF), AuditPlace::Compartment(C), AuditPlace::Shelf(ShelfId(3)));
    let began = |scope, places| Event::AuditBegan { audit, scope, places, by };
    let all = vec![place, shelf, AuditPlace::Area(AreaId(1)), AuditPlace::Desk];
    let mut events = vec![
        began(AuditScope::Everything, all),
        began(AuditScope::Bank(BankId(1)), vec![place]),
        began(AuditScope::Shelves(vec![ShelfId(3)]), vec![shelf]),
        began(AuditScope::Desk, vec![AuditPlace::Desk]),
        Event::AuditDoorOpens { audit, compartment: C, opening: O, by },
        Event::AuditLooked {
            audit,
            place,
            here: vec![P],
            absent: vec![ParcelId(42)],
            astray: vec![ParcelId(43)],
            unknown: 2,
            by,
        },
        Event::OpeningAuthorised {
            opening: O,
            compartment: C,
            purpose: OpeningPurpose::StaffOpen { staff: STAFF, reason: StaffReason::Audit },
            by,
            not_after: AT,
            wiring: None,
        },
        Event::TaskRaised { task: TaskId(16), what: TaskKind::AuditLeft { audit } },
    ];
    events.extend(SkipReason::ALL.map(|why| Event::AuditSkipped { audit, place, why, by }));
    events.extend([true, false].map(|paused| Event::AuditPaused { audit, paused, by }));
    let settled = |how| Event::AuditSettled { audit, parcel: P, place: shelf, how, by };
    events.extend(Settlement::ALL.map(settled));
    let ends = [AuditEnd::Finished, AuditEnd::Abandoned, AuditEnd::Lapsed];
    events.extend(ends.map(|how| Event::AuditEnded { audit, how, by }));
    events
}
