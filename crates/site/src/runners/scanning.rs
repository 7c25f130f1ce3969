//! Joins a scanner on this machine's serial port and the kiosk it lies beside: what it reads is as if that page's own scanner
//! had typed it.
//!
//! Owns: which kiosk is meant. Never: reads a label, decides, or traces what was scanned.

use crate::config::ScannerConfig;
use crate::runners::devices::KnownScanner;
use crate::web::App;
use crate::web::kiosk::scanned;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_devices::scanner::{ScanReport, run_scanner};
use vestibule_devices::{DeviceError, DeviceHealth};

/// A person waits for the screen after each scan; more than a few at once is a stuck trigger.
const SCANS_QUEUED: usize = 16;

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
