//! Printed text in a picture: where lines stand and what they say, as far as the recipient is concerned.
//!
//! Owns finding the label, straightening it, and which lines are read: those of the recipient's block where a marker tells
//! it, the largest print otherwise, until the columns allowed for one picture are used up. Which lines name whom is
//! `vestibule_intake::printed`'s.

mod find;
mod models;
mod read;
mod rectangle;

use crate::area;
use crate::grey::Grey;
use models::Models;
pub use models::NoModels;
use rectangle::Rectangle;
use rten::{RunOptions, ThreadPool};
use std::path::Path;
use std::sync::Arc;
use vestibule_intake::printed::{self, Addressed, Line, Marker, Place};

/// The label is searched for text in so many pixels: print of a recipient is twelve high there.
const FOUND_IN: usize = 280_000;
/// So many columns of text are read at most, at the reader's height.
const COLUMNS_MOST: usize = 4_000;
/// Of those for words that may be markers.
const COLUMNS_FOR_MARKERS: usize = 900;
/// A marker is at most so many times as long as it is high.
const MARKER_LONGEST: f32 = 6.5;
/// Below this confidence the text may stand on its head: such text makes some sense too.
const DOUBTFUL: f32 = 0.88;
/// By how much surer two lines together are the other way round.
const CLEARLY: f32 = 0.3;
/// Degrees within which a label is straight.
const LEVEL: f32 = 0.3;
/// Lines are of one size up to this ratio.
const ONE_SIZE: f32 = 1.35;
/// Print so many times as high as a block that was found is no recipient's.
const SMALLER: f32 = 0.8;

/// Reads printed text, on one thread.
pub struct TextReader {
    models: Models,
    options: RunOptions,
}

/// Which way a label was turned until now, and may be turned further.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turned {
    Not,
    Quarter,
    Settled,
}

/// A line that was found, and what it says once it was read.
struct Seen {
    rectangle: Rectangle,
    place: Place,
    text: Option<(String, f32)>,
}

impl TextReader {
    /// Opens the models in a folder: some 30 MB in memory.
    ///
    /// # Errors
    /// Which file is missing or not the right one.
    pub fn open(folder: &Path) -> Result<Self, NoModels> {
        // A box's other work comes first: reading takes one core and no more.
        let options = RunOptions::default().with_thread_pool(Some(Arc::new(ThreadPool::with_num_threads(1))));
        Ok(Self { models: models::open(folder)?, options })
    }

    /// The lines of a label that matter, from the top. Work is bounded whatever the picture.
    pub fn lines(&self, picture: &Grey) -> Vec<Line> {
        let (left, top, width, height) = area::printed(picture);
        let label = picture.cropped(left, top, width, height);
        let skew = label.shrunk(2).skew();
        let straight = if skew.abs() < LEVEL { label } else { label.turned(-skew, 1.0) };
        self.look(&straight.stretched(), Turned::Not)
    }

    /// A straight label, which may still lie on its side or on its head.
    fn look(&self, picture: &Grey, turned: Turned) -> Vec<Line> {
        let smaller = (picture.width() * picture.height()) as f32 / FOUND_IN as f32;
        let smaller = smaller.sqrt().max(1.0);
        let mut reading = Reading { reader: self, picture, left: COLUMNS_MOST };
        let mut all = Vec::new();
        for (top, height) in area::without_bars(picture) {
            let part = picture.cropped(0, top, picture.width(), height);
            let found = find::lines_in(&self.models.finds, &part, smaller, &self.options);
            match turned {
                Turned::Not if is_upright(&found) => {
                    return self.look(&picture.turned(-90.0, 1.0), Turned::Quarter);
                }
                // Bars were taken for lines: print runs as it did before.
                Turned::Quarter if is_upright(&found) => {
                    return self.look(&picture.turned(90.0, 1.0), Turned::Settled);
                }
                Turned::Not | Turned::Quarter | Turned::Settled => {}
            }
            let found = found.into_iter().filter(|line| !line.is_upright());
            let mut seen: Vec<Seen> = found.map(|line| Seen::new(line.lowered(top as f32))).collect();
            reading.markers(&mut seen);
            let is_first = top == 0;
            if turned != Turned::Settled && is_first && reading.is_on_its_head(&seen) {
                return self.look(&picture.turned(180.0, 1.0), Turned::Settled);
            }
            reading.rest(&mut seen);
            all.extend(lines(&seen));
            if addressed(&all).is_some() {
                break;
            }
        }
        all.sort_by(|a, b| a.place.top.total_cmp(&b.place.top));
        all
    }
}

fn is_upright(found: &[Rectangle]) -> bool {
    let upright: f32 = found.iter().filter(|line| line.is_upright()).map(|line| line.length).sum();
    2.0 * upright > found.iter().map(|line| line.length).sum()
}

impl Seen {
    fn new(rectangle: Rectangle) -> Self {
        Self { place: place(&rectangle), rectangle, text: None }
    }

    fn marker(&self) -> Option<Marker> {
        let text = self.text.as_ref().map(|(text, _)| text.as_str());
        text.and_then(printed::marker).map(|(marker, _)| marker)
    }
}

