//! The screens of the page at a door.

use super::ringing::{Fate, Outcome, let_in_words};
use crate::look::button::{Rank, button_row, intents};
use crate::look::camera::{CameraWords, camera_for_codes, camera_key};
use crate::look::entry::{
    DigitsField, IdleWarning, KeypadWords, digits_field, entry_form, idle_warning, keypad, letters_field,
    scan_here, scan_target, whole_keyboard,
};
use crate::look::message::{self, done, loading, refused};
use crate::look::page::{Calibration, Frame, KioskFrame, headline, kiosk_frame, one_pane, page, two_panes};
use crate::look::{Button, Icon, Post, Press, button_primary, button_secondary};
use crate::web::face::SiteFace;
use crate::web::guard::Reader;
use crate::web::words::{Arg, Language, say, t};
use maud::{Markup, html};
use vestibule_core::access::admission::WayOn;
use vestibule_core::access::policy::NoCode;
use vestibule_core::code::pin::DOOR_CODE_DIGITS;
use vestibule_core::{AccessPointId, Timestamp};

/// Pixels a millimetre of a usual screen.
const PX_PER_MM: f32 = 4.0;
/// Digits of a code that opens a door, with its check digit.
const CODE_DIGITS: u8 = DOOR_CODE_DIGITS as u8;

/// Half-typed digits are not left for the next person, s.
const WIPES_AFTER: u32 = 20;
/// The first screen is drawn anew so long after the last touch: hours and modes change, s.
const FRESH_AFTER: u32 = 60;
/// Who was let in goes in, and the next one finds the first screen, s.
const GOES_IN: u32 = 15;
/// Without a touch for so long the question comes, s.
const IDLE: u32 = 30;
/// So long it stays, s (WCAG 2.2.1 asks for 20 at least).
const WARNS: u32 = 20;

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
    /// No camera sees who stands there: the screen's own may.
    pub looks_itself: bool,
    /// A camera takes stills of the room behind it while somebody is in.
    pub is_watched: bool,
    /// Digits of a PIN with its check digit.
    pub pin_digits: u8,
    /// What else can be done, the best first.
    pub ways_on: Vec<WayOn>,
    /// Site time.
    pub now: Timestamp,
    /// The building's clock, in minutes since midnight.
    pub minute: u16,
    /// Its zone.
    pub zone: String,
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
        now_ms: door.now.0,
        zone: &door.zone,
        help,
        lost_text: &say(language, "kiosk-lost"),
    };
    page(&head, kiosk_frame(&frame, screen))
}

/// What every screen is drawn with.
pub struct At<'a> {
    /// The door.
    pub door: &'a Door,
    /// In which language.
    pub language: Language,
    /// The token its forms carry.
    pub csrf: &'a str,
}

impl At<'_> {
    fn say(&self, key: &str) -> String {
        say(self.language, key)
    }

    fn url(&self, below: &str) -> String {
        format!("/door/{}{below}", self.door.point)
    }

    fn keypad(&self) -> [String; 4] {
        ["kiosk-keypad", "kiosk-clear", "kiosk-backspace", "kiosk-enter"].map(|key| self.say(key))
    }

    fn back(&self) -> Markup {
        let url = self.url("");
        Button::new(&self.say("kiosk-back"), Press::Follow(&url))
            .icon(Icon::ArrowLeft)
            .rank(Rank::Quiet)
            .render()
    }

    /// Asks who is still there, and goes back to the first screen.
    fn asks(&self) -> Markup {
        let url = self.url("");
        idle_warning(&IdleWarning {
            idle_seconds: IDLE,
            warn_seconds: WARNS,
            expire: Post::page(&url, self.csrf),
            question: &self.say("kiosk-more-time"),
            countdown: &self.say("kiosk-clears-in"),
            extend: &self.say("kiosk-yes-more-time"),
            finish: &self.say("kiosk-finish-now"),
        })
    }

    /// Goes back to the first screen by itself, so many seconds after the last touch.
    fn passes(&self, of: &str, seconds: u32) -> Markup {
        html! {
            div class="passing" data-after=(seconds) data-of=(of) {
                form hidden method="post" action=(self.url("")) { input type="hidden" name="csrf" value=(self.csrf); }
            }
        }
    }

    fn camera_words(&self) -> CameraWords {
        let [key, caption, stop] =
            ["kiosk-camera", "kiosk-camera-caption", "kiosk-camera-stop"].map(|key| self.say(key));
        let [refused, missing] = ["kiosk-camera-refused", "kiosk-camera-missing"].map(|key| self.say(key));
        let [insecure, broken] = ["kiosk-camera-insecure", "kiosk-camera-broken"].map(|key| self.say(key));
        CameraWords { key, caption, stop, refused, missing, insecure, broken }
    }
}

