//! The desk: taking parcels in, and handing over everything of the person who stands there.
//!
//! Owns: `/staff/desk`. Never: writes a code or its hash into a page; what was shown is carried on sealed.

pub mod batch;
pub mod board;
pub mod guessed;
pub mod hand_over;
pub mod reading;
pub mod shelving;

use axum::response::{Redirect, Response};
use maud::{Markup, html};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{ParcelWords, RecipientChoice};
use vestibule_core::{Answer, CarrierId, Command, ParcelId, PersonId, Refusal, UnitId};
use vestibule_intake::evidence::Confirmed;

use super::banks::unit_written;
use super::blocks::back;
use super::classes;
use super::desk_page::{Desk, Fields, Section, done};
use super::names::Names;
use super::say::Say;
use super::story::size_word;
use crate::directory::intake::Reading;
use crate::directory::intake::record::{self, Intake};
use crate::directory::lookup;
use crate::directory::roster;
use crate::directory::roster::PersonDetails;
use crate::look::button::Rank;
use crate::look::camera::{Begins, camera_script};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind, notice_banner};
use crate::look::{
    Button, Icon, Post, Press, button_primary, button_quiet, button_secondary, entry, listing,
};
use crate::web::given::symbols::claim;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;
use crate::web::security::with_camera;

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
        (listing::page_title(&say.t("staff-desk-title"), Some(&lead), html! {
            (button_secondary(&say.t("staff-batch-title"), Press::Follow("/staff/desk/batch")))
            (button_secondary(&say.t("staff-shelving-title"), Press::Follow("/staff/desk/shelving")))
            (button_quiet(&say.t("staff-board-title"), Press::Follow("/staff/intake")))
        }))
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
    /// The company, as its number.
    pub carrier: String,
    /// Companies whose number it may be, where several have numbers like this and nobody said which.
    pub companies: Vec<(CarrierId, String)>,
    /// A parcel with this number came today.
    pub known: Option<ParcelId>,
    /// What the label says, and whom it means.
    pub reading: Reading,
    /// The same, sealed for the next page.
    pub carried: String,
    /// How the unit was found, and the one person of it that is meant.
    pub way: Option<(Confirmed, Option<PersonId>)>,
    /// Others it could mean.
    pub others: Vec<guessed::For>,
    /// Names.
    pub names: Names,
}

/// Recipient, size, accept: one press each.
pub fn recipients(view: &Recipients, say: Say, csrf: &str) -> Markup {
    let reading = &view.reading;
    let filled_in = matches!(view.way, Some((Confirmed::Suggested, _)));
    let title = match (&view.unit, view.way) {
        (Some((unit, _)), Some((_, person))) if filled_in => {
            let whom = guessed::words(guessed::For { unit: *unit, person }, &view.names, say);
            say.with("staff-intake-correct", &[("whom", whom.into())])
        }
        (Some((_, unit)), _) => say.with("staff-intake-for", &[("unit", unit.as_str().into())]),
        (None, _) if !view.others.is_empty() => say.t("staff-batch-whose"),
        (None, _) => say.t("staff-intake-unknown"),
    };
    let number = Some(reading.tracking.as_str()).filter(|number| !number.is_empty());
    html! {
        (back("/staff/desk", &say.t("staff-desk-title")))
        (listing::page_title(&title, number, html! {}))
        @if let Some(words) = guessed::other_house(reading, say) { (notice_banner(NoticeKind::Danger, &words)) }
        @if reading.asks_whether_here() { (stays(view, say, csrf)) } @else {
            (guessed::flags(reading, say))
            @if !view.others.is_empty() {
                (listing::section(&say.t(if view.unit.is_some() { "staff-intake-others" } else { "staff-intake-one-of" }),
                    guessed::choices(("/staff/desk/recipient", csrf), &[("carried", &view.carried), ("carrier", &view.carrier)], &view.others, (&view.names, say))))
            }
            (accepting(view, say, csrf))
        }
        (button_quiet(&say.t("staff-cancel"), Press::Follow("/staff/desk")))
    }
}

