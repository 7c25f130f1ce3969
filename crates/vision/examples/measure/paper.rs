//! Invented labels of four by six inches, drawn: the sender's block, the carrier's, the recipient's and a barcode.

use crate::chance::Chance;
use crate::payload::{Kind, ups};
use crate::scene::printed;
use ab_glyph::{Font, FontVec, PxScale, ScaleFont, point};
use std::path::Path;
use vestibule_vision::Grey;

/// An em of the recipient's print, in pixels of the drawing; a label is so many wide and so many high.
const EM: f32 = 40.0;
const WIDE: f32 = 34.0;
const HIGH: f32 = 51.0;

/// The recipient's print.
const FONTS: [&str; 5] = [
    "liberation/LiberationSans-Regular.ttf",
    "liberation/LiberationSans-Bold.ttf",
    "liberation/LiberationSansNarrow-Regular.ttf",
    "liberation/LiberationMono-Regular.ttf",
    "dejavu/DejaVuSans.ttf",
];

/// The five fonts, in the order in which labels use them.
pub struct Fonts(Vec<FontVec>);

impl Fonts {
    /// Reads them from a folder of the system; an error names the file.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let font = |name: &&str| {
            let path = folder.join(name);
            let bytes = std::fs::read(&path).map_err(|_| format!("{} is not there", path.display()))?;
            FontVec::try_from_vec(bytes).map_err(|_| format!("{} is no font", path.display()))
        };
        FONTS.iter().map(font).collect::<Result<_, _>>().map(Self)
    }
}

/// White paper, black ink.
pub struct Paper {
    width: usize,
    ink: Vec<f32>,
}

impl Paper {
    fn blank() -> Self {
        let (width, height) = ((WIDE * EM) as usize, (HIGH * EM) as usize);
        Self { width, ink: vec![0.0; width * height] }
    }

    /// A line of text, its left end and its top in ems, its size in ems.
    fn write(&mut self, font: &FontVec, text: &str, at: (f32, f32), size: f32) {
        let scaled = font.as_scaled(PxScale::from(size * EM * 1.15));
        let mut x = at.0 * EM;
        let baseline = at.1 * EM + scaled.ascent();
        let mut last = None;
        for letter in text.chars() {
            let id = scaled.glyph_id(letter);
            if let Some(last) = last {
                x += scaled.kern(last, id);
            }
            last = Some(id);
            let glyph = id.with_scale_and_position(scaled.scale(), point(x, baseline));
            x += scaled.h_advance(id);
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, cover| {
                let (x, y) = (bounds.min.x as usize + dx as usize, bounds.min.y as usize + dy as usize);
                if x < self.width
                    && let Some(ink) = self.ink.get_mut(y * self.width + x)
                {
                    *ink = ink.max(cover);
                }
            });
        }
    }

    fn rule(&mut self, top: f32) {
        let top = (top * EM) as usize;
        self.ink[top * self.width..(top + 4) * self.width].fill(1.0);
    }

    /// A symbol, so many ems wide.
    fn place(&mut self, symbol: &Grey, at: (f32, f32), wide: f32, high: f32) {
        let (width, height) = ((wide * EM) as usize, (high * EM) as usize);
        for y in 0..height {
            for x in 0..width {
                let from = y * symbol.height() / height * symbol.width() + x * symbol.width() / width;
                let to = ((at.1 * EM) as usize + y) * self.width + (at.0 * EM) as usize + x;
                if let Some(ink) = self.ink.get_mut(to) {
                    *ink = 1.0 - f32::from(symbol.pixels()[from]) / 255.0;
                }
            }
        }
    }

    fn done(self) -> Grey {
        let pixels = self.ink.iter().map(|ink| (255.0 * (1.0 - ink)) as u8).collect();
        Grey::new(self.width, self.ink.len() / self.width, pixels)
    }
}

/// Of how many pixels an em of the drawing is.
pub const fn em() -> f32 {
    EM
}

fn sender(chance: &mut Chance) -> Vec<String> {
    let name = if chance.below(3) == 0 {
        format!(
            "{} {}",
            chance.of::<str>(&["Helga", "Bertram", "Rosalind", "Cornelius"]),
            chance.of::<str>(&["Quimby", "Vandermeer", "Ashdown", "Lindqvist"])
        )
    } else {
        chance
            .of::<str>(&[
                "Brightwater Goods LLC",
                "Hollow Oak Outfitters",
                "ACME SUPPLY CO",
                "Fulfillment Center 4",
            ])
            .to_owned()
    };
    let street = format!(
        "{} {}",
        100 + chance.below(9_000),
        chance.of::<str>(&["Industrial Pkwy", "Commerce Dr Ste 200", "Warehouse Rd", "Harbor Way"])
    );
    let town = format!(
        "{} {}",
        chance.of::<str>(&["Reno, NV", "Columbus OH", "Memphis, TN", "Edison NJ"]),
        chance.digits(5)
    );
    vec![name, street, town]
}

/// What a label begins with: which font its recipient's print has, and the number its barcode holds.
pub fn begun(chance: &mut Chance) -> (usize, String) {
    (chance.below(FONTS.len()), ups(chance))
}

