//! The readers of one line as doors: orders in, frames and facts out. No line, no clock of its own.

use std::collections::{BTreeMap, VecDeque};

use vestibule_protocols::Millis;
use vestibule_protocols::osdp::{
    Color, ControlPanel, OfflineReason, OrderFault, PanelCommand, PanelEvent, PanelExchange, PanelInput,
    PanelOutput, PeripheralConfig, Random, ReplyKind, Tally,
};

use crate::door::config::{ContactConfig, ReaderConfig};
use crate::door::{Answer, Card, INSTALL_MAX_MS, Keys, Order, RELEASE_MAX_MS, RELEASE_MIN_MS, ReleaseIntent};
use crate::{DeviceError, DeviceHealth, DoorFact, DoorReport, Exchange, Firmware, Look, Said};

/// What a reader is to show is over so soon; it hears of it once more or not at all.
const SHOW_WITHIN_MS: u64 = 2_000;
/// How long a yes or a no is shown, in tenths of a second.
const SHOWN_TENTHS: u16 = 25;
/// How long a reader may ask for more, in tenths of a second.
const WAITING_TENTHS: u16 = 100;
/// NAK 3: it does not know the command.
const UNKNOWN_COMMAND: u8 = 3;
/// NAK 5 and 6: the secure channel is not what it wants.
const NO_CHANNEL: [u8; 2] = [5, 6];

/// One reader and its door.
#[derive(Debug)]
pub(super) struct Reader {
    number: u32,
    address: u8,
    output: u8,
    contact: Option<ContactConfig>,
    exit_button: Option<u8>,
    /// What was told of the contact last.
    told: Option<Option<bool>>,
    /// How the button inside was read last.
    pressed: Option<bool>,
    /// Why it takes no orders.
    away: Option<DeviceError>,
    /// How it answers, for pages, and what of that was counted already.
    health: DeviceHealth,
    counted: Tally,
}

impl Reader {
    pub(super) fn new(number: u32, config: &ReaderConfig) -> Self {
        Self {
            number,
            address: config.address,
            output: config.output,
            contact: config.contact,
            exit_button: config.exit_button,
            told: None,
            pressed: None,
            away: Some(DeviceError::Timeout),
            health: DeviceHealth::default(),
            counted: Tally::default(),
        }
    }

    fn contact_fact(&mut self, open: Option<bool>) -> Option<DoorFact> {
        if self.contact.is_none() || self.told == Some(open) {
            return None;
        }
        self.told = Some(open);
        Some(match open {
            Some(true) => DoorFact::Opened,
            Some(false) => DoorFact::Closed,
            None => DoorFact::ContactUnknown,
        })
    }

    /// Counts what the panel has found out since.
    fn count(&mut self, tally: Tally, now: Millis) {
        let before = std::mem::replace(&mut self.counted, tally);
        (before.unanswered..tally.unanswered).for_each(|_| self.health.failed(DeviceError::Timeout));
        (before.answered..tally.answered).for_each(|_| self.health.answered(tally.took_ms, now));
        let told = tally.firmware.filter(|_| tally.firmware != before.firmware);
        if let Some(firmware) = told.and_then(Firmware::of_numbers) {
            self.health.says_firmware(firmware);
        }
    }

    /// For whoever looks for a fault: by kinds alone.
    fn note(&self, exchange: &PanelExchange) {
        let PanelExchange { address, sent, heard, sent_at, took_ms } = *exchange;
        let error = match heard {
            None => Some(DeviceError::Timeout),
            Some(ReplyKind::Nak) => Some(DeviceError::Unsupported),
            Some(_) => None,
        };
        let said = Said::Kinds { reader: address, sent, heard };
        self.health.exchanged(Exchange { at: sent_at, said, took_ms, error });
    }

    fn inputs(&mut self, inputs: &[bool]) -> Vec<DoorFact> {
        let at = |input: u8| inputs.get(usize::from(input)).copied();
        let open = self.contact.and_then(|contact| Some(at(contact.input)? == contact.open_when_active));
        let pressed = self.exit_button.and_then(at);
        // A button that is held when it is first read was pressed nobody knows when.
        let is_new = pressed == Some(true) && self.pressed == Some(false);
        self.pressed = pressed;
        let exit = is_new.then_some(DoorFact::RequestToExit);
        exit.into_iter().chain(self.contact_fact(open)).collect()
    }

