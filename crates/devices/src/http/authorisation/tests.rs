use std::time::Duration;

use super::super::{HttpError, HttpQuestion, HttpScheme, Password};
use super::{Authorisation, Credentials};

const BASIC: &str = "Basic realm=\"camera\"";
const MD5: &str = "Digest realm=\"camera\", qop=\"auth\", nonce=\"first\"";
const SHA256: &str = "Digest realm=\"camera\", qop=\"auth\", algorithm=SHA-256, nonce=\"other\"";
const UNKNOWN: &str = "Digest realm=\"camera\", qop=\"auth\", algorithm=CRC-7, nonce=\"x\"";

struct Device {
    authorisation: Authorisation,
    credentials: Credentials,
    question: HttpQuestion,
}

impl Device {
    fn new(scheme: HttpScheme, allows_basic: bool) -> Self {
        let password = Password::new("hunter2".to_owned());
        Self {
            authorisation: Authorisation::new(scheme, allows_basic),
            credentials: Credentials { user: "anna".to_owned(), password },
            question: HttpQuestion::get("/shot.jpg", 10, Duration::from_secs(2)),
        }
    }

    fn refuse(&mut self, challenges: &[&str], was_told: bool) -> Result<String, HttpError> {
        let challenges: Vec<String> = challenges.iter().map(|text| (*text).to_owned()).collect();
        let header =
            self.authorisation.challenged(&challenges, was_told, &self.credentials, &self.question)?;
        Ok(header.to_str().unwrap().to_owned())
    }

    fn told(&mut self) -> Option<String> {
        let header = self.authorisation.remembered(&self.credentials, &self.question)?;
        Some(header.to_str().unwrap().to_owned())
    }
}

#[test]
fn the_strongest_on_offer_is_spoken_however_it_is_offered() {
    let mut device = Device::new(HttpScheme::Http, false);
    for offer in [&[BASIC, MD5, SHA256][..], &[SHA256, MD5, BASIC], &[&format!("{MD5}, {SHA256}, {BASIC}")]] {
        let told = device.refuse(offer, false).unwrap();
        assert!(told.contains("algorithm=SHA-256") && told.contains("nonce=\"other\""), "{told}");
    }
    let told = device.refuse(&[UNKNOWN, MD5], false).unwrap();
    assert!(told.contains("nonce=\"first\""), "{told}");
    assert_eq!(device.refuse(&["Negotiate"], false), Err(HttpError::UnknownScheme));
}

#[test]
fn a_refusal_beside_says_nothing_of_the_password_elsewhere() {
    let mut device = Device::new(HttpScheme::Http, true);
    device.refuse(&[MD5], false).unwrap();
    let mut beside = Device::new(HttpScheme::Http, true);
    beside.authorisation = device.authorisation.beside();
    assert_eq!(beside.told(), None, "it is asked anew");
    assert_eq!(beside.refuse(&[BASIC], false), Err(HttpError::Downgrade), "but not more readably");
    beside.refuse(&[MD5], false).unwrap();
    assert_eq!(beside.refuse(&[MD5], true), Err(HttpError::Unauthorised));
    assert!(beside.authorisation.is_refused() && !device.authorisation.is_refused());
    assert!(device.told().is_some());
}

#[test]
fn a_nonce_is_used_again_with_the_next_count() {
    let mut device = Device::new(HttpScheme::Http, false);
    assert_eq!(device.told(), None, "nobody asked yet");
    assert!(device.refuse(&[MD5], false).unwrap().contains("nc=00000001"));
    assert!(device.told().unwrap().contains("nc=00000002"));
    assert!(device.told().unwrap().contains("nc=00000003"));
    let fresh = MD5.replace("first", "second");
    let told = device.refuse(&[&fresh], true).unwrap();
    assert!(told.contains("nonce=\"second\"") && told.contains("nc=00000001"), "{told}");
}

#[test]
fn a_wrong_password_is_not_tried_again() {
    let mut device = Device::new(HttpScheme::Http, true);
    device.refuse(&[MD5], false).unwrap();
    assert_eq!(device.refuse(&[&MD5.replace("first", "second")], true), Err(HttpError::Unauthorised));
    assert_eq!(device.told(), None, "nor is it told unasked the next time");
    assert_eq!(device.refuse(&[MD5], false), Err(HttpError::Unauthorised), "nor when it is asked for");
    let mut device = Device::new(HttpScheme::Https, true);
    device.refuse(&[BASIC], false).unwrap();
    assert_eq!(device.refuse(&[BASIC], true), Err(HttpError::Unauthorised));
    assert_eq!(device.refuse(&[BASIC], false), Err(HttpError::Unauthorised));
    assert_eq!(device.refuse(&[SHA256], false), Err(HttpError::Unauthorised), "in no other form either");
}

#[test]
fn a_stale_nonce_is_replaced_even_if_it_was_fresh() {
    let mut device = Device::new(HttpScheme::Http, false);
    device.refuse(&[MD5], false).unwrap();
    let stale = format!("{}, stale=true", MD5.replace("first", "second"));
    assert!(device.refuse(&[&stale], true).unwrap().contains("nonce=\"second\""));
}

#[test]
fn a_password_travels_readable_only_where_that_is_allowed() {
    assert_eq!(Device::new(HttpScheme::Http, false).refuse(&[BASIC], false), Err(HttpError::PlainPassword));
    for (scheme, allowed) in [(HttpScheme::Http, true), (HttpScheme::Https, true)] {
        let mut device = Device::new(scheme, allowed);
        // RFC 7617, 2: user and password with a colon, in Base64.
        assert_eq!(device.refuse(&[BASIC], false).as_deref(), Ok("Basic YW5uYTpodW50ZXIy"));
        assert_eq!(device.told().as_deref(), Some("Basic YW5uYTpodW50ZXIy"));
    }
}

#[test]
fn who_knew_digest_gets_no_basic_over_http() {
    let mut device = Device::new(HttpScheme::Http, true);
    device.refuse(&[MD5], false).unwrap();
    assert_eq!(device.refuse(&[BASIC], true), Err(HttpError::Downgrade));
    assert_eq!(device.refuse(&[BASIC], false), Err(HttpError::Downgrade), "nor later");
    assert_eq!(device.told(), None);
}

#[test]
fn nothing_shows_the_password() {
    let mut device = Device::new(HttpScheme::Https, true);
    device.refuse(&[BASIC], false).unwrap();
    let header = device.authorisation.remembered(&device.credentials, &device.question).unwrap();
    let shown = format!("{:?} {:?} {header:?}", device.authorisation, device.credentials);
    assert!(!shown.contains("hunter2") && !shown.contains("YW5uYTpodW50ZXIy"), "{shown}");
}
