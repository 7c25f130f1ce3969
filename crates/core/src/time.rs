//! Site time and civil time. The only module that knows the time-zone library.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::{Add, Sub};

/// A point in site time: milliseconds since the Unix epoch. Monotone within a site; given by the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A length of time in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(pub i64);

impl Span {
    /// `n` seconds.
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1_000)
    }
    /// `n` minutes.
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    /// `n` hours.
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// `n` times 24 hours. "A day" in a budget is this, never a calendar day.
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// Twice as long, up to `most`.
    pub fn doubled_up_to(self, most: Self) -> Self {
        Self((self.0.saturating_mul(2)).min(most.0))
    }
}

impl Add<Span> for Timestamp {
    type Output = Timestamp;
    fn add(self, span: Span) -> Timestamp {
        Timestamp(self.0.saturating_add(span.0))
    }
}

impl Sub<Timestamp> for Timestamp {
    type Output = Span;
    fn sub(self, earlier: Timestamp) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

/// An IANA time-zone name known to the bundled database, such as `America/New_York`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(String);

impl Zone {
    /// Checks the name against the bundled database, which takes it in any case of letters; it is kept as the database spells it.
    ///
    /// # Errors
    /// A sentence that says which name is unknown and what a name looks like.
    pub fn new(name: &str) -> Result<Self, String> {
        jiff::tz::TimeZone::get(name)
            .map(|zone| Self(zone.iana_name().unwrap_or(name).to_owned()))
            .map_err(|_| format!("'{name}' is not a known time zone; write a name such as America/New_York"))
    }
    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }
    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
    fn lookup(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.0).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

impl TryFrom<String> for Zone {
    type Error = String;
    fn try_from(name: String) -> Result<Self, String> {
        Self::new(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.0
    }
}

/// What the wall clock of the building shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// Year, month (1..=12), day of month (1..=31).
    pub date: (i16, i8, i8),
    /// 0 = Monday .. 6 = Sunday.
    pub weekday: u8,
    /// Minutes since midnight, 0..=1439.
    pub minute: u16,
}

/// The civil time of `at` in `zone`.
pub fn civil(at: Timestamp, zone: &Zone) -> Civil {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let local = instant.to_zoned(zone.lookup());
    Civil {
        date: (local.year(), local.month(), local.day()),
        weekday: local.weekday().to_monday_zero_offset() as u8,
        minute: local.hour() as u16 * 60 + local.minute() as u16,
    }
}

/// A day of the calendar, written as `2026-12-25`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: i16,
    month: i8,
    day: i8,
}

impl Date {
    /// The day on which `at` falls in `zone`.
    pub fn of(at: Timestamp, zone: &Zone) -> Self {
        let (year, month, day) = civil(at, zone).date;
        Self { year, month, day }
    }

    fn civil(self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year, self.month, self.day).ok()
    }

    fn before(self) -> Self {
        let earlier = self.civil().and_then(|day| day.yesterday().ok());
        earlier.map_or(self, |day| Self { year: day.year(), month: day.month(), day: day.day() })
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("'{text}' is no day; write it as 2026-12-25");
        let day: jiff::civil::Date = text.parse().map_err(|_| wrong())?;
        let date = Self { year: day.year(), month: day.month(), day: day.day() };
        if String::from(date) == text { Ok(date) } else { Err(wrong()) }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    }
}

/// The moment at which the building's clock shows a text such as `2026-11-28T14:00`; a day alone is its beginning. What the clock
/// shows twice is meant the first time; what it leaves out is as much later as it goes forward. None: no such text.
pub fn at_civil(text: &str, zone: &Zone) -> Option<Timestamp> {
    moment(text.trim().parse().ok()?, zone)
}

/// A moment as the header of a mail writes it: `Fri, 27 Nov 2026 19:00:00 -0500`, with or without a remark behind it. None: no
/// such text.
pub fn mailed(text: &str) -> Option<Timestamp> {
    let (date, _) = text.split_once('(').unwrap_or((text, ""));
    let sent = jiff::fmt::rfc2822::parse(date.trim()).ok()?;
    Some(Timestamp(sent.timestamp().as_millisecond()))
}

/// A moment as other programs write it: with its offset, or as the building's clock shows it where none is written. None: no
/// such text.
pub fn told(text: &str, zone: &Zone) -> Option<Timestamp> {
    let instant = text.trim().parse::<jiff::Timestamp>().ok();
    instant.map(|at| Timestamp(at.as_millisecond())).or_else(|| at_civil(text, zone))
}

/// The last millisecond of a day of the building, written as `2026-11-28`. None: no day from 1970 on.
pub fn end_of_day(text: &str, zone: &Zone) -> Option<Timestamp> {
    let day = Date::try_from(text.trim().to_owned()).ok().filter(|day| day.year >= 1970)?;
    let next = moment(day.civil()?.tomorrow().ok()?.into(), zone)?;
    Some(Timestamp(next.0 - 1))
}

