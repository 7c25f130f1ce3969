//! One step at a time of having a certificate, with the library that speaks ACME. What the next step is, `schedule` says.

use super::failure::{Failure, Trouble, may_be_of_what_is_replaced};
use super::kept::Kept;
use super::line::Line;
use super::schedule::{Happened, Next, Stands};
use super::suggestion::Window;
use crate::config::AcmeConfig;
use crate::web::server::listener::Challenges;
use instant_acme::{
    Account, AccountBuilder, AuthorizationStatus, ChallengeType, Error, Identifier, NewAccount, NewOrder,
    Order, OrderStatus,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};
use std::time::Duration;
use vestibule_core::Timestamp;

/// A step that takes longer has failed. Each may be several questions.
const STEP_WITHIN: Duration = Duration::from_secs(90);

/// A try under way.
pub(super) struct Asking {
    config: AcmeConfig,
    kept: Kept,
    challenges: Challenges,
    line: Line,
    account: Option<Account>,
    order: Option<Order>,
    key: Option<KeyPair>,
}

impl Asking {
    pub(super) fn new(config: AcmeConfig, kept: Kept, challenges: Challenges, line: Line) -> Self {
        Self { config, kept, challenges, line, account: None, order: None, key: None }
    }

    /// Nothing is under way any more: no proof is shown, no key is held.
    pub(super) fn rest(&mut self) {
        self.challenges.clear();
        (self.account, self.order, self.key) = (None, None, None);
    }

    /// Takes one step. `now` is the wall clock.
    pub(super) async fn step(&mut self, next: Next, now: Timestamp) -> Happened {
        let step = async {
            match next {
                Next::Rest(_) => Err(Failure::new(Trouble::Here, "there is nothing to do")),
                Next::AskWhen => ask_when(&self.kept, &self.line).await,
                Next::SignIn => self.sign_in().await,
                Next::Order => self.order().await,
                Next::Answer => self.answer().await,
                Next::Look(_) => self.look().await,
                Next::Finalize => self.finalize().await,
                Next::Download => self.download(now).await,
            }
        };
        let late = || Err(Failure::new(Trouble::Slow, ""));
        let done = tokio::time::timeout(STEP_WITHIN, step).await.unwrap_or_else(|_| late());
        match done {
            Ok(happened) => happened,
            Err(failure) if next == Next::AskWhen => Happened::NotSuggested(failure),
            Err(failure) => {
                if failure.trouble == Trouble::Account {
                    self.kept.forget_account();
                }
                Happened::Failed(failure)
            }
        }
    }

    fn failed(line: &Line, error: &Error) -> Failure {
        Failure::of(error, line.take_again_ms())
    }

    async fn sign_in(&mut self) -> Result<Happened, Failure> {
        let builder = builder(&self.line);
        let failed = |error: Error| Self::failed(&self.line, &error);
        let account = match self.kept.account() {
            Some(credentials) => builder.from_credentials(credentials).await.map_err(failed)?,
            None => {
                let contact: Option<String> =
                    self.config.contact.as_ref().map(|address| format!("mailto:{address}"));
                let contact: Vec<&str> = contact.as_deref().into_iter().collect();
                let terms_of_service_agreed = self.config.terms_agreed;
                let wanted =
                    NewAccount { contact: &contact, terms_of_service_agreed, only_return_existing: false };
                let made = builder.create(&wanted, self.config.directory.clone(), None).await;
                let (account, credentials) = made.map_err(failed)?;
                self.kept.keep_account(credentials)?;
                account
            }
        };
        self.account = Some(account);
        Ok(Happened::SignedIn)
    }

    async fn order(&mut self) -> Result<Happened, Failure> {
        let names: Vec<Identifier> = self.config.domains.iter().cloned().map(Identifier::Dns).collect();
        let account = self.account.as_ref().ok_or_else(lost)?;
        let ordered = ordered(account, &self.kept, &names).await;
        let mut order = ordered.map_err(|error| Self::failed(&self.line, &error))?;
        let status = order.state().status;
        self.order = Some(order);
        self.stands(status).await
    }

