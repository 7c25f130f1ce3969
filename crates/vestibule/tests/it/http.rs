//! As little HTTP as these tests need, written out: nothing of ours on both ends.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

/// An answer.
pub struct Answer {
    pub code: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.code, self.body))
    }
}

/// Asks `base` (as in `http://127.0.0.1:8080`) and reads to the end.
pub fn ask(method: &str, base: &str, path: &str, (bearer, kind, body): (&str, &str, &str)) -> Answer {
    let host = base.strip_prefix("http://").unwrap().trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    let authorization =
        if bearer.is_empty() { String::new() } else { format!("Authorization: Bearer {bearer}\r\n") };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{authorization}Content-Type: {kind}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let code = head.split(' ').nth(1).unwrap().parse().unwrap();
    let is_chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    let body = if is_chunked { unchunk(body) } else { body.to_owned() };
    Answer { code, head: head.to_owned(), body }
}

pub fn get(base: &str, path: &str) -> Answer {
    ask("GET", base, path, ("", "text/plain", ""))
}

pub fn post_json(base: &str, path: &str, bearer: &str, body: &Value) -> Answer {
    ask("POST", base, path, (bearer, "application/json", &body.to_string()))
}

pub fn post_form(base: &str, path: &str, body: &str) -> Answer {
    ask("POST", base, path, ("", "application/x-www-form-urlencoded", body))
}

fn unchunk(mut text: &str) -> String {
    let mut whole = String::new();
    while let Some((length, rest)) = text.split_once("\r\n") {
        let length = usize::from_str_radix(length.trim(), 16).unwrap();
        whole.push_str(&rest[..length]);
        text = rest[length..].trim_start_matches("\r\n");
    }
    whole
}
