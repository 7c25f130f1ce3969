//! Shelves: how full each is, what lies on it, what it takes.
//!
//! Owns: `/staff/shelves`. Never: names a shelf (the settings do), nor moves a parcel (its own page does).

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::BTreeMap;
use vestibule_core::custody::Custodian;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::shelf::{ShelfLimits, parcels_on};
use vestibule_core::{Command, Refusal, ShelfId, Site};

use super::super::blocks::back;
use super::super::classes;
use super::super::desk_page::{Act, Desk, Fields, Section};
use super::super::names::{self, Names, Wanted};
use super::super::say::Say;
use super::super::story::size_word;
use super::super::times;
use super::compartment::ParcelLine;
use super::line;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_primary, button_secondary, message};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

const SHELVES: &str = "/staff/shelves";

/// A shelf in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfLine {
    /// Which.
    pub id: ShelfId,
    /// What is written on it.
    pub label: String,
    /// What it takes, if somebody said so.
    pub limits: Option<ShelfLimits>,
    /// The class of parcels it is kept for.
    pub kept_for: Option<ParcelClass>,
    /// Parcels on it or on their way.
    pub parcels: usize,
}

impl ShelfLine {
    pub(super) fn of_site(site: &Site, id: ShelfId) -> Option<Self> {
        let label = site.layout.shelves.get(&id)?.clone();
        let limits = site.layout.shelf_limits.get(&id).cloned();
        let kept_for = site.layout.shelf_classes.get(&id).copied();
        Some(Self { id, label, limits, kept_for, parcels: parcels_on(site, id) })
    }

    fn zone(&self) -> &str {
        self.limits.as_ref().map_or("", |limits| &limits.zone)
    }

    pub(super) fn is_full(&self) -> bool {
        let holds = self.limits.as_ref().and_then(|limits| limits.holds);
        holds.is_some_and(|holds| self.parcels >= usize::from(holds))
    }

    /// `4 of 6`, or `4`.
    pub(super) fn filled(&self, say: Say) -> String {
        match self.limits.as_ref().and_then(|limits| limits.holds) {
            Some(holds) => say.with(
                "staff-shelf-filled",
                &[("n", self.parcels.into()), ("all", usize::from(holds).into())],
            ),
            None => say.with("staff-shelf-parcels", &[("n", self.parcels.into())]),
        }
    }
}

/// All shelves, zone by zone.
pub fn list(shelves: &[ShelfLine], say: Say) -> Markup {
    let mut zones: BTreeMap<&str, Vec<&ShelfLine>> = BTreeMap::new();
    for shelf in shelves {
        zones.entry(shelf.zone()).or_default().push(shelf);
    }
    let elsewhere = say.t("staff-shelf-no-zone");
    html! {
        @for (zone, shelves) in zones {
            (listing::section(if zone.is_empty() { &elsewhere } else { zone }, html! {
                ul class="plain-list" { @for shelf in shelves { li { (listing::card(row(shelf, say))) } } }
            }))
        }
        @if shelves.is_empty() {
            (message::empty(&say.t("staff-shelves-none-title"), &say.t("staff-shelves-hint"),
                Some(button_secondary(&say.t("staff-settings-shelves"), Press::Follow("/staff/settings")))))
        }
    }
}

fn row(shelf: &ShelfLine, say: Say) -> Markup {
    let tone = if shelf.is_full() { Tone::Warning } else { Tone::Plain };
    html! {
        p {
            a href={ (SHELVES) "/" (shelf.id) } { strong { (shelf.label) } } " "
            (listing::tag(tone, &shelf.filled(say)))
            @if let Some(class) = shelf.kept_for { " " (listing::tag(Tone::Accent, &classes::name(class, say))) }
        }
        @if let Some(limits) = &shelf.limits { p class="hint" { (takes(limits, say)) } }
    }
}

/// What a shelf takes, in words.
fn takes(limits: &ShelfLimits, say: Say) -> String {
    let key = if limits.floor { "staff-shelf-floor" } else { "staff-shelf-largest" };
    say.with(key, &[("size", size_word(limits.largest).into())])
}

