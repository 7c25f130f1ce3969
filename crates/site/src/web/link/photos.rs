//! The photos of a person's own parcels, below their code.
//!
//! Owns: how they are listed, oldest first. Never: which; the rules say that.

use crate::evidence::photos::Photo;
use crate::look::listing::section;
use crate::web::problem::time_of_day;
use crate::web::words::{Arg, Language, say, t};
use maud::{Markup, html};
use vestibule_core::time::{Zone, civil};

/// The section; nothing where there is no photo.
pub(super) fn content(language: Language, here: &str, (photos, zone): (&[Photo], &Zone)) -> Markup {
    if photos.is_empty() {
        return html! {};
    }
    section(
        &say(language, "link-photos"),
        html! {
            @for photo in photos { (one(language, here, (photo, zone))) }
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
