//! Signing in and out in a browser, and choosing a new password by a one-time link.
//!
//! Never: says whether an account exists, writes a password back, or decides who may wait how long; accounts do.

pub mod setup;

use super::App;
use super::face::{SiteFace, phone_page};
use super::guard::{
    Client, Csrf, PairedKiosk, Reader, StaffSession, forget_session, local_path, remember_session,
};
use super::problem::{Fault, Trouble, words_of};
use super::words::say;
use crate::accounts::enrolment::{AccountFault, choose_password};
use crate::accounts::link::{Purpose, check_link};
use crate::accounts::password::Password;
use crate::accounts::sign_in::{Attempt, SignInFault, sign_in};
use crate::look::form::{Field, FieldKind, field, form};
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::page::headline;
use crate::look::{Press, button_primary};
use crate::rows::Row;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use setup::{account_words, new_password};

/// Where staff begin.
const STAFF_START: &str = "/staff";

/// Their routes, without the start: a demonstration brings its own.
pub fn router() -> Router<App> {
    Router::new()
        .route("/sign-in", get(ask).post(enter))
        .route("/sign-out", post(leave))
        .route("/reset", get(ask_new).post(choose))
}

/// The start: a paired screen goes to its kiosk, everybody else to the staff pages.
pub(super) async fn start(State(app): State<App>, kiosk: Result<PairedKiosk, Fault>) -> Redirect {
    let to = match kiosk {
        Ok(_) => "/kiosk",
        Err(_) if app.web.demo => "/demo",
        Err(_) => STAFF_START,
    };
    Redirect::to(to)
}

#[derive(Deserialize)]
struct Back {
    back: Option<String>,
}

#[derive(Deserialize)]
struct SignInForm {
    email: String,
    password: String,
    back: Option<String>,
}

async fn ask(
    State(app): State<App>,
    reader: Reader,
    Query(Back { back }): Query<Back>,
) -> Result<Markup, Fault> {
    let back = back.unwrap_or_else(|| STAFF_START.to_owned());
    Ok(sign_in_page(&reader, &SiteFace::of(&app).await?, (&local_path(Some(&back)), ""), None))
}

async fn enter(
    State(app): State<App>,
    reader: Reader,
    Client(address): Client,
    jar: CookieJar,
    Form(typed): Form<SignInForm>,
) -> Result<Response, Fault> {
    let back = local_path(Some(typed.back.as_deref().unwrap_or(STAFF_START)));
    let attempt = Attempt { email: typed.email.clone(), password: Password::new(typed.password), address };
    match sign_in(&app.site, attempt).await {
        Ok(token) => Ok((remember_session(jar, &app.web, token), Redirect::to(&back)).into_response()),
        Err(refused) => {
            let fault = fault(refused);
            let why = words_of(&app, reader.language, &fault).await;
            let face = SiteFace::of(&app).await?;
            let page = sign_in_page(&reader, &face, (&back, &typed.email), Some(&why));
            Ok((fault.http_code(), page).into_response())
        }
    }
}

/// A refused sign-in as a fault of the web.
pub(in crate::web) fn fault(refused: SignInFault) -> Fault {
    match refused {
        SignInFault::Wrong => Trouble::WrongPassword.into(),
        SignInFault::Wait(wait) => {
            let seconds = u32::try_from(wait.0 / 1_000 + 1).unwrap_or(u32::MAX);
            Trouble::TooManyTries(seconds).into()
        }
        SignInFault::Busy(_) => Trouble::TooManyTries(1).into(),
        SignInFault::Gone(gone) => gone.into(),
        SignInFault::Unwritten(unwritten) => unwritten.into(),
        SignInFault::Store(error) => error.into(),
    }
}

fn sign_in_page(
    reader: &Reader,
    face: &SiteFace,
    (back, email): (&str, &str),
    wrong: Option<&str>,
) -> Markup {
    let word = |key: &str| say(reader.language, key);
    let content = html! {
        (headline(&word("sign-in-title"), None))
        @if let Some(wrong) = wrong { (notice_banner(NoticeKind::Danger, wrong)) }
        (form("/sign-in", "", html! {
            input type="hidden" name="back" value=(back);
            (field(&Field::new("email", &word("field-email"), FieldKind::Email).value(email).required()))
            (field(&Field::new("password", &word("field-password"), FieldKind::CurrentPassword).required()))
            (button_primary(&word("to-sign-in"), Press::Submit))
        }))
        p { (word("sign-in-forgot")) }
    };
    phone_page(reader, face, (&word("sign-in-title"), "/sign-in"), content)
}

async fn leave(
    State(app): State<App>,
    session: StaffSession,
    jar: CookieJar,
    Csrf(_): Csrf<Vec<(String, String)>>,
) -> Result<(CookieJar, Redirect), Fault> {
    app.site.write(vec![Row::EndSession { token: session.token }]).await?;
    Ok((forget_session(jar, &app.web), Redirect::to("/sign-in")))
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    token: String,
}

#[derive(Deserialize)]
struct NewPassword {
    token: String,
    password: String,
}

async fn ask_new(State(app): State<App>, reader: Reader, Query(link): Query<Link>) -> Result<Markup, Fault> {
    let (token, now) = (link.token.clone(), app.site.now());
    let holds = app.site.query(move |connection| check_link(connection, Purpose::Reset, &token, now)).await?;
    holds.ok_or(Trouble::LinkOver)?;
    Ok(reset_page(&reader, &SiteFace::of(&app).await?, &link.token, None))
}

async fn choose(
    State(app): State<App>,
    reader: Reader,
    Form(typed): Form<NewPassword>,
) -> Result<Response, Fault> {
    match choose_password(&app.site, &typed.token, Password::new(typed.password)).await {
        Ok(_) => Ok(Redirect::to("/sign-in").into_response()),
        Err(AccountFault::Link) => Err(Trouble::LinkOver.into()),
        Err(wrong) => {
            let why = account_words(reader.language, wrong)?;
            let page = reset_page(&reader, &SiteFace::of(&app).await?, &typed.token, Some(&why));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn reset_page(reader: &Reader, face: &SiteFace, token: &str, wrong: Option<&str>) -> Markup {
    let word = |key: &str| say(reader.language, key);
    let content = html! {
        (headline(&word("reset-title"), None))
        (form("/reset", "", html! {
            input type="hidden" name="token" value=(token);
            (new_password(reader.language, wrong))
            (button_primary(&word("reset-save"), Press::Submit))
        }))
    };
    phone_page(reader, face, (&word("reset-title"), &format!("/reset?token={token}")), content)
}
