//! Where text stands: the first model marks pixels, and spots of marked pixels become rectangles (DB, differentiable
//! binarization).

use crate::grey::Grey;
use crate::rectangle::Rectangle;
use rten::{Model, RunOptions};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

/// The model works on squares of so many pixels.
const STEP: usize = 32;
/// From this on a pixel is text.
const MARKED: f32 = 0.3;
/// So sure a spot is on the whole.
const SPOT_LEAST: f32 = 0.5;
/// Marks are thinner than the text: a rectangle grows by this part of its area over its perimeter.
const GROWS: f32 = 1.6;
/// Thinner spots are dirt.
const THICKNESS_LEAST: f32 = 2.5;
/// More spots are no label.
const SPOTS_MOST: usize = 400;
/// Rounder spots tell no direction.
const LONG: f32 = 2.5;

/// What is around a picture's pixels, for the model: they are stretched to whole steps.
fn input(picture: &Grey) -> NdTensor<f32, 4> {
    let (width, height) = (picture.width(), picture.height());
    let mut values = Vec::with_capacity(3 * width * height);
    for _ in 0..3 {
        values.extend(picture.pixels().iter().map(|pixel| f32::from(*pixel) / 127.5 - 1.0));
    }
    NdTensor::from_data([1, 3, height, width], values)
}

/// Lines of text in a picture, which is looked at so many times smaller; in its own pixels.
pub fn lines_in(model: &Model, picture: &Grey, smaller: f32, options: &RunOptions) -> Vec<Rectangle> {
    let step = |side: usize| (side as f32 / smaller).ceil().max(1.0) as usize;
    let canvas = picture.resized(
        step(picture.width()).next_multiple_of(STEP),
        step(picture.height()).next_multiple_of(STEP),
        smaller,
    );
    lines(model, &canvas, options).into_iter().map(|line| line.scaled(smaller)).collect()
}

/// Lines of text in a picture whose sides are whole steps; in its own pixels.
fn lines(model: &Model, picture: &Grey, options: &RunOptions) -> Vec<Rectangle> {
    let marked = model.run_one(input(picture).view().into(), Some(options.clone()));
    let Ok(Ok(marked)) = marked.map(NdTensor::<f32, 4>::try_from) else { return Vec::new() };
    let marked = marked.to_vec();
    if marked.len() != picture.width() * picture.height() {
        return Vec::new();
    }
    rectangles(&marked, picture.width())
}

/// Around each spot.
fn rectangles(marked: &[f32], width: usize) -> Vec<Rectangle> {
    let spots = spots(marked, width);
    let main = main_direction(&spots);
    let mut found = Vec::new();
    for spot in spots {
        let Some(own) = Rectangle::around(&spot) else { continue };
        // A short word looks as tall as it is long: it runs as the others do.
        let is_short = own.length < LONG * own.thickness;
        let rectangle = if is_short { Rectangle::facing(&spot, main) } else { Some(own) };
        let Some(rectangle) = rectangle.filter(|found| found.thickness >= THICKNESS_LEAST) else { continue };
        let (length, thickness) = (rectangle.length, rectangle.thickness);
        found.push(rectangle.grown(GROWS * length * thickness / (2.0 * (length + thickness))));
    }
    found
}

fn main_direction(spots: &[Vec<(f32, f32)>]) -> (f32, f32) {
    let own = spots.iter().filter_map(|spot| Rectangle::around(spot));
    let long: Vec<Rectangle> = own.filter(|own| own.length >= LONG * own.thickness).collect();
    let upright: f32 = long.iter().filter(|own| own.is_upright()).map(|own| own.length).sum();
    let all: f32 = long.iter().map(|own| own.length).sum();
    let counted = long.iter().filter(|own| own.is_upright() == (2.0 * upright > all));
    let sum = counted
        .fold((0.0, 0.0), |sum, own| (sum.0 + own.along.0 * own.length, sum.1 + own.along.1 * own.length));
    let length = f32::hypot(sum.0, sum.1);
    if length > 0.0 { (sum.0 / length, sum.1 / length) } else { (1.0, 0.0) }
}

/// The outlines of the spots: of each row the ends.
fn spots(marked: &[f32], width: usize) -> Vec<Vec<(f32, f32)>> {
    let height = marked.len() / width.max(1);
    let mut seen = vec![false; marked.len()];
    let mut spots = Vec::new();
    let mut waiting = Vec::new();
    for start in 0..marked.len() {
        if seen[start] || marked[start] <= MARKED || spots.len() == SPOTS_MOST {
            continue;
        }
        seen[start] = true;
        waiting.push(start);
        let (mut sum, mut count) = (0.0, 0_usize);
        let mut rows: Vec<(usize, usize)> = Vec::new();
        let first = start / width;
        while let Some(at) = waiting.pop() {
            let (x, y) = (at % width, at / width);
            sum += marked[at];
            count += 1;
            // Rows are met from the top on: the start is the uppermost pixel.
            rows.resize(rows.len().max(y - first + 1), (usize::MAX, 0));
            let row = &mut rows[y - first];
            *row = (row.0.min(x), row.1.max(x));
            for ny in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                for nx in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    let next = ny * width + nx;
                    if !seen[next] && marked[next] > MARKED {
                        seen[next] = true;
                        waiting.push(next);
                    }
                }
            }
        }
        if sum / count as f32 >= SPOT_LEAST {
            spots.push(outline(&rows, first));
        }
    }
    spots
}

fn outline(rows: &[(usize, usize)], first: usize) -> Vec<(f32, f32)> {
    let mut points = Vec::with_capacity(rows.len() * 4);
    for (at, (left, right)) in rows.iter().enumerate() {
        let (left, right, top) = (*left as f32, *right as f32 + 1.0, (first + at) as f32);
        points.extend([(left, top), (right, top), (left, top + 1.0), (right, top + 1.0)]);
    }
    points
}