    /// Puts a proof up for each domain that the authority does not believe yet.
    async fn answer(&mut self) -> Result<Happened, Failure> {
        let order = self.order.as_mut().ok_or_else(lost)?;
        let line = &self.line;
        let failed = |error: Error| Self::failed(line, &error);
        let kind =
            if self.config.http_listen.is_some() { ChallengeType::Http01 } else { ChallengeType::TlsAlpn01 };
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization.map_err(failed)?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let Some(mut challenge) = authorization.challenge(kind.clone()) else {
                let said = "it offers no proof of the kind that is configured";
                return Err(Failure::new(Trouble::Refused, said));
            };
            let (proof, domain) = (challenge.key_authorization(), challenge.identifier().to_string());
            if kind == ChallengeType::Http01 {
                self.challenges.show_by_http(&challenge.token, proof.as_str());
            } else {
                let shown = self.challenges.show_by_tls(&domain, proof.digest().as_ref());
                shown.map_err(|error| Failure::new(Trouble::Here, &error.to_string()))?;
            }
            challenge.set_ready().await.map_err(failed)?;
        }
        Ok(Happened::Answered)
    }

    async fn look(&mut self) -> Result<Happened, Failure> {
        let order = self.order.as_mut().ok_or_else(lost)?;
        let status = match order.refresh().await {
            Ok(state) => state.status,
            Err(error) => return Err(Self::failed(&self.line, &error)),
        };
        self.stands(status).await
    }

    async fn finalize(&mut self) -> Result<Happened, Failure> {
        let here = |error: rcgen::Error| Failure::new(Trouble::Here, &error.to_string());
        let key = KeyPair::generate().map_err(here)?;
        let mut wanted = CertificateParams::new(self.config.domains.clone()).map_err(here)?;
        wanted.distinguished_name = DistinguishedName::new();
        let request = wanted.serialize_request(&key).map_err(here)?;
        self.key = Some(key);
        let order = self.order.as_mut().ok_or_else(lost)?;
        order.finalize_csr(request.der()).await.map_err(|error| Self::failed(&self.line, &error))?;
        let status = order.state().status;
        self.stands(status).await
    }

    async fn download(&mut self, now: Timestamp) -> Result<Happened, Failure> {
        let order = self.order.as_mut().ok_or_else(lost)?;
        let given = order.certificate().await.map_err(|error| Self::failed(&self.line, &error))?;
        let Some(chain) = given else {
            return Ok(Happened::Stands(Stands::Processing, self.line.take_again_ms()));
        };
        let key = self.key.as_ref().ok_or_else(lost)?;
        self.kept.keep(&chain, &key.serialize_pem(), now).map(Happened::Kept)
    }

    /// How the order stands; one that is over says why.
    async fn stands(&mut self, status: OrderStatus) -> Result<Happened, Failure> {
        let stands = match status {
            OrderStatus::Pending => Stands::Pending,
            OrderStatus::Ready => Stands::Ready,
            OrderStatus::Processing => Stands::Processing,
            OrderStatus::Valid => Stands::Valid,
            OrderStatus::Invalid => return Err(self.why_invalid().await),
        };
        Ok(Happened::Stands(stands, self.line.take_again_ms()))
    }

    /// What the authority found at a domain, else what it says of the order.
    async fn why_invalid(&mut self) -> Failure {
        let Some(order) = self.order.as_mut() else { return lost() };
        let of_order = order.state().error.as_ref().map(Failure::of_problem);
        let mut authorizations = order.authorizations();
        while let Some(Ok(mut authorization)) = authorizations.next().await {
            let Ok(seen) = authorization.refresh().await else { break };
            let problem = seen.challenges.iter().find_map(|challenge| challenge.error.as_ref());
            if let Some(problem) = problem {
                return Failure::of_problem(problem);
            }
        }
        of_order.unwrap_or_else(|| Failure::new(Trouble::Refused, "it says no, and not why"))
    }
}

fn builder(line: &Line) -> AccountBuilder {
    Account::builder_with_http(Box::new(line.clone()))
}

/// When the authority wants the certificate that is kept renewed. No account is made only to ask that.
async fn ask_when(kept: &Kept, line: &Line) -> Result<Happened, Failure> {
    let nothing = Ok(Happened::Suggested(None, None));
    let (Some(credentials), Some(certificate)) = (kept.account(), kept.identifier()) else { return nothing };
    let failed = |error: Error| Failure::of(&error, line.take_again_ms());
    let account = builder(line).from_credentials(credentials).await.map_err(failed)?;
    let (said, again) = match account.renewal_info(&certificate).await {
        Err(Error::Unsupported(_)) => return nothing,
        answer => answer.map_err(failed)?,
    };
    let (start, end) = (said.suggested_window.start, said.suggested_window.end);
    let at = |seconds: i64| Timestamp(seconds.saturating_mul(1_000));
    let (from, until) = (at(start.unix_timestamp()), at(end.unix_timestamp()));
    let window = Window::new(from, until, said.explanation_url.as_deref());
    let wrong = || Failure::new(Trouble::Refused, "it suggests a time that ends before it begins");
    Ok(Happened::Suggested(Some(window.ok_or_else(wrong)?), i64::try_from(again.as_millis()).ok()))
}

/// An order that takes the place of the certificate that is kept; where the authority may not want that, one that does not.
async fn ordered(account: &Account, kept: &Kept, names: &[Identifier]) -> Result<Order, Error> {
    if let Some(replaced) = kept.identifier() {
        let ordered = account.new_order(&NewOrder::new(names).replaces(replaced)).await;
        if !ordered.as_ref().is_err_and(may_be_of_what_is_replaced) {
            return ordered;
        }
    }
    account.new_order(&NewOrder::new(names)).await
}

/// A step came before the one it stands on.
fn lost() -> Failure {
    Failure::new(Trouble::Here, "the order was lost")
}
