//! A configuration that is read anew while the site runs: what changed comes, goes and moves, and nothing else is touched.

use super::{House, LOBBY, PATIENCE, ROOM, STREET, listener, row};
use vestibule_core::access::passage::Closure;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_tcp};
use vestibule_simulators::terminal::terminal;
use vestibule_site::handle::Request;

#[tokio::test]
async fn a_configuration_read_anew_touches_only_what_changed() {
    let mut house = House::open().await;
    let handshakes = |house: &House| house.room.with(0, |reader, _| reader.challenged().len());
    let (before, config) = (handshakes(&house), house.config.clone());
    // The intercom gets another address, the camera and the printer go.
    let leaves = vec![Leaf::new("1", "input1")];
    let options = DoorOptions { make: DoorMake::TwoN, leaves, ..DoorOptions::default() };
    let street = DoorServer::start(options).await.unwrap();
    let moved = config.replace(&house.street.url(), &street.url());
    let (first, rest) = moved.split_once("[[camera]]").unwrap();
    let rest = &rest[rest.find("[[doors]]").unwrap()..];
    let changed = house.reread(&format!("{first}{rest}")).await.unwrap();
    let wanted =
        ["doors \"Intercom\" changed", "camera \"Lobby camera\" gone", "printer \"Front desk\" gone"];
    assert_eq!(changed, wanted);
    let asked = house.street.asked().len();
    let comes = async {
        while street.asked().len() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, comes).await.expect("the new intercom is asked");
    assert_eq!(house.street.asked().len(), asked, "the old one is left alone");
    assert_eq!(handshakes(&house), before, "the reader kept its channel");
    let list = house.page("/staff/devices").await.text;
    assert!(!list.contains(">Lobby camera</a>") && !list.contains(">Front desk</a>"), "{list}");
    assert!(row(&list, "Package room").contains(">answers<"), "{list}");
    // All of it or nothing: a reader without its key is refused, and the camera of the same file does not come.
    let refused = house.reread(&config.replace("room.key", "nowhere.key")).await.unwrap_err();
    assert!(refused.contains("Reader") && refused.contains("nowhere.key"), "{refused}");
    let list = house.page("/staff/devices").await.text;
    assert!(!list.contains("Lobby camera") && row(&list, "Street door").contains(">answers<"), "{list}");
    // And everything comes back as it was.
    house.reread(&config).await.unwrap();
    house
        .shows("/staff/devices", |page| {
            page.contains("Lobby camera") && row(page, "Lobby camera").contains(">answers<")
        })
        .await;
    assert!(house.page("/staff/devices").await.text.contains("Front desk"));
    assert_eq!(handshakes(&house), before);
    house.site.stop().await;
}

/// The part of the configuration that names the line of the lobby.
fn line_of(config: &str) -> &str {
    let (begins, ends) = (config.find("[[bus]]").unwrap(), config.find("[[camera]]").unwrap());
    &config[begins..ends]
}

impl House {
    /// Staff open a door of the lobby.
    async fn staff_open(&self, compartment: CompartmentId) -> Result<Answer, Refusal> {
        let reason = StaffReason::Inspect;
        let request = Request::new(Actor::Staff(StaffId(1)), Command::StaffOpen { compartment, reason });
        self.site.handle.ask(request).await.unwrap().answer
    }

    fn pulses(&self) -> usize {
        self.boards.with(|boards, _| boards.coil_pulses().len())
    }
}

#[tokio::test]
async fn a_line_that_moves_ends_its_order_first_and_goes_on_where_it_is_now() {
    let mut house = House::open().await;
    let (at, moved) = listener().await;
    tokio::spawn(serve_tcp(house.boards.clone(), at));
    house.staff_open(CompartmentId(1)).await.unwrap();
    let pulsed = async {
        while house.pulses() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, pulsed).await.expect("the coil is pulsed");
    let (config, line) = (house.config.clone(), line_of(&house.config).to_owned());
    let (before, rest) = line.split_once("addr = \"").unwrap();
    let (_, rest) = rest.split_once('"').unwrap();
    let line_now = format!("{before}addr = \"{moved}\"{rest}");
    let changed = house.reread(&config.replace(&line, &line_now)).await.unwrap();
    assert_eq!(changed, ["bus \"Lobby line\" changed"]);
    house.until(|site| site.compartments.open.contains(&CompartmentId(1))).await;
    let is_out = house.site.handle.read(|site, _| site.pulse_is_out(LOBBY)).await.unwrap();
    assert!(!is_out, "its outcome is known");
    assert_eq!(house.pulses(), 1, "never twice");
    // Whoever stands there shuts it, and the line that is there now sees it.
    let shut = async {
        while !house.boards.push_shut(1, 1) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, shut).await.expect("the coil lets go");
    house.until(|site| site.compartments.open.is_empty()).await;
    house.shows("/staff/devices/buses/1", |page| page.contains(&moved)).await;
    let list = house.page("/staff/devices").await.text;
    assert!(list.contains("line Lobby line has changed"), "{list}");
    house.site.stop().await;
}

