//! One parcel: where it is, what can be done, what happened, who was told.
//!
//! Owns: the page's content. Never: offers an act the parcel's custody does not allow.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rusqlite::OptionalExtension;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::custody::{Custodian, Parcel};
use vestibule_core::evidence::Held;
use vestibule_core::opening::OpeningPurpose;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::{CarrierId, CompartmentId, EntryId, Event, ParcelId, Refusal, ShelfId, Site, Timestamp};

use super::super::banks::compartment::{Note, notes_list};
use super::super::banks::drawn::{OwnedStateWords, Wall, drawing};
use super::super::blocks::{ask_and_post, ask_first, back, reason_fields, unfold};
use super::super::classes;
use super::super::desk::reading::camera_words;
use super::super::desk_page::{Desk, Section, live};
use super::super::doors::entries::{self, EntryLine};
use super::super::history::{self, PAST, PastParcel, TellingEnd, Told, past};
use super::super::names::{Names, parcel as parcel_n};
use super::super::say::Say;
use super::super::story::{self, Recorded};
use super::super::times;
use super::evidence;
use super::holds::{self, Standing};
use super::photos;
use crate::directory::intake::record::{self, Evidence};
use crate::drawing::{DrawingStyle, Variant, draw};
use crate::evidence::photos::Photo;
use crate::look::camera::{Begins, camera, camera_key, camera_script};
use crate::look::entry;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_danger, button_primary, button_quiet, button_secondary};
use crate::web::App;
use crate::web::problem::Fault;
use crate::web::security::with_camera;

const STORY_MOST: u32 = 200;

/// All the page shows.
#[derive(Debug, Clone)]
pub struct ParcelView {
    /// As the table of all parcels knows it.
    pub parcel: PastParcel,
    /// As the rules know it, while it is live.
    pub live: Option<Parcel>,
    /// Until when it is kept, while it waits.
    pub kept_until: Option<Timestamp>,
    /// The door being opened for it now, with its bank.
    pub door: Option<(CompartmentId, Wall)>,
    /// Whether its photos are held.
    pub standing: Standing,
    /// What happened.
    pub story: Vec<Recorded>,
    /// Who was told.
    pub told: Vec<Told>,
    /// Staff's words.
    pub notes: Vec<Note>,
    /// What its label said and how its recipient was found, while that is kept.
    pub evidence: Option<Evidence>,
    /// Its photos, oldest first.
    pub photos: Vec<Photo>,
    /// While it is missing: entries that may have gone off with it.
    pub went_in: Vec<EntryLine>,
    /// Shelves to choose from.
    pub shelves: Vec<(ShelfId, String)>,
    /// Companies to choose from.
    pub carriers: Vec<(CarrierId, String)>,
    /// Names.
    pub names: Names,
    /// For the camera's script.
    pub nonce: String,
}

/// The part that changes by itself: where it is, big, and the door that is meant.
pub fn state(view: &ParcelView, say: Say) -> Markup {
    let line = &view.parcel.line;
    let (tone, key) = super::state(&view.parcel);
    let since = say.with(
        "staff-since",
        &[("when", times::moment(say, line.since, (&view.names.zone, view.names.now)).into())],
    );
    html! {
        div class="whereabouts" {
            p class="whereabouts-place" { (view.names.custodian(say, line.custodian)) }
            p { (listing::tag(tone, &say.t(key)))
                @if view.live.as_ref().is_some_and(|live| live.overdue) { " " (listing::tag(Tone::Warning, &say.t("staff-is-overdue"))) }
                @if let Some(live) = &view.live { " " (classes::tag(live, say)) } }
            p class="lead" { (since) }
        }
        @if let Some((compartment, wall)) = &view.door { (door(*compartment, wall, view, say)) }
    }
}

fn door(compartment: CompartmentId, wall: &Wall, view: &ParcelView, say: Say) -> Markup {
    let words = OwnedStateWords::new(say);
    let picture = drawing(wall, Some(compartment), &view.names, say);
    let key = match view.parcel.line.custodian {
        Custodian::Staff(_) => "staff-put-it-in",
        _ => "staff-take-it-out",
    };
    let text = say.with(key, &[("door", view.names.door(say, compartment).into())]);
    let words = words.borrowed();
    let style =
        DrawingStyle { id: "door", variant: Variant::Large, title: &text, description: &text, words: &words };
    html! { (message::notice_banner(NoticeKind::Info, &text)) (draw(&picture, &style)) }
}

