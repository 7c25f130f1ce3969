//! Entries: who came in on a day, and one of them with its photos, its door's movements and what was odd.
//!
//! Owns: `/staff/entries`. Never: a code; who came in is said by name or company.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Deserialize;
use std::collections::BTreeSet;
use vestibule_core::access::entry::Entrant;
use vestibule_core::time::start_of_day;
use vestibule_core::{AccessPointId, CarrierId, EntryId, Event, ParcelId, Refusal, Span, Timestamp, VisitId};

use super::super::banks::compartment::{Note, notes_list};
use super::super::blocks::{back, pages};
use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted, capital};
use super::super::parcels::adopting::{self, Draft, FoundAt};
use super::super::parcels::holds::{self, Standing};
use super::super::parcels::photos as pictures;
use super::super::say::Say;
use super::super::story::{self, Recorded, entrant_words};
use super::super::{history, times};
use crate::evidence::photos::{self, Photo};
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_secondary, message};
use crate::web::problem::Fault;
use vestibule_core::evidence::{Held, PhotoReason};

/// Entries on one page of a day.
const PAGE: usize = 100;

/// One entry as its table knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    /// Which.
    pub entry: EntryId,
    /// Through which door.
    pub point: AccessPointId,
    /// Who; None: written by a newer program.
    pub entrant: Option<Entrant>,
    /// When they could come in.
    pub began: Timestamp,
    /// When the door was seen open.
    pub opened: Option<Timestamp>,
    /// When it was shut behind them.
    pub closed: Option<Timestamp>,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// How it ended, as a key.
    pub how: Option<String>,
    /// The courier's visit at a kiosk.
    pub visit: Option<VisitId>,
    /// Parcels put somewhere in that visit.
    pub deposits: u32,
    /// What was odd, as keys.
    pub odd: Vec<String>,
}

impl EntryLine {
    /// Whom it will have to name.
    pub fn wanted(&self, wanted: &mut Wanted) {
        match &self.entrant {
            Some(Entrant::Resident { person, .. }) => drop(wanted.people.insert(*person)),
            Some(Entrant::OneParcel { unit }) => wanted.units.extend([*unit]),
            Some(Entrant::Rang { unit, .. } | Entrant::Pass { unit, .. }) => wanted.units.extend(unit),
            Some(Entrant::Courier { .. } | Entrant::LetInByStaff { .. } | Entrant::OpenHours) | None => {}
        }
        wanted.visits.extend(self.visit);
    }

    /// Whether something may lie there that no kiosk knows of: a courier who left nothing, and whoever may have brought something,
    /// came in without a courier's code and put nothing anywhere.
    fn may_have_left_something(&self) -> bool {
        let may_bring = self.entrant.as_ref().is_some_and(Entrant::may_bring);
        let came_in = self.opened.is_some() || self.how.as_deref().is_some_and(|how| how != "not-opened");
        self.odd.iter().any(|word| word == "no-deposit") || (may_bring && came_in && self.deposits == 0)
    }

    fn who(&self, names: &Names, say: Say) -> String {
        let Some(entrant) = &self.entrant else { return say.t("staff-entrant-unknown") };
        let (kind, who) = match entrant {
            Entrant::Pass { unit: Some(unit), .. } => ("pass-to", names.unit(say, *unit)),
            _ => entrant_words(entrant, names, say),
        };
        capital(&say.with(&format!("staff-entrant-{kind}"), &[("who", who.into())]))
    }
}

const COLUMNS: &str =
    "SELECT e.entry, e.point, e.entrant, e.began_at, e.opened_at, e.closed_at, e.ended_at, e.how, e.visit,
  coalesce(v.deposits, 0), e.suspicions FROM entry e LEFT JOIN visit v ON v.visit = e.visit";

