//! The first owner, by the one-time link the site prints at its start. Until then nothing else is reachable.

use super::super::App;
use super::super::face::{SiteFace, phone_page};
use super::super::guard::{Reader, remember_session};
use super::super::problem::{Fault, Trouble};
use super::super::words::{Language, say};
use crate::accounts::enrolment::{AccountFault, create_owner};
use crate::accounts::link::{Purpose, check_link};
use crate::accounts::password::{Password, PasswordFault};
use crate::accounts::session::begin_session;
use crate::look::form::{Field, FieldKind, field, form};
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::page::headline;
use crate::look::{Press, button_primary};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::StaffId;

/// Its route.
pub fn router() -> Router<App> {
    Router::new().route("/setup", get(ask).post(create))
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
struct OwnerForm {
    token: String,
    email: String,
    name: String,
    password: String,
}

/// What stands in the form beside the password.
#[derive(Default)]
struct Typed {
    token: String,
    email: String,
    name: String,
}

async fn ask(State(app): State<App>, reader: Reader, Query(link): Query<Link>) -> Result<Markup, Fault> {
    let (token, now) = (link.token.clone(), app.site.now());
    let holds = app.site.query(move |connection| check_link(connection, Purpose::SetUp, &token, now)).await?;
    holds.ok_or(Trouble::LinkOver)?;
    let typed = Typed { token: link.token, ..Typed::default() };
    Ok(setup_page(&reader, &SiteFace::of(&app).await?, &typed, None))
}

async fn create(
    State(app): State<App>,
    reader: Reader,
    jar: CookieJar,
    Form(form): Form<OwnerForm>,
) -> Result<Response, Fault> {
    let typed = Typed { token: form.token, email: form.email, name: form.name };
    let who = (typed.email.as_str(), typed.name.as_str());
    match create_owner(&app.site, &typed.token, who, Password::new(form.password)).await {
        Ok(owner) => Ok((signed_in(&app, jar, owner).await?, Redirect::to("/staff")).into_response()),
        Err(AccountFault::Link) => Err(Trouble::LinkOver.into()),
        Err(wrong) => {
            let why = account_words(reader.language, wrong)?;
            let page = setup_page(&reader, &SiteFace::of(&app).await?, &typed, Some(&why));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn signed_in(app: &App, jar: CookieJar, staff: StaffId) -> Result<CookieJar, Fault> {
    let now = app.site.now();
    let (token, rows) = begin_session(staff, now);
    app.site.write(rows).await?;
    Ok(remember_session(jar, &app.web, token))
}

fn setup_page(reader: &Reader, face: &SiteFace, typed: &Typed, wrong: Option<&str>) -> Markup {
    let word = |key: &str| say(reader.language, key);
    let content = html! {
        (headline(&word("setup-title"), Some(&word("setup-lead"))))
        @if let Some(wrong) = wrong { (notice_banner(NoticeKind::Danger, wrong)) }
        (form("/setup", "", html! {
            input type="hidden" name="token" value=(typed.token);
            (field(&Field::new("name", &word("field-name"), FieldKind::Text).value(&typed.name).required()))
            (field(&Field::new("email", &word("field-email"), FieldKind::Email).value(&typed.email).required()))
            (new_password(reader.language, None))
            (button_primary(&word("setup-create"), Press::Submit))
        }))
    };
    phone_page(reader, face, (&word("setup-title"), &format!("/setup?token={}", typed.token)), content)
}

/// The field of a new password.
pub(in crate::web) fn new_password(language: Language, wrong: Option<&str>) -> Markup {
    let (label, hint) = (say(language, "field-new-password"), say(language, "field-new-password-hint"));
    field(&Field::new("password", &label, FieldKind::NewPassword).hint(&hint).error(wrong).required())
}

/// Why an account was not changed, as a sentence.
///
/// # Errors
/// What is not the person's to correct.
pub(in crate::web) fn account_words(language: Language, fault: AccountFault) -> Result<String, Fault> {
    let key = match fault {
        AccountFault::Email(_) => "account-email",
        AccountFault::EmailTaken => "account-email-taken",
        AccountFault::Name => "account-name",
        AccountFault::Password(PasswordFault::TooShort) => "account-password-short",
        AccountFault::Password(PasswordFault::TooLong) => "account-password-long",
        AccountFault::Password(PasswordFault::WellKnown) => "account-password-known",
        AccountFault::Password(PasswordFault::ContainsEmail) => "account-password-email",
        AccountFault::LastOwner => "account-last-owner",
        AccountFault::Link => return Err(Trouble::LinkOver.into()),
        AccountFault::Unknown => return Err(vestibule_core::Refusal::NotFound.into()),
        AccountFault::Refused(refusal) => return Err(refusal.into()),
        AccountFault::Busy(_) => return Err(Trouble::TooManyTries(1).into()),
        AccountFault::Gone(gone) => return Err(gone.into()),
        AccountFault::Unwritten(unwritten) => return Err(unwritten.into()),
        AccountFault::Store(error) => return Err(error.into()),
    };
    Ok(say(language, key))
}