/// `GET /staff/shelves`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let say = desk.say;
    let shelves = desk.read(|site, _| {
        site.layout.shelves.keys().filter_map(|id| ShelfLine::of_site(site, *id)).collect::<Vec<_>>()
    });
    let shelves = shelves.await?;
    let content = html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        (listing::page_title(&say.t("staff-settings-shelves"), Some(&say.t("staff-shelves-lead")),
            button_secondary(&say.t("staff-rooms-title"), Press::Follow("/staff/rooms"))))
        (list(&shelves, say))
    };
    Ok(desk.page(Section::Banks, &say.t("staff-settings-shelves"), content))
}

/// One shelf with what lies on it.
#[derive(Debug, Clone)]
pub struct ShelfView {
    /// The shelf.
    pub shelf: ShelfLine,
    /// What lies on it.
    pub parcels: Vec<ParcelLine>,
    /// Whether whoever looks may say what it takes.
    pub may_describe: bool,
    /// Names.
    pub names: Names,
}

/// Everything on its page.
pub fn content(view: &ShelfView, say: Say, csrf: &str) -> Markup {
    let ShelfView { shelf, .. } = view;
    let lead = shelf.limits.as_ref().map(|limits| takes(limits, say));
    html! {
        (back(SHELVES, &say.t("staff-settings-shelves")))
        (listing::page_title(&shelf.label, lead.as_deref(), listing::tag(Tone::Plain, &shelf.filled(say))))
        @if view.parcels.is_empty() { p { (say.t("staff-shelf-empty")) } } @else { (parcels(view, say)) }
        @if view.may_describe {
            (listing::section(&say.t("staff-shelf-takes"), listing::card(describe(shelf, say, csrf))))
            (listing::section(&say.t("staff-kept-for"), listing::card(html! {
                p class="hint" { (say.t("staff-keep-for-hint")) }
                (classes::choose(&format!("{SHELVES}/{}/class", shelf.id), csrf, (&say.t("staff-kept-for"), shelf.kept_for), &classes::on_a_shelf(), say))
            })))
        }
    }
}

fn parcels(view: &ShelfView, say: Say) -> Markup {
    let heads = ["parcel", "unit", "carrier", "since"].map(|key| say.t(&format!("staff-head-{key}")));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let names = &view.names;
    let row = |line: &ParcelLine| {
        vec![
            html! { a href={ "/staff/parcels/" (line.id) } { (names::parcel(say, line.id)) } },
            html! { @if let Some(unit) = line.unit { (names.unit_label(unit)) } },
            html! { (names.carrier(say, line.carrier)) },
            html! { (times::moment(say, line.since, (&names.zone, names.now))) },
        ]
    };
    let rows: Vec<_> = view.parcels.iter().map(row).collect();
    listing::table(&say.t("staff-shelf-inside"), &heads, &rows)
}

fn describe(shelf: &ShelfLine, say: Say, csrf: &str) -> Markup {
    let limits = shelf.limits.as_ref();
    let sizes: Vec<(&str, &str)> =
        Size::ALL.iter().map(|size| (size_word(*size), size_word(*size))).collect();
    let largest = size_word(limits.map_or(Size::XL, |limits| limits.largest));
    let number = |of: Option<String>| of.unwrap_or_default();
    let holds = number(limits.and_then(|limits| limits.holds).map(|n| n.to_string()));
    let height = number(limits.and_then(|limits| limits.height_mm).map(|n| n.to_string()));
    let field = |name, key: &str, hint: &str, (kind, value)| {
        form::field(&Field::new(name, &say.t(key), kind).value(value).hint(&say.t(hint)))
    };
    let fields = html! {
        (field("zone", "staff-shelf-zone", "staff-shelf-zone-hint", (FieldKind::Text, shelf.zone())))
        (form::select("largest", &say.t("staff-shelf-largest-label"), largest, &sizes))
        (field("holds", "staff-shelf-holds", "staff-shelf-holds-hint", (FieldKind::Number, holds.as_str())))
        (field("height_mm", "staff-shelf-height", "staff-shelf-height-hint", (FieldKind::Number, height.as_str())))
        (form::checkbox("floor", &say.t("staff-shelf-floor-label"), limits.is_some_and(|limits| limits.floor)))
        (button_primary(&say.t("staff-save"), Press::Submit))
    };
    form::form(&format!("{SHELVES}/{}", shelf.id), csrf, fields)
}

