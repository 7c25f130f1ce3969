//! Signed notes: the published example, `signed_note` and ring as other implementations, and everything that is refused.

use signed_note::{Note, StandardVerifier, VerifierList};
use vestibule_ledger::{NoteError, NoteKey, NoteKeyError, NoteSigner};

/// The example that the notes of Go's checksum database were published with.
const PUBLISHED_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PUBLISHED: &str = "If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
";

fn signer() -> NoteSigner {
    NoteSigner::from_seed(&[7; 32])
}

fn key() -> NoteKey {
    NoteKey::new("example.com/log", signer().public()).expect("a name")
}

#[test]
fn the_published_note_is_read_and_its_key_written_back() {
    let key: NoteKey = PUBLISHED_KEY.parse().expect("a key");
    assert_eq!(key.to_string(), PUBLISHED_KEY);
    let text = key.open(PUBLISHED).expect("it is signed");
    assert!(text.ends_with("what your problem is.\n"), "{text}");
}

#[test]
fn the_published_note_is_written_byte_for_byte() {
    use base64::Engine;
    // The secret half as it was published: algorithm and seed.
    let secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let bytes = base64::engine::general_purpose::STANDARD.decode(secret).expect("base64");
    let signer = NoteSigner::from_seed(&bytes[1..].try_into().expect("32 bytes"));
    let text = PUBLISHED.split("\n\n").next().expect("a text");
    assert_eq!(signer.sign("PeterNeumann", &format!("{text}\n")).expect("signs"), PUBLISHED);
}

#[test]
fn another_implementation_believes_what_is_signed() {
    let text = "one\n\nthree, caf\u{e9}\n";
    let note = signer().sign("example.com/log", text).expect("signs");
    let verifier = StandardVerifier::new(&key().to_string()).expect("our key is a verifier key");
    let parsed = Note::from_bytes(note.as_bytes()).expect("our note is a note");
    let (good, unknown) = parsed.verify(&VerifierList::new(vec![Box::new(verifier)])).expect("verifies");
    assert_eq!((good.len(), unknown.len()), (1, 0));
    assert_eq!(parsed.text(), text.as_bytes());
    assert_eq!(key().open(&note), Ok(text));
    let ring = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, key().public().0);
    ring.verify(text.as_bytes(), good[0].signature()).expect("ring too");
}

#[test]
fn a_note_that_was_changed_anywhere_is_refused() {
    let note = signer().sign("example.com/log", "one\ntwo\n").expect("signs");
    for at in 0..note.len() {
        let mut bytes = note.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(key().open(&changed).is_err(), "byte {at}: {changed}");
        }
    }
    for cut in 0..note.len() {
        if let Some(part) = note.get(..cut) {
            assert!(key().open(part).is_err(), "cut at {cut}");
        }
    }
}

#[test]
fn signatures_of_strangers_are_passed_over_and_ours_must_be_right() {
    let text = "one\n";
    let ours = signer().sign("example.com/log", text).expect("signs");
    let theirs = NoteSigner::from_seed(&[9; 32]).sign("example.com/log", text).expect("signs");
    let line = |note: &str| note.split_once("\n\n").expect("a note").1.to_owned();
    let both = format!("{text}\n{}{}", line(&theirs), line(&ours));
    assert_eq!(key().open(&both), Ok(text));
    let missing = NoteError::NotSigned { name: "example.com/log".to_owned() };
    assert_eq!(key().open(&theirs), Err(missing.clone()));
    let renamed = signer().sign("example.com/other", text).expect("signs");
    assert_eq!(key().open(&renamed), Err(missing));
    // Our name and id over another's signature: refused although our own line follows.
    let other = NoteSigner::from_seed(&[9; 32]).sign("example.com/log", "another text\n").expect("signs");
    let forged = line(&ours).replace(&line(&ours)[32..60], &line(&other)[32..60]);
    let wrong = NoteError::WrongSignature { name: "example.com/log".to_owned() };
    assert_eq!(key().open(&format!("{text}\n{forged}{}", line(&ours))), Err(wrong));
}

#[test]
fn keys_that_are_none_are_refused() {
    for (text, why) in [
        ("PeterNeumann", NoteKeyError::Form),
        ("PeterNeumann+c74f20a3", NoteKeyError::Form),
        ("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", NoteKeyError::Id),
        ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", NoteKeyError::Name),
        ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", NoteKeyError::Name),
        ("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", NoteKeyError::Form),
    ] {
        assert_eq!(text.parse::<NoteKey>(), Err(why), "{text}");
    }
    assert_eq!(signer().sign("a b", "x\n"), Err(NoteError::Name(NoteKeyError::Name)));
    assert_eq!(signer().sign("a", "no line feed"), Err(NoteError::Form));
    assert_eq!(signer().sign("a", "bell \u{7}\n"), Err(NoteError::Form));
}
