//! What the page of a wiring test shows: before it, between two locks, the question, what was found.
//!
//! Owns: its markup. Never: decides what a pulse means.

use maud::{Markup, html};
use vestibule_core::CompartmentId;
use vestibule_core::place::wiring::diagnosis::WiringFault;
use vestibule_core::place::wiring::{WiringMap, WiringTest};

use super::super::super::blocks::back;
use super::super::super::say::Say;
use super::super::drawn::{Door, OwnedStateWords, shaped};
use super::WiringView;
use crate::drawing::{DoorDrawing, DoorState, DrawingStyle, Variant, draw};
use crate::look::button::button_row;
use crate::look::form::{checkbox, form};
use crate::look::listing;
use crate::look::message::{self, NoticeKind};
use crate::look::page::big_number;
use crate::look::{Post, Press, button_danger, button_primary, button_quiet, button_secondary};

/// The whole page.
pub fn content(view: &WiringView, say: Say, csrf: &str) -> Markup {
    let page = Page { view, say, csrf, at: format!("/staff/banks/{}/wiring", view.wall.id) };
    let title = say.with("staff-wiring-title", &[("bank", view.names.bank(say, view.wall.id).into())]);
    html! {
        (back("/staff/banks", &say.t("staff-banks-title")))
        (listing::page_title(&title, None, html! {}))
        @match (&view.map, &view.test) {
            (None, _) => (message::empty(&say.t("staff-wiring-none-title"), &say.t("staff-wiring-none"), None)),
            (Some(map), Some(test)) if test.under_way => (page.under_way(map, test)),
            (Some(map), test) => (page.before(map, test.as_ref())),
        }
    }
}

struct Page<'a> {
    view: &'a WiringView,
    say: Say,
    csrf: &'a str,
    /// Its address.
    at: String,
}

