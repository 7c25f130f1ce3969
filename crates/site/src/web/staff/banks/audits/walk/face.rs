//! What the page of one place shows: where, its door, what should be there, and the keys.
//!
//! Owns: its markup, made for a phone in one hand. Never: a name of a resident; an apartment and a company are enough to look for.

use maud::{Markup, html};
use std::collections::BTreeSet;
use vestibule_core::custody::audit::{AuditPlace, SkipReason, StopState};
use vestibule_core::place::compartment::CompartmentSpec;
use vestibule_core::{CompartmentId, ShelfId};

use super::super::super::compartment::ParcelLine;
use super::super::super::drawn::{self, OwnedStateWords, Wall, shaped};
use super::super::{AUDITS, address, place_word, progress_words, scope_words};
use super::{Stands, WalkView};
use crate::drawing::{DoorDrawing, DrawingStyle, Variant, draw};
use crate::look::button::button_row;
use crate::look::camera::{Begins, camera, camera_key, camera_script};
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::page::big_number;
use crate::look::{Post, Press, button_primary, button_quiet, button_secondary};
use crate::web::kiosk::room::RoomSight;
use crate::web::staff::blocks::back;
use crate::web::staff::desk::reading::camera_words;
use crate::web::staff::desk_page::live;
use crate::web::staff::names;
use crate::web::staff::say::Say;
use crate::web::staff::story::place_name;

/// The whole page.
pub fn content(view: &WalkView, say: Say, csrf: &str) -> Markup {
    let (done, all) = view.done;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let title = say.with("staff-audit-n", &[("n", view.id.to_string().into())]);
    html! {
        (back(AUDITS, &say.t("staff-audits")))
        (listing::page_title(&title, Some(&scope_words(&view.scope, &view.names, say)), html! {}))
        (message::progress(count(done), count(all), &progress_words(done, all, say)))
        div id="place" class="section" {
            @if view.paused { (paused(view, say, csrf)) }
            @else if let Some((place, state)) = &view.place { (at(view, (*place, state), say, csrf)) }
        }
        (button_row(html! {
            @if !view.paused { (pause(view, say, csrf)) }
            (button_quiet(&say.with("staff-audit-to-end", &[("n", view.differences.into())]),
                Press::Follow(&format!("{}/end", address(view.id)))))
        }))
    }
}

fn left_open(view: &WalkView, open: CompartmentId, say: Say) -> Markup {
    let door = view.names.door_label(open);
    message::notice_banner(NoticeKind::Warning, &say.with("staff-audit-left-open", &[("door", door.into())]))
}

fn paused(view: &WalkView, say: Say, csrf: &str) -> Markup {
    let url = format!("{}/pause", address(view.id));
    let post = Post::page(&url, csrf).with(&[("pause", "no")]);
    html! {
        @if let Some(open) = view.left_open { (left_open(view, open, say)) }
        (message::notice_banner(NoticeKind::Info, &say.t("staff-audit-is-paused")))
        (button_primary(&say.t("staff-audit-go-on"), Press::Post(&post)))
    }
}

fn pause(view: &WalkView, say: Say, csrf: &str) -> Markup {
    let url = format!("{}/pause", address(view.id));
    let post = Post::page(&url, csrf).with(&[("pause", "yes")]);
    button_quiet(&say.t("staff-audit-pause"), Press::Post(&post))
}

fn at(view: &WalkView, (place, state): (AuditPlace, &StopState), say: Say, csrf: &str) -> Markup {
    let may_look =
        view.door.as_ref().is_none_or(|(_, _, stands)| matches!(stands, Stands::Open | Stands::ShutAgain));
    html! {
        @match &view.door {
            Some((id, ..)) => (big_number(&say.t("staff-compartment"), &view.names.door_label(*id))),
            None => h2 { (names::capital(&place_name(place, &view.names, say))) },
        }
        @if let Some((kind, text)) = said(view, say) { (message::notice_banner(kind, &text)) }
        @match state {
            StopState::Skipped(why) => (message::notice_banner(NoticeKind::Warning, &skipped(*why, say))),
            StopState::Looked(_) => (message::notice_banner(NoticeKind::Info, &say.t("staff-audit-looked"))),
            StopState::Waiting => {}
        }
        (live(&format!("{}/live?at={}", address(view.id), place_word(place)), door(view, say)))
        @if may_look { (looking(view, place, say, csrf)) }
        (opening(view, say, csrf))
        (next(view, (place, state), say, csrf))
        @if let Some((id, wall, _)) = &view.door { (drawing(view, (*id, wall), say)) }
        @if let Some((sight, walked)) = &view.room { (room(view, (sight, walked), say)) }
    }
}