fn line(row: &Row<'_>) -> rusqlite::Result<EntryLine> {
    let at = |column: usize| row.get::<_, Option<i64>>(column).map(|at| at.map(Timestamp));
    let key = |text: String| text.replace('_', "-");
    let odd: String = row.get(10)?;
    Ok(EntryLine {
        entry: EntryId(row.get::<_, i64>(0)?.unsigned_abs()),
        point: AccessPointId(row.get(1)?),
        entrant: serde_json::from_str(&row.get::<_, String>(2)?).ok(),
        began: Timestamp(row.get(3)?),
        opened: at(4)?,
        closed: at(5)?,
        ended: at(6)?,
        how: row.get::<_, Option<String>>(7)?.map(key),
        visit: row.get::<_, Option<i64>>(8)?.map(|visit| VisitId(visit.unsigned_abs())),
        deposits: row.get(9)?,
        odd: odd.split_whitespace().map(|word| key(word.to_owned())).collect(),
    })
}

/// The last who came in, or tried, at a door.
///
/// # Errors
/// What SQLite says.
pub fn last_at(tables: &Connection, point: AccessPointId) -> rusqlite::Result<Option<EntryLine>> {
    let sql = format!("{COLUMNS} WHERE e.point = ?1 ORDER BY e.entry DESC LIMIT 1");
    tables.prepare_cached(&sql)?.query_row([point.0], line).optional()
}

/// One entry.
///
/// # Errors
/// What SQLite says.
pub fn one_of(tables: &Connection, entry: EntryId) -> rusqlite::Result<Option<EntryLine>> {
    let sql = format!("{COLUMNS} WHERE e.entry = ?1");
    tables.prepare_cached(&sql)?.query_row([entry.0.cast_signed()], line).optional()
}

/// The last within a span who came in and left nothing that was scanned, newest first: couriers of a company and whoever rang,
/// who may be its courier; of no company named, all but residents.
///
/// # Errors
/// What SQLite says.
pub fn without_a_scan(
    tables: &Connection,
    carrier: Option<CarrierId>,
    (from, to): (Timestamp, Timestamp),
) -> rusqlite::Result<Vec<EntryLine>> {
    const MOST: u32 = 12;
    let sql = format!(
        "{COLUMNS} WHERE e.began_at BETWEEN ?1 AND ?2 AND coalesce(v.deposits, 0) = 0
         AND json_type(e.entrant, '$.resident') IS NULL
         AND (?3 IS NULL OR json_type(e.entrant, '$.rang') IS NOT NULL OR json_type(e.entrant, '$.one_parcel') IS NOT NULL
           OR (json_extract(e.entrant, '$.courier.carrier') = ?3 AND instr(e.suspicions, 'no_deposit') > 0))
         ORDER BY e.entry DESC LIMIT ?4"
    );
    let carrier = carrier.map(|carrier| carrier.0);
    tables.prepare_cached(&sql)?.query_map(params![from.0, to.0, carrier, MOST], line)?.collect()
}

fn of_span(
    tables: &Connection,
    (from, to): (Timestamp, Timestamp),
    (door, before): (Option<u32>, Option<u64>),
) -> rusqlite::Result<Vec<EntryLine>> {
    let sql = format!(
        "{COLUMNS} WHERE e.began_at BETWEEN ?1 AND ?2 AND (?3 IS NULL OR e.point = ?3) AND e.entry < ?4
         ORDER BY e.entry DESC LIMIT ?5"
    );
    let before = before.map_or(i64::MAX, u64::cast_signed);
    let mut statement = tables.prepare_cached(&sql)?;
    statement.query_map(params![from.0, to.0, door, before, PAGE + 1], line)?.collect()
}

/// `Tue 14:02, a courier of FastShip`, as a way to the entry.
pub fn link(entry: &EntryLine, names: &Names, say: Say) -> Markup {
    let when = times::moment(say, entry.began, (&names.zone, names.now));
    html! {
        a href={ "/staff/entries/" (entry.entry) } { time datetime=(times::machine(entry.began)) { (when) } }
        " " (entry.who(names, say))
    }
}

/// What was odd, as tags; nothing where nothing was.
fn odd(entry: &EntryLine, say: Say) -> Markup {
    html! { @for word in &entry.odd { (listing::tag(Tone::Warning, &say.t(&format!("staff-odd-{word}")))) " " } }
}

fn end_words(entry: &EntryLine, say: Say) -> String {
    entry
        .how
        .as_ref()
        .map_or_else(|| say.t("staff-entry-how-goes-on"), |how| say.t(&format!("staff-entry-how-{how}")))
}

