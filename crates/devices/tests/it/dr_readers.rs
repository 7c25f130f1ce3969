//! Readers on an OSDP line, over secure channels alone: `DR-40` to `DR-58`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use vestibule_devices::{
    Clock, DeviceError, DoorConfig, DoorController, DoorFact, DoorLinks, DoorReport, Firmware, HealthSight,
    INSTALL_MAX_MS, Look, Millis, RELEASE_MAX_MS, ReleaseTime, Said, open_doors,
};
use vestibule_protocols::osdp::{CommandKind, ReplyKind};
use vestibule_simulators::readers::{
    Light, OsdpReader, ReaderLine, ReaderOptions, Relayed, serve_reader_pty, serve_readers_tcp,
};

use crate::dr_world::Wish;

pub const ROOM: u32 = 3;
const HALL: u32 = 4;
pub const KEY: [u8; 16] = *b"\x94\x4b\x8e\xdd\xcb\xaa\x2b\x5f\xe2\xb0\x14\x8d\x1b\x2f\x95\xc9";
const HALL_KEY: [u8; 16] = *b"\x14\x4b\x8e\xdd\xcb\xaa\x2b\x5f\xe2\xb0\x14\x8d\x1b\x2f\x95\xc9";
/// What has not happened within this time never does.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Readers as an installer writes them: name, address and key of each.
fn written(line: &str, readers: &[(&str, u8, PathBuf)]) -> String {
    let reader = |(door, address, key): &(&str, u8, PathBuf)| {
        format!(
            "[[reader]]\ndoor = \"{door}\"\naddress = {address}\nkey_file = \"{}\"\ncontact = {{ input = 0 }}\nexit_button = 1\n",
            key.display()
        )
    };
    format!("kind = \"osdp\"\n{line}\n{}", readers.iter().map(reader).collect::<String>())
}

/// The driver, and what it tells.
pub struct Panel {
    pub controller: DoorController<Wish>,
    clock: Clock,
    reports: mpsc::Receiver<DoorReport>,
    _stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    _keys: TempDir,
}

impl Drop for Panel {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Panel {
    /// On a line as it is written in a configuration.
    pub fn start(line: &str, readers: &[(&str, u8, [u8; 16])]) -> Self {
        let keys = TempDir::new().unwrap();
        let files: Vec<_> = readers
            .iter()
            .map(|(door, address, key)| {
                let file = keys.path().join(door);
                std::fs::write(&file, format!("{}\n", hex(key))).unwrap();
                (*door, *address, file)
            })
            .collect();
        let config: DoorConfig = toml::from_str(&written(line, &files)).unwrap();
        let clock = Clock::start();
        let (report, reports) = mpsc::channel(64);
        let (stop, shutdown) = watch::channel(false);
        let links = DoorLinks { clock, reports: report, shutdown };
        let known = BTreeMap::from([("Room".to_owned(), ROOM), ("Hall".to_owned(), HALL)]);
        let (controller, task) = open_doors(&config, &known, links).unwrap();
        Self { controller, clock, reports, _stop: stop, task: tokio::spawn(task), _keys: keys }
    }

    /// One release of three seconds that may go out within so many ms.
    pub async fn release(&self, door: u32, holds_ms: u64) -> Result<(), DeviceError> {
        self.carry_out(Wish { door, ms: 3_000, not_after: self.clock.now().plus(holds_ms) }).await
    }

    async fn carry_out(&self, wish: Wish) -> Result<(), DeviceError> {
        timeout(PATIENCE, self.controller.release(wish)).await.expect("a release ends")
    }

    /// How the reader of this door has answered.
    pub fn health(&self, door: u32) -> HealthSight {
        self.controller.health()[&door].look()
    }

    /// The next thing told of this door.
    pub async fn told(&mut self, door: u32) -> DoorFact {
        loop {
            let report = timeout(PATIENCE, self.reports.recv()).await.expect("nothing was told").unwrap();
            if report.door == door {
                return report.fact;
            }
        }
    }

