//! Getting ready for the first parcel: what is left, one step after the other, and the way back to it from every page.
//!
//! Owns: `/staff/getting-ready`, the card on the start page, the line above other pages. Never: ticks a step off; the facts do.

pub mod mail;

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::site::getting_ready::{ReadyStep, Standing};
use vestibule_core::site::reached::{Reached, Way};
use vestibule_core::{BankId, Command, Refusal, Site};

use super::super::blocks::{ask_first, back};
use super::super::desk_page::{Act, Desk, Section};
use super::super::say::Say;
use super::super::settings::connection;
use crate::look::listing::{self, Task, Tone};
use crate::look::message;
use crate::look::{Icon, Post, Press, button_primary, button_quiet, button_secondary, icon};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

const HERE: &str = "/staff/getting-ready";

/// How all steps stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Each step, in order.
    pub steps: Vec<(ReadyStep, Standing)>,
    /// The bank whose wiring is to be tested next.
    pub untested: Option<BankId>,
    /// How the site is reached.
    pub reached: Reached,
    /// Whether staff are reminded.
    pub reminds: bool,
}

impl Ready {
    /// As the facts are at a site that is reached so.
    pub fn of(site: &Site, reached: Reached) -> Self {
        Self {
            steps: ReadyStep::ALL.into_iter().map(|step| (step, site.standing(step, &reached))).collect(),
            untested: site.untested_bank(),
            reached,
            reminds: site.is_getting_ready(&reached),
        }
    }

    fn count(&self, is_counted: impl Fn(Standing) -> bool) -> usize {
        self.steps.iter().filter(|(_, standing)| is_counted(*standing)).count()
    }

    fn next(&self) -> Option<ReadyStep> {
        self.steps.iter().find(|(_, standing)| *standing == Standing::Open).map(|(step, _)| *step)
    }

    /// The words that lead to the next step, and its page.
    fn next_page(&self, say: Say) -> Option<(String, String)> {
        let step = self.next()?;
        Some((say.with("staff-ready-next", &[("step", title(step, say).into())]), self.url(step)))
    }

    /// `2 of 7 done`, of the steps this site needs.
    fn progress(&self, say: Say) -> (usize, usize, String) {
        let (done, all) = (self.count(|s| s == Standing::Done), self.count(|s| s != Standing::NotNeeded));
        (done, all, say.with("staff-ready-progress", &[("done", done.into()), ("all", all.into())]))
    }

    /// The page on which a step is done.
    pub fn url(&self, step: ReadyStep) -> String {
        match step {
            ReadyStep::Units => "/staff/import".to_owned(),
            ReadyStep::Places => "/staff/banks/new".to_owned(),
            ReadyStep::Connection => connection::HERE.to_owned(),
            ReadyStep::Wiring => self
                .untested
                .map_or_else(|| "/staff/banks".to_owned(), |bank| format!("/staff/banks/{bank}/wiring")),
            ReadyStep::Kiosk => "/staff/kiosks".to_owned(),
            ReadyStep::Mail => mail::HERE.to_owned(),
            ReadyStep::Couriers => "/staff/couriers".to_owned(),
        }
    }
}

fn title(step: ReadyStep, say: Say) -> String {
    say.t(&format!("staff-ready-{}", step.word()))
}

/// What a step is about; of the connection, how it is now, and what matters most of all that is off.
fn about(step: ReadyStep, reached: &Reached, say: Say) -> String {
    let about = say.t(&format!("staff-ready-{}-what", step.word()));
    if step != ReadyStep::Connection {
        return about;
    }
    let now = say.t(match reached.way {
        Way::ThisMachine => "staff-way-machine",
        Way::Proxy if reached.is_in_the_clear() => "staff-way-plain",
        Way::Proxy => "staff-ready-connection-proxy",
        Way::Files => "staff-way-files",
        Way::OwnAuthority => "staff-way-own",
        Way::OwnDomain { .. } => "staff-ready-connection-domain",
    });
    match reached.off().first() {
        Some(off) => format!("{about} {now} {}", say.t(&format!("staff-off-{}", off.word()))),
        None => format!("{about} {now}"),
    }
}

