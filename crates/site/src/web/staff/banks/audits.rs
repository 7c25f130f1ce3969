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
use vestibule_core::custody::audit::walked::{Look, Looks, Walked, walked};
use vestibule_core::custody::audit::{AuditEnd, AuditPlace, AuditScope, StopState};
use vestibule_core::place::room::{ShelfPlace, Spot, room_of};
use vestibule_core::vocabulary::command::AuditStep;
use vestibule_core::{Answer, AuditId, Command, Refusal, ShelfId, Site, Span, Timestamp};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Fields, Section};
use super::super::history;
use super::super::names::{Names, Wanted};
use super::super::say::{Put, Say};
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

/// Places that can be walked in one go.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which.
    pub scope: AuditScope,
    /// Where shelves stand, as people call it; empty: nobody said.
    pub zone: Option<String>,
    /// How they stand today.
    pub walked: Walked,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct Choices {
    /// What can be walked: banks, shelves zone by zone, the desk, everything.
    pub offers: Vec<Offer>,
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
    html! { ul class="plain-list" { @for offer in &view.offers { li { (choice(offer, &view.names, say, csrf)) } } } }
}

/// One press begins a walk; what was walked today is offered again, and what is being walked is gone on with.
fn choice(offer: &Offer, names: &Names, say: Say, csrf: &str) -> Markup {
    let label = match offer.zone.as_deref() {
        Some("") => say.t("staff-shelf-no-zone"),
        Some(zone) => zone.to_owned(),
        None => scope_words(&offer.scope, names, say),
    };
    let fields = scope_fields(&offer.scope);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let begin = |label: &str| {
        posting(&Post::page(AUDITS, csrf).with(&fields), button_secondary(label, Press::Submit))
    };
    let words = walked_words(&offer.walked, names, say);
    html! {
        @match offer.walked {
            Walked::UnderWay { audit, .. } => {
                p { strong { (label) } }
                (button_secondary(&say.t("staff-audit-go-on"), Press::Follow(&address(audit))))
            }
            Walked::Today { looked, all, .. } if looked == all => {
                (begin(&say.with("staff-audit-again", &[("what", label.into())])))
            }
            Walked::Today { .. } | Walked::No => (begin(&label)),
        }
        @if let Some(words) = words { p class="hint" { (words) } }
    }
}

