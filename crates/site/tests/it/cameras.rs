//! A site with a camera of its configuration: the production driver over loopback, a simulated camera, real files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::time::Duration;
use vestibule_core::code::pin;
use vestibule_core::evidence::{CameraPlace, PhotoReason, PhotoTrouble};
use vestibule_core::place::compartment::Size;
use vestibule_core::task::TaskKind;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::{ParcelWords, Proof, RecipientChoice};
use vestibule_core::*;
use vestibule_simulators::cameras::{CameraMake, CameraOptions, CameraServer};
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::config::Config;
use vestibule_site::evidence::photos::{self, Photo};
use vestibule_site::handle::{Outcome, Request};
use vestibule_site::rows::Row;

/// What is not there within this time never comes.
const PATIENCE: Duration = Duration::from_secs(20);
const KIOSK: KioskId = KioskId(1);

/// A lobby with one bank of two and a camera before it, and a courier who has come.
struct Lobby {
    site: Assembled,
    camera: Option<CameraServer>,
    badge: String,
    folder: tempfile::TempDir,
}

impl Lobby {
    async fn open() -> Self {
        let options = CameraOptions { make: CameraMake::TwoN, ..CameraOptions::default() };
        let camera = CameraServer::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vestibule.toml");
        let text = format!(
            "data = \"site\"\n[[bank]]\nname = \"Lobby\"\n[[bank.column]]\nwidth_mm = 400\ndoors = [\n\
             {{ label = \"1\", size = \"S\", height_mm = 200 }}, {{ label = \"2\", size = \"S\", height_mm = 200 }}]\n\
             [[camera]]\nname = \"Lobby camera\"\nbank = \"Lobby\"\n[camera.device]\nkind = \"2n\"\nurl = \"http://{}\"\n",
            camera.address()
        );
        let config = Config::parse(&text, &file).unwrap();
        let mut site = Assembled::open(&SitePlace::of(&config)).unwrap();
        site.install(None, &config.bank).await.unwrap();
        site.watch(&config.camera).await.unwrap();
        let mut lobby = Self { site, camera: Some(camera), badge: String::new(), folder };
        lobby.ask(Actor::Console, Command::PairKiosk { banks: vec![BankId(1)] }).await;
        lobby.ask(Actor::Console, Command::NameCarrier { name: "UPS".into() }).await;
        let expires = lobby.site.handle.read(|_, now| now + Span::days(9)).await.unwrap();
        let windows = vec![WeekWindow::ALWAYS];
        let issue = Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors: vec![] };
        let outcome = lobby.ask(Actor::Console, issue).await;
        lobby.badge = outcome.revealed[0].token.expose().to_owned();
        for door in 1..=2 {
            lobby.door(door, false).await;
        }
        lobby
    }

    async fn ask(&self, actor: Actor, command: Command) -> Outcome {
        let outcome = self.site.handle.ask(Request::new(actor, command)).await.unwrap();
        assert!(outcome.answer.is_ok(), "{:?}", outcome.answer);
        outcome
    }

    async fn door(&self, compartment: u32, open: bool) {
        let seen = Observation::DoorSeen { compartment: CompartmentId(compartment), open };
        self.site.handle.observe(vec![seen]).await.unwrap();
    }

    async fn log_in(&self) -> VisitId {
        let proof = Proof::Token(pin::token_hash(&*self.site.keys, &self.badge));
        match self.ask(Actor::Kiosk(KIOSK), Command::CourierLogIn { kiosk: KIOSK, proof }).await.answer {
            Ok(Answer::Visit { visit }) => visit,
            other => panic!("{other:?}"),
        }
    }

    async fn deposit(&self, visit: VisitId) -> ParcelId {
        let recipient = RecipientChoice::Unknown;
        let words = ParcelWords {
            recipient,
            size: Size::S,
            heavy: false,
            reach: false,
            together: None,
            label: None,
            class: None,
        };
        match self.ask(Actor::Visit(visit), Command::Deposit { visit, words }).await.answer {
            Ok(Answer::Parcel { parcel, .. }) => parcel,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the tables tell something.
    async fn until<T: Send + 'static>(
        &self,
        what: &str,
        look: impl Fn(&rusqlite::Connection) -> rusqlite::Result<Option<T>> + Send + Clone + 'static,
    ) -> T {
        let mut changes = self.site.handle.changes();
        let arrives = async {
            loop {
                if let Some(found) = self.site.handle.query(look.clone()).await.unwrap() {
                    return found;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, arrives).await.unwrap_or_else(|_| panic!("{what} never came"))
    }

    /// What is said of photos that are missing, once it is said of so many.
    async fn missing(&self, count: usize) -> Vec<Option<PhotoTrouble>> {
        let said = move |tables: &rusqlite::Connection| {
            let said = missing(tables)?;
            Ok((said.len() >= count).then_some(said))
        };
        self.until("what is missing", said).await
    }

    async fn call_kiosk(&self, name: &str) {
        let row = Row::KioskName { kiosk: KIOSK, name: name.to_owned(), px_per_mm: 4 };
        self.site.handle.write(vec![row]).await.unwrap();
    }

    async fn cameras(&self) -> Vec<(CameraId, CameraPlace)> {
        let look = |site: &Site, _| site.evidence.cameras.iter().map(|(id, c)| (*id, c.at)).collect();
        self.site.handle.read(look).await.unwrap()
    }

    async fn photo(&self, reason: PhotoReason) -> Photo {
        let nth = move |tables: &rusqlite::Connection| {
            let all = photos::recorded(tables)?.into_iter().map(|(id, ..)| photos::one(tables, id));
            let all: Vec<_> = all.collect::<rusqlite::Result<_>>()?;
            Ok(all.into_iter().flatten().find(|photo| photo.asked.reason == reason))
        };
        self.until("the photo", nth).await
    }
}

fn missing(tables: &rusqlite::Connection) -> rusqlite::Result<Vec<Option<PhotoTrouble>>> {
    let sql = "SELECT CAST(payload AS TEXT) FROM event WHERE kind = 'photo-missing'";
    let trouble = |row: &rusqlite::Row<'_>| {
        let payload: String = row.get(0)?;
        match serde_json::from_str(&payload).unwrap() {
            Event::PhotoMissing { trouble, .. } => Ok(trouble),
            other => panic!("{other:?}"),
        }
    };
    tables.prepare(sql)?.query_map([], trouble)?.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_courier_is_photographed_at_the_kiosk_and_the_parcel_in_its_door() {
    let lobby = Lobby::open().await;
    let visit = lobby.log_in().await;
    let log_in = lobby.photo(PhotoReason::CourierLogIn).await;
    assert_eq!(log_in.asked.subject.visit, Some(visit));
    let parcel = lobby.deposit(visit).await;
    lobby.door(1, true).await;
    lobby.door(1, false).await;
    let deposit = lobby.photo(PhotoReason::Deposit).await;
    assert_eq!(deposit.asked.subject.parcels, [parcel]);
    assert_eq!(deposit.asked.subject.compartment, Some(CompartmentId(1)));
    let folder = lobby.site.photos().expect("opened");
    for photo in [log_in, deposit] {
        let (hash, media) = (photo.hash, photo.media);
        let salt = lobby.site.handle.query(move |c| photos::salt(c, hash)).await.unwrap().expect("kept");
        let picture = folder.read(hash, media, &salt).unwrap();
        assert!(picture.starts_with(&[0xFF, 0xD8]), "what the camera saw");
        assert!(vestibule_site::evidence::thumbnail::small(&picture).is_some());
    }
    let timeline = lobby.site.handle.query(move |c| photos::of_parcel(c, parcel, 10)).await.unwrap();
    assert_eq!(timeline.len(), 2, "its own, and the log-in of whoever brought it");
    lobby.site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_dead_camera_parcels_go_on_and_staff_have_one_task() {
    let mut lobby = Lobby::open().await;
    lobby.camera = None;
    let visit = lobby.log_in().await;
    for door in 1..=2 {
        let parcel = lobby.deposit(visit).await;
        lobby.door(door, true).await;
        lobby.door(door, false).await;
        let custodian = lobby.site.handle.read(move |site, _| site.custody.get(parcel).map(|p| p.custodian));
        assert_eq!(
            custodian.await.unwrap(),
            Some(vestibule_core::custody::Custodian::Compartment(CompartmentId(door)))
        );
    }
    assert_eq!(lobby.missing(3).await, [Some(PhotoTrouble::NoAnswer); 3], "log-in and two deposits");
    let silent = |tables: &rusqlite::Connection| {
        let sql = "SELECT count(*) FROM event WHERE kind = 'camera-silent'";
        let count: u32 = tables.query_row(sql, [], |row| row.get(0))?;
        Ok((count > 0).then_some(count))
    };
    assert_eq!(lobby.until("the camera is silent", silent).await, 1);
    let task = TaskKind::CameraSilent { camera: CameraId(1) };
    assert!(lobby.site.handle.read(move |site, _| site.tasks.find(&task).is_some()).await.unwrap());
    lobby.site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_place_for_photos_parcels_go_on_and_what_is_missing_is_said() {
    let lobby = Lobby::open().await;
    let folder = lobby.folder.path().join("site").join(vestibule_site::evidence::PHOTOS);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    let visit = lobby.log_in().await;
    let parcel = lobby.deposit(visit).await;
    lobby.door(1, true).await;
    lobby.door(1, false).await;
    let custodian = lobby.site.handle.read(move |site, _| site.custody.get(parcel).map(|p| p.custodian));
    let there = vestibule_core::custody::Custodian::Compartment(CompartmentId(1));
    assert_eq!(custodian.await.unwrap(), Some(there));
    for payload in lobby.missing(2).await {
        assert_eq!(payload, Some(PhotoTrouble::NotKept), "log-in and deposit");
    }
    lobby.site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_camera_stays_when_its_kiosk_is_called_something_else() {
    let mut lobby = Lobby::open().await;
    lobby.call_kiosk("Entrance").await;
    let url = lobby.camera.as_ref().unwrap().address();
    let text = format!(
        "data = \"site\"\n[[camera]]\nname = \"Lobby camera\"\nkiosk = \"Entrance\"\n[camera.device]\nkind = \"2n\"\nurl = \"http://{url}\"\n"
    );
    let config = Config::parse(&text, std::path::Path::new("x.toml")).unwrap();
    lobby.site.watch(&config.camera).await.unwrap();
    let at_kiosk = [(CameraId(1), CameraPlace::Kiosk(KIOSK))];
    assert_eq!(lobby.cameras().await, at_kiosk);
    lobby.call_kiosk("Front door").await;
    lobby.site.watch(&config.camera).await.unwrap();
    assert_eq!(lobby.cameras().await, at_kiosk, "it looks where it did");
    lobby.log_in().await;
    lobby.photo(PhotoReason::CourierLogIn).await;
    lobby.site.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_says_which_photos_were_still_owed() {
    let lobby = Lobby::open().await;
    let visit = lobby.log_in().await;
    lobby.photo(PhotoReason::CourierLogIn).await;
    lobby.deposit(visit).await;
    // Hands and parcel are waited for: the photo is owed and not yet taken.
    lobby.door(1, true).await;
    lobby.site.handle.read(|_, _| ()).await.unwrap();
    let database = lobby.folder.path().join("site").join(vestibule_site::store::DATABASE);
    lobby.site.stop().await;
    let tables = rusqlite::Connection::open(database).unwrap();
    assert_eq!(missing(&tables).unwrap(), [Some(PhotoTrouble::Stopped)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_camera_is_known_again_moved_and_taken_down_by_the_configuration() {
    let mut lobby = Lobby::open().await;
    let text = |desk: &str| {
        let url = lobby.camera.as_ref().unwrap().address();
        let file = std::path::Path::new("x.toml");
        let camera = format!(
            "name = \"Lobby camera\"\n{desk}\n[camera.device]\nkind = \"2n\"\nurl = \"http://{url}\"\n"
        );
        Config::parse(&format!("data = \"site\"\n[[camera]]\n{camera}"), file)
    };
    let (same, desk, both) = (
        text("bank = \"Lobby\"").unwrap(),
        text("desk = true").unwrap(),
        text("desk = true\nbank = \"Lobby\""),
    );
    assert!(both.unwrap_err().to_string().contains("Lobby camera"));
    lobby.site.watch(&same.camera).await.unwrap();
    assert_eq!(lobby.cameras().await, [(CameraId(1), CameraPlace::Bank(BankId(1)))]);
    lobby.site.watch(&desk.camera).await.unwrap();
    assert_eq!(lobby.cameras().await, [(CameraId(1), CameraPlace::Desk)]);
    lobby.site.watch(&[]).await.unwrap();
    assert_eq!(lobby.cameras().await, []);
    lobby.site.stop().await;
}
