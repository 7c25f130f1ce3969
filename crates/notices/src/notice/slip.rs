//! A notice as a printed slip, for somebody no message reaches. Gives lines; a page lays them out.

use super::places::parcels_in_total;
use super::wording::{Medium, is_waiting, wording};
use super::{Notice, one_line};
use crate::language::{Arg, Key, text};
use crate::secret_text::SecretText;

/// What stands on the paper, top to bottom, in the reader's language.
#[derive(Debug)]
pub struct Slip {
    pub site_name: String,
    pub title: String,
    pub recipient: String,
    pub unit: String,
    pub intro: String,
    pub places: Vec<String>,
    pub code: Option<SlipCode>,
    pub steps: Vec<String>,
    /// Hold time, what to do if something is wrong, help line.
    pub ends: Vec<String>,
}

/// The code part of a slip.
#[derive(Debug)]
pub struct SlipCode {
    /// "On the keypad: 1202, then 482 913 905".
    pub keypad_line: SecretText,
    /// The token for [`crate::qr::qr_svg`].
    pub qr: SecretText,
    /// What the picture is for, under it.
    pub qr_caption: String,
    /// That the slip is as good as a key.
    pub care: String,
}

/// The notice as a slip. A link would be no use on paper and is left out.
pub fn render_slip(notice: &Notice) -> Slip {
    let say = |key| text(notice.language, key, &[]);
    let words = wording(notice, Medium::Slip);
    let title = if is_waiting(&notice.kind) {
        let count = parcels_in_total(&notice.places);
        text(notice.language, Key::SlipTitleWaiting, &[("count", Arg::Count(count))])
    } else {
        say(Key::SlipTitleAbout)
    };
    let code = notice.code.as_ref().zip(words.keypad).map(|(code, keypad_line)| SlipCode {
        keypad_line,
        qr: SecretText::new(code.qr.expose()),
        qr_caption: say(Key::SlipQr),
        care: say(Key::SlipKeep),
    });
    Slip {
        site_name: one_line(&notice.site_name),
        title,
        recipient: one_line(&notice.recipient_name),
        unit: words.unit,
        intro: words.intro,
        places: words.places,
        code,
        steps: words.steps,
        ends: [words.hold, words.objection, words.help].into_iter().flatten().collect(),
    }
}
