//! The remaining blocks, and printed matter.

use maud::html;
use vestibule_site::{
    drawing::{DoorState, DrawingStyle, Variant, legend},
    look::{
        Frame, Icon, Post, Press, button_danger, button_primary, button_quiet, button_secondary, desk_frame,
        entry, listing, message, paper,
    },
};

use crate::{Screen, bank, help, phone::qr_picture};

pub fn screens() -> Vec<Screen> {
    vec![
        Screen { name: "blocks", title: "Blocks", frame: Frame::Desk, language: "en", content: blocks() },
        Screen {
            name: "paper",
            title: "Slips and cards",
            frame: Frame::Paper,
            language: "en",
            content: printed(),
        },
    ]
}

fn blocks() -> maud::Markup {
    let post = Post::page("#", "t");
    let style = DrawingStyle {
        id: "all",
        variant: Variant::Staff,
        title: "States",
        description: "One door a state",
        words: &bank::WORDS,
    };
    desk_frame(
        "Blocks",
        listing::nav("Main", &[]),
        html! {},
        html! {
            (listing::section("Buttons", html! { div class="button-row" {
                (button_primary("Primary", Press::Post(&post))) (button_secondary("Secondary", Press::Post(&post)))
                (button_danger("Write off", Press::Post(&post))) (button_quiet("Quiet", Press::Post(&post)))
                (vestibule_site::look::Button::new("Open", Press::Submit).icon(Icon::LockOpen).unavailable("Door 3 is open").render())
            } }))
            (listing::section("Notices", html! {
                (message::notice_banner(message::NoticeKind::Info, "The clock was set by staff."))
                (message::notice_banner(message::NoticeKind::Done, "Imported 40 units."))
                (message::notice_banner(message::NoticeKind::Warning, "Mail is not going out since 12:10."))
                (message::notice_banner(message::NoticeKind::Danger, "Board 2 does not answer."))
            }))
            (listing::section("States", html! {
                (message::empty("No parcels wait", "Everything is collected.", None))
                (message::loading("Looking for the boards"))
                (message::refused("Not today", "This code opens on weekdays.", None))
                (message::broken("We could not open the door", "Nothing was lost. Please call.", Some(help())))
            }))
            (listing::section("Digits and progress", html! {
                (entry::masked_digits(4, 9, 3, "4 of 9 digits"))
                (message::progress(40, 120, "40 of 120 rows"))
            }))
            (listing::section("Legend", legend(&DoorState::ALL, &style)))
        },
    )
}

fn printed() -> maud::Markup {
    let drawing = bank::demo(None, false);
    paper::sheet(html! {
        (paper::slip(&paper::Slip {
            site_name: "Maple Court",
            to: "Apartment 3B",
            title: "A parcel waits for you in locker 12",
            qr: Some(paper::qr(&qr_picture(), "QR code")),
            lines: &[("Keypad number", paper::code_digits("1202", 4)), ("PIN", paper::code_digits("482913076", 3))],
            help: help(),
        }))
        (paper::id_card("Maple Court", "Resident card", "Apartment 3B", paper::qr(&qr_picture(), "QR code")))
        (bank::drawn("labels", &drawing, Variant::Print, "Lobby", "Door numbers"))
    })
}
