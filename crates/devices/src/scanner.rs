//! Scanners on a serial port: bytes become scans.
//!
//! [`ScanLines`] holds all meaning and is driven with bytes and time; [`run_scanner`] moves them and opens the port again
//! whenever it was pulled. What a scan says is none of its business: control characters of two-dimensional labels and the
//! identifier of the symbology stay in.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::sync::{mpsc, watch};
use tokio::time::sleep_until;
use vestibule_protocols::Millis;

use crate::{Clock, Connection, TransportConfig};

/// No label that is read here is longer; of a longer one so much is kept that the reader sees it is too long.
pub const SCAN_BYTES_MOST: usize = 2048;
/// A scanner set up without an end of the line: this long a silence ends the scan.
const IDLE_MS: u64 = 120;
/// A scanner that keeps looking sends the same label again and again.
const ECHO_MS: u64 = 1_500;
const BACKOFF_FIRST: Duration = Duration::from_millis(100);
const BACKOFF_MOST: Duration = Duration::from_secs(2);

/// What a scanner was set to send around each scan, besides the end of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Framing {
    /// Before it; empty by default.
    pub prefix: String,
    /// After it; empty by default.
    pub suffix: String,
}

impl Framing {
    /// What is between, where it is all there; taken off once.
    #[must_use]
    pub fn bare<'a>(&self, scan: &'a [u8]) -> &'a [u8] {
        let bare = scan.strip_prefix(self.prefix.as_bytes()).unwrap_or(scan);
        bare.strip_suffix(self.suffix.as_bytes()).unwrap_or(bare)
    }
}

/// Makes scans of bytes. CR, LF, CR LF and TAB end one, and so does silence.
#[derive(Debug)]
pub struct ScanLines {
    framing: Framing,
    bytes: Vec<u8>,
    last: Millis,
    previous: Option<(String, Millis)>,
    scans: VecDeque<String>,
}

impl ScanLines {
    /// Nothing was scanned yet.
    #[must_use]
    pub fn new(framing: Framing) -> Self {
        Self { framing, bytes: Vec::new(), last: Millis(0), previous: None, scans: VecDeque::new() }
    }

    /// Bytes came.
    pub fn received(&mut self, bytes: &[u8], now: Millis) {
        self.elapsed(now);
        for byte in bytes {
            match byte {
                b'\r' | b'\n' | b'\t' => self.end(now),
                _ if self.bytes.len() <= SCAN_BYTES_MOST => self.bytes.push(*byte),
                // The reader is told by one byte too many.
                _ => {}
            }
        }
        self.last = now;
    }

    /// Time passed.
    pub fn elapsed(&mut self, now: Millis) {
        if self.next_deadline().is_some_and(|at| now >= at) {
            self.end(now);
        }
    }

    /// The port is gone: what was half sent is no scan.
    pub fn lost(&mut self) {
        self.bytes.clear();
    }

    /// When [`ScanLines::elapsed`] is due; None while nothing waits for its end.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        (!self.bytes.is_empty()).then(|| self.last.plus(IDLE_MS))
    }

    /// The next scan.
    pub fn poll_scan(&mut self) -> Option<String> {
        self.scans.pop_front()
    }

    fn end(&mut self, now: Millis) {
        let bytes = std::mem::take(&mut self.bytes);
        let bare = self.framing.bare(&bytes);
        if bare.is_empty() {
            return;
        }
        // Old labels are in Latin-1, where every byte is the letter of its number.
        let text = std::str::from_utf8(bare)
            .map_or_else(|_| bare.iter().map(|byte| char::from(*byte)).collect(), str::to_owned);
        let is_echo = self
            .previous
            .as_ref()
            .is_some_and(|(before, at)| *before == text && now.0.saturating_sub(at.0) < ECHO_MS);
        self.previous = Some((text.clone(), now));
        if !is_echo {
            self.scans.push_back(text);
        }
    }
}

/// What a scanner has to say.
#[derive(Clone, PartialEq, Eq)]
pub enum ScanReport {
    /// It read this. It may be a code: no Debug.
    Scan(String),
    /// Its port is gone or was never there; told once.
    Away,
    /// It is there again.
    Back,
}

/// Runs one scanner until it is told to stop or nobody takes its reports.
pub async fn run_scanner(
    transport: TransportConfig,
    framing: Framing,
    reports: mpsc::Sender<ScanReport>,
    mut shutdown: watch::Receiver<bool>,
) {
    let run = async {
        let mut shell = Shell { transport, lines: ScanLines::new(framing), reports, clock: Clock::start() };
        while shell.turn().await.is_some() {}
    };
    tokio::select! {
        _ = shutdown.wait_for(|stop| *stop) => {}
        () = run => {}
    }
}

