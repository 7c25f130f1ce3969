//! The world around a demonstration: lock boards on TCP and on a serial line, a mail server, and the hand at the doors.

use super::building::{BOARD, Hung, Reached, buses, hung};
use super::entrances::Entrances;
use super::inbox::Inbox;
use super::plan::Plan;
use crate::failure::Failure;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use vestibule_core::place::wiring::Channel;
use vestibule_core::site::drawing::bearers;
use vestibule_core::{CompartmentId, Site, Span};
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity};
use vestibule_simulators::lock_boards::{BoardOptions, Line, LockBoards, serve_pty, serve_tcp};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions};
use vestibule_simulators::printers::{Mark, PrinterSim, Sheet, Speech};
use vestibule_site::assembly::Assembled;
use vestibule_site::config::{BusConfig, PrinterConfig, PrinterLanguage, PrinterUse, TcpConfig};
use vestibule_site::handle::SiteHandle;
use vestibule_site::service::Ahead;
use vestibule_site::web::demo::{
    DemoFacts, DoorAct, DoorSight, LineSight, PaperLine, PaperSight, PassageAct, PassageSight, PrinterSight,
    Property,
};

/// How often doors are looked at while somebody watches the wall.
const LOOK_EVERY: Duration = Duration::from_millis(150);

/// Line and lock of each door.
type Doors = BTreeMap<CompartmentId, (usize, u8)>;

/// A line of boards and what is known of it.
struct SimulatedLine {
    name: &'static str,
    is_serial: bool,
    line: Line,
}

/// A printer and what it is for.
struct SimulatedPrinter {
    name: &'static str,
    language: PrinterLanguage,
    used_for: PrinterUse,
    sim: PrinterSim,
}

/// The simulated world.
pub struct World {
    facts: DemoFacts,
    lines: Vec<SimulatedLine>,
    /// Line and lock of each door.
    doors: RwLock<Doors>,
    plan: Plan,
    entrances: Arc<Entrances>,
    ahead: Ahead,
    reached: Vec<Reached>,
    sink: MailSink,
    printers: Vec<SimulatedPrinter>,
    inbox: Arc<Inbox>,
    changed: Arc<watch::Sender<u64>>,
}

impl World {
    /// Starts boards and mail server; the doors one walks through hang already. Doors that stood open when the site was
    /// stopped stand open again, and cables that were swapped are: a test of the wiring has found them so.
    pub async fn start(
        site: &Assembled,
        folder: &Path,
        (facts, plan): (DemoFacts, Plan),
        (entrances, ahead): (Arc<Entrances>, Ahead),
    ) -> Result<Arc<Self>, Failure> {
        let lines: Vec<SimulatedLine> = hung(plan).iter().map(line).collect();
        let (doors, open) = site.handle.read(move |site, _| (doors(site, plan), open(site))).await?;
        let channels = site.handle.read(|site, _| channels(site)).await?;
        for (compartment, channel) in channels {
            if let Some((line, lock)) = doors.get(&compartment) {
                let line: &SimulatedLine = &lines[*line];
                line.line.with(|boards, _| {
                    boards.cable(BOARD, channel.lock).coil = Some(*lock);
                    boards.cable(BOARD, channel.contact).contact = Some(*lock);
                });
            }
        }
        for compartment in open {
            if let Some((line, lock)) = doors.get(&compartment) {
                let line: &SimulatedLine = &lines[*line];
                line.line.pull_open(BOARD, *lock);
            }
        }
        let mut reached = Vec::new();
        for line in &lines {
            reached.push(line.serve().await?);
        }
        let sink = MailSink::start(MailSinkOptions::default()).await?;
        let changed = Arc::new(watch::channel(0).0);
        let inbox = Arc::new(Inbox::open(folder, Arc::clone(&changed))?);
        let printers = printers().await?;
        let doors = RwLock::new(doors);
        let world = Arc::new(Self {
            facts,
            lines,
            doors,
            plan,
            entrances,
            ahead,
            reached,
            sink,
            printers,
            inbox,
            changed,
        });
        tokio::spawn(follow_drawings(Arc::clone(&world), site.handle.clone()));
        world.watch_mail();
        tokio::spawn(watch_doors(Arc::clone(&world)));
        Ok(world)
    }

    /// The lines as a configuration names them.
    pub fn buses(&self) -> Vec<BusConfig> {
        buses(self.plan, &self.reached)
    }

