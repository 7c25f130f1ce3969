//! A pack of evidence: unpacked in memory, checked, and said in words.

use crate::failure::Failure;
use crate::output;
use serde_json::json;
use std::fs::File;
use std::io::{Read, Seek};
use vestibule_ledger::pack::{Verified, verify};
use vestibule_site::evidence::pack::archive::{self, LONGEST_ARCHIVE, MARK};

/// Whether a file begins as an archive does. It is read from its beginning again afterwards.
pub fn is_archive(file: &mut File) -> Result<bool, Failure> {
    let mut first = Vec::new();
    file.by_ref().take(MARK.len() as u64).read_to_end(&mut first)?;
    file.rewind()?;
    Ok(first == MARK)
}

/// Exit code 3 if anything in it is not as it was signed.
pub fn run(file: File, key: Option<&str>, is_json: bool) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    file.take(LONGEST_ARCHIVE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST_ARCHIVE {
        return Err(Failure::failed("the file is larger than any pack of evidence"));
    }
    let files = match archive::read(&bytes) {
        Ok(files) => files,
        Err(fault) if is_json => {
            output::json(&json!({ "valid": false, "faults": [fault.to_string()] }))?;
            return Err(Failure::Found);
        }
        Err(fault) => {
            output::line(format!("NOT VALID\n  {fault}"))?;
            return Err(Failure::Found);
        }
    };
    let verified = verify(&files, key);
    let is_valid = verified.faults.is_empty();
    if is_json {
        output::json(&in_json(&verified))?
    } else {
        output::line(in_words(&verified, key.is_some()))?
    }
    if is_valid { Ok(()) } else { Err(Failure::Found) }
}

fn in_json(verified: &Verified) -> serde_json::Value {
    let faults: Vec<String> = verified.faults.iter().map(ToString::to_string).collect();
    let checkpoint = verified.checkpoint.as_ref().map(|one| {
        json!({ "site": one.site.as_str(), "epoch": one.epoch, "size": one.size, "root": one.root.to_string() })
    });
    json!({
        "valid": faults.is_empty(), "events": verified.events, "photos": verified.photos, "fingerprint": verified.public.fingerprint(),
        "checkpoint": checkpoint, "faults": faults,
    })
}

fn in_words(verified: &Verified, is_key_known: bool) -> String {
    let fingerprint = verified.public.fingerprint();
    if !verified.faults.is_empty() {
        let faults: String = verified.faults.iter().map(|fault| format!("\n  {fault}")).collect();
        return format!("NOT VALID{faults}");
    }
    let of = verified.checkpoint.as_ref().map_or_else(String::new, |checkpoint| {
        format!(" of site {}, shown to be among the first {} of its ledger", checkpoint.site, checkpoint.size)
    });
    let compare = if is_key_known {
        "That is the key you named."
    } else {
        "Compare it with the one on the site's settings page, or name that one with --key."
    };
    let photos = match verified.photos {
        0 => String::new(),
        1 => " and 1 photo".to_owned(),
        photos => format!(" and {photos} photos"),
    };
    format!("Valid: {} events{photos}{of}\nSigned with {fingerprint}\n{compare}", verified.events)
}
