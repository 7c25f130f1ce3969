//! Writes every block and the mock screens as static pages to `target/gallery`, to be looked at in a browser.
//!
//! `cargo run -p vestibule-site --example gallery`, then open `target/gallery/index.html`.
//! Each screen is written in light, dark and high contrast; kiosk screens also in other calibrations.

use std::{fs, io, path::Path};

use maud::{Markup, html};
use vestibule_site::look::{
    Calibration, Frame, KioskFrame, PageHead, Theme, assets, kiosk_frame, message, page, switches,
};

mod bank;
mod blocks;
mod desk;
mod kiosk;
mod phone;

/// A screen of the gallery.
pub struct Screen {
    pub name: &'static str,
    pub title: &'static str,
    pub frame: Frame,
    pub language: &'static str,
    pub content: Markup,
}

const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::HighContrast];

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    let folder = std::env::args().nth(1).map_or(folder, Into::into);
    fs::create_dir_all(&folder)?;
    write_assets(&folder)?;
    let mut screens = kiosk::screens();
    screens.extend(phone::screens());
    screens.extend(desk::screens());
    screens.extend(blocks::screens());
    let mut names = Vec::new();
    for screen in &screens {
        for theme in THEMES {
            let name = format!("{}-{}.html", screen.name, theme.word());
            let text = rendered(screen, theme, screen.frame);
            fs::write(folder.join(&name), &text)?;
            names.push(name);
        }
        if let Frame::Kiosk { low_reach, beep, .. } = screen.frame {
            // A ten-inch panel of 1280 x 800 has 5.9 pixels a millimetre.
            let small = Frame::Kiosk { calibration: Calibration::from_px_per_mm(5.9), low_reach, beep };
            let name = format!("{}-landscape.html", screen.name);
            fs::write(folder.join(&name), rendered(screen, Theme::Light, small))?;
            names.push(name);
        }
    }
    fs::write(folder.join("index.html"), index(&names))?;
    println!("{} pages in {}", names.len(), folder.display());
    Ok(())
}

fn rendered(screen: &Screen, theme: Theme, frame: Frame) -> String {
    let head = PageHead {
        title: screen.title,
        language: screen.language,
        theme,
        frame,
        nonce: "gallery",
        skip_text: "Skip to content",
    };
    // The pages are opened as files: the static folder lies beside them.
    page(&head, screen.content.clone()).into_string().replace("\"/static/", "\"static/")
}

fn write_assets(folder: &Path) -> io::Result<()> {
    for (name, data) in assets::all().chain(assets::joined()) {
        let target = folder.join(assets::asset(&name).trim_start_matches('/'));
        fs::create_dir_all(target.parent().expect("an asset lies in a folder"))?;
        fs::write(target, data)?;
    }
    Ok(())
}

fn index(names: &[String]) -> String {
    html! { ul { @for name in names { li { a href=(name) { (name) } } } } }.into_string()
}

/// The kiosk's frame as a demo site has it.
pub fn in_kiosk(current: &str, screen: Markup) -> Markup {
    let languages = [("en", "English"), ("es", "Español")];
    let words = switches::ThemeWords {
        name: "Appearance",
        device: "As the device",
        light: "Light",
        dark: "Dark",
        contrast: "High contrast",
    };
    let frame = KioskFrame {
        site_name: "Maple Court",
        switches: html! {
            (switches::language_switch("#", "t", "Language", current, &languages))
            (switches::theme_switch("#", "t", Theme::Light, &words))
        },
        clock: "14:02",
        now_ms: 1_795_460_520_000,
        zone: "America/New_York",
        help: help(),
        lost_text: "Connection lost. Trying again.",
    };
    kiosk_frame(&frame, screen)
}

const HELP: message::HelpLine<'static> =
    message::HelpLine { label: "Help", phone: Some("(555) 010-0142"), who: "front desk, until 20:00" };

pub fn help() -> Markup {
    message::help_line(&HELP)
}

pub fn help_to_call() -> Markup {
    message::help_line_to_call(&HELP)
}
