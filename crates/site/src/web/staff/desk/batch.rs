//! Many parcels at once: scan, scan, scan, put right the ones that ask, and one press takes all of them in.
//!
//! Owns: `/staff/desk/batch` and the lines of one member of staff, which outlive a reload and a restart. Never: takes anything
//! in before that press; a line is gone in the same commit that takes its parcel in.

use axum::response::Redirect;
use maud::{Markup, html};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{ParcelWords, RecipientChoice};
use vestibule_core::{Actor, CarrierId, Command, Refusal, StaffId, Timestamp};
use vestibule_intake::evidence::Confirmed;

use super::super::banks::unit_written;
use super::super::blocks::{back, unfold};
use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::names::Names;
use super::super::say::Say;
use super::super::story::size_word;
use super::guessed::{self, For};
use crate::directory::intake::Reading;
use crate::directory::intake::record::{self, Intake};
use crate::directory::lookup;
use crate::handle::Request;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::message;
use crate::look::{Icon, Post, Press, button_primary, button_quiet, button_secondary, entry, icon};
use crate::rows::Row;
use crate::web::given::symbols::claim;
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

const HERE: &str = "/staff/desk/batch";
/// So many wait at once at most: a cart full.
const LINES_MOST: usize = 60;

type Posted = Csrf<Vec<(String, String)>>;

/// One parcel that was scanned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What its label says.
    pub reading: Reading,
    /// Somebody said for whom it is, or that nobody knows; None: what is filled in holds.
    pub said: Option<Said>,
    /// How big, as its word.
    pub size: String,
    /// Since when it no longer asks: what it took ends there, and not when the whole cart is taken in.
    #[serde(default)]
    pub settled: Option<Timestamp>,
}

/// What somebody said of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// For whom, as forms write it; None: nobody knows.
    pub whom: Option<String>,
    /// How, as a stable word.
    pub way: String,
}

impl Line {
    /// For whom it will be taken in, and how that was confirmed. None: it asks.
    pub fn taken_for(&self) -> Option<(Option<For>, Confirmed)> {
        if self.reading.asks_whether_here() {
            return None;
        }
        match &self.said {
            Some(said) => {
                let whom = match &said.whom {
                    Some(whom) => Some(For::read(whom)?),
                    None => None,
                };
                Some((whom, Confirmed::of(&said.way)?))
            }
            None => guessed::taken_for(&self.reading, None, None).map(|(whom, way)| (Some(whom), way)),
        }
    }
}

/// A line as it is kept: one that no longer asks is settled from now on, one that asks again is not.
fn settled(mut line: Line, now: Timestamp) -> Line {
    line.settled = line.taken_for().map(|_| line.settled.unwrap_or(now));
    line
}

/// A line with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// Its number.
    pub number: i64,
    /// When it was scanned.
    pub at: Timestamp,
    /// The line.
    pub line: Line,
}

/// The lines of one member of staff, in the order in which they were scanned.
fn lines(tables: &Connection, staff: StaffId) -> rusqlite::Result<Vec<Numbered>> {
    let mut query =
        tables.prepare_cached("SELECT line, at, told FROM intake_line WHERE staff = ?1 ORDER BY line")?;
    let mut rows = query.query([staff.0])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let told: String = row.get(2)?;
        if let Ok(line) = serde_json::from_str(&told) {
            lines.push(Numbered { number: row.get(0)?, at: Timestamp(row.get(1)?), line });
        }
    }
    Ok(lines)
}

