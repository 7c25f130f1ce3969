//! Every event ever written decodes for ever: `tests/event-fixtures/<kind>/v<version>.json`, one event a line.
//!
//! A line is never edited. A new kind, or a new version of one, gets a new file by
//! `cargo run -p vestibule-core --example freeze_events`, which writes only what is missing.
#![allow(clippy::disallowed_methods, reason = "the frozen files are read here, not by the rules")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use vestibule_core::Event;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/event-fixtures")
}

#[test]
fn every_kind_is_frozen_and_reads_back_to_the_byte() {
    let mut missing = Vec::new();
    for kind in Event::KINDS {
        let path = folder().join(kind).join("v1.json");
        let Ok(text) = std::fs::read_to_string(&path) else {
            missing.push(*kind);
            continue;
        };
        assert!(!text.trim().is_empty(), "{kind}: no event in its fixture");
        for line in text.lines() {
            let event = Event::decode(kind, 1, line.as_bytes()).unwrap();
            assert_eq!(event.kind(), *kind);
            assert_eq!(event.version(), 1);
            assert_eq!(String::from_utf8(event.encode()).unwrap(), line, "{kind} is written otherwise now");
        }
    }
    assert!(
        missing.is_empty(),
        "not frozen: {missing:?}; run `cargo run -p vestibule-core --example freeze_events`"
    );
}

#[test]
fn no_fixture_without_its_kind() {
    let kinds: BTreeSet<_> = Event::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            kinds.contains(&name),
            "the ledgers of sites hold events of kind '{name}': it must go on decoding"
        );
    }
}

#[test]
fn the_samples_name_every_kind_and_are_what_is_frozen() {
    let sampled: BTreeSet<_> = crate::samples::all().iter().map(Event::kind).collect();
    let missing: Vec<_> = Event::KINDS.iter().filter(|kind| !sampled.contains(**kind)).collect();
    assert!(missing.is_empty(), "add a sample of {missing:?}");
    for event in crate::samples::all() {
        let text = std::fs::read_to_string(folder().join(event.kind()).join("v1.json")).unwrap_or_default();
        let line = String::from_utf8(event.encode()).unwrap();
        assert!(text.lines().any(|frozen| frozen == line), "not frozen as sampled: {line}");
    }
}

#[test]
fn a_newer_version_and_rubbish_are_refused_in_words() {
    let newer = Event::decode("disk-low", 2, b"{}").unwrap_err();
    assert!(newer.contains("disk-low") && newer.contains("newer"), "{newer}");
    assert!(Event::decode("disk-low", 1, b"[").unwrap_err().contains("disk-low"));
}
