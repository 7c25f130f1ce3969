//! One door: opening, jammed, open for a courier or a resident, or no door at all.

use super::super::facts::{CourierFacts, Door, DoorStep, DoorUse, Spot};
use super::super::view::KioskView;
use super::super::wall::Height;
use super::{go, picture, row};
use crate::drawing::{DrawingStyle, StateWords, Variant, draw};
use crate::look::button::Rank;
use crate::look::message::{NoticeKind, loading, notice_banner, progress};
use crate::look::page::{big_number, headline, one_pane, two_panes};
use crate::look::{Button, Icon, Press, button_primary, button_quiet, icon};
use crate::web::words::{Arg, say};
use maud::{Markup, html};
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::opening::ATTEMPTS;
use vestibule_core::visit::Turn;

/// The front of the rack with the shelf that is meant beside the plan of its room; nothing where none is drawn.
pub(super) fn rooms(view: &KioskView) -> Option<Markup> {
    let sight = view.facts.rooms.first()?;
    let (id, text) = (format!("{}-room", super::face_id(view)), view.of("spot-shelf", &sight.labels()));
    let name = |label: &str| view.of("spot-shelf", label);
    Some(worded(view, |words| {
        let style =
            DrawingStyle { id: &id, variant: Variant::Large, title: &text, description: &text, words };
        let (front, plan) = sight.pictures(&style, &name);
        html! { div class="sights" { (front) (plan) } }
    }))
}

/// Something drawn with the words of the states.
fn worded<T>(view: &KioskView, drawn: impl FnOnce(&StateWords<'_>) -> T) -> T {
    let word = |state: &str| say(view.language, &format!("state-{state}"));
    let (free, occupied, reserved, overdue) =
        (word("free"), word("occupied"), word("reserved"), word("overdue"));
    let (check, out_of_service, open) = (word("check"), word("out-of-service"), word("open"));
    drawn(&StateWords {
        free: &free,
        occupied: &occupied,
        reserved: &reserved,
        overdue: &overdue,
        check: &check,
        out_of_service: &out_of_service,
        open: &open,
    })
}

/// A wall with its door, named for those who do not see it.
pub(super) fn wall(view: &KioskView, wall: &super::super::wall::Wall, id: &str, description: &str) -> Markup {
    let name = view.names.banks.get(&wall.bank).map_or_else(|| view.say("lockers"), |(name, _)| name.clone());
    let bank = wall.draw(&name, |label| view.of("door", label));
    let id = &format!("{}-{id}", super::face_id(view));
    worded(view, |words| {
        draw(&bank, &DrawingStyle { id, variant: Variant::Large, title: &name, description, words })
    })
}

/// Where a door hangs, in words.
pub(super) fn position(view: &KioskView, wall: &super::super::wall::Wall) -> String {
    let Some(at) = wall.position() else { return String::new() };
    let height = match at.height {
        Height::Top => "top",
        Height::Middle => "middle",
        Height::Bottom => "bottom",
    };
    let (column, columns) = (at.column.to_string(), at.columns.to_string());
    view.t(
        "position",
        &[("height", Arg::Text(height)), ("column", Arg::Text(&column)), ("columns", Arg::Text(&columns))],
    )
}

fn beside_the_wall(view: &KioskView, door: &Door, controls: Markup) -> Markup {
    let description = format!("{} {}", view.of("door", &door.label), position(view, &door.wall));
    two_panes(
        wall(view, &door.wall, "bank", &description),
        html! { (big_number(&view.say("door-caption"), &door.label)) (controls) },
    )
}

/// Unlocking.
pub(super) fn opening(view: &KioskView) -> Markup {
    let Some(door) = view.door() else { return html! {} };
    beside_the_wall(view, door, headline(&view.of("opening", &door.label), Some(&position(view, &door.wall))))
}

/// Push it in, we try again.
pub(super) fn jammed(view: &KioskView) -> Markup {
    let Some(door) = view.door() else { return html! {} };
    let attempt = match door.step {
        DoorStep::Jammed(attempt) => attempt.min(ATTEMPTS),
        DoorStep::Opening | DoorStep::Open => 1,
    };
    let tried = view.t(
        "jammed-lead",
        &[("attempt", Arg::Text(&attempt.to_string())), ("of", Arg::Text(&ATTEMPTS.to_string()))],
    );
    let again = view.post("/kiosk/open-again");
    beside_the_wall(
        view,
        door,
        html! {
            (headline(&view.of("jammed", &door.label), Some(&tried)))
            (progress(u32::from(attempt), u32::from(ATTEMPTS), &view.say(if view.facts.resident.is_some() { "jammed-resident" } else { "jammed-courier" })))
            (row(html! { (Button::new(&view.say("try-now"), Press::Post(&again)).icon(Icon::Again).render()) }))
        },
    )
}

/// A courier's door is open.
pub(super) fn deposit(view: &KioskView) -> Markup {
    let (Some(door), Some(courier)) = (view.door(), view.facts.courier.as_ref()) else { return html! {} };
    let lead = deposit_lead(view, door, courier);
    beside_the_wall(
        view,
        door,
        html! {
            (headline(&deposit_title(view, door), Some(&lead)))
            (held(view, door))
            @if door.turn.is_none() { (deposit_buttons(view, door)) }
            @if !courier.guest { (next_in_line(view, courier)) }
        },
    )
}

fn deposit_title(view: &KioskView, door: &Door) -> String {
    let key = match (door.turn, door.use_) {
        (Some(Turn::BiggerDoor), _) => "turned-bigger",
        (Some(Turn::SomethingInside), _) => "turned-inside",
        (Some(Turn::NotLeftHere), _) => "turned-not-left",
        (_, DoorUse::Mend) => "open-again-title",
        (_, DoorUse::Deposit | DoorUse::Collect | DoorUse::LookAgain) => "put-it-in",
    };
    view.of(key, &door.label)
}

fn deposit_lead(view: &KioskView, door: &Door, courier: &CourierFacts) -> String {
    let item = courier.in_hand.iter().chain(&courier.done).find(|item| door.parcels.contains(&item.parcel));
    let whose = item.map(|item| view.item(item)).unwrap_or_default();
    match door.turn {
        Some(Turn::BiggerDoor) => view.say("turned-bigger-lead"),
        Some(Turn::SomethingInside) => view.say("turned-inside-lead"),
        Some(Turn::NotLeftHere) => view.say("turned-not-left-lead"),
        Some(Turn::LeaveInside | Turn::NotMine | Turn::WasEmpty) | None => {
            format!("{whose}. {}", position(view, &door.wall))
        }
    }
}

fn deposit_buttons(view: &KioskView, door: &Door) -> Markup {
    let (bigger, again, not_left, inside) = (
        view.post("/kiosk/bigger"),
        view.post("/kiosk/open-again"),
        view.post("/kiosk/not-left"),
        view.post("/kiosk/inside"),
    );
    let bigger_note = (!door.bigger_exists).then(|| view.say("another-place"));
    let bigger_button = Button::new(&view.say("bigger"), Press::Post(&bigger))
        .icon(Icon::Bigger)
        .render_with(bigger_note.as_deref());
    html! {
        (row(html! {
            (bigger_button)
            (Button::new(&view.say("open-again"), Press::Post(&again)).icon(Icon::LockOpen).render())
            (Button::new(&view.say("not-left"), Press::Post(&not_left)).icon(Icon::Undo).render())
            (Button::new(&view.say("inside"), Press::Post(&inside)).icon(Icon::Warning).render())
        }))
    }
}

trait WithNote {
    fn render_with(self, note: Option<&str>) -> Markup;
}

impl WithNote for Button<'_> {
    fn render_with(self, note: Option<&str>) -> Markup {
        match note {
            Some(note) => Button::note(self, note).render(),
            None => self.render(),
        }
    }
}

