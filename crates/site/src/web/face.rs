//! The frame of pages on a phone or plain browser that are neither kiosk nor staff desk: sign-in, set-up, link page.

use super::App;
use super::guard::Reader;
use super::problem::Fault;
use super::words::{Language, say};
use crate::directory::settings::Settings;
use crate::look::message::{HelpLine, help_line_to_call};
use crate::look::switches::language_switch;
use crate::look::{Frame, page, phone_frame};
use maud::Markup;

/// What the site says of itself at this hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteFace {
    /// Its name.
    pub name: String,
    /// The number answered at this hour.
    pub help_phone: Option<String>,
    /// Who answers, in the site's own words.
    pub help_who: Option<String>,
}

impl SiteFace {
    /// From the settings and the site's clock.
    ///
    /// # Errors
    /// The site is about to end, or its tables cannot be read.
    pub async fn of(app: &App) -> Result<Self, Fault> {
        let (now, zone) = app.site.read(|site, now| (now, site.policy.zone.clone())).await?;
        let settings = app.site.query(Settings::load).await?;
        let line = settings.help_line_at(now, &zone);
        Ok(Self {
            help_phone: line.map(|line| line.phone.clone()).filter(|phone| !phone.is_empty()),
            help_who: line.map(|line| line.text.clone()),
            name: settings.site_name,
        })
    }

    fn help(&self, language: Language) -> Markup {
        let label = say(language, "help-label");
        let who = self.help_who.clone().unwrap_or_else(|| say(language, "help-ask-staff"));
        help_line_to_call(&HelpLine { label: &label, phone: self.help_phone.as_deref(), who: &who })
    }
}

/// A whole page; `here` is its own address, to which a change of language returns.
pub fn phone_page(reader: &Reader, face: &SiteFace, at: (&str, &str), content: Markup) -> Markup {
    framed(reader, face, (at, false), content)
}

/// The same of a page that follows what happens.
pub fn live_phone_page(reader: &Reader, face: &SiteFace, at: (&str, &str), content: Markup) -> Markup {
    framed(reader, face, (at, true), content)
}

fn framed(
    reader: &Reader,
    face: &SiteFace,
    ((title, here), live): ((&str, &str), bool),
    content: Markup,
) -> Markup {
    let language = reader.language;
    let skip = say(language, "skip-to-content");
    let head = reader.head(title, &skip, Frame::Phone { live });
    page(&head, phone_frame(&face.name, languages(language, here), face.help(language), content))
}

fn languages(language: Language, here: &str) -> Markup {
    let known = Language::ALL.map(|language| (language.tag(), language.own_name()));
    let back = here.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23");
    language_switch(
        &format!("/look?back={back}"),
        "",
        &say(language, "language-switch"),
        language.tag(),
        &known,
    )
}
