use std::path::PathBuf;

use vestibule_notices::qr::qr_png;
use vestibule_notices::smtp::{SendErrorKind, SmtpConfig, SmtpSecurity, SmtpSender};

use crate::aiosmtpd_server::{Aiosmtpd, Wanted};
use crate::notices::{KEYPAD_LINE, TOKEN, arrival, plain_config, to};

/// A certificate for `localhost` that signs itself, its key, and a password, as files.
struct Files {
    _folder: tempfile::TempDir,
    certificate: PathBuf,
    key: PathBuf,
    password: PathBuf,
    wrong_password: PathBuf,
}

fn files() -> Files {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let write = |name: &str, content: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    Files {
        certificate: write("certificate.pem", made.cert.pem()),
        key: write("key.pem", made.signing_key.serialize_pem()),
        password: write("password", "correct horse\n".to_owned()),
        wrong_password: write("wrong", "battery staple\n".to_owned()),
        _folder: folder,
    }
}

fn encrypted_config(server: &Aiosmtpd, security: SmtpSecurity, files: &Files) -> SmtpConfig {
    SmtpConfig {
        host: "localhost".to_owned(),
        security,
        ca_file: Some(files.certificate.clone()),
        username: Some("parcels".to_owned()),
        password_file: Some(files.password.clone()),
        ..plain_config(server.address)
    }
}

#[tokio::test]
async fn a_notice_arrives_complete_at_a_server_of_other_people() {
    let Some(server) = Aiosmtpd::start(&Wanted::default()) else { return };
    let sender = SmtpSender::new(plain_config(server.address)).unwrap();
    let mail = arrival();
    sender.send(&mail, &to("ana@example.org"), "notice-1").await.unwrap();

    assert_eq!(server.messages().len(), 1);
    assert_eq!(
        server.read_by_python("subject"),
        "2 paquetes para usted en el casillero 14 - Residencial Peñón"
    );
    assert_eq!(server.read_by_python("message-id"), "<notice-1@maple.example>");
    assert_eq!(server.read_by_python("from"), "Residencial Peñón <parcels@maple.example>");
    let plain = server.read_by_python("plain").replace("\r\n", "\n");
    assert!(plain.contains(KEYPAD_LINE));
    assert_eq!(plain.trim_end(), mail.text.trim_end());
    assert_eq!(server.read_by_python("html").trim_end(), mail.html.trim_end());
    let png: String = qr_png(TOKEN).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(server.read_by_python("png"), png);
}

#[tokio::test]
async fn a_refused_address_is_the_addresss_and_the_next_message_goes() {
    let Some(server) = Aiosmtpd::start(&Wanted::default()) else { return };
    let sender = SmtpSender::new(plain_config(server.address)).unwrap();
    let error = sender.send(&arrival(), &to("gone@example.org"), "notice-1").await.unwrap_err();
    assert_eq!(error.kind, SendErrorKind::AddressRefused);
    sender.send(&arrival(), &to("ana@example.org"), "notice-2").await.unwrap();
    assert_eq!(server.messages().len(), 1);
}

#[tokio::test]
async fn encryption_and_login_work_both_ways() {
    let files = files();
    for (how, security) in [("starttls", SmtpSecurity::StartTls), ("implicit", SmtpSecurity::Tls)] {
        let wanted = Wanted {
            tls: Some((how, &files.certificate, &files.key)),
            login: Some(("parcels", &files.password)),
        };
        let Some(server) = Aiosmtpd::start(&wanted) else { return };
        let config = encrypted_config(&server, security, &files);
        let sender = SmtpSender::new(config.clone()).unwrap();
        sender.send(&arrival(), &to("ana@example.org"), "notice-1").await.unwrap();
        assert_eq!(server.messages().len(), 1, "{how}");

        let wrong = SmtpConfig { password_file: Some(files.wrong_password.clone()), ..config.clone() };
        let error = SmtpSender::new(wrong).unwrap().check().await.unwrap_err();
        assert_eq!(error.kind, SendErrorKind::ServerRefuses, "{how}: {error}");
        assert!(error.text.contains("password_file") && !error.text.contains("staple"), "{how}: {error}");

        let untrusting = SmtpConfig { ca_file: None, ..config };
        let error = SmtpSender::new(untrusting).unwrap().check().await.unwrap_err();
        assert_eq!(error.kind, SendErrorKind::ServerRefuses, "{how}: {error}");
        assert!(error.text.contains("ca_file"), "{how}: {error}");
    }
}

#[tokio::test]
async fn a_server_without_encryption_is_not_used_when_it_is_wanted() {
    let Some(server) = Aiosmtpd::start(&Wanted::default()) else { return };
    let config = SmtpConfig { security: SmtpSecurity::StartTls, ..plain_config(server.address) };
    let error = SmtpSender::new(config).unwrap().check().await.unwrap_err();
    assert_eq!(error.kind, SendErrorKind::ServerRefuses, "{error}");
    assert!(error.text.contains("security"), "{error}");
}
