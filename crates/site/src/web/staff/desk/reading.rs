//! Labels read at the desk by camera or photo: they fill the form that is otherwise typed.
//!
//! Owns: both ways to read, and what is said when nothing comes of it. Never: keeps a photo; what a label says is a claim
//! that staff see before anything is taken in.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use vestibule_core::code::pin::token_hash;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::{CarrierId, ParcelId, Site};
use vestibule_intake::gathered::Symbol;
use vestibule_intake::{Carrier, Check, Label, Problem, Source, recognise};

use super::super::desk_page::{Desk, Fields};
use super::super::say::Say;
use super::{DeskView, Filled, carrier_named, first_page, guessed, hand_over, second_step, view};
use crate::directory::intake::house;
use crate::look::camera::{CameraWords, PhotoWords, camera_and_photos, camera_key};
use crate::look::{Icon, Post, form, icon};
use crate::web::given::pictures::{NoPicture, PhotoRecord};
use crate::web::given::symbols::{claim, posted};
use crate::web::guard::{Csrf, Upload};
use crate::web::kiosk::intake::{Scan, look};
use crate::web::problem::{Fault, Trouble};
use crate::web::security::PHOTO_MEGABYTES;

/// The keys for camera and photo, and where the camera appears.
pub fn ways(view: &DeskView, say: Say, csrf: &str) -> Markup {
    let words = camera_words(say);
    let (how, hint) =
        if view.reads_photos { ("site", "staff-photo-site") } else { ("here", "staff-photo-here") };
    html! {
        div class="button-row" {
            (camera_key(&words))
            form class="posting" method="post" action="/staff/desk/photo" enctype="multipart/form-data" {
                (form::csrf_field(csrf))
                label class="button button-secondary" {
                    (icon(Icon::Upload))
                    span class="button-words" { span class="button-label" { (say.t("staff-photo")) } }
                    input class="visually-hidden" type="file" name="photo" accept="image/jpeg,image/png" capture="environment"
                        data-camera-photo=(how) aria-describedby="h-photo";
                }
                noscript { button class="button button-secondary" type="submit" { (say.t("staff-photo-send")) } }
            }
        }
        p class="hint" id="h-photo" { (say.t(hint)) }
        (camera_and_photos(&words, &photo_words(say), &Post::page("/staff/desk/read", csrf)))
    }
}

/// The words around a camera.
pub fn camera_words(say: Say) -> CameraWords {
    let [key, caption, stop] =
        ["staff-camera", "staff-camera-caption", "staff-camera-stop"].map(|key| say.t(key));
    let [refused, missing] = ["staff-camera-refused", "staff-camera-missing"].map(|key| say.t(key));
    let [insecure, broken] = ["staff-camera-insecure", "staff-camera-broken"].map(|key| say.t(key));
    CameraWords { key, caption, stop, refused, missing, insecure, broken }
}

fn photo_words(say: Say) -> PhotoWords {
    let [reading, nothing] = ["staff-photo-reading", "staff-read-no-symbol"].map(|key| say.t(key));
    let [unreadable, large] = ["staff-photo-other-kind", "staff-photo-too-large"].map(|key| say.t(key));
    PhotoWords { reading, nothing, unreadable, large }
}

