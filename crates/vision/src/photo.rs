//! From the bytes of a file to a grey picture of bounded size.
//!
//! Owns the limits: a file's own word on its size is judged before anything is decoded, and large photos are shrunk while they
//! are read. PNG and JPEG, told by their first bytes and never by a name.

use crate::grey::{Grey, Shrinker};
use std::fmt;
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The longest file that is looked at.
pub const FILE_MOST: usize = 32 << 20;
/// More than any telephone takes of a label.
const PIXELS_MOST: usize = 50_000_000;
/// Whatever the file says, so many bytes of one picture are unpacked at most.
const UNPACKED_MOST: usize = 256 << 20;
/// Anything longer is a strip, not a photo.
const SIDE_MOST: usize = 20_000;
/// Of what is read further; labels fill a photo, and their finest lines are several pixels wide in larger ones.
const KEPT_MOST: usize = 4_000_000;
/// Each scan of a progressive JPEG goes over the whole picture; cameras write ten.
const SCANS_MOST: usize = 32;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = &[0xff, 0xd8, 0xff];
const START_OF_SCAN: [u8; 2] = [0xff, 0xda];

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing in it.
    Empty,
    /// Neither PNG nor JPEG.
    NotAPicture,
    /// It begins like one and is broken.
    Damaged,
    /// Too many bytes, columns, rows, pixels, or too much to unpack.
    TooLarge,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty",
            Self::NotAPicture => "this is not a picture: a PNG or JPEG is needed",
            Self::Damaged => "the picture is damaged: take it again",
            Self::TooLarge => "the picture is too large: 50 million pixels and 32 MB are the most",
        })
    }
}

impl std::error::Error for Unreadable {}

/// Decodes a file to at most four million grey pixels.
///
/// # Errors
/// Why it is not read.
pub fn decode(bytes: &[u8]) -> Result<Grey, Unreadable> {
    match bytes {
        [] => Err(Unreadable::Empty),
        _ if bytes.len() > FILE_MOST => Err(Unreadable::TooLarge),
        _ if bytes.starts_with(PNG) => png(bytes),
        _ if bytes.starts_with(JPEG) => jpeg(bytes),
        _ => Err(Unreadable::NotAPicture),
    }
}

/// By what a picture is shrunk; an error where it is too large to be looked at.
fn factor(width: usize, height: usize) -> Result<usize, Unreadable> {
    if width == 0 || height == 0 {
        return Err(Unreadable::Damaged);
    }
    if width > SIDE_MOST || height > SIDE_MOST || width * height > PIXELS_MOST {
        return Err(Unreadable::TooLarge);
    }
    let fits = |factor: &usize| (width / factor) * (height / factor) <= KEPT_MOST;
    Ok((1..).find(fits).expect("a large enough factor leaves nothing"))
}

fn png(bytes: &[u8]) -> Result<Grey, Unreadable> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: UNPACKED_MOST });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let header = decoder.read_header_info().map_err(|_| Unreadable::Damaged)?;
    let (width, height) = (header.width as usize, header.height as usize);
    let factor = factor(width, height)?;
    if header.raw_row_length().saturating_mul(height) > UNPACKED_MOST {
        return Err(Unreadable::TooLarge);
    }
    // Interlaced, the rows do not come in order.
    if header.interlaced && width * height > KEPT_MOST {
        return Err(Unreadable::TooLarge);
    }
    let interlaced = header.interlaced;
    let mut reader = decoder.read_info().map_err(|_| Unreadable::Damaged)?;
    let samples = reader.output_color_type().0.samples();
    let mut shrinker = Shrinker::new(width, factor);
    if interlaced {
        let size = reader.output_buffer_size().ok_or(Unreadable::TooLarge)?;
        let mut whole = vec![0; size];
        reader.next_frame(&mut whole).map_err(|_| Unreadable::Damaged)?;
        whole.chunks_exact(width * samples).for_each(|row| shrinker.row(&luma(row, samples)));
    } else {
        while let Some(row) = reader.next_row().map_err(|_| Unreadable::Damaged)? {
            shrinker.row(&luma(row.data(), samples));
        }
    }
    Ok(shrinker.done())
}

/// Grey, with transparency as paper; or colours, weighed as the eye does.
fn luma(row: &[u8], samples: usize) -> Vec<u8> {
    let on_paper = |value: u32, alpha: u8| {
        let alpha = u32::from(alpha);
        u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let weigh = |p: &[u8]| (u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8;
    match samples {
        1 => row.to_vec(),
        2 => row.chunks_exact(2).map(|p| on_paper(u32::from(p[0]), p[1])).collect(),
        3 => row.chunks_exact(3).map(|p| u8::try_from(weigh(p)).unwrap_or(u8::MAX)).collect(),
        _ => row.chunks_exact(4).map(|p| on_paper(weigh(p), p[3])).collect(),
    }
}

fn jpeg(bytes: &[u8]) -> Result<Grey, Unreadable> {
    let scans = bytes.windows(2).filter(|pair| *pair == START_OF_SCAN).count();
    if scans > SCANS_MOST {
        return Err(Unreadable::Damaged);
    }
    let options = DecoderOptions::default()
        .set_max_width(SIDE_MOST)
        .set_max_height(SIDE_MOST)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    // Other decoders' limits are not ours: what the header says is judged here.
    decoder.decode_headers().map_err(|_| Unreadable::Damaged)?;
    let (width, height) = decoder.dimensions().ok_or(Unreadable::Damaged)?;
    let factor = factor(width, height)?;
    let pixels = decoder.decode().map_err(|_| Unreadable::Damaged)?;
    let samples = pixels.len() / (width * height);
    let mut shrinker = Shrinker::new(width, factor);
    for row in pixels.chunks_exact(width * samples.max(1)) {
        if samples == 1 {
            shrinker.row(row);
        } else {
            shrinker.row(&luma(row, samples));
        }
    }
    Ok(shrinker.done())
}
