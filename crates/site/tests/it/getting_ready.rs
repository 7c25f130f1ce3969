//! Getting ready for the first parcel as staff see it: a card that the facts empty, and a test mail by the way of every message.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::at_desk::{AtDesk, until};
use crate::live::{Call, LiveSite, Said};
use axum::http::StatusCode;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use vestibule_core::site::getting_ready::{MailFate, ReadyStep, Standing};
use vestibule_core::site::reached::{Reached, Way};
use vestibule_core::*;
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity, SmtpSender};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions};
use vestibule_site::directory::settings::set_public_url;
use vestibule_site::keys::Keys;
use vestibule_site::runners::messages::{MessageStart, start};
use vestibule_site::web::WebSettings;

const DEADLINE: Duration = Duration::from_secs(20);
const MAIL: &str = "/staff/getting-ready/mail";
const CONNECTION: &str = "/staff/settings/connection";
/// As the tests' sites are reached, if they are not set up otherwise.
const HERE: Reached = Reached { way: Way::ThisMachine, is_safe_here: true, has_public_url: false };

impl AtDesk {
    /// At a site with a mail server.
    async fn with_mail(role: &str) -> Self {
        let web = WebSettings { mail_server: Some("mail.example.com:587".into()), ..WebSettings::default() };
        Self::at(LiveSite::founded_with(web).await, role).await
    }

    async fn press(&self, path: &str) -> Said {
        let said = self.presses(path, "").await;
        assert_eq!(said.code, StatusCode::SEE_OTHER, "{path}: {}", said.text);
        said
    }

    async fn standing(&self, step: ReadyStep) -> Standing {
        self.site.handle.read(move |site, _| site.standing(step, &HERE)).await.unwrap()
    }

