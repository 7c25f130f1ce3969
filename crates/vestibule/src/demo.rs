//! `vestibule demo`: an invented property with everything a site has, on simulated boards, simulated cameras before banks and
//! doors, simulated doors one walks through, and a real mail server that keeps what it gets.
//!
//! Owns: what is invented. Never: another way than the real one - commands go to the real writer, doors move by the real
//! driver, mail goes by SMTP.

mod building;
mod cameras;
mod entrances;
mod homes;
mod inbox;
mod keepsake;
mod knobs;
mod plan;
mod play;
mod rooms;
mod seed;
mod stage;
mod world;

use crate::failure::Failure;
use crate::signals::Asked;
use crate::site::{Bound, bind, open_doors, until_asked_to_end};
use crate::{output, progress};
use building::Hardware;
use cameras::Cameras;
use clap::Args;
use entrances::Entrances;
use keepsake::Keepsake;
use knobs::Knobs;
use plan::{Building, Plan};
use serde_json::json;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use vestibule_core::Span;
use vestibule_site::assembly::{Assembled, SitePlace};
use vestibule_site::runners::printing::Printers;
use vestibule_site::service::Ahead;
use vestibule_site::web::demo::{DemoFacts, Faults, Property, routes};
use vestibule_site::web::{WebSettings, router_with};
use world::World;

#[derive(Args)]
pub struct DemoArguments {
    /// Where to listen; an address of your network lets your phone be the resident.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Play so many days up to now first, so that there is something to look at. Without it a parcel that nobody scanned came
    /// yesterday evening; with 0 nothing ever happened.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=365))]
    days: Option<u32>,
    /// Keep everything in this folder, and go on from there the next time.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Which property: one with lockers and a package room, or one with a package room alone.
    #[arg(long, value_enum)]
    building: Option<Building>,
    /// The boards on the walls: one family, or a bank on every family.
    #[arg(long, value_enum)]
    hardware: Option<Hardware>,
    /// One line of JSON with every address and code, then keep running.
    #[arg(long)]
    json: bool,
}

pub async fn run(arguments: DemoArguments) -> Result<(), Failure> {
    let mut listeners = bind(&[arguments.listen]).await?;
    let address = listeners.first().map_or(Ok(arguments.listen), tokio::net::TcpListener::local_addr)?;
    let folder = Folder::of(&arguments)?;
    let wanted = Plan {
        building: arguments.building.unwrap_or_default(),
        hardware: arguments.hardware.unwrap_or_default(),
    };
    let waiting = progress::waiting("Preparing the property");
    let keepsake = seed::ensure(folder.path(), arguments.days, wanted);
    waiting.finish_and_clear();
    let keepsake = keepsake?;
    let plan = keepsake.plan();
    if arguments.hardware.is_some_and(|hardware| hardware != plan.hardware)
        || arguments.building.is_some_and(|building| building != plan.building)
    {
        return Err(Failure::failed(format!(
            "{} holds another demonstration; leave --building and --hardware out or choose another folder",
            folder.path().display()
        )));
    }
    let ahead = Ahead::default();
    // Where time was let pass, it goes on from there.
    ahead.further(left_ahead(folder.path())?);
    let place = SitePlace { folder: folder.path().to_owned(), head_file: None, site: None };
    let mut site = Assembled::open_ahead(&place, ahead.clone())?;
    let asked = Asked::listen()?;
    seed::ensure_owner(&site, &keepsake).await?;
    let outside = reachable(address);
    let facts =
        facts(&keepsake, outside.map(|ip| format!("http://{}/", SocketAddr::new(ip, address.port()))));
    let entrances = Entrances::start(folder.path(), plan).await?;
    let around = (Arc::clone(&entrances), ahead);
    let world = World::start(&site, folder.path(), (facts, plan), around).await?;
    site.keep_only_what_is_due();
    let cameras = Cameras::start(&site).await?;
    site.watch(&cameras.configured()?).await?;
    site.drive(&world.buses(), &[]).await?;
    site.run_doors(&entrances.configured()?).await?;
    let base = format!("http://{}", shown(address));
    let public_url =
        outside.map_or(base.clone(), |ip| format!("http://{}", SocketAddr::new(ip, address.port())));
    let mail = world.mail();
    let mail_server = Some(format!("{}:{}", mail.host, mail.port()));
    site.send_messages(Some(&mail), Some(public_url.clone()), Some(world.inbox()))?;
    let hosts = [address.ip().to_string()].into_iter().chain(outside.map(|ip| ip.to_string())).collect();
    let printers = Printers::of(&world.printer_configs());
    let public_url = Some(public_url);
    let web = WebSettings { public_url, hosts, mail_server, printers, demo: true, ..WebSettings::default() };
    let hand: Arc<dyn Faults> = Arc::new(Knobs { world: Arc::clone(&world), cameras, entrances });
    let property: Arc<dyn Property> = world;
    let pages = |app| router_with(app, routes(Arc::clone(&property), Arc::clone(&hand)));
    open_doors(&mut site, Bound { pages: std::mem::take(&mut listeners), plain: None }, None, pages, web)?;
    announce(&arguments, &base, (property.facts(), plan.site_name()))?;
    until_asked_to_end(site, asked, None).await
}

