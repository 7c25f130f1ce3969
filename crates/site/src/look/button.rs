//! Buttons and what a press does.
//!
//! Owns: the four ranks (primary, secondary, danger, quiet) and the large intents of the kiosk's first screen.
//! Never: more than one primary button a screen - that is for the page to keep.

use maud::{Markup, html};

use super::icons::{Icon, icon};

/// What a press does.
#[derive(Clone, Copy, Debug)]
pub enum Press<'a> {
    /// Submits the form the button stands in.
    Submit,
    /// Submits the form the button stands in, with this name and value.
    SubmitAs { name: &'a str, value: &'a str },
    /// Submits the form with this id, wherever the button stands.
    SubmitForm { form_id: &'a str },
    /// Follows a link.
    Follow(&'a str),
    /// Posts a small form of its own; not inside another form.
    Post(&'a Post<'a>),
    /// Prints the page (needs the desk frame's scripts).
    PrintPage,
}

/// A small form of its own.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    pub url: &'a str,
    pub csrf: &'a str,
    pub fields: &'a [(&'a str, &'a str)],
    /// The element the answer replaces the content of, e.g. `#screen`; `None` loads a whole page.
    pub into: Option<&'a str>,
}

impl<'a> Post<'a> {
    /// A post without fields whose answer is the next kiosk screen.
    pub fn screen(url: &'a str, csrf: &'a str) -> Self {
        Self { url, csrf, fields: &[], into: Some("#screen") }
    }

    /// A post without fields whose answer is a whole page.
    pub fn page(url: &'a str, csrf: &'a str) -> Self {
        Self { url, csrf, fields: &[], into: None }
    }

    /// The same with hidden fields.
    pub fn with(self, fields: &'a [(&'a str, &'a str)]) -> Self {
        Self { fields, ..self }
    }
}

/// The rank of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// The one thing to do here.
    Primary,
    /// Another thing one may do.
    Secondary,
    /// Destroys or cannot be taken back.
    Danger,
    /// A way out or aside.
    Quiet,
}

/// A button before it is rendered.
#[derive(Clone, Copy, Debug)]
pub struct Button<'a> {
    label: &'a str,
    press: Press<'a>,
    rank: Rank,
    icon: Option<Icon>,
    note: Option<&'a str>,
    /// Why it cannot be pressed now; shown, not hidden.
    unavailable: Option<&'a str>,
    large: bool,
}

impl<'a> Button<'a> {
    pub fn new(label: &'a str, press: Press<'a>) -> Self {
        Self { label, press, rank: Rank::Secondary, icon: None, note: None, unavailable: None, large: false }
    }

    pub fn rank(self, rank: Rank) -> Self {
        Self { rank, ..self }
    }

    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// A second, smaller line.
    pub fn note(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }

    /// Shown but not pressable, with the reason as its second line.
    pub fn unavailable(self, why: &'a str) -> Self {
        Self { unavailable: Some(why), ..self }
    }

    /// The huge button of the kiosk's first screen.
    pub fn large(self) -> Self {
        Self { large: true, ..self }
    }

    pub fn render(&self) -> Markup {
        let class = self.class();
        let disabled = self.unavailable.is_some();
        let face = self.face();
        html! {
            @match self.press {
                Press::Submit => button class=(class) type="submit" disabled[disabled] { (face) },
                Press::SubmitAs { name, value } => {
                    button class=(class) type="submit" name=(name) value=(value) disabled[disabled] { (face) }
                }
                Press::SubmitForm { form_id } => {
                    button class=(class) type="submit" form=(form_id) disabled[disabled] { (face) }
                }
                Press::PrintPage => button class=(class) type="button" data-print disabled[disabled] { (face) },
                Press::Follow(_) if disabled => button class=(class) type="button" disabled { (face) },
                Press::Follow(url) => a class=(class) href=(url) { (face) },
                Press::Post(post) => {
                    (posting(post, html! { button class=(class) type="submit" disabled[disabled] { (face) } }))
                }
            }
        }
    }

    fn class(&self) -> String {
        let rank = match self.rank {
            Rank::Primary => "button-primary",
            Rank::Secondary => "button-secondary",
            Rank::Danger => "button-danger",
            Rank::Quiet => "button-quiet",
        };
        format!("button {rank}{}", if self.large { " button-large" } else { "" })
    }

    fn face(&self) -> Markup {
        html! {
            @if let Some(shape) = self.icon { (icon(shape)) }
            span class="button-words" {
                span class="button-label" { (self.label) }
                @if let Some(note) = self.unavailable.or(self.note) { span class="button-note" { (note) } }
            }
        }
    }
}

/// A form of its own around `content`, with CSRF and hidden fields.
pub fn posting(post: &Post<'_>, content: Markup) -> Markup {
    html! {
        form class="posting" method="post" action=(post.url) hx-post=[post.into.map(|_| post.url)]
            hx-target=[post.into] hx-swap=[post.into.map(|_| "innerHTML")] {
            input type="hidden" name="csrf" value=(post.csrf);
            @for (name, value) in post.fields { input type="hidden" name=(name) value=(value); }
            (content)
        }
    }
}

pub fn button_primary(label: &str, press: Press<'_>) -> Markup {
    Button::new(label, press).rank(Rank::Primary).render()
}

pub fn button_secondary(label: &str, press: Press<'_>) -> Markup {
    Button::new(label, press).render()
}

pub fn button_danger(label: &str, press: Press<'_>) -> Markup {
    Button::new(label, press).rank(Rank::Danger).render()
}

pub fn button_quiet(label: &str, press: Press<'_>) -> Markup {
    Button::new(label, press).rank(Rank::Quiet).render()
}

/// A row of buttons; the last is the most important one.
pub fn button_row(buttons: Markup) -> Markup {
    html! { div class="button-row" { (buttons) } }
}

/// The large buttons of the kiosk's first screen: beside each other in landscape, stacked in portrait.
pub fn intents(buttons: Markup) -> Markup {
    html! { div class="intents" { (buttons) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_carries_the_csrf_field_and_escapes_its_words() {
        let post = Post::screen("/kiosk/open", "t\"k").with(&[("door", "14")]);
        let page = button_primary("<b>Open</b>", Press::Post(&post)).into_string();
        assert!(page.contains(r#"name="csrf" value="t&quot;k""#), "{page}");
        assert!(page.contains(r#"name="door" value="14""#), "{page}");
        assert!(page.contains(r##"hx-target="#screen""##), "{page}");
        assert!(page.contains("&lt;b&gt;Open"), "{page}");
    }

    #[test]
    fn an_unavailable_link_cannot_be_followed() {
        let page = Button::new("Open", Press::Follow("/x")).unavailable("Closed now").render().into_string();
        assert!(!page.contains("href"), "{page}");
        assert!(page.contains("disabled") && page.contains("Closed now"), "{page}");
    }
}
