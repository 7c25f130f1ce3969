//! Cameras: what each looks at, whether it answers, how well, and how many photos are kept.
//!
//! Owns: `/staff/cameras`. Never: a picture; those are behind their own record.

use maud::{Markup, html};
use vestibule_core::evidence::retention::PhotosKept;
use vestibule_core::evidence::{Camera, CameraPlace, InView};
use vestibule_core::{CameraId, PhotoId, Span, Timestamp};

use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted};
use super::super::parcels::photos::clock_note;
use super::super::say::Say;
use super::super::times;
use crate::evidence::photos;
use crate::look::listing::{self, Tone};
use crate::look::message;
use crate::runners::cameras::queue::CameraHealth;
use crate::web::problem::Fault;

/// One camera.
#[derive(Debug, Clone)]
pub struct CameraLine {
    /// Which.
    pub id: CameraId,
    /// As the rules know it.
    pub camera: Camera,
    /// How it is doing; None: this process does not reach it.
    pub health: Option<CameraHealth>,
    /// When it answered last, in site time.
    pub answered: Option<Timestamp>,
    /// Its last photo that was recorded.
    pub last: Option<(PhotoId, Timestamp)>,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Cameras {
    /// The cameras.
    pub cameras: Vec<CameraLine>,
    /// Photos that are kept.
    pub kept: u32,
    /// How much space they take, in bytes.
    pub bytes: u64,
    /// For how long.
    pub policy: PhotosKept,
    /// Names.
    pub names: Names,
}

/// A time in hours up to three days, else in days.
pub fn kept_words(span: Span, say: Say) -> String {
    let hours = span.0 / Span::hours(1).0;
    if hours <= 72 {
        say.with("staff-hours-n", &[("n", hours.into())])
    } else {
        say.with("staff-days-n", &[("n", (hours / 24).into())])
    }
}

/// The page.
pub fn content(view: &Cameras, say: Say) -> Markup {
    let (people, parcels) = (kept_words(view.policy.people, say), kept_words(view.policy.parcels, say));
    let kept = say.with("staff-cameras-kept", &[("n", view.kept.into())]);
    let size = say.with("staff-cameras-size", &[("mb", format!("{:.1}", view.bytes as f64 / 1e6).into())]);
    html! {
        (listing::page_title(&say.t("staff-cameras-title"), Some(&say.t("staff-cameras-lead")), html! {}))
        @if view.cameras.is_empty() { (message::empty(&say.t("staff-cameras-empty-title"), &say.t("staff-cameras-empty"), None)) }
        p { (kept) ": " (size) ". " (say.with("staff-cameras-for", &[("people", people.into()), ("parcels", parcels.into())])) }
        @for camera in &view.cameras { (one(camera, &view.names, say)) }
    }
}

fn one(line: &CameraLine, names: &Names, say: Say) -> Markup {
    let (tone, key) = match (&line.health, line.camera.silent) {
        (None, _) => (Tone::Warning, "staff-camera-not-here"),
        (Some(_), true) => (Tone::Danger, "staff-camera-silent"),
        (Some(_), false) => (Tone::Good, "staff-camera-answers"),
    };
    let sees = match line.camera.at {
        CameraPlace::Bank(bank) => {
            say.with("staff-camera-sees-bank", &[("bank", names.bank(say, bank).into())])
        }
        CameraPlace::Kiosk(kiosk) => {
            say.with("staff-camera-sees-kiosk", &[("kiosk", names.kiosk(say, kiosk).into())])
        }
        CameraPlace::Desk => say.t("staff-camera-sees-desk"),
        CameraPlace::Door(point) => {
            say.with("staff-camera-sees-door", &[("door", names.passage(say, point).into())])
        }
    };
    let in_view = say.t(match line.camera.in_view {
        InView::People => "staff-camera-view-people",
        InView::ParcelsOnly => "staff-camera-view-parcels",
    });
    let when = |at| times::moment(say, at, (&names.zone, names.now));
    let never = || say.t("staff-never");
    let clock = line.health.as_ref().and_then(|health| health.clock_offset_ms);
    let clock = clock_note(clock, say)
        .unwrap_or_else(|| say.t(clock.map_or("staff-camera-clock-none", |_| "staff-camera-clock-right")));
    let (failed, asked) = line.health.as_ref().map_or((0, 0), CameraHealth::failures);
    let percent = (failed * 100).checked_div(asked).unwrap_or(0);
    let rate = [("failed", failed.into()), ("percent", percent.into())];
    html! {
        section class="section" id={ "camera-" (line.id) } {
            h2 { (names.camera(say, line.id)) }
            (listing::card(html! {
                p { (listing::tag(tone, &say.t(key))) }
                (listing::facts(&[
                    (&say.t("staff-camera-sees"), html! { (sees) }),
                    (&say.t("staff-camera-view"), html! { (in_view) }),
                    (&say.t("staff-camera-answered"), html! { (line.answered.map_or_else(never, when)) }),
                    (&say.t("staff-camera-still"), html! { @match line.last {
                        Some((photo, at)) => a href={ "/staff/photos/" (photo) } { (when(at)) },
                        None => (never()),
                    } }),
                    (&say.with("staff-camera-errors", &[("n", asked.into())]), html! { (say.with("staff-camera-error-rate", &rate)) }),
                    (&say.t("staff-camera-clock"), html! { (clock) }),
                ]))
            }))
        }
    }
}

/// `GET /staff/cameras`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let (installed, policy, now) =
        desk.read(|site, now| (site.evidence.cameras.clone(), site.policy.photos, now)).await?;
    let health = desk.app.web.cameras.as_ref().map(|board| board.look());
    let looked: Vec<CameraId> = installed.keys().copied().collect();
    let (last, kept) = desk
        .query(move |tables| {
            let last: rusqlite::Result<Vec<_>> =
                looked.iter().map(|camera| photos::last_of_camera(tables, *camera)).collect();
            Ok((last?, photos::count(tables)?))
        })
        .await?;
    let folder = desk.app.web.photos.clone();
    let size = tokio::task::spawn_blocking(move || folder.and_then(|folder| folder.bytes().ok())).await;
    let line = |((id, camera), last): ((CameraId, Camera), _)| {
        let (all, clock) = health.as_ref().map_or((None, None), |(all, clock)| (Some(all), Some(*clock)));
        let health = all.and_then(|all| all.get(&id).cloned());
        let answered = health.as_ref().and_then(|health| health.answered).zip(clock).map(|(at, clock)| {
            let ago = i64::try_from(clock.0.saturating_sub(at.0)).unwrap_or(i64::MAX);
            Timestamp(now.0 - ago)
        });
        CameraLine { id, camera, health, answered, last }
    };
    let cameras = installed.into_iter().zip(last).map(line).collect();
    let names = desk.names(Wanted::default()).await?;
    let bytes = size.ok().flatten().unwrap_or(0);
    let view = Cameras { cameras, kept, bytes, policy, names };
    let title = desk.say.t("staff-cameras-title");
    Ok(desk.page(Section::Cameras, &title, content(&view, desk.say)))
}
