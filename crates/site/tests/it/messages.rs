//! The message runner over real SMTP: told once, with what is true at the moment of sending; troubles become tasks.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use crate::place::Place;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use vestibule_core::task::TaskKind;
use vestibule_core::{Actor, Command, PersonId, Site, TenancyId, UnitId};
use vestibule_devices::{Clock, PulseIntent};
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity, SmtpSender};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions, ReceivedMail};
use vestibule_site::handle::{Request, SiteHandle};
use vestibule_site::keys::Keys;
use vestibule_site::rows::{PersonRow, Row};
use vestibule_site::runners::messages::{MessageStart, start};
use vestibule_site::service::{self, Ahead, machine_clocks};
use vestibule_site::store::StoreOptions;
use vestibule_site::writer::Incoming;

const DEADLINE: Duration = Duration::from_secs(20);

/// A site whose courier has just left one parcel for Rosa Alvarez of 3B; its notice waits in the outbox.
struct Waiting {
    options: StoreOptions,
    keys: Arc<Keys>,
    token: String,
    _folder: tempfile::TempDir,
}

fn deposited(email: Option<&str>) -> Waiting {
    let folder = tempfile::tempdir().unwrap();
    let mut place = Place::founded(folder.path());
    let unit = Row::Unit {
        unit: UnitId(1),
        building: "North".into(),
        label: "3B".into(),
        folded: "3B".into(),
        keypad: "302".into(),
    };
    let rosa = PersonRow {
        person: PersonId(1),
        tenancy: TenancyId(1),
        unit: UnitId(1),
        first_name: "Rosa".into(),
        last_name: "Alvarez".into(),
        folded: "alvarez,rosa".into(),
        email: email.map(str::to_owned),
        phone: None,
        language: "es".into(),
        external_id: None,
        reach: false,
        hidden: false,
    };
    let bank =
        Row::BankName { bank: vestibule_core::BankId(1), name: "Lobby".into(), building: "North".into() };
    place.step(Incoming::Write(vec![unit, Row::Person(Box::new(rosa)), bank]));
    let (visit, _) = place.deposited();
    place.request(Request::new(Actor::Visit(visit), Command::Finish { visit }));
    let (_, token) = place.mailed_codes();
    Waiting { options: place.options.clone(), keys: Arc::clone(&place.keys), token, _folder: folder }
}

/// The site running with its message runner against a sink.
struct Running {
    site: SiteHandle,
    sink: MailSink,
    _stop: watch::Sender<bool>,
}

async fn running(waiting: &Waiting, refused: Option<&str>) -> Running {
    let sink = MailSink::start(MailSinkOptions::default()).await.unwrap();
    sink.set_faults(|faults| faults.refused.extend(refused.map(str::to_owned)));
    let clocks = machine_clocks(Clock::start(), Ahead::default());
    let service = service::start(waiting.options.clone(), Arc::clone(&waiting.keys), clocks).unwrap();
    let (stop, shutdown) = watch::channel(false);
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
    start(MessageStart {
        site: service.handle.clone(),
        keys: Arc::clone(&waiting.keys),
        smtp: Some(smtp.unwrap()),
        public_url: Some("https://site.example.com".into()),
        texts: None,
        photos: None,
        shutdown,
    });
    Running { site: service.handle, sink, _stop: stop }
}

impl Running {
    /// Waits until the outbox is empty.
    async fn handed_over(&self) {
        let mut changes = self.site.changes();
        let empty = async {
            loop {
                let query = "SELECT count(*) FROM outbox";
                let left: i64 =
                    self.site.query(move |c| c.query_row(query, [], |row| row.get(0))).await.unwrap();
                if left == 0 {
                    return;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(DEADLINE, empty).await.expect("the outbox empties");
    }

    async fn seen<T: Send + 'static>(&self, look: impl FnOnce(&Site) -> T + Send + 'static) -> T {
        self.site.read(move |site, _| look(site)).await.unwrap()
    }

    fn mails(&self) -> Vec<Arc<ReceivedMail>> {
        self.sink.messages()
    }
}

#[tokio::test]
async fn a_notice_says_place_and_code_in_its_readers_language_and_leaves_the_outbox() {
    let waiting = deposited(Some("rosa@example.com"));
    let running = running(&waiting, None).await;
    running.handed_over().await;
    let mails = running.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].envelope.recipients, ["rosa@example.com"]);
    let text = mails[0].mail.text.clone().unwrap();
    for wanted in ["Rosa", "Lobby", "302", "UPS", "https://site.example.com/l/VL"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(mails[0].mail.subject().contains("casillero"), "{}", mails[0].mail.subject());
    let on_their_way = running.seen(|site| site.notices.on_their_way.len()).await;
    assert_eq!(on_their_way, 0, "the site knows that it was told");
    let count = |table: &'static str| {
        running.site.query(move |c| {
            c.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
        })
    };
    assert_eq!(count("link_page").await.unwrap(), 1);
}

#[tokio::test]
async fn what_was_collected_meanwhile_is_not_told_any_more() {
    let waiting = deposited(Some("rosa@example.com"));
    let mut place =
        Place::open(waiting.options.clone(), Arc::clone(&waiting.keys), crate::place::MONDAY + 3_600_000)
            .unwrap();
    let proof = place.token_proof(&waiting.token);
    let kiosk = vestibule_core::KioskId(1);
    let (outcome, intents) =
        place.request(Request::new(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof }));
    assert!(outcome.answer.is_ok(), "{:?}", outcome.answer);
    place.opens(&intents[0]);
    place.shuts(intents[0].point());
    drop(place);
    let running = running(&waiting, None).await;
    running.handed_over().await;
    assert!(
        running.mails().iter().all(|mail| !mail.mail.subject().contains("para usted")),
        "{:?}",
        running.mails()
    );
}

#[tokio::test]
async fn a_refused_address_becomes_a_task_and_is_remembered() {
    let waiting = deposited(Some("rosa@example.com"));
    let running = running(&waiting, Some("rosa@example.com")).await;
    running.handed_over().await;
    assert_eq!(running.mails().len(), 0);
    let (bad, tell) = running
        .seen(|site| {
            let of = |kind| site.tasks.find(&kind).is_some();
            (of(TaskKind::BadAddress { person: PersonId(1) }), of(TaskKind::Tell { person: PersonId(1) }))
        })
        .await;
    assert!(bad && tell);
    let query = "SELECT bad_address FROM person WHERE person = 1";
    assert!(running.site.query(|c| c.query_row(query, [], |row| row.get::<_, bool>(0))).await.unwrap());
}

#[tokio::test]
async fn who_has_no_way_to_be_told_is_told_by_staff() {
    let waiting = deposited(None);
    let running = running(&waiting, None).await;
    running.handed_over().await;
    assert!(running.seen(|site| site.tasks.find(&TaskKind::Tell { person: PersonId(1) }).is_some()).await);
}
