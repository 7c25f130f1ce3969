//! Mock pages of staff.

use maud::{Markup, html};
use vestibule_site::{
    drawing::Variant,
    look::{
        Button, Frame, Icon, Post, Press, Theme, button_primary, button_secondary, desk_frame, form,
        listing::{self, Moment, NavItem, Task, Tone},
        message, switches,
    },
};

use crate::{Screen, bank};

pub fn screens() -> Vec<Screen> {
    let screen = |name, title, content| Screen { name, title, frame: Frame::Desk, language: "en", content };
    vec![
        screen("staff-needs-me", "What needs me", framed(0, needs_me())),
        screen("staff-bank", "Lobby", framed(1, the_bank())),
        screen("staff-parcels", "Parcels", framed(2, parcels())),
        screen("staff-parcel", "Parcel 1042", framed(2, parcel())),
        screen("staff-form", "New courier", framed(4, courier())),
    ]
}

fn framed(current: usize, content: Markup) -> Markup {
    let item =
        |at: usize, label, icon, badge| NavItem { label, url: "#", icon, current: at == current, badge };
    let navigation = listing::nav(
        "Main",
        &[
            item(0, "What needs me", Icon::Tasks, Some("4")),
            item(1, "Banks", Icon::Bank, None),
            item(2, "Parcels", Icon::Parcel, None),
            item(3, "Units", Icon::Users, None),
            item(4, "Couriers", Icon::Truck, None),
            item(5, "Kiosks", Icon::Kiosk, None),
            item(6, "Settings", Icon::Settings, None),
        ],
    );
    let words = switches::ThemeWords {
        name: "Appearance",
        device: "As the device",
        light: "Light",
        dark: "Dark",
        contrast: "High contrast",
    };
    let aside = html! { (switches::theme_switch("#", "t", Theme::Device, &words)) p { "Dana Whitfield" } };
    desk_frame("Maple Court", navigation, aside, content)
}

fn needs_me() -> Markup {
    let act = |label| button_secondary(label, Press::Post(&Post::page("#", "t")));
    let task = |icon, tone, title, detail, age, actions| Task { icon, tone, title, detail, age, actions };
    html! {
        (listing::page_title("What needs me", Some("Four things. The oldest waits since yesterday."), html! {}))
        (listing::tasks(&[
            task(Icon::DoorOpen, Tone::Danger, "Door 17 stands open", "Since 13:58, after a delivery by UPS. A photo was taken.", "4 min",
                html! { (act("Open again")) (act("It is shut")) }),
            task(Icon::Warning, Tone::Danger, "Door 20 needs a look", "Was said to be empty by the resident of 5A.", "2 h", html! { (act("Look")) }),
            task(Icon::Phone, Tone::Warning, "Tell apartment 3B", "No e-mail or phone is known. Two parcels wait.", "3 h",
                html! { (act("Print slip")) (act("Told")) }),
            task(Icon::Clock, Tone::Plain, "Parcel in door 8 is overdue", "For R. Okonkwo, 7C. Reminded twice.", "1 day", html! { (act("Return")) }),
        ]))
        (listing::section("Today", listing::figures(&[("31", "delivered"), ("26", "collected"), ("14", "doors free"), ("9 s", "a parcel, median")])))
    }
}

fn the_bank() -> Markup {
    let drawing = bank::demo(Some(17), true);
    html! {
        (listing::page_title("Lobby", Some("14 of 30 doors free"), button_secondary("Print labels", Press::Follow("#"))))
        (listing::tabs("Banks", &[("Lobby", "#", true), ("Mail room", "#", false)]))
        (bank::drawn("bank", &drawing, Variant::Staff, "Lobby lockers", "30 doors in five columns. Door 17 is open."))
    }
}

fn parcels() -> Markup {
    let row = |number: &str, unit: &str, place: &str, tag: Markup, since: &str| {
        vec![html! { a href="#" { (number) } }, html! { (unit) }, html! { (place) }, tag, html! { (since) }]
    };
    html! {
        (listing::page_title("Parcels", None, button_primary("Accept at the desk", Press::Follow("#"))))
        (form::search_form("#", "Unit, name or tracking number", "", button_secondary("Search", Press::Submit)))
        (listing::table("Parcels waiting", &["Parcel", "Unit", "Place", "State", "Since"], &[
            row("1042", "3B", "Door 12", listing::tag(Tone::Accent, "Waiting"), "today 14:02"),
            row("1041", "7C", "Door 8", listing::tag(Tone::Warning, "Overdue"), "Mon 09:40"),
            row("1039", "5A", "Door 20", listing::tag(Tone::Danger, "Missing"), "today 11:15"),
            row("1037", "PH-1", "Shelf B", listing::tag(Tone::Accent, "Waiting"), "today 10:02"),
            row("1030", "1A", "-", listing::tag(Tone::Good, "Collected"), "today 08:31"),
        ]))
        (message::empty("Nothing at the desk", "Parcels you accept show up here.", None))
    }
}

fn parcel() -> Markup {
    let moment = |when, icon, tone, title, detail: &str| Moment {
        at: "2026-11-22T14:02:00-05:00",
        when,
        icon,
        tone,
        title,
        detail: html! { p { (detail) } },
    };
    html! {
        (listing::page_title("Parcel 1042", Some("For M. Alvarez, 3B. In door 12 since today."), html! {
            (button_secondary("Correct the household", Press::Follow("#")))
            (Button::new("Hand over", Press::Follow("#")).rank(vestibule_site::look::button::Rank::Primary).render())
        }))
        (listing::card(listing::facts(&[
            ("Carrier", html! { "UPS" }),
            ("Tracking number", html! { "1Z 999 AA1 01 2345 6784" }),
            ("Place", html! { "Door 12, Lobby" }),
            ("Held until", html! { "Fri 20:00" }),
        ])))
        (listing::section("What happened", listing::timeline(&[
            moment("14:01:12", Icon::Truck, Tone::Plain, "UPS began a visit at the lobby kiosk", "Code of UPS weekday route."),
            moment("14:02:03", Icon::Scan, Tone::Plain, "Scanned and addressed to 3B", "By the courier."),
            moment("14:02:09", Icon::LockOpen, Tone::Accent, "Door 12 opened", "First pulse. Seen open after 0.3 s."),
            moment("14:02:21", Icon::DoorOpen, Tone::Good, "Left in door 12", "Known by the door closing."),
            moment("14:03:40", Icon::Mail, Tone::Plain, "M. Alvarez was told", "By e-mail, in Spanish."),
            moment("14:20:11", Icon::Warning, Tone::Warning, "PIN typed wrong twice", "At the lobby kiosk."),
        ])))
    }
}

fn courier() -> Markup {
    use form::{Field, FieldKind};
    html! {
        (listing::page_title("New courier code", None, html! {}))
        (form::form("#", "t", html! {
            (form::field(&Field::new("name", "Carrier or driver", FieldKind::Text).value("UPS weekday route").required()))
            (form::select("carrier", "Carrier", "ups", &[("ups", "UPS"), ("dhl", "DHL")]))
            (form::field(&Field::new("until", "Valid until", FieldKind::Date).hint("At most a year").error(Some("This day has passed."))))
            (form::radios("kind", "What it is", "code", &[("code", "A code to type"), ("badge", "A badge to scan")]))
            (form::checkbox("door", "Also opens the lobby door", false))
            div class="button-row" { (button_primary("Make the code", Press::Submit)) (button_secondary("Cancel", Press::Follow("#"))) }
        }))
    }
}
