//! The page around every content: head, theme, frames of kiosk, phone, desk and paper.
//!
//! Owns: which style sheets and scripts a page loads, and its landmarks.
//! Never: an inline style or script.

use maud::{DOCTYPE, Markup, html};

use super::assets::asset;

/// How a page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device prefers.
    #[default]
    Device,
    Light,
    Dark,
    HighContrast,
}

impl Theme {
    /// The word in cookies, forms and `data-theme`.
    pub fn word(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::HighContrast => "contrast",
        }
    }

    /// Reads the word back; anything else follows the device.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            "contrast" => Theme::HighContrast,
            _ => Theme::Device,
        }
    }
}

/// Pixels per millimetre of a kiosk's screen, measured at pairing, in half steps from 3 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    half_px_per_mm: u8,
}

impl Calibration {
    /// In half pixels a millimetre; outside 6..=16 the nearest bound.
    pub const fn from_half_px_per_mm(halves: u8) -> Self {
        let half_px_per_mm = if halves < 6 {
            6
        } else if halves > 16 {
            16
        } else {
            halves
        };
        Self { half_px_per_mm }
    }

    /// Rounds up to the next half pixel, so that a key is never smaller than 20 mm; outside 3..=8 the nearest bound.
    pub fn from_px_per_mm(px_per_mm: f32) -> Self {
        let halves = (px_per_mm * 2.0).ceil().clamp(6.0, 16.0);
        Self { half_px_per_mm: halves as u8 }
    }

    /// From the length in CSS pixels that the installer made equal to an 85.6 mm card held to the screen.
    pub fn from_card_px(card_px: f32) -> Self {
        Self::from_px_per_mm(card_px / 85.6)
    }

    fn class(self) -> String {
        format!("ppm-{}", u16::from(self.half_px_per_mm) * 5)
    }
}

impl Default for Calibration {
    /// 96 CSS pixels an inch, as browsers assume.
    fn default() -> Self {
        Self::from_px_per_mm(96.0 / 25.4)
    }
}

/// Where a page is shown; decides style sheets, scripts and sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Frame {
    /// The screen beside the bank. `low_reach` moves controls into the lower half; `beep` answers a scan with a sound.
    Kiosk { calibration: Calibration, low_reach: bool, beep: bool },
    /// A resident's own phone. `live` loads htmx and its event stream.
    Phone { live: bool },
    /// Staff, at a desk or on a phone.
    Desk,
    /// Slips, cards, posters.
    Paper,
}

/// What the head of a page says.
#[derive(Clone, Copy, Debug)]
pub struct PageHead<'a> {
    pub title: &'a str,
    /// A BCP 47 tag, e.g. `en`, `es-MX`, `ar`.
    pub language: &'a str,
    pub theme: Theme,
    pub frame: Frame,
    /// The nonce of this answer's content security policy.
    pub nonce: &'a str,
    /// "Skip to content".
    pub skip_text: &'a str,
}

/// `rtl` for languages written from right to left, `ltr` otherwise.
pub fn direction(language: &str) -> &'static str {
    match language.split('-').next() {
        Some("ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi") => "rtl",
        _ => "ltr",
    }
}

const HTMX: &str = "vendor/htmx.min.js";
const STREAMS: &str = "vendor/hx-sse.min.js";
/// A screen whose site was away asks again every three seconds at the latest, not after htmx's minute.
const HTMX_SETTINGS: &str = r#"{"sse":{"reconnectMaxDelay":3000}}"#;

