//! Doors opened with a mechanical key: said before, or explained after.
//!
//! Owns: `/staff/banks/key` and `/staff/compartments/{id}/explain`. Never: decides what counts as forced.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::{Command, CompartmentId, Refusal, StaffId};

use super::super::blocks::{ask_first, reason_fields};
use super::super::desk_page::{Act, Desk, Fields};
use super::super::names::Wanted;
use super::super::say::Say;
use super::super::times;
use super::compartment::CompartmentView;
use super::{back, reason_and_words, subject};
use crate::look::form;
use crate::look::listing;
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

const URL: &str = "/staff/banks/key";

/// Every door with its name, in the order of installation.
///
/// # Errors
/// As reading.
pub(super) async fn doors(desk: &Desk) -> Result<Vec<(CompartmentId, String)>, Fault> {
    let ids: Vec<_> = desk.read(|site, _| site.layout.banks.values().flatten().copied().collect()).await?;
    let names = desk.names(Wanted::default()).await?;
    Ok(ids.into_iter().map(|id| (id, names.door(desk.say, id))).collect())
}

/// For the page of all banks: which door, and why.
pub(super) fn choose(doors: &[(CompartmentId, String)], say: Say, csrf: &str) -> Markup {
    let doors: Vec<(String, &str)> = doors.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let choices: Vec<(&str, &str)> = doors.iter().map(|(id, name)| (id.as_str(), *name)).collect();
    let Some((first, _)) = choices.first() else { return html! {} };
    let fields = html! {
        (form::select("compartment", &say.t("staff-key-which"), first, &choices))
        (reasons(say))
    };
    ask_first(&say.t("staff-key-announce"), &say.t("staff-key-question"), form::form(URL, csrf, fields))
}

fn reasons(say: Say) -> Markup {
    html! {
        (reason_fields(say, StaffReason::Maintenance))
        (button_primary(&say.t("staff-key-do"), Press::Submit))
    }
}

/// For the page of one door.
pub(super) fn announcing(view: &CompartmentView, say: Say, csrf: &str) -> Markup {
    let fields = html! { input type="hidden" name="compartment" value=(view.door.id); (reasons(say)) };
    form::form(URL, csrf, fields)
}

/// Who opens this door with the key about now.
pub(super) fn known(view: &CompartmentView, say: Say) -> Markup {
    let Some(key) = view.key else { return html! {} };
    let until = times::moment(say, key.until, (&view.names.zone, view.names.now));
    let who = view.names.staff_name(say, key.staff);
    message::notice_banner(
        NoticeKind::Info,
        &say.with("staff-key-announced", &[("who", who.into()), ("until", until.into())]),
    )
}

/// It counts as forced until somebody says that it was the key.
pub(super) fn forced(view: &CompartmentView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let since = view.unexplained.map(|at| times::moment(say, at, (&view.names.zone, view.names.now)));
    let staff: Vec<(String, &str)> =
        view.names.staff.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let staff: Vec<(&str, &str)> = staff.iter().map(|(id, name)| (id.as_str(), *name)).collect();
    let fields = html! {
        (form::select("holder", &say.t("staff-key-holder"), &view.staff.to_string(), &staff))
        (reason_fields(say, StaffReason::Maintenance))
        (button_primary(&say.t("staff-key-explain-do"), Press::Submit))
    };
    let question = say.with("staff-key-forced", &[("since", since.unwrap_or_default().into())]);
    let explain = form::form(&format!("{at}/explain"), csrf, fields);
    listing::section(
        &say.t("staff-key-forced-title"),
        ask_first(&say.t("staff-key-explain"), &question, explain),
    )
}

/// `POST /staff/banks/key`
pub async fn announce(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let compartment = fields.number("compartment").map(CompartmentId).ok_or(Refusal::NotFound)?;
    let reason = reason_and_words(&desk, &fields)?;
    let command = Command::AnnounceKey { compartment, reason };
    let words = fields.get("words").to_owned();
    let act = Act::new(command, back(compartment), "key-announced");
    desk.act(act.with_words(subject(compartment), words)).await
}

/// `POST /staff/compartments/{id}/explain`
pub async fn explain(
    desk: Desk,
    Path(compartment): Path<CompartmentId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let holder = fields.number("holder").map(StaffId).ok_or(Refusal::NotFound)?;
    let reason = reason_and_words(&desk, &fields)?;
    let command = Command::ExplainForced { compartment, holder, reason };
    let words = fields.get("words").to_owned();
    let act = Act::new(command, back(compartment), "explained");
    desk.act(act.with_words(subject(compartment), words)).await
}
