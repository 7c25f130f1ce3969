//! Taking an access point down that was put up by mistake, or is no more.
//!
//! What only names the door ends with it: that codes and passes open it, that a kiosk stands at it, tasks about its line. Where
//! somebody has to look or to choose first it stays, and what it is needed for is said.

use super::admission::is_behind;
use crate::custody::Custodian;
use crate::evidence::CameraPlace;
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// What a door one walks through is still needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointNeededFor {
    /// Its contact shows it open.
    Open,
    /// Somebody is coming in by it, or is believed inside.
    Entry,
    /// Somebody rings at it.
    Ring,
    /// A task says what happened at it, and nobody has looked yet.
    Task,
    /// Parcels wait behind it, and no other door of a room leads to them.
    Parcels,
    /// A camera looks at it, or into the room behind it.
    Camera,
    /// The drawing of a room says that it leads there.
    Room,
}

/// What a door is still needed for; empty: it can be taken down.
pub fn needed_for(site: &Site, point: AccessPointId) -> Vec<PointNeededFor> {
    let access = &site.access;
    let is_told_of = |what: &TaskKind| match what {
        TaskKind::DoorForced { point: at }
        | TaskKind::DoorTampered { point: at }
        | TaskKind::StillInside { point: at, .. } => *at == point,
        _ => false,
    };
    let looks_there = |at| at == CameraPlace::Door(point) || at == CameraPlace::Inside(point);
    let needed = [
        (access.points.get(&point).is_some_and(|p| p.stands_open()), PointNeededFor::Open),
        (access.entries.values().any(|e| e.point == point), PointNeededFor::Entry),
        (access.rings.values().any(|ring| ring.rung.point == point), PointNeededFor::Ring),
        (site.tasks.open.values().any(|task| is_told_of(&task.what)), PointNeededFor::Task),
        (is_the_only_way_to_parcels(site, point), PointNeededFor::Parcels),
        (site.evidence.cameras.values().any(|camera| looks_there(camera.at)), PointNeededFor::Camera),
        (site.layout.rooms.values().any(|room| room.plan.door == Some(point)), PointNeededFor::Room),
    ];
    needed.into_iter().filter_map(|(is, what)| is.then_some(what)).collect()
}

/// Whether residents come to what waits for them by this door alone.
fn is_the_only_way_to_parcels(site: &Site, point: AccessPointId) -> bool {
    let leads = |id: &AccessPointId, custodian: Custodian| {
        site.access.points.get(id).is_some_and(|p| p.spec.is_room() && is_behind(site, p, custodian))
    };
    let by_another =
        |custodian| site.access.points.keys().any(|other| *other != point && leads(other, custodian));
    let mut custodians = site.custody.parcels.values().map(|parcel| parcel.custodian);
    custodians.any(|custodian| leads(&point, custodian) && !by_another(custodian))
}

/// Takes a door down.
pub(super) fn remove(d: &mut Decider<'_>, by: Actor, point: AccessPointId) -> Result<Answer, Refusal> {
    if !d.site.access.points.contains_key(&point) {
        return Err(Refusal::NotFound);
    }
    let needed_for = needed_for(d.site, point);
    if !needed_for.is_empty() {
        return Err(Refusal::PointNeeded { needed_for });
    }
    let of_its_line = [
        TaskKind::DoorHeldOpen { point },
        TaskKind::DoorSilent { point },
        TaskKind::LookAtDoor { point },
        TaskKind::GuessingAtDoor { point },
    ];
    for task in &of_its_line {
        d.done(task, by);
    }
    // A pass for this door alone would open nothing any more.
    let passes = d.site.credentials.passes.live.iter();
    let over: Vec<_> =
        passes.filter(|(_, pass)| !pass.opens_besides(point)).map(|(credential, _)| *credential).collect();
    for credential in over {
        d.push(Event::PassEnded { credential, entry: None });
    }
    d.push(Event::AccessPointRemoved { point, by });
    Ok(Answer::Done)
}
