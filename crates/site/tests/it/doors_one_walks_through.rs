//! A site with doors of its configuration: production drivers over real bytes, a simulated intercom at the street, a simulated
//! reader at the package room.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::until;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::net::TcpListener;
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::PointKind;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::readers::{OsdpReader, ReaderLine, ReaderOptions, serve_readers_tcp};
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::config::Config;
use vestibule_site::handle::{Outcome, Request};
use vestibule_site::runners::doors::installing::{Installed, install_reader};

/// What is not so within this time never is.
const PATIENCE: Duration = Duration::from_secs(30);
const STREET: AccessPointId = AccessPointId(1);
const ROOM: AccessPointId = AccessPointId(2);
const KEY: [u8; 16] = [0x17; 16];

/// A house with a street door and a package room.
struct House {
    site: Assembled,
    street: DoorServer,
    room: ReaderLine,
    config: Config,
    _folder: tempfile::TempDir,
}

impl House {
    async fn open() -> Self {
        let leaves = vec![Leaf::new("1", "input1")];
        let options = DoorOptions { make: DoorMake::TwoN, leaves, ..DoorOptions::default() };
        let street = DoorServer::start(options).await.unwrap();
        let reader = OsdpReader::new(ReaderOptions { key: Some(KEY), ..ReaderOptions::default() });
        let room = ReaderLine::new(vec![reader]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve_readers_tcp(room.clone(), listener));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("room.key"), "17".repeat(16)).unwrap();
        let text = format!(
            "data = \"site\"\n[[bank]]\nname = \"Lobby\"\n[[bank.column]]\nwidth_mm = 400\ndoors = [\n\
             {{ label = \"1\", size = \"S\", height_mm = 200 }}]\n\
             [[doors]]\nname = \"Intercom\"\n[[doors.passage]]\nname = \"Street door\"\nkind = \"building_entrance\"\n\
             banks = [\"Lobby\"]\n[doors.device]\nkind = \"2n\"\nurl = \"{}\"\n[[doors.device.door]]\n\
             name = \"Street door\"\nrelay = \"1\"\ncontact = \"input1\"\n\
             [[doors]]\nname = \"Reader\"\n[[doors.passage]]\nname = \"Package room\"\nkind = \"room_door\"\n\
             [doors.device]\nkind = \"osdp\"\ntcp = {{ addr = \"{address}\" }}\n[[doors.device.reader]]\n\
             door = \"Package room\"\naddress = 0\nkey_file = \"room.key\"\ncontact = {{ input = 0 }}\nexit_button = 1\n",
            street.url()
        );
        let config = Config::parse(&text, &folder.path().join("vestibule.toml")).unwrap();
        let mut site = Assembled::open(&SitePlace::of(&config)).unwrap();
        site.install(None, &config.bank).await.unwrap();
        site.run_doors(&config.doors).await.unwrap();
        let house = Self { site, street, room, config, _folder: folder };
        for point in [STREET, ROOM] {
            house.until(move |site| site.access.points[&point].closure == Closure::Closed).await;
        }
        house
    }

    /// Waits until the site knows it.
    async fn until(&self, is_so: impl Fn(&Site) -> bool + Send + Copy + 'static) {
        until(&self.site.handle, "the site knows it", is_so).await;
    }

    async fn ask(&self, actor: Actor, command: Command) -> Outcome {
        let outcome = self.site.handle.ask(Request::new(actor, command)).await.unwrap();
        assert!(outcome.answer.is_ok(), "{:?}", outcome.answer);
        outcome
    }

    async fn let_in(&self, point: AccessPointId) {
        let command = Command::LetInOnce { point, reason: StaffReason::HelpCourier };
        self.ask(Actor::Staff(StaffId(1)), command).await;
    }

    /// Waits until something outside is so.
    async fn sees(&self, is_so: impl Fn() -> bool) {
        let comes = async {
            while !is_so() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, comes).await.expect("it never came to that");
    }
}

#[tokio::test]
async fn passages_of_the_configuration_are_put_up_once() {
    let mut house = House::open().await;
    let of = |house: &House| house.site.handle.clone();
    let points = of(&house).read(|site, _| site.access.points.clone()).await.unwrap();
    let (street, room) = (&points[&STREET].spec, &points[&ROOM].spec);
    assert_eq!((street.label.as_str(), street.kind), ("Street door", PointKind::BuildingEntrance));
    assert_eq!(street.banks, BTreeSet::from([BankId(1)]));
    assert!(street.contact && !street.request_to_exit && !street.reader);
    assert_eq!((room.label.as_str(), room.kind), ("Package room", PointKind::RoomDoor));
    assert!(room.contact && room.request_to_exit && room.reader);
    let mut later = house.config.doors.clone();
    later[0].passage.clear();
    house.site.run_doors(&later[..1]).await.unwrap();
    assert_eq!(of(&house).read(|site, _| site.access.points.len()).await.unwrap(), 2);
    later[0].device = later[1].device.clone();
    later[0].device.files_mut()[0].push("nowhere");
    let words = house.site.run_doors(&later[..1]).await.unwrap_err().to_string();
    assert!(words.contains("[[doors]] \"Intercom\"") && words.contains("nowhere"), "{words}");
    house.site.stop().await;
}

