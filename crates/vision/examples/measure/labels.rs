//! From photos of whole labels to residents: 160 labels of one seed, forty at each level.

use crate::camera::{LEVELS, photo};
use crate::chance::Chance;
use crate::cpu_ms;
use crate::directory::{Building, Printed, printed};
use crate::paper::{Fonts, begun, label};
use std::path::{Path, PathBuf};
use vestibule_intake::{Decision, Directory, Found, Recipient, Resident};
use vestibule_vision::{TextReader, photo::decode, read, symbols};

/// The ladder and the limits were chosen looking at these.
const TUNING: u64 = 20_261_128;
/// And these are read once.
const HELD_OUT: u64 = 52_961;
const LABELS: usize = 160;

/// What is asked after `bench intake`.
pub struct Asked {
    pub models: PathBuf,
    fonts: PathBuf,
    /// Measured one after the other.
    seeds: Vec<u64>,
    /// The one that is measured now.
    seed: u64,
    labels: usize,
    levels: Vec<usize>,
    shows: bool,
    keeps: Option<PathBuf>,
}

/// Reads it.
pub fn asked(arguments: &[String]) -> Asked {
    let after = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1)
    };
    let number = |flag: &str| after(flag).and_then(|text| text.parse::<u64>().ok());
    let seeds = |text: &String| text.split(',').filter_map(|seed| seed.parse().ok()).collect::<Vec<u64>>();
    let held_out = arguments.iter().any(|argument| argument == "--held-out");
    Asked {
        models: after("--models").map_or_else(|| PathBuf::from("models"), PathBuf::from),
        fonts: after("--fonts").map_or_else(|| PathBuf::from("/usr/share/fonts/truetype"), PathBuf::from),
        seeds: after("--seed").map_or_else(|| vec![if held_out { HELD_OUT } else { TUNING }], seeds),
        seed: 0,
        labels: number("--labels").and_then(|count| usize::try_from(count).ok()).unwrap_or(LABELS),
        levels: match number("--level").and_then(|level| usize::try_from(level).ok()) {
            Some(level) => vec![level.min(LEVELS.len() - 1)],
            None => (0..LEVELS.len()).collect(),
        },
        shows: arguments.iter().any(|argument| argument == "--show"),
        keeps: after("--keep").map(PathBuf::from),
    }
}

#[derive(Default)]
struct Row {
    labels: usize,
    numbers: usize,
    top: usize,
    auto: usize,
    right: usize,
    /// Of the labels, those too worn to be read, whose people were compared with the print.
    likened: usize,
    /// Of the time, what the search for symbols took, in milliseconds; only where it is shown.
    symbols: f64,
}

/// Prints a row for each level and one for all, of each seed.
pub fn measure(arguments: &[String]) {
    let mut asked = asked(arguments);
    let reader = match TextReader::open(&asked.models) {
        Ok(reader) => reader,
        Err(why) => return println!("labels: not measured, {why}; `cargo xtask models` fetches the models"),
    };
    let fonts = match Fonts::open(&asked.fonts) {
        Ok(fonts) => fonts,
        Err(why) => {
            return println!(
                "labels: not measured, {why}; on Debian the fonts are in fonts-liberation and fonts-dejavu-core"
            );
        }
    };
    for seed in asked.seeds.clone() {
        asked.seed = seed;
        measured(&asked, &reader, &fonts);
    }
}

fn measured(asked: &Asked, reader: &TextReader, fonts: &Fonts) {
    println!("labels, seed {}: number read, right at the top, filled in, of those right", asked.seed);
    as_printed(asked);
    let mut times = Vec::new();
    let mut all = Row::default();
    for level in asked.levels.iter().copied() {
        let row = level_of(level, asked, reader, fonts, &mut times);
        let own = &times[times.len() - row.labels..];
        let mean = own.iter().sum::<f64>() / own.len().max(1) as f64;
        println!("level {level}: {}; {mean:.0} ms on the mean", row.in_words());
        if asked.shows {
            println!("  of that {:.0} ms for the search for symbols", row.symbols / row.labels.max(1) as f64);
        }
        all.labels += row.labels;
        all.numbers += row.numbers;
        all.top += row.top;
        all.auto += row.auto;
        all.right += row.right;
        all.likened += row.likened;
    }
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    println!(
        "labels: {}; {mean:.0} ms on the mean, {:.0} at 95 %, {:.0} at most",
        all.in_words(),
        at(95),
        at(100)
    );
}

impl Row {
    fn add(&mut self, matched: &Found<'_>, is_right: bool) {
        let is_auto = matched.decision == Decision::Auto;
        self.labels += 1;
        self.top += usize::from(is_right);
        self.auto += usize::from(is_auto);
        self.right += usize::from(is_auto && is_right);
    }

    fn in_words(&self) -> String {
        let Self { labels, numbers, top, auto, right, likened, .. } = self;
        format!("of {labels}: {numbers} numbers, {top} top, {auto} auto, {right} right, {likened} likened")
    }
}

