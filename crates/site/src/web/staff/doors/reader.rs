//! A new reader at a door: let in for some minutes, and given its own key.
//!
//! Owns: `/staff/doors/{id}/reader`. Never: shows a key, or lets anybody in before the ledger knows of it.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use vestibule_core::access::point::AccessPoint;
use vestibule_core::access::reader::READER_WITHIN;
use vestibule_core::{AccessPointId, Command, Refusal};
use vestibule_devices::HealthSight;

use super::super::blocks::back;
use super::super::desk_page::{Act, Desk, Section};
use super::super::devices::{Seen, Standing, health_card, health_facts};
use super::super::say::Say;
use super::super::times;
use crate::look::form;
use crate::look::listing;
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::{Press, button_primary};
use crate::web::App;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

struct ReaderView {
    id: AccessPointId,
    point: AccessPoint,
    /// How its line knows it; None: no reader here has a key of its own.
    sight: Option<HealthSight>,
    seen: Seen,
}

impl ReaderView {
    /// What has become of the new reader, as a kind of notice and words.
    fn news(&self, say: Say) -> Option<(NoticeKind, String)> {
        let new = self.point.new_reader.as_ref()?;
        let names = &self.seen.names;
        let moment = |at| times::moment(say, at, (&names.zone, names.now));
        let answers = self.sight.as_ref().is_some_and(|sight| Standing::of(sight) == Standing::Answers);
        Some(match new.key_set {
            Some(at) if answers => {
                (NoticeKind::Done, say.with("staff-reader-key-set", &[("when", moment(at).into())]))
            }
            Some(at) => {
                (NoticeKind::Warning, say.with("staff-reader-key-only", &[("when", moment(at).into())]))
            }
            None if answers => (NoticeKind::Info, say.t("staff-reader-has-key")),
            None if new.is_awaited(names.now) => {
                (NoticeKind::Info, say.with("staff-reader-awaited", &[("until", moment(new.until).into())]))
            }
            None => {
                (NoticeKind::Warning, say.with("staff-reader-nobody", &[("until", moment(new.until).into())]))
            }
        })
    }
}

fn content(view: &ReaderView, say: Say, csrf: &str) -> Markup {
    let (id, seen) = (view.id, &view.seen);
    let door = seen.names.passage(say, id);
    html! {
        (back(&format!("/staff/devices/doors/{id}"), &door))
        (listing::page_title(&say.t("staff-reader-title"), Some(&say.t("staff-reader-lead")), html! {}))
        @match &view.sight {
            None => (notice_banner(NoticeKind::Info, &say.t("staff-reader-none"))),
            Some(sight) => {
                @if let Some((kind, words)) = view.news(say) { (notice_banner(kind, &words)) }
                (health_card(Standing::of(sight), sight.away.or(sight.fault),
                    &health_facts(sight, seen.when(sight.answered, say), say), say))
                (form::form(&format!("/staff/doors/{id}/reader"), csrf, html! {
                    p class="hint" { (say.t("staff-reader-hint")) }
                    (button_primary(&say.t("staff-reader-do"), Press::Submit))
                }))
            }
        }
    }
}

async fn view(desk: &Desk, id: AccessPointId) -> Result<ReaderView, Fault> {
    let seen = Seen::now(desk).await?;
    let point = desk.read(move |site, _| site.access.points.get(&id).cloned()).await?;
    let point = point.ok_or(Refusal::NotFound)?;
    let of_door = seen.known.doors.iter().find(|doors| doors.own_keys.contains(&id));
    let sight = of_door.and_then(|doors| doors.health.get(&id)).map(|health| health.look());
    Ok(ReaderView { id, point, sight, seen })
}

/// `GET /staff/doors/{id}/reader`
pub async fn page(desk: Desk, Path(id): Path<AccessPointId>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let view = view(&desk, id).await?;
    let (title, stream) = (desk.say.t("staff-reader-title"), format!("/staff/doors/{id}/reader/live"));
    Ok(desk.live(Section::Doors, &title, &stream, content(&view, desk.say, &desk.csrf)))
}

/// `GET /staff/doors/{id}/reader/live`
pub async fn stream(
    desk: Desk,
    State(app): State<App>,
    Path(id): Path<AccessPointId>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Fault> {
    desk.may_install()?;
    Ok(super::super::live_stream(app, desk, headers, move |desk| async move {
        view(&desk, id).await.ok().map(|view| content(&view, desk.say, &desk.csrf))
    }))
}

/// `POST /staff/doors/{id}/reader`
pub async fn admit(
    desk: Desk,
    Path(point): Path<AccessPointId>,
    Csrf(_): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let devices = desk.app.web.devices.clone().filter(|devices| devices.has_own_key(point));
    let devices = devices.ok_or_else(|| Refusal::Invalid { why: desk.say.t("staff-reader-none") })?;
    let act = Act::new(Command::AwaitReader(point), format!("/staff/doors/{point}/reader"), "reader-awaited");
    let done = desk.act(act).await?;
    let for_ms = u64::try_from(READER_WITHIN.0).unwrap_or_default();
    devices.admit_new_reader(point, for_ms).await.map_err(|_| Refusal::DoorSilent)?;
    Ok(done)
}