/// The page.
pub fn content(lines: &[Numbered], names: &Names, (say, csrf): (Say, &str)) -> Markup {
    let asking = lines.iter().filter(|numbered| numbered.line.taken_for().is_none()).count();
    let lead = say.with("staff-batch-lead", &[("n", lines.len().into())]);
    html! {
        (back("/staff/desk", &say.t("staff-desk-title")))
        (listing::page_title(&say.t("staff-batch-title"), Some(&lead), html! {}))
        (entry::scan_target(&Post::page("/staff/desk/batch/scan", csrf)))
        (listing::card(form::form("/staff/desk/batch/scan", csrf, html! {
            (form::field(&Field::new("scan", &say.t("staff-batch-scan"), FieldKind::Text).hint(&say.t("staff-batch-scan-hint")).required()))
            (button_secondary(&say.t("staff-batch-add"), Press::Submit))
        })))
        @if lines.is_empty() {
            (message::empty(&say.t("staff-batch-empty"), &say.t("staff-batch-empty-text"), None))
        } @else {
            ol class="batch" { @for numbered in lines { (one(numbered, names, (say, csrf))) } }
            (form::form("/staff/desk/batch/accept", csrf, html! {
                @if asking > 0 { p class="hint" { (say.with("staff-batch-asking", &[("n", asking.into())])) } }
                @else { (button_primary(&say.with("staff-batch-accept", &[("n", lines.len().into())]), Press::Submit)) }
            }))
        }
    }
}

fn one(numbered: &Numbered, names: &Names, (say, csrf): (Say, &str)) -> Markup {
    let (line, number) = (&numbered.line, numbered.number.to_string());
    let taken = line.taken_for();
    let (tone, state) = match taken {
        None if line.reading.asks_whether_here() => (Tone::Danger, "staff-batch-other-house"),
        None => (Tone::Warning, "staff-batch-asks"),
        Some((_, Confirmed::Suggested)) => (Tone::Good, "staff-batch-filled-in"),
        Some((None, _)) => (Tone::Plain, "staff-batch-nobody"),
        Some(_) => (Tone::Accent, "staff-batch-said"),
    };
    let whom = match taken {
        Some((Some(whom), _)) => guessed::words(whom, names, say),
        Some((None, _)) => say.t("staff-intake-unknown"),
        None => say.t("staff-batch-whose"),
    };
    let company = line.reading.company.clone().unwrap_or_default();
    html! {
        li class={ "batch-line " @if taken.is_none() { "batch-asks" } } id={ "line-" (number) } {
            span class="batch-mark" { (icon(Icon::Parcel)) }
            div class="batch-words" {
                p class="batch-whom" { (whom) " " (listing::tag(tone, &say.t(state))) }
                p class="hint" { (company) " " bdi { (line.reading.tracking) }
                    @if let Some(name) = &line.reading.name { " · " (say.with("staff-batch-printed", &[("name", name.as_str().into())])) } }
                @if let Some(words) = guessed::other_house(&line.reading, say).filter(|_| line.reading.asks_whether_here()) {
                    p class="batch-warning" { (words) }
                    form class="posting" method="post" action="/staff/desk/batch/fix" {
                        (form::csrf_field(csrf)) input type="hidden" name="line" value=(number);
                        input type="hidden" name="stays" value="yes";
                        (button_secondary(&say.t("staff-other-house-stays"), Press::Submit))
                    }
                } @else {
                    (guessed::flags(&line.reading, say))
                    @if taken.is_none() { (fix(numbered, names, (say, csrf))) }
                    @else { (unfold(&say.t("staff-batch-change"), fix(numbered, names, (say, csrf)))) }
                }
            }
            form class="posting" method="post" action="/staff/desk/batch/drop" {
                (form::csrf_field(csrf)) input type="hidden" name="line" value=(number);
                (button_quiet(&say.t("staff-batch-drop"), Press::Submit))
            }
        }
    }
}

