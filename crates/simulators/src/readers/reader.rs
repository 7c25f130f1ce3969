//! One reader: what it was told, what it did, and what it answers.

use std::collections::VecDeque;

use super::channel::{Block, Channel, FACTORY_KEY, Handshake};
use super::faults::ReaderFaults;
use super::frame::{Command, checked, head, reply, take};

const NAK_UNKNOWN: u8 = 3;
const NAK_SEQUENCE: u8 = 4;
const NAK_NO_CHANNEL: u8 = 5;
const NAK_CHANNEL: u8 = 6;

/// How a reader is set up.
#[derive(Clone, Debug)]
pub struct ReaderOptions {
    /// 0 to 126.
    pub address: u8,
    /// Its own key; nothing: it knows the factory's alone and waits for one.
    pub key: Option<Block>,
    /// What it draws for each handshake.
    pub random: [u8; 8],
    /// Its unique number.
    pub number: [u8; 8],
    /// How many inputs it has.
    pub inputs: usize,
}

impl Default for ReaderOptions {
    fn default() -> Self {
        Self {
            address: 0,
            key: None,
            random: *b"\xd7\x64\xc8\xcc\xe9\x32\x55\xc4",
            number: *b"\xbe\xba\x01\x00\xaf\xbe\xad\xde",
            inputs: 2,
        }
    }
}

/// One switching of a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relayed {
    /// When, in ms of the line's clock.
    pub at_ms: u64,
    /// Which output.
    pub output: u8,
    /// For how long; nothing: until somebody switches it back, which nobody should ever ask for.
    pub for_ms: Option<u64>,
}

/// What its light was told to show for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Light {
    /// 0 black, 1 red, 2 green, 3 amber.
    pub color: u8,
    /// On and off by turns.
    pub blinks: bool,
}

/// A reader.
#[derive(Debug)]
pub struct OsdpReader {
    options: ReaderOptions,
    /// How it misbehaves.
    pub faults: ReaderFaults,
    channel: Option<Channel>,
    handshake: Option<Handshake>,
    received: Vec<u8>,
    /// The last command and what was answered, to answer it once more and not do it again.
    last: Option<(Vec<u8>, Vec<u8>)>,
    events: VecDeque<(u8, Vec<u8>)>,
    inputs: Vec<bool>,
    tampered: bool,
    relayed: Vec<Relayed>,
    lights: Vec<Light>,
    beeps: u32,
    /// The kinds of keys it was challenged with.
    challenged: Vec<u8>,
    plain_orders: u32,
}

impl OsdpReader {
    /// A reader with power.
    #[must_use]
    pub fn new(options: ReaderOptions) -> Self {
        Self {
            inputs: vec![false; options.inputs],
            options,
            faults: ReaderFaults::default(),
            channel: None,
            handshake: None,
            received: Vec::new(),
            last: None,
            events: VecDeque::new(),
            tampered: false,
            relayed: Vec::new(),
            lights: Vec::new(),
            beeps: 0,
            challenged: Vec::new(),
            plain_orders: 0,
        }
    }

    /// Somebody holds a card to it: so many bits, left-aligned.
    pub fn hold_card(&mut self, bits: u16, data: &[u8]) {
        let [low, high] = bits.to_le_bytes();
        let report = [&[0, 1, low, high], data].concat();
        self.events.push_back((0x50, report));
    }

    /// Somebody presses keys, `0` to `9`, `*` and `#`.
    pub fn press(&mut self, keys: &str) {
        let code = |key: u8| match key {
            b'*' => 0x7F,
            b'#' => 0x0D,
            digit => digit,
        };
        let keys: Vec<u8> = keys.bytes().map(code).collect();
        let count = u8::try_from(keys.len()).unwrap_or(u8::MAX);
        self.events.push_back((0x53, [vec![0, count], keys].concat()));
    }

    /// An input changes; the reader tells it by itself.
    pub fn set_input(&mut self, input: usize, active: bool) {
        if let Some(known) = self.inputs.get_mut(input)
            && *known != active
        {
            *known = active;
            let inputs = self.inputs.iter().map(|active| u8::from(*active)).collect();
            self.events.push_back((0x49, inputs));
        }
    }

