//! The symbols in a picture.
//!
//! Owns the ladder: as it is; straightened by its own edges, twice as large, a quarter turned, at a few fixed angles. Each step is
//! taken only while nothing was found that a record can be made of, and while the pixels allowed for one picture last.
//! A 2D label that does not hold together is no symbol: decoders "correct" damage into other words.

use crate::area;
use crate::grey::Grey;
use crate::maxicode;
use vestibule_intake::Gathered;
pub use vestibule_intake::Symbol;
use zxingcpp::{BarcodeFormat, ImageFormat, ImageView};

/// So many pixels are searched in one picture at most, all steps together: within a second on a slow machine.
const SEARCHED_MOST: usize = 15_000_000;
/// Larger pictures are not doubled.
const DOUBLED_MOST: usize = 2_500_000;
/// Below this a picture holds nothing that could be read.
const SIDE_LEAST: usize = 8;

/// What labels bear.
const FORMATS: [BarcodeFormat; 9] = [
    BarcodeFormat::Code128,
    BarcodeFormat::PDF417,
    BarcodeFormat::QRCode,
    BarcodeFormat::DataMatrix,
    BarcodeFormat::MaxiCode,
    BarcodeFormat::Aztec,
    BarcodeFormat::ITF,
    BarcodeFormat::Code39,
    BarcodeFormat::Codabar,
];

/// A picture and how many more of its pixels may be searched.
struct Search {
    found: Gathered,
    left: usize,
}

impl Search {
    fn may(&mut self, pixels: usize) -> bool {
        let allowed = self.left >= pixels;
        self.left = self.left.saturating_sub(pixels);
        allowed && !self.found.is_enough()
    }

    fn look(&mut self, picture: &Grey) {
        for symbol in symbols(picture) {
            self.found.add(symbol);
        }
    }

    fn look_for_maxicode(&mut self, picture: &Grey) {
        if let Some(text) = maxicode::find(picture) {
            let bytes = text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
            self.found.add(Symbol { format: "MaxiCode".to_owned(), identifier: "]U0".to_owned(), bytes });
        }
    }
}

/// Reads every symbol.
pub fn find(picture: &Grey) -> Gathered {
    let mut search = Search { found: Gathered::default(), left: SEARCHED_MOST };
    if picture.width() < SIDE_LEAST || picture.height() < SIDE_LEAST {
        return search.found;
    }
    let area = picture.width() * picture.height();
    if search.may(area) {
        search.look(picture);
    }
    if search.found.is_enough() {
        return search.found;
    }
    // Faint print has edges only once it is stretched.
    let Some((left, top, width, height)) = area::printed(&picture.stretched()) else { return search.found };
    let plain = picture.cropped(left, top, width, height).stretched();
    let skew = plain.skew();
    let straight = plain.turned(-skew, 1.0);
    climb(&mut search, &plain, &straight, skew);
    search.found
}

/// The steps after the first, the likeliest before the dear ones.
fn climb(search: &mut Search, plain: &Grey, straight: &Grey, skew: f32) {
    let area = straight.width() * straight.height();
    if search.may(area) {
        search.look(straight);
    }
    // Edges tell directions but for quarter turns, and the hexagons of a MaxiCode have edges of their own.
    for degrees in [0.0, -skew, 90.0 - skew, 180.0 - skew, 270.0 - skew] {
        if search.may(area) {
            search.look_for_maxicode(&plain.turned(degrees, 1.0));
        }
    }
    // Noise and grain.
    let soft = straight.softened();
    if search.may(area) {
        search.look(&soft);
    }
    if search.may(area) {
        search.look_for_maxicode(&soft);
    }
    // A lens out of focus.
    let sharp = straight.sharpened();
    if search.may(area) {
        search.look(&sharp);
    }
    if search.may(area) {
        search.look_for_maxicode(&sharp);
    }
    if area <= DOUBLED_MOST && search.may(area * 4) {
        search.look(&straight.turned(0.0, 2.0));
    }
    for degrees in [90.0 - skew, 12.0 - skew, -12.0 - skew] {
        if search.may(area) {
            search.look(&plain.turned(degrees, 1.0));
        }
    }
}

fn symbols(picture: &Grey) -> Vec<Symbol> {
    let Ok(view) =
        ImageView::from_slice(picture.pixels(), picture.width(), picture.height(), ImageFormat::Lum)
    else {
        return Vec::new();
    };
    let reader = zxingcpp::read()
        .formats(FORMATS)
        .try_harder(true)
        .try_rotate(true)
        .try_invert(false)
        .try_downscale(true);
    let read = reader.from(view).unwrap_or_default();
    let symbol = |barcode: &zxingcpp::Barcode| Symbol {
        format: format!("{:?}", barcode.format()),
        identifier: barcode.symbology_identifier(),
        bytes: barcode.bytes(),
    };
    read.iter().filter(|barcode| barcode.is_valid()).map(symbol).collect()
}
