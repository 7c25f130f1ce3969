//! What a real site signed, believed by programs of other houses; and its packs of evidence, verified far from it.

use crate::others_tree::OthersTree;
use crate::process::{Demo, run};
use serde_json::Value;
use signed_note::{Note, StandardVerifier, VerifierList};
use std::path::Path;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// Origin, size and root of a checkpoint, as the other programs read it; the key's name is the origin.
fn believed(note: &str, public: &[u8]) -> (String, u64, [u8; 32]) {
    let origin = note.lines().next().unwrap().to_owned();
    let key = [[1].as_slice(), public].concat();
    let id = signed_note::key_id(&origin, &key);
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &key);
    let verifier = StandardVerifier::new(&format!("{origin}+{id:08x}+{encoded}")).unwrap();
    let note = Note::from_bytes(note.as_bytes()).unwrap();
    note.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    let checkpoint = tlog_tiles::checkpoint::Checkpoint::from_bytes(note.text()).unwrap();
    (checkpoint.origin().to_owned(), checkpoint.size(), checkpoint.hash().0)
}

#[test]
fn every_checkpoint_of_a_running_site_is_believed_by_programs_of_other_houses() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("site");
    let demo = Demo::start(&data, &["--days", "1"]);
    let exported = folder.path().join("ledger.jsonl");
    let (place, file) = (data.to_str().unwrap(), exported.to_str().unwrap());
    let well = run(&["check", "--data", place, "--export", file, "--json"]);
    assert_eq!(well.status.code(), Some(0), "{}", String::from_utf8_lossy(&well.stdout));
    let database = rusqlite::Connection::open(data.join("site.sqlite3")).unwrap();
    let mut statement =
        database.prepare("SELECT note, public, size FROM ledger_checkpoint ORDER BY size").unwrap();
    let stored: Vec<(String, Vec<u8>, u64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(stored.len() > 1, "a day has more than one checkpoint");
    let tree = OthersTree::default();
    let ledger = std::fs::read_to_string(&exported).unwrap();
    for (at, line) in (0..).zip(ledger.lines()) {
        let event: Value = serde_json::from_str(line).unwrap();
        tree.push(at, &unhex(event["hash"].as_str().unwrap()));
    }
    let events = ledger.lines().count() as u64;
    for (note, public, size) in stored.iter().filter(|(.., size)| *size <= events) {
        let (origin, signed, root) = believed(note, public);
        assert!(origin.starts_with("vestibule/") && origin.ends_with("/1"), "{origin}");
        assert_eq!((signed, root), (*size, tree.root(*size)));
    }
    demo.stop();
}

fn export(data: &Path, more: &[&str], file: &Path) -> std::process::Output {
    let place = ["export", "incident", "--data", data.to_str().unwrap()];
    run(&[&place, more, &[file.to_str().unwrap()]].concat())
}

#[test]
fn a_pack_is_exported_beside_a_running_site_verified_without_it_and_any_change_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("site");
    let demo = Demo::start(&data, &["--days", "1"]);
    let database = rusqlite::Connection::open(data.join("site.sqlite3")).unwrap();
    let parcel: i64 = database
        .query_row("SELECT parcel FROM parcel_event ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
        .unwrap();
    drop(database);
    let pack = folder.path().join("incident.zip");
    let made = export(&data, &["--parcel", &parcel.to_string(), "--language", "es"], &pack);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let said = String::from_utf8_lossy(&made.stdout).into_owned();
    let fingerprint = said.split("signed with ").nth(1).unwrap().trim().to_owned();
    assert_eq!(export(&data, &["--parcel", "1"], &pack).status.code(), Some(1), "nothing is overwritten");
    assert_eq!(export(&data, &[], &folder.path().join("x")).status.code(), Some(2), "which incident?");
    demo.stop();
    std::fs::remove_dir_all(&data).unwrap();

    let file = pack.to_str().unwrap();
    let verify = |more: &[&str]| {
        let output = run(&[&["verify", file, "--json"], more].concat());
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), said)
    };
    let (code, said) = verify(&["--key", &fingerprint]);
    assert_eq!(
        (code, &said["valid"], &said["fingerprint"]),
        (Some(0), &true.into(), &fingerprint.into()),
        "{said}"
    );
    assert!(said["events"].as_u64().is_some_and(|events| events > 0), "{said}");
    let headed = run(&["verify", file, "--head", &format!("1/1/{}", "0".repeat(64))]);
    assert_eq!(headed.status.code(), Some(2), "a pack has no head");
    let (code, said) = verify(&["--key", &"0000 ".repeat(8)]);
    assert_eq!((code, &said["valid"]), (Some(3), &false.into()), "{said}");
    let good = std::fs::read(&pack).unwrap();
    for at in [good.len() / 3, good.len() / 2, good.len() - 30] {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        std::fs::write(&pack, bytes).unwrap();
        let (code, said) = verify(&[]);
        assert_eq!((code, &said["valid"]), (Some(3), &false.into()), "byte {at}: {said}");
    }
}