    /// Whether an input is active; one it does not have never is.
    #[must_use]
    pub fn input(&self, input: usize) -> bool {
        self.inputs.get(input).copied().unwrap_or_default()
    }

    /// Whether its case is open.
    #[must_use]
    pub fn is_tampered(&self) -> bool {
        self.tampered
    }

    /// Its case is opened or shut.
    pub fn set_tampered(&mut self, tampered: bool) {
        self.tampered = tampered;
    }

    /// Every switching of a relay so far.
    #[must_use]
    pub fn relayed(&self) -> &[Relayed] {
        &self.relayed
    }

    /// Whether an output is on at this moment.
    #[must_use]
    pub fn is_on(&self, output: u8, now_ms: u64) -> bool {
        let last = self.relayed.iter().rev().find(|switched| switched.output == output);
        last.is_some_and(|switched| switched.for_ms.is_none_or(|for_ms| now_ms < switched.at_ms + for_ms))
    }

    /// What its light showed so far.
    #[must_use]
    pub fn lights(&self) -> &[Light] {
        &self.lights
    }

    /// How many tones it made.
    #[must_use]
    pub fn beeps(&self) -> u32 {
        self.beeps
    }

    /// Its own key, once it has one.
    #[must_use]
    pub fn key(&self) -> Option<Block> {
        self.options.key
    }

    /// With which kind of key each handshake began: 0 the factory's, 1 its own.
    #[must_use]
    pub fn challenged(&self) -> &[u8] {
        &self.challenged
    }

    /// How many orders came outside of a secure channel.
    #[must_use]
    pub fn plain_orders(&self) -> u32 {
        self.plain_orders
    }

    /// Takes bytes of the line; what it answers.
    pub fn receive(&mut self, bytes: &[u8], now_ms: u64) -> Vec<Vec<u8>> {
        self.received.extend_from_slice(bytes);
        let mut answers = Vec::new();
        while let Some(command) = take(&mut self.received) {
            if command.address == self.options.address && !self.faults.silent {
                answers.extend(self.heard(&command, now_ms));
            }
        }
        answers
    }

    fn heard(&mut self, command: &Command, now_ms: u64) -> Option<Vec<u8>> {
        if self.faults.busy > 0 {
            self.faults.busy -= 1;
            return Some(reply(self.options.address, 0, None, 0x79, &[]));
        }
        if std::mem::take(&mut self.faults.loses_power) {
            (self.channel, self.handshake, self.last) = (None, None, None);
        }
        let again = self.last.as_ref().filter(|(heard, _)| *heard == command.bytes && command.sequence != 0);
        let answer = match again {
            Some((_, answer)) => answer.clone(),
            None => self.answer(command, now_ms),
        };
        self.last = Some((command.bytes.clone(), answer.clone()));
        if self.faults.loses_answers > 0 {
            self.faults.loses_answers -= 1;
            return None;
        }
        Some(self.spoilt(answer))
    }

    fn spoilt(&self, mut answer: Vec<u8>) -> Vec<u8> {
        if self.faults.flips_a_bit {
            let middle = answer.len() / 2;
            answer[middle] ^= 0x10;
        }
        if self.faults.noise {
            answer.splice(0..0, [0xFF, 0x53, 0x00, 0xFA]);
        }
        answer
    }

    fn answer(&mut self, command: &Command, now_ms: u64) -> Vec<u8> {
        if command.sequence == 0 {
            (self.channel, self.handshake) = (None, None);
        }
        match (command.mac, self.channel.is_some()) {
            (Some(mac), true) => self.answer_sealed(command, mac, now_ms),
            (Some(_), false) => self.nak(command, NAK_CHANNEL),
            // What comes in plain while a channel stands ends it.
            (None, _) => {
                self.channel = None;
                self.answer_plain(command)
            }
        }
    }

    fn nak(&self, command: &Command, code: u8) -> Vec<u8> {
        reply(self.options.address, command.sequence, None, 0x41, &[code])
    }

