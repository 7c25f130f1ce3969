//! What is held in front of a camera: a label drawn by code, as a film for the browser's own fake camera or as a photo.

use std::fmt::Write as _;
use std::path::Path;

use rxing::pdf417::PDF417Writer;
use rxing::qrcode::QRCodeWriter;
use rxing::{BarcodeFormat, Writer};

const WIDTH: usize = 1280;
const HEIGHT: usize = 720;
/// The label's paper, and the desk it lies on.
const PAPER: u8 = 250;
const DESK: u8 = 120;
/// Of paper around a symbol, in pixels.
const QUIET: usize = 30;

/// A symbol on a label.
#[derive(Clone, Copy, Debug)]
pub enum Printed<'a> {
    Pdf417(&'a str),
    Qr(&'a str),
}

/// Brightness a pixel, 1280 by 720.
pub struct Picture {
    luma: Vec<u8>,
}

impl Picture {
    /// A label with these symbols, one below the other, on a grey desk.
    pub fn of(symbols: &[Printed<'_>]) -> Self {
        let mut picture = Self { luma: vec![DESK; WIDTH * HEIGHT] };
        let mut top = QUIET;
        for symbol in symbols {
            top += picture.print(*symbol, top) + QUIET;
        }
        picture
    }

    /// Turned by so many degrees, as a hand holds it.
    #[must_use]
    pub fn tilted(&self, degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (middle_x, middle_y) = (WIDTH as f32 / 2.0, HEIGHT as f32 / 2.0);
        let pixel = |at: usize| {
            let (x, y) = ((at % WIDTH) as f32 - middle_x, (at / WIDTH) as f32 - middle_y);
            let (from_x, from_y) = (x * cos + y * sin + middle_x, y * cos - x * sin + middle_y);
            self.between(from_x, from_y)
        };
        Self { luma: (0..WIDTH * HEIGHT).map(pixel).collect() }
    }

    fn between(&self, x: f32, y: f32) -> u8 {
        if x < 0.0 || y < 0.0 || x >= (WIDTH - 1) as f32 || y >= (HEIGHT - 1) as f32 {
            return DESK;
        }
        let (left, top) = (x as usize, y as usize);
        let (right, low) = (x - left as f32, y - top as f32);
        let at = |dx: usize, dy: usize| f32::from(self.luma[(top + dy) * WIDTH + left + dx]);
        let upper = at(0, 0) * (1.0 - right) + at(1, 0) * right;
        let lower = at(0, 1) * (1.0 - right) + at(1, 1) * right;
        (upper * (1.0 - low) + lower * low) as u8
    }

    /// Draws it from this row down; how many rows it took.
    fn print(&mut self, symbol: Printed<'_>, top: usize) -> usize {
        let matrix = match symbol {
            Printed::Pdf417(text) => PDF417Writer.encode(text, &BarcodeFormat::PDF_417, 900, 260),
            Printed::Qr(text) => QRCodeWriter.encode(text, &BarcodeFormat::QR_CODE, 240, 240),
        };
        let matrix = matrix.unwrap_or_else(|error| panic!("{symbol:?} cannot be printed: {error}"));
        let (width, height) = (matrix.width() as usize, matrix.height() as usize);
        assert!(
            width + 2 * QUIET < WIDTH && top + height < HEIGHT,
            "{symbol:?} is too large: {width}x{height}"
        );
        let left = (WIDTH - width) / 2;
        for y in 0..height + QUIET {
            for x in 0..width + 2 * QUIET {
                let inside = y < height && (QUIET..QUIET + width).contains(&x);
                let dark = inside && matrix.get((x - QUIET) as u32, y as u32);
                self.luma[(top + y) * WIDTH + left - QUIET + x] = if dark { 10 } else { PAPER };
            }
        }
        height
    }

    /// Written as a film that stands still, ten frames a second.
    pub fn film(&self, path: &Path) {
        let mut film = format!("YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n").into_bytes();
        for _ in 0..2 {
            film.extend_from_slice(b"FRAME\n");
            film.extend_from_slice(&self.luma);
            film.extend(std::iter::repeat_n(128, WIDTH * HEIGHT / 2));
        }
        write(path, &film);
    }

    /// Written as a photo.
    pub fn photo(&self, path: &Path) {
        let mut photo = Vec::new();
        let mut encoder = png::Encoder::new(&mut photo, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.luma));
        written.unwrap_or_else(|error| panic!("no photo: {error}"));
        write(path, &photo);
    }
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// A FedEx label's 2D symbol for somebody in an apartment.
pub fn fedex(number: &str, name: &str, apartment: &str) -> String {
    let fields = ["0210013", "840", "019", number, "FDE", "1", "326", "", "1/1", "5.00LB", "N"];
    let address = ["14 MAPLE STREET", "NEW YORK", "NY", name];
    let mut text = "[)>\u{1e}01".to_owned();
    for field in fields.iter().chain(&address) {
        let _ = write!(text, "\u{1d}{field}");
    }
    let _ = write!(text, "\u{1e}06\u{1d}10ZGH006\u{1d}14Z{apartment}\u{1e}\u{4}");
    text
}
