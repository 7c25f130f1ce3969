//! Small pictures for lists: large enough to tell one photo from another, too small to know a face.

use jpeg_encoder::{ColorType, Encoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The longer side of a small picture, in pixels.
const SIDE: usize = 160;
/// No camera's still is longer on a side.
const SIDE_MOST: usize = 4_096;
const QUALITY: u8 = 70;

/// The small picture of a JPEG file. None: it cannot be read. Takes some 10 ms a megapixel.
pub fn small(jpeg: &[u8]) -> Option<Vec<u8>> {
    let options = DecoderOptions::default()
        .set_max_width(SIDE_MOST)
        .set_max_height(SIDE_MOST)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    let factor = width.max(height).div_ceil(SIDE).max(1);
    let (columns, rows) = (width / factor, height / factor);
    if columns == 0 || rows == 0 || pixels.len() < width * height * 3 {
        return None;
    }
    let mut shrunk = Vec::with_capacity(columns * rows * 3);
    for row in 0..rows {
        for column in 0..columns {
            shrunk.extend(mean(&pixels, width, (column * factor, row * factor, factor)));
        }
    }
    let mut bytes = Vec::new();
    let (columns, rows) = (u16::try_from(columns).ok()?, u16::try_from(rows).ok()?);
    Encoder::new(&mut bytes, QUALITY).encode(&shrunk, columns, rows, ColorType::Rgb).ok()?;
    Some(bytes)
}

/// The mean colour of a square.
fn mean(pixels: &[u8], width: usize, (left, top, side): (usize, usize, usize)) -> [u8; 3] {
    let mut sums = [0_usize; 3];
    for row in top..top + side {
        let from = (row * width + left) * 3;
        for pixel in pixels[from..from + side * 3].chunks_exact(3) {
            for (sum, part) in sums.iter_mut().zip(pixel) {
                *sum += usize::from(*part);
            }
        }
    }
    sums.map(|sum| u8::try_from(sum / (side * side)).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u16, height: u16) -> Vec<u8> {
        let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height))
            .flat_map(|at| {
                if at % usize::from(width) < usize::from(width) / 2 { [250, 10, 10] } else { [10, 10, 250] }
            })
            .collect();
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, 90).encode(&pixels, width, height, ColorType::Rgb).unwrap();
        bytes
    }

    #[test]
    fn a_small_picture_shows_the_same_in_fewer_dots() {
        let shrunk = small(&picture(1280, 720)).unwrap();
        let mut decoder = JpegDecoder::new(ZCursor::new(shrunk.as_slice()));
        let pixels = decoder.decode().unwrap();
        assert_eq!(decoder.dimensions(), Some((160, 90)));
        assert!(pixels[0] > 200 && pixels[2] < 60, "red on the left");
        let last = &pixels[pixels.len() - 3..];
        assert!(last[0] < 60 && last[2] > 200, "blue on the right");
    }

    #[test]
    fn what_is_no_picture_has_none() {
        for bytes in [&b""[..], b"<html>", &picture(64, 64)[..40]] {
            assert!(small(bytes).is_none());
        }
        assert!(small(&picture(3, 2000)).is_none(), "a strip has no picture of that size");
    }
}
