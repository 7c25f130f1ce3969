//! A reader nobody here wrote: PyPI libosdp as the peripheral of our control panel. Skipped and refused as in `peers`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use vestibule_devices::{DeviceError, DoorFact, Look};

use crate::dr_readers::{KEY, Panel, ROOM, hex};
use crate::peers::{python, script};

/// What is not said within this time is not said.
const PATIENCE: Duration = Duration::from_secs(30);

/// The peer; ends with this.
struct Peripheral {
    process: Child,
    input: ChildStdin,
    said: mpsc::UnboundedReceiver<String>,
}

impl Drop for Peripheral {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Peripheral {
    /// A reader with such a key, and our panel at its port.
    async fn start(key: &str) -> Option<(Self, Panel)> {
        let mut python = python("osdp")?;
        python.arg(script("osdp_reader.py")).arg(key);
        python.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = python.spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (say, said) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        let mut peer = Self { process, input, said };
        let port = peer.says().await;
        let line = format!("serial = {{ path = \"{port}\", baud = 9600 }}");
        Some((peer, Panel::start(&line, &[("Room", 5, KEY)])))
    }

    async fn says(&mut self) -> String {
        timeout(PATIENCE, self.said.recv()).await.expect("the peer says nothing").expect("it runs")
    }

    fn tell(&mut self, what: &str) {
        writeln!(self.input, "{what}").unwrap();
    }
}

#[tokio::test]
async fn libosdp_is_spoken_to_over_a_secure_channel() {
    let Some((mut peer, mut panel)) = Peripheral::start(&hex(&KEY)).await else { return };
    panel.hears(ROOM, DoorFact::Online).await;
    assert_eq!(panel.release(ROOM, 5_000).await, Ok(()));
    assert_eq!(peer.says().await, "output 0 code 5 for 30");
    assert_eq!(panel.controller.show(ROOM, Look::Granted).await, Ok(()));
    assert_eq!((peer.says().await.as_str(), peer.says().await.as_str()), ("light 2", "tone"));
    peer.tell("card");
    loop {
        if let DoorFact::Card(card) = panel.told(ROOM).await {
            assert_eq!((card.bits(), card.data()), (26, &[0x12, 0x34, 0x56, 0x80][..]));
            break;
        }
    }
    peer.tell("key");
    loop {
        if let DoorFact::Digits(keys) = panel.told(ROOM).await {
            assert_eq!(keys.as_str(), "7");
            break;
        }
    }
}

#[tokio::test]
async fn libosdp_with_another_key_is_refused() {
    let Some((_peer, mut panel)) = Peripheral::start(&hex(&[7; 16])).await else { return };
    panel.hears(ROOM, DoorFact::Offline(DeviceError::Untrusted)).await;
    assert_eq!(panel.release(ROOM, 5_000).await, Err(DeviceError::Untrusted));
}

#[tokio::test]
async fn libosdp_in_plain_text_is_refused() {
    let Some((mut peer, mut panel)) = Peripheral::start("plain").await else { return };
    panel.hears(ROOM, DoorFact::Offline(DeviceError::Untrusted)).await;
    assert_eq!(panel.release(ROOM, 5_000).await, Err(DeviceError::Untrusted));
    assert!(peer.said.try_recv().is_err(), "it was ordered something");
}

#[tokio::test]
async fn a_new_libosdp_is_given_its_own_key() {
    let Some((mut peer, mut panel)) = Peripheral::start("new").await else { return };
    panel.hears(ROOM, DoorFact::Offline(DeviceError::Untrusted)).await;
    assert_eq!(panel.controller.admit_new_reader(ROOM, 60_000).await, Ok(()));
    panel.hears(ROOM, DoorFact::KeySet).await;
    panel.hears(ROOM, DoorFact::Online).await;
    assert_eq!(panel.release(ROOM, 5_000).await, Ok(()));
    assert_eq!(peer.says().await, "output 0 code 5 for 30");
}
