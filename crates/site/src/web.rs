//! The pages and the API. Handlers parse, ask the writer, and map the answer; no rule lives here.

use crate::handle::SiteHandle;
use crate::keys::Keys;
use std::sync::Arc;

/// What every handler has.
#[derive(Clone)]
pub struct App {
    /// The writer and the read connections.
    pub site: SiteHandle,
    /// To hash codes as they are given.
    pub keys: Arc<Keys>,
    /// How the site is reached.
    pub web: Arc<WebSettings>,
}

/// How the site is reached and what it calls itself.
#[derive(Debug, Clone, Default)]
pub struct WebSettings {
    /// `https://..` as people reach it, tested; links in messages need it.
    pub public_url: Option<String>,
    /// A reverse proxy in front ends TLS and sets `X-Forwarded-*`.
    pub behind_proxy: bool,
    /// Whether this listener speaks TLS itself.
    pub tls: bool,
    /// Host names and addresses accepted in `Host`.
    pub hosts: Vec<String>,
    /// A demonstration: the start page, the inbox and the simulated bank may be shown.
    pub demo: bool,
}
