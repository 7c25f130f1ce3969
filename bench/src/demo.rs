//! The demonstration from a cold start: how soon its first page is there, and what it needs when idle.

use crate::http::Client;
use crate::load::median;
use crate::report::{Goal, Measure, Report};
use anyhow::{Context, Result, ensure};
use std::net::SocketAddr;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

const STARTS: usize = 3;
/// It is idle when nobody has asked for anything so long.
const IDLE: Duration = Duration::from_secs(10);

/// Starts the release binary that lies beside the bench, if it was built.
pub async fn cold_start(report: &mut Report) -> Result<()> {
    let binary = std::env::current_exe()?.with_file_name("vestibule");
    if !binary.exists() {
        report.note("demo: not measured; build it first: cargo build --release -p vestibule");
        return Ok(());
    }
    let (mut seconds, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let mut demo = Command::new(&binary)
            .args(["demo", "--json", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = demo.stdout.take().context("its output is ours")?;
        let line = BufReader::new(output).lines().next_line().await?.context("it says where it listens")?;
        let facts: serde_json::Value = serde_json::from_str(&line)?;
        let address: SocketAddr = facts["start"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .parse()?;
        let page = Client::connect(address, "").await?.get("/").await?;
        ensure!(page.code == 200, "the first page was answered {}", page.code);
        seconds.push(began.elapsed().as_secs_f64());
        tokio::time::sleep(IDLE).await;
        memory.push(resident_mebibytes(demo.id().context("it runs")?)?);
        demo.kill().await?;
    }
    report.add(Measure::of("demo: start to first page", median(seconds), "s").goal(Goal::AtMost(2.0)));
    report
        .add(Measure::of("demo: resident memory when idle", median(memory), "MiB").goal(Goal::AtMost(64.0)));
    Ok(())
}

fn resident_mebibytes(process: u32) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("Linux says VmRSS")?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kibibytes / 1024.0)
}