/// When the building's day began that this moment is in.
pub fn start_of_day(at: Timestamp, zone: &Zone) -> Timestamp {
    Date::of(at, zone).civil().and_then(|day| moment(day.into(), zone)).unwrap_or(at)
}

fn moment(civil: jiff::civil::DateTime, zone: &Zone) -> Option<Timestamp> {
    Some(Timestamp(civil.to_zoned(zone.lookup()).ok()?.timestamp().as_millisecond()))
}

/// A weekly span of civil time: some weekdays, from a minute to a minute. Past midnight when `to <= from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekWindow {
    /// Bit 0 = Monday .. bit 6 = Sunday.
    pub days: u8,
    /// First minute of the day, 0..=1439.
    pub from: u16,
    /// First minute no longer in it, 1..=1440.
    pub to: u16,
}

impl WeekWindow {
    /// Every day, all day.
    pub const ALWAYS: Self = Self { days: 0x7F, from: 0, to: 1440 };

    /// Whether it names a weekday, and minutes of the day.
    pub fn is_sound(&self) -> bool {
        self.days & 0x7F != 0 && self.from <= 1439 && self.to <= 1440
    }

    /// Whether the civil time lies inside; a window past midnight belongs to the day it began.
    pub fn contains(&self, civil: &Civil) -> bool {
        self.began_today(civil) || self.began_yesterday(civil)
    }

    fn began_today(&self, civil: &Civil) -> bool {
        let until = if self.from < self.to { self.to } else { 1440 };
        self.days & (1 << civil.weekday) != 0 && (self.from..until).contains(&civil.minute)
    }

    fn began_yesterday(&self, civil: &Civil) -> bool {
        let yesterday = self.days & (1 << ((civil.weekday + 6) % 7)) != 0;
        yesterday && self.to <= self.from && civil.minute < self.to
    }
}

/// Whether any of the windows holds at this time; no window at all means never.
pub fn within(windows: &[WeekWindow], at: Timestamp, zone: &Zone) -> bool {
    let civil = civil(at, zone);
    windows.iter().any(|window| window.contains(&civil))
}

