//! Setting doors up: access points, how they stand, holidays, the policy, which kiosk stands at which door.

use super::passage;
use super::point::{DoorMode, PointSpec};
use super::policy::{DoorNight, DoorPolicy};
use super::{admission, reader, removal, ring};
use crate::credential::courier::DoorGrant;
use crate::ids::*;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::time::{Date, WeekWindow};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::Command;
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::Observation;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

const LABEL_MOST: usize = 40;
const HOLIDAYS_MOST: usize = 1_000;

/// Decides a command about doors; None: it is about something else.
pub(crate) fn decide(
    d: &mut Decider<'_>,
    actor: Actor,
    command: &Command,
) -> Option<Result<Answer, Refusal>> {
    Some(match command {
        Command::Admit { point, purpose, proof } => admission::admit(d, actor, *point, (*purpose, proof)),
        Command::WalkIn { point } => admission::walk_in(d, actor, *point),
        Command::LetInOnce { point, reason } => admission::let_in_once(d, actor, *point, *reason),
        Command::RingForEntry(rung) => ring::ring(d, actor, *rung),
        Command::RenewDoorLabel(point) => renew_label(d, actor, *point),
        Command::AnswerEntry { ring, let_in, link } => ring::answer(d, actor, *ring, (*let_in, *link)),
        Command::InstallAccessPoint { spec } => install(d, spec),
        Command::ChangeAccessPoint { point, spec } => change(d, *point, spec),
        Command::RemoveAccessPoint(point) => removal::remove(d, actor, *point),
        Command::AwaitReader(point) => reader::await_new(d, actor, *point),
        Command::SetDoorMode { point, mode, hours } => set_mode(d, actor, *point, (*mode, hours)),
        Command::SetDoorNight(point, night) => set_night(d, actor, *point, night.as_ref()),
        Command::SetHolidays { days } => set_holidays(d, days),
        Command::SetDoorPolicy { policy } => set_policy(d, policy),
        Command::SetKioskDoors { kiosk, doors } => set_kiosk_doors(d, *kiosk, doors),
        _ => return None,
    })
}

/// Takes what doors say.
pub(crate) fn interpret(d: &mut Decider<'_>, observation: &Observation) {
    match observation {
        Observation::PassageSeen { point, open } => passage::seen(d, *point, *open),
        Observation::ExitRequested { point } => passage::exit_requested(d, *point),
        Observation::Release { entry, outcome } => passage::released(d, *entry, *outcome),
        Observation::DoorAnswers { point, answers } => passage::answers(d, *point, *answers),
        Observation::ReaderKeySet { point } => reader::key_set(d, *point),
        Observation::DoorTampered { point, tampered } => passage::tampered(d, *point, *tampered),
        _ => {}
    }
}

fn invalid(why: &str) -> Refusal {
    Refusal::Invalid { why: why.to_owned() }
}

fn install(d: &mut Decider<'_>, spec: &PointSpec) -> Result<Answer, Refusal> {
    check(d.site, spec, None)?;
    let point = d.site.counters.next_point();
    d.push(Event::AccessPointInstalled { point, spec: Box::new(spec.clone()) });
    Ok(Answer::AccessPoint(point))
}

fn change(d: &mut Decider<'_>, point: AccessPointId, spec: &PointSpec) -> Result<Answer, Refusal> {
    if !d.site.access.points.contains_key(&point) {
        return Err(Refusal::NotFound);
    }
    check(d.site, spec, Some(point))?;
    d.push(Event::AccessPointChanged { point, spec: Box::new(spec.clone()) });
    Ok(Answer::Done)
}

