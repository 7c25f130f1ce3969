//! `vestibule intake match --residents FILE [--name TEXT] [--unit U]`: whom of a building a label means.

use super::{Printed, answer};
use crate::failure::Failure;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use vestibule_intake::{Directory, Found, Resident};

#[derive(Args)]
pub struct MatchArguments {
    /// The building's people: CSV with a line of headings, columns first, last, unit.
    #[arg(long, value_name = "FILE")]
    residents: PathBuf,
    /// The name as printed; without it, one name a line is read from standard input, a tab and the apartment behind it
    /// where there is one.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    name: Option<String>,
    /// The apartment as printed; of every line that names none itself.
    #[arg(long, allow_hyphen_values = true)]
    unit: Option<String>,
    /// One line of JSON a name: decision (auto, ask, none), ranked (three at most), household, look_alikes.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &MatchArguments) -> Result<(), Failure> {
    let directory = Directory::new(residents(&arguments.residents)?);
    let say = |name: &str, unit: Option<&str>| {
        let found = directory.find(name, unit.or(arguments.unit.as_deref()));
        Printed { json: as_json(&found), words: in_words(&found) }
    };
    answer(arguments.name.as_deref(), arguments.json, &|line| match line.split_once('\t') {
        Some((name, unit)) => say(name, Some(unit)),
        None => say(line, None),
    })
}

pub fn residents(path: &Path) -> Result<Vec<Resident>, Failure> {
    let failed = |why: String| Failure::failed(format!("{}: {why}", path.display()));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(path)
        .map_err(|error| failed(error.to_string()))?;
    let headings = reader.byte_headers().map_err(|error| failed(error.to_string()))?.clone();
    let column = |name: &str| {
        let is_it = |heading: &[u8]| {
            heading.strip_prefix(b"\xef\xbb\xbf").unwrap_or(heading).eq_ignore_ascii_case(name.as_bytes())
        };
        headings.iter().position(is_it).ok_or_else(|| failed(format!("there is no column `{name}`")))
    };
    let (first, last, unit) = (column("first")?, column("last")?, column("unit")?);
    let mut residents = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(|error| failed(error.to_string()))?;
        let text = |at: usize| String::from_utf8_lossy(record.get(at).unwrap_or_default()).into_owned();
        residents.push(Resident {
            first: text(first),
            last: text(last),
            unit: text(unit),
            ..Resident::default()
        });
    }
    Ok(residents)
}

pub fn as_json(found: &Found<'_>) -> serde_json::Value {
    let ranked: Vec<_> = found
        .ranked
        .iter()
        .map(|ranked| {
            let name = full_name(ranked.resident);
            json!({ "unit": ranked.resident.unit, "name": name, "score": rounded(ranked.score) })
        })
        .collect();
    json!({
        "decision": found.decision.code(),
        "ranked": ranked,
        "household": found.household,
        "look_alikes": found.look_alikes,
    })
}

pub fn in_words(found: &Found<'_>) -> Vec<String> {
    let mut lines = vec![found.decision.code().to_owned()];
    lines.extend(found.ranked.iter().map(|ranked| {
        format!("  {:<8} {:<32} {:.3}", ranked.resident.unit, full_name(ranked.resident), ranked.score)
    }));
    lines.extend(found.look_alikes.iter().map(|unit| format!("  looks like {unit}")));
    lines
}

fn full_name(resident: &Resident) -> String {
    format!("{} {}", resident.first, resident.last).trim().to_owned()
}

/// Four decimals say all that a score knows.
pub fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}