/// The line above other pages: back to the steps, and on to the next of them. None on the pages that show them anyway.
pub fn way_back(ready: &Ready, path: &str, say: Say) -> Option<Markup> {
    if path == "/staff" || path.starts_with(HERE) || !ready.reminds {
        return None;
    }
    let (.., progress) = ready.progress(say);
    let next = ready.next_page(say).filter(|(_, url)| url != path);
    Some(html! {
        p class="back" {
            a href=(HERE) { (icon(Icon::ArrowLeft)) " " (say.t("staff-ready")) ": " (progress) }
            @if let Some((title, url)) = next {
                " - " a href=(url) { (title) }
            }
        }
    })
}

fn tone(standing: Standing, is_next: bool) -> Tone {
    match standing {
        Standing::Done => Tone::Good,
        Standing::Open if is_next => Tone::Accent,
        Standing::Open | Standing::Skipped | Standing::NotNeeded => Tone::Plain,
    }
}

fn shape(step: ReadyStep, standing: Standing) -> Icon {
    match (standing, step) {
        (Standing::Done, _) => Icon::Done,
        (_, ReadyStep::Units) => Icon::Users,
        (_, ReadyStep::Places) => Icon::Bank,
        (_, ReadyStep::Connection) => Icon::Link,
        (_, ReadyStep::Wiring) => Icon::Wrench,
        (_, ReadyStep::Kiosk) => Icon::Kiosk,
        (_, ReadyStep::Mail) => Icon::Mail,
        (_, ReadyStep::Couriers) => Icon::Truck,
    }
}

fn standing_words(standing: Standing, say: Say) -> String {
    say.t(match standing {
        Standing::Done => "staff-ready-is-done",
        Standing::NotNeeded => "staff-ready-is-not-needed",
        Standing::Open => "staff-ready-is-open",
        Standing::Skipped => "staff-ready-is-skipped",
    })
}

fn actions(ready: &Ready, (step, standing): (ReadyStep, Standing), (say, csrf): (Say, &str)) -> Markup {
    let go = say.t(&format!("staff-ready-{}-go", step.word()));
    let url = ready.url(step);
    let (skip, resume) = (act_url(step, "skip"), act_url(step, "resume"));
    html! {
        @match standing {
            Standing::Open if ready.next() == Some(step) => (button_primary(&go, Press::Follow(&url))),
            Standing::Open | Standing::Skipped => (button_secondary(&go, Press::Follow(&url))),
            Standing::Done => (button_quiet(&go, Press::Follow(&url))),
            Standing::NotNeeded => {}
        }
        @if step == ReadyStep::Places && standing != Standing::Done {
            (button_quiet(&say.t("staff-ready-shelf-go"), Press::Follow("/staff/settings#shelves")))
        }
        @if step == ReadyStep::Couriers { (button_quiet(&say.t("staff-poster"), Press::Follow("/staff/couriers/poster"))) }
        @match standing {
            Standing::Open => (button_quiet(&say.t("staff-ready-skip"), Press::Post(&Post::page(&skip, csrf)))),
            Standing::Skipped => (button_quiet(&say.t("staff-ready-resume"), Press::Post(&Post::page(&resume, csrf)))),
            Standing::Done | Standing::NotNeeded => {}
        }
    }
}

fn act_url(step: ReadyStep, act: &str) -> String {
    format!("{HERE}/steps/{}/{act}", step.word())
}

fn list(ready: &Ready, shown: impl Fn(Standing) -> bool, (say, csrf): (Say, &str)) -> Markup {
    let steps: Vec<_> = ready.steps.iter().copied().filter(|(_, standing)| shown(*standing)).collect();
    let words: Vec<[String; 3]> = steps
        .iter()
        .map(|(step, standing)| {
            [title(*step, say), about(*step, &ready.reached, say), standing_words(*standing, say)]
        })
        .collect();
    let rows: Vec<Task<'_>> = steps
        .iter()
        .zip(&words)
        .map(|((step, standing), [title, detail, age])| Task {
            icon: shape(*step, *standing),
            tone: tone(*standing, ready.next() == Some(*step)),
            title,
            detail,
            age,
            actions: actions(ready, (*step, *standing), (say, csrf)),
        })
        .collect();
    listing::tasks(&rows)
}

