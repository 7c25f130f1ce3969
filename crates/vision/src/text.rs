//! Printed text in a picture: where lines stand and what they say, as far as the recipient is concerned.
//!
//! Owns finding the label, straightening it, and which lines are read: block after block, the likeliest first, until one is the
//! recipient's and no other could be, or the columns allowed for one picture are used up. Which lines name whom is
//! `vestibule_intake::printed`'s.

mod find;
mod models;
mod read;

use crate::area::{self, Print};
use crate::grey::Grey;
use crate::rectangle::Rectangle;
use models::Models;
pub use models::NoModels;
use rten::{RunOptions, ThreadPool};
use std::path::Path;
use std::sync::Arc;
use vestibule_intake::printed::{self, Addressed, House, Line, Marker, Place, Shapes, Standing};

/// The label is searched for text in so many pixels: print of a recipient is eleven high there, and eight where two labels are
/// in the picture.
const FOUND_IN: usize = 250_000;
/// So many columns of text are read at most, at the reader's height.
const COLUMNS_MOST: usize = 3_400;
/// Of those for words that may be markers.
const COLUMNS_FOR_MARKERS: usize = 900;
/// A marker is at most so many times as long as it is high.
const MARKER_LONGEST: f32 = 6.5;
/// Below this confidence the text may stand on its head: such text makes some sense too.
const DOUBTFUL: f32 = 0.88;
/// A second look takes so much of a line's height: letters fill what the reader sees.
const CLOSER: f32 = 0.75;
/// By how much surer two lines together are the other way round.
const CLEARLY: f32 = 0.3;
/// Name, street and town.
const ADDRESS_LINES: usize = 3;
/// Left around the print of a label, of 256 along the picture's longer side.
const ROOM: f32 = 4.0;
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

/// A line that was read.
pub struct ReadLine {
    /// What it says.
    pub line: Line,
    /// What it might say.
    pub shapes: Shapes,
}

/// A line that was found, and what it says once it was read.
struct Seen {
    rectangle: Rectangle,
    place: Place,
    text: Option<(String, f32)>,
    columns: Option<read::Columns>,
    /// The first look left doubts, and there was no second.
    is_doubtful: bool,
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

    /// The lines of a label that matter to a house, from the top. Work is bounded whatever the picture.
    pub fn lines(&self, picture: &Grey, house: &House) -> Vec<ReadLine> {
        let print = Print::of(picture).or_else(|| Print::of(&picture.stretched()));
        let straight = print.and_then(|print| {
            let label = print.upright(picture, ROOM)?;
            let skew = label.shrunk(2).skew();
            if skew.abs() < LEVEL { Some(label) } else { print.level(picture, skew, ROOM) }
        });
        straight.map_or_else(Vec::new, |straight| self.look(&straight.stretched(), house, Turned::Not))
    }

    /// A straight label, which may still lie on its side or on its head.
    fn look(&self, picture: &Grey, house: &House, turned: Turned) -> Vec<ReadLine> {
        let smaller = (picture.width() * picture.height()) as f32 / FOUND_IN as f32;
        let smaller = smaller.sqrt().max(1.0);
        let mut reading = Reading { reader: self, picture, sharp: None, house, left: COLUMNS_MOST };
        let mut all = Vec::new();
        for (top, height) in area::without_bars(picture) {
            let part = picture.cropped(0, top, picture.width(), height);
            let found = find::lines_in(&self.models.finds, &part, smaller, &self.options);
            match turned {
                Turned::Not if is_upright(&found) => {
                    return self.look(&picture.turned_by_quarters(3), house, Turned::Quarter);
                }
                // Bars were taken for lines: print runs as it did before.
                Turned::Quarter if is_upright(&found) => {
                    return self.look(&picture.turned_by_quarters(1), house, Turned::Settled);
                }
                Turned::Not | Turned::Quarter | Turned::Settled => {}
            }
            let found = found.into_iter().filter(|line| !line.is_upright());
            let mut seen: Vec<Seen> = found.map(|line| Seen::new(line.lowered(top as f32))).collect();
            let blocks = blocks(&seen);
            if let Some(block) = blocks.first() {
                reading.begin(&mut seen, block);
                if turned != Turned::Settled && top == 0 && reading.is_on_its_head(&seen) {
                    let lines = self.look(&picture.turned_by_quarters(2), house, Turned::Settled);
                    // It makes an address so; or it stood right and was hard to read.
                    if addressed(&texts(&lines), house).as_ref().is_some_and(is_known) {
                        return lines;
                    }
                }
            }
            reading.blocks(&mut seen, &blocks);
            let found = addressed(&lines(&seen).collect::<Vec<_>>(), house);
            if !found.as_ref().is_some_and(is_known) {
                reading.markers(&mut seen);
                reading.rest(&mut seen);
            }
            all.extend(read_lines(&seen));
            if addressed(&texts(&all), house).as_ref().is_some_and(is_known) {
                break;
            }
        }
        all.sort_by(|a, b| a.line.place.top.total_cmp(&b.line.place.top));
        all
    }
}

