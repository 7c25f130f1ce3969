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
    /// One line of JSON a photo: symbols, tracking, carrier, recipient, ocr; and problem where there is no number.
    #[arg(long)]
    json: bool,
}
