//! The desk: taking parcels in, and handing over everything of the person who stands there.
//!
//! Owns: `/staff/desk`. Never: writes a code or its hash into a page; what was shown is carried on sealed.

pub mod hand_over;
pub mod reading;

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{ParcelWords, RecipientChoice};
use vestibule_core::{Answer, CarrierId, Command, ParcelId, PersonId, Refusal, UnitId};
use vestibule_intake::{Carrier, symbol};

use super::banks::unit_written;
use super::blocks::back;
use super::desk_page::{Desk, Fields, Section, done};
use super::say::Say;
use super::story::size_word;
use crate::directory::lookup::{self, UnitText};
use crate::directory::roster;
use crate::directory::roster::PersonDetails;
use crate::look::button::Rank;
use crate::look::camera::{Begins, camera_script};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Button, Icon, Post, Press, button_primary, button_quiet, entry, listing};
use crate::rows::Row;
use crate::web::given::symbols::claim;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// What the first page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskView {
    /// Companies to choose from.
    pub carriers: Vec<(CarrierId, String)>,
    /// Parcels at the desk now.
    pub at_desk: usize,
    /// Who stands at the desk, after a search by name.
    pub candidates: Vec<hand_over::Candidate>,
    /// What was searched.
    pub searched: String,
    /// What a camera or photo said, for the form to begin with.
    pub filled: Filled,
    /// The site reads photos; else the page does.
    pub reads_photos: bool,
    /// Of the page's scripts.
    pub nonce: String,
}

/// The first step's form as a label filled it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The number.
    pub tracking: String,
    /// The company, as its number.
    pub carrier: String,
    /// The name on the label.
    pub addressed_to: String,
    /// What is said above the form.
    pub said: Option<String>,
}

/// Intake and hand-over side by side.
pub fn content(view: &DeskView, say: Say, csrf: &str) -> Markup {
    let lead = say.with("staff-desk-lead", &[("n", view.at_desk.into())]);
    html! {
        (listing::page_title(&say.t("staff-desk-title"), Some(&lead), html! {}))
        (entry::scan_target(&Post::page("/staff/desk/show", csrf)))
        (camera_script(&view.nonce, Begins::WhenPressed))
        div class="desk-split" data-scan-label="f-tracking" {
            (listing::section(&say.t("staff-intake-title"), listing::card(intake(view, say, csrf))))
            div id="hand-over" { (listing::section(&say.t("staff-hand-over-title"), listing::card(hand_over::forms(view, say, csrf)))) }
        }
    }
}

fn intake(view: &DeskView, say: Say, csrf: &str) -> Markup {
    let hint = say.t("staff-intake-scan-hint");
    let none = say.t("staff-carrier-unnamed");
    let carriers: Vec<(String, &str)> =
        view.carriers.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let choices: Vec<(&str, &str)> = std::iter::once(("", none.as_str()))
        .chain(carriers.iter().map(|(id, name)| (id.as_str(), *name)))
        .collect();
    let filled = &view.filled;
    let fields = form::form(
        "/staff/desk/recipient",
        csrf,
        html! {
            input type="hidden" name="addressed_to" value=(filled.addressed_to);
            (form::field(&Field::new("tracking", &say.t("staff-fact-tracking"), FieldKind::Text).value(&filled.tracking).hint(&hint)))
            (form::field(&Field::new("unit", &say.t("staff-apartment"), FieldKind::Text).hint(&say.t("staff-intake-unit-hint"))))
            (form::select("carrier", &say.t("staff-fact-carrier"), &filled.carrier, &choices))
            (button_primary(&say.t("staff-next"), Press::Submit))
        },
    );
    html! {
        @if let Some(said) = &filled.said { (message::notice_banner(NoticeKind::Info, said)) }
        (reading::ways(view, say, csrf))
        (fields)
    }
}

/// The second step: for whom, how big.
#[derive(Clone)]
pub struct Recipients {
    /// The unit, as people say it; None: nobody knows.
    pub unit: Option<(UnitId, String)>,
    /// Who lives there.
    pub household: Vec<PersonDetails>,
    /// The tracking number.
    pub tracking: String,
    /// The company, as its number.
    pub carrier: String,
    /// The name on the label, where its symbol holds one.
    pub addressed_to: String,
    /// Companies whose number it may be, where several have numbers like this and nobody said which.
    pub companies: Vec<(CarrierId, String)>,
    /// A parcel with this number came today.
    pub known: Option<ParcelId>,
}

