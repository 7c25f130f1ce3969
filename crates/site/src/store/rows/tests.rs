use super::*;
use crate::directory::sample::{person, put, put_people, tables, unit};
use vestibule_core::{BankId, CredentialId, KioskId, ParcelId, PersonId, TenancyId, UnitId};

fn text(conn: &Connection, sql: &str) -> String {
    conn.query_row(sql, [], |row| row.get::<_, Option<String>>(0)).unwrap().unwrap_or_default()
}

fn count(conn: &Connection, table: &str) -> u32 {
    conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn a_new_address_is_believed_and_an_old_doubt_kept() {
    let conn = tables();
    let mut row = person(1, 1, ("Ana", "Ek"));
    put_people(&conn, [row.clone()]);
    put(&conn, [Row::BadAddress { person: PersonId(1), bad: true }]);
    row.phone = None;
    put_people(&conn, [row.clone()]);
    assert_eq!(text(&conn, "SELECT CAST(bad_address AS TEXT) FROM person"), "1");
    row.email = Some("new@example.com".to_owned());
    put_people(&conn, [row]);
    assert_eq!(text(&conn, "SELECT CAST(bad_address AS TEXT) FROM person"), "0");
}

#[test]
fn only_who_left_is_erased() {
    let conn = tables();
    put_people(&conn, [person(1, 1, ("Ana", "Ek")), person(2, 1, ("Bo", "Ek"))]);
    let page = |token: u8, of: u32| Row::LinkPage {
        token: [token; 32],
        notice: 1,
        person: PersonId(of),
        credential: Some(CredentialId(3)),
        sealed: vec![1],
        created_at: Timestamp(1),
        expires_at: Timestamp(2),
    };
    put(&conn, [page(1, 1), page(2, 2), Row::PersonLeft { person: PersonId(1), at: Timestamp(5) }]);
    put(&conn, [Row::ErasePerson { person: PersonId(1) }, Row::ErasePerson { person: PersonId(2) }]);
    assert_eq!(
        text(&conn, "SELECT group_concat(first_name || coalesce(email, '-')) FROM person"),
        "-,Bop2@example.com"
    );
    assert_eq!(text(&conn, "SELECT CAST(group_concat(person) AS TEXT) FROM link_page"), "2");
}

#[test]
fn a_disabled_account_has_no_sessions_and_a_second_link_ends_the_first() {
    let conn = tables();
    let staff = StaffId(1);
    let link = |token: u8| Row::OneTimeLink {
        token: [token; 32],
        purpose: "setup".to_owned(),
        staff: None,
        expires_at: Timestamp(9),
    };
    put(
        &conn,
        [
            Row::Staff { staff, email: "a@b.c".to_owned(), name: "A".to_owned(), role: "owner".to_owned() },
            Row::StaffPassword { staff, password: "$x".to_owned() },
            Row::Session {
                token: [1; 32],
                staff,
                csrf: "c".to_owned(),
                created_at: Timestamp(1),
                expires_at: Timestamp(9),
            },
            Row::SessionSeen { token: [1; 32], at: Timestamp(4) },
            Row::SessionSeen { token: [1; 32], at: Timestamp(3) },
            link(1),
            link(2),
        ],
    );
    assert_eq!(text(&conn, "SELECT CAST(seen_at AS TEXT) FROM staff_session"), "4");
    assert_eq!(text(&conn, "SELECT hex(substr(token, 1, 1)) FROM one_time_link"), "02");
    put(&conn, [Row::StaffDisabled { staff, disabled: true }, Row::EndOneTimeLink { token: [2; 32] }]);
    assert_eq!((count(&conn, "staff_session"), count(&conn, "one_time_link")), (0, 0));
    assert_eq!(text(&conn, "SELECT password FROM staff WHERE disabled = 1"), "$x");
}

#[test]
fn every_other_row_is_written_and_forgotten() {
    let conn = tables();
    let (staff, kiosk) = (StaffId(1), KioskId(1));
    let miss =
        |at| Row::SignInMiss { email: "a@b.c".to_owned(), address: "::1".to_owned(), at: Timestamp(at) };
    let label = |to: &str| Row::ParcelLabel {
        parcel: ParcelId(1),
        tracking: None,
        addressed_to: Some(to.to_owned()),
    };
    put(
        &conn,
        [
            Row::Setting { key: "k".to_owned(), value: "1".to_owned() },
            Row::Setting { key: "k".to_owned(), value: "2".to_owned() },
            unit(1, "", "1", "1"),
            Row::Tenancy { tenancy: TenancyId(1), unit: UnitId(1), moved_in: "2026-11-30".to_owned() },
            miss(0),
            miss(MISSES_KEPT.0 + 1),
            Row::BankName { bank: BankId(1), name: "Lobby".to_owned(), building: String::new() },
            Row::KioskName { kiosk, name: "K".to_owned(), px_per_mm: 5 },
            Row::KioskCamera { kiosk, on: true },
            label("A"),
            label("B"),
            Row::StaffWords {
                staff,
                at: Timestamp(1),
                subject: "parcel/1".to_owned(),
                words: "wet".to_owned(),
            },
        ],
    );
    conn.execute("INSERT INTO outbox (notice, person, created_at) VALUES (5, 1, 1)", []).unwrap();
    put(&conn, [Row::OutboxTried { notice: 5, error: "later".to_owned() }]);
    assert_eq!(text(&conn, "SELECT value FROM setting"), "2");
    assert_eq!(count(&conn, "sign_in_miss"), 1, "misses of yesterday are forgotten");
    assert_eq!(text(&conn, "SELECT addressed_to FROM parcel_label"), "B");
    assert_eq!(text(&conn, "SELECT tries || last_error FROM outbox"), "1later");
    put(
        &conn,
        [
            Row::ForgetSetting { key: "k".to_owned() },
            Row::ForgetSignInMisses { email: "a@b.c".to_owned() },
            Row::ForgetKiosk { kiosk },
            Row::OutboxDone { notice: 5 },
            Row::Session {
                token: [1; 32],
                staff,
                csrf: "c".to_owned(),
                created_at: Timestamp(1),
                expires_at: Timestamp(9),
            },
            Row::Session {
                token: [2; 32],
                staff,
                csrf: "c".to_owned(),
                created_at: Timestamp(9),
                expires_at: Timestamp(19),
            },
        ],
    );
    assert_eq!(count(&conn, "staff_session"), 1, "expired sessions are cleared away");
    put(&conn, [Row::EndSession { token: [2; 32] }, Row::EndSessions { staff }]);
    for table in ["setting", "sign_in_miss", "kiosk_name", "outbox", "staff_session"] {
        assert_eq!(count(&conn, table), 0, "{table}");
    }
    for table in ["unit", "tenancy", "bank_name", "staff_words"] {
        assert_eq!(count(&conn, table), 1, "{table}");
    }
}
