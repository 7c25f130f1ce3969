//! Which camera is asked for which photo, and what becomes of it. Nothing waits for a photo.

pub(crate) mod arrival;

pub use arrival::{sees_piles, sees_put_down};

use super::{
    CameraPlace, InView, PhotoAsked, PhotoHash, PhotoMedia, PhotoMoment, PhotoReason, PhotoSubject,
    PhotoTrouble,
};
use crate::ids::*;
use crate::opening::{Opening, OpeningPurpose};
use crate::place::Place;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::task::TaskKind;
use crate::time::Span;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::effect::Effect;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

/// Whoever is refused again and again is photographed so often: a code waved at a scanner fills no disk.
pub const DENIALS_APART: Span = Span::seconds(10);

/// Where something happens.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Spot {
    Compartment(CompartmentId),
    Kiosk(KioskId),
    /// A shelf or drop place at which somebody at a kiosk puts a parcel down, looks for it or carries it away.
    Lying(KioskId, Place),
    Desk,
    Door(AccessPointId),
    /// The room a door leads to.
    Room(AccessPointId),
}

/// The cameras that look there; where none does, those that see it beside something else.
fn cameras_at(site: &Site, spot: Spot) -> Vec<CameraId> {
    let at = |place: CameraPlace| {
        let cameras = site.evidence.cameras.iter();
        cameras.filter(move |(_, camera)| camera.at == place).map(|(id, _)| *id).collect::<Vec<_>>()
    };
    let (own, beside): (_, Vec<CameraPlace>) = match spot {
        Spot::Desk => (CameraPlace::Desk, Vec::new()),
        Spot::Door(point) => {
            let kiosks = site.layout.kiosks.iter().filter(|(_, k)| k.doors.contains(&point));
            (CameraPlace::Door(point), kiosks.map(|(id, _)| CameraPlace::Kiosk(*id)).collect())
        }
        Spot::Room(point) => (CameraPlace::Inside(point), Vec::new()),
        Spot::Kiosk(kiosk) => {
            let banks = site.layout.kiosks.get(&kiosk).map(|k| k.banks.clone()).unwrap_or_default();
            (CameraPlace::Kiosk(kiosk), banks.into_iter().map(CameraPlace::Bank).collect())
        }
        Spot::Lying(kiosk, place) => (CameraPlace::Kiosk(kiosk), beside_what_lies(site, kiosk, place)),
        Spot::Compartment(compartment) => {
            let Some(bank) = site.compartments.get(compartment).map(|c| c.bank) else { return Vec::new() };
            let kiosks = site.layout.kiosks.iter().filter(|(_, k)| k.banks.contains(&bank));
            (CameraPlace::Bank(bank), kiosks.map(|(id, _)| CameraPlace::Kiosk(*id)).collect())
        }
    };
    match at(own) {
        none if none.is_empty() => beside.into_iter().flat_map(at).collect(),
        own => own,
    }
}

/// Where no camera looks at a kiosk: the room the place is in, else its door, else what is in sight of the kiosk.
fn beside_what_lies(site: &Site, kiosk: KioskId, place: Place) -> Vec<CameraPlace> {
    let points: Vec<_> =
        site.access.points.iter().filter(|(_, p)| p.spec.leads_to(place)).map(|(id, _)| *id).collect();
    for place in [CameraPlace::Inside, CameraPlace::Door] {
        let rooms: Vec<_> = points.iter().copied().map(place).collect();
        if site.evidence.cameras.values().any(|camera| rooms.contains(&camera.at)) {
            return rooms;
        }
    }
    let known = site.layout.kiosks.get(&kiosk);
    let banks = known.iter().flat_map(|k| &k.banks).copied().map(CameraPlace::Bank);
    let doors = known.iter().flat_map(|k| &k.doors).copied().map(CameraPlace::Door);
    banks.chain(doors).collect()
}

/// Whether a camera that answers sees who stands at a door. Where none does, the screen at the door may look itself.
pub fn sees_door(site: &Site, point: AccessPointId) -> bool {
    is_seen(site, Spot::Door(point))
}

/// Whether a camera that answers sees what somebody at a kiosk carries away, from whatever shelf or drop place. Where none does, its
/// screen may look itself.
pub fn sees_all_that_lies(site: &Site, kiosk: KioskId) -> bool {
    let shelves = site.layout.shelves.keys().copied().map(Place::Shelf);
    let mut places = shelves.chain(site.layout.areas.keys().copied().map(Place::Area));
    places.all(|place| is_seen(site, Spot::Lying(kiosk, place)))
}