/// Recipient, size, accept: one press each.
pub fn recipients(view: &Recipients, say: Say, csrf: &str) -> Markup {
    let title = view.unit.as_ref().map_or_else(
        || say.t("staff-intake-unknown"),
        |(_, unit)| say.with("staff-intake-for", &[("unit", unit.as_str().into())]),
    );
    let whole = say.t("staff-intake-household");
    let mut people: Vec<(String, String)> = vec![(String::new(), whole)];
    people.extend(view.household.iter().map(|person| (person.person.to_string(), person.full_name())));
    let people: Vec<(&str, &str)> = people.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let unit = view.unit.as_ref().map_or_else(String::new, |(id, _)| id.to_string());
    let another = say.t("staff-intake-another-company");
    let of_number: Vec<(String, &str)> =
        view.companies.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let chips: Vec<(&str, &str)> = of_number
        .iter()
        .map(|(id, name)| (id.as_str(), *name))
        .chain(std::iter::once(("", another.as_str())))
        .collect();
    html! {
        (back("/staff/desk", &say.t("staff-desk-title")))
        (listing::page_title(&title, (!view.tracking.is_empty()).then_some(view.tracking.as_str()), html! {}))
        (form::form("/staff/desk/accept", csrf, html! {
            input type="hidden" name="unit" value=(unit);
            input type="hidden" name="tracking" value=(view.tracking);
            @if let Some(known) = view.known { (came_today(known, say)) }
            @if view.companies.is_empty() { input type="hidden" name="carrier" value=(view.carrier); }
            @else { (form::radios("carrier", &say.t("staff-intake-whose-number"), "", &chips)) }
            @if view.unit.is_some() { (form::radios("person", &say.t("staff-intake-who"), "", &people)) }
            @else { p class="hint" { (say.t("staff-intake-unknown-hint")) } }
            (form::field(&Field::new("addressed_to", &say.t("staff-fact-addressed"), FieldKind::Text).value(&view.addressed_to).hint(&say.t("staff-intake-name-hint"))))
            (form::checkbox("heavy", &say.t("staff-intake-heavy"), false))
            fieldset class="field" {
                legend { (say.t("staff-intake-size")) }
                div class="button-row size-row" {
                    @for size in Size::ALL {
                        (Button::new(size_word(size), Press::SubmitAs { name: "size", value: size_word(size) })
                            .note(&say.t(&format!("staff-size-{}", size_word(size).to_lowercase())))
                            .rank(Rank::Primary).icon(Icon::Parcel).render())
                    }
                }
            }
        }))
        (button_quiet(&say.t("staff-cancel"), Press::Follow("/staff/desk")))
    }
}

/// It is asked once whether this is another parcel; without the tick it is not taken in.
fn came_today(known: ParcelId, say: Say) -> Markup {
    html! {
        (message::notice_with(NoticeKind::Warning, html! {
            (say.t("staff-intake-known")) " " a href={ "/staff/parcels/" (known) } { (say.t("staff-intake-known-look")) }
        }))
        label class="check" { input type="checkbox" name="another" value="yes" required; (say.t("staff-intake-known-another")) }
    }
}

/// What the desk shows, beside what was searched.
///
/// # Errors
/// As reading.
pub async fn view(desk: &Desk) -> Result<DeskView, Fault> {
    let look = |site: &vestibule_core::Site, _| {
        let at_desk = |p: &&vestibule_core::custody::Parcel| {
            matches!(p.custodian, vestibule_core::custody::Custodian::Staff(_))
        };
        let carriers = site.layout.carriers.iter().map(|(id, name)| (*id, name.clone())).collect();
        (carriers, site.custody.parcels.values().filter(at_desk).count())
    };
    let (carriers, at_desk) = desk.read(look).await?;
    let reads_photos = desk.app.web.pictures.is_some();
    let nonce = desk.reader.nonce.to_string();
    Ok(DeskView { carriers, at_desk, reads_photos, nonce, ..DeskView::default() })
}

/// `GET /staff/desk`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let view = view(&desk).await?;
    Ok(desk.page(Section::Desk, &desk.say.t("staff-desk-title"), content(&view, desk.say, &desk.csrf)))
}

/// What the first step learned from the number field, into which scanners type whole labels.
#[derive(Default)]
struct Scanned {
    tracking: String,
    carrier: Option<&'static str>,
    addressed_to: String,
    lines: Vec<UnitText>,
}

/// What is no label stays as it was typed.
fn scanned(text: &str) -> Scanned {
    let Ok(label) = symbol::read(text) else {
        return Scanned { tracking: symbol::printable(text).unwrap_or_default(), ..Scanned::default() };
    };
    Scanned {
        carrier: label.carrier.and_then(Carrier::name),
        addressed_to: label.recipient.addressed_to().unwrap_or_default().to_owned(),
        lines: label.recipient.address_lines().filter_map(|line| UnitText::new(line).ok()).collect(),
        tracking: label.tracking,
    }
}

