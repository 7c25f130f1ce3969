//! `vestibule check`: whether a site is well. Reads only; the site may run meanwhile.

use crate::failure::Failure;
use crate::place::PlaceArguments;
use crate::site::moment;
use crate::{output, progress};
use clap::Args;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use vestibule_core::Timestamp;
use vestibule_core::time::{Zone, civil};
use vestibule_ledger::{SiteKey, encode_line};
use vestibule_notices::smtp::{SmtpConfig, SmtpSender};
use vestibule_site::assembly::{KEYS, SitePlace, stored_site_key};
use vestibule_site::config::{CameraConfig, Config, DoorsConfig, LooksAt, TlsSource};
use vestibule_site::keys::Keys;
use vestibule_site::runners::certificate::{Leaf, pair_in};
use vestibule_site::store::check::{Findings, check};
use vestibule_site::store::connection::schema::know;
use vestibule_site::store::ledger_checkpoints::{count, newest};
use vestibule_site::store::load::for_each_event;
use vestibule_site::store::{DATABASE, StoreError};
use vestibule_site::web::server::listener::{Certificates, OwnAuthority, TlsError};

const CLOCK_MAY_BE_OFF_MS: i64 = 5 * 60 * 1000;
/// A machine that shows an earlier time than this program was written at has lost its clock: 2026-01-01.
const NEVER_BEFORE: Timestamp = Timestamp(1_767_225_600_000);
const LOW_SPACE: u64 = 256 << 20;

#[derive(Args)]
pub struct CheckArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Also write the ledger to a new file, one event a line, for `vestibule verify`.
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    /// One line of JSON: well, events, head, found[{what, well, words}].
    #[arg(long)]
    json: bool,
}

/// One thing looked at.
#[derive(Serialize)]
struct Looked {
    what: &'static str,
    well: bool,
    words: String,
}

impl Looked {
    fn well(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, well: true, words: words.into() }
    }
    fn wrong(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, well: false, words: words.into() }
    }
}

/// Exit code 3 if something is not well.
pub async fn run(arguments: CheckArguments) -> Result<(), Failure> {
    let place = arguments.place.place()?;
    let database = place.folder.join(DATABASE);
    if !database.exists() {
        return Err(Failure::failed(format!(
            "there is no site in {}; name its folder with --data or its configuration with --config",
            place.folder.display()
        )));
    }
    let (findings, mut looked) = stored(&place, &database, arguments.export.as_deref())?;
    looked.push(keys(&place));
    looked.push(clock(&database)?);
    looked.push(disk(&place)?);
    if let Some(config) = arguments.place.config()? {
        looked.push(reached(&config, &place));
        looked.extend(certificate(&config, &place));
        looked.extend(config.camera.iter().map(camera));
        looked.extend(config.doors.iter().map(doors));
        if let Some(mail) = config.mail {
            looked.push(mail_server(mail).await);
        }
    }
    tell(&arguments, &findings, &looked)?;
    if looked.iter().all(|looked| looked.well) { Ok(()) } else { Err(Failure::Found) }
}

fn tell(arguments: &CheckArguments, findings: &Findings, looked: &[Looked]) -> Result<(), Failure> {
    if arguments.json {
        let well = looked.iter().all(|looked| looked.well);
        let head = findings.head.to_string();
        return output::json(
            &serde_json::json!({ "well": well, "events": findings.events, "head": head, "found": looked }),
        );
    }
    for looked in looked {
        let mark = if looked.well { "well " } else { "WRONG" };
        output::line(format!("{mark} {:<10} {}", looked.what, looked.words))?;
    }
    Ok(())
}

fn stored(
    place: &SitePlace,
    database: &Path,
    export: Option<&Path>,
) -> Result<(Findings, Vec<Looked>), Failure> {
    let site = stored_site_key(&place.folder)?
        .ok_or_else(|| Failure::failed(format!("{} is not a site's database", database.display())))?;
    let connection = read_only(database)?;
    // One transaction: what a running site adds meanwhile is not half seen.
    connection.execute_batch("BEGIN")?;
    let count: i64 = connection.query_row("SELECT count(*) FROM event", [], |row| row.get(0))?;
    let bar = progress::bar(u64::try_from(count).unwrap_or(0), "Reading the ledger");
    let findings = check(&connection, &site, &mut |events| bar.set_position(events))?;
    bar.finish_and_clear();
    if let Some(path) = export {
        write_ledger(&connection, &site, path)?;
    }
    let mut looked = vec![match &findings.chain {
        None => {
            Looked::well("ledger", format!("{} events, unbroken, head {}", findings.events, findings.head))
        }
        Some(fault) => Looked::wrong(
            "ledger",
            format!("{fault}. Keep this folder, and restore a backup elsewhere: vestibule restore"),
        ),
    }];
    looked.extend(findings.problems.iter().map(|problem| Looked::wrong("store", problem.clone())));
    if findings.problems.is_empty() {
        looked.push(Looked::well(
            "store",
            "rows, promises, checkpoints, snapshots and settings are as the ledger gives them",
        ));
    }
    looked.push(signed(place, &connection)?);
    Ok((findings, looked))
}

