//! How soon a closed door is seen, with boards at the pace of real ones.

pub mod bus;
pub mod entry;
pub mod year;

use crate::cycles::now;
use crate::founding::Founding;
use crate::kiosk::{self, Means, Tally};
use crate::load::{Side, percentile};
use crate::report::{Goal, Measure, Report};
use crate::running::{Post, Running, Setting};
use crate::wire::Pace;
use anyhow::{Result, ensure};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const KIOSKS: u32 = 8;

/// From the push on the door to the driver having read it shut, on lines of 9600 baud polled as in a building.
pub async fn seen_shut(scratch: &Path, length: Duration, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir_in(scratch)?;
    let founding = Founding::new(&folder.path().join("site"), KIOSKS, now())?;
    let running = Running::start(founding, Setting { pace: Pace::Lifelike, post: Post::InProcess }).await?;
    let tally = Arc::new(Tally::default());
    let mut side = Side::new(|| 0);
    for seat in &running.seats {
        let (address, seat, tally) = (running.address, Arc::clone(seat), Arc::clone(&tally));
        side.spawn(|floor| kiosk::work(address, seat, tally, Means::Qr, floor));
    }
    side.turn(length).await?;
    drop(side);
    let mut to_shut = tally.to_shut.lock().expect("the workers are gone").clone();
    let count = to_shut.len();
    ensure!(count > 0, "no door moved in {length:?}");
    let tail = percentile(&mut to_shut, 99) / 1e3;
    let name = format!("push on a door to read shut p99, {count} doors, real pace");
    report.add(Measure::of(name, tail, "ms").goal(Goal::AtMost(600.0)));
    running.stop().await;
    Ok(())
}
