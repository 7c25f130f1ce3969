//! The post of the bench: takes notices out of the outbox in process and brings each code to its person.
//!
//! It stands in for the message runner and the mail server, which have a measure of their own: it unseals the rows,
//! records that they were handed over and removes them, many at a time. It writes the same facts as the runner does.

use crate::founding::Station;
use anyhow::{Context, Result};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use vestibule_core::{NoticeId, Observation, PersonId};
use vestibule_site::handle::SiteHandle;
use vestibule_site::keys::Keys;
use vestibule_site::rows::Row;

/// Commits come in bursts; the outbox is looked at once for each.
const BURST: Duration = Duration::from_millis(5);

/// A notice with its codes.
pub struct Letter {
    pub notice: u64,
    pub person: PersonId,
    pub qr: String,
    pub pin: String,
}

/// Where each person's letters arrive.
pub type Letterboxes = BTreeMap<PersonId, mpsc::UnboundedSender<Letter>>;

/// One letterbox a household of these stations, and the receiving ends in the same order.
pub fn letterboxes(stations: &[Station]) -> (Letterboxes, Vec<Vec<mpsc::UnboundedReceiver<Letter>>>) {
    let mut boxes = Letterboxes::new();
    let ends = stations.iter().map(|station| {
        let of_household = |household: &crate::founding::Household| {
            let (drop_in, take_out) = mpsc::unbounded_channel();
            boxes.insert(household.person, drop_in);
            take_out
        };
        station.households.iter().map(of_household).collect()
    });
    let ends = ends.collect();
    (boxes, ends)
}

/// The letters after a notice that are not delivered yet.
pub fn waiting(connection: &Connection, keys: &Keys, after: u64) -> Result<Vec<Letter>> {
    let mut statement = connection.prepare_cached(
        "SELECT notice, person, sealed FROM outbox WHERE notice > ?1 AND sealed IS NOT NULL ORDER BY notice",
    )?;
    let rows =
        statement.query_map([after], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)))?;
    rows.map(|row| {
        let (notice, person, sealed) = row?;
        let text = keys.unseal(&sealed).context("sealed by this site")?;
        let codes: BTreeMap<String, String> = serde_json::from_str(&text)?;
        let code = |name: &str| codes.get(name).cloned().unwrap_or_default();
        Ok(Letter { notice, person: PersonId(person), qr: code("qr"), pin: code("pin") })
    })
    .collect()
}

/// Delivers until the site is gone.
pub async fn deliver(site: SiteHandle, keys: Arc<Keys>, boxes: Letterboxes) -> Result<()> {
    let mut changes = site.changes();
    let mut last = 0;
    while changes.changed().await.is_ok() {
        tokio::time::sleep(BURST).await;
        let (keys, after) = (Arc::clone(&keys), last);
        let letters = site.query(move |connection| Ok(waiting(connection, &keys, after))).await??;
        let Some(newest) = letters.last() else { continue };
        last = newest.notice;
        let notices: Vec<u64> = letters.iter().map(|letter| letter.notice).collect();
        for letter in letters {
            if let Some(letterbox) = boxes.get(&letter.person) {
                // Nobody at home: the client has gone.
                let _ = letterbox.send(letter);
            }
        }
        let told = notices.iter().map(|notice| Observation::NoticeHandedOver { notice: NoticeId(*notice) });
        site.observe(told.collect()).await?;
        site.write(notices.into_iter().map(|notice| Row::OutboxDone { notice }).collect()).await?;
    }
    Ok(())
}
