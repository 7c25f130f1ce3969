//! Whom a label means whose print is too worn to be read: the people, doors and streets of the house, each compared with the
//! columns of the lines.
//!
//! Owns the choice, and that it is only ever offered: who is found so is asked about, whatever their name then matches. A line is
//! the house's own street, the name stands over it, and the apartment behind or under it.

use super::shapes::{Shapes, Spelt};
use super::{Addressed, House, Line, Place, Standing, Unaddressed, block};
use crate::matching::{Decision, Resident, nicknames};
use crate::symbol::Recipient;

/// A line that fits the street worse, in nats a letter, is another's.
const STREET_LEAST: f32 = -2.0;
/// A name that fits worse is not the one that is printed: alone, and beside an apartment.
const NAME_LEAST: [f32; 2] = [-1.8, -3.0];
/// By so much a household must fit better than every other, by its name alone and with its apartment.
const LEAD: [f32; 2] = [2.0, 1.0];
/// A name is as wide as its letters, measured by the street's: the deviation of the logarithm of what is printed from that.
const WIDTH_DEVIATION: f32 = 0.14;
/// A line is found so much longer than its print at each end, in heights.
const MARGIN: f32 = 0.3;
/// A line under the street that is no apartment costs as much as an apartment that fits it hardly.
const NO_APARTMENT: f32 = -9.0;
/// A nickname or an initial is as likely as a letter or so that was read wrongly.
const INITIAL: f32 = -1.5;
const NICKNAME: f32 = -2.0;
/// Surer print is as it was read.
const SURE: f32 = 0.97;
/// What senders write before an apartment's number.
const SIGNS: [&str; 6] = ["", "#", "Apt", "Unit", "Apartment", "Ste"];

/// A line with what its reader saw.
pub struct Worn<'a> {
    /// As it was read.
    pub line: &'a Line,
    /// Before it was.
    pub shapes: &'a Shapes,
}

/// What is offered where print names nobody whom the house knows for sure. None: print says enough, or nothing.
pub fn likened(
    worn: &[Worn<'_>],
    found: &Result<Addressed, Unaddressed>,
    house: &House,
) -> Option<Addressed> {
    let known = house.directory.as_ref()?;
    let is_open = match found {
        // A marked block for elsewhere is what it says; any other may be the sender's.
        Ok(found) if found.standing == Standing::Elsewhere => !found.is_marked,
        Ok(found) => decided(found, house) != Some(Decision::Auto),
        Err(why) => *why == Unaddressed::NoBlock,
    };
    if !is_open {
        return None;
    }
    let (street, own) = own_street(worn, house)?;
    let (name, under) = around(worn, street);
    let (name, street) = (name.filter(|name| name.line.confidence < SURE)?, worn.get(street)?);
    let looked =
        Looked { name, street, own: &own, apartments: Apartments::new(street, Spelt::of(&own), under) };
    let people = known.residents().iter().filter(|resident| !resident.moved_out);
    let mut likely: Vec<Likely<'_>> = people.filter_map(|resident| looked.at(resident)).collect();
    likely.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = likely.first()?;
    let is_other = |other: &&Likely<'_>| !best.shares_a_home(other);
    let lead = LEAD[usize::from(best.is_told)];
    if likely.iter().find(is_other).is_some_and(|other| best.score - other.score < lead) {
        return None;
    }
    let height = looked.name.line.place.height();
    let second_line = best.is_told.then(|| format!("# {}", best.resident.unit));
    let postal = found.as_ref().ok().filter(|found| found.standing != Standing::Elsewhere);
    let postal = postal.and_then(|found| found.recipient.postal.clone());
    let name = Some(best.written.clone());
    let recipient = Recipient { name, street: Some(own), second_line, postal, ..Recipient::default() };
    Some(Addressed { recipient, height, is_likened: true, standing: Standing::Here, ..Addressed::default() })
}

/// One of the people, compared with the print.
struct Likely<'a> {
    score: f32,
    resident: &'a Resident,
    written: String,
    /// The print says their apartment.
    is_told: bool,
}

impl Likely<'_> {
    fn shares_a_home(&self, other: &Self) -> bool {
        (&self.resident.unit, self.resident.home) == (&other.resident.unit, other.resident.home)
    }
}

/// The lines that people are compared with.
struct Looked<'a> {
    name: &'a Worn<'a>,
    street: &'a Worn<'a>,
    own: &'a str,
    apartments: Apartments<'a>,
}

impl Looked<'_> {
    fn at<'r>(&self, resident: &'r Resident) -> Option<Likely<'r>> {
        let size = self.name.line.place.height();
        // A marker may stand on the name's own line, and is part of what was found then.
        let is_marked = self.name.line.place.left < self.street.line.place.left - 0.8 * size;
        let (unit, is_told, is_behind) = self.apartments.fit(&resident.unit);
        let street =
            if is_behind { format!("{} Apt {}", self.own, resident.unit) } else { self.own.to_owned() };
        let street = print_width(self.street.line) / letters_width(&street);
        let width = |written: &str| {
            let off = (print_width(self.name.line) / letters_width(written) / street).ln() / WIDTH_DEVIATION;
            -0.5 * off * off
        };
        let fits = |written: &str| {
            let marked = if is_marked { format!("TO {written}") } else { written.to_owned() };
            let print = self.name.shapes.fit(&Spelt::of(&marked));
            (print, print + width(&marked))
        };
        let (written, print, name) = best_form(resident, &fits);
        let is_like = print / Spelt::of(&written).letters() >= NAME_LEAST[usize::from(is_told)];
        is_like.then_some(Likely { score: name + unit, resident, written, is_told })
    }
}