/// `POST /staff/desk/read`: what the page's own reader saw. A resident's code is shown to be handed over against.
pub async fn read(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Response, Fault> {
    let lines = Fields(fields);
    let seen = posted(lines.get("symbols"));
    let seen = seen.ok_or_else(|| Trouble::Unreadable("/staff/desk/read: no symbols".to_owned()))?;
    let Some(tag) = desk.read(|site, _| site.tag).await? else { return Err(Trouble::NotSetUp.into()) };
    match look(&seen, tag) {
        Scan::Token(_, token) => {
            let proof = Proof::Token(token_hash(&*desk.app.keys, token.expose()));
            Ok(hand_over::shown(&desk, proof).await?.into_response())
        }
        Scan::Label(label) => {
            let record = PhotoRecord {
                tracking: Some(label.tracking),
                carrier: label.carrier,
                recipient: label.recipient,
                scan: seen.symbols.iter().map(Symbol::scan).collect::<Vec<_>>().join("\n"),
                ..PhotoRecord::default()
            };
            go_on(&desk, record).await
        }
        Scan::Shelf(_) => said(&desk, "staff-read-shelf").await,
        Scan::OtherBuilding => said(&desk, "staff-read-other-building").await,
        Scan::Several => said(&desk, &problem_key(Problem::SeveralLabels)).await,
        Scan::Damaged | Scan::TooLong | Scan::Unreadable => {
            let why = seen.label().err().unwrap_or(Problem::NoLabel);
            said(&desk, &problem_key(why)).await
        }
    }
}

/// `POST /staff/desk/photo`: a photo of a label. It is read and forgotten.
pub async fn photo(desk: Desk, upload: Upload) -> Result<Response, Fault> {
    let Some(reader) = desk.app.web.pictures.clone() else {
        return said(&desk, "staff-photo-not-here").await;
    };
    let photo = upload.file.map(|(_, bytes)| bytes).unwrap_or_default();
    let read = match photo.len() {
        0 => Err(NoPicture::Empty),
        bytes if bytes > (PHOTO_MEGABYTES as usize) << 20 => Err(NoPicture::TooLarge),
        _ => reader.read(photo, desk.query(house).await?).await,
    };
    match read {
        Ok(record) => go_on(&desk, record).await,
        Err(why) => said(&desk, &format!("staff-photo-{}", why.code())).await,
    }
}

fn problem_key(problem: Problem) -> String {
    format!("staff-read-{}", problem.code())
}

/// With a number and somebody it may be for to the next step; else to the form, with all that was read in it.
async fn go_on(desk: &Desk, record: PhotoRecord) -> Result<Response, Fault> {
    let PhotoRecord { tracking, carrier, recipient, problem, several_recipients, is_likened, scan } = record;
    let addressed_to = recipient.addressed_to().unwrap_or_default().to_owned();
    let name = carrier.and_then(Carrier::name);
    let number = tracking.clone().unwrap_or_default();
    let label =
        Label { source: Source::Number, tracking: number, carrier, recipient, separators_lost: false };
    let reading = guessed::seen(desk, (&scan, is_likened), &label).await?;
    let means_somebody = reading.guess.as_ref().is_some_and(|guess| !guess.offered.is_empty());
    if tracking.is_some() && (means_somebody || reading.asks_whether_here()) {
        return Ok(second_step(desk, reading, (None, None), String::new()).await?.into_response());
    }
    let words = match (&tracking, problem) {
        (Some(_), _) if several_recipients => desk.say.t("staff-read-several-recipients"),
        (Some(_), _) => desk.say.t("staff-read-now-apartment"),
        (None, Some(problem)) => desk.say.t(&problem_key(problem)),
        (None, None) => desk.say.t(&problem_key(Problem::NoLabel)),
    };
    let carrier = match name {
        Some(name) => carrier_named(desk, name.to_owned()).await?,
        None => String::new(),
    };
    let filled = Filled { tracking: tracking.unwrap_or_default(), carrier, addressed_to, said: Some(words) };
    page(desk, filled).await
}

async fn said(desk: &Desk, key: &str) -> Result<Response, Fault> {
    page(desk, Filled { said: Some(desk.say.t(key)), ..Filled::default() }).await
}

async fn page(desk: &Desk, filled: Filled) -> Result<Response, Fault> {
    let view = DeskView { filled, ..view(desk).await? };
    Ok(first_page(desk, &view))
}

/// The site's companies whose number this may be, where several companies have numbers like it.
pub(super) async fn companies(desk: &Desk, tracking: &str) -> Result<Vec<(CarrierId, String)>, Fault> {
    let read = recognise(tracking);
    if !read.ambiguous() {
        return Ok(Vec::new());
    }
    let supported = read.candidates.iter().filter(|candidate| candidate.check != Check::Bad);
    let mut names: Vec<&'static str> = Vec::new();
    for name in supported.filter_map(|candidate| candidate.carrier.name()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let look = move |site: &Site, _| {
        let id = |name: &&str| {
            let mut known = site.layout.carriers.iter();
            known.find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(id, name)| (*id, name.clone()))
        };
        names.iter().filter_map(id).collect()
    };
    desk.read(look).await
}

/// A parcel of today with this number.
pub(in crate::web::staff) async fn came_today(
    desk: &Desk,
    tracking: &str,
    carrier: Option<CarrierId>,
) -> Result<Option<ParcelId>, Fault> {
    let Some(claim) = claim(&*desk.app.keys, tracking, false) else { return Ok(None) };
    let look = move |site: &Site, now| site.custody.came_today(claim.mark, carrier, (now, &site.policy.zone));
    desk.read(look).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    #[test]
    fn every_way_it_can_go_wrong_is_said_in_every_language() {
        let mut keys = vec!["staff-read-other-building".to_owned(), "staff-photo-not-here".to_owned()];
        keys.push("staff-read-shelf".to_owned());
        keys.extend(["staff-read-several-recipients", "staff-read-foreign-keyboard"].map(str::to_owned));
        keys.extend(Problem::ALL.map(problem_key));
        keys.extend(NoPicture::ALL.map(|why| format!("staff-photo-{}", why.code())));
        for language in Language::ALL {
            for key in &keys {
                let text = Say::new(language).t(key);
                assert!(text.len() > 10 && !text.contains("Unknown"), "{key} in {language}: {text}");
            }
        }
    }
}
