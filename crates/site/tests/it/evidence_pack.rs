//! A pack of evidence from a real site: complete, believed without it, in two languages, without codes and addresses.

use crate::place::Place;
use vestibule_core::custody::Custodian;
use vestibule_core::vocabulary::command::StaffReason;
use vestibule_core::{
    Actor, Answer, Command, CompartmentId, Observation, ParcelId, Span, StaffId, Timestamp,
};
use vestibule_ledger::pack::{Files, verify};
use vestibule_site::evidence::pack::{
    Choice, MOST_EVENTS, NOTICES, Order, PAGE, PackError, Subject, archive, make,
};
use vestibule_site::handle::Request;
use vestibule_site::keys::Keys;
use vestibule_site::store::check::check;
use vestibule_site::web::staff::names::Names;
use vestibule_site::web::staff::say::Say;
use vestibule_site::web::words::Language;
use vestibule_site::writer::Incoming;

fn order(place: &Place, choice: Choice, language: Language) -> Order {
    Order {
        choice,
        names: Names::of_site(place.writer.site(), place.writer.now()),
        say: Say::new(language),
        by: "Dana Whitfield".to_owned(),
        signer: place.keys.note_signer(),
        photos: Vec::new(),
    }
}

/// A parcel in a compartment, its person told.
fn deposited(place: &mut Place) -> ParcelId {
    let tables = place.connection();
    tables
        .execute_batch(
            "INSERT INTO unit (unit, building, label, folded, keypad) VALUES (1, '', '3B', '3b', '302');
             INSERT INTO person (person, tenancy, unit, first_name, last_name, folded, email)
             VALUES (1, 1, 1, 'Marta', 'Alvarez', 'alvarez marta', 'marta@example.com')",
        )
        .expect("a resident");
    let (visit, parcel) = place.deposited();
    let (finished, _) = place.request(Request::new(Actor::Visit(visit), Command::Finish { visit }));
    assert_eq!(finished.answer, Ok(Answer::Done));
    parcel
}

fn files(place: &Place, choice: Choice, language: Language) -> Files {
    let made = make(&place.connection(), &order(place, choice, language)).expect("a pack");
    archive::read(&made.zip).expect("our own archive")
}

fn text(files: &Files, file: &str) -> String {
    String::from_utf8(files[file].clone()).expect("text")
}

#[test]
fn a_parcels_pack_is_believed_without_the_site_and_every_changed_byte_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let parcel = deposited(&mut place);
    let good = files(&place, Choice::parcel(parcel), Language::En);
    let fingerprint = place.keys.note_signer().public().fingerprint();
    let verified = verify(&good, Some(&fingerprint));
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    let stored: u64 = place
        .connection()
        .query_row("SELECT count(*) FROM parcel_event WHERE parcel = ?1", [parcel.0], |row| row.get(0))
        .expect("counts");
    assert_eq!(verified.events, stored);
    for (file, content) in &good {
        // Every byte of the small files, every so many of the long ones.
        for at in (0..content.len()).step_by(content.len() / 400 + 1) {
            let mut changed = good.clone();
            changed.get_mut(file).expect("it is there")[at] ^= 1;
            let archive = archive::write(&changed).expect("an archive");
            let faults = verify(&archive::read(&archive).expect("reads"), None).faults;
            assert!(!faults.is_empty(), "byte {at} of {file}");
            assert!(faults.iter().all(|fault| fault.file == *file), "byte {at} of {file}: {faults:?}");
        }
    }
}

#[test]
fn the_page_says_in_both_languages_what_happened_and_holds_no_code_and_no_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let parcel = deposited(&mut place);
    let (pin, token) = place.mailed_codes();
    for (language, heading, told) in
        [(Language::En, "What happened", "Something waits"), (Language::Es, "Qué pasó", "Algo le espera")]
    {
        let files = files(&place, Choice::parcel(parcel), language);
        let page = text(&files, PAGE);
        for words in [heading, told, "Marta Alvarez", "Dana Whitfield", "@media print", "locker 4"] {
            let is_here = page.contains(words) || language == Language::Es && words == "locker 4";
            assert!(is_here, "{words} in {page}");
        }
        assert!(!page.contains("<script") && !page.contains(" style="), "it needs nothing and runs nothing");
        assert!(page.contains(&place.keys.note_signer().public().fingerprint()));
        assert!(text(&files, NOTICES).contains("\"what\":\"arrived\""), "{}", text(&files, NOTICES));
        for (file, content) in &files {
            let content = String::from_utf8_lossy(content);
            for secret in [pin.as_str(), token.as_str(), "marta@example.com"] {
                assert!(!content.contains(secret), "{secret} in {file}");
            }
        }
    }
}

