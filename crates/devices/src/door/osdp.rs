//! Readers on an OSDP line, each with a door. The task moves bytes, orders and time; what they mean is [`readers`]'.

mod readers;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use ring::rand::{SecureRandom, SystemRandom};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use vestibule_protocols::osdp::{Key, PanelInput, PeripheralConfig};
use zeroize::Zeroizing;

use super::config::{DoorConfigError, OsdpConfig, ReaderConfig};
use super::{DoorAbilities, DoorLinks, DoorReport, Numbering, Order, ReleaseIntent, ReleaseTime};
use crate::transport::link::{Link, LinkEvent};
use crate::{DeviceHealth, TransportConfig};
use readers::{Reader, Readers};

/// A line and its readers, ready to be run.
pub(super) struct OsdpDoors {
    transport: TransportConfig,
    readers: Readers,
    abilities: BTreeMap<u32, DoorAbilities>,
}

impl OsdpDoors {
    /// The line and readers of a configuration. Reads their keys; opens nothing.
    pub(super) fn open(config: &OsdpConfig, number: Numbering<'_>) -> Result<Self, DoorConfigError> {
        let transport = config.transport()?;
        let (mut peripherals, mut readers, mut abilities) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut keys = BTreeSet::new();
        for reader in &config.reader {
            let (key, bytes) = key_of(&reader.key_file)?;
            if !keys.insert(bytes) {
                let problem = "another reader has this key, too: each needs one of its own, as from openssl rand -hex 16";
                return Err(secret(&reader.key_file, problem));
            }
            let number = number(&reader.door)?;
            let looks_at_inputs = reader.contact.is_some() || reader.exit_button.is_some();
            peripherals.push(PeripheralConfig { address: reader.address, key, looks_at_inputs });
            readers.push(Reader::new(number, reader));
            abilities.insert(number, abilities_of(reader));
        }
        Ok(Self { transport, readers: Readers::new(peripherals, readers, Box::new(challenge)), abilities })
    }

    /// What it can do at each door.
    pub(super) fn abilities(&self) -> BTreeMap<u32, DoorAbilities> {
        self.abilities.clone()
    }

    /// How the reader of each door answers.
    pub(super) fn health(&self) -> BTreeMap<u32, DeviceHealth> {
        self.readers.health()
    }

    /// Speaks to the readers until it is told to stop.
    pub(super) async fn run<I: ReleaseIntent>(self, orders: mpsc::Receiver<Order<I>>, links: DoorLinks) {
        let (link, unsent) = (Link::new(self.transport), VecDeque::new());
        let mut shell = Shell { link, readers: self.readers, orders, links, unsent };
        while shell.turn().await.is_some() {}
    }
}

fn abilities_of(reader: &ReaderConfig) -> DoorAbilities {
    DoorAbilities {
        contact: reader.contact.is_some(),
        request_to_exit: reader.exit_button.is_some(),
        reader: true,
        keypad: true,
        look: true,
        own_key: true,
        release_time: ReleaseTime::PerOrder,
    }
}

fn secret(file: &Path, problem: impl Into<String>) -> DoorConfigError {
    DoorConfigError::Secret { file: file.to_owned(), problem: problem.into() }
}

/// A reader's own key, and its bytes to compare.
fn key_of(file: &Path) -> Result<(Key, [u8; 16]), DoorConfigError> {
    const ADVICE: &str = "expected 32 hexadecimal digits, as from openssl rand -hex 16";
    let text = std::fs::read_to_string(file).map_err(|error| secret(file, error.to_string()))?;
    let text = Zeroizing::new(text);
    let digits: Vec<u8> = text
        .trim()
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()
        .ok_or_else(|| secret(file, ADVICE))?;
    let mut bytes = [0; 16];
    if digits.len() != 2 * bytes.len() {
        return Err(secret(file, ADVICE));
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = pair[0] << 4 | pair[1];
    }
    let key = Key::new(bytes);
    let key = key.ok_or_else(|| secret(file, format!("this is the public default key; {ADVICE}")))?;
    Ok((key, bytes))
}

/// Eight bytes nobody can guess.
fn challenge() -> [u8; 8] {
    let mut random = [0; 8];
    // A machine without randomness must not pretend to be safe.
    SystemRandom::new().fill(&mut random).expect("the system draws random numbers");
    random
}

/// What woke the shell.
enum Wake<I> {
    Line(LinkEvent),
    Order(Order<I>),
    Reported,
    Deadline,
    Stop,
}

struct Shell<I> {
    link: Link,
    readers: Readers,
    orders: mpsc::Receiver<Order<I>>,
    links: DoorLinks,
    unsent: VecDeque<DoorReport>,
}

impl<I: ReleaseIntent> Shell<I> {
    /// Waits for one thing and passes it on. `None` ends the task.
    async fn turn(&mut self) -> Option<()> {
        let mut buffer = [0; 256];
        let woken = self.wake(&mut buffer).await;
        let now = self.links.clock.now();
        match woken {
            Wake::Line(LinkEvent::Opened) => self.readers.handle(PanelInput::Opened, now),
            Wake::Line(LinkEvent::Received(count)) => {
                self.readers.handle(PanelInput::Received(&buffer[..count]), now);
            }
            Wake::Line(LinkEvent::Lost) => self.readers.handle(PanelInput::Lost, now),
            Wake::Order(order) => self.readers.order(order, now),
            Wake::Deadline => self.readers.handle(PanelInput::Deadline, now),
            Wake::Reported => {}
            Wake::Stop => return None,
        }
        while let Some(bytes) = self.readers.next_frame() {
            if !self.link.send(&bytes).await {
                self.readers.handle(PanelInput::Lost, self.links.clock.now());
            }
        }
        self.unsent.extend(self.readers.take_reports());
        Some(())
    }

    async fn wake(&mut self, buffer: &mut [u8]) -> Wake<I> {
        let deadline = self.readers.next_deadline().map(|at| self.links.clock.instant(at));
        let (link, unsent, orders) = (&mut self.link, &mut self.unsent, &mut self.orders);
        let DoorLinks { reports, shutdown, .. } = &mut self.links;
        tokio::select! {
            biased;
            stopped = shutdown.wait_for(|stop| *stop) => { drop(stopped); Wake::Stop }
            order = orders.recv() => order.map_or(Wake::Stop, Wake::Order),
            happened = link.next(buffer) => Wake::Line(happened),
            permit = reports.reserve(), if !unsent.is_empty() => match (permit, unsent.pop_front()) {
                (Ok(permit), Some(report)) => { permit.send(report); Wake::Reported }
                (Ok(_), None) => Wake::Reported,
                (Err(_), _) => Wake::Stop,
            },
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => Wake::Deadline,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Result<(Key, [u8; 16]), String> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("it is written");
        key_of(file.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_is_thirty_two_digits_and_not_the_public_one() {
        let (_, bytes) = key("944b8eddcbaa2b5fe2b0148d1b2f95c9\n").expect("a key");
        assert_eq!(bytes[..3], [0x94, 0x4B, 0x8E]);
        for wrong in ["", "944b", "x44b8eddcbaa2b5fe2b0148d1b2f95c9", "944b8eddcbaa2b5fe2b0148d1b2f95c900"] {
            let words = key(wrong).expect_err("no key");
            assert!(words.contains("32 hexadecimal digits"), "{words}");
            assert!(wrong.is_empty() || !words.contains(wrong), "{words}");
        }
        let words = key("303132333435363738393a3b3c3d3e3f").expect_err("the public key");
        assert!(words.contains("public default key"), "{words}");
    }
}
