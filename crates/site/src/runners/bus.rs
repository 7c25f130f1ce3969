//! Joins one bus and the writer: intents go down to the line, what it saw comes back as observations.
//!
//! Owns: which board belongs to which bank, and when a bank counts as silent. Never: decides to pulse.

pub mod banks;

use crate::config::BusConfig;
use crate::handle::SiteHandle;
use crate::service::IntentRoutes;
use banks::BankWatch;
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_core::{BankId, CompartmentId, Site};
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
    /// Compartments whose occupancy sensor is fitted: boards report all, and the others read empty for ever.
    pub sensors: BTreeSet<CompartmentId>,
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
    machine.check_transport(&bus.transport)?;
    let watch = BankWatch::new(&bus.wiring, &bus.banks).with_sensors(bus.sensors);
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
    loop {
        let intent = tokio::select! {
            intent = intents.recv() => intent,
            () = pulse.closed() => return,
        };
        // Without a writer nothing more is pulsed; the line is watched until the bus ends.
        let Some(intent) = intent else { return pulse.closed().await };
        let point = intent.point();
        if pulse.send(intent).await.is_err() {
            return;
        }
        // Only a hint: a full queue means the bus looks often anyway.
        let _ = expect.try_send(point);
    }
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

/// Runs a bus of the configuration: finds the numbers of its compartments, and takes the pulses of its banks.
///
/// # Errors
/// What does not fit together, in words.
pub async fn start_configured(
    config: &BusConfig,
    surroundings: &BusSurroundings<'_>,
    routes: &IntentRoutes,
) -> Result<JoinHandle<()>, String> {
    let names = surroundings.site.query(bank_names).await.map_err(|error| error.to_string())?;
    let drawn = surroundings.site.read(move |site, _| (numbers(site, &names), sensors(site))).await;
    let (numbers, sensors) = drawn.map_err(|gone| gone.to_string())?;
    let find = |bank: &str, label: &str| numbers.get(&(bank.to_owned(), label.to_owned())).map(|at| at.1);
    let wiring = config.wiring(find)?;
    let mut banks = BTreeMap::new();
    for board in &config.board {
        let of_bank = numbers.iter().find(|((bank, _), _)| *bank == board.bank);
        let (_, (bank, _)) = of_bank
            .ok_or_else(|| format!("bus \"{}\": there is no bank called \"{}\"", config.name, board.bank))?;
        banks.insert(board.address, *bank);
    }
    let (intent, intents) = mpsc::channel(PULSES_QUEUED);
    let of_bus = banks.values().copied().collect::<BTreeSet<_>>();
    let bus = BusStart { name: config.name.clone(), transport: config.transport(), wiring, banks, sensors };
    let task =
        start(bus, surroundings, intents).map_err(|error| format!("bus \"{}\": {error}", config.name))?;
    for bank in of_bus {
        routes.register(bank, intent.clone());
    }
    Ok(task)
}

/// The banks by name.
///
/// # Errors
/// What SQLite says.
pub fn bank_names(connection: &rusqlite::Connection) -> rusqlite::Result<BTreeMap<BankId, String>> {
    let mut statement = connection.prepare_cached("SELECT bank, name FROM bank_name")?;
    let names = statement.query_map([], |row| Ok((BankId(row.get(0)?), row.get(1)?)))?;
    names.collect()
}

fn numbers(
    site: &Site,
    names: &BTreeMap<BankId, String>,
) -> BTreeMap<(String, String), (BankId, CompartmentId)> {
    let named = site.compartments.all.iter().filter_map(|(id, compartment)| {
        let bank = names.get(&compartment.bank)?;
        Some(((bank.clone(), compartment.spec.label.clone()), (compartment.bank, *id)))
    });
    named.collect()
}

fn sensors(site: &Site) -> BTreeSet<CompartmentId> {
    let fitted = site.compartments.all.iter().filter(|(_, compartment)| compartment.spec.occupancy_sensor);
    fitted.map(|(id, _)| *id).collect()
}
