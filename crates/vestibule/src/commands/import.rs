//! `vestibule import residents FILE [--dry-run]`.

use super::console::ask;
use crate::failure::Failure;
use crate::output;
use crate::place::PlaceArguments;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use vestibule_site::assembly::console::Ask;
use vestibule_site::handle::SiteHandle;

#[derive(Subcommand)]
pub enum Import {
    /// Units, tenancies and residents from a CSV file.
    Residents(ResidentsArguments),
}

#[derive(Args)]
pub struct ResidentsArguments {
    /// The CSV file, in UTF-8 or Latin-1.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// Show what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// One line of JSON.
    #[arg(long)]
    json: bool,
}

pub async fn run(import: Import) -> Result<(), Failure> {
    let Import::Residents(arguments) = import;
    let path = &arguments.file;
    let bytes =
        std::fs::read(path).map_err(|error| Failure::failed(format!("{}: {error}", path.display())))?;
    let question = Ask::ImportResidents { file: STANDARD.encode(bytes), dry_run: arguments.dry_run };
    let answer = ask(&arguments.place.place()?, question).await?;
    output::json(&answer)
}

/// Not here yet: the directory's import is being joined.
pub async fn import(
    _site: &SiteHandle,
    _bytes: Vec<u8>,
    _dry_run: bool,
) -> Result<serde_json::Value, Failure> {
    Err(Failure::failed("residents are imported on the staff pages: Residents, Import"))
}
