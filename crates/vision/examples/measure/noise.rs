//! Pictures of nothing but noise: the most work that a file can make.

use crate::chance::Chance;
use crate::cpu_ms;
use jpeg_encoder::{ColorType, Encoder};
use std::path::Path;
use vestibule_intake::printed::House;
use vestibule_vision::{TextReader, read};

const SIDES: [(u16, u16); 2] = [(4_000, 3_000), (7_300, 5_500)];
const SEED: u64 = 20_261_128;
const QUALITY: u8 = 90;
const DEVIATION: f32 = 45.0;

/// Prints a row for each size; with the models print is looked for too.
pub fn measure(models: &Path) {
    let reader = TextReader::open(models).ok();
    let print = if reader.is_some() { "symbols and print" } else { "symbols alone, there are no models" };
    for (width, height) in SIDES {
        let mut chance = Chance::new(SEED);
        let count = usize::from(width) * usize::from(height);
        let pixels: Vec<u8> =
            (0..count).map(|_| (128.0 + DEVIATION * chance.normal()).clamp(0.0, 255.0) as u8).collect();
        let mut file = Vec::new();
        Encoder::new(&mut file, QUALITY)
            .encode(&pixels, width, height, ColorType::Luma)
            .expect("a picture can be encoded");
        let started = cpu_ms();
        let label = read(&file, reader.as_ref(), &House::default()).expect("it is a picture");
        println!(
            "noise of {:.0} million pixels, {:.1} MB: {:.0} ms, {} symbols, {print}",
            count as f64 / 1e6,
            file.len() as f64 / 1e6,
            cpu_ms() - started,
            label.symbols.len()
        );
    }
}
