//! What a person looks at: the size of the screen, its theme, the language the browser asks for; and what its camera sees.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A kind of screen the pages are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    KioskPortrait,
    KioskLandscape,
    Phone,
    Desk,
}

impl Screen {
    /// Width and height of the page in CSS pixels.
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::KioskPortrait => (1080, 1920),
            Self::KioskLandscape => (1280, 800),
            Self::Phone => (390, 844),
            Self::Desk => (1280, 900),
        }
    }

    pub(crate) const fn is_touched(self) -> bool {
        match self {
            Self::KioskPortrait | Self::KioskLandscape | Self::Phone => true,
            Self::Desk => false,
        }
    }

    /// Parameters of `Emulation.setDeviceMetricsOverride`: the page gets exactly this size, whatever the
    /// browser's own frame takes.
    pub(crate) fn metrics(self) -> Value {
        let (width, height) = self.size();
        let is_phone = self == Self::Phone;
        let density = if is_phone { 2 } else { 1 };
        json!({ "width": width, "height": height, "deviceScaleFactor": density, "mobile": is_phone })
    }
}

/// What the person set in the system: the pages follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
    HighContrast,
}

impl Theme {
    /// Parameters of `Emulation.setEmulatedMedia`.
    pub(crate) fn media(self) -> Value {
        let (scheme, contrast) = match self {
            Self::Light => ("light", "no-preference"),
            Self::Dark => ("dark", "no-preference"),
            Self::HighContrast => ("light", "more"),
        };
        json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-contrast", "value": contrast },
        ] })
    }
}

/// The camera of the device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Camera {
    /// It has none.
    #[default]
    None,
    /// It has one, and whoever is asked says no.
    Refused,
    /// It sees this film, again and again.
    Film(PathBuf),
}

impl Camera {
    /// Arguments of the browser.
    pub(crate) fn arguments(&self) -> Vec<String> {
        const FAKE: &str = "--use-fake-device-for-media-stream";
        match self {
            Self::None => Vec::new(),
            Self::Refused => vec![FAKE.to_owned(), "--deny-permission-prompts".to_owned()],
            Self::Film(film) => vec![
                FAKE.to_owned(),
                "--use-fake-ui-for-media-stream".to_owned(),
                format!("--use-file-for-fake-video-capture={}", film.display()),
            ],
        }
    }
}

/// Everything about a person's screen that is fixed when the browser starts.
#[derive(Clone, Debug)]
pub struct Look {
    pub screen: Screen,
    pub theme: Theme,
    /// As in `Accept-Language`.
    pub language: String,
    pub camera: Camera,
}

impl Look {
    /// A light screen of somebody who reads English.
    pub fn on(screen: Screen) -> Self {
        Self { screen, theme: Theme::Light, language: "en-US".to_owned(), camera: Camera::None }
    }

    #[must_use]
    pub fn in_theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// With a camera that sees this film.
    #[must_use]
    pub fn seeing(self, film: &Path) -> Self {
        self.with_camera(Camera::Film(film.to_owned()))
    }

    #[must_use]
    pub fn with_camera(mut self, camera: Camera) -> Self {
        self.camera = camera;
        self
    }

    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }
}