/// One label's resident and what is printed for them, with the chance for the rest of it; and how often it was drawn until
/// somebody with the list could tell whose it is.
fn drawn<'a>(
    building: &'a Building,
    asked: &Asked,
    level: usize,
    at: usize,
) -> (&'a Resident, Printed, Chance, usize) {
    let mut chance = Chance::new(asked.seed + (level * 1_000 + at) as u64 * 7_919);
    let mut again = 0;
    loop {
        let resident = &building.residents[chance.below(building.residents.len())];
        let sent = printed(building, resident, &mut chance);
        if building.can_tell(&sent, resident) {
            return (resident, sent, chance, again);
        }
        again += 1;
    }
}

/// What the matcher makes of the same labels where every letter is read.
fn as_printed(asked: &Asked) {
    let building = Building::invented(&mut Chance::new(asked.seed));
    let directory = Directory::new(building.residents.clone());
    let (mut row, mut drawn_again) = (Row::default(), 0);
    for level in asked.levels.iter().copied() {
        for at in 0..asked.labels / LEVELS.len() {
            let (resident, sent, _, again) = drawn(&building, asked, level, at);
            drawn_again += again;
            let line = |at: usize| sent.lines.get(at).cloned();
            let second_line = line(2).filter(|_| sent.lines.len() > 3);
            let recipient = Recipient { name: line(0), street: line(1), second_line, ..Recipient::default() };
            let matched =
                directory.find(recipient.addressed_to().unwrap_or_default(), recipient.unit().as_deref());
            row.add(&matched, is_right(&matched, resident));
            if asked.shows && !is_right(&matched, resident) {
                println!("  {level}-{at} {:?}: {:?} {:?}", sent.variant, sent.lines, resident);
            }
        }
    }
    let Row { labels, top, auto, right, .. } = row;
    println!(
        "as printed: of {labels}: {top} top, {auto} auto, {right} right; {drawn_again} drawn again, nobody could tell whose"
    );
}

fn is_right(matched: &Found<'_>, resident: &Resident) -> bool {
    matched.ranked.first().is_some_and(|best| best.resident.unit == resident.unit)
}

fn level_of(level: usize, asked: &Asked, reader: &TextReader, fonts: &Fonts, times: &mut Vec<f64>) -> Row {
    let mut row = Row::default();
    // One building of a seed; its labels differ.
    let building = Building::invented(&mut Chance::new(asked.seed));
    let house = building.house();
    let directory = Directory::new(building.residents.clone());
    for at in 0..asked.labels / LEVELS.len() {
        let (resident, sent, mut chance, _) = drawn(&building, asked, level, at);
        let (font, number) = begun(&mut chance);
        let mut draw = || {
            let paper = label(fonts, (font, &number), &sent.lines, &mut chance);
            photo(&paper, &LEVELS[level], &mut chance)
        };
        let file = match &asked.keeps {
            Some(folder) => kept(&folder.join(format!("{}-{level}-{at}.jpg", asked.seed)), draw),
            None => draw(),
        };
        let started = cpu_ms();
        let found = read(&file, Some(reader), &house).expect("a photo is a picture");
        times.push(cpu_ms() - started);
        let name = found.recipient.addressed_to().unwrap_or_default();
        let unit = found.recipient.unit();
        let mut matched = directory.find(name, unit.as_deref());
        if found.is_likened() {
            matched.decision = matched.decision.asked();
        }
        let is_right = is_right(&matched, resident);
        row.add(&matched, is_right);
        row.likened += usize::from(found.is_likened());
        row.numbers += usize::from(found.tracking.as_deref() == Some(number.as_str()));
        if asked.shows {
            let started = cpu_ms();
            let _ = decode(&file).map(|picture| symbols::find(&picture));
            row.symbols += cpu_ms() - started;
        }
        if asked.shows && (!is_right || matched.decision != Decision::Auto) {
            let took = times.last().copied().unwrap_or_default();
            println!(
                "  {level}-{at} {:?} unit {} {took:.0} ms {:?}: {} {} {} -> {name:?} {unit:?}{} {} {:?}{}",
                sent.variant,
                sent.has_unit,
                sent.lines,
                resident.first,
                resident.last,
                resident.unit,
                if found.is_likened() { " likened" } else { "" },
                matched.decision.code(),
                matched.ranked.iter().map(|one| (&one.resident.unit, one.score)).collect::<Vec<_>>(),
                if is_right { "" } else { " WRONG" },
            );
            for line in &found.lines {
                println!("      {:.2} {:?} {:?}", line.confidence, line.text, line.place);
            }
        }
    }
    row
}

/// Drawn once: the next run takes it from there.
fn kept(path: &Path, draw: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|_| {
        let file = draw();
        std::fs::write(path, &file).expect("the folder for photos is there");
        file
    })
}
