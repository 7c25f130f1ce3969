//! What the editor of a bank shows: columns and doors beside the drawing, and before it is saved what would change.
//!
//! Owns: its markup. Never: decides what may change.

use maud::{Markup, html};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::site::drawing::{DrawingChange, Redrawn};

use super::super::super::blocks::back;
use super::super::super::say::{Put, Say};
use super::super::super::story::{self, size_word};
use super::super::install::drawn;
use super::super::plan::PRESETS;
use super::RedrawView;
use super::draft::{ColumnDraft, DoorDraft};
use crate::look::button::button_row;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing;
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_secondary};
use crate::web::problem::needed_key;

fn at(view: &RedrawView) -> String {
    format!("/staff/banks/{}/edit", view.bank)
}

fn title(view: &RedrawView, say: Say, lead: &str) -> Markup {
    let title = say.with("staff-redraw-title", &[("bank", view.names.bank(say, view.bank).into())]);
    html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        (listing::page_title(&title, Some(&say.t(lead)), html! {}))
    }
}

/// A button that does something to the draft and comes back to its column.
fn press(view: &RedrawView, label: &str, word: &str, column: Option<usize>) -> Markup {
    let to = column.map_or_else(|| at(view), |column| format!("{}#column-{column}", at(view)));
    html! {
        button class="button button-quiet" type="submit" name="do" value=(word) formaction=(to) formnovalidate {
            span class="button-words" { span class="button-label" { (label) } }
        }
    }
}

/// The editor with its drawing.
pub fn editor(view: &RedrawView, say: Say, csrf: &str) -> Markup {
    let live = format!("{}/drawing", at(view));
    let fields = html! {
        // The first button is what the key Enter presses.
        button class="visually-hidden" type="submit" name="do" value="see" tabindex="-1" aria-hidden="true" {}
        input type="hidden" name="was" value=(view.draft.was);
        div class="desk-split" {
            div class="form" hx-post=(live) hx-include="closest form" hx-target="#plan-preview" hx-swap="innerHTML" hx-trigger="input delay:300ms" {
                nav class="button-row" aria-label=(say.t("staff-plan-presets")) {
                    @for (index, (name, _)) in PRESETS.iter().enumerate() {
                        (press(view, &say.with("staff-plan-preset", &[("n", (*name).into())]), &format!("preset-{index}"), None))
                    }
                }
                @for (index, draft) in view.draft.columns.iter().enumerate() { (column(view, (index, draft), say)) }
                (press(view, &say.t("staff-redraw-new-column"), "column", Some(view.draft.columns.len())))
            }
            div id="plan-preview" class="section" { (drawing(view, say)) }
        }
        (button_row(html! { (button_primary(&say.t("staff-redraw-see"), Press::SubmitAs { name: "do", value: "see" })) }))
    };
    html! {
        (title(view, say, "staff-redraw-lead"))
        form class="section" method="post" action=(at(view)) { (form::csrf_field(csrf)) (fields) }
        (listing::section(&say.t("staff-redraw-history"), story::story(&view.drawings.iter().rev().cloned().collect::<Vec<_>>(), &view.names, say)))
    }
}

fn number(name: &str, label: &str, value: u32) -> Markup {
    form::field(&Field::new(name, label, FieldKind::Number).value(&value.to_string()).required())
}