impl Page<'_> {
    fn label(&self, id: CompartmentId) -> &str {
        self.door(id).map_or("?", |door| door.compartment.spec.label.as_str())
    }

    fn door(&self, id: CompartmentId) -> Option<&Door> {
        self.view.wall.doors.iter().find(|door| door.id == id)
    }

    fn labels(&self, ids: impl IntoIterator<Item = CompartmentId>) -> String {
        ids.into_iter().map(|id| self.label(id).to_owned()).collect::<Vec<_>>().join(", ")
    }

    /// A sentence that names one door.
    fn of(&self, key: &str, door: CompartmentId) -> String {
        self.say.with(key, &[("door", self.label(door).into())])
    }

    fn about(&self, key: &str, doors: impl IntoIterator<Item = CompartmentId>) -> String {
        self.say.with(key, &[("doors", self.labels(doors).into())])
    }

    fn occupied(&self) -> Vec<CompartmentId> {
        let full = self.view.wall.doors.iter().filter(|door| !door.compartment.parcels.is_empty());
        full.map(|door| door.id).collect()
    }

    fn before(&self, map: &WiringMap, test: Option<&WiringTest>) -> Markup {
        let (say, occupied) = (self.say, self.occupied());
        let tried = test.map_or(0, |test| test.tried.len());
        let go_on =
            say.with("staff-wiring-go-on", &[("n", tried.into()), ("all", map.channels.len().into())]);
        let fields = html! {
            @if !occupied.is_empty() {
                (message::notice_banner(NoticeKind::Warning, &self.about("staff-wiring-occupied", occupied.iter().copied())))
                (checkbox("told", &say.t("staff-wiring-told"), false))
            }
            (button_row(html! {
                @if tried > 0 {
                    (button_primary(&go_on, Press::Submit))
                    (button_secondary(&say.t("staff-wiring-anew"), Press::SubmitAs { name: "anew", value: "yes" }))
                } @else {
                    (button_primary(&say.t("staff-wiring-begin"), Press::Submit))
                }
            }))
        };
        html! {
            ol { @for step in ["staff-wiring-how-1", "staff-wiring-how-2", "staff-wiring-how-3"] { li { (say.t(step)) } } }
            p class="hint" { (say.t("staff-wiring-meanwhile")) }
            (form(&format!("{}/begin", self.at), self.csrf, fields))
            (listing::section(&say.t("staff-wiring-now"), self.now(map)))
        }
    }

    /// The map that holds.
    fn now(&self, map: &WiringMap) -> Markup {
        let say = self.say;
        let hash = map.hash.to_string();
        let version = say.with(
            "staff-wiring-version",
            &[("n", map.version.into()), ("hash", hash.get(..12).unwrap_or_default().into())],
        );
        let put_right: Vec<_> = map.changed.difference(&map.unproven).copied().collect();
        let (unproven, waiting): (Vec<_>, Vec<_>) =
            map.unproven.iter().copied().partition(|id| map.channels.contains_key(id));
        let waits = if map.spare.is_empty() { "staff-wiring-no-lock" } else { "staff-wiring-waiting" };
        html! {
            p { (version) }
            @if !put_right.is_empty() { p { (self.about("staff-wiring-changed", put_right)) } }
            @if map.unproven.is_empty() { p { (say.t("staff-wiring-all-known")) } }
            @if !unproven.is_empty() {
                (message::notice_banner(NoticeKind::Warning, &self.about("staff-wiring-unproven", unproven)))
            }
            @if !waiting.is_empty() { (message::notice_banner(NoticeKind::Warning, &self.about(waits, waiting))) }
        }
    }

    fn under_way(&self, map: &WiringMap, test: &WiringTest) -> Markup {
        let say = self.say;
        let (tried, all) = (test.tried.len(), map.channels.len());
        let text = say.with("staff-wiring-progress", &[("n", tried.into()), ("all", all.into())]);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let next = self.next(map, test);
        html! {
            @if self.view.wall.silent { (message::notice_banner(NoticeKind::Danger, &say.t("staff-board-silent"))) }
            div id="wiring" { (message::progress(count(tried), count(all), &text)) }
            @match (test.pulsed, next) {
                (Some(pulsed), _) => (self.question(pulsed)),
                (None, Some(next)) => (self.offer(next, map, test)),
                (None, None) => p class="lead" { (say.t("staff-wiring-all-tried")) },
            }
            @if tried > 0 { (listing::section(&say.t("staff-wiring-found"), self.found(test))) }
            (self.ends(tried, next.is_none()))
        }
    }

    /// The lock to be tried: the one chosen, else the first nobody tried, the empty ones before those with something inside.
    fn next(&self, map: &WiringMap, test: &WiringTest) -> Option<CompartmentId> {
        let chosen = self.view.chosen.filter(|id| map.channels.contains_key(id));
        let occupied = self.occupied();
        let mut open: Vec<CompartmentId> =
            map.channels.keys().copied().filter(|id| !test.tried.contains_key(id)).collect();
        open.sort_by_key(|id| occupied.contains(id));
        chosen.or_else(|| open.first().copied())
    }

    fn offer(&self, next: CompartmentId, map: &WiringMap, test: &WiringTest) -> Markup {
        let say = self.say;
        let full = self.door(next).is_some_and(|door| !door.compartment.parcels.is_empty());
        let id = next.to_string();
        let order: Vec<CompartmentId> = map.channels.keys().copied().collect();
        let place = order.iter().position(|id| *id == next).unwrap_or(0);
        let at = |id: CompartmentId| format!("{}?at={id}#wiring", self.at);
        let before = place.checked_sub(1).map(|before| at(order[before]));
        let after = order[place..].iter().skip(1).find(|id| !test.tried.contains_key(id)).map(|id| at(*id));
        let fields = html! {
            input type="hidden" name="compartment" value=(id);
            @if full {
                (message::notice_banner(NoticeKind::Warning, &self.of("staff-wiring-full", next)))
                input type="hidden" name="told" value="yes";
                (button_danger(&self.of("staff-wiring-try-full", next), Press::Submit))
            } @else {
                (button_primary(&self.of("staff-wiring-try", next), Press::Submit))
            }
        };
        html! {
            (big_number(&say.t("staff-wiring-next"), self.label(next)))
            p { (say.t("staff-wiring-shut-first")) }
            (form(&format!("{}/try", self.at), self.csrf, fields))
            (button_row(html! {
                @if let Some(url) = &before { (button_quiet(&say.t("staff-wiring-back"), Press::Follow(url))) }
                @if let Some(url) = &after { (button_quiet(&say.t("staff-wiring-skip"), Press::Follow(url))) }
            }))
        }
    }

    fn question(&self, pulsed: CompartmentId) -> Markup {
        let (say, url) = (self.say, format!("{}/say", self.at));
        if let Some(tapped) = self.view.tapped {
            return self.tapped(tapped, &url);
        }
        let (mine, id) = (self.of("staff-wiring-yes", pulsed), pulsed.to_string());
        let answers = html! {
            (button_row(html! {
                (button_primary(&mine, Press::SubmitAs { name: "opened", value: &id }))
                (button_secondary(&say.t("staff-wiring-nothing"), Press::SubmitAs { name: "opened", value: "nothing" }))
                (button_secondary(&say.t("staff-wiring-several"), Press::SubmitAs { name: "opened", value: "several" }))
            }))
        };
        let doors: Vec<(String, String)> = self
            .view
            .wall
            .doors
            .iter()
            .filter(|door| door.id != pulsed)
            .map(|door| (door.id.to_string(), self.of("staff-wiring-door", door.id)))
            .collect();
        let others = html! {
            (button_row(html! {
                @for (id, label) in &doors {
                    (button_secondary(label, Press::SubmitAs { name: "opened", value: id }))
                }
            }))
        };
        html! {
            h2 { (say.t("staff-wiring-question")) }
            p { (self.of("staff-wiring-pulsed", pulsed)) }
            (form(&url, self.csrf, answers))
            p { (say.t("staff-wiring-tap")) }
            (self.picture(None))
            (listing::section(&say.t("staff-wiring-other"), form(&url, self.csrf, others)))
        }
    }

    /// A tap on the picture is asked about once: doors are small there.
    fn tapped(&self, tapped: CompartmentId, url: &str) -> Markup {
        let id = tapped.to_string();
        let fields = [("opened", id.as_str())];
        let post = Post::page(url, self.csrf).with(&fields);
        html! {
            h2 { (self.of("staff-wiring-sure", tapped)) }
            (button_row(html! {
                (button_primary(&self.of("staff-wiring-yes", tapped), Press::Post(&post)))
                (button_secondary(&self.say.t("staff-wiring-no"), Press::Follow(&format!("{}#wiring", self.at))))
            }))
            (self.picture(Some(tapped)))
        }
    }

    /// The bank, each door leading to the question about it. All doors are drawn alike: what the contacts say is by the map
    /// that is being doubted.
    fn picture(&self, meant: Option<CompartmentId>) -> Markup {
        let (say, doors) = (self.say, &self.view.wall.doors);
        let specs: Vec<_> = doors.iter().map(|door| &door.compartment.spec).collect();
        let name = self.view.names.bank(say, self.view.wall.id);
        let drawing = shaped(&name, &specs, |at, hinge| {
            let (door, spec) = (&doors[at], specs[at]);
            let spoken = self.of("staff-wiring-door", door.id);
            let drawn = DoorDrawing::new(&spec.label, spec.height_mm, hinge, DoorState::Free, &spoken)
                .link(&format!("{}?opened={}#wiring", self.at, door.id));
            if meant == Some(door.id) { drawn.highlighted() } else { drawn }
        });
        let words = OwnedStateWords::new(say);
        let title = say.t("staff-wiring-question");
        let style = DrawingStyle {
            id: "wiring",
            variant: Variant::Small,
            title: &title,
            description: &name,
            words: &words.borrowed(),
        };
        draw(&drawing, &style)
    }

    /// What is wrong, what will be put right, and what somebody has to look at.
    fn found(&self, test: &WiringTest) -> Markup {
        let (say, found) = (self.say, &self.view.found);
        let mut lines: Vec<String> = Vec::new();
        for (one, other) in &found.swapped {
            let put = [("one", self.label(*one).into()), ("other", self.label(*other).into())];
            lines.push(say.with("staff-wiring-swapped", &put));
        }
        if let Some(step) = found.shifted {
            let key = if step > 0 { "staff-wiring-shifted-up" } else { "staff-wiring-shifted-down" };
            lines.push(say.with(key, &[("n", step.abs().into())]));
        }
        if !found.turned.is_empty() {
            lines.push(self.about("staff-wiring-turned", found.turned.iter().copied()));
        }
        if found.other_status_order {
            lines.push(say.t("staff-wiring-order"));
        } else if !found.contact_apart.is_empty() {
            lines.push(self.about("staff-wiring-apart", found.contact_apart.iter().copied()));
        }
        let right = test.tried.len().saturating_sub(found.faults.len());
        html! {
            p { (say.with("staff-wiring-right", &[("n", right.into())])) }
            @if !lines.is_empty() {
                p { (say.t("staff-wiring-put-right")) }
                ul { @for line in &lines { li { (line) } } }
            }
            @if !found.faults.is_empty() {
                p { (say.t("staff-wiring-faults")) }
                ul { @for (pulsed, fault) in &found.faults { li {
                    (self.fault(*pulsed, *fault)) " "
                    a href={ (self.at) "?at=" (pulsed) "#wiring" } { (self.of("staff-wiring-again", *pulsed)) }
                } } }
            }
        }
    }

    fn fault(&self, pulsed: CompartmentId, fault: WiringFault) -> String {
        let (key, other) = match fault {
            WiringFault::NothingOpens => ("staff-wiring-fault-nothing", None),
            WiringFault::SeveralOpen => ("staff-wiring-fault-several", None),
            WiringFault::SameDoor(door) => ("staff-wiring-fault-same-door", Some(door)),
            WiringFault::NoContact => ("staff-wiring-fault-no-contact", None),
            WiringFault::ContactElsewhere(door) => ("staff-wiring-fault-elsewhere", Some(door)),
            WiringFault::SameContact(door) => ("staff-wiring-fault-same-contact", Some(door)),
            WiringFault::SeveralContacts => ("staff-wiring-fault-contacts", None),
        };
        let other = other.map(|door| self.label(door).to_owned()).unwrap_or_default();
        self.say.with(key, &[("door", self.label(pulsed).into()), ("other", other.into())])
    }

    fn ends(&self, tried: usize, all_tried: bool) -> Markup {
        let (keep_url, stop_url) = (format!("{}/keep", self.at), format!("{}/stop", self.at));
        let (keep, stop) = (Post::page(&keep_url, self.csrf), Post::page(&stop_url, self.csrf));
        let words = self.say.t("staff-wiring-keep");
        html! {
            (button_row(html! {
                @if tried > 0 && all_tried {
                    (button_primary(&words, Press::Post(&keep)))
                } @else if tried > 0 {
                    (button_secondary(&words, Press::Post(&keep)))
                }
                (button_quiet(&self.say.t("staff-wiring-stop"), Press::Post(&stop)))
            }))
        }
    }
}
