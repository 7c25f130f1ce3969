//! What is kept of a certificate: certificate and key in one file, the account, what is remembered of tries. In
//! `tls/acme` of the data folder, for this account of the machine alone; each file is replaced whole.
//!
//! Certificate and key share a file so that there is never one without the other. Its first line names the authority and the
//! domains: a configuration that asks for others has it replaced.
//! Owns: that folder. Never: in a log, a page or a backup. What is lost here is had again from the authority.

use super::failure::{Failure, Trouble};
use super::schedule::{Tries, Validity};
use crate::config::AcmeConfig;
use crate::keys;
use instant_acme::{AccountCredentials, CertificateIdentifier};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use vestibule_core::Timestamp;
use x509_parser::extensions::GeneralName;
use x509_parser::parse_x509_certificate;

/// The folder's name within that of all TLS files.
const FOLDER: &str = "acme";
const PAIR: &str = "certificate.pem";
const ACCOUNT: &str = "account.json";
const TRIES: &str = "tries.json";

/// Where certificate and key of the own domain lie, within the folder of all TLS files.
pub fn pair_in(tls_folder: &Path) -> PathBuf {
    tls_folder.join(FOLDER).join(PAIR)
}

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// How long it holds.
    pub validity: Validity,
    /// The names it is for; none where it names only addresses, or nothing.
    pub names: Vec<String>,
}

impl Leaf {
    /// Of the first certificate in a PEM text.
    pub fn of_pem(pem: &[u8]) -> Option<Self> {
        let der = CertificateDer::from_pem_slice(pem).ok()?;
        let (_, certificate) = parse_x509_certificate(&der).ok()?;
        let holds = certificate.validity();
        let at = |seconds: i64| Timestamp(seconds.saturating_mul(1_000));
        let validity =
            Validity { from: at(holds.not_before.timestamp()), until: at(holds.not_after.timestamp()) };
        let names = certificate.subject_alternative_name().ok()?;
        let names = names.into_iter().flat_map(|names| &names.value.general_names);
        let dns = names.filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            _ => None,
        });
        Some(Self { validity, names: dns.collect() })
    }
}

/// Certificate and key of a PEM text, if they go together.
pub(super) fn go_together(pem: &[u8]) -> Option<CertifiedKey> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()?;
    let key = PrivateKeyDer::from_pem_slice(pem).ok()?;
    CertifiedKey::from_der(chain, key, &default_provider()).ok()
}

#[derive(Serialize, Deserialize)]
struct StoredAccount {
    directory: String,
    credentials: AccountCredentials,
}

#[derive(Serialize, Deserialize)]
struct StoredTries {
    /// As the certificate's file would begin; None: written by a program that did not say.
    #[serde(default)]
    title: Option<String>,
    #[serde(flatten)]
    tries: Tries,
}

/// The folder.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    folder: PathBuf,
    /// The first line of the certificate's file.
    title: String,
    directory: String,
    domains: Vec<String>,
}

