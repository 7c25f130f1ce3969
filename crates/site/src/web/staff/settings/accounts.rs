//! Accounts of staff: invitation by a link shown once, roles, disabling.
//!
//! Owns: their part of the settings page. Never: a password.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::{Actor, Refusal, StaffId};

use super::super::blocks::{ask_and_post, unfold};
use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::say::Say;
use crate::accounts::Role;
use crate::accounts::enrolment::{self, AccountFault, AccountLine};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_primary, button_quiet, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::{Fault, Trouble};

/// An account in the list.
pub type Account = AccountLine;

/// All accounts.
///
/// # Errors
/// What SQLite says.
pub fn list(tables: &rusqlite::Connection) -> rusqlite::Result<Vec<Account>> {
    enrolment::accounts(tables)
}

/// The key of a role's word.
fn role_key(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Owner) => "staff-role-owner",
        Some(Role::Manager) => "staff-role-manager",
        Some(Role::Staff) => "staff-role-staff",
        None => "staff-role-unknown",
    }
}

/// The list and the invitation.
pub fn content(accounts: &[Account], say: Say, csrf: &str) -> Markup {
    let heads = ["name", "email", "role", "acts"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = accounts.iter().map(|account| row(account, say, csrf)).collect();
    let (staff, manager, owner) =
        (say.t("staff-role-staff"), say.t("staff-role-manager"), say.t("staff-role-owner"));
    listing::section(
        &say.t("staff-settings-accounts"),
        html! {
            (listing::table(&say.t("staff-settings-accounts"), &heads, &rows))
            (unfold(&say.t("staff-invite"), form::form("/staff/settings/accounts", csrf, html! {
                (form::field(&Field::new("name", &say.t("staff-account-name"), FieldKind::Text).required()))
                (form::field(&Field::new("email", &say.t("staff-email"), FieldKind::Email).required()))
                (form::radios("role", &say.t("staff-head-role"), "staff", &[("staff", &staff), ("manager", &manager), ("owner", &owner)]))
                (button_primary(&say.t("staff-invite-do"), Press::Submit))
            })))
        },
    )
}

fn row(account: &Account, say: Say, csrf: &str) -> Vec<Markup> {
    let at = format!("/staff/settings/accounts/{}", account.staff);
    let (disable, enable, reset) = (format!("{at}/disable"), format!("{at}/enable"), format!("{at}/reset"));
    vec![
        html! { div { (account.name) " "
        @if account.disabled { (listing::tag(Tone::Plain, &say.t("staff-account-disabled"))) }
        @else if account.invited { (listing::tag(Tone::Warning, &say.t("staff-account-invited"))) } } },
        html! { (account.email) },
        html! { (say.t(role_key(account.role))) },
        html! { div class="asks" {
            @if account.disabled { (button_secondary(&say.t("staff-account-enable"), Press::Post(&Post::page(&enable, csrf)))) }
            @else {
                (ask_and_post(&say.t("staff-account-reset"), &say.t("staff-account-reset-question"), &Post::page(&reset, csrf)))
                (ask_and_post(&say.t("staff-account-disable"), &say.t("staff-account-disable-question"), &Post::page(&disable, csrf)))
            }
        } },
    ]
}

/// The link, once.
pub fn link(address: &str, name: &str, say: Say) -> Markup {
    html! {
        (listing::page_title(&say.t("staff-link-title"), Some(name), button_quiet(&say.t("staff-code-seen"), Press::Follow("/staff/settings"))))
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-link-once")))
        p { (say.t("staff-link-how")) }
        p class="shown-token" { (address) }
    }
}

fn fault(fault: AccountFault) -> Fault {
    match fault {
        AccountFault::Refused(refusal) => refusal.into(),
        AccountFault::Gone(gone) => gone.into(),
        AccountFault::Unwritten(unwritten) => unwritten.into(),
        AccountFault::Store(error) => error.into(),
        AccountFault::Busy(_) => Trouble::TooManyTries(1).into(),
        AccountFault::Unknown => Refusal::NotFound.into(),
        AccountFault::Link
        | AccountFault::Email(_)
        | AccountFault::EmailTaken
        | AccountFault::Name
        | AccountFault::Password(_)
        | AccountFault::LastOwner => Refusal::Invalid { why: fault.to_string() }.into(),
    }
}

fn shown(desk: &Desk, token: &str, name: &str) -> Markup {
    let address = format!("{}/reset?token={token}", desk.origin);
    desk.page(Section::Settings, &desk.say.t("staff-link-title"), link(&address, name, desk.say))
}

/// `POST /staff/settings/accounts`
pub async fn invite(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    desk.may_manage_accounts()?;
    let fields = Fields(fields);
    let role = Role::from_word(fields.get("role")).ok_or(Refusal::NotFound)?;
    let (email, name) = (fields.get("email"), fields.get("name"));
    let invited = enrolment::invite(&desk.app.site, Actor::Staff(desk.staff), (email, name), role).await;
    let (_, token) = invited.map_err(fault)?;
    Ok(shown(&desk, &token, name))
}

/// `POST /staff/settings/accounts/{id}/reset`
pub async fn reset(
    desk: Desk,
    Path(staff): Path<StaffId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    desk.may_manage_accounts()?;
    let accounts = desk.query(list).await?;
    let account = accounts.into_iter().find(|account| account.staff == staff).ok_or(Refusal::NotFound)?;
    let token = enrolment::reset(&desk.app.site, &account.email).await.map_err(fault)?;
    Ok(shown(&desk, &token, &account.name))
}

/// `POST /staff/settings/accounts/{id}/disable`
pub async fn disable(
    desk: Desk,
    Path(staff): Path<StaffId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_manage_accounts()?;
    enrolment::set_disabled(&desk.app.site, staff, true).await.map_err(fault)?;
    Ok(done("/staff/settings", "account-changed"))
}

/// `POST /staff/settings/accounts/{id}/enable`
pub async fn enable(
    desk: Desk,
    Path(staff): Path<StaffId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_manage_accounts()?;
    enrolment::set_disabled(&desk.app.site, staff, false).await.map_err(fault)?;
    Ok(done("/staff/settings", "account-changed"))
}
