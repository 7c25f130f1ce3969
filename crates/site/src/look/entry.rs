//! Ways to enter something: keypad, masked digits, letters, a scan; and what happens when nobody enters anything.
//!
//! Owns: the markup that `keypad.js`, `wedge.js` and `countdown.js` bring to life.
//! Never: puts a typed secret into a page. What is typed stays in the field until its form is posted.

use maud::{Markup, html};

use super::{
    button::{Button, Post, Press, Rank, posting},
    icons::{Icon, icon},
    visually_hidden,
};

/// The form around fields and their keypad.
pub fn entry_form(post: &Post<'_>, content: Markup) -> Markup {
    posting(post, html! { div class="entry" { (content) } })
}

/// A field for digits, filled from the keypad or a keyboard.
#[derive(Clone, Copy, Debug)]
pub struct DigitsField<'a> {
    /// Name in the posted form.
    pub name: &'a str,
    pub label: &'a str,
    /// A line under the label, e.g. where to find the number.
    pub hint: Option<&'a str>,
    /// Most digits it takes.
    pub max: u8,
    /// Places shown before anything is typed; 0 shows none.
    pub places: u8,
    /// Digits a group (3 for PINs); 0 does not group.
    pub group: u8,
    /// Dots instead of digits.
    pub masked: bool,
}

/// The field itself; stands inside a form together with `keypad`.
pub fn digits_field(field: &DigitsField<'_>) -> Markup {
    let kind = if field.masked { "password" } else { "text" };
    html! {
        label class="digits" {
            span class="digits-label" { (field.label) }
            @if let Some(hint) = field.hint { span class="digits-hint" { (hint) } }
            span class="digits-line" {
                input type=(kind) name=(field.name) inputmode="none" autocomplete="off" autocapitalize="off"
                    spellcheck="false" maxlength=(field.max) data-keypad-input required;
                span class="digits-face" aria-hidden="true" data-places=(field.places) data-group=(field.group) {
                    (places(0, field.places, field.group))
                }
            }
        }
    }
}

/// Digits as dots, in groups, of which `filled` are typed: for showing progress without showing digits.
pub fn masked_digits(filled: u8, total: u8, group: u8, spoken: &str) -> Markup {
    html! {
        span class="digits-line" role="img" aria-label=(spoken) {
            span class="digits-face" { (places(filled, total, group)) }
        }
    }
}

fn places(filled: u8, total: u8, group: u8) -> Markup {
    html! {
        @for n in 0..total {
            @let starts_group = group > 0 && n > 0 && n % group == 0;
            span class={ "place" @if n < filled { " filled" } @if starts_group { " gap" } } {
                @if n < filled { "•" }
            }
        }
    }
}

/// The words on a keypad.
#[derive(Clone, Copy, Debug)]
pub struct KeypadWords<'a> {
    /// Accessible name of the whole keypad.
    pub name: &'a str,
    pub clear: &'a str,
    /// Spoken name of the key that takes back one digit.
    pub backspace: &'a str,
    pub enter: &'a str,
}

/// Digits 0-9, take back, clear and enter. Stands inside the form it fills; the enter key submits that form.
pub fn keypad(words: &KeypadWords<'_>) -> Markup {
    html! {
        div class="keypad" role="group" aria-label=(words.name) data-keypad {
            @for digit in ["1", "2", "3", "4", "5", "6", "7", "8", "9"] { (digit_key(digit)) }
            button class="key key-word" type="button" data-key="backspace" {
                (icon(Icon::Backspace)) (visually_hidden(words.backspace))
            }
            (digit_key("0"))
            button class="key key-word key-quiet" type="button" data-key="clear" { (words.clear) }
            button class="key key-enter" type="submit" { (words.enter) (icon(Icon::ArrowRight)) }
        }
    }
}

fn digit_key(digit: &str) -> Markup {
    html! { button class="key" type="button" data-key=(digit) { (digit) } }
}

/// A to Z for searching a name (a search minds no spaces); fills the `data-keypad-input` of its form like the keypad does.
pub fn letters_keyboard(words: &KeypadWords<'_>) -> Markup {
    html! {
        div class="letters" role="group" aria-label=(words.name) data-keypad { (letter_rows(words)) }
    }
}

/// Digits above the letters: for an apartment as it stands on a label, or a name.
pub fn whole_keyboard(words: &KeypadWords<'_>) -> Markup {
    html! {
        div class="letters" role="group" aria-label=(words.name) data-keypad {
            div class="letters-row" { (letter_keys("1234567890")) }
            (letter_rows(words))
        }
    }
}

fn letter_rows(words: &KeypadWords<'_>) -> Markup {
    html! {
        div class="letters-row" { (letter_keys("QWERTYUIOP")) }
        div class="letters-row" {
            (letter_keys("ASDFGHJKL"))
            button class="key key-word" type="button" data-key="backspace" {
                (icon(Icon::Backspace)) (visually_hidden(words.backspace))
            }
        }
        div class="letters-row" {
            button class="key key-word key-quiet" type="button" data-key="clear" { (words.clear) }
            (letter_keys("ZXCVBNM"))
            button class="key key-enter" type="submit" { (words.enter) }
        }
    }
}