/// What is said about the last press.
fn said(view: &WalkView, say: Say) -> Option<(NoticeKind, String)> {
    let (kind, key) = match view.note.as_str() {
        "added" => (NoticeKind::Done, "staff-audit-note-added"),
        "unknown" => (NoticeKind::Warning, "staff-audit-note-unknown"),
        "unread" => (NoticeKind::Warning, "staff-audit-note-unread"),
        "unanswered" => (NoticeKind::Warning, "staff-audit-note-unanswered"),
        "at-shelf" => (NoticeKind::Info, "staff-audit-note-at-shelf"),
        "unrecorded" => (NoticeKind::Warning, "staff-audit-note-unrecorded"),
        "shelf-gone" => (NoticeKind::Warning, "staff-audit-note-shelf-gone"),
        "shelf-not-walked" => (NoticeKind::Warning, "staff-audit-note-shelf-not-walked"),
        _ => return None,
    };
    Some((kind, say.t(key)))
}

/// Why a place was passed over, in words.
pub fn skipped(why: SkipReason, say: Say) -> String {
    say.t(&format!("staff-audit-skipped-{}", why.word()))
}

/// How this door and one left open stand: the part that changes by itself.
pub fn door(view: &WalkView, say: Say) -> Markup {
    let stands = view.door.as_ref().map(|(_, _, stands)| match stands {
        Stands::Shut => (Tone::Plain, "staff-audit-door-shut"),
        Stands::Opening => (Tone::Plain, "staff-audit-door-opening"),
        Stands::Open => (Tone::Accent, "staff-audit-door-open"),
        Stands::ShutAgain => (Tone::Good, "staff-audit-door-shut-again"),
    });
    html! {
        @if let Some(open) = view.left_open { (left_open(view, open, say)) }
        @if let Some((tone, key)) = stands { p role="status" { (listing::tag(tone, &say.t(key))) } }
    }
}

fn opening(view: &WalkView, say: Say, csrf: &str) -> Markup {
    let Some((id, _, stands)) = &view.door else { return html! {} };
    let (number, url) = (id.to_string(), format!("{}/open", address(view.id)));
    let fields = [("compartment", number.as_str())];
    let post = Post::page(&url, csrf).with(&fields);
    let label = say.with("staff-audit-open", &[("door", view.names.door_label(*id).into())]);
    let here = format!("{}?at=compartment-{id}#place", address(view.id));
    html! {
        @match stands {
            Stands::Open => {}
            Stands::Opening => (button_secondary(&say.t("staff-audit-see"), Press::Follow(&here))),
            Stands::ShutAgain => (button_secondary(&label, Press::Post(&post))),
            Stands::Shut => (button_primary(&label, Press::Post(&post))),
        }
    }
}