/// The site's number for a company whose label this is.
async fn carrier_named(desk: &Desk, name: &'static str) -> Result<String, Fault> {
    let look = move |site: &vestibule_core::Site, _| {
        let mut known = site.layout.carriers.iter();
        known.find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(id, _)| id.to_string())
    };
    Ok(desk.read(look).await?.unwrap_or_default())
}

/// `POST /staff/desk/recipient`
pub async fn recipient(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    let fields = Fields(fields);
    let mut scanned = scanned(fields.get("tracking"));
    if scanned.addressed_to.is_empty() {
        scanned.addressed_to = fields.get("addressed_to").to_owned();
    }
    let lines = std::mem::take(&mut scanned.lines);
    let unit = match fields.get("unit") {
        "" => desk.query(move |tables| lookup::only_unit(tables, &lines)).await?,
        text => Some(unit_written(&desk, text).await?),
    };
    second_step(&desk, unit, scanned, fields.get("carrier").to_owned()).await
}

/// For whom it is, with what is known of the label.
async fn second_step(
    desk: &Desk,
    unit: Option<UnitId>,
    scanned: Scanned,
    chosen: String,
) -> Result<Markup, Fault> {
    let Scanned { tracking, carrier, addressed_to, .. } = scanned;
    let (unit, household) = match unit {
        None => (None, Vec::new()),
        Some(unit) => {
            let known =
                desk.query(move |tables| Ok((roster::unit(tables, unit)?, roster::household(tables, unit)?)));
            let (line, household) = known.await?;
            (line.map(|line| (unit, line.label)), household)
        }
    };
    let carrier = match (chosen.as_str(), carrier) {
        ("", Some(name)) => carrier_named(desk, name).await?,
        _ => chosen,
    };
    let asks = carrier.is_empty();
    let companies = if asks { reading::companies(desk, &tracking).await? } else { Vec::new() };
    let known = reading::came_today(desk, &tracking, carrier.parse().ok().map(CarrierId)).await?;
    let view = Recipients { unit, household, tracking, carrier, addressed_to, companies, known };
    Ok(desk.page(Section::Desk, &desk.say.t("staff-intake-title"), recipients(&view, desk.say, &desk.csrf)))
}

fn size_from(word: &str) -> Option<Size> {
    Size::ALL.into_iter().find(|size| size_word(*size) == word)
}

/// `POST /staff/desk/accept`
pub async fn accept(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let size = size_from(fields.get("size")).ok_or(Refusal::NotFound)?;
    let addressee = fields.number("person").map(PersonId);
    let (recipient, reach) = match fields.number("unit").map(UnitId) {
        Some(unit) => {
            let reach = desk.query(move |tables| lookup::reach(tables, unit, addressee)).await?;
            (RecipientChoice::Household { unit, addressee }, reach)
        }
        None => (RecipientChoice::Unknown, false),
    };
    let label = claim(&*desk.app.keys, fields.get("tracking"), fields.ticked("another"));
    let heavy = fields.ticked("heavy");
    let words = ParcelWords { recipient, size, heavy, reach, together: None, label };
    let command = Command::DeskIntake { carrier: fields.number("carrier").map(CarrierId), words };
    let (tracking, addressed_to) = (fields.some("tracking"), fields.some("addressed_to"));
    let label = move |answer: &Answer| match answer {
        Answer::Parcel { parcel, .. } if tracking.is_some() || addressed_to.is_some() => {
            vec![Row::ParcelLabel { parcel: *parcel, tracking, addressed_to }]
        }
        _ => Vec::new(),
    };
    match desk.ask_with(command, label).await?.0 {
        Answer::Parcel { parcel, .. } => Ok(done(&format!("/staff/parcels/{parcel}"), "accepted")),
        _ => Ok(done("/staff/desk", "accepted")),
    }
}

#[cfg(test)]
mod tests {
    use super::scanned;

    #[test]
    fn a_scanned_label_is_taken_apart_and_typing_is_left_alone() {
        let label = "[)>\u{1e}01\u{1d}0210001\u{1d}840\u{1d}019\u{1d}1234567890120201\u{1d}FDE\u{1d}1\u{1d}326\u{1d}\u{1d}1/1\u{1d}5.00LB\u{1d}N\u{1d}12 Lake Street\u{1d}NEW YORK\u{1d}NY\u{1d}MARIA ALVAREZ\u{1e}06\u{1d}14ZAPT 3B\u{1e}\u{4}";
        let read = scanned(label);
        assert_eq!((read.tracking.as_str(), read.carrier), ("123456789012", Some("FedEx")));
        assert_eq!((read.addressed_to.as_str(), read.lines.len()), ("MARIA ALVAREZ", 2));
        assert_eq!(scanned("1z 5r8 939 03 5756 7127").carrier, Some("UPS"));
        assert_eq!(scanned("from the florist").tracking, "from the florist");
        assert_eq!(scanned("").tracking, "");
    }
}