/// A label for these lines, in one of five layouts.
pub fn label(
    fonts: &Fonts,
    (font, number): (usize, &str),
    recipient: &[String],
    chance: &mut Chance,
) -> Grey {
    let mut paper = Paper::blank();
    let (font, plain) = (&fonts.0[font], &fonts.0[0]);
    let sender = sender(chance);
    match chance.below(5) {
        0 => marked_above(&mut paper, (font, plain), &sender, recipient),
        1 => marked_beside(&mut paper, (font, plain), &sender, recipient, chance),
        2 => marked_inline(&mut paper, (font, plain), &sender, recipient, chance),
        3 => unmarked(&mut paper, (font, plain), &sender, recipient),
        _ => both_marked(&mut paper, (font, plain), &sender, recipient),
    }
    let symbol = printed(Kind::Ups, number, 3);
    paper.rule(30.0);
    paper.write(plain, &format!("TRACKING #: {number}"), (2.0, 31.0), 0.9);
    paper.place(&symbol, (2.0, 33.0), 30.0, 9.0);
    let billing = format!("BILLING: P/P  REF 1: {}", chance.digits(7));
    paper.write(plain, &billing, (2.0, 45.0), 0.8);
    paper.done()
}

fn block(paper: &mut Paper, font: &FontVec, lines: &[String], at: (f32, f32), size: f32) {
    for (row, line) in lines.iter().enumerate() {
        paper.write(font, line, (at.0, at.1 + row as f32 * size * 1.25), size);
    }
}

/// A postage box, a service's name across, "SHIP TO:" over the block.
fn marked_above(paper: &mut Paper, fonts: (&FontVec, &FontVec), sender: &[String], recipient: &[String]) {
    let (font, plain) = fonts;
    paper.write(plain, "US POSTAGE PAID", (22.0, 1.5), 0.9);
    paper.write(plain, "PERMIT 4401", (22.0, 2.8), 0.8);
    paper.rule(6.0);
    paper.write(plain, "PRIORITY MAIL 2-DAY", (5.0, 6.8), 2.0);
    paper.rule(10.0);
    block(paper, plain, sender, (2.0, 11.0), 0.75);
    paper.write(plain, "SHIP TO:", (5.0, 17.0), 0.8);
    block(paper, font, recipient, (5.0, 18.4), 1.0);
}

/// "SHIP TO:" in a column of its own, the block right of it and lower.
fn marked_beside(
    paper: &mut Paper,
    fonts: (&FontVec, &FontVec),
    sender: &[String],
    recipient: &[String],
    chance: &mut Chance,
) {
    let (font, plain) = fonts;
    block(paper, plain, sender, (1.5, 1.5), 0.75);
    paper.write(plain, "12 LBS", (21.0, 1.5), 1.1);
    paper.write(plain, "1 OF 1", (28.0, 1.5), 1.1);
    paper.write(plain, "SHIP TO:", (1.5, 7.5), 0.9);
    block(paper, font, recipient, (5.5, 8.8), 1.0);
    paper.rule(16.0);
    paper.write(plain, &format!("IL {} 9-01", chance.digits(3)), (14.0, 17.0), 2.6);
    paper.rule(24.0);
    paper.write(plain, "UPS GROUND", (2.0, 25.0), 2.2);
}

/// "TO" on the line of the name.
fn marked_inline(
    paper: &mut Paper,
    fonts: (&FontVec, &FontVec),
    sender: &[String],
    recipient: &[String],
    chance: &mut Chance,
) {
    let (font, plain) = fonts;
    paper.write(
        plain,
        &format!("ORIGIN ID:{}", chance.of::<str>(&["RNOA", "CMHA", "MEMA"])),
        (1.5, 1.2),
        0.7,
    );
    block(paper, plain, sender, (1.5, 2.2), 0.7);
    paper.write(plain, "SHIP DATE: 12NOV26", (20.0, 1.2), 0.7);
    paper.write(plain, "ACTWGT: 4.00 LB", (20.0, 2.2), 0.7);
    paper.rule(6.0);
    paper.write(plain, "TO", (1.5, 7.2), 0.9);
    block(paper, font, recipient, (4.0, 7.0), 1.0);
    let digits = chance.digits(10);
    paper.write(plain, &format!("({}) {}-{}", &digits[..3], &digits[3..6], &digits[6..]), (4.0, 13.8), 0.7);
    paper.write(plain, "REF: 4471-22", (20.0, 13.8), 0.7);
    paper.rule(15.5);
    paper.write(plain, "HOME DELIVERY", (12.0, 18.0), 2.0);
}

/// No word says whose block it is.
fn unmarked(paper: &mut Paper, fonts: (&FontVec, &FontVec), sender: &[String], recipient: &[String]) {
    let (font, plain) = fonts;
    block(paper, plain, sender, (1.5, 1.5), 0.75);
    paper.write(plain, "STANDARD", (24.0, 1.5), 1.4);
    paper.rule(8.0);
    block(paper, font, recipient, (6.0, 13.0), 1.0);
    paper.write(plain, "CYCLE 1", (26.0, 24.0), 1.6);
}

/// "FROM:" and "SHIP TO:", each over its block, both in one print.
fn both_marked(paper: &mut Paper, fonts: (&FontVec, &FontVec), sender: &[String], recipient: &[String]) {
    let (font, plain) = fonts;
    paper.write(plain, "FROM:", (2.0, 1.5), 0.8);
    block(paper, font, sender, (2.0, 2.8), 1.0);
    paper.rule(8.5);
    paper.write(plain, "SHIP TO:", (2.0, 10.0), 0.8);
    block(paper, font, recipient, (2.0, 11.4), 1.0);
    paper.rule(20.0);
    paper.write(plain, "GROUND ADVANTAGE", (6.0, 22.5), 2.2);
}