/// Whose it is, and how big.
fn fix(numbered: &Numbered, names: &Names, (say, csrf): (Say, &str)) -> Markup {
    let (line, number) = (&numbered.line, numbered.number.to_string());
    let taken = line.taken_for().and_then(|(whom, _)| whom);
    let others = guessed::others(&line.reading, taken);
    let unit = format!("unit-{number}");
    html! {
        (guessed::choices(("/staff/desk/batch/fix", csrf), &[("line", &number)], &others, (names, say)))
        form class="batch-fix" method="post" action="/staff/desk/batch/fix" {
            (form::csrf_field(csrf)) input type="hidden" name="line" value=(number);
            div class="field" {
                label for=(unit) { (say.t("staff-apartment")) }
                input id=(unit) name="unit" type="text" autocomplete="off";
            }
            div class="field" {
                label for={ "size-" (number) } { (say.t("staff-fact-size")) }
                select id={ "size-" (number) } name="size" { @for size in Size::ALL {
                    option value=(size_word(size)) selected[size_word(size) == line.size] { (size_word(size)) }
                } }
            }
            label class="check" { input type="checkbox" name="unknown" value="yes"; (say.t("staff-batch-unknown")) }
            (button_secondary(&say.t("staff-save"), Press::Submit))
        }
    }
}

/// `GET /staff/desk/batch`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let staff = desk.staff;
    let lines = desk.query(move |tables| lines(tables, staff)).await?;
    let all = lines.iter().flat_map(|numbered| {
        let line = &numbered.line;
        let taken = line.taken_for().and_then(|(whom, _)| whom);
        taken.into_iter().chain(guessed::others(&line.reading, taken)).collect::<Vec<_>>()
    });
    let names = desk.names(guessed::wanted(all)).await?;
    let title = desk.say.t("staff-batch-title");
    Ok(desk.page(Section::Desk, &title, content(&lines, &names, (desk.say, &desk.csrf))))
}

fn row(numbered: Option<&Numbered>, line: &Line, (staff, at): (StaffId, Timestamp)) -> Row {
    let told = serde_json::to_string(line).expect("plain data");
    Row::IntakeLine { line: numbered.map(|numbered| numbered.number), staff, at, told }
}

/// `POST /staff/desk/batch/scan`
pub async fn scan(desk: Desk, Csrf(fields): Posted) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let (text, touches) = (fields.get("scan").to_owned(), fields.touches());
    if text.is_empty() || text.len() > vestibule_intake::symbol::SCAN_MOST {
        return Err(Refusal::Invalid { why: desk.say.t("staff-batch-unreadable") }.into());
    }
    let staff = desk.staff;
    let known = desk.query(move |tables| lines(tables, staff)).await?;
    let reading = guessed::read(&desk, &text, touches).await?;
    let at = desk.now();
    let same = known
        .iter()
        .find(|numbered| !reading.tracking.is_empty() && numbered.line.reading.tracking == reading.tracking);
    if same.is_none() && known.len() >= LINES_MOST {
        return Err(Refusal::Invalid { why: desk.say.t("staff-batch-full") }.into());
    }
    let row = match same {
        // Another symbol of the same label adds to its line.
        Some(numbered) => {
            let before = numbered.line.reading.clone();
            let reading = guessed::more(&desk, before, &text).await?;
            let line = settled(Line { reading, ..numbered.line.clone() }, at);
            row(Some(numbered), &line, (staff, at))
        }
        None => {
            let size = size_word(Size::M).to_owned();
            row(None, &settled(Line { reading, said: None, size, settled: None }, at), (staff, at))
        }
    };
    desk.app.site.write(vec![row]).await?;
    Ok(Redirect::to(HERE))
}

async fn of(desk: &Desk, fields: &Fields) -> Result<Numbered, Fault> {
    let number = fields.number::<i64>("line").ok_or(Refusal::NotFound)?;
    let staff = desk.staff;
    let known = desk.query(move |tables| lines(tables, staff)).await?;
    known.into_iter().find(|numbered| numbered.number == number).ok_or_else(|| Refusal::NotFound.into())
}

