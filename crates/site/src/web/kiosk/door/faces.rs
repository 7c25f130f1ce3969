//! The screens of the page at a door.

use crate::look::button::button_row;
use crate::look::entry::{
    DigitsField, KeypadWords, digits_field, entry_form, keypad, letters_field, letters_keyboard,
};
use crate::look::message::{self, done, empty, refused};
use crate::look::page::{Calibration, Frame, KioskFrame, headline, kiosk_frame, one_pane, page, two_panes};
use crate::look::{Button, Icon, Post, Press, button_primary, button_quiet, button_secondary};
use crate::web::face::SiteFace;
use crate::web::guard::Reader;
use crate::web::words::{Arg, Language, say, t};
use maud::{Markup, html};
use vestibule_core::AccessPointId;
use vestibule_core::access::admission::WayOn;
use vestibule_core::access::policy::NoCode;
use vestibule_core::code::pin::{COURIER_SELECTOR_DIGITS, DOOR_RANDOM_DIGITS};

/// Pixels a millimetre of a usual screen.
const PX_PER_MM: f32 = 4.0;
/// Digits of a code that opens a door, with its check digit.
const CODE_DIGITS: u8 = (COURIER_SELECTOR_DIGITS + DOOR_RANDOM_DIGITS + 1) as u8;

/// The door a screen stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Which.
    pub point: AccessPointId,
    /// What people call it.
    pub label: String,
    /// Whether anyone may walk in now.
    pub open_to_all: bool,
    /// Whether residents collect behind it.
    pub collects: bool,
    /// What somebody without a code can do.
    pub no_code: NoCode,
    /// Digits of a PIN with its check digit.
    pub pin_digits: u8,
    /// What else can be done, the best first.
    pub ways_on: Vec<WayOn>,
    /// The building's clock, in minutes since midnight.
    pub minute: u16,
    /// Its zone.
    pub zone: String,
}

/// What became of a ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody is asked.
    Waiting {
        /// Until then, as a time of day.
        until: String,
    },
    /// The door is released.
    LetIn,
    /// Somebody said no.
    Refused,
    /// The time is over.
    NobodyAnswered,
}

/// The page around a screen.
pub fn document(reader: &Reader, face: &SiteFace, door: &Door, screen: Markup) -> Markup {
    let language = reader.language;
    let frame =
        Frame::Kiosk { calibration: Calibration::from_px_per_mm(PX_PER_MM), low_reach: false, beep: true };
    let skip = say(language, "skip-to-content");
    let head = reader.head(&door.label, &skip, frame);
    let known = Language::ALL.map(|language| (language.tag(), language.own_name()));
    let here = format!("/look?back=/door/{}", door.point);
    let help = message::help_line(&message::HelpLine {
        label: &say(language, "help-label"),
        phone: face.help_phone.as_deref(),
        who: face.help_who.as_deref().unwrap_or_default(),
    });
    let frame = KioskFrame {
        site_name: &face.name,
        switches: crate::look::switches::language_switch(
            &here,
            "",
            &say(language, "language-switch"),
            language.tag(),
            &known,
        ),
        clock: &format!("{}:{:02}", door.minute / 60, door.minute % 60),
        zone: &door.zone,
        help,
        lost_text: &say(language, "kiosk-lost"),
    };
    page(&head, kiosk_frame(&frame, screen))
}

fn words(language: Language) -> [String; 4] {
    ["kiosk-keypad", "kiosk-clear", "kiosk-backspace", "kiosk-enter"].map(|key| say(language, key))
}

fn keys(words: &[String; 4]) -> KeypadWords<'_> {
    KeypadWords { name: &words[0], clear: &words[1], backspace: &words[2], enter: &words[3] }
}

/// Which door?
pub fn choice(doors: &[(AccessPointId, String)], language: Language) -> Markup {
    one_pane(html! {
        (headline(&say(language, "door-which"), None))
        (button_row(html! { @for (id, label) in doors { (button_secondary(label, Press::Follow(&format!("/door/{id}")))) } }))
    })
}