    /// Each line of boards: its name, whether it has a network plug to pull, and the line itself.
    pub fn boards(&self) -> impl Iterator<Item = (&'static str, bool, &Line)> {
        self.lines.iter().map(|line| (line.name, !line.is_serial, &line.line))
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

    /// The printers as a configuration names them.
    pub fn printer_configs(&self) -> Vec<PrinterConfig> {
        let config = |printer: &SimulatedPrinter| PrinterConfig {
            name: printer.name.to_owned(),
            tcp: Some(TcpConfig { addr: printer.sim.address().to_string() }),
            device: None,
            language: printer.language,
            width_mm: if printer.language == PrinterLanguage::Zpl { 62 } else { 80 },
            height_mm: None,
            cut: printer.language == PrinterLanguage::EscPos,
            used_for: vec![printer.used_for],
        };
        self.printers.iter().map(config).collect()
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

    fn hung(&self) -> Doors {
        self.doors.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Something moved: whoever watches the wall sees it.
    pub fn moved(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

impl SimulatedLine {
    /// Puts it on a network plug or a serial port.
    async fn serve(&self) -> Result<Reached, Failure> {
        if self.is_serial {
            return Ok(Reached::Serial(serve_pty(self.line.clone())?.0));
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?.to_string();
        tokio::spawn(serve_tcp(self.line.clone(), listener));
        Ok(Reached::Tcp(address))
    }
}

async fn printers() -> Result<Vec<SimulatedPrinter>, Failure> {
    let (slips, labels) = (PrinterSim::start(Speech::EscPos).await?, PrinterSim::start(Speech::Zpl).await?);
    Ok(vec![
        SimulatedPrinter {
            name: "Front desk printer",
            language: PrinterLanguage::EscPos,
            used_for: PrinterUse::Slips,
            sim: slips,
        },
        SimulatedPrinter {
            name: "Label printer",
            language: PrinterLanguage::Zpl,
            used_for: PrinterUse::Labels,
            sim: labels,
        },
    ])
}

/// What is on a piece of paper. A label printer says sizes in dots: its plain text has some thirty.
fn paper(printer: &str, sheet: &Sheet) -> PaperSight {
    let line = |mark: &Mark| match mark {
        Mark::Line { text, size: (_, 1 | 16..=36) } => PaperLine::Plain(text.clone()),
        Mark::Line { text, .. } => PaperLine::Large(text.clone()),
        Mark::Qr(text) => PaperLine::Qr(text.clone()),
    };
    PaperSight { printer: printer.to_owned(), lines: sheet.marks.iter().map(line).collect() }
}

fn line(bank: &Hung) -> SimulatedLine {
    let mut boards = LockBoards::speaking(bank.firmware);
    boards.add_board(BoardOptions::lifelike(BOARD, bank.channels));
    SimulatedLine { name: bank.name, is_serial: bank.serial_baud.is_some(), line: Line::new(boards) }
}

/// Bank by bank, each door on the lock it was put up with; one that was drawn later hangs where another was taken out.
fn doors(site: &Site, plan: Plan) -> Doors {
    let bearers = bearers(site);
    let mut doors = Doors::new();
    for (line, (bank, (_, drawn))) in hung(plan).iter().zip(&site.layout.banks).enumerate() {
        let mut later = drawn.clone();
        let mut left = Vec::new();
        for (label, lock) in bank.locks() {
            match bearers.get(label.as_str()).filter(|id| later.contains(id)) {
                Some(id) => {
                    later.retain(|other| other != id);
                    doors.insert(*id, (line, lock));
                }
                None => left.push((line, lock)),
            }
        }
        doors.extend(later.into_iter().zip(left));
    }
    doors
}

/// Whoever draws a bank anew in the demonstration hangs its doors otherwise.
async fn follow_drawings(world: Arc<World>, site: SiteHandle) {
    let (mut changes, plan) = (site.changes(), world.plan);
    while changes.changed().await.is_ok() {
        let Ok(doors) = site.read(move |site, _| doors(site, plan)).await else { return };
        *world.doors.write().unwrap_or_else(PoisonError::into_inner) = doors;
    }
}

/// What each compartment hangs on, as far as it is known.
fn channels(site: &Site) -> Vec<(CompartmentId, Channel)> {
    let maps = site.wiring.maps.values();
    maps.flat_map(|map| map.channels.iter().map(|(id, channel)| (*id, *channel))).collect()
}

fn open(site: &Site) -> Vec<CompartmentId> {
    site.compartments.open.iter().copied().collect()
}

/// Doors spring open and paper comes by itself: while somebody watches, the picture follows.
async fn watch_doors(world: Arc<World>) {
    let papers = || world.printers.iter().map(|printer| printer.sim.sheets().len()).sum::<usize>();
    let sights = || (world.doors(), world.passages(), papers());
    let mut shown = sights();
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if world.changed.receiver_count() == 0 {
            continue;
        }
        let now = sights();
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
        self.hung().into_iter().map(|(id, at)| (id, self.sight(at))).collect()
    }

    fn act(&self, compartment: CompartmentId, act: DoorAct) {
        let doors = self.hung();
        let Some((number, lock)) = doors.get(&compartment).copied() else { return };
        let line = &self.lines[number].line;
        match act {
            DoorAct::PushShut => drop(line.push_shut(BOARD, lock)),
            DoorAct::PullOpen => drop(line.pull_open(BOARD, lock)),
            DoorAct::Jam => line.with(|boards, _| boards.door_faults(BOARD, lock).jammed = true),
            DoorAct::Unjam => line.with(|boards, _| boards.door_faults(BOARD, lock).jammed = false),
            DoorAct::SwapCable => {
                let next = doors.values().any(|at| *at == (number, lock + 1)).then_some(lock + 1);
                line.with(|boards, _| boards.swap_cables(BOARD, lock, next.unwrap_or(1)));
            }
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
            if found.is_serial {
                // Pulling a serial line would take the pseudo-terminal itself away: the board loses its power instead.
                boards.board_faults(BOARD).silent = unplugged;
            } else {
                boards.set_unplugged(unplugged);
            }
        });
        self.moved();
    }

    fn printers(&self) -> Vec<PrinterSight> {
        let sight = |printer: &SimulatedPrinter| PrinterSight {
            name: printer.name.to_owned(),
            has_paper: printer.sim.knobs().paper_left != Some(0),
        };
        self.printers.iter().map(sight).collect()
    }

    fn papers(&self) -> Vec<PaperSight> {
        let of = |printer: &SimulatedPrinter| {
            printer.sim.sheets().iter().rev().map(|sheet| paper(printer.name, sheet)).collect::<Vec<_>>()
        };
        self.printers.iter().flat_map(of).collect()
    }

    fn set_paper(&self, printer: usize, there: bool) {
        let Some(found) = self.printers.get(printer) else { return };
        found.sim.set(|knobs| knobs.paper_left = (!there).then_some(0));
        self.moved();
    }

    fn passages(&self) -> Vec<PassageSight> {
        self.entrances.sights()
    }

    fn act_at(&self, passage: usize, act: PassageAct) {
        self.entrances.act(passage, act);
        self.moved();
    }

    fn are_passages_by_hand(&self) -> bool {
        self.entrances.are_by_hand()
    }

    fn set_passages_by_hand(&self, by_hand: bool) {
        self.entrances.set_by_hand(by_hand);
        self.moved();
    }

    fn let_pass(&self, time: Span) {
        self.ahead.further(time);
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::building::Hardware;
    use crate::demo::{facts, seed};
    use std::collections::BTreeSet;
    use vestibule_core::vocabulary::command::StaffReason;
    use vestibule_core::{Actor, Command, StaffId};
    use vestibule_site::assembly::SitePlace;
    use vestibule_site::handle::Request;

    /// Nothing here takes this long unless it is broken.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Waits until these doors and no others are read open.
    async fn until_open(site: &Assembled, wanted: &BTreeSet<CompartmentId>) {
        let mut changes = site.handle.changes();
        let arrives = async {
            loop {
                let seen: BTreeSet<_> =
                    site.handle.read(|site, _| open(site)).await.unwrap().into_iter().collect();
                if seen == *wanted {
                    return;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, arrives).await.unwrap_or_else(|_| panic!("not open: {wanted:?}"));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_bank_on_every_family_opens_and_is_read_shut_over_real_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("demo");
        let plan = Plan { hardware: Hardware::All, ..Plan::default() };
        let keepsake = seed::ensure(&place, Some(0), plan).unwrap();
        let mut site =
            Assembled::open(&SitePlace { folder: place.clone(), head_file: None, site: None }).unwrap();
        seed::ensure_owner(&site, &keepsake).await.unwrap();
        let entrances = Entrances::start(&place, plan).await.unwrap();
        let around = (entrances, Ahead::default());
        let world = World::start(&site, &place, (facts(&keepsake, None), plan), around).await.unwrap();
        site.drive(&world.buses(), &[]).await.unwrap();
        let nth = |at: usize| move |site: &Site, _| site.layout.banks.values().map(|bank| bank[at]).collect();
        let firsts: BTreeSet<CompartmentId> = site.handle.read(nth(0)).await.unwrap();
        let seconds: BTreeSet<CompartmentId> = site.handle.read(nth(1)).await.unwrap();
        assert_eq!((firsts.len(), seconds.len(), hung(plan).len()), (9, 9, 9));
        // Opened by force: each line is read.
        firsts.iter().for_each(|door| world.act(*door, DoorAct::PullOpen));
        until_open(&site, &firsts).await;
        firsts.iter().for_each(|door| world.act(*door, DoorAct::PushShut));
        until_open(&site, &BTreeSet::new()).await;
        for compartment in seconds.iter().copied() {
            let command = Command::StaffOpen { compartment, reason: StaffReason::Maintenance };
            let answer = site.handle.ask(Request::new(Actor::Staff(StaffId(1)), command)).await.unwrap();
            answer.answer.unwrap();
        }
        until_open(&site, &seconds).await;
        let pushed = async {
            while world.doors().values().any(|door| door.ajar) {
                seconds.iter().for_each(|door| world.act(*door, DoorAct::PushShut));
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, pushed).await.expect("every coil lets go");
        until_open(&site, &BTreeSet::new()).await;
        let silent = site.handle.read(|site, _| site.layout.silent.len()).await.unwrap();
        assert_eq!(silent, 0);
        site.stop().await;
    }
}
