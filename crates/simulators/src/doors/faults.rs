//! The ways a controller fails whoever asks it, to be switched on and off while it runs.

use std::time::Duration;

use crate::http::Reply;

/// What goes wrong; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorDeviceFaults {
    /// Carries an order out and never answers.
    pub silent: bool,
    /// Sends a byte each so long.
    pub drips: Option<Duration>,
    /// Answers with bytes that are no HTTP.
    pub garbled: bool,
    /// Something else than the answer.
    pub spoilt: Option<Spoilt>,
    /// Says no in its own words, with the status its make says no with.
    pub says_no: bool,
    /// Sends every asker to this address.
    pub sends_to: Option<String>,
    /// Forgets that it knew Digest.
    pub offers_basic_alone: bool,
    /// Every nonce is good for one question.
    pub nonces_grow_old: bool,
    /// Its clock minus the true one, in ms.
    pub clock_wrong_ms: i64,
    /// Refuses whom it knows with this status and without a word.
    pub refuses_with: Option<u16>,
    /// 2N: the switches stay as they are left.
    pub bistable: bool,
    /// The contact cannot be read.
    pub contact_broken: bool,
}

/// What comes instead of an answer, after the order was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoilt {
    /// A page with the status 200.
    Page,
    /// A status 204 and nothing.
    Empty,
    /// Forty megabytes, said beforehand.
    Huge,
    /// Half of it, and the line ends.
    Half,
}

const HUGE_BYTES: usize = 40 * 1024 * 1024;

impl DoorDeviceFaults {
    pub(super) fn spoil(&self, mut reply: Reply) -> Reply {
        match self.spoilt.filter(|_| reply.status != 401) {
            None => {}
            Some(Spoilt::Page) => {
                let page = "<!DOCTYPE html><html><body>Please log in</body></html>";
                reply = Reply::new(200, "text/html", page.into());
            }
            Some(Spoilt::Empty) => reply = Reply::new(204, "text/plain", Vec::new()),
            Some(Spoilt::Huge) => {
                reply.body.resize(HUGE_BYTES, b' ');
                reply.announced = Some(HUGE_BYTES);
            }
            Some(Spoilt::Half) => {
                reply.announced = Some(reply.body.len());
                reply.body.truncate(reply.body.len() / 2);
                reply.hangs_up = true;
            }
        }
        reply
    }
}