/// A code, or none.
pub fn start(door: &Door, language: Language, csrf: &str) -> Markup {
    let at = format!("/door/{}", door.point);
    let (enter, whom, code) = (format!("{at}/enter"), format!("{at}/whom"), format!("{at}/code"));
    let (label, hint) = (say(language, "door-code"), say(language, "door-code-hint"));
    let field = DigitsField {
        name: "code",
        label: &label,
        hint: Some(&hint),
        max: CODE_DIGITS + 2,
        places: CODE_DIGITS,
        group: 3,
        masked: true,
    };
    let words = words(language);
    two_panes(
        html! {
            (headline(&door.label, Some(&say(language, "door-lead"))))
            @if door.open_to_all {
                (button_primary(&say(language, "door-enter"), Press::Post(&Post::page(&enter, csrf))))
            }
            @if door.no_code == NoCode::Off { p { (say(language, "door-no-ringing")) } }
            @else {
                (Button::new(&say(language, "door-ring"), Press::Follow(&whom)).note(&say(language, "door-ring-note")).icon(Icon::Hand).large().render())
            }
            @if door.collects { (collect(door, &code, (language, csrf))) }
        },
        html! { (entry_form(&Post::page(&code, csrf), html! { (digits_field(&field)) (keypad(&keys(&words))) })) },
    )
}

/// A resident's number and PIN: they open the room in which something waits for them.
fn collect(door: &Door, url: &str, (language, csrf): (Language, &str)) -> Markup {
    let (number, pin) = (say(language, "kiosk-keypad-number"), say(language, "kiosk-pin"));
    let (clear, title) = (say(language, "kiosk-enter"), say(language, "door-collect"));
    let most = (door.pin_digits + 2).to_string();
    html! {
        details class="ask" {
            summary class="button button-secondary" { span class="button-words" { span class="button-label" { (title) } } }
            form class="form" method="post" action=(url) {
                (crate::look::form::csrf_field(csrf))
                div class="field" { label for="d-selector" { (number) } input id="d-selector" name="selector" inputmode="numeric" autocomplete="off" maxlength="8" required; }
                div class="field" { label for="d-pin" { (pin) } input id="d-pin" name="code" type="password" inputmode="numeric" autocomplete="off" maxlength=(most) required; }
                (button_primary(&clear, Press::Submit))
            }
        }
    }
}

/// To which apartment?
pub fn whom(door: &Door, language: Language, csrf: &str) -> Markup {
    let at = format!("/door/{}", door.point);
    let (url, by_name) = (format!("{at}/whom"), format!("{at}/name"));
    let (label, hint) = (say(language, "door-unit"), say(language, "door-unit-hint"));
    let field = DigitsField {
        name: "unit",
        label: &label,
        hint: Some(&hint),
        max: 12,
        places: 0,
        group: 0,
        masked: false,
    };
    let words = words(language);
    two_panes(
        html! {
            (headline(&say(language, "door-whom"), Some(&say(language, lead_key(door)))))
            (button_secondary(&say(language, "door-by-name"), Press::Follow(&by_name)))
            (button_quiet(&say(language, "kiosk-back"), Press::Follow(&at)))
        },
        html! { (entry_form(&Post::page(&url, csrf), html! { (digits_field(&field)) (keypad(&keys(&words))) })) },
    )
}

fn lead_key(door: &Door) -> &'static str {
    match door.no_code {
        NoCode::OneParcel { .. } => "door-whom-one-parcel",
        NoCode::Off | NoCode::SomebodySaysYes => "door-whom-asks",
    }
}

/// To whom, by name?
pub fn name(door: &Door, language: Language, csrf: &str) -> Markup {
    let at = format!("/door/{}", door.point);
    let (url, by_unit) = (format!("{at}/name"), format!("{at}/whom"));
    let (label, hint) = (say(language, "door-name"), say(language, "door-name-hint"));
    let words = words(language);
    one_pane(html! {
        (headline(&say(language, "door-whom"), Some(&say(language, lead_key(door)))))
        (entry_form(&Post::page(&url, csrf), html! {
            (letters_field("name", &label, Some(&hint), ""))
            (letters_keyboard(&keys(&words)))
        }))
        (button_row(html! {
            (button_secondary(&say(language, "door-by-unit"), Press::Follow(&by_unit)))
            (button_quiet(&say(language, "kiosk-back"), Press::Follow(&at)))
        }))
    })
}

