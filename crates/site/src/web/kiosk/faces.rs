//! The screen of a kiosk as markup: what is common to all faces, and which part draws which.
//!
//! Owns: the frame within the frame: what was said, the face, the scanner's form, what happens when nobody is there.
//! Never: a code, a digit that was typed, a whole name.

mod asked;
mod courier;
mod doors;
mod entrance;
mod label;
mod mending;
mod picture;
mod resident;

use super::draft::{Said, Trouble};
use super::view::{Face, KioskView};
use crate::look::button::{Rank, button_row};
use crate::look::camera::{self, CameraWords, camera_stays};
use crate::look::entry::{IdleWarning, KeypadWords, idle_warning, scan_target};
use crate::look::message::{NoticeKind, notice_banner, notice_with};
use crate::look::{Button, Icon, Post, Press};
use crate::web::problem::refusal_words;
use maud::{Markup, html};

/// Somebody who does not touch a screen with codes for so long finds its fields empty, s.
const WIPES_AFTER: u32 = 20;
/// After so long without a touch the question comes, s.
const IDLE: u32 = 30;
/// So long it stays, s (WCAG 2.2.1 asks for 20 at least).
const WARNS: u32 = 20;
/// So much longer for who asked for it.
const EASE: u32 = 3;
/// A goodbye goes by itself, s.
const GOODBYE: u32 = 10;

/// The whole screen, as a full page or a fragment shows it.
pub fn screen(view: &KioskView) -> Markup {
    let face = view.face();
    html! {
        section id=(face_id(view)) class={ "face face-" (face.key()) @if view.draft.comfort.ease { " ease" } }
            data-look=(look_of(view)) {
            (notices(view, face))
            (drawn(view, face))
            (scan_target(&view.post("/kiosk/scan").with(picture::field(view))))
            @if view.facts.courier.is_some() { (camera_stays()) }
            (stay(view, face))
        }
    }
}

/// The title of the page: the face's own question.
pub fn title(view: &KioskView) -> String {
    view.say(&format!("title-{}", view.face().key()))
}

/// Language, theme and ease: when it changes, the page around the screen must be loaded anew.
pub fn look_of(view: &KioskView) -> String {
    let comfort = view.draft.comfort;
    format!("{}-{}-{}", view.language.tag(), comfort.theme.word(), u8::from(comfort.ease))
}

/// A new visit is a new face, and so is a new door where the face is about one: nothing of the one before is kept. What is
/// typed while another door shuts is kept.
fn epoch(view: &KioskView, face: Face) -> String {
    let at_a_door = matches!(face, Face::Opening | Face::Jammed | Face::Deposit | Face::Collect);
    let door = view.door().filter(|_| at_a_door).map_or(0, |door| door.opening.0);
    let visit = view.facts.visit().map_or(0, |visit| visit.0);
    format!("{visit}-{door}")
}

/// Names the face. Every id inside a drawing begins with it: an id that outlived its face would make the live update
/// take the new drawing apart and rebuild it as something that is not a drawing.
pub(super) fn face_id(view: &KioskView) -> String {
    let face = view.face();
    format!("face-{}-{}", face.key(), epoch(view, face))
}

fn drawn(view: &KioskView, face: Face) -> Markup {
    match face {
        Face::Start => entrance::start(view),
        Face::Help => entrance::help(view),
        Face::PickUp => entrance::pick_up(view),
        Face::Deliver => entrance::deliver(view),
        Face::Goodbye => entrance::goodbye(view),
        Face::Known => courier::known(view),
        Face::Address => courier::address(view),
        Face::Letters => courier::letters(view),
        Face::Choose => courier::choose(view),
        Face::Confirm => label::confirm(view),
        Face::OtherHouse => label::other_house(view),
        Face::NameOnLabel => courier::name_on_label(view),
        Face::Size => courier::size(view),
        Face::Drop => courier::drop(view),
        Face::Opening => doors::opening(view),
        Face::Jammed => doors::jammed(view),
        Face::Deposit => doors::deposit(view),
        Face::Collect => doors::collect(view),
        Face::Elsewhere => doors::elsewhere(view),
        Face::Asked => asked::ask(view),
        Face::Waiting => doors::waiting(view),
        Face::Resting => doors::resting(view),
        Face::List => mending::list(view),
        Face::FixWhat => mending::what(view),
        Face::FixCode => mending::code(view),
        Face::BesideCode => mending::beside(view),
        Face::Summary => mending::summary(view),
        Face::Rest => resident::rest(view),
    }
}

