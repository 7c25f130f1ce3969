//! Taking over a list: upload, a dry run with everything that would change, one press.
//!
//! Owns: `/staff/import`, and the plan between the two pages. Never: reads or compares a file; the directory does.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::site::counters::Counters;
use vestibule_core::{Refusal, Span, StaffId, Timestamp};

use super::super::blocks::back;
use super::super::desk_page::{Desk, Section, done};
use super::super::say::Say;
use super::unit::leavers_choice;
use crate::directory::import::{Known, LineNote, Options, Place, Plan, Strangers, WhyOut, plan};
use crate::directory::settings::Settings;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message::{self, NoticeKind};
use crate::look::{Press, button_primary, button_quiet};
use crate::web::guard::{Csrf, Upload};
use crate::web::problem::{Fault, Trouble};

/// How long a dry run can be confirmed.
const GOOD_FOR: Span = Span::minutes(15);
/// Lines of each kind shown.
const SHOWN: usize = 100;

/// A dry run that waits for its press: at most one for each member of staff, in memory alone.
struct Pending {
    at: Timestamp,
    counters: Counters,
    plan: Plan,
}

static PENDING: LazyLock<Mutex<BTreeMap<StaffId, Pending>>> = LazyLock::new(Mutex::default);

fn keep(staff: StaffId, pending: Pending) {
    if let Ok(mut all) = PENDING.lock() {
        let now = pending.at;
        all.retain(|_, old| now - old.at < GOOD_FOR);
        all.insert(staff, pending);
    }
}

fn take(staff: StaffId, now: Timestamp) -> Option<Pending> {
    let pending = PENDING.lock().ok()?.remove(&staff)?;
    (now - pending.at < GOOD_FOR).then_some(pending)
}

/// The upload form.
pub fn upload(say: Say, csrf: &str) -> Markup {
    let (ask, replace, join) =
        (say.t("staff-import-ask"), say.t("staff-import-replace"), say.t("staff-import-join"));
    let hint = say.t("staff-import-file-hint");
    html! {
        (back("/staff/residents", &say.t("staff-residents-title")))
        (listing::page_title(&say.t("staff-import-title"), Some(&say.t("staff-import-lead")), html! {}))
        (form::upload_form("/staff/import", csrf, html! {
            (form::field(&Field::new("file", &say.t("staff-import-file"), FieldKind::File { accept: ".csv,.txt,text/csv" }).hint(&hint).required()))
            (form::checkbox("complete", &say.t("staff-import-complete"), false))
            (leavers_choice(say))
            (form::radios("strangers", &say.t("staff-import-strangers"), "ask", &[("ask", &ask), ("replace", &replace), ("join", &join)]))
            (form::checkbox("skip", &say.t("staff-import-skip"), false))
            (button_primary(&say.t("staff-import-try"), Press::Submit))
        }))
    }
}

/// What the import would do.
pub fn dry_run(plan: &Plan, may_go_on: bool, say: Say, csrf: &str) -> Markup {
    let read = say.with(
        "staff-import-read",
        &[("rows", u32::try_from(plan.rows).unwrap_or(u32::MAX).into()), ("encoding", plan.encoding.into())],
    );
    html! {
        (back("/staff/import", &say.t("staff-import-title")))
        (listing::page_title(&say.t("staff-import-diff"), Some(&read), html! {}))
        @if may_go_on {
            (message::notice_banner(NoticeKind::Info, &say.t("staff-import-nothing-yet")))
        } @else {
            (message::notice_banner(NoticeKind::Danger, &say.with("staff-import-bad-rows", &[("n", plan.bad_rows.len().into())])))
        }
        (figures(plan, say))
        @if may_go_on {
            (form::form("/staff/import/confirm", csrf, html! {
                div class="button-row" { (button_quiet(&say.t("staff-cancel"), Press::Follow("/staff/import"))) (button_primary(&say.t("staff-import-do"), Press::Submit)) }
            }))
        }
        (lines(&plan.bad_rows, "staff-import-list-bad", say))
        (lines(&plan.conflicts, "staff-import-list-conflicts", say))
        (changes(plan, say))
        (lines(&plan.moving_in_later, "staff-import-list-later", say))
        (lines(&plan.notes, "staff-import-list-notes", say))
        (columns(plan, say))
    }
}

