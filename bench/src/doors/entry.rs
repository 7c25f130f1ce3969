//! Coming in by a door: how soon a code at the screen releases the lock, with its photo taken beside; and how soon who is rung for
//! has the picture. Real router, writer, camera, door and message runners; simulated devices on their real protocols.

use crate::cycles::now;
use crate::http::Client;
use crate::load::percentile;
use crate::report::{Goal, Measure, Report};
use crate::running::{mail_server, serve};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vestibule_core::access::point::{PointKind, PointSpec};
use vestibule_core::access::policy::DoorPolicy;
use vestibule_core::credential::courier::DoorGrant;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::policy::Policy;
use vestibule_core::time::WeekWindow;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::{
    AccessPointId, Actor, Answer, CarrierId, Command, KioskId, PersonId, RingId, Span, StaffId, TenancyId,
    UnitId,
};
use vestibule_ledger::SiteKey;
use vestibule_simulators::cameras::{CameraMake, CameraOptions, CameraServer, Scene};
use vestibule_simulators::doors::{DoorMake, DoorOptions, DoorServer, Leaf};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions};
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::config::{CameraConfig, DoorsConfig};
use vestibule_site::handle::{Outcome, Request, SiteHandle};
use vestibule_site::rows::{PersonRow, Row};
use vestibule_site::web::{App, WebSettings};

/// Doors of the one intercom, each with a camera of its own.
const DOORS: u32 = 3;
/// A door is rung at so often: less than it may in an hour.
const RINGS_A_DOOR: u32 = 8;
/// Each is rung for less often than it may be in an hour.
const UNITS: u32 = DOORS * RINGS_A_DOOR / 2;
/// Somebody comes so often; a breaker lets ten a second through.
const PACE: Duration = Duration::from_millis(150);
const PATIENCE: Duration = Duration::from_secs(30);

/// The property, at its doors.
struct AtDoors {
    site: Assembled,
    street: DoorServer,
    sink: MailSink,
    /// The clock of the intercom counts from here.
    began: Instant,
    address: SocketAddr,
    kiosk: String,
    badge: String,
    _cameras: Vec<CameraServer>,
}

/// Code to release, release to photo, ring to mail with a picture.
pub async fn by_the_door(scratch: &Path, entries: u32, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir_in(scratch)?;
    let doors = AtDoors::open(&folder.path().join("site")).await?;
    doors.codes(entries, report).await?;
    doors.rings(report).await?;
    doors.site.stop().await;
    Ok(())
}

