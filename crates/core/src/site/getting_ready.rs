//! What a site needs before its first parcel, step by step, and which of it is done.
//!
//! A step is done by facts alone; nobody ticks one off. That somebody passed one over, or wants to see none of them any
//! more, is recorded. The test mail goes by the same way as every notice, so its fate says what theirs will be. How the site
//! is reached is no fact of the ledger: whoever asks brings it along ([`Reached`]).

use crate::ids::*;
use crate::site::{Site, decider::Decider, reached::Reached};
use crate::time::Timestamp;
use crate::vocabulary::answer::Answer;
use crate::vocabulary::event::Event;
use crate::vocabulary::observation::NoticeTrouble;
use crate::vocabulary::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One step, in the order in which they are best done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadyStep {
    /// The units and who lives there.
    Units,
    /// A bank or a shelf.
    Places,
    /// How phones and kiosks reach the site: before the wiring, which is tested with a phone.
    Connection,
    /// Which lock opens which door, found out at the wall.
    Wiring,
    /// A screen at the bank.
    Kiosk,
    /// A mail server that takes what the site sends.
    Mail,
    /// Codes for those who deliver.
    Couriers,
}

impl ReadyStep {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::Units, Self::Places, Self::Connection, Self::Wiring, Self::Kiosk, Self::Mail, Self::Couriers];

    /// Its word in the ledger, in addresses and in keys of texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Places => "places",
            Self::Connection => "connection",
            Self::Wiring => "wiring",
            Self::Kiosk => "kiosk",
            Self::Mail => "mail",
            Self::Couriers => "couriers",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The facts say so.
    Done,
    /// There is nothing here it could be about: shelves have no locks.
    NotNeeded,
    /// To be done.
    Open,
    /// To be done, and passed over for now.
    Skipped,
}

/// What became of the test mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailFate {
    /// On its way.
    Waiting,
    /// The mail server took it.
    Taken {
        /// When.
        at: Timestamp,
    },
    /// It did not, or has not yet ([`NoticeTrouble::Late`]).
    Trouble(NoticeTrouble),
}

/// The last test mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestMail {
    /// Its number among the notices.
    pub notice: NoticeId,
    /// Who asked for it and gets it.
    pub staff: StaffId,
    /// When.
    pub asked: Timestamp,
    /// What became of it.
    pub fate: MailFate,
}

/// What is recorded of getting ready; how a step stands is asked of [`Site::standing`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GettingReady {
    /// Steps somebody passed over.
    pub skipped: BTreeSet<ReadyStep>,
    /// Nobody wants to be reminded.
    pub hidden: bool,
    /// The last test mail.
    pub mail: Option<TestMail>,
}

impl GettingReady {
    fn mail_of(&mut self, notice: NoticeId) -> Option<&mut TestMail> {
        self.mail.as_mut().filter(|mail| mail.notice == notice)
    }

    pub(crate) fn evolve(&mut self, event: &Event, now: Timestamp) {
        match event {
            Event::StepSkipped { step, skipped: true, .. } => drop(self.skipped.insert(*step)),
            Event::StepSkipped { step, skipped: false, .. } => drop(self.skipped.remove(step)),
            Event::GettingReadyHidden { hidden, .. } => self.hidden = *hidden,
            Event::TestMailRequested { notice, staff } => {
                let (notice, staff, asked, fate) = (*notice, *staff, now, MailFate::Waiting);
                self.mail = Some(TestMail { notice, staff, asked, fate });
            }
            Event::NoticeHandedOver { notice } => {
                if let Some(mail) = self.mail_of(*notice) {
                    mail.fate = MailFate::Taken { at: now };
                }
            }
            Event::NoticeInTrouble { notice, trouble } => {
                if let Some(mail) = self.mail_of(*notice) {
                    mail.fate = MailFate::Trouble(*trouble);
                }
            }
            _ => {}
        }
    }
}

