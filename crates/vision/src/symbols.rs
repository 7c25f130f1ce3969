//! The symbols in a picture.
//!
//! Owns the ladder: as it is; straightened by its own edges, twice as large, a quarter turned, at a few fixed angles. Each step is
//! taken only while nothing was found that a record can be made of, and while the pixels allowed for one picture last.
//! A 2D label that does not hold together is no symbol: decoders "correct" damage into other words.

use crate::grey::Grey;
use crate::maxicode;
use vestibule_intake::symbol::{self, SCAN_MOST, Source, Unread};
use zxingcpp::{BarcodeFormat, ImageFormat, ImageView};

/// So many pixels are searched in one picture at most, all steps together: within a second on a slow machine.
const SEARCHED_MOST: usize = 15_000_000;
/// Larger pictures are not doubled.
const DOUBLED_MOST: usize = 2_500_000;
/// So many symbols are kept; a label has six.
const SYMBOLS_MOST: usize = 24;
/// Below this a picture holds nothing that could be read.
const SIDE_LEAST: usize = 8;
/// Shorter ones of these kinds are read out of print and texture.
const LINEAR_LEAST: usize = 8;
/// How formats 15434 begin and which of them carriers of parcels use.
const TRANSPORT: &str = "[)>\u{1e}01\u{1d}";

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

/// One symbol of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// As scanners call it: `Code128`, `PDF417`, `QRCode`, `MaxiCode`.
    pub format: String,
    /// Its AIM identifier, `]C1` for GS1-128; empty where the reader gave none.
    pub identifier: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Symbol {
    /// UTF-8 where it is that, Latin-1 otherwise.
    pub fn text(&self) -> String {
        symbol::text_of(&self.bytes)
    }

    /// What the symbol says of a parcel.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn meaning(&self) -> Result<symbol::Label, Unread> {
        if self.bytes.len() > SCAN_MOST {
            return Err(Unread::TooLong);
        }
        symbol::read(&format!("{}{}", self.identifier, self.text()))
    }

    /// Linear codes without a check character of their own need some length to be believed.
    fn is_plausible(&self) -> bool {
        let weak = matches!(self.format.as_str(), "ITF" | "Codabar" | "Code39");
        !weak || self.bytes.len() >= LINEAR_LEAST
    }

    /// Correct as far as it can be told: a label of a carrier is whole, and anything else has nothing to be checked by.
    fn is_whole(&self) -> bool {
        !(matches!(self.meaning(), Err(Unread::Damaged)) && self.text().starts_with(TRANSPORT))
    }
}

/// What a picture held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Each once.
    pub symbols: Vec<Symbol>,
    /// A 2D label was there and did not hold together.
    pub damaged: bool,
}

impl Found {
    fn add(&mut self, symbol: Symbol) {
        if !symbol.is_whole() {
            self.damaged = true;
        } else if symbol.is_plausible()
            && self.symbols.len() < SYMBOLS_MOST
            && !self.symbols.iter().any(|known| known.bytes == symbol.bytes && known.format == symbol.format)
        {
            self.symbols.push(symbol);
        }
    }

    /// Enough for a record: a label whose carrier has a fuller symbol beside it is searched for that.
    fn is_enough(&self) -> bool {
        let meanings: Vec<_> = self.symbols.iter().filter_map(|symbol| symbol.meaning().ok()).collect();
        let fuller = |carrier| {
            meanings.iter().any(|label| {
                label.carrier == Some(carrier)
                    && matches!(label.source, Source::FedEx2d | Source::Purolator2d)
            })
        };
        let wants = |label: &symbol::Label| match label.carrier {
            Some(carrier @ (vestibule_intake::Carrier::FedEx | vestibule_intake::Carrier::Purolator)) => {
                !fuller(carrier)
            }
            Some(_) | None => false,
        };
        !self.symbols.is_empty() && !meanings.iter().any(wants)
    }
}

/// A picture and how many more of its pixels may be searched.
struct Search {
    found: Found,
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
pub fn find(picture: &Grey) -> Found {
    let mut search = Search { found: Found::default(), left: SEARCHED_MOST };
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
    let plain = picture.stretched().busy();
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
