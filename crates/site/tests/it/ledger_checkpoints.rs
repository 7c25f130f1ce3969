//! Signed checkpoints of a site's ledger (I8): when one is made, that other programs believe it, what a new epoch changes, and
//! that every kind of damage is named.

use crate::others_tree::OthersTree;
use crate::place::{MONDAY, Place};
use signed_note::{Note, StandardVerifier, VerifierList};
use std::sync::Arc;
use vestibule_core::{Command, CompartmentId, Observation, Span};
use vestibule_ledger::Checkpoint;
use vestibule_site::store::DATABASE;
use vestibule_site::store::check::{Findings, check};
use vestibule_site::store::ledger_checkpoints::{CHECKPOINT_EVERY, StoredCheckpoint, count, newest};
use vestibule_site::store::load::for_each_event;

fn last(place: &Place) -> StoredCheckpoint {
    newest(&place.connection()).expect("readable").expect("there is one")
}

fn found(place: &Place) -> Findings {
    check(&place.connection(), &place.options.site, &mut |_| {}).expect("readable")
}

fn events(place: &Place) -> u64 {
    place.connection().query_row("SELECT count(*) FROM event", [], |row| row.get(0)).expect("counts")
}

/// Another program's reading of a checkpoint, over the events as they are stored.
fn is_believed_by_others(place: &Place, stored: &StoredCheckpoint) {
    let key = Checkpoint::key_of(&place.options.site, stored.epoch, place.keys.note_signer().public());
    let verifier = StandardVerifier::new(&key.to_string()).expect("a verifier key");
    let note = Note::from_bytes(stored.note.as_bytes()).expect("a note");
    note.verify(&VerifierList::new(vec![Box::new(verifier)])).expect("it is signed by the site's key");
    let read = tlog_tiles::checkpoint::Checkpoint::from_bytes(note.text()).expect("a checkpoint");
    assert_eq!(read.origin(), format!("vestibule/{}/{}", place.options.site, stored.epoch));
    let tree = OthersTree::default();
    for_each_event(&place.connection(), (&place.options.site, 0), |sealed| {
        if sealed.envelope.seq <= stored.size {
            tree.push(sealed.envelope.seq - 1, &sealed.hash.0);
        }
        Ok(())
    })
    .expect("readable");
    assert_eq!((read.size(), read.hash().0), (stored.size, tree.root(read.size())));
}

#[test]
fn the_first_events_are_signed_at_once_then_after_many_or_within_an_hour() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let first = last(&place);
    assert_eq!((first.size, first.epoch, count(&place.connection()).expect("counts")), (1, 1, 1));
    is_believed_by_others(&place, &first);

    // An hour later an idle site signs what has happened since, once.
    let idle = |place: &mut Place, span: Span| {
        place.wait(span);
        place.writer.step(vec![], place.moment).expect("the disk works");
    };
    idle(&mut place, Span::minutes(59));
    assert_eq!(last(&place), first);
    idle(&mut place, Span::minutes(1));
    let hourly = last(&place);
    assert_eq!(hourly.size, events(&place));
    is_believed_by_others(&place, &hourly);
    idle(&mut place, Span::minutes(600));
    assert_eq!(last(&place), hourly, "nothing happened");

    let see = |place: &mut Place, open| {
        place.observe(Observation::DoorSeen { compartment: CompartmentId(1), open });
    };
    see(&mut place, true);
    let hourly = last(&place);
    assert_eq!(hourly.size, events(&place), "the last was ten hours ago");
    let before = events(&place);
    for n in 0.. {
        if events(&place) - before >= CHECKPOINT_EVERY {
            break;
        }
        assert_eq!(last(&place), hourly, "not yet");
        see(&mut place, n % 2 == 0);
    }
    let many = last(&place);
    assert_eq!(many.size, events(&place));
    is_believed_by_others(&place, &many);
    assert!(found(&place).is_well(), "{:?}", found(&place));
    assert_eq!(count(&place.connection()).expect("counts"), 4);
}

