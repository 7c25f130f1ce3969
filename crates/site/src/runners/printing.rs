//! Prints what a member of staff asks for, while they wait, and says what became of it.
//!
//! Owns: which printer prints what, and that a printer has one job at a time, which goes on to its end even when nobody waits for
//! it any more: half a sheet would swallow the beginning of the next. Never: keeps a job, tries it again, or traces what is on it. Printing is no effect of an event: nobody wants yesterday's slip when the paper is back.

use crate::config::{PrinterConfig, PrinterUse};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};
use vestibule_devices::printer::{
    Job, Matter, PrintError, Printed, Printer, PrinterLanguage, PrinterLine, encode,
};
use vestibule_devices::{Clock, DeviceError, DeviceHealth, HealthSight};

/// How long the person in front waits at most, the jobs before theirs included.
const BUDGET: Duration = Duration::from_secs(8);
/// A job is not begun with less than this part of its time left: it would be torn off in the middle.
const LEAST: u32 = 4;

/// The printers of a site. Cheap to clone; all clones are the same printers.
#[derive(Clone, Debug, Default)]
pub struct Printers(Arc<RwLock<Set>>);

#[derive(Debug, Default)]
struct Set {
    known: Vec<Arc<Known>>,
    turns: Turns,
}

/// Whose turn it is, by line: entries come and go and change while a job is on its way to what hangs there.
#[derive(Debug, Default)]
struct Turns(Vec<(PrinterLine, Turn)>);

type Turn = Arc<Mutex<()>>;

impl Turns {
    fn at(&mut self, line: &PrinterLine) -> Turn {
        if let Some((_, turn)) = self.0.iter().find(|(known, _)| known == line) {
            return Arc::clone(turn);
        }
        let turn = Turn::default();
        self.0.push((line.clone(), Arc::clone(&turn)));
        turn
    }

    /// Lines that no entry names and no job is on its way to are forgotten.
    fn forget_unused(&mut self) {
        self.0.retain(|(_, turn)| Arc::strong_count(turn) > 1);
    }
}

#[derive(Debug)]
struct Known {
    config: PrinterConfig,
    printer: Printer,
    turn: Turn,
    clock: Clock,
    /// An answer is a job that was printed.
    health: DeviceHealth,
    /// How the newest job ended.
    end: std::sync::Mutex<Option<Result<Printed, PrintError>>>,
}

/// A printer and how it is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterSight {
    /// As staff call it.
    pub name: String,
    /// Where it is, for people.
    pub line: String,
    /// What it understands.
    pub language: PrinterLanguage,
    /// What it prints.
    pub used_for: Vec<PrinterUse>,
    /// Its counters; a question is a job.
    pub health: HealthSight,
    /// So long ago it printed something, in ms.
    pub printed_ago_ms: Option<u64>,
    /// How its newest job ended.
    pub end: Option<Result<Printed, PrintError>>,
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
        let printers = Self::default();
        printers.become_those_of(configs);
        printers
    }

    /// Makes them those of another configuration. One that has not changed goes on with what it is doing, and one that is gone ends
    /// what it has begun; until then whatever is new on its line waits.
    pub fn become_those_of(&self, configs: &[PrinterConfig]) {
        let mut set = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let Set { known: before, turns } = &mut *set;
        let mut known = |config: &PrinterConfig| {
            let same = before.iter().find(|known| known.config == *config);
            same.cloned().unwrap_or_else(|| Arc::new(Known::new(config, turns)))
        };
        let after = configs.iter().map(&mut known).collect();
        *before = after;
        turns.forget_unused();
    }

    /// As what each is configured, by name.
    pub fn configured(&self) -> BTreeMap<String, PrinterConfig> {
        self.all().iter().map(|known| (known.config.name.clone(), known.config.clone())).collect()
    }

    /// All of them and how each is doing, in the order of the configuration.
    pub fn look(&self) -> Vec<PrinterSight> {
        self.all().iter().map(|known| known.look()).collect()
    }

    /// The name of the printer that prints such things; None: only the browser does.
    pub fn name(&self, wanted: PrinterUse) -> Option<String> {
        self.find(wanted).map(|known| known.config.name.clone())
    }

    fn all(&self) -> Vec<Arc<Known>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).known.clone()
    }

    /// Prints sheets one after the other. None: there is no printer for such things. What was begun is ended, though the caller
    /// may go away meanwhile, as a closed browser does.
    pub async fn print(&self, wanted: PrinterUse, sheets: &[Matter]) -> Option<PrintOutcome> {
        let known = self.find(wanted)?;
        let (printer, count) = (known.config.name.clone(), sheets.len());
        let job = encode(sheets, &known.printer.abilities);
        let printing = tokio::spawn(async move { known.print(&job, BUDGET).await });
        let end = printing.await.unwrap_or_else(|error| {
            tracing::error!(%error, "printing ended badly");
            Err(PrintError::HungUp)
        });
        tracing::info!(printer = %printer, sheets = count, ?end, "asked a printer to print");
        Some(PrintOutcome { printer, end })
    }

    fn find(&self, wanted: PrinterUse) -> Option<Arc<Known>> {
        self.all().into_iter().find(|known| known.config.used_for.contains(&wanted))
    }
}

