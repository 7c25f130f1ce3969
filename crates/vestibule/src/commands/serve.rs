//! `vestibule serve --config FILE`. SIGHUP has it read the file anew.

use super::console::setup_link;
use crate::failure::Failure;
use crate::output;
use crate::signals::Asked;
use crate::site::{Bound, Configured, open_doors, until_asked_to_end};
use clap::Args;
use serde_json::json;
use std::net::SocketAddr;
use std::path::PathBuf;
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::config::{Config, open_feeds};
use vestibule_site::runners::printing::Printers;
use vestibule_site::web::{WebSettings, router};

#[derive(Args)]
pub struct ServeArguments {
    /// The site's configuration file.
    #[arg(long, value_name = "FILE", env = "VESTIBULE_CONFIG", default_value = "vestibule.toml")]
    config: PathBuf,
    /// One line of JSON, then keep running: address, setup (the link, or null once there is an owner).
    #[arg(long)]
    json: bool,
}

pub async fn run(arguments: ServeArguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config)?;
    let tls = config.tls_source().map_err(Failure::Failed)?;
    let bound = Bound::by(&config, tls.as_ref()).await?;
    let addresses =
        bound.pages.iter().map(tokio::net::TcpListener::local_addr).collect::<std::io::Result<Vec<_>>>()?;
    let mut site = Assembled::open(&SitePlace::of(&config))?;
    let asked = Asked::listen_for_more()?;
    site.install(config.zone.as_ref(), &config.bank).await?;
    site.stand_at(&config.address).await?;
    site.keep_only_what_is_due();
    // The cameras before what moves: a door that a bus sees may want a photo at once.
    site.put_up_doors(&config.doors).await?;
    site.watch(&config.camera).await?;
    site.drive(&config.bus, &config.profiles).await?;
    site.run_doors(&config.doors).await?;
    site.send_messages(config.mail.as_ref(), config.public_url.clone(), None)?;
    let printers = Printers::of(&config.printer);
    let configured = Configured { file: arguments.config, printers: printers.clone() };
    let web = WebSettings {
        public_url: config.public_url.clone(),
        behind_proxy: config.behind_proxy,
        trusted_proxies: config.trusted_proxies.clone(),
        tls: tls.is_some(),
        hosts: config.accepted_hosts(),
        mail_server: config.mail.as_ref().map(|mail| format!("{}:{}", mail.host, mail.port())),
        printers,
        feeds: open_feeds(&config.feed).map_err(Failure::Failed)?,
        ..WebSettings::default()
    };
    let app = open_doors(&mut site, bound, tls.as_ref(), router, web)?;
    site.hear_scanners(app, &config.scanner);
    let base = base_of(&config, &addresses, tls.is_some());
    let link = setup_link(&site.handle, &base).await?;
    announce(&base, link["path"].as_str(), arguments.json)?;
    until_asked_to_end(site, asked, Some(configured)).await
}

/// Where the site is, and how it is set up as long as it has no owner.
fn announce(base: &str, link: Option<&str>, as_json: bool) -> Result<(), Failure> {
    if as_json {
        return output::json(&json!({ "address": base, "setup": link }));
    }
    output::line(format!("Vestibule serves {base}"))?;
    match link {
        Some(link) => {
            output::line(format!("Set the site up within 30 minutes, by this link and no other way:\n{link}"))
        }
        None => Ok(()),
    }
}

/// The address to print: as people reach it, else the first one.
fn base_of(config: &Config, addresses: &[SocketAddr], speaks_tls: bool) -> String {
    if let Some(public) = &config.public_url {
        return public.clone();
    }
    let here = addresses.iter().find(|address| address.ip().is_loopback());
    match (here, addresses.first()) {
        (Some(here), _) => format!("http://{here}"),
        (None, Some(first)) if speaks_tls => format!("https://{first}"),
        (None, Some(first)) => format!("http://{first}"),
        (None, None) => String::new(),
    }
}
