//! `[tls.acme]`: domains of ours for which an authority gives certificates, and which authority (RFC 8555).
//!
//! Owns: the form of the section and what can be seen to be wrong without asking anybody. Never: asks the authority.

use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Let's Encrypt, which gives certificates that every phone trusts.
const USUAL_DIRECTORY: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// More names than this are no building.
const MOST_DOMAINS: usize = 20;

/// How certificates for domains of ours are had.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcmeConfig {
    /// The names people type, such as `parcels.example.com`. One certificate holds all of them.
    pub domains: Vec<String>,
    /// The authority's terms were read and are agreed to. Nobody but the owner of the site can say that.
    #[serde(default)]
    pub terms_agreed: bool,
    /// A mail address to which the authority may write.
    #[serde(default)]
    pub contact: Option<String>,
    /// The authority's directory.
    #[serde(default = "usual_directory")]
    pub directory: String,
    /// PEM file with the root that the authority's own https hangs on, for an authority of a company; None: the roots that
    /// browsers trust.
    #[serde(default)]
    pub directory_root: Option<PathBuf>,
    /// Where plain http is listened to, usually `0.0.0.0:80`: the authority asks there (HTTP-01), and everybody else is sent on to
    /// https. None: it asks at the https listener itself (TLS-ALPN-01), which must then be reached at port 443.
    #[serde(default)]
    pub http_listen: Option<SocketAddr>,
}

fn usual_directory() -> String {
    USUAL_DIRECTORY.to_owned()
}

impl AcmeConfig {
    /// What is wrong, and what would be right.
    ///
    /// # Errors
    /// No domain, one no authority can look at, terms that were not agreed to, a directory that is not https.
    pub fn check(&self) -> Result<(), String> {
        if self.domains.is_empty() || self.domains.len() > MOST_DOMAINS {
            return Err(format!(
                "[tls.acme] needs domains = [\"parcels.example.com\"], from one name to {MOST_DOMAINS}"
            ));
        }
        if let Some(wrong) = self.domains.iter().find(|domain| !is_domain(domain)) {
            return Err(format!(
                "[tls.acme] domains has \"{wrong}\": write a whole name such as parcels.example.com, in small letters, without \
                 https://, port, address or *"
            ));
        }
        if !self.terms_agreed {
            return Err(format!(
                "[tls.acme] asks {} for certificates, whose terms must be agreed to: read them, then write terms_agreed = true",
                self.directory
            ));
        }
        if !self.directory.starts_with("https://") || self.directory.contains(char::is_whitespace) {
            return Err(format!(
                "[tls.acme] directory = \"{}\": write one address with https://",
                self.directory
            ));
        }
        match &self.contact {
            Some(contact) if !contact.contains('@') || contact.contains([':', ' ', ',']) => {
                Err(format!("[tls.acme] contact = \"{contact}\": write one mail address, without mailto:"))
            }
            _ => Ok(()),
        }
    }

    /// Whether an authority can come to the listeners.
    ///
    /// # Errors
    /// Only this machine is listened to, or http and pages are to share an address.
    pub(super) fn check_listening(&self, listen: &[SocketAddr]) -> Result<(), String> {
        if listen.iter().all(|address| address.ip().is_loopback()) {
            return Err(
                "[tls.acme] with listen for this machine alone: the certificate is for others; add \"0.0.0.0:443\" to listen".into(),
            );
        }
        let shared = self.http_listen.filter(|plain| listen.contains(plain));
        match shared {
            Some(shared) => Err(format!(
                "[tls.acme] http_listen = \"{shared}\" is in listen too: http and https need a port each, usually 80 and 443"
            )),
            None => Ok(()),
        }
    }
}

/// A name with at least one dot that an authority can look up: no address, no wildcard, letters as the DNS has them.
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (1..=63).contains(&label.len())
            && label.chars().all(plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_address = last.chars().all(|c| c.is_ascii_digit());
    name.len() <= 253 && name.contains('.') && !is_address && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(section: &str) -> String {
        let config: AcmeConfig = toml::from_str(section).expect("the form is right");
        config.check().expect_err("it is refused")
    }

    #[test]
    fn what_no_authority_could_use_is_refused_with_what_to_write() {
        let terms = problem("domains = [\"parcels.example.com\"]");
        assert!(terms.contains("terms_agreed = true") && terms.contains("letsencrypt"), "{terms}");
        let agreed = |rest: &str| problem(&format!("terms_agreed = true\n{rest}"));
        assert!(agreed("domains = []").contains("parcels.example.com"));
        for wrong in [
            "*.example.com",
            "192.168.1.4",
            "https://a.example.com",
            "Parcels.example.com",
            "lobby",
            "a..b",
            "-a.b",
        ] {
            let said = agreed(&format!("domains = [\"{wrong}\"]"));
            assert!(said.contains(wrong), "{said}");
        }
        let one = "domains = [\"a.example.com\"]\n";
        assert!(agreed(&format!("{one}directory = \"http://ca.lan/dir\"")).contains("https://"));
        assert!(agreed(&format!("{one}contact = \"mailto:a@example.com\"")).contains("without mailto:"));
    }

    #[test]
    fn an_authority_must_be_able_to_come() {
        let section = "domains = [\"a.example.com\"]\nterms_agreed = true\nhttp_listen = \"0.0.0.0:80\"";
        let config: AcmeConfig = toml::from_str(section).unwrap();
        let check = |listen: &[&str]| {
            let listen: Vec<SocketAddr> = listen.iter().map(|address| address.parse().unwrap()).collect();
            config.check_listening(&listen)
        };
        assert_eq!(check(&["127.0.0.1:8080", "0.0.0.0:443"]), Ok(()));
        assert!(check(&["127.0.0.1:8080"]).unwrap_err().contains("0.0.0.0:443"));
        assert!(check(&["0.0.0.0:80"]).unwrap_err().contains("80 and 443"));
    }

    #[test]
    fn the_usual_authority_needs_a_name_and_a_word_and_nothing_else() {
        let config: AcmeConfig =
            toml::from_str("domains = [\"a.example.com\"]\nterms_agreed = true").unwrap();
        assert_eq!(config.check(), Ok(()));
        assert_eq!((config.directory.as_str(), config.http_listen), (USUAL_DIRECTORY, None));
    }
}
