//! Codes in people's hands: what staff were shown once, and what the mail brought. The message runner's half runs here as
//! its shell runs it: first the fact, then the row.

use super::World;
use crate::chance::Chance;
use crate::mouth::Given;
use rusqlite::OptionalExtension;
use vestibule_core::code::{damm, pin};
use vestibule_core::directory::KeypadNumber;
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::vocabulary::observation::NoticeTrouble;
use vestibule_core::*;
use vestibule_notices::delivery::{
    Input, Outcome as Handed, Output, Row as Waiting, RowId, ServerId, TryResult,
};
use vestibule_site::handle::Outcome;
use vestibule_site::keys::Keys;
use vestibule_site::rows::Row;

/// A code as its owner holds it. No Debug: it is live.
#[derive(Clone, Default)]
pub struct Code {
    /// Of which credential.
    pub credential: Option<CredentialId>,
    /// Whose, where it is a person's.
    pub person: Option<PersonId>,
    /// The keypad number it is typed after.
    pub selector: String,
    /// Digits.
    pub digits: String,
    /// The QR token.
    pub token: String,
}

impl Code {
    /// Shown to a scanner.
    pub fn scanned(&self, keys: &Keys) -> Proof {
        Proof::Token(pin::token_hash(keys, &self.token))
    }

    /// Typed by a resident.
    pub fn typed(&self, keys: &Keys) -> Proof {
        typed(&self.selector, &self.digits, pin::pin_hash(keys, &self.selector, &self.digits))
    }

    /// Typed by a courier.
    pub fn typed_by_courier(&self, keys: &Keys) -> Proof {
        typed(&self.digits[..3], &self.digits, pin::courier_hash(keys, &self.digits))
    }
}

/// Digits as a kiosk page hands them on.
pub fn typed(selector: &str, digits: &str, hash: vestibule_core::code::CodeHash) -> Proof {
    let selector = KeypadNumber::new(selector).expect("digits");
    Proof::Digits { selector, check_ok: damm::is_valid(digits), hash }
}

/// What the mail server does these days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Server {
    /// It takes everything.
    #[default]
    Well,
    /// It cannot be reached.
    Down,
    /// It takes a message and its answer is lost.
    Forgetful,
}

/// All codes ever given out, and the mail.
#[derive(Clone, Default)]
pub struct Letters {
    /// What residents hold, oldest first.
    pub held: Vec<Code>,
    /// What couriers hold.
    pub couriers: Vec<Code>,
    /// What visitors hold.
    pub passes: Vec<Code>,
    /// What the mail server does.
    pub server: Server,
    /// Everything that was ever alive, for the taint scan.
    pub(super) secrets: Vec<String>,
    new: Vec<(NoticeId, PersonId)>,
    selectors: Vec<(CredentialId, PersonId, String)>,
    cards: Vec<(CredentialId, PersonId)>,
    courier_ids: Vec<CredentialId>,
    pass_ids: Vec<CredentialId>,
}

impl Letters {
    /// What the ledger says of codes: never the codes.
    pub fn hears(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::NoticeRequested { notice, person, .. } => self.new.push((*notice, *person)),
                Event::PickupCodeIssued { credential, person, selector, .. } => {
                    self.selectors.push((*credential, *person, selector.digits().to_owned()));
                }
                Event::CardIssued { credential, person, .. } => self.cards.push((*credential, *person)),
                Event::CourierCodeIssued { credential, .. } => self.courier_ids.push(*credential),
                Event::PassIssued { credential, .. } => self.pass_ids.push(*credential),
                _ => {}
            }
        }
    }

    /// A code that was shown once to whoever asked.
    pub fn revealed(&mut self, outcome: &Outcome) {
        for shown in &outcome.revealed {
            let digits = shown.digits.as_ref().map(|digits| digits.expose().to_owned()).unwrap_or_default();
            let code = Code {
                credential: shown.credential,
                digits,
                token: shown.token.expose().to_owned(),
                ..Code::default()
            };
            self.keep(code);
        }
    }

    fn keep(&mut self, mut code: Code) {
        self.secrets
            .extend([code.digits.clone(), code.token.clone()].into_iter().filter(|text| text.len() > 6));
        let Some(id) = code.credential else { return };
        if self.courier_ids.contains(&id) {
            return self.couriers.push(code);
        }
        if self.pass_ids.contains(&id) {
            return self.passes.push(code);
        }
        if let Some((_, person, selector)) = self.selectors.iter().find(|(of, ..)| *of == id) {
            (code.person, code.selector) = (Some(*person), selector.clone());
        } else if let Some((_, person)) = self.cards.iter().find(|(of, _)| *of == id) {
            code.person = Some(*person);
        }
        self.held.push(code);
        if self.held.len() > 60 {
            // Never the newest of anybody: that is the one they keep.
            let has_newer = |(at, old): (usize, &Code)| {
                let is_card = old.selector.is_empty();
                let newer = self.held[at + 1..].iter().filter(|newer| newer.person == old.person);
                newer.into_iter().any(|newer| newer.selector.is_empty() == is_card)
            };
            let at = self.held.iter().enumerate().position(has_newer).unwrap_or(0);
            self.held.remove(at);
        }
    }

    /// How a try at the mail server ends.
    fn try_once(&self, chance: &mut Chance) -> TryResult {
        match self.server {
            Server::Well if chance.once_in(20) => TryResult::Later,
            Server::Well => TryResult::Accepted,
            Server::Down => TryResult::ServerDown,
            Server::Forgetful => TryResult::Later,
        }
    }
}