fn check(site: &Site, spec: &PointSpec, own: Option<AccessPointId>) -> Result<(), Refusal> {
    let length = spec.label.trim().chars().count();
    if length == 0 || length > LABEL_MOST || spec.label.trim() != spec.label {
        return Err(invalid("a door needs a name of 1 to 40 characters without blanks around it"));
    }
    let others = site.access.points.iter().filter(|(id, _)| Some(**id) != own);
    if others.into_iter().any(|(_, p)| p.spec.label.eq_ignore_ascii_case(&spec.label)) {
        return Err(invalid(&format!("'{}' is taken; choose another name", spec.label)));
    }
    if spec.request_to_exit && !spec.contact {
        return Err(invalid("a request to exit explains an opening: the door needs a contact to see one"));
    }
    let layout = &site.layout;
    let known = spec.banks.iter().all(|id| layout.banks.contains_key(id))
        && spec.shelves.iter().all(|id| layout.shelves.contains_key(id))
        && spec.areas.iter().all(|id| layout.areas.contains_key(id));
    if known { Ok(()) } else { Err(Refusal::NotFound) }
}

fn set_mode(
    d: &mut Decider<'_>,
    by: Actor,
    point: AccessPointId,
    (mode, hours): (DoorMode, &[WeekWindow]),
) -> Result<Answer, Refusal> {
    if !d.site.access.points.contains_key(&point) {
        return Err(Refusal::NotFound);
    }
    if !hours.iter().all(WeekWindow::is_sound) || (mode == DoorMode::Scheduled && hours.is_empty()) {
        return Err(invalid("a scheduled door needs at least one weekday and hours within the day"));
    }
    d.push(Event::DoorModeSet { point, mode, hours: hours.to_vec(), by });
    Ok(Answer::Done)
}

fn set_night(
    d: &mut Decider<'_>,
    by: Actor,
    point: AccessPointId,
    night: Option<&DoorNight>,
) -> Result<Answer, Refusal> {
    if !d.site.access.points.contains_key(&point) {
        return Err(Refusal::NotFound);
    }
    if night.is_some_and(|night| !night.hours.iter().all(WeekWindow::is_sound)) {
        return Err(invalid("the hours of a night need at least one weekday and hours within the day"));
    }
    d.push(Event::DoorNightSet { point, night: night.cloned(), by });
    Ok(Answer::Done)
}

/// Nobody can say whether the new label is up before the old one is down: the old one ends at once.
fn renew_label(d: &mut Decider<'_>, by: Actor, point: AccessPointId) -> Result<Answer, Refusal> {
    if !d.site.access.points.contains_key(&point) {
        return Err(Refusal::NotFound);
    }
    d.push(Event::DoorLabelRenewed { point, by });
    Ok(Answer::Done)
}

fn set_holidays(d: &mut Decider<'_>, days: &[Date]) -> Result<Answer, Refusal> {
    let days: BTreeSet<_> = days.iter().copied().collect();
    if days.len() > HOLIDAYS_MOST {
        return Err(invalid("at most a thousand holidays are kept; leave out those that are over"));
    }
    d.push(Event::HolidaysSet { days: days.into_iter().collect() });
    Ok(Answer::Done)
}

fn set_policy(d: &mut Decider<'_>, policy: &DoorPolicy) -> Result<Answer, Refusal> {
    policy.is_sound().map_err(|why| Refusal::Invalid { why })?;
    d.push(Event::DoorPolicySet { policy: Box::new(policy.clone()) });
    Ok(Answer::Done)
}

fn set_kiosk_doors(d: &mut Decider<'_>, kiosk: KioskId, doors: &[AccessPointId]) -> Result<Answer, Refusal> {
    let known = doors.iter().all(|point| d.site.access.points.contains_key(point));
    if !known || !d.site.layout.kiosks.contains_key(&kiosk) {
        return Err(Refusal::NotFound);
    }
    d.push(Event::KioskDoorsSet { kiosk, doors: doors.to_vec() });
    Ok(Answer::Done)
}

/// Whether all doors a code or pass is to open are there, each named once.
pub(crate) fn known_doors(site: &Site, doors: &[DoorGrant]) -> Result<(), Refusal> {
    let named: BTreeSet<_> = doors.iter().map(|door| door.point).collect();
    if named.len() != doors.len() {
        return Err(invalid("a door is named twice"));
    }
    if named.iter().all(|point| site.access.points.contains_key(point)) {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}
