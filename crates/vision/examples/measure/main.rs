//! Measures reading of pictures: `cargo xtask bench intake`. Method and figures: `docs/intake.md`.

mod camera;
mod chance;
mod directory;
mod labels;
mod noise;
mod paper;
mod payload;
mod scene;

use chance::Chance;
use payload::KINDS;
use rustix::time::{ClockId, clock_gettime};
use scene::{TREATMENTS, Treatment};
use vestibule_vision::symbols;

const SEED: u64 = 20_261_122;
const PAYLOADS: usize = 10;

fn main() {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "load average {}; times are of the process on the CPU",
        load.split(' ').next().unwrap_or_default()
    );
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_asked = |part: &str| arguments.iter().any(|argument| argument == part);
    if !is_asked("--labels-only") {
        symbols_alone();
        noise::measure(&labels::asked(&arguments).models);
    }
    labels::measure(&arguments);
}

/// Milliseconds this process has used.
pub fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

#[derive(Default)]
struct Row {
    right: [usize; KINDS.len()],
    misread: usize,
}

/// 6 symbols, 10 payloads, 15 treatments.
fn symbols_alone() {
    let mut times = Vec::new();
    let (mut right, mut misread) = (0, 0);
    println!("symbols, seed {SEED}: right of {PAYLOADS} each\n{:24} {KINDS:?}", "");
    for treatment in TREATMENTS {
        let row = treated(treatment, &mut times);
        println!("{:24} {:?} misread {}", format!("{treatment:?}"), row.right, row.misread);
        right += row.right.iter().sum::<usize>();
        misread += row.misread;
    }
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    println!(
        "symbols: {right} of {} right, {misread} misread; {:.1} ms at the median, {:.1} at 95 %, {:.1} at most",
        times.len(),
        at(50),
        at(95),
        at(100)
    );
}

fn treated(treatment: Treatment, times: &mut Vec<f64>) -> Row {
    let mut row = Row::default();
    for (at, kind) in KINDS.into_iter().enumerate() {
        // The same ten payloads under every treatment.
        let mut chance = Chance::new(SEED + at as u64);
        let payloads: Vec<String> = (0..PAYLOADS).map(|_| kind.payload(&mut chance)).collect();
        for payload in payloads {
            let photo = scene::photo(&scene::symbol(kind, &payload), treatment, &mut chance);
            let started = cpu_ms();
            let found = symbols::find(&photo);
            times.push(cpu_ms() - started);
            let is_right = |symbol: &vestibule_vision::Symbol| plain(&symbol.text()) == plain(&payload);
            row.right[at] += usize::from(found.symbols.iter().any(is_right));
            let wrong = found.symbols.iter().filter(|symbol| !is_right(symbol)).count();
            if wrong > 0 {
                eprintln!("misread: {kind:?} {treatment:?} {payload:?} as {:?}", found.symbols);
            }
            row.misread += usize::from(wrong > 0);
        }
    }
    row
}

/// Without separators and the parentheses in which the writer wants application identifiers.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '(' | ')')).collect()
}
