//! Where a device is: its address taken apart, and what an address may be.

use thiserror::Error;
use url::Url;

pub(super) const USER_AND_PASSWORD: &str = "a user and a password go together: give both, or neither";

const SECRET_IN_ADDRESS: &str = "user and password do not belong into an address, which is shown; configure them apart, and write \
                                 an @ elsewhere as %40";

/// Whether the wire is readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpScheme {
    /// Readable by everybody on it.
    Http,
    /// TLS, with the device's certificate pinned.
    Https,
}

/// Why a device cannot be asked as configured.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{url}: {reason}")]
pub struct HttpConfigError {
    /// The address, without anything secret.
    pub url: String,
    /// What is wrong and what to do.
    pub reason: &'static str,
}

/// An address, checked.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub(super) scheme: HttpScheme,
    /// A name, or an IP address; IPv6 without brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// Path and query.
    pub(super) target: String,
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, HttpConfigError> {
        // Before the last @ may stand a password, however odd the rest is.
        let shown = text.rsplit_once('@').map_or(text, |(_, rest)| rest);
        let refused = |reason| HttpConfigError { url: shown.to_owned(), reason };
        let url =
            Url::parse(text).map_err(|_| refused("this is no address; write it as http://10.0.0.20"))?;
        if shown != text {
            return Err(refused(SECRET_IN_ADDRESS));
        }
        let scheme = match url.scheme() {
            "http" => HttpScheme::Http,
            "https" => HttpScheme::Https,
            _ => return Err(refused("the address must begin with http:// or https://")),
        };
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(refused("the address names no device"));
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let target =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        Ok(Self { scheme, host, port, target })
    }

    pub(super) fn own_place(&self, named: &str) -> Option<(u16, String)> {
        let url = Url::parse(named).ok()?;
        let ours = match self.scheme {
            HttpScheme::Http => "http",
            HttpScheme::Https => "https",
        };
        let target =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        (url.scheme() == ours).then_some((url.port_or_known_default()?, target))
    }

    /// What stands in the header `Host`.
    pub(super) fn authority(&self, port: u16) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        match (self.scheme, port) {
            (HttpScheme::Http, 80) | (HttpScheme::Https, 443) => host,
            _ => format!("{host}:{port}"),
        }
    }

    pub(super) fn refused(&self, reason: &'static str) -> HttpConfigError {
        HttpConfigError { url: self.authority(self.port), reason }
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, HttpScheme};

    #[test]
    fn an_address_is_taken_apart() {
        let address = Address::parse("http://10.0.0.20/cgi/shot.jpg?size=1").unwrap();
        assert_eq!((address.scheme, address.port), (HttpScheme::Http, 80));
        assert_eq!((address.host.as_str(), address.target.as_str()), ("10.0.0.20", "/cgi/shot.jpg?size=1"));
        assert_eq!(address.authority(80), "10.0.0.20");
        assert_eq!(address.authority(8080), "10.0.0.20:8080");
        let address = Address::parse("https://[fe80::1]").unwrap();
        assert_eq!((address.host.as_str(), address.target.as_str()), ("fe80::1", "/"));
        assert_eq!(address.authority(8443), "[fe80::1]:8443");
    }

    #[test]
    fn an_address_that_holds_a_password_is_refused_without_showing_it() {
        for text in ["http://anna:hunter2@10.0.0.20/", "anna:hunter2@10.0.0.20", "ftp://anna:hunter2@cam/"] {
            let error = Address::parse(text).unwrap_err();
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
