//! Joins one bus and the writer: intents go down to the line, what it saw comes back as observations.
//!
//! Owns: which board belongs to which bank, when a bank counts as silent, and that a bus runs by the maps that hold. Never:
//! decides to pulse.

pub mod banks;
mod mapped;

use crate::config::{BankConfig, BusConfig};
use crate::handle::{Request, SiteHandle};
use crate::runners::devices::{DeviceBoard, KnownBus};
use crate::service::IntentRoutes;
use crate::store::DurableIntent;
use crate::web::problem::console_words;
use banks::BankWatch;
use mapped::{Gate, Turn, by_maps, declared, maps_of, shut_out};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_core::place::wiring::Channel;
use vestibule_core::vocabulary::command::WiringStep;
use vestibule_core::{Actor, BankId, Command, CompartmentId, Site};
use vestibule_devices::{
    BoardWiring, Bus, BusHealth, BusLinks, BusWiring, Clock, Profiles, Report, TransportConfig, WiringError,
    run_bus,
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
    /// Where pages see how it is doing.
    pub devices: DeviceBoard,
    /// True ends the bus, once every pulse that was sent has its outcome.
    pub finish: watch::Receiver<bool>,
    /// True ends the bus at once.
    pub shutdown: watch::Receiver<bool>,
}

/// Runs a bus until it is told to stop or the writer is gone: by the maps of its banks, and by others from the moment they are
/// committed.
///
/// # Errors
/// What is wrong with the wiring; nothing runs then.
pub fn start(
    bus: BusStart,
    surroundings: &BusSurroundings<'_>,
    intents: mpsc::Receiver<DurableIntent>,
) -> Result<JoinHandle<()>, WiringError> {
    let machine: Bus<DurableIntent> = Bus::new(&bus.wiring, surroundings.profiles)?;
    machine.check_transport(&bus.transport)?;
    let health = BusHealth::of(&bus.wiring);
    surroundings.devices.put_bus(known(&bus, health.clone()));
    let span = tracing::info_span!("bus", name = %bus.name);
    let driven = Driven {
        bus,
        profiles: surroundings.profiles.clone(),
        clock: surroundings.clock,
        site: surroundings.site.clone(),
        finish: surroundings.finish.clone(),
        shutdown: surroundings.shutdown.clone(),
        health,
    };
    Ok(tokio::spawn(tracing::Instrument::instrument(driven.run(intents), span)))
}

fn known(bus: &BusStart, health: BusHealth) -> KnownBus {
    let board = |board: &BoardWiring| {
        let bank = *bus.banks.get(&board.address)?;
        Some((board.address, (board.profile.clone(), bank)))
    };
    let boards = bus.wiring.boards.iter().filter_map(board).collect();
    KnownBus { name: bus.name.clone(), line: bus.transport.place(), health, boards }
}

struct Driven {
    bus: BusStart,
    profiles: Profiles,
    clock: Clock,
    site: SiteHandle,
    finish: watch::Receiver<bool>,
    shutdown: watch::Receiver<bool>,
    /// The same counters by every map.
    health: BusHealth,
}

