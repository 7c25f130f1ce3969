//! What a person looks at: the size of the screen, its theme, the language the browser asks for.

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

/// Everything about a person's screen that is fixed when the browser starts.
#[derive(Clone, Debug)]
pub struct Look {
    pub screen: Screen,
    pub theme: Theme,
    /// As in `Accept-Language`.
    pub language: String,
}

impl Look {
    /// A light screen of somebody who reads English.
    pub fn on(screen: Screen) -> Self {
        Self { screen, theme: Theme::Light, language: "en-US".to_owned() }
    }

    #[must_use]
    pub fn in_theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }
}
