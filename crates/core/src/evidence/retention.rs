//! How long photos are kept: by the site's country, by whether people are in view, by what was said to hold them. What is over is
//! decided here, and recorded; the shell erases afterwards.

use super::{HOLD_AT_MOST, Held, HoldReason, InView, PhotoGone};
use crate::ids::*;
use crate::planted::is_planted;
use crate::policy::Policy;
use crate::site::Site;
use crate::site::decider::Decider;
use crate::time::{Span, Timestamp, Zone};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};

/// Whose usual times photos are kept for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Country {
    /// The United States, and wherever the same is usual: people 30 days.
    #[default]
    Us,
    /// A country of the European Union other than Germany: people 8 days.
    Eu,
    /// Germany: people 72 hours.
    De,
}

impl Country {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Us, Self::Eu, Self::De];

    /// How the API and our forms write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Eu => "eu",
            Self::De => "de",
        }
    }

    /// Its usual times.
    pub fn photos_kept(self) -> PhotosKept {
        match self {
            Self::Us => PhotosKept::US,
            Self::Eu => PhotosKept::EU,
            Self::De => PhotosKept::DE,
        }
    }

    /// What a new site begins with, until staff say where it is: by its zone, and rather too short than too long.
    pub fn of_zone(zone: &Zone) -> Self {
        match zone.name() {
            "Europe/Berlin" | "Europe/Busingen" => Self::De,
            name if name.starts_with("Europe/") => Self::Eu,
            // Parts of countries of the Union and of the European Economic Area that are not named after Europe.
            "Atlantic/Azores"
            | "Atlantic/Canary"
            | "Atlantic/Madeira"
            | "Africa/Ceuta"
            | "Asia/Nicosia"
            | "Asia/Famagusta"
            | "America/Cayenne"
            | "America/Guadeloupe"
            | "America/Marigot"
            | "America/Martinique"
            | "Indian/Mayotte"
            | "Indian/Reunion"
            | "Atlantic/Reykjavik"
            | "Atlantic/Jan_Mayen"
            | "Arctic/Longyearbyen" => Self::Eu,
            // Older names of zones in Europe.
            "CET" | "EET" | "MET" | "WET" | "Eire" | "GB" | "GB-Eire" | "Iceland" | "Poland" | "Portugal" => {
                Self::Eu
            }
            _ => Self::Us,
        }
    }

    /// Whether it is the one that is written as nothing.
    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Policy {
    /// For how long this site keeps photos: what it set itself, else what is usual in its country.
    pub fn photos_kept(&self) -> PhotosKept {
        self.photos.unwrap_or_else(|| self.country.photos_kept())
    }
}

/// For how long photos are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotosKept {
    /// With people in view, from when they were taken.
    pub people: Span,
    /// Of parcels or labels alone, from when the last of their parcels ended.
    pub parcels: Span,
}

impl PhotosKept {
    /// The usual of the United States: 30 days.
    pub const US: Self = Self { people: Span::days(30), parcels: Span::days(30) };
    /// The usual of the European Union: people 8 days.
    pub const EU: Self = Self { people: Span::days(8), ..Self::US };
    /// The usual of Germany: people 72 hours.
    pub const DE: Self = Self { people: Span::hours(72), ..Self::US };
}

impl Default for PhotosKept {
    fn default() -> Self {
        Self::US
    }
}

/// A photo as the store knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPhoto {
    /// Which.
    pub photo: PhotoId,
    /// Whether people are in view.
    pub in_view: InView,
    /// When it was recorded.
    pub taken: Timestamp,
    /// What parcels it is of.
    pub parcels: Vec<ParcelId>,
    /// Parcels whose history shows it besides, since it is of the visit that brought them: their holds keep it, their end does not
    /// begin its time.
    #[serde(default)]
    pub shown_with: Vec<ParcelId>,
    /// What entries it is of.
    #[serde(default)]
    pub entries: Vec<EntryId>,
    /// When the last of them ended; None while one of them has not.
    pub ended: Option<Timestamp>,
}