impl Kept {
    /// Within the folder of all TLS files; made if it is not there.
    pub(super) fn open(tls_folder: &Path, config: &AcmeConfig) -> std::io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt;
        let folder = tls_folder.join(FOLDER);
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let title = format!("From {} for {}", config.directory, config.domains.join(", "));
        let (directory, domains) = (config.directory.clone(), config.domains.clone());
        Ok(Self { folder, title, directory, domains })
    }

    /// The certificate that is kept, if it is from this authority for these domains and goes with its key.
    pub(super) fn held(&self) -> Option<Validity> {
        Leaf::of_pem(&self.pair()?).map(|leaf| leaf.validity)
    }

    /// What the authority calls that certificate when it is asked about it, or one takes its place (RFC 9773 4.1).
    pub(super) fn identifier(&self) -> Option<CertificateIdentifier<'static>> {
        let certificate = CertificateDer::from_pem_slice(&self.pair()?).ok()?;
        CertificateIdentifier::try_from(&certificate).ok().map(CertificateIdentifier::into_owned)
    }

    fn pair(&self) -> Option<Vec<u8>> {
        let pem = std::fs::read(self.folder.join(PAIR)).ok()?;
        let title = pem.split(|byte| *byte == b'\n').next()?;
        let is_ours = title == self.title.as_bytes() && go_together(&pem).is_some();
        is_ours.then_some(pem)
    }

    /// Keeps a certificate and its key, if it is what was ordered.
    pub(super) fn keep(&self, chain: &str, key: &str, now: Timestamp) -> Result<Validity, Failure> {
        let pem = format!("{}\n{key}\n{chain}\n", self.title);
        let wrong = |why: &str| Failure::new(Trouble::WrongCertificate, why);
        go_together(pem.as_bytes()).ok_or_else(|| wrong("certificate and key do not go together"))?;
        let leaf = Leaf::of_pem(pem.as_bytes()).ok_or_else(|| wrong("it cannot be read"))?;
        if let Some(missing) = self.domains.iter().find(|domain| !leaf.names.contains(domain)) {
            return Err(wrong(&format!("it is not for {missing}")));
        }
        if leaf.validity.until <= now {
            return Err(wrong("it is over already"));
        }
        self.replace(PAIR, pem.as_bytes())?;
        Ok(leaf.validity)
    }

    /// The account at this authority, if one was made.
    pub(super) fn account(&self) -> Option<AccountCredentials> {
        let text = std::fs::read(self.folder.join(ACCOUNT)).ok()?;
        let stored: StoredAccount = serde_json::from_slice(&text).ok()?;
        (stored.directory == self.directory).then_some(stored.credentials)
    }

    pub(super) fn keep_account(&self, credentials: AccountCredentials) -> Result<(), Failure> {
        let stored = StoredAccount { directory: self.directory.clone(), credentials };
        let text =
            serde_json::to_vec(&stored).map_err(|error| Failure::new(Trouble::Here, &error.to_string()))?;
        self.replace(ACCOUNT, &text)
    }

    /// The authority does not know it any more: the next try makes another.
    pub(super) fn forget_account(&self) {
        if let Err(error) = std::fs::remove_file(self.folder.join(ACCOUNT)) {
            tracing::debug!(%error, "there was no account to forget");
        }
    }

    /// What is remembered of tries; nothing where the file is missing or not ours. A configuration that was corrected is tried at once:
    /// of tries for others only those count that an authority saw fail.
    pub(super) fn tries(&self) -> Tries {
        let text = std::fs::read(self.folder.join(TRIES)).unwrap_or_default();
        let Ok(StoredTries { title, tries }) = serde_json::from_slice(&text) else { return Tries::default() };
        if title.is_none_or(|title| title == self.title) {
            return tries;
        }
        Tries { seen_failing: tries.seen_failing, ..Tries::default() }
    }

    pub(super) fn keep_tries(&self, tries: &Tries) -> Result<(), Failure> {
        let stored = StoredTries { title: Some(self.title.clone()), tries: tries.clone() };
        let text =
            serde_json::to_vec(&stored).map_err(|error| Failure::new(Trouble::Here, &error.to_string()))?;
        self.replace(TRIES, &text)
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.folder.join(name);
        keys::replace(&path, bytes)
            .map_err(|error| Failure::new(Trouble::Here, &format!("{}: {error}", path.display())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{
        BasicConstraints, CertificateParams, IsCa, Issuer, KeyIdMethod, KeyPair, SerialNumber, date_time_ymd,
    };
    use std::os::unix::fs::PermissionsExt;

    /// 2026-11-29.
    const NOW: Timestamp = Timestamp(1_795_910_400_000);

    fn config(directory: &str, domains: &[&str]) -> AcmeConfig {
        let text = format!("directory = \"{directory}\"\ndomains = {domains:?}\nterms_agreed = true");
        toml::from_str(&text).unwrap()
    }

    /// A certificate for these names that ends with this year, and its key.
    fn made(names: &[&str], year: i32) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut certificate = CertificateParams::new(names).unwrap();
        certificate.not_before = date_time_ymd(2020, 1, 1);
        certificate.not_after = date_time_ymd(year, 12, 31);
        (certificate.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    fn why(refused: Result<Validity, Failure>) -> String {
        let failure = refused.unwrap_err();
        assert_eq!(failure.trouble, Trouble::WrongCertificate);
        failure.said
    }

    #[test]
    fn only_what_was_ordered_is_kept_and_for_this_account_alone() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::open(folder.path(), &config("https://ca/dir", &["a.example", "b.example"])).unwrap();
        assert_eq!(kept.held(), None);
        let (chain, key) = made(&["a.example", "b.example"], 2028);
        assert!(why(kept.keep(&chain, &made(&["a.example"], 2028).1, NOW)).contains("go together"));
        let (other, its_key) = made(&["a.example"], 2028);
        assert!(why(kept.keep(&other, &its_key, NOW)).contains("b.example"));
        let (over, its_key) = made(&["a.example", "b.example"], 2024);
        assert!(why(kept.keep(&over, &its_key, NOW)).contains("over"));
        assert!(why(kept.keep("no certificate", &key, NOW)).contains("go together"));
        assert_eq!(kept.held(), None, "nothing of that was kept");

        let validity = kept.keep(&chain, &key, NOW).unwrap();
        assert_eq!(validity.until, Timestamp(1_861_833_600_000), "2028-12-31");
        assert_eq!(kept.held(), Some(validity));
        kept.keep_tries(&Tries { failed: 3, ..Tries::default() }).unwrap();
        assert_eq!(kept.tries().failed, 3);
        for file in std::fs::read_dir(folder.path().join(FOLDER)).unwrap() {
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }

    /// The example of RFC 9773 4.1: the key's identifier and the serial number, each in base64url.
    #[test]
    fn a_certificate_is_called_as_the_authority_calls_it() {
        let key_identifier = vec![
            0x69, 0x88, 0x5b, 0x6b, 0x87, 0x46, 0x40, 0x41, 0xe1, 0xb3, 0x7b, 0x84, 0x7b, 0xa0, 0xae, 0x2c,
            0xde, 0x01, 0xc8, 0xd4,
        ];
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.key_identifier_method = KeyIdMethod::PreSpecified(key_identifier);
        let authority = Issuer::new(authority, KeyPair::generate().unwrap());
        let key = KeyPair::generate().unwrap();
        let mut certificate = CertificateParams::new(vec!["a.example".to_owned()]).unwrap();
        certificate.serial_number = Some(SerialNumber::from_slice(&[0x87, 0x65, 0x43, 0x21]));
        certificate.use_authority_key_identifier_extension = true;
        let chain = certificate.signed_by(&key, &authority).unwrap().pem();
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::open(folder.path(), &config("https://ca/dir", &["a.example"])).unwrap();
        assert_eq!(kept.identifier(), None);
        kept.keep(&chain, &key.serialize_pem(), NOW).unwrap();
        assert_eq!(kept.identifier().unwrap().to_string(), "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE");
    }

    #[test]
    fn other_domains_or_another_authority_want_another_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::open(folder.path(), &config("https://ca/dir", &["a.example"])).unwrap();
        let (chain, key) = made(&["a.example", "b.example"], 2028);
        kept.keep(&chain, &key, NOW).unwrap();
        let not_before = Timestamp(NOW.0 + 3_600_000);
        let tries = Tries { failed: 3, not_before, seen_failing: vec![NOW], ..Tries::default() };
        kept.keep_tries(&tries).unwrap();
        assert_eq!(kept.tries(), tries);
        for (directory, domains) in
            [("https://ca/dir", vec!["b.example"]), ("https://staging/dir", vec!["a.example"])]
        {
            let other = Kept::open(folder.path(), &config(directory, &domains)).unwrap();
            assert_eq!(other.held(), None, "{directory} {domains:?}");
            let of_it = Tries { seen_failing: tries.seen_failing.clone(), ..Tries::default() };
            assert_eq!(other.tries(), of_it, "no pause of what was asked for before");
        }
        assert_eq!(kept.identifier(), None, "it names no authority's key, and cannot be asked about");
        std::fs::write(pair_in(folder.path()), "half a").unwrap();
        assert_eq!(kept.held(), None);
    }
}