/// `POST /staff/desk/batch/fix`
pub async fn fix_one(desk: Desk, Csrf(fields): Posted) -> Result<Redirect, Fault> {
    let fields = Fields(fields);
    let numbered = of(&desk, &fields).await?;
    let mut line = numbered.line.clone();
    let now = desk.now();
    line.reading.touched(fields.touches(), now);
    if fields.ticked("stays")
        && let Some(elsewhere) = &mut line.reading.elsewhere
    {
        elsewhere.accepted = true;
    }
    let written = match fields.get("unit") {
        "" => None,
        text => Some(unit_written(&desk, text).await?),
    };
    let taken = match (fields.ticked("unknown"), For::read(fields.get("for"))) {
        (true, _) => Some((None, Confirmed::Unknown)),
        (false, chosen) if written.is_some() || chosen.is_some() => {
            guessed::taken_for(&line.reading, written, chosen).map(|(whom, way)| (Some(whom), way))
        }
        _ => None,
    };
    if let Some((whom, way)) = taken {
        line.said = Some(Said { whom: whom.map(For::value), way: way.code().to_owned() });
    }
    if let Some(size) = super::size_from(fields.get("size")) {
        line.size = size_word(size).to_owned();
    }
    let line = settled(line, now);
    desk.app.site.write(vec![row(Some(&numbered), &line, (desk.staff, numbered.at))]).await?;
    Ok(Redirect::to(&format!("{HERE}#line-{}", numbered.number)))
}

/// `POST /staff/desk/batch/drop`
pub async fn drop_one(desk: Desk, Csrf(fields): Posted) -> Result<Redirect, Fault> {
    let numbered = of(&desk, &Fields(fields)).await?;
    desk.app.site.write(vec![Row::ForgetIntakeLine { line: numbered.number, staff: desk.staff }]).await?;
    Ok(Redirect::to(HERE))
}

/// `POST /staff/desk/batch/accept`
pub async fn accept(desk: Desk, _: Posted) -> Result<Redirect, Fault> {
    let staff = desk.staff;
    let known = desk.query(move |tables| lines(tables, staff)).await?;
    let asking = known.iter().filter(|numbered| numbered.line.taken_for().is_none()).count();
    if asking > 0 {
        let why = desk.say.with("staff-batch-asking", &[("n", asking.into())]);
        return Err(Refusal::Invalid { why }.into());
    }
    for numbered in known {
        take_in(&desk, numbered).await?;
    }
    Ok(done("/staff/desk", "all-accepted"))
}

