//! A device's certificate, known by its hash. Owns trust in a device: no authority vouches for a camera, only the hash does.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use ring::digest::{SHA256, digest};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, OtherError, SignatureScheme};
use thiserror::Error;

use super::HttpError;
use super::certificate;

/// SHA-256 of a certificate as it goes over the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CertificatePin([u8; 32]);

/// Why a text is no pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a certificate is pinned by 64 hexadecimal digits, its SHA-256; colons between them do not count")]
pub struct NoPin;

impl CertificatePin {
    /// The pin of this certificate.
    #[must_use]
    pub fn of(certificate: &[u8]) -> Self {
        let mut pin = [0; 32];
        pin.copy_from_slice(digest(&SHA256, certificate).as_ref());
        Self(pin)
    }
}

impl FromStr for CertificatePin {
    type Err = NoPin;

    fn from_str(text: &str) -> Result<Self, NoPin> {
        let digits: Vec<u32> =
            text.chars().filter(|c| *c != ':').map(|c| c.to_digit(16)).collect::<Option<_>>().ok_or(NoPin)?;
        let mut pin = [0; 32];
        if digits.len() != 2 * pin.len() {
            return Err(NoPin);
        }
        for (byte, pair) in pin.iter_mut().zip(digits.chunks(2)) {
            *byte = u8::try_from(pair[0] * 16 + pair[1]).map_err(|_| NoPin)?;
        }
        Ok(Self(pin))
    }
}

impl fmt::Display for CertificatePin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CertificatePin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Believes one certificate, while it lasts, and whoever proves to hold its key.
#[derive(Debug)]
pub(super) struct Pinned {
    pub(super) pin: CertificatePin,
    pub(super) provider: Arc<CryptoProvider>,
}

/// Carries our own words through the handshake.
#[derive(Debug, Error)]
#[error("{0}")]
struct Refused(HttpError);

fn refused(why: HttpError) -> rustls::Error {
    rustls::Error::Other(OtherError(Arc::new(Refused(why))))
}

/// What a failed handshake means.
pub(super) fn fault(error: &std::io::Error) -> HttpError {
    let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) else {
        return HttpError::Away(error.kind());
    };
    match tls {
        rustls::Error::Other(OtherError(inner)) => match inner.downcast_ref::<Refused>() {
            Some(Refused(why)) => why.clone(),
            None => HttpError::Tls(tls.to_string()),
        },
        other => HttpError::Tls(other.to_string()),
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let seen = CertificatePin::of(end_entity);
        if seen != self.pin {
            return Err(refused(HttpError::OtherCertificate { seen }));
        }
        let now_s = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        match certificate::ends(end_entity) {
            Some(ends) if ends.as_second() < now_s => {
                Err(refused(HttpError::ExpiredCertificate { on: ends.strftime("%Y-%m-%d").to_string() }))
            }
            Some(_) => Ok(ServerCertVerified::assertion()),
            None => Err(rustls::Error::InvalidCertificate(rustls::CertificateError::BadEncoding)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::CertificatePin;

    /// SHA-256 of "abc" (FIPS 180-2, B.1).
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn a_pin_is_read_with_colons_and_capitals_too() {
        let pin: CertificatePin = ABC.parse().unwrap();
        assert_eq!(pin, CertificatePin::of(b"abc"));
        assert_eq!(pin.to_string(), ABC);
        let pairs: Vec<&str> = (0..32).map(|index| &ABC[2 * index..2 * index + 2]).collect();
        assert_eq!(pairs.join(":").to_uppercase().parse(), Ok(pin));
        for wrong in ["", "ba78", &ABC[1..], &ABC.replace('b', "x")] {
            assert!(wrong.parse::<CertificatePin>().is_err(), "{wrong}");
        }
    }
}
