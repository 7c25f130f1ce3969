//! How alike two words of names are.

use super::distance::Pattern;
use super::fold::Word;
use super::phonetic::sound;

/// A first letter for the whole word: likely, and shared by many.
const INITIAL: f32 = 0.82;
/// Below this likeness of letters two words have nothing to do with each other.
const STRANGERS: f32 = 0.34;
/// Shorter words sound alike too easily.
const SOUND_LEAST: usize = 4;

/// A word with what comparing needs.
pub struct Sounding {
    pub word: Word,
    sound: Word,
    /// The letters in it, one bit each.
    letters: u32,
}

impl Sounding {
    pub fn of(word: Word) -> Self {
        Self { sound: sound(&word), letters: letters(&word), word }
    }
}

/// The letters of a text, one bit each; a bit may stand for several bytes.
fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |bits, byte| bits | 1 << (byte % 32))
}

/// Letters that only one of two texts has cost an edit each: most texts are told apart by that alone.
fn are_strangers(a: u32, b: u32, longer: usize) -> bool {
    let only = (a & !b).count_ones().max((b & !a).count_ones()) as usize;
    only * 100 > longer * 66
}

/// A word of the label, compared with every word of the directory.
pub struct Sought<'a> {
    sounding: &'a Sounding,
    pattern: Pattern,
}

impl<'a> Sought<'a> {
    pub fn of(sounding: &'a Sounding) -> Self {
        Self { sounding, pattern: Pattern::of(&sounding.word) }
    }

    /// 0 to 1; nicknames are looked up by who asks.
    pub fn likeness(&self, known: &Sounding) -> f32 {
        let (a, b) = (&known.word, &self.sounding.word);
        if a == b {
            return 1.0;
        }
        if a.len() == 1 || b.len() == 1 {
            return if a.first() == b.first() { INITIAL } else { 0.0 };
        }
        if are_strangers(known.letters, self.sounding.letters, a.len().max(b.len())) {
            return 0.0;
        }
        let edits = self.pattern.likeness(a);
        if edits < STRANGERS {
            return 0.0;
        }
        let likeness = 0.5 * edits + 0.5 * self.pattern.jaro_winkler(a);
        let alike = a.len() >= SOUND_LEAST && b.len() >= SOUND_LEAST && known.sound == self.sounding.sound;
        if alike { likeness.max(0.5 * likeness + 0.45) } else { likeness }
    }
}
