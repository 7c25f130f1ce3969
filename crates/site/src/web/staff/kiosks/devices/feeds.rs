//! Tracking feeds beside the devices: when each was last heard, when it was last refused and why.
//!
//! Owns: their table. Never: shows a secret or anything that was sent.

use super::super::super::names::Names;
use super::super::super::parcels::delivered::source_words;
use super::super::super::say::Say;
use super::super::super::times;
use crate::look::listing::{self, Tone};
use crate::web::given::feeds::heard::{BAD_MOST, FeedHealth};
use crate::web::given::feeds::{Feeds, Provider};
use maud::{Markup, html};
use vestibule_core::Timestamp;

/// The table; nothing where no feed is configured.
pub fn section(feeds: &Feeds, (names, say): (&Names, Say)) -> Markup {
    let lines: Vec<_> = feeds.providers().map(|provider| (provider, feeds.heard.look(provider))).collect();
    html! { @if !lines.is_empty() { div id="feeds" { (table(&lines, (names, say))) } } }
}

fn table(lines: &[(Provider, FeedHealth)], (names, say): (&Names, Say)) -> Markup {
    let heads = ["device-head-feed", "staff-head-state", "device-feed-heard", "device-feed-refused"];
    let heads = heads.map(|key| say.t(key));
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let when = |at: Timestamp| times::moment(say, at, (&names.zone, names.now));
    let row = |(provider, health): &(Provider, FeedHealth)| {
        let heard = health.heard.map_or_else(|| say.t("staff-never"), when);
        vec![
            html! { (source_words(provider.source(), say)) },
            html! { div { (state(health, say)) } },
            html! { (heard) },
            html! {
                @if let Some((at, why)) = health.refused {
                    (when(at)) p class="hint" { (say.t(&format!("device-feed-why-{why}"))) }
                } @else { (say.t("staff-never")) }
            },
        ]
    };
    let title = say.t("device-group-feeds");
    listing::section(&title, listing::table(&title, &heads, &lines.iter().map(row).collect::<Vec<_>>()))
}

fn state(health: &FeedHealth, say: Say) -> Markup {
    let (tone, key) = match (health.bad, health.heard) {
        (BAD_MOST.., _) => (Tone::Danger, "device-feed-is-refused"),
        (1.., _) => (Tone::Warning, "device-feed-is-refused"),
        (0, Some(_)) => (Tone::Good, "device-feed-is-heard"),
        (0, None) => (Tone::Plain, "device-feed-is-silent"),
    };
    listing::tag(tone, &say.t(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::given::feeds::Feed;
    use crate::web::words::Language;
    use vestibule_core::Site;
    use zeroize::Zeroizing;

    #[test]
    fn each_feed_says_when_it_was_refused_and_why_and_no_secret() {
        let secret = "the-secret-of-shippo";
        let feed = Feed { provider: Provider::Shippo, secret: Zeroizing::new(secret.to_owned()) };
        let feeds = Feeds::of(vec![feed]);
        let names = Names::of_site(&Site::default(), Timestamp(10_000_000));
        for language in Language::ALL {
            let say = Say::new(language);
            let page = || section(&feeds, (&names, say)).into_string();
            for why in [
                "bad-signature",
                "stale-message",
                "unreadable",
                "another-building",
                "claim-too-old",
                "invalid",
            ] {
                feeds.heard.refused(Provider::Shippo, Timestamp(9_000_000), why);
                let words = say.t(&format!("device-feed-why-{why}"));
                assert!(words.len() > 10 && page().contains(&words), "{why}: {}", page());
            }
            assert!(page().contains("Shippo") && !page().contains(secret), "{}", page());
        }
        assert_eq!(section(&Feeds::default(), (&names, Say::new(Language::En))).into_string(), "");
    }
}