/// The same of one parcel, where it lies.
pub fn sees_carried(site: &Site, kiosk: KioskId, parcel: ParcelId) -> bool {
    lying(site, parcel).is_some_and(|place| is_seen(site, Spot::Lying(kiosk, place)))
}

fn lying(site: &Site, parcel: ParcelId) -> Option<Place> {
    site.custody.get(parcel)?.custodian.lies_at()
}

/// The cameras that look there and answer.
fn answering_at(site: &Site, spot: Spot) -> Vec<CameraId> {
    let answers = |camera: &CameraId| site.evidence.cameras.get(camera).is_some_and(|known| !known.silent);
    cameras_at(site, spot).into_iter().filter(answers).collect()
}

fn is_seen(site: &Site, spot: Spot) -> bool {
    !answering_at(site, spot).is_empty()
}

/// Whether a camera that answers sees the room behind a door.
pub(crate) fn sees_room(site: &Site, point: AccessPointId) -> bool {
    is_seen(site, Spot::Room(point))
}

/// Asks for a photo.
pub(crate) fn ask(
    d: &mut Decider<'_>,
    spot: Spot,
    (reason, moment): (PhotoReason, PhotoMoment),
    subject: PhotoSubject,
) {
    for camera in cameras_at(d.site, spot) {
        let asked = PhotoAsked { camera, reason, subject: subject.clone() };
        if !d.site.disk_low {
            d.ask(Effect::TakePhoto { asked: Box::new(asked), moment });
        } else if moment != PhotoMoment::DoorShut {
            missing(d, asked, PhotoTrouble::SpaceLow);
        }
    }
}

/// The rooms that a camera sees which answers, by the door that leads there.
pub(crate) fn rooms_in_sight(site: &Site) -> BTreeSet<AccessPointId> {
    let answering = site.evidence.cameras.values().filter(|camera| !camera.silent);
    let rooms = answering.filter_map(|camera| match camera.at {
        CameraPlace::Inside(point) => Some(point),
        CameraPlace::Bank(_) | CameraPlace::Kiosk(_) | CameraPlace::Desk | CameraPlace::Door(_) => None,
    });
    rooms.collect()
}

/// A still of a room. A camera that is silent is not asked, and nothing is missing of it: that it is silent is on record.
pub(crate) fn of_room(d: &mut Decider<'_>, point: AccessPointId, subject: &PhotoSubject) {
    for camera in answering_at(d.site, Spot::Room(point)) {
        let asked = Box::new(PhotoAsked { camera, reason: PhotoReason::InRoom, subject: subject.clone() });
        d.ask(Effect::TakePhoto { asked, moment: PhotoMoment::Now });
    }
}

/// A parcel is carried away from a shelf. `is_pictured`: the screen took a picture of it.
pub(crate) fn checked_out(
    d: &mut Decider<'_>,
    (kiosk, visit): (KioskId, VisitId),
    (parcel, place): (ParcelId, Place),
    is_pictured: bool,
) {
    let subject = PhotoSubject { visit: Some(visit), parcels: vec![parcel], ..PhotoSubject::default() };
    ask_or_miss(d, Spot::Lying(kiosk, place), (PhotoReason::CheckOut, is_pictured), subject);
}

/// Of what lies without a lock. `is_pictured`: the screen took a picture of it, which comes by itself. Without that and without a
/// camera the photo is missing, and that is said.
fn ask_or_miss(
    d: &mut Decider<'_>,
    spot: Spot,
    (reason, is_pictured): (PhotoReason, bool),
    subject: PhotoSubject,
) {
    if !cameras_at(d.site, spot).is_empty() {
        ask(d, spot, (reason, PhotoMoment::Now), subject);
    } else if !is_pictured {
        let trouble = if d.site.disk_low { PhotoTrouble::SpaceLow } else { PhotoTrouble::NoCamera };
        missing(d, PhotoAsked { camera: CameraId::OF_THE_SCREEN, reason, subject }, trouble);
    }
}

/// A parcel was looked for in vain, by whoever is at a kiosk: of what can be seen of it from there.
pub(crate) fn looked_for(d: &mut Decider<'_>, visit: VisitId, (parcel, place): (ParcelId, Place)) {
    let Some(kiosk) = d.site.visits.get(visit).ok().map(|v| v.kiosk) else { return };
    let subject = PhotoSubject { visit: Some(visit), parcels: vec![parcel], ..PhotoSubject::default() };
    ask(d, Spot::Lying(kiosk, place), (PhotoReason::Doubted, PhotoMoment::Now), subject);
}