/// `GET /staff/shelves/{id}`
pub async fn one(desk: Desk, Path(id): Path<ShelfId>) -> Result<Markup, Fault> {
    let look = move |site: &Site, _| {
        let here = site.custody.parcels.iter().filter(|(_, parcel)| parcel.custodian == Custodian::Shelf(id));
        let parcels: Vec<_> = here.filter_map(|(parcel, _)| line(site, *parcel)).collect();
        Some((ShelfLine::of_site(site, id)?, parcels))
    };
    let (shelf, parcels) = desk.read(look).await?.ok_or(Refusal::NotFound)?;
    let mut wanted = Wanted::default();
    wanted.units.extend(parcels.iter().filter_map(|line| line.unit));
    let (names, may_describe) = (desk.names(wanted).await?, desk.may_install().is_ok());
    let title = shelf.label.clone();
    let view = ShelfView { shelf, parcels, may_describe, names };
    Ok(desk.page(Section::Banks, &title, content(&view, desk.say, &desk.csrf)))
}

/// `POST /staff/shelves/{id}`
pub async fn save(
    desk: Desk,
    Path(shelf): Path<ShelfId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let limits = limits_from(&Fields(fields), desk.say)?;
    desk.act(Act::new(Command::DescribeShelf { shelf, limits }, format!("{SHELVES}/{shelf}"), "saved")).await
}

fn limits_from(fields: &Fields, say: Say) -> Result<ShelfLimits, Refusal> {
    let invalid = |key: &str| Refusal::Invalid { why: say.t(key) };
    let number = |name: &str, key: &str| match fields.some(name) {
        None => Ok(None),
        Some(text) => text.parse::<u32>().map(Some).map_err(|_| invalid(key)),
    };
    let largest = Size::ALL.into_iter().find(|size| size_word(*size) == fields.get("largest"));
    let holds = number("holds", "staff-shelf-holds-hint")?;
    Ok(ShelfLimits {
        zone: fields.get("zone").to_owned(),
        largest: largest.ok_or_else(|| invalid("staff-invalid-size"))?,
        floor: fields.ticked("floor"),
        holds: holds.map(u16::try_from).transpose().map_err(|_| invalid("staff-shelf-holds-hint"))?,
        height_mm: number("height_mm", "staff-shelf-height-hint")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    fn limits(zone: &str, holds: Option<u16>) -> Option<ShelfLimits> {
        let (zone, largest) = (zone.to_owned(), Size::M);
        Some(ShelfLimits { zone, largest, floor: false, holds, height_mm: None })
    }

    fn shelf(id: u32, label: &str, limits: Option<ShelfLimits>) -> ShelfLine {
        ShelfLine { id: ShelfId(id), label: label.to_owned(), limits, kept_for: None, parcels: 2 }
    }

    #[test]
    fn shelves_stand_in_their_zones_and_say_how_full_they_are() {
        let shelves = [
            shelf(1, "A1", limits("Room", Some(2))),
            shelf(2, "<b>", None),
            shelf(3, "A2", limits("Room", None)),
        ];
        let page = list(&shelves, Say::new(Language::En)).into_string();
        assert_eq!(page.matches("Room</h2>").count(), 1, "{page}");
        assert!(
            page.contains("2 of 2") && page.contains("2 parcels") && page.contains("&lt;b&gt;"),
            "{page}"
        );
        let nothing = list(&[], Say::new(Language::En)).into_string();
        assert!(nothing.contains("/staff/settings"), "{nothing}");
    }

    #[test]
    fn a_number_that_is_none_is_refused_in_words() {
        let say = Say::new(Language::En);
        let read = |pairs: &[(&str, &str)]| {
            let written = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            limits_from(&Fields(written.collect()), say)
        };
        let right = read(&[("zone", "Room"), ("largest", "L"), ("holds", ""), ("height_mm", "900")]).unwrap();
        assert_eq!((right.largest, right.holds, right.height_mm), (Size::L, None, Some(900)));
        for wrong in [("holds", "70000"), ("holds", "many"), ("height_mm", "-1"), ("largest", "huge")] {
            let pairs = [("zone", "Room"), ("largest", "L"), wrong];
            let last = if wrong.0 == "largest" { &pairs[2..] } else { &pairs[..] };
            assert!(matches!(read(last), Err(Refusal::Invalid { .. })), "{wrong:?}");
        }
    }
}
