//! A whole site in a temporary folder, spoken to over its router: real writer, real database, a clock that is moved by hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tower::ServiceExt;
use vestibule_core::directory::{KeypadNumber, Leavers};
use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::policy::Policy;
use vestibule_core::vocabulary::command::DirectoryChange;
use vestibule_core::*;
use vestibule_site::accounts::password::{self, Password};
use vestibule_site::accounts::session::begin_session;
use vestibule_site::clock::Moment;
use vestibule_site::directory::fold;
use vestibule_site::handle::{Outcome, Request as Asked, SiteHandle};
use vestibule_site::keys::Keys;
use vestibule_site::rows::{PersonRow, Row};
use vestibule_site::service::{self, DoorRoutes};
use vestibule_site::web::{App, WebSettings, router};

use crate::place::{MONDAY, options};

/// A site that answers requests.
pub struct LiveSite {
    pub handle: SiteHandle,
    pub router: Router,
    pub app: App,
    /// How much time has passed, in ms.
    passed: Arc<AtomicU64>,
    pub keys: Arc<Keys>,
    /// Where a test stands in for the device of a door.
    pub doors: DoorRoutes,
    _folder: TempDir,
}

/// An answer, read to its end.
pub struct Said {
    pub code: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Said {
    /// The text without what was drawn by chance, nonces and the like, in which any two letters may stand beside each other.
    pub fn words(&self) -> String {
        let is_of_a_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=');
        let words = self.text.split(|c| !is_of_a_word(c)).filter(|word| word.len() < 20);
        words.collect::<Vec<_>>().join(" ")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The value of the cookie it sets.
    pub fn cookie(&self) -> String {
        let set = self.headers.get(header::SET_COOKIE).expect("a cookie is set").to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }
}

/// A request in the making.
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    peer: Option<SocketAddr>,
}

impl Call {
    pub fn new(method: &str, path: &str) -> Self {
        let headers = vec![("host".to_owned(), "localhost:8080".to_owned())];
        let (method, path, body) = (method.parse().unwrap(), path.to_owned(), Vec::new());
        Self { method, path, headers, body, peer: None }
    }
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
    /// From this address, as the listener saw it.
    pub fn from(self, address: &str) -> Self {
        Self { peer: Some(SocketAddr::new(address.parse().unwrap(), 40_000)), ..self }
    }
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }
    pub fn json(mut self, body: serde_json::Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }
    pub fn text(self, kind: &str, body: &str) -> Self {
        self.bytes(kind, body.as_bytes())
    }
    pub fn bytes(mut self, kind: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.header("content-type", kind)
    }
    /// A form posted by a page of the site itself.
    pub fn form(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self.header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
    }
    /// When what was seen before is durable: a page does not wait for that.
    pub async fn to(self, site: &LiveSite) -> Said {
        site.handle.read(|_, _| ()).await.expect("the site runs");
        self.at(&site.router).await
    }
    pub async fn at(self, router: &Router) -> Said {
        let mut request = Request::builder().method(self.method).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if !self.body.is_empty() {
            request = request.header("content-length", self.body.len());
        }
        let mut request = request.body(Body::from(self.body)).unwrap();
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let response = router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let is_stream =
            parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if is_stream {
            Vec::new()
        } else {
            to_bytes(body, 1 << 24).await.expect("the answer ends").to_vec()
        };
        Said {
            code: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}

impl LiveSite {
    /// A new site nobody owns.
    pub fn start() -> Self {
        Self::start_with(WebSettings::default())
    }

    /// The same, reached and fitted out otherwise.
    pub fn start_with(web: WebSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Arc::new(Keys::generate());
        let passed = Arc::new(AtomicU64::new(0));
        let clock = Arc::clone(&passed);
        let clocks = Arc::new(move || {
            let passed = clock.load(Ordering::Relaxed);
            let wall = Timestamp(MONDAY) + Span(i64::try_from(passed).unwrap());
            Moment { wall, monotonic_ms: 1_000 + passed }
        });
        let running =
            service::start(options(folder.path()), Arc::clone(&keys), clocks).expect("a new site opens");
        let app = App::new(running.handle.clone(), Arc::clone(&keys), web);
        let (handle, doors, router) = (running.handle, running.doors, router(app.clone()));
        Self { handle, router, app, keys, passed, doors, _folder: folder }
    }

    /// Time passes.
    pub fn forward(&self, span: Span) {
        self.passed.fetch_add(u64::try_from(span.0).unwrap(), Ordering::Relaxed);
    }

    /// A site with an owner, a bank of two, a carrier, and one person in unit 3B.
    pub async fn founded() -> Self {
        Self::founded_with(WebSettings::default()).await
    }

    /// The same, reached and fitted out otherwise.
    pub async fn founded_with(web: WebSettings) -> Self {
        let site = Self::start_with(web);
        site.ask(Command::Found { policy: Policy::default() }).await;
        let spec = |n: u32| CompartmentSpec {
            label: n.to_string(),
            size: Size::M,
            column: 0,
            width_mm: 400,
            height_mm: 300,
            bottom_mm: 300 * n,
            occupancy_sensor: false,
            inside_release: false,
        };
        site.ask(Command::InstallBank { compartments: vec![spec(1), spec(2)] }).await;
        site.ask(Command::NameCarrier { name: "UPS".into() }).await;
        let keypad = KeypadNumber::new("302").unwrap();
        let (unit, tenancy, person) = (UnitId(1), TenancyId(1), PersonId(1));
        site.ask(Command::ChangeDirectory {
            changes: vec![
                DirectoryChange::AddUnit { unit, keypad },
                DirectoryChange::BeginTenancy { tenancy, unit, leavers: Leavers::Keep },
                DirectoryChange::Join { person, tenancy },
            ],
        })
        .await;
        site.handle.write(names()).await.unwrap();
        for n in 1..=2 {
            site.door(n, false).await;
        }
        site.staff("owner").await;
        site
    }

    /// A command of the console that is granted.
    pub async fn ask(&self, command: Command) -> Outcome {
        let outcome = self.handle.ask(Asked::new(Actor::Console, command)).await.unwrap();
        assert!(outcome.answer.is_ok(), "{:?}", outcome.answer);
        outcome
    }

    /// A door is seen open or shut.
    pub async fn door(&self, compartment: u32, open: bool) {
        let seen = Observation::DoorSeen { compartment: CompartmentId(compartment), open };
        self.handle.observe(vec![seen]).await.unwrap();
    }

    /// A fresh account of this role and a session of it: its token and its form token.
    pub async fn staff(&self, role: &str) -> (String, String) {
        enrolled(&self.handle, role).await
    }

    /// An owner's account with a password.
    pub async fn account(&self, email: &str, secret: &str) {
        let (email, name, role) = (email.to_owned(), "Dana".to_owned(), "owner".to_owned());
        let turn = password::turn().await.expect("nobody else signs in");
        let hash = turn.hash(Password::new(secret.to_owned())).await;
        let request = Asked::new(Actor::Console, Command::EnrolStaff).with_rows(move |answer| match answer {
            Answer::Staff(staff) => vec![
                Row::Staff { staff: *staff, email, name, role },
                Row::StaffPassword { staff: *staff, password: hash },
            ],
            _ => Vec::new(),
        });
        assert!(self.handle.ask(request).await.unwrap().answer.is_ok());
    }

    /// The token sealed for the newest notice, as its message would carry it.
    pub async fn sealed_token(&self) -> String {
        let newest = "SELECT sealed FROM outbox WHERE sealed IS NOT NULL ORDER BY notice DESC LIMIT 1";
        let sealed: Vec<u8> = self
            .handle
            .query(move |connection| connection.query_row(newest, [], |row| row.get(0)))
            .await
            .unwrap();
        let codes: serde_json::Value = serde_json::from_str(&self.keys.unseal(&sealed).unwrap()).unwrap();
        codes["qr"].as_str().unwrap().to_owned()
    }

    /// A paired kiosk's token.
    pub async fn kiosk(&self) -> String {
        let mut outcome = self.ask(Command::PairKiosk { banks: vec![BankId(1)] }).await;
        outcome.revealed.remove(0).token.expose().to_owned()
    }
}

/// A fresh account of this role and a session of it: its token and its form token.
pub async fn enrolled(site: &SiteHandle, role: &str) -> (String, String) {
    let (email, name) = (format!("{role}-{}@example.com", rand_name()), role.to_owned());
    let role = role.to_owned();
    let request = Asked::new(Actor::Console, Command::EnrolStaff).with_rows(move |answer| match answer {
        Answer::Staff(staff) => vec![
            Row::Staff { staff: *staff, email, name, role },
            Row::StaffPassword { staff: *staff, password: "never matches".into() },
        ],
        _ => Vec::new(),
    });
    let Ok(Answer::Staff(staff)) = site.ask(request).await.unwrap().answer else { panic!("enrolled") };
    let now = site.now();
    let (token, rows) = begin_session(staff, now);
    let csrf = rows.iter().find_map(|row| match row {
        Row::Session { csrf, .. } => Some(csrf.clone()),
        _ => None,
    });
    site.write(rows).await.unwrap();
    (token, csrf.expect("a session has a form token"))
}

fn names() -> Vec<Row> {
    let person = PersonRow {
        person: PersonId(1),
        tenancy: TenancyId(1),
        unit: UnitId(1),
        first_name: "Rosa".into(),
        last_name: "Alvarez".into(),
        folded: fold::person("Rosa", "Alvarez"),
        email: Some("rosa@example.com".into()),
        phone: None,
        language: "es".into(),
        external_id: None,
        reach: false,
        hidden: false,
    };
    let (building, label, folded) = (String::new(), "3B".to_owned(), fold::unit_label("3B"));
    vec![
        Row::Unit { unit: UnitId(1), building, label, folded, keypad: "302".into() },
        Row::Person(Box::new(person)),
        Row::BankName { bank: BankId(1), name: "Lobby".into(), building: String::new() },
    ]
}

/// Accounts need addresses nobody else has.
fn rand_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed).to_string()
}
