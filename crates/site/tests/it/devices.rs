//! Devices of a site as its staff see them: lock boards on a line, an intercom, a reader, a camera, a printer, all simulated at the
//! byte border, with their production drivers. Each falls silent and comes back while the site runs on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::until;
use crate::live::{Call, Said, enrolled};
use axum::Router;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::net::TcpListener;
use vestibule_core::access::passage::Closure;
use vestibule_core::place::compartment::Closure::Unknown as Unread;
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;
use vestibule_simulators::cameras::{CameraMake, CameraOptions, CameraServer};
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_tcp};
use vestibule_simulators::printers::{PrinterSim, Speech};
use vestibule_simulators::readers::{OsdpReader, ReaderLine, ReaderOptions, serve_readers_tcp};
use vestibule_simulators::terminal::terminal;
use vestibule_site::assembly::{Assembled, Reread, SitePlace};
use vestibule_site::config::{Config, PrinterUse};
use vestibule_site::handle::Request;
use vestibule_site::runners::printing::Printers;
use vestibule_site::web::{App, WebSettings, router};

/// What is not so within this time never is.
const PATIENCE: Duration = Duration::from_secs(60);
const LOBBY: BankId = BankId(1);
const STREET: AccessPointId = AccessPointId(1);
const ROOM: AccessPointId = AccessPointId(2);
const KEY: [u8; 16] = [0x17; 16];

/// A house with one device of each kind.
struct House {
    site: Assembled,
    router: Router,
    session: String,
    csrf: String,
    printers: Printers,
    boards: Line,
    street: DoorServer,
    room: ReaderLine,
    _camera: CameraServer,
    printer: PrinterSim,
    /// The text of its configuration.
    config: String,
    folder: tempfile::TempDir,
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

fn parsed(text: &str, folder: &tempfile::TempDir) -> Result<Config, String> {
    Config::parse(text, &folder.path().join("vestibule.toml")).map_err(|error| error.to_string())
}

impl House {
    async fn open() -> Self {
        let mut boards = LockBoards::new();
        boards.add_board(BoardOptions::instant(1, 8));
        boards.add_board(BoardOptions::instant(2, 8));
        let boards = Line::new(boards);
        let (at, bus) = listener().await;
        tokio::spawn(serve_tcp(boards.clone(), at));
        let leaves = vec![Leaf::new("1", "input1")];
        let options = DoorOptions { make: DoorMake::TwoN, leaves, ..DoorOptions::default() };
        let street = DoorServer::start(options).await.unwrap();
        let reader = OsdpReader::new(ReaderOptions { key: Some(KEY), ..ReaderOptions::default() });
        let room = ReaderLine::new(vec![reader]);
        let (at, line) = listener().await;
        tokio::spawn(serve_readers_tcp(room.clone(), at));
        let options = CameraOptions { make: CameraMake::TwoN, ..CameraOptions::default() };
        let camera = CameraServer::start(options).await.unwrap();
        let printer = PrinterSim::start(Speech::EscPos).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("room.key"), "17".repeat(16)).unwrap();
        let door = |label: u8| format!("{{ label = \"{label}\", size = \"S\", height_mm = 200 }}");
        let doors = (1..=4).map(door).collect::<Vec<_>>().join(", ");
        let text = format!(
            "data = \"site\"\n[[bank]]\nname = \"Lobby\"\n[[bank.column]]\nwidth_mm = 400\ndoors = [{doors}]\n\
             [[bus]]\nname = \"Lobby line\"\ntcp = {{ addr = \"{bus}\" }}\n\
             [[bus.board]]\naddress = 1\nprofile = \"generic-lock8a-8\"\nbank = \"Lobby\"\ncompartments = {{ 1 = 1, 2 = 2 }}\n\
             [[bus.board]]\naddress = 2\nprofile = \"generic-lock8a-8\"\nbank = \"Lobby\"\ncompartments = {{ 3 = 1, 4 = 5 }}\n\
             [[camera]]\nname = \"Lobby camera\"\nbank = \"Lobby\"\n[camera.device]\nkind = \"2n\"\nurl = \"http://{}\"\n\
             [[printer]]\nname = \"Front desk\"\ntcp = {{ addr = \"{}\" }}\nlanguage = \"escpos\"\nwidth_mm = 80\nuse = [\"slips\"]\n\
             [[doors]]\nname = \"Intercom\"\n[[doors.passage]]\nname = \"Street door\"\nkind = \"building_entrance\"\n\
             [doors.device]\nkind = \"2n\"\nurl = \"{}\"\n[[doors.device.door]]\n\
             name = \"Street door\"\nrelay = \"1\"\ncontact = \"input1\"\n\
             [[doors]]\nname = \"Reader\"\n[[doors.passage]]\nname = \"Package room\"\nkind = \"room_door\"\n\
             [doors.device]\nkind = \"osdp\"\ntcp = {{ addr = \"{line}\" }}\n[[doors.device.reader]]\n\
             door = \"Package room\"\naddress = 0\nkey_file = \"room.key\"\ncontact = {{ input = 0 }}\nexit_button = 1\n",
            camera.address(),
            printer.address(),
            street.url(),
        );
        let config = parsed(&text, &folder).unwrap();
        let mut site = Assembled::open(&SitePlace::of(&config)).unwrap();
        site.install(None, &config.bank).await.unwrap();
        site.watch(&config.camera).await.unwrap();
        site.drive(&config.bus, &[]).await.unwrap();
        site.run_doors(&config.doors).await.unwrap();
        let printers = Printers::of(&config.printer);
        let web = WebSettings {
            cameras: Some(site.camera_board()),
            devices: Some(site.devices()),
            printers: printers.clone(),
            ..WebSettings::default()
        };
        let app = App::new(site.handle.clone(), site.keys.clone(), web);
        site.hear_scanners(app.clone(), &config.scanner);
        let router = router(app);
        let (session, csrf) = enrolled(&site.handle, "owner").await;
        let house = Self {
            site,
            router,
            session,
            csrf,
            printers,
            boards,
            street,
            room,
            _camera: camera,
            printer,
            config: text,
            folder,
        };
        house.until(|site| site.compartments.all.values().all(|one| one.closure != Unread)).await;
        for point in [STREET, ROOM] {
            house.until(move |site| site.access.points[&point].closure == Closure::Closed).await;
        }
        house
    }