/// The whole page.
pub fn content(view: &ParcelView, say: Say, csrf: &str) -> Markup {
    let line = &view.parcel.line;
    let unit = line.unit.map_or_else(|| say.t("staff-to-be-assigned"), |unit| view.names.unit(say, unit));
    let at = format!("/staff/parcels/{}", line.id);
    html! {
        (back("/staff/parcels", &say.t("staff-parcels-title")))
        (listing::page_title(&parcel_n(say, line.id), Some(&super::super::names::capital(&unit)), html! {
            (button_quiet(&say.t("staff-parcel-label"), Press::Follow(&format!("{at}/label"))))
        }))
        (live(&format!("{at}/live"), state(view, say)))
        @if !view.went_in.is_empty() { (listing::section(&say.t("staff-went-in-since"), went_in(view, say))) }
        (listing::section(&say.t("staff-what-you-can-do"), acts(view, say, (&at, csrf))))
        (listing::card(facts(view, say)))
        @if let Some(evidence) = &view.evidence { (listing::section(&say.t("staff-evidence"), evidence::content(evidence, &view.names, say))) }
        @if !view.photos.is_empty() { (listing::section(&say.t("staff-photos"), photos::strip(&view.photos, &view.names, say))) }
        @if !view.told.is_empty() { (listing::section(&say.t("staff-who-was-told"), told(&view.told, &view.names, say))) }
        @if !view.notes.is_empty() { (listing::section(&say.t("staff-notes"), notes_list(&view.notes, &view.names, say))) }
        (listing::section(&say.t("staff-what-happened"), story::story(&view.story, &view.names, say)))
        (holds::section(&view.standing, false, (&view.names, say, csrf)))
        (listing::section(&say.t("staff-pack"), html! {
            p class="hint" { (say.t("staff-pack-text")) }
            div class="button-row" {
                (button_secondary(&say.t("staff-pack-get"), Press::Follow(&format!("{at}/evidence.zip"))))
                (button_secondary(&say.t("staff-incident-title"), Press::Follow(&format!("/staff/incident?parcel={}", line.id))))
            }
        }))
    }
}

/// Whoever may have carried it out: the photos of their entries are there.
fn went_in(view: &ParcelView, say: Say) -> Markup {
    html! {
        ul class="plain-list went-in" { @for entry in &view.went_in { li { (entries::link(entry, &view.names, say)) } } }
        p class="hint" { (say.t("staff-went-in-since-text")) }
    }
}

/// The entries that are said to have gone off with it since it was last moved.
fn suspects(story: &[Recorded], id: ParcelId) -> Vec<EntryId> {
    let moves = |recorded: &Recorded| matches!(recorded.event, Event::CustodyTransferred { parcel, .. } if parcel == id);
    let moved = story.iter().filter(|recorded| moves(recorded)).map(|recorded| recorded.seq).max();
    let since = story.iter().filter(|recorded| Some(recorded.seq) > moved);
    let suspects = since.filter_map(|recorded| match recorded.event {
        Event::EntrySuspected { entry, parcel: Some(_), .. } => Some(entry),
        _ => None,
    });
    suspects.collect()
}

fn facts(view: &ParcelView, say: Say) -> Markup {
    let (parcel, names) = (&view.parcel, &view.names);
    let when = |at| times::moment(say, at, (&names.zone, names.now));
    let none = say.t("staff-none");
    let entitled: Vec<String> = view
        .live
        .iter()
        .filter_map(|live| live.entitlement.as_ref())
        .flat_map(|e| e.persons.iter().map(|person| names.person(say, *person)))
        .collect();
    let size = view.live.as_ref().map_or_else(String::new, |live| {
        let heavy = if live.heavy { say.t("staff-heavy-mark") } else { String::new() };
        format!("{} {heavy}", story::size_word(live.size)).trim().to_owned()
    });
    let mut list = vec![
        (say.t("staff-fact-carrier"), names.carrier(say, parcel.line.carrier)),
        (say.t("staff-fact-tracking"), parcel.tracking.clone().unwrap_or_else(|| none.clone())),
        (say.t("staff-fact-addressed"), parcel.addressed_to.clone().unwrap_or_else(|| none.clone())),
        (say.t("staff-fact-registered"), when(parcel.registered)),
    ];
    if !entitled.is_empty() {
        list.push((say.t("staff-fact-entitled"), entitled.join(", ")));
    }
    if !size.is_empty() {
        list.push((say.t("staff-fact-size"), size));
    }
    if let Some(until) = view.kept_until {
        list.push((say.t("staff-fact-kept-until"), when(until)));
    }
    let shown: Vec<(&str, Markup)> =
        list.iter().map(|(name, value)| (name.as_str(), html! { (value) })).collect();
    listing::facts(&shown)
}