impl Driven {
    async fn run(self, mut intents: mpsc::Receiver<DurableIntent>) {
        let banks: BTreeSet<BankId> = self.bus.banks.values().copied().collect();
        let mut waiting = None;
        loop {
            let of_these = banks.clone();
            let look = move |site: &Site, _| (maps_of(site, &of_these), sensors(site));
            let Ok((maps, sensors)) = self.site.read(look).await else { return };
            let wiring = by_maps(&self.bus.wiring, &self.bus.banks, &maps);
            let machine = match Bus::new(&wiring, &self.profiles) {
                Ok(machine) => machine.counting_in(&self.health),
                Err(error) => {
                    tracing::error!(%error, "the bank's wiring does not fit its boards: test it anew");
                    return;
                }
            };
            let (pulse, pulses) = mpsc::channel(PULSES_QUEUED);
            let (expect, expects) = mpsc::channel(EXPECTS_QUEUED);
            let (report, reports) = mpsc::channel(REPORTS_QUEUED);
            let (finish, finishing) = watch::channel(false);
            let links = BusLinks {
                clock: self.clock,
                pulses,
                expects,
                reports: report,
                finish: finishing,
                shutdown: self.shutdown.clone(),
            };
            let watch = BankWatch::new(&wiring, &self.bus.banks).with_sensors(sensors);
            let gate = Gate {
                site: &self.site,
                banks: &banks,
                maps: &maps,
                intents: &mut intents,
                waiting: &mut waiting,
                pulse,
                expect,
                finish: self.finish.clone(),
                shutdown: self.shutdown.clone(),
            };
            let until = async {
                let turn = gate.pass().await;
                // What was pulsed by these maps has its outcome before others hold.
                finish.send_replace(true);
                turn
            };
            let (turn, (), ()) = tokio::join!(
                until,
                run_bus(self.bus.transport.clone(), machine, links),
                tell_writer(reports, watch, self.site.clone()),
            );
            match turn {
                Turn::Rewired => tracing::info!("the bank's wiring has changed: its doors are read anew"),
                Turn::Finished => return shut_out(&self.site, waiting, intents).await,
                Turn::Over => return,
            }
        }
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

/// Compartments by the name of their bank and their number.
type Numbers = BTreeMap<(String, String), (BankId, CompartmentId)>;

async fn numbers_now(site: &SiteHandle) -> Result<Numbers, String> {
    let names = site.query(bank_names).await.map_err(|error| error.to_string())?;
    site.read(move |site, _| numbers(site, &names)).await.map_err(|gone| gone.to_string())
}

/// The boards of a bus of the configuration with their doors, and whose they are.
fn wired(config: &BusConfig, numbers: &Numbers) -> Result<(BusWiring, BTreeMap<u8, BankId>), String> {
    let find = |bank: &str, label: &str| numbers.get(&(bank.to_owned(), label.to_owned())).map(|at| at.1);
    let wiring = config.wiring(find)?;
    let mut banks = BTreeMap::new();
    for board in &config.board {
        let of_bank = numbers.iter().find(|((bank, _), _)| *bank == board.bank);
        let (_, (bank, _)) = of_bank
            .ok_or_else(|| format!("bus \"{}\": there is no bank called \"{}\"", config.name, board.bank))?;
        banks.insert(board.address, *bank);
    }
    Ok((wiring, banks))
}

/// Whether a bus of the configuration could run, once the banks that are drawn there are put up. Nothing is changed or opened.
///
/// # Errors
/// What does not fit together, in words.
pub async fn check_configured(
    config: &BusConfig,
    drawn: &[BankConfig],
    (site, profiles): (&SiteHandle, &Profiles),
) -> Result<(), String> {
    let mut numbers = numbers_now(site).await?;
    let known: BTreeSet<String> = numbers.keys().map(|(bank, _)| bank.clone()).collect();
    // Numbers that no compartment has: they are only told apart.
    let mut free = (0..u32::MAX).rev().map(CompartmentId);
    for bank in drawn.iter().filter(|bank| !known.contains(&bank.name)) {
        for (spec, id) in bank.compartments().into_iter().zip(&mut free) {
            numbers.insert((bank.name.clone(), spec.label), (BankId(u32::MAX), id));
        }
    }
    let (wiring, _) = wired(config, &numbers)?;
    let fits = || Bus::<DurableIntent>::new(&wiring, profiles)?.check_transport(&config.transport());
    fits().map_err(|error| format!("bus \"{}\": {error}", config.name))
}

/// Runs a bus of the configuration: finds the numbers of its compartments, and takes the pulses of its banks. Which these are.
///
/// # Errors
/// What does not fit together, in words.
pub async fn start_configured(
    config: &BusConfig,
    surroundings: &BusSurroundings<'_>,
    routes: &IntentRoutes,
) -> Result<(JoinHandle<()>, BTreeSet<BankId>), String> {
    let (wiring, banks) = wired(config, &numbers_now(&surroundings.site).await?)?;
    wiring.check(surroundings.profiles).map_err(|error| format!("bus \"{}\": {error}", config.name))?;
    declare(&surroundings.site, declared(&wiring, &banks, surroundings.profiles))
        .await
        .map_err(|why| format!("bus \"{}\": {why}", config.name))?;
    let (intent, intents) = mpsc::channel(PULSES_QUEUED);
    let of_bus = banks.values().copied().collect::<BTreeSet<_>>();
    let bus = BusStart { name: config.name.clone(), transport: config.transport(), wiring, banks };
    let task =
        start(bus, surroundings, intents).map_err(|error| format!("bus \"{}\": {error}", config.name))?;
    for bank in &of_bus {
        routes.register(*bank, intent.clone());
    }
    Ok((task, of_bus))
}

/// Tells the rules what the configuration says; a map that a test corrected stands until that changes.
async fn declare(
    site: &SiteHandle,
    declared: BTreeMap<BankId, Vec<(CompartmentId, Channel)>>,
) -> Result<(), String> {
    for (bank, channels) in declared {
        let command = Command::Wiring { bank, step: WiringStep::Declare { channels } };
        let asked = site.ask(Request::new(Actor::Console, command)).await;
        if let Err(refusal) = asked.map_err(|gone| gone.to_string())?.answer {
            let why = console_words(site, &refusal).await;
            return Err(format!("the wiring of bank {bank} was refused: {why}"));
        }
    }
    Ok(())
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

/// The compartments by bank and number. The file may name a door by a number it no longer bears, or one that is not in the
/// drawing any more: no other compartment is ever given its number.
fn numbers(
    site: &Site,
    names: &BTreeMap<BankId, String>,
) -> BTreeMap<(String, String), (BankId, CompartmentId)> {
    let bank_of = |id: CompartmentId| {
        let hangs = site.compartments.get(id).map(|compartment| compartment.bank);
        hangs.or_else(|| site.layout.gone.get(&id).map(|gone| gone.bank))
    };
    let former = site.layout.former.iter().map(|(label, id)| (label, *id));
    let now = site.compartments.all.iter().map(|(id, compartment)| (&compartment.spec.label, *id));
    let named = former.chain(now).filter_map(|(label, id)| {
        let bank = bank_of(id)?;
        Some(((names.get(&bank)?.clone(), label.clone()), (bank, id)))
    });
    named.collect()
}

/// Compartments whose occupancy sensor is fitted: boards report all, and the others read empty for ever.
fn sensors(site: &Site) -> BTreeSet<CompartmentId> {
    let fitted = site.compartments.all.iter().filter(|(_, compartment)| compartment.spec.occupancy_sensor);
    fitted.map(|(id, _)| *id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::place::compartment::{CompartmentSpec, Size};
    use vestibule_core::{Event, Timestamp};

    #[test]
    fn the_file_may_name_a_door_by_a_number_it_no_longer_bears() {
        let spec = |label: &str| CompartmentSpec {
            label: label.to_owned(),
            size: Size::S,
            column: 0,
            width_mm: 400,
            height_mm: 200,
            bottom_mm: 600,
            occupancy_sensor: false,
            inside_release: false,
        };
        let (bank, mut site) = (BankId(1), Site::default());
        let hung = [(1, "1"), (2, "2"), (3, "3")];
        let compartments = hung.map(|(id, label)| (CompartmentId(id), spec(label))).to_vec();
        site.evolve(&Event::BankInstalled { bank, compartments }, Timestamp(0));
        let hung = [(1, "1"), (3, "3b"), (4, "4")];
        let compartments = hung.map(|(id, label)| (CompartmentId(id), spec(label))).to_vec();
        let by = Actor::Console;
        site.evolve(&Event::BankChanged { bank, version: 2, compartments, by }, Timestamp(0));
        let numbers = numbers(&site, &BTreeMap::from([(bank, "Lobby".to_owned())]));
        let find = |label: &str| numbers.get(&("Lobby".to_owned(), label.to_owned())).map(|at| at.1.0);
        let found = ["1", "2", "3", "3b", "4", "5"].map(find);
        assert_eq!(found, [Some(1), Some(2), Some(3), Some(3), Some(4), None]);
    }
}
