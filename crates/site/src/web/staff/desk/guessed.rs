//! Whom a label means, at the desk: what is filled in, the others it could mean, and a label for another house.
//!
//! Owns: the words and the choice between them, and what is carried from one page to the next, sealed. Never: takes anything
//! in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use vestibule_core::place::shelf::scanned::is_shelf_code;
use vestibule_core::{PersonId, Refusal, StaffId, Timestamp, UnitId};
use vestibule_intake::evidence::Confirmed;
use vestibule_intake::gathered::is_web_address;
use vestibule_intake::{Label, Unread, symbol};

use super::super::desk_page::Desk;
use super::super::names::{Names, Wanted};
use super::super::say::Say;
use crate::directory::intake::{Flag, Reading};
use crate::keys::Keys;
use crate::look::form;
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_secondary};
use crate::web::problem::Fault;

/// For whom a parcel is, as far as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct For {
    /// The unit.
    pub unit: UnitId,
    /// The one person meant.
    pub person: Option<PersonId>,
}

impl For {
    /// Its value in forms: `3` or `3-7`.
    pub fn value(self) -> String {
        match self.person {
            Some(person) => format!("{}-{person}", self.unit),
            None => self.unit.to_string(),
        }
    }

    /// Reads such a value.
    pub fn read(value: &str) -> Option<Self> {
        let (unit, person) = match value.split_once('-') {
            Some((unit, person)) => (unit, Some(PersonId(person.parse().ok()?))),
            None => (value, None),
        };
        Some(Self { unit: UnitId(unit.parse().ok()?), person })
    }
}

/// Whom a reading is taken for: what somebody wrote or chose comes before what was guessed. None: it asks.
pub fn taken_for(
    reading: &Reading,
    written: Option<UnitId>,
    chosen: Option<For>,
) -> Option<(For, Confirmed)> {
    let guess = reading.guess.as_ref();
    if let Some(unit) = written {
        return Some((For { unit, person: None }, Confirmed::Typed));
    }
    if let Some(chosen) = chosen {
        let is_first = guess.and_then(|guess| guess.filled_in()).is_some_and(|first| is(first, chosen));
        let way = match guess.and_then(|guess| guess.filled_in()) {
            Some(_) if is_first => Confirmed::Suggested,
            Some(_) => Confirmed::Alternate,
            None => Confirmed::Offered,
        };
        return Some((chosen, way));
    }
    let first = guess.and_then(|guess| guess.filled_in())?;
    Some((For { unit: first.unit, person: first.person }, Confirmed::Suggested))
}

fn is(offered: &crate::directory::intake::Offered, chosen: For) -> bool {
    offered.unit == chosen.unit && offered.person == chosen.person
}

/// Those beside the one it is taken for, at most two; all of those offered where it asks.
pub fn others(reading: &Reading, taken: Option<For>) -> Vec<For> {
    let offered = reading.guess.iter().flat_map(|guess| &guess.offered);
    let others = offered.map(|offered| For { unit: offered.unit, person: offered.person });
    let others = others.filter(|other| Some(*other) != taken);
    others.take(if taken.is_some() { 2 } else { 3 }).collect()
}

/// What a page about these readings will have to name.
pub fn wanted(readings: impl Iterator<Item = For>) -> Wanted {
    let mut wanted = Wanted::default();
    for one in readings {
        wanted.units.insert(one.unit);
        wanted.people.extend(one.person);
    }
    wanted
}

/// `Marta Álvarez, apartment 12B`.
pub fn words(one: For, names: &Names, say: Say) -> String {
    let unit = names.unit(say, one.unit);
    match one.person {
        Some(person) => format!("{}, {unit}", names.person(say, person)),
        None => super::super::names::capital(&unit),
    }
}

/// What has to be seen before anybody says yes.
pub fn flags(reading: &Reading, say: Say) -> Markup {
    let flags = reading.guess.iter().flat_map(|guess| &guess.flags);
    html! {
        @if let Some(key) = no_number(&reading.tracking) {
            (message::notice_banner(NoticeKind::Warning, &say.t(key)))
        }
        @for flag in flags {
            @let words = match flag {
                Flag::MovedOut => say.t("staff-flag-moved-out"),
                Flag::LooksLike(units) => say.with("staff-flag-looks-like", &[("units", units.join(", ").into())]),
                Flag::NoSuchUnit => {
                    say.with("staff-flag-no-such-unit", &[("unit", reading.unit.clone().unwrap_or_default().into())])
                }
            };
            (message::notice_banner(NoticeKind::Warning, &words))
        }
    }
}

/// Why what a scanner typed is no number, where it can be told. What somebody wrote there by hand may be anything.
fn no_number(tracking: &str) -> Option<&'static str> {
    match symbol::read(tracking) {
        Err(Unread::Damaged) => Some("staff-read-damaged"),
        Err(Unread::ForeignKeyboard) => Some("staff-read-foreign-keyboard"),
        Err(Unread::NotALabel) if is_web_address(tracking) => Some("staff-read-web-address"),
        Ok(_) | Err(Unread::NotALabel | Unread::TooLong) => None,
    }
}

/// *This label says 10001 Main St 12 - this is 5 Lake Street.* None: it does not.
pub fn other_house(reading: &Reading, say: Say) -> Option<String> {
    let elsewhere = reading.elsewhere.as_ref()?;
    let put = [("said", elsewhere.said.as_str().into()), ("here", elsewhere.here.as_str().into())];
    Some(say.with("staff-other-house", &put))
}

