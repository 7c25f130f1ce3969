//! One family at one speed: asks each address for its state and keeps what came of it. The half that holds all meaning;
//! it reads no clock and moves no bytes.

use std::collections::VecDeque;

use vestibule_protocols::Millis;
use vestibule_protocols::session::{EventOf, Fault, Session, SessionEvent, SessionInput, Timing};

use super::guess::fitting;
use super::harmless::is_harmless;
use super::{FoundBoard, LineWarning};
use crate::families::{Ask, Family, KerongCu, Lock8a, Meaning, Modbus, Reply, State, To, Winnsen, Wkly};
use crate::{Framing, Profile, Profiles};

/// What answered neither right nor not at all is looked at so often.
const LOOKS: u8 = 3;
/// A line lost so often is given up.
const LOSSES: u8 = 3;
/// A line that chatters so often, each time too long for a question to be asked in between, is given up.
const CHATTERS: u8 = 3;
/// From so many questions on, nonsense to each of them is the line's own.
const ENOUGH: u32 = 4;

/// What happens to a scan.
#[derive(Clone, Copy, Debug)]
pub(super) enum ScanInput<'a> {
    Opened,
    Lost,
    Received(&'a [u8]),
    Deadline,
}

/// What a scan wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ScanOutput {
    Transmit(Vec<u8>),
    Reopen,
}

/// A scan of any family.
pub(super) trait Scanning: Send {
    fn handle(&mut self, input: ScanInput<'_>, now: Millis);
    fn poll_output(&mut self) -> Option<ScanOutput>;
    fn next_deadline(&self, now: Millis) -> Option<Millis>;
    fn is_done(&self) -> bool;
    /// Addresses done with.
    fn addresses_done(&self) -> usize;
    fn found(&self) -> Found;
}

/// What came of a scan.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub boards: Vec<FoundBoard>,
    pub warnings: Vec<LineWarning>,
    pub asked: u32,
    /// The line broke off too often.
    pub is_lost: bool,
}

/// What is asked where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub profiles: &'a Profiles,
    pub family: crate::Family,
    pub framing: Framing,
    /// Addresses up to this one are asked, as far as the family has them.
    pub last_address: u8,
    /// `None` on TCP.
    pub baud: Option<u32>,
}

impl Plan<'_> {
    /// The addresses that will be asked.
    pub fn addresses(&self) -> Vec<u8> {
        (0..=self.last_address).filter(|address| self.family.check_address(*address).is_ok()).collect()
    }

    /// A scan that follows this plan; `None` if no profile of the language is known.
    pub fn scan(&self) -> Option<Box<dyn Scanning>> {
        let speaks = |profile: &&Profile| {
            !profile.simulated_only && (profile.family, profile.framing) == (self.family, self.framing)
        };
        let profile = self.profiles.names().filter_map(|name| self.profiles.get(name)).find(speaks)?;
        Some(match self.family {
            crate::Family::Lock8a => Box::new(Scan::<Lock8a>::new(self, profile)),
            crate::Family::KerongCu => Box::new(Scan::<KerongCu>::new(self, profile)),
            crate::Family::Wkly => Box::new(Scan::<Wkly>::new(self, profile)),
            crate::Family::Winnsen => Box::new(Scan::<Winnsen>::new(self, profile)),
            crate::Family::Modbus => Box::new(Scan::<Modbus>::new(self, profile)),
        })
    }
}

/// One address under question.
#[derive(Clone, Debug)]
struct Question {
    address: u8,
    /// How many locks are asked about, where a question says so.
    channels: u8,
    looks: u8,
    /// The reading before, where one alone proves nothing.
    before: Option<State>,
    /// It answered to fewer locks already.
    is_growth: bool,
}

struct Scan<F: Family> {
    session: Session<F::Speech>,
    profiles: Profiles,
    profile: Profile,
    baud: Option<u32>,
    waiting: VecDeque<Question>,
    flight: Option<Question>,
    addresses: usize,
    sent: Vec<u8>,
    heard: Vec<u8>,
    boards: Vec<FoundBoard>,
    shared: Vec<u8>,
    left_out: Vec<u8>,
    asked: u32,
    nonsense: u32,
    echoes: u32,
    losses: u8,
    /// How often it chattered since something could be asked.
    chatters: u8,
    outputs: VecDeque<ScanOutput>,
}

