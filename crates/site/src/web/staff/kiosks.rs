//! Kiosks: pairing, the banks in their sight, calibration, unpairing.
//!
//! Owns: `/staff/kiosks`. Never: a pairing code twice; it is shown once, on the page that issued it.

pub mod cameras;
pub mod devices;

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::{AccessPointId, Answer, BankId, Command, KioskId, Refusal, Site, Timestamp};

use super::blocks::{ask_and_post, unfold};
use super::desk_page::{Act, Desk, Fields, Section, done};
use super::doors::one::{chosen_doors, door_boxes};
use super::names::{Names, Wanted};
use super::say::Say;
use super::times;
use crate::handle::Revealed;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_primary, button_quiet, button_secondary, paper};
use crate::rows::Row;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// Pixels a millimetre where nobody measured.
const USUAL_PX_PER_MM: u32 = 4;

/// One kiosk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KioskLine {
    /// Which.
    pub id: KioskId,
    /// The banks in its sight.
    pub banks: Vec<BankId>,
    /// The doors it stands at.
    pub doors: BTreeSet<AccessPointId>,
    /// Pixels a millimetre.
    pub px_per_mm: u32,
    /// Scans with its camera without a press.
    pub camera: bool,
    /// The last visit there.
    pub last_visit: Option<Timestamp>,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Kiosks {
    /// Paired kiosks.
    pub kiosks: Vec<KioskLine>,
    /// Banks to choose from.
    pub banks: Vec<BankId>,
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: &Kiosks, say: Say, csrf: &str) -> Markup {
    html! {
        (listing::page_title(&say.t("staff-kiosks-title"), Some(&say.t("staff-kiosks-lead")), html! {}))
        (unfold(&say.t("staff-kiosk-pair"), form::form("/staff/kiosks", csrf, html! {
            (form::field(&Field::new("name", &say.t("staff-kiosk-name"), FieldKind::Text).hint(&say.t("staff-kiosk-name-hint")).required()))
            (banks_choice(view, &view.banks, say))
            (button_primary(&say.t("staff-kiosk-pair-do"), Press::Submit))
        })))
        @if view.kiosks.is_empty() { (message::empty(&say.t("staff-kiosks-empty-title"), &say.t("staff-kiosks-empty"), None)) }
        @for kiosk in &view.kiosks { (one(kiosk, view, (say, csrf))) }
    }
}

fn one(kiosk: &KioskLine, view: &Kiosks, (say, csrf): (Say, &str)) -> Markup {
    let name = view.names.kiosk(say, kiosk.id);
    let at = format!("/staff/kiosks/{}", kiosk.id);
    let unpair = format!("{at}/unpair");
    let banks: Vec<String> = kiosk.banks.iter().map(|bank| view.names.bank(say, *bank)).collect();
    let doors: Vec<String> = kiosk.doors.iter().map(|door| view.names.passage(say, *door)).collect();
    let last = kiosk.last_visit.map_or_else(
        || say.t("staff-never"),
        |visit| times::moment(say, visit, (&view.names.zone, view.names.now)),
    );
    listing::section(
        &name,
        listing::card(html! {
            @if kiosk.banks.is_empty() && !view.banks.is_empty() { (listing::tag(Tone::Warning, &say.t("staff-kiosk-sees-nothing"))) }
            (listing::facts(&[
                (&say.t("staff-kiosk-sees"), html! { (listed(&banks, say)) }),
                (&say.t("staff-kiosk-doors"), html! { (listed(&doors, say)) }),
                (&say.t("staff-kiosk-last"), html! { (last) }),
            ]))
            div class="asks" {
                (unfold(&say.t("staff-kiosk-change"), form::form(&at, csrf, html! {
                    (form::field(&Field::new("name", &say.t("staff-kiosk-name"), FieldKind::Text).value(&name).required()))
                    (banks_choice(view, &kiosk.banks, say))
                    (form::field(&Field::new("px_per_mm", &say.t("staff-kiosk-scale"), FieldKind::Number)
                        .value(&kiosk.px_per_mm.to_string()).hint(&say.t("staff-kiosk-scale-hint"))))
                    (form::checkbox("camera", &say.t("staff-kiosk-camera"), kiosk.camera))
                    p class="hint" { (say.t("staff-kiosk-camera-hint")) }
                    (button_secondary(&say.t("staff-save"), Press::Submit))
                })))
                @if !view.names.points.is_empty() {
                    (unfold(&say.t("staff-kiosk-doors-change"), form::form(&format!("{at}/doors"), csrf, html! {
                        (door_boxes(&view.names, &kiosk.doors, say))
                        (button_secondary(&say.t("staff-save"), Press::Submit))
                    })))
                }
                (ask_and_post(&say.t("staff-kiosk-unpair"), &say.t("staff-kiosk-unpair-question"), &Post::page(&unpair, csrf)))
            }
        }),
    )
}

fn listed(names: &[String], say: Say) -> String {
    if names.is_empty() { say.t("staff-none") } else { names.join(", ") }
}

fn banks_choice(view: &Kiosks, chosen: &[BankId], say: Say) -> Markup {
    html! {
        fieldset class="field" {
            legend { (say.t("staff-kiosk-banks")) }
            @for bank in &view.banks {
                label class="check" { input type="checkbox" name="bank" value=(bank) checked[chosen.contains(bank)]; (view.names.bank(say, *bank)) }
            }
        }
    }
}

