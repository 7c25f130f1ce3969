//! The words of pages and problems, in every language.
//!
//! Owns: the Fluent catalogues under `locales/` (one file a face: `base.ftl`, `kiosk.ftl`, `staff.ftl`).
//! Never: decides what is said. Isolating marks are off: they would end up inside codes people copy.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;
pub use vestibule_notices::Language;
pub use vestibule_notices::language::Arg;

static_loader! {
    static CATALOGUES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The text of `key`. A key or variable that is missing is a mistake in this crate, found by a debug build.
pub fn t(language: Language, key: &str, args: &[(&'static str, Arg<'_>)]) -> String {
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
        args.iter().map(|(name, arg)| (Cow::Borrowed(*name), value(arg))).collect();
    let found = CATALOGUES.lookup_single_language(language.identifier(), key, Some(&values));
    debug_assert!(found.is_ok(), "{key} in {language}: {:?}", found.as_ref().err());
    found.unwrap_or_else(|_| CATALOGUES.lookup_complete(language.identifier(), key, Some(&values)))
}

/// The text of `key` that has no variables.
pub fn say(language: Language, key: &str) -> String {
    t(language, key, &[])
}

fn value<'a>(arg: &Arg<'a>) -> FluentValue<'a> {
    match arg {
        Arg::Count(count) => FluentValue::from(*count),
        Arg::Text(text) => FluentValue::from(*text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// Keys with the variables each names, read from the files themselves.
    fn catalogue(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language.tag());
        let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let mut current = String::new();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if let Some((key, _)) =
                    line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()))
                {
                    assert!(!keys.contains_key(key), "{key} is said twice in {language}");
                    current = key.to_owned();
                    keys.insert(current.clone(), BTreeSet::new());
                }
                for part in line.split('$').skip(1) {
                    let name = part
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                        .collect();
                    keys.get_mut(&current).expect("a variable stands in a message").insert(name);
                }
            }
        }
        keys
    }

    #[test]
    fn every_language_says_the_same_things_with_the_same_variables() {
        let english = catalogue(Language::En);
        assert!(english.len() > 50, "the catalogues are read: {} keys", english.len());
        for language in Language::ALL {
            let other = catalogue(language);
            let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
            let extra: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{language}: missing {missing:?}, extra {extra:?}"
            );
            for (key, variables) in &english {
                assert_eq!(variables, &other[key], "variables of {key} in {language}");
            }
        }
    }

    #[test]
    fn variables_carry_no_isolating_marks() {
        let text = t(Language::En, "refusal-invalid", &[("why", Arg::Text("x"))]);
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text:?}");
    }
}
