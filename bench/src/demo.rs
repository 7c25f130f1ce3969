//! The demonstration from a cold start: how soon its first page is there, what it needs when idle, and how long days take that are
//! played before.

use crate::http::Client;
use crate::load::median;
use crate::report::{Goal, Measure, Report};
use anyhow::{Context, Result, ensure};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const STARTS: usize = 3;
/// Days that are played through the real writer before it starts.
const DAYS: &str = "30";
/// It is idle when nobody has asked for anything so long.
const IDLE: Duration = Duration::from_secs(10);

/// Starts the release binary that lies beside the bench, if it was built.
pub async fn cold_start(report: &mut Report) -> Result<()> {
    let binary = std::env::current_exe()?.with_file_name("vestibule");
    if !binary.exists() {
        report.note("demo: not measured; build it first: cargo build --release -p vestibule");
        return Ok(());
    }
    let (mut seconds, mut memory, mut played) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let (mut demo, address) = started(&binary, &[]).await?;
        let page = Client::connect(address, "").await?.get("/").await?;
        ensure!(page.code == 200, "the first page was answered {}", page.code);
        seconds.push(began.elapsed().as_secs_f64());
        tokio::time::sleep(IDLE).await;
        memory.push(resident_mebibytes(demo.id().context("it runs")?)?);
        demo.kill().await?;
        let began = Instant::now();
        let (mut demo, _) = started(&binary, &["--days", DAYS]).await?;
        played.push(began.elapsed().as_secs_f64());
        demo.kill().await?;
    }
    report.add(Measure::of("demo: start to first page", median(seconds), "s").goal(Goal::AtMost(2.0)));
    report
        .add(Measure::of("demo: resident memory when idle", median(memory), "MiB").goal(Goal::AtMost(64.0)));
    let name = format!("demo: start with {DAYS} days played before");
    report.add(Measure::of(name, median(played), "s").goal(Goal::AtMost(5.0)));
    Ok(())
}

/// A demonstration that has said where it listens.
async fn started(binary: &Path, more: &[&str]) -> Result<(Child, SocketAddr)> {
    let mut demo = Command::new(binary)
        .args(["demo", "--json", "--listen", "127.0.0.1:0"])
        .args(more)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let output = demo.stdout.take().context("its output is ours")?;
    let line = BufReader::new(output).lines().next_line().await?.context("it says where it listens")?;
    let facts: serde_json::Value = serde_json::from_str(&line)?;
    let start = facts["start"].as_str().unwrap_or_default();
    let address = start.trim_start_matches("http://").trim_end_matches('/').parse()?;
    Ok((demo, address))
}

fn resident_mebibytes(process: u32) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("Linux says VmRSS")?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kibibytes / 1024.0)
}
