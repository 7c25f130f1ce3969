use super::*;
use crate::accounts::link::setup_link;
use crate::accounts::session::{Signed, check_session};
use crate::accounts::sign_in::{Attempt, SignInFault, sign_in};
use crate::clock::Moment;
use crate::keys::Keys;
use crate::service::{Running, start};
use crate::store::StoreOptions;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use vestibule_core::Span;
use vestibule_ledger::SiteKey;

const DANA: (&str, &str) = ("Dana@Example.com", "Dana Reyes");
const GOOD: &str = "correct horse battery";

/// A site whose clock is moved by hand.
struct Place {
    running: Running,
    wall: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Place {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wall = Arc::new(AtomicI64::new(1_772_442_000_000));
        let read = Arc::clone(&wall);
        let clocks = Arc::new(move || {
            let now = read.load(Ordering::SeqCst);
            Moment { wall: Timestamp(now), monotonic_ms: now.unsigned_abs() }
        });
        let options =
            StoreOptions::in_folder(&folder.path().join("site"), SiteKey::new("maple-court").unwrap());
        let running = start(options, Arc::new(Keys::generate()), clocks).unwrap();
        Self { running, wall, _folder: folder }
    }

    fn site(&self) -> &SiteHandle {
        &self.running.handle
    }

    fn pass(&self, span: Span) {
        self.wall.fetch_add(span.0, Ordering::SeqCst);
    }

    async fn setup_token(&self) -> String {
        let now = self.site().now();
        let link = self.site().query(move |conn| setup_link(conn, now)).await.unwrap().unwrap();
        self.site().write(vec![link.row]).await.unwrap();
        link.token
    }

    async fn with_owner() -> Self {
        let place = Self::open();
        let token = place.setup_token().await;
        create_owner(place.site(), &token, DANA, secret(GOOD)).await.unwrap();
        place
    }

    async fn sign_in(&self, email: &str, text: &str) -> Result<String, SignInFault> {
        let (email, address) = (email.to_owned(), "192.0.2.7".to_owned());
        sign_in(self.site(), Attempt { email, password: secret(text), address }).await
    }

    async fn signed(&self, cookie: &str) -> Option<Signed> {
        let cookie = cookie.to_owned();
        let now = self.site().now();
        self.site().query(move |conn| check_session(conn, &cookie, now)).await.unwrap()
    }
}

fn secret(text: &str) -> Password {
    Password::new(text.to_owned())
}

#[tokio::test]
async fn the_first_owner_is_made_once_by_the_newest_link() {
    let place = Place::open();
    let old = place.setup_token().await;
    let token = place.setup_token().await;
    let make = |token: String, text: &'static str| {
        let site = place.site().clone();
        async move { create_owner(&site, &token, DANA, secret(text)).await }
    };
    assert!(matches!(make(old, GOOD).await, Err(AccountFault::Link)));
    assert!(matches!(
        make(token.clone(), "short").await,
        Err(AccountFault::Password(PasswordFault::TooShort))
    ));
    let nameless = create_owner(place.site(), &token, ("dana@example.com", " "), secret(GOOD)).await;
    assert!(matches!(nameless, Err(AccountFault::Name)));
    let (one, two) = tokio::join!(make(token.clone(), GOOD), make(token.clone(), GOOD));
    assert!(one.is_ok() != two.is_ok(), "two presses make one owner");
    assert!(matches!(make(token, GOOD).await, Err(AccountFault::Link)));
    let lines = place.site().query(accounts).await.unwrap();
    let line = AccountLine {
        staff: StaffId(1),
        email: "dana@example.com".to_owned(),
        name: "Dana Reyes".to_owned(),
        role: Some(Role::Owner),
        disabled: false,
        invited: false,
    };
    assert_eq!(lines, [line]);
}

#[tokio::test]
async fn a_setup_link_is_too_old_after_half_an_hour() {
    let place = Place::open();
    let token = place.setup_token().await;
    for _ in 0..10 {
        place.pass(Span::minutes(3));
        place.site().read(|_, _| ()).await.unwrap();
    }
    assert!(matches!(create_owner(place.site(), &token, DANA, secret(GOOD)).await, Err(AccountFault::Link)));
}

