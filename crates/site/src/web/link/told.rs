//! The history of a person's parcels in words: who put them in, who opened, who took them out, and what is erased by now.
//!
//! Owns: the sentence, picture and weight of each moment, as a resident reads it. Never: names anybody outside of the reader's household.

use super::past::{self, Means, Past};
use crate::look::Icon;
use crate::look::listing::{Tone, card, section, tag};
use crate::web::staff::names::{Names, capital};
use crate::web::staff::say::{Put, Say};
use crate::web::staff::story::{Told, assurance_key, moments, reason_key};
use crate::web::words::Language;
use maud::{Markup, html};
use vestibule_core::custody::Custodian;
use vestibule_core::custody::history::{Happened, Opener, ParcelHistory, Whom};
use vestibule_core::{CompartmentId, PersonId, Timestamp, VisitId};

/// The section.
pub(super) fn content(language: Language, past: &Past) -> Markup {
    let say = Say::new(language);
    let words = Words { say, past };
    section(
        &say.t("link-told"),
        html! {
            @if past.parcels.is_empty() {
                p { (say.t("link-told-nothing")) }
            } @else {
                p class="hint" { (say.t("link-told-lead")) }
                @for told in &past.parcels { (words.parcel(told)) }
            }
        },
    )
}

struct Words<'a> {
    say: Say,
    past: &'a Past,
}

