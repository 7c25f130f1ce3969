//! Deposits and collections a second over loopback HTTP, beside the yardstick, with and without a past, by QR and PIN;
//! and how long an attempt takes to the line meanwhile.

use crate::founding::Founding;
use crate::kiosk::{self, Means, REQUESTS_A_VISIT, Tally};
use crate::load::{Count, Plan, Side, compare, median, percentile};
use crate::report::{Goal, Measure, Report};
use crate::rows::{Template, Watch};
use crate::running::{Post, Running, Setting};
use crate::wire::Pace;
use crate::{founding, past, yardstick};
use anyhow::{Context, Result};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use vestibule_core::Timestamp;

/// Kiosks, each with a bank of its own.
pub const KIOSKS: u32 = 64;
const CLIENTS: [usize; 3] = [1, 16, 64];
/// The better of two small open-source peers did 176 a second on such a machine; twenty times that is the goal.
const CYCLES_GOAL: f64 = 20.0 * 176.0;
const MEASURED: Setting = Setting { pace: Pace::Instant, post: Post::InProcess };

/// What one visit changes, from a small site of its own.
pub async fn template(scratch: &Path) -> Result<Template> {
    let folder = tempfile::tempdir_in(scratch)?;
    let founding = Founding::new(&folder.path().join("site"), 1, now())?;
    let running = Running::start(founding, MEASURED).await?;
    let watch = Watch::begin(&running.folder.join(vestibule_site::store::DATABASE))?;
    let tally = Arc::new(Tally::default());
    let mut side = side(&running, 1, (Means::Qr, &tally));
    side.turn(std::time::Duration::from_millis(1)).await?;
    // Whoever has begun finishes the visit in hand, and no other begins.
    side.close().await?;
    running.site.read(|_, _| ()).await?;
    let rounds = tally.count.now() / founding::DEPOSITS_A_VISIT as u64;
    let requests = REQUESTS_A_VISIT * usize::try_from(rounds)?;
    let template = watch.end(requests).context("one visit was captured")?;
    running.stop().await;
    Ok(template)
}

/// The wall clock.
pub fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(i64::try_from(since.map_or(0, |since| since.as_millis())).unwrap_or(i64::MAX))
}

fn side(running: &Running, clients: usize, (means, tally): (Means, &Arc<Tally>)) -> Side {
    let counted = Arc::clone(tally);
    let mut side = Side::new(move || counted.count.now());
    for seat in running.seats.iter().take(clients) {
        let (address, seat, tally) = (running.address, Arc::clone(seat), Arc::clone(tally));
        side.spawn(|floor| kiosk::work(address, seat, tally, means, floor));
    }
    side
}

/// Against the yardstick, at each number of clients.
pub async fn against_yardstick(scratch: &Path, plan: Plan, report: &mut Report) -> Result<()> {
    let template = Arc::new(template(scratch).await?);
    let (inserted, updated, removed) = template.rows();
    report.note(format!(
        "a visit of {} deposits and their collections: {REQUESTS_A_VISIT} requests, {} events; {inserted} rows inserted, \
         {updated} updated, {removed} removed",
        founding::DEPOSITS_A_VISIT,
        template.events(),
    ));
    let folder = tempfile::tempdir_in(scratch)?;
    let running =
        Running::start(Founding::new(&folder.path().join("site"), KIOSKS, now())?, MEASURED).await?;
    let bare = yardstick::start(folder.path(), template).await?;
    let rounds = Arc::new(AtomicI64::new(1));
    for clients in CLIENTS {
        let tally = Arc::new(Tally::default());
        let mut ours = side(&running, clients, (Means::Qr, &tally));
        let requests = Arc::new(Count::default());
        let counted = Arc::clone(&requests);
        let mut theirs = Side::new(move || counted.now());
        for _ in 0..clients {
            let counts = (Arc::clone(&rounds), Arc::clone(&requests));
            theirs.spawn(|floor| yardstick::work(bare, counts, floor));
        }
        let rates = compare(&mut ours, &mut theirs, plan).await?;
        let a_cycle = REQUESTS_A_VISIT as f64 / founding::DEPOSITS_A_VISIT as f64;
        let rates = rates.into_iter().map(|(ours, theirs)| (ours, theirs / a_cycle)).collect();
        add_cycles(report, (format!("cycles by QR, {clients} clients"), clients == 64), rates);
        ours.close().await?;
        theirs.close().await?;
        add_latencies(report, clients, &tally);
    }
    running.stop().await;
    Ok(())
}

