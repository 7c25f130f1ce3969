//! Putting a bank up: presets, the text editor, the drawing that follows it.
//!
//! Owns: `/staff/banks/new`. Never: wires a board; binding channels to doors is the wiring test's.

use axum::extract::Query;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::{Answer, Command, Refusal, Site};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::say::Say;
use super::drawn::{OwnedStateWords, shaped};
use super::plan::{Measures, PRESETS, PlanFault, plan};
use crate::drawing::{DoorDrawing, DoorState, DrawingStyle, Variant, draw};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, listing};
use crate::rows::Row;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

/// What is written in the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The bank's name.
    pub name: String,
    /// Its building.
    pub building: String,
    /// The columns.
    pub text: String,
    /// The measures.
    pub measures: Measures,
}

impl Draft {
    /// From the fields of the editor; what is missing is as usual.
    pub fn from_fields(fields: &Fields, first: u32) -> Self {
        let usual = Measures::default();
        let names = ["height_s", "height_m", "height_l", "height_xl"];
        let height = |at: usize| fields.number(names[at]).unwrap_or(usual.heights_mm[at]);
        let text = fields.some("columns").unwrap_or_else(|| PRESETS[0].1.to_owned());
        let measures = Measures {
            heights_mm: std::array::from_fn(height),
            width_mm: fields.number("width").unwrap_or(usual.width_mm),
            foot_mm: fields.number("foot").unwrap_or(usual.foot_mm),
            first: fields.number("first").unwrap_or(first),
            occupancy_sensor: fields.ticked("sensor"),
            inside_release: fields.ticked("release"),
        };
        Self {
            name: fields.get("name").to_owned(),
            building: fields.get("building").to_owned(),
            text,
            measures,
        }
    }
}

/// What is wrong with the text, in words.
pub fn fault_words(fault: &PlanFault, say: Say) -> String {
    match fault {
        PlanFault::Empty => say.t("staff-plan-empty"),
        PlanFault::UnknownSize { word, column } => {
            say.with("staff-plan-size", &[("word", word.as_str().into()), ("column", (*column).into())])
        }
        PlanFault::Height { word } => say.with("staff-plan-height", &[("word", word.as_str().into())]),
        PlanFault::TooMany => say.t("staff-plan-many"),
        PlanFault::Width => say.t("staff-plan-width"),
    }
}

/// The drawing of what is written, or what is wrong with it.
pub fn preview(draft: &Draft, say: Say) -> Markup {
    match plan(&draft.text, &draft.measures) {
        Ok(specs) => drawn(&draft.name, &specs, say),
        Err(fault) => message::notice_banner(NoticeKind::Warning, &fault_words(&fault, say)),
    }
}

/// A bank as it would hang.
pub(super) fn drawn(name: &str, specs: &[CompartmentSpec], say: Say) -> Markup {
    let specs: Vec<&CompartmentSpec> = specs.iter().collect();
    let words = OwnedStateWords::new(say);
    let drawing = shaped(name, &specs, |at, hinge| {
        let letter = super::super::story::size_word(specs[at].size);
        let spoken = format!("{} {letter}", specs[at].label);
        DoorDrawing::new(&specs[at].label, specs[at].height_mm, hinge, DoorState::Free, &spoken).note(letter)
    });
    let reachable = specs.iter().filter(|spec| spec.is_reachable()).count();
    let text = say.with("staff-plan-summary", &[("n", specs.len().into()), ("reach", reachable.into())]);
    let words = words.borrowed();
    let style =
        DrawingStyle { id: "plan", variant: Variant::Staff, title: &text, description: &text, words: &words };
    html! { p class="lead" { (text) } (draw(&drawing, &style)) }
}