fn keys(words: &[String; 4]) -> KeypadWords<'_> {
    KeypadWords { name: &words[0], clear: &words[1], backspace: &words[2], enter: &words[3] }
}

/// A screen: its class decides how tight it is set.
fn screen(class: &str, content: Markup) -> Markup {
    html! { section class={ "face face-" (class) } { div class="notices" {} (content) } }
}

/// Which door?
pub fn choice(doors: &[(AccessPointId, String)], language: Language) -> Markup {
    screen(
        "doors",
        one_pane(html! {
            (headline(&say(language, "door-which"), None))
            (intents(html! {
                @for (id, label) in doors {
                    (Button::new(label, Press::Follow(&format!("/door/{id}"))).icon(Icon::DoorOpen).large().render())
                }
            }))
        }),
    )
}

/// A code, or none.
pub fn start(at: &At<'_>) -> Markup {
    let (enter, whom, code, collect) =
        (at.url("/enter"), at.url("/whom"), at.url("/code"), at.url("/collect"));
    let (label, hint) = (at.say("door-code"), at.say("door-code-hint"));
    let field = DigitsField {
        name: "code",
        label: &label,
        hint: Some(&hint),
        max: CODE_DIGITS + 2,
        places: CODE_DIGITS,
        group: 3,
        masked: true,
    };
    let (words, camera) = (at.keypad(), at.camera_words());
    let post = Post::page(&code, at.csrf);
    let content = two_panes(
        html! {
            (headline(&at.door.label, None))
            @if at.door.open_to_all {
                (Button::new(&at.say("door-enter"), Press::Post(&Post::page(&enter, at.csrf))).icon(Icon::DoorOpen).rank(Rank::Primary).large().render())
            }
            (scan_here(&at.say("door-scan"), Some(&at.say("door-scan-note"))))
            (camera_for_codes(&camera, &post))
            @if at.door.no_code == NoCode::Off { p { (at.say("door-no-ringing")) } }
            @else {
                (Button::new(&at.say("door-ring"), Press::Follow(&whom)).note(&at.say("door-ring-note")).icon(Icon::Hand).large().render())
            }
            (button_row(html! {
                @if at.door.collects { (Button::new(&at.say("door-collect"), Press::Follow(&collect)).icon(Icon::Parcel).render()) }
                (camera_key(&camera))
            }))
        },
        html! {
            div data-wipes=(WIPES_AFTER) {
                (entry_form(&post, html! { (digits_field(&field)) (keypad(&keys(&words))) }))
            }
        },
    );
    screen("door", html! { (content) (scan_target(&post)) (at.passes("start", FRESH_AFTER)) })
}

/// A resident's number and PIN: they open the room in which something waits for them.
pub fn collect(at: &At<'_>) -> Markup {
    let words = at.keypad();
    let (number, hint, pin) =
        (at.say("kiosk-keypad-number"), at.say("kiosk-keypad-number-hint"), at.say("kiosk-pin"));
    let selector = DigitsField {
        name: "selector",
        label: &number,
        hint: Some(&hint),
        max: 8,
        places: 4,
        group: 0,
        masked: false,
    };
    let digits = at.door.pin_digits;
    let pin = DigitsField {
        name: "code",
        label: &pin,
        hint: None,
        max: digits + 2,
        places: digits,
        group: 3,
        masked: true,
    };
    let code = at.url("/code");
    let post = Post::page(&code, at.csrf);
    let content = two_panes(
        html! {
            (headline(&at.say("door-collect"), None))
            (scan_here(&at.say("kiosk-scan-code"), Some(&at.say("kiosk-scan-code-note"))))
            (button_row(at.back()))
        },
        html! {
            div data-wipes=(WIPES_AFTER) {
                (entry_form(&post, html! { (digits_field(&selector)) (digits_field(&pin)) (keypad(&keys(&words))) }))
            }
        },
    );
    screen("door", html! { (content) (scan_target(&post)) (at.asks()) })
}