    /// Waits until this is told of the door, whatever is told before.
    pub async fn hears(&mut self, door: u32, wanted: DoorFact) {
        while self.told(door).await != wanted {}
    }
}

/// A panel and the readers it speaks to, on TCP.
struct Room {
    line: ReaderLine,
    panel: Panel,
    address: std::net::SocketAddr,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Drop for Room {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn reader(key: Option<[u8; 16]>) -> OsdpReader {
    OsdpReader::new(ReaderOptions { address: 5, key, ..ReaderOptions::default() })
}

impl Room {
    async fn with(readers: Vec<OsdpReader>, known: &[(&str, u8, [u8; 16])]) -> Self {
        let line = ReaderLine::new(readers);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(serve_readers_tcp(line.clone(), listener));
        let panel = Panel::start(&format!("tcp = {{ addr = \"{address}\" }}"), known);
        Self { line, panel, address, serving }
    }

    /// One reader with a key, which the panel thinks is this one.
    async fn start(key: Option<[u8; 16]>, believed: [u8; 16]) -> Self {
        Self::with(vec![reader(key)], &[("Room", 5, believed)]).await
    }

    /// One that is online and shut.
    async fn online() -> Self {
        let mut room = Self::start(Some(KEY), KEY).await;
        assert_eq!(room.panel.told(ROOM).await, DoorFact::Online);
        assert_eq!(room.panel.told(ROOM).await, DoorFact::Closed);
        room
    }

    fn relayed(&self) -> Vec<Relayed> {
        self.line.with(0, |reader, _| reader.relayed().to_vec())
    }

    /// Waits until the reader is so.
    async fn until(&self, is_so: impl Fn(&OsdpReader) -> bool) {
        let comes = async {
            while !self.line.with(0, |reader, _| is_so(reader)) {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, comes).await.expect("it never came to that");
    }
}

/// DR-40: a release is ordered once, for a time the reader keeps by itself.
#[tokio::test]
async fn dr_40_a_release_is_ordered_once_and_ends_by_itself() {
    let room = Room::online().await;
    assert_eq!(room.panel.release(ROOM, 2_000).await, Ok(()));
    let relayed = room.relayed();
    assert_eq!(relayed.len(), 1);
    assert_eq!((relayed[0].output, relayed[0].for_ms), (0, Some(3_000)));
    assert!(room.line.with(0, |reader, now_ms| reader.is_on(0, now_ms)));
    let abilities = room.panel.controller.abilities()[&ROOM];
    assert!(abilities.contact && abilities.request_to_exit && abilities.reader && abilities.look);
    assert_eq!(abilities.release_time, ReleaseTime::PerOrder);
}

/// DR-41: a reader with another key is not trusted and told nothing.
#[tokio::test]
async fn dr_41_another_key_is_not_trusted() {
    let mut room = Room::start(Some([7; 16]), KEY).await;
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Offline(DeviceError::Untrusted));
    assert_eq!(room.panel.release(ROOM, 2_000).await, Err(DeviceError::Untrusted));
    assert_eq!((room.relayed().len(), room.line.with(0, |reader, _| reader.plain_orders())), (0, 0));
}

/// DR-42: a reader that speaks in plain text alone is never spoken to so.
#[tokio::test]
async fn dr_42_plain_text_is_no_way_back() {
    let mut room = Room::start(Some(KEY), KEY).await;
    room.line.with(0, |reader, _| reader.faults.plain_only = true);
    room.panel.hears(ROOM, DoorFact::Offline(DeviceError::Untrusted)).await;
    assert_eq!(room.panel.release(ROOM, 2_000).await, Err(DeviceError::Untrusted));
    assert_eq!((room.relayed().len(), room.line.with(0, |reader, _| reader.plain_orders())), (0, 0));
}

/// DR-43: a new reader is let in when somebody says so, and has its own key from then on.
#[tokio::test]
async fn dr_43_a_new_reader_is_given_its_own_key() {
    let mut room = Room::start(None, KEY).await;
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Offline(DeviceError::Untrusted));
    assert_eq!(room.line.with(0, |reader, _| reader.challenged().to_vec()).first(), Some(&1));
    assert_eq!(room.panel.controller.admit_new_reader(ROOM, 60_000).await, Ok(()));
    room.panel.hears(ROOM, DoorFact::KeySet).await;
    room.panel.hears(ROOM, DoorFact::Online).await;
    assert_eq!(room.line.with(0, |reader, _| (reader.key(), reader.plain_orders())), (Some(KEY), 0));
    assert_eq!(room.panel.release(ROOM, 2_000).await, Ok(()));
    // The time is over with the first key: a reader put in its place is not let in.
    let before = room.line.with(0, |reader, _| {
        *reader = crate::dr_readers::reader(None);
        reader.challenged().len()
    });
    room.panel.hears(ROOM, DoorFact::Offline(DeviceError::Untrusted)).await;
    room.until(|reader| reader.challenged().len() > before + 1).await;
    assert!(room.line.with(0, |reader, _| reader.challenged().iter().all(|kind| *kind == 1)));
}

/// DR-44: the time for a new reader ends by itself, and is never longer than ten minutes.
#[tokio::test]
async fn dr_44_the_time_for_a_new_reader_ends() {
    let mut room = Room::start(None, KEY).await;
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Offline(DeviceError::Untrusted));
    assert_eq!(room.panel.controller.admit_new_reader(ROOM, 0).await, Ok(()));
    let so_far = room.line.with(0, |reader, _| reader.challenged().len());
    room.until(|reader| reader.challenged().len() > so_far + 1).await;
    assert!(room.line.with(0, |reader, _| reader.challenged().iter().all(|kind| *kind == 1)));
    let too_long = room.panel.controller.admit_new_reader(ROOM, INSTALL_MAX_MS + 1).await;
    assert_eq!(too_long, Err(DeviceError::Unsupported));
    assert_eq!(room.panel.controller.admit_new_reader(HALL, 60_000).await, Err(DeviceError::Unsupported));
}

/// DR-45: card, keys, contact, the button inside and the case are told.
#[tokio::test]
async fn dr_45_what_a_reader_sees_is_told() {
    let mut room = Room::online().await;
    room.line.with(0, |reader, _| reader.hold_card(26, &[0x12, 0x34, 0x56, 0xBF]));
    let DoorFact::Card(card) = room.panel.told(ROOM).await else { panic!("no card") };
    assert_eq!((card.bits(), card.data()), (26, &[0x12, 0x34, 0x56, 0x80][..]));
    room.line.with(0, |reader, _| reader.press("12*#"));
    let DoorFact::Digits(keys) = room.panel.told(ROOM).await else { panic!("no keys") };
    assert_eq!(keys.as_str(), "12*#");
    for (open, fact) in [(true, DoorFact::Opened), (false, DoorFact::Closed)] {
        room.line.with(0, |reader, _| reader.set_input(0, open));
        assert_eq!(room.panel.told(ROOM).await, fact);
    }
    for _ in 0..2 {
        room.line.with(0, |reader, _| reader.set_input(1, true));
        assert_eq!(room.panel.told(ROOM).await, DoorFact::RequestToExit);
        room.line.with(0, |reader, _| reader.set_input(1, false));
    }
    for (tampered, fact) in [(true, DoorFact::Tampered), (false, DoorFact::TamperEnded)] {
        room.line.with(0, |reader, _| reader.set_tampered(tampered));
        assert_eq!(room.panel.told(ROOM).await, fact);
    }
}

/// DR-46: a yes and a no are seen and heard.
#[tokio::test]
async fn dr_46_a_look_is_shown() {
    let room = Room::online().await;
    for (look, color, blinks) in [
        (Look::Granted, 2, false),
        (Look::Denied, 1, true),
        (Look::Waiting, 3, true),
        (Look::Ready, 0, false),
    ] {
        assert_eq!(room.panel.controller.show(ROOM, look).await, Ok(()));
        let last = room.line.with(0, |reader, _| reader.lights().last().copied());
        assert_eq!(last, Some(Light { color, blinks }), "{look:?}");
    }
    room.until(|reader| reader.beeps() == 4).await;
    assert_eq!(room.panel.controller.show(HALL, Look::Granted).await, Err(DeviceError::Unsupported));
}

/// DR-47: an answer that is lost is asked for again, and the order is carried out once.
#[tokio::test]
async fn dr_47_a_lost_answer_releases_once() {
    let room = Room::online().await;
    for count in 1..=2 {
        room.line.with(0, |reader, _| reader.faults.loses_answers = count);
        assert_eq!(room.panel.release(ROOM, 5_000).await, Ok(()));
    }
    assert_eq!(room.relayed().len(), 2);
}

/// DR-48: a reader that lost its power is spoken to anew; an order that fell in between is not given again.
#[tokio::test]
async fn dr_48_a_lost_channel_is_made_anew() {
    let mut room = Room::online().await;
    room.line.with(0, |reader, _| {
        reader.faults.loses_power = true;
        assert_eq!(reader.challenged().len(), 1);
    });
    room.until(|reader| reader.challenged().len() == 2).await;
    let mut released = room.panel.release(ROOM, 5_000).await;
    if released.is_err() {
        // Between two channels it is away.
        room.until(|reader| !reader.relayed().is_empty() || reader.challenged().len() >= 2).await;
        room.line.with(0, |reader, _| reader.hold_card(8, &[1]));
        while !matches!(room.panel.told(ROOM).await, DoorFact::Card(_)) {}
        released = room.panel.release(ROOM, 5_000).await;
    }
    assert_eq!((released, room.relayed().len()), (Ok(()), 1));
}

/// DR-49: noise before an answer costs nothing, a busy reader time, a wrong bit a question more.
#[tokio::test]
async fn dr_49_a_bad_line_costs_time_alone() {
    let room = Room::online().await;
    room.line.with(0, |reader, _| (reader.faults.noise, reader.faults.busy) = (true, 3));
    assert_eq!(room.panel.release(ROOM, 5_000).await, Ok(()));
    room.line.with(0, |reader, _| reader.faults.flips_a_bit = true);
    assert_eq!(room.panel.release(ROOM, 5_000).await, Err(DeviceError::Timeout));
    assert!(room.relayed().len() <= 2, "{:?}", room.relayed());
}

/// DR-50: a reader that falls silent is away after eight seconds, and then back.
#[tokio::test]
async fn dr_50_silence_is_told_and_its_end_too() {
    let mut room = Room::online().await;
    room.line.with(0, |reader, _| reader.faults.silent = true);
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Offline(DeviceError::Timeout));
    assert_eq!(room.panel.told(ROOM).await, DoorFact::ContactUnknown);
    assert_eq!(room.panel.release(ROOM, 2_000).await, Err(DeviceError::Away), "nothing was sent");
    let health = room.panel.health(ROOM);
    assert_eq!(health.away, Some(DeviceError::Timeout));
    assert!(health.failed > 0 && health.firmware == Firmware::of_numbers([0xAD, 0xDE, 0xAD]), "{health:?}");
    room.line.with(0, |reader, _| reader.faults.silent = false);
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Online);
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Closed);
    assert_eq!(room.panel.health(ROOM).away, None);
    assert_eq!(room.relayed().len(), 0, "what was not taken is not kept");
}

