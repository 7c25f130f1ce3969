//! Listening: plain or TLS, until told to stop. Answers under way are finished; live streams are cut after a moment.
//!
//! Owns: sockets and handshakes. Never: a route.

mod authority;
mod certificates;
mod challenges;
mod tls;

pub use certificates::{Certificates, OwnAuthority, keep};
pub use challenges::Challenges;
pub use tls::TlsError;

use axum::Router;
use axum::extract::Request;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::{IncomingStream, ListenerExt, TapIo};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tls::TlsListener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Live pages hold their connection open; after a stop they are given so long.
const STREAMS_END_WITHIN: Duration = Duration::from_millis(1_500);

/// Serves on a socket until told to stop.
pub fn serve(
    listener: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    router: Router,
    stopping: watch::Receiver<bool>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut told = stopping.clone();
        let served = serve_until(listener, tls, router, stopping);
        let cut = async {
            drop(told.wait_for(|stop| *stop).await);
            tokio::time::sleep(STREAMS_END_WITHIN).await;
        };
        tokio::select! {
            ended = served => if let Err(error) = ended {
                tracing::error!(%error, "a listener ended");
            },
            () = cut => {}
        }
    })
}

async fn serve_until(
    listener: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let stopped = async move { drop(stopping.wait_for(|stop| *stop).await) };
    match tls {
        None => {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(prompt(listener), service).with_graceful_shutdown(stopped).await
        }
        Some(settings) => {
            let router = router.layer(axum::middleware::from_fn(peer_as_address));
            let service = router.into_make_service_with_connect_info::<TlsPeer>();
            axum::serve(TlsListener::new(listener, settings)?, service).with_graceful_shutdown(stopped).await
        }
    }
}

/// Connections on which every part of an answer leaves as it is written. Held back for the acknowledgement of the part before it,
/// as TCP does unless told otherwise, the end of a style sheet or of an event comes some forty milliseconds late.
fn prompt(listener: TcpListener) -> TapIo<TcpListener, fn(&mut TcpStream)> {
    listener.tap_io(at_once as fn(&mut TcpStream))
}

fn at_once(stream: &mut TcpStream) {
    // Fails only where the other end has gone already.
    let _ = stream.set_nodelay(true);
}

/// The other end of a TLS connection.
#[derive(Clone, Copy)]
struct TlsPeer(SocketAddr);

impl Connected<IncomingStream<'_, TlsListener>> for TlsPeer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// Handlers ask for a plain address, however the connection was made.
async fn peer_as_address(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(TlsPeer(address))) = request.extensions().get::<ConnectInfo<TlsPeer>>().copied() {
        request.extensions_mut().insert(ConnectInfo(address));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::serve::Listener;

    #[tokio::test]
    async fn no_part_of_an_answer_waits_for_the_part_before_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut listener = prompt(listener);
        let (_client, (stream, _)) = tokio::join!(TcpStream::connect(address), listener.accept());
        assert!(stream.nodelay().expect("it is open"));
    }
}
