//! A camera in a room: put there by the configuration, asked while somebody is inside, and shown to staff with the entry; what looks like
//! somebody following as staff see it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::{AtDesk, until};
use crate::live::LiveSite;
use axum::http::StatusCode;
use std::path::Path;
use std::time::Duration;
use vestibule_core::access::passage::Closure;
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::access::policy::DoorPolicy;
use vestibule_core::evidence::{
    CameraPlace, InView, PhotoAsked, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::task::TaskKind;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::*;
use vestibule_simulators::cameras::{CameraMake, CameraOptions, CameraServer};
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::config::Config;
use vestibule_site::evidence::photos;
use vestibule_site::handle::{Request, SiteHandle};
use vestibule_site::service::Ahead;

/// What is not there within this time never comes.
const PATIENCE: Duration = Duration::from_secs(20);
const ROOM: AccessPointId = AccessPointId(1);
const CAMERA: CameraId = CameraId(1);

fn spec(label: &str, kind: PointKind) -> PointSpec {
    PointSpec {
        label: label.to_owned(),
        kind,
        contact: true,
        request_to_exit: kind != PointKind::BuildingEntrance,
        reader: true,
        banks: Default::default(),
        shelves: Default::default(),
        areas: Default::default(),
    }
}

fn package_room() -> Command {
    Command::InstallAccessPoint { spec: spec("Package room", PointKind::RoomDoor) }
}

async fn observe(site: &SiteHandle, seen: Vec<Observation>) {
    site.observe(seen).await.unwrap();
}

async fn passage(site: &SiteHandle, open: bool) {
    observe(site, vec![Observation::PassageSeen { point: ROOM, open: Some(open) }]).await;
}

async fn let_in(site: &SiteHandle) -> EntryId {
    let let_in = Command::LetInOnce { point: ROOM, reason: StaffReason::HelpCourier };
    let answer = site.ask(Request::new(Actor::Staff(StaffId(1)), let_in)).await.unwrap().answer;
    let Ok(Answer::Entry { entry, .. }) = answer else { panic!("{answer:?}") };
    entry
}

/// Why the photos of an entry were taken, once there are so many.
async fn taken(site: &SiteHandle, entry: EntryId, so_many: usize) -> Vec<PhotoReason> {
    let mut changes = site.changes();
    let arrive = async {
        loop {
            changes.borrow_and_update();
            let found = site.query(move |tables| photos::of_entry(tables, entry, 100)).await.unwrap();
            if found.len() >= so_many {
                return found.iter().map(|photo| photo.asked.reason).collect();
            }
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, arrive).await.unwrap_or_else(|_| panic!("{so_many} photos of {entry}"))
}

/// Cameras that look so, and an intercom at the package room.
fn configured(
    looks: &[&str],
    (camera, intercom): (&CameraServer, &DoorServer),
    file: &Path,
) -> Result<Config, String> {
    let camera = |(n, looks): (usize, &&str)| {
        let url = camera.address();
        format!(
            "[[camera]]\nname = \"Camera {n}\"\n{looks}\n[camera.device]\nkind = \"2n\"\nurl = \"http://{url}\"\n"
        )
    };
    let cameras: String = looks.iter().enumerate().map(camera).collect();
    let url = intercom.url();
    let text = format!(
        "data = \"site\"\n{cameras}\
         [[doors]]\nname = \"Intercom\"\n[[doors.passage]]\nname = \"Package room\"\nkind = \"room_door\"\n\
         [doors.device]\nkind = \"2n\"\nurl = \"{url}\"\n[[doors.device.door]]\n\
         name = \"Package room\"\nrelay = \"1\"\ncontact = \"input1\"\n"
    );
    Config::parse(&text, file).map_err(|error| error.to_string())
}

/// Time passes at once; whatever is said next finds it late.
async fn later(site: &SiteHandle, ahead: &Ahead, seconds: i64) {
    ahead.further(Span::seconds(seconds));
    site.write(Vec::new()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_simulated_camera_sees_a_room_while_somebody_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vestibule.toml");
    let options = CameraOptions { make: CameraMake::TwoN, ..CameraOptions::default() };
    let camera = CameraServer::start(options).await.unwrap();
    let leaves = vec![Leaf::new("1", "input1")];
    let options = DoorOptions { make: DoorMake::TwoN, leaves, ..DoorOptions::default() };
    let intercom = DoorServer::start(options).await.unwrap();
    let devices = (&camera, &intercom);
    let looks = ["inside = \"Package room\"", "door = \"Package room\""];
    let config = configured(&looks, devices, &file).unwrap();
    let ahead = Ahead::default();
    let mut site = Assembled::open_ahead(&SitePlace::of(&config), ahead.clone()).unwrap();
    site.install(None, &config.bank).await.unwrap();
    let handle = site.handle.clone();
    let hour = Span::hours(1);
    let still_every = Some(Span::seconds(60));
    let policy = DoorPolicy { still_every, long_after: hour, held_open_after: hour, ..DoorPolicy::default() };
    for command in [Command::EnrolStaff, Command::SetDoorPolicy { policy }] {
        assert!(handle.ask(Request::new(Actor::Console, command)).await.unwrap().answer.is_ok());
    }
    site.run_doors(&config.doors).await.unwrap();
    until(&handle, "the door is read", |site| site.access.points[&ROOM].closure == Closure::Closed).await;
    site.watch(&config.camera).await.unwrap();
    let placed = handle.read(|site, _| site.evidence.cameras[&CAMERA].at).await.unwrap();
    assert_eq!(placed, CameraPlace::Inside(ROOM));
    let entry = let_in(&handle).await;
    assert_eq!(taken(&handle, entry, 1).await, [PhotoReason::Entry]);
    let released = async {
        while !intercom.is_released("1") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, released).await.expect("the lock is released");
    assert!(intercom.move_door("1", true));
    let at_the_door = taken(&handle, entry, 2).await;
    assert_eq!(at_the_door, [PhotoReason::Entry, PhotoReason::Opened], "before and at the opening");
    for (seconds, stills) in [(5, 1), (60, 2), (60, 3)] {
        later(&handle, &ahead, seconds).await;
        let all = taken(&handle, entry, 2 + stills).await;
        assert_eq!(all[2..], vec![PhotoReason::InRoom; stills]);
    }
    let street = Command::InstallAccessPoint { spec: spec("Street door", PointKind::BuildingEntrance) };
    assert!(handle.ask(Request::new(Actor::Console, street)).await.unwrap().answer.is_ok());
    for (looks, why) in [
        ("inside = \"Cellar\"", "there is no door called \"Cellar\""),
        ("inside = \"Street door\"", "an entrance leads to none"),
    ] {
        let config = configured(&[looks], devices, &file).unwrap();
        let refused = site.watch(&config.camera).await.unwrap_err().to_string();
        assert!(refused.contains("Camera 0") && refused.contains(why), "{refused}");
    }
    let both = configured(&["inside = \"Package room\"\ndoor = \"Package room\""], devices, &file);
    assert!(both.unwrap_err().contains("inside = \"..\""), "one thing, and which there are");
    site.stop().await;
}

/// A desk at a site with a room and a camera in it.
async fn at_desk() -> AtDesk {
    let site = LiveSite::founded().await;
    site.ask(package_room()).await;
    site.ask(Command::InstallCamera { at: CameraPlace::Inside(ROOM), in_view: InView::People }).await;
    passage(&site.handle, false).await;
    AtDesk::at(site, "owner").await
}

/// Somebody goes out, and while the door is open staff let somebody in.
async fn comes_in(site: &SiteHandle) -> EntryId {
    observe(site, vec![Observation::ExitRequested { point: ROOM }]).await;
    passage(site, true).await;
    let_in(site).await
}

async fn seen(site: &LiveSite, reason: PhotoReason, entries: &[EntryId]) {
    let asked = Box::new(PhotoAsked { camera: CAMERA, reason, subject: PhotoSubject::of_entries(entries) });
    let (hash, media) = (PhotoHash([7; 32]), PhotoMedia::Jpeg);
    let taken = Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None };
    observe(&site.handle, vec![taken]).await;
}

#[tokio::test]
async fn the_page_of_an_entry_shows_the_stills_of_its_room_in_order() {
    let desk = at_desk().await;
    let (first, second) = (comes_in(&desk.site.handle).await, comes_in(&desk.site.handle).await);
    passage(&desk.site.handle, false).await;
    seen(&desk.site, PhotoReason::InRoom, &[first]).await;
    seen(&desk.site, PhotoReason::Entry, &[first]).await;
    seen(&desk.site, PhotoReason::InRoom, &[first, second]).await;
    let at = |page: &str, text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    let page = desk.page(&format!("/staff/entries/{first}")).await;
    let room = at(&page, "In the room");
    assert!(at(&page, "/staff/photos/2/small") < room, "the door comes first: {page}");
    assert!(room < at(&page, "/staff/photos/1/small"), "{page}");
    assert!(at(&page, "/staff/photos/1/small") < at(&page, "/staff/photos/3/small"), "{page}");
    let other = desk.page(&format!("/staff/entries/{second}")).await;
    assert!(other.contains("/staff/photos/3/small") && !other.contains("/staff/photos/1/small"), "{other}");
    let photo = desk.page("/staff/photos/3").await;
    for entry in [first, second] {
        assert!(photo.contains(&format!(r#"href="/staff/entries/{entry}""#)), "who is on it: {photo}");
    }
    let incident = desk.page(&format!("/staff/incident?entry={second}")).await;
    assert!(incident.contains("/staff/photos/3/small"), "{incident}");
    let cameras = desk.page("/staff/cameras").await;
    assert!(cameras.contains("the room behind Package room, from within"), "{cameras}");
}

#[tokio::test]
async fn somebody_who_may_have_followed_in_is_a_task_with_a_way_to_the_photos() {
    let desk = at_desk().await;
    let fields = "no_code=yes&an_hour=3&late=tell&hold=5&held=120&long=40&inside=30&still=";
    let saved = desk.presses("/staff/doors/rules", fields).await;
    assert_eq!(saved.code, StatusCode::SEE_OTHER, "{}", saved.text);
    let entry = comes_in(&desk.site.handle).await;
    let followed =
        |site: &Site| site.tasks.open.values().any(|task| matches!(task.what, TaskKind::Followed { .. }));
    desk.site.forward(Span::seconds(39));
    desk.site.handle.write(Vec::new()).await.unwrap();
    assert!(!desk.site.handle.read(move |site, _| followed(site)).await.unwrap(), "the site chose 40 s");
    desk.site.forward(Span::seconds(2));
    desk.site.handle.write(Vec::new()).await.unwrap();
    until(&desk.site.handle, "somebody may have followed", followed).await;
    let needs = desk.page("/staff").await;
    assert!(needs.contains("Somebody may have followed in at Package room"), "{needs}");
    assert!(needs.contains(&format!(r#"href="/staff/entries/{entry}""#)), "{needs}");
    let stills = desk.site.handle.read(|site, _| site.access.policy.still_every).await.unwrap();
    assert_eq!(stills, None, "an empty field is none");
    let often = desk.presses("/staff/doors/rules", &fields.replace("still=", "still=3")).await;
    assert!(often.text.contains("still_every"), "what is out of its range is said: {}", often.text);
}

async fn erased(site: &SiteHandle) -> u32 {
    let sql = "SELECT count(*) FROM photo WHERE gone IS NOT NULL";
    let stored = site.query(|tables| photos::stored(tables, (PhotoId(0), Timestamp(i64::MAX)), 50)).await;
    observe(site, vec![Observation::PhotosStored { photos: stored.unwrap() }]).await;
    // A look waits until what was said before it is durable.
    site.read(|_, _| ()).await.unwrap();
    site.query(move |tables| tables.query_row(sql, [], |row| row.get(0))).await.unwrap()
}

#[tokio::test]
async fn the_photos_of_an_entry_are_held_as_one_on_its_page_and_that_of_its_incident() {
    let desk = at_desk().await;
    let (first, second) = (comes_in(&desk.site.handle).await, comes_in(&desk.site.handle).await);
    passage(&desk.site.handle, false).await;
    seen(&desk.site, PhotoReason::Entry, &[first]).await;
    seen(&desk.site, PhotoReason::InRoom, &[first, second]).await;
    seen(&desk.site, PhotoReason::Entry, &[first]).await;
    let page = format!("/staff/entries/{second}");
    let fields = "reason=police&until=2026-12-31&from=";
    let wordless = desk.presses(&format!("{page}/hold"), &format!("{fields}&words=")).await;
    assert_eq!(wordless.code, StatusCode::UNPROCESSABLE_ENTITY, "{}", wordless.text);
    let held = desk.presses(&format!("{page}/hold"), &format!("{fields}&words=Case+7+of+the+police")).await;
    assert_eq!(held.headers["location"], format!("{page}?said=held"), "{}", held.text);
    let shown = desk.page(&page).await;
    assert!(shown.contains("Held until") && shown.contains("Case 7 of the police"), "{shown}");
    assert!(shown.contains(&format!("All photos of entry {second} are kept until")), "{shown}");
    let photo = desk.page("/staff/photos/2").await;
    assert!(photo.contains(&format!("End the hold of entry {second}<")), "{photo}");
    assert!(photo.contains(&format!("All photos of entry {first}<")), "{photo}");
    desk.site.forward(Span::days(31));
    // The session is over by then.
    let desk = AtDesk::at(desk.site, "manager").await;
    assert_eq!(erased(&desk.site.handle).await, 2, "those of the other entry alone");
    let incident = format!("/staff/incident?entry={second}");
    let shown = desk.page(&incident).await;
    assert!(shown.contains("Held until") && shown.contains(&format!("{page}/release")), "{shown}");
    let released = desk.presses(&format!("{page}/release"), "from=incident").await;
    assert_eq!(released.headers["location"], format!("{incident}&said=released"), "{}", released.text);
    assert_eq!(erased(&desk.site.handle).await, 3);
}
