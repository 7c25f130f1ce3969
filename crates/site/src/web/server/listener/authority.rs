//! An authority for one site, made at the first start: kiosks and staff machines install its certificate once.

use super::TlsError;
use super::certificates::is_whole;
use crate::keys;
use crate::runners::certificate::Leaf;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use std::path::{Path, PathBuf};

/// File of the authority's certificate.
pub(super) const CERTIFICATE: &str = "authority.pem";
/// Browsers refuse certificates that hold longer.
const HOLDS_DAYS: i64 = 397;
const AUTHORITY_HOLDS_DAYS: i64 = 3650;
/// So long before its end a certificate is made anew, in ms.
const RENEWED_BEFORE: i64 = 31 * 86_400_000;

/// Certificate and key in `folder`; both and their authority are made if they are not there, do not go together, as after a start that
/// was cut off, or name other hosts.
pub(super) fn ensure(folder: &Path, hosts: &[String]) -> Result<(PathBuf, PathBuf), TlsError> {
    let paths = (folder.join("certificate.pem"), folder.join("key.pem"));
    let named = folder.join("hosts");
    let wanted = hosts.join("\n");
    let is_for_them = std::fs::read_to_string(&named).is_ok_and(|known| known == wanted);
    if is_for_them && is_whole(&paths.0, &paths.1) && !ends_soon(&paths.0) {
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

/// Whether a certificate ends within a month. A machine that has lost its clock says of none that it does, and makes none that is over
/// when the clock is back.
fn ends_soon(path: &Path) -> bool {
    let leaf = std::fs::read(path).ok().and_then(|pem| Leaf::of_pem(&pem));
    let soon = jiff::Timestamp::now().as_millisecond() + RENEWED_BEFORE;
    leaf.is_none_or(|leaf| leaf.validity.until.0 <= soon)
}

fn write(path: &Path, text: &str) -> Result<(), TlsError> {
    keys::replace(path, text.as_bytes()).map_err(|error| file(path, &error))
}

fn file(path: &Path, error: &std::io::Error) -> TlsError {
    TlsError::File { path: path.display().to_string(), why: error.to_string() }
}
