//! Which mail addresses and phone numbers are accepted, and their one written form.
//!
//! Says what is wrong in words an import can show beside the line. Never asks a server or a directory.

use std::fmt;
use std::str::FromStr;

/// A mail address mail can be sent to: trimmed, host in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailAddress(lettre::Address);

/// Why a mail address is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailAddressError {
    #[error("the mail address is empty")]
    Empty,
    #[error("the mail address has no @")]
    NoAt,
    #[error("the mail address is longer than 254 characters")]
    TooLong,
    #[error("there is no such mail host; it needs a dot, as in name@example.com")]
    Host,
    #[error("the mail address has characters or dots where none may be")]
    Malformed,
}

impl MailAddress {
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    pub(crate) fn inner(&self) -> &lettre::Address {
        &self.0
    }

    pub(crate) fn is_ascii(&self) -> bool {
        self.as_str().is_ascii()
    }
}

impl FromStr for MailAddress {
    type Err = MailAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MailAddressError::Empty);
        }
        let (user, host) = text.rsplit_once('@').ok_or(MailAddressError::NoAt)?;
        // RFC 3696 erratum 1690: a path is 256 octets with its angle brackets.
        if text.len() > 254 || user.len() > 64 {
            return Err(MailAddressError::TooLong);
        }
        // "name@gmail" is a slip of the pen far more often than a host of the own network.
        let labels: Vec<&str> = host.split('.').collect();
        if labels.len() < 2 || labels.iter().any(|label| label.is_empty()) {
            return Err(MailAddressError::Host);
        }
        lettre::Address::new(user, host.to_lowercase()).map(Self).map_err(|_| MailAddressError::Malformed)
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A phone number in the form of E.164: plus sign and 8 to 15 digits, country code first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PhoneNumber(String);

/// Why a phone number is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    #[error("the phone number is empty")]
    Empty,
    #[error("the phone number has a character that is neither digit nor space . - / ( )")]
    Character,
    #[error(
        "the phone number has no country code; write it as +1 555 010 0123, or give the import a country code"
    )]
    NoCountryCode,
    #[error("the phone number must have 8 to 15 digits with its country code")]
    Length,
}

impl PhoneNumber {
    /// Reads `+1 (555) 010-0123`, `0034 600 123 456`, and national numbers when `country_code` (digits
    /// alone, `1`, `34`) is given. A national leading zero is dropped, except in Italy, which dials it.
    pub fn parse(text: &str, country_code: Option<&str>) -> Result<Self, PhoneNumberError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PhoneNumberError::Empty);
        }
        let (has_plus, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        // "+44 (0) 7911" writes a zero that is not dialled from abroad.
        let rest = if has_plus { rest.replace("(0)", "") } else { rest.to_owned() };
        let mut digits = String::new();
        for c in rest.chars() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '\u{a0}' | '.' | '-' | '/' | '(' | ')' => {}
                _ => return Err(PhoneNumberError::Character),
            }
        }
        let international = if has_plus {
            digits
        } else if let Some(abroad) = digits.strip_prefix("00") {
            abroad.to_owned()
        } else {
            national(&digits, country_code.ok_or(PhoneNumberError::NoCountryCode)?)
        };
        if international.starts_with('0') {
            return Err(PhoneNumberError::NoCountryCode);
        }
        if !(8..=15).contains(&international.len()) {
            return Err(PhoneNumberError::Length);
        }
        Ok(Self(format!("+{international}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn national(digits: &str, country_code: &str) -> String {
    let is_north_american_with_code = country_code == "1" && digits.len() == 11 && digits.starts_with('1');
    if is_north_american_with_code {
        return digits.to_owned();
    }
    let subscriber = if country_code == "39" { digits } else { digits.strip_prefix('0').unwrap_or(digits) };
    format!("{country_code}{subscriber}")
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(text: &str) -> Result<String, MailAddressError> {
        text.parse::<MailAddress>().map(|address| address.to_string())
    }

    #[test]
    fn mail_addresses_have_one_form() {
        assert_eq!(mail(" Ana.Alvarez@Example.COM "), Ok("Ana.Alvarez@example.com".to_owned()));
        assert_eq!(mail("o'neil+parcels@mail.example.org").as_deref(), Ok("o'neil+parcels@mail.example.org"));
    }

    #[test]
    fn wrong_mail_addresses_are_told_why() {
        assert_eq!(mail("  "), Err(MailAddressError::Empty));
        assert_eq!(mail("ana.example.com"), Err(MailAddressError::NoAt));
        assert_eq!(mail("ana@gmail"), Err(MailAddressError::Host));
        assert_eq!(mail("ana@gmail..com"), Err(MailAddressError::Host));
        assert_eq!(mail("ana@gmail.com."), Err(MailAddressError::Host));
        assert_eq!(mail("ana alvarez@example.com"), Err(MailAddressError::Malformed));
        assert_eq!(mail("a@b@example.com"), Err(MailAddressError::Malformed));
        assert_eq!(mail("ana@example.com\r\nBcc: x@example.com"), Err(MailAddressError::Malformed));
        assert_eq!(mail(&format!("{}@example.com", "a".repeat(65))), Err(MailAddressError::TooLong));
    }

    fn phone(text: &str, country_code: Option<&str>) -> Result<String, PhoneNumberError> {
        PhoneNumber::parse(text, country_code).map(|number| number.to_string())
    }

    #[test]
    fn phone_numbers_have_one_form() {
        for (text, country_code) in [
            ("+1 (555) 010-0123", None),
            ("555.010.0123", Some("1")),
            ("1-555-010-0123", Some("1")),
            ("001 555 010 0123", None),
        ] {
            assert_eq!(phone(text, country_code).as_deref(), Ok("+15550100123"), "{text}");
        }
        assert_eq!(phone("07911 123456", Some("44")).as_deref(), Ok("+447911123456"));
        assert_eq!(phone("+44 (0) 7911 123456", None).as_deref(), Ok("+447911123456"));
        assert_eq!(phone("06 1234 5678", Some("39")).as_deref(), Ok("+390612345678"));
    }

    #[test]
    fn wrong_phone_numbers_are_told_why() {
        assert_eq!(phone("", None), Err(PhoneNumberError::Empty));
        assert_eq!(phone("555 010 0123", None), Err(PhoneNumberError::NoCountryCode));
        assert_eq!(phone("+0 555 010 0123", None), Err(PhoneNumberError::NoCountryCode));
        assert_eq!(phone("555-CALL-ANA", Some("1")), Err(PhoneNumberError::Character));
        assert_eq!(phone("+1 555", None), Err(PhoneNumberError::Length));
        assert_eq!(phone("+1 555 010 0123 4567 8", None), Err(PhoneNumberError::Length));
    }
}