/// A label for another house: it stays, or it goes back with whoever brought it.
fn stays(view: &Recipients, say: Say, csrf: &str) -> Markup {
    html! {
        (form::form("/staff/desk/recipient", csrf, html! {
            input type="hidden" name="carried" value=(view.carried);
            input type="hidden" name="carrier" value=(view.carrier);
            input type="hidden" name="stays" value="yes";
            p class="hint" { (say.t("staff-other-house-hint")) }
            div class="button-row" {
                (button_primary(&say.t("staff-other-house-back"), Press::Follow("/staff/desk")))
                (button_secondary(&say.t("staff-other-house-stays"), Press::Submit))
            }
        }))
    }
}

fn accepting(view: &Recipients, say: Say, csrf: &str) -> Markup {
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
    let meant = view.way.and_then(|(_, person)| person).map(|person| person.to_string()).unwrap_or_default();
    let way = view.way.map_or(Confirmed::Unknown, |(way, _)| way);
    let printed = view.reading.name.as_deref().unwrap_or_default();
    form::form(
        "/staff/desk/accept",
        csrf,
        html! {
            input type="hidden" name="unit" value=(unit);
            input type="hidden" name="carried" value=(view.carried);
            input type="hidden" name="way" value=(way.code());
            @if let Some(known) = view.known { (came_today(known, say)) }
            @if view.companies.is_empty() { input type="hidden" name="carrier" value=(view.carrier); }
            @else { (form::radios("carrier", &say.t("staff-intake-whose-number"), "", &chips)) }
            @if view.unit.is_some() { (form::radios("person", &say.t("staff-intake-who"), &meant, &people)) }
            @else { p class="hint" { (say.t("staff-intake-unknown-hint")) } }
            (form::field(&Field::new("addressed_to", &say.t("staff-fact-addressed"), FieldKind::Text).value(printed).hint(&say.t("staff-intake-name-hint"))))
            (form::checkbox("heavy", &say.t("staff-intake-heavy"), false))
            (classes::select(&say.t("staff-class"), None, &ParcelClass::ALL, say))
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
        },
    )
}