/// The whole document.
pub fn page(head: &PageHead<'_>, content: Markup) -> Markup {
    let theme = (head.theme != Theme::Device).then(|| head.theme.word());
    html! {
        (DOCTYPE)
        html lang=(head.language) dir=(direction(head.language)) data-theme=[theme] class=(root_class(head.frame)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=(HTMX_SETTINGS);
                title { (head.title) }
                link rel="icon" type="image/svg+xml" href=(asset("favicon.svg"));
                link rel="stylesheet" href=(asset(&bundle(head.frame, "css")));
                @if !scripts(head.frame).is_empty() { script src=(asset(&bundle(head.frame, "js"))) defer nonce=(head.nonce) {} }
            }
            body class=(body_class(head.frame)) data-beep=[beep(head.frame)] {
                a class="skip-link" href="#screen" { (head.skip_text) }
                (content)
                // Without `defer`, and so before those with it: htmx looks at the page as soon as the deferred scripts have
                // run. Deferred itself, it would look as soon as it can, often before the extension for live streams is there.
                @if scripts(head.frame).contains(&STREAMS) { script src=(asset(HTMX)) nonce=(head.nonce) {} }
            }
        }
    }
}

fn root_class(frame: Frame) -> String {
    match frame {
        Frame::Kiosk { calibration, .. } => format!("frame-kiosk {}", calibration.class()),
        Frame::Phone { .. } => "frame-phone".into(),
        Frame::Desk => "frame-desk".into(),
        Frame::Paper => "frame-paper".into(),
    }
}

fn body_class(frame: Frame) -> &'static str {
    match frame {
        Frame::Kiosk { low_reach: true, .. } => "kiosk low-reach",
        Frame::Kiosk { .. } => "kiosk",
        Frame::Phone { .. } => "phone",
        Frame::Desk => "desk",
        Frame::Paper => "paper",
    }
}

fn beep(frame: Frame) -> Option<&'static str> {
    matches!(frame, Frame::Kiosk { beep: true, .. }).then_some("on")
}

fn style_sheets(frame: Frame) -> &'static [&'static str] {
    match frame {
        Frame::Kiosk { .. } => {
            &["tokens.css", "base.css", "blocks.css", "drawing.css", "kiosk.css", "faces.css"]
        }
        Frame::Phone { .. } => {
            &["tokens.css", "base.css", "blocks.css", "drawing.css", "timeline.css", "phone.css"]
        }
        Frame::Desk => &[
            "tokens.css",
            "base.css",
            "blocks.css",
            "drawing.css",
            "timeline.css",
            "desk.css",
            "staff.css",
            "paper.css",
        ],
        Frame::Paper => &["tokens.css", "base.css", "blocks.css", "drawing.css", "staff.css", "paper.css"],
    }
}

fn scripts(frame: Frame) -> &'static [&'static str] {
    match frame {
        Frame::Kiosk { .. } => &[
            STREAMS,
            "wedge.js",
            "keypad.js",
            "countdown.js",
            "beep.js",
            "clock.js",
            "live.js",
            "glass.js",
            "stay.js",
            "camera-key.js",
        ],
        Frame::Phone { live: true } => &[STREAMS, "live.js"],
        Frame::Phone { live: false } => &[],
        Frame::Desk => &[STREAMS, "wedge.js", "live.js", "print.js"],
        Frame::Paper => &["print.js"],
    }
}

/// A frame of each kind.
const FRAMES: [Frame; 4] = [
    Frame::Kiosk { calibration: Calibration { half_px_per_mm: 8 }, low_reach: false, beep: false },
    Frame::Phone { live: true },
    Frame::Desk,
    Frame::Paper,
];
const KINDS: [&str; 2] = ["css", "js"];

/// The name under which a frame's style sheets, or its scripts, are served as one.
fn bundle(frame: Frame, kind: &str) -> String {
    let frame = match frame {
        Frame::Kiosk { .. } => "kiosk",
        Frame::Phone { .. } => "phone",
        Frame::Desk => "desk",
        Frame::Paper => "paper",
    };
    format!("page-{frame}.{kind}")
}

/// The names of everything that is served as one.
pub(super) fn bundles() -> impl Iterator<Item = String> {
    FRAMES.into_iter().flat_map(|frame| KINDS.map(|kind| bundle(frame, kind)))
}

