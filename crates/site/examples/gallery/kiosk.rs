//! Mock screens of the kiosk.

use maud::{Markup, html};
use vestibule_site::{
    drawing::Variant,
    look::{
        Button, Calibration, Frame, Icon, Post, Press,
        button::{Rank, button_row, intents},
        button_primary, button_quiet, button_secondary, choice, entry, message,
        page::{big_number, headline, one_pane, two_panes},
    },
};

use crate::{Screen, bank, in_kiosk};

const FRAME: Frame =
    Frame::Kiosk { calibration: Calibration::from_half_px_per_mm(8), low_reach: false, beep: true };
const KEYS: entry::KeypadWords<'static> =
    entry::KeypadWords { name: "Number keys", clear: "Clear", backspace: "Delete last digit", enter: "OK" };

pub fn screens() -> Vec<Screen> {
    let screen = |name, title, content| Screen { name, title, frame: FRAME, language: "en", content };
    vec![
        screen("kiosk-idle", "Welcome", in_kiosk("en", idle())),
        screen("kiosk-courier-loop", "Scan or type", in_kiosk("en", courier_loop())),
        screen("kiosk-recipient", "Who is it for?", in_kiosk("en", recipient())),
        screen("kiosk-letters", "Search a name", in_kiosk("en", letters())),
        screen("kiosk-size", "Which size?", in_kiosk("en", size())),
        screen("kiosk-door-open", "Door 17 is open", in_kiosk("en", door_open())),
        screen("kiosk-pickup", "Pick up", in_kiosk("en", pickup())),
        screen("kiosk-collect", "Door 12 is open", in_kiosk("en", collect())),
        screen("kiosk-refused", "Not this one", in_kiosk("en", refused())),
        screen("kiosk-summary", "All done", in_kiosk("en", summary())),
        Screen {
            name: "kiosk-rtl",
            title: "RTL",
            frame: Frame::Kiosk {
                calibration: Calibration::from_half_px_per_mm(8),
                low_reach: true,
                beep: false,
            },
            language: "ar",
            content: in_kiosk("en", pickup()),
        },
    ]
}

fn idle() -> Markup {
    let deliver = Post::screen("#deliver", "t");
    let pick_up = Post::screen("#pick-up", "t");
    let help = Post::screen("#help", "t");
    html! {
        (one_pane(html! {
            (headline("What brings you here?", Some("Or hold your QR code to the scanner.")))
            (intents(html! {
                (Button::new("Pick up", Press::Post(&pick_up)).note("with your code or card").icon(Icon::Parcel).rank(Rank::Primary).large().render())
                (Button::new("Deliver", Press::Post(&deliver)).note("for couriers").icon(Icon::Truck).large().render())
                (Button::new("Help", Press::Post(&help)).icon(Icon::Help).large().render())
            }))
        }))
        (entry::scan_target(&Post::screen("#scan", "t")))
    }
}

fn courier_loop() -> Markup {
    let finish = Post::screen("#finish", "t");
    let fix = Post::screen("#fix", "t");
    let again = Post::screen("#again", "t");
    let field = entry::DigitsField {
        name: "unit",
        label: "Apartment number",
        hint: None,
        max: 6,
        places: 4,
        group: 0,
        masked: false,
    };
    two_panes(
        html! {
            (headline("Next parcel", None))
            (entry::scan_here("Scan the label", Some("or type the apartment number")))
            (message::notice_banner(message::NoticeKind::Done, "Parcel 7 is in door 14, for M. Alvarez, 3B."))
            (button_row(html! {
                (Button::new("Same apartment again", Press::Post(&again)).note("3B, M. Alvarez").icon(Icon::Again).render())
                (button_secondary("Fix a parcel", Press::Post(&fix)))
                (button_quiet("Finish", Press::Post(&finish)))
            }))
        },
        html! {
            (entry::entry_form(&Post::screen("#entry", "t"), html! {
                (entry::digits_field(&field))
                (entry::keypad(&KEYS))
            }))
            (message::photographed("This visit is photographed"))
        },
    )
}

fn recipient() -> Markup {
    let post = Post::screen("#recipient", "t");
    let back = Post::screen("#back", "t");
    let tile = |text, small, suggested| choice::Tile {
        text,
        small: Some(small),
        icon: None,
        value: ("recipient", "1"),
        suggested,
    };
    one_pane(html! {
        (headline("Who is it for?", Some("UPS 1Z 999 AA1 01 2345 6784")))
        (choice::tiles(&post, &[
            tile("M. Alvarez", "Apartment 3B", true),
            tile("J. Alvarez", "Apartment 3B", false),
            tile("R. Okonkwo", "Apartment 3B", false),
            tile("Somebody else", "in apartment 3B", false),
        ]))
        (button_row(html! { (button_quiet("Another apartment", Press::Post(&back))) }))
    })
}

