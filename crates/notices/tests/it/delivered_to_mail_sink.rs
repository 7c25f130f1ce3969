use std::time::Duration;

use vestibule_notices::qr::qr_png;
use vestibule_notices::smtp::{SendErrorKind, SmtpSender};
use vestibule_simulators::mail_sink::{DropAt, MailSink, MailSinkOptions};

use crate::notices::{KEYPAD_LINE, TOKEN, arrival, plain_config, to};

async fn sink_and_sender() -> (MailSink, SmtpSender) {
    let sink = MailSink::start(MailSinkOptions::default()).await.unwrap();
    let sender = SmtpSender::new(plain_config(sink.address())).unwrap();
    (sink, sender)
}

async fn refusal(sink: &MailSink, sender: &SmtpSender) -> SendErrorKind {
    let _ = sink;
    let error = sender.send(&arrival(), &to("ana@example.org"), "notice-1").await.unwrap_err();
    assert!(!error.text.contains("482") && !error.text.contains(TOKEN), "{error}");
    error.kind
}

#[tokio::test]
async fn a_notice_arrives_complete() {
    let (sink, sender) = sink_and_sender().await;
    let mut arrivals = sink.subscribe();
    let mail = arrival();
    let accepted = sender.send(&mail, &to("ana@example.org"), "notice-1").await.unwrap();
    assert_eq!(accepted.reply, "2.0.0 kept");

    let got = arrivals.recv().await.unwrap();
    assert_eq!(got.envelope.sender, "parcels@maple.example");
    assert_eq!(got.envelope.recipients, ["ana@example.org"]);
    assert_eq!(got.mail.subject(), "2 paquetes para usted en el casillero 14 - Residencial Peñón");
    assert_eq!(got.mail.header("From"), Some("Residencial Peñón <parcels@maple.example>"));
    assert_eq!(got.mail.header("To"), Some("ana@example.org"));
    assert_eq!(got.mail.header("Message-ID"), Some("<notice-1@maple.example>"));
    assert_eq!(got.mail.header("Auto-Submitted"), Some("auto-generated"));
    let text = got.mail.text.as_deref().unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), mail.text.trim_end());
    assert!(text.contains(KEYPAD_LINE));
    assert_eq!(got.mail.html.as_deref().map(str::trim_end), Some(mail.html.trim_end()));
    assert_eq!(got.mail.images.len(), 1);
    assert_eq!(got.mail.images[0].cid, "pickup-code");
    assert_eq!(got.mail.images[0].bytes, qr_png(TOKEN));
}

#[tokio::test]
async fn one_connection_takes_many_messages_and_survives_a_refusal() {
    let (sink, sender) = sink_and_sender().await;
    sender.check().await.unwrap();
    sink.set_faults(|faults| {
        faults.refused.insert("gone@example.org".to_owned());
    });
    for round in 0..3 {
        sender.send(&arrival(), &to("ana@example.org"), &format!("notice-{round}")).await.unwrap();
        sender.send(&arrival(), &to("gone@example.org"), "notice-x").await.unwrap_err();
    }
    assert_eq!((sink.messages().len(), sink.connections()), (3, 1));
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let (sink, sender) = sink_and_sender().await;
    sink.set_faults(|faults| {
        faults.refused.insert("ana@example.org".to_owned());
    });
    assert_eq!(refusal(&sink, &sender).await, SendErrorKind::AddressRefused);
    sink.set_faults(|faults| {
        faults.refused.clear();
        faults.greylisted.insert("ana@example.org".to_owned(), 1);
    });
    assert_eq!(refusal(&sink, &sender).await, SendErrorKind::Later);
    sink.set_faults(|faults| faults.no_relay = true);
    assert_eq!(refusal(&sink, &sender).await, SendErrorKind::ServerRefuses);
    sink.set_faults(|faults| {
        faults.no_relay = false;
        faults.refuse_all = true;
    });
    assert_eq!(refusal(&sink, &sender).await, SendErrorKind::ServerDown);
    sink.set_faults(|faults| faults.refuse_all = false);
    sender.send(&arrival(), &to("ana@example.org"), "notice-1").await.unwrap();
    assert_eq!(sink.messages().len(), 1);
}

#[tokio::test]
async fn a_dropped_connection_is_passing_and_a_repeat_can_be_recognised() {
    let (sink, sender) = sink_and_sender().await;
    for at in [DropAt::Greeting, DropAt::Sender, DropAt::Content, DropAt::AfterContent] {
        sink.set_faults(|faults| faults.drop_at = Some(at));
        assert_eq!(refusal(&sink, &sender).await, SendErrorKind::ServerDown, "{at:?}");
    }
    sink.set_faults(|faults| faults.drop_at = None);
    sender.send(&arrival(), &to("ana@example.org"), "notice-1").await.unwrap();
    let ids: Vec<String> =
        sink.messages().iter().map(|message| message.mail.header("Message-ID").unwrap().to_owned()).collect();
    assert_eq!(ids, ["<notice-1@maple.example>", "<notice-1@maple.example>"]);
}

#[tokio::test]
async fn a_server_that_is_gone_is_named() {
    let (sink, sender) = sink_and_sender().await;
    sender.check().await.unwrap();
    let address = sink.address().to_string();
    drop(sink);
    let error = sender.send(&arrival(), &to("ana@example.org"), "notice-1").await.unwrap_err();
    assert_eq!(error.kind, SendErrorKind::ServerDown);
    assert!(error.is_transient());
    assert!(error.text.contains(&address), "{error}");
}

#[tokio::test]
async fn a_slow_server_is_waited_for() {
    let (sink, sender) = sink_and_sender().await;
    sink.set_faults(|faults| faults.reply_delay = Some(Duration::from_millis(20)));
    sender.send(&arrival(), &to("ana@example.org"), "notice-1").await.unwrap();
    assert_eq!(sink.messages().len(), 1);
}

#[tokio::test]
async fn addresses_beyond_ascii_are_delivered_where_the_server_can() {
    let (sink, sender) = sink_and_sender().await;
    sender.send(&arrival(), &to("ana@peñón.example"), "notice-1").await.unwrap();
    assert_eq!(sink.messages()[0].envelope.recipients, ["ana@peñón.example"]);
}

#[tokio::test]
async fn a_burst_is_accepted_well_within_the_promise() {
    let (sink, sender) = sink_and_sender().await;
    let sender = std::sync::Arc::new(sender);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..40 {
        let sender = std::sync::Arc::clone(&sender);
        tasks.spawn(async move {
            sender.send(&arrival(), &to("ana@example.org"), &format!("notice-{number}")).await
        });
    }
    let all = tokio::time::timeout(Duration::from_secs(5), tasks.join_all()).await.unwrap();
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(sink.messages().len(), 40);
}
