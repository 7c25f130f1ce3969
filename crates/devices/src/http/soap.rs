//! The few words of SOAP that ONVIF needs, written and read. Names are read without their prefixes, which every device chooses
//! for itself. [`SoapDevice`] asks with them.

mod device;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use ring::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY};
use ring::rand::{SecureRandom, SystemRandom};

use super::Credentials;

pub(crate) use device::{Place, SoapDevice, text};

pub(crate) const GET_TIME: &str = r#"<GetSystemDateAndTime xmlns="http://www.onvif.org/ver10/device/wsdl"/>"#;

pub(crate) fn envelope(header: Option<&str>, body: &str) -> String {
    let header = header.map(|header| format!("<s:Header>{header}</s:Header>")).unwrap_or_default();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">{header}<s:Body>{body}</s:Body></s:Envelope>"#
    )
}

/// Says who asks at `their_ms` of the device's own clock: a device refuses what seems old (WS-Security UsernameToken 1.0, 3.1).
pub(crate) fn security(account: &Credentials, their_ms: i64) -> String {
    let mut nonce = [0; 16];
    // Without randomness the token is only easier to replay, which the time in it bounds.
    if SystemRandom::new().fill(&mut nonce).is_err() {
        nonce[..8].copy_from_slice(&their_ms.to_be_bytes());
    }
    token(account, &nonce, their_ms)
}

