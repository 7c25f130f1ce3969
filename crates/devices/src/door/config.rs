//! Door controllers in the configuration file. Owns the checks that keep a door from standing unlocked: what no device
//! times itself is refused here, in words.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;
use thiserror::Error;

use crate::http::Credentials;
use crate::{CertificatePin, HttpConfig, HttpConfigError, HttpDevice, NoPin, Password, TransportConfig};

/// One controller and the doors on it. Secrets are named by file, never written here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind")]
pub enum DoorConfig {
    /// Readers on an OSDP line, each with its relay.
    #[serde(rename = "osdp")]
    Osdp(OsdpConfig),
    /// 2N IP intercoms and access units; `relay` is the switch, from 1, which must be monostable.
    #[serde(rename = "2n")]
    TwoN(HttpDoorsConfig),
    /// DoorBird; `relay` is `1`, `2` or `<controller>@<relay>`.
    #[serde(rename = "doorbird")]
    DoorBird(HttpDoorsConfig),
    /// Akuvox; `relay` counts from 1.
    #[serde(rename = "akuvox")]
    Akuvox(HttpDoorsConfig),
    /// Hikvision ISAPI; `relay` is the door, from 1.
    #[serde(rename = "hikvision")]
    Hikvision(HttpDoorsConfig),
    /// Shelly from its second generation on; `relay` is the switch, from 0, `contact` the input.
    #[serde(rename = "shelly")]
    Shelly(HttpDoorsConfig),
    /// ONVIF door control; `relay` is the door's token.
    #[serde(rename = "onvif")]
    Onvif(HttpDoorsConfig),
    /// Any device that releases a door for a time of its own at one HTTP request.
    #[serde(rename = "request")]
    Request(RequestDoorsConfig),
}

/// Readers on one OSDP line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OsdpConfig {
    /// A serial port of this machine.
    #[serde(default)]
    pub serial: Option<SerialLine>,
    /// A serial server in the network.
    #[serde(default)]
    pub tcp: Option<TcpLine>,
    /// Its readers.
    pub reader: Vec<ReaderConfig>,
}

/// A serial port, 8N1.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialLine {
    /// Such as `/dev/ttyUSB1`.
    pub path: PathBuf,
    /// Bits a second; readers leave the factory with 9600.
    pub baud: u32,
}

/// A serial server that passes bytes through.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TcpLine {
    /// Such as `192.168.1.201:4001`.
    pub addr: String,
}

/// One reader and its door.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderConfig {
    /// The door, by the name the site gives it.
    pub door: String,
    /// As set in the reader, 0 to 126.
    pub address: u8,
    /// A file with this reader's own key: 32 hexadecimal digits.
    pub key_file: PathBuf,
    /// Which of its outputs drives the lock, from 0.
    #[serde(default)]
    pub output: u8,
    /// The contact of the door on one of its inputs.
    #[serde(default)]
    pub contact: Option<ContactConfig>,
    /// Which of its inputs, from 0, is the button inside.
    #[serde(default)]
    pub exit_button: Option<u8>,
}

/// A contact on a reader's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactConfig {
    /// Which input, from 0.
    pub input: u8,
    /// Whether an active input means that the door stands open.
    #[serde(default = "yes")]
    pub open_when_active: bool,
}

/// A device in the network and its doors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpDoorsConfig {
    /// Such as `https://192.168.1.60`; for ONVIF the address of the door control service.
    pub url: String,
    /// Whom to log in as.
    #[serde(default)]
    pub user: Option<String>,
    /// A file with the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// SHA-256 of the device's certificate, 64 hexadecimal digits; needed for `https`, and only there.
    #[serde(default)]
    pub tls_pin: Option<String>,
    /// Lets the password travel readable to everybody on the wire, for a device that knows nothing but Basic over `http`. Never
    /// to one that has offered more before.
    #[serde(default)]
    pub allow_plain_password: bool,
    /// Its doors.
    pub door: Vec<HttpDoorConfig>,
}

/// One door of a device.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpDoorConfig {
    /// The door, by the name the site gives it.
    pub name: String,
    /// What the device calls its lock; see the kinds.
    pub relay: String,
    /// What the device calls the door's contact; for ONVIF any word, as the door tells its own state.
    #[serde(default)]
    pub contact: Option<String>,
    /// Whether an input that is on means that the door stands open.
    #[serde(default = "yes")]
    pub open_when_on: bool,
}