#[test]
fn a_restart_goes_on_with_the_tree_as_if_it_had_not_been() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    for n in 0..300 {
        place.observe(Observation::DoorSeen { compartment: CompartmentId(2), open: n % 2 == 0 });
        if n % 97 == 0 {
            let Place { keys, options, moment, writer } = place;
            drop(writer);
            place = Place::open(options, keys, moment.wall.0 + 1_000).expect("it opens again");
        }
    }
    place.wait(Span::minutes(61));
    place.writer.step(vec![], place.moment).expect("steps");
    assert!(found(&place).is_well(), "{:?}", found(&place));
    is_believed_by_others(&place, &last(&place));
}

#[test]
fn a_new_epoch_signs_under_an_origin_of_its_own_and_the_old_ones_still_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    let old = last(&place);
    place.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("copied");
    let database = place.options.folder.join(DATABASE);
    let image = std::fs::read(&database).expect("read");
    let (keys, options) = (Arc::clone(&place.keys), place.options.clone());
    // Signed, seen by somebody, and lost with the disk: no later checkpoint of this origin may contradict it.
    place.ask(Command::NameCarrier { name: "DHL".into() });
    place.wait(Span::minutes(61));
    place.writer.step(vec![], place.moment).expect("steps");
    let lost = last(&place);
    assert!(lost.size > old.size);
    drop(place);
    std::fs::write(&database, image).expect("the disk image is rolled back");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(options.folder.join(format!("{DATABASE}{ending}")));
    }
    let place = Place::open(options, keys, MONDAY + 9_000_000).expect("it opens");
    let new = last(&place);
    assert_eq!(new.epoch, 2);
    assert!(new.note.starts_with("vestibule/maple-court/2\n"), "{}", new.note);
    assert_eq!(new.public, old.public, "the key pair stays");
    is_believed_by_others(&place, &new);
    is_believed_by_others(&place, &old);
    assert!(found(&place).is_well(), "{:?}", found(&place));
}

#[test]
fn every_kind_of_damage_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = Place::founded(folder.path());
    for n in 0..300 {
        place.observe(Observation::DoorSeen { compartment: CompartmentId(3), open: n % 2 == 0 });
    }
    assert!(found(&place).is_well(), "{:?}", found(&place));
    let newest = last(&place);
    let change = |sql: &str| place.connection().execute_batch(sql).expect("damage");
    let named = |words: &str| {
        let problems = found(&place).problems;
        assert!(problems.iter().any(|problem| problem.contains(words)), "{words}: {problems:?}");
    };
    change("UPDATE ledger_checkpoint SET note = replace(note, '=', '+') WHERE size = 1");
    named("the checkpoint of 1 events");
    change("DELETE FROM ledger_checkpoint WHERE size = 1");
    assert!(found(&place).is_well());

    let seed = vestibule_ledger::NoteSigner::from_seed(&[3; 32]);
    let forged =
        Checkpoint { size: newest.size, ..Checkpoint::open(&newest.note, newest.public).expect("ours") };
    let forged = Checkpoint { root: vestibule_ledger::merkle::empty_root(), ..forged };
    let (note, public) = (forged.sign(&seed), seed.public());
    place
        .connection()
        .execute("UPDATE ledger_checkpoint SET note = ?1, public = ?2", rusqlite::params![note, public.0])
        .expect("damage");
    named("what it signed is not what the ledger holds");
    place
        .connection()
        .execute(
            "UPDATE ledger_checkpoint SET note = ?1, public = ?2",
            rusqlite::params![newest.note, newest.public.0],
        )
        .expect("repair");
    assert!(found(&place).is_well());

    change("UPDATE ledger_block SET root = zeroblob(32)");
    named("block 0 of the Merkle tree");
    change("DELETE FROM ledger_block");
    named("block 0 of the Merkle tree");
    change("DELETE FROM event WHERE seq > 250");
    named("the ledger has 250");
    change("DELETE FROM ledger_checkpoint");
    named("no checkpoint of the ledger was ever signed");
}
