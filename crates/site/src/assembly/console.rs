//! The console of a running site: a socket in its folder through which commands on the same machine reach it.
//!
//! Owns: one line of JSON each way. Never: decides who may ask; the folder's owner may, as the socket is theirs alone.

use crate::directory::import::Strangers;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

const SOCKET: &str = "console";
/// A resident list of a hundred thousand rows fits.
const LONGEST: u64 = 64 << 20;
const ANSWERS_WITHIN: Duration = Duration::from_secs(120);

/// What may be asked at the console of a running site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// A fresh one-time link for the owner's set-up.
    SetupLink,
    /// A fresh one-time link with which a member of staff chooses a new password.
    StaffReset {
        /// Whose.
        email: String,
    },
    /// Imports residents.
    ImportResidents {
        /// The file, base64.
        file: String,
        /// How.
        choices: ImportChoices,
    },
}

/// How residents are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportChoices {
    /// Show what would change and change nothing.
    pub dry_run: bool,
    /// Import the good rows although there are bad ones.
    pub skip_bad_rows: bool,
    /// The file names everybody: whoever is missing moves out.
    pub complete_list: bool,
    /// New people beside people the file does not mention.
    pub strangers: Strangers,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Done.
    Done(serde_json::Value),
    /// Not done, and what to do.
    Refused(String),
}

/// Why a console cannot be reached.
#[derive(Debug, thiserror::Error)]
#[error("the site that runs in {folder} does not answer at its console: {source}")]
pub struct Unreachable {
    folder: String,
    source: std::io::Error,
}

/// Listens until the site stops.
///
/// # Errors
/// What the file system says.
pub fn listen<F, R>(
    folder: &Path,
    mut stopping: watch::Receiver<bool>,
    answer: F,
) -> std::io::Result<JoinHandle<()>>
where
    F: Fn(Ask) -> R + Clone + Send + Sync + 'static,
    R: Future<Output = Reply> + Send,
{
    let path = folder.join(SOCKET);
    // The folder is locked: a socket that is there was left by a process that is gone.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        loop {
            tokio::select! {
                stopped = stopping.wait_for(|stop| *stop) => { drop(stopped); break }
                accepted = listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    let answer = answer.clone();
                    tokio::spawn(async move {
                        if let Err(error) = converse(stream, answer).await {
                            tracing::debug!(%error, "a console conversation ended early");
                        }
                    });
                }
            }
        }
        let _ = std::fs::remove_file(&path);
    }))
}

async fn converse<F, R>(stream: UnixStream, answer: F) -> std::io::Result<()>
where
    F: Fn(Ask) -> R,
    R: Future<Output = Reply>,
{
    let mut stream = BufReader::new(stream);
    let reply = match read_line(&mut stream).await {
        Ok(ask) => answer(ask).await,
        Err(error) => Reply::Refused(format!("the question could not be read: {error}")),
    };
    write_line(stream.get_mut(), &reply).await
}

/// Asks the site that runs in a folder.
///
/// # Errors
/// [`Unreachable`].
pub async fn ask(folder: &Path, ask: &Ask) -> Result<Reply, Unreachable> {
    let path: PathBuf = folder.join(SOCKET);
    let conversation = async {
        let mut stream = BufReader::new(UnixStream::connect(&path).await?);
        write_line(stream.get_mut(), ask).await?;
        read_line(&mut stream).await
    };
    let answered = tokio::time::timeout(ANSWERS_WITHIN, conversation).await;
    answered
        .unwrap_or_else(|late| Err(late.into()))
        .map_err(|source| Unreachable { folder: folder.display().to_string(), source })
}

async fn read_line<T: DeserializeOwned>(stream: &mut BufReader<UnixStream>) -> std::io::Result<T> {
    let mut line = String::new();
    stream.take(LONGEST).read_line(&mut line).await?;
    Ok(serde_json::from_str(&line)?)
}

async fn write_line<T: Serialize>(stream: &mut UnixStream, value: &T) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    stream.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_question_gets_its_answer_and_nobody_else_may_ask() {
        let folder = tempfile::tempdir().unwrap();
        let (stop, stopping) = watch::channel(false);
        let echo = |ask| async move { Reply::Done(serde_json::to_value(&ask).expect("plain data")) };
        let task = listen(folder.path(), stopping, echo).unwrap();
        let question = Ask::StaffReset { email: "o@example.com".into() };
        let Reply::Done(answer) = ask(folder.path(), &question).await.unwrap() else { panic!("refused") };
        assert_eq!(serde_json::from_value::<Ask>(answer).unwrap(), question);
        let mode = std::fs::metadata(folder.path().join(SOCKET)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        stop.send_replace(true);
        task.await.unwrap();
        assert!(ask(folder.path(), &question).await.is_err());
    }
}
