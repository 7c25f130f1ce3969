//! Edit distance with swaps of neighbours, a whole column at a time in the bits of a word (Hyyrö 2003), and Jaro-Winkler.

use super::fold::WORD_MOST;

/// A text of at most 64 bytes, prepared to be compared with many.
pub struct Pattern {
    places: [u64; 256],
    text: [u8; WORD_MOST],
    length: usize,
}

impl Pattern {
    pub fn of(text: &[u8]) -> Self {
        let text = &text[..text.len().min(WORD_MOST)];
        let (mut places, mut own) = ([0; 256], [0; WORD_MOST]);
        own[..text.len()].copy_from_slice(text);
        for (at, byte) in text.iter().enumerate() {
            places[usize::from(*byte)] |= 1 << at;
        }
        Self { places, text: own, length: text.len() }
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between the two.
    pub fn distance(&self, text: &[u8]) -> usize {
        self.distances([text])[0]
    }

    /// The same for several texts of one length: a processor works on them side by side.
    pub fn distances<const N: usize>(&self, texts: [&[u8]; N]) -> [usize; N] {
        let common = texts.iter().map(|text| text.len()).min().unwrap_or(0);
        if self.length == 0 {
            return [common; N];
        }
        let last = 1_u64 << (self.length - 1);
        let (mut up, mut down, mut zero, mut before) = ([u64::MAX; N], [0_u64; N], [0_u64; N], [0_u64; N]);
        let mut distance = [self.length; N];
        for at in 0..common {
            let letters = texts.map(|text| text[at]);
            for k in 0..N {
                let here = self.places[usize::from(letters[k])];
                let swapped = ((!zero[k] & here) << 1) & before[k];
                zero[k] = ((here & up[k]).wrapping_add(up[k]) ^ up[k]) | here | down[k] | swapped;
                let (across_up, across_down) = (down[k] | !(zero[k] | up[k]), zero[k] & up[k]);
                distance[k] += usize::from(across_up & last != 0);
                distance[k] -= usize::from(across_down & last != 0);
                let across_up = (across_up << 1) | 1;
                up[k] = (across_down << 1) | !(zero[k] | across_up);
                down[k] = across_up & zero[k];
                before[k] = here;
            }
        }
        distance
    }

    /// One less the distance over the longer length.
    pub fn likeness(&self, text: &[u8]) -> f32 {
        self.likenesses([text])[0]
    }

    /// The same for several texts of one length.
    pub fn likenesses<const N: usize>(&self, texts: [&[u8]; N]) -> [f32; N] {
        let distances = self.distances(texts);
        let longer = self.length.max(texts.first().map_or(0, |text| text.len()));
        distances.map(|distance| if longer == 0 { 1.0 } else { 1.0 - share(distance, longer) })
    }

    /// Jaro-Winkler: letters in common near their places, with a bonus for a common beginning. Of each letter of the text the
    /// first free one of the pattern counts.
    pub fn jaro_winkler(&self, text: &[u8]) -> f32 {
        let (a, b) = (&text[..text.len().min(WORD_MOST)], &self.text[..self.length]);
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
        let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
        for (at, byte) in a.iter().enumerate() {
            let near = first(at + reach + 1) & !first(at.saturating_sub(reach));
            let free = self.places[usize::from(*byte)] & near & !taken_b;
            taken_b |= free & free.wrapping_neg();
            taken_a |= u64::from(free != 0) << at;
        }
        let common = taken_a.count_ones() as usize;
        if common == 0 {
            return 0.0;
        }
        let mut moved = 0;
        let (mut left_a, mut left_b) = (taken_a, taken_b);
        while left_a != 0 {
            moved += usize::from(a[left_a.trailing_zeros() as usize] != b[left_b.trailing_zeros() as usize]);
            left_a &= left_a - 1;
            left_b &= left_b - 1;
        }
        let jaro =
            (share(common, a.len()) + share(common, b.len()) + share(2 * common - moved, 2 * common)) / 3.0;
        let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
        jaro + share(prefix, 10) * (1.0 - jaro)
    }
}

/// The lowest bits, so many.
const fn first(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

fn share(part: usize, whole: usize) -> f32 {
    let small = |value: usize| f32::from(u16::try_from(value).unwrap_or(u16::MAX));
    small(part) / small(whole)
}

#[cfg(test)]
mod tests {
    use super::Pattern;
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
            let (a, b) = (a.as_bytes(), b.as_bytes());
            let pattern = Pattern::of(a);
            prop_assert_eq!(pattern.distance(b), by_table(a, b));
            let turned: Vec<u8> = b.iter().rev().copied().collect();
            prop_assert_eq!(pattern.distances([b, &turned]), [by_table(a, b), by_table(a, &turned)]);
        }

        #[test]
        fn letters_in_common_are_those_of_the_definition(a in "[a-d]{1,70}", b in "[a-d]{1,12}") {
            let (a, b) = (&a.as_bytes()[..a.len().min(64)], b.as_bytes());
            let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
            let (mut taken, mut pairs) = (vec![false; b.len()], Vec::new());
            for (at, letter) in a.iter().enumerate() {
                let mut near = at.saturating_sub(reach)..(at + reach + 1).min(b.len());
                if let Some(other) = near.find(|other| b[*other] == *letter && !taken[*other]) {
                    taken[other] = true;
                    pairs.push(*letter);
                }
            }
            let theirs = b.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(letter, _)| *letter);
            let moved = theirs.zip(&pairs).filter(|(theirs, ours)| theirs != *ours).count();
            let (common, count) = (pairs.len() as f32, |length: usize| length as f32);
            let jaro = if pairs.is_empty() { 0.0 } else {
                (common / count(a.len()) + common / count(b.len()) + (common - count(moved) / 2.0) / common) / 3.0
            };
            let prefix = count(a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count());
            let expected = if pairs.is_empty() { 0.0 } else { jaro + prefix / 10.0 * (1.0 - jaro) };
            prop_assert!((Pattern::of(b).jaro_winkler(a) - expected).abs() < 1e-5);
        }
    }

    #[test]
    fn published_values_of_jaro_winkler() {
        for (a, b, expected) in
            [("martha", "marhta", 0.961), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.813)]
        {
            let found = Pattern::of(b.as_bytes()).jaro_winkler(a.as_bytes());
            assert!((found - expected).abs() < 0.001, "{a} {b}");
        }
        let alike = |a: &[u8], b: &[u8]| Pattern::of(b).jaro_winkler(a);
        assert!(alike(b"abc", b"xyz") == 0.0 && alike(b"", b"a") == 0.0 && alike(b"a", b"") == 0.0);
    }
}
