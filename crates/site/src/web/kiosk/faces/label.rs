//! What a label alone told: for whom it is, filled in and to be confirmed, or that it is for another house.
//!
//! Owns: the question and at most two others beside it. Never: fills in more than one household, or goes on without a touch.

use super::super::draft::Recipient;
use super::super::view::KioskView;
use super::courier::{classes, heavy, sizes, tile, tile_words, unknown_button};
use super::{go, row};
use crate::directory::intake::Flag;
use crate::look::button::{Rank, intents};
use crate::look::choice::{self, Tile};
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::page::{headline, one_pane};
use crate::look::{Button, Icon, Press};
use crate::web::words::Arg;
use maud::{Markup, html};

/// Beside the one that is filled in.
const ALTERNATES_MOST: usize = 2;

/// *M. Garcia, apartment 1204 - correct?* A size says yes; one of two others, or somebody else, says no.
pub(super) fn confirm(view: &KioskView) -> Markup {
    let next = &view.draft.next;
    let who = next.recipient.as_ref().map(|recipient| in_words(view, recipient)).unwrap_or_default();
    let others: Vec<(String, String, String)> =
        next.candidates.iter().take(ALTERNATES_MOST).map(|candidate| tile_words(view, candidate)).collect();
    let tiles: Vec<Tile<'_>> = others
        .iter()
        .map(|(value, text, small)| tile(value, text, Some(small).filter(|small| !small.is_empty()), false))
        .collect();
    let printed = next.addressed_to.as_deref().unwrap_or_default();
    let lead = match (printed, view.facts.has_doors) {
        ("", true) => view.say("confirm-lead"),
        ("", false) => view.say("confirm-lead-shelf"),
        (printed, true) => view.of("confirm-label", printed),
        (printed, false) => view.of("confirm-label-shelf", printed),
    };
    one_pane(html! {
        (headline(&view.of("confirm", &who), Some(&lead)))
        (flags(view))
        (sizes(view))
        @if !tiles.is_empty() {
            p class="lead" { (view.say("confirm-others")) }
            (choice::tiles(&view.post("/kiosk/choose"), &tiles))
        }
        (row(html! {
            (heavy(view))
            (classes(view))
            (go(view, "address", &view.say("somebody-else"), Some(Icon::ArrowLeft)))
            (unknown_button(view))
        }))
    })
}

/// The person first: it is the name that is compared with the label.
fn in_words(view: &KioskView, recipient: &Recipient) -> String {
    let Recipient::Household { unit, addressee, .. } = recipient else { return view.recipient(recipient) };
    let name = addressee.and_then(|person| view.names.people.get(&person));
    match name {
        Some(name) => {
            let unit = view.unit(*unit);
            view.t("confirm-who", &[("name", Arg::Text(name)), ("unit", Arg::Text(&unit))])
        }
        None => view.recipient(recipient),
    }
}

/// What has to be seen before anybody says yes.
pub(super) fn flags(view: &KioskView) -> Markup {
    let reading = &view.draft.next.reading;
    let flags = reading.guess.iter().flat_map(|guess| &guess.flags);
    html! {
        @for flag in flags {
            @let words = match flag {
                Flag::MovedOut => view.say("flag-moved-out"),
                Flag::LooksLike(units) => view.of("flag-looks-like", &units.join(", ")),
                Flag::NoSuchUnit => view.of("flag-no-such-unit", reading.unit.as_deref().unwrap_or_default()),
            };
            (notice_banner(NoticeKind::Warning, &words))
        }
    }
}

/// *This label says 10001 Main St 12 - this is 5 Lake Street.*
pub(super) fn other_house(view: &KioskView) -> Markup {
    let Some(elsewhere) = &view.draft.next.reading.elsewhere else { return html! {} };
    let words = [("said", Arg::Text(&elsewhere.said)), ("here", Arg::Text(&elsewhere.here))];
    let (back, anyway) = (view.post("/kiosk/take-back"), view.post("/kiosk/deliver-anyway"));
    one_pane(html! {
        div data-say=(view.say("other-house-title")) data-alarm {
            (headline(&view.t("other-house", &words), Some(&view.say("other-house-lead"))))
        }
        (intents(html! {
            (Button::new(&view.say("take-it-back"), Press::Post(&back)).rank(Rank::Primary).large().icon(Icon::Undo)
                .note(&view.say("take-it-back-note")).render())
            (Button::new(&view.say("deliver-anyway"), Press::Post(&anyway)).rank(Rank::Secondary).large()
                .icon(Icon::Parcel).note(&view.say("deliver-anyway-note")).render())
        }))
    })
}