impl<F: Family> Scan<F> {
    fn new(plan: &Plan<'_>, profile: &Profile) -> Self {
        let gap = if plan.baud.is_some() { profile.quiet_gap_ms } else { profile.quiet_gap_ms.max(10) };
        let timing = Timing::new(profile.response_timeout_ms, gap).expect("profiles are checked");
        let channels = F::SIZES[0];
        let addresses = plan.addresses();
        let sound = Profile { channels, ..profile.clone() };
        let (asked, left_out) = addresses.iter().partition(|address| {
            let request = F::look(To { address: **address, profile: &sound });
            is_harmless(&vestibule_protocols::session::Dialect::encode(&mut F::speech(profile), request))
        });
        let asked: Vec<u8> = asked;
        let question = |address| Question { address, channels, looks: 0, before: None, is_growth: false };
        Self {
            session: Session::speaking(F::speech(profile), timing),
            profiles: plan.profiles.clone(),
            profile: profile.clone(),
            baud: plan.baud,
            waiting: asked.into_iter().map(question).collect(),
            flight: None,
            addresses: addresses.len(),
            sent: Vec::new(),
            heard: Vec::new(),
            boards: Vec::new(),
            shared: Vec::new(),
            left_out,
            asked: 0,
            nonsense: 0,
            echoes: 0,
            losses: 0,
            chatters: 0,
            outputs: VecDeque::new(),
        }
    }

    fn request(&self, question: &Question) -> Ask<F> {
        let profile = Profile { channels: question.channels, ..self.profile.clone() };
        F::look(To { address: question.address, profile: &profile })
    }

    fn go_on(&mut self, now: Millis) {
        self.take_events();
        if self.flight.is_some() || !self.session.is_ready(now) {
            return;
        }
        let is_distinct = |question: &Question| self.session.is_distinct(self.request(question), now);
        let Some(at) = self.waiting.iter().position(is_distinct) else { return };
        let Some(question) = self.waiting.remove(at) else { return };
        let least = F::least(&Profile { channels: question.channels, ..self.profile.clone() });
        if self.session.begin(self.request(&question), least, now).is_err() {
            self.waiting.push_front(question);
            return;
        }
        self.heard.clear();
        self.chatters = 0;
        self.asked += 1;
        self.flight = Some(question);
        if let Some(bytes) = self.session.poll_transmit() {
            self.sent.clone_from(&bytes);
            self.outputs.push_back(ScanOutput::Transmit(bytes));
        }
    }

    fn take_events(&mut self) {
        while let Some(event) = self.session.poll_event() {
            let event: EventOf<F::Speech> = event;
            match event {
                SessionEvent::Answered { answer, .. } => self.on_answer(&answer),
                SessionEvent::Failed { fault, .. } => self.on_failure(fault),
                SessionEvent::ReopenWanted => self.outputs.push_back(ScanOutput::Reopen),
                SessionEvent::Noise => self.chatters += 1,
                SessionEvent::Sent { .. } | SessionEvent::Changed { .. } => {}
            }
        }
    }

    fn on_answer(&mut self, reply: &Reply<F>) {
        let Some(mut question) = self.flight.take() else { return };
        let told = F::tells_of(reply);
        let language = (self.profile.family, self.profile.framing);
        let profiles = fitting(&self.profiles, language, told, self.baud.is_none());
        let best = profiles.first().and_then(|name| self.profiles.get(name)).unwrap_or(&self.profile);
        let read_with = Profile { channels: told, ..best.clone() };
        match F::meaning(&read_with, reply) {
            Meaning::State(state) => {
                let before = question.before.replace(state);
                question.looks += 1;
                if F::reads_twice(&self.profile) && before != Some(state) {
                    return self.look_again(question);
                }
                let contact = |lock| state.is_closed(lock);
                let occupied: Option<Vec<bool>> = (1..=told).map(|lock| state.is_occupied(lock)).collect();
                let found = FoundBoard {
                    address: question.address,
                    family: self.profile.family,
                    framing: self.profile.framing,
                    channels: told,
                    contacts: (1..=told).map(contact).collect(),
                    occupied: occupied.filter(|_| best.has_occupancy),
                    profiles,
                    refusal: None,
                };
                self.keep(found);
                self.ask_for_more(&question);
            }
            Meaning::Refused(code) if !question.is_growth => {
                let profiles = fitting(&self.profiles, language, u8::MAX, self.baud.is_none());
                self.keep(FoundBoard {
                    address: question.address,
                    family: self.profile.family,
                    framing: self.profile.framing,
                    channels: 0,
                    profiles,
                    contacts: Vec::new(),
                    occupied: None,
                    refusal: Some(code),
                });
            }
            Meaning::Refused(_) | Meaning::Heard => {}
        }
    }