fn letter_keys(letters: &str) -> Markup {
    html! {
        @for letter in letters.chars() { button class="key" type="button" data-key=(letter) { (letter) } }
    }
}

/// A field for letters, filled from `letters_keyboard` or a keyboard.
pub fn letters_field(name: &str, label: &str, hint: Option<&str>, value: &str) -> Markup {
    html! {
        label class="digits letters-field" {
            span class="digits-label" { (label) }
            @if let Some(hint) = hint { span class="digits-hint" { (hint) } }
            input class="letters-input" type="text" name=(name) value=(value) aria-label=(label) inputmode="none" autocomplete="off"
                spellcheck="false" maxlength="40" data-keypad-input;
        }
    }
}

/// The form a scan is posted to, as field `scan`. One a page; invisible.
pub fn scan_target(post: &Post<'_>) -> Markup {
    html! {
        form class="scan-target" hidden method="post" action=(post.url) data-scan-target
            hx-post=[post.into.map(|_| post.url)] hx-target=[post.into] hx-swap=[post.into.map(|_| "innerHTML")] {
            input type="hidden" name="csrf" value=(post.csrf);
            @for (name, value) in post.fields { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="scan";
        }
    }
}

/// The invitation to scan: a calm picture of what to hold where.
pub fn scan_here(text: &str, note: Option<&str>) -> Markup {
    html! {
        div class="scan-here" {
            (icon(Icon::Scan))
            p class="scan-text" { (text) }
            @if let Some(note) = note { p class="scan-note" { (note) } }
        }
    }
}

/// Asks "Need more time?" before going back to the start.
#[derive(Clone, Copy, Debug)]
pub struct IdleWarning<'a> {
    /// Seconds without a touch until the question.
    pub idle_seconds: u32,
    /// Seconds the question stays (20 or more, WCAG 2.2.1).
    pub warn_seconds: u32,
    /// What happens when nobody answers.
    pub expire: Post<'a>,
    pub question: &'a str,
    /// Written before the running number, e.g. "This screen clears in".
    pub countdown: &'a str,
    pub extend: &'a str,
    pub finish: &'a str,
}

/// The full-screen question; put it anywhere in the screen it belongs to.
pub fn idle_warning(warning: &IdleWarning<'_>) -> Markup {
    html! {
        dialog class="idle" data-idle=(warning.idle_seconds) data-warn=(warning.warn_seconds) aria-labelledby="idle-question" {
            h2 id="idle-question" { (warning.question) }
            p class="idle-count" { (warning.countdown) " " span class="idle-number" data-idle-count { (warning.warn_seconds) } }
            div class="idle-buttons" {
                button class="button button-primary" type="button" data-idle-extend autofocus {
                    span class="button-words" { (warning.extend) }
                }
                (Button::new(warning.finish, Press::Post(&warning.expire)).rank(Rank::Quiet).render())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: KeypadWords<'static> =
        KeypadWords { name: "Number keys", clear: "Clear", backspace: "Delete last", enter: "OK" };

    #[test]
    fn a_keypad_has_every_digit_once_and_one_enter() {
        let page = keypad(&WORDS).into_string();
        for digit in 0..=9 {
            assert_eq!(page.matches(&format!(r#"data-key="{digit}""#)).count(), 1);
        }
        assert_eq!(page.matches(r#"type="submit""#).count(), 1);
    }

    #[test]
    fn letters_cover_the_alphabet() {
        let page = letters_keyboard(&WORDS).into_string();
        for letter in 'A'..='Z' {
            assert_eq!(page.matches(&format!(r#"data-key="{letter}""#)).count(), 1, "{letter}");
        }
    }

    #[test]
    fn a_label_with_digits_and_letters_can_be_typed() {
        let page = whole_keyboard(&WORDS).into_string();
        for key in ('A'..='Z').chain('0'..='9') {
            assert_eq!(page.matches(&format!(r#"data-key="{key}""#)).count(), 1, "{key}");
        }
    }

    #[test]
    fn masked_digits_group_and_never_show_a_digit() {
        let page = masked_digits(4, 9, 3, "4 of 9 digits").into_string();
        assert_eq!(page.matches("filled").count(), 4);
        assert_eq!(page.matches("gap").count(), 2);
    }

    #[test]
    fn a_masked_field_is_a_password_and_carries_no_value() {
        let field =
            DigitsField { name: "pin", label: "PIN", hint: None, max: 9, places: 9, group: 3, masked: true };
        let page = digits_field(&field).into_string();
        assert!(page.contains(r#"type="password""#) && !page.contains("value="), "{page}");
    }
}