#[tokio::test]
async fn what_the_rules_refuse_of_a_configuration_is_said_in_a_sentence() {
    let house = House::open().await;
    let mut bare = house.config.bank[0].clone();
    bare.name = "Bare".to_owned();
    bare.column.clear();
    let words = house.site.install(None, &[bare]).await.unwrap_err().to_string();
    let said = "[[bank]] \"Bare\" was refused: This cannot be done: a bank has at least one compartment.";
    assert_eq!(words, said);
    house.site.stop().await;
}

#[tokio::test]
async fn staff_let_somebody_in_at_the_street() {
    let house = House::open().await;
    house.let_in(STREET).await;
    house.sees(|| house.street.is_released("1")).await;
    assert!(house.street.move_door("1", true));
    house.until(|site| site.access.points[&STREET].stands_open()).await;
    assert!(house.street.move_door("1", false));
    house.until(|site| site.access.points[&STREET].closure == Closure::Closed).await;
    assert_eq!(house.street.leaf("1").unwrap().releases.len(), 1);
    house.site.stop().await;
}

#[tokio::test]
async fn a_pass_typed_at_the_reader_opens_the_room_once() {
    let house = House::open().await;
    let expires = house.site.handle.read(|_, now| now + Span::days(1)).await.unwrap();
    let issue = Command::IssuePass {
        kind: vestibule_core::credential::pass::PassKind::Delivery,
        unit: None,
        windows: vec![WeekWindow::ALWAYS],
        expires,
        doors: vec![DoorGrant { point: ROOM }],
    };
    let issued = house.ask(Actor::Staff(StaffId(1)), issue).await;
    let digits = issued.revealed[0].digits.as_ref().unwrap().expose().to_owned();
    house.room.with(0, |reader, _| reader.press(&format!("{digits}#")));
    house.sees(|| house.room.with(0, |reader, now_ms| reader.is_on(0, now_ms))).await;
    house
        .sees(|| house.room.with(0, |reader, _| reader.lights().last().is_some_and(|light| light.color == 2)))
        .await;
    house.room.with(0, |reader, _| reader.set_input(0, true));
    house.until(|site| site.access.points[&ROOM].stands_open()).await;
    house.room.with(0, |reader, _| reader.set_input(0, false));
    house.until(|site| site.access.points[&ROOM].closure == Closure::Closed).await;
    // It is spent: red, and the lock stays.
    house.room.with(0, |reader, _| reader.press(&format!("{digits}#")));
    house
        .sees(|| house.room.with(0, |reader, _| reader.lights().last().is_some_and(|light| light.color == 1)))
        .await;
    assert_eq!(house.room.with(0, |reader, _| reader.relayed().len()), 1);
    house.site.stop().await;
}

#[tokio::test]
async fn a_door_pulled_open_is_forced_and_a_dead_controller_is_told() {
    let house = House::open().await;
    house.room.with(0, |reader, _| reader.set_input(0, true));
    let forced = |site: &Site| {
        site.tasks.open.values().any(|task| matches!(task.what, TaskKind::DoorForced { point: ROOM, .. }))
    };
    house.until(forced).await;
    house.street.set_faults(|faults| faults.garbled = true);
    house.until(|site| site.access.points[&STREET].silent).await;
    house.street.set_faults(|faults| faults.garbled = false);
    house.until(|site| !site.access.points[&STREET].silent).await;
    house.site.stop().await;
}

#[tokio::test]
async fn a_new_reader_gets_a_key_drawn_for_it() {
    let line = ReaderLine::new(vec![OsdpReader::new(ReaderOptions::default())]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_readers_tcp(line.clone(), listener));
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "data = \"site\"\n[[doors]]\nname = \"Reader\"\n[doors.device]\nkind = \"osdp\"\ntcp = {{ addr = \"{address}\" }}\n\
         [[doors.device.reader]]\ndoor = \"Package room\"\naddress = 0\nkey_file = \"room.key\"\n"
    );
    let config = Config::parse(&text, &folder.path().join("vestibule.toml")).unwrap();
    let install = || install_reader(&config.doors, "Package room", 1);
    assert_eq!(install().await, Ok(Installed::KeySet));
    let key = std::fs::read_to_string(folder.path().join("room.key")).unwrap();
    let held: String =
        line.with(0, |reader, _| reader.key()).unwrap().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(key.trim(), held);
    assert_eq!(install().await, Ok(Installed::HadItsKey));
    let words = install_reader(&config.doors, "Street door", 1).await.unwrap_err();
    assert!(words.contains("no OSDP reader at a door called \"Street door\""), "{words}");
}
