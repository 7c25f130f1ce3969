//! Small pictures for lists: large enough to tell one photo from another, too small to know a face.

use jpeg_encoder::{ColorType, Encoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use std::sync::Arc;
use tokio::sync::Semaphore;
use vestibule_devices::STILL_SIDE_MAX;

/// The longer side of a small picture, in pixels.
const SIDE: usize = 160;
/// The longer side of a picture that goes out with a message, in pixels: a face is known, and no mailbox is filled.
const FITTED_SIDE: usize = 640;
const QUALITY: u8 = 70;

/// Whoever makes small pictures. One at a time: each holds a whole photo with every pixel of it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Thumbnails(Arc<Semaphore>);

impl Default for Thumbnails {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Thumbnails {
    /// The small picture of a JPEG file. None: it cannot be read.
    pub async fn small(&self, jpeg: Vec<u8>) -> Option<Vec<u8>> {
        self.in_turn(move || small(&jpeg)).await
    }

    /// A JPEG file made anew from the pixels of another, no larger than a message may carry. None: it cannot be read.
    pub async fn fitted(&self, jpeg: Vec<u8>) -> Option<Vec<u8>> {
        self.in_turn(move || fitted(&jpeg)).await
    }

    async fn in_turn(&self, make: impl FnOnce() -> Option<Vec<u8>> + Send + 'static) -> Option<Vec<u8>> {
        let turn = Arc::clone(&self.0).acquire_owned().await.ok()?;
        // The turn ends with the work, not with whoever waits for it.
        let made = tokio::task::spawn_blocking(move || {
            let made = make();
            drop(turn);
            made
        });
        made.await.ok().flatten()
    }
}

/// The small picture of a JPEG file. None: it cannot be read. Takes some 10 ms a megapixel.
pub fn small(jpeg: &[u8]) -> Option<Vec<u8>> {
    shrunk(jpeg, SIDE)
}

/// A JPEG file made anew from the pixels of another, no larger than a message may carry. None: it cannot be read.
pub fn fitted(jpeg: &[u8]) -> Option<Vec<u8>> {
    shrunk(jpeg, FITTED_SIDE)
}

fn shrunk(jpeg: &[u8], side: usize) -> Option<Vec<u8>> {
    let options = DecoderOptions::default()
        .set_max_width(STILL_SIDE_MAX.into())
        .set_max_height(STILL_SIDE_MAX.into())
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let pixels = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    let factor = width.max(height).div_ceil(side).max(1);
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

    #[tokio::test]
    async fn small_pictures_are_made_one_at_a_time_even_for_those_who_left() {
        use futures_util::FutureExt as _;
        use std::sync::atomic::{AtomicUsize, Ordering};
        static MAKING: AtomicUsize = AtomicUsize::new(0);
        let thumbnails = Thumbnails::default();
        let make = || {
            thumbnails.in_turn(|| {
                assert_eq!(MAKING.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                std::thread::yield_now();
                MAKING.fetch_sub(1, Ordering::SeqCst);
                Some(Vec::new())
            })
        };
        for _ in 0..20 {
            assert!(make().now_or_never().is_none());
        }
        let made = futures_util::future::join_all((0..20).map(|_| make())).await;
        assert!(made.iter().all(Option::is_some), "nobody met another");
    }

    #[test]
    fn what_is_no_picture_has_none() {
        for bytes in [&b""[..], b"<html>", &picture(64, 64)[..40]] {
            assert!(small(bytes).is_none());
        }
        assert!(small(&picture(3, 2000)).is_none(), "a strip has no picture of that size");
    }
}
