//! What else there is for a resident once no door is open: shelves, the desk, other banks, doors that stuck; or nothing.

use super::super::facts::{ResidentFacts, Spot, Waiting};
use super::super::view::KioskView;
use super::doors::{position, rooms, wall};
use crate::look::button::{Rank, button_row};
use crate::look::entry::scan_here;
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::page::{headline, one_pane, two_panes};
use crate::look::{Button, Icon, Press, icon};
use crate::web::words::Arg;
use maud::{Markup, html};

/// Everything that is left, the next thing to do first.
pub(super) fn rest(view: &KioskView) -> Markup {
    let Some(resident) = &view.facts.resident else { return html! {} };
    let waits =
        !(resident.to_take.is_empty() && resident.to_open.is_empty() && resident.elsewhere.is_empty());
    let collected = resident.collected as u32;
    let title = if !waits {
        done_title(view, resident)
    } else if collected == 0 && resident.stuck.is_empty() {
        view.say("for-you")
    } else {
        view.say("more-for-you")
    };
    let lead = (collected > 0 && waits).then(|| view.t("collected", &[("n", Arg::Count(collected))]));
    let content = html! {
        @if !waits && is_all(resident) { div class="place-mark place-done" { (icon(Icon::Check)) } }
        (headline(&title, lead.as_deref()))
        @for label in &resident.stuck { (notice_banner(NoticeKind::Warning, &view.of("stuck", label))) }
        @for label in &resident.left { (notice_banner(NoticeKind::Info, &view.of("left", label))) }
        (next_door(view, resident))
        @if !resident.to_take.is_empty() {
            (scan_here(&view.say("check-out-scan"), view.facts.looks_itself.then(|| view.say("check-out-photo")).as_deref()))
        }
        @for waiting in &resident.to_take { (on_a_shelf(view, waiting)) }
        @if !view.facts.photos.is_empty() { p class="hint" { (view.say("photos-hint")) } }
        @for missed in &resident.missed { (looked_for(view, missed)) }
        @for waiting in &resident.elsewhere { (far(view, waiting)) }
        (ways_on(view, resident))
    };
    match rooms(view).filter(|_| !resident.to_take.is_empty()) {
        Some(sights) => two_panes(sights, content),
        None => one_pane(content),
    }
}

/// The field that takes the picture of what is carried away, where the screen takes one; see `carried.js`.
pub(super) fn picture_field(view: &KioskView) -> &'static [(&'static str, &'static str)] {
    let resident = view.facts.resident.as_ref();
    let takes = resident.is_some_and(|theirs| !(theirs.to_take.is_empty() && theirs.missed.is_empty()));
    if takes && view.facts.looks_itself { &[("picture", "")] } else { &[] }
}

/// Nothing is left that they could not have: behind a door that stuck, or not where it should lie.
fn is_all(resident: &ResidentFacts) -> bool {
    resident.stuck.is_empty() && resident.missed.is_empty()
}

fn done_title(view: &KioskView, resident: &ResidentFacts) -> String {
    if is_all(resident) && resident.left.is_empty() { view.say("all-done") } else { view.say("almost-done") }
}

fn next_door(view: &KioskView, resident: &ResidentFacts) -> Markup {
    let post = view.post("/kiosk/next-door");
    html! {
        @if let Some(label) = resident.to_open.first() {
            (Button::new(&view.of("open-door", label), Press::Post(&post)).rank(Rank::Primary).icon(Icon::DoorOpen).large().render())
        }
    }
}

fn on_a_shelf(view: &KioskView, waiting: &Waiting) -> Markup {
    let parcel = waiting.parcel.to_string();
    let fields = [("parcel", parcel.as_str())];
    let post = view.post("/kiosk/not-there").with(&fields);
    html! {
        div class="waits" {
            (as_it_came(view, waiting))
            div { p class="waits-place" { (view.spot(&waiting.spot)) } p class="waits-what" { (from(view, waiting)) } }
            div class="waits-do" {
                (have_it(view, waiting, ("i-have-it", Rank::Primary)))
                (Button::new(&view.say("not-there"), Press::Post(&post)).icon(Icon::Cross).render())
            }
        }
    }
}

/// A small photo of it as it came, if there is one.
fn as_it_came(view: &KioskView, waiting: &Waiting) -> Markup {
    let photo = view.facts.photos.get(&waiting.parcel).zip(view.facts.visit());
    html! {
        @match photo {
            Some((photo, visit)) => img class="waits-photo" width="160" height="120" alt=(view.say("as-it-came"))
                src={ "/kiosk/visits/" (visit) "/photos/" (photo) };,
            None => (icon(Icon::Shelf)),
        }
    }
}

/// It was not there: staff look for it, unless it turns up while they are here.
fn looked_for(view: &KioskView, missed: &Waiting) -> Markup {
    html! {
        div class="waits" {
            (icon(Icon::Search))
            div { p class="waits-place" { (view.say("staff-look")) } p class="waits-what" { (from(view, missed)) ", " (view.spot(&missed.spot)) } }
            (have_it(view, missed, ("found-it", Rank::Secondary)))
        }
    }
}

fn have_it(view: &KioskView, waiting: &Waiting, (words, rank): (&str, Rank)) -> Markup {
    let parcel = waiting.parcel.to_string();
    let mut fields = vec![("parcel", parcel.as_str())];
    fields.extend(picture_field(view));
    let post = view.post("/kiosk/have-it").with(&fields);
    Button::new(&view.say(words), Press::Post(&post)).rank(rank).icon(Icon::Check).render()
}

fn from(view: &KioskView, waiting: &Waiting) -> String {
    match &waiting.carrier {
        Some(carrier) => view.of("parcel-from", carrier),
        None => view.say("a-parcel"),
    }
}

/// Another bank, or the desk: the way there.
fn far(view: &KioskView, waiting: &Waiting) -> Markup {
    let bank = waiting.bank.and_then(|bank| view.names.banks.get(&bank));
    let there = match (&waiting.spot, bank) {
        (Spot::Desk, _) => view.say("at-desk"),
        (_, Some((name, building))) => {
            let place = if building.is_empty() { name.clone() } else { format!("{name}, {building}") };
            view.of("at-bank", &place)
        }
        _ => view.say("at-another-bank"),
    };
    html! {
        div class="waits waits-far" {
            (icon(if waiting.spot == Spot::Desk { Icon::Hand } else { Icon::MapPin }))
            div {
                p class="waits-place" { (view.spot(&waiting.spot)) }
                p class="waits-what" { (from(view, waiting)) ". " (there) }
            }
            @if let Some(there) = &waiting.wall {
                div class="waits-wall" { (wall(view, there, &format!("bank-{}", waiting.parcel), &position(view, there))) }
            }
        }
    }
}

fn ways_on(view: &KioskView, resident: &ResidentFacts) -> Markup {
    let finish = view.post("/kiosk/finish");
    let rank = if resident.to_take.is_empty() && resident.to_open.is_empty() {
        Rank::Primary
    } else {
        Rank::Secondary
    };
    button_row(html! {
        @for (compartment, label) in &resident.again {
            @let value = compartment.to_string();
            @let fields = [("compartment", value.as_str())];
            (Button::new(&view.of("reopen", label), Press::Post(&view.post("/kiosk/reopen").with(&fields))).icon(Icon::LockOpen).render())
        }
        (Button::new(&view.say("done"), Press::Post(&finish)).rank(rank).icon(Icon::Check).render())
    })
}
