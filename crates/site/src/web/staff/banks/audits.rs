//! Audits: staff walk from place to place with a phone and say what lies there; what differed is in a signed report.
//!
//! Owns: `/staff/audits`: what can be walked, what is under way, what was found before. Never: a rule of a walk; the rules hold
//! what was seen, so that a phone that is put down loses nothing.

pub mod report;
pub mod settling;
pub mod walk;

use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::BTreeMap;
use vestibule_core::custody::audit::{AuditEnd, AuditPlace, AuditScope, StopState};
use vestibule_core::place::room::{ShelfPlace, Spot, room_of};
use vestibule_core::vocabulary::command::AuditStep;
use vestibule_core::{Answer, AuditId, BankId, Command, Refusal, ShelfId, Site, Timestamp};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Fields, Section};
use super::super::names::{Names, Wanted};
use super::super::say::Say;
use super::super::times;
use crate::look::button::posting;
use crate::look::listing::{self, Tone};
use crate::look::{Post, Press, button_primary, button_secondary, message};
use crate::web::guard::Csrf;
use crate::web::problem::{Fault, Trouble};

const AUDITS: &str = "/staff/audits";
/// So many past ones are listed.
const PAST: u32 = 60;

/// The page of a walk.
pub fn address(audit: AuditId) -> String {
    format!("{AUDITS}/{audit}")
}

/// A walk that is under way, in a line.
#[derive(Debug, Clone)]
pub struct LiveLine {
    /// Which.
    pub id: AuditId,
    /// What it goes over.
    pub scope: AuditScope,
    /// Places that are done.
    pub done: usize,
    /// All of its places.
    pub all: usize,
    /// Stopped for a while.
    pub paused: bool,
}

/// One that is over.
#[derive(Debug, Clone)]
pub struct PastLine {
    /// Which.
    pub id: AuditId,
    /// What it went over.
    pub scope: AuditScope,
    /// When it began.
    pub began: Timestamp,
    /// How it ended.
    pub how: AuditEnd,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Banks that can be walked.
    pub banks: Vec<BankId>,
    /// Shelves that can be walked together, by name.
    pub zones: Zones,
    /// Under way.
    pub live: Vec<LiveLine>,
    /// Over, the newest first.
    pub past: Vec<PastLine>,
    /// Names.
    pub names: Names,
}

/// What an audit goes over, in words.
pub fn scope_words(scope: &AuditScope, names: &Names, say: Say) -> String {
    match scope {
        AuditScope::Everything => say.t("staff-audit-everything"),
        AuditScope::Bank(bank) => names.bank(say, *bank),
        AuditScope::Shelves(shelves) => {
            let labels: Vec<String> = shelves.iter().map(|shelf| names.shelf_label(*shelf)).collect();
            say.with("staff-audit-shelves", &[("shelves", labels.join(", ").into())])
        }
        AuditScope::Desk => say.t("staff-audit-desk"),
    }
}

/// The page.
pub fn content(view: &Choices, say: Say, csrf: &str) -> Markup {
    html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        (listing::page_title(&say.t("staff-audits"), Some(&say.t("staff-audits-lead")), html! {}))
        @if !view.live.is_empty() { (listing::section(&say.t("staff-audits-live"), live(view, say))) }
        (listing::section(&say.t("staff-audits-begin"), choices(view, say, csrf)))
        (listing::section(&say.t("staff-audits-past"), past(view, say)))
    }
}

fn live(view: &Choices, say: Say) -> Markup {
    html! {
        ul class="plain-list" { @for line in &view.live { li { (listing::card(html! {
            p { strong { (scope_words(&line.scope, &view.names, say)) } " "
                (listing::tag(Tone::Accent, &progress_words(line.done, line.all, say)))
                @if line.paused { " " (listing::tag(Tone::Warning, &say.t("staff-audit-paused"))) } }
            (button_primary(&say.t("staff-audit-go-on"), Press::Follow(&address(line.id))))
        })) } } }
    }
}

/// `12 of 48`.
pub fn progress_words(done: usize, all: usize, say: Say) -> String {
    say.with("staff-audit-progress", &[("n", done.into()), ("all", all.into())])
}

fn choices(view: &Choices, say: Say, csrf: &str) -> Markup {
    let choice = |label: &str, fields: &[(&str, &str)]| {
        let post = Post::page(AUDITS, csrf).with(fields);
        html! { li { (button_secondary(label, Press::Post(&post))) } }
    };
    html! {
        ul class="plain-list" {
            @for bank in &view.banks {
                @let number = bank.to_string();
                (choice(&view.names.bank(say, *bank), &[("scope", number.as_str())]))
            }
            @for (zone, shelves) in &view.zones { (zone_choice((zone.as_str(), shelves.as_slice()), say, csrf)) }
            (choice(&say.t("staff-audit-desk"), &[("scope", "desk")]))
            (choice(&say.t("staff-audit-everything"), &[("scope", "everything")]))
        }
    }
}