/// A device of no known kind, and its doors.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestDoorsConfig {
    /// Such as `https://192.168.1.70`.
    pub url: String,
    /// Whom to log in as.
    #[serde(default)]
    pub user: Option<String>,
    /// A file with the password.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// As in [`HttpDoorsConfig`].
    #[serde(default)]
    pub tls_pin: Option<String>,
    /// As in [`HttpDoorsConfig`].
    #[serde(default)]
    pub allow_plain_password: bool,
    /// Its doors.
    pub door: Vec<RequestDoorConfig>,
}

/// The request that releases one door. `{seconds}` and `{milliseconds}` in path and body stand for the time of release.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestDoorConfig {
    /// The door, by the name the site gives it.
    pub name: String,
    /// How it is asked.
    pub method: RequestMethod,
    /// From the first slash on.
    pub path: String,
    /// What is sent.
    #[serde(default)]
    pub body: Option<String>,
    /// What kind of text that is, such as `application/json`.
    #[serde(default)]
    pub content_type: Option<String>,
    /// Words the answer to a release that was taken holds. Many devices say "no" with a 200.
    pub success_text: String,
    /// Who locks the door again.
    pub timed_by: TimedBy,
    /// How long the device releases, in milliseconds, where the request does not say it.
    #[serde(default)]
    pub device_ms: Option<u32>,
}

/// An HTTP method that a release may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RequestMethod {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
}

/// Who locks a door again after a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimedBy {
    /// The device, by itself.
    Device,
    /// This program, by a second request. Refused.
    Host,
}

/// Why a controller cannot be used as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DoorConfigError {
    /// Nothing to release.
    #[error("a door controller needs at least one door")]
    NoDoors,
    /// Not exactly one line.
    #[error(
        "an OSDP controller needs one line: write serial = {{ path = \"/dev/ttyUSB1\", baud = 9600 }} or tcp = {{ addr = \
         \"192.168.1.201:4001\" }}"
    )]
    Line,
    /// A name the site does not know.
    #[error("door \"{0}\" is not known; name it as the site does")]
    UnknownDoor(String),
    /// One door twice.
    #[error("door \"{0}\" is named twice")]
    DuplicateDoor(String),
    /// Two readers would answer at once.
    #[error("two readers have address {0}: set another in one of them")]
    DuplicateAddress(u8),
    /// No such address.
    #[error("reader address {0}: expected 0 to 126")]
    Address(u8),
    /// One wire, two meanings.
    #[error("door \"{door}\": input {input} is both contact and exit button")]
    SharedInput {
        /// The door.
        door: String,
        /// The input.
        input: u8,
    },
    /// The device does not count so.
    #[error("door \"{door}\": relay \"{relay}\": expected {expected}")]
    Relay {
        /// The door.
        door: String,
        /// What was written.
        relay: String,
        /// What this kind takes.
        expected: &'static str,
    },
    /// The device tells no contact.
    #[error("door \"{door}\": contact \"{contact}\": {expected}")]
    Contact {
        /// The door.
        door: String,
        /// What was written.
        contact: String,
        /// What this kind takes.
        expected: &'static str,
    },
    /// Its address, or what goes with it.
    #[error("the door controller at {0}")]
    Http(#[from] HttpConfigError),
    /// An address with more than the device in it.
    #[error(
        "url: its kind knows what to ask for: give the address of the device alone, such as http://10.0.0.60"
    )]
    Path,
    /// Half a login.
    #[error("user and password_file belong together: write both or neither")]
    HalfLogin,
    /// Not a fingerprint.
    #[error("tls_pin: {0}")]
    Pin(#[from] NoPin),
    /// Nobody would lock it.
    #[error(
        "door \"{0}\": timed_by = \"host\" is refused: if this program or the network died between the two requests, the \
         door would stand unlocked. Set a release time in the device, or use a relay that has one, and write timed_by = \"device\""
    )]
    HostTimed(String),
    /// Nobody says for how long.
    #[error(
        "door \"{0}\": the request does not say how long to release: put {{seconds}} or {{milliseconds}} into path or body, \
         or write device_ms with the time set in the device"
    )]
    NoTime(String),
    /// Something else that cannot be meant.
    #[error("door \"{door}\": {problem}")]
    Request {
        /// The door.
        door: String,
        /// What is wrong and what to write.
        problem: &'static str,
    },
    /// A secret that is not there or not one.
    #[error("{}: {problem}", file.display())]
    Secret {
        /// Where it should be.
        file: PathBuf,
        /// What is wrong, never what stands in it.
        problem: String,
    },
}

fn yes() -> bool {
    true
}

