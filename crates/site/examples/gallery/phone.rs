//! Mock pages on a resident's phone.

use fast_qr::{
    QRBuilder,
    convert::{Builder, Shape, svg::SvgBuilder},
};
use maud::{Markup, html};
use vestibule_site::{
    drawing::Variant,
    look::{
        Frame, Post, Press, button_primary, button_quiet, listing,
        page::{big_number, headline},
        paper, phone_frame, switches,
    },
};

use crate::{Screen, bank, help_to_call};

/// A code nobody can use: the token form without a valid check character.
pub fn qr_picture() -> String {
    let code = QRBuilder::new("VPMC00000000000000000000000000").build().expect("a short text fits a QR code");
    SvgBuilder::default().shape(Shape::Square).margin(2).to_str(&code)
}

pub fn screens() -> Vec<Screen> {
    let screen = |name, title, content| Screen {
        name,
        title,
        frame: Frame::Phone { live: false },
        language: "en",
        content,
    };
    vec![
        screen("phone-link", "Your parcel", framed(waiting())),
        screen("phone-code", "Your code", framed(revealed())),
    ]
}

fn framed(content: Markup) -> Markup {
    let languages = switches::language_switch("#", "t", "Language", "en", &[("en", "EN"), ("es", "ES")]);
    phone_frame("Maple Court", languages, help_to_call(), content)
}

fn waiting() -> Markup {
    let mut drawing = bank::demo(None, false);
    drawing.columns[1].doors[4].highlighted = true;
    drawing.you_are_here = Some((1160, "kiosk".into()));
    html! {
        (headline("A parcel waits for you", Some("Held until Friday, 20:00")))
        (big_number("Locker", "12"))
        (bank::drawn("bank", &drawing, Variant::Small, "Lobby lockers", "Door 12: left of the screen, in the middle."))
        (button_primary("Show my code", Press::Post(&Post::page("#code", "t"))))
        (button_quiet("Ask somebody else to collect it", Press::Follow("#delegate")))
    }
}

fn revealed() -> Markup {
    html! {
        (headline("Hold this to the scanner", Some("At the screen between the lockers")))
        (paper::qr(&qr_picture(), "QR code for pick-up"))
        (listing::card(html! {
            p { "Or type at the screen" }
            (listing::facts(&[
                ("Keypad number", paper::code_digits("1202", 4)),
                ("PIN", paper::code_digits("482913076", 3)),
            ]))
        }))
    }
}
