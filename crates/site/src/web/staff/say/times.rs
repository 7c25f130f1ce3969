//! Times as people say them, in the building's zone.
//!
//! Owns: how a moment, an age, a weekday and an hour are written. Never: reads a clock.

pub use vestibule_core::time::end_of_day;
use vestibule_core::time::{Zone, civil};
use vestibule_core::{Span, Timestamp};

use super::super::say::Say;

const DAY_MS: i64 = 86_400_000;

fn part(say: Say, key: &str, at: usize) -> String {
    say.t(key).split_whitespace().nth(at).unwrap_or_default().to_owned()
}

/// `Mon` for 0 .. `Sun` for 6.
pub fn weekday(say: Say, day: u8) -> String {
    part(say, "staff-weekdays", usize::from(day))
}

/// `14:02` from minutes since midnight; 1440 is the end of the day.
pub fn hour(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `22 Nov 2026`.
pub fn date(say: Say, at: Timestamp, zone: &Zone) -> String {
    day(say, civil(at, zone).date)
}

/// `22 Nov 2026` of a date.
pub fn day(say: Say, (year, month, day): (i16, i8, i8)) -> String {
    format!("{day} {} {year}", month_name(say, month))
}

fn month_name(say: Say, month: i8) -> String {
    part(say, "staff-months", usize::try_from(month - 1).unwrap_or_default())
}

/// As short as it stays clear: `14:02` today, `Tue 14:02` this week, `3 Nov 14:02` before.
pub fn moment(say: Say, at: Timestamp, (zone, now): (&Zone, Timestamp)) -> String {
    with_day(say, at, hour(civil(at, zone).minute), (zone, now))
}

/// The same to the second: `14:02:07`.
pub fn to_the_second(say: Say, at: Timestamp, (zone, now): (&Zone, Timestamp)) -> String {
    let clock = format!("{}:{:02}", hour(civil(at, zone).minute), second(at));
    with_day(say, at, clock, (zone, now))
}

fn second(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000).rem_euclid(60)
}

fn with_day(say: Say, at: Timestamp, clock: String, (zone, now): (&Zone, Timestamp)) -> String {
    let (then, today) = (civil(at, zone), civil(now, zone));
    if then.date == today.date {
        return clock;
    }
    let near = (now - at).0.abs() < 6 * DAY_MS;
    if near {
        return format!("{} {clock}", weekday(say, then.weekday));
    }
    let (year, month, day) = then.date;
    let month = month_name(say, month);
    if year == today.date.0 { format!("{day} {month} {clock}") } else { format!("{day} {month} {year}") }
}

/// For machines: RFC 3339 in universal time.
pub fn machine(at: Timestamp) -> String {
    let utc = civil(at, &Zone::utc());
    let (year, month, day) = utc.date;
    format!("{year:04}-{month:02}-{day:02}T{}:{:02}Z", hour(utc.minute), second(at))
}

/// How long: `just now`, `4 min`, `3 h`, `2 days`.
pub fn age(say: Say, span: Span) -> String {
    let minutes = span.0.max(0) / 60_000;
    match minutes {
        0 => say.t("staff-age-now"),
        1..=59 => say.with("staff-age-minutes", &[("n", minutes.into())]),
        60..=1439 => say.with("staff-age-hours", &[("n", (minutes / 60).into())]),
        _ => say.with("staff-age-days", &[("n", (minutes / 1440).into())]),
    }
}

/// `2026-11-22` for a date field.
pub fn date_field(at: Timestamp, zone: &Zone) -> String {
    let (year, month, day) = civil(at, zone).date;
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    fn zone() -> Zone {
        Zone::new("America/New_York").unwrap()
    }

    #[test]
    fn a_day_ends_at_the_building_s_midnight() {
        // 2026-11-22 ends at 05:00 UTC of the 23rd (EST).
        let end = end_of_day("2026-11-22", &zone()).unwrap();
        assert_eq!(machine(end), "2026-11-23T04:59:59Z");
        assert_eq!(date_field(end, &zone()), "2026-11-22");
        assert_eq!(machine(end_of_day("2026-12-31", &Zone::utc()).unwrap()), "2026-12-31T23:59:59Z");
    }

    #[test]
    fn a_moment_is_as_short_as_it_stays_clear() {
        let say = Say::new(Language::En);
        let now = end_of_day("2026-11-22", &zone()).unwrap();
        let at = |back: Span| moment(say, Timestamp(now.0 - back.0), (&zone(), now));
        assert_eq!(at(Span::minutes(9)), "23:50");
        assert_eq!(at(Span::days(2)), "Fri 23:59");
        assert_eq!(at(Span::days(20)), "2 Nov 23:59");
        assert_eq!(at(Span::days(400)), "19 Oct 2025");
        let second = |back: Span| to_the_second(say, Timestamp(now.0 - back.0), (&zone(), now));
        assert_eq!(second(Span::seconds(50)), "23:59:09");
        assert_eq!(second(Span::days(2)), "Fri 23:59:59");
    }

    #[test]
    fn ages_are_rounded_down() {
        let say = Say::new(Language::Es);
        assert_eq!(age(say, Span::seconds(59)), "ahora");
        assert_eq!(age(say, Span::minutes(119)), "1 h");
        assert_eq!(age(say, Span::days(2)), "2 días");
    }
}