    /// Waits until the site knows it.
    async fn until(&self, is_so: impl Fn(&Site) -> bool + Send + Copy + 'static) {
        until(&self.site.handle, "the site knows it", is_so).await;
    }

    /// The configuration is this from now on, and what has changed; else why not.
    async fn reread(&mut self, text: &str) -> Result<Vec<String>, String> {
        let config = parsed(text, &self.folder)?;
        let reread = Reread { config, printers: self.printers.clone() };
        let taken = self.site.take_over(&reread).await.map_err(|error| error.to_string())?;
        assert_eq!(taken.not_started, [""; 0]);
        Ok(taken.changed.iter().map(ToString::to_string).collect())
    }

    async fn page(&self, path: &str) -> Said {
        let call = Call::get(path).header("cookie", &format!("session={}", self.session));
        let said = call.at(&self.router).await;
        assert_eq!(said.code, StatusCode::OK, "{path}: {}", said.text);
        said
    }

    /// Waits until a page shows what is wanted of it; its text.
    async fn shows(&self, path: &str, is_so: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        let comes = async {
            while !is_so(&text) {
                text = self.page(path).await.text;
                tokio::task::yield_now().await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, comes).await.is_ok();
        assert!(came, "{path} never showed it: {text}");
        text
    }

    /// How many tasks of this kind are open.
    async fn tasks(&self, what: TaskKind) -> usize {
        let count = move |site: &Site, _| site.tasks.open.values().filter(|task| task.what == what).count();
        self.site.handle.read(count).await.unwrap()
    }
}

/// The row of the list that names this device.
fn row<'a>(page: &'a str, name: &str) -> &'a str {
    let rows = page.split("<tr>").find(|row| row.contains(&format!(">{name}</a>")));
    rows.unwrap_or_else(|| panic!("{name} is not in the list: {page}"))
}

#[tokio::test]
async fn every_device_is_in_one_list_and_has_a_page() {
    let house = House::open().await;
    let devices = ["Lobby, board 1", "Lobby, board 2", "Street door", "Package room", "Lobby camera"];
    let all_answer =
        |page: &str| !page.is_empty() && devices.iter().all(|name| row(page, name).contains(">answers<"));
    let list = house.shows("/staff/devices", all_answer).await;
    assert!(row(&list, "Front desk").contains("nothing heard yet"), "{list}");
    assert!(row(&list, "Street door").contains("0 of the last"), "{list}");
    for (path, shows) in [
        ("/staff/devices/buses/1", vec!["Lobby line", "generic-lock8a-8", "lock 5", "/staff/compartments/4"]),
        ("/staff/devices/doors/1", vec!["Intercom", " ms as a rule", "2.35.0.45.0"]),
        ("/staff/devices/doors/2", vec!["Reader", "173.222.173", "shut"]),
        ("/staff/devices/printers/1", vec!["Front desk", "ESC/POS", "slips, cards and badges", "never"]),
        ("/staff/cameras", vec!["Lobby camera", " ms the newest one", "2.35.0.45.0"]),
        ("/staff/doors/1", vec!["/staff/devices/doors/1"]),
    ] {
        house.shows(path, |page| shows.iter().all(|words| page.contains(words))).await;
    }
    let call = Call::get("/api/v1/devices").header("cookie", &format!("session={}", house.session));
    let told = call.at(&house.router).await.json();
    let told: Vec<_> =
        told.as_array().unwrap().iter().map(|one| (&one["kind"], &one["name"], &one["state"])).collect();
    let wanted = [
        ("board", "Lobby line", "answers"),
        ("board", "Lobby line", "answers"),
        ("door", "Intercom", "answers"),
        ("door", "Reader", "answers"),
        ("printer", "Front desk", "unasked"),
    ];
    assert!(
        told.iter()
            .zip(wanted)
            .all(|(told, wanted)| *told.0 == wanted.0 && *told.1 == wanted.1 && *told.2 == wanted.2),
        "{told:?}"
    );
    assert_eq!(told.len(), wanted.len());
    for nowhere in ["buses/0", "buses/2", "doors/9", "scanners/1", "printers/2", "cameras/9/exchanges"] {
        let path = format!("/staff/devices/{nowhere}");
        let call = Call::get(&path).header("cookie", &format!("session={}", house.session));
        assert_eq!(call.at(&house.router).await.code, StatusCode::NOT_FOUND, "{nowhere}");
    }
    house.site.stop().await;
}