/// The pairing code, once.
pub fn paired(revealed: &Revealed, name: &str, origin: &str, say: Say) -> Markup {
    let link = format!("{origin}/kiosk/pair?token={}", revealed.token.expose());
    html! {
        (listing::page_title(&say.t("staff-kiosk-paired"), Some(name), button_quiet(&say.t("staff-code-seen"), Press::Follow("/staff/kiosks"))))
        (message::notice_banner(NoticeKind::Warning, &say.t("staff-kiosk-once")))
        ol class="steps" {
            li { (say.t("staff-kiosk-step-1")) " " a class="shown-token" href=(link) { (link) } }
            li { (say.t("staff-kiosk-step-2")) }
            li { (say.t("staff-kiosk-step-3")) }
        }
        div class="shown-once" {
            (paper::qr(&vestibule_notices::qr::qr_svg(&link), &say.t("staff-kiosk-qr")))
        }
    }
}

fn read(site: &Site) -> (Vec<KioskLine>, Vec<BankId>) {
    let line = |(id, kiosk): (&KioskId, &vestibule_core::place::layout::Kiosk)| KioskLine {
        id: *id,
        banks: kiosk.banks.iter().copied().collect(),
        doors: kiosk.doors.iter().copied().collect(),
        px_per_mm: USUAL_PX_PER_MM,
        camera: false,
        last_visit: None,
    };
    (site.layout.kiosks.iter().map(line).collect(), site.layout.banks.keys().copied().collect())
}

fn complete(tables: &rusqlite::Connection, mut kiosks: Vec<KioskLine>) -> rusqlite::Result<Vec<KioskLine>> {
    use rusqlite::OptionalExtension;
    for kiosk in &mut kiosks {
        let mut fittings =
            tables.prepare_cached("SELECT px_per_mm, camera FROM kiosk_name WHERE kiosk = ?1")?;
        let known = fittings.query_row([kiosk.id.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        (kiosk.px_per_mm, kiosk.camera) = known.unwrap_or((USUAL_PX_PER_MM, false));
        let sql = "SELECT max(began_at) FROM visit WHERE kiosk = ?1";
        let last: Option<i64> = tables.prepare_cached(sql)?.query_row([kiosk.id.0], |row| row.get(0))?;
        kiosk.last_visit = last.map(Timestamp);
    }
    Ok(kiosks)
}

/// `GET /staff/kiosks`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let (kiosks, banks) = desk.read(|site, _| read(site)).await?;
    let kiosks = desk.query(move |tables| complete(tables, kiosks)).await?;
    let view = Kiosks { kiosks, banks, names: desk.names(Wanted::default()).await? };
    let title = desk.say.t("staff-kiosks-title");
    Ok(desk.page(Section::Kiosks, &title, content(&view, desk.say, &desk.csrf)))
}

fn name_of(desk: &Desk, fields: &Fields) -> Result<String, Fault> {
    let name = fields.get("name");
    if (1..=40).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(Refusal::Invalid { why: desk.say.t("staff-invalid-name") }.into())
    }
}

/// `POST /staff/kiosks`
pub async fn pair(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let fields = Fields(fields);
    let name = name_of(&desk, &fields)?;
    let banks = fields.all("bank").into_iter().map(BankId).collect();
    let words = name.clone();
    let rows = move |answer: &Answer| match answer {
        Answer::Kiosk(kiosk) => {
            vec![Row::KioskName { kiosk: *kiosk, name: words, px_per_mm: USUAL_PX_PER_MM }]
        }
        _ => Vec::new(),
    };
    let (_, revealed) = desk.ask_with(Command::PairKiosk { banks }, rows).await?;
    let token = revealed.first().ok_or(Refusal::NotFound)?;
    let shown = paired(token, &name, &desk.origin, desk.say);
    Ok(desk.page(Section::Kiosks, &desk.say.t("staff-kiosk-paired"), shown))
}

/// `POST /staff/kiosks/{id}`
pub async fn change(
    desk: Desk,
    Path(kiosk): Path<KioskId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let fields = Fields(fields);
    let name = name_of(&desk, &fields)?;
    let px_per_mm = fields.number::<u32>("px_per_mm").unwrap_or(USUAL_PX_PER_MM).clamp(3, 8);
    let banks = fields.all("bank").into_iter().map(BankId).collect();
    let camera = Row::KioskCamera { kiosk, on: fields.ticked("camera") };
    let rows = move |_: &Answer| vec![Row::KioskName { kiosk, name, px_per_mm }, camera];
    desk.ask_with(Command::SetKioskBanks { kiosk, banks }, rows).await?;
    Ok(done("/staff/kiosks", "saved"))
}

/// `POST /staff/kiosks/{id}/doors`
pub async fn set_doors(
    desk: Desk,
    Path(kiosk): Path<KioskId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let doors = chosen_doors(&Fields(fields)).into_iter().collect();
    desk.act(Act::new(Command::SetKioskDoors { kiosk, doors }, "/staff/kiosks", "saved")).await
}

/// `POST /staff/kiosks/{id}/unpair`
pub async fn unpair(
    desk: Desk,
    Path(kiosk): Path<KioskId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    desk.act(Act::new(Command::UnpairKiosk { kiosk }, "/staff/kiosks", "unpaired")).await
}
