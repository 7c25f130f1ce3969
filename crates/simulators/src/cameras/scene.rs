//! What a camera sees: the front of a bank, its doors shut or open, parcels behind the open ones, date and time burnt in.

use jpeg_encoder::{ColorType, Encoder};

use super::lettering;
use crate::http::calendar::Moment;

const WALL: Rgb = [186, 184, 178];
const FRAME: Rgb = [70, 74, 80];
const DOOR: Rgb = [214, 219, 224];
const LETTERS: Rgb = [40, 44, 50];
const INSIDE: Rgb = [28, 30, 34];
const LEAF: Rgb = [150, 158, 168];
/// What a parcel is painted in: red, green, blue.
pub const PARCEL: [u8; 3] = [176, 122, 62];
/// JPEG and video change each of the three by less than this.
pub const PARCEL_NEAR: u8 = 12;
const TAPE: Rgb = [214, 184, 130];
const LABEL: Rgb = [244, 244, 240];
const BURNT_IN: Rgb = [250, 250, 250];
const BEHIND_TEXT: Rgb = [0, 0, 0];
const QUALITY: u8 = 85;
/// The wall around the bank, in thousandths of the picture's sides.
const MARGIN: i32 = 60;
/// The strip of text at the bottom, in thousandths of the picture's height.
const STRIP: i32 = 70;

type Rgb = [u8; 3];

/// How a door stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DoorLook {
    #[default]
    Shut,
    /// Open, nothing behind it.
    Empty,
    /// Open, a parcel behind it.
    Parcel,
}

/// One door of the front. Places and sizes are in any unit, the same for all doors of a scene, from the upper left corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SceneDoor {
    pub label: String,
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
    pub look: DoorLook,
}

/// What is before a camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Burnt in beside the time: letters, digits and `-:./#`.
    pub title: String,
    pub doors: Vec<SceneDoor>,
}

impl Default for Scene {
    fn default() -> Self {
        Self::grid("LOBBY", 4, 3)
    }
}

impl Scene {
    /// A front of equal doors, all shut, labelled from 1 down each column.
    #[must_use]
    pub fn grid(title: &str, columns: u32, rows: u32) -> Self {
        let door = |index: u32| SceneDoor {
            label: (index + 1).to_string(),
            left: index / rows * 100,
            top: index % rows * 100,
            width: 100,
            height: 100,
            look: DoorLook::Shut,
        };
        Self { title: title.to_owned(), doors: (0..columns * rows).map(door).collect() }
    }

    /// How a door of this label stands. False if there is none.
    pub fn set_door(&mut self, label: &str, look: DoorLook) -> bool {
        match self.doors.iter_mut().find(|door| door.label == label) {
            Some(door) => {
                door.look = look;
                true
            }
            None => false,
        }
    }

    /// The picture of it, with this moment burnt in (Unix time in ms, shown in UTC).
    #[must_use]
    pub fn jpeg(&self, at_ms: i64, width: u16, height: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, QUALITY)
            .encode(&self.pixels(at_ms, width, height), width, height, ColorType::Rgb)
            .expect("a picture in memory takes every byte");
        bytes
    }

    /// The same as bare pixels, red, green and blue of each.
    pub(super) fn pixels(&self, at_ms: i64, width: u16, height: u16) -> Vec<u8> {
        let mut canvas = Canvas::new(width, height);
        self.draw(&mut canvas);
        canvas.burn_in(&format!("{} UTC  {}", stamp(at_ms), self.title));
        canvas.pixels
    }

    fn draw(&self, canvas: &mut Canvas) {
        let whole = |end: fn(&SceneDoor) -> u32| self.doors.iter().map(end).max().unwrap_or(1).max(1);
        let (right, bottom) = (whole(|door| door.left + door.width), whole(|door| door.top + door.height));
        let (wide, high) = (canvas.width, canvas.height);
        let across = |at: u32| scaled(at, right, wide * (1000 - 2 * MARGIN) / 1000) + wide * MARGIN / 1000;
        let down =
            |at: u32| scaled(at, bottom, high * (1000 - 2 * MARGIN - STRIP) / 1000) + high * MARGIN / 1000;
        canvas.fill(
            Area {
                left: across(0) - 4,
                top: down(0) - 4,
                right: across(right) + 4,
                bottom: down(bottom) + 4,
            },
            FRAME,
        );
        for door in &self.doors {
            let area = Area {
                left: across(door.left) + 2,
                top: down(door.top) + 2,
                right: across(door.left + door.width) - 2,
                bottom: down(door.top + door.height) - 2,
            };
            canvas.door(door, area);
        }
    }
}

/// Whether a pixel, red, green and blue, is of a parcel.
pub fn is_parcel(pixel: &[u8]) -> bool {
    pixel.iter().zip(PARCEL).all(|(seen, drawn)| seen.abs_diff(drawn) < PARCEL_NEAR)
}

fn scaled(at: u32, whole: u32, side: i32) -> i32 {
    let at = i64::from(at) * i64::from(side) / i64::from(whole);
    i32::try_from(at).unwrap_or(side)
}

