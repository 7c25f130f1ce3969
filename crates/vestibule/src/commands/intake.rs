//! `vestibule intake ...`: what a label says, for scripts and for trying things out. Reads no site.

mod find;
mod label;
mod track;

use crate::failure::Failure;
use clap::Subcommand;
use serde_json::Value;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Write};

/// An item is a number or a name; whoever sends more than this in one line sends something else.
const LONGEST_LINE: u64 = 64 << 10;

#[derive(Subcommand)]
pub enum Intake {
    /// Say whose tracking number this may be, with the evidence; unknown numbers are accepted as "other".
    Track(track::TrackArguments),
    /// Read photos of labels: every symbol, and the one record that they make.
    Label(label::LabelArguments),
    /// Say whom of a building a name on a label means.
    Match(find::MatchArguments),
}

pub fn run(intake: &Intake) -> Result<(), Failure> {
    match intake {
        Intake::Track(arguments) => track::run(arguments),
        Intake::Label(arguments) => label::run(arguments),
        Intake::Match(arguments) => find::run(arguments),
    }
}

/// What is printed of one item.
struct Printed {
    json: Value,
    words: Vec<String>,
}

/// Answers the item given, or one item a line of standard input, empty ones too, so that line N answers line N.
fn answer(item: Option<&str>, json: bool, say: &dyn Fn(&str) -> Printed) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = match item {
        Some(item) => print(&mut out, json, &say(item)),
        None => each_line(&mut out, json, say),
    };
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::from),
    }
}

fn each_line(out: &mut impl Write, json: bool, say: &dyn Fn(&str) -> Printed) -> std::io::Result<()> {
    // A buffer of our own: only of that is it known whether a line is there already.
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut line = Vec::new();
    loop {
        // Whoever waits for an answer before asking on gets it.
        if input.buffer().is_empty() {
            out.flush()?;
        }
        line.clear();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&line);
        print(out, json, &say(text.trim_end_matches(['\r', '\n'])))?;
    }
}

fn print(out: &mut impl Write, json: bool, printed: &Printed) -> std::io::Result<()> {
    if json {
        return writeln!(out, "{}", printed.json);
    }
    printed.words.iter().try_for_each(|line| writeln!(out, "{line}"))
}