/// Who was told of what, and how that went.
pub(in crate::web::staff) fn told(list: &[Told], names: &Names, say: Say) -> Markup {
    let heads = ["who", "what", "when", "how-it-went"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = list.iter().map(|told| told_row(told, names, say)).collect();
    listing::table(&say.t("staff-who-was-told"), &heads, &rows)
}

fn told_row(told: &Told, names: &Names, say: Say) -> Vec<Markup> {
    let when = |at| times::moment(say, at, (&names.zone, names.now));
    let tone = match told.end() {
        TellingEnd::HandedOver(_) => Tone::Good,
        TellingEnd::NoChannel | TellingEnd::Late => Tone::Warning,
        TellingEnd::AddressRefused => Tone::Danger,
        TellingEnd::UnderWay => Tone::Plain,
    };
    let went = listing::tag(tone, &told.end_in_words(say, when));
    vec![
        html! { a href={ "/staff/people/" (told.person) } { (names.person(say, told.person)) } },
        html! { (say.t(&format!("staff-notice-{}", story::notice_word(told.what)))) },
        html! { (when(told.requested)) },
        went,
    ]
}

fn acts(view: &ParcelView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let custodian = view.live.as_ref().map_or(view.parcel.line.custodian, |live| live.custodian);
    if view.live.is_none() || custodian.is_final() {
        return html! { p class="hint" { (say.t("staff-nothing-more")) } };
    }
    let accept_url = format!("{at}/accept");
    let turned_up_url = format!("{at}/turned-up");
    let accept = |key: &str, url: &str| button_primary(&say.t(key), Press::Post(&Post::page(url, csrf)));
    html! {
        div class="asks" {
            @match custodian {
                Custodian::Compartment(_) => (take_out(say, (at, csrf))),
                Custodian::Shelf(_) => {
                    (accept("staff-act-accept", &accept_url))
                    (shelve(view, say, ("staff-shelve-again", at, csrf)))
                    (not_there(say, (at, csrf)))
                }
                Custodian::CommonArea(_) => { (accept("staff-act-accept", &accept_url)) (not_there(say, (at, csrf))) }
                Custodian::Courier(_) => { (accept("staff-act-accept", &accept_url)) (write_off(say, (at, csrf))) }
                Custodian::Missing { .. } => { (accept("staff-act-turned-up", &turned_up_url)) (write_off(say, (at, csrf))) }
                Custodian::Staff(_) => (at_desk(view, say, (at, csrf))),
                Custodian::Recipient(_) | Custodian::Carrier(_) | Custodian::WrittenOff => {}
            }
            @let class = view.live.as_ref().and_then(|live| live.class());
            (unfold(&say.t("staff-act-classify"), classes::choose(&format!("{at}/class"), csrf, (&say.t("staff-class"), class), &ParcelClass::ALL, say)))
            (unfold(&say.t("staff-act-correct"), form::form(&format!("{at}/correct"), csrf, correct(view, say))))
        }
    }
}

fn take_out(say: Say, (at, csrf): (&str, &str)) -> Markup {
    let fields = html! { (reason_fields(say, StaffReason::HelpResident)) (button_danger(&say.t("staff-act-take-out-do"), Press::Submit)) };
    ask_first(
        &say.t("staff-act-take-out"),
        &say.t("staff-act-take-out-question"),
        form::form(&format!("{at}/take-out"), csrf, fields),
    )
}

fn not_there(say: Say, (at, csrf): (&str, &str)) -> Markup {
    let url = format!("{at}/not-there");
    ask_and_post(
        &say.t("staff-act-not-there"),
        &say.t("staff-act-not-there-question"),
        &Post::page(&url, csrf),
    )
}

fn write_off(say: Say, (at, csrf): (&str, &str)) -> Markup {
    let fields = html! { (reason_fields(say, StaffReason::NotFound)) (button_danger(&say.t("staff-act-write-off"), Press::Submit)) };
    ask_first(
        &say.t("staff-act-write-off"),
        &say.t("staff-act-write-off-question"),
        form::form(&format!("{at}/write-off"), csrf, fields),
    )
}

/// Onto a shelf it does not lie on: one whose label is scanned anywhere on the page, read by camera or typed, or one of the list.
fn shelve(view: &ParcelView, say: Say, (key, at, csrf): (&str, &str, &str)) -> Markup {
    let here = view.live.as_ref().map(|live| live.custodian);
    let others = view.shelves.iter().filter(|(id, _)| here != Some(Custodian::Shelf(*id)));
    let shelves: Vec<_> = others.map(|(id, label)| html! { option value=(id) { (label) } }).collect();
    let (url, words) = (format!("{at}/shelve"), camera_words(say));
    let (label, hint) = (say.t("staff-shelve-label"), say.t("staff-shelve-hint"));
    html! {
        @if !shelves.is_empty() {
            p class="hint" { (hint) }
            (entry::scan_target(&Post::page(&url, csrf)))
            (camera_script(&view.nonce, Begins::WhenPressed))
            (unfold(&say.t(key), html! {
                (camera_key(&words))
                (camera(&words, &Post::page(&url, csrf)))
                (form::form(&url, csrf, html! {
                    (form::field(&Field::new("scan", &label, FieldKind::Text).required()))
                    (button_secondary(&say.t("staff-act-shelve-scanned"), Press::Submit))
                }))
                (form::form(&url, csrf, html! {
                    (choice("shelf", &say.t("staff-shelf"), &shelves))
                    (button_secondary(&say.t("staff-act-shelve-do"), Press::Submit))
                }))
            }))
        }
    }
}

fn at_desk(view: &ParcelView, say: Say, (at, csrf): (&str, &str)) -> Markup {
    let place = format!("{at}/place");
    let carriers: Vec<_> =
        view.carriers.iter().map(|(id, name)| html! { option value=(id) { (name) } }).collect();
    html! {
        @if view.door.is_none() { (button_primary(&say.t("staff-act-place"), Press::Post(&Post::page(&place, csrf)))) }
        (button_secondary(&say.t("staff-act-hand-over"), Press::Follow("/staff/desk#hand-over")))
        (shelve(view, say, ("staff-act-shelve", at, csrf)))
        @if !carriers.is_empty() {
            (ask_first(&say.t("staff-act-give-back"), &say.t("staff-act-give-back-question"), form::form(&format!("{at}/give-back"), csrf, html! {
                (choice("carrier", &say.t("staff-fact-carrier"), &carriers))
                (form::select("reason", &say.t("staff-why"), "overdue", &[
                    ("overdue", &say.t("staff-return-overdue")), ("unknown", &say.t("staff-return-unknown")),
                    ("refused", &say.t("staff-return-refused")),
                ]))
                (button_danger(&say.t("staff-act-give-back-do"), Press::Submit))
            })))
        }
        (write_off(say, (at, csrf)))
    }
}

fn choice(name: &str, label: &str, options: &[Markup]) -> Markup {
    html! { div class="field" { label for={ "f-" (name) } { (label) } select id={ "f-" (name) } name=(name) { @for option in options { (option) } } } }
}

fn correct(view: &ParcelView, say: Say) -> Markup {
    let label = view.parcel.line.unit.map(|unit| view.names.unit_label(unit)).unwrap_or_default();
    html! {
        p class="hint" { (say.t("staff-act-correct-hint")) }
        (form::field(&Field::new("unit", &say.t("staff-apartment"), FieldKind::Text).value(&label)))
        (form::field(&Field::new("person", &say.t("staff-correct-person"), FieldKind::Text)))
        (form::checkbox("unknown", &say.t("staff-correct-unknown"), false))
        (button_secondary(&say.t("staff-save"), Press::Submit))
    }
}

/// The parcel's own word for a subject of staff's words.
pub fn subject(id: ParcelId) -> String {
    holds::subject(Held::Parcel(id))
}

async fn view(desk: &Desk, id: ParcelId) -> Result<ParcelView, Fault> {
    let tables = move |tables: &rusqlite::Connection| {
        let sql = format!("{PAST} WHERE p.parcel = ?1");
        let parcel = tables.prepare_cached(&sql)?.query_row([id.0.cast_signed()], past).optional()?;
        let story = history::of_parcel(tables, id, STORY_MOST)?;
        let told = history::told(tables, &story)?;
        let notes = history::notes(tables, &subject(id))?;
        let photos = photos::of_parcel(tables, id)?;
        let went_in =
            suspects(&story, id).into_iter().filter_map(|entry| entries::one_of(tables, entry).transpose());
        let went_in = went_in.collect::<rusqlite::Result<Vec<EntryLine>>>()?;
        Ok((parcel, story, told, notes, (record::of_parcel(tables, id)?, photos, went_in)))
    };
    let (parcel, story, told, notes, (evidence, photos, went_in)) = desk.query(tables).await?;
    let parcel = parcel.ok_or(Refusal::NotFound)?;
    let (live, kept_until, (door, shelves, carriers)) = desk.read(move |site, _| read(site, id)).await?;
    let mut wanted = history::wanted(&story);
    wanted.units.extend(parcel.line.unit);
    wanted.custodian(parcel.line.custodian);
    wanted
        .people
        .extend(live.iter().filter_map(|live| live.entitlement.as_ref()).flat_map(|e| e.persons.clone()));
    evidence::wanted(evidence.as_ref(), &mut wanted);
    photos::wanted(&photos, &mut wanted);
    went_in.iter().for_each(|entry| entry.wanted(&mut wanted));
    let names = desk.names(wanted).await?;
    Ok(ParcelView {
        parcel,
        standing: Standing::of(desk, Held::Parcel(id)).await?,
        live,
        kept_until,
        door,
        story,
        told,
        notes,
        evidence,
        photos,
        went_in,
        shelves,
        carriers,
        names,
        nonce: desk.reader.nonce.to_string(),
    })
}

type Choices = (Option<(CompartmentId, Wall)>, Vec<(ShelfId, String)>, Vec<(CarrierId, String)>);
type Live = (Option<Parcel>, Option<Timestamp>, Choices);

fn read(site: &Site, id: ParcelId) -> Live {
    let of_this = |purpose: &OpeningPurpose| match purpose {
        OpeningPurpose::StaffPlace { parcel, .. } | OpeningPurpose::StaffRemove { parcel, .. } => {
            *parcel == id
        }
        OpeningPurpose::Deposit { .. }
        | OpeningPurpose::FixDeposit { .. }
        | OpeningPurpose::Collect { .. }
        | OpeningPurpose::Reopen { .. }
        | OpeningPurpose::StaffOpen { .. } => false,
    };
    let opening = site.openings.live.values().find(|opening| of_this(&opening.purpose));
    let door = opening.and_then(|opening| {
        let bank = site.compartments.get(opening.compartment)?.bank;
        Some((opening.compartment, Wall::of_site(site, bank)?))
    });
    let shelves = site.layout.shelves.iter().map(|(id, label)| (*id, label.clone())).collect();
    let carriers = site.layout.carriers.iter().map(|(id, name)| (*id, name.clone())).collect();
    (site.custody.get(id).cloned(), site.kept_until(id), (door, shelves, carriers))
}

/// `GET /staff/parcels/{id}`
pub async fn page(desk: Desk, Path(id): Path<ParcelId>) -> Result<Response, Fault> {
    let view = view(&desk, id).await?;
    let page = desk.page(Section::Parcels, &parcel_n(desk.say, id), content(&view, desk.say, &desk.csrf));
    Ok(with_camera(page))
}

/// `GET /staff/parcels/{id}/live`
pub async fn stream(
    desk: Desk,
    State(app): State<App>,
    Path(id): Path<ParcelId>,
    headers: HeaderMap,
) -> impl IntoResponse {
    super::super::live_stream(app, desk, headers, move |desk| async move {
        view(&desk, id).await.ok().map(|view| state(&view, desk.say))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::access::entry::Suspicion;
    use vestibule_core::custody::Assurance;
    use vestibule_core::{Actor, StaffId};

    #[test]
    fn who_may_have_carried_it_out_is_said_until_it_is_somewhere_again() {
        let (id, shelf, missing) =
            (ParcelId(7), Custodian::Shelf(ShelfId(1)), Custodian::Missing { last_known: None });
        let moved = |from, to| {
            let (by, assurance) = (Actor::Staff(StaffId(1)), Assurance::StaffWord);
            Event::CustodyTransferred { parcel: id, from, to, by, assurance, evidence: Vec::new() }
        };
        let suspected = |entry| {
            let (entry, what) = (EntryId(entry), Suspicion::LeftWithMore);
            Event::EntrySuspected { entry, what, parcel: Some(id) }
        };
        let mut events = vec![moved(shelf, missing), suspected(3), suspected(5)];
        let story = |events: &[Event]| -> Vec<Recorded> {
            let numbered = (1..).zip(events);
            numbered.map(|(seq, event)| Recorded { seq, at: Timestamp(0), event: event.clone() }).collect()
        };
        assert_eq!(suspects(&story(&events), id), [EntryId(3), EntryId(5)]);
        events.push(moved(missing, shelf));
        assert_eq!(suspects(&story(&events), id), []);
        events.extend([moved(shelf, missing), suspected(8)]);
        assert_eq!(suspects(&story(&events), id), [EntryId(8)], "another time");
    }
}