/// A photo of a compartment and of what is said to be in it.
pub(crate) fn of_compartment(
    d: &mut Decider<'_>,
    compartment: CompartmentId,
    reason: PhotoReason,
    parcels: Vec<ParcelId>,
) {
    let opening = d.site.compartments.get(compartment).and_then(|c| c.opening);
    let visit = opening.and_then(|id| d.site.openings.get(id)).and_then(|o| o.purpose.visit());
    let compartment_of = Some(compartment);
    let subject =
        PhotoSubject { visit, compartment: compartment_of, opening, parcels, ..PhotoSubject::default() };
    ask(d, Spot::Compartment(compartment), (reason, PhotoMoment::Now), subject);
}

/// The photo that belongs to a door that moved: of the parcel that is put in, or of the one that is taken out.
pub(crate) fn at_door(d: &mut Decider<'_>, id: OpeningId, opened: &Opening, moment: PhotoMoment) {
    let (reason, visit, parcels) = match &opened.purpose {
        OpeningPurpose::Deposit { visit, parcel } | OpeningPurpose::FixDeposit { visit, parcel } => {
            (PhotoReason::Deposit, Some(*visit), vec![*parcel])
        }
        OpeningPurpose::StaffPlace { parcel, .. } => (PhotoReason::Deposit, None, vec![*parcel]),
        OpeningPurpose::Collect { visit, parcels, .. } => {
            (PhotoReason::Collection, Some(*visit), parcels.clone())
        }
        OpeningPurpose::Reopen { .. }
        | OpeningPurpose::StaffOpen { .. }
        | OpeningPurpose::StaffRemove { .. } => {
            return;
        }
    };
    let (compartment, opening) = (Some(opened.compartment), Some(id));
    let subject = PhotoSubject { visit, compartment, opening, parcels, ..PhotoSubject::default() };
    ask(d, Spot::Compartment(opened.compartment), (reason, moment), subject);
}

/// Whether whoever is refused so is photographed. A typo is no refusal worth a picture.
fn is_denial(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::WrongCode
            | Refusal::CodeDead
            | Refusal::OutsideHours
            | Refusal::SelectorPaused { .. }
            | Refusal::KioskPaused { .. }
            | Refusal::KeypadsOff
    )
}

/// Somebody was refused at a kiosk.
pub(crate) fn denied(d: &mut Decider<'_>, kiosk: KioskId, refusal: &Refusal) {
    if is_denial(refusal) {
        denied_at(d, Spot::Kiosk(kiosk));
    }
}

/// Somebody was refused here.
pub(crate) fn denied_at(d: &mut Decider<'_>, spot: Spot) {
    let now = d.now();
    let was_just_taken = |camera: &CameraId| {
        let last = d.site.evidence.cameras.get(camera).and_then(|camera| camera.denial);
        last.is_some_and(|at| now - at < DENIALS_APART)
    };
    if !d.site.disk_low && !cameras_at(d.site, spot).iter().any(was_just_taken) {
        ask(d, spot, (PhotoReason::Denial, PhotoMoment::Now), PhotoSubject::default());
    }
}

/// What a camera took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) hash: PhotoHash,
    pub(crate) media: PhotoMedia,
    pub(crate) taken_ms: Option<i64>,
    pub(crate) clock_offset_ms: Option<i64>,
}

/// A photo is there.
pub(crate) fn taken(d: &mut Decider<'_>, asked: &PhotoAsked, what: Taken) {
    // A camera that was removed meanwhile: better kept too short than too long.
    let in_view = d.site.evidence.cameras.get(&asked.camera).map_or(InView::People, |camera| camera.in_view);
    let households: BTreeSet<_> = asked
        .subject
        .parcels
        .iter()
        .filter_map(|parcel| d.site.custody.get(*parcel)?.entitlement.as_ref().map(|e| e.tenancy))
        .collect();
    let household = households.first().copied().filter(|_| households.len() == 1);
    let photo = d.site.counters.next_photo();
    let Taken { hash, media, taken_ms, clock_offset_ms } = what;
    let asked = Box::new(asked.clone());
    d.push(Event::PhotoTaken { photo, asked, household, in_view, hash, media, taken_ms, clock_offset_ms });
}

/// A photo should be there and is not.
pub(crate) fn missing(d: &mut Decider<'_>, asked: PhotoAsked, trouble: PhotoTrouble) {
    let visit = asked.subject.visit;
    d.push(Event::PhotoMissing { visit, asked: Some(Box::new(asked)), trouble: Some(trouble) });
}

/// The file of a photo is another than was recorded: said once.
pub(crate) fn changed(d: &mut Decider<'_>, photo: PhotoId) {
    let evidence = &d.site.evidence;
    if d.site.counters.has_photo(photo)
        && !evidence.changed.contains(&photo)
        && !evidence.erased.contains_key(&photo)
    {
        d.push(Event::PhotoChanged { photo });
    }
}

