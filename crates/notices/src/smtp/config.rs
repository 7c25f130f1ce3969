//! The `[mail]` section of the configuration file: which server, how secured, as whom.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;

use crate::secret_text::SecretText;

/// How the connection is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// Not at all: only to this machine, or with `allow_plain`.
    Plain,
    /// Plain first, then upgraded; refused if the server offers no upgrade.
    #[default]
    StartTls,
    /// Encrypted from the first byte.
    Tls,
}

/// Which server takes our mail.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    pub host: String,
    /// 25, 587 or 465 by `security` when not given.
    #[serde(default)]
    pub port: Option<u16>,
    #[serde(default)]
    pub security: SmtpSecurity,
    /// Send without encryption to another machine. Codes are then readable on the way.
    #[serde(default)]
    pub allow_plain: bool,
    #[serde(default)]
    pub username: Option<String>,
    /// A file with the password and nothing else (a line end after it is ignored).
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The sender's address; answers and bounces go there.
    pub from: String,
    /// PEM certificates to trust instead of the public authorities (a relay in the own network).
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// What we call ourselves; this machine's name when not given.
    #[serde(default)]
    pub hello_name: Option<String>,
}

/// What is wrong with the settings, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SmtpConfigError {
    #[error("mail: host is empty; name the mail server, as in host = \"mail.example.com\"")]
    NoHost,
    #[error(
        "mail: security = \"plain\" to {0} would send codes unencrypted over the network; use \"start_tls\" or \
         \"tls\", or set allow_plain = true if the network is yours alone"
    )]
    PlainElsewhere(String),
    #[error("mail: from = \"{0}\" is not a mail address: {1}")]
    From(String, crate::address::MailAddressError),
    #[error("mail: username is given without password_file; put the password into a file and name it there")]
    NoPasswordFile,
    #[error("mail: password_file is given without username")]
    NoUsername,
    #[error("mail: cannot read {what} {path}: {source}")]
    Unreadable { what: &'static str, path: String, source: std::io::Error },
    #[error("mail: password_file {0} is empty")]
    EmptyPassword(String),
    #[error("mail: ca_file {0} has no usable PEM certificate")]
    Certificate(String),
    #[error("mail: {0} cannot be the name of a TLS server; use its host name")]
    ServerName(String),
}

impl SmtpConfig {
    /// Where the server listens: as given, or the usual port of how the connection is secured.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            SmtpSecurity::Plain => 25,
            SmtpSecurity::StartTls => 587,
            SmtpSecurity::Tls => 465,
        })
    }

    /// Host and plain-text rules, without touching disk or network.
    pub fn check(&self) -> Result<(), SmtpConfigError> {
        if self.host.trim().is_empty() {
            return Err(SmtpConfigError::NoHost);
        }
        if self.security == SmtpSecurity::Plain && !self.allow_plain && !is_loopback(&self.host) {
            return Err(SmtpConfigError::PlainElsewhere(self.host.clone()));
        }
        match (&self.username, &self.password_file) {
            (Some(_), None) => Err(SmtpConfigError::NoPasswordFile),
            (None, Some(_)) => Err(SmtpConfigError::NoUsername),
            (Some(_), Some(_)) | (None, None) => Ok(()),
        }
    }

    pub(super) fn password(&self) -> Result<Option<SecretText>, SmtpConfigError> {
        let Some(path) = &self.password_file else { return Ok(None) };
        let shown = path.display().to_string();
        let content = std::fs::read_to_string(path).map_err(|source| SmtpConfigError::Unreadable {
            what: "password_file",
            path: shown.clone(),
            source,
        })?;
        let content = SecretText::new(content);
        let password = content.expose().trim_end_matches(['\r', '\n']);
        if password.is_empty() {
            return Err(SmtpConfigError::EmptyPassword(shown));
        }
        Ok(Some(SecretText::new(password)))
    }
}

/// Names resolve elsewhere than one thinks; only the address itself and `localhost` count.
fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(host: &str, security: SmtpSecurity) -> SmtpConfig {
        SmtpConfig {
            host: host.to_owned(),
            port: None,
            security,
            allow_plain: false,
            username: None,
            password_file: None,
            from: "parcels@example.com".to_owned(),
            ca_file: None,
            hello_name: None,
        }
    }

    #[test]
    fn plain_is_for_this_machine_alone() {
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"] {
            assert!(config(host, SmtpSecurity::Plain).check().is_ok(), "{host}");
        }
        for host in ["mail.example.com", "192.168.1.5", "localhost.example.com"] {
            let refused = config(host, SmtpSecurity::Plain).check().unwrap_err().to_string();
            assert!(refused.contains(host) && refused.contains("allow_plain"), "{refused}");
            assert!(SmtpConfig { allow_plain: true, ..config(host, SmtpSecurity::Plain) }.check().is_ok());
            assert!(config(host, SmtpSecurity::StartTls).check().is_ok());
        }
    }

    #[test]
    fn ports_follow_the_security() {
        assert_eq!(config("h", SmtpSecurity::Plain).port(), 25);
        assert_eq!(config("h", SmtpSecurity::StartTls).port(), 587);
        assert_eq!(config("h", SmtpSecurity::Tls).port(), 465);
    }

    #[test]
    fn a_login_needs_both_halves() {
        let mut half = config("mail.example.com", SmtpSecurity::Tls);
        half.username = Some("parcels".to_owned());
        assert!(matches!(half.check(), Err(SmtpConfigError::NoPasswordFile)));
        half.username = None;
        half.password_file = Some("/nowhere".into());
        assert!(matches!(half.check(), Err(SmtpConfigError::NoUsername)));
        assert!(matches!(half.password(), Err(SmtpConfigError::Unreadable { .. })));
    }

    #[test]
    fn the_password_is_the_file_without_its_line_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        std::fs::write(&path, " a b \r\n").unwrap();
        let mut with_file = config("mail.example.com", SmtpSecurity::Tls);
        with_file.password_file = Some(path.clone());
        assert_eq!(with_file.password().unwrap().unwrap().expose(), " a b ");
        std::fs::write(&path, "\n").unwrap();
        assert!(matches!(with_file.password(), Err(SmtpConfigError::EmptyPassword(_))));
    }
}
