//! The tokio half: one line, family after family and speed after speed, until something answers.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep_until, timeout};

use super::scan::{Plan, ScanInput, ScanOutput, Scanning};
use super::{BAUDS, LineFinding, LineWarning};
use crate::{Clock, Connection, Family, Framing, Profiles, TransportConfig};

/// Between two tries to open a line.
const RETRY: Duration = Duration::from_millis(200);
/// So often a line that cannot be opened is tried.
const TRIES: u32 = 3;
/// A line that does not take a few bytes in this time is gone.
const WRITE_TIMEOUT: Duration = Duration::from_millis(500);

/// A line to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineToDetect {
    /// A serial port, at these speeds; the commonest pairs of speed and family come first.
    Serial {
        /// Such as `/dev/ttyUSB0`.
        path: PathBuf,
        /// Bits a second.
        bauds: Vec<u32>,
    },
    /// A serial server or a board in the network.
    Tcp {
        /// Such as `192.168.1.200:5000`.
        address: String,
    },
}

/// How far a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Addresses done with, of all families and speeds.
    pub done: usize,
    /// Of how many at most.
    pub of: usize,
    /// Asked now.
    pub family: Family,
    /// At this speed; `None` on TCP.
    pub baud: Option<u32>,
}

/// One family at one speed.
#[derive(Clone, Copy, Debug)]
struct Pass {
    baud: Option<u32>,
    family: Family,
    framing: Framing,
}

impl Pass {
    fn plan<'a>(&self, profiles: &'a Profiles, last_address: u8) -> Plan<'a> {
        Plan { profiles, family: self.family, framing: self.framing, last_address, baud: self.baud }
    }
}

impl std::fmt::Display for LineToDetect {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Serial { path, .. } => write!(out, "{}", path.display()),
            Self::Tcp { address } => write!(out, "{address}"),
        }
    }
}

impl LineToDetect {
    /// All speeds of a serial port.
    #[must_use]
    pub fn serial(path: PathBuf) -> Self {
        Self::Serial { path, bauds: BAUDS.to_vec() }
    }

    /// How many addresses will be asked at most, if those above `last_address` are not.
    #[must_use]
    pub fn addresses(&self, profiles: &Profiles, last_address: u8) -> usize {
        self.passes().iter().map(|pass| pass.plan(profiles, last_address).addresses().len()).sum()
    }

    fn passes(&self) -> Vec<Pass> {
        let serial = [Family::Lock8a, Family::Modbus, Family::Wkly, Family::Winnsen, Family::KerongCu];
        match self {
            Self::Serial { bauds, .. } => {
                let at =
                    |baud: u32| serial.map(|family| Pass { baud: Some(baud), family, framing: Framing::Rtu });
                let is_usual = |pass: &Pass| pass.baud == Some(usual_baud(pass.family));
                let (first, then): (Vec<_>, Vec<_>) =
                    bauds.iter().flat_map(|baud| at(*baud)).partition(is_usual);
                first.into_iter().chain(then).collect()
            }
            Self::Tcp { .. } => {
                let rtu = |family| Pass { baud: None, family, framing: Framing::Rtu };
                let tcp = Pass { baud: None, family: Family::Modbus, framing: Framing::Tcp };
                std::iter::once(tcp).chain(serial.map(rtu)).collect()
            }
        }
    }

    fn transport(&self, baud: Option<u32>) -> TransportConfig {
        match self {
            Self::Serial { path, .. } => {
                TransportConfig::Serial { path: path.clone(), baud: baud.unwrap_or(BAUDS[0]) }
            }
            Self::Tcp { address } => TransportConfig::Tcp { address: address.clone() },
        }
    }
}

/// As delivered.
fn usual_baud(family: Family) -> u32 {
    match family {
        Family::KerongCu => 19_200,
        Family::Lock8a | Family::Wkly | Family::Winnsen | Family::Modbus => 9_600,
    }
}