impl AtDoors {
    async fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let site = Some(SiteKey::new("bench").expect("a short word is a key"));
        let mut site = Assembled::open(&SitePlace { folder: folder.to_owned(), head_file: None, site })?;
        let (kiosk, badge) = found(&site.handle).await?;
        let began = Instant::now();
        let options = DoorOptions {
            make: DoorMake::TwoN,
            leaves: (1..=DOORS).map(|n| Leaf::new(&n.to_string(), &format!("input{n}"))).collect(),
            clock: Arc::new(move || i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX)),
            ..DoorOptions::default()
        };
        let street = DoorServer::start(options).await?;
        let mut cameras = Vec::new();
        let mut looks: Vec<CameraConfig> = Vec::new();
        for n in 1..=DOORS {
            let scene = Scene::grid(&format!("DOOR{n}"), 2, 1);
            let options = CameraOptions { make: CameraMake::TwoN, scene, ..CameraOptions::default() };
            let camera = CameraServer::start(options).await?;
            looks.push(serde_json::from_value(serde_json::json!({
                "name": format!("Camera {n}"), "door": format!("Door {n}"),
                "device": { "kind": "2n", "url": format!("http://{}", camera.address()) },
            }))?);
            cameras.push(camera);
        }
        site.watch(&looks).await?;
        let door = |n: u32| serde_json::json!({ "name": format!("Door {n}"), "relay": n.to_string() });
        let controller: DoorsConfig = serde_json::from_value(serde_json::json!({
            "name": "Intercom",
            "device": { "kind": "2n", "url": street.url(), "door": (1..=DOORS).map(door).collect::<Vec<_>>() },
        }))?;
        site.run_doors(&[controller]).await?;
        let sink = MailSink::start(MailSinkOptions::default()).await?;
        let mail = mail_server(sink.address())?;
        site.send_messages(Some(&mail), Some("https://bench.example".to_owned()), None)?;
        let web = WebSettings { photos: site.photos(), ..WebSettings::default() };
        let (address, server) = serve(App::new(site.handle.clone(), site.keys.clone(), web)).await?;
        site.adopt(server);
        Ok(Self { site, street, sink, began, address, kiosk, badge, _cameras: cameras })
    }

    async fn codes(&self, entries: u32, report: &mut Report) -> Result<()> {
        let mut http = Client::connect(self.address, &self.kiosk).await?;
        let body = format!(r#"{{"code":"{}"}}"#, self.badge);
        let mut took = Vec::new();
        for n in 0..entries {
            let door = n % DOORS + 1;
            let asked = self.began.elapsed();
            let answer = http.post(&format!("/api/v1/kiosk/doors/{door}/admit"), &body).await?;
            ensure!(answer.code == 200, "a code was answered {}", String::from_utf8_lossy(&answer.body));
            let released = self.released(door, (n / DOORS) as usize).await?;
            took.push(u32::try_from(released.saturating_sub(i64::try_from(asked.as_millis())?))?);
            tokio::time::sleep(PACE.saturating_sub(self.began.elapsed() - asked)).await;
        }
        let tail = percentile(&mut took, 99);
        let name = format!("code at the door to release p99, {entries} entries, photo beside");
        report.add(Measure::of(name, tail, "ms").goal(Goal::AtMost(100.0)));
        self.photos(entries, report).await
    }

    /// When this release of a door was taken, by the clock of the intercom, ms.
    async fn released(&self, door: u32, which: usize) -> Result<i64> {
        let taken = async {
            loop {
                let leaf = self.street.leaf(&door.to_string()).context("the door hangs")?;
                if let Some(release) = leaf.releases.get(which) {
                    return anyhow::Ok(release.at_ms);
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(PATIENCE, taken).await.context("the lock is released within half a minute")?
    }

    async fn photos(&self, entries: u32, report: &mut Report) -> Result<()> {
        // The release leaves right behind the commit of this event, so that the time is rather too long than too short.
        let pairs = "SELECT min(p.taken_at) - e.recorded_at FROM event e
          JOIN photo p ON json_extract(p.asked, '$.subject.entry') = json_extract(CAST(e.payload AS TEXT), '$.entry')
          WHERE e.kind = 'entry-began' GROUP BY e.seq";
        let mut changes = self.site.handle.changes();
        let all = async {
            loop {
                let count = |c: &rusqlite::Connection| {
                    let sql = "SELECT count(DISTINCT json_extract(asked, '$.subject.entry')) FROM photo";
                    c.query_row(sql, [], |row| row.get(0))
                };
                let photos: u32 = self.site.handle.query(count).await?;
                if photos >= entries {
                    return anyhow::Ok(());
                }
                changes.changed().await?;
            }
        };
        // What is missing then counts as late.
        let _ = tokio::time::timeout(PATIENCE, all).await;
        let mut late: Vec<u32> = self
            .site
            .handle
            .query(move |c| {
                let mut statement = c.prepare(pairs)?;
                let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
                rows.map(|ms| ms.map(|ms| u32::try_from(ms.max(0)).unwrap_or(u32::MAX))).collect()
            })
            .await?;
        let missing = (entries as usize).saturating_sub(late.len());
        late.extend(std::iter::repeat_n(u32::MAX, missing));
        let tail = percentile(&mut late, 99);
        report.add(Measure::of("release to its photo recorded p99", tail, "ms").goal(Goal::AtMost(1_000.0)));
        Ok(())
    }

    async fn rings(&self, report: &mut Report) -> Result<()> {
        let mut http = Client::connect(self.address, &self.kiosk).await?;
        let mut arrivals = self.sink.subscribe();
        let mut took = Vec::new();
        for n in 0..DOORS * RINGS_A_DOOR {
            let (door, unit) = (n % DOORS + 1, n % UNITS + 1);
            let asked = Instant::now();
            let path = format!("/api/v1/kiosk/doors/{door}/ring");
            let answer = http.post(&path, &format!(r#"{{"unit":{unit}}}"#)).await?;
            ensure!(answer.code == 200, "a ring was answered {}", String::from_utf8_lossy(&answer.body));
            let mail = tokio::time::timeout(PATIENCE, arrivals.recv()).await;
            let mail = mail.context("a mail arrives within half a minute")??;
            took.push(u32::try_from(asked.elapsed().as_millis())?);
            ensure!(
                mail.mail.images.iter().any(|image| image.content_type == "image/jpeg"),
                "the mail has no picture: {:?}",
                mail.mail.text
            );
            let (ring, let_in) = (RingId(u64::from(n) + 1), false);
            let refuse = Command::AnswerEntry { ring, let_in, link: None };
            let said = self.site.handle.ask(Request::new(Actor::Staff(StaffId(1)), refuse)).await?;
            ensure!(said.answer.is_ok(), "the answer was refused: {:?}", said.answer);
        }
        let (half, tail) = (percentile(&mut took, 50), percentile(&mut took, 99));
        report.add(Measure::of("ring to mail with the picture p50", half, "ms"));
        report.add(Measure::of("ring to mail with the picture p99", tail, "ms").goal(Goal::AtMost(2_000.0)));
        Ok(())
    }
}

async fn granted(site: &SiteHandle, command: Command) -> Result<Outcome> {
    let outcome = site.ask(Request::new(Actor::Console, command)).await?;
    match &outcome.answer {
        Ok(_) => Ok(outcome),
        Err(refusal) => bail!("the bench's site was refused: {refusal:?}"),
    }
}

/// A site with doors, a screen at them, a courier's badge and people who may be rung for; the screen's token and the badge's.
async fn found(site: &SiteHandle) -> Result<(String, String)> {
    granted(site, Command::Found { policy: Policy::default() }).await?;
    let staff = StaffId(1);
    let owner = Row::Staff {
        staff,
        email: "owner@bench.example".to_owned(),
        name: "Owner".to_owned(),
        role: "owner".to_owned(),
    };
    site.write(vec![owner, Row::StaffPassword { staff, password: "!".to_owned() }]).await?;
    granted(site, Command::EnrolStaff).await?;
    granted(site, Command::NameCarrier { name: "Bench Express".to_owned() }).await?;
    let doors: Vec<AccessPointId> = (1..=DOORS).map(AccessPointId).collect();
    for n in 1..=DOORS {
        let spec = PointSpec {
            label: format!("Door {n}"),
            kind: PointKind::BuildingEntrance,
            contact: false,
            request_to_exit: false,
            reader: true,
            banks: BTreeSet::new(),
            shelves: BTreeSet::new(),
            areas: BTreeSet::new(),
        };
        granted(site, Command::InstallAccessPoint { spec }).await?;
    }
    let policy = DoorPolicy { releases_per_minute: 600, ..DoorPolicy::default() };
    granted(site, Command::SetDoorPolicy { policy }).await?;
    let kiosk = granted(site, Command::PairKiosk { banks: Vec::new() }).await?;
    ensure!(matches!(kiosk.answer, Ok(Answer::Kiosk(KioskId(1)))), "the first screen is screen 1");
    granted(site, Command::SetKioskDoors { kiosk: KioskId(1), doors: doors.clone() }).await?;
    let issued = granted(
        site,
        Command::IssueCourierCode {
            carrier: CarrierId(1),
            windows: vec![WeekWindow::ALWAYS],
            expires: now() + Span::days(365),
            doors: doors.into_iter().map(|point| DoorGrant { point }).collect(),
        },
    )
    .await?;
    people(site).await?;
    let token = |mut outcome: Outcome| outcome.revealed.remove(0).token.expose().to_owned();
    Ok((token(kiosk), token(issued)))
}

async fn people(site: &SiteHandle) -> Result<()> {
    let (mut changes, mut rows) = (Vec::new(), Vec::new());
    for n in 1..=UNITS {
        let (unit, tenancy, person, keypad) = (UnitId(n), TenancyId(n), PersonId(n), (1_000 + n).to_string());
        let number = KeypadNumber::new(&keypad).map_err(anyhow::Error::msg)?;
        changes.push(DirectoryChange::AddUnit { unit, keypad: number });
        changes.push(DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep });
        changes.push(DirectoryChange::Join { person, tenancy });
        let label = n.to_string();
        rows.push(Row::Unit { unit, building: "A".to_owned(), folded: label.clone(), label, keypad });
        rows.push(Row::Person(Box::new(PersonRow {
            person,
            tenancy,
            unit,
            first_name: "Ada".to_owned(),
            last_name: format!("Bench{n}"),
            folded: format!("bench{n},ada"),
            email: Some(format!("resident{n}@bench.example")),
            phone: None,
            language: "en".to_owned(),
            external_id: None,
            reach: false,
            hidden: false,
        })));
    }
    granted(site, Command::ChangeDirectory { changes }).await?;
    Ok(site.write(rows).await?)
}