/// DR-51: the same on a serial port.
#[tokio::test]
async fn dr_51_a_serial_port_is_a_line() {
    let line = ReaderLine::new(vec![reader(Some(KEY))]);
    let (path, serving) = serve_reader_pty(line.clone()).unwrap();
    let serial = format!("serial = {{ path = \"{}\", baud = 9600 }}", path.display());
    let mut panel = Panel::start(&serial, &[("Room", 5, KEY)]);
    assert_eq!(panel.told(ROOM).await, DoorFact::Online);
    assert_eq!(panel.release(ROOM, 2_000).await, Ok(()));
    assert_eq!(line.with(0, |reader, _| reader.relayed().len()), 1);
    serving.abort();
}

/// DR-52: a serial server that goes away and comes back.
#[tokio::test]
async fn dr_52_a_line_that_is_cut_is_opened_again() {
    let mut room = Room::online().await;
    room.serving.abort();
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Offline(DeviceError::Timeout));
    assert_eq!(room.panel.told(ROOM).await, DoorFact::ContactUnknown);
    let listener = TcpListener::bind(room.address).await.unwrap();
    room.serving = tokio::spawn(serve_readers_tcp(room.line.clone(), listener));
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Online);
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Closed);
    assert_eq!(room.panel.release(ROOM, 2_000).await, Ok(()));
}

