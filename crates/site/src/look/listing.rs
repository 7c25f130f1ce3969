//! Lists staff look at: navigation, tabs, tables, timelines, tasks, facts.
//!
//! Owns: their shape on wide screens and on phones (tables turn into cards there).
//! Never: sorts or pages; lists come in the order they are shown.

use maud::{Markup, html};

use super::icons::{Icon, icon};

/// One entry of the staff navigation.
#[derive(Clone, Copy, Debug)]
pub struct NavItem<'a> {
    pub label: &'a str,
    pub url: &'a str,
    pub icon: Icon,
    pub current: bool,
    /// How many things wait there, e.g. `3`.
    pub badge: Option<&'a str>,
}

/// The staff navigation; `name` is its accessible name.
pub fn nav(name: &str, items: &[NavItem<'_>]) -> Markup {
    html! {
        nav class="nav" aria-label=(name) {
            ul { @for item in items { li {
                a href=(item.url) aria-current=[item.current.then_some("page")] {
                    (icon(item.icon)) span class="nav-label" { (item.label) }
                    @if let Some(badge) = item.badge { span class="badge" { (badge) } }
                }
            } } }
        }
    }
}

/// Views of one thing: `(label, url, current)`.
pub fn tabs(name: &str, items: &[(&str, &str, bool)]) -> Markup {
    html! {
        nav class="tabs" aria-label=(name) {
            ul { @for (label, url, current) in items {
                li { a href=(url) aria-current=[current.then_some("page")] { (label) } }
            } }
        }
    }
}

/// The head of a staff page: what it is, and what one can do here.
pub fn page_title(title: &str, lead: Option<&str>, actions: Markup) -> Markup {
    html! {
        div class="page-title" {
            div { h1 { (title) } @if let Some(lead) = lead { p class="lead" { (lead) } } }
            div class="page-actions" { (actions) }
        }
    }
}

/// A titled part of a page.
pub fn section(title: &str, content: Markup) -> Markup {
    html! { section class="section" { h2 { (title) } (content) } }
}

/// A raised surface.
pub fn card(content: Markup) -> Markup {
    html! { div class="card" { (content) } }
}

/// A table: column heads, then rows of cells in the same order. On a phone each row becomes a card.
pub fn table(caption: &str, heads: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div class="table-frame" {
            table class="table" {
                caption class="visually-hidden" { (caption) }
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr {
                    @for (head, cell) in heads.iter().zip(row) { td data-head=(head) { (cell) } }
                } } }
            }
        }
    }
}

/// What weight an entry or tag has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Accent,
    Good,
    Warning,
    Danger,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Plain => "tone-plain",
            Tone::Accent => "tone-accent",
            Tone::Good => "tone-good",
            Tone::Warning => "tone-warning",
            Tone::Danger => "tone-danger",
        }
    }
}

/// A short word about a row.
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (text) } }
}

/// One entry of a timeline.
#[derive(Clone, Debug)]
pub struct Moment<'a> {
    /// For machines, RFC 3339.
    pub at: &'a str,
    /// For people, e.g. `Tue 14:02`.
    pub when: &'a str,
    pub icon: Icon,
    pub tone: Tone,
    pub title: &'a str,
    /// Who, how we know, what was said.
    pub detail: Markup,
}

/// What happened, one under the other, oldest first.
pub fn timeline(moments: &[Moment<'_>]) -> Markup {
    html! {
        ol class="timeline" { @for moment in moments {
            li class={ "moment " (moment.tone.class()) } {
                span class="moment-mark" { (icon(moment.icon)) }
                time datetime=(moment.at) { (moment.when) }
                div class="moment-words" { p class="moment-title" { (moment.title) } div class="moment-detail" { (moment.detail) } }
            }
        } }
    }
}

/// One thing that needs staff.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    pub icon: Icon,
    pub tone: Tone,
    pub title: &'a str,
    pub detail: &'a str,
    /// How long it waits, e.g. `12 min`.
    pub age: &'a str,
    /// Its one or two buttons.
    pub actions: Markup,
}

/// What needs me: one row a task, the most urgent first.
pub fn tasks(list: &[Task<'_>]) -> Markup {
    html! {
        ul class="tasks" { @for task in list {
            li class={ "task " (task.tone.class()) } {
                span class="task-mark" { (icon(task.icon)) }
                div class="task-words" { h3 { (task.title) } p { (task.detail) } }
                span class="task-age" { (task.age) }
                div class="task-actions" { (task.actions) }
            }
        } }
    }
}

/// Facts about one thing: `(name, value)`.
pub fn facts(list: &[(&str, Markup)]) -> Markup {
    html! { dl class="facts" { @for (name, value) in list { div { dt { (name) } dd { (value) } } } } }
}

/// Figures side by side: `(number, what it counts)`.
pub fn figures(list: &[(&str, &str)]) -> Markup {
    html! {
        ul class="figures" { @for (number, what) in list {
            li { span class="figure-number" { (number) } " " span class="figure-what" { (what) } }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_head_for_narrow_screens() {
        let page =
            table("Parcels", &["Unit", "Place"], &[vec![html! { "3B" }, html! { "14" }]]).into_string();
        assert!(page.contains(r#"<td data-head="Unit">3B</td><td data-head="Place">14</td>"#), "{page}");
        assert!(page.contains("<caption"));
    }

    #[test]
    fn exactly_the_current_page_is_marked() {
        let item =
            |current| NavItem { label: "Tasks", url: "/", icon: Icon::Tasks, current, badge: Some("3") };
        let page = nav("Main", &[item(true), item(false)]).into_string();
        assert_eq!(page.matches("aria-current").count(), 1);
    }
}