impl Site {
    /// How a step stands at a site that is reached so.
    pub fn standing(&self, step: ReadyStep, reached: &Reached) -> Standing {
        let has_bank = !self.layout.banks.is_empty();
        let is_done = match step {
            ReadyStep::Units => !self.directory.units.is_empty(),
            ReadyStep::Places => has_bank || !self.layout.shelves.is_empty(),
            ReadyStep::Connection => reached.off().is_empty(),
            ReadyStep::Wiring => has_bank && self.untested_bank().is_none(),
            ReadyStep::Kiosk => self.layout.kiosks.values().any(|kiosk| !kiosk.banks.is_empty()),
            ReadyStep::Mail => {
                self.getting_ready.mail.as_ref().is_some_and(|m| matches!(m.fate, MailFate::Taken { .. }))
            }
            ReadyStep::Couriers => !self.credentials.courier.all.is_empty(),
        };
        let is_about_banks = matches!(step, ReadyStep::Wiring | ReadyStep::Kiosk);
        let is_needed = !is_about_banks || has_bank || self.layout.shelves.is_empty();
        match (is_done, is_needed, self.getting_ready.skipped.contains(&step)) {
            (true, ..) => Standing::Done,
            (false, false, _) => Standing::NotNeeded,
            (false, true, true) => Standing::Skipped,
            (false, true, false) => Standing::Open,
        }
    }

    /// The first bank whose wiring nobody has tested.
    pub fn untested_bank(&self) -> Option<BankId> {
        let is_tested = |bank: &BankId| self.wiring.maps.get(bank).is_some_and(|map| map.tested);
        self.layout.banks.keys().copied().find(|bank| !is_tested(bank))
    }

    /// The step to do next, if there is one.
    pub fn next_step(&self, reached: &Reached) -> Option<ReadyStep> {
        ReadyStep::ALL.into_iter().find(|step| self.standing(*step, reached) == Standing::Open)
    }

    /// Whether staff are reminded: something is to be done, and nobody said that they know.
    pub fn is_getting_ready(&self, reached: &Reached) -> bool {
        let is_left = |step| matches!(self.standing(step, reached), Standing::Open | Standing::Skipped);
        !self.getting_ready.hidden && ReadyStep::ALL.into_iter().any(is_left)
    }
}

/// Passes a step over, or takes it up again.
pub(crate) fn skip(
    d: &mut Decider<'_>,
    by: Actor,
    step: ReadyStep,
    skipped: bool,
) -> Result<Answer, Refusal> {
    if d.site.getting_ready.skipped.contains(&step) != skipped {
        d.push(Event::StepSkipped { step, skipped, by });
    }
    Ok(Answer::Done)
}

/// Ends the reminder, or brings it back.
pub(crate) fn hide(d: &mut Decider<'_>, by: Actor, hidden: bool) -> Result<Answer, Refusal> {
    if d.site.getting_ready.hidden != hidden {
        d.push(Event::GettingReadyHidden { hidden, by });
    }
    Ok(Answer::Done)
}

/// A mail to whoever asks for it. An earlier one that is still on its way is not sent any more.
pub(crate) fn send_test_mail(d: &mut Decider<'_>, by: Actor) -> Result<Answer, Refusal> {
    let Actor::Staff(staff) = by else { return Err(Refusal::NotYours) };
    if !d.site.layout.staff.contains(&staff) {
        return Err(Refusal::NotFound);
    }
    let notice = d.site.counters.next_notice();
    d.push(Event::TestMailRequested { notice, staff });
    Ok(Answer::Done)
}

/// What the message runner reports of the test mail; whether it was that.
pub(crate) fn trouble(d: &mut Decider<'_>, notice: NoticeId, trouble: NoticeTrouble) -> bool {
    let Some(mail) = d.site.getting_ready.mail.as_ref().filter(|mail| mail.notice == notice) else {
        return false;
    };
    // Said once: the runner says it anew after each start.
    if mail.fate != MailFate::Trouble(trouble) && !matches!(mail.fate, MailFate::Taken { .. }) {
        d.push(Event::NoticeInTrouble { notice, trouble });
    }
    true
}
