//! What the link page shows: a pure function of what waits, after one look at the state.

use super::wall::Wall;
use crate::drawing::{DrawingStyle, StateWords, Variant, draw};
use crate::look::icons::Icon;
use crate::look::listing::{card, facts};
use crate::look::message::{done, empty};
use crate::look::page::{big_number, headline};
use crate::look::paper::{code_digits, qr};
use crate::look::{Button, Post, Press, button_quiet, button_secondary};
use crate::web::App;
use crate::web::kiosk::room::RoomSight;
use crate::web::problem::{Fault, time_of_day};
use crate::web::words::{Arg, Language, say, t};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use vestibule_core::custody::Custodian;
use vestibule_core::place::room::label_and_room;
use vestibule_core::time::{WeekWindow, Zone, civil};
use vestibule_core::{BankId, CompartmentId, CredentialId, PersonId, Site, Timestamp};
use vestibule_notices::qr::qr_svg;

/// What the page is about.
pub(super) enum View {
    /// Parcels wait and the code is live.
    Waiting {
        /// Banks with the person's doors.
        banks: Vec<BankSpot>,
        /// Shelves and drop places by name.
        shelves: Vec<String>,
        /// Rooms in which the shelves are drawn.
        rooms: Vec<RoomSight>,
        /// Parcels at the desk.
        desk: Option<String>,
        /// Until when the first is held, in the building's time.
        held: Option<Held>,
    },
    /// Nothing waits any more.
    Collected,
    /// Nothing waits where it should: staff look for it.
    Missing,
    /// Something waits, and another code is for it.
    Replaced,
}

/// A bank where parcels wait.
pub(super) struct BankSpot {
    pub name: String,
    pub labels: Vec<String>,
    wall: Wall,
}

/// A weekday, a day of the month and a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    weekday: u32,
    day: u32,
    time: String,
}

/// A code in plain text. No Debug: it opens something.
pub(super) struct Code {
    pub keypad: String,
    pub pin: String,
    pub qr: String,
}

/// What a press on the page shows.
pub(super) struct Pressed {
    /// Where the code is live.
    pub code: Option<Code>,
}

/// Looks at what waits for a person, and whether this code is for it.
pub(super) async fn view(
    app: &App,
    person: PersonId,
    credential: Option<CredentialId>,
) -> Result<View, Fault> {
    let view = app.site.read(move |site, now| look(site, now, person, credential)).await?;
    let View::Waiting { mut banks, shelves, rooms, desk, held } = view else { return Ok(view) };
    let wanted: Vec<u32> = banks.iter().map(|spot| spot.wall.bank.0).collect();
    let names = app.site.query(move |connection| bank_names(connection, &wanted)).await?;
    for spot in &mut banks {
        spot.name = names.get(&spot.wall.bank.0).cloned().unwrap_or_default();
    }
    Ok(View::Waiting { banks, shelves, rooms, desk, held })
}

