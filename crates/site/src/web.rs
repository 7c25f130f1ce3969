//! The pages and the API. Handlers parse, ask the writer, and map the answer; no rule lives here.
//!
//! ```text
//! request -> [server::passage]: headers, words for bare errors, panics, time-outs, [security] checks -> handler
//! handler -> [guard] who asks (staff session, paired kiosk, checked form), in which language
//!         -> SiteHandle::ask / read / query -> page, or Err([`problem::Fault`]) put into words by the outer layer
//! ```
//! A handler that fails returns [`problem::Fault`]; it need not know whether a page, a fragment or JSON is wanted.
//! Pages that live follow [`sse`]; all words come from [`words`].

pub mod api;
pub mod demo;
pub mod face;
pub mod given;
pub mod guard;
pub mod kiosk;
pub mod link;
pub mod photos;
pub mod problem;
pub mod security;
pub mod server;
pub mod sign_in;
pub mod sse;
pub mod staff;
pub mod words;

use crate::evidence::PhotoFolder;
use crate::evidence::thumbnail::Thumbnails;
use crate::handle::SiteHandle;
use crate::keys::Keys;
use crate::runners::cameras::CameraBoard;
use crate::runners::certificate::OwnDomain;
use crate::runners::devices::DeviceBoard;
use crate::runners::printing::Printers;
use crate::runners::scanning::ScanFrames;
use given::feeds::Feeds;
use given::pictures::PictureReader;
use kiosk::KioskScreens;
use kiosk::door::ringing::PhoneCallers;
use problem::{Fault, Trouble};
use server::listener::OwnAuthority;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use vestibule_core::code::token::SiteTag;

pub use api::openapi;
pub use server::{Pages, router, router_with};

/// What every handler has. One pointer: the router clones it several times a request.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What all handlers share.
pub struct Shared {
    /// The writer and the read connections.
    pub site: SiteHandle,
    /// To hash codes as they are given.
    pub keys: Arc<Keys>,
    /// How the site is reached.
    pub web: WebSettings,
    /// What was said at the kiosks so far.
    pub screens: Arc<KioskScreens>,
    /// Whoever makes small pictures of photos.
    pub thumbnails: Thumbnails,
    /// How often phones tried to ring.
    pub callers: PhoneCallers,
    /// That an owner exists, once it was seen: from then on it is true.
    has_owner: AtomicBool,
    /// The mark of this site's tokens, once it was seen: it never changes.
    tag: OnceLock<SiteTag>,
}

impl Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    /// What handlers get.
    pub fn new(site: SiteHandle, keys: Arc<Keys>, web: WebSettings) -> Self {
        let (screens, has_owner, tag) = (Arc::default(), AtomicBool::default(), OnceLock::new());
        let (thumbnails, callers) = (Thumbnails::default(), PhoneCallers::default());
        Self(Arc::new(Shared { site, keys, web, screens, thumbnails, callers, has_owner, tag }))
    }

    /// The mark of this site's tokens.
    ///
    /// # Errors
    /// The site is not founded yet, or is about to end.
    pub async fn tag(&self) -> Result<SiteTag, Fault> {
        if let Some(tag) = self.tag.get() {
            return Ok(*tag);
        }
        let tag = self.site.read(|site, _| site.tag).await?.ok_or(Trouble::NotSetUp)?;
        Ok(*self.tag.get_or_init(|| tag))
    }
}

/// How the site is reached and what it calls itself.
#[derive(Debug, Clone, Default)]
pub struct WebSettings {
    /// `https://..` as people reach it, tested; links in messages need it.
    pub public_url: Option<String>,
    /// A reverse proxy in front ends TLS and sets `X-Forwarded-*`.
    pub behind_proxy: bool,
    /// Addresses of such proxies beside this machine itself: nobody else is served, or believed about whom they speak for.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether this listener speaks TLS itself.
    pub tls: bool,
    /// The authority that devices are to trust, if the site made its certificate itself.
    pub authority: Option<Arc<OwnAuthority>>,
    /// The certificate of the site's own domain, if an authority gives one.
    pub own_domain: Option<OwnDomain>,
    /// Host names and addresses accepted in `Host`.
    pub hosts: Vec<String>,
    /// The mail server that takes messages, as host and port; None: none is configured.
    pub mail_server: Option<String>,
    /// Reads photos of labels; None: this program was built without, and the browser reads them.
    pub pictures: Option<PictureReader>,
    /// The site's own printers.
    pub printers: Printers,
    /// What scanners that type in the page of a kiosk, by name, were set to send around each scan.
    pub scan_frames: ScanFrames,
    /// Where photos are kept; None: there are none to show.
    pub photos: Option<PhotoFolder>,
    /// How the cameras are doing.
    pub cameras: Option<CameraBoard>,
    /// Who tells of deliveries, with the secrets they sign with.
    pub feeds: Feeds,
    /// How the other devices are doing; None: this process speaks to none.
    pub devices: Option<DeviceBoard>,
    /// A demonstration: the start page, the inbox and the simulated bank may be shown.
    pub demo: bool,
}

impl WebSettings {
    /// Whether browsers reach the site by https.
    pub fn is_secure(&self) -> bool {
        self.tls || self.behind_proxy
    }

    /// Whether what a peer says of the one it speaks for is believed.
    pub fn is_proxy(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.behind_proxy && (peer.is_loopback() || self.trusted_proxies.contains(&peer))
    }
}
