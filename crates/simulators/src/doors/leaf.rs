//! One door: a lock that a relay holds released for a time, and a leaf that people move.

/// One release of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// When, by the true clock, Unix time in ms.
    pub at_ms: i64,
    /// For how long; nothing: until somebody locks it again, which nobody should ever ask for.
    pub for_ms: Option<i64>,
}

/// A door and its lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// What the device calls its lock.
    pub relay: String,
    /// What the device calls its contact.
    pub contact: String,
    /// How long the device releases where the order does not say it, in ms.
    pub set_ms: i64,
    /// It stands open.
    pub open: bool,
    /// Every release so far.
    pub releases: Vec<Release>,
}

impl Leaf {
    /// A shut and locked door that is released for five seconds where the order does not say it.
    #[must_use]
    pub fn new(relay: &str, contact: &str) -> Self {
        let (relay, contact) = (relay.to_owned(), contact.to_owned());
        Self { relay, contact, set_ms: 5_000, open: false, releases: Vec::new() }
    }

    /// Whether the lock is released at this moment.
    #[must_use]
    pub fn is_released(&self, now_ms: i64) -> bool {
        self.releases.last().is_some_and(|release| {
            release.for_ms.is_none_or(|for_ms| (release.at_ms..release.at_ms + for_ms).contains(&now_ms))
        })
    }

    pub(super) fn release(&mut self, now_ms: i64, for_ms: Option<i64>) {
        self.releases.push(Release { at_ms: now_ms, for_ms });
    }

    /// Somebody turns the handle inside: it draws the latch by hand, whatever current, line or program say.
    pub(super) fn go_out(&mut self) {
        self.open = true;
    }

    /// A locked door that is shut stays shut.
    pub(super) fn move_to(&mut self, open: bool, now_ms: i64) -> bool {
        if open && !self.open && !self.is_released(now_ms) {
            return false;
        }
        self.open = open;
        true
    }
}