fn held(view: &KioskView, door: &Door) -> Markup {
    let words = view.of("push-shut", &door.label);
    html! {
        @if door.held {
            div data-say=(words) data-alarm { (notice_banner(NoticeKind::Danger, &words)) }
        }
    }
}

/// What comes after this door: the next parcel may be described meanwhile.
fn next_in_line(view: &KioskView, courier: &CourierFacts) -> Markup {
    let queued = courier.in_hand.get(1);
    let to = [("to", "address")];
    let type_next = view.post("/kiosk/go").with(&to);
    html! {
        div class="ahead" {
            @match queued {
                Some(item) => {
                    @let place = item.spot.as_ref().map(|spot| view.spot(spot)).unwrap_or_default();
                    p class="ahead-words" { (icon(Icon::Parcel))
                        span { (view.t("queued", &[("what", Arg::Text(&view.item(item))), ("where", Arg::Text(&place))])) } }
                }
                None => {
                    p class="ahead-words" { (icon(Icon::Scan)) span { (view.say("scan-next")) } }
                    (Button::new(&view.say("type-next"), Press::Post(&type_next)).rank(Rank::Quiet).render())
                }
            }
        }
    }
}

/// A resident's door is open.
pub(super) fn collect(view: &KioskView) -> Markup {
    let (Some(door), Some(resident)) = (view.door(), view.facts.resident.as_ref()) else { return html! {} };
    let total = (resident.opened + resident.to_open.len()) as u32;
    let opened = resident.opened as u32;
    let looks_again = door.use_ == DoorUse::LookAgain;
    let then = match resident.to_open.first() {
        Some(next) => view.of("then-door", next),
        None => position(view, &door.wall),
    };
    beside_the_wall(
        view,
        door,
        html! {
            (headline(&collect_title(view, door), Some(&collect_lead(view, door).unwrap_or(then))))
            (held(view, door))
            @if !looks_again && total > 1 {
                (progress(opened, total, &view.t("door-of", &[("n", Arg::Count(opened)), ("total", Arg::Count(total))])))
            }
            @if !looks_again && door.turn.is_none() { (collect_buttons(view)) }
        },
    )
}

