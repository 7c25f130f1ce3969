//! What an authority comes to see: proofs that this site is at a domain, by http (RFC 8555 8.3) or in a TLS handshake (RFC 8737).
//!
//! Owns: the proofs that are up at the moment. Never: shows one nobody asked for by name.

use super::tls::TlsError;
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What an authority offers in the handshake in which it wants to see a proof, and nothing else.
pub(super) const PROOF_PROTOCOL: &[u8] = b"acme-tls/1";

/// The proofs that are up. Cheap to clone. No Debug of what is in it: each is a secret until it was asked for.
#[derive(Clone, Default)]
pub struct Challenges(Arc<RwLock<Up>>);

#[derive(Default)]
struct Up {
    by_token: BTreeMap<String, String>,
    by_domain: BTreeMap<String, Arc<CertifiedKey>>,
}

impl std::fmt::Debug for Challenges {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Challenges").finish()
    }
}

impl Challenges {
    fn read(&self) -> RwLockReadGuard<'_, Up> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Up> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts up what is answered at the address of a token.
    pub fn show_by_http(&self, token: &str, proof: &str) {
        self.write().by_token.insert(token.to_owned(), proof.to_owned());
    }

    /// Puts up a certificate that holds the SHA-256 of a proof, for who asks for the domain.
    ///
    /// # Errors
    /// A domain of which no certificate can be made.
    pub fn show_by_tls(&self, domain: &str, digest: &[u8]) -> Result<(), TlsError> {
        let failed = |error: rcgen::Error| TlsError::Authority(error.to_string());
        let key = KeyPair::generate().map_err(failed)?;
        let mut certificate = CertificateParams::new(vec![domain.to_owned()]).map_err(failed)?;
        certificate.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let signed = certificate.self_signed(&key).map_err(failed)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key = default_provider().key_provider.load_private_key(key)?;
        // Not looked at any further: it has an extension that only authorities know.
        let shown = CertifiedKey::new(vec![signed.der().clone()], key);
        self.write().by_domain.insert(domain.to_ascii_lowercase(), Arc::new(shown));
        Ok(())
    }

    /// Takes all of them down.
    pub fn clear(&self) {
        *self.write() = Up::default();
    }

    /// What is answered at the address of a token.
    pub fn by_http(&self, token: &str) -> Option<String> {
        self.read().by_token.get(token).cloned()
    }

    /// What is shown in a handshake for a domain.
    pub(super) fn by_tls(&self, domain: &str) -> Option<Arc<CertifiedKey>> {
        self.read().by_domain.get(&domain.to_ascii_lowercase()).cloned()
    }
}
