//! The yardstick: a bare server and one writer thread that change the same rows for the same number of requests.
//!
//! It decides nothing, checks nobody and chains nothing: what it costs, any durable server on this machine costs.

use crate::http::Client;
use crate::kiosk::REQUESTS_A_VISIT;
use crate::load::{Count, Floor};
use crate::rows::Template;
use anyhow::{Result, ensure};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

const QUEUE: usize = 1024;
const BATCH: usize = 256;

type Ask = (i64, usize, oneshot::Sender<usize>);

/// One request: which part of which round is to be written.
#[derive(Deserialize)]
struct Part {
    round: i64,
    part: usize,
}

#[derive(Serialize)]
struct Written {
    rows: usize,
}

/// Starts the server; its address.
pub async fn start(folder: &Path, template: Arc<Template>) -> Result<SocketAddr> {
    use axum::serve::ListenerExt;
    let connection = database(folder, &template)?;
    let (asks, asked) = mpsc::channel(QUEUE);
    std::thread::Builder::new().name("yardstick".to_owned()).spawn(move || {
        if let Err(error) = write(connection, &template, asked) {
            eprintln!("the yardstick's writer ended: {error:#}");
        }
    })?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let router = Router::new().route("/rows", post(rows)).with_state(asks);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

async fn rows(
    State(asks): State<mpsc::Sender<Ask>>,
    Json(part): Json<Part>,
) -> Result<Json<Written>, StatusCode> {
    let (done, written) = oneshot::channel();
    let gone = |_| StatusCode::SERVICE_UNAVAILABLE;
    asks.send((part.round, part.part, done)).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(Json(Written { rows: written.await.map_err(gone)? }))
}

/// The settings of the site's own store.
fn database(folder: &Path, template: &Template) -> Result<Connection> {
    let connection = Connection::open(folder.join("yardstick.sqlite3"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    connection.pragma_update(None, "cache_size", -(16 << 10))?;
    connection.set_prepared_statement_cache_capacity(128);
    for sql in &template.schema {
        connection.execute_batch(sql)?;
    }
    Ok(connection)
}

fn write(mut connection: Connection, template: &Template, mut asked: mpsc::Receiver<Ask>) -> Result<()> {
    let mut seq = 0;
    let mut batch = Vec::with_capacity(BATCH);
    while asked.blocking_recv_many(&mut batch, BATCH) > 0 {
        let transaction = connection.transaction()?;
        let mut written = Vec::with_capacity(batch.len());
        for (round, part, done) in batch.drain(..) {
            written.push((template.write(&transaction, (round, part), &mut seq)?, done));
        }
        transaction.commit()?;
        for (rows, done) in written {
            // The client may have gone; its rows stay.
            let _ = done.send(rows);
        }
    }
    Ok(())
}

/// A client of the yardstick: as many requests a round as a kiosk sends.
pub async fn work(
    address: SocketAddr,
    (rounds, requests): (Arc<AtomicI64>, Arc<Count>),
    mut floor: Floor,
) -> Result<()> {
    let mut http = Client::connect(address, "VK00000000000000000000000000000").await?;
    while floor.is_open() {
        let round = rounds.fetch_add(1, Ordering::Relaxed);
        for part in 0..REQUESTS_A_VISIT {
            floor.wait().await;
            let answer = http.post("/rows", &format!(r#"{{"round":{round},"part":{part}}}"#)).await?;
            ensure!(answer.code == 200, "the yardstick answered {}", answer.code);
            requests.add(1);
        }
    }
    Ok(())
}
