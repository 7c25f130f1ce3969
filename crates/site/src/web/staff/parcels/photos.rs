//! Photos: the small ones in a parcel's history, one of them whole with all that is known of it, and holds.
//!
//! Owns: `/staff/photos`. Never: a whole photo without its view on the record.

use axum::extract::Path;
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use vestibule_core::evidence::{Held, LegalHold, PhotoGone, PhotoMedia};
use vestibule_core::visit::quick_drop::Pile;
use vestibule_core::{Actor, Command, DropId, EntryId, ParcelId, PhotoId, Refusal, Timestamp};

use super::super::blocks::{back, unfold};
use super::super::desk_page::{Act, Desk, Fields, Section};
use super::super::history;
use super::super::names::{Names, Wanted, capital, parcel as parcel_n};
use super::super::say::Say;
use super::super::story::{self, Recorded, photo_word};
use super::super::times;
use super::holds;
use crate::evidence::photos::{self, Photo};
use crate::look::form;
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Icon, Post, Press, button_quiet, button_secondary, icon};
use crate::web::guard::Csrf;
use crate::web::photos::{to_hold, to_release};
use crate::web::problem::Fault;

/// A clock this far off is worth a word, in ms: most cameras show whole seconds.
const CLOCK_OFF_MS: i64 = 2_000;

/// All the page of one photo shows.
#[derive(Debug, Clone)]
pub struct PhotoView {
    /// The photo.
    pub photo: Photo,
    /// Who looked at it, and what else became of it.
    pub story: Vec<Recorded>,
    /// What holds it: itself, or all photos of a parcel or an entry of its.
    pub holds: Vec<(Held, LegalHold)>,
    /// What it may be held by, itself first.
    pub held_by: Vec<Held>,
    /// When its time is over; None: when its parcel will have ended.
    pub kept_until: Option<Timestamp>,
    /// Its file is not the one that was recorded.
    pub is_changed: bool,
    /// The drop it shows, while that is not sorted.
    pub drop: Option<DropId>,
    /// Whether this reader may hold it.
    pub may_hold: bool,
    /// Names.
    pub names: Names,
}

/// What a camera's clock shows beside ours; nothing where it agrees or shows none.
pub fn clock_note(offset_ms: Option<i64>, say: Say) -> Option<String> {
    let offset = offset_ms.filter(|offset| offset.abs() >= CLOCK_OFF_MS)?;
    let key = if offset > 0 { "staff-camera-clock-ahead" } else { "staff-camera-clock-behind" };
    let seconds = format!("{}", (offset.abs() + 500) / 1_000);
    Some(say.with(key, &[("seconds", seconds.into())]))
}

fn why(photo: &Photo, say: Say) -> String {
    say.t(&format!("staff-photo-why-{}", photo_word(photo.asked.reason)))
}

/// Small photos one beside the other, each a way to the whole one.
pub fn strip(list: &[Photo], names: &Names, say: Say) -> Markup {
    html! {
        ul class="photos" { @for photo in list { li { (small(photo, names, say)) } } }
        p class="hint" { (say.t("staff-photo-hint")) }
    }
}

fn small(photo: &Photo, names: &Names, say: Say) -> Markup {
    let when = times::moment(say, photo.at, (&names.zone, names.now));
    let words = [("n", photo.photo.to_string().into()), ("why", why(photo, say).into())];
    let at = format!("/staff/photos/{}", photo.photo);
    let is_picture = photo.gone.is_none() && photo.media == PhotoMedia::Jpeg;
    html! {
        a class="photo-small" href=(at) aria-label=(say.with("staff-photo-open", &words)) {
            @if is_picture { img src={ (at) "/small" } alt="" width="160" height="120" loading="lazy"; }
            @else { span class="photo-none" { (icon(Icon::Camera)) } }
            span class="photo-why" { (capital(&why(photo, say))) }
        }
        p class="hint" {
            time datetime=(times::machine(photo.at)) { (when) } ", " (names.camera(say, photo.asked.camera))
            @if let Some(note) = clock_note(photo.clock_offset_ms, say) { " (" (say.t("staff-camera-clock")) ": " (note) ")" }
        }
        @if let Some(gone) = photo.gone { p class="hint" { (gone_words(gone, say)) } }
    }
}

