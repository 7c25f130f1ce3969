//! A domain of one's own: Debian's pebble, an ACME authority nobody here wrote, gives certificates for it, after it looked by http or
//! in a TLS handshake whether this site is there. Where pebble is not installed that is said and skipped, but never where `CI` is set.
//! `VESTIBULE_PEERS` names the folder in which `cargo xtask test` unpacks it. It knows no limits, so one authority that refuses is played.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod suggested;

use crate::live::{Call, LiveSite};
use crate::traces;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use vestibule_core::Timestamp;
use vestibule_core::task::TaskKind;
use vestibule_site::config::{AcmeConfig, TlsSource};
use vestibule_site::runners::certificate::{self, CertificateStart, CertificateView, OwnDomain, Trouble};
use vestibule_site::web::server::listener::{Certificates, Challenges, keep, serve};
use vestibule_site::web::server::plain::{self, Plain};
use vestibule_site::web::{App, WebSettings, router};

const DOMAIN: &str = "parcels.example.com";
/// 2026-11-29: no test looks at a clock; pebble does.
const NOW: Timestamp = Timestamp(1_795_910_400_000);
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// What comes at all comes within this time.
const COMES_WITHIN: Duration = Duration::from_secs(60);

/// Reads an answer to its end.
async fn ask(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    host: &str,
    path: &str,
) -> std::io::Result<String> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer).await {
        // Some end the line without a farewell once all is said.
        Err(error) if answer.is_empty() => return Err(error),
        Ok(_) | Err(_) => {}
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// A handshake with a client that trusts these roots and offers these protocols.
async fn shake_hands(
    address: SocketAddr,
    (trusted, name): (&Path, &str),
    protocols: &[&[u8]],
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(trusted).expect("a file of certificates") {
        roots.add(root.expect("PEM")).expect("a root");
    }
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let stream = TcpStream::connect(address).await?;
    let host = ServerName::try_from(name.to_owned()).expect("a host name");
    TlsConnector::from(Arc::new(config)).connect(host, stream).await
}

/// What such a client reads by https.
async fn read(address: SocketAddr, trusted: &Path, name: &str, path: &str) -> std::io::Result<String> {
    ask(shake_hands(address, (trusted, name), &[]).await?, name, path).await
}

/// pebble and the name server it asks; they end with this.
struct Pebble {
    processes: Vec<Child>,
    directory: String,
    /// What its own https hangs on.
    https_root: PathBuf,
    /// What its certificates hang on.
    root: PathBuf,
    _folder: TempDir,
}

impl Drop for Pebble {
    fn drop(&mut self) {
        self.ends();
    }
}

/// pebble and its name server, unpacked beside the other peers.
fn programs() -> Option<[PathBuf; 2]> {
    let folder = std::env::var_os("VESTIBULE_PEERS").map(PathBuf::from);
    let programs = folder.map(|folder| {
        ["pebble", "pebble-challtestsrv"].map(|name| folder.join("pebble").join("usr").join("bin").join(name))
    });
    let found = programs.filter(|programs| programs.iter().all(|program| program.exists()));
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "pebble is not installed, and CI may not go without it");
        eprintln!("SKIPPED: pebble is not installed; `cargo xtask test` installs it");
    }
    found
}

/// A number that is free now; whoever takes it in between makes the start fail, loudly.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn listens(port: u16) {
    let listens = async {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(COMES_WITHIN, listens).await.expect("the peer listens");
}