/// Where a demonstration lives: a folder that is kept, or one that goes when the program ends.
enum Folder {
    Kept(PathBuf),
    Passing(TempDir),
}

impl Folder {
    fn of(arguments: &DemoArguments) -> Result<Self, Failure> {
        Ok(match &arguments.data {
            Some(path) => Self::Kept(path.clone()),
            None => Self::Passing(tempfile::Builder::new().prefix("vestibule-demo-").tempdir()?),
        })
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Passing(folder) => folder.path(),
        }
    }
}

/// How far the clock of a demonstration that is gone on with was set ahead: its past must not lie before it.
fn left_ahead(folder: &Path) -> Result<Span, Failure> {
    let database = rusqlite::Connection::open(folder.join(vestibule_site::store::DATABASE))?;
    let newest: Option<i64> =
        database.query_row("SELECT max(recorded_at) FROM event", [], |row| row.get(0))?;
    Ok(Span((newest.unwrap_or(0) - crate::site::moment().wall.0).max(0)))
}

fn facts(keepsake: &Keepsake, reachable_at: Option<String>) -> DemoFacts {
    DemoFacts {
        site_name: keepsake.plan().site_name().to_owned(),
        has_lockers: keepsake.plan().has_lockers(),
        doors: keepsake.doors.iter().map(keepsake::Kiosk::door_to_try).collect(),
        passes: keepsake.passes.iter().map(keepsake::Pass::to_try).collect(),
        kiosks: keepsake.kiosks.iter().map(keepsake::Kiosk::to_try).collect(),
        couriers: keepsake.couriers.iter().map(keepsake::Courier::to_try).collect(),
        cards: keepsake.cards.iter().map(keepsake::Card::to_try).collect(),
        staff: keepsake.staff.to_try(),
        has_unscanned: keepsake.unscanned,
        reachable_at,
    }
}

fn announce(
    arguments: &DemoArguments,
    base: &str,
    (facts, site_name): (&DemoFacts, &str),
) -> Result<(), Failure> {
    if !arguments.json {
        output::line(format!("{site_name} is open: {base}/"))?;
        output::line("Everything in it is invented. Ctrl-C ends it.")?;
        return match &facts.reachable_at {
            Some(address) => output::line(format!(
                "Others in this network reach it at {address} without TLS: it is a demonstration and nothing more."
            )),
            None => Ok(()),
        };
    }
    let kiosks: Vec<String> =
        (1..=facts.kiosks.len()).map(|number| format!("{base}/demo/kiosk/{number}")).collect();
    let couriers: Vec<_> = facts
        .couriers
        .iter()
        .map(
            |courier| json!({ "carrier": courier.carrier, "digits": courier.digits, "badge": courier.badge }),
        )
        .collect();
    let doors: Vec<_> = (1..)
        .zip(&facts.doors)
        .map(|(number, door)| json!({ "name": door.name, "url": format!("{base}/demo/door/{number}") }))
        .collect();
    let passes: Vec<_> = facts
        .passes
        .iter()
        .map(|pass| json!({ "to": pass.to, "digits": pass.digits, "token": pass.token }))
        .collect();
    let cards: Vec<_> =
        facts.cards.iter().map(|card| json!({ "name": card.name, "token": card.token })).collect();
    output::json(&json!({
        "start": format!("{base}/"),
        "kiosk": kiosks.first(),
        "kiosks": kiosks,
        "staff": format!("{base}/demo/staff"),
        "sign_in": format!("{base}/sign-in"),
        "inbox": format!("{base}/demo/inbox"),
        "wall": format!("{base}/demo/wall"),
        "doors": doors,
        "passages": format!("{base}/demo/passages"),
        "faults": format!("{base}/demo/faults"),
        "courier_codes": couriers,
        "passes": passes,
        "cards": cards,
        "staff_account": { "email": facts.staff.email, "password": facts.staff.password },
    }))
}

/// How this machine itself reaches what listens there.
fn shown(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        ip if !ip.is_unspecified() => address,
        IpAddr::V4(_) => SocketAddr::from(([127, 0, 0, 1], address.port())),
        IpAddr::V6(_) => SocketAddr::from(([0, 0, 0, 0, 0, 0, 0, 1], address.port())),
    }
}

/// The address others in the network find, if they can. No packet is sent: a datagram socket is only pointed outwards.
fn reachable(address: SocketAddr) -> Option<IpAddr> {
    if address.ip().is_loopback() {
        return None;
    }
    if !address.ip().is_unspecified() {
        return Some(address.ip());
    }
    let socket = std::net::UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}