impl Words<'_> {
    fn names(&self) -> &Names {
        &self.past.names
    }

    fn parcel(&self, past::Told { history, is_erased }: &past::Told) -> Markup {
        let names = self.names();
        let carrier = history.carrier.map_or_else(
            || self.say.t("link-told-parcel"),
            |carrier| {
                let carrier = names.carrier(self.say, Some(carrier)).into();
                self.say.with("link-told-parcel-of", &[("carrier", carrier)])
            },
        );
        let told: Vec<(Timestamp, Told)> =
            history.moments.iter().map(|moment| (moment.at, self.sentence(&moment.what))).collect();
        card(html! {
            h3 { (carrier) " " (self.standing(history)) }
            (moments(&told, names, self.say))
            @if *is_erased { p class="hint" { (self.say.t("link-told-erased")) } }
        })
    }

    /// How it stands, by the last thing that is told.
    fn standing(&self, history: &ParcelHistory) -> Markup {
        let rests = |happened: &&Happened| {
            matches!(
                happened,
                Happened::Put { .. }
                    | Happened::Collected { .. }
                    | Happened::WentBack
                    | Happened::Missing
                    | Happened::GivenUp
            )
        };
        let last = history.moments.iter().rev().map(|moment| &moment.what).find(rests);
        let (tone, key) = match last {
            Some(Happened::Collected { .. }) => (Tone::Good, "link-told-is-collected"),
            Some(Happened::WentBack) => (Tone::Plain, "link-told-is-back"),
            Some(Happened::Missing) => (Tone::Danger, "link-told-is-missing"),
            Some(Happened::GivenUp) => (Tone::Warning, "link-told-is-given-up"),
            _ => (Tone::Accent, "link-told-is-waiting"),
        };
        tag(tone, &self.say.t(key))
    }

    fn sentence(&self, what: &Happened) -> Told {
        let say = self.say;
        let at_door = |key: &str, compartment: CompartmentId| {
            say.with(key, &[("door", capital(&self.names().door(say, compartment)).into())])
        };
        match what {
            Happened::Put { place, by_staff } => {
                let by = if *by_staff { "link-told-by-staff" } else { "link-told-by-courier" };
                let detail = if matches!(place, Custodian::Staff(_)) { Vec::new() } else { vec![say.t(by)] };
                Told::plain(Icon::Parcel, self.put(*place)).with(detail)
            }
            Happened::Opened { compartment, by } => self.opened(*compartment, by),
            Happened::Explained { compartment } => {
                Told::plain(Icon::Key, at_door("link-told-explained", *compartment))
            }
            Happened::StoodOpen { compartment } => {
                Told::plain(Icon::DoorOpen, at_door("link-told-stood-open", *compartment))
                    .toned(Tone::Warning)
            }
            Happened::Disowned { whom } => {
                Told::plain(Icon::Hand, self.by_whom("link-told-disowned", *whom, &[])).toned(Tone::Warning)
            }
            Happened::Collected { whom, visit, known_by } => {
                let at = visit.map_or_else(|| say.t("link-told-by-staff"), |visit| self.at_kiosk(visit));
                let (title, known) =
                    (self.by_whom("link-told-collected", *whom, &[]), say.t(assurance_key(*known_by)));
                Told::plain(Icon::Done, title).toned(Tone::Good).with(vec![at, known])
            }
            Happened::WentBack => Told::plain(Icon::Truck, say.t("link-told-back")),
            Happened::Missing => Told::plain(Icon::Search, say.t("link-told-missing")).toned(Tone::Danger),
            Happened::GivenUp => Told::plain(Icon::Cross, say.t("link-told-given-up")).toned(Tone::Warning),
        }
    }

    fn put(&self, place: Custodian) -> String {
        let (say, names) = (self.say, self.names());
        match place {
            Custodian::Compartment(compartment) => {
                say.with("link-told-put-door", &[("door", names.door(say, compartment).into())])
            }
            Custodian::Shelf(shelf) => {
                say.with("link-told-put-shelf", &[("shelf", names.shelf_label(shelf).into())])
            }
            Custodian::CommonArea(_) => {
                say.with("link-told-put-area", &[("place", names.custodian(say, place).into())])
            }
            Custodian::Staff(_)
            | Custodian::Courier(_)
            | Custodian::Recipient(_)
            | Custodian::Carrier(_)
            | Custodian::Missing { .. }
            | Custodian::WrittenOff => say.t("link-told-put-staff"),
        }
    }

    fn opened(&self, compartment: CompartmentId, by: &Opener) -> Told {
        let (say, names) = (self.say, self.names());
        let door: Put = capital(&names.door(say, compartment)).into();
        let with = |key: &str, more: Vec<(&'static str, Put)>| {
            say.with(key, &[vec![("door", door.clone())], more].concat())
        };
        match by {
            Opener::Recipient { whom, visit, credential } => {
                let means = match credential.and_then(|id| self.past.means.get(&id)) {
                    Some(Means::Code) => "code",
                    Some(Means::Card) => "card",
                    None => "either",
                };
                let put = [("door", door.clone()), ("means", means.into())];
                let title = self.by_whom("link-told-opened", *whom, &put);
                Told::plain(Icon::LockOpen, title).toned(Tone::Accent).with(vec![self.at_kiosk(*visit)])
            }
            Opener::Courier { visit } => {
                let carrier = names.carrier(say, names.visits.get(visit).and_then(|visit| visit.carrier));
                let title = with("link-told-opened-courier", vec![("carrier", carrier.into())]);
                Told::plain(Icon::LockOpen, title).toned(Tone::Accent)
            }
            Opener::Staff { reason } => {
                let why = match reason {
                    Some(reason) => say.t(reason_key(*reason)),
                    None => say.t("link-told-to-put"),
                };
                let title = with("link-told-opened-staff", Vec::new());
                Told::plain(Icon::LockOpen, title).toned(Tone::Accent).with(vec![why])
            }
            Opener::Key => {
                let title = with("link-told-opened-key", Vec::new());
                Told::plain(Icon::Key, title).toned(Tone::Accent)
            }
            Opener::Nobody => {
                let title = with("link-told-opened-forced", Vec::new());
                let detail = vec![say.t("link-told-forced-what")];
                Told::plain(Icon::Warning, title).toned(Tone::Danger).with(detail)
            }
        }
    }

    /// The sentence of what a recipient did: the reader, one of their household by first name, or somebody.
    fn by_whom(&self, key: &str, whom: Whom, put: &[(&'static str, Put)]) -> String {
        match whom {
            Whom::Reader => self.say.with(&format!("{key}-you"), put),
            Whom::Household(person) => {
                let put = [put, &[("who", self.first_name(person).into())]].concat();
                self.say.with(&format!("{key}-household"), &put)
            }
            Whom::Somebody => self.say.with(&format!("{key}-somebody"), put),
        }
    }

    fn first_name(&self, person: PersonId) -> String {
        let known = self.past.first_names.get(&person).cloned();
        known.unwrap_or_else(|| self.say.t("link-told-of-household"))
    }

    fn at_kiosk(&self, visit: VisitId) -> String {
        let kiosk = self.names().visits.get(&visit).map(|visit| self.names().kiosk(self.say, visit.kiosk));
        match kiosk {
            Some(kiosk) => self.say.with("link-told-at", &[("kiosk", kiosk.into())]),
            None => self.say.t("link-told-at-kiosk"),
        }
    }
}
