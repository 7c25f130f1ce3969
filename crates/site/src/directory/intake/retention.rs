//! Erases what was kept of labels, and whom courier codes were for, once its days are over: on a quiet site too.
//!
//! Owns: when to look. Never: what the days are; the site's settings say so.

use crate::directory::settings::Settings;
use crate::handle::{Gone, SiteHandle, Unwritten};
use crate::rows::Row;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vestibule_core::{CredentialId, Span, Timestamp};

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
    let ends = site.read(|site, _| {
        let codes = site.credentials.courier.all.iter();
        codes.map(|(id, code)| (*id, code.ends())).collect::<BTreeMap<_, _>>()
    });
    let ends = ends.await?;
    match site.query(move |tables| due(tables, &ends, now)).await {
        Ok(rows) if rows.is_empty() => Ok(()),
        Ok(rows) => match site.write(rows).await {
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
        Err(error) => {
            tracing::warn!(%error, "what was kept of labels could not be looked at; it is tried again in an hour");
            Ok(())
        }
    }
}

/// What is to be erased. An idle site writes nothing: only what is there and over.
fn due(
    tables: &Connection,
    ends: &BTreeMap<CredentialId, Timestamp>,
    now: Timestamp,
) -> rusqlite::Result<Vec<Row>> {
    let days = Settings::load(tables)?.evidence_days;
    let until = Timestamp(now.0 - Span::days(i64::from(days)).0);
    let mut statement = tables.prepare_cached("SELECT credential FROM courier_name")?;
    let named = statement
        .query_map([], |row| Ok(CredentialId(row.get::<_, i64>(0)?.unsigned_abs())))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let over_names = named.into_iter().filter(|code| ends.get(code).is_some_and(|end| *end <= until));
    let mut rows: Vec<Row> =
        over_names.map(|credential| Row::CourierName { credential, name: None }).collect();
    let sql = "SELECT EXISTS (SELECT 1 FROM intake_evidence) OR EXISTS (SELECT 1 FROM intake_measure)
      OR EXISTS (SELECT 1 FROM intake_line) OR EXISTS (SELECT 1 FROM claim_label)";
    let any: bool = tables.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    rows.extend(any.then(|| over(days, now)));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{put, tables};

    #[test]
    fn whom_a_code_was_for_is_erased_with_what_labels_said_and_a_live_one_is_kept() {
        let tables = tables();
        let named = |id| Row::CourierName { credential: CredentialId(id), name: Some("Sam".into()) };
        put(&tables, [named(1), named(2)]);
        let end = Timestamp(1_795_438_800_000);
        let ends = BTreeMap::from([(CredentialId(1), end), (CredentialId(2), end + Span::days(90))]);
        let names = |tables: &Connection| -> Vec<i64> {
            let mut all = tables.prepare("SELECT credential FROM courier_name ORDER BY 1").unwrap();
            all.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let days = Span::days(i64::from(Settings::load(&tables).unwrap().evidence_days));
        put(&tables, due(&tables, &ends, Timestamp((end + days).0 - 1)).unwrap());
        assert_eq!(names(&tables), [1, 2], "to the day");
        put(&tables, due(&tables, &ends, end + days).unwrap());
        assert_eq!(names(&tables), [2]);
    }
}
