//! Labels to stick on: the numbers of a bank's doors as it is drawn, shelves, one parcel, a door one walks through.
//!
//! Owns: `/staff/banks/{id}/labels`, `/staff/shelves/labels`, `/staff/rooms/{id}/labels`, `/staff/parcels/{id}/label` and
//! `/staff/doors/{id}/label`. Never: a code; a label may be read by anybody.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use rusqlite::OptionalExtension;
use vestibule_core::code::shelf_code::shelf_code;
use vestibule_core::{AccessPointId, BankId, Command, ParcelId, Refusal, RoomId, ShelfId, Site};
use vestibule_devices::printer::{Matter, TextSize};

use super::super::back;
use crate::config::PrinterUse;
use crate::look::message;
use crate::look::{Button, Icon, Press, listing, paper};
use crate::runners::printing::PrintOutcome;
use crate::web::guard::Csrf;
use crate::web::kiosk::door::ringing::address;
use crate::web::problem::Fault;
use crate::web::staff::banks::drawn::{Door, Wall};
use crate::web::staff::desk_page::{Act, Desk, Fields, Section};
use crate::web::staff::history::{PAST, past};
use crate::web::staff::names::{Wanted, parcel as parcel_n};
use crate::web::staff::{printing, times};

/// One label.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Label {
    /// Small, above.
    above: String,
    /// The number or apartment, as large as it goes.
    large: String,
    /// Below, the first line larger than the others.
    below: Vec<String>,
    /// What a scan of it says.
    number: Option<String>,
}

impl Label {
    fn matter(&self) -> Matter {
        let sheet = Matter::new().text(TextSize::Plain, &self.above).text(TextSize::Huge, &self.large);
        let sizes = std::iter::once(TextSize::Tall).chain(std::iter::repeat(TextSize::Plain));
        let sheet = sizes.zip(&self.below).fold(sheet, |sheet, (size, line)| sheet.text(size, line));
        match &self.number {
            Some(number) => sheet.qr(number),
            None => sheet,
        }
    }

    fn markup(&self, scans: &str) -> Markup {
        html! {
            article class="slip" {
                p class="slip-site" { (self.above) }
                p class="slip-to" { (self.large) }
                @for line in &self.below { p { (line) } }
                @if let Some(number) = &self.number { (paper::qr(&vestibule_notices::qr::qr_svg(number), scans)) }
            }
        }
    }
}

/// A page of labels.
struct Labels {
    section: Section,
    title: String,
    /// Where it belongs: address and name.
    home: (String, String),
    /// Its own address.
    url: String,
    /// What its QR pictures are, for who does not see them.
    scans: &'static str,
    /// What is said where there are no labels.
    none: &'static str,
    labels: Vec<Label>,
}

fn page(desk: &Desk, view: &Labels, outcome: Option<&PrintOutcome>) -> Markup {
    let say = desk.say;
    let offer = printing::offer(desk, PrinterUse::Labels, "staff-print-on");
    let content = html! {
        (back(&view.home.0, &view.home.1))
        (listing::page_title(&view.title, Some(&say.t("staff-labels-lead")), html! {
            @if !view.labels.is_empty() {
                (printing::button(offer.as_deref(), &view.url, &desk.csrf))
                (Button::new(&say.t("staff-print"), Press::PrintPage).icon(Icon::Printer).render())
            }
        }))
        @if let Some(outcome) = outcome { (printing::said(outcome, say)) }
        @if view.labels.is_empty() { (message::empty(&view.title, &say.t(view.none), None)) }
        div class="sheet" { @for label in &view.labels { (label.markup(&say.t(view.scans))) } }
    };
    desk.page(view.section, &view.title, content)
}

async fn printed(desk: &Desk, view: &Labels, fields: Vec<(String, String)>) -> Markup {
    let sheets = || view.labels.iter().map(Label::matter).collect();
    let outcome = printing::print(desk, PrinterUse::Labels, &Fields(fields), sheets).await;
    page(desk, view, outcome.as_ref())
}