/// A picture and how many more columns of it may be read.
struct Reading<'a> {
    reader: &'a TextReader,
    picture: &'a Grey,
    left: usize,
}

impl Reading<'_> {
    fn read(&mut self, line: &mut Seen) {
        let width = read::width(&line.rectangle);
        if line.text.is_some() || width > self.left {
            return;
        }
        self.left -= width;
        let cut = read::cut(self.picture, &line.rectangle);
        let models = &self.reader.models;
        line.text = Some(read::text(&models.reads, &models.letters, &cut, &self.reader.options));
    }

    /// Short words, the shortest first: among them are all that say whose block it is.
    fn markers(&mut self, seen: &mut [Seen]) {
        let least = self.left.saturating_sub(COLUMNS_FOR_MARKERS);
        let is_short = |line: &&mut Seen| line.rectangle.length < MARKER_LONGEST * line.rectangle.thickness;
        let mut short: Vec<&mut Seen> = seen.iter_mut().filter(is_short).collect();
        let longer = |line: &Seen| line.rectangle.length / line.rectangle.thickness.max(1.0);
        short.sort_by(|a, b| longer(a).total_cmp(&longer(b)));
        for line in short {
            if self.left > least {
                self.read(line);
            }
        }
    }

    /// Most of what was read so far makes no sense this way round, and two lines more make some when turned.
    fn is_on_its_head(&mut self, seen: &[Seen]) -> bool {
        let read = seen.iter().filter_map(|line| line.text.as_ref());
        let (count, sum) = read.fold((0, 0.0), |(count, sum), (_, sure)| (count + 1, sum + sure));
        if count > 1 && sum / count as f32 > DOUBTFUL {
            return false;
        }
        let mut thickest: Vec<&Seen> = seen.iter().collect();
        thickest.sort_by(|a, b| b.rectangle.thickness.total_cmp(&a.rectangle.thickness));
        let mut sure = |rectangle: Rectangle| {
            let mut line = Seen::new(rectangle);
            self.read(&mut line);
            line.text.map(|(_, sure)| sure)
        };
        // Where columns ran out there is nothing to compare.
        let both = thickest.iter().take(2).filter_map(|line| {
            let rectangle = line.rectangle;
            let (x, y) = rectangle.along;
            let known = line.text.as_ref().map(|(_, sure)| *sure);
            let upright = known.or_else(|| sure(rectangle))?;
            Some(sure(Rectangle { along: (-x, -y), ..rectangle })? - upright)
        });
        both.sum::<f32>() > CLEARLY
    }

    /// The recipient's block where a marker tells it; else one line after the other, the largest print first, until a block
    /// is complete and what is left is smaller.
    fn rest(&mut self, seen: &mut [Seen]) {
        for at in at_markers(seen, Marker::To) {
            self.read(&mut seen[at]);
        }
        let senders = at_markers(seen, Marker::From);
        let mut order: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].text.is_none()).collect();
        // Lines of about one size are read from the top: so a block is complete soonest.
        let size = |at: usize| -(seen[at].rectangle.thickness.max(1.0).log(ONE_SIZE).round() as i32);
        order.sort_by_key(|at| (senders.contains(at), size(*at), seen[*at].place.top as i32));
        for at in order {
            let read: Vec<Line> = lines(seen).collect();
            let is_done = addressed(&read).is_some_and(|found| {
                found.is_marked || seen[at].place.height() < SMALLER * found.height || senders.contains(&at)
            });
            if is_done {
                return;
            }
            self.read(&mut seen[at]);
        }
    }
}

/// The lines that stand at markers of this kind.
fn at_markers(seen: &[Seen], kind: Marker) -> Vec<usize> {
    let others: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].marker().is_none()).collect();
    let places: Vec<Place> = others.iter().map(|at| seen[*at].place).collect();
    let markers = seen.iter().filter(|line| line.marker() == Some(kind));
    markers.flat_map(|marker| printed::below(&marker.place, &places)).map(|at| others[at]).collect()
}

/// A whole address, down to the town.
fn addressed(lines: &[Line]) -> Option<Addressed> {
    printed::addressed(lines).ok().filter(|found| found.recipient.city.is_some())
}

fn lines(seen: &[Seen]) -> impl Iterator<Item = Line> {
    let read = seen.iter().filter_map(|line| line.text.as_ref().map(|text| (line, text)));
    read.filter_map(|(line, (text, confidence))| {
        let text = vestibule_intake::symbol::printable(text)?;
        Some(Line { text, confidence: *confidence, place: line.place })
    })
}

/// The upright box around it.
fn place(line: &Rectangle) -> Place {
    let (x, y) = line.along;
    let half_width = (line.length * x.abs() + line.thickness * y.abs()) / 2.0;
    // A long line that is a little off level would seem to be as high as several.
    let half_height = line.thickness / 2.0;
    Place {
        left: line.middle.0 - half_width,
        top: line.middle.1 - half_height,
        right: line.middle.0 + half_width,
        bottom: line.middle.1 + half_height,
    }
}