/// The editor with its drawing.
pub fn content(draft: &Draft, say: Say, csrf: &str) -> Markup {
    let number = |name: &str, key: &str, value: u32| {
        form::field(&Field::new(name, &say.t(key), FieldKind::Number).value(&value.to_string()).required())
    };
    let [s, m, l, xl] = draft.measures.heights_mm;
    let columns_hint = say.t("staff-plan-hint");
    let columns_label = say.t("staff-plan-columns");
    let columns = Field::new("columns", &columns_label, FieldKind::LongText);
    let columns = columns.hint(&columns_hint).value(&draft.text);
    let fields = html! {
        div hx-get="/staff/banks/preview" hx-include="closest form" hx-target="#plan-preview" hx-swap="innerHTML" hx-trigger="input delay:300ms" class="form" {
            (form::field(&Field::new("name", &say.t("staff-plan-name"), FieldKind::Text).value(&draft.name).required()))
            (form::field(&Field::new("building", &say.t("staff-building"), FieldKind::Text).value(&draft.building)))
            (form::field(&columns))
            div class="field-row" {
                (number("height_s", "staff-plan-height-s", s)) (number("height_m", "staff-plan-height-m", m))
                (number("height_l", "staff-plan-height-l", l)) (number("height_xl", "staff-plan-height-xl", xl))
            }
            div class="field-row" {
                (number("width", "staff-plan-column-width", draft.measures.width_mm))
                (number("foot", "staff-plan-foot", draft.measures.foot_mm))
                (number("first", "staff-plan-first", draft.measures.first))
            }
            (form::checkbox("sensor", &say.t("staff-plan-sensor"), draft.measures.occupancy_sensor))
            (form::checkbox("release", &say.t("staff-plan-release"), draft.measures.inside_release))
        }
        (button_primary(&say.t("staff-plan-do"), Press::Submit))
    };
    html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        (listing::page_title(&say.t("staff-install"), Some(&say.t("staff-plan-lead")), html! {}))
        (presets(say))
        div class="desk-split" {
            (form::form("/staff/banks/new", csrf, fields))
            div id="plan-preview" { (preview(draft, say)) }
        }
    }
}

fn presets(say: Say) -> Markup {
    html! {
        nav class="button-row" aria-label=(say.t("staff-plan-presets")) {
            @for (name, _) in PRESETS {
                a class="button button-secondary" href={ "/staff/banks/new?preset=" (name) } {
                    (say.with("staff-plan-preset", &[("n", name.into())]))
                }
            }
        }
    }
}

/// The first number no door bears or bore.
pub(super) fn next_number(site: &Site) -> u32 {
    let now = site.compartments.all.values().map(|c| &c.spec.label);
    let taken = now.chain(site.layout.former.keys()).filter_map(|label| label.parse::<u32>().ok());
    taken.max().map_or(1, |highest| highest.saturating_add(1))
}

/// `GET /staff/banks/new`
pub async fn page(desk: Desk, Query(fields): Query<Vec<(String, String)>>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let first = desk.read(|site, _| next_number(site)).await?;
    let fields = Fields(fields);
    let mut draft = Draft::from_fields(&fields, first);
    if let Some((_, text)) = PRESETS.iter().find(|(name, _)| *name == fields.get("preset")) {
        draft.text = (*text).to_owned();
    }
    Ok(desk.page(Section::Banks, &desk.say.t("staff-install"), content(&draft, desk.say, &desk.csrf)))
}

/// `GET /staff/banks/preview`
pub async fn preview_now(desk: Desk, Query(fields): Query<Vec<(String, String)>>) -> Result<Markup, Fault> {
    desk.may_install()?;
    Ok(preview(&Draft::from_fields(&Fields(fields), 1), desk.say))
}

/// `POST /staff/banks/new`
pub async fn install(desk: Desk, Csrf(fields): Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let draft = Draft::from_fields(&Fields(fields), 1);
    let invalid = |why: String| Refusal::Invalid { why };
    if draft.name.is_empty() {
        return Err(invalid(desk.say.t("staff-invalid-name")).into());
    }
    let compartments =
        plan(&draft.text, &draft.measures).map_err(|fault| invalid(fault_words(&fault, desk.say)))?;
    let rows = move |answer: &Answer| match answer {
        Answer::Bank(bank) => vec![Row::BankName { bank: *bank, name: draft.name, building: draft.building }],
        _ => Vec::new(),
    };
    desk.ask_with(Command::InstallBank { compartments }, rows).await?;
    Ok(done("/staff/banks", "installed"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    #[test]
    fn the_drawing_follows_the_text_and_says_what_is_wrong() {
        let say = Say::new(Language::En);
        let draft = |columns: &str| Draft::from_fields(&Fields(vec![("columns".into(), columns.into())]), 1);
        let page = preview(&draft("S,M | L"), say).into_string();
        assert_eq!(page.matches("<svg class=\"bank\"").count(), 1, "{page}");
        let wrong = preview(&draft("S,<b>"), say).into_string();
        assert!(
            wrong.contains("&lt;b&gt;") && !wrong.contains("<b>") && !wrong.contains("<svg class=\"bank\""),
            "{wrong}"
        );
    }
}
