//! The two commands of chromedriver that are not in the WebDriver standard: the console, and the
//! browser's own protocol for what a person sets in the system.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
pub enum Extension {
    /// What the console has shown since it was asked last.
    Console,
    /// A command of the browser's protocol, with its parameters.
    Protocol(&'static str, Value),
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        let session = session_id.unwrap_or_default();
        let tail = match self {
            Self::Console => "se/log",
            Self::Protocol(..) => "goog/cdp/execute",
        };
        base_url.join(&format!("session/{session}/{tail}"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = match self {
            Self::Console => json!({ "type": "browser" }),
            Self::Protocol(name, parameters) => json!({ "cmd": name, "params": parameters }),
        };
        (Method::POST, Some(body.to_string()))
    }
}
