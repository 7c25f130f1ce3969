//! Writes down what is asked of a device over HTTP or RTSP while it is asked, beside how the device is.

use std::sync::OnceLock;

use vestibule_protocols::Millis;

use super::exchanges::{Exchange, Said, path_of};
use crate::{Clock, DeviceError, DeviceHealth};

/// Whose paths may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paths {
    /// Those of a maker's manual or a standard.
    Known,
    /// Those an installer wrote down: there may be a secret in them.
    OfTheInstaller,
}

/// The health of one device, and by which clock its exchanges are kept there: none before that is said.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    health: DeviceHealth,
    by: OnceLock<(Clock, Paths)>,
}

/// One question on its way. Let go before its end it was given up, and that is kept too.
#[must_use]
pub(crate) struct Asked<'a> {
    health: &'a DeviceHealth,
    open: Option<Open>,
}

struct Open {
    clock: Clock,
    at: Millis,
    method: String,
    path: Option<String>,
    status: Option<u16>,
    bytes: Option<usize>,
    error: Option<DeviceError>,
}

impl Keeper {
    pub(crate) fn health(&self) -> &DeviceHealth {
        &self.health
    }

    /// Exchanges are kept from now on. The first to say it is heard.
    pub(crate) fn keep_by(&self, clock: Clock, paths: Paths) {
        self.by.get_or_init(|| (clock, paths));
    }

    /// Something is asked now.
    pub(crate) fn asked(&self, method: &str, target: &str) -> Asked<'_> {
        let open = self.by.get().map(|(clock, paths)| Open {
            clock: *clock,
            at: clock.now(),
            method: method.to_owned(),
            path: path_of(target).filter(|_| *paths == Paths::Known),
            status: None,
            bytes: None,
            error: Some(DeviceError::Timeout),
        });
        Asked { health: &self.health, open }
    }
}

impl Asked<'_> {
    /// An answer came, whatever it says.
    pub(crate) fn answered(mut self, status: u16, bytes: usize, error: Option<DeviceError>) {
        self.end((Some(status), Some(bytes)), error);
    }

    /// So much came that has no status.
    pub(crate) fn received(mut self, bytes: usize) {
        self.end((None, Some(bytes)), None);
    }

    /// Nothing that is an answer came.
    pub(crate) fn failed(mut self, error: DeviceError) {
        self.end((None, None), Some(error));
    }

    /// It is not worth keeping.
    pub(crate) fn forget(mut self) {
        self.open = None;
    }

    fn end(&mut self, (status, bytes): (Option<u16>, Option<usize>), error: Option<DeviceError>) {
        if let Some(open) = &mut self.open {
            (open.status, open.bytes, open.error) = (status, bytes, error);
        }
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let Some(Open { clock, at, method, path, status, bytes, error }) = self.open.take() else { return };
        let said = Said::Http { method, path, status, bytes };
        self.health.exchanged(Exchange { at, said, took_ms: clock.now().since(at), error });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(keeper: &Keeper) -> Vec<(Said, Option<DeviceError>)> {
        keeper.health().exchanges().into_iter().map(|exchange| (exchange.said, exchange.error)).collect()
    }

    fn get(path: Option<&str>, status: Option<u16>, bytes: Option<usize>) -> Said {
        Said::Http { method: "GET".to_owned(), path: path.map(str::to_owned), status, bytes }
    }

    #[test]
    fn each_end_is_kept_and_so_is_none() {
        let keeper = Keeper::default();
        keeper.asked("GET", "/a").answered(200, 1, None);
        assert_eq!(said(&keeper), [], "nobody said by which clock");
        keeper.keep_by(Clock::start(), Paths::Known);
        keeper.asked("GET", "/a?user=x").answered(200, 7, None);
        keeper.asked("GET", "/b").answered(404, 0, Some(DeviceError::Unsupported));
        keeper.asked("GET", "/c").failed(DeviceError::Away);
        keeper.asked("GET", "/d").forget();
        drop(keeper.asked("GET", "/e"));
        let wanted = [
            (get(Some("/a"), Some(200), Some(7)), None),
            (get(Some("/b"), Some(404), Some(0)), Some(DeviceError::Unsupported)),
            (get(Some("/c"), None, None), Some(DeviceError::Away)),
            (get(Some("/e"), None, None), Some(DeviceError::Timeout)),
        ];
        assert_eq!(said(&keeper), wanted);
    }

    #[test]
    fn a_path_of_the_installer_is_not_kept() {
        let keeper = Keeper::default();
        keeper.keep_by(Clock::start(), Paths::OfTheInstaller);
        keeper.asked("GET", "/token/4711/open").answered(200, 2, None);
        assert_eq!(said(&keeper), [(get(None, Some(200), Some(2)), None)]);
    }
}
