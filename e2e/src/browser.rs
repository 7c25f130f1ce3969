//! One person's browser: opening it, going somewhere, waiting for what should appear, ending it.
//!
//! Waiting is asking again until a deadline; no time is ever simply let pass.

use std::path::PathBuf;
use std::time::Duration;

use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::driver::Driver;
use crate::extensions::Extension;
use crate::screen::{Look, Screen, Theme};

/// How long a person would wait; far more than any page takes on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(15);

/// How often the page is asked.
const PERIOD: Duration = Duration::from_millis(30);

/// What to look for on a page. Only what can be seen counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign<'a> {
    Css(&'a str),
    /// Text as it is displayed, runs of white space taken as one space.
    Text(&'a str),
}

/// The first visible element that fits, or null.
const FIND: &str = r#"
    const [kind, wanted] = arguments;
    if (kind === 'css') {
        return [...document.querySelectorAll(wanted)].find((element) => element.checkVisibility()) ?? null;
    }
    const text = (document.body?.innerText ?? '').replace(/\s+/g, ' ');
    return text.includes(wanted) ? document.body : null;
"#;

/// The name under which WebDriver hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub struct Browser {
    pub(crate) client: Client,
    driver: Driver,
}

impl Browser {
    /// A fresh browser on this screen, light, English.
    pub async fn open(screen: Screen) -> Self {
        Self::open_with(Look::on(screen)).await
    }

    pub async fn open_with(look: Look) -> Self {
        let driver = Driver::start().await.unwrap_or_else(|error| panic!("{error:#}"));
        let client = driver.browser(&look).await.unwrap_or_else(|error| panic!("{error:#}"));
        let browser = Self { client, driver };
        browser.resize(look.screen).await;
        browser.theme(look.theme).await;
        browser
    }

    pub async fn resize(&self, screen: Screen) {
        self.protocol("Emulation.setDeviceMetricsOverride", screen.metrics()).await;
        let touch = json!({ "enabled": screen.is_touched() });
        self.protocol("Emulation.setTouchEmulationEnabled", touch).await;
    }

    pub async fn theme(&self, theme: Theme) {
        self.protocol("Emulation.setEmulatedMedia", theme.media()).await;
    }

