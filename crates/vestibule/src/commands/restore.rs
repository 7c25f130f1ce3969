//! `vestibule restore FILE`.

use super::backup::passphrase::PassphraseArguments;
use crate::failure::Failure;
use crate::place::PlaceArguments;
use crate::site::moment;
use crate::{output, progress};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use vestibule_site::assembly::backup::restore;

#[derive(Args)]
pub struct RestoreArguments {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    #[command(flatten)]
    passphrase: PassphraseArguments,
    /// One line of JSON: site, epoch, seq, moved.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &RestoreArguments) -> Result<(), Failure> {
    let place = arguments.place.place()?;
    let passphrase = arguments.passphrase.read(false)?;
    let waiting = progress::waiting("Restoring");
    let restored = restore(&arguments.file, &place, &passphrase, moment());
    waiting.finish_and_clear();
    let restored = restored?;
    let contents = &restored.contents;
    if arguments.json {
        return output::json(&json!({
            "site": contents.site, "epoch": restored.epoch, "seq": contents.seq, "moved": restored.moved,
        }));
    }
    output::line(format!(
        "Site {} is back as it was at event {}, now in epoch {}. When it starts, residents with waiting parcels get new \
         codes, and staff are asked to look into every compartment that no sensor shows empty.",
        contents.site, contents.seq, restored.epoch
    ))?;
    match &restored.moved {
        Some(aside) => output::line(format!("What was in the folder lies in {}.", aside.display())),
        None => Ok(()),
    }
}