impl Pebble {
    /// Nobody is there any more; what its https hangs on is still known.
    fn ends(&mut self) {
        for mut process in self.processes.drain(..) {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// It looks for sites at these ports of this machine, whatever their names.
    async fn start(http: u16, https: u16) -> Option<Self> {
        let [pebble, names] = programs()?;
        let folder = tempfile::tempdir().unwrap();
        Certificates::open(&TlsSource::SelfSigned, folder.path(), &["127.0.0.1".to_owned()]).unwrap();
        let tls = folder.path().join("tls");
        let [port, management, dns, dns_management] = [(); 4].map(|()| free_port());
        let config = serde_json::json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{port}"),
            "managementListenAddress": format!("127.0.0.1:{management}"),
            "certificate": tls.join("certificate.pem"),
            "privateKey": tls.join("key.pem"),
            "httpPort": http,
            "tlsPort": https,
            "ocspResponderURL": "",
            "externalAccountBindingRequired": false,
        }});
        let path = folder.path().join("pebble.json");
        std::fs::write(&path, config.to_string()).unwrap();
        let start = |command: &mut Command| {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        };
        let dns = format!("127.0.0.1:{dns}");
        let mut names = Command::new(names);
        names.args(["-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-http01", "", "-https01", ""]);
        names.args(["-tlsalpn01", "", "-dns01", &dns, "-management", &format!("127.0.0.1:{dns_management}")]);
        let mut authority = Command::new(pebble);
        authority.arg("-config").arg(&path).args(["-dnsserver", &dns]);
        authority
            .env("PEBBLE_VA_NOSLEEP", "1")
            .env("PEBBLE_WFE_NONCEREJECT", "0")
            .env("PEBBLE_AUTHZREUSE", "0");
        let processes = vec![start(&mut authority), start(&mut names)];
        let mut peer = Self {
            processes,
            directory: format!("https://127.0.0.1:{port}/dir"),
            https_root: tls.join("authority.pem"),
            root: folder.path().join("root.pem"),
            _folder: folder,
        };
        for port in [port, management, dns_management] {
            listens(port).await;
        }
        peer.fetch_root(management).await;
        Some(peer)
    }

    async fn fetch_root(&mut self, management: u16) {
        let address = SocketAddr::from(([127, 0, 0, 1], management));
        let answer = read(address, &self.https_root, "127.0.0.1", "/roots/0").await.unwrap();
        let begin = answer.find("-----BEGIN").expect("a root in PEM");
        std::fs::write(&self.root, &answer[begin..]).unwrap();
    }

    fn config(&self, http_listen: Option<SocketAddr>) -> AcmeConfig {
        config(&self.directory, &self.https_root, http_listen)
    }
}

fn config(directory: &str, root: &Path, http_listen: Option<SocketAddr>) -> AcmeConfig {
    AcmeConfig {
        domains: vec![DOMAIN.to_owned()],
        terms_agreed: true,
        contact: Some("office@example.com".to_owned()),
        directory: directory.to_owned(),
        directory_root: Some(root.to_owned()),
        http_listen,
    }
}

/// A site that listens by https and in the clear.
struct House {
    site: LiveSite,
    folder: TempDir,
    https: SocketAddr,
    http: SocketAddr,
    listeners: Option<(TcpListener, TcpListener)>,
    challenges: Challenges,
    changed: Arc<Notify>,
    /// Ends the listeners when it goes.
    stop: watch::Sender<bool>,
}

/// The runner of a house; it ends with this.
struct Running {
    own: OwnDomain,
    task: tokio::task::JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl House {
    async fn bind() -> Self {
        let https = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let http = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            site: LiveSite::founded().await,
            folder: tempfile::tempdir().unwrap(),
            https: https.local_addr().unwrap(),
            http: http.local_addr().unwrap(),
            listeners: Some((https, http)),
            challenges: Challenges::default(),
            changed: Arc::default(),
            stop: watch::channel(false).0,
        }
    }

    /// Serves; in the clear it answers for these challenges, or for its own.
    fn open(&mut self, config: &AcmeConfig, answered: Option<Challenges>) {
        let (https, http) = self.listeners.take().unwrap();
        let source = TlsSource::Acme(Box::new(config.clone()));
        let certificates = Certificates::open(&source, self.folder.path(), &[DOMAIN.to_owned()]).unwrap();
        self.challenges = certificates.challenges();
        let challenges = answered.unwrap_or_else(|| self.challenges.clone());
        let plain = Plain { challenges, domains: vec![DOMAIN.to_owned()], public_url: None };
        let pages = Router::new().route("/", get(async || "served"));
        serve(https, Some(certificates.settings()), pages, self.stop.subscribe());
        serve(http, None, plain::router(plain), self.stop.subscribe());
        keep(certificates, Arc::clone(&self.changed), self.stop.subscribe());
    }

    fn start(&self, config: AcmeConfig, wall: Timestamp) -> Running {
        let stop = watch::channel(false).0;
        let start = CertificateStart {
            site: self.site.handle.clone(),
            config,
            tls_folder: self.folder.path().join("tls"),
            challenges: self.challenges.clone(),
            changed: Arc::clone(&self.changed),
            wall: Arc::new(move || wall),
            shutdown: stop.subscribe(),
        };
        let (own, task) = certificate::start(start).unwrap();
        Running { own, task, stop }
    }

