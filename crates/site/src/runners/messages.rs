//! Hands notices to the mail server: the tokio half of [`vestibule_notices::delivery`].
//!
//! Owns: which outbox rows are under way. Never: decides when to try again, stores a code, or traces a word of a message.
//! Safe to kill at any moment: a row leaves the outbox only after its outcome is recorded, and a repeat of the same notice
//! carries the same Message-ID.

mod attempt;
mod moments;
mod place_lines;
mod sql;
mod who_rang;
mod words;

use crate::directory::test_mail;
use crate::evidence::PhotoFolder;
use crate::evidence::thumbnail::Thumbnails;
use crate::handle::{Gone, SiteHandle, Unwritten};
use crate::keys::{Keys, fresh_bytes};
use crate::rows::Row;
use attempt::{Attempt, Tried};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};
use vestibule_core::vocabulary::observation::NoticeTrouble;
use vestibule_core::{NoticeId, Observation, PersonId};
use vestibule_notices::SecretText;
use vestibule_notices::delivery::{
    Delivery, Input, Outcome, Output, Row as Waiting, RowId, ServerId, TryResult,
};
use vestibule_notices::smtp::SmtpSender;

const MAIL: ServerId = ServerId(1);
/// Connections to the mail server at once.
const MOST_UNDER_WAY: usize = 4;
/// Commits come in bursts; the outbox is looked at once for each burst.
const BURST: Duration = Duration::from_millis(40);

/// A place where text messages are shown instead of sent: the demo's inbox.
pub trait TextSink: Send + Sync {
    /// The text message a notice would be. `key` names the notice as its mail's Message-ID does.
    fn show(&self, key: &str, phone: Option<&str>, text: String);
}

/// What the runner needs.
pub struct MessageStart {
    /// The writer.
    pub site: SiteHandle,
    /// To unseal what waits in the outbox.
    pub keys: Arc<Keys>,
    /// The mail server; None: none is configured, and mail waits until one is.
    pub smtp: Option<SmtpSender>,
    /// As people reach the site; None: as its settings say. Without either, messages carry no link.
    pub public_url: Option<String>,
    /// Where text messages are shown.
    pub texts: Option<Arc<dyn TextSink>>,
    /// Where photos are kept; None: no message carries one.
    pub photos: Option<PhotoFolder>,
    /// True ends the runner.
    pub shutdown: watch::Receiver<bool>,
}

/// Runs until told to stop or the writer is gone. What is under way then is tried again after the next start.
pub fn start(start: MessageStart) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut shutdown = start.shutdown.clone();
        let mut runner = Runner::new(start);
        tokio::select! {
            _ = runner.run() => {}
            stopped = shutdown.wait_for(|stop| *stop) => drop(stopped),
        }
    })
}

struct Runner {
    attempt: Arc<Attempt>,
    texts: bool,
    delivery: Delivery,
    known: BTreeSet<u64>,
    persons: BTreeMap<u64, PersonId>,
    /// Test mails among them.
    tests: BTreeSet<u64>,
    /// The link of each notice that waits, so that a second try does not make a second page.
    links: BTreeMap<u64, Arc<SecretText>>,
    tries: JoinSet<(RowId, Tried)>,
    /// Site time at an instant.
    anchor: (u64, Instant),
}

impl Runner {
    fn new(start: MessageStart) -> Self {
        let seed = u64::from_be_bytes(fresh_bytes());
        Self {
            texts: start.texts.is_some(),
            attempt: Arc::new(Attempt {
                site: start.site,
                keys: start.keys,
                smtp: start.smtp,
                public_url: start.public_url,
                texts: start.texts,
                photos: start.photos,
                fitting: Thumbnails::default(),
            }),
            delivery: Delivery::new(seed, MOST_UNDER_WAY),
            known: BTreeSet::new(),
            persons: BTreeMap::new(),
            tests: BTreeSet::new(),
            links: BTreeMap::new(),
            tries: JoinSet::new(),
            anchor: (0, Instant::now()),
        }
    }

    async fn run(&mut self) -> Result<(), Gone> {
        let mut changes = self.attempt.site.changes();
        self.look().await?;
        let mut look_at = None;
        loop {
            self.take_outputs().await?;
            let deadline = self.delivery.next_deadline().map(|at| self.instant(at));
            tokio::select! {
                changed = changes.changed() => {
                    changed.map_err(|_| Gone)?;
                    look_at = look_at.or_else(|| Some(Instant::now() + BURST));
                }
                () = at(look_at) => {
                    look_at = None;
                    self.look().await?;
                }
                Some(ended) = self.tries.join_next() => {
                    let (id, tried) = ended.expect("a try does not panic");
                    self.tried(id, tried).await?;
                }
                () = at(deadline) => {
                    let now = self.now();
                    self.delivery.handle(Input::Wake, now);
                }
            }
        }
    }