/// One button for each of those it could mean.
pub fn choices(
    (url, csrf): (&str, &str),
    hidden: &[(&str, &str)],
    others: &[For],
    (names, say): (&Names, Say),
) -> Markup {
    html! {
        div class="button-row" { @for other in others {
            form class="posting" method="post" action=(url) {
                (form::csrf_field(csrf))
                @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
                input type="hidden" name="for" value=(other.value());
                (button_secondary(&words(*other, names, say), Press::Submit))
            }
        } }
    }
}

/// A reading on its way from one page to the next: for one member of staff.
#[derive(Serialize, Deserialize)]
struct Carried {
    reading: Reading,
    staff: StaffId,
}

/// Seals a reading into a form.
pub fn seal(keys: &Keys, reading: &Reading, staff: StaffId) -> String {
    let text = serde_json::to_string(&Carried { reading: reading.clone(), staff }).expect("plain data");
    URL_SAFE_NO_PAD.encode(keys.seal(&text))
}

/// What a form brought back. None: another one's, or nothing of ours.
pub fn unseal(keys: &Keys, sealed: &str, staff: StaffId) -> Option<Reading> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let carried: Carried = serde_json::from_str(&keys.unseal(&bytes)?).ok()?;
    (carried.staff == staff).then_some(carried.reading)
}

/// What a scan at the desk says, looked up: a label, or whatever was typed.
///
/// # Errors
/// The label of a shelf; as reading.
pub async fn read(desk: &Desk, text: &str, touches: u32) -> Result<Reading, Fault> {
    let scan = text.to_owned();
    if desk.read(move |site, _| is_shelf_code(site, &scan)).await? {
        return Err(Refusal::Invalid { why: desk.say.t("staff-read-shelf") }.into());
    }
    let now: Timestamp = desk.now();
    let mut reading = Reading::default();
    reading.touched(touches, now);
    more(desk, reading, text).await
}

/// The same with one more symbol of the same label.
///
/// # Errors
/// As reading.
pub async fn more(desk: &Desk, mut reading: Reading, text: &str) -> Result<Reading, Fault> {
    match vestibule_intake::symbol::read(text) {
        Ok(label) => reading.read(text, &label),
        Err(_) => reading.tracking = vestibule_intake::symbol::printable(text).unwrap_or_default(),
    }
    desk.query(move |tables| reading.look(tables).map(|()| reading)).await
}

/// What a camera or a photo said, looked up; `scan` is its symbols as text, where it has any; `is_likened`: nobody read whom
/// it names.
///
/// # Errors
/// As reading.
pub async fn seen(desk: &Desk, (scan, is_likened): (&str, bool), label: &Label) -> Result<Reading, Fault> {
    let now: Timestamp = desk.now();
    let mut reading = Reading { is_likened, ..Reading::default() };
    reading.touched(1, now);
    reading.read(scan, label);
    desk.query(move |tables| reading.look(tables).map(|()| reading)).await
}

/// The same with the name that a label said before its number was corrected by hand.
///
/// # Errors
/// As reading.
pub async fn named(desk: &Desk, mut reading: Reading, name: String) -> Result<Reading, Fault> {
    reading.name = Some(name);
    desk.query(move |tables| reading.look(tables).map(|()| reading)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::intake::{Guess, Offered};
    use vestibule_intake::Decision;

    fn reading(decision: Decision) -> Reading {
        let offered = |unit, person: Option<u32>| Offered {
            unit: UnitId(unit),
            person: person.map(PersonId),
            score: Some(900),
        };
        let offered = vec![offered(1, Some(7)), offered(2, None), offered(3, None)];
        Reading { guess: Some(Guess { decision, offered, flags: Vec::new() }), ..Reading::default() }
    }

    fn one(unit: u32, person: Option<u32>) -> For {
        For { unit: UnitId(unit), person: person.map(PersonId) }
    }

    #[test]
    fn what_is_written_comes_before_what_is_guessed() {
        let auto = reading(Decision::Auto);
        assert_eq!(taken_for(&auto, None, None), Some((one(1, Some(7)), Confirmed::Suggested)));
        assert_eq!(taken_for(&auto, Some(UnitId(9)), None), Some((one(9, None), Confirmed::Typed)));
        assert_eq!(taken_for(&auto, None, Some(one(2, None))), Some((one(2, None), Confirmed::Alternate)));
        let asks = reading(Decision::Ask);
        assert_eq!(taken_for(&asks, None, None), None, "it asks");
        assert_eq!(taken_for(&asks, None, Some(one(2, None))), Some((one(2, None), Confirmed::Offered)));
        assert_eq!(taken_for(&Reading::default(), None, None), None);
    }

    #[test]
    fn two_others_at_most_and_three_where_it_asks() {
        let auto = reading(Decision::Auto);
        assert_eq!(others(&auto, Some(one(1, Some(7)))), [one(2, None), one(3, None)]);
        assert_eq!(others(&auto, None).len(), 3);
    }

    #[test]
    fn a_choice_is_read_as_it_was_written() {
        for choice in [one(3, None), one(3, Some(7))] {
            assert_eq!(For::read(&choice.value()), Some(choice));
        }
        assert_eq!(For::read("x"), None);
        assert_eq!(For::read("3-x"), None);
    }

    #[test]
    fn what_is_carried_is_unreadable_and_one_persons() {
        let keys = Keys::generate();
        let reading = Reading { name: Some("MARIA GARCIA".into()), ..reading(Decision::Auto) };
        let sealed = seal(&keys, &reading, StaffId(3));
        assert!(!sealed.contains("MARIA"));
        assert_eq!(unseal(&keys, &sealed, StaffId(3)), Some(reading));
        assert_eq!(unseal(&keys, &sealed, StaffId(4)), None);
        assert_eq!(unseal(&keys, "nonsense", StaffId(3)), None);
    }
}