    fn answer_plain(&mut self, command: &Command) -> Vec<u8> {
        let say = |code, data: &[u8]| reply(self.options.address, command.sequence, None, code, data);
        match command.code {
            0x60 => say(0x40, &[]),
            0x61 => say(0x45, &[0xBE, 0xBA, 0xFE, 1, 1, 0xAF, 0xBE, 0xAD, 0xDE, 0xAD, 0xDE, 0xAD]),
            0x62 => say(0x46, &capabilities(self.options.inputs)),
            0x76 if self.faults.plain_only => self.nak(command, NAK_UNKNOWN),
            0x76 => self.challenge(command),
            0x77 => self.cryptogram(command),
            0x64..=0x6B | 0x75 => {
                self.plain_orders += 1;
                self.nak(command, NAK_NO_CHANNEL)
            }
            _ => self.nak(command, NAK_UNKNOWN),
        }
    }

    fn challenge(&mut self, command: &Command) -> Vec<u8> {
        let Some((0x11, kind)) = &command.security else { return self.nak(command, NAK_CHANNEL) };
        let Ok(random_a) = <[u8; 8]>::try_from(command.data.as_slice()) else {
            return self.nak(command, NAK_SEQUENCE);
        };
        let kind = kind.first().copied().unwrap_or_default();
        self.challenged.push(kind);
        // The factory's key is good as long as it has none of its own.
        let key = match (kind, self.options.key) {
            (0, None) => FACTORY_KEY,
            (1, Some(key)) => key,
            _ => return self.nak(command, NAK_CHANNEL),
        };
        let shake = Handshake::begin(&key, random_a, self.options.random);
        let data = [self.options.number.as_slice(), &self.options.random, &shake.clients()].concat();
        self.handshake = Some(shake);
        reply(self.options.address, command.sequence, Some(&[0x12, kind]), 0x76, &data)
    }

    fn cryptogram(&mut self, command: &Command) -> Vec<u8> {
        let proved = self.handshake.take().and_then(|shake| shake.finish(&command.data));
        let Some((channel, first)) = proved else {
            return reply(self.options.address, command.sequence, Some(&[0x14, 0xFF]), 0x78, &[0; 16]);
        };
        self.channel = Some(channel);
        reply(self.options.address, command.sequence, Some(&[0x14, 0x01]), 0x78, &first)
    }

    fn answer_sealed(&mut self, command: &Command, mac: [u8; 4], now_ms: u64) -> Vec<u8> {
        let hidden = command.security.as_ref().is_some_and(|(kind, _)| *kind == 0x17);
        let opened = self
            .channel
            .as_mut()
            .and_then(|channel| channel.open(&command.signed, mac, &command.data, hidden));
        let Some(data) = opened else {
            self.channel = None;
            return self.nak(command, NAK_CHANNEL);
        };
        let (code, said) = self.obey(command.code, &data, now_ms);
        let sealed = self.seal(command, code, &said);
        if command.code == 0x75 && code == 0x40 {
            // The next handshake is made with the new key.
            self.channel = None;
        }
        sealed
    }

    fn seal(&mut self, command: &Command, code: u8, data: &[u8]) -> Vec<u8> {
        let Some(channel) = &mut self.channel else { return self.nak(command, NAK_CHANNEL) };
        let (kind, body) = if data.is_empty() { (0x16, Vec::new()) } else { (0x18, channel.hidden(data)) };
        let mut bytes = head(self.options.address, command.sequence, Some(&[kind]), body.len() + 4);
        bytes.push(code);
        bytes.extend(body);
        let mac = channel.sign(&bytes);
        bytes.extend(mac);
        checked(bytes)
    }