    async fn comes_to_be_trusted_by(&self, root: &Path) {
        let served = async {
            while read(self.https, root, DOMAIN, "/").await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        timeout(COMES_WITHIN, served).await.expect("it comes to be shown, without a restart");
    }

    async fn is_trusted_by(&self, root: &Path) -> bool {
        read(self.https, root, DOMAIN, "/").await.is_ok_and(|answer| answer.ends_with("served"))
    }

    fn own_authority(&self) -> PathBuf {
        self.folder.path().join("tls").join("authority.pem")
    }

    fn pair(&self) -> String {
        std::fs::read_to_string(certificate::pair_in(&self.folder.path().join("tls"))).unwrap()
    }

    async fn in_the_clear(&self, path: &str) -> String {
        ask(TcpStream::connect(self.http).await.unwrap(), DOMAIN, path).await.unwrap()
    }

    /// Waits until staff have the task, or have it no more.
    async fn task_is(&self, open: bool) {
        let mut changes = self.site.handle.changes();
        let comes = async {
            let find =
                || self.site.handle.read(|site, _| site.tasks.find(&TaskKind::CertificateEnds).is_some());
            while find().await.unwrap() != open {
                changes.changed().await.unwrap();
            }
        };
        timeout(COMES_WITHIN, comes).await.expect("the task comes and goes with its fact");
    }
}

impl Running {
    async fn until(&self, is_so: impl FnMut(&CertificateView) -> bool) -> CertificateView {
        let mut changes = self.own.changes();
        let seen = timeout(COMES_WITHIN, changes.wait_for(is_so)).await.expect("in time").expect("it runs");
        seen.clone()
    }

    async fn had(&self) -> CertificateView {
        self.until(|view| view.last.is_some() && !view.is_trying).await
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
    }
}

#[tokio::test]
async fn an_authority_that_looks_by_http_gives_a_certificate_that_is_shown_at_once() {
    traces::keep();
    let mut house = House::bind().await;
    let Some(mut pebble) = Pebble::start(house.http.port(), house.https.port()).await else { return };
    let config = pebble.config(Some(house.http));
    house.open(&config, None);
    assert!(house.is_trusted_by(&house.own_authority()).await, "nothing waits for the authority");

    let running = house.start(config.clone(), NOW);
    let view = running.had().await;
    assert_eq!(view.last.map(|last| last.failure), Some(None));
    house.comes_to_be_trusted_by(&pebble.root).await;
    assert!(!house.is_trusted_by(&house.own_authority()).await, "the other one is shown no more");
    house.task_is(false).await;

    let onwards = house.in_the_clear("/kiosk?x=1").await;
    assert!(onwards.starts_with("HTTP/1.1 308"), "{onwards}");
    assert!(onwards.contains(&format!("location: https://{DOMAIN}/kiosk?x=1\r\n")), "{onwards}");
    let gone = house.in_the_clear("/.well-known/acme-challenge/anything").await;
    assert!(gone.starts_with("HTTP/1.1 404"), "no proof stays up: {gone}");

    use std::os::unix::fs::PermissionsExt;
    for file in std::fs::read_dir(house.folder.path().join("tls").join("acme")).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.path().display());
    }
    let pair = house.pair();
    let key = pair.split("PRIVATE KEY-----").nth(1).unwrap().trim().lines().next().unwrap();
    let account = house.folder.path().join("tls").join("acme").join("account.json");
    let account: serde_json::Value = serde_json::from_slice(&std::fs::read(account).unwrap()).unwrap();
    let account_key = account["credentials"]["key_pkcs8"].as_str().unwrap();
    let traced = traces::lines();
    assert!(traced.contains(traces::KEPT_LINE) && !traced.contains(key) && !traced.contains(account_key));
    running.stop().await;

    // A start finds it and asks nobody.
    pebble.ends();
    let again = house.start(config, NOW);
    let view = again.until(|view| view.held.is_some()).await;
    assert!(!view.is_trying && !view.is_wanted && view.next > NOW, "{view:?}");
    again.stop().await;
    house.stop.send(true).unwrap();
}

