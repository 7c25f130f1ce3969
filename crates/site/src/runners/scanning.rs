//! Joins a scanner on this machine's serial port and the kiosk it lies beside: what it reads is as if that page's own scanner
//! had typed it.
//!
//! Owns: which kiosk is meant, and which scanners run. Never: reads a label, decides, or traces what was scanned.

use crate::config::{ScannerConfig, scan_frames};
use crate::runners::devices::{Change, DeviceChange, DeviceKind, KnownScanner};
use crate::web::App;
use crate::web::kiosk::scanned;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_devices::scanner::{Framing, ScanReport, run_scanner};
use vestibule_devices::{DeviceError, DeviceHealth};

/// A person waits for the screen after each scan; more than a few at once is a stuck trigger.
const SCANS_QUEUED: usize = 16;

/// What scanners that type in the page of a kiosk were set to send around each scan. Cheap to clone; all clones are the same.
#[derive(Debug, Clone, Default)]
pub struct ScanFrames(Arc<RwLock<Vec<(String, Framing)>>>);

impl ScanFrames {
    /// These, each by the name of its kiosk.
    pub fn of(frames: Vec<(String, Framing)>) -> Self {
        Self(Arc::new(RwLock::new(frames)))
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// What stands around the scans at this kiosk.
    pub fn at(&self, kiosk: &str) -> Option<Framing> {
        let frames = self.0.read().unwrap_or_else(PoisonError::into_inner);
        frames.iter().find(|(of, _)| of == kiosk).map(|(_, framing)| framing.clone())
    }

    fn become_those_of(&self, configured: &[ScannerConfig]) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = scan_frames(configured);
    }
}

/// The scanners of a site as they run.
pub struct Scanners {
    app: App,
    running: Vec<Running>,
    /// Those that type in a page.
    typing: Vec<ScannerConfig>,
}

struct Running {
    config: ScannerConfig,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Scanners {
    /// None yet.
    pub fn new(app: App) -> Self {
        Self { app, running: Vec::new(), typing: Vec::new() }
    }

    /// What would be otherwise by another configuration.
    pub fn changes(&self, configured: &[ScannerConfig]) -> Vec<DeviceChange> {
        let before: Vec<&ScannerConfig> =
            self.running.iter().map(|running| &running.config).chain(&self.typing).collect();
        let gone = before.iter().filter(|was| !configured.iter().any(|now| is_same_place(was, now)));
        let gone = gone.map(|was| changed(was, Change::Gone));
        let there = configured.iter().filter(|now| !before.contains(now)).map(|now| {
            let was_there = before.iter().any(|was| is_same_place(was, now));
            changed(now, if was_there { Change::Changed } else { Change::New })
        });
        gone.chain(there).collect()
    }

    /// Ends those that are not in a configuration; what ends when their ports are free.
    pub fn end_others(&mut self, configured: &[ScannerConfig]) -> Vec<JoinHandle<()>> {
        let all = std::mem::take(&mut self.running);
        let (stay, over): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|running| configured.contains(&running.config));
        self.running = stay;
        let end = |running: Running| {
            running.stop.send_replace(true);
            if let (Some(devices), Some(line)) = (&self.app.web.devices, running.config.transport()) {
                devices.remove_scanner(&line.place());
            }
            running.task
        };
        over.into_iter().map(end).collect()
    }

    /// Starts those of a configuration that do not run yet.
    pub fn start_new(&mut self, configured: &[ScannerConfig]) {
        self.app.web.scan_frames.become_those_of(configured);
        self.typing = configured.iter().filter(|config| config.serial.is_none()).cloned().collect();
        for config in configured {
            if self.running.iter().any(|running| running.config == *config) {
                continue;
            }
            let (stop, stopping) = watch::channel(false);
            if let Some(task) = start(config, self.app.clone(), stopping) {
                self.running.push(Running { config: config.clone(), stop, task });
            }
        }
    }
}

/// The same scanner of a kiosk, however it is set up.
fn is_same_place(one: &ScannerConfig, other: &ScannerConfig) -> bool {
    one.kiosk == other.kiosk && one.serial.is_some() == other.serial.is_some()
}

fn changed(config: &ScannerConfig, how: Change) -> DeviceChange {
    DeviceChange { kind: DeviceKind::Scanner, name: config.kiosk.clone(), how }
}

/// Runs one scanner until it is told to stop. None: it types in the kiosk's page, and nothing is to be run.
pub fn start(config: &ScannerConfig, app: App, shutdown: watch::Receiver<bool>) -> Option<JoinHandle<()>> {
    let transport = config.transport()?;
    let (report, reports) = mpsc::channel(SCANS_QUEUED);
    let (kiosk, health) = (config.kiosk.clone(), DeviceHealth::default());
    if let Some(devices) = &app.web.devices {
        let line = transport.place();
        devices.add_scanner(KnownScanner { line, kiosk: kiosk.clone(), health: health.clone() });
    }
    let span = tracing::info_span!("scanner", port = ?transport, %kiosk);
    let reading = run_scanner(transport, config.framing(), report, shutdown);
    let run = async move {
        tokio::join!(reading, pass_on(reports, (&kiosk, &health), &app));
    };
    Some(tokio::spawn(tracing::Instrument::instrument(run, span)))
}

async fn pass_on(mut reports: mpsc::Receiver<ScanReport>, (kiosk, health): (&str, &DeviceHealth), app: &App) {
    while let Some(report) = reports.recv().await {
        count(&report, health, app);
        match report {
            ScanReport::Away => tracing::warn!("the scanner is away; its port is tried again"),
            ScanReport::Back => tracing::info!("the scanner is there"),
            ScanReport::Scan(text) => match scanned(app, kiosk, text).await {
                Ok(true) => {}
                Ok(false) => tracing::warn!("no kiosk of this name is paired; a scan was let go"),
                Err(fault) => tracing::warn!(?fault, "a scan could not be carried out"),
            },
        }
    }
}

fn count(report: &ScanReport, health: &DeviceHealth, app: &App) {
    let Some(devices) = &app.web.devices else { return };
    match report {
        ScanReport::Away => {
            health.failed(DeviceError::Timeout);
            health.is_away(DeviceError::Timeout);
        }
        ScanReport::Back => health.is_back(),
        ScanReport::Scan(_) => health.answered(0, devices.now()),
    }
}
