//! The page of a pack: what happened in plain words, as it is printed and read far from the site.
//!
//! Owns: one file that needs nothing else but its photos: no script, no address, styles of its own.

use super::WholePhoto;
use crate::web::staff::history::Told;
use crate::web::staff::names::Names;
use crate::web::staff::say::{Put, Say};
use crate::web::staff::story::{Recorded, notice_word, photo_word, tell};
use crate::web::staff::times;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use vestibule_core::Timestamp;
use vestibule_core::evidence::PhotoMedia;
use vestibule_core::time::civil;
use vestibule_ledger::{Checkpoint, PublicKey};

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem;break-after:avoid}\
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #767676;padding:.4rem .6rem;text-align:start;\
vertical-align:top}tr{break-inside:avoid}td p{margin:0;color:#444}code{overflow-wrap:anywhere}\
.key{font:1.1rem/1.6 ui-monospace,monospace}figure{margin:1rem 0;break-inside:avoid}img{max-width:100%}\
thead{display:table-header-group}@page{margin:18mm}@media print{body{margin:0;max-width:none;font-size:11pt}}";

/// Nothing but what lies in the pack itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:";

/// All the page shows.
pub(super) struct Content<'a> {
    /// What an audit found.
    pub(super) report: Option<Markup>,
    pub(super) title: String,
    pub(super) site_name: String,
    pub(super) by: &'a str,
    pub(super) story: &'a [Recorded],
    pub(super) told: &'a [Told],
    pub(super) photos: &'a [&'a WholePhoto],
    pub(super) left_out: usize,
    pub(super) names: &'a Names,
    pub(super) say: Say,
    pub(super) checkpoint: &'a Checkpoint,
    pub(super) public: PublicKey,
}

pub(super) fn page(content: &Content<'_>) -> Markup {
    let (say, names) = (content.say, content.names);
    let made: [(&'static str, Put); 3] = [
        ("when", moment(content, names.now).into()),
        ("by", content.by.into()),
        ("zone", names.zone.name().into()),
    ];
    html! {
        (DOCTYPE)
        html lang=(say.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (content.title) " - " (content.site_name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (content.title) }
                    p { (content.site_name) }
                    p { (say.with("staff-pack-made", &made)) }
                    @if let Some(report) = &content.report { (report) }
                    (happened(content))
                    @if !content.told.is_empty() { (told(content)) }
                    @if !content.photos.is_empty() || content.left_out > 0 { (photos(content)) }
                    (how_to_check(content))
                }
            }
        }
    }
}

fn happened(content: &Content<'_>) -> Markup {
    let say = content.say;
    html! {
        h2 { (say.t("staff-what-happened")) }
        table {
            thead { tr {
                th scope="col" { (say.t("staff-head-when")) }
                th scope="col" { (say.t("staff-head-what")) }
                th scope="col" { (say.t("staff-pack-head-event")) }
            } }
            tbody { @for recorded in content.story {
                @let told = tell(&recorded.event, content.names, say);
                tr {
                    td { time datetime=(times::machine(recorded.at)) { (moment(content, recorded.at)) } }
                    td { (told.title) @for line in &told.detail { p { (line) } } }
                    td { (recorded.seq) }
                }
            } }
        }
    }
}

fn told(content: &Content<'_>) -> Markup {
    let say = content.say;
    html! {
        h2 { (say.t("staff-who-was-told")) }
        table {
            thead { tr { @for head in ["who", "what", "when", "how-it-went"] { th scope="col" { (say.t(&format!("staff-head-{head}"))) } } } }
            tbody { @for told in content.told { tr {
                td { (content.names.person(say, told.person)) }
                td { (say.t(&format!("staff-notice-{}", notice_word(told.what)))) }
                td { (moment(content, told.requested)) }
                td { (told.end_in_words(say, |at| moment(content, at))) }
            } } }
        }
    }
}

fn photos(content: &Content<'_>) -> Markup {
    let say = content.say;
    html! {
        h2 { (say.t("staff-pack-photos")) }
        @for photo in content.photos { (photo_of(content, photo)) }
        @if content.left_out > 0 { p { (say.with("staff-pack-photos-left-out", &[("n", content.left_out.into())])) } }
    }
}

fn photo_of(content: &Content<'_>, whole: &WholePhoto) -> Markup {
    let (say, photo, file) = (content.say, &whole.of.photo, whole.packed().file());
    let title = say.with("staff-pack-photo", &[("n", photo.photo.to_string().into())]);
    let why = say.t(&format!("staff-photo-why-{}", photo_word(photo.asked.reason)));
    html! {
        figure {
            @match photo.media {
                PhotoMedia::Jpeg => img src=(file) alt={ (title) ": " (why) };,
                PhotoMedia::H264KeyFrame => p { (say.t("staff-photo-video")) },
            }
            figcaption {
                p { (title) ": " (why) }
                p { time datetime=(times::machine(photo.at)) { (moment(content, photo.at)) } ", " (content.names.camera(say, photo.asked.camera)) }
                p { a href=(file) { code { (file) } } }
            }
        }
    }
}

fn how_to_check(content: &Content<'_>) -> Markup {
    let say = content.say;
    let origin = Checkpoint::origin_of(&content.checkpoint.site, content.checkpoint.epoch);
    let size = content.checkpoint.size.to_string();
    html! {
        h2 { (say.t("staff-pack-check")) }
        p { (say.t("staff-pack-check-text")) }
        p { code { "vestibule verify FILE.zip" } }
        p { (say.t("staff-pack-fingerprint")) }
        p class="key" { (content.public.fingerprint()) }
        p { (say.with("staff-pack-checkpoint", &[("origin", origin.into()), ("size", size.into())])) }
    }
}

/// With the date and the second: who reads it may read it years later.
fn moment(content: &Content<'_>, at: Timestamp) -> String {
    let zone = &content.names.zone;
    let second = at.0.div_euclid(1_000).rem_euclid(60);
    let minute = times::hour(civil(at, zone).minute);
    format!("{} {minute}:{second:02}", times::date(content.say, at, zone))
}