    fn fault(&self, fault: OrderFault) -> DeviceError {
        match fault {
            // Nothing was sent, which is more than not knowing.
            OrderFault::NotOnline => match self.away {
                None | Some(DeviceError::Timeout) => DeviceError::Away,
                Some(reason) => reason,
            },
            OrderFault::Unanswered => DeviceError::Timeout,
            OrderFault::Expired => DeviceError::Expired,
            OrderFault::Unsayable | OrderFault::Refused(UNKNOWN_COMMAND) => DeviceError::Unsupported,
            OrderFault::Refused(code) if NO_CHANNEL.contains(&code) => DeviceError::Untrusted,
            OrderFault::Refused(code) => DeviceError::Vendor { code: code.into() },
        }
    }
}

fn away(reason: OfflineReason) -> DeviceError {
    match reason {
        OfflineReason::Silent | OfflineReason::LineLost => DeviceError::Timeout,
        OfflineReason::WrongKey | OfflineReason::PlainOnly => DeviceError::Untrusted,
    }
}

/// Light first, then sound.
fn shown(look: Look) -> Vec<PanelCommand> {
    let light = |color, blinks, tenths| PanelCommand::Light { color, blinks, tenths };
    match look {
        Look::Ready => vec![PanelCommand::LightOff],
        Look::Granted => vec![light(Color::Green, false, SHOWN_TENTHS), PanelCommand::Beep { count: 1 }],
        Look::Denied => vec![light(Color::Red, true, SHOWN_TENTHS), PanelCommand::Beep { count: 3 }],
        Look::Waiting => vec![light(Color::Amber, true, WAITING_TENTHS)],
    }
}

/// All readers of a line.
pub(super) struct Readers {
    panel: ControlPanel,
    readers: Vec<Reader>,
    /// Who waits for what becomes of an order, by its tag.
    waiting: BTreeMap<u64, Answer>,
    next_tag: u64,
    frames: VecDeque<Vec<u8>>,
    reports: VecDeque<DoorReport>,
}

impl Readers {
    pub(super) fn new(peripherals: Vec<PeripheralConfig>, readers: Vec<Reader>, random: Random) -> Self {
        Self {
            panel: ControlPanel::new(peripherals, random),
            readers,
            waiting: BTreeMap::new(),
            next_tag: 0,
            frames: VecDeque::new(),
            reports: VecDeque::new(),
        }
    }

    /// What happened to the line.
    pub(super) fn handle(&mut self, input: PanelInput<'_>, now: Millis) {
        self.panel.handle(input, now);
        self.drain();
        while let Some(exchange) = self.panel.poll_exchange() {
            if let Some(reader) = self.readers.iter().find(|reader| reader.address == exchange.address) {
                reader.note(&exchange);
            }
        }
        for reader in &mut self.readers {
            if let Some(tally) = self.panel.tally(reader.address) {
                reader.count(tally, now);
            }
        }
    }

    /// How the reader of each door answers.
    pub(super) fn health(&self) -> BTreeMap<u32, DeviceHealth> {
        self.readers.iter().map(|reader| (reader.number, reader.health.clone())).collect()
    }

    /// Carries an order out, or says at once why not.
    pub(super) fn order<I: ReleaseIntent>(&mut self, order: Order<I>, now: Millis) {
        match order {
            Order::Release(intent, answer) => self.release(&intent, answer, now),
            Order::Show(door, look, answer) => self.show(door, look, answer, now),
            Order::AdmitNewReader(door, for_ms, answer) => {
                let admitted = match self.address(door).filter(|_| for_ms <= INSTALL_MAX_MS) {
                    Some((address, _)) => {
                        self.panel.admit_default_key(address, now.plus(for_ms), now);
                        Ok(())
                    }
                    None => Err(DeviceError::Unsupported),
                };
                // Whoever asked may have gone.
                let _ = answer.send(admitted);
            }
        }
        self.drain();
    }

    /// The next frame for the line.
    pub(super) fn next_frame(&mut self) -> Option<Vec<u8>> {
        self.frames.pop_front()
    }

