//! Devices of a site as its staff see them: lock boards on a line, an intercom, a reader, a camera, a printer, all simulated at the
//! byte border, with their production drivers. Each falls silent and comes back while the site runs on.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod pages;
mod read_anew;
mod silence;

use crate::at_desk::until;
use crate::live::{Call, Said, enrolled};
use axum::Router;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::net::TcpListener;
use vestibule_core::access::passage::Closure;
use vestibule_core::place::compartment::Closure::Unknown as Unread;
use vestibule_core::task::TaskKind;
use vestibule_core::*;
use vestibule_simulators::cameras::{CameraMake, CameraOptions, CameraServer};
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_tcp};
use vestibule_simulators::printers::{PrinterSim, Speech};
use vestibule_simulators::readers::{OsdpReader, ReaderLine, ReaderOptions, serve_readers_tcp};
use vestibule_site::assembly::{Assembled, Reread, SitePlace};
use vestibule_site::config::Config;
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
