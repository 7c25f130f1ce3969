//! Reads the photos.

use super::LabelArguments;
use crate::commands::intake::{Printed, answer, find};
use crate::failure::Failure;
use crate::models;
use serde_json::{Value, json};
use std::cell::Cell;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use vestibule_intake::printed::House;
use vestibule_intake::{Directory, Found, Line, Unaddressed};
use vestibule_vision::label::voted;
use vestibule_vision::{Label, TextReader, Unreadable, photo};

/// What photos are read with.
struct Desk {
    reader: Result<TextReader, String>,
    house: House,
}

impl Desk {
    fn new(arguments: &LabelArguments) -> Result<Self, Failure> {
        let folder = models::folder(arguments.models.as_deref());
        let no_print = |why| {
            format!(
                "printed text is not read: {why}. `cargo xtask models` fetches the models, --models names their folder"
            )
        };
        let reader = TextReader::open(&folder).map_err(no_print);
        let residents = arguments.residents.as_deref().map(find::residents).transpose()?;
        let house = House { directory: residents.map(Directory::new), ..House::default() };
        Ok(Self { reader, house })
    }

    /// Why print that was needed was not read.
    fn missed(&self, label: &Label) -> Option<&str> {
        let is_named = label.recipient.addressed_to().is_some();
        self.reader.as_ref().err().map(String::as_str).filter(|_| !is_named)
    }

    fn printed(&self, path: &str, read: Result<Label, String>) -> Printed {
        match read {
            Ok(label) => Printed { json: self.as_json(&label), words: self.in_words(path, &label) },
            Err(why) => {
                let mut json = as_json(&Label::default());
                json["problem"] = json!(why);
                Printed { json, words: vec![format!("{path}: {why}")] }
            }
        }
    }

    fn found(&self, label: &Label) -> Option<Found<'_>> {
        let directory = self.house.directory.as_ref()?;
        let name = label.recipient.addressed_to().unwrap_or_default();
        let mut found = directory.find(name, label.recipient.unit().as_deref());
        if label.is_likened() {
            found.decision = found.decision.asked();
        }
        Some(found)
    }

    fn as_json(&self, label: &Label) -> Value {
        let mut record = as_json(label);
        if let Some(why) = self.missed(label) {
            record["ocr_problem"] = json!(why);
        }
        if let Some(found) = self.found(label) {
            record["match"] = find::as_json(&found);
        }
        record
    }

    fn in_words(&self, path: &str, label: &Label) -> Vec<String> {
        let mut lines = in_words(path, label);
        lines.extend(self.missed(label).map(|why| format!("  {why}")));
        if let Some(found) = self.found(label) {
            lines.extend(find::in_words(&found).into_iter().map(|line| format!("  {line}")));
        }
        lines
    }
}

pub fn run(arguments: &LabelArguments) -> Result<(), Failure> {
    let desk = Desk::new(arguments)?;
    let unread = Cell::new(0_u32);
    let say = |path: &str| {
        let read = read(Path::new(path), &desk);
        unread.set(unread.get() + u32::from(read.is_err()));
        desk.printed(path, read)
    };
    if arguments.same {
        let frames = arguments.images.iter().map(|image| read(image, &desk)).collect::<Result<Vec<_>, _>>();
        let names: Vec<_> = arguments.images.iter().map(|image| image.to_string_lossy()).collect();
        unread.set(u32::from(frames.is_err()));
        answer(Some(&names.join(" ")), arguments.json, &|path| {
            desk.printed(path, frames.clone().map(|frames| voted(&frames)))
        })?;
    } else if arguments.images.is_empty() {
        answer(None, arguments.json, &say)?;
    } else {
        for image in &arguments.images {
            answer(Some(&image.to_string_lossy()), arguments.json, &say)?;
        }
    }
    match unread.get() {
        0 => Ok(()),
        1 => Err(Failure::failed("a picture could not be read; the answer says why")),
        more => Err(Failure::failed(format!("{more} pictures could not be read; the answers say why"))),
    }
}

fn read(path: &Path, desk: &Desk) -> Result<Label, String> {
    let mut bytes = Vec::new();
    let most = photo::FILE_MOST as u64 + 1;
    let opened = File::open(path).map_err(|error| error.to_string())?;
    if !opened.metadata().map_err(|error| error.to_string())?.is_file() {
        return Err(Unreadable::NotAPicture.to_string());
    }
    opened.take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    vestibule_vision::read(&bytes, desk.reader.as_ref().ok(), &desk.house).map_err(|why| why.to_string())
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
            "unit": recipient.unit(),
            "postal": recipient.postal,
        },
        "ocr": label.lines.iter().map(line).collect::<Vec<_>>(),
    });
    if let Some(problem) = problem(label) {
        record["problem"] = json!(problem);
    }
    record
}

fn line(line: &Line) -> Value {
    json!({ "text": line.text, "confidence": find::rounded(line.confidence) })
}

/// Why there is no number, or, before that, that two recipients are printed: there is more than one label then.
fn problem(label: &Label) -> Option<String> {
    let several = label.addressed.as_ref().and_then(|addressed| addressed.as_ref().err());
    let several = several.filter(|why| **why == Unaddressed::Several).map(ToString::to_string);
    several.or_else(|| label.problem.map(|problem| problem.to_string()))
}

fn in_words(path: &str, label: &Label) -> Vec<String> {
    let known = [label.tracking.clone(), label.carrier.map(|carrier| carrier.code().to_owned())];
    let recipient = [label.recipient.addressed_to().map(str::to_owned), label.recipient.unit()];
    let mut words: Vec<String> = known.into_iter().chain(recipient).flatten().collect();
    words.extend(problem(label));
    let mut lines = vec![format!("{path}: {}", words.join("  "))];
    let symbol = |symbol: &vestibule_vision::Symbol| {
        let shown: String = symbol.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("  {:<12} {shown}", symbol.format)
    };
    lines.extend(label.symbols.iter().map(symbol));
    lines.extend(label.lines.iter().map(|line| format!("  {:<12} {}", "print", line.text)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_intake::Problem;

    #[test]
    fn two_printed_recipients_are_said_before_a_missing_number() {
        let told =
            |addressed| as_json(&Label { addressed, problem: Some(Problem::NoSymbol), ..Label::default() });
        let several = told(Some(Err(Unaddressed::Several)));
        assert!(several["problem"].as_str().unwrap().contains("choose the recipient"), "{several}");
        for other in [None, Some(Err(Unaddressed::NoBlock)), Some(Ok(vestibule_intake::Addressed::default()))]
        {
            let label = told(other);
            assert!(label["problem"].as_str().unwrap().contains("no barcode"), "{label}");
        }
    }
}
