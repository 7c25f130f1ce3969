//! Hardware that is not there: `vestibule simulate` as a process, with a lock board, the hand at its doors, and the mailbox behind
//! its mail server.

use std::process::Stdio;
use std::sync::Arc;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex, Notify, mpsc};
use tokio::time::timeout;

use crate::browser::DEADLINE;
use crate::product::{START_DEADLINE, binary};

/// A running `vestibule simulate`. Dropping it kills the process.
pub struct Simulated {
    _process: Child,
    ready: Value,
    hand: Mutex<(ChildStdin, mpsc::Receiver<Value>)>,
    mails: Arc<(Mutex<Vec<Value>>, Notify)>,
}

impl Simulated {
    /// A board of so many locks.
    pub async fn start(locks: u8) -> Self {
        let mut process = Command::new(binary())
            .args(["simulate", "--locks", &locks.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start the simulated hardware: {error}"));
        let (hand, output) = (process.stdin.take(), process.stdout.take());
        let (Some(hand), Some(output)) = (hand, output) else { panic!("no pipes to the simulated hardware") };
        let mut lines = BufReader::new(output).lines();
        let first = timeout(START_DEADLINE, lines.next_line()).await;
        let ready = match first {
            Ok(Ok(Some(line))) => read(&line),
            other => panic!("the simulated hardware was not ready: {other:?}"),
        };
        let (tell, moved) = mpsc::channel(16);
        let mails = Arc::default();
        tokio::spawn(listen(lines, tell, Arc::clone(&mails)));
        Self { _process: process, ready, hand: Mutex::new((hand, moved)), mails }
    }

    /// What it said when it was ready: `board` or `mail`, each host and port.
    pub fn address(&self, of: &str) -> &str {
        self.ready[of].as_str().unwrap_or_else(|| panic!("no {of} in {}", self.ready))
    }

    /// A hand pushes until the door stays shut: while its coil is energised it springs open again.
    pub async fn shut(&self, lock: u8) {
        let mut hand = self.hand.lock().await;
        let shut = async {
            loop {
                let order = format!("shut {lock}\n");
                hand.0.write_all(order.as_bytes()).await.unwrap_or_else(|error| panic!("no hand: {error}"));
                let door = hand.1.recv().await.unwrap_or_else(|| panic!("the simulated hardware ended"));
                if door["open"] == false {
                    return;
                }
            }
        };
        timeout(DEADLINE, shut).await.unwrap_or_else(|_| panic!("door {lock} cannot be pushed shut"));
    }

    /// The text of the newest mail to this address whose subject begins so, as soon as it is there.
    pub async fn mail(&self, to: &str, subject: &str) -> String {
        let is_it = |mail: &&Value| {
            let begins = mail["subject"].as_str().is_some_and(|found| found.starts_with(subject));
            begins && mail["to"].as_array().is_some_and(|all| all.iter().any(|one| one == to))
        };
        let (mails, came) = &*self.mails;
        let found = async {
            loop {
                let next = came.notified();
                if let Some(mail) = mails.lock().await.iter().rev().find(is_it) {
                    return mail["text"].as_str().unwrap_or_default().to_owned();
                }
                next.await;
            }
        };
        timeout(DEADLINE, found).await.unwrap_or_else(|_| panic!("no mail {subject:?} came to {to}"))
    }
}

fn read(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("no JSON ({error}): {line}"))
}

async fn listen(
    mut lines: Lines<BufReader<ChildStdout>>,
    tell: mpsc::Sender<Value>,
    mails: Arc<(Mutex<Vec<Value>>, Notify)>,
) {
    while let Ok(Some(line)) = lines.next_line().await {
        let said = read(&line);
        if said["subject"].is_string() {
            mails.0.lock().await.push(said);
            mails.1.notify_waiters();
        } else if tell.send(said).await.is_err() {
            return;
        }
    }
}