#[tokio::test]
async fn a_line_that_is_unplugged_is_one_task_and_goes_on_when_it_is_plugged_in() {
    let house = House::open().await;
    let silent = TaskKind::BoardSilent { bank: LOBBY };
    house.boards.pull_open(2, 5);
    house.until(|site| site.compartments.open.len() == 1).await;
    let page = house.page("/staff/devices/buses/1").await.text;
    assert!(page.contains("Door 4, lock 5: open"), "{page}");
    house.boards.push_shut(2, 5);
    house.until(|site| site.compartments.open.is_empty()).await;
    for _ in 0..2 {
        house.boards.with(|boards, _| boards.set_unplugged(true));
        house.until(|site| site.layout.silent.contains(&LOBBY)).await;
        assert_eq!(house.tasks(silent.clone()).await, 1, "two boards, one task");
        let away = |page: &str| page.matches(">does not answer<").count() == 2;
        let page = house.shows("/staff/devices/buses/1", away).await;
        assert!(page.contains("This line cannot be opened"), "{page}");
        house.boards.with(|boards, _| boards.set_unplugged(false));
        house.until(|site| !site.layout.silent.contains(&LOBBY)).await;
        assert_eq!(house.tasks(silent.clone()).await, 0, "it ends by itself");
        house.shows("/staff/devices/buses/1", |page| page.matches(">answers<").count() == 2).await;
    }
    house.boards.pull_open(1, 2);
    house.until(|site| site.compartments.open.len() == 1).await;
    house.site.stop().await;
}

#[tokio::test]
async fn one_silent_board_of_two_is_told_by_name() {
    let house = House::open().await;
    house.boards.with(|boards, _| boards.board_faults(2).silent = true);
    house.until(|site| site.layout.silent.contains(&LOBBY)).await;
    let list = house.page("/staff/devices").await.text;
    assert!(row(&list, "Lobby, board 2").contains(">does not answer<"), "{list}");
    assert!(row(&list, "Lobby, board 1").contains(">answers<"), "{list}");
    let page = house.page("/staff/devices/buses/1").await.text;
    assert!(page.contains("Check its power and its cable") && !page.contains("This line cannot"), "{page}");
    house.site.stop().await;
}

#[tokio::test]
async fn doors_that_fall_silent_are_one_task_each_until_they_answer() {
    let house = House::open().await;
    house.street.set_faults(|faults| faults.refuses_with = Some(403));
    house.room.with(0, |reader, _| reader.faults.silent = true);
    for (point, why) in [(STREET, "user, password and rights"), (ROOM, "Check its power and its cable")] {
        house.until(move |site| site.access.points[&point].silent).await;
        assert_eq!(house.tasks(TaskKind::DoorSilent { point }).await, 1);
        let page = house.page(&format!("/staff/devices/doors/{point}")).await.text;
        assert!(page.contains(">does not answer<") && page.contains(why), "{page}");
    }
    house.room.with(0, |reader, _| reader.faults.silent = false);
    house.until(|site| !site.access.points[&ROOM].silent).await;
    assert_eq!(house.tasks(TaskKind::DoorSilent { point: ROOM }).await, 0, "it ends by itself");
    house.shows("/staff/devices/doors/2", |page| page.contains(">answers<")).await;
    house.site.stop().await;
}

