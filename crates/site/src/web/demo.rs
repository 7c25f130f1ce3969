//! The pages of a demonstration: the start page, the inbox, the simulated wall, and links that sign in.
//!
//! Owns: what these pages show. Never: simulates anything; whoever starts a demonstration brings a [`Property`].
//! They exist in no other site: [`routes`] is merged by the demonstration alone.

mod clock;
mod inbox;
mod passages;
mod printer;
mod property;
mod start;
mod wall;

pub use property::{
    CourierToTry, DemoFacts, DemoMail, DoorAct, DoorSight, DoorToTry, KioskToTry, LineSight, PaperLine,
    PaperSight, PassToTry, PassageAct, PassageSight, PrinterSight, Property, ResidentCardToTry, StaffToTry,
};

use super::App;
use super::guard::{Reader, remember_kiosk, remember_session};
use super::problem::{Fault, Trouble};
use super::words::say;
use crate::accounts::session::begin_session;
use crate::look::assets::asset;
use crate::look::{Frame, page};
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use std::sync::Arc;

type Demo = Extension<Arc<dyn Property>>;

/// The routes of a demonstration.
pub fn routes(property: Arc<dyn Property>) -> Router<App> {
    Router::new()
        .route("/", get(start::start))
        .route("/demo/kiosk/{number}", get(open_kiosk))
        .route("/demo/door/{number}", get(open_door))
        .route("/demo/clock", post(clock::let_pass))
        .route("/demo/passages", get(passages::passages))
        .route("/demo/passages/live", get(passages::live))
        .route("/demo/passages/by-hand", post(passages::by_hand))
        .route("/demo/passages/{passage}", post(passages::lay_hand))
        .route("/demo/staff", get(open_staff))
        .route("/demo/inbox", get(inbox::inbox))
        .route("/demo/inbox/live", get(inbox::live))
        .route("/demo/inbox/{number}/html", get(inbox::as_mail))
        .route("/demo/printer", get(printer::printer))
        .route("/demo/printer/live", get(printer::live))
        .route("/demo/printer/{printer}", post(printer::roll))
        .route("/demo/wall", get(wall::wall))
        .route("/demo/wall/live", get(wall::live))
        .route("/demo/wall/door/{compartment}", post(wall::lay_hand))
        .route("/demo/wall/line/{line}", post(wall::plug))
        .layer(Extension(property))
}

/// Makes this browser one of the kiosks.
async fn open_kiosk(
    State(app): State<App>,
    Extension(demo): Demo,
    Path(number): Path<usize>,
    jar: CookieJar,
) -> Result<(CookieJar, Redirect), Fault> {
    let facts = demo.facts();
    let kiosk = number.checked_sub(1).and_then(|at| facts.kiosks.get(at)).ok_or(Trouble::NoPage)?;
    Ok((remember_kiosk(jar, &app.web, kiosk.token.clone()), Redirect::to("/kiosk")))
}

/// Makes this browser the screen at one of the doors.
async fn open_door(
    State(app): State<App>,
    Extension(demo): Demo,
    Path(number): Path<usize>,
    jar: CookieJar,
) -> Result<(CookieJar, Redirect), Fault> {
    let facts = demo.facts();
    let door = number.checked_sub(1).and_then(|at| facts.doors.get(at)).ok_or(Trouble::NoPage)?;
    Ok((remember_kiosk(jar, &app.web, door.token.clone()), Redirect::to("/door")))
}

/// Signs this browser in as the owner.
async fn open_staff(
    State(app): State<App>,
    Extension(demo): Demo,
    jar: CookieJar,
) -> Result<(CookieJar, Redirect), Fault> {
    let email = demo.facts().staff.email.clone();
    let query = "SELECT staff FROM staff WHERE email = ?1 AND disabled = 0";
    let staff = app.site.query(move |c| c.query_row(query, [email], |row| row.get(0))).await?;
    let now = app.site.now();
    let (token, rows) = begin_session(vestibule_core::StaffId(staff), now);
    app.site.write(rows).await?;
    Ok((remember_session(jar, &app.web, token), Redirect::to("/staff")))
}

/// A page of the demonstration, with the way back to its start.
fn framed(reader: &Reader, title: &str, content: Markup) -> Markup {
    let skip = say(reader.language, "skip-to-content");
    let head = reader.head(title, &skip, Frame::Desk);
    let body = html! {
        link rel="stylesheet" href=(asset("demo.css"));
        main id="screen" class="demo" tabindex="-1" { (content) }
    };
    page(&head, body)
}

fn back(reader: &Reader) -> Markup {
    html! { p { a href="/" { (say(reader.language, "demo-back")) } } }
}
