//! `vestibule detect`: which lock boards answer on which line, without moving a door.

use crate::failure::Failure;
use crate::{output, progress};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use tokio::task::JoinSet;
use vestibule_site::config::detected::{
    FoundBoard, Framing, LineFinding, LineToDetect, LineWarning, Profiles, USUAL_LAST_ADDRESS, detect,
    serial_ports, snippet,
};

#[derive(Args)]
#[command(
    after_help = "Boards are only asked how their doors stand; nothing is unlocked. Stop the site that drives a line before.\n\
                        Exit codes: 0 boards found, nothing wrong; 3 nothing answers, or something is wrong."
)]
pub struct DetectArguments {
    /// A serial port, such as /dev/ttyUSB0; several times for several. Without --port and --tcp: every port there is.
    #[arg(long, value_name = "PATH")]
    port: Vec<PathBuf>,
    /// A serial server or a board in the network, such as 192.168.1.200:5000; several times for several.
    #[arg(long, value_name = "HOST:PORT", value_parser = address)]
    tcp: Vec<String>,
    /// The highest address asked. Each address that is silent costs a quarter of a second, at every speed.
    #[arg(long, value_name = "N", default_value_t = USUAL_LAST_ADDRESS)]
    last_address: u8,
    /// One line of JSON for each line: line, baud, boards, warnings, asked, error.
    #[arg(long)]
    json: bool,
}

fn address(text: &str) -> Result<String, String> {
    match text.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(text.to_owned()),
        Some(_) | None => Err("write HOST:PORT, such as 192.168.1.200:5000".to_owned()),
    }
}

/// A line and what is on it.
struct Looked {
    line: LineToDetect,
    finding: LineFinding,
}

/// Exit code 3 if nothing answers or something is wrong.
pub async fn run(arguments: DetectArguments) -> Result<(), Failure> {
    let is_named = !arguments.port.is_empty() || !arguments.tcp.is_empty();
    let ports = if is_named { arguments.port } else { serial_ports()? };
    let serial = ports.into_iter().map(LineToDetect::serial);
    let lines: Vec<_> =
        serial.chain(arguments.tcp.into_iter().map(|address| LineToDetect::Tcp { address })).collect();
    if lines.is_empty() {
        return Err(Failure::failed(
            "this machine has no serial port: plug the adapter in, or name a serial server with --tcp HOST:PORT",
        ));
    }
    let profiles = Profiles::built_in().map_err(Failure::failed)?;
    let looked = look(lines, &profiles, arguments.last_address).await?;
    for one in &looked {
        if arguments.json {
            output::json(&shown(one))?;
        } else {
            in_words(one).iter().try_for_each(output::line)?;
        }
    }
    if !arguments.json {
        paste(&looked, &profiles)?;
    }
    let is_wrong = |one: &Looked| {
        let is_named_and_away = is_named && one.finding.error.is_some();
        let warns = |warning: &LineWarning| !matches!(warning, LineWarning::LeftOut { .. });
        is_named_and_away || one.finding.warnings.iter().any(warns)
    };
    let is_found = looked.iter().any(|one| !one.finding.boards.is_empty());
    if is_found && !looked.iter().any(is_wrong) { Ok(()) } else { Err(Failure::Found) }
}

/// Looks at all lines at once; a bar shows how far it is.
async fn look(
    lines: Vec<LineToDetect>,
    profiles: &Profiles,
    last_address: u8,
) -> Result<Vec<Looked>, Failure> {
    let of: usize = lines.iter().map(|line| line.addresses(profiles, last_address)).sum();
    let bar = progress::bar(of as u64, "asking boards how their doors stand");
    let mut tasks = JoinSet::new();
    for (at, line) in lines.into_iter().enumerate() {
        let (bar, profiles) = (bar.clone(), profiles.clone());
        tasks.spawn(async move {
            let mut told = 0;
            let finding = detect(&line, &profiles, last_address, |progress| {
                bar.inc((progress.done - told) as u64);
                told = progress.done;
            });
            let finding = finding.await;
            bar.inc((line.addresses(&profiles, last_address) - told) as u64);
            (at, Looked { line, finding })
        });
    }
    let mut looked = Vec::new();
    while let Some(one) = tasks.join_next().await {
        looked.push(one.map_err(Failure::failed)?);
    }
    bar.finish_and_clear();
    looked.sort_by_key(|(at, _)| *at);
    Ok(looked.into_iter().map(|(_, one)| one).collect())
}

#[derive(Serialize)]
struct Shown {
    line: String,
    baud: Option<u32>,
    boards: Vec<ShownBoard>,
    warnings: Vec<String>,
    asked: u32,
    error: Option<String>,
}

