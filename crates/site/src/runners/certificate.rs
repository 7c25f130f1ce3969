//! A certificate for a domain of ours: had from an authority by ACME, renewed in time, shown without a restart.
//!
//! [`schedule`] holds all meaning, [`asking`] speaks with the authority, [`kept`] has the files; here they are put together. Nothing
//! waits for it: without a line to the authority the site starts, serves and goes on with the certificate it has.
//! Owns: the one task of that work, and what staff see of it. Never: a rule, a byte of the protocol.

mod asking;
mod failure;
mod kept;
mod line;
mod schedule;
mod suggestion;

pub use failure::{Failure, Trouble};
pub use kept::{Leaf, pair_in};
pub use schedule::{Tries, Try, Validity};
pub use suggestion::{Suggestion, Window};

use crate::config::AcmeConfig;
use crate::handle::SiteHandle;
use crate::keys::fresh_bytes;
use crate::web::server::listener::{Challenges, TlsError};
use asking::Asking;
use kept::Kept;
use line::Line;
use schedule::{Happened, Next, Renewal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use vestibule_core::task::TaskKind;
use vestibule_core::{Observation, Timestamp};

/// However it is counted, nothing is done more often than this: a clock that jumps must not make it spin.
const RESTS_AT_LEAST_MS: i64 = 1_000;
/// No wait is longer; clocks are set meanwhile.
const WAITS_AT_MOST_MS: i64 = 600_000;

/// The wall clock of the machine.
pub type WallClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What having a certificate needs.
pub struct CertificateStart {
    /// To tell staff.
    pub site: SiteHandle,
    /// Which domains, and whom to ask.
    pub config: AcmeConfig,
    /// Where all TLS files lie.
    pub tls_folder: PathBuf,
    /// Where proofs are put up.
    pub challenges: Challenges,
    /// Told when a certificate was kept.
    pub changed: Arc<Notify>,
    /// The wall clock.
    pub wall: WallClock,
    /// True once the site is to stop.
    pub shutdown: watch::Receiver<bool>,
}

/// How it stands with the certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CertificateView {
    /// How long the one that is kept holds.
    pub held: Option<Validity>,
    /// Within which time the authority wants it renewed, if it says so.
    pub window: Option<Window>,
    /// The last try.
    pub last: Option<Try>,
    /// When the next one is due, by the wall clock.
    pub next: Timestamp,
    /// One is under way.
    pub is_trying: bool,
    /// There is none, or one that is to be renewed: a try can be asked for.
    pub is_wanted: bool,
    /// None is made until the clock is believed.
    pub waits_for_clock: bool,
}

/// What pages know of the own domain. Cheap to clone.
#[derive(Debug, Clone)]
pub struct OwnDomain {
    /// Its names.
    pub domains: Arc<Vec<String>>,
    /// The authority's directory.
    pub directory: Arc<str>,
    seen: watch::Receiver<CertificateView>,
    wished: Arc<Notify>,
}

impl OwnDomain {
    /// How it stands.
    pub fn view(&self) -> CertificateView {
        self.seen.borrow().clone()
    }

    /// Changes whenever [`Self::view`] does.
    pub fn changes(&self) -> watch::Receiver<CertificateView> {
        self.seen.clone()
    }

    /// Staff want a try now. It comes as soon as the authority's limits and the clock allow one.
    pub fn try_now(&self) {
        self.wished.notify_one();
    }
}

/// Starts having and renewing the certificate.
///
/// # Errors
/// A root that cannot be read, or a folder that cannot be made.
pub fn start(start: CertificateStart) -> Result<(OwnDomain, JoinHandle<()>), TlsError> {
    let line = Line::new(&start.config)?;
    let kept = Kept::open(&start.tls_folder, &start.config).map_err(|error| TlsError::File {
        path: start.tls_folder.display().to_string(),
        why: error.to_string(),
    })?;
    let remembered = kept.tries();
    let renewal = Renewal::new(kept.held(), remembered.clone(), u64::from_le_bytes(fresh_bytes()));
    let (view, seen) = watch::channel(CertificateView::default());
    let own = OwnDomain {
        domains: Arc::new(start.config.domains.clone()),
        directory: Arc::from(start.config.directory.as_str()),
        seen,
        wished: Arc::default(),
    };
    let wished = Arc::clone(&own.wished);
    let asking = Asking::new(start.config, kept.clone(), start.challenges, line);
    let keeper = Keeper {
        site: start.site,
        wall: start.wall,
        changed: start.changed,
        domains: Arc::clone(&own.domains),
        renewal,
        asking,
        kept,
        remembered,
        view,
        wished,
    };
    Ok((own, tokio::spawn(keeper.run(start.shutdown))))
}