fn gone_words(gone: PhotoGone, say: Say) -> String {
    say.t(match gone {
        PhotoGone::Over => "staff-photo-gone-over",
        PhotoGone::Lost => "staff-photo-gone-lost",
    })
}

/// The page.
pub fn content(view: &PhotoView, say: Say, csrf: &str) -> Markup {
    let photo = &view.photo;
    let at = format!("/staff/photos/{}", photo.photo);
    let title = say.with("staff-photo-n", &[("n", photo.photo.to_string().into())]);
    html! {
        @match photo.asked.subject.parcels.first() {
            Some(parcel) => (back(&format!("/staff/parcels/{parcel}"), &parcel_n(say, *parcel))),
            None if photo.asked.subject.entry.is_some() => {
                @if let Some(entry) = photo.asked.subject.entry {
                    (back(&format!("/staff/entries/{entry}"), &say.with("staff-entry-n", &[("n", entry.to_string().into())])))
                }
            },
            None => (back("/staff/cameras", &say.t("staff-cameras-title"))),
        }
        (listing::page_title(&title, Some(&capital(&why(photo, say))), html! {
            @if let Some(drop) = view.drop { (button_secondary(&say.t("staff-drop-whose"), Press::Follow(&format!("/staff/drops/{drop}")))) }
        }))
        @if view.is_changed { (message::notice_banner(NoticeKind::Warning, &say.t("trouble-photo-changed"))) }
        @else { (picture(photo, &title, (say, &at))) }
        (listing::card(facts(view, say)))
        @if photo.gone.is_none() && view.may_hold { (listing::section(&say.t("staff-photo-hold"), holds(view, say, (&at, csrf)))) }
        (listing::section(&say.t("staff-what-happened"), story::story(&view.story, &view.names, say)))
    }
}

fn picture(photo: &Photo, title: &str, (say, at): (Say, &str)) -> Markup {
    let whole = format!("{at}/picture");
    match (photo.gone, photo.media) {
        (Some(gone), _) => message::notice_banner(NoticeKind::Warning, &gone_words(gone, say)),
        (None, PhotoMedia::H264KeyFrame) => html! {
            (message::notice_banner(NoticeKind::Info, &say.t("staff-photo-video")))
            (button_secondary(&say.t("staff-photo-download"), Press::Follow(&whole)))
        },
        (None, PhotoMedia::Jpeg) => html! {
            figure class="photo" {
                img src=(whole) alt={ (title) ": " (why(photo, say)) };
                figcaption class="hint" { (say.t("staff-photo-viewed-now")) }
            }
        },
    }
}

fn facts(view: &PhotoView, say: Say) -> Markup {
    let (photo, names) = (&view.photo, &view.names);
    let when = |at| times::moment(say, at, (&names.zone, names.now));
    let clock = clock_note(photo.clock_offset_ms, say).unwrap_or_else(|| {
        let key = photo.clock_offset_ms.map_or("staff-camera-clock-none", |_| "staff-camera-clock-right");
        say.t(key)
    });
    let kept = view.kept_until.map_or_else(|| say.t("staff-photo-kept-at-least"), when);
    let (parcels, beside) = (&photo.asked.subject.parcels, &photo.asked.subject.beside);
    listing::facts(&[
        (
            &say.t("staff-photo-taken"),
            html! { time datetime=(times::machine(photo.at)) { (when(photo.at)) } },
        ),
        (&say.t("staff-photo-camera"), html! { (names.camera(say, photo.asked.camera)) }),
        (&say.t("staff-camera-clock"), html! { (clock) }),
        (
            &say.t("staff-photo-reason"),
            html! { (why(photo, say))
            @for parcel in parcels { " " a href={ "/staff/parcels/" (parcel) } { (parcel_n(say, *parcel)) } }
            @for entry in photo.asked.subject.entry.iter().filter(|_| !beside.is_empty()).chain(beside) {
                " " a href={ "/staff/entries/" (entry) } { (say.with("staff-entry-n", &[("n", entry.to_string().into())])) }
            }
            @if let Some(door) = photo.asked.subject.compartment { " " a href={ "/staff/compartments/" (door) } { (names.door(say, door)) } } },
        ),
        (
            &say.t("staff-photo-kept"),
            html! {
            (kept)
            @for (_, hold) in &view.holds { " " (listing::tag(Tone::Accent, &say.with("staff-photo-held", &[("until", times::date(say, hold.until, &names.zone).into())]))) } },
        ),
        (&say.t("staff-photo-hash"), html! { code class="hash" { (photo.hash) } }),
    ])
}

