//! What one line costs: the production driver alone on a thread, on a serial port whose other side has eight boards of 24 locks,
//! one of them dead.

use crate::report::{Goal, Measure, Report};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use vestibule_devices::{
    BoardWiring, Bus, BusLinks, BusWiring, Clock, Millis, PointWiring, Profiles, PulseIntent, Report as Told,
    TransportConfig, run_bus,
};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_pty};

const BOARDS: u8 = 8;
const LOCKS: u8 = 24;
const DEAD: u8 = 8;
const BAUD: u32 = 9_600;

/// The share of a core that one bus takes: with every door shut, and while one stands open and is looked at often.
pub async fn cost(length: Duration, report: &mut Report) -> Result<()> {
    for (stands_open, how) in [(false, "every door shut"), (true, "one door open")] {
        let mut boards = LockBoards::new();
        (1..=BOARDS).for_each(|address| boards.add_board(BoardOptions::lifelike(address, LOCKS)));
        boards.board_faults(DEAD).silent = true;
        let line = Line::new(boards);
        if stands_open {
            line.pull_open(1, 1);
        }
        let (port, serving) = serve_pty(line).context("a pseudo-terminal")?;
        let share = tokio::task::spawn_blocking(move || share_of_a_core(port, length)).await??;
        serving.abort();
        let name = format!("CPU of a bus: {BOARDS} boards of {LOCKS} locks, one dead, {BAUD} baud, {how}");
        report.add(Measure::of(name, 100.0 * share, "% of a core").goal(Goal::AtMost(2.0)));
    }
    Ok(())
}

fn share_of_a_core(port: PathBuf, length: Duration) -> Result<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let bus: Bus<Never> = Bus::new(&wiring(), &Profiles::built_in()?)?;
        let (report, mut reports) = mpsc::channel(1_024);
        // Held, so that the bus goes on without anybody who pulses.
        let (_pulse, pulses) = mpsc::channel(1);
        let (_expect, expects) = mpsc::channel(1);
        let (_stop, shutdown) = watch::channel(false);
        let finish = shutdown.clone();
        let links = BusLinks { clock: Clock::start(), pulses, expects, reports: report, finish, shutdown };
        let running = tokio::spawn(run_bus(TransportConfig::Serial { path: port, baud: BAUD }, bus, links));
        while reports.recv().await.context("the bus runs")? != (Told::BoardSilent { board: DEAD }) {}
        let (before, began) = (cpu()?, Instant::now());
        let hears = async { while reports.recv().await.is_some() {} };
        tokio::select! {
            () = tokio::time::sleep(length) => {}
            () = hears => anyhow::bail!("the bus ended"),
        }
        let used = cpu()?.saturating_sub(before);
        running.abort();
        Ok(used.as_secs_f64() / began.elapsed().as_secs_f64())
    })
}

/// How long this thread has run on a core.
fn cpu() -> Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").context("Linux tells it")?;
    let first = text.split_whitespace().next().context("a number")?;
    Ok(Duration::from_nanos(first.parse()?))
}

fn wiring() -> BusWiring {
    let point = |board: u8, lock: u8| PointWiring {
        point: u32::from(board) * 100 + u32::from(lock),
        lock,
        contact: None,
        polarity: None,
    };
    let board = |address: u8| BoardWiring {
        address,
        profile: "shuoming-2024a1-24".to_owned(),
        points: (1..=LOCKS).map(|lock| point(address, lock)).collect(),
    };
    BusWiring { boards: (1..=BOARDS).map(board).collect() }
}

/// Nothing is pulsed.
#[derive(Debug)]
enum Never {}

impl PulseIntent for Never {
    fn opening(&self) -> u64 {
        match *self {}
    }
    fn attempt(&self) -> u8 {
        match *self {}
    }
    fn point(&self) -> u32 {
        match *self {}
    }
    fn not_after(&self) -> Millis {
        match *self {}
    }
}
