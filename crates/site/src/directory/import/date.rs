//! Dates as property lists write them.

use std::fmt;

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: i16,
    /// 1..=12.
    pub month: i8,
    /// 1..=31.
    pub day: i8,
}

impl Date {
    /// Reads `2026-11-30`, `2026/11/30`, `11/30/2026`, `11-30-26`, `30.11.2026`, each with or without a time behind it.
    /// With slashes or hyphens and the year last, the month is first.
    pub fn parse(text: &str) -> Option<Self> {
        let day = text.trim().split([' ', 'T']).next()?;
        let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
        let [a, b, c] = parts.as_slice() else { return None };
        let number =
            |text: &str| text.parse::<i16>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        let (year, month, day) = match (a.len(), c.len()) {
            (4, 1..=2) => (number(a)?, number(b)?, number(c)?),
            (1..=2, 2 | 4) if day.contains('.') => (full_year(number(c)?), number(b)?, number(a)?),
            (1..=2, 2 | 4) => (full_year(number(c)?), number(a)?, number(b)?),
            _ => return None,
        };
        let date = Self { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
        date.exists().then_some(date)
    }

    fn exists(self) -> bool {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let days = match self.month {
            2 => 28 + i8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return false,
        };
        (1900..=2200).contains(&self.year) && (1..=days).contains(&self.day)
    }
}

fn full_year(year: i16) -> i16 {
    if year < 100 { 2000 + year } else { year }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_their_usual_forms() {
        for text in [
            "2026-11-30",
            "2026/11/30",
            "11/30/2026",
            "11-30-2026",
            "11/30/26",
            "30.11.2026",
            " 2026-11-30T00:00:00Z",
            "11/30/2026 12:00 AM",
        ] {
            assert_eq!(
                Date::parse(text).map(|date| date.to_string()).as_deref(),
                Some("2026-11-30"),
                "{text}"
            );
        }
        assert_eq!(Date::parse("2/9/2026").unwrap().to_string(), "2026-02-09");
        for text in [
            "30/11/2026",
            "2026-02-29",
            "2026-13-01",
            "tomorrow",
            "",
            "11/30",
            "+1/02/2026",
            "1/2/3",
            "0000-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2024-02-29") > Date::parse("12/31/2023"));
    }
}
