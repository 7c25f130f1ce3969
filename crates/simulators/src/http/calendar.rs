//! Dates of the Gregorian calendar in UTC, from and to Unix time in ms.

const DAY_MS: i64 = 86_400_000;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// 1 January 1970 was a Thursday.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// Year, month and day from 1, hour, minute, second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

impl Moment {
    pub(crate) fn of(at_ms: i64) -> Self {
        let (mut left, second) = (at_ms.div_euclid(DAY_MS), at_ms.rem_euclid(DAY_MS) / 1_000);
        let mut year = 1970;
        while left < 0 {
            year -= 1;
            left += year_days(year);
        }
        while left >= year_days(year) {
            left -= year_days(year);
            year += 1;
        }
        let mut month = 1;
        while left >= month_days(year, month) {
            left -= month_days(year, month);
            month += 1;
        }
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        Self { year, month, day: left + 1, hour, minute, second }
    }

    fn ms(self) -> i64 {
        let years: i64 = (1970..self.year).map(year_days).sum();
        let months: i64 = (1..self.month).map(|month| month_days(self.year, month)).sum();
        let seconds = (self.hour * 60 + self.minute) * 60 + self.second;
        (years + months + self.day - 1) * DAY_MS + seconds * 1_000
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn year_days(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn month_days(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
pub(crate) fn http_date(at_ms: i64) -> String {
    let Moment { year, month, day, hour, minute, second } = Moment::of(at_ms);
    let weekday = WEEKDAYS[usize::try_from(at_ms.div_euclid(DAY_MS).rem_euclid(7)).unwrap_or_default()];
    let month = MONTHS[usize::try_from(month - 1).unwrap_or_default()];
    format!("{weekday}, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}

/// `2010-09-16T07:50:45Z`, with or without a fraction, as Unix time in ms.
pub(crate) fn read(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let moment = Moment {
        year: number(0, 4)?,
        month: number(5, 7)?,
        day: number(8, 10)?,
        hour: number(11, 13)?,
        minute: number(14, 16)?,
        second: number(17, 19)?,
    };
    (1970..=9999).contains(&moment.year).then(|| moment.ms())
}

#[cfg(test)]
mod tests {
    use super::{http_date, read};

    #[test]
    fn dates_are_as_published() {
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(951_782_400_000), "Tue, 29 Feb 2000 00:00:00 GMT");
        assert_eq!(read("2010-09-16T07:50:45Z"), Some(1_284_623_445_000));
        assert_eq!(read("soon"), None);
    }
}
