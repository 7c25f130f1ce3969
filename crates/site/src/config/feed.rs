//! Tracking feeds in the configuration file: which provider tells of deliveries, and where its secret is.

use crate::web::given::feeds::{Feed, Feeds, Provider};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A shorter secret can be guessed; a longer one is some other file. In characters.
const SECRET: std::ops::RangeInclusive<usize> = 16..=256;

/// One provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedConfig {
    /// Which.
    pub provider: Provider,
    /// The file with the secret it signs with.
    pub secret_file: PathBuf,
}

/// Reads the secrets.
///
/// # Errors
/// A file that cannot be read, that others can read, or that holds no secret.
pub fn open(feeds: &[FeedConfig]) -> Result<Feeds, String> {
    let feed =
        |config: &FeedConfig| Ok(Feed { provider: config.provider, secret: secret(&config.secret_file)? });
    feeds.iter().map(feed).collect::<Result<Vec<_>, String>>().map(Feeds::of)
}

fn secret(path: &Path) -> Result<Zeroizing<String>, String> {
    let shown = path.display();
    let read = || -> std::io::Result<(Zeroizing<String>, u32)> {
        let text = Zeroizing::new(std::fs::read_to_string(path)?);
        Ok((text, std::fs::metadata(path)?.permissions().mode()))
    };
    let (text, mode) = read().map_err(|error| format!("[[feed]] cannot read {shown}: {error}"))?;
    if mode & 0o077 != 0 {
        return Err(format!("[[feed]] {shown} can be read by others; run: chmod 600 {shown}"));
    }
    let secret = text.trim_end_matches(['\r', '\n']);
    // What one provider folds before it signs (NFKD), another does not: for plain characters it is all the same.
    if !SECRET.contains(&secret.len()) || !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "[[feed]] {shown} must hold the secret alone: {} to {} letters, digits and signs without blanks",
            SECRET.start(),
            SECRET.end()
        ));
    }
    Ok(Zeroizing::new(secret.to_owned()))
}

pub(super) fn resolve_paths(feeds: &mut [FeedConfig], folder: &Path) {
    for feed in feeds {
        feed.secret_file = folder.join(&feed.secret_file);
    }
}

pub(super) fn check(feeds: &[FeedConfig]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    match feeds.iter().find(|feed| !seen.insert(feed.provider)) {
        Some(twice) => Err(format!("[[feed]] provider = \"{}\" stands there twice", twice.provider.word())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str, mode: u32) -> (tempfile::TempDir, FeedConfig) {
        let folder = tempfile::tempdir().unwrap();
        let secret_file = folder.path().join("feed.secret");
        std::fs::write(&secret_file, text).unwrap();
        std::fs::set_permissions(&secret_file, std::fs::Permissions::from_mode(mode)).unwrap();
        (folder, FeedConfig { provider: Provider::EasyPost, secret_file })
    }

    #[test]
    fn a_secret_is_read_from_a_file_of_its_own() {
        let (_folder, config) = file("a-secret-of-the-feed\n", 0o600);
        let feeds = open(&[config]).unwrap();
        assert!(feeds.of_provider(Provider::EasyPost).is_some());
        assert!(feeds.of_provider(Provider::Shippo).is_none());
        assert!(!format!("{feeds:?}").contains("a-secret"), "it is never shown");
    }

    #[test]
    fn a_file_that_holds_no_secret_or_that_others_read_is_refused_in_words() {
        for (text, mode, word) in [
            ("short", 0o600, "16 to 256"),
            ("two words of a secret", 0o600, "16 to 256"),
            ("sécret-of-the-feed-x", 0o600, "16 to 256"),
            ("a-secret-of-the-feed", 0o644, "chmod 600"),
        ] {
            let (_folder, config) = file(text, mode);
            let why = open(&[config]).unwrap_err();
            assert!(why.contains(word) && !why.contains(text), "{why}");
        }
        let missing = FeedConfig { provider: Provider::Shippo, secret_file: "/nowhere/at/all".into() };
        assert!(open(&[missing]).unwrap_err().contains("/nowhere/at/all"));
    }

    #[test]
    fn one_provider_has_one_secret() {
        let (_folder, config) = file("a-secret-of-the-feed", 0o600);
        assert!(check(&[config.clone(), config]).unwrap_err().contains("easypost"));
    }
}