fn letters() -> Markup {
    one_pane(html! {
        (headline("Type the family name", Some("At least three letters")))
        (entry::entry_form(&Post::screen("#entry", "t"), html! {
            (entry::letters_field("name", "Family name", None, "ALV"))
            (entry::letters_keyboard(&KEYS))
        }))
    })
}

fn size() -> Markup {
    let post = Post::screen("#size", "t");
    let heavy = Post::screen("#heavy", "t");
    let size = |letter, height_mm, measures, availability, any_free, suggested| choice::Size {
        is_door: true,
        letter,
        width_mm: 440,
        height_mm,
        measures,
        availability,
        any_free,
        suggested,
    };
    one_pane(html! {
        (headline("Which door fits?", Some("M. Alvarez, apartment 3B")))
        (choice::size_choice(&post, &[
            size("S", 110, "44 x 11 cm", "9 free", true, false),
            size("M", 225, "44 x 22 cm", "6 free", true, true),
            size("L", 455, "44 x 45 cm", "1 free", true, false),
            size("XL", 685, "44 x 68 cm", "to shelf B", false, false),
        ]))
        (button_row(html! {
            (Button::new("It is heavy", Press::Post(&heavy)).icon(Icon::Weight).render())
            (button_quiet("Back", Press::Post(&heavy)))
        }))
    })
}

fn door_open() -> Markup {
    let post = Post::screen("#x", "t");
    let drawing = bank::demo(Some(17), false);
    html! {
        (two_panes(
            bank::drawn("bank", &drawing, Variant::Large, "Lobby lockers", "Door 17 is open: top right of the screen."),
            html! {
                (big_number("Door", "17"))
                (headline("Put it in and shut the door", Some("Right of the screen, at the top. M. Alvarez, 3B.")))
                (button_row(html! {
                    (Button::new("Bigger door", Press::Post(&post)).icon(Icon::Bigger).render())
                    (Button::new("Open again", Press::Post(&post)).icon(Icon::LockOpen).render())
                    (Button::new("Not left here", Press::Post(&post)).icon(Icon::Undo).render())
                }))
                (button_row(html! { (button_quiet("Something is inside", Press::Post(&post))) }))
            },
        ))
        (entry::scan_target(&post))
    }
}

fn pickup() -> Markup {
    let unit = entry::DigitsField {
        name: "selector",
        label: "Keypad number",
        hint: None,
        max: 6,
        places: 4,
        group: 0,
        masked: false,
    };
    let pin = entry::DigitsField {
        name: "pin",
        label: "PIN",
        hint: None,
        max: 11,
        places: 9,
        group: 3,
        masked: true,
    };
    two_panes(
        html! {
            (headline("Pick up", None))
            (entry::scan_here("Hold your QR code here", Some("or type the numbers from your message")))
            (message::notice_banner(message::NoticeKind::Warning, "That PIN has a typing mistake. Please look again."))
        },
        html! {
            (entry::entry_form(&Post::screen("#entry", "t"), html! {
                (entry::digits_field(&unit))
                (entry::digits_field(&pin))
                (entry::keypad(&KEYS))
            }))
            (entry::idle_warning(&entry::IdleWarning {
                idle_seconds: 600,
                warn_seconds: 20,
                expire: Post::screen("#home", "t"),
                question: "Need more time?",
                countdown: "This screen clears in",
                extend: "Yes, more time",
                finish: "Finish now",
            }))
        },
    )
}

fn collect() -> Markup {
    let post = Post::screen("#x", "t");
    let drawing = bank::demo(Some(12), false);
    two_panes(
        bank::drawn(
            "bank",
            &drawing,
            Variant::Large,
            "Lobby lockers",
            "Door 12 is open: left of the screen.",
        ),
        html! {
            (big_number("Door", "12"))
            (headline("Take your parcel and shut the door", Some("1 of 2. Then door 26 opens.")))
            (message::progress(1, 2, "Parcel 1 of 2"))
            (button_row(html! {
                (button_secondary("Left something inside", Press::Post(&post)))
                (button_secondary("Not mine", Press::Post(&post)))
                (button_secondary("It was empty", Press::Post(&post)))
            }))
        },
    )
}

fn refused() -> Markup {
    let post = Post::screen("#x", "t");
    one_pane(message::refused(
        "This code is for another building",
        "It belongs to Birch House, 12 Lake Street. Your message says where to go.",
        Some(html! {
            (button_primary("Start again", Press::Post(&post)))
            (button_secondary("Help", Press::Post(&post)))
        }),
    ))
}

fn summary() -> Markup {
    let post = Post::screen("#x", "t");
    one_pane(message::done(
        "12 parcels, 9 doors, 3 on shelf B",
        "Everybody is told. Thank you.",
        Some(html! {
            (button_primary("Finish", Press::Post(&post)))
            (button_secondary("Something wrong?", Press::Post(&post)))
        }),
    ))
}
