//! TLS of our own making: a machine that installed the site's authority is served, any other refuses, and so does the site
//! where nobody shakes hands.

use axum::Router;
use axum::routing::get;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsConnector;
use vestibule_site::config::TlsSource;
use vestibule_site::web::server::listener::{serve, tls_settings};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: parcels.lan\r\nconnection: close\r\n\r\n";

struct Served {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

async fn served(folder: &Path) -> Served {
    let settings = tls_settings(&TlsSource::SelfSigned, folder, &["parcels.lan".to_owned()])
        .expect("an authority is made");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let (stop, stopping) = watch::channel(false);
    let router = Router::new().route("/", get(async || "served"));
    Served { address, stop, task: serve(listener, Some(settings), router, stopping) }
}

/// What a client that trusts these certificates reads.
async fn read(address: SocketAddr, trusted: &Path, name: &'static str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(trusted).expect("a file of certificates") {
        roots.add(certificate.expect("PEM")).expect("a certificate");
    }
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(name).expect("a host name");
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    stream.write_all(REQUEST).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn whoever_installed_the_sites_authority_is_served_and_nobody_else() {
    let (own, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let served = served(own.path()).await;
    let authority = own.path().join("tls/authority.pem");
    let answer = read(served.address, &authority, "parcels.lan").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("served"), "{answer}");
    assert!(read(served.address, &authority, "elsewhere.lan").await.is_err(), "a name it was not made for");
    tls_settings(&TlsSource::SelfSigned, other.path(), &["parcels.lan".to_owned()]).unwrap();
    let stranger = other.path().join("tls/authority.pem");
    assert!(read(served.address, &stranger, "parcels.lan").await.is_err(), "an authority it does not know");

    // Plain HTTP on this port is not answered; a peer that never speaks keeps nobody else out.
    let silent = TcpStream::connect(served.address).await.unwrap();
    let mut plain = TcpStream::connect(served.address).await.unwrap();
    plain.write_all(REQUEST).await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    assert!(read(served.address, &authority, "parcels.lan").await.is_ok());
    drop(silent);
    served.stop.send(true).unwrap();
    served.task.await.unwrap();
}

#[test]
fn the_authority_is_made_once_and_its_key_is_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let make = |host: &str| tls_settings(&TlsSource::SelfSigned, folder.path(), &[host.to_owned()]).unwrap();
    let file = |name: &str| std::fs::read(folder.path().join("tls").join(name)).unwrap();
    make("parcels.lan");
    let (authority, certificate) = (file("authority.pem"), file("certificate.pem"));
    make("parcels.lan");
    assert_eq!((&file("authority.pem"), &file("certificate.pem")), (&authority, &certificate));
    make("kiosk.lan");
    assert_eq!(file("authority.pem"), authority, "what was installed goes on being trusted");
    assert_ne!(file("certificate.pem"), certificate, "another name, another certificate");
    for key in ["key.pem", "authority-key.pem"] {
        let mode = std::fs::metadata(folder.path().join("tls").join(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{key}");
    }
    let missing = TlsSource::Files { certificate: "/nowhere/a.pem".into(), key: "/nowhere/b.pem".into() };
    let refused = tls_settings(&missing, folder.path(), &[]).err().unwrap().to_string();
    assert!(refused.contains("[tls]") && refused.contains("/nowhere/a.pem"), "{refused}");
}