impl World {
    /// When the message runner wants to be woken, from now.
    pub(super) fn next_mail_ms(&self, now: Timestamp) -> Option<u64> {
        let at = self.process.as_ref()?.delivery.next_deadline()?;
        Some(at.saturating_sub(u64::try_from(now.0).unwrap_or(0)).max(1))
    }

    /// The message runner does what is due.
    pub fn deliver(&mut self) {
        for _ in 0..50 {
            let Some(outputs) = self.wake_mail() else { return };
            if outputs.is_empty() {
                return;
            }
            for output in outputs {
                if self.mail(output).is_none() {
                    return;
                }
            }
        }
    }

    fn wake_mail(&mut self) -> Option<Vec<Output>> {
        let moment = self.moment();
        let process = self.process.as_mut()?;
        let now = u64::try_from(process.writer.time_at(moment).0).unwrap_or(0);
        let query = "SELECT o.notice, o.created_at, n.trouble IS NOT NULL FROM outbox o \
                     LEFT JOIN notice n ON n.notice = o.notice ORDER BY 1";
        let rows = process.reader().prepare_cached(query).and_then(|mut rows| {
            let rows = rows.query_map([], |row| {
                Ok(Waiting {
                    id: RowId(row.get(0)?),
                    server: ServerId(1),
                    queued_ms: row.get(1)?,
                    overdue_reported: row.get(2)?,
                })
            })?;
            rows.collect::<Result<Vec<_>, _>>()
        });
        let rows = rows.ok()?;
        // What vanished (its code died, or it is done) is withdrawn, what is new taken in.
        let gone: Vec<_> =
            process.known.iter().filter(|id| rows.iter().all(|row| row.id.0 != **id)).copied().collect();
        for id in gone {
            process.known.remove(&id);
            process.delivery.handle(Input::Withdrawn(RowId(id)), now);
        }
        for row in rows {
            if process.known.insert(row.id.0) {
                process.delivery.handle(Input::Row(row), now);
            }
        }
        process.delivery.handle(Input::Wake, now);
        let mut outputs = Vec::new();
        while let Some(output) = process.delivery.poll_output() {
            outputs.push(output);
        }
        Some(outputs)
    }

    fn mail(&mut self, output: Output) -> Option<()> {
        match output {
            Output::ServerChanged(..) => Some(()),
            Output::Try(id) => self.try_to_mail(id),
            Output::Report(id, Handed::Delivered) => {
                let notice = NoticeId(id.0);
                self.give(Given::Observe(Observation::NoticeHandedOver { notice })).map(drop)
            }
            Output::Remove(id) => {
                let written = self.give(Given::Write(vec![Row::OutboxDone { notice: id.0 }]))?;
                let is_durable = written.answer.is_ok();
                let now = self.site_ms()?;
                self.process.as_mut()?.delivery.handle(Input::Removed { id, is_durable }, now);
                Some(())
            }
            Output::Report(id, outcome) => {
                let trouble = match outcome {
                    Handed::Overdue => NoticeTrouble::Late,
                    Handed::AddressRefused | Handed::Delivered => NoticeTrouble::AddressRefused,
                };
                let given = Given::Observe(Observation::NoticeTrouble { notice: NoticeId(id.0), trouble });
                self.give(given).map(drop)
            }
        }
    }

    fn try_to_mail(&mut self, id: RowId) -> Option<()> {
        let query = "SELECT person, credential, sealed FROM outbox WHERE notice = ?1";
        type Found = (u32, Option<u64>, Option<Vec<u8>>);
        let reader = self.process.as_ref()?.reader();
        let found: Option<Found> = reader
            .query_row(query, [id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
            .ok()?;
        let result = match found {
            None => TryResult::Accepted,
            Some(found) => {
                let result = self.letters.try_once(&mut self.chance);
                // A server that forgets has taken the message all the same.
                if result == TryResult::Accepted || self.letters.server == Server::Forgetful {
                    self.arrives(found);
                }
                result
            }
        };
        let now = self.site_ms()?;
        self.process.as_mut()?.delivery.handle(Input::Tried { id, result }, now);
        Some(())
    }

    /// Site time as the message runner reads it.
    fn site_ms(&self) -> Option<u64> {
        let now = self.process.as_ref()?.writer.time_at(self.moment());
        u64::try_from(now.0).ok()
    }

    fn arrives(&mut self, (person, credential, sealed): (u32, Option<u64>, Option<Vec<u8>>)) {
        let Some(text) = sealed.and_then(|sealed| self.keys().unseal(&sealed)) else { return };
        let codes: serde_json::Value = serde_json::from_str(&text).expect("what was sealed");
        let text = |name: &str| codes[name].as_str().unwrap_or_default().to_owned();
        let credential = credential.map(CredentialId);
        if self.letters.held.iter().any(|code| code.credential == credential) {
            return;
        }
        self.letters.keep(Code {
            credential,
            person: Some(PersonId(person)),
            selector: String::new(),
            digits: text("pin"),
            token: text("qr"),
        });
    }
}