/// Which day, which door, from which entry on.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Which {
    day: Option<String>,
    door: Option<u32>,
    before: Option<u64>,
}

/// All the list shows.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day, as in a date field.
    pub date: String,
    /// The day before and the day after, if it has begun.
    pub beside: (String, Option<String>),
    /// One door alone.
    pub door: Option<u32>,
    /// Entries, newest first.
    pub entries: Vec<EntryLine>,
    /// Where older ones of the day begin.
    pub older: Option<u64>,
    /// Names.
    pub names: Names,
}

/// The list.
pub fn content(view: &Day, say: Say) -> Markup {
    let of_door = view.door.map_or_else(String::new, |door| format!("&door={door}"));
    let to = |day: &str| format!("/staff/entries?day={day}{of_door}");
    let (earlier, later) = (to(&view.beside.0), view.beside.1.as_deref().map(to));
    let older = view.older.map(|before| format!("{}&before={before}", to(&view.date)));
    let doors: Vec<(String, &str)> =
        view.names.points.iter().map(|(id, label)| (id.to_string(), label.as_str())).collect();
    let all = say.t("staff-entries-all-doors");
    let choices: Vec<(&str, &str)> = std::iter::once(("", all.as_str()))
        .chain(doors.iter().map(|(id, label)| (id.as_str(), *label)))
        .collect();
    let chosen = view.door.map_or_else(String::new, |door| door.to_string());
    html! {
        (back("/staff/doors", &say.t("staff-passages-title")))
        (listing::page_title(&say.t("staff-entries-title"), Some(&say.with("staff-entries-lead", &[("n", view.entries.len().into())])), html! {}))
        form class="field-row" method="get" action="/staff/entries" {
            (crate::look::form::field(&crate::look::form::Field::new("day", &say.t("staff-entries-day"), crate::look::form::FieldKind::Date).value(&view.date)))
            (crate::look::form::select("door", &say.t("staff-head-passage"), &chosen, &choices))
            (button_secondary(&say.t("staff-entries-show"), Press::Submit))
        }
        (days(say, &earlier, later.as_deref()))
        @if view.entries.is_empty() { (message::empty(&say.t("staff-entries-empty-title"), &say.t("staff-entries-empty"), None)) }
        @else { (table(view, say)) }
        (pages(say, None, older.as_deref()))
    }
}

fn days(say: Say, earlier: &str, later: Option<&str>) -> Markup {
    html! {
        nav class="button-row" aria-label=(say.t("staff-entries-days")) {
            (button_secondary(&say.t("staff-entries-day-before"), Press::Follow(earlier)))
            @if let Some(url) = later { (button_secondary(&say.t("staff-entries-day-after"), Press::Follow(url))) }
        }
    }
}

fn table(view: &Day, say: Say) -> Markup {
    let heads =
        ["when", "passage", "how-it-went", "left-there"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |entry: &EntryLine| {
        vec![
            html! { div { (link(entry, &view.names, say)) } },
            html! { (view.names.passage(say, entry.point)) },
            html! { div { (end_words(entry, say)) " " (odd(entry, say)) } },
            html! { @if entry.visit.is_some() { (say.with("staff-entry-deposits", &[("n", entry.deposits.into())])) } },
        ]
    };
    listing::table(&say.t("staff-entries-title"), &heads, &view.entries.iter().map(row).collect::<Vec<_>>())
}

/// `GET /staff/entries`
pub async fn page(desk: Desk, Query(which): Query<Which>) -> Result<Markup, Fault> {
    let (zone, now) = desk.read(|site, now| (site.policy.zone.clone(), now)).await?;
    let asked = which.day.as_deref().and_then(|day| times::end_of_day(day, &zone));
    let end = asked.or_else(|| times::end_of_day(&times::date_field(now, &zone), &zone)).unwrap_or(now);
    let begin = start_of_day(end, &zone);
    let (door, before) = (which.door, which.before);
    let mut entries = desk.query(move |tables| of_span(tables, (begin, end), (door, before))).await?;
    let has_more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let older = entries.last().filter(|_| has_more).map(|entry| entry.entry.0);
    let mut wanted = Wanted::default();
    entries.iter().for_each(|entry| entry.wanted(&mut wanted));
    let half_a_day = Span::hours(12);
    let after = end + half_a_day;
    let view = Day {
        date: times::date_field(end, &zone),
        beside: (
            times::date_field(Timestamp(begin.0 - half_a_day.0), &zone),
            (end < now).then(|| times::date_field(after, &zone)),
        ),
        door,
        entries,
        older,
        names: desk.names(wanted).await?,
    };
    Ok(desk.page(Section::Doors, &desk.say.t("staff-entries-title"), content(&view, desk.say)))
}

/// All the page of one entry shows.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The entry.
    pub entry: EntryLine,
    /// What was put where in its visit, and what staff found by its photos.
    pub parcels: Vec<ParcelId>,
    /// What was not found after it, and whether it has turned up since.
    pub missed: Vec<(ParcelId, bool)>,
    /// Its photos.
    pub photos: Vec<Photo>,
    /// Whether they are held.
    pub standing: Standing,
    /// Staff's words.
    pub notes: Vec<Note>,
    /// What happened.
    pub story: Vec<Recorded>,
    /// Names.
    pub names: Names,
}

