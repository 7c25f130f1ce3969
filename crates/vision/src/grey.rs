//! A grey picture and what is done to it before reading: contrast, straightening, scaling.

/// Brightness of what lies outside a turned picture: as light as paper in shade.
const OUTSIDE: u8 = 200;
/// Of all pixels, so many may be darker than black and lighter than white after stretching: one in 200.
const CUT: usize = 200;
/// Steps of the histogram of edge directions in a quarter turn.
const STEPS: usize = 360;
const STEPS_A_DEGREE: f32 = 4.0;
/// Squared strength from which an edge counts.
const EDGE: f32 = 1_000.0;
/// How many times what softening takes away is added.
const SHARPER: i32 = 3;
/// So many times print is softened to see what a lens took from it, and how many times that is added.
const FOCUS: usize = 10;
const FOCUSED: f32 = 2.5;
/// Width of the triangle under which neighbouring directions count as one.
const WINDOW: usize = 9;

/// Rows of brightness, 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Grey {
    /// From rows without gaps; what is missing is black.
    pub fn new(width: usize, height: usize, mut pixels: Vec<u8>) -> Self {
        pixels.resize(width * height, 0);
        Self { width, height, pixels }
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Row after row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The brightest and darkest half per cent become white and black.
    pub fn stretched(&self) -> Self {
        let mut counts = [0_usize; 256];
        for pixel in &self.pixels {
            counts[usize::from(*pixel)] += 1;
        }
        let most = self.pixels.len() / CUT;
        let mut seen = 0;
        let past = |count: &usize| {
            seen += count;
            seen > most
        };
        let low = counts.iter().position(past).unwrap_or(0);
        let mut seen = 0;
        let high = counts.iter().rposition(|count| {
            seen += count;
            seen > most
        });
        let high = high.unwrap_or(255).max(low + 1);
        let table: Vec<u8> = (0..256_usize)
            .map(|value| u8::try_from(value.saturating_sub(low) * 255 / (high - low)).unwrap_or(u8::MAX))
            .collect();
        let pixels = self.pixels.iter().map(|pixel| table[usize::from(*pixel)]).collect();
        Self { pixels, ..*self }
    }

    /// Degrees, above -45 and at most 45, by which most edges are off the vertical and the horizontal.
    pub fn skew(&self) -> f32 {
        let histogram = self.edge_directions();
        let weight = |step: usize| -> f32 {
            let middle = WINDOW / 2;
            let part = |k: usize| histogram[(step + STEPS + k - middle) % STEPS];
            (0..WINDOW).map(|k| part(k) * (middle + 1 - k.abs_diff(middle)) as f32).sum()
        };
        let best = (0..STEPS).max_by(|a, b| weight(*a).total_cmp(&weight(*b))).unwrap_or(0);
        let degrees = (best as f32 + 0.5) / STEPS_A_DEGREE;
        if degrees > 45.0 { degrees - 90.0 } else { degrees }
    }

    fn edge_directions(&self) -> [f32; STEPS] {
        let mut histogram = [0.0; STEPS];
        // Hard edges lie on the grid of pixels whatever their direction: only softened ones show it.
        let soft = self.softened();
        let at = |x: usize, y: usize| f32::from(soft.pixels[y * self.width + x]);
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width.saturating_sub(1) {
                let across = |y: usize| at(x + 1, y) - at(x - 1, y);
                let along = |x: usize| at(x, y + 1) - at(x, y - 1);
                let gx = across(y) + 0.3 * (across(y + 1) + across(y - 1));
                let gy = along(x) + 0.3 * (along(x + 1) + along(x - 1));
                let strength = gx * gx + gy * gy;
                if strength > EDGE {
                    let degrees = gy.atan2(gx).to_degrees().rem_euclid(90.0);
                    histogram[((degrees * STEPS_A_DEGREE) as usize).min(STEPS - 1)] += strength.sqrt();
                }
            }
        }
        histogram
    }

    /// What a lens out of focus took away, as far as noise allows.
    pub fn sharpened(&self) -> Self {
        let soft = self.softened().softened().softened();
        let sharper = |(own, soft): (&u8, &u8)| {
            let value = i32::from(*own) + SHARPER * (i32::from(*own) - i32::from(*soft));
            u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX)
        };
        let pixels = self.pixels.iter().zip(&soft.pixels).map(sharper).collect();
        Self { pixels, ..*self }
    }

    /// The same for print, which is finer than bars: grain is softened first.
    pub fn focused(&self) -> Self {
        let own = self.softened().softened();
        let soft = (0..FOCUS).fold(own.clone(), |soft, _| soft.softened());
        let sharper = |(own, soft): (&u8, &u8)| {
            let (own, soft) = (f32::from(*own), f32::from(*soft));
            (own + FOCUSED * (own - soft)).clamp(0.0, 255.0) as u8
        };
        let pixels = own.pixels.iter().zip(&soft.pixels).map(sharper).collect();
        Self { pixels, ..own }
    }

    /// Each pixel mixed with its eight neighbours, 1-2-1 both ways.
    pub fn softened(&self) -> Self {
        let mut pixels = self.pixels.clone();
        for y in 1..self.height.saturating_sub(1) {
            let row = |y: usize| &self.pixels[y * self.width..(y + 1) * self.width];
            let (above, middle, below) = (row(y - 1), row(y), row(y + 1));
            let column = |x: usize| u32::from(above[x]) + 2 * u32::from(middle[x]) + u32::from(below[x]);
            for x in 1..self.width.saturating_sub(1) {
                let sum = column(x - 1) + 2 * column(x) + column(x + 1);
                pixels[y * self.width + x] = u8::try_from(sum / 16).unwrap_or(u8::MAX);
            }
        }
        Self { pixels, ..*self }
    }

    /// Turned about its middle and scaled, on a canvas that holds all of it.
    pub fn turned(&self, degrees: f32, scale: f32) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let (wide, high) = (self.width as f32 * scale, self.height as f32 * scale);
        let width = (wide * cosine.abs() + high * sine.abs()).ceil() as usize;
        let height = (wide * sine.abs() + high * cosine.abs()).ceil() as usize;
        let mut pixels = vec![OUTSIDE; width * height];
        let (step_x, step_y) = (cosine / scale, -sine / scale);
        for (y, row) in pixels.chunks_exact_mut(width.max(1)).enumerate() {
            let (dx, dy) = (-(width as f32) / 2.0 / scale, (y as f32 - height as f32 / 2.0) / scale);
            let mut from_x = cosine * dx + sine * dy + self.width as f32 / 2.0;
            let mut from_y = cosine * dy - sine * dx + self.height as f32 / 2.0;
            for pixel in row {
                if let Some(value) = self.between(from_x, from_y) {
                    *pixel = value;
                }
                from_x += step_x;
                from_y += step_y;
            }
        }
        Self { width, height, pixels }
    }

    /// Turned by quarters, as [`Grey::turned`] by so many times 90 degrees, pixel for pixel.
    pub fn turned_by_quarters(&self, quarters: usize) -> Self {
        let (wide, high) = (self.width, self.height);
        let (width, height) = if quarters.is_multiple_of(2) { (wide, high) } else { (high, wide) };
        let from = |x: usize, y: usize| match quarters % 4 {
            0 => y * wide + x,
            1 => (high - 1 - x) * wide + y,
            2 => (high - 1 - y) * wide + wide - 1 - x,
            _ => x * wide + wide - 1 - y,
        };
        let row = |y: usize| (0..width).map(move |x| from(x, y));
        let pixels = (0..height).flat_map(row).map(|at| self.pixels[at]).collect();
        Self { width, height, pixels }
    }

    /// A part so long and so thick about its middle, turned so that what runs at so many degrees is level.
    pub fn level(&self, middle: (f32, f32), degrees: f32, length: f32, thickness: f32) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let (width, height) = (length.ceil().max(0.0) as usize, thickness.ceil().max(0.0) as usize);
        let mut pixels = vec![OUTSIDE; width * height];
        for (y, row) in pixels.chunks_exact_mut(width.max(1)).enumerate() {
            let (dx, dy) = (0.5 - width as f32 / 2.0, y as f32 + 0.5 - height as f32 / 2.0);
            let mut from_x = middle.0 + cosine * dx - sine * dy - 0.5;
            let mut from_y = middle.1 + sine * dx + cosine * dy - 0.5;
            for pixel in row {
                if let Some(value) = self.between(from_x, from_y) {
                    *pixel = value;
                }
                from_x += cosine;
                from_y += sine;
            }
        }
        Self { width, height, pixels }
    }

    /// Bilinear; None outside.
    fn between(&self, x: f32, y: f32) -> Option<u8> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 - 1.0 && y < self.height as f32 - 1.0;
        if !inside {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        let (part_x, part_y) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let (above, below) = (&self.pixels[at..at + 2], &self.pixels[at + self.width..at + self.width + 2]);
        let mix = |pair: &[u8]| f32::from(pair[0]) * (1.0 - part_x) + f32::from(pair[1]) * part_x;
        Some((mix(above) * (1.0 - part_y) + mix(below) * part_y) as u8)
    }

    /// Between pixels; beyond an edge as on it. Middles of pixels are whole numbers.
    pub fn near(&self, x: f32, y: f32) -> f32 {
        let (Some(last_x), Some(last_y)) = (self.width.checked_sub(1), self.height.checked_sub(1)) else {
            return f32::from(OUTSIDE);
        };
        let (x, y) = (x.clamp(0.0, last_x as f32), y.clamp(0.0, last_y as f32));
        let (left, top) = (x as usize, y as usize);
        let (part_x, part_y) = (x - left as f32, y - top as f32);
        let at = |x: usize, y: usize| f32::from(self.pixels[y.min(last_y) * self.width + x.min(last_x)]);
        let mix = |y: usize| at(left, y) * (1.0 - part_x) + at(left + 1, y) * part_x;
        mix(top) * (1.0 - part_y) + mix(top + 1) * part_y
    }

    /// The mean of squares of `factor` by `factor` pixels.
    pub fn shrunk(&self, factor: usize) -> Self {
        let mut shrinker = Shrinker::new(self.width, factor.max(1));
        self.pixels.chunks_exact(self.width.max(1)).for_each(|row| shrinker.row(row));
        shrinker.done()
    }

    /// So many times smaller, on a canvas of these sides: the mean of what falls into each pixel. Beyond the picture the
    /// canvas is as the edge.
    pub fn resized(&self, width: usize, height: usize, smaller: f32) -> Self {
        let rays = (smaller.ceil() as usize).clamp(1, 4);
        let part = |at: usize, ray: usize| (at as f32 + (ray as f32 + 0.5) / rays as f32) * smaller - 0.5;
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let ray = |at: usize| self.near(part(x, at % rays), part(y, at / rays));
                let sum: f32 = (0..rays * rays).map(ray).sum();
                pixels.push((sum / (rays * rays) as f32) as u8);
            }
        }
        Self { width, height, pixels }
    }

    /// A part of it, cut to what there is.
    pub fn cropped(&self, left: usize, top: usize, width: usize, height: usize) -> Self {
        let (left, top) = (left.min(self.width), top.min(self.height));
        let (width, height) = (width.min(self.width - left), height.min(self.height - top));
        let rows = (top..top + height).map(|y| y * self.width + left);
        let pixels = rows.flat_map(|start| &self.pixels[start..start + width]).copied().collect();
        Self { width, height, pixels }
    }
}

