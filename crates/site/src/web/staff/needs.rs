//! What needs me: the open tasks, most urgent first.
//!
//! Owns: `/staff`, and the small acts that finish a task. Never: hides a task; only facts and staff end them.

pub mod getting_ready;
pub mod tasks;
pub mod tell;

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use vestibule_core::site::reached::Reached;
use vestibule_core::task::TaskKind;
use vestibule_core::time::start_of_day;
use vestibule_core::vocabulary::command::Bell;
use vestibule_core::{Command, PersonId, RingId, Site, TaskId, Timestamp};

use super::banks::drawn::Wall;
use super::desk_page::{Act, Desk, Section, done};
use super::names::{Names, Wanted};
use super::say::Say;
use super::times;
use crate::look::listing::{self, Task};
use crate::look::{Post, Press, button_quiet, button_secondary, message};
use crate::web::App;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;
use getting_ready::Ready;
use tasks::{Action, OpenTask};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Needs {
    /// Open tasks in any order.
    pub tasks: Vec<OpenTask>,
    /// How many parcels wait for each person a task names.
    pub waiting: BTreeMap<PersonId, usize>,
    /// Figures of today.
    pub today: Today,
    /// What is left before the first parcel; None: not for this reader.
    pub ready: Option<Ready>,
    /// Names.
    pub names: Names,
}

/// A day in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Today {
    /// Put in a place today.
    pub delivered: usize,
    /// Collected today.
    pub collected: usize,
    /// Waiting now.
    pub waiting: usize,
    /// Compartments that could take a parcel.
    pub free: usize,
}

/// The whole content of the page; what the live stream sends again.
pub fn content(view: &Needs, say: Say, csrf: &str) -> Markup {
    let card = view.ready.as_ref().and_then(|ready| getting_ready::card(ready, say, csrf));
    let lead = say.with("staff-needs-lead", &[("n", view.tasks.len().into())]);
    html! {
        (listing::page_title(&say.t("staff-needs-title"), Some(&lead), html! {}))
        @if view.tasks.is_empty() && card.is_none() {
            (message::done(&say.t("staff-needs-empty-title"), &say.t("staff-needs-empty"), None))
        } @else if !view.tasks.is_empty() {
            (list(view, say, csrf))
        }
        @if let Some(card) = card { (card) }
        (today(&view.today, say))
    }
}

fn today(today: &Today, say: Say) -> Markup {
    let figures = [
        (today.delivered, "staff-today-delivered"),
        (today.collected, "staff-today-collected"),
        (today.waiting, "staff-today-waiting"),
        (today.free, "staff-today-free"),
    ];
    let figures: Vec<(String, String)> =
        figures.iter().map(|(n, key)| (n.to_string(), say.with(key, &[("n", (*n).into())]))).collect();
    let shown: Vec<(&str, &str)> = figures.iter().map(|(n, what)| (n.as_str(), what.as_str())).collect();
    listing::section(&say.t("staff-today"), listing::figures(&shown))
}

struct Row {
    title: String,
    detail: String,
    age: String,
    actions: Markup,
}

fn list(view: &Needs, say: Say, csrf: &str) -> Markup {
    let mut open: Vec<&OpenTask> = view.tasks.iter().collect();
    open.sort_by_key(|task| (tasks::urgency(&task.what), task.raised, task.id));
    let rows: Vec<Row> = open.iter().map(|task| row(task, view, say, csrf)).collect();
    let shown: Vec<Task<'_>> = open
        .iter()
        .zip(&rows)
        .map(|(task, row)| {
            let (icon, tone) = tasks::weight(&task.what);
            let (title, detail, age) = (row.title.as_str(), row.detail.as_str(), row.age.as_str());
            Task { icon, tone, title, detail, age, actions: row.actions.clone() }
        })
        .collect();
    listing::tasks(&shown)
}

fn row(task: &OpenTask, view: &Needs, say: Say, csrf: &str) -> Row {
    let (title, detail) = tasks::words(&task.what, &view.names, say);
    let waiting = waiting_words(task, view, say);
    let detail = if waiting.is_empty() { detail } else { format!("{detail} {waiting}") };
    Row { title, detail, age: age(task.raised, view.names.now, say), actions: actions(task, say, csrf) }
}

fn waiting_words(task: &OpenTask, view: &Needs, say: Say) -> String {
    let (TaskKind::Tell { person } | TaskKind::BadAddress { person }) = &task.what else {
        return String::new();
    };
    let count = view.waiting.get(person).copied().unwrap_or_default();
    if count == 0 { String::new() } else { say.with("staff-waits-for-them", &[("n", count.into())]) }
}

fn age(raised: Timestamp, now: Timestamp, say: Say) -> String {
    times::age(say, now - raised)
}