/// A camera fell silent, or answers again: one task, however many photos are missing.
pub(crate) fn silence(d: &mut Decider<'_>, camera: CameraId, silent: bool) {
    if d.site.evidence.cameras.get(&camera).is_none_or(|known| known.silent == silent) {
        return;
    }
    if silent {
        d.push(Event::CameraSilent { camera });
        d.raise(TaskKind::CameraSilent { camera });
    } else {
        d.push(Event::CameraBack { camera });
        d.done(&TaskKind::CameraSilent { camera }, Actor::Device);
    }
}

/// A camera is put up.
pub(crate) fn install(d: &mut Decider<'_>, at: CameraPlace, in_view: InView) -> Result<Answer, Refusal> {
    known_place(d.site, at)?;
    let camera = d.site.counters.next_camera();
    d.push(Event::CameraInstalled { camera, at, in_view });
    Ok(Answer::Camera(camera))
}

/// A camera looks at something else now.
pub(crate) fn set(
    d: &mut Decider<'_>,
    camera: CameraId,
    (at, in_view): (CameraPlace, InView),
) -> Result<Answer, Refusal> {
    known_place(d.site, at)?;
    known_camera(d.site, camera)?;
    d.push(Event::CameraSet { camera, at, in_view });
    Ok(Answer::Done)
}

/// A camera is gone; its photos stay for their time.
pub(crate) fn remove(d: &mut Decider<'_>, by: Actor, camera: CameraId) -> Result<Answer, Refusal> {
    known_camera(d.site, camera)?;
    d.done(&TaskKind::CameraSilent { camera }, by);
    d.push(Event::CameraRemoved { camera });
    Ok(Answer::Done)
}

fn known_camera(site: &Site, camera: CameraId) -> Result<(), Refusal> {
    site.evidence.cameras.contains_key(&camera).then_some(()).ok_or(Refusal::NotFound)
}

fn known_place(site: &Site, at: CameraPlace) -> Result<(), Refusal> {
    let is_known = match at {
        CameraPlace::Bank(bank) => site.layout.banks.contains_key(&bank),
        CameraPlace::Kiosk(kiosk) => site.layout.kiosks.contains_key(&kiosk),
        CameraPlace::Desk => true,
        CameraPlace::Door(point) => site.access.points.contains_key(&point),
        CameraPlace::Inside(point) => return leads_to_a_room(site, point),
    };
    is_known.then_some(()).ok_or(Refusal::NotFound)
}

fn leads_to_a_room(site: &Site, point: AccessPointId) -> Result<(), Refusal> {
    let known = site.access.points.get(&point).ok_or(Refusal::NotFound)?;
    if known.spec.is_room() {
        return Ok(());
    }
    let why = "a camera looks into a room by a door that leads to one; an entrance leads to none".to_owned();
    Err(Refusal::Invalid { why })
}

/// Somebody looks at a photo: nothing of it is shown before that is recorded. A person who looks again within
/// [`super::LOOKS_APART`] is on record already, and so is a visit to whose screen it comes again; each look of staff is one.
pub(crate) fn view(d: &mut Decider<'_>, by: Actor, photo: PhotoId) -> Result<Answer, Refusal> {
    if !d.site.counters.has_photo(photo) {
        return Err(Refusal::NotFound);
    }
    let is_on_record = match by {
        Actor::Person(person) => d.site.evidence.has_just_looked(person, photo, d.ctx.now),
        Actor::Visit(visit) => {
            d.site.visits.get(visit)?;
            d.site.evidence.shown.contains(&(visit, photo))
        }
        _ => false,
    };
    if !is_on_record {
        d.push(Event::PhotoViewed { photo, by });
    }
    Ok(Answer::Done)
}

#[cfg(test)]
mod tests {
    use super::{Refusal, is_denial};
    use crate::time::Timestamp;

    #[test]
    fn who_is_refused_is_photographed_and_who_mistypes_is_not() {
        let until = Timestamp(0);
        let photographed = [
            Refusal::WrongCode,
            Refusal::CodeDead,
            Refusal::OutsideHours,
            Refusal::SelectorPaused { until },
            Refusal::KioskPaused { until },
            Refusal::KeypadsOff,
        ];
        assert!(photographed.iter().all(is_denial));
        let not = [Refusal::Mistyped, Refusal::OtherPurpose, Refusal::KioskBusy, Refusal::NothingWaits];
        assert!(!not.iter().any(is_denial));
    }
}
