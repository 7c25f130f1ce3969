//! How soon after the end of a visit its mail is accepted, by the production message runner over real SMTP.

use crate::cycles::now;
use crate::founding::{DEPOSITS_A_VISIT, Founding};
use crate::kiosk::{self, Tally};
use crate::load::percentile;
use crate::report::{Goal, Measure, Report};
use crate::running::{Post, Running, Setting};
use crate::wire::Pace;
use anyhow::{Context, Result};
use std::path::Path;
use std::time::{Duration, Instant};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions};

/// Couriers who end their visits one after another.
const VISITS: u32 = 16;

/// From the end of a visit being asked for to each of its mails being accepted.
pub async fn accepted(scratch: &Path, report: &mut Report) -> Result<()> {
    let sink = MailSink::start(MailSinkOptions::default()).await?;
    let mut arrivals = sink.subscribe();
    let folder = tempfile::tempdir_in(scratch)?;
    let founding = Founding::new(&folder.path().join("site"), VISITS, now())?;
    let running =
        Running::start(founding, Setting { pace: Pace::Instant, post: Post::Smtp(sink.address()) }).await?;
    let tally = Tally::default();
    let mut took = Vec::new();
    for seat in &running.seats {
        let asked = kiosk::leave_parcels(running.address, &mut *seat.lock().await, &tally).await?;
        for _ in 0..DEPOSITS_A_VISIT {
            let arrival = tokio::time::timeout(Duration::from_secs(30), arrivals.recv()).await;
            arrival.context("a mail arrives within half a minute")??;
            took.push(u32::try_from(Instant::now().duration_since(asked).as_micros())?);
        }
    }
    let (half, tail) = (percentile(&mut took, 50) / 1e6, percentile(&mut took, 99) / 1e6);
    report.add(Measure::of("visit end to mail accepted p50, 10 mails a visit", half, "s"));
    report.add(
        Measure::of("visit end to mail accepted p99, 10 mails a visit", tail, "s").goal(Goal::AtMost(5.0)),
    );
    running.stop().await;
    Ok(())
}