#[tokio::test]
async fn a_line_that_is_taken_away_with_a_door_open_is_a_task_until_it_is_back() {
    let mut house = House::open().await;
    house.boards.pull_open(2, 5);
    house.until(|site| site.compartments.open.len() == 1).await;
    let (config, line) = (house.config.clone(), line_of(&house.config).to_owned());
    let changed = house.reread(&config.replace(&line, "")).await.unwrap();
    assert_eq!(changed, ["bus \"Lobby line\" gone"]);
    house.until(|site| site.layout.silent.contains(&LOBBY)).await;
    assert_eq!(house.tasks(TaskKind::BoardSilent { bank: LOBBY }).await, 1);
    let list = house.page("/staff/devices").await.text;
    assert!(row(&list, "Lobby").contains(">not configured<"), "{list}");
    assert_eq!(house.staff_open(CompartmentId(1)).await, Err(Refusal::BoardSilent));
    house.boards.push_shut(2, 5);
    assert_eq!(house.reread(&config).await.unwrap(), ["bus \"Lobby line\" new"]);
    house.until(|site| site.compartments.open.is_empty()).await;
    house.until(|site| !site.layout.silent.contains(&LOBBY)).await;
    assert_eq!(house.tasks(TaskKind::BoardSilent { bank: LOBBY }).await, 0, "it ends by itself");
    assert_eq!(house.pulses(), 0, "nothing is pulsed later");
    house.site.stop().await;
}

#[tokio::test]
async fn a_controller_that_is_taken_away_is_a_task_until_it_is_back() {
    let mut house = House::open().await;
    let config = house.config.clone();
    let (begins, ends) = (config.find("[[doors]]").unwrap(), config.rfind("[[doors]]").unwrap());
    let changed = house.reread(&format!("{}{}", &config[..begins], &config[ends..])).await.unwrap();
    assert_eq!(changed, ["doors \"Intercom\" gone"]);
    house
        .until(|site| {
            let street = &site.access.points[&STREET];
            street.silent && street.closure == Closure::Unknown
        })
        .await;
    assert_eq!(house.tasks(TaskKind::DoorSilent { point: STREET }).await, 1);
    assert_eq!(house.tasks(TaskKind::DoorSilent { point: ROOM }).await, 0, "it has its controller");
    assert_eq!(house.reread(&config).await.unwrap(), ["doors \"Intercom\" new"]);
    house
        .until(|site| {
            let street = &site.access.points[&STREET];
            !street.silent && street.closure == Closure::Closed
        })
        .await;
    assert_eq!(house.tasks(TaskKind::DoorSilent { point: STREET }).await, 0, "it ends by itself");
    house.site.stop().await;
}

#[tokio::test]
async fn a_board_leaves_its_line_and_a_bank_comes_onto_a_new_one() {
    let mut house = House::open().await;
    let mut boards = LockBoards::new();
    boards.add_board(BoardOptions::instant(1, 8));
    let rear = Line::new(boards);
    let (at, address) = listener().await;
    tokio::spawn(serve_tcp(rear.clone(), at));
    let config = house.config.clone();
    let second = config.rfind("[[bus.board]]").unwrap();
    let after = config.find("[[camera]]").unwrap();
    let new = format!(
        "[[bank]]\nname = \"Rear\"\n[[bank.column]]\nwidth_mm = 400\n\
         doors = [{{ label = \"21\", size = \"S\", height_mm = 200 }}]\n\
         [[bus]]\nname = \"Rear line\"\ntcp = {{ addr = \"{address}\" }}\n\
         [[bus.board]]\naddress = 1\nprofile = \"generic-lock8a-8\"\nbank = \"Rear\"\ncompartments = {{ 21 = 3 }}\n"
    );
    let text = format!("{}{new}{}", &config[..second], &config[after..]);
    let changed = house.reread(&text).await.unwrap();
    assert_eq!(changed, ["bus \"Lobby line\" changed", "bus \"Rear line\" new"]);
    rear.pull_open(1, 3);
    house.until(|site| site.compartments.open.contains(&CompartmentId(5))).await;
    let page = house.page("/staff/devices/buses/1").await.text;
    assert!(page.contains("board-1") && !page.contains("board-2"), "{page}");
    house.site.stop().await;
}