impl DoorConfig {
    /// Checks what can be checked without the device and without its secrets.
    ///
    /// # Errors
    /// The first thing wrong, and what to write.
    pub fn check(&self) -> Result<(), DoorConfigError> {
        let mut names = BTreeSet::new();
        if let Some(twice) = self.doors().into_iter().find(|name| !names.insert(*name)) {
            return Err(DoorConfigError::DuplicateDoor(twice.to_owned()));
        }
        if names.is_empty() {
            return Err(DoorConfigError::NoDoors);
        }
        match self {
            DoorConfig::Osdp(config) => config.check(),
            DoorConfig::Request(config) => config.check(),
            DoorConfig::TwoN(config) => config.check(
                ("a switch from 1 to 9", &|relay| number(relay, 1, 9)),
                ("the name of an input of the device", &|contact| !contact.is_empty()),
            ),
            DoorConfig::DoorBird(config) => {
                config.check(("1, 2 or a controller and its relay, as in gggaaa@1", &is_doorbird), NO_CONTACT)
            }
            DoorConfig::Akuvox(config) => {
                config.check(("a relay from 1 to 9", &|relay| number(relay, 1, 9)), NO_CONTACT)
            }
            DoorConfig::Hikvision(config) => {
                config.check(("a door from 1 to 256", &|relay| number(relay, 1, 256)), NO_CONTACT)
            }
            DoorConfig::Shelly(config) => config.check(
                ("a switch from 0 to 9", &|relay| number(relay, 0, 9)),
                ("an input from 0 to 9", &|contact| number(contact, 0, 9)),
            ),
            DoorConfig::Onvif(config) => config
                .check_doors(("the token of a door", &|relay| !relay.is_empty()), ("any word", &|_| true)),
        }
    }
}

/// What a kind takes in some place, in words and as a rule.
type Expected<'a> = (&'static str, &'a dyn Fn(&str) -> bool);

const NO_CONTACT: Expected<'static> =
    ("this kind tells no contact; wire it to something that does and leave the line out", &|_| false);

fn number(text: &str, from: u16, to: u16) -> bool {
    let is_plain = text == "0" || !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain && text.parse().is_ok_and(|number| (from..=to).contains(&number))
}

fn is_doorbird(relay: &str) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match relay.split_once('@') {
        Some((controller, relay)) => is_word(controller) && number(relay, 1, 9),
        None => number(relay, 1, 2),
    }
}

impl OsdpConfig {
    /// How the line is reached.
    ///
    /// # Errors
    /// Not exactly one line.
    pub fn transport(&self) -> Result<TransportConfig, DoorConfigError> {
        match (&self.serial, &self.tcp) {
            (Some(line), None) => Ok(TransportConfig::Serial { path: line.path.clone(), baud: line.baud }),
            (None, Some(line)) => Ok(TransportConfig::Tcp { address: line.addr.clone() }),
            (Some(_), Some(_)) | (None, None) => Err(DoorConfigError::Line),
        }
    }

    fn check(&self) -> Result<(), DoorConfigError> {
        self.transport()?;
        let mut addresses = BTreeSet::new();
        for reader in &self.reader {
            if reader.address > 126 {
                return Err(DoorConfigError::Address(reader.address));
            }
            if !addresses.insert(reader.address) {
                return Err(DoorConfigError::DuplicateAddress(reader.address));
            }
            let contact = reader.contact.map(|contact| contact.input);
            if let Some(input) = contact.filter(|input| reader.exit_button == Some(*input)) {
                return Err(DoorConfigError::SharedInput { door: reader.door.clone(), input });
            }
        }
        Ok(())
    }
}

/// How a device in the network is reached, whatever its kind.
struct Reach<'a> {
    url: &'a str,
    user: Option<&'a String>,
    password_file: Option<&'a PathBuf>,
    tls_pin: Option<&'a String>,
    allow_plain_password: bool,
}