fn bank_names(connection: &rusqlite::Connection, banks: &[u32]) -> rusqlite::Result<BTreeMap<u32, String>> {
    let mut statement = connection.prepare_cached("SELECT bank, name FROM bank_name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.filter(|row| row.as_ref().map_or(true, |(bank, _)| banks.contains(bank))).collect()
}

fn look(site: &Site, now: Timestamp, person: PersonId, credential: Option<CredentialId>) -> View {
    let waits = |(_, parcel): &(_, &vestibule_core::custody::Parcel)| {
        parcel.is_for(person) && parcel.custodian.is_waiting_place()
    };
    let parcels: Vec<_> = site.custody.parcels.iter().filter(waits).collect();
    if parcels.is_empty() || !site.directory.may_still_collect(person, now) {
        return if is_looked_for(site, person) { View::Missing } else { View::Collected };
    }
    if !credential.is_some_and(|credential| site.credentials.pickup.live.contains_key(&credential)) {
        return View::Replaced;
    }
    let mut doors: BTreeMap<BankId, BTreeSet<CompartmentId>> = BTreeMap::new();
    let (mut shelves, mut meant, mut at_desk) = (BTreeSet::new(), BTreeSet::new(), false);
    for (_, parcel) in &parcels {
        match parcel.custodian {
            Custodian::Compartment(id) => {
                let bank = site.compartments.get(id).map(|c| c.bank);
                if let Some(bank) = bank {
                    doors.entry(bank).or_default().insert(id);
                }
            }
            Custodian::Shelf(id) => {
                meant.insert(id);
                shelves.extend(label_and_room(site, id));
            }
            Custodian::CommonArea(id) => shelves.extend(site.layout.areas.get(&id).cloned()),
            Custodian::Staff(_) => at_desk = true,
            Custodian::Courier(_)
            | Custodian::Recipient(_)
            | Custodian::Carrier(_)
            | Custodian::Missing { .. }
            | Custodian::WrittenOff => {}
        }
    }
    let zone = &site.policy.zone;
    let first = parcels.iter().filter_map(|(id, _)| site.kept_until(**id)).min();
    View::Waiting {
        banks: doors.into_iter().filter_map(|(bank, meant)| bank_spot(site, bank, meant)).collect(),
        shelves: shelves.into_iter().collect(),
        rooms: RoomSight::of(site, &meant),
        desk: at_desk.then(|| hours_today(&site.layout.desk_hours, now, zone)),
        held: first.map(|until| held(until, zone)),
    }
}

fn is_looked_for(site: &Site, person: PersonId) -> bool {
    let is_missing = |custodian| matches!(custodian, Custodian::Missing { .. });
    site.custody.parcels.values().any(|parcel| parcel.is_for(person) && is_missing(parcel.custodian))
}

fn bank_spot(site: &Site, bank: BankId, meant: BTreeSet<CompartmentId>) -> Option<BankSpot> {
    let label = |id: &CompartmentId| site.compartments.get(*id).map(|c| c.spec.label.clone());
    let labels = meant.iter().filter_map(label).collect();
    Some(BankSpot { name: String::new(), labels, wall: Wall::of(site, bank, meant)? })
}

fn held(until: Timestamp, zone: &Zone) -> Held {
    let civil = civil(until, zone);
    let day = u32::try_from(civil.date.2).unwrap_or_default();
    Held { weekday: civil.weekday.into(), day, time: time_of_day(until, zone) }
}

fn hours_today(hours: &[WeekWindow], now: Timestamp, zone: &Zone) -> String {
    let today = 1 << civil(now, zone).weekday;
    let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
    let window = hours.iter().find(|window| window.days & today != 0).or_else(|| hours.first());
    window.map_or_else(String::new, |window| format!("{}-{}", clock(window.from), clock(window.to)))
}

/// Title and content.
pub(super) fn content(
    language: Language,
    here: &str,
    view: &View,
    pressed: Option<&Pressed>,
) -> (String, Markup) {
    let word = |key: &str| say(language, key);
    let show = || {
        let post = Post::page(here, "");
        pressed.is_none().then(|| button_secondary(&word("link-told-show"), Press::Post(&post)))
    };
    match view {
        View::Collected => {
            let title = word("link-collected-title");
            let said = done(&title, &word("link-collected"), show());
            (title.clone(), html! { h1 class="visually-hidden" { (title) } (said) })
        }
        View::Missing => {
            let title = word("link-looked-for-title");
            let said = empty(&title, &word("link-looked-for"), show());
            (title.clone(), html! { h1 class="visually-hidden" { (title) } (said) })
        }
        View::Replaced => {
            let title = word("link-replaced-title");
            let said = empty(&title, &word("link-replaced"), show());
            (title.clone(), html! { h1 class="visually-hidden" { (title) } (said) })
        }
        View::Waiting { held, .. } => match pressed.and_then(|pressed| pressed.code.as_ref()) {
            Some(code) => (
                word("link-code-title"),
                html! { (revealed(language, code)) (places(language, view)) (hide(language, here)) },
            ),
            None => (
                word("link-title"),
                html! {
                    (headline(&word("link-title"), held.as_ref().map(|held| held_words(language, held)).as_deref()))
                    (Button::new(&word("link-show"), Press::Post(&Post::page(here, ""))).rank(crate::look::button::Rank::Primary).icon(Icon::Key).render())
                    (places(language, view))
                },
            ),
        },
    }
}

fn held_words(language: Language, held: &Held) -> String {
    let args = [
        ("weekday", Arg::Count(held.weekday)),
        ("day", Arg::Count(held.day)),
        ("time", Arg::Text(&held.time)),
    ];
    t(language, "link-held", &args)
}

fn hide(language: Language, here: &str) -> Markup {
    button_quiet(&say(language, "link-hide"), Press::Follow(here))
}

fn revealed(language: Language, code: &Code) -> Markup {
    let word = |key: &str| say(language, key);
    html! {
        (headline(&word("link-code-title"), Some(&word("link-code-lead"))))
        (qr(&qr_svg(&code.qr), &word("link-qr")))
        (card(html! {
            p { (word("link-or-type")) }
            (facts(&[
                (&word("link-keypad"), code_digits(&code.keypad, 4)),
                (&word("link-pin"), code_digits(&code.pin, 3)),
            ]))
        }))
        p { (word("link-care")) }
    }
}

fn places(language: Language, view: &View) -> Markup {
    let View::Waiting { banks, shelves, rooms, desk, .. } = view else { return html! {} };
    html! {
        @for (at, spot) in banks.iter().enumerate() { (bank(language, at, spot)) }
        @if !shelves.is_empty() { (big_number(&say(language, "link-shelf"), &shelves.join(", "))) }
        @for (at, sight) in rooms.iter().enumerate() { (room(language, at, sight)) }
        @if let Some(hours) = desk {
            p { (t(language, "link-desk", &[("hours", Arg::Text(hours))])) }
        }
    }
}

fn state_words(language: Language) -> [String; 7] {
    ["free", "occupied", "reserved", "overdue", "check", "out-of-service", "open"]
        .map(|state| say(language, &format!("state-{state}")))
}

fn words(states: &[String; 7]) -> StateWords<'_> {
    let [free, occupied, reserved, overdue, check, out_of_service, open] = states;
    StateWords { free, occupied, reserved, overdue, check, out_of_service, open }
}

