//! Pictures of symbols as cameras take them: fifteen treatments of a grey scene.

use crate::chance::Chance;
use crate::payload::Kind;
use vestibule_vision::Grey;
use vestibule_vision::grey::Shrinker;

pub const WIDTH: usize = 1_280;
pub const HEIGHT: usize = 960;
/// Around the symbol, in modules.
const QUIET: usize = 6;
const DESK: u8 = 150;
const PAPER: f32 = 225.0;
const INK: f32 = 30.0;
const MAXICODE_DRAWN: i32 = 8;
const MAXICODE_FACTOR: usize = 5;
/// Along each side of a pixel.
const RAYS: usize = 4;

/// What a camera does to a label.
#[derive(Clone, Copy, Debug)]
pub enum Treatment {
    Clean,
    Tilt(f32),
    Shear,
    Perspective,
    Blur(f32),
    Noise(f32),
    LowContrast,
    HalfSize,
    UnevenLight,
}

pub const TREATMENTS: [Treatment; 15] = [
    Treatment::Clean,
    Treatment::Tilt(5.0),
    Treatment::Tilt(12.0),
    Treatment::Tilt(30.0),
    Treatment::Tilt(45.0),
    Treatment::Tilt(90.0),
    Treatment::Shear,
    Treatment::Perspective,
    Treatment::Blur(1.0),
    Treatment::Blur(1.6),
    Treatment::Noise(12.0),
    Treatment::Noise(32.0),
    Treatment::LowContrast,
    Treatment::HalfSize,
    Treatment::UnevenLight,
];

/// The symbol on white paper: black is 0.
pub fn symbol(kind: Kind, payload: &str) -> Grey {
    let scale = if matches!(kind, Kind::FedEx) { 2 } else { 3 };
    printed(kind, payload, scale)
}

/// So many pixels a module.
pub fn printed(kind: Kind, payload: &str, scale: i32) -> Grey {
    let barcode = zxingcpp::create(kind.format()).options(kind.options()).from_str(payload);
    let barcode = barcode.unwrap_or_else(|error| panic!("{kind:?} {payload:?}: {error}"));
    // The writer rounds small hexagons away: a MaxiCode is drawn large and made smaller, to an inch of the others' pixels.
    let (drawn, factor) =
        if matches!(kind, Kind::MaxiCode) { (MAXICODE_DRAWN, MAXICODE_FACTOR) } else { (scale, 1) };
    let options = zxingcpp::write().scale(drawn).add_quiet_zones(false).add_hrt(false);
    let image = barcode.to_image_with(&options).expect("a symbol can be drawn");
    let mut rows = Shrinker::new(image.width() as usize, factor);
    image.data().chunks_exact(image.width() as usize).for_each(|row| rows.row(row));
    let drawn = rows.done();
    let (width, height) = (drawn.width(), drawn.height());
    let quiet = QUIET * scale as usize;
    let mut pixels = vec![255; (width + 2 * quiet) * (height + 2 * quiet)];
    for y in 0..height {
        let to = (y + quiet) * (width + 2 * quiet) + quiet;
        pixels[to..to + width].copy_from_slice(&drawn.pixels()[y * width..(y + 1) * width]);
    }
    Grey::new(width + 2 * quiet, height + 2 * quiet, pixels)
}

/// The symbol somewhere near the middle of a desk, treated.
pub fn photo(symbol: &Grey, treatment: Treatment, chance: &mut Chance) -> Grey {
    let offset = (chance.part() * 60.0 - 30.0, chance.part() * 60.0 - 30.0);
    let mut scene = placed(symbol, treatment, offset);
    match treatment {
        Treatment::Blur(sigma) => scene = blurred(&scene, sigma),
        Treatment::Noise(deviation) => {
            scene.iter_mut().for_each(|value| *value += chance.normal() * deviation);
        }
        Treatment::LowContrast => scene.iter_mut().for_each(|value| *value = 110.0 + *value * 0.14),
        Treatment::UnevenLight => {
            for (at, value) in scene.iter_mut().enumerate() {
                *value *= 0.35 + 0.65 * (at % WIDTH) as f32 / WIDTH as f32;
            }
        }
        Treatment::Clean
        | Treatment::Tilt(_)
        | Treatment::Shear
        | Treatment::Perspective
        | Treatment::HalfSize => {}
    }
    if !matches!(treatment, Treatment::Noise(_)) {
        scene.iter_mut().for_each(|value| *value += chance.normal() * 2.0);
    }
    Grey::new(WIDTH, HEIGHT, scene.iter().map(|value| value.clamp(0.0, 255.0) as u8).collect())
}