/// The files that go by such a name, in their order.
pub(super) fn parts(name: &str) -> Option<&'static [&'static str]> {
    let frame = FRAMES.into_iter().find(|frame| KINDS.iter().any(|kind| bundle(*frame, kind) == name))?;
    Some(if name.ends_with(".css") { style_sheets(frame) } else { scripts(frame) })
}

/// What stands around a kiosk screen.
#[derive(Clone, Debug)]
pub struct KioskFrame<'a> {
    pub site_name: &'a str,
    /// `switches::language_switch` and `switches::theme_switch`.
    pub switches: Markup,
    /// The time as the site sees it, e.g. `14:02`; kept running by `clock.js`.
    pub clock: &'a str,
    /// The same as Unix time in ms.
    pub now_ms: i64,
    /// The site's IANA zone.
    pub zone: &'a str,
    /// `message::help_line`: text, never a link.
    pub help: Markup,
    /// "Connection lost. Codes still work in a moment." Shown while the event stream is down.
    pub lost_text: &'a str,
}

/// A kiosk screen with its frame; `screen` is what later answers replace.
pub fn kiosk_frame(frame: &KioskFrame<'_>, screen: Markup) -> Markup {
    html! {
        header class="kiosk-head" {
            p class="site-name" { (frame.site_name) }
            div class="kiosk-switches" { (frame.switches) }
            p class="clock" data-clock=(frame.zone) data-now=(frame.now_ms) { (frame.clock) }
        }
        p class="lost" role="status" { (frame.lost_text) }
        main id="screen" class="kiosk-screen" tabindex="-1" aria-live="polite" { (screen) }
        footer class="kiosk-foot" { (frame.help) }
    }
}

/// A picture and what to do, side by side in landscape, stacked in portrait.
pub fn two_panes(picture: Markup, controls: Markup) -> Markup {
    html! {
        div class="two-panes" {
            div class="pane-picture" { (picture) }
            div class="pane-controls" { (controls) }
        }
    }
}

/// One thing in the middle of the screen.
pub fn one_pane(content: Markup) -> Markup {
    html! { div class="one-pane" { (content) } }
}

/// The question or statement of a screen; each screen has exactly one.
pub fn headline(title: &str, lead: Option<&str>) -> Markup {
    html! {
        div class="headline" {
            h1 { (title) }
            @if let Some(lead) = lead { p class="lead" { (lead) } }
        }
    }
}

/// A number to be read from two metres away: a door, a shelf, a count.
pub fn big_number(caption: &str, number: &str) -> Markup {
    html! { p class="big-number" { span class="big-caption" { (caption) } " " span class="big-digits" { (number) } } }
}

/// A resident's page on a phone.
pub fn phone_frame(site_name: &str, switches: Markup, help: Markup, content: Markup) -> Markup {
    html! {
        header class="phone-head" { p class="site-name" { (site_name) } div class="kiosk-switches" { (switches) } }
        main id="screen" class="phone-screen" tabindex="-1" { (content) }
        footer class="phone-foot" { (help) }
    }
}

