//! A keep-alive HTTP/1.1 client that costs next to nothing, so that the numbers are the server's.
//!
//! Owns: one connection. Knows `Content-Length` alone: both servers measured here answer with it.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection to a server.
pub struct Client {
    stream: TcpStream,
    head: String,
    sending: Vec<u8>,
    received: Vec<u8>,
}

/// An answer.
pub struct Answer {
    pub code: u16,
    pub body: Vec<u8>,
}

impl Client {
    /// Connects; every request carries `bearer`.
    pub async fn connect(address: SocketAddr, bearer: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("the server is reached")?;
        stream.set_nodelay(true)?;
        let head = format!(
            " HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {bearer}\r\ncontent-type: application/json\r\n"
        );
        Ok(Self { stream, head, sending: Vec::with_capacity(1024), received: Vec::with_capacity(4096) })
    }

    /// Posts JSON and waits for the answer.
    pub async fn post(&mut self, path: &str, body: &str) -> Result<Answer> {
        self.sending.clear();
        for part in ["POST ", path, &self.head, &format!("content-length: {}\r\n\r\n", body.len()), body] {
            self.sending.extend_from_slice(part.as_bytes());
        }
        self.exchange().await
    }

    /// Fetches a page.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.sending.clear();
        for part in ["GET ", path, &self.head, "\r\n"] {
            self.sending.extend_from_slice(part.as_bytes());
        }
        self.exchange().await
    }

    async fn exchange(&mut self) -> Result<Answer> {
        self.stream.write_all(&self.sending).await?;
        self.received.clear();
        loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some(answer) = parse(&self.received)? {
                return Ok(answer);
            }
        }
    }
}

/// The answer, once all of it is there.
fn parse(received: &[u8]) -> Result<Option<Answer>> {
    let Some(end) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&received[..end])?;
    let code =
        head.get(9..12).and_then(|code| code.parse().ok()).context("a line with the code comes first")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let body = &received[end + 4..];
    match length {
        Some(length) if body.len() < length => Ok(None),
        Some(length) => Ok(Some(Answer { code, body: body[..length].to_vec() })),
        None => bail!("an answer without content-length: {head}"),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_answer_is_taken_when_all_of_it_is_there() {
        let whole = b"HTTP/1.1 409 Conflict\r\nContent-Length: 4\r\n\r\nbody";
        for cut in 0..whole.len() {
            assert!(parse(&whole[..cut]).is_ok_and(|answer| answer.is_none()), "{cut}");
        }
        let answer = parse(whole).expect("it is sound").expect("it is whole");
        assert_eq!((answer.code, answer.body.as_slice()), (409, b"body".as_slice()));
        assert!(parse(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