#[tokio::test]
async fn signing_in_opens_a_session_that_a_new_password_ends() {
    let place = Place::with_owner().await;
    let cookie = place.sign_in(" DANA@example.com", GOOD).await.unwrap();
    let signed = place.signed(&cookie).await.unwrap();
    assert_eq!((signed.staff, signed.role), (StaffId(1), Role::Owner));
    let token = reset(place.site(), "dana@example.com").await.unwrap();
    assert!(place.signed(&cookie).await.is_some(), "a link asked for changes nothing yet");
    let weak = choose_password(place.site(), &token, secret("dana12345678")).await;
    assert!(matches!(weak, Err(AccountFault::Password(PasswordFault::ContainsEmail))));
    choose_password(place.site(), &token, secret("another horse")).await.unwrap();
    assert!(place.signed(&cookie).await.is_none());
    assert!(matches!(choose_password(place.site(), &token, secret(GOOD)).await, Err(AccountFault::Link)));
    assert!(matches!(place.sign_in("dana@example.com", GOOD).await, Err(SignInFault::Wrong)));
    assert!(place.sign_in("dana@example.com", "another horse").await.is_ok());
    assert!(matches!(reset(place.site(), "nobody@example.com").await, Err(AccountFault::Unknown)));
}

#[tokio::test]
async fn unknown_and_known_accounts_fail_alike_and_wait_alike() {
    let place = Place::with_owner().await;
    for email in ["dana@example.com", "nobody@example.com"] {
        for _ in 0..5 {
            let fault = place.sign_in(email, "wrong password").await.unwrap_err();
            assert_eq!(fault.to_string(), "mail address or password is wrong", "{email}");
        }
        let fault = place.sign_in(email, GOOD).await.unwrap_err();
        assert!(matches!(fault, SignInFault::Wait(_)), "{email}: even the right one waits");
    }
    place.pass(Span::seconds(10));
    assert!(place.sign_in("dana@example.com", GOOD).await.is_ok(), "never for good");
    assert!(matches!(place.sign_in("dana@example.com", "wrong").await, Err(SignInFault::Wrong)), "forgotten");
}

#[tokio::test]
async fn a_burst_of_guesses_meets_the_waits() {
    let place = Place::with_owner().await;
    let tries = (0..12).map(|_| place.sign_in("dana@example.com", "wrong password"));
    let faults = futures_util::future::join_all(tries).await;
    let looked_at = faults.iter().filter(|fault| matches!(fault, Err(SignInFault::Wrong))).count();
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn staff_are_invited_and_the_last_owner_stays() {
    let place = Place::with_owner().await;
    let by = Actor::Staff(StaffId(1));
    let (staff, token) = invite(place.site(), by, ("Lee@example.com", "Lee"), Role::Staff).await.unwrap();
    let again = invite(place.site(), by, ("lee@example.com", "Lee"), Role::Staff).await;
    assert!(matches!(again, Err(AccountFault::EmailTaken)));
    assert!(matches!(place.sign_in("lee@example.com", "").await, Err(SignInFault::Wrong)), "no password yet");
    choose_password(place.site(), &token, secret(GOOD)).await.unwrap();
    let cookie = place.sign_in("lee@example.com", GOOD).await.unwrap();
    assert_eq!(place.signed(&cookie).await.unwrap().role, Role::Staff);

    let owner = StaffId(1);
    assert!(matches!(set_disabled(place.site(), owner, true).await, Err(AccountFault::LastOwner)));
    assert!(matches!(change(place.site(), owner, "Dana", Role::Staff).await, Err(AccountFault::LastOwner)));
    change(place.site(), staff, "Lee Park", Role::Owner).await.unwrap();
    set_disabled(place.site(), owner, true).await.unwrap();
    assert!(matches!(place.sign_in("dana@example.com", GOOD).await, Err(SignInFault::Wrong)));
    assert_eq!(place.signed(&cookie).await.unwrap().role, Role::Owner, "a new role holds at once");
}