/// To whom, by apartment or name?
pub fn whom(at: &At<'_>) -> Markup {
    let url = at.url("/whom");
    let (label, hint, words) = (at.say("door-unit"), at.say("door-unit-hint"), at.keypad());
    let content = one_pane(html! {
        (headline(&at.say("door-whom"), Some(&at.say(lead_key(at.door)))))
        (entry_form(&Post::page(&url, at.csrf), html! {
            (letters_field("whom", &label, Some(&hint), ""))
            (whole_keyboard(&keys(&words)))
            (corner(at))
        }))
    });
    screen("letters", html! { (content) (at.asks()) })
}

/// The way back, the desk, and beside them what the screen's camera sees, where it looks.
fn corner(at: &At<'_>) -> Markup {
    html! {
        div class="corner" {
            (at.back())
            (Button::new(&at.say("door-desk"), Press::SubmitAs { name: "desk", value: "yes" }).note(&at.say("door-desk-note")).icon(Icon::Hand).render())
            @if at.door.looks_itself {
                div class="ahead-words" data-caller data-missing=(at.say("door-caller-missing")) data-off=(at.say("door-caller-off")) {
                    span role="status" data-caller-word { (at.say("door-caller")) }
                    input type="hidden" name="picture";
                }
            }
        }
    }
}

fn lead_key(door: &Door) -> &'static str {
    match door.no_code {
        NoCode::OneParcel { .. } => "door-whom-one-parcel",
        NoCode::Off | NoCode::SomebodySaysYes => "door-whom-asks",
    }
}

/// Nobody, or more than one, is meant: the same words for both.
pub fn not_found(at: &At<'_>) -> Markup {
    let again = at.url("/whom");
    let next = button_row(html! {
        (button_primary(&at.say("door-again"), Press::Follow(&again)))
        (at.back())
    });
    let title = at.say("door-not-found-title");
    screen(
        "door",
        html! { (one_pane(said(&title, refused(&title, &at.say("door-not-found"), Some(next))))) (at.asks()) },
    )
}

/// No, why, and what else can be done.
pub fn denied(at: &At<'_>, why: &str) -> Markup {
    let (again, whom) = (at.url(""), at.url("/whom"));
    let rings = at.door.ways_on.contains(&WayOn::Ring);
    let next = html! {
        @if at.door.ways_on.contains(&WayOn::Desk) { p { (at.say("door-way-desk")) } }
        (button_row(html! {
            @if rings { (Button::new(&at.say("door-ring"), Press::Follow(&whom)).icon(Icon::Hand).rank(Rank::Primary).render()) }
            (button_secondary(&at.say("door-again"), Press::Follow(&again)))
        }))
    };
    let title = at.say("door-denied-title");
    screen("door", html! { (one_pane(said(&title, refused(&title, why, Some(next))))) (at.asks()) })
}

/// A state's own title is a second one: the first is said to who cannot see it.
fn said(title: &str, state: Markup) -> Markup {
    html! { h1 class="visually-hidden" { (title) } (state) }
}

/// A part of the screen that follows a ring.
pub fn live(stream: &str, content: Markup) -> Markup {
    screen("door", html! { div class="live-part" hx-sse:connect=(stream) { (content) } })
}

/// Waiting, or how it ended.
pub fn outcome(at: &At<'_>, outcome: &Outcome) -> Markup {
    let whom = at.url("/whom");
    let put = [("door", Arg::Text(&at.door.label))];
    let back = || Some(button_row(at.back()));
    let (shown, then) = match outcome {
        Outcome::Waiting { until } => {
            let text = t(at.language, "door-waiting", &[("until", Arg::Text(until))]);
            let waits = html! {
                (headline(&at.say("door-waiting-title"), None))
                (loading(&text))
                (button_row(at.back()))
            };
            (waits, html! {})
        }
        Outcome::LetIn(Fate::Opening) => {
            let title = t(at.language, "door-opening-title", &put);
            (html! { (headline(&title, None)) (loading(&at.say("door-opening"))) }, at.asks())
        }
        Outcome::LetIn(Fate::NoAnswer) => {
            let title = t(at.language, "door-no-answer-title", &put);
            let next = button_row(html! {
                (button_primary(&at.say("door-again"), Press::Follow(&at.url(""))))
            });
            (said(&title, refused(&title, &at.say("door-no-answer"), Some(next))), at.asks())
        }
        Outcome::LetIn(Fate::Open) => {
            let title = t(at.language, "door-let-in-title", &put);
            let text = let_in_words(at.language, at.door.is_watched);
            (said(&title, done(&title, &text, back())), at.passes("let-in", GOES_IN))
        }
        Outcome::Refused => {
            let title = at.say("door-refused-title");
            (said(&title, refused(&title, &at.say("door-refused"), back())), at.asks())
        }
        Outcome::NobodyAnswered => {
            let title = at.say("door-nobody-title");
            let next = button_row(html! {
                (button_primary(&at.say("door-again"), Press::Follow(&whom)))
                (at.back())
            });
            (said(&title, refused(&title, &at.say("door-nobody"), Some(next))), at.asks())
        }
    };
    html! { (one_pane(shown)) (then) }
}