    /// Keep a cookie for this address, such as the theme a person chose on the page itself.
    pub async fn set_cookie(&self, url: &str, name: &str, value: &str) {
        let cookie = json!({ "url": url, "name": name, "value": value });
        let answer = self.protocol("Network.setCookie", cookie).await;
        assert!(answer["success"] == true, "the browser did not take the cookie {name}: {answer}");
    }

    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("cannot go to {url}: {error}"));
    }

    pub async fn reload(&self) {
        self.client.refresh().await.unwrap_or_else(|error| panic!("cannot reload: {error}"));
    }

    pub async fn url(&self) -> String {
        self.client.current_url().await.unwrap_or_else(|error| panic!("no address: {error}")).to_string()
    }

    /// The text as it is displayed.
    pub async fn text(&self) -> String {
        let script = "return document.body?.innerText ?? ''";
        self.script(script, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Run a script in the page; content security policies do not bind it.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("script failed: {error}"))
    }

    /// The same for a script that calls its last argument when it is done.
    pub async fn asynchronously(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = self.client.execute_async(script, arguments).await;
        answer.unwrap_or_else(|error| panic!("script failed: {error}"))
    }

    /// Wait until it can be seen; the element for a selector, the body for a text.
    pub async fn wait_for(&self, sign: Sign<'_>, deadline: Duration) -> Element {
        let found = self.until(deadline, || async { self.look_for(sign).await }).await;
        match found {
            Ok(element) => element,
            Err(why) => self.fail(&format!("{sign:?} did not appear within {deadline:?}{why}")).await,
        }
    }

    /// Wait until it can no longer be seen.
    pub async fn wait_gone(&self, sign: Sign<'_>, deadline: Duration) {
        let found = self.until(deadline, || async {
            Ok(if self.look_for(sign).await?.is_none() { Some(()) } else { None })
        });
        if let Err(why) = found.await {
            self.fail(&format!("{sign:?} did not go within {deadline:?}{why}")).await;
        }
    }

    /// Wait for a visible element.
    pub async fn find(&self, css: &str) -> Element {
        self.wait_for(Sign::Css(css), DEADLINE).await
    }

    /// Wait for a text.
    pub async fn see(&self, text: &str) {
        self.wait_for(Sign::Text(text), DEADLINE).await;
    }

    /// Whether it can be seen right now.
    pub async fn sees(&self, sign: Sign<'_>) -> bool {
        self.look_for(sign).await.is_ok_and(|found| found.is_some())
    }

    /// Keep what is on the screen for whoever looks at the pages. Where `CI` is set nobody does, and none is taken.
    pub async fn shot(&self, name: &str) {
        if std::env::var_os("CI").is_none() {
            self.picture(name).await;
        }
    }

    /// Write what is on the screen to `e2e/shots/NAME.png`.
    pub async fn picture(&self, name: &str) -> PathBuf {
        let picture = self.client.screenshot().await.unwrap_or_else(|error| panic!("no picture: {error}"));
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("shots");
        let path = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, picture))
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
        path
    }

    /// What the console complained of since it was asked last. A test that provokes a refusal asks here
    /// and says what it expected.
    pub async fn console_errors(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(Extension::Console).await;
        let entries = entries.unwrap_or_else(|error| panic!("no console: {error}"));
        let is_error = |entry: &&Value| entry["level"] == "SEVERE";
        let message = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        entries.as_array().into_iter().flatten().filter(is_error).map(message).collect()
    }

    /// Close the browser at the end of a test; its console must be free of errors.
    pub async fn finish(self) {
        let errors = self.console_errors().await;
        self.client.clone().close().await.unwrap_or_else(|error| panic!("cannot close: {error}"));
        self.driver.stop().await.unwrap_or_else(|error| panic!("{error:#}"));
        assert!(errors.is_empty(), "the console shows errors: {errors:#?}");
    }

    /// A command of the browser's own protocol, for what a person sets outside the page.
    pub async fn protocol(&self, command: &'static str, parameters: Value) -> Value {
        let answer = self.client.issue_cmd(Extension::Protocol(command, parameters)).await;
        answer.unwrap_or_else(|error| panic!("{command} failed: {error}"))
    }

    /// Ask again until there is an answer. An error of the page counts as none yet: it may be on its way to
    /// another page.
    pub(crate) async fn until<T, F>(&self, deadline: Duration, ask: impl Fn() -> F) -> Result<T, String>
    where
        F: Future<Output = Result<Option<T>, CmdError>>,
    {
        let end = Instant::now() + deadline;
        let mut ticks = interval(PERIOD);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let why = match ask().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => String::new(),
                Err(error) => format!(" ({error})"),
            };
            if Instant::now() >= end {
                return Err(why);
            }
        }
    }

    async fn look_for(&self, sign: Sign<'_>) -> Result<Option<Element>, CmdError> {
        let arguments = match sign {
            Sign::Css(selector) => vec![json!("css"), json!(selector)],
            Sign::Text(text) => vec![json!("text"), json!(text)],
        };
        Ok(self.element(&self.client.execute(FIND, arguments).await?))
    }

    /// The element a script returned.
    pub(crate) fn element(&self, value: &Value) -> Option<Element> {
        let reference = ElementRef::from(value[ELEMENT].as_str()?.to_owned());
        Some(Element::from_element_id(self.client.clone(), reference))
    }

    /// End the test with what the person would see.
    pub(crate) async fn fail(&self, why: &str) -> ! {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let picture = self.picture(&format!("failed-{test}")).await;
        let (url, text) = (self.url().await, self.text().await);
        panic!("{why}\nat {url}\npicture: {}\n--- the page ---\n{text}\n----------------", picture.display());
    }
}
