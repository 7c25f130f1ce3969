//! How phones, kiosks and desks reach the site, and what is off because of that.
//!
//! No event tells of it: it is how the program that serves the site was set up, and how the one who asks came in. Whoever asks
//! brings it along.

/// By what way others reach the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By http, from this machine alone: a kiosk on it works.
    ThisMachine,
    /// By a proxy that ends TLS.
    Proxy,
    /// By TLS, with a certificate from files.
    Files,
    /// By TLS, with a certificate of the site's own authority, which each device trusts once.
    OwnAuthority,
    /// By TLS, with a certificate that an authority gives for a domain of ours.
    OwnDomain {
        /// There is one, and it holds now.
        holds: bool,
    },
}

/// How the site is reached, as one who asks finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// By what way.
    pub way: Way,
    /// A browser takes the page of whoever asks for safe: it came by https all the way, or from this machine.
    pub is_safe_here: bool,
    /// Links in messages have an address.
    pub has_public_url: bool,
}

/// Something that is off because of how the site is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Off {
    /// Every other machine: only this one is served.
    Others,
    /// Trust without a warning: the domain has no certificate that holds.
    Trust,
    /// Cameras of browsers.
    Camera,
    /// Links in messages.
    Links,
}

impl Off {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Others, Self::Trust, Self::Camera, Self::Links];

    /// Its word in keys of texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Others => "others",
            Self::Trust => "trust",
            Self::Camera => "camera",
            Self::Links => "links",
        }
    }
}

impl Reached {
    /// Whether the proxy in front hands on what came to it without TLS.
    pub fn is_in_the_clear(&self) -> bool {
        self.way == Way::Proxy && !self.is_safe_here
    }

    /// What is off, what matters most first; nothing where all works.
    pub fn off(&self) -> Vec<Off> {
        let is_off = |off: &Off| match off {
            Off::Others => self.way == Way::ThisMachine,
            Off::Trust => self.way == Way::OwnDomain { holds: false },
            Off::Camera => !self.is_safe_here,
            Off::Links => !self.has_public_url,
        };
        Off::ALL.into_iter().filter(is_off).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(way: Way) -> Reached {
        Reached { way, is_safe_here: true, has_public_url: true }
    }

    #[test]
    fn nothing_is_off_where_others_come_in_safely_and_links_have_an_address() {
        for way in [Way::Proxy, Way::Files, Way::OwnAuthority, Way::OwnDomain { holds: true }] {
            assert_eq!(reached(way).off(), [], "{way:?}");
        }
    }

    #[test]
    fn each_lack_is_one_thing_that_is_off() {
        assert_eq!(reached(Way::ThisMachine).off(), [Off::Others]);
        assert_eq!(reached(Way::OwnDomain { holds: false }).off(), [Off::Trust]);
        let plain = Reached { is_safe_here: false, ..reached(Way::Proxy) };
        assert_eq!((plain.off(), plain.is_in_the_clear()), (vec![Off::Camera], true));
        assert!(!reached(Way::Proxy).is_in_the_clear());
        assert_eq!(Reached { has_public_url: false, ..reached(Way::Files) }.off(), [Off::Links]);
        let bare = Reached { way: Way::ThisMachine, is_safe_here: false, has_public_url: false };
        assert_eq!(bare.off(), [Off::Others, Off::Camera, Off::Links], "what matters most comes first");
    }
}
