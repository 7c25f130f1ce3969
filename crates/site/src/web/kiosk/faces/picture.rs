//! Where the screen takes a picture of what somebody puts down or carries away, and what it says of that; see `carried.js`.

use super::super::facts::Spot;
use super::super::view::{Face, KioskView};
use maud::{Markup, html};

/// A field for a picture.
pub(super) type Field = &'static [(&'static str, &'static str)];

const TAKEN: Field = &[("picture", "")];

/// The field of what is scanned or pressed where parcels lie open, where the screen takes a picture.
pub(super) fn field(view: &KioskView) -> Field {
    let spot = match view.face() {
        Face::Rest => return super::resident::picture_field(view),
        Face::Elsewhere => view.facts.courier.as_ref().and_then(|courier| courier.in_hand.first()),
        Face::Asked => view.asked(),
        _ => None,
    };
    let lies_open = spot.is_some_and(|item| matches!(item.spot, Some(Spot::Shelf(_) | Spot::Area(_))));
    if lies_open && view.facts.looks_itself { TAKEN } else { &[] }
}

/// The field of how many there are in a pile.
pub(super) fn of_a_pile(view: &KioskView) -> Field {
    if view.facts.looks_at_piles { TAKEN } else { &[] }
}

/// That a picture is taken, where one is. A screen that finds no camera of its own takes it back.
pub(super) fn words(view: &KioskView) -> Markup {
    html! {
        @if !field(view).is_empty() { p class="lead" data-no-camera="" { (view.say("put-down-photo")) } }
    }
}

/// What looks at a pile, if anything does.
pub(super) fn pile_words(view: &KioskView) -> Markup {
    let (sees, own) = (view.facts.sees_piles, view.facts.looks_at_piles);
    let none = view.say("drop-no-camera");
    let words = if sees {
        view.say("drop-photo")
    } else if own {
        view.say("drop-photo-own")
    } else {
        none.clone()
    };
    html! { p class="lead" data-no-camera=[own.then_some(&none)] { (words) } }
}
