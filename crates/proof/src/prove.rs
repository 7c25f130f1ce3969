//! A full run, stage by stage, each with a printed budget of time, and the figures it leaves. The figures are written by
//! the run itself and by nobody else.

use crate::attack::strangers::{ATTACKS, ROUNDS, attack};
use crate::attack::{guess_for_years, replay_spent_codes};
use crate::chance::Chance;
use crate::fuzz::{Fuzzed, Stock, fuzz};
use crate::hunt::{Total, hunt_on};
use crate::points::{WORKFLOWS, an_old_disk_comes_back, crash_everywhere};
use crate::world::founded;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Minutes of a full run of sixty, by stage; a shorter run gets its part of each. What is left of the sixty belongs to the
/// stages outside of this crate.
const BUDGETS: [(&str, f64); 7] = [
    ("years", 7.0),
    ("points", 6.5),
    ("attacks", 0.5),
    ("strangers", 2.0),
    ("fuzz", 5.0),
    ("hunt", 25.0),
    ("planted", 3.0),
];
const FULL_RUN: f64 = 60.0;
const BUILDING_YEARS: u64 = 104;
const FUZZ_INPUTS: u64 = 100_000_000;
const REPLAYS: u64 = 100_000;
const YEARS: i64 = 10;

/// The figures so far.
pub struct Figures {
    values: serde_json::Map<String, Value>,
    minutes: f64,
    threads: u64,
    spared: Duration,
    violations: Vec<String>,
}

impl Figures {
    /// A run of so many minutes on so many threads, going on with the figures of the stages before it.
    pub fn of(minutes: f64, threads: u64, before: Option<&str>) -> Self {
        let values = before.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        Self { values, minutes, threads, spared: Duration::ZERO, violations: Vec::new() }
    }

    /// Everything but the planted bugs, which need a build of their own.
    pub fn prove(&mut self, first_seed: u64, stock: &Stock) {
        self.stage("years", |figures, time| figures.lives(first_seed, time));
        self.stage("points", |figures, time| figures.crashes(first_seed, time));
        self.stage("attacks", |figures, _| figures.attacks(first_seed));
        self.stage("strangers", |figures, time| figures.strangers(first_seed, time));
        self.stage("fuzz", |figures, time| figures.fuzzes(first_seed, time, stock));
        self.stage("hunt", |figures, time| figures.hunts(first_seed, time));
    }

    /// Runs a stage within its part of the time.
    pub fn stage(&mut self, name: &str, work: impl FnOnce(&mut Self, Duration)) {
        let share = BUDGETS.iter().find(|(of, _)| *of == name).map_or(0.0, |(_, share)| *share);
        let own = self.minutes * 60.0 * share / FULL_RUN;
        // What the stages before did not need is the next one's.
        let time = Duration::from_secs_f64(own) + std::mem::take(&mut self.spared);
        eprintln!("[{name}] {:.0} s", time.as_secs_f64());
        let (start, before) = (Instant::now(), self.violations.len());
        work(self, time);
        self.violations[before..].iter().for_each(|violation| eprintln!("[{name}] VIOLATION: {violation}"));
        self.spared = time.saturating_sub(start.elapsed());
        eprintln!(
            "[{name}] took {:.0} s, {} violations",
            start.elapsed().as_secs_f64(),
            self.violations.len()
        );
    }

    fn lives(&mut self, first: u64, time: Duration) {
        let total = crate::hunt::years::lives(BUILDING_YEARS, self.threads, (first, time));
        self.count(&total);
    }

    fn hunts(&mut self, first: u64, time: Duration) {
        let start = Instant::now();
        let total = hunt_on(self.threads, first, time);
        let seconds = start.elapsed().as_secs_f64() * self.threads as f64;
        self.set("seeds", total.seeds);
        self.values
            .insert("cuts_per_second_and_core".into(), json!((total.power_cuts as f64 / seconds).round()));
        self.count(&total);
    }

    fn crashes(&mut self, first: u64, time: Duration) {
        let start = Instant::now();
        let (mut points, mut by_workflow) = (0, serde_json::Map::new());
        for round in first.. {
            let done = self.crash_round(round, &mut by_workflow);
            points += done;
            if start.elapsed() >= time || !self.violations.is_empty() {
                break;
            }
        }
        self.set("crash_points", points);
        self.values.insert("crash_points_by_workflow".into(), by_workflow.into());
    }

