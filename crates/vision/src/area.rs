//! The part of a photo that a label fills.

use crate::grey::Grey;
use crate::rectangle::Rectangle;

/// The picture is looked at in about so many pixels along its longer side: noise is gone there, print is grey.
const SIDE: usize = 256;
/// A difference between neighbours that print makes and paper does not.
const PRINT: u8 = 22;
/// Print this near to each other is of one label, in small pixels.
const NEAR: usize = 5;
/// A piece with this part of the largest one's area belongs to it, or is another label.
const PIECE: usize = 12;
/// So many pixels are cut out at an angle at most: around a long strip there may be more than the picture has.
const LEVEL_MOST: f32 = 12e6;

/// A difference from bar to gap.
const BAR: u8 = 40;
/// Bars are across at least a so-manieth of a row, and so high a part of the label.
const BARS_LEAST: usize = 8;
const BARS_HIGH: usize = 20;

/// Everything printed in a picture.
pub struct Print {
    /// So many pixels of the picture are one of the small copy.
    factor: f32,
    /// Where print begins or ends, in pixels of the picture.
    marks: Vec<(f32, f32)>,
}

impl Print {
    /// None: nothing stands out from paper and grain, and no label is in the picture.
    pub fn of(picture: &Grey) -> Option<Self> {
        let factor = picture.width().max(picture.height()).div_ceil(SIDE).max(1);
        let small = picture.shrunk(factor);
        let width = small.width();
        let edges = edges(&small);
        let near = widened(&edges, width);
        let (sizes, owners) = pieces(&near, width);
        let largest = sizes.iter().max()?;
        let is_of_label = |at: &usize| edges[*at] && near[*at] && sizes[owners[*at]] * PIECE >= *largest;
        let middle = |at: usize| (at as f32 + 0.5) * factor as f32;
        let place = |at: usize| (middle(at % width), middle(at / width));
        let marks: Vec<_> = (0..edges.len()).filter(is_of_label).map(place).collect();
        (!marks.is_empty()).then_some(Self { factor: factor as f32, marks })
    }

    /// The upright part of the picture around all of it, with so much room on every side; of room 256 are the longer side.
    pub fn upright(&self, picture: &Grey, room: f32) -> Option<Grey> {
        let around = self.around(0.0, room)?;
        let near = |middle: f32, length: f32| (middle - length / 2.0).max(0.0) as usize;
        let far = |middle: f32, length: f32| (middle + length / 2.0).max(0.0).ceil() as usize;
        let (left, right) = (near(around.middle.0, around.length), far(around.middle.0, around.length));
        let (top, bottom) = (near(around.middle.1, around.thickness), far(around.middle.1, around.thickness));
        Some(picture.cropped(left, top, right - left, bottom - top))
    }

    /// The same, turned so that what runs at so many degrees is level: cut out of the picture as it is, without the corners
    /// that turning an upright part adds. None: a strip that lies so is no label.
    pub fn level(&self, picture: &Grey, degrees: f32, room: f32) -> Option<Grey> {
        let around = self.around(degrees, room)?;
        (around.length * around.thickness <= LEVEL_MOST)
            .then(|| picture.level(around.middle, degrees, around.length, around.thickness))
    }

    fn around(&self, degrees: f32, room: f32) -> Option<Rectangle> {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        Rectangle::facing(&self.marks, (cosine, sine)).map(|around| around.grown(room * self.factor))
    }
}

fn edges(small: &Grey) -> Vec<bool> {
    let (width, pixels) = (small.width(), small.pixels());
    let is_edge = |at: usize| {
        let beside = (at % width + 1 < width).then(|| pixels[at].abs_diff(pixels[at + 1]));
        let under = pixels.get(at + width).map(|under| pixels[at].abs_diff(*under));
        beside.max(under).unwrap_or(0) >= PRINT
    };
    (0..pixels.len()).map(is_edge).collect()
}

/// True within [`NEAR`] of a true one, first along rows and then along columns; a lone one is noise.
fn widened(marks: &[bool], width: usize) -> Vec<bool> {
    let height = marks.len() / width.max(1);
    let has_two = |at: usize| {
        let x = at % width;
        let (from, to) = (at - x.min(NEAR), at + (width - 1 - x).min(NEAR));
        marks[from..=to].iter().filter(|mark| **mark).count() >= 2
    };
    let rows: Vec<bool> = (0..marks.len()).map(has_two).collect();
    (0..marks.len())
        .map(|at| {
            let (x, y) = (at % width, at / width);
            (y.saturating_sub(NEAR)..=(y + NEAR).min(height - 1)).any(|y| rows[y * width + x])
        })
        .collect()
}

/// Rows, from where and how many.
pub type Rows = (usize, usize);

/// Rows of a straight label above and below its largest bars, the part to be looked at first before the other. Bars have
/// edges from side to side, and print has as many from above.
pub fn without_bars(picture: &Grey) -> Vec<Rows> {
    let whole = vec![(0, picture.height())];
    let half = picture.shrunk(2);
    let (width, height) = (half.width(), half.height());
    let is_bars = |y: usize| {
        let row = &half.pixels()[y * width..(y + 3) * width];
        let across = (1..width).filter(|x| row[*x].abs_diff(row[*x - 1]) > BAR).count();
        let down = (0..width).filter(|x| row[*x].abs_diff(row[*x + 2 * width]) > BAR).count();
        across * BARS_LEAST > width && across > 3 * down
    };
    let rows: Vec<bool> = (0..height.saturating_sub(2)).map(is_bars).collect();
    let (mut longest, mut start) = ((0, 0), 0);
    for (at, is_bars) in rows.iter().enumerate() {
        if !is_bars && !rows.iter().skip(at).take(3).any(|next| *next) {
            start = at + 1;
        } else if at + 1 - start > longest.1 - longest.0 {
            longest = (start, at + 1);
        }
    }
    let (top, bottom) = (longest.0 * 2, longest.1 * 2);
    // Bars on top are those of a label that is laid out otherwise.
    if (bottom - top) * BARS_HIGH < picture.height() || top * 3 < picture.height() {
        return whole;
    }
    vec![(0, top), (bottom, picture.height() - bottom)]
}

