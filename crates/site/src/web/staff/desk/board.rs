//! How intake goes: wrong recipients, the share found by itself, seconds and touches a parcel, by company and by week.
//!
//! Owns: `/staff/intake` and its table as a file. Never: a name, or what a label said.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use vestibule_core::CarrierId;
use vestibule_intake::scoreboard::Score;

use super::super::blocks::back;
use super::super::desk_page::{Desk, Section};
use super::super::names::{Names, Wanted};
use super::super::say::{Say, times};
use crate::directory::intake::scoreboard::{Board, WEEKS, Week, board};
use crate::look::listing;
use crate::look::message;
use crate::look::{Press, button_secondary};
use crate::web::problem::Fault;

/// `2.5 %` of 25 thousandths; a dash where there is nothing to count.
fn percent(per_mille: Option<u32>) -> String {
    per_mille.map_or_else(|| "–".to_owned(), |part| format!("{}.{} %", part / 10, part % 10))
}

/// `7.4 s`.
fn seconds(ms: Option<i64>) -> String {
    ms.map_or_else(|| "–".to_owned(), |ms| format!("{}.{} s", ms / 1000, ms % 1000 / 100))
}

fn count(number: Option<i64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| number.to_string())
}

/// The page.
pub fn content(board: &Board, names: &Names, say: Say) -> Markup {
    let lead = say.with("staff-board-lead", &[("weeks", WEEKS.into())]);
    let export = button_secondary(&say.t("staff-board-export"), Press::Follow("/staff/intake/table.csv"));
    html! {
        (back("/staff/desk", &say.t("staff-desk-title")))
        @if board.whole.parcels == 0 {
            (listing::page_title(&say.t("staff-board-title"), Some(&lead), html! {}))
            (message::empty(&say.t("staff-board-empty"), &say.t("staff-board-empty-text"), None))
        } @else {
            (listing::page_title(&say.t("staff-board-title"), Some(&lead), export))
            (listing::card(figures(&board.whole, say)))
            (listing::section(&say.t("staff-board-by-carrier"), by_carrier(board, names, say)))
            (listing::section(&say.t("staff-board-by-week"), by_week(board, say)))
            (listing::section(&say.t("staff-board-how"), html! { p { (say.t("staff-board-how-text")) } }))
        }
    }
}

fn figures(score: &Score, say: Say) -> Markup {
    let said = [
        (score.parcels.to_string(), say.t("staff-board-parcels")),
        (percent(score.wrong_per_mille()), say.t("staff-board-wrong")),
        (percent(score.by_itself_per_mille()), say.t("staff-board-by-itself")),
        (seconds(score.median_ms()), say.t("staff-board-seconds")),
        (count(score.median_touches()), say.t("staff-board-touches")),
    ];
    let said: Vec<(&str, &str)> =
        said.iter().map(|(number, what)| (number.as_str(), what.as_str())).collect();
    listing::figures(&said)
}

fn table(say: Say, (caption, first): (&str, &str), lines: Vec<(String, &Score)>) -> Markup {
    let keys = ["parcels", "wrong", "by-itself", "seconds", "slow", "touches"];
    let heads: Vec<String> = std::iter::once(say.t(first))
        .chain(keys.iter().map(|key| say.t(&format!("staff-board-head-{key}"))))
        .collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows: Vec<Vec<Markup>> = lines
        .into_iter()
        .map(|(name, score)| {
            vec![
                html! { (name) },
                html! { (score.parcels) },
                html! { (percent(score.wrong_per_mille())) },
                html! { (percent(score.by_itself_per_mille())) },
                html! { (seconds(score.median_ms())) },
                html! { (seconds(score.ninth_tenth_ms())) },
                html! { (count(score.median_touches())) },
            ]
        })
        .collect();
    listing::table(&say.t(caption), &heads, &rows)
}

fn by_carrier(board: &Board, names: &Names, say: Say) -> Markup {
    let lines = board.carriers.iter().map(|(carrier, score)| (names.carrier(say, *carrier), score));
    table(say, ("staff-board-by-carrier", "staff-head-carrier"), lines.collect())
}

