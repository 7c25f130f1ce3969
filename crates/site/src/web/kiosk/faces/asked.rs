//! A courier came back, or whoever else brought something: does the parcel lie where the screen sent them?

use super::super::facts::Spot;
use super::super::view::KioskView;
use super::{go, picture, row};
use crate::look::button::{Rank, intents};
use crate::look::page::{headline, one_pane};
use crate::look::{Button, Icon, Press, icon};
use maud::{Markup, html};

/// *Did you put it on shelf F1?*
pub(super) fn ask(view: &KioskView) -> Markup {
    let Some(item) = view.asked() else { return html! {} };
    let place = item.spot.as_ref().map(|spot| view.spot(spot)).unwrap_or_default();
    let parcel = item.parcel.to_string();
    let still = [("parcel", parcel.as_str())];
    let mut there = still.to_vec();
    there.extend(picture::field(view));
    let (there, still) = (view.post("/kiosk/placed").with(&there), view.post("/kiosk/in-hand").with(&still));
    let (title, shape) = match item.spot {
        Some(Spot::Area(_)) => ("asked-area", Icon::MapPin),
        _ => ("asked", Icon::Shelf),
    };
    one_pane(html! {
        div class="place-mark" { (icon(shape)) }
        (headline(&view.of(title, &place), Some(&format!("{}. {}", view.item(item), view.say("asked-lead")))))
        (picture::words(view))
        (intents(html! {
            (Button::new(&view.say("asked-there"), Press::Post(&there)).icon(Icon::Check).rank(Rank::Primary).large().render())
            (Button::new(&view.say("asked-in-hand"), Press::Post(&still)).note(&view.say("asked-in-hand-note"))
                .icon(Icon::Hand).large().render())
        }))
        @if matches!(item.spot, Some(Spot::Shelf(_))) { p class="lead" { (view.say("to-shelf-scan")) } }
        (row(html! {
            @if view.facts.courier.as_ref().is_some_and(|courier| courier.guest) {
                (Button::new(&view.say("finish"), Press::Post(&view.post("/kiosk/finish"))).icon(Icon::LogOut).render())
            } @else { (go(view, "address", &view.say("scan-next-short"), Some(Icon::Scan))) }
        }))
    })
}
