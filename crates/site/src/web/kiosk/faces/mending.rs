//! A courier's look back: the parcels of the visit, putting one right, the summary.

use super::super::draft::Mend;
use super::super::facts::{Item, Spot, Tally};
use super::super::view::KioskView;
use super::courier::door_to_share;
use super::entrance::{courier_code, tally};
use super::{go, row};
use crate::look::button::{Rank, intents};
use crate::look::entry::scan_here;
use crate::look::message::{NoticeKind, done, empty, notice_banner};
use crate::look::page::{headline, one_pane, two_panes};
use crate::look::{Button, Icon, Press};
use maud::{Markup, html};

/// The visit's parcels, the latest first.
pub(super) fn list(view: &KioskView) -> Markup {
    let done = view.facts.courier.as_ref().map(|courier| courier.done.as_slice()).unwrap_or_default();
    one_pane(html! {
        (headline(&view.say("list"), Some(&view.say("list-lead"))))
        @if done.is_empty() { (empty(&view.say("list-empty"), &view.say("list-empty-text"), None)) }
        ol class="items" { @for item in done.iter().rev() { (line(view, item)) } }
        (row(html! { (go(view, "start", &view.say("back"), Some(Icon::ArrowLeft))) }))
    })
}

fn line(view: &KioskView, item: &Item) -> Markup {
    let place = item.spot.as_ref().map(|spot| view.spot(spot)).unwrap_or_default();
    let parcel = item.parcel.to_string();
    let fields = [("parcel", parcel.as_str())];
    let post = view.post("/kiosk/fix").with(&fields);
    html! {
        li class="item" {
            span class="item-place" { (place) }
            span class="item-whose" { (view.item(item)) }
            @if item.mendable {
                (Button::new(&view.say("fix"), Press::Post(&post)).icon(Icon::Wrench).render())
            } @else {
                span class="item-late" { (view.say("too-late")) }
            }
        }
    }
}

/// What is wrong with it?
pub(super) fn what(view: &KioskView) -> Markup {
    let Some((item, _)) = view.mended() else { return html! {} };
    let (reopen, readdress) = ([("what", "reopen")], [("what", "readdress")]);
    let url = "/kiosk/fix-what";
    let door = match &item.spot {
        Some(Spot::Door(label)) => Some(label),
        Some(Spot::Shelf(_) | Spot::Desk | Spot::Area(_) | Spot::TakeBack) | None => None,
    };
    let place = item.spot.as_ref().map(|spot| view.spot(spot)).unwrap_or_default();
    one_pane(html! {
        (headline(&view.say("fix-what"), Some(&format!("{} · {place}", view.item(item)))))
        (intents(html! {
            @if let Some(label) = door {
                (Button::new(&view.of("fix-reopen", label), Press::Post(&view.post(url).with(&reopen)))
                    .icon(Icon::LockOpen).rank(Rank::Secondary).large().render())
            }
            (Button::new(&view.say("fix-readdress"), Press::Post(&view.post(url).with(&readdress)))
                .icon(Icon::Users).large().render())
        }))
        (row(html! { (go(view, "list", &view.say("back"), Some(Icon::ArrowLeft))) }))
    })
}

/// The code again.
pub(super) fn code(view: &KioskView) -> Markup {
    let Some((item, mend)) = view.mended() else { return html! {} };
    let what = match mend {
        Mend::Readdress(Some(recipient)) => view.of("fix-will-readdress", &view.recipient(recipient)),
        Mend::Readdress(None) | Mend::Reopen | Mend::Open => {
            view.of("fix-will-reopen", &item.spot.as_ref().map(|spot| view.spot(spot)).unwrap_or_default())
        }
    };
    code_again(view, &what, "list", "/kiosk/fix-code")
}

/// The code again, for one more behind the door that shut on the parcel before.
pub(super) fn beside(view: &KioskView) -> Markup {
    let Some(label) = door_to_share(view) else { return html! {} };
    code_again(view, &view.of("fix-will-reopen", &view.of("door", label)), "size", "/kiosk/beside-code")
}

fn code_again(view: &KioskView, what: &str, back: &str, url: &str) -> Markup {
    two_panes(
        html! {
            (headline(&view.say("fix-code"), Some(&view.say("fix-code-lead"))))
            (notice_banner(NoticeKind::Info, what))
            (scan_here(&view.say("scan-badge"), Some(&view.say("scan-badge-note"))))
            (row(html! { (go(view, back, &view.say("back"), Some(Icon::ArrowLeft))) }))
        },
        courier_code(view, url),
    )
}

/// What was done, before leaving.
pub(super) fn summary(view: &KioskView) -> Markup {
    let Some(courier) = &view.facts.courier else { return html! {} };
    let counted = Tally::of(&courier.done);
    let finish = view.post("/kiosk/finish");
    let text = view.say(if counted.parcels > 0 { "summary-text" } else { "nothing-was-left" });
    let title = if counted.parcels > 0 { tally(view, &counted) } else { view.say("summary-none") };
    one_pane(html! {
        (done(&title, &text, Some(html! {
            (Button::new(&view.say("finish"), Press::Post(&finish)).rank(Rank::Primary).icon(Icon::Check).render())
        })))
        @if !courier.guest { (row(html! {
            (go(view, "start", &view.say("one-more"), Some(Icon::Plus)))
            @if counted.parcels > 0 { (go(view, "list", &view.say("something-wrong"), Some(Icon::Wrench))) }
        })) }
    })
}
