//! Erases what was kept of labels once its days are over: on a quiet site too.
//!
//! Owns: when to look. Never: what the days are; the site's settings say so.

use crate::directory::settings::Settings;
use crate::handle::{Gone, SiteHandle, Unwritten};
use crate::rows::Row;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vestibule_core::{Span, Timestamp};

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(3_600);
/// Numbers alone are kept for so long: a year of weeks, and the one before to compare with.
const MEASURES_KEPT: Span = Span::days(400);
/// What was scanned at the desk and never taken in.
const LINES_KEPT: Span = Span::days(7);

/// What is over at this moment.
pub fn over(evidence_days: u16, now: Timestamp) -> Row {
    let before = |kept: Span| Timestamp(now.0 - kept.0);
    Row::ForgetIntakes {
        ended_before: before(Span::days(i64::from(evidence_days))),
        measured_before: before(MEASURES_KEPT),
        scanned_before: before(LINES_KEPT),
    }
}

/// Looks now and every hour, until told to stop or the writer is gone.
pub fn start(site: SiteHandle, mut shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let every_hour = async {
            while look(&site).await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        };
        tokio::select! {
            () = every_hour => {}
            stopped = shutdown.wait_for(|stop| *stop) => drop(stopped),
        }
    })
}

async fn look(site: &SiteHandle) -> Result<(), Gone> {
    let now = site.now();
    let waits = move |conn: &rusqlite::Connection| {
        let days = Settings::load(conn)?.evidence_days;
        // An idle site writes nothing: only what is over is erased.
        let sql = "SELECT EXISTS (SELECT 1 FROM intake_evidence) OR EXISTS (SELECT 1 FROM intake_measure)
          OR EXISTS (SELECT 1 FROM intake_line) OR EXISTS (SELECT 1 FROM claim_label)";
        let any: bool = conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(any.then_some(days))
    };
    match site.query(waits).await {
        Ok(Some(days)) => match site.write(vec![over(days, now)]).await {
            Err(Unwritten::Gone) => Err(Gone),
            Err(Unwritten::Refused(why)) => {
                tracing::warn!(
                    why = why.code(),
                    "what was kept of labels could not be erased; it is tried again in an hour"
                );
                Ok(())
            }
            Ok(()) => Ok(()),
        },
        Ok(None) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "what was kept of labels could not be looked at; it is tried again in an hour");
            Ok(())
        }
    }
}
