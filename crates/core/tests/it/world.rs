//! One site with its people, doors and clock, told what happens in short words.
//!
//! After every step the world checks what must always hold: no invariant is broken, replaying the events gives the live
//! state, the state survives being written as JSON, no code leaks into an event or answer, and the clock never spins.

mod codes;
mod couriers;
mod doors;
mod looking;
mod residents;
mod staff;
mod usual_site;

pub use codes::{Code, Pepper, wrong};
use std::collections::BTreeMap;
pub use usual_site::{PEOPLE, bank_one, c, person, unit};
use vestibule_core::code::Seed;
use vestibule_core::evidence::{PhotoAsked, PhotoMoment};
use vestibule_core::notice::NoticeKind;
use vestibule_core::*;

/// What one person was told.
#[derive(Clone)]
pub struct Note {
    pub what: NoticeKind,
    pub parcels: Vec<ParcelId>,
    pub code: Option<Code>,
}

#[derive(Clone)]
pub struct World {
    pub site: Site,
    pub now: Timestamp,
    /// Every event since the beginning.
    pub log: Vec<Event>,
    /// Events of the last step.
    pub last: Vec<Event>,
    /// Notices of each person, oldest first.
    pub inbox: BTreeMap<PersonId, Vec<Note>>,
    /// Pulses asked for: opening, attempt, compartment.
    pub pulses: Vec<(OpeningId, u8, CompartmentId)>,
    /// Doors released: entry, door, how long.
    pub releases: Vec<(EntryId, AccessPointId, Span)>,
    /// Photos asked for, oldest first.
    pub photos: Vec<(PhotoAsked, PhotoMoment)>,
    pub revealed: Option<Code>,
    /// Every courier code that was issued.
    pub couriers: Vec<Code>,
    pub secrets: Vec<String>,
    shadow: Site,
    steps: u64,
    told: usize,
}

pub const STAFF: Actor = Actor::Staff(StaffId(1));
pub const K1: KioskId = KioskId(1);
pub const K2: KioskId = KioskId(2);
pub const K3: KioskId = KioskId(3);
/// Monday 2026-11-23 08:00 in New York.
pub const MONDAY_8: Timestamp = Timestamp(1_795_438_800_000);

impl World {
    pub fn empty() -> Self {
        Self {
            site: Site::default(),
            now: MONDAY_8,
            log: Vec::new(),
            last: Vec::new(),
            inbox: BTreeMap::new(),
            pulses: Vec::new(),
            releases: Vec::new(),
            photos: Vec::new(),
            revealed: None,
            couriers: Vec::new(),
            secrets: Vec::new(),
            shadow: Site::default(),
            steps: 0,
            told: 0,
        }
    }