fn zone_choice((zone, shelves): (&str, &[ShelfId]), say: Say, csrf: &str) -> Markup {
    let label = if zone.is_empty() { say.t("staff-shelf-no-zone") } else { zone.to_owned() };
    let numbers: Vec<String> = shelves.iter().map(ToString::to_string).collect();
    let mut fields = vec![("scope", "shelves")];
    fields.extend(numbers.iter().map(|number| ("shelf", number.as_str())));
    let press = button_secondary(&label, Press::Submit);
    html! { li { (posting(&Post::page(AUDITS, csrf).with(&fields), press)) } }
}

fn past(view: &Choices, say: Say) -> Markup {
    let heads = ["staff-head-what", "staff-head-when", "staff-head-how-it-went"].map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let names = &view.names;
    let row = |line: &PastLine| {
        vec![
            html! { a href={ (address(line.id)) "/report" } {
                (say.with("staff-audit-n", &[("n", line.id.to_string().into())])) ": "
                (scope_words(&line.scope, names, say))
            } },
            html! { (times::moment(say, line.began, (&names.zone, names.now))) },
            html! { (say.t(&format!("staff-audit-{}", line.how.word()))) },
        ]
    };
    let rows: Vec<_> = view.past.iter().map(row).collect();
    html! {
        @if rows.is_empty() {
            (message::empty(&say.t("staff-audits-none-title"), &say.t("staff-audits-none"), None))
        } @else { (listing::table(&say.t("staff-audits-past"), &heads, &rows)) }
    }
}

/// Shelves that stand together: each room, each of its racks where it has several, then what is in no drawing by the zone that
/// staff named; those without one under an empty name.
pub type Zones = Vec<(String, Vec<ShelfId>)>;

fn zones(site: &Site) -> Zones {
    let mut zones = Zones::new();
    for room in site.layout.rooms.values().filter(|room| !room.shelves.is_empty()) {
        zones.push((room.plan.label.clone(), room.shelves.keys().copied().collect()));
        let racks = room.plan.racks.iter().zip(0..).map(|(rack, number)| {
            let hangs_in =
                |place: &ShelfPlace| matches!(place.spot, Spot::Rack { rack, .. } if rack == number);
            let shelves = room.shelves.iter().filter(|(_, place)| hangs_in(place));
            let shelves: Vec<ShelfId> = shelves.map(|(shelf, _)| *shelf).collect();
            (format!("{}: {}", room.plan.label, rack.label), shelves)
        });
        zones.extend(racks.filter(|(_, shelves)| (1..room.shelves.len()).contains(&shelves.len())));
    }
    let mut undrawn: BTreeMap<String, Vec<ShelfId>> = BTreeMap::new();
    for shelf in site.layout.shelves.keys().filter(|shelf| room_of(site, **shelf).is_none()) {
        let limits = site.layout.shelf_limits.get(shelf);
        undrawn.entry(limits.map(|limits| limits.zone.clone()).unwrap_or_default()).or_default().push(*shelf);
    }
    zones.extend(undrawn);
    zones
}

type Look = (Vec<BankId>, Zones, Vec<LiveLine>);

fn read(site: &Site) -> Look {
    let line = |(id, audit): (&AuditId, &vestibule_core::custody::audit::Audit)| LiveLine {
        id: *id,
        scope: audit.scope.clone(),
        done: audit.stops.iter().filter(|stop| stop.state != StopState::Waiting).count(),
        all: audit.stops.len(),
        paused: audit.paused,
    };
    (site.layout.banks.keys().copied().collect(), zones(site), site.audits.live.iter().map(line).collect())
}

fn past_ones(tables: &rusqlite::Connection) -> rusqlite::Result<Vec<PastLine>> {
    let sql = "SELECT audit, scope, began_at, how FROM audit WHERE ended_at IS NOT NULL \
               ORDER BY audit DESC LIMIT ?1";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([PAST], |row| {
        let (scope, how): (String, String) = (row.get(1)?, row.get(3)?);
        let id = AuditId(row.get::<_, i64>(0)?.cast_unsigned());
        Ok((id, scope, Timestamp(row.get(2)?), how))
    })?;
    let mut past = Vec::new();
    for row in rows {
        let (id, scope, began, how) = row?;
        // What a newer program wrote is not listed by this one.
        if let (Ok(scope), Ok(how)) = (serde_json::from_str(&scope), serde_json::from_value(how.into())) {
            past.push(PastLine { id, scope, began, how });
        }
    }
    Ok(past)
}

