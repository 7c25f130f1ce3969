//! The start page: who one can be, and what to try.

use super::property::DemoFacts;
use super::{Demo, framed};
use crate::look::button::button_row;
use crate::look::paper::{code_digits, qr};
use crate::look::{Button, Icon, Post, Press, icon};
use crate::web::guard::Reader;
use crate::web::words::{Arg, Language, say, t};
use axum::Extension;
use maud::{Markup, html};
use vestibule_notices::qr::qr_svg;

pub(super) async fn start(Extension(demo): Demo, reader: Reader) -> Markup {
    let title = t(reader.language, "demo-title", &[("site", Arg::Text(&demo.facts().site_name))]);
    framed(&reader, &title, content(reader.language, demo.facts()))
}

fn content(language: Language, facts: &DemoFacts) -> Markup {
    html! {
        div class="demo-head" {
            h1 { (t(language, "demo-title", &[("site", Arg::Text(&facts.site_name))])) }
            p class="lead" { (say(language, if facts.has_lockers { "demo-lead" } else { "demo-lead-room" })) }
        }
        div class="demo-cards" {
            (courier(language, facts))
            @if !facts.doors.is_empty() { (doors(language, facts)) }
            (resident(language, facts))
            (staff(language, facts))
            (hand(language, facts))
            (clock(language))
        }
        (phone(language, facts))
    }
}

fn courier(language: Language, facts: &DemoFacts) -> Markup {
    let codes = html! {
        div class="demo-facts" {
            p { (say(language, "demo-courier-note")) }
            @for courier in &facts.couriers {
                div class="demo-fact" {
                    span class="demo-fact-name" {
                        (t(language, if courier.by_day { "demo-code-by-day" } else { "demo-code-of" }, &[("carrier", Arg::Text(&courier.carrier))]))
                    }
                    (code_digits(&courier.digits, 3))
                }
            }
        }
    };
    let kiosks = html! {
        @for (number, kiosk) in (1..).zip(&facts.kiosks) {
            (primary(&kiosk.name, &format!("/demo/kiosk/{number}"), Icon::Kiosk))
        }
    };
    card(Icon::Truck, language, "demo-courier", codes, kiosks)
}

fn doors(language: Language, facts: &DemoFacts) -> Markup {
    let passes = html! {
        div class="demo-facts" {
            p { (say(language, "demo-doors-note")) }
            @for pass in &facts.passes {
                div class="demo-fact" {
                    span class="demo-fact-name" { (t(language, "demo-pass-to", &[("unit", Arg::Text(&pass.to))])) }
                    (code_digits(&pass.digits, 3))
                }
            }
            p { (say(language, "demo-doors-ring")) }
        }
    };
    let screens = html! {
        @for (number, door) in (1..).zip(&facts.doors) {
            (primary(&door.name, &format!("/demo/door/{number}"), Icon::DoorOpen))
        }
    };
    card(Icon::DoorOpen, language, "demo-doors", passes, screens)
}

fn hand(language: Language, facts: &DemoFacts) -> Markup {
    let note = say(language, if facts.has_lockers { "demo-wall-note" } else { "demo-hand-note" });
    card(
        Icon::Hand,
        language,
        "demo-wall",
        html! { p { (note) } },
        html! {
            @if facts.has_lockers { (primary(&say(language, "demo-open-wall"), "/demo/wall", Icon::Bank)) }
            (primary(&say(language, "demo-open-passages"), "/demo/passages", Icon::DoorOpen))
            (primary(&say(language, "demo-open-printer"), "/demo/printer", Icon::Printer))
        },
    )
}

fn clock(language: Language) -> Markup {
    let pass = |key: &str, fields: &[(&str, &str)]| {
        let post = Post::page("/demo/clock", "").with(fields);
        Button::new(&say(language, key), Press::Post(&post)).icon(Icon::Clock).render()
    };
    card(
        Icon::Clock,
        language,
        "demo-clock",
        html! { p { (say(language, "demo-clock-note")) } },
        html! {
            (pass("demo-clock-minutes", &[("minutes", "3")]))
            (pass("demo-clock-hour", &[("minutes", "60")]))
            (pass("demo-clock-night", &[("until", "1380")]))
            (pass("demo-clock-morning", &[("until", "600")]))
        },
    )
}