    fn obey(&mut self, code: u8, data: &[u8], now_ms: u64) -> (u8, Vec<u8>) {
        const ACK: u8 = 0x40;
        const NAK: u8 = 0x41;
        match (code, data) {
            (0x60, _) => self.events.pop_front().unwrap_or((ACK, Vec::new())),
            (0x64, _) => (0x48, vec![u8::from(self.tampered), 0]),
            (0x65, _) if self.faults.no_inputs => (NAK, vec![NAK_UNKNOWN]),
            (0x65, _) => (0x49, self.inputs.iter().map(|active| u8::from(*active)).collect()),
            (0x68, &[output, control, low, high]) => {
                if let Some(code) = self.faults.refuses_output.take() {
                    return (NAK, vec![code]);
                }
                let for_ms = u64::from(u16::from_le_bytes([low, high])) * 100;
                self.relayed.push(Relayed {
                    at_ms: now_ms,
                    output,
                    for_ms: (control == 5).then_some(for_ms),
                });
                (ACK, Vec::new())
            }
            (0x69, &[_, _, control, on, off, color, _, _, _, ..]) => {
                let color = if control == 2 && on > 0 { color } else { 0 };
                self.lights.push(Light { color, blinks: off > 0 });
                (ACK, Vec::new())
            }
            (0x6A, &[_, 2, _, _, count]) => {
                self.beeps += u32::from(count);
                (ACK, Vec::new())
            }
            (0x75, [1, 16, key @ ..]) => match <Block>::try_from(key) {
                Ok(key) => {
                    self.options.key = Some(key);
                    (ACK, Vec::new())
                }
                Err(_) => (NAK, vec![2]),
            },
            _ => (NAK, vec![NAK_UNKNOWN]),
        }
    }
}

/// Triples of function, level and count: inputs, outputs, cards, light, buzzer, keys of security.
fn capabilities(inputs: usize) -> Vec<u8> {
    let inputs = u8::try_from(inputs).unwrap_or(u8::MAX);
    [[1, 1, inputs], [2, 4, 1], [3, 1, 0], [4, 1, 1], [5, 1, 1], [8, 1, 0], [9, 1, 1]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
        (0..text.len()).step_by(2).map(byte).collect()
    }

    fn reader() -> OsdpReader {
        let key = hex("944b8eddcbaa2b5fe2b0148d1b2f95c9");
        let key = Some(key.try_into().expect("sixteen bytes"));
        OsdpReader::new(ReaderOptions { address: 5, key, ..ReaderOptions::default() })
    }

    /// A handshake and a poll as captured between two public implementations, byte for byte.
    const CAPTURED: [(&str, &str); 4] = [
        ("53050900046100c125", "538514000445bebafe0101afbeaddeaddead01b9"),
        (
            "530513000e0311017601020304050607087b85",
            "53852b000e03120176beba0100afbeadded764c8cce93255c4727a5e142222d09f4c37a12570a4e32c1fa0",
        ),
        (
            "53051b000f03130177f73555295713471cb086cb41f8f9df32ca8f",
            "53851b000f0314017895dcf1e6a2f06dc4157cfcb589c370870a1c",
        ),
        ("53050e000d021560a743f5b2ca14", "53850e000d0216406a57a43f1e33"),
    ];

    #[test]
    fn it_answers_as_captured() {
        let mut reader = reader();
        for (command, answer) in CAPTURED {
            assert_eq!(reader.receive(&hex(command), 0), [hex(answer)]);
        }
    }

    #[test]
    fn it_does_a_command_it_hears_twice_once() {
        let mut reader = reader();
        for (command, _) in CAPTURED {
            reader.receive(&hex(command), 0);
        }
        reader.press("5");
        let (poll, answer) = CAPTURED[3];
        assert_eq!(reader.receive(&hex(poll), 0), [hex(answer)], "the same answer, and the key is kept");
        assert_eq!(reader.events.len(), 1);
    }

    #[test]
    fn a_broken_or_foreign_command_is_not_heard() {
        let mut reader = reader();
        let mut broken = hex(CAPTURED[0].0);
        broken[5] ^= 1;
        assert!(reader.receive(&broken, 0).is_empty());
        assert!(reader.receive(&hex("53060900046100c125"), 0).is_empty());
        assert_eq!(reader.receive(&hex(CAPTURED[0].0), 0).len(), 1);
    }
}