fn by_week(board: &Board, say: Say) -> Markup {
    let lines = board.weeks.iter().rev().map(|(week, score)| {
        let words = say.with("staff-board-week", &[("day", times::day(say, *week).into())]);
        (words, score)
    });
    table(say, ("staff-board-by-week", "staff-board-head-week"), lines.collect())
}

async fn read(desk: &Desk) -> Result<(Board, Names), Fault> {
    let (zone, now) = desk.read(|site, now| (site.policy.zone.clone(), now)).await?;
    let board = desk.query(move |tables| board(tables, (&zone, now))).await?;
    Ok((board, desk.names(Wanted::default()).await?))
}

/// `GET /staff/intake`
pub async fn page(desk: Desk) -> Result<Markup, Fault> {
    let (board, names) = read(&desk).await?;
    Ok(desk.page(Section::Desk, &desk.say.t("staff-board-title"), content(&board, &names, desk.say)))
}

/// The headings of the file, in English and for ever the same: programs read it.
const HEADINGS: [&str; 10] = [
    "week",
    "carrier",
    "parcels",
    "with_recipient",
    "wrong_recipient",
    "by_itself",
    "wrong_per_mille",
    "by_itself_per_mille",
    "median_seconds",
    "median_touches",
];

/// One line a week and company.
pub fn file(board: &Board, carrier: impl Fn(Option<CarrierId>) -> String) -> String {
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let per_mille = |value: Option<u32>| number(value.map(i64::from));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADINGS).expect("a vector takes everything");
    for ((week, company), score) in &board.cells {
        let (year, month, day): Week = *week;
        let seconds = score.median_ms().map(|ms| format!("{:.1}", ms as f64 / 1000.0)).unwrap_or_default();
        let record = [
            format!("{year:04}-{month:02}-{day:02}"),
            harmless(&carrier(*company)),
            score.parcels.to_string(),
            score.named.to_string(),
            score.wrong.to_string(),
            score.by_itself.to_string(),
            per_mille(score.wrong_per_mille()),
            per_mille(score.by_itself_per_mille()),
            seconds,
            number(score.median_touches()),
        ];
        writer.write_record(record).expect("a vector takes everything");
    }
    String::from_utf8(writer.into_inner().expect("a vector takes everything")).expect("text was written")
}

/// A name that a spreadsheet would take for a formula is shown as text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() }
}

/// `GET /staff/intake/table.csv`
pub async fn export(desk: Desk) -> Result<Response, Fault> {
    let (board, names) = read(&desk).await?;
    let say = desk.say;
    let text = file(&board, |carrier| names.carrier(say, carrier));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"intake.csv\""),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_intake::Decision;
    use vestibule_intake::evidence::Confirmed;
    use vestibule_intake::scoreboard::Taken;

    fn sample() -> Board {
        let mut board = Board::default();
        let taken = Taken {
            decision: Decision::Auto,
            confirmed: Confirmed::Suggested,
            took_ms: Some(7_420),
            touches: Some(2),
            wrong: false,
        };
        board.whole.add(&taken);
        board.cells.entry(((2026, 11, 23), Some(CarrierId(1)))).or_default().add(&taken);
        board
    }

    #[test]
    fn figures_are_said_so_that_one_can_compare_them() {
        assert_eq!((percent(Some(25)), percent(None)), ("2.5 %".to_owned(), "–".to_owned()));
        assert_eq!((seconds(Some(7_420)), count(Some(2))), ("7.4 s".to_owned(), "2".to_owned()));
    }

    #[test]
    fn the_file_has_a_line_a_week_and_company_and_runs_nothing() {
        let text = file(&sample(), |_| "=cmd|'/c calc'!A0".to_owned());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], HEADINGS.join(","));
        assert_eq!(lines[1], "2026-11-23,'=cmd|'/c calc'!A0,1,1,0,1,0,1000,7.4,2");
    }
}