impl Known {
    fn new(config: &PrinterConfig, turns: &mut Turns) -> Self {
        let (printer, end) = (config.printer(), std::sync::Mutex::default());
        let (clock, health) = (Clock::start(), DeviceHealth::default());
        let turn = turns.at(&printer.line);
        Self { config: config.clone(), printer, turn, clock, health, end }
    }

    fn look(&self) -> PrinterSight {
        let (health, now) = (self.health.look(), self.clock.now());
        PrinterSight {
            name: self.config.name.clone(),
            line: match &self.printer.line {
                PrinterLine::Tcp { address } => address.clone(),
                PrinterLine::Device { path } => path.display().to_string(),
            },
            language: self.printer.abilities.language,
            used_for: self.config.used_for.clone(),
            health,
            printed_ago_ms: health.answered.map(|at| now.since(at)),
            end: *self.end.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    async fn print(&self, job: &Job, budget: Duration) -> Result<Printed, PrintError> {
        let began = self.clock.now();
        let end = self.hand_over(job, budget).await;
        let now = self.clock.now();
        match end {
            Ok(_) => self.health.answered(now.since(began), now),
            Err(PrintError::Away) => self.health.failed(DeviceError::Away),
            Err(PrintError::Stalled | PrintError::HungUp) => self.health.failed(DeviceError::Timeout),
            Err(PrintError::NoPaper | PrintError::CoverOpen | PrintError::Offline) => {
                self.health.failed(DeviceError::Blocked);
            }
        }
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
        end
    }

    async fn hand_over(&self, job: &Job, budget: Duration) -> Result<Printed, PrintError> {
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
    use crate::config::TcpConfig;
    use vestibule_devices::printer::TextSize;
    use vestibule_simulators::printers::{PrinterSim, Speech};

    fn front(slips: &PrinterSim) -> PrinterConfig {
        PrinterConfig {
            name: "Front".to_owned(),
            tcp: Some(TcpConfig { addr: slips.address().to_string() }),
            device: None,
            language: PrinterLanguage::EscPos,
            width_mm: 80,
            height_mm: None,
            cut: true,
            used_for: vec![PrinterUse::Slips],
        }
    }

    fn slip() -> Matter {
        Matter::new().text(TextSize::Plain, "The Elm House").qr("VP7K0123456789ABCDEFGHJKMNPQRST")
    }

    #[tokio::test]
    async fn an_entry_that_changes_during_a_job_waits_for_its_end() {
        let slips = PrinterSim::start(Speech::EscPos).await.expect("a port is free");
        let (config, budget) = (front(&slips), Duration::from_millis(400));
        let printers = Printers::of(std::slice::from_ref(&config));
        let before = printers.all().remove(0);
        let job = encode(&[slip()], &before.printer.abilities);
        let printing = before.turn.lock().await;
        let renamed = PrinterConfig { name: "Back".to_owned(), ..config.clone() };
        // Changed, and gone and come back: it is the same device each time.
        for entries in [vec![renamed], Vec::new(), vec![config]] {
            printers.become_those_of(&entries);
            for known in printers.all() {
                assert!(!Arc::ptr_eq(&known, &before));
                assert_eq!(known.print(&job, budget).await, Err(PrintError::Stalled), "two writers");
            }
        }
        drop(printing);
        let now = printers.all().remove(0);
        assert!(now.print(&job, BUDGET).await.is_ok());
        printers.become_those_of(&[]);
        drop((before, now));
        printers.become_those_of(&[]);
        assert!(printers.0.read().expect("nobody panics").turns.0.is_empty(), "no line is kept for ever");
    }

    #[tokio::test]
    async fn who_comes_after_a_job_that_hangs_is_told_within_one_budget() {
        let slips = PrinterSim::start(Speech::EscPos).await.expect("a port is free");
        slips.set(|knobs| knobs.stalls = true);
        let known = Known::new(&front(&slips), &mut Turns::default());
        let abilities = known.printer.abilities;
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
        let sight = known.look();
        assert_eq!((sight.end, sight.printed_ago_ms), (Some(Err(PrintError::Stalled)), None));
        assert_eq!((sight.health.failed, sight.health.asked), (2, 2));
    }
}
