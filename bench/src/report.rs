//! What was measured, as a table and as JSON. A number stands beside what it is measured against, never alone.

use serde::Serialize;
use std::path::Path;

/// One measure.
#[derive(Serialize, Clone)]
pub struct Measure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    /// The same run's yardstick, in the same unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yardstick: Option<f64>,
    /// Value by yardstick, the middle of all turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<bool>,
    /// Load average of the last minute when it was taken: above the number of cores, others were at work.
    pub load: f64,
}

/// What a measure should be.
#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    RatioAtLeast(f64),
}

impl Measure {
    /// A value of its own.
    pub fn of(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            yardstick: None,
            ratio: None,
            goal: None,
            met: None,
            load: load(),
        }
    }

    /// Beside what it was measured against.
    pub fn against(mut self, yardstick: f64, ratio: f64) -> Self {
        (self.yardstick, self.ratio) = (Some(yardstick), Some(ratio));
        self
    }

    /// With a goal.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.met = Some(match goal {
            Goal::AtLeast(least) => self.value >= least,
            Goal::AtMost(most) => self.value <= most,
            Goal::RatioAtLeast(least) => self.ratio.is_some_and(|ratio| ratio >= least),
        });
        self.goal = Some(goal);
        self
    }
}

/// All of a run.
#[derive(Serialize, Default)]
pub struct Report {
    pub measures: Vec<Measure>,
    pub notes: Vec<String>,
}

impl Report {
    /// Adds a measure and shows it at once: runs are long.
    pub fn add(&mut self, measure: Measure) {
        if self.measures.is_empty() {
            println!(
                "{:<58} {:>10} {:>10} {:>6}  {:<14} {:>5}",
                "measure", "value", "yardstick", "ratio", "goal", "load"
            );
        }
        println!("{}", line(&measure));
        self.measures.push(measure);
    }

    /// Adds a remark.
    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        println!("  {note}");
        self.notes.push(note);
    }

    /// Writes it for programs.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        Ok(std::fs::write(path, serde_json::to_string_pretty(self)? + "\n")?)
    }
}

fn line(measure: &Measure) -> String {
    let Measure { name, value, unit, yardstick, ratio, goal, met, load } = measure;
    let number =
        |value: &f64| if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    let optional = |value: &Option<f64>| value.as_ref().map_or(String::new(), number);
    let goal = goal.map_or(String::new(), |goal| {
        let text = match goal {
            Goal::AtLeast(least) => format!(">= {least}"),
            Goal::AtMost(most) => format!("<= {most}"),
            Goal::RatioAtLeast(least) => format!("ratio >= {least}"),
        };
        format!("{text} {}", if *met == Some(true) { "ok" } else { "MISSED" })
    });
    let name = format!("{name} [{unit}]");
    format!(
        "{name:<58} {:>10} {:>10} {:>6}  {goal:<14} {load:>5.1}",
        number(value),
        optional(yardstick),
        optional(ratio)
    )
}

/// The load average of the last minute.
pub fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(f64::NAN)
}
