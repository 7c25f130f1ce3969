//! `vestibule backup FILE`.

pub mod passphrase;

use crate::failure::Failure;
use crate::place::PlaceArguments;
use crate::{output, progress};
use clap::Args;
use passphrase::PassphraseArguments;
use std::path::PathBuf;
use vestibule_site::assembly::backup::back_up;

#[derive(Args)]
pub struct BackupArguments {
    /// The file to write; it must not exist.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    #[command(flatten)]
    passphrase: PassphraseArguments,
    /// One line of JSON: site, epoch, seq, recorded_at, database.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &BackupArguments) -> Result<(), Failure> {
    let place = arguments.place.place()?;
    let passphrase = arguments.passphrase.read(true)?;
    let bar = progress::bar(0, "Copying");
    let contents = back_up(&place.folder, &arguments.file, &passphrase, &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if arguments.json {
        return output::json(&contents);
    }
    output::line(format!(
        "{} holds site {} up to event {} of epoch {}. Without its passphrase it cannot be restored.",
        arguments.file.display(),
        contents.site,
        contents.seq,
        contents.epoch
    ))
}
