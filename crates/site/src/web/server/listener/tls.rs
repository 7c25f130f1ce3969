//! TLS: the listener that shakes hands, and what keeps it from doing so.

use super::challenges::PROOF_PROTOCOL;
use rustls::ServerConfig;
use std::net::SocketAddr;
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
        let (mut stream, peer) = tokio::select! {
            connection = axum::serve::Listener::accept(&mut listener) => connection,
            () = accept.closed() => return,
        };
        super::at_once(&mut stream);
        let (acceptor, accept) = (acceptor.clone(), accept.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE_WITHIN, acceptor.accept(stream)).await {
                // An authority has seen in the handshake what it came for; nothing is spoken after it.
                Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(PROOF_PROTOCOL) => {}
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
