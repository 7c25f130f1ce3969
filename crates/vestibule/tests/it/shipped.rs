//! What is shipped: no secret and no planted bug is in the program or in what it serves.

use std::path::Path;
use vestibule_core::planted::is_planted;

// A build that can have a planted bug cannot say this.
const _: () = assert!(!is_planted("everything-opens"));

/// Crockford base32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Kind, tag of the site, 26 characters and a check character.
const TOKEN_LENGTH: usize = 31;
const KINDS: [&str; 5] = ["VP", "VC", "VR", "VL", "VK"];
/// A private key is longer than any text about one.
const KEY_LENGTH: usize = 48;

fn program() -> String {
    read(Path::new(env!("CARGO_BIN_EXE_vestibule")))
}

/// What is no text stands as marks between what is.
fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

/// Everything that is embedded and served, and the texts.
fn served() -> Vec<(String, String)> {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../site");
    let mut found = Vec::new();
    let mut folders = vec![site.join("static"), site.join("locales")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.display().to_string(), read(&path)));
            }
        }
    }
    found
}

/// Words that look like a live token: of a kiosk, a courier, a card, a link or a pickup.
fn tokens(text: &str) -> Vec<&str> {
    let is_part = |at: usize| text.as_bytes().get(at).is_some_and(|byte| ALPHABET.contains(byte));
    let token = |at: usize| {
        let is_word = (at..at + TOKEN_LENGTH).all(is_part) && !is_part(at + TOKEN_LENGTH);
        let begins = at == 0 || !is_part(at - 1);
        let word = (is_word && begins).then(|| &text[at..at + TOKEN_LENGTH])?;
        word.bytes().any(|byte| byte.is_ascii_digit()).then_some(word)
    };
    KINDS.iter().flat_map(|kind| text.match_indices(kind)).filter_map(|(at, _)| token(at)).collect()
}

/// Private keys: the head line of one, and enough of its body.
fn private_keys(text: &str) -> usize {
    let base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\r\n".contains(byte);
    let is_key = |body: &str| body.bytes().take_while(|byte| base64(byte)).count() > KEY_LENGTH;
    text.split("PRIVATE KEY-----").skip(1).filter(|body| is_key(body)).count()
}

#[test]
fn no_secret_is_in_the_program_or_in_what_it_serves() {
    let mut looked_through = served();
    assert!(looked_through.len() > 20, "the static files are found");
    looked_through.push(("the program".to_owned(), program()));
    for (name, text) in looked_through {
        assert_eq!(tokens(&text), Vec::<&str>::new(), "{name}");
        assert_eq!(private_keys(&text), 0, "{name}");
        for known in ["a pepper for tests", "long enough for an invented owner", "AKIA", "ghp_", "xoxb-"] {
            assert!(!text.contains(known), "{name} has {known:?} in it");
        }
    }
}

#[test]
fn a_secret_would_be_found() {
    assert_eq!(tokens("token=VKRV0HPNPYYANCCQ4QBTBJEBC53K0GC;").len(), 1);
    let key = format!("-----BEGIN PRIVATE KEY-----\n{}\n", "MC4CAQAwBQYDK2VwBCIEIJ".repeat(3));
    assert_eq!((private_keys(&key), private_keys("-----BEGIN PRIVATE KEY-----\0")), (1, 0));
}

#[test]
fn no_planted_bug_is_in_a_release() {
    let source = include_str!("../../../core/src/planted.rs");
    let list = source.split("NAMES: &[&str] = &[").nth(1).unwrap().split("];").next().unwrap();
    let names: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(names.len() > 20, "the list of planted bugs is found: {names:?}");
    if cfg!(debug_assertions) {
        // Without optimisation the questions stay in the program, though each is answered with no.
        return;
    }
    let program = program();
    for name in names {
        assert!(!program.contains(name), "the planted bug {name} is in the program");
    }
}
