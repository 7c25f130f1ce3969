//! The frame of pages on a phone or plain browser that are neither kiosk nor staff desk: sign-in, set-up, link page.

use super::App;
use super::guard::Reader;
use super::problem::Fault;
use super::words::{Language, say};
use crate::look::message::{HelpLine, help_line_to_call};
use crate::look::switches::language_switch;
use crate::look::{Frame, page, phone_frame};
use maud::{Markup, html};
use rusqlite::{Connection, OptionalExtension};

/// What the site says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteFace {
    /// Its name; the product's if none was given.
    pub name: Option<String>,
    /// The number answered at this hour.
    pub help_phone: Option<String>,
    /// Who answers, in the site's own words.
    pub help_who: Option<String>,
}

impl SiteFace {
    /// From the settings.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn of(app: &App) -> Result<Self, Fault> {
        let read = |connection: &Connection| {
            Ok(Self {
                name: setting(connection, "site_name")?,
                help_phone: setting(connection, "help_phone")?,
                help_who: setting(connection, "help_line")?,
            })
        };
        Ok(app.site.query(read).await?)
    }

    fn help(&self, language: Language) -> Markup {
        let label = say(language, "help-label");
        let who = self.help_who.clone().unwrap_or_else(|| say(language, "help-ask-staff"));
        help_line_to_call(&HelpLine { label: &label, phone: self.help_phone.as_deref(), who: &who })
    }
}

fn setting(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT value FROM setting WHERE key = ?1";
    connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()
}

/// A whole page; `here` is its own address, to which a change of language returns.
pub fn phone_page(reader: &Reader, face: &SiteFace, (title, here): (&str, &str), content: Markup) -> Markup {
    let language = reader.language;
    let skip = say(language, "skip-to-content");
    let head = reader.head(title, &skip, Frame::Phone { live: false });
    let product = say(language, "product");
    let name = face.name.as_deref().unwrap_or(&product);
    page(&head, phone_frame(name, languages(language, here), face.help(language), html! { (content) }))
}

fn languages(language: Language, here: &str) -> Markup {
    let known = Language::ALL.map(|language| (language.tag(), language.own_name()));
    let back = here.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23");
    language_switch(&format!("/look?back={back}"), "", &say(language, "language-switch"), language.tag(), &known)
}
