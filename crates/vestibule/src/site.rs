//! A site that serves: sockets, TLS, pages, console, and an end in order. Shared by `serve` and `demo`.

use crate::commands::console::answer;
use crate::failure::Failure;
use crate::signals::{Asked, Wish};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use vestibule_core::Timestamp;
use vestibule_site::assembly::{Assembled, Reread, console};
use vestibule_site::clock::Moment;
use vestibule_site::config::{AcmeConfig, Config, TlsSource, located};
use vestibule_site::runners::certificate::{self, CertificateStart, OwnDomain};
use vestibule_site::runners::devices::Taken;
use vestibule_site::runners::printing::Printers;
use vestibule_site::web::given::pictures::PictureReader;
use vestibule_site::web::server::listener::{Certificates, keep, serve};
use vestibule_site::web::server::plain::{self, Plain};
use vestibule_site::web::{App, WebSettings};

/// Binds every address before anything is served, so that a taken port stops the start.
pub async fn bind(addresses: &[SocketAddr]) -> Result<Vec<TcpListener>, Failure> {
    let mut listeners = Vec::new();
    for address in addresses {
        let bound = TcpListener::bind(address).await.map_err(|error| {
            Failure::failed(format!(
                "cannot listen on {address}: {error}; stop what uses it, or name another"
            ))
        })?;
        listeners.push(bound);
    }
    Ok(listeners)
}

/// Bound sockets.
pub struct Bound {
    /// Pages are served there.
    pub pages: Vec<TcpListener>,
    /// Where an own domain is asked for in the clear.
    pub plain: Option<TcpListener>,
}

impl Bound {
    /// Those of a configuration.
    pub async fn by(config: &Config, tls: Option<&TlsSource>) -> Result<Self, Failure> {
        let pages = bind(&config.listen).await?;
        let address = match tls {
            Some(TlsSource::Acme(acme)) => acme.http_listen,
            _ => None,
        };
        let plain = match address {
            Some(address) => bind(&[address]).await?.pop(),
            None => None,
        };
        Ok(Self { pages, plain })
    }
}

/// Serves pages on the listeners and answers at the console. Returns what the pages have.
pub fn open_doors(
    site: &mut Assembled,
    bound: Bound,
    tls: Option<&TlsSource>,
    pages: impl Fn(App) -> vestibule_site::web::Pages,
    web: WebSettings,
) -> Result<App, Failure> {
    let hosts = web.hosts.clone();
    let public_url = web.public_url.clone();
    let (photos, cameras, devices) = (site.photos(), Some(site.camera_board()), Some(site.devices()));
    let certificates = tls.map(|source| Certificates::open(source, site.folder(), &hosts)).transpose()?;
    let authority = certificates.as_ref().and_then(Certificates::authority).map(Arc::new);
    let changed = Arc::new(Notify::new());
    let own_domain = match (tls, &certificates) {
        (Some(TlsSource::Acme(acme)), Some(certificates)) => {
            let plain = Plain {
                challenges: certificates.challenges(),
                domains: acme.domains.clone(),
                public_url: web.public_url.clone(),
            };
            Some(have_certificate(site, acme, (bound.plain, plain), &changed)?)
        }
        _ => None,
    };
    let web =
        WebSettings { pictures: picture_reader(), photos, cameras, devices, authority, own_domain, ..web };
    let app = App::new(site.handle.clone(), site.keys.clone(), web);
    for listener in bound.pages {
        // This machine itself needs no TLS; everybody else does.
        let is_here = listener.local_addr()?.ip().is_loopback();
        let settings = certificates.as_ref().filter(|_| !is_here).map(Certificates::settings);
        let task = serve(listener, settings, pages(app.clone()), site.stopping());
        site.adopt(task);
    }
    if let Some(certificates) = certificates {
        site.adopt(keep(certificates, changed, site.stopping()));
    }
    let handle = site.handle.clone();
    let base = public_url.unwrap_or_default();
    let task = console::listen(site.folder(), site.stopping(), move |ask| {
        let (handle, base) = (handle.clone(), base.clone());
        async move { answer(&handle, &base, ask).await }
    })?;
    site.adopt(task);
    Ok(app)
}

/// Starts having and renewing the certificate of the own domain, and answers in the clear where that is listened to.
fn have_certificate(
    site: &mut Assembled,
    acme: &AcmeConfig,
    (listener, plain): (Option<TcpListener>, Plain),
    changed: &Arc<Notify>,
) -> Result<OwnDomain, Failure> {
    let (own_domain, task) = certificate::start(CertificateStart {
        site: site.handle.clone(),
        config: acme.clone(),
        tls_folder: site.folder().join("tls"),
        challenges: plain.challenges.clone(),
        changed: Arc::clone(changed),
        wall: Arc::new(|| moment().wall),
        shutdown: site.stopping(),
    })?;
    site.adopt(task);
    if let Some(listener) = listener {
        let task = serve(listener, None, plain::router(plain), site.stopping());
        site.adopt(task);
    }
    Ok(own_domain)
}

/// Where a configuration is read anew, and the printers that pages use.
pub struct Configured {
    pub file: PathBuf,
    pub printers: Printers,
}

