//! When a certificate ends, and nothing else of it (RFC 5280, 4.1). A whole parser would be a crate for two numbers.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xA0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The last moment of a certificate; nothing if this is no certificate.
pub(super) fn ends(der: &[u8]) -> Option<Timestamp> {
    let (outer, _) = expect(der, SEQUENCE)?;
    let (mut body, _) = expect(outer, SEQUENCE)?;
    if body.first() == Some(&VERSION) {
        body = element(body)?.2;
    }
    // Serial number, signature algorithm, issuer.
    for _ in 0..3 {
        body = element(body)?.2;
    }
    let (validity, _) = expect(body, SEQUENCE)?;
    let (_, _, validity) = element(validity)?;
    let (tag, text, _) = element(validity)?;
    time(tag, std::str::from_utf8(text).ok()?)
}

/// `YYMMDDHHMMSSZ` up to 2049, `YYYYMMDDHHMMSSZ` from then on.
fn time(tag: u8, text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (year, rest) = match (tag, digits.len()) {
        (UTC_TIME, 12) => {
            let year: i16 = digits[..2].parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, &digits[2..])
        }
        (GENERALIZED_TIME, 14) => (digits[..4].parse().ok()?, &digits[4..]),
        _ => return None,
    };
    let pair = |index: usize| rest[2 * index..2 * index + 2].parse::<i8>().ok();
    let day = Date::new(year, pair(0)?, pair(1)?).ok()?;
    let clock = Time::new(pair(2)?, pair(3)?, pair(4)?, 0).ok()?;
    Some(day.to_datetime(clock).to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn expect(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = element(bytes)?;
    (found == tag).then_some((content, rest))
}

/// Tag, content and what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7F);
        if !(1..=4).contains(&count) || rest.len() < count {
            return None;
        }
        let length = rest[..count].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        (length, &rest[count..])
    };
    (rest.len() >= length).then(|| (tag, &rest[..length], &rest[length..]))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use super::ends;

    fn certificate(year: i32) -> Vec<u8> {
        let mut params = CertificateParams::new(vec!["camera".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 2, 3);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn the_end_is_read_in_both_forms() {
        assert_eq!(ends(&certificate(2031)).unwrap().to_string(), "2031-02-03T00:00:00Z");
        assert_eq!(ends(&certificate(2061)).unwrap().to_string(), "2061-02-03T00:00:00Z");
    }

    #[test]
    fn cut_or_changed_bytes_are_no_certificate_and_no_panic() {
        let whole = certificate(2031);
        assert!((0..whole.len()).all(|length| ends(&whole[..length]).is_none()));
        for index in 0..whole.len() {
            let mut changed = whole.clone();
            changed[index] ^= 0xFF;
            let _ = ends(&changed);
        }
    }
}
