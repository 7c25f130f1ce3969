//! Pictures in, records out. Symbols are written by the reader's own writer: their bytes are ours.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "../../examples/measure/chance.rs"]
#[allow(dead_code, reason = "the measurement uses more of it")]
mod chance;
#[path = "../../examples/measure/directory.rs"]
#[allow(dead_code, reason = "the measurement uses more of it")]
mod directory;
mod drawn;
mod limits;
#[path = "../../examples/measure/payload.rs"]
#[allow(dead_code, reason = "the measurement uses more of it")]
mod payload;
mod print;
mod records;
#[path = "../../examples/measure/scene.rs"]
#[allow(dead_code, reason = "the measurement uses more of it")]
mod scene;

use vestibule_intake::printed::House;
use vestibule_vision::Grey;

/// A house of which nothing is known.
fn nowhere() -> House {
    House::default()
}

/// Symbols below each other on white paper.
fn sheet(symbols: &[Grey]) -> Grey {
    let width = symbols.iter().map(Grey::width).max().unwrap_or(0) + 80;
    let mut pixels = vec![255; width * 40];
    for symbol in symbols {
        for row in symbol.pixels().chunks_exact(symbol.width()) {
            let start = pixels.len();
            pixels.resize(start + width, 255);
            pixels[start + 40..start + 40 + row.len()].copy_from_slice(row);
        }
        pixels.resize(pixels.len() + width * 40, 255);
    }
    Grey::new(width, pixels.len() / width, pixels)
}

/// As a file.
fn png(picture: &Grey) -> Vec<u8> {
    let mut file = Vec::new();
    let size = (u32::try_from(picture.width()).unwrap(), u32::try_from(picture.height()).unwrap());
    let mut encoder = png::Encoder::new(&mut file, size.0, size.1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(picture.pixels()).unwrap();
    file
}
