//! The symbols in a picture.
//!
//! Owns the ladder: as it is; straightened by its own edges, twice as large, a quarter turned, at a few fixed angles. Each step is
//! taken only while nothing was found that a record can be made of, and while the pixels allowed for one picture last.
//! A 2D label that does not hold together is no symbol: decoders "correct" damage into other words.

use crate::area::Print;
use crate::grey::Grey;
use crate::maxicode;
use vestibule_intake::Gathered;
pub use vestibule_intake::Symbol;
use zxingcpp::{BarcodeFormat, ImageFormat, ImageView};

/// So many pixels are searched in one picture at most, all steps together: within a second on a slow machine.
const SEARCHED_MOST: usize = 7_500_000;
/// A MaxiCode is looked for in a copy of so many pixels: an inch of it has 30 modules, and a label of six inches fills the photo.
const MAXICODE_IN: usize = 1_000_000;
/// In a picture so large a search is dear: whether anything is printed in it is looked at first.
const LARGE: usize = 2_500_000;
/// Larger pictures are not doubled.
const DOUBLED_MOST: usize = 2_500_000;
/// Left around what is printed: symbols want quiet about them. Of 256 along the picture's longer side.
const ROOM: f32 = 7.0;
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

    /// In one of four quarter turns.
    fn look_for_maxicode(&mut self, picture: &Grey, quarters: usize) {
        let factor =
            (1..).find(|factor| picture.width() * picture.height() / (factor * factor) <= MAXICODE_IN);
        let small = picture.shrunk(factor.unwrap_or(1));
        if !self.may(small.width() * small.height()) {
            return;
        }
        if let Some(text) = maxicode::find(&small.turned_by_quarters(quarters)) {
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
    // Faint print has edges only once it is stretched.
    let print = || Print::of(&picture.stretched());
    let known = (area >= LARGE).then(print);
    if known.as_ref().is_some_and(Option::is_none) {
        return search.found;
    }
    if search.may(area) {
        search.look(picture);
    }
    if search.found.is_enough() {
        return search.found;
    }
    if let Some(print) = known.unwrap_or_else(print) {
        climb(&mut search, picture, &print);
    }
    search.found
}

/// The steps after the first, the likeliest before the dear ones.
fn climb(search: &mut Search, picture: &Grey, print: &Print) {
    let Some(plain) = print.upright(picture, ROOM).map(|plain| plain.stretched()) else { return };
    let skew = plain.skew();
    let Some(straight) = print.level(picture, skew, ROOM).map(|level| level.stretched()) else { return };
    let area = straight.width() * straight.height();
    // As it is; against noise and grain; against a lens out of focus.
    let prepared: [fn(&Grey) -> Grey; 3] = [Grey::clone, Grey::softened, Grey::sharpened];
    for prepare in prepared {
        if search.may(area) {
            search.look(&prepare(&straight));
        }
    }
    // Edges tell directions but for quarter turns, and the hexagons of a MaxiCode have edges of their own.
    search.look_for_maxicode(&straight, 0);
    search.look_for_maxicode(&plain, 0);
    (1..4).for_each(|quarters| search.look_for_maxicode(&straight, quarters));
    for prepare in &prepared[1..] {
        if search.left >= area {
            search.look_for_maxicode(&prepare(&straight), 0);
        }
    }
    if area <= DOUBLED_MOST && search.may(area * 4) {
        search.look(&straight.turned(0.0, 2.0));
    }
    if search.may(area) {
        search.look(&straight.turned_by_quarters(1));
    }
    for degrees in [12.0, -12.0] {
        if search.may(area)
            && let Some(level) = print.level(picture, skew - degrees, ROOM)
        {
            search.look(&level.stretched());
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
