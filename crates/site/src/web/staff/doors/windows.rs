//! Several weekday windows in one form: rows of days and hours, a row without a day is none.
//!
//! Owns: the fields and how they are read. Never: says whether a window is allowed; the rules do.

use maud::{Markup, html};
use vestibule_core::time::WeekWindow;

use super::super::desk_page::Fields;
use super::super::say::Say;
use super::super::times;
use crate::look::form::{self, Field, FieldKind};

/// Rows a form has.
pub const ROWS: usize = 3;

/// The rows, filled with what holds now.
pub fn fields(say: Say, windows: &[WeekWindow]) -> Markup {
    let row =
        |at: usize| windows.get(at).copied().unwrap_or(WeekWindow { days: 0, from: 8 * 60, to: 20 * 60 });
    html! { @for at in 0..ROWS.max(windows.len()) { (one(say, at, row(at))) } }
}

fn one(say: Say, at: usize, window: WeekWindow) -> Markup {
    let to = if window.to == 1440 { "23:59".to_owned() } else { times::hour(window.to) };
    let n = at + 1;
    let (day, from, until) = (format!("day{at}"), format!("from{at}"), format!("to{at}"));
    html! {
        fieldset class="field" {
            legend { (say.with("staff-window-n", &[("n", n.into())])) }
            div class="days" { @for weekday in 0..7u8 {
                label class="check" { input type="checkbox" name=(day) value=(weekday) checked[window.days & (1 << weekday) != 0]; (times::weekday(say, weekday)) }
            } }
            div class="field-row" {
                (form::field(&Field::new(&from, &say.t("staff-from"), FieldKind::Time).value(&times::hour(window.from))))
                (form::field(&Field::new(&until, &say.t("staff-to"), FieldKind::Time).value(&to)))
            }
        }
    }
}

/// The windows of [`fields`], in order. None: a row has days and no hours. 23:59 means the end of the day.
pub fn read(fields: &Fields) -> Option<Vec<WeekWindow>> {
    let rows = (0..).take_while(|at| *at < ROWS || !fields.get(&format!("from{at}")).is_empty());
    rows.filter_map(|at| {
        let days = fields.all::<u8>(&format!("day{at}"));
        let days = days.into_iter().filter(|day| *day < 7).fold(0, |days, day| days | (1 << day));
        (days != 0).then(|| {
            let from = minute(fields.get(&format!("from{at}")))?;
            let to = minute(fields.get(&format!("to{at}"))).filter(|to| *to > 0)?;
            Some(WeekWindow { days, from, to: if to == 1439 { 1440 } else { to } })
        })
    })
    .collect()
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn rows_without_a_day_are_none_and_rows_without_hours_are_refused() {
        let weekdays = [("day0", "0"), ("day0", "4"), ("from0", "08:00"), ("to0", "12:30")];
        let sunday =
            [("day2", "6"), ("from2", "20:00"), ("to2", "23:59"), ("from1", "08:00"), ("to1", "20:00")];
        let both: Vec<_> = weekdays.into_iter().chain(sunday).collect();
        let expected = [
            WeekWindow { days: 0b1_0001, from: 480, to: 750 },
            WeekWindow { days: 0b100_0000, from: 1200, to: 1440 },
        ];
        assert_eq!(read(&posted(&both)).as_deref(), Some(&expected[..]));
        assert_eq!(read(&posted(&[])), Some(Vec::new()));
        assert_eq!(read(&posted(&[("day0", "0"), ("from0", "noon"), ("to0", "12:00")])), None);
        assert_eq!(read(&posted(&[("day1", "9"), ("from1", "08:00"), ("to1", "12:00")])), Some(Vec::new()));
    }

    #[test]
    fn what_is_shown_reads_back() {
        let windows: Vec<_> = (0..5).map(|at| WeekWindow { days: 1 << at, from: 0, to: 1440 }).collect();
        let page = fields(Say::new(crate::web::words::Language::En), &windows).into_string();
        assert_eq!(page.matches("checked").count(), 5, "{page}");
        assert!(page.contains(r#"name="from4""#) && page.contains(r#"value="23:59""#), "{page}");
    }
}
