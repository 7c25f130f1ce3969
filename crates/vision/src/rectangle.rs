//! Rectangles at any angle around spots of a picture.

/// A line of text: where its middle is, in which direction it runs, how long and how thick it is. In pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    pub middle: (f32, f32),
    /// Of length 1, in the direction of reading.
    pub along: (f32, f32),
    pub length: f32,
    pub thickness: f32,
}

impl Rectangle {
    /// The smallest around these points. The longer side is along; None without a point.
    pub fn around(points: &[(f32, f32)]) -> Option<Self> {
        let hull = hull(points);
        let edges = (0..hull.len()).map(|at| {
            let (from, to) = (hull[at], hull[(at + 1) % hull.len()]);
            (to.0 - from.0, to.1 - from.1)
        });
        let sized = edges.filter_map(|(x, y)| {
            let length = x.hypot(y);
            (length > 0.0).then(|| Self::facing(&hull, (x / length, y / length))).flatten()
        });
        let smallest = sized.min_by(|a, b| (a.length * a.thickness).total_cmp(&(b.length * b.thickness)))?;
        let (x, y) = smallest.along;
        let turned = if smallest.length < smallest.thickness {
            Self { along: (-y, x), length: smallest.thickness, thickness: smallest.length, ..smallest }
        } else {
            smallest
        };
        let (x, y) = turned.along;
        // Text runs to the right, or else downward.
        let is_forward = if x.abs() >= y.abs() { x > 0.0 } else { y > 0.0 };
        Some(Self { along: if is_forward { (x, y) } else { (-x, -y) }, ..turned })
    }

    /// Around the points, with the length along a direction.
    pub fn facing(points: &[(f32, f32)], along: (f32, f32)) -> Option<Self> {
        let (x, y) = along;
        let span = |value: &dyn Fn(&(f32, f32)) -> f32| {
            let values = points.iter().map(value);
            let (least, most) =
                values.fold((f32::MAX, f32::MIN), |(least, most), value| (least.min(value), most.max(value)));
            (least <= most).then_some((least, most))
        };
        let (start, end) = span(&|point| point.0 * x + point.1 * y)?;
        let (top, bottom) = span(&|point| point.1 * x - point.0 * y)?;
        let (u, v) = ((start + end) / 2.0, (top + bottom) / 2.0);
        Some(Self {
            middle: (u * x - v * y, u * y + v * x),
            along,
            length: end - start,
            thickness: bottom - top,
        })
    }

    /// By so much on every side.
    pub fn grown(self, by: f32) -> Self {
        Self { length: self.length + 2.0 * by, thickness: self.thickness + 2.0 * by, ..self }
    }

    /// In a picture so many times as large.
    pub fn scaled(self, by: f32) -> Self {
        Self {
            middle: (self.middle.0 * by, self.middle.1 * by),
            length: self.length * by,
            thickness: self.thickness * by,
            ..self
        }
    }

    /// So much farther down.
    pub fn lowered(self, by: f32) -> Self {
        Self { middle: (self.middle.0, self.middle.1 + by), ..self }
    }

    /// It runs downward rather than across.
    pub fn is_upright(&self) -> bool {
        self.along.1.abs() > self.along.0.abs()
    }
}

/// The corners of the smallest shape without dents around the points.
fn hull(points: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let side =
        |a: (f32, f32), b: (f32, f32), c: (f32, f32)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let chain = |points: &mut dyn Iterator<Item = (f32, f32)>| {
        let mut chain: Vec<(f32, f32)> = Vec::new();
        for point in points {
            while chain.len() >= 2 && side(chain[chain.len() - 2], chain[chain.len() - 1], point) <= 0.0 {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut sorted.iter().copied());
    hull.extend(chain(&mut sorted.iter().rev().copied()));
    hull
}

#[cfg(test)]
mod tests {
    use super::Rectangle;

    #[test]
    fn a_turned_line_is_measured_along_itself() {
        for degrees in [-60.0_f32, -20.0, 0.0, 3.0, 14.0, 70.0] {
            let (sine, cosine) = degrees.to_radians().sin_cos();
            let corners = [(-50.0, -5.0), (50.0, -5.0), (50.0, 5.0), (-50.0, 5.0), (0.0, 0.0)];
            let points: Vec<(f32, f32)> = corners
                .map(|(x, y): (f32, f32)| (200.0 + x * cosine - y * sine, 100.0 + x * sine + y * cosine))
                .to_vec();
            let found = Rectangle::around(&points).unwrap();
            assert!((found.length - 100.0).abs() < 0.1 && (found.thickness - 10.0).abs() < 0.1, "{found:?}");
            assert!((found.middle.0 - 200.0).abs() < 0.1 && (found.middle.1 - 100.0).abs() < 0.1);
            assert_eq!(found.is_upright(), degrees.abs() > 45.0, "{degrees}");
            let grown = found.grown(2.0).scaled(2.0);
            assert!((grown.length - 208.0).abs() < 0.3 && (grown.thickness - 28.0).abs() < 0.3);
        }
        assert_eq!(Rectangle::around(&[]), None);
    }
}