fn stamp(at_ms: i64) -> String {
    let Moment { year, month, day, hour, minute, second } = Moment::of(at_ms);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[derive(Clone, Copy)]
struct Area {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Area {
    /// A part of it, in hundredths of its sides.
    fn part(self, left: i32, top: i32, right: i32, bottom: i32) -> Area {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        Area {
            left: self.left + width * left / 100,
            top: self.top + height * top / 100,
            right: self.left + width * right / 100,
            bottom: self.top + height * bottom / 100,
        }
    }
}

struct Canvas {
    width: i32,
    height: i32,
    pixels: Vec<u8>,
}

impl Canvas {
    fn new(width: u16, height: u16) -> Self {
        let pixels = WALL.repeat(usize::from(width) * usize::from(height));
        Self { width: width.into(), height: height.into(), pixels }
    }

    fn fill(&mut self, area: Area, colour: Rgb) {
        let (left, right) = (area.left.clamp(0, self.width), area.right.clamp(0, self.width));
        let row = colour.repeat(usize::try_from(right - left).unwrap_or(0));
        for y in area.top.clamp(0, self.height)..area.bottom.clamp(0, self.height) {
            let start = usize::try_from((y * self.width + left) * 3).unwrap_or(0);
            if let Some(pixels) = self.pixels.get_mut(start..start + row.len()) {
                pixels.copy_from_slice(&row);
            }
        }
    }

    fn door(&mut self, door: &SceneDoor, area: Area) {
        if door.look == DoorLook::Shut {
            self.fill(area, DOOR);
            self.fill(area.part(86, 44, 92, 56), FRAME);
        } else {
            self.fill(area, INSIDE);
            if door.look == DoorLook::Parcel {
                self.fill(area.part(28, 38, 86, 96), PARCEL);
                self.fill(area.part(53, 38, 61, 96), TAPE);
                self.fill(area.part(34, 48, 50, 62), LABEL);
            }
            // The leaf stands open towards the camera, at its hinges.
            self.fill(area.part(0, 0, 16, 100), LEAF);
        }
        let scale = ((area.bottom - area.top) / 36).clamp(1, 3);
        let colour = if door.look == DoorLook::Shut { LETTERS } else { BURNT_IN };
        self.write(&door.label, (area.left + 4, area.top + 4), scale, colour);
    }

    fn burn_in(&mut self, text: &str) {
        let strip = self.height * STRIP / 1000;
        self.fill(
            Area { left: 0, top: self.height - strip, right: self.width, bottom: self.height },
            BEHIND_TEXT,
        );
        let scale = ((strip - 4) / lettering::HEIGHT).clamp(1, 3);
        let top = self.height - strip + (strip - scale * lettering::HEIGHT) / 2;
        self.write(text, (6, top), scale, BURNT_IN);
    }

    fn write(&mut self, text: &str, (left, top): (i32, i32), scale: i32, colour: Rgb) {
        let mut x = left;
        for letter in text.chars() {
            for (row, bits) in (0..).zip(lettering::rows(letter)) {
                for column in
                    (0..lettering::WIDTH).filter(|column| bits >> (lettering::WIDTH - 1 - column) & 1 == 1)
                {
                    let (left, top) = (x + column * scale, top + row * scale);
                    self.fill(Area { left, top, right: left + scale, bottom: top + scale }, colour);
                }
            }
            x += (lettering::WIDTH + 1) * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::bytestream::ZCursor;

    use super::{DoorLook, Scene, is_parcel};

    fn pixels(jpeg: &[u8]) -> Vec<u8> {
        JpegDecoder::new(ZCursor::new(jpeg)).decode().unwrap()
    }

    /// Pixels that are as brown as a parcel, give or take what JPEG does.
    fn brown(jpeg: &[u8]) -> usize {
        pixels(jpeg).chunks(3).filter(|pixel| is_parcel(pixel)).count()
    }

    #[test]
    fn a_parcel_shows_behind_its_open_door_alone() {
        let mut scene = Scene::grid("LOBBY", 4, 3);
        assert_eq!(brown(&scene.jpeg(0, 640, 480)), 0);
        assert!(scene.set_door("5", DoorLook::Empty) && !scene.set_door("99", DoorLook::Empty));
        assert_eq!(brown(&scene.jpeg(0, 640, 480)), 0);
        scene.set_door("5", DoorLook::Parcel);
        assert!(brown(&scene.jpeg(0, 640, 480)) > 2_000);
    }

    #[test]
    fn each_second_looks_different_and_the_same_second_the_same() {
        let scene = Scene::default();
        assert_eq!(scene.jpeg(1_000, 320, 240), scene.jpeg(1_999, 320, 240));
        assert_ne!(scene.jpeg(1_000, 320, 240), scene.jpeg(2_000, 320, 240));
    }

    #[test]
    fn any_scene_and_size_can_be_drawn() {
        let mut odd = Scene::grid("\u{1F4E6} \"<&", 1, 1);
        odd.doors[0].width = u32::MAX / 4;
        for scene in [Scene { title: String::new(), doors: Vec::new() }, odd, Scene::grid("X", 50, 20)] {
            for (width, height) in [(16, 16), (160, 120), (1280, 720)] {
                assert_eq!(
                    pixels(&scene.jpeg(-1, width, height)).len(),
                    usize::from(width) * usize::from(height) * 3
                );
            }
        }
    }
}