/// Nobody, or more than one, is meant: the same words for both.
pub fn not_found(door: &Door, language: Language) -> Markup {
    let again = format!("/door/{}/whom", door.point);
    one_pane(refused(
        &say(language, "door-not-found-title"),
        &say(language, "door-not-found"),
        Some(button_secondary(&say(language, "door-again"), Press::Follow(&again))),
    ))
}

/// No, why, and what else can be done.
pub fn denied(door: &Door, why: &str, language: Language) -> Markup {
    let (at, whom) = (format!("/door/{}", door.point), format!("/door/{}/whom", door.point));
    let next = html! {
        @if door.ways_on.contains(&WayOn::Desk) { p { (say(language, "door-way-desk")) } }
        (button_row(html! {
            @if door.ways_on.contains(&WayOn::Ring) { (button_primary(&say(language, "door-ring"), Press::Follow(&whom))) }
            (button_secondary(&say(language, "door-again"), Press::Follow(&at)))
        }))
    };
    one_pane(refused(&say(language, "door-denied-title"), why, Some(next)))
}

/// A part of the screen that follows a ring.
pub fn live(stream: &str, content: Markup) -> Markup {
    html! { div class="live-part" hx-sse:connect=(stream) { (content) } }
}

/// Waiting, or how it ended.
pub fn outcome(door: &Door, outcome: &Outcome, language: Language) -> Markup {
    let back = format!("/door/{}", door.point);
    let again = || Some(button_secondary(&say(language, "kiosk-back"), Press::Follow(&back)));
    let put = [("door", Arg::Text(&door.label))];
    one_pane(match outcome {
        Outcome::Waiting { until } => html! {
            (empty(&say(language, "door-waiting-title"), &t(language, "door-waiting", &[("until", Arg::Text(until))]), None))
        },
        Outcome::LetIn => {
            done(&t(language, "door-let-in-title", &put), &say(language, "door-let-in"), again())
        }
        Outcome::Refused => {
            refused(&say(language, "door-refused-title"), &say(language, "door-refused"), again())
        }
        Outcome::NobodyAnswered => {
            refused(&say(language, "door-nobody-title"), &say(language, "door-nobody"), again())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(no_code: NoCode) -> Door {
        Door {
            point: AccessPointId(2),
            label: "Front door".to_owned(),
            open_to_all: false,
            collects: false,
            no_code,
            pin_digits: 9,
            ways_on: vec![WayOn::Ring, WayOn::HelpLine],
            minute: 0,
            zone: "UTC".to_owned(),
        }
    }

    #[test]
    fn without_ringing_the_help_line_is_named_and_no_way_to_ring_is_shown() {
        for language in Language::ALL {
            let off = start(&door(NoCode::Off), language, "c").into_string();
            assert!(!off.contains("/whom") && off.contains(&say(language, "door-no-ringing")), "{off}");
            let on = start(&door(NoCode::SomebodySaysYes), language, "c").into_string();
            assert!(on.contains("/door/2/whom") && !on.contains("/door/2/enter"), "{on}");
            let open = Door { open_to_all: true, collects: true, ..door(NoCode::Off) };
            let open = start(&open, language, "c").into_string();
            assert!(open.contains("/door/2/enter") && open.contains(r#"name="selector""#), "{open}");
        }
    }

    #[test]
    fn each_outcome_is_said_in_words_of_its_own() {
        let all = [
            Outcome::Waiting { until: "9:02".to_owned() },
            Outcome::LetIn,
            Outcome::Refused,
            Outcome::NobodyAnswered,
        ];
        for language in Language::ALL {
            let pages = all.iter().map(|end| outcome(&door(NoCode::Off), end, language).into_string());
            let pages: std::collections::BTreeSet<String> = pages.collect();
            assert_eq!(pages.len(), all.len());
            assert!(pages.iter().any(|page| page.contains("9:02")));
        }
    }
}