    /// Waits until a page says it.
    async fn until_said(&self, path: &str, words: &str) -> String {
        let mut changes = self.site.handle.changes();
        let shown = async {
            loop {
                changes.borrow_and_update();
                let page = self.page(path).await;
                if page.contains(words) {
                    return page;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(DEADLINE, shown).await.unwrap_or_else(|_| panic!("{path} never said {words}"))
    }
}

fn fate(site: &Site) -> Option<MailFate> {
    site.getting_ready.mail.as_ref().map(|mail| mail.fate)
}

/// The message runner against a mail server of its own.
async fn mailing(site: &LiveSite) -> (MailSink, watch::Sender<bool>) {
    let sink = MailSink::start(MailSinkOptions::default()).await.unwrap();
    let address = sink.address();
    let smtp = SmtpSender::new(SmtpConfig {
        host: address.ip().to_string(),
        port: Some(address.port()),
        security: SmtpSecurity::Plain,
        allow_plain: false,
        username: None,
        password_file: None,
        from: "parcels@site.example.com".into(),
        ca_file: None,
        hello_name: Some("localhost".into()),
    });
    let (stop, shutdown) = watch::channel(false);
    start(MessageStart {
        site: site.handle.clone(),
        keys: Arc::new(Keys::generate()),
        smtp: Some(smtp.unwrap()),
        public_url: Some("https://site.example.com".into()),
        texts: None,
        photos: None,
        shutdown,
    });
    (sink, stop)
}

#[tokio::test]
async fn the_card_says_what_is_left_and_leads_there_until_nobody_wants_to_see_it() {
    let office = AtDesk::with_mail("manager").await;
    let start = office.page("/staff").await;
    assert!(start.contains("Getting ready") && start.contains("2 of 7 done"), "{start}");
    assert!(start.contains("/staff/banks/1/wiring"), "the bank that was never tested");
    assert!(!start.contains("Nothing needs you"), "something does");
    office.press("/staff/getting-ready/steps/connection/skip").await;
    let elsewhere = office.page("/staff/residents").await;
    assert!(elsewhere.contains("Next: Wiring test"), "{elsewhere}");

    office.press("/staff/getting-ready/steps/wiring/skip").await;
    assert!(office.page("/staff/residents").await.contains("Next: Screen at the lockers"));
    assert!(office.page("/staff").await.contains("steps/wiring/resume"), "skipped, and still on the card");
    office.site.kiosk().await;
    assert_eq!(office.standing(ReadyStep::Kiosk).await, Standing::Done);
    assert!(office.page("/staff").await.contains("3 of 7 done"));
    office.press("/staff/getting-ready/steps/wiring/resume").await;
    assert_eq!(office.standing(ReadyStep::Wiring).await, Standing::Open);

    office.press("/staff/getting-ready/hide").await;
    let start = office.page("/staff").await;
    assert!(start.contains("Nothing needs you") && !start.contains("Getting ready"), "{start}");
    assert!(!office.page("/staff/residents").await.contains("Next: "));
    let steps = office.page("/staff/getting-ready").await;
    assert!(steps.contains("/staff/getting-ready/remind"), "there is a way back: {steps}");
    office.press("/staff/getting-ready/remind").await;
    assert!(office.page("/staff").await.contains("3 of 7 done"));
}

#[tokio::test]
async fn the_connection_is_a_step_that_says_what_is_off_and_is_done_when_nothing_is() {
    let office = AtDesk::with_mail("manager").await;
    let start = office.page("/staff").await;
    for words in ["How phones and kiosks reach this site", "from this machine alone", "No other machine"] {
        assert!(start.contains(words), "{words}: {start}");
    }
    assert!(start.contains(CONNECTION), "and leads to where it is said how to: {start}");
    assert!(office.page("/staff/residents").await.contains("Next: How phones and kiosks"));
    assert!(!office.page(CONNECTION).await.contains("Next: "), "that is this page");
    office.press("/staff/getting-ready/steps/connection/skip").await;
    assert!(
        office.page("/staff").await.contains("steps/connection/resume"),
        "skipped, and still on the card"
    );

    let by_tls = WebSettings { tls: true, ..WebSettings::default() };
    let site = LiveSite::founded_with(by_tls).await;
    let (session, _) = site.staff("manager").await;
    let start = async || Call::get("/staff").bearer(&session).to(&site).await.text;
    let shown = start().await;
    assert!(shown.contains("public_url") && shown.contains("2 of 7 done"), "links are off: {shown}");
    let url = set_public_url(Some("https://parcels.example.com")).unwrap();
    site.handle.write(vec![url]).await.unwrap();
    let start = start().await;
    assert!(start.contains("3 of 7 done") && !start.contains("How phones and kiosks"), "{start}");
}

#[tokio::test]
async fn a_proxy_that_hands_on_what_came_in_the_clear_leaves_the_connection_to_be_done() {
    let public_url = Some("https://parcels.example.com".to_owned());
    let web = WebSettings { behind_proxy: true, public_url, ..WebSettings::default() };
    let office = AtDesk::at(LiveSite::founded_with(web).await, "manager").await;
    let steps = async |proto: &str| {
        let call = Call::get("/api/v1/getting-ready").bearer(&office.session);
        let said = call.header("x-forwarded-proto", proto).to(&office.site).await.json();
        assert_eq!(said["steps"][2]["step"], "connection");
        said["steps"][2]["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(steps("https").await, "done");
    assert_eq!(steps("http").await, "open");
}

/// A code is shown in the answer to the press that makes it: the line above it is not a step behind.
#[tokio::test]
async fn a_page_that_answers_a_press_shows_what_is_left_after_it() {
    let office = AtDesk::with_mail("manager").await;
    let progress = |page: &str| {
        let at = page.find(" of 7 done").unwrap_or_else(|| panic!("no line of what is left: {page}"));
        page[..at].chars().next_back().and_then(|digit| digit.to_digit(10)).unwrap()
    };
    let before = progress(&office.page("/staff/couriers").await);
    assert_eq!(office.standing(ReadyStep::Couriers).await, Standing::Open);
    let fields = "carrier=1&day0=0&from0=07:00&to0=21:00&until=2026-12-01";
    let made = office.presses("/staff/couriers", fields).await;
    assert_eq!(made.code, StatusCode::OK, "{}", made.text);
    assert_eq!(progress(&made.text), before + 1);
    assert_eq!(office.standing(ReadyStep::Couriers).await, Standing::Done);
}

#[tokio::test]
async fn who_may_not_set_a_site_up_is_not_reminded_of_it() {
    let office = AtDesk::with_mail("staff").await;
    let start = office.page("/staff").await;
    assert!(start.contains("Nothing needs you") && !start.contains("Getting ready"), "{start}");
    assert!(!office.page("/staff/banks").await.contains("Getting ready"));
}

#[tokio::test]
async fn a_test_mail_goes_the_way_of_every_message_and_the_page_says_what_became_of_it() {
    let office = AtDesk::with_mail("owner").await;
    let (sink, _stop) = mailing(&office.site).await;
    assert!(office.page(MAIL).await.contains("mail.example.com:587"));
    office.press(MAIL).await;
    until(&office.site.handle, "taken", |site| matches!(fate(site), Some(MailFate::Taken { .. }))).await;
    let page = office.until_said(MAIL, "The mail server took it").await;
    assert_eq!(office.standing(ReadyStep::Mail).await, Standing::Done);
    let mail = Arc::clone(&sink.messages()[0]);
    let to = mail.envelope.recipients[0].clone();
    assert!(to.starts_with("owner-") && page.contains(&to), "{to}: {page}");
    assert!(mail.mail.subject().starts_with("Test mail"), "{}", mail.mail.subject());
    assert!(mail.mail.text.as_ref().unwrap().contains("https://site.example.com"));

    sink.set_faults(|faults| faults.refused.extend([to.clone()]));
    office.press(MAIL).await;
    until(&office.site.handle, "refused", |site| matches!(fate(site), Some(MailFate::Trouble(_)))).await;
    let page = office.until_said(MAIL, "will not take it for your address").await;
    assert!(page.contains("550"), "in the server's own words: {page}");
    assert_eq!(office.standing(ReadyStep::Mail).await, Standing::Open, "the last one counts");
    let tasks = office.site.handle.read(|site, _| site.tasks.open.len()).await.unwrap();
    assert_eq!(tasks, 0, "nobody's parcel hangs on it");
}

#[tokio::test]
async fn a_server_that_is_down_is_named_and_a_press_does_not_wait_for_the_next_try() {
    let office = AtDesk::with_mail("owner").await;
    let (sink, _stop) = mailing(&office.site).await;
    sink.set_faults(|faults| faults.refuse_all = true);
    office.press(MAIL).await;
    let page = office.until_said(MAIL, "not taken yet").await;
    assert!(page.contains("421"), "{page}");
    assert_eq!(fate_of(&office).await, Some(MailFate::Waiting));
    sink.set_faults(|faults| faults.refuse_all = false);
    office.press(MAIL).await;
    until(&office.site.handle, "taken", |site| matches!(fate(site), Some(MailFate::Taken { .. }))).await;
    let query = "SELECT count(*) FROM outbox";
    let mut changes = office.site.handle.changes();
    let emptied = async {
        loop {
            changes.borrow_and_update();
            let read = office.site.handle.query(move |c| c.query_row(query, [], |row| row.get::<_, i64>(0)));
            if read.await.unwrap() == 0 {
                return;
            }
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(DEADLINE, emptied).await.expect("the outbox empties");
    assert_eq!(sink.messages().len(), 1, "the one before is not sent any more");
}

async fn fate_of(office: &AtDesk) -> Option<MailFate> {
    office.site.handle.read(|site, _| fate(site)).await.unwrap()
}

#[tokio::test]
async fn programs_get_ready_as_people_do() {
    let office = AtDesk::with_mail("manager").await;
    let ask = |method: &str, path: &str| Call::new(method, path).bearer(&office.session);
    let skipped = ask("PUT", "/api/v1/getting-ready/steps/mail").json(json!({ "skip": true }));
    assert_eq!(skipped.to(&office.site).await.code, StatusCode::OK);
    let hidden = ask("PUT", "/api/v1/getting-ready/hidden").json(json!({ "hide": true }));
    assert_eq!(hidden.to(&office.site).await.code, StatusCode::OK);
    assert_eq!(ask("POST", "/api/v1/test-mail").to(&office.site).await.code, StatusCode::OK);
    let said = ask("GET", "/api/v1/getting-ready").to(&office.site).await.json();
    let standing = |step: usize| said["steps"][step]["standing"].as_str().unwrap().to_owned();
    let all: Vec<String> = (0..7).map(standing).collect();
    assert_eq!(all, ["done", "done", "open", "open", "open", "skipped", "open"]);
    assert_eq!(
        (said["reminds"].clone(), said["test_mail"]["fate"].clone()),
        (json!(false), json!("waiting"))
    );
    let unknown = ask("PUT", "/api/v1/getting-ready/steps/lunch").json(json!({ "skip": true }));
    assert_eq!(unknown.to(&office.site).await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_poster_bears_a_code_only_where_it_was_just_made_and_asked_for() {
    let office = AtDesk::with_mail("manager").await;
    let poster = "/staff/couriers/poster";
    let page = office.sees(poster).await;
    assert!(page.text.contains("Deliver here") && page.text.contains("Lobby"), "{}", page.text);
    assert!(!page.words().contains("UPS"), "{}", page.text);
    let fields = "carrier=1&day0=0&from0=07:00&to0=21:00&until=2026-12-01";
    let make = async |more: &str| office.presses("/staff/couriers", &format!("{fields}{more}")).await;
    let badge = make("").await;
    assert_eq!(badge.code, StatusCode::OK, "{}", badge.text);
    assert!(!badge.text.contains("class=\"poster\""));
    let with = make("&poster=yes").await.text;
    let digits = with.split("shown-digits").nth(1).unwrap().split("visually-hidden\">").nth(1).unwrap();
    let digits = digits.split('<').next().unwrap();
    assert_eq!(with.matches(digits).count(), 2, "in large letters, and on the poster");
    let later = office.page(poster).await;
    assert!(later.contains("UPS") && !later.contains(digits) && !later.contains("code-group"), "{later}");
}