/// Scanning first: the key of a scanner presses the first button of a form.
fn looking(view: &WalkView, place: AuditPlace, say: Say, csrf: &str) -> Markup {
    let words = camera_words(say);
    let scan = format!("{}/scan?{}", address(view.id), view.marks.query(place, ""));
    let unknown = view.marks.unknown.to_string();
    let (label, hint) = (say.t("staff-audit-scan"), say.t("staff-audit-scan-hint"));
    let field = Field::new("scan", &label, FieldKind::Text).hint(&hint);
    let fields = html! {
        input type="hidden" name="at" value=(place_word(place));
        (form::field(&field))
        (button_secondary(&say.t("staff-audit-scan-add"), Press::SubmitAs { name: "do", value: "scan" }))
        @if view.recorded.is_empty() { p class="lead" { (say.t("staff-audit-should-be-empty")) } }
        @for line in &view.recorded { (asked(view, line, say)) }
        @if !view.also.is_empty() {
            h2 { (say.t("staff-audit-also")) }
            // A tick that is taken away takes back what was scanned by mistake.
            ul class="plain-list" { @for line in &view.also { li { label class="check" {
                input type="checkbox" name="also" value=(line.id) checked;
                span { (described(view, line, say)) ", " (view.names.custodian(say, line.custodian)) }
            } } } }
        }
        (form::field(&Field::new("unknown", &say.t("staff-audit-unknown"), FieldKind::Number).value(&unknown)))
        (button_primary(&say.t("staff-audit-done-here"), Press::SubmitAs { name: "do", value: "look" }))
    };
    html! {
        (camera_key(&words))
        (camera(&words, &Post::page(&scan, csrf)))
        (camera_script(&view.nonce, Begins::WhenPressed))
        (form::form(&format!("{}/look", address(view.id)), csrf, fields))
    }
}

fn asked(view: &WalkView, line: &ParcelLine, say: Say) -> Markup {
    let chosen = match line.id {
        id if view.marks.seen.contains(&id) => "there",
        id if view.marks.gone.contains(&id) => "gone",
        _ => "",
    };
    let (there, gone) = (say.t("staff-audit-there"), say.t("staff-audit-gone"));
    let choices = [("there", there.as_str()), ("gone", gone.as_str())];
    html! {
        input type="hidden" name="asked" value=(line.id);
        (form::radios(&format!("p-{}", line.id), &described(view, line, say), chosen, &choices))
    }
}

/// `Parcel 41, apartment 3B, UPS`.
fn described(view: &WalkView, line: &ParcelLine, say: Say) -> String {
    let unit = line.unit.map(|unit| view.names.unit(say, unit));
    let carrier = line.carrier.map(|carrier| view.names.carrier(say, Some(carrier)));
    let parts = [Some(names::parcel(say, line.id)), unit, carrier];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The bank, each door leading to its place in the walk.
fn drawing(view: &WalkView, (meant, wall): (CompartmentId, &Wall), say: Say) -> Markup {
    let specs: Vec<&CompartmentSpec> = wall.doors.iter().map(|door| &door.compartment.spec).collect();
    let bank = shaped(&view.names.bank(say, wall.id), &specs, |at, hinge| {
        let (door, spec) = (&wall.doors[at], specs[at]);
        let spoken = door.spoken(&view.names, say);
        let url = format!("{}?at=compartment-{}#place", address(view.id), door.id);
        let drawn = DoorDrawing::new(&spec.label, spec.height_mm, hinge, door.state(), &spoken).link(&url);
        if door.id == meant { drawn.highlighted() } else { drawn }
    });
    let words = OwnedStateWords::new(say);
    draw(
        &bank,
        &DrawingStyle {
            id: "bank",
            variant: Variant::Staff,
            title: &bank.name,
            description: &say.with("staff-audit-drawn", &[("door", view.names.door_label(meant).into())]),
            words: &words.borrowed(),
        },
    )
}

/// Where the shelf stands; each shelf of the walk leads to its place in it.
fn room(view: &WalkView, (sight, walked): (&RoomSight, &BTreeSet<ShelfId>), say: Say) -> Markup {
    let leads = |shelf: ShelfId| {
        let word = place_word(AuditPlace::Shelf(shelf));
        walked.contains(&shelf).then(|| format!("{}?at={word}#place", address(view.id)))
    };
    drawn::room(sight, &leads, say)
}

/// On from here: the next place that waits, or past this one.
fn next(view: &WalkView, (place, state): (AuditPlace, &StopState), say: Say, csrf: &str) -> Markup {
    let url = format!("{}/skip", address(view.id));
    let word = place_word(place);
    let fields = [("at", word.as_str())];
    html! {
        @if *state == StopState::Waiting {
            (button_quiet(&say.t("staff-audit-skip"), Press::Post(&Post::page(&url, csrf).with(&fields))))
        } @else {
            (button_secondary(&say.t("staff-audit-next"), Press::Follow(&format!("{}#place", address(view.id)))))
        }
    }
}
