//! Testing a bank's wiring, with a phone in the hand and the bank in front: one lock at a time, *which door opened?*, and what
//! was found.
//!
//! Owns: `/staff/banks/{id}/wiring`. Never: a rule of the test; the rules hold what was tried, so that stopping loses nothing.

mod face;

use axum::extract::{Path, Query};
use axum::response::Redirect;
use maud::Markup;
use serde::Deserialize;
use std::time::Duration;
use vestibule_core::place::wiring::diagnosis::Diagnosis;
use vestibule_core::place::wiring::{WhatOpened, WiringMap, WiringTest};
use vestibule_core::vocabulary::command::WiringStep;
use vestibule_core::{BankId, Command, CompartmentId, Refusal, Site};

use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::names::{Names, Wanted};
use super::drawn::Wall;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// How long a page waits for the end of a pulse; a board tells it within two seconds.
const OUTCOME_WITHIN: Duration = Duration::from_secs(5);
/// And then for a contact to move: a door springs, and boards are asked, well within this time.
const CONTACT_WITHIN: Duration = Duration::from_millis(1_200);

/// All the page shows.
pub struct WiringView {
    /// The bank.
    pub wall: Wall,
    /// Its map, if the configuration names its locks.
    pub map: Option<WiringMap>,
    /// What was tried, if anything was.
    pub test: Option<WiringTest>,
    /// What that says.
    pub found: Diagnosis,
    /// The lock to be tried next, where somebody chose one.
    pub chosen: Option<CompartmentId>,
    /// The door somebody tapped, to be confirmed.
    pub tapped: Option<CompartmentId>,
    /// Names.
    pub names: Names,
}

/// What an address may say.
#[derive(Deserialize)]
pub struct At {
    at: Option<CompartmentId>,
    opened: Option<CompartmentId>,
}

/// `GET /staff/banks/{id}/wiring`
pub async fn page(desk: Desk, Path(bank): Path<BankId>, Query(at): Query<At>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let read = move |site: &Site, _| {
        let wall = Wall::of_site(site, bank)?;
        let (map, test) = (site.wiring.maps.get(&bank).cloned(), site.wiring.tests.get(&bank).cloned());
        Some((wall, map, test, site.wiring.diagnosis(bank).unwrap_or_default()))
    };
    let (wall, map, test, found) = desk.read(read).await?.ok_or(Refusal::NotFound)?;
    let names = desk.names(Wanted::default()).await?;
    let of_bank = |id: &CompartmentId| wall.doors.iter().any(|door| door.id == *id);
    let (chosen, tapped) = (at.at.filter(of_bank), at.opened.filter(of_bank));
    let view = WiringView { wall, map, test, found, chosen, tapped, names };
    let content = face::content(&view, desk.say, &desk.csrf);
    Ok(desk.page(Section::Banks, &desk.say.t("staff-wiring"), content))
}

fn back(bank: BankId) -> String {
    format!("/staff/banks/{bank}/wiring")
}

/// Back to where the test is, past what stands above it on a phone.
fn on(bank: BankId) -> Redirect {
    Redirect::to(&format!("{}#wiring", back(bank)))
}

async fn step(desk: &Desk, bank: BankId, step: WiringStep) -> Result<(), Fault> {
    desk.may_install()?;
    desk.ask(Command::Wiring { bank, step }).await.map(drop)
}

/// `POST /staff/banks/{id}/wiring/begin`
pub async fn begin(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let (told, anew) = (fields.ticked("told"), fields.ticked("anew"));
    step(&desk, bank, WiringStep::Begin { told, anew }).await?;
    Ok(on(bank))
}

/// `POST /staff/banks/{id}/wiring/try`: pulses one lock, and comes back when it is known what its contact showed.
pub async fn try_lock(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let fields = Fields(fields);
    let compartment = fields.number("compartment").map(CompartmentId).ok_or(Refusal::NotFound)?;
    step(&desk, bank, WiringStep::Try { compartment, told: fields.ticked("told") }).await?;
    outcome(&desk, bank).await?;
    Ok(on(bank))
}

/// Waits until it is known what a pulse has moved, or so long that nothing will: the page says so then. A contact that is the
/// other way round shows its door open from the first reading on, so the end of the pulse alone says nothing.
async fn outcome(desk: &Desk, bank: BankId) -> Result<(), Fault> {
    until(desk, OUTCOME_WITHIN, move |site| !site.pulse_is_out(bank)).await?;
    until(desk, CONTACT_WITHIN, move |site| {
        site.wiring.tests.get(&bank).is_none_or(|test| test.pulsed.is_none() || !test.moved.is_empty())
    })
    .await
}

/// Waits for something, and not longer than this.
pub(super) async fn until(
    desk: &Desk,
    within: Duration,
    holds: impl Fn(&Site) -> bool + Copy + Send + 'static,
) -> Result<(), Fault> {
    let mut changes = desk.app.site.changes();
    let known = async {
        loop {
            changes.borrow_and_update();
            if desk.read(move |site, _| holds(site)).await? || changes.changed().await.is_err() {
                return Ok(());
            }
        }
    };
    tokio::time::timeout(within, known).await.unwrap_or(Ok(()))
}

/// `POST /staff/banks/{id}/wiring/say`
pub async fn say(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let fields = Fields(fields);
    let opened = match fields.get("opened") {
        "nothing" => WhatOpened::Nothing,
        "several" => WhatOpened::Several,
        door => WhatOpened::Door(door.parse().map(CompartmentId).map_err(|_| Refusal::NotFound)?),
    };
    outcome(&desk, bank).await?;
    step(&desk, bank, WiringStep::Say { opened }).await?;
    Ok(on(bank))
}

/// `POST /staff/banks/{id}/wiring/keep`
pub async fn keep(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(_): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    // A door that was pushed shut just now is read shut in a moment.
    until(&desk, CONTACT_WITHIN, move |site| {
        site.wiring.tests.get(&bank).is_none_or(|test| test.away.is_empty())
    })
    .await?;
    step(&desk, bank, WiringStep::Keep).await?;
    Ok(done(&back(bank), "wiring-kept"))
}

/// `POST /staff/banks/{id}/wiring/stop`
pub async fn stop(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(_): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    step(&desk, bank, WiringStep::Stop).await?;
    Ok(done(&back(bank), "wiring-stopped"))
}