/// The newest checkpoint must be of the key that lies here; older ones may be of keys that were lost.
fn signed(place: &SitePlace, connection: &Connection) -> Result<Looked, Failure> {
    let path = place.folder.join(KEYS);
    let Some(newest) = newest(connection)? else {
        return Ok(Looked::well("signed", "nothing yet; the first start signs"));
    };
    // That keys are missing or cannot be read is said of them.
    let keys = Keys::load(&path).ok();
    let fingerprint = newest.public.fingerprint();
    let ours = keys.map(|keys| keys.note_signer().public());
    Ok(if ours.is_none_or(|ours| ours == newest.public) {
        let words = format!(
            "{} checkpoints, the newest over {} events; fingerprint {fingerprint}",
            count(connection)?,
            newest.size
        );
        Looked::well("signed", words)
    } else {
        let words = format!(
            "the newest checkpoint is of another key ({fingerprint}): if the keys were replaced, start the site once and check again"
        );
        Looked::wrong("signed", words)
    })
}

/// The ledger as it is stored, right or wrong: `verify` judges it, far from here. Never over a file that is there.
fn write_ledger(connection: &Connection, site: &SiteKey, path: &Path) -> Result<(), Failure> {
    let refused = |error: std::io::Error| Failure::failed(format!("{}: {error}", path.display()));
    let mut file = BufWriter::new(File::create_new(path).map_err(refused)?);
    let mut written = Ok(());
    for_each_event(connection, (site, 0), |sealed| {
        if written.is_ok() {
            written = writeln!(file, "{}", encode_line(&sealed.envelope, &sealed.hash));
        }
        Ok(())
    })?;
    written.and_then(|()| file.flush()).map_err(refused)
}

fn keys(place: &SitePlace) -> Looked {
    let path = place.folder.join(KEYS);
    if !path.exists() {
        let words =
            format!("{} is missing: no code can be checked; restore it from a backup", path.display());
        return Looked::wrong("keys", words);
    }
    match Keys::load(&path) {
        Ok(_) => Looked::well("keys", "there, whole, and readable by this account alone"),
        Err(error) => Looked::wrong("keys", error.to_string()),
    }
}

fn clock(database: &Path) -> Result<Looked, Failure> {
    let newest = "SELECT coalesce(max(recorded_at), 0) FROM event";
    let recorded: i64 = read_only(database)?.query_row(newest, [], |row| row.get(0))?;
    let now = moment().wall;
    Ok(if now < NEVER_BEFORE {
        Looked::wrong("clock", "the machine has lost its time; set it, or switch on time synchronisation")
    } else if recorded - now.0 > CLOCK_MAY_BE_OFF_MS {
        let minutes = (recorded - now.0) / 60_000;
        Looked::wrong(
            "clock",
            format!("{minutes} minutes behind the newest event; set it, then confirm it to the site"),
        )
    } else {
        Looked::well("clock", "not behind the newest event")
    })
}

fn disk(place: &SitePlace) -> Result<Looked, Failure> {
    let free = vestibule_site::store::space::free_bytes(&place.folder)?;
    let megabytes = free >> 20;
    Ok(if free < LOW_SPACE {
        Looked::wrong("disk", format!("{megabytes} MB free: make room, deposits stop when it is full"))
    } else {
        Looked::well("disk", format!("{megabytes} MB free"))
    })
}