fn column(view: &RedrawView, (index, draft): (usize, &ColumnDraft), say: Say) -> Markup {
    let of: [(&'static str, Put); 2] = [("n", (index + 1).into()), ("doors", draft.doors.len().into())];
    html! {
        details class="ask" id={ "column-" (index) } open[view.draft.at == Some(index)] {
            summary class="button button-secondary" {
                span class="button-words" { span class="button-label" { (say.with("staff-redraw-column", &of)) } }
            }
            div class="ask-body" {
                div class="field-row" {
                    (number(&format!("width-{index}"), &say.t("staff-redraw-width"), draft.width_mm))
                    (number(&format!("foot-{index}"), &say.t("staff-plan-foot"), draft.foot_mm))
                }
                @for (row, one) in draft.doors.iter().enumerate() { (door(view, (index, row), one, say)) }
                p class="button-row" {
                    (press(view, &say.t("staff-redraw-new-door"), &format!("door-{index}"), Some(index)))
                    @if index > 0 {
                        (press(view, &say.t("staff-redraw-left"), &format!("left-{index}"), Some(index - 1)))
                    }
                }
            }
        }
    }
}

fn door(view: &RedrawView, (column, row): (usize, usize), one: &DoorDraft, say: Say) -> Markup {
    let at = format!("{column}-{row}");
    let sizes = Size::ALL.map(|size| (size_word(size), size_word(size)));
    let named = |key: &str| say.with(key, &[("door", one.label.as_str().into())]);
    html! {
        fieldset class="field" {
            legend { (named("staff-wiring-door")) }
            @for (name, value) in one.kept(&at) { input type="hidden" name=(name) value=(value); }
            div class="field-row" {
                (form::field(&Field::new(&format!("label-{at}"), &say.t("staff-redraw-number"), FieldKind::Text).value(&one.label).required()))
                (form::select(&format!("size-{at}"), &say.t("staff-redraw-size"), size_word(one.size), &sizes))
                (number(&format!("height-{at}"), &say.t("staff-redraw-height"), one.height_mm))
            }
            (form::checkbox(&format!("sensor-{at}"), &say.t("staff-redraw-sensor"), one.sensor))
            p class="button-row" {
                @if row > 0 { (press(view, &named("staff-redraw-up"), &format!("up-{at}"), Some(column))) }
                (press(view, &named("staff-redraw-out"), &format!("out-{at}"), Some(column)))
            }
        }
    }
}

/// The drawing of what is written, and why it cannot hang so.
pub fn drawing(view: &RedrawView, say: Say) -> Markup {
    let specs: Vec<CompartmentSpec> =
        view.draft.drawn().unwrap_or_default().into_iter().map(|one| one.spec).collect();
    html! {
        @if let Err(why) = &view.foreseen { (message::notice_banner(NoticeKind::Warning, why)) }
        @if !specs.is_empty() { (drawn(&view.names.bank(say, view.bank), &specs, say)) }
    }
}

/// What would change, and the press that changes it.
pub fn differences(view: &RedrawView, say: Say, csrf: &str) -> Markup {
    let kept = view.draft.fields();
    let fields = |content: Markup| {
        html! { @for (name, value) in &kept { input type="hidden" name=(name) value=(value); } (content) }
    };
    let back = button_secondary(&say.t("staff-redraw-back"), Press::SubmitAs { name: "do", value: "draw" });
    let content = match &view.foreseen {
        Ok(change) => html! {
            (listing::section(&say.t("staff-redraw-differences"), listed(change, view, say)))
            @if !change.unreleased.is_empty() { (release(change, say)) }
            @if view.is_wired && !change.added.is_empty() { (message::notice_banner(NoticeKind::Info, &say.t("staff-redraw-waits"))) }
            (button_row(html! {
                (back)
                @if change.still_needed.is_empty() && !change.is_none() {
                    (button_primary(&say.t("staff-redraw-save"), Press::SubmitAs { name: "do", value: "save" }))
                }
            }))
        },
        Err(_) => button_row(back),
    };
    html! {
        (title(view, say, "staff-redraw-see-lead"))
        @if let Some(why) = &view.refused { (message::notice_banner(NoticeKind::Danger, why)) }
        div class="desk-split" {
            (form::form(&at(view), csrf, fields(content)))
            div id="plan-preview" { (drawing(view, say)) }
        }
    }
}

fn release(change: &DrawingChange, say: Say) -> Markup {
    let text = say.with("staff-redraw-release", &[("doors", change.unreleased.join(", ").into())]);
    html! {
        (message::notice_banner(NoticeKind::Warning, &text))
        (form::checkbox("released", &say.t("staff-redraw-released"), false))
    }
}

fn listed(change: &DrawingChange, view: &RedrawView, say: Say) -> Markup {
    let doors = |labels: Vec<String>| -> [(&'static str, Put); 2] {
        [("n", labels.len().into()), ("doors", labels.join(", ").into())]
    };
    let added = change.added.iter().map(|spec| format!("{} ({})", spec.label, size_word(spec.size)));
    let removed = change.removed.iter().map(|id| view.names.door_label(*id));
    let (moved, otherwise): (Vec<&Redrawn>, Vec<&Redrawn>) =
        change.changed.iter().partition(|one| is_moved(one));
    let moved: Vec<String> = moved.into_iter().map(|one| one.after.label.clone()).collect();
    let (added, removed): (Vec<_>, Vec<_>) = (added.collect(), removed.collect());
    html! {
        @if change.is_none() { p { (say.t("staff-redraw-none")) } }
        ul class="plain-list" {
            @if !added.is_empty() { li { (say.with("staff-redraw-added", &doors(added))) } }
            @if !removed.is_empty() { li { (say.with("staff-redraw-removed", &doors(removed))) } }
            @for one in otherwise { li { (redrawn(one, say)) } }
            @if !moved.is_empty() { li { (say.with("staff-redraw-moved", &doors(moved))) } }
        }
        @if !change.still_needed.is_empty() {
            (message::notice_banner(NoticeKind::Danger, &say.t("staff-redraw-needed")))
            ul class="plain-list" { @for (id, why) in &change.still_needed {
                li { a href={ "/staff/compartments/" (id) } { (say.with(needed_key(*why), &[("doors", view.names.door_label(*id).into())])) } }
            } }
        }
    }
}

/// Whether it hangs at another place and is the same for the rest.
fn is_moved(one: &Redrawn) -> bool {
    let CompartmentSpec { column, bottom_mm, .. } = one.before;
    CompartmentSpec { column, bottom_mm, ..one.after.clone() } == one.before
}

/// `3: number 3b, size M, height 300 mm`.
fn redrawn(Redrawn { before, after, .. }: &Redrawn, say: Say) -> String {
    let mut said = Vec::new();
    if before.label != after.label {
        said.push(say.with("staff-redraw-to-number", &[("door", after.label.as_str().into())]));
    }
    if before.size != after.size {
        said.push(say.with("staff-redraw-to-size", &[("size", size_word(after.size).into())]));
    }
    let mut side = |key: &str, was: u32, is: u32| {
        if was != is {
            said.push(say.with(key, &[("was", was.into()), ("is", is.into())]));
        }
    };
    side("staff-redraw-to-width", before.width_mm, after.width_mm);
    side("staff-redraw-to-height", before.height_mm, after.height_mm);
    if before.occupancy_sensor != after.occupancy_sensor {
        let key = if after.occupancy_sensor { "staff-redraw-to-sensor" } else { "staff-redraw-to-no-sensor" };
        said.push(say.t(key));
    }
    if before.inside_release != after.inside_release {
        said.push(say.t("staff-redraw-to-released"));
    }
    format!("{}: {}", before.label, said.join(", "))
}