#[derive(Serialize)]
struct ShownBoard {
    address: u8,
    family: &'static str,
    framing: &'static str,
    channels: u8,
    profiles: Vec<String>,
    /// `closed` or `open`, lock 1 first.
    contacts: Vec<&'static str>,
    occupied: Option<Vec<bool>>,
    refusal: Option<u16>,
}

fn shown(looked: &Looked) -> Shown {
    let finding = &looked.finding;
    let board = |board: &FoundBoard| ShownBoard {
        address: board.address,
        family: board.family.name(),
        framing: framing(board),
        channels: board.channels,
        profiles: board.profiles.clone(),
        contacts: board.contacts.iter().map(|shut| if *shut { "closed" } else { "open" }).collect(),
        occupied: board.occupied.clone(),
        refusal: board.refusal,
    };
    Shown {
        line: looked.line.to_string(),
        baud: finding.baud,
        boards: finding.boards.iter().map(board).collect(),
        warnings: finding.warnings.iter().map(warning).collect(),
        asked: finding.asked,
        error: finding.error.clone(),
    }
}

fn framing(board: &FoundBoard) -> &'static str {
    match board.framing {
        Framing::Rtu => "rtu",
        Framing::Tcp => "tcp",
    }
}

fn in_words(looked: &Looked) -> Vec<String> {
    let finding = &looked.finding;
    let at = finding.baud.map_or(String::new(), |baud| format!(" at {baud} baud"));
    let mut lines = vec![match (finding.boards.len(), &finding.error) {
        (0, Some(error)) => format!("{}: cannot be asked: {error}", looked.line),
        (0, None) => format!("{}: nothing answers ({} questions)", looked.line, finding.asked),
        (1, _) => format!("{}: 1 board{at}", looked.line),
        (count, _) => format!("{}: {count} boards{at}", looked.line),
    }];
    for board in &finding.boards {
        lines.push(format!("  address {:<3} {} ({})", board.address, board.family.name(), framing(board)));
        match board.refusal {
            Some(code) => lines.push(format!("    answers, but will not tell its doors: code {code}")),
            None => lines.push(format!("    tells of {} locks: {}", board.channels, picture(board))),
        }
        lines.push(match board.profiles.split_first() {
            None => "    no profile fits: docs/how-to/add-a-driver.md says how to write one".to_owned(),
            Some((best, [])) => format!("    profile {best}"),
            Some((best, others)) => format!("    profile {best}; or {}", others.join(", ")),
        });
    }
    lines.extend(finding.warnings.iter().map(|one| format!("  ! {}", warning(one))));
    lines
}

/// The contacts in eights, lock 1 first: `#` closed, `-` open.
fn picture(board: &FoundBoard) -> String {
    let mark = |shut: &bool| if *shut { '#' } else { '-' };
    let eights: Vec<String> =
        board.contacts.chunks(8).map(|locks| locks.iter().map(mark).collect()).collect();
    format!("{}  (# contact closed, - open)", eights.join(" "))
}

fn warning(warning: &LineWarning) -> String {
    match warning {
        LineWarning::OnlyGarbage => {
            "only nonsense comes back, whatever is asked: swap A and B at the adapter; if that does not help, something \
             else talks on this line"
                .to_owned()
        }
        LineWarning::Echo => "what is sent comes straight back and nothing else: the adapter hears itself, and no board \
                              answers"
            .to_owned(),
        LineWarning::SharedAddress { address, family, baud } => {
            let at = baud.map_or(String::new(), |baud| format!(" at {baud} baud"));
            format!(
                "address {address}: something answers{at} ({}), but never readably: probably two boards have this \
                 address; set another on the DIP switches of one",
                family.name()
            )
        }
        LineWarning::LeftOut { address, family } => format!(
            "address {address} of {} was not asked: the question would be an order to boards of another family",
            family.name()
        ),
    }
}

/// What to put into the configuration file.
fn paste(looked: &[Looked], profiles: &Profiles) -> Result<(), Failure> {
    let found = looked.iter().filter(|one| !one.finding.boards.is_empty());
    let texts: Vec<String> = (1..)
        .zip(found)
        .filter_map(|(number, one)| snippet(&format!("line {number}"), &one.line, &one.finding, profiles))
        .collect();
    if texts.is_empty() {
        return Ok(());
    }
    output::line(
        "\nFor the configuration file; correct the bank and the labels, or let the wiring test find them:\n",
    )?;
    texts.iter().try_for_each(output::line)
}
