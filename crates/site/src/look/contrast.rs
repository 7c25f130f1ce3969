//! The colours of `static/tokens.css`, measured: WCAG 2.2 contrast of every pair that is used, in every theme.

use std::collections::BTreeMap;

type Tokens = BTreeMap<String, String>;

const SHEET: &str = include_str!("../../static/tokens.css");

/// Text needs 4.5:1 on every ground it stands on.
const TEXT: &[(&str, &[&str])] = &[
    ("ink", &["paper", "surface", "sunken", "accent-soft", "danger-soft", "warn-soft", "good-soft"]),
    ("ink-soft", &["paper", "surface", "sunken"]),
    ("accent", &["paper", "surface", "sunken", "accent-soft"]),
    ("on-accent", &["accent", "accent-strong"]),
    ("danger", &["paper", "surface", "danger-soft"]),
    ("on-danger", &["danger"]),
    ("warn", &["paper", "surface", "warn-soft"]),
    ("good", &["paper", "surface", "good-soft"]),
    ("door-ink", &["plate"]),
    ("hollow-ink", &["hollow", "hollow-back", "hollow-floor"]),
];

/// Edges and marks that carry meaning need 3:1.
const EDGES: &[(&str, &[&str])] = &[
    ("edge", &["paper", "surface", "sunken"]),
    ("focus", &["paper", "surface", "sunken"]),
    ("door-edge", &["door", "plate"]),
    ("cabinet-edge", &["paper", "surface"]),
    ("reserved-mark", &["reserved"]),
    ("overdue-mark", &["overdue"]),
    ("check-mark", &["check"]),
    ("off-mark", &["off"]),
    ("swung", &["hollow"]),
];

fn declarations(block: &str) -> Tokens {
    block
        .split(';')
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .filter(|(_, value)| value.trim().starts_with('#'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

/// The colours of the `nth` rule with this selector.
fn block(selector: &str, nth: usize) -> Tokens {
    let rule = SHEET
        .split(&format!("{selector} {{"))
        .nth(nth + 1)
        .unwrap_or_else(|| panic!("{selector} is missing"));
    declarations(&rule[..rule.find('}').expect("a block closes")])
}

fn themes() -> [(&'static str, Tokens); 3] {
    [
        ("light", block(":root", 0)),
        ("dark", block(r#":root[data-theme="dark"]"#, 0)),
        ("high contrast", block(r#":root[data-theme="contrast"]"#, 0)),
    ]
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("six hexadecimal digits");
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn ratio(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn too_weak(theme: &str, tokens: &Tokens, pairs: &[(&str, &[&str])], least: f64) -> Vec<String> {
    let mut weak = Vec::new();
    for (front, grounds) in pairs {
        for ground in *grounds {
            let measured = ratio(&tokens[*front], &tokens[*ground]);
            if measured < least {
                weak.push(format!("{theme}: {front} on {ground} is {measured:.2}, needs {least}"));
            }
        }
    }
    weak
}

#[test]
fn the_measure_agrees_with_published_ratios() {
    assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 0.01);
    assert!((ratio("#777777", "#ffffff") - 4.48).abs() < 0.01);
}

#[test]
fn text_and_edges_can_be_read_in_every_theme() {
    let weak: Vec<String> = themes()
        .iter()
        .flat_map(|(name, tokens)| {
            [too_weak(name, tokens, TEXT, 4.5), too_weak(name, tokens, EDGES, 3.0)].concat()
        })
        .collect();
    assert!(weak.is_empty(), "{weak:#?}");
}

#[test]
fn what_the_device_prefers_and_what_is_chosen_look_alike() {
    let preferred = ":root:not([data-theme])";
    let [light, dark, contrast] = themes().map(|(_, tokens)| tokens);
    assert_eq!(block(preferred, 0), dark);
    assert_eq!(block(preferred, 1), contrast);
    assert_eq!(light.keys().collect::<Vec<_>>(), dark.keys().collect::<Vec<_>>());
    assert_eq!(light.keys().collect::<Vec<_>>(), contrast.keys().collect::<Vec<_>>());
}

#[test]
fn no_style_sheet_brings_a_colour_of_its_own() {
    for (name, data) in super::assets::all().filter(|(name, _)| name.ends_with(".css")) {
        let text = String::from_utf8(data).expect("style sheets are text");
        // Printed matter is black on white by nature.
        if name == "tokens.css" || name == "paper.css" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let value = line.split_once(':').map_or("", |(_, value)| value);
            assert!(!value.contains('#') && !value.contains("rgb"), "{name}:{}: {line}", number + 1);
        }
    }
}
