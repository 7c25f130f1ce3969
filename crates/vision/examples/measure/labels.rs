//! From photos of whole labels to residents: 160 labels of one seed, forty at each level.

use crate::camera::{LEVELS, photo};
use crate::chance::Chance;
use crate::cpu_ms;
use crate::directory::{Building, printed};
use crate::paper::{Fonts, label};
use std::path::{Path, PathBuf};
use vestibule_intake::{Decision, Directory};
use vestibule_vision::{TextReader, read};

/// The ladder and the limits were chosen looking at these.
const TUNING: u64 = 20_261_128;
/// And these are read once.
const HELD_OUT: u64 = 90_417;
const LABELS: usize = 160;

/// What is asked after `bench intake`.
pub struct Asked {
    pub models: PathBuf,
    fonts: PathBuf,
    seed: u64,
    labels: usize,
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
    let held_out = arguments.iter().any(|argument| argument == "--held-out");
    Asked {
        models: after("--models").map_or_else(|| PathBuf::from("models"), PathBuf::from),
        fonts: after("--fonts").map_or_else(|| PathBuf::from("/usr/share/fonts/truetype"), PathBuf::from),
        seed: number("--seed").unwrap_or(if held_out { HELD_OUT } else { TUNING }),
        labels: number("--labels").and_then(|count| usize::try_from(count).ok()).unwrap_or(LABELS),
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
}

/// Prints a row for each level and one for all.
pub fn measure(arguments: &[String]) {
    let asked = asked(arguments);
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
    println!("labels, seed {}: number read, right at the top, filled in, of those right", asked.seed);
    let mut times = Vec::new();
    let mut all = Row::default();
    for level in 0..LEVELS.len() {
        let row = level_of(level, &asked, &reader, &fonts, &mut times);
        let own = &times[times.len() - row.labels..];
        let mean = own.iter().sum::<f64>() / own.len().max(1) as f64;
        println!("level {level}: {}; {mean:.0} ms on the mean", row.in_words());
        all.labels += row.labels;
        all.numbers += row.numbers;
        all.top += row.top;
        all.auto += row.auto;
        all.right += row.right;
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
    fn in_words(&self) -> String {
        let Self { labels, numbers, top, auto, right } = self;
        format!("of {labels}: {numbers} numbers, {top} top, {auto} auto, {right} right")
    }
}

fn level_of(level: usize, asked: &Asked, reader: &TextReader, fonts: &Fonts, times: &mut Vec<f64>) -> Row {
    let mut row = Row::default();
    // One building of a seed; its labels differ.
    let building = Building::invented(&mut Chance::new(asked.seed));
    let house = building.house();
    let directory = Directory::new(building.residents.clone());
    for at in 0..asked.labels / LEVELS.len() {
        let mut chance = Chance::new(asked.seed + (level * 1_000 + at) as u64 * 7_919);
        let resident = &building.residents[chance.below(building.residents.len())];
        let sent = printed(&building, resident, &mut chance);
        let (paper, number) = label(fonts, &sent.lines, &mut chance);
        let file = photo(&paper, &LEVELS[level], &mut chance);
        if let Some(folder) = &asked.keeps {
            keep(folder, &format!("{level}-{at}.jpg"), &file);
        }
        let started = cpu_ms();
        let found = read(&file, Some(reader), &house).expect("a photo is a picture");
        times.push(cpu_ms() - started);
        let name = found.recipient.addressed_to().unwrap_or_default();
        let unit = found.recipient.unit();
        let matched = directory.find(name, unit.as_deref());
        let is_right = matched.ranked.first().is_some_and(|best| best.resident.unit == resident.unit);
        let is_auto = matched.decision == Decision::Auto;
        row.labels += 1;
        row.numbers += usize::from(found.tracking.as_deref() == Some(number.as_str()));
        row.top += usize::from(is_right);
        row.auto += usize::from(is_auto);
        row.right += usize::from(is_auto && is_right);
        if asked.shows && (!is_right || !is_auto) {
            let took = times.last().copied().unwrap_or_default();
            println!(
                "  {level}-{at} {:?} unit {} {took:.0} ms {:?}: {} {} -> {name:?} {unit:?} {} {:?}",
                sent.variant,
                sent.has_unit,
                sent.lines,
                resident.first,
                resident.last,
                matched.decision.code(),
                matched.ranked.iter().map(|one| (&one.resident.unit, one.score)).collect::<Vec<_>>(),
            );
            for line in &found.lines {
                println!("      {:.2} {:?} {:?}", line.confidence, line.text, line.place);
            }
        }
    }
    row
}

fn keep(folder: &Path, name: &str, file: &[u8]) {
    std::fs::write(folder.join(name), file).expect("the folder for photos is there");
}
