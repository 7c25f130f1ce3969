//! One peripheral as its control panel knows it: how far the channel is, what is asked next, and what an answer means.

use std::collections::VecDeque;

use osdp::command::KeySet;
use osdp::reply::{Keypad, LStatR, Raw};

use super::channel::{Channel, KeyKind, WrongKey, plain};
use super::{CommandKind, Frame, FrameKind, OfflineReason, OrderFault, PanelEvent, Random, ReplyKind};
use crate::Millis;

/// A reader is asked so often whether it has something to say.
const POLL_MS: u64 = 50;
/// And so often for its inputs and its case, besides what it tells by itself.
const LOOK_MS: u64 = 1_000;
/// The first look comes so long after the channel stands.
const FIRST_LOOK_MS: u64 = 100;
/// A reader that has not answered for this long is offline (OSDP 2.2, 5.7).
const SILENT_MS: u64 = 8_000;
/// How long after a failure the channel is tried again.
const AGAIN_MS: u64 = 500;
/// The same where the key was wrong: nothing gets better by itself.
const WRONG_KEY_AGAIN_MS: u64 = 3_000;

/// A reader's own key. Shown by nothing.
#[derive(Clone)]
pub struct Key(pub(super) [u8; 16]);

impl Key {
    /// The key with these bytes. `None` for the public default key, which is no key.
    #[must_use]
    pub fn new(bytes: [u8; 16]) -> Option<Self> {
        (bytes != osdp::secure::SCBK_D).then_some(Self(bytes))
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Key(..)")
    }
}

/// What a panel is told of one peripheral.
#[derive(Clone, Debug)]
pub struct PeripheralConfig {
    /// 0 to 126.
    pub address: u8,
    /// Its own key.
    pub key: Key,
    /// Whether its inputs are looked at.
    pub looks_at_inputs: bool,
}

/// How a peripheral has answered so far. Only ever grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Questions that were answered.
    pub answered: u64,
    /// Questions, repeated ones each, that were not.
    pub unanswered: u64,
    /// How long the newest answer took, in ms.
    pub took_ms: u64,
    /// What it says its firmware is: major, minor, build. It says so before it has proved anything.
    pub firmware: Option<[u8; 3]>,
}

/// What a peripheral was asked.
#[derive(Debug)]
pub(super) enum Asked {
    Identify,
    Capabilities,
    Challenge,
    Cryptogram,
    Poll,
    Local,
    Inputs,
    KeySet,
    Order(Queued),
}

impl Asked {
    pub(super) fn command(&self) -> CommandKind {
        match self {
            Asked::Identify => CommandKind::Id,
            Asked::Capabilities => CommandKind::Cap,
            Asked::Challenge => CommandKind::Chlng,
            Asked::Cryptogram => CommandKind::Scrypt,
            Asked::Poll => CommandKind::Poll,
            Asked::Local => CommandKind::Lstat,
            Asked::Inputs => CommandKind::Istat,
            Asked::KeySet => CommandKind::Keyset,
            Asked::Order(order) => order.command,
        }
    }

    pub(super) fn not_after(&self) -> Option<Millis> {
        match self {
            Asked::Order(order) => Some(order.not_after),
            _ => None,
        }
    }
}

/// An order that waits.
#[derive(Debug)]
pub(super) struct Queued {
    pub tag: u64,
    pub command: CommandKind,
    pub data: Vec<u8>,
    pub not_after: Millis,
}

/// What comes next before the channel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Identify,
    Capabilities,
    Challenge,
    Cryptogram,
}

#[derive(Debug)]
pub(super) struct Peripheral {
    pub address: u8,
    pub queue: VecDeque<Queued>,
    pub events: Vec<PanelEvent>,
    pub tally: Tally,
    key: Key,
    looks_at_inputs: bool,
    channel: Channel,
    step: Step,
    sequence: u8,
    due: Millis,
    look_at: Millis,
    /// Which of the two looks is next.
    looks_local: bool,
    heard_at: Millis,
    told: Option<Result<(), OfflineReason>>,
    tampered: Option<bool>,
    /// Until when the default key is let in, and whether it is the next to be tried.
    default_key: Option<(Millis, bool)>,
}

