//! A name on a label against all names of a directory: words assigned to words, and both written without spaces.

use super::distance::Pattern;
use super::fold::{Word, words};
use super::nicknames;
use super::similarity::{Sought, Sounding, are_strangers, letters};
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
    letters: u32,
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
    letters: u32,
}

impl Wanted {
    pub fn of(name: &str) -> Self {
        let words: Vec<Word> = words(name).into_iter().take(WORDS_MOST).collect();
        let joined = words.concat();
        let letters = letters(&joined);
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
        let letters = letters(&joined);
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
            assigned(known, &wanted.words, &likeness).max(without_spaces(known, wanted, &joined))
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

/// OCR drops spaces, people add them: the letters in a row, given name first or last.
fn without_spaces(known: &Known, wanted: &Wanted, joined: &Pattern) -> f32 {
    if known.words.len() < 2 || known.joined.len().abs_diff(wanted.joined.len()) * 2 > known.joined.len() {
        return 0.0;
    }
    if are_strangers(known.letters, wanted.letters, known.joined.len().max(wanted.joined.len())) {
        return 0.0;
    }
    let score = |text: &[u8]| {
        let likeness = joined.likeness(text);
        0.5 * likeness * likeness + 0.5 * likeness
    };
    score(&known.joined).max(score(&known.reversed) - REVERSED)
}
