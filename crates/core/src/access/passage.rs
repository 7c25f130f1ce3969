//! What doors tell: openings that entries, exits or open hours explain, those that nothing explains, doors that stay open.
//!
//! Nothing here lets anybody out: every lock is free from inside without a program. A request to exit only explains.

use super::entry::{EntryEnd, Progress, Suspicion};
use super::point::AccessPoint;
use super::{afterwards, clock, entry, watched};
use crate::credential::pass::OTHER_DOORS_WITHIN;
use crate::evidence::{PhotoMoment, PhotoReason, PhotoSubject, photo};
use crate::ids::*;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::ReleaseOutcome;
use serde::{Deserialize, Serialize};

/// A request to exit that comes so much after the opening explains it still: the two wires are read one after the other.
///
/// Somebody who breaks a door open and presses the handle inside within this time looks the same. The alarm ends all the same,
/// since an alarm at every way out is one nobody looks at any more; the opening, the forced door, the request and the photo
/// stay in the ledger in their order. It ends only the alarm of that opening: one that stands from before stays.
pub const EXIT_LATE: Span = Span::seconds(2);

/// The contact of a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closure {
    /// Not read yet, or not readable.
    Unknown,
    /// Shut.
    Closed,
    /// Open.
    Open {
        /// Since when.
        since: Timestamp,
        /// From then on it is held open.
        held_at: Timestamp,
        /// Whether it was recorded that others may have followed.
        long: bool,
        /// Whether it was reported as held open.
        held: bool,
        /// Nobody is known to have opened it: no release and no request to exit. A request read just after may tell.
        unclaimed: bool,
    },
}

/// What explains an opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    /// Releases.
    Entries {
        /// Whose.
        entries: Vec<EntryId>,
    },
    /// Somebody went out.
    Exit,
    /// The door is open to all at this hour.
    OpenHours,
    /// Nothing that was seen.
    Nothing,
}

/// The contact of a door was read.
pub(crate) fn seen(d: &mut Decider<'_>, point: AccessPointId, open: Option<bool>) {
    let access = &d.site.access;
    let Some(p) = access.points.get(&point).filter(|p| p.spec.contact) else { return };
    // It stood open when its contact was read last, and nobody was let in since: that is the same opening.
    let stands_still = p.stood_open() && access.entries_at(point, entry::Entry::awaits_door).is_empty();
    match (p.closure, open) {
        (Closure::Unknown, Some(true)) if stands_still => d.push(Event::PassageStillOpen { point }),
        (Closure::Unknown | Closure::Closed, Some(true)) => opened(d, point),
        (Closure::Unknown, Some(false)) => {
            d.push(Event::PassageClosed { point });
            d.done(&TaskKind::DoorHeldOpen { point }, Actor::Device);
        }
        (Closure::Open { .. }, Some(false)) => closed(d, point),
        (Closure::Open { .. } | Closure::Closed, None) => d.push(Event::PassageUnreadable { point }),
        (Closure::Open { .. }, Some(true)) | (Closure::Closed, Some(false)) | (Closure::Unknown, None) => {}
    }
}

fn opened(d: &mut Decider<'_>, point: AccessPointId) {
    let Some(p) = d.site.access.points.get(&point) else { return };
    let awaited: Vec<_> = d.site.access.entries_at(point, entry::Entry::awaits_door);
    let why = if !awaited.is_empty() {
        OpenedBy::Entries { entries: awaited.clone() }
    } else if p.exit_is_due(d.ctx.now) {
        OpenedBy::Exit
    } else if p.is_open_to_all(&d.site.access.holidays, d.ctx.now, &d.site.policy.zone) {
        OpenedBy::OpenHours
    } else {
        OpenedBy::Nothing
    };
    let (tells_forced, held_at) = (p.spec.request_to_exit, clock::held_open_at(d.site, p, d.ctx.now));
    let is_for_all = p.is_open_to_all(&d.site.access.holidays, d.ctx.now, &d.site.policy.zone);
    d.push(Event::PassageOpened { point, why: why.clone(), held_at });
    match why {
        OpenedBy::Entries { entries } => {
            watched::opened(d, point, (&entries, PhotoMoment::PassageOpened));
            // Where anybody may walk in, nobody follows.
            for entry in entries.iter().skip(1).filter(|_| !is_for_all) {
                watched::followed(d, point, &[*entry], Suspicion::SecondCode);
            }
            for entry in entries {
                spend_pass(d, entry);
            }
            d.done(&TaskKind::LookAtDoor { point }, Actor::Device);
        }
        OpenedBy::Exit => afterwards::somebody_left(d, point),
        OpenedBy::OpenHours => {}
        // Where nothing tells that somebody goes out, most such openings are people going out.
        OpenedBy::Nothing if tells_forced => {
            d.push(Event::PassageForced { point });
            d.raise(TaskKind::DoorForced { point });
            photo::ask(
                d,
                photo::Spot::Door(point),
                (PhotoReason::Forced, PhotoMoment::Now),
                PhotoSubject::default(),
            );
        }
        OpenedBy::Nothing => {}
    }
}

