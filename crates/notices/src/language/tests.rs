use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// Key -> variables, read from the files with a few lines of our own, so that a catalogue the loader
/// would silently skip is found too.
fn catalogue(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language.tag());
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let content = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut current = String::new();
        for line in content.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if !line.starts_with([' ', '}', '*', '[']) {
                let (key, _) = line.split_once(" = ").unwrap_or_else(|| panic!("not a text: {line}"));
                current = key.to_owned();
                assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{key} twice");
            }
            for piece in line.split('$').skip(1) {
                let name: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.get_mut(&current).unwrap().insert(name);
            }
        }
    }
    found
}

#[test]
fn languages_have_the_same_keys_and_variables() {
    let english = catalogue(Language::En);
    for language in Language::ALL {
        assert_eq!(catalogue(language), english, "{language}");
    }
    let named: BTreeSet<String> = Key::ALL.iter().map(|key| key.id().to_owned()).collect();
    let written: BTreeSet<String> = english.into_keys().collect();
    assert_eq!(named, written, "keys in the code and in the catalogues");
}

#[test]
fn every_text_renders_in_every_language() {
    for language in Language::ALL {
        for (id, variables) in catalogue(language) {
            let key = *Key::ALL.iter().find(|key| key.id() == id).unwrap();
            for count in [0, 1, 2, 5, 21] {
                let args: Vec<(&'static str, Arg<'_>)> = variables
                    .iter()
                    .map(|name| match name.as_str() {
                        "count" => ("count", Arg::Count(count)),
                        "doors" => ("doors", Arg::Count(count)),
                        other => (&*String::leak(other.to_owned()), Arg::Text("xyz")),
                    })
                    .collect();
                let rendered = text(language, key, &args);
                assert!(!rendered.contains(['{', '}', '\u{2068}', '\u{2069}']), "{id}: {rendered}");
            }
        }
    }
}

#[test]
fn plurals_follow_the_language() {
    let say = |language, count| text(language, Key::IntroArrived, &[("count", Arg::Count(count))]);
    assert_eq!(say(Language::En, 1), "A parcel is waiting for you.");
    assert_eq!(say(Language::En, 3), "3 parcels are waiting for you.");
    assert_eq!(say(Language::Es, 1), "Le espera un paquete.");
    assert_eq!(say(Language::Es, 3), "Le esperan 3 paquetes.");
}

#[test]
fn tags_are_read_by_their_primary_part() {
    assert_eq!("es-MX".parse(), Ok(Language::Es));
    assert_eq!(" EN_us ".parse(), Ok(Language::En));
    assert_eq!("est".parse::<Language>(), Err(UnknownLanguage("est".to_owned())));
    assert!("".parse::<Language>().is_err());
    for language in Language::ALL {
        assert_eq!(language.to_string().parse(), Ok(language));
    }
}

#[test]
fn browsers_get_the_language_they_like_best() {
    assert_eq!(Language::negotiate("fr, es-AR;q=0.8, en;q=0.7"), Some(Language::Es));
    assert_eq!(Language::negotiate("en-GB,en;q=0.9,es;q=0.8"), Some(Language::En));
    assert_eq!(Language::negotiate("es;q=0, fr"), None);
    assert_eq!(Language::negotiate(""), None);
}
