//! Prints what a member of staff asks for, while they wait, and says what became of it.
//!
//! Owns: which printer prints what, and that a printer has one job at a time, which goes on to its end even when nobody waits for
//! it any more: half a sheet would swallow the beginning of the next. Never: keeps a job, tries it again, or traces what is on it. Printing is no effect of an event: nobody wants yesterday's slip when the paper is back.

use crate::config::{PrinterConfig, PrinterUse};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use vestibule_devices::printer::{Job, Matter, PrintError, Printed, Printer, encode};

/// How long the person in front waits at most, the jobs before theirs included.
const BUDGET: Duration = Duration::from_secs(8);
/// A job is not begun with less than this part of its time left: it would be torn off in the middle.
const LEAST: u32 = 4;

/// The printers of a site.
#[derive(Clone, Debug, Default)]
pub struct Printers(Vec<Arc<Known>>);

#[derive(Debug)]
struct Known {
    name: String,
    used_for: Vec<PrinterUse>,
    printer: Printer,
    turn: Mutex<()>,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintOutcome {
    /// The printer, as staff call it.
    pub printer: String,
    /// How it ended.
    pub end: Result<Printed, PrintError>,
}

impl PrintOutcome {
    /// The paper is there: the printer itself said so.
    pub fn is_certain(&self) -> bool {
        self.end == Ok(Printed::Confirmed)
    }
}

impl Printers {
    /// Those of a configuration. Nothing is opened: a printer may be switched on later.
    pub fn of(configs: &[PrinterConfig]) -> Self {
        let known = |config: &PrinterConfig| Known {
            name: config.name.clone(),
            used_for: config.used_for.clone(),
            printer: config.printer(),
            turn: Mutex::default(),
        };
        Self(configs.iter().map(|config| Arc::new(known(config))).collect())
    }

    /// The name of the printer that prints such things; None: only the browser does.
    pub fn name(&self, wanted: PrinterUse) -> Option<&str> {
        self.find(wanted).map(|known| known.name.as_str())
    }

    /// Prints sheets one after the other. None: there is no printer for such things. What was begun is ended, though the caller
    /// may go away meanwhile, as a closed browser does.
    pub async fn print(&self, wanted: PrinterUse, sheets: &[Matter]) -> Option<PrintOutcome> {
        let known = Arc::clone(self.find(wanted)?);
        let (printer, count) = (known.name.clone(), sheets.len());
        let job = encode(sheets, &known.printer.abilities);
        let printing = tokio::spawn(async move { known.print(&job, BUDGET).await });
        let end = printing.await.unwrap_or_else(|error| {
            tracing::error!(%error, "printing ended badly");
            Err(PrintError::HungUp)
        });
        tracing::info!(printer = %printer, sheets = count, ?end, "asked a printer to print");
        Some(PrintOutcome { printer, end })
    }

    fn find(&self, wanted: PrinterUse) -> Option<&Arc<Known>> {
        self.0.iter().find(|known| known.used_for.contains(&wanted))
    }
}

impl Known {
    async fn print(&self, job: &Job, budget: Duration) -> Result<Printed, PrintError> {
        let began = Instant::now();
        let Ok(_turn) = timeout(budget - budget / LEAST, self.turn.lock()).await else {
            return Err(PrintError::Stalled);
        };
        self.printer.print(job, budget.saturating_sub(began.elapsed())).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_devices::printer::{Abilities, PrinterLanguage, PrinterLine, TextSize};
    use vestibule_simulators::printers::{PrinterSim, Speech};

    #[tokio::test]
    async fn who_comes_after_a_job_that_hangs_is_told_within_one_budget() {
        let slips = PrinterSim::start(Speech::EscPos).await.expect("a port is free");
        slips.set(|knobs| knobs.stalls = true);
        let abilities =
            Abilities { language: PrinterLanguage::EscPos, width_mm: 80, height_mm: None, cut: true };
        let line = PrinterLine::Tcp { address: slips.address().to_string() };
        let printer = Printer { line, abilities };
        let known = Known { name: "Front".to_owned(), used_for: Vec::new(), printer, turn: Mutex::default() };
        let slip =
            || Matter::new().text(TextSize::Plain, "The Elm House").qr("VP7K0123456789ABCDEFGHJKMNPQRST");
        // The first is more than the machine's own buffers hold.
        let many: Vec<Matter> = (0..60_000).map(|_| slip()).collect();
        let (hangs, next) = (encode(&many, &abilities), encode(&[slip()], &abilities));
        let budget = Duration::from_millis(1_200);
        let (first, second) = (known.print(&hangs, budget), known.print(&next, budget));
        tokio::pin!(first, second);
        tokio::select! {
            biased;
            end = &mut first => panic!("the other one waited until the end of the first: {end:?}"),
            end = &mut second => assert_eq!(end, Err(PrintError::Stalled)),
        }
        assert_eq!(first.await, Err(PrintError::Stalled));
    }
}