fn holds(view: &PhotoView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let release = format!("{at}/release");
    let choices: Vec<_> =
        view.held_by.iter().map(|what| (held_word(*what), hold_words(*what, say))).collect();
    let choices: Vec<(&str, &str)> =
        choices.iter().map(|(word, text)| (word.as_str(), text.as_str())).collect();
    html! {
        p class="hint" { (say.t("staff-photo-hold-lead")) }
        div class="asks" {
            (unfold(&say.t("staff-photo-hold"), form::form(&format!("{at}/hold"), csrf, html! {
                (holds::fields(say))
                @if choices.len() > 1 { (form::select("what", &say.t("staff-photo-hold-what"), THIS_PHOTO, &choices)) }
                (button_secondary(&say.t("staff-photo-hold-do"), Press::Submit))
            })))
            @for (what, _) in &view.holds {
                (button_quiet(&release_words(*what, say), Press::Post(&Post::page(&release, csrf).with(&[("what", &held_word(*what))]))))
            }
        }
    }
}

const THIS_PHOTO: &str = "photo";
/// Before the number of an entry; a number alone is a parcel's.
const ENTRY: &str = "entry-";

/// What is held, as a form says it: this photo, a parcel by its number, or an entry.
fn held_word(what: Held) -> String {
    match what {
        Held::Photo(_) => THIS_PHOTO.to_owned(),
        Held::Parcel(parcel) => parcel.to_string(),
        Held::Entry(entry) => format!("{ENTRY}{entry}"),
    }
}

fn hold_words(what: Held, say: Say) -> String {
    match what {
        Held::Photo(_) => say.t("staff-photo-hold-alone"),
        Held::Parcel(parcel) => say.with("staff-photo-hold-parcel", &[("n", parcel.to_string().into())]),
        Held::Entry(entry) => say.with("staff-photo-hold-entry", &[("n", entry.to_string().into())]),
    }
}

fn release_words(what: Held, say: Say) -> String {
    match what {
        Held::Photo(_) => say.t("staff-photo-release"),
        Held::Parcel(parcel) => say.with("staff-photo-release-parcel", &[("n", parcel.to_string().into())]),
        Held::Entry(entry) => say.with("staff-photo-release-entry", &[("n", entry.to_string().into())]),
    }
}

/// What a form on the page of this photo names.
fn meant(desk: &Desk, id: PhotoId, fields: &Fields) -> Result<Held, Fault> {
    let invalid = || Refusal::Invalid { why: desk.say.t("staff-invalid-form") };
    let number = |text: &str| text.parse::<u64>().map_err(|_| invalid());
    match fields.get("what") {
        "" | THIS_PHOTO => Ok(Held::Photo(id)),
        word => match word.strip_prefix(ENTRY) {
            Some(entry) => Ok(Held::Entry(EntryId(number(entry)?))),
            None => Ok(Held::Parcel(ParcelId(number(word)?))),
        },
    }
}