fn resident(language: Language, facts: &DemoFacts) -> Markup {
    let cards = html! {
        div class="demo-facts" {
            p { (say(language, "demo-resident-note")) }
            @for held in &facts.cards {
                dl class="demo-fact" {
                    dt { (t(language, "demo-card-of", &[("name", Arg::Text(&held.name))])) }
                    dd { (held.token) }
                }
                p { (say(language, "demo-card-note")) }
            }
        }
    };
    card(
        Icon::Parcel,
        language,
        "demo-resident",
        cards,
        primary(&say(language, "demo-open-inbox"), "/demo/inbox", Icon::Mail),
    )
}

fn staff(language: Language, facts: &DemoFacts) -> Markup {
    let account = html! {
        div class="demo-facts" {
            p { (say(language, "demo-staff-note")) }
            dl class="demo-fact" { dt { (say(language, "demo-email")) } dd { (facts.staff.email) } }
            dl class="demo-fact" { dt { (say(language, "demo-password")) } dd { (facts.staff.password) } }
            @if facts.has_unscanned { p { (say(language, "demo-staff-unscanned")) } }
        }
    };
    card(
        Icon::Users,
        language,
        "demo-staff",
        account,
        html! {
            (primary(&say(language, "demo-open-staff"), "/demo/staff", Icon::Tasks))
            (primary(&say(language, "demo-open-faults"), "/demo/faults", Icon::Wrench))
        },
    )
}

fn phone(language: Language, facts: &DemoFacts) -> Markup {
    html! {
        section class="demo-phone" {
            @if let Some(address) = &facts.reachable_at { (qr(&qr_svg(address), address)) }
            div {
                h2 { (say(language, "demo-phone-title")) }
                @match &facts.reachable_at {
                    Some(address) => {
                        p { (say(language, "demo-phone-note")) }
                        p { a href=(address) { (address) } }
                    }
                    None => p { (say(language, "demo-phone-local")) },
                }
            }
        }
    }
}

fn card(shape: Icon, language: Language, title: &str, facts: Markup, buttons: Markup) -> Markup {
    html! {
        section class="demo-card" {
            h2 { (icon(shape)) (say(language, title)) }
            (facts)
            (button_row(buttons))
        }
    }
}

fn primary(label: &str, url: &str, shape: Icon) -> Markup {
    Button::new(label, Press::Follow(url)).icon(shape).render()
}

#[cfg(test)]
mod tests {
    use super::super::property::{
        CourierToTry, DoorToTry, KioskToTry, PassToTry, ResidentCardToTry, StaffToTry,
    };
    use super::*;

    #[test]
    fn everything_to_try_is_on_the_page_in_every_language() {
        let facts = DemoFacts {
            site_name: "Maple Court".into(),
            has_lockers: true,
            has_unscanned: true,
            kiosks: vec![KioskToTry { name: "Lobby screen".into(), token: "VKSECRET".into() }],
            doors: vec![DoorToTry { name: "Street door".into(), token: "VKSECRET".into() }],
            passes: vec![PassToTry {
                to: "404".into(),
                digits: "417123456789".into(),
                token: "VESECRET".into(),
            }],
            couriers: vec![CourierToTry {
                carrier: "Swiftline".into(),
                digits: "1234567890".into(),
                badge: "VC".into(),
                by_day: false,
            }],
            cards: vec![ResidentCardToTry { name: "Walter".into(), token: "VRCARD".into() }],
            staff: StaffToTry { email: "o@example.com".into(), password: "pass words".into() },
            reachable_at: Some("http://192.168.1.5:8080/".into()),
        };
        for language in Language::ALL {
            let text = content(language, &facts).into_string();
            for wanted in [
                "/demo/kiosk/1",
                "Lobby screen",
                "/demo/door/1",
                "Street door",
                ">417<",
                "/demo/passages",
                "/demo/clock",
                ">123<",
                "VRCARD",
                "pass words",
                "/demo/inbox",
                "192.168.1.5",
            ] {
                assert!(text.contains(wanted), "{wanted} in {language}");
            }
            assert!(!text.contains("VKSECRET"), "a pairing token is not for reading");
            let told = say(language, "demo-staff-unscanned");
            assert!(text.contains(&told), "{told}");
            let blank = content(language, &DemoFacts { has_unscanned: false, ..facts.clone() }).into_string();
            assert!(!blank.contains(&told), "nobody came yesterday");
            let room = content(language, &DemoFacts { has_lockers: false, ..facts.clone() }).into_string();
            assert!(!room.contains("/demo/wall\"") && room.contains("/demo/passages"), "{room}");
        }
    }
}