async fn of_bank(desk: &Desk, bank: BankId) -> Result<Labels, Fault> {
    let wall = desk.read(move |site, _| Wall::of_site(site, bank)).await?.ok_or(Refusal::NotFound)?;
    let names = desk.names(Wanted::default()).await?;
    let name = names.banks.get(&bank).cloned().unwrap_or_default();
    let label = |door: &Door| Label {
        above: name.clone(),
        large: door.compartment.spec.label.clone(),
        below: Vec::new(),
        number: None,
    };
    Ok(Labels {
        section: Section::Banks,
        title: desk.say.with("staff-door-labels-title", &[("bank", name.as_str().into())]),
        home: ("/staff/banks".to_owned(), desk.say.t("staff-banks-title")),
        url: format!("/staff/banks/{bank}/labels"),
        scans: "staff-label-qr",
        none: "staff-labels-none",
        labels: wall.doors.iter().map(label).collect(),
    })
}

/// What stands on the label of a shelf, and what a scan of it says.
struct ShelfLabel {
    name: String,
    code: Option<String>,
}

impl ShelfLabel {
    fn label(self, above: &str) -> Label {
        Label { above: above.to_owned(), large: self.name, below: Vec::new(), number: self.code }
    }
}

fn of_shelf(site: &Site, shelf: ShelfId) -> Option<ShelfLabel> {
    let name = site.layout.shelves.get(&shelf)?.clone();
    Some(ShelfLabel { name, code: site.tag.map(|tag| shelf_code(shelf, tag)) })
}

async fn of_shelves(desk: &Desk) -> Result<Labels, Fault> {
    let look =
        |site: &Site, _| site.layout.shelves.keys().filter_map(|shelf| of_shelf(site, *shelf)).collect();
    let shelves: Vec<ShelfLabel> = desk.read(look).await?;
    let label = |shelf: ShelfLabel| shelf.label(&desk.site_name);
    Ok(Labels {
        section: Section::Settings,
        title: desk.say.t("staff-shelf-labels"),
        home: ("/staff/settings".to_owned(), desk.say.t("staff-settings-title")),
        url: "/staff/shelves/labels".to_owned(),
        scans: "staff-shelf-qr",
        none: "staff-labels-none",
        labels: shelves.into_iter().map(label).collect(),
    })
}

/// The labels of a room's shelves, in the order of their places.
async fn of_room(desk: &Desk, id: RoomId) -> Result<Labels, Fault> {
    let look = move |site: &Site, _| {
        let room = site.layout.rooms.get(&id)?;
        let mut places: Vec<_> = room.shelves.iter().map(|(shelf, place)| (place.spot, *shelf)).collect();
        places.sort();
        let labels: Vec<ShelfLabel> = places.iter().filter_map(|(_, shelf)| of_shelf(site, *shelf)).collect();
        Some((room.plan.label.clone(), labels))
    };
    let (room, shelves) = desk.read(look).await?.ok_or(Refusal::NotFound)?;
    let label = |shelf: ShelfLabel| shelf.label(&room);
    Ok(Labels {
        section: Section::Banks,
        title: desk.say.t("staff-shelf-labels"),
        home: ("/staff/rooms".to_owned(), desk.say.t("staff-rooms-title")),
        url: format!("/staff/rooms/{id}/labels"),
        scans: "staff-shelf-qr",
        none: "staff-labels-none",
        labels: shelves.into_iter().map(label).collect(),
    })
}

async fn of_parcel(desk: &Desk, id: ParcelId) -> Result<Labels, Fault> {
    let sql = format!("{PAST} WHERE p.parcel = ?1");
    let found = desk
        .query(move |tables| tables.prepare_cached(&sql)?.query_row([id.0.cast_signed()], past).optional());
    let parcel = found.await?.ok_or(Refusal::NotFound)?;
    let (line, say) = (&parcel.line, desk.say);
    let mut wanted = Wanted::default();
    wanted.units.extend(line.unit);
    wanted.custodian(line.custodian);
    let names = desk.names(wanted).await?;
    let registered = times::moment(say, parcel.registered, (&names.zone, names.now));
    let label = Label {
        above: desk.site_name.clone(),
        large: line.unit.map_or_else(|| say.t("staff-to-be-assigned"), |unit| names.unit_label(unit)),
        below: vec![
            parcel.addressed_to.clone().unwrap_or_default(),
            names.custodian(say, line.custodian),
            names.carrier(say, line.carrier),
            format!("{}, {registered}", parcel_n(say, id)),
            parcel.tracking.clone().unwrap_or_default(),
        ],
        number: parcel.tracking.clone(),
    };
    Ok(Labels {
        section: Section::Parcels,
        title: say.t("staff-parcel-label"),
        home: (format!("/staff/parcels/{id}"), parcel_n(say, id)),
        url: format!("/staff/parcels/{id}/label"),
        scans: "staff-label-qr",
        none: "staff-labels-none",
        labels: vec![label],
    })
}