/// `Walked today at 14:10 by Kim Park`.
fn walked_words(walked: &Walked, names: &Names, say: Say) -> Option<String> {
    let look = |(at, by): Look| -> [(&'static str, Put); 2] {
        let when = times::moment(say, at, (&names.zone, names.now));
        [("when", when.into()), ("who", names.actor(say, by).into())]
    };
    let with = |key: &str, put: Vec<(&'static str, Put)>| Some(say.with(key, &put));
    match *walked {
        Walked::No => None,
        Walked::UnderWay { audit, through: None } => {
            with("staff-audit-being-walked", vec![("audit", audit.to_string().into())])
        }
        Walked::UnderWay { audit, through: Some(last) } => {
            let mut put = vec![("audit", audit.to_string().into())];
            put.extend(look(last));
            with("staff-audit-walked-going-on", put)
        }
        Walked::Today { looked, all, last } if looked == all => with("staff-audit-walked", look(last).into()),
        Walked::Today { looked, all, last } => {
            let mut put = vec![("n", looked.into()), ("all", all.into())];
            put.extend(look(last));
            with("staff-audit-walked-in-part", put)
        }
    }
}

/// As the form of a choice posts it.
fn scope_fields(scope: &AuditScope) -> Vec<(&'static str, String)> {
    match scope {
        AuditScope::Everything => vec![("scope", "everything".to_owned())],
        AuditScope::Bank(bank) => vec![("scope", bank.to_string())],
        AuditScope::Desk => vec![("scope", "desk".to_owned())],
        AuditScope::Shelves(shelves) => {
            let numbers = shelves.iter().map(|shelf| ("shelf", shelf.to_string()));
            std::iter::once(("scope", "shelves".to_owned())).chain(numbers).collect()
        }
    }
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

/// Every look at a place within the longest day there is, and some before.
fn looks(tables: &rusqlite::Connection, now: Timestamp) -> rusqlite::Result<Looks> {
    const LONGEST_DAY: Span = Span::hours(25);
    let sql = "SELECT audit FROM audit WHERE ended_at IS NULL OR ended_at > ?1";
    let since = now.0 - LONGEST_DAY.0;
    let mut statement = tables.prepare_cached(sql)?;
    let audits = statement.query_map([since], |row| row.get::<_, i64>(0))?;
    let audits: Vec<i64> = audits.collect::<rusqlite::Result<_>>()?;
    let mut looks = Looks::default();
    for audit in audits {
        for recorded in history::of_audit(tables, AuditId(audit.cast_unsigned()))? {
            looks.note(&recorded.event, recorded.at);
        }
    }
    Ok(looks)
}

fn read(site: &Site, looks: &Looks, now: Timestamp) -> (Vec<Offer>, Vec<LiveLine>) {
    let banks = site.layout.banks.keys().map(|bank| (AuditScope::Bank(*bank), None));
    let zones = zones(site).into_iter().map(|(zone, shelves)| (AuditScope::Shelves(shelves), Some(zone)));
    let scopes = banks.chain(zones).chain([(AuditScope::Desk, None), (AuditScope::Everything, None)]);
    let offer = |(scope, zone): (AuditScope, Option<String>)| {
        let walked = walked(site, &scope, looks, now);
        Offer { scope, zone, walked }
    };
    let line = |(id, audit): (&AuditId, &vestibule_core::custody::audit::Audit)| LiveLine {
        id: *id,
        scope: audit.scope.clone(),
        done: audit.stops.iter().filter(|stop| stop.state != StopState::Waiting).count(),
        all: audit.stops.len(),
        paused: audit.paused,
    };
    (scopes.map(offer).collect(), site.audits.live.iter().map(line).collect())
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
    let now = desk.now();
    let (past, looks) = desk.query(move |tables| Ok((past_ones(tables)?, looks(tables, now)?))).await?;
    let (offers, live) = desk.read(move |site, now| read(site, &looks, now)).await?;
    let names = desk.names(Wanted::default()).await?;
    let view = Choices { offers, live, past, names };
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
    use vestibule_core::{Actor, BankId, CompartmentId, RoomId, StaffId};

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

    /// A bank, two shelves of a room, the desk and everything, all as one of them is walked.
    fn view(walked: Walked) -> Choices {
        let scopes = [
            (AuditScope::Bank(BankId(1)), None),
            (AuditScope::Shelves(vec![ShelfId(1), ShelfId(2)]), Some("Room".to_owned())),
            (AuditScope::Desk, None),
            (AuditScope::Everything, None),
        ];
        let offers = scopes.map(|(scope, zone)| Offer { scope, zone, walked }).into();
        let names = Names::of_site(&Site::default(), Timestamp(0));
        Choices { offers, live: vec![], past: vec![], names }
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
        for language in Language::ALL {
            let page = content(&view(Walked::No), Say::new(language), "csrf").into_string();
            assert_eq!(page.matches("action=\"/staff/audits\"").count(), 4, "{page}");
            assert_eq!(page.matches("name=\"shelf\"").count(), 2, "{page}");
        }
    }

    #[test]
    fn what_was_walked_today_is_offered_again_and_what_is_being_walked_is_gone_on_with() {
        let (last, audit) = ((Timestamp(51_000_000), Actor::Staff(StaffId(1))), AuditId(7));
        let today = |looked| Walked::Today { looked, all: 2, last };
        let under_way = |through| Walked::UnderWay { audit, through };
        let shown = |walked, language| content(&view(walked), Say::new(language), "csrf").into_string();
        let english = |walked| shown(walked, Language::En);
        let page = english(today(2));
        assert_eq!(page.matches("Walked today at 14:10 by ").count(), 4, "{page}");
        assert!(page.contains("Room again") && page.contains("action=\"/staff/audits\""), "{page}");
        let page = english(today(1));
        assert!(page.contains("1 of 2 places") && !page.contains("again"), "{page}");
        for through in [None, Some(last)] {
            let page = english(under_way(through));
            assert!(!page.contains("action=\"/staff/audits\""), "no other can begin: {page}");
            assert_eq!(page.matches("href=\"/staff/audits/7\"").count(), 4, "{page}");
            assert_eq!(page.contains("Walked today at 14:10"), through.is_some(), "{page}");
        }
        for walked in [today(2), today(1), under_way(None), under_way(Some(last))] {
            let page = shown(walked, Language::Es);
            assert!(!page.contains("Unknown localization") && !page.contains("alked"), "{page}");
        }
    }
}