impl Reach<'_> {
    /// The device, told nothing yet, with its password or without.
    fn device(&self, credentials: Option<&Credentials>) -> Result<HttpDevice, DoorConfigError> {
        let tls_pin = self.tls_pin.map(|pin| pin.parse::<CertificatePin>()).transpose()?;
        let device = HttpDevice::new(HttpConfig {
            url: self.url.to_owned(),
            user: credentials.map(|known| known.user.clone()),
            password: credentials.map(|known| known.password.clone()),
            tls_pin,
            allow_plain_password: self.allow_plain_password,
        })?;
        Ok(device)
    }

    fn check(&self) -> Result<HttpDevice, DoorConfigError> {
        if self.user.is_some() != self.password_file.is_some() {
            return Err(DoorConfigError::HalfLogin);
        }
        self.device(None)
    }

    fn check_alone(&self) -> Result<(), DoorConfigError> {
        match self.check()?.configured_target() {
            "/" => Ok(()),
            _ => Err(DoorConfigError::Path),
        }
    }

    /// Reads the password file.
    fn open(&self) -> Result<(HttpDevice, Option<Credentials>), DoorConfigError> {
        let credentials = match (self.user, self.password_file) {
            (Some(user), Some(file)) => {
                let secret = |error: std::io::Error| DoorConfigError::Secret {
                    file: file.clone(),
                    problem: error.to_string(),
                };
                Some(Credentials { user: user.clone(), password: Password::read(file).map_err(secret)? })
            }
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(DoorConfigError::HalfLogin),
        };
        Ok((self.device(credentials.as_ref())?, credentials))
    }
}

impl HttpDoorsConfig {
    fn reach(&self) -> Reach<'_> {
        Reach {
            url: &self.url,
            user: self.user.as_ref(),
            password_file: self.password_file.as_ref(),
            tls_pin: self.tls_pin.as_ref(),
            allow_plain_password: self.allow_plain_password,
        }
    }

    /// The device, and whom it lets in.
    pub(super) fn open(&self) -> Result<(HttpDevice, Option<Credentials>), DoorConfigError> {
        self.reach().open()
    }

    fn check(&self, relay: Expected<'_>, contact: Expected<'_>) -> Result<(), DoorConfigError> {
        self.reach().check_alone()?;
        self.check_doors(relay, contact)
    }

    fn check_doors(&self, relay: Expected<'_>, contact: Expected<'_>) -> Result<(), DoorConfigError> {
        self.reach().check()?;
        for door in &self.door {
            if !relay.1(&door.relay) {
                let (door, relay, expected) = (door.name.clone(), door.relay.clone(), relay.0);
                return Err(DoorConfigError::Relay { door, relay, expected });
            }
            if let Some(wrong) = door.contact.as_ref().filter(|name| !contact.1(name)) {
                let (door, contact, expected) = (door.name.clone(), wrong.clone(), contact.0);
                return Err(DoorConfigError::Contact { door, contact, expected });
            }
        }
        Ok(())
    }
}

impl RequestDoorsConfig {
    fn reach(&self) -> Reach<'_> {
        Reach {
            url: &self.url,
            user: self.user.as_ref(),
            password_file: self.password_file.as_ref(),
            tls_pin: self.tls_pin.as_ref(),
            allow_plain_password: self.allow_plain_password,
        }
    }

    /// The device, told nothing yet.
    pub(super) fn open(&self) -> Result<HttpDevice, DoorConfigError> {
        Ok(self.reach().open()?.0)
    }

    fn check(&self) -> Result<(), DoorConfigError> {
        self.reach().check_alone()?;
        self.door.iter().try_for_each(RequestDoorConfig::check)
    }
}

impl RequestDoorConfig {
    /// Whether the request itself says how long.
    pub(super) fn says_time(&self) -> bool {
        let texts = [Some(&self.path), self.body.as_ref()];
        let says = |text: &String| text.contains("{seconds}") || text.contains("{milliseconds}");
        texts.into_iter().flatten().any(says)
    }

    fn check(&self) -> Result<(), DoorConfigError> {
        if self.timed_by == TimedBy::Host {
            return Err(DoorConfigError::HostTimed(self.name.clone()));
        }
        if !self.says_time() && self.device_ms.is_none() {
            return Err(DoorConfigError::NoTime(self.name.clone()));
        }
        let problem = match self {
            _ if self.says_time() && self.device_ms.is_some() => {
                "the request says how long to release and device_ms does too; keep one"
            }
            _ if !self.path.starts_with('/') => "path: expected to begin with a slash",
            _ if self.path.chars().any(|letter| letter.is_whitespace() || letter.is_control()) => {
                "path: write a space as %20"
            }
            _ if self.success_text.is_empty() => {
                "success_text: write words that only the answer to a taken release holds"
            }
            _ if self.body.is_some() && self.method == RequestMethod::Get => {
                "a GET carries no body; use POST or PUT"
            }
            _ if self.body.is_some() != self.content_type.is_some() => {
                "body and content_type belong together: write both or neither"
            }
            _ => return Ok(()),
        };
        Err(DoorConfigError::Request { door: self.name.clone(), problem })
    }
}

#[cfg(test)]
mod tests;
