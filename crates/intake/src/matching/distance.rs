//! Edit distance with swaps of neighbours, a whole column at a time in the bits of a word (Hyyrö 2003), and Jaro-Winkler.

use super::fold::WORD_MOST;

/// A text of at most 64 bytes, prepared to be compared with many.
pub struct Pattern {
    places: [u64; 256],
    length: usize,
}

impl Pattern {
    pub fn of(text: &[u8]) -> Self {
        let text = &text[..text.len().min(WORD_MOST)];
        let mut places = [0; 256];
        for (at, byte) in text.iter().enumerate() {
            places[usize::from(*byte)] |= 1 << at;
        }
        Self { places, length: text.len() }
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between the two.
    pub fn distance(&self, text: &[u8]) -> usize {
        if self.length == 0 {
            return text.len();
        }
        let last = 1_u64 << (self.length - 1);
        let (mut up, mut down, mut zero, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut distance = self.length;
        for byte in text {
            let here = self.places[usize::from(*byte)];
            let swapped = ((!zero & here) << 1) & before;
            zero = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
            let (across_up, across_down) = (down | !(zero | up), zero & up);
            distance += usize::from(across_up & last != 0);
            distance -= usize::from(across_down & last != 0);
            let across_up = (across_up << 1) | 1;
            up = (across_down << 1) | !(zero | across_up);
            down = across_up & zero;
            before = here;
        }
        distance
    }

    /// One less the distance over the longer length.
    pub fn likeness(&self, text: &[u8]) -> f32 {
        let longer = self.length.max(text.len());
        if longer == 0 { 1.0 } else { 1.0 - share(self.distance(text), longer) }
    }
}

/// Jaro-Winkler: letters in common near their places, with a bonus for a common beginning.
pub fn jaro_winkler(a: &[u8], b: &[u8]) -> f32 {
    let (a, b) = (&a[..a.len().min(WORD_MOST)], &b[..b.len().min(WORD_MOST)]);
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
    for (at, byte) in a.iter().enumerate() {
        let near = at.saturating_sub(reach)..(at + reach + 1).min(b.len());
        let free = near.into_iter().find(|other| b[*other] == *byte && taken_b & (1 << other) == 0);
        if let Some(other) = free {
            taken_a |= 1 << at;
            taken_b |= 1 << other;
        }
    }
    let common = taken_a.count_ones() as usize;
    if common == 0 {
        return 0.0;
    }
    let moved = taken(a, taken_a).zip(taken(b, taken_b)).filter(|(x, y)| x != y).count();
    let jaro =
        (share(common, a.len()) + share(common, b.len()) + share(2 * common - moved, 2 * common)) / 3.0;
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    jaro + share(prefix, 10) * (1.0 - jaro)
}

fn taken(text: &[u8], bits: u64) -> impl Iterator<Item = u8> {
    text.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0).map(|(_, byte)| *byte)
}

fn share(part: usize, whole: usize) -> f32 {
    let small = |value: usize| f32::from(u16::try_from(value).unwrap_or(u16::MAX));
    small(part) / small(whole)
}

#[cfg(test)]
mod tests {
    use super::{Pattern, jaro_winkler};
    use proptest::prelude::*;

    /// The textbook's table, as slow and as plain as it is.
    fn by_table(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn the_bits_say_what_the_table_says(a in "[a-d]{0,12}", b in "[a-d]{0,12}") {
            prop_assert_eq!(Pattern::of(a.as_bytes()).distance(b.as_bytes()), by_table(a.as_bytes(), b.as_bytes()));
        }
    }

    #[test]
    fn published_values_of_jaro_winkler() {
        for (a, b, expected) in
            [("martha", "marhta", 0.961), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.813)]
        {
            assert!((jaro_winkler(a.as_bytes(), b.as_bytes()) - expected).abs() < 0.001, "{a} {b}");
        }
        assert!(jaro_winkler(b"abc", b"xyz") == 0.0 && jaro_winkler(b"", b"a") == 0.0);
    }
}
