//! Joins one bus and the writer: intents go down to the line, what it saw comes back as observations.
//!
//! Owns: which board belongs to which bank, and when a bank counts as silent. Never: decides to pulse.

mod banks;

use crate::handle::SiteHandle;
use banks::BankWatch;
use std::collections::BTreeMap;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_core::BankId;
use vestibule_devices::{
    Bus, BusLinks, BusWiring, Clock, Profiles, PulseIntent, Report, TransportConfig, WiringError, run_bus,
};

/// Reports wait here while the writer is busy; the line never waits for them.
const REPORTS_QUEUED: usize = 256;
const EXPECTS_QUEUED: usize = 64;
const PULSES_QUEUED: usize = 64;
/// How many reports are told to the writer in one go.
const TOLD_AT_ONCE: usize = 64;

/// One bus, ready to run.
pub struct BusStart {
    /// What traces call it.
    pub name: String,
    /// The line.
    pub transport: TransportConfig,
    /// Boards and doors; a point is a compartment's number.
    pub wiring: BusWiring,
    /// The bank of each board, by bus address.
    pub banks: BTreeMap<u8, BankId>,
}

/// What all buses share.
#[derive(Clone)]
pub struct BusSurroundings<'a> {
    /// Profiles of boards.
    pub profiles: &'a Profiles,
    /// The clock in which intents say their last moment.
    pub clock: Clock,
    /// The writer.
    pub site: SiteHandle,
    /// True ends the bus.
    pub shutdown: watch::Receiver<bool>,
}

/// Runs a bus until it is told to stop or the writer is gone.
///
/// # Errors
/// What is wrong with the wiring; nothing runs then.
pub fn start<I: PulseIntent>(
    bus: BusStart,
    surroundings: &BusSurroundings<'_>,
    intents: mpsc::Receiver<I>,
) -> Result<JoinHandle<()>, WiringError> {
    let machine = Bus::new(&bus.wiring, surroundings.profiles)?;
    let watch = BankWatch::new(&bus.wiring, &bus.banks);
    let (pulse, pulses) = mpsc::channel(PULSES_QUEUED);
    let (expect, expects) = mpsc::channel(EXPECTS_QUEUED);
    let (report, reports) = mpsc::channel(REPORTS_QUEUED);
    let shutdown = surroundings.shutdown.clone();
    let links = BusLinks { clock: surroundings.clock, pulses, expects, reports: report, shutdown };
    let site = surroundings.site.clone();
    let span = tracing::info_span!("bus", name = %bus.name);
    let run = async move {
        tokio::join!(
            run_bus(bus.transport, machine, links),
            pass_intents(intents, pulse, expect),
            tell_writer(reports, watch, site),
        );
    };
    Ok(tokio::spawn(tracing::Instrument::instrument(run, span)))
}

/// Hands intents down as they come, and says that their doors are about to move: looked at often even after the window
/// in which a door springs open, because a person may push a stuck one in.
async fn pass_intents<I: PulseIntent>(
    mut intents: mpsc::Receiver<I>,
    pulse: mpsc::Sender<I>,
    expect: mpsc::Sender<u32>,
) {
    while let Some(intent) = intents.recv().await {
        let point = intent.point();
        if pulse.send(intent).await.is_err() {
            return;
        }
        // Only a hint: a full queue means the bus looks often anyway.
        let _ = expect.try_send(point);
    }
    // The writer dropped its end; the line is still watched.
    pulse.closed().await;
}

async fn tell_writer(mut reports: mpsc::Receiver<Report>, mut watch: BankWatch, site: SiteHandle) {
    let mut waiting = Vec::with_capacity(TOLD_AT_ONCE);
    while reports.recv_many(&mut waiting, TOLD_AT_ONCE).await > 0 {
        let observations: Vec<_> = waiting.drain(..).flat_map(|report| watch.interpret(&report)).collect();
        if !observations.is_empty() && site.observe(observations).await.is_err() {
            return;
        }
    }
}