fn collect_title(view: &KioskView, door: &Door) -> String {
    let key = match (door.turn, door.use_) {
        (Some(Turn::LeaveInside), _) => "turned-leave",
        (Some(Turn::NotMine), _) => "turned-not-mine",
        (Some(Turn::WasEmpty), _) => "turned-empty",
        (_, DoorUse::LookAgain) => "look-again",
        _ if door.parcels.len() > 1 => {
            return view.t("take-them", &[("n", Arg::Count(door.parcels.len() as u32))]);
        }
        _ => "take-it",
    };
    view.of(key, &door.label)
}

fn collect_lead(view: &KioskView, door: &Door) -> Option<String> {
    let key = match (door.turn, door.use_) {
        (Some(Turn::LeaveInside), _) => "turned-leave-lead",
        (Some(Turn::NotMine), _) => "turned-not-mine-lead",
        (Some(Turn::WasEmpty), _) => "turned-empty-lead",
        (_, DoorUse::LookAgain) => "look-again-lead",
        _ => return None,
    };
    Some(view.say(key))
}

fn collect_buttons(view: &KioskView) -> Markup {
    let (leave, not_mine, empty) =
        (view.post("/kiosk/left-inside"), view.post("/kiosk/not-mine"), view.post("/kiosk/was-empty"));
    row(html! {
        (Button::new(&view.say("left-inside"), Press::Post(&leave)).icon(Icon::Parcel).render())
        (Button::new(&view.say("not-mine"), Press::Post(&not_mine)).icon(Icon::Users).render())
        (Button::new(&view.say("was-empty"), Press::Post(&empty)).icon(Icon::Cross).render())
    })
}

/// No door for this one.
pub(super) fn elsewhere(view: &KioskView) -> Markup {
    let item = view.facts.courier.as_ref().and_then(|courier| courier.in_hand.first());
    let Some((item, spot)) = item.and_then(|item| Some((item, item.spot.as_ref()?))) else { return html! {} };
    let (title, lead, button, shape) = match spot {
        Spot::Shelf(label) if !view.facts.has_doors => {
            (view.of("to-shelf", label), "to-shelf-lead-room", "it-is-there", Icon::Shelf)
        }
        Spot::Shelf(label) => (view.of("to-shelf", label), "to-shelf-lead", "it-is-there", Icon::Shelf),
        Spot::Desk if item.class == Some(ParcelClass::Signature) => {
            (view.say("to-sign"), "to-sign-lead", "it-is-there", Icon::Hand)
        }
        Spot::Desk => (view.say("to-desk"), "to-desk-lead", "it-is-there", Icon::Hand),
        Spot::Area(label) => (view.of("to-area", label), "to-area-lead", "it-is-there", Icon::MapPin),
        Spot::TakeBack if item.class.is_some_and(|class| !class.may_lie_open()) => {
            (view.say("keep-it"), "keep-it-lead", "i-keep-it", Icon::Undo)
        }
        Spot::TakeBack | Spot::Door(_) => (view.say("take-back"), "take-back-lead", "i-keep-it", Icon::Undo),
    };
    let parcel = item.parcel.to_string();
    let mut fields = vec![("parcel", parcel.as_str())];
    fields.extend(picture::field(view));
    let done = view.post("/kiosk/placed").with(&fields);
    let room = rooms(view).filter(|_| matches!(spot, Spot::Shelf(_)));
    let controls = html! {
        (headline(&title, Some(&format!("{}. {}", view.item(item), view.say(lead)))))
        (Button::new(&view.say(button), Press::Post(&done)).rank(Rank::Primary).icon(Icon::Check).large().render())
        (picture::words(view))
        @if matches!(spot, Spot::Shelf(_)) { p class="lead" { (view.say("to-shelf-scan")) } }
        (row(html! { (go(view, "address", &view.say("scan-next-short"), Some(Icon::Scan))) }))
    };
    match room {
        Some(sights) => two_panes(sights, controls),
        None => one_pane(html! { div class="place-mark" { (icon(shape)) } (controls) }),
    }
}

/// Its turn has come and its door does not open yet.
pub(super) fn waiting(view: &KioskView) -> Markup {
    let (again, finish) = (view.post("/kiosk/open-again"), view.post("/kiosk/finish"));
    one_pane(html! {
        (headline(&view.say("waiting"), Some(&view.say("waiting-lead"))))
        (loading(&view.say("waiting-note")))
        (row(html! {
            (Button::new(&view.say("try-now"), Press::Post(&again)).icon(Icon::Again).render())
            (button_quiet(&view.say("finish"), Press::Post(&finish)))
        }))
    })
}

/// The site was away in the middle of a visit.
pub(super) fn resting(view: &KioskView) -> Markup {
    let (on, leave) = (view.post("/kiosk/continue"), view.post("/kiosk/leave"));
    one_pane(html! {
        (headline(&view.say("resting"), Some(&view.say("resting-lead"))))
        (row(html! {
            (button_primary(&view.say("continue"), Press::Post(&on)))
            (button_quiet(&view.say("finish"), Press::Post(&leave)))
        }))
    })
}