#[tokio::test]
async fn a_file_with_a_mistake_changes_no_line() {
    let mut house = House::open().await;
    let config = house.config.clone();
    for (from, to, why) in [
        ("4 = 5", "44 = 5", "no compartment \"44\""),
        ("4 = 5", "4 = 9", "lock 9"),
        ("generic-lock8a-8", "generic-lock8a-9", "no profile named"),
    ] {
        let line = line_of(&config).replace("Lobby line", "Other line").replace(from, to);
        let refused = house.reread(&config.replace(line_of(&config), &line)).await.unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
    let list = house.page("/staff/devices").await.text;
    assert!(
        list.contains("no profile named") && row(&list, "Lobby, board 2").contains(">answers<"),
        "{list}"
    );
    house.boards.pull_open(2, 5);
    house.until(|site| site.compartments.open.len() == 1).await;
    let page = house.page("/staff/devices/buses/1").await.text;
    assert!(page.contains("Lobby line") && !page.contains("Other line"), "{page}");
    house.site.stop().await;
}

#[tokio::test]
async fn a_file_with_a_mistake_puts_nothing_up() {
    let mut house = House::open().await;
    let config = house.config.clone();
    let new = "[[bank]]\nname = \"Rear\"\n[[bank.column]]\nwidth_mm = 400\n\
               doors = [{ label = \"21\", size = \"S\", height_mm = 200 }]\n";
    let at_lobby = "[[camera]]\nname = \"Lobby camera\"\nbank = \"Lobby\"";
    let at_nothing = "[[camera]]\nname = \"Lobby camera\"\nbank = \"Loby\"";
    assert!(config.contains(at_lobby) && config.contains("\ncontact = \"input1\""));
    let text = config.replace("\ncontact = \"input1\"", "").replace(at_lobby, &format!("{new}{at_nothing}"));
    let refused = house.reread(&text).await.unwrap_err();
    assert!(refused.contains("no bank called \"Loby\""), "{refused}");
    let of_the_ledger = |site: &Site, _| (site.layout.banks.len(), site.access.points[&STREET].spec.contact);
    assert_eq!(house.site.handle.read(of_the_ledger).await.unwrap(), (1, true), "nothing of it is recorded");
    // A camera may look at a bank, and at a door, that come with it.
    let seen = text.replace("Loby", "Rear");
    house.reread(&seen).await.unwrap();
    assert_eq!(house.site.handle.read(of_the_ledger).await.unwrap(), (2, false));
    house.site.stop().await;
}

#[tokio::test]
async fn a_door_is_recorded_as_the_file_wires_it_each_time_it_is_read() {
    let mut house = House::open().await;
    let config = house.config.clone();
    let spec = house.site.handle.read(|site, _| site.access.points[&STREET].spec.clone()).await.unwrap();
    let spec = access::point::PointSpec { contact: false, ..spec };
    let request = Request::new(Actor::Console, Command::ChangeAccessPoint { point: STREET, spec });
    house.site.handle.ask(request).await.unwrap().answer.unwrap();
    assert_eq!(house.reread(&config).await.unwrap(), [""; 0], "its controller runs as configured");
    let contact = house.site.handle.read(|site, _| site.access.points[&STREET].spec.contact).await.unwrap();
    assert!(contact, "without it nobody would hear of a door that is forced");
    house.site.stop().await;
}

#[tokio::test]
async fn scanners_come_and_go_with_the_file() {
    let mut house = House::open().await;
    let (path, _scanner, _port) = terminal().unwrap();
    let config = house.config.clone();
    let with = format!(
        "{config}[[scanner]]\nserial = {{ path = \"{}\", baud = 9600 }}\nkiosk = \"Lobby\"\n",
        path.display()
    );
    assert_eq!(house.reread(&with).await.unwrap(), ["scanner \"Lobby\" new"]);
    house.shows("/staff/devices/scanners/1", |page| page.contains("Lobby")).await;
    assert_eq!(house.reread(&with).await.unwrap(), [""; 0], "nothing has changed");
    assert_eq!(house.reread(&config).await.unwrap(), ["scanner \"Lobby\" gone"]);
    assert!(!house.page("/staff/devices").await.text.contains("Scanner at Lobby"));
    let twice = format!("{with}{}", line_of(&config).replace("Lobby line", "Rear line"));
    let refused = house.reread(&twice).await.unwrap_err();
    assert!(refused.contains("hangs on two buses"), "{refused}");
    house.site.stop().await;
}