fn add_cycles(report: &mut Report, (name, has_goal): (String, bool), rates: Vec<(f64, f64)>) {
    let ratio = median(rates.iter().map(|(ours, theirs)| ours / theirs).collect());
    let (ours, theirs) = rates.into_iter().unzip();
    let measure = Measure::of(name, median(ours), "cycles/s").against(median(theirs), ratio);
    if has_goal {
        let absolute =
            Measure { name: measure.name.clone() + ", 20 times the better peer", ..measure.clone() };
        report.add(measure.goal(Goal::RatioAtLeast(0.5)));
        report.add(absolute.goal(Goal::AtLeast(CYCLES_GOAL)));
    } else {
        report.add(measure);
    }
}

fn add_latencies(report: &mut Report, clients: usize, tally: &Tally) {
    let most = match clients {
        1 => 50.0,
        _ => 150.0,
    };
    let mut to_pulse = tally.to_pulse.lock().expect("the workers are done");
    let (half, tail) = (percentile(&mut to_pulse, 50) / 1e3, percentile(&mut to_pulse, 99) / 1e3);
    report.add(Measure::of(format!("attempt to pulse p50, {clients} clients"), half, "ms"));
    report.add(
        Measure::of(format!("attempt to pulse p99, {clients} clients"), tail, "ms").goal(Goal::AtMost(most)),
    );
    let early = tally.early.load(Ordering::Relaxed);
    if early > 0 {
        report.note(format!(
            "{early} requests came before the closing of a door was recorded, and were sent again"
        ));
    }
}

/// With a past and without, by QR; and on the one with a past, by PIN beside QR.
pub async fn with_a_past(scratch: &Path, (parcels, plan): (usize, Plan), report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir_in(scratch)?;
    let empty = Running::start(Founding::new(&folder.path().join("empty"), KIOSKS, now())?, MEASURED).await?;
    let began = past::begins(now(), parcels, KIOSKS as usize);
    let mut founding = Founding::new(&folder.path().join("past"), KIOSKS, began)?;
    let playing = std::time::Instant::now();
    past::play(&mut founding, parcels)?;
    report.note(format!(
        "{parcels} past parcels through the writer in {:.1} s",
        playing.elapsed().as_secs_f64()
    ));
    let old = Running::start(founding, MEASURED).await?;
    let ledger = ledger_events(&old).await?;
    let opened =
        Measure::of(format!("start with {ledger} events in the ledger"), old.opened_in.as_secs_f64(), "s");
    report.add(opened.goal(Goal::AtMost(3.0)));
    let tallies: [Arc<Tally>; 2] = Default::default();
    let mut sides = (side(&old, 64, (Means::Qr, &tallies[0])), side(&empty, 64, (Means::Qr, &tallies[1])));
    let rates = compare(&mut sides.0, &mut sides.1, plan).await?;
    let ratio = median(rates.iter().map(|(old, empty)| old / empty).collect());
    let (with, without) = rates.into_iter().unzip();
    let name = format!("cycles by QR, 64 clients, {parcels} past parcels against none");
    let measure = Measure::of(name, median(with), "cycles/s").against(median(without), ratio);
    report.add(measure.goal(Goal::RatioAtLeast(0.9)));
    sides.0.close().await?;
    sides.1.close().await?;
    old.stop().await;
    empty.stop().await;
    Ok(())
}

async fn ledger_events(running: &Running) -> Result<i64> {
    Ok(running.site.query(|c| c.query_row("SELECT max(seq) FROM event", [], |row| row.get(0))).await?)
}

/// By PIN beside by QR, on one site: half of the kiosks each.
pub async fn by_pin(scratch: &Path, plan: Plan, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir_in(scratch)?;
    let founding = Founding::new(&folder.path().join("site"), 2 * KIOSKS, now())?;
    let running = Running::start(founding, MEASURED).await?;
    let tallies: [Arc<Tally>; 2] = Default::default();
    let mut pin = Side::new({
        let tally = Arc::clone(&tallies[0]);
        move || tally.count.now()
    });
    for seat in running.seats.iter().skip(KIOSKS as usize) {
        let (address, seat, tally) = (running.address, Arc::clone(seat), Arc::clone(&tallies[0]));
        pin.spawn(|floor| kiosk::work(address, seat, tally, Means::Pin, floor));
    }
    let mut qr = side(&running, KIOSKS as usize, (Means::Qr, &tallies[1]));
    let rates = compare(&mut pin, &mut qr, plan).await?;
    let ratio = median(rates.iter().map(|(pin, qr)| pin / qr).collect());
    let (pins, qrs) = rates.into_iter().unzip();
    report.add(
        Measure::of("cycles by PIN, 64 clients, against QR", median(pins), "cycles/s")
            .against(median(qrs), ratio),
    );
    pin.close().await?;
    qr.close().await?;
    running.stop().await;
    Ok(())
}
