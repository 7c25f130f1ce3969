//! Photos as evidence: which cameras there are, what a photo is of, what is held beyond its time.
//!
//! Owns: the cameras, the legal holds, and who looked at what a moment ago. A photo and its loss never block an event or an opening:
//! rules ask for one ([`photo`]) and go on. The photos themselves are no part of the state: what a parcel needs of its own goes with the parcel,
//! and when each is to be erased ([`retention`]) is asked of what the store keeps.

mod hash;
pub mod photo;
pub mod retention;

pub use hash::PhotoHash;

use crate::ids::*;
use crate::site::Site;
use crate::time::{Span, Timestamp};
use crate::vocabulary::event::Event;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

impl CameraId {
    /// The camera of the screen somebody stands at: in no list of cameras, asked by no rule. Its picture comes with a request.
    pub const OF_THE_SCREEN: Self = Self(0);
}

/// What a camera looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraPlace {
    /// The front of a bank.
    Bank(BankId),
    /// Whoever stands at a kiosk.
    Kiosk(KioskId),
    /// The desk.
    Desk,
    /// Whoever stands at a door one walks through.
    Door(AccessPointId),
    /// The room that a door leads to, from within.
    Inside(AccessPointId),
}

/// Whether people are in its picture: decides how long its photos are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InView {
    /// Somebody may be in it.
    People,
    /// It sees a parcel or its label and nobody.
    ParcelsOnly,
}

/// Why a photo is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoReason {
    /// A courier identified.
    CourierLogIn,
    /// A parcel is put in: the door is open, the parcel visible.
    Deposit,
    /// A recipient takes a parcel out.
    Collection,
    /// Somebody was refused.
    Denial,
    /// A door opened and nothing explains it.
    Forced,
    /// A door has been open for too long.
    HeldOpen,
    /// A courier says that a compartment is not empty.
    SomethingInside,
    /// A recipient says that it is not theirs, or that it was empty.
    Doubted,
    /// Staff take a parcel in at the desk.
    Intake,
    /// Staff hand a parcel over at the desk.
    HandOver,
    /// Somebody may come in by a door.
    Entry,
    /// The door has opened for them.
    Opened,
    /// Somebody is inside: a still of the room, one of several.
    InRoom,
    /// Somebody may have followed whom a door was opened for.
    Followed,
    /// Somebody without a code asks to be let in.
    Rang,
    /// A courier puts parcels down without scanning them.
    QuickDrop,
    /// A recipient carries a parcel away from a shelf or drop place.
    CheckOut,
}

impl PhotoReason {
    /// It shows whoever brought the parcels of a visit, and none of them: it belongs to the history of each.
    pub const OF_THE_VISIT: Self = Self::CourierLogIn;

    /// It shows a parcel on its way in.
    pub fn is_arrival(self) -> bool {
        matches!(self, Self::Deposit | Self::Intake | Self::QuickDrop)
    }

    /// It shows a parcel on its way out.
    pub fn is_departure(self) -> bool {
        matches!(self, Self::Collection | Self::HandOver | Self::CheckOut)
    }
}

/// When the still is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoMoment {
    /// Now.
    Now,
    /// The door has just opened: as soon as hands and parcel can be seen.
    DoorOpened,
    /// A door one walks through has just opened: that moment, out of the past where the camera keeps it.
    PassageOpened,
    /// The door has just shut: what is still owed of it now, and what was to be seen a moment ago where the camera keeps that.
    DoorShut,
}

/// What a photo is of, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoSubject {
    /// During which visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// Of which compartment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compartment: Option<CompartmentId>,
    /// At which opening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<OpeningId>,
    /// Of which parcels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parcels: Vec<ParcelId>,
    /// Of which entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Of which other entries: who comes in with them, who is inside too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<EntryId>,
    /// Of who rang, and waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ring: Option<RingId>,
}

