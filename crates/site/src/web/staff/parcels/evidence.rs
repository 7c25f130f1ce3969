//! What a parcel's label said and how its recipient was found: for staff, while it is kept.
//!
//! Never: shown to anybody else, or kept longer than the site says.

use maud::{Markup, html};

use super::super::names::{Names, Wanted};
use super::super::say::Say;
use crate::directory::intake::Offered;
use crate::directory::intake::record::Evidence;
use crate::look::listing;

/// Whom the evidence names.
pub fn wanted(evidence: Option<&Evidence>, wanted: &mut Wanted) {
    for offered in offered(evidence) {
        wanted.units.insert(offered.unit);
        wanted.people.extend(offered.person);
    }
}

fn offered(evidence: Option<&Evidence>) -> impl Iterator<Item = &Offered> {
    evidence.and_then(|evidence| evidence.reading.guess.as_ref()).into_iter().flat_map(|guess| &guess.offered)
}

/// The section.
pub fn content(evidence: &Evidence, names: &Names, say: Say) -> Markup {
    let reading = &evidence.reading;
    let decision = reading.guess.as_ref().map_or("none", |guess| guess.decision.code());
    let confirmed = evidence.confirmed.replace('_', "-");
    let printed = [&reading.name, &reading.unit, &reading.street, &reading.postal];
    let printed: Vec<&str> = printed.into_iter().flatten().map(String::as_str).collect();
    let mut list = vec![
        (
            say.t("staff-evidence-printed"),
            if printed.is_empty() { say.t("staff-none") } else { printed.join(", ") },
        ),
        (say.t("staff-evidence-decision"), say.t(&format!("staff-decision-{decision}"))),
        (say.t("staff-evidence-confirmed"), say.t(&format!("staff-confirmed-{confirmed}"))),
    ];
    if let Some(elsewhere) = &reading.elsewhere {
        let put = [("said", elsewhere.said.as_str().into()), ("here", elsewhere.here.as_str().into())];
        list.push((say.t("staff-evidence-elsewhere"), say.with("staff-other-house", &put)));
    }
    let meant: Vec<String> = offered(Some(evidence)).map(|one| meant(one, names, say)).collect();
    if !meant.is_empty() {
        list.push((say.t("staff-evidence-meant"), meant.join("; ")));
    }
    let shown: Vec<(&str, Markup)> =
        list.iter().map(|(name, value)| (name.as_str(), html! { (value) })).collect();
    html! {
        (listing::card(html! {
            (listing::facts(&shown))
            @if !reading.symbols.is_empty() {
                details { summary { (say.t("staff-evidence-symbols")) }
                    @for symbol in &reading.symbols { pre class="command" { (symbol) } } }
            }
        }))
        p class="hint" { (say.t("staff-evidence-hint")) }
    }
}

/// `Marta Alvarez, apartment 12B (94 %)`.
fn meant(one: &Offered, names: &Names, say: Say) -> String {
    let unit = names.unit(say, one.unit);
    let whom =
        one.person.map_or_else(|| unit.clone(), |person| format!("{}, {unit}", names.person(say, person)));
    one.score.map_or_else(|| whom.clone(), |score| format!("{whom} ({} %)", (score + 5) / 10))
}