    /// What was seen.
    pub(super) fn take_reports(&mut self) -> VecDeque<DoorReport> {
        std::mem::take(&mut self.reports)
    }

    /// When it wants to be woken.
    pub(super) fn next_deadline(&self) -> Option<Millis> {
        self.panel.next_deadline()
    }

    fn address(&self, door: u32) -> Option<(u8, u8)> {
        let found = self.readers.iter().find(|reader| reader.number == door);
        found.map(|reader| (reader.address, reader.output))
    }

    fn release<I: ReleaseIntent>(&mut self, intent: &I, answer: Answer, now: Millis) {
        let (ms, not_after) = (intent.release_ms(), intent.not_after());
        let in_range = (RELEASE_MIN_MS..=RELEASE_MAX_MS).contains(&ms);
        let tenths = u16::try_from(ms.div_ceil(100)).ok().filter(|_| in_range);
        let (Some((address, output)), Some(tenths)) = (self.address(intent.door()), tenths) else {
            let _ = answer.send(Err(DeviceError::Unsupported));
            return;
        };
        if not_after < now {
            let _ = answer.send(Err(DeviceError::Expired));
            return;
        }
        let tag = self.tag();
        self.waiting.insert(tag, answer);
        self.panel.order(address, PanelCommand::Release { output, tenths }, tag, not_after, now);
    }

    fn show(&mut self, door: u32, look: Look, answer: Answer, now: Millis) {
        let Some((address, _)) = self.address(door) else {
            let _ = answer.send(Err(DeviceError::Unsupported));
            return;
        };
        let mut answer = Some(answer);
        for command in shown(look) {
            let tag = self.tag();
            // The light is the answer; a reader without a buzzer shows it all the same.
            if let Some(answer) = answer.take() {
                self.waiting.insert(tag, answer);
            }
            self.panel.order(address, command, tag, now.plus(SHOW_WITHIN_MS), now);
        }
    }

    fn tag(&mut self) -> u64 {
        self.next_tag += 1;
        self.next_tag
    }

    fn drain(&mut self) {
        while let Some(output) = self.panel.poll_output() {
            match output {
                PanelOutput::Transmit(bytes) => self.frames.push_back(bytes),
                PanelOutput::Event(address, event) => self.event(address, event),
            }
        }
    }

    fn event(&mut self, address: u8, event: PanelEvent) {
        let Some(reader) = self.readers.iter_mut().find(|reader| reader.address == address) else { return };
        let facts = match event {
            PanelEvent::Done(tag) => return self.answer(tag, Ok(())),
            PanelEvent::Failed(tag, fault) => {
                let error = reader.fault(fault);
                return self.answer(tag, Err(error));
            }
            PanelEvent::Online => {
                reader.away = None;
                reader.health.is_back();
                vec![DoorFact::Online]
            }
            PanelEvent::Offline(reason) => {
                reader.away = Some(away(reason));
                reader.health.is_away(away(reason));
                reader.pressed = None;
                let unknown = reader.contact_fact(None);
                [DoorFact::Offline(away(reason))].into_iter().chain(unknown).collect()
            }
            PanelEvent::Card(bits, data) => Card::new(bits, &data).map(DoorFact::Card).into_iter().collect(),
            PanelEvent::Keys(keys) => Keys::new(&keys).map(DoorFact::Digits).into_iter().collect(),
            PanelEvent::Inputs(inputs) => reader.inputs(&inputs),
            PanelEvent::NoInputs => reader.contact_fact(None).into_iter().collect(),
            PanelEvent::Tampered(true) => vec![DoorFact::Tampered],
            PanelEvent::Tampered(false) => vec![DoorFact::TamperEnded],
            PanelEvent::KeySet => vec![DoorFact::KeySet],
        };
        let door = reader.number;
        self.reports.extend(facts.into_iter().map(|fact| DoorReport { door, fact }));
    }

    fn answer(&mut self, tag: u64, result: Result<(), DeviceError>) {
        if let Some(answer) = self.waiting.remove(&tag) {
            // Whoever asked may have gone.
            let _ = answer.send(result);
        }
    }
}
