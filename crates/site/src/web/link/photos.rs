//! The photos of a person's own parcels, below their code.
//!
//! Owns: which are listed and how. Never: one of another household, a log-in, or who forced a door; the rules say which.

use crate::evidence::photos::{Photo, kept_of};
use crate::look::listing::section;
use crate::web::App;
use crate::web::problem::{Fault, time_of_day};
use crate::web::words::{Arg, Language, say, t};
use maud::{Markup, html};
use vestibule_core::evidence::{PhotoMedia, may_see};
use vestibule_core::time::{Zone, civil};
use vestibule_core::{ParcelId, PersonId, Site};

/// What is shown.
pub(super) struct Theirs {
    /// Oldest first.
    pub photos: Vec<Photo>,
    /// In which zone times are told.
    pub zone: Zone,
}

/// The photos a person sees: of parcels that wait for them or were collected in the last day.
pub(super) async fn of_person(app: &App, person: PersonId) -> Result<Theirs, Fault> {
    let theirs = move |site: &Site, _| {
        let parcels = site.custody.parcels.iter().filter(|(_, parcel)| parcel.is_for(person));
        (parcels.map(|(id, _)| *id).collect::<Vec<ParcelId>>(), site.policy.zone.clone())
    };
    let (parcels, zone) = app.site.read(theirs).await?;
    if app.web.photos.is_none() || parcels.is_empty() {
        return Ok(Theirs { photos: Vec::new(), zone });
    }
    let found = app.site.query(move |tables| kept_of(tables, &parcels)).await?;
    let photos = app
        .site
        .read(move |site, _| {
            let is_theirs = |photo: &Photo| {
                photo.media == PhotoMedia::Jpeg && may_see(site, person, (&photo.asked, photo.household))
            };
            found.into_iter().filter(is_theirs).collect()
        })
        .await?;
    Ok(Theirs { photos, zone })
}

/// The section; nothing where there is no photo.
pub(super) fn content(language: Language, here: &str, theirs: &Theirs) -> Markup {
    if theirs.photos.is_empty() {
        return html! {};
    }
    section(
        &say(language, "link-photos"),
        html! {
            @for photo in &theirs.photos { (one(language, here, (photo, &theirs.zone))) }
            p class="hint" { (say(language, "link-photos-hint")) }
        },
    )
}

fn one(language: Language, here: &str, (photo, zone): (&Photo, &Zone)) -> Markup {
    let (time, civil) = (time_of_day(photo.at, zone), civil(photo.at, zone));
    let day = u32::try_from(civil.date.2).unwrap_or_default();
    let key = if photo.asked.reason.is_arrival() { "link-photo-arrival" } else { "link-photo-departure" };
    let words = t(
        language,
        key,
        &[
            ("weekday", Arg::Count(civil.weekday.into())),
            ("day", Arg::Count(day)),
            ("time", Arg::Text(&time)),
        ],
    );
    html! {
        figure class="photo" {
            img src={ (here) "/photos/" (photo.photo) } alt=(words) loading="lazy";
            figcaption { (words) }
        }
    }
}