/// It is asked once whether this is another parcel; without the tick it is not taken in.
pub fn came_today(known: ParcelId, say: Say) -> Markup {
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

/// The first page, on which labels and codes are scanned.
fn first_page(desk: &Desk, view: &DeskView) -> Response {
    let content = content(view, desk.say, &desk.csrf);
    with_camera(desk.page(Section::Desk, &desk.say.t("staff-desk-title"), content))
}

/// `GET /staff/desk`
pub async fn page(desk: Desk) -> Result<Response, Fault> {
    let view = view(&desk).await?;
    Ok(first_page(&desk, &view))
}

/// The site's number for a company whose label this is.
async fn carrier_named(desk: &Desk, name: String) -> Result<String, Fault> {
    let look = move |site: &vestibule_core::Site, _| {
        let mut known = site.layout.carriers.iter();
        known.find(|(_, known)| known.eq_ignore_ascii_case(&name)).map(|(id, _)| id.to_string())
    };
    Ok(desk.read(look).await?.unwrap_or_default())
}

/// What was scanned or typed, or carried on from the page before.
async fn reading_of(desk: &Desk, fields: &Fields) -> Result<Reading, Fault> {
    let carried = fields.get("carried");
    if carried.is_empty() {
        return guessed::read(desk, fields.get("tracking"), fields.touches()).await;
    }
    let reading = guessed::unseal(&desk.app.keys, carried, desk.staff);
    let mut reading = reading.ok_or_else(|| Refusal::Invalid { why: desk.say.t("staff-invalid-form") })?;
    let now = desk.now();
    reading.touched(fields.touches(), now);
    if let Some(elsewhere) = reading.elsewhere.as_mut().filter(|_| fields.ticked("stays")) {
        elsewhere.accepted = true;
    }
    Ok(reading)
}

/// `POST /staff/desk/recipient`
pub async fn recipient(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Markup, Fault> {
    let fields = Fields(fields);
    let mut reading = reading_of(&desk, &fields).await?;
    if let Some(name) = fields.some("addressed_to").filter(|_| reading.name.is_none()) {
        reading = guessed::named(&desk, reading, name).await?;
    }
    let written = match fields.get("unit") {
        "" => None,
        text => Some(unit_written(&desk, text).await?),
    };
    let chosen = guessed::For::read(fields.get("for"));
    second_step(&desk, reading, (written, chosen), fields.get("carrier").to_owned()).await
}

/// For whom it is, with what is known of the label.
async fn second_step(
    desk: &Desk,
    reading: Reading,
    (written, chosen): (Option<UnitId>, Option<guessed::For>),
    company: String,
) -> Result<Markup, Fault> {
    let taken = guessed::taken_for(&reading, written, chosen);
    let (unit, household) = match taken {
        None => (None, Vec::new()),
        Some((guessed::For { unit, .. }, _)) => {
            let known =
                desk.query(move |tables| Ok((roster::unit(tables, unit)?, roster::household(tables, unit)?)));
            let (line, household) = known.await?;
            (line.map(|line| (unit, line.label)), household)
        }
    };
    let carrier = match (company.as_str(), reading.company.clone()) {
        ("", Some(name)) => carrier_named(desk, name).await?,
        _ => company,
    };
    let asks = carrier.is_empty();
    let companies = if asks { reading::companies(desk, &reading.tracking).await? } else { Vec::new() };
    let carrier_id = carrier.parse().ok().map(CarrierId);
    let known = reading::came_today(desk, &reading.tracking, carrier_id).await?;
    let whom = taken.map(|(whom, _)| whom);
    let others = if written.is_some() { Vec::new() } else { guessed::others(&reading, whom) };
    let names = desk.names(guessed::wanted(whom.into_iter().chain(others.iter().copied()))).await?;
    let carried = guessed::seal(&desk.app.keys, &reading, desk.staff);
    let way = taken.map(|(whom, way)| (way, whom.person));
    let view =
        Recipients { unit, household, carrier, companies, known, reading, carried, way, others, names };
    Ok(desk.page(Section::Desk, &desk.say.t("staff-intake-title"), recipients(&view, desk.say, &desk.csrf)))
}

/// The size a form names. None: none of them.
pub fn size_from(word: &str) -> Option<Size> {
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
    let mut reading = reading_of(&desk, &fields).await?;
    let label = claim(&*desk.app.keys, &reading.tracking, fields.ticked("another"));
    let heavy = fields.ticked("heavy");
    let class = classes::chosen(&fields)?;
    let words = ParcelWords { recipient, size, heavy, reach, together: None, label, class };
    let command = Command::DeskIntake { carrier: fields.number("carrier").map(CarrierId), words };
    reading.name = fields.some("addressed_to");
    let (name, unit) = (reading.name.clone(), fields.number("unit").map(UnitId));
    let confirmed = match (unit, Confirmed::of(fields.get("way"))) {
        (None, _) => Confirmed::Unknown,
        (Some(_), Some(way)) if way != Confirmed::Unknown => way,
        (Some(_), _) => Confirmed::Typed,
    };
    let learned = move |tables: &rusqlite::Connection| {
        record::learned(tables, name.as_deref(), (unit, addressee), confirmed)
    };
    let (learned, at) = (desk.query(learned).await?, desk.now());
    let intake = Intake { reading, unit, person: addressee, confirmed, learned, at, desk: true };
    let label = move |answer: &Answer| intake.rows(answer);
    match desk.ask_with(command, label).await?.0 {
        Answer::Parcel { parcel, .. } => Ok(done(&format!("/staff/parcels/{parcel}"), "accepted")),
        _ => Ok(done("/staff/desk", "accepted")),
    }
}