fn figures(plan: &Plan, say: Say) -> Markup {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let list = [
        (plan.new_units.len(), "staff-import-new-units"),
        (plan.new_people.len(), "staff-import-new-people"),
        (plan.changed.len(), "staff-import-changed"),
        (plan.moved_out.len(), "staff-import-moved-out"),
        (number(plan.unchanged), "staff-import-unchanged"),
        (number(plan.not_in_file), "staff-import-not-in-file"),
        (plan.without_channel.len(), "staff-import-without-channel"),
    ];
    let list: Vec<(String, String)> = list.iter().map(|(n, key)| (n.to_string(), say.t(key))).collect();
    let shown: Vec<(&str, &str)> = list.iter().map(|(n, what)| (n.as_str(), what.as_str())).collect();
    listing::figures(&shown)
}

fn place(at: &Place) -> String {
    if at.building.is_empty() { at.label.clone() } else { format!("{}, {}", at.label, at.building) }
}

fn lines(notes: &[LineNote], title: &str, say: Say) -> Markup {
    let items = notes.iter().map(|note| {
        let line = say.with("staff-import-line", &[("n", note.line.to_string().into())]);
        html! { (listing::tag(Tone::Plain, &line)) " " (note.words) }
    });
    list(&say.t(title), items.take(SHOWN).collect(), notes.len(), say)
}

fn list(title: &str, items: Vec<Markup>, all: usize, say: Say) -> Markup {
    if items.is_empty() {
        return html! {};
    }
    let more = all.saturating_sub(items.len());
    listing::section(
        &format!("{} ({all})", super::super::names::capital(title)),
        html! {
            ul class="plain-list" { @for item in &items { li { (item) } } }
            @if more > 0 { p class="hint" { (say.with("staff-import-more", &[("n", more.into())])) } }
        },
    )
}

fn changes(plan: &Plan, say: Say) -> Markup {
    let units = plan.new_units.iter().map(|unit| {
        let keypad = say.with("staff-unit-keypad", &[("keypad", unit.keypad.as_str().into())]);
        html! { (place(&unit.at)) " " span class="hint" { (keypad) } }
    });
    let people = plan.new_people.iter().map(|person| html! { (person.name) ", " (place(&person.at)) });
    let changed = plan.changed.iter().map(|person| {
        html! { (person.name) ", " (place(&person.at)) ": "
            @for (at, field) in person.fields.iter().enumerate() {
                @if at > 0 { ", " } del { (field.old) } " " ins { (field.new) }
            }
        }
    });
    let gone = plan.moved_out.iter().map(|person| {
        let why = match person.why {
            WhyOut::Date => "staff-import-out-date",
            WhyOut::NotListed => "staff-import-out-not-listed",
            WhyOut::Replaced => "staff-import-out-replaced",
        };
        html! { (person.name) ", " (place(&person.at)) " " span class="hint" { (say.t(why)) } }
    });
    let silent = plan.without_channel.iter().map(|person| html! { (person.name) ", " (place(&person.at)) });
    html! {
        (list(&say.t("staff-import-moved-out"), gone.take(SHOWN).collect(), plan.moved_out.len(), say))
        (list(&say.t("staff-import-changed"), changed.take(SHOWN).collect(), plan.changed.len(), say))
        (list(&say.t("staff-import-new-units"), units.take(SHOWN).collect(), plan.new_units.len(), say))
        (list(&say.t("staff-import-new-people"), people.take(SHOWN).collect(), plan.new_people.len(), say))
        (list(&say.t("staff-import-without-channel"), silent.take(SHOWN).collect(), plan.without_channel.len(), say))
    }
}

fn columns(plan: &Plan, say: Say) -> Markup {
    let unused = say.t("staff-import-unused");
    let items = plan.columns.iter().map(|(heading, field)| {
        let read_as = field.map_or(unused.as_str(), |field| field.words());
        html! { (heading) ": " span class="hint" { (read_as) } }
    });
    list(&say.t("staff-import-columns"), items.collect(), plan.columns.len(), say)
}

fn options(
    upload: &Upload,
    settings: &Settings,
    (now, zone): (Timestamp, vestibule_core::time::Zone),
) -> Options {
    let field = |name: &str| upload.fields.get(name).map(String::as_str).unwrap_or_default();
    let strangers = match field("strangers") {
        "replace" => Strangers::Replace,
        "join" => Strangers::Join,
        _ => Strangers::Ask,
    };
    let leavers = if field("leavers") == "lose" {
        vestibule_core::directory::Leavers::Lose
    } else {
        vestibule_core::directory::Leavers::Keep
    };
    let language = settings.languages.first().copied().unwrap_or_default();
    Options {
        complete_list: field("complete") == "yes",
        leavers,
        skip_bad_rows: field("skip") == "yes",
        strangers,
        country_code: settings.country_code.clone(),
        language: language.tag().to_owned(),
        ..Options::new(now, zone)
    }
}

