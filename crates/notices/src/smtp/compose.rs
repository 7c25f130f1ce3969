//! A rendered mail as the bytes of a message (RFC 5322, MIME). Pure but for the date.

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use crate::address::MailAddress;
use crate::notice::{RenderedMail, one_line};

/// RFC 3834: written by a machine, so that no holiday answer comes back.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The same key gives the same Message-ID, so that whoever receives a repeat can tell.
/// Letters, digits, dot, dash and underscore stay; all else is written as its bytes in hex.
pub(super) fn message_id(key: &str, domain: &str) -> String {
    use std::fmt::Write as _;
    let mut local = String::with_capacity(key.len());
    for byte in key.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => local.push(char::from(byte)),
            _ => write!(local, "={byte:02x}").expect("writing into a String does not fail"),
        }
    }
    format!("<{local}@{domain}>")
}

pub(super) fn compose(
    mail: &RenderedMail,
    from: &MailAddress,
    to: &MailAddress,
    key: &str,
) -> Result<Vec<u8>, lettre::error::Error> {
    let text = SinglePart::plain(mail.text.clone());
    let html = SinglePart::html(mail.html.clone());
    let shown = if mail.inline_images.is_empty() {
        MultiPart::alternative().singlepart(text).singlepart(html)
    } else {
        let mut related = MultiPart::related().singlepart(html);
        for image in &mail.inline_images {
            let kind = ContentType::parse(image.kind.content_type()).expect("a content type of ours");
            let part = Attachment::new_inline(image.cid.clone()).body(image.bytes.clone(), kind);
            related = related.singlepart(part);
        }
        MultiPart::alternative().singlepart(text).multipart(related)
    };
    let message = Message::builder()
        .from(Mailbox::new(Some(one_line(&mail.from_name)), from.inner().clone()))
        .to(Mailbox::new(None, to.inner().clone()))
        .subject(one_line(&mail.subject))
        .message_id(Some(message_id(key, from.domain())))
        .header(AutoSubmitted)
        .multipart(shown)?;
    Ok(message.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_its_message() {
        assert_eq!(message_id("notice-42_mail", "example.com"), "<notice-42_mail@example.com>");
        assert_eq!(message_id("a b>c", "example.com"), "<a=20b=3ec@example.com>");
        assert_ne!(message_id("a b", "x.example"), message_id("a=20b", "x.example"));
    }

    #[test]
    fn lines_are_short_and_names_cannot_add_headers() {
        let mail = RenderedMail {
            from_name: "Maple\r\nBcc: all@example.org".to_owned(),
            subject: "Paquete\r\nBcc: all@example.org ñ".to_owned(),
            text: "ñ".repeat(3000),
            html: "x".repeat(3000),
            inline_images: vec![],
        };
        let address: MailAddress = "ana@example.com".parse().unwrap();
        let bytes = String::from_utf8(compose(&mail, &address, &address, "k").unwrap()).unwrap();
        assert!(bytes.is_ascii());
        assert!(bytes.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        assert!(!bytes.split("\r\n").any(|line| line.starts_with("Bcc")));
        assert!(bytes.contains("Auto-Submitted: auto-generated\r\n"));
    }
}
