//! People at one kiosk: a courier who leaves a parcel for each household, and the residents who fetch them, for ever.
//!
//! Owns: the order of requests a kiosk sends. A cycle is one deposit and its collection; requests a cycle: one deposit,
//! one pick-up, one finish of the resident, and a tenth of a log-in and of a finish of the courier.

use crate::founding::{DEPOSITS_A_VISIT, Household};
use crate::http::Client;
use crate::load::{Count, Floor};
use crate::running::Seat;
use crate::wire::Movement;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Requests of one courier visit and its collections.
pub const REQUESTS_A_VISIT: usize = 2 + 3 * DEPOSITS_A_VISIT;
/// A door whose closing is still on its way to the writer: the kiosk asks again.
const TOO_EARLY: u16 = 409;
const AGAIN_AFTER: Duration = Duration::from_millis(1);
const TRIES: u32 = 2_000;

/// How residents identify.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A scan of the code in the mail.
    Qr,
    /// Keypad number and PIN.
    Pin,
}

/// What the people at all kiosks of a run came to.
#[derive(Default)]
pub struct Tally {
    pub count: Count,
    /// Requests that came before the closing of a door was recorded and were sent again.
    pub early: AtomicU64,
    /// From sending an attempt to the order on the line, in microseconds.
    pub to_pulse: std::sync::Mutex<Vec<u32>>,
    /// From the push on a door to the bus having read it shut.
    pub to_shut: std::sync::Mutex<Vec<u32>>,
}

/// One kiosk at work.
struct Kiosk<'a> {
    http: Client,
    seat: &'a mut Seat,
    tally: &'a Tally,
    means: Means,
}

#[derive(Deserialize)]
struct Begun {
    visit: u64,
}

/// Works at a kiosk until the floor closes; then the visit in hand is finished.
pub async fn work(
    address: SocketAddr,
    seat: Arc<Mutex<Seat>>,
    tally: Arc<Tally>,
    means: Means,
    mut floor: Floor,
) -> Result<()> {
    let mut seat = seat.lock().await;
    let http = Client::connect(address, &seat.station.token).await?;
    let mut kiosk = Kiosk { http, seat: &mut seat, tally: &tally, means };
    while floor.is_open() {
        kiosk.round(&mut floor).await?;
    }
    Ok(())
}

/// One courier visit whose parcels nobody collects; when its end was asked for.
pub async fn leave_parcels(address: SocketAddr, seat: &mut Seat, tally: &Tally) -> Result<Instant> {
    let http = Client::connect(address, &seat.station.token).await?;
    let mut kiosk = Kiosk { http, seat, tally, means: Means::Qr };
    let courier = kiosk.deposits(None).await?;
    let asked = Instant::now();
    kiosk.ask(&format!("/api/v1/visits/{courier}/finish"), "").await?;
    Ok(asked)
}

impl Kiosk<'_> {
    async fn round(&mut self, floor: &mut Floor) -> Result<()> {
        let households = self.seat.station.households.clone();
        let courier = self.deposits(Some(&mut *floor)).await?;
        self.ask(&format!("/api/v1/visits/{courier}/finish"), "").await?;
        for (n, household) in households.iter().enumerate() {
            floor.wait().await;
            self.collect(n, household).await?;
            self.tally.count.add(1);
        }
        Ok(())
    }

    /// The courier's log-in and a parcel for each household; the visit.
    async fn deposits(&mut self, mut floor: Option<&mut Floor>) -> Result<u64> {
        let households = self.seat.station.households.clone();
        let badge = format!(r#"{{"code":"{}"}}"#, self.seat.station.badge);
        let courier = self.ask("/api/v1/kiosk/log-in", &badge).await?;
        let courier = visit_of(&courier)?;
        for household in &households {
            if let Some(floor) = floor.as_mut() {
                floor.wait().await;
            }
            let body = format!(r#"{{"unit":{},"size":"s"}}"#, household.unit);
            self.through_a_door(&format!("/api/v1/visits/{courier}/deposit"), &body).await?;
        }
        Ok(courier)
    }

    async fn collect(&mut self, n: usize, household: &Household) -> Result<()> {
        let letter = self.seat.letters[n].recv().await.context("the post goes on")?;
        let body = match self.means {
            Means::Qr => format!(r#"{{"code":"{}"}}"#, letter.qr),
            Means::Pin => format!(r#"{{"selector":"{}","digits":"{}"}}"#, household.keypad, letter.pin),
        };
        let visit = self.through_a_door("/api/v1/kiosk/pick-up", &body).await?;
        let visit = visit_of(&visit)?;
        self.ask(&format!("/api/v1/visits/{visit}/finish"), "").await.map(drop)
    }

    /// An attempt that opens a door; it goes on when the person has shut the door and the bus has read it shut.
    async fn through_a_door(&mut self, path: &str, body: &str) -> Result<Vec<u8>> {
        let asked = Instant::now();
        let (answer, tries) = self.ask_counting(path, body).await?;
        let moved = tokio::time::timeout(Duration::from_secs(30), self.seat.wire.moved()).await;
        let Movement { unlocked, pushed, shut } = moved
            .with_context(|| format!("no door moved after {path}: {}", String::from_utf8_lossy(&answer)))?;
        if tries == 1 {
            note(&self.tally.to_pulse, unlocked.saturating_duration_since(asked));
        }
        note(&self.tally.to_shut, shut.saturating_duration_since(pushed));
        Ok(answer)
    }

    async fn ask(&mut self, path: &str, body: &str) -> Result<Vec<u8>> {
        self.ask_counting(path, body).await.map(|(answer, _)| answer)
    }

    async fn ask_counting(&mut self, path: &str, body: &str) -> Result<(Vec<u8>, u32)> {
        for tries in 1..=TRIES {
            let answer = self.http.post(path, body).await?;
            match answer.code {
                200 => return Ok((answer.body, tries)),
                TOO_EARLY => {
                    self.tally.early.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(AGAIN_AFTER).await;
                }
                code => bail!("{path} was answered {code}: {}", String::from_utf8_lossy(&answer.body)),
            }
        }
        bail!("{path} was refused {TRIES} times")
    }
}

fn visit_of(answer: &[u8]) -> Result<u64> {
    Ok(serde_json::from_slice::<Begun>(answer).context("an answer with a visit")?.visit)
}

fn note(into: &std::sync::Mutex<Vec<u32>>, took: Duration) {
    let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
    into.lock().expect("nothing panics while it notes").push(micros);
}
