//! A courier's parcels before a door opens: whose, by number, by name, how big.

use super::super::draft::{Candidate, Next, Recipient};
use super::super::facts::{Goes, SizeFacts, Spot};
use super::super::view::KioskView;
use super::{camera, camera_key, go, keypad_words, keys, picture, row};
use crate::look::button::{Rank, intents, posting};
use crate::look::choice::{self, Tile};
use crate::look::entry::{
    DigitsField, digits_field, entry_form, keypad, letters_field, letters_keyboard, scan_here,
};
use crate::look::message::{NoticeKind, notice_banner};
use crate::look::page::{headline, one_pane, two_panes};
use crate::look::{Button, Icon, Press, icon};
use crate::web::words::Arg;
use maud::{Markup, html};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::visit::quick_drop::MOST;
use vestibule_intake::evidence::Confirmed;

/// Scan or type: the screen a courier comes back to after each parcel.
pub(super) fn address(view: &KioskView) -> Markup {
    let words = keypad_words(view);
    let label = view.say("apartment-number");
    let field =
        DigitsField { name: "unit", label: &label, hint: None, max: 8, places: 4, group: 0, masked: false };
    let mending = view.mended();
    two_panes(
        html! {
            (headline(&view.say(if mending.is_some() { "whose-instead" } else { "next-parcel" }), None))
            @match (&view.draft.next.tracking, mending) {
                (_, Some((item, _))) => (notice_banner(NoticeKind::Info, &view.of("was-for", &view.item(item)))),
                (Some(_), None) => { (label_card(view, &view.draft.next)) (super::label::flags(view)) }
                (None, None) => {
                    (scan_here(&view.say("scan-label"), Some(&view.say("scan-label-note"))))
                    (camera(view))
                }
            }
            @if mending.is_none() { (last_parcel(view)) }
            (other_ways(view))
        },
        html! {
            (entry_form(&view.post("/kiosk/apartment"), html! {
                (digits_field(&field))
                (keypad(&keys(&words)))
            }))
        },
    )
}

/// The label came today already: the same parcel once more, or another with its number?
pub(super) fn known(view: &KioskView) -> Markup {
    let spot = view.draft.next.known.as_ref().and_then(|known| known.spot.as_ref());
    let title = match spot {
        Some(Spot::Door(label)) => view.of("known-door", label),
        Some(spot) => view.of("known-at", &view.spot(spot)),
        None => view.say("known-gone"),
    };
    let (same, another) = (view.post("/kiosk/go").with(&[("to", "start")]), view.post("/kiosk/another"));
    one_pane(html! {
        (headline(&title, Some(&view.say("known-lead"))))
        (label_of(view, &view.draft.next, None))
        (intents(html! {
            (Button::new(&view.say("known-same"), Press::Post(&same)).note(&view.say("known-same-note"))
                .icon(Icon::Check).rank(Rank::Primary).large().render())
            (Button::new(&view.say("known-another"), Press::Post(&another)).note(&view.say("known-another-note"))
                .icon(Icon::Plus).large().render())
        }))
    })
}

/// What was scanned.
fn label_card(view: &KioskView, next: &Next) -> Markup {
    label_of(view, next, Some(&view.say("now-apartment")))
}

fn label_of(view: &KioskView, next: &Next, note: Option<&str>) -> Markup {
    let number = next.tracking.as_deref().unwrap_or_default();
    html! {
        div class="scanned" role="status" {
            (icon(Icon::Parcel))
            div {
                p class="scanned-title" { (next.carrier.unwrap_or(&view.say("label-scanned"))) " " bdi class="number" { (short(number)) } }
                @if let Some(note) = note { p class="scanned-note" { (note) } }
            }
        }
    }
}

/// The end of a number is what people compare.
fn short(number: &str) -> String {
    let length = number.chars().count();
    if length <= 10 {
        number.to_owned()
    } else {
        format!("…{}", number.chars().skip(length - 8).collect::<String>())
    }
}

