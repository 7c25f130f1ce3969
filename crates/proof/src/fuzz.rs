//! Bytes from strangers into every parser: structured random input, bred from examples that are right. A panic is a
//! violation; a parser that hangs is one too, by the time its batch takes.

pub mod targets;
mod told;

use crate::chance::Chance;
use crate::hunt::watched;
use std::path::Path;
use std::time::{Duration, Instant};
use targets::TARGETS;

/// The longest input, bytes.
pub const LONGEST: usize = 600;
const BATCH: u64 = 2_000;
/// A batch that takes longer hangs somewhere.
const BATCH_WITHIN: Duration = Duration::from_secs(20);

/// What fuzzing came to.
#[derive(Clone, Debug, Default)]
pub struct Fuzzed {
    /// Inputs in all.
    pub inputs: u64,
    /// Panics and hangs, in words.
    pub violations: Vec<String>,
}

/// What inputs are bred from, parser by parser.
pub struct Stock(Vec<Vec<Vec<u8>>>);

impl Stock {
    /// The examples, and what runs with coverage found: a folder with one folder a parser.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn gathered(found: Option<&Path>) -> std::io::Result<Self> {
        let mut stock = Vec::new();
        for target in &TARGETS {
            let mut inputs: Vec<Vec<u8>> = target.examples.iter().map(|example| example.to_vec()).collect();
            if let Some(folder) = found.map(|found| found.join(target.name)) {
                let mut files: Vec<_> = std::fs::read_dir(folder)?
                    .collect::<Result<Vec<_>, _>>()?
                    .iter()
                    .map(|f| f.path())
                    .collect();
                files.sort();
                for file in files {
                    inputs.push(std::fs::read(file)?);
                }
            }
            stock.push(inputs);
        }
        Ok(Self(stock))
    }

    /// Writes the examples where a run with coverage looks for its first inputs.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn lay_out(folder: &Path) -> std::io::Result<()> {
        for target in &TARGETS {
            let own = folder.join(target.name);
            std::fs::create_dir_all(&own)?;
            for (n, example) in target.examples.iter().enumerate() {
                std::fs::write(own.join(format!("example-{n}")), example)?;
            }
        }
        Ok(())
    }
}

/// Feeds so many inputs, or as many as the time allows.
pub fn fuzz(inputs: u64, time: Duration, seed: u64, stock: &Stock) -> Fuzzed {
    let start = Instant::now();
    let mut chance = Chance::new(seed);
    let mut fuzzed = Fuzzed::default();
    let shares = TARGETS.each_ref().map(|target| target.share);
    while fuzzed.inputs < inputs && start.elapsed() < time && fuzzed.violations.is_empty() {
        let at = chance.weighted(&shares);
        let (target, examples) = (&TARGETS[at], &stock.0[at]);
        let batch = Instant::now();
        let mut input = Vec::new();
        let outcome = watched(|| {
            for _ in 0..BATCH {
                breed(&mut input, examples, &mut chance);
                (target.parse)(&input);
            }
        });
        fuzzed.inputs += BATCH;
        if let Err(words) = outcome {
            fuzzed.violations.push(format!("{}: {words} with {input:02x?}", target.name));
        } else if batch.elapsed() > BATCH_WITHIN {
            fuzzed.violations.push(format!("{}: a batch took {:?}", target.name, batch.elapsed()));
        }
    }
    fuzzed
}

/// An example, changed here and there; sometimes nothing but noise.
fn breed(input: &mut Vec<u8>, examples: &[Vec<u8>], chance: &mut Chance) {
    input.clear();
    if !chance.once_in(16) {
        input.extend_from_slice(&examples[index(chance, examples.len())]);
    }
    for _ in 0..chance.below(6) {
        let at = index(chance, input.len() + 1);
        match chance.below(6) {
            0 if at < input.len() => input[at] ^= 1 << chance.below(8),
            1 => input.insert(at, byte(chance)),
            2 if at < input.len() => drop(input.remove(at)),
            3 => input.truncate(at),
            4 => {
                let piece = input[at..].to_vec();
                input.extend_from_slice(&piece);
            }
            _ => input.extend_from_slice(&examples[index(chance, examples.len())]),
        }
    }
    input.truncate(LONGEST);
}

fn index(chance: &mut Chance, length: usize) -> usize {
    usize::try_from(chance.below(length as u64)).expect("an index")
}

fn byte(chance: &mut Chance) -> u8 {
    const TELLING: [u8; 12] = *b"\x00\xFF\x7F\x80\n\r\",;{}\xC3";
    let any = chance.number().to_le_bytes()[0];
    if chance.once_in(2) { TELLING[usize::from(any) % TELLING.len()] } else { any }
}
