//! Writes every screen of a kiosk, as a played building comes to it, to `target/kiosk-gallery`, to be looked at.
//!
//! `cargo run -p vestibule-site --example kiosk_gallery [FOLDER]`, then open its `index.html`. Light, dark and high contrast,
//! English and Spanish, and the calibration of a ten-inch panel.

use maud::html;
use std::{fs, io, path::Path};
use vestibule_site::look::{Theme, assets};
use vestibule_site::web::kiosk;
use vestibule_site::web::kiosk::view::KioskView;
use vestibule_site::web::problem;
use vestibule_site::web::words::Language;

#[path = "../../src/web/kiosk/tests/play.rs"]
#[allow(dead_code)]
mod play;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/kiosk-gallery");
    let folder = std::env::args().nth(1).map_or(folder, Into::into);
    for (name, data) in assets::all().chain(assets::joined()) {
        let target = folder.join(assets::asset(&name).trim_start_matches('/'));
        fs::create_dir_all(target.parent().expect("an asset lies in a folder"))?;
        fs::write(target, data)?;
    }
    let mut names = Vec::new();
    for shown in play::shown() {
        let looks = [
            ("light", Theme::Light, Language::En, 4),
            ("dark", Theme::Dark, Language::En, 4),
            ("contrast", Theme::HighContrast, Language::Es, 4),
            ("panel", Theme::Light, Language::Es, 6),
        ];
        for (look, theme, language, px_per_mm) in looks {
            let mut draft = shown.draft.clone();
            draft.comfort.theme = theme;
            let names_of_things = kiosk::names::Names { px_per_mm, ..play::names() };
            let view = KioskView {
                facts: shown.facts.clone(),
                draft,
                names: names_of_things,
                language,
                csrf: "token".into(),
                refusal: problem::Facts::default(),
            };
            let text = kiosk::document(&view, "gallery").into_string().replace("\"/static/", "\"static/");
            let name = format!("{}-{look}.html", shown.name);
            fs::write(folder.join(&name), text)?;
            names.push(name);
        }
    }
    let index = html! { ul { @for name in &names { li { a href=(name) { (name) } } } } };
    fs::write(folder.join("index.html"), index.into_string())?;
    println!("{} pages in {}", names.len(), folder.display());
    Ok(())
}
