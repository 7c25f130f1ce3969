//! A resident's printed card: issued, shown once, revoked.
//!
//! Owns: the page that shows it. Never: shows it again.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::{Command, CredentialId, PersonId, Refusal};

use super::super::desk_page::{Act, Desk, Fields, Section};
use super::super::printing;
use super::super::say::Say;
use crate::config::PrinterUse;
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
    (name, line): (&str, &str),
    (say, home): (Say, &str),
) -> Markup {
    let picture = vestibule_notices::qr::qr_svg(revealed.token.expose());
    html! {
        (listing::page_title(&say.t("staff-card-issued"), Some(name), html! {
            (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
            (button_quiet(&say.t("staff-code-seen"), Press::Follow(home)))
        }))
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-card-once")))
        div class="sheet" { (paper::id_card(site_name, name, line, paper::qr(&picture, &say.t("staff-card-qr")))) }
    }
}

/// `POST /staff/people/{id}/card`
pub async fn issue(
    desk: Desk,
    Path(person): Path<PersonId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    let known = desk.query(move |tables| roster::person(tables, person)).await?.ok_or(Refusal::NotFound)?;
    let (_, revealed) = desk.ask(Command::IssueCard { person }).await?;
    let card = revealed.first().ok_or(Refusal::NotFound)?;
    let home = format!("/staff/people/{person}");
    let (name, say) = (known.full_name(), desk.say);
    let line = say.with("staff-card-line", &[("unit", known.label.as_str().into())]);
    let sheet = || vec![printing::card(&desk.site_name, &name, &line, card.token.expose())];
    let outcome = printing::print(&desk, PrinterUse::Slips, &Fields(fields), sheet).await;
    let shown = html! {
        @if let Some(outcome) = &outcome { (printing::said(outcome, say)) }
        @if printing::is_still_to_show(outcome.as_ref()) {
            (issued(card, &desk.site_name, (&name, &line), (say, &home)))
        } @else {
            (listing::page_title(&say.t("staff-card-issued"), Some(&name), html! {
                (button_quiet(&say.t("staff-code-seen"), Press::Follow(&home)))
            }))
        }
    };
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
