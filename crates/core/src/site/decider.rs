//! The working hand of a decision: pushes events, each folded into the state at once, so that the next rule sees it.

use super::Site;
use crate::code::{Draw, Secret};
use crate::custody::delivered::{again, rules as claims};
use crate::custody::{Assurance, Custodian, class};
use crate::evidence::PhotoHash;
use crate::ids::*;
use crate::opening::OpeningPurpose;
use crate::place::compartment::Service;
use crate::task::TaskKind;
use crate::time::Timestamp;
use crate::visit::quick_drop;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::StaffReason;
use crate::vocabulary::decision::{Context, Decision, IssuedCode};
use crate::vocabulary::effect::Effect;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;

/// One decision in the making. A rule refuses before it pushes; only a miss is pushed and refused.
pub struct Decider<'a> {
    /// The state, up to and including the last event pushed.
    pub site: &'a mut Site,
    /// Time, seed, keyed hash.
    pub ctx: &'a Context<'a>,
    /// Randomness, expanded from the seed.
    pub draw: Draw,
    /// Codes issued.
    pub secrets: Vec<IssuedCode>,
    events: Vec<Event>,
    photos: Vec<Effect>,
}

impl<'a> Decider<'a> {
    pub(crate) fn new(site: &'a mut Site, ctx: &'a Context<'a>) -> Self {
        Self {
            site,
            ctx,
            draw: Draw::new(ctx.seed),
            secrets: Vec::new(),
            events: Vec::new(),
            photos: Vec::new(),
        }
    }

    pub(crate) fn finish(self, answer: Result<Answer, Refusal>) -> Decision {
        Decision { events: self.events, answer, secrets: self.secrets, photos: self.photos }
    }

    /// Site time.
    pub fn now(&self) -> Timestamp {
        self.ctx.now
    }

    /// Records a fact.
    pub(crate) fn push(&mut self, event: Event) {
        self.site.evolve(&event, self.ctx.now);
        self.events.push(event);
    }

    /// Asks for evidence; never blocks, never fails a decision.
    pub(crate) fn ask(&mut self, photo: Effect) {
        self.photos.push(photo);
    }

    /// Raises a task unless the same one is open.
    pub(crate) fn raise(&mut self, what: TaskKind) {
        self.raise_now(what);
    }

    /// Raises a task unless the same one is open; which one it is.
    pub(crate) fn raise_now(&mut self, what: TaskKind) -> TaskId {
        if let Some(open) = self.site.tasks.find(&what) {
            return open;
        }
        let task = self.site.counters.next_task();
        self.push(Event::TaskRaised { task, what });
        task
    }

    /// Closes the task of this kind, if it is open.
    pub(crate) fn done(&mut self, what: &TaskKind, by: Actor) {
        if let Some(task) = self.site.tasks.find(what) {
            self.push(Event::TaskDone { task, by });
        }
    }

    /// Closes the task that says a parcel is not theirs, whoever the suspects.
    pub(crate) fn done_not_theirs(&mut self, parcel: ParcelId, by: Actor) {
        let open = self
            .site
            .tasks
            .open
            .iter()
            .find(|(_, t)| matches!(t.what, TaskKind::NotTheirs { parcel: p, .. } if p == parcel));
        if let Some(task) = open.map(|(id, _)| *id) {
            self.push(Event::TaskDone { task, by });
        }
    }

    /// A compartment nobody is sure of: to check, and a task.
    pub(crate) fn send_to_check(&mut self, compartment: CompartmentId) {
        if self.site.compartments.get(compartment).is_some_and(|c| c.service == Service::In) {
            self.push(Event::CompartmentToCheck { compartment });
        }
        self.raise(TaskKind::Check { compartment });
    }

    /// Moves a parcel from where it is.
    pub(crate) fn transfer(&mut self, parcel: ParcelId, to: Custodian, by: Actor, assurance: Assurance) {
        self.transfer_shown(parcel, to, (by, assurance), &[]);
    }

    /// The same of one that was found by photos: they are its evidence beside those taken of it.
    pub(crate) fn transfer_shown(
        &mut self,
        parcel: ParcelId,
        to: Custodian,
        (by, assurance): (Actor, Assurance),
        photos: &[PhotoHash],
    ) {
        let before = self.site.custody.get(parcel).map(|facts| facts.custodian);
        if let Some(mut event) = self.site.custody.transfer(parcel, to, by, assurance) {
            if let Event::CustodyTransferred { evidence, .. } = &mut event {
                for name in photos.iter().map(ToString::to_string) {
                    if !evidence.contains(&name) {
                        evidence.push(name);
                    }
                }
            }
            self.push(event);
            let facts = self.site.custody.get(parcel);
            let (is_classed, drop) = facts.map_or((false, None), |p| (p.classed.is_some(), p.drop));
            let is_nobodys = facts.is_some_and(|p| p.entitlement.is_none());
            if is_classed {
                class::look_where_it_lies(self, parcel, by);
            }
            if let Some(Custodian::Courier(visit)) = before {
                quick_drop::ride(self, (parcel, visit), to, (by, assurance));
            }
            if let Some(drop) = drop {
                quick_drop::end_sorted(self, drop, by);
            }
            if is_nobodys && matches!(to, Custodian::Staff(_)) {
                // No list of a pile names it any more, and nobody else asks whose it is.
                self.raise(TaskKind::Assign { parcel });
            }
            claims::came(self, parcel);
            again::taken_back(self, parcel, to, by);
        }
    }

    /// Authorises an opening. Whether the purpose allows it was decided by who calls.
    pub(crate) fn open(
        &mut self,
        compartment: CompartmentId,
        purpose: OpeningPurpose,
        by: Actor,
    ) -> Result<OpeningId, Refusal> {
        let c = self.site.compartments.get(compartment).ok_or(Refusal::NotFound)?;
        let bank = c.bank;
        if c.opening.is_some_and(|id| self.site.openings.get(id).is_some_and(|o| !o.is_unknown())) {
            return Err(Refusal::OpeningInProgress);
        }
        let is_test = matches!(purpose, OpeningPurpose::StaffOpen { reason: StaffReason::WiringTest, .. });
        if self.site.wiring.maps.get(&bank).is_some_and(|map| !map.may_pulse(compartment, is_test)) {
            return Err(Refusal::NotInService);
        }
        // A contact wired the wrong way round says open: that is what such a test finds out.
        if c.is_open() && !is_test {
            return Err(Refusal::DoorOpen { compartment });
        }
        if self.site.layout.silent.contains(&bank) {
            return Err(Refusal::BoardSilent);
        }
        self.site.openings.admits(bank, self.site.policy.breaker_per_minute, self.ctx.now)?;
        let opening = self.site.counters.next_opening();
        let not_after = self.ctx.now + self.site.policy.pulse_within;
        let wiring = self.site.wiring.hash(bank);
        self.push(Event::OpeningAuthorised { opening, compartment, purpose, by, not_after, wiring });
        Ok(opening)
    }

    /// Keeps a code that was just issued, to be revealed to whoever asked.
    pub(crate) fn reveal(&mut self, credential: Option<CredentialId>, digits: Option<Secret>, token: Secret) {
        self.secrets.push(IssuedCode { credential, notice: None, digits, token });
    }
}
