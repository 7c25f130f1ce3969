//! A line as its reader saw it before it chose letters: of each narrow column, how likely each letter is.
//!
//! Owns how well a text fits such a line: the best way of laying its letters along the columns (CTC, by Viterbi), with a price
//! on what is missing and on what is too many. Spaces and marks count for nothing, capitals and accents make no difference.

use crate::matching::fold;

/// What a column may show: no letter, 26 letters, ten digits, and the sign before an apartment.
pub const SYMBOLS: usize = 38;
const NOTHING: usize = 0;
const FIRST_DIGIT: usize = 27;
const SIGN: usize = 37;
/// Nothing is less likely than this: the camera may have lost what tells it.
const LEAST: f32 = 2e-3;
/// What cameras take for each other counts by so much.
const TWIN: f32 = 0.3;
/// The price of a column that shows another letter than any of the text, and of a letter that no column shows, in nats.
const SPARE: f32 = 2.5;
const MISSING: f32 = 3.5;
/// Longer texts are on no line.
const LETTERS_MOST: usize = 64;

/// A text in the symbols of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spelt(Vec<usize>);

impl Spelt {
    /// Letters, digits and the sign of a text; the rest of it is not seen by a camera.
    pub fn of(text: &str) -> Self {
        Self(text.chars().filter_map(symbol).take(LETTERS_MOST).collect())
    }

    /// This one, then that one.
    pub fn then(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).copied().take(LETTERS_MOST).collect())
    }

    /// So many of them, as a number to divide by: one at least.
    pub fn letters(&self) -> f32 {
        self.0.len().max(1) as f32
    }
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes {
    columns: Vec<Column>,
}

/// Logarithms of likelihoods.
#[derive(Debug, Clone, PartialEq)]
struct Column {
    of: [f32; SYMBOLS],
    most: f32,
}

impl Shapes {
    /// From the reader's columns: for each of its letters a likelihood, one column after the other. The letter `\0` is none.
    pub fn new(letters: &[char], likelihoods: &[f32]) -> Self {
        let symbols: Vec<usize> = letters.iter().map(|letter| symbol(*letter).unwrap_or(NOTHING)).collect();
        let columns = likelihoods.chunks_exact(letters.len().max(1));
        Self { columns: columns.map(|column| Column::new(&symbols, column)).collect() }
    }

    /// How much less likely a text is than the likeliest letters of the line, in nats: 0 is as likely, and less is worse.
    pub fn fit(&self, text: &Spelt) -> f32 {
        self.laid(text).0
    }

    /// The same where anything may follow the text.
    pub fn beginning(&self, text: &Spelt) -> f32 {
        self.laid(text).1
    }

    /// Both. A state is a place between letters (even) or a letter (odd).
    fn laid(&self, text: &Spelt) -> (f32, f32) {
        let Spelt(text) = text;
        let last = 2 * text.len();
        let mut states = vec![f32::NEG_INFINITY; last + 1];
        for (letter, state) in states.iter_mut().step_by(2).enumerate() {
            *state = -MISSING * letter as f32;
        }
        let (mut best, mut beginning) = (0.0_f32, f32::NEG_INFINITY);
        for column in &self.columns {
            let between = column.of[NOTHING].max(column.most - SPARE);
            for at in (0..=last).rev() {
                let stay = states[at];
                let from = match at {
                    0 => stay,
                    _ if at % 2 == 0 => stay.max(states[at - 1]),
                    _ => {
                        let letter = at / 2;
                        let skips = letter > 0 && text[letter] != text[letter - 1];
                        let before = if skips { states[at - 2] } else { f32::NEG_INFINITY };
                        stay.max(states[at - 1]).max(before)
                    }
                };
                states[at] = from + if at % 2 == 0 { between } else { column.of[text[at / 2]] };
            }
            for letter in 0..text.len() {
                let before = states[2 * letter].max(if letter > 0 {
                    states[2 * letter - 1]
                } else {
                    f32::NEG_INFINITY
                });
                let behind = &mut states[2 * letter + 2];
                *behind = behind.max(before - MISSING);
            }
            best += column.most;
            beginning = beginning.max(end(&states) - best);
        }
        (end(&states) - best, beginning)
    }
}

/// Behind the last letter, or on it.
fn end(states: &[f32]) -> f32 {
    states.iter().rev().take(2).copied().fold(f32::NEG_INFINITY, f32::max)
}

impl Column {
    fn new(symbols: &[usize], likelihoods: &[f32]) -> Self {
        let mut likely = [0.0_f32; SYMBOLS];
        for (symbol, likelihood) in symbols.iter().zip(likelihoods) {
            likely[*symbol] += likelihood;
        }
        let of = std::array::from_fn(|symbol| {
            let twin = twin(symbol).map_or(0.0, |twin| TWIN * likely[twin]);
            likely[symbol].max(twin).clamp(LEAST, 1.0).ln()
        });
        Self { of, most: of.iter().copied().fold(f32::NEG_INFINITY, f32::max) }
    }
}

