//! The part of a photo that a label fills.

use crate::grey::Grey;

/// The picture is looked at in about so many pixels along its longer side: noise is gone there, print is grey.
const SIDE: usize = 256;
/// A difference between neighbours that print makes and paper does not.
const PRINT: u8 = 22;
/// Print this near to each other is of one label, in small pixels.
const NEAR: usize = 5;
/// A piece with this part of the largest one's area belongs to it, or is another label.
const PIECE: usize = 12;
/// Left around, in small pixels.
const ROOM: usize = 3;

/// A difference from bar to gap.
const BAR: u8 = 40;
/// Bars are across at least a so-manieth of a row, and so high a part of the label.
const BARS_LEAST: usize = 8;
const BARS_HIGH: usize = 20;

/// Left, top, width and height.
pub type Area = (usize, usize, usize, usize);

/// Around everything printed. None: nothing stands out from paper and grain, and no label is in the picture.
pub fn printed(picture: &Grey) -> Option<Area> {
    let factor = picture.width().max(picture.height()).div_ceil(SIDE).max(1);
    let small = picture.shrunk(factor);
    let (width, height) = (small.width(), small.height());
    let near = widened(&edges(&small), width);
    let mut pieces = pieces(&near, width);
    let largest = pieces.iter().map(|piece| piece.count).max().unwrap_or(0);
    pieces.retain(|piece| piece.count * PIECE >= largest);
    let all = pieces.into_iter().reduce(|a, b| a.with(&b))?;
    // Widening took some of the room already.
    let grow = |value: usize| value.saturating_sub(ROOM.saturating_sub(NEAR / 2));
    let (left, top) = (grow(all.left) * factor, grow(all.top) * factor);
    let right = ((all.right + 1 + ROOM).min(width) * factor).min(picture.width());
    let bottom = ((all.bottom + 1 + ROOM).min(height) * factor).min(picture.height());
    Some((left, top, right - left, bottom - top))
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

/// Rows of a straight label above and below its largest bars, the part to be looked at first before the other. Bars have
/// edges from side to side, and print has as many from above.
pub fn without_bars(picture: &Grey) -> Vec<(usize, usize)> {
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

struct Piece {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    count: usize,
}

impl Piece {
    fn with(self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
            count: self.count + other.count,
        }
    }
}

fn pieces(marks: &[bool], width: usize) -> Vec<Piece> {
    let mut seen = vec![false; marks.len()];
    let mut pieces = Vec::new();
    let mut waiting = Vec::new();
    for start in 0..marks.len() {
        if seen[start] || !marks[start] {
            continue;
        }
        seen[start] = true;
        waiting.push(start);
        let mut piece = Piece { left: usize::MAX, top: usize::MAX, right: 0, bottom: 0, count: 0 };
        while let Some(at) = waiting.pop() {
            let (x, y) = (at % width, at / width);
            piece = piece.with(&Piece { left: x, top: y, right: x, bottom: y, count: 1 });
            let beside = [(x > 0).then(|| at - 1), (x + 1 < width).then_some(at + 1)];
            let over = [at.checked_sub(width), (at + width < marks.len()).then_some(at + width)];
            for next in beside.into_iter().chain(over).flatten() {
                if marks[next] && !seen[next] {
                    seen[next] = true;
                    waiting.push(next);
                }
            }
        }
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::printed;
    use crate::grey::Grey;

    #[test]
    fn a_label_is_found_on_a_noisy_desk() {
        let pixel = |at: usize| {
            let (x, y) = (at % 1_000, at / 1_000);
            let is_print = (300..600).contains(&x) && (200..700).contains(&y) && x / 4 % 2 == 0;
            let noise = u8::try_from(at * 7_919 % 61).unwrap();
            if is_print { 30 + noise } else { 150 + noise }
        };
        let label = printed(&Grey::new(1_000, 900, (0..900_000).map(pixel).collect()));
        let (left, top, width, height) = label.unwrap();
        assert!((250..=300).contains(&left) && (150..=200).contains(&top), "{left} {top}");
        assert!((300..=400).contains(&width) && (500..=600).contains(&height), "{width} {height}");
        let plain = Grey::new(400, 300, vec![200; 120_000]);
        assert_eq!(printed(&plain), None);
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
        assert_eq!(printed(&Grey::new(7_296, 5_472, pixels).stretched()), None);
    }
}