#[tokio::test]
async fn a_certificate_is_renewed_before_its_end_and_kept_when_the_authority_is_away() {
    let mut house = House::bind().await;
    let Some(mut pebble) = Pebble::start(free_port(), house.https.port()).await else { return };
    let config = pebble.config(None);
    house.open(&config, None);
    let running = house.start(config.clone(), NOW);
    let first = running.had().await.held.expect("a look in the handshake is enough");
    house.comes_to_be_trusted_by(&pebble.root).await;
    running.stop().await;
    let old = house.pair();

    let due = Timestamp(first.renewed_from().0 + DAY);
    let running = house.start(config.clone(), due);
    running.until(|view| view.last.as_ref().is_some_and(|last| last.at == due)).await;
    running.stop().await;
    let new = house.pair();
    assert_ne!(old, new, "another certificate with another key");
    assert!(house.is_trusted_by(&pebble.root).await);

    let root = tempfile::NamedTempFile::new().unwrap();
    std::fs::copy(&pebble.root, root.path()).unwrap();
    pebble.ends();
    let later = Timestamp(due.0 + 2 * DAY);
    let running = house.start(config, later);
    let view = running.until(|view| view.last.as_ref().is_some_and(|last| last.at == later)).await;
    let failure = view.last.and_then(|last| last.failure).expect("nobody is there");
    assert_eq!(failure.trouble, Trouble::Unreachable, "{}", failure.said);
    assert!(view.next > later && view.held.is_some());
    assert_eq!(house.pair(), new);
    assert!(house.is_trusted_by(root.path()).await, "the old one goes on");
    house.task_is(false).await;
    running.stop().await;
    house.stop.send(true).unwrap();
}

#[tokio::test]
async fn somebody_else_at_the_domain_is_a_task_that_ends_with_the_certificate() {
    let mut house = House::bind().await;
    let Some(pebble) = Pebble::start(house.http.port(), house.https.port()).await else { return };
    let by_http = pebble.config(Some(house.http));
    house.open(&by_http, Some(Challenges::default()));
    let running = house.start(by_http, NOW);
    let view = running.had().await;
    let failure = view.last.and_then(|last| last.failure).expect("it finds no proof");
    assert_eq!(failure.trouble, Trouble::SomebodyElse, "{}", failure.said);
    let is_token = |word: &str| word.len() >= 32;
    let words = failure.said.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    assert!(!failure.said.is_empty() && !words.into_iter().any(is_token), "{}", failure.said);
    assert!(view.held.is_none() && view.is_wanted && view.next.0 >= NOW.0 + HOUR / 4);
    house.task_is(true).await;
    assert!(house.is_trusted_by(&house.own_authority()).await);
    running.stop().await;

    // By the handshake nobody stands between.
    let running = house.start(pebble.config(None), Timestamp(NOW.0 + 2 * HOUR));
    running.until(|view| view.held.is_some()).await;
    house.comes_to_be_trusted_by(&pebble.root).await;
    house.task_is(false).await;
    running.stop().await;
    house.stop.send(true).unwrap();
}

/// An authority that makes no account, for this reason. It serves as long as what comes with its address is held.
async fn refusing(folder: &Path, code: StatusCode, body: &'static str) -> (SocketAddr, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let at = |path: &str| format!("https://{address}/{path}");
    let directory =
        serde_json::json!({ "newNonce": at("nonce"), "newAccount": at("account"), "newOrder": at("order") });
    let directory = directory.to_string();
    let answer = move || async move { (code, [("retry-after", "7200"), ("replay-nonce", "second")], body) };
    let router = Router::new()
        .route("/dir", get(move || async move { directory }))
        .route("/nonce", get(async || [("replay-nonce", "first")]))
        .route("/account", post(answer));
    let own = Certificates::open(&TlsSource::SelfSigned, folder, &["127.0.0.1".to_owned()]).unwrap();
    let stop = watch::channel(false).0;
    serve(listener, Some(own.settings()), router, stop.subscribe());
    (address, stop)
}

