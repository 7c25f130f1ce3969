//! The certificate the listeners show: from files, from an authority of our own, or the one that was had for a domain of ours. It is
//! read anew when its files change, so that a renewal needs no restart; a pair that does not go together is not taken, and the one
//! before goes on being shown.

use super::authority;
use super::challenges::{Challenges, PROOF_PROTOCOL};
use super::tls::TlsError;
use crate::config::TlsSource;
use crate::runners::certificate::pair_in;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// How often the files are looked at.
const LOOKED_AT_EVERY: Duration = Duration::from_secs(60);

/// What is shown to whoever shakes hands.
#[derive(Debug)]
struct Shown {
    certificate: RwLock<Arc<CertifiedKey>>,
    /// What an authority wants to see instead, that looks whether this site is at a domain.
    challenges: Challenges,
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let is_authority = hello.alpn().is_some_and(|offered| offered.eq([PROOF_PROTOCOL]));
        if is_authority {
            return self.challenges.by_tls(hello.server_name()?);
        }
        Some(Arc::clone(&self.certificate.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// The certificate of this site and where it comes from.
pub struct Certificates {
    source: TlsSource,
    folder: PathBuf,
    hosts: Vec<String>,
    shown: Arc<Shown>,
    /// Of the bytes it was read from.
    read: [u8; 32],
}

impl Certificates {
    /// Reads it. A self-made authority and its certificate are kept in `folder`.
    ///
    /// # Errors
    /// See [`TlsError`].
    pub fn open(source: &TlsSource, folder: &Path, hosts: &[String]) -> Result<Self, TlsError> {
        let (source, folder, hosts) = (source.clone(), folder.join("tls"), hosts.to_vec());
        let (certificate, key) = files(&source, &folder, &hosts)?;
        let (bytes, read) = bytes_of(&certificate, &key)?;
        let certificate = RwLock::new(pair(&bytes, (&certificate, &key))?);
        let shown = Arc::new(Shown { certificate, challenges: Challenges::default() });
        Ok(Self { source, folder, hosts, shown, read })
    }

    /// The settings of a TLS listener. What the files come to hold later is shown by it too.
    pub fn settings(&self) -> Arc<ServerConfig> {
        let shown: Arc<dyn ResolvesServerCert> = Arc::<Shown>::clone(&self.shown);
        let mut settings = ServerConfig::builder().with_no_client_auth().with_cert_resolver(shown);
        settings.alpn_protocols = vec![b"http/1.1".to_vec()];
        if matches!(self.source, TlsSource::Acme(_)) {
            settings.alpn_protocols.push(PROOF_PROTOCOL.to_vec());
        }
        Arc::new(settings)
    }

    /// The proofs that listeners of these certificates show.
    pub fn challenges(&self) -> Challenges {
        self.shown.challenges.clone()
    }

    /// Looks at the files, and makes a new certificate of our own where the old one ends soon. Whether another is shown now.
    ///
    /// # Errors
    /// What is wrong with the files; the one before is shown.
    pub fn look(&mut self) -> Result<bool, TlsError> {
        let (certificate, key) = files(&self.source, &self.folder, &self.hosts)?;
        let (bytes, read) = bytes_of(&certificate, &key)?;
        if read == self.read {
            return Ok(false);
        }
        let fresh = pair(&bytes, (&certificate, &key))?;
        *self.shown.certificate.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        self.read = read;
        Ok(true)
    }

    /// The authority that devices are to trust; None: the certificate is one they trust anyway, or somebody else's business.
    pub fn authority(&self) -> Option<OwnAuthority> {
        let is_own = match &self.source {
            TlsSource::Files { .. } => false,
            TlsSource::SelfSigned => true,
            TlsSource::Acme(_) => {
                let pair = pair_in(&self.folder);
                !is_whole(&pair, &pair)
            }
        };
        is_own.then(|| OwnAuthority::kept_in(&self.folder))?
    }
}

/// The certificate of the site's own authority, as devices install it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAuthority {
    /// The certificate in DER.
    pub der: Vec<u8>,
    /// SHA-256 of it as devices show it: pairs of hexadecimal digits, apart by colons.
    pub fingerprint: String,
}

impl OwnAuthority {
    /// The authority kept in a folder, if one was made there.
    pub fn kept_in(folder: &Path) -> Option<Self> {
        let der = CertificateDer::from_pem_file(folder.join(authority::CERTIFICATE)).ok()?.to_vec();
        let pairs: Vec<String> = Sha256::digest(&der).iter().map(|byte| format!("{byte:02X}")).collect();
        Some(Self { der, fingerprint: pairs.join(":") })
    }
}

/// Looks at the files once a minute, and when it is said that they changed, until told to stop.
pub fn keep(
    mut certificates: Certificates,
    changed: Arc<Notify>,
    mut stopping: watch::Receiver<bool>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        // Said once, and not every minute.
        let mut said = String::new();
        loop {
            tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return,
                () = changed.notified() => {}
                () = tokio::time::sleep(LOOKED_AT_EVERY) => {}
            }
            let wrong = match certificates.look() {
                Ok(true) => {
                    tracing::info!("the certificate was renewed and is shown from now on");
                    String::new()
                }
                Ok(false) => String::new(),
                Err(error) => error.to_string(),
            };
            if !wrong.is_empty() && wrong != said {
                tracing::warn!(why = %wrong, "the certificate cannot be read anew; the one before is shown");
            }
            said = wrong;
        }
    })
}

/// Where certificate and key lie; those of our own are made if they are not there or end soon.
fn files(source: &TlsSource, folder: &Path, hosts: &[String]) -> Result<(PathBuf, PathBuf), TlsError> {
    match source {
        TlsSource::Files { certificate, key } => Ok((certificate.clone(), key.clone())),
        TlsSource::SelfSigned => authority::ensure(folder, hosts),
        TlsSource::Acme(_) => {
            let pair = pair_in(folder);
            // Until the first is there, and should it be damaged, devices that trust our own authority are served.
            if is_whole(&pair, &pair) { Ok((pair.clone(), pair)) } else { authority::ensure(folder, hosts) }
        }
    }
}

/// Whether files hold a certificate and its key.
pub(super) fn is_whole(certificate: &Path, key: &Path) -> bool {
    bytes_of(certificate, key).is_ok_and(|(bytes, _)| pair(&bytes, (certificate, key)).is_ok())
}

type Bytes = (Vec<u8>, Vec<u8>);

fn bytes_of(certificate: &Path, key: &Path) -> Result<(Bytes, [u8; 32]), TlsError> {
    let read = |path: &Path| std::fs::read(path).map_err(|error| wrong(path, error));
    let bytes = (read(certificate)?, read(key)?);
    let digest = Sha256::new().chain_update(&bytes.0).chain_update([0u8]).chain_update(&bytes.1).finalize();
    Ok((bytes, digest.into()))
}

fn pair(
    (certificate, key): &Bytes,
    (certificate_path, key_path): (&Path, &Path),
) -> Result<Arc<CertifiedKey>, TlsError> {
    let chain = CertificateDer::pem_slice_iter(certificate)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| wrong(certificate_path, error))?;
    if chain.is_empty() {
        return Err(wrong(certificate_path, "holds no certificate"));
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| wrong(key_path, error))?;
    Ok(Arc::new(CertifiedKey::from_der(chain, key, &default_provider())?))
}

fn wrong(path: &Path, why: impl ToString) -> TlsError {
    TlsError::File { path: path.display().to_string(), why: why.to_string() }
}