/// Runs until the program is asked to end or the disk fails, then ends in order.
pub async fn until_asked_to_end(
    mut site: Assembled,
    mut asked: Asked,
    configured: Option<Configured>,
) -> Result<(), Failure> {
    let failed = loop {
        let wish = tokio::select! {
            wish = asked.next() => wish,
            ended = &mut site.ended => break Some(ended),
        };
        match (wish, &configured) {
            (Wish::End, _) => break None,
            (Wish::Reread, Some(configured)) => reread(&mut site, configured).await,
            (Wish::Reread, None) => {}
        }
    };
    match failed {
        None => {
            site.stop().await;
            Ok(())
        }
        Some(Ok(Err(error))) => Err(Failure::failed(format!(
            "the site ended, because nothing more could be made durable: {error}. Nothing that was answered is lost; \
             look at the disk, then start it again"
        ))),
        Some(_) => Err(Failure::failed("the site's writer ended; start it again")),
    }
}

async fn reread(site: &mut Assembled, Configured { file, printers }: &Configured) {
    let file: &Path = file;
    let taken = match Config::load(file) {
        Ok(config) => {
            let taken = site.take_over(&Reread { config, printers: printers.clone() }).await;
            let text = std::fs::read_to_string(file).unwrap_or_default();
            taken.map_err(|error| located(&error.to_string(), &text))
        }
        Err(error) => Err(error.to_string()),
    };
    match taken {
        Ok(Taken { changed, not_started }) => {
            if !not_started.is_empty() {
                tracing::warn!(
                    not_started = %not_started.join("; "),
                    "read anew, and not everything could be started: put that right and send SIGHUP again; all else runs"
                );
            }
            let changed: Vec<String> = changed.iter().map(ToString::to_string).collect();
            tracing::info!(
                file = %file.display(),
                changed = %if changed.is_empty() { "nothing".to_owned() } else { changed.join(", ") },
                "read anew: buses, doors, cameras, scanners and printers are as it says now; everything else in it is for the next start"
            );
        }
        Err(error) => {
            let error = in_a_line(&error);
            site.could_not_read(&error);
            tracing::warn!(%error, "read anew and refused: everything runs on as before");
        }
    }
}

/// Without the parts of the file that a parser quotes: what is there may be anything, a password in the wrong place too.
fn in_a_line(error: &str) -> String {
    let lines = error.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|'));
    lines.map(without_value).collect::<Vec<_>>().join(": ")
}

/// What was expected, without what stands there instead.
fn without_value(line: &str) -> String {
    let faults = ["invalid type", "invalid value", "unknown variant"];
    let fault = faults.into_iter().find(|fault| line.starts_with(fault));
    match fault.zip(line.rsplit_once(", expected ")) {
        Some((fault, (_, expected))) => format!("{fault}, expected {expected}"),
        None => line.to_owned(),
    }
}

/// Both clocks, for a writer that is stepped by hand.
pub fn moment() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let wall = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    Moment { wall: Timestamp(wall), monotonic_ms: 0 }
}

/// Who reads photos of labels at this site: this program, if it was built with what that needs.
#[cfg(feature = "vision")]
fn picture_reader() -> Option<PictureReader> {
    use crate::models;
    use std::sync::LazyLock;
    use vestibule_intake::Unaddressed;
    use vestibule_intake::printed::House;
    use vestibule_site::web::given::pictures::{NoPicture, PhotoRecord};
    use vestibule_vision::{Label, TextReader, Unreadable};
    let record = |label: Label| PhotoRecord {
        is_likened: label.is_likened(),
        scan: label.symbols.iter().map(vestibule_vision::Symbol::scan).collect::<Vec<_>>().join("\n"),
        tracking: label.tracking,
        carrier: label.carrier,
        recipient: label.recipient,
        problem: label.problem,
        several_recipients: label.addressed == Some(Err(Unaddressed::Several)),
    };
    let why = |why| match why {
        Unreadable::Empty => NoPicture::Empty,
        Unreadable::NotAPicture => NoPicture::OtherKind,
        Unreadable::Damaged => NoPicture::Damaged,
        Unreadable::TooLarge => NoPicture::TooLarge,
    };
    // Opened for the first photo: a site without any needs none of the memory.
    let text = LazyLock::new(|| {
        let opened = TextReader::open(&models::folder(None));
        opened.inspect_err(|why| tracing::info!(%why, "of photos only symbols are read, not print")).ok()
    });
    let read = move |photo: &[u8], house: &House| {
        vestibule_vision::read(photo, text.as_ref(), house).map(record).map_err(why)
    };
    Some(PictureReader::new(read))
}

/// Nobody: pages read photos in the browser, and say so.
#[cfg(not(feature = "vision"))]
fn picture_reader() -> Option<PictureReader> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_of_the_file_is_in_what_is_wrong_with_it() {
        let file = Path::new("/etc/vestibule.toml");
        let sound = "data = \"data\"\n";
        for (wrong, why) in [
            ("[mail]\nhost = \"a.example\"\npasswort = \"hunter2\"\n", "unknown field `passwort`"),
            ("behind_proxy = \"hunter2\"\n", "invalid type, expected a boolean"),
            ("[[printer]]\nname = \"Front\"\nlanguage = \"hunter2\"\n", "unknown variant, expected"),
            ("public_url = \"hunter2\n", "line 2"),
        ] {
            let error = Config::parse(&format!("{sound}{wrong}"), file).expect_err(wrong).to_string();
            assert!(error.contains("hunter2"), "the parser quotes it: {error}");
            let told = in_a_line(&error);
            assert!(!told.contains("hunter2"), "{told}");
            assert!(told.contains("vestibule.toml") && told.contains(why), "{told}");
            assert!(told.contains("line "), "it says where: {told}");
        }
    }
}