/// Without what is found too much at both ends.
fn print_width(line: &Line) -> f32 {
    let Place { left, right, .. } = line.place;
    (right - left - 2.0 * MARGIN * line.place.height()).max(1.0)
}

/// Of a text in letters of middling width, as most fonts print it.
fn letters_width(text: &str) -> f32 {
    let width = |c: char| match c.to_ascii_uppercase() {
        ' ' | 'I' | 'J' | '1' | ',' | '.' | '\'' | '-' => 0.55,
        'M' | 'W' => 1.35,
        _ => 1.0,
    };
    text.chars().map(width).sum::<f32>().max(1.0)
}

fn decided(found: &Addressed, house: &House) -> Option<Decision> {
    let name = found.recipient.addressed_to().unwrap_or_default();
    house.directory.as_ref().map(|known| known.find(name, found.recipient.unit().as_deref()).decision)
}

/// The line that is a street of the house, and that street.
fn own_street(worn: &[Worn<'_>], house: &House) -> Option<(usize, String)> {
    let mut best: Option<(f32, usize, &str)> = None;
    for own in house.addresses.iter().map(|own| own.street.trim()).filter(|own| !own.is_empty()) {
        let spelt = Spelt::of(own);
        for (at, one) in worn.iter().enumerate() {
            let fits = one.shapes.beginning(&spelt) / spelt.letters();
            if fits >= STREET_LEAST && best.is_none_or(|(known, ..)| fits > known) {
                best = Some((fits, at, own));
            }
        }
    }
    best.map(|(_, at, own)| (at, own.to_owned()))
}

/// The line over a street, and the one under it.
fn around<'a, 'b>(worn: &'a [Worn<'b>], street: usize) -> (Option<&'a Worn<'b>>, Option<&'a Worn<'b>>) {
    let Some(own) = worn.get(street).map(|one| one.line.place) else { return (None, None) };
    let is_near = |place: &Place| block::are_neighbours(place, &own);
    let near = || worn.iter().enumerate().filter(|(at, one)| *at != street && is_near(&one.line.place));
    let middle = |one: &Worn<'_>| one.line.place.middle();
    let over = near().filter(|(_, one)| middle(one) < own.middle()).map(|(_, one)| one);
    let under = near().filter(|(_, one)| middle(one) > own.middle()).map(|(_, one)| one);
    (
        over.max_by(|a, b| middle(a).total_cmp(&middle(b))),
        under.min_by(|a, b| middle(a).total_cmp(&middle(b))),
    )
}

/// Where an apartment may stand: behind the street, or under it.
struct Apartments<'a> {
    street: &'a Shapes,
    own: Spelt,
    under: Option<&'a Shapes>,
    /// How well the street alone fits its line.
    alone: f32,
}

impl<'a> Apartments<'a> {
    fn new(street: &Worn<'a>, own: Spelt, under: Option<&Worn<'a>>) -> Self {
        let (street, under) = (street.shapes, under.map(|under| under.shapes));
        let alone = street.fit(&own);
        Self { street, own, under, alone }
    }

    /// How well both lines fit an apartment; whether they say that one at all, and behind the street.
    fn fit(&self, unit: &str) -> (f32, bool, bool) {
        let unit = Spelt::of(unit);
        let signs: Vec<Spelt> = SIGNS.iter().map(|sign| Spelt::of(sign).then(&unit)).collect();
        let best = |fit: &dyn Fn(&Spelt) -> f32| signs.iter().map(fit).fold(f32::NEG_INFINITY, f32::max);
        let behind = best(&|sign| self.street.fit(&self.own.then(sign)));
        // The line under the street is the apartment's, or is left unexplained.
        let (under, unexplained) = match self.under {
            Some(under) => (self.alone + best(&|sign| under.fit(sign)), NO_APARTMENT),
            None => (f32::NEG_INFINITY, 0.0),
        };
        let (behind, alone) = (behind + unexplained, self.alone + unexplained);
        let told = under.max(behind);
        if told > alone { (told, true, behind > under) } else { (alone, false, false) }
    }
}