impl Peripheral {
    pub(super) fn new(config: PeripheralConfig) -> Self {
        Self {
            address: config.address,
            queue: VecDeque::new(),
            events: Vec::new(),
            tally: Tally::default(),
            key: config.key,
            looks_at_inputs: config.looks_at_inputs,
            channel: Channel::Closed,
            step: Step::Identify,
            sequence: 0,
            due: Millis(0),
            look_at: Millis(0),
            looks_local: true,
            heard_at: Millis(0),
            told: None,
            tampered: None,
            default_key: None,
        }
    }

    pub(super) fn tell(&mut self, event: PanelEvent) {
        self.events.push(event);
    }

    /// From the beginning, on a line just opened.
    pub(super) fn begin(&mut self, now: Millis) {
        self.heard_at = now;
        self.start_over(now);
    }

    /// Only a channel made with the reader's own key carries orders.
    pub(super) fn takes_orders(&self) -> bool {
        self.channel.secure_with() == Some(KeyKind::Own)
    }

    pub(super) fn admit_default_key(&mut self, until: Millis, now: Millis) {
        self.default_key = Some((until, false));
        if !self.takes_orders() {
            self.due = now;
        }
    }

    pub(super) fn has_been_silent(&self, now: Millis) -> bool {
        now.since(self.heard_at) >= SILENT_MS
    }

    /// When it is to be asked something.
    pub(super) fn due(&self, now: Millis) -> Millis {
        let has_order = self.takes_orders() && !self.queue.is_empty();
        if has_order { now } else { self.due }
    }

