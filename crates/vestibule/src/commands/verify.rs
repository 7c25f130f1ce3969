//! `vestibule verify FILE`: the chain of an exported ledger (one event a line) or a pack of evidence, far from its site.

mod pack;

use crate::failure::Failure;
use crate::{output, progress};
use clap::Args;
use serde_json::json;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use vestibule_ledger::{Head, Verifier, decode_line};

/// An event with its payload in hexadecimal stays far below this.
const LONGEST_LINE: u64 = 16 << 20;

#[derive(Args)]
pub struct VerifyArguments {
    /// The exported ledger, one event a line; or a pack of evidence, a zip file.
    file: PathBuf,
    /// The head it must end at, as epoch/seq/hash: shows whether the newest events were cut off.
    #[arg(long, value_name = "HEAD")]
    head: Option<String>,
    /// The fingerprint of the site's key, as its settings page shows it: for a pack of evidence.
    #[arg(long, value_name = "FINGERPRINT")]
    key: Option<String>,
    /// One line of JSON: valid, events, head, error; of a pack: valid, events, photos, fingerprint, checkpoint, faults.
    #[arg(long)]
    json: bool,
}

/// Exit code 3 if the chain or the pack does not hold.
pub fn run(arguments: &VerifyArguments) -> Result<(), Failure> {
    let expected = arguments.head.as_deref().map(str::parse::<Head>).transpose();
    let expected = expected.map_err(|error| Failure::Usage(format!("--head: {error}")))?;
    let path = &arguments.file;
    let mut file =
        File::open(path).map_err(|error| Failure::failed(format!("{}: {error}", path.display())))?;
    if pack::is_archive(&mut file)? {
        if expected.is_some() {
            return Err(Failure::Usage(
                "--head is for an exported ledger; a pack of evidence has no head: use --key".to_owned(),
            ));
        }
        return pack::run(file, arguments.key.as_deref(), arguments.json);
    }
    if arguments.key.is_some() {
        return Err(Failure::Usage(
            "--key is for a pack of evidence; an exported ledger is not signed: use --head".to_owned(),
        ));
    }
    let bar = progress::bar(file.metadata()?.len(), "Verifying");
    let verified = verify(&mut BufReader::new(file), expected.as_ref(), &mut |bytes| bar.inc(bytes))?;
    bar.finish_and_clear();
    if arguments.json {
        let head = verified.head.as_ref().map(ToString::to_string);
        let valid = verified.error.is_none();
        output::json(
            &json!({ "valid": valid, "events": verified.events, "head": head, "error": verified.error }),
        )?;
    } else {
        output::line(verified.in_words())?;
    }
    if verified.error.is_none() { Ok(()) } else { Err(Failure::Found) }
}

struct Verified {
    events: u64,
    head: Option<Head>,
    error: Option<String>,
}

impl Verified {
    fn in_words(&self) -> String {
        match (&self.error, &self.head) {
            (Some(error), _) => format!("NOT VALID after {} good events: {error}", self.events),
            (None, Some(head)) => format!("Valid: {} events, unbroken from the first to {head}", self.events),
            (None, None) => "Valid, and empty: there is no event in it".to_owned(),
        }
    }
}

fn verify(
    from: &mut impl BufRead,
    expected: Option<&Head>,
    progress: &mut dyn FnMut(u64),
) -> Result<Verified, Failure> {
    let mut verifier: Option<Verifier> = None;
    let mut events = 0;
    let mut line = String::new();
    let error = loop {
        line.clear();
        let count = from.by_ref().take(LONGEST_LINE).read_line(&mut line)?;
        if count == 0 {
            break None;
        }
        progress(count as u64);
        let text = line.strip_suffix('\n').unwrap_or(&line);
        let (event, hash) = match decode_line(text) {
            Ok(decoded) => decoded,
            Err(error) => break Some(format!("line {}: {error}", events + 1)),
        };
        let running = verifier.get_or_insert_with(|| Verifier::new(event.site.clone()));
        if let Err(fault) = running.push(event.view(), &hash) {
            break Some(fault.to_string());
        }
        events += 1;
    };
    let head = verifier.as_ref().map(|verifier| *verifier.head());
    let ends = match (error, verifier, expected) {
        (None, Some(verifier), Some(expected)) => {
            verifier.finish(expected).err().map(|fault| fault.to_string())
        }
        (None, None, Some(expected)) => Some(format!("it is empty and should end at {expected}")),
        (error, _, _) => error,
    };
    Ok(Verified { events, head, error: ends })
}