fn last_parcel(view: &KioskView) -> Markup {
    let last = view.facts.courier.as_ref().and_then(|courier| courier.done.last());
    html! {
        @if let Some((item, spot)) = last.and_then(|item| Some((item, item.spot.as_ref()?))) {
            @let text = view.t("last-parcel", &[("what", Arg::Text(&view.item(item))), ("where", Arg::Text(&view.spot(spot)))]);
            (notice_banner(NoticeKind::Done, &text))
        }
    }
}

fn other_ways(view: &KioskView) -> Markup {
    if view.mended().is_some() {
        return row(html! {
            (unknown_button(view))
            (go(view, "letters", &view.say("by-name"), Some(Icon::Search)))
            (go(view, "list", &view.say("back"), Some(Icon::ArrowLeft)))
        });
    }
    let done = view.facts.courier.as_ref().map_or(0, |courier| courier.done.len() as u32);
    let again = view.post("/kiosk/same-again");
    let last = view.draft.last.as_ref().map(|(recipient, _)| view.recipient(recipient));
    html! {
        (row(html! {
            @if let Some(last) = &last {
                (Button::new(&view.say("same-again"), Press::Post(&again)).note(last).icon(Icon::Again).render())
            }
            @if view.draft.next.tracking.is_none() { (camera_key(view)) }
            @let letters = [("to", "letters")];
            (Button::new(&view.say("by-name"), Press::Post(&view.post("/kiosk/go").with(&letters))).icon(Icon::Search).render())
            (unknown_button(view))
            @let drop = [("to", "drop")];
            @if view.facts.courier.as_ref().is_some_and(|courier| courier.in_hand.is_empty()) {
                (Button::new(&view.say("drop-without"), Press::Post(&view.post("/kiosk/go").with(&drop))).icon(Icon::Hand).render())
            }
        }))
        div class="corner" {
            @if done > 0 { (go(view, "list", &view.t("my-parcels", &[("n", Arg::Count(done))]), Some(Icon::Wrench))) }
            (go(view, "pick-up", &view.say("resident-here"), Some(Icon::Parcel)))
            @let to = [("to", "summary")];
            (Button::new(&view.say("finish"), Press::Post(&view.post("/kiosk/go").with(&to))).icon(Icon::LogOut).render())
        }
    }
}

pub(super) fn unknown_button(view: &KioskView) -> Markup {
    let unknown = [("recipient", "unknown")];
    let post = view.post("/kiosk/choose").with(&unknown);
    Button::new(&view.say("i-do-not-know"), Press::Post(&post)).icon(Icon::Help).render()
}

/// A name in letters.
pub(super) fn letters(view: &KioskView) -> Markup {
    let words = keypad_words(view);
    one_pane(html! {
        (headline(&view.say("letters"), Some(&view.say("letters-lead"))))
        (entry_form(&view.post("/kiosk/name"), html! {
            (letters_field("name", &view.say("family-name"), None, ""))
            (letters_keyboard(&keys(&words)))
        }))
        (row(html! { (go(view, "address", &view.say("back"), Some(Icon::ArrowLeft))) (unknown_button(view)) }))
    })
}

/// Those found.
pub(super) fn choose(view: &KioskView) -> Markup {
    let next = &view.draft.next;
    let values: Vec<(String, String, String)> = next.candidates.iter().map(|c| tile_words(view, c)).collect();
    let unit = one_unit(&next.candidates);
    let (somebody, in_unit) =
        (view.say("somebody-else"), unit.map(|unit| view.of("in-apartment", &view.unit(unit))));
    let whole = unit.map(|unit| format!("u{}", unit.0));
    let alone = values.len() == 1;
    let mut tiles: Vec<Tile<'_>> = values
        .iter()
        .map(|(value, text, small)| tile(value, text, Some(small).filter(|small| !small.is_empty()), alone))
        .collect();
    let whole_is_there = values.iter().any(|(value, ..)| Some(value) == whole.as_ref());
    if let (Some(whole), Some(in_unit)) = (&whole, &in_unit)
        && !whole_is_there
    {
        tiles.push(tile(whole, &somebody, Some(in_unit), false));
    }
    one_pane(html! {
        (headline(&view.say("choose"), next.more.then(|| view.say("more-found")).as_deref()))
        @if next.way == Some(Confirmed::Offered) { (super::label::flags(view)) }
        (choice::tiles(&view.post("/kiosk/choose"), &tiles))
        (row(html! {
            (go(view, "address", &view.say("another-apartment"), Some(Icon::ArrowLeft)))
            (unknown_button(view))
        }))
    })
}

