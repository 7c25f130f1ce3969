//! Send me a test mail: by the way every message to residents goes, with what the mail server says to it.
//!
//! Owns: `/staff/getting-ready/mail`. Never: sends; the message runner does, from the outbox.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use vestibule_core::site::getting_ready::{MailFate, TestMail};
use vestibule_core::time::Zone;
use vestibule_core::vocabulary::observation::NoticeTrouble;
use vestibule_core::{Command, Timestamp};

use super::super::super::blocks::back;
use super::super::super::desk_page::{Desk, Section};
use super::super::super::say::Say;
use super::super::super::{live_stream, times};
use super::Ready;
use crate::directory::test_mail::said_to;
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_primary, button_secondary, listing};
use crate::web::App;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

pub(super) const HERE: &str = "/staff/getting-ready/mail";
/// What the configuration file needs, as it stands there.
const EXAMPLE: &str = "[mail]\nhost = \"mail.example.com\"\nusername = \"parcels@example.com\"\n\
     password_file = \"mail-password\"\nfrom = \"parcels@example.com\"";

/// All the page shows.
#[derive(Debug, Clone)]
pub struct MailView {
    /// The mail server, if one is configured.
    pub server: Option<String>,
    /// Where a test mail would go: the reader's own address.
    pub to: String,
    /// The last one.
    pub mail: Option<TestMail>,
    /// What the server said to it.
    pub said: Option<String>,
    /// The clock and zone times are told in.
    pub clock: (Zone, Timestamp),
    /// How all steps stand.
    pub ready: Ready,
}

/// The whole content of the page; what the live stream sends again.
pub fn content(view: &MailView, say: Say, csrf: &str) -> Markup {
    let lead = say.with("staff-ready-mail-lead", &[("to", view.to.as_str().into())]);
    html! {
        (back(super::HERE, &say.t("staff-ready")))
        (listing::page_title(&say.t("staff-ready-mail"), Some(&lead), html! {}))
        @match &view.server {
            Some(server) => {
                @if let Some(mail) = &view.mail { (fate(mail, view, say)) }
                p { (say.with("staff-test-mail-server", &[("server", server.as_str().into())])) }
                (button_primary(&say.t(if view.mail.is_some() { "staff-test-mail-again" } else { "staff-test-mail-do" }),
                    Press::Post(&Post::page(HERE, csrf))))
            }
            None => {
                (message::notice_banner(NoticeKind::Warning, &say.t("staff-test-mail-none")))
                pre class="command" { (EXAMPLE) }
            }
        }
    }
}

/// On to the next step, if one is left.
fn on(ready: &Ready, say: Say) -> Option<Markup> {
    let (title, url) = ready.next_page(say)?;
    Some(button_secondary(&title, Press::Follow(&url)))
}

fn fate(mail: &TestMail, view: &MailView, say: Say) -> Markup {
    let (zone, now) = &view.clock;
    let asked = times::moment(say, mail.asked, (zone, *now));
    let at =
        |key: &str, at: Timestamp| say.with(key, &[("when", times::moment(say, at, (zone, *now)).into())]);
    let said = view.said.as_deref();
    html! {
        @match (mail.fate, said) {
            (MailFate::Waiting, None) => (message::loading(&say.with("staff-test-mail-waits", &[("when", asked.into())]))),
            (MailFate::Waiting, Some(_)) => (message::notice_banner(NoticeKind::Warning, &at("staff-test-mail-not-yet", mail.asked))),
            (MailFate::Taken { at: taken }, _) => {
                (message::done(&at("staff-test-mail-taken-title", taken), &say.t("staff-test-mail-taken"), on(&view.ready, say)))
            }
            (MailFate::Trouble(NoticeTrouble::Late), _) => (message::notice_banner(NoticeKind::Danger, &at("staff-test-mail-late", mail.asked))),
            (MailFate::Trouble(NoticeTrouble::AddressRefused), _) => {
                (message::notice_banner(NoticeKind::Danger, &say.t("staff-test-mail-refused")))
            }
            (MailFate::Trouble(NoticeTrouble::NoChannel), _) => {
                (message::notice_banner(NoticeKind::Danger, &say.t("staff-test-mail-no-address")))
            }
        }
        @if let Some(words) = said {
            (listing::facts(&[(&say.t("staff-test-mail-said"), html! { (words) })]))
        }
    }
}

