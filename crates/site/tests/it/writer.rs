//! The writer on a real database: the main job, restart, repeats, a rolled-back disk, a crash at every numbered step.

use crate::place::{MONDAY, Place, options};
use crate::{dying, photos};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;
use vestibule_core::custody::Custodian;
use vestibule_core::*;
use vestibule_ledger::SiteKey;
use vestibule_site::handle::Request;
use vestibule_site::keys::Keys;
use vestibule_site::store::check::check;
use vestibule_site::store::load::{decode, for_each_event};
use vestibule_site::store::{DATABASE, StoreError};

#[test]
fn a_courier_deposits_a_resident_collects_and_a_restart_in_between_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let (visit, parcel) = place.deposited();
    assert!(matches!(place.custodian(parcel), Custodian::Compartment(_)));
    let (finished, _) = place.request(Request::new(Actor::Visit(visit), Command::Finish { visit }));
    assert_eq!(finished.answer, Ok(Answer::Done));
    let (_, qr) = place.mailed_codes();

    let before = place.writer.site().clone();
    let Place { keys, options, moment, writer } = place;
    drop(writer);
    let mut place = Place::open(options, keys, moment.wall.0 + 60_000).expect("it opens again");
    assert_eq!(place.writer.site().custody, before.custody);
    assert!(place.writer.broken_invariants().is_empty());

    let proof = place.token_proof(&qr);
    let (outcome, intents) =
        place.request(Request::new(Actor::Kiosk(KioskId(1)), Command::PickUp { kiosk: KioskId(1), proof }));
    assert!(matches!(outcome.answer, Ok(Answer::PickUp { .. })), "{:?}", outcome.answer);
    place.opens(&intents[0]);
    place.shuts(vestibule_devices::PulseIntent::point(&intents[0]));
    assert_eq!(place.custodian(parcel), Custodian::Recipient(PersonId(1)));
}

#[test]
fn the_state_replayed_from_the_ledger_is_the_live_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let code = place.courier_code();
    let visit = place.log_in(&code);
    let (_, intent) = place.deposit(visit);
    place.opens(&intent);
    let mut replayed = Site::default();
    for_each_event(&place.connection(), (&place.options.site, 0), |sealed| {
        replayed.evolve(&decode(&sealed.envelope)?, Timestamp(sealed.envelope.recorded_at));
        Ok(())
    })
    .expect("every event decodes");
    assert_eq!(&replayed, place.writer.site());
}

#[test]
fn a_repeated_key_gets_the_first_answer_without_its_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let issue = |carrier| Command::IssueCourierCode {
        carrier: CarrierId(carrier),
        windows: vec![time::WeekWindow::ALWAYS],
        expires: Timestamp(MONDAY) + Span::days(9),
        doors: vec![],
    };
    let ask = |place: &mut Place, carrier| {
        place.request(Request::new(Actor::Console, issue(carrier)).with_key(Some("key-1".into()))).0
    };
    let first = ask(&mut place, 1);
    let second = ask(&mut place, 1);
    assert_eq!((first.revealed.len(), first.repeated), (1, false));
    assert_eq!((second.revealed.len(), second.repeated, &second.answer), (0, true, &first.answer));
    assert_eq!(ask(&mut place, 2).answer, Err(Refusal::KeyReused));
    let code = first.revealed[0].digits.as_ref().expect("digits").expose().to_owned();
    let kept: String = place
        .connection()
        .query_row("SELECT group_concat(answer) FROM answer", [], |row| row.get(0))
        .expect("kept");
    assert!(!kept.contains(&code));
}

#[test]
fn a_database_older_than_the_head_file_begins_a_new_epoch() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let (keys, options) = (Arc::clone(&place.keys), place.options.clone());
    let database = options.folder.join(DATABASE);
    place.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("checkpoint");
    let old = std::fs::read(&database).expect("read");
    place.courier_code();
    let at = place.moment.wall.0;
    drop(place);
    std::fs::write(&database, old).expect("the disk image is rolled back");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(options.folder.join(format!("{DATABASE}{ending}")));
    }
    let place = Place::open(options, keys, at).expect("it opens");
    assert_eq!(place.writer.site().epoch, 2);
    assert!(
        place
            .writer
            .site()
            .compartments
            .all
            .values()
            .all(|c| c.service == vestibule_core::place::compartment::Service::Check)
    );
}