pub(super) fn tile<'a>(
    value: &'a str,
    text: &'a str,
    small: Option<&'a String>,
    suggested: bool,
) -> Tile<'a> {
    Tile { text, small: small.map(String::as_str), icon: None, value: ("recipient", value), suggested }
}

/// Value, first and second line of a tile.
pub(super) fn tile_words(view: &KioskView, candidate: &Candidate) -> (String, String, String) {
    let words = view.names.units.get(&candidate.unit);
    let building = words.map(|words| words.building.clone()).unwrap_or_default();
    match candidate.person {
        Some(person) => {
            let name = view.names.people.get(&person).cloned();
            let unit = view.of("apartment", &view.unit(candidate.unit));
            (format!("p{}-{}", person.0, candidate.unit.0), name.unwrap_or_else(|| unit.clone()), unit)
        }
        None => {
            let label = words.map(|words| words.label.clone()).unwrap_or_default();
            (format!("u{}", candidate.unit.0), view.of("apartment", &label), building)
        }
    }
}

fn one_unit(candidates: &[Candidate]) -> Option<vestibule_core::UnitId> {
    let first = candidates.first()?.unit;
    candidates.iter().all(|candidate| candidate.unit == first).then_some(first)
}

/// What the label says, for staff.
pub(super) fn name_on_label(view: &KioskView) -> Markup {
    let words = keypad_words(view);
    let skip = view.post("/kiosk/named");
    let known = view.draft.next.addressed_to.as_deref().unwrap_or_default();
    one_pane(html! {
        (headline(&view.say("name-on-label"), Some(&view.say("name-on-label-lead"))))
        (entry_form(&view.post("/kiosk/named"), html! {
            (letters_field("name", &view.say("name-on-label-field"), None, known))
            (letters_keyboard(&keys(&words)))
        }))
        (row(html! {
            (go(view, "address", &view.say("back"), Some(Icon::ArrowLeft)))
            (Button::new(&view.say("skip"), Press::Post(&skip)).render())
        }))
    })
}

/// How many there are: one touch names the place for all of them.
pub(super) fn drop(view: &KioskView) -> Markup {
    let numbers: Vec<String> = (1..=MOST).map(|n| n.to_string()).collect();
    let tile = |n| Tile { text: n, small: None, icon: None, value: ("parcels", n), suggested: false };
    let tiles: Vec<Tile<'_>> = numbers.iter().map(|n| tile(n.as_str())).collect();
    one_pane(html! {
        (headline(&view.say("drop"), Some(&view.say("drop-lead"))))
        (picture::pile_words(view))
        (choice::tiles(&view.post("/kiosk/drop").with(picture::of_a_pile(view)), &tiles))
        (row(html! {
            @if view.facts.courier.as_ref().is_some_and(|courier| courier.guest) {
                (Button::new(&view.say("finish"), Press::Post(&view.post("/kiosk/finish"))).icon(Icon::LogOut).render())
            } @else { (go(view, "address", &view.say("back"), Some(Icon::ArrowLeft))) }
        }))
    })
}

/// One touch here deposits.
pub(super) fn size(view: &KioskView) -> Markup {
    let next = &view.draft.next;
    let lead = next.recipient.as_ref().map(|recipient| view.recipient(recipient)).unwrap_or_default();
    one_pane(html! {
        (headline(&view.say(if view.facts.has_doors { "size" } else { "size-shelf" }), Some(&lead)))
        (sizes(view))
        (row(html! {
            (together(view))
            (heavy(view))
            (classes(view))
            (go(view, "address", &view.say("another-apartment"), Some(Icon::ArrowLeft)))
        }))
    })
}

