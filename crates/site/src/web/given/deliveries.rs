//! What is told of deliveries on its way to the rules: the number becomes a mark, the company and the address the site's own.
//!
//! Never: decides whether anything is missing; keeps a number anywhere but in the erasable row beside its claim.

use std::collections::BTreeMap;
use vestibule_core::custody::delivered::ClaimSource;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::time::mailed;
use vestibule_core::vocabulary::command::{ClaimHouse, DeliveryWords};
use vestibule_core::{Actor, Answer, CarrierId, ClaimId, Command, Refusal, Timestamp, UnitId};
use vestibule_intake::Carrier;
use vestibule_intake::symbol::tracking_number;

use crate::directory::settings::{BuildingAddress, Settings};
use crate::handle::{Outcome, Request};
use crate::rows::Row;
use crate::web::App;
use crate::web::problem::{Fault, Trouble};

/// Longer names of companies and people are cut, in characters.
const NAME_MOST: usize = 80;

/// That something was delivered, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The tracking number as it was written.
    pub number: String,
    /// The company as it was called.
    pub company: Option<String>,
    /// The company, where it is one of the site's already.
    pub carrier: Option<CarrierId>,
    /// When.
    pub at: Option<Timestamp>,
    /// By what way.
    pub source: ClaimSource,
    /// For whom.
    pub unit: Option<UnitId>,
    /// The postal code it was delivered at.
    pub postal: Option<String>,
    /// The name it was addressed to.
    pub addressed_to: Option<String>,
}

impl Told {
    /// A number alone.
    pub fn new(number: impl Into<String>, source: ClaimSource) -> Self {
        let (company, carrier, at, unit) = (None, None, None, None);
        Self { number: number.into(), company, carrier, at, source, unit, postal: None, addressed_to: None }
    }
}

/// When a carrier's message was sent, as its own header says. Its last word on a parcel is as near to the delivery as anything.
pub fn sent_at(text: &str) -> Option<Timestamp> {
    vestibule_intake::mail::news::sent(text).iter().find_map(|date| mailed(date))
}

/// Small letters and digits alone: `DHL Express`, `dhl-express` and `DHLExpress` are one.
fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The site's company that is called so: by its own name, or by one that begins with it.
pub fn carrier_called(carriers: &BTreeMap<CarrierId, String>, called: &str) -> Option<CarrierId> {
    let called = folded(called);
    let is_it = |name: &str| called == name || (name.len() > 2 && called.starts_with(name));
    let known = carriers.iter().map(|(id, name)| (folded(name), *id));
    known.filter(|(name, _)| !name.is_empty() && is_it(name)).max().map(|(_, id)| id)
}

/// Whether it was delivered at the site. Where the site does not say its addresses, or nobody says where, it was.
fn house(addresses: &[BuildingAddress], postal: Option<&str>) -> ClaimHouse {
    let plain = |code: &str| {
        let code = folded(code);
        // The four digits behind a ZIP code are a side of a street.
        let is_zip_plus_four = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
        if is_zip_plus_four { code[..5].to_owned() } else { code }
    };
    let ours: Vec<String> =
        addresses.iter().map(|address| plain(&address.postal)).filter(|code| !code.is_empty()).collect();
    match postal.map(plain) {
        Some(code) if !code.is_empty() && !ours.is_empty() && !ours.contains(&code) => ClaimHouse::Another,
        Some(_) | None => ClaimHouse::Ours,
    }
}

/// Tells the rules.
///
/// # Errors
/// It is no number, or the site is leaving; what the rules say is in the outcome.
pub async fn tell(app: &App, actor: Actor, told: Told, key: Option<String>) -> Result<Outcome, Fault> {
    let Some((number, proven)) = tracking_number(&told.number) else {
        let shown: String = told.number.chars().take(NAME_MOST).collect();
        return Err(Refusal::Invalid { why: format!("\"{shown}\" is no tracking number") }.into());
    };
    let addresses = app.site.query(Settings::load).await?.addresses;
    let called = told.company.clone().or_else(|| proven.and_then(Carrier::name).map(str::to_owned));
    let carrier = match (told.carrier, called.clone()) {
        (None, Some(called)) => {
            app.site.read(move |site, _| carrier_called(&site.layout.carriers, &called)).await?
        }
        (known, _) => known,
    };
    let words = DeliveryWords {
        label: LabelMark::of(&*app.keys, &number),
        carrier,
        at: told.at,
        source: told.source,
        unit: told.unit,
        house: house(&addresses, told.postal.as_deref()),
    };
    let cut = |text: String| text.chars().take(NAME_MOST).collect::<String>();
    let (company, addressed_to) = (called.map(cut), told.addressed_to.map(cut));
    let rows = move |answer: &Answer| match answer {
        Answer::Claim(claim) => {
            vec![Row::ClaimLabel { claim: *claim, tracking: number, company, addressed_to }]
        }
        _ => Vec::new(),
    };
    let request = Request::new(actor, Command::ClaimDelivery { words }).with_rows(rows).with_key(key);
    Ok(app.site.ask(request).await?)
}

/// Tells the rules; which claim it is.
///
/// # Errors
/// As [`tell`], and why the rules refuse it.
pub async fn claimed(app: &App, actor: Actor, told: Told) -> Result<ClaimId, Fault> {
    match tell(app, actor, told, None).await?.answer? {
        Answer::Claim(claim) => Ok(claim),
        _ => Err(Trouble::Broken.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_the_sites_own_however_a_program_calls_it() {
        let names = ["UPS", "DHL", "DHL eCommerce", "Canada Post", "  "];
        let carriers = (1..).map(CarrierId).zip(names.map(str::to_owned)).collect();
        for (called, id) in [
            ("ups", Some(1)),
            ("UPSMailInnovations", Some(1)),
            ("DHLExpress", Some(2)),
            ("dhl-ecommerce-us", Some(3)),
            ("canada-post", Some(4)),
            ("up", None),
            ("", None),
            ("FedEx", None),
        ] {
            assert_eq!(carrier_called(&carriers, called), id.map(CarrierId), "{called}");
        }
    }

    #[test]
    fn a_message_was_sent_when_its_own_header_says() {
        let text = "Date: 2026-11-27\nDate: Fri, 27 Nov 2026 19:00:00 -0500 (EST)\n\nDelivered";
        assert_eq!(sent_at(text), Some(Timestamp(1_795_824_000_000)));
        assert_eq!(sent_at("Date: yesterday\nDelivered"), None);
    }

    #[test]
    fn another_postal_code_is_another_house_and_no_word_is_none() {
        let at = |postal: &str| BuildingAddress { postal: postal.to_owned(), ..BuildingAddress::default() };
        let ours = [at("10013"), at("SW1A 1AA")];
        for postal in [None, Some("10013"), Some("10013-2210"), Some("100132210"), Some("sw1a1aa"), Some("")]
        {
            assert_eq!(house(&ours, postal), ClaimHouse::Ours, "{postal:?}");
        }
        for postal in ["10014", "10014-2210", "1001"] {
            assert_eq!(house(&ours, Some(postal)), ClaimHouse::Another, "{postal}");
        }
        assert_eq!(
            house(&[at("")], Some("10014")),
            ClaimHouse::Ours,
            "the site does not say where it stands"
        );
    }
}
