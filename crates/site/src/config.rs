//! The configuration file of the process: paths, listening, mail, banks, buses, printers,
//! scanners. What the site itself chooses is in its
//! policy and its settings.
//!
//! Owns: the form of the file and every check that needs no device and no network; of ports it asks where their links lead. Never:
//! opens a device it names.

mod acme;
mod bank;
mod bus;
mod camera;
pub mod detected;
mod doors;
mod feed;
mod lines;
mod port;
mod printer;
mod scanner;

pub use acme::AcmeConfig;
pub use bank::{BankConfig, ColumnConfig, DoorConfig};
pub use bus::{BoardConfig, BusConfig, SerialConfig, TcpConfig};
pub use camera::{CameraConfig, LooksAt};
pub use doors::{DoorsConfig, PassageConfig};
pub use feed::{FeedConfig, open as open_feeds};
pub use lines::located;
pub use printer::{PrinterConfig, PrinterUse};
pub use scanner::ScannerConfig;
pub(crate) use scanner::scan_frames;
pub use vestibule_devices::printer::PrinterLanguage;

use crate::directory::settings::{BuildingAddress, is_public_url, set_addresses};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use vestibule_core::time::Zone;
use vestibule_notices::smtp::{SmtpConfig, SmtpConfigError};

/// Everything the file says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The folder of database and keys; made if it is not there.
    pub data: PathBuf,
    /// Where the head is written a second time, best on another disk: shows that a disk image was rolled back.
    #[serde(default)]
    pub head_file: Option<PathBuf>,
    /// Addresses to listen on.
    #[serde(default = "loopback")]
    pub listen: Vec<SocketAddr>,
    /// TLS spoken by this process.
    #[serde(default)]
    pub tls: Option<TlsConfig>,
    /// A reverse proxy in front ends TLS and sets `X-Forwarded-*`.
    #[serde(default)]
    pub behind_proxy: bool,
    /// Where that proxy asks from, if it is another machine: nobody else is served, or believed about whom they speak for.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// `https://parcels.example.com`, as people reach the site; links in messages need it.
    #[serde(default)]
    pub public_url: Option<String>,
    /// More host names to answer to, beside those of `listen` and `public_url`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The building's time zone, used when the site is founded; later the site's policy holds it.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// The mail server. Without it people are told by staff.
    #[serde(default)]
    pub mail: Option<SmtpConfig>,
    /// Where the buildings stand, used as long as the site's settings do not say it.
    #[serde(default)]
    pub address: Vec<BuildingAddress>,
    /// Banks to put up, by name; one that is there already is left as it is.
    #[serde(default)]
    pub bank: Vec<BankConfig>,
    /// The lines the lock boards hang on.
    #[serde(default)]
    pub bus: Vec<BusConfig>,
    /// Printers of slips and labels; without one the browser prints.
    #[serde(default)]
    pub printer: Vec<PrinterConfig>,
    /// Scanners on this machine's serial ports; those that type plainly like a keyboard need no entry.
    #[serde(default)]
    pub scanner: Vec<ScannerConfig>,
    /// Cameras, by name; one that is not named here any more is taken down.
    #[serde(default)]
    pub camera: Vec<CameraConfig>,
    /// Controllers of doors one walks through, by name.
    #[serde(default)]
    pub doors: Vec<DoorsConfig>,
    /// Tracking providers that tell of deliveries; each only once.
    #[serde(default)]
    pub feed: Vec<FeedConfig>,
    /// More board profiles: TOML files beside the built-in ones.
    #[serde(default)]
    pub profiles: Vec<PathBuf>,
}

/// Where certificate and key come from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsConfig {
    /// PEM file with the certificate and those between it and its authority.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
    /// PEM file with the key.
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// Make an authority and a certificate of our own in the data folder at the first start.
    #[serde(default)]
    pub self_signed: bool,
    /// Have a public authority or a company's own give certificates for domains of ours, by ACME.
    #[serde(default)]
    pub acme: Option<AcmeConfig>,
}

/// Where TLS comes from, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsSource {
    /// Files of the installer.
    Files {
        /// PEM, certificate first.
        certificate: PathBuf,
        /// PEM.
        key: PathBuf,
    },
    /// Made at the first start.
    SelfSigned,
    /// Given by an authority for a domain of ours; made by ourselves until the first was given.
    Acme(Box<AcmeConfig>),
}

/// Why a configuration cannot be used, and what would be right.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is not TOML, or has a key nobody knows.
    #[error("{path}: {source}")]
    Form {
        /// Which file.
        path: String,
        /// Line, column and what was expected.
        source: Box<toml::de::Error>,
    },
    /// The mail section.
    #[error(transparent)]
    Mail(#[from] SmtpConfigError),
    /// Anything else.
    #[error("{path}: {problem}")]
    Problem {
        /// Which file.
        path: String,
        /// What is wrong and what would be right.
        problem: String,
    },
}

