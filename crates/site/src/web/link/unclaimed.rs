//! *Is one of these yours?* Pictures of parcels put down without a scan, on the page behind a person's link.
//!
//! Owns: `/l/{token}/drops`. Nothing is shown unless the site says so; then only photos of cameras that see no people, of drops in
//! the person's own building. Never: says where a parcel lies, or gives one away: a press is a task for staff.

use super::{Stored, in_their_language, stored};
use crate::evidence::photos::{Photo, kept_of};
use crate::handle::Request;
use crate::look::listing::section;
use crate::look::message::done;
use crate::look::{Post, Press, button_secondary};
use crate::web::App;
use crate::web::face::{SiteFace, phone_page};
use crate::web::guard::Reader;
use crate::web::problem::Fault;
use crate::web::words::{Language, say};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;
use vestibule_core::custody::delivered::adoption::{is_shown, is_shown_behind, shows_parcels_alone};
use vestibule_core::evidence::PhotoMedia;
use vestibule_core::{Actor, BankId, Command, DropId, KioskId, ParcelId, PersonId, PhotoId, Refusal, Site};

/// A drop that a person may be shown, and one photo of it.
pub(super) struct Shown {
    drop: DropId,
    photo: PhotoId,
}

/// A drop, and one of its parcels.
struct Candidate {
    drop: DropId,
    parcel: ParcelId,
}

/// The drops of a person's building with a photo that shows no people, newest first.
async fn of_person(app: &App, person: PersonId) -> Result<Vec<Shown>, Fault> {
    if app.web.photos.is_none() {
        return Ok(Vec::new());
    }
    let look = move |site: &Site, now| {
        let open = site.drops.open.iter().rev();
        let shown = open.filter(|(drop, _)| is_shown(site, (person, **drop), true, now));
        let candidate = |(drop, pile): (&DropId, &vestibule_core::visit::quick_drop::Pile)| {
            pile.unsorted.first().map(|parcel| Candidate { drop: *drop, parcel: *parcel })
        };
        let kiosks: BTreeMap<KioskId, Vec<BankId>> = site
            .layout
            .kiosks
            .iter()
            .map(|(id, kiosk)| (*id, kiosk.banks.iter().copied().collect()))
            .collect();
        (shown.filter_map(candidate).collect::<Vec<_>>(), kiosks)
    };
    let (candidates, kiosks) = app.site.read(look).await?;
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let tables = move |tables: &Connection| {
        let mut shown = Vec::new();
        for Candidate { drop, parcel } in candidates {
            if !is_same_building(tables, (person, parcel), &kiosks)? {
                continue;
            }
            let photo = kept_of(tables, &[parcel])?.into_iter().find(may_be_shown);
            shown.extend(photo.map(|photo| Shown { drop, photo: photo.photo }));
        }
        Ok(shown)
    };
    Ok(app.site.query(tables).await?)
}

fn may_be_shown(photo: &Photo) -> bool {
    photo.media == PhotoMedia::Jpeg && shows_parcels_alone(&photo.asked, photo.in_view)
}

/// What a link shows of them.
pub(super) async fn behind(app: &App, stored: &Stored) -> Result<Vec<Shown>, Fault> {
    if is_shown_behind(stored.ended) { of_person(app, stored.person).await } else { Ok(Vec::new()) }
}

/// Whether the kiosk at which a parcel was put down is in the building a person lives in. Where nobody named more than one there is one;
/// a kiosk that stands in no bank's sight, as in a room of shelves, is in none that is known.
fn is_same_building(
    tables: &Connection,
    (person, parcel): (PersonId, ParcelId),
    kiosks: &BTreeMap<KioskId, Vec<BankId>>,
) -> rusqlite::Result<bool> {
    let home = "SELECT u.building FROM person p JOIN unit u ON u.unit = p.unit WHERE p.person = ?1";
    let home: Option<String> =
        tables.prepare_cached(home)?.query_row([person.0], |row| row.get(0)).optional()?;
    let kiosk = "SELECT v.kiosk FROM parcel p JOIN visit v ON v.visit = p.visit WHERE p.parcel = ?1";
    let kiosk: Option<u32> =
        tables.prepare_cached(kiosk)?.query_row([parcel.0.cast_signed()], |row| row.get(0)).optional()?;
    let (Some(home), Some(kiosk)) = (home, kiosk) else { return Ok(false) };
    let banks = kiosks.get(&KioskId(kiosk)).map_or(&[][..], Vec::as_slice);
    if home.is_empty() || buildings(tables)? < 2 {
        return Ok(true);
    }
    let mut building = tables.prepare_cached("SELECT building FROM bank_name WHERE bank = ?1")?;
    for bank in banks {
        let there: Option<String> = building.query_row([bank.0], |row| row.get(0)).optional()?;
        let there = there.unwrap_or_default();
        if there.is_empty() || there == home {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many buildings somebody named.
fn buildings(tables: &Connection) -> rusqlite::Result<u32> {
    let sql = "SELECT count(*) FROM
      (SELECT building FROM unit WHERE building <> '' UNION SELECT building FROM bank_name WHERE building <> '')";
    tables.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// The section; nothing where there is no picture.
pub(super) fn content(language: Language, here: &str, shown: &[Shown]) -> Markup {
    if shown.is_empty() {
        return html! {};
    }
    let word = |key: &str| say(language, key);
    section(
        &word("link-unclaimed"),
        html! {
            p { (word("link-unclaimed-lead")) }
            @for Shown { drop, photo } in shown {
                figure class="photo" { img src={ (here) "/drops/" (drop) "/" (photo) } alt=(word("link-unclaimed-photo")) loading="lazy"; }
                (button_secondary(&word("link-unclaimed-do"), Press::Post(&Post::page(&format!("{here}/drops/{drop}"), ""))))
            }
        },
    )
}

/// `GET /l/{token}/drops/{drop}/{photo}`: one of the pictures that the page shows; of any other nothing is said.
pub(super) async fn photo(
    State(app): State<App>,
    Path((token, drop, photo)): Path<(String, DropId, PhotoId)>,
) -> Result<Response, Fault> {
    let stored = stored(&app, &token).await?;
    let shown = behind(&app, &stored).await?;
    if !shown.iter().any(|shown| shown.drop == drop && shown.photo == photo) {
        return Err(Refusal::NotFound.into());
    }
    crate::web::photos::on_record(&app, Actor::Person(stored.person), photo).await
}

/// `POST /l/{token}/drops/{drop}`: one of them is theirs.
pub(super) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Path((token, drop)): Path<(String, DropId)>,
) -> Result<Markup, Fault> {
    let stored = stored(&app, &token).await?;
    let reader = in_their_language(reader, &stored);
    if !is_shown_behind(stored.ended) {
        return Err(Refusal::NotFound.into());
    }
    let same_building = of_person(&app, stored.person).await?.iter().any(|shown| shown.drop == drop);
    let command = Command::AskForDrop { drop, same_building };
    app.site.ask(Request::new(Actor::Person(stored.person), command)).await?.answer?;
    let (title, here) = (say(reader.language, "link-unclaimed-title"), format!("/l/{token}"));
    let back = button_secondary(&say(reader.language, "link-missing-back"), Press::Follow(&here));
    let content = html! {
        h1 class="visually-hidden" { (title) }
        (done(&title, &say(reader.language, "link-unclaimed-said"), Some(back)))
    };
    Ok(phone_page(&reader, &SiteFace::of(&app).await?, (&title, &here), content))
}
