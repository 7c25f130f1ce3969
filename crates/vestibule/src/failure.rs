//! How a command ends when it does not end well: an exit code and words that say what to do.

use std::fmt::Display;
use std::process::ExitCode;

/// The end of a command that did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// It failed.
    Failed(String),
    /// The command line asks for something that makes no sense; clap refuses most of these itself.
    Usage(String),
    /// It did its work and found that something is not as it should be. The words were printed already.
    Found,
}

impl Failure {
    /// It failed, for this reason.
    pub fn failed(why: impl Display) -> Self {
        Self::Failed(why.to_string())
    }

    /// Says why on standard error.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Failed(why) => {
                eprintln!("vestibule: {why}");
                ExitCode::from(1)
            }
            Self::Usage(why) => {
                eprintln!("vestibule: {why}\nFor more, see 'vestibule --help'.");
                ExitCode::from(2)
            }
            Self::Found => ExitCode::from(3),
        }
    }
}

macro_rules! fails_with {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::failed(error)
            }
        }
    )*};
}

fails_with!(
    std::io::Error,
    serde_json::Error,
    rusqlite::Error,
    vestibule_site::assembly::AssemblyError,
    vestibule_site::assembly::console::Unreachable,
    vestibule_site::accounts::enrolment::AccountFault,
    vestibule_site::assembly::backup::BackupError,
    vestibule_site::config::ConfigError,
    vestibule_site::handle::Gone,
    vestibule_site::handle::Unwritten,
    vestibule_site::keys::KeyError,
    vestibule_site::store::StoreError,
    vestibule_site::web::server::listener::TlsError,
);