/// The page of one entry.
pub fn one_content(view: &EntryView, say: Say, csrf: &str) -> Markup {
    let (entry, names) = (&view.entry, &view.names);
    let title = say.with("staff-entry-n", &[("n", entry.entry.to_string().into())]);
    let (stills, others): (Vec<Photo>, Vec<Photo>) =
        view.photos.iter().cloned().partition(|photo| photo.asked.reason == PhotoReason::InRoom);
    html! {
        (back("/staff/entries", &say.t("staff-entries-title")))
        (listing::page_title(&title, Some(&entry.who(names, say)),
            button_secondary(&say.t("staff-incident-title"), Press::Follow(&format!("/staff/incident?entry={}", entry.entry)))))
        (listing::card(facts(view, say)))
        (listing::section(&say.t("staff-photos"), html! {
            @if view.photos.is_empty() { p class="hint" { (say.t("staff-entry-no-photos")) } }
            @if !others.is_empty() { (pictures::strip(&others, names, say)) }
        }))
        @if !stills.is_empty() { (listing::section(&say.t("staff-entry-stills"), pictures::strip(&stills, names, say))) }
        @if entry.may_have_left_something() { (listing::section(&say.t("staff-entry-unscanned"), unscanned(view, (say, csrf)))) }
        @if !view.notes.is_empty() { (listing::section(&say.t("staff-notes"), notes_list(&view.notes, names, say))) }
        (listing::section(&say.t("staff-what-happened"), story::story(&view.story, names, say)))
        (holds::section(&view.standing, false, (names, say, csrf)))
    }
}

/// What they left: found by the photos it is taken in here, or under what its company says of it.
fn unscanned(view: &EntryView, (say, csrf): (Say, &str)) -> Markup {
    let at = FoundAt::Entry(view.entry.entry);
    html! {
        p { (say.t("staff-entry-unscanned-text")) }
        (listing::card(adopting::form(at, &Draft::default(), (&view.names, say), csrf)))
        div class="button-row" { (button_secondary(&say.t("staff-claims-title"), Press::Follow("/staff/delivered"))) }
    }
}

fn facts(view: &EntryView, say: Say) -> Markup {
    let (entry, names) = (&view.entry, &view.names);
    let when = |at: Option<Timestamp>| match at {
        Some(at) => {
            html! { time datetime=(times::machine(at)) { (times::moment(say, at, (&names.zone, names.now))) } }
        }
        None => html! { (say.t("staff-not-seen")) },
    };
    listing::facts(&[
        (
            &say.t("staff-head-passage"),
            html! { a href={ "/staff/doors/" (entry.point) } { (names.passage(say, entry.point)) } },
        ),
        (&say.t("staff-entry-code"), code(entry, say)),
        (&say.t("staff-entry-began"), when(Some(entry.began))),
        (&say.t("staff-entry-opened"), when(entry.opened)),
        (&say.t("staff-entry-closed"), when(entry.closed)),
        (&say.t("staff-head-how-it-went"), html! { (end_words(entry, say)) }),
        (
            &say.t("staff-head-left-there"),
            html! {
                @if entry.visit.is_none() { (say.t("staff-entry-no-visit")) }
                @else { (say.with("staff-entry-deposits", &[("n", entry.deposits.into())])) }
                @for parcel in &view.parcels { " " (parcel_link(*parcel, say)) }
            },
        ),
        (
            &say.t("staff-entry-odd"),
            html! {
                @if entry.odd.is_empty() { (say.t("staff-entry-nothing-odd")) } @else { (odd(entry, say)) }
                @for (parcel, is_found) in &view.missed {
                    " " (parcel_link(*parcel, say))
                    @if *is_found { " (" (say.t("staff-entry-found-since")) ")" }
                }
            },
        ),
    ])
}