/// One line becomes a parcel; pressed twice, it is still one.
async fn take_in(desk: &Desk, numbered: Numbered) -> Result<(), Fault> {
    let Numbered { number, at, line } = numbered;
    let (whom, confirmed) = line.taken_for().ok_or(Refusal::NotFound)?;
    let (unit, person) = (whom.map(|whom| whom.unit), whom.and_then(|whom| whom.person));
    let size = super::size_from(&line.size).unwrap_or(Size::M);
    let carrier = match line.reading.company.clone() {
        Some(company) => super::carrier_named(desk, company).await?.parse().ok().map(CarrierId),
        None => None,
    };
    let name = line.reading.name.clone();
    let read = move |tables: &Connection| {
        let reach = match unit {
            Some(unit) => lookup::reach(tables, unit, person)?,
            None => false,
        };
        let learned = record::learned(tables, name.as_deref(), (unit, person), confirmed)?;
        Ok((reach, learned))
    };
    let (reach, learned) = desk.query(read).await?;
    let recipient = match unit {
        Some(unit) => RecipientChoice::Household { unit, addressee: person },
        None => RecipientChoice::Unknown,
    };
    // What came today already stops here, in words: the line is removed, or the parcel taken in by itself.
    let label = claim(&*desk.app.keys, &line.reading.tracking, false);
    let words = ParcelWords { recipient, size, heavy: false, reach, together: None, label, class: None };
    let staff = desk.staff;
    let at_settled = line.settled.unwrap_or(at);
    let intake =
        Intake { reading: line.reading, unit, person, confirmed, learned, at: at_settled, desk: true };
    let request = Request::new(Actor::Staff(staff), Command::DeskIntake { carrier, words })
        // A number is used again once its line is gone, a moment is not.
        .with_key(Some(format!("desk-line-{number}-{}", at.0)))
        .with_rows(move |answer| {
            let mut rows = intake.rows(answer);
            rows.push(Row::ForgetIntakeLine { line: number, staff });
            rows
        });
    let outcome = desk.app.site.ask(request).await?;
    outcome.answer?;
    if outcome.repeated {
        desk.app.site.write(vec![Row::ForgetIntakeLine { line: number, staff }]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::intake::reading::Elsewhere;
    use crate::directory::intake::{Guess, Offered};
    use crate::directory::sample::{put, tables};
    use vestibule_core::UnitId;
    use vestibule_intake::Decision;

    fn line(decision: Decision) -> Line {
        let offered = vec![Offered { unit: UnitId(1), person: None, score: Some(900) }];
        let guess = Some(Guess { decision, offered, flags: Vec::new() });
        Line { reading: Reading { guess, ..Reading::default() }, said: None, size: "M".into(), settled: None }
    }

    fn said(whom: Option<&str>, way: Confirmed) -> Option<Said> {
        Some(Said { whom: whom.map(str::to_owned), way: way.code().to_owned() })
    }

    #[test]
    fn a_line_asks_until_somebody_says() {
        let auto = line(Decision::Auto);
        assert_eq!(auto.taken_for().map(|(_, way)| way), Some(Confirmed::Suggested));
        let asks = line(Decision::Ask);
        assert_eq!(asks.taken_for(), None);
        let typed = Line { said: said(Some("4"), Confirmed::Typed), ..asks.clone() };
        assert_eq!(typed.taken_for().and_then(|(whom, _)| whom).map(|whom| whom.unit), Some(UnitId(4)));
        let unknown = Line { said: said(None, Confirmed::Unknown), ..asks };
        assert_eq!(unknown.taken_for(), Some((None, Confirmed::Unknown)));
    }

    #[test]
    fn what_a_line_takes_ends_when_it_no_longer_asks() {
        let (first, later) = (Timestamp(5), Timestamp(9));
        let auto = settled(line(Decision::Auto), first);
        assert_eq!(settled(auto, later).settled, Some(first));
        let asks = settled(line(Decision::Ask), first);
        assert_eq!(asks.settled, None);
        assert_eq!(
            settled(Line { said: said(Some("4"), Confirmed::Typed), ..asks }, later).settled,
            Some(later)
        );
    }

    #[test]
    fn a_label_for_another_house_asks_whatever_is_filled_in() {
        let mut elsewhere = line(Decision::Auto);
        elsewhere.reading.elsewhere = Some(Elsewhere::default());
        assert_eq!(elsewhere.taken_for(), None);
        elsewhere.reading.elsewhere = Some(Elsewhere { accepted: true, ..Elsewhere::default() });
        assert!(elsewhere.taken_for().is_some());
    }

    #[test]
    fn lines_are_kept_for_whoever_scanned_them() {
        let conn = tables();
        let (mine, theirs) = (StaffId(1), StaffId(2));
        for (staff, at) in [(mine, 1), (theirs, 2), (mine, 3)] {
            put(&conn, [row(None, &line(Decision::Ask), (staff, Timestamp(at)))]);
        }
        let kept = lines(&conn, mine).unwrap();
        assert_eq!(kept.iter().map(|numbered| numbered.at.0).collect::<Vec<_>>(), [1, 3]);
        let typed = Line { said: said(Some("4"), Confirmed::Typed), ..kept[0].line.clone() };
        put(&conn, [row(Some(&kept[0]), &typed, (mine, kept[0].at))]);
        assert_eq!(lines(&conn, mine).unwrap()[0].line, typed);
        put(&conn, [Row::ForgetIntakeLine { line: kept[0].number, staff: theirs }]);
        assert_eq!(lines(&conn, mine).unwrap().len(), 2, "nobody puts another one's lines aside");
        put(&conn, [Row::ForgetIntakeLine { line: kept[0].number, staff: mine }]);
        assert_eq!(lines(&conn, mine).unwrap().len(), 1);
    }
}
