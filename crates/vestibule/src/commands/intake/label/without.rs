//! A program that was built without reading pictures says how to get one that does.

use super::LabelArguments;
use crate::failure::Failure;

pub fn run(arguments: &LabelArguments) -> Result<(), Failure> {
    let LabelArguments { images: _, same: _, models: _, residents: _, json: _ } = arguments;
    Err(Failure::failed(
        "this program was built without reading pictures. Released packages have it; to build it, install cmake and a C++ \
         compiler and run `cargo build --release --features vision`. Scanners and typed numbers work without: \
         `vestibule intake track`",
    ))
}
