//! What happened, in words: the one table from events to sentences, for every timeline and every kind of event.
//!
//! Owns: sentence, weight and picture of each event. Never: a code or a hash; events hold hashes, sentences do not.

mod audits;
pub mod history;
mod passages;
mod put;
mod weight;

#[cfg(test)]
mod tests;

pub use audits::place_name;
pub(in crate::web::staff) use passages::entrant_words;
pub use put::{
    assurance_key, hold_word, hours_in_words, notice_word, photo_word, reason_key, size_word, trouble_word,
};

use maud::{Markup, html};
use vestibule_core::{Event, Timestamp};

use super::names::Names;
use super::say::Say;
use super::times;
use crate::look::listing::{Moment, Tone, timeline};
use crate::look::{Icon, message};

/// One recorded event as a timeline shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its number in the ledger.
    pub seq: u64,
    /// Site time.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// One event in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its picture.
    pub icon: Icon,
    /// Its weight.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// Who did it and how we know, where that is said.
    pub detail: Vec<String>,
}

impl Told {
    /// A picture and a sentence, and nothing beside them.
    pub fn plain(icon: Icon, title: String) -> Self {
        Self { icon, tone: Tone::Plain, title, detail: Vec::new() }
    }

    /// Of this weight.
    pub fn toned(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// With this beside it.
    pub fn with(self, detail: Vec<String>) -> Self {
        Self { detail, ..self }
    }
}

/// An event in words.
pub fn tell(event: &Event, names: &Names, say: Say) -> Told {
    let (icon, tone) = weight::of(event);
    let put = put::of(event, names, say);
    let title = super::names::capital(&say.with(&format!("event-{}", event.kind()), &put));
    Told { icon, tone, title, detail: put::detail(event, names, say) }
}

/// Events one under the other, in the order given.
pub fn story(events: &[Recorded], names: &Names, say: Say) -> Markup {
    if events.is_empty() {
        return message::empty(&say.t("staff-story-empty-title"), &say.t("staff-story-empty"), None);
    }
    let told: Vec<(Timestamp, Told)> =
        events.iter().map(|recorded| (recorded.at, tell(&recorded.event, names, say))).collect();
    moments(&told, names, say)
}

/// What happened and when, one under the other, in the order given.
pub fn moments(told: &[(Timestamp, Told)], names: &Names, say: Say) -> Markup {
    let written: Vec<(String, String)> = told
        .iter()
        .map(|(at, _)| (times::machine(*at), times::moment(say, *at, (&names.zone, names.now))))
        .collect();
    let moments: Vec<Moment<'_>> = told
        .iter()
        .zip(&written)
        .map(|((_, told), (at, when))| Moment {
            at,
            when,
            icon: told.icon,
            tone: told.tone,
            title: &told.title,
            detail: html! { @for line in &told.detail { p { (line) } } },
        })
        .collect();
    timeline(&moments)
}
