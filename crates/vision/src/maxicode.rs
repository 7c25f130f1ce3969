//! MaxiCode in a photo: the other reader finds it only upright and cut out.

use crate::grey::Grey;
use rxing::common::HybridBinarizer;
use rxing::maxicode::MaxiCodeReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The text of a MaxiCode.
pub fn find(picture: &Grey) -> Option<String> {
    let (width, height) = (u32::try_from(picture.width()).ok()?, u32::try_from(picture.height()).ok()?);
    let pixels = picture.pixels().to_vec();
    // The reader indexes by what it measures in the picture: a picture can be made on which that panics.
    let read = catch_unwind(AssertUnwindSafe(move || {
        let source = Luma8LuminanceSource::new(pixels, width, height).ok()?;
        let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
        let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let result = MaxiCodeReader::default().decode_with_hints(&mut bitmap, &hints).ok()?;
        Some(result.getText().to_owned())
    }));
    read.ok().flatten()
}
