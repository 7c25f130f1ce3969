//! A year of entries at one door, three photos each: how soon the pages that show them are there, and what they take on the disk.
//! The past is played through the real writer; the photos of the last weeks lie in the folder as files of a camera's usual size.

use crate::cycles::now;
use crate::founding::Founding;
use crate::http::Client;
use crate::load::percentile;
use crate::report::{Goal, Measure, Report};
use crate::running::serve;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::access::policy::DoorPolicy;
use vestibule_core::evidence::{
    CameraPlace, InView, PhotoAsked, PhotoHash, PhotoMedia, PhotoReason, PhotoSubject,
};
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::vocabulary::observation::ReleaseOutcome;
use vestibule_core::{
    AccessPointId, Actor, Answer, CameraId, Command, EntryId, Observation, Span, StaffId, Timestamp,
};
use vestibule_devices::Clock;
use vestibule_simulators::cameras::Scene;
use vestibule_site::accounts::session::begin_session;
use vestibule_site::evidence::{PHOTOS, PhotoFolder, retention};
use vestibule_site::handle::{Request, SiteHandle};
use vestibule_site::service::{self, Ahead, machine_clocks};
use vestibule_site::store::DATABASE;
use vestibule_site::web::{App, WebSettings};
use vestibule_site::writer::Incoming;

const DOOR: AccessPointId = AccessPointId(1);
const STAFF: StaffId = StaffId(1);
const A_DAY: u32 = 200;
/// Before, at the opening, and one still of the room: what the site asks for of somebody who is in for less than 25 seconds.
const PHOTOS_OF_AN_ENTRY: [PhotoReason; 3] = [PhotoReason::Entry, PhotoReason::Opened, PhotoReason::InRoom];
/// Photos with people in view are kept so long where nothing else was set.
const KEPT_DAYS: u32 = 30;
/// Each page is asked for so often.
const LOOKS: u32 = 30;

/// Plays so many days, then looks at every page that shows them.
pub async fn of_entries(scratch: &Path, days: u32, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir_in(scratch)?;
    let home = folder.path().join("site");
    std::fs::create_dir_all(&home)?;
    let photos = PhotoFolder::open(&home, None)?;
    let begins = Timestamp(now().0 - Span::days(i64::from(days) + 1).0);
    let mut past = Past {
        site: Founding::new(&home, 0, begins)?,
        photos: 0,
        files: home.join(PHOTOS),
        picture: Scene::grid("DOOR", 2, 1).jpeg(begins.0, 1_280, 720),
    };
    let playing = Instant::now();
    let last = past.play(days)?;
    report.note(format!(
        "{days} days of {A_DAY} entries with {} photos through the writer in {:.1} s",
        PHOTOS_OF_AN_ENTRY.len(),
        playing.elapsed().as_secs_f64()
    ));
    let Founding { writer, keys, options, .. } = past.site;
    drop(writer);
    let running =
        service::start(options, Arc::clone(&keys), machine_clocks(Clock::start(), Ahead::default()))?;
    ensure!(running.broken_invariants.is_empty(), "broken: {:?}", running.broken_invariants);
    let site = running.handle.clone();
    retention::erase_over(&site, &photos, &mut Vec::new()).await?;
    disk(&home, &photos, days, report)?;
    let web = WebSettings { photos: Some(photos), ..WebSettings::default() };
    let (address, server) = serve(App::new(site.clone(), keys, web)).await?;
    let (token, rows) = begin_session(STAFF, site.now());
    site.write(rows).await?;
    let mut http = Client::connect(address, &token).await?;
    pages(&mut http, (&site, last), report).await?;
    site.stop().await;
    server.abort();
    Ok(())
}

struct Past {
    site: Founding,
    /// How many were taken.
    photos: u64,
    files: PathBuf,
    picture: Vec<u8>,
}

impl Past {
    /// So many days; the last entry.
    fn play(&mut self, days: u32) -> Result<EntryId> {
        self.found()?;
        let mut last = EntryId(0);
        for day in 0..days {
            // A file of every photo ever taken would be erased before anybody looks.
            let has_files = days - day <= KEPT_DAYS + 1;
            last = self.day(has_files)?;
            self.site.wait(Span::days(1));
        }
        Ok(last)
    }