/// The front of the rack with the shelf, and where that stands.
fn room(language: Language, at: usize, sight: &RoomSight) -> Markup {
    let name = |label: &str| t(language, "link-shelf-named", &[("shelf", Arg::Text(label))]);
    let (id, text) = (format!("room-{at}"), name(&sight.labels()));
    let states = state_words(language);
    let words = words(&states);
    let style =
        DrawingStyle { id: &id, variant: Variant::Small, title: &text, description: &text, words: &words };
    let (front, plan) = sight.pictures(&style, &name);
    html! { (front) (plan) }
}

fn bank(language: Language, at: usize, spot: &BankSpot) -> Markup {
    let labels = spot.labels.join(", ");
    let count = u32::try_from(spot.labels.len()).unwrap_or(u32::MAX);
    let args = [("doors", Arg::Text(&labels)), ("bank", Arg::Text(&spot.name)), ("count", Arg::Count(count))];
    let (title, caption) = (t(language, "link-bank-picture", &args), t(language, "link-door", &args));
    let name = |label: &str, meant: bool| {
        t(language, if meant { "link-door-meant" } else { "link-door-other" }, &[("door", Arg::Text(label))])
    };
    let states = state_words(language);
    let words = words(&states);
    let id = format!("bank-{at}");
    let description = format!("{caption} {labels}");
    let style = DrawingStyle {
        id: &id,
        variant: Variant::Small,
        title: &title,
        description: &description,
        words: &words,
    };
    html! {
        (big_number(&caption, &labels))
        @if !spot.name.is_empty() { p { (t(language, "link-in-bank", &[("bank", Arg::Text(&spot.name))])) } }
        (draw(&spot.wall.draw(&spot.name, &name), &style))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting() -> View {
        let held = Held { weekday: 4, day: 20, time: "20:00".into() };
        View::Waiting {
            banks: Vec::new(),
            shelves: vec!["B3".into()],
            rooms: Vec::new(),
            desk: None,
            held: Some(held),
        }
    }

    fn shown(language: Language, view: &View, pressed: Option<&Pressed>) -> String {
        content(language, "/l/VLX", view, pressed).1.into_string()
    }

    #[test]
    fn a_look_has_no_code_and_a_press_shows_it_in_threes() {
        let code = Code { keypad: "1202".into(), pin: "482913905".into(), qr: "VPM7".into() };
        let before = shown(Language::En, &waiting(), None);
        assert!(before.contains(r#"method="post" action="/l/VLX""#) && before.contains("B3"), "{before}");
        assert!(
            before.contains("Friday") && before.contains("20:00") && !before.contains("<path d=\"M4"),
            "{before}"
        );
        let after = shown(Language::En, &waiting(), Some(&Pressed { code: Some(code) }));
        assert!(after.contains(">482<") && after.contains(">905<") && after.contains("1 2 0 2"), "{after}");
        assert!(!after.contains("VPM7"), "the token is a picture, never text");
    }

    #[test]
    fn codes_that_are_over_say_so_in_both_languages() {
        for language in Language::ALL {
            assert!(shown(language, &View::Collected, None).contains("state-done"));
            for view in [View::Collected, View::Replaced, View::Missing] {
                let button = r#"method="post" action="/l/VLX""#;
                assert!(shown(language, &view, None).contains(button), "what happened is a press away");
                let pressed = shown(language, &view, Some(&Pressed { code: None }));
                assert!(!pressed.contains("<form"), "{pressed}");
            }
        }
        assert!(shown(Language::Es, &waiting(), None).contains("viernes"));
    }
}