#[test]
fn a_folder_of_another_site_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = Arc::clone(&Place::founded(folder.path()).keys);
    let mut other = options(folder.path());
    other.site = SiteKey::new("elm-street").expect("a good key");
    let refused = Place::open(other, keys, MONDAY).err().expect("refused");
    let names_both = |why: &str| why.contains("maple-court") && why.contains("elm-street");
    assert!(matches!(&refused, StoreError::Unusable(why) if names_both(why)), "{refused}");
}

#[test]
fn tables_of_an_older_and_of_a_newer_program_are_refused_in_words_and_left_as_they_are() {
    for (change, told) in [
        ("PRAGMA user_version = 99", "install the newer program"),
        ("PRAGMA user_version = 1", "name another folder"),
        ("DROP TABLE delivery_claim", "name another folder"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::founded(folder.path());
        let keys = Arc::clone(&place.keys);
        place.connection().execute_batch(change).expect("changes");
        drop(place);
        let stored = || {
            let connection = Connection::open(folder.path().join("site").join(DATABASE)).expect("opens");
            let query = "SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM event),
                (SELECT count(*) FROM sqlite_schema)";
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            connection.query_row::<(i64, i64, i64), _, _>(query, [], read).expect("reads")
        };
        let before = stored();
        let refused = Place::open(options(folder.path()), keys, MONDAY).err().expect("refused");
        assert!(matches!(&refused, StoreError::Unusable(why) if why.contains(told)), "{change}: {refused}");
        assert_eq!(stored(), before, "{change}");
    }
}

/// Every step of docs/durability.md at which the process can die.
const STEPS: [&str; 10] = ["S1", "S2", "S3", "S4", "C1", "K1", "C2", "C3", "C4", "C5"];

const CHILD: &str = "writer::child_that_dies_at_a_step";

/// Whoever numbers another step in the document has a process die there.
#[test]
fn every_step_of_the_document_is_one_a_process_dies_at() {
    let document = include_str!("../../../../docs/durability.md");
    let first_cells = document.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let is_number = |cell: &&str| cell.len() == 2 && cell.ends_with(|c: char| c.is_ascii_digit());
    let numbered: BTreeSet<&str> = first_cells.filter(is_number).collect();
    let erasing = photos::ERASING.iter().map(|(step, ..)| *step);
    let died_at: BTreeSet<&str> = STEPS.into_iter().chain(photos::KEEPING).chain(erasing).collect();
    assert_eq!(numbered, died_at);
}

/// Runs as a child process of the test below: does the main job and dies, for real, at the step it is told.
#[test]
fn child_that_dies_at_a_step() {
    let Some((_, folder)) = dying::told() else { return };
    let keys = Arc::new(Keys::load_or_create(&folder.join("keys")).expect("keys"));
    let mut options = options(&folder);
    options.at_step = Some(dying::die_at);
    let mut place = Place::open(options, keys, MONDAY).expect("opens");
    if place.writer.site().tag.is_none() {
        place.found();
    }
    dying::arm();
    let code = place.courier_code();
    let visit = place.log_in(&code);
    let (parcel, _) = place.deposit(visit);
    std::fs::write(folder.join("acknowledged"), parcel.to_string()).expect("write");
}

#[test]
fn killed_at_every_numbered_step_nothing_committed_is_lost_and_nothing_else_appears() {
    for step in STEPS {
        let folder = tempfile::tempdir().expect("a folder");
        dying::dies(CHILD, step, folder.path());
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).expect("keys"));
        let place = Place::open(options(folder.path()), keys, MONDAY + 1_000)
            .unwrap_or_else(|error| panic!("{step}: {error}"));
        assert!(place.writer.broken_invariants().is_empty(), "{step}");
        assert_eq!(
            place.writer.site().epoch,
            if place.writer.site().epoch == 0 { 0 } else { 1 },
            "{step}: nothing was lost"
        );
        let authorised = place.writer.site().credentials.courier.all.len();
        let expected = usize::from(matches!(step, "C3" | "C4" | "C5"));
        assert_eq!(authorised, expected, "{step}: the courier code is there exactly if its commit returned");
        let found = check(&place.connection(), &place.options.site, &mut |_| {}).expect("readable");
        assert!(found.is_well(), "{step}: {found:?}");
        drop(place);
        dying::ends(CHILD, step, folder.path());
        assert!(folder.path().join("acknowledged").exists(), "{step}");
    }
}
