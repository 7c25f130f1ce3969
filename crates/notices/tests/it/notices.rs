//! Notices and settings the tests send.

use std::net::SocketAddr;

use vestibule_notices::SecretText;
use vestibule_notices::address::MailAddress;
use vestibule_notices::language::Language;
use vestibule_notices::notice::{
    HelpLine, Notice, NoticeCode, NoticeKind, NoticePlace, PlaceLine, RenderedMail, render_mail,
};
use vestibule_notices::smtp::{SmtpConfig, SmtpSecurity};

pub const KEYPAD_LINE: &str = "En el teclado: 1202, luego 482 913 905";
pub const TOKEN: &str = "VP7K0123456789ABCDEFGHJKMNPQRST";

pub fn arrival() -> RenderedMail {
    render_mail(&Notice {
        site_name: "Residencial Peñón".to_owned(),
        language: Language::Es,
        kind: NoticeKind::Arrived,
        recipient_name: "Ana Álvarez".to_owned(),
        unit_label: "12B".to_owned(),
        keypad_number: "1202".to_owned(),
        places: vec![PlaceLine {
            place: NoticePlace::Compartment { label: "14".to_owned(), bank: "Vestíbulo".to_owned() },
            parcels: 2,
            carriers: vec!["UPS".to_owned()],
            addressed_to: None,
        }],
        code: Some(NoticeCode { pin: SecretText::new("482913905"), qr: SecretText::new(TOKEN) }),
        link: None,
        help_line: Some(HelpLine { text: "Conserjería".to_owned(), phone: "+34 600 123 456".to_owned() }),
        hold_until: Some("vie 20:00".to_owned()),
        desk_hours: None,
        picture: None,
    })
}

pub fn to(address: &str) -> MailAddress {
    address.parse().unwrap()
}

pub fn plain_config(server: SocketAddr) -> SmtpConfig {
    SmtpConfig {
        host: server.ip().to_string(),
        port: Some(server.port()),
        security: SmtpSecurity::Plain,
        allow_plain: false,
        username: None,
        password_file: None,
        from: "parcels@maple.example".to_owned(),
        ca_file: None,
        hello_name: Some("site.maple.example".to_owned()),
    }
}
