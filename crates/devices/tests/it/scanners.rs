//! The conformance story of scanners, `SC-01` to `SC-04`: the production reader on a real terminal whose other side scans.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::{mpsc, watch};
use vestibule_devices::scanner::{Framing, ScanReport, run_scanner};
use vestibule_devices::{Connection, TransportConfig};
use vestibule_simulators::terminal::terminal;

struct Running {
    reports: mpsc::Receiver<ScanReport>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    fn start(transport: TransportConfig, framing: Framing) -> Self {
        let (report, reports) = mpsc::channel(8);
        let (stop, stopping) = watch::channel(false);
        Self { reports, stop, task: tokio::spawn(run_scanner(transport, framing, report, stopping)) }
    }

    async fn next(&mut self) -> String {
        match self.reports.recv().await.expect("the scanner goes on") {
            ScanReport::Scan(text) => text,
            ScanReport::Away => "(away)".to_owned(),
            ScanReport::Back => "(there)".to_owned(),
        }
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
    }
}

#[tokio::test]
async fn sc_01_a_serial_scanner_is_read() {
    let (path, scanner, _port) = terminal().unwrap();
    let mut scanner = std::fs::File::from(scanner);
    let mut running = Running::start(TransportConfig::Serial { path, baud: 9_600 }, Framing::default());
    assert_eq!(running.next().await, "(there)");
    scanner.write_all(b"]C11Z999AA10123456784\r\n").unwrap();
    assert_eq!(running.next().await, "]C11Z999AA10123456784");
    scanner.write_all(b"]L2[)>\x1e01\x1d02100\x1e\x04\r").unwrap();
    assert_eq!(running.next().await, "]L2[)>\u{1e}01\u{1d}02100\u{1e}\u{4}");
    scanner.write_all(b"12B").unwrap();
    assert_eq!(running.next().await, "12B", "silence ends it");
    running.stop().await;
}

#[tokio::test]
async fn sc_02_a_port_that_is_not_there_is_told_once_and_tried_again() {
    let (path, scanner, _port) = terminal().unwrap();
    let mut scanner = std::fs::File::from(scanner);
    let folder = tempfile::tempdir().unwrap();
    let plug = folder.path().join("scanner");
    let transport = TransportConfig::Serial { path: plug.clone(), baud: 9_600 };
    let mut running = Running::start(transport, Framing::default());
    assert_eq!(running.next().await, "(away)");
    std::os::unix::fs::symlink(path, &plug).unwrap();
    assert_eq!(running.next().await, "(there)", "and nothing between");
    scanner.write_all(b"VK\r").unwrap();
    assert_eq!(running.next().await, "VK");
    running.stop().await;
}

/// Each opening takes the next of these plugs.
fn plugs() -> (TransportConfig, Arc<Mutex<Vec<DuplexStream>>>) {
    let ends: Arc<Mutex<Vec<DuplexStream>>> = Arc::default();
    let scanners = Arc::clone(&ends);
    let connect = move || {
        let (ours, scanner) = duplex(64);
        scanners.lock().unwrap().push(scanner);
        Ok(Box::new(ours) as Box<dyn Connection>)
    };
    (TransportConfig::InMemory(Arc::new(connect)), ends)
}

#[tokio::test]
async fn sc_03_pulled_and_plugged_in_again_it_goes_on() {
    let (transport, ends) = plugs();
    let mut running = Running::start(transport, Framing::default());
    assert_eq!(running.next().await, "(there)");
    let mut first = ends.lock().unwrap().pop().unwrap();
    first.write_all(b"one\rhal").await.unwrap();
    assert_eq!(running.next().await, "one");
    drop(first);
    assert_eq!(running.next().await, "(there)");
    let mut second = ends.lock().unwrap().pop().unwrap();
    second.write_all(b"two\r").await.unwrap();
    assert_eq!(running.next().await, "two", "half a scan is none");
    running.stop().await;
}

#[tokio::test]
async fn sc_04_it_ends_when_it_is_told() {
    let connect = Arc::new(|| Err(io::ErrorKind::NotFound.into()));
    let mut away = Running::start(TransportConfig::InMemory(connect), Framing::default());
    assert_eq!(away.next().await, "(away)");
    away.stop().await;
}
