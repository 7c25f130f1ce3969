//! Invented buildings and damaged labels, from a seed: for machines without the public data.

use super::Round;
use vestibule_intake::Resident;

const GIVEN: &[&str] = &[
    "maria", "james", "linda", "robert", "elena", "david", "susan", "ahmed", "wei", "priya", "carlos",
    "emma", "noah", "olivia", "liam", "sofia", "yusuf", "hana", "ivan", "grace", "peter", "nadia", "oscar",
    "julia",
];
const STARTS: &[&str] = &[
    "al", "bar", "car", "del", "fer", "gold", "har", "kov", "lin", "mor", "nor", "pet", "ros", "san", "tor",
    "wal",
];
const ENDS: &[&str] = &[
    "acs", "berg", "dez", "er", "field", "ini", "kins", "man", "nova", "quez", "son", "strom", "ton", "wood",
    "ski", "ley",
];

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).expect("less than a usize")
    }

    fn of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }
}

/// Eight buildings; every resident gets one label.
pub fn rounds(seed: u64, size: usize) -> Vec<Round> {
    let mut chance = Chance(seed);
    let mut rounds = Vec::new();
    for _ in 0..8 {
        let resident = |chance: &mut Chance, at: usize| Resident {
            first: chance.of(GIVEN).to_owned(),
            last: format!("{}{}{}", chance.of(STARTS), chance.of(STARTS), chance.of(ENDS)),
            unit: (at + 1).to_string(),
            ..Resident::default()
        };
        let residents: Vec<Resident> = (0..size).map(|at| resident(&mut chance, at)).collect();
        let asked =
            residents.iter().enumerate().map(|(at, resident)| (label(resident, &mut chance), at)).collect();
        rounds.push(Round { residents, asked });
    }
    rounds
}

fn label(resident: &Resident, chance: &mut Chance) -> String {
    let (first, last) = (&resident.first, &resident.last);
    match chance.below(10) {
        0..=3 => format!("{first} {last}"),
        4 => format!("{last} {first}"),
        5 => format!("{} {last}", &first[..1]),
        6 => format!("{first}{last}"),
        _ => damaged(&format!("{first} {last}"), chance),
    }
}

/// One letter gone, doubled, swapped with the next or replaced.
fn damaged(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = chance.below(letters.len() - 1);
    match chance.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = (b'a' + u8::try_from(chance.below(26)).expect("a letter")) as char,
    }
    letters.into_iter().collect()
}
