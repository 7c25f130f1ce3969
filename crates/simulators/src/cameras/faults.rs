//! The ways a camera fails whoever asks it, to be switched on and off while it runs.

use std::time::Duration;

use crate::http::Reply;

/// What goes wrong; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CameraFaults {
    /// Takes a question and never answers.
    pub silent: bool,
    /// Takes so long before each answer.
    pub thinks: Option<Duration>,
    /// Sends a byte each so long.
    pub drips: Option<Duration>,
    /// Answers with bytes that are no HTTP.
    pub garbled: bool,
    /// A page instead of the picture, with the status 200.
    pub says_a_page: bool,
    /// Far more than a picture.
    pub huge: Option<Huge>,
    /// A picture of no bytes.
    pub empty: bool,
    /// Half a picture.
    pub cut_short: Option<CutShort>,
    /// Sends every asker to this address.
    pub sends_to: Option<String>,
    /// Forgets that it knew Digest.
    pub offers_basic_alone: bool,
    /// Every nonce is good for one question.
    pub nonces_grow_old: bool,
    /// Its clock minus the true one, in ms.
    pub clock_wrong_ms: i64,
    /// ONVIF: names its addresses as https, as cameras behind TLS do.
    pub names_https: bool,
    /// Refuses whom it knows with this status, such as DoorBird's 204, 423 and 509.
    pub refuses_with: Option<u16>,
}

/// Forty megabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Huge {
    /// Said beforehand.
    Announced,
    /// In pieces without an end.
    Unannounced,
}

/// Where half a picture ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutShort {
    /// The line ends within the picture.
    Line,
    /// The camera sends half a picture as if it was whole.
    Picture,
}

const HUGE_BYTES: usize = 40 * 1024 * 1024;

impl CameraFaults {
    pub(super) fn spoil(&self, mut reply: Reply) -> Reply {
        if self.empty {
            reply.body.clear();
            reply.announced = Some(0);
        }
        if let Some(huge) = self.huge {
            reply.body.resize(HUGE_BYTES, 0);
            reply.announced = (huge == Huge::Announced).then_some(HUGE_BYTES);
        }
        if let Some(cut_short) = self.cut_short {
            let whole = reply.body.len();
            reply.body.truncate(whole / 2);
            reply.announced = Some(match cut_short {
                CutShort::Line => whole,
                CutShort::Picture => reply.body.len(),
            });
            reply.hangs_up = cut_short == CutShort::Line;
        }
        reply
    }
}