    /// When something is over although nothing comes.
    pub(super) fn expires_at(&self) -> impl Iterator<Item = Millis> + '_ {
        let orders = self.queue.iter().map(|order| order.not_after.plus(1));
        let silence = (self.told == Some(Ok(()))).then(|| self.heard_at.plus(SILENT_MS));
        orders.chain(silence)
    }

    pub(super) fn on_time(&mut self, now: Millis) {
        if self.has_been_silent(now) {
            self.go_offline(OfflineReason::Silent);
        }
        let (over, waiting) =
            std::mem::take(&mut self.queue).into_iter().partition(|order| order.not_after < now);
        self.queue = waiting;
        let over: VecDeque<Queued> = over;
        for order in over {
            self.tell(PanelEvent::Failed(order.tag, OrderFault::Expired));
        }
    }

    pub(super) fn on_line_lost(&mut self, now: Millis) {
        self.start_over(now);
        self.go_offline(OfflineReason::LineLost);
    }

    /// A question that will not be answered any more.
    pub(super) fn give_up(&mut self, asked: Asked, now: Millis) {
        if let Asked::Order(order) = asked {
            self.tell(PanelEvent::Failed(order.tag, OrderFault::Unanswered));
        }
        self.start_over(now.plus(AGAIN_MS));
    }

    fn start_over(&mut self, at: Millis) {
        self.channel = Channel::Closed;
        self.step = Step::Identify;
        self.sequence = 0;
        self.due = at;
        for order in std::mem::take(&mut self.queue) {
            self.tell(PanelEvent::Failed(order.tag, OrderFault::NotOnline));
        }
    }

    fn go_offline(&mut self, reason: OfflineReason) {
        // A reader that cannot prove itself and then falls silent is told once.
        let is_news = match self.told {
            None | Some(Ok(())) => true,
            Some(Err(told)) => told != reason && reason != OfflineReason::Silent,
        };
        if is_news {
            self.told = Some(Err(reason));
            self.tell(PanelEvent::Offline(reason));
        }
    }

    /// The next question: what it is, its number, and its frame.
    pub(super) fn ask(&mut self, random: &mut Random, now: Millis) -> Option<(Asked, u8, Vec<u8>)> {
        let to = (self.address, self.sequence);
        let (asked, frame) = match self.channel.secure_with() {
            None => self.ask_for_channel(random, now),
            Some(KeyKind::Default) => {
                let data = KeySet::scbk(self.key.0).encode().ok()?;
                (Asked::KeySet, self.channel.seal(to, Asked::KeySet.command(), &data))
            }
            Some(KeyKind::Own) => self.ask_in_channel(now),
        };
        let Some(frame) = frame else {
            // Cannot happen with an address in range; if it does, the reader is tried again and not spun on.
            self.start_over(now.plus(AGAIN_MS));
            return None;
        };
        self.due = now.plus(POLL_MS);
        Some((asked, to.1, frame))
    }

    fn ask_for_channel(&mut self, random: &mut Random, now: Millis) -> (Asked, Option<Vec<u8>>) {
        let to = (self.address, self.sequence);
        match self.step {
            Step::Identify => (Asked::Identify, plain(to, Asked::Identify.command(), &[0])),
            Step::Capabilities => (Asked::Capabilities, plain(to, Asked::Capabilities.command(), &[0])),
            Step::Challenge => {
                self.default_key = self.default_key.filter(|(until, _)| now < *until);
                let is_default = self.default_key.is_some_and(|(_, is_next)| is_next);
                let kind = if is_default { KeyKind::Default } else { KeyKind::Own };
                (Asked::Challenge, self.channel.challenge(to, (&self.key, kind), random()))
            }
            Step::Cryptogram => (Asked::Cryptogram, self.channel.scrypt(to)),
        }
    }

    fn ask_in_channel(&mut self, now: Millis) -> (Asked, Option<Vec<u8>>) {
        let to = (self.address, self.sequence);
        if let Some(order) = self.queue.pop_front() {
            let frame = self.channel.seal(to, order.command, &order.data);
            return (Asked::Order(order), frame);
        }
        if now < self.look_at {
            return (Asked::Poll, self.channel.seal(to, Asked::Poll.command(), &[]));
        }
        let looks_local = self.looks_local || !self.looks_at_inputs;
        self.looks_local = !looks_local;
        // The second look of two follows the first at once.
        let wait = if looks_local && self.looks_at_inputs { 0 } else { LOOK_MS };
        self.look_at = now.plus(wait);
        match looks_local {
            true => (Asked::Local, self.channel.seal(to, Asked::Local.command(), &[])),
            false => (Asked::Inputs, self.channel.seal(to, Asked::Inputs.command(), &[])),
        }
    }

    /// Takes a frame that has the right address and number. True if it was the answer.
    pub(super) fn on_answer(
        &mut self,
        asked: &mut Asked,
        frame: &Frame<'_>,
        bytes: &[u8],
        now: Millis,
    ) -> bool {
        let FrameKind::Reply(reply) = frame.kind else { return false };
        if self.channel.secure_with().is_some() {
            let Some(data) = self.channel.unseal(frame, bytes) else {
                let is_lost = reply == ReplyKind::Nak && frame.security.is_none();
                if is_lost {
                    // It lost the channel, or somebody wants us to think so: a new handshake tells.
                    self.refuse(asked, frame.data.first().copied().unwrap_or_default());
                    self.start_over(now);
                }
                return is_lost;
            };
            self.heard(now);
            self.on_secure_answer(asked, reply, &data, now);
            return true;
        }
        if frame.security.is_some_and(|security| security.mac.is_some()) {
            return false;
        }
        self.heard(now);
        self.on_plain_answer(asked, (reply, frame), now)
    }

    fn heard(&mut self, now: Millis) {
        self.heard_at = now;
        self.sequence = self.sequence % 3 + 1;
    }

    fn refuse(&mut self, asked: &Asked, code: u8) {
        if let Asked::Order(order) = asked {
            self.tell(PanelEvent::Failed(order.tag, OrderFault::Refused(code)));
        }
    }

    fn on_plain_answer(
        &mut self,
        asked: &Asked,
        (reply, frame): (ReplyKind, &Frame<'_>),
        now: Millis,
    ) -> bool {
        match (asked, reply) {
            (Asked::Identify, ReplyKind::Pdid) => {
                self.step = Step::Capabilities;
                self.tally.firmware = firmware_of(frame.data).or(self.tally.firmware);
            }
            (Asked::Capabilities, ReplyKind::Pdcap) => self.step = Step::Challenge,
            // Some readers tell nothing before the channel stands.
            (Asked::Identify | Asked::Capabilities, ReplyKind::Nak) => self.step = Step::Challenge,
            (Asked::Challenge, ReplyKind::Ccrypt) => match self.channel.on_ccrypt(frame) {
                Ok(()) => self.step = Step::Cryptogram,
                Err(WrongKey) => return self.on_wrong_key(OfflineReason::WrongKey, now),
            },
            (Asked::Challenge, ReplyKind::Nak) => {
                // 5 and 6: it knows such channels, and not this key. Anything else: it knows none.
                let knows = matches!(frame.data.first(), Some(5 | 6));
                let reason = if knows { OfflineReason::WrongKey } else { OfflineReason::PlainOnly };
                return self.on_wrong_key(reason, now);
            }
            (Asked::Cryptogram, ReplyKind::RmacI) => match self.channel.on_rmac(frame) {
                Ok(()) => self.on_secure(now),
                Err(WrongKey) => return self.on_wrong_key(OfflineReason::WrongKey, now),
            },
            (Asked::Cryptogram, ReplyKind::Nak) => return self.on_wrong_key(OfflineReason::WrongKey, now),
            _ => {
                self.start_over(now.plus(AGAIN_MS));
                return true;
            }
        }
        self.due = now;
        true
    }

    /// No channel with this key. Within the time for new readers the other key is tried next.
    fn on_wrong_key(&mut self, reason: OfflineReason, now: Millis) -> bool {
        let other = match &mut self.default_key {
            Some((until, is_next)) if now < *until => {
                *is_next = !*is_next;
                *is_next
            }
            Some(_) | None => false,
        };
        if other {
            self.start_over(now);
        } else {
            self.start_over(now.plus(WRONG_KEY_AGAIN_MS));
            self.go_offline(reason);
        }
        true
    }

    fn on_secure(&mut self, now: Millis) {
        if !self.takes_orders() {
            return;
        }
        // It knows its own key: no need to let the default one in any longer.
        self.default_key = None;
        self.look_at = now.plus(FIRST_LOOK_MS);
        self.looks_local = true;
        self.tampered = None;
        if self.told != Some(Ok(())) {
            self.told = Some(Ok(()));
            self.tell(PanelEvent::Online);
        }
    }

    fn on_secure_answer(&mut self, asked: &Asked, reply: ReplyKind, data: &[u8], now: Millis) {
        match asked {
            Asked::KeySet => {
                if reply == ReplyKind::Ack {
                    self.tell(PanelEvent::KeySet);
                    self.default_key = None;
                }
                // Either way the next channel is made with its own key.
                self.start_over(now);
                return;
            }
            Asked::Order(order) => match reply {
                ReplyKind::Nak => self.refuse(asked, data.first().copied().unwrap_or_default()),
                // An output answers with its state, or with nothing but "heard".
                _ => self.events.push(PanelEvent::Done(order.tag)),
            },
            Asked::Inputs if reply == ReplyKind::Nak => {
                self.looks_at_inputs = false;
                self.tell(PanelEvent::NoInputs);
            }
            _ => {}
        }
        self.on_report(reply, data);
    }

    /// What a reader says, asked for it or not.
    fn on_report(&mut self, reply: ReplyKind, data: &[u8]) {
        match reply {
            ReplyKind::Raw => {
                if let Ok(card) = Raw::decode(data) {
                    self.tell(PanelEvent::Card(card.bit_count, card.bits));
                }
            }
            ReplyKind::Keypad => {
                if let Some(keys) = Keypad::decode(data).ok().and_then(|keys| keys_of(&keys.digits)) {
                    self.tell(PanelEvent::Keys(keys));
                }
            }
            ReplyKind::Lstatr => {
                if let Ok(local) = LStatR::decode(data) {
                    let is_open = local.tamper != 0;
                    // Shut is the ordinary first reading and no news.
                    if self.tampered.unwrap_or(false) != is_open {
                        self.tell(PanelEvent::Tampered(is_open));
                    }
                    self.tampered = Some(is_open);
                }
            }
            ReplyKind::Istatr if self.looks_at_inputs => {
                self.tell(PanelEvent::Inputs(data.iter().map(|input| *input != 0).collect()));
            }
            _ => {}
        }
    }
}

/// The last three bytes of a `PDID`: major, minor, build (OSDP 2.2, table of `PDID`).
fn firmware_of(data: &[u8]) -> Option<[u8; 3]> {
    data.get(9..12)?.try_into().ok()
}

/// Readers send digits as ASCII, `*` as 7F and `#` as 0D (OSDP 2.2, table of `KEYPAD`).
fn keys_of(bytes: &[u8]) -> Option<String> {
    let key = |byte: &u8| match byte {
        b'0'..=b'9' | b'*' | b'#' => Some(char::from(*byte)),
        0x7F => Some('*'),
        0x0D => Some('#'),
        _ => None,
    };
    bytes.iter().map(key).collect()
}
