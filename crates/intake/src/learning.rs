//! Which name on a label is remembered once somebody confirmed whose parcel it was.
//!
//! Owns the rule alone: an alias is worth keeping where the household's own names would not have said it, and is never the
//! name of somebody who lives elsewhere in the building. Keeping and forgetting are the directory's.

use crate::matching::{Resident, fold::plain as words, name_likeness};

/// So many words of a label are a name; more are a company's slogan or two people's.
const WORDS_MOST: usize = 6;
/// Longer is no name.
const CHARACTERS_MOST: usize = 60;
/// A name that fits so well needs no alias.
const KNOWN: f32 = 0.97;
/// A name that fits somebody else so well is theirs.
const SOMEBODY_ELSES: f32 = 0.9;

/// The alias that a confirmation teaches: the label's name in plain form. `household` are those confirmed, `others` the rest of
/// the building who live there now. None: nothing is learned.
pub fn alias(said: &str, household: &[Resident], others: &[Resident]) -> Option<String> {
    if said.chars().count() > CHARACTERS_MOST || household.is_empty() {
        return None;
    }
    let alias = plain(said)?;
    let best = |people: &[Resident]| {
        people.iter().map(|person| name_likeness(&alias, person)).fold(0.0_f32, f32::max)
    };
    (best(household) < KNOWN && best(others) < SOMEBODY_ELSES).then_some(alias)
}

/// A name as aliases are kept and compared: lower case, without accents and marks, words in the order of the label. None: no
/// name, or one that says too little.
pub fn plain(said: &str) -> Option<String> {
    let words = words(said);
    let says_something = |word: &String| word.len() >= 2 && word.chars().any(char::is_alphabetic);
    let fits = words.len() <= WORDS_MOST && words.iter().any(says_something);
    fits.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resident(first: &str, last: &str) -> Resident {
        Resident { first: first.into(), last: last.into(), ..Resident::default() }
    }

    #[test]
    fn what_the_household_is_not_called_is_learned() {
        let household = [resident("Marisol", "García Márquez")];
        let others = [resident("John", "Miller")];
        for (said, alias_is) in
            [("Sunny Bakery", "sunny bakery"), ("Marisol G", "marisol g"), ("G. MARISOLA", "g marisola")]
        {
            assert_eq!(alias(said, &household, &others).as_deref(), Some(alias_is), "{said}");
        }
    }

    #[test]
    fn their_own_name_needs_no_alias() {
        let household = [resident("Marisol", "García"), resident("Ana", "García")];
        for said in ["MARISOL GARCIA", "garcia, ana"] {
            assert_eq!(alias(said, &household, &[]), None, "{said}");
        }
    }

    #[test]
    fn the_name_of_somebody_else_here_is_never_learned() {
        let household = [resident("Marisol", "García")];
        let others = [resident("Maria", "Garcia"), resident("Peter", "Novak")];
        for said in ["MARIA GARCIA", "NOVAK PETER", "PETER N0VAK"] {
            assert_eq!(alias(said, &household, &others), None, "{said}");
        }
    }

    #[test]
    fn what_is_no_name_is_not_learned() {
        let household = [resident("Marisol", "García")];
        let long = "a".repeat(CHARACTERS_MOST + 1);
        for said in ["", "M", "1204", "- / -", "one two three four five six seven", &long] {
            assert_eq!(alias(said, &household, &[]), None, "{said:?}");
        }
        assert_eq!(alias("Sunny Bakery", &[], &[]), None, "nobody lives there to be called so");
    }
}
