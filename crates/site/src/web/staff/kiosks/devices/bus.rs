//! A line with its boards: how each answers, which compartment hangs on which lock, what its contact says.
//!
//! Owns: `/staff/devices/buses/{n}`. Never: a wiring; it is tested and kept on the bank's own page.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::{Markup, html};
use vestibule_core::place::compartment::Closure;
use vestibule_core::{BankId, Refusal, Site};
use vestibule_devices::HealthSight;

use super::{Seen, Standing, health_card, health_facts};
use crate::drawing::{DoorDrawing, DoorState, DrawingStyle, StateWords, Variant, draw};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_secondary};
use crate::web::App;
use crate::web::problem::Fault;
use crate::web::staff::banks::drawn::{Door, closure_words, shaped};
use crate::web::staff::blocks::back;
use crate::web::staff::desk_page::{Desk, Section};
use crate::web::staff::names::Names;
use crate::web::staff::say::Say;

/// One board of the line.
#[derive(Debug, Clone)]
pub struct BoardView {
    /// On its line.
    pub address: u8,
    /// How it speaks.
    pub profile: String,
    /// Whose doors it has.
    pub bank: BankId,
    /// How it answers.
    pub sight: HealthSight,
    /// When it answered last, in words.
    pub answered: String,
    /// By lock.
    pub channels: Vec<ChannelLine>,
}

/// What hangs on one lock.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelLine {
    /// As printed on the board.
    pub lock: u8,
    /// The input of its contact.
    pub contact: u8,
    /// The contact is closed while the door is open.
    pub reversed: bool,
    /// A test is sure of it, or none was made.
    pub is_sure: bool,
    /// The door.
    pub door: Door,
}

/// All the page shows.
#[derive(Debug, Clone)]
pub struct BusView {
    /// As the configuration calls it.
    pub name: String,
    /// Its port or address.
    pub place: String,
    /// Whether it can be opened.
    pub line: HealthSight,
    /// Its boards.
    pub boards: Vec<BoardView>,
    /// The page of its exchanges, for those who may see it.
    pub exchanges: Option<String>,
    /// Names.
    pub names: Names,
}

/// What hangs on a board, by the map that holds.
fn channels(site: &Site, bank: BankId, board: u8) -> Vec<ChannelLine> {
    let Some(map) = site.wiring.maps.get(&bank) else { return Vec::new() };
    let on_board = map.channels.iter().filter(|(_, channel)| channel.board == board);
    let line = |(id, channel): (&vestibule_core::CompartmentId, &vestibule_core::place::wiring::Channel)| {
        Some(ChannelLine {
            lock: channel.lock,
            contact: channel.contact,
            reversed: channel.reversed,
            is_sure: !map.unproven.contains(id),
            door: Door::of_site(site, *id)?,
        })
    };
    let mut lines: Vec<ChannelLine> = on_board.filter_map(line).collect();
    lines.sort_by_key(|line| line.lock);
    lines
}

/// The page.
pub fn content(view: &BusView, say: Say) -> Markup {
    let state = Standing::of(&view.line);
    let place = if view.place.is_empty() { say.t("device-line-unnamed") } else { view.place.clone() };
    html! {
        (back("/staff/devices", &say.t("device-title")))
        (listing::page_title(&view.name, Some(&say.with("device-line", &[("line", place.into())])), html! {
            @if let Some(exchanges) = &view.exchanges {
                (button_secondary(&say.t("device-exchanges"), Press::Follow(exchanges)))
            }
        }))
        @if state == Standing::Away { (message::notice_banner(NoticeKind::Danger, &say.t("device-line-away"))) }
        @for board in &view.boards { (one(board, view, say)) }
    }
}

fn one(board: &BoardView, view: &BusView, say: Say) -> Markup {
    let names = &view.names;
    let bank = names.bank(say, board.bank);
    let title = say
        .with("device-board", &[("bank", bank.as_str().into()), ("board", board.address.to_string().into())]);
    let state = Standing::of(&board.sight);
    let mut facts = health_facts(&board.sight, board.answered.clone(), say);
    facts.push((say.t("device-profile"), html! { (board.profile) }));
    facts.push((say.t("device-bank"), html! { a href={ "/staff/banks#bank-" (board.bank) } { (bank) } }));
    html! {
        section class="section" id={ "board-" (board.address) } {
            h2 { (title) }
            (health_card(state, board.sight.away.or(board.sight.fault), &facts, say))
            @if board.channels.is_empty() { p class="hint" { (say.t("device-no-channels")) } }
            @else { (drawing(board, &title, (names, say))) (table(board, names, say)) }
        }
    }
}

