//! How the site is reached, as the one who sends a request finds it.
//!
//! Owns: the facts of it, from the settings of this program and the headers of a request. Never: says what is off because of them;
//! core does.

use super::super::WebSettings;
use super::super::security::is_this_machine;
use axum::http::{HeaderMap, header};
use vestibule_core::Timestamp;
use vestibule_core::site::reached::{Reached, Way};

impl WebSettings {
    /// How the site is reached now. `is_url_set`: the address for links stands among the site's settings, if not here.
    pub fn reached(&self, headers: &HeaderMap, is_url_set: bool, now: Timestamp) -> Reached {
        Reached {
            way: self.way(now),
            is_safe_here: self.came_safely(headers),
            has_public_url: self.public_url.is_some() || is_url_set,
        }
    }

    /// By what way others reach the site now.
    pub fn way(&self, now: Timestamp) -> Way {
        match (&self.own_domain, &self.authority) {
            (Some(own), _) => Way::OwnDomain { holds: own.view().held.is_some_and(|held| now < held.until) },
            _ if self.behind_proxy => Way::Proxy,
            (None, Some(_)) => Way::OwnAuthority,
            (None, None) if self.tls => Way::Files,
            (None, None) => Way::ThisMachine,
        }
    }

    fn came_safely(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if self.behind_proxy {
            return text("x-forwarded-proto").is_none_or(|proto| proto.eq_ignore_ascii_case("https"));
        }
        self.tls || text(header::HOST.as_str()).is_some_and(is_this_machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_910_400_000);

    fn reached(web: &WebSettings, headers: &[(&'static str, &'static str)]) -> Reached {
        let headers = headers.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
        });
        web.reached(&headers.collect(), false, NOW)
    }

    #[test]
    fn by_http_only_this_machine_itself_is_safe() {
        let web = WebSettings::default();
        for (host, is_safe) in [("localhost:8080", true), ("127.0.0.1", true), ("parcels.lan", false)] {
            let seen = reached(&web, &[("host", host)]);
            assert_eq!((seen.way, seen.is_safe_here), (Way::ThisMachine, is_safe), "{host}");
        }
        let by_tls = WebSettings { tls: true, ..web };
        let seen = reached(&by_tls, &[("host", "parcels.lan")]);
        assert_eq!((seen.way, seen.is_safe_here), (Way::Files, true));
    }

    #[test]
    fn a_proxy_is_asked_how_the_page_came_to_it() {
        let web = WebSettings { behind_proxy: true, ..WebSettings::default() };
        let of = |proto| reached(&web, &[("host", "parcels.example.com"), ("x-forwarded-proto", proto)]);
        assert_eq!((of("HTTPS").way, of("HTTPS").is_safe_here), (Way::Proxy, true));
        assert!(!of("http").is_safe_here);
        assert!(reached(&web, &[]).is_safe_here, "it says nothing of that");
    }

    #[test]
    fn links_have_the_address_of_the_file_or_of_the_settings() {
        let web = WebSettings::default();
        assert!(!reached(&web, &[]).has_public_url);
        assert!(web.reached(&HeaderMap::new(), true, NOW).has_public_url);
        let of_file = WebSettings { public_url: Some("https://parcels.example.com".into()), ..web };
        assert!(reached(&of_file, &[]).has_public_url);
    }
}
