//! `vestibule intake label [IMAGE ..]`: what a photo of a label says.

#[cfg(feature = "vision")]
mod photos;
#[cfg(not(feature = "vision"))]
mod without;

use clap::Args;
use std::path::PathBuf;

#[cfg(feature = "vision")]
pub use photos::run;
#[cfg(not(feature = "vision"))]
pub use without::run;

#[derive(Args)]
pub struct LabelArguments {
    /// Photos, PNG or JPEG; without any, one path a line is read from standard input.
    #[arg(value_name = "IMAGE")]
    images: Vec<PathBuf>,
    /// The photos are of one label: they make one record, of what most of them say.
    #[arg(long, requires = "images")]
    same: bool,
    /// The folder with the models for printed text (`cargo xtask models` fetches them). Without this it is what
    /// VESTIBULE_MODELS names, `models` in the working folder or beside the program, then /usr/share/vestibule/models.
    #[arg(long, value_name = "FOLDER")]
    models: Option<PathBuf>,
    /// The building's people, CSV with columns first, last, unit: adds whom the label means.
    #[arg(long, value_name = "FILE")]
    residents: Option<PathBuf>,
    /// One line of JSON a photo: symbols, tracking, carrier, recipient, ocr; problem where there is no number, ocr_problem
    /// where print was needed and could not be read, match with --residents.
    #[arg(long)]
    json: bool,
}
