//! Whether a carrier's message says of its numbers that they are still on their way, and when it was sent.
//!
//! A message tells its news first and speaks of other things below: the first word that says either decides, in its subject
//! before its text. Never says when something was delivered.

use super::{looked_at, unfolded};

/// What says that a parcel is not there yet, in lower case.
const ON_ITS_WAY: [&str; 42] = [
    "out for delivery",
    "on its way",
    "on the way",
    "on their way",
    "in transit",
    "arriving",
    "arrives",
    "delayed",
    "delay in",
    "running late",
    "label created",
    "label has been created",
    "label was created",
    "has shipped",
    "have shipped",
    "was shipped",
    "been shipped",
    "shipped:",
    "be delivered",
    "not delivered",
    "n't delivered",
    "when delivered",
    "once delivered",
    "when it is delivered",
    "when it's delivered",
    "scheduled delivery",
    "scheduled for delivery",
    "expected delivery",
    "estimated delivery",
    "delivery attempt",
    "unable to deliver",
    "could not deliver",
    "en reparto",
    "en camino",
    "en tr\u{e1}nsito",
    "retras",
    "etiqueta creada",
    "se entregar\u{e1}",
    "ser\u{e1} entregad",
    "entrega estimada",
    "entrega prevista",
    "no entregado",
];
/// What says that it is.
const THERE: [&str; 6] =
    ["delivered", "entregado", "entregada", "se entreg\u{f3}", "was left", "proof of delivery"];
/// What stands before the moment of sending.
const DATE: &str = "date:";
const SUBJECTS: [&str; 2] = ["subject:", "asunto:"];

/// Whether a message says of the numbers in it that they were not delivered, or not yet. Where it says nothing of that, whoever
/// hands it on knows.
pub fn is_on_its_way(text: &str) -> bool {
    let lower = unfolded(looked_at(text)).to_lowercase();
    let lines = || lower.lines().map(unquoted);
    let subject = lines().find_map(|line| SUBJECTS.iter().find_map(|name| line.strip_prefix(name)));
    let whole = || lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    subject.and_then(first).or_else(|| first(&whole())) == Some(true)
}

/// Whether the first word that says either says that it is on its way; *be delivered* begins before the *delivered* in it. None:
/// none says anything.
fn first(text: &str) -> Option<bool> {
    let at = |word: &&str| text.find(*word);
    match (ON_ITS_WAY.iter().filter_map(at).min(), THERE.iter().filter_map(at).min()) {
        (Some(way), Some(there)) => Some(way < there),
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (None, None) => None,
    }
}

/// A line of a message that was handed on, without the marks before it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t', '*']).trim_end()
}

/// When the message says that it was sent, as it is written there; of one that was handed on, the innermost.
pub fn sent(text: &str) -> Vec<String> {
    let text = unfolded(looked_at(text));
    let is_date = |line: &str| line.get(..DATE.len()).is_some_and(|name| name.eq_ignore_ascii_case(DATE));
    let dates = text.lines().map(unquoted).filter(|line| is_date(line));
    dates.map(|line| line[DATE.len()..].trim().to_owned()).rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_its_way_was_not_delivered_and_the_news_stands_first() {
        for (text, is) in [
            ("Subject: Delivered: your package\n\nMore in transit below", false),
            ("Hi, your UPS parcel 1Z was delivered at 14:02. Other parcels on the way: none", false),
            ("Subject: Out for delivery\n\nWe tell you when it was delivered", true),
            ("Your parcel is out for delivery. You hear when it is delivered.", true),
            ("Your parcel will be delivered tomorrow", true),
            ("It should be delivered by Friday", true),
            ("We are sorry: your package is delayed", true),
            ("A shipping label has been created", true),
            ("We could not deliver. It was not delivered", true),
            ("> Subject: En reparto hoy\n> Ya fue entregado otro", true),
            ("Su paquete fue entregado a las 14:02", false),
            ("Su paquete se entregar\u{e1} ma\u{f1}ana", true),
            ("Subject: Your parcel\n\nIt was left at the door", false),
            ("1Z999AA10123456784", false),
        ] {
            assert_eq!(is_on_its_way(text), is, "{text}");
        }
    }

    #[test]
    fn the_innermost_date_is_the_carriers_own() {
        let text = "Date: Sat, 28 Nov 2026 09:00:00 +0000\r\nSubject: Fwd\r\n\r\n\
                    > Date: Fri, 27 Nov 2026 19:00:00 +0000\r\n> Delivered";
        assert_eq!(sent(text), ["Fri, 27 Nov 2026 19:00:00 +0000", "Sat, 28 Nov 2026 09:00:00 +0000"]);
        assert_eq!(sent("Delivery date: today\nUpdated: now"), [""; 0]);
    }
}
