//! Where what a configuration names is put up: in the ledger, or before that on a copy of the site, which shows what would be
//! refused while nothing is changed yet.
//!
//! Owns: that the same steps can be tried and done. Never: decides what is put up.

use super::AssemblyError;
use crate::handle::{Gone, Request, SiteHandle};
use crate::keys::Keys;
use crate::rows::Row;
use crate::runners::bus::bank_names;
use crate::store::StoreError;
use crate::web::problem::console_words;
use std::collections::BTreeMap;
use std::sync::Arc;
use vestibule_core::code::Seed;
use vestibule_core::{Answer, BankId, Context, Input, Refusal, Site, Timestamp};

/// The site itself, or a copy of it.
pub(super) struct Ground {
    site: SiteHandle,
    trial: Option<Trial>,
}

/// A site of which nothing is kept.
struct Trial {
    site: Box<Site>,
    now: Timestamp,
    keys: Arc<Keys>,
    /// Of banks that were put up on it.
    names: BTreeMap<BankId, String>,
}

impl Ground {
    /// What is put up here stays.
    pub(super) fn of(site: &SiteHandle) -> Self {
        Self { site: site.clone(), trial: None }
    }

    /// The site as it is now; what is put up here is gone with it.
    pub(super) async fn copy_of(site: &SiteHandle, keys: &Arc<Keys>) -> Result<Self, Gone> {
        let copied = site.read(|site, now| (Box::new(site.clone()), now)).await?;
        let trial = Trial { site: copied.0, now: copied.1, keys: Arc::clone(keys), names: BTreeMap::new() };
        Ok(Self { site: site.clone(), trial: Some(trial) })
    }

    /// Whether nothing that is put up here stays.
    pub(super) fn is_trial(&self) -> bool {
        self.trial.is_some()
    }

    /// Asks for something to be put up. Why not, in a sentence.
    pub(super) async fn ask(&mut self, request: Request) -> Result<Result<Answer, String>, Gone> {
        let answer = match &mut self.trial {
            Some(trial) => trial.ask(request),
            None => self.site.ask(request).await?.answer,
        };
        match answer {
            Ok(answer) => Ok(Ok(answer)),
            Err(refusal) => Ok(Err(console_words(&self.site, &refusal).await)),
        }
    }

    /// Looks at the site.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Site, Timestamp) -> T + Send + 'static,
    ) -> Result<T, Gone> {
        match &self.trial {
            Some(trial) => Ok(look(&trial.site, trial.now)),
            None => self.site.read(look).await,
        }
    }

    /// The banks by name.
    pub(super) async fn bank_names(&self) -> Result<BTreeMap<BankId, String>, AssemblyError> {
        let mut names = self.site.query(bank_names).await.map_err(StoreError::from)?;
        if let Some(trial) = &self.trial {
            names.extend(trial.names.clone());
        }
        Ok(names)
    }
}

impl Trial {
    fn ask(&mut self, request: Request) -> Result<Answer, Refusal> {
        let Request { actor, command, rows, .. } = request;
        // No code is drawn for what a configuration puts up, and none would leave.
        let context = Context { now: self.now, seed: Seed([0; 32]), hasher: &*self.keys };
        let answer = self.site.apply(&Input::Command { actor, command }, &context).answer?;
        for row in rows.map(|rows| rows(&answer)).unwrap_or_default() {
            if let Row::BankName { bank, name, .. } = row {
                self.names.insert(bank, name);
            }
        }
        Ok(answer)
    }
}