impl PhotoSubject {
    /// Of these entries.
    pub fn of_entries(entries: &[EntryId]) -> Self {
        let (first, others) = entries.split_first().map_or((None, &[][..]), |(e, others)| (Some(*e), others));
        Self { entry: first, beside: others.to_vec(), ..Self::default() }
    }

    /// All the entries it is of.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.entry.into_iter().chain(self.beside.iter().copied())
    }
}

/// A photo that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoAsked {
    /// Of which camera.
    pub camera: CameraId,
    /// Why.
    pub reason: PhotoReason,
    /// What of.
    pub subject: PhotoSubject,
}

/// What the bytes of a photo are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoMedia {
    /// A JPEG file.
    Jpeg,
    /// One key frame of H.264.
    H264KeyFrame,
}

impl PhotoMedia {
    /// How the name of a file of it ends, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::H264KeyFrame => "h264",
        }
    }

    /// Its media type, as IANA registers it.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::H264KeyFrame => "video/H264",
        }
    }
}

/// Why a photo is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoTrouble {
    /// The camera did not answer in time, or cannot be reached.
    NoAnswer,
    /// What it sent is no photo.
    NoPicture,
    /// It refused: wrong password, or an error of its own.
    Refused,
    /// Too many photos were asked for at once.
    Busy,
    /// Space runs low: photos stop.
    SpaceLow,
    /// It could not be written.
    NotKept,
    /// This process does not know how to reach the camera.
    NotConfigured,
    /// This process ended before it was taken.
    Stopped,
    /// No camera looks there, and the screen brought no picture of its own.
    NoCamera,
}

/// Why a photo is not there any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoGone {
    /// Its time was over: file and salt are erased.
    Over,
    /// Its file was not found, as after a backup was restored.
    Lost,
}

/// What a legal hold keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// One photo.
    Photo(PhotoId),
    /// Every photo of a parcel, those to come too.
    Parcel(ParcelId),
    /// Every photo of an entry, those to come too.
    Entry(EntryId),
}

/// Why evidence is held: a closed list in the ledger; free words live beside it in the directory tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// Police or a court asked for it.
    Police,
    /// A claim on an insurance or a carrier.
    Claim,
    /// A recipient and the property disagree.
    Dispute,
    /// Anything else: words required by the page.
    Other,
}

/// Evidence that is kept beyond its time, until a day that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalHold {
    /// Why.
    pub reason: HoldReason,
    /// Until then.
    pub until: Timestamp,
}

/// The longest a hold may be set for at once; it can be set again.
pub const HOLD_AT_MOST: Span = Span::days(2 * 365);

/// A person who looks at a photo again within this time looks still: the ledger of a site is not filled through a link.
pub const LOOKS_APART: Span = Span::minutes(10);

/// So long it is remembered which photos were erased; of those before, the store knows.
const ERASED_AT_HAND: Span = Span::hours(1);

/// One camera.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Camera {
    /// What it looks at.
    pub at: CameraPlace,
    /// Whether people are in view.
    pub in_view: InView,
    /// It does not answer.
    pub silent: bool,
    /// When somebody refused was photographed last, or was to be.
    pub denial: Option<Timestamp>,
}

/// Cameras and holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// By number.
    pub cameras: BTreeMap<CameraId, Camera>,
    /// What is held, as pairs since a key of JSON is text.
    #[serde(with = "pairs")]
    pub holds: BTreeMap<Held, LegalHold>,
    /// Photos that were erased in the last hour, some a little earlier, and when: what was shown a moment ago cannot be held any more.
    pub erased: BTreeMap<PhotoId, Timestamp>,
    /// Photos whose files are known to be changed.
    pub changed: BTreeSet<PhotoId>,
    /// Which person looked at which photo within [`LOOKS_APART`], as pairs, and when that was recorded.
    #[serde(default, with = "pairs")]
    pub looks: BTreeMap<(PersonId, PhotoId), Timestamp>,
    /// What was shown at a kiosk in a visit that is not over.
    pub shown: BTreeSet<(VisitId, PhotoId)>,
}