/// `GET /staff/audits`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let (banks, zones, live) = desk.read(|site, _| read(site)).await?;
    let past = desk.query(past_ones).await?;
    let names = desk.names(Wanted::default()).await?;
    let view = Choices { banks, zones, live, past, names };
    Ok(desk.page(Section::Banks, &desk.say.t("staff-audits"), content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/audits`
pub async fn begin(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let scope = match fields.get("scope") {
        "everything" => AuditScope::Everything,
        "desk" => AuditScope::Desk,
        "shelves" => AuditScope::Shelves(fields.all("shelf")),
        bank => AuditScope::Bank(bank.parse().map_err(|_| Refusal::NotFound)?),
    };
    match desk.ask(Command::Audit(AuditStep::Begin { scope })).await?.0 {
        Answer::Audit(audit) => Ok(Redirect::to(&address(audit))),
        _ => Err(Trouble::Broken.into()),
    }
}

/// A place as addresses and forms name it: `compartment-12`, `shelf-3`, `area-1`, `desk`.
pub fn place_word(place: AuditPlace) -> String {
    match place {
        AuditPlace::Compartment(id) => format!("compartment-{id}"),
        AuditPlace::Shelf(id) => format!("shelf-{id}"),
        AuditPlace::Area(id) => format!("area-{id}"),
        AuditPlace::Desk => "desk".to_owned(),
    }
}

/// The place of a word.
pub fn place_of(word: &str) -> Option<AuditPlace> {
    if word == "desk" {
        return Some(AuditPlace::Desk);
    }
    let (kind, number) = word.split_once('-')?;
    match kind {
        "compartment" => number.parse().ok().map(AuditPlace::Compartment),
        "shelf" => number.parse().ok().map(AuditPlace::Shelf),
        "area" => number.parse().ok().map(AuditPlace::Area),
        _ => None,
    }
}

async fn step(desk: &Desk, step: AuditStep) -> Result<Answer, Fault> {
    Ok(desk.ask(Command::Audit(step)).await?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_core::place::compartment::Size;
    use vestibule_core::place::room::{Ground, Rack, Room, RoomPlan, Side};
    use vestibule_core::place::shelf::ShelfLimits;
    use vestibule_core::{CompartmentId, RoomId};

    #[test]
    fn places_read_back_and_nothing_else_is_one() {
        let places = [
            AuditPlace::Compartment(CompartmentId(12)),
            AuditPlace::Shelf(ShelfId(3)),
            AuditPlace::Area(vestibule_core::AreaId(1)),
            AuditPlace::Desk,
        ];
        for place in places {
            assert_eq!(place_of(&place_word(place)), Some(place));
        }
        for wrong in ["", "desk-1", "compartment", "compartment-x", "bank-1"] {
            assert_eq!(place_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_room_is_walked_whole_or_rack_by_rack_as_it_is_drawn() {
        let mut site = Site::default();
        for (shelf, label) in [(1, "A1"), (2, "B1"), (3, "C1"), (4, "Loose")] {
            site.layout.shelves.insert(ShelfId(shelf), label.to_owned());
        }
        let (zone, largest) = ("Rack A".to_owned(), Size::XL);
        let before_it_moved = ShelfLimits { zone, largest, floor: false, holds: None, height_mm: None };
        site.layout.shelf_limits.insert(ShelfId(2), before_it_moved);
        let ground = Ground { left_mm: 0, top_mm: 0, width_mm: 900, depth_mm: 500 };
        let rack = |label: &str| {
            let (label, levels) = (label.to_owned(), vec![500]);
            Rack { label, ground, front: Side::Down, foot_mm: 200, levels }
        };
        let mut draw = |number, label: &str, shelves: &[(u32, u16)]| {
            let plan = RoomPlan {
                label: label.to_owned(),
                door: None,
                door_mm: 0,
                width_mm: 4_000,
                depth_mm: 3_000,
                racks: vec![rack("Rack A"), rack("Rack B")],
                zones: Vec::new(),
            };
            let at = |rack| ShelfPlace { spot: Spot::Rack { rack, level: 0, slot: 0 }, zone: None };
            let shelves = shelves.iter().map(|(shelf, rack)| (ShelfId(*shelf), at(*rack))).collect();
            site.layout.rooms.insert(RoomId(number), Room { plan, version: 1, shelves });
        };
        draw(1, "Room", &[(1, 0), (2, 1)]);
        draw(2, "Cellar", &[(3, 0)]);
        let named = |(label, shelves): (&str, &[u32])| {
            (label.to_owned(), shelves.iter().map(|shelf| ShelfId(*shelf)).collect::<Vec<_>>())
        };
        let expected: [(&str, &[u32]); 5] =
            [("Room", &[1, 2]), ("Room: Rack A", &[1]), ("Room: Rack B", &[2]), ("Cellar", &[3]), ("", &[4])];
        assert_eq!(zones(&site), expected.map(named));
    }

    #[test]
    fn each_place_begins_by_one_press_and_a_zone_names_its_shelves() {
        let names = Names::of_site(&Site::default(), Timestamp(0));
        let zones = vec![("Room".to_owned(), vec![ShelfId(1), ShelfId(2)])];
        let view = Choices { banks: vec![BankId(1)], zones, live: vec![], past: vec![], names };
        for language in Language::ALL {
            let page = content(&view, Say::new(language), "csrf").into_string();
            assert_eq!(page.matches("action=\"/staff/audits\"").count(), 4, "{page}");
            assert_eq!(page.matches("name=\"shelf\"").count(), 2, "{page}");
        }
    }
}
