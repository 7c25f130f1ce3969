//! `vestibule intake track [NUMBER]`: every carrier a number may be of.

use super::{Printed, answer};
use crate::failure::Failure;
use clap::Args;
use serde_json::json;
use vestibule_intake::{Recognised, recognise};

#[derive(Args)]
pub struct TrackArguments {
    /// The number as typed, printed or scanned; without it, one number a line is read from standard input.
    #[arg(allow_hyphen_values = true)]
    number: Option<String>,
    /// One line of JSON a number: normalized, candidates, valid, carrier, ambiguous.
    #[arg(long)]
    json: bool,
}

/// A number that fits nothing is no failure: carriers are founded faster than described.
pub fn run(arguments: &TrackArguments) -> Result<(), Failure> {
    answer(arguments.number.as_deref(), arguments.json, &|number| {
        let read = recognise(number);
        Printed { json: as_json(&read), words: in_words(&read) }
    })
}

fn as_json(read: &Recognised) -> serde_json::Value {
    let candidates: Vec<_> = read
        .candidates
        .iter()
        .map(|candidate| {
            json!({
                "carrier": candidate.carrier.code(),
                "definition": candidate.definition,
                "check": candidate.check.code(),
                "evidence": candidate.evidence(),
            })
        })
        .collect();
    json!({
        "normalized": read.normalized,
        "candidates": candidates,
        "valid": read.valid(),
        "carrier": read.carrier().code(),
        "ambiguous": read.ambiguous(),
    })
}

fn in_words(read: &Recognised) -> Vec<String> {
    let carrier = match (read.valid(), read.ambiguous()) {
        (false, _) => "a carrier unknown here",
        (true, true) => "one of several carriers",
        (true, false) => read.carrier().name().unwrap_or_default(),
    };
    let mut lines = vec![format!("{}  {carrier}", read.number())];
    lines.extend(
        read.candidates
            .iter()
            .map(|candidate| format!("  {:<34} {}", candidate.definition, candidate.evidence())),
    );
    lines
}