impl StoredPhoto {
    /// All whose hold keeps it.
    pub fn held_by(&self) -> impl Iterator<Item = Held> + '_ {
        let parcels = self.parcels.iter().chain(&self.shown_with).map(|parcel| Held::Parcel(*parcel));
        let entries = self.entries.iter().map(|entry| Held::Entry(*entry));
        [Held::Photo(self.photo)].into_iter().chain(parcels).chain(entries)
    }
}

impl Site {
    /// Whether a photo's time is over and nothing holds it.
    pub fn is_over(&self, photo: &StoredPhoto, now: Timestamp) -> bool {
        let is_held = |what: Held| self.evidence.holds.get(&what).is_some_and(|hold| hold.until > now);
        if photo.held_by().any(is_held) && !is_planted("held-photo-erased") {
            return false;
        }
        let until = self.usually_kept_until(photo);
        until.is_some_and(|until| until <= now || is_planted("photo-erased-early"))
    }

    /// No photo that was recorded after this can be over now.
    pub fn photos_may_be_over_until(&self, now: Timestamp) -> Timestamp {
        let kept = self.policy.photos_kept();
        Timestamp(now.0 - kept.people.0.min(kept.parcels.0))
    }

    /// Until when a photo is kept that nothing holds; None: its parcel has not ended.
    pub fn usually_kept_until(&self, photo: &StoredPhoto) -> Option<Timestamp> {
        let kept = self.policy.photos_kept();
        match photo.in_view {
            InView::People => Some(photo.taken + kept.people),
            InView::ParcelsOnly if photo.parcels.is_empty() => Some(photo.taken + kept.parcels),
            InView::ParcelsOnly => photo.ended.map(|ended| ended + kept.parcels),
        }
    }
}

/// Holds evidence until a day, or until another day than before.
pub(crate) fn hold(
    d: &mut Decider<'_>,
    by: Actor,
    what: Held,
    (reason, until): (HoldReason, Timestamp),
) -> Result<Answer, Refusal> {
    let is_known = match what {
        Held::Photo(photo) => {
            d.site.counters.has_photo(photo) && !d.site.evidence.erased.contains_key(&photo)
        }
        Held::Parcel(parcel) => d.site.counters.has_parcel(parcel),
        Held::Entry(entry) => d.site.counters.has_entry(entry),
    };
    if !is_known {
        return Err(Refusal::NotFound);
    }
    if until <= d.now() || until - d.now() > HOLD_AT_MOST {
        let why = "a hold ends on a day to come, within two years; it can be set again".to_owned();
        return Err(Refusal::Invalid { why });
    }
    d.push(Event::EvidenceHeld { what, reason, until, by });
    Ok(Answer::Done)
}

/// Ends a hold: from now on the usual time counts.
pub(crate) fn release(d: &mut Decider<'_>, by: Actor, what: Held) -> Result<Answer, Refusal> {
    if !d.site.evidence.holds.contains_key(&what) {
        return Err(Refusal::NotFound);
    }
    d.push(Event::EvidenceReleased { what, by });
    Ok(Answer::Done)
}

/// Holds whose day has come.
pub(crate) fn end_holds(d: &mut Decider<'_>) {
    let now = d.now();
    let over: Vec<_> =
        d.site.evidence.holds.iter().filter(|(_, hold)| hold.until <= now).map(|(what, _)| *what).collect();
    for what in over {
        d.push(Event::EvidenceReleased { what, by: Actor::Site });
    }
}

/// Of these photos, those whose time is over and that nothing holds are erased from here on.
pub(crate) fn erase_over(d: &mut Decider<'_>, photos: &[StoredPhoto]) {
    let now = d.now();
    let over: Vec<_> =
        photos.iter().filter(|stored| d.site.is_over(stored, now)).map(|stored| stored.photo).collect();
    gone(d, &over, PhotoGone::Over);
}

/// Files that should be there were not found.
pub(crate) fn lost(d: &mut Decider<'_>, photos: &[PhotoId]) {
    gone(d, photos, PhotoGone::Lost);
}

fn gone(d: &mut Decider<'_>, photos: &[PhotoId], why: PhotoGone) {
    for photo in photos.iter().copied() {
        if d.site.counters.has_photo(photo) && !d.site.evidence.erased.contains_key(&photo) {
            d.push(Event::PhotoErased { photo, why });
        }
    }
}
