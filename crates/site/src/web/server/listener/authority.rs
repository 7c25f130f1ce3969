//! An authority for one site, made at the first start: kiosks and staff machines install its certificate once.

use super::TlsError;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// File of the authority's certificate.
pub(super) const CERTIFICATE: &str = "authority.pem";
/// Browsers refuse certificates that hold longer.
const HOLDS_DAYS: i64 = 397;
const AUTHORITY_HOLDS_DAYS: i64 = 3650;

/// Certificate and key in `folder`; both and their authority are made if they are not there or name other hosts.
pub(super) fn ensure(folder: &Path, hosts: &[String]) -> Result<(PathBuf, PathBuf), TlsError> {
    let paths = (folder.join("certificate.pem"), folder.join("key.pem"));
    let named = folder.join("hosts");
    let wanted = hosts.join("\n");
    let is_there = paths.0.exists() && paths.1.exists();
    if is_there && std::fs::read_to_string(&named).is_ok_and(|known| known == wanted) && !is_old(&paths.0) {
        return Ok(paths);
    }
    let failed = |error: rcgen::Error| TlsError::Authority(error.to_string());
    std::fs::create_dir_all(folder).map_err(|error| file(folder, &error))?;
    let issuer = authority(folder)?;
    let key = KeyPair::generate().map_err(failed)?;
    let mut certificate = CertificateParams::new(hosts.to_vec()).map_err(failed)?;
    certificate.distinguished_name = called("Vestibule");
    certificate.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    hold(&mut certificate, HOLDS_DAYS);
    let signed = certificate.signed_by(&key, &issuer).map_err(failed)?;
    write(&paths.0, &signed.pem())?;
    write(&paths.1, &key.serialize_pem())?;
    write(&named, &wanted)?;
    Ok(paths)
}

/// The authority whose key is kept in the folder, or a fresh one.
fn authority(folder: &Path) -> Result<Issuer<'static, KeyPair>, TlsError> {
    let failed = |error: rcgen::Error| TlsError::Authority(error.to_string());
    let (certificate, key) = (folder.join(CERTIFICATE), folder.join("authority-key.pem"));
    let mut own = CertificateParams::default();
    own.distinguished_name = called("Vestibule site authority");
    own.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    own.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    if certificate.exists() && key.exists() {
        let text = std::fs::read_to_string(&key).map_err(|error| file(&key, &error))?;
        // What it signs names it by name and key, which are the same as when it was made.
        return Ok(Issuer::new(own, KeyPair::from_pem(&text).map_err(failed)?));
    }
    let pair = KeyPair::generate().map_err(failed)?;
    hold(&mut own, AUTHORITY_HOLDS_DAYS);
    let signed = own.self_signed(&pair).map_err(failed)?;
    write(&certificate, &signed.pem())?;
    write(&key, &pair.serialize_pem())?;
    Ok(Issuer::new(own, pair))
}

fn called(name: &str) -> DistinguishedName {
    let mut called = DistinguishedName::new();
    called.push(DnType::CommonName, name);
    called
}

/// Holds from yesterday on, since clocks of kiosks are not always right.
fn hold(certificate: &mut CertificateParams, days: i64) {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let at = |days: i64| {
        let date = today.saturating_add(jiff::Span::new().days(days));
        let month = u8::try_from(date.month()).expect("months are positive");
        date_time_ymd(date.year().into(), month, u8::try_from(date.day()).expect("days are positive"))
    };
    (certificate.not_before, certificate.not_after) = (at(-1), at(days));
}

/// Whether a certificate was made so long ago that it ends within a month.
fn is_old(path: &Path) -> bool {
    let age = std::fs::metadata(path).and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
    let most = std::time::Duration::from_secs(60 * 60 * 24 * (HOLDS_DAYS as u64 - 31));
    age.is_none_or(|age| age > most)
}

fn write(path: &Path, text: &str) -> Result<(), TlsError> {
    let write = || -> std::io::Result<()> {
        let mut to = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        to.write_all(text.as_bytes())?;
        to.sync_all()
    };
    write().map_err(|error| file(path, &error))
}

fn file(path: &Path, error: &std::io::Error) -> TlsError {
    TlsError::File { path: path.display().to_string(), why: error.to_string() }
}