/// The sizes in sight, each one touch.
pub(super) fn sizes(view: &KioskView) -> Markup {
    let facts = &view.facts.sizes;
    let words: Vec<SizeWords> = facts.iter().map(|size| size_words(view, size)).collect();
    let last = view.draft.last.as_ref().map_or(Size::M, |(_, size)| *size);
    let sizes: Vec<choice::Size<'_>> = words
        .iter()
        .zip(facts)
        .map(|(words, facts)| choice::Size {
            letter: words.letter,
            width_mm: facts.width_mm,
            height_mm: facts.height_mm,
            measures: &words.measures,
            availability: &words.availability,
            any_free: matches!(facts.goes, Goes::Free(_)) || !facts.is_door,
            is_door: facts.is_door,
            suggested: facts.size == last,
        })
        .collect();
    choice::size_choice(&view.post("/kiosk/size"), &sizes)
}

struct SizeWords {
    letter: &'static str,
    measures: String,
    availability: String,
}

/// The letter of a size.
pub(in crate::web::kiosk) fn letter(size: Size) -> &'static str {
    match size {
        Size::S => "S",
        Size::M => "M",
        Size::L => "L",
        Size::XL => "XL",
    }
}

fn size_words(view: &KioskView, size: &SizeFacts) -> SizeWords {
    let availability = match &size.goes {
        Goes::Free(free) => view.t("free", &[("n", Arg::Count(*free as u32))]),
        Goes::BiggerDoor => view.say("a-bigger-door"),
        Goes::Elsewhere(spot) => format!("→ {}", view.spot(spot)),
    };
    let measures = if size.is_door {
        format!("{} × {} cm", size.width_mm / 10, size.height_mm / 10)
    } else {
        view.say(&format!("as-big-as-{}", letter(size.size).to_ascii_lowercase()))
    };
    SizeWords { letter: letter(size.size), measures, availability }
}

pub(super) fn heavy(view: &KioskView) -> Markup {
    let on = view.draft.next.heavy;
    posting(
        &view.post("/kiosk/heavy"),
        html! {
            button class="button button-secondary toggle" type="submit" aria-pressed=(if on { "true" } else { "false" }) {
                (icon(if on { Icon::Check } else { Icon::Weight }))
                span class="button-words" { (view.say("heavy")) }
            }
        },
    )
}

/// What it is, where that matters: a touch more for these, and none for the usual parcel.
pub(super) fn classes(view: &KioskView) -> Markup {
    html! {
        @for class in ParcelClass::ALL {
            @let on = view.draft.next.class == Some(class);
            @let fields = [("class", class.word())];
            (posting(&view.post("/kiosk/class").with(&fields), html! {
                button class="button button-secondary toggle" type="submit" aria-pressed=(if on { "true" } else { "false" }) {
                    @if on { (icon(Icon::Check)) }
                    span class="button-words" { (view.say(&format!("class-{}", class.word()))) }
                }
            }))
        }
    }
}

/// Into the compartment this visit filled last for the same household.
fn together(view: &KioskView) -> Markup {
    let Some(label) = door_to_share(view) else { return html! {} };
    let post = view.post("/kiosk/beside");
    Button::new(&view.of("together", label), Press::Post(&post)).icon(Icon::Plus).render()
}

/// The door that shut on the parcel before, where the next one may go behind it too.
pub(super) fn door_to_share(view: &KioskView) -> Option<&str> {
    let (next, last) = (&view.draft.next.recipient, view.draft.last.as_ref().map(|(recipient, _)| recipient));
    let same = next.as_ref() == last && *next != Some(Recipient::Unknown);
    let courier = view.facts.courier.as_ref().filter(|courier| same && courier.in_hand.is_empty())?;
    match courier.done.last()?.spot.as_ref()? {
        Spot::Door(label) => Some(label),
        Spot::Shelf(_) | Spot::Desk | Spot::Area(_) | Spot::TakeBack => None,
    }
}