/// Where a pixel of the scene comes from on the symbol's paper, both measured from their middles.
fn origin(treatment: Treatment, x: f32, y: f32) -> (f32, f32) {
    match treatment {
        Treatment::Tilt(degrees) => {
            let (sine, cosine) = degrees.to_radians().sin_cos();
            (cosine * x + sine * y, cosine * y - sine * x)
        }
        Treatment::Shear => (x + 0.18 * y, y),
        Treatment::Perspective => {
            let depth = 1.0 + 0.00022 * x + 0.00016 * y;
            (x * depth, y * depth)
        }
        Treatment::HalfSize => (x * 2.0, y * 2.0),
        Treatment::Clean
        | Treatment::Blur(_)
        | Treatment::Noise(_)
        | Treatment::LowContrast
        | Treatment::UnevenLight => (x, y),
    }
}

fn placed(symbol: &Grey, treatment: Treatment, offset: (f32, f32)) -> Vec<f32> {
    let mut scene = Vec::with_capacity(WIDTH * HEIGHT);
    let (wide, high) = (symbol.width() as f32, symbol.height() as f32);
    let sample = |x: f32, y: f32| -> f32 {
        let (x, y) = origin(treatment, x - WIDTH as f32 / 2.0 - offset.0, y - HEIGHT as f32 / 2.0 - offset.1);
        let (x, y) = (x + wide / 2.0, y + high / 2.0);
        if x < 0.0 || y < 0.0 || x >= wide || y >= high {
            return f32::from(DESK);
        }
        let pixel = f32::from(symbol.pixels()[y as usize * symbol.width() + x as usize]);
        INK + pixel / 255.0 * (PAPER - INK)
    };
    let (left, right, top, bottom) = reach(symbol, offset);
    // Sixteen rays a pixel: edges are as soft as a lens makes them, and a tilt shows in each of them.
    let ray = |at: usize| (at % RAYS) as f32 / RAYS as f32 + 0.5 / RAYS as f32;
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            if x < left || x > right || y < top || y > bottom {
                scene.push(f32::from(DESK));
                continue;
            }
            let rays = (0..RAYS * RAYS).map(|at| sample(x as f32 + ray(at), y as f32 + ray(at / RAYS)));
            scene.push(rays.sum::<f32>() / (RAYS * RAYS) as f32);
        }
    }
    scene
}

/// Around the paper, however it is turned: left, right, top, bottom.
fn reach(symbol: &Grey, offset: (f32, f32)) -> (usize, usize, usize, usize) {
    let around = (symbol.width() as f32).hypot(symbol.height() as f32) * 0.6;
    let (x, y) = (WIDTH as f32 / 2.0 + offset.0, HEIGHT as f32 / 2.0 + offset.1);
    let at = |value: f32| value.max(0.0) as usize;
    (at(x - around), at(x + around), at(y - around), at(y + around))
}

/// By a Gaussian, along rows and then along columns.
pub fn blurred(scene: &[f32], sigma: f32) -> Vec<f32> {
    blurred_of_width(scene, WIDTH, sigma)
}

/// The same for rows of any length.
pub fn blurred_of_width(scene: &[f32], width: usize, sigma: f32) -> Vec<f32> {
    let reach = (3.0 * sigma).ceil() as isize;
    let weights: Vec<f32> =
        (-reach..=reach).map(|at| (-(at * at) as f32 / (2.0 * sigma * sigma)).exp()).collect();
    let sum: f32 = weights.iter().sum();
    let height = scene.len() / width;
    let pass = |from: &[f32], step: usize, count: usize, stride: usize, lines: usize| {
        let mut to = vec![0.0; from.len()];
        for line in 0..lines {
            for at in 0..count {
                let mut value = 0.0;
                for (k, weight) in weights.iter().enumerate() {
                    let from_at = (at as isize + k as isize - reach).clamp(0, count as isize - 1) as usize;
                    value += weight * from[line * stride + from_at * step];
                }
                to[line * stride + at * step] = value / sum;
            }
        }
        to
    };
    let rows = pass(scene, 1, width, width, height);
    pass(&rows, width, height, 1, width)
}