    /// Puts a board down, or what is newly known of it.
    fn keep(&mut self, found: FoundBoard) {
        self.boards.retain(|board| board.address != found.address);
        self.boards.push(found);
    }

    /// A question that says how many locks it is about may be asked of a bigger board.
    fn ask_for_more(&mut self, question: &Question) {
        if let Some(channels) = F::SIZES.iter().copied().find(|size| *size > question.channels) {
            let address = question.address;
            self.waiting.push_front(Question { address, channels, looks: 0, before: None, is_growth: true });
        }
    }

    fn on_failure(&mut self, fault: Fault) {
        let Some(mut question) = self.flight.take() else { return };
        match fault {
            Fault::LineLost => self.waiting.push_front(question),
            Fault::Timeout => {}
            Fault::Garbled if question.is_growth => {}
            Fault::Garbled => {
                let is_echo = self.heard == self.sent;
                self.echoes += u32::from(is_echo && question.looks == 0);
                self.nonsense += u32::from(!is_echo && question.looks == 0);
                question.looks += 1;
                if !is_echo {
                    self.look_again(question);
                }
            }
        }
        self.give_up_on_noise();
    }

    /// What says something else each time, or nothing anybody can read, is two boards at once.
    fn look_again(&mut self, question: Question) {
        if question.looks < LOOKS {
            self.waiting.push_back(question);
        } else if !question.is_growth {
            self.shared.push(question.address);
        }
    }

    /// A line that answers every question with nonsense is not asked all of them three times.
    fn give_up_on_noise(&mut self) {
        if self.is_noise() && self.waiting.iter().all(|question| question.looks > 0) {
            self.waiting.clear();
        }
    }

    fn is_noise(&self) -> bool {
        self.boards.is_empty() && self.nonsense >= ENOUGH && self.nonsense + self.echoes == self.first_looks()
    }

    /// Addresses asked at least once.
    fn first_looks(&self) -> u32 {
        let untouched = self.waiting.iter().filter(|question| question.looks == 0 && !question.is_growth);
        let all = self.addresses - self.left_out.len();
        u32::try_from(all.saturating_sub(untouched.count())).unwrap_or(u32::MAX)
    }
}

impl<F: Family> Scanning for Scan<F> {
    fn handle(&mut self, input: ScanInput<'_>, now: Millis) {
        let input = match input {
            ScanInput::Opened => SessionInput::Opened,
            ScanInput::Lost => {
                self.losses += 1;
                SessionInput::Lost
            }
            ScanInput::Received(bytes) => {
                if self.flight.is_some() {
                    self.heard.extend_from_slice(bytes);
                }
                SessionInput::Received(bytes)
            }
            ScanInput::Deadline => SessionInput::Deadline,
        };
        self.session.handle(input, now);
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<ScanOutput> {
        self.outputs.pop_front()
    }

    fn next_deadline(&self, now: Millis) -> Option<Millis> {
        let starts = self.session.quiet_at().and_then(|quiet_at| {
            let distinct = |question| self.session.distinct_at(self.request(question));
            Some(self.waiting.iter().map(distinct).min()?.max(quiet_at).max(now))
        });
        self.session.next_deadline().into_iter().chain(starts).min()
    }

    fn is_done(&self) -> bool {
        let is_asked = self.flight.is_none() && self.waiting.is_empty();
        is_asked || self.losses >= LOSSES || self.chatters >= CHATTERS
    }

    fn addresses_done(&self) -> usize {
        self.addresses - self.waiting.len().min(self.addresses)
    }

    fn found(&self) -> Found {
        let (family, baud) = (self.profile.family, self.baud);
        let shared = |address: &u8| LineWarning::SharedAddress { address: *address, family, baud };
        let mut warnings: Vec<LineWarning> = Vec::new();
        if self.is_noise() || (self.boards.is_empty() && self.chatters >= CHATTERS) {
            warnings.push(LineWarning::OnlyGarbage);
        } else {
            warnings.extend(self.shared.iter().map(shared));
        }
        if self.echoes >= ENOUGH && self.boards.is_empty() {
            warnings.push(LineWarning::Echo);
        }
        warnings
            .extend(self.left_out.iter().map(|address| LineWarning::LeftOut { address: *address, family }));
        let mut boards = self.boards.clone();
        boards.sort_by_key(|board| board.address);
        Found { boards, warnings, asked: self.asked, is_lost: self.losses >= LOSSES }
    }
}

#[cfg(test)]
mod tests;
