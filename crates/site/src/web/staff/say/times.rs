//! Times as people say them, in the building's zone.
//!
//! Owns: how a moment, an age, a weekday and an hour are written. Never: reads a clock.

use vestibule_core::time::{Civil, Zone, civil};
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
    let (then, today) = (civil(at, zone), civil(now, zone));
    let clock = hour(then.minute);
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
    let second = at.0.div_euclid(1_000).rem_euclid(60);
    format!("{year:04}-{month:02}-{day:02}T{}:{second:02}Z", hour(utc.minute))
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

/// The end of the civil day written in a date field, as site time. None: not a date.
pub fn end_of_day(text: &str, zone: &Zone) -> Option<Timestamp> {
    let mut parts = text.trim().splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let midnight = days_from_civil(year, month, day + 1) * DAY_MS;
    let shown = civil(Timestamp(midnight), zone);
    Some(Timestamp(midnight - offset_ms(&shown, midnight) - 1))
}

/// When the building's day began.
pub fn midnight(now: Timestamp, zone: &Zone) -> Timestamp {
    end_of_day(&date_field(now, zone), zone).map_or(now, |end| Timestamp(end.0 + 1 - DAY_MS))
}

/// How far the building's clock is ahead of universal time at this moment.
fn offset_ms(shown: &Civil, utc_ms: i64) -> i64 {
    let (year, month, day) = shown.date;
    let days = days_from_civil(i64::from(year), i64::from(month), i64::from(day));
    days * DAY_MS + i64::from(shown.minute) * 60_000 - utc_ms
}

/// Days since 1970-01-01 of a proleptic Gregorian date; a day past the month's end rolls over.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
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
        for wrong in ["", "yesterday", "2026-13-01", "2026-11", "99999-01-01", "2026-00-10"] {
            assert_eq!(end_of_day(wrong, &zone()), None, "{wrong}");
        }
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
    }

    #[test]
    fn ages_are_rounded_down() {
        let say = Say::new(Language::Es);
        assert_eq!(age(say, Span::seconds(59)), "ahora");
        assert_eq!(age(say, Span::minutes(119)), "1 h");
        assert_eq!(age(say, Span::days(2)), "2 días");
    }
}