fn is_upright(found: &[Rectangle]) -> bool {
    let upright: f32 = found.iter().filter(|line| line.is_upright()).map(|line| line.length).sum();
    2.0 * upright > found.iter().map(|line| line.length).sum()
}

impl Seen {
    fn new(rectangle: Rectangle) -> Self {
        Self { place: place(&rectangle), rectangle, text: None, columns: None, is_doubtful: false }
    }

    /// As short as a marker is.
    fn is_short(&self) -> bool {
        self.rectangle.length < MARKER_LONGEST * self.rectangle.thickness
    }

    /// What was read, if anything printable was.
    fn line(&self) -> Option<Line> {
        let (text, confidence) = self.text.as_ref()?;
        let text = vestibule_intake::symbol::printable(text)?;
        Some(Line { text, confidence: *confidence, place: self.place })
    }

    fn marker(&self) -> Option<Marker> {
        let text = self.text.as_ref().map(|(text, _)| text.as_str());
        text.and_then(printed::marker).map(|(marker, _)| marker)
    }
}

/// A picture, whom it is read for, and how many more columns of it may be read.
struct Reading<'a> {
    reader: &'a TextReader,
    picture: &'a Grey,
    /// The same, sharpened, once it was needed.
    sharp: Option<Grey>,
    house: &'a House,
    left: usize,
}

