//! Form parts for desk and phone pages: label, field, hint, error, CSRF.
//!
//! Owns: that each field has a label, and that an error stands beside its field and is announced with it.
//! Never: validates; the command does.

use maud::{Markup, html};

/// A form that posts and loads a whole page.
pub fn form(url: &str, csrf: &str, content: Markup) -> Markup {
    html! { form class="form" method="post" action=(url) { (csrf_field(csrf)) (content) } }
}

/// The same with a file in it.
pub fn upload_form(url: &str, csrf: &str, content: Markup) -> Markup {
    html! {
        form class="form" method="post" action=(url) enctype="multipart/form-data" { (csrf_field(csrf)) (content) }
    }
}

/// A search form: GET, no CSRF, the address can be kept.
pub fn search_form(url: &str, label: &str, value: &str, press: Markup) -> Markup {
    html! {
        form class="search" method="get" action=(url) role="search" {
            label { span class="visually-hidden" { (label) }
                input type="search" name="q" value=(value) placeholder=(label) autocomplete="off"; }
            (press)
        }
    }
}

pub fn csrf_field(csrf: &str) -> Markup {
    html! { input type="hidden" name="csrf" value=(csrf); }
}

/// The kind of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind<'a> {
    Text,
    Email,
    Phone,
    Number,
    Date,
    Time,
    NewPassword,
    CurrentPassword,
    File { accept: &'a str },
    LongText,
}

/// One labelled field.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub kind: FieldKind<'a>,
    pub value: &'a str,
    pub hint: Option<&'a str>,
    pub error: Option<&'a str>,
    pub required: bool,
    /// Which of several forms on one page it belongs to; empty where there is one.
    pub which: &'a str,
}

impl<'a> Field<'a> {
    pub fn new(name: &'a str, label: &'a str, kind: FieldKind<'a>) -> Self {
        Self { name, label, kind, value: "", hint: None, error: None, required: false, which: "" }
    }

    pub fn value(self, value: &'a str) -> Self {
        Self { value, ..self }
    }

    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub fn error(self, error: Option<&'a str>) -> Self {
        Self { error, ..self }
    }

    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub fn which(self, which: &'a str) -> Self {
        Self { which, ..self }
    }

    fn id(&self) -> String {
        id_of(self.name, self.which)
    }
}

/// What tells a field from one of the same name in another form of the page.
fn id_of(name: &str, which: &str) -> String {
    if which.is_empty() { name.to_owned() } else { format!("{name}-{which}") }
}

/// Label, hint, input, error.
pub fn field(field: &Field<'_>) -> Markup {
    let described = described_by(field);
    let invalid = field.error.map(|_| "true");
    let (kind, autocomplete, accept) = attributes(field.kind);
    let id = field.id();
    html! {
        div class={ "field" @if field.error.is_some() { " field-wrong" } } {
            label for={ "f-" (id) } { (field.label) }
            @if let Some(hint) = field.hint { p class="hint" id={ "h-" (id) } { (hint) } }
            @if field.kind == FieldKind::LongText {
                textarea id={ "f-" (id) } name=(field.name) rows="3" required[field.required]
                    aria-describedby=[described] aria-invalid=[invalid] { (field.value) }
            } @else {
                input id={ "f-" (id) } name=(field.name) type=(kind) value=[shown_value(field)]
                    autocomplete=[autocomplete] accept=[accept] required[field.required]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            (error_line(&id, field.error))
        }
    }
}

fn described_by(field: &Field<'_>) -> Option<String> {
    let hint = field.hint.map(|_| format!("h-{}", field.id()));
    let error = field.error.map(|_| format!("e-{}", field.id()));
    let all: Vec<String> = hint.into_iter().chain(error).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn shown_value<'a>(field: &Field<'a>) -> Option<&'a str> {
    match field.kind {
        FieldKind::NewPassword | FieldKind::CurrentPassword | FieldKind::File { .. } => None,
        FieldKind::Text
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Number
        | FieldKind::Date
        | FieldKind::Time
        | FieldKind::LongText => Some(field.value),
    }
}

fn attributes(kind: FieldKind<'_>) -> (&'static str, Option<&'static str>, Option<&str>) {
    match kind {
        FieldKind::Text | FieldKind::LongText => ("text", None, None),
        FieldKind::Email => ("email", Some("email"), None),
        FieldKind::Phone => ("tel", Some("tel"), None),
        FieldKind::Number => ("number", None, None),
        FieldKind::Date => ("date", None, None),
        FieldKind::Time => ("time", None, None),
        FieldKind::NewPassword => ("password", Some("new-password"), None),
        FieldKind::CurrentPassword => ("password", Some("current-password"), None),
        FieldKind::File { accept } => ("file", None, Some(accept)),
    }
}

/// The error beside the field of an id.
pub fn error_line(id: &str, error: Option<&str>) -> Markup {
    html! { @if let Some(error) = error { p class="field-error" id={ "e-" (id) } { (error) } } }
}

/// One of several, as a drop-down: `(value, text)`.
pub fn select(name: &str, label: &str, chosen: &str, choices: &[(&str, &str)]) -> Markup {
    select_of("", (name, label), chosen, choices)
}

/// The same in one of several forms on a page.
pub fn select_of(which: &str, (name, label): (&str, &str), chosen: &str, choices: &[(&str, &str)]) -> Markup {
    let id = id_of(name, which);
    html! {
        div class="field" {
            label for={ "f-" (id) } { (label) }
            select id={ "f-" (id) } name=(name) {
                @for (value, text) in choices { option value=(value) selected[*value == chosen] { (text) } }
            }
        }
    }
}

/// One of a few, all visible: `(value, text)`.
pub fn radios(name: &str, legend: &str, chosen: &str, choices: &[(&str, &str)]) -> Markup {
    html! {
        fieldset class="field" {
            legend { (legend) }
            @for (value, text) in choices {
                label class="check" { input type="radio" name=(name) value=(value) checked[*value == chosen]; (text) }
            }
        }
    }
}

pub fn checkbox(name: &str, label: &str, checked: bool) -> Markup {
    html! { label class="check" { input type="checkbox" name=(name) value="yes" checked[checked]; (label) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_tied_to_its_field() {
        let wrong =
            Field::new("email", "E-mail", FieldKind::Email).hint("yours").error(Some("Not an address"));
        let page = field(&wrong).into_string();
        assert!(page.contains(r#"for="f-email""#) && page.contains(r#"id="f-email""#));
        assert!(page.contains(r#"aria-describedby="h-email e-email" aria-invalid="true""#), "{page}");
        assert!(page.contains(r#"id="e-email""#));
    }

    #[test]
    fn a_password_is_never_written_back() {
        let page =
            field(&Field::new("p", "Password", FieldKind::CurrentPassword).value("hunter2")).into_string();
        assert!(!page.contains("hunter2"));
    }

    #[test]
    fn a_form_posts_with_its_csrf_field() {
        let page = form("/units", "abc", html! {}).into_string();
        assert!(page.contains(r#"method="post""#) && page.contains(r#"name="csrf" value="abc""#));
    }
}