async fn photo_of(desk: &Desk, id: PhotoId) -> Result<Photo, Fault> {
    Ok(desk.query(move |tables| photos::one(tables, id)).await?.ok_or(Refusal::NotFound)?)
}

async fn view(desk: &Desk, id: PhotoId) -> Result<PhotoView, Fault> {
    let photo = photo_of(desk, id).await?;
    let (looked, shown) = (photo.clone(), photo.asked.subject.parcels.clone());
    let (story, stored) = desk
        .query(move |tables| Ok((history::of_photo(tables, id)?, photos::as_stored(tables, &looked)?)))
        .await?;
    let ((holds, held_by), kept_until, is_changed, drop) = desk
        .read(move |site, _| {
            let held_by: Vec<Held> = stored.held_by().collect();
            let hold_of = |what: &Held| site.evidence.holds.get(what).map(|hold| (*what, *hold));
            let holds = (held_by.iter().filter_map(hold_of).collect(), held_by);
            let is_shown = |pile: &Pile| shown.iter().any(|parcel| pile.unsorted.contains(parcel));
            let drop = site.drops.open.iter().find(|(_, pile)| is_shown(pile)).map(|(drop, _)| *drop);
            (holds, site.usually_kept_until(&stored), site.evidence.changed.contains(&id), drop)
        })
        .await?;
    let mut wanted = history::wanted(&story);
    wanted.visits.extend(photo.asked.subject.visit);
    let names = desk.names(wanted).await?;
    let may_hold = desk.may_hold_evidence().is_ok();
    Ok(PhotoView { photo, story, holds, held_by, kept_until, is_changed, drop, may_hold, names })
}

/// `GET /staff/photos/{id}`
pub async fn page(desk: Desk, Path(id): Path<PhotoId>) -> Result<Markup, Fault> {
    let view = view(&desk, id).await?;
    let title = desk.say.with("staff-photo-n", &[("n", id.to_string().into())]);
    Ok(desk.page(Section::Parcels, &title, content(&view, desk.say, &desk.csrf)))
}

/// `GET /staff/photos/{id}/picture`: the whole photo; that it was looked at is recorded first.
pub async fn whole(desk: Desk, Path(id): Path<PhotoId>) -> Result<Response, Fault> {
    crate::web::photos::on_record(&desk.app, Actor::Staff(desk.staff), id).await
}

/// `GET /staff/photos/{id}/small`
pub async fn small_one(desk: Desk, Path(id): Path<PhotoId>) -> Result<Response, Fault> {
    crate::web::photos::small_for_staff(&desk.app, id).await
}

/// `POST /staff/photos/{id}/hold`
pub async fn hold(
    desk: Desk,
    Path(id): Path<PhotoId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_hold_evidence()?;
    let fields = Fields(fields);
    let (reason, until, words) = holds::asked(&desk, &fields).await?;
    let what = to_hold(&desk.app, id, meant(&desk, id, &fields)?).await?;
    let command = Command::HoldEvidence { what, reason, until };
    let act = Act::new(command, format!("/staff/photos/{id}"), "held");
    desk.act(act.with_words(holds::subject(Held::Photo(id)), words)).await
}

/// `POST /staff/photos/{id}/release`
pub async fn release(
    desk: Desk,
    Path(id): Path<PhotoId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_hold_evidence()?;
    let what = to_release(&desk.app, id, meant(&desk, id, &Fields(fields))?).await?;
    desk.act(Act::new(Command::ReleaseEvidence { what }, format!("/staff/photos/{id}"), "released")).await
}

/// The photos of a parcel's history.
///
/// # Errors
/// What SQLite says.
pub fn of_parcel(tables: &rusqlite::Connection, parcel: ParcelId) -> rusqlite::Result<Vec<Photo>> {
    const MOST: u32 = 60;
    photos::of_parcel(tables, parcel, MOST)
}

/// Whom the photos name.
pub fn wanted(list: &[Photo], wanted: &mut Wanted) {
    wanted.visits.extend(list.iter().filter_map(|photo| photo.asked.subject.visit));
}