struct Shell {
    transport: TransportConfig,
    lines: ScanLines,
    reports: mpsc::Sender<ScanReport>,
    clock: Clock,
}

impl Shell {
    /// Opens the port, however long that takes, and reads until it is gone. `None`: nobody listens any more.
    async fn turn(&mut self) -> Option<()> {
        let mut wait = Duration::ZERO;
        let mut port = loop {
            match self.transport.open(wait).await {
                Ok(port) => break port,
                Err(error) => {
                    if wait.is_zero() {
                        tracing::debug!(%error, "the port of a scanner cannot be opened");
                        self.reports.send(ScanReport::Away).await.ok()?;
                    }
                    wait = (wait * 2).clamp(BACKOFF_FIRST, BACKOFF_MOST);
                }
            }
        };
        self.reports.send(ScanReport::Back).await.ok()?;
        while self.read(&mut port).await.is_some() {
            while let Some(scan) = self.lines.poll_scan() {
                self.reports.send(ScanReport::Scan(scan)).await.ok()?;
            }
        }
        self.lines.lost();
        (!self.reports.is_closed()).then_some(())
    }

    /// Waits for bytes or silence. `None`: the port is gone, or nobody listens.
    async fn read(&mut self, port: &mut Box<dyn Connection>) -> Option<()> {
        let mut buffer = [0u8; 256];
        let deadline = self.lines.next_deadline().map(|at| self.clock.instant(at));
        let silence = async {
            match deadline {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            read = port.read(&mut buffer) => match read {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.lines.received(&buffer[..count], self.clock.now()),
            },
            () = silence => self.lines.elapsed(self.clock.now()),
            () = self.reports.closed() => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scans(lines: &mut ScanLines) -> Vec<String> {
        std::iter::from_fn(|| lines.poll_scan()).collect()
    }

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut lines = ScanLines::new(Framing::default());
        lines.received(bytes, Millis(1));
        lines.elapsed(Millis(1 + IDLE_MS));
        scans(&mut lines)
    }

    #[test]
    fn every_usual_end_ends_a_scan_and_silence_does_too() {
        for end in ["\r", "\n", "\r\n", "\t", ""] {
            assert_eq!(all(format!("]C11Z999AA10123456784{end}").as_bytes()), ["]C11Z999AA10123456784"]);
        }
        assert_eq!(all(b"\r\n\r\n\t"), Vec::<String>::new());
        let mut slow = ScanLines::new(Framing::default());
        slow.received(b"1Z999", Millis(0));
        slow.received(b"AA1\r", Millis(IDLE_MS - 1));
        assert_eq!(scans(&mut slow), ["1Z999AA1"]);
    }

    #[test]
    fn control_characters_of_labels_stay() {
        let fedex = b"]L2[)>\x1e01\x1d02100\x1d840\x1e\x04\r";
        assert_eq!(all(fedex), ["]L2[)>\u{1e}01\u{1d}02100\u{1d}840\u{1e}\u{4}"]);
    }

    #[test]
    fn prefix_and_suffix_are_taken_off_once() {
        let framing = Framing { prefix: "~".to_owned(), suffix: "#".to_owned() };
        let mut lines = ScanLines::new(framing);
        lines.received(b"~~abc##\rplain\r", Millis(1));
        assert_eq!(scans(&mut lines), ["~abc#", "plain"]);
    }

    #[test]
    fn echoes_are_one_scan_and_a_later_one_is_another() {
        let mut lines = ScanLines::new(Framing::default());
        for at in [0, 500, 1_900] {
            lines.received(b"1Z\r", Millis(at));
        }
        assert_eq!(scans(&mut lines), ["1Z"], "each is within the echo of the one before");
        lines.received(b"1Z\r", Millis(1_900 + ECHO_MS));
        assert_eq!(scans(&mut lines), ["1Z"]);
    }

    #[test]
    fn nothing_grows_and_nothing_half_sent_is_a_scan() {
        let long = vec![b'9'; 100_000];
        let [scan] = &all(&long)[..] else { panic!("one") };
        assert_eq!(scan.len(), SCAN_BYTES_MOST + 1);
        let mut lines = ScanLines::new(Framing::default());
        lines.received(b"1Z99", Millis(1));
        lines.lost();
        lines.received(b"9AA\r", Millis(2));
        assert_eq!(scans(&mut lines), ["9AA"]);
        assert_eq!(all(&[0xe9, b'!', b'\r']), ["é!"], "Latin-1 where it is no UTF-8");
    }
}