/// DR-53: a dead reader holds up no other of its line for longer than its own questions take.
#[tokio::test]
async fn dr_53_a_dead_reader_holds_up_no_other() {
    let hall = ReaderOptions { address: 6, key: Some(HALL_KEY), ..ReaderOptions::default() };
    let readers = vec![reader(Some(KEY)), OsdpReader::new(hall)];
    let mut room = Room::with(readers, &[("Room", 5, KEY), ("Hall", 6, HALL_KEY)]).await;
    room.panel.hears(HALL, DoorFact::Online).await;
    room.line.with(0, |reader, _| reader.faults.silent = true);
    for count in 1..=5 {
        assert_eq!(room.panel.release(HALL, 1_500).await, Ok(()));
        assert_eq!(room.line.with(1, |reader, _| reader.relayed().len()), count);
    }
    assert_eq!(room.relayed().len(), 0);
}

/// DR-54: a reader that refuses says why.
#[tokio::test]
async fn dr_54_a_refusal_says_why() {
    let room = Room::online().await;
    for (code, error) in [(3, DeviceError::Unsupported), (9, DeviceError::Vendor { code: 9 })] {
        room.line.with(0, |reader, _| reader.faults.refuses_output = Some(code));
        assert_eq!(room.panel.release(ROOM, 2_000).await, Err(error));
    }
    assert_eq!(room.relayed().len(), 0);
    assert_eq!(room.panel.release(ROOM, 2_000).await, Ok(()));
}