impl Evidence {
    /// Whether a look of this person at this photo was recorded a moment ago.
    pub(crate) fn has_just_looked(&self, person: PersonId, photo: PhotoId, now: Timestamp) -> bool {
        self.looks.get(&(person, photo)).is_some_and(|at| now - *at < LOOKS_APART)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::CameraInstalled { camera, at, in_view } => {
                let (at, in_view) = (*at, *in_view);
                self.cameras.insert(*camera, Camera { at, in_view, silent: false, denial: None });
            }
            Event::CameraSet { camera, at, in_view } => self.with(*camera, |c| {
                c.at = *at;
                c.in_view = *in_view;
            }),
            Event::CameraRemoved { camera } => {
                self.cameras.remove(camera);
            }
            Event::CameraSilent { camera } => self.with(*camera, |c| c.silent = true),
            Event::CameraBack { camera } => self.with(*camera, |c| c.silent = false),
            Event::PhotoTaken { asked, .. } => self.asked(asked, now),
            Event::PhotoMissing { asked: Some(asked), .. } => self.asked(asked, now),
            Event::PhotoChanged { photo } => {
                self.changed.insert(*photo);
            }
            Event::PhotoErased { photo, .. } => {
                self.changed.remove(photo);
                // A year's photos may be over at once: only when the first of them is forgotten are the others looked at.
                let is_old = |at: &Timestamp| now - *at >= ERASED_AT_HAND;
                if self.erased.first_key_value().is_some_and(|(_, at)| is_old(at)) {
                    self.erased.retain(|_, at| !is_old(at));
                }
                self.erased.insert(*photo, now);
            }
            Event::PhotoViewed { photo, by: Actor::Person(person) } => {
                self.looks.retain(|_, at| now - *at < LOOKS_APART);
                self.looks.insert((*person, *photo), now);
            }
            Event::PhotoViewed { photo, by: Actor::Visit(visit) } => {
                self.shown.insert((*visit, *photo));
            }
            Event::VisitEnded { visit, .. } => self.shown.retain(|(of, _)| of != visit),
            Event::EvidenceHeld { what, reason, until, .. } => {
                self.holds.insert(*what, LegalHold { reason: *reason, until: *until });
            }
            Event::EvidenceReleased { what, .. } => {
                self.holds.remove(what);
            }
            _ => {}
        }
    }

    fn asked(&mut self, asked: &PhotoAsked, now: Timestamp) {
        if asked.reason == PhotoReason::Denial {
            self.with(asked.camera, |c| c.denial = Some(now));
        }
    }

    fn with(&mut self, camera: CameraId, change: impl FnOnce(&mut Camera)) {
        if let Some(camera) = self.cameras.get_mut(&camera) {
            change(camera);
        }
    }
}

/// Whether a person sees a photo of a parcel of theirs. Who collected it is shown only to the household it was collected for at
/// that time; who was refused, forced a door or stood at it is shown to staff alone.
pub fn may_see(site: &Site, person: PersonId, photo: (&PhotoAsked, Option<TenancyId>)) -> bool {
    may_see_theirs(photo, |parcel| {
        let theirs = site.custody.get(parcel).filter(|p| p.is_for(person))?;
        theirs.entitlement.as_ref().map(|e| e.tenancy)
    })
}

/// The same of parcels that may have left the live state: `theirs` says of one that is the person's own for which household it is.
pub fn may_see_theirs(
    (asked, household): (&PhotoAsked, Option<TenancyId>),
    theirs: impl Fn(ParcelId) -> Option<TenancyId>,
) -> bool {
    let is_theirs = |parcel: &ParcelId| {
        theirs(*parcel).is_some_and(|now_for| {
            asked.reason.is_arrival() || (asked.reason.is_departure() && household == Some(now_for))
        })
    };
    !asked.subject.parcels.is_empty() && asked.subject.parcels.iter().all(is_theirs)
}

mod pairs {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::collections::BTreeMap;

    pub fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        map.iter().collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, K, V, D>(d: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(d)?.into_iter().collect())
    }
}