impl Config {
    /// Reads and checks a file. Paths in it are meant from the file's own folder.
    ///
    /// # Errors
    /// What is wrong, with the line where the form is wrong.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: shown.clone(), source })?;
        Self::parse(&text, path)
    }

    /// Reads and checks the text of a file at `path`.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let shown = path.display().to_string();
        let mut config: Self = toml::from_str(text)
            .map_err(|source| ConfigError::Form { path: shown.clone(), source: Box::new(source) })?;
        config.resolve_paths(path.parent().unwrap_or(Path::new("")));
        if let Some(mail) = &config.mail {
            mail.check()?;
        }
        config
            .check(&|port: &Path| std::fs::canonicalize(port).ok())
            .map_err(|problem| ConfigError::Problem { path: shown, problem: located(&problem, text) })?;
        Ok(config)
    }

    /// Where TLS comes from, if this process speaks it.
    ///
    /// # Errors
    /// Half a pair of files, or both files and `self_signed`.
    pub fn tls_source(&self) -> Result<Option<TlsSource>, String> {
        let Some(tls) = &self.tls else { return Ok(None) };
        if let Some(acme) = &tls.acme {
            if tls.certificate.is_some() || tls.key.is_some() || tls.self_signed {
                return Err("[tls.acme] gets the certificate itself; take certificate, key and self_signed out of [tls]".into());
            }
            acme.check()?;
            return Ok(Some(TlsSource::Acme(Box::new(acme.clone()))));
        }
        match (&tls.certificate, &tls.key, tls.self_signed) {
            (Some(certificate), Some(key), false) => {
                Ok(Some(TlsSource::Files { certificate: certificate.clone(), key: key.clone() }))
            }
            (None, None, true) => Ok(Some(TlsSource::SelfSigned)),
            (None, None, false) => {
                Err("[tls] is empty: name certificate and key, write self_signed = true, or add [tls.acme]"
                    .into())
            }
            (Some(_), _, true) | (_, Some(_), true) => {
                Err("[tls] has files and self_signed = true; keep one of them".into())
            }
            (Some(_), None, false) => Err("[tls] has a certificate without its key".into()),
            (None, Some(_), false) => Err("[tls] has a key without its certificate".into()),
        }
    }

    /// Host names and addresses that may stand in `Host`, without ports.
    pub fn accepted_hosts(&self) -> Vec<String> {
        let listening = self.listen.iter().flat_map(|address| {
            let is_any = address.ip().is_unspecified();
            let loopback = address.ip().is_loopback().then(|| "localhost".to_owned());
            (!is_any).then(|| address.ip().to_string()).into_iter().chain(loopback)
        });
        let public = self.public_url.as_deref().and_then(host_of).map(str::to_owned);
        let domains = self.tls.iter().filter_map(|tls| tls.acme.as_ref()).flat_map(|acme| &acme.domains);
        let named = self.hosts.iter().chain(domains).map(|host| host.to_ascii_lowercase());
        listening.chain(public).chain(named).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn resolve_paths(&mut self, folder: &Path) {
        let resolve = |path: &mut PathBuf| *path = folder.join(&path);
        resolve(&mut self.data);
        self.profiles.iter_mut().for_each(resolve);
        camera::resolve_paths(&mut self.camera, folder);
        doors::resolve_paths(&mut self.doors, folder);
        feed::resolve_paths(&mut self.feed, folder);
        let tls = self.tls.iter_mut().flat_map(|tls| {
            let root = tls.acme.iter_mut().filter_map(|acme| acme.directory_root.as_mut());
            tls.certificate.iter_mut().chain(tls.key.iter_mut()).chain(root)
        });
        let mail = self
            .mail
            .iter_mut()
            .flat_map(|mail| mail.password_file.iter_mut().chain(mail.ca_file.iter_mut()));
        self.head_file.iter_mut().chain(tls).chain(mail).for_each(resolve);
    }

    fn check(&self, real: port::RealPath<'_>) -> Result<(), String> {
        set_addresses(&self.address).map_err(|fault| format!("[[address]]: {fault}"))?;
        let tls = self.tls_source()?;
        if self.listen.is_empty() {
            return Err("listen is empty: name at least one address, such as \"127.0.0.1:8080\"".into());
        }
        if tls.is_some() && self.behind_proxy {
            return Err(
                "behind_proxy and [tls] exclude each other: the proxy ends TLS, or this program does".into(),
            );
        }
        if !self.trusted_proxies.is_empty() && !self.behind_proxy {
            return Err("trusted_proxies without behind_proxy = true: nobody is believed then".into());
        }
        let open = self.listen.iter().find(|address| !address.ip().is_loopback());
        if let Some(open) = open.filter(|_| self.behind_proxy && self.trusted_proxies.is_empty()) {
            return Err(format!(
                "listen has {open} for a proxy on another machine: name its address in trusted_proxies = [\"192.168.1.2\"], \
                 or everybody could go round it"
            ));
        }
        if let Some(open) = open.filter(|_| tls.is_none() && !self.behind_proxy) {
            return Err(format!(
                "listen has {open}, which others can reach, without TLS; add [tls] with certificate and key (or \
                 self_signed = true), or set behind_proxy = true if a proxy in front of it ends TLS"
            ));
        }
        if let Some(TlsSource::Acme(acme)) = &tls {
            acme.check_listening(&self.listen)?;
        }
        self.check_public_url()?;
        bank::check(&self.bank)?;
        bus::check(&self.bus)?;
        printer::check(&self.printer)?;
        scanner::check(&self.scanner)?;
        port::check(self, real)?;
        camera::check(&self.camera)?;
        doors::check(&self.doors)?;
        feed::check(&self.feed)
    }

    fn check_public_url(&self) -> Result<(), String> {
        let Some(url) = &self.public_url else { return Ok(()) };
        if is_public_url(url) {
            Ok(())
        } else {
            Err(format!(
                "public_url = \"{url}\": write it as https://parcels.example.com, without a slash at the end"
            ))
        }
    }
}

/// The host of an http or https address, without port.
pub fn host_of(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split('/').next()?;
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then_some(host)
}

/// When a file was written last, as far as it can be seen.
fn written(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|file| file.modified()).ok()
}

fn loopback() -> Vec<SocketAddr> {
    vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 8080))]
}

#[cfg(test)]
mod tests;