fn parcel_link(parcel: ParcelId, say: Say) -> Markup {
    html! { a href={ "/staff/parcels/" (parcel) } { (super::super::names::parcel(say, parcel)) } }
}

/// Parcels that were not found after it. One that has turned up since is no reason to look at who went in.
fn missed_after(tables: &Connection, story: &[Recorded]) -> rusqlite::Result<Vec<(ParcelId, bool)>> {
    let missed = story.iter().filter_map(|recorded| match recorded.event {
        Event::EntrySuspected { parcel, .. } => parcel,
        _ => None,
    });
    let missed: BTreeSet<ParcelId> = missed.collect();
    let mut statement = tables.prepare_cached("SELECT custodian FROM parcel WHERE parcel = ?1")?;
    let mut told = Vec::new();
    for parcel in missed {
        let custodian: Option<String> =
            statement.query_row([parcel.0.cast_signed()], |row| row.get(0)).optional()?;
        told.push((parcel, !matches!(custodian.as_deref(), None | Some("missing" | "written_off"))));
    }
    Ok(told)
}

/// Which code they came in by, and the way to all that was done with it.
fn code(entry: &EntryLine, say: Say) -> Markup {
    match entry.entrant.as_ref().and_then(Entrant::credential) {
        Some(code) => html! {
            a href={ "/staff/incident?code=" (code) } { (say.with("staff-code-n", &[("n", code.to_string().into())])) }
        },
        None => html! { (say.t("staff-none")) },
    }
}

/// `GET /staff/entries/{id}`
pub async fn one(desk: Desk, Path(id): Path<EntryId>) -> Result<Markup, Fault> {
    const MOST: u32 = 200;
    let found = desk.query(move |tables| {
        let Some(entry) = one_of(tables, id)? else { return Ok(None) };
        let photos = photos::of_entry(tables, id, MOST)?;
        let mut parcels = entry.visit.map_or_else(|| Ok(Vec::new()), |visit| parcels_of(tables, visit))?;
        let found = photos::parcels_on(tables, &photos)?;
        parcels.extend(found.into_iter().filter(|parcel| !parcels.contains(parcel)).collect::<Vec<_>>());
        let story = history::of_entry(tables, id)?;
        let missed = missed_after(tables, &story)?;
        let notes = history::notes(tables, &holds::subject(Held::Entry(id)))?;
        Ok(Some((entry, (parcels, missed), photos, (notes, story))))
    });
    let (entry, (parcels, missed), photos, (notes, story)) = found.await?.ok_or(Refusal::NotFound)?;
    let mut wanted = history::wanted(&story);
    entry.wanted(&mut wanted);
    pictures::wanted(&photos, &mut wanted);
    let standing = Standing::of(&desk, Held::Entry(id)).await?;
    let names = desk.names(wanted).await?;
    let view = EntryView { entry, parcels, missed, photos, standing, notes, story, names };
    let title = desk.say.with("staff-entry-n", &[("n", id.to_string().into())]);
    Ok(desk.page(Section::Doors, &title, one_content(&view, desk.say, &desk.csrf)))
}

fn parcels_of(tables: &Connection, visit: VisitId) -> rusqlite::Result<Vec<ParcelId>> {
    let sql =
        "SELECT parcel FROM parcel WHERE visit = ?1 AND arrived_at IS NOT NULL ORDER BY parcel LIMIT 60";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement
        .query_map([visit.0.cast_signed()], |row| Ok(ParcelId(row.get::<_, i64>(0)?.unsigned_abs())))?;
    rows.collect()
}