    fn found(&mut self) -> Result<()> {
        let spec = PointSpec {
            label: "Street door".to_owned(),
            kind: PointKind::BuildingEntrance,
            contact: false,
            request_to_exit: false,
            reader: true,
            banks: BTreeSet::new(),
            shelves: BTreeSet::new(),
            areas: BTreeSet::new(),
        };
        let policy = DoorPolicy { releases_per_minute: 600, ..DoorPolicy::default() };
        let (at, in_view) = (CameraPlace::Door(DOOR), InView::People);
        let asked = [
            Command::EnrolStaff,
            Command::InstallAccessPoint { spec },
            Command::SetDoorPolicy { policy },
            Command::InstallCamera { at, in_view },
        ];
        for command in asked {
            self.site.ask_all(vec![Request::new(Actor::Console, command)])?;
        }
        Ok(())
    }

    fn day(&mut self, has_files: bool) -> Result<EntryId> {
        let let_in = Command::LetInOnce { point: DOOR, reason: StaffReason::HelpCourier };
        let asked = (0..A_DAY).map(|_| Request::new(Actor::Staff(STAFF), let_in.clone()));
        let (answers, _) = self.site.ask_all(asked.collect())?;
        let mut seen = Vec::new();
        let mut last = EntryId(0);
        for answer in answers {
            let Answer::Entry { entry, .. } = answer else { continue };
            last = entry;
            for reason in PHOTOS_OF_AN_ENTRY {
                seen.push(Incoming::Observe(self.photo((entry, reason), has_files)?));
            }
            let outcome = ReleaseOutcome::Taken;
            seen.push(Incoming::Observe(Observation::Release { entry, outcome }));
        }
        self.site.step(seen)?;
        Ok(last)
    }

    fn photo(&mut self, (entry, reason): (EntryId, PhotoReason), has_file: bool) -> Result<Observation> {
        self.photos += 1;
        let mut name = [0; 32];
        name[..8].copy_from_slice(&self.photos.to_be_bytes());
        let (hash, media) = (PhotoHash(name), PhotoMedia::Jpeg);
        if has_file {
            std::fs::write(self.files.join(format!("{hash}.{}", media.ending())), &self.picture)?;
        }
        let subject = PhotoSubject { entry: Some(entry), ..PhotoSubject::default() };
        let asked = Box::new(PhotoAsked { camera: CameraId(1), reason, subject });
        Ok(Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None })
    }
}

/// What is left on the disk once what is over was erased.
fn disk(home: &Path, photos: &PhotoFolder, days: u32, report: &mut Report) -> Result<()> {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let files = std::fs::read_dir(home.join(PHOTOS))?.count();
    let most = (A_DAY * (KEPT_DAYS + 1)) as usize * PHOTOS_OF_AN_ENTRY.len();
    let name = format!("photos kept after {days} days, retention of {KEPT_DAYS} days");
    report.add(Measure::of(name, files as f64, "files").goal(Goal::AtMost(most as f64)));
    report.add(Measure::of("their bytes on the disk", megabytes(photos.bytes()?), "MB"));
    let mut database = 0;
    for file in std::fs::read_dir(home)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(DATABASE) {
            database += file.metadata()?.len();
        }
    }
    report.add(Measure::of(format!("database after {days} days"), megabytes(database), "MB"));
    let an_entry = database as f64 / f64::from(days * A_DAY);
    report.add(Measure::of("database an entry with its photos", an_entry / 1e3, "kB"));
    Ok(())
}

/// Every page that shows entries or photos.
async fn pages(http: &mut Client, (site, last): (&SiteHandle, EntryId), report: &mut Report) -> Result<()> {
    let newest = "SELECT max(photo) FROM photo WHERE gone IS NULL";
    let photo: i64 = site.query(move |c| c.query_row(newest, [], |row| row.get(0))).await?;
    let paths = [
        "/staff".to_owned(),
        "/staff/doors".to_owned(),
        format!("/staff/doors/{DOOR}"),
        "/staff/entries".to_owned(),
        format!("/staff/entries/{last}"),
        format!("/staff/incident?entry={last}"),
        format!("/staff/photos/{photo}"),
        "/staff/cameras".to_owned(),
        "/staff/delivered/carriers".to_owned(),
    ];
    for path in paths {
        let mut took = Vec::new();
        for _ in 0..LOOKS {
            let asked = Instant::now();
            let answer = http.get(&path).await?;
            took.push(u32::try_from(asked.elapsed().as_micros())?);
            ensure!(answer.code == 200, "{path} was answered {}", answer.code);
        }
        let tail = percentile(&mut took, 99) / 1e3;
        report.add(Measure::of(format!("{path} p99"), tail, "ms").goal(Goal::AtMost(100.0)));
    }
    Ok(())
}