fn closed(d: &mut Decider<'_>, point: AccessPointId) {
    let through = d.site.access.entries_at(point, |e| e.progress == Progress::Open);
    d.push(Event::PassageClosed { point });
    d.done(&TaskKind::DoorHeldOpen { point }, Actor::Device);
    for entry in through {
        went_in(d, entry);
    }
}

/// They are in. The entry goes on only where something more is to be seen of it.
fn went_in(d: &mut Decider<'_>, id: EntryId) {
    let access = &d.site.access;
    let goes_on = access
        .entries
        .get(&id)
        .and_then(|e| access.points.get(&e.point).map(|p| e.goes_on_inside(p)))
        .unwrap_or(false);
    if !goes_on {
        d.push(Event::EntryEnded { entry: id, how: EntryEnd::Passed });
    }
}

/// A pass lets in once at each of its doors: it is spent there when the door is seen open for it, or cannot be seen. From the
/// first door on the others have a short time; at the last it ends.
pub(crate) fn spend_pass(d: &mut Decider<'_>, id: EntryId) {
    let Some(e) = d.site.access.entries.get(&id) else { return };
    let (point, entry::Entrant::Pass { credential, .. }) = (e.point, e.entrant.clone()) else { return };
    let Some(pass) = d.site.credentials.passes.live.get(&credential) else { return };
    if pass.spent.contains(&point) || crate::planted::is_planted("pass-lives") {
        return;
    }
    if pass.opens_besides(point) {
        let until = pass.expires.min(d.ctx.now + OTHER_DOORS_WITHIN);
        d.push(Event::PassSpent { credential, point, entry: id, until });
    } else {
        d.push(Event::PassEnded { credential, entry: Some(id) });
    }
}

/// Records a suspicion about an entry.
pub(crate) fn suspect(d: &mut Decider<'_>, entry: EntryId, what: Suspicion) {
    d.push(Event::EntrySuspected { entry, what, parcel: None });
}

/// Somebody inside asked to leave.
pub(crate) fn exit_requested(d: &mut Decider<'_>, point: AccessPointId) {
    let now = d.now();
    let Some(p) = d.site.access.points.get(&point) else { return };
    let explains = match p.closure {
        Closure::Open { since, unclaimed: true, .. } if now - since <= EXIT_LATE => Some(since),
        Closure::Open { .. } | Closure::Closed | Closure::Unknown => None,
    };
    d.push(Event::ExitRequested { point });
    if let Some(opened) = explains {
        was_exit(d, point, opened);
    }
}

/// The opening of just before was somebody going out: an alarm it raised is over, and one is out.
fn was_exit(d: &mut Decider<'_>, point: AccessPointId, opened: Timestamp) {
    d.push(Event::PassageExplained { point });
    let alarm = TaskKind::DoorForced { point };
    let tasks = &d.site.tasks;
    let task = tasks.find(&alarm).and_then(|id| tasks.open.get(&id));
    if task.is_some_and(|task| task.raised == opened) {
        d.done(&alarm, Actor::Device);
    }
    afterwards::somebody_left(d, point);
}

/// What became of a release.
pub(crate) fn released(d: &mut Decider<'_>, id: EntryId, outcome: ReleaseOutcome) {
    let Some(e) = d.site.access.entries.get(&id) else { return };
    if !matches!(e.progress, Progress::Released { .. }) {
        return;
    }
    let point = e.point;
    let has_contact = d.site.access.points.get(&point).is_some_and(|p: &AccessPoint| p.spec.contact);
    d.push(Event::EntryReleased { entry: id, outcome });
    match outcome {
        ReleaseOutcome::NotTaken => clock::not_opened(d, (id, point)),
        ReleaseOutcome::Unknown => unknown(d, (id, point)),
        ReleaseOutcome::Taken if !has_contact => {
            spend_pass(d, id);
            // Nobody sees when it opens: whoever was let in is in it a moment later.
            watched::opened(d, point, (&[id], PhotoMoment::DoorOpened));
            went_in(d, id);
        }
        ReleaseOutcome::Taken => {}
    }
}

/// Nobody knows whether the door was released: staff look at it; if it is seen to open, it was.
pub(crate) fn unknown(d: &mut Decider<'_>, (id, point): (EntryId, AccessPointId)) {
    d.push(Event::EntryUnknown { entry: id });
    d.raise(TaskKind::LookAtDoor { point });
}

/// The controller of a door answers, or does not.
pub(crate) fn answers(d: &mut Decider<'_>, point: AccessPointId, answers: bool) {
    if d.site.access.points.get(&point).is_none_or(|p| p.silent != answers) {
        return;
    }
    d.push(Event::DoorAnswers { point, answers });
    let task = TaskKind::DoorSilent { point };
    if answers { d.done(&task, Actor::Device) } else { d.raise(task) }
}

/// Somebody opened the case of a door's device, or it is shut again. Only staff say that it has been looked at.
pub(crate) fn tampered(d: &mut Decider<'_>, point: AccessPointId, tampered: bool) {
    if d.site.access.points.get(&point).is_none_or(|p| p.tampered == tampered) {
        return;
    }
    d.push(Event::DoorTampered { point, tampered });
    if tampered {
        d.raise(TaskKind::DoorTampered { point });
        photo::ask(
            d,
            photo::Spot::Door(point),
            (PhotoReason::Forced, PhotoMoment::Now),
            PhotoSubject::default(),
        );
    }
}