    /// Every workflow once, the workflows shared out between the threads.
    fn crash_round(&mut self, seed: u64, by_workflow: &mut serde_json::Map<String, Value>) -> u64 {
        let threads = usize::try_from(self.threads).unwrap_or(1);
        let runs: Vec<_> = std::thread::scope(|scope| {
            let share = |n| {
                scope.spawn(move || {
                    let founded = founded();
                    let mine = WORKFLOWS.iter().skip(n).step_by(threads);
                    let mut crashed: Vec<_> =
                        mine.map(|workflow| crash_everywhere(*workflow, seed, 1, &founded)).collect();
                    if n == 0 {
                        let total = an_old_disk_comes_back(seed, &founded);
                        crashed.push(crate::points::Crashed { name: "an old disk", points: 1, total });
                    }
                    crashed
                })
            };
            let started: Vec<_> = (0..threads).map(share).collect();
            started.into_iter().flat_map(|run| run.join().expect("violations are caught")).collect()
        });
        let mut points = 0;
        for crashed in runs {
            points += crashed.points;
            let before = by_workflow.get(crashed.name).and_then(Value::as_u64).unwrap_or(0);
            by_workflow.insert(crashed.name.to_owned(), json!(before + crashed.points));
            self.count(&crashed.total);
        }
        points
    }

    fn attacks(&mut self, seed: u64) {
        let founded = founded();
        match guess_for_years(YEARS, seed, &founded) {
            Ok(guessed) => {
                let far = format!("{:.2}", guessed.sigmas());
                self.values.insert(
                    "keypad".into(),
                    json!({ "years": YEARS, "guesses": guessed.guesses, "hits": guessed.hits,
                            "expected": guessed.expected.round(), "sigmas_off": far, "most_a_day": guessed.most_a_day }),
                );
                self.add("operations", guessed.guesses);
                if guessed.sigmas() > 4.0 || guessed.expected < 400.0 {
                    self.violations.push(format!("guessing at the keypad: {guessed:?}"));
                }
            }
            Err(words) => self.violations.push(format!("guessing at the keypad: {words}")),
        }
        match replay_spent_codes(REPLAYS, seed, &founded) {
            Ok(tries) => {
                self.set("replayed_codes", tries);
                self.add("operations", tries);
            }
            Err(words) => self.violation(format!("replay: {words}")),
        }
    }

    /// Attack after attack, each with people around it, until the time is up; each kind at least once.
    fn strangers(&mut self, first: u64, time: Duration) {
        let (start, threads) = (Instant::now(), self.threads);
        let runs: Vec<Result<u64, String>> = std::thread::scope(|scope| {
            let share = |thread| {
                scope.spawn(move || {
                    let founded = founded();
                    let mine = (thread..).step_by(usize::try_from(threads).unwrap_or(1));
                    let is_on = |n: &usize| *n < ATTACKS.len() || start.elapsed() < time;
                    let one = |n: usize| attack(first + n as u64, ROUNDS, &founded, false);
                    mine.take_while(is_on).map(one).collect::<Vec<_>>()
                })
            };
            let started: Vec<_> = (0..usize::try_from(threads).unwrap_or(1)).map(share).collect();
            started.into_iter().flat_map(|run| run.join().expect("violations are caught")).collect()
        });
        self.set("attacks_of_strangers", runs.len() as u64 * ROUNDS.0);
        for run in runs {
            match run {
                Ok(asked) => self.add("operations", asked),
                Err(words) => self.violation(words),
            }
        }
    }

    fn violation(&mut self, words: String) {
        let is_wrong = words.contains("wrong opening") || words.contains("I5");
        self.add("wrong_openings", u64::from(is_wrong));
        self.violations.push(words);
    }

    fn fuzzes(&mut self, seed: u64, time: Duration, stock: &Stock) {
        let threads = self.threads;
        let mut chance = Chance::new(seed);
        let seeds: Vec<u64> = (0..threads).map(|_| chance.number()).collect();
        let runs: Vec<Fuzzed> = std::thread::scope(|scope| {
            let started: Vec<_> = seeds
                .iter()
                .map(|seed| scope.spawn(move || fuzz(FUZZ_INPUTS.div_ceil(threads), time, *seed, stock)))
                .collect();
            started.into_iter().map(|run| run.join().expect("violations are caught")).collect()
        });
        for fuzzed in runs {
            self.add("fuzz_inputs", fuzzed.inputs);
            self.violations.extend(fuzzed.violations);
        }
    }