/// The serial ports of this machine, as far as it tells them.
///
/// # Errors
/// What the operating system says.
pub fn serial_ports() -> io::Result<Vec<PathBuf>> {
    let mut ports = serial2_tokio::SerialPort::available_ports()?;
    ports.sort();
    Ok(ports)
}

/// Looks at one line and says what hangs on it. Boards at addresses above `last_address` are not asked. `tell` hears how far
/// it is. A bus that runs on the same line must be stopped before.
pub async fn detect(
    line: &LineToDetect,
    profiles: &Profiles,
    last_address: u8,
    mut tell: impl FnMut(Progress),
) -> LineFinding {
    let passes = line.passes();
    let plan = |pass: &Pass| pass.plan(profiles, last_address);
    let of = line.addresses(profiles, last_address);
    let (mut finding, mut before) = (LineFinding::default(), 0);
    for pass in &passes {
        let Some(mut scan) = plan(pass).scan() else { continue };
        let progress = |done| Progress { done: before + done, of, family: pass.family, baud: pass.baud };
        let ran = run(scan.as_mut(), line.transport(pass.baud), |done| tell(progress(done))).await;
        before += plan(pass).addresses().len();
        let found = scan.found();
        finding.asked += found.asked;
        for warning in found.warnings {
            if !finding.warnings.contains(&warning) {
                finding.warnings.push(warning);
            }
        }
        if let Err(error) = ran {
            finding.error = Some(error.to_string());
            return finding;
        }
        if found.is_lost {
            // One family's questions are another's reason to hang up; only on a wire is that a broken line.
            if pass.baud.is_some() {
                finding.error = Some("the line broke off again and again".to_owned());
                return finding;
            }
        }
        let is_shared =
            finding.warnings.iter().any(|warning| matches!(warning, LineWarning::SharedAddress { .. }));
        if !found.boards.is_empty() || is_shared {
            finding.baud = pass.baud;
            finding.boards = found.boards;
            // What another family or speed made of the same line says nothing any more.
            finding
                .warnings
                .retain(|warning| !matches!(warning, LineWarning::OnlyGarbage | LineWarning::Echo));
            return finding;
        }
    }
    finding
}

/// Runs one scan to its end, or says why its line cannot be opened.
async fn run(
    scan: &mut dyn Scanning,
    mut transport: TransportConfig,
    mut tell: impl FnMut(usize),
) -> io::Result<()> {
    let clock = Clock::start();
    let mut connection: Option<Box<dyn Connection>> = None;
    let mut failures = 0;
    let mut buffer = [0u8; 256];
    while !scan.is_done() {
        let Some(open) = connection.as_mut() else {
            let wait = if failures == 0 { Duration::ZERO } else { RETRY };
            match transport.open(wait).await {
                Ok(opened) => {
                    (connection, failures) = (Some(opened), 0);
                    scan.handle(ScanInput::Opened, clock.now());
                }
                Err(error) => {
                    failures += 1;
                    if failures >= TRIES {
                        return Err(error);
                    }
                }
            }
            continue;
        };
        match scan.poll_output() {
            Some(ScanOutput::Reopen) => {
                connection = None;
                continue;
            }
            Some(ScanOutput::Transmit(bytes)) => {
                tell(scan.addresses_done());
                let sent = timeout(WRITE_TIMEOUT, open.write_all(&bytes)).await;
                if !matches!(sent, Ok(Ok(()))) {
                    connection = None;
                    scan.handle(ScanInput::Lost, clock.now());
                }
                continue;
            }
            None => {}
        }
        let deadline = scan.next_deadline(clock.now()).map(|at| clock.instant(at));
        tokio::select! {
            read = open.read(&mut buffer) => match read {
                Ok(count) if count > 0 => scan.handle(ScanInput::Received(&buffer[..count]), clock.now()),
                Ok(_) | Err(_) => {
                    connection = None;
                    scan.handle(ScanInput::Lost, clock.now());
                }
            },
            () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => {
                scan.handle(ScanInput::Deadline, clock.now());
            }
        }
    }
    tell(scan.addresses_done());
    Ok(())
}
