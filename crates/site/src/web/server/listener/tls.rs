//! TLS: its settings from files or an authority of our own, and the listener that shakes hands.

use super::authority;
use crate::config::TlsSource;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Who does not shake hands within this time is let go.
const HANDSHAKE_WITHIN: Duration = Duration::from_secs(10);
const ACCEPTED_QUEUED: usize = 64;

/// Why TLS cannot be spoken.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file.
    #[error("[tls] {path}: {why}")]
    File {
        /// Which.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Certificate and key do not go together.
    #[error("[tls] certificate and key do not go together: {0}")]
    Pair(#[from] rustls::Error),
    /// The authority of our own.
    #[error("the site's own certificate could not be made: {0}")]
    Authority(String),
}

/// The settings of a TLS listener. A self-made authority and its certificate are kept in `folder`.
///
/// # Errors
/// See [`TlsError`].
pub fn tls_settings(
    source: &TlsSource,
    folder: &Path,
    hosts: &[String],
) -> Result<Arc<ServerConfig>, TlsError> {
    let (certificate, key) = match source {
        TlsSource::Files { certificate, key } => (certificate.clone(), key.clone()),
        TlsSource::SelfSigned => authority::ensure(&folder.join("tls"), hosts)?,
    };
    let file = |path: &Path, why: String| TlsError::File { path: path.display().to_string(), why };
    let chain = CertificateDer::pem_file_iter(&certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| file(&certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(file(&certificate, "holds no certificate".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(&key).map_err(|error| file(&key, error.to_string()))?;
    let mut settings = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key)?;
    settings.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(settings))
}

/// Hands out connections whose handshake is done: a slow peer holds up nobody.
pub(super) struct TlsListener {
    accepted: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

impl TlsListener {
    pub(super) fn new(listener: TcpListener, settings: Arc<ServerConfig>) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let (accept, accepted) = mpsc::channel(ACCEPTED_QUEUED);
        tokio::spawn(shake_hands(listener, TlsAcceptor::from(settings), accept));
        Ok(Self { accepted, address })
    }
}

async fn shake_hands(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    accept: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let (stream, peer) = tokio::select! {
            connection = axum::serve::Listener::accept(&mut listener) => connection,
            () = accept.closed() => return,
        };
        let (acceptor, accept) = (acceptor.clone(), accept.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE_WITHIN, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => drop(accept.send((stream, peer)).await),
                Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                Err(_) => tracing::debug!("a TLS handshake took too long"),
            }
        });
    }
}

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.accepted.recv().await {
            Some(connection) => connection,
            // The task above ends only with this listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        Ok(self.address)
    }
}