    /// What hunting the planted bugs came to: each must be found.
    #[cfg(feature = "planted")]
    pub fn planted(&mut self, each: Duration) {
        self.stage("planted", |figures, _| {
            let hunted = crate::planted::hunt_all(each, None);
            let found = hunted.iter().filter(|hunted| hunted.found.is_some()).count();
            let table: Vec<_> = hunted
                .iter()
                .map(|hunted| {
                    let (seed, words) = hunted.found.clone().map_or((None, String::new()), |(s, w)| (Some(s), w));
                    let words = words.split(" (").next().unwrap_or_default().to_owned();
                    json!({ "bug": hunted.name, "seed": seed, "seconds": (hunted.seconds * 10.0).round() / 10.0, "words": words })
                })
                .collect();
            figures.set("planted_total", hunted.len() as u64);
            figures.set("planted_found", found as u64);
            figures.values.insert("planted".into(), table.into());
            for missed in hunted.iter().filter(|hunted| hunted.found.is_none()) {
                figures.violations.push(format!("the planted bug {} was not found", missed.name));
            }
        });
    }

    fn count(&mut self, total: &Total) {
        self.add("power_cuts", total.power_cuts);
        self.add("process_deaths", total.kills);
        self.add("io_errors", total.errors);
        self.add("sectors_dropped", total.dropped);
        self.add("sectors_torn", total.torn);
        self.add("operations", total.operations);
        self.add("pulses", total.pulses);
        let years = total.simulated_ms as f64 / (365.0 * 86_400_000.0);
        let before = self.values.get("building_years").and_then(Value::as_f64).unwrap_or(0.0);
        self.values.insert("building_years".into(), json!(((before + years) * 100.0).round() / 100.0));
        self.add("wrong_openings", 0);
        for (seed, words) in &total.violations {
            self.violation(format!("seed {seed}: {words}"));
        }
    }

    fn set(&mut self, key: &str, value: u64) {
        self.values.insert(key.to_owned(), value.into());
    }

    fn add(&mut self, key: &str, more: u64) {
        let before = self.values.get(key).and_then(Value::as_u64).unwrap_or(0);
        self.set(key, before + more);
    }

    /// The whole, as it is committed; and every violation, in words.
    pub fn finish(mut self, commit: &str) -> (String, Vec<String>) {
        for key in ["real_kills", "planted_found", "planted_total", "violations"] {
            self.add(key, 0);
        }
        self.add("violations", self.violations.len() as u64);
        self.values.insert("commit".into(), commit.into());
        let minutes = self.values.get("minutes").and_then(Value::as_f64).unwrap_or(0.0).max(self.minutes);
        self.values.insert("minutes".into(), json!(minutes));
        let text = serde_json::to_string_pretty(&self.values).expect("plain data");
        (text + "\n", self.violations)
    }
}

/// The part of `docs/proof.md` that a run writes, from its figures.
pub fn page(figures: &str) -> String {
    let values: Value = serde_json::from_str(figures).unwrap_or_default();
    let mut page = String::from("| figure | last run |\n|---|---|\n");
    for (key, value) in values.as_object().into_iter().flatten().filter(|(_, value)| !value.is_array()) {
        let shown = match value {
            Value::Object(parts) => {
                parts.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
            }
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        page.push_str(&format!("| {} | {shown} |\n", key.replace('_', " ")));
    }
    page.push_str("\n| planted bug | found by seed | seconds | as |\n|---|---|---|---|\n");
    for bug in values["planted"].as_array().into_iter().flatten() {
        let words = bug["words"].as_str().unwrap_or_default().replace('|', "/");
        let words: String = words.chars().take(110).collect();
        page.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            bug["bug"].as_str().unwrap_or_default(),
            bug["seed"],
            bug["seconds"],
            words.replace('\n', " ")
        ));
    }
    page
}

/// Puts the part of a run between its marks.
pub fn with_page(document: &str, part: &str) -> Option<String> {
    const FROM: &str = "<!-- figures: written by `cargo xtask prove` -->\n";
    const TO: &str = "<!-- end of figures -->";
    let (before, rest) = document.split_once(FROM)?;
    let (_, after) = rest.split_once(TO)?;
    Some(format!("{before}{FROM}\n{part}\n{TO}{after}"))
}
