//! Requests whose sending and whose answer are two steps: between them the program may die.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked, so that it can be asked again.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub bearer: String,
    pub kind: &'static str,
    pub body: String,
    /// Empty: none.
    pub key: String,
}

/// An answer that arrived whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub code: u16,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.code, self.body))
    }
}

/// A request that was sent.
pub struct Sent(TcpStream);

impl Ask {
    /// Sends it. None: nobody listens.
    pub fn send(&self, to: SocketAddr) -> Option<Sent> {
        let mut stream = TcpStream::connect(to).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_nodelay(true).ok()?;
        let key =
            if self.key.is_empty() { String::new() } else { format!("Idempotency-Key: {}\r\n", self.key) };
        let text = format!(
            "{} {} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Authorization: Bearer {}\r\n{key}Content-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
            self.method,
            self.path,
            self.bearer,
            self.kind,
            self.body.len(),
            self.body
        );
        stream.write_all(text.as_bytes()).ok()?;
        Some(Sent(stream))
    }

    /// Sends it and waits.
    pub fn answered(&self, to: SocketAddr) -> Answer {
        let answer = self.send(to).and_then(Sent::answer);
        answer.unwrap_or_else(|| panic!("no answer to {} {}", self.method, self.path))
    }
}

impl Sent {
    /// The answer; None if it did not arrive whole.
    pub fn answer(mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        // A connection that was cut may have carried all of it before.
        let _ = self.0.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).ok()?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        let code = head.get(9..12)?.parse().ok()?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        let is_whole = length.is_none_or(|length| length == body.len());
        is_whole.then(|| Answer { code, body: body.to_owned() })
    }
}