/// DR-55: what cannot be meant, and what comes after its last moment, is not said.
#[tokio::test]
async fn dr_55_what_cannot_be_meant_is_refused() {
    let room = Room::online().await;
    let not_after = room.panel.clock.now().plus(5_000);
    for (door, ms) in [(HALL, 3_000), (ROOM, 0), (ROOM, RELEASE_MAX_MS + 1)] {
        let refused = room.panel.carry_out(Wish { door, ms, not_after }).await;
        assert_eq!(refused, Err(DeviceError::Unsupported));
    }
    let late = Wish { door: ROOM, ms: 3_000, not_after: Millis(0) };
    assert_eq!(room.panel.carry_out(late).await, Err(DeviceError::Expired));
    assert_eq!(room.relayed().len(), 0);
}

/// DR-56: a reader that does not tell its inputs has no contact, and is released all the same.
#[tokio::test]
async fn dr_56_a_reader_without_inputs_has_no_contact() {
    let line_reader = {
        let mut reader = reader(Some(KEY));
        reader.faults.no_inputs = true;
        reader
    };
    let mut room = Room::with(vec![line_reader], &[("Room", 5, KEY)]).await;
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Online);
    assert_eq!(room.panel.told(ROOM).await, DoorFact::ContactUnknown);
    assert_eq!(room.panel.release(ROOM, 2_000).await, Ok(()));
}

/// DR-57: two readers never share a key.
#[tokio::test]
async fn dr_57_each_reader_has_its_own_key() {
    let keys = TempDir::new().unwrap();
    let file = keys.path().join("one");
    std::fs::write(&file, hex(&KEY)).unwrap();
    let line = "tcp = { addr = \"127.0.0.1:4001\" }";
    let text = written(line, &[("Room", 5, file.clone()), ("Hall", 6, file)]);
    let config: DoorConfig = toml::from_str(&text).unwrap();
    let links =
        DoorLinks { clock: Clock::start(), reports: mpsc::channel(1).0, shutdown: watch::channel(false).1 };
    let known = BTreeMap::from([("Room".to_owned(), ROOM), ("Hall".to_owned(), HALL)]);
    let words = open_doors::<Wish>(&config, &known, links).err().unwrap().to_string();
    assert!(words.contains("one of its own") && !words.contains(&hex(&KEY)), "{words}");
}

/// DR-58: what is kept of an exchange with a reader is the kinds of its frames: no key, no card and no PIN.
#[tokio::test]
async fn dr_58_what_is_kept_of_an_exchange_with_a_reader_holds_no_secret() {
    let mut room = Room::online().await;
    room.line.with(0, |reader, _| reader.hold_card(26, &[0x12, 0x34, 0x56, 0xBF]));
    assert!(matches!(room.panel.told(ROOM).await, DoorFact::Card(_)));
    room.line.with(0, |reader, _| reader.press("4711#"));
    assert!(matches!(room.panel.told(ROOM).await, DoorFact::Digits(_)));
    assert_eq!(room.panel.release(ROOM, 6_000).await, Ok(()));
    let kept = |room: &Room| -> Vec<_> {
        let kept = room.panel.controller.health()[&ROOM].exchanges();
        kept.into_iter().map(|exchange| (exchange.said, exchange.error)).collect()
    };
    let before = kept(&room);
    let answered = |sent, heard| (Said::Kinds { reader: 5, sent, heard: Some(heard) }, None);
    for (sent, heard) in [
        (CommandKind::Chlng, ReplyKind::Ccrypt),
        (CommandKind::Scrypt, ReplyKind::RmacI),
        (CommandKind::Poll, ReplyKind::Raw),
        (CommandKind::Poll, ReplyKind::Keypad),
        (CommandKind::Out, ReplyKind::Ack),
    ] {
        assert!(before.contains(&answered(sent, heard)), "{sent:?} {heard:?}: {before:?}");
    }
    let routine = before.iter().filter(|one| **one == answered(CommandKind::Poll, ReplyKind::Ack));
    assert_eq!(routine.count(), 1, "{before:?}");
    let text = format!("{before:?}");
    for secret in ["4711", "52, 55", "123456", "18, 52, 86", "944b", "148, 75"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    room.line.with(0, |reader, _| reader.faults.silent = true);
    assert_eq!(room.panel.told(ROOM).await, DoorFact::Offline(DeviceError::Timeout));
    let in_vain = |one: &(Said, Option<DeviceError>)| {
        matches!(one, (Said::Kinds { reader: 5, heard: None, .. }, Some(DeviceError::Timeout)))
    };
    let since = kept(&room);
    assert!(since.iter().any(in_vain), "{since:?}");
}