/// The sizes of what hangs together, and of each mark to which piece it belongs.
fn pieces(marks: &[bool], width: usize) -> (Vec<usize>, Vec<usize>) {
    let mut owners = vec![usize::MAX; marks.len()];
    let mut sizes = Vec::new();
    let mut waiting = Vec::new();
    for start in 0..marks.len() {
        if owners[start] != usize::MAX || !marks[start] {
            continue;
        }
        owners[start] = sizes.len();
        waiting.push(start);
        let mut size = 0;
        while let Some(at) = waiting.pop() {
            size += 1;
            let x = at % width;
            let beside = [(x > 0).then(|| at - 1), (x + 1 < width).then_some(at + 1)];
            let over = [at.checked_sub(width), (at + width < marks.len()).then_some(at + width)];
            for next in beside.into_iter().chain(over).flatten() {
                if marks[next] && owners[next] == usize::MAX {
                    owners[next] = sizes.len();
                    waiting.push(next);
                }
            }
        }
        sizes.push(size);
    }
    (sizes, owners)
}

#[cfg(test)]
mod tests {
    use super::Print;
    use crate::grey::Grey;

    /// Stripes of print, 300 wide and 500 high, on a noisy desk.
    fn desk() -> Grey {
        let pixel = |at: usize| {
            let (x, y) = (at % 1_000, at / 1_000);
            let is_print = (300..600).contains(&x) && (200..700).contains(&y) && x / 4 % 2 == 0;
            let noise = u8::try_from(at * 7_919 % 61).unwrap();
            if is_print { 30 + noise } else { 170 + noise }
        };
        Grey::new(1_000, 900, (0..900_000).map(pixel).collect())
    }

    /// Inclusive, of what is as dark as print.
    fn dark(picture: &Grey) -> [usize; 4] {
        let width = picture.width();
        let dark: Vec<(usize, usize)> = (0..picture.pixels().len())
            .filter(|at| picture.pixels()[*at] < 100)
            .map(|at| (at % width, at / width))
            .collect();
        let span = |values: &dyn Fn(&(usize, usize)) -> usize| {
            let least = dark.iter().map(values).min().unwrap();
            [least, dark.iter().map(values).max().unwrap()]
        };
        let ([left, right], [top, bottom]) = (span(&|at| at.0), span(&|at| at.1));
        [left, top, right, bottom]
    }

    #[test]
    fn a_label_is_found_on_a_noisy_desk() {
        let label = Print::of(&desk()).unwrap().upright(&desk(), 6.0).unwrap();
        let (width, height) = (label.width(), label.height());
        assert!((310..=400).contains(&width) && (510..=600).contains(&height), "{width} {height}");
        let [left, top, right, bottom] = dark(&label);
        assert!(left >= 5 && top >= 5 && right + 5 < width && bottom + 5 < height, "all of it is there");
        let plain = Grey::new(400, 300, vec![200; 120_000]);
        assert!(Print::of(&plain).is_none());
    }

    #[test]
    fn a_label_that_lies_askew_is_cut_out_without_its_corners() {
        for degrees in [-14.0_f32, 9.0, 30.0] {
            let askew = desk().turned(degrees, 1.0);
            let label = Print::of(&askew).unwrap().level(&askew, degrees, 4.0).unwrap();
            let (width, height) = (label.width(), label.height());
            assert!(
                (300..=400).contains(&width) && (500..=600).contains(&height),
                "{degrees}: {width} {height}"
            );
            let [left, top, right, bottom] = dark(&label);
            assert!(right - left > 285 && bottom - top > 485, "{degrees}: {left} {top} {right} {bottom}");
            // Stripes are upright again.
            let changes = |x: usize| {
                let column = (50..height - 50).map(|y| label.pixels()[y * width + x] < 120);
                column.clone().zip(column.skip(1)).filter(|(a, b)| a != b).count()
            };
            let quiet = (width / 4..width * 3 / 4).filter(|x| changes(*x) < 12).count();
            assert!(quiet * 2 > width / 4, "{degrees}: {quiet} of {width}");
        }
    }

    #[test]
    fn a_strip_that_lies_askew_is_no_label() {
        let stripe = |at: usize| if (at % 20_000 / 400).is_multiple_of(2) { 20 } else { 230 };
        let strip = Grey::new(20_000, 200, (0..4_000_000).map(stripe).collect());
        let print = Print::of(&strip).unwrap();
        assert!(print.level(&strip, 45.0, 7.0).is_none(), "it would be two hundred million pixels");
    }

    #[test]
    fn nothing_is_printed_in_noise() {
        let mut seed = 1_u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u8::try_from(seed >> 24).unwrap()
        };
        // As large as pictures of phones are: in a small one the grain of a picture made so is as coarse as print.
        let pixels = (0..7_296 * 5_472).map(|_| noise()).collect();
        assert!(Print::of(&Grey::new(7_296, 5_472, pixels).stretched()).is_none());
    }
}