impl Reading<'_> {
    fn read(&mut self, line: &mut Seen) {
        if line.text.is_some() {
            return;
        }
        let Some(plain) = self.columns(&line.rectangle, false) else { return };
        let (text, sure) = plain.text();
        line.text = Some((text, sure));
        line.is_doubtful = sure < DOUBTFUL;
        line.columns = Some(plain);
    }

    /// A second look where the first left doubts: nearer, and at what the lens took away. The surer of both counts.
    fn read_again(&mut self, line: &mut Seen) {
        if !std::mem::take(&mut line.is_doubtful) {
            return;
        }
        let close = Rectangle { thickness: line.rectangle.thickness * CLOSER, ..line.rectangle };
        let Some(second) = self.columns(&close, true) else { return };
        let (text, sure) = second.text();
        if line.text.as_ref().is_none_or(|(_, first)| sure > *first) {
            line.text = Some((text, sure));
            line.columns = Some(second);
        }
    }

    /// Both.
    fn read_well(&mut self, line: &mut Seen) {
        self.read(line);
        self.read_again(line);
    }

    /// One look at a line. None where its columns are more than may still be read.
    fn columns(&mut self, line: &Rectangle, sharpened: bool) -> Option<read::Columns> {
        self.left = self.left.checked_sub(read::width(line))?;
        let picture = match sharpened {
            true => &*self.sharp.get_or_insert_with(|| self.picture.focused()),
            false => self.picture,
        };
        let cut = read::cut(picture, line);
        read::Columns::of(&self.reader.models, &cut, &self.reader.options)
    }

    /// As much of a block as tells which way round it stands.
    fn begin(&mut self, seen: &mut [Seen], block: &[usize]) {
        for at in block.iter().take(2) {
            self.read(&mut seen[*at]);
        }
    }

    /// Block after block, until one is the recipient's and no other could be.
    fn blocks(&mut self, seen: &mut [Seen], blocks: &[Vec<usize>]) {
        for block in blocks {
            let found = addressed(&lines(seen).collect::<Vec<_>>(), self.house);
            let is_smaller =
                |found: &Addressed| is_known(found) && height(seen, block) < SMALLER * found.height;
            if found.as_ref().is_some_and(is_smaller) {
                continue;
            }
            // What stands at it may say whose it is.
            let own = markers_of(seen, block);
            own.iter().for_each(|at| self.read_well(&mut seen[*at]));
            let says = |kind| own.iter().any(|at| seen[*at].marker() == Some(kind));
            let is_unmarked_beside = found.as_ref().is_some_and(|found| found.is_marked) && !says(Marker::To);
            if says(Marker::From) || is_unmarked_beside {
                continue;
            }
            if found.is_some_and(|found| self.is_elsewhere(seen, block, &found)) {
                continue;
            }
            block.iter().for_each(|at| self.read(&mut seen[*at]));
            for at in block {
                if self.is_settled(seen) {
                    break;
                }
                self.read_again(&mut seen[*at]);
            }
        }
    }

    /// What was read so far is for this house, and its name and apartment are somebody's here: a second look adds nothing.
    fn is_settled(&self, seen: &[Seen]) -> bool {
        let found = addressed(&lines(seen).collect::<Vec<_>>(), self.house);
        found.is_some_and(|found| found.standing == Standing::Here && self.house.has_home_of(&found))
    }

    /// Beside a block that the house knows, the last line of another says enough where it is another town's.
    fn is_elsewhere(&mut self, seen: &mut [Seen], block: &[usize], found: &Addressed) -> bool {
        let Some(last) = block.last().filter(|_| found.standing == Standing::Here) else { return false };
        self.read_well(&mut seen[*last]);
        seen[*last].text.as_ref().is_some_and(|(text, _)| self.house.is_elsewhere(text))
    }

    /// Short words, the shortest first: among them are all that say whose block it is.
    fn markers(&mut self, seen: &mut [Seen]) {
        let least = self.left.saturating_sub(COLUMNS_FOR_MARKERS);
        let mut short: Vec<&mut Seen> = seen.iter_mut().filter(|line| line.is_short()).collect();
        let longer = |line: &Seen| line.rectangle.length / line.rectangle.thickness.max(1.0);
        short.sort_by(|a, b| longer(a).total_cmp(&longer(b)));
        for line in short {
            if self.left > least {
                self.read_well(line);
            }
        }
    }

    /// What was read so far makes no sense this way round, and more when turned.
    fn is_on_its_head(&mut self, seen: &[Seen]) -> bool {
        let read = seen.iter().filter_map(|line| line.text.as_ref().map(|(_, sure)| (line, *sure)));
        let mut read: Vec<(&Seen, f32)> = read.collect();
        let sum: f32 = read.iter().map(|(_, sure)| sure).sum();
        if read.is_empty() || sum / read.len() as f32 > DOUBTFUL {
            return false;
        }
        // Short words cost least.
        read.sort_by(|(a, _), (b, _)| a.rectangle.length.total_cmp(&b.rectangle.length));
        let mut gained = 0.0;
        for (line, sure) in read {
            let (x, y) = line.rectangle.along;
            let turned = self.columns(&Rectangle { along: (-x, -y), ..line.rectangle }, false);
            let Some(turned) = turned else { return false };
            gained += turned.text().1 - sure;
            if gained < CLEARLY / 2.0 {
                return false;
            }
        }
        gained > CLEARLY
    }

    /// What stands at the recipient's markers; then one line after the other, the largest print first, until a block is
    /// complete and what is left is smaller.
    fn rest(&mut self, seen: &mut [Seen]) {
        for at in at_markers(seen, Marker::To) {
            self.read_well(&mut seen[at]);
        }
        let senders = at_markers(seen, Marker::From);
        let mut order: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].text.is_none()).collect();
        // Lines of about one size are read from the top: so a block is complete soonest.
        let size = |at: usize| -(seen[at].rectangle.thickness.max(1.0).log(ONE_SIZE).round() as i32);
        order.sort_by_key(|at| (senders.contains(at), size(*at), seen[*at].place.top as i32));
        for at in order {
            let read: Vec<Line> = lines(seen).collect();
            let is_done = |found: &Addressed| {
                found.is_marked || seen[at].place.height() < SMALLER * found.height || senders.contains(&at)
            };
            if addressed(&read, self.house).is_some_and(|found| is_known(&found) && is_done(&found)) {
                return;
            }
            self.read_well(&mut seen[at]);
        }
    }
}