/// How the site is reached, by its configuration. Nothing is made: a certificate of our own is there after the first start.
fn reached(config: &Config, place: &SitePlace) -> Looked {
    let listen = config.listen.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let source = match config.tls_source() {
        Ok(source) => source,
        Err(why) => return Looked::wrong("reached", why),
    };
    let own = place.folder.join("tls");
    let files = match source {
        None if config.behind_proxy => Ok("a proxy ends TLS".to_owned()),
        None => Ok("http for this machine alone: no phone and no other desk reaches it".to_owned()),
        Some(TlsSource::SelfSigned) if !own.join("certificate.pem").exists() => {
            Ok("TLS; its authority is made at the first start".to_owned())
        }
        Some(TlsSource::SelfSigned) => {
            let (certificate, key) = (own.join("certificate.pem"), own.join("key.pem"));
            let authority = OwnAuthority::kept_in(&own).map_or_else(String::new, |own| own.fingerprint);
            go_together(certificate, key).map(|()| format!("TLS by its own authority, {authority}"))
        }
        Some(TlsSource::Files { certificate, key }) => {
            go_together(certificate, key).map(|()| "TLS; certificate and key go together".to_owned())
        }
        Some(TlsSource::Acme(acme)) => {
            let pair = pair_in(&own);
            let domains = acme.domains.join(", ");
            if pair.exists() {
                go_together(pair.clone(), pair).map(|()| format!("TLS for {domains}"))
            } else {
                Ok(format!("TLS for {domains}; no certificate was had yet, until then by its own authority"))
            }
        }
    };
    let tls = match files {
        Ok(words) => words,
        Err(error) => return Looked::wrong("reached", error.to_string()),
    };
    let links = if config.public_url.is_some() { "" } else { "; without public_url messages carry no link" };
    Looked::well("reached", format!("{listen}: {tls}{links}"))
}

/// When the certificate ends that is shown to others, if there is one.
fn certificate(config: &Config, place: &SitePlace) -> Option<Looked> {
    let own = place.folder.join("tls");
    let path = match config.tls_source().ok()?? {
        TlsSource::Files { certificate, .. } => certificate,
        TlsSource::SelfSigned => own.join("certificate.pem"),
        TlsSource::Acme(_) => pair_in(&own),
    };
    let leaf = Leaf::of_pem(&std::fs::read(path).ok()?)?;
    let (until, now) = (leaf.validity.until, moment().wall);
    let (year, month, day) = civil(until, &Zone::utc()).date;
    let ends = format!("for {}, ends on {year:04}-{month:02}-{day:02}", leaf.names.join(", "));
    Some(if until <= now {
        Looked::wrong("certificate", format!("{ends}, which is over: browsers warn of it; renew it"))
    } else if leaf.validity.ends_soon_from() <= now {
        Looked::wrong(
            "certificate",
            format!("{ends}: renew it, or look at what Settings, Connection says of it"),
        )
    } else {
        Looked::well("certificate", ends)
    })
}

fn go_together(certificate: PathBuf, key: PathBuf) -> Result<(), TlsError> {
    Certificates::open(&TlsSource::Files { certificate, key }, Path::new(""), &[]).map(drop)
}

/// Its configuration alone: a camera is asked for nothing.
fn camera(config: &CameraConfig) -> Looked {
    let sees = match config.looks_at() {
        Ok(LooksAt::Bank(bank)) => format!("the bank {bank}"),
        Ok(LooksAt::Kiosk(kiosk)) => format!("the kiosk {kiosk}"),
        Ok(LooksAt::Door(door)) => format!("the door {door}"),
        Ok(LooksAt::Inside(door)) => format!("the room behind the door {door}"),
        Ok(LooksAt::Desk) => "the desk".to_owned(),
        Err(why) => return Looked::wrong("camera", why),
    };
    match config.open() {
        Ok(_) => Looked::well("camera", format!("{} looks at {sees}", config.name)),
        Err(error) => Looked::wrong("camera", format!("{}: {error}", config.name)),
    }
}

/// Its configuration alone: no door is asked for anything.
fn doors(config: &DoorsConfig) -> Looked {
    match config.is_usable() {
        Ok(()) => {
            Looked::well("doors", format!("{} releases {}", config.name, config.device.doors().join(", ")))
        }
        Err(error) => Looked::wrong("doors", format!("{}: {error}", config.name)),
    }
}

async fn mail_server(mail: SmtpConfig) -> Looked {
    let host = mail.host.clone();
    let checked = match SmtpSender::new(mail) {
        Ok(sender) => sender.check().await.map_err(|error| error.text),
        Err(error) => Err(error.to_string()),
    };
    match checked {
        Ok(()) => Looked::well("mail", format!("{host} answers and takes our mail")),
        Err(why) => Looked::wrong("mail", why),
    }
}

/// A connection that changes nothing, beside a running site; to tables this program knows.
pub fn read_only(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    know(&connection)?;
    Ok(connection)
}