/// What hangs at a door for the phones of people without a code. Without an address that phones reach there is none.
async fn of_passage(desk: &Desk, id: AccessPointId) -> Result<Labels, Fault> {
    let (say, keys) = (desk.say, std::sync::Arc::clone(&desk.app.keys));
    let look = move |site: &Site, _| {
        let door = site.access.points.get(&id)?.spec.label.clone();
        Some((door, address::of_door(&keys, site, id)?))
    };
    let (door, own) = desk.read(look).await?.ok_or(Refusal::NotFound)?;
    let of_settings = desk.query(crate::directory::settings::public_url).await?;
    let site = desk.app.web.public_url.clone().or(of_settings);
    let label = |site: String| Label {
        above: desk.site_name.clone(),
        large: door.clone(),
        below: vec![say.t("staff-passage-label-1"), say.t("staff-passage-label-2")],
        number: Some(format!("{site}/at/{own}")),
    };
    Ok(Labels {
        section: Section::Doors,
        title: say.t("staff-passage-label"),
        home: (format!("/staff/doors/{id}"), door.clone()),
        url: format!("/staff/doors/{id}/label"),
        scans: "staff-passage-label-qr",
        none: "staff-passage-label-no-address",
        labels: site.into_iter().map(label).collect(),
    })
}

/// `GET /staff/banks/{id}/labels`
pub async fn doors(desk: Desk, Path(bank): Path<BankId>) -> Result<Markup, Fault> {
    Ok(page(&desk, &of_bank(&desk, bank).await?, None))
}

/// `POST /staff/banks/{id}/labels`
pub async fn print_doors(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    Ok(printed(&desk, &of_bank(&desk, bank).await?, fields).await)
}

/// `GET /staff/shelves/labels`
pub async fn shelves(desk: Desk) -> Result<Markup, Fault> {
    Ok(page(&desk, &of_shelves(&desk).await?, None))
}

/// `POST /staff/shelves/labels`
pub async fn print_shelves(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    Ok(printed(&desk, &of_shelves(&desk).await?, fields).await)
}

/// `GET /staff/rooms/{id}/labels`
pub async fn room(desk: Desk, Path(room): Path<RoomId>) -> Result<Markup, Fault> {
    Ok(page(&desk, &of_room(&desk, room).await?, None))
}

/// `POST /staff/rooms/{id}/labels`
pub async fn print_room(
    desk: Desk,
    Path(room): Path<RoomId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    Ok(printed(&desk, &of_room(&desk, room).await?, fields).await)
}

/// `GET /staff/parcels/{id}/label`
pub async fn parcel(desk: Desk, Path(id): Path<ParcelId>) -> Result<Markup, Fault> {
    Ok(page(&desk, &of_parcel(&desk, id).await?, None))
}

/// `POST /staff/parcels/{id}/label`
pub async fn print_parcel(
    desk: Desk,
    Path(id): Path<ParcelId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    Ok(printed(&desk, &of_parcel(&desk, id).await?, fields).await)
}

/// `GET /staff/doors/{id}/label`
pub async fn passage(desk: Desk, Path(id): Path<AccessPointId>) -> Result<Markup, Fault> {
    Ok(page(&desk, &of_passage(&desk, id).await?, None))
}

/// `POST /staff/doors/{id}/label`
pub async fn print_passage(
    desk: Desk,
    Path(id): Path<AccessPointId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    Ok(printed(&desk, &of_passage(&desk, id).await?, fields).await)
}

/// `POST /staff/doors/{id}/label/renew`: the label that hangs there rings no more.
pub async fn renew_passage(
    desk: Desk,
    Path(id): Path<AccessPointId>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    desk.act(Act::new(Command::RenewDoorLabel(id), format!("/staff/doors/{id}/label"), "label-renewed")).await
}