fn actions(task: &OpenTask, say: Say, csrf: &str) -> Markup {
    let label = tasks::action_words(&task.what, say);
    let done = format!("/staff/tasks/{}/done", task.id);
    html! {
        @match tasks::action(task) {
            Action::Go(url) => (button_secondary(&label, Press::Follow(&url))),
            Action::Do(url) => (button_secondary(&label, Press::Post(&Post::page(&url, csrf)))),
        }
        @if let TaskKind::Ringing { point, bell: Bell::AtDoor, .. } = &task.what {
            (button_quiet(&say.t("staff-ring-look"), Press::Follow(&format!("/staff/doors/{point}"))))
        }
        @if tasks::may_be_ticked(task) {
            (button_quiet(&say.t("staff-task-tick"), Press::Post(&Post::page(&done, csrf))))
        }
    }
}

type Read = (Vec<OpenTask>, Wanted, BTreeMap<PersonId, usize>, Today, Ready);

fn read(site: &Site, reached: Reached) -> Read {
    let task = |(id, task): (&TaskId, &vestibule_core::task::Task)| OpenTask {
        id: *id,
        what: task.what.clone(),
        raised: task.raised,
        may_be_ended: site.may_be_ended(&task.what),
    };
    let open: Vec<OpenTask> = site.tasks.open.iter().map(task).collect();
    let mut wanted = Wanted::default();
    open.iter().for_each(|task| tasks::wanted(&task.what, &mut wanted));
    let waiting = wanted.people.iter().map(|person| (*person, site.custody.waiting_for(*person).count()));
    let waiting = waiting.collect();
    let free = Wall::all(site).iter().map(Wall::free).sum();
    let waits = site.custody.parcels.values().filter(|parcel| parcel.custodian.is_waiting_place()).count();
    let today = Today { waiting: waits, free, ..Today::default() };
    (open, wanted, waiting, today, Ready::of(site, reached))
}

/// Parcels put in a place and collected since the building's midnight.
fn counted(tables: &rusqlite::Connection, midnight: Timestamp) -> rusqlite::Result<(usize, usize)> {
    let count = |sql: &str| tables.prepare_cached(sql)?.query_row([midnight.0], |row| row.get::<_, i64>(0));
    let delivered =
        count("SELECT count(*) FROM parcel WHERE registered_at >= ?1 AND arrived_at IS NOT NULL")?;
    let collected = count("SELECT count(*) FROM parcel WHERE ended_at >= ?1 AND custodian = 'recipient'")?;
    Ok((usize::try_from(delivered).unwrap_or(0), usize::try_from(collected).unwrap_or(0)))
}

async fn view(desk: &Desk) -> Result<Needs, Fault> {
    let reached = desk.reached();
    let (open, wanted, waiting, mut today, ready) = desk.read(move |site, _| read(site, reached)).await?;
    let names = desk.names(wanted).await?;
    let midnight = start_of_day(names.now, &names.zone);
    (today.delivered, today.collected) = desk.query(move |tables| counted(tables, midnight)).await?;
    // As of now, and not as of when a live page began.
    let ready = Some(ready).filter(|_| desk.sees_getting_ready());
    Ok(Needs { tasks: open, waiting, today, ready, names })
}

/// `GET /staff`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let view = view(&desk).await?;
    let title = desk.say.t("staff-needs-title");
    Ok(desk.live(Section::Needs, &title, "/staff/live", content(&view, desk.say, &desk.csrf)))
}

/// `GET /staff/live`
pub async fn stream(desk: Desk, State(app): State<App>, headers: HeaderMap) -> impl IntoResponse {
    super::live_stream(app, desk, headers, |desk| async move {
        view(&desk).await.ok().map(|view| content(&view, desk.say, &desk.csrf))
    })
}

/// `POST /staff/tasks/{id}/done`
pub async fn task_done(
    desk: Desk,
    Path(task): Path<TaskId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.act(Act::new(Command::CompleteTask { task }, "/staff", "task-done")).await
}

/// `POST /staff/rings/{id}/let-in`: yes to who asks at a door, once.
pub async fn let_in(
    desk: Desk,
    Path(ring): Path<RingId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let command = Command::AnswerEntry { ring, let_in: true, link: None };
    desk.act(Act::new(command, "/staff", "let-in")).await
}

/// `POST /staff/rings/{id}/refuse`: no to who asks at a door.
pub async fn refuse(
    desk: Desk,
    Path(ring): Path<RingId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    let command = Command::AnswerEntry { ring, let_in: false, link: None };
    desk.act(Act::new(command, "/staff", "ring-refused")).await
}

/// `POST /staff/lift-pauses`
pub async fn lift_pauses(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.act(Act::new(Command::LiftPauses, "/staff", "pauses-lifted")).await
}

/// `POST /staff/confirm-clock`
pub async fn confirm_clock(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.app.site.confirm_clock().await?;
    let clock = desk.read(|site, _| site.tasks.find(&TaskKind::Clock)).await?;
    if let Some(task) = clock {
        desk.ask(Command::CompleteTask { task }).await?;
    }
    Ok(done("/staff", "clock-confirmed"))
}