fn bar(ready: &Ready, say: Say) -> Markup {
    let (done, all, words) = ready.progress(say);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    message::progress(number(done), number(all), &words)
}

fn hide(say: Say, csrf: &str) -> Markup {
    let url = format!("{HERE}/hide");
    let ask = button_secondary(&say.t("staff-ready-hide"), Press::Post(&Post::page(&url, csrf)));
    ask_first(&say.t("staff-ready-hide"), &say.t("staff-ready-hide-question"), ask)
}

/// The card on the start page: what is left. None: nothing is, or nobody wants to be reminded.
pub fn card(ready: &Ready, say: Say, csrf: &str) -> Option<Markup> {
    let is_left = |standing| matches!(standing, Standing::Open | Standing::Skipped);
    ready.reminds.then(|| {
        listing::section(
            &say.t("staff-ready"),
            html! {
                (bar(ready, say))
                (list(ready, is_left, (say, csrf)))
                div class="asks" { (button_quiet(&say.t("staff-ready-all"), Press::Follow(HERE))) (hide(say, csrf)) }
            },
        )
    })
}

/// The page with all steps.
pub fn content(ready: &Ready, say: Say, csrf: &str) -> Markup {
    let is_left = ready.count(|s| matches!(s, Standing::Open | Standing::Skipped)) > 0;
    let remind = format!("{HERE}/remind");
    html! {
        (back("/staff", &say.t("staff-needs-title")))
        (listing::page_title(&say.t("staff-ready"), Some(&say.t("staff-ready-lead")), html! {}))
        (bar(ready, say))
        @if ready.next().is_none() {
            (message::done(&say.t("staff-ready-first-title"), &say.t("staff-ready-first"), Some(button_primary(
                &say.t("staff-ready-first-go"), Press::Follow("/staff/kiosks")))))
        }
        (list(ready, |_| true, (say, csrf)))
        div class="asks" {
            @if ready.reminds { (hide(say, csrf)) }
            @else if is_left { (button_secondary(&say.t("staff-ready-remind"), Press::Post(&Post::page(&remind, csrf)))) }
        }
    }
}

/// `GET /staff/getting-ready`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    desk.may_install()?;
    let reached = desk.reached();
    let ready = desk.read(move |site, _| Ready::of(site, reached)).await?;
    Ok(desk.page(Section::Needs, &desk.say.t("staff-ready"), content(&ready, desk.say, &desk.csrf)))
}