fn token(account: &Credentials, nonce: &[u8], their_ms: i64) -> String {
    const OASIS: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";
    let created = Timestamp::from_millisecond(their_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let created = created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let password = digest(nonce, &created, account.password.reveal());
    let (user, nonce) = (escape(account.user.as_str()), STANDARD.encode(nonce));
    format!(
        r#"<w:Security s:mustUnderstand="1" xmlns:w="{OASIS}-wssecurity-secext-1.0.xsd" xmlns:u="{OASIS}-wssecurity-utility-1.0.xsd"><w:UsernameToken><w:Username>{user}</w:Username><w:Password Type="{OASIS}-username-token-profile-1.0#PasswordDigest">{password}</w:Password><w:Nonce EncodingType="{OASIS}-soap-message-security-1.0#Base64Binary">{nonce}</w:Nonce><u:Created>{created}</u:Created></w:UsernameToken></w:Security>"#
    )
}

/// Base64 of SHA-1 of nonce, time and password.
fn digest(nonce: &[u8], created: &str, password: &str) -> String {
    let mut context = Context::new(&SHA1_FOR_LEGACY_USE_ONLY);
    context.update(nonce);
    context.update(created.as_bytes());
    context.update(password.as_bytes());
    STANDARD.encode(context.finish())
}

/// The clock in UTC as Unix time in ms, if the device tells it.
pub(crate) fn time_ms(xml: &str) -> Option<i64> {
    let number = |outer: &str, name: &str| -> Option<i16> {
        text_at(xml, &["UTCDateTime", outer, name])?.trim().parse().ok()
    };
    let part = |outer, name| number(outer, name).and_then(|value| i8::try_from(value).ok());
    let date = Date::new(number("Date", "Year")?, part("Date", "Month")?, part("Date", "Day")?).ok()?;
    // A leap second is the last one of its minute.
    let second = part("Time", "Second")?.min(59);
    let time = Time::new(part("Time", "Hour")?, part("Time", "Minute")?, second, 0).ok()?;
    Some(date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// Whether the device refused who asked (`ter:NotAuthorized`, ONVIF Core 5.8).
pub(crate) fn is_not_authorised(xml: &str) -> bool {
    text_at(xml, &["Fault", "Code", "Subcode", "Value"])
        .or_else(|| text_at(xml, &["Fault", "Code", "Subcode", "Subcode", "Value"]))
        .is_some_and(|value| value.ends_with("NotAuthorized") || value.ends_with("FailedAuthentication"))
}

pub(crate) enum Seen<'a> {
    Begins(&'a BytesStart<'a>),
    Says(&'a str),
    Ends,
}

/// The text of the first element whose path ends so.
pub(crate) fn text_at(xml: &str, wanted: &[&str]) -> Option<String> {
    let (mut text, mut found) = (String::new(), false);
    walk(xml, |path, event| {
        if path.ends_with(wanted) {
            match event {
                Seen::Begins(_) => text.clear(),
                Seen::Says(part) => text.push_str(part),
                Seen::Ends => found = true,
            }
        }
        found
    })?;
    found.then_some(text)
}

/// Walks through until `visit` has seen enough. Nothing for what is no XML up to there.
pub(crate) fn walk(xml: &str, mut visit: impl FnMut(&[&str], Seen<'_>) -> bool) -> Option<()> {
    /// No answer of a device is nested deeper.
    const DEPTH_MAX: usize = 64;
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    loop {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let enough = match reader.read_event().ok()? {
            Event::Start(start) if path.len() < DEPTH_MAX => {
                path.push(local(start.name().0).to_owned());
                let names: Vec<&str> = path.iter().map(String::as_str).collect();
                visit(&names, Seen::Begins(&start))
            }
            Event::Start(_) => return None,
            Event::Empty(start) => {
                let name = local(start.name().0).to_owned();
                let names: Vec<&str> = names.into_iter().chain([name.as_str()]).collect();
                visit(&names, Seen::Begins(&start)) || visit(&names, Seen::Ends)
            }
            Event::Text(text) => visit(&names, Seen::Says(&text.into_inner())),
            Event::CData(text) => visit(&names, Seen::Says(&text.into_inner())),
            Event::GeneralRef(reference) => {
                visit(&names, Seen::Says(&unescaped(&format!("&{};", reference.into_inner()))))
            }
            Event::End(_) => {
                let enough = visit(&names, Seen::Ends);
                path.pop();
                enough
            }
            Event::Eof => return Some(()),
            _ => false,
        };
        if enough {
            return Some(());
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Only the five entities of XML and numbers are known; anything else stays as written.
pub(crate) fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Credentials, digest, is_not_authorised, text_at, time_ms, token};
    use crate::Password;
    use base64::Engine;

    #[test]
    fn a_password_digest_is_as_published() {
        // ONVIF Application Programmer's Guide 1.0, 6.1.1.3.
        let nonce = base64::engine::general_purpose::STANDARD.decode("LKqI6G/AikKCQrN0zqZFlg==").unwrap();
        let said = digest(&nonce, "2010-09-16T07:50:45Z", "userpassword");
        assert_eq!(said, "tuOSpGlFlIXsozq4HFNeeGeFLEI=");
    }

    #[test]
    fn a_token_tells_the_devices_time_and_hides_the_password() {
        let account = Credentials { user: "a&b".to_owned(), password: Password::new("hunter2".to_owned()) };
        let said = token(&account, &[1; 16], 1_284_623_445_000);
        assert!(said.contains("<u:Created>2010-09-16T07:50:45Z<"), "{said}");
        assert!(said.contains("<w:Username>a&amp;b<") && !said.contains("hunter2"), "{said}");
    }

    #[test]
    fn answers_are_read_whatever_their_prefixes() {
        let time = "<e:Envelope><e:Body><t:R><t:LocalDateTime><d:Time><d:Hour>9</d:Hour></d:Time></t:LocalDateTime>\
            <t:UTCDateTime><d:Time><d:Hour>7</d:Hour><d:Minute>50</d:Minute><d:Second>45</d:Second></d:Time>\
            <d:Date><d:Year>2010</d:Year><d:Month>9</d:Month><d:Day>16</d:Day></d:Date></t:UTCDateTime></t:R></e:Body></e:Envelope>";
        assert_eq!(time_ms(time), Some(1_284_623_445_000));
        let fault = "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:NotAuthorized</s:Value>\
            </s:Subcode></s:Code></s:Fault>";
        assert!(is_not_authorised(fault) && !is_not_authorised(time));
    }

    #[test]
    fn what_is_no_xml_says_nothing() {
        let deep = "<a>".repeat(10_000);
        for text in ["", "<", "<a", "<html><body>no", "<a></b>", "\u{0}", &deep] {
            assert_eq!((time_ms(text), text_at(text, &["Uri"])), (None, None));
        }
    }
}