async fn view(desk: &Desk) -> Result<MailView, Fault> {
    let reached = desk.reached();
    let read = desk.read(move |site, now| {
        (site.getting_ready.mail.clone(), (site.policy.zone.clone(), now), Ready::of(site, reached))
    });
    let (mail, clock, ready) = read.await?;
    let (staff, notice) = (desk.staff, mail.as_ref().map(|mail| mail.notice));
    let (to, said) = desk
        .query(move |tables| {
            let to = "SELECT email FROM staff WHERE staff = ?1";
            let to: String = tables.prepare_cached(to)?.query_row([staff.0], |row| row.get(0))?;
            let said = notice.map_or(Ok(None), |notice| said_to(tables, notice))?;
            Ok((to, said))
        })
        .await?;
    Ok(MailView { server: desk.app.web.mail_server.clone(), to, mail, said, clock, ready })
}

/// `GET /staff/getting-ready/mail`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    desk.may_install()?;
    let view = view(&desk).await?;
    let stream = format!("{HERE}/live");
    let title = desk.say.t("staff-ready-mail");
    Ok(desk.live(Section::Needs, &title, &stream, content(&view, desk.say, &desk.csrf)))
}

/// `GET /staff/getting-ready/mail/live`
pub async fn stream(
    desk: Desk,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Fault> {
    desk.may_install()?;
    Ok(live_stream(app, desk, headers, |desk| async move {
        view(&desk).await.ok().map(|view| content(&view, desk.say, &desk.csrf))
    }))
}

/// `POST /staff/getting-ready/mail`
pub async fn send(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    desk.ask(Command::SendTestMail).await?;
    Ok(Redirect::to(HERE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_core::site::reached::{Reached, Way};
    use vestibule_core::{NoticeId, StaffId};

    fn shown(fate: Option<MailFate>, said: Option<&str>, server: Option<&str>, language: Language) -> String {
        let (notice, staff, asked) = (NoticeId(1), StaffId(1), Timestamp(1_772_442_000_000));
        let reached = Reached { way: Way::Files, is_safe_here: true, has_public_url: true };
        let view = MailView {
            server: server.map(str::to_owned),
            to: "ada@example.com".to_owned(),
            mail: fate.map(|fate| TestMail { notice, staff, asked, fate }),
            said: said.map(str::to_owned),
            clock: (Zone::utc(), asked),
            ready: Ready { steps: Vec::new(), untested: None, reached, reminds: false },
        };
        content(&view, Say::new(language), "csrf-of-the-session").into_string()
    }

    #[test]
    fn each_fate_has_words_and_a_servers_own_are_shown_as_text() {
        let fates = [
            MailFate::Waiting,
            MailFate::Taken { at: Timestamp(1_772_442_060_000) },
            MailFate::Trouble(NoticeTrouble::Late),
            MailFate::Trouble(NoticeTrouble::AddressRefused),
            MailFate::Trouble(NoticeTrouble::NoChannel),
        ];
        for language in Language::ALL {
            let pages: std::collections::BTreeSet<String> =
                fates.iter().map(|fate| shown(Some(*fate), None, Some("mail:25"), language)).collect();
            assert_eq!(pages.len(), fates.len());
            for fate in fates {
                let page = shown(Some(fate), Some("550 <script>no</script>"), Some("mail:25"), language);
                assert!(page.contains("550 &lt;script&gt;") && !page.contains("<script>"), "{page}");
            }
        }
    }

    #[test]
    fn without_a_server_the_page_says_what_to_write_and_offers_nothing_to_press() {
        let page = shown(None, None, None, Language::En);
        assert!(page.contains("[mail]") && !page.contains("<form"), "{page}");
        assert!(shown(None, None, Some("mail:25"), Language::En).contains("<form"));
    }
}