/// It may be the recipient's: a block that is for elsewhere is the sender's, unless there is no other.
fn is_known(found: &Addressed) -> bool {
    found.standing != Standing::Elsewhere
}

/// Lines that stand together and could be an address, those in the largest print and farthest in and down first.
fn blocks(seen: &[Seen]) -> Vec<Vec<usize>> {
    let places: Vec<Place> = seen.iter().map(|line| line.place).collect();
    let is_long = |at: &&usize| !seen[**at].is_short();
    let mut blocks = printed::blocks(&places);
    blocks.retain(|block| block.len() >= ADDRESS_LINES || block.iter().filter(is_long).count() >= 2);
    let size = |block: &[usize]| -(height(seen, block).max(1.0).log(ONE_SIZE).round() as i32);
    blocks.sort_by_key(|block| (size(block), -(places[block[0]].top as i32)));
    blocks
}

/// Of a line of a block, as most are.
fn height(seen: &[Seen], block: &[usize]) -> f32 {
    let mut heights: Vec<f32> = block.iter().map(|at| seen[*at].place.height()).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

/// Short words at which a block begins.
fn markers_of(seen: &[Seen], block: &[usize]) -> Vec<usize> {
    let Some(first) = block.first() else { return Vec::new() };
    let others: Vec<usize> =
        (0..seen.len()).filter(|at| !seen[*at].is_short() || block.contains(at)).collect();
    let places: Vec<Place> = others.iter().map(|at| seen[*at].place).collect();
    let begins_here = |at: &usize| {
        let rest: Vec<usize> = (0..others.len()).filter(|other| others[*other] != *at).collect();
        let places: Vec<Place> = rest.iter().map(|other| places[*other]).collect();
        let under = printed::below(&seen[*at].place, &places);
        under.first().is_some_and(|under| block.iter().take(2).any(|line| *line == others[rest[*under]]))
    };
    (0..seen.len())
        .filter(|at| seen[*at].is_short() && (!block.contains(at) || at == first))
        .filter(begins_here)
        .collect()
}

/// The lines that stand at markers of this kind.
fn at_markers(seen: &[Seen], kind: Marker) -> Vec<usize> {
    let others: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].marker().is_none()).collect();
    let places: Vec<Place> = others.iter().map(|at| seen[*at].place).collect();
    let markers = seen.iter().filter(|line| line.marker() == Some(kind));
    markers.flat_map(|marker| printed::below(&marker.place, &places)).map(|at| others[at]).collect()
}

/// A whole address, down to the town.
fn addressed(lines: &[Line], house: &House) -> Option<Addressed> {
    printed::addressed(lines, house).ok().filter(|found| found.recipient.city.is_some())
}

fn lines(seen: &[Seen]) -> impl Iterator<Item = Line> {
    seen.iter().filter_map(Seen::line)
}

fn read_lines(seen: &[Seen]) -> impl Iterator<Item = ReadLine> {
    seen.iter().filter_map(|one| Some(ReadLine { line: one.line()?, shapes: one.columns.as_ref()?.shapes() }))
}

fn texts(read: &[ReadLine]) -> Vec<Line> {
    read.iter().map(|one| one.line.clone()).collect()
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
