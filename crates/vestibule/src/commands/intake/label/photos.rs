//! Reads the photos.

use super::LabelArguments;
use crate::commands::intake::{Printed, answer};
use crate::failure::Failure;
use serde_json::{Value, json};
use std::cell::Cell;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use vestibule_intake::matching::unit_on_label;
use vestibule_vision::{Label, Unreadable, photo};

pub fn run(arguments: &LabelArguments) -> Result<(), Failure> {
    let unread = Cell::new(0_u32);
    let say = |path: &str| {
        let read = read(Path::new(path));
        unread.set(unread.get() + u32::from(read.is_err()));
        let json = match &read {
            Ok(label) => as_json(label),
            Err(why) => nothing(why),
        };
        let words = read.map_or_else(|why| vec![format!("{path}: {why}")], |label| in_words(path, &label));
        Printed { json, words }
    };
    if arguments.images.is_empty() {
        answer(None, arguments.json, &say)?;
    }
    for image in &arguments.images {
        answer(Some(&image.to_string_lossy()), arguments.json, &say)?;
    }
    match unread.get() {
        0 => Ok(()),
        1 => Err(Failure::failed("a picture could not be read; the answer says why")),
        more => Err(Failure::failed(format!("{more} pictures could not be read; the answers say why"))),
    }
}

fn read(path: &Path) -> Result<Label, String> {
    let mut bytes = Vec::new();
    let most = photo::FILE_MOST as u64 + 1;
    let opened = File::open(path).map_err(|error| error.to_string())?;
    if !opened.metadata().map_err(|error| error.to_string())?.is_file() {
        return Err(Unreadable::NotAPicture.to_string());
    }
    opened.take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    vestibule_vision::read(&bytes).map_err(|why| why.to_string())
}

fn as_json(label: &Label) -> Value {
    let symbol = |symbol: &vestibule_vision::Symbol| {
        let hex: String = symbol.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ "format": symbol.format, "text": symbol.text(), "bytes_hex": hex })
    };
    let symbols: Vec<Value> = label.symbols.iter().map(symbol).collect();
    let recipient = &label.recipient;
    let mut record = json!({
        "symbols": symbols,
        "tracking": label.tracking,
        "carrier": label.carrier.map(vestibule_intake::Carrier::code),
        "recipient": {
            "name": recipient.name,
            "company": recipient.company,
            "street": recipient.street,
            "unit": unit(label),
            "postal": recipient.postal,
        },
        "ocr": [],
    });
    if let Some(problem) = label.problem {
        record["problem"] = json!(problem.to_string());
    }
    record
}

fn nothing(why: &str) -> Value {
    let mut record = as_json(&Label::default());
    record["problem"] = json!(why);
    record
}

/// The apartment, where a line of the address names one.
fn unit(label: &Label) -> Option<String> {
    let recipient = &label.recipient;
    let second = recipient.second_line.as_deref().and_then(|line| unit_on_label(line, true));
    second.or_else(|| recipient.street.as_deref().and_then(|line| unit_on_label(line, false)))
}

fn in_words(path: &str, label: &Label) -> Vec<String> {
    let known = [label.tracking.clone(), label.carrier.map(|carrier| carrier.code().to_owned())];
    let recipient = [label.recipient.addressed_to().map(str::to_owned), unit(label)];
    let mut words: Vec<String> = known.into_iter().chain(recipient).flatten().collect();
    words.extend(label.problem.map(|problem| problem.to_string()));
    let mut lines = vec![format!("{path}: {}", words.join("  "))];
    let symbol = |symbol: &vestibule_vision::Symbol| {
        let shown: String = symbol.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("  {:<12} {shown}", symbol.format)
    };
    lines.extend(label.symbols.iter().map(symbol));
    lines
}