    /// Reads the outbox: what is new is taken in, what vanished (its code died) is withdrawn.
    async fn look(&mut self) -> Result<(), Gone> {
        let now = self.attempt.site.now();
        self.anchor = (u64::try_from(now.0).unwrap_or(0), Instant::now());
        let rows = match self.attempt.site.query(sql::waiting).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be read; it is read again with the next change");
                return Ok(());
            }
        };
        let present: BTreeSet<u64> = rows.iter().map(|row| row.notice).collect();
        for gone in self.known.difference(&present).copied().collect::<Vec<_>>() {
            self.delivery.handle(Input::Withdrawn(RowId(gone)), self.anchor.0);
            self.forget(gone);
        }
        for row in rows.into_iter().filter(|row| !self.known.contains(&row.notice)).collect::<Vec<_>>() {
            self.take_in(&row).await?;
        }
        Ok(())
    }

    async fn take_in(&mut self, row: &sql::WaitingRow) -> Result<(), Gone> {
        let can_be_told = row.has_mail || (self.texts && row.has_phone);
        if !can_be_told {
            // If it stays in the outbox it is removed at the next look, and staff know already.
            if !row.in_trouble {
                self.tell(NoticeId(row.notice), NoticeTrouble::NoChannel).await?;
            }
            return self.write(vec![Row::OutboxDone { notice: row.notice }]).await.map(drop);
        }
        self.known.insert(row.notice);
        match row.person {
            Some(person) => drop(self.persons.insert(row.notice, person)),
            None => drop(self.tests.insert(row.notice)),
        }
        let waiting = Waiting {
            id: RowId(row.notice),
            server: MAIL,
            queued_ms: row.created_ms,
            overdue_reported: row.in_trouble,
        };
        self.delivery.handle(Input::Row(waiting), self.anchor.0);
        // Somebody looks whether the server takes mail now: no pause after earlier failures holds that up.
        if row.person.is_none() {
            self.delivery.handle(Input::ServerUp(MAIL), self.anchor.0);
        }
        Ok(())
    }

    async fn take_outputs(&mut self) -> Result<(), Gone> {
        while let Some(output) = self.delivery.poll_output() {
            match output {
                Output::Try(id) => self.begin(id),
                Output::Report(id, outcome) => self.report(id, outcome).await?,
                Output::Remove(id) => self.remove(id).await?,
                Output::ServerChanged(_, true) => tracing::info!("the mail server takes messages again"),
                Output::ServerChanged(_, false) => {
                    tracing::warn!("the mail server takes no messages; they wait and are tried again");
                }
            }
        }
        Ok(())
    }

    fn begin(&mut self, id: RowId) {
        let attempt = Arc::clone(&self.attempt);
        let link = self.links.get(&id.0).cloned();
        let (notice, is_test) = (NoticeId(id.0), self.tests.contains(&id.0));
        self.tries.spawn(async move {
            (id, if is_test { attempt.run_test(notice).await } else { attempt.run(notice, link).await })
        });
    }

    async fn tried(&mut self, id: RowId, tried: Tried) -> Result<(), Gone> {
        if let Some(link) = tried.link {
            self.links.insert(id.0, link);
        }
        // If it is not kept staff see how it ended and not what was said.
        if let Some(said) = tried.said {
            self.write(vec![test_mail::said(NoticeId(id.0), &said)]).await?;
        }
        let now = self.now();
        let result = match tried.result {
            Ok(()) => TryResult::Accepted,
            Err(attempt::Problem::Pointless) => {
                self.delivery.handle(Input::Withdrawn(id), now);
                // If it stays it is found pointless again.
                self.write(vec![Row::OutboxDone { notice: id.0 }]).await?;
                self.forget(id.0);
                TryResult::Later
            }
            Err(attempt::Problem::Failed { result, why }) => {
                tracing::debug!(notice = id.0, %why, "a notice was not handed over");
                self.write(vec![Row::OutboxTried { notice: id.0, error: why }]).await?;
                result
            }
        };
        self.delivery.handle(Input::Tried { id, result }, now);
        Ok(())
    }

    async fn report(&mut self, id: RowId, outcome: Outcome) -> Result<(), Gone> {
        let notice = NoticeId(id.0);
        match outcome {
            Outcome::Delivered => {
                // First the fact, then the row: killed in between, the notice is sent again and not lost.
                self.attempt.site.observe(vec![Observation::NoticeHandedOver { notice }]).await
            }
            Outcome::AddressRefused => {
                self.tell(notice, NoticeTrouble::AddressRefused).await?;
                if let Some(person) = self.persons.get(&id.0) {
                    self.write(vec![Row::BadAddress { person: *person, bad: true }]).await?;
                }
                Ok(())
            }
            Outcome::Overdue => self.tell(notice, NoticeTrouble::Late).await,
        }
    }

    async fn tell(&self, notice: NoticeId, trouble: NoticeTrouble) -> Result<(), Gone> {
        self.attempt.site.observe(vec![Observation::NoticeTrouble { notice, trouble }]).await
    }

    /// The sealed codes of a notice that came to its end leave the outbox.
    async fn remove(&mut self, id: RowId) -> Result<(), Gone> {
        let is_durable = self.write(vec![Row::OutboxDone { notice: id.0 }]).await?;
        let now = self.now();
        self.delivery.handle(Input::Removed { id, is_durable }, now);
        if is_durable {
            self.forget(id.0);
        }
        Ok(())
    }

    /// Whether rows are durable. Where the disk is full they are not, and the runner goes on.
    async fn write(&self, rows: Vec<Row>) -> Result<bool, Gone> {
        match self.attempt.site.write(rows).await {
            Ok(()) => Ok(true),
            Err(Unwritten::Refused(why)) => {
                tracing::warn!(why = why.code(), "the outbox could not be changed");
                Ok(false)
            }
            Err(Unwritten::Gone) => Err(Gone),
        }
    }

    fn forget(&mut self, notice: u64) {
        self.known.remove(&notice);
        self.persons.remove(&notice);
        self.tests.remove(&notice);
        self.links.remove(&notice);
    }

    fn now(&self) -> u64 {
        let (site_ms, at) = self.anchor;
        site_ms + u64::try_from(at.elapsed().as_millis()).unwrap_or(0)
    }

    fn instant(&self, site_ms: u64) -> Instant {
        self.anchor.1 + Duration::from_millis(site_ms.saturating_sub(self.anchor.0))
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