fn notices(view: &KioskView, face: Face) -> Markup {
    html! {
        div class="notices" {
            @if let Some(said) = &view.draft.said {
                (notice_banner(NoticeKind::Warning, &said_words(view, said)))
            }
            @for label in &view.facts.left_open {
                @let words = view.of("left-open", label);
                div data-say=(words) data-alarm { (notice_banner(NoticeKind::Danger, &words)) }
            }
            @if view.facts.board_silent && matches!(face, Face::Start | Face::PickUp | Face::Address | Face::Waiting | Face::Rest) {
                (notice_banner(NoticeKind::Danger, &view.say("board-silent")))
            }
            (door_strip(view, face))
        }
    }
}

/// While something else is on the screen, a courier's open door stays in sight.
fn door_strip(view: &KioskView, face: Face) -> Markup {
    let shown = matches!(
        face,
        Face::Deposit | Face::Opening | Face::Jammed | Face::Collect | Face::PickUp | Face::Help
    );
    let door = view.facts.courier.as_ref().and_then(|courier| courier.door.as_ref());
    let Some(door) = door.filter(|_| !shown && view.facts.resident.is_none()) else { return html! {} };
    let back = view.post("/kiosk/go").with(&[("to", "start")]);
    html! {
        div class="strip" data-say=[door.held.then(|| view.of("push-shut", &door.label))] data-alarm[door.held] {
            (notice_with(if door.held { NoticeKind::Danger } else { NoticeKind::Info }, html! {
                span class="strip-words" { (view.of(if door.held { "push-shut" } else { "strip-open" }, &door.label)) }
                (Button::new(&view.say("show"), Press::Post(&back)).rank(Rank::Quiet).render())
            }))
        }
    }
}

fn said_words(view: &KioskView, said: &Said) -> String {
    match said {
        Said::Refused(refusal) => refusal_words(view.language, refusal, &view.refusal),
        Said::Trouble(trouble) => view.say(match trouble {
            Trouble::Damaged => "trouble-damaged",
            Trouble::OtherBuilding => "trouble-other-building",
            Trouble::ForPhone => "trouble-for-phone",
            Trouble::ForPairing => "trouble-for-pairing",
            Trouble::ForDoor => "trouble-for-door",
            Trouble::Unreadable => "trouble-unreadable",
            Trouble::Several => "trouble-several",
            Trouble::LabelWithoutCourier => "trouble-label-without-courier",
            Trouble::NotOnTheirShelf => "trouble-not-on-their-shelf",
            Trouble::ShelfLabel => "trouble-shelf-label",
            Trouble::ParcelBeforeShelf => "trouble-parcel-before-shelf",
            Trouble::SizeFirst => "trouble-size-first",
            Trouble::NoSuchApartment => "trouble-no-such-apartment",
            Trouble::NobodyFound => "trouble-nobody-found",
            Trouble::MoreLetters => "trouble-more-letters",
            Trouble::TakenBack => "trouble-taken-back",
            Trouble::Away => "trouble-away",
        }),
    }
}

