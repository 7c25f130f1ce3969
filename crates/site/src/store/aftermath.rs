//! What events do to rows beside the ledger. A photo's salt goes with it. Of an intake: the door that opens ends its time, a
//! wrong recipient is counted, and what was learned of the label is forgotten.
//!
//! In the commit that brings the event, and not when projections are rebuilt: these rows are no fold of the ledger.

use super::statements::Statements;
use rusqlite::params;
use vestibule_core::{Actor, Event, OpeningId, ParcelId, Timestamp};

const OPENED: &str = "UPDATE intake_measure SET ended_at = ?2, opening = NULL WHERE opening = ?1";
const NEVER_OPENED: &str = "UPDATE intake_measure SET opening = NULL WHERE opening = ?1";
const FORGET_SALT: &str = "DELETE FROM photo_salt WHERE hash = (SELECT hash FROM photo WHERE photo = ?1)";
// Who nobody knew cannot have been the wrong one; what was told first stays.
const WRONG: &str =
    "UPDATE intake_measure SET wrong = ?2 WHERE parcel = ?1 AND wrong IS NULL AND confirmed <> 'unknown'";
// However often it was confirmed: a name that led to the wrong door once is asked about again.
const UNLEARN: &str = "DELETE FROM alias WHERE EXISTS (SELECT 1 FROM intake_evidence e
  WHERE e.parcel = ?1 AND e.tenancy = alias.tenancy AND e.alias = alias.folded)";
// What the label teaches of those it is for now is forgotten if that is wrong too.
const NOW_THEIRS: &str = "UPDATE intake_evidence SET tenancy =
  (SELECT tenancy FROM person WHERE unit = ?1 AND left_at IS NULL ORDER BY tenancy DESC LIMIT 1) WHERE parcel = ?2";

/// Follows one event.
///
/// # Errors
/// What SQLite says.
pub fn apply(statements: &mut Statements<'_>, event: &Event, now: Timestamp) -> rusqlite::Result<()> {
    match event {
        Event::CompartmentOpened { opening: Some(opening), .. } => opened(statements, *opening, now),
        Event::NotOpened { opening } | Event::OpeningUnknown { opening } => {
            statements.run(NEVER_OPENED, params![opening.0])
        }
        Event::PhotoErased { photo, .. } => statements.run(FORGET_SALT, params![photo.0]),
        Event::ParcelDisowned { parcel, .. } => wrong(statements, *parcel, Some("not_mine")),
        Event::RecipientCorrected { parcel, unit, by, .. } => {
            // A courier who puts it right in their own visit delivered it right.
            let counts = !matches!(by, Actor::Visit(_));
            wrong(statements, *parcel, counts.then_some("reassigned"))?;
            statements.run(NOW_THEIRS, params![unit.map(|unit| unit.0), parcel.0])
        }
        _ => Ok(()),
    }
}

fn opened(statements: &mut Statements<'_>, opening: OpeningId, now: Timestamp) -> rusqlite::Result<()> {
    statements.run(OPENED, params![opening.0, now.0])
}

