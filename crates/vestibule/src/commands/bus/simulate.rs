//! `vestibule simulate`: a lock board with its doors and a mail server on this machine, to try a configuration before the
//! hardware is there. Whoever types into it is the hand at the doors.

use crate::failure::Failure;
use crate::output;
use crate::signals::Asked;
use clap::Args;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use vestibule_simulators::lock_boards::{BoardOptions, Firmware, Line, LockBoards, serve_tcp};
use vestibule_simulators::mail_sink::{MailSink, MailSinkOptions, ReceivedMail};

/// The only board of the line.
const BOARD: u8 = 1;

#[derive(Args)]
pub struct SimulateArguments {
    /// Locks of the board. It speaks lock8a at address 1: profile generic-lock8a-8 and the like.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=50))]
    locks: u8,
    /// Where its network plug listens: tcp = { addr = ".." } of a [[bus]].
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    board: SocketAddr,
    /// Where the mail server listens: host and port of [mail], with security = "plain".
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    mail: SocketAddr,
}

/// One line of JSON for each thing: first where board and mail server are, then each mail that came, and the door after each line
/// read: `shut 3` or `open 3`.
pub async fn run(arguments: SimulateArguments) -> Result<(), Failure> {
    let mut boards = LockBoards::speaking(Firmware::Lock8a);
    boards.add_board(BoardOptions::lifelike(BOARD, arguments.locks));
    let line = Line::new(boards);
    let plug = TcpListener::bind(arguments.board).await?;
    let board = plug.local_addr()?;
    let sink = MailSink::start(MailSinkOptions { listen: arguments.mail, ..MailSinkOptions::default() });
    let sink = sink.await?;
    let mut arrivals = sink.subscribe();
    let mut asked = Asked::listen()?;
    let served = serve_tcp(line.clone(), plug);
    tokio::pin!(served);
    let mut words = typed();
    let (board, mail) = (board.to_string(), sink.address().to_string());
    output::json(&json!({ "board": board, "address": BOARD, "locks": arguments.locks, "mail": mail }))?;
    loop {
        tokio::select! {
            _ = asked.next() => return Ok(()),
            ended = &mut served => return ended.map_err(Failure::from),
            mail = arrivals.recv() => match mail {
                Ok(mail) => output::json(&told(&mail))?,
                Err(RecvError::Lagged(missed)) => output::json(&json!({ "missed_mails": missed }))?,
                Err(RecvError::Closed) => return Err(Failure::failed("the mail server ended")),
            },
            Some(word) = words.recv() => output::json(&obey(&line, &word))?,
        }
    }
}

fn told(mail: &ReceivedMail) -> Value {
    let (to, subject) = (&mail.envelope.recipients, mail.mail.subject());
    json!({ "to": to, "subject": subject, "text": mail.mail.text })
}

/// Moves a door. A coil that is still energised lets a door spring open again, so it is looked at after the push.
fn obey(line: &Line, words: &str) -> Value {
    let mut parts = words.split_whitespace();
    let (act, lock) = (parts.next(), parts.next().and_then(|lock| lock.parse::<u8>().ok()));
    let lock = lock.filter(|lock| line.door(BOARD, *lock).is_some());
    match (act, lock) {
        (Some("shut"), Some(lock)) => drop(line.push_shut(BOARD, lock)),
        (Some("open"), Some(lock)) => drop(line.pull_open(BOARD, lock)),
        _ => return json!({ "refused": words, "write": "shut N or open N, where N is a lock of the board" }),
    }
    let is_open = lock.and_then(|lock| line.door(BOARD, lock)).is_some_and(|door| door.ajar);
    json!({ "door": lock, "open": is_open })
}

/// What is typed, line by line. That nobody types ends nothing.
fn typed() -> mpsc::Receiver<String> {
    let (tell, words) = mpsc::channel(16);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            let Ok(line) = line else { return };
            if !line.trim().is_empty() && tell.blocking_send(line).is_err() {
                return;
            }
        }
        // Held open: a channel without a sender would answer at once, for ever.
        std::thread::park();
    });
    words
}