fn symbol(letter: char) -> Option<usize> {
    let plain = match letter {
        '#' => return Some(SIGN),
        '0'..='9' => return letter.to_digit(10).map(|digit| FIRST_DIGIT + digit as usize),
        letter if letter.is_ascii() => letter.to_ascii_lowercase(),
        letter => fold::plain(letter.encode_utf8(&mut [0; 4])).first()?.chars().next()?,
    };
    plain.is_ascii_lowercase().then(|| 1 + plain as usize - 'a' as usize)
}

/// The other one of two that look alike.
fn twin(symbol: usize) -> Option<usize> {
    const TWINS: [(char, char); 8] =
        [('o', '0'), ('l', '1'), ('z', '2'), ('s', '5'), ('g', '6'), ('t', '7'), ('b', '8'), ('i', 'l')];
    let of = |letter: char| match letter {
        '0'..='9' => FIRST_DIGIT + letter as usize - '0' as usize,
        letter => 1 + letter as usize - 'a' as usize,
    };
    TWINS.iter().find_map(|(one, other)| match symbol {
        symbol if symbol == of(*one) => Some(of(*other)),
        symbol if symbol == of(*other) => Some(of(*one)),
        _ => None,
    })
}

#[cfg(test)]
pub mod tests {
    use super::{Shapes, Spelt};

    pub const LETTERS: &[char] = &[
        '\0', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S',
        'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '#', ' ',
    ];

    /// A line that reads so, and whose letters might as well be those beside them.
    pub fn worn(read: &str, printed: &str) -> Shapes {
        let mut values = Vec::new();
        for (seen, meant) in read.chars().zip(printed.chars()) {
            for share in [0.8, 0.0] {
                let mut column = vec![1e-4; LETTERS.len()];
                let at = |letter: char| LETTERS.iter().position(|known| *known == letter).unwrap_or(0);
                column[0] = 1.0 - share;
                column[at(seen)] += share * 0.6;
                column[at(meant)] += share * 0.4;
                values.extend(column);
            }
        }
        Shapes::new(LETTERS, &values)
    }

    fn fit(shapes: &Shapes, text: &str) -> f32 {
        shapes.fit(&Spelt::of(text))
    }

    #[test]
    fn what_might_as_well_stand_there_fits_and_other_texts_do_not() {
        let line = worn("CVN4 3V4N5", "YUKI EVANS");
        let right = fit(&line, "Yuki Evans");
        assert!(right > -8.0, "{right}");
        for other in ["Omar Evans", "Yuki Tanaka", "Samantha Rogers", "Y", ""] {
            assert!(fit(&line, other) < right - 3.0, "{other}: {} and {right}", fit(&line, other));
        }
        assert!(fit(&line, "CVN43V4N5") > -0.1, "what was read is the likeliest");
    }

    #[test]
    fn capitals_accents_spaces_and_marks_make_no_difference() {
        let line = worn("MARIA GARCIA", "MARIA GARCIA");
        for text in ["María García", "MARIAGARCIA", "maria-garcia", "Maria, Garcia"] {
            assert!((fit(&line, text) - fit(&line, "MARIA GARCIA")).abs() < 1e-3, "{text}");
        }
    }

    #[test]
    fn a_letter_too_many_or_too_few_has_its_price() {
        let line = worn("MARIA GARCIA", "MARIA GARCIA");
        for text in ["MARIA GARCA", "MARIAA GARCIA", "MARIA B GARCIA", "ARIA GARCIA", "MARIA GARCIAS"] {
            let price = fit(&line, text);
            assert!((-6.0..-1.0).contains(&price), "{text}: {price}");
        }
    }

    #[test]
    fn the_same_letter_twice_needs_a_gap_between() {
        let line = worn("ANNA", "ANNA");
        assert!(fit(&line, "ANNA") > -0.1 && fit(&line, "ANA") < -1.0);
    }

    #[test]
    fn a_beginning_leaves_open_what_follows() {
        let line = worn("450 ELM ST APT 7", "450 ELM ST APT 7");
        let street = Spelt::of("450 Elm St");
        assert!(line.beginning(&street) > -0.1 && line.fit(&street) < -4.0);
        assert!(line.beginning(&Spelt::of("9 Oak Ave")) < -6.0);
    }

    #[test]
    fn no_line_and_no_text_come_to_an_answer() {
        let nothing = Shapes::default();
        assert_eq!(nothing.fit(&Spelt::default()), 0.0);
        assert!(nothing.fit(&Spelt::of("AB")) < -6.0);
        assert!(Shapes::new(&[], &[0.5]).fit(&Spelt::of("AB")).is_finite());
    }
}
