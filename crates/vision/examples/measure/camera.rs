//! What cameras make of a label: four levels, from clean to barely legible.

use crate::chance::Chance;
use crate::paper::em;
use crate::scene::blurred_of_width;
use jpeg_encoder::{ColorType, Encoder};
use vestibule_vision::Grey;

const WIDTH: usize = 1_280;
const HEIGHT: usize = 1_600;
const DESK: f32 = 120.0;
const PAPER: f32 = 228.0;
const INK: f32 = 28.0;

/// How bad a photo is.
pub struct Level {
    /// Pixels of an em of the recipient's print.
    pub em: f32,
    /// Deviation of the lens, in pixels.
    pub blur: f32,
    /// Deviation of the noise, of 255.
    pub noise: f32,
    /// Degrees by which it is tilted at most, either way.
    pub tilt: f32,
    /// Of the JPEG.
    pub quality: u8,
    /// How much the light falls off across the label.
    pub shade: f32,
}

pub const LEVELS: [Level; 4] = [
    Level { em: 30.0, blur: 0.5, noise: 2.0, tilt: 1.0, quality: 92, shade: 0.05 },
    Level { em: 26.0, blur: 0.9, noise: 5.0, tilt: 5.0, quality: 85, shade: 0.15 },
    Level { em: 21.0, blur: 1.3, noise: 9.0, tilt: 9.0, quality: 75, shade: 0.30 },
    Level { em: 17.0, blur: 1.7, noise: 14.0, tilt: 14.0, quality: 60, shade: 0.40 },
];

/// A JPEG of the label on a desk.
pub fn photo(label: &Grey, level: &Level, chance: &mut Chance) -> Vec<u8> {
    let picture = taken(label, level, chance);
    let mut file = Vec::new();
    let size = (u16::try_from(WIDTH).expect("a side"), u16::try_from(HEIGHT).expect("a side"));
    Encoder::new(&mut file, level.quality)
        .encode(&picture, size.0, size.1, ColorType::Luma)
        .expect("a picture can be encoded");
    file
}

fn taken(label: &Grey, level: &Level, chance: &mut Chance) -> Vec<u8> {
    let scale = em() / level.em;
    let tilt = (chance.part() * 2.0 - 1.0) * level.tilt;
    let (sine, cosine) = tilt.to_radians().sin_cos();
    let middle =
        (WIDTH as f32 / 2.0 + chance.part() * 60.0 - 30.0, HEIGHT as f32 / 2.0 + chance.part() * 60.0 - 30.0);
    let (lean_x, lean_y) = ((chance.part() - 0.5) * 6e-5, (chance.part() - 0.5) * 6e-5);
    let side = chance.part() < 0.5;
    let mut scene = Vec::with_capacity(WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let mut sum = 0.0;
            for ray in 0..4 {
                let dx = x as f32 + 0.25 + 0.5 * (ray % 2) as f32 - middle.0;
                let dy = y as f32 + 0.25 + 0.5 * (ray / 2) as f32 - middle.1;
                let depth = 1.0 + level.tilt / 14.0 * (lean_x * dx + lean_y * dy);
                let u = (cosine * dx + sine * dy) * depth * scale + label.width() as f32 / 2.0;
                let v = (cosine * dy - sine * dx) * depth * scale + label.height() as f32 / 2.0;
                let is_desk = u < 0.0 || v < 0.0 || u >= label.width() as f32 || v >= label.height() as f32;
                sum += if is_desk { DESK } else { INK + label.near(u, v) / 255.0 * (PAPER - INK) };
            }
            let across = x as f32 / WIDTH as f32;
            let light = 1.0 - level.shade * if side { across } else { 1.0 - across };
            scene.push(sum / 4.0 * light);
        }
    }
    let scene = blurred_of_width(&scene, WIDTH, level.blur);
    scene.iter().map(|value| (value + chance.normal() * level.noise).clamp(0.0, 255.0) as u8).collect()
}
