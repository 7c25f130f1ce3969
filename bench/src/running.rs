//! The measured site, running in this process: real writer, real router on a real listener, production bus driver.

use crate::founding::{Founding, Station};
use crate::post;
use crate::wire::{BOARD, LOCKS, Pace, Wire};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinHandle;
use vestibule_core::BankId;
use vestibule_devices::{BoardWiring, BusWiring, Clock, PointWiring, Profiles};
use vestibule_notices::smtp::{SmtpConfig, SmtpSender};
use vestibule_site::handle::SiteHandle;
use vestibule_site::keys::Keys;
use vestibule_site::runners::bus::{BusStart, BusSurroundings};
use vestibule_site::runners::devices::DeviceBoard;
use vestibule_site::runners::messages::{self, MessageStart};
use vestibule_site::service::{Ahead, IntentRoutes, machine_clocks};
use vestibule_site::web::{App, WebSettings, router};

/// Pulses of one bank that wait for its bus.
const PULSES_QUEUED: usize = 64;

/// How a running site differs from another.
#[derive(Clone, Copy)]
pub struct Setting {
    /// Which boards hang on the lines.
    pub pace: Pace,
    /// Who brings notices to their persons.
    pub post: Post,
}

/// Who brings notices to their persons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// The bench, out of the outbox.
    InProcess,
    /// The production runner, to a mail server here.
    Smtp(SocketAddr),
}

/// A running site.
pub struct Running {
    pub address: SocketAddr,
    pub site: SiteHandle,
    pub folder: PathBuf,
    /// One kiosk each, with what a person standing there has and sees.
    pub seats: Vec<Arc<Mutex<Seat>>>,
    /// From the folder to the first answer the writer could give.
    pub opened_in: Duration,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

/// A kiosk and the people in front of it.
pub struct Seat {
    pub station: Station,
    pub wire: Arc<Wire>,
    /// The letterboxes of its households, in their order.
    pub letters: Vec<mpsc::UnboundedReceiver<post::Letter>>,
}

impl Running {
    /// Opens a founded site and everything around it; resolves when every door has been read once.
    pub async fn start(founding: Founding, setting: Setting) -> Result<Self> {
        let Founding { writer, keys, options, stations, .. } = founding;
        drop(writer);
        let (clock, folder) = (Clock::start(), options.folder.clone());
        let began = Instant::now();
        let running = vestibule_site::service::start(
            options,
            Arc::clone(&keys),
            machine_clocks(clock, Ahead::default()),
        )?;
        running.handle.read(|_, _| ()).await?;
        let opened_in = began.elapsed();
        ensure!(running.broken_invariants.is_empty(), "broken: {:?}", running.broken_invariants);
        let (stop, shutdown) = watch::channel(false);
        let profiles = Profiles::built_in()?;
        let surroundings = BusSurroundings {
            profiles: &profiles,
            clock,
            site: running.handle.clone(),
            devices: DeviceBoard::new(clock),
            finish: shutdown.clone(),
            shutdown,
        };
        let mut tasks = Vec::new();
        let mut wires = Vec::new();
        for station in &stations {
            let wire = Wire::new(setting.pace);
            tasks.push(bus(station, &wire, (setting.pace, &surroundings, &running.routes))?);
            wires.push(wire);
        }
        let (boxes, letters) = post::letterboxes(&stations);
        let post =
            post_office((running.handle.clone(), Arc::clone(&keys)), boxes, (setting.post, stop.subscribe()));
        tasks.push(post?);
        let (address, server) = serve(App::new(running.handle.clone(), keys, WebSettings::default())).await?;
        tasks.push(server);
        let seats = stations.into_iter().zip(wires).zip(letters);
        let seats =
            seats.map(|((station, wire), letters)| Arc::new(Mutex::new(Seat { station, wire, letters })));
        Ok(Self { address, site: running.handle, folder, seats: seats.collect(), opened_in, stop, tasks })
    }

    /// Stops the writer, then everything around it.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        self.site.stop().await;
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

type Sender = (SiteHandle, Arc<Keys>);

fn post_office(
    (site, keys): Sender,
    boxes: post::Letterboxes,
    (post, shutdown): (Post, watch::Receiver<bool>),
) -> Result<JoinHandle<()>> {
    if let Post::Smtp(server) = post {
        let smtp = Some(SmtpSender::new(mail_server(server)?)?);
        let public_url = None;
        let (texts, photos) = (None, None);
        return Ok(messages::start(MessageStart { site, keys, smtp, public_url, texts, photos, shutdown }));
    }
    Ok(tokio::spawn(async move {
        if let Err(error) = post::deliver(site, keys, boxes).await {
            eprintln!("the post ended: {error:#}");
        }
    }))
}

/// A mail server here, as a configuration names it.
pub fn mail_server(server: SocketAddr) -> Result<SmtpConfig> {
    let host = server.ip().to_string();
    let config = serde_json::json!({
        "host": host, "port": server.port(), "security": "plain", "from": "parcels@bench.example",
    });
    Ok(serde_json::from_value(config)?)
}

type Around<'a> = (Pace, &'a BusSurroundings<'a>, &'a IntentRoutes);

fn bus(
    station: &Station,
    wire: &Arc<Wire>,
    (pace, surroundings, routes): Around<'_>,
) -> Result<JoinHandle<()>> {
    let (intents, received) = mpsc::channel(PULSES_QUEUED);
    routes.register(station.bank, intents);
    let first = station.first_compartment.0;
    let point =
        |lock: u8| PointWiring { point: first + u32::from(lock) - 1, lock, contact: None, polarity: None };
    let profile = match pace {
        Pace::Instant => "bench-lock8a-24",
        Pace::Lifelike => "shuoming-2024a1-24",
    };
    let board =
        BoardWiring { address: BOARD, profile: profile.to_owned(), points: (1..=LOCKS).map(point).collect() };
    let start = BusStart {
        name: format!("bank {}", station.bank),
        transport: wire.transport(pace),
        wiring: BusWiring { boards: vec![board] },
        banks: BTreeMap::<u8, BankId>::from([(BOARD, station.bank)]),
    };
    vestibule_site::runners::bus::start(start, surroundings, received).context("the wiring is sound")
}

/// The real router on a real listener.
pub async fn serve(app: App) -> Result<(SocketAddr, JoinHandle<()>)> {
    use axum::serve::ListenerExt;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    // Fails only if the client is gone already.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, service).await {
            eprintln!("the server ended: {error}");
        }
    });
    Ok((address, server))
}
