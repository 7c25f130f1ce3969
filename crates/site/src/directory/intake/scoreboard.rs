//! How intakes went, by week and company, from the measures kept with each parcel.
//!
//! Owns: the query and the weeks. The arithmetic is [`vestibule_intake::scoreboard`]'s.

use rusqlite::Connection;
use std::collections::BTreeMap;
use vestibule_core::time::{Zone, civil};
use vestibule_core::{CarrierId, Span, Timestamp};
use vestibule_intake::Decision;
use vestibule_intake::evidence::Confirmed;
use vestibule_intake::scoreboard::{Score, Taken};

/// Weeks shown, the one that goes on among them.
pub const WEEKS: i64 = 12;

/// The scores of one property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// All of it.
    pub whole: Score,
    /// By week, the newest last.
    pub weeks: BTreeMap<Week, Score>,
    /// By company; None: none was named.
    pub carriers: BTreeMap<Option<CarrierId>, Score>,
    /// By week and company.
    pub cells: BTreeMap<(Week, Option<CarrierId>), Score>,
}

/// The Monday of a week: year, month, day.
pub type Week = (i16, i8, i8);

/// The week of a moment by the building's clock.
pub fn week_of(at: Timestamp, zone: &Zone) -> Week {
    let there = civil(at, zone);
    // From noon to noon a clock that is put forward or back changes no date.
    let noon = at.0 + (12 * 60 - i64::from(there.minute)) * 60_000;
    civil(Timestamp(noon - Span::days(i64::from(there.weekday)).0), zone).date
}

/// What happened since the first of the weeks shown.
///
/// # Errors
/// What SQLite says.
pub fn board(conn: &Connection, (zone, now): (&Zone, Timestamp)) -> rusqlite::Result<Board> {
    let begins = Timestamp(now.0 - Span::days(7 * (WEEKS - 1)).0);
    let (first, from) = (week_of(begins, zone), Timestamp(begins.0 - Span::days(8).0));
    let mut query = conn.prepare_cached(
        "SELECT m.at, p.carrier, m.decision, m.confirmed, m.began_at, m.ended_at, m.touches, m.wrong IS NOT NULL
         FROM intake_measure m LEFT JOIN parcel p USING (parcel) WHERE m.at >= ?1 ORDER BY m.at",
    )?;
    let mut rows = query.query([from.0])?;
    let mut board = Board::default();
    while let Some(row) = rows.next()? {
        let words: (String, String) = (row.get(2)?, row.get(3)?);
        let known = Decision::of(&words.0).zip(Confirmed::of(&words.1));
        let Some((decision, confirmed)) = known else { continue };
        let (began, ended): (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        let taken = Taken {
            decision,
            confirmed,
            took_ms: began.zip(ended).map(|(began, ended)| ended - began),
            touches: row.get(6)?,
            wrong: row.get(7)?,
        };
        let (at, carrier) = (Timestamp(row.get(0)?), row.get::<_, Option<u32>>(1)?.map(CarrierId));
        let week = week_of(at, zone);
        if week < first {
            continue;
        }
        board.whole.add(&taken);
        board.weeks.entry(week).or_default().add(&taken);
        board.carriers.entry(carrier).or_default().add(&taken);
        board.cells.entry((week, carrier)).or_default().add(&taken);
    }
    Ok(board)
}