#[test]
fn what_happens_to_a_compartment_is_in_the_pack_of_the_parcel_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let parcel = deposited(&mut place);
    let Custodian::Compartment(compartment) = place.custodian(parcel) else { panic!("it lies in one") };
    place.wait(Span::minutes(1));
    let open = Command::StaffOpen { compartment, reason: StaffReason::Inspect };
    let (outcome, intents) = place.request(Request::new(Actor::Staff(StaffId(1)), open));
    assert_eq!(outcome.answer.as_ref().err(), None);
    place.opens(&intents[0]);
    place.shuts(compartment.0);
    place.wait(Span::minutes(1));
    // Both this door and one beside it spring open without a reason.
    let beside = CompartmentId(if compartment.0 == 1 { 2 } else { 1 });
    for forced in [compartment, beside] {
        place.observe(Observation::DoorSeen { compartment: forced, open: true });
        place.shuts(forced.0);
    }
    let told: Vec<String> = place
        .connection()
        .prepare(
            "SELECT kind || ' ' || coalesce(json_extract(CAST(payload AS TEXT), '$.compartment'), '') FROM event
             JOIN parcel_event USING (seq) WHERE parcel = ?1 ORDER BY seq",
        )
        .expect("reads")
        .query_map([parcel.0], |row| row.get(0))
        .expect("reads")
        .collect::<Result<_, _>>()
        .expect("reads");
    let count = |kind: &str, of: CompartmentId| told.iter().filter(|t| **t == format!("{kind} {of}")).count();
    assert_eq!(count("opening-authorised", compartment), 2, "the deposit and staff: {told:?}");
    assert_eq!(count("compartment-forced", compartment), 1, "{told:?}");
    assert_eq!(count("compartment-to-check", compartment), 1, "{told:?}");
    assert_eq!(count("compartment-opened", compartment), 1, "the one without a reason alone: {told:?}");
    assert!(!told.iter().any(|t| t.ends_with(&format!(" {beside}"))), "not what was beside it: {told:?}");
    let page = text(&files(&place, Choice::parcel(parcel), Language::En), PAGE);
    assert!(page.contains("opens for staff") && page.contains("may have been forced"), "{page}");
    let found = check(&place.connection(), &place.options.site, &mut |_| {}).expect("reads");
    assert!(found.is_well(), "{found:?}");
}

#[test]
fn events_that_are_not_signed_yet_are_signed_with_the_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    for n in 0..700 {
        place.observe(Observation::DoorSeen { compartment: CompartmentId(2), open: n % 2 == 0 });
    }
    let end = place.writer.now();
    let choice = Choice { subject: Subject::Compartment(CompartmentId(2)), from: Some(end), to: None };
    let made = make(&place.connection(), &order(&place, choice, Language::En)).expect("a pack");
    let files = archive::read(&made.zip).expect("reads");
    let verified = verify(&files, Some(&made.fingerprint));
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    let newest: u64 = place
        .connection()
        .query_row("SELECT max(size) FROM ledger_checkpoint", [], |row| row.get(0))
        .expect("there is one");
    assert!(verified.checkpoint.expect("good").size > newest, "the last events were not signed yet");

    // From every block of the tree, and all of it: one proof each, all to one root.
    let all = Choice { subject: Subject::Everything, from: None, to: Some(end) };
    let verified = verify(&self::files(&place, all, Language::Es), None);
    assert!(verified.faults.is_empty() && verified.events > 700, "{:?}", verified.faults);
}

#[test]
fn a_choice_of_nothing_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::founded(folder.path());
    let refused = |choice| make(&place.connection(), &order(&place, choice, Language::En)).err();
    assert!(matches!(refused(Choice::parcel(ParcelId(99))), Some(PackError::Nothing)));
    let later = place.writer.now() + Span::days(1);
    let choice = Choice { subject: Subject::Everything, from: Some(later), to: None };
    assert!(matches!(refused(choice), Some(PackError::Nothing)));
    let before = Choice { subject: Subject::Everything, from: None, to: Some(Timestamp(0)) };
    assert!(matches!(refused(before), Some(PackError::Nothing)));
}

#[test]
fn a_choice_without_end_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let all = Choice { subject: Subject::Everything, from: None, to: None };
    let made = |place: &Place| make(&place.connection(), &order(place, all, Language::En));
    let stored = |place: &Place| -> usize {
        let count = place.connection().query_row("SELECT count(*) FROM event", [], |row| row.get(0));
        count.expect("counts")
    };
    let mut is_open = false;
    while stored(&place) < MOST_EVENTS {
        let missing = MOST_EVENTS - stored(&place);
        let seen = (0..missing.min(1_000)).map(|_| {
            is_open = !is_open;
            Incoming::Observe(Observation::DoorSeen { compartment: CompartmentId(2), open: is_open })
        });
        let seen = seen.collect();
        place.wait(Span(10));
        place.writer.step(seen, place.moment).expect("the disk works");
    }
    assert!(matches!(made(&place), Err(PackError::TooMany)), "{}", stored(&place));
}

/// Keys that were lost and made anew sign from now on; what the old ones signed is no checkpoint of theirs.
#[test]
fn a_checkpoint_of_a_key_that_was_replaced_is_not_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let parcel = deposited(&mut place);
    let mut order = order(&place, Choice::parcel(parcel), Language::En);
    // A parcel whose events an old checkpoint covers.
    for n in 0..700 {
        place.observe(Observation::DoorSeen { compartment: CompartmentId(2), open: n % 2 == 0 });
    }
    order.signer = Keys::generate().note_signer();
    let made = make(&place.connection(), &order).expect("a pack");
    let verified = verify(&archive::read(&made.zip).expect("reads"), Some(&made.fingerprint));
    assert!(verified.faults.is_empty() && verified.events > 0, "{:?}", verified.faults);
    assert_ne!(made.fingerprint, place.keys.note_signer().public().fingerprint());
}
