//! Prints what a member of staff asks for, while they wait, and says what became of it.
//!
//! Owns: which printer prints what, and that a printer has one job at a time. Never: keeps a job, tries it again, or traces
//! what is on it. Printing is no effect of an event: nobody wants yesterday's slip when the paper is back.

use crate::config::{PrinterConfig, PrinterUse};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use vestibule_devices::printer::{Matter, PrintError, Printed, Printer, encode};

/// How long the person in front waits at most, the jobs before theirs included.
const BUDGET: Duration = Duration::from_secs(8);

/// The printers of a site.
#[derive(Clone, Debug, Default)]
pub struct Printers(Arc<Vec<Known>>);

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
        let known = configs.iter().map(|config| Known {
            name: config.name.clone(),
            used_for: config.used_for.clone(),
            printer: config.printer(),
            turn: Mutex::default(),
        });
        Self(Arc::new(known.collect()))
    }

    /// The name of the printer that prints such things; None: only the browser does.
    pub fn name(&self, wanted: PrinterUse) -> Option<&str> {
        self.find(wanted).map(|known| known.name.as_str())
    }

    /// Prints sheets one after the other. None: there is no printer for such things.
    pub async fn print(&self, wanted: PrinterUse, sheets: &[Matter]) -> Option<PrintOutcome> {
        let known = self.find(wanted)?;
        let began = Instant::now();
        let end = match timeout(BUDGET, known.turn.lock()).await {
            Ok(_turn) => {
                let job = encode(sheets, &known.printer.abilities);
                known.printer.print(&job, BUDGET.saturating_sub(began.elapsed())).await
            }
            Err(_) => Err(PrintError::Stalled),
        };
        tracing::info!(printer = %known.name, sheets = sheets.len(), ?end, "asked a printer to print");
        Some(PrintOutcome { printer: known.name.clone(), end })
    }

    fn find(&self, wanted: PrinterUse) -> Option<&Known> {
        self.0.iter().find(|known| known.used_for.contains(&wanted))
    }
}
