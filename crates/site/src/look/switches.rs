//! Switching language and theme.
//!
//! Owns: the two small forms; the chosen value is posted to the caller's address.
//! Never: remembers the choice; the caller does (session or cookie).

use maud::{Markup, html};

use super::{
    icons::{Icon, icon},
    page::Theme,
};

/// One language: BCP 47 tag and its own name for itself.
pub type Language<'a> = (&'a str, &'a str);

/// Buttons with each language's own name; posts field `language`.
pub fn language_switch(
    url: &str,
    csrf: &str,
    name: &str,
    current: &str,
    languages: &[Language<'_>],
) -> Markup {
    html! {
        form class="switch" method="post" action=(url) role="group" aria-label=(name) {
            input type="hidden" name="csrf" value=(csrf);
            (icon(Icon::Language))
            @for (tag, own_name) in languages {
                button class="switch-choice" type="submit" name="language" value=(tag) lang=(tag)
                    aria-pressed=(if *tag == current { "true" } else { "false" }) { (own_name) }
            }
        }
    }
}

/// Words of the theme switch.
#[derive(Clone, Copy, Debug)]
pub struct ThemeWords<'a> {
    pub name: &'a str,
    pub device: &'a str,
    pub light: &'a str,
    pub dark: &'a str,
    pub contrast: &'a str,
}

/// Four small buttons; posts field `theme` (see `Theme::from_word`).
pub fn theme_switch(url: &str, csrf: &str, current: Theme, words: &ThemeWords<'_>) -> Markup {
    let choices = [
        (Theme::Device, Icon::FollowDevice, words.device),
        (Theme::Light, Icon::Light, words.light),
        (Theme::Dark, Icon::Dark, words.dark),
        (Theme::HighContrast, Icon::Contrast, words.contrast),
    ];
    html! {
        form class="switch switch-theme" method="post" action=(url) role="group" aria-label=(words.name) {
            input type="hidden" name="csrf" value=(csrf);
            @for (theme, shape, word) in choices {
                button class="switch-choice" type="submit" name="theme" value=(theme.word()) title=(word)
                    aria-pressed=(if theme == current { "true" } else { "false" }) {
                    (icon(shape)) span class="visually-hidden" { (word) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_language_is_pressed() {
        let page = language_switch("/l", "t", "Language", "es", &[("en", "English"), ("es", "Español")])
            .into_string();
        assert!(page.contains(r#"value="es" lang="es" aria-pressed="true""#), "{page}");
        assert_eq!(page.matches(r#"aria-pressed="true""#).count(), 1);
    }
}