fn wrong(statements: &mut Statements<'_>, parcel: ParcelId, why: Option<&str>) -> rusqlite::Result<()> {
    if let Some(why) = why {
        statements.run(WRONG, params![parcel.0, why])?;
    }
    statements.run(UNLEARN, params![parcel.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{person, put, put_people, tables, unit};
    use crate::rows::{IntakeMeasure, Row};
    use rusqlite::Connection;
    use vestibule_core::{CompartmentId, PersonId, StaffId, UnitId, VisitId};

    const PARCEL: ParcelId = ParcelId(5);

    /// A parcel that went to unit 1 under a name that was learned by it.
    fn taken_in(confirmed: &'static str) -> Connection {
        let conn = tables();
        put(&conn, [unit(1, "", "3B", "302"), unit(2, "", "4A", "401")]);
        put_people(&conn, [person(1, 1, ("Ana", "Ek")), person(2, 2, ("Bo", "Berg"))]);
        let alias = |unit| Row::Alias {
            unit: UnitId(unit),
            person: None,
            folded: "sunny bakery".to_owned(),
            at: Timestamp(1),
        };
        put(&conn, [alias(1), alias(1), alias(2)]);
        put(
            &conn,
            [
                Row::IntakeEvidence {
                    parcel: PARCEL,
                    told: "{}".to_owned(),
                    alias: Some("sunny bakery".to_owned()),
                    unit: Some(UnitId(1)),
                },
                Row::IntakeMeasure(Box::new(IntakeMeasure {
                    parcel: PARCEL,
                    at: Timestamp(2),
                    desk: false,
                    decision: "auto",
                    confirmed,
                    began_at: Some(Timestamp(1)),
                    opening: Some(OpeningId(9)),
                    touches: Some(1),
                })),
            ],
        );
        conn
    }

    fn happens(conn: &Connection, event: &Event) {
        apply(&mut Statements::on(conn), event, Timestamp(50)).unwrap();
    }

    fn told(conn: &Connection) -> (Option<String>, Option<i64>, String) {
        let measure = "SELECT wrong, ended_at FROM intake_measure";
        let (wrong, ended) = conn.query_row(measure, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let aliases = "SELECT coalesce(group_concat(tenancy || ':' || times), '') FROM alias";
        (wrong, ended, conn.query_row(aliases, [], |row| row.get(0)).unwrap())
    }

    fn corrected(by: Actor) -> Event {
        Event::RecipientCorrected {
            parcel: PARCEL,
            unit: Some(UnitId(2)),
            entitlement: None,
            by,
            label: None,
        }
    }

    #[test]
    fn not_mine_is_counted_and_what_was_learned_is_forgotten_however_often() {
        let conn = taken_in("suggested");
        assert_eq!(told(&conn).2, "1:2,2:1");
        happens(&conn, &Event::ParcelDisowned { parcel: PARCEL, person: PersonId(1) });
        assert_eq!(told(&conn), (Some("not_mine".to_owned()), None, "2:1".to_owned()));
        happens(&conn, &corrected(Actor::Staff(StaffId(1))));
        assert_eq!(told(&conn).0.as_deref(), Some("not_mine"), "what was told first stays");
    }

    #[test]
    fn a_reassignment_counts_and_a_courier_who_puts_it_right_does_not() {
        let conn = taken_in("suggested");
        happens(&conn, &corrected(Actor::Visit(VisitId(3))));
        assert_eq!(told(&conn), (None, None, "2:1".to_owned()));
        happens(&conn, &corrected(Actor::Staff(StaffId(1))));
        assert_eq!(told(&conn).0.as_deref(), Some("reassigned"));
        put(
            &conn,
            [Row::Alias { unit: UnitId(2), person: None, folded: "sunny bakery".into(), at: Timestamp(3) }],
        );
        happens(&conn, &corrected(Actor::Staff(StaffId(1))));
        assert_eq!(told(&conn).2, "", "what the first correction taught is forgotten by the second");
        let conn = taken_in("unknown");
        happens(&conn, &corrected(Actor::Staff(StaffId(1))));
        assert_eq!(told(&conn).0, None, "who nobody knew cannot have been the wrong one");
    }

    #[test]
    fn the_door_that_opens_ends_the_time_and_one_that_does_not_leaves_none() {
        let opened = |opening| Event::CompartmentOpened {
            compartment: CompartmentId(1),
            opening: Some(OpeningId(opening)),
            key: None,
        };
        let conn = taken_in("suggested");
        happens(&conn, &opened(8));
        assert_eq!(told(&conn).1, None, "another parcel's door");
        happens(&conn, &opened(9));
        assert_eq!(told(&conn).1, Some(50));
        let conn = taken_in("suggested");
        happens(&conn, &Event::NotOpened { opening: OpeningId(9) });
        happens(&conn, &opened(9));
        assert_eq!(told(&conn).1, None);
    }
}