/// What happens when nobody touches the screen.
fn stay(view: &KioskView, face: Face) -> Markup {
    let times = if view.draft.comfort.ease { EASE } else { 1 };
    let expire = view.post("/kiosk/leave");
    // While a door is open, the door says when it is over.
    let (asks, keeps) = match face {
        Face::Start => (false, false),
        Face::Goodbye => return passing(view, GOODBYE * times),
        Face::Opening | Face::Jammed | Face::Deposit | Face::Collect => (false, false),
        Face::Resting => (true, false),
        Face::Help | Face::PickUp | Face::Deliver => (true, view.facts.courier.is_some()),
        Face::Known | Face::Address | Face::Letters | Face::Choose => (true, true),
        Face::Drop | Face::NameOnLabel | Face::Size | Face::Confirm | Face::OtherHouse => (true, true),
        Face::Elsewhere | Face::Asked | Face::Waiting | Face::List | Face::FixWhat => (true, true),
        Face::FixCode | Face::BesideCode | Face::Summary => (true, true),
        Face::Rest => (true, true),
    };
    html! {
        @if asks {
            (idle_warning(&IdleWarning {
                idle_seconds: idle(view, face) * times,
                warn_seconds: WARNS * times,
                expire,
                question: &view.say("more-time"),
                countdown: &view.say(if view.facts.visit().is_some() { "ends-in" } else { "clears-in" }),
                extend: &view.say("yes-more-time"),
                finish: &view.say("finish-now"),
            }))
        }
        @if keeps { (hidden_form(&view.post("/kiosk/continue"), "keeps")) }
    }
}

/// Seconds without a touch until the question comes: where the visit sends its visitor away from the screen, as long as it goes on.
fn idle(view: &KioskView, face: Face) -> u32 {
    match face {
        Face::Help | Face::PickUp | Face::Deliver => IDLE,
        _ => view.facts.patience.max(IDLE),
    }
}

fn passing(view: &KioskView, seconds: u32) -> Markup {
    let leave = view.post("/kiosk/leave");
    html! { div class="passing" data-after=(seconds) { (hidden_form(&leave, "leaves")) } }
}

/// A form only scripts press. Its answer is not shown: what changed comes by the stream.
fn hidden_form(post: &Post<'_>, id: &str) -> Markup {
    html! {
        form id=(id) hidden method="post" action=(post.url) hx-post=(post.url) hx-target="#screen"
            hx-swap=(if id == "keeps" { "none" } else { "innerHTML" }) {
            input type="hidden" name="csrf" value=(post.csrf);
        }
    }
}

/// The camera, where a face looks through one.
fn camera(view: &KioskView) -> Markup {
    camera::camera(&camera_words(view), &view.post("/kiosk/symbols"))
}

/// The same, where a person gives a code: a label in sight would take what they have typed.
fn camera_for_codes(view: &KioskView) -> Markup {
    camera::camera_for_codes(&camera_words(view), &view.post("/kiosk/symbols"))
}

/// The key that asks for it.
fn camera_key(view: &KioskView) -> Markup {
    camera::camera_key(&camera_words(view))
}

fn camera_words(view: &KioskView) -> CameraWords {
    let [key, caption, stop] = ["camera", "camera-caption", "camera-stop"].map(|key| view.say(key));
    let [refused, missing] = ["camera-refused", "camera-missing"].map(|key| view.say(key));
    let [insecure, broken] = ["camera-insecure", "camera-broken"].map(|key| view.say(key));
    CameraWords { key, caption, stop, refused, missing, insecure, broken }
}

fn keypad_words(view: &KioskView) -> [String; 4] {
    [view.say("keypad"), view.say("clear"), view.say("backspace"), view.say("enter")]
}

fn keys(words: &[String; 4]) -> KeypadWords<'_> {
    KeypadWords { name: &words[0], clear: &words[1], backspace: &words[2], enter: &words[3] }
}

fn wipes(view: &KioskView) -> u32 {
    WIPES_AFTER * if view.draft.comfort.ease { EASE } else { 1 }
}

/// One step back, or somewhere else.
fn go(view: &KioskView, to: &str, label: &str, icon: Option<Icon>) -> Markup {
    let fields = [("to", to)];
    let post = view.post("/kiosk/go").with(&fields);
    let button = Button::new(label, Press::Post(&post)).rank(Rank::Quiet);
    icon.map_or(button, |icon| button.icon(icon)).render()
}

fn row(buttons: Markup) -> Markup {
    button_row(buttons)
}
