//! `vestibule intake label` of a program that was built without reading pictures: says how to get one that does.

use crate::failure::Failure;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub struct LabelArguments {
    /// Photos, PNG or JPEG.
    #[arg(value_name = "IMAGE")]
    images: Vec<PathBuf>,
    /// One line of JSON a photo.
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &LabelArguments) -> Result<(), Failure> {
    let LabelArguments { images: _, json: _ } = arguments;
    Err(Failure::failed(
        "this program was built without reading pictures. Released packages have it; to build it, install cmake and a C++ \
         compiler and run `cargo build --release --features vision`. Scanners and typed numbers work without: \
         `vestibule intake track`",
    ))
}