/// A staff page: navigation beside (or, on a phone, above) the content.
pub fn desk_frame(site_name: &str, navigation: Markup, aside: Markup, content: Markup) -> Markup {
    html! {
        div class="desk-frame" {
            header class="desk-side" {
                p class="site-name" { (site_name) }
                (navigation)
                div class="desk-aside" { (aside) }
            }
            main id="screen" class="desk-screen" tabindex="-1" { (content) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(language: &'static str, theme: Theme) -> PageHead<'static> {
        let frame =
            Frame::Kiosk { calibration: Calibration::from_px_per_mm(4.1), low_reach: true, beep: true };
        PageHead { title: "T", language, theme, frame, nonce: "n0nce", skip_text: "Skip" }
    }

    #[test]
    fn every_script_carries_the_nonce_and_nothing_is_inline() {
        for frame in [head("en", Theme::Device).frame, Frame::Phone { live: true }, Frame::Desk, Frame::Paper]
        {
            let text = page(&PageHead { frame, ..head("en", Theme::Device) }, html! {}).into_string();
            assert_eq!(text.matches("<script").count(), text.matches(r#"nonce="n0nce""#).count());
            assert!(!text.contains("style=") && !text.contains("<style"), "{text}");
        }
    }

    #[test]
    fn a_page_asks_once_for_its_styles_and_once_for_its_scripts() {
        for frame in FRAMES {
            let text = page(&PageHead { frame, ..head("en", Theme::Device) }, html! {}).into_string();
            assert_eq!(text.matches("rel=\"stylesheet\"").count(), 1, "{text}");
            assert!(text.matches("<script").count() <= 2, "{text}");
        }
        let quiet = PageHead { frame: Frame::Phone { live: false }, ..head("en", Theme::Device) };
        assert!(
            !page(&quiet, html! {}).into_string().contains("<script"),
            "a page that does not live needs none"
        );
    }

    #[test]
    fn htmx_runs_while_the_page_is_read_and_looks_at_it_after_its_extension() {
        let text = page(&head("en", Theme::Device), html! { p { "content" } }).into_string();
        let at = |name: &str| text.find(&asset(name)).unwrap();
        let tag = |name: &str| text[text[..at(name)].rfind('<').unwrap()..].split('>').next().unwrap();
        assert!(at(HTMX) > text.find("content</p>").unwrap(), "it keeps nobody from seeing the page");
        let scripts = bundle(head("en", Theme::Device).frame, "js");
        assert!(tag(&scripts).contains("defer") && !tag(HTMX).contains("defer"));
        assert_eq!(parts(&scripts).and_then(<[_]>::first), Some(&STREAMS), "it is the first of those");
    }

    #[test]
    fn what_a_frame_loads_leaves_room_for_its_page() {
        let bytes = |name: &str| {
            super::super::assets::all()
                .find(|(known, _)| known == name)
                .map_or_else(|| panic!("{name} is not embedded"), |(_, data)| data.len())
        };
        for frame in [head("en", Theme::Device).frame, Frame::Phone { live: true }, Frame::Desk, Frame::Paper]
        {
            let htmx = scripts(frame).contains(&STREAMS).then_some(&HTMX);
            let all = style_sheets(frame).iter().chain(scripts(frame)).chain(htmx);
            let sum: usize = all.map(|name| bytes(name)).sum();
            // Static files travel compressed, at about a third of this.
            assert!(sum < 96_000, "{frame:?} loads {sum} bytes");
        }
    }

    #[test]
    fn direction_and_theme_stand_on_the_root() {
        let arabic = page(&head("ar-EG", Theme::HighContrast), html! {}).into_string();
        assert!(arabic.contains(r#"lang="ar-EG" dir="rtl" data-theme="contrast""#), "{arabic}");
        assert!(arabic.contains("ppm-45"), "4.1 px/mm rounds up to 4.5: {arabic}");
        let english = page(&head("en", Theme::Device), html! {}).into_string();
        assert!(english.contains(r#"dir="ltr""#) && !english.contains("data-theme"), "{english}");
    }

    #[test]
    fn themes_read_back_what_they_write() {
        for theme in [Theme::Device, Theme::Light, Theme::Dark, Theme::HighContrast] {
            assert_eq!(Theme::from_word(theme.word()), theme);
        }
    }

    #[test]
    fn a_calibration_stays_within_the_classes_the_style_sheet_has() {
        let sheet = include_str!("../../static/kiosk.css");
        for px in [0.1, 3.0, 3.78, 4.03, 5.9, 7.99, 8.0, 40.0] {
            let class = Calibration::from_px_per_mm(px).class();
            assert!(sheet.contains(&format!(".{class} ")), "{class}");
        }
    }
}
