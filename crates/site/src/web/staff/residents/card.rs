//! A resident's printed card: issued, shown once, revoked.
//!
//! Owns: the page that shows it. Never: shows it again.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::{Command, CredentialId, PersonId, Refusal};

use super::super::desk_page::{Act, Desk, Section};
use super::super::say::Say;
use crate::directory::roster;
use crate::handle::Revealed;
use crate::look::message::{self, NoticeKind};
use crate::look::{Button, Icon, Press, button_quiet, listing, paper};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// The card to print; `home` leads back to its holder.
pub fn issued(
    revealed: &Revealed,
    site_name: &str,
    (name, unit): (&str, &str),
    (say, home): (Say, &str),
) -> Markup {
    let line = say.with("staff-card-line", &[("unit", unit.into())]);
    let picture = vestibule_notices::qr::qr_svg(revealed.token.expose());
    html! {
        (listing::page_title(&say.t("staff-card-issued"), Some(name), html! {
            (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
            (button_quiet(&say.t("staff-code-seen"), Press::Follow(home)))
        }))
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-card-once")))
        div class="sheet" { (paper::id_card(site_name, name, &line, paper::qr(&picture, &say.t("staff-card-qr")))) }
    }
}

/// `POST /staff/people/{id}/card`
pub async fn issue(
    desk: Desk,
    Path(person): Path<PersonId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    let known = desk.query(move |tables| roster::person(tables, person)).await?.ok_or(Refusal::NotFound)?;
    let (_, revealed) = desk.ask(Command::IssueCard { person }).await?;
    let card = revealed.first().ok_or(Refusal::NotFound)?;
    let home = format!("/staff/people/{person}");
    let name = known.full_name();
    let shown = issued(card, &desk.site_name, (&name, &known.label), (desk.say, &home));
    Ok(desk.page(Section::Residents, &desk.say.t("staff-card-issued"), shown))
}

/// `POST /staff/people/{id}/card/{credential}/revoke`
pub async fn revoke(
    desk: Desk,
    Path((person, credential)): Path<(PersonId, CredentialId)>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let back = format!("/staff/people/{person}");
    desk.act(Act::new(Command::RevokeCard { credential }, back, "card-revoked")).await
}
