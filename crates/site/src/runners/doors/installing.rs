//! Gives a new OSDP reader its own key. Done by hand, with the site stopped and best on a cable of its own: for these minutes whoever
//! is on the line and knows the public key is taken for the reader.

use crate::config::DoorsConfig;
use crate::keys::fresh_bytes;
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use vestibule_devices::{Clock, DoorConfig, DoorFact, DoorLinks, INSTALL_MAX_MS};

/// The longest time a new reader is waited for, in minutes.
pub const MINUTES_MOST: u64 = INSTALL_MAX_MS / 60_000;

/// What became of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installed {
    /// It has been given its own key.
    KeySet,
    /// It had it already.
    HadItsKey,
}

/// Waits for so many minutes for a reader that knows only the public key, and gives it the key in its file; without a file a key
/// is drawn first.
///
/// # Errors
/// In words: no such reader, a key or line that cannot be used, no reader in that time.
pub async fn install_reader(
    controllers: &[DoorsConfig],
    door: &str,
    minutes: u64,
) -> Result<Installed, String> {
    let (config, key_file) = controllers
        .iter()
        .find_map(|config| Some((config, key_file(&config.device, door)?)))
        .ok_or_else(|| format!("the configuration has no OSDP reader at a door called \"{door}\""))?;
    draw_key(key_file).map_err(|error| format!("{}: {error}", key_file.display()))?;
    let (report, mut reports) = mpsc::channel(16);
    let (stop, shutdown) = watch::channel(false);
    let links = DoorLinks { clock: Clock::start(), reports: report, shutdown };
    let known: BTreeMap<String, u32> =
        config.device.doors().into_iter().map(str::to_owned).zip(1..).collect();
    let number = known[door];
    let (controller, task) = config.open(&known, links).map_err(|error| error.to_string())?;
    let running = tokio::spawn(task);
    let waiting = async {
        controller.admit_new_reader(number, minutes * 60_000).await.map_err(|error| error.to_string())?;
        while let Some(report) = reports.recv().await {
            match report.fact {
                DoorFact::KeySet if report.door == number => return Ok(Installed::KeySet),
                DoorFact::Online if report.door == number => return Ok(Installed::HadItsKey),
                _ => {}
            }
        }
        Err("the line could not be used".to_owned())
    };
    let waited = tokio::time::timeout(Duration::from_secs(minutes * 60), waiting).await;
    stop.send_replace(true);
    // It ends with the flag; a panic in it was traced.
    let _ = running.await;
    waited.unwrap_or_else(|_| {
        Err(format!(
            "no reader with the public key answered in {minutes} minutes: look at line, address and speed, and whether the reader is \
             set back to its factory key"
        ))
    })
}

fn key_file<'a>(device: &'a DoorConfig, door: &str) -> Option<&'a Path> {
    match device {
        DoorConfig::Osdp(line) => {
            let reader = line.reader.iter().find(|reader| reader.door == door)?;
            Some(&reader.key_file)
        }
        _ => None,
    }
}

/// A key that is there is kept. Only this account may read a new one.
fn draw_key(file: &Path) -> std::io::Result<()> {
    if file.exists() {
        return Ok(());
    }
    let digits: String = fresh_bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let mut made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    writeln!(made, "{digits}")?;
    made.sync_all()
}
