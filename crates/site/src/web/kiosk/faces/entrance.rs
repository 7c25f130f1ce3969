//! Where people come and go: the first screen, giving a code, help, goodbye.

use super::super::facts::{Spot, Tally};
use super::super::view::KioskView;
use super::{camera_for_codes, camera_key, go, keypad_words, keys, row, wipes};
use crate::look::button::{Rank, intents};
use crate::look::entry::{DigitsField, digits_field, entry_form, keypad, scan_here};
use crate::look::message::done;
use crate::look::page::{headline, one_pane, two_panes};
use crate::look::{Button, Icon, Press, icon};
use crate::web::words::Arg;
use maud::{Markup, html};

/// Digits of a courier code: selector, random digits, check digit.
pub(super) const COURIER_DIGITS: u8 = 10;

/// What brings you here?
pub(super) fn start(view: &KioskView) -> Markup {
    let to = |stage: &'static str| [("to", stage)];
    let (pick_up, deliver, help) = (to("pick-up"), to("deliver"), to("help"));
    let post = |fields| view.post("/kiosk/go").with(fields);
    one_pane(html! {
        (headline(&view.say("start"), Some(&view.say("start-lead"))))
        (intents(html! {
            (Button::new(&view.say("pick-up"), Press::Post(&post(&pick_up))).note(&view.say("pick-up-note"))
                .icon(Icon::Parcel).rank(Rank::Primary).large().render())
            (Button::new(&view.say("deliver"), Press::Post(&post(&deliver))).note(&view.say("deliver-note"))
                .icon(Icon::Truck).large().render())
            (Button::new(&view.say("help"), Press::Post(&post(&help))).note(&view.say("help-note"))
                .icon(Icon::Help).large().render())
            @if view.facts.stands_at_door {
                (Button::new(&view.say("come-in"), Press::Follow("/door")).note(&view.say("come-in-note"))
                    .icon(Icon::DoorOpen).large().render())
            }
        }))
    })
}

/// A resident's code.
pub(super) fn pick_up(view: &KioskView) -> Markup {
    let words = keypad_words(view);
    let (number, hint, pin) = (view.say("keypad-number"), view.say("keypad-number-hint"), view.say("pin"));
    let selector = DigitsField {
        name: "selector",
        label: &number,
        hint: Some(&hint),
        max: 8,
        places: 4,
        group: 0,
        masked: false,
    };
    let digits = view.facts.pin_digits;
    let pin = DigitsField {
        name: "pin",
        label: &pin,
        hint: None,
        max: digits + 2,
        places: digits,
        group: 3,
        masked: true,
    };
    two_panes(
        html! {
            (headline(&view.say("pick-up"), None))
            (scan_here(&view.say("scan-code"), Some(&view.say("scan-code-note"))))
            (camera_for_codes(view))
            (row(html! { (back(view)) (camera_key(view)) }))
        },
        html! {
            div data-wipes=(wipes(view)) {
                (entry_form(&view.post("/kiosk/collect"), html! {
                    (digits_field(&selector))
                    (digits_field(&pin))
                    (keypad(&keys(&words)))
                }))
            }
        },
    )
}

/// A courier's code.
pub(super) fn deliver(view: &KioskView) -> Markup {
    two_panes(
        html! {
            (headline(&view.say("deliver"), None))
            (scan_here(&view.say("scan-badge"), Some(&view.say("scan-badge-note"))))
            (camera_for_codes(view))
            @if view.facts.may_drop {
                (Button::new(&view.say("come-to-drop"), Press::Post(&view.post("/kiosk/come-to-drop")))
                    .note(&view.say("come-to-drop-note")).icon(Icon::Hand).large().render())
            }
            (row(html! { (back(view)) (camera_key(view)) }))
        },
        courier_code(view, "/kiosk/log-in"),
    )
}

/// The field and keypad for a courier's code.
pub(super) fn courier_code(view: &KioskView, url: &str) -> Markup {
    let words = keypad_words(view);
    let label = view.say("courier-code");
    let field = DigitsField {
        name: "code",
        label: &label,
        hint: None,
        max: COURIER_DIGITS + 2,
        places: COURIER_DIGITS,
        group: 3,
        masked: true,
    };
    html! {
        div data-wipes=(wipes(view)) {
            (entry_form(&view.post(url), html! { (digits_field(&field)) (keypad(&keys(&words))) }))
        }
    }
}

fn back(view: &KioskView) -> Markup {
    let label = view.say(if view.facts.courier.is_some() { "back-to-delivering" } else { "back" });
    go(view, "start", &label, Some(Icon::ArrowLeft))
}

/// Who helps, and what people ask most.
pub(super) fn help(view: &KioskView) -> Markup {
    let help = &view.names.help;
    one_pane(html! {
        (headline(&view.say("help"), None))
        @if let Some(phone) = &help.phone {
            p class="help-big" { (icon(Icon::Phone)) span class="help-phone" { (phone) } }
        }
        @if !help.who.is_empty() { p class="lead" { (help.who) } }
        ul class="answers" {
            @for key in ["help-no-code", "help-wrong-code", "help-door", "help-courier"] {
                li { (icon(Icon::Info)) span { (view.say(key)) } }
            }
        }
        (row(html! { (back(view)) }))
    })
}

/// `12 parcels, 9 doors, 3 on shelf B`.
pub(super) fn tally(view: &KioskView, tally: &Tally) -> String {
    let count = |key: &str, n: u32| view.t(key, &[("n", Arg::Count(n))]);
    let mut parts = vec![count("parcels", tally.parcels)];
    if tally.doors > 0 {
        parts.push(count("doors", tally.doors));
    }
    for (spot, n) in &tally.others {
        let key = match spot {
            Spot::Desk => "tally-desk",
            Spot::Shelf(_) | Spot::Area(_) | Spot::Door(_) | Spot::TakeBack => "tally-at",
        };
        parts.push(view.t(key, &[("n", Arg::Count(*n)), ("what", Arg::Text(&view.spot(spot)))]));
    }
    parts.join(", ")
}

/// A courier has gone.
pub(super) fn goodbye(view: &KioskView) -> Markup {
    let counted = view.draft.goodbye.as_ref().filter(|counted| counted.parcels > 0);
    let (title, text) = match counted {
        Some(counted) => (tally(view, counted), view.say("everybody-is-told")),
        None => (view.say("thank-you"), view.say("nothing-was-left")),
    };
    let leave = view.post("/kiosk/leave");
    one_pane(done(
        &title,
        &text,
        Some(html! {
            (Button::new(&view.say("to-start"), Press::Post(&leave)).render())
        }),
    ))
}