#[tokio::test]
async fn an_authority_that_was_asked_too_often_is_left_alone_for_as_long_as_it_says() {
    let limited = r#"{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many registrations"}"#;
    for (code, body, trouble) in [
        (StatusCode::TOO_MANY_REQUESTS, limited, Trouble::RateLimited),
        (StatusCode::BAD_GATEWAY, "<html>no</html>", Trouble::Refused),
    ] {
        let (house, folder) = (House::bind().await, tempfile::tempdir().unwrap());
        let (address, _serving) = refusing(folder.path(), code, body).await;
        let root = folder.path().join("tls").join("authority.pem");
        let running = house.start(config(&format!("https://{address}/dir"), &root, None), NOW);
        let view = running.had().await;
        let failure = view.last.and_then(|last| last.failure).expect("it refuses");
        assert_eq!(failure.trouble, trouble, "{}", failure.said);
        assert!(view.next.0 >= NOW.0 + 2 * HOUR, "it said when to come again");
        house.task_is(true).await;
        staff_read_why(&house, &running.own, failure.said.as_str()).await;
        running.stop().await;
    }
}

/// The page says what the authority said, and a press on it is taken.
async fn staff_read_why(house: &House, own: &OwnDomain, said: &str) {
    let web = WebSettings { own_domain: Some(own.clone()), ..WebSettings::default() };
    let pages = router(App::new(house.site.handle.clone(), Arc::clone(&house.site.app.keys), web));
    let (session, csrf) = house.site.staff("manager").await;
    let cookie = format!("session={session}");
    let page = Call::get("/staff/settings/connection").header("cookie", &cookie).at(&pages).await;
    assert_eq!(page.code, StatusCode::OK);
    assert!(page.text.contains(DOMAIN) && page.text.contains("Try now"), "{}", page.text);
    assert!(!said.is_empty() && page.text.contains(said), "{said}: {}", page.text);
    let press = Call::new("POST", "/staff/settings/connection/certificate").form(&format!("csrf={csrf}"));
    let pressed = press.header("cookie", &cookie).at(&pages).await;
    assert_eq!(pressed.code, StatusCode::SEE_OTHER);
    let to = pressed.headers["location"].to_str().unwrap();
    assert_eq!(to, "/staff/settings/connection?said=trying");
    // A site without a domain of its own has nothing to press.
    let press = Call::new("POST", "/staff/settings/connection/certificate").form(&format!("csrf={csrf}"));
    assert_eq!(press.header("cookie", &cookie).to(&house.site).await.code, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_authority_nobody_trusts_is_not_spoken_with() {
    let (house, folder, other) =
        (House::bind().await, tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (address, _serving) = refusing(folder.path(), StatusCode::OK, "").await;
    Certificates::open(&TlsSource::SelfSigned, other.path(), &["127.0.0.1".to_owned()]).unwrap();
    let stranger = other.path().join("tls").join("authority.pem");
    let running = house.start(config(&format!("https://{address}/dir"), &stranger, None), NOW);
    let view = running.had().await;
    let failure = view.last.and_then(|last| last.failure).expect("its certificate is somebody's");
    assert_eq!(failure.trouble, Trouble::Unreachable, "{}", failure.said);
    house.task_is(false).await;
    running.stop().await;
}

#[tokio::test]
async fn a_proof_is_shown_in_the_handshake_to_who_offers_nothing_else() {
    let mut house = House::bind().await;
    house.open(&config("https://127.0.0.1:1/dir", Path::new("none.pem"), None), None);
    let authority = house.own_authority();
    let proof: &[u8] = b"acme-tls/1";
    let refused = async |name: &str| {
        let shaken = shake_hands(house.https, (&authority, name), &[proof]).await;
        shaken.expect_err("this client is no authority").to_string()
    };
    // The proof has an extension that a usual client does not know: it refuses the certificate, and so it was shown one.
    let seen = "invalid peer certificate";
    assert!(!refused(DOMAIN).await.contains(seen), "nothing is up");
    house.challenges.show_by_tls(DOMAIN, &[7; 32]).unwrap();
    assert!(refused(DOMAIN).await.contains(seen), "{}", refused(DOMAIN).await);
    assert!(!refused("other.example.com").await.contains(seen), "for a domain that was not asked about");
    assert!(house.is_trusted_by(&authority).await, "everybody else sees the certificate");
    let both = shake_hands(house.https, (&authority, DOMAIN), &[b"http/1.1", proof]).await;
    assert!(both.is_ok(), "who can speak of other things is no authority");
    house.challenges.clear();
    assert!(!refused(DOMAIN).await.contains(seen), "it was taken down");
    house.stop.send(true).unwrap();
}
