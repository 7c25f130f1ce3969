//! What somebody put down without scanning: the pictures, and for each parcel whose it is.
//!
//! Owns: `/staff/drops/{id}`. Never: takes a recipient itself; [`super::adopting`] does.

use axum::extract::Path;
use maud::{Markup, html};
use vestibule_core::{DropId, PersonId, Site, Timestamp};

use super::super::banks::compartment::{ParcelLine, parcel_link};
use super::super::banks::line;
use super::super::blocks::{back, unfold};
use super::super::desk::guessed::{self, For};
use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted};
use super::super::say::Say;
use super::super::times;
use super::adopting::{self, Draft, FoundAt};
use super::photos;
use crate::evidence::photos::Photo;
use crate::look::message::NoticeKind;
use crate::look::{listing, message};
use crate::web::problem::Fault;

/// A drop that is not sorted.
#[derive(Debug, Clone)]
pub struct DropView {
    /// Which.
    pub drop: DropId,
    /// Its parcels nobody has said anything of.
    pub unsorted: Vec<ParcelLine>,
    /// When it was put down.
    pub since: Timestamp,
    /// Who says that one of them is theirs.
    pub asked: Vec<PersonId>,
    /// Its photos, oldest first.
    pub photos: Vec<Photo>,
    /// Names.
    pub names: Names,
}

/// The page.
pub fn content(view: Option<&DropView>, say: Say, csrf: &str) -> Markup {
    let Some(view) = view else {
        return html! {
            (back("/staff", &say.t("staff-needs-title")))
            (message::empty(&say.t("staff-drop-sorted"), &say.t("staff-drop-sorted-text"), None))
        };
    };
    let names = &view.names;
    let since = times::moment(say, view.since, (&names.zone, names.now));
    let lead = say.with("staff-drop-lead", &[("n", view.unsorted.len().into()), ("when", since.into())]);
    html! {
        (back("/staff", &say.t("staff-needs-title")))
        (listing::page_title(&say.t("staff-drop-title"), Some(&lead), html! {}))
        @if view.photos.is_empty() { p class="hint" { (say.t("staff-drop-no-photo")) } }
        @else { (listing::section(&say.t("staff-photos"), photos::strip(&view.photos, names, say))) }
        @for person in &view.asked { (message::notice_banner(NoticeKind::Info, &asked_words(*person, names, say))) }
        ul class="plain-list" { @for parcel in &view.unsorted { li { (listing::card(one(parcel, view, (say, csrf)))) } } }
    }
}

fn asked_words(person: PersonId, names: &Names, say: Say) -> String {
    let unit = names.people.get(&person).map(|known| names.unit(say, known.unit)).unwrap_or_default();
    say.with("staff-drop-asked", &[("who", names.person(say, person).into()), ("unit", unit.into())])
}

/// Who says that one is theirs is offered; staff say yes once they saw the label.
fn one(parcel: &ParcelLine, view: &DropView, (say, csrf): (Say, &str)) -> Markup {
    let names = &view.names;
    let offer = |person: &PersonId| {
        let one = For { unit: names.people.get(person)?.unit, person: Some(*person) };
        Some((one.value(), guessed::words(one, names, say)))
    };
    let parcel_of = Some((parcel.id, Some(parcel.custodian)));
    let offered = view.asked.iter().filter_map(offer).collect();
    let draft = Draft { parcel: parcel_of, offered, ..Draft::default() };
    html! {
        p { (parcel_link(parcel, names, say)) }
        (unfold(&say.t("staff-drop-whose"), adopting::form(FoundAt::Drop(view.drop), &draft, (names, say), csrf)))
    }
}

/// `GET /staff/drops/{id}`
pub async fn page(desk: Desk, Path(id): Path<DropId>) -> Result<Markup, Fault> {
    let look = move |site: &Site, _| {
        let drop = site.drops.open.get(&id)?;
        let unsorted: Vec<_> = drop.unsorted.iter().filter_map(|parcel| line(site, *parcel)).collect();
        Some((unsorted, drop.since, drop.asked.iter().copied().collect::<Vec<_>>()))
    };
    let title = desk.say.t("staff-drop-title");
    let Some((unsorted, since, asked)) = desk.read(look).await? else {
        return Ok(desk.page(Section::Needs, &title, content(None, desk.say, &desk.csrf)));
    };
    // Every photo of a drop shows all of it.
    let photos = match unsorted.first().map(|line| line.id) {
        Some(first) => desk.query(move |tables| photos::of_parcel(tables, first)).await?,
        None => Vec::new(),
    };
    let mut wanted = Wanted::default();
    photos::wanted(&photos, &mut wanted);
    wanted.people.extend(&asked);
    let view = DropView { drop: id, unsorted, since, asked, photos, names: desk.names(wanted).await? };
    Ok(desk.page(Section::Needs, &title, content(Some(&view), desk.say, &desk.csrf)))
}
