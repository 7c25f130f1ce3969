//! Printed matter: slips, cards, posters; and codes shown on a resident's own page.
//!
//! Owns: their layout in millimetres (`paper.css`), and digits in groups.
//! Never: decides who may print or see a code.

use maud::{Markup, PreEscaped, html};

/// A sheet of slips or cards.
pub fn sheet(content: Markup) -> Markup {
    html! { main id="screen" class="sheet" { (content) } }
}

/// A QR code. `svg` is the encoder's own output, never text of a person.
pub fn qr(svg: &str, name: &str) -> Markup {
    html! { div class="qr" role="img" aria-label=(name) { (PreEscaped(svg)) } }
}

/// A code in groups, read out digit by digit.
pub fn code_digits(code: &str, group: usize) -> Markup {
    let digits: Vec<char> = code.chars().filter(|c| !c.is_whitespace()).collect();
    let spoken = digits.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
    html! {
        span class="code" {
            span class="visually-hidden" { (spoken) }
            @for chunk in digits.chunks(group.max(1)) {
                span class="code-group" aria-hidden="true" { (chunk.iter().collect::<String>()) }
            }
        }
    }
}

/// A slip, 80 mm wide: pushed under a door or handed over.
#[derive(Clone, Debug)]
pub struct Slip<'a> {
    pub site_name: &'a str,
    /// e.g. "Apartment 3B".
    pub to: &'a str,
    /// e.g. "A parcel waits for you in locker 14".
    pub title: &'a str,
    /// `qr(..)`
    pub qr: Option<Markup>,
    /// `(name, value)`: keypad number, PIN, held until.
    pub lines: &'a [(&'a str, Markup)],
    pub help: Markup,
}

pub fn slip(slip: &Slip<'_>) -> Markup {
    html! {
        article class="slip" {
            p class="slip-site" { (slip.site_name) }
            p class="slip-to" { (slip.to) }
            h1 { (slip.title) }
            @if let Some(qr) = &slip.qr { (qr) }
            dl class="slip-lines" { @for (name, value) in slip.lines { div { dt { (name) } dd { (value) } } } }
            (slip.help)
        }
    }
}

/// A resident card or courier badge in the size of a bank card.
pub fn id_card(site_name: &str, title: &str, line: &str, qr: Markup) -> Markup {
    html! {
        article class="id-card" {
            div { p class="slip-site" { (site_name) } h1 { (title) } p { (line) } }
            (qr)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_grouped_for_eyes_and_spelt_for_ears() {
        let page = code_digits("482913076", 3).into_string();
        assert_eq!(page.matches("code-group").count(), 3);
        assert!(page.contains("4 8 2 9 1 3 0 7 6") && page.contains(">482<"), "{page}");
    }
}
