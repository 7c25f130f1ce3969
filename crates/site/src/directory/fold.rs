//! Folding: one searchable spelling for the many ways people write a name or an apartment.
//!
//! Owns the decomposition of Latin letters. Never used to show anything: pages show what was written.

/// Between surname and given name in a folded person; no folded name contains it.
pub const SURNAME_END: char = ',';

/// Latin letters and what they are without accents, lower case. Letters that are not here fold to themselves.
const LATIN: &[(&str, &str)] = &[
    ("àáâãäåāăąǎȁȃạảấầẩẫậắằẳẵặ", "a"),
    ("æǽ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěȅȇẹẻẽếềểễệ", "e"),
    ("ĝğġģǧ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıǐỉị", "i"),
    ("ĵ", "j"),
    ("ķĸ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏőơǒǫọỏốồổỗộớờởỡợ", "o"),
    ("œ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšșſ", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûüũūŭůűųưǔụủứừửữự", "u"),
    ("ŵẁẃẅ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżž", "z"),
];

/// Words before an apartment's label, as people and carriers write them in English and Spanish. Folded, upper case.
const UNIT_WORDS: &[&str] = &[
    "APARTAMENTO",
    "DEPARTAMENTO",
    "APARTMENT",
    "NUMERO",
    "NUMBER",
    "DEPTO",
    "SUITE",
    "PISO",
    "UNIT",
    "FLAT",
    "APTO",
    "DPTO",
    "APMT",
    "APT",
    "STE",
    "NUM",
    "NO",
];

/// A name for search: lower case, without accents, apostrophes gone, everything else that is no letter or digit a single
/// space. `"  O'Neil-Muñoz, J."` folds to `"oneil munoz j"`.
pub fn name(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            push(&mut folded, c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| push(&mut folded, c));
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push(folded: &mut String, c: char) {
    match c {
        '\'' | '’' | 'ʼ' | '`' | '´' | '\u{300}'..='\u{36f}' => {}
        c if c.is_ascii_alphanumeric() => folded.push(c),
        c if c.is_alphanumeric() => push_plain(folded, c),
        _ if folded.is_empty() || folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

/// A person for search: surname, then given name: `"garcia marquez,ana"`.
pub fn person(first_name: &str, last_name: &str) -> String {
    format!("{}{SURNAME_END}{}", name(last_name), name(first_name))
}

/// An apartment's label for search: upper case letters and digits, without the word before it; other scripts stay as they
/// fold in names. `"apt 12-B"`, `"#12b"`, `"12 B"` and `"Unit 12B"` all fold to `"12B"`. Between two digits the gap stays,
/// as a hyphen: `1-12` and `11-2` are two apartments.
pub fn unit_label(text: &str) -> String {
    let folded = name(text).to_ascii_uppercase();
    let words: Vec<&str> = folded.split(' ').map(unglued).collect();
    let mut label = String::with_capacity(folded.len());
    for word in &words[leading_words(&words)..] {
        if label.ends_with(is_digit) && word.starts_with(is_digit) {
            label.push('-');
        }
        label.push_str(if *word == "PENTHOUSE" { "PH" } else { word });
    }
    label
}

/// A label as it is shown: as written, without the word before it: `"Apt. 12-B"` is shown as `"12-B"`.
pub fn shown_label(text: &str) -> String {
    let bare = text.trim().trim_start_matches('#').trim_start();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let folded: Vec<String> = words.iter().map(|word| name(word).to_ascii_uppercase()).collect();
    let shown = words[leading_words(&folded.iter().map(String::as_str).collect::<Vec<_>>())..].join(" ");
    shown.trim_start_matches(['#', ' ']).to_owned()
}

/// How many words before the label say only that it is an apartment. A label that is such a word is no such word.
fn leading_words(words: &[&str]) -> usize {
    words.iter().position(|word| !UNIT_WORDS.contains(word) && !word.is_empty()).unwrap_or(0)
}

/// `APT12B` is `12B`.
fn unglued(word: &str) -> &str {
    UNIT_WORDS
        .iter()
        .find_map(|unit| word.strip_prefix(unit))
        .filter(|bare| bare.starts_with(is_digit))
        .unwrap_or(word)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn push_plain(folded: &mut String, c: char) {
    match LATIN.iter().find(|(letters, _)| letters.contains(c)) {
        Some((_, plain)) => folded.push_str(plain),
        None => folded.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_fold_to_one_spelling() {
        for (written, folded) in [
            ("María José", "maria jose"),
            ("Mari\u{301}a", "maria"),
            ("GARCÍA-MÁRQUEZ", "garcia marquez"),
            ("O'Neil", "oneil"),
            ("O’Neil", "oneil"),
            ("J.R.  Smith ", "j r smith"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Søren Æbelø", "soren aebelo"),
            ("Weiß", "weiss"),
            ("Nguyễn", "nguyen"),
            ("İpek", "ipek"),
            ("Иванова", "иванова"),
            ("山田", "山田"),
            ("%*_;--", ""),
        ] {
            assert_eq!(name(written), folded, "{written}");
        }
        assert_eq!(person("Ana", "García Márquez"), "garcia marquez,ana");
        assert_eq!(person("Ana", ""), ",ana");
    }

    #[test]
    fn apartment_labels_fold_to_one_spelling() {
        for written in
            ["apt 12-B", "#12b", "12 B", "Unit 12B", "APT.12B", "Apt# 12b", "Apartment no. 12 B", "apt12b"]
        {
            assert_eq!(unit_label(written), "12B", "{written}");
        }
        for (written, folded) in [
            ("PH-1", "PH1"),
            ("Penthouse 1", "PH1"),
            ("Apto. 4 Ñ", "4N"),
            ("Suite", "SUITE"),
            ("Garden", "GARDEN"),
            ("Noble 3", "NOBLE3"),
            ("North", "NORTH"),
            ("Stella", "STELLA"),
            ("5", "5"),
            ("012", "012"),
            ("1-12", "1-12"),
            ("Apt 11 2", "11-2"),
            ("B-1.2", "B1-2"),
            ("", ""),
            ("#", ""),
        ] {
            assert_eq!(unit_label(written), folded, "{written}");
        }
    }

    #[test]
    fn labels_are_shown_as_written_without_the_word_before() {
        for (written, shown) in [
            ("Apt. 12-B", "12-B"),
            ("# 4", "4"),
            ("unit #7", "7"),
            (" PH-1 ", "PH-1"),
            ("Suite", "Suite"),
            ("", ""),
        ] {
            assert_eq!(shown_label(written), shown, "{written}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            let once = name(&text);
            prop_assert_eq!(name(&once), once.clone());
            prop_assert!(!once.contains(SURNAME_END));
            let label = unit_label(&text);
            prop_assert!(label.chars().all(|c| c.is_alphanumeric() || c == '-'), "{}", label);
        }
    }
}