    pub fn step(&mut self, input: Input) -> Result<Answer, Refusal> {
        self.steps += 1;
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.steps.to_be_bytes());
        let decision = self.site.apply(&input, &Context { now: self.now, seed: Seed(seed), hasher: &Pepper });
        for event in &decision.events {
            self.shadow.evolve(event, self.now);
            for effect in self.site.effects(event) {
                match effect {
                    Effect::Unlock { opening, attempt, compartment, .. } => {
                        self.pulses.push((opening, attempt, compartment));
                    }
                    Effect::Release { entry, point, hold, .. } => self.releases.push((entry, point, hold)),
                    Effect::Notify { .. } | Effect::ForgetCode { .. } | Effect::TakePhoto { .. } => {}
                }
            }
        }
        self.photos.extend(decision.photos.iter().filter_map(|effect| match effect {
            Effect::TakePhoto { asked, moment } => Some(((**asked).clone(), *moment)),
            _ => None,
        }));
        self.receive(&decision);
        let said = serde_json::to_string(&(&decision.events, &decision.answer)).unwrap();
        self.check(&input, &said);
        self.log.extend(decision.events.iter().cloned());
        self.last = decision.events;
        decision.answer
    }

    fn receive(&mut self, decision: &Decision) {
        let mut codes = BTreeMap::new();
        for issued in &decision.secrets {
            let selector = issued.credential.and_then(|id| self.site.credentials.pickup.live.get(&id));
            let code = Code {
                credential: issued.credential,
                selector: selector.map(|code| code.selector.digits().to_owned()).unwrap_or_default(),
                digits: issued.digits.as_ref().map(|d| d.expose().to_owned()).unwrap_or_default(),
                token: issued.token.expose().to_owned(),
            };
            self.secrets
                .extend([code.digits.clone(), code.token.clone()].into_iter().filter(|s| !s.is_empty()));
            match issued.notice {
                Some(notice) => drop(codes.insert(notice, code)),
                None => self.revealed = Some(code),
            }
        }
        for event in &decision.events {
            if let Event::NoticeRequested { notice, person, what, parcels, .. } = event {
                let note = Note { what: *what, parcels: parcels.clone(), code: codes.remove(notice) };
                self.inbox.entry(*person).or_default().push(note);
            }
        }
        assert!(codes.is_empty(), "a code was issued for a notice that was never requested");
    }

    fn check(&self, input: &Input, said: &str) {
        let broken = self.site.check_invariants();
        assert!(broken.is_empty(), "{broken:#?}\nafter {input:?}: {said}");
        assert!(self.shadow == self.site, "replaying the events gives another state after {input:?}: {said}");
        for secret in &self.secrets {
            assert!(!said.contains(secret.as_str()), "a live code leaked after {input:?}: {said}");
        }
    }

    /// The state written as JSON reads back as itself and holds no code.
    pub fn snapshot(&self) {
        let json = serde_json::to_string(&self.site).unwrap();
        assert!(
            serde_json::from_str::<Site>(&json).unwrap() == self.site,
            "the snapshot reads back as another state"
        );
        for secret in &self.secrets {
            assert!(!json.contains(secret.as_str()), "the snapshot holds a live code");
        }
    }

    pub fn ask(&mut self, actor: Actor, command: Command) -> Result<Answer, Refusal> {
        self.step(Input::Command { actor, command })
    }

    pub fn ok(&mut self, actor: Actor, command: Command) -> Answer {
        let shown = format!("{command:?}");
        self.ask(actor, command).unwrap_or_else(|refusal| panic!("{shown} was refused: {refusal:?}"))
    }

    /// Staff are refused each of these, in what state and with which code; a refusal records nothing.
    pub fn refuses(&mut self, table: Vec<(&str, Command, &str)>) {
        for (state, command, code) in table {
            let before = self.site.clone();
            let answer = self.ask(STAFF, command);
            assert_eq!(answer.map_err(|refusal| refusal.code()), Err(code), "{state}");
            assert!(self.last.is_empty() && self.site == before, "{state}: a refusal records nothing");
        }
    }

    pub fn see(&mut self, observation: Observation) {
        self.step(Input::Observation(observation)).unwrap();
    }

    /// Time passes: the clock ticks whenever the site asked for it, and at the end.
    pub fn wait(&mut self, span: Span) {
        let until = self.now + span;
        let mut at_once = 0;
        while let Some(next) = self.site.next_deadline().filter(|next| *next <= until) {
            at_once = if next > self.now { 0 } else { at_once + 1 };
            assert!(at_once < 2, "the clock spins: a tick at {:?} leaves the deadline {next:?}", self.now);
            self.now = self.now.max(next);
            self.step(Input::Tick).unwrap();
        }
        self.now = until;
        self.step(Input::Tick).unwrap();
    }

    pub fn seconds(&mut self, n: i64) {
        self.wait(Span::seconds(n));
    }

    pub fn minutes(&mut self, n: i64) {
        self.wait(Span::minutes(n));
    }

    pub fn restart(&mut self) {
        self.snapshot();
        let pulses = (self.pulses.len(), self.releases.len());
        self.see(Observation::Started { boot: 2 });
        assert_eq!((self.pulses.len(), self.releases.len()), pulses, "a start pulses and releases nothing");
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.snapshot();
        }
    }
}