async fn skipped(desk: Desk, word: &str, skip: bool) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let step = ReadyStep::from_word(word).ok_or(Refusal::NotFound)?;
    desk.ask(Command::SkipStep { step, skip }).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /staff/getting-ready/steps/{step}/skip`
pub async fn skip(
    desk: Desk,
    Path(step): Path<String>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    skipped(desk, &step, true).await
}

/// `POST /staff/getting-ready/steps/{step}/resume`
pub async fn resume(
    desk: Desk,
    Path(step): Path<String>,
    _: Csrf<Vec<(String, String)>>,
) -> Result<Redirect, Fault> {
    skipped(desk, &step, false).await
}

/// `POST /staff/getting-ready/hide`
pub async fn hide_now(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    desk.act(Act::new(Command::HideGettingReady { hide: true }, "/staff", "saved")).await
}

/// `POST /staff/getting-ready/remind`
pub async fn remind(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_install()?;
    desk.act(Act::new(Command::HideGettingReady { hide: false }, HERE, "saved")).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use std::collections::BTreeSet;

    /// By http, from this machine alone.
    const HERE_ALONE: Reached = Reached { way: Way::ThisMachine, is_safe_here: true, has_public_url: false };

    fn ready(standing: impl Fn(ReadyStep) -> Standing) -> Ready {
        let steps = ReadyStep::ALL.into_iter().map(|step| (step, standing(step))).collect();
        Ready { steps, untested: Some(BankId(3)), reached: HERE_ALONE, reminds: true }
    }

    #[test]
    fn every_step_has_words_and_a_page_of_its_own() {
        let ready = ready(|_| Standing::Open);
        for language in Language::ALL {
            let say = Say::new(language);
            let page = content(&ready, say, "csrf-of-the-session").into_string();
            assert_eq!(page.matches("class=\"task ").count(), ReadyStep::ALL.len(), "{page}");
            for step in ReadyStep::ALL {
                let words =
                    ["", "-what", "-go"].map(|end| say.t(&format!("staff-ready-{}{end}", step.word())));
                assert!(
                    words.iter().all(|text| !text.is_empty() && !text.starts_with("staff-")),
                    "{words:?}"
                );
                assert!(page.contains(&ready.url(step)), "{step:?}");
            }
            assert!(page.contains("/staff/banks/3/wiring"), "the bank nobody has tested");
        }
    }

    #[test]
    fn the_next_step_stands_out_and_what_is_done_is_not_on_the_card() {
        let say = Say::new(Language::En);
        let done = [ReadyStep::Units, ReadyStep::Places, ReadyStep::Connection];
        let ready = ready(|step| match step {
            step if done.contains(&step) => Standing::Done,
            ReadyStep::Wiring => Standing::NotNeeded,
            ReadyStep::Kiosk => Standing::Skipped,
            _ => Standing::Open,
        });
        let card = card(&ready, say, "t").unwrap().into_string();
        assert_eq!(card.matches("class=\"task ").count(), 3, "{card}");
        assert_eq!(card.matches("button-primary").count(), 1, "one next step: {card}");
        assert!(card.contains("3 of 6 done"), "{card}");
        assert!(card.contains("/steps/kiosk/resume") && card.contains("/steps/mail/skip"), "{card}");
        assert!(super::card(&Ready { reminds: false, ..ready.clone() }, say, "t").is_none());
    }

    #[test]
    fn the_connection_says_how_it_is_now_and_what_is_off() {
        let ways = [
            Way::ThisMachine,
            Way::Proxy,
            Way::Files,
            Way::OwnAuthority,
            Way::OwnDomain { holds: true },
            Way::OwnDomain { holds: false },
        ];
        let safely = |way| Reached { way, is_safe_here: true, has_public_url: true };
        let plain = Reached { is_safe_here: false, ..safely(Way::Proxy) };
        for language in Language::ALL {
            let say = Say::new(language);
            let all = ways.into_iter().map(safely).chain([plain]);
            let told: BTreeSet<String> =
                all.map(|reached| about(ReadyStep::Connection, &reached, say)).collect();
            assert_eq!(told.len(), ways.len() + 1, "each in words of its own: {told:?}");
            assert!(told.iter().all(|text| !text.contains("staff-")), "{told:?}");
        }
        let say = Say::new(Language::En);
        let here = about(ReadyStep::Connection, &HERE_ALONE, say);
        assert!(here.contains("from this machine alone") && here.contains("No other machine"), "{here}");
        let good = about(ReadyStep::Connection, &safely(Way::Files), say);
        assert!(!good.contains("No other machine"), "nothing is off: {good}");
    }

    #[test]
    fn the_way_back_is_on_every_page_but_those_that_show_the_steps() {
        let say = Say::new(Language::En);
        let ready = ready(|_| Standing::Open);
        let line = |path: &str| way_back(&ready, path, say).map(Markup::into_string);
        assert!(line("/staff/residents").unwrap().contains("href=\"/staff/import\""));
        assert!(!line("/staff/import").unwrap().contains("href=\"/staff/import\""), "one is there already");
        assert_eq!((line("/staff"), line(HERE), line(mail::HERE)), (None, None, None));
        assert_eq!(way_back(&Ready { reminds: false, ..ready.clone() }, "/staff/banks", say).map(drop), None);
    }
}
