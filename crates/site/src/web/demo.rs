//! The pages of a demonstration: the start page, the inbox, the simulated wall, the fault knobs, and links that sign in.
//!
//! Owns: what these pages show. Never: simulates anything; whoever starts a demonstration brings a [`Property`] and [`Faults`].
//! They exist in no other site: [`routes`] is merged by the demonstration alone.

mod clock;
mod faults;
mod inbox;
mod passages;
mod printer;
mod property;
mod start;
mod wall;

pub use faults::{Faults, Knob, MachineKind, MachineSight};
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
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use std::sync::Arc;

type Demo = Extension<Arc<dyn Property>>;

/// The routes of a demonstration.
pub fn routes(property: Arc<dyn Property>, hand: Arc<dyn Faults>) -> Router<App> {
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
        .route("/demo/faults", get(faults::faults).post(faults::put_right))
        .route("/demo/faults/{machine}", post(faults::turn))
        .layer(Extension(property))
        .layer(Extension(hand))
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

/// Which staff page is wanted, below `/staff/`.
#[derive(serde::Deserialize)]
struct Wanted {
    #[serde(default)]
    page: String,
}

impl Wanted {
    /// Its address; of this site's staff pages whatever was asked for.
    fn address(&self) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '#');
        match self.page.as_str() {
            page if !page.is_empty() && page.chars().all(is_plain) => format!("/staff/{page}"),
            _ => "/staff".to_owned(),
        }
    }
}

/// Signs this browser in as the owner.
async fn open_staff(
    State(app): State<App>,
    Extension(demo): Demo,
    Query(wanted): Query<Wanted>,
    jar: CookieJar,
) -> Result<(CookieJar, Redirect), Fault> {
    let email = demo.facts().staff.email.clone();
    let query = "SELECT staff FROM staff WHERE email = ?1 AND disabled = 0";
    let staff = app.site.query(move |c| c.query_row(query, [email], |row| row.get(0))).await?;
    let now = app.site.now();
    let (token, rows) = begin_session(vestibule_core::StaffId(staff), now);
    app.site.write(rows).await?;
    Ok((remember_session(jar, &app.web, token), Redirect::to(&wanted.address())))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_staff_pages_alone() {
        let to = |page: &str| Wanted { page: page.to_owned() }.address();
        assert_eq!(to("devices/buses/1"), "/staff/devices/buses/1");
        assert_eq!(to("cameras#camera-2"), "/staff/cameras#camera-2");
        for odd in ["", "//evil.example", "x?y=1", "..", "a:b", "a\nb"] {
            assert!(to(odd) == "/staff" || to(odd).starts_with("/staff/"), "{odd}");
            assert!(!to(odd).contains(['?', ':', '.', '\n']), "{odd}");
        }
    }
}