#[cfg(test)]
mod tests {
    use super::super::ringing::every_outcome;
    use super::*;

    fn door(no_code: NoCode) -> Door {
        Door {
            point: AccessPointId(2),
            label: "Front door".to_owned(),
            open_to_all: false,
            collects: false,
            no_code,
            looks_itself: false,
            is_watched: false,
            pin_digits: 9,
            ways_on: vec![WayOn::Ring, WayOn::HelpLine],
            now: Timestamp(0),
            minute: 0,
            zone: "UTC".to_owned(),
        }
    }

    fn seen(door: &Door, language: Language, draw: impl Fn(&At<'_>) -> Markup) -> String {
        draw(&At { door, language, csrf: "c" }).into_string()
    }

    #[test]
    fn without_ringing_the_help_line_is_named_and_no_way_to_ring_is_shown() {
        for language in Language::ALL {
            let off = seen(&door(NoCode::Off), language, start);
            assert!(!off.contains("/whom") && off.contains(&say(language, "door-no-ringing")), "{off}");
            let on = seen(&door(NoCode::SomebodySaysYes), language, start);
            assert!(on.contains("/door/2/whom") && !on.contains("/door/2/enter"), "{on}");
            let open = Door { open_to_all: true, collects: true, ..door(NoCode::Off) };
            let open = seen(&open, language, start);
            assert!(open.contains("/door/2/enter") && open.contains("/door/2/collect"), "{open}");
        }
    }

    #[test]
    fn everything_is_typed_on_the_glass_and_a_scan_has_where_to_go() {
        let here = Door { collects: true, ..door(NoCode::SomebodySaysYes) };
        for language in Language::ALL {
            let collects = seen(&here, language, collect);
            assert!(
                collects.contains(r#"name="selector""#) && collects.contains("data-keypad"),
                "{collects}"
            );
            for page in [seen(&here, language, start), collects] {
                assert_eq!(page.matches("data-scan-target").count(), 1, "{page}");
            }
            let asks = seen(&here, language, whom);
            assert!(asks.contains(r#"data-key="Q""#) && asks.contains(r#"data-key="7""#), "{asks}");
            assert!(asks.contains(r#"name="desk""#), "what is no household's goes to the desk: {asks}");
        }
    }

    #[test]
    fn the_screen_looks_itself_only_where_nothing_else_does() {
        let blind = Door { looks_itself: true, ..door(NoCode::SomebodySaysYes) };
        for language in Language::ALL {
            let looks = seen(&blind, language, whom);
            assert!(looks.contains("data-caller") && looks.contains(r#"name="picture""#), "{looks}");
            assert!(!seen(&door(NoCode::SomebodySaysYes), language, whom).contains("data-caller"));
        }
    }

    #[test]
    fn each_outcome_is_said_in_words_of_its_own_and_leaves_the_screen_to_the_next() {
        let all = every_outcome();
        for language in Language::ALL {
            let pages = all.iter().map(|end| seen(&door(NoCode::Off), language, |at| outcome(at, end)));
            let pages: Vec<String> = pages.collect();
            assert_eq!(pages.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
            assert!(pages[0].contains("9:02") && !pages[0].contains("data-after"), "{}", pages[0]);
            assert!(!pages[1].contains("data-after"), "nobody knows yet: {}", pages[1]);
            assert!(pages[2].contains(r#"data-after="15" data-of="let-in""#), "{}", pages[2]);
            assert!(pages[3..].iter().all(|page| page.contains("data-idle")), "{pages:?}");
        }
    }

    #[test]
    fn whoever_is_let_into_a_room_with_a_camera_is_told_of_it() {
        let watched = Door { is_watched: true, ..door(NoCode::Off) };
        for language in Language::ALL {
            let told = t(language, "door-let-in-watched", &[]);
            assert!(
                seen(&watched, language, |at| outcome(at, &Outcome::LetIn(Fate::Open))).contains(&told),
                "{told}"
            );
            assert!(
                !seen(&door(NoCode::Off), language, |at| outcome(at, &Outcome::LetIn(Fate::Open)))
                    .contains(&told)
            );
        }
    }
}