#[tokio::test]
async fn a_printer_tells_its_newest_job() {
    use vestibule_devices::printer::{Matter, PrintError, TextSize};
    let house = House::open().await;
    let sheet = Matter::new().text(TextSize::Plain, "Apt 3B");
    house.printer.set(|knobs| knobs.paper_left = Some(0));
    let outcome = house.printers.print(PrinterUse::Slips, &[sheet]).await.unwrap();
    assert_eq!(outcome.end, Err(PrintError::NoPaper));
    let page = house.page("/staff/devices/printers/1").await.text;
    assert!(page.contains("says: no paper") && page.contains("1 of the last 1 (100 %)"), "{page}");
    house.printer.set(|knobs| knobs.paper_left = None);
    let sheet = Matter::new().text(TextSize::Plain, "Apt 3B");
    house.printers.print(PrinterUse::Slips, &[sheet]).await.unwrap().end.unwrap();
    let list = house.page("/staff/devices").await.text;
    assert!(row(&list, "Front desk").contains(">answers<"), "{list}");
    house.site.stop().await;
}

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

#[tokio::test]
async fn the_last_exchanges_of_lines_doors_and_cameras_are_on_pages_of_their_own() {
    let house = House::open().await;
    let line = house.page("/staff/devices/buses/1/exchanges").await.text;
    assert!(line.contains("board 2, reading its doors") && line.contains("answered"), "{line}");
    let none = house.page("/staff/devices/buses/1/exchanges?errors=1").await.text;
    assert!(none.contains("None of the last exchanges went wrong"), "{none}");
    house.boards.with(|boards, _| boards.board_faults(2).silent = true);
    let wrong = house
        .shows("/staff/devices/buses/1/exchanges?errors=1", |page| page.contains("It does not answer"))
        .await;
    assert!(!wrong.contains(">answered<"), "errors only: {wrong}");
    let door = house.page("/staff/devices/doors/1/exchanges").await.text;
    assert!(door.contains("GET /api/") && door.contains("200") && !door.contains("switch="), "{door}");
    let reader = house.page("/staff/devices/doors/2/exchanges").await.text;
    assert!(reader.contains("reader 0") && reader.contains(">poll<") && reader.contains(">ack<"), "{reader}");
    assert!(!reader.contains("17171717"), "no page shows a key: {reader}");
    let camera = house
        .shows("/staff/devices/cameras/1/exchanges", |page| page.contains("GET /api/camera/snapshot"))
        .await;
    assert!(
        camera.contains("200, ") && camera.contains(" bytes") && !camera.contains("snapshot?"),
        "{camera}"
    );
    let cameras = house.page("/staff/cameras").await.text;
    assert!(cameras.contains("/staff/devices/cameras/1/exchanges"), "{cameras}");
    house.site.stop().await;
}

#[tokio::test]
async fn a_reader_from_the_factory_is_let_in_from_the_page_and_given_its_own_key() {
    let house = House::open().await;
    let page = house.page("/staff/doors/2/reader").await.text;
    assert!(page.contains("Let the new reader in") && page.contains(">answers<"), "{page}");
    assert!(house.page("/staff/doors/1/reader").await.text.contains("No reader with a key of its own"));
    // The old one is taken off the wall; the new one knows the public key alone.
    let new = OsdpReader::new(ReaderOptions { key: None, ..ReaderOptions::default() });
    house.room.with(0, |reader, _| *reader = new);
    house.until(|site| site.access.points[&ROOM].silent).await;
    assert_eq!(house.site.handle.read(|site, _| site.access.points[&ROOM].new_reader).await.unwrap(), None);
    let press = |path: &str| {
        let call = Call::new("POST", path).header("cookie", &format!("session={}", house.session));
        call.form(&format!("csrf={}", house.csrf))
    };
    let said = press("/staff/doors/1/reader").at(&house.router).await;
    assert_eq!(said.code, StatusCode::UNPROCESSABLE_ENTITY, "{}", said.text);
    let said = press("/staff/doors/2/reader").at(&house.router).await;
    assert_eq!(said.code, StatusCode::SEE_OTHER, "{}", said.text);
    house
        .until(|site| {
            let point = &site.access.points[&ROOM];
            point.new_reader.is_some_and(|new| new.key_set.is_some()) && !point.silent
        })
        .await;
    let page = house.shows("/staff/doors/2/reader", |page| page.contains("and answers with it")).await;
    assert!(!page.contains("17171717"), "no page shows a key");
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

#[tokio::test]
async fn no_site_but_a_demonstration_has_knobs_for_faults() {
    let house = House::open().await;
    for (method, path) in [("GET", "/demo/faults"), ("POST", "/demo/faults"), ("POST", "/demo/faults/0")] {
        let call = Call::new(method, path).header("cookie", &format!("session={}", house.session));
        let said = call.form("knob=silent&on=true").at(&house.router).await;
        assert_eq!(said.code, StatusCode::NOT_FOUND, "{method} {path}");
    }
    house.site.stop().await;
}