/// The doors of the board as they hang, each with its lock.
fn drawing(board: &BoardView, title: &str, (names, say): (&Names, Say)) -> Markup {
    let specs: Vec<_> = board.channels.iter().map(|line| &line.door.compartment.spec).collect();
    let shown = shaped(title, &specs, |at, hinge| {
        let (line, spec) = (&board.channels[at], specs[at]);
        let state = match line.door.compartment.closure {
            Closure::Open { .. } => DoorState::Open,
            Closure::Closed => DoorState::Free,
            Closure::Unknown => DoorState::Check,
        };
        let spoken = say.with(
            "device-channel-spoken",
            &[
                ("door", spec.label.as_str().into()),
                ("lock", line.lock.to_string().into()),
                ("contact", closure_words(line.door.compartment.closure, names, say).into()),
            ],
        );
        let note = say.with("device-lock", &[("lock", line.lock.to_string().into())]);
        DoorDrawing::new(&spec.label, spec.height_mm, hinge, state, &spoken)
            .link(&format!("/staff/compartments/{}", line.door.id))
            .note(&note)
    });
    let [shut, unread, open] =
        ["device-contact-shut", "device-contact-unread", "device-contact-open"].map(|key| say.t(key));
    let words = StateWords {
        free: &shut,
        occupied: &shut,
        reserved: &shut,
        overdue: &shut,
        check: &unread,
        out_of_service: &unread,
        open: &open,
    };
    let description = say.t("device-drawing");
    draw(
        &shown,
        &DrawingStyle {
            id: &format!("board-{}-{}", board.bank, board.address),
            variant: Variant::Staff,
            title,
            description: &description,
            words: &words,
        },
    )
}

fn table(board: &BoardView, names: &Names, say: Say) -> Markup {
    let heads = ["device-head-lock", "device-head-contact", "device-head-door", "device-head-says"];
    let heads = heads.map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = |line: &ChannelLine| {
        let door = &line.door;
        vec![
            html! { (line.lock) },
            html! { div { (line.contact) @if line.reversed { " " (listing::tag(Tone::Plain, &say.t("device-reversed"))) } } },
            html! { div {
                a href={ "/staff/compartments/" (door.id) } { (door.compartment.spec.label) }
                @if !line.is_sure { " " (listing::tag(Tone::Warning, &say.t("device-unproven"))) }
            } },
            html! { (closure_words(door.compartment.closure, names, say)) },
        ]
    };
    let rows: Vec<_> = board.channels.iter().map(row).collect();
    listing::table(&say.t("device-channels"), &heads, &rows)
}

async fn view(desk: &Desk, number: usize) -> Result<BusView, Fault> {
    let (say, seen) = (desk.say, Seen::now(desk).await?);
    let at = number.checked_sub(1).and_then(|at| seen.known.buses.get(at));
    let bus = at.cloned().ok_or(Refusal::NotFound)?;
    let wanted: Vec<(u8, BankId)> = bus.boards.iter().map(|(address, (_, bank))| (*address, *bank)).collect();
    let channels = desk
        .read(move |site, _| {
            wanted.into_iter().map(|(board, bank)| channels(site, bank, board)).collect::<Vec<_>>()
        })
        .await?;
    let boards = bus.boards.iter().zip(channels).map(|((address, (profile, bank)), channels)| {
        let sight = bus.board(*address);
        let answered = seen.when(sight.answered, say);
        BoardView { address: *address, profile: profile.clone(), bank: *bank, sight, answered, channels }
    });
    let boards: Vec<BoardView> = boards.collect();
    let line = bus.health.line.look();
    let exchanges = desk.may_install().is_ok().then(|| format!("/staff/devices/buses/{number}/exchanges"));
    Ok(BusView { name: bus.name, place: bus.line, line, boards, exchanges, names: seen.names })
}

/// `GET /staff/devices/buses/{n}`
pub async fn page(desk: Desk, Path(number): Path<usize>) -> Result<Markup, Fault> {
    let view = view(&desk, number).await?;
    let stream = format!("/staff/devices/buses/{number}/live");
    Ok(desk.live(Section::Devices, &view.name, &stream, content(&view, desk.say)))
}

/// `GET /staff/devices/buses/{n}/live`
pub async fn stream(
    desk: Desk,
    State(app): State<App>,
    Path(number): Path<usize>,
    headers: HeaderMap,
) -> impl IntoResponse {
    crate::web::staff::live_stream(app, desk, headers, move |desk| async move {
        view(&desk, number).await.ok().map(|view| content(&view, desk.say))
    })
}
