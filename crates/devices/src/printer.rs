//! Printers of slips and labels: what stands on the paper, its bytes in the printer's language, and handing them over.
//!
//! [`Matter`] says what is printed, [`encode`] makes it bytes of [`PrinterLanguage`], [`Printer::print`] brings them to the
//! printer and says what became of them. A conversation is two halves: `talk` holds all meaning and is driven with bytes and
//! time; the rest of this file moves them. Nothing of a job is kept, traced or tried again: a slip may hold a live code, and
//! two of them are one too many.

mod code_page;
mod device_file;
mod escpos;
mod matter;
mod status;
mod talk;
mod zpl;

pub use matter::{Matter, Piece, TextSize};
pub use talk::{PrintError, Printed, Talk, TalkInput, TalkOutput};

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};
use vestibule_protocols::Millis;
use zeroize::Zeroizing;

use crate::{Clock, Connection};

/// A printer that does not accept a connection within this time is away.
const OPENS_WITHIN: Duration = Duration::from_secs(2);

/// What a printer understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrinterLanguage {
    /// Receipt printers: Epson TM, Star in ESC/POS mode, Bixolon, and most unnamed ones.
    EscPos,
    /// Label printers: Zebra and those that speak ZPL II.
    Zpl,
}

/// What a printer can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// What it understands.
    pub language: PrinterLanguage,
    /// Width of the paper in mm, 25 to 120; of it a receipt printer prints all but 8 mm.
    pub width_mm: u16,
    /// Height of one label in mm; None: paper without an end, as long as what is on it.
    pub height_mm: Option<u16>,
    /// Whether it cuts.
    pub cut: bool,
}

/// Bytes for a printer. They may hold a live code: no Debug, wiped when dropped.
pub struct Job(Zeroizing<Vec<u8>>);

impl Job {
    /// The bytes themselves, for the printer and nothing else.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The sheets of a job, one after the other, as bytes for a printer.
#[must_use]
pub fn encode(sheets: &[Matter], abilities: &Abilities) -> Job {
    let mut bytes = Zeroizing::new(Vec::new());
    for sheet in sheets {
        match abilities.language {
            PrinterLanguage::EscPos => escpos::encode(sheet, abilities, &mut bytes),
            PrinterLanguage::Zpl => zpl::encode(sheet, abilities, &mut bytes),
        }
    }
    Job(bytes)
}

type Line = Box<dyn Connection>;

/// Where a printer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterLine {
    /// Raw bytes over TCP, by custom on port 9100.
    Tcp {
        /// Such as `192.168.1.50:9100`.
        address: String,
    },
    /// A device of this machine.
    Device {
        /// Such as `/dev/usb/lp0`.
        path: PathBuf,
    },
}

/// One printer. Every job opens its line anew: a printer that was switched off and on is simply there again.
#[derive(Clone, Debug)]
pub struct Printer {
    /// Where it is.
    pub line: PrinterLine,
    /// What it can do.
    pub abilities: Abilities,
}

impl Printer {
    /// Prints a job, at most within `budget` of now, and says what became of it.
    ///
    /// # Errors
    /// Why the paper is not there, or not all of it.
    pub async fn print(&self, job: &Job, budget: Duration) -> Result<Printed, PrintError> {
        let clock = Clock::start();
        let opens_within = OPENS_WITHIN.min(budget);
        let connection = match timeout(opens_within, self.open()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => {
                tracing::info!(line = ?self.line, %error, "a printer cannot be reached");
                return Err(PrintError::Away);
            }
            Err(_) => return Err(PrintError::Away),
        };
        let until = Millis(u64::try_from(budget.as_millis()).unwrap_or(u64::MAX));
        let talk = Talk::new(self.abilities.language, until, clock.now());
        converse(connection, talk, (job, clock)).await
    }

    async fn open(&self) -> io::Result<Line> {
        match &self.line {
            PrinterLine::Tcp { address } => {
                let stream = TcpStream::connect(address).await?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
            PrinterLine::Device { path } => Ok(Box::new(device_file::DeviceFile::open(path)?)),
        }
    }
}

/// Moves bytes and time until the conversation has its end.
async fn converse(
    connection: Line,
    mut talk: Talk,
    (job, clock): (&Job, Clock),
) -> Result<Printed, PrintError> {
    let (mut reader, mut writer) = split(connection);
    let mut unsent: Zeroizing<Vec<u8>> = Zeroizing::new(Vec::new());
    loop {
        while let Some(output) = talk.poll_output() {
            match output {
                TalkOutput::Ask(bytes) => unsent.extend_from_slice(&bytes),
                TalkOutput::Job => unsent.extend_from_slice(job.bytes()),
                TalkOutput::End(end) => {
                    // What is in the machine's buffers still goes out; a line that is gone has nothing to close.
                    let _ = timeout(Duration::from_millis(200), writer.shutdown()).await;
                    return end;
                }
            }
        }
        step(&mut talk, (&mut reader, &mut writer), &mut unsent, clock).await;
    }
}

/// Waits for one thing and passes it on.
async fn step(
    talk: &mut Talk,
    (reader, writer): (&mut ReadHalf<Line>, &mut WriteHalf<Line>),
    unsent: &mut Zeroizing<Vec<u8>>,
    clock: Clock,
) {
    let mut buffer = [0u8; 256];
    let deadline = clock.instant(talk.next_deadline());
    tokio::select! {
        read = reader.read(&mut buffer) => match read {
            Ok(0) => talk.handle(TalkInput::Ended, clock.now()),
            Ok(count) => talk.handle(TalkInput::Received(&buffer[..count]), clock.now()),
            Err(_) => talk.handle(TalkInput::Lost, clock.now()),
        },
        sent = writer.write(unsent), if !unsent.is_empty() => match sent {
            Ok(count) => {
                unsent.drain(..count);
                if unsent.is_empty() {
                    talk.handle(TalkInput::Sent, clock.now());
                }
            }
            Err(_) => talk.handle(TalkInput::Lost, clock.now()),
        },
        () = sleep_until(deadline.max(Instant::now())) => talk.handle(TalkInput::Deadline, clock.now()),
    }
}