struct Keeper {
    site: SiteHandle,
    wall: WallClock,
    changed: Arc<Notify>,
    domains: Arc<Vec<String>>,
    renewal: Renewal,
    asking: Asking,
    kept: Kept,
    /// As it was written last.
    remembered: Tries,
    view: watch::Sender<CertificateView>,
    wished: Arc<Notify>,
}

impl Keeper {
    async fn run(mut self, mut shutdown: watch::Receiver<bool>) {
        tokio::select! {
            _ = shutdown.wait_for(|stop| *stop) => {}
            () = self.keep_on() => {}
        }
        self.asking.rest();
    }

    /// Until the writer is gone.
    async fn keep_on(&mut self) {
        loop {
            let now = (self.wall)();
            let seen = self.site.read(|site, _| {
                let is_open = |what: &TaskKind| site.tasks.find(what).is_some();
                (!is_open(&TaskKind::Clock), is_open(&TaskKind::CertificateEnds))
            });
            let Ok((believed, is_told)) = seen.await else { return };
            let next = self.renewal.next(now, believed);
            self.remember();
            self.show(now, believed);
            let soon = self.renewal.needs_staff(now);
            // Nobody is told anything by a clock that is doubted.
            if believed
                && soon != is_told
                && self.site.observe(vec![Observation::CertificateEnds { soon }]).await.is_err()
            {
                return;
            }
            match next {
                Next::Rest(until) => {
                    self.asking.rest();
                    self.rest(until.0 - now.0).await;
                    continue;
                }
                Next::Look(from) => wait(from.0 - now.0).await,
                Next::AskWhen
                | Next::SignIn
                | Next::Order
                | Next::Answer
                | Next::Finalize
                | Next::Download => {}
            }
            let happened = self.asking.step(next, now).await;
            self.take_in(happened);
        }
    }

    async fn rest(&mut self, ms: i64) {
        let wished = tokio::select! {
            () = self.wished.notified() => true,
            () = wait(ms.max(RESTS_AT_LEAST_MS)) => false,
        };
        if wished {
            self.renewal.wish();
        }
    }

    fn show(&self, now: Timestamp, believed: bool) {
        self.view.send_replace(CertificateView {
            held: self.renewal.held(),
            window: self.renewal.tries().suggestion.window.clone().filter(|_| self.renewal.held().is_some()),
            last: self.renewal.tries().last.clone(),
            next: self.renewal.due(now),
            is_trying: self.renewal.is_trying(),
            is_wanted: self.renewal.is_wanted(now),
            waits_for_clock: !believed || schedule::is_lost(now),
        });
    }

    fn take_in(&mut self, happened: Happened) {
        let domains = self.domains.join(", ");
        match &happened {
            Happened::Kept(_) => {
                tracing::info!(%domains, "a certificate was had");
                self.changed.notify_one();
            }
            Happened::Failed(Failure { trouble, said, .. }) => {
                tracing::warn!(%domains, trouble = trouble.key(), %said, "no certificate was had; it is tried again");
            }
            Happened::Suggested(Some(Window { why: Some(why), .. }), _) => {
                tracing::info!(%domains, %why, "the authority says when it wants the certificate renewed");
            }
            Happened::NotSuggested(Failure { trouble, said, .. }) => {
                tracing::debug!(%domains, trouble = trouble.key(), %said, "the authority does not say when to renew");
            }
            Happened::Suggested(..) | Happened::SignedIn | Happened::Stands(..) | Happened::Answered => {}
        }
        self.renewal.happened((self.wall)(), happened);
    }

    /// What is remembered of tries outlives this process.
    fn remember(&mut self) {
        if *self.renewal.tries() == self.remembered {
            return;
        }
        self.remembered = self.renewal.tries().clone();
        if let Err(failure) = self.kept.keep_tries(&self.remembered) {
            tracing::warn!(said = %failure.said, "what is remembered of tries could not be written");
        }
    }
}

async fn wait(ms: i64) {
    let ms = u64::try_from(ms.clamp(0, WAITS_AT_MOST_MS)).unwrap_or(0);
    tokio::time::sleep(Duration::from_millis(ms)).await;
}
