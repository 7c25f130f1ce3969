//! The world around a demonstration: lock boards on TCP and on a serial line, a mail server, and the hand at the doors.

use super::building::{BOARD, GARDEN, LOBBY, buses};
use super::inbox::Inbox;
use crate::failure::Failure;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use vestibule_core::{BankId, CompartmentId, Site};
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity};
use vestibule_simulators::lock8a_board::{BoardOptions, Line, Lock8aBoards, serve_pty, serve_tcp};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions};
use vestibule_site::assembly::Assembled;
use vestibule_site::config::BusConfig;
use vestibule_site::web::demo::{DemoFacts, DoorAct, DoorSight, LineSight, Property};

/// How often doors are looked at while somebody watches the wall.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// The line that is a serial port.
const SERIAL: usize = 1;

/// A line of boards and what is known of it.
struct SimulatedLine {
    name: &'static str,
    line: Line,
}

/// The simulated world.
pub struct World {
    facts: DemoFacts,
    lines: Vec<SimulatedLine>,
    /// Line and lock of each door.
    doors: BTreeMap<CompartmentId, (usize, u8)>,
    lobby: SocketAddr,
    garden: PathBuf,
    sink: MailSink,
    inbox: Arc<Inbox>,
    changed: Arc<watch::Sender<u64>>,
}

impl World {
    /// Starts boards and mail server. Doors that stood open when the site was stopped stand open again.
    pub async fn start(site: &Assembled, folder: &Path, facts: DemoFacts) -> Result<Arc<Self>, Failure> {
        let lines = vec![line(LOBBY, 24), line(GARDEN, 8)];
        let (doors, open) = site.handle.read(|site, _| (doors(site), open(site))).await?;
        for compartment in open {
            if let Some((line, lock)) = doors.get(&compartment) {
                let line: &SimulatedLine = &lines[*line];
                line.line.pull_open(BOARD, *lock);
            }
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let lobby = listener.local_addr()?;
        tokio::spawn(serve_tcp(lines[0].line.clone(), listener));
        let (garden, _) = serve_pty(lines[SERIAL].line.clone())?;
        let sink = MailSink::start(MailSinkOptions::default()).await?;
        let changed = Arc::new(watch::channel(0).0);
        let inbox = Arc::new(Inbox::open(folder, Arc::clone(&changed))?);
        let world = Arc::new(Self { facts, lines, doors, lobby, garden, sink, inbox, changed });
        world.watch_mail();
        tokio::spawn(watch_doors(Arc::clone(&world)));
        Ok(world)
    }

    /// The lines as a configuration names them.
    pub fn buses(&self) -> Vec<BusConfig> {
        buses(self.lobby.to_string(), self.garden.clone())
    }

    /// The mail server as a configuration names it.
    pub fn mail(&self) -> SmtpConfig {
        let address = self.sink.address();
        SmtpConfig {
            host: address.ip().to_string(),
            port: Some(address.port()),
            security: SmtpSecurity::Plain,
            allow_plain: false,
            username: None,
            password_file: None,
            from: "parcels@maple-court.example.com".to_owned(),
            ca_file: None,
            hello_name: Some("localhost".to_owned()),
        }
    }

    /// Where text messages are shown.
    pub fn inbox(&self) -> Arc<Inbox> {
        Arc::clone(&self.inbox)
    }

    fn watch_mail(&self) {
        let (mut arrivals, inbox) = (self.sink.subscribe(), Arc::clone(&self.inbox));
        tokio::spawn(async move {
            use tokio::sync::broadcast::error::RecvError;
            loop {
                match arrivals.recv().await {
                    Ok(mail) => inbox.take(&mail),
                    Err(RecvError::Lagged(missed)) => {
                        tracing::warn!(missed, "mails came faster than they were kept")
                    }
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }

    fn sight(&self, (line, lock): (usize, u8)) -> DoorSight {
        self.lines[line].line.with(|boards, _| DoorSight {
            ajar: boards.door(BOARD, lock).is_some_and(|door| door.ajar),
            jammed: boards.door_faults(BOARD, lock).jammed,
        })
    }

    fn moved(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

fn line(name: &'static str, channels: u8) -> SimulatedLine {
    let mut boards = Lock8aBoards::new();
    boards.add_board(BoardOptions::lifelike(BOARD, channels));
    SimulatedLine { name, line: Line::new(boards) }
}

/// Bank by bank, locks in the order of installation.
fn doors(site: &Site) -> BTreeMap<CompartmentId, (usize, u8)> {
    let of_bank = |(line, bank): (usize, BankId)| {
        let compartments = site.layout.banks.get(&bank).cloned().unwrap_or_default();
        compartments.into_iter().zip(1..).map(move |(id, lock)| (id, (line, lock)))
    };
    [(0, BankId(1)), (1, BankId(2))].into_iter().flat_map(of_bank).collect()
}

fn open(site: &Site) -> Vec<CompartmentId> {
    site.compartments.open.iter().copied().collect()
}

/// Doors spring open by themselves: while somebody watches, the picture follows.
async fn watch_doors(world: Arc<World>) {
    let mut shown = world.doors();
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if world.changed.receiver_count() == 0 {
            continue;
        }
        let now = world.doors();
        if now != shown {
            shown = now;
            world.moved();
        }
    }
}

impl Property for World {
    fn facts(&self) -> &DemoFacts {
        &self.facts
    }

    fn mails(&self) -> Vec<vestibule_site::web::demo::DemoMail> {
        self.inbox.mails()
    }

    fn doors(&self) -> BTreeMap<CompartmentId, DoorSight> {
        self.doors.iter().map(|(id, at)| (*id, self.sight(*at))).collect()
    }

    fn act(&self, compartment: CompartmentId, act: DoorAct) {
        let Some((line, lock)) = self.doors.get(&compartment).copied() else { return };
        let line = &self.lines[line].line;
        match act {
            DoorAct::PushShut => drop(line.push_shut(BOARD, lock)),
            DoorAct::PullOpen => drop(line.pull_open(BOARD, lock)),
            DoorAct::Jam => line.with(|boards, _| boards.door_faults(BOARD, lock).jammed = true),
            DoorAct::Unjam => line.with(|boards, _| boards.door_faults(BOARD, lock).jammed = false),
        }
        self.moved();
    }

    fn lines(&self) -> Vec<LineSight> {
        let sight = |line: &SimulatedLine| LineSight {
            name: line.name.to_owned(),
            unplugged: line.line.with(|boards, _| boards.is_unplugged() || boards.board_faults(BOARD).silent),
        };
        self.lines.iter().map(sight).collect()
    }

    fn set_unplugged(&self, line: usize, unplugged: bool) {
        let Some(found) = self.lines.get(line) else { return };
        found.line.with(|boards, _| {
            if line == SERIAL {
                // Pulling a serial line would take the pseudo-terminal itself away: the board loses its power instead.
                boards.board_faults(BOARD).silent = unplugged;
            } else {
                boards.set_unplugged(unplugged);
            }
        });
        self.moved();
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}