/// Takes a picture row by row and keeps the mean of squares of `factor` by `factor` pixels, so that a large photo never
/// stands in memory whole.
pub struct Shrinker {
    factor: usize,
    columns: usize,
    sums: Vec<u32>,
    rows: usize,
    pixels: Vec<u8>,
}

impl Shrinker {
    /// For rows of so many columns; a factor of 1 keeps everything.
    pub fn new(columns: usize, factor: usize) -> Self {
        let sums = vec![0; columns / factor];
        Self { factor, columns: columns / factor, sums, rows: 0, pixels: Vec::new() }
    }

    /// The next row.
    pub fn row(&mut self, row: &[u8]) {
        if self.factor == 1 {
            self.pixels.extend(row.iter().take(self.columns));
            return;
        }
        for (sum, square) in self.sums.iter_mut().zip(row.chunks_exact(self.factor)) {
            *sum += square.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
        }
        self.rows += 1;
        if self.rows == self.factor {
            let area = u32::try_from(self.factor * self.factor).unwrap_or(u32::MAX);
            let means = self.sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX));
            self.pixels.extend(means);
            self.sums.fill(0);
            self.rows = 0;
        }
    }

    /// What was kept of whole squares.
    pub fn done(self) -> Grey {
        let height = self.pixels.len() / self.columns.max(1);
        Grey::new(self.columns, height, self.pixels)
    }
}

#[cfg(test)]
mod tests;
