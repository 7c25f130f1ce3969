//! The mail by which staff see that mail leaves the site. It is about no parcel and holds no code.

use maud::{DOCTYPE, Markup, html};

use super::mail::{BODY, COLUMN, FOOTER, LEAD, RenderedMail};
use super::one_line;
use crate::language::{Arg, Key, Language, text};

/// What it says.
pub struct TestMail<'a> {
    pub site_name: &'a str,
    pub language: Language,
    /// Who asked for it and gets it.
    pub name: &'a str,
    /// When, in the reader's language.
    pub when: &'a str,
    /// Where the site is reached from elsewhere, if anybody said so.
    pub public_url: Option<&'a str>,
}

/// The mail in its language.
pub fn render_test_mail(mail: &TestMail<'_>) -> RenderedMail {
    let (site, name, when) = (one_line(mail.site_name), one_line(mail.name), one_line(mail.when));
    let say = |key, args: &[(&'static str, Arg<'_>)]| text(mail.language, key, args);
    let lines = [
        say(Key::Greeting, &[("name", Arg::Text(&name))]),
        say(Key::TestIntro, &[]),
        say(Key::TestAsked, &[("when", Arg::Text(&when))]),
        match mail.public_url {
            Some(url) => say(Key::TestLinks, &[("url", Arg::Text(url))]),
            None => say(Key::TestNoLinks, &[]),
        },
        say(Key::Footer, &[("site", Arg::Text(&site))]),
    ];
    let subject = say(Key::SubjectTest, &[("site", Arg::Text(&site))]);
    let html = html_page(mail.language, &subject, &lines).into_string();
    let text = lines.map(|line| line + "\n").join("\n");
    RenderedMail { from_name: site, subject, text, html, inline_images: Vec::new() }
}

fn html_page(language: Language, subject: &str, lines: &[String; 5]) -> Markup {
    let [greeting, intro, asked, links, footer] = lines;
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                title { (subject) }
            }
            body style=(BODY) {
                div style=(COLUMN) {
                    p style="margin:0 0 16px" { (greeting) }
                    p style=(LEAD) { (intro) }
                    p { (asked) }
                    p { (links) }
                    p style=(FOOTER) { (footer) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(language: Language, public_url: Option<&str>) -> RenderedMail {
        let (site_name, name, when) = ("Maple\r\nBcc: x@example.com", "Ada <b>", "Mon 9:00");
        render_test_mail(&TestMail { site_name, language, name, when, public_url })
    }

    #[test]
    fn it_says_who_asked_and_whether_links_will_work_and_smuggles_nothing() {
        let url = "https://parcels.example.com";
        for language in Language::ALL {
            let with = mail(language, Some(url));
            assert!(with.text.contains("Mon 9:00") && with.text.contains(url), "{}", with.text);
            assert!(with.html.contains("Ada &lt;b&gt;") && !with.html.contains("<b>"), "{}", with.html);
            assert!(!with.subject.contains(['\r', '\n']) && !with.from_name.contains('\n'));
            let without = mail(language, None);
            assert!(!without.text.contains("https://"), "{}", without.text);
            assert!(without.text.contains("public_url"), "it says what is missing: {}", without.text);
        }
    }
}