/// The way of writing somebody's name that fits best: how well its letters do, and all in all.
fn best_form(resident: &Resident, fits: &dyn Fn(&str) -> (f32, f32)) -> (String, f32, f32) {
    let mut best = (String::new(), f32::NEG_INFINITY, f32::NEG_INFINITY);
    let mut look = |written: String, price: f32| {
        let (print, all) = fits(&written);
        if all + price > best.2 {
            best = (written, print, all + price);
        }
    };
    let (first, last) = (resident.first.trim(), resident.last.trim());
    look(format!("{first} {last}"), 0.0);
    look(format!("{last} {first}"), 0.0);
    if let Some(initial) = first.chars().next() {
        look(format!("{initial} {last}"), INITIAL);
    }
    for short in nicknames::of(first.to_lowercase().as_bytes()) {
        look(format!("{} {last}", capital(&String::from_utf8_lossy(short))), NICKNAME);
    }
    for alias in &resident.aliases {
        look(alias.clone(), 0.0);
    }
    best
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::shapes::tests::worn;
    use super::*;
    use crate::address::OwnAddress;
    use crate::matching::Directory;

    fn resident(first: &str, last: &str, unit: &str) -> Resident {
        Resident { first: first.into(), last: last.into(), unit: unit.into(), ..Resident::default() }
    }

    fn house() -> House {
        let residents = vec![
            resident("Yuki", "Evans", "1409"),
            resident("Samantha", "Rogers", "1410"),
            resident("Dmitri", "Scott", "302"),
            resident("Omar", "Scott", "302"),
            resident("Benjamin", "Campbell", "505"),
            Resident { moved_out: true, ..resident("Tariq", "Leaver", "611") },
        ];
        let address = OwnAddress { street: "6005 N Harrison Ave".into(), postal: "18389".into() };
        House { addresses: vec![address], directory: Some(Directory::new(residents)) }
    }

    /// Lines under each other, each as it was read and as it was printed.
    fn block(lines: &[(&str, &str)], house: &House) -> Option<[String; 2]> {
        let line = |(row, (read, _)): (usize, &(&str, &str))| {
            let top = 100.0 + 25.0 * row as f32;
            let right = 40.0 + 10.0 * read.len() as f32;
            let place = Place { left: 40.0, top, right, bottom: top + 24.0 };
            Line { text: (*read).to_owned(), confidence: 0.6, place }
        };
        let read: Vec<Line> = lines.iter().enumerate().map(line).collect();
        let shapes: Vec<Shapes> = lines.iter().map(|(read, printed)| worn(read, printed)).collect();
        let worn: Vec<Worn<'_>> =
            read.iter().zip(&shapes).map(|(line, shapes)| Worn { line, shapes }).collect();
        let found = super::super::addressed(&read, house);
        let Addressed { recipient, is_likened, .. } = likened(&worn, &found, house)?;
        assert!(is_likened, "it is said that nobody read this");
        Some([recipient.name.clone().unwrap_or_default(), recipient.unit().unwrap_or_default()])
    }

    const STREET: (&str, &str) = ("G0O5 W HA68|50W AVE", "6005 N HARRISON AVE");
    const TOWN: (&str, &str) = ("9O6T1AWO OP 1B3E9", "PORTLAND OR 18389");

    #[test]
    fn print_that_nobody_can_read_is_compared_with_who_lives_here() {
        let behind = ("G0O5 W HA68|50W AVE ADJ 14O3", "6005 N HARRISON AVE APT 1409");
        let told = |name: &str, unit: &str| Some([name.to_owned(), unit.to_owned()]);
        assert_eq!(
            block(&[("CVN4 3V4N5", "YUKI EVANS"), behind, TOWN], &house()),
            told("Yuki Evans", "1409")
        );
        let under = ("4P7 5O5", "APT 505");
        let lines = [("0MN CAM56E11", "BEN CAMPBELL"), STREET, under, TOWN];
        assert_eq!(block(&lines, &house()), told("Ben Campbell", "505"));
        assert_eq!(block(&[("0 5C0TY", "O SCOTT"), STREET, TOWN], &house()), told("O Scott", ""));
    }

    #[test]
    fn nobody_is_offered_where_nobody_fits_or_nothing_is_known() {
        assert_eq!(
            block(&[("XAV1ER QU1MBY", "XAVIER QUIMBY"), STREET, TOWN], &house()),
            None,
            "nobody's name"
        );
        assert_eq!(block(&[("7AR1Q L3AV3R", "TARIQ LEAVER"), STREET, TOWN], &house()), None, "moved out");
        let other = ("12 0AK 57R3E7", "12 OAK STREET");
        assert_eq!(block(&[("CVN4 3V4N5", "YUKI EVANS"), other, TOWN], &house()), None, "another street");
        let known = House { directory: None, ..house() };
        assert_eq!(block(&[("CVN4 3V4N5", "YUKI EVANS"), STREET, TOWN], &known), None);
    }

    #[test]
    fn what_was_read_for_sure_is_not_likened() {
        let clear =
            ["YUKI EVANS", "6005 N HARRISON AVE APT 1409", "PORTLAND OR 18389"].map(|line| (line, line));
        assert_eq!(block(&clear, &house()), None);
    }

    #[test]
    fn two_households_that_fit_alike_are_not_chosen_between() {
        let twins = vec![resident("Yuki", "Evans", "1409"), resident("Yuki", "Evans", "207")];
        let twins = House { directory: Some(Directory::new(twins)), ..house() };
        assert_eq!(block(&[("CVN4 3V4N5", "YUKI EVANS"), STREET, TOWN], &twins), None);
    }
}
