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
use vestibule_site::web::server::listener::{Certificates, serve};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: parcels.lan\r\nconnection: close\r\n\r\n";

struct Served {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

async fn served(folder: &Path) -> Served {
    serving(open(&TlsSource::SelfSigned, folder, "parcels.lan").settings()).await
}

fn open(source: &TlsSource, folder: &Path, host: &str) -> Certificates {
    Certificates::open(source, folder, &[host.to_owned()]).expect("certificate and key")
}

async fn serving(settings: Arc<rustls::ServerConfig>) -> Served {
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
    open(&TlsSource::SelfSigned, other.path(), "parcels.lan");
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
    let make = |host: &str| open(&TlsSource::SelfSigned, folder.path(), host);
    let file = |name: &str| std::fs::read(folder.path().join("tls").join(name)).unwrap();
    make("parcels.lan");
    let (authority, certificate) = (file("authority.pem"), file("certificate.pem"));
    let own = make("parcels.lan").authority().expect("an authority of our own");
    assert!(own.fingerprint.len() == 32 * 3 - 1 && own.der[0] == 0x30, "{}", own.fingerprint);
    assert_eq!((&file("authority.pem"), &file("certificate.pem")), (&authority, &certificate));
    make("kiosk.lan");
    assert_eq!(file("authority.pem"), authority, "what was installed goes on being trusted");
    assert_ne!(file("certificate.pem"), certificate, "another name, another certificate");
    for key in ["key.pem", "authority-key.pem"] {
        let mode = std::fs::metadata(folder.path().join("tls").join(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{key}");
    }
    let missing = TlsSource::Files { certificate: "/nowhere/a.pem".into(), key: "/nowhere/b.pem".into() };
    let refused = Certificates::open(&missing, folder.path(), &[]).err().unwrap().to_string();
    assert!(refused.contains("[tls]") && refused.contains("/nowhere/a.pem"), "{refused}");
}

#[test]
fn a_pair_that_was_half_written_is_made_anew_and_an_old_file_is_no_old_certificate() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let make = || drop(open(&TlsSource::SelfSigned, folder.path(), "parcels.lan"));
    let path = |name: &str| folder.path().join("tls").join(name);
    let file = |name: &str| std::fs::read(path(name)).unwrap();
    make();
    open(&TlsSource::SelfSigned, other.path(), "parcels.lan");
    let (authority, certificate) = (file("authority.pem"), file("certificate.pem"));
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    std::fs::File::options()
        .write(true)
        .open(path("certificate.pem"))
        .unwrap()
        .set_modified(long_ago)
        .unwrap();
    make();
    assert_eq!(file("certificate.pem"), certificate, "it says itself how long it holds");
    std::fs::copy(other.path().join("tls/key.pem"), path("key.pem")).unwrap();
    make();
    assert_ne!(file("certificate.pem"), certificate, "the key before it was lost");
    assert_eq!(file("authority.pem"), authority, "what was installed goes on being trusted");
}

/// Puts certificate and key of another authority's making where the installer keeps theirs.
fn renew(made_in: &Path, kept_in: &Path, names: &[&str]) {
    for name in names {
        std::fs::copy(made_in.join("tls").join(name), kept_in.join(name)).expect("it can be copied");
    }
}

#[tokio::test]
async fn files_that_are_renewed_are_shown_without_a_restart_and_half_a_renewal_is_not() {
    let (kept, old, new) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&old, &new] {
        open(&TlsSource::SelfSigned, folder.path(), "parcels.lan");
    }
    let [old_authority, new_authority] = [&old, &new].map(|folder| folder.path().join("tls/authority.pem"));
    renew(old.path(), kept.path(), &["certificate.pem", "key.pem"]);
    let source = TlsSource::Files {
        certificate: kept.path().join("certificate.pem"),
        key: kept.path().join("key.pem"),
    };
    let mut certificates = open(&source, kept.path(), "parcels.lan");
    assert_eq!(certificates.authority(), None, "somebody else's certificate");
    let served = serving(certificates.settings()).await;
    assert!(read(served.address, &old_authority, "parcels.lan").await.is_ok());
    assert!(!certificates.look().unwrap(), "nothing has changed");

    renew(new.path(), kept.path(), &["certificate.pem"]);
    let half = certificates.look().unwrap_err().to_string();
    assert!(half.contains("do not go together"), "{half}");
    assert!(read(served.address, &old_authority, "parcels.lan").await.is_ok(), "the old pair is shown");
    renew(new.path(), kept.path(), &["key.pem"]);
    assert!(certificates.look().unwrap());
    assert!(
        read(served.address, &new_authority, "parcels.lan").await.is_ok(),
        "the same listener, the new pair"
    );
    assert!(read(served.address, &old_authority, "parcels.lan").await.is_err());

    std::fs::write(kept.path().join("certificate.pem"), "not a certificate").unwrap();
    assert!(certificates.look().is_err());
    assert!(read(served.address, &new_authority, "parcels.lan").await.is_ok());
    served.stop.send(true).unwrap();
    served.task.await.unwrap();
}
