//! The authority suggests when a certificate is to be renewed (RFC 9773). Debian's pebble is older than that: its directory is handed on
//! with that resource added, which says what the test wants, and everything else is asked of pebble itself. What an authority that knows
//! of it says to an order that takes a certificate's place is played.

use super::*;
use axum::extract::Path as Asked;
use base64::Engine;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use std::sync::Mutex;

/// What is suggested, and about which certificates.
#[derive(Clone, Default)]
struct Suggests {
    window: Arc<Mutex<(&'static str, &'static str)>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Suggests {
    fn between(&self, start: &'static str, end: &'static str) {
        *self.window.lock().unwrap() = (start, end);
    }

    fn answer(&self, certificate: String) -> String {
        self.asked.lock().unwrap().push(certificate);
        let (start, end) = *self.window.lock().unwrap();
        let window = serde_json::json!({ "start": start, "end": end });
        serde_json::json!({ "suggestedWindow": window, "explanationURL": "https://ca.example/why" })
            .to_string()
    }
}

/// Hands on pebble's directory with the resource added. It serves as long as what comes with the configuration is held.
async fn in_front_of(pebble: &Pebble, suggests: &Suggests) -> (AcmeConfig, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let host = pebble.directory.trim_start_matches("https://").trim_end_matches("/dir");
    let line = shake_hands(host.parse().unwrap(), (&pebble.https_root, "127.0.0.1"), &[]).await.unwrap();
    let answer = ask(line, host, "/dir").await.unwrap();
    let (begin, end) = (answer.find('{').unwrap(), answer.rfind('}').unwrap());
    let mut directory: serde_json::Value = serde_json::from_str(&answer[begin..=end]).unwrap();
    directory["renewalInfo"] = format!("https://{address}/renewal-info").into();
    let (directory, suggests) = (directory.to_string(), suggests.clone());
    let router = Router::new().route("/dir", get(move || async move { directory })).route(
        "/renewal-info/{certificate}",
        get(move |Asked(certificate): Asked<String>| async move {
            ([("retry-after", "21600")], suggests.answer(certificate))
        }),
    );
    let own = Certificates::open(&TlsSource::SelfSigned, pebble._folder.path(), &["127.0.0.1".to_owned()]);
    let stop = watch::channel(false).0;
    serve(listener, Some(own.unwrap().settings()), router, stop.subscribe());
    (config(&format!("https://{address}/dir"), &pebble.https_root, None), stop)
}

#[tokio::test]
async fn a_certificate_is_renewed_when_its_authority_suggests_it_and_at_once_when_it_is_taken_back() {
    let mut house = House::bind().await;
    let Some(pebble) = Pebble::start(free_port(), house.https.port()).await else { return };
    let suggests = Suggests::default();
    suggests.between("2026-12-09T00:00:00Z", "2026-12-10T00:00:00Z");
    let (config, _serving) = in_front_of(&pebble, &suggests).await;
    house.open(&config, None);
    let running = house.start(config.clone(), NOW);
    let view = running.until(|view| view.window.is_some()).await;
    assert!((NOW.0 + 10 * DAY..NOW.0 + 11 * DAY).contains(&view.next.0), "{view:?}");
    assert!(!view.is_wanted && !view.is_trying, "{view:?}");
    let why = view.window.and_then(|window| window.why);
    assert_eq!(why.as_deref(), Some("https://ca.example/why"));
    running.stop().await;
    let old = house.pair();

    suggests.between("2026-11-27T00:00:00Z", "2026-11-28T00:00:00Z");
    let later = Timestamp(NOW.0 + DAY);
    let running = house.start(config, later);
    let view = running.until(|view| view.last.as_ref().is_some_and(|last| last.at == later)).await;
    // pebble does not repeat what an order replaces; it is asked once more, without that.
    assert_eq!(view.last.map(|last| last.failure), Some(None));
    assert_ne!(old, house.pair());
    house.comes_to_be_trusted_by(&pebble.root).await;
    house.task_is(false).await;
    running.stop().await;
    let asked = suggests.asked.lock().unwrap().clone();
    assert!(asked.len() >= 2 && asked[0] == asked[1], "before and after the start: {asked:?}");
    assert!(asked.iter().all(|certificate| certificate.matches('.').count() == 1), "{asked:?}");
    house.stop.send(true).unwrap();
}

/// A certificate of some authority that is to be renewed in these days, and its key, as they are kept.
fn due_certificate() -> String {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = Issuer::new(authority, KeyPair::generate().unwrap());
    let mut certificate = CertificateParams::new(vec![DOMAIN.to_owned()]).unwrap();
    certificate.not_before = date_time_ymd(2026, 9, 10);
    certificate.not_after = date_time_ymd(2026, 12, 20);
    certificate.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().unwrap();
    let signed = certificate.signed_by(&key, &authority).unwrap();
    format!("{}\n{}\n", key.serialize_pem(), signed.pem())
}

/// What was signed in a request of ACME.
fn payload(request: &str) -> String {
    let request: serde_json::Value = serde_json::from_str(request).unwrap();
    let payload = request["payload"].as_str().unwrap();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    String::from_utf8(payload).unwrap()
}

#[tokio::test]
async fn an_order_names_what_it_replaces_and_comes_again_without_that_where_it_was_replaced_already() {
    let (house, folder) = (House::bind().await, tempfile::tempdir().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let at = |path: &str| format!("https://{address}/{path}");
    let directory = serde_json::json!({
        "newNonce": at("nonce"), "newAccount": at("account"), "newOrder": at("order"), "renewalInfo": at("info"),
    });
    let (directory, account) = (directory.to_string(), at("account/1"));
    let orders: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = Arc::clone(&orders);
    let order = move |request: String| async move {
        let mut seen = seen.lock().unwrap();
        seen.push(payload(&request));
        let (code, kind) = match seen.len() {
            1 => (StatusCode::CONFLICT, "alreadyReplaced"),
            _ => (StatusCode::TOO_MANY_REQUESTS, "rateLimited"),
        };
        let problem = format!(r#"{{"type":"urn:ietf:params:acme:error:{kind}","detail":"no"}}"#);
        (code, [("replay-nonce", "third")], problem)
    };
    let made = move || async move {
        let headers = [("location", account), ("replay-nonce", "second".to_owned())];
        (StatusCode::CREATED, headers, r#"{"status":"valid"}"#)
    };
    let router = Router::new()
        .route("/dir", get(move || async move { directory }))
        .route("/nonce", get(async || [("replay-nonce", "first")]))
        .route("/account", post(made))
        .route("/order", post(order));
    let own = Certificates::open(&TlsSource::SelfSigned, folder.path(), &["127.0.0.1".to_owned()]).unwrap();
    let stop = watch::channel(false).0;
    serve(listener, Some(own.settings()), router, stop.subscribe());

    let root = folder.path().join("tls").join("authority.pem");
    let config = config(&at("dir"), &root, None);
    let path = certificate::pair_in(&house.folder.path().join("tls"));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let title = format!("From {} for {DOMAIN}", config.directory);
    std::fs::write(path, format!("{title}\n{}", due_certificate())).unwrap();
    let running = house.start(config, NOW);
    let view = running.had().await;
    assert!(view.held.is_some(), "it is one of ours: {view:?}");
    let failure = view.last.and_then(|last| last.failure).expect("it refuses");
    assert_eq!(failure.trouble, Trouble::RateLimited, "{}", failure.said);
    running.stop().await;
    let orders = orders.lock().unwrap().clone();
    let names: Vec<bool> = orders.iter().map(|order| order.contains(r#""replaces":""#)).collect();
    assert_eq!(names, [true, false], "{orders:?}");
    assert!(orders.iter().all(|order| order.contains(DOMAIN)), "{orders:?}");
}