/// `GET /staff/import`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    desk.may_change_people()?;
    Ok(desk.page(Section::Residents, &desk.say.t("staff-import-title"), upload(desk.say, &desk.csrf)))
}

/// `POST /staff/import`: the dry run.
pub async fn try_out(desk: Desk, upload: Upload) -> Result<Markup, Fault> {
    desk.may_change_people()?;
    let invalid = |why: String| Fault::from(Refusal::Invalid { why });
    let (now, zone, counters) =
        desk.read(|site, now| (now, site.policy.zone.clone(), site.counters.clone())).await?;
    let (known, settings) = desk.query(|tables| Ok((Known::load(tables)?, Settings::load(tables)?))).await?;
    let options = options(&upload, &settings, (now, zone));
    let (_, bytes) = upload.file.ok_or_else(|| invalid(desk.say.t("staff-import-no-file")))?;
    let compared = tokio::task::spawn_blocking(move || plan(&bytes, &known, &options, &mut |_, _| {}));
    let plan = compared.await.map_err(|_| Trouble::Broken)?.map_err(|fault| invalid(fault.to_string()))?;
    let may_go_on = plan.command(&counters).is_ok();
    let shown = dry_run(&plan, may_go_on, desk.say, &desk.csrf);
    if may_go_on {
        keep(desk.staff, Pending { at: now, counters, plan });
    }
    Ok(desk.page(Section::Residents, &desk.say.t("staff-import-diff"), shown))
}

/// `POST /staff/import/confirm`
pub async fn confirm(desk: Desk, _: Csrf<Vec<(String, String)>>) -> Result<Redirect, Fault> {
    desk.may_change_people()?;
    let now = desk.now();
    let invalid = |why: String| Fault::from(Refusal::Invalid { why });
    let pending = take(desk.staff, now).ok_or_else(|| invalid(desk.say.t("staff-import-over")))?;
    let carried = pending.plan.command(&pending.counters);
    let (command, rows) = carried.map_err(|fault| invalid(fault.to_string()))?;
    desk.ask_with(command, move |_| rows).await?;
    Ok(done("/staff/residents", "imported"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;
    use vestibule_core::time::Zone;

    fn compared(csv: &str) -> Plan {
        let options = Options::new(Timestamp(1_772_442_000_000), Zone::utc());
        plan(csv.as_bytes(), &Known::default(), &options, &mut |_, _| {}).ok().unwrap()
    }

    #[test]
    fn a_dry_run_shows_what_is_new_and_asks_for_the_press() {
        let plan = compared("unit,first name,last name,email\n12B,Ana,<b>Ruiz,ana@example.com\n");
        for language in Language::ALL {
            let page = dry_run(&plan, true, Say::new(language), "t").into_string();
            assert!(
                page.contains("12B")
                    && page.contains("&lt;b&gt;Ruiz")
                    && page.contains("/staff/import/confirm"),
                "{page}"
            );
        }
    }

    #[test]
    fn bad_rows_are_named_by_line_and_nothing_can_be_confirmed() {
        let plan = compared("unit,first name,last name,email\n12B,Ana,Ruiz,not an address\n");
        assert_eq!(plan.bad_rows.len(), 1);
        let page = dry_run(&plan, false, Say::new(Language::En), "t").into_string();
        assert!(page.contains("Line 2") && !page.contains("/staff/import/confirm"), "{page}");
    }

    #[test]
    fn a_dry_run_is_confirmed_once_by_whoever_made_it_and_not_later() {
        let pending = || Pending {
            at: Timestamp(1_000),
            counters: Counters::default(),
            plan: compared("unit,last name\n1,Ruiz\n"),
        };
        keep(StaffId(70_001), pending());
        assert!(take(StaffId(70_002), Timestamp(2_000)).is_none());
        assert!(take(StaffId(70_001), Timestamp(2_000)).is_some());
        assert!(take(StaffId(70_001), Timestamp(2_000)).is_none(), "once");
        keep(StaffId(70_001), pending());
        assert!(take(StaffId(70_001), Timestamp(1_000) + GOOD_FOR).is_none(), "too late");
    }
}
