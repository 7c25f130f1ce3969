//! What a line says: the second model names a letter for each narrow column, and letters a label cannot hold are not
//! among the answers (CTC, connectionist temporal classification).

use super::models::Models;
use crate::grey::Grey;
use crate::rectangle::Rectangle;
use rten::RunOptions;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use std::sync::Arc;
use vestibule_intake::printed::Shapes;

/// Lines are brought to this height.
pub const HEIGHT: usize = 48;
/// Shorter and longer lines are none.
const WIDTH_LEAST: usize = 24;
const WIDTH_MOST: usize = 1_200;
/// The model takes steps of so many pixels.
const STEP: usize = 8;
/// Letters are read from so many rays a pixel at most.
const RAYS_MOST: usize = 4;

/// What a label can hold: the printable part of ASCII, and the letters of western Europe.
pub fn is_on_labels(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{ff}')
}

/// How many columns a line has for the model.
pub fn width(line: &Rectangle) -> usize {
    let width = (line.length / line.thickness.max(1.0) * HEIGHT as f32).round() as usize;
    width.clamp(WIDTH_LEAST, WIDTH_MOST).next_multiple_of(STEP)
}

/// The line cut out, turned level and brought to the model's height.
pub fn cut(picture: &Grey, line: &Rectangle) -> Grey {
    let width = width(line);
    let (across, down) = (line.length / width as f32, line.thickness / HEIGHT as f32);
    let rays = (down.max(across).ceil() as usize).clamp(1, RAYS_MOST);
    let (x, y) = line.along;
    let mut pixels = Vec::with_capacity(width * HEIGHT);
    let part = |at: usize, ray: usize| at as f32 + (ray as f32 + 0.5) / rays as f32;
    for row in 0..HEIGHT {
        for column in 0..width {
            let mut sum = 0.0;
            for ray in 0..rays * rays {
                let u = (part(column, ray % rays) - width as f32 / 2.0) * across;
                let v = (part(row, ray / rays) - HEIGHT as f32 / 2.0) * down;
                sum += picture.near(line.middle.0 + u * x - v * y - 0.5, line.middle.1 + u * y + v * x - 0.5);
            }
            pixels.push((sum / (rays * rays) as f32) as u8);
        }
    }
    Grey::new(width, HEIGHT, pixels)
}

/// Of each column of a line the likelihood of no letter and of each that labels hold.
pub struct Columns {
    values: Vec<f32>,
    letters: Arc<[char]>,
}

impl Columns {
    /// What the model makes of a cut line. None where it could not be run.
    pub fn of(models: &Models, line: &Grey, options: &RunOptions) -> Option<Self> {
        let mut pixels = Vec::with_capacity(3 * line.pixels().len());
        for _ in 0..3 {
            pixels.extend(line.pixels().iter().map(|pixel| f32::from(*pixel) / 127.5 - 1.0));
        }
        let input = NdTensor::from_data([1, 3, HEIGHT, line.width()], pixels);
        let columns = models.reads.run_one(input.view().into(), Some(options.clone())).ok()?;
        let columns = NdTensor::<f32, 3>::try_from(columns).ok()?;
        let [_, _, classes] = columns.shape();
        let columns = columns.to_vec();
        let mut values = Vec::with_capacity(columns.len() / classes.max(1) * models.classes.len());
        for column in columns.chunks_exact(classes.max(1)) {
            values.extend(models.classes.iter().map(|class| column.get(*class).copied().unwrap_or(0.0)));
        }
        Some(Self { values, letters: Arc::clone(&models.letters) })
    }

    /// For those who compare it with what could be printed there.
    pub fn shapes(&self) -> Shapes {
        Shapes::new(&self.letters, &self.values)
    }

    /// Of each column the likeliest letter, the same one in a row once; and how sure they are on the whole, 0 to 1.
    pub fn text(&self) -> (String, f32) {
        let (mut text, mut sure, mut last) = (String::new(), Vec::new(), 0);
        for column in self.values.chunks_exact(self.letters.len().max(1)) {
            let best = (0..column.len()).max_by(|a, b| column[*a].total_cmp(&column[*b]));
            let class = best.unwrap_or(0);
            if class != 0 && class != last {
                text.push(self.letters[class]);
                sure.push(column[class]);
            } else if class != 0
                && let Some(known) = sure.last_mut()
            {
                *known = known.max(column[class]);
            }
            last = class;
        }
        let confidence = sure.iter().sum::<f32>() / sure.len().max(1) as f32;
        (text.trim().to_owned(), confidence.clamp(0.0, 1.0))
    }
}
