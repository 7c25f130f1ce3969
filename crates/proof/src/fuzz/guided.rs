//! Inputs chosen by the branches they reach: libFuzzer drives one parser a process, named by `VESTIBULE_FUZZ`. It stops at a panic,
//! at an input that takes long, and at memory without bound; what reached new branches stays in its folder.
#![no_main]
#![allow(unsafe_code, reason = "libFuzzer calls back over C")]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vestibule_proof::fuzz::targets::{TARGETS, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("VESTIBULE_FUZZ").unwrap_or_default();
    let known: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    let found = TARGETS.iter().find(|target| target.name == name);
    found.unwrap_or_else(|| panic!("VESTIBULE_FUZZ names no parser; there are {known:?}"))
});

fuzz_target!(|bytes: &[u8]| (TARGET.parse)(bytes));