/// Whether any of the windows holds at this time that did not begin on a holiday.
pub fn within_workdays(
    windows: &[WeekWindow],
    holidays: &BTreeSet<Date>,
    at: Timestamp,
    zone: &Zone,
) -> bool {
    let (civil, today) = (civil(at, zone), Date::of(at, zone));
    let (is_holiday, after_holiday) = (holidays.contains(&today), holidays.contains(&today.before()));
    windows.iter().any(|window| {
        (!is_holiday && window.began_today(&civil)) || (!after_holiday && window.began_yesterday(&civil))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_began_on_a_holiday_does_not_come() {
        let zone = Zone::new("America/New_York").unwrap();
        // Thursday 2026-12-24, 23:00 in New York.
        let eve = Timestamp(1_798_171_200_000);
        let holidays = BTreeSet::from([Date::try_from("2026-12-25".to_owned()).unwrap()]);
        let night = [WeekWindow { days: 0x7F, from: 22 * 60, to: 2 * 60 }];
        let open = |hours| within_workdays(&night, &holidays, eve + Span::hours(hours), &zone);
        assert_eq!([0, 2].map(open), [true; 2], "it began on the 24th");
        assert_eq!(
            [23, 26].map(open),
            [false; 2],
            "the one of the 25th does not come, not even after midnight"
        );
        assert_eq!([47].map(open), [true], "the 26th is a day like others");
    }

    #[test]
    fn a_day_is_written_in_one_way() {
        for wrong in ["2026-02-30", "2026-2-3", "25.12.2026", "", "2026-12-25T00:00"] {
            assert!(Date::try_from(wrong.to_owned()).unwrap_err().contains("2026-12-25"), "{wrong}");
        }
        let day = Date::try_from("2026-03-01".to_owned()).unwrap();
        assert_eq!(
            (String::from(day), String::from(day.before())),
            ("2026-03-01".into(), "2026-02-28".into())
        );
    }

    #[test]
    fn a_day_is_as_long_as_the_building_s_clock_makes_it() {
        let zone = Zone::new("America/New_York").unwrap();
        let hours = |day: &str| {
            let (start, end) = (at_civil(day, &zone).unwrap(), end_of_day(day, &zone).unwrap());
            assert_eq!((start_of_day(end, &zone), start_of_day(start, &zone)), (start, start), "{day}");
            (end.0 + 1 - start.0) / 3_600_000
        };
        // Clocks go forward on 2026-03-08 and back on 2026-11-01.
        assert_eq!(["2026-03-08", "2026-11-01", "2026-11-28"].map(hours), [23, 25, 24]);
        assert_eq!(at_civil("2026-11-28T14:00", &zone), Some(Timestamp(1_795_892_400_000)));
        let shown_twice = at_civil("2026-11-01T01:30", &zone).unwrap();
        assert_eq!(shown_twice.0 - at_civil("2026-11-01", &zone).unwrap().0, 90 * 60_000);
        let left_out = at_civil("2026-03-08T02:30", &zone).unwrap();
        assert_eq!(civil(left_out, &zone).minute, 3 * 60 + 30);
        for wrong in ["", "yesterday", "2026-13-01", "2026-11", "99999-01-01", "2026-00-10", "2026-11-31"] {
            assert_eq!((at_civil(wrong, &zone), end_of_day(wrong, &zone)), (None, None), "{wrong}");
        }
        assert_eq!(end_of_day("2026-11-28T14:00", &zone), None, "no day");
        assert_eq!(end_of_day("1969-12-31", &zone), None);
    }

    #[test]
    fn a_moment_of_another_program_is_read_with_its_offset_or_by_the_building_s_clock() {
        let zone = Zone::new("America/New_York").unwrap();
        let two = Some(Timestamp(1_795_892_400_000));
        for text in
            ["2026-11-28T19:00:00Z", "2026-11-28T14:00:00-05:00", "2026-11-28T14:00:00", " 2026-11-28 14:00 "]
        {
            assert_eq!(told(text, &zone), two, "{text}");
        }
        assert_eq!(told("soon", &zone), None);
    }

    #[test]
    fn windows_follow_the_building_clock_across_midnight_and_daylight_saving() {
        let zone = Zone::new("America/New_York").unwrap();
        // Sunday 2026-03-08 06:59 UTC is 01:59 EST; one minute later the clocks jump to 03:00 EDT.
        let before = Timestamp(1_772_953_140_000);
        assert_eq!(civil(before, &zone).minute, 119);
        assert_eq!(civil(before + Span::minutes(1), &zone).minute, 180);
        let night = WeekWindow { days: 1 << 5, from: 22 * 60, to: 3 * 60 };
        assert!(night.contains(&civil(before, &zone)), "Saturday's night reaches into Sunday");
        assert!(!night.contains(&civil(before + Span::minutes(1), &zone)));
        assert!(!within(&[], before, &zone));
    }

    #[test]
    fn a_window_past_midnight_belongs_to_the_day_it_began() {
        let (saturday, sunday, monday) = (5, 6, 0);
        let night = WeekWindow { days: 1 << saturday | 1 << sunday, from: 22 * 60, to: 3 * 60 };
        let at = |weekday, hour: u16, minute: u16| {
            let civil = Civil { date: (2026, 11, 1), weekday, minute: hour * 60 + minute };
            night.contains(&civil)
        };
        assert!(!at(saturday, 2, 59), "Friday's night is not in it");
        assert!(!at(saturday, 21, 59));
        assert_eq!([at(saturday, 22, 0), at(saturday, 23, 59)], [true, true]);
        assert_eq!([at(sunday, 0, 0), at(sunday, 2, 59), at(sunday, 3, 0)], [true, true, false]);
        assert!(at(monday, 2, 59), "Sunday's night reaches into Monday");
        assert!(!at(monday, 22, 0));
        let round = WeekWindow { days: 1 << monday, from: 480, to: 480 };
        let in_round = |weekday, minute| round.contains(&Civil { date: (2026, 11, 2), weekday, minute });
        let edges = [in_round(monday, 479), in_round(monday, 480), in_round(1, 479), in_round(1, 480)];
        assert_eq!(edges, [false, true, true, false], "from a minute to the same one: a day and a night");
    }

    #[test]
    fn an_hour_that_comes_twice_is_in_the_window_twice_and_one_that_is_skipped_never() {
        let zone = Zone::new("America/New_York").unwrap();
        let one_to_two = [WeekWindow { days: 1 << 6, from: 60, to: 120 }];
        // Sunday 2026-11-01 05:30 UTC is 01:30 in summer time; an hour later it is 01:30 again, in winter time.
        let first = Timestamp(1_793_511_000_000);
        let inside = |minutes| within(&one_to_two, first + Span::minutes(minutes), &zone);
        assert_eq!([-31, -30, 60, 89, 90].map(inside), [false, true, true, true, false]);
        let skipped = [WeekWindow { days: 1 << 6, from: 120, to: 180 }];
        // Sunday 2026-03-08: 02:00 to 03:00 does not exist.
        let jump = Timestamp(1_772_953_200_000);
        let ever = (-120..120).any(|minute| within(&skipped, jump + Span::minutes(minute), &zone));
        assert!(!ever, "a window in the hour that is skipped does not come that day");
    }

    #[test]
    fn a_zone_is_one_however_it_was_typed() {
        for (typed, name) in
            [("europe/berlin", "Europe/Berlin"), ("AMERICA/NEW_YORK", "America/New_York"), ("utc", "UTC")]
        {
            assert_eq!(Zone::new(typed).unwrap().name(), name);
            let kept: Zone = serde_json::from_value(typed.into()).unwrap();
            assert_eq!(kept.name(), name, "an older policy may hold it as it was typed");
        }
    }

    #[test]
    fn unknown_zones_are_refused_in_words() {
        assert!(Zone::new("Mars/Olympus").unwrap_err().contains("Mars/Olympus"));
        assert!(serde_json::from_str::<Zone>("\"Nowhere\"").is_err());
    }
}
