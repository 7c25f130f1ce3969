//! Times as a message says them, in the reader's language and the building's zone.

use vestibule_core::Timestamp;
use vestibule_core::time::{WeekWindow, Zone, civil};
use vestibule_notices::Language;

const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS_ES: [&str; 7] = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"];
const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_ES: [&str; 12] =
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];

/// `Fri 20 Nov, 20:00`.
pub(super) fn moment(language: Language, at: Timestamp, zone: &Zone) -> String {
    let civil = civil(at, zone);
    let (days, months) = match language {
        Language::En => (DAYS_EN, MONTHS_EN),
        Language::Es => (DAYS_ES, MONTHS_ES),
    };
    let (_, month, day) = civil.date;
    let day_name = days[usize::from(civil.weekday % 7)];
    let month_name = months[usize::try_from(month - 1).unwrap_or(0).min(11)];
    format!("{day_name} {day} {month_name}, {}", clock(civil.minute))
}

/// Today's hours of the desk, or the first there are: `8:00-20:00`.
pub(super) fn desk_hours(hours: &[WeekWindow], now: Timestamp, zone: &Zone) -> Option<String> {
    let today = 1 << civil(now, zone).weekday;
    let window = hours.iter().find(|window| window.days & today != 0).or_else(|| hours.first())?;
    Some(format!("{}-{}", clock(window.from), clock(window.to)))
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_the_buildings_in_the_readers_language() {
        let zone = Zone::new("America/New_York").unwrap();
        // 2026-11-21 01:05 UTC is Friday evening in New York.
        let at = Timestamp(1_795_223_100_000);
        assert_eq!(moment(Language::En, at, &zone), "Fri 20 Nov, 20:05");
        assert_eq!(moment(Language::Es, at, &zone), "vie 20 nov, 20:05");
        let weekdays = WeekWindow { days: 0b1_1111, from: 480, to: 1200 };
        let saturday = WeekWindow { days: 0b10_0000, from: 600, to: 840 };
        assert_eq!(desk_hours(&[weekdays, saturday], at, &zone).as_deref(), Some("8:00-20:00"));
        assert_eq!(desk_hours(&[], at, &zone), None);
    }
}
