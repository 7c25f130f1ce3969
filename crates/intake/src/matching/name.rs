//! A name on a label against all names of a directory: words assigned to words, and both written without spaces.

use super::distance::Pattern;
use super::fold::{Word, words};
use super::nicknames;
use super::similarity::{Sought, Sounding};
use std::collections::BTreeMap;

const NICKNAME: f32 = 0.95;
/// A surname says a little more than a given name.
const SURNAME_WEIGHT: f32 = 1.15;
/// A word of the label that nobody of that name has.
const SPARE: f32 = 0.03;
/// The same where all that the directory knows is one word: it may be anybody's.
const SPARE_BESIDE_ONE: f32 = 0.2;
const SPARE_MOST: usize = 3;
/// Surname first and no space between is a little less likely.
const REVERSED: f32 = 0.02;
/// Words of a label or a directory's name that are compared, at most.
const WORDS_MOST: usize = 6;
/// Letters in a row that are less alike than this say nothing.
const TELLING: f32 = 0.23;
/// Letters are counted in so many classes.
const CLASSES: usize = 32;

/// One way a person is named.
pub struct Form<'a> {
    pub given: &'a str,
    pub surname: &'a str,
}

struct Known {
    /// Numbers of its words, given names first.
    words: Vec<usize>,
    surnames_from: usize,
    joined: Word,
    reversed: Word,
    letters: Letters,
}

/// Every name of a directory; each word once.
#[derive(Default)]
pub struct Names {
    numbers: BTreeMap<Word, usize>,
    words: Vec<Sounding>,
    known: Vec<Known>,
}

/// The name on a label.
pub struct Wanted {
    words: Vec<Sounding>,
    joined: Word,
    letters: Letters,
}

/// How often each letter occurs in a text; a class may stand for several bytes.
struct Letters([u8; CLASSES]);

impl Letters {
    fn of(text: &[u8]) -> Self {
        let mut counts = [0_u8; CLASSES];
        for byte in text {
            let count = &mut counts[usize::from(*byte) % CLASSES];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// So many letters of this text the other has not: each costs an edit.
    fn beyond(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(own, other)| usize::from(own.saturating_sub(*other))).sum()
    }
}

impl Wanted {
    pub fn of(name: &str) -> Self {
        let words: Vec<Word> = words(name).into_iter().take(WORDS_MOST).collect();
        let joined = words.concat();
        let letters = Letters::of(&joined);
        Self { words: words.into_iter().map(Sounding::of).collect(), joined, letters }
    }
}

impl Names {
    pub fn add(&mut self, form: Form<'_>) {
        let (given, surnames) = (words(form.given), words(form.surname));
        let (surnames_from, joined) = (given.len(), [given.concat(), surnames.concat()].concat());
        let reversed = [surnames.concat(), given.concat()].concat();
        let words: Vec<Word> = given.into_iter().chain(surnames).take(WORDS_MOST).collect();
        let words = words.into_iter().map(|word| self.number(word)).collect();
        let letters = Letters::of(&joined);
        self.known.push(Known { words, surnames_from, joined, reversed, letters });
    }

    fn number(&mut self, word: Word) -> usize {
        if let Some(number) = self.numbers.get(&word) {
            return *number;
        }
        let number = self.words.len();
        self.numbers.insert(word.clone(), number);
        self.words.push(Sounding::of(word));
        number
    }

    /// How well each name fits, in the order in which they were added.
    pub fn similarities(&self, wanted: &Wanted) -> Vec<f32> {
        if wanted.words.is_empty() {
            return vec![0.0; self.known.len()];
        }
        let likeness: Vec<Vec<f32>> = wanted.words.iter().map(|word| self.likeness(word)).collect();
        let joined = Pattern::of(&wanted.joined);
        let of = |known: &Known| {
            let assigned = assigned(known, &wanted.words, &likeness);
            assigned.max(without_spaces(known, wanted, &joined, assigned))
        };
        self.known.iter().map(of).collect()
    }

    /// One word of the label against every word of the directory.
    fn likeness(&self, word: &Sounding) -> Vec<f32> {
        let sought = Sought::of(word);
        let mut likeness: Vec<f32> = self.words.iter().map(|known| sought.likeness(known)).collect();
        for other in nicknames::of(&word.word) {
            if let Some(number) = self.numbers.get(*other) {
                likeness[*number] = likeness[*number].max(NICKNAME);
            }
        }
        likeness
    }
}

/// The best pairs first, each word used once: order does not matter, so surname first is as good.
fn assigned(known: &Known, words: &[Sounding], likeness: &[Vec<f32>]) -> f32 {
    if likeness.iter().all(|row| known.words.iter().all(|number| row[*number] <= 0.0)) {
        return 0.0;
    }
    let (mut used_known, mut used_words) = (0_u32, 0_u32);
    let mut sum = 0.0;
    let weight = |at: usize| if at >= known.surnames_from { SURNAME_WEIGHT } else { 1.0 };
    loop {
        let mut best = (0.0, 0, 0);
        for (at, number) in known.words.iter().enumerate().filter(|(at, _)| used_known & (1 << at) == 0) {
            for (of, row) in likeness.iter().enumerate().filter(|(of, _)| used_words & (1 << of) == 0) {
                if row[*number] > best.0 {
                    best = (row[*number], at, of);
                }
            }
        }
        let (alike, at, of) = best;
        if alike <= 0.0 {
            break;
        }
        sum += weight(at) * alike * alike;
        used_known |= 1 << at;
        used_words |= 1 << of;
    }
    let whole: f32 = (0..known.words.len()).map(weight).sum();
    let spare =
        words.iter().enumerate().filter(|(of, word)| used_words & (1 << of) == 0 && word.word.len() > 1);
    let cost = if known.words.len() == 1 { SPARE_BESIDE_ONE } else { SPARE };
    let spare = spare.take(SPARE_MOST).fold(0.0, |sum, _| sum + cost);
    if whole > 0.0 { (sum / whole - spare).max(0.0) } else { 0.0 }
}

/// OCR drops spaces, people add them: the letters in a row, given name first or last. 0 where that is no more than is known
/// already, or too little to tell anybody.
fn without_spaces(known: &Known, wanted: &Wanted, joined: &Pattern, already: f32) -> f32 {
    let (own, theirs) = (known.joined.len(), wanted.joined.len());
    if known.words.len() < 2 || own.abs_diff(theirs) * 2 > own {
        return 0.0;
    }
    // Two texts differ by the letters that only one of them has, at least: most need no closer look.
    let only_theirs = wanted.letters.beyond(&known.letters);
    let edits = only_theirs.max((only_theirs + own).saturating_sub(theirs));
    let score = |likeness: f32| 0.5 * likeness * likeness + 0.5 * likeness;
    if score(1.0 - edits as f32 / own.max(theirs) as f32) <= already.max(TELLING) {
        return 0.0;
    }
    let [forward, backward] = joined.likenesses([&known.joined, &known.reversed]);
    score(forward).max(score(backward) - REVERSED)
}

#[cfg(test)]
mod tests {
    use super::{Letters, Pattern};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn letters_of_one_text_alone_are_no_more_than_the_edits_between_two(a in "[a-f]{0,12}", b in "[a-f]{0,12}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            let (of_a, of_b) = (Letters::of(a), Letters::of(b));
            let least = of_a.beyond(&of_b).max(of_b.beyond(&of_a));
            prop_assert!(least <= Pattern::of(a).distance(b));
            prop_assert_eq!(of_b.beyond(&of_a), (of_a.beyond(&of_b) + b.len()).saturating_sub(a.len()));
        }
    }
}
